//! Two attempts side by side: of one trainee, or of two.

use egui::{Ui, WidgetInfo, WidgetType};
use egui_plot::{AxisHints, Line, LineStyle, MarkerShape, PlotPoints, Points};

use crate::records::AttemptId;
use crate::scoring::{Levels, Review, ReviewStep};

use super::super::theme::{self, GRID, Tone};
use super::Intent;
use super::chart;
use super::layout::{column, columns, labelled, table};
use super::past::{PastAttempt, metres, outcome_word};
use super::school::SchoolWish;
use super::widgets::{body, bullet, card, choice_button, heading, note, secondary_button};

/// One of the two.
#[derive(Debug, Clone)]
pub struct Side {
    /// Whose it is, as instructors read it.
    pub who: String,
    /// The record.
    pub past: PastAttempt,
    /// The attempt, told.
    pub review: Review,
}

/// What is being compared.
#[derive(Debug, Clone, Default)]
pub struct Comparing {
    /// The attempt that waits for a second one: which, and in words.
    pub first: Option<(AttemptId, String)>,
    /// Both, once there are two.
    pub pair: Option<Box<[Side; 2]>>,
}

/// What the plot of two attempts shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Gauge {
    /// Distress of the person.
    #[default]
    Distress,
    /// Their trust in this officer.
    Trust,
    /// How far apart they stand, in half-metres.
    Distance,
}

impl Gauge {
    const ALL: [Self; 3] = [Self::Distress, Self::Trust, Self::Distance];

    const fn words(self) -> &'static str {
        match self {
            Self::Distress => "Distress",
            Self::Trust => "Trust",
            Self::Distance => "Distance",
        }
    }

    const fn of(self, levels: Levels) -> u8 {
        match self {
            Self::Distress => levels.distress,
            Self::Trust => levels.trust,
            Self::Distance => levels.distance_half_metres,
        }
    }

    fn value_words(self, levels: Levels) -> String {
        match self {
            Self::Distance => metres(levels.distance_half_metres),
            _ => format!("{} of 20", self.of(levels)),
        }
    }
}

fn readings(review: &Review) -> Vec<&Levels> {
    std::iter::once(&review.opening)
        .chain(review.steps.iter().map(|step| &step.after))
        .collect()
}

/// How many of the first moves are the same in both.
fn shared(first: &Review, second: &Review) -> usize {
    let same = |(one, other): &(&ReviewStep, &ReviewStep)| {
        one.beat == other.beat && one.made == other.made
    };
    first
        .steps
        .iter()
        .zip(&second.steps)
        .take_while(same)
        .count()
}

/// The line that says that a first attempt has been chosen.
pub(super) fn waiting_ui(ui: &mut Ui, comparing: &Comparing) -> Option<Intent> {
    let (_, words) = comparing.first.as_ref()?;
    let mut asked = None;
    card(ui, |ui| {
        body(
            ui,
            &format!(
                "To compare with {words}, press “Compare” at another attempt, of the same trainee or of another."
            ),
        );
        if secondary_button(ui, "Do not compare").clicked() {
            asked = Some(Intent::School(SchoolWish::Compare(None)));
        }
    });
    ui.add_space(GRID);
    asked
}

/// Draws both attempts.
pub(super) fn compare_ui(ui: &mut Ui, pair: &[Side; 2], gauge: &mut Gauge) -> Option<Intent> {
    let mut asked = None;
    heading(ui, "Two attempts side by side");
    if secondary_button(ui, "Close the comparison").clicked() {
        asked = Some(Intent::School(SchoolWish::Compare(None)));
    }
    let [first, second] = pair;
    let is_same = first.past.attempt.scenario == second.past.attempt.scenario;
    let drawn = first.past.attempt.seed == second.past.attempt.seed;
    card(ui, |ui| {
        both(ui, |ui, at| head_ui(ui, &pair[at], at));
        if is_same {
            let shared = shared(&first.review, &second.review);
            let seed = if drawn { "the same" } else { "another" };
            let parted = if shared == first.review.steps.len().max(second.review.steps.len()) {
                "Every move is the same.".to_owned()
            } else {
                format!("They part at decision {}.", shared + 1)
            };
            body(ui, &format!("The same scenario with {seed} seed. {parted}"));
        } else {
            note(
                ui,
                "These are different scenarios: compare what was shown of an objective, not the numbers themselves.",
            );
        }
    });
    ui.add_space(GRID);
    card(ui, |ui| {
        heading(ui, "How the person was");
        ui.horizontal_wrapped(|ui| {
            for one in Gauge::ALL {
                if choice_button(ui, *gauge == one, one.words()).clicked() {
                    *gauge = one;
                }
            }
        });
        plot_ui(ui, pair, *gauge);
        gauge_table_ui(ui, pair, *gauge);
    });
    ui.add_space(GRID);
    card(ui, |ui| {
        heading(ui, "Objectives");
        objectives_ui(ui, pair);
    });
    ui.add_space(GRID);
    card(ui, |ui| {
        heading(ui, "Decisions");
        both(ui, |ui, at| decisions_ui(ui, &pair[at], at));
    });
    asked
}

/// Left and right where there is room, else one below the other.
fn both(ui: &mut Ui, mut part: impl FnMut(&mut Ui, usize)) {
    if let Some((left, right)) = columns(ui, 0.5) {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 2.0 * GRID;
            column(ui, left, |ui| part(ui, 0));
            column(ui, right, |ui| part(ui, 1));
        });
    } else {
        part(ui, 0);
        ui.add_space(GRID);
        part(ui, 1);
    }
}

const fn letter(at: usize) -> &'static str {
    if at == 0 { "A" } else { "B" }
}

