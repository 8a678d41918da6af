//! Bearing: how somebody holds themselves from moment to moment.
//!
//! Distress tightens, quickens and scatters; trust opens and steadies. Lines add a mood, a
//! gesture, a gaze and speech, which fade back into what the state itself shows. Nothing here
//! knows Bevy's world, and nothing here is drawn by chance: the same cues at the same times give
//! the same body.

use bevy::math::{Vec2, Vec3};

use super::StageRole;
use super::face::Features;
use super::gaze::{Attention, Eyes};
use super::gesture::Playing;
use super::habits;
use super::manner::Manner;
use super::quality::LONGEST_MOMENT;
use super::random::{unit, wander};
use super::repertoire::Clip;
use super::speech::Speech;
use super::stance::Rest;
use super::walking::Walking;
use crate::scenario::{Gaze, Gesture, Mood};

/// How long a line's gaze outlasts the line, seconds.
const GAZE_LASTS: f32 = 9.0;
/// How long a blink takes, seconds; long enough for the slowest picture rate to catch it.
pub(super) const BLINK: f32 = 0.24;

/// How somebody holds themselves.
#[derive(Debug, Clone)]
pub(super) struct Bearing {
    pub(super) seed: u32,
    pub(super) role: StageRole,
    /// Smoothed and wanted distress and trust, 0 to 1.
    pub(super) distress: Ease,
    pub(super) trust: Ease,
    pub(super) mood: Option<Mood>,
    pub(super) mood_age: f32,
    /// Distress when the mood was shown: a mood yields to a state that has moved on.
    mood_distress: f32,
    pub(super) gaze: Option<Gaze>,
    pub(super) gaze_age: f32,
    /// Whether they have turned their back and have not looked round since.
    pub(super) is_unaware: bool,
    /// What the whole body does until it is needed for something else.
    pub(super) stance: Option<Playing>,
    /// What is done on top of it.
    pub(super) playing: Option<Playing>,
    pub(super) speech: Option<Speech>,
    pub(super) shouts: bool,
    pub(super) eyes: Eyes,
    pub(super) face: Features,
    pub(super) manner: Manner,
    pub(super) base: Clip,
    pub(super) postures: Vec<(Clip, f32)>,
    pub(super) time: f32,
    pub(super) clip_time: f32,
    pub(super) breath: f32,
    pub(super) breaths: u32,
    pub(super) blink_in: f32,
    pub(super) blinks: u32,
    pub(super) startled: f32,
    pub(super) start_strength: f32,
    /// Seconds since they noticed something the officer did.
    pub(super) noticed: f32,
    /// How far they have been crying, 0 to 1.
    pub(super) weeping: f32,
    pub(super) walking: Walking,
    pub(super) crowded: f32,
    pub(super) rail: f32,
    /// What they come down to when they sit.
    pub(super) rest: Rest,
    /// Room to walk up and down, metres to the left and right.
    pub(super) room_beside: Vec2,
    /// Seconds since somebody spoke over the radio, and how long they listen and answer.
    pub(super) radio: Option<(f32, f32)>,
    /// Where whoever is attended to is, in their own space, from between the eyes.
    pub(super) attends: Vec3,
    /// How far somebody other than the subject has turned to whom they talk to, radians to the left.
    pub(super) turned: f32,
    /// Seconds since they last spoke.
    pub(super) silent: f32,
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
}

impl Bearing {
    /// Somebody who has just come on.
    pub(super) fn new(seed: u32, role: StageRole) -> Self {
        let (distress, trust) = if role == StageRole::Subject {
            (0.5, 0.2)
        } else {
            (0.2, 0.6)
        };
        let ease = |now| Ease { now, goal: now };
        Self {
            seed,
            role,
            distress: ease(distress),
            trust: ease(trust),
            mood: None,
            mood_age: 100.0,
            mood_distress: distress,
            gaze: None,
            gaze_age: 100.0,
            is_unaware: false,
            stance: None,
            playing: None,
            speech: None,
            shouts: false,
            eyes: Eyes::default(),
            face: Features::of_state(distress, trust),
            manner: Manner::default(),
            base: Clip::IdleCalm,
            postures: vec![(Clip::IdleCalm, 1.0)],
            time: unit(seed, 1) * 9.0,
            clip_time: unit(seed, 2) * 6.0,
            breath: unit(seed, 3),
            breaths: 0,
            blink_in: 1.0 + unit(seed, 4) * 2.0,
            blinks: 0,
            startled: 100.0,
            start_strength: 0.0,
            noticed: 100.0,
            weeping: 0.0,
            walking: Walking::default(),
            crowded: 0.0,
            turned: 0.0,
            silent: 100.0,
            rail: 0.0,
            rest: Rest::Ground,
            room_beside: Vec2::splat(0.5),
            radio: None,
            attends: Vec3::Z,
            has_ended: false,
        }
    }

