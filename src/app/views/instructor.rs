//! Trainees, results, scenarios and records for instructors, behind the passphrase.

use std::collections::BTreeSet;
use std::path::Path;

use egui::Ui;

use crate::course::Course;
use crate::records::{PassphraseCheck, Trainee, TraineeId, Verification};
use crate::scenario::{Severity, Shelf};

use super::super::theme::{GRID, Tone};
use super::instructor_results::{one_trainee_ui, trainees_ui};
use super::layout::{PAGE, entered, field, focus_once, fold_in, saved_bar};
use super::library_faults::{check_words, course_faults_ui, missing_ui, plain_words, sentence};
use super::past::{PastAttempt, counted, local_time, spoken_day};
use super::school::{School, SchoolWish};
use super::school_cohort::{CohortDraft, cohorts_ui};
use super::school_compare::compare_ui;
use super::school_mark::{MarkDraft, marking_ui};
use super::school_measure::{MeasureDraft, measure_ui};
use super::school_people::PeopleDraft;
use super::school_rate::{RateDraft, rate_ui};
use super::school_running::{RunningDraft, running_ui};
use super::widgets::{
    TitleBar, body, bullet, card, chip, choice_button, empty, heading, note, notice, page,
    primary_button, secondary_button, title_bar, toned_card,
};
use super::{Intent, Page};

/// Fewest characters of a passphrase.
const LEAST_CHARACTERS: usize = 6;

/// What the instructor area shows.
#[derive(Debug, Clone, Copy)]
pub enum InstructorView<'a> {
    /// No passphrase has been set on this computer.
    NotSet {
        /// Message to show at the top, such as what was wrong with the one that was typed.
        notice: Option<&'a str>,
    },
    /// It is locked.
    Locked {
        /// What became of the last try.
        last_try: Option<&'a PassphraseCheck>,
        /// Message to show at the top.
        notice: Option<&'a str>,
    },
    /// It is open.
    Open(InstructorRoom<'a>),
}

/// What an open instructor area shows.
#[derive(Debug, Clone, Copy)]
pub struct InstructorRoom<'a> {
    /// Everybody on this computer, in any order.
    pub trainees: &'a [Trainee],
    /// The trainee that was picked with [`Intent::PickTrainee`].
    pub picked: Option<TraineeId>,
    /// Attempts of the picked trainee, newest first; others are passed over.
    pub attempts: &'a [PastAttempt],
    /// The course, for the words of its objectives.
    pub course: Option<&'a Course>,
    /// The scenario folder, or why there is none.
    pub shelf: Result<&'a Shelf, &'a str>,
    /// Where the scenario folder is or was expected.
    pub folder: &'a Path,
    /// What the check of the records found, or why it could not be made; none: not checked yet.
    pub verification: Option<Result<&'a Verification, &'a str>>,
    /// Cohorts, assignments, lists, marking.
    pub school: &'a School,
    /// Where the last report was saved, if one was.
    pub saved: Option<&'a Path>,
    /// Message to show at the top.
    pub notice: Option<&'a str>,
}

/// What is typed and chosen. Make a fresh one when the page is opened.
#[derive(Debug, Clone, Default)]
pub struct InstructorDraft {
    /// Passphrase as typed; emptied when it is sent.
    pub passphrase: String,
    /// The same again, where it is set for the first time.
    pub again: String,
    /// Part of the area that is shown.
    pub part: InstructorPart,
    /// Scenarios of which faults and warnings are shown, by id.
    pub open_scenarios: BTreeSet<String>,
    /// What is typed among the trainees.
    pub people: PeopleDraft,
    /// What is typed among the cohorts.
    pub cohort: CohortDraft,
    /// What is typed while marking.
    pub mark: MarkDraft,
    /// What is chosen among the figures.
    pub measure: MeasureDraft,
    /// What is chosen while rating.
    pub rate: RateDraft,
    /// What is open on the list of running attempts.
    pub running: RunningDraft,
    /// The first focus has been given.
    pub has_focused: bool,
}

/// A part of the instructor area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum InstructorPart {
    /// Trainees and their results.
    #[default]
    Trainees,
    /// Cohorts and what is asked of them.
    Cohorts,
    /// Attempts that are running on this computer.
    Running,
    /// How well the scenarios measure, and second ratings.
    Measurement,
    /// Scenarios and what is wrong with them.
    Scenarios,
    /// Whether the records are as they were written.
    Records,
}

