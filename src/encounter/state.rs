//! The state of an encounter: small whole numbers, no history.

use crate::scenario::{Run, Scenario, Test};

/// Everything that can influence what happens next.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct State {
    /// Beat in which a decision is open.
    pub beat: u32,
    /// Ending that was reached.
    pub ending: Option<u32>,
    /// Distress, 0 to 20.
    pub distress: u8,
    /// Trust, 0 to 20.
    pub trust: u8,
    /// Distance in half-metres, 1 to 20.
    pub distance: u8,
    /// Drawn profile, by position.
    pub profile: u8,
    /// Standing moves used at this decision, one bit each.
    pub used: u8,
    /// Reference under which the person is detained.
    pub detained: Option<u16>,
    /// The author's meters.
    pub meters: Box<[u8]>,
    /// The author's counters.
    pub counters: Box<[u8]>,
    /// Drawn variants, by position.
    pub draws: Box<[u8]>,
    facts: Box<[u64]>,
    marks: Box<[u64]>,
}

fn words(bits: usize) -> Box<[u64]> {
    vec![0; bits.div_ceil(64)].into_boxed_slice()
}

impl Clone for State {
    fn clone(&self) -> Self {
        Self {
            meters: self.meters.clone(),
            counters: self.counters.clone(),
            draws: self.draws.clone(),
            facts: self.facts.clone(),
            marks: self.marks.clone(),
            ..*self
        }
    }

    /// Copies without asking for memory where the two are of one scenario.
    #[inline]
    fn clone_from(&mut self, from: &Self) {
        self.beat = from.beat;
        self.ending = from.ending;
        self.distress = from.distress;
        self.trust = from.trust;
        self.distance = from.distance;
        self.profile = from.profile;
        self.used = from.used;
        self.detained = from.detained;
        self.meters.clone_from(&from.meters);
        self.counters.clone_from(&from.counters);
        self.draws.clone_from(&from.draws);
        self.facts.clone_from(&from.facts);
        self.marks.clone_from(&from.marks);
    }
}

impl State {
    pub(super) fn new(scenario: &Scenario) -> Self {
        Self {
            beat: scenario.start,
            ending: None,
            distress: scenario.start_distress,
            trust: scenario.start_trust,
            distance: scenario.start_distance,
            profile: 0,
            used: 0,
            detained: None,
            meters: scenario.meters.iter().map(|meter| meter.start).collect(),
            counters: vec![0; scenario.counters.len()].into_boxed_slice(),
            draws: vec![0; scenario.variations.len()].into_boxed_slice(),
            facts: words(scenario.facts.len()),
            marks: words(usize::from(scenario.marks)),
        }
    }

    /// Whether a fact holds.
    #[must_use]
    #[inline]
    pub fn knows(&self, fact: u16) -> bool {
        bit(&self.facts, fact)
    }

    /// Whether a choice or event with this mark has happened.
    #[must_use]
    #[inline]
    pub fn has_seen(&self, mark: u16) -> bool {
        bit(&self.marks, mark)
    }

    /// Every state that a seed can draw before the first beat, with its share of all seeds.
    ///
    /// The order is that of profile, variations and starting values. Variations that `matters`
    /// leaves out stay at their first value.
    #[must_use]
    pub fn draws_of(scenario: &Scenario, matters: &dyn Fn(usize) -> bool) -> Vec<(Self, f64)> {
        let mut all = vec![(Self::new(scenario), 1.0)];
        let shares = |weights: Vec<u8>| -> Vec<(u8, f64)> {
            let total: u32 = weights.iter().map(|w| u32::from(*w)).sum();
            if total == 0 {
                return vec![(0, 1.0)];
            }
            (0_u8..)
                .zip(weights)
                .filter(|(_, weight)| *weight > 0)
                .map(|(position, weight)| (position, f64::from(weight) / f64::from(total)))
                .collect()
        };
        let spread = |all: Vec<(Self, f64)>,
                      values: &[(u8, f64)],
                      put: &dyn Fn(&mut Self, u8)|
         -> Vec<(Self, f64)> {
            let mut more = Vec::with_capacity(all.len() * values.len());
            for (state, share) in all {
                for (value, part) in values {
                    let mut state = state.clone();
                    put(&mut state, *value);
                    more.push((state, share * part));
                }
            }
            more
        };
        let profiles = shares(scenario.profiles.iter().map(|p| p.weight).collect());
        all = spread(all, &profiles, &|state, value| state.profile = value);
        for (position, (_, varieties)) in scenario.variations.iter().enumerate() {
            if !matters(position) {
                continue;
            }
            let values = shares(varieties.iter().map(|v| v.weight).collect());
            all = spread(all, &values, &|state, value| {
                state.draws[position] = value;
            });
        }
        if scenario.jitter > 0 {
            let count = u32::from(scenario.jitter) * 2 + 1;
            let ups: Vec<(u8, f64)> = (0..count)
                .map(|up| (up as u8, 1.0 / f64::from(count)))
                .collect();
            let jitter = scenario.jitter;
            let moved = move |value: u8, up: u8| (value + up).saturating_sub(jitter).min(20);
            all = spread(all, &ups, &|state, up| {
                state.distress = moved(state.distress, up);
            });
            all = spread(all, &ups, &|state, up| {
                state.trust = moved(state.trust, up);
            });
        }
        all
    }

