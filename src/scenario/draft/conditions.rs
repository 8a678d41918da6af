//! What can hold or not: the conditions that open, close and colour everything else.

use serde::Deserialize;

/// Something that can hold or not.
#[derive(Debug, Clone, Deserialize)]
pub enum Condition {
    /// Distress is this much or more.
    DistressAtLeast(u8),
    /// Distress is this much or less.
    DistressAtMost(u8),
    /// Trust is this much or more.
    TrustAtLeast(u8),
    /// Trust is this much or less.
    TrustAtMost(u8),
    /// Distance is this many half-metres or more.
    DistanceAtLeast(u8),
    /// Distance is this many half-metres or less.
    DistanceAtMost(u8),
    /// A meter of the author's own is this much or more.
    MeterAtLeast(String, u8),
    /// A meter of the author's own is this much or less.
    MeterAtMost(String, u8),
    /// A counter is this much or more.
    CounterAtLeast(String, u8),
    /// A counter is this much or less.
    CounterAtMost(String, u8),
    /// A fact is known.
    Fact(String),
    /// The seed drew this profile.
    Profile(String),
    /// The seed drew this variant: variation, then variant.
    Drawn(String, String),
    /// The person is detained.
    Detained,
    /// This choice, or this event, has happened.
    Seen(String),
    /// All hold.
    All(Vec<Condition>),
    /// At least one holds.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
}
