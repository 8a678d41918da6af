//! One step from beginning to end: what the move does, what happens next, and on to the next
//! decision or ending.

use crate::scenario::{Act, Run, Scenario, StandingRule, Target};

use super::super::event::{Event, Move};
use super::Play;
use super::chance::Chance;
use super::open::{bit, standing_of};

/// Most beats without a decision in a row; the checker refuses circles, so this is never met.
const MOST_HOPS: usize = 256;

impl Play {
    /// Makes a move that is open.
    pub(super) fn step(
        &mut self,
        scenario: &Scenario,
        seed: u64,
        made: Move,
        log: &mut Vec<Event>,
    ) {
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

    /// Whether all conditions of a run hold.
    pub(super) fn holds(&mut self, scenario: &Scenario, when: Run) -> bool {
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
    pub(super) fn enter(&mut self, scenario: &Scenario, to: Target, log: &mut Vec<Event>) {
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
