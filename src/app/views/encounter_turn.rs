//! The officer's turn, beside the picture: what was said, what can be said or done, and what is
//! waited for.

use egui::{Align, Layout, Margin, RichText, ScrollArea, Ui};

use super::super::theme::{self, GRID};
use super::Intent;
use super::captions;
use super::encounter::{EncounterView, Ended, bare_strip, beside};
use super::options;
use super::ring::ring_with_words_ui;
use super::widgets::{self, primary_button, secondary_button};
use crate::encounter::Move;

/// Standing moves, and what the officer is waiting for.
fn foot_ui(ui: &mut Ui, view: &EncounterView<'_>, is_roomy: bool) -> Option<Intent> {
    let look = theme::of(ui);
    let can_choose = !view.is_speaking;
    let mut asked = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = if is_roomy { GRID } else { 4.0 };
        ui.spacing_mut().button_padding.x = if is_roomy { 12.0 } else { 6.0 };
        if let Some(made) = options::standing_ui(ui, view.standing, can_choose, is_roomy) {
            asked = Some(Intent::Make(made));
        }
        let has_nothing = view.options.is_empty() && view.standing.is_empty();
        if can_choose && has_nothing && primary_button(ui, "Wait").clicked() {
            asked = Some(Intent::Make(Move::Silence));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if view.is_speaking {
                let words = if is_roomy {
                    "Next line (Space)"
                } else {
                    "Next (Space)"
                };
                if secondary_button(ui, words).clicked() {
                    asked = Some(Intent::SkipCaption);
                }
            } else if let Some(window) = &view.window {
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    ring_with_words_ui(ui, window);
                });
            } else if is_roomy && !view.options.is_empty() {
                let words = RichText::new("No time limit")
                    .font(look.small())
                    .color(look.muted);
                ui.label(words);
            }
        });
    });
    asked
}

/// The row of moves over the whole width, where captions and options stand beside the picture.
pub(super) fn foot_alone_ui(
    ui: &mut Ui,
    view: &EncounterView<'_>,
    is_roomy: bool,
) -> Option<Intent> {
    if view.ended.is_some() && !view.is_speaking {
        return None;
    }
    let mut asked = None;
    egui::Panel::bottom("encounter-foot")
        .resizable(false)
        .show_separator_line(false)
        .frame(bare_strip(ui).inner_margin(Margin::symmetric(if is_roomy { 16 } else { 8 }, 6)))
        .show(ui, |ui| asked = foot_ui(ui, view, is_roomy));
    asked
}

/// Captions and options beside the picture; what does not fit is scrolled to.
pub(super) fn beside_ui(ui: &mut Ui, view: &EncounterView<'_>, is_roomy: bool) -> Option<Intent> {
    let margin = Margin::symmetric(if is_roomy { 14 } else { 10 }, 8);
    let across = beside(ui.max_rect().size());
    let width = across - f32::from(margin.left) * 2.0 - 18.0;
    let can_choose = !view.is_speaking;
    let ended = view.ended.filter(|_| can_choose);
    let said = captions::lay_out(ui, view.captions, if is_roomy { 4 } else { 2 }, width);
    let laid = options::lay_out(ui, view.options, width, can_choose);
    let mut asked = None;
    egui::Panel::right("encounter-beside")
        .resizable(false)
        .show_separator_line(false)
        .exact_size(across)
        .frame(bare_strip(ui).inner_margin(margin))
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let room = ui.available_height();
            // While somebody speaks their words have the room; then the options come first, and what
            // was said before keeps at least its last line.
            let most = if can_choose && ended.is_none() {
                (room - laid.height() - 2.0 * GRID).min(room * 0.4)
            } else {
                room * 0.6
            };
            let line = theme::of(ui).line_height(&theme::of(ui).speech());
            let said_height = said.height.min(most.max(line * 2.0));
            ScrollArea::vertical()
                .id_salt("captions")
                .max_height(said_height)
                .min_scrolled_height(said_height)
                .stick_to_bottom(true)
                .show(ui, |ui| captions::captions_ui(ui, said));
            ui.add_space(GRID);
            if let Some(ended) = &ended {
                let left = ui.available_height() - theme::TOUCH - GRID;
                ScrollArea::vertical()
                    .id_salt("ended")
                    .max_height(left.max(theme::TOUCH))
                    .show(ui, |ui| ended_ui(ui, ended));
                ui.add_space(GRID);
                asked = to_debrief_ui(ui, ended);
                return;
            }
            if !view.options.is_empty() {
                ScrollArea::vertical()
                    .id_salt("options")
                    .max_height(ui.available_height())
                    .show(ui, |ui| {
                        if let Some(made) = options::options_ui(ui, laid, view.options, can_choose)
                        {
                            asked = Some(Intent::Make(made));
                        }
                    });
            }
        });
    asked
}

fn to_debrief_ui(ui: &mut Ui, ended: &Ended<'_>) -> Option<Intent> {
    let button = primary_button(ui, "Go to the debrief");
    widgets::first_focus(ui, &button);
    button
        .clicked()
        .then(|| Intent::ShowDebrief(ended.attempt.to_owned()))
}

fn ended_ui(ui: &mut Ui, ended: &Ended<'_>) {
    let look = theme::of(ui);
    ui.spacing_mut().item_spacing.y = GRID;
    ui.label(
        RichText::new(ended.title)
            .font(look.title())
            .color(look.ink),
    );
    widgets::body(ui, ended.text);
}
