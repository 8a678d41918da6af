//! From one state to all that can follow it: every open move, every outcome of chance, and what
//! each move earns.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::course::Level;
use crate::encounter::{Deal, Encounter, Event, Move, State, Trace};
use crate::scenario::{Act, Scenario, Standing};

use super::chances::{Policy, chosen};
use super::key::{Key, Layout};
use super::live::{moves_of, rules_for, used_after};
use super::met::Met;

/// Most objectives whose points are kept apart.
pub(super) const MOST_OBJECTIVES: usize = 32;

/// What a way from one state to the next is, apart from where it leads.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Way {
    /// The move.
    pub made: Move,
    /// Probability of this outcome of the move.
    pub share: f64,
    /// Points, four bits for each assessed objective in order: earned, then available.
    pub points: u128,
    /// Gates that fail on the way, one bit for each of the course's.
    pub gates: u32,
}

impl Way {
    /// Points earned and available for an objective, by its place among the assessed.
    #[must_use]
    #[inline]
    pub const fn points_of(&self, objective: usize) -> (u8, u8) {
        let nibble = (self.points >> (objective * 4)) as u8;
        (nibble & 3, nibble >> 2 & 3)
    }

    /// Points that were available and not earned, over all objectives.
    pub(super) const fn lost(&self) -> i32 {
        lost(self.points)
    }

    pub(super) const fn bits(&self) -> (Move, u64, u128, u32) {
        (self.made, self.share.to_bits(), self.points, self.gates)
    }
}

const fn lost(mut points: u128) -> i32 {
    let mut lost = 0;
    while points != 0 {
        lost += (points >> 2 & 3) as i32 - (points & 3) as i32;
        points >>= 4;
    }
    lost
}

/// Levels shown of each assessed objective: 0 for nothing said, else the level and one.
type Levels = [u8; MOST_OBJECTIVES];

/// Outcomes that one state may have at most, and those of the states that are left together.
pub(super) const MOST_OUTCOMES: usize = 8_000_000;
/// Outcomes of one state after which it is asked again whether to stop.
const STOPS_EVERY: usize = 4_096;

/// One move out of a state.
#[derive(Debug, Clone, Copy)]
struct OpenMove<const W: usize> {
    made: Move,
    levels: Levels,
    counts: bool,
    points: u128,
    gates: u32,
    /// Where it leads, if chance has no part in it.
    after: Option<Key<W>>,
}

/// Steps through states.
#[derive(Debug)]
pub(super) struct Expander<'l, const W: usize> {
    scenario: Arc<Scenario>,
    layout: &'l Layout,
    encounter: Encounter,
    base: State,
    after: State,
    log: Vec<Event>,
    moves: Vec<Move>,
    ways: Vec<OpenMove<W>>,
    /// The best that is open, of the moves that count.
    best: Levels,
    /// Place among the assessed of each of the course's objectives.
    places: Vec<u8>,
    objectives: usize,
    only: Option<Policy>,
    /// Outcomes of one state after which no more of them are looked at.
    most: usize,
    left: usize,
    /// Set from outside to stop early.
    cancel: Arc<AtomicBool>,
    /// Whether some outcome was not looked at.
    pub(super) is_over: bool,
    made: Vec<(Key<W>, Way)>,
    /// Outcomes of a move that change nothing.
    idle: Vec<(Key<W>, Way)>,
    pub(super) met: Met,
}

/// Points of one objective, in four bits: what is earned, and above it what could be. Both levels are
/// counted from one, and nothing said is nought; nought where no opportunity is.
pub(super) const fn points_of(earned: u8, best: u8) -> u8 {
    if best <= Level::Unsafe as u8 + 1 {
        return 0;
    }
    let available = best - 1;
    let earned = if earned == 0 {
        Level::Developing as u8
    } else {
        earned - 1
    };
    let earned = if earned < available {
        earned
    } else {
        available
    };
    earned | available << 2
}

