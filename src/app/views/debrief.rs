//! What happened and why: verdict and outcome apart, results, timeline, decisions, support.

use std::path::Path;

use crate::course::Course;
use crate::records::{Attempt, Mode};
use crate::scoring::Review;

use super::Intent;
use super::debrief_decisions::DecisionsDraft;

/// What the debrief shows.
#[derive(Debug, Clone, Copy)]
pub struct DebriefView<'a> {
    /// The record; none if the attempt is not kept.
    pub attempt: Option<&'a Attempt>,
    /// Practice or assessment.
    pub mode: Mode,
    /// The attempt, told and marked.
    pub review: &'a Review,
    /// The course by which it was marked.
    pub course: &'a Course,
    /// Where the report was saved, if it was.
    pub saved: Option<&'a Path>,
    /// Whether the scenario is there to be played again.
    pub can_play_again: bool,
    /// Who is signed in; empty for nobody.
    pub who: &'a str,
    /// Message to show at the top.
    pub notice: Option<&'a str>,
}

/// What is opened and folded. Make a fresh one for each debrief.
#[derive(Debug, Clone, Default)]
pub struct DebriefDraft {
    /// Decisions that are folded out.
    pub decisions: DecisionsDraft,
    /// The timeline is shown as a table.
    pub shows_table: bool,
    /// The levels of this objective are shown, by id.
    pub objective: Option<String>,
    /// The first focus has been given.
    pub has_focused: bool,
}

/// Draws the page.
pub fn debrief_ui(ui: &mut egui::Ui, data: &DebriefView<'_>, draft: &mut DebriefDraft) -> Option<Intent> {
    let _ = (ui, data, draft);
    None
}
