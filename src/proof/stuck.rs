//! States out of which nothing leads to an ending, where there are too many states to look at all.
//!
//! A beat of which no way out is shown is played towards. From each state in which a run comes there,
//! everything that can follow is looked at: where that is little and holds no ending, the run shows a
//! way to go round for ever.

use std::collections::HashSet;
use std::hash::BuildHasherDefault;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use crate::encounter::Encounter;
use crate::scenario::Scenario;

use super::expand::Expander;
use super::explore::Limits;
use super::hunt::{Sought, runs_to};
use super::key::{Key, Layout, by_width};
use super::live::used_after;
use super::sets::Quick;
use super::witness::Witness;

/// Runs to a beat that are looked at.
const RUNS: usize = 24;
/// States that may follow from one; where there are more, it is not known.
const MOST_STATES: usize = 30_000;

/// A run to a state at this beat from which no ending can be reached; none if none was found.
pub(super) fn stuck(scenario: &Arc<Scenario>, beat: u32, limits: &Limits) -> Option<Witness> {
    let blank = Encounter::dealt(Arc::clone(scenario)).state().clone();
    let layout = Layout::of(scenario, blank, false);
    by_width!(layout, search(scenario, &layout, beat, limits), None)
}

fn search<const W: usize>(
    scenario: &Arc<Scenario>,
    layout: &Layout,
    beat: u32,
    limits: &Limits,
) -> Option<Witness> {
    let mut expander = Expander::<W>::new(scenario, layout, false);
    let mut asked: HashSet<Key<W>, BuildHasherDefault<Quick>> = HashSet::default();
    runs_to(scenario, Sought::Beat(beat), limits)
        .take(RUNS)
        .find_map(|(encounter, run)| {
            let state = encounter.state();
            // Everything has been drawn.
            let key = layout.pack(state, used_after(scenario, state), u64::MAX);
            let is_stuck = asked.insert(key) && !ends(layout, &mut expander, key, limits);
            is_stuck.then_some(run)
        })
}

/// Whether an ending can follow from a state, as far as is known.
fn ends<const W: usize>(
    layout: &Layout,
    expander: &mut Expander<'_, W>,
    from: Key<W>,
    limits: &Limits,
) -> bool {
    let mut seen: HashSet<Key<W>, BuildHasherDefault<Quick>> = HashSet::default();
    let mut open = vec![from];
    seen.insert(from);
    while let Some(key) = open.pop() {
        if seen.len() > MOST_STATES || limits.cancel.load(Ordering::Relaxed) {
            return true;
        }
        let mut has_ended = false;
        expander.expand(&key, |after, _| {
            has_ended |= layout.is_ending(&after);
            if seen.insert(after) {
                open.push(after);
            }
        });
        if has_ended {
            return true;
        }
    }
    false
}
