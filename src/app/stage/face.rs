//! Faces: which muscles a mood uses, and how much.
//!
//! The names are those of the widespread set of 52 face shapes that our people carry; a model
//! may have fewer, and what it lacks is not shown.

use crate::scenario::Mood;

/// A muscle group of the face, both sides together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Muscle {
    BrowDown,
    BrowInnerUp,
    BrowOuterUp,
    CheekSquint,
    EyeBlink,
    EyeLookDown,
    EyeLookUp,
    EyeLookIn,
    EyeLookOut,
    EyeSquint,
    EyeWide,
    JawOpen,
    MouthClose,
    MouthFrown,
    MouthFunnel,
    MouthLowerDown,
    MouthPress,
    MouthPucker,
    MouthRollLower,
    MouthShrugLower,
    MouthSmile,
    MouthStretch,
    MouthUpperUp,
    NoseSneer,
}

impl Muscle {
    const ALL: [(Self, &'static str); 24] = [
        (Self::BrowDown, "browDown"),
        (Self::BrowInnerUp, "browInnerUp"),
        (Self::BrowOuterUp, "browOuterUp"),
        (Self::CheekSquint, "cheekSquint"),
        (Self::EyeBlink, "eyeBlink"),
        (Self::EyeLookDown, "eyeLookDown"),
        (Self::EyeLookUp, "eyeLookUp"),
        (Self::EyeLookIn, "eyeLookIn"),
        (Self::EyeLookOut, "eyeLookOut"),
        (Self::EyeSquint, "eyeSquint"),
        (Self::EyeWide, "eyeWide"),
        (Self::JawOpen, "jawOpen"),
        (Self::MouthClose, "mouthClose"),
        (Self::MouthFrown, "mouthFrown"),
        (Self::MouthFunnel, "mouthFunnel"),
        (Self::MouthLowerDown, "mouthLowerDown"),
        (Self::MouthPress, "mouthPress"),
        (Self::MouthPucker, "mouthPucker"),
        (Self::MouthRollLower, "mouthRollLower"),
        (Self::MouthShrugLower, "mouthShrugLower"),
        (Self::MouthSmile, "mouthSmile"),
        (Self::MouthStretch, "mouthStretch"),
        (Self::MouthUpperUp, "mouthUpperUp"),
        (Self::NoseSneer, "noseSneer"),
    ];

    /// How far it goes: brows and corners of the mouth can be driven beyond the model's full
    /// strength without harm, so that they are read across a room; lids and jaw cannot.
    const fn most(self) -> f32 {
        match self {
            Self::BrowDown
            | Self::BrowInnerUp
            | Self::BrowOuterUp
            | Self::MouthFrown
            | Self::NoseSneer => 1.6,
            _ => 1.0,
        }
    }

    /// Whether the muscle shapes the mouth, and so has to make room for speech.
    const fn is_of_mouth(self) -> bool {
        matches!(
            self,
            Self::JawOpen
                | Self::MouthClose
                | Self::MouthFrown
                | Self::MouthFunnel
                | Self::MouthLowerDown
                | Self::MouthPress
                | Self::MouthPucker
                | Self::MouthRollLower
                | Self::MouthShrugLower
                | Self::MouthSmile
                | Self::MouthStretch
                | Self::MouthUpperUp
        )
    }
}

/// One side of the face, as the person has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Side {
    Left,
    Right,
    Both,
}

/// One shape that a model's face can take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Feature {
    muscle: Muscle,
    side: Side,
}

impl Feature {
    /// The feature that a model calls `name`, if behaviour uses it.
    pub(super) fn named(name: &str) -> Option<Self> {
        let (stem, side) = if let Some(stem) = name.strip_suffix("Left") {
            (stem, Side::Left)
        } else if let Some(stem) = name.strip_suffix("Right") {
            (stem, Side::Right)
        } else {
            (name, Side::Both)
        };
        let (muscle, _) = Muscle::ALL.into_iter().find(|(_, known)| *known == stem)?;
        Some(Self { muscle, side })
    }
}

/// How much of everything a face shows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Features {
    strengths: [[f32; 2]; Muscle::ALL.len()],
}

impl Default for Features {
    fn default() -> Self {
        Self {
            strengths: [[0.0; 2]; Muscle::ALL.len()],
        }
    }
}

