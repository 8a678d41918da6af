//! From disk to scenarios: the only place in this room that reads files.
//!
//! A scenario folder holds courses, catalogues and scenarios. Broken files do not keep the
//! good ones from being loaded; each is listed with everything that is wrong with it.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::course::{Course, ProfileCatalogue, TechniqueCatalogue, Term, WordingList};

use super::compile::{self, Fault, Library};
use super::diagnostic::{Diagnostic, Severity};
use super::proof_mark::ProofMark;
use super::read::{self, LARGEST_FILE, TextFault};
use super::recordings::{LIST, Recordings, VoiceFolder, sound_file};
use super::rules;
use super::scenario::Scenario;
use super::signing::{Readiness, Signatures, content_sha256};

/// What a scenario file's name ends with.
pub const SCENARIO_ENDING: &str = ".scenario.ron";
const COURSE_ENDING: &str = ".course.ron";
const TECHNIQUES_ENDING: &str = ".techniques.ron";
const PROFILES_ENDING: &str = ".profiles.ron";
/// What the file of a scenario's signatures ends with.
pub const SIGNED_ENDING: &str = ".signed.ron";
/// What the file of what a proof said of a scenario ends with.
pub const PROOF_ENDING: &str = ".proof.ron";
const WORDING_ENDING: &str = ".wording.ron";

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

/// Course and catalogues as text, the form in which they are kept with an attempt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Materials {
    /// File names and texts, in the order of the names.
    pub files: Vec<(String, String)>,
}

impl Materials {
    /// Fingerprint of all files together.
    #[must_use]
    pub fn sha256(&self) -> String {
        let mut hasher = Sha256::new();
        for (name, text) in &self.files {
            hasher.update((name.len() as u64).to_le_bytes());
            hasher.update(name.as_bytes());
            hasher.update((text.len() as u64).to_le_bytes());
            hasher.update(text.as_bytes());
        }
        hex(&hasher.finalize())
    }
}

