//! Whether a course is completed by the rules in its file, and if not, what exactly is missing.

use std::collections::{BTreeMap, BTreeSet};

use crate::course::{Course, TrackRules};

/// A finished attempt as far as completion asks: the caller leaves out practice and trials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// Scenario id.
    pub scenario: String,
    /// When begun; text order is time order.
    pub started: String,
    /// Whether it passed.
    pub is_passed: bool,
    /// Objectives that came out as Competent or better.
    pub competent: Vec<String>,
    /// Whether an instructor has signed it off.
    pub is_signed_off: bool,
    /// Whether an instructor disputes every gate that it failed: then it is set aside, and counts
    /// neither for the trainee nor against.
    pub is_disputed: bool,
}

/// What is missing for a track and the course as a whole, one sentence each; nothing: completed.
///
/// Of each scenario the latest attempts count, as many as the course says; those of which every
/// failed gate is disputed are set aside before. Where the course asks for it, a pass counts once
/// an instructor has signed it off. Every objective of the
/// course must be Competent in as many different scenarios as it says, every scenario of the
/// track passed with `any_more` others, and as many scenarios passed in all as the course asks.
#[must_use]
pub fn missing(course: &Course, track: &TrackRules, attempts: &[Counted]) -> Vec<String> {
    let mut by_scenario: BTreeMap<&str, Vec<&Counted>> = BTreeMap::new();
    for attempt in attempts.iter().filter(|one| !one.is_disputed) {
        by_scenario
            .entry(&attempt.scenario)
            .or_default()
            .push(attempt);
    }
    let latest = usize::try_from(course.pass.latest_attempts).unwrap_or(usize::MAX);
    let mut passed: BTreeSet<&str> = BTreeSet::new();
    let mut unsigned: BTreeSet<&str> = BTreeSet::new();
    let mut shown: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (scenario, mut own) in by_scenario {
        own.sort_by(|one, other| other.started.cmp(&one.started));
        for attempt in own.into_iter().take(latest) {
            if attempt.is_passed && (attempt.is_signed_off || !course.pass.signed_off) {
                passed.insert(scenario);
            } else if attempt.is_passed {
                unsigned.insert(scenario);
            }
            for objective in &attempt.competent {
                shown.entry(objective).or_default().insert(scenario);
            }
        }
    }
    let mut wants = Vec::new();
    for scenario in &track.scenarios {
        if !passed.contains(scenario.as_str()) && !unsigned.contains(scenario.as_str()) {
            wants.push(format!(
                "Scenario `{scenario}` of this track is not passed."
            ));
        }
    }
    for scenario in unsigned.difference(&passed) {
        wants.push(format!(
            "The pass of scenario `{scenario}` is not signed off by an instructor yet."
        ));
    }
    let others = passed
        .iter()
        .filter(|scenario| !track.scenarios.iter().any(|own| own == *scenario))
        .count();
    let any_more = usize::try_from(track.any_more).unwrap_or(usize::MAX);
    if others < any_more {
        wants.push(format!(
            "{others} of {any_more} more scenarios of any track are passed."
        ));
    }
    let in_all = usize::try_from(course.pass.scenarios).unwrap_or(usize::MAX);
    if passed.len() < in_all {
        wants.push(format!(
            "{} of {in_all} scenarios in all are passed.",
            passed.len()
        ));
    }
    let needed = usize::try_from(course.pass.scenarios_per_objective).unwrap_or(usize::MAX);
    for objective in &course.objectives {
        let have = shown.get(objective.id.as_str()).map_or(0, BTreeSet::len);
        if have < needed {
            wants.push(format!(
                "{} is Competent in {have} of {needed} different scenarios.",
                objective.id
            ));
        }
    }
    wants
}

