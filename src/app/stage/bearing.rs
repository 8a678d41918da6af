//! Bearing: how somebody holds themselves from moment to moment.
//!
//! Distress tightens, quickens and scatters; trust opens and steadies. Lines add a mood, a
//! gesture, a gaze and speech, which fade back into what the state itself shows. Nothing here
//! knows Bevy's world, and nothing here is drawn by chance: the same cues at the same times give
//! the same body.

use bevy::math::Vec3;

use super::StageRole;
use super::face::Features;
use super::gaze::{Attention, Eyes};
use super::gesture::Playing;
use super::random::unit;
use super::repertoire::Clip;
use super::speech::Speech;
use crate::scenario::{Gaze, Gesture, Mood};

/// How long a line's gaze outlasts the line, seconds.
const GAZE_LASTS: f32 = 9.0;
/// How fast a step is walked, metres a second.
const STEP_PACE: f32 = 0.62;
/// How long a blink takes, seconds; long enough for the slowest picture rate to catch it.
pub(super) const BLINK: f32 = 0.24;

/// How somebody holds themselves.
#[derive(Debug, Clone)]
pub(super) struct Bearing {
    pub(super) seed: u32,
    pub(super) is_subject: bool,
    /// Whether arms may fold by themselves; a colleague's do not.
    pub(super) may_close: bool,
    /// Smoothed and wanted distress and trust, 0 to 1.
    pub(super) distress: Ease,
    pub(super) trust: Ease,
    pub(super) mood: Option<Mood>,
    pub(super) mood_age: f32,
    pub(super) gaze: Option<Gaze>,
    pub(super) gaze_age: f32,
    pub(super) playing: Option<Playing>,
    pub(super) speech: Option<Speech>,
    pub(super) eyes: Eyes,
    pub(super) face: Features,
    pub(super) base: Clip,
    pub(super) postures: Vec<(Clip, f32)>,
    pub(super) time: f32,
    pub(super) clip_time: f32,
    pub(super) breath: f32,
    pub(super) blink_in: f32,
    pub(super) blinks: u32,
    pub(super) startled: f32,
    /// Steps towards (+) or away from (-) the officer, metres.
    pub(super) forward: Ease,
    pub(super) crowded: f32,
    pub(super) rail: f32,
    pub(super) has_ended: bool,
}

/// A number on its way to another.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Ease {
    pub(super) now: f32,
    goal: f32,
}

impl Ease {
    fn glide(&mut self, secs: f32, rate: f32) {
        self.now += (self.goal - self.now) * (1.0 - (-secs * rate).exp());
    }

    fn walk(&mut self, step: f32) {
        self.now += (self.goal - self.now).clamp(-step, step);
    }
}

impl Bearing {
    /// Somebody who has just come on.
    pub(super) fn new(seed: u32, role: StageRole) -> Self {
        let is_subject = role == StageRole::Subject;
        let (distress, trust) = if is_subject { (0.5, 0.2) } else { (0.2, 0.6) };
        let ease = |now| Ease { now, goal: now };
        Self {
            seed,
            is_subject,
            may_close: role == StageRole::Bystander,
            distress: ease(distress),
            trust: ease(trust),
            mood: None,
            mood_age: 100.0,
            gaze: None,
            gaze_age: 100.0,
            playing: None,
            speech: None,
            eyes: Eyes::default(),
            face: Features::of_state(distress, trust),
            base: Clip::IdleCalm,
            postures: vec![(Clip::IdleCalm, 1.0)],
            time: unit(seed, 1) * 9.0,
            clip_time: unit(seed, 2) * 6.0,
            breath: unit(seed, 3),
            blink_in: 1.0 + unit(seed, 4) * 2.0,
            blinks: 0,
            startled: 100.0,
            forward: Ease::default(),
            crowded: 0.0,
            rail: 0.0,
            has_ended: false,
        }
    }

