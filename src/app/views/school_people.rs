//! Trainees as instructors keep them: add, read a list, put away, put duplicates together.

use egui::Ui;

use crate::records::{Roster, Trainee, TraineeId};

use super::super::theme::{GRID, Tone};
use super::Intent;
use super::instructor::InstructorRoom;
use super::layout::{entered, field, named, sentence, table};
use super::past::counted;
use super::school::SchoolWish;
use super::school_assign::AssignDraft;
use super::school_compare::Gauge;
use super::sign_in::name_and_number;
use super::widgets::{
    body, bullet, card, choice_button, fold, heading, note, primary_button, secondary_button,
    toned_card,
};

/// Rows of a list that are shown before it is entered.
const SHOWN_ROWS: usize = 12;

/// What is typed and chosen among the trainees.
#[derive(Debug, Clone, Default)]
pub struct PeopleDraft {
    /// Name to add.
    pub name: String,
    /// Collar number to add.
    pub collar_number: String,
    /// Path of a list.
    pub path: String,
    /// Adding is open.
    pub is_adding: bool,
    /// Those put away are shown too.
    pub shows_archived: bool,
    /// The duplicate for which the other entry is being chosen.
    pub merging: Option<TraineeId>,
    /// What is to be assigned to one trainee.
    pub assign: AssignDraft,
    /// The objective that is shown over time.
    pub over_time: Option<String>,
    /// What the plot of two attempts shows.
    pub gauge: Gauge,
}

/// Adding one trainee, and reading a list.
pub(super) fn add_ui(
    ui: &mut Ui,
    room: &InstructorRoom<'_>,
    draft: &mut PeopleDraft,
) -> Option<Intent> {
    let mut asked = None;
    if let Some(read) = &room.school.roster {
        return roster_ui(ui, room, read);
    }
    let mut is_open = draft.is_adding;
    fold(ui, &mut is_open, "Add trainees", |ui| {
        card(ui, |ui| {
            field(ui, "Name", "", &mut draft.name, false);
            let number = field(ui, "Collar number", "", &mut draft.collar_number, false);
            let can_add = !draft.name.trim().is_empty();
            let button = ui
                .add_enabled_ui(can_add, |ui| secondary_button(ui, "Add this trainee"))
                .inner;
            if can_add && (button.clicked() || entered(ui, &number)) {
                asked = Some(Intent::School(SchoolWish::Add {
                    name: std::mem::take(&mut draft.name),
                    collar_number: std::mem::take(&mut draft.collar_number),
                }));
            }
            ui.add_space(GRID);
            let path = sentence(ui, "A list: path of a CSV file", &mut draft.path);
            note(
                ui,
                "Columns Name (or First name and Last name) and Collar number. Nobody is entered before you have seen what was read.",
            );
            let can_read = !draft.path.trim().is_empty();
            let button = ui
                .add_enabled_ui(can_read, |ui| secondary_button(ui, "Read the list"))
                .inner;
            if can_read && (button.clicked() || entered(ui, &path)) {
                asked = Some(Intent::School(SchoolWish::ReadRoster(draft.path.clone())));
            }
        });
    });
    draft.is_adding = is_open;
    asked
}

