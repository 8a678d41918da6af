//! Which scenario: by role track, with what it asks of the trainee and how it went so far.

use std::collections::BTreeSet;
use std::path::Path;

use egui::Ui;

use crate::course::Track;
use crate::records::{Assignment, AttemptState, Trainee};
use crate::scenario::{Difficulty, Scenario, ScenarioFile, Shelf};

use super::super::theme::{GRID, Tone};
use super::layout::{PAGE, column, columns, focus_once, named};
use super::library_faults::{course_faults_ui, faults_ui, missing_ui};
use super::options::NUMBERS;
use super::past::{PastAttempt, best_of, counted, mode_words, spoken_day};
use super::sign_in::name_and_number;
use super::widgets::{
    TitleBar, body, card, chip, choice_button, empty, heading, key_button, note, notice, page,
    pressed, primary_button, secondary_button, title_bar, toned_card,
};
use super::{Intent, Page};

/// What the library shows.
#[derive(Debug, Clone, Copy)]
pub struct LibraryView<'a> {
    /// Who is signed in.
    pub trainee: &'a Trainee,
    /// The scenario folder, or why there is none.
    pub shelf: Result<&'a Shelf, &'a str>,
    /// Where the scenario folder is or was expected.
    pub folder: &'a Path,
    /// What the trainee is asked to play, and whether it is done.
    pub assignments: &'a [(Assignment, bool)],
    /// All attempts of this trainee, newest first.
    pub attempts: &'a [PastAttempt],
    /// Message to show at the top.
    pub notice: Option<&'a str>,
}

/// What is chosen on the page. Make a fresh one when somebody signs in.
#[derive(Debug, Clone, Default)]
pub struct LibraryDraft {
    /// Only scenarios of this track.
    pub track: Option<Track>,
    /// The open attempt that the trainee is asked about before it is closed, by id.
    pub closing: Option<String>,
    /// Broken scenarios of which every fault is shown, by id.
    pub open_faults: BTreeSet<String>,
    /// The first focus has been given.
    pub has_focused: bool,
}

/// Draws the page.
pub fn library_ui(ui: &mut Ui, data: &LibraryView<'_>, draft: &mut LibraryDraft) -> Option<Intent> {
    let who = name_and_number(data.trainee);
    let bar = TitleBar {
        title: "Scenarios",
        who: &who,
        ..TitleBar::default()
    };
    let mut asked = title_bar(ui, &bar);
    page(ui, PAGE, |ui| {
        if let Some(text) = data.notice
            && notice(ui, text)
        {
            asked = Some(Intent::DismissNotice);
        }
        let open = data
            .attempts
            .iter()
            .filter(|past| past.attempt.state == AttemptState::Running);
        for (index, past) in open.enumerate() {
            asked = open_attempt_ui(ui, past, index == 0, draft).or(asked.take());
            ui.add_space(GRID);
        }
        asked = assignments_ui(ui, data.assignments).or(asked.take());
        match data.shelf {
            Ok(shelf) => asked = shelf_ui(ui, data, shelf, draft).or(asked.take()),
            Err(reason) => {
                own_ui(ui, &mut asked);
                asked = missing_ui(ui, reason, data.folder).or(asked.take());
            }
        }
    });
    asked
}

/// What was assigned: first what is still to do.
fn assignments_ui(ui: &mut Ui, assignments: &[(Assignment, bool)]) -> Option<Intent> {
    let mut asked = None;
    for (assignment, is_done) in assignments.iter().filter(|(_, is_done)| !is_done) {
        debug_assert!(!is_done);
        let what = &assignment.what;
        toned_card(ui, Some(Tone::Accent), |ui| {
            heading(ui, &format!("Assigned: “{}”", what.title));
            let due = what.due.as_deref().map_or_else(
                || "whenever you can".to_owned(),
                |due| format!("by {}", spoken_day(due)),
            );
            body(
                ui,
                &format!("{}, {due}. Not done yet.", mode_words(what.mode)),
            );
            let button = secondary_button(ui, "Read its briefing");
            named(
                &button,
                &format!("Read the briefing of the assignment “{}”", what.title),
            );
            if button.clicked() {
                asked = Some(Intent::BeginAssigned(assignment.id.to_string()));
            }
        });
        ui.add_space(GRID);
    }
    let done: Vec<&str> = assignments
        .iter()
        .filter(|(_, is_done)| *is_done)
        .map(|(one, _)| one.what.title.as_str())
        .collect();
    if !done.is_empty() {
        note(ui, &format!("Assigned and done: {}.", done.join(", ")));
    }
    asked
}

/// The ways to what is the trainee's own.
fn own_ui(ui: &mut Ui, asked: &mut Option<Intent>) {
    ui.horizontal_wrapped(|ui| {
        if secondary_button(ui, "My record").clicked() {
            *asked = Some(Intent::Open(Page::MyRecord));
        }
        if secondary_button(ui, "Author's desk").clicked() {
            *asked = Some(Intent::Open(Page::Author));
        }
        if secondary_button(ui, "Sign out").clicked() {
            *asked = Some(Intent::SignOut);
        }
    });
    ui.add_space(GRID);
}

