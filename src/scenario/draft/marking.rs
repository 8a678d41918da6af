//! What a move is marked by beyond its plain evidence: evidence that depends on the state, and
//! gates that are failed.

use serde::Deserialize;

use crate::course::Level;

use super::conditions::Condition;
use super::entries::Entries;

/// Evidence that depends on the state.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceWhen {
    /// All must hold.
    pub when: Vec<Condition>,
    /// What is shown then.
    pub evidence: Entries<Level>,
}

/// A gate that a move or an ending fails.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GateFailure {
    /// Gate id from the course.
    pub gate: String,
    /// Why.
    pub why: String,
    /// Only while these hold.
    #[serde(default)]
    pub when: Vec<Condition>,
}