impl<'l, const W: usize> Expander<'l, W> {
    pub(super) fn new(scenario: &Arc<Scenario>, layout: &'l Layout, with_words: bool) -> Self {
        let mut encounter = Encounter::dealt(Arc::clone(scenario));
        if let Some(deal) = encounter.deal() {
            deal.with_words = with_words;
        }
        let base = encounter.state().clone();
        let mut places = vec![u8::MAX; scenario.names.objectives.len()];
        let mut objectives = 0;
        for (place, objective) in scenario.assessed().take(MOST_OBJECTIVES).enumerate() {
            if let Some(own) = places.get_mut(usize::from(objective)) {
                *own = place as u8;
                objectives = place + 1;
            }
        }
        Self {
            scenario: Arc::clone(scenario),
            layout,
            encounter,
            after: base.clone(),
            base,
            log: Vec::with_capacity(256),
            moves: Vec::with_capacity(16),
            ways: Vec::with_capacity(16),
            best: [0; MOST_OBJECTIVES],
            places,
            objectives,
            only: None,
            most: MOST_OUTCOMES,
            left: MOST_OUTCOMES,
            cancel: Arc::default(),
            is_over: false,
            made: Vec::new(),
            idle: Vec::new(),
            met: Met::new(scenario),
        }
    }

    /// Goes only where this policy leads, if there is one.
    pub(super) const fn only(mut self, policy: Option<Policy>) -> Self {
        self.only = policy;
        self
    }

    /// Looks at so many outcomes of one state at most, and stops early where it is cancelled.
    pub(super) fn within(mut self, most: usize, cancel: &Arc<AtomicBool>) -> Self {
        self.most = most.min(MOST_OUTCOMES);
        self.cancel = Arc::clone(cancel);
        self
    }

    /// Whether it was stopped from outside.
    pub(super) fn is_cancelled(&self) -> bool {
        self.cancel.load(Ordering::Relaxed)
    }

    /// Adds what the kernel noted on the way.
    pub(super) fn hand_over_trace(&mut self, met: &mut Met) {
        if let Some(deal) = self.encounter.deal() {
            met.trace.add(&deal.trace);
        }
    }

    /// Every first decision that a draw can lead to.
    pub(super) fn open(&mut self, drawn: &State, mut found: impl FnMut(Key<W>, f64)) {
        self.left = self.most;
        if let Some(deal) = self.encounter.deal() {
            deal.first();
        }
        loop {
            self.log.clear();
            self.encounter.open_with(drawn, &mut self.log);
            self.met.log(&self.log);
            self.after.clone_from(self.encounter.state());
            let share = self.encounter.deal().map_or(1.0, |deal| deal.share());
            let drawn = drawn_at_once(self.layout);
            self.draw_due(drawn, 0, share, &mut found);
            if !self.encounter.deal().is_some_and(Deal::advance) {
                return;
            }
        }
    }

    /// Looks at a state for options that no other one outdoes there. Everything in it counts as
    /// drawn.
    pub(super) fn look(&mut self, state: &State) {
        self.base.clone_from(state);
        let key = self.layout.pack(state, state.used, u64::MAX);
        self.expand_base(&key, u64::MAX, |_, _| {});
    }

    /// Every way on from a state.
    pub(super) fn expand(&mut self, key: &Key<W>, mut found: impl FnMut(Key<W>, Way)) {
        let drawn = self.layout.unpack(key, &mut self.base);
        self.left = self.most;
        match self.only {
            None => self.expand_base(key, drawn, found),
            Some(policy) => self.follow(policy, key, drawn, &mut found),
        }
    }

    fn expand_base(&mut self, key: &Key<W>, drawn: u64, mut found: impl FnMut(Key<W>, Way)) {
        if !self.look_around() {
            return;
        }
        for number in 0..self.ways.len() {
            self.make(number, key, drawn, &mut found);
        }
        self.note_undominated();
    }

