//! A scenario as a map: places and ways, moved and scaled by wheel, drag and keys.
//!
//! Only what is in sight is drawn, and what would be too small to read is left out, so that a large
//! scenario costs no more than a small one. Every place has a shape as well as a colour, and the
//! list beside the map says in words whatever the map shows.

use egui::epaint::CubicBezierShape;
use egui::{
    Align2, Color32, CornerRadius, FontId, Key, Painter, Pos2, Rect, Sense, Shape, Stroke,
    StrokeKind, Ui, Vec2, WidgetInfo, WidgetType, pos2, vec2,
};

use crate::scenario::Outcome;
use crate::scenario::graph::{PLACE_HEIGHT, PLACE_WIDTH, PlaceKind, StoryGraph, Way};

use super::super::theme::{self, Theme};
use super::widgets::{focus_ring, pressed};

/// From this scale on the words of a map can be read.
const READABLE: f32 = 0.95;

/// Smallest and largest scale; smaller only where all of the map would not be in sight otherwise.
const SCALES: (f32, f32) = (0.04, 2.5);
/// Scale below which words are left out.
const WORDS_FROM: f32 = 0.38;
/// Scale below which ways are straight.
const CURVES_FROM: f32 = 0.25;
/// Smallest type on the map.
const LEAST_TYPE: f32 = 6.0;
/// Width of a letter next to its size, on average: what decides how much of a name fits.
const MEAN_GLYPH: f32 = 0.52;
/// Points that an arrow key moves the map by.
const STRIDE: f32 = 80.0;

/// What is known of a place beyond the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reach {
    /// Some way leads there; nothing more has been tried.
    #[default]
    Led,
    /// A proof or a run was there.
    Met,
    /// The proof did not meet it, and did not try everything.
    Unmet,
    /// Nothing leads there, or the proof tried everything and never came there.
    Never,
}

impl Reach {
    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Led => "a way leads here",
            Self::Met => "reached",
            Self::Unmet => "not reached so far",
            Self::Never => "never reached",
        }
    }
}

/// What the map shows of each place beside its name.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct PlaceMark {
    /// Whether it is reached.
    pub reach: Reach,
    /// Share of runs that came here, 0 to 1; none where none were counted.
    pub heat: Option<f32>,
    /// The author has been here in a preview.
    pub is_played: bool,
    /// Whether the search has found it.
    pub is_found: bool,
}

/// What the map is drawn from.
#[derive(Debug, Clone, Copy)]
pub struct GraphView<'a> {
    /// Places and ways.
    pub graph: &'a StoryGraph,
    /// One mark to a place.
    pub marks: &'a [PlaceMark],
    /// The place that is chosen.
    pub chosen: Option<usize>,
    /// Places of a run, in order, and how many of them have been walked.
    pub path: Option<(&'a [usize], usize)>,
}

/// Where the map is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct GraphDraft {
    /// Middle of what is seen, in the map's own measure; none before it was first drawn.
    pub middle: Option<(f32, f32)>,
    /// Scale.
    pub scale: f32,
    /// A place to bring into sight at the next drawing.
    pub bring: Option<usize>,
    /// How to scale it at the next drawing.
    pub scaling: Option<Scaling>,
    /// Places that were drawn last.
    pub drawn: usize,
}

/// How a map can be scaled by a button.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scaling {
    /// Smaller.
    Out,
    /// Larger.
    In,
    /// All of it in sight.
    Fit,
}

/// Colour and line of a kind of place.
pub(super) fn colours(look: &Theme, kind: PlaceKind) -> Color32 {
    match kind {
        PlaceKind::Decision(_) => look.edge,
        PlaceKind::Passage => look.muted,
        PlaceKind::Event => look.cool,
        PlaceKind::Ending(Outcome::Safe) => look.accent,
        PlaceKind::Ending(Outcome::Unresolved) => look.caution,
        PlaceKind::Ending(Outcome::Unsafe) => look.alarm,
    }
}

/// A kind of place in words.
#[must_use]
pub fn kind_words(kind: PlaceKind) -> String {
    match kind {
        PlaceKind::Decision(1) => "1 option".to_owned(),
        PlaceKind::Decision(count) => format!("{count} options"),
        PlaceKind::Passage => "leads on".to_owned(),
        PlaceKind::Event => "event".to_owned(),
        PlaceKind::Ending(outcome) => {
            format!("{} ending", format!("{outcome:?}").to_lowercase())
        }
    }
}

/// From the map's own measure to the screen.
#[derive(Clone, Copy)]
struct Lens {
    middle: Vec2,
    scale: f32,
    window: Rect,
}

