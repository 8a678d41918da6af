//! Distress, trust and distance over the decisions: as a plot, in a sentence and as a table.
//!
//! The lines differ in pattern and mark as well as in colour. A screen reader gets the sentence
//! and the table.

use egui::{Color32, Sense, Stroke, Ui, WidgetInfo, WidgetType, pos2, vec2};
use egui_plot::{AxisHints, HPlacement, Line, LineStyle, MarkerShape, PlotPoints, Points};

use crate::scoring::{Levels, Review, ReviewStep};

use super::super::theme::{self, GRID, Tone};
use super::chart;
use super::debrief_advice::is_premature;
use super::layout::table;
use super::past::metres;
use super::widgets::{fold, note};

/// Highest value of the scale.
const TOP: f64 = 20.0;
/// Where marks of too early, silence and radio stand, above the scale.
const LANE: f64 = 22.0;

/// One line of the plot.
#[derive(Debug, Clone, Copy)]
struct Series {
    name: &'static str,
    tone: Tone,
    mark: MarkerShape,
    value: fn(&Levels) -> u8,
}

const SERIES: [Series; 3] = [
    Series {
        name: "Distress",
        tone: Tone::Caution,
        mark: MarkerShape::Circle,
        value: |at| at.distress,
    },
    Series {
        name: "Trust",
        tone: Tone::Accent,
        mark: MarkerShape::Square,
        value: |at| at.trust,
    },
    Series {
        name: "Distance",
        tone: Tone::Cool,
        mark: MarkerShape::Up,
        value: |at| at.distance_half_metres,
    },
];

/// What a mark above the plot stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remark {
    /// A gate was failed.
    GateFailed,
    /// A technique came before its time.
    TooEarly,
    /// Nothing was said.
    Silence,
    /// Control was spoken to.
    Radio,
}

impl Remark {
    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::GateFailed => "Gate failed",
            Self::TooEarly => "Too early",
            Self::Silence => "Silence",
            Self::Radio => "Radio",
        }
    }

    const ALL: [Self; 4] = [Self::GateFailed, Self::TooEarly, Self::Silence, Self::Radio];

    const fn mark(self) -> (MarkerShape, Tone) {
        match self {
            Self::GateFailed => (MarkerShape::Cross, Tone::Alarm),
            Self::TooEarly => (MarkerShape::Down, Tone::Caution),
            Self::Silence => (MarkerShape::Circle, Tone::Plain),
            Self::Radio => (MarkerShape::Diamond, Tone::Plain),
        }
    }
}

/// What is remarkable about a decision, the gravest first.
#[must_use]
pub fn remarks(step: &ReviewStep) -> Vec<Remark> {
    let mut found = Vec::new();
    if !step.gates.is_empty() {
        found.push(Remark::GateFailed);
    }
    if is_premature(step) {
        found.push(Remark::TooEarly);
    }
    if step.is_silence {
        found.push(Remark::Silence);
    }
    if step.made == "Radio" {
        found.push(Remark::Radio);
    }
    found
}

/// The levels at the start and after each decision.
#[must_use]
pub fn readings(review: &Review) -> Vec<Levels> {
    std::iter::once(review.opening)
        .chain(review.steps.iter().map(|step| step.after))
        .collect()
}

/// The whole course in a sentence or two.
#[must_use]
pub fn in_words(review: &Review) -> String {
    let readings = readings(review);
    let (Some(first), Some(last)) = (readings.first(), readings.last()) else {
        return String::new();
    };
    let peak = readings
        .iter()
        .enumerate()
        .max_by_key(|(at, r)| (r.distress, std::cmp::Reverse(*at)));
    let peak = peak.map_or(String::new(), |(at, reading)| match at {
        0 => format!("highest at the start, at {}", reading.distress),
        at => format!("highest after decision {at}, at {}", reading.distress),
    });
    format!(
        "Distress went from {} to {} of 20 ({peak}), trust from {} to {} of 20, distance from {} to {}.",
        first.distress,
        last.distress,
        first.trust,
        last.trust,
        metres(first.distance_half_metres),
        metres(last.distance_half_metres),
    )
}

/// The plot, its sentence and, on demand, its table.
pub fn timeline_ui(ui: &mut Ui, review: &Review, shows_table: &mut bool) {
    note(ui, &in_words(review));
    legend_ui(ui, review);
    plot_ui(ui, review);
    fold(ui, shows_table, "The same as a table", |ui| {
        table_ui(ui, review);
    });
}

fn legend_ui(ui: &mut Ui, review: &Review) {
    let look = theme::of(ui);
    ui.horizontal_wrapped(|ui| {
        for series in SERIES {
            sample_ui(ui, series.mark, look.tone(series.tone), true);
            let unit = if series.name == "Distance" {
                " (scale on the right)"
            } else {
                ""
            };
            note(ui, &format!("{}{unit}", series.name));
            ui.add_space(GRID);
        }
        for remark in Remark::ALL {
            if review
                .steps
                .iter()
                .any(|step| remarks(step).contains(&remark))
            {
                let (mark, tone) = remark.mark();
                sample_ui(ui, mark, look.tone(tone), false);
                note(ui, remark.words());
                ui.add_space(GRID);
            }
        }
    });
}

