//! Somebody to talk to: the contacts of the course, one key away from everywhere.

use egui::{RichText, Ui};

use crate::course::SupportContact;

use super::super::theme::{self, GRID, Tone};
use super::Intent;
use super::layout::{column, columns};
use super::widgets::{TitleBar, body, card, heading, note, page, title_bar, toned_card};

/// What the page shows.
#[derive(Debug, Clone, Copy)]
pub struct SupportView<'a> {
    /// The contacts of the course; empty if no course could be read.
    pub contacts: &'a [SupportContact],
}

/// Nothing is typed or folded on this page.
#[derive(Debug, Clone, Copy, Default)]
pub struct SupportDraft;

/// Draws the page.
pub fn support_ui(
    ui: &mut Ui,
    data: &SupportView<'_>,
    _draft: &mut SupportDraft,
) -> Option<Intent> {
    let bar = TitleBar {
        title: "Somebody to talk to",
        back: Some("Back"),
        without_support: true,
        ..TitleBar::default()
    };
    let asked = title_bar(ui, &bar);
    page(ui, 960.0, |ui| {
        body(
            ui,
            "Some of these encounters may touch something of your own. Stopping is a good decision, and nobody asks why.",
        );
        note(
            ui,
            "An open encounter waits while you are here: no time runs.",
        );
        ui.add_space(GRID);
        contacts_ui(ui, data.contacts);
    });
    asked
}

/// The contacts as cards.
pub(super) fn contacts_ui(ui: &mut Ui, contacts: &[SupportContact]) {
    if contacts.is_empty() {
        toned_card(ui, Some(Tone::Caution), |ui| {
            heading(ui, "No contacts could be read");
            body(
                ui,
                "They stand in the course file, and none was found. In danger, call 999. Your occupational health service and your staff association can put you in touch with somebody.",
            );
        });
        return;
    }
    let Some((left, right)) = columns(ui, 0.5) else {
        for contact in contacts {
            contact_ui(ui, contact);
        }
        return;
    };
    for pair in contacts.chunks(2) {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 2.0 * GRID;
            for (contact, width) in pair.iter().zip([left, right]) {
                column(ui, width, |ui| contact_ui(ui, contact));
            }
        });
    }
}

fn contact_ui(ui: &mut Ui, contact: &SupportContact) {
    let look = theme::of(ui);
    card(ui, |ui| {
        ui.label(
            RichText::new(&contact.name)
                .font(look.body())
                .color(look.accent),
        );
        heading(ui, &contact.reach);
        note(ui, &contact.note);
    });
}
