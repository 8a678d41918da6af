//! What is kept of an attempt beside its moves: the files that it is played with, and under which
//! names the store keeps how it ran.

use std::sync::Arc;

use crate::course::Course;
use crate::records::{Attempt, AttemptId, SourceFile, Store};
use crate::scenario::Scenario;
use crate::scenario::load::{Materials, from_stored};

use super::AttemptError;

/// All files of one kind as one source, in a form that [`kept_files`] takes apart again.
pub(super) fn bundle(
    name: &str,
    ending: &str,
    materials: &Materials,
) -> Result<SourceFile, serde_json::Error> {
    let files: Vec<&(String, String)> = materials
        .files
        .iter()
        .filter(|(file, _)| file.ends_with(ending))
        .collect();
    Ok(SourceFile {
        name: format!("{name}.json"),
        text: serde_json::to_string(&files)?,
    })
}

/// Scenario and course as they were when the attempt began.
///
/// # Errors
/// If they were not kept or cannot be read any more.
pub fn kept_files(
    store: &Store,
    kept: &Attempt,
) -> Result<(Arc<Scenario>, Arc<Course>), AttemptError> {
    let mut files: Vec<(String, String)> = Vec::new();
    for sha in [
        &kept.course_sha256,
        &kept.techniques_sha256,
        &kept.profiles_sha256,
    ] {
        let source = store.source(sha)?;
        let mut part: Vec<(String, String)> = serde_json::from_str(&source.text)?;
        files.append(&mut part);
    }
    let text = store.source(&kept.scenario_sha256)?.text;
    let (scenario, course) = from_stored(&text, Materials { files })?;
    Ok((Arc::new(scenario), course))
}

/// Name under which the store keeps how the decision windows of an attempt ran.
#[must_use]
pub fn timing_key(id: AttemptId) -> String {
    format!("timing.{id}")
}

/// What is kept of an assessment whose scenario was proven, signed and in date.
pub(super) const READY: &str = "ready";

/// Name under which the store keeps whether the scenario of an assessment was ready.
#[must_use]
pub fn readiness_key(id: AttemptId) -> String {
    format!("readiness.{id}")
}
