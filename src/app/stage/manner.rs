//! Manner: how a mood and a state carry the trunk, shoulders, head and fists, apart from any
//! clip. Kept as plain amounts so that one manner can be eased into another.

use crate::scenario::Mood;

/// How somebody carries themselves. Angles in radians, shares from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Manner {
    /// Trunk tipped forward (negative: back) from the hips.
    pub(super) lean: f32,
    /// Back rounded (negative: drawn up).
    pub(super) stoop: f32,
    /// Shoulders drawn up (negative: let down).
    pub(super) shrug: f32,
    /// Shoulders rolled forward (negative: drawn back).
    pub(super) round: f32,
    /// Head bowed.
    pub(super) bow: f32,
    /// Head to one side.
    pub(super) tilt: f32,
    /// Head thrust forward (negative: drawn back).
    pub(super) jut: f32,
    /// Hands closed to fists.
    pub(super) fists: f32,
    /// Elbows out and bent.
    pub(super) elbows: f32,
    /// Hands held before the chest.
    pub(super) guard: f32,
    /// Body turned from whoever is faced.
    pub(super) aside: f32,
    /// How much more (or less) they move without a reason.
    pub(super) restless: f32,
}

impl Manner {
    /// A mix of two manners.
    pub(super) fn mixed(self, other: &Self, share: f32) -> Self {
        let mix = |mine: f32, theirs: f32| (theirs - mine).mul_add(share, mine);
        Self {
            lean: mix(self.lean, other.lean),
            stoop: mix(self.stoop, other.stoop),
            shrug: mix(self.shrug, other.shrug),
            round: mix(self.round, other.round),
            bow: mix(self.bow, other.bow),
            tilt: mix(self.tilt, other.tilt),
            jut: mix(self.jut, other.jut),
            fists: mix(self.fists, other.fists),
            elbows: mix(self.elbows, other.elbows),
            guard: mix(self.guard, other.guard),
            aside: mix(self.aside, other.aside),
            restless: mix(self.restless, other.restless),
        }
    }

    /// What distress and trust (each 0 to 1) do by themselves: distress tightens, mistrust
    /// closes and turns aside, trust opens.
    pub(super) fn of_state(distress: f32, trust: f32) -> Self {
        let closed = 1.0 - trust;
        Self {
            lean: -0.05 * distress * closed,
            stoop: 0.11 * closed + 0.06 * distress - 0.06 * trust,
            shrug: 0.075 * distress - 0.03 * trust,
            round: 0.10 * closed * (0.4 + distress),
            bow: 0.05 * closed,
            aside: 0.20 * closed,
            restless: 1.2 * distress,
            ..Self::default()
        }
    }

    /// How a mood is carried.
    pub(super) fn of_mood(mood: Mood) -> Self {
        let none = Self {
            restless: 0.4,
            ..Self::default()
        };
        match mood {
            Mood::Neutral => none,
            Mood::Calm => Self {
                stoop: -0.03,
                shrug: -0.03,
                tilt: 0.04,
                restless: 0.2,
                ..none
            },
            Mood::Frightened => Self {
                lean: -0.13,
                stoop: 0.20,
                shrug: 0.17,
                round: 0.20,
                jut: -0.10,
                guard: 1.0,
                aside: 0.22,
                restless: 1.5,
                ..none
            },
            Mood::Angry => Self {
                lean: 0.14,
                stoop: -0.08,
                shrug: 0.04,
                round: -0.10,
                bow: 0.14,
                jut: 0.20,
                fists: 1.0,
                elbows: 1.0,
                restless: 0.8,
                ..none
            },
            Mood::Despairing => Self {
                lean: 0.08,
                stoop: 0.36,
                shrug: -0.05,
                round: 0.26,
                bow: 0.52,
                tilt: 0.08,
                aside: 0.10,
                restless: 0.3,
                ..none
            },
            Mood::Sad => Self {
                lean: 0.03,
                stoop: 0.20,
                shrug: -0.03,
                round: 0.14,
                bow: 0.28,
                tilt: 0.07,
                ..none
            },
            Mood::Confused => Self {
                stoop: 0.05,
                tilt: 0.22,
                jut: 0.10,
                restless: 0.7,
                ..none
            },
            Mood::Elated => Self {
                lean: 0.04,
                stoop: -0.12,
                shrug: 0.02,
                round: -0.08,
                jut: 0.06,
                elbows: 0.3,
                restless: 2.0,
                ..none
            },
            Mood::Irritable => Self {
                lean: 0.03,
                shrug: 0.05,
                bow: 0.06,
                jut: 0.06,
                fists: 0.5,
                elbows: 0.3,
                aside: 0.12,
                restless: 1.3,
                ..none
            },
            Mood::Numb => Self {
                stoop: 0.18,
                round: 0.12,
                shrug: -0.05,
                bow: 0.16,
                restless: 0.0,
                ..none
            },
            Mood::Suspicious => Self {
                lean: -0.07,
                stoop: 0.02,
                shrug: 0.04,
                bow: 0.10,
                tilt: -0.08,
                jut: -0.05,
                aside: 0.50,
                restless: 0.5,
                ..none
            },
            Mood::Relieved => Self {
                stoop: 0.07,
                shrug: -0.08,
                bow: 0.06,
                tilt: 0.06,
                restless: 0.2,
                ..none
            },
            Mood::Ashamed => Self {
                stoop: 0.24,
                shrug: 0.05,
                round: 0.24,
                bow: 0.50,
                tilt: 0.05,
                aside: 0.34,
                ..none
            },
            Mood::Exhausted => Self {
                lean: 0.03,
                stoop: 0.30,
                shrug: -0.08,
                round: 0.18,
                bow: 0.30,
                tilt: 0.12,
                restless: 0.1,
                ..none
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trust_opens_and_distress_tightens() {
        let at = |distress: u8, trust: u8| {
            Manner::of_state(f32::from(distress) / 20.0, f32::from(trust) / 20.0)
        };
        for level in 0..20u8 {
            let (less, more) = (at(10, level), at(10, level + 1));
            assert!(more.stoop < less.stoop && more.aside < less.aside);
            let (less, more) = (at(level, 8), at(level + 1, 8));
            assert!(more.shrug > less.shrug && more.restless > less.restless);
        }
    }

    #[test]
    fn the_moods_that_matter_most_are_carried_differently() {
        let (afraid, angry) = (
            Manner::of_mood(Mood::Frightened),
            Manner::of_mood(Mood::Angry),
        );
        assert!(afraid.lean < 0.0 && angry.lean > 0.0);
        assert!(angry.fists > 0.9 && afraid.fists < 0.1);
        assert!(afraid.guard > 0.9 && angry.guard < 0.1);
        assert!(Manner::of_mood(Mood::Despairing).bow > 0.4);
        assert!(Manner::of_mood(Mood::Suspicious).aside > 0.4);
    }
}
