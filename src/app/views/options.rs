//! What the officer can say or do now: numbered options and the moves that are always there.

use std::sync::Arc;

use egui::{
    Button, CornerRadius, Galley, Key, Response, RichText, Sense, StrokeKind, Ui, WidgetInfo,
    WidgetType, pos2, vec2,
};

use super::super::theme::{self, GRID, ROUND, TOUCH};
use super::widgets::{focus_ring, number};
use crate::encounter::Move;

/// Room for the number, in points.
const NUMBER: f32 = 32.0;
/// Above and below the words of a row, in points.
const PAD: f32 = 6.0;
/// Between rows, in points.
const GAP: f32 = GRID / 2.0;

/// The keys of the options.
pub(super) const NUMBERS: [Key; 9] = [
    Key::Num1,
    Key::Num2,
    Key::Num3,
    Key::Num4,
    Key::Num5,
    Key::Num6,
    Key::Num7,
    Key::Num8,
    Key::Num9,
];

/// One option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionRow {
    /// The move that it is.
    pub made: Move,
    /// The words said, or the action.
    pub text: String,
}

/// Options laid out for a width.
#[derive(Debug)]
pub(super) struct Laid {
    rows: Vec<Arc<Galley>>,
    width: f32,
}

/// Lays out the options one below the other.
pub(super) fn lay_out(ui: &Ui, options: &[OptionRow], width: f32, can_choose: bool) -> Laid {
    let look = theme::of(ui);
    let width = width.floor();
    let ink = if can_choose { look.ink } else { look.muted };
    let room = width - NUMBER - GRID;
    let row = |option: &OptionRow| {
        let job = look.column(&option.text, look.body(), ink, room);
        ui.painter().layout_job(job)
    };
    Laid {
        rows: options.iter().map(row).collect(),
        width,
    }
}

impl Laid {
    /// Height of all rows.
    pub(super) fn height(&self) -> f32 {
        let rows: f32 = self.rows.iter().map(|galley| row_height(galley)).sum();
        rows + GAP * number(self.rows.len().saturating_sub(1))
    }
}

fn row_height(galley: &Galley) -> f32 {
    (galley.size().y + 2.0 * PAD).max(TOUCH).ceil()
}

/// Shows the options; the move of the one that was chosen, by mouse or Enter.
pub(super) fn options_ui(
    ui: &mut Ui,
    laid: Laid,
    options: &[OptionRow],
    can_choose: bool,
) -> Option<Move> {
    let mut chosen = None;
    ui.set_width(laid.width);
    ui.spacing_mut().item_spacing.y = GAP;
    for (index, (galley, option)) in laid.rows.into_iter().zip(options).enumerate() {
        // Named by its words, so that Enter on one option is never taken as an answer by the next
        // that comes to stand in its place.
        let row = ui.push_id((index, &option.text), |ui| {
            row_ui(ui, index, galley, &option.text, can_choose)
        });
        if row.inner.clicked() && can_choose {
            chosen = Some(option.made);
        }
    }
    chosen
}

fn row_ui(
    ui: &mut Ui,
    index: usize,
    galley: Arc<Galley>,
    text: &str,
    can_choose: bool,
) -> Response {
    let look = theme::of(ui);
    let sense = if can_choose {
        Sense::click()
    } else {
        Sense::hover()
    };
    let size = vec2(ui.available_width(), row_height(&galley));
    let (rect, response) = ui.allocate_exact_size(size, sense);
    response.widget_info(|| {
        WidgetInfo::labeled(
            WidgetType::Button,
            can_choose,
            format!("{}. {text}", index + 1),
        )
    });
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let is_lit = can_choose && (response.hovered() || response.has_focus());
    let fill = if is_lit { look.hover } else { look.raised };
    let stroke = if can_choose {
        look.control()
    } else {
        look.border()
    };
    let painter = ui.painter();
    painter.rect(
        rect,
        CornerRadius::same(ROUND),
        fill,
        stroke,
        StrokeKind::Inside,
    );
    let digit = painter.layout_no_wrap(
        (index + 1).to_string(),
        look.mono(),
        if can_choose { look.accent } else { look.muted },
    );
    let middle = pos2(rect.min.x + NUMBER / 2.0, rect.center().y);
    painter.galley(middle - digit.size() / 2.0, digit, look.ink);
    let at = pos2(rect.min.x + NUMBER, rect.center().y - galley.size().y / 2.0);
    painter.galley(at, galley, look.ink);
    if response.has_focus() {
        // Inside, where the edge of the list does not cut it.
        painter.rect_stroke(
            rect,
            CornerRadius::same(ROUND),
            look.focus(),
            StrokeKind::Inside,
        );
    }
    if can_choose {
        response.on_hover_cursor(egui::CursorIcon::PointingHand)
    } else {
        response
    }
}

/// A move that stands, as it is shown.
#[derive(Debug, Clone, Copy)]
pub(super) struct StandingSign {
    pub(super) key: Key,
    label: &'static str,
    short: &'static str,
    explained: &'static str,
}

/// How a move that stands is shown; nothing for an option.
pub(super) const fn standing(made: Move) -> Option<StandingSign> {
    let (key, label, short, explained) = match made {
        Move::StepCloser => (Key::C, "Step closer", "Closer", "Go one metre closer"),
        Move::StepBack => (Key::B, "Step back", "Back", "Go one metre back"),
        Move::Observe => (
            Key::O,
            "Observe",
            "Observe",
            "Take a moment to look at the person and around you",
        ),
        Move::Radio => (Key::R, "Radio", "Radio", "Speak to control"),
        Move::Hold => (
            Key::H,
            "Hold",
            "Hold",
            "Say nothing, on purpose, and stay with them",
        ),
        Move::Choice(_) | Move::Silence => return None,
    };
    Some(StandingSign {
        key,
        label,
        short,
        explained,
    })
}

/// The moves that stand, as a row of buttons; the one that was clicked.
pub(super) fn standing_ui(
    ui: &mut Ui,
    open: &[Move],
    can_choose: bool,
    is_roomy: bool,
) -> Option<Move> {
    let look = theme::of(ui);
    let mut chosen = None;
    for made in Move::STANDING {
        let Some(StandingSign {
            key,
            label,
            short,
            explained,
        }) = standing(made)
        else {
            continue;
        };
        let is_open = open.contains(&made) && can_choose;
        let ink = if is_open { look.ink } else { look.muted };
        let words = RichText::new(if is_roomy { label } else { short })
            .font(look.body())
            .color(ink);
        let sign = RichText::new(key.name())
            .font(look.mono())
            .color(if is_open { look.accent } else { look.muted });
        let button = Button::new((sign, words)).min_size(vec2(0.0, TOUCH));
        let mut response = ui.add_enabled(is_open, button);
        response.widget_info(|| {
            WidgetInfo::labeled(
                WidgetType::Button,
                is_open,
                format!("{label} ({})", key.name()),
            )
        });
        focus_ring(ui, &response);
        let why_not = if can_choose {
            "not open here"
        } else {
            "not while somebody is speaking"
        };
        response = response
            .on_hover_text(explained)
            .on_disabled_hover_text(format!("{explained}: {why_not}"));
        if response.clicked() {
            chosen = Some(made);
        }
    }
    chosen
}
