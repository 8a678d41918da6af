//! Files that stand beside a scenario: its signatures, and what a proof said of it.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::super::diagnostic::{Diagnostic, Severity};
use super::super::proof_mark::ProofMark;
use super::super::read;
use super::super::signing::Signatures;
use super::SCENARIO_ENDING;
use super::check::from_text_fault;
use super::disk::{name_of, read_text};

/// What the file of a scenario's signatures ends with.
pub const SIGNED_ENDING: &str = ".signed.ron";
/// What the file of what a proof said of a scenario ends with.
pub const PROOF_ENDING: &str = ".proof.ron";

/// Where the signatures of a scenario file stand.
#[must_use]
pub fn signed_path(scenario: &Path) -> PathBuf {
    beside(scenario, SIGNED_ENDING)
}

/// Where what a proof said of a scenario file stands.
#[must_use]
pub fn proof_path(scenario: &Path) -> PathBuf {
    beside(scenario, PROOF_ENDING)
}

fn beside(scenario: &Path, ending: &str) -> PathBuf {
    let name = name_of(scenario);
    let id = name.strip_suffix(SCENARIO_ENDING).unwrap_or(&name);
    scenario.with_file_name(format!("{id}{ending}"))
}

/// The signatures beside a scenario file; none if there is no such file.
///
/// # Errors
/// If the file is there and cannot be read: a warning, boxed for its size.
pub fn signatures_beside(scenario: &Path) -> Result<Signatures, Box<Diagnostic>> {
    let path = signed_path(scenario);
    if !path.exists() {
        return Ok(Signatures::default());
    }
    let unreadable = |diagnostic: Diagnostic| {
        Box::new(Diagnostic {
            severity: Severity::Warning,
            code: "unreadable-signatures",
            message: format!("the signatures cannot be read: {}", diagnostic.message),
            file: path.display().to_string(),
            path: String::new(),
            span: None,
            help: "until it is mended or removed, the scenario counts as unsigned".to_owned(),
        })
    };
    let text = read_text(&path).map_err(|(_, diagnostic)| unreadable(diagnostic))?;
    read::value::<Signatures>(&text).map_err(|fault| unreadable(from_text_fault("", &text, fault)))
}

/// What a proof said of a scenario, from beside its file; none if there is no such file.
///
/// # Errors
/// If the file is there and cannot be read: a warning, boxed for its size.
pub fn proof_beside(scenario: &Path) -> Result<Option<ProofMark>, Box<Diagnostic>> {
    let path = proof_path(scenario);
    if !path.exists() {
        return Ok(None);
    }
    let unreadable = |diagnostic: Diagnostic| {
        Box::new(Diagnostic {
            severity: Severity::Warning,
            code: "unreadable-proof",
            message: format!("what was proven cannot be read: {}", diagnostic.message),
            file: path.display().to_string(),
            path: String::new(),
            span: None,
            help: "remove it and prove again: until then the scenario counts as not proven"
                .to_owned(),
        })
    };
    let text = read_text(&path).map_err(|(_, diagnostic)| unreadable(diagnostic))?;
    read::value::<ProofMark>(&text)
        .map(Some)
        .map_err(|fault| unreadable(from_text_fault("", &text, fault)))
}

/// Writes a file beside a scenario so that a power cut leaves the old one or the new.
///
/// # Errors
/// What the system answers.
pub fn write_beside(path: &Path, text: &str) -> std::io::Result<()> {
    let fresh = path.with_extension("ron.new");
    let mut file = fs::File::create(&fresh)?;
    file.write_all(text.as_bytes())?;
    // Else the new name could be on disk before what it names.
    file.sync_all()?;
    drop(file);
    fs::rename(&fresh, path)
}
