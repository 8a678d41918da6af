//! Which moves are open, in which order they are offered, and what each would do.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::scenario::{Act, Run, Standing, StandingRule};

use super::super::event::Move;
use super::{Encounter, STRIDE, TOP};

impl Encounter {
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
}

pub(super) fn standing_of(made: Move) -> Option<Standing> {
    match made {
        Move::StepCloser => Some(Standing::StepCloser),
        Move::StepBack => Some(Standing::StepBack),
        Move::Observe => Some(Standing::Observe),
        Move::Radio => Some(Standing::Radio),
        Move::Hold => Some(Standing::Hold),
        Move::Choice(_) | Move::Silence => None,
    }
}

pub(super) const fn bit(standing: Standing) -> u8 {
    1 << standing as u8
}
