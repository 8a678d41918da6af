//! What can change: distress, trust, distance, the author's own numbers, facts, and whether the
//! person is detained.

use serde::Deserialize;

use super::conditions::Condition;

/// Something that changes.
#[derive(Debug, Clone, Deserialize)]
pub enum Effect {
    /// Distress rises (or falls, if negative).
    Distress(i8),
    /// Trust rises or falls.
    Trust(i8),
    /// The officer moves away (positive) or closer (negative), in half-metres.
    Distance(i8),
    /// A meter of the author's own rises or falls.
    Meter(String, i8),
    /// A counter rises or falls.
    Counter(String, i8),
    /// A fact becomes known.
    Learn(String),
    /// A fact no longer holds.
    Forget(String),
    /// The person is detained under this reference.
    Detain(String),
    /// The person is free to go.
    Release,
    /// With this probability in per cent, the first list, else the second.
    Chance(u8, Vec<Effect>, Vec<Effect>),
    /// While all conditions hold, the first list, else the second.
    If(Vec<Condition>, Vec<Effect>, Vec<Effect>),
}
