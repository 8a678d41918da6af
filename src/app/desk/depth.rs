//! What the debrief says beyond the review, read and worked out once when it is opened. What
//! would have followed is worked out by a thread of its own: the page is there before that is.

use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crate::attempt::{AttemptError, Sitting, review_kept};
use crate::proof::{WhatIf, what_if};
use crate::records::{Attempt, AttemptState, RecordsError, Store};
use crate::scoring::Review;

use super::super::views::debrief_depth::{Beside, Depth};
use super::Desk;

/// The thread that forks an attempt at each of its decisions, while it does.
#[derive(Debug, Default)]
pub(super) struct Forking(Option<Mutex<Receiver<Option<WhatIf>>>>);

impl Forking {
    fn begin(sitting: &Sitting) -> Self {
        let (tell, result) = channel();
        let scenario = Arc::clone(sitting.encounter().scenario());
        let seed = sitting.encounter().seed();
        let words = sitting.words().to_vec();
        thread::spawn(move || {
            // Whoever asked may have left the debrief. Moves that were made here always fit.
            let _ = tell.send(what_if(&scenario, seed, &words).ok());
        });
        Self(Some(Mutex::new(result)))
    }
}

/// Reasons, notebook, and the other way where there is one; luck and what would have followed come
/// when they have been worked out.
pub(super) fn of(
    store: &Store,
    attempt: &Attempt,
    review: &Review,
) -> Result<(Depth, Forking), AttemptError> {
    let sitting = Sitting::resume(store, attempt.id)?;
    let is_closed = attempt.state != AttemptState::Running;
    let forking = if is_closed {
        Forking::begin(&sitting)
    } else {
        Forking::default()
    };
    let depth = Depth {
        what_if: None,
        is_working: is_closed,
        claims: sitting.claims(review),
        notes: store
            .notes(attempt.id)?
            .into_iter()
            .map(|note| note.text)
            .collect(),
        beside: beside(store, attempt)?,
        can_go_again: is_closed,
    };
    Ok((depth, forking))
}

impl Desk {
    /// Whether what would have followed is being worked out.
    #[cfg_attr(
        not(feature = "window"),
        allow(dead_code, reason = "the window alone asks between frames")
    )]
    pub(in crate::app) fn is_forking(&self) -> bool {
        self.told
            .as_ref()
            .is_some_and(|told| told.forking.0.is_some())
    }

    /// Takes up what would have followed, once it has been worked out.
    pub(in crate::app) fn hear_forks(&mut self) {
        let Some(told) = &mut self.told else { return };
        let Some(result) = &mut told.forking.0 else {
            return;
        };
        let result = result.get_mut().unwrap_or_else(PoisonError::into_inner);
        match result.try_recv() {
            Err(TryRecvError::Empty) => return,
            Ok(found) => told.depth.what_if = found,
            Err(TryRecvError::Disconnected) => {}
        }
        told.depth.is_working = false;
        told.forking = Forking::default();
    }

    /// Waits for it: for pictures and tests, which have nobody waiting.
    #[cfg(any(test, feature = "window"))]
    pub(in crate::app) fn finish_forks(&mut self) {
        if let Some(told) = &mut self.told
            && let Some(result) = told.forking.0.take()
        {
            let result = result.into_inner().unwrap_or_else(PoisonError::into_inner);
            told.depth.what_if = result.recv().ok().flatten();
            told.depth.is_working = false;
        }
    }
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
