//! What a move changes, on whole sets: meters, counters, facts and marks.

use crate::encounter::Trace;
use crate::scenario::{Act, Change, Run, Standing};

use super::super::levels::level_of;
use super::super::sets::{Deed, EMPTY, Family, MOST_VALUES, Set};
use super::{STRIDE, Scale, Sweep, TOP, chance, is_clipped, turned};

impl<F: Family> Sweep<'_, F> {
    pub(super) fn put(&mut self, set: Set, level: Option<u16>, value: u8) -> Set {
        match level {
            Some(level) => self.sets.after(set, Deed::Put { level, value }),
            None => set,
        }
    }

    pub(super) fn has(&mut self, set: Set, level: Option<u16>) -> (Set, Set) {
        let Some(level) = level else {
            return (EMPTY, set);
        };
        (
            self.sets.after(
                set,
                Deed::Keep {
                    level,
                    values: 0b10,
                },
            ),
            self.sets.after(set, Deed::Keep { level, values: 1 }),
        )
    }

    pub(super) fn change(&mut self, mut set: Set, changes: Run) -> Set {
        let scenario = self.scenario;
        let (mut at, end) = (changes.start, changes.start + changes.len);
        while at < end && set != EMPTY {
            let Some(change) = scenario.changes.get(at as usize) else {
                break;
            };
            let here = at as usize;
            at += 1;
            match *change {
                Change::Learn(fact) => {
                    set = self.put(set, level_of(&self.levels.facts, fact.into()), 1);
                }
                Change::Forget(fact) => {
                    set = self.put(set, level_of(&self.levels.facts, fact.into()), 0);
                }
                Change::Detain(_) => set = self.put(set, self.levels.detained, 1),
                Change::Release => set = self.put(set, self.levels.detained, 0),
                Change::Chance {
                    then, otherwise, ..
                }
                | Change::If {
                    then, otherwise, ..
                } => {
                    let (yes, no) = match *change {
                        Change::If { tests, .. } => self.noted_both(set, tests),
                        Change::Chance { percent, .. } => chance(set, percent),
                        _ => (set, EMPTY),
                    };
                    let then = Run {
                        start: at,
                        len: then.into(),
                    };
                    let otherwise = Run {
                        start: at + then.len,
                        len: otherwise.into(),
                    };
                    let yes = self.change(yes, then);
                    let no = self.change(no, otherwise);
                    set = self.sets.join(yes, no);
                    at = otherwise.start + otherwise.len;
                }
                Change::Distress(_)
                | Change::Trust(_)
                | Change::Distance(_)
                | Change::Meter(..)
                | Change::Counter(..) => set = self.scale(set, here, *change),
            }
        }
        set
    }

    /// A change of a scale, and whether the scale's ends clip it.
    pub(super) fn scale(&mut self, set: Set, here: usize, change: Change) -> Set {
        let scale = if let Some(scale) = self.scales[here] {
            scale
        } else {
            let scale = self.scale_of(change);
            self.scales[here] = Some(scale);
            scale
        };
        let part = match change {
            Change::Distance(_) => Some(self.live.places.distance()),
            Change::Meter(meter, _) => Some(self.live.places.meter(meter.into())),
            Change::Counter(counter, _) => Some(self.live.places.counter(counter.into())),
            _ => None,
        };
        let is_known = part.is_none_or(|part| self.live.at_most(self.from as usize).has(part));
        let Some(scale) = scale else {
            self.met.trace.changes[here] |= Trace::WHOLE;
            return set;
        };
        if !is_known {
            // Its value is not kept where nothing reads it, so nothing is said of it.
            self.met.trace.changes[here] |= Trace::WHOLE;
        } else if self.met.trace.changes[here] != Trace::WHOLE | Trace::CUT {
            if self.sets.after(set, scale.cut) != EMPTY {
                self.met.trace.changes[here] |= Trace::CUT;
            }
            if self.sets.after(set, scale.whole) != EMPTY {
                self.met.trace.changes[here] |= Trace::WHOLE;
            }
        }
        self.sets.after(set, scale.deed)
    }

    pub(super) fn scale_of(&mut self, change: Change) -> Option<Scale> {
        let (level, by, least, most) = match change {
            Change::Distress(by) => {
                let deed = self
                    .sets
                    .send(&mut |distress, trust| (turned(distress, by), trust));
                return Some(self.scale_of_pairs(deed, &|distress, _| is_clipped(distress, by)));
            }
            Change::Trust(by) => {
                let deed = self
                    .sets
                    .send(&mut |distress, trust| (distress, turned(trust, by)));
                return Some(self.scale_of_pairs(deed, &|_, trust| is_clipped(trust, by)));
            }
            Change::Distance(by) => (self.levels.distance?, by, 1, TOP),
            Change::Meter(meter, by) => {
                let own = self.scenario.meters.get(usize::from(meter))?;
                let level = level_of(&self.levels.meters, meter.into())?;
                (level, by, own.min, own.max)
            }
            Change::Counter(counter, by) => {
                let own = self.scenario.counters.get(usize::from(counter))?;
                let level = level_of(&self.levels.counters, counter.into())?;
                (level, by, 0, own.1)
            }
            _ => return None,
        };
        let clipped = (0..i32::try_from(MOST_VALUES).unwrap_or(i32::MAX))
            .filter(|value| {
                !(i32::from(least)..=i32::from(most)).contains(&(value + i32::from(by)))
            })
            .fold(0, |values, value| values | 1_u32 << value);
        Some(Scale {
            deed: Deed::Add {
                level,
                by,
                least,
                most,
            },
            cut: Deed::Keep {
                level,
                values: clipped,
            },
            whole: Deed::Keep {
                level,
                values: !clipped,
            },
        })
    }

    pub(super) fn scale_of_pairs(&mut self, deed: u16, is_cut: &dyn Fn(u8, u8) -> bool) -> Scale {
        Scale {
            deed: Deed::Send(deed),
            cut: Deed::Only(self.sets.mask(is_cut)),
            whole: Deed::Only(self.sets.mask(&|distress, trust| !is_cut(distress, trust))),
        }
    }

    /// How the person reacts to an act, or to silence where the author says nothing of it.
    pub(super) fn react(&mut self, set: Set, act: Option<&Act>) -> Set {
        let scenario = self.scenario;
        let hearing = scenario
            .profiles
            .get(usize::from(self.profile))
            .map_or(TOP, |profile| profile.profile.hearing);
        let speaks = act.is_some_and(|act| {
            act.techniques
                .of(&scenario.technique_refs)
                .iter()
                .filter_map(|technique| scenario.techniques.get(usize::from(*technique)))
                .any(crate::scenario::UsedTechnique::is_speech)
        });
        let (near, far) = match self.levels.distance {
            Some(level) if speaks && hearing < TOP => {
                let values = u32::MAX << (hearing + 1);
                (
                    self.sets.after(
                        set,
                        Deed::Keep {
                            level,
                            values: !values,
                        },
                    ),
                    self.sets.after(set, Deed::Keep { level, values }),
                )
            }
            _ => (set, EMPTY),
        };
        let mut all = EMPTY;
        for (part, is_far) in [(near, false), (far, true)] {
            if part != EMPTY {
                let table = self.reaction(act, is_far);
                let after = self.sets.after(part, Deed::Send(table));
                all = self.sets.join(all, after);
            }
        }
        all
    }

    pub(super) fn reaction(&mut self, act: Option<&Act>, is_far: bool) -> u16 {
        let key = (act.map_or(0, |act| std::ptr::from_ref(act).addr()), is_far);
        if let Some(known) = self.reactions.get(&key) {
            return *known;
        }
        let Self {
            sets,
            kernel,
            asked,
            ..
        } = self;
        asked.distance = if is_far { TOP } else { 1 };
        let mut log = Vec::new();
        let table = sets.send(&mut |distress, trust| {
            asked.distress = distress;
            asked.trust = trust;
            kernel.set(asked);
            log.clear();
            kernel.react(act, &mut log)
        });
        self.reactions.insert(key, table);
        table
    }

    /// What a standing move does by itself: distance, and how that feels.
    pub(super) fn stand(&mut self, set: Set, standing: Standing) -> Set {
        let set = self.put(set, self.levels.used[standing as usize], 1);
        let (Some(level), Some(profile)) = (
            self.levels.distance,
            self.scenario.profiles.get(usize::from(self.profile)),
        ) else {
            return set;
        };
        let profile = &profile.profile;
        let (by, shift) = match standing {
            Standing::StepCloser => (-STRIDE.cast_signed(), profile.closing_in),
            Standing::StepBack => (STRIDE.cast_signed(), profile.backing_off),
            Standing::Observe | Standing::Radio | Standing::Hold => return set,
        };
        let walk = Deed::Add {
            level,
            by,
            least: 1,
            most: TOP,
        };
        let values = (1_u32 << profile.personal_space.min(TOP + 1)) - 1;
        let (close, wide) = (
            Deed::Keep { level, values },
            Deed::Keep {
                level,
                values: !values,
            },
        );
        let close_trust = profile.close_trust;
        let felt = self.sets.send(&mut |distress, trust| {
            if trust < close_trust {
                (turned(distress, shift.distress), turned(trust, shift.trust))
            } else {
                (distress, trust)
            }
        });
        if standing == Standing::StepCloser {
            let set = self.sets.after(set, walk);
            let (inside, outside) = (self.sets.after(set, close), self.sets.after(set, wide));
            let inside = self.sets.after(inside, Deed::Send(felt));
            self.sets.join(inside, outside)
        } else {
            let (inside, outside) = (self.sets.after(set, close), self.sets.after(set, wide));
            let inside = self.sets.after(inside, Deed::Send(felt));
            let set = self.sets.join(inside, outside);
            self.sets.after(set, walk)
        }
    }
}
