//! What is taught and marked: objectives, levels, gates and tracks, with the catalogues of
//! techniques and subject profiles and the list of words to avoid.
//!
//! Everything here is read from RON files that an instructor can change. This room knows no
//! scenario, no clock and no randomness.

mod catalogue;
mod file;
mod wording;

pub use catalogue::*;
pub use file::*;
pub use wording::*;
