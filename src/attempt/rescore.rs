//! Every kept score held against the kept moves, played and scored again.

use super::{AttemptError, Sitting};
use crate::records::{AttemptFilter, AttemptId, AttemptState, Store};

/// What scoring every finished attempt again found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rescored {
    /// Attempts whose score came out to the byte as it is kept.
    pub same: u64,
    /// Attempts whose score did not, with what was found.
    pub differing: Vec<(AttemptId, String)>,
}

/// Plays and scores every finished attempt again from what was kept with it, and compares the
/// result with the kept one, to the byte.
///
/// # Errors
/// If the records cannot be read.
pub fn rescore(store: &Store) -> Result<Rescored, AttemptError> {
    let mut found = Rescored::default();
    let filter = AttemptFilter {
        state: Some(AttemptState::Finished),
        ..AttemptFilter::default()
    };
    for kept in store.attempts(&filter)? {
        let again = Sitting::resume(store, kept.id)
            .and_then(|sitting| sitting.review())
            .and_then(|told| Ok(serde_json::to_string(&told.sheet)?));
        match again {
            Ok(sheet) if Some(&sheet) == kept.summary.as_ref() => found.same += 1,
            Ok(_) => found.differing.push((
                kept.id,
                "scored again, it comes out otherwise than it was kept".to_owned(),
            )),
            Err(error) => found
                .differing
                .push((kept.id, format!("it cannot be scored again: {error}"))),
        }
    }
    Ok(found)
}