fn open_attempt_ui(
    ui: &mut Ui,
    past: &PastAttempt,
    is_first: bool,
    draft: &mut LibraryDraft,
) -> Option<Intent> {
    let id = past.attempt.id.to_string();
    let title = &past.attempt.title;
    let mut asked = None;
    toned_card(ui, Some(Tone::Accent), |ui| {
        heading(ui, &format!("You were in the middle of “{title}”"));
        if draft.closing.as_ref() == Some(&id) {
            body(
                ui,
                "Close it without an ending? Your decisions stay on your record; there will be no result.",
            );
            ui.horizontal_wrapped(|ui| {
                let keep = secondary_button(ui, "Keep it open");
                focus_once(&mut draft.has_focused, &keep);
                if keep.clicked() {
                    draft.closing = None;
                    draft.has_focused = false;
                }
                let close = secondary_button(ui, "Close it");
                named(&close, &format!("Close “{title}” without an ending"));
                if close.clicked() {
                    draft.closing = None;
                    draft.has_focused = false;
                    asked = Some(Intent::Abandon(id.clone()));
                }
            });
            return;
        }
        let mode = past.mode_words();
        body(
            ui,
            &format!("{mode}, begun {}. It goes on where it stopped.", past.began),
        );
        ui.horizontal_wrapped(|ui| {
            let resume = primary_button(ui, "Take it up again");
            named(&resume, &format!("Take up “{title}” again"));
            if is_first && draft.closing.is_none() {
                focus_once(&mut draft.has_focused, &resume);
            }
            if resume.clicked() {
                asked = Some(Intent::Resume(id.clone()));
            }
            let close = secondary_button(ui, "Close it without an ending…");
            named(&close, &format!("Close “{title}” without an ending…"));
            if close.clicked() {
                draft.closing = Some(id.clone());
                draft.has_focused = false;
            }
        });
    });
    asked
}

fn shelf_ui(
    ui: &mut Ui,
    data: &LibraryView<'_>,
    shelf: &Shelf,
    draft: &mut LibraryDraft,
) -> Option<Intent> {
    let mut asked = None;
    own_ui(ui, &mut asked);
    if shelf.scenarios.is_empty() {
        empty(
            ui,
            "There are no scenarios yet",
            &format!(
                "Put a file whose name ends in .scenario.ron into {}, or have one written with `common-ground new`. Then read the folder again.",
                shelf.folder.display()
            ),
        );
        if secondary_button(ui, "Read the folder again").clicked() {
            asked = Some(Intent::ReloadScenarios);
        }
        return asked;
    }
    tracks_ui(ui, shelf, draft);
    course_faults_ui(ui, shelf);
    let playable: Vec<&Scenario> = shown(shelf, draft.track).collect();
    if playable.is_empty() {
        let is_all_retired = shelf
            .scenarios
            .iter()
            .all(|file| file.readiness.is_retired());
        let what = match draft.track {
            _ if is_all_retired => "Every scenario of this folder has been retired".to_owned(),
            Some(track) => format!("There is no scenario for the track “{}” yet", track.label()),
            None => "None of the scenarios can be played yet".to_owned(),
        };
        let to_do = match draft.track {
            _ if is_all_retired => "Ask your instructor which folder to train with.",
            Some(_) => "Choose another track, or all of them.",
            None => "What is wrong with each of them stands below.",
        };
        empty(ui, &what, to_do);
    }
    asked = cards_ui(ui, shelf, &playable, data.attempts, draft).or(asked);
    faults_ui(ui, shelf, &mut draft.open_faults);
    let retired = shelf.scenarios.iter();
    let retired = retired.filter(|file| file.readiness.is_retired()).count();
    if retired > 0 {
        note(
            ui,
            &format!(
                "{} {} been retired and {} not shown here.",
                counted(retired, "scenario"),
                if retired == 1 { "has" } else { "have" },
                if retired == 1 { "is" } else { "are" }
            ),
        );
    }
    ui.add_space(GRID);
    if secondary_button(ui, "Read the folder again").clicked() {
        asked = Some(Intent::ReloadScenarios);
    }
    asked
}

/// Playable scenarios of a track, the easier ones first and then by title; in the order of the
/// tracks where all are shown. What has been retired is not among them.
fn shown(shelf: &Shelf, track: Option<Track>) -> impl Iterator<Item = &Scenario> {
    let mut found: Vec<&Scenario> = shelf
        .scenarios
        .iter()
        .filter(|file: &&ScenarioFile| !file.readiness.is_retired())
        .filter_map(|file: &ScenarioFile| file.scenario.as_deref())
        .filter(|scenario| track.is_none_or(|track| scenario.tracks.contains(&track)))
        .collect();
    let first = |scenario: &Scenario| track.or_else(|| scenario.tracks.iter().min().copied());
    found.sort_by(|a, b| {
        (first(a), a.level, &a.title, &a.id).cmp(&(first(b), b.level, &b.title, &b.id))
    });
    found.into_iter()
}

