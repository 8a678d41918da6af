//! The kernel: how a move changes the state.

use std::borrow::Cow;
use std::sync::Arc;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use thiserror::Error;

use crate::course::{Level, Shift};
use crate::scenario::{
    Act, CastMember, Change, Decision, Evidence, LineKind, Run, Scenario, Standing, StandingRule,
    Target, UsedProfile,
};

use super::deal::Deal;
use super::event::{Event, Gauge, Move};
use super::state::State;

/// Highest distress, trust and distance.
const TOP: u8 = 20;
/// Half-metres in one step.
const STRIDE: u8 = 2;
/// Most that the techniques of one move change distress or trust by: nobody turns round in a
/// single sentence.
const MOST_SHIFT: i8 = 3;
/// Most beats without a decision in a row; the checker refuses circles, so this is never met.
const MOST_HOPS: usize = 256;

/// First of the streams of forks; those before it are the encounter's own and the menus'.
const FORKS: u64 = 1 << 40;

/// Why a move was not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum MoveRefused {
    /// The encounter is over.
    #[error("the encounter has ended")]
    Ended,
    /// The move is not open in this state.
    #[error("that is not open now")]
    NotOpen,
}

/// One encounter being played.
#[derive(Debug, Clone)]
pub struct Encounter {
    scenario: Arc<Scenario>,
    seed: u64,
    play: Play,
}

/// What changes in the course of an encounter, apart from the scenario so that both can be
/// borrowed at once.
#[derive(Debug, Clone)]
struct Play {
    state: State,
    chance: Chance,
    steps: u32,
    looks: u32,
    since: u32,
}

/// Where the chances of an encounter come from.
#[derive(Debug, Clone)]
enum Chance {
    /// From the attempt's seed.
    Drawn(ChaCha8Rng),
    /// One outcome after another, so that every one of them can be tried.
    Dealt(Deal),
}

impl Encounter {
    /// Begins an encounter; what happens up to the first decision is added to `log`.
    #[must_use]
    pub fn begin(scenario: Arc<Scenario>, seed: u64, log: &mut Vec<Event>) -> Self {
        let start = scenario.start;
        Self::begin_with(scenario, seed, start, &|_| (), log)
    }

    /// Begins at this beat, with what was drawn changed first.
    pub(super) fn begin_with(
        scenario: Arc<Scenario>,
        seed: u64,
        start: u32,
        change: &dyn Fn(&mut State),
        log: &mut Vec<Event>,
    ) -> Self {
        let mut play = Play {
            state: State::new(&scenario),
            chance: Chance::Drawn(ChaCha8Rng::seed_from_u64(seed)),
            steps: 0,
            looks: 0,
            since: 0,
        };
        log.push(Event::Began);
        play.draw(&scenario, seed);
        change(&mut play.state);
        play.enter(&scenario, Target::Beat(start), log);
        Self {
            scenario,
            seed,
            play,
        }
    }

    /// An encounter whose chances are dealt rather than drawn, so that every state and every
    /// outcome can be tried. It begins with [`Encounter::open_with`] or [`Encounter::set`].
    #[must_use]
    pub fn dealt(scenario: Arc<Scenario>) -> Self {
        let play = Play {
            state: State::new(&scenario),
            chance: Chance::Dealt(Deal::new(&scenario)),
            steps: 0,
            looks: 0,
            since: 0,
        };
        Self {
            scenario,
            seed: 0,
            play,
        }
    }

    /// Goes from drawn values up to the first decision.
    pub fn open_with(&mut self, drawn: &State, log: &mut Vec<Event>) {
        self.play.state.clone_from(drawn);
        let start = Target::Beat(self.scenario.start);
        self.play.enter(&self.scenario, start, log);
    }

