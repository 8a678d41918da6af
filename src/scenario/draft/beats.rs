//! What happens without the officer's doing: beats, and the events that the state calls for.

use serde::Deserialize;

use super::conditions::Condition;
use super::effects::Effect;
use super::lines::LineDraft;
use super::moves::{DecisionDraft, StandingDraft};
use super::ways::{RouteDraft, certain, here};

/// One beat: lines, then a decision or a way on.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BeatDraft {
    /// What is said and seen on arrival.
    #[serde(default)]
    pub lines: Vec<LineDraft>,
    /// What arriving changes.
    #[serde(default)]
    pub effects: Vec<Effect>,
    /// What the officer may do.
    #[serde(default)]
    pub decision: Option<DecisionDraft>,
    /// Where it goes on without a decision, first match wins.
    #[serde(default)]
    pub routes: Vec<RouteDraft>,
    /// What standing moves do in this beat.
    #[serde(default)]
    pub moves: Vec<StandingDraft>,
}

/// Something that happens when the state calls for it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventDraft {
    /// Id, for the log.
    pub id: String,
    /// All must hold.
    pub when: Vec<Condition>,
    /// Probability in per cent each time it could happen, 1 to 100.
    #[serde(default = "certain")]
    pub chance: u8,
    /// What is said and seen.
    #[serde(default)]
    pub lines: Vec<LineDraft>,
    /// What it changes.
    #[serde(default)]
    pub effects: Vec<Effect>,
    /// Where it leads; `.` goes on as if it had not happened.
    #[serde(default = "here")]
    pub to: String,
    /// Whether it can happen again.
    #[serde(default)]
    pub repeats: bool,
}
