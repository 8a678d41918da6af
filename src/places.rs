//! Where scenarios and records lie, and what time it is: handed to rooms that must not ask.

mod watch;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail};

use crate::records::{AttemptId, Store, Trainee};
use crate::scenario::load::{
    SCENARIO_ENDING, load_courses, load_folder_with, load_recordings, load_scenario,
};
use crate::scenario::recordings::{LIST, VoiceFolder};
use crate::scenario::{AssetNames, Courses, ScenarioFile, Shelf};

pub use watch::{Look, Steady, look_at};

/// Folders as the user named them, or the usual ones.
#[derive(Debug, Clone)]
pub struct Places {
    scenarios: Option<PathBuf>,
    data: Option<PathBuf>,
}

/// The time, RFC 3339 in UTC with milliseconds.
#[must_use]
pub fn now() -> String {
    format!("{:.3}", jiff::Timestamp::now())
}

/// The day, `YYYY-MM-DD` in UTC.
#[must_use]
pub fn today() -> String {
    now().chars().take(10).collect()
}

impl Places {
    /// Folders from the command line.
    #[must_use]
    pub const fn new(scenarios: Option<PathBuf>, data: Option<PathBuf>) -> Self {
        Self { scenarios, data }
    }

    /// The scenario folder: as named, else beside the program, else in the current folder.
    #[must_use]
    pub fn scenarios(&self) -> PathBuf {
        if let Some(named) = &self.scenarios {
            return named.clone();
        }
        beside_program("scenarios").unwrap_or_else(|| PathBuf::from("scenarios"))
    }

    /// The data folder: as named, else the user's own.
    ///
    /// # Errors
    /// If the user has no home folder.
    pub fn data(&self) -> Result<PathBuf> {
        if let Some(named) = &self.data {
            return Ok(named.clone());
        }
        directories::ProjectDirs::from("", "", "Common Ground")
            .map(|dirs| dirs.data_local_dir().to_owned())
            .context("this account has no home folder for records; name one with --data DIR")
    }

    /// Everything in the scenario folder.
    ///
    /// # Errors
    /// If there is no such folder or no course in it.
    pub fn shelf(&self) -> Result<Shelf> {
        Ok(load_folder_with(
            &self.scenarios(),
            Some(&today()),
            Self::asset_names(),
        )?)
    }

    /// Courses and catalogues.
    ///
    /// # Errors
    /// If there is no such folder or no course in it.
    pub fn courses(&self) -> Result<Courses> {
        Self::courses_in(&self.scenarios())
    }

    /// Courses and catalogues of a folder, with the names of all assets.
    ///
    /// # Errors
    /// If there is no such folder or no course in it.
    pub fn courses_in(folder: &Path) -> Result<Courses> {
        let mut courses = load_courses(folder)?;
        courses.assets = Self::asset_names();
        Ok(courses)
    }

    /// The assets folder: beside the program, else in the current folder.
    #[must_use]
    pub fn assets() -> PathBuf {
        beside_program("assets").unwrap_or_else(|| PathBuf::from("assets"))
    }

    /// Names of places, people and sounds; none where there is no assets folder at all.
    #[must_use]
    pub fn asset_names() -> Option<Arc<AssetNames>> {
        let folder = Self::assets();
        folder
            .is_dir()
            .then(|| Arc::new(AssetNames::in_folder(&folder)))
    }

