//! A kept attempt told again: its review, its report, and what would likely have followed.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::course::Course;
use crate::proof::{Luck, WhatIf};
use crate::records::{Attempt, AttemptId, Entry, Mode, Store};
use crate::reports::{AttemptRecord, AttemptReport, NoteLine, compose};
use crate::scenario::signing::TRIAL;
use crate::scoring::Review;

use super::kept::{READY, readiness_key, timing_key};
use super::{AttemptError, Sitting, said};

/// A kept attempt told step by step, marked again from its moves.
///
/// # Errors
/// If the records cannot be read or this version cannot play the kept files any more.
pub fn review_kept(
    store: &Store,
    id: AttemptId,
) -> Result<(Attempt, Review, Arc<Course>), AttemptError> {
    let kept = store.attempt(id)?;
    let sitting = Sitting::resume(store, id)?;
    let told = sitting.review()?;
    Ok((kept, told, sitting.course))
}

/// The report of a kept attempt, with the scenario that was kept with it. `printed` is the time
/// at which it is made.
///
/// # Errors
/// If the records cannot be read or this version cannot play the kept files any more.
pub fn report_kept(
    store: &Store,
    id: AttemptId,
    printed: &str,
) -> Result<(AttemptReport, Arc<Course>), AttemptError> {
    report(store, id, printed, false)
}

/// The report of a kept attempt as [`report_kept`] gives it, with what would likely have followed
/// at each decision and the luck of the outcome.
///
/// # Errors
/// If the records cannot be read or this version cannot play the kept files any more.
pub fn report_in_full(
    store: &Store,
    id: AttemptId,
    printed: &str,
) -> Result<(AttemptReport, Arc<Course>), AttemptError> {
    report(store, id, printed, true)
}

/// What would likely have followed each move of a kept attempt.
///
/// # Errors
/// If the records cannot be read or this version cannot play the kept files any more.
pub fn what_if_kept(store: &Store, id: AttemptId) -> Result<WhatIf, AttemptError> {
    Sitting::resume(store, id)?.what_if()
}

fn report(
    store: &Store,
    id: AttemptId,
    printed: &str,
    is_full: bool,
) -> Result<(AttemptReport, Arc<Course>), AttemptError> {
    let kept = store.attempt(id)?;
    let trainee = store.trainee(kept.trainee)?;
    let sitting = Sitting::resume(store, id)?;
    let told = sitting.review()?;
    let forks = is_full.then(|| sitting.what_if()).transpose()?;
    let journal = store.moves(id)?;
    let mut taken_millis = Vec::new();
    let mut rewinds = 0;
    for entry in &journal {
        match &entry.what {
            Entry::Move { millis, .. } => taken_millis.push(*millis),
            Entry::Rewind { keep } => {
                rewinds += 1;
                taken_millis.truncate(*keep as usize);
            }
        }
    }
    let timing = store
        .setting(&timing_key(id))?
        .unwrap_or_else(|| "as written".to_owned());
    let trial = if kept.mode == Mode::Assessment {
        match store.setting(&readiness_key(id))? {
            Some(note) if note == READY => None,
            Some(wants) => Some(format!("{TRIAL}: {wants}")),
            None => Some(format!("{TRIAL}: nothing is on record of its sign-off")),
        }
    } else {
        None
    };
    let record = AttemptRecord {
        trial,
        attempt: id.to_string(),
        trainee: trainee.id.to_string(),
        name: Some(trainee.name),
        collar_number: (!trainee.collar_number.is_empty()).then_some(trainee.collar_number),
        mode: kept.mode.word().to_owned(),
        state: kept.state.word().to_owned(),
        started: kept.started.clone(),
        ended: kept.ended.clone(),
        printed: printed.to_owned(),
        timing,
        taken_millis,
        rewinds,
        engine: kept.engine.clone(),
        scenario_sha256: kept.scenario_sha256.clone(),
        course_sha256: kept.course_sha256.clone(),
        techniques_sha256: kept.techniques_sha256.clone(),
        profiles_sha256: kept.profiles_sha256.clone(),
        chain_number: kept.chain.as_ref().map(|link| link.seq),
        chain_hash: kept.chain.map(|link| link.hash),
        luck: forks
            .as_ref()
            .and_then(|forks| forks.luck.as_ref())
            .map(Luck::words),
        claims: sitting.claims(&told),
        notes: store
            .notes(id)?
            .into_iter()
            .map(|note| NoteLine {
                at: note.at,
                text: note.text,
            })
            .collect(),
        judgements: said::said_of(store, id)?,
        likely: forks.as_ref().map(likely_words).unwrap_or_default(),
    };
    let scenario = sitting.encounter().scenario();
    Ok((
        compose(scenario, &sitting.course, &told, &record),
        sitting.course,
    ))
}

fn likely_words(forks: &WhatIf) -> BTreeMap<(u32, String), String> {
    let mut words = BTreeMap::new();
    for fork in &forks.forks {
        for likely in &fork.moves {
            // In full for what was done; for the rest in brief, or a report is nothing else.
            let told = if likely.is_taken {
                likely.words()
            } else {
                likely.brief_words()
            };
            words.insert((fork.number, likely.made.clone()), told);
        }
    }
    words
}
