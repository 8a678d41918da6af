//! Gestures: which clip shows one, how long it lasts, and what no clip shows.

use bevy::math::{Quat, Vec3};

use super::physique::Physique;
use super::repertoire::Clip;
use super::skeleton::{Pose, turn};
use crate::scenario::{Gesture, Mood};

/// A gesture being made.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Playing {
    /// Which.
    pub(super) gesture: Gesture,
    /// Seconds since it began.
    pub(super) time: f32,
    /// Seconds it lasts; `None` until something else is done.
    pub(super) lasts: Option<f32>,
    /// Whether there is something beside them to lean on.
    pub(super) has_rail: bool,
}

impl Playing {
    /// Begins a gesture.
    pub(super) const fn new(gesture: Gesture) -> Self {
        Self {
            gesture,
            time: 0.0,
            lasts: lasts(gesture),
            has_rail: false,
        }
    }

    /// How far into the gesture the body is: 0 not at all, 1 all.
    pub(super) fn share(&self) -> f32 {
        let rise = (self.time / 0.45).clamp(0.0, 1.0);
        let fall = self
            .lasts
            .map_or(1.0, |lasts| ((lasts - self.time) / 0.6).clamp(0.0, 1.0));
        let share = rise.min(fall);
        share * share * (3.0 - 2.0 * share)
    }

    /// Whether it is over.
    pub(super) fn is_over(&self) -> bool {
        self.lasts.is_some_and(|lasts| self.time >= lasts)
    }

    /// The clip that shows it, if a clip does.
    pub(super) fn clip(&self, mood: Mood) -> Option<Clip> {
        let is_low = matches!(
            mood,
            Mood::Despairing | Mood::Sad | Mood::Numb | Mood::Ashamed | Mood::Exhausted
        );
        Some(match self.gesture {
            Gesture::HandsUp => Clip::HandsUp,
            Gesture::HandsToHead => Clip::HandsToHead,
            Gesture::Wringing => Clip::IdleAnxious,
            Gesture::ArmsCrossed => Clip::ArmsCrossed,
            Gesture::OpenPalms => Clip::OpenPalms,
            Gesture::Sits if mood == Mood::Despairing => Clip::SitCrying,
            Gesture::Sits if is_low => Clip::SitHunched,
            Gesture::Sits => Clip::SitNeutral,
            Gesture::Crouches => Clip::SitHunched,
            Gesture::Leans if self.has_rail => Clip::RailLean,
            Gesture::Leans => Clip::ArmsCrossed,
            Gesture::Paces | Gesture::StepsBack | Gesture::StepsForward => Clip::Walk,
            _ => return None,
        })
    }

    /// What the gesture adds to a pose beyond its clip.
    pub(super) fn show(&self, pose: &mut Pose, body: &Physique) {
        let share = self.share();
        let bones = &body.skeleton.bones;
        let time = self.time;
        match self.gesture {
            Gesture::Pointing => {
                let jab = (time * 6.0).sin().max(0.0) * 0.06;
                if let (Some(upper), Some(lower), Some(hand)) =
                    (bones.upper_arm[1], bones.lower_arm[1], bones.hand[1])
                {
                    let skeleton = &body.skeleton;
                    let rest = &skeleton.rest;
                    let (to_elbow, to_wrist) = (rest[lower].translation, rest[hand].translation);
                    let to_finger = skeleton
                        .names
                        .iter()
                        .position(|name| name == "index_01_r")
                        .map_or(to_wrist, |finger| rest[finger].translation);
                    let arm = Vec3::new(-0.10, -0.30, 1.0);
                    let aim = Vec3::new(0.12, 0.02 + jab, 1.0);
                    skeleton.aim(pose, Some(upper), to_elbow, arm, share);
                    skeleton.aim(pose, Some(lower), to_wrist, aim, share);
                    skeleton.aim(pose, Some(hand), to_finger, aim, share);
                    self.curl(pose, body, share);
                }
            }
            Gesture::WipesTears => {
                if let Some(head) = bones.head {
                    let globals = body.skeleton.globals(pose);
                    let wipe = (time * 4.2).sin() * 0.025;
                    let face = globals[head].transform_point3(Vec3::new(
                        -0.035 + wipe,
                        0.015 - wipe * 0.3,
                        0.15,
                    ));
                    body.skeleton.reach(pose, 1, face, share);
                }
                turn(pose, bones.head, Quat::from_rotation_x(0.22 * share));
                turn(pose, bones.spine[2], Quat::from_rotation_x(0.10 * share));
            }
            Gesture::Nods => {
                let nod = (time * 7.5).sin() * 0.13 * share;
                turn(pose, bones.head, Quat::from_rotation_x(nod));
                turn(pose, bones.neck, Quat::from_rotation_x(nod * 0.5));
            }
            Gesture::ShakesHead => {
                let shake = (time * 8.5).sin() * 0.24 * share;
                turn(pose, bones.head, Quat::from_rotation_y(shake));
                turn(pose, bones.neck, Quat::from_rotation_y(shake * 0.4));
            }
            Gesture::TurnsAway => {
                turn(pose, bones.head, Quat::from_rotation_x(0.20 * share));
                turn(pose, bones.spine[1], Quat::from_rotation_x(0.10 * share));
            }
            _ => {}
        }
    }

    /// Closes the right hand but for thumb and forefinger.
    fn curl(&self, pose: &mut Pose, body: &Physique, share: f32) {
        for (index, name) in body.skeleton.names.iter().enumerate() {
            let is_folded = ["middle", "ring", "pinky"]
                .iter()
                .any(|finger| name.starts_with(finger));
            if is_folded && name.ends_with("_r") {
                turn(pose, Some(index), Quat::from_rotation_z(1.25 * share));
            }
        }
    }
}

/// How long a gesture lasts, seconds; `None` until something else is done.
const fn lasts(gesture: Gesture) -> Option<f32> {
    match gesture {
        Gesture::Still => Some(0.0),
        Gesture::HandsUp | Gesture::OpenPalms => Some(6.0),
        Gesture::HandsToHead => Some(6.5),
        Gesture::Wringing => Some(9.0),
        Gesture::Pointing => Some(2.8),
        Gesture::WipesTears => Some(3.4),
        Gesture::ArmsCrossed
        | Gesture::TurnsAway
        | Gesture::Sits
        | Gesture::Crouches
        | Gesture::Leans => None,
        Gesture::StepsBack | Gesture::StepsForward => Some(1.15),
        Gesture::Startles => Some(1.2),
        Gesture::Paces => Some(14.0),
        Gesture::Nods => Some(1.7),
        Gesture::ShakesHead => Some(1.8),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gesture_comes_in_and_goes_out_without_a_jump() {
        let mut nod = Playing::new(Gesture::Nods);
        assert!(nod.share() < 0.01);
        nod.time = 0.9;
        assert!(nod.share() > 0.95);
        nod.time = 1.69;
        assert!(nod.share() < 0.05);
        nod.time = 1.7;
        assert!(nod.is_over());
    }

    #[test]
    fn who_sits_down_stays_down() {
        let mut sits = Playing::new(Gesture::Sits);
        sits.time = 500.0;
        assert!(!sits.is_over());
        assert!(sits.share() > 0.99);
        assert_eq!(sits.clip(Mood::Despairing), Some(Clip::SitCrying));
    }
}
