//! What an officer said of their own decision, set beside what the log holds.
//!
//! The six elements are those of the National Decision Model of the College of Policing. What is
//! set beside a claim is counted from the moves, and judges nobody: a reason can be good although
//! the log holds nothing for it.

use serde::Serialize;

use crate::course::Family;
use crate::encounter::Move;
use crate::scenario::Scenario;

use super::counts::asks;
use super::review::{Review, ReviewStep};

/// An element of the National Decision Model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Element {
    /// The Code of Ethics, in the middle of the model.
    Ethics,
    /// Gather information and intelligence.
    Information,
    /// Assess threat and risk, and form a working strategy.
    Threat,
    /// Consider powers and policy.
    Powers,
    /// Identify options and contingencies.
    Options,
    /// Take action and review what happened.
    Action,
}

impl Element {
    /// All six, the one in the middle first.
    pub const ALL: [Self; 6] = [
        Self::Ethics,
        Self::Information,
        Self::Threat,
        Self::Powers,
        Self::Options,
        Self::Action,
    ];

    /// The word that is stored.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ethics => "ethics",
            Self::Information => "information",
            Self::Threat => "threat",
            Self::Powers => "powers",
            Self::Options => "options",
            Self::Action => "action",
        }
    }

    /// As it is shown.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Ethics => "Code of Ethics",
            Self::Information => "Gather information",
            Self::Threat => "Assess threat and risk",
            Self::Powers => "Powers and policy",
            Self::Options => "Options and contingencies",
            Self::Action => "Act and review",
        }
    }

    /// The element of a word.
    #[must_use]
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

/// A reason as it was given, set beside the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Claim {
    /// Number of the decision, from 1.
    pub number: u32,
    /// The element that was picked.
    pub element: Element,
    /// The line that was written.
    pub text: String,
    /// What the log holds of that element up to this decision, in a sentence.
    pub log: String,
    /// Whether it holds anything of it.
    pub is_borne_out: bool,
}

fn counted(count: usize, one: &str, many: &str) -> String {
    match count {
        0 => format!("no {one}"),
        1 => format!("1 {one}"),
        more => format!("{more} {many}"),
    }
}

fn uses(scenario: &Scenario, step: &ReviewStep, families: &[Family]) -> bool {
    step.techniques.iter().any(|used| {
        scenario
            .techniques
            .iter()
            .any(|known| known.id == used.id && families.contains(&known.technique.family))
    })
}

/// Sets a reason for the decision with this number beside the moves up to it.
#[must_use]
pub fn claim(
    scenario: &Scenario,
    review: &Review,
    number: u32,
    element: Element,
    text: &str,
) -> Claim {
    let until = (number as usize).min(review.steps.len());
    let steps = &review.steps[..until];
    let made = |which: Move| {
        let word = which.word().unwrap_or_default();
        steps.iter().filter(|step| step.made == word).count()
    };
    let count = |which: &dyn Fn(&ReviewStep) -> bool| steps.iter().filter(|s| which(s)).count();
    let (is_borne_out, log) = match element {
        Element::Information => {
            let asked = count(&|step| !step.is_standing && asks(&step.text));
            let (looks, calls) = (made(Move::Observe), made(Move::Radio));
            let told = format!(
                "The log holds {}, {} and {} up to this decision.",
                counted(asked, "question", "questions"),
                counted(looks, "look", "looks"),
                counted(calls, "call to control", "calls to control"),
            );
            (asked + looks + calls > 0, told)
        }
        Element::Threat => {
            let safety = count(&|step| uses(scenario, step, &[Family::Safety, Family::Tactical]));
            let looks = made(Move::Observe);
            let steps = made(Move::StepBack) + made(Move::StepCloser);
            let told = format!(
                "The log holds {}, {} and {} up to this decision.",
                counted(
                    safety,
                    "move for safety or position",
                    "moves for safety or position"
                ),
                counted(looks, "look", "looks"),
                counted(steps, "change of distance", "changes of distance"),
            );
            (safety + looks + steps > 0, told)
        }
        Element::Powers => {
            let law = count(&|s| !s.law.is_empty() || uses(scenario, s, &[Family::Legal]));
            let told = format!(
                "The log holds {} up to this decision.",
                counted(
                    law,
                    "move with law or policy in play",
                    "moves with law or policy in play"
                ),
            );
            (law > 0, told)
        }
        Element::Options => {
            let open = steps.last().map_or(0, |step| step.alternatives.len() + 1);
            let early = steps
                .last()
                .is_some_and(|s| s.techniques.iter().any(|t| t.is_premature));
            let told = format!(
                "The log holds {} at this decision{}.",
                counted(open, "open move", "open moves"),
                if early {
                    ", and the one taken came too early"
                } else {
                    ""
                },
            );
            (open > 1 && !early, told)
        }
        Element::Action => {
            let moved = steps.last().is_some_and(|step| step.before != step.after);
            let told = if moved {
                "By the log, this decision changed how the person was or how far away you stood."
                    .to_owned()
            } else {
                "By the log, nothing that is measured changed at this decision.".to_owned()
            };
            (moved, told)
        }
        Element::Ethics => {
            let failed: usize = steps.iter().map(|step| step.gates.len()).sum();
            let told = format!(
                "The log holds {} up to this decision.",
                counted(failed, "gate failed", "gates failed")
            );
            (failed == 0, told)
        }
    };
    Claim {
        number,
        element,
        text: text.to_owned(),
        log,
        is_borne_out,
    }
}
