//! Carriage: what a bearing makes of bones and face at one moment.

use bevy::math::{Quat, Vec3};

use super::bearing::{BLINK, Bearing};
use super::face::{Features, Muscle, Side};
use super::physique::Physique;
use super::random::{signed, wander};
use super::repertoire::Clip;
use super::skeleton::{Pose, mix, turn};
use crate::scenario::{Gesture, Mood};

/// Where a body stands, beside its place on the stage.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Footing {
    /// Metres to the left and forward of its place.
    pub(super) offset: Vec3,
    /// Turn about the upright, radians to the left.
    pub(super) yaw: f32,
    /// Lean to the left, radians.
    pub(super) sway: f32,
}

impl Bearing {
    /// The body of this moment.
    pub(super) fn pose(&self, body: &Physique) -> Pose {
        let parts: Vec<(Clip, f32, f32)> = self
            .postures
            .iter()
            .map(|(clip, weight)| (*clip, self.clip_time, *weight))
            .collect();
        let mut pose = body.repertoire.blend(&parts);
        let bones = &body.skeleton.bones;
        let (distress, trust) = (self.distress.now, self.trust.now);
        let seated = self
            .postures
            .iter()
            .filter(|(clip, _)| clip.is_seated())
            .map(|(_, weight)| weight)
            .sum::<f32>()
            .min(1.0);

        // Breath: deep and slow at ease, short and high under stress.
        let chest = (self.breath * std::f32::consts::TAU).sin();
        let depth = 0.75 + 0.5 * distress;
        turn(
            &mut pose,
            bones.spine[1],
            Quat::from_rotation_x(-0.010 * chest * depth),
        );
        turn(
            &mut pose,
            bones.spine[2],
            Quat::from_rotation_x(-0.020 * chest * depth),
        );
        turn(
            &mut pose,
            bones.neck,
            Quat::from_rotation_x(0.026 * chest * depth),
        );

        // Shoulders: up with stress and with every breath; start.
        let start = self.start();
        let raised = 0.13 * distress + 0.022 * chest * depth + 0.30 * start;
        for (clavicle, side) in bones.clavicle.into_iter().zip([1.0, -1.0]) {
            turn(&mut pose, clavicle, Quat::from_rotation_z(raised * side));
        }

        // Closed by mistrust and low moods, upright with trust.
        let low = self.mood.map_or(0.0, lowness) * self.mood_share();
        let closed = if self.is_subject {
            0.10 * (1.0 - trust) + 0.06 * distress - 0.05 * trust
        } else {
            0.0
        };
        let stoop = (closed + 0.17 * low) * (1.0 - 0.7 * seated) - 0.12 * start;
        for (spine, share) in bones.spine.into_iter().zip([0.25, 0.35, 0.4]) {
            turn(&mut pose, spine, Quat::from_rotation_x(stoop * share));
        }
        turn(
            &mut pose,
            bones.head,
            Quat::from_rotation_x(0.12 * low - 0.85 * stoop.max(0.0) - 0.10 * start),
        );

        // Never quite still.
        let restless = 0.012 + 0.022 * distress;
        turn(
            &mut pose,
            bones.spine[0],
            Quat::from_rotation_y(wander(self.seed ^ 41, self.time * 0.45) * restless * 1.5)
                * Quat::from_rotation_z(wander(self.seed ^ 42, self.time * 0.4) * restless),
        );
        turn(
            &mut pose,
            bones.head,
            Quat::from_rotation_z(wander(self.seed ^ 43, self.time * 0.3) * 0.05)
                * Quat::from_rotation_x(wander(self.seed ^ 44, self.time * 0.5) * 0.02),
        );
        if distress > 0.6 {
            let tremble = (self.time * 41.0).sin() * 0.006 * (distress - 0.6) * 2.5;
            turn(&mut pose, bones.head, Quat::from_rotation_y(tremble));
        }
        if self.mood == Some(Mood::Despairing) {
            let sob = (self.time * 11.0).sin() * 0.010 * distress * self.mood_share();
            turn(&mut pose, bones.spine[2], Quat::from_rotation_x(sob));
        }
        if self.speech.is_some() {
            let beat = wander(self.seed ^ 45, self.time * 2.6);
            turn(&mut pose, bones.head, Quat::from_rotation_x(beat * 0.05));
        }
        if start > 0.02 && body.repertoire.knows(Clip::HandsUp) {
            let up = body.repertoire.pose(Clip::HandsUp, 0.4);
            mix(&mut pose, &up, (0.4 * start).min(0.4) * (1.0 - seated));
        }
        // What the hands do to the head stays; a bowed head lifts for somebody who is looked at.
        let bowed: f32 = self
            .postures
            .iter()
            .filter(|(clip, _)| {
                matches!(clip, Clip::HandsToHead | Clip::SitHunched | Clip::SitCrying)
            })
            .map(|(_, weight)| weight)
            .sum();
        let keep = 0.25 + 0.40 * bowed.min(1.0) + 0.20 * low.max(0.0);
        self.eyes.show(&mut pose, &body.skeleton, keep);
        if let Some(playing) = &self.playing {
            playing.show(&mut pose, body);
        }
        pose
    }