/// A mark as it stands in the plot, with a piece of line through it.
fn sample_ui(ui: &mut Ui, mark: MarkerShape, colour: Color32, is_line: bool) {
    let (rect, _) = ui.allocate_exact_size(
        vec2(if is_line { 28.0 } else { 14.0 }, 18.0),
        Sense::hover(),
    );
    let middle = rect.center();
    let painter = ui.painter();
    if is_line {
        painter.hline(rect.x_range(), middle.y, Stroke::new(2.0, colour));
    }
    let r = 5.0;
    let polygon =
        |points: Vec<egui::Pos2>| egui::Shape::convex_polygon(points, colour, Stroke::NONE);
    match mark {
        MarkerShape::Circle => {
            painter.circle_filled(middle, r - 1.0, colour);
        }
        MarkerShape::Square => {
            painter.rect_filled(
                egui::Rect::from_center_size(middle, vec2(8.0, 8.0)),
                0.0,
                colour,
            );
        }
        MarkerShape::Up => {
            painter.add(polygon(vec![
                middle + vec2(0.0, -r),
                middle + vec2(r, r - 1.0),
                middle + vec2(-r, r - 1.0),
            ]));
        }
        MarkerShape::Down => {
            painter.add(polygon(vec![
                middle + vec2(0.0, r),
                middle + vec2(-r, 1.0 - r),
                middle + vec2(r, 1.0 - r),
            ]));
        }
        MarkerShape::Diamond => {
            painter.add(polygon(vec![
                middle + vec2(0.0, -r),
                middle + vec2(r, 0.0),
                middle + vec2(0.0, r),
                middle + vec2(-r, 0.0),
            ]));
        }
        _ => {
            let stroke = Stroke::new(2.0, colour);
            painter.line_segment(
                [
                    pos2(middle.x - r, middle.y - r),
                    pos2(middle.x + r, middle.y + r),
                ],
                stroke,
            );
            painter.line_segment(
                [
                    pos2(middle.x - r, middle.y + r),
                    pos2(middle.x + r, middle.y - r),
                ],
                stroke,
            );
        }
    }
}

fn plot_ui(ui: &mut Ui, review: &Review) {
    let look = theme::of(ui);
    let readings = readings(review);
    let place = |at: usize| f64::from(u32::try_from(at).unwrap_or(u32::MAX));
    let last = place(readings.len().saturating_sub(1).max(1));
    let height = (ui.ctx().content_rect().height() * 0.4).clamp(180.0, 280.0);
    let left = AxisHints::new_y().label("Distress and trust");
    let left = chart::numbered(left, look.ink, 0.0..=TOP, 1.0);
    let right = AxisHints::new_y()
        .label("Distance in metres")
        .placement(HPlacement::Right);
    let right = chart::numbered(right, look.ink, 0.0..=TOP, 2.0);
    let bottom = chart::decisions(look.ink, last);
    let shown = chart::still("timeline", &look, height, last, [20.0, 10.0, 5.0])
        .default_x_bounds(-0.3, last + 0.3)
        .default_y_bounds(-1.0, LANE + 1.5)
        .custom_x_axes(vec![bottom])
        .custom_y_axes(vec![left, right])
        .show(ui, |plot| {
            for (index, series) in SERIES.into_iter().enumerate() {
                let colour = look.tone(series.tone);
                let style = match index {
                    0 => LineStyle::Solid,
                    1 => LineStyle::dashed_loose(),
                    _ => LineStyle::dotted_dense(),
                };
                let places: Vec<[f64; 2]> = readings
                    .iter()
                    .enumerate()
                    .map(|(at, reading)| [place(at), f64::from((series.value)(reading))])
                    .collect();
                plot.line(
                    Line::new(series.name, PlotPoints::from(places.clone()))
                        .color(colour)
                        .width(2.0)
                        .style(style),
                );
                plot.points(
                    Points::new(series.name, PlotPoints::from(places))
                        .shape(series.mark)
                        .radius(4.0)
                        .color(colour),
                );
            }
            for remark in Remark::ALL {
                let places: Vec<[f64; 2]> = review
                    .steps
                    .iter()
                    .filter(|step| remarks(step).first() == Some(&remark))
                    .map(|step| [f64::from(step.number), LANE])
                    .collect();
                let (mark, tone) = remark.mark();
                plot.points(
                    Points::new(remark.words(), PlotPoints::from(places))
                        .shape(mark)
                        .radius(6.0)
                        .color(look.tone(tone)),
                );
            }
        });
    shown.response.widget_info(|| {
        WidgetInfo::labeled(
            WidgetType::Image,
            true,
            format!("Timeline. {}", in_words(review)),
        )
    });
}

fn table_ui(ui: &mut Ui, review: &Review) {
    let rows: Vec<Vec<String>> = readings(review)
        .iter()
        .enumerate()
        .map(|(at, reading)| {
            let step = at.checked_sub(1).and_then(|at| review.steps.get(at));
            let said: Vec<&str> = step.map_or_else(Vec::new, |step| {
                remarks(step).into_iter().map(Remark::words).collect()
            });
            vec![
                if at == 0 {
                    "Start".to_owned()
                } else {
                    at.to_string()
                },
                step.map_or_else(String::new, |step| step.clock.clone()),
                reading.distress.to_string(),
                reading.trust.to_string(),
                metres(reading.distance_half_metres),
                said.join(", "),
            ]
        })
        .collect();
    let heads = [
        "After decision",
        "Clock",
        "Distress (0 to 20)",
        "Trust (0 to 20)",
        "Distance",
        "Remarks",
    ];
    table(ui, "timeline-table", &heads, &rows);
}
