//! Effects, as runs of nodes in prefix order.

use super::super::diagnostic::At;
use super::super::draft::Effect;
use super::super::scenario::{Change, Run};
use super::{Compiler, SCALE_TOP, run_since, short};

impl Compiler<'_, '_> {
    pub(super) fn changes(&mut self, at: &At<'_>, effects: &[Effect]) -> Run {
        if effects.is_empty() {
            return Run::default();
        }
        let start = self.out.changes.len();
        for (index, effect) in effects.iter().enumerate() {
            self.change(&at.index(index), effect, 0);
        }
        run_since(&self.out.changes, start)
    }

    pub(super) fn change(&mut self, at: &At<'_>, effect: &Effect, depth: usize) {
        if self.deep(at, depth) {
            return;
        }
        let change = match effect {
            Effect::Distress(by) => Change::Distress(self.by(at, *by)),
            Effect::Trust(by) => Change::Trust(self.by(at, *by)),
            Effect::Distance(by) => Change::Distance(self.by(at, *by)),
            Effect::Meter(id, by) => {
                let Some(meter) = self.meter(at, id) else {
                    return;
                };
                self.usage.meters_set[usize::from(meter)] += 1;
                Change::Meter(meter, self.by(at, *by))
            }
            Effect::Counter(id, by) => {
                let Some(counter) = self.counter(at, id) else {
                    return;
                };
                self.usage.counters_set[usize::from(counter)] += 1;
                Change::Counter(counter, self.by(at, *by))
            }
            Effect::Learn(id) => {
                let Some(fact) = self.fact(at, id) else {
                    return;
                };
                self.usage.facts_set[usize::from(fact)] += 1;
                Change::Learn(fact)
            }
            Effect::Forget(id) => {
                let Some(fact) = self.fact(at, id) else {
                    return;
                };
                Change::Forget(fact)
            }
            Effect::Detain(id) => {
                let Some(reference) = self.reference(&at.index(0), id) else {
                    return;
                };
                Change::Detain(reference)
            }
            Effect::Release => Change::Release,
            Effect::Chance(percent, then, otherwise) => {
                self.percent(&at.index(0), *percent);
                let place = self.out.changes.len();
                self.out.changes.push(Change::Release);
                let (then, otherwise) = self.branches(at, 1, then, otherwise, depth);
                self.out.changes[place] = Change::Chance {
                    percent: *percent,
                    then,
                    otherwise,
                };
                return;
            }
            Effect::If(conditions, then, otherwise) => {
                let tests = self.tests(&at.index(0), conditions);
                let place = self.out.changes.len();
                self.out.changes.push(Change::Release);
                let (then, otherwise) = self.branches(at, 1, then, otherwise, depth);
                self.out.changes[place] = Change::If {
                    tests,
                    then,
                    otherwise,
                };
                return;
            }
        };
        self.out.changes.push(change);
    }

    pub(super) fn branches(
        &mut self,
        at: &At<'_>,
        first: usize,
        then: &[Effect],
        otherwise: &[Effect],
        depth: usize,
    ) -> (u16, u16) {
        let mut lengths = [0_u16; 2];
        for (branch, effects) in [then, otherwise].into_iter().enumerate() {
            let start = self.out.changes.len();
            let list = at.index(first + branch);
            for (index, effect) in effects.iter().enumerate() {
                self.change(&list.index(index), effect, depth + 1);
            }
            lengths[branch] = short(self.out.changes.len() - start);
        }
        (lengths[0], lengths[1])
    }

    pub(super) fn by(&mut self, at: &At<'_>, by: i8) -> i8 {
        if by == 0 || by.unsigned_abs() > SCALE_TOP {
            self.fault(
                at,
                "out-of-range",
                format!("a change by {by}"),
                format!("use a whole number from -{SCALE_TOP} to {SCALE_TOP}, but not 0"),
            );
        }
        by
    }

    pub(super) fn percent(&mut self, at: &At<'_>, percent: u8) {
        if !(1..=100).contains(&percent) {
            self.fault(
                at,
                "out-of-range",
                format!("a chance of {percent} per cent"),
                "use 1 to 100",
            );
        }
    }
}