impl Lens {
    fn see(self, x: f32, y: f32) -> Pos2 {
        self.window.center() + (vec2(x, y) - self.middle) * self.scale
    }

    fn point(self, at: Pos2) -> Vec2 {
        self.middle + (at - self.window.center()) / self.scale
    }

    fn place(self, graph: &StoryGraph, at: usize) -> Rect {
        let place = &graph.places[at];
        let size = vec2(PLACE_WIDTH, PLACE_HEIGHT) * self.scale;
        Rect::from_center_size(self.see(place.x, place.y), size)
    }
}

/// Draws the map over all the room there is; the place that was clicked.
pub fn graph_ui(ui: &mut Ui, view: &GraphView<'_>, draft: &mut GraphDraft) -> Option<usize> {
    let look = theme::of(ui);
    let size = ui.available_size().max(vec2(80.0, 80.0));
    let (window, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
    response.widget_info(|| {
        let words = format!(
            "Map of {} places and {} ways. The list beside it says the same. Arrows move it, plus and minus scale it, 0 shows all of it.",
            view.graph.places.len(),
            view.graph.ways.len()
        );
        WidgetInfo::labeled(WidgetType::Image, true, words)
    });
    let mut lens = aim(ui, view, draft, window, &response);
    if response.dragged() {
        lens.middle -= response.drag_delta() / lens.scale;
    }
    draft.middle = Some((lens.middle.x, lens.middle.y));
    draft.scale = lens.scale;

    let painter = ui.painter_at(window);
    painter.rect_filled(window, CornerRadius::ZERO, look.ground);
    let sight = window.expand(4.0);
    for way in &view.graph.ways {
        let is_own = view.chosen.is_some_and(|at| way.from == at || way.to == at);
        way_ui(&painter, &look, lens, sight, way, is_own);
    }
    path_ui(&painter, &look, lens, view);
    draft.drawn = 0;
    let pointer = response.hover_pos();
    let mut under = None;
    for at in 0..view.graph.places.len() {
        let rect = lens.place(view.graph, at);
        if !sight.intersects(rect) {
            continue;
        }
        draft.drawn += 1;
        let is_under = pointer.is_some_and(|pointer| rect.contains(pointer));
        if is_under {
            under = Some(at);
        }
        place_ui(&painter, &look, lens, view, at, rect, is_under);
    }
    painter.rect_stroke(
        window,
        CornerRadius::ZERO,
        look.border(),
        StrokeKind::Inside,
    );
    focus_ring(ui, &response);
    let clicked = response.clicked().then_some(under).flatten();
    if let Some(at) = under {
        let place = &view.graph.places[at];
        response.on_hover_text_at_pointer(format!("{}: {}", place.id, place.words));
    }
    clicked
}

/// How a map is first seen: whole if it can be read so, else its beginning at a size that can.
fn at_the_start(view: &GraphView<'_>, window: Rect, fitting: f32) -> Lens {
    let whole = vec2(view.graph.width.max(1.0), view.graph.height.max(1.0));
    let start = view.graph.places.iter().find(|place| place.is_start);
    let scale = fitting.max(READABLE);
    let middle = match start {
        Some(start) if scale > fitting => vec2(start.x + window.width() * 0.35 / scale, start.y),
        _ => whole / 2.0,
    };
    Lens {
        middle,
        scale,
        window,
    }
}

/// Moves and scales by what was asked for.
fn aim(
    ui: &Ui,
    view: &GraphView<'_>,
    draft: &mut GraphDraft,
    window: Rect,
    response: &egui::Response,
) -> Lens {
    let whole = vec2(view.graph.width.max(1.0), view.graph.height.max(1.0));
    let fitting = (window.width() / whole.x)
        .min(window.height() / whole.y)
        .min(1.0);
    let mut lens = if let (Some((x, y)), true) = (draft.middle, draft.scale > 0.0) {
        Lens {
            middle: vec2(x, y),
            scale: draft.scale,
            window,
        }
    } else {
        at_the_start(view, window, fitting)
    };
    let scaling = draft.scaling.take();
    match scaling {
        Some(Scaling::Out) => scale_about(&mut lens, window.center(), 0.8, fitting),
        Some(Scaling::In) => scale_about(&mut lens, window.center(), 1.25, fitting),
        Some(Scaling::Fit) | None => {}
    }
    if pressed(ui, Key::Num0) || scaling == Some(Scaling::Fit) {
        lens.middle = whole / 2.0;
        lens.scale = fitting;
    }
    let is_aimed = response.has_focus() || response.hovered();
    if is_aimed {
        let (scroll, zoom) = ui.input(|input| (input.smooth_scroll_delta(), input.zoom_delta()));
        // The wheel scales about the pointer, as maps do.
        let by = zoom * (scroll.y / 240.0).exp();
        if (by - 1.0).abs() > 0.000_1 {
            let about = response.hover_pos().unwrap_or(window.center());
            scale_about(&mut lens, about, by, fitting);
        }
        if scroll.x.abs() > 0.1 {
            lens.middle.x -= scroll.x / lens.scale;
        }
    }
    for (key, by) in [(Key::Plus, 1.25), (Key::Equals, 1.25), (Key::Minus, 0.8)] {
        if pressed(ui, key) {
            scale_about(&mut lens, window.center(), by, fitting);
        }
    }
    if response.has_focus() {
        for (key, by) in [
            (Key::ArrowLeft, vec2(-STRIDE, 0.0)),
            (Key::ArrowRight, vec2(STRIDE, 0.0)),
            (Key::ArrowUp, vec2(0.0, -STRIDE)),
            (Key::ArrowDown, vec2(0.0, STRIDE)),
        ] {
            if pressed(ui, key) {
                lens.middle += by / lens.scale;
            }
        }
        ui.memory_mut(|memory| {
            let filter = egui::EventFilter {
                horizontal_arrows: true,
                vertical_arrows: true,
                ..egui::EventFilter::default()
            };
            memory.set_focus_lock_filter(response.id, filter);
        });
    }
    if let Some(at) = draft.bring.take()
        && let Some(place) = view.graph.places.get(at)
    {
        lens.scale = lens.scale.max(READABLE);
        let inner = window.shrink2(window.size() * 0.2);
        if !inner.contains(lens.see(place.x, place.y)) {
            lens.middle = vec2(place.x, place.y);
        }
    }
    lens.middle = lens.middle.clamp(Vec2::ZERO, whole);
    lens
}

fn scale_about(lens: &mut Lens, about: Pos2, by: f32, fitting: f32) {
    let before = lens.point(about);
    lens.scale = (lens.scale * by).clamp(SCALES.0.min(fitting), SCALES.1);
    let after = lens.point(about);
    lens.middle += before - after;
}

fn way_ui(painter: &Painter, look: &Theme, lens: Lens, sight: Rect, way: &Way, is_own: bool) {
    let stroke = if is_own {
        Stroke::new(2.5, look.ink)
    } else {
        Stroke::new(
            (1.3 * lens.scale).clamp(0.6, 1.6),
            look.edge.gamma_multiply(0.7),
        )
    };
    for pair in way.points.windows(2) {
        let (from, to) = (
            lens.see(pair[0].0, pair[0].1),
            lens.see(pair[1].0, pair[1].1),
        );
        if !sight.intersects(Rect::from_two_pos(from, to)) {
            continue;
        }
        if lens.scale < CURVES_FROM || way.is_back {
            if way.is_back && lens.scale >= CURVES_FROM {
                painter.extend(Shape::dashed_line(&[from, to], stroke, 6.0, 5.0));
            } else {
                painter.line_segment([from, to], stroke);
            }
            continue;
        }
        let middle = f32::midpoint(from.x, to.x);
        let points = [from, pos2(middle, from.y), pos2(middle, to.y), to];
        painter.add(CubicBezierShape::from_points_stroke(
            points,
            false,
            Color32::TRANSPARENT,
            stroke,
        ));
    }
    if lens.scale >= WORDS_FROM
        && let Some((x, y)) = way.points.last()
    {
        let tip = lens.see(*x, *y);
        if sight.contains(tip) {
            let back = if way.is_back { 1.0 } else { -1.0 };
            let size = 7.0 * lens.scale.min(1.2);
            painter.add(Shape::convex_polygon(
                vec![
                    tip,
                    tip + vec2(back * size, -size * 0.6),
                    tip + vec2(back * size, size * 0.6),
                ],
                stroke.color,
                Stroke::NONE,
            ));
        }
    }
}

/// The run that is followed: a broad line as far as it was walked, with the number of each step.
fn path_ui(painter: &Painter, look: &Theme, lens: Lens, view: &GraphView<'_>) {
    let Some((path, walked)) = view.path else {
        return;
    };
    for (step, pair) in path.windows(2).enumerate() {
        let [from, to] = [pair[0], pair[1]].map(|at| {
            let place = &view.graph.places[at];
            lens.see(place.x, place.y)
        });
        let (width, colour) = if step < walked {
            (5.0, look.accent)
        } else {
            (2.0, look.accent.gamma_multiply(0.5))
        };
        painter.line_segment([from, to], Stroke::new(width, colour));
    }
}

fn place_ui(
    painter: &Painter,
    look: &Theme,
    lens: Lens,
    view: &GraphView<'_>,
    at: usize,
    rect: Rect,
    is_under: bool,
) {
    let place = &view.graph.places[at];
    let mark = view.marks.get(at).copied().unwrap_or_default();
    let is_chosen = view.chosen == Some(at);
    let colour = colours(look, place.kind);
    let fill = if is_under || is_chosen {
        look.hover
    } else if mark.reach == Reach::Never {
        look.ground
    } else {
        look.surface
    };
    let weight = if place.is_start { 3.0 } else { 1.5 };
    let stroke = Stroke::new(weight, colour);
    let half = rect.height() / 2.0;
    match place.kind {
        // An event has pointed ends, an ending round ones, a passage square ones.
        PlaceKind::Event => {
            let points = vec![
                rect.left_center(),
                pos2(rect.left() + half, rect.top()),
                pos2(rect.right() - half, rect.top()),
                rect.right_center(),
                pos2(rect.right() - half, rect.bottom()),
                pos2(rect.left() + half, rect.bottom()),
            ];
            painter.add(Shape::convex_polygon(points, fill, stroke));
        }
        kind => {
            let round = match kind {
                PlaceKind::Ending(_) => half,
                PlaceKind::Decision(_) => 6.0 * lens.scale,
                _ => 0.0,
            };
            let round = CornerRadius::same(round.clamp(0.0, 120.0) as u8);
            painter.rect(rect, round, fill, stroke, StrokeKind::Inside);
        }
    }
    if matches!(mark.reach, Reach::Never | Reach::Unmet) {
        // What is not reached is crossed, once or twice: all over where there are no words, and
        // beside them where there are.
        let cross = Stroke::new(1.0, look.alarm.gamma_multiply(0.8));
        let over = if lens.scale < WORDS_FROM {
            rect
        } else {
            let side = rect.height() * 0.3;
            let middle = rect.right_top() + vec2(-side, side);
            Rect::from_center_size(middle, Vec2::splat(side))
        };
        painter.line_segment([over.left_bottom(), over.right_top()], cross);
        if mark.reach == Reach::Never {
            painter.line_segment([over.left_top(), over.right_bottom()], cross);
        }
    }
    if let Some(heat) = mark.heat {
        let mut bar = rect.shrink(2.0);
        bar.set_top(bar.bottom() - (5.0 * lens.scale).max(2.0));
        bar.set_width(bar.width() * heat.clamp(0.0, 1.0));
        painter.rect_filled(bar, CornerRadius::ZERO, look.caution);
    }
    if mark.is_played {
        let at = rect.left_top() + vec2(8.0, 8.0) * lens.scale;
        painter.circle_filled(at, (3.5 * lens.scale).max(1.5), look.accent);
    }
    if mark.is_found || is_chosen {
        let (width, colour) = if is_chosen {
            (3.0, look.ink)
        } else {
            (2.0, look.cool)
        };
        let round = CornerRadius::same(8);
        painter.rect_stroke(
            rect.expand(3.0),
            round,
            Stroke::new(width, colour),
            StrokeKind::Outside,
        );
    }
    if lens.scale < WORDS_FROM {
        return;
    }
    let words = |y: f32, size: f32, text: &str, ink: Color32| {
        // Whole sizes only: every other size would be a set of glyphs of its own to draw and keep,
        // a new one with each notch of the wheel.
        let size = (size * lens.scale).clamp(LEAST_TYPE, 30.0).floor();
        let fitting = (rect.width() - 8.0 * lens.scale) / (size * MEAN_GLYPH);
        painter.text(
            rect.center() + vec2(0.0, y * lens.scale),
            Align2::CENTER_CENTER,
            super::layout::shortened(text, fitting.max(2.0) as usize),
            FontId::proportional(size),
            ink,
        );
    };
    words(-7.0, 13.0, &place.id, look.ink);
    let mut note = kind_words(place.kind);
    if place.is_start {
        note = format!("start, {note}");
    }
    match (mark.reach, mark.heat) {
        (Reach::Never | Reach::Unmet, _) => mark.reach.words().clone_into(&mut note),
        (_, Some(heat)) => note = format!("{note}, {:.0} %", heat * 100.0),
        _ => {}
    }
    words(8.5, 11.0, &note, look.muted);
}
