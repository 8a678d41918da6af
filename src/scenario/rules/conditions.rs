//! Conditions that can never hold, or always do, by their numbers alone.

use super::super::compile::{Fault, SCALE_TOP};
use super::super::diagnostic::{At, Severity};
use super::super::draft::{Condition, ScenarioDraft};
use super::super::scenario::Scenario;
use super::{fault, for_each_list};

/// What a list of conditions leaves open for one number.
#[derive(Clone, Copy)]
struct Span {
    least: i16,
    most: i16,
}

pub(super) fn run(draft: &ScenarioDraft, scenario: &Scenario, faults: &mut Vec<Fault>) {
    for_each_list(draft, &mut |at, list| {
        if list.is_empty() {
            return;
        }
        if let Some(why) = contradiction(scenario, list) {
            faults.push(fault(
                Severity::Error,
                at,
                "never-true",
                format!("these conditions can never hold together: {why}"),
                "change one of the numbers, or use Any([...]) if one of them is enough",
            ));
        }
        for (index, condition) in list.iter().enumerate() {
            always(scenario, &at.index(index), condition, faults);
        }
    });
}

fn always(scenario: &Scenario, at: &At<'_>, condition: &Condition, faults: &mut Vec<Fault>) {
    let bottom = match condition {
        Condition::DistressAtLeast(0)
        | Condition::TrustAtLeast(0)
        | Condition::CounterAtLeast(_, 0) => true,
        Condition::DistanceAtLeast(least) => *least <= 1,
        Condition::DistressAtMost(most)
        | Condition::TrustAtMost(most)
        | Condition::DistanceAtMost(most) => *most >= SCALE_TOP,
        Condition::MeterAtLeast(id, least) => scenario
            .meters
            .iter()
            .any(|meter| meter.id == *id && *least <= meter.min),
        Condition::MeterAtMost(id, most) => scenario
            .meters
            .iter()
            .any(|meter| meter.id == *id && *most >= meter.max),
        Condition::CounterAtMost(id, most) => scenario
            .counters
            .iter()
            .any(|(counter, top)| counter == id && most >= top),
        _ => false,
    };
    if bottom {
        faults.push(fault(
            Severity::Warning,
            at,
            "always-true",
            "this condition always holds",
            "remove it, or change its number",
        ));
    }
}

fn contradiction(scenario: &Scenario, list: &[Condition]) -> Option<String> {
    let mut flat = Vec::new();
    flatten(list, &mut flat);
    let full = Span {
        least: 0,
        most: i16::from(SCALE_TOP),
    };
    let mut distress = full;
    let mut trust = full;
    let mut distance = Span { least: 1, ..full };
    let mut meters: Vec<Span> = scenario
        .meters
        .iter()
        .map(|m| Span {
            least: i16::from(m.min),
            most: i16::from(m.max),
        })
        .collect();
    let mut counters: Vec<Span> = scenario
        .counters
        .iter()
        .map(|(_, top)| Span {
            least: 0,
            most: i16::from(*top),
        })
        .collect();
    let meter = |id: &str| scenario.meters.iter().position(|m| m.id == id);
    let counter = |id: &str| scenario.counters.iter().position(|(c, _)| c == id);
    for condition in &flat {
        match condition {
            Condition::DistressAtLeast(v) => distress.least = distress.least.max(i16::from(*v)),
            Condition::DistressAtMost(v) => distress.most = distress.most.min(i16::from(*v)),
            Condition::TrustAtLeast(v) => trust.least = trust.least.max(i16::from(*v)),
            Condition::TrustAtMost(v) => trust.most = trust.most.min(i16::from(*v)),
            Condition::DistanceAtLeast(v) => distance.least = distance.least.max(i16::from(*v)),
            Condition::DistanceAtMost(v) => distance.most = distance.most.min(i16::from(*v)),
            Condition::MeterAtLeast(id, v) => {
                if let Some(span) = meter(id).and_then(|at| meters.get_mut(at)) {
                    span.least = span.least.max(i16::from(*v));
                }
            }
            Condition::MeterAtMost(id, v) => {
                if let Some(span) = meter(id).and_then(|at| meters.get_mut(at)) {
                    span.most = span.most.min(i16::from(*v));
                }
            }
            Condition::CounterAtLeast(id, v) => {
                if let Some(span) = counter(id).and_then(|at| counters.get_mut(at)) {
                    span.least = span.least.max(i16::from(*v));
                }
            }
            Condition::CounterAtMost(id, v) => {
                if let Some(span) = counter(id).and_then(|at| counters.get_mut(at)) {
                    span.most = span.most.min(i16::from(*v));
                }
            }
            _ => {}
        }
    }
    let named = [
        ("distress", distress),
        ("trust", trust),
        ("distance", distance),
    ];
    let own = scenario
        .meters
        .iter()
        .map(|m| m.id.as_str())
        .zip(meters)
        .chain(
            scenario
                .counters
                .iter()
                .map(|(id, _)| id.as_str())
                .zip(counters),
        );
    for (name, span) in named.into_iter().chain(own) {
        if span.least > span.most {
            return Some(format!(
                "{name} would have to be {} or more and {} or less",
                span.least, span.most
            ));
        }
    }
    for (index, condition) in flat.iter().enumerate() {
        for other in &flat[..index] {
            match (condition, other) {
                (Condition::Not(inner), plain) | (plain, Condition::Not(inner))
                    if same(inner, plain) =>
                {
                    return Some("one of them is the opposite of another".to_owned());
                }
                (Condition::Profile(a), Condition::Profile(b)) if a != b => {
                    return Some(format!("a person has one profile, not `{b}` and `{a}`"));
                }
                (Condition::Drawn(a, x), Condition::Drawn(b, y)) if a == b && x != y => {
                    return Some(format!("`{a}` has one value, not `{y}` and `{x}`"));
                }
                _ => {}
            }
        }
    }
    None
}

fn flatten<'c>(list: &'c [Condition], flat: &mut Vec<&'c Condition>) {
    for condition in list {
        match condition {
            Condition::All(inner) => flatten(inner, flat),
            other => flat.push(other),
        }
    }
}

fn same(a: &Condition, b: &Condition) -> bool {
    match (a, b) {
        (Condition::Fact(a), Condition::Fact(b))
        | (Condition::Seen(a), Condition::Seen(b))
        | (Condition::Profile(a), Condition::Profile(b)) => a == b,
        (Condition::Drawn(a, x), Condition::Drawn(b, y)) => a == b && x == y,
        (Condition::Detained, Condition::Detained) => true,
        _ => false,
    }
}
