//! Kept attempts as the pages list them: the result is read out of the record once, not at
//! every frame.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::{Timestamp, tz::TimeZone};
use serde::Deserialize;

use crate::records::{Attempt, AttemptState, Mode};
use crate::scenario::Outcome;
use crate::scoring::{Result as Reached, Verdict};

/// A kept attempt with its result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastAttempt {
    /// The record.
    pub attempt: Attempt,
    /// When it began, in this computer's time, such as `28 Nov 2026, 21:05`.
    pub began: String,
    /// The result; none while the attempt is open or was closed without an ending.
    pub marks: Option<Marks>,
}

/// What the summary of an attempt says of the result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marks {
    /// Whether it passed.
    pub verdict: Verdict,
    /// How the encounter ended.
    pub outcome: Option<Outcome>,
    /// Results by objective, the required ones first.
    pub objectives: Vec<ObjectiveMark>,
    /// Titles of the gates that failed.
    pub gates: Vec<String>,
}

/// Result of one attempt for one objective.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectiveMark {
    /// Objective id.
    pub id: String,
    /// Whether a pass needed it.
    pub is_core: bool,
    /// Whole per cent; none without enough evidence.
    pub percent: Option<u32>,
    /// In words.
    pub reached: Reached,
    /// Whether a failed gate failed it too, whatever the percentage.
    pub is_failed_by_gate: bool,
}

#[derive(Deserialize)]
struct KeptSheet {
    verdict: String,
    outcome: Option<String>,
    objectives: Vec<KeptObjective>,
    gates: Vec<KeptGate>,
}

#[derive(Deserialize)]
struct KeptObjective {
    id: String,
    is_core: bool,
    percent: Option<u32>,
    result: String,
    failed_by: Option<String>,
}

#[derive(Deserialize)]
struct KeptGate {
    title: String,
}

impl PastAttempt {
    /// Reads the result out of a record. A summary that this version cannot read counts as none.
    #[must_use]
    pub fn read(attempt: Attempt) -> Self {
        let marks = attempt.summary.as_deref().and_then(Marks::read);
        let began = local_time(&attempt.started);
        Self {
            attempt,
            began,
            marks,
        }
    }

    /// Where it stands, in words.
    #[must_use]
    pub fn standing(&self) -> String {
        match (self.attempt.state, &self.marks) {
            (AttemptState::Running, _) => "Open".to_owned(),
            (AttemptState::Abandoned, _) => "Closed without an ending".to_owned(),
            (AttemptState::Finished, None) => "Finished; the result cannot be read".to_owned(),
            (AttemptState::Finished, Some(marks)) => marks.words(),
        }
    }

    /// Practice or assessment, as a word.
    #[must_use]
    pub const fn mode_words(&self) -> &'static str {
        mode_words(self.attempt.mode)
    }
}

/// Practice or assessment, as a word.
#[must_use]
pub const fn mode_words(mode: Mode) -> &'static str {
    match mode {
        Mode::Practice => "Practice",
        Mode::Assessment => "Assessment",
    }
}

impl Marks {
    /// Reads the summary that is kept with an attempt.
    #[must_use]
    pub fn read(summary: &str) -> Option<Self> {
        let kept: KeptSheet = serde_json::from_str(summary).ok()?;
        let verdict = match kept.verdict.as_str() {
            "Passed" => Verdict::Passed,
            "NotPassed" => Verdict::NotPassed,
            "Unfinished" => Verdict::Unfinished,
            _ => return None,
        };
        let outcome = match kept.outcome.as_deref() {
            Some("Safe") => Some(Outcome::Safe),
            Some("Unresolved") => Some(Outcome::Unresolved),
            Some("Unsafe") => Some(Outcome::Unsafe),
            _ => None,
        };
        let objectives = kept
            .objectives
            .into_iter()
            .map(|one| {
                Some(ObjectiveMark {
                    reached: reached_by_word(&one.result)?,
                    id: one.id,
                    is_core: one.is_core,
                    percent: one.percent,
                    is_failed_by_gate: one.failed_by.is_some(),
                })
            })
            .collect::<Option<Vec<_>>>()?;
        let gates = kept.gates.into_iter().map(|gate| gate.title).collect();
        Some(Self {
            verdict,
            outcome,
            objectives,
            gates,
        })
    }

    /// Required objectives that came out as a pass, and how many there are.
    #[must_use]
    pub fn core_passed(&self) -> (usize, usize) {
        let core = self.objectives.iter().filter(|one| one.is_core);
        let (mut passed, mut all) = (0, 0);
        for one in core {
            all += 1;
            passed += usize::from(one.reached.is_pass());
        }
        (passed, all)
    }

    /// Result and outcome in one line, such as `Not passed: 6 of 9 required objectives. Ended
    /// safe.`
    #[must_use]
    pub fn words(&self) -> String {
        let (passed, all) = self.core_passed();
        let mut text = match self.verdict {
            Verdict::Passed => "Passed".to_owned(),
            Verdict::NotPassed => format!("Not passed: {passed} of {all} required objectives"),
            Verdict::Unfinished => "Unfinished".to_owned(),
        };
        if !self.gates.is_empty() {
            // A gate can fail at several decisions; it is told once.
            let mut told: Vec<&str> = Vec::new();
            for gate in &self.gates {
                if !told.contains(&gate.as_str()) {
                    told.push(gate);
                }
            }
            let word = if told.len() == 1 { "gate" } else { "gates" };
            let _ = write!(text, ", {word} failed ({})", told.join(", "));
        }
        if let Some(outcome) = self.outcome {
            let _ = write!(text, ". Ended {}.", outcome_word(outcome).to_lowercase());
        }
        text
    }

