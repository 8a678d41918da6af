//! Compact keys: the live parts of a state, packed into a few words.

use crate::encounter::{State, Unread};
use crate::scenario::{Scenario, Standing};

use super::live::{Liveness, Places, bit_of};

/// Runs something with keys as wide as a layout needs; `$wide` where they would be wider than any.
macro_rules! by_width {
    ($layout:expr, $run:ident($($given:expr),* $(,)?), $wide:expr) => {
        match $layout.bits() {
            0..=64 => $run::<1>($($given),*),
            65..=128 => $run::<2>($($given),*),
            129..=256 => $run::<4>($($given),*),
            257..=1024 => $run::<16>($($given),*),
            _ => $wide,
        }
    };
}
pub(super) use by_width;

/// A state's live parts.
pub(super) type Key<const W: usize> = [u64; W];

/// Where each part of a state stands in a key.
#[derive(Debug)]
pub(super) struct Layout {
    pub(super) live: Liveness,
    bits: u32,
    beat: Field,
    profile: Field,
    meters: Vec<Option<Field>>,
    counters: Vec<Option<Field>>,
    draws: Vec<Option<Field>>,
    detained: Option<u32>,
    /// Bit of each fact and mark in the key; `NONE` for one that is never live.
    facts: Vec<u32>,
    marks: Vec<u32>,
    beats: u32,
    defaults: State,
    fact_of_bit: Vec<(u32, u16)>,
    mark_of_bit: Vec<(u32, u16)>,
}

const NONE: u32 = u32::MAX;

#[derive(Debug, Clone, Copy)]
struct Field {
    at: u32,
    width: u32,
}

impl Field {
    #[inline]
    fn put<const W: usize>(self, key: &mut Key<W>, value: u64) {
        if self.width == 0 {
            return;
        }
        let (word, shift) = ((self.at / 64) as usize, self.at % 64);
        key[word] |= value << shift;
        if shift + self.width > 64 {
            key[word + 1] |= value >> (64 - shift);
        }
    }

    #[inline]
    fn get<const W: usize>(self, key: &Key<W>) -> u64 {
        if self.width == 0 {
            return 0;
        }
        let (word, shift) = ((self.at / 64) as usize, self.at % 64);
        let mut value = key[word] >> shift;
        if shift + self.width > 64 {
            value |= key[word + 1] << (64 - shift);
        }
        value & ((1 << self.width) - 1)
    }
}

const fn width(values: u64) -> u32 {
    if values <= 1 {
        0
    } else {
        64 - (values - 1).leading_zeros()
    }
}

/// Distress, trust and distance, five bits each, then the standing moves used.
const DISTRESS: Field = Field { at: 0, width: 5 };
const TRUST: Field = Field { at: 5, width: 5 };
const DISTANCE: Field = Field { at: 10, width: 5 };
const USED: Field = Field { at: 15, width: 5 };

impl Layout {
    pub(super) fn of(scenario: &Scenario, start: State, with_words: bool) -> Self {
        let live = Liveness::of(scenario, with_words);
        let mut bits = 20;
        let mut field = |values: u64| {
            let width = width(values);
            let field = Field { at: bits, width };
            bits += width;
            field
        };
        let beat = field((scenario.beats.len() + scenario.endings.len()) as u64);
        let profile = field(scenario.profiles.len() as u64);
        let (places, ever) = (live.places, live.ever());
        let meters = scenario
            .meters
            .iter()
            .enumerate()
            .map(|(at, meter)| {
                ever.has(places.meter(at))
                    .then(|| field(u64::from(meter.max) + 1))
            })
            .collect();
        let counters = scenario
            .counters
            .iter()
            .enumerate()
            .map(|(at, counter)| {
                ever.has(places.counter(at))
                    .then(|| field(u64::from(counter.1) + 1))
            })
            .collect();
        let draws = scenario
            .variations
            .iter()
            .enumerate()
            .map(|(at, variation)| {
                // One value more: not drawn yet.
                ever.has(places.draw(at))
                    .then(|| field(variation.1.len() as u64 + 1))
            })
            .collect();
        let detained = ever.has(places.detained()).then(|| field(2).at);
        let mut fact_of_bit = Vec::new();
        let facts = (0_u16..)
            .take(scenario.facts.len())
            .map(|fact| {
                if ever.has(Places::fact(fact)) {
                    let at = field(2).at;
                    fact_of_bit.push((at, fact));
                    at
                } else {
                    NONE
                }
            })
            .collect();
        let mut mark_of_bit = Vec::new();
        let marks = (0..scenario.marks)
            .map(|mark| {
                if ever.has(places.mark(mark)) {
                    let at = field(2).at;
                    mark_of_bit.push((at, mark));
                    at
                } else {
                    NONE
                }
            })
            .collect();
        Self {
            live,
            bits,
            beat,
            profile,
            meters,
            counters,
            draws,
            detained,
            facts,
            marks,
            beats: scenario.beats.len() as u32,
            defaults: start,
            fact_of_bit,
            mark_of_bit,
        }
    }

