//! From disk to scenarios: the only place in this room that reads files.
//!
//! A scenario folder holds courses, catalogues and scenarios. Broken files do not keep the
//! good ones from being loaded; each is listed with everything that is wrong with it.

mod assets;
mod beside;
mod check;
mod courses;
mod disk;
mod materials;
mod recordings;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use thiserror::Error;

use crate::course::Course;

use super::diagnostic::{Diagnostic, Severity};
use super::scenario::Scenario;
use super::signing::{Readiness, Signatures, content_sha256};

use disk::{listing, name_of, read_text};

pub use assets::{AssetKind, AssetNames};
pub use beside::{
    PROOF_ENDING, SIGNED_ENDING, proof_beside, proof_path, signatures_beside, signed_path,
    write_beside,
};
pub use check::{check_text, parses};
pub use courses::{Courses, load_courses};
pub(super) use materials::hex;
pub use materials::{Materials, sha256};
pub use recordings::load_recordings;

/// What a scenario file's name ends with.
pub const SCENARIO_ENDING: &str = ".scenario.ron";

/// A path from its root on, as far as the system can tell it.
fn whole(path: &Path) -> String {
    let whole = std::path::absolute(path);
    whole.as_deref().unwrap_or(path).display().to_string()
}

/// Why a scenario folder cannot be used at all.
#[derive(Debug, Error)]
pub enum FolderError {
    /// It is not there.
    #[error("no scenario folder found; expected one at {}: go to the program's own folder, name another with --scenarios DIR, or let `common-ground new ID` make one", whole(.0))]
    Missing(PathBuf),
    /// It is there and cannot be listed.
    #[error("the scenario folder cannot be read ({reason}): check that this account may open {}", path.display())]
    Unreadable {
        /// What the system answered.
        reason: std::io::Error,
        /// Which folder.
        path: PathBuf,
    },
    /// It holds no course.
    #[error("no course file found; expected one ending in .course.ron in {}: copy the files cpmha.* there from the program's scenario folder, or let `common-ground new ID` do it", .0.display())]
    NoCourse(PathBuf),
    /// A stored copy of course or scenario cannot be read any more.
    #[error("a stored scenario cannot be read any more: {0}")]
    Stored(String),
}

/// One scenario file, whole or broken.
#[derive(Debug, Clone)]
pub struct ScenarioFile {
    /// Where it lies.
    pub path: PathBuf,
    /// Its name before the ending: the id that it should have.
    pub id: String,
    /// Its text; empty if it could not be read.
    pub text: Arc<str>,
    /// The scenario, if it has no errors.
    pub scenario: Option<Arc<Scenario>>,
    /// Everything that is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
    /// Who has signed it, and whether it is fit to assess anybody.
    pub readiness: Readiness,
}

impl ScenarioFile {
    /// Whether it can be played.
    #[must_use]
    pub fn is_playable(&self) -> bool {
        self.scenario.is_some()
    }

    /// Number of errors and of warnings.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        let errors = self
            .diagnostics
            .iter()
            .filter(|d| d.severity == Severity::Error)
            .count();
        (errors, self.diagnostics.len() - errors)
    }
}

/// A scenario folder.
#[derive(Debug, Clone)]
pub struct Shelf {
    /// Where it lies.
    pub folder: PathBuf,
    /// Courses and catalogues.
    pub courses: Courses,
    /// The scenarios, in the order of their file names.
    pub scenarios: Vec<ScenarioFile>,
}

impl Shelf {
    /// The scenario of this id.
    #[must_use]
    pub fn scenario(&self, id: &str) -> Option<&ScenarioFile> {
        self.scenarios.iter().find(|file| file.id == id)
    }
}

/// Reads a scenario folder.
///
/// # Errors
/// If the folder is missing, cannot be listed, or holds no course. Faults of single files are
/// no error: they are listed with the file.
pub fn load_folder(folder: &Path, today: Option<&str>) -> Result<Shelf, FolderError> {
    load_folder_with(folder, today, None)
}

/// Reads a scenario folder and holds its scenarios against places, people and sounds too.
///
/// # Errors
/// As [`load_folder`].
pub fn load_folder_with(
    folder: &Path,
    today: Option<&str>,
    assets: Option<Arc<AssetNames>>,
) -> Result<Shelf, FolderError> {
    let mut courses = load_courses(folder)?;
    courses.assets = assets;
    let mut paths = listing(folder)?;
    paths.retain(|path| name_of(path).ends_with(SCENARIO_ENDING));
    let scenarios = paths
        .iter()
        .map(|path| load_scenario(path, &courses, today))
        .collect();
    Ok(Shelf {
        folder: folder.to_owned(),
        courses,
        scenarios,
    })
}

/// Reads and checks one scenario file.
#[must_use]
pub fn load_scenario(path: &Path, courses: &Courses, today: Option<&str>) -> ScenarioFile {
    let name = name_of(path);
    let id = name
        .strip_suffix(SCENARIO_ENDING)
        .unwrap_or(&name)
        .to_owned();
    match read_text(path) {
        Ok(text) => {
            let (scenario, mut diagnostics) = check_text(
                &text,
                &path.display().to_string(),
                name.ends_with(SCENARIO_ENDING).then_some(id.as_str()),
                courses,
                today,
            );
            let is_in_date = !diagnostics
                .iter()
                .any(|d| matches!(d.code, "review-past-due" | "law-past-date"));
            let course = courses.course(scenario.as_ref().map_or("", |s| s.course.as_str()));
            let content = scenario
                .as_ref()
                .zip(course)
                .and_then(|(scenario, course)| content_sha256(&text, scenario, course).ok());
            let signatures = match signatures_beside(path) {
                Ok(signatures) => signatures,
                Err(fault) => {
                    diagnostics.push(*fault);
                    Signatures::default()
                }
            };
            let mark = proof_beside(path).unwrap_or_else(|fault| {
                diagnostics.push(*fault);
                None
            });
            let content = content.as_deref().unwrap_or("");
            let readiness = Readiness::of(&signatures, content, is_in_date)
                .with_proof(mark.and_then(|mark| mark.says_of(content)));
            ScenarioFile {
                path: path.to_owned(),
                id,
                text: text.into(),
                scenario: scenario.map(Arc::new),
                diagnostics,
                readiness,
            }
        }
        Err((text, diagnostic)) => ScenarioFile {
            path: path.to_owned(),
            id,
            text: text.into(),
            scenario: None,
            diagnostics: vec![diagnostic],
            readiness: Readiness::default(),
        },
    }
}

/// A scenario and its course from the texts that were kept with an attempt.
///
/// # Errors
/// If this version cannot read them any more.
pub fn from_stored(
    text: &str,
    materials: Materials,
) -> Result<(Scenario, Arc<Course>), FolderError> {
    let courses = Courses::from_materials(materials);
    let (scenario, diagnostics) = check_text(text, "the stored scenario", None, &courses, None);
    let reason = || {
        courses
            .diagnostics
            .iter()
            .chain(&diagnostics)
            .find(|d| d.severity == Severity::Error)
            .map_or_else(|| "no reason given".to_owned(), |d| d.message.clone())
    };
    let scenario = scenario.ok_or_else(|| FolderError::Stored(reason()))?;
    let course = courses
        .course(&scenario.course)
        .cloned()
        .ok_or_else(|| FolderError::Stored(reason()))?;
    Ok((scenario, course))
}
