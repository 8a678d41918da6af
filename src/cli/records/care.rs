//! `records log`, `retain`, `access`, `erase`, `backup` and `restore`: care for the data.

use std::path::Path;

use anyhow::{Context as _, Result, bail};

use crate::attempt::report_kept;
use crate::places::{Places, find_trainee, now};
use crate::records::{AttemptFilter, AttemptId, Deed, Store, Trainee};
use crate::reports::{attempt_html, attempt_json};

use super::super::play::need;
use super::super::{FINE, WRONG_USE};
use super::note;

pub(super) fn log(store: &Store, json: bool) -> Result<u8> {
    let log = store.log()?;
    if json {
        println!("{}", serde_json::to_string_pretty(&log)?);
        return Ok(FINE);
    }
    for line in log {
        match line.noted {
            Some(noted) => println!(
                "{:>5}  {}  {:<9} {:>4} attempts  {} {}",
                line.seq,
                noted.at,
                noted.deed.word(),
                noted.attempts,
                noted.by,
                noted.about
            ),
            None => println!("{:>5}  this line was changed and no longer reads", line.seq),
        }
    }
    Ok(FINE)
}

pub(super) fn retain(store: &Store, days: u32, apply: bool) -> Result<u8> {
    let at = now();
    let old = store.older_than(days, &at)?;
    for attempt in &old {
        println!("{}  {}  {}", attempt.id, attempt.started, attempt.scenario);
    }
    if !apply {
        println!(
            "{} attempts were begun more than {days} days ago. Nothing was erased; --apply erases them.",
            old.len()
        );
        return Ok(FINE);
    }
    if !old.is_empty() {
        let ids: Vec<AttemptId> = old.iter().map(|attempt| attempt.id).collect();
        store.erase_attempts(&ids, &at)?;
        note(store, Deed::Retired, "", ids.len() as u64)?;
    }
    println!(
        "{} attempts were erased. Daily copies, exports and whatever was sent are outside: see to them too.",
        old.len()
    );
    Ok(FINE)
}

fn whom(store: &Store, name: &str) -> Result<Trainee> {
    need(
        find_trainee(store, name)?,
        &format!("there is no trainee `{name}`\n  `common-ground records list` shows them"),
    )
}

pub(super) fn access(store: &Store, name: &str, folder: &Path) -> Result<u8> {
    let trainee = whom(store, name)?;
    let held = store.held_on(trainee.id)?;
    std::fs::create_dir_all(folder)
        .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
    };
    write(
        "everything.json",
        &(serde_json::to_string_pretty(&held)? + "\n"),
    )?;
    let printed = now();
    let mut count = 0;
    let mut told = Vec::new();
    // What was merged into this entry is held on the same person.
    for row in held.get("attempt").into_iter().flatten() {
        let Some(id) = row.get("id").and_then(|id| id.as_str()) else {
            continue;
        };
        count += 1;
        match report_kept(store, id.parse()?, &printed) {
            Ok((report, _)) => {
                write(&format!("{id}.html"), &attempt_html(&report))?;
                write(&format!("{id}.json"), &attempt_json(&report)?)?;
                told.push(report);
            }
            Err(problem) => eprintln!(
                "{id}: no report could be made ({problem}); everything.json has what is kept"
            ),
        }
    }
    write(
        "index.html",
        &crate::reports::access_html(&trainee.name, &printed, &held_lines(&held), &told),
    )?;
    note(store, Deed::Accessed, &trainee.id.to_string(), count)?;
    println!(
        "Everything held on {} is in {}: {} attempts, {} tables. Begin with index.html.",
        trainee.name,
        folder.display(),
        count,
        held.len()
    );
    Ok(FINE)
}

/// Signs of one value on the page; what is longer stands in the other file.
const LONGEST: usize = 240;

type Held = std::collections::BTreeMap<String, Vec<serde_json::Map<String, serde_json::Value>>>;

/// Rows as text, table by table.
fn held_lines(held: &Held) -> Vec<(String, Vec<String>)> {
    held.iter()
        .map(|(table, rows)| {
            let rows = rows
                .iter()
                .map(|row| {
                    let cells: Vec<String> = row
                        .iter()
                        .map(|(key, value)| match value.as_str() {
                            Some(text) if text.chars().count() > LONGEST => {
                                let begin: String = text.chars().take(LONGEST).collect();
                                format!("{key}: {begin}… (in full in everything.json)")
                            }
                            Some(text) => format!("{key}: {text}"),
                            None => format!("{key}: {value}"),
                        })
                        .collect();
                    cells.join("; ")
                })
                .collect();
            (table.clone(), rows)
        })
        .collect()
}

pub(super) fn erase(store: &Store, name: &str, yes: bool) -> Result<u8> {
    let trainee = whom(store, name)?;
    let filter = AttemptFilter {
        trainee: Some(trainee.id),
        ..AttemptFilter::default()
    };
    let count = store.attempts(&filter)?.len();
    if !yes {
        eprintln!(
            "This would erase {} with {count} attempts for ever. Nothing was erased; --yes does it.",
            trainee.name
        );
        return Ok(WRONG_USE);
    }
    let done = store.erase_trainee(trainee.id, &now())?;
    println!(
        "One person and {} attempts were erased; the chain still checks. Daily copies in {}, exports and whatever was sent are outside: see to them too.",
        done.attempts,
        store.copies().display()
    );
    Ok(FINE)
}

pub(super) fn backup(store: &Store, file: &Path) -> Result<u8> {
    store.backup_to(file)?;
    note(store, Deed::Copied, "", 0)?;
    println!("The records were copied to {}.", file.display());
    Ok(FINE)
}

pub(super) fn restore(places: &Places, file: &Path) -> Result<u8> {
    if !file.is_file() {
        bail!("there is no file {}", file.display());
    }
    let aside = Store::restore_from(file, &places.data()?)?;
    let store = places.store()?;
    note(&store, Deed::Restored, "", 0)?;
    match aside {
        Some(aside) => println!(
            "The records of {} are in place. What was there is kept as {}.",
            file.display(),
            aside.display()
        ),
        None => println!("The records of {} are in place.", file.display()),
    }
    Ok(FINE)
}