    /// The state changed; `at_once` on entering, when nobody has seen another state yet.
    pub(super) fn feel(&mut self, distress: u8, trust: u8, at_once: bool) {
        self.distress.goal = f32::from(distress.min(20)) / 20.0;
        self.trust.goal = f32::from(trust.min(20)) / 20.0;
        if at_once {
            self.distress.now = self.distress.goal;
            self.trust.now = self.trust.goal;
            self.face = Features::of_state(self.distress.now, self.trust.now);
            self.base = self.own_posture();
            self.postures = vec![(self.base, 1.0)];
        }
    }

    /// A line of theirs begins.
    pub(super) fn line(
        &mut self,
        words: &str,
        mood: Option<Mood>,
        gesture: Option<Gesture>,
        gaze: Option<Gaze>,
        secs: f32,
    ) {
        if let Some(mood) = mood {
            self.mood = Some(mood);
            self.mood_age = 0.0;
        }
        if let Some(gaze) = gaze {
            self.gaze = Some(gaze);
            self.gaze_age = 0.0;
        }
        if let Some(gesture) = gesture {
            match gesture {
                Gesture::Startles => self.startle(),
                Gesture::StepsBack => self.forward.goal -= 0.5,
                Gesture::StepsForward => self.forward.goal += 0.4,
                _ => {}
            }
            let mut playing = Playing::new(gesture);
            playing.has_rail = self.rail != 0.0;
            self.playing = Some(playing);
        }
        if let Some(speech) = Speech::new(words, secs) {
            self.speech = Some(speech);
        }
    }

    /// The voice that says their line is this loud.
    pub(super) fn follow_voice(&mut self, loudness: &[f32], per_sec: f32) {
        if let Some(speech) = &mut self.speech {
            speech.follow(loudness, per_sec);
        }
    }

    /// They start.
    pub(super) fn startle(&mut self) {
        self.startled = 0.0;
        self.blink_in = 0.05;
    }

    /// The officer is (or is no longer) too close: give way by this many metres.
    pub(super) fn crowd(&mut self, metres: f32) {
        self.crowded = metres;
    }

    /// Something to lean on stands this far to their left (negative: right), metres; 0 for nothing.
    pub(super) fn stand_beside(&mut self, rail: f32) {
        self.rail = rail;
    }

    /// The encounter is over.
    pub(super) fn end(&mut self) {
        self.has_ended = true;
        self.speech = None;
    }

    /// Keeps steps within the room there is, metres towards and away from the officer.
    pub(super) fn keep_within(&mut self, ahead: f32, behind: f32) {
        self.forward.goal = self.forward.goal.clamp(-behind.max(0.0), ahead.max(0.0));
    }

    /// Whether anything but breath, blink and small shifts is going on.
    pub(super) fn is_lively(&self) -> bool {
        self.speech.is_some()
            || self.startled < 1.5
            || self.mood_age < 1.6
            || self.gaze_age < 1.2
            || self
                .playing
                .is_some_and(|p| p.time < 1.2 || p.lasts.is_some())
            || (self.distress.now - self.distress.goal).abs() > 0.02
            || self.is_stepping()
    }

    fn is_stepping(&self) -> bool {
        (self.forward.goal - self.crowded - self.forward.now).abs() > 0.03
    }

    /// Goes on by `secs`, attending to what is at `towards` in their own space.
    pub(super) fn advance(&mut self, secs: f32, towards: Vec3) {
        let secs = secs.clamp(0.0, 0.5);
        self.time += secs;
        self.distress.glide(secs, 1.4);
        self.trust.glide(secs, 1.4);
        let distress = self.distress.now;
        self.mood_age += secs;
        self.gaze_age += secs;
        self.startled += secs;
        self.clip_time += secs * (0.8 + 0.45 * distress);
        self.breath = (self.breath + secs * self.breaths_per_sec()).fract();
        let step = Ease {
            now: self.forward.now,
            goal: self.forward.goal - self.crowded,
        };
        let mut step = step;
        step.walk(secs * STEP_PACE);
        self.forward.now = step.now;
        if let Some(playing) = &mut self.playing {
            playing.time += secs;
            if playing.is_over() {
                self.playing = None;
            }
        }
        if self
            .speech
            .as_mut()
            .is_some_and(|speech| !speech.advance(secs))
        {
            self.speech = None;
        }
        self.blink(secs);
        self.eyes.advance(
            secs,
            &Attention {
                gaze: self.gaze.filter(|_| self.gaze_age < GAZE_LASTS),
                towards,
                distress,
                trust: self.trust.now,
                speaking: self.speech.is_some(),
                time: self.time,
                seed: self.seed,
            },
        );
        let goal = self.wanted_face();
        self.face = self.face.mixed(&goal, 1.0 - (-secs * 5.0).exp());
        self.base = self.own_posture();
        self.shift_postures(secs);
    }

