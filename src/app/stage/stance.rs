//! Stance: what the legs do when a body comes down or shifts its weight. Sitting ends on the
//! place's own seat or on the ground, never in the air.

use bevy::math::{Quat, Vec3};

use super::physique::Physique;
use super::skeleton::{Pose, turn};

/// What somebody comes down to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Rest {
    /// A seat of this height, metres.
    Seat(f32),
    /// The ground or a kerb, knees drawn up.
    Ground,
    /// On their own heels.
    Heels,
}

/// Height of the pelvis joint over what is sat on, as a share of the pelvis' height standing.
const OVER_SEAT: f32 = 0.14;

/// Puts a seated upper body down on `rest`, mixed in by `share`; hands that the clip lays on the
/// knees find them again if `with_hands`.
pub(super) fn come_down(
    pose: &mut Pose,
    body: &Physique,
    rest: Rest,
    share: f32,
    with_hands: bool,
) {
    let skeleton = &body.skeleton;
    let bones = &skeleton.bones;
    let (Some(pelvis), share) = (bones.pelvis, share.clamp(0.0, 1.0)) else {
        return;
    };
    if share < 0.001 {
        return;
    }
    let standing = skeleton.globals(&skeleton.rest);
    let tall = standing[pelvis].translation.y.max(0.3);
    let now = skeleton.globals(pose);
    // Pelvis: height, how far back of the feet, and how it tips.
    let (height, back, tip) = match rest {
        Rest::Seat(height) => (height + OVER_SEAT * tall, 0.0, 0.0),
        Rest::Ground => (OVER_SEAT * tall, -0.22 * tall, -0.24),
        Rest::Heels => (0.31 * tall, -0.13 * tall, -0.20),
    };
    let from = Vec3::from(now[pelvis].translation);
    let to = Vec3::new(from.x, height, back);
    pose[pelvis].translation += (to - from) * share;
    turn(pose, Some(pelvis), Quat::from_rotation_x(tip * share));
    if rest == Rest::Heels {
        // The clip bows far down; who rests on their heels rests their arms on their knees.
        for (spine, less) in bones.spine.into_iter().zip([0.16, 0.16, 0.10]) {
            turn(pose, spine, Quat::from_rotation_x(-less * share));
        }
    }
    for side in 0..2 {
        let outward = if side == 0 { 1.0 } else { -1.0 };
        let Some(foot) = bones.foot[side] else {
            continue;
        };
        let ankle = Vec3::from(standing[foot].translation);
        let (ankle, knee, pitch) = match rest {
            Rest::Seat(_) => (
                Vec3::new(0.13 * tall * outward, ankle.y, 0.36 * tall),
                Vec3::new(0.16 * outward, 0.35, 1.0),
                0.0,
            ),
            Rest::Ground => (
                Vec3::new(0.13 * tall * outward, ankle.y, 0.34 * tall),
                Vec3::new(0.12 * outward, 1.0, 0.25),
                0.0,
            ),
            Rest::Heels => (
                Vec3::new(0.16 * tall * outward, ankle.y + 0.055 * tall, -0.02 * tall),
                Vec3::new(0.34 * outward, 0.25, 1.0),
                0.42,
            ),
        };
        let foot_turn = Quat::from_rotation_y(0.14 * outward) * Quat::from_rotation_x(pitch);
        skeleton.stand(pose, side, ankle, knee, foot_turn, share);
    }
    if with_hands {
        let globals = skeleton.globals(pose);
        for side in 0..2 {
            let Some(knee) = bones.calf[side] else {
                continue;
            };
            let inward = if side == 0 { -1.0 } else { 1.0 };
            let knee = Vec3::from(globals[knee].translation);
            // Ground and heels: hands round the shins; a seat: on the thighs.
            let hand = match rest {
                Rest::Seat(_) => knee + Vec3::new(0.03 * inward, 0.075, -0.12),
                Rest::Ground => knee + Vec3::new(0.07 * inward, -0.06, 0.05),
                Rest::Heels => knee + Vec3::new(0.11 * inward, 0.03, 0.09),
            };
            skeleton.reach(pose, side, hand, share);
        }
    }
}

/// Shifts the weight over the left (1) or right (-1) foot while both stay where they are.
pub(super) fn shift_weight(pose: &mut Pose, body: &Physique, over: f32) {
    let skeleton = &body.skeleton;
    let Some(pelvis) = skeleton.bones.pelvis else {
        return;
    };
    if over.abs() < 0.005 {
        return;
    }
    let before = skeleton.globals(pose);
    pose[pelvis].translation += Vec3::new(0.030 * over, -0.004 * over.abs(), 0.0);
    turn(pose, Some(pelvis), Quat::from_rotation_z(0.035 * over));
    turn(
        pose,
        skeleton.bones.spine[0],
        Quat::from_rotation_z(-0.05 * over),
    );
    for side in 0..2 {
        if let Some(foot) = skeleton.bones.foot[side] {
            let outward = if side == 0 { 0.12 } else { -0.12 };
            let ankle = Vec3::from(before[foot].translation);
            let foot_turn = Quat::from_mat3a(&before[foot].matrix3).normalize();
            let knee = Vec3::new(outward, 0.0, 1.0);
            skeleton.stand(pose, side, ankle, knee, foot_turn, 1.0);
        }
    }
}
