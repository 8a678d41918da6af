//! Chances of the endings for somebody who takes any open move, from runs.
//!
//! Exact chances need every state one by one. Where there are too many, to follow the likeliest
//! first does not help: after two million of them most of the chance is still on its way. So runs
//! are drawn from the same policy, and what they come to is told with bounds, and never as exact.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use serde::Serialize;

use crate::encounter::{Encounter, Move};
use crate::scenario::Scenario;

use super::expand::{Expander, Way};
use super::explore::Limits;
use super::key::{Key, Layout, by_width};
use super::live::used_after;
use super::sample::Tally;

/// Moves after which a run counts as not ended.
const MOST_MOVES: usize = 200;

/// A chance that runs were drawn for.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Sampled {
    /// Runs.
    pub runs: u32,
    /// Share of them.
    pub share: f64,
    /// Lower bound at 95 per cent.
    pub lower: f64,
    /// Upper bound at 95 per cent.
    pub upper: f64,
}

impl Sampled {
    fn of(passed: u32, runs: u32) -> Self {
        let tally = Tally { passed, runs };
        let (lower, upper) = tally.bounds();
        Self {
            runs,
            share: tally.share(),
            lower,
            upper,
        }
    }
}

/// What runs came to.
#[derive(Debug, Clone, Default)]
struct Came {
    runs: u32,
    endings: Vec<u32>,
}

/// By ending: its chance over everything that can be drawn, and before each profile. Empty without
/// runs, or where keys are too wide.
pub(super) fn drift(
    scenario: &Arc<Scenario>,
    limits: &Limits,
    runs: u32,
) -> Vec<(Sampled, BTreeMap<String, Sampled>)> {
    if runs == 0 {
        return Vec::new();
    }
    let blank = Encounter::dealt(Arc::clone(scenario)).state().clone();
    let layout = Layout::of(scenario, blank, false);
    let came = by_width!(
        layout,
        all_runs(scenario, &layout, limits, runs),
        return Vec::new()
    );
    let all: u32 = came.iter().map(|came| came.runs).sum();
    let of_one = |ending: usize| {
        let passed = came.iter().map(|came| came.endings[ending]).sum();
        let by_draw = scenario.profiles.iter().zip(&came);
        let by_draw = by_draw
            .filter(|(_, came)| came.runs > 0)
            .map(|(used, came)| {
                (
                    used.id.clone(),
                    Sampled::of(came.endings[ending], came.runs),
                )
            });
        (Sampled::of(passed, all), by_draw.collect())
    };
    (0..scenario.endings.len()).map(of_one).collect()
}

/// By profile.
fn all_runs<const W: usize>(
    scenario: &Arc<Scenario>,
    layout: &Layout,
    limits: &Limits,
    runs: u32,
) -> Vec<Came> {
    let threads = limits.threads();
    let nothing = vec![
        Came {
            runs: 0,
            endings: vec![0; scenario.endings.len()],
        };
        scenario.profiles.len()
    ];
    let parts: Vec<Vec<Came>> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|thread| {
                let mut found = nothing.clone();
                scope.spawn(move || {
                    let mut expander = Expander::<W>::new(scenario, layout, false);
                    for run in (0..u64::from(runs)).skip(thread).step_by(threads) {
                        if limits.cancel.load(Ordering::Relaxed) {
                            break;
                        }
                        let (profile, ending) = one_run(scenario, layout, &mut expander, run);
                        let Some(came) = found.get_mut(usize::from(profile)) else {
                            continue;
                        };
                        came.runs += 1;
                        if let Some(ending) = ending {
                            came.endings[ending as usize] += 1;
                        }
                    }
                    found
                })
            })
            .collect();
        let joined = workers.into_iter().map(thread::ScopedJoinHandle::join);
        joined.filter_map(Result::ok).collect()
    });
    let mut all = nothing;
    for (own, more) in parts.iter().flat_map(|part| part.iter().enumerate()) {
        all[own].runs += more.runs;
        for (own, more) in all[own].endings.iter_mut().zip(&more.endings) {
            *own += more;
        }
    }
    all
}

/// One run from a seed's draw: its profile, and the ending that it came to.
fn one_run<const W: usize>(
    scenario: &Arc<Scenario>,
    layout: &Layout,
    expander: &mut Expander<'_, W>,
    seed: u64,
) -> (u8, Option<u32>) {
    let mut log = Vec::new();
    let begun = Encounter::begin(Arc::clone(scenario), seed, &mut log);
    let state = begun.state();
    let profile = state.profile;
    let mut dice = ChaCha8Rng::seed_from_u64(!seed);
    // Everything has been drawn.
    let mut key: Key<W> = layout.pack(state, used_after(scenario, state), u64::MAX);
    let mut onward: Vec<(Key<W>, Way)> = Vec::new();
    for _ in 0..=MOST_MOVES {
        let ending = layout.place(&key).checked_sub(scenario.beats.len() as u32);
        if ending.is_some() {
            return (profile, ending);
        }
        onward.clear();
        expander.expand(&key, |after, way| onward.push((after, way)));
        let mut moves: Vec<Move> = onward.iter().map(|(_, way)| way.made).collect();
        moves.dedup();
        if moves.is_empty() {
            break;
        }
        let made = moves[dice.next_u32() as usize % moves.len()];
        let mut left = f64::from(dice.next_u32()) / (f64::from(u32::MAX) + 1.0);
        for (after, way) in onward.iter().filter(|(_, way)| way.made == made) {
            key = *after;
            left -= way.share;
            if left < 0.0 {
                break;
            }
        }
    }
    (profile, None)
}
