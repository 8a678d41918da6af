//! Liveness: which parts of a state can still influence anything from a decision on.
//!
//! A fact, mark, meter, counter, draw or the distance that nothing reachable from a beat reads
//! is set to a fixed value in the state's key. Two states that differ only in such a part
//! behave alike for ever, so the reduction is exact. Conditions of lines and of `felt` change
//! words alone and count as readers only if asked for.

use crate::encounter::{Encounter, Move, State};
use crate::scenario::{Act, Change, Route, Run, Scenario, Standing, StandingRule, Target, Test};

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
        let live: Vec<Vec<Parts>> = (0..1_usize << told_apart.len())
            .map(|spent| {
                let is_spent = |mark: u16| {
                    told_apart
                        .iter()
                        .position(|told| *told == mark)
                        .is_some_and(|at| spent >> at & 1 == 1)
                };
                Analysis::new(scenario, places, with_words, &is_spent, None).run()
            })
            .collect();
        for beat in live.iter().flatten() {
            ever.join(beat);
        }
        let near = Analysis::new(scenario, places, with_words, &|_| false, None).run_to_the_next();
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
        let analysis = Analysis::new(scenario, places, with_words, &|_| false, Some(profile));
        let mut ever = Parts::with_room(places.count);
        // What is set and read again within one step is live at no decision, and kept all the same.
        for start in 0..scenario.tests.len() as u32 {
            analysis.reads(Run { start, len: 1 }, &mut ever);
        }
        let live = analysis.run();
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

struct Analysis<'s> {
    scenario: &'s Scenario,
    places: Places,
    with_words: bool,
    is_spent: &'s dyn Fn(u16) -> bool,
    /// Whether being out of hearing changes anything.
    is_heard_everywhere: bool,
    /// The profile, if it is known.
    profile: Option<u8>,
    decision: Vec<Parts>,
    entry: Vec<Parts>,
}

impl<'s> Analysis<'s> {
    fn new(
        scenario: &'s Scenario,
        places: Places,
        with_words: bool,
        is_spent: &'s dyn Fn(u16) -> bool,
        profile: Option<u8>,
    ) -> Self {
        let none = vec![Parts::with_room(places.count); scenario.beats.len()];
        Self {
            scenario,
            places,
            with_words,
            is_spent,
            is_heard_everywhere: (0_u8..)
                .zip(&scenario.profiles)
                .filter(|(position, _)| profile.is_none_or(|own| own == *position))
                .all(|(_, own)| own.profile.hearing >= 20),
            profile,
            decision: none.clone(),
            entry: none,
        }
    }

    fn run(mut self) -> Vec<Parts> {
        loop {
            let mut grew = false;
            for beat in (0..self.scenario.beats.len()).rev() {
                let decision = self.at_decision(beat);
                grew |= self.decision[beat].join(&decision);
                let entry = self.at_entry(beat);
                grew |= self.entry[beat].join(&entry);
            }
            if !grew {
                return self.decision;
            }
        }
    }

    /// What is read between each decision and the next, and what is read on entering a beat
    /// before its decision.
    fn run_to_the_next(mut self) -> (Vec<Parts>, Vec<Parts>) {
        loop {
            let mut grew = false;
            for beat in (0..self.scenario.beats.len()).rev() {
                let entry = self.at_entry(beat);
                grew |= self.entry[beat].join(&entry);
            }
            if !grew {
                break;
            }
        }
        let decisions = (0..self.scenario.beats.len())
            .map(|beat| self.at_decision(beat))
            .collect();
        (decisions, self.entry)
    }

    fn none(&self) -> Parts {
        Parts::with_room(self.places.count)
    }

    /// Whether conditions hold or fail for this profile whatever else is so.
    fn known(&self, when: Run) -> Option<bool> {
        self.known_all(when.of(&self.scenario.tests))
    }

    fn known_all(&self, mut tests: &[Test]) -> Option<bool> {
        let mut all = Some(true);
        while let Some((first, rest)) = tests.split_first() {
            let len = match first {
                Test::All(len) | Test::Any(len) | Test::Not(len) => *len as usize,
                _ => 0,
            };
            let (own, after) = rest.split_at(len.min(rest.len()));
            match self.known_one(*first, own) {
                Some(false) => return Some(false),
                None => all = None,
                Some(true) => {}
            }
            tests = after;
        }
        all
    }

