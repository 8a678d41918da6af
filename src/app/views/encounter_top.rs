//! The bar over the encounter: clock, distance, legal status, and the ways to everything else.

use egui::{Button, RichText, Stroke, Ui, vec2};

use super::super::theme::{self, GRID, TOUCH, Tone};
use super::encounter::{EncounterDraft, EncounterView, bare_strip, metres};
use super::notebook::NotebookPage;
use super::widgets::{self, chip};
use super::{Intent, Page};

pub(super) fn top_ui(
    ui: &mut Ui,
    view: &EncounterView<'_>,
    draft: &mut EncounterDraft,
    is_roomy: bool,
) -> Option<Intent> {
    let look = theme::of(ui);
    let mut asked = None;
    egui::Panel::top("encounter-top")
        .resizable(false)
        .show_separator_line(false)
        .frame(bare_strip(ui))
        .show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().button_padding.x = if is_roomy { 12.0 } else { 8.0 };
                ui.spacing_mut().item_spacing.x = if is_roomy { GRID } else { 6.0 };
                let clock = ui.label(RichText::new(view.clock).font(look.mono()).color(look.ink));
                clock.on_hover_text("The time in the scenario");
                let away = format!("{} away", metres(view.distance_half_metres));
                ui.label(RichText::new(away).font(look.body()).color(look.ink));
                chip(ui, &view.legal.words(), view.legal.tone());
                if is_roomy {
                    let mode = if view.practice.is_some() {
                        "Practice"
                    } else {
                        "Assessment"
                    };
                    chip(ui, mode, Tone::Plain);
                }
                let meters = (view.practice.is_some() && !is_roomy).then_some(NotebookPage::Meters);
                for page in NotebookPage::ALL.into_iter().chain(meters) {
                    let is_open = draft.side == Some(page);
                    let count = if page == NotebookPage::Facts {
                        view.notebook.len()
                    } else {
                        0
                    };
                    let sign = Sign {
                        name: page.label(),
                        short: page.short(),
                        key: page.key().name(),
                        count,
                    };
                    if top_button(ui, &sign, is_roomy, is_open) {
                        draft.side = if is_open { None } else { Some(page) };
                    }
                }
                if top_button(ui, &Sign::new("Plan", "M"), is_roomy, view.is_plan) {
                    asked = Some(Intent::ShowPlan(!view.is_plan));
                }
                if top_button(ui, &Sign::new("Pause", "P"), is_roomy, false) {
                    asked = Some(Intent::SetPaused(true));
                }
                if top_button(ui, &Sign::new("Support", "F1"), is_roomy, false) {
                    asked = Some(Intent::Open(Page::Support));
                }
            });
            if let Some(text) = view.notice
                && widgets::notice(ui, text)
            {
                asked = Some(Intent::DismissNotice);
            }
        });
    asked
}

/// A button of the top bar: with its words where there is room, else with its key.
fn top_button(ui: &mut Ui, sign: &Sign<'_>, is_roomy: bool, is_chosen: bool) -> bool {
    let look = theme::of(ui);
    let counted = if sign.count == 0 {
        String::new()
    } else {
        format!(" ({})", sign.count)
    };
    let shown = if is_roomy {
        format!("{}{counted}", sign.short)
    } else {
        counted.clone()
    };
    let key = RichText::new(sign.key).font(look.mono()).color(look.accent);
    let words = RichText::new(shown.trim_start())
        .font(look.body())
        .color(look.ink);
    let mut button = if shown.is_empty() {
        Button::new(key)
    } else {
        Button::new((key, words))
    };
    button = button.min_size(vec2(0.0, TOUCH));
    if is_chosen {
        button = button
            .fill(look.hover)
            .stroke(Stroke::new(2.0, look.accent));
    }
    let response = ui.add(button);
    response.widget_info(|| {
        let name = format!("{}{counted} ({})", sign.name, sign.key);
        egui::WidgetInfo::selected(egui::WidgetType::Button, true, is_chosen, name)
    });
    widgets::focus_ring(ui, &response);
    response
        .on_hover_text(format!("{}: {}", sign.name, sign.key))
        .clicked()
}

/// What stands on a button of the top bar.
struct Sign<'a> {
    name: &'a str,
    short: &'a str,
    key: &'a str,
    count: usize,
}

impl<'a> Sign<'a> {
    const fn new(name: &'a str, key: &'a str) -> Self {
        Self {
            name,
            short: name,
            key,
            count: 0,
        }
    }
}