/// Fingerprint of a text: SHA-256 in lower-case hexadecimal.
#[must_use]
pub fn sha256(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// Courses and catalogues of a folder, ready to check scenarios against.
#[derive(Debug, Clone)]
pub struct Courses {
    /// The courses, in the order of their file names.
    pub courses: Vec<Arc<Course>>,
    plain: Vec<Course>,
    /// The techniques of all catalogue files together.
    pub techniques: TechniqueCatalogue,
    /// The profiles of all catalogue files together.
    pub profiles: ProfileCatalogue,
    /// Words to avoid, of all wording files together; they judge a scenario and mark nothing, so
    /// they are no part of `materials`.
    pub wording: Vec<Term>,
    /// The texts they were read from.
    pub materials: Materials,
    /// What is wrong with them.
    pub diagnostics: Vec<Diagnostic>,
    /// Places, people and sounds, to check scenarios against; without them they are not checked.
    pub assets: Option<Arc<AssetNames>>,
}

impl Courses {
    /// What scenarios are resolved against.
    #[must_use]
    pub fn library(&self) -> Library<'_> {
        Library {
            courses: &self.plain,
            techniques: &self.techniques,
            profiles: &self.profiles,
            wording: &self.wording,
        }
    }

    /// The course of this id.
    #[must_use]
    pub fn course(&self, id: &str) -> Option<&Arc<Course>> {
        self.courses.iter().find(|course| course.id == id)
    }

    /// Reads courses and catalogues from their texts.
    #[must_use]
    pub fn from_materials(materials: Materials) -> Self {
        let mut this = Self {
            courses: Vec::new(),
            plain: Vec::new(),
            techniques: TechniqueCatalogue {
                format: 1,
                stage_trust: crate::course::StageTrust {
                    empathy: 0,
                    rapport: 0,
                    influence: 0,
                    change: 0,
                },
                premature: crate::course::Shift::default(),
                techniques: std::collections::BTreeMap::new(),
            },
            profiles: ProfileCatalogue {
                format: 1,
                profiles: std::collections::BTreeMap::new(),
            },
            wording: Vec::new(),
            materials: Materials { files: Vec::new() },
            diagnostics: Vec::new(),
            assets: None,
        };
        let mut first_techniques = true;
        for (name, text) in &materials.files {
            if name.ends_with(COURSE_ENDING) {
                if let Some(course) = this.take::<Course>(name, text) {
                    this.course_rules(name, &course);
                    this.plain.push(course);
                }
            } else if name.ends_with(TECHNIQUES_ENDING) {
                if let Some(catalogue) = this.take::<TechniqueCatalogue>(name, text) {
                    if first_techniques {
                        this.techniques.stage_trust = catalogue.stage_trust;
                        this.techniques.premature = catalogue.premature;
                        first_techniques = false;
                    }
                    for (id, technique) in catalogue.techniques {
                        if this
                            .techniques
                            .techniques
                            .insert(id.clone(), technique)
                            .is_some()
                        {
                            this.complain(
                                name,
                                "duplicate-id",
                                format!("technique `{id}` stands in two catalogues"),
                            );
                        }
                    }
                }
            } else if name.ends_with(PROFILES_ENDING)
                && let Some(catalogue) = this.take::<ProfileCatalogue>(name, text)
            {
                for (id, profile) in catalogue.profiles {
                    if this.profiles.profiles.insert(id.clone(), profile).is_some() {
                        this.complain(
                            name,
                            "duplicate-id",
                            format!("profile `{id}` stands in two catalogues"),
                        );
                    }
                }
            }
        }
        for (name, _) in materials
            .files
            .iter()
            .filter(|(name, _)| name.ends_with(PROFILES_ENDING))
        {
            let mut unknown = Vec::new();
            for (id, profile) in &this.profiles.profiles {
                for technique in profile.reactions.keys() {
                    if !this.techniques.techniques.contains_key(technique) {
                        unknown.push(format!(
                            "profile `{id}` reacts to `{technique}`, which is no technique"
                        ));
                    }
                }
            }
            if this.diagnostics.is_empty() {
                for message in unknown {
                    this.complain(name, "course-fault", message);
                }
            }
        }
        this.courses = this.plain.iter().cloned().map(Arc::new).collect();
        this.materials = materials;
        this
    }

    fn take<T: serde::de::DeserializeOwned>(&mut self, name: &str, text: &str) -> Option<T> {
        match read::value::<T>(text) {
            Ok(value) => Some(value),
            Err(fault) => {
                self.diagnostics.push(from_text_fault(name, text, fault));
                None
            }
        }
    }

    fn complain(&mut self, file: &str, code: &'static str, message: String) {
        self.diagnostics.push(Diagnostic {
            severity: Severity::Error,
            code,
            message,
            file: file.to_owned(),
            path: String::new(),
            span: None,
            help: "mend it in that file: every scenario beside it depends on it".to_owned(),
        });
    }

    fn course_rules(&mut self, name: &str, course: &Course) {
        let mut messages = Vec::new();
        if course.format != 1 {
            messages.push(format!(
                "format {} is not known here; this version reads format 1",
                course.format
            ));
        }
        for (index, objective) in course.objectives.iter().enumerate() {
            if course.objectives[..index]
                .iter()
                .any(|earlier| earlier.id == objective.id)
            {
                messages.push(format!("objective {} is written twice", objective.id));
            }
            if !(1..=5).contains(&objective.weight) {
                messages.push(format!(
                    "objective {} has weight {}; use 1 to 5",
                    objective.id, objective.weight
                ));
            }
            if !course
                .groups
                .iter()
                .any(|group| objective.id.starts_with(&format!("{}-", group.id)))
            {
                messages.push(format!("objective {} belongs to no group", objective.id));
            }
        }
        let named = course
            .gates
            .iter()
            .flat_map(|gate| {
                gate.objectives
                    .iter()
                    .map(move |o| (format!("gate {}", gate.id), o))
            })
            .chain(course.tracks.iter().flat_map(|track| {
                track
                    .core
                    .iter()
                    .map(move |o| (format!("track {:?}", track.id), o))
            }));
        for (place, id) in named {
            if course.objective(id).is_none() {
                messages.push(format!(
                    "{place} names objective {id}, which the course does not have"
                ));
            }
        }
        let t = course.thresholds;
        if !(t.developing < t.competent && t.competent < t.proficient && t.proficient <= 100) {
            messages.push("thresholds must rise and stay within 100".to_owned());
        }
        for message in messages {
            self.complain(name, "course-fault", message);
        }
    }
}

/// What sort of thing lies in the assets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AssetKind {
    /// Where an encounter happens.
    Place,
    /// Somebody who is seen.
    Person,
    /// Something that is heard.
    Sound,
}

impl AssetKind {
    const ALL: [Self; 3] = [Self::Place, Self::Person, Self::Sound];

    /// The folder inside the assets.
    #[must_use]
    pub const fn folder(self) -> &'static str {
        match self {
            Self::Place => "places",
            Self::Person => "people",
            Self::Sound => "sound",
        }
    }

    /// How a file's name ends.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Place | Self::Person => "glb",
            Self::Sound => "ogg",
        }
    }

    /// What it is called in messages.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Place => "place",
            Self::Person => "person",
            Self::Sound => "sound",
        }
    }

    /// What is shown or heard where it is missing.
    #[must_use]
    pub const fn stand_in(self) -> &'static str {
        match self {
            Self::Place => "a bare floor is shown",
            Self::Person => "a plain figure is shown",
            Self::Sound => "nothing is heard",
        }
    }
}

