//! Walking: where somebody stands beside their place, how they get elsewhere, and which way
//! their feet point. Feet are moved by the ground that is covered, so they do not slide.

use bevy::math::Vec2;

use super::random::{signed, unit};

/// How fast a step is walked, metres a second.
const STEP_PACE: f32 = 0.62;
/// How fast a longer way is walked.
const WALK_PACE: f32 = 0.85;
/// A way longer than this is walked face forward.
const LONG_WAY: f32 = 0.75;
/// Ground covered in one second of the walking clip, metres.
const GROUND_PER_SEC: f32 = 0.72;
/// Fastest turn, radians a second.
const FASTEST_TURN: f32 = 2.4;

/// Where somebody is and where they are going, in their own place: x to their left, y ahead.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Walking {
    /// Where.
    pub(super) at: Vec2,
    /// Where to.
    pub(super) goal: Vec2,
    /// Turn of the body, radians to the left.
    pub(super) yaw: f32,
    /// Second of the walking clip.
    pub(super) phase: f32,
    /// Metres a second.
    speed: f32,
    /// Radians a second.
    turning: f32,
    is_long: bool,
    legs: u32,
    pause: f32,
}

impl Default for Walking {
    fn default() -> Self {
        Self {
            at: Vec2::ZERO,
            goal: Vec2::ZERO,
            yaw: 0.0,
            phase: 0.0,
            speed: 0.0,
            turning: 0.0,
            is_long: false,
            legs: 0,
            pause: 0.0,
        }
    }
}

impl Walking {
    /// Goes on by `secs`, giving way by `crowded` metres, and facing `facing` when the way does
    /// not ask for another direction.
    pub(super) fn advance(&mut self, secs: f32, crowded: f32, facing: f32) {
        let goal = self.goal - Vec2::Y * crowded;
        let way = goal - self.at;
        let far = way.length();
        if far > LONG_WAY {
            self.is_long = true;
        } else if far < 0.12 {
            self.is_long = false;
        }
        let pace = if self.is_long { WALK_PACE } else { STEP_PACE };
        let wanted = pace.min(far * 4.0 + 0.03);
        self.speed += (wanted - self.speed) * (1.0 - (-secs * 7.0).exp());
        let step = (self.speed * secs).min(far);
        let mut face = facing;
        if far > 1e-4 {
            let direction = way / far;
            self.at += direction * step;
            if self.is_long {
                face = direction.x.atan2(direction.y);
            }
            let ahead = Vec2::new(self.yaw.sin(), self.yaw.cos());
            let way_of_feet = if direction.dot(ahead) < -0.3 {
                -1.0
            } else {
                1.0
            };
            self.phase += way_of_feet * step / GROUND_PER_SEC;
        } else {
            self.speed = 0.0;
        }
        self.turn(secs, face);
    }

    /// Turns towards `face`, in moments short enough that a long one between two pictures does not
    /// swing past it and back.
    fn turn(&mut self, secs: f32, face: f32) {
        const MOMENT: f32 = 0.05;
        let mut left = secs;
        while left > 0.0 {
            let moment = left.min(MOMENT);
            left -= moment;
            let wanted = ((face - self.yaw) * 3.4).clamp(-FASTEST_TURN, FASTEST_TURN);
            self.turning += (wanted - self.turning) * (1.0 - (-moment * 9.0).exp());
            self.yaw += self.turning * moment;
            self.phase += self.turning.abs() * moment * 0.3;
        }
    }

    /// How much of the body walks, 0 to 1.
    pub(super) fn share(&self) -> f32 {
        let going = (self.speed / 0.4).min(1.0);
        let turning = ((self.turning.abs() - 0.35) / 1.2).clamp(0.0, 0.7);
        going.max(turning)
    }

    /// Whether they are on their way.
    pub(super) fn is_under_way(&self, crowded: f32) -> bool {
        (self.goal - Vec2::Y * crowded).distance(self.at) > 0.03 || self.turning.abs() > 0.1
    }

    /// Whether they are where they wanted to be.
    pub(super) fn has_arrived(&self) -> bool {
        self.goal.distance(self.at) < 0.06
    }

    /// Chooses the next way of somebody who walks up and down, never the same twice: within
    /// `left` and `right` metres of their place.
    pub(super) fn pace_on(&mut self, secs: f32, seed: u32, left: f32, right: f32) {
        if !self.has_arrived() {
            return;
        }
        self.pause -= secs;
        if self.pause > 0.0 {
            return;
        }
        self.legs = self.legs.wrapping_add(1);
        let room = if self.legs % 2 == 0 { left } else { -right };
        self.goal.x = room * (0.65 + 0.35 * unit(seed ^ 61, self.legs));
        self.goal.y = 0.10 * signed(seed ^ 62, self.legs);
        self.pause = 0.15 + 1.3 * unit(seed ^ 63, self.legs).powi(2);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_stands_turns_once_and_then_rests_however_far_apart_pictures_are() {
        for secs in [0.05, 0.1, 0.4, 1.0, 1.5] {
            let mut way = Walking::default();
            let (mut farthest, mut passed) = (0.0_f32, 0.0);
            while passed < 12.0 {
                way.advance(secs, 0.0, 0.4);
                passed += secs;
                farthest = farthest.max(way.yaw);
            }
            assert!((way.yaw - 0.4).abs() < 0.005, "{} at {secs}", way.yaw);
            assert!(farthest < 0.5, "{farthest} at {secs}");
            assert!(!way.is_under_way(0.0), "{way:?} at {secs}");
        }
    }

    fn walk(walking: &mut Walking, secs: f32) {
        for _ in 0..(secs / 0.05) as u32 {
            walking.advance(0.05, 0.0, 0.0);
        }
    }

    #[test]
    fn a_step_back_keeps_facing_and_a_long_way_does_not() {
        let mut step = Walking::default();
        step.goal = Vec2::new(0.0, -0.5);
        walk(&mut step, 0.5);
        assert!(step.yaw.abs() < 0.05 && step.phase < 0.0);
        walk(&mut step, 3.0);
        assert!(step.has_arrived() && step.share() < 0.1);
        let mut way = Walking::default();
        way.goal = Vec2::new(1.5, 0.0);
        walk(&mut way, 1.2);
        assert!(way.yaw > 1.0, "{}", way.yaw);
        walk(&mut way, 5.0);
        assert!(way.has_arrived() && way.yaw.abs() < 0.1, "{way:?}");
    }

    #[test]
    fn nobody_paces_the_same_way_twice() {
        let mut turns = Vec::new();
        let mut walking = Walking::default();
        for _ in 0..1200 {
            let before = walking.goal;
            walking.pace_on(0.05, 5, 0.55, 0.55);
            walking.advance(0.05, 0.0, 0.0);
            if walking.goal != before {
                turns.push(walking.goal);
            }
        }
        assert!(turns.len() > 8, "{}", turns.len());
        for pair in turns.windows(3) {
            assert!(pair[0].distance(pair[2]) > 0.005);
        }
        assert!(turns.iter().all(|turn| turn.x.abs() <= 0.551));
    }
}
