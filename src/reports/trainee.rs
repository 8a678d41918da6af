//! One trainee as a report prints them: every attempt, and each objective over time.

use serde::Serialize;

use crate::scoring::Result;

use super::attempt::{AttemptReport, SupportLine};
use super::said::JudgementLine;
use super::words::outcome_word;

/// Everything that the report of one trainee prints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TraineeReport {
    /// Pseudonym.
    pub trainee: String,
    /// Name; none in a pseudonymous report.
    pub name: Option<String>,
    /// Collar number; none in a pseudonymous report.
    pub collar_number: Option<String>,
    /// Course title.
    pub course: String,
    /// What may and may not be said of a pass: the course's own words.
    pub standing_note: String,
    /// When this report was made, RFC 3339 in UTC.
    pub printed: String,
    /// Every attempt, oldest first.
    pub attempts: Vec<AttemptLine>,
    /// Every objective that any attempt assessed, in the course's order.
    pub objectives: Vec<Development>,
    /// Where a trainee finds support.
    pub support: Vec<SupportLine>,
}

/// One attempt in a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AttemptLine {
    /// Attempt id.
    pub attempt: String,
    /// When begun, RFC 3339 in UTC.
    pub started: String,
    /// Scenario title.
    pub title: String,
    /// `practice` or `assessment`.
    pub mode: String,
    /// For an assessment with a scenario that was not ready: what its report says of it.
    pub trial: Option<String>,
    /// `running`, `finished` or `abandoned`.
    pub state: String,
    /// Whether it was passed, where that is said.
    pub passed: Option<bool>,
    /// Outcome and title of the ending.
    pub ending: Option<String>,
    /// Titles of the gates that failed.
    pub gates_failed: Vec<String>,
    /// Number in the chain, once closed.
    pub chain_number: Option<u64>,
    /// Chain hash, once closed.
    pub chain_hash: Option<String>,
    /// What instructors said of it, oldest first; never part of the marks.
    pub judgements: Vec<JudgementLine>,
}

/// One objective over the attempts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Development {
    /// Id, such as `CI-1`.
    pub id: String,
    /// What the officer can do.
    pub statement: String,
    /// One point per attempt that assessed it, oldest first.
    pub points: Vec<DevelopmentPoint>,
}

/// One objective in one attempt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DevelopmentPoint {
    /// Number of the attempt in this report, from 1.
    pub attempt_number: usize,
    /// When the attempt began, RFC 3339 in UTC.
    pub started: String,
    /// Scenario title.
    pub title: String,
    /// What was reached.
    pub reached: Result,
    /// Whole per cent; none without enough evidence.
    pub percent: Option<u32>,
}

impl Development {
    /// How the percentage moved from the first to the latest attempt that gave a number; none
    /// with fewer than two of them.
    #[must_use]
    pub fn change(&self) -> Option<i64> {
        let mut numbers = self.points.iter().filter_map(|point| point.percent);
        let first = numbers.next()?;
        let last = numbers.next_back()?;
        Some(i64::from(last) - i64::from(first))
    }
}

impl TraineeReport {
    /// Gathers a trainee's attempts. `objective_order` lists the course's objective ids; what it
    /// does not list comes after, by id. None where there is no attempt.
    #[must_use]
    pub fn of(attempts: &[AttemptReport], objective_order: &[&str], printed: &str) -> Option<Self> {
        let mut attempts: Vec<&AttemptReport> = attempts.iter().collect();
        attempts.sort_by(|one, other| {
            (&one.head.started, &one.head.attempt).cmp(&(&other.head.started, &other.head.attempt))
        });
        let latest = attempts.last()?;
        Some(Self {
            trainee: latest.head.trainee.clone(),
            name: latest.head.name.clone(),
            collar_number: latest.head.collar_number.clone(),
            course: latest.head.course.clone(),
            standing_note: latest.standing_note.clone(),
            printed: printed.to_owned(),
            support: latest.support.clone(),
            objectives: developments(&attempts, objective_order),
            attempts: attempts.iter().map(|report| line_of(report)).collect(),
        })
    }
}

fn line_of(report: &AttemptReport) -> AttemptLine {
    let head = &report.head;
    AttemptLine {
        attempt: head.attempt.clone(),
        started: head.started.clone(),
        title: head.title.clone(),
        mode: head.mode.clone(),
        trial: head.trial.clone(),
        state: head.state.clone(),
        passed: report.verdict.passed,
        ending: report
            .end
            .as_ref()
            .map(|end| format!("{}: {}", outcome_word(end.outcome), end.title)),
        gates_failed: report
            .gates
            .iter()
            .filter(|gate| !gate.failures.is_empty())
            .map(|gate| gate.title.clone())
            .collect(),
        chain_number: report.provenance.chain_number,
        chain_hash: report.provenance.chain_hash.clone(),
        judgements: report.judgements.clone(),
    }
}

fn developments(attempts: &[&AttemptReport], objective_order: &[&str]) -> Vec<Development> {
    let mut found: Vec<Development> = Vec::new();
    for (index, report) in attempts.iter().enumerate() {
        // An attempt that was not finished has no result to compare.
        if report.head.state != "finished" {
            continue;
        }
        for one in &report.objectives {
            let point = DevelopmentPoint {
                attempt_number: index + 1,
                started: report.head.started.clone(),
                title: report.head.title.clone(),
                reached: one.reached,
                percent: one.percent,
            };
            match found.iter_mut().find(|known| known.id == one.id) {
                Some(known) => {
                    known.points.push(point);
                    known.statement.clone_from(&one.statement);
                }
                None => found.push(Development {
                    id: one.id.clone(),
                    statement: one.statement.clone(),
                    points: vec![point],
                }),
            }
        }
    }
    let place = |id: &str| {
        objective_order
            .iter()
            .position(|known| *known == id)
            .unwrap_or(usize::MAX)
    };
    found.sort_by(|one, other| (place(&one.id), &one.id).cmp(&(place(&other.id), &other.id)));
    found
}
