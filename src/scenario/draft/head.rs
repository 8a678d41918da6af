//! The head of the file: how demanding it is, who has signed it off, the law that it cites, the
//! objectives that it assesses, where it happens and what the officer is told on the way.

use serde::{Deserialize, Serialize};

/// How demanding a scenario is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
pub enum Difficulty {
    /// For a first encounter.
    Intro,
    /// The course's standard.
    Core,
    /// For those who passed the core.
    Advanced,
}

/// Whose law applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
pub enum Jurisdiction {
    /// England and Wales.
    EnglandAndWales,
    /// Scotland.
    Scotland,
    /// Northern Ireland.
    NorthernIreland,
}

/// State of the sign-off chain.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// Draft until somebody has checked it.
    pub status: ReviewStatus,
    /// Day, `YYYY-MM-DD`, by which it must be read again.
    pub due: String,
    /// Who checked it and as what.
    #[serde(default)]
    pub checked: Vec<String>,
}

/// Whether a scenario has been signed off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
pub enum ReviewStatus {
    /// Not yet checked by anyone but its author.
    Draft,
    /// Read by a subject-matter expert.
    Reviewed,
    /// Signed off for assessment.
    Signed,
}

/// One law or policy item.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// How to cite it.
    pub cite: String,
    /// Day of the text that the author read, `YYYY-MM-DD`.
    pub as_of: String,
    /// Last day, `YYYY-MM-DD`, on which that text is known to hold; empty: not known to end.
    #[serde(default)]
    pub until: String,
    /// What it means here, in one sentence.
    #[serde(default)]
    pub note: String,
    /// What must be checked against the force's own policy.
    #[serde(default)]
    pub local: String,
}

/// Objectives that a scenario assesses.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Objectives {
    /// Required: each must be Competent for a pass.
    pub core: Vec<String>,
    /// Reported, not required.
    #[serde(default)]
    pub also: Vec<String>,
}

/// Where and when the encounter happens.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setting {
    /// Name of a place in `assets/places`.
    pub place: String,
    /// Time of day.
    pub time: TimeOfDay,
    /// Weather.
    pub weather: Weather,
    /// Name of an ambience in `assets/sound`.
    #[serde(default)]
    pub ambience: String,
    /// Clock time, `HH:MM`, at the first decision; every step is a minute.
    pub clock: String,
}

/// Time of day, for light.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
pub enum TimeOfDay {
    /// First light.
    Dawn,
    /// Full daylight.
    Day,
    /// Low sun.
    Dusk,
    /// Lamps on.
    Night,
}

/// Weather, for light and sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
pub enum Weather {
    /// Dry and clear.
    Clear,
    /// Dry under cloud.
    Overcast,
    /// Drizzle or rain.
    Rain,
    /// Fog.
    Fog,
    /// Indoors: no weather.
    Indoors,
}

/// What the officer knows on the way.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Briefing {
    /// The incident log so far.
    pub log: Vec<LogEntry>,
    /// What is known, one line each.
    #[serde(default)]
    pub known: Vec<String>,
    /// What is asked of the officer.
    pub task: String,
}

/// One line of an incident log.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogEntry {
    /// Clock time, `HH:MM`.
    pub at: String,
    /// The operator's words.
    pub text: String,
}