fn roster_ui(
    ui: &mut Ui,
    room: &InstructorRoom<'_>,
    read: &Result<Roster, String>,
) -> Option<Intent> {
    let mut asked = None;
    let roster = match read {
        Ok(roster) => roster,
        Err(reason) => {
            toned_card(ui, Some(Tone::Alarm), |ui| {
                heading(ui, "The list could not be read");
                body(ui, reason);
                if secondary_button(ui, "Put the list away").clicked() {
                    asked = Some(Intent::School(SchoolWish::DropRoster));
                }
            });
            return asked;
        }
    };
    card(ui, |ui| {
        heading(
            ui,
            &format!("{} would be entered", counted(roster.rows.len(), "trainee")),
        );
        note(
            ui,
            &format!(
                "Read as {}, columns apart by {}. {} here already, {} that cannot be entered.",
                roster.encoding,
                match roster.separator {
                    ';' => "semicolons",
                    '\t' => "tabs",
                    _ => "commas",
                },
                roster.known.len(),
                counted(roster.faults.len(), "row"),
            ),
        );
        let rows: Vec<Vec<String>> = roster
            .rows
            .iter()
            .take(SHOWN_ROWS)
            .map(|row| {
                vec![
                    row.line.to_string(),
                    row.name.clone(),
                    row.collar_number.clone(),
                ]
            })
            .collect();
        table(ui, "roster", &["Line", "Name", "Collar number"], &rows);
        if roster.rows.len() > SHOWN_ROWS {
            note(ui, &format!("And {} more.", roster.rows.len() - SHOWN_ROWS));
        }
        for fault in &roster.faults {
            bullet(
                ui,
                &format!("Line {} ({}): {}.", fault.line, fault.found, fault.reason),
            );
        }
        if !roster.formulas.is_empty() {
            let lines: Vec<String> = roster.formulas.iter().map(u64::to_string).collect();
            note(
                ui,
                &format!(
                    "Looks like a formula and is kept as plain text: line {}.",
                    lines.join(", ")
                ),
            );
        }
        ui.horizontal_wrapped(|ui| {
            let is_useful = !roster.rows.is_empty();
            let enter = ui
                .add_enabled_ui(is_useful, |ui| primary_button(ui, "Enter them"))
                .inner;
            if enter.clicked() {
                asked = Some(Intent::School(SchoolWish::EnterRoster(None)));
            }
            let is_useful = is_useful || !roster.known.is_empty();
            for cohort in room.school.cohorts.iter().filter(|_| is_useful) {
                let words = format!("Enter them into {}", cohort.name);
                if secondary_button(ui, &words).clicked() {
                    asked = Some(Intent::School(SchoolWish::EnterRoster(Some(cohort.id))));
                }
            }
            if secondary_button(ui, "Enter nobody").clicked() {
                asked = Some(Intent::School(SchoolWish::DropRoster));
            }
        });
    });
    asked
}

/// What can be done with one entry: put away or back, and put together with another.
pub(super) fn keep_ui(
    ui: &mut Ui,
    room: &InstructorRoom<'_>,
    trainee: &Trainee,
    draft: &mut PeopleDraft,
) -> Option<Intent> {
    let mut asked = None;
    let wish = |wish| Some(Intent::School(wish));
    ui.horizontal_wrapped(|ui| {
        let is_archived = trainee.archived.is_some();
        let words = if is_archived {
            "Take back into use"
        } else {
            "Put away"
        };
        if secondary_button(ui, words).clicked() {
            asked = wish(SchoolWish::Archive(trainee.id, !is_archived));
        }
        if secondary_button(ui, "Is a duplicate of…").clicked() {
            draft.merging = Some(trainee.id);
        }
        let merged = room
            .trainees
            .iter()
            .filter(|one| one.merged_into == Some(trainee.id));
        for one in merged {
            let words = format!("Take {} apart again", name_and_number(one));
            if secondary_button(ui, &words).clicked() {
                asked = wish(SchoolWish::Unmerge(one.id));
            }
        }
    });
    if draft.merging == Some(trainee.id) {
        card(ui, |ui| {
            body(
                ui,
                "Which entry is the same person? Its attempts and these will count as one person's. No attempt is changed, and you can take them apart again.",
            );
            ui.horizontal_wrapped(|ui| {
                for other in room
                    .trainees
                    .iter()
                    .filter(|one| one.is_current() && one.id != trainee.id)
                {
                    let who = name_and_number(other);
                    let button = choice_button(ui, false, &who);
                    named(&button, &format!("The same person as {who}"));
                    if button.clicked() {
                        draft.merging = None;
                        asked = wish(SchoolWish::Merge(trainee.id, other.id));
                    }
                }
                if secondary_button(ui, "None of them").clicked() {
                    draft.merging = None;
                }
            });
        });
    }
    asked
}
