//! Roaming: some states of each beat, one by one, so that most of what can be met is met at once.
//!
//! Where there are too many states to visit, a few thousand of them show nearly everything that
//! play can meet. Each walker keeps some states of every beat that it has come to and goes on from
//! each beat in turn, so that the last beats are looked at as often as the first. Every state is
//! reached by moves from what a seed can draw: what is met here is met.

use std::collections::HashSet;
use std::hash::BuildHasherDefault;
use std::sync::Arc;
use std::thread;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::encounter::{Encounter, State};
use crate::scenario::{Run, Scenario, Test};

use super::expand::{Expander, is_nothing};
use super::key::{Key, Layout, by_width, hash};
use super::met::Met;
use super::sets::Quick;

/// Walkers, however many threads there are, so that what they meet is always the same.
const WALKERS: u64 = 4;
/// States from which each of them goes on in one round.
const EACH: usize = 500;
/// Outcomes of one state that are looked at.
const OUTCOMES: usize = 4_000;
/// Draws with which each of them begins.
const DRAWS: usize = 60;
/// States of one beat that wait to be left.
const WAITING: usize = 64;
/// States out of which the one is taken that comes nearest to what is looked for.
const LOOKED_AT: usize = 8;

/// A condition that should hold, or fail, in a state that is reached.
pub(super) type Goal = (Run, bool);

/// What was met.
#[derive(Debug)]
pub(super) struct Roamed {
    pub(super) met: Met,
    /// Endings that a step reached without failing a gate.
    pub(super) ungated: Vec<bool>,
}

/// Roams through a scenario in rounds; words are told apart too. After each round `next` takes what
/// was met so far, and says what to look for in the next one, or that it is enough. Nothing is
/// met if the scenario's keys are too wide.
pub(super) fn roam(
    scenario: &Arc<Scenario>,
    threads: usize,
    goals: Vec<Goal>,
    next: &mut dyn FnMut(&Roamed) -> Option<Vec<Goal>>,
) {
    let blank = Encounter::dealt(Arc::clone(scenario)).state().clone();
    let layout = Layout::of(scenario, blank, true);
    by_width!(layout, rounds(scenario, &layout, threads, goals, next), ());
}

impl Roamed {
    fn nothing(scenario: &Scenario) -> Self {
        Self {
            met: Met::new(scenario),
            ungated: vec![false; scenario.endings.len()],
        }
    }
}

fn rounds<const W: usize>(
    scenario: &Arc<Scenario>,
    layout: &Layout,
    threads: usize,
    mut goals: Vec<Goal>,
    next: &mut dyn FnMut(&Roamed) -> Option<Vec<Goal>>,
) {
    let mut walkers: Vec<Walker<'_, W>> = (0..WALKERS)
        .map(|number| Walker::new(scenario, layout, number))
        .collect();
    let each = walkers.len().div_ceil(threads.max(1));
    loop {
        thread::scope(|scope| {
            for own in walkers.chunks_mut(each) {
                let goals = &goals;
                scope.spawn(move || own.iter_mut().for_each(|walker| walker.walk(goals)));
            }
        });
        let mut all = Roamed::nothing(scenario);
        for walker in &mut walkers {
            walker.hand_over(&mut all);
        }
        if walkers.iter().all(Walker::is_done) {
            return;
        }
        match next(&all) {
            Some(more) => goals = more,
            None => return,
        }
    }
}

struct Walker<'l, const W: usize> {
    scenario: &'l Arc<Scenario>,
    layout: &'l Layout,
    expander: Expander<'l, W>,
    dice: ChaCha8Rng,
    /// By beat.
    waiting: Vec<Vec<Key<W>>>,
    seen: HashSet<u64, BuildHasherDefault<Quick>>,
    ungated: Vec<bool>,
    /// One that is looked at.
    state: State,
}

impl<'l, const W: usize> Walker<'l, W> {
    fn new(scenario: &'l Arc<Scenario>, layout: &'l Layout, number: u64) -> Self {
        let mut walker = Self {
            scenario,
            layout,
            expander: Expander::new(scenario, layout, true).within(OUTCOMES, &Arc::default()),
            dice: ChaCha8Rng::seed_from_u64(number),
            waiting: vec![Vec::new(); scenario.beats.len()],
            seen: HashSet::default(),
            ungated: vec![false; scenario.endings.len()],
            state: Encounter::dealt(Arc::clone(scenario)).state().clone(),
        };
        let mut fresh = Vec::new();
        walker.draw(&mut fresh);
        walker.take_in(&mut fresh);
        walker
    }