    /// The same moment with what the seed has drawn so far, where every chance from here on comes
    /// from another stream of the same seed: for asking what would have followed.
    #[must_use]
    pub fn forked(&self, stream: u32) -> Self {
        let mut other = self.clone();
        let mut draws = ChaCha8Rng::seed_from_u64(self.seed);
        draws.set_stream(FORKS + u64::from(stream));
        other.play.chance = Chance::Drawn(draws);
        other
    }

    /// Puts this state in the place of the one reached.
    pub fn set(&mut self, state: &State) {
        self.play.state.clone_from(state);
    }

    /// How the person reacts to an act in this state, or to silence of which the author says
    /// nothing: the distress and trust that follow.
    pub fn react(&mut self, act: Option<&Act>, log: &mut Vec<Event>) -> (u8, u8) {
        match act {
            Some(act) => self.play.react(&self.scenario, act, log),
            None => self.play.react_to_silence(&self.scenario, log),
        }
        (self.play.state.distress, self.play.state.trust)
    }

    /// The outcomes that are dealt, if they are dealt.
    pub const fn deal(&mut self) -> Option<&mut Deal> {
        match &mut self.play.chance {
            Chance::Dealt(deal) => Some(deal),
            Chance::Drawn(_) => None,
        }
    }

    // ---- what can be asked --------------------------------------------------------------

    /// The scenario.
    #[must_use]
    pub const fn scenario(&self) -> &Arc<Scenario> {
        &self.scenario
    }

    /// The seed.
    #[must_use]
    pub const fn seed(&self) -> u64 {
        self.seed
    }

    /// The state.
    #[must_use]
    pub const fn state(&self) -> &State {
        &self.play.state
    }

    /// Moves made so far; each takes a minute of the scenario's clock.
    #[must_use]
    pub const fn steps(&self) -> u32 {
        self.play.steps
    }

    /// The ending, once reached.
    #[must_use]
    pub const fn ending(&self) -> Option<u32> {
        self.play.state.ending
    }

    /// The decision that is open.
    #[must_use]
    pub fn decision(&self) -> Option<&Decision> {
        if self.play.state.ending.is_some() {
            return None;
        }
        self.scenario
            .beats
            .get(self.play.state.beat as usize)?
            .decision
            .as_deref()
    }

    /// The drawn profile.
    #[must_use]
    pub fn profile(&self) -> Option<&UsedProfile> {
        self.scenario
            .profiles
            .get(usize::from(self.play.state.profile))
    }

    /// Whether a move is open now.
    #[must_use]
    pub fn is_open(&self, made: Move) -> bool {
        let Some(decision) = self.decision() else {
            return false;
        };
        match made {
            Move::Choice(choice) => {
                let run = decision.choices;
                choice >= run.start && choice - run.start < run.len && self.choice_is_open(choice)
            }
            Move::Silence => true,
            standing => self.standing_is_open(standing),
        }
    }

    fn choice_is_open(&self, choice: u32) -> bool {
        self.scenario
            .choices
            .get(choice as usize)
            .is_some_and(|choice| {
                let spent = choice.once
                    && choice
                        .act
                        .mark
                        .is_some_and(|mark| self.play.state.has_seen(mark));
                !spent && self.play.state.holds(choice.when, &self.scenario.tests)
            })
    }

    fn standing_is_open(&self, made: Move) -> bool {
        let Some(standing) = standing_of(made) else {
            return false;
        };
        if !self.scenario.standing.contains(&standing) || self.play.state.used & bit(standing) != 0
        {
            return false;
        }
        match standing {
            Standing::StepCloser => self.play.state.distance > STRIDE,
            Standing::StepBack => self.play.state.distance < TOP,
            Standing::Observe | Standing::Hold => true,
            Standing::Radio => self.standing_rule(standing).is_some(),
        }
    }

