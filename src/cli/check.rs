//! `check`: everything that is wrong with scenario files.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::scenario::load::{SCENARIO_ENDING, load_scenario};
use crate::scenario::{Courses, Diagnostic, ScenarioFile, Severity};

use super::{FINE, WRONG};
use crate::places::{Places, is_id, misnamed_in, today};

pub(super) fn run(
    places: &Places,
    paths: &[PathBuf],
    json: bool,
    plain: bool,
    deny_warnings: bool,
) -> Result<u8> {
    let files = files(places, paths)?;
    note_missing_assets(files.iter().map(|(_, courses)| courses));
    let mut courses_told: Vec<String> = Vec::new();
    let mut all = Vec::new();
    let (mut errors, mut warnings, mut notices) = (0, 0, 0);
    let mut show = |diagnostic: &Diagnostic, text: &str| {
        match diagnostic.severity {
            Severity::Error => errors += 1,
            Severity::Warning => warnings += 1,
            Severity::Notice => notices += 1,
        }
        if json {
            all.push(diagnostic.json(text));
        } else if plain {
            println!("{}", diagnostic.plain(text));
        } else {
            println!("{}\n", diagnostic.frame(text, colours()));
        }
    };
    for (file, courses) in &files {
        for diagnostic in &courses.diagnostics {
            let key = format!("{}{}", diagnostic.file, diagnostic.message);
            if !courses_told.contains(&key) {
                let text = courses
                    .materials
                    .files
                    .iter()
                    .find(|(name, _)| *name == diagnostic.file);
                show(diagnostic, text.map_or("", |(_, text)| text));
                courses_told.push(key);
            }
        }
        for diagnostic in &file.diagnostics {
            show(diagnostic, &file.text);
        }
        if let Some(note) = unwritten(file).filter(|_| !json) {
            println!("{note}");
        }
        for diagnostic in &places.recordings(&file.path, &file.id).compare(file) {
            show(diagnostic, &file.text);
        }
    }
    if json {
        println!("{}", serde_json::to_string_pretty(&all)?);
    } else {
        let scenarios = if files.len() == 1 {
            "scenario"
        } else {
            "scenarios"
        };
        println!(
            "{} {scenarios} checked: {}, {}{}",
            files.len(),
            counted(errors, "error"),
            counted(warnings, "warning"),
            if notices > 0 {
                format!(", {}", counted(notices, "notice"))
            } else {
                String::new()
            }
        );
        if errors + warnings + notices > 0 {
            println!("`common-ground explain CODE` tells more about each.");
        }
    }
    let bad = errors > 0 || (deny_warnings && warnings > 0);
    Ok(if bad { WRONG } else { FINE })
}

/// Says once, apart from what is found, that places, people and sounds could not be looked up.
pub(super) fn note_missing_assets<'c>(courses: impl IntoIterator<Item = &'c Courses>) {
    static ONCE: std::sync::Once = std::sync::Once::new();
    if courses.into_iter().any(|courses| courses.assets.is_none()) {
        ONCE.call_once(|| eprintln!(
            "common-ground: places, people and sounds were not checked: no assets folder was found beside the program or in this folder\n  go to the program's own folder to have them checked; --scenarios DIR names yours from there"
        ));
    }
}

/// What the author has marked as still to be written.
fn unwritten(file: &ScenarioFile) -> Option<String> {
    let lines = || (1..).zip(file.text.lines());
    let mut left = lines().filter(|(_, line)| line.contains("// TODO"));
    let (first, _) = left.next()?;
    let mut places = format!("line {first}");
    let mut count = 1;
    for (line, _) in left {
        count += 1;
        let _ = write!(places, ", {line}");
    }
    Some(format!(
        "{} still has {} that says TODO: {places}",
        file.id,
        counted(count, "note")
    ))
}

fn counted(count: usize, word: &str) -> String {
    match count {
        0 => format!("no {word}s"),
        1 => format!("1 {word}"),
        _ => format!("{count} {word}s"),
    }
}

pub(super) fn colours() -> bool {
    use std::io::IsTerminal as _;
    std::env::var_os("NO_COLOR").is_none() && std::io::stdout().is_terminal()
}

pub(super) fn files(places: &Places, paths: &[PathBuf]) -> Result<Vec<(ScenarioFile, Courses)>> {
    let mut files = Vec::new();
    if paths.is_empty() {
        let shelf = places.shelf()?;
        for told in misnamed_in(&shelf.folder) {
            eprintln!("common-ground: {told}");
        }
        if shelf.scenarios.is_empty() {
            eprintln!(
                "common-ground: no scenario in {}; `common-ground new ID` writes one",
                shelf.folder.display()
            );
        }
        for file in shelf.scenarios {
            files.push((file, shelf.courses.clone()));
        }
        return Ok(files);
    }
    for path in paths {
        if path.is_dir() {
            let courses = Places::courses_in(path).or_else(|_| places.courses())?;
            for file in scenarios_in(path)? {
                files.push((
                    load_scenario(&file, &courses, Some(&today())),
                    courses.clone(),
                ));
            }
        } else if path.is_file() || is_id(path) {
            // A file, or an id as every other command takes it; a slip gets the nearest name.
            files.push(places.scenario(&path.display().to_string())?);
        } else {
            bail!("no such file or folder: {}", path.display());
        }
    }
    Ok(files)
}

fn scenarios_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder)?
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .filter(|path| {
            path.file_name()
                .is_some_and(|name| name.to_string_lossy().ends_with(SCENARIO_ENDING))
        })
        .collect();
    found.sort();
    Ok(found)
}
