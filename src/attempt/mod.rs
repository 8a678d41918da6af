//! An encounter that is kept: every move is in the store before its answer is shown.
//!
//! This room joins the kernel to the records, for the window and the command line alike. It
//! has no clock: times are handed in as RFC 3339 text in UTC.

mod cohort;
mod counted;
mod error;
mod kept;
pub mod measured;
mod report;
mod rescore;
pub mod said;
pub mod second;
pub mod sending;
mod sitting;
mod statements;

pub use cohort::report_on_cohort;
pub use counted::counted_of;
pub use error::AttemptError;
pub use kept::{kept_files, readiness_key, timing_key};
pub use report::{report_in_full, report_kept, review_kept, what_if_kept};
pub use rescore::{Rescored, rescore};
pub use sitting::{Sit, Sitting};
pub use statements::statements_kept;

/// Version that is kept with every attempt.
pub const ENGINE: &str = crate::scenario::ENGINE;
