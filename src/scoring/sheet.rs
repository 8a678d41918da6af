//! The score sheet: section 5 of the encounter model.
//!
//! For every decision and every assessed objective in play, `earned` is the level of what was
//! done and `available` the best level among the moves that were open in that state. The score
//! is the sum of the earned over the sum of the available points, in whole per cent, rounded
//! down.
//!
//! A standing move that the author did not write into the beat is marked only where it has
//! evidence, and only for that: looking first must not cost the person who looks.

use std::sync::Arc;

use serde::Serialize;

use crate::course::{Course, Level};
use crate::encounter::{Encounter, Event, Move, ReplayError, move_by_text, move_text};
use crate::scenario::{Outcome, Scenario};

/// What the course makes of a percentage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Result {
    /// Too few decisions to say.
    NotEnoughEvidence,
    /// Below Developing, or failed by a gate.
    NotYet,
    /// Partly there.
    Developing,
    /// Safe, lawful and effective: a pass.
    Competent,
    /// More than that.
    Proficient,
}

impl Result {
    /// In words.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::NotEnoughEvidence => "Not enough evidence",
            Self::NotYet => "Not yet",
            Self::Developing => "Developing",
            Self::Competent => "Competent",
            Self::Proficient => "Proficient",
        }
    }

    /// Whether it counts as a pass of the objective.
    #[must_use]
    pub const fn is_pass(self) -> bool {
        matches!(self, Self::Competent | Self::Proficient)
    }
}

/// Points for one objective at one decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Point {
    /// Objective id.
    pub objective: String,
    /// Level of what was done.
    pub earned: Level,
    /// Best level among the moves that were open.
    pub available: Level,
    /// Why it earned that.
    pub reason: String,
}

/// Marks of one move.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DecisionScore {
    /// Number of the move, from 1.
    pub number: u32,
    /// Beat in which it was made.
    pub beat: String,
    /// The move's word.
    pub made: String,
    /// Points by objective, in the course's order.
    pub points: Vec<Point>,
    /// Whether it used a technique too early.
    pub is_premature: bool,
}

/// A gate that was failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GateFailed {
    /// Gate id.
    pub gate: String,
    /// Its title.
    pub title: String,
    /// Why.
    pub why: String,
    /// Number of the move that failed it; for an ending, that of the last move.
    pub number: u32,
    /// Whether the ending failed it rather than a move.
    pub by_ending: bool,
}

/// Result for one objective.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ObjectiveScore {
    /// Objective id.
    pub id: String,
    /// What the officer can do.
    pub statement: String,
    /// Whether a pass needs it.
    pub is_core: bool,
    /// Sum of earned points.
    pub earned: u32,
    /// Sum of available points.
    pub available: u32,
    /// Decisions at which it was in play.
    pub opportunities: u32,
    /// Whole per cent, rounded down; none below the course's least number of opportunities.
    pub percent: Option<u32>,
    /// In words.
    pub result: Result,
    /// Gate whose failure fails this objective.
    pub failed_by: Option<String>,
}

/// Whether the attempt passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Verdict {
    /// Every required objective is Competent and no gate failed.
    Passed,
    /// Not so.
    NotPassed,
    /// The encounter has not ended.
    Unfinished,
}

impl Verdict {
    /// In words.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Passed => "Passed",
            Self::NotPassed => "Not passed",
            Self::Unfinished => "Not finished",
        }
    }
}

/// Everything that is marked of one attempt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScoreSheet {
    /// Scenario id.
    pub scenario: String,
    /// Course id.
    pub course: String,
    /// Seed of the attempt.
    pub seed: u64,
    /// Marks by decision: the process.
    pub decisions: Vec<DecisionScore>,
    /// Results by objective, the required ones first.
    pub objectives: Vec<ObjectiveScore>,
    /// Gates that were failed.
    pub gates: Vec<GateFailed>,
    /// Id of the ending.
    pub ending: Option<String>,
    /// How the encounter ended: the outcome, apart from the process.
    pub outcome: Option<Outcome>,
    /// Whether the attempt passes.
    pub verdict: Verdict,
    /// What the verdict rests on, one sentence each.
    pub because: Vec<String>,
}

