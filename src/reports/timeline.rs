//! The timeline: distress, trust and distance over the decisions, as a drawing with a name, a
//! description and a table beneath that says the same.

use maud::{Markup, html};

use crate::scoring::Levels;

use super::attempt::{AttemptReport, Decision};
use super::palette::{BLUE, GREEN, INK, PAPER, RULE, VERMILION};
use super::words::metres;

const LEFT: usize = 46;
const TOP: usize = 30;
const WIDTH: usize = 560;
const HEIGHT: usize = 200;
const STEPS: usize = 20;

#[derive(Clone, Copy)]
enum Mark {
    Round,
    Square,
    Triangle,
}

struct Series {
    name: &'static str,
    colour: &'static str,
    dashes: &'static str,
    mark: Mark,
    value: fn(&Levels) -> u8,
}

const SERIES: [Series; 3] = [
    Series {
        name: "Distress",
        colour: VERMILION,
        dashes: "none",
        mark: Mark::Round,
        value: |reading| reading.distress,
    },
    Series {
        name: "Trust",
        colour: BLUE,
        dashes: "9 4",
        mark: Mark::Square,
        value: |reading| reading.trust,
    },
    Series {
        name: "Distance",
        colour: GREEN,
        dashes: "2 4",
        mark: Mark::Triangle,
        value: |reading| reading.distance_half_metres,
    },
];

/// The drawing and its table; nothing where there are no readings.
pub(super) fn timeline(report: &AttemptReport) -> Markup {
    let readings = &report.readings;
    html! {
        @if !readings.is_empty() {
            figure {
                (drawing(readings, &report.decisions))
                figcaption.quiet {
                    "Distress: solid line, round marks. Trust: dashed line, square marks. Distance \
                     in half-metres: dotted line, triangles. A cross above the line marks a \
                     decision that failed a gate, a P one that came too early."
                }
            }
            (table(readings, &report.decisions))
        }
    }
}

fn x_of(index: usize, count: usize) -> usize {
    LEFT + index * WIDTH / (count.max(2) - 1)
}

fn y_of(value: u8) -> usize {
    TOP + HEIGHT - usize::from(value).min(STEPS) * HEIGHT / STEPS
}

fn drawing(readings: &[Levels], decisions: &[Decision]) -> Markup {
    let count = readings.len();
    let bottom = TOP + HEIGHT;
    let view = format!("0 0 {} {}", LEFT + WIDTH + 90, bottom + 44);
    let every = count.div_ceil(20).max(1);
    html! {
        svg.timeline viewBox=(view) role="img" aria-labelledby="timeline-title timeline-words" {
            title id="timeline-title" { "Distress, trust and distance over the decisions" }
            desc id="timeline-words" { (description(readings)) }
            @for step in [0_u8, 5, 10, 15, 20] {
                line x1=(LEFT) x2=(LEFT + WIDTH) y1=(y_of(step)) y2=(y_of(step)) stroke=(RULE)
                    stroke-width="0.5" {}
                text x=(LEFT - 8) y=(y_of(step) + 4) text-anchor="end" font-size="12" fill=(INK) {
                    (step)
                }
            }
            @for index in (0..count).step_by(every) {
                text x=(x_of(index, count)) y=(bottom + 18) text-anchor="middle" font-size="12"
                    fill=(INK) { @if index == 0 { "Start" } @else { (index) } }
            }
            text x=(LEFT + WIDTH / 2) y=(bottom + 38) text-anchor="middle" font-size="12"
                fill=(INK) { "Decision" }
            @for (index, sign) in signs(decisions) {
                text x=(x_of(index, count)) y=(TOP - 12) text-anchor="middle" font-size="13"
                    font-weight="bold" fill=(INK) { (sign) }
            }
            @for (series, label_y) in SERIES.iter().zip(label_places(readings)) {
                (curve(series, readings))
                text x=(LEFT + WIDTH + 10) y=(label_y) font-size="13" fill=(INK) { (series.name) }
            }
        }
    }
}

