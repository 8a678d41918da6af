//! `new`: a scenario to begin from, which passes `check` and proves clean.

use std::path::Path;

use anyhow::{Context as _, Result, bail};

use crate::scenario::load::SCENARIO_ENDING;

use super::args::Template;
use super::{FINE, WRONG_USE};
use crate::places::Places;

const MINIMAL: &str = include_str!("minimal.scenario.ron");
const FULL: &str = include_str!("full.scenario.ron");

/// The course and what goes with it, as they come with the program.
const COURSE: [(&str, &str); 4] = [
    (
        "cpmha.course.ron",
        include_str!("../../scenarios/cpmha.course.ron"),
    ),
    (
        "cpmha.techniques.ron",
        include_str!("../../scenarios/cpmha.techniques.ron"),
    ),
    (
        "cpmha.profiles.ron",
        include_str!("../../scenarios/cpmha.profiles.ron"),
    ),
    (
        "cpmha.wording.ron",
        include_str!("../../scenarios/cpmha.wording.ron"),
    ),
];

/// Puts the course into a folder that has none, so that a scenario can be marked there. A kind of
/// file that is there already stays as it is. Tells what was done, if anything.
fn furnish(folder: &Path) -> Result<Vec<String>> {
    let names: Vec<String> = match std::fs::read_dir(folder) {
        Ok(entries) => entries
            .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
            .collect(),
        Err(missing) if missing.kind() == std::io::ErrorKind::NotFound => Vec::new(),
        Err(other) => {
            return Err(other).with_context(|| format!("cannot read {}", folder.display()));
        }
    };
    if names.iter().any(|name| name.ends_with(".course.ron")) {
        return Ok(Vec::new());
    }
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let mut copied = Vec::new();
    for (name, text) in COURSE {
        let kind = name.trim_start_matches("cpmha");
        if names.iter().any(|there| there.ends_with(kind)) {
            continue;
        }
        let path = folder.join(name);
        std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
        copied.push(name);
    }
    Ok(vec![format!(
        "There was no course in {}: copied {} there.",
        folder.display(),
        copied.join(", ")
    )])
}

pub(super) fn run(places: &Places, id: &str, template: Template) -> Result<u8> {
    let plain = !id.is_empty()
        && id.len() <= 64
        && id
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if !plain {
        eprintln!(
            "common-ground: `{id}` cannot be the id of a scenario\n  use small letters, digits and hyphens, such as corner-shop"
        );
        return Ok(WRONG_USE);
    }
    let folder = places.scenarios();
    for written in furnish(&folder)? {
        println!("{written}");
    }
    let path = folder.join(format!("{id}{SCENARIO_ENDING}"));
    if path.exists() {
        bail!(
            "{} is there already\n  choose another id; nothing was changed",
            path.display()
        );
    }
    let course = places
        .courses()?
        .courses
        .first()
        .map(|course| course.id.clone());
    let course = course.context("there is no course in the scenario folder to mark it by")?;
    let text = match template {
        Template::Minimal => MINIMAL,
        Template::Full => FULL,
    };
    let title = id.replace('-', " ");
    let text = text
        .replace("TEMPLATE_ID", id)
        .replace("TEMPLATE_TITLE", &title)
        .replace("TEMPLATE_COURSE", &course);
    std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    println!("Wrote {}.", path.display());
    // In the usual folder the id is enough, and needs no quotation marks.
    let name = if Places::new(None, None).scenarios() == folder {
        id.to_owned()
    } else {
        format!("\"{}\"", path.display())
    };
    println!(
        "It still tells the story of {}: title, summary, briefing, cast and lines are yours to change, from the note that says TODO on.",
        match template {
            Template::Minimal => "Alex on the stairs",
            Template::Full => "its template",
        }
    );
    println!(
        "Check it with `common-ground check {name}`, play it with `common-ground play {name}`, prove it with `common-ground prove {name} --bots`."
    );
    Ok(FINE)
}
