//! The stage: the place, the people and the light of an encounter, seen through the officer's eyes.
//!
//! The encounter screen says what is where ([`StageSetting`]) and what happens ([`StageCue`]); the
//! stage answers with pictures in an image ([`StageTarget`]) that the interface draws behind
//! itself. Everything a trainee should read off a person — posture, hands, gaze, breath, face,
//! distance — is worked out here from distress, trust and the lines' own directions.
//!
//! The stage knows no views, no records and no rules of play; it takes the plain words of
//! [`crate::scenario`] and nothing else. It works without a window: the picture is an image.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `quality`, `target` | how much to spend, how often, and the image that is drawn into |
//! | `set`, `light`, `sky`, `rain`, `fireworks` | the place and its time and weather |
//! | `cast`, `stock` | who stands where, and what stands in for a missing model |
//! | `physique`, `skeleton`, `repertoire`, `stance`, `tears`, `posing` | a person's body and how it is bent |
//! | `acting`, `bearing`, `carriage`, `manner`, `habits`, `walking`, `gesture`, `gaze`, `face`, `speech` | what the body, eyes, face and lips do |
//! | `camera`, `still` | the officer's eye and the subject's, and the picture of what stands still |
//! | `plan` | who stands where, for the interface to draw from above |
//! | `studio` | pictures of people and places for the gallery |
//! | `plain`, `finer` | the cheap material for machines without a graphics card, and corners enough for its light |

mod acting;
mod bearing;
mod camera;
mod carriage;
mod cast;
mod face;
mod finer;
mod fireworks;
mod gaze;
mod gesture;
mod habits;
mod light;
mod manner;
mod physique;
mod plain;
mod plan;
mod posing;
mod quality;
mod rain;
mod random;
#[cfg(test)]
mod reaction;
mod repertoire;
mod set;
mod skeleton;
mod sky;
mod speech;
mod stance;
mod still;
mod stock;
mod studio;
mod target;
mod tears;
mod walking;

use bevy::prelude::*;

use crate::scenario::{Gaze, Gesture, Mood, TimeOfDay, Weather};

pub use camera::StageView;
pub use plan::{PlanFigure, StagePlan};
pub use quality::{StageClock, StageFlatOut, StageQuality, quality_for_adapter};
pub use still::StageNews;
pub use studio::{Framing, Studio, is_settled};
pub use target::StageTarget;

/// Adds the stage to an app that has Bevy's renderer.
pub fn plugin(app: &mut App) {
    app.add_message::<StageCue>();
    app.add_message::<StageFault>();
    app.init_resource::<ReduceMotion>();
    app.configure_sets(
        Update,
        (
            StageSystems::Clock,
            StageSystems::Build,
            StageSystems::Enter,
            StageSystems::Cues,
            StageSystems::Move,
            StageSystems::Show,
        )
            .chain(),
    );
    app.add_plugins((
        quality::plugin,
        target::plugin,
        plain::plugin,
        set::plugin,
        stock::plugin,
        cast::plugin,
        acting::plugin,
        camera::plugin,
        still::plugin,
        plan::plugin,
        rain::plugin,
        fireworks::plugin,
        studio::plugin,
    ));
}

/// The order of the stage's work inside [`Update`].
#[derive(SystemSet, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StageSystems {
    /// Decide whether this frame shows a new picture.
    Clock,
    /// Load and remove the place.
    Build,
    /// Bring people on.
    Enter,
    /// Take in what happened.
    Cues,
    /// Move people and camera.
    Move,
    /// Hand the result to the renderer.
    Show,
}

/// Where the encounter is and who is there. While this resource exists the stage shows it.
#[derive(Resource, Debug, Clone, PartialEq, Eq)]
pub struct StageSetting {
    /// Name of a place in `assets/places`, without ending.
    pub place: String,
    /// Time of day.
    pub time: TimeOfDay,
    /// Weather.
    pub weather: Weather,
    /// Everybody who can be seen, but the officer.
    pub people: Vec<StagePerson>,
    /// Where small variation comes from: the attempt's seed.
    pub seed: u64,
}

/// Somebody on the stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StagePerson {
    /// Id in the scenario's cast; cues name it.
    pub id: String,
    /// Name of a person in `assets/people`, without ending.
    pub look: String,
    /// What they are to the encounter.
    pub role: StageRole,
}

/// What somebody on the stage is to the encounter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StageRole {
    /// The person in crisis.
    Subject,
    /// A fellow officer.
    Colleague,
    /// Somebody else who is there.
    Bystander,
}

/// Something that happens on the stage.
#[derive(Message, Debug, Clone, PartialEq)]
pub enum StageCue {
    /// The state the subject is in now.
    Levels {
        /// Distress, 0 to 20.
        distress: u8,
        /// Trust in the officer, 0 to 20.
        trust: u8,
        /// Officer to subject, in half-metres.
        distance_half_metres: u8,
    },
    /// Somebody says or does something.
    Line {
        /// Cast id.
        by: String,
        /// The words, for the lips; empty for something done.
        words: String,
        /// Face, if the line gives one.
        mood: Option<Mood>,
        /// Body, if the line gives one.
        gesture: Option<Gesture>,
        /// Eyes, if the line gives them.
        gaze: Option<Gaze>,
        /// How long the speech lasts; 0 for something done.
        speaking_secs: f32,
    },
    /// How loud the voice is that speaks somebody's line from now on: the lips follow it.
    Voice {
        /// Cast id.
        by: String,
        /// Loudness, 0 to 1, at even intervals from the line's beginning.
        loudness: Vec<f32>,
        /// How many of them a second.
        per_sec: f32,
    },
    /// The voice that is heard now comes from the officer's radio, for so long.
    Radio {
        /// How long it speaks.
        speaking_secs: f32,
    },
    /// Somebody comes into sight, or is out of it: behind a door, not there yet, gone.
    Sight {
        /// Cast id.
        id: String,
        /// Whether they can be seen.
        is_seen: bool,
    },
    /// Something makes everybody start: a bang, a sudden approach.
    Startle,
    /// The encounter is over: gestures end and people stay as they are.
    Ended,
    /// From where to look.
    View(StageView),
}

/// Something that the stage could not show as asked, in words for the user.
#[derive(Message, Debug, Clone, PartialEq, Eq)]
pub struct StageFault(pub String);

/// Whether to leave out movement that is not needed to read a person.
#[derive(Resource, Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ReduceMotion(pub bool);
