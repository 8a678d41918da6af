//! What a body can do: the model's clips, sampled once into poses that are cheap to mix.

use bevy::prelude::*;

use super::skeleton::{Pose, mix};

/// Poses kept per second of a clip; the models are keyed at 12.
const POSES_PER_SEC: f32 = 12.0;

/// A clip by what it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Clip {
    IdleCalm,
    IdleAnxious,
    ArmsCrossed,
    OpenPalms,
    Agitated,
    Shouting,
    HandsToHead,
    HandsUp,
    SitNeutral,
    SitHunched,
    SitCrying,
    RailLean,
    Walk,
    Pointing,
    Wringing,
    Crouch,
    WipeTears,
    TurnAway,
    Exhausted,
    CoverEars,
    HandOnChest,
}

impl Clip {
    /// Every clip.
    pub(super) const ALL: [Self; 21] = [
        Self::IdleCalm,
        Self::IdleAnxious,
        Self::ArmsCrossed,
        Self::OpenPalms,
        Self::Agitated,
        Self::Shouting,
        Self::HandsToHead,
        Self::HandsUp,
        Self::SitNeutral,
        Self::SitHunched,
        Self::SitCrying,
        Self::RailLean,
        Self::Walk,
        Self::Pointing,
        Self::Wringing,
        Self::Crouch,
        Self::WipeTears,
        Self::TurnAway,
        Self::Exhausted,
        Self::CoverEars,
        Self::HandOnChest,
    ];

    /// The clip's name in the model.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::IdleCalm => "idle_calm",
            Self::IdleAnxious => "idle_anxious",
            Self::ArmsCrossed => "arms_crossed",
            Self::OpenPalms => "open_palms",
            Self::Agitated => "agitated",
            Self::Shouting => "shouting",
            Self::HandsToHead => "hands_to_head",
            Self::HandsUp => "hands_up",
            Self::SitNeutral => "sit_neutral",
            Self::SitHunched => "sit_hunched",
            Self::SitCrying => "sit_crying",
            Self::RailLean => "rail_lean",
            Self::Walk => "walk",
            Self::Pointing => "pointing",
            Self::Wringing => "wringing",
            Self::Crouch => "crouch",
            Self::WipeTears => "wipe_tears",
            Self::TurnAway => "turn_away",
            Self::Exhausted => "exhausted",
            Self::CoverEars => "cover_ears",
            Self::HandOnChest => "hand_on_chest",
        }
    }
}

/// One clip as poses at even intervals, the last the same as the first.
#[derive(Debug, Clone, Default)]
struct Sampled {
    duration: f32,
    poses: Vec<Pose>,
}

/// Everything a body can do.
#[derive(Debug, Clone, Default)]
pub(super) struct Repertoire {
    rest: Pose,
    clips: Vec<(Clip, Sampled)>,
}

impl Repertoire {
    /// A body that can only stand as modelled.
    pub(super) fn new(rest: Pose) -> Self {
        Self {
            rest,
            clips: Vec::new(),
        }
    }

    /// Samples `clip` by asking `pose_at` for poses.
    pub(super) fn learn(
        &mut self,
        clip: Clip,
        duration: f32,
        mut pose_at: impl FnMut(f32) -> Pose,
    ) {
        if duration <= 0.0 {
            return;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clips last seconds"
        )]
        let steps = (duration * POSES_PER_SEC).round().clamp(1.0, 2000.0) as u16;
        let poses = (0..=steps)
            .map(|i| pose_at(duration * f32::from(i) / f32::from(steps)))
            .collect();
        self.clips.push((clip, Sampled { duration, poses }));
    }

    /// Whether the model has `clip`.
    pub(super) fn knows(&self, clip: Clip) -> bool {
        self.clips.iter().any(|(known, _)| *known == clip)
    }

    /// `clip`, or what stands in for it in a model that lacks it.
    pub(super) fn instead_of(&self, clip: Clip) -> Clip {
        match clip {
            _ if self.knows(clip) => clip,
            Clip::Crouch => Clip::SitHunched,
            Clip::CoverEars => Clip::HandsToHead,
            _ => clip,
        }
    }

    /// The pose of `clip` at time `t`, looping.
    pub(super) fn pose(&self, clip: Clip, t: f32) -> Pose {
        let Some((_, sampled)) = self.clips.iter().find(|(known, _)| *known == clip) else {
            return self.rest.clone();
        };
        let steps = sampled.poses.len().saturating_sub(1).max(1);
        #[expect(clippy::cast_precision_loss, reason = "at most 2000 steps")]
        let place = t.rem_euclid(sampled.duration) / sampled.duration * steps as f32;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "place is between 0 and steps"
        )]
        let index = (place.floor() as usize).min(steps - 1);
        #[expect(clippy::cast_precision_loss, reason = "at most 2000 steps")]
        let part = place - index as f32;
        let mut pose = sampled.poses[index].clone();
        if let Some(next) = sampled.poses.get(index + 1) {
            mix(&mut pose, next, part);
        }
        pose
    }

    /// Clips mixed by weight, each at its own time; unknown clips are left out.
    pub(super) fn blend(&self, parts: &[(Clip, f32, f32)]) -> Pose {
        let mut total = 0.0;
        let mut out: Option<Pose> = None;
        for &(clip, time, weight) in parts {
            if weight <= 0.001 || !self.knows(clip) {
                continue;
            }
            let pose = self.pose(clip, time);
            total += weight;
            match &mut out {
                None => out = Some(pose),
                Some(out) => mix(out, &pose, weight / total),
            }
        }
        out.unwrap_or_else(|| self.rest.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::super::skeleton::BonePose;
    use super::*;

    fn lifted(height: f32) -> Pose {
        vec![BonePose {
            translation: Vec3::Y * height,
            rotation: Quat::IDENTITY,
        }]
    }

    #[test]
    fn a_clip_is_smooth_between_its_poses_and_loops() {
        let mut body = Repertoire::new(lifted(9.0));
        body.learn(Clip::Walk, 1.0, |t| {
            lifted((t * std::f32::consts::TAU).sin())
        });
        let quarter = body.pose(Clip::Walk, 0.25)[0].translation.y;
        assert!((quarter - 1.0).abs() < 0.02);
        let later = body.pose(Clip::Walk, 3.25)[0].translation.y;
        assert!((quarter - later).abs() < 1e-4);
    }

    #[test]
    fn what_a_model_cannot_do_is_left_out() {
        let mut body = Repertoire::new(lifted(9.0));
        body.learn(Clip::IdleCalm, 1.0, |_| lifted(1.0));
        let pose = body.blend(&[(Clip::IdleCalm, 0.0, 0.2), (Clip::HandsUp, 0.0, 0.8)]);
        assert!((pose[0].translation.y - 1.0).abs() < 1e-6);
        assert!((body.blend(&[])[0].translation.y - 9.0).abs() < 1e-6);
    }
}
