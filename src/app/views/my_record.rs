//! The trainee's own attempts and the best result for each objective.

use std::path::Path;

use egui::{RichText, Ui};

use crate::course::Course;
use crate::records::{AttemptState, Trainee};

use super::super::theme::{self, GRID, Tone};
use super::Intent;
use super::debrief_results::tone_of;
use super::layout::{PAGE, focus_once, named, row_card, saved_bar};
use super::past::{PastAttempt, best_by_objective, counted, part_of};
use super::sign_in::name_and_number;
use super::widgets::{
    Bar, TitleBar, bar, body, card, chip, empty, heading, note, notice, page, secondary_button,
    title_bar,
};

/// Attempts that are shown before the rest is asked for.
const SHORT_LIST: usize = 12;

/// What the page shows.
#[derive(Debug, Clone, Copy)]
pub struct MyRecordView<'a> {
    /// Who is signed in.
    pub trainee: &'a Trainee,
    /// All attempts of this trainee, newest first.
    pub attempts: &'a [PastAttempt],
    /// The course, for the words of its objectives.
    pub course: Option<&'a Course>,
    /// Where the last report was saved, if one was.
    pub saved: Option<&'a Path>,
    /// Message to show at the top.
    pub notice: Option<&'a str>,
}

/// What is chosen on the page. Make a fresh one when the page is opened.
#[derive(Debug, Clone, Default)]
pub struct MyRecordDraft {
    /// Every attempt is listed rather than the latest few.
    pub shows_all: bool,
    /// The first focus has been given.
    pub has_focused: bool,
}

/// Draws the page.
pub fn my_record_ui(
    ui: &mut Ui,
    data: &MyRecordView<'_>,
    draft: &mut MyRecordDraft,
) -> Option<Intent> {
    let who = name_and_number(data.trainee);
    let bar = TitleBar {
        title: "My record",
        back: Some("Back"),
        who: &who,
        ..TitleBar::default()
    };
    let mut asked = title_bar(ui, &bar);
    saved_bar(ui, data.saved);
    page(ui, PAGE, |ui| {
        if let Some(text) = data.notice
            && notice(ui, text)
        {
            asked = Some(Intent::DismissNotice);
        }
        if data.attempts.is_empty() {
            empty(
                ui,
                "Nothing on your record yet",
                "It fills as you play: choose a scenario and begin it.",
            );
            return;
        }
        let report = secondary_button(ui, "Save my report");
        focus_once(&mut draft.has_focused, &report);
        if report.clicked() {
            asked = Some(Intent::SaveTraineeReport(data.trainee.id.to_string()));
        }
        ui.add_space(GRID);
        heading(ui, &format!("Attempts ({})", data.attempts.len()));
        let shown = if draft.shows_all {
            data.attempts.len()
        } else {
            SHORT_LIST
        };
        for past in data.attempts.iter().take(shown) {
            asked = attempt_ui(ui, past).or(asked.take());
        }
        if shown < data.attempts.len()
            && secondary_button(ui, &format!("Show all {} attempts", data.attempts.len())).clicked()
        {
            draft.shows_all = true;
        }
        ui.add_space(GRID);
        objectives_ui(ui, data);
    });
    asked
}

fn attempt_ui(ui: &mut Ui, past: &PastAttempt) -> Option<Intent> {
    let mut asked = None;
    let title = &past.attempt.title;
    let id = past.attempt.id.to_string();
    row_card(
        ui,
        |ui| attempt_words_ui(ui, past),
        |ui| {
            let (words, intent) = match past.attempt.state {
                AttemptState::Finished => ("Open the debrief", Intent::ShowDebrief(id)),
                AttemptState::Running => ("Take it up again", Intent::Resume(id)),
                AttemptState::Abandoned => return,
            };
            let button = secondary_button(ui, words);
            named(&button, &format!("{words}: “{title}”, {}", past.began));
            if button.clicked() {
                asked = Some(intent);
            }
        },
    );
    asked
}

/// An attempt in words: which, how, when, and with what result.
pub(super) fn attempt_words_ui(ui: &mut Ui, past: &PastAttempt) {
    ui.spacing_mut().interact_size.y = 0.0;
    ui.horizontal_wrapped(|ui| {
        heading(ui, &past.attempt.title);
        chip(ui, past.mode_words(), Tone::Plain);
        ui.label(
            RichText::new(&past.began)
                .font(theme::of(ui).small())
                .color(theme::of(ui).muted),
        );
    });
    body(ui, &past.standing());
}

fn objectives_ui(ui: &mut Ui, data: &MyRecordView<'_>) {
    let best = best_by_objective(data.attempts);
    if best.is_empty() {
        return;
    }
    heading(ui, "Best result for each objective");
    note(ui, "Over all finished attempts, practice included.");
    // In the order of the course; what the course does not have any more comes last.
    let known = data.course.map(|course| &course.objectives);
    let in_course = known
        .into_iter()
        .flatten()
        .map(|one| (one.id.as_str(), one.statement.as_str()));
    let gone = best
        .keys()
        .filter(|id| {
            data.course
                .is_none_or(|course| course.objective(id).is_none())
        })
        .map(|id| (*id, "No longer in the course"));
    for (id, statement) in in_course.chain(gone) {
        let Some((reached, percent, times)) = best.get(id) else {
            continue;
        };
        card(ui, |ui| {
            body(ui, &format!("{id}  {statement}"));
            let number = percent.map_or(String::new(), |percent| format!(", {percent} %"));
            let words = format!(
                "{}{number}, with evidence in {}",
                reached.label(),
                counted(*times, "attempt")
            );
            let part = percent.map_or(0.0, part_of);
            bar(
                ui,
                &Bar {
                    label: id,
                    words: &words,
                    part,
                    tone: tone_of(*reached),
                },
            );
        });
    }
}
