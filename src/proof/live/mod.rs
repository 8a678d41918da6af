//! Liveness: which parts of a state can still influence anything from a decision on.
//!
//! A fact, mark, meter, counter, draw or the distance that nothing reachable from a beat reads
//! is set to a fixed value in the state's key. Two states that differ only in such a part
//! behave alike for ever, so the reduction is exact. Conditions of lines and of `felt` change
//! words alone and count as readers only if asked for.

mod flow;

use crate::encounter::{Encounter, Move, State};
use crate::scenario::{Run, Scenario, Standing, StandingRule};

use flow::Flow;

/// A set of the parts of a state.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Parts(Vec<u64>);

impl Parts {
    fn with_room(parts: usize) -> Self {
        Self(vec![0; parts.div_ceil(64)])
    }

    pub(super) fn has(&self, part: usize) -> bool {
        self.0
            .get(part / 64)
            .is_some_and(|word| word >> (part % 64) & 1 == 1)
    }

    fn add(&mut self, part: usize) {
        if let Some(word) = self.0.get_mut(part / 64) {
            *word |= 1 << (part % 64);
        }
    }

    fn remove(&mut self, part: usize) {
        if let Some(word) = self.0.get_mut(part / 64) {
            *word &= !(1 << (part % 64));
        }
    }

    /// Adds the other's parts; whether any was new.
    fn join(&mut self, other: &Self) -> bool {
        let mut grew = false;
        for (own, more) in self.0.iter_mut().zip(&other.0) {
            grew |= *more & !*own != 0;
            *own |= more;
        }
        grew
    }

    /// Adds what the other has and `without` has not; whether any was new.
    fn join_without(&mut self, other: &Self, without: &Self) -> bool {
        let mut grew = false;
        for ((own, more), less) in self.0.iter_mut().zip(&other.0).zip(&without.0) {
            let more = more & !less;
            grew |= more & !*own != 0;
            *own |= more;
        }
        grew
    }

    /// Keeps what the other has too.
    fn keep(&mut self, other: &Self) {
        for (own, other) in self.0.iter_mut().zip(&other.0) {
            *own &= other;
        }
    }
}

/// Positions of the parts of a state in [`Parts`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Places {
    marks: usize,
    meters: usize,
    counters: usize,
    draws: usize,
    detained: usize,
    distance: usize,
    count: usize,
}

impl Places {
    fn of(scenario: &Scenario) -> Self {
        let marks = scenario.facts.len();
        let meters = marks + usize::from(scenario.marks);
        let counters = meters + scenario.meters.len();
        let draws = counters + scenario.counters.len();
        let detained = draws + scenario.variations.len();
        Self {
            marks,
            meters,
            counters,
            draws,
            detained,
            distance: detained + 1,
            count: detained + 2,
        }
    }

    pub(super) fn fact(fact: u16) -> usize {
        usize::from(fact)
    }
    pub(super) fn mark(self, mark: u16) -> usize {
        self.marks + usize::from(mark)
    }
    pub(super) fn meter(self, meter: usize) -> usize {
        self.meters + meter
    }
    pub(super) fn counter(self, counter: usize) -> usize {
        self.counters + counter
    }
    pub(super) fn draw(self, draw: usize) -> usize {
        self.draws + draw
    }
    pub(super) const fn detained(self) -> usize {
        self.detained
    }
    pub(super) const fn distance(self) -> usize {
        self.distance
    }
}

/// Most incidents whose being spent is told apart.
const MOST_TOLD_APART: usize = 6;

/// What is live at each decision, by which incidents are spent.
#[derive(Debug)]
pub(super) struct Liveness {
    pub(super) places: Places,
    /// Marks of incidents that happen once, at most [`MOST_TOLD_APART`].
    told_apart: Vec<u16>,
    /// By set of spent incidents and beat.
    live: Vec<Vec<Parts>>,
    /// Parts that are live anywhere.
    ever: Parts,
    /// Variations that may be read between this decision and the next, by beat.
    soon: Vec<u64>,
    /// Variations that may be read before the first decision.
    at_once: u64,
}