    /// Sorts better results after worse ones: verdict, gates, required objectives, then the
    /// sum of the percentages.
    #[must_use]
    fn rank(&self) -> (bool, bool, usize, u32) {
        (
            self.verdict == Verdict::Passed,
            self.gates.is_empty(),
            self.core_passed().0,
            self.objectives.iter().filter_map(|one| one.percent).sum(),
        )
    }
}

/// The best finished attempt of a scenario; of equal ones the earliest in the list.
#[must_use]
pub fn best_of<'a>(attempts: &'a [PastAttempt], scenario: &str) -> Option<&'a PastAttempt> {
    let mut best: Option<(&PastAttempt, _)> = None;
    for past in attempts
        .iter()
        .filter(|past| past.attempt.scenario == scenario)
    {
        let Some(marks) = &past.marks else { continue };
        let rank = marks.rank();
        if best.as_ref().is_none_or(|(_, held)| rank > *held) {
            best = Some((past, rank));
        }
    }
    best.map(|(past, _)| past)
}

/// Best result for each objective over attempts, in the order of the ids.
#[must_use]
pub fn best_by_objective(
    attempts: &[PastAttempt],
) -> BTreeMap<&str, (Reached, Option<u32>, usize)> {
    let mut best: BTreeMap<&str, (Reached, Option<u32>, usize)> = BTreeMap::new();
    for one in attempts
        .iter()
        .filter_map(|past| past.marks.as_ref())
        .flat_map(|m| &m.objectives)
    {
        let held = best.entry(&one.id).or_insert((one.reached, one.percent, 0));
        held.2 += usize::from(one.reached != Reached::NotEnoughEvidence);
        if (one.reached, one.percent) > (held.0, held.1) {
            (held.0, held.1) = (one.reached, one.percent);
        }
    }
    best
}

fn reached_by_word(word: &str) -> Option<Reached> {
    Some(match word {
        "NotEnoughEvidence" => Reached::NotEnoughEvidence,
        "NotYet" => Reached::NotYet,
        "Developing" => Reached::Developing,
        "Competent" => Reached::Competent,
        "Proficient" => Reached::Proficient,
        _ => return None,
    })
}

/// One word for an outcome.
#[must_use]
pub const fn outcome_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Safe => "Safe",
        Outcome::Unresolved => "Unresolved",
        Outcome::Unsafe => "Unsafe",
    }
}

/// What an outcome means.
#[must_use]
pub const fn outcome_meaning(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Safe => "Everybody is safe and somebody has taken responsibility.",
        Outcome::Unresolved => "Nobody is hurt; the risk has not gone.",
        Outcome::Unsafe => "Somebody is less safe than before.",
    }
}

/// A time of the records in this computer's time, such as `28 Nov 2026, 21:05`; the text
/// itself where it is none.
#[must_use]
pub fn local_time(text: &str) -> String {
    text.parse::<Timestamp>().map_or_else(
        |_| text.to_owned(),
        |time| {
            time.to_zoned_datetime(TimeZone::system())
                .strftime("%-d %b %Y, %H:%M")
                .to_string()
        },
    )
}

/// A day such as `2026-11-01` as `1 November 2026`; the text itself where it is none.
#[must_use]
pub fn spoken_day(text: &str) -> String {
    text.parse::<jiff::civil::Date>().map_or_else(
        |_| text.to_owned(),
        |day| day.strftime("%-d %B %Y").to_string(),
    )
}

/// Half-metres as metres, such as `3.5 m`.
#[must_use]
pub fn metres(half_metres: u8) -> String {
    let half = if half_metres % 2 == 1 { ".5" } else { "" };
    format!("{}{half} m", half_metres / 2)
}

/// A percentage as the filled part of a bar, 0 to 1.
#[must_use]
pub fn part_of(percent: u32) -> f32 {
    f32::from(u8::try_from(percent.min(100)).unwrap_or(100)) / 100.0
}

/// A count with its noun, such as `1 attempt` or `3 attempts`.
#[must_use]
pub fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SUMMARY: &str = r#"{"verdict":"NotPassed","outcome":"Safe","decisions":[],
        "objectives":[
            {"id":"CI-1","is_core":true,"percent":70,"result":"Competent","failed_by":null},
            {"id":"CI-3","is_core":true,"percent":80,"result":"NotYet","failed_by":"force"}],
        "gates":[{"gate":"force","title":"Force"}]}"#;

    #[test]
    fn a_summary_is_told_in_one_line_with_result_and_outcome() {
        let marks = Marks::read(SUMMARY).unwrap();
        assert_eq!(marks.core_passed(), (1, 2));
        assert_eq!(
            marks.words(),
            "Not passed: 1 of 2 required objectives, gate failed (Force). Ended safe."
        );
        assert!(marks.objectives[1].is_failed_by_gate);
        let gate = |title: &str| format!(r#"{{"gate":"x","title":"{title}"}}"#);
        let three = [gate("Force"), gate("Force"), gate("Dignity")].join(",");
        let summary = SUMMARY.replace(&gate("Force").replace('x', "force"), &three);
        let words = Marks::read(&summary).unwrap().words();
        assert!(words.contains("gates failed (Force, Dignity)"), "{words}");
    }

    #[test]
    fn a_summary_of_another_version_counts_as_none() {
        assert_eq!(Marks::read("{}"), None);
        assert_eq!(Marks::read(&SUMMARY.replace("Competent", "Splendid")), None);
    }

    #[test]
    fn days_lengths_and_counts_are_written_as_people_say_them() {
        assert_eq!(spoken_day("2026-11-01"), "1 November 2026");
        assert_eq!(spoken_day("soon"), "soon");
        assert_eq!(metres(7), "3.5 m");
        assert_eq!(counted(1, "fault"), "1 fault");
        assert_eq!(counted(0, "fault"), "0 faults");
    }
}
