//! What the plots of all pages have in common: whole numbers, words on the axes, and nothing that
//! can be dragged out of sight.

use std::hash::Hash;
use std::ops::RangeInclusive;

use egui::{Color32, Sense};
use egui_plot::{AxisHints, Plot, uniform_grid_spacer};

use super::super::theme::Theme;

/// Whether a mark of an axis stands at a whole number.
pub(super) fn is_whole(value: f64) -> bool {
    (value - value.round()).abs() < 1e-6
}

/// Numbers on an axis where `value / divisor` is whole and `value` lies in the range.
pub(super) fn numbered(
    axis: AxisHints<'_>,
    ink: Color32,
    range: RangeInclusive<f64>,
    divisor: f64,
) -> AxisHints<'_> {
    axis.tick_label_color(ink).formatter(move |mark, _| {
        let told = mark.value / divisor;
        if is_whole(told) && range.contains(&mark.value) {
            format!("{told:.0}")
        } else {
            String::new()
        }
    })
}

/// The axis of the decisions of an attempt: the beginning, and then each by its number.
pub(super) fn decisions<'a>(ink: Color32, last: f64) -> AxisHints<'a> {
    AxisHints::new_x()
        .label("Decision")
        .tick_label_color(ink)
        .formatter(move |mark, _| match mark.value {
            value if !is_whole(value) || value < 0.0 || value > last => String::new(),
            value if value < 0.5 => "Start".to_owned(),
            value => format!("{value:.0}"),
        })
}

/// A plot that stays where it is. `last` is the highest number on the horizontal axis, `steps` are
/// those of the grid on the vertical one, the widest first.
pub(super) fn still<'a>(
    id: impl Hash + std::fmt::Debug,
    look: &Theme,
    height: f32,
    last: f64,
    steps: [f64; 3],
) -> Plot<'a> {
    Plot::new(id)
        .height(height)
        .y_grid_spacer(uniform_grid_spacer(move |_| steps))
        .x_grid_spacer(uniform_grid_spacer(move |_| {
            let step = (last / 20.0).ceil().max(1.0);
            [step * 10.0, step * 5.0, step]
        }))
        .grid_color(look.line)
        .allow_zoom(false)
        .allow_drag(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_axis_zoom_drag(false)
        .allow_double_click_reset(false)
        .show_crosshair(false)
        .sense(Sense::hover())
}
