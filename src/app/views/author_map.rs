//! Above the map of a scenario: how to scale and move it, and what its colours mean.

use egui::{CornerRadius, Frame, Margin, RichText, Sense, Ui, vec2};

use crate::scenario::Outcome;
use crate::scenario::graph::PlaceKind;

use super::super::theme::{self, GRID};
use super::graph_view::{GraphDraft, Scaling, colours};
use super::layout::named;
use super::widgets::secondary_button;

/// Each kind of place, in the words of the legend.
const LEGEND: [(PlaceKind, &str); 6] = [
    (PlaceKind::Decision(2), "decision"),
    (PlaceKind::Passage, "leads on"),
    (PlaceKind::Event, "event"),
    (PlaceKind::Ending(Outcome::Safe), "safe ending"),
    (PlaceKind::Ending(Outcome::Unresolved), "unresolved"),
    (PlaceKind::Ending(Outcome::Unsafe), "unsafe"),
];

/// Draws it.
pub(super) fn map_bar_ui(ui: &mut Ui, map: &mut GraphDraft) {
    let margin = Margin::symmetric(GRID as i8, (GRID / 2.0) as i8);
    Frame::new()
        .inner_margin(margin)
        .show(ui, |ui| rows(ui, map));
}

fn rows(ui: &mut Ui, map: &mut GraphDraft) {
    let look = theme::of(ui);
    ui.horizontal_wrapped(|ui| {
        for (sign, name, scaling) in [
            ("−", "Make the map smaller", Scaling::Out),
            ("+", "Make the map larger", Scaling::In),
            ("Fit", "Show all of the map", Scaling::Fit),
        ] {
            let button = secondary_button(ui, sign);
            named(&button, name);
            if button.clicked() {
                map.scaling = Some(scaling);
            }
        }
        let words = RichText::new("Wheel scales, drag moves, 0 fits.");
        ui.label(words.font(look.small()).color(look.muted));
    });
    ui.horizontal_wrapped(|ui| {
        for (kind, words) in LEGEND {
            let (square, _) = ui.allocate_exact_size(vec2(12.0, 12.0), Sense::hover());
            ui.painter()
                .rect_filled(square, CornerRadius::same(3), colours(&look, kind));
            ui.label(RichText::new(words).font(look.small()).color(look.muted));
        }
    });
}
