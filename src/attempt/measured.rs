//! Figures from stored attempts. Each finished attempt is played again once; what was drawn from
//! it is kept in the store, and from then on read from there.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde::Serialize;

use crate::measurement::{
    Drawn, Estimate, FORM, LEAST, ScenarioMeasures, Step, Version, Weights, draw, icc_agreement,
    measure, weighted_kappa,
};
use crate::records::{
    AttemptId, Entry, KeptDrawing, Mode, RatedMark, Store, ToDraw, TraineeId, entries_in_force,
};
use crate::scenario::Scenario;

use super::second::program_marks;
use super::{AttemptError, ENGINE, kept_files};

/// Which attempts are measured.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Only of this scenario.
    pub scenario: Option<String>,
    /// Only in this mode.
    pub mode: Option<Mode>,
    /// Only each person's first of a scenario, so that attempts are independent.
    pub only_first: bool,
}

/// Drawings are written in parts of so many, so that none holds the store for long.
const PART: usize = 500;

/// Figures of every scenario that was played to an ending, by id.
///
/// # Errors
/// If the records cannot be read or written, or a kept attempt cannot be played again.
pub fn measured(store: &Store, asked: &Asked) -> Result<Vec<ScenarioMeasures>, AttemptError> {
    let drawn_by = format!("{FORM}, {ENGINE}");
    let scenario = asked.scenario.as_deref();
    let mut kept: HashMap<AttemptId, String> = store
        .kept_drawings(scenario, &drawn_by)?
        .into_iter()
        .map(|drawing| (drawing.attempt, drawing.text))
        .collect();
    let mut people: HashMap<TraineeId, usize> = HashMap::new();
    let mut played: HashSet<(TraineeId, String)> = HashSet::new();
    let mut texts: HashMap<String, Arc<Scenario>> = HashMap::new();
    // By scenario, then by text, both in the order in which they were first met.
    let mut found: Vec<(String, Vec<(String, Version)>)> = Vec::new();
    let mut fresh: Vec<KeptDrawing> = Vec::new();
    for one in store.to_draw(scenario, asked.mode)? {
        let is_first = played.insert((one.trainee, one.scenario.clone()));
        if asked.only_first && !is_first {
            continue;
        }
        let text = if let Some(text) = texts.get(&one.files) {
            Arc::clone(text)
        } else {
            let (text, _) = kept_files(store, &store.attempt(one.attempt)?)?;
            texts.insert(one.files.clone(), Arc::clone(&text));
            text
        };
        let before = kept
            .remove(&one.attempt)
            .and_then(|text| serde_json::from_str::<Vec<Step>>(&text).ok());
        let steps = if let Some(steps) = before {
            steps
        } else {
            let steps = draw_again(store, &one, &text)?;
            fresh.push(KeptDrawing {
                attempt: one.attempt,
                drawn_by: drawn_by.clone(),
                text: serde_json::to_string(&steps)?,
            });
            steps
        };
        let next = people.len();
        let person = *people.entry(one.trainee).or_insert(next);
        let drawn = Drawn { person, steps };
        let at = found
            .iter()
            .position(|(id, _)| *id == one.scenario)
            .unwrap_or_else(|| {
                found.push((one.scenario.clone(), Vec::new()));
                found.len() - 1
            });
        let versions = &mut found[at].1;
        match versions.iter_mut().find(|(files, _)| *files == one.files) {
            Some((_, version)) => version.attempts.push(drawn),
            None => versions.push((
                one.files,
                Version {
                    scenario: text,
                    attempts: vec![drawn],
                },
            )),
        }
    }
    for part in fresh.chunks(PART) {
        store.keep_drawings(part)?;
    }
    found.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok(found
        .into_iter()
        .filter_map(|(_, versions)| {
            let newest_first: Vec<Version> = versions
                .into_iter()
                .rev()
                .map(|(_, version)| version)
                .collect();
            measure(&newest_first)
        })
        .collect())
}

