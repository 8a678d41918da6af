//! Attempts that were begun on this computer and are not closed.

use egui::Ui;

use crate::records::{AttemptId, RunningLine};
use crate::scenario::Shelf;

use super::super::theme::{GRID, Tone};
use super::Intent;
use super::instructor::InstructorRoom;
use super::layout::{named, row_card, shortened};
use super::past::{local_time, mode_words};
use super::school::SchoolWish;
use super::widgets::{body, card, chip, empty, heading, note, secondary_button};

/// The list is read again after so many seconds.
const AGAIN_AFTER: f64 = 5.0;

/// What is open on the list.
#[derive(Debug, Clone, Default)]
pub struct RunningDraft {
    /// When it was read last, in the page's own seconds.
    read_at: Option<f64>,
    /// The attempt that is about to be closed.
    pub closing: Option<AttemptId>,
}

/// A move in the author's words, where the scenario is still in the folder.
fn move_words(shelf: Option<&Shelf>, line: &RunningLine, word: &str) -> String {
    let standing = match word {
        "StepCloser" => "Stepped closer",
        "StepBack" => "Stepped back",
        "Observe" => "Took a moment to look",
        "Radio" => "Spoke to control",
        "Hold" => "Held, on purpose",
        "Silence" => "Let the moment pass in silence",
        _ => "",
    };
    if !standing.is_empty() {
        return standing.to_owned();
    }
    shelf
        .and_then(|shelf| shelf.scenario(&line.scenario))
        .and_then(|file| file.scenario.as_ref())
        .and_then(|scenario| scenario.choices.iter().find(|one| *one.id == *word))
        .map_or_else(
            || word.to_owned(),
            |choice| format!("“{}”", shortened(&choice.text, 120)),
        )
}

/// How long ago something was, from two times as RFC 3339 texts.
fn ago(at: &str, now: &str) -> String {
    let (Ok(at), Ok(now)) = (
        at.parse::<jiff::Timestamp>(),
        now.parse::<jiff::Timestamp>(),
    ) else {
        return String::new();
    };
    match now.as_second().saturating_sub(at.as_second()) {
        secs if secs < 60 => "less than a minute ago".to_owned(),
        secs if secs < 3_600 => match secs / 60 {
            1 => "a minute ago".to_owned(),
            minutes => format!("{minutes} minutes ago"),
        },
        secs if secs < 86_400 => match secs / 3_600 {
            1 => "an hour ago".to_owned(),
            hours => format!("{hours} hours ago"),
        },
        secs => match secs / 86_400 {
            1 => "a day ago".to_owned(),
            days => format!("{days} days ago"),
        },
    }
}

/// Draws the list.
pub(super) fn running_ui(
    ui: &mut Ui,
    room: &InstructorRoom<'_>,
    draft: &mut RunningDraft,
) -> Option<Intent> {
    let mut asked = None;
    let time = ui.input(|input| input.time);
    let is_due = draft.read_at.is_none_or(|at| time - at >= AGAIN_AFTER);
    if is_due {
        draft.read_at = Some(time);
        asked = Some(Intent::School(SchoolWish::LookAgain));
    }
    ui.ctx()
        .request_repaint_after(std::time::Duration::from_secs_f64(AGAIN_AFTER));
    let running = &room.school.running;
    if running.is_empty() {
        empty(
            ui,
            "Nobody is in an encounter",
            "Attempts that were begun on this computer and are not closed are listed here. The list is read again every five seconds.",
        );
        return asked;
    }
    heading(ui, &format!("Begun and not closed ({})", running.len()));
    note(
        ui,
        "On this computer; read again every five seconds. Whoever began one can take it up again from the library.",
    );
    for line in running {
        row_card(
            ui,
            |ui| {
                heading(ui, &format!("{}: “{}”", line.name, line.title));
                ui.horizontal_wrapped(|ui| {
                    chip(ui, mode_words(line.mode), Tone::Plain);
                    if line.is_room {
                        chip(ui, "The room plays", Tone::Accent);
                    }
                    chip(ui, &state_words(line, &room.school.read), Tone::Plain);
                });
                body(
                    ui,
                    &format!(
                        "Since {} ({}).",
                        local_time(&line.started),
                        ago(&line.started, &room.school.read)
                    ),
                );
                let words = line.last.as_ref().map_or_else(
                    || "No move yet.".to_owned(),
                    |(word, at)| {
                        format!(
                            "Last move, number {}: {} ({}).",
                            line.moves,
                            move_words(room.shelf.ok(), line, word),
                            ago(at, &room.school.read)
                        )
                    },
                );
                body(ui, &words);
            },
            |ui| {
                if line.is_room {
                    let button = secondary_button(ui, "Go on with it");
                    named(&button, &format!("Go on: {}: “{}”", line.name, line.title));
                    if button.clicked() {
                        asked = Some(Intent::Resume(line.attempt.to_string()));
                    }
                }
                let button = secondary_button(ui, "Close it…");
                named(&button, &format!("Close {}: “{}”", line.name, line.title));
                if button.clicked() {
                    draft.closing = Some(line.attempt);
                }
            },
        );
        if draft.closing == Some(line.attempt) {
            card(ui, |ui| {
                body(
                    ui,
                    "Close it without an ending? Its moves are kept; it cannot be taken up again and gives no result.",
                );
                ui.horizontal_wrapped(|ui| {
                    if secondary_button(ui, "Close it without an ending").clicked() {
                        draft.closing = None;
                        asked = Some(Intent::School(SchoolWish::CloseRunning(line.attempt)));
                    }
                    if secondary_button(ui, "Leave it open").clicked() {
                        draft.closing = None;
                    }
                });
            });
        }
        ui.add_space(GRID / 2.0);
    }
    asked
}

/// Whether it goes on or was put down.
fn state_words(line: &RunningLine, now: &str) -> String {
    let latest = line.last.as_ref().map_or(&line.started, |(_, at)| at);
    let (Ok(at), Ok(now)) = (
        latest.parse::<jiff::Timestamp>(),
        now.parse::<jiff::Timestamp>(),
    ) else {
        return "Open".to_owned();
    };
    if now.as_second().saturating_sub(at.as_second()) < 600 {
        "Going on".to_owned()
    } else {
        "Put down".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_long_ago_is_said_in_words() {
        let now = "2026-11-28T12:00:00Z";
        for (at, words) in [
            ("2026-11-28T11:59:30Z", "less than a minute ago"),
            ("2026-11-28T11:59:00Z", "a minute ago"),
            ("2026-11-28T11:15:00Z", "45 minutes ago"),
            ("2026-11-28T10:30:00Z", "an hour ago"),
            ("2026-11-26T12:00:00Z", "2 days ago"),
            ("never", ""),
        ] {
            assert_eq!(ago(at, now), words);
        }
    }
}
