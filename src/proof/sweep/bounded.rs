//! Bounds: sweeps that find more states than there are, or fewer, with no more nodes than they may
//! use. What neither has met is never met; what the lesser one has met is met.

use std::sync::Arc;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::super::places;
use super::super::sets::{Deed, EMPTY, Family, Set};
use super::{Sweep, Wish};
use crate::encounter::{Encounter, State};
use crate::scenario::{Run, Target, Test};

/// Which states a sweep finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// Every state that play can reach, and no other.
    Exact,
    /// Every state that play can reach, and perhaps others, where a beat's states would take more
    /// nodes than this.
    Above {
        /// Nodes for the states of one beat.
        nodes: usize,
    },
    /// Every state that play can reach, and many others: of the states of a beat only is kept which
    /// values each part has. Quick, whatever there is.
    Boxed,
    /// Only states that play can reach; of a beat whose states take more nodes than this, some.
    Below {
        /// Nodes for the states of one beat.
        nodes: usize,
        /// Which of them: another round keeps others.
        round: u64,
    },
}

/// How often the states of one beat are left in a sweep that finds fewer.
const MOST_TURNS: u8 = 8;
/// How many standing moves in a row are followed there.
const MOST_WAITS: u8 = 3;

/// What a bounded sweep remembers.
#[derive(Debug)]
pub(super) struct Bounded {
    bound: Bound,
    pub(super) profile: u8,
    dice: ChaCha8Rng,
    /// Whether anything was added or left out.
    pub(super) has_bound: bool,
    /// By beat: how far its states were loosened, and how often they were left.
    turns: Vec<u8>,
    spread: Vec<u8>,
    freed: Vec<Vec<u16>>,
    left: Vec<Set>,
    /// By level: the values that goals ask for.
    wanted: Vec<u32>,
    /// By beat, where it is known where something is looked for: whether it is there, and whether
    /// that can be reached.
    here: Vec<bool>,
    ahead: Vec<bool>,
}

impl Bounded {
    pub(super) fn new(bound: Bound, profile: u8) -> Self {
        let round = match bound {
            Bound::Below { round, .. } => round,
            _ => 0,
        };
        Self {
            bound,
            profile,
            dice: ChaCha8Rng::seed_from_u64(round << 8 | u64::from(profile)),
            has_bound: matches!(bound, Bound::Boxed),
            turns: Vec::new(),
            spread: Vec::new(),
            freed: Vec::new(),
            left: Vec::new(),
            wanted: Vec::new(),
            here: Vec::new(),
            ahead: Vec::new(),
        }
    }

    pub(super) const fn is_exact(&self) -> bool {
        matches!(self.bound, Bound::Exact)
    }

    /// The sets that it still needs.
    pub(super) fn kept(&mut self) -> impl Iterator<Item = &mut Set> {
        self.left.iter_mut()
    }
}

