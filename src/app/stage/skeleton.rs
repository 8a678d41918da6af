//! Bones: their order, their rest, and what a pose makes of them.
//!
//! Every joint of our people rests without rotation, so a turn about x, y or z of any bone is a
//! turn about (nearly) the person's own axes: +X to their left, +Y up, +Z forward.

use bevy::math::{Affine3A, Mat3, Quat, Vec3};

/// Where a bone is, relative to its parent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct BonePose {
    /// Offset from the parent, metres.
    pub(super) translation: Vec3,
    /// Turn relative to the parent.
    pub(super) rotation: Quat,
}

impl BonePose {
    fn affine(self) -> Affine3A {
        Affine3A::from_rotation_translation(self.rotation, self.translation)
    }
}

/// All bones of one moment.
pub(super) type Pose = Vec<BonePose>;

/// A bone by its number, if the model has it.
pub(super) type Bone = Option<usize>;

/// Bones that behaviour asks for by name. Pairs are left, right.
#[derive(Debug, Clone, Default)]
pub(super) struct Bones {
    pub(super) pelvis: Bone,
    pub(super) thigh: [Bone; 2],
    pub(super) calf: [Bone; 2],
    pub(super) foot: [Bone; 2],
    pub(super) spine: [Bone; 3],
    pub(super) neck: Bone,
    pub(super) head: Bone,
    pub(super) eyes: [Bone; 2],
    pub(super) clavicle: [Bone; 2],
    pub(super) upper_arm: [Bone; 2],
    pub(super) lower_arm: [Bone; 2],
    pub(super) hand: [Bone; 2],
    /// Every joint of the four fingers.
    pub(super) fingers: [Vec<usize>; 2],
    /// The axis about which they close.
    pub(super) closing: [Vec3; 2],
    /// Every joint from the collarbones to the fingertips.
    pub(super) arms: Vec<usize>,
}

/// The bones of a model.
#[derive(Debug, Clone, Default)]
pub(super) struct Skeleton {
    /// Bone names, in the skin's order.
    pub(super) names: Vec<String>,
    /// Each bone's parent.
    pub(super) parents: Vec<Bone>,
    /// The pose the mesh was modelled in.
    pub(super) rest: Pose,
    /// Model space to bone space, in the modelled pose.
    pub(super) inverse_binds: Vec<Affine3A>,
    /// What lies above the bones that have no parent bone.
    pub(super) above: Affine3A,
    /// Bone numbers, parents before children.
    pub(super) order: Vec<usize>,
    /// Bones by their part in behaviour.
    pub(super) bones: Bones,
}

impl Skeleton {
    /// Sorts the bones and finds the named ones.
    pub(super) fn new(
        names: Vec<String>,
        parents: Vec<Bone>,
        rest: Pose,
        inverse_binds: Vec<Affine3A>,
        above: Affine3A,
    ) -> Self {
        let depth = |mut bone: usize| {
            let mut depth = 0;
            while let Some(Some(parent)) = parents.get(bone) {
                bone = *parent;
                depth += 1;
                if depth > parents.len() {
                    break;
                }
            }
            depth
        };
        let mut order: Vec<usize> = (0..names.len()).collect();
        order.sort_by_key(|bone| depth(*bone));
        let find = |name: &str| names.iter().position(|n| n == name);
        let pair = |name: &str| [find(&format!("{name}_l")), find(&format!("{name}_r"))];
        let fingers = |side: &str| {
            names
                .iter()
                .enumerate()
                .filter(|(_, name)| {
                    let is_finger = ["index", "middle", "ring", "pinky"]
                        .iter()
                        .any(|finger| name.starts_with(finger));
                    is_finger && name.ends_with(side)
                })
                .map(|(bone, _)| bone)
                .collect()
        };
        let at = |name: &str, side: &str| {
            find(&format!("{name}_{side}")).map_or(Vec3::ZERO, |bone| rest[bone].translation)
        };
        let closing = [("l", 1.0), ("r", -1.0)].map(|(side, hand)| {
            let along = at("middle_01", side).normalize_or_zero();
            let across = (at("index_01", side) - at("pinky_01", side)).normalize_or_zero();
            let palm = along.cross(across) * hand;
            along.cross(palm).normalize_or_zero()
        });
        let arms = names
            .iter()
            .enumerate()
            .filter(|(_, name)| {
                [
                    "clavicle", "upperarm", "lowerarm", "hand", "thumb", "index", "middle", "ring",
                    "pinky",
                ]
                .iter()
                .any(|part| name.starts_with(part))
            })
            .map(|(bone, _)| bone)
            .collect();
        let bones = Bones {
            closing,
            arms,
            pelvis: find("pelvis"),
            thigh: pair("thigh"),
            calf: pair("calf"),
            foot: pair("foot"),
            fingers: [fingers("_l"), fingers("_r")],
            spine: [find("spine_01"), find("spine_02"), find("spine_03")],
            neck: find("neck_01"),
            head: find("head"),
            eyes: pair("eye"),
            clavicle: pair("clavicle"),
            upper_arm: pair("upperarm"),
            lower_arm: pair("lowerarm"),
            hand: pair("hand"),
        };
        Self {
            names,
            parents,
            rest,
            inverse_binds,
            above,
            order,
            bones,
        }
    }

