//! `records`: what is kept.

use anyhow::Result;

use crate::records::{AttemptFilter, Entry};

use super::args::RecordsCommand;
use super::play::need;
use super::{FINE, WRONG};
use crate::places::{Places, attempt_id, find_trainee};

pub(super) fn run(places: &Places, command: &RecordsCommand) -> Result<u8> {
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
        RecordsCommand::Verify { json } => {
            let found = store.verify()?;
            if *json {
                println!("{}", serde_json::to_string_pretty(&found)?);
            } else if let Some(fault) = &found.fault {
                println!("The records have been changed: {fault}");
            } else {
                println!(
                    "{} closed attempts are as they were written ({} running, {} erased).\nChain head {}",
                    found.attempts, found.running, found.erased, found.head
                );
            }
            Ok(if found.sound() { FINE } else { WRONG })
        }
    }
}
