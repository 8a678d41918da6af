//! Who is there: remembered trainees, a new name, the instructor's door, and what is kept.

use crate::records::Trainee;

use super::Intent;

/// What the sign-in page shows.
#[derive(Debug, Clone, Copy)]
pub struct SignInView<'a> {
    /// Everybody remembered on this computer, in any order.
    pub trainees: &'a [Trainee],
    /// Title of the course; empty if there is none.
    pub course: &'a str,
    /// Message to show at the top, such as what was wrong with the last try.
    pub notice: Option<&'a str>,
}

/// What is typed. Make a fresh one when the page is opened: it gives the first focus.
#[derive(Debug, Clone, Default)]
pub struct SignInDraft {
    /// Name as typed.
    pub name: String,
    /// Collar number as typed.
    pub collar_number: String,
    /// The first focus has been given.
    pub has_focused: bool,
}

/// Draws the page.
pub fn sign_in_ui(ui: &mut egui::Ui, data: &SignInView<'_>, draft: &mut SignInDraft) -> Option<Intent> {
    let _ = (ui, data, draft);
    None
}