    /// How much of a start is in the body.
    pub(super) fn start(&self) -> f32 {
        let since = self.startled;
        (1.0 - (-since * 22.0).exp()) * (-since * 2.8).exp() * 1.25
    }

    /// The face of this moment.
    pub(super) fn face(&self) -> Features {
        let mut face = self.face;
        let micro = |key: u32, pace: f32| wander(self.seed ^ key, self.time * pace);
        face.add(Muscle::BrowInnerUp, Side::Both, 0.07 * micro(51, 0.6));
        face.add(Muscle::BrowDown, Side::Left, 0.05 * micro(52, 0.5).max(0.0));
        face.add(Muscle::EyeSquint, Side::Both, 0.06 * micro(53, 0.7));
        face.add(
            Muscle::MouthPress,
            Side::Both,
            0.10 * micro(54, 0.4).max(0.0),
        );
        face.add(Muscle::MouthSmile, Side::Right, 0.04 * micro(55, 0.3));
        let start = self.start();
        face.add(Muscle::EyeWide, Side::Both, 0.8 * start);
        face.add(Muscle::BrowInnerUp, Side::Both, 0.5 * start);
        face.add(Muscle::JawOpen, Side::Both, 0.25 * start);
        if let Some(speech) = &self.speech {
            speech.show(&mut face, 0.85 + 0.5 * self.distress.now);
        } else if self.distress.now > 0.5 {
            // Breath through the mouth.
            let open = (self.breath * std::f32::consts::TAU).sin() * 0.5 + 0.5;
            face.add(
                Muscle::JawOpen,
                Side::Both,
                0.10 * (self.distress.now - 0.5) * 2.0 * open,
            );
        }
        // Lids follow the eyes.
        let eyes = self.eyes.eyes();
        let lids = eyes.y.clamp(-0.4, 0.5);
        face.add(Muscle::EyeLookDown, Side::Both, lids.max(0.0) * 1.6);
        face.add(Muscle::EyeBlink, Side::Both, lids.max(0.0) * 0.35);
        face.add(Muscle::EyeLookUp, Side::Both, (-lids).max(0.0) * 1.6);
        if self.blink_in < 0.0 {
            let closed = 1.0 - ((self.blink_in + BLINK * 0.5) / (BLINK * 0.5)).abs();
            let open = face.strength(Muscle::EyeBlink);
            face.add(
                Muscle::EyeBlink,
                Side::Both,
                (1.0 - open) * (closed * 1.8).min(1.0),
            );
        }
        face
    }

    /// Where the body stands.
    pub(super) fn footing(&self) -> Footing {
        let mut footing = Footing {
            offset: Vec3::Z * self.forward.now,
            yaw: 0.06 * signed(self.seed, 9),
            sway: 0.010 * wander(self.seed ^ 46, self.time * 0.22),
        };
        if let Some(playing) = &self.playing {
            let share = playing.share();
            match playing.gesture {
                Gesture::Leans if playing.has_rail => {
                    footing.offset.x += self.rail * share;
                    footing.yaw += 1.35 * self.rail.signum() * share;
                }
                Gesture::TurnsAway => footing.yaw += 1.9 * share,
                Gesture::Paces => {
                    let phase = playing.time * 0.95;
                    footing.offset.x += phase.sin() * 0.55 * share;
                    footing.yaw += (phase.cos() * 2.2).clamp(-1.0, 1.0) * 1.25 * share;
                }
                _ => {}
            }
        }
        footing
    }
}

/// How much a mood bends a body down, 0 to 1.
const fn lowness(mood: Mood) -> f32 {
    match mood {
        Mood::Despairing => 1.0,
        Mood::Ashamed => 0.9,
        Mood::Exhausted | Mood::Sad => 0.7,
        Mood::Numb => 0.55,
        Mood::Frightened => 0.25,
        Mood::Elated => -0.45,
        Mood::Angry => -0.15,
        Mood::Relieved => 0.1,
        _ => 0.0,
    }
}