    /// Every move that is open, in the author's order, the standing ones last.
    pub fn open_moves(&self) -> impl Iterator<Item = Move> + '_ {
        let choices = self
            .decision()
            .map_or(0..0, |decision| decision.choices.positions());
        choices
            .map(Move::Choice)
            .chain(Move::STANDING)
            .filter(|made| self.is_open(*made))
    }

    /// The open options in the order in which this attempt shows them.
    ///
    /// The order is drawn from a stream of its own, so that it never changes what happens.
    #[must_use]
    pub fn offered(&self) -> Vec<u32> {
        let Some(decision) = self.decision() else {
            return Vec::new();
        };
        // All options are put in order, open or not: when one closes, the others stay put.
        let mut order: Vec<u32> = decision.choices.positions().collect();
        if !decision.fixed_order {
            let mut draws = ChaCha8Rng::seed_from_u64(self.seed);
            draws.set_stream(1 + u64::from(self.play.state.beat));
            for last in (1..order.len()).rev() {
                let bound = u32::try_from(last + 1).unwrap_or(u32::MAX);
                order.swap(last, (draws.next_u32() % bound) as usize);
            }
        }
        order.retain(|choice| self.choice_is_open(*choice));
        order
    }

    /// What a move would do in this state, if the author says.
    #[must_use]
    pub fn act(&self, made: Move) -> Option<&Act> {
        match made {
            Move::Choice(choice) => self.scenario.choices.get(choice as usize).map(|c| &c.act),
            Move::Hold | Move::Silence => self.decision()?.silence.as_deref(),
            standing => self
                .standing_rule(standing_of(standing)?)
                .map(|rule| &rule.act),
        }
    }

    /// Whether what a standing move does here is written in the beat itself.
    #[must_use]
    pub fn is_own_move(&self, made: Move) -> bool {
        let Some(standing) = standing_of(made) else {
            return false;
        };
        let Some(beat) = self.scenario.beats.get(self.play.state.beat as usize) else {
            return false;
        };
        self.rule_in(beat.moves, standing).is_some()
    }

    fn standing_rule(&self, standing: Standing) -> Option<&StandingRule> {
        let beat = self.scenario.beats.get(self.play.state.beat as usize)?;
        self.rule_in(beat.moves, standing)
            .or_else(|| self.rule_in(self.scenario.general_moves, standing))
    }

    fn rule_in(&self, run: Run, standing: Standing) -> Option<&StandingRule> {
        run.of(&self.scenario.standing_rules).iter().find(|rule| {
            let spent = rule
                .act
                .mark
                .is_some_and(|mark| self.play.state.has_seen(mark));
            rule.is == standing && !spent && self.play.state.holds(rule.when, &self.scenario.tests)
        })
    }

    /// Whether a move uses a technique before its stage is reached.
    #[must_use]
    pub fn is_premature(&self, made: Move) -> bool {
        self.act(made).is_some_and(|act| {
            act.techniques
                .of(&self.scenario.technique_refs)
                .iter()
                .any(|technique| self.is_early(*technique))
        })
    }

    fn is_early(&self, technique: u16) -> bool {
        self.scenario
            .techniques
            .get(usize::from(technique))
            .is_some_and(|used| self.play.state.trust < used.trust_needed)
    }

    /// What a move would show of the objectives in this state; a premature one shows
    /// Developing at most.
    pub fn evidence(&self, made: Move) -> impl Iterator<Item = Evidence> + '_ {
        let act = self.act(made);
        let cap = if self.is_premature(made) {
            Level::Developing
        } else {
            Level::Proficient
        };
        let run = act.map_or_else(Run::default, |act| {
            act.evidence_bands
                .of(&self.scenario.evidence_bands)
                .iter()
                .find(|band| self.play.state.holds(band.when, &self.scenario.tests))
                .map_or(act.evidence, |band| band.evidence)
        });
        run.of(&self.scenario.evidence)
            .iter()
            .map(move |evidence| Evidence {
                level: evidence.level.min(cap),
                ..*evidence
            })
    }

    /// Text with its `{places}` filled.
    #[must_use]
    pub fn fill<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if !text.contains('{') {
            return Cow::Borrowed(text);
        }
        let mut filled = text.to_owned();
        for (position, (key, varieties)) in self.scenario.variations.iter().enumerate() {
            let drawn = self.play.state.draws.get(position).copied().unwrap_or(0);
            if let Some(variety) = varieties.get(usize::from(drawn)) {
                filled = filled.replace(&format!("{{{key}}}"), &variety.text);
            }
        }
        Cow::Owned(filled)
    }

    /// Name of a cast member as the officer knows it now.
    #[must_use]
    pub fn name_of(&self, person: u16) -> &str {
        let Some(person) = self.scenario.cast.get(usize::from(person)) else {
            return "";
        };
        match (&person.member, person.known_by) {
            (CastMember::Subject { unknown_as, .. }, Some(fact))
                if !self.play.state.knows(fact) =>
            {
                if unknown_as.is_empty() {
                    "Unknown person"
                } else {
                    unknown_as
                }
            }
            (member, _) => member.name(),
        }
    }

    /// Whether a cast member can be seen now: not behind a shut door, not yet to come, not gone.
    #[must_use]
    pub fn is_seen(&self, person: u16) -> bool {
        self.scenario
            .cast
            .get(usize::from(person))
            .is_some_and(|one| self.play.state.holds(one.seen_when, &self.scenario.tests))
    }

    /// Who says a line, if anybody does.
    #[must_use]
    pub fn speaker(&self, kind: LineKind) -> Option<&str> {
        match kind {
            LineKind::Say(person) | LineKind::Do(person) => Some(self.name_of(person)),
            LineKind::Narrate => None,
        }
    }

    /// The scenario's clock, `HH:MM`.
    #[must_use]
    pub fn clock(&self) -> String {
        clock_after(&self.scenario.setting.clock, self.play.steps)
    }

    /// Since when the person has been detained, by the scenario's clock.
    #[must_use]
    pub fn detained_since(&self) -> Option<String> {
        self.play
            .state
            .detained
            .map(|_| clock_after(&self.scenario.setting.clock, self.play.since))
    }

    // ---- what changes it ----------------------------------------------------------------

    /// Makes a move; what happens up to the next decision or the ending is added to `log`.
    ///
    /// # Errors
    /// If the move is not open; nothing has changed then.
    pub fn step(&mut self, made: Move, log: &mut Vec<Event>) -> Result<(), MoveRefused> {
        if self.play.state.ending.is_some() {
            return Err(MoveRefused::Ended);
        }
        if !self.is_open(made) {
            return Err(MoveRefused::NotOpen);
        }
        self.play.step(&self.scenario, self.seed, made, log);
        Ok(())
    }
}