    /// The facts as bits, 64 to a word.
    #[must_use]
    pub fn facts(&self) -> &[u64] {
        &self.facts
    }

    /// The marks as bits, 64 to a word.
    #[must_use]
    pub fn marks(&self) -> &[u64] {
        &self.marks
    }

    /// The facts as bits, for one who sets a state up.
    pub fn facts_mut(&mut self) -> &mut [u64] {
        &mut self.facts
    }

    /// The marks as bits, for one who sets a state up.
    pub fn marks_mut(&mut self) -> &mut [u64] {
        &mut self.marks
    }

    pub(super) fn set_fact(&mut self, fact: u16, holds: bool) {
        set(&mut self.facts, fact, holds);
    }

    pub(super) fn set_mark(&mut self, mark: u16) {
        set(&mut self.marks, mark, true);
    }

    /// Whether all conditions of a run hold.
    #[must_use]
    #[inline]
    pub fn holds(&self, run: Run, tests: &[Test]) -> bool {
        run.is_empty() || self.all(run.of(tests))
    }

    fn all(&self, mut tests: &[Test]) -> bool {
        while let Some((first, rest)) = tests.split_first() {
            let len = inner(*first);
            let (own, after) = rest.split_at(len.min(rest.len()));
            if !self.one(*first, own) {
                return false;
            }
            tests = after;
        }
        true
    }

    fn any(&self, mut tests: &[Test]) -> bool {
        while let Some((first, rest)) = tests.split_first() {
            let len = inner(*first);
            let (own, after) = rest.split_at(len.min(rest.len()));
            if self.one(*first, own) {
                return true;
            }
            tests = after;
        }
        false
    }

    fn one(&self, test: Test, own: &[Test]) -> bool {
        let at = |list: &[u8], position: u8| list.get(usize::from(position)).copied().unwrap_or(0);
        match test {
            Test::DistressAtLeast(v) => self.distress >= v,
            Test::DistressAtMost(v) => self.distress <= v,
            Test::TrustAtLeast(v) => self.trust >= v,
            Test::TrustAtMost(v) => self.trust <= v,
            Test::DistanceAtLeast(v) => self.distance >= v,
            Test::DistanceAtMost(v) => self.distance <= v,
            Test::MeterAtLeast(meter, v) => at(&self.meters, meter) >= v,
            Test::MeterAtMost(meter, v) => at(&self.meters, meter) <= v,
            Test::CounterAtLeast(counter, v) => at(&self.counters, counter) >= v,
            Test::CounterAtMost(counter, v) => at(&self.counters, counter) <= v,
            Test::Fact(fact) => self.knows(fact),
            Test::Profile(profile) => self.profile == profile,
            Test::Drawn(variation, variant) => at(&self.draws, variation) == variant,
            Test::Detained => self.detained.is_some(),
            Test::Seen(mark) => self.has_seen(mark),
            Test::All(_) => self.all(own),
            Test::Any(_) => self.any(own),
            Test::Not(_) => !self.all(own),
        }
    }
}

const fn inner(test: Test) -> usize {
    match test {
        Test::All(len) | Test::Any(len) | Test::Not(len) => len as usize,
        _ => 0,
    }
}

fn bit(words: &[u64], position: u16) -> bool {
    let word = words.get(usize::from(position) / 64).copied().unwrap_or(0);
    word >> (position % 64) & 1 == 1
}

fn set(words: &mut [u64], position: u16, value: bool) {
    if let Some(word) = words.get_mut(usize::from(position) / 64) {
        let mask = 1 << (position % 64);
        if value {
            *word |= mask;
        } else {
            *word &= !mask;
        }
    }
}