/// Draws the page.
pub fn instructor_ui(
    ui: &mut Ui,
    data: &InstructorView<'_>,
    draft: &mut InstructorDraft,
) -> Option<Intent> {
    let bar = TitleBar {
        title: "Instructor area",
        back: Some("Back"),
        ..TitleBar::default()
    };
    let mut asked = title_bar(ui, &bar);
    if let InstructorView::Open(room) = data {
        saved_bar(ui, room.saved);
    }
    page(ui, PAGE, |ui| {
        let message = match data {
            InstructorView::NotSet { notice } | InstructorView::Locked { notice, .. } => *notice,
            InstructorView::Open(room) => room.notice,
        };
        if let Some(text) = message
            && notice(ui, text)
        {
            asked = Some(Intent::DismissNotice);
        }
        let wanted = match data {
            InstructorView::NotSet { .. } => set_ui(ui, draft),
            InstructorView::Locked { last_try, .. } => unlock_ui(ui, *last_try, draft),
            InstructorView::Open(room) => room_ui(ui, room, draft),
        };
        asked = wanted.or(asked.take());
    });
    asked
}

/// What keeps a first passphrase from being taken.
fn fault_of(passphrase: &str, again: &str) -> Option<&'static str> {
    if passphrase.chars().count() < LEAST_CHARACTERS {
        Some("At least six characters; three or four words are easy to keep in mind.")
    } else if passphrase != again {
        Some("The two are not the same yet.")
    } else {
        None
    }
}

fn set_ui(ui: &mut Ui, draft: &mut InstructorDraft) -> Option<Intent> {
    let mut asked = None;
    card(ui, |ui| {
        heading(ui, "Set the instructor passphrase");
        body(
            ui,
            "It keeps trainees out of each other's results. It is set once on this computer and kept only as a hash, so nobody can look it up: write it down where instructors find it.",
        );
        let first = field(ui, "Passphrase", "", &mut draft.passphrase, true);
        focus_once(&mut draft.has_focused, &first);
        let second = field(ui, "The same again", "", &mut draft.again, true);
        let fault = fault_of(&draft.passphrase, &draft.again);
        note(ui, fault.unwrap_or("Both are the same."));
        let button = ui
            .add_enabled_ui(fault.is_none(), |ui| primary_button(ui, "Set it and open"))
            .inner;
        let is_sent = button.clicked() || entered(ui, &second);
        if is_sent && fault.is_none() {
            draft.again.clear();
            draft.has_focused = false;
            asked = Some(Intent::SetPassphrase(std::mem::take(&mut draft.passphrase)));
        }
    });
    asked
}

/// What became of a try, in words.
#[must_use]
pub fn try_words(last_try: &PassphraseCheck) -> Option<String> {
    match last_try {
        PassphraseCheck::Right => None,
        PassphraseCheck::Wrong { tries_left } => Some(format!(
            "That was not it. {} left before it stays shut for a while.",
            match tries_left {
                1 => "One try is".to_owned(),
                many => format!("{many} tries are"),
            }
        )),
        PassphraseCheck::LockedOut { until } => Some(format!(
            "Too many tries. The next one counts from {}.",
            local_time_to_the_second(until)
        )),
        PassphraseCheck::NotSet => {
            Some("No passphrase has been set on this computer yet.".to_owned())
        }
    }
}

fn local_time_to_the_second(text: &str) -> String {
    text.parse::<jiff::Timestamp>().map_or_else(
        |_| local_time(text),
        |time| {
            time.to_zoned_datetime(jiff::tz::TimeZone::system())
                .strftime("%H:%M:%S")
                .to_string()
        },
    )
}

fn unlock_ui(
    ui: &mut Ui,
    last_try: Option<&PassphraseCheck>,
    draft: &mut InstructorDraft,
) -> Option<Intent> {
    let mut asked = None;
    card(ui, |ui| {
        heading(ui, "Instructors only");
        body(
            ui,
            "Trainees, results, scenarios and records stand behind the passphrase. Your own results are under My record, without it.",
        );
        if let Some(words) = last_try.and_then(try_words) {
            toned_card(ui, Some(Tone::Caution), |ui| body(ui, &words));
        }
        let typed = field(ui, "Passphrase", "", &mut draft.passphrase, true);
        focus_once(&mut draft.has_focused, &typed);
        let can_send = !draft.passphrase.is_empty();
        let button = ui
            .add_enabled_ui(can_send, |ui| primary_button(ui, "Open"))
            .inner;
        if (button.clicked() || entered(ui, &typed)) && can_send {
            draft.has_focused = false;
            asked = Some(Intent::Unlock(std::mem::take(&mut draft.passphrase)));
        }
    });
    asked
}

