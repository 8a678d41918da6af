//! What is said and seen, and the places in it that the seed fills.

use super::super::diagnostic::{At, suggest};
use super::super::draft::LineDraft;
use super::super::scenario::{Line, LineKind, Run};
use super::{Compiler, LONGEST_TEXT, run_since};

impl<'d> Compiler<'d, '_> {
    pub(super) fn lines(&mut self, at: &At<'_>, lines: &'d [LineDraft]) -> Run {
        // Conditions of lines go to another list, so the run of lines stays in one piece.
        let mut out = Vec::with_capacity(lines.len());
        for (index, line) in lines.iter().enumerate() {
            let at = at.index(index);
            let (kind, text, mood, gesture, gaze, sound, when) = match line {
                LineDraft::Say {
                    by,
                    text,
                    mood,
                    gesture,
                    gaze,
                    when,
                } => {
                    let person = self.person(&at.field("by"), by).unwrap_or(0);
                    (
                        LineKind::Say(person),
                        text,
                        *mood,
                        *gesture,
                        *gaze,
                        "",
                        when,
                    )
                }
                LineDraft::Do {
                    by,
                    text,
                    mood,
                    gesture,
                    gaze,
                    when,
                } => {
                    let person = self.person(&at.field("by"), by).unwrap_or(0);
                    (LineKind::Do(person), text, *mood, *gesture, *gaze, "", when)
                }
                LineDraft::Narrate { text, sound, when } => (
                    LineKind::Narrate,
                    text,
                    None,
                    None,
                    None,
                    sound.as_str(),
                    when,
                ),
            };
            self.text(&at.field("text"), text);
            let when = self.tests(&at.field("when"), when);
            out.push(Line {
                kind,
                text: text.as_str().into(),
                mood,
                gesture,
                gaze,
                sound: sound.into(),
                when,
            });
        }
        let start = self.out.lines.len();
        self.out.lines.append(&mut out);
        run_since(&self.out.lines, start)
    }

    /// Checks a text and the `{places}` in it.
    pub(super) fn text(&mut self, at: &At<'_>, text: &str) {
        if text.trim().is_empty() {
            self.fault(
                at,
                "empty-text",
                "there are no words here",
                "write what is said or seen",
            );
        }
        if text.len() > LONGEST_TEXT && text.chars().count() > LONGEST_TEXT {
            self.fault(
                at,
                "over-limit",
                format!("a text of more than {LONGEST_TEXT} characters"),
                "nobody can read that in an encounter: split it",
            );
        }
        self.places(at, text);
    }

    /// Checks the `{places}` in a text that is filled when it is shown.
    pub(super) fn places(&mut self, at: &At<'_>, text: &str) {
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            let after = &rest[open + 1..];
            let Some(close) = after.find('}') else {
                self.fault(
                    at,
                    "unknown-variation",
                    "a `{` without its `}`",
                    "close it, or write round brackets: `{name}` stands for a variation",
                );
                return;
            };
            let name = &after[..close];
            if let Some(variation) = self.variations.get(name) {
                self.usage.variations_read[usize::from(*variation)] += 1;
            } else {
                let help = suggest(
                    name,
                    "variation",
                    self.variations.keys().copied().collect::<Vec<_>>(),
                );
                self.fault(
                    at,
                    "unknown-variation",
                    format!("`{{{name}}}` is no variation"),
                    help,
                );
            }
            rest = &after[close + 1..];
        }
    }

    /// Refuses `{places}` in a text that is read before the seed has drawn anything.
    pub(super) fn unfilled(&mut self, at: &At<'_>, text: &str) {
        if let Some(open) = text.find('{') {
            let named: String = text[open..].chars().take(40).collect();
            let named = named.split_inclusive('}').next().unwrap_or("{").to_owned();
            self.fault(
                at,
                "unfilled-place",
                format!("`{named}` is not filled here: this is read before the seed has drawn anything"),
                "say it without the variation, and let a line, a fact or a radio message bring what was drawn",
            );
        }
    }
}
