//! Eyes and head: where somebody looks, the eyes first and the head after them.

use bevy::math::{Quat, Vec2, Vec3};

use super::random::{signed, unit, wander};
use super::skeleton::{Pose, Skeleton, turn};
use crate::scenario::{Gaze, Mood};

/// How far eyes turn before the head must, radians.
const EYE_RANGE: Vec2 = Vec2::new(0.52, 0.38);

/// Angles of a look, radians: x to the person's left, y down.
type Look = Vec2;

/// Where eyes and head point.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Eyes {
    /// Where the eyes look, seen from the body.
    look: Look,
    /// How much of that the head has done.
    head: Look,
}

/// What guides a look at one moment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Attention {
    /// What the line says, if it says anything.
    pub(super) gaze: Option<Gaze>,
    /// Who or what is attended to, in the person's own space, from between the eyes.
    pub(super) towards: Vec3,
    /// 0 to 1.
    pub(super) distress: f32,
    /// 0 to 1.
    pub(super) trust: f32,
    /// Whether the person is speaking; who speaks looks away a little more.
    pub(super) speaking: bool,
    /// What they feel, if a line has said.
    pub(super) mood: Option<Mood>,
    /// Whether they have just noticed something the officer did.
    pub(super) notices: bool,
    /// Whether they have turned away and know of nobody behind them.
    pub(super) is_unaware: bool,
    /// Seconds on stage.
    pub(super) time: f32,
    /// The person's own variation.
    pub(super) seed: u32,
}

impl Attention {
    /// The look that is wanted now.
    fn wanted(&self) -> Look {
        let direct = Vec2::new(
            self.towards.x.atan2(self.towards.z),
            (-self.towards.y).atan2(self.towards.xz_length()),
        );
        let side = if unit(self.seed, 77) < 0.5 { 1.0 } else { -1.0 };
        let still = Vec2::new(
            wander(self.seed ^ 11, self.time * 0.35),
            wander(self.seed ^ 12, self.time * 0.35),
        );
        let saccade = self.beat(1.1);
        let flick = Vec2::new(
            signed(self.seed ^ 13, saccade),
            signed(self.seed ^ 14, saccade),
        );
        if self.is_unaware {
            // Ahead of their own body and down, wherever the officer is.
            return Vec2::new(0.10 * side, 0.40) + still * 0.10 + flick * 0.03;
        }
        match self.gaze.unwrap_or_else(|| self.own_way()) {
            Gaze::Officer => direct + flick * 0.025,
            Gaze::Away => direct + Vec2::new(0.75 * side, 0.12) + still * 0.12 + flick * 0.04,
            Gaze::Down => {
                Vec2::new(direct.x * 0.3 + 0.22 * side, 0.46) + still * 0.06 + flick * 0.03
            }
            Gaze::Past => direct + Vec2::new(-0.36 * side, -0.04) + flick * 0.03,
            Gaze::Scanning => {
                let place = self.beat(0.85 - 0.35 * self.distress);
                direct
                    + Vec2::new(
                        0.95 * signed(self.seed ^ 15, place),
                        0.25 * signed(self.seed ^ 16, place),
                    )
            }
        }
    }

    /// Which gaze the state alone makes likely, changing every few seconds.
    fn own_way(&self) -> Gaze {
        if self.notices {
            return Gaze::Officer;
        }
        // Each look lasts two to four seconds, never the same twice in a row.
        let turn = self.beat(2.1 + 1.7 * unit(self.seed ^ 20, self.beat(9.0)));
        let draw = unit(self.seed ^ 21, turn);
        let talk = if self.speaking { 0.1 } else { 0.0 };
        // Share of the time at the officer, and where the eyes go otherwise.
        let (contact, elsewhere) = match self.mood {
            Some(Mood::Angry) => (0.92, Gaze::Away),
            Some(Mood::Irritable) => (0.55, Gaze::Away),
            Some(Mood::Suspicious) => (0.72, Gaze::Scanning),
            Some(Mood::Frightened) => (0.58, Gaze::Scanning),
            Some(Mood::Elated) => (0.45, Gaze::Scanning),
            Some(Mood::Confused) => (0.45, Gaze::Away),
            Some(Mood::Despairing | Mood::Ashamed) => (0.10, Gaze::Down),
            Some(Mood::Sad) => (0.28, Gaze::Down),
            Some(Mood::Exhausted) => (0.30, Gaze::Down),
            Some(Mood::Numb) => (0.08, Gaze::Past),
            Some(Mood::Calm | Mood::Relieved) => (0.74, Gaze::Down),
            Some(Mood::Neutral) | None => (
                0.42 + 0.42 * self.trust,
                if self.distress > 0.65 {
                    Gaze::Scanning
                } else if draw > 0.86 {
                    Gaze::Away
                } else {
                    Gaze::Down
                },
            ),
        };
        let contact: f32 = contact - talk;
        if draw < contact.clamp(0.05, 0.95) {
            Gaze::Officer
        } else {
            elsewhere
        }
    }

