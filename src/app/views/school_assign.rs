//! Assignments: what a cohort or a trainee is asked to play, and giving one.

use egui::Ui;

use crate::records::{AssignedTo, Assignment, Mode, NewAssignment};

use super::Intent;
use super::instructor::InstructorRoom;
use super::layout::{field, named, row_card};
use super::past::{mode_words, spoken_day};
use super::school::SchoolWish;
use super::widgets::{
    body, card, choice_button, fold, heading, note, primary_button, secondary_button,
};

/// What is to be assigned.
#[derive(Debug, Clone, Default)]
pub struct AssignDraft {
    /// Giving an assignment is open.
    pub is_open: bool,
    /// Scenario to assign, by id.
    pub scenario: Option<String>,
    /// It is an assessment.
    pub is_assessment: bool,
    /// Day as typed.
    pub due: String,
    /// Seed as typed; empty: drawn.
    pub seed: String,
}

fn wish(wish: SchoolWish) -> Option<Intent> {
    Some(Intent::School(wish))
}

/// One assignment, how far it has been done, and the way to take it back where it is given here.
pub(super) fn assignment_ui(
    ui: &mut Ui,
    assignment: &Assignment,
    words: &str,
    can_take_back: bool,
) -> Option<Intent> {
    let mut asked = None;
    let what = &assignment.what;
    row_card(
        ui,
        |ui| {
            heading(ui, &what.title);
            let due = what.due.as_deref().map_or_else(
                || "whenever".to_owned(),
                |due| format!("by {}", spoken_day(due)),
            );
            let seed = what
                .seed
                .map_or_else(String::new, |seed| format!(", seed {seed} for everybody"));
            body(ui, &format!("{}, {due}{seed}.", mode_words(what.mode)));
            note(ui, words);
        },
        |ui| {
            if !can_take_back {
                return;
            }
            let button = secondary_button(ui, "Take back");
            named(&button, &format!("Take back “{}”", what.title));
            if button.clicked() {
                asked = wish(SchoolWish::Withdraw(assignment.id));
            }
        },
    );
    asked
}

/// A fold in which an assignment is given: to whom, and the words of the button.
pub(super) fn give_ui(
    ui: &mut Ui,
    room: &InstructorRoom<'_>,
    (to, words): (AssignedTo, &str),
    draft: &mut AssignDraft,
) -> Option<Intent> {
    let mut asked = None;
    let mut is_open = draft.is_open;
    fold(ui, &mut is_open, "Give an assignment", |ui| {
        asked = card(ui, |ui| fields_ui(ui, room, (to, words), draft));
    });
    draft.is_open = is_open && asked.is_none();
    asked
}

fn fields_ui(
    ui: &mut Ui,
    room: &InstructorRoom<'_>,
    (to, words): (AssignedTo, &str),
    draft: &mut AssignDraft,
) -> Option<Intent> {
    let playable: Vec<_> = room
        .shelf
        .ok()
        .map(|shelf| shelf.scenarios.as_slice())
        .unwrap_or_default()
        .iter()
        .filter_map(|file| file.scenario.as_deref())
        .collect();
    if playable.is_empty() {
        body(ui, "No scenario of the folder can be played yet.");
        return None;
    }
    ui.horizontal_wrapped(|ui| {
        for scenario in &playable {
            let is_chosen = draft.scenario.as_deref() == Some(&*scenario.id);
            if choice_button(ui, is_chosen, &scenario.title).clicked() {
                draft.scenario = Some(scenario.id.clone());
            }
        }
    });
    ui.horizontal_wrapped(|ui| {
        for (is_assessment, words) in [(false, "Practice"), (true, "Assessment")] {
            if choice_button(ui, draft.is_assessment == is_assessment, words).clicked() {
                draft.is_assessment = is_assessment;
            }
        }
    });
    field(
        ui,
        "By (empty: whenever)",
        "2026-12-24",
        &mut draft.due,
        false,
    );
    field(
        ui,
        "Seed (empty: drawn for each)",
        "",
        &mut draft.seed,
        false,
    );
    let seed = draft.seed.trim();
    let seed: Option<Option<u64>> = if seed.is_empty() {
        Some(None)
    } else {
        seed.parse().ok().map(Some)
    };
    let due = draft.due.trim();
    let is_day = due.is_empty() || due.parse::<jiff::civil::Date>().is_ok();
    if !is_day {
        note(
            ui,
            "Write the day as year, month and day, such as 2026-12-24.",
        );
    }
    if seed.is_none() {
        note(ui, "A seed is a whole number.");
    }
    let chosen = playable
        .iter()
        .find(|one| draft.scenario.as_deref() == Some(&*one.id));
    if chosen.is_none() {
        note(ui, "Choose a scenario first.");
    }
    let can_give = chosen.is_some() && is_day && seed.is_some();
    let button = ui
        .add_enabled_ui(can_give, |ui| primary_button(ui, words))
        .inner;
    let (true, Some(scenario), Some(seed)) = (button.clicked() && is_day, chosen, seed) else {
        return None;
    };
    wish(SchoolWish::Assign(NewAssignment {
        scenario: scenario.id.clone(),
        title: scenario.title.clone(),
        mode: if draft.is_assessment {
            Mode::Assessment
        } else {
            Mode::Practice
        },
        due: (!due.is_empty()).then(|| due.to_owned()),
        seed,
        to,
    }))
}
