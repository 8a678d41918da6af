//! The decision window as a ring that empties: quiet, and said in words.

use egui::{Pos2, Response, RichText, Sense, Shape, Stroke, Ui, WidgetInfo, WidgetType, vec2};

use super::super::theme;

/// Across the ring, in points.
const SIZE: f32 = 28.0;
/// Most corners of the arc.
const CORNERS: f32 = 48.0;

/// Time left to answer before silence counts as the answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DecisionWindow {
    /// What is left of it, 1 at the start to 0.
    pub remaining: f32,
    /// Seconds left.
    pub secs_left: f32,
}

impl DecisionWindow {
    /// The time left in words. In steps, so that a screen reader is not kept talking.
    #[must_use]
    pub fn words(&self) -> String {
        let secs = self.secs_left.max(0.0);
        if secs <= 5.0 {
            "5 seconds or less".to_owned()
        } else {
            format!("about {:.0} seconds", (secs / 5.0).ceil() * 5.0)
        }
    }
}

/// Draws the ring. With less movement it empties in quarters.
pub fn ring_ui(ui: &mut Ui, window: &DecisionWindow) -> Response {
    let look = theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(SIZE, SIZE), Sense::hover());
    let part = window.remaining.clamp(0.0, 1.0);
    let part = if look.reduce_motion {
        (part * 4.0).ceil() / 4.0
    } else {
        part
    };
    let (centre, radius) = (rect.center(), SIZE / 2.0 - 3.0);
    let painter = ui.painter();
    painter.circle_stroke(centre, radius, Stroke::new(1.5, look.edge));
    if part > 0.0 {
        let corners = (part * CORNERS).ceil().max(2.0);
        let mut points: Vec<Pos2> = Vec::new();
        let mut corner = 0.0;
        while corner <= corners {
            let turn = std::f32::consts::TAU * part * corner / corners;
            points.push(centre + radius * vec2(-turn.sin(), -turn.cos()));
            corner += 1.0;
        }
        painter.add(Shape::line(points, Stroke::new(4.0, look.accent)));
    }
    response.widget_info(|| {
        let words = format!("Time to answer: {}", window.words());
        let mut info = WidgetInfo::labeled(WidgetType::ProgressIndicator, true, words);
        info.value = Some(f64::from((part * 4.0).ceil()) * 25.0);
        info
    });
    response.on_hover_text("When the ring is empty, saying nothing is your answer.")
}

/// The ring with its words.
pub fn ring_with_words_ui(ui: &mut Ui, window: &DecisionWindow) {
    let look = theme::of(ui);
    ring_ui(ui, window);
    let words = RichText::new(window.words())
        .font(look.small())
        .color(look.muted);
    ui.label(words);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_told_in_steps_of_five_seconds() {
        let words = |secs_left| {
            DecisionWindow {
                remaining: 0.5,
                secs_left,
            }
            .words()
        };
        assert_eq!(words(20.0), "about 20 seconds");
        assert_eq!(words(15.1), "about 20 seconds");
        assert_eq!(words(5.0), "5 seconds or less");
        assert_eq!(words(-1.0), "5 seconds or less");
    }
}