    /// Each bone's place in the model's own space.
    pub(super) fn globals(&self, pose: &[BonePose]) -> Vec<Affine3A> {
        let mut globals = vec![self.above; self.names.len()];
        for &bone in &self.order {
            let above = self
                .parents
                .get(bone)
                .copied()
                .flatten()
                .map_or(self.above, |parent| globals[parent]);
            globals[bone] = above * pose[bone].affine();
        }
        globals
    }

    /// For each bone, what it does to a vertex of the modelled pose.
    pub(super) fn skin(&self, globals: &[Affine3A]) -> Vec<Affine3A> {
        globals
            .iter()
            .zip(&self.inverse_binds)
            .map(|(global, inverse)| *global * *inverse)
            .collect()
    }

    /// The turn of a bone's parent in the model's space.
    fn above_rotation(&self, globals: &[Affine3A], bone: usize) -> Quat {
        let parent = self.parents.get(bone).copied().flatten();
        let above = parent.map_or(self.above, |parent| globals[parent]);
        Quat::from_mat3a(&above.matrix3).normalize()
    }

    /// Turns `bone` so that, in the model's space, its rest direction `along` points to `towards`,
    /// mixed in by `share`.
    pub(super) fn aim(
        &self,
        pose: &mut [BonePose],
        bone: Bone,
        along: Vec3,
        towards: Vec3,
        share: f32,
    ) {
        let Some(bone) = bone else { return };
        let (Some(from), Some(to)) = (along.try_normalize(), towards.try_normalize()) else {
            return;
        };
        let globals = self.globals(pose);
        let above = self.above_rotation(&globals, bone);
        let wanted = above.inverse() * Quat::from_rotation_arc(from, to);
        let now = pose[bone].rotation;
        pose[bone].rotation = now.slerp(wanted, share.clamp(0.0, 1.0));
    }

    /// Turns `bone` by `turn` about the model's own axes.
    pub(super) fn swing(&self, pose: &mut [BonePose], bone: Bone, turn: Quat) {
        let Some(bone) = bone else { return };
        let above = self.above_rotation(&self.globals(pose), bone);
        let rotation = above.inverse() * turn * above * pose[bone].rotation;
        pose[bone].rotation = rotation.normalize();
    }

    /// Closes the hand of a side (0 left, 1 right); 1 is a fist.
    pub(super) fn close_hand(&self, pose: &mut [BonePose], side: usize, share: f32) {
        let axis = self.bones.closing[side];
        if axis == Vec3::ZERO || share < 0.01 {
            return;
        }
        for &joint in &self.bones.fingers[side] {
            let turn = Quat::from_axis_angle(axis, 0.95 * share);
            pose[joint].rotation = (turn * pose[joint].rotation).normalize();
        }
    }