impl Features {
    /// How much of `feature` is shown.
    pub(super) fn get(&self, feature: Feature) -> f32 {
        let [left, right] = self.strengths[feature.muscle as usize];
        match feature.side {
            Side::Left => left,
            Side::Right => right,
            Side::Both => f32::midpoint(left, right),
        }
    }

    /// How much of `muscle` is shown, over both sides.
    pub(super) fn strength(&self, muscle: Muscle) -> f32 {
        self.get(Feature {
            muscle,
            side: Side::Both,
        })
    }

    /// Whether the mouth is open enough to see into.
    pub(super) fn shows_teeth(&self) -> bool {
        let open = [
            (Muscle::JawOpen, 1.0),
            (Muscle::MouthUpperUp, 0.5),
            (Muscle::MouthLowerDown, 0.5),
            (Muscle::MouthStretch, 0.2),
            (Muscle::MouthSmile, 0.1),
        ];
        open.into_iter()
            .map(|(muscle, share)| self.strength(muscle) * share)
            .sum::<f32>()
            > 0.06
    }

    /// Adds to `muscle` on one or both sides.
    pub(super) fn add(&mut self, muscle: Muscle, side: Side, amount: f32) {
        let most = muscle.most();
        let strength = &mut self.strengths[muscle as usize];
        if side != Side::Right {
            strength[0] = (strength[0] + amount).clamp(-0.4, most);
        }
        if side != Side::Left {
            strength[1] = (strength[1] + amount).clamp(-0.4, most);
        }
    }

    /// Makes the mouth's part in the mood smaller, to leave room for speech.
    pub(super) fn quieten_mouth(&mut self, share: f32) {
        for (muscle, _) in Muscle::ALL {
            if muscle.is_of_mouth() {
                for strength in &mut self.strengths[muscle as usize] {
                    *strength *= 1.0 - share;
                }
            }
        }
    }

    /// A mix of two faces.
    pub(super) fn mixed(mut self, other: &Self, share: f32) -> Self {
        for (mine, theirs) in self
            .strengths
            .iter_mut()
            .flatten()
            .zip(other.strengths.iter().flatten())
        {
            *mine += (theirs - *mine) * share;
        }
        self
    }

    /// The face of a mood.
    pub(super) fn of_mood(mood: Mood) -> Self {
        let mut face = Self::default();
        for &(muscle, amount) in muscles(mood) {
            face.add(muscle, Side::Both, amount);
        }
        if mood == Mood::Suspicious {
            face.add(Muscle::BrowOuterUp, Side::Right, 0.40);
            face.add(Muscle::BrowDown, Side::Right, -0.30);
        }
        if mood == Mood::Confused {
            face.add(Muscle::BrowOuterUp, Side::Right, 0.55);
            face.add(Muscle::BrowDown, Side::Left, 0.45);
        }
        face
    }

    /// The face that distress and trust (each 0 to 1) make by themselves.
    pub(super) fn of_state(distress: f32, trust: f32) -> Self {
        let ease = Self::of_mood(Mood::Suspicious)
            .mixed(&Self::of_mood(Mood::Neutral), (trust * 2.5).min(1.0))
            .mixed(
                &Self::of_mood(Mood::Calm),
                (trust * 2.0 - 0.8).clamp(0.0, 1.0),
            );
        let mut face = ease.mixed(
            &Self::of_mood(Mood::Frightened),
            (distress * 1.25 - 0.2).clamp(0.0, 0.9),
        );
        face.add(Muscle::BrowInnerUp, Side::Both, 0.1);
        face
    }
}

