//! The officer's notebook beside the encounter: facts, legal status, radio, what was said.

use egui::{RichText, ScrollArea, Ui};

use super::super::theme::{self, GRID, Tone};
use super::captions::{CaptionKind, CaptionLine, said_ui};
use super::widgets::{body, bullet, chip, heading, note, scroll_by_keys};

/// A page of the notebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NotebookPage {
    /// What has been learned.
    Facts,
    /// Whether the person is free to leave.
    Legal,
    /// What went over the radio.
    Radio,
    /// Everything that was said and seen.
    Said,
    /// Practice only, and only where there is no room beside the picture: meters and the hint.
    Meters,
}

impl NotebookPage {
    /// Every page that is always there, in the order of its buttons.
    pub const ALL: [Self; 4] = [Self::Facts, Self::Legal, Self::Radio, Self::Said];

    /// Its title.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Facts => "Notebook",
            Self::Legal => "Legal status",
            Self::Radio => "Radio log",
            Self::Said => "What was said",
            Self::Meters => "Meters and hint",
        }
    }

    /// Its title where there is little room.
    #[must_use]
    pub const fn short(self) -> &'static str {
        match self {
            Self::Facts => "Notes",
            Self::Legal => "Legal",
            Self::Radio => "Radio log",
            Self::Said => "Said",
            Self::Meters => "Meters",
        }
    }

    /// Its key.
    #[must_use]
    pub const fn key(self) -> egui::Key {
        match self {
            Self::Facts => egui::Key::N,
            Self::Legal => egui::Key::L,
            Self::Radio => egui::Key::T,
            Self::Said => egui::Key::W,
            Self::Meters => egui::Key::K,
        }
    }
}

/// Whether the person is free to leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LegalStatus<'a> {
    /// Free to leave.
    #[default]
    Free,
    /// Detained.
    Detained {
        /// The law, as it is cited.
        cite: &'a str,
        /// What it means here; may be empty.
        note: &'a str,
        /// What must be checked against the force's own policy; may be empty.
        local: &'a str,
        /// Since when, `HH:MM`.
        since: &'a str,
    },
}

impl LegalStatus<'_> {
    /// In a few words.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Free => "Free to leave".to_owned(),
            Self::Detained { since, .. } => format!("Detained since {since}"),
        }
    }

    /// Its colour.
    #[must_use]
    pub const fn tone(&self) -> Tone {
        match self {
            Self::Free => Tone::Plain,
            Self::Detained { .. } => Tone::Caution,
        }
    }
}

/// What the notebook is about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Notes<'a> {
    pub(super) facts: &'a [String],
    pub(super) legal: LegalStatus<'a>,
    pub(super) lines: &'a [CaptionLine],
}

/// One page of the notebook, filling the room it is given.
pub(super) fn notebook_ui(ui: &mut Ui, page: NotebookPage, notes: &Notes<'_>) {
    heading(ui, page.label());
    ui.add_space(GRID / 2.0);
    match page {
        NotebookPage::Facts => facts_ui(ui, notes.facts),
        NotebookPage::Legal => legal_ui(ui, &notes.legal),
        NotebookPage::Radio => said_ui(
            ui,
            notes.lines,
            Some(CaptionKind::Radio),
            "Nothing over the radio yet. Press R to speak to control, where that is open.",
        ),
        NotebookPage::Meters => {}
        NotebookPage::Said => said_ui(ui, notes.lines, None, "Nobody has spoken yet."),
    }
}

fn facts_ui(ui: &mut Ui, facts: &[String]) {
    if facts.is_empty() {
        note(
            ui,
            "Nothing noted yet. What you learn about the person is written down here by itself.",
        );
        return;
    }
    ScrollArea::vertical()
        .auto_shrink([false, false])
        .show(ui, |ui| {
            scroll_by_keys(ui);
            for fact in facts {
                bullet(ui, fact);
            }
        });
}

fn legal_ui(ui: &mut Ui, legal: &LegalStatus<'_>) {
    let look = theme::of(ui);
    ScrollArea::vertical()
        .auto_shrink([false, false])
        .show(ui, |ui| {
            scroll_by_keys(ui);
            chip(ui, &legal.words(), legal.tone());
            match *legal {
                LegalStatus::Free => body(
                    ui,
                    "No power has been used. The person may go where they like, and you may ask, \
                 offer and stay with them.",
                ),
                LegalStatus::Detained {
                    cite,
                    note: means,
                    local,
                    since,
                } => {
                    ui.label(RichText::new(cite).font(look.body()).color(look.ink));
                    if !means.is_empty() {
                        body(ui, means);
                    }
                    note(
                        ui,
                        &format!(
                            "Detained at {since}. The person should have been told so, and why."
                        ),
                    );
                    if !local.is_empty() {
                        note(ui, &format!("Check your force's own policy. {local}"));
                    }
                }
            }
        });
}
