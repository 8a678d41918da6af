//! What instructors said of an attempt, as reports print it: beside the marks, never in them.

use maud::{Markup, html};
use serde::Serialize;

use crate::course::Level;

use super::words::spoken_time;

/// One thing that an instructor said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JudgementLine {
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// Who said it; empty in a pseudonymous report.
    pub author: String,
    /// `comment`, `mark`, `gate` or `sign-off`.
    pub kind: String,
    /// Number of the decision, from 1; none for the whole attempt.
    pub decision: Option<u32>,
    /// Objective id, for a mark.
    pub objective: Option<String>,
    /// The instructor's own level, for a mark.
    pub level: Option<Level>,
    /// Gate id, for a gate.
    pub gate: Option<String>,
    /// Whether the gate is disputed rather than confirmed, for a gate.
    pub is_disputed: Option<bool>,
    /// The words or the reason; may be empty.
    pub text: String,
}

impl JudgementLine {
    /// In a sentence, without who said it and when.
    #[must_use]
    pub fn words(&self) -> String {
        let place = self.decision.map_or_else(
            || "On the whole".to_owned(),
            |number| format!("Decision {number}"),
        );
        let about = match self.kind.as_str() {
            "mark" => format!(
                "{place}, {}: {} by the instructor",
                self.objective.as_deref().unwrap_or_default(),
                self.level.map_or("no level", Level::label)
            ),
            "gate" => format!(
                "{place}: gate {} {}",
                self.gate.as_deref().unwrap_or_default(),
                if self.is_disputed == Some(true) {
                    "disputed"
                } else {
                    "confirmed"
                }
            ),
            "sign-off" => "Signed off".to_owned(),
            _ => place,
        };
        if self.text.is_empty() {
            about
        } else {
            format!("{about}: {}", self.text)
        }
    }
}

/// Who signed an attempt off, and when: the latest; none: nobody.
#[must_use]
pub fn signed_off(said: &[JudgementLine]) -> Option<&JudgementLine> {
    said.iter().rev().find(|one| one.kind == "sign-off")
}

/// Gates of which the latest word is that they are disputed, with their decision.
#[must_use]
pub fn disputed(said: &[JudgementLine]) -> Vec<(&str, Option<u32>)> {
    let mut found: Vec<(&str, Option<u32>)> = Vec::new();
    for one in said {
        let Some(gate) = one.gate.as_deref() else {
            continue;
        };
        let place = (gate, one.decision);
        found.retain(|other| *other != place);
        if one.is_disputed == Some(true) {
            found.push(place);
        }
    }
    found
}

/// Everything that was said, on the page.
pub(super) fn said(lines: &[JudgementLine]) -> Markup {
    html! {
        @if lines.is_empty() {
            p { "Nothing yet. What an instructor says stands beside the marks and never changes them." }
        } @else {
            p.quiet { "It stands beside the marks and never changes them. Of two words on the same thing the later counts." }
            ul {
                @for one in lines {
                    li {
                        (one.words())
                        " " span.quiet { "(" @if !one.author.is_empty() { (one.author) ", " } (spoken_time(&one.at)) ")" }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(kind: &str, gate: Option<&str>, is_disputed: Option<bool>) -> JudgementLine {
        JudgementLine {
            at: "2026-11-28T10:00:00Z".to_owned(),
            author: "Sgt Iqbal".to_owned(),
            kind: kind.to_owned(),
            decision: Some(2),
            objective: None,
            level: None,
            gate: gate.map(str::to_owned),
            is_disputed,
            text: "why".to_owned(),
        }
    }

    #[test]
    fn the_latest_word_on_a_gate_counts() {
        let disputed_once = line("gate", Some("force"), Some(true));
        let confirmed = line("gate", Some("force"), Some(false));
        assert_eq!(
            disputed(std::slice::from_ref(&disputed_once)),
            [("force", Some(2))]
        );
        assert_eq!(disputed(&[disputed_once.clone(), confirmed.clone()]), []);
        assert_eq!(disputed(&[confirmed, disputed_once]).len(), 1);
        assert_eq!(signed_off(&[line("comment", None, None)]), None);
        assert!(signed_off(&[line("sign-off", None, None)]).is_some());
    }
}
