//! The state of an encounter: small whole numbers, no history.

use crate::scenario::{Run, Scenario, Test};

/// Everything that can influence what happens next.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
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
