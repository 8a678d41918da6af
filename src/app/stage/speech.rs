//! Lips: the shapes that written words make of a mouth, spread over the time it takes to say them.

use super::face::{Features, Muscle, Side};

/// A shape of the mouth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Open,
    Wide,
    Round,
    Narrow,
    Shut,
    Teeth,
    Slack,
    Rest,
}

impl Shape {
    /// The shape of a letter and its share of time; `None` for what is not heard.
    fn of(letter: char) -> Option<(Self, f32)> {
        Some(match letter.to_ascii_lowercase() {
            'a' => (Self::Open, 1.5),
            'e' | 'i' | 'y' => (Self::Wide, 1.3),
            'o' => (Self::Round, 1.5),
            'u' | 'w' | 'q' => (Self::Narrow, 1.3),
            'm' | 'b' | 'p' => (Self::Shut, 0.9),
            'f' | 'v' => (Self::Teeth, 0.9),
            ' ' => (Self::Slack, 0.4),
            ',' | ';' | ':' | '\u{2013}' | '\u{2014}' => (Self::Rest, 3.0),
            '.' | '?' | '!' | '\u{2026}' => (Self::Rest, 5.0),
            letter if letter.is_alphanumeric() => (Self::Slack, 0.7),
            _ => return None,
        })
    }

    const fn muscles(self) -> &'static [(Muscle, f32)] {
        match self {
            Self::Open => &[(Muscle::JawOpen, 0.42), (Muscle::MouthLowerDown, 0.20)],
            Self::Wide => &[
                (Muscle::JawOpen, 0.18),
                (Muscle::MouthStretch, 0.22),
                (Muscle::MouthUpperUp, 0.15),
                (Muscle::MouthLowerDown, 0.15),
            ],
            Self::Round => &[(Muscle::JawOpen, 0.28), (Muscle::MouthFunnel, 0.50)],
            Self::Narrow => &[(Muscle::JawOpen, 0.12), (Muscle::MouthPucker, 0.60)],
            Self::Shut => &[(Muscle::MouthPress, 0.25), (Muscle::MouthRollLower, 0.15)],
            Self::Teeth => &[(Muscle::JawOpen, 0.05), (Muscle::MouthRollLower, 0.45)],
            Self::Slack => &[(Muscle::JawOpen, 0.13), (Muscle::MouthLowerDown, 0.10)],
            Self::Rest => &[],
        }
    }
}

/// What is said in place of words that nobody gave.
const MURMUR: &str = "well, I don't know what it was, or when we were to be there. ";

/// Words being said.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Speech {
    /// Each shape with the time it ends, seconds.
    shapes: Vec<(f32, Shape)>,
    /// Seconds since it began.
    time: f32,
    /// How long it lasts, seconds.
    lasts: f32,
    /// How loud the voice is, 0 to 1, at even intervals; empty where nobody has recorded it.
    loudness: Vec<f32>,
    /// How many of them a second.
    per_sec: f32,
}

