//! The course file: objectives with their level descriptions, gates, tracks and pass rules.

use serde::{Deserialize, Serialize};

/// How well something was done: the course's own levels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[repr(u8)]
pub enum Level {
    /// Adds danger, is unlawful or demeans. Worth 0.
    Unsafe = 0,
    /// Partial, late or prompted. Worth 1.
    Developing = 1,
    /// Safe, lawful and effective. Worth 2.
    Competent = 2,
    /// Adapts, anticipates, repairs and explains. Worth 3.
    Proficient = 3,
}

impl Level {
    /// Points, 0 to 3.
    #[must_use]
    pub const fn points(self) -> u32 {
        self as u32
    }

    /// The level's name as the course writes it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Unsafe => "Unsafe",
            Self::Developing => "Developing",
            Self::Competent => "Competent",
            Self::Proficient => "Proficient",
        }
    }
}

/// A role that the course certifies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
pub enum Track {
    /// Mental health liaison officer.
    MentalHealthLiaison,
    /// Police mental health advocate, for colleagues in distress.
    MentalHealthAdvocate,
    /// Crisis intervention specialist.
    CrisisIntervention,
}

impl Track {
    /// Every track, in the course's order.
    pub const ALL: [Self; 3] = [
        Self::MentalHealthLiaison,
        Self::MentalHealthAdvocate,
        Self::CrisisIntervention,
    ];

    /// The role's name.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::MentalHealthLiaison => "Mental health liaison officer",
            Self::MentalHealthAdvocate => "Police mental health advocate",
            Self::CrisisIntervention => "Crisis intervention specialist",
        }
    }
}

/// A course: what is taught, how it is marked and when it is passed.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename = "Course", deny_unknown_fields)]
pub struct Course {
    /// Version of the file format; 1 is the only one so far.
    pub format: u32,
    /// Short id, the same as the file's name before `.course.ron`.
    pub id: String,
    /// Title.
    pub title: String,
    /// The author's own version.
    pub version: String,
    /// What may and may not be said of passing.
    pub standing_note: String,
    /// Fewer decisions than this on an objective give no score.
    pub min_opportunities: u32,
    /// What happens to an assessment with a scenario that is not proven, signed and in date.
    #[serde(default)]
    pub unready_assessment: UnreadyAssessment,
    /// Scores from which a result counts as more than Not yet.
    pub thresholds: Thresholds,
    /// What each level means in general.
    pub levels: LevelTexts,
    /// Groups of objectives, in the order in which they are shown.
    pub groups: Vec<ObjectiveGroup>,
    /// The objectives, in the order in which they are shown.
    pub objectives: Vec<Objective>,
    /// What is never averaged away.
    pub gates: Vec<Gate>,
    /// Role tracks.
    pub tracks: Vec<TrackRules>,
    /// Rules for the course as a whole.
    pub pass: CoursePass,
    /// Where a trainee finds support.
    pub support: Vec<SupportContact>,
}

/// What happens to an assessment with a scenario that is not proven, signed and in date.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
pub enum UnreadyAssessment {
    /// It goes ahead, and every page of its report says that it was a trial.
    #[default]
    Trial,
    /// It is refused.
    Refuse,
}

/// Lowest percentages for each result.
#[derive(Debug, Clone, Copy, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Thresholds {
    /// From here: Developing.
    pub developing: u32,
    /// From here: Competent.
    pub competent: u32,
    /// From here: Proficient.
    pub proficient: u32,
}

/// What each level looks like.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct LevelTexts {
    /// Level 0.
    #[serde(rename = "unsafe")]
    pub unsafe_level: String,
    /// Level 1.
    pub developing: String,
    /// Level 2.
    pub competent: String,
    /// Level 3.
    pub proficient: String,
}

impl LevelTexts {
    /// The text of one level.
    #[must_use]
    pub fn of(&self, level: Level) -> &str {
        match level {
            Level::Unsafe => &self.unsafe_level,
            Level::Developing => &self.developing,
            Level::Competent => &self.competent,
            Level::Proficient => &self.proficient,
        }
    }
}

/// A group of objectives.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ObjectiveGroup {
    /// Prefix of its objectives' ids, such as `CI`.
    pub id: String,
    /// Title.
    pub title: String,
}

/// One learning objective.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Objective {
    /// Id, such as `CI-1`.
    pub id: String,
    /// What the officer can do.
    pub statement: String,
    /// What each level looks like for this objective.
    pub levels: LevelTexts,
    /// Weight in course totals, 1 to 5.
    #[serde(default = "one")]
    pub weight: u32,
    /// Elements of the National Decision Model that it touches.
    #[serde(default)]
    pub ndm: Vec<NdmElement>,
}

fn one() -> u32 {
    1
}

/// Elements of the National Decision Model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
pub enum NdmElement {
    /// Code of Ethics.
    Code,
    /// Information and intelligence.
    Information,
    /// Assess threat and risk, form a working strategy.
    Assess,
    /// Powers and policy.
    Powers,
    /// Options and contingencies.
    Options,
    /// Action and review.
    Review,
}

/// Something never averaged away.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Gate {
    /// Id, such as `life-safety`.
    pub id: String,
    /// Title.
    pub title: String,
    /// What fails it.
    pub description: String,
    /// Objectives that a failure fails too.
    pub objectives: Vec<String>,
}

/// What a role track needs.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct TrackRules {
    /// Which track.
    pub id: Track,
    /// Title.
    pub title: String,
    /// What the role is for.
    pub description: String,
    /// Its core objectives.
    pub core: Vec<String>,
    /// Scenarios that must be passed.
    pub scenarios: Vec<String>,
    /// How many more scenarios of any track.
    #[serde(default)]
    pub any_more: u32,
}

/// When the whole course is passed.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct CoursePass {
    /// Scenarios that must be passed in all.
    pub scenarios: u32,
    /// Different scenarios in which each objective must be Competent.
    pub scenarios_per_objective: u32,
    /// How many of the latest attempts count.
    pub latest_attempts: u32,
    /// Whether a pass counts only once an instructor has signed it off.
    #[serde(default)]
    pub signed_off: bool,
}

/// Somebody to turn to.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct SupportContact {
    /// Who.
    pub name: String,
    /// How to reach them.
    pub reach: String,
    /// For whom and when.
    pub note: String,
}

impl Course {
    /// The objective of this id.
    #[must_use]
    pub fn objective(&self, id: &str) -> Option<&Objective> {
        self.objectives.iter().find(|objective| objective.id == id)
    }

    /// Position of the objective of this id.
    #[must_use]
    pub fn objective_index(&self, id: &str) -> Option<usize> {
        self.objectives
            .iter()
            .position(|objective| objective.id == id)
    }

    /// Position of the gate of this id.
    #[must_use]
    pub fn gate_index(&self, id: &str) -> Option<usize> {
        self.gates.iter().position(|gate| gate.id == id)
    }
}
