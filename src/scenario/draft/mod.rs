//! A scenario exactly as its author wrote it.
//!
//! These types mirror the RON file field by field and know nothing of what the words mean: a
//! target may be missing, a technique unknown. The room resolves a draft into a
//! [`super::Scenario`]. Unknown fields are refused and a key written twice is kept, so that
//! the rules can name it instead of losing one of the two.

mod bearing;
mod beats;
mod cast;
mod conditions;
mod effects;
mod endings;
mod entries;
mod head;
mod lines;
mod marking;
mod moves;
mod start;
mod ways;

use serde::Deserialize;

use crate::course::Track;

pub use bearing::{Gaze, Gesture, Mood};
pub use beats::{BeatDraft, EventDraft};
pub use cast::CastMember;
pub use conditions::Condition;
pub use effects::Effect;
pub use endings::{EndingDraft, FeltDraft, Outcome};
pub use entries::Entries;
pub use head::{
    Briefing, Difficulty, Jurisdiction, LogEntry, Objectives, Reference, Review, ReviewStatus,
    Setting, TimeOfDay, Weather,
};
pub use lines::LineDraft;
pub use marking::{EvidenceWhen, GateFailure};
pub use moves::{ChoiceDraft, DecisionDraft, OptionDraft, SilenceDraft, Standing, StandingDraft};
pub use start::{MeterDraft, ProfileDraw, Start, Variant};
pub use ways::RouteDraft;

/// One scenario file: everything an instructor writes about one encounter.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename = "Scenario", deny_unknown_fields)]
pub struct ScenarioDraft {
    /// Version of the file format; 1 is the only one so far.
    pub format: u32,
    /// Short id, the same as the file's name before `.scenario.ron`.
    pub id: String,
    /// Title as the library shows it.
    pub title: String,
    /// The author's own version, such as `1.0.0`.
    pub version: String,
    /// Id of the course whose objectives are scored.
    pub course: String,
    /// Role tracks that this scenario serves.
    pub tracks: Vec<Track>,
    /// How demanding it is.
    pub level: Difficulty,
    /// Expected playing time in minutes.
    pub minutes: u16,
    /// One or two sentences for the library.
    pub summary: String,
    /// Themes that a trainee may want to know of before starting.
    #[serde(default)]
    pub content_notes: Vec<String>,
    /// Sign-off and the day it must be read again.
    pub review: Review,
    /// Whose law applies.
    pub jurisdiction: Jurisdiction,
    /// Law and policy this scenario cites, by id.
    #[serde(default)]
    pub references: Entries<Reference>,
    /// Objectives this scenario assesses.
    pub objectives: Objectives,
    /// Where and when.
    pub setting: Setting,
    /// What the officer knows on the way.
    pub briefing: Briefing,
    /// Everybody who speaks or is spoken of.
    pub cast: Entries<CastMember>,
    /// The state in which the encounter opens.
    pub start: Start,
    /// Yes/no facts; the text is the line that the notebook shows once learned (empty: hidden).
    #[serde(default)]
    pub facts: Entries<String>,
    /// The author's own meters.
    #[serde(default)]
    pub meters: Entries<MeterDraft>,
    /// The author's own counters, each from 0 to the given top.
    #[serde(default)]
    pub counters: Entries<u8>,
    /// Things that the seed draws at the start; each may be named in text as `{key}`.
    #[serde(default)]
    pub variations: Entries<Vec<Variant>>,
    /// Moves open at every decision.
    #[serde(default)]
    pub standing: Vec<Standing>,
    /// What standing moves do here, first match wins; a beat's own `moves` go first.
    #[serde(default)]
    pub moves: Vec<StandingDraft>,
    /// Checked after every step, first match wins.
    #[serde(default)]
    pub events: Vec<EventDraft>,
    /// The encounter itself.
    pub beats: Entries<BeatDraft>,
    /// How it can end.
    pub endings: Entries<EndingDraft>,
}
