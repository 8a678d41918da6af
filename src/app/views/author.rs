//! The author's shelf: each scenario file with what is known of it, and a way into its map.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use egui::Ui;

use crate::scenario::signing::SignOff;
use crate::scenario::{Proven, ScenarioFile, Shelf};

use super::super::theme::{GRID, Tone};
use super::layout::{PAGE, fold_in, named};
use super::library_faults::{course_faults_ui, missing_ui, plain_words};
use super::past::{counted, spoken_day};
use super::widgets::{
    TitleBar, body, bullet, chip, empty, heading, note, notice, page, secondary_button, title_bar,
    toned_card,
};
use super::{AuthorIntent, Intent};

/// What the author's shelf shows.
#[derive(Debug, Clone, Copy)]
pub struct AuthorView<'a> {
    /// The scenario folder as it was last saved, or why there is none.
    pub shelf: Result<&'a Shelf, &'a str>,
    /// Where it is or was expected.
    pub folder: &'a Path,
    /// What proofs of this sitting said of the present texts, by id: whether nothing was found, and
    /// whether everything was tried.
    pub proofs: &'a BTreeMap<String, Verdict>,
    /// Message to show at the top.
    pub notice: Option<&'a str>,
}

/// What a proof said of the text that is on disk now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// How much was found.
    pub findings: usize,
    /// Whether every state was visited.
    pub is_whole: bool,
}

/// What is open on the page.
#[derive(Debug, Clone, Default)]
pub struct AuthorDraft {
    /// Files whose faults are shown, by id.
    pub open: BTreeSet<String>,
}

/// The states of a file, in words, each with its tone.
#[must_use]
pub fn states(file: &ScenarioFile, proof: Option<Verdict>) -> Vec<(String, Tone)> {
    let (errors, warnings) = file.counts();
    let mut all = Vec::new();
    if errors > 0 {
        all.push((counted(errors, "fault"), Tone::Alarm));
    } else if !file.is_playable() {
        all.push(("cannot be played".to_owned(), Tone::Alarm));
    }
    if warnings > 0 {
        all.push((counted(warnings, "warning"), Tone::Caution));
    }
    let (words, tone) = match (proof, file.readiness.proven) {
        (Some(verdict), _) if verdict.findings > 0 => (
            format!("proof found {}", counted(verdict.findings, "fault")),
            Tone::Alarm,
        ),
        (Some(Verdict { is_whole: true, .. }), _) | (None, Some(Proven::Whole)) => {
            ("proven".to_owned(), Tone::Accent)
        }
        (Some(_), _) | (None, Some(Proven::Partly)) => (
            "nothing found, not every path tried".to_owned(),
            Tone::Caution,
        ),
        (None, Some(Proven::Faults)) => ("proof found faults".to_owned(), Tone::Alarm),
        (None, None) => ("not proven".to_owned(), Tone::Plain),
    };
    all.push((words, tone));
    let (words, tone) = match file.readiness.sign_off {
        SignOff::Draft if file.readiness.lapsed > 0 => {
            ("draft: changed after it was signed", Tone::Caution)
        }
        SignOff::Draft => ("draft", Tone::Plain),
        SignOff::Checked => ("signed by an expert", Tone::Plain),
        SignOff::Lived => ("signed by expert and lived experience", Tone::Plain),
        SignOff::Approved => ("signed and approved", Tone::Accent),
        SignOff::Retired => ("retired", Tone::Caution),
    };
    all.push((words.to_owned(), tone));
    if !file.readiness.is_in_date {
        all.push(("past due".to_owned(), Tone::Caution));
    }
    all
}

/// Draws the page.
pub fn author_ui(ui: &mut Ui, view: &AuthorView<'_>, draft: &mut AuthorDraft) -> Option<Intent> {
    let bar = TitleBar {
        title: "Author's desk",
        back: Some("Back"),
        ..TitleBar::default()
    };
    let mut asked = title_bar(ui, &bar);
    page(ui, PAGE, |ui| {
        if let Some(text) = view.notice
            && notice(ui, text)
        {
            asked = Some(Intent::DismissNotice);
        }
        let shelf = match view.shelf {
            Ok(shelf) => shelf,
            Err(reason) => {
                asked = missing_ui(ui, reason, view.folder).or(asked.take());
                return;
            }
        };
        note(
            ui,
            &format!(
                "Files in {}. Save one in any editor and it is read again here.",
                shelf.folder.display()
            ),
        );
        course_faults_ui(ui, shelf);
        if shelf.scenarios.is_empty() {
            empty(
                ui,
                "There are no scenarios yet",
                "Have one written with `common-ground new ID`: it appears here by itself.",
            );
        }
        for file in &shelf.scenarios {
            asked = file_ui(ui, file, view.proofs.get(&file.id).copied(), draft).or(asked.take());
            ui.add_space(GRID);
        }
    });
    asked
}

fn file_ui(
    ui: &mut Ui,
    file: &ScenarioFile,
    proof: Option<Verdict>,
    draft: &mut AuthorDraft,
) -> Option<Intent> {
    let mut asked = None;
    let tone = (!file.is_playable()).then_some(Tone::Alarm);
    toned_card(ui, tone, |ui| {
        let title = file
            .scenario
            .as_ref()
            .map_or(file.id.as_str(), |one| one.title.as_str());
        heading(ui, title);
        let name = file.path.file_name().unwrap_or_default().to_string_lossy();
        note(ui, &name);
        ui.horizontal_wrapped(|ui| {
            for (words, tone) in states(file, proof) {
                chip(ui, &words, tone);
            }
        });
        match &file.scenario {
            Some(scenario) => body(
                ui,
                &format!(
                    "{}, {}. Version {}, to be read again by {}.",
                    counted(scenario.beats.len(), "beat"),
                    counted(scenario.endings.len(), "ending"),
                    scenario.version,
                    spoken_day(&scenario.review.due)
                ),
            ),
            None => body(
                ui,
                "It cannot be played until its faults are mended; nothing of it is lost.",
            ),
        }
        ui.horizontal_wrapped(|ui| {
            let button = secondary_button(ui, "Open its map");
            named(&button, &format!("Open the map of “{title}”"));
            if button.clicked() {
                asked = Some(Intent::Author(AuthorIntent::Open(file.id.clone())));
            }
        });
        if !file.diagnostics.is_empty() {
            let label = format!("What was found in “{title}” ({})", file.diagnostics.len());
            fold_in(ui, &mut draft.open, file.id.clone(), &label, |ui| {
                for diagnostic in &file.diagnostics {
                    bullet(ui, &plain_words(diagnostic, &file.text));
                }
            });
        }
    });
    asked
}
