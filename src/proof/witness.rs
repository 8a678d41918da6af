//! Witnesses: a seed and moves that `play` accepts, for a state that was found.

use std::sync::Arc;

use serde::Serialize;

use crate::encounter::{Encounter, Move, move_text};
use crate::scenario::Scenario;

use super::explore::Space;

/// A run that shows something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Witness {
    /// Seed.
    pub seed: u64,
    /// Moves, as `play --moves` takes them.
    pub moves: Vec<String>,
}

impl Witness {
    /// The command that plays it.
    #[must_use]
    pub fn command(&self, scenario: &str) -> String {
        format!(
            "common-ground play {scenario} --seed {} --moves {}",
            self.seed,
            self.moves.join(",")
        )
    }
}

/// Seeds that are tried.
const MOST_SEEDS: u64 = 300_000;

/// The moves by which a state was found first: a shortest way there.
#[must_use]
pub fn moves_to(space: &Space, state: u32) -> (u32, Vec<Move>) {
    let mut moves = Vec::new();
    let mut at = state;
    while let Some((parent, way)) = space.parents.get(at as usize)
        && *parent != u32::MAX
    {
        moves.push(space.ways[*way as usize].made);
        at = *parent;
    }
    moves.reverse();
    (at, moves)
}

/// A run to a state, and on with one more move if one is given. Seeds are tried until one draws
/// what the way needs; it is played to the end of the moves before it is handed out.
#[must_use]
pub fn witness(
    scenario: &Arc<Scenario>,
    space: &Space,
    state: u32,
    last: Option<Move>,
) -> Option<Witness> {
    let (root, mut moves) = moves_to(space, state);
    let place = *space.places.get(state as usize)?;
    let wanted: Vec<_> = space
        .draws
        .iter()
        .filter(|drawn| drawn.roots.iter().any(|(first, _)| *first == root))
        .map(|drawn| &drawn.state)
        .collect();
    let before = moves.len();
    moves.extend(last);
    let mut log = Vec::new();
    // Distress and trust may change before the first decision, so only the profile is compared.
    let profile = wanted.first()?.profile;
    'seeds: for seed in 0..MOST_SEEDS {
        log.clear();
        let mut encounter = Encounter::begin(Arc::clone(scenario), seed, &mut log);
        if encounter.state().profile != profile {
            continue;
        }
        for (number, made) in moves.iter().enumerate() {
            if number == before && place_of(scenario, &encounter) != place {
                continue 'seeds;
            }
            log.clear();
            if encounter.step(*made, &mut log).is_err() {
                continue 'seeds;
            }
        }
        if last.is_none() && place_of(scenario, &encounter) != place {
            continue;
        }
        return Some(Witness {
            seed,
            moves: moves
                .iter()
                .map(|made| move_text(scenario, *made))
                .collect(),
        });
    }
    None
}

fn place_of(scenario: &Scenario, encounter: &Encounter) -> u32 {
    encounter.ending().map_or(encounter.state().beat, |ending| {
        scenario.beats.len() as u32 + ending
    })
}
