//! Habits: which posture goes with a mood, what hands do in passing, and what those around the
//! encounter do when nobody asks anything of them.

use super::random::{signed, unit};
use super::repertoire::Clip;
use crate::scenario::Mood;

/// How long a colleague takes to answer the radio, seconds.
pub(super) const ANSWER: f32 = 1.8;

/// The posture that goes with a mood, if the mood has one of its own.
pub(super) const fn posture_of(mood: Mood) -> Option<Clip> {
    Some(match mood {
        Mood::Frightened => Clip::IdleAnxious,
        Mood::Ashamed => Clip::Wringing,
        Mood::Suspicious => Clip::ArmsCrossed,
        Mood::Neutral => return None,
        Mood::Calm
        | Mood::Angry
        | Mood::Despairing
        | Mood::Sad
        | Mood::Confused
        | Mood::Elated
        | Mood::Irritable
        | Mood::Numb
        | Mood::Relieved
        | Mood::Exhausted => Clip::IdleCalm,
    })
}

/// What colours that posture: a share of another clip.
pub(super) fn colour_of(mood: Option<Mood>, trust: f32) -> Option<(Clip, f32)> {
    match mood {
        Some(Mood::Elated) => Some((Clip::OpenPalms, 0.55)),
        Some(Mood::Confused) => Some((Clip::IdleAnxious, 0.4)),
        Some(Mood::Calm | Mood::Relieved) | None if trust > 0.6 => {
            Some((Clip::OpenPalms, 0.35 * trust))
        }
        _ => None,
    }
}

/// What the hands do now and then in a mood, by somebody's own times: a clip and its share.
pub(super) fn passing(seed: u32, mood: Option<Mood>, time: f32) -> Option<(Clip, f32)> {
    /// How often, how long, and what by turns.
    const fn of(mood: Mood) -> Option<(f32, f32, [Clip; 2])> {
        Some(match mood {
            // Tears are wiped where a line says so: that nobody wipes them away is a sign to read.
            Mood::Despairing => (13.0, 4.2, [Clip::HandsToHead; 2]),
            Mood::Angry => (7.0, 2.4, [Clip::Agitated; 2]),
            Mood::Irritable => (11.0, 3.0, [Clip::Agitated; 2]),
            Mood::Exhausted => (14.0, 5.0, [Clip::Exhausted; 2]),
            Mood::Elated => (5.0, 2.2, [Clip::Agitated; 2]),
            Mood::Frightened => (9.0, 3.2, [Clip::Wringing, Clip::HandOnChest]),
            Mood::Confused => (12.0, 3.0, [Clip::HandsToHead; 2]),
            _ => return None,
        })
    }
    let (every, lasts, clips) = of(mood?)?;
    let turn = (time / every).floor();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "time on stage is positive and small"
    )]
    let count = turn.max(0.0) as u32;
    // What it is this time is left to the seed, so that nobody goes by turns.
    let [one, other] = clips;
    let clip = if unit(seed ^ 84, count) < 0.5 {
        one
    } else {
        other
    };
    let begins = turn.mul_add(every, (every - lasts) * unit(seed ^ 81, count));
    let since = time - begins;
    let rise = (since / 0.7).clamp(0.0, 1.0);
    let fall = ((lasts - since) / 0.8).clamp(0.0, 1.0);
    let share = rise.min(fall);
    (share > 0.0).then_some((clip, 0.8 * share * share * (3.0 - 2.0 * share)))
}

/// Which foot somebody's weight is on, -1 to 1 (left): it goes over every six to fourteen
/// seconds, more often when they are restless.
pub(super) fn weight_over(seed: u32, time: f32, restless: f32) -> f32 {
    let every = 10.0 / (0.7 + 0.6 * restless.clamp(0.0, 2.0));
    let place = time / every;
    let part = place.fract();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "time on stage is positive and small"
    )]
    let turn = place.max(0.0) as u32;
    let side = |turn: u32| {
        let way = if (turn ^ seed) & 1 == 0 { 1.0 } else { -1.0 };
        way * (0.35 + 0.65 * unit(seed ^ 82, turn))
    };
    // The change itself takes about a second.
    let over = (part * every / 1.1).clamp(0.0, 1.0);
    let over = over * over * (3.0 - 2.0 * over);
    let before = side(turn.wrapping_sub(1));
    (side(turn) - before).mul_add(over, before)
}

/// Whom somebody beside the encounter watches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Watched {
    /// The person in crisis.
    Subject,
    /// The officer.
    Officer,
    /// Another of those who stand around.
    Another,
}

/// Whom a colleague or bystander watches now: mostly the person in crisis, in turns the officer
/// and each other.
pub(super) fn watched(seed: u32, time: f32) -> Watched {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "time on stage is positive and small"
    )]
    let turn = (time / 3.4).max(0.0) as u32;
    match unit(seed ^ 83, turn) {
        draw if draw < 0.66 => Watched::Subject,
        draw if draw < 0.84 => Watched::Officer,
        _ => Watched::Another,
    }
}

/// A number from -1 to 1 for the `count`th time.
pub(super) fn signed_count(seed: u32, count: u32) -> f32 {
    signed(seed, count)
}

/// How somebody stands by habit, -1 to 1.
pub(super) fn lean_of_habit(seed: u32) -> f32 {
    signed(seed, 9)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weight_goes_over_without_a_jump_and_not_by_the_clock() {
        let mut last = weight_over(7, 0.0, 0.5);
        let (mut left, mut right) = (0, 0);
        for step in 1..4000u16 {
            let now = weight_over(7, f32::from(step) * 0.03, 0.5);
            assert!((now - last).abs() < 0.12, "at {step}");
            left += usize::from(now > 0.3);
            right += usize::from(now < -0.3);
            last = now;
        }
        assert!(left > 500 && right > 500, "{left} {right}");
    }

    #[test]
    fn bystanders_watch_the_person_most_and_not_only() {
        let looks: Vec<Watched> = (0..300u16)
            .map(|turn| watched(11, f32::from(turn) * 3.4 + 1.0))
            .collect();
        let share = |who| looks.iter().filter(|look| **look == who).count();
        assert!(share(Watched::Subject) > 150);
        assert!(share(Watched::Officer) > 20 && share(Watched::Another) > 20);
    }

    #[test]
    fn hands_do_something_in_passing_and_stop() {
        let share = |time: f32| passing(3, Some(Mood::Despairing), time).map_or(0.0, |(_, s)| s);
        let mut last = share(0.0);
        let mut most = 0.0f32;
        for step in 1..2000u16 {
            let now = share(f32::from(step) * 0.03);
            assert!((now - last).abs() < 0.1);
            most = most.max(now);
            last = now;
        }
        assert!(most > 0.7);
        assert_eq!(passing(3, Some(Mood::Calm), 4.0), None);
    }
}
