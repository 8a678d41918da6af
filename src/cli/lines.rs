//! `lines`: what is spoken in a scenario, for those who record it.

use anyhow::{Result, bail};

use crate::places::Places;
use crate::scenario::recordings::spoken_lines;

use super::FINE;

pub(super) fn run(places: &Places, name: &str, json: bool) -> Result<u8> {
    let (file, _) = places.scenario(name)?;
    let Some(scenario) = &file.scenario else {
        let (errors, _) = file.counts();
        bail!("{name} cannot be read: {errors} errors\n  common-ground check {name} tells them");
    };
    let voices = places.recordings(&file.path, &file.id);
    let lines = spoken_lines(scenario);
    if json {
        let mut all = Vec::with_capacity(lines.len());
        for line in &lines {
            let mut value = serde_json::to_value(line)?;
            value["recorded"] = voices.recordings.get(&line.key).is_some().into();
            all.push(value);
        }
        println!("{}", serde_json::to_string_pretty(&all)?);
        return Ok(FINE);
    }
    let mut recorded = 0;
    for line in &lines {
        let is_there = voices.recordings.get(&line.key).is_some();
        recorded += usize::from(is_there);
        let mark = if is_there { "recorded" } else { "-" };
        let mood = line
            .mood
            .map_or_else(String::new, |mood| format!(" ({mood:?})"));
        println!(
            "{}  {mark:<8}  {}{mood}: {}",
            line.key, line.name, line.text
        );
    }
    println!("{} lines, {recorded} of them recorded", lines.len());
    Ok(FINE)
}
