//! What changes the numbers and facts of the state, and the event that tells of each.

use crate::course::Shift;
use crate::scenario::{Change, Run, Scenario};

use super::super::event::{Event, Gauge};
use super::chance::Chance;
use super::{Play, TOP};

impl Play {
    pub(super) fn walk(&mut self, by: i16, log: &mut Vec<Event>) {
        let from = self.state.distance;
        let to = (i16::from(from) + by).clamp(1, i16::from(TOP));
        let to = u8::try_from(to).unwrap_or(from);
        if from != to {
            self.state.distance = to;
            log.push(Event::Moved { from, to });
        }
    }

    pub(super) fn shift(&mut self, shift: Shift, log: &mut Vec<Event>) {
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

    pub(super) fn change(&mut self, scenario: &Scenario, changes: Run, log: &mut Vec<Event>) {
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

fn turn(value: &mut u8, by: i8, (least, most): (u8, u8), gauge: Gauge, log: &mut Vec<Event>) {
    let from = *value;
    let to = (i16::from(from) + i16::from(by)).clamp(i16::from(least), i16::from(most));
    let to = u8::try_from(to).unwrap_or(from);
    if from != to {
        *value = to;
        log.push(Event::GaugeChanged { gauge, from, to });
    }
}
