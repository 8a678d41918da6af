//! What covers a paused encounter: nothing of it can be seen or read behind.

use egui::{Key, RichText, Ui};

use super::super::theme::{self, GRID};
use super::widgets::{
    body, card, first_focus, key_button, page, pressed, primary_button, secondary_button,
};
use super::{Intent, Page};

/// The pause, over the whole window.
pub(super) fn paused_ui(ui: &mut Ui, is_practice: bool) -> Option<Intent> {
    let look = theme::of(ui);
    let mut asked = None;
    if pressed(ui, Key::P) || pressed(ui, Key::Escape) {
        asked = Some(Intent::SetPaused(false));
    }
    if pressed(ui, Key::F1) {
        asked = Some(Intent::Open(Page::Support));
    }
    if pressed(ui, Key::F2) {
        asked = Some(Intent::Open(Page::Settings));
    }
    page(ui, 520.0, |ui| {
        ui.add_space((ui.ctx().content_rect().height() / 8.0 - 2.0 * GRID).max(0.0));
        card(ui, |ui| {
            ui.label(RichText::new("Paused").font(look.title()).color(look.ink));
            body(
                ui,
                "Take the time you need. Nothing goes on and no time runs while you are here.",
            );
            ui.add_space(GRID);
            ui.horizontal_wrapped(|ui| {
                let on = primary_button(ui, "Go on");
                first_focus(ui, &on);
                if on.on_hover_text("P or Esc").clicked() {
                    asked = Some(Intent::SetPaused(false));
                }
                if key_button(ui, "Support", "F1").clicked() {
                    asked = Some(Intent::Open(Page::Support));
                }
                if key_button(ui, "Settings", "F2").clicked() {
                    asked = Some(Intent::Open(Page::Settings));
                }
            });
            ui.add_space(GRID);
            ui.separator();
            ui.add_space(GRID);
            if secondary_button(ui, "Stop without giving a reason").clicked() {
                asked = Some(Intent::LeaveEncounter);
            }
            let kept = if is_practice {
                "What you have done so far is kept. You can take it up again, or leave it at that."
            } else {
                "What you have done so far is kept and costs you no marks. You can take it up \
                 again, or close it without a result."
            };
            body(ui, kept);
        });
    });
    asked
}