/// The places, people and sounds of an assets folder, with what is wrong with their files.
#[derive(Debug, Clone, Default)]
pub struct AssetNames {
    found: BTreeMap<(AssetKind, String), Option<&'static str>>,
}

impl AssetNames {
    /// Looks an assets folder through. A folder that is missing holds nothing.
    #[must_use]
    pub fn in_folder(folder: &Path) -> Self {
        let mut found = BTreeMap::new();
        for kind in AssetKind::ALL {
            for path in listing(&folder.join(kind.folder())).unwrap_or_default() {
                let is_kind = path.extension().is_some_and(|end| end == kind.ending());
                if let Some(stem) = path.file_stem().filter(|_| is_kind) {
                    let name = stem.to_string_lossy().into_owned();
                    found.insert((kind, name), outer_flaw(kind, &path));
                }
            }
        }
        Self { found }
    }

    /// What is wrong with a name: `None` for nothing, `Some(None)` where there is no such file.
    #[must_use]
    pub fn flaw(&self, kind: AssetKind, name: &str) -> Option<Option<&'static str>> {
        match self.found.get(&(kind, name.to_owned())) {
            None => Some(None),
            Some(flaw) => flaw.map(Some),
        }
    }

    /// The names of a kind, in order.
    #[must_use]
    pub fn names(&self, kind: AssetKind) -> Vec<&str> {
        self.found
            .keys()
            .filter(|(found, _)| *found == kind)
            .map(|(_, name)| name.as_str())
            .collect()
    }
}

/// What is wrong with a file by its first bytes and its length.
fn outer_flaw(kind: AssetKind, path: &Path) -> Option<&'static str> {
    let mut head = [0_u8; 20];
    let length = fs::metadata(path).map_or(0, |metadata| metadata.len());
    if length == 0 {
        return Some("it is empty");
    }
    let read = fs::File::open(path).and_then(|mut file| file.read_exact(&mut head));
    if read.is_err() {
        return Some("it cannot be read, or is cut short");
    }
    let number = |at: usize| {
        u64::from(u32::from_le_bytes([
            head[at],
            head[at + 1],
            head[at + 2],
            head[at + 3],
        ]))
    };
    match kind {
        AssetKind::Sound if &head[..4] != b"OggS" => Some("it is no Ogg sound"),
        AssetKind::Sound => None,
        AssetKind::Place | AssetKind::Person => match () {
            () if &head[..4] != b"glTF" => Some("it is no binary glTF"),
            () if number(4) != 2 => Some("it is glTF of another version than 2"),
            () if number(8) > length => Some("it is cut short"),
            () if &head[16..20] != b"JSON" || number(12) + 20 > length => {
                Some("it does not begin with its description")
            }
            () => None,
        },
    }
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

/// Reads the courses and catalogues of a folder.
///
/// # Errors
/// As [`load_folder`].
pub fn load_courses(folder: &Path) -> Result<Courses, FolderError> {
    let mut files = Vec::new();
    let mut broken = Vec::new();
    let mut wording = Vec::new();
    for path in listing(folder)? {
        let name = name_of(&path);
        if name.ends_with(WORDING_ENDING) {
            match read_text(&path) {
                Ok(text) => wording.push((name, text)),
                Err((_, diagnostic)) => broken.push(diagnostic),
            }
            continue;
        }
        if ![COURSE_ENDING, TECHNIQUES_ENDING, PROFILES_ENDING]
            .iter()
            .any(|end| name.ends_with(end))
        {
            continue;
        }
        match read_text(&path) {
            Ok(text) => files.push((name, text)),
            Err((_, diagnostic)) => broken.push(diagnostic),
        }
    }
    if !files.iter().any(|(name, _)| name.ends_with(COURSE_ENDING)) && broken.is_empty() {
        return Err(FolderError::NoCourse(folder.to_owned()));
    }
    let mut courses = Courses::from_materials(Materials { files });
    for (name, text) in wording {
        if let Some(list) = courses.take::<WordingList>(&name, &text) {
            courses.wording.extend(list.terms);
        }
    }
    courses.diagnostics.splice(0..0, broken);
    Ok(courses)
}

fn listing(folder: &Path) -> Result<Vec<PathBuf>, FolderError> {
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

fn name_of(path: &Path) -> String {
    path.file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// Reads the list of recordings in a folder and looks which of their sounds are there. A folder
/// that is not there holds none.
#[must_use]
pub fn load_recordings(folder: &Path) -> VoiceFolder {
    let mut found = VoiceFolder {
        folder: folder.to_owned(),
        ..VoiceFolder::default()
    };
    let list = folder.join(LIST);
    let size = fs::metadata(&list).map_or(0, |metadata| metadata.len());
    let read = match fs::read(&list) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return found,
        Err(error) => Err(error.to_string()),
        Ok(_) if size > LARGEST_FILE => Err("it is larger than a list can be".to_owned()),
        Ok(bytes) => {
            serde_json::from_slice::<Recordings>(&bytes).map_err(|error| error.to_string())
        }
    };
    match read {
        Ok(recordings) => found.recordings = recordings,
        Err(fault) => found.fault = Some(fault),
    }
    for (key, line) in &mut found.recordings.lines {
        let is_name = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric());
        let lasts = line.secs.is_finite() && (0.0..=120.0).contains(&line.secs);
        line.is_there = is_name && lasts && folder.join(sound_file(key)).is_file();
    }
    found
}

