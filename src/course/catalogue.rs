//! Catalogues: techniques an officer uses and profiles of how a person reacts to them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Step of the behavioural change stairway that a technique belongs to.
///
/// Source: the Behavioural Change Stairway Model (active listening, empathy, rapport,
/// influence, behavioural change).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
pub enum Stage {
    /// Open at any time: not part of the stairway (safety, law, movement).
    Any,
    /// Active listening.
    Listening,
    /// Empathy.
    Empathy,
    /// Rapport.
    Rapport,
    /// Influence.
    Influence,
    /// Behavioural change.
    Change,
}

impl Stage {
    /// The stage's name.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Any => "Any time",
            Self::Listening => "Listening",
            Self::Empathy => "Empathy",
            Self::Rapport => "Rapport",
            Self::Influence => "Influence",
            Self::Change => "Change",
        }
    }
}

/// Where a technique comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
pub enum Family {
    /// Active listening.
    ActiveListening,
    /// Position, time, team.
    Tactical,
    /// Safety of everybody.
    Safety,
    /// Powers and rights.
    Legal,
    /// Getting to the right service.
    Referral,
    /// The officer's own state.
    SelfCare,
    /// Things that tend to make it worse.
    Pitfall,
}

/// Whether a technique is said or done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
pub enum Delivery {
    /// Said: loses half its effect beyond hearing distance.
    Speech,
    /// Done.
    Action,
}

/// The technique catalogue.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename = "Techniques", deny_unknown_fields)]
pub struct TechniqueCatalogue {
    /// Version of the file format; 1 is the only one so far.
    pub format: u32,
    /// Trust from which each stage's techniques are no longer premature.
    pub stage_trust: StageTrust,
    /// What a premature technique costs instead of its reaction.
    pub premature: Shift,
    /// The techniques by id.
    pub techniques: BTreeMap<String, Technique>,
}

/// Lowest trust, 0 to 20, at which a stage is reached.
#[derive(Debug, Clone, Copy, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct StageTrust {
    /// Empathy.
    pub empathy: u8,
    /// Rapport.
    pub rapport: u8,
    /// Influence.
    pub influence: u8,
    /// Behavioural change.
    pub change: u8,
}

impl StageTrust {
    /// Lowest trust for `stage`; 0 where the stage is always open.
    #[must_use]
    pub const fn of(self, stage: Stage) -> u8 {
        match stage {
            Stage::Any | Stage::Listening => 0,
            Stage::Empathy => self.empathy,
            Stage::Rapport => self.rapport,
            Stage::Influence => self.influence,
            Stage::Change => self.change,
        }
    }
}

/// One technique.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Technique {
    /// Name.
    pub label: String,
    /// Step of the stairway.
    pub stage: Stage,
    /// Where it comes from.
    pub family: Family,
    /// Said or done.
    pub delivery: Delivery,
    /// One sentence.
    pub description: String,
    /// Reaction of a profile that does not list this technique.
    #[serde(default)]
    pub usual: Shift,
}

/// A change of distress and trust, each -20 to 20.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Shift {
    /// Change of distress.
    #[serde(default)]
    pub distress: i8,
    /// Change of trust.
    #[serde(default)]
    pub trust: i8,
}

/// The profile catalogue.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename = "Profiles", deny_unknown_fields)]
pub struct ProfileCatalogue {
    /// Version of the file format; 1 is the only one so far.
    pub format: u32,
    /// The profiles by id.
    pub profiles: BTreeMap<String, Profile>,
}

/// How a person reacts in a moment: never a diagnosis.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Name, for the debrief.
    pub label: String,
    /// What an observer could see.
    pub signs: Vec<String>,
    /// What tends to help, for the debrief.
    pub helps: String,
    /// Personal space in half-metres, 1 to 20.
    pub personal_space: u8,
    /// Trust from which closeness is no longer felt as crowding.
    pub close_trust: u8,
    /// Distance in half-metres beyond which speech has half its effect.
    pub hearing: u8,
    /// Coming closer inside the personal space at low trust.
    pub closing_in: Shift,
    /// Stepping back from inside the personal space.
    pub backing_off: Shift,
    /// What saying nothing does where a decision does not say.
    pub silence: Vec<Band>,
    /// Words in one go from which a speech is long.
    pub long_speech_words: u16,
    /// What a long speech costs.
    pub long_speech: Shift,
    /// Reactions by technique: first band that matches.
    pub reactions: BTreeMap<String, Vec<Band>>,
}

/// A reaction with the state in which it holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// Only at this distress or more.
    #[serde(default)]
    pub distress_at_least: Option<u8>,
    /// Only at this distress or less.
    #[serde(default)]
    pub distress_at_most: Option<u8>,
    /// Only at this trust or more.
    #[serde(default)]
    pub trust_at_least: Option<u8>,
    /// Only at this trust or less.
    #[serde(default)]
    pub trust_at_most: Option<u8>,
    /// Change of distress.
    #[serde(default)]
    pub distress: i8,
    /// Change of trust.
    #[serde(default)]
    pub trust: i8,
}

impl Band {
    /// Whether the band holds in this state.
    #[must_use]
    pub fn holds(&self, distress: u8, trust: u8) -> bool {
        self.distress_at_least.is_none_or(|least| distress >= least)
            && self.distress_at_most.is_none_or(|most| distress <= most)
            && self.trust_at_least.is_none_or(|least| trust >= least)
            && self.trust_at_most.is_none_or(|most| trust <= most)
    }

    /// What it changes.
    #[must_use]
    pub const fn shift(&self) -> Shift {
        Shift {
            distress: self.distress,
            trust: self.trust,
        }
    }
}
