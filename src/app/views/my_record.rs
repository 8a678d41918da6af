//! The trainee's own attempts and the best result for each objective.

use crate::course::Course;
use crate::records::Trainee;

use super::Intent;
use super::past::PastAttempt;

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
    pub saved: Option<&'a std::path::Path>,
    /// Message to show at the top.
    pub notice: Option<&'a str>,
}

/// What is chosen on the page. Make a fresh one when the page is opened.
#[derive(Debug, Clone, Default)]
pub struct MyRecordDraft {
    /// The first focus has been given.
    pub has_focused: bool,
}

/// Draws the page.
pub fn my_record_ui(ui: &mut egui::Ui, data: &MyRecordView<'_>, draft: &mut MyRecordDraft) -> Option<Intent> {
    let _ = (ui, data, draft);
    None
}