    /// Bends the leg of a side (0 left, 1 right) so that the ankle comes to `ankle` in the model's
    /// space with the knee towards `knee` and the foot turned by `foot`, mixed in by `share`.
    pub(super) fn stand(
        &self,
        pose: &mut [BonePose],
        side: usize,
        ankle: Vec3,
        knee: Vec3,
        foot: Quat,
        share: f32,
    ) {
        let (Some(thigh), Some(calf), Some(end)) = (
            self.bones.thigh[side],
            self.bones.calf[side],
            self.bones.foot[side],
        ) else {
            return;
        };
        let globals = self.globals(pose);
        let hip = Vec3::from(globals[thigh].translation);
        let (along_thigh, along_calf) = (self.rest[calf].translation, self.rest[end].translation);
        let (a, b) = (along_thigh.length(), along_calf.length());
        let way = ankle - hip;
        let reach = way.length().clamp((a - b).abs() + 0.02, (a + b) * 0.999);
        let Some(direction) = way.try_normalize() else {
            return;
        };
        let bend = (knee - direction * knee.dot(direction)).normalize_or(Vec3::Z);
        let cos = ((a * a + reach * reach - b * b) / (2.0 * a * reach)).clamp(-1.0, 1.0);
        let upper = direction * cos + bend * (1.0 - cos * cos).max(0.0).sqrt();
        let lower = direction * reach - upper * a;
        let share = share.clamp(0.0, 1.0);
        let mut above = self.above_rotation(&globals, thigh);
        for (bone, along, towards) in [(thigh, along_thigh, upper), (calf, along_calf, lower)] {
            let Some(turned) = framed(along, Vec3::Z, towards, bend) else {
                return;
            };
            let wanted = above.inverse() * turned;
            pose[bone].rotation = pose[bone].rotation.slerp(wanted, share);
            above *= pose[bone].rotation;
        }
        let wanted = above.inverse() * foot;
        pose[end].rotation = pose[end].rotation.slerp(wanted, share);
    }

    /// Bends the arm of a side (0 left, 1 right) so that the wrist comes to `goal` in the model's
    /// space, elbow out and down, mixed in by `share`.
    pub(super) fn reach(&self, pose: &mut [BonePose], side: usize, goal: Vec3, share: f32) {
        self.reach_with(pose, side, goal, Vec3::new(0.7, -0.8, -0.1), share);
    }

    /// The same with the elbow towards `elbow`, x outward.
    pub(super) fn reach_with(
        &self,
        pose: &mut [BonePose],
        side: usize,
        goal: Vec3,
        elbow: Vec3,
        share: f32,
    ) {
        let (Some(upper), Some(lower), Some(hand)) = (
            self.bones.upper_arm[side],
            self.bones.lower_arm[side],
            self.bones.hand[side],
        ) else {
            return;
        };
        let globals = self.globals(pose);
        let shoulder = Vec3::from(globals[upper].translation);
        let (along_upper, along_lower) =
            (self.rest[lower].translation, self.rest[hand].translation);
        let (a, b) = (along_upper.length(), along_lower.length());
        let way = goal - shoulder;
        let reach = way.length().clamp(0.05, (a + b) * 0.98);
        let Some(direction) = way.try_normalize() else {
            return;
        };
        let outward = if side == 0 { 1.0 } else { -1.0 };
        let pole = Vec3::new(elbow.x * outward, elbow.y, elbow.z);
        let bend = (pole - direction * pole.dot(direction)).normalize_or(Vec3::NEG_Y);
        let cos = ((a * a + reach * reach - b * b) / (2.0 * a * reach)).clamp(-1.0, 1.0);
        let elbow =
            shoulder + direction * (a * cos) + bend * (a * (1.0 - cos * cos).max(0.0).sqrt());
        self.aim(pose, Some(upper), along_upper, elbow - shoulder, share);
        let globals = self.globals(pose);
        let elbow_now = Vec3::from(globals[lower].translation);
        let wrist = shoulder + direction * reach;
        self.aim(pose, Some(lower), along_lower, wrist - elbow_now, share);
    }
}

