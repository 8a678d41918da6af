//! How the encounter can end, and how it felt to those who were there.

use serde::{Deserialize, Serialize};

use super::conditions::Condition;
use super::marking::GateFailure;

/// One way in which the encounter can end.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndingDraft {
    /// How safe everybody is.
    pub outcome: Outcome,
    /// Title.
    pub title: String,
    /// What happens.
    pub text: String,
    /// What came of it later.
    pub aftermath: String,
    /// How it felt, in the words of those who were there; all that match are shown.
    #[serde(default)]
    pub felt: Vec<FeltDraft>,
    /// Gates that this ending fails.
    #[serde(default)]
    pub fails: Vec<GateFailure>,
}

/// How an encounter ended for those in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
pub enum Outcome {
    /// Everybody is safe and somebody has taken responsibility.
    Safe,
    /// Nobody is hurt; the risk has not gone.
    Unresolved,
    /// Somebody is less safe than before.
    Unsafe,
}

/// How it felt.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeltDraft {
    /// Only while these hold.
    #[serde(default)]
    pub when: Vec<Condition>,
    /// Cast id.
    pub by: String,
    /// Their words.
    pub text: String,
}
