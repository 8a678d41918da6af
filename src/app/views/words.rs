//! Text in the theme's type scale: headings, running text, notes, lists.

use egui::text::LayoutJob;
use egui::{Color32, FontId, Label, RichText, TextFormat, Ui};

use super::super::theme::{self, GRID, READING};

/// Title of a part of a page.
pub fn heading(ui: &mut Ui, text: &str) {
    let look = theme::of(ui);
    ui.label(RichText::new(text).font(look.heading()).color(look.ink));
}

/// Running text in a column that can be read.
pub fn body(ui: &mut Ui, text: &str) {
    let look = theme::of(ui);
    reading(ui, text, look.body(), look.ink);
}

/// Running text of less weight.
pub fn note(ui: &mut Ui, text: &str) {
    let look = theme::of(ui);
    reading(ui, text, look.small(), look.muted);
}

fn reading(ui: &mut Ui, text: &str, font: FontId, ink: Color32) {
    let job = theme::of(ui).column(text, font, ink, ui.available_width().min(READING));
    let galley = ui.painter().layout_job(job);
    ui.add(Label::new(galley));
}

/// A line with a mark before it, for lists.
pub fn bullet(ui: &mut Ui, text: &str) {
    let look = theme::of(ui);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = GRID;
        ui.spacing_mut().interact_size.y = 0.0;
        ui.add(Label::new(look.column(
            "–",
            look.body(),
            look.accent,
            GRID * 2.0,
        )));
        body(ui, text);
    });
}

/// A time or an id before a line of running text, on the same line as its first words.
pub fn time(ui: &mut Ui, at: &str, ink: Color32) {
    let look = theme::of(ui);
    let mut job = LayoutJob::default();
    let line_height = Some(look.line_height(&look.body()));
    job.append(
        at,
        0.0,
        TextFormat {
            line_height,
            ..TextFormat::simple(look.mono(), ink)
        },
    );
    ui.add(Label::new(job).extend());
}