/// What a mood uses on both sides of the face.
fn muscles(mood: Mood) -> &'static [(Muscle, f32)] {
    use Muscle as M;
    match mood {
        Mood::Neutral => &[(M::BrowInnerUp, 0.12), (M::EyeSquint, 0.06)],
        Mood::Calm => &[
            (M::BrowInnerUp, 0.16),
            (M::MouthSmile, 0.30),
            (M::EyeSquint, 0.08),
            (M::CheekSquint, 0.14),
        ],
        Mood::Frightened => &[
            (M::BrowInnerUp, 1.45),
            (M::BrowOuterUp, 0.55),
            (M::EyeWide, 1.00),
            (M::MouthStretch, 0.55),
            (M::MouthLowerDown, 0.15),
            (M::JawOpen, 0.16),
        ],
        Mood::Angry => &[
            (M::BrowDown, 1.40),
            (M::BrowInnerUp, -0.30),
            (M::EyeSquint, 0.25),
            (M::EyeWide, 0.30),
            (M::NoseSneer, 0.90),
            (M::MouthPress, 0.40),
            (M::MouthFrown, 0.45),
            (M::MouthUpperUp, 0.16),
        ],
        Mood::Despairing => &[
            (M::BrowInnerUp, 1.60),
            (M::BrowOuterUp, -0.30),
            (M::EyeSquint, 0.10),
            (M::EyeBlink, 0.16),
            (M::MouthFrown, 1.20),
            (M::MouthShrugLower, 0.60),
            (M::MouthStretch, 0.30),
            (M::JawOpen, 0.06),
        ],
        Mood::Sad => &[
            (M::BrowInnerUp, 1.25),
            (M::BrowOuterUp, -0.20),
            (M::EyeBlink, 0.14),
            (M::MouthFrown, 0.75),
            (M::MouthShrugLower, 0.25),
        ],
        Mood::Confused => &[
            (M::BrowInnerUp, 0.25),
            (M::EyeSquint, 0.20),
            (M::MouthPucker, 0.15),
            (M::JawOpen, 0.04),
        ],
        Mood::Elated => &[
            (M::BrowOuterUp, 0.70),
            (M::BrowInnerUp, 0.35),
            (M::EyeWide, 0.45),
            (M::MouthSmile, 1.00),
            (M::CheekSquint, 0.50),
            (M::JawOpen, 0.18),
        ],
        Mood::Irritable => &[
            (M::BrowDown, 0.60),
            (M::EyeSquint, 0.35),
            (M::NoseSneer, 0.22),
            (M::MouthPress, 0.55),
        ],
        Mood::Numb => &[
            (M::EyeBlink, 0.26),
            (M::BrowInnerUp, 0.10),
            (M::JawOpen, 0.05),
            (M::MouthFrown, 0.12),
        ],
        Mood::Suspicious => &[
            (M::BrowDown, 0.40),
            (M::EyeSquint, 0.75),
            (M::MouthPress, 0.50),
            (M::MouthPucker, 0.12),
            (M::MouthFrown, 0.10),
        ],
        Mood::Relieved => &[
            (M::BrowInnerUp, 0.42),
            (M::MouthSmile, 0.38),
            (M::CheekSquint, 0.18),
            (M::EyeBlink, 0.12),
        ],
        Mood::Ashamed => &[
            (M::BrowInnerUp, 0.95),
            (M::EyeLookDown, 0.30),
            (M::EyeBlink, 0.15),
            (M::MouthPress, 0.35),
            (M::MouthFrown, 0.35),
        ],
        Mood::Exhausted => &[
            (M::EyeBlink, 0.36),
            (M::BrowInnerUp, 0.35),
            (M::MouthFrown, 0.35),
            (M::JawOpen, 0.08),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn muscles_are_found_by_number() {
        for (index, (muscle, _)) in Muscle::ALL.into_iter().enumerate() {
            assert_eq!(index, muscle as usize);
        }
    }

    #[test]
    fn model_names_are_understood_with_and_without_a_side() {
        assert_eq!(
            Feature::named("browDownLeft").map(|f| (f.muscle, f.side)),
            Some((Muscle::BrowDown, Side::Left))
        );
        assert_eq!(
            Feature::named("jawOpen").map(|f| (f.muscle, f.side)),
            Some((Muscle::JawOpen, Side::Both))
        );
        assert_eq!(Feature::named("tongueOut"), None);
    }

    #[test]
    fn no_two_moods_look_alike() {
        for (i, a) in Mood::ALL.into_iter().enumerate() {
            for b in Mood::ALL.into_iter().skip(i + 1) {
                let (one, two) = (Features::of_mood(a), Features::of_mood(b));
                let apart: f32 = one
                    .strengths
                    .iter()
                    .flatten()
                    .zip(two.strengths.iter().flatten())
                    .map(|(x, y)| (x - y).powi(2))
                    .sum();
                assert!(apart > 0.02, "{a:?} and {b:?}: {apart}");
            }
        }
    }

    #[test]
    fn no_face_is_blank() {
        for distress in 0..=20u8 {
            for trust in 0..=20u8 {
                let face = Features::of_state(f32::from(distress) / 20.0, f32::from(trust) / 20.0);
                assert!(face.strength(Muscle::BrowInnerUp) >= 0.1);
            }
        }
    }
}
