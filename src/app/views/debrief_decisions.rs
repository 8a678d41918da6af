//! Every decision of an attempt: what was done, what it did, why, and what else was open.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use egui::Ui;

use crate::course::Course;
use crate::proof::{Fork, WhatIf};
use crate::scoring::{Alternative, LawInPlay, Levels, ReviewLine, ReviewStep, TechniqueUse};

use super::super::theme::{GRID, Tone};
use super::Intent;
use super::debrief::DebriefView;
use super::debrief_advice::points;
use super::layout::{fold_in, labelled, quoted, shortened};
use super::moment::see_button;
use super::past::{metres, spoken_day};
use super::timeline::remarks;
use super::widgets::{body, bullet, card, chip, heading, note, secondary_button};

/// Stands for what was seen before the first decision among what is folded out.
const ARRIVAL: u32 = 0;

/// What is folded out.
#[derive(Debug, Clone, Default)]
pub struct DecisionsDraft {
    /// Numbers of the decisions that are folded out.
    pub open: BTreeSet<u32>,
    /// Numbers of the decisions whose alternatives are folded out.
    pub alternatives: BTreeSet<u32>,
}

/// Draws all decisions, each folded in until it is asked for. With `can_see` each leads to its
/// scene.
pub fn decisions_ui(
    ui: &mut Ui,
    data: &DebriefView<'_>,
    draft: &mut DecisionsDraft,
    can_see: bool,
) -> Option<Intent> {
    let (review, course, depth) = (data.review, data.course, data.depth);
    let mut asked = None;
    heading(
        ui,
        &format!("Decision by decision ({})", review.steps.len()),
    );
    if review.steps.is_empty() {
        note(ui, "No decision was made.");
        return None;
    }
    ui.horizontal_wrapped(|ui| {
        if secondary_button(ui, "Open all").clicked() {
            draft.open = review.steps.iter().map(|step| step.number).collect();
        }
        if secondary_button(ui, "Close all").clicked() {
            draft.open.clear();
            draft.alternatives.clear();
        }
    });
    let DecisionsDraft { open, alternatives } = draft;
    if !review.opening_lines.is_empty() {
        fold_in(
            ui,
            open,
            ARRIVAL,
            "On arrival, before the first decision",
            |ui| {
                card(ui, |ui| lines_ui(ui, &review.opening_lines));
            },
        );
    }
    for step in &review.steps {
        fold_in(ui, open, step.number, &headline(step), |ui| {
            card(ui, |ui| {
                if can_see {
                    asked = see_button(ui, step.number.saturating_sub(1)).or(asked.take());
                    ui.add_space(GRID);
                }
                let can_go_again = depth.is_some_and(|depth| depth.can_go_again);
                if can_go_again && secondary_button(ui, "Go again from here, in practice").clicked()
                {
                    asked = Some(Intent::GoAgainFrom(step.number));
                }
                let what_if = depth.and_then(|depth| depth.what_if.as_ref());
                step_ui(ui, step, (course, what_if), alternatives);
            });
        });
    }
    asked
}

/// A decision in one line: number, clock, what was done, points, and what is remarkable.
#[must_use]
pub fn headline(step: &ReviewStep) -> String {
    let mut line = format!(
        "{}.  {}  {}",
        step.number,
        step.clock,
        shortened(&step.text, 90)
    );
    let (earned, available) = points(step);
    if available > 0 {
        let _ = write!(line, "  ·  {earned} of {available} points");
    }
    for remark in remarks(step) {
        let _ = write!(line, "  ·  {}", remark.words());
    }
    line
}

fn step_ui(
    ui: &mut Ui,
    step: &ReviewStep,
    (course, what_if): (&Course, Option<&WhatIf>),
    alternatives: &mut BTreeSet<u32>,
) {
    let fork = what_if.and_then(|told| told.fork(step.number));
    let found = remarks(step);
    if !found.is_empty() {
        ui.horizontal_wrapped(|ui| {
            for remark in found {
                chip(ui, remark.words(), Tone::Caution);
            }
        });
    }
    labelled(ui, "What you did", &step.text);
    ui.add_space(GRID);
    labelled(ui, "What it did", &movement(step.before, step.after));
    lines_ui(ui, &step.lines);
    for fact in &step.learned {
        bullet(ui, &format!("You learned: {fact}"));
    }
    ui.add_space(GRID);
    if !step.why.is_empty() {
        labelled(ui, "Why", &step.why);
        ui.add_space(GRID);
    }
    techniques_ui(ui, &step.techniques);
    points_ui(ui, step, course);
    for gate in &step.gates {
        labelled(ui, "Gate failed", gate);
    }
    law_ui(ui, &step.law);
    if !step.alternatives.is_empty() {
        let label = format!(
            "What else was open at decision {} ({})",
            step.number,
            step.alternatives.len()
        );
        fold_in(ui, alternatives, step.number, &label, |ui| {
            if let Some(likely) = fork.and_then(Fork::taken) {
                labelled(ui, "What likely follows what you did", &likely.words());
            }
            for other in &step.alternatives {
                alternative_ui(ui, other);
                if let Some(likely) = fork.and_then(|fork| fork.of(&other.made)) {
                    labelled(ui, "What would likely have followed", &likely.words());
                }
            }
        });
    }
}

