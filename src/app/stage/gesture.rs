//! Gestures: which clip shows one, how long it lasts, and what no clip shows.

use bevy::math::{Quat, Vec3};

use super::physique::Physique;
use super::repertoire::Clip;
use super::skeleton::{Pose, mix, turn};
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

    /// Whether it lasts until the body is needed for something else, and other gestures are made
    /// on top of it.
    pub(super) const fn is_stance(gesture: Gesture) -> bool {
        matches!(
            gesture,
            Gesture::Sits | Gesture::Crouches | Gesture::Leans | Gesture::TurnsAway
        )
    }

    /// Whether it takes the body out of a stance.
    pub(super) const fn ends_stance(gesture: Gesture) -> bool {
        Self::is_stance(gesture)
            || matches!(
                gesture,
                Gesture::StepsBack | Gesture::StepsForward | Gesture::Paces | Gesture::Still
            )
    }

    /// How far into the gesture the body is: 0 not at all, 1 all.
    pub(super) fn share(&self) -> f32 {
        let rise = (self.time
            / if Self::is_stance(self.gesture) {
                0.9
            } else {
                0.45
            })
        .clamp(0.0, 1.0);
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
            Gesture::Wringing => Clip::Wringing,
            Gesture::Pointing => Clip::Pointing,
            Gesture::ArmsCrossed => Clip::ArmsCrossed,
            Gesture::OpenPalms => Clip::OpenPalms,
            Gesture::Sits if mood == Mood::Despairing => Clip::SitCrying,
            Gesture::Sits if is_low => Clip::SitHunched,
            Gesture::Sits => Clip::SitNeutral,
            Gesture::Crouches => Clip::Crouch,
            Gesture::WipesTears => Clip::WipeTears,
            Gesture::CoversEars => Clip::CoverEars,
            Gesture::HandOnChest => Clip::HandOnChest,
            Gesture::HandToBrow => Clip::Exhausted,
            Gesture::Leans if self.has_rail => Clip::RailLean,
            Gesture::Leans => Clip::ArmsCrossed,
            _ => return None,
        })
    }

    /// What the gesture adds to a pose beyond its clip; `at` is the way to whoever is attended to.
    pub(super) fn show(&self, pose: &mut Pose, body: &Physique, at: Vec3) {
        let share = self.share();
        let bones = &body.skeleton.bones;
        let time = self.time;
        match self.gesture {
            Gesture::Pointing => {
                // The clip points ahead; the arm is brought round to whoever is meant, below the
                // face.
                let globals = body.skeleton.globals(pose);
                let (Some(upper), Some(hand)) = (bones.upper_arm[1], bones.hand[1]) else {
                    return;
                };
                let shoulder = Vec3::from(globals[upper].translation);
                let along = Vec3::from(globals[hand].translation) - shoulder;
                let jab = (time * 5.0).sin().max(0.0) * 0.05;
                let aim = (at.normalize_or(Vec3::Z) + Vec3::Y * (jab - 0.10)).normalize_or(Vec3::Z);
                if let Some(along) = along.try_normalize() {
                    let round = Quat::from_rotation_arc(along, aim);
                    let round = Quat::IDENTITY.slerp(round, share);
                    body.skeleton.swing(pose, Some(upper), round);
                }
            }
            Gesture::WipesTears => {
                if let Some(head) = bones.head {
                    let globals = body.skeleton.globals(pose);
                    // The wrist stays below the chin, so that the fingers reach the cheek.
                    let wipe = (time * 4.2).sin();
                    let cheek = globals[head].transform_point3(Vec3::new(
                        -0.040 - 0.014 * wipe,
                        0.020 + 0.012 * wipe,
                        0.105,
                    ));
                    let wrist = globals[head].transform_point3(Vec3::new(
                        -0.105 - 0.020 * wipe,
                        -0.095 + 0.012 * wipe,
                        0.155,
                    ));
                    body.skeleton.reach(pose, 1, wrist, share);
                    if let Some(hand) = bones.hand[1] {
                        let knuckle = body.skeleton.names.iter().position(|n| n == "middle_01_r");
                        let along =
                            knuckle.map_or(Vec3::NEG_Y, |k| body.skeleton.rest[k].translation);
                        body.skeleton
                            .aim(pose, Some(hand), along, cheek - wrist, share);
                    }
                    body.skeleton.close_hand(pose, 1, 0.25 * share);
                }
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
            Gesture::StepsForward => {
                turn(pose, bones.spine[0], Quat::from_rotation_x(0.06 * share));
            }
            Gesture::TurnsAway => {
                // The feet turn the body; from the clip come the arms round themselves.
                if body.repertoire.knows(Clip::TurnAway) {
                    let held = body.repertoire.pose(Clip::TurnAway, time);
                    for &bone in &bones.arms {
                        mix(&mut pose[bone..=bone], &held[bone..=bone], share);
                    }
                }
                turn(pose, bones.head, Quat::from_rotation_x(0.20 * share));
                turn(pose, bones.spine[1], Quat::from_rotation_x(0.10 * share));
            }
            _ => {}
        }
    }
}

/// How long a gesture lasts, seconds; `None` until something else is done.
const fn lasts(gesture: Gesture) -> Option<f32> {
    match gesture {
        Gesture::Still => Some(0.0),
        Gesture::HandsUp | Gesture::OpenPalms => Some(6.0),
        Gesture::HandsToHead | Gesture::CoversEars => Some(6.5),
        Gesture::HandOnChest | Gesture::HandToBrow => Some(7.5),
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