    /// The ways on that a policy takes. Moves are made in the order in which it likes them, and only
    /// until it is clear which one it makes.
    fn follow(
        &mut self,
        policy: Policy,
        key: &Key<W>,
        drawn: u64,
        found: &mut impl FnMut(Key<W>, Way),
    ) {
        if !self.look_around() {
            return;
        }
        let liked: Vec<usize> = match policy {
            Policy::Uniform => (0..self.ways.len()).collect(),
            Policy::First | Policy::Silent => {
                let wanted = self.ways.iter().position(|way| match way.made {
                    Move::Choice(_) => policy == Policy::First,
                    made => made == Move::Silence,
                });
                wanted.into_iter().collect()
            }
            Policy::Best => {
                let mut liked: Vec<usize> = (0..self.ways.len()).collect();
                liked.retain(|number| !is_aside(self.ways[*number].made, self.points(*number)));
                liked.sort_by_cached_key(|number| lost(self.points(*number)));
                liked
            }
        };
        let mut all = std::mem::take(&mut self.made);
        all.clear();
        for number in liked {
            let before = all.len();
            self.make(number, key, drawn, &mut |after, way| all.push((after, way)));
            // No other move loses less.
            if policy == Policy::Best && all[before..].iter().any(|(_, way)| way.gates == 0) {
                break;
            }
        }
        let in_order = |way: &Way| self.ways.iter().position(|own| own.made == way.made);
        all.sort_by_key(|(_, way)| in_order(way));
        let chosen = chosen(policy, all.iter().map(|(_, way)| way));
        for (after, way) in &all {
            if chosen.is_none_or(|chosen| way.made == chosen) {
                found(*after, *way);
            }
        }
        self.made = all;
    }

    /// Sees which moves are open; false if it is over.
    fn look_around(&mut self) -> bool {
        if self.base.ending.is_some() {
            return false;
        }
        self.encounter.set(&self.base);
        let unread = self.layout.unread(&self.base);
        if let Some(deal) = self.encounter.deal() {
            deal.unread = unread;
        }
        moves_of(&self.encounter, &mut self.moves);
        self.look_at_moves();
        self.best = [0; MOST_OBJECTIVES];
        for way in self.ways.iter().filter(|way| way.counts) {
            for (best, level) in self.best.iter_mut().zip(way.levels) {
                *best = level.max(*best);
            }
        }
        true
    }

    /// Makes one of the open moves, in every way that chance may go.
    fn make(
        &mut self,
        number: usize,
        key: &Key<W>,
        drawn: u64,
        found: &mut impl FnMut(Key<W>, Way),
    ) {
        let made = self.ways[number].made;
        let points = self.points(number);
        self.ways[number].points = points;
        if let Some(deal) = self.encounter.deal() {
            deal.first();
        }
        let mut outcomes = 0;
        let mut idle = std::mem::take(&mut self.idle);
        idle.clear();
        loop {
            self.encounter.set(&self.base);
            self.log.clear();
            if self.encounter.step(made, &mut self.log).is_err() {
                break;
            }
            self.met.log(&self.log);
            let gates = gates_in(&self.scenario, &self.log);
            self.after.clone_from(self.encounter.state());
            self.note_felt();
            let used = used_after(&self.scenario, &self.after);
            let share = self.encounter.deal().map_or(1.0, |deal| deal.share());
            self.ways[number].gates |= gates;
            let mut last = None;
            self.draw_due(drawn, used, share, &mut |after, share| {
                outcomes += 1;
                last = (outcomes == 1).then_some(after);
                let way = Way {
                    made,
                    share,
                    points,
                    gates,
                };
                if is_nothing(key, &after, &way) {
                    idle.push((after, way));
                } else {
                    found(after, way);
                }
            });
            self.ways[number].after = last;
            if !self.encounter.deal().is_some_and(Deal::advance) {
                break;
            }
        }
        // What can do nothing at all is no move; what now and then does nothing is one.
        if outcomes > idle.len() {
            for (after, way) in idle.drain(..) {
                found(after, way);
            }
        }
        self.idle = idle;
    }

