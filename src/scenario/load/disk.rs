//! What a folder holds and what a file says.

use std::fs;
use std::path::{Path, PathBuf};

use super::super::diagnostic::{Diagnostic, Severity};
use super::super::read::{self, LARGEST_FILE};
use super::FolderError;
use super::check::from_text_fault;

pub(super) fn listing(folder: &Path) -> Result<Vec<PathBuf>, FolderError> {
    if !folder.is_dir() {
        return Err(FolderError::Missing(folder.to_owned()));
    }
    let entries = fs::read_dir(folder).map_err(|reason| FolderError::Unreadable {
        reason,
        path: folder.to_owned(),
    })?;
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .collect();
    paths.sort();
    Ok(paths)
}

pub(super) fn name_of(path: &Path) -> String {
    path.file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// The text of a file; if it cannot be read, what could be saved of it and why.
pub(super) fn read_text(path: &Path) -> Result<String, (String, Diagnostic)> {
    let shown = path.display().to_string();
    let unreadable = |code: &'static str, message: String, help: &str| {
        (
            String::new(),
            Diagnostic {
                severity: Severity::Error,
                code,
                message,
                file: shown.clone(),
                path: String::new(),
                span: None,
                help: help.to_owned(),
            },
        )
    };
    let size = fs::metadata(path).map_or(0, |metadata| metadata.len());
    if size > LARGEST_FILE {
        return Err(unreadable(
            "too-large",
            format!(
                "the file has {} MiB, where {} is the most",
                size >> 20,
                LARGEST_FILE >> 20
            ),
            "check that it is a scenario, or split it",
        ));
    }
    let bytes = fs::read(path).map_err(|error| {
        unreadable(
            "unreadable-file",
            format!("the file cannot be opened: {error}"),
            "check that it exists, is not open elsewhere, and that this account may read it",
        )
    })?;
    read::text_from(&bytes).map_err(|(text, fault)| {
        let diagnostic = from_text_fault(&shown, &text, fault);
        (text, diagnostic)
    })
}