    fn known_one(&self, test: Test, mut own: &[Test]) -> Option<bool> {
        match test {
            Test::Profile(profile) => self.profile.map(|own| own == profile),
            Test::All(_) => self.known_all(own),
            Test::Not(_) => self.known_all(own).map(|holds| !holds),
            Test::Any(_) => {
                let mut any = Some(false);
                while let Some((first, rest)) = own.split_first() {
                    let len = match first {
                        Test::All(len) | Test::Any(len) | Test::Not(len) => *len as usize,
                        _ => 0,
                    };
                    let (inner, after) = rest.split_at(len.min(rest.len()));
                    match self.known_one(*first, inner) {
                        Some(true) => return Some(true),
                        None => any = None,
                        Some(false) => {}
                    }
                    own = after;
                }
                any
            }
            _ => None,
        }
    }

    fn reads(&self, when: Run, live: &mut Parts) {
        if self.known(when).is_some() {
            return;
        }
        for test in when.of(&self.scenario.tests) {
            match *test {
                Test::DistanceAtLeast(_) | Test::DistanceAtMost(_) => {
                    live.add(self.places.distance);
                }
                Test::MeterAtLeast(meter, _) | Test::MeterAtMost(meter, _) => {
                    live.add(self.places.meter(usize::from(meter)));
                }
                Test::CounterAtLeast(counter, _) | Test::CounterAtMost(counter, _) => {
                    live.add(self.places.counter(usize::from(counter)));
                }
                Test::Fact(fact) => live.add(Places::fact(fact)),
                Test::Drawn(draw, _) => live.add(self.places.draw(usize::from(draw))),
                Test::Detained => live.add(self.places.detained),
                Test::Seen(mark) => live.add(self.places.mark(mark)),
                Test::DistressAtLeast(_)
                | Test::DistressAtMost(_)
                | Test::TrustAtLeast(_)
                | Test::TrustAtMost(_)
                | Test::Profile(_)
                | Test::All(_)
                | Test::Any(_)
                | Test::Not(_) => {}
            }
        }
    }

    fn words(&self, lines: Run, live: &mut Parts) {
        if self.with_words {
            for line in lines.of(&self.scenario.lines) {
                self.reads(line.when, live);
            }
        }
    }

    /// What is live before changes, from what is live after them.
    fn before(&self, changes: Run, mut live: Parts) -> Parts {
        let end = changes.start + changes.len;
        let mut at = changes.start;
        let mut steps = Vec::new();
        while at < end {
            let Some(change) = self.scenario.changes.get(at as usize) else {
                break;
            };
            steps.push((at, *change));
            at += 1;
            if let Change::Chance {
                then, otherwise, ..
            }
            | Change::If {
                then, otherwise, ..
            } = *change
            {
                at += u32::from(then) + u32::from(otherwise);
            }
        }
        for (at, change) in steps.into_iter().rev() {
            match change {
                Change::Learn(fact) | Change::Forget(fact) => live.remove(Places::fact(fact)),
                Change::Detain(_) | Change::Release => live.remove(self.places.detained),
                Change::Chance {
                    then, otherwise, ..
                }
                | Change::If {
                    then, otherwise, ..
                } => {
                    let first = Run {
                        start: at + 1,
                        len: u32::from(then),
                    };
                    let second = Run {
                        start: first.start + first.len,
                        len: u32::from(otherwise),
                    };
                    let known = match change {
                        Change::If { tests, .. } => self.known(tests),
                        _ => None,
                    };
                    live = match known {
                        Some(true) => self.before(first, live),
                        Some(false) => self.before(second, live),
                        None => {
                            let mut either = self.before(first, live.clone());
                            either.join(&self.before(second, live));
                            either
                        }
                    };
                    if let Change::If { tests, .. } = change {
                        self.reads(tests, &mut live);
                    }
                }
                Change::Distress(_)
                | Change::Trust(_)
                | Change::Distance(_)
                | Change::Meter(..)
                | Change::Counter(..) => {}
            }
        }
        live
    }

