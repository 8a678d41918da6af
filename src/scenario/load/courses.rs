//! Courses and catalogues, and what is wrong with them before any scenario is looked at.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use serde::de::DeserializeOwned;

use crate::course::{
    Course, ProfileCatalogue, Shift, StageTrust, TechniqueCatalogue, Term, WordingList,
};

use super::super::compile::Library;
use super::super::diagnostic::{Diagnostic, Severity};
use super::super::read;
use super::FolderError;
use super::assets::AssetNames;
use super::check::from_text_fault;
use super::disk::{listing, name_of, read_text};
use super::materials::Materials;

const COURSE_ENDING: &str = ".course.ron";
const TECHNIQUES_ENDING: &str = ".techniques.ron";
const PROFILES_ENDING: &str = ".profiles.ron";
const WORDING_ENDING: &str = ".wording.ron";

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

    /// Whether a fault of a scenario may be no more than what is missing because a course or a
    /// catalogue could not be read.
    pub(super) fn explains(&self, code: &str) -> bool {
        let ending = match code {
            "unknown-technique" => TECHNIQUES_ENDING,
            "unknown-profile" | "no-profile" => PROFILES_ENDING,
            "unknown-course" => COURSE_ENDING,
            _ => return false,
        };
        self.diagnostics
            .iter()
            .filter(|found| !matches!(found.code, "course-fault" | "duplicate-id"))
            .any(|found| found.file.ends_with(ending))
    }

    /// Reads courses and catalogues from their texts.
    #[must_use]
    pub fn from_materials(materials: Materials) -> Self {
        let mut this = Self {
            courses: Vec::new(),
            plain: Vec::new(),
            techniques: TechniqueCatalogue {
                format: 1,
                stage_trust: StageTrust {
                    empathy: 0,
                    rapport: 0,
                    influence: 0,
                    change: 0,
                },
                premature: Shift::default(),
                techniques: BTreeMap::new(),
            },
            profiles: ProfileCatalogue {
                format: 1,
                profiles: BTreeMap::new(),
            },
            wording: Vec::new(),
            materials: Materials { files: Vec::new() },
            diagnostics: Vec::new(),
            assets: None,
        };
        let mut first_techniques = true;
        // Which file a profile stands in.
        let mut homes: BTreeMap<String, &str> = BTreeMap::new();
        for (name, text) in &materials.files {
            if name.ends_with(COURSE_ENDING) {
                if let Some(course) = this.take::<Course>(name, text) {
                    this.course_rules(name, &course);
                    this.plain.push(course);
                }
            } else if name.ends_with(TECHNIQUES_ENDING) {
                if let Some(catalogue) = this.take::<TechniqueCatalogue>(name, text) {
                    this.format_rule(name, catalogue.format);
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
                this.format_rule(name, catalogue.format);
                for (id, profile) in catalogue.profiles {
                    homes.insert(id.clone(), name);
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
        // A catalogue that could not be read would make its techniques look unknown.
        if this.diagnostics.is_empty() {
            let mut unknown = Vec::new();
            for (id, profile) in &this.profiles.profiles {
                let home = homes.get(id).copied().unwrap_or_default();
                for technique in profile.reactions.keys() {
                    if !this.techniques.techniques.contains_key(technique) {
                        let message = format!(
                            "profile `{id}` reacts to `{technique}`, which is no technique"
                        );
                        unknown.push((home, message));
                    }
                }
            }
            for (home, message) in unknown {
                this.complain(home, "course-fault", message);
            }
        }
        this.courses = this.plain.iter().cloned().map(Arc::new).collect();
        this.materials = materials;
        this
    }

    fn take<T: DeserializeOwned>(&mut self, name: &str, text: &str) -> Option<T> {
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

    fn format_rule(&mut self, name: &str, format: u32) {
        if format != 1 {
            let message = format!("format {format} is not known here; this version reads format 1");
            self.complain(name, "course-fault", message);
        }
    }

    fn course_rules(&mut self, name: &str, course: &Course) {
        self.format_rule(name, course.format);
        let mut messages = Vec::new();
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

/// Reads the courses and catalogues of a folder.
///
/// # Errors
/// As [`super::load_folder`].
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
            courses.format_rule(&name, list.format);
            courses.wording.extend(list.terms);
        }
    }
    courses.diagnostics.splice(0..0, broken);
    Ok(courses)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The shipped catalogues, and a second file of profiles that reacts to `reaction`.
    fn with_second_profiles(format: u32, reaction: &str) -> Courses {
        let shipped = |name: &str| {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
            std::fs::read_to_string(folder.join(name)).unwrap()
        };
        let second = format!(
            "Profiles(format: {format}, profiles: {{ \"quiet\": (label: \"Quiet\", signs: [\"Sits still.\"], \
             helps: \"Time.\", personal_space: 4, close_trust: 6, hearing: 14, closing_in: (), \
             backing_off: (), silence: [()], long_speech_words: 32, long_speech: (), \
             reactions: {{ \"{reaction}\": [(trust: 1)] }}) }})"
        );
        let files = ["cpmha.profiles.ron", "cpmha.techniques.ron"]
            .map(|name| (name.to_owned(), shipped(name)));
        let mut files = Vec::from(files);
        files.push(("second.profiles.ron".to_owned(), second));
        Courses::from_materials(Materials { files })
    }

    fn told(courses: &Courses) -> Vec<(&str, &str)> {
        let all = courses.diagnostics.iter();
        all.map(|found| (&*found.file, &*found.message)).collect()
    }

    #[test]
    fn an_unknown_technique_is_told_of_the_file_in_which_it_stands() {
        assert_eq!(told(&with_second_profiles(1, "introduce")), []);
        assert_eq!(
            told(&with_second_profiles(1, "serenade")),
            [(
                "second.profiles.ron",
                "profile `quiet` reacts to `serenade`, which is no technique"
            )]
        );
    }

    fn shipped_with(name: &str, change: impl Fn(String) -> String) -> Courses {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
        let files = [
            "cpmha.course.ron",
            "cpmha.profiles.ron",
            "cpmha.techniques.ron",
        ];
        let files = files.map(|file| {
            let text = std::fs::read_to_string(folder.join(file)).unwrap();
            let text = if file == name { change(text) } else { text };
            (file.to_owned(), text)
        });
        Courses::from_materials(Materials {
            files: Vec::from(files),
        })
    }

    #[test]
    fn one_slip_in_a_catalogue_is_one_message() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
        let scenario = std::fs::read_to_string(folder.join("footbridge.scenario.ron")).unwrap();
        let slip = |text: String| text.replacen("label:", "labl:", 1);
        for name in ["cpmha.techniques.ron", "cpmha.profiles.ron"] {
            let courses = shipped_with(name, slip);
            assert_eq!(courses.diagnostics.len(), 1, "{:#?}", courses.diagnostics);
            let checked = super::super::check_text(&scenario, "f", None, &courses, None);
            assert!(
                checked.0.is_none(),
                "it cannot be played without its catalogue"
            );
            let errors: Vec<_> = checked
                .1
                .iter()
                .filter(|d| d.severity == Severity::Error)
                .collect();
            assert!(errors.is_empty(), "{name}: {errors:#?}");
        }
        // With whole catalogues an unknown technique is told.
        let unknown = scenario.replacen("\"use-name\"", "\"use-nam\"", 1);
        let courses = shipped_with("", slip);
        let checked = super::super::check_text(&unknown, "f", None, &courses, None);
        assert!(checked.1.iter().any(|d| d.code == "unknown-technique"));
    }

    #[test]
    fn empty_and_cut_files_are_told_as_such() {
        let empty = shipped_with("cpmha.techniques.ron", |_| " \n".to_owned());
        assert_eq!(
            told(&empty),
            [("cpmha.techniques.ron", "the file is empty")]
        );
        let cut = shipped_with("cpmha.techniques.ron", |text| {
            let at = text.find("techniques:").unwrap_or_default();
            format!("{}Do", &text[..at])
        });
        let all = told(&cut);
        assert!(
            all.len() == 1 && all[0].1.contains("ends before its brackets are closed"),
            "{all:?}"
        );
    }

    #[test]
    fn a_catalogue_of_another_format_is_refused() {
        assert_eq!(
            told(&with_second_profiles(2, "introduce")),
            [(
                "second.profiles.ron",
                "format 2 is not known here; this version reads format 1"
            )]
        );
    }
}