fn room_ui(ui: &mut Ui, room: &InstructorRoom<'_>, draft: &mut InstructorDraft) -> Option<Intent> {
    let mut asked = None;
    ui.horizontal_wrapped(|ui| {
        let parts = [
            (InstructorPart::Trainees, "Trainees"),
            (InstructorPart::Cohorts, "Cohorts"),
            (InstructorPart::Running, "Running now"),
            (InstructorPart::Measurement, "Measurement"),
            (InstructorPart::Scenarios, "Scenarios"),
            (InstructorPart::Records, "Records"),
        ];
        for (part, words) in parts {
            let button = choice_button(ui, draft.part == part, words);
            if draft.part == part {
                focus_once(&mut draft.has_focused, &button);
            }
            if button.clicked() {
                draft.part = part;
                let figures = &room.school.figures;
                if part == InstructorPart::Measurement
                    && figures.found.is_none()
                    && !figures.is_working
                {
                    asked = Some(Intent::School(SchoolWish::Measure(figures.counting)));
                }
            }
        }
        if secondary_button(ui, "Lock").clicked() {
            asked = Some(Intent::Lock);
        }
    });
    ui.add_space(GRID);
    if let Some(done) = &room.school.done {
        toned_card(ui, Some(Tone::Accent), |ui| {
            body(ui, done);
            if let Some(undo) = &room.school.undo
                && secondary_button(ui, "Undo").clicked()
            {
                asked = Some(Intent::School(undo.clone()));
            }
        });
        ui.add_space(GRID);
    }
    let wanted = match draft.part {
        InstructorPart::Trainees if room.school.comparing.pair.is_some() => {
            let pair = room.school.comparing.pair.as_deref();
            pair.and_then(|pair| compare_ui(ui, pair, &mut draft.people.gauge))
        }
        InstructorPart::Trainees => {
            let picked = room
                .picked
                .and_then(|id| room.trainees.iter().find(|one| one.id == id));
            match picked {
                Some(trainee) => match &room.school.marking {
                    Some(marking) => marking_ui(ui, marking, &mut draft.mark),
                    None => one_trainee_ui(ui, room, trainee, &mut draft.people),
                },
                None => trainees_ui(ui, room, &mut draft.people),
            }
        }
        InstructorPart::Running => running_ui(ui, room, &mut draft.running),
        InstructorPart::Cohorts => cohorts_ui(ui, room, &mut draft.cohort),
        InstructorPart::Measurement => match &room.school.rating {
            Some(rating) => rate_ui(ui, rating, room.course, &mut draft.rate),
            None => measure_ui(ui, room, &mut draft.measure),
        },
        InstructorPart::Scenarios => scenarios_ui(ui, room, draft),
        InstructorPart::Records => records_ui(ui, room),
    };
    if matches!(wanted, Some(Intent::PickTrainee(_))) {
        // The button is gone on the next page, and the keyboard with it.
        draft.has_focused = false;
    }
    asked.or(wanted)
}

