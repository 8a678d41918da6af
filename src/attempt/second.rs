//! A second rater: an instructor marks a stored run on the course's levels without having seen the
//! program's marks, and hands the rating in once.

use serde::Serialize;

use crate::records::{AttemptId, AttemptState, RatedMark, RecordsError, SecondRating, Store};
use crate::scoring::ReviewLine;

use super::{AttemptError, review_kept};

/// One decision as the rater sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BlindStep {
    /// Number of the move, from 1.
    pub number: u32,
    /// The scenario's clock.
    pub clock: String,
    /// What was said or done.
    pub text: String,
    /// What was said and seen in answer.
    pub lines: Vec<ReviewLine>,
    /// Objectives to be marked here, by id.
    pub objectives: Vec<String>,
}

/// A run without anything that was computed of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BlindSheet {
    /// Which attempt.
    pub attempt: AttemptId,
    /// Title of the scenario.
    pub title: String,
    /// What was said and seen before the first decision.
    pub opening: Vec<ReviewLine>,
    /// The decisions.
    pub steps: Vec<BlindStep>,
    /// Objectives that occur, with their statements.
    pub objectives: Vec<(String, String)>,
}

/// The sheet for a second rater.
///
/// # Errors
/// If the attempt has not ended, or cannot be read or played again.
pub fn blind_sheet(store: &Store, id: AttemptId) -> Result<BlindSheet, AttemptError> {
    let (kept, told, course) = review_kept(store, id)?;
    if kept.state != AttemptState::Finished {
        return Err(RecordsError::RatingTooEarly {
            id: id.to_string(),
            state: kept.state.word(),
        }
        .into());
    }
    let steps: Vec<BlindStep> = told
        .steps
        .into_iter()
        .map(|step| BlindStep {
            number: step.number,
            clock: step.clock,
            text: step.text,
            lines: step.lines,
            objectives: step
                .points
                .into_iter()
                .map(|point| point.objective)
                .collect(),
        })
        .collect();
    let occurs = |id: &String| steps.iter().any(|step| step.objectives.contains(id));
    let objectives = course
        .objectives
        .iter()
        .filter(|objective| occurs(&objective.id))
        .map(|objective| (objective.id.clone(), objective.statement.clone()))
        .collect();
    Ok(BlindSheet {
        attempt: id,
        title: told.title,
        opening: told.opening_lines,
        steps,
        objectives,
    })
}

/// Keeps a rating beside the attempt.
///
/// # Errors
/// If a mark names a decision or an objective that the sheet does not ask for, or names one twice;
/// if the store refuses.
pub fn hand_in(
    store: &Store,
    id: AttemptId,
    rater: &str,
    marks: Vec<RatedMark>,
    now: &str,
) -> Result<(), AttemptError> {
    let sheet = blind_sheet(store, id)?;
    for (at, mark) in marks.iter().enumerate() {
        let asked = sheet
            .steps
            .iter()
            .any(|step| step.number == mark.number && step.objectives.contains(&mark.objective));
        let twice = marks[..at]
            .iter()
            .any(|other| other.number == mark.number && other.objective == mark.objective);
        if !asked || twice {
            return Err(AttemptError::NotAsked {
                number: mark.number,
                objective: mark.objective.clone(),
                why: if asked {
                    "is marked twice"
                } else {
                    "is not asked for"
                },
            });
        }
    }
    store.add_second_rating(&SecondRating {
        attempt: id,
        rater: rater.to_owned(),
        at: now.to_owned(),
        marks,
    })?;
    Ok(())
}

/// The program's marks of a run, in the form of a rater's.
///
/// # Errors
/// If the attempt cannot be read or played again.
pub fn program_marks(store: &Store, id: AttemptId) -> Result<Vec<RatedMark>, AttemptError> {
    let (_, told, _) = review_kept(store, id)?;
    Ok(told
        .sheet
        .decisions
        .iter()
        .flat_map(|decision| {
            decision.points.iter().map(|point| RatedMark {
                number: decision.number,
                objective: point.objective.clone(),
                points: point.earned.points() as u8,
            })
        })
        .collect())
}
