//! Assignments: a scenario that a cohort or a trainee is asked to play, how, and by when.

use std::collections::BTreeSet;

use rusqlite::{Row, params};
use serde::Serialize;

use super::time::Moment;
use super::{AssignmentId, CohortId, Mode, RecordsError, Store, TraineeId};

/// Whom an assignment is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum AssignedTo {
    /// Everybody in a cohort.
    Cohort(CohortId),
    /// One trainee.
    Trainee(TraineeId),
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewAssignment {
    /// Scenario id.
    pub scenario: String,
    /// Scenario title.
    pub title: String,
    /// Practice or assessment.
    pub mode: Mode,
    /// Last day, `YYYY-MM-DD`; none: whenever.
    pub due: Option<String>,
    /// The same seed for everybody; none: drawn.
    pub seed: Option<u64>,
    /// For whom.
    pub to: AssignedTo,
}

/// An assignment that was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Assignment {
    /// Id.
    pub id: AssignmentId,
    /// What is asked for.
    pub what: NewAssignment,
    /// When given, RFC 3339 in UTC.
    pub given: String,
    /// When taken back.
    pub withdrawn: Option<String>,
}

impl Assignment {
    /// Whether a finished attempt does what is asked: the scenario, begun since it was given, in
    /// the mode and with the seed if those are fixed. An assessment does for practice.
    #[must_use]
    pub fn is_done_by(&self, done: &super::ResultLine) -> bool {
        done.scenario == self.what.scenario
            && done.started >= self.given
            && (self.what.mode == Mode::Practice || done.mode == Mode::Assessment)
            && self.what.seed.is_none_or(|seed| seed == done.seed)
    }

    /// Whether it is past its day. `today` is `YYYY-MM-DD`.
    #[must_use]
    pub fn is_overdue(&self, today: &str) -> bool {
        self.what.due.as_deref().is_some_and(|due| due < today)
    }
}

fn assignment_of(row: &Row<'_>) -> rusqlite::Result<Assignment> {
    let cohort: Option<CohortId> = row.get(6)?;
    let to = match cohort {
        Some(cohort) => AssignedTo::Cohort(cohort),
        None => AssignedTo::Trainee(row.get(7)?),
    };
    let seed: Option<i64> = row.get(5)?;
    Ok(Assignment {
        id: row.get(0)?,
        what: NewAssignment {
            scenario: row.get(1)?,
            title: row.get(2)?,
            mode: row.get(3)?,
            due: row.get(4)?,
            seed: seed.map(i64::cast_unsigned),
            to,
        },
        given: row.get(8)?,
        withdrawn: row.get(9)?,
    })
}

const COLUMNS: &str = "SELECT id, scenario, title, mode, due, seed, cohort, trainee, given,
    withdrawn FROM assignment";

