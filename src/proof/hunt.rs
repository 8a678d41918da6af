//! Runs to a place, found by playing towards it: where there are too many states to look up the
//! shortest way.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::encounter::{Encounter, Move, move_text};
use crate::scenario::Scenario;

use super::expand::gates_in;
use super::explore::Limits;
use super::live::moves_of;
use super::places::{FAR, distances};
use super::witness::{Witness, place_of};

/// Seeds that are played.
const MOST_SEEDS: u64 = 3_000;
/// Moves after which a run is given up.
const MOST_MOVES: usize = 60;
/// One move in so many is any that is open, by run.
const STRAYS: [u32; 4] = [2, 4, 8, 16];
/// What a run should come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sought {
    /// An ending, after all beats.
    Ending(u32),
    /// An ending, after all beats, with no gate failed on the way.
    Ungated(u32),
    /// A beat at which no option is open.
    Dry(u32),
    /// A beat, whatever is open there.
    Beat(u32),
}

/// A run to what is sought, with few moves; none if no seed that was tried has one. Whichever
/// thread finds one, that of the lowest seed is told.
pub(super) fn hunt(scenario: &Arc<Scenario>, sought: Sought, limits: &Limits) -> Option<Witness> {
    let far = distances(scenario, [sought.place()]);
    let threads = limits.threads() as u64;
    let best = AtomicU64::new(u64::MAX);
    let runs: Vec<(u64, Vec<Move>)> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|thread| {
                let (far, best) = (&far, &best);
                scope.spawn(move || {
                    let mut seed = thread;
                    while seed < MOST_SEEDS && seed < best.load(Ordering::Relaxed) {
                        if limits.cancel.load(Ordering::Relaxed) {
                            return None;
                        }
                        if let Some((_, moves)) = run(scenario, sought, far, seed) {
                            best.fetch_min(seed, Ordering::Relaxed);
                            return Some((seed, moves));
                        }
                        seed += threads;
                    }
                    None
                })
            })
            .collect();
        let joined = workers.into_iter().map(thread::ScopedJoinHandle::join);
        joined.filter_map(Result::ok).flatten().collect()
    });
    let (seed, moves) = runs.into_iter().min_by_key(|(seed, _)| *seed)?;
    Some(told(scenario, seed, &moves))
}

/// Runs that come to what is sought, each from a seed of its own, with where they stand there.
pub(super) fn runs_to<'r>(
    scenario: &'r Arc<Scenario>,
    sought: Sought,
    limits: &'r Limits,
) -> impl Iterator<Item = (Encounter, Witness)> + 'r {
    let far = distances(scenario, [sought.place()]);
    (0..MOST_SEEDS)
        .take_while(|_| !limits.cancel.load(Ordering::Relaxed))
        .filter_map(move |seed| {
            let (encounter, moves) = run(scenario, sought, &far, seed)?;
            Some((encounter, told(scenario, seed, &moves)))
        })
}

fn told(scenario: &Scenario, seed: u64, moves: &[Move]) -> Witness {
    let moves = moves.iter().map(|made| move_text(scenario, *made));
    Witness {
        seed,
        moves: moves.collect(),
    }
}

impl Sought {
    const fn place(self) -> u32 {
        match self {
            Self::Ending(place) | Self::Ungated(place) | Self::Dry(place) | Self::Beat(place) => {
                place
            }
        }
    }

    fn is_met(self, encounter: &Encounter, place: u32) -> bool {
        let is_dry = || {
            let mut open = encounter.open_moves();
            !open.any(|made| matches!(made, Move::Choice(_)))
        };
        place == self.place() && (!matches!(self, Self::Dry(_)) || is_dry())
    }
}

/// Plays one seed towards a place: where it stands then and its moves, if it comes there.
fn run(
    scenario: &Arc<Scenario>,
    sought: Sought,
    far: &[u32],
    seed: u64,
) -> Option<(Encounter, Vec<Move>)> {
    let mut dice = ChaCha8Rng::seed_from_u64(seed);
    let strays = STRAYS[(seed % STRAYS.len() as u64) as usize];
    let mut log = Vec::new();
    let mut encounter = Encounter::begin(Arc::clone(scenario), seed, &mut log);
    let (mut moves, mut open) = (Vec::new(), Vec::new());
    loop {
        let place = place_of(scenario, &encounter);
        if sought.is_met(&encounter, place) {
            return Some((encounter, moves));
        }
        if encounter.ending().is_some() || moves.len() >= MOST_MOVES {
            return None;
        }
        moves_of(&encounter, &mut open);
        let any = open.swap_remove(dice.next_u32() as usize % open.len());
        let mut chosen: Option<(u32, Encounter, Move)> = None;
        let is_stray = dice.next_u32().is_multiple_of(strays);
        for made in std::iter::once(any).chain(open.drain(..)) {
            log.clear();
            let mut next = encounter.clone();
            if next.step(made, &mut log).is_err()
                || matches!(sought, Sought::Ungated(_)) && gates_in(scenario, &log) != 0
            {
                continue;
            }
            let place = place_of(scenario, &next);
            let left = far.get(place as usize).copied().unwrap_or(FAR);
            if chosen.as_ref().is_none_or(|(least, ..)| left < *least) {
                chosen = Some((left, next, made));
            }
            if is_stray {
                break;
            }
        }
        let (_, next, made) = chosen?;
        encounter = next;
        moves.push(made);
    }
}
