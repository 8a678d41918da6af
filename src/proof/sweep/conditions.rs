//! Conditions on whole sets: each parts a set in the states for which it holds, and the others.

use crate::encounter::Trace;
use crate::scenario::{Run, Test};

use super::super::levels::level_of;
use super::super::sets::{Deed, EMPTY, Family, Set};
use super::Sweep;

impl<F: Family> Sweep<'_, F> {
    pub(super) fn simple(&mut self, test: Test) -> Option<(Deed, Deed)> {
        let levels = self.levels;
        let mut pairs = |has: &dyn Fn(u8, u8) -> bool| {
            Some((
                Deed::Only(self.sets.mask(has)),
                Deed::Only(self.sets.mask(&|distress, trust| !has(distress, trust))),
            ))
        };
        let part = |level: Option<u16>, values: u32| {
            level.map(|level| {
                (
                    Deed::Keep { level, values },
                    Deed::Keep {
                        level,
                        values: !values,
                    },
                )
            })
        };
        let from = |value: u8| u32::MAX.checked_shl(u32::from(value)).unwrap_or(0);
        let up_to = |value: u8| !u32::MAX.checked_shl(u32::from(value) + 1).unwrap_or(0);
        let at = |list: &[Option<u16>], position: u16| level_of(list, usize::from(position));
        match test {
            Test::DistressAtLeast(v) => pairs(&|distress, _| distress >= v),
            Test::DistressAtMost(v) => pairs(&|distress, _| distress <= v),
            Test::TrustAtLeast(v) => pairs(&|_, trust| trust >= v),
            Test::TrustAtMost(v) => pairs(&|_, trust| trust <= v),
            Test::DistanceAtLeast(v) => part(levels.distance, from(v)),
            Test::DistanceAtMost(v) => part(levels.distance, up_to(v)),
            Test::MeterAtLeast(meter, v) => part(at(&levels.meters, meter.into()), from(v)),
            Test::MeterAtMost(meter, v) => part(at(&levels.meters, meter.into()), up_to(v)),
            Test::CounterAtLeast(counter, v) => part(at(&levels.counters, counter.into()), from(v)),
            Test::CounterAtMost(counter, v) => part(at(&levels.counters, counter.into()), up_to(v)),
            Test::Fact(fact) => part(at(&levels.facts, fact), 0b10),
            Test::Seen(mark) => part(at(&levels.marks, mark), 0b10),
            Test::Detained => part(levels.detained, 0b10),
            Test::Drawn(draw, value) => part(
                at(&levels.draws, draw.into()),
                1_u32.checked_shl(u32::from(value)).unwrap_or(0),
            ),
            Test::Profile(_) | Test::All(_) | Test::Any(_) | Test::Not(_) => None,
        }
    }

    /// Whether it has been noted both that conditions hold and that they fail.
    pub(super) fn is_known(&self, when: Run) -> bool {
        let noted = self.met.trace.conditions.get(when.start as usize);
        noted.is_some_and(|noted| *noted == Trace::HELD | Trace::FAILED)
    }

    /// The states for which all conditions hold; noted.
    pub(super) fn noted(&mut self, set: Set, when: Run) -> Set {
        self.noted_both(set, when).0
    }

    /// The states for which all conditions hold, and the others; noted.
    pub(super) fn noted_both(&mut self, set: Set, when: Run) -> (Set, Set) {
        let (held, failed) = self.both(set, when);
        if held != EMPTY {
            self.met.trace.condition(when, true);
        }
        if failed != EMPTY {
            self.met.trace.condition(when, false);
        }
        (held, failed)
    }

    /// The states for which all conditions hold, and the others.
    pub(super) fn both(&mut self, set: Set, when: Run) -> (Set, Set) {
        let end = when.start + when.len;
        let held = self.all_hold(set, when.start, end);
        let failed = if F::IS_EXACT {
            self.sets.part(set, held)
        } else {
            // What holds may be too much, so it is not taken away.
            self.one_of_them_fails(set, when.start, end)
        };
        (held, failed)
    }

    pub(super) fn all_hold(&mut self, set: Set, mut at: u32, end: u32) -> Set {
        let mut held = set;
        while at < end && held != EMPTY {
            held = self.one_holds(held, at);
            at += 1 + self.inner(at);
        }
        held
    }

    pub(super) fn none_holds(&mut self, set: Set, mut at: u32, end: u32) -> Set {
        let mut failed = set;
        while at < end && failed != EMPTY {
            failed = self.one_fails(failed, at);
            at += 1 + self.inner(at);
        }
        failed
    }

    fn one_of_them_fails(&mut self, set: Set, mut at: u32, end: u32) -> Set {
        let mut failed = EMPTY;
        while at < end {
            let own = self.one_fails(set, at);
            failed = self.sets.join(failed, own);
            at += 1 + self.inner(at);
        }
        failed
    }

    fn one_of_them_holds(&mut self, set: Set, mut at: u32, end: u32) -> Set {
        let mut held = EMPTY;
        while at < end {
            let own = self.one_holds(set, at);
            held = self.sets.join(held, own);
            at += 1 + self.inner(at);
        }
        held
    }

    pub(super) fn inner(&self, at: u32) -> u32 {
        match self.scenario.tests.get(at as usize) {
            Some(Test::All(len) | Test::Any(len) | Test::Not(len)) => *len,
            _ => 0,
        }
    }

    pub(super) fn one_holds(&mut self, set: Set, at: u32) -> Set {
        let Some(test) = self.scenario.tests.get(at as usize) else {
            return set;
        };
        let first = at + 1;
        match *test {
            Test::All(len) => self.all_hold(set, first, first + len),
            Test::Any(len) if F::IS_EXACT => {
                let failed = self.none_holds(set, first, first + len);
                self.sets.part(set, failed)
            }
            Test::Any(len) => self.one_of_them_holds(set, first, first + len),
            Test::Not(len) if F::IS_EXACT => {
                let held = self.all_hold(set, first, first + len);
                self.sets.part(set, held)
            }
            Test::Not(len) => self.one_of_them_fails(set, first, first + len),
            Test::Profile(profile) if profile == self.profile => set,
            Test::Profile(_) => EMPTY,
            simple => match self.tests[at as usize] {
                Some((yes, _)) => self.sets.after(set, yes),
                // A part with one value.
                None if matches!(simple, Test::Drawn(_, 0)) => set,
                None => EMPTY,
            },
        }
    }

    pub(super) fn one_fails(&mut self, set: Set, at: u32) -> Set {
        let Some(test) = self.scenario.tests.get(at as usize) else {
            return EMPTY;
        };
        let first = at + 1;
        match *test {
            Test::Any(len) => self.none_holds(set, first, first + len),
            Test::Not(len) => self.all_hold(set, first, first + len),
            Test::All(len) if !F::IS_EXACT => self.one_of_them_fails(set, first, first + len),
            _ => {
                if let Some((_, no)) = self.tests[at as usize] {
                    self.sets.after(set, no)
                } else {
                    // All of them or none, or the sets are exact.
                    let held = self.one_holds(set, at);
                    self.sets.part(set, held)
                }
            }
        }
    }
}
