//! Moves on whole sets, and where they lead.

use crate::scenario::{Act, Run, Standing, Target};

use super::super::levels::level_of;
use super::super::live::rules_for;
use super::super::sets::{Deed, EMPTY, Family, Set};
use super::{Doing, STRIDE, Sweep, TOP};

impl<F: Family> Sweep<'_, F> {
    /// Makes every move from the new states of a beat.
    pub(super) fn leave(&mut self, beat: u32) {
        let set = std::mem::replace(&mut self.fresh[beat as usize], EMPTY);
        let scenario = self.scenario;
        let Some(here) = scenario.beats.get(beat as usize) else {
            return;
        };
        let Some(decision) = &here.decision else {
            return;
        };
        self.from = beat;
        if !self.has_turn(beat) {
            return;
        }
        let mut set = self.within_bound(set, beat);
        // What leaves a person at this decision is done first, so that the rest is done once.
        let (mut new, mut waited) = (set, 0);
        while new != EMPTY {
            self.wait(new, beat, decision.silence.as_deref());
            self.lead_on();
            new = std::mem::replace(&mut self.fresh[beat as usize], EMPTY);
            new = self.within_bound(new, beat);
            waited += 1;
            if !self.waits_on(waited) {
                self.bounded.has_bound |= new != EMPTY;
                break;
            }
            set = self.sets.join(set, new);
            if self.bounded.is_exact() && self.most < u64::MAX && self.is_over() {
                return;
            }
        }
        let mut closed = set;
        for position in decision.choices.positions() {
            let choice = &scenario.choices[position as usize];
            if !self.looks_along(beat, choice.act.routes) {
                self.bounded.has_bound = true;
                // Whether it is open was not asked.
                closed = EMPTY;
                continue;
            }
            let mut open = self.noted(set, choice.when);
            let once = choice.act.mark.filter(|_| choice.once);
            let mark = once.and_then(|mark| level_of(&self.levels.marks, mark.into()));
            open = self.has(open, mark).1;
            if open == EMPTY {
                continue;
            }
            self.met.choices[position as usize] = true;
            closed = if F::IS_EXACT {
                self.sets.part(closed, open)
            } else {
                let spent = self.has(closed, mark).0;
                let failed = self.both(closed, choice.when).1;
                self.sets.join(spent, failed)
            };
            self.make(
                open,
                Doing {
                    act: Some(&choice.act),
                    standing: None,
                    is_silence: false,
                },
            );
        }
        self.lead_on();
        if closed != EMPTY {
            self.met.dry[beat as usize] = true;
        }
    }

    /// Says nothing, or makes a standing move.
    pub(super) fn wait(&mut self, set: Set, beat: u32, silence: Option<&Act>) {
        let scenario = self.scenario;
        self.make(
            set,
            Doing {
                act: silence,
                standing: None,
                is_silence: true,
            },
        );
        for standing in &scenario.standing {
            for rule in rules_for(scenario, beat as usize, *standing) {
                if !self.is_known(rule.when) {
                    self.noted(set, rule.when);
                }
            }
            if *standing != Standing::Hold {
                self.stand_up(set, beat, *standing);
            }
        }
    }

    pub(super) fn stand_up(&mut self, set: Set, beat: u32, standing: Standing) {
        let scenario = self.scenario;
        let mut rest = self.free_to(set, standing);
        for rule in rules_for(scenario, beat as usize, standing) {
            let (spent, open) = match rule.act.mark {
                Some(mark) => self.has(rest, level_of(&self.levels.marks, mark.into())),
                None => (EMPTY, rest),
            };
            let (fits, other) = self.both(open, rule.when);
            rest = self.sets.join(spent, other);
            self.make(
                fits,
                Doing {
                    act: Some(&rule.act),
                    standing: Some(standing),
                    is_silence: false,
                },
            );
        }
        if standing != Standing::Radio {
            self.make(
                rest,
                Doing {
                    act: None,
                    standing: Some(standing),
                    is_silence: false,
                },
            );
        }
    }

    /// The states in which a standing move is not spent and the distance allows it.
    pub(super) fn free_to(&mut self, set: Set, standing: Standing) -> Set {
        let rest = self.has(set, self.levels.used[standing as usize]).1;
        let values = match standing {
            Standing::StepCloser => u32::MAX << (STRIDE + 1),
            Standing::StepBack => (1_u32 << TOP) - 1,
            Standing::Observe | Standing::Radio | Standing::Hold => u32::MAX,
        };
        match self.levels.distance {
            Some(level) => self.sets.after(rest, Deed::Keep { level, values }),
            None => rest,
        }
    }

    /// Makes a move from these states, in which it is open.
    pub(super) fn make(&mut self, set: Set, doing: Doing<'_>) {
        if set == EMPTY {
            return;
        }
        let scenario = self.scenario;
        let (mut clean, mut failed) = (set, EMPTY);
        if let Some(act) = doing.act {
            let mut rest = set;
            let bands = act.evidence_bands.of(&scenario.evidence_bands);
            for (at, band) in bands.iter().enumerate() {
                if bands[at..].iter().all(|band| self.is_known(band.when)) {
                    break;
                }
                rest = self.noted_both(rest, band.when).1;
            }
            for failure in act.failures.of(&scenario.failures) {
                let fails = self.noted(set, failure.when);
                failed = self.sets.join(failed, fails);
                clean = self.both(clean, failure.when).1;
            }
        }
        for (set, fails) in [(clean, false), (failed, true)] {
            self.carry_out(set, doing, fails);
        }
    }

    pub(super) fn carry_out(&mut self, mut set: Set, doing: Doing<'_>, fails: bool) {
        if set == EMPTY {
            return;
        }
        if doing.act.is_some() || doing.is_silence {
            set = self.react(set, doing.act);
        }
        if let Some(standing) = doing.standing {
            set = self.stand(set, standing);
        }
        let Some(act) = doing.act else {
            // To have looked and seen nothing change is no state of its own.
            let stays = doing.standing != Some(Standing::Observe);
            self.happen(set, Target::Stay, fails, stays);
            return;
        };
        set = self.change(set, act.changes);
        if let Some(mark) = act.mark {
            set = self.put(set, level_of(&self.levels.marks, mark.into()), 1);
        }
        self.say(set, act.replies);
        let mut ways = Vec::new();
        let rest = self.routes(set, act.routes, &mut ways);
        ways.push((rest, Target::Stay));
        for (set, to) in ways {
            if matches!(to, Target::Ending(_)) {
                self.enter(set, to, fails);
            } else if set != EMPTY {
                // What leads to one place is led there together.
                let known = self
                    .pending
                    .iter_mut()
                    .find(|(_, other, failed)| *other == to && *failed == fails);
                match known {
                    Some((own, ..)) => *own = self.sets.join(*own, set),
                    None => self.pending.push((set, to, fails)),
                }
            }
        }
    }

    pub(super) fn lead_on(&mut self) {
        for (set, to, fails) in std::mem::take(&mut self.pending) {
            self.happen(set, to, fails, true);
        }
    }

    pub(super) fn say(&mut self, set: Set, lines: Run) {
        if !self.with_words {
            return;
        }
        for line in lines.of(&self.scenario.lines) {
            if line.when.len > 0 && set != EMPTY && !self.is_known(line.when) {
                self.noted(set, line.when);
            }
        }
    }

    /// The ways on, and the states for which there was none.
    pub(super) fn routes(&mut self, set: Set, routes: Run, ways: &mut Vec<(Set, Target)>) -> Set {
        let scenario = self.scenario;
        let mut rest = set;
        for (position, route) in routes.positions().zip(routes.of(&scenario.routes)) {
            if rest == EMPTY {
                break;
            }
            let (held, failed) = self.noted_both(rest, route.when);
            if held != EMPTY && route.chance > 0 {
                self.met.trace.routes[position as usize] = true;
                ways.push((held, route.to));
            }
            if route.chance >= 100 {
                rest = failed;
            }
        }
        rest
    }

    /// The first incident that each state calls for.
    pub(super) fn happen(&mut self, set: Set, to: Target, fails: bool, stays: bool) {
        let scenario = self.scenario;
        let mut rest = set;
        for (position, incident) in scenario.incidents.iter().enumerate() {
            if rest == EMPTY {
                return;
            }
            let mark = level_of(&self.levels.marks, incident.mark.into());
            let (spent, open) = if incident.repeats {
                (EMPTY, rest)
            } else {
                self.has(rest, mark)
            };
            if open == EMPTY {
                continue;
            }
            let (taken, other) = self.noted_both(open, incident.when);
            if taken == EMPTY || incident.chance == 0 {
                continue;
            }
            if incident.chance >= 100 {
                rest = self.sets.join(spent, other);
            }
            self.met.incidents[position] = true;
            let mut then = self.put(taken, mark, 1);
            then = self.change(then, incident.changes);
            self.say(then, incident.lines);
            let onward = if incident.to == Target::Stay {
                to
            } else {
                incident.to
            };
            self.enter(then, onward, fails);
        }
        if stays {
            self.enter(rest, to, fails);
        }
    }

    /// Goes to a target and on to the next decision or ending.
    pub(super) fn enter(&mut self, set: Set, to: Target, fails: bool) {
        if set == EMPTY {
            return;
        }
        let scenario = self.scenario;
        match to {
            Target::Stay => {
                if let Some(landed) = &mut self.landed {
                    landed.push((self.from, true));
                }
                self.land(set, self.from);
            }
            Target::Ending(position) => {
                let Some(ending) = scenario.endings.get(position as usize) else {
                    return;
                };
                self.met.endings[position as usize] = true;
                if let Some(landed) = &mut self.landed {
                    landed.push((scenario.beats.len() as u32 + position, false));
                }
                let mut clean = set;
                for failure in ending.failures.of(&scenario.failures) {
                    self.noted(set, failure.when);
                    clean = self.both(clean, failure.when).1;
                }
                if !fails && clean != EMPTY {
                    self.ungated[position as usize] = true;
                }
                if self.with_words {
                    for felt in &ending.felt {
                        if !self.is_known(felt.when) {
                            self.noted(set, felt.when);
                        }
                    }
                }
            }
            Target::Beat(beat) => {
                let Some(here) = scenario.beats.get(beat as usize) else {
                    return;
                };
                self.met.beats[beat as usize] = true;
                let mut set = self.sets.after(set, Deed::Forget(self.anew));
                set = self.change(set, here.changes);
                self.say(set, here.lines);
                if here.decision.is_some() {
                    if let Some(landed) = &mut self.landed {
                        landed.push((beat, false));
                    }
                    self.land(set, beat);
                    return;
                }
                let mut ways = Vec::new();
                self.routes(set, here.routes, &mut ways);
                for (set, to) in ways {
                    self.enter(set, to, fails);
                }
            }
        }
    }

    /// Adds states at a decision.
    pub(super) fn land(&mut self, set: Set, beat: u32) {
        let set = self.without_radio(set, beat);
        let at = beat as usize;
        let set = self.sets.after(set, Deed::Forget(self.forgets[at]));
        let new = self.sets.part(set, self.reached[at]);
        if new != EMPTY {
            self.reached[at] = self.sets.join(self.reached[at], new);
            self.fresh[at] = if self.is_above() {
                self.reached[at]
            } else {
                self.sets.join(self.fresh[at], new)
            };
            self.uncounted.insert(at);
        }
    }

    /// That the radio was used matters only while there is something left to use it for.
    pub(super) fn without_radio(&mut self, set: Set, beat: u32) -> Set {
        let level = self.levels.used[Standing::Radio as usize];
        let (mut done, mut left) = self.has(set, level);
        if done == EMPTY {
            return set;
        }
        for rule in rules_for(self.scenario, beat as usize, Standing::Radio) {
            let Some(mark) = rule.act.mark else {
                return set;
            };
            let (spent, open) = self.has(done, level_of(&self.levels.marks, mark.into()));
            left = self.sets.join(left, open);
            done = spent;
        }
        let done = self.put(done, level, 0);
        self.sets.join(left, done)
    }
}
