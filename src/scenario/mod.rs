//! What an author writes, and what becomes of it.
//!
//! A file is read into a [`draft`], resolved into a [`Scenario`] and judged by the [`rules`].
//! Every fault is a [`Diagnostic`], and checking never stops at the first. This room knows no
//! clock and no randomness; only [`load`] touches the disk.

mod compile;
pub mod diagnostic;
pub mod draft;
pub mod form;
pub mod graph;
pub mod load;
mod locate;
mod proof_mark;
mod read;
pub mod recordings;
pub mod rules;
#[expect(
    clippy::module_inception,
    reason = "the room is named for its chief type"
)]
mod scenario;
pub mod signing;

pub use compile::Library;
pub use diagnostic::{Diagnostic, Severity};
pub use draft::{
    CastMember, Difficulty, Gaze, Gesture, Jurisdiction, Mood, Outcome, Reference, ReviewStatus,
    Standing, TimeOfDay, Weather,
};
pub use load::{
    AssetKind, AssetNames, Courses, Materials, ScenarioFile, Shelf, load_folder, sha256,
};
pub use proof_mark::{ENGINE, ProofMark, Proven};
pub use scenario::*;
pub use signing::{Readiness, SignOff, Signature, Signatures, SignedAs};
