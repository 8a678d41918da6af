//! Somebody to talk to: the contacts of the course, one key away from everywhere.

use crate::course::SupportContact;

use super::Intent;

/// What the page shows.
#[derive(Debug, Clone, Copy)]
pub struct SupportView<'a> {
    /// The contacts of the course; empty if no course could be read.
    pub contacts: &'a [SupportContact],
}

/// What is chosen on the page. Make a fresh one when the page is opened.
#[derive(Debug, Clone, Default)]
pub struct SupportDraft {
    /// The first focus has been given.
    pub has_focused: bool,
}

/// Draws the page.
pub fn support_ui(ui: &mut egui::Ui, data: &SupportView<'_>, draft: &mut SupportDraft) -> Option<Intent> {
    let _ = (ui, data, draft);
    None
}
