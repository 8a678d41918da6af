//! One trainee over time: one objective as a plot and as a table.

use egui::{Ui, WidgetInfo, WidgetType};
use egui_plot::{AxisHints, HLine, Line, LineStyle, MarkerShape, PlotPoints, Points};

use crate::course::Course;
use crate::records::Mode;

use super::super::theme::{self, GRID, Tone};
use super::chart;
use super::layout::table;
use super::past::{ObjectiveMark, PastAttempt};
use super::widgets::{body, card, choice_button, heading, note};

/// One finished attempt as far as an objective goes.
#[derive(Debug, Clone, Copy)]
struct Point<'a> {
    past: &'a PastAttempt,
    mark: &'a ObjectiveMark,
}

/// The attempts that assessed an objective, oldest first.
fn points<'a>(own: &[&'a PastAttempt], objective: &str) -> Vec<Point<'a>> {
    own.iter()
        .rev()
        .filter_map(|past| {
            let marks = past.marks.as_ref()?;
            let mark = marks.objectives.iter().find(|one| one.id == objective)?;
            Some(Point { past, mark })
        })
        .collect()
}

/// Objectives that any attempt assessed, in the order of the course.
fn assessed<'a>(own: &[&'a PastAttempt], course: Option<&'a Course>) -> Vec<&'a str> {
    let mut found: Vec<&str> = own
        .iter()
        .filter_map(|past| past.marks.as_ref())
        .flat_map(|marks| marks.objectives.iter().map(|one| one.id.as_str()))
        .collect();
    found.sort_unstable();
    found.dedup();
    let place = |id: &str| {
        course
            .and_then(|course| course.objective_index(id))
            .unwrap_or(usize::MAX)
    };
    found.sort_by_key(|id| (place(id), *id));
    found
}

/// How it went from the first to the latest attempt that gave a number, in a sentence.
fn way_words(points: &[Point<'_>]) -> String {
    let numbers: Vec<u32> = points.iter().filter_map(|one| one.mark.percent).collect();
    let way = match numbers.as_slice() {
        [] => "No attempt gave enough evidence for a number yet.".to_owned(),
        [only] => format!("One attempt gave a number: {only} %."),
        [first, .., last] => {
            let moved = match last.cmp(first) {
                std::cmp::Ordering::Greater => format!("up by {} points", last - first),
                std::cmp::Ordering::Less => format!("down by {} points", first - last),
                std::cmp::Ordering::Equal => "the same".to_owned(),
            };
            format!(
                "From {first} % in the first attempt to {last} % in the latest of {}: {moved}.",
                numbers.len()
            )
        }
    };
    let latest = points.last().map_or("", |one| one.mark.reached.label());
    format!("{way} The latest result is {latest}.")
}

/// Draws the card; `chosen` is the objective that is shown, none: the first.
pub(super) fn over_time_ui(
    ui: &mut Ui,
    own: &[&PastAttempt],
    course: Option<&Course>,
    chosen: &mut Option<String>,
) {
    let all = assessed(own, course);
    let Some(first) = all.first() else { return };
    let shown = chosen
        .as_deref()
        .filter(|id| all.contains(id))
        .unwrap_or(first)
        .to_owned();
    card(ui, |ui| {
        heading(ui, "One objective over time");
        ui.horizontal_wrapped(|ui| {
            for id in &all {
                if choice_button(ui, *id == shown, id).clicked() {
                    *chosen = Some((*id).to_owned());
                }
            }
        });
        if let Some(objective) = course.and_then(|course| course.objective(&shown)) {
            body(ui, &objective.statement);
        }
        let points = points(own, &shown);
        let words = way_words(&points);
        body(ui, &words);
        note(
            ui,
            "Scenarios differ in how hard they are, so a lower number in a harder one need not be a step back. A circle is practice, a square an assessment, a cross a failed gate.",
        );
        plot_ui(ui, &points, course, &format!("{shown} over time. {words}"));
        let rows: Vec<Vec<String>> = points
            .iter()
            .enumerate()
            .map(|(at, one)| {
                vec![
                    (at + 1).to_string(),
                    one.past.began.clone(),
                    one.past.attempt.title.clone(),
                    one.past.mode_words().to_owned(),
                    one.mark
                        .percent
                        .map_or_else(|| "–".to_owned(), |percent| format!("{percent} %")),
                    if one.mark.is_failed_by_gate {
                        format!("{}, gate failed", one.mark.reached.label())
                    } else {
                        one.mark.reached.label().to_owned()
                    },
                ]
            })
            .collect();
        ui.add_space(GRID);
        let heads = ["", "Begun", "Scenario", "Mode", "Per cent", "Result"];
        table(ui, "one-objective-over-time", &heads, &rows);
    });
    ui.add_space(GRID);
}

fn plot_ui(ui: &mut Ui, points: &[Point<'_>], course: Option<&Course>, words: &str) {
    let look = theme::of(ui);
    let last = points.len() as f64;
    let bottom = AxisHints::new_x().label("Attempt, oldest first");
    let bottom = chart::numbered(bottom, look.ink, 1.0..=last, 1.0);
    let left = AxisHints::new_y().label("Per cent");
    let left = chart::numbered(left, look.ink, 0.0..=100.0, 1.0);
    let id = "objective-over-time";
    let shown = chart::still(id, &look, 200.0, last, [100.0, 50.0, 25.0])
        .default_x_bounds(0.5, last + 0.5)
        .default_y_bounds(-4.0, 104.0)
        .custom_x_axes(vec![bottom])
        .custom_y_axes(vec![left])
        .show(ui, |plot| {
            if let Some(course) = course {
                let thresholds = &course.thresholds;
                for (name, at, tone) in [
                    ("Competent from here", thresholds.competent, Tone::Accent),
                    ("Proficient from here", thresholds.proficient, Tone::Cool),
                ] {
                    plot.hline(
                        HLine::new(name, f64::from(at))
                            .color(look.tone(tone))
                            .style(LineStyle::dashed_loose()),
                    );
                }
            }
            let at = |one: &Point<'_>, place: usize| {
                let percent = one.mark.percent?;
                Some([(place + 1) as f64, f64::from(percent)])
            };
            let all: Vec<[f64; 2]> = points
                .iter()
                .enumerate()
                .filter_map(|(place, one)| at(one, place))
                .collect();
            plot.line(
                Line::new("Per cent", PlotPoints::from(all))
                    .color(look.ink)
                    .width(1.5),
            );
            let kinds: [(&str, MarkerShape, Tone, fn(&Point<'_>) -> bool); 3] = [
                ("Practice", MarkerShape::Circle, Tone::Cool, |one| {
                    one.past.attempt.mode == Mode::Practice && !one.mark.is_failed_by_gate
                }),
                ("Assessment", MarkerShape::Square, Tone::Accent, |one| {
                    one.past.attempt.mode == Mode::Assessment && !one.mark.is_failed_by_gate
                }),
                ("Gate failed", MarkerShape::Cross, Tone::Alarm, |one| {
                    one.mark.is_failed_by_gate
                }),
            ];
            for (name, mark, tone, belongs) in kinds {
                let own: Vec<[f64; 2]> = points
                    .iter()
                    .enumerate()
                    .filter(|(_, one)| belongs(one))
                    .filter_map(|(place, one)| at(one, place))
                    .collect();
                plot.points(
                    Points::new(name, PlotPoints::from(own))
                        .shape(mark)
                        .radius(5.0)
                        .color(look.tone(tone)),
                );
            }
        });
    shown
        .response
        .widget_info(|| WidgetInfo::labeled(WidgetType::Image, true, words));
}
