//! Which scenario: by role track, with what it asks of the trainee and how it went so far.

use std::path::Path;

use crate::course::Track;
use crate::records::Trainee;
use crate::scenario::Shelf;

use super::Intent;
use super::past::PastAttempt;

/// What the library shows.
#[derive(Debug, Clone, Copy)]
pub struct LibraryView<'a> {
    /// Who is signed in.
    pub trainee: &'a Trainee,
    /// The scenario folder, or why there is none.
    pub shelf: Result<&'a Shelf, &'a str>,
    /// Where the scenario folder is or was expected.
    pub folder: &'a Path,
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
    /// The first focus has been given.
    pub has_focused: bool,
}

/// Draws the page.
pub fn library_ui(ui: &mut egui::Ui, data: &LibraryView<'_>, draft: &mut LibraryDraft) -> Option<Intent> {
    let _ = (ui, data, draft);
    None
}
