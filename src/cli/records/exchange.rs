//! `records export`, `import`, `xapi` and `send`: records between computers.

use std::path::Path;

use anyhow::{Context as _, Result};

use crate::attempt::sending::{Credentials, send};
use crate::attempt::statements_kept;
use crate::places::now;
use crate::records::{AttemptFilter, AttemptState, Deed, Refused, Store};

use super::super::{FINE, WRONG};
use super::note;

pub(super) fn export(store: &Store, folder: &Path, with_names: bool) -> Result<u8> {
    let done = store.export_to(folder, with_names)?;
    note(store, Deed::Exported, "", done.written + done.already)?;
    println!(
        "{} attempts written, {} were there already, {} things said of them, {} names: {}",
        done.written,
        done.already,
        done.beside,
        done.names,
        folder.display()
    );
    Ok(complaints(&done.refused))
}

pub(super) fn import(store: &Store, folder: &Path) -> Result<u8> {
    let done = store.import_from(folder, &now())?;
    note(store, Deed::Imported, "", done.taken_in)?;
    println!(
        "{} attempts taken in, {} were here already, {} stay erased, {} things said of them, {} names learned.",
        done.taken_in, done.already, done.erased, done.beside, done.names
    );
    Ok(complaints(&done.refused))
}

fn complaints(refused: &[Refused]) -> u8 {
    for one in refused {
        eprintln!("{}: {}", one.file, one.why);
    }
    if refused.is_empty() { FINE } else { WRONG }
}

pub(super) fn xapi(store: &Store, file: &Path) -> Result<u8> {
    let mut all = Vec::new();
    let mut attempts = store.attempts(&AttemptFilter::default())?;
    attempts.retain(|attempt| attempt.state != AttemptState::Running);
    attempts.reverse();
    for attempt in &attempts {
        all.extend(statements_kept(store, attempt.id)?);
    }
    let text = serde_json::to_string_pretty(&all)? + "\n";
    std::fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))?;
    note(store, Deed::Exported, "", attempts.len() as u64)?;
    println!(
        "{} statements on {} attempts: {}",
        all.len(),
        attempts.len(),
        file.display()
    );
    Ok(FINE)
}

pub(super) fn send_all(store: &Store, lrs: &str) -> Result<u8> {
    let read = |name: &str| {
        std::env::var(name).with_context(|| {
            format!(
                "{name} is not set\n  Set COMMON_GROUND_LRS_USER and COMMON_GROUND_LRS_PASSWORD to what the learning record store gave you"
            )
        })
    };
    let credentials = Credentials {
        user: read("COMMON_GROUND_LRS_USER")?,
        password: read("COMMON_GROUND_LRS_PASSWORD")?,
    };
    let done = send(store, lrs, &credentials, &now)?;
    if done.sent > 0 {
        note(store, Deed::Sent, "", done.sent)?;
    }
    println!(
        "{} attempts sent ({} statements), {} wait, {} need a look.",
        done.sent,
        done.statements,
        done.waiting,
        done.troubles.len()
    );
    for trouble in &done.troubles {
        eprintln!("{trouble}");
    }
    if let Some(stopped) = &done.stopped {
        eprintln!("{stopped}");
    }
    Ok(if done.troubles.is_empty() && done.stopped.is_none() {
        FINE
    } else {
        WRONG
    })
}
