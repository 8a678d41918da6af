//! The store: trainees, attempts, move journals, kept source files, settings and the chain
//! that shows later changes.
//!
//! One `SQLite` file in a folder that the caller names, on this computer's own disk. A move is on
//! disk before [`Store::append_move`] returns, so a crash loses nothing that was decided. The
//! store holds no rule of an encounter and has no clock: every time is handed in as RFC 3339
//! text in UTC. SQL stands nowhere else in the program.
//!
//! The chain is tamper-evident against casual edits. It cannot bind somebody who owns the
//! computer and rebuilds it from the start, which is why a report prints the chain hash.

mod assignments;
mod attempts;
mod beside;
mod care;
mod chain;
mod cohorts;
mod copies;
mod error;
mod exchange;
mod exchange_files;
mod ids;
mod journal;
mod judgements;
mod log;
mod outbox;
mod passphrase;
mod ratings;
mod reflections;
mod results;
mod roster;
mod running;
#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    reason = "a sample for tests may stop at the first surprise"
)]
pub(crate) mod sample;
mod schema;
mod settings;
mod sources;
mod standings;
mod store;
mod taking_in;
mod time;
mod trainees;
mod verify;
mod votes;

pub use assignments::{AssignedTo, Assignment, NewAssignment};
pub use attempts::{Attempt, AttemptFilter, AttemptState, ChainLink, Finish, Mode, NewAttempt};
pub use cohorts::Cohort;
pub use error::RecordsError;
pub use exchange::{Exported, Refused};
pub use ids::{AssignmentId, AttemptId, CohortId, TraineeId};
pub use journal::{Entry, JournalEntry, entries_in_force, moves_in_force};
pub use judgements::{Finding, Judgement, Stance};
pub use log::{Deed, LogLine, Noted};
pub use outbox::Delivery;
pub use passphrase::PassphraseCheck;
pub use ratings::{KeptDrawing, RatedMark, SecondRating, ToDraw};
pub use reflections::{Branch, Note, Rationale};
pub use results::{Counts, LevelLine, ResultLine};
pub use roster::{Roster, RosterFault, RosterRow, read_roster};
pub use running::RunningLine;
pub use sources::{SourceFile, sha256_hex};
pub use standings::Standing;
pub use store::{DATABASE_FILE, Store};
pub use taking_in::Imported;
pub use trainees::{Erasure, Trainee};
pub use verify::{Fault, FaultKind, Verification};
pub use votes::{GroupVote, VoteLine};
