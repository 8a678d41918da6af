//! Beats out of whose states there is always a way: shown from how the scenario is written, where
//! there are too many states to look at each.
//!
//! Only the beat and the counters are looked at; of everything else it counts that it may be so or
//! not. From such a place there is a way out if some move that is open there, whatever else holds,
//! leads, whatever else holds, to an ending or to places that have a way out. An event that happens
//! once may come between as often as there are such events, and leads to a beat that has a way
//! out whatever is counted; one that repeats must lead to places already known to have one. So
//! every state comes to an ending in finitely many moves.

use crate::scenario::{Act, Change, Run, Scenario, Target, Test};

/// Places beyond which counters are no longer looked at.
const MOST_PLACES: usize = 200_000;
/// Beats without a decision in a row.
const MOST_HOPS: u8 = 64;

/// Beats with a decision, among those that were met, for which it is not shown.
pub(super) fn not_shown(scenario: &Scenario, met: &[bool]) -> Vec<u32> {
    let map = Map::of(scenario);
    let out = map.places_with_a_way();
    let all_out = |beat: usize| {
        (0..map.combinations)
            .all(|counted| out.get(beat * map.combinations + counted) == Some(&true))
    };
    // What an event that happens once leads to has to have a way out too, or nothing is shown.
    let is_cut_off = scenario.incidents.iter().any(|incident| {
        !incident.repeats
            && match incident.to {
                Target::Stay | Target::Ending(_) => false,
                Target::Beat(beat) => !map.leads_out_from(beat, &out),
            }
    });
    (0_u32..)
        .zip(&scenario.beats)
        .filter(|(at, beat)| {
            let at = *at as usize;
            met.get(at) == Some(&true) && beat.decision.is_some() && (is_cut_off || !all_out(at))
        })
        .map(|(at, _)| at)
        .collect()
}

/// The values of the counters.
type Counted = Vec<u8>;

/// Where play is: at a decision with so much counted, or over.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    At(u32, Counted),
    Over,
}

struct Map<'s> {
    scenario: &'s Scenario,
    /// Highest value of each counter that is looked at.
    tops: Vec<u8>,
    combinations: usize,
}

impl<'s> Map<'s> {
    fn of(scenario: &'s Scenario) -> Self {
        let tops: Vec<u8> = scenario.counters.iter().map(|counter| counter.1).collect();
        let combinations = tops.iter().fold(1_usize, |all, top| {
            all.saturating_mul(usize::from(*top) + 1)
        });
        if combinations.saturating_mul(scenario.beats.len()) > MOST_PLACES {
            return Self {
                scenario,
                tops: Vec::new(),
                combinations: 1,
            };
        }
        Self {
            scenario,
            tops,
            combinations,
        }
    }

    fn number(&self, counted: &[u8]) -> usize {
        counted
            .iter()
            .zip(&self.tops)
            .fold(0, |number, (value, top)| {
                number * (usize::from(*top) + 1) + usize::from(*value)
            })
    }

    fn counted(&self, mut number: usize) -> Counted {
        let mut counted = vec![0; self.tops.len()];
        for (value, top) in counted.iter_mut().zip(&self.tops).rev() {
            let values = usize::from(*top) + 1;
            *value = (number % values) as u8;
            number /= values;
        }
        counted
    }

    fn is_out(&self, place: &Place, out: &[bool]) -> bool {
        match place {
            Place::Over => true,
            Place::At(beat, counted) => {
                let at = *beat as usize * self.combinations + self.number(counted);
                out.get(at) == Some(&true)
            }
        }
    }

    fn places_with_a_way(&self) -> Vec<bool> {
        let beats = self.scenario.beats.len();
        let mut out = vec![false; beats * self.combinations];
        loop {
            let mut grew = false;
            for beat in (0..beats as u32).rev() {
                for number in 0..self.combinations {
                    let at = beat as usize * self.combinations + number;
                    if !out[at] && self.has_a_way(beat, &self.counted(number), &out) {
                        out[at] = true;
                        grew = true;
                    }
                }
            }
            if !grew {
                return out;
            }
        }
    }

    /// Whether entering a beat leads to places with a way out, whatever is counted.
    fn leads_out_from(&self, beat: u32, out: &[bool]) -> bool {
        (0..self.combinations).all(|number| {
            let mut places = Vec::new();
            self.enter(beat, self.counted(number), MOST_HOPS, &mut places)
                && places.iter().all(|place| self.is_out(place, out))
        })
    }

    fn has_a_way(&self, beat: u32, counted: &Counted, out: &[bool]) -> bool {
        let Some(decision) = self
            .scenario
            .beats
            .get(beat as usize)
            .and_then(|beat| beat.decision.as_ref())
        else {
            return false;
        };
        let choices = decision.choices.of(&self.scenario.choices);
        choices
            .iter()
            .filter(|choice| !choice.once && self.holds(choice.when, counted) == Some(true))
            .map(|choice| &choice.act)
            .chain(decision.silence.as_deref())
            .any(|act| self.always_leads_out(beat, act, counted, out))
    }

    /// Whether a move leads out, whatever else holds and whatever chance brings.
    fn always_leads_out(&self, beat: u32, act: &Act, counted: &Counted, out: &[bool]) -> bool {
        self.changed(act.changes, vec![counted.clone()])
            .into_iter()
            .all(|counted| {
                self.ways(act.routes, &counted).into_iter().all(|to| {
                    let leads_on = match to {
                        Target::Ending(_) => return true,
                        Target::Stay => self.is_out(&Place::At(beat, counted.clone()), out),
                        Target::Beat(next) => self.entered_is_out(next, &counted, out),
                    };
                    leads_on && self.is_undisturbed(&counted, out)
                })
            })
    }