    pub(super) fn is_subject(&self) -> bool {
        self.role == StageRole::Subject
    }

    /// The state changed; `at_once` on entering, when nobody has seen another state yet.
    pub(super) fn feel(&mut self, distress: u8, trust: u8, at_once: bool) {
        self.distress.goal = f32::from(distress.min(20)) / 20.0;
        self.trust.goal = f32::from(trust.min(20)) / 20.0;
        if at_once {
            self.distress.now = self.distress.goal;
            self.trust.now = self.trust.goal;
            self.face = Features::of_state(self.distress.now, self.trust.now);
            self.manner = Manner::of_state(self.distress.now, self.trust.now);
            self.walking.yaw = self.facing();
            self.base = self.own_posture();
            self.postures = vec![(self.base, 1.0)];
        }
    }

    /// Something the officer did reaches them: eyes up, a blink, a breath held.
    pub(super) fn notice(&mut self) {
        self.noticed = 0.0;
        self.blink_in = self.blink_in.min(0.10);
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
            self.mood_distress = self.distress.goal;
        }
        if let Some(gaze) = gaze {
            self.gaze = Some(gaze);
            self.gaze_age = 0.0;
        }
        if let Some(gesture) = gesture {
            self.begin(gesture);
        }
        let looks_elsewhere = matches!(gaze, Some(Gaze::Down | Gaze::Away));
        let is_news = gesture.is_some_and(Playing::is_stance);
        if !self.has_turned() || secs > 0.0 || gaze.is_some() && !looks_elsewhere {
            self.is_unaware = false;
        } else if is_news && looks_elsewhere {
            self.is_unaware = true;
        }
        self.shouts = secs > 0.0
            && match self.mood {
                Some(Mood::Angry) => words.contains('!') || self.distress.goal > 0.6,
                Some(Mood::Frightened | Mood::Irritable) => words.contains('!'),
                _ => false,
            };
        if let Some(speech) = Speech::new(words, secs) {
            self.speech = Some(speech);
        }
    }

    fn begin(&mut self, gesture: Gesture) {
        if Playing::ends_stance(gesture) {
            self.stance = None;
            self.walking.goal.x = 0.0;
        }
        match gesture {
            Gesture::Startles => self.startle(1.0),
            Gesture::StepsBack => self.walking.goal.y -= 0.5,
            Gesture::StepsForward => self.walking.goal.y += 0.4,
            Gesture::Crouches => self.rest = Rest::Heels,
            Gesture::Leans if self.rail != 0.0 => self.walking.goal.x = self.rail,
            _ => {}
        }
        let mut playing = Playing::new(gesture);
        playing.has_rail = self.rail != 0.0;
        if Playing::is_stance(gesture) {
            self.stance = Some(playing);
            self.playing = None;
        } else {
            self.playing = Some(playing);
        }
    }

    /// Where they sit when they next sit: on a seat `at` this place of theirs, of this height, or
    /// on the ground.
    pub(super) fn sit_on(&mut self, seat: Option<(Vec2, f32)>) {
        match seat {
            Some((at, height)) => {
                self.walking.goal = at;
                self.rest = Rest::Seat(height);
            }
            None => self.rest = Rest::Ground,
        }
    }

    /// The voice that says their line is this loud.
    pub(super) fn follow_voice(&mut self, loudness: &[f32], per_sec: f32) {
        if let Some(speech) = &mut self.speech {
            speech.follow(loudness, per_sec);
        }
    }

    /// They start, a little or (1) altogether.
    pub(super) fn startle(&mut self, strength: f32) {
        self.is_unaware = false;
        self.startled = 0.0;
        self.start_strength = strength;
        self.blink_in = 0.05;
    }

    /// Somebody speaks over the radio for so long; a colleague listens and answers.
    pub(super) fn hear_radio(&mut self, secs: f32) {
        if self.role == StageRole::Colleague {
            self.radio = Some((0.0, secs + habits::ANSWER));
        }
    }

    /// The officer is (or is no longer) too close: give way by this many metres.
    pub(super) fn crowd(&mut self, metres: f32) {
        self.crowded = metres;
    }

    /// Keeps this far from where they stood.
    pub(super) fn keep_off(&mut self, metres: f32) {
        self.walking.goal.y = -metres;
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
        if !self.is_seated() {
            let goal = &mut self.walking.goal;
            goal.y = goal.y.clamp(-behind.max(0.0), ahead.max(0.0));
        }
    }

    /// Whether their back is to the officer.
    fn has_turned(&self) -> bool {
        self.stance.is_some_and(|stance| match stance.gesture {
            Gesture::TurnsAway => true,
            Gesture::Leans => stance.has_rail,
            _ => false,
        })
    }

    fn is_seated(&self) -> bool {
        self.stance
            .is_some_and(|stance| stance.gesture == Gesture::Sits)
    }

    /// Whether anything but breath, blink and small shifts is going on.
    pub(super) fn is_lively(&self) -> bool {
        let is_busy =
            |playing: &Option<Playing>| playing.is_some_and(|p| p.time < 1.6 || p.lasts.is_some());
        self.speech.is_some()
            || self.startled < 1.5
            || self.noticed < 1.0
            || self.mood_age < 1.6
            || self.gaze_age < 1.2
            || self.radio.is_some()
            || is_busy(&self.playing)
            || is_busy(&self.stance)
            || (self.distress.now - self.distress.goal).abs() > 0.02
            || self.walking.is_under_way(self.crowded)
    }

    /// Whether a line has them look at the officer still.
    pub(super) fn is_with_officer(&self) -> bool {
        self.gaze == Some(Gaze::Officer) && self.gaze_age < GAZE_LASTS
    }

    /// Turns the body of a bystander or colleague to whom they talk to, and back when that is over.
    fn turn_to(&mut self, secs: f32) {
        /// What the head does without the body, radians.
        const HEAD_ALONE: f32 = 0.5;
        /// How much of the way the body goes.
        const SHARE: f32 = 0.75;
        /// For how long they stay so, seconds.
        const STAYS: f32 = 20.0;
        self.silent = if self.speech.is_some() {
            0.0
        } else {
            self.silent + secs
        };
        if self.is_subject() {
            return;
        }
        if self.speech.is_some() && self.is_with_officer() {
            let way = self.attends.x.atan2(self.attends.z);
            if way.abs() > HEAD_ALONE {
                self.turned = (self.walking.yaw + way) * SHARE;
            }
        } else if self.silent > STAYS {
            self.turned = 0.0;
        }
    }

    /// Goes on by `secs`, attending to what is at `towards` in their own space.
    pub(super) fn advance(&mut self, secs: f32, towards: Vec3) {
        let secs = secs.clamp(0.0, LONGEST_MOMENT);
        self.time += secs;
        self.attends = towards;
        self.turn_to(secs);
        self.distress.glide(secs, 1.4);
        self.trust.glide(secs, 1.4);
        let distress = self.distress.now;
        self.mood_age += secs;
        self.gaze_age += secs;
        self.startled += secs;
        self.noticed += secs;
        // The pace of a clip wanders, so that it never repeats itself visibly.
        let pace = 0.8 + 0.45 * distress + 0.22 * wander(self.seed ^ 5, self.time * 0.21);
        self.clip_time += secs * pace;
        self.breathe(secs);
        self.move_on(secs);
        if let Some((time, lasts)) = &mut self.radio {
            *time += secs;
            let answers = *time > *lasts - habits::ANSWER;
            if answers && self.speech.is_none() && *time - secs <= *lasts - habits::ANSWER {
                self.speech = Speech::new("Yes, yes. Understood.", habits::ANSWER * 0.7);
            }
            if *time > *lasts {
                self.radio = None;
            }
        }
        for playing in [&mut self.playing, &mut self.stance] {
            if let Some(now) = playing {
                now.time += secs;
                if now.is_over() {
                    *playing = None;
                }
            }
        }
        if self
            .speech
            .as_mut()
            .is_some_and(|speech| !speech.advance(secs))
        {
            self.speech = None;
            self.shouts = false;
        }
        self.blink(secs);
        self.weep(secs);
        self.eyes.advance(
            secs,
            &Attention {
                gaze: self.gaze.filter(|_| self.gaze_age < GAZE_LASTS),
                towards,
                distress,
                trust: self.trust.now,
                speaking: self.speech.is_some(),
                mood: self.mood.filter(|_| self.mood_share() > 0.3),
                notices: self.noticed < 0.9 && !self.is_unaware,
                is_unaware: self.is_unaware,
                time: self.time,
                seed: self.seed,
            },
        );
        let goal = self.wanted_face();
        self.face = self.face.mixed(&goal, 1.0 - (-secs * 5.5).exp());
        let goal = self.wanted_manner();
        self.manner = self.manner.mixed(&goal, 1.0 - (-secs * 3.6).exp());
        self.base = self.own_posture();
        self.shift_postures(secs);
    }

    fn move_on(&mut self, secs: f32) {
        let paces = self
            .playing
            .is_some_and(|playing| playing.gesture == Gesture::Paces);
        if paces {
            let Vec2 { x: left, y: right } = self.room_beside;
            self.walking.pace_on(secs, self.seed, left, right);
        } else if self.stance.is_none() {
            self.walking.goal.x = 0.0;
        }
        let crowded = if self.stance.is_some() {
            0.0
        } else {
            self.crowded
        };
        self.walking.advance(secs, crowded, self.facing());
        // Nobody sits down before they are there.
        if let Some(stance) = &mut self.stance
            && !self.walking.has_arrived()
        {
            stance.time = stance.time.min(0.0);
        }
    }

    /// Which way the feet point when they stand, radians to the left.
    fn facing(&self) -> f32 {
        let side = if unit(self.seed, 10) < 0.5 { 1.0 } else { -1.0 };
        let own = 0.06 * habits::lean_of_habit(self.seed);
        let aside = if self.is_subject() {
            self.manner.aside * side
        } else {
            self.turned
        };
        let stance = self.stance.map_or(0.0, |stance| match stance.gesture {
            Gesture::TurnsAway => 1.9 * side - aside,
            Gesture::Leans if stance.has_rail => 1.35 * self.rail.signum() - aside,
            Gesture::Sits => -aside,
            _ => 0.0,
        });
        own + aside + stance
    }

    /// Breathing: 14 breaths a minute at ease and 31 in panic. Twelve to twenty are usual for an
    /// adult at rest, and 25 or more are a warning sign (Royal College of Physicians, National
    /// Early Warning Score 2, 2017). No two breaths are of the same length.
    fn breathe(&mut self, secs: f32) {
        let before = self.breath;
        let variation = 1.0 + 0.16 * habits::signed_count(self.seed ^ 32, self.breaths);
        self.breath += secs * self.breaths_per_sec() * variation;
        if self.breath >= 1.0 {
            self.breath = self.breath.fract();
            self.breaths = self.breaths.wrapping_add(1);
        }
        // Speech is spoken on the way out: the chest waits with filling.
        if self.speech.is_some() && before < 0.4 && self.breath >= 0.4 {
            self.breath = self.breath.max(0.42);
        }
    }

    /// Breaths a second.
    pub(super) fn breaths_per_sec(&self) -> f32 {
        let share = self.mood_share();
        let by_mood = match self.mood {
            Some(Mood::Despairing) => 0.10,
            Some(Mood::Frightened) => 0.08,
            Some(Mood::Exhausted | Mood::Numb) => -0.04,
            _ => 0.0,
        };
        (14.0 / 60.0 + 17.0 / 60.0 * self.distress.now + by_mood * share).clamp(0.17, 0.62)
    }

    /// Blinking: 17 a minute at rest and 26 in conversation (Bentivoglio and others, Movement
    /// Disorders 12, 1997), more under stress and in tears, fewer for whoever stares.
    pub(super) fn blinks_per_min(&self) -> f32 {
        let rate = if self.speech.is_some() { 26.0 } else { 17.0 };
        let factor = match self.mood {
            Some(Mood::Numb) => 0.5,
            Some(Mood::Angry) => 0.75,
            _ => 1.0,
        };
        (rate * factor + 14.0 * self.distress.now + 8.0 * self.weeping).min(48.0)
    }

    /// Seconds to the next moment at which the lids are worth a picture: shut, or open again.
    pub(super) fn lids_move_in(&self) -> f32 {
        if self.blink_in > -BLINK * 0.4 {
            (self.blink_in + BLINK * 0.5).max(0.0)
        } else {
            self.blink_in + BLINK
        }
    }

    fn blink(&mut self, secs: f32) {
        self.blink_in -= secs;
        if self.blink_in < -BLINK {
            self.blinks = self.blinks.wrapping_add(1);
            let apart = (60.0 / self.blinks_per_min() - BLINK).max(0.3);
            self.blink_in = apart * (0.4 + 1.2 * unit(self.seed ^ 31, self.blinks));
        }
    }

    fn weep(&mut self, secs: f32) {
        let wipes = [self.playing, self.stance]
            .into_iter()
            .flatten()
            .any(|playing| playing.gesture == Gesture::WipesTears);
        let weeps = wipes || self.mood == Some(Mood::Despairing) && self.mood_share() > 0.5;
        let (goal, rate) = if weeps { (1.0, 0.5) } else { (0.0, 0.05) };
        self.weeping += (goal - self.weeping) * (1.0 - (-secs * rate).exp());
    }

    /// Whether tears are to be seen.
    pub(super) fn is_in_tears(&self) -> bool {
        self.weeping > 0.35
    }

    /// How much of the last mood is still there: it fades with time, and as the state moves away
    /// from where it was.
    pub(super) fn mood_share(&self) -> f32 {
        let rest = if self.has_ended { 0.9 } else { 0.72 };
        let fading = ((self.mood_age - 7.0) / 9.0).clamp(0.0, 1.0);
        let moved = (self.distress.goal - self.mood_distress).abs();
        let yields = 1.0 - ((moved - 0.12) / 0.3).clamp(0.0, 1.0);
        (1.0 + (rest - 1.0) * fading) * yields
    }

    fn wanted_face(&self) -> Features {
        let state = if self.is_subject() {
            Features::of_state(self.distress.now, self.trust.now)
        } else {
            Features::of_mood(Mood::Neutral)
        };
        self.mood.map_or(state, |mood| {
            state.mixed(&Features::of_mood(mood), self.mood_share() * 0.95)
        })
    }

    fn wanted_manner(&self) -> Manner {
        let mut manner = if self.is_subject() {
            Manner::of_state(self.distress.now, self.trust.now)
        } else {
            Manner {
                restless: 0.4,
                ..Manner::default()
            }
        };
        if let Some(mood) = self.mood {
            manner = manner.mixed(&Manner::of_mood(mood), self.mood_share() * 0.85);
        }
        if self.crowded > 0.0 {
            manner.lean -= 0.10;
            manner.jut -= 0.06;
        }
        manner
    }

    /// The posture that mood and state make by themselves, slow to change its mind.
    fn own_posture(&self) -> Clip {
        if !self.is_subject() {
            let folds = self.role == StageRole::Bystander && unit(self.seed, 8) < 0.35;
            return if folds {
                Clip::ArmsCrossed
            } else {
                Clip::IdleCalm
            };
        }
        if let Some(mood) = self.mood
            && self.mood_share() > 0.35
            && let Some(clip) = habits::posture_of(mood)
        {
            return clip;
        }
        let keeps = |clip: Clip, margin: f32| if self.base == clip { margin } else { 0.0 };
        let (distress, trust) = (self.distress.now, self.trust.now);
        if distress > 0.80 - keeps(Clip::Agitated, 0.07) {
            Clip::Agitated
        } else if distress > 0.46 - keeps(Clip::IdleAnxious, 0.06) {
            Clip::IdleAnxious
        } else if trust < 0.27 + keeps(Clip::ArmsCrossed, 0.07) {
            Clip::ArmsCrossed
        } else {
            Clip::IdleCalm
        }
    }

    fn shift_postures(&mut self, secs: f32) {
        let mood = self.mood.unwrap_or(Mood::Neutral);
        let mut goals = vec![(self.base, 1.0f32)];
        let mut over = |clip: Clip, share: f32| {
            for (_, weight) in &mut goals {
                *weight *= 1.0 - share;
            }
            goals.push((clip, share));
        };
        if self.is_subject() && self.playing.is_none() && self.stance.is_none() {
            if let Some((clip, share)) = habits::colour_of(self.mood, self.trust.now) {
                over(clip, share * self.mood_share().max(0.4));
            }
            if let Some((clip, share)) = habits::passing(self.seed, self.mood, self.time) {
                over(clip, share * self.mood_share());
            }
        }
        let walks = self.walking.share();
        if walks > 0.02 {
            over(Clip::Walk, walks * 0.9);
        }
        let is_down = self
            .stance
            .is_some_and(|stance| matches!(stance.gesture, Gesture::Sits | Gesture::Crouches));
        if let Some((clip, share)) = self
            .stance
            .and_then(|stance| Some((stance.clip(mood)?, stance.share())))
        {
            over(clip, share);
        }
        // On the ground or a seat gestures are made by the arms alone: see `carriage`.
        if let Some((clip, share)) = self
            .playing
            .filter(|_| !is_down)
            .and_then(|playing| Some((playing.clip(mood)?, playing.share())))
        {
            over(clip, share);
        } else if self.shouts && !is_down && mood == Mood::Angry {
            over(Clip::Shouting, 0.85);
        }
        for (clip, _) in &goals {
            if !self.postures.iter().any(|(known, _)| known == clip) {
                self.postures.push((*clip, 0.0));
            }
        }
        let rate = 1.0 - (-secs * 4.6f32).exp();
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
    fn who_leans_at_the_rail_has_not_seen_the_officer_until_they_look_round_or_speak() {
        let leans = || {
            let mut bearing = Bearing::new(4, StageRole::Subject);
            bearing.stand_beside(0.6);
            bearing.feel(12, 2, true);
            bearing.line("", None, Some(Gesture::Leans), Some(Gaze::Down), 0.0);
            bearing.line("", Some(Mood::Angry), Some(Gesture::WipesTears), None, 0.0);
            after(&mut bearing, 12.0);
            bearing
        };
        assert!(leans().is_unaware);
        let mut looks = leans();
        looks.line("", None, None, Some(Gaze::Officer), 0.0);
        assert!(!looks.is_unaware);
        let mut speaks = leans();
        speaks.line("Go home.", None, None, None, 1.0);
        assert!(!speaks.is_unaware);
        let mut stands = leans();
        stands.line("", None, Some(Gesture::Still), None, 0.0);
        assert!(!stands.is_unaware);
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
        bearing.startle(1.0);
        bearing.advance(0.06, Vec3::Z);
        assert!(bearing.start() > 0.5);
        after(&mut bearing, 2.5);
        assert!(bearing.start() < 0.02);
    }

    #[test]
    fn a_picture_at_every_moment_that_is_worth_one_shows_lids_shut_and_open() {
        let mut bearing = Bearing::new(3, StageRole::Subject);
        bearing.feel(8, 8, true);
        let (mut shut, mut open, mut secs) = (0, 0, 0.0);
        while secs < 60.0 {
            let step = bearing.lids_move_in().clamp(0.15, 0.9);
            bearing.advance(step, Vec3::Z * 2.0);
            secs += step;
            let closed = bearing
                .face()
                .strength(super::super::face::Muscle::EyeBlink);
            shut += u32::from(closed > 0.7);
            open += u32::from(closed < 0.3);
        }
        let blinks = bearing.blinks;
        assert!(shut * 10 >= blinks * 8, "{shut} of {blinks} seen");
        assert!(open > 45, "{open}");
        assert!(open + shut < 130, "{open} and {shut} pictures in a minute");
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
