//! What practice shows beside the encounter and assessment never does.

use egui::{RichText, ScrollArea, Ui};

use super::super::theme::{self, GRID, Tone};
use super::Intent;
use super::widgets::{Bar, bar, note, secondary_button};

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

/// Meters, hint and the way back, as wide as the room they are given.
pub(super) fn practice_ui(ui: &mut Ui, practice: &Practice<'_>) -> Option<Intent> {
    let look = theme::of(ui);
    let mut asked = None;
    ScrollArea::vertical()
        .auto_shrink([false, true])
        .show(ui, |ui| {
            for meter in practice.meters {
                let words = meter.words();
                let shown = Bar {
                    label: &meter.label,
                    words: &words,
                    part: meter.part(),
                    tone: meter.tone,
                };
                bar(ui, &shown);
                ui.add_space(GRID / 2.0);
            }
            if !practice.hint.is_empty() {
                ui.label(RichText::new("Hint").font(look.small()).color(look.accent));
                note(ui, practice.hint);
            }
            ui.add_space(GRID / 2.0);
            let back = ui.add_enabled_ui(practice.can_go_back, |ui| {
                secondary_button(ui, "Back one decision").on_hover_text("Backspace")
            });
            if back.inner.clicked() {
                asked = Some(Intent::GoBack);
            }
        });
    asked
}

#[cfg(test)]
mod tests {
    use super::*;

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