    fn entered_is_out(&self, beat: u32, counted: &Counted, out: &[bool]) -> bool {
        let mut places = Vec::new();
        self.enter(beat, counted.clone(), MOST_HOPS, &mut places)
            && places.iter().all(|place| self.is_out(place, out))
    }

    /// Whether every event that repeats and may happen here leads out as well.
    fn is_undisturbed(&self, counted: &Counted, out: &[bool]) -> bool {
        self.scenario
            .incidents
            .iter()
            .filter(|incident| incident.repeats)
            .filter(|incident| self.holds(incident.when, counted) != Some(false))
            .all(|incident| match incident.to {
                Target::Ending(_) => true,
                // It leads on, with something else counted perhaps.
                Target::Stay => self.counts_nothing(incident.changes),
                Target::Beat(beat) => self
                    .changed(incident.changes, vec![counted.clone()])
                    .iter()
                    .all(|counted| self.entered_is_out(beat, counted, out)),
            })
    }

    fn counts_nothing(&self, changes: Run) -> bool {
        self.tops.is_empty()
            || changes
                .of(&self.scenario.changes)
                .iter()
                .all(|change| !matches!(change, Change::Counter(..)))
    }

    /// The places that entering a beat leads to; false if it may come to rest without a decision.
    fn enter(&self, beat: u32, counted: Counted, hops: u8, found: &mut Vec<Place>) -> bool {
        let Some(here) = self.scenario.beats.get(beat as usize) else {
            return false;
        };
        if hops == 0 {
            return false;
        }
        for counted in self.changed(here.changes, vec![counted]) {
            if here.decision.is_some() {
                found.push(Place::At(beat, counted));
                continue;
            }
            for to in self.ways(here.routes, &counted) {
                let leads_on = match to {
                    Target::Stay => false,
                    Target::Ending(_) => {
                        found.push(Place::Over);
                        true
                    }
                    Target::Beat(next) => self.enter(next, counted.clone(), hops - 1, found),
                };
                if !leads_on {
                    return false;
                }
            }
        }
        true
    }

    /// Every way that may be taken.
    fn ways(&self, routes: Run, counted: &Counted) -> Vec<Target> {
        let mut ways = Vec::new();
        for route in routes.of(&self.scenario.routes) {
            let holds = self.holds(route.when, counted);
            if holds == Some(false) || route.chance == 0 {
                continue;
            }
            ways.push(route.to);
            if holds == Some(true) && route.chance >= 100 {
                return ways;
            }
        }
        ways.push(Target::Stay);
        ways
    }

    /// Everything that may be counted after changes.
    fn changed(&self, changes: Run, mut all: Vec<Counted>) -> Vec<Counted> {
        if self.tops.is_empty() {
            return all;
        }
        let (mut at, end) = (changes.start, changes.start + changes.len);
        while at < end {
            let Some(change) = self.scenario.changes.get(at as usize) else {
                break;
            };
            at += 1;
            match *change {
                Change::Counter(counter, by) => {
                    for counted in &mut all {
                        if let (Some(value), Some(top)) = (
                            counted.get_mut(usize::from(counter)),
                            self.tops.get(usize::from(counter)),
                        ) {
                            let sum = i16::from(*value) + i16::from(by);
                            *value = sum.clamp(0, i16::from(*top)) as u8;
                        }
                    }
                }
                Change::Chance {
                    then, otherwise, ..
                }
                | Change::If {
                    then, otherwise, ..
                } => {
                    let then = Run {
                        start: at,
                        len: u32::from(then),
                    };
                    let otherwise = Run {
                        start: then.start + then.len,
                        len: u32::from(otherwise),
                    };
                    let mut either = self.changed(then, all.clone());
                    either.extend(self.changed(otherwise, all));
                    either.sort();
                    either.dedup();
                    all = either;
                    at = otherwise.start + otherwise.len;
                }
                _ => {}
            }
        }
        all
    }

    /// Whether conditions hold whatever else is so; none if it depends.
    fn holds(&self, when: Run, counted: &Counted) -> Option<bool> {
        self.all_hold(when.of(&self.scenario.tests), counted)
    }

    fn all_hold(&self, mut tests: &[Test], counted: &Counted) -> Option<bool> {
        let mut all = Some(true);
        while let Some((own, inner, after)) = split(tests) {
            match self.one_holds(own, inner, counted) {
                Some(false) => return Some(false),
                None => all = None,
                Some(true) => {}
            }
            tests = after;
        }
        all
    }

    fn one_holds(&self, test: Test, mut inner: &[Test], counted: &Counted) -> Option<bool> {
        let value = |counter: u8| counted.get(usize::from(counter)).copied();
        match test {
            Test::CounterAtLeast(counter, least) => value(counter).map(|value| value >= least),
            Test::CounterAtMost(counter, most) => value(counter).map(|value| value <= most),
            Test::All(_) => self.all_hold(inner, counted),
            Test::Not(_) => self.all_hold(inner, counted).map(|holds| !holds),
            Test::Any(_) => {
                let mut any = Some(false);
                while let Some((own, deeper, after)) = split(inner) {
                    match self.one_holds(own, deeper, counted) {
                        Some(true) => return Some(true),
                        None => any = None,
                        Some(false) => {}
                    }
                    inner = after;
                }
                any
            }
            _ => None,
        }
    }
}

/// The first of some conditions, with those inside it, and the rest.
fn split(tests: &[Test]) -> Option<(Test, &[Test], &[Test])> {
    let (first, rest) = tests.split_first()?;
    let len = match first {
        Test::All(len) | Test::Any(len) | Test::Not(len) => *len as usize,
        _ => 0,
    };
    let (inner, after) = rest.split_at(len.min(rest.len()));
    Some((*first, inner, after))
}