/// The turn that takes `along`, with `front` beside it, to `towards` with `to_front` beside it.
fn framed(along: Vec3, front: Vec3, towards: Vec3, to_front: Vec3) -> Option<Quat> {
    let frame = |long: Vec3, wide: Vec3| {
        let long = long.try_normalize()?;
        let wide = (wide - long * wide.dot(long)).try_normalize()?;
        Some(Mat3::from_cols(long, wide, long.cross(wide)))
    };
    let turn = frame(towards, to_front)? * frame(along, front)?.transpose();
    Some(Quat::from_mat3(&turn).normalize())
}

/// Turns a bone by `turn`, in its parent's frame, on top of what the pose says.
pub(super) fn turn(pose: &mut [BonePose], bone: Bone, turn: Quat) {
    if let Some(bone) = bone.and_then(|bone| pose.get_mut(bone)) {
        bone.rotation = (turn * bone.rotation).normalize();
    }
}

/// Mixes `share` of `other` into `pose`.
pub(super) fn mix(pose: &mut [BonePose], other: &[BonePose], share: f32) {
    for (bone, other) in pose.iter_mut().zip(other) {
        bone.translation = bone.translation.lerp(other.translation, share);
        bone.rotation = bone.rotation.lerp(other.rotation, share);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arm() -> Skeleton {
        let at = |x: f32, y: f32, z: f32| BonePose {
            translation: Vec3::new(x, y, z),
            rotation: Quat::IDENTITY,
        };
        Skeleton::new(
            ["hand_l", "lowerarm_l", "upperarm_l"]
                .map(String::from)
                .to_vec(),
            vec![Some(1), Some(2), None],
            vec![at(0.0, -0.25, 0.0), at(0.0, -0.3, 0.0), at(0.2, 1.4, 0.0)],
            vec![Affine3A::IDENTITY; 3],
            Affine3A::IDENTITY,
        )
    }

    #[test]
    fn parents_come_before_children() {
        assert_eq!(arm().order, [2, 1, 0]);
    }

    #[test]
    fn a_hand_reaches_what_is_near_enough() {
        let skeleton = arm();
        let mut pose = skeleton.rest.clone();
        let goal = Vec3::new(0.1, 1.5, 0.3);
        skeleton.reach(&mut pose, 0, goal, 1.0);
        let hand = Vec3::from(skeleton.globals(&pose)[0].translation);
        assert!(hand.distance(goal) < 0.01, "{hand}");
    }

    #[test]
    fn a_foot_stays_where_it_is_put() {
        let at = |x: f32, y: f32, z: f32| BonePose {
            translation: Vec3::new(x, y, z),
            rotation: Quat::IDENTITY,
        };
        let skeleton = Skeleton::new(
            ["thigh_l", "calf_l", "foot_l"].map(String::from).to_vec(),
            vec![None, Some(0), Some(1)],
            vec![at(0.1, 0.5, 0.0), at(0.0, -0.4, 0.03), at(0.0, -0.4, -0.02)],
            vec![Affine3A::IDENTITY; 3],
            Affine3A::IDENTITY,
        );
        let mut pose = skeleton.rest.clone();
        let goal = Vec3::new(0.15, 0.07, 0.25);
        skeleton.stand(&mut pose, 0, goal, Vec3::Z, Quat::IDENTITY, 1.0);
        let globals = skeleton.globals(&pose);
        assert!(Vec3::from(globals[2].translation).distance(goal) < 0.01);
        assert!(globals[1].translation.z > 0.2, "the knee is in front");
        let foot = Quat::from_mat3a(&globals[2].matrix3);
        assert!(foot.angle_between(Quat::IDENTITY) < 0.01);
    }

    #[test]
    fn a_hand_stops_at_arms_length() {
        let skeleton = arm();
        let mut pose = skeleton.rest.clone();
        skeleton.reach(&mut pose, 0, Vec3::new(0.2, 1.4, 9.0), 1.0);
        let hand = Vec3::from(skeleton.globals(&pose)[0].translation);
        assert!(hand.z > 0.5 && hand.z < 0.56, "{hand}");
    }
}
