//! Lines: what is said, what a person is seen doing, and what happens around them.

use serde::Deserialize;

use super::bearing::{Gaze, Gesture, Mood};
use super::conditions::Condition;

/// Something said or seen.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum LineDraft {
    /// Speech.
    Say {
        /// Cast id.
        by: String,
        /// The words, caption and voice alike.
        text: String,
        /// Face.
        #[serde(default)]
        mood: Option<Mood>,
        /// Body.
        #[serde(default)]
        gesture: Option<Gesture>,
        /// Eyes.
        #[serde(default)]
        gaze: Option<Gaze>,
        /// Only while these hold.
        #[serde(default)]
        when: Vec<Condition>,
    },
    /// Something that can be seen a person doing.
    Do {
        /// Cast id.
        by: String,
        /// What is seen, in the present tense.
        text: String,
        /// Face.
        #[serde(default)]
        mood: Option<Mood>,
        /// Body.
        #[serde(default)]
        gesture: Option<Gesture>,
        /// Eyes.
        #[serde(default)]
        gaze: Option<Gaze>,
        /// Only while these hold.
        #[serde(default)]
        when: Vec<Condition>,
    },
    /// Something that happens around.
    Narrate {
        /// What is seen or heard.
        text: String,
        /// Name of a sound in `assets/sound`.
        #[serde(default)]
        sound: String,
        /// Only while these hold.
        #[serde(default)]
        when: Vec<Condition>,
    },
}
