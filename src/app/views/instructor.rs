//! Trainees, results, scenarios and records for instructors, behind the passphrase.

use std::path::Path;

use crate::course::Course;
use crate::records::{PassphraseCheck, Trainee, TraineeId, Verification};
use crate::scenario::Shelf;

use super::Intent;
use super::past::PastAttempt;

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
    /// All attempts of all trainees, newest first.
    pub attempts: &'a [PastAttempt],
    /// The course, for the words of its objectives.
    pub course: Option<&'a Course>,
    /// The scenario folder, or why there is none.
    pub shelf: Result<&'a Shelf, &'a str>,
    /// Where the scenario folder is or was expected.
    pub folder: &'a Path,
    /// What the check of the records found, or why it could not be made; none: not checked yet.
    pub verification: Option<Result<&'a Verification, &'a str>>,
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
    /// The first focus has been given.
    pub has_focused: bool,
}

/// A part of the instructor area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum InstructorPart {
    /// Trainees and their results.
    #[default]
    Trainees,
    /// Scenarios and what is wrong with them.
    Scenarios,
    /// Whether the records are as they were written.
    Records,
}

/// Draws the page.
pub fn instructor_ui(ui: &mut egui::Ui, data: &InstructorView<'_>, draft: &mut InstructorDraft) -> Option<Intent> {
    let _ = (ui, data, draft);
    None
}
