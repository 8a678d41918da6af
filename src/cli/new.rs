//! `new`: a scenario to begin from, which passes `check` and proves clean.

use anyhow::{Context as _, Result, bail};

use crate::scenario::load::SCENARIO_ENDING;

use super::args::Template;
use super::{FINE, WRONG_USE};
use crate::places::Places;

const MINIMAL: &str = include_str!("minimal.scenario.ron");
const FULL: &str = include_str!("full.scenario.ron");

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
        "Check it with `common-ground check {name}`, play it with `common-ground play {name}`, prove it with `common-ground prove {name} --bots`."
    );
    Ok(FINE)
}
