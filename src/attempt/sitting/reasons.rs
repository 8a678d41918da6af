//! Why the officer decided so: when a reason is asked for, and what becomes of it.

use crate::encounter::{Move, move_by_text, replay_at};
use crate::records::{AttemptId, Mode, RecordsError, Store};
use crate::scoring::{Claim, Element, Review, claim};

use super::super::AttemptError;
use super::Sitting;

/// A reason that was given for a move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reason {
    pub(super) position: usize,
    element: Element,
    text: String,
}

impl Sitting {
    /// The reasons that are kept of the moves in force.
    pub(super) fn recall_reasons(
        &mut self,
        store: &Store,
        id: AttemptId,
    ) -> Result<(), AttemptError> {
        for given in store.rationales(id)? {
            let position = self.entries.iter().position(|n| *n == given.n);
            if let (Some(position), Some(element)) = (position, Element::read(&given.element)) {
                self.reasons.push(Reason {
                    position,
                    element,
                    text: given.text,
                });
            }
        }
        Ok(())
    }

    /// From now on a reason is waited for where the scenario asks for one, and an ending closes the
    /// record after it. A program that was cut off between a decision of an assessment and its
    /// reason asks again.
    pub fn wait_for_reasons(&mut self) {
        self.asks = true;
        if self.mode == Mode::Assessment && self.encounter.ending().is_none() {
            let last = self.words.len().checked_sub(1);
            self.why = last.filter(|last| self.wants_reason(*last));
        }
    }

    /// Whether the officer should say why before the answer to the last move is shown.
    #[must_use]
    pub const fn asks_why(&self) -> bool {
        self.why.is_some()
    }

    /// Takes the reason for the last move; it is on disk when this returns. If the encounter has
    /// ended, this closes its record.
    ///
    /// # Errors
    /// If nothing was written or the store cannot be written; the reason is waited for still.
    pub fn give_reason(
        &mut self,
        element: Element,
        text: &str,
        kept: Option<(&Store, &str)>,
    ) -> Result<(), AttemptError> {
        let Some(position) = self.why else {
            return Ok(());
        };
        if text.trim().is_empty() {
            return Err(RecordsError::NothingWritten.into());
        }
        if let (Some(id), Some((store, now)), Some(entry)) =
            (self.id, kept, self.entries.get(position))
        {
            store.give_rationale(id, *entry, (element.word(), text), now)?;
        }
        self.reasons.push(Reason {
            position,
            element,
            text: text.trim().to_owned(),
        });
        self.why = None;
        self.close_when_told(kept)
    }

    /// Goes on without a reason.
    ///
    /// # Errors
    /// If the encounter has ended and the store cannot be written.
    pub fn skip_reason(&mut self, kept: Option<(&Store, &str)>) -> Result<(), AttemptError> {
        self.why = None;
        self.close_when_told(kept)
    }

    /// The reasons that were given, each set beside what the log holds.
    #[must_use]
    pub fn claims(&self, told: &Review) -> Vec<Claim> {
        let scenario = self.encounter.scenario();
        let mut claims: Vec<Claim> = self
            .reasons
            .iter()
            .map(|given| {
                let number = u32::try_from(given.position + 1).unwrap_or(u32::MAX);
                claim(scenario, told, number, given.element, &given.text)
            })
            .collect();
        claims.sort_by_key(|claim| claim.number);
        claims
    }

    /// The beat in which a move was made, if a reason is asked for there.
    fn asking_beat(&self, position: usize) -> Option<u32> {
        let made = move_by_text(self.encounter.scenario(), self.words.get(position)?)?;
        if !matches!(made, Move::Choice(_) | Move::Hold | Move::Silence) {
            return None;
        }
        let before = replay_at(
            self.encounter.scenario(),
            self.encounter.seed(),
            &self.preset,
            self.words[..position].iter().map(String::as_str),
            &mut Vec::new(),
        )
        .ok()?;
        let asks = before.decision().is_some_and(|decision| decision.asks_why);
        asks.then(|| before.state().beat)
    }

    /// Whether a move wants a reason, and none was given at the same decision before.
    pub(super) fn wants_reason(&self, position: usize) -> bool {
        let Some(beat) = self.asking_beat(position) else {
            return false;
        };
        !self
            .reasons
            .iter()
            .any(|given| self.asking_beat(given.position) == Some(beat))
    }

    fn close_when_told(&self, kept: Option<(&Store, &str)>) -> Result<(), AttemptError> {
        if let Some((store, now)) = kept {
            self.close_if_ended(store, now)?;
        }
        Ok(())
    }
}
