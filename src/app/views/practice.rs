//! What practice shows beside the encounter and assessment never does.

use egui::text::{LayoutJob, TextFormat};
use egui::{ScrollArea, Ui};

use super::super::theme::{self, GRID, Tone};
use super::Intent;
use super::widgets::{Bar, bar, secondary_button};

/// A value that practice shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeterRow {
    /// Its name.
    pub label: String,
    /// The value.
    pub value: u8,
    /// Lowest value.
    pub min: u8,
    /// Highest value.
    pub max: u8,
    /// Its colour.
    pub tone: Tone,
}

impl MeterRow {
    /// The part of the scale that is filled, 0 to 1.
    #[must_use]
    pub fn part(&self) -> f32 {
        let span = self.max.saturating_sub(self.min);
        if span == 0 {
            0.0
        } else {
            f32::from(self.value.saturating_sub(self.min)) / f32::from(span)
        }
    }

    /// The value in words.
    #[must_use]
    pub fn words(&self) -> String {
        let degree = match self.part() {
            part if part < 0.2 => "very low",
            part if part < 0.4 => "low",
            part if part <= 0.6 => "middling",
            part if part <= 0.8 => "high",
            _ => "very high",
        };
        format!("{} of {}, {degree}", self.value, self.max)
    }
}

/// What practice shows and assessment does not.
#[derive(Debug, Clone, Copy, Default)]
pub struct Practice<'a> {
    /// Distress, trust and the author's own meters.
    pub meters: &'a [MeterRow],
    /// What the author hints at; empty for nothing.
    pub hint: &'a str,
    /// There is a decision to go back to.
    pub can_go_back: bool,
}

/// The narrowest place that a meter in a row takes, in points.
const CELL: f32 = 165.0;
/// Between two of them, in points.
const GAP: f32 = GRID * 2.0;
/// As many lines are kept for a hint, so that the row is as high without one.
const HINT_LINES: f32 = 2.0;

/// How the meters and the way back stand in `across` points: how many beside each other, how wide.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Laid {
    columns: usize,
    rows: usize,
    width: f32,
}

impl Laid {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a handful of meters in a window"
    )]
    fn of(cells: usize, across: f32) -> Self {
        let fit = (((across + GAP) / (CELL + GAP)).floor().max(1.0) as usize).min(cells.max(1));
        let rows = cells.max(1).div_ceil(fit);
        let columns = cells.max(1).div_ceil(rows);
        let width = (across - GAP * (columns - 1) as f32) / columns as f32;
        Self {
            columns,
            rows,
            width,
        }
    }
}

/// How high [`practice_row_ui`] is in `across` points: the same for every value and every hint.
pub(super) fn row_height(ui: &Ui, practice: &Practice<'_>, across: f32) -> f32 {
    let look = theme::of(ui);
    let laid = Laid::of(practice.meters.len() + 1, across);
    let line = look.line_height(&look.small());
    let lines = practice
        .meters
        .iter()
        .map(|meter| {
            let words = format!(
                "{} {}",
                meter.label,
                MeterRow {
                    value: meter.max,
                    ..meter.clone()
                }
                .words()
            );
            let wide = ui
                .painter()
                .layout_no_wrap(words, look.small(), look.ink)
                .rect
                .width()
                + GRID * 2.0;
            if wide > laid.width { 2.0_f32 } else { 1.0 }
        })
        .fold(1.0, f32::max);
    let cell = (lines * line + GRID + 6.0).max(theme::TOUCH);
    #[expect(clippy::cast_precision_loss, reason = "a handful of rows")]
    let rows = laid.rows as f32;
    rows * (cell + GRID / 2.0) + HINT_LINES * line + GRID
}

/// The same beside each other, for the whole width below a picture.
pub(super) fn practice_row_ui(ui: &mut Ui, practice: &Practice<'_>) -> Option<Intent> {
    let mut asked = None;
    ScrollArea::vertical()
        .auto_shrink([false, false])
        .show(ui, |ui| {
            let laid = Laid::of(practice.meters.len() + 1, ui.available_width());
            ui.spacing_mut().item_spacing = egui::vec2(GAP, GRID / 2.0);
            // Not a grid: that takes a second pass to know its columns, and these are known.
            for row in 0..laid.rows {
                ui.horizontal_top(|ui| {
                    for place in row * laid.columns..(row + 1) * laid.columns {
                        ui.scope(|ui| {
                            ui.set_width(laid.width);
                            match practice.meters.get(place) {
                                Some(meter) => meter_ui(ui, meter),
                                None if place == practice.meters.len() => {
                                    asked = back_ui(ui, practice);
                                }
                                None => {}
                            }
                        });
                    }
                });
            }
            if !practice.hint.is_empty() {
                hint_ui(ui, practice.hint);
            }
        });
    asked
}

fn meter_ui(ui: &mut Ui, meter: &MeterRow) {
    let words = meter.words();
    let shown = Bar {
        label: &meter.label,
        words: &words,
        part: meter.part(),
        tone: meter.tone,
    };
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.x = GRID;
        bar(ui, &shown);
    });
}

fn hint_ui(ui: &mut Ui, hint: &str) {
    let look = theme::of(ui);
    let format = |color| TextFormat::simple(look.small(), color);
    let mut words = LayoutJob::default();
    words.append("Hint", 0.0, format(look.accent));
    words.append(hint, GRID, format(look.muted));
    ui.label(words);
}

fn back_ui(ui: &mut Ui, practice: &Practice<'_>) -> Option<Intent> {
    let back = ui.add_enabled_ui(practice.can_go_back, |ui| {
        secondary_button(ui, "Back one decision").on_hover_text("Backspace")
    });
    back.inner.clicked().then_some(Intent::GoBack)
}

/// Meters, hint and the way back, as wide as the room they are given.
pub(super) fn practice_ui(ui: &mut Ui, practice: &Practice<'_>) -> Option<Intent> {
    let mut asked = None;
    ScrollArea::vertical()
        .auto_shrink([false, true])
        .show(ui, |ui| {
            for meter in practice.meters {
                meter_ui(ui, meter);
                ui.add_space(GRID / 2.0);
            }
            if !practice.hint.is_empty() {
                hint_ui(ui, practice.hint);
            }
            ui.add_space(GRID / 2.0);
            asked = back_ui(ui, practice);
        });
    asked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn meters_stand_beside_each_other_where_there_is_room_and_below_where_there_is_not() {
        let of = |cells, across| {
            let laid = Laid::of(cells, across);
            (laid.columns, laid.rows)
        };
        assert_eq!(of(4, 744.0), (4, 1));
        assert_eq!(of(5, 744.0), (3, 2), "no row with one alone");
        assert_eq!(of(4, 310.0), (1, 4));
        assert_eq!(of(0, 0.0), (1, 1));
        let laid = Laid::of(4, 744.0);
        assert!((laid.width * 4.0 + GAP * 3.0 - 744.0).abs() < 0.01);
    }

    #[test]
    fn a_meter_is_told_in_words_on_its_own_scale() {
        let meter = |value| MeterRow {
            label: String::new(),
            value,
            min: 0,
            max: 20,
            tone: Tone::Plain,
        };
        assert_eq!(meter(0).words(), "0 of 20, very low");
        assert_eq!(meter(14).words(), "14 of 20, high");
        assert_eq!(meter(20).words(), "20 of 20, very high");
        let flat = MeterRow {
            min: 3,
            max: 3,
            ..meter(3)
        };
        assert!(flat.part().abs() < f32::EPSILON);
    }
}