/// Before and after of each level, with a word for the direction.
#[must_use]
pub fn movement(before: Levels, after: Levels) -> String {
    let one = |name: &str, from: u8, to: u8, up: &str, down: &str| match from.cmp(&to) {
        std::cmp::Ordering::Equal => format!("{name} stayed at {to}"),
        std::cmp::Ordering::Less => format!("{name} {up} from {from} to {to}"),
        std::cmp::Ordering::Greater => format!("{name} {down} from {from} to {to}"),
    };
    let (from, to) = (before.distance_half_metres, after.distance_half_metres);
    let distance = match from.cmp(&to) {
        std::cmp::Ordering::Equal => format!("Distance stayed at {}", metres(to)),
        std::cmp::Ordering::Less => {
            format!("Distance grew from {} to {}", metres(from), metres(to))
        }
        std::cmp::Ordering::Greater => {
            format!("Distance shrank from {} to {}", metres(from), metres(to))
        }
    };
    format!(
        "{}. {}. {distance}.",
        one("Distress", before.distress, after.distress, "rose", "fell"),
        one("Trust", before.trust, after.trust, "grew", "fell"),
    )
}

fn lines_ui(ui: &mut Ui, lines: &[ReviewLine]) {
    for line in lines {
        match &line.speaker {
            Some(speaker) if line.is_speech => quoted(ui, speaker, &line.text),
            Some(speaker) => note(ui, &format!("{speaker}: {}", line.text)),
            None => note(ui, &line.text),
        }
    }
}

/// A technique in words, such as `Open question (Listening), calmer by 1, trust up by 1`.
#[must_use]
pub fn technique_words(used: &TechniqueUse) -> String {
    let mut words = format!("{} ({})", used.label, used.stage.to_lowercase());
    match used.distress {
        0 => {}
        up if up > 0 => {
            let _ = write!(words, ", distress up by {up}");
        }
        down => {
            let _ = write!(words, ", distress down by {}", down.unsigned_abs());
        }
    }
    match used.trust {
        0 => {}
        up if up > 0 => {
            let _ = write!(words, ", trust up by {up}");
        }
        down => {
            let _ = write!(words, ", trust down by {}", down.unsigned_abs());
        }
    }
    if used.distress == 0 && used.trust == 0 {
        words.push_str(", no effect here");
    }
    if used.is_premature {
        words.push_str(". Too early: trust had not grown that far");
    }
    if used.is_faint {
        words.push_str(". Half its effect: too far away to be heard well");
    }
    words
}

fn techniques_ui(ui: &mut Ui, techniques: &[TechniqueUse]) {
    if techniques.is_empty() {
        return;
    }
    note(ui, "Techniques, with their step of the stairway");
    for used in techniques {
        bullet(ui, &technique_words(used));
    }
    ui.add_space(GRID);
}

fn points_ui(ui: &mut Ui, step: &ReviewStep, course: &Course) {
    if step.points.is_empty() {
        note(ui, "Nothing was marked here.");
        return;
    }
    note(ui, "Points");
    for point in &step.points {
        let statement = course
            .objective(&point.objective)
            .map_or("", |objective| objective.statement.as_str());
        bullet(
            ui,
            &format!(
                "{} ({}): {} of {} points, {} where {} was to be had. {}",
                point.objective,
                statement.trim_end_matches('.'),
                point.earned.points(),
                point.available.points(),
                point.earned.label(),
                point.available.label(),
                reason_beside(&point.reason, &step.why),
            ),
        );
    }
    ui.add_space(GRID);
}

/// The reason for a point without the explanation that already stands above it.
fn reason_beside<'a>(reason: &'a str, why: &str) -> &'a str {
    let why = why.trim();
    if why.is_empty() {
        reason
    } else {
        reason.strip_suffix(why).unwrap_or(reason).trim_end()
    }
}

fn law_ui(ui: &mut Ui, law: &[LawInPlay]) {
    for item in law {
        labelled(ui, "Law and policy in play", &item.cite);
        if !item.note.is_empty() {
            body(ui, &item.note);
        }
        note(
            ui,
            &format!("As the text stood on {}.", spoken_day(&item.as_of)),
        );
        if !item.local.is_empty() {
            note(
                ui,
                &format!("Check your force's own policy. {}", item.local),
            );
        }
        ui.add_space(GRID);
    }
}

fn alternative_ui(ui: &mut Ui, other: &Alternative) {
    ui.add_space(GRID);
    body(ui, &other.text);
    let mut words = if other.shows.is_empty() {
        "Shows nothing that is marked here.".to_owned()
    } else {
        format!("Shows {} at best.", other.shows)
    };
    if other.is_premature {
        words.push_str(" It would have been too early.");
    }
    if !other.why.is_empty() {
        let _ = write!(words, " {}", other.why);
    }
    note(ui, &words);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_level_is_told_with_its_direction() {
        let before = Levels {
            distress: 13,
            trust: 3,
            distance_half_metres: 14,
        };
        let after = Levels {
            distress: 11,
            trust: 3,
            distance_half_metres: 11,
        };
        assert_eq!(
            movement(before, after),
            "Distress fell from 13 to 11. Trust stayed at 3. Distance shrank from 7 m to 5.5 m."
        );
    }

    #[test]
    fn a_reason_does_not_say_the_explanation_twice() {
        assert_eq!(
            reason_beside("You met her request.", "You met her request."),
            ""
        );
        assert_eq!(
            reason_beside(
                "Says nothing of it, where Competent was open. You hurried.",
                "You hurried."
            ),
            "Says nothing of it, where Competent was open."
        );
    }

    #[test]
    fn a_technique_says_its_stage_its_effect_and_whether_it_came_too_early() {
        let used = TechniqueUse {
            id: "advise".to_owned(),
            label: "Advice".to_owned(),
            stage: "Influence".to_owned(),
            is_premature: true,
            is_faint: false,
            distress: 1,
            trust: -1,
        };
        assert_eq!(
            technique_words(&used),
            "Advice (influence), distress up by 1, trust down by 1. Too early: trust had not grown that far"
        );
    }
}