fn tracks_ui(ui: &mut Ui, shelf: &Shelf, draft: &mut LibraryDraft) {
    note(ui, "Role track");
    ui.horizontal_wrapped(|ui| {
        for track in std::iter::once(None).chain(Track::ALL.map(Some)) {
            let count = shown(shelf, track).count();
            let label = track.map_or("All tracks", Track::label);
            if choice_button(ui, draft.track == track, &format!("{label} ({count})")).clicked() {
                draft.track = track;
            }
        }
    });
    ui.add_space(GRID);
}

fn cards_ui(
    ui: &mut Ui,
    shelf: &Shelf,
    scenarios: &[&Scenario],
    attempts: &[PastAttempt],
    draft: &mut LibraryDraft,
) -> Option<Intent> {
    let mut asked = None;
    let filter = draft.track;
    let group = |scenario: &Scenario| filter.or_else(|| scenario.tracks.iter().min().copied());
    let numbered: Vec<(usize, &Scenario)> = scenarios.iter().copied().enumerate().collect();
    let groups: Vec<Vec<(usize, &Scenario)>> = numbered
        .chunk_by(|(_, a), (_, b)| group(a) == group(b))
        .map(<[_]>::to_vec)
        .collect();
    for members in groups {
        let track = members.first().and_then(|(_, scenario)| group(scenario));
        heading(ui, track.map_or("For every role", Track::label));
        if let Some((left, right)) = columns(ui, 0.5) {
            for pair in members.chunks(2) {
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing.x = 2.0 * GRID;
                    for ((number, scenario), width) in pair.iter().zip([left, right]) {
                        column(ui, width, |ui| {
                            let chosen = card_ui(ui, shelf, *number, scenario, attempts, draft);
                            asked = chosen.or(asked.take());
                        });
                    }
                });
                ui.add_space(GRID);
            }
        } else {
            for (number, scenario) in members {
                asked = card_ui(ui, shelf, number, scenario, attempts, draft).or(asked);
                ui.add_space(GRID);
            }
        }
    }
    asked
}

fn card_ui(
    ui: &mut Ui,
    shelf: &Shelf,
    number: usize,
    scenario: &Scenario,
    attempts: &[PastAttempt],
    draft: &mut LibraryDraft,
) -> Option<Intent> {
    let mut asked = None;
    card(ui, |ui| {
        heading(ui, &scenario.title);
        ui.horizontal_wrapped(|ui| {
            chip(ui, level_words(scenario.level), Tone::Plain);
            chip(
                ui,
                &format!("About {} minutes", scenario.minutes),
                Tone::Plain,
            );
            for track in scenario.tracks.iter().filter(|_| scenario.tracks.len() > 1) {
                chip(ui, track.label(), Tone::Plain);
            }
        });
        body(ui, &scenario.summary);
        if !scenario.content_notes.is_empty() {
            note(
                ui,
                &format!("Contains {}.", scenario.content_notes.join("; ")),
            );
        }
        if let Some(file) = shelf.scenario(&scenario.id) {
            note(ui, &format!("{}.", file.readiness.sign_off.label()));
        }
        note(ui, &best_words(attempts, &scenario.id));
        let key = NUMBERS.get(number).copied();
        let button = match key {
            Some(key) => key_button(ui, "Read the briefing", key.name()),
            None => secondary_button(ui, "Read the briefing"),
        };
        named(
            &button,
            &format!("Read the briefing of “{}”", scenario.title),
        );
        let has_open = attempts
            .iter()
            .any(|past| past.attempt.state == AttemptState::Running);
        if number == 0 && !has_open {
            focus_once(&mut draft.has_focused, &button);
        }
        if button.clicked() || key.is_some_and(|key| pressed(ui, key)) {
            asked = Some(Intent::ChooseScenario(scenario.id.clone()));
        }
    });
    asked
}

/// How it went so far, in a sentence.
fn best_words(attempts: &[PastAttempt], scenario: &str) -> String {
    let finished = attempts
        .iter()
        .filter(|past| past.attempt.scenario == scenario && past.marks.is_some())
        .count();
    match best_of(attempts, scenario) {
        None => "Not finished yet.".to_owned(),
        Some(past) => {
            let words = past.standing();
            let mode = past.mode_words().to_lowercase();
            format!(
                "Best of {} ({mode}): {}{}",
                counted(finished, "finished attempt"),
                words,
                if words.ends_with('.') { "" } else { "." }
            )
        }
    }
}

const fn level_words(level: Difficulty) -> &'static str {
    match level {
        Difficulty::Intro => "Introduction",
        Difficulty::Core => "Core",
        Difficulty::Advanced => "Advanced",
    }
}