impl Play {
    /// Draws profile, variations and starting values, in this order.
    fn draw(&mut self, scenario: &Scenario, seed: u64) {
        let mut chance = ChaCha8Rng::seed_from_u64(seed);
        let weights = scenario.profiles.iter().map(|profile| profile.weight);
        self.state.profile = pick(&mut chance, weights);
        for (position, (_, varieties)) in scenario.variations.iter().enumerate() {
            let weights = varieties.iter().map(|variety| variety.weight);
            self.state.draws[position] = pick(&mut chance, weights);
        }
        if scenario.jitter > 0 {
            let spread = u32::from(scenario.jitter) * 2 + 1;
            for value in [&mut self.state.distress, &mut self.state.trust] {
                let up = u8::try_from(chance.next_u32() % spread).unwrap_or(0);
                *value = (*value + up).saturating_sub(scenario.jitter).min(TOP);
            }
        }
        self.chance = Chance::Drawn(chance);
    }

    /// Makes a move that is open.
    fn step(&mut self, scenario: &Scenario, seed: u64, made: Move, log: &mut Vec<Event>) {
        self.steps = self.steps.saturating_add(1);
        log.push(Event::MoveMade(made));
        if let Move::Hold | Move::Silence = made {
            log.push(Event::SilenceHeld {
                is_chosen: made == Move::Hold,
            });
        }
        // The act is looked up again in the scenario, so that the state can change meanwhile.
        let act = self.act_in(scenario, made);
        if let Some(act) = act {
            self.fail(scenario, act.failures, log);
            self.react(scenario, act, log);
        } else if let Move::Hold | Move::Silence = made {
            self.react_to_silence(scenario, log);
        }
        if let Some(standing) = standing_of(made) {
            self.state.used |= bit(standing);
            self.stand(scenario, standing, log);
        }
        let mut to = Target::Stay;
        if let Some(act) = act {
            self.change(scenario, act.changes, log);
            if let Some(mark) = act.mark {
                self.state.set_mark(mark);
            }
            self.say(scenario, act.replies, log);
            to = self.route(scenario, act.routes);
        }
        if made == Move::Observe && act.is_none_or(|act| act.replies.is_empty()) {
            self.look(scenario, seed, log);
        }
        if !matches!(to, Target::Ending(_)) {
            to = self.happen(scenario, to, log);
        }
        self.enter(scenario, to, log);
    }