fn curve(series: &Series, readings: &[Levels]) -> Markup {
    let places: Vec<(usize, usize)> = readings
        .iter()
        .enumerate()
        .map(|(index, reading)| (x_of(index, readings.len()), y_of((series.value)(reading))))
        .collect();
    let points: Vec<String> = places.iter().map(|(x, y)| format!("{x},{y}")).collect();
    html! {
        polyline points=(points.join(" ")) fill="none" stroke=(series.colour) stroke-width="2.5"
            stroke-dasharray=(series.dashes) {}
        @for (x, y) in places {
            @match series.mark {
                Mark::Round => circle cx=(x) cy=(y) r="4" fill=(series.colour) {},
                Mark::Square => rect x=(x - 4) y=(y - 4) width="8" height="8" fill=(PAPER)
                    stroke=(series.colour) stroke-width="2" {},
                Mark::Triangle => polygon
                    points=(format!("{x},{} {},{} {},{}", y - 5, x - 5, y + 4, x + 5, y + 4))
                    fill=(series.colour) {},
            }
        }
    }
}

/// Heights of the three names at the right, moved apart where lines end close together.
fn label_places(readings: &[Levels]) -> [usize; 3] {
    const GAP: usize = 16;
    let mut places = [0; 3];
    let Some(last) = readings.last() else {
        return places;
    };
    let mut order: Vec<(usize, usize)> = SERIES
        .iter()
        .enumerate()
        .map(|(index, series)| (y_of((series.value)(last)) + 4, index))
        .collect();
    order.sort_unstable();
    let mut free = 0;
    for (y, index) in order {
        places[index] = y.max(free);
        free = places[index] + GAP;
    }
    places
}

fn signs(decisions: &[Decision]) -> impl Iterator<Item = (usize, &'static str)> {
    decisions
        .iter()
        .enumerate()
        .filter_map(|(index, decision)| {
            if !decision.gate_failures.is_empty() {
                Some((index + 1, "✕"))
            } else if !decision.premature.is_empty() {
                Some((index + 1, "P"))
            } else {
                None
            }
        })
}

fn description(readings: &[Levels]) -> String {
    let (Some(first), Some(last)) = (readings.first(), readings.last()) else {
        return String::new();
    };
    let peak = readings.iter().map(|reading| reading.distress).max();
    format!(
        "Over {} decisions distress went from {} to {}, with a peak of {}; trust from {} to {}; \
         distance from {} to {}. The table below has every value.",
        readings.len() - 1,
        first.distress,
        last.distress,
        peak.unwrap_or(0),
        first.trust,
        last.trust,
        metres(first.distance_half_metres),
        metres(last.distance_half_metres),
    )
}

fn table(readings: &[Levels], decisions: &[Decision]) -> Markup {
    let remark = |index: usize| -> &'static str {
        let Some(decision) = index.checked_sub(1).and_then(|at| decisions.get(at)) else {
            return "";
        };
        match (
            decision.gate_failures.is_empty(),
            decision.premature.is_empty(),
        ) {
            (false, _) => "Failed a gate",
            (true, false) => "Too early",
            (true, true) => "",
        }
    };
    html! {
        div.wide {
            table {
                caption { "The timeline in numbers: distress and trust from 0 to 20" }
                thead { tr {
                    th scope="col" { "After decision" }
                    th.number scope="col" { "Distress" }
                    th.number scope="col" { "Trust" }
                    th.number scope="col" { "Distance" }
                    th scope="col" { "Remark" }
                } }
                tbody {
                    @for (index, reading) in readings.iter().enumerate() {
                        tr {
                            th scope="row" {
                                @if index == 0 { "Start" } @else if index > decisions.len() { (index) }
                                @else {
                                    a href=(format!("#decision-{index}")) { (index) }
                                }
                            }
                            td.number { (reading.distress) }
                            td.number { (reading.trust) }
                            td.number { (metres(reading.distance_half_metres)) }
                            td { (remark(index)) }
                        }
                    }
                }
            }
        }
    }
}
