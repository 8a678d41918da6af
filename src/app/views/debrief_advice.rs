//! What to keep and what to try next, drawn from the points of an attempt.
//!
//! The same attempt always gives the same advice: decisions are ordered by what they earned of
//! what was to be had, and ties by their number.

use std::cmp::Reverse;

use crate::scoring::{Alternative, Review, ReviewStep};

/// How many of each.
const MOST: usize = 3;

/// A decision that is worth keeping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keep<'a> {
    /// The decision.
    pub step: &'a ReviewStep,
    /// Points earned.
    pub earned: u32,
    /// Points that were to be had.
    pub available: u32,
}

/// A decision to take differently next time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Try<'a> {
    /// The decision.
    pub step: &'a ReviewStep,
    /// Points earned.
    pub earned: u32,
    /// Points that were to be had.
    pub available: u32,
    /// The best of the other moves that were open, if one shows more.
    pub instead: Option<&'a Alternative>,
}

/// Points earned and to be had at a decision.
#[must_use]
pub fn points(step: &ReviewStep) -> (u32, u32) {
    step.points
        .iter()
        .fold((0, 0), |(earned, available), point| {
            (
                earned + point.earned.points(),
                available + point.available.points(),
            )
        })
}

/// The three decisions that earned most of what was to be had, in the order of the attempt.
#[must_use]
pub fn to_keep(review: &Review) -> Vec<Keep<'_>> {
    let mut found: Vec<Keep<'_>> = review
        .steps
        .iter()
        .map(|step| {
            let (earned, available) = points(step);
            Keep {
                step,
                earned,
                available,
            }
        })
        // Two thirds of the points is the least that is praised, and never what failed a gate.
        .filter(|one| one.earned > 0 && 3 * one.earned >= 2 * one.available)
        .filter(|one| one.step.gates.is_empty() && !is_premature(one.step))
        .collect();
    found.sort_by_key(|one| {
        (
            Reverse(per_mille(one.earned, one.available)),
            Reverse(one.earned),
            one.step.number,
        )
    });
    found.truncate(MOST);
    found.sort_by_key(|one| one.step.number);
    found
}

/// The three decisions that left most behind, in the order of the attempt; what failed a gate
/// comes before everything else.
#[must_use]
pub fn to_try(review: &Review) -> Vec<Try<'_>> {
    let mut found: Vec<Try<'_>> = review
        .steps
        .iter()
        .map(|step| {
            let (earned, available) = points(step);
            Try {
                step,
                earned,
                available,
                instead: instead(step),
            }
        })
        .filter(|one| one.available > one.earned || !one.step.gates.is_empty())
        .collect();
    found.sort_by_key(|one| {
        (
            one.step.gates.is_empty(),
            Reverse(one.available.saturating_sub(one.earned)),
            per_mille(one.earned, one.available),
            one.step.number,
        )
    });
    found.truncate(MOST);
    found.sort_by_key(|one| one.step.number);
    found
}

/// Whether a technique was used before its time.
#[must_use]
pub fn is_premature(step: &ReviewStep) -> bool {
    step.techniques.iter().any(|used| used.is_premature)
}

fn per_mille(earned: u32, available: u32) -> u32 {
    (earned * 1000).checked_div(available).unwrap_or(0)
}

/// The other move that shows most, unless the one that was made shows as much.
fn instead(step: &ReviewStep) -> Option<&Alternative> {
    let rank = |other: &Alternative| match other.shows.as_str() {
        "Proficient" => 3,
        "Competent" => 2,
        "Developing" => 1,
        _ => 0,
    };
    let best_done = step
        .points
        .iter()
        .map(|point| point.earned.points())
        .max()
        .unwrap_or(0);
    step.alternatives
        .iter()
        .filter(|other| !other.is_premature && rank(other) > best_done)
        .max_by_key(|other| (rank(other), Reverse(place(step, other))))
}

/// Earlier in the list wins among equals.
fn place(step: &ReviewStep, other: &Alternative) -> usize {
    step.alternatives
        .iter()
        .position(|one| one.made == other.made)
        .unwrap_or(usize::MAX)
}
