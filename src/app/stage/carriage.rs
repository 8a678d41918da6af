//! Carriage: what a bearing makes of bones and face at one moment.

use std::f32::consts::TAU;

use bevy::math::{Quat, Vec3};

use super::bearing::{BLINK, Bearing};
use super::face::{Features, Muscle, Side};
use super::habits;
use super::physique::Physique;
use super::random::wander;
use super::repertoire::Clip;
use super::skeleton::{Pose, mix, turn};
use super::stance::{come_down, shift_weight};
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
            .map(|(clip, weight)| {
                let time = match clip {
                    Clip::Walk => self.walking.phase,
                    _ => self.clip_time,
                };
                (body.repertoire.instead_of(*clip), time, *weight)
            })
            .collect();
        let mut pose = body.repertoire.blend(&parts);
        let weight_of = |wanted: &[Clip]| {
            parts
                .iter()
                .filter(|(clip, ..)| wanted.contains(clip))
                .map(|(.., weight)| weight)
                .sum::<f32>()
                .min(1.0)
        };
        let seated = weight_of(&[Clip::SitNeutral, Clip::SitHunched, Clip::SitCrying]);
        let hides_face = weight_of(&[Clip::SitCrying]) > 0.5;
        let crouched = weight_of(&[Clip::Crouch]);
        let down = (seated + crouched).min(1.0);
        let with_hands = !hides_face;
        come_down(&mut pose, body, self.rest, down, with_hands);
        self.gesture_seated(&mut pose, body, down);
        let standing = (1.0 - down) * (1.0 - self.walking.share());
        let over = habits::weight_over(self.seed, self.time, self.manner.restless);
        shift_weight(&mut pose, body, over * standing);

        self.carry(&mut pose, body, down, weight_of(&[Clip::IdleCalm]));
        self.guard(&mut pose, body, weight_of(&[Clip::IdleAnxious]));
        self.breath_and_tremor(&mut pose, body);
        let start = self.start();
        if start > 0.02 && body.repertoire.knows(Clip::HandsUp) {
            let up = body.repertoire.pose(Clip::HandsUp, 0.4);
            let share = (0.4 * start).min(0.4) * (1.0 - down);
            for &bone in &body.skeleton.bones.arms {
                mix(&mut pose[bone..=bone], &up[bone..=bone], share);
            }
        }
        // What the hands do to the head stays; a bowed head lifts for somebody who is looked at.
        let bowed = weight_of(&[
            Clip::HandsToHead,
            Clip::SitHunched,
            Clip::SitCrying,
            Clip::WipeTears,
            Clip::Exhausted,
            Clip::CoverEars,
        ]);
        let keep = 0.25 + 0.40 * bowed + 0.75 * self.manner.bow.max(0.0);
        self.eyes.show(&mut pose, &body.skeleton, keep.min(0.85));
        for playing in [&self.stance, &self.playing].into_iter().flatten() {
            playing.show(&mut pose, body, self.attends);
        }
        self.use_radio(&mut pose, body);
        pose
    }

    /// Gestures of somebody who sits: the arms alone make them.
    fn gesture_seated(&self, pose: &mut Pose, body: &Physique, seated: f32) {
        let mood = self.mood.unwrap_or(Mood::Neutral);
        let Some((clip, share)) = self
            .playing
            .filter(|_| seated > 0.5)
            .and_then(|playing| Some((playing.clip(mood)?, playing.share())))
            .filter(|(clip, _)| body.repertoire.knows(*clip))
        else {
            return;
        };
        let made = body.repertoire.pose(clip, self.clip_time);
        for &bone in &body.skeleton.bones.arms {
            mix(&mut pose[bone..=bone], &made[bone..=bone], share);
        }
    }

    /// Trunk, shoulders, head and fists by manner.
    fn carry(&self, pose: &mut Pose, body: &Physique, seated: f32, hanging: f32) {
        let skeleton = &body.skeleton;
        let bones = &skeleton.bones;
        let manner = &self.manner;
        let start = self.start();
        let noticing = self.noticing();
        let droop = if self.mood == Some(Mood::Exhausted) {
            // Sleep pulls the head down and lets it go again.
            0.16 * wander(self.seed ^ 47, self.time * 0.28).max(0.0) * self.mood_share()
        } else {
            0.0
        };
        let upright = 1.0 - 0.7 * seated;
        let lean = (manner.lean - 0.07 * noticing * manner.lean.abs().min(1.0)) * upright;
        let stoop = manner.stoop * upright - 0.10 * start - 0.03 * noticing;
        turn(pose, bones.spine[0], Quat::from_rotation_x(lean));
        for (spine, share) in bones.spine.into_iter().zip([0.25, 0.35, 0.4]) {
            turn(pose, spine, Quat::from_rotation_x(stoop * share));
        }
        turn(
            pose,
            bones.neck,
            Quat::from_rotation_x(manner.jut * 1.2 + 0.4 * manner.bow),
        );
        let level = -manner.jut * 1.2 - 0.85 * (stoop + lean).max(-0.1);
        turn(
            pose,
            bones.head,
            Quat::from_rotation_z(manner.tilt)
                * Quat::from_rotation_x(
                    level + 0.6 * manner.bow + droop - 0.10 * start - 0.05 * noticing,
                ),
        );
        let shrug = manner.shrug + 0.28 * start + 0.03 * noticing;
        for (side, outward) in [1.0, -1.0].into_iter().enumerate() {
            turn(
                pose,
                bones.clavicle[side],
                Quat::from_rotation_y(-manner.round * outward)
                    * Quat::from_rotation_z(shrug * outward),
            );
            let hangs = manner.elbows * hanging;
            if hangs > 0.02 {
                skeleton.swing(
                    pose,
                    bones.upper_arm[side],
                    Quat::from_rotation_z(0.09 * hangs * outward)
                        * Quat::from_rotation_x(0.16 * hangs),
                );
                skeleton.swing(
                    pose,
                    bones.lower_arm[side],
                    Quat::from_rotation_x(-0.60 * hangs),
                );
            }
            skeleton.close_hand(pose, side, manner.fists * (0.25 + 0.75 * hanging));
        }

        // Never quite still.
        let restless = 0.010 + 0.016 * manner.restless.max(0.0);
        turn(
            pose,
            bones.spine[0],
            Quat::from_rotation_y(wander(self.seed ^ 41, self.time * 0.45) * restless * 1.5)
                * Quat::from_rotation_z(wander(self.seed ^ 42, self.time * 0.4) * restless),
        );
        turn(
            pose,
            bones.head,
            Quat::from_rotation_z(wander(self.seed ^ 43, self.time * 0.3) * 0.05)
                * Quat::from_rotation_x(wander(self.seed ^ 44, self.time * 0.5) * 0.02),
        );
        if self.speech.is_some() {
            let beat = wander(self.seed ^ 45, self.time * 2.6);
            turn(pose, bones.head, Quat::from_rotation_x(beat * 0.05));
        }
    }

    /// Both hands before the breastbone, as far as the anxious posture is held.
    fn guard(&self, pose: &mut Pose, body: &Physique, anxious: f32) {
        let share = self.manner.guard * anxious;
        let skeleton = &body.skeleton;
        let bones = &skeleton.bones;
        let (Some(chest), Some(neck), true) = (bones.spine[2], bones.neck, share > 0.02) else {
            return;
        };
        let rest = skeleton.globals(&skeleton.rest);
        let throat = Vec3::from(rest[neck].translation);
        let moved = skeleton.globals(pose)[chest] * skeleton.inverse_binds[chest];
        let hold = 0.012 * wander(self.seed ^ 48, self.time * 1.3);
        for (side, at) in [
            Vec3::new(0.060, -0.105 + hold, 0.170),
            Vec3::new(-0.060, -0.130 - hold, 0.165),
        ]
        .into_iter()
        .enumerate()
        {
            let goal = moved.transform_point3(throat + at);
            let elbow = Vec3::new(0.22, -1.0, -0.15);
            skeleton.reach_with(pose, side, goal, elbow, share);
            skeleton.close_hand(pose, side, 0.55 * share);
        }
    }

    /// Breath, sobs and trembling.
    fn breath_and_tremor(&self, pose: &mut Pose, body: &Physique) {
        let bones = &body.skeleton.bones;
        let distress = self.distress.now;
        // In for two fifths of a breath, out for the rest; high in the chest under stress.
        let chest = if self.breath < 0.4 {
            -(self.breath / 0.4 * TAU * 0.5).cos()
        } else {
            ((self.breath - 0.4) / 0.6 * TAU * 0.5).cos()
        };
        let depth = habits::signed_count(self.seed ^ 33, self.breaths).mul_add(0.2, 1.0)
            * (0.8 + 0.7 * distress)
            * if self.shouts { 1.4 } else { 1.0 };
        let high = 0.4 + 0.9 * distress;
        let sob = self.sob();
        let tremble = if distress > 0.6 {
            (self.time * 41.0).sin() * 0.010 * (distress - 0.6) * 2.5
        } else {
            0.0
        };
        turn(
            pose,
            bones.spine[1],
            Quat::from_rotation_x(-0.014 * chest * depth),
        );
        turn(
            pose,
            bones.spine[2],
            Quat::from_rotation_x(-0.024 * chest * depth + 0.022 * sob),
        );
        turn(
            pose,
            bones.neck,
            Quat::from_rotation_x(0.032 * chest * depth - 0.016 * sob),
        );
        for (clavicle, side) in bones.clavicle.into_iter().zip([1.0, -1.0]) {
            let raised = 0.026 * chest * depth * high + 0.050 * sob;
            turn(pose, clavicle, Quat::from_rotation_z(raised * side));
        }
        turn(pose, bones.head, Quat::from_rotation_y(tremble));
        for side in 0..2 {
            turn(
                pose,
                bones.lower_arm[side],
                Quat::from_rotation_x(tremble * 1.5),
            );
        }
    }

    /// The shaking of somebody who cries, -1 to 1: in bouts, about four times a second.
    fn sob(&self) -> f32 {
        if self.weeping < 0.1 || self.mood_share() < 0.3 {
            return 0.0;
        }
        let bout = (wander(self.seed ^ 71, self.time * 0.45) + 0.35).clamp(0.0, 1.0);
        (self.time * TAU * 3.7).sin() * bout * self.weeping * self.mood_share()
    }

    /// A colleague's hand at the radio on the shoulder, head to it.
    fn use_radio(&self, pose: &mut Pose, body: &Physique) {
        let Some((time, lasts)) = self.radio else {
            return;
        };
        let share = (time / 0.55).min((lasts - time) / 0.6).clamp(0.0, 1.0);
        let share = share * share * (3.0 - 2.0 * share);
        let skeleton = &body.skeleton;
        let bones = &skeleton.bones;
        turn(
            pose,
            bones.head,
            Quat::from_rotation_y(0.30 * share)
                * Quat::from_rotation_z(-0.16 * share)
                * Quat::from_rotation_x(0.20 * share),
        );
        let (Some(chest), Some(shoulder), Some(neck)) =
            (bones.spine[2], bones.upper_arm[0], bones.neck)
        else {
            return;
        };
        let rest = skeleton.globals(&skeleton.rest);
        let beside = Vec3::from(rest[shoulder].translation);
        let middle = Vec3::from(rest[neck].translation);
        let radio = middle.lerp(beside, 0.62).with_y(beside.y - 0.075) + Vec3::Z * 0.16;
        let moved = skeleton.globals(pose)[chest] * skeleton.inverse_binds[chest];
        skeleton.reach(pose, 0, moved.transform_point3(radio), share);
        skeleton.close_hand(pose, 0, 0.5 * share);
    }

    /// How much of a start is in the body.
    pub(super) fn start(&self) -> f32 {
        let since = self.startled;
        (1.0 - (-since * 22.0).exp()) * (-since * 2.8).exp() * 1.25 * self.start_strength
    }

    /// How much of having noticed something is in the body.
    fn noticing(&self) -> f32 {
        let since = self.noticed;
        (1.0 - (-since * 24.0).exp()) * (-since * 2.6).exp()
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
        let noticing = self.noticing();
        face.add(Muscle::BrowOuterUp, Side::Both, 0.30 * noticing);
        face.add(Muscle::BrowInnerUp, Side::Both, 0.15 * noticing);
        let sob = self.sob().abs();
        face.add(Muscle::MouthStretch, Side::Both, 0.30 * sob);
        face.add(Muscle::EyeSquint, Side::Both, 0.25 * sob);
        let start = self.start();
        face.add(Muscle::EyeWide, Side::Both, 0.8 * start);
        face.add(Muscle::BrowInnerUp, Side::Both, 0.5 * start);
        face.add(Muscle::JawOpen, Side::Both, 0.25 * start);
        if let Some(speech) = &self.speech {
            let loud = if self.shouts { 1.6 } else { 0.85 };
            speech.show(&mut face, loud + 0.5 * self.distress.now);
        } else if self.distress.now > 0.5 {
            // Breath through the mouth.
            let open = (self.breath * TAU).sin() * 0.5 + 0.5;
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
        let leans = self
            .stance
            .filter(|stance| stance.gesture == Gesture::Leans && !stance.has_rail)
            .map_or(0.0, |stance| stance.share());
        Footing {
            offset: Vec3::new(self.walking.at.x, 0.0, self.walking.at.y),
            yaw: self.walking.yaw,
            sway: 0.010 * wander(self.seed ^ 46, self.time * 0.22) + 0.03 * leans,
        }
    }
}