    /// Counts stretches of `secs`.
    fn beat(&self, secs: f32) -> u32 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "time on stage is positive and small"
        )]
        let count = (self.time / secs.max(0.1)).max(0.0) as u32;
        count
    }
}

/// Length of a vector on the ground.
trait Ground {
    fn xz_length(self) -> f32;
}

impl Ground for Vec3 {
    fn xz_length(self) -> f32 {
        self.x.hypot(self.z)
    }
}

impl Eyes {
    /// Goes on by `secs`.
    pub(super) fn advance(&mut self, secs: f32, attention: &Attention) {
        let wanted = attention
            .wanted()
            .clamp(Vec2::new(-1.35, -0.6), Vec2::new(1.35, 0.85));
        self.look += (wanted - self.look) * (1.0 - (-secs * 16.0).exp());
        // The head does what the eyes cannot, and some of what they can.
        let aim = wanted * Vec2::new(0.70, 0.34);
        let haste = 2.6 + 3.0 * attention.distress;
        self.head += (aim - self.head) * (1.0 - (-secs * haste).exp());
    }

    /// Turns head, neck and eyes. Of where the pose itself turns the head, `keep` is kept (0 to
    /// 1); the rest gives way to the look.
    pub(super) fn show(&self, pose: &mut Pose, skeleton: &Skeleton, keep: f32) {
        let bones = &skeleton.bones;
        let posed = bones.head.map_or(Look::ZERO, |head| {
            let way = skeleton.globals(pose)[head].transform_vector3(Vec3::Z);
            Vec2::new(way.x.atan2(way.z), (-way.y).atan2(way.xz_length()))
        });
        let head = self.head + posed * keep;
        for (bone, share) in [(bones.neck, 0.4), (bones.head, 0.6)] {
            let angles = (head - posed) * share;
            turn(
                pose,
                bone,
                Quat::from_rotation_y(angles.x) * Quat::from_rotation_x(angles.y),
            );
        }
        let eyes = (self.look - head).clamp(-EYE_RANGE, EYE_RANGE);
        for eye in bones.eyes {
            turn(
                pose,
                eye,
                Quat::from_rotation_y(eyes.x) * Quat::from_rotation_x(eyes.y),
            );
        }
    }

    /// What is left for the eyes, within their range.
    pub(super) fn eyes(&self) -> Look {
        (self.look - self.head).clamp(-EYE_RANGE, EYE_RANGE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attention(gaze: Gaze) -> Attention {
        Attention {
            gaze: Some(gaze),
            towards: Vec3::new(1.0, 0.0, 1.0),
            distress: 0.3,
            trust: 0.5,
            speaking: false,
            mood: None,
            notices: false,
            is_unaware: false,
            time: 0.0,
            seed: 5,
        }
    }

    #[test]
    fn eyes_are_there_before_the_head() {
        let mut eyes = Eyes::default();
        eyes.advance(0.1, &attention(Gaze::Officer));
        assert!(eyes.look.x > 0.5, "{}", eyes.look.x);
        assert!(eyes.head.x < 0.25, "{}", eyes.head.x);
        for _ in 0..40 {
            eyes.advance(0.05, &attention(Gaze::Officer));
        }
        assert!(eyes.head.x > 0.4);
        assert!(eyes.eyes().x < 0.3);
    }

    #[test]
    fn whoever_has_not_seen_the_officer_looks_ahead_of_themselves_whatever_they_feel() {
        for mood in [None, Some(Mood::Angry), Some(Mood::Numb)] {
            for second in 0..60_u16 {
                let unaware = Attention {
                    gaze: None,
                    towards: Vec3::new(-3.0, 0.0, 0.6),
                    mood,
                    is_unaware: true,
                    time: f32::from(second),
                    ..attention(Gaze::Officer)
                };
                let look = unaware.wanted();
                assert!(
                    look.x.abs() < 0.3 && look.y > 0.2,
                    "{mood:?} {second} {look:?}"
                );
            }
        }
    }

    #[test]
    fn looking_down_is_down() {
        let mut eyes = Eyes::default();
        for _ in 0..40 {
            eyes.advance(0.05, &attention(Gaze::Down));
        }
        assert!(eyes.head.y > 0.1 && eyes.eyes().y > 0.1);
    }
}
