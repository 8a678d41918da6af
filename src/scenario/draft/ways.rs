//! Ways on: where a move, an event or a beat leads.

use serde::Deserialize;

use super::conditions::Condition;

/// One way on.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RouteDraft {
    /// All must hold.
    #[serde(default)]
    pub when: Vec<Condition>,
    /// Probability in per cent that the route is taken when its conditions hold, 1 to 100.
    #[serde(default = "certain")]
    pub chance: u8,
    /// Beat or ending.
    pub to: String,
}

pub(super) fn here() -> String {
    ".".to_owned()
}

pub(super) fn certain() -> u8 {
    100
}