    fn breaths_per_sec(&self) -> f32 {
        let sobbing = if self.mood == Some(Mood::Despairing) {
            0.12
        } else {
            0.0
        };
        0.22 + 0.36 * self.distress.now + sobbing * self.mood_share()
    }

    fn blink(&mut self, secs: f32) {
        self.blink_in -= secs;
        if self.blink_in < -BLINK {
            self.blinks = self.blinks.wrapping_add(1);
            let apart = 4.4 - 2.6 * self.distress.now;
            self.blink_in = apart * (0.5 + unit(self.seed ^ 31, self.blinks));
        }
    }

    /// How much of the last mood is still there.
    pub(super) fn mood_share(&self) -> f32 {
        let rest = if self.has_ended { 0.9 } else { 0.62 };
        let fading = ((self.mood_age - 6.0) / 8.0).clamp(0.0, 1.0);
        1.0 + (rest - 1.0) * fading
    }

    fn wanted_face(&self) -> Features {
        let state = if self.is_subject {
            Features::of_state(self.distress.now, self.trust.now)
        } else {
            Features::of_mood(Mood::Neutral)
        };
        self.mood.map_or(state, |mood| {
            state.mixed(&Features::of_mood(mood), self.mood_share() * 0.92)
        })
    }

    /// The posture that the state makes by itself, slow to change its mind.
    fn own_posture(&self) -> Clip {
        if !self.is_subject {
            return if self.may_close && unit(self.seed, 8) < 0.35 {
                Clip::ArmsCrossed
            } else {
                Clip::IdleCalm
            };
        }
        let keeps = |clip: Clip, margin: f32| if self.base == clip { margin } else { 0.0 };
        let is_low = self.mood.is_some_and(|mood| {
            matches!(
                mood,
                Mood::Numb | Mood::Despairing | Mood::Exhausted | Mood::Ashamed
            )
        });
        let (distress, trust) = (self.distress.now, self.trust.now);
        if distress > 0.80 - keeps(Clip::Agitated, 0.07) && !is_low {
            Clip::Agitated
        } else if distress > 0.46 - keeps(Clip::IdleAnxious, 0.06) {
            Clip::IdleAnxious
        } else if trust < 0.27 + keeps(Clip::ArmsCrossed, 0.07) && !is_low {
            Clip::ArmsCrossed
        } else {
            Clip::IdleCalm
        }
    }

