//! Cohorts: groups of trainees that a school teaches together, and the room in which a cohort
//! plays as one.

use rusqlite::{OptionalExtension, Row, params};
use serde::Serialize;

use super::time::Moment;
use super::trainees::plain;
use super::{CohortId, RecordsError, Store, TraineeId};

/// A group of trainees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cohort {
    /// Id.
    pub id: CohortId,
    /// Name as typed.
    pub name: String,
    /// When made, RFC 3339 in UTC.
    pub created: String,
    /// When put away.
    pub archived: Option<String>,
    /// How many belong to it.
    pub members: u32,
}

fn cohort_of(row: &Row<'_>) -> rusqlite::Result<Cohort> {
    Ok(Cohort {
        id: row.get(0)?,
        name: row.get(1)?,
        created: row.get(2)?,
        archived: row.get(3)?,
        members: row.get(4)?,
    })
}

const COLUMNS: &str = "SELECT id, name, created, archived,
    (SELECT COUNT(*) FROM cohort_member WHERE cohort = cohort.id) FROM cohort";

impl Store {
    /// Every cohort, by name, those put away too.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn cohorts(&self) -> Result<Vec<Cohort>, RecordsError> {
        let read = || -> rusqlite::Result<Vec<Cohort>> {
            self.connection()
                .prepare_cached(&format!("{COLUMNS} ORDER BY name COLLATE NOCASE, id"))?
                .query_map([], cohort_of)?
                .collect()
        };
        read().map_err(|error| self.sql(error))
    }

    /// One cohort.
    ///
    /// # Errors
    ///
    /// [`RecordsError::NotInSchool`] where there is none of this id.
    pub fn cohort(&self, id: CohortId) -> Result<Cohort, RecordsError> {
        self.connection()
            .query_row(&format!("{COLUMNS} WHERE id = ?1"), [id], cohort_of)
            .optional()
            .map_err(|error| self.sql(error))?
            .ok_or_else(|| no_cohort(id))
    }

    /// Makes a cohort.
    ///
    /// # Errors
    ///
    /// Refuses an empty name and one that another cohort in use has.
    pub fn add_cohort(&self, name: &str, now: &str) -> Result<Cohort, RecordsError> {
        let moment = Moment::read(now)?;
        let name = plain(name);
        let id = CohortId::fresh(moment.unix_millis())?;
        self.write(|transaction| {
            let taken: bool = transaction
                .query_row(
                    "SELECT EXISTS(SELECT 1 FROM cohort
                     WHERE name = ?1 COLLATE NOCASE AND archived IS NULL)",
                    [&name],
                    |row| row.get(0),
                )
                .map_err(|error| self.sql(error))?;
            if taken || name.is_empty() {
                return Err(RecordsError::CohortName {
                    found: name.clone(),
                });
            }
            transaction
                .execute(
                    "INSERT INTO cohort(id, name, created) VALUES (?1, ?2, ?3)",
                    params![id, name, moment.text()],
                )
                .map(drop)
                .map_err(|error| self.sql(error))
        })?;
        self.cohort(id)
    }

    /// Puts a cohort away. Its members and their results stay.
    ///
    /// # Errors
    ///
    /// [`RecordsError::NotInSchool`] where there is none of this id.
    pub fn archive_cohort(&self, id: CohortId, now: &str) -> Result<(), RecordsError> {
        let now = Moment::read(now)?.text();
        let changed = self.write(|transaction| {
            transaction
                .execute(
                    "UPDATE cohort SET archived = ?2 WHERE id = ?1",
                    params![id, now],
                )
                .map_err(|error| self.sql(error))
        })?;
        if changed == 0 {
            return Err(no_cohort(id));
        }
        Ok(())
    }

    /// Takes a cohort back into use.
    ///
    /// # Errors
    ///
    /// Refuses where another cohort in use has its name meanwhile, and where there is none of
    /// this id.
    pub fn restore_cohort(&self, id: CohortId) -> Result<(), RecordsError> {
        let name = self.cohort(id)?.name;
        let same = |one: &Cohort| {
            one.id != id && one.archived.is_none() && one.name.to_lowercase() == name.to_lowercase()
        };
        if self.cohorts()?.iter().any(same) {
            return Err(RecordsError::CohortName { found: name });
        }
        self.write(|transaction| {
            transaction
                .execute("UPDATE cohort SET archived = NULL WHERE id = ?1", [id])
                .map(drop)
                .map_err(|error| self.sql(error))
        })
    }

    /// Who belongs to a cohort: each person once, by the entry that is kept.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn members(&self, id: CohortId) -> Result<Vec<TraineeId>, RecordsError> {
        let read = || -> rusqlite::Result<Vec<TraineeId>> {
            self.connection()
                .prepare_cached(
                    "SELECT DISTINCT COALESCE(t.merged_into, t.id) FROM cohort_member m
                     JOIN trainee t ON t.id = m.trainee WHERE m.cohort = ?1 ORDER BY 1",
                )?
                .query_map([id], |row| row.get(0))?
                .collect()
        };
        read().map_err(|error| self.sql(error))
    }

    /// Puts a trainee into a cohort, or takes him out of it.
    ///
    /// # Errors
    ///
    /// Where there is no such cohort or trainee.
    pub fn set_member(
        &self,
        id: CohortId,
        trainee: TraineeId,
        belongs: bool,
    ) -> Result<(), RecordsError> {
        self.cohort(id)?;
        self.trainee(trainee)?;
        self.write(|transaction| {
            let done = if belongs {
                transaction.execute(
                    "INSERT OR IGNORE INTO cohort_member(cohort, trainee) VALUES (?1, ?2)",
                    params![id, trainee],
                )
            } else {
                transaction.execute(
                    "DELETE FROM cohort_member WHERE cohort = ?1 AND trainee IN
                     (SELECT id FROM trainee WHERE id = ?2 OR merged_into = ?2)",
                    params![id, trainee],
                )
            };
            done.map(drop).map_err(|error| self.sql(error))
        })
    }

    /// The entry under which a cohort plays as one; made when it is first needed.
    ///
    /// # Errors
    ///
    /// Where there is no such cohort or the database cannot be written.
    pub fn room_of(&self, id: CohortId, now: &str) -> Result<TraineeId, RecordsError> {
        let cohort = self.cohort(id)?;
        let room: Option<TraineeId> = self
            .connection()
            .query_row("SELECT room FROM cohort WHERE id = ?1", [id], |row| {
                row.get(0)
            })
            .map_err(|error| self.sql(error))?;
        if let Some(room) = room {
            return Ok(room);
        }
        let room = self.add_trainee(&format!("The room: {}", cohort.name), "", now)?;
        self.write(|transaction| {
            transaction
                .execute("UPDATE trainee SET is_room = 1 WHERE id = ?1", [room.id])
                .and_then(|_| {
                    transaction.execute(
                        "UPDATE cohort SET room = ?2 WHERE id = ?1",
                        params![id, room.id],
                    )
                })
                .map(drop)
                .map_err(|error| self.sql(error))
        })?;
        Ok(room.id)
    }
}

fn no_cohort(id: CohortId) -> RecordsError {
    RecordsError::NotInSchool {
        what: "cohort",
        name: id.to_string(),
    }
}