    /// Which words of how it felt are said, once it has ended.
    fn note_felt(&mut self) {
        if self.after.ending.is_none() {
            return;
        }
        let scenario = Arc::clone(&self.scenario);
        let ending = self
            .after
            .ending
            .and_then(|e| scenario.endings.get(e as usize));
        for felt in ending.map_or(&[][..], |ending| &ending.felt) {
            let holds = self.after.holds(felt.when, &scenario.tests);
            self.met.trace.condition(felt.when, holds);
        }
    }

    /// Draws the variations that may be read before the next decision, in every way, and gives
    /// the keys with their shares. What nothing has read yet need not have been drawn: seeds
    /// draw independently, so the shares are the same as if it had been at the beginning.
    fn draw_due(&mut self, drawn: u64, used: u8, share: f64, found: &mut impl FnMut(Key<W>, f64)) {
        if self.left == 0 || self.left.is_multiple_of(STOPS_EVERY) && self.is_cancelled() {
            self.is_over = true;
            return;
        }
        let due = self.layout.due(&self.after, drawn);
        if due == 0 {
            self.left -= 1;
            found(self.layout.pack(&self.after, used, drawn), share);
            return;
        }
        let at = due.trailing_zeros() as usize;
        let drawn = drawn | 1 << at;
        let scenario = Arc::clone(&self.scenario);
        let Some((_, varieties)) = scenario.variations.get(at) else {
            return;
        };
        let total: u32 = varieties.iter().map(|v| u32::from(v.weight)).sum();
        for (value, variety) in (0_u8..).zip(varieties) {
            if variety.weight > 0 {
                self.after.draws[at] = value;
                let part = f64::from(variety.weight) / f64::from(total);
                self.draw_due(drawn, used, share * part, found);
            }
        }
    }

    /// What each open move shows, and what was asked for to say so.
    fn look_at_moves(&mut self) {
        let Self {
            scenario,
            encounter,
            base,
            moves,
            ways,
            places,
            met,
            ..
        } = self;
        let beat = base.beat as usize;
        ways.clear();
        let mut has_option = false;
        for made in moves.iter() {
            let counts = match *made {
                Move::Choice(choice) => {
                    has_option = true;
                    if let Some(open) = met.choices.get_mut(choice as usize) {
                        *open = true;
                    }
                    true
                }
                Move::Silence | Move::Hold => true,
                standing => encounter.is_own_move(standing),
            };
            let mut levels = [0; MOST_OBJECTIVES];
            for evidence in encounter.evidence(*made) {
                let place = places
                    .get(usize::from(evidence.objective))
                    .copied()
                    .unwrap_or(u8::MAX);
                if let Some(own) = levels.get_mut(usize::from(place))
                    && *own == 0
                {
                    *own = evidence.level as u8 + 1;
                }
            }
            if let Some(act) = encounter.act(*made) {
                note_bands(scenario, base, act, &mut met.trace);
            }
            ways.push(OpenMove {
                made: *made,
                levels,
                counts,
                points: 0,
                gates: 0,
                after: None,
            });
        }
        let Some(here) = scenario.beats.get(beat) else {
            return;
        };
        if let Some(decision) = &here.decision {
            for choice in decision.choices.of(&scenario.choices) {
                let holds = base.holds(choice.when, &scenario.tests);
                met.trace.condition(choice.when, holds);
            }
            if !has_option && let Some(dry) = met.dry.get_mut(beat) {
                *dry = true;
            }
        }
        for standing in &scenario.standing {
            for rule in rules_for(scenario, beat, *standing) {
                let holds = base.holds(rule.when, &scenario.tests);
                met.trace.condition(rule.when, holds);
            }
        }
    }