impl<F: Family> Sweep<'_, F> {
    /// The states that are left from a beat, out of those that are new there.
    pub(super) fn within_bound(&mut self, new: Set, beat: u32) -> Set {
        if new == EMPTY {
            return new;
        }
        match self.bounded.bound {
            Bound::Exact => new,
            Bound::Above { nodes } => self.loosened(new, beat as usize, nodes),
            Bound::Boxed => self.loosened(new, beat as usize, 1),
            Bound::Below { nodes, .. } => self.thinned(new, nodes),
        }
    }

    fn loosened(&mut self, new: Set, beat: usize, most: usize) -> Set {
        let beats = self.scenario.beats.len();
        self.bounded.spread.resize(beats, 0);
        self.bounded.freed.resize(beats, Vec::new());
        self.bounded.left.resize(beats, EMPTY);
        let all = self.sets.join(self.reached[beat], new);
        let mut set = all;
        // What was once loosened stays so, or it would grow again by small steps.
        for step in 0_u8.. {
            if step >= self.bounded.spread[beat] {
                if self.sets.size(set, most + 1) <= most {
                    break;
                }
                self.bounded.spread[beat] = step + 1;
            }
            self.bounded.has_bound = true;
            set = match step {
                0 => self.sets.after(set, Deed::Spread),
                1 => self.sets.shared_pairs(set),
                _ => {
                    let at = usize::from(step) - 2;
                    let level = match self.bounded.freed[beat].get(at) {
                        Some(level) => *level,
                        None => match self.widest(set, beat) {
                            Some(level) => {
                                self.bounded.freed[beat].push(level);
                                level
                            }
                            None => break,
                        },
                    };
                    self.sets.after(set, Deed::Free(level))
                }
            };
        }
        if set != all {
            self.uncounted.insert(beat);
            self.reached[beat] = set;
        }
        // What a few states more would look like takes more nodes than all of them together.
        if self.sets.part(set, self.bounded.left[beat]) == EMPTY {
            return EMPTY;
        }
        self.bounded.left[beat] = set;
        set
    }

    /// Whether the states of a beat are left together whenever there is a new one.
    pub(super) const fn is_above(&self) -> bool {
        matches!(self.bounded.bound, Bound::Above { .. } | Bound::Boxed)
    }

    /// The level that branches most, among those not freed yet.
    fn widest(&self, set: Set, beat: usize) -> Option<u16> {
        let branches = self.sets.branches(set);
        branches
            .into_iter()
            .filter(|(level, _)| !self.bounded.freed[beat].contains(level))
            .max_by_key(|(level, count)| (*count, *level))
            .map(|(level, _)| level)
    }

    pub(super) fn wish(&mut self, wish: &Wish) {
        if let Some(known) = &wish.known {
            self.met.clone_from(known);
        }
        self.bounded.wanted = vec![0; self.levels.sizes.len()];
        for (when, holds) in &wish.goals {
            self.want(when.start, when.start + when.len, *holds);
        }
        if let (Some(beats), Bound::Below { .. }) = (&wish.beats, self.bounded.bound) {
            let mut here = vec![false; self.scenario.beats.len()];
            for beat in beats {
                if let Some(here) = here.get_mut(*beat as usize) {
                    *here = true;
                }
            }
            let far = places::distances(self.scenario, beats.iter().copied());
            self.bounded.ahead = far.iter().map(|far| *far < places::FAR).collect();
            self.bounded.here = here;
        }
    }

    /// Whether something is looked for at this beat, or further on.
    pub(super) fn looks_at(&self, beat: u32) -> bool {
        self.bounded.ahead.get(beat as usize) != Some(&false)
    }

    /// Whether something is looked for at this beat, or further on along these ways.
    pub(super) fn looks_along(&self, beat: u32, routes: Run) -> bool {
        self.bounded.here.get(beat as usize) != Some(&false)
            || routes.is_empty()
            || routes
                .of(&self.scenario.routes)
                .iter()
                .any(|route| match route.to {
                    Target::Stay => true,
                    Target::Beat(next) => self.looks_at(next),
                    Target::Ending(_) => false,
                })
    }

    /// Notes the values with which these conditions hold, or fail.
    fn want(&mut self, mut at: u32, end: u32, holds: bool) {
        while at < end {
            let inner = self.inner(at);
            match self.scenario.tests.get(at as usize) {
                Some(Test::All(_) | Test::Any(_)) => self.want(at + 1, at + 1 + inner, holds),
                Some(Test::Not(_)) => self.want(at + 1, at + 1 + inner, !holds),
                _ => {
                    if let Some((yes, no)) = self.tests[at as usize]
                        && let Deed::Keep { level, values } = if holds { yes } else { no }
                        && let Some(own) = self.bounded.wanted.get_mut(usize::from(level))
                    {
                        *own |= values;
                    }
                }
            }
            at += 1 + inner;
        }
    }

    /// Whether states that came of waiting at a beat so often are followed.
    pub(super) const fn waits_on(&self, waited: u8) -> bool {
        !matches!(self.bounded.bound, Bound::Below { .. }) || waited < MOST_WAITS
    }

    /// Whether the states that are new at a beat are left once more.
    pub(super) fn has_turn(&mut self, beat: u32) -> bool {
        if !matches!(self.bounded.bound, Bound::Below { .. }) {
            return true;
        }
        self.bounded.turns.resize(self.scenario.beats.len(), 0);
        let looks = self.looks_at(beat);
        let turns = &mut self.bounded.turns[beat as usize];
        *turns += 1;
        let has_turn = looks && *turns <= MOST_TURNS;
        self.bounded.has_bound |= !has_turn;
        has_turn
    }

    /// Some of the states of each of these beats, so many at most.
    pub(super) fn samples(&mut self, beats: &[bool], most: usize) -> Vec<State> {
        let mut found = Vec::new();
        let Self {
            scenario,
            sets,
            levels,
            reached,
            bounded,
            asked,
            profile,
            ..
        } = self;
        let start = Encounter::dealt(Arc::clone(scenario)).state().clone();
        for (beat, set) in (0_u32..).zip(reached.iter()) {
            if !beats.get(beat as usize).is_some_and(|wanted| *wanted) {
                continue;
            }
            for _ in 0..most {
                let mut draw = |below: usize| bounded.dice.next_u32() as usize % below;
                let Some((values, pair)) = sets.one(*set, &mut draw) else {
                    break;
                };
                asked.clone_from(&start);
                (asked.beat, asked.profile) = (beat, *profile);
                (asked.distress, asked.trust) = pair;
                levels.put_in(&values, asked);
                found.push(asked.clone());
            }
        }
        found
    }

    fn thinned(&mut self, new: Set, most: usize) -> Set {
        let mut set = new;
        while self.sets.size(set, most + 1) > most {
            self.bounded.has_bound = true;
            let branches = self.sets.branches(set);
            let all: usize = branches.values().sum();
            if all == 0 {
                break;
            }
            let mut drawn = self.bounded.dice.next_u32() as usize % all;
            let mut level = 0;
            for (own, count) in branches {
                level = own;
                if drawn < count {
                    break;
                }
                drawn -= count;
            }
            let values = self.sets.values(set, level);
            if values.len() < 2 {
                break;
            }
            // Three times in four what is looked for is kept.
            let wanted = self.bounded.wanted[usize::from(level)];
            let liked: Vec<u8> = values
                .iter()
                .copied()
                .filter(|value| wanted >> value & 1 == 1)
                .collect();
            let values = if liked.is_empty() || self.bounded.dice.next_u32().is_multiple_of(4) {
                values
            } else {
                liked
            };
            let kept = values[self.bounded.dice.next_u32() as usize % values.len()];
            set = self.sets.after(
                set,
                Deed::Keep {
                    level,
                    values: 1 << kept,
                },
            );
        }
        set
    }
}
