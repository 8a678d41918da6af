//! What is drawn from one attempt: at each decision what was open, what was done, how long it
//! took and what it earned.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::encounter::{Encounter, Move, ReplayError, move_by_text};
use crate::scenario::Scenario;
use crate::scoring::marks_of;

/// Name of the form of a drawing; another form is drawn anew.
pub const FORM: &str = "drawing 1";

/// One move of an attempt. Positions are those of the scenario as it was kept with the attempt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Beat in which it was made.
    #[serde(rename = "b")]
    pub beat: u32,
    /// What was done, as a number: see [`move_of`].
    #[serde(rename = "m")]
    pub made: u32,
    /// Milliseconds that it took.
    #[serde(rename = "t")]
    pub millis: u64,
    /// Options that were open.
    #[serde(rename = "o")]
    pub open: Vec<u32>,
    /// Objective by position in the course, points earned, points available.
    #[serde(rename = "p")]
    pub points: Vec<(u16, u8, u8)>,
}

/// First number of an option; below are the standing moves, and silence.
const OPTIONS: u32 = 6;

fn number_of(made: Move) -> u32 {
    match made {
        Move::Choice(choice) => OPTIONS.saturating_add(choice),
        standing => Move::STANDING
            .iter()
            .position(|other| *other == standing)
            .map_or(OPTIONS - 1, |at| at as u32),
    }
}

/// The move that a number stands for.
#[must_use]
pub fn move_of(number: u32) -> Move {
    if number >= OPTIONS {
        return Move::Choice(number - OPTIONS);
    }
    Move::STANDING
        .get(number as usize)
        .copied()
        .unwrap_or(Move::Silence)
}

/// Draws what an attempt shows, by playing it again. `moves` are its words in force, each with the
/// milliseconds that it took.
///
/// # Errors
/// If the moves do not fit the scenario: the first that does not.
pub fn draw(
    scenario: &Arc<Scenario>,
    seed: u64,
    moves: &[(&str, u64)],
) -> Result<Vec<Step>, ReplayError> {
    let mut log = Vec::new();
    let mut encounter = Encounter::begin(Arc::clone(scenario), seed, &mut log);
    let mut steps = Vec::with_capacity(moves.len());
    for (number, (word, millis)) in (1..).zip(moves) {
        let word = (*word).to_owned();
        let Some(made) = move_by_text(scenario, &word) else {
            return Err(ReplayError::Unknown { number, word });
        };
        if encounter.ending().is_some() {
            return Err(ReplayError::LeftOver { number, word });
        }
        if !encounter.is_open(made) {
            return Err(ReplayError::NotOpen { number, word });
        }
        let points = marks_of(&encounter, made)
            .into_iter()
            .map(|(objective, earned, available)| {
                (objective, earned.points() as u8, available.points() as u8)
            })
            .collect();
        let open = encounter
            .open_moves()
            .filter_map(|other| match other {
                Move::Choice(choice) => Some(choice),
                _ => None,
            })
            .collect();
        steps.push(Step {
            beat: encounter.state().beat,
            made: number_of(made),
            millis: *millis,
            open,
            points,
        });
        log.clear();
        encounter
            .step(made, &mut log)
            .map_err(|_| ReplayError::NotOpen { number, word })?;
    }
    Ok(steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_move_has_a_number_of_its_own() {
        let mut all: Vec<Move> = Move::STANDING.to_vec();
        all.extend([Move::Silence, Move::Choice(0), Move::Choice(7)]);
        for made in all {
            assert_eq!(move_of(number_of(made)), made);
        }
    }
}