impl ScoreSheet {
    /// Result for one objective.
    #[must_use]
    pub fn objective(&self, id: &str) -> Option<&ObjectiveScore> {
        self.objectives.iter().find(|objective| objective.id == id)
    }
}

/// Best level open for each objective, and what the move shows of it.
pub(super) fn points_of(encounter: &Encounter, made: Move) -> Vec<(u16, Option<Level>, Level)> {
    let scenario = encounter.scenario();
    let is_side_move = matches!(
        made,
        Move::StepCloser | Move::StepBack | Move::Observe | Move::Radio
    );
    let mut points = Vec::new();
    for objective in scenario.assessed() {
        let level = |other: Move| {
            encounter
                .evidence(other)
                .find(|evidence| evidence.objective == objective)
                .map(|evidence| evidence.level)
        };
        let earned = level(made);
        if is_side_move && earned.is_none() {
            continue;
        }
        let mut available = earned;
        for other in encounter.open_moves().chain([Move::Silence]) {
            let counts = match other {
                Move::Choice(_) | Move::Silence | Move::Hold => true,
                _ => encounter.is_own_move(other),
            };
            if counts {
                available = available.max(level(other));
            }
        }
        if let Some(available) = available
            && available > Level::Unsafe
        {
            points.push((objective, earned, available));
        }
    }
    points.sort_by_key(|(objective, ..)| *objective);
    points
}

/// Objective by position in the course, level earned and best level open, as a move would be
/// marked in this state.
#[must_use]
pub fn marks_of(encounter: &Encounter, made: Move) -> Vec<(u16, Level, Level)> {
    points_of(encounter, made)
        .into_iter()
        .map(|(objective, earned, available)| {
            (objective, earned_or_least(earned, available), available)
        })
        .collect()
}

/// What counts as earned: saying nothing of an objective, where another move would have, is
/// Developing.
fn earned_or_least(earned: Option<Level>, available: Level) -> Level {
    earned.unwrap_or(Level::Developing).min(available)
}

fn reason(earned: Option<Level>, available: Level, is_premature: bool, why: &str) -> String {
    let why = why.trim();
    match earned {
        None if why.is_empty() => {
            format!("Says nothing of it, where {} was open.", available.label())
        }
        None => format!("Says nothing of it, where {} was open. {why}", available.label()),
        Some(_) if is_premature => format!(
            "The right words too early: trust had not grown that far, so it counts as Developing at most. {why}"
        )
        .trim_end()
        .to_owned(),
        Some(_) => why.to_owned(),
    }
}

/// Marks an attempt.
///
/// # Errors
/// If the moves do not fit the scenario: the first that does not.
pub fn score<'w>(
    scenario: &Arc<Scenario>,
    course: &Course,
    seed: u64,
    words: impl IntoIterator<Item = &'w str>,
) -> std::result::Result<ScoreSheet, ReplayError> {
    let mut log = Vec::new();
    let mut encounter = Encounter::begin(Arc::clone(scenario), seed, &mut log);
    let mut decisions = Vec::new();
    let mut gates = Vec::new();
    let objectives = &course.objectives;
    let mut sums = vec![(0_u32, 0_u32, 0_u32); objectives.len()];
    for (number, word) in (1_u32..).zip(words) {
        let position = number as usize;
        let Some(made) = move_by_text(scenario, word) else {
            return Err(ReplayError::Unknown {
                number: position,
                word: word.to_owned(),
            });
        };
        if encounter.ending().is_some() {
            return Err(ReplayError::LeftOver {
                number: position,
                word: word.to_owned(),
            });
        }
        let is_premature = encounter.is_premature(made);
        let why = encounter
            .act(made)
            .map_or_else(String::new, |act| encounter.fill(&act.why).into_owned());
        let points = if encounter.is_open(made) {
            points_of(&encounter, made)
        } else {
            Vec::new()
        };
        let beat = scenario
            .beats
            .get(encounter.state().beat as usize)
            .map_or_else(String::new, |beat| beat.id.to_string());
        log.clear();
        encounter
            .step(made, &mut log)
            .map_err(|_| ReplayError::NotOpen {
                number: position,
                word: word.to_owned(),
            })?;
        let mut marks = Vec::with_capacity(points.len());
        for (objective, earned, available) in points {
            let Some(named) = objectives.get(usize::from(objective)) else {
                continue;
            };
            let level = earned_or_least(earned, available);
            if let Some((sum, most, times)) = sums.get_mut(usize::from(objective)) {
                *sum += level.points();
                *most += available.points();
                *times += 1;
            }
            marks.push(Point {
                objective: named.id.clone(),
                earned: level,
                available,
                reason: reason(earned, available, is_premature, &why),
            });
        }
        let ending_at = log
            .iter()
            .position(|event| matches!(event, Event::Ended(_)));
        let move_gates = log.iter().position(|event| {
            !matches!(
                event,
                Event::MoveMade(_) | Event::SilenceHeld { .. } | Event::GateFailed(_)
            )
        });
        for (place, event) in log.iter().enumerate() {
            if let Event::GateFailed(failure) = event
                && let Some(failure) = scenario.failures.get(*failure as usize)
                && let Some(gate) = course.gates.get(usize::from(failure.gate))
            {
                gates.push(GateFailed {
                    gate: gate.id.clone(),
                    title: gate.title.clone(),
                    why: encounter.fill(&failure.why).into_owned(),
                    number,
                    by_ending: ending_at.is_some()
                        && move_gates.is_some_and(|first| place >= first),
                });
            }
        }
        decisions.push(DecisionScore {
            number,
            beat,
            made: move_text(scenario, made),
            points: marks,
            is_premature,
        });
    }
    Ok(finish(
        scenario, course, seed, &encounter, decisions, gates, &sums,
    ))
}

