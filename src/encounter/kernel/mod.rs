//! The kernel: how a move changes the state.
//!
//! This file begins an encounter and is what others ask and tell it; each of the files beside it
//! holds one part of what a move does or of what can be asked.

mod chance;
mod change;
mod evidence;
mod open;
mod reaction;
mod step;
mod telling;

use std::sync::Arc;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use thiserror::Error;

use crate::scenario::{Act, Decision, Scenario, Target, UsedProfile};

use self::chance::Chance;
use super::deal::Deal;
use super::event::{Event, Move};
use super::state::State;

/// Highest distress, trust and distance.
const TOP: u8 = 20;

/// Half-metres in one step.
const STRIDE: u8 = 2;

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

impl Encounter {
    /// Begins an encounter; what happens up to the first decision is added to `log`.
    #[must_use]
    pub fn begin(scenario: Arc<Scenario>, seed: u64, log: &mut Vec<Event>) -> Self {
        let start = scenario.start;
        Self::begin_with(scenario, seed, start, &|_| (), log)
    }

    /// Begins at this beat, with what was drawn changed first.
    pub(in crate::encounter) fn begin_with(
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
}
