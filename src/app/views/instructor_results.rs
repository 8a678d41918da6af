//! Trainees and their results, as instructors see them: who, how often, and each objective over
//! the attempts.

use egui::Ui;

use crate::attempt::said::judgement_line;
use crate::records::{AssignedTo, AttemptState, Counts, Judgement, Trainee};
use crate::reports::{disputed, signed_off};

use super::super::theme::{GRID, Tone};
use super::Intent;
use super::instructor::InstructorRoom;
use super::layout::{named, row_card, table};
use super::my_record::attempt_words_ui;
use super::past::{ObjectiveMark, PastAttempt, counted, local_time};
use super::school::SchoolWish;
use super::school_assign::{assignment_ui, give_ui};
use super::school_compare::waiting_ui;
use super::school_mark::judgement_words;
use super::school_over_time::over_time_ui;
use super::school_people::{PeopleDraft, add_ui, keep_ui};
use super::sign_in::name_and_number;
use super::widgets::{body, bullet, card, chip, empty, heading, note, secondary_button};

/// Attempts that stand side by side in the table of objectives.
const MOST_COLUMNS: usize = 8;

/// How often somebody has played, in words.
fn counts_words(counts: Counts) -> String {
    if counts.all == 0 {
        return "No attempt yet.".to_owned();
    }
    format!(
        "{}: {} finished, {} open. {} of {} passed.",
        counted(counts.all as usize, "attempt"),
        counts.finished,
        counts.open,
        counts.passed,
        counted(counts.assessed as usize, "assessment")
    )
}

/// Everybody on this computer, by name.
pub(super) fn trainees_ui(
    ui: &mut Ui,
    room: &InstructorRoom<'_>,
    draft: &mut PeopleDraft,
) -> Option<Intent> {
    let mut asked = add_ui(ui, room, draft);
    if room.trainees.is_empty() {
        empty(
            ui,
            "Nobody has signed in on this computer yet",
            "Trainees enter their own name on the first page; they are listed here from then on.",
        );
        return asked;
    }
    let away = |one: &&Trainee| one.archived.is_some() && one.merged_into.is_none();
    let mut sorted: Vec<&Trainee> = room
        .trainees
        .iter()
        .filter(|one| one.is_current() || (draft.shows_archived && away(one)))
        .collect();
    let hidden = room.trainees.iter().filter(away).count();
    sorted.sort_by_key(|one| (one.name.to_lowercase(), one.id));
    heading(ui, &format!("Trainees ({})", sorted.len()));
    for trainee in sorted {
        let counts = room.school.counts.get(&trainee.id).copied();
        let counts = counts.unwrap_or_default();
        let who = name_and_number(trainee);
        row_card(
            ui,
            |ui| {
                heading(ui, &who);
                body(ui, &counts_words(counts));
                let last = local_time(&trainee.last_seen);
                if trainee.last_seen == trainee.created && counts == Counts::default() {
                    note(ui, &format!("Entered {last}, not here yet"));
                } else {
                    note(ui, &format!("Last here {last}"));
                }
            },
            |ui| {
                let button = secondary_button(ui, "Show results");
                named(&button, &format!("Show results of {who}"));
                if button.clicked() {
                    asked = Some(Intent::PickTrainee(Some(trainee.id.to_string())));
                }
            },
        );
    }
    if hidden > 0 {
        let words = if draft.shows_archived {
            "Hide those put away".to_owned()
        } else {
            format!("Show those put away ({hidden})")
        };
        if secondary_button(ui, &words).clicked() {
            draft.shows_archived = !draft.shows_archived;
        }
    }
    asked
}

