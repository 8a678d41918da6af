//! Reports as JSON, for other programs.

use serde::Serialize;

use super::{AttemptReport, CohortReport, ReportsError, TraineeReport};

/// A report with the name and version of its form, so that a reader knows what it has.
#[derive(Serialize)]
struct Named<'a, T> {
    form: &'static str,
    version: u32,
    report: &'a T,
}

/// One attempt as JSON.
///
/// # Errors
///
/// None that is known: the values are plain. An error of the writer is passed on.
pub fn attempt_json(report: &AttemptReport) -> Result<String, ReportsError> {
    named("common-ground/attempt", report)
}

/// One trainee's development as JSON.
///
/// # Errors
///
/// As [`attempt_json`].
pub fn trainee_json(report: &TraineeReport) -> Result<String, ReportsError> {
    named("common-ground/trainee", report)
}

/// One cohort as JSON.
///
/// # Errors
///
/// As [`attempt_json`].
pub fn cohort_json(report: &CohortReport) -> Result<String, ReportsError> {
    named("common-ground/cohort", report)
}

fn named<T: Serialize>(form: &'static str, report: &T) -> Result<String, ReportsError> {
    let mut text = serde_json::to_string_pretty(&Named {
        form,
        version: 1,
        report,
    })?;
    text.push('\n');
    Ok(text)
}
