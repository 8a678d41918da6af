//! Reports as files in the data folder.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::attempt::{report_in_full, report_kept};
use crate::places::now;
use crate::records::{AttemptFilter, AttemptId, Store, TraineeId};
use crate::reports::{TraineeReport, attempt_html, trainee_html};

pub(super) fn write(folder: &Path, name: &str, text: &str) -> Result<PathBuf> {
    let folder = folder.join("reports");
    std::fs::create_dir_all(&folder)
        .with_context(|| format!("no folder for reports could be made: {}", folder.display()))?;
    let path = folder.join(name);
    std::fs::write(&path, text)
        .with_context(|| format!("the report could not be written: {}", path.display()))?;
    Ok(path)
}

/// Writes the report of one attempt.
pub(super) fn attempt(store: &Store, id: AttemptId, folder: &Path) -> Result<PathBuf> {
    let (report, _) = report_in_full(store, id, &now())?;
    write(
        folder,
        &format!("attempt-{id}.html"),
        &attempt_html(&report),
    )
}

/// Writes the report of one trainee.
pub(super) fn trainee(store: &Store, id: TraineeId, folder: &Path) -> Result<PathBuf> {
    let printed = now();
    let filter = AttemptFilter {
        trainee: Some(id),
        ..AttemptFilter::default()
    };
    let mut reports = Vec::new();
    let mut order: Vec<String> = Vec::new();
    for kept in store.attempts(&filter)? {
        let (report, course) = report_kept(store, kept.id, &printed)?;
        order = course
            .objectives
            .iter()
            .map(|objective| objective.id.clone())
            .collect();
        reports.push(report);
    }
    let order: Vec<&str> = order.iter().map(String::as_str).collect();
    let whole = TraineeReport::of(&reports, &order, &printed)
        .context("there are no attempts to report yet")?;
    write(folder, &format!("trainee-{id}.html"), &trainee_html(&whole))
}
