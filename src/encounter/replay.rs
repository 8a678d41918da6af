//! Moves as text, and playing a list of them again.

use std::sync::Arc;

use thiserror::Error;

use crate::scenario::Scenario;

use super::event::{Event, Move};
use super::kernel::Encounter;
use super::preset::Preset;

/// Why a stored list of moves cannot be played again.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReplayError {
    /// The scenario has no such move.
    #[error("move {number} is `{word}`, which this scenario does not have")]
    Unknown {
        /// Position in the list, from 1.
        number: usize,
        /// The move's word.
        word: String,
    },
    /// The move is not open there.
    #[error("move {number}, `{word}`, is not open there")]
    NotOpen {
        /// Position in the list, from 1.
        number: usize,
        /// The move's word.
        word: String,
    },
    /// Moves are left over after the ending.
    #[error("the encounter ends before move {number}, `{word}`")]
    LeftOver {
        /// Position in the list, from 1.
        number: usize,
        /// The move's word.
        word: String,
    },
}

/// The move as records and the command line write it.
#[must_use]
pub fn move_text(scenario: &Scenario, made: Move) -> String {
    match made {
        Move::Choice(choice) => scenario
            .choices
            .get(choice as usize)
            .map_or_else(String::new, |choice| choice.id.to_string()),
        standing => standing.word().unwrap_or_default().to_owned(),
    }
}

/// The move that a word stands for.
#[must_use]
pub fn move_by_text(scenario: &Scenario, word: &str) -> Option<Move> {
    if let Some(choice) = scenario.choice_by_id(word) {
        return Some(Move::Choice(choice));
    }
    Move::STANDING
        .into_iter()
        .chain([Move::Silence])
        .find(|made| {
            made.word()
                .is_some_and(|own| own.eq_ignore_ascii_case(word))
        })
}

/// Plays a list of moves from the beginning.
///
/// # Errors
/// The first move that the scenario does not have, that is not open, or that is left over.
pub fn replay<'w>(
    scenario: &Arc<Scenario>,
    seed: u64,
    words: impl IntoIterator<Item = &'w str>,
    log: &mut Vec<Event>,
) -> Result<Encounter, ReplayError> {
    replay_at(scenario, seed, &Preset::default(), words, log)
}

/// Plays a list of moves from where a preset opens.
///
/// # Errors
/// The first move that the scenario does not have, that is not open, or that is left over.
pub fn replay_at<'w>(
    scenario: &Arc<Scenario>,
    seed: u64,
    preset: &Preset,
    words: impl IntoIterator<Item = &'w str>,
    log: &mut Vec<Event>,
) -> Result<Encounter, ReplayError> {
    let mut encounter = Encounter::begin_at(Arc::clone(scenario), seed, preset, log);
    for (index, word) in words.into_iter().enumerate() {
        let number = index + 1;
        let Some(made) = move_by_text(scenario, word) else {
            return Err(ReplayError::Unknown {
                number,
                word: word.to_owned(),
            });
        };
        if encounter.ending().is_some() {
            return Err(ReplayError::LeftOver {
                number,
                word: word.to_owned(),
            });
        }
        encounter
            .step(made, log)
            .map_err(|_| ReplayError::NotOpen {
                number,
                word: word.to_owned(),
            })?;
    }
    Ok(encounter)
}