    fn after(&self, beat: usize, to: Target) -> Parts {
        match to {
            Target::Stay => self.decision[beat].clone(),
            Target::Beat(next) => self.entry[next as usize].clone(),
            Target::Ending(ending) => {
                let mut live = self.none();
                if let Some(ending) = self.scenario.endings.get(ending as usize) {
                    for failure in ending.failures.of(&self.scenario.failures) {
                        self.reads(failure.when, &mut live);
                    }
                    if self.with_words {
                        for felt in &ending.felt {
                            self.reads(felt.when, &mut live);
                        }
                    }
                }
                live
            }
        }
    }

    fn routes(&self, beat: usize, routes: &[Route]) -> Parts {
        let mut live = self.none();
        for route in routes {
            let known = self.known(route.when);
            if known == Some(false) {
                continue;
            }
            self.reads(route.when, &mut live);
            live.join(&self.after(beat, route.to));
            if known == Some(true) && route.chance >= 100 {
                break;
            }
        }
        live
    }

    fn at_entry(&self, beat: usize) -> Parts {
        let here = &self.scenario.beats[beat];
        let mut live = if here.decision.is_some() {
            self.decision[beat].clone()
        } else {
            self.routes(beat, here.routes.of(&self.scenario.routes))
        };
        self.words(here.lines, &mut live);
        self.before(here.changes, live)
    }

    /// What a move reads, and what is live after it.
    fn at_move(&self, beat: usize, act: Option<&Act>, standing: Option<Standing>) -> Parts {
        let routes = act.map_or(&[][..], |act| act.routes.of(&self.scenario.routes));
        let mut live = if routes.is_empty() {
            self.after(beat, Target::Stay)
        } else {
            self.routes(beat, routes)
        };
        let only_ends =
            !routes.is_empty() && routes.iter().all(|r| matches!(r.to, Target::Ending(_)));
        if !only_ends {
            let onward = live.clone();
            for incident in &self.scenario.incidents {
                if self.known(incident.when) == Some(false) {
                    continue;
                }
                if !incident.repeats && (self.is_spent)(incident.mark) {
                    // It cannot happen again, and that has to be remembered.
                    live.add(self.places.mark(incident.mark));
                    continue;
                }
                let mut then = match incident.to {
                    Target::Stay => onward.clone(),
                    to => self.after(beat, to),
                };
                self.words(incident.lines, &mut then);
                live.join(&self.before(incident.changes, then));
                self.reads(incident.when, &mut live);
                if !incident.repeats {
                    live.add(self.places.mark(incident.mark));
                }
            }
        }
        if let Some(act) = act {
            self.words(act.replies, &mut live);
            if let Some(mark) = act.mark {
                live.remove(self.places.mark(mark));
            }
            live = self.before(act.changes, live);
        }
        if let Some(Standing::StepCloser | Standing::StepBack) = standing {
            live.add(self.places.distance);
        }
        if let Some(act) = act {
            let speaks = act
                .techniques
                .of(&self.scenario.technique_refs)
                .iter()
                .filter_map(|technique| self.scenario.techniques.get(usize::from(*technique)))
                .any(crate::scenario::UsedTechnique::is_speech);
            if speaks && !self.is_heard_everywhere {
                live.add(self.places.distance);
            }
            for failure in act.failures.of(&self.scenario.failures) {
                self.reads(failure.when, &mut live);
            }
            for band in act.evidence_bands.of(&self.scenario.evidence_bands) {
                self.reads(band.when, &mut live);
            }
        }
        live
    }

    fn at_decision(&self, beat: usize) -> Parts {
        let mut live = self.none();
        let Some(decision) = &self.scenario.beats[beat].decision else {
            return live;
        };
        for choice in decision.choices.of(&self.scenario.choices) {
            if self.known(choice.when) == Some(false) {
                continue;
            }
            live.join(&self.at_move(beat, Some(&choice.act), None));
            self.reads(choice.when, &mut live);
            if let (true, Some(mark)) = (choice.once, choice.act.mark) {
                live.add(self.places.mark(mark));
            }
        }
        live.join(&self.at_move(beat, decision.silence.as_deref(), None));
        for standing in &self.scenario.standing {
            live.join(&self.at_move(beat, None, Some(*standing)));
            for rule in rules_for(self.scenario, beat, *standing) {
                if self.known(rule.when) == Some(false) {
                    continue;
                }
                live.join(&self.at_move(beat, Some(&rule.act), Some(*standing)));
                self.reads(rule.when, &mut live);
                if let Some(mark) = rule.act.mark {
                    live.add(self.places.mark(mark));
                }
            }
        }
        live
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