    /// One scenario, by id or path.
    ///
    /// # Errors
    /// If there is none.
    pub fn scenario(&self, name: &str) -> Result<(ScenarioFile, Courses)> {
        let as_path = Path::new(name);
        let is_path = as_path.is_file() || name.contains(['/', '\\']) || name.ends_with(".ron");
        if is_path {
            let beside = as_path.parent().filter(|p| !p.as_os_str().is_empty());
            // A file among courses of its own uses those; else those of the scenario folder.
            let own = beside.and_then(|folder| Self::courses_in(folder).ok());
            let courses = match own {
                Some(own) if self.scenarios.is_none() => own,
                _ => self.courses()?,
            };
            if !as_path.is_file() {
                bail!("no such file: {name}\n  give the id of a scenario or the path of its file");
            }
            return Ok((load_scenario(as_path, &courses, Some(&today())), courses));
        }
        let folder = self.scenarios();
        let courses = self.courses()?;
        let path = folder.join(format!("{name}{SCENARIO_ENDING}"));
        if path.is_file() {
            return Ok((load_scenario(&path, &courses, Some(&today())), courses));
        }
        let stray = format!("{name}{SCENARIO_ENDING}.txt");
        if folder.join(&stray).is_file() {
            bail!("{}", misnamed(&folder.join(stray)));
        }
        let shelf = self.shelf()?;
        let known: Vec<&str> = shelf
            .scenarios
            .iter()
            .map(|file| file.id.as_str())
            .collect();
        bail!(
            "there is no scenario `{name}` in {}\n  {}",
            folder.display(),
            crate::scenario::diagnostic::suggest(name, "scenario", known)
        )
    }

    /// The recordings of a scenario: in `voices/ID` beside its file, else in the program's assets.
    #[must_use]
    pub fn recordings(&self, file: &Path, id: &str) -> VoiceFolder {
        let inside = Path::new("voices").join(id);
        let beside = file.parent().map(|folder| folder.join(&inside));
        let own = beside.filter(|folder| folder.join(LIST).is_file());
        let assets = || beside_program("assets").unwrap_or_else(|| PathBuf::from("assets"));
        load_recordings(&own.unwrap_or_else(|| assets().join(&inside)))
    }

    /// The store.
    ///
    /// # Errors
    /// If it cannot be opened.
    pub fn store(&self) -> Result<Store> {
        Ok(Store::open(&self.data()?)?)
    }
}

/// Files of a folder to which an editor has added `.txt`: nothing reads them.
#[must_use]
pub fn misnamed_in(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| {
            path.file_name()
                .is_some_and(|name| name.to_string_lossy().ends_with(".ron.txt"))
        })
        .collect();
    found.sort();
    found.iter().map(|path| misnamed(path)).collect()
}

fn misnamed(path: &Path) -> String {
    format!(
        "{} is not read: the editor has added .txt to its name\n  rename it so that it ends with .ron (Notepad adds nothing if you choose All Files when saving)",
        path.display()
    )
}

/// Whether this names a scenario of the scenario folder, rather than a file or a folder.
#[must_use]
pub fn is_id(path: &Path) -> bool {
    path.components().count() == 1 && path.extension().is_none() && !path.exists()
}

/// A folder beside the program or above it.
#[must_use]
pub fn beside_program(name: &str) -> Option<PathBuf> {
    let program = std::env::current_exe().ok()?;
    program
        .ancestors()
        .skip(1)
        .map(|folder| folder.join(name))
        .find(|folder| folder.is_dir() && looks_ours(folder, name))
}

/// Whether a folder of this name is ours and not a stranger's.
fn looks_ours(folder: &Path, name: &str) -> bool {
    match name {
        "scenarios" => std::fs::read_dir(folder).is_ok_and(|mut entries| {
            entries.any(|entry| {
                entry.is_ok_and(|e| e.file_name().to_string_lossy().ends_with(".course.ron"))
            })
        }),
        _ => folder.join("people").is_dir(),
    }
}

/// The trainee of this collar number or id.
///
/// # Errors
/// If there is none, or the store cannot be read.
pub fn find_trainee(store: &Store, name: &str) -> Result<Option<Trainee>> {
    let all = store.trainees()?;
    let found = all
        .iter()
        .find(|trainee| trainee.id.to_string() == name)
        .or_else(|| all.iter().find(|trainee| trainee.collar_number == name))
        .or_else(|| {
            all.iter()
                .find(|trainee| trainee.name.eq_ignore_ascii_case(name))
        });
    Ok(found.cloned())
}

/// The attempt id that the user typed.
///
/// # Errors
/// If it is none.
pub fn attempt_id(text: &str) -> Result<AttemptId> {
    text.parse::<AttemptId>().ok().with_context(|| {
        format!("`{text}` is no attempt id\n  `common-ground records list` shows them")
    })
}