fn read_text(path: &Path) -> Result<String, (String, Diagnostic)> {
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
    std::fs::write(&fresh, text)?;
    std::fs::rename(&fresh, path)
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

/// Checks the text of a scenario. The scenario comes back if it has no errors.
///
/// `file` is the name shown in messages, `id` the id that the file's name asks for, `today` the
/// day (`YYYY-MM-DD`) by which dates are judged.
#[must_use]
pub fn check_text(
    text: &str,
    file: &str,
    id: Option<&str>,
    courses: &Courses,
    today: Option<&str>,
) -> (Option<Scenario>, Vec<Diagnostic>) {
    let reading = read::read(text);
    let mut diagnostics: Vec<Diagnostic> = reading
        .faults
        .into_iter()
        .map(|fault| from_text_fault(file, text, fault))
        .collect();
    // What cannot be read comes first: much of the rest may follow from it.
    let read_faults = diagnostics.len();
    let Some(draft) = reading.draft else {
        return (None, diagnostics);
    };
    let compiled = compile::compile(&draft, courses.library(), &reading.unread);
    let found: Vec<Fault> = if reading.is_whole {
        rules::run(
            &draft,
            &compiled,
            courses.library(),
            today,
            courses.assets.as_deref(),
        )
    } else {
        // What is missing from the draft would look unused or unreachable.
        Vec::new()
    };
    for fault in compiled.faults.into_iter().chain(found) {
        if !follows(fault.code, &reading.lost) {
            diagnostics.push(from_fault(file, text, fault));
        }
    }
    if let Some(id) = id
        && id != draft.id
    {
        let mut diagnostic = Diagnostic {
            severity: Severity::Error,
            code: "name-mismatch",
            message: format!("the file is called `{id}` and its id is `{}`", draft.id),
            file: file.to_owned(),
            path: String::new(),
            span: None,
            help: format!(
                "rename the file to {}{SCENARIO_ENDING}, or write id: \"{id}\"",
                draft.id
            ),
        };
        diagnostic.locate(text, &[super::diagnostic::Step::Field("id")]);
        diagnostics.push(diagnostic);
    }
    let place = |d: &Diagnostic| (d.severity, d.span.as_ref().map_or(0, |span| span.start));
    diagnostics[..read_faults].sort_by_key(place);
    diagnostics[read_faults..].sort_by_key(place);
    let fine =
        diagnostics.iter().all(|d| d.severity != Severity::Error) && courses.diagnostics.is_empty();
    (fine.then_some(compiled.scenario), diagnostics)
}

/// Whether a fault may be no more than what is left of a file where an entry of these fields could
/// not be read.
fn follows(code: &str, lost: &[&str]) -> bool {
    let from: &[&str] = match code {
        "one-subject" | "no-profile" | "unknown-cast" | "unknown-profile" => &["cast"],
        "unknown-reference" => &["references"],
        "unknown-meter" => &["meters"],
        "unknown-variation" | "unfilled-place" => &["variations"],
        "unknown-mark" => &["beats"],
        "no-ending" => &["endings"],
        _ => &[],
    };
    from.iter().any(|field| lost.contains(field))
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

fn from_text_fault(file: &str, text: &str, fault: TextFault) -> Diagnostic {
    Diagnostic {
        severity: Severity::Error,
        code: fault.code,
        message: fault.message,
        file: file.to_owned(),
        path: super::locate::path_at(text, fault.span.start),
        span: (!text.is_empty()).then_some(fault.span),
        help: fault.help,
    }
}

fn from_fault(file: &str, text: &str, fault: Fault) -> Diagnostic {
    let mut diagnostic = Diagnostic {
        severity: fault.severity,
        code: fault.code,
        message: fault.message,
        file: file.to_owned(),
        path: String::new(),
        span: None,
        help: fault.help,
    };
    diagnostic.locate(text, &fault.steps);
    diagnostic
}

/// Whether a piece of RON, such as an example in a document, can be read as a `T`.
///
/// # Errors
/// What cannot be read.
pub fn parses<T: serde::de::DeserializeOwned>(text: &str) -> Result<(), String> {
    read::value::<T>(text)
        .map(drop)
        .map_err(|fault| format!("{}: {}", fault.message, fault.help))
}