    /// Points of one of the open moves, packed.
    fn points(&self, number: usize) -> u128 {
        let Some(own) = self.ways.get(number) else {
            return 0;
        };
        let is_side_move = is_side_move(own.made);
        let mut packed = 0;
        for place in 0..self.objectives {
            let earned = own.levels[place];
            if is_side_move && earned == 0 {
                continue;
            }
            let best = self.best[place].max(earned);
            packed |= u128::from(points_of(earned, best)) << (place * 4);
        }
        packed
    }

    /// Marks the options that no other one outdoes here. One outdoes another if it leads to the
    /// same state but for distress and trust, is no worse in those, fails no more gates and
    /// earns no less of anything, and is better in one of them.
    fn note_undominated(&mut self) {
        for own in &self.ways {
            let Move::Choice(choice) = own.made else {
                continue;
            };
            let Some(met) = self.met.undominated.get_mut(choice as usize) else {
                continue;
            };
            *met = *met
                || !self
                    .ways
                    .iter()
                    .any(|other| other.made != own.made && outdoes(other, own, self.objectives));
        }
    }
}

/// The variations that are drawn at the very beginning.
pub(super) fn drawn_at_once(layout: &Layout) -> u64 {
    (0..64)
        .filter(|at| layout.live.is_read_at_once(*at))
        .fold(0, |drawn, at| drawn | 1 << at)
}

fn outdoes<const W: usize>(other: &OpenMove<W>, own: &OpenMove<W>, objectives: usize) -> bool {
    let (Move::Choice(_), Some(theirs), Some(mine)) = (other.made, other.after, own.after) else {
        return false;
    };
    if !Layout::is_same_but_for_feeling(&theirs, &mine) || other.gates & !own.gates != 0 {
        return false;
    }
    let (their_distress, their_trust) = Layout::feeling(&theirs);
    let (my_distress, my_trust) = Layout::feeling(&mine);
    if their_distress > my_distress || their_trust < my_trust {
        return false;
    }
    let mut is_better =
        their_distress < my_distress || their_trust > my_trust || other.gates != own.gates;
    for place in 0..objectives {
        let (theirs, mine) = (
            (other.points >> (place * 4)) & 3,
            (own.points >> (place * 4)) & 3,
        );
        if theirs < mine {
            return false;
        }
        is_better |= theirs > mine;
    }
    is_better
}

fn note_bands(scenario: &Scenario, state: &State, act: &Act, trace: &mut Trace) {
    for band in act.evidence_bands.of(&scenario.evidence_bands) {
        let holds = state.holds(band.when, &scenario.tests);
        trace.condition(band.when, holds);
        if holds {
            return;
        }
    }
}

/// Whether an outcome is no more than that a standing move was made.
pub(super) fn is_nothing<const W: usize>(key: &Key<W>, after: &Key<W>, way: &Way) -> bool {
    way.points == 0
        && way.gates == 0
        && standing_of(way.made).is_some_and(|standing| Layout::is_trace_only(key, after, standing))
}

/// Whether a move is made beside the talk and shows nothing: no way to earn points, nor to lose any.
pub(super) const fn is_aside(made: Move, points: u128) -> bool {
    is_side_move(made) && points == 0
}

const fn is_side_move(made: Move) -> bool {
    matches!(
        made,
        Move::StepCloser | Move::StepBack | Move::Observe | Move::Radio
    )
}

pub(super) fn gates_in(scenario: &Scenario, log: &[Event]) -> u32 {
    log.iter()
        .filter_map(|event| match event {
            Event::GateFailed(failure) => scenario.failures.get(*failure as usize),
            _ => None,
        })
        .fold(0, |gates, failure| gates | 1 << (failure.gate & 31))
}

const fn standing_of(made: Move) -> Option<Standing> {
    match made {
        Move::StepCloser => Some(Standing::StepCloser),
        Move::StepBack => Some(Standing::StepBack),
        Move::Observe => Some(Standing::Observe),
        Move::Radio => Some(Standing::Radio),
        Move::Hold | Move::Choice(_) | Move::Silence => None,
    }
}
