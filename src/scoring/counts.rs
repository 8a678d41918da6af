//! Counts that matter in a conversation: questions, reflections, commands, how long the officer
//! talked, and pauses held.

use serde::Serialize;

use super::review::{Review, ReviewStep};

/// Words a second of unhurried speech, in tenths: 160 a minute.
const TENTHS_OF_WORDS_A_SECOND: u32 = 27;

/// Techniques that give back what was said or felt.
const REFLECTIONS: &[&str] = &[
    "reflect",
    "label-emotion",
    "paraphrase",
    "summarise",
    "validate",
    "acknowledge-fear",
];

/// Techniques that tell somebody what to do.
const COMMANDS: &[&str] = &["command", "threaten"];

/// What was counted over one attempt.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Times that the officer spoke to the person.
    pub spoken: u32,
    /// Those that asked something.
    pub questions: u32,
    /// Those that gave back what was said or felt.
    pub reflections: u32,
    /// Those that told the person what to do.
    pub commands: u32,
    /// Words said.
    pub words: u32,
    /// Most words at one go.
    pub longest_words: u32,
    /// Decision at which that was, from 1; 0 where nothing was said.
    pub longest_at: u32,
    /// Pauses held on purpose.
    pub pauses: u32,
    /// Decisions that passed in silence because time ran out.
    pub ran_out: u32,
}

impl Counts {
    /// Seconds that the longest speech takes, at 160 words a minute.
    #[must_use]
    pub const fn longest_secs(&self) -> u32 {
        (self.longest_words * 10).div_ceil(TENTHS_OF_WORDS_A_SECOND)
    }

    /// A share in whole per cent of what was spoken.
    #[must_use]
    pub fn share(&self, count: u32) -> u32 {
        (count * 100).checked_div(self.spoken).unwrap_or(0)
    }
}

/// Whether words ask something.
pub(super) fn asks(text: &str) -> bool {
    text.contains('?')
}

fn has(step: &ReviewStep, of: &[&str]) -> bool {
    step.techniques
        .iter()
        .any(|used| of.contains(&used.id.as_str()))
}

/// Counts an attempt.
#[must_use]
pub fn counts(review: &Review) -> Counts {
    let mut all = Counts::default();
    for step in &review.steps {
        if step.made == "Hold" {
            all.pauses += 1;
        } else if step.is_silence {
            all.ran_out += 1;
        }
        if !step.is_speech {
            continue;
        }
        let words = u32::try_from(step.text.split_whitespace().count()).unwrap_or(u32::MAX);
        all.spoken += 1;
        all.questions += u32::from(asks(&step.text));
        all.reflections += u32::from(has(step, REFLECTIONS));
        all.commands += u32::from(has(step, COMMANDS));
        all.words += words;
        if words > all.longest_words {
            all.longest_words = words;
            all.longest_at = step.number;
        }
    }
    all
}
