//! The cast: everybody who speaks or is spoken of, and how each can be seen and heard.

use serde::Deserialize;

use super::conditions::Condition;
use super::start::ProfileDraw;

/// Somebody in the encounter.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum CastMember {
    /// The person in crisis.
    Subject {
        /// Name as captions show it once known.
        name: String,
        /// Name that captions show before the officer knows it.
        #[serde(default)]
        unknown_as: String,
        /// Fact that makes the name known; empty: known from the start.
        #[serde(default)]
        known_by: String,
        /// Person in `assets/people`.
        look: String,
        /// When they can be seen; empty: always.
        #[serde(default)]
        seen_when: Vec<Condition>,
        /// Voice.
        #[serde(default)]
        voice: String,
        /// Reaction profiles, one drawn by the seed.
        profiles: Vec<ProfileDraw>,
    },
    /// A fellow officer at the scene.
    Colleague {
        /// Name as captions show it.
        name: String,
        /// Person in `assets/people`.
        look: String,
        /// When they can be seen; empty: always.
        #[serde(default)]
        seen_when: Vec<Condition>,
        /// Voice.
        #[serde(default)]
        voice: String,
    },
    /// Somebody else at the scene.
    Bystander {
        /// Name as captions show it.
        name: String,
        /// Person in `assets/people`; empty: heard, not seen.
        #[serde(default)]
        look: String,
        /// When they can be seen; empty: always.
        #[serde(default)]
        seen_when: Vec<Condition>,
        /// Voice.
        #[serde(default)]
        voice: String,
    },
    /// A voice on the radio or telephone.
    Radio {
        /// Name as captions show it.
        name: String,
        /// Voice.
        #[serde(default)]
        voice: String,
    },
}

impl CastMember {
    /// Name as captions show it.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Subject { name, .. }
            | Self::Colleague { name, .. }
            | Self::Bystander { name, .. }
            | Self::Radio { name, .. } => name,
        }
    }

    /// Their person in `assets/people`; none for a voice.
    #[must_use]
    pub fn look(&self) -> Option<&str> {
        match self {
            Self::Subject { look, .. }
            | Self::Colleague { look, .. }
            | Self::Bystander { look, .. } => (!look.is_empty()).then_some(look),
            Self::Radio { .. } => None,
        }
    }

    /// The conditions under which they can be seen; empty for always.
    #[must_use]
    pub fn seen_when(&self) -> &[Condition] {
        match self {
            Self::Subject { seen_when, .. }
            | Self::Colleague { seen_when, .. }
            | Self::Bystander { seen_when, .. } => seen_when,
            Self::Radio { .. } => &[],
        }
    }
}
