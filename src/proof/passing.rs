//! Whether a run passes from every draw: one profile, and one value of each variation.
//!
//! A run that passes is the proof. Runs are taken from those that were sampled; a draw that has none
//! yet is looked for among more seeds, and played there with the moves that passed elsewhere and by
//! a player that searches.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use crate::course::Course;
use crate::encounter::Encounter;
use crate::scenario::Scenario;
use crate::scoring::{Verdict, score};

use super::bots::SEARCHER;
use super::explore::Limits;
use super::sample::{Record, draw_text, play};

/// Seeds in which draws are looked for.
const MOST_SEEDS: u64 = 150_000;
/// Draws past which those that the sampled seeds do not hold are not looked for.
const MOST_DRAWS: u64 = 20_000;
/// Seeds of one draw that are played.
const SEEDS_EACH: usize = 12;
/// Runs of which the moves are tried again from one seed.
const RUNS_EACH: usize = 24;
/// Runs that are played and tried again in all.
const MOST_RUNS: usize = 8_000;

/// From how many draws a run passes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passes {
    /// Draws that there are.
    pub draws: u64,
    /// Draws from which something was played.
    pub seen: u64,
    /// Draws from which a run passes.
    pub passed: u64,
    /// Draws that were played and from which no run passed, in words.
    pub without: Vec<String>,
    /// Whether it was stopped early.
    pub is_stopped: bool,
}

/// Looks for a run that passes from each draw.
pub(super) fn passes<'r>(
    scenario: &Arc<Scenario>,
    course: &Course,
    limits: &Limits,
    records: impl Iterator<Item = &'r Record> + Clone,
) -> Passes {
    let draws = draws_of(scenario);
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut passed: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for record in records {
        seen.extend(record.by_draw.keys().cloned());
        for (draw, (_, moves)) in &record.passes {
            passed.entry(draw.clone()).or_insert_with(|| moves.clone());
        }
    }
    let is_stopped = || limits.cancel.load(Ordering::Relaxed);
    let is_open = |seen: usize, passed: usize| (seen as u64) < draws || passed < seen;
    if !seen.is_empty() && is_open(seen.len(), passed.len()) {
        // Where there are more draws than can be looked for, those that are known are played.
        let most = if draws <= MOST_DRAWS {
            MOST_SEEDS
        } else {
            seen.len() as u64 * 2
        };
        let mut played: BTreeMap<String, usize> = BTreeMap::new();
        // Draws for which nothing more is tried.
        let mut done: BTreeSet<String> = passed.keys().cloned().collect();
        let mut left = MOST_RUNS;
        let mut log = Vec::new();
        for seed in 0..most {
            if left == 0 || is_stopped() || done.len() as u64 >= draws {
                break;
            }
            log.clear();
            let begun = Encounter::begin(Arc::clone(scenario), seed, &mut log);
            let draw = draw_text(&begun);
            if done.contains(&draw) {
                continue;
            }
            let count = played.entry(draw.clone()).or_default();
            *count += 1;
            let is_last = *count >= SEEDS_EACH;
            seen.insert(draw.clone());
            let tried = &mut left;
            let run = pass(scenario, course, seed, &draw, &passed, tried);
            if is_last || run.is_some() {
                done.insert(draw.clone());
            }
            if let Some(moves) = run {
                passed.insert(draw, moves);
            }
        }
    }
    Passes {
        draws: draws.max(seen.len() as u64),
        seen: seen.len() as u64,
        passed: passed.len() as u64,
        without: seen
            .into_iter()
            .filter(|draw| !passed.contains_key(draw))
            .collect(),
        is_stopped: is_stopped(),
    }
}

/// Draws that a seed may hold.
fn draws_of(scenario: &Scenario) -> u64 {
    let weighed =
        |weights: &mut dyn Iterator<Item = bool>| weights.filter(|has| *has).count() as u64;
    let profiles = weighed(&mut scenario.profiles.iter().map(|used| used.weight > 0)).max(1);
    scenario
        .variations
        .iter()
        .map(|(_, varieties)| weighed(&mut varieties.iter().map(|own| own.weight > 0)).max(1))
        .fold(profiles, u64::saturating_mul)
}

/// Moves that pass from this seed: such as passed from another draw, those of the same profile first,
/// or what a player that searches does.
fn pass(
    scenario: &Arc<Scenario>,
    course: &Course,
    seed: u64,
    draw: &str,
    passed: &BTreeMap<String, Vec<String>>,
    left: &mut usize,
) -> Option<Vec<String>> {
    let has_passed = |moves: &[String]| {
        score(scenario, course, seed, moves.iter().map(String::as_str))
            .is_ok_and(|sheet| sheet.verdict == Verdict::Passed)
    };
    let profile = |draw: &str| draw.split(", ").next().unwrap_or(draw).to_owned();
    let own = profile(draw);
    let (same, other): (Vec<_>, Vec<_>) =
        passed.iter().partition(|(other, _)| profile(other) == own);
    let mut known: BTreeSet<&Vec<String>> = BTreeSet::new();
    for (_, moves) in same.into_iter().chain(other) {
        if known.len() >= RUNS_EACH || *left == 0 {
            break;
        }
        if known.insert(moves) {
            *left -= 1;
            if has_passed(moves) {
                return Some(moves.clone());
            }
        }
    }
    *left = left.saturating_sub(1);
    let run = play(scenario, SEARCHER, seed, &mut |_, _| {});
    has_passed(&run.words).then_some(run.words)
}