/// One trainee: attempts, and each objective over them.
pub(super) fn one_trainee_ui(
    ui: &mut Ui,
    room: &InstructorRoom<'_>,
    trainee: &Trainee,
    draft: &mut PeopleDraft,
) -> Option<Intent> {
    let mut asked = None;
    let own: Vec<&PastAttempt> = room
        .attempts
        .iter()
        .filter(|past| {
            let by = past.attempt.trainee;
            let merged = |one: &Trainee| one.id == by && one.merged_into == Some(trainee.id);
            by == trainee.id || room.trainees.iter().any(merged)
        })
        .collect();
    heading(ui, &name_and_number(trainee));
    let counts = room.school.counts.get(&trainee.id).copied();
    body(ui, &counts_words(counts.unwrap_or_default()));
    ui.horizontal_wrapped(|ui| {
        if secondary_button(ui, "All trainees").clicked() {
            asked = Some(Intent::PickTrainee(None));
        }
        if !own.is_empty() && secondary_button(ui, "Save the report of this trainee").clicked() {
            asked = Some(Intent::SaveTraineeReport(trainee.id.to_string()));
        }
    });
    asked = keep_ui(ui, room, trainee, draft).or(asked);
    asked = waiting_ui(ui, &room.school.comparing).or(asked);
    ui.add_space(GRID);
    asked = assigned_ui(ui, room, trainee, draft).or(asked);
    if own.is_empty() {
        empty(
            ui,
            "No attempt yet",
            "Results appear here after the first encounter.",
        );
        return asked;
    }
    over_time_ui(ui, &own, room.course, &mut draft.over_time);
    progress_ui(ui, room, &own);
    asked = completion_ui(ui, room).or(asked);
    heading(ui, &format!("Attempts ({})", own.len()));
    for past in own {
        let said = room.school.said.get(&past.attempt.id);
        asked = attempt_ui(ui, past, said.map_or(&[], Vec::as_slice)).or(asked);
    }
    asked
}

/// What this trainee is asked to play, alone or with a cohort.
fn assigned_ui(
    ui: &mut Ui,
    room: &InstructorRoom<'_>,
    trainee: &Trainee,
    draft: &mut PeopleDraft,
) -> Option<Intent> {
    let mut asked = None;
    for (assignment, is_done) in &room.school.assigned {
        let is_own = matches!(assignment.what.to, AssignedTo::Trainee(_));
        let words = match (is_own, is_done) {
            (true, true) => "Done.",
            (true, false) => "Not done yet.",
            (false, true) => "Done. Given to the cohort.",
            (false, false) => "Not done yet. Given to the cohort.",
        };
        asked = assignment_ui(ui, assignment, words, is_own).or(asked);
    }
    if trainee.is_current() {
        let give = (AssignedTo::Trainee(trainee.id), "Give it to this trainee");
        asked = give_ui(ui, room, give, &mut draft.assign).or(asked);
    }
    asked
}

fn attempt_ui(ui: &mut Ui, past: &PastAttempt, said: &[Judgement]) -> Option<Intent> {
    let mut asked = None;
    row_card(
        ui,
        |ui| {
            attempt_words_ui(ui, past);
            said_ui(ui, said);
        },
        |ui| {
            if past.attempt.state != AttemptState::Finished {
                return;
            }
            let button = secondary_button(ui, "Save the report");
            named(
                &button,
                &format!("Save the report: “{}”, {}", past.attempt.title, past.began),
            );
            if button.clicked() {
                asked = Some(Intent::SaveReport(past.attempt.id.to_string()));
            }
            let button = secondary_button(ui, "Mark it");
            named(
                &button,
                &format!("Mark “{}”, {}", past.attempt.title, past.began),
            );
            if button.clicked() {
                let id = past.attempt.id.to_string();
                asked = Some(Intent::School(SchoolWish::Mark(Some(id))));
            }
            let button = secondary_button(ui, "Compare");
            named(
                &button,
                &format!("Compare “{}”, {}", past.attempt.title, past.began),
            );
            if button.clicked() {
                let id = past.attempt.id;
                asked = Some(Intent::School(SchoolWish::Compare(Some(id))));
            }
        },
    );
    asked
}

/// What instructors said of an attempt: the signature first, then everything in its order.
fn said_ui(ui: &mut Ui, said: &[Judgement]) {
    if said.is_empty() {
        return;
    }
    let lines: Vec<_> = said.iter().map(judgement_line).collect();
    ui.horizontal_wrapped(|ui| {
        if signed_off(&lines).is_some() {
            chip(ui, "Signed off", Tone::Accent);
        }
        if !disputed(&lines).is_empty() {
            chip(ui, "Gate disputed", Tone::Caution);
        }
    });
    for one in said {
        bullet(ui, &judgement_words(one));
    }
}