fn draw_again(
    store: &Store,
    one: &ToDraw,
    scenario: &Arc<Scenario>,
) -> Result<Vec<Step>, AttemptError> {
    let journal = store.moves(one.attempt)?;
    let moves: Vec<(&str, u64)> = entries_in_force(&journal)
        .into_iter()
        .filter_map(|entry| match &entry.what {
            Entry::Move { text, millis } => Some((text.as_str(), *millis)),
            Entry::Rewind { .. } => None,
        })
        .collect();
    Ok(draw(scenario, one.seed, &moves)?)
}

/// How far two agree on the runs that both marked.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Agreement {
    /// `program`, or a rater.
    pub first: String,
    /// A rater.
    pub second: String,
    /// Runs that both marked.
    pub runs: usize,
    /// Marks that both gave.
    pub marks: usize,
    /// Kappa of the levels with linear weights; none under 10 marks.
    pub linear: Option<Estimate>,
    /// Kappa with quadratic weights; none under 10 marks.
    pub quadratic: Option<Estimate>,
    /// ICC(2,1) of the runs' mean levels; none under 10 runs.
    pub runs_icc: Option<Estimate>,
}

/// The program's name among those who mark.
pub const PROGRAM: &str = "program";

/// Agreement of the program with each rater, and of each two raters, over all runs or those of one
/// scenario.
///
/// # Errors
/// If the records cannot be read or a rated attempt cannot be played again.
pub fn agreements(store: &Store, scenario: Option<&str>) -> Result<Vec<Agreement>, AttemptError> {
    type Marked = Vec<(AttemptId, Vec<RatedMark>)>;
    let mut by_rater: Vec<(String, Marked)> = vec![(PROGRAM.to_owned(), Vec::new())];
    for rating in store.second_ratings(None)? {
        if scenario.is_some_and(|only| {
            store
                .attempt(rating.attempt)
                .is_ok_and(|a| a.scenario != only)
        }) {
            continue;
        }
        if !by_rater[0].1.iter().any(|(id, _)| *id == rating.attempt) {
            let marks = program_marks(store, rating.attempt)?;
            by_rater[0].1.push((rating.attempt, marks));
        }
        let same = |(name, _): &&mut (String, Marked)| name.eq_ignore_ascii_case(&rating.rater);
        match by_rater.iter_mut().skip(1).find(same) {
            Some((_, marked)) => marked.push((rating.attempt, rating.marks)),
            None => by_rater.push((rating.rater, vec![(rating.attempt, rating.marks)])),
        }
    }
    let mut all = Vec::new();
    for (at, (first, ours)) in by_rater.iter().enumerate() {
        for (second, theirs) in &by_rater[at + 1..] {
            let mut pairs = Vec::new();
            let mut means = Vec::new();
            for (id, marks) in theirs {
                let Some((_, others)) = ours.iter().find(|(other, _)| other == id) else {
                    continue;
                };
                let both: Vec<(u8, u8)> = marks
                    .iter()
                    .filter_map(|mark| {
                        let other = others.iter().find(|other| {
                            other.number == mark.number && other.objective == mark.objective
                        })?;
                        Some((other.points, mark.points))
                    })
                    .collect();
                if both.is_empty() {
                    continue;
                }
                let count = both.len() as f64;
                let sum = both.iter().fold((0.0, 0.0), |sum, (a, b)| {
                    (sum.0 + f64::from(*a), sum.1 + f64::from(*b))
                });
                means.push(vec![sum.0 / count, sum.1 / count]);
                pairs.extend(both);
            }
            if pairs.is_empty() {
                continue;
            }
            let kappa = |weights| {
                (pairs.len() >= LEAST)
                    .then(|| weighted_kappa(&pairs, 4, weights))
                    .flatten()
            };
            all.push(Agreement {
                first: first.clone(),
                second: second.clone(),
                runs: means.len(),
                marks: pairs.len(),
                linear: kappa(Weights::Linear),
                quadratic: kappa(Weights::Quadratic),
                runs_icc: (means.len() >= LEAST)
                    .then(|| icc_agreement(&means))
                    .flatten(),
            });
        }
    }
    Ok(all)
}