fn finish(
    scenario: &Scenario,
    course: &Course,
    seed: u64,
    encounter: &Encounter,
    decisions: Vec<DecisionScore>,
    gates: Vec<GateFailed>,
    sums: &[(u32, u32, u32)],
) -> ScoreSheet {
    let mut results = Vec::new();
    for position in scenario.assessed() {
        let Some(objective) = course.objectives.get(usize::from(position)) else {
            continue;
        };
        let (earned, available, opportunities) = sums
            .get(usize::from(position))
            .copied()
            .unwrap_or((0, 0, 0));
        let percent = (opportunities >= course.min_opportunities && available > 0)
            .then(|| earned * 100 / available);
        let failed_by = gates
            .iter()
            .find(|failed| {
                course
                    .gate_index(&failed.gate)
                    .and_then(|gate| course.gates.get(gate))
                    .is_some_and(|gate| gate.objectives.contains(&objective.id))
            })
            .map(|failed| failed.gate.clone());
        let thresholds = course.thresholds;
        let result = match percent {
            _ if failed_by.is_some() => Result::NotYet,
            None => Result::NotEnoughEvidence,
            Some(percent) if percent >= thresholds.proficient => Result::Proficient,
            Some(percent) if percent >= thresholds.competent => Result::Competent,
            Some(percent) if percent >= thresholds.developing => Result::Developing,
            Some(_) => Result::NotYet,
        };
        results.push(ObjectiveScore {
            id: objective.id.clone(),
            statement: objective.statement.clone(),
            is_core: scenario.core.contains(&position),
            earned,
            available,
            opportunities,
            percent,
            result,
            failed_by,
        });
    }
    let ending = encounter
        .ending()
        .and_then(|ending| scenario.endings.get(ending as usize));
    let mut because = Vec::new();
    for failed in &gates {
        because.push(format!("Gate failed: {}. {}", failed.title, failed.why));
    }
    for objective in results.iter().filter(|o| o.is_core && !o.result.is_pass()) {
        because.push(format!(
            "{} is required and came out as {}.",
            objective.id,
            objective.result.label()
        ));
    }
    let verdict = if ending.is_none() {
        because.insert(0, "The encounter has not ended.".to_owned());
        Verdict::Unfinished
    } else if because.is_empty() {
        because
            .push("Every required objective is Competent or better and no gate failed.".to_owned());
        Verdict::Passed
    } else {
        Verdict::NotPassed
    };
    ScoreSheet {
        scenario: scenario.id.clone(),
        course: course.id.clone(),
        seed,
        decisions,
        objectives: results,
        gates,
        ending: ending.map(|ending| ending.id.to_string()),
        outcome: ending.map(|ending| ending.outcome),
        verdict,
        because,
    }
}