fn scenarios_ui(
    ui: &mut Ui,
    room: &InstructorRoom<'_>,
    draft: &mut InstructorDraft,
) -> Option<Intent> {
    let shelf = match room.shelf {
        Ok(shelf) => shelf,
        Err(reason) => return missing_ui(ui, reason, room.folder),
    };
    let mut asked = None;
    note(ui, &format!("Read from {}", shelf.folder.display()));
    ui.horizontal_wrapped(|ui| {
        if secondary_button(ui, "Author's desk").clicked() {
            asked = Some(Intent::Open(Page::Author));
        }
        if secondary_button(ui, "Read the folder again").clicked() {
            asked = Some(Intent::ReloadScenarios);
        }
    });
    course_faults_ui(ui, shelf);
    if shelf.scenarios.is_empty() {
        empty(
            ui,
            "There are no scenarios yet",
            "Write one with `common-ground new`, or copy one into the folder.",
        );
    }
    for file in &shelf.scenarios {
        let (errors, warnings) = file.counts();
        let tone = if file.is_playable() {
            None
        } else {
            Some(Tone::Alarm)
        };
        toned_card(ui, tone, |ui| {
            let title = file
                .scenario
                .as_ref()
                .map_or(file.id.as_str(), |one| one.title.as_str());
            heading(ui, title);
            ui.horizontal_wrapped(|ui| {
                let (words, tone) = if file.is_playable() {
                    ("Can be played", Tone::Accent)
                } else {
                    ("Cannot be played", Tone::Alarm)
                };
                chip(ui, words, tone);
                chip(
                    ui,
                    &counted(errors, "fault"),
                    if errors == 0 {
                        Tone::Plain
                    } else {
                        Tone::Alarm
                    },
                );
                chip(
                    ui,
                    &counted(warnings, "warning"),
                    if warnings == 0 {
                        Tone::Plain
                    } else {
                        Tone::Caution
                    },
                );
            });
            if let Some(scenario) = &file.scenario {
                let status = file.readiness.sentence();
                note(
                    ui,
                    &format!(
                        "Version {}. {status} To be read again by {}.",
                        scenario.version,
                        spoken_day(&scenario.review.due)
                    ),
                );
            }
            if !file.diagnostics.is_empty() {
                let label = format!("What was found in “{title}” ({})", file.diagnostics.len());
                fold_in(
                    ui,
                    &mut draft.open_scenarios,
                    file.id.clone(),
                    &label,
                    |ui| {
                        for diagnostic in &file.diagnostics {
                            let kind = match diagnostic.severity {
                                Severity::Error => "Fault",
                                Severity::Warning => "Warning",
                                Severity::Notice => "Notice",
                            };
                            bullet(
                                ui,
                                &format!("{kind}. {}", plain_words(diagnostic, &file.text)),
                            );
                        }
                    },
                );
            }
            note(ui, &check_words(&file.path));
        });
    }
    asked
}

/// What the check of the records found, in words.
#[must_use]
pub fn verification_words(found: &Verification) -> String {
    match &found.fault {
        None => format!(
            "All records are as they were written: {} checked, {} erased, {} still open.",
            counted(
                usize::try_from(found.attempts).unwrap_or(usize::MAX),
                "closed attempt"
            ),
            found.erased,
            found.running
        ),
        Some(fault) => format!(
            "The first record that is not as it was written is {}: {}. Keep this computer as it is and tell whoever looks after it; `common-ground records verify` prints the same.",
            fault.seq.map_or_else(
                || fault.record.clone(),
                |seq| format!("number {seq} ({})", fault.record)
            ),
            fault.kind
        ),
    }
}

fn records_ui(ui: &mut Ui, room: &InstructorRoom<'_>) -> Option<Intent> {
    let mut asked = None;
    let tone = match room.verification {
        None => None,
        Some(Ok(found)) if found.sound() => Some(Tone::Accent),
        Some(_) => Some(Tone::Alarm),
    };
    toned_card(ui, tone, |ui| {
        heading(ui, "Are the records as they were written?");
        match room.verification {
            None => body(
                ui,
                "They have not been checked since the program was started.",
            ),
            Some(Ok(found)) => {
                body(ui, &verification_words(found));
                note(ui, &format!("Newest chain hash: {}", found.head));
            }
            Some(Err(reason)) => body(
                ui,
                &format!("They could not be checked. {}", sentence(reason)),
            ),
        }
        note(
            ui,
            "A later change by hand is noticed here. Somebody who owns the computer could rebuild all of it, which is why each report prints its chain hash.",
        );
        if secondary_button(ui, "Check the records now").clicked() {
            asked = Some(Intent::VerifyRecords);
        }
    });
    asked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_passphrase_must_be_long_enough_and_typed_twice() {
        assert!(fault_of("short", "short").is_some());
        assert!(fault_of("three words", "three word").is_some());
        assert_eq!(fault_of("three words", "three words"), None);
    }

    #[test]
    fn tries_that_are_left_are_said_in_words() {
        let words = |tries_left| try_words(&PassphraseCheck::Wrong { tries_left }).unwrap();
        assert!(words(1).contains("One try is left"));
        assert!(words(4).contains("4 tries are left"));
        assert_eq!(try_words(&PassphraseCheck::Right), None);
    }
}