impl Liveness {
    pub(super) fn of(scenario: &Scenario, with_words: bool) -> Self {
        let places = Places::of(scenario);
        let told_apart: Vec<u16> = scenario
            .incidents
            .iter()
            .filter(|incident| !incident.repeats)
            .map(|incident| incident.mark)
            .take(MOST_TOLD_APART)
            .collect();
        let mut ever = Parts::with_room(places.count);
        let flow = Flow::of(scenario, places, with_words, None);
        let live: Vec<Vec<Parts>> = (0..1_usize << told_apart.len())
            .map(|spent| {
                flow.run(&|mark: u16| {
                    told_apart
                        .iter()
                        .position(|told| *told == mark)
                        .is_some_and(|at| spent >> at & 1 == 1)
                })
            })
            .collect();
        for beat in live.iter().flatten() {
            ever.join(beat);
        }
        let near = flow.run_to_the_next();
        let variations = |parts: &Parts| {
            (0..scenario.variations.len().min(64))
                .filter(|at| parts.has(places.draw(*at)))
                .fold(0, |found, at| found | 1_u64 << at)
        };
        let at_once = near.1.get(scenario.start as usize).map_or(0, &variations);
        Self {
            places,
            told_apart,
            live,
            ever,
            soon: near.0.iter().map(variations).collect(),
            at_once,
        }
    }

    /// What is live at each decision for a person of this profile, whichever incidents are
    /// spent. Variations are not drawn late.
    pub(super) fn of_profile(scenario: &Scenario, with_words: bool, profile: u8) -> Self {
        let places = Places::of(scenario);
        let flow = Flow::of(scenario, places, with_words, Some(profile));
        let mut ever = Parts::with_room(places.count);
        // What is set and read again within one step is live at no decision, and kept all the same.
        for start in 0..scenario.tests.len() as u32 {
            flow.reads(Run { start, len: 1 }, &mut ever);
        }
        let live = flow.run(&|_| false);
        for beat in &live {
            ever.join(beat);
        }
        Self {
            places,
            told_apart: Vec::new(),
            live: vec![live],
            ever,
            soon: Vec::new(),
            at_once: u64::MAX,
        }
    }

    /// Variations that may be read between this decision and the next; they must have been
    /// drawn by then, and need not be before.
    pub(super) fn soon(&self, beat: u32) -> u64 {
        self.soon.get(beat as usize).copied().unwrap_or(0)
    }

    /// Whether a variation may be read before the first decision.
    pub(super) const fn is_read_at_once(&self, variation: usize) -> bool {
        variation >= 64 || self.at_once >> variation & 1 == 1
    }

    /// What is live in this state.
    pub(super) fn at(&self, state: &State) -> Option<&Parts> {
        let spent = self
            .told_apart
            .iter()
            .enumerate()
            .filter(|(_, mark)| state.has_seen(**mark))
            .fold(0, |spent, (at, _)| spent | 1 << at);
        self.live.get(spent)?.get(state.beat as usize)
    }

    /// What is live at a beat's decision, whichever incidents are spent.
    pub(super) fn at_most(&self, beat: usize) -> &Parts {
        // With none spent everything that can still happen is in it.
        self.live
            .first()
            .and_then(|live| live.get(beat))
            .unwrap_or(&self.ever)
    }

    pub(super) const fn ever(&self) -> &Parts {
        &self.ever
    }
}

/// The author's rules for a standing move at a beat, the beat's own first.
pub(super) fn rules_for(
    scenario: &Scenario,
    beat: usize,
    standing: Standing,
) -> impl Iterator<Item = &StandingRule> {
    let own = scenario
        .beats
        .get(beat)
        .map_or(&[][..], |beat| beat.moves.of(&scenario.standing_rules));
    own.iter()
        .chain(scenario.general_moves.of(&scenario.standing_rules))
        .filter(move |rule| rule.is == standing)
}

/// The standing moves used, without those whose use cannot matter: holding is the same as
/// silence, which is always open, and the radio is closed where no rule for it is left.
pub(super) fn used_after(scenario: &Scenario, state: &State) -> u8 {
    let mut used = state.used & !bit_of(Standing::Hold);
    if used & bit_of(Standing::Radio) != 0 {
        let left = rules_for(scenario, state.beat as usize, Standing::Radio)
            .any(|rule| rule.act.mark.is_none_or(|mark| !state.has_seen(mark)));
        if !left {
            used &= !bit_of(Standing::Radio);
        }
    }
    used
}

/// Bit of a standing move in [`State::used`].
pub(super) const fn bit_of(standing: Standing) -> u8 {
    1 << standing as u8
}

/// The moves that are told apart: silence stands for holding too.
pub(super) fn moves_of(encounter: &Encounter, into: &mut Vec<Move>) {
    into.clear();
    into.extend(encounter.open_moves().filter(|made| *made != Move::Hold));
    into.push(Move::Silence);
}
