//! Results of an attempt: every objective in words, number and bar, and every gate.

use std::fmt::Write as _;

use egui::{Stroke, Ui};

use crate::course::Course;
use crate::scoring::{ObjectiveScore, Result as Reached, ScoreSheet};

use super::super::theme::{self, GRID, Tone};
use super::layout::{column, columns};
use super::past::part_of;
use super::widgets::{Bar, bar, body, bullet, card, chip, fold, heading, note, toned_card};

/// Objectives in two groups, each with what its levels look like.
pub(super) fn objectives_ui(
    ui: &mut Ui,
    sheet: &ScoreSheet,
    course: &Course,
    open: &mut Option<String>,
) {
    let groups = [("Required for a pass", true), ("Also marked", false)];
    for (title, is_core) in groups {
        let members: Vec<&ObjectiveScore> = sheet
            .objectives
            .iter()
            .filter(|one| one.is_core == is_core)
            .collect();
        if members.is_empty() {
            continue;
        }
        heading(ui, title);
        if is_core {
            note(
                ui,
                &format!(
                    "The mark on each bar is Competent: from {} % on, the objective is passed.",
                    course.thresholds.competent
                ),
            );
        }
        if let Some((left, right)) = columns(ui, 0.5) {
            for pair in members.chunks(2) {
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing.x = 2.0 * GRID;
                    for (one, width) in pair.iter().zip([left, right]) {
                        column(ui, width, |ui| objective_ui(ui, one, course, open));
                    }
                });
            }
        } else {
            for one in members {
                objective_ui(ui, one, course, open);
            }
        }
        ui.add_space(GRID);
    }
}

/// How a result looks.
pub(super) const fn tone_of(reached: Reached) -> Tone {
    match reached {
        Reached::Competent | Reached::Proficient => Tone::Accent,
        Reached::NotYet | Reached::Developing => Tone::Caution,
        Reached::NotEnoughEvidence => Tone::Plain,
    }
}

/// Result of an objective in words and numbers.
pub(super) fn result_words(one: &ObjectiveScore, course: &Course) -> String {
    let mut words = one.result.label().to_owned();
    match one.percent {
        Some(percent) => {
            let _ = write!(
                words,
                ", {percent} %: {} of {} points over {} decisions",
                one.earned, one.available, one.opportunities
            );
        }
        None => {
            let _ = write!(
                words,
                ": in play at {} of the {} decisions that a result needs",
                one.opportunities, course.min_opportunities
            );
        }
    }
    if let Some(gate) = &one.failed_by {
        let title = course
            .gate_index(gate)
            .and_then(|at| course.gates.get(at))
            .map_or(gate.as_str(), |gate| gate.title.as_str());
        let _ = write!(words, ". Failed by the gate “{title}”");
    }
    words
}

fn objective_ui(ui: &mut Ui, one: &ObjectiveScore, course: &Course, open: &mut Option<String>) {
    card(ui, |ui| {
        body(ui, &format!("{}  {}", one.id, one.statement));
        let words = result_words(one, course);
        let part = one.percent.map_or(0.0, part_of);
        let shown = bar(
            ui,
            &Bar {
                label: &one.id,
                words: &words,
                part,
                tone: tone_of(one.result),
            },
        );
        mark_ui(ui, shown.rect, course.thresholds.competent);
        let Some(objective) = course.objective(&one.id) else {
            return;
        };
        let mut is_open = open.as_deref() == Some(one.id.as_str());
        let was_open = is_open;
        fold(
            ui,
            &mut is_open,
            &format!("What each level of {} looks like", one.id),
            |ui| {
                let levels = &objective.levels;
                for (label, text) in [
                    ("Proficient", &levels.proficient),
                    ("Competent", &levels.competent),
                    ("Developing", &levels.developing),
                    ("Unsafe", &levels.unsafe_level),
                ] {
                    bullet(ui, &format!("{label}: {text}"));
                }
            },
        );
        if is_open != was_open {
            *open = is_open.then(|| one.id.clone());
        }
    });
}

/// The required mark on a bar.
fn mark_ui(ui: &Ui, rect: egui::Rect, percent: u32) {
    let look = theme::of(ui);
    let x = rect.min.x + rect.width() * part_of(percent);
    ui.painter()
        .vline(x, rect.y_range().expand(3.0), Stroke::new(2.0, look.ink));
}

/// Every gate of the course: held, or failed and why.
pub(super) fn gates_ui(ui: &mut Ui, sheet: &ScoreSheet, course: &Course) {
    heading(ui, "Gates: never averaged away");
    for failed in &sheet.gates {
        toned_card(ui, Some(Tone::Alarm), |ui| {
            ui.horizontal_wrapped(|ui| {
                chip(ui, "Failed", Tone::Alarm);
                body(ui, &failed.title);
            });
            let place = if failed.by_ending {
                "By the way it ended".to_owned()
            } else {
                format!("At decision {}", failed.number)
            };
            body(ui, &format!("{place}: {}", failed.why));
        });
    }
    let held: Vec<&str> = course
        .gates
        .iter()
        .filter(|gate| sheet.gates.iter().all(|failed| failed.gate != gate.id))
        .map(|gate| gate.title.as_str())
        .collect();
    if !held.is_empty() {
        card(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                for title in held {
                    chip(ui, &format!("Held: {title}"), Tone::Accent);
                }
            });
        });
    }
    ui.add_space(GRID);
}
