//! A cohort as a report prints it: everybody's latest result by objective, and what is to do.

use serde::Serialize;

use crate::scoring::Result;

/// Everything that the report of one cohort prints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CohortReport {
    /// Name of the cohort.
    pub cohort: String,
    /// Course title.
    pub course: String,
    /// What may and may not be said of a pass: the course's own words.
    pub standing_note: String,
    /// When this report was made, RFC 3339 in UTC.
    pub printed: String,
    /// Seal of the records when it was made: number and hash of the newest entry of the chain.
    pub seal: Option<String>,
    /// The objectives that anybody was assessed on, in the course's order.
    pub objectives: Vec<CohortObjective>,
    /// The members, by name, or by pseudonym where names are left out.
    pub members: Vec<CohortMember>,
    /// What the cohort was given to do and is not done.
    pub assignments: Vec<CohortAssignment>,
    /// Every result of every finished attempt, by member, objective and time.
    pub results: Vec<CohortResult>,
}

/// A column of the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CohortObjective {
    /// Id, such as `CI-1`.
    pub id: String,
    /// What the officer can do; empty where the course no longer has it.
    pub statement: String,
}

/// A row of the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CohortMember {
    /// Pseudonym.
    pub trainee: String,
    /// Name; none in a pseudonymous report.
    pub name: Option<String>,
    /// Collar number; none in a pseudonymous report.
    pub collar_number: Option<String>,
    /// Finished attempts.
    pub finished: u32,
    /// Finished assessments.
    pub assessed: u32,
    /// Assessments that were passed.
    pub passed: u32,
    /// The latest result on each objective, one for each column; none where not assessed.
    pub latest: Vec<Option<LatestResult>>,
}

/// The latest result of one person on one objective.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LatestResult {
    /// What was reached.
    pub reached: Result,
    /// Whole per cent; none without enough evidence.
    pub percent: Option<u32>,
    /// In how many attempts the objective was assessed.
    pub attempts: u32,
}

/// An assignment that somebody has not done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CohortAssignment {
    /// Scenario title.
    pub title: String,
    /// `practice` or `assessment`.
    pub mode: String,
    /// The day by which it is due.
    pub due: Option<String>,
    /// How many have not done it.
    pub waiting: usize,
}

/// One objective in one attempt of one member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CohortResult {
    /// Pseudonym of the member.
    pub trainee: String,
    /// Attempt id.
    pub attempt: String,
    /// Scenario id.
    pub scenario: String,
    /// `practice` or `assessment`.
    pub mode: String,
    /// When begun, RFC 3339 in UTC.
    pub started: String,
    /// Objective id.
    pub objective: String,
    /// What was reached.
    pub reached: Result,
    /// Whole per cent; none without enough evidence.
    pub percent: Option<u32>,
    /// Whether a failed gate failed it.
    pub by_gate: bool,
}