/// Whether the course is completed, by track, and what is missing.
fn completion_ui(ui: &mut Ui, room: &InstructorRoom<'_>) -> Option<Intent> {
    let mut asked = None;
    for (index, (track, missing)) in room.school.missing.iter().enumerate() {
        card(ui, |ui| {
            if missing.is_empty() {
                heading(ui, &format!("Completed: {track}"));
                let button = secondary_button(ui, "Save the certificate");
                named(&button, &format!("Save the certificate: {track}"));
                if button.clicked() {
                    asked = Some(Intent::School(SchoolWish::Certify(index)));
                }
                return;
            }
            heading(ui, &format!("Not completed yet: {track}"));
            note(
                ui,
                &format!(
                    "{} missing. Practice and trials do not count.",
                    counted(missing.len(), "thing")
                ),
            );
            for one in missing.iter().take(MOST_MISSING) {
                bullet(ui, one);
            }
            if missing.len() > MOST_MISSING {
                note(ui, &format!("And {} more.", missing.len() - MOST_MISSING));
            }
        });
    }
    ui.add_space(GRID);
    asked
}

/// Missing things that are listed before the rest is counted.
const MOST_MISSING: usize = 8;

/// A result in a cell of the table.
fn cell(one: &ObjectiveMark) -> String {
    match one.percent {
        _ if one.is_failed_by_gate => format!("{}, gate failed", one.reached.label()),
        Some(percent) => format!("{} {percent} %", one.reached.label()),
        None => one.reached.label().to_owned(),
    }
}

/// Head and rows of the table: objectives down, finished attempts across, oldest first.
fn progress(room: &InstructorRoom<'_>, own: &[&PastAttempt]) -> (Vec<String>, Vec<Vec<String>>) {
    let mut finished: Vec<&PastAttempt> = own
        .iter()
        .copied()
        .filter(|past| past.marks.is_some())
        .take(MOST_COLUMNS)
        .collect();
    finished.reverse();
    let mut heads = vec!["Objective".to_owned()];
    heads.extend(finished.iter().map(|past| {
        let day = past.began.split(',').next().unwrap_or_default();
        format!("{}\n{day}\n{}", past.attempt.title, past.mode_words())
    }));
    let marks = |past: &&PastAttempt| {
        past.marks
            .as_ref()
            .map(|marks| marks.objectives.clone())
            .unwrap_or_default()
    };
    let mut ids: Vec<String> = Vec::new();
    for objective in room
        .course
        .map(|course| &course.objectives)
        .into_iter()
        .flatten()
    {
        ids.push(objective.id.clone());
    }
    for one in finished.iter().flat_map(marks) {
        if !ids.contains(&one.id) {
            ids.push(one.id);
        }
    }
    let rows = ids
        .into_iter()
        .filter_map(|id| {
            let cells: Vec<String> = finished
                .iter()
                .map(|past| {
                    past.marks
                        .iter()
                        .flat_map(|marks| &marks.objectives)
                        .find(|one| one.id == id)
                        .map_or_else(|| "–".to_owned(), cell)
                })
                .collect();
            let is_used = cells.iter().any(|cell| cell != "–");
            is_used.then(|| std::iter::once(id).chain(cells).collect())
        })
        .collect();
    (heads, rows)
}

fn progress_ui(ui: &mut Ui, room: &InstructorRoom<'_>, own: &[&PastAttempt]) {
    let (heads, rows) = progress(room, own);
    if rows.is_empty() {
        return;
    }
    card(ui, |ui| {
        heading(ui, "Each objective over the attempts");
        let shown = heads.len() - 1;
        note(
            ui,
            &format!(
                "The latest {}, oldest first. A dash: not assessed there.",
                counted(shown, "finished attempt")
            ),
        );
        let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
        table(ui, "objectives-over-attempts", &heads, &rows);
    });
    ui.add_space(GRID);
}
