//! How things stand as the encounter opens: the opening state, the author's own meters, and what
//! the seed draws.

use serde::Deserialize;

/// The state in which the encounter opens.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Start {
    /// First beat.
    pub beat: String,
    /// Distress, 0 to 20.
    pub distress: u8,
    /// Trust, 0 to 20.
    pub trust: u8,
    /// Distance in half-metres, 1 to 20.
    pub distance: u8,
    /// The seed shifts distress and trust by up to this much each way, 0 to 3.
    #[serde(default)]
    pub jitter: u8,
}

/// A meter of the author's own.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeterDraft {
    /// Words for practice mode.
    pub label: String,
    /// Lowest value, 0 or more.
    #[serde(default)]
    pub min: u8,
    /// Highest value, 20 at most.
    pub max: u8,
    /// Value at the start.
    pub start: u8,
}

/// A profile with its share of the draw.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProfileDraw {
    /// Profile id from the catalogue.
    pub is: String,
    /// Share of the draw, 1 to 100.
    #[serde(default = "one")]
    pub weight: u8,
}

/// One value of a variation.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variant {
    /// Id, for conditions.
    pub is: String,
    /// Words that stand for `{key}` in text.
    #[serde(default)]
    pub text: String,
    /// Share of the draw, 1 to 100.
    #[serde(default = "one")]
    pub weight: u8,
}

fn one() -> u8 {
    1
}
