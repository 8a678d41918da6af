//! What leaves the program on paper or in a file: one attempt, one trainee's development,
//! or a cohort.
//!
//! A report is handed everything that it prints ([`AttemptReport`], [`TraineeReport`],
//! [`CohortReport`]);
//! [`compose`] puts one together from a review and what the records know. This room fetches
//! nothing, scores nothing and has no clock. HTML is one file that needs no script
//! and no other file, reads well in a screen reader and prints on A4. CSV is safe to open in a
//! spreadsheet. JSON is the same report for other programs.

mod access_page;
mod attempt;
mod attempt_page;
mod certificate;
mod cohort;
mod cohort_page;
mod compose;
mod decisions_page;
mod error;
pub mod form;
mod json;
mod page;
mod palette;
mod said;
mod tables;
mod timeline;
mod trainee;
mod trainee_page;
mod words;
mod xapi;

pub use access_page::access_html;
pub use attempt::{
    Alternative, AttemptHead, AttemptReport, Decision, EndOfEncounter, GateFailure, GateLine,
    NoteLine, ObjectiveLine, Provenance, SupportLine, Verdict,
};
pub use attempt_page::attempt_html;
pub use certificate::{Certificate, CertifiedPass, certificate_html};
pub use cohort::{
    CohortAssignment, CohortMember, CohortObjective, CohortReport, CohortResult, LatestResult,
};
pub use cohort_page::cohort_html;
pub use compose::{AttemptRecord, compose};
pub use error::ReportsError;
pub use json::{attempt_json, cohort_json, trainee_json};
pub use said::{JudgementLine, disputed, signed_off};
pub use tables::{Field, cohort_csv, decisions_csv, figures_csv, objectives_csv};
pub use trainee::{AttemptLine, Development, DevelopmentPoint, TraineeReport};
pub use trainee_page::trainee_html;
pub use xapi::{XapiAttempt, xapi_statements};