/// Scenarios that count as passed, each with the start of its latest pass that counts.
#[must_use]
pub fn passes(course: &Course, attempts: &[Counted]) -> Vec<(String, String)> {
    let latest = usize::try_from(course.pass.latest_attempts).unwrap_or(usize::MAX);
    let mut sorted: Vec<&Counted> = attempts.iter().filter(|one| !one.is_disputed).collect();
    sorted.sort_by(|one, other| {
        (&one.scenario, &other.started).cmp(&(&other.scenario, &one.started))
    });
    sorted
        .chunk_by(|one, other| one.scenario == other.scenario)
        .filter_map(|own| {
            own.iter()
                .take(latest)
                .find(|one| one.is_passed && (one.is_signed_off || !course.pass.signed_off))
        })
        .map(|one| (one.scenario.clone(), one.started.clone()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn course() -> Course {
        let text = std::fs::read_to_string(
            std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/cpmha.course.ron"),
        )
        .unwrap();
        ron::from_str(&text).unwrap()
    }

    fn attempts(course: &Course, scenarios: &[&str]) -> Vec<Counted> {
        scenarios
            .iter()
            .map(|scenario| Counted {
                scenario: (*scenario).to_owned(),
                started: "2026-11-28T10:00:00.000Z".to_owned(),
                is_passed: true,
                competent: course.objectives.iter().map(|one| one.id.clone()).collect(),
                is_signed_off: true,
                is_disputed: false,
            })
            .collect()
    }

    const TWELVE: [&str; 12] = [
        "footbridge",
        "number-14",
        "aisle-nine",
        "day-eleven",
        "too-hot",
        "third-floor-toilets",
        "chain-on-the-door",
        "bonfire-night",
        "cell-9",
        "the-stack",
        "ward-assist",
        "handset-down",
    ];

    #[test]
    fn a_course_is_completed_when_every_rule_of_its_file_is_met() {
        let course = course();
        let track = &course.tracks[2];
        let mut done = attempts(&course, &TWELVE);
        assert_eq!(missing(&course, track, &done), Vec::<String>::new());
        // The latest two attempts count: two later failures take the pass away.
        for day in ["29", "30"] {
            done.push(Counted {
                started: format!("2026-11-{day}T10:00:00.000Z"),
                is_passed: false,
                competent: Vec::new(),
                scenario: "footbridge".to_owned(),
                is_signed_off: false,
                is_disputed: false,
            });
        }
        assert_eq!(
            missing(&course, track, &done),
            [
                "Scenario `footbridge` of this track is not passed.",
                "11 of 12 scenarios in all are passed."
            ]
        );
        done.pop();
        assert_eq!(missing(&course, track, &done), Vec::<String>::new());
    }

    #[test]
    fn a_disputed_attempt_is_set_aside_and_a_pass_waits_for_its_signature() {
        let course = course();
        let track = &course.tracks[2];
        let mut done = attempts(&course, &TWELVE);
        for day in ["29", "30"] {
            done.push(Counted {
                scenario: "footbridge".to_owned(),
                started: format!("2026-11-{day}T10:00:00.000Z"),
                is_passed: false,
                competent: Vec::new(),
                is_signed_off: true,
                is_disputed: true,
            });
        }
        let none = Vec::<String>::new();
        assert_eq!(
            missing(&course, track, &done),
            none,
            "neither for nor against"
        );
        assert!(passes(&course, &done).contains(&(
            "footbridge".to_owned(),
            "2026-11-28T10:00:00.000Z".to_owned()
        )));
        done[0].is_signed_off = false;
        assert_eq!(
            missing(&course, track, &done),
            [
                "The pass of scenario `footbridge` is not signed off by an instructor yet.",
                "11 of 12 scenarios in all are passed."
            ]
        );
        assert_eq!(passes(&course, &done).len(), 11);
        let mut lenient = course.clone();
        lenient.pass.signed_off = false;
        assert_eq!(missing(&lenient, track, &done), none);
        // Disputed, but it passed nothing either.
        for one in &mut done {
            one.is_disputed = one.scenario == "footbridge";
        }
        let told = missing(&course, track, &done);
        assert!(told[0].contains("`footbridge` of this track is not passed"));
    }

    #[test]
    fn what_is_missing_is_said_exactly() {
        let course = course();
        let told = missing(&course, &course.tracks[0], &attempts(&course, &["cell-9"]));
        assert!(told.contains(&"0 of 2 more scenarios of any track are passed.".to_owned()));
        assert!(told.contains(&"1 of 12 scenarios in all are passed.".to_owned()));
        assert!(told.contains(&"CI-1 is Competent in 1 of 2 different scenarios.".to_owned()));
        assert!(!told.iter().any(|one| one.contains("`cell-9`")));
    }
}
