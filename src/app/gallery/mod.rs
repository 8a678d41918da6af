//! Pictures of everything, without window or graphics card: for the README and for eyes.
//!
//! [`pages`] renders the screens as they are in the window. [`sheets`] says what contact sheets
//! there are of people, [`scenes`] of places, and [`darkroom`] takes their pictures one after another.

mod canvas;
mod darkroom;
mod lettering;
mod pages;
mod scenes;
mod sheets;

use std::path::{Path, PathBuf};

use super::stage::StageQuality;
use crate::places::{Places, beside_program};

/// What is to be rendered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Subject {
    /// Every screen.
    #[default]
    Screens,
    /// Every person's moods, every gesture, every gaze.
    People,
    /// Every place at its times and in its weathers.
    Places,
    /// Single pictures without names, to test whether people can be read.
    Reading,
}

/// What is to be rendered, and how.
#[derive(Debug, Clone, Default)]
pub struct Commission {
    /// What is to be rendered.
    pub subject: Subject,
    /// Only pictures whose name contains this.
    pub only: Option<String>,
    /// How much to spend on a picture: `low`, `medium` or `high`.
    pub quality: Option<String>,
}

impl Commission {
    fn wants(&self, name: &str) -> bool {
        self.only.as_ref().is_none_or(|only| name.contains(only))
    }

    fn quality(&self, usual: StageQuality) -> StageQuality {
        match self.quality.as_deref() {
            Some("low") => StageQuality::Low,
            Some("medium") => StageQuality::Medium,
            Some("high") => StageQuality::High,
            _ => usual,
        }
    }
}

/// Renders pictures into `folder` and says how many.
///
/// # Errors
/// In words, if the folder cannot be made or a picture cannot be written.
pub fn run(places: &Places, folder: &Path, commission: &Commission) -> Result<usize, String> {
    std::fs::create_dir_all(folder).map_err(|error| {
        format!(
            "the folder for the pictures cannot be made ({error}): {}",
            folder.display()
        )
    })?;
    let mut sheets = match commission.subject {
        Subject::Screens => return Ok(pages::run(places, folder, commission)),
        Subject::People => sheets::people(&models("people")),
        Subject::Places => scenes::places(&outlooks(models("places"))),
        Subject::Reading => sheets::reading(&models("people")),
    };
    if commission.subject == Subject::Reading {
        sheets::keep_key(&sheets, folder)?;
    }
    sheets.retain(|sheet| commission.wants(&sheet.name));
    darkroom::develop(sheets, folder, commission.quality(StageQuality::Low))
}

/// The places, each with whether it lies under the sky: then its model has a surface of that name.
fn outlooks(places: Vec<String>) -> Vec<(String, bool)> {
    const SKY: &[u8] = br#""name":"sky""#;
    let folder = beside_program("assets").unwrap_or_else(|| PathBuf::from("assets"));
    places
        .into_iter()
        .map(|name| {
            let model = std::fs::read(folder.join("places").join(format!("{name}.glb")));
            let has_sky = model.is_ok_and(|model| model.windows(SKY.len()).any(|part| part == SKY));
            (name, has_sky)
        })
        .collect()
}

/// Names of the models that there are of a kind, in order.
fn models(kind: &str) -> Vec<String> {
    let folder: PathBuf = beside_program("assets").unwrap_or_else(|| PathBuf::from("assets"));
    let mut names: Vec<String> = std::fs::read_dir(folder.join(kind))
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            name.strip_suffix(".glb").map(str::to_owned)
        })
        .collect();
    names.sort();
    names
}
