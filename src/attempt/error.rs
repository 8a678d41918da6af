//! Why an attempt cannot go on.

use thiserror::Error;

use crate::encounter::{MoveRefused, ReplayError};
use crate::records::RecordsError;
use crate::scenario::load::FolderError;

/// Why an attempt cannot go on.
#[derive(Debug, Error)]
pub enum AttemptError {
    /// The records cannot be read or written.
    #[error(transparent)]
    Records(#[from] RecordsError),
    /// The move is not open.
    #[error(transparent)]
    Move(#[from] MoveRefused),
    /// The kept moves do not fit the kept scenario.
    #[error("the kept moves do not fit the kept scenario: {0}")]
    Replay(#[from] ReplayError),
    /// The kept scenario cannot be read.
    #[error(transparent)]
    Scenario(#[from] FolderError),
    /// The scenario has faults.
    #[error("scenario `{0}` has faults and cannot be played: run `common-ground check`")]
    Broken(String),
    /// It has been taken out of use.
    #[error(
        "scenario `{0}` has been retired and assesses nobody\n  It can still be played in practice mode; `common-ground sign {0}` tells who may take it into use again."
    )]
    Retired(String),
    /// The course refuses assessments with a scenario that is not ready.
    #[error("scenario `{id}` may not assess anybody yet: {}\n  The course refuses it (unready_assessment: Refuse). Play it in practice mode, or have it proven, signed and in date.", wants.join("; "))]
    NotReady {
        /// Which scenario.
        id: String,
        /// What is wanting.
        wants: Vec<&'static str>,
    },
    /// A second rating does not fit the run.
    #[error(
        "{objective} at decision {number} {why}\n  `common-ground rate ATTEMPT` shows what can be marked; nothing was kept"
    )]
    NotAsked {
        /// Number of the move.
        number: u32,
        /// The objective.
        objective: String,
        /// What is wrong.
        why: &'static str,
    },
    /// A summary could not be written.
    #[error("the result could not be written as JSON: {0}")]
    Summary(#[from] serde_json::Error),
}