fn head_ui(ui: &mut Ui, side: &Side, at: usize) {
    labelled(
        ui,
        &format!("{}: {}", letter(at), side.who),
        &format!(
            "“{}”, {}, {}.",
            side.past.attempt.title,
            side.past.mode_words().to_lowercase(),
            side.past.began
        ),
    );
    body(ui, &side.past.standing());
    if let Some(outcome) = side.review.outcome {
        let end = format!("{}: {}", outcome_word(outcome), side.review.ending_title);
        note(ui, &end);
    }
}

fn plot_ui(ui: &mut Ui, pair: &[Side; 2], gauge: Gauge) {
    let look = theme::of(ui);
    let most = pair
        .iter()
        .map(|side| side.review.steps.len())
        .max()
        .unwrap_or(0) as f64;
    let bottom = chart::decisions(look.ink, most);
    let left = AxisHints::new_y()
        .label(gauge.words())
        .tick_label_color(look.ink)
        .formatter(move |mark, _| {
            if !chart::is_whole(mark.value) || !(0.0..=20.0).contains(&mark.value) {
                String::new()
            } else if gauge == Gauge::Distance {
                metres(mark.value as u8)
            } else {
                format!("{:.0}", mark.value)
            }
        });
    let id = ("compared", gauge.words());
    let shown = chart::still(id, &look, 200.0, most, [20.0, 10.0, 5.0])
        .default_x_bounds(-0.3, most + 0.3)
        .default_y_bounds(-1.0, 21.0)
        .custom_x_axes(vec![bottom])
        .custom_y_axes(vec![left])
        .show(ui, |plot| {
            for (at, side) in pair.iter().enumerate() {
                let (tone, style, mark) = if at == 0 {
                    (Tone::Accent, LineStyle::Solid, MarkerShape::Circle)
                } else {
                    (
                        Tone::Caution,
                        LineStyle::dashed_loose(),
                        MarkerShape::Square,
                    )
                };
                let places: Vec<[f64; 2]> = readings(&side.review)
                    .into_iter()
                    .enumerate()
                    .map(|(place, levels)| [place as f64, f64::from(gauge.of(*levels))])
                    .collect();
                plot.line(
                    Line::new(letter(at), PlotPoints::from(places.clone()))
                        .color(look.tone(tone))
                        .width(2.0)
                        .style(style),
                );
                plot.points(
                    Points::new(letter(at), PlotPoints::from(places))
                        .shape(mark)
                        .radius(4.0)
                        .color(look.tone(tone)),
                );
            }
        });
    let told: Vec<String> = pair
        .iter()
        .enumerate()
        .map(|(at, side)| {
            let end = readings(&side.review);
            let (from, to) = (end.first().copied(), end.last().copied());
            let words = |levels: Option<&Levels>| {
                levels.map_or_else(String::new, |levels| gauge.value_words(*levels))
            };
            format!("{} goes from {} to {}", letter(at), words(from), words(to))
        })
        .collect();
    let words = format!("{}: {}.", gauge.words(), told.join("; "));
    note(
        ui,
        &format!("A: line and circles. B: dashes and squares. {words}"),
    );
    shown
        .response
        .widget_info(|| WidgetInfo::labeled(WidgetType::Image, true, words.clone()));
}

fn gauge_table_ui(ui: &mut Ui, pair: &[Side; 2], gauge: Gauge) {
    let [first, second] = pair.each_ref().map(|side| readings(&side.review));
    let cell = |levels: Option<&&Levels>| {
        levels.map_or_else(|| "–".to_owned(), |levels| gauge.value_words(**levels))
    };
    let rows: Vec<Vec<String>> = (0..first.len().max(second.len()))
        .map(|at| {
            vec![
                if at == 0 {
                    "Start".to_owned()
                } else {
                    at.to_string()
                },
                cell(first.get(at)),
                cell(second.get(at)),
            ]
        })
        .collect();
    table(ui, "compared-levels", &["After decision", "A", "B"], &rows);
}

fn objectives_ui(ui: &mut Ui, pair: &[Side; 2]) {
    let mut ids: Vec<&str> = pair
        .iter()
        .filter_map(|side| side.past.marks.as_ref())
        .flat_map(|marks| marks.objectives.iter().map(|one| one.id.as_str()))
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let cell = |side: &Side, id: &str| {
        side.past
            .marks
            .iter()
            .flat_map(|marks| &marks.objectives)
            .find(|one| one.id == id)
            .map_or_else(
                || "not assessed".to_owned(),
                |one| match one.percent {
                    _ if one.is_failed_by_gate => format!("{}, gate failed", one.reached.label()),
                    Some(percent) => format!("{} {percent} %", one.reached.label()),
                    None => one.reached.label().to_owned(),
                },
            )
    };
    if ids.is_empty() {
        note(ui, "Neither of them has been finished.");
        return;
    }
    let rows: Vec<Vec<String>> = ids
        .into_iter()
        .map(|id| vec![id.to_owned(), cell(&pair[0], id), cell(&pair[1], id)])
        .collect();
    table(ui, "compared-objectives", &["Objective", "A", "B"], &rows);
}

fn decisions_ui(ui: &mut Ui, side: &Side, at: usize) {
    labelled(ui, letter(at), &side.who);
    for step in &side.review.steps {
        let gate = if step.gates.is_empty() {
            ""
        } else {
            " – a gate failed"
        };
        bullet(
            ui,
            &format!(
                "{}. {} (distress {} to {}, trust {} to {}){gate}",
                step.number,
                step.text,
                step.before.distress,
                step.after.distress,
                step.before.trust,
                step.after.trust
            ),
        );
    }
}
