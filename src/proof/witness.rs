//! Witnesses: a seed and moves that `play` accepts, for a state that was found.

use std::sync::Arc;

use serde::Serialize;

use crate::encounter::{Encounter, Move, State, move_text};
use crate::scenario::Scenario;

use super::expand::drawn_at_once;
use super::explore::Space;
use super::key::{Layout, by_width, hash};
use super::live::used_after;

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

/// A run to a state, and on with one more move to another state if one is given. Seeds are tried
/// until one draws what the way needs, and chance goes as it should: the run has come to that very
/// state, as far as anything can tell it from others. None if no seed that was tried does.
#[must_use]
pub fn witness(
    scenario: &Arc<Scenario>,
    space: &Space,
    state: u32,
    last: Option<(Move, u32)>,
) -> Option<Witness> {
    let (root, mut moves) = moves_to(space, state);
    let first = |drawn: &&super::explore::Drawn| drawn.roots.iter().any(|(own, _)| *own == root);
    let profile = space.draws.iter().find(first)?.state.profile;
    let before = moves.len();
    moves.extend(last.map(|(made, _)| made));
    let is_at = |encounter: &Encounter, print: u64, state: u32| {
        let place = space.places.get(state as usize).copied();
        place == Some(place_of(scenario, encounter))
            && (encounter.ending().is_some() || space.prints.get(state as usize) == Some(&print))
    };
    let tracer = Tracer::of(scenario, space.with_words);
    let mut log = Vec::new();
    'seeds: for seed in 0..MOST_SEEDS {
        log.clear();
        let mut encounter = Encounter::begin(Arc::clone(scenario), seed, &mut log);
        if encounter.state().profile != profile {
            continue;
        }
        let (mut print, mut drawn) = tracer.begin(&encounter);
        for (number, made) in moves.iter().enumerate() {
            if number == before && !is_at(&encounter, print, state) {
                continue 'seeds;
            }
            log.clear();
            if encounter.step(*made, &mut log).is_err() {
                continue 'seeds;
            }
            (print, drawn) = tracer.step(&encounter, drawn);
        }
        let end = last.map_or(state, |(_, to)| to);
        if !is_at(&encounter, print, end) {
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

/// Gives the states of a played run the fingerprints that they have in a space.
struct Tracer<'s> {
    scenario: &'s Scenario,
    layout: Layout,
}

impl<'s> Tracer<'s> {
    fn of(scenario: &'s Arc<Scenario>, with_words: bool) -> Self {
        let blank = Encounter::dealt(Arc::clone(scenario)).state().clone();
        let layout = Layout::of(scenario, blank, with_words);
        Self { scenario, layout }
    }

    /// Fingerprint of a run's beginning, and what is drawn by then.
    fn begin(&self, encounter: &Encounter) -> (u64, u64) {
        self.print(encounter.state(), 0, drawn_at_once(&self.layout))
    }

    /// The same after another move.
    fn step(&self, encounter: &Encounter, drawn: u64) -> (u64, u64) {
        let state = encounter.state();
        self.print(state, used_after(self.scenario, state), drawn)
    }

    fn print(&self, state: &State, used: u8, drawn: u64) -> (u64, u64) {
        let drawn = drawn | self.layout.due(state, drawn);
        let layout = &self.layout;
        let print = by_width!(layout, print_of(layout, state, used, drawn), 0);
        (print, drawn)
    }
}

fn print_of<const W: usize>(layout: &Layout, state: &State, used: u8, drawn: u64) -> u64 {
    hash::<W>(&layout.pack(state, used, drawn))
}

/// Where a run stands: a beat, or an ending after all beats.
pub(super) fn place_of(scenario: &Scenario, encounter: &Encounter) -> u32 {
    encounter.ending().map_or(encounter.state().beat, |ending| {
        scenario.beats.len() as u32 + ending
    })
}
