//! What a learning record store is told of a closed attempt.

use super::kept::{READY, readiness_key};
use super::{AttemptError, Sitting};
use crate::records::{AttemptId, Entry, Mode, Store, entries_in_force};
use crate::reports::{XapiAttempt, xapi_statements};
use crate::scenario::signing::TRIAL;

/// The xAPI statements on a closed attempt.
///
/// # Errors
/// If the records cannot be read or this version cannot play the kept files any more.
pub fn statements_kept(
    store: &Store,
    id: AttemptId,
) -> Result<Vec<serde_json::Value>, AttemptError> {
    let kept = store.attempt(id)?;
    let told = Sitting::resume(store, id)?.review()?;
    let journal = store.moves(id)?;
    let in_force = entries_in_force(&journal);
    let trial = match (kept.mode, store.setting(&readiness_key(id))?) {
        (Mode::Practice, _) => None,
        (Mode::Assessment, Some(note)) if note == READY => None,
        (Mode::Assessment, note) => Some(note.unwrap_or_else(|| TRIAL.to_owned())),
    };
    let about = XapiAttempt {
        attempt: id.uuid(),
        trainee: kept.trainee.to_string(),
        mode: kept.mode.word().to_owned(),
        trial,
        ended: kept.ended.unwrap_or_else(|| kept.started.clone()),
        started: kept.started,
        made: in_force.iter().map(|entry| entry.at.clone()).collect(),
        taken_millis: in_force
            .iter()
            .filter_map(|entry| match entry.what {
                Entry::Move { millis, .. } => Some(millis),
                Entry::Rewind { .. } => None,
            })
            .collect(),
        engine: kept.engine,
        scenario_sha256: kept.scenario_sha256,
        // The place where it was closed first: taken in elsewhere, the statements stay the same.
        seal: store.first_link(id)?.map(|link| (link.seq, link.hash)),
    };
    Ok(xapi_statements(&told, &about))
}