    /// Bits that a key needs.
    pub(super) const fn bits(&self) -> u32 {
        self.bits
    }

    /// Variations that must be drawn now, since they may be read before the next decision.
    pub(super) fn due(&self, state: &State, drawn: u64) -> u64 {
        if state.ending.is_some() {
            return 0;
        }
        self.live.soon(state.beat) & !drawn
    }

    /// Whether a key is that of an ending.
    pub(super) fn is_ending<const W: usize>(&self, key: &Key<W>) -> bool {
        self.place(key) >= self.beats
    }

    /// The key of a state, without what can no longer matter.
    ///
    /// `used` are the standing moves used, `drawn` the variations that have been drawn.
    pub(super) fn pack<const W: usize>(&self, state: &State, used: u8, drawn: u64) -> Key<W> {
        let mut key = [0; W];
        if let Some(ending) = state.ending {
            self.beat.put(&mut key, u64::from(self.beats + ending));
            return key;
        }
        let Some(live) = self.live.at(state) else {
            return key;
        };
        let places = self.live.places;
        DISTRESS.put(&mut key, u64::from(state.distress));
        TRUST.put(&mut key, u64::from(state.trust));
        if live.has(places.distance()) {
            DISTANCE.put(&mut key, u64::from(state.distance));
        }
        USED.put(&mut key, u64::from(used));
        self.beat.put(&mut key, u64::from(state.beat));
        self.profile.put(&mut key, u64::from(state.profile));
        for (at, (field, value)) in self.meters.iter().zip(&state.meters).enumerate() {
            if let Some(field) = field
                && live.has(places.meter(at))
            {
                field.put(&mut key, u64::from(*value));
            }
        }
        for (at, (field, value)) in self.counters.iter().zip(&state.counters).enumerate() {
            if let Some(field) = field
                && live.has(places.counter(at))
            {
                field.put(&mut key, u64::from(*value));
            }
        }
        for (at, (field, value)) in self.draws.iter().zip(&state.draws).enumerate() {
            if let Some(field) = field
                && (at >= 64 || drawn >> at & 1 == 1)
                && live.has(places.draw(at))
            {
                field.put(&mut key, u64::from(*value) + 1);
            }
        }
        if let Some(at) = self.detained
            && state.detained.is_some()
            && live.has(places.detained())
        {
            key[(at / 64) as usize] |= 1 << (at % 64);
        }
        for (number, word) in state.facts().iter().enumerate() {
            let mut left = *word;
            while left != 0 {
                let fact = number as u32 * 64 + left.trailing_zeros();
                left &= left - 1;
                let at = self.facts.get(fact as usize).copied().unwrap_or(NONE);
                if at != NONE && live.has(Places::fact(fact as u16)) {
                    key[(at / 64) as usize] |= 1 << (at % 64);
                }
            }
        }
        for (number, word) in state.marks().iter().enumerate() {
            let mut left = *word;
            while left != 0 {
                let mark = number as u32 * 64 + left.trailing_zeros();
                left &= left - 1;
                let at = self.marks.get(mark as usize).copied().unwrap_or(NONE);
                if at != NONE && live.has(places.mark(mark as u16)) {
                    key[(at / 64) as usize] |= 1 << (at % 64);
                }
            }
        }
        key
    }

