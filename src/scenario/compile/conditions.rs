//! Conditions, as runs of nodes in prefix order.

use super::super::diagnostic::{At, suggest};
use super::super::draft::Condition;
use super::super::scenario::{Run, Test};
use super::{Compiler, DEEPEST, SCALE_TOP, byte, count, run_since};

impl Compiler<'_, '_> {
    pub(super) fn tests(&mut self, at: &At<'_>, conditions: &[Condition]) -> Run {
        if conditions.is_empty() {
            return Run::default();
        }
        let start = self.out.tests.len();
        for (index, condition) in conditions.iter().enumerate() {
            self.test(&at.index(index), condition, 0);
        }
        run_since(&self.out.tests, start)
    }

    pub(super) fn deep(&mut self, at: &At<'_>, depth: usize) -> bool {
        if depth <= DEEPEST {
            return false;
        }
        self.fault(
            at,
            "over-limit",
            format!("conditions or effects nested more than {DEEPEST} deep"),
            "say it in fewer steps, or keep part of it in a fact",
        );
        true
    }

    pub(super) fn scale(&mut self, at: &At<'_>, value: u8, name: &str) -> u8 {
        if value > SCALE_TOP {
            self.fault(
                at,
                "out-of-range",
                format!("{name} is never {value}"),
                format!("{name} runs from 0 to {SCALE_TOP}"),
            );
        }
        value
    }

    pub(super) fn test(&mut self, at: &At<'_>, condition: &Condition, depth: usize) {
        if self.deep(at, depth) {
            return;
        }
        let test = match condition {
            Condition::DistressAtLeast(v) => Test::DistressAtLeast(self.scale(at, *v, "distress")),
            Condition::DistressAtMost(v) => Test::DistressAtMost(self.scale(at, *v, "distress")),
            Condition::TrustAtLeast(v) => Test::TrustAtLeast(self.scale(at, *v, "trust")),
            Condition::TrustAtMost(v) => Test::TrustAtMost(self.scale(at, *v, "trust")),
            Condition::DistanceAtLeast(v) => Test::DistanceAtLeast(self.scale(at, *v, "distance")),
            Condition::DistanceAtMost(v) => Test::DistanceAtMost(self.scale(at, *v, "distance")),
            Condition::MeterAtLeast(id, v) | Condition::MeterAtMost(id, v) => {
                let Some(meter) = self.meter(at, id) else {
                    return;
                };
                self.usage.meters_read[usize::from(meter)] += 1;
                let range = &self.out.meters[usize::from(meter)];
                if *v < range.min || *v > range.max {
                    let (min, max) = (range.min, range.max);
                    self.fault(
                        at,
                        "out-of-range",
                        format!("meter `{id}` is never {v}"),
                        format!("it runs from {min} to {max}"),
                    );
                }
                if matches!(condition, Condition::MeterAtLeast(..)) {
                    Test::MeterAtLeast(meter, *v)
                } else {
                    Test::MeterAtMost(meter, *v)
                }
            }
            Condition::CounterAtLeast(id, v) | Condition::CounterAtMost(id, v) => {
                let Some(counter) = self.counter(at, id) else {
                    return;
                };
                self.usage.counters_read[usize::from(counter)] += 1;
                let top = self.out.counters[usize::from(counter)].1;
                if *v > top {
                    self.fault(
                        at,
                        "out-of-range",
                        format!("counter `{id}` is never {v}"),
                        format!("it counts from 0 to {top}"),
                    );
                }
                if matches!(condition, Condition::CounterAtLeast(..)) {
                    Test::CounterAtLeast(counter, *v)
                } else {
                    Test::CounterAtMost(counter, *v)
                }
            }
            Condition::Fact(id) => {
                let Some(fact) = self.fact(at, id) else {
                    return;
                };
                self.usage.facts_read[usize::from(fact)] += 1;
                Test::Fact(fact)
            }
            Condition::Profile(id) => {
                if let Some(profile) = self.profiles.get(id.as_str()) {
                    Test::Profile(*profile)
                } else {
                    let help = suggest(
                        id,
                        "drawn profile",
                        self.profiles.keys().copied().collect::<Vec<_>>(),
                    );
                    self.fault(
                        at,
                        "unknown-profile",
                        format!("the subject never has the profile `{id}`"),
                        help,
                    );
                    return;
                }
            }
            Condition::Drawn(id, variant) => {
                let Some(variation) = self.variations.get(id.as_str()).copied() else {
                    let help = suggest(
                        id,
                        "variation",
                        self.variations.keys().copied().collect::<Vec<_>>(),
                    );
                    self.fault(
                        at,
                        "unknown-variation",
                        format!("variation `{id}` is not declared"),
                        help,
                    );
                    return;
                };
                self.usage.variations_read[usize::from(variation)] += 1;
                let varieties = &self.out.variations[usize::from(variation)].1;
                let Some(position) = varieties.iter().position(|v| v.id == *variant) else {
                    let help = suggest(
                        variant,
                        "value",
                        varieties.iter().map(|v| v.id.as_str()).collect::<Vec<_>>(),
                    );
                    self.fault(
                        at,
                        "unknown-variation",
                        format!("variation `{id}` has no value `{variant}`"),
                        help,
                    );
                    return;
                };
                Test::Drawn(variation, byte(position))
            }
            Condition::Detained => Test::Detained,
            Condition::Seen(id) => {
                if let Some(Some(mark)) = self.marks.get(id.as_str()) {
                    self.usage.marks_read[usize::from(*mark)] = true;
                    Test::Seen(*mark)
                } else {
                    let help = suggest(
                        id,
                        "choice or event",
                        self.marks.keys().copied().collect::<Vec<_>>(),
                    );
                    self.fault(
                        at,
                        "unknown-mark",
                        format!("there is no choice or event `{id}`"),
                        help,
                    );
                    return;
                }
            }
            Condition::All(list) | Condition::Any(list) => {
                if list.is_empty() {
                    self.fault(
                        at,
                        "half-condition",
                        "an empty list of conditions",
                        "fill it in, or leave the condition out",
                    );
                    return;
                }
                let place = self.out.tests.len();
                self.out.tests.push(Test::Detained);
                for (index, inner) in list.iter().enumerate() {
                    let here = at.index(0);
                    self.test(&here.index(index), inner, depth + 1);
                }
                let len = count(self.out.tests.len() - place - 1);
                self.out.tests[place] = if matches!(condition, Condition::All(_)) {
                    Test::All(len)
                } else {
                    Test::Any(len)
                };
                return;
            }
            Condition::Not(inner) => {
                let place = self.out.tests.len();
                self.out.tests.push(Test::Detained);
                self.test(&at.index(0), inner, depth + 1);
                let len = count(self.out.tests.len() - place - 1);
                self.out.tests[place] = Test::Not(len);
                return;
            }
        };
        self.out.tests.push(test);
    }
}
