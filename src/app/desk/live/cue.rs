//! What the stage and the loudspeaker are asked to do.

use std::path::PathBuf;

use crate::encounter::Encounter;
use crate::scenario::{CastMember, Gaze, Gesture, Mood, TimeOfDay, Weather};

use super::super::super::views::moment::Eye;

/// Something that the stage or the loudspeaker should do.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::app) enum Cue {
    /// Show this place and these people: cast id, look, role; small variation by the seed.
    Set {
        place: String,
        ambience: String,
        time: TimeOfDay,
        weather: Weather,
        people: Vec<(String, String, Part)>,
        seed: u64,
    },
    /// The state is this.
    Levels {
        distress: u8,
        trust: u8,
        distance_half_metres: u8,
    },
    /// Somebody says or does something.
    Line {
        by: String,
        words: String,
        mood: Option<Mood>,
        gesture: Option<Gesture>,
        gaze: Option<Gaze>,
        secs: f32,
        /// Loudness of the recording, for the lips; empty without one.
        loudness: Vec<f32>,
    },
    /// A sound by name.
    Sound(String),
    /// Somebody's words from a recording.
    Speech(PathBuf),
    /// Words that nobody has recorded.
    Unrecorded(String),
    /// Whoever speaks breaks off.
    Hush,
    /// The officer walks this far, in half-metres.
    Steps(u8),
    /// Somebody speaks over the radio.
    RadioClick,
    /// Somebody, by cast id, comes into sight or goes out of it.
    Sight(String, bool),
    /// From where to look.
    Look(Eye),
    /// Everything stands still, or goes on.
    Pause(bool),
    /// The encounter is over.
    Ended,
    /// Nothing is on the stage any more.
    Clear,
}

/// What somebody is to the encounter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::app) enum Part {
    /// The person in crisis.
    Subject,
    /// A fellow officer.
    Colleague,
    /// Somebody else.
    Bystander,
}

/// The place and everybody who has a look.
pub(in crate::app::desk) fn set(encounter: &Encounter) -> Cue {
    let scenario = encounter.scenario();
    let people = scenario
        .cast
        .iter()
        .filter_map(|person| {
            let look = person.member.look()?;
            let part = match &person.member {
                CastMember::Subject { .. } => Part::Subject,
                CastMember::Colleague { .. } => Part::Colleague,
                _ => Part::Bystander,
            };
            Some((person.id.clone(), look.to_owned(), part))
        })
        .collect();
    Cue::Set {
        place: scenario.setting.place.clone(),
        ambience: scenario.setting.ambience.clone(),
        time: scenario.setting.time,
        weather: scenario.setting.weather,
        people,
        seed: encounter.seed(),
    }
}

/// How the person is, and how far away.
pub(in crate::app::desk) fn levels(encounter: &Encounter) -> Cue {
    let state = encounter.state();
    Cue::Levels {
        distress: state.distress,
        trust: state.trust,
        distance_half_metres: state.distance,
    }
}

/// Who can be seen now, in the order of the cast.
pub(in crate::app::desk) fn sights(encounter: &Encounter) -> Vec<bool> {
    (0_u16..)
        .zip(&encounter.scenario().cast)
        .map(|(position, _)| encounter.is_seen(position))
        .collect()
}
