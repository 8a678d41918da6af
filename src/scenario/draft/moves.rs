//! What the officer can do: the options of a decision, silence, and the standing moves.

use serde::{Deserialize, Serialize};

use crate::course::Level;

use super::conditions::Condition;
use super::effects::Effect;
use super::entries::Entries;
use super::lines::LineDraft;
use super::marking::{EvidenceWhen, GateFailure};
use super::ways::{RouteDraft, here};

/// What the officer may do in a beat.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionDraft {
    /// Seconds before silence counts as the answer, 5 to 120; omit for no limit.
    #[serde(default)]
    pub window: Option<u16>,
    /// What practice mode hints at.
    #[serde(default)]
    pub hint: String,
    /// Options, in the author's order.
    pub choices: Vec<ChoiceDraft>,
    /// What saying nothing does.
    #[serde(default)]
    pub silence: Option<SilenceDraft>,
    /// Keep the author's order instead of drawing one.
    #[serde(default)]
    pub fixed_order: bool,
    /// Ask the officer why, once what they decided is on record and before it is answered.
    #[serde(default)]
    pub rationale: bool,
}

/// One option.
#[derive(Debug, Clone, Deserialize)]
pub enum ChoiceDraft {
    /// The officer says this.
    Say(OptionDraft),
    /// The officer does this.
    Do(OptionDraft),
}

impl ChoiceDraft {
    /// The option, said or done.
    #[must_use]
    pub fn option(&self) -> &OptionDraft {
        match self {
            Self::Say(option) | Self::Do(option) => option,
        }
    }
}

/// What an option says and does.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OptionDraft {
    /// Id, unique in the scenario.
    pub id: String,
    /// The words said, or the action in the imperative.
    pub text: String,
    /// Open only while these hold.
    #[serde(default)]
    pub when: Vec<Condition>,
    /// Open only once.
    #[serde(default)]
    pub once: bool,
    /// Techniques it uses, from the catalogue.
    #[serde(default)]
    pub techniques: Vec<String>,
    /// What it shows of the objectives.
    #[serde(default)]
    pub evidence: Entries<Level>,
    /// What it shows instead while conditions hold, first match wins.
    #[serde(default)]
    pub evidence_when: Vec<EvidenceWhen>,
    /// What it changes, on top of the reaction to its techniques.
    #[serde(default)]
    pub effects: Vec<Effect>,
    /// Whether `effects` stand in for the reaction to its techniques.
    #[serde(default)]
    pub instead_of_techniques: bool,
    /// Gates that this fails.
    #[serde(default)]
    pub fails: Vec<GateFailure>,
    /// Law and policy in play, by id from `references`.
    #[serde(default)]
    pub law: Vec<String>,
    /// Why it helped or did not, told in the debrief.
    #[serde(default)]
    pub why: String,
    /// What answers it before the next beat.
    #[serde(default)]
    pub replies: Vec<LineDraft>,
    /// Beat or ending; `.` stays at the decision.
    #[serde(default)]
    pub to: String,
    /// Ways on instead of `to`, first match wins.
    #[serde(default)]
    pub routes: Vec<RouteDraft>,
}

/// What saying nothing does.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SilenceDraft {
    /// What is said and seen.
    #[serde(default)]
    pub lines: Vec<LineDraft>,
    /// What it changes.
    #[serde(default)]
    pub effects: Vec<Effect>,
    /// What it shows of the objectives.
    #[serde(default)]
    pub evidence: Entries<Level>,
    /// What it shows instead while conditions hold, first match wins.
    #[serde(default)]
    pub evidence_when: Vec<EvidenceWhen>,
    /// Gates that this fails.
    #[serde(default)]
    pub fails: Vec<GateFailure>,
    /// Why it helped or did not.
    pub why: String,
    /// Where it leads; `.` stays at the decision.
    #[serde(default = "here")]
    pub to: String,
    /// Ways on instead of `to`, first match wins.
    #[serde(default)]
    pub routes: Vec<RouteDraft>,
}

/// Moves that may stand open at every decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize)]
pub enum Standing {
    /// One metre closer.
    StepCloser,
    /// One metre back.
    StepBack,
    /// Take a moment to look.
    Observe,
    /// Speak to control.
    Radio,
    /// Say nothing, on purpose.
    Hold,
}

/// What a standing move does.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StandingDraft {
    /// Which move.
    pub is: Standing,
    /// Only while these hold.
    #[serde(default)]
    pub when: Vec<Condition>,
    /// What is said and seen.
    #[serde(default)]
    pub lines: Vec<LineDraft>,
    /// What it changes, on top of the move's own effect.
    #[serde(default)]
    pub effects: Vec<Effect>,
    /// What it shows of the objectives.
    #[serde(default)]
    pub evidence: Entries<Level>,
    /// What it shows instead while conditions hold, first match wins.
    #[serde(default)]
    pub evidence_when: Vec<EvidenceWhen>,
    /// Why it was or was not a good idea.
    pub why: String,
    /// Techniques it uses.
    #[serde(default)]
    pub techniques: Vec<String>,
    /// Only once in an encounter.
    #[serde(default)]
    pub once: bool,
    /// Where it leads; `.` stays at the decision.
    #[serde(default = "here")]
    pub to: String,
}