    /// Whether nothing is left to go on from.
    fn is_done(&self) -> bool {
        self.waiting.iter().all(Vec::is_empty)
    }

    fn walk(&mut self, goals: &[Goal]) {
        let mut fresh = Vec::new();
        let mut left = EACH;
        while left > 0 && !self.is_done() {
            for beat in 0..self.waiting.len() {
                if let Some(at) = self.choose(beat, goals) {
                    let key = self.waiting[beat].swap_remove(at);
                    self.leave(&key, &mut fresh);
                    self.take_in(&mut fresh);
                    left = left.saturating_sub(1);
                }
            }
        }
    }

    /// Which of the states that wait at a beat is left: any, or one that comes near to a goal.
    fn choose(&mut self, beat: usize, goals: &[Goal]) -> Option<usize> {
        let waiting = &self.waiting[beat];
        let mut draw = |below: usize| self.dice.next_u32() as usize % below;
        if waiting.is_empty() {
            return None;
        }
        let mut chosen = draw(waiting.len());
        if !goals.is_empty() && draw(2) == 0 {
            let goal = goals[draw(goals.len())];
            let mut nearest = None;
            for _ in 0..LOOKED_AT {
                let at = draw(waiting.len());
                self.layout.unpack(&waiting[at], &mut self.state);
                let near = nearness(self.scenario, &self.state, goal);
                if nearest.is_none_or(|nearest| near > nearest) {
                    nearest = Some(near);
                    chosen = at;
                }
            }
        }
        Some(chosen)
    }

    fn hand_over(&mut self, all: &mut Roamed) {
        all.met.add(&self.expander.met);
        self.expander.hand_over_trace(&mut all.met);
        for (own, more) in all.ungated.iter_mut().zip(&self.ungated) {
            *own |= more;
        }
    }

    /// What some draws begin with.
    fn draw(&mut self, fresh: &mut Vec<Key<W>>) {
        let drawn = State::draws_of(self.scenario, &|_| false);
        for _ in 0..DRAWS {
            let at = self.dice.next_u32() as usize % drawn.len();
            let mut state = drawn[at].0.clone();
            for (own, (_, varieties)) in state.draws.iter_mut().zip(&self.scenario.variations) {
                let open: Vec<u8> = (0_u8..)
                    .zip(varieties)
                    .filter(|(_, variety)| variety.weight > 0)
                    .map(|(value, _)| value)
                    .collect();
                if !open.is_empty() {
                    *own = open[self.dice.next_u32() as usize % open.len()];
                }
            }
            self.expander.open(&state, |key, _| fresh.push(key));
        }
    }

    fn leave(&mut self, key: &Key<W>, fresh: &mut Vec<Key<W>>) {
        let beats = self.scenario.beats.len() as u32;
        let (layout, ungated) = (self.layout, &mut self.ungated);
        self.expander.expand(key, |after, way| {
            // To have made a move that did nothing opens no way.
            if is_nothing(key, &after, &way) {
                return;
            }
            match layout.place(&after).checked_sub(beats) {
                None => fresh.push(after),
                Some(ending) if way.gates == 0 => ungated[ending as usize] = true,
                Some(_) => {}
            }
        });
    }

    /// Keeps what is new; where too much waits, some of it gives way.
    fn take_in(&mut self, fresh: &mut Vec<Key<W>>) {
        for key in fresh.drain(..) {
            let Some(waiting) = self.waiting.get_mut(self.layout.place(&key) as usize) else {
                continue;
            };
            if !self.seen.insert(hash(&key)) {
                continue;
            }
            if waiting.len() < WAITING {
                waiting.push(key);
            } else {
                let at = self.dice.next_u32() as usize % waiting.len();
                waiting[at] = key;
            }
        }
    }
}

/// How many of a goal's conditions are as they should be.
fn nearness(scenario: &Scenario, state: &State, (when, holds): Goal) -> usize {
    let (mut at, end) = (when.start, when.start + when.len);
    let mut near = 0;
    while at < end {
        let len = match scenario.tests.get(at as usize) {
            Some(Test::All(len) | Test::Any(len) | Test::Not(len)) => 1 + len,
            _ => 1,
        };
        let own = Run { start: at, len };
        near += usize::from(state.holds(own, &scenario.tests) == holds);
        at += len;
    }
    near
}