    fn act_in<'s>(&self, scenario: &'s Scenario, made: Move) -> Option<&'s Act> {
        let beat = scenario.beats.get(self.state.beat as usize)?;
        match made {
            Move::Choice(choice) => scenario.choices.get(choice as usize).map(|c| &c.act),
            Move::Hold | Move::Silence => beat.decision.as_ref()?.silence.as_deref(),
            standing => {
                let standing = standing_of(standing)?;
                let fits = |rule: &&StandingRule| {
                    let spent = rule.act.mark.is_some_and(|mark| self.state.has_seen(mark));
                    rule.is == standing && !spent && self.state.holds(rule.when, &scenario.tests)
                };
                let own = beat.moves.of(&scenario.standing_rules).iter().find(fits);
                own.or_else(|| {
                    scenario
                        .general_moves
                        .of(&scenario.standing_rules)
                        .iter()
                        .find(fits)
                })
                .map(|rule| &rule.act)
            }
        }
    }

    /// Reaction of the person to the techniques of a move.
    fn react(&mut self, scenario: &Scenario, act: &Act, log: &mut Vec<Event>) {
        let Some(profile) = scenario.profiles.get(usize::from(self.state.profile)) else {
            return;
        };
        let (distress, trust) = (self.state.distress, self.state.trust);
        let is_far = self.state.distance > profile.profile.hearing;
        let mut sum = Shift::default();
        let mut has_paid = false;
        for technique in act.techniques.of(&scenario.technique_refs) {
            let Some(used) = scenario.techniques.get(usize::from(*technique)) else {
                continue;
            };
            let is_premature = trust < used.trust_needed;
            let mut shift = if is_premature {
                if has_paid {
                    Shift::default()
                } else {
                    scenario.premature
                }
            } else {
                let bands = profile
                    .by_technique
                    .get(usize::from(*technique))
                    .map_or(&[][..], |run| run.of(&scenario.reactions));
                bands
                    .iter()
                    .find(|band| {
                        (band.distress_from..=band.distress_to).contains(&distress)
                            && (band.trust_from..=band.trust_to).contains(&trust)
                    })
                    .map_or_else(Shift::default, |band| band.shift)
            };
            has_paid |= is_premature;
            let is_faint = is_far && used.is_speech();
            if is_faint {
                shift = Shift {
                    distress: shift.distress / 2,
                    trust: shift.trust / 2,
                };
            }
            if act.instead_of_techniques && !is_premature {
                shift = Shift::default();
            }
            log.push(Event::TechniqueUsed {
                technique: *technique,
                is_premature,
                is_faint,
                shift,
            });
            sum.distress = sum.distress.saturating_add(shift.distress);
            sum.trust = sum.trust.saturating_add(shift.trust);
        }
        if act.is_speech && act.words >= profile.profile.long_speech_words {
            log.push(Event::SpeechTooLong);
            sum.distress = sum
                .distress
                .saturating_add(profile.profile.long_speech.distress);
            sum.trust = sum.trust.saturating_add(profile.profile.long_speech.trust);
        }
        self.shift(
            Shift {
                distress: sum.distress.clamp(-MOST_SHIFT, MOST_SHIFT),
                trust: sum.trust.clamp(-MOST_SHIFT, MOST_SHIFT),
            },
            log,
        );
    }

    fn react_to_silence(&mut self, scenario: &Scenario, log: &mut Vec<Event>) {
        let Some(profile) = scenario.profiles.get(usize::from(self.state.profile)) else {
            return;
        };
        let (distress, trust) = (self.state.distress, self.state.trust);
        let band = profile.silence.of(&scenario.reactions).iter().find(|band| {
            (band.distress_from..=band.distress_to).contains(&distress)
                && (band.trust_from..=band.trust_to).contains(&trust)
        });
        if let Some(band) = band {
            self.shift(band.shift, log);
        }
    }

    /// What a standing move does by itself: distance, and how that feels.
    fn stand(&mut self, scenario: &Scenario, standing: Standing, log: &mut Vec<Event>) {
        let Some(profile) = scenario.profiles.get(usize::from(self.state.profile)) else {
            return;
        };
        let space = profile.profile.personal_space;
        let is_wary = self.state.trust < profile.profile.close_trust;
        match standing {
            Standing::StepCloser => {
                self.walk(-i16::from(STRIDE), log);
                if self.state.distance < space && is_wary {
                    self.shift(profile.profile.closing_in, log);
                }
            }
            Standing::StepBack => {
                let was_close = self.state.distance < space;
                self.walk(i16::from(STRIDE), log);
                if was_close && is_wary {
                    self.shift(profile.profile.backing_off, log);
                }
            }
            Standing::Observe | Standing::Radio | Standing::Hold => {}
        }
    }

    fn look(&mut self, scenario: &Scenario, seed: u64, log: &mut Vec<Event>) {
        let signs = scenario
            .profiles
            .get(usize::from(self.state.profile))
            .map_or(0, |profile| profile.profile.signs.len());
        if let Ok(signs) = u32::try_from(signs)
            && signs > 0
        {
            let first = u32::try_from(seed % u64::from(signs)).unwrap_or(0);
            let sign = (first + self.looks) % signs;
            self.looks = self.looks.wrapping_add(1);
            log.push(Event::SignSeen(u8::try_from(sign).unwrap_or(0)));
        }
    }

    fn walk(&mut self, by: i16, log: &mut Vec<Event>) {
        let from = self.state.distance;
        let to = (i16::from(from) + by).clamp(1, i16::from(TOP));
        let to = u8::try_from(to).unwrap_or(from);
        if from != to {
            self.state.distance = to;
            log.push(Event::Moved { from, to });
        }
    }

    fn shift(&mut self, shift: Shift, log: &mut Vec<Event>) {
        turn(
            &mut self.state.distress,
            shift.distress,
            (0, TOP),
            Gauge::Distress,
            log,
        );
        turn(
            &mut self.state.trust,
            shift.trust,
            (0, TOP),
            Gauge::Trust,
            log,
        );
    }

    fn change(&mut self, scenario: &Scenario, changes: Run, log: &mut Vec<Event>) {
        let mut at = changes.start;
        let end = changes.start + changes.len;
        while at < end {
            let Some(change) = scenario.changes.get(at as usize) else {
                return;
            };
            let before = log.len();
            let here = at;
            at += 1;
            match *change {
                Change::Distress(by) => self.shift(
                    Shift {
                        distress: by,
                        trust: 0,
                    },
                    log,
                ),
                Change::Trust(by) => self.shift(
                    Shift {
                        distress: 0,
                        trust: by,
                    },
                    log,
                ),
                Change::Distance(by) => self.walk(i16::from(by), log),
                Change::Meter(meter, by) => {
                    let range = scenario
                        .meters
                        .get(usize::from(meter))
                        .map_or((0, TOP), |meter| (meter.min, meter.max));
                    if let Some(value) = self.state.meters.get_mut(usize::from(meter)) {
                        turn(value, by, range, Gauge::Meter(meter), log);
                    }
                }
                Change::Counter(counter, by) => {
                    let top = scenario
                        .counters
                        .get(usize::from(counter))
                        .map_or(0, |c| c.1);
                    if let Some(value) = self.state.counters.get_mut(usize::from(counter)) {
                        turn(value, by, (0, top), Gauge::Counter(counter), log);
                    }
                }
                Change::Learn(fact) => {
                    if !self.state.knows(fact) {
                        self.state.set_fact(fact, true);
                        log.push(Event::FactLearned(fact));
                    }
                }
                Change::Forget(fact) => {
                    if self.state.knows(fact) {
                        self.state.set_fact(fact, false);
                        log.push(Event::FactForgotten(fact));
                    }
                }
                Change::Detain(reference) => {
                    if self.state.detained.is_none() {
                        self.since = self.steps;
                    }
                    self.state.detained = Some(reference);
                    log.push(Event::StatusChanged(Some(reference)));
                }
                Change::Release => {
                    if self.state.detained.take().is_some() {
                        log.push(Event::StatusChanged(None));
                    }
                }
                Change::Chance {
                    percent,
                    then,
                    otherwise,
                } => {
                    let yes = self.comes_up(percent);
                    let (then, otherwise) = branches(at, then, otherwise);
                    self.change(scenario, if yes { then } else { otherwise }, log);
                    at = otherwise.start + otherwise.len;
                }
                Change::If {
                    tests,
                    then,
                    otherwise,
                } => {
                    let yes = self.holds(scenario, tests);
                    let (then, otherwise) = branches(at, then, otherwise);
                    self.change(scenario, if yes { then } else { otherwise }, log);
                    at = otherwise.start + otherwise.len;
                }
            }
            if let Chance::Dealt(deal) = &mut self.chance {
                deal.note_change(here, *change, log.get(before));
            }
        }
    }

    fn fail(&mut self, scenario: &Scenario, failures: Run, log: &mut Vec<Event>) {
        for (position, failure) in failures.positions().zip(failures.of(&scenario.failures)) {
            if self.holds(scenario, failure.when) {
                log.push(Event::GateFailed(position));
            }
        }
    }

    fn say(&mut self, scenario: &Scenario, lines: Run, log: &mut Vec<Event>) {
        if matches!(&self.chance, Chance::Dealt(deal) if !deal.with_words) {
            return;
        }
        for (position, line) in lines.positions().zip(lines.of(&scenario.lines)) {
            if self.holds(scenario, line.when) {
                log.push(Event::LineSpoken(position));
            }
        }
    }

    /// True in `percent` of a hundred cases. The remainder of 2^32 by 100 favours low numbers
    /// by less than one in forty million.
    fn comes_up(&mut self, percent: u8) -> bool {
        percent >= 100
            || match &mut self.chance {
                Chance::Drawn(chance) => chance.next_u32() % 100 < u32::from(percent),
                Chance::Dealt(deal) => deal.comes_up(percent),
            }
    }

    /// Whether all conditions of a run hold.
    fn holds(&mut self, scenario: &Scenario, when: Run) -> bool {
        let holds = self.state.holds(when, &scenario.tests);
        if let Chance::Dealt(deal) = &mut self.chance {
            deal.note_condition(when, holds);
        }
        holds
    }

    fn route(&mut self, scenario: &Scenario, routes: Run) -> Target {
        for (position, route) in routes.positions().zip(routes.of(&scenario.routes)) {
            if self.holds(scenario, route.when) && self.comes_up(route.chance) {
                if let Chance::Dealt(deal) = &mut self.chance {
                    deal.note_route(position);
                }
                return route.to;
            }
        }
        Target::Stay
    }

    /// The first incident that the state calls for. One that leads elsewhere takes the place of where
    /// the move led, which is given up.
    fn happen(&mut self, scenario: &Scenario, to: Target, log: &mut Vec<Event>) -> Target {
        for (position, incident) in (0_u32..).zip(&scenario.incidents) {
            let spent = !incident.repeats && self.state.has_seen(incident.mark);
            if !spent && self.holds(scenario, incident.when) && self.comes_up(incident.chance) {
                self.state.set_mark(incident.mark);
                log.push(Event::Happened(position));
                self.change(scenario, incident.changes, log);
                self.say(scenario, incident.lines, log);
                return if incident.to == Target::Stay {
                    to
                } else {
                    incident.to
                };
            }
        }
        to
    }

    /// Goes to a target and on to the next decision or ending.
    fn enter(&mut self, scenario: &Scenario, to: Target, log: &mut Vec<Event>) {
        let mut to = to;
        for _ in 0..MOST_HOPS {
            match to {
                Target::Stay => break,
                Target::Ending(ending) => {
                    self.state.ending = Some(ending);
                    if let Some(end) = scenario.endings.get(ending as usize) {
                        self.fail(scenario, end.failures, log);
                    }
                    log.push(Event::Ended(ending));
                    return;
                }
                Target::Beat(beat) => {
                    self.state.beat = beat;
                    self.state.used = 0;
                    log.push(Event::BeatReached(beat));
                    let Some(here) = scenario.beats.get(beat as usize) else {
                        break;
                    };
                    self.change(scenario, here.changes, log);
                    self.say(scenario, here.lines, log);
                    if here.decision.is_some() {
                        break;
                    }
                    to = self.route(scenario, here.routes);
                }
            }
        }
        log.push(Event::DecisionOffered(self.state.beat));
    }
}

