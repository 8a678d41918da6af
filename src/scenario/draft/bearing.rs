//! How a person bears themselves during a line: face, body and eyes.

use serde::{Deserialize, Serialize};

/// A face.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
pub enum Mood {
    /// At rest.
    Neutral,
    /// At ease.
    Calm,
    /// Afraid.
    Frightened,
    /// Angry.
    Angry,
    /// Without hope.
    Despairing,
    /// Sad.
    Sad,
    /// Not following.
    Confused,
    /// Speeding and high.
    Elated,
    /// Short of patience.
    Irritable,
    /// Shut down.
    Numb,
    /// On guard.
    Suspicious,
    /// Let go of something.
    Relieved,
    /// Ashamed.
    Ashamed,
    /// Worn out.
    Exhausted,
}

impl Mood {
    /// Every one of them, in the order of the author's guide.
    pub const ALL: [Self; 14] = [
        Self::Neutral,
        Self::Calm,
        Self::Frightened,
        Self::Angry,
        Self::Despairing,
        Self::Sad,
        Self::Confused,
        Self::Elated,
        Self::Irritable,
        Self::Numb,
        Self::Suspicious,
        Self::Relieved,
        Self::Ashamed,
        Self::Exhausted,
    ];
}

/// A body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
pub enum Gesture {
    /// Nothing in particular.
    Still,
    /// Palms up, warding off.
    HandsUp,
    /// Hands to the head.
    HandsToHead,
    /// Hands working at each other.
    Wringing,
    /// Pointing.
    Pointing,
    /// Wiping tears.
    WipesTears,
    /// Arms folded.
    ArmsCrossed,
    /// Open palms.
    OpenPalms,
    /// Turning away.
    TurnsAway,
    /// Sitting down.
    Sits,
    /// Crouching.
    Crouches,
    /// A step back.
    StepsBack,
    /// A step forward.
    StepsForward,
    /// A start.
    Startles,
    /// Walking up and down.
    Paces,
    /// A nod.
    Nods,
    /// A shake of the head.
    ShakesHead,
    /// Leaning on a rail or wall.
    Leans,
    /// Hands over the ears.
    CoversEars,
    /// A hand flat on the chest, to get breath.
    HandOnChest,
    /// A hand to the brow, worn out.
    HandToBrow,
}

impl Gesture {
    /// Every one of them, in the order of the author's guide.
    pub const ALL: [Self; 21] = [
        Self::Still,
        Self::HandsUp,
        Self::HandsToHead,
        Self::Wringing,
        Self::Pointing,
        Self::WipesTears,
        Self::ArmsCrossed,
        Self::OpenPalms,
        Self::TurnsAway,
        Self::Sits,
        Self::Crouches,
        Self::StepsBack,
        Self::StepsForward,
        Self::Startles,
        Self::Paces,
        Self::Nods,
        Self::ShakesHead,
        Self::Leans,
        Self::CoversEars,
        Self::HandOnChest,
        Self::HandToBrow,
    ];
}

/// Where the eyes go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
pub enum Gaze {
    /// At the officer.
    Officer,
    /// Anywhere but the officer.
    Away,
    /// Down.
    Down,
    /// From place to place.
    Scanning,
    /// Past the officer's shoulder.
    Past,
}

impl Gaze {
    /// Every one of them, in the order of the author's guide.
    pub const ALL: [Self; 5] = [
        Self::Officer,
        Self::Away,
        Self::Down,
        Self::Scanning,
        Self::Past,
    ];
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The place of a value among its kind. A new value does not compile until it has one, and
    /// the test below fails until it is in `ALL`.
    const fn place_of_mood(mood: Mood) -> usize {
        match mood {
            Mood::Neutral => 0,
            Mood::Calm => 1,
            Mood::Frightened => 2,
            Mood::Angry => 3,
            Mood::Despairing => 4,
            Mood::Sad => 5,
            Mood::Confused => 6,
            Mood::Elated => 7,
            Mood::Irritable => 8,
            Mood::Numb => 9,
            Mood::Suspicious => 10,
            Mood::Relieved => 11,
            Mood::Ashamed => 12,
            Mood::Exhausted => 13,
        }
    }

    const fn place_of_gesture(gesture: Gesture) -> usize {
        match gesture {
            Gesture::Still => 0,
            Gesture::HandsUp => 1,
            Gesture::HandsToHead => 2,
            Gesture::Wringing => 3,
            Gesture::Pointing => 4,
            Gesture::WipesTears => 5,
            Gesture::ArmsCrossed => 6,
            Gesture::OpenPalms => 7,
            Gesture::TurnsAway => 8,
            Gesture::Sits => 9,
            Gesture::Crouches => 10,
            Gesture::StepsBack => 11,
            Gesture::StepsForward => 12,
            Gesture::Startles => 13,
            Gesture::Paces => 14,
            Gesture::Nods => 15,
            Gesture::ShakesHead => 16,
            Gesture::Leans => 17,
            Gesture::CoversEars => 18,
            Gesture::HandOnChest => 19,
            Gesture::HandToBrow => 20,
        }
    }

    const fn place_of_gaze(gaze: Gaze) -> usize {
        match gaze {
            Gaze::Officer => 0,
            Gaze::Away => 1,
            Gaze::Down => 2,
            Gaze::Scanning => 3,
            Gaze::Past => 4,
        }
    }

    #[test]
    fn the_lists_of_faces_bodies_and_eyes_are_complete() {
        for (place, mood) in Mood::ALL.into_iter().enumerate() {
            assert_eq!(place_of_mood(mood), place);
        }
        for (place, gesture) in Gesture::ALL.into_iter().enumerate() {
            assert_eq!(place_of_gesture(gesture), place);
        }
        for (place, gaze) in Gaze::ALL.into_iter().enumerate() {
            assert_eq!(place_of_gaze(gaze), place);
        }
    }
}