    /// What a state's key leaves out, as far as a change of it can be noted.
    pub(super) fn unread(&self, state: &State) -> Unread {
        let Some(live) = self.live.at(state) else {
            return Unread::default();
        };
        let places = self.live.places;
        let unread = |count: usize, place: &dyn Fn(usize) -> usize| {
            (0..count.min(64))
                .filter(|at| !live.has(place(*at)))
                .fold(0, |found, at| found | 1_u64 << at)
        };
        Unread {
            distance: !live.has(places.distance()),
            meters: unread(self.meters.len(), &|at| places.meter(at)),
            counters: unread(self.counters.len(), &|at| places.counter(at)),
        }
    }

    /// The state of a key; what could not matter has its value from the start. Gives the
    /// variations that have been drawn.
    pub(super) fn unpack<const W: usize>(&self, key: &Key<W>, state: &mut State) -> u64 {
        let mut drawn = 0;
        state.clone_from(&self.defaults);
        let beat = self.beat.get(key) as u32;
        if beat >= self.beats {
            state.ending = Some(beat - self.beats);
            return drawn;
        }
        state.beat = beat;
        state.distress = DISTRESS.get(key) as u8;
        state.trust = TRUST.get(key) as u8;
        let distance = DISTANCE.get(key) as u8;
        if distance > 0 {
            state.distance = distance;
        }
        state.used = USED.get(key) as u8;
        state.profile = self.profile.get(key) as u8;
        for (field, value) in self.meters.iter().zip(state.meters.iter_mut()) {
            if let Some(field) = field {
                *value = field.get(key) as u8;
            }
        }
        for (field, value) in self.counters.iter().zip(state.counters.iter_mut()) {
            if let Some(field) = field {
                *value = field.get(key) as u8;
            }
        }
        for (at, (field, value)) in self.draws.iter().zip(state.draws.iter_mut()).enumerate() {
            if let Some(field) = field
                && let Some(own) = (field.get(key) as u8).checked_sub(1)
            {
                *value = own;
                drawn |= 1_u64.checked_shl(at as u32).unwrap_or(0);
            }
        }
        let has = |at: u32| key[(at / 64) as usize] >> (at % 64) & 1 == 1;
        state.detained = match self.detained {
            Some(at) if has(at) => Some(0),
            _ => None,
        };
        for (at, fact) in &self.fact_of_bit {
            if has(*at)
                && let Some(word) = state.facts_mut().get_mut(usize::from(*fact) / 64)
            {
                *word |= 1 << (fact % 64);
            }
        }
        for (at, mark) in &self.mark_of_bit {
            if has(*at)
                && let Some(word) = state.marks_mut().get_mut(usize::from(*mark) / 64)
            {
                *word |= 1 << (mark % 64);
            }
        }
        drawn
    }

    /// Beat of a key, or beats + ending.
    pub(super) fn place<const W: usize>(&self, key: &Key<W>) -> u32 {
        self.beat.get(key) as u32
    }

    /// Distress and trust.
    pub(super) fn feeling<const W: usize>(key: &Key<W>) -> (u64, u64) {
        (DISTRESS.get(key), TRUST.get(key))
    }

    /// Whether two keys differ at most in distress and trust.
    pub(super) fn is_same_but_for_feeling<const W: usize>(one: &Key<W>, other: &Key<W>) -> bool {
        (one[0] ^ other[0]) >> 10 == 0 && one[1..] == other[1..]
    }

    /// Whether two keys differ only in this standing move's being used.
    pub(super) fn is_trace_only<const W: usize>(
        before: &Key<W>,
        after: &Key<W>,
        standing: Standing,
    ) -> bool {
        let mut marked = *before;
        marked[0] |= u64::from(bit_of(standing)) << USED.at;
        marked == *after
    }
}

/// A hash that spreads near keys apart.
#[inline]
pub(super) fn hash<const W: usize>(key: &Key<W>) -> u64 {
    let mut hash = 0x9e37_79b9_7f4a_7c15_u64;
    for word in key {
        hash = (hash ^ word).wrapping_mul(0xff51_afd7_ed55_8ccd);
        hash ^= hash >> 32;
    }
    hash = hash.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ hash >> 29
}
