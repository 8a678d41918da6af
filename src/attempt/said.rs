//! What instructors said of an attempt: as reports print it, and what it does to a certificate.

use crate::records::{AttemptId, Finding, Judgement, Stance, Store};
use crate::reports::{JudgementLine, disputed, signed_off};

use super::AttemptError;

/// A judgement as reports print it.
#[must_use]
pub fn judgement_line(judgement: &Judgement) -> JudgementLine {
    let mut line = JudgementLine {
        at: judgement.at.clone(),
        author: judgement.author.clone(),
        kind: String::new(),
        decision: None,
        objective: None,
        level: None,
        gate: None,
        is_disputed: None,
        text: String::new(),
    };
    let (kind, words) = match &judgement.finding {
        Finding::Comment { decision, text } => {
            line.decision = *decision;
            ("comment", text)
        }
        Finding::Mark {
            decision,
            objective,
            level,
            text,
        } => {
            line.decision = Some(*decision);
            line.objective = Some(objective.clone());
            line.level = Some(*level);
            ("mark", text)
        }
        Finding::Gate {
            gate,
            decision,
            stance,
            text,
        } => {
            line.decision = Some(*decision);
            line.gate = Some(gate.clone());
            line.is_disputed = Some(*stance == Stance::Disputed);
            ("gate", text)
        }
        Finding::SignOff { text } => ("sign-off", text),
    };
    kind.clone_into(&mut line.kind);
    words.clone_into(&mut line.text);
    line
}

/// Everything that was said of an attempt, as reports print it.
///
/// # Errors
/// If the records cannot be read.
pub fn said_of(store: &Store, id: AttemptId) -> Result<Vec<JudgementLine>, AttemptError> {
    Ok(store.judgements(id)?.iter().map(judgement_line).collect())
}

/// Whether an attempt is signed off, and whether every gate that it failed is disputed. `failed`
/// are its gates with the number of their decision.
pub(super) fn stands(said: &[JudgementLine], failed: &[(String, u32)]) -> (bool, bool) {
    let open = disputed(said);
    let is_disputed = |(gate, number): &(String, u32)| {
        open.iter()
            .any(|(other, at)| other == gate && *at == Some(*number))
    };
    let all = !failed.is_empty() && failed.iter().all(is_disputed);
    (signed_off(said).is_some(), all)
}
