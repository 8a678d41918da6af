//! What is wrong with scenario files, in plain words, and how to check them.

use std::collections::BTreeSet;
use std::path::Path;

use egui::Ui;

use crate::scenario::diagnostic::position;
use crate::scenario::{Diagnostic, ScenarioFile, Severity, Shelf};

use super::super::theme::{GRID, Tone};
use super::Intent;
use super::layout::fold_in;
use super::past::counted;
use super::widgets::{body, bullet, heading, note, secondary_button, toned_card};

/// Faults of a file that are shown before the rest is asked for.
const FIRST_FAULTS: usize = 3;

/// One fault in plain words: where, what, and what to do.
pub(super) fn plain_words(diagnostic: &Diagnostic, source: &str) -> String {
    let place = diagnostic
        .span
        .as_ref()
        .filter(|_| !source.is_empty())
        .map_or_else(String::new, |span| {
            format!("Line {}: ", position(source, span.start).line)
        });
    let help = if diagnostic.help.is_empty() {
        String::new()
    } else {
        format!(" {}", sentence(&diagnostic.help))
    };
    format!("{place}{}.{help}", diagnostic.message.trim_end_matches('.'))
}

/// How to have a file checked again.
pub(super) fn check_words(path: &Path) -> String {
    format!(
        "To check it, run: common-ground check \"{}\"",
        path.display()
    )
}

/// The scenario folder is not there.
pub(super) fn missing_ui(ui: &mut Ui, reason: &str, folder: &Path) -> Option<Intent> {
    let mut asked = None;
    toned_card(ui, Some(Tone::Alarm), |ui| {
        heading(ui, "The scenarios cannot be read");
        body(ui, &sentence(reason));
        body(
            ui,
            &format!(
                "They are looked for in {}. Put the folder there, or start the program with --scenarios and the folder's name, and read it again.",
                folder.display()
            ),
        );
        note(ui, "Your records are not touched by this.");
        if secondary_button(ui, "Read the folder again").clicked() {
            asked = Some(Intent::ReloadScenarios);
        }
    });
    asked
}

/// A message as a sentence: a capital first, a full stop last.
pub(super) fn sentence(message: &str) -> String {
    let message = message.trim();
    if message.is_empty() {
        return String::new();
    }
    let mut letters = message.chars();
    let first = letters
        .next()
        .map(|first| first.to_uppercase().to_string())
        .unwrap_or_default();
    let end = if message.ends_with(['.', '!', '?']) {
        ""
    } else {
        "."
    };
    format!("{first}{}{end}", letters.as_str())
}

/// Faults of the course and the catalogues, on which every scenario depends.
pub(super) fn course_faults_ui(ui: &mut Ui, shelf: &Shelf) {
    let found = &shelf.courses.diagnostics;
    if found.is_empty() {
        return;
    }
    toned_card(ui, Some(Tone::Alarm), |ui| {
        heading(ui, "The course or a catalogue has faults");
        body(ui, "No scenario can be played until they are mended.");
        for diagnostic in found.iter().take(2 * FIRST_FAULTS) {
            let text = shelf
                .courses
                .materials
                .files
                .iter()
                .find(|(name, _)| *name == diagnostic.file)
                .map_or("", |(_, text)| text.as_str());
            bullet(
                ui,
                &format!("{}: {}", diagnostic.file, plain_words(diagnostic, text)),
            );
        }
        note(ui, &check_words(&shelf.folder));
    });
    ui.add_space(GRID);
}

/// Scenarios that cannot be played, each with its faults.
pub(super) fn faults_ui(ui: &mut Ui, shelf: &Shelf, open: &mut BTreeSet<String>) {
    let broken: Vec<&ScenarioFile> = shelf
        .scenarios
        .iter()
        .filter(|file| !file.is_playable())
        .collect();
    if broken.is_empty() {
        return;
    }
    heading(ui, "Cannot be played yet");
    note(ui, "The other scenarios are not affected.");
    for file in broken {
        fault_card_ui(ui, file, open);
        ui.add_space(GRID);
    }
}

fn fault_card_ui(ui: &mut Ui, file: &ScenarioFile, open: &mut BTreeSet<String>) {
    let errors: Vec<&Diagnostic> = file
        .diagnostics
        .iter()
        .filter(|found| found.severity == Severity::Error)
        .collect();
    toned_card(ui, Some(Tone::Alarm), |ui| {
        heading(ui, &file.id);
        if errors.is_empty() {
            body(
                ui,
                "The file itself has no fault; the course or a catalogue has.",
            );
        } else {
            body(ui, &format!("{} to mend:", counted(errors.len(), "fault")));
        }
        for diagnostic in errors.iter().take(FIRST_FAULTS) {
            bullet(ui, &plain_words(diagnostic, &file.text));
        }
        if let Some(rest) = errors.get(FIRST_FAULTS..)
            && !rest.is_empty()
        {
            let label = format!(
                "The other {} of “{}”",
                counted(rest.len(), "fault"),
                file.id
            );
            fold_in(ui, open, file.id.clone(), &label, |ui| {
                for diagnostic in rest {
                    bullet(ui, &plain_words(diagnostic, &file.text));
                }
            });
        }
        note(ui, &check_words(&file.path));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_says_where_what_and_what_to_do() {
        let source = "one\ntwo\nthree\n";
        let fault = Diagnostic {
            severity: Severity::Error,
            code: "unknown-target",
            message: "there is no beat `gives_nmae`".to_owned(),
            file: "a.scenario.ron".to_owned(),
            path: "beats.arrive".to_owned(),
            span: Some(8..13),
            help: "did you mean `gives_name`?".to_owned(),
        };
        assert_eq!(
            plain_words(&fault, source),
            "Line 3: there is no beat `gives_nmae`. Did you mean `gives_name`?"
        );
    }

    #[test]
    fn messages_become_sentences() {
        assert_eq!(
            sentence("no scenario folder found"),
            "No scenario folder found."
        );
        assert_eq!(sentence("why?"), "Why?");
        assert_eq!(sentence(""), "");
    }
}
