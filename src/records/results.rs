//! Results in narrow rows, so that many attempts can be looked over at once.
//!
//! They follow from the sealed summaries, by trigger, whenever a summary is written; nothing else
//! writes them. What is certified is read out of the summaries themselves.

use std::collections::BTreeMap;

use rusqlite::Row;
use serde::Serialize;

use super::{AttemptId, Mode, RecordsError, Store, TraineeId};

/// One finished attempt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ResultLine {
    /// The attempt.
    pub attempt: AttemptId,
    /// Who played, by the entry that is kept.
    pub trainee: TraineeId,
    /// Scenario id.
    pub scenario: String,
    /// Scenario title as it was then.
    pub title: String,
    /// Seed.
    pub seed: u64,
    /// Practice or assessment.
    pub mode: Mode,
    /// When begun, RFC 3339 in UTC.
    pub started: String,
    /// Whether it passed.
    pub is_passed: bool,
    /// How many gates failed.
    pub gates: u32,
}

/// One objective in one finished attempt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LevelLine {
    /// Who played, by the entry that is kept.
    pub trainee: TraineeId,
    /// Objective id.
    pub objective: String,
    /// When begun, RFC 3339 in UTC.
    pub started: String,
    /// The attempt.
    pub attempt: AttemptId,
    /// Scenario id.
    pub scenario: String,
    /// Practice or assessment.
    pub mode: Mode,
    /// The result's word as it is written in the summary, such as `Competent`.
    pub result: String,
    /// Whole per cent; none without enough evidence.
    pub percent: Option<u32>,
    /// Whether a failed gate failed it.
    pub by_gate: bool,
}

/// How often somebody has played, and with what result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    /// Attempts in all.
    pub all: u32,
    /// Not closed.
    pub open: u32,
    /// With an ending.
    pub finished: u32,
    /// Finished assessments.
    pub assessed: u32,
    /// Assessments that were passed.
    pub passed: u32,
}

fn result_of(row: &Row<'_>) -> rusqlite::Result<ResultLine> {
    let seed: i64 = row.get(4)?;
    let verdict: Option<String> = row.get(7)?;
    Ok(ResultLine {
        attempt: row.get(0)?,
        trainee: row.get(1)?,
        scenario: row.get(2)?,
        title: row.get(3)?,
        seed: seed.cast_unsigned(),
        mode: row.get(5)?,
        started: row.get(6)?,
        is_passed: verdict.as_deref() == Some("Passed"),
        gates: row.get(8)?,
    })
}

