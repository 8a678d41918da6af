//! What the debrief says beyond the review, read and worked out once when it is opened.

use crate::attempt::{AttemptError, Sitting, review_kept};
use crate::records::{Attempt, AttemptState, RecordsError, Store};
use crate::scoring::Review;

use super::super::views::debrief_depth::{Beside, Depth};

/// Luck, what would have followed, reasons, notebook, and the other way where there is one.
pub(super) fn of(store: &Store, attempt: &Attempt, review: &Review) -> Result<Depth, AttemptError> {
    let sitting = Sitting::resume(store, attempt.id)?;
    let is_closed = attempt.state != AttemptState::Running;
    Ok(Depth {
        what_if: is_closed.then(|| sitting.what_if()).transpose()?,
        claims: sitting.claims(review),
        notes: store
            .notes(attempt.id)?
            .into_iter()
            .map(|note| note.text)
            .collect(),
        beside: beside(store, attempt)?,
        can_go_again: is_closed,
    })
}

/// The attempt that this one goes on from, or else the newest that goes on from this one.
fn beside(store: &Store, attempt: &Attempt) -> Result<Option<Beside>, AttemptError> {
    let (other, kept, is_origin) = match store.branch_of(attempt.id)? {
        Some(branch) => (branch.origin, branch.kept, true),
        None => match store.branches_from(attempt.id)?.pop() {
            Some((id, kept)) => (id, kept, false),
            None => return Ok(None),
        },
    };
    let (_, review, _) = match review_kept(store, other) {
        Ok(kept) => kept,
        // The other was erased, or stayed on the computer where it was played.
        Err(AttemptError::Records(RecordsError::NoAttempt { .. })) => return Ok(None),
        Err(error) => return Err(error),
    };
    Ok(Some(Beside {
        kept,
        review,
        is_origin,
    }))
}