    fn shift_postures(&mut self, secs: f32) {
        let mood = self.mood.unwrap_or(Mood::Neutral);
        let shouts = self.speech.is_some()
            && self.distress.now > 0.6
            && matches!(mood, Mood::Angry)
            && self.playing.is_none_or(|playing| playing.lasts.is_some());
        let gesture = self
            .playing
            .and_then(|playing| Some((playing.clip(mood)?, playing.share())));
        let walking = (self.is_stepping() && gesture.is_none()).then_some((Clip::Walk, 0.75));
        let (clip, share) = gesture
            .or(walking)
            .or(shouts.then_some((Clip::Shouting, 0.85)))
            .unwrap_or((self.base, 1.0));
        let ease = 1.0 - self.trust.now.max(self.distress.now);
        let mut goals = vec![(clip, share), (self.base, 1.0 - share)];
        if clip == Clip::IdleCalm && self.trust.now > 0.6 && self.is_subject {
            goals.push((Clip::OpenPalms, 0.35 * (self.trust.now - ease * 0.2)));
        }
        for (clip, _) in &goals {
            if !self.postures.iter().any(|(known, _)| known == clip) {
                self.postures.push((*clip, 0.0));
            }
        }
        let rate = 1.0 - (-secs * 4.2f32).exp();
        for (clip, weight) in &mut self.postures {
            let goal: f32 = goals
                .iter()
                .filter(|(known, _)| known == clip)
                .map(|(_, share)| share)
                .sum();
            *weight += (goal - *weight) * rate;
        }
        self.postures.retain(|(_, weight)| *weight > 0.004);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(bearing: &mut Bearing, secs: f32) {
        let mut left = secs;
        while left > 0.0 {
            bearing.advance(0.05, Vec3::Z * 2.0);
            left -= 0.05;
        }
    }

    fn posture(bearing: &Bearing) -> Clip {
        let mut most = (Clip::Walk, 0.0);
        for (clip, weight) in &bearing.postures {
            if *weight > most.1 {
                most = (*clip, *weight);
            }
        }
        most.0
    }

    #[test]
    fn the_state_alone_shows_in_the_body() {
        for (distress, trust, clip) in [
            (18, 2, Clip::Agitated),
            (12, 4, Clip::IdleAnxious),
            (5, 2, Clip::ArmsCrossed),
            (4, 12, Clip::IdleCalm),
        ] {
            let mut bearing = Bearing::new(1, StageRole::Subject);
            bearing.feel(distress, trust, false);
            after(&mut bearing, 6.0);
            assert_eq!(posture(&bearing), clip, "{distress} {trust}");
        }
    }

    #[test]
    fn the_same_cues_give_the_same_body() {
        let run = || {
            let mut bearing = Bearing::new(9, StageRole::Subject);
            bearing.feel(14, 5, true);
            after(&mut bearing, 2.0);
            bearing.line(
                "Go away.",
                Some(Mood::Angry),
                Some(Gesture::Pointing),
                None,
                1.2,
            );
            after(&mut bearing, 1.0);
            (bearing.face(), bearing.footing())
        };
        assert_eq!(run(), run());
    }

    #[test]
    fn nothing_jumps_from_one_picture_to_the_next() {
        let mut bearing = Bearing::new(3, StageRole::Subject);
        bearing.feel(10, 5, true);
        let mut last: Vec<(Clip, f32)> = bearing.postures.clone();
        for picture in 0..400u16 {
            if picture == 50 {
                bearing.line("", None, Some(Gesture::HandsUp), None, 0.0);
            }
            if picture == 120 {
                bearing.line("", None, Some(Gesture::Sits), None, 0.0);
            }
            bearing.advance(0.033, Vec3::Z);
            for (clip, weight) in &bearing.postures {
                let before = last
                    .iter()
                    .find(|(known, _)| known == clip)
                    .map_or(0.0, |(_, weight)| *weight);
                assert!((weight - before).abs() < 0.2, "{clip:?} at {picture}");
            }
            last.clone_from(&bearing.postures);
        }
        assert_eq!(posture(&bearing), Clip::SitNeutral);
    }

    #[test]
    fn a_start_is_seen_at_once_and_passes() {
        let mut bearing = Bearing::new(3, StageRole::Subject);
        bearing.startle();
        bearing.advance(0.06, Vec3::Z);
        assert!(bearing.start() > 0.5);
        after(&mut bearing, 2.5);
        assert!(bearing.start() < 0.02);
    }

    #[test]
    fn steps_back_stay_within_the_room() {
        let mut bearing = Bearing::new(3, StageRole::Subject);
        for _ in 0..9 {
            bearing.line("", None, Some(Gesture::StepsBack), None, 0.0);
            bearing.keep_within(0.5, 0.8);
        }
        after(&mut bearing, 5.0);
        assert!((bearing.footing().offset.z + 0.8).abs() < 0.05);
    }
}