/// The two lists of nested changes that follow a `Chance` or an `If`.
const fn branches(at: u32, then: u16, otherwise: u16) -> (Run, Run) {
    let then = Run {
        start: at,
        len: then as u32,
    };
    let otherwise = Run {
        start: then.start + then.len,
        len: otherwise as u32,
    };
    (then, otherwise)
}

fn standing_of(made: Move) -> Option<Standing> {
    match made {
        Move::StepCloser => Some(Standing::StepCloser),
        Move::StepBack => Some(Standing::StepBack),
        Move::Observe => Some(Standing::Observe),
        Move::Radio => Some(Standing::Radio),
        Move::Hold => Some(Standing::Hold),
        Move::Choice(_) | Move::Silence => None,
    }
}

const fn bit(standing: Standing) -> u8 {
    1 << standing as u8
}

fn turn(value: &mut u8, by: i8, (least, most): (u8, u8), gauge: Gauge, log: &mut Vec<Event>) {
    let from = *value;
    let to = (i16::from(from) + i16::from(by)).clamp(i16::from(least), i16::from(most));
    let to = u8::try_from(to).unwrap_or(from);
    if from != to {
        *value = to;
        log.push(Event::GaugeChanged { gauge, from, to });
    }
}

/// Position drawn by weight.
fn pick(chance: &mut ChaCha8Rng, weights: impl Iterator<Item = u8> + Clone) -> u8 {
    let total: u32 = weights.clone().map(u32::from).sum();
    if total == 0 {
        return 0;
    }
    let mut left = chance.next_u32() % total;
    for (position, weight) in (0_u8..).zip(weights) {
        if left < u32::from(weight) {
            return position;
        }
        left -= u32::from(weight);
    }
    0
}

fn clock_after(clock: &str, minutes: u32) -> String {
    let (hours, rest) = clock.split_once(':').unwrap_or(("0", "0"));
    let start = hours.parse::<u32>().unwrap_or(0) * 60 + rest.parse::<u32>().unwrap_or(0);
    let now = (start + minutes) % (24 * 60);
    format!("{:02}:{:02}", now / 60, now % 60)
}
