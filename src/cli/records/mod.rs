//! `records`: what is kept.

use anyhow::Result;

use crate::records::{AttemptFilter, Entry};

mod care;
mod exchange;

use super::args::RecordsCommand;
use super::play::need;
use super::{FINE, WRONG};
use crate::attempt::rescore;
use crate::places::{Places, attempt_id, find_trainee, now};
use crate::records::{Deed, Noted, Store};

/// Writes a line of the log.
fn note(store: &Store, deed: Deed, about: &str, attempts: u64) -> Result<()> {
    store.note(&Noted {
        at: now(),
        by: "command line".to_owned(),
        deed,
        about: about.to_owned(),
        attempts,
        sealed: None,
    })?;
    Ok(())
}

pub(super) fn run(places: &Places, command: &RecordsCommand) -> Result<u8> {
    if let RecordsCommand::Restore { file } = command {
        return care::restore(places, file);
    }
    let store = places.store()?;
    match command {
        RecordsCommand::List { trainee, json } => {
            let only = match trainee {
                Some(name) => Some(
                    need(
                        find_trainee(&store, name)?,
                        &format!("there is no trainee `{name}`\n  `common-ground records list` shows them"),
                    )?
                    .id,
                ),
                None => None,
            };
            let filter = AttemptFilter {
                trainee: only,
                ..AttemptFilter::default()
            };
            let attempts = store.attempts(&filter)?;
            if *json {
                println!("{}", serde_json::to_string_pretty(&attempts)?);
                return Ok(FINE);
            }
            let trainees = store.trainees()?;
            if attempts.is_empty() {
                println!("No attempts are kept in {}.", places.data()?.display());
            }
            for attempt in attempts {
                let who = trainees
                    .iter()
                    .find(|trainee| trainee.id == attempt.trainee);
                println!(
                    "{}  {}  {:<10} {:<10} {:<18} {}",
                    attempt.id,
                    attempt.started,
                    attempt.state.word(),
                    attempt.mode.word(),
                    attempt.scenario,
                    who.map_or_else(String::new, |who| format!(
                        "{} {}",
                        who.collar_number, who.name
                    )),
                );
            }
            Ok(FINE)
        }
        RecordsCommand::Show { attempt, json } => {
            let id = attempt_id(attempt)?;
            let kept = store.attempt(id)?;
            let journal = store.moves(id)?;
            if *json {
                let value = serde_json::json!({ "attempt": kept, "journal": journal });
                println!("{}", serde_json::to_string_pretty(&value)?);
                return Ok(FINE);
            }
            println!(
                "{} ({}), {} {}",
                kept.title,
                kept.scenario,
                kept.mode.word(),
                kept.state.word()
            );
            println!("seed {}, {}", kept.seed, kept.engine);
            println!("scenario {}", kept.scenario_sha256);
            println!("course   {}", kept.course_sha256);
            if let Some(chain) = &kept.chain {
                println!("chain    {} {}", chain.seq, chain.hash);
            }
            for entry in journal {
                match entry.what {
                    Entry::Move { text, millis } => {
                        println!("{:>4}  {}  {:>7} ms  {text}", entry.n, entry.at, millis);
                    }
                    Entry::Rewind { keep } => {
                        println!("{:>4}  {}  back to move {keep}", entry.n, entry.at);
                    }
                }
            }
            Ok(FINE)
        }
        RecordsCommand::Verify {
            json,
            rescore,
            seal,
        } => verify(&store, *json, *rescore, seal.as_deref()),
        RecordsCommand::Export { to, names } => exchange::export(&store, to, *names),
        RecordsCommand::Import { folder } => exchange::import(&store, folder),
        RecordsCommand::Xapi { to } => exchange::xapi(&store, to),
        RecordsCommand::Send { lrs } => exchange::send_all(&store, lrs),
        RecordsCommand::Log { json } => care::log(&store, *json),
        RecordsCommand::Retain { older_than, apply } => care::retain(&store, *older_than, *apply),
        RecordsCommand::Access { trainee, to } => care::access(&store, trainee, to),
        RecordsCommand::Erase { trainee, yes } => care::erase(&store, trainee, *yes),
        RecordsCommand::Backup { to } => care::backup(&store, to),
        RecordsCommand::Restore { .. } => Ok(FINE),
    }
}

fn verify(store: &Store, json: bool, again: bool, seal: Option<&str>) -> Result<u8> {
    let found = store.verify()?;
    let mut code = if found.sound() { FINE } else { WRONG };
    if json {
        println!("{}", serde_json::to_string_pretty(&found)?);
    } else if let Some(fault) = &found.fault {
        println!("The records have been changed: {fault}");
    } else {
        println!(
            "{} closed attempts are as they were written ({} running, {} erased).\nChain head {}",
            found.attempts, found.running, found.erased, found.head
        );
    }
    if let Some(seal) = seal {
        let parts = seal
            .split_once(':')
            .and_then(|(number, hash)| Some((number.trim().parse::<u64>().ok()?, hash.trim())));
        let (number, hash) = need(
            parts,
            "a seal is a number, a colon and 64 signs, as a report prints it",
        )?;
        if store.holds_seal(number, hash)? {
            eprintln!("The seal {number} is in the chain: nothing up to it was removed.");
        } else {
            eprintln!(
                "The seal {number} is not in the chain: records were removed or replaced after that report was printed."
            );
            code = WRONG;
        }
    }
    if again {
        let scored = rescore(store)?;
        eprintln!(
            "{} attempts scored again, {} to the byte as kept.",
            scored.same + scored.differing.len() as u64,
            scored.same
        );
        for (id, why) in &scored.differing {
            eprintln!("{id}: {why}");
            code = WRONG;
        }
    }
    Ok(code)
}