impl Store {
    /// Gives an assignment. `now` is the time, RFC 3339 in UTC.
    ///
    /// # Errors
    ///
    /// Refuses a day that is none, and a cohort or trainee that does not exist.
    pub fn assign(&self, new: &NewAssignment, now: &str) -> Result<AssignmentId, RecordsError> {
        let moment = Moment::read(now)?;
        if let Some(due) = &new.due
            && due.parse::<jiff::civil::Date>().is_err()
        {
            return Err(RecordsError::BadDay { found: due.clone() });
        }
        let (cohort, trainee) = match new.to {
            AssignedTo::Cohort(id) => (Some(self.cohort(id)?.id), None),
            AssignedTo::Trainee(id) => (None, Some(self.trainee(id)?.id)),
        };
        let id = AssignmentId::fresh(moment.unix_millis())?;
        self.write(|transaction| {
            transaction
                .execute(
                    "INSERT INTO assignment(id, scenario, title, mode, due, seed, cohort, trainee,
                       given) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                    params![
                        id,
                        new.scenario,
                        new.title,
                        new.mode,
                        new.due,
                        new.seed.map(u64::cast_signed),
                        cohort,
                        trainee,
                        moment.text(),
                    ],
                )
                .map(drop)
                .map_err(|error| self.sql(error))
        })?;
        Ok(id)
    }

    /// Takes an assignment back. What was played for it stays.
    ///
    /// # Errors
    ///
    /// [`RecordsError::NotInSchool`] where there is none of this id.
    pub fn withdraw(&self, id: AssignmentId, now: &str) -> Result<(), RecordsError> {
        let now = Moment::read(now)?.text();
        let changed = self.write(|transaction| {
            transaction
                .execute(
                    "UPDATE assignment SET withdrawn = ?2 WHERE id = ?1 AND withdrawn IS NULL",
                    params![id, now],
                )
                .map_err(|error| self.sql(error))
        })?;
        if changed == 0 {
            return Err(RecordsError::NotInSchool {
                what: "assignment",
                name: id.to_string(),
            });
        }
        Ok(())
    }

    /// Everybody who has done what an assignment asks, as [`Assignment::is_done_by`] says, by the
    /// entry that is kept. Rooms are left out.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn done_by(&self, assignment: &Assignment) -> Result<BTreeSet<TraineeId>, RecordsError> {
        let what = &assignment.what;
        let read = || -> rusqlite::Result<BTreeSet<TraineeId>> {
            self.connection()
                .prepare_cached(
                    "SELECT DISTINCT COALESCE(t.merged_into, t.id)
                     FROM attempt_result r JOIN trainee t ON t.id = r.trainee
                     WHERE t.is_room = 0 AND r.scenario = ?1 AND r.started >= ?2
                       AND (?3 = 'practice' OR r.mode = 'assessment')
                       AND (?4 IS NULL OR r.seed = ?4)",
                )?
                .query_map(
                    params![
                        what.scenario,
                        assignment.given,
                        what.mode,
                        what.seed.map(u64::cast_signed)
                    ],
                    |row| row.get(0),
                )?
                .collect()
        };
        read().map_err(|error| self.sql(error))
    }

    /// Gives an assignment again that was taken back, as if nothing had been.
    ///
    /// # Errors
    ///
    /// [`RecordsError::NotInSchool`] where there is none of this id that was taken back.
    pub fn give_again(&self, id: AssignmentId) -> Result<(), RecordsError> {
        let changed = self.write(|transaction| {
            transaction
                .execute(
                    "UPDATE assignment SET withdrawn = NULL
                     WHERE id = ?1 AND withdrawn IS NOT NULL",
                    params![id],
                )
                .map_err(|error| self.sql(error))
        })?;
        if changed == 0 {
            return Err(RecordsError::NotInSchool {
                what: "assignment",
                name: id.to_string(),
            });
        }
        Ok(())
    }

    /// Every assignment that stands, the nearest day first and then as they were given; those
    /// without a day come last.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn assignments(&self) -> Result<Vec<Assignment>, RecordsError> {
        let read = || -> rusqlite::Result<Vec<Assignment>> {
            self.connection()
                .prepare_cached(&format!(
                    "{COLUMNS} WHERE withdrawn IS NULL ORDER BY due IS NULL, due, given, id"
                ))?
                .query_map([], assignment_of)?
                .collect()
        };
        read().map_err(|error| self.sql(error))
    }

    /// What one trainee is asked to play, alone or with a cohort that is in use.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn assignments_of(&self, trainee: TraineeId) -> Result<Vec<Assignment>, RecordsError> {
        let read = || -> rusqlite::Result<Vec<Assignment>> {
            self.connection()
                .prepare_cached(&format!(
                    "{COLUMNS} WHERE withdrawn IS NULL AND (
                       trainee IN (SELECT id FROM trainee WHERE id = ?1 OR merged_into = ?1)
                       OR cohort IN (SELECT m.cohort FROM cohort_member m
                          JOIN cohort c ON c.id = m.cohort JOIN trainee t ON t.id = m.trainee
                          WHERE c.archived IS NULL AND (t.id = ?1 OR t.merged_into = ?1)))
                     ORDER BY due IS NULL, due, given, id"
                ))?
                .query_map([trainee], assignment_of)?
                .collect()
        };
        read().map_err(|error| self.sql(error))
    }
}