impl Speech {
    /// `words`, said in `secs`.
    pub(super) fn new(words: &str, secs: f32) -> Option<Self> {
        if secs <= 0.0 {
            return None;
        }
        let is_wordless = !words.chars().any(char::is_alphanumeric);
        let letters: Vec<(Shape, f32)> = if is_wordless {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a line lasts seconds"
            )]
            let count = (secs * 13.0) as usize;
            MURMUR
                .chars()
                .cycle()
                .filter_map(Shape::of)
                .take(count.max(4))
                .collect()
        } else {
            words.chars().filter_map(Shape::of).collect()
        };
        let total: f32 = letters.iter().map(|(_, share)| share).sum();
        let mut end = 0.0;
        let shapes = letters
            .into_iter()
            .map(|(shape, share)| {
                end += share / total.max(0.1) * secs;
                (end, shape)
            })
            .collect();
        Some(Self {
            shapes,
            time: 0.0,
            lasts: secs,
            loudness: Vec::new(),
            per_sec: 1.0,
        })
    }

    /// From now on the lips open as far as the voice is loud.
    pub(super) fn follow(&mut self, loudness: &[f32], per_sec: f32) {
        if per_sec > 0.0 && !loudness.is_empty() {
            loudness.clone_into(&mut self.loudness);
            self.per_sec = per_sec;
            #[expect(clippy::cast_precision_loss, reason = "a line lasts seconds")]
            let voiced = loudness.len() as f32 / per_sec;
            // The shapes are spread over what is really said.
            let stretch = voiced / self.lasts.max(0.1);
            for (end, _) in &mut self.shapes {
                *end *= stretch;
            }
            self.lasts = voiced;
        }
    }

    /// How loud it is now, 0 to 1, if a voice is followed.
    pub(super) fn heard(&self) -> Option<f32> {
        let last = self.loudness.len().checked_sub(1)?;
        let place = (self.time * self.per_sec).max(0.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "place is positive and small"
        )]
        let index = (place as usize).min(last);
        let next = self.loudness[(index + 1).min(last)];
        let part = place.fract();
        Some((self.loudness[index] * (1.0 - part) + next * part).clamp(0.0, 1.0))
    }

    /// Goes on by `secs`; `false` once all is said.
    pub(super) fn advance(&mut self, secs: f32) -> bool {
        self.time += secs;
        self.time < self.lasts
    }

    /// Puts the lips on `face`.
    pub(super) fn show(&self, face: &mut Features, loudness: f32) {
        let at = self.shapes.partition_point(|(end, _)| *end < self.time);
        let shape = |index: usize| {
            self.shapes
                .get(index)
                .map_or(Shape::Rest, |(_, shape)| *shape)
        };
        face.quieten_mouth(0.5);
        // A recorded voice says how far the mouth opens; without one the letters alone do.
        let loudness = loudness * self.heard().map_or(1.0, |heard| 0.25 + 1.05 * heard);
        // Neighbouring sounds colour each other.
        let before = at.checked_sub(1).map_or(Shape::Rest, shape);
        for (shape, share) in [(before, 0.25), (shape(at), 0.6), (shape(at + 1), 0.15)] {
            for &(muscle, amount) in shape.muscles() {
                face.add(muscle, Side::Both, amount * share * loudness);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lips_close_for_m_and_open_for_a() {
        let mut speech = Speech::new("mmmm aaaa", 2.0).unwrap();
        let mut shut = Features::default();
        speech.advance(0.2);
        speech.show(&mut shut, 1.0);
        let mut open = Features::default();
        speech.advance(1.4);
        speech.show(&mut open, 1.0);
        assert!(shut.strength(Muscle::JawOpen) < 0.02);
        assert!(open.strength(Muscle::JawOpen) > 0.3);
    }

    #[test]
    fn lips_follow_a_voice_that_is_heard() {
        let jaw = |loud: f32| {
            let mut speech = Speech::new("aaaa", 2.0).unwrap();
            speech.follow(&[loud; 60], 20.0);
            assert!(speech.advance(1.0));
            let mut face = Features::default();
            speech.show(&mut face, 1.0);
            face.strength(Muscle::JawOpen)
        };
        assert!(jaw(0.9) > 2.0 * jaw(0.1), "{} {}", jaw(0.9), jaw(0.1));
        let mut speech = Speech::new("aaaa", 2.0).unwrap();
        speech.follow(&[0.5; 60], 20.0);
        assert!(speech.advance(2.9) && !speech.advance(0.2));
    }

    #[test]
    fn speech_without_words_still_moves_and_ends() {
        let mut speech = Speech::new("", 1.0).unwrap();
        assert!(speech.advance(0.9));
        assert!(!speech.advance(0.2));
        assert_eq!(Speech::new("hello", 0.0), None);
    }
}
