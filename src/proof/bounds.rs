//! The lowest and highest score that play can reach, exactly.
//!
//! A score is a ratio of two sums along a path, rounded down to whole per cent. "Some path
//! reaches p per cent" is the same as "some path has 100 times the earned minus p times the
//! available points at nought or more", which is a longest path with whole weights; halving the
//! range finds the highest p in seven steps. Paths with fewer opportunities than the course asks
//! for give no number, so opportunities are counted up to that many. A way round that gains at
//! every turn can be gone as often as one likes; then the answer is yes too.

use std::cell::Cell;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::scenario::Scenario;

use super::explore::Space;

/// Lowest and highest whole per cent, or none if no path gives a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// Lowest.
    pub lowest: u32,
    /// Highest.
    pub highest: u32,
}

/// A value that no path gives.
const NONE: i64 = i64::MIN / 4;
/// A value that only going round and round gives: more than any path without a way round.
const ENOUGH: i64 = 1 << 40;
/// Sweeps after which what still grows is taken to grow for ever.
const MOST_SWEEPS: usize = 64;
/// Sweeps of all searches together after which an objective is given up.
const MOST_IN_ALL: usize = 2_000;

/// Ranges of one objective (by place among the assessed), one for each group of first states; none
/// at all if it was cancelled or took too long.
#[must_use]
pub fn ranges(
    scenario: &Scenario,
    space: &Space,
    objective: usize,
    least: u32,
    groups: &[Vec<u32>],
    cancel: &AtomicBool,
) -> Vec<Option<Range>> {
    let search = Search {
        cancel,
        left: Cell::new(MOST_IN_ALL),
        scenario,
        space,
        objective,
        layers: least as usize + 1,
    };
    let mut found: Vec<Option<Range>> = vec![None; groups.len()];
    // Is there a number at all? Nought per cent is always reached if there is.
    let any = search.reach(groups, 0, 1);
    let mut open: Vec<(usize, u32, u32)> = Vec::new();
    for (group, value) in any.iter().enumerate() {
        if *value > NONE / 2 {
            found[group] = Some(Range {
                lowest: 0,
                highest: 100,
            });
            open.push((group, 0, 100));
        }
    }
    let mut highest = open.clone();
    // Highest: the largest p with 100 e - p a >= 0.
    while let Some(p) = middle(&highest) {
        let values = search.reach(groups, i64::from(p), 1);
        for (group, low, high) in &mut highest {
            if *low < p && p <= *high {
                if values[*group] >= 0 {
                    *low = p;
                } else {
                    *high = p - 1;
                }
            }
        }
    }
    // Lowest: the smallest p with 100 e - (p + 1) a < 0, so with its negative above nought.
    let mut lowest: Vec<(usize, u32, u32)> = open
        .iter()
        .map(|(group, low, high)| (*group, 100 - high, 100 - low))
        .collect();
    // Searched from the other end, so that both searches look for a largest value.
    while let Some(q) = middle(&lowest) {
        let p = 100 - q;
        let values = search.reach(groups, i64::from(p) + 1, -1);
        for (group, low, high) in &mut lowest {
            if *low < q && q <= *high {
                if values[*group] > 0 {
                    *low = q;
                } else {
                    *high = q - 1;
                }
            }
        }
    }
    for (group, low, _) in highest {
        if let Some(range) = &mut found[group] {
            range.highest = low;
        }
    }
    for (group, low, _) in lowest {
        if let Some(range) = &mut found[group] {
            range.lowest = 100 - low;
        }
    }
    if search.is_given_up() {
        return vec![None; groups.len()];
    }
    found
}

/// What to ask next of the first range that is still open.
fn middle(open: &[(usize, u32, u32)]) -> Option<u32> {
    open.iter()
        .find(|(_, low, high)| low < high)
        .map(|(_, low, high)| match (low, high) {
            // The whole range is often reached, so that is asked first.
            (0, 100) => 100,
            _ => (low + high).div_ceil(2),
        })
}

struct Search<'s> {
    scenario: &'s Scenario,
    space: &'s Space,
    objective: usize,
    layers: usize,
    cancel: &'s AtomicBool,
    /// Sweeps that are left.
    left: Cell<usize>,
}

impl Search<'_> {
    fn is_given_up(&self) -> bool {
        self.left.get() == 0 || self.cancel.load(Ordering::Relaxed)
    }

    /// Whether one more sweep may be made.
    fn may_sweep(&self) -> bool {
        self.left.set(self.left.get().saturating_sub(1));
        !self.is_given_up()
    }

    /// Highest sum of `sign` times (100 earned - p available) over paths with enough
    /// opportunities, for the best first state of each group.
    fn reach(&self, groups: &[Vec<u32>], p: i64, sign: i64) -> Vec<i64> {
        let weights: Vec<(i64, bool)> = self
            .space
            .ways
            .iter()
            .map(|way| {
                let (earned, available) = way.points_of(self.objective);
                let weight = sign * (100 * i64::from(earned) - p * i64::from(available));
                (weight, available > 0)
            })
            .collect();
        let states = self.space.states();
        // Best from a state on, if so many opportunities are still asked for.
        let mut value = vec![NONE; states * self.layers];
        for state in 0..states {
            if self.space.ending(self.scenario, state as u32).is_some() {
                value[state * self.layers] = 0;
            }
        }
        for sweep in 0..=MOST_SWEEPS {
            let mut grew = false;
            if !self.may_sweep() {
                break;
            }
            for state in (0..states).rev() {
                for edge in self.space.edges_of(state as u32) {
                    let (weight, counts) = weights[edge.way as usize];
                    let to = edge.to as usize * self.layers;
                    for need in 0..self.layers {
                        let after = if counts { need.saturating_sub(1) } else { need };
                        let onward = value[to + after];
                        if onward <= NONE / 2 {
                            continue;
                        }
                        let mut sum = (onward + weight).min(ENOUGH);
                        let own = &mut value[state * self.layers + need];
                        if sum > *own {
                            if sweep == MOST_SWEEPS {
                                sum = ENOUGH;
                            }
                            *own = sum;
                            grew = true;
                        }
                    }
                }
            }
            if !grew {
                break;
            }
        }
        // What grows for ever is handed back to everything before it.
        let mut grew = true;
        while grew && self.may_sweep() {
            grew = false;
            for state in (0..states).rev() {
                for edge in self.space.edges_of(state as u32) {
                    let to = edge.to as usize * self.layers;
                    let (_, counts) = weights[edge.way as usize];
                    for need in 0..self.layers {
                        let after = if counts { need.saturating_sub(1) } else { need };
                        let own = state * self.layers + need;
                        if value[to + after] >= ENOUGH / 2 && value[own] < ENOUGH / 2 {
                            value[own] = ENOUGH;
                            grew = true;
                        }
                    }
                }
            }
        }
        groups
            .iter()
            .map(|group| {
                group
                    .iter()
                    .map(|root| value[*root as usize * self.layers + self.layers - 1])
                    .max()
                    .unwrap_or(NONE)
            })
            .collect()
    }
}
