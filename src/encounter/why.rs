//! Why an option is open or shut: its conditions in words, each with whether it holds.

use crate::scenario::{Run, Scenario, Test};

use super::kernel::Encounter;
use super::state::State;

/// One condition in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// How deep it stands inside of others, from 0.
    pub depth: usize,
    /// The condition.
    pub words: String,
    /// What is so now; empty where the words say it all, or no state was given.
    pub now: String,
    /// Whether it holds; none where no state was given.
    pub holds: Option<bool>,
}

/// The conditions of a run in words, in the order in which they are written.
#[must_use]
pub fn conditions(scenario: &Scenario, run: Run) -> Vec<Clause> {
    let mut clauses = Vec::new();
    list(scenario, None, run, 0, &mut clauses);
    clauses
}

/// The same, each with whether it holds in this state.
#[must_use]
pub fn weighed(scenario: &Scenario, state: &State, run: Run) -> Vec<Clause> {
    let mut clauses = Vec::new();
    list(scenario, Some(state), run, 0, &mut clauses);
    clauses
}

impl Encounter {
    /// Why an option of the scenario is open or shut in this state; empty for one that is always
    /// open.
    #[must_use]
    pub fn why(&self, choice: u32) -> Vec<Clause> {
        let scenario = self.scenario();
        let Some(choice) = scenario.choices.get(choice as usize) else {
            return Vec::new();
        };
        let mut clauses = weighed(scenario, self.state(), choice.when);
        if choice.once {
            let spent = choice
                .act
                .mark
                .is_some_and(|mark| self.state().has_seen(mark));
            clauses.push(Clause {
                depth: 0,
                words: "it is open once only".to_owned(),
                now: if spent {
                    "it has been chosen"
                } else {
                    "it has not been chosen"
                }
                .to_owned(),
                holds: Some(!spent),
            });
        }
        clauses
    }
}

fn list(
    scenario: &Scenario,
    state: Option<&State>,
    run: Run,
    depth: usize,
    clauses: &mut Vec<Clause>,
) {
    let mut at = run.start;
    let end = run.start + run.len;
    while at < end {
        let Some(test) = scenario.tests.get(at as usize).copied() else {
            return;
        };
        let inner = match test {
            Test::All(len) | Test::Any(len) | Test::Not(len) => len,
            _ => 0,
        };
        let own = Run {
            start: at,
            len: 1 + inner,
        };
        clauses.push(Clause {
            depth,
            words: words(scenario, test),
            now: state.map_or_else(String::new, |state| now(scenario, state, test)),
            holds: state.map(|state| state.holds(own, &scenario.tests)),
        });
        let inside = Run {
            start: at + 1,
            len: inner,
        };
        list(scenario, state, inside, depth + 1, clauses);
        at += 1 + inner;
    }
}

fn metres(half_metres: u8) -> String {
    format!("{} m", f32::from(half_metres) / 2.0)
}

fn meter(scenario: &Scenario, at: u8) -> &str {
    let meter = scenario.meters.get(usize::from(at));
    meter.map_or("?", |meter| meter.id.as_str())
}

fn counter(scenario: &Scenario, at: u8) -> &str {
    let counter = scenario.counters.get(usize::from(at));
    counter.map_or("?", |(id, _)| id.as_str())
}

fn drawn(scenario: &Scenario, variation: u8, variety: u8) -> (&str, &str) {
    let found = scenario.variations.get(usize::from(variation));
    let value = found.and_then(|(_, all)| all.get(usize::from(variety)));
    (
        found.map_or("?", |(id, _)| id.as_str()),
        value.map_or("?", |value| value.id.as_str()),
    )
}

fn profile(scenario: &Scenario, at: u8) -> &str {
    let used = scenario.profiles.get(usize::from(at));
    used.map_or("?", |used| used.id.as_str())
}

/// What sets a mark: the option or event of this name.
fn marked(scenario: &Scenario, mark: u16) -> String {
    let choice = scenario
        .choices
        .iter()
        .find(|choice| choice.act.mark == Some(mark));
    if let Some(choice) = choice {
        return format!("`{}` has been chosen", choice.id);
    }
    let incident = scenario.incidents.iter().find(|one| one.mark == mark);
    incident.map_or_else(
        || "something has happened once".to_owned(),
        |incident| format!("`{}` has happened", incident.id),
    )
}

fn words(scenario: &Scenario, test: Test) -> String {
    match test {
        Test::DistressAtLeast(v) => format!("distress at least {v}"),
        Test::DistressAtMost(v) => format!("distress at most {v}"),
        Test::TrustAtLeast(v) => format!("trust at least {v}"),
        Test::TrustAtMost(v) => format!("trust at most {v}"),
        Test::DistanceAtLeast(v) => format!("at least {} away", metres(v)),
        Test::DistanceAtMost(v) => format!("at most {} away", metres(v)),
        Test::MeterAtLeast(at, v) => format!("{} at least {v}", meter(scenario, at)),
        Test::MeterAtMost(at, v) => format!("{} at most {v}", meter(scenario, at)),
        Test::CounterAtLeast(at, v) => format!("{} at least {v}", counter(scenario, at)),
        Test::CounterAtMost(at, v) => format!("{} at most {v}", counter(scenario, at)),
        Test::Fact(fact) => {
            let fact = scenario.facts.get(usize::from(fact));
            format!("the fact `{}` is known", fact.map_or("?", |(id, _)| id))
        }
        Test::Profile(at) => format!("the profile is `{}`", profile(scenario, at)),
        Test::Drawn(variation, variety) => {
            let (id, value) = drawn(scenario, variation, variety);
            format!("{id} is `{value}`")
        }
        Test::Detained => "the person is detained".to_owned(),
        Test::Seen(mark) => marked(scenario, mark),
        Test::All(_) => "all of these:".to_owned(),
        Test::Any(_) => "any of these:".to_owned(),
        Test::Not(_) => "not all of these:".to_owned(),
    }
}

fn now(scenario: &Scenario, state: &State, test: Test) -> String {
    let at = |list: &[u8], position: u8| list.get(usize::from(position)).copied().unwrap_or(0);
    match test {
        Test::DistressAtLeast(_) | Test::DistressAtMost(_) => format!("it is {}", state.distress),
        Test::TrustAtLeast(_) | Test::TrustAtMost(_) => format!("it is {}", state.trust),
        Test::DistanceAtLeast(_) | Test::DistanceAtMost(_) => {
            format!("it is {}", metres(state.distance))
        }
        Test::MeterAtLeast(meter, _) | Test::MeterAtMost(meter, _) => {
            format!("it is {}", at(&state.meters, meter))
        }
        Test::CounterAtLeast(counter, _) | Test::CounterAtMost(counter, _) => {
            format!("it is {}", at(&state.counters, counter))
        }
        Test::Profile(_) => format!("it is `{}`", profile(scenario, state.profile)),
        Test::Drawn(variation, _) => {
            let value = drawn(scenario, variation, at(&state.draws, variation)).1;
            format!("it is `{value}`")
        }
        _ => String::new(),
    }
}