impl Store {
    /// Finished attempts, oldest first: of one cohort, of one trainee, or of all people.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn results_of(
        &self,
        whose: Option<super::AssignedTo>,
    ) -> Result<Vec<ResultLine>, RecordsError> {
        self.results_since(whose, "")
    }

    /// The same, of attempts that were begun at this time (as the store writes it) or later.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn results_since(
        &self,
        whose: Option<super::AssignedTo>,
        since: &str,
    ) -> Result<Vec<ResultLine>, RecordsError> {
        let (whose, id) = people(whose);
        let query = format!(
            "SELECT r.attempt, COALESCE(t.merged_into, t.id), r.scenario, r.title, r.seed, r.mode,
               r.started, r.verdict, r.gates
             FROM trainee t JOIN attempt_result r ON r.trainee = t.id
             WHERE t.is_room = 0 AND {whose} AND r.started >= ?2
             ORDER BY r.started, r.attempt"
        );
        let read = || -> rusqlite::Result<Vec<ResultLine>> {
            self.connection()
                .prepare_cached(&query)?
                .query_map(rusqlite::params![id, since], result_of)?
                .collect()
        };
        read().map_err(|error| self.sql(error))
    }

    /// Objectives of finished attempts, by person and objective and then oldest first: of one
    /// cohort, of one trainee, or of all people.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn levels_of(
        &self,
        whose: Option<super::AssignedTo>,
    ) -> Result<Vec<LevelLine>, RecordsError> {
        let (whose, id) = people(whose);
        let query = format!(
            "SELECT COALESCE(t.merged_into, t.id), l.objective, l.started, l.attempt, l.scenario,
               l.mode, l.result, l.percent, l.by_gate
             FROM trainee t JOIN attempt_level l ON l.trainee = t.id
             WHERE t.is_room = 0 AND {whose}"
        );
        let read = || -> rusqlite::Result<Vec<LevelLine>> {
            self.connection()
                .prepare_cached(&query)?
                .query_map([id], |row| {
                    Ok(LevelLine {
                        trainee: row.get(0)?,
                        objective: row.get(1)?,
                        started: row.get(2)?,
                        attempt: row.get(3)?,
                        scenario: row.get(4)?,
                        mode: row.get(5)?,
                        result: row.get(6)?,
                        percent: row.get(7)?,
                        by_gate: row.get(8)?,
                    })
                })?
                .collect()
        };
        let mut lines = read().map_err(|error| self.sql(error))?;
        // Rows of merged entries lie apart; those of one entry are in order already.
        let order = |one: &LevelLine, other: &LevelLine| {
            (one.trainee, &one.objective, &one.started).cmp(&(
                other.trainee,
                &other.objective,
                &other.started,
            ))
        };
        if !lines.is_sorted_by(|one, other| order(one, other).is_le()) {
            lines.sort_by(order);
        }
        Ok(lines)
    }

    /// How often each person has played, by the entry that is kept.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn counts(&self) -> Result<BTreeMap<TraineeId, Counts>, RecordsError> {
        let read = || -> rusqlite::Result<BTreeMap<TraineeId, Counts>> {
            let mut counts: BTreeMap<TraineeId, Counts> = BTreeMap::new();
            let connection = self.connection();
            // From the indexes alone: an attempt's own row is wide.
            let mut all = connection.prepare_cached(
                "SELECT COALESCE(t.merged_into, t.id), COUNT(a.trainee)
                 FROM trainee t JOIN attempt a ON a.trainee = t.id GROUP BY 1",
            )?;
            for row in all.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))? {
                let (id, times) = row?;
                counts.entry(id).or_default().all = times;
            }
            let mut open = connection.prepare_cached(
                "SELECT COALESCE(t.merged_into, t.id), COUNT(*)
                 FROM attempt a JOIN trainee t ON t.id = a.trainee
                 WHERE a.state = 'running' GROUP BY 1",
            )?;
            for row in open.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))? {
                let (id, times) = row?;
                counts.entry(id).or_default().open = times;
            }
            let mut done = connection.prepare_cached(
                "SELECT COALESCE(t.merged_into, t.id), COUNT(*), SUM(r.mode = 'assessment'),
                   SUM(r.mode = 'assessment' AND r.verdict IS 'Passed')
                 FROM attempt_result r JOIN trainee t ON t.id = r.trainee GROUP BY 1",
            )?;
            for row in done.query_map([], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })? {
                let (id, finished, assessed, passed) = row?;
                let own = counts.entry(id).or_default();
                own.finished = finished;
                own.assessed = assessed;
                own.passed = passed;
            }
            Ok(counts)
        };
        read().map_err(|error| self.sql(error))
    }
}

/// The condition on `trainee t` that leaves the people asked for, and its parameter.
pub(super) fn people(whose: Option<super::AssignedTo>) -> (&'static str, String) {
    match whose {
        None => ("?1 = ''", String::new()),
        Some(super::AssignedTo::Trainee(id)) => {
            ("(t.id = ?1 OR t.merged_into = ?1)", id.to_string())
        }
        Some(super::AssignedTo::Cohort(id)) => (
            "COALESCE(t.merged_into, t.id) IN (SELECT COALESCE(u.merged_into, u.id)
               FROM cohort_member m JOIN trainee u ON u.id = m.trainee WHERE m.cohort = ?1)",
            id.to_string(),
        ),
    }
}
