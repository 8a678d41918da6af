//! Trainees: who they are on this computer, and the erasure of all that was kept of one.

use rusqlite::{OptionalExtension, Row, params};
use serde::Serialize;

use super::time::Moment;
use super::{RecordsError, Store, TraineeId};

/// One trainee. Only name and collar number say who it is; everything else refers to the id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Trainee {
    /// Pseudonym.
    pub id: TraineeId,
    /// Name as typed.
    pub name: String,
    /// Collar number; empty where there is none.
    pub collar_number: String,
    /// When first entered, RFC 3339 in UTC.
    pub created: String,
    /// When last active, RFC 3339 in UTC.
    pub last_seen: String,
    /// When put away; no longer offered at sign-in, everything kept.
    pub archived: Option<String>,
    /// The entry that stands for the same person, where this one is a duplicate.
    pub merged_into: Option<TraineeId>,
    /// Not a person but a room that votes together.
    pub is_room: bool,
}

impl Trainee {
    /// Whether it is offered at sign-in and listed among people.
    #[must_use]
    pub const fn is_current(&self) -> bool {
        self.archived.is_none() && self.merged_into.is_none() && !self.is_room
    }
}

/// What an erasure took away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Erasure {
    /// Attempts whose content is gone.
    pub attempts: u64,
}

fn trainee_of(row: &Row<'_>) -> rusqlite::Result<Trainee> {
    Ok(Trainee {
        id: row.get(0)?,
        name: row.get(1)?,
        collar_number: row.get(2)?,
        created: row.get(3)?,
        last_seen: row.get(4)?,
        archived: row.get(5)?,
        merged_into: row.get(6)?,
        is_room: row.get(7)?,
    })
}

/// Every entry of one person: the one of parameter 1 and what was merged into it.
pub(super) const PERSON: &str = "(SELECT id FROM trainee WHERE id = ?1 OR merged_into = ?1)";

const COLUMNS: &str = "SELECT id, name, collar_number, created, last_seen, archived,
    merged_into, is_room FROM trainee";

impl Store {
    /// Every trainee, by name.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn trainees(&self) -> Result<Vec<Trainee>, RecordsError> {
        let query = format!("{COLUMNS} ORDER BY name COLLATE NOCASE, collar_number, id");
        let read = || -> rusqlite::Result<Vec<Trainee>> {
            self.connection()
                .prepare_cached(&query)?
                .query_map([], trainee_of)?
                .collect()
        };
        read().map_err(|error| self.sql(error))
    }

    /// One trainee.
    ///
    /// # Errors
    ///
    /// [`RecordsError::NoTrainee`] where there is none of this id.
    pub fn trainee(&self, id: TraineeId) -> Result<Trainee, RecordsError> {
        self.connection()
            .query_row(&format!("{COLUMNS} WHERE id = ?1"), [id], trainee_of)
            .optional()
            .map_err(|error| self.sql(error))?
            .ok_or_else(|| RecordsError::NoTrainee { id: id.to_string() })
    }

    /// Enters a trainee. `now` is the time, RFC 3339 in UTC.
    ///
    /// Control signs and signs that turn the direction of text are dropped.
    ///
    /// # Errors
    ///
    /// Refuses an empty name and a collar number that somebody else has.
    pub fn add_trainee(
        &self,
        name: &str,
        collar_number: &str,
        now: &str,
    ) -> Result<Trainee, RecordsError> {
        let moment = Moment::read(now)?;
        let name = plain(name);
        let collar_number = plain(collar_number);
        if name.is_empty() {
            return Err(RecordsError::NameMissing);
        }
        let now = moment.text();
        let id = TraineeId::fresh(moment.unix_millis())?;
        self.write(|transaction| {
            let taken: Option<String> = transaction
                .query_row(
                    "SELECT name FROM trainee WHERE collar_number = ?1 AND ?1 <> ''",
                    [&collar_number],
                    |row| row.get(0),
                )
                .optional()
                .map_err(|error| self.sql(error))?;
            if let Some(name) = taken {
                return Err(RecordsError::CollarNumberTaken {
                    collar_number: collar_number.clone(),
                    name,
                });
            }
            transaction
                .execute(
                    "INSERT INTO trainee(id, name, collar_number, created, last_seen)
                     VALUES (?1, ?2, ?3, ?4, ?4)",
                    params![id, name, collar_number, now],
                )
                .map_err(|error| self.sql(error))?;
            Ok(())
        })?;
        Ok(Trainee {
            id,
            name,
            collar_number,
            last_seen: now.clone(),
            created: now,
            archived: None,
            merged_into: None,
            is_room: false,
        })
    }

    /// Notes that the trainee is here. `now` is the time, RFC 3339 in UTC.
    ///
    /// # Errors
    ///
    /// [`RecordsError::NoTrainee`] where there is none of this id.
    pub fn touch(&self, id: TraineeId, now: &str) -> Result<(), RecordsError> {
        let now = Moment::read(now)?.text();
        let changed = self.write(|transaction| {
            transaction
                .execute(
                    "UPDATE trainee SET last_seen = ?2 WHERE id = ?1",
                    params![id, now],
                )
                .map_err(|error| self.sql(error))
        })?;
        if changed == 0 {
            return Err(RecordsError::NoTrainee { id: id.to_string() });
        }
        Ok(())
    }

    /// Puts a trainee away, or takes one back with none. Attempts and results stay.
    ///
    /// # Errors
    ///
    /// [`RecordsError::NoTrainee`] where there is none of this id.
    pub fn archive_trainee(&self, id: TraineeId, when: Option<&str>) -> Result<(), RecordsError> {
        let when = when.map(Moment::read).transpose()?.map(Moment::text);
        self.change_trainee("UPDATE trainee SET archived = ?2 WHERE id = ?1", id, when)
    }

    /// Says that one entry is a duplicate of another: from then on its attempts count as the
    /// other's. No attempt is changed, so it can be undone at any time.
    ///
    /// # Errors
    ///
    /// Refuses to merge an entry with itself, and into one that is itself merged.
    pub fn merge_trainees(
        &self,
        duplicate: TraineeId,
        kept: TraineeId,
    ) -> Result<(), RecordsError> {
        let other = self.trainee(kept)?;
        let own = self.trainee(duplicate)?;
        if duplicate == kept || other.merged_into.is_some() || own.is_room != other.is_room {
            return Err(RecordsError::NoMerge {
                duplicate: own.name,
                kept: other.name,
            });
        }
        self.write(|transaction| {
            // What was merged into the duplicate goes along.
            transaction
                .execute(
                    "UPDATE trainee SET merged_into = ?2 WHERE id = ?1 OR merged_into = ?1",
                    params![duplicate, kept],
                )
                .map(drop)
                .map_err(|error| self.sql(error))
        })
    }

    /// Takes back a merge.
    ///
    /// # Errors
    ///
    /// [`RecordsError::NoTrainee`] where there is none of this id.
    pub fn unmerge_trainee(&self, id: TraineeId) -> Result<(), RecordsError> {
        let none: Option<String> = None;
        self.change_trainee(
            "UPDATE trainee SET merged_into = ?2 WHERE id = ?1",
            id,
            none,
        )
    }

    fn change_trainee(
        &self,
        sql: &str,
        id: TraineeId,
        value: Option<String>,
    ) -> Result<(), RecordsError> {
        let changed = self.write(|transaction| {
            transaction
                .execute(sql, params![id, value])
                .map_err(|error| self.sql(error))
        })?;
        if changed == 0 {
            return Err(RecordsError::NoTrainee { id: id.to_string() });
        }
        Ok(())
    }

    /// Erases a trainee with every attempt, at the trainee's request or when the time to keep
    /// them is over.
    ///
    /// The salted hashes stay, so the chain still checks, and an entry of its own says which
    /// records were erased and when. Daily copies, reports and exports made before are outside:
    /// they go when their own time is over.
    ///
    /// # Errors
    ///
    /// [`RecordsError::NoTrainee`] where there is none of this id.
    pub fn erase_trainee(&self, id: TraineeId, now: &str) -> Result<Erasure, RecordsError> {
        let moment = Moment::read(now)?;
        let attempts = self.write(|transaction| {
            let sql = |error| self.sql(error);
            let ids: Vec<String> = transaction
                .prepare(&format!(
                    "SELECT id FROM attempt WHERE trainee IN {PERSON} ORDER BY id"
                ))
                .and_then(|mut query| query.query_map([id], |row| row.get(0))?.collect())
                .map_err(sql)?;
            self.chain_erasure(transaction, &ids, moment)?;
            for attempt in &ids {
                transaction
                    .execute(
                        "DELETE FROM setting WHERE key IN ('timing.' || ?1, 'readiness.' || ?1)",
                        [attempt],
                    )
                    .map_err(sql)?;
            }
            transaction
                .execute(
                    &format!("DELETE FROM attempt WHERE trainee IN {PERSON}"),
                    [id],
                )
                .map_err(sql)?;
            transaction
                .execute("DELETE FROM trainee WHERE merged_into = ?1", [id])
                .map_err(sql)?;
            let gone = transaction
                .execute("DELETE FROM trainee WHERE id = ?1", [id])
                .map_err(sql)?;
            if gone == 0 {
                return Err(RecordsError::NoTrainee { id: id.to_string() });
            }
            Ok(ids.len())
        })?;
        // What was deleted must not stay behind in free pages or in the log.
        self.connection()
            .execute_batch("VACUUM; PRAGMA wal_checkpoint(TRUNCATE);")
            .map_err(|error| self.sql(error))?;
        Ok(Erasure {
            attempts: u64::try_from(attempts).unwrap_or(u64::MAX),
        })
    }
}

/// Text without control signs and without signs that turn its direction, on one line.
pub(super) fn plain(text: &str) -> String {
    let turns = |c: char| {
        matches!(
            c,
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
        )
    };
    let kept: String = text
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|&c| !c.is_control() && !turns(c))
        .collect();
    kept.split(' ')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: &str = "2026-11-28T10:00:00Z";

    #[test]
    fn trainees_are_listed_by_name_and_touched() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        let sian = store.add_trainee("Siân Rees", "4711", NOW).unwrap();
        let ben = store.add_trainee("  Ben\tOkoro\u{202e} ", "", NOW).unwrap();
        store.add_trainee("ann lee", "", NOW).unwrap();
        assert_eq!(ben.name, "Ben Okoro");
        let names: Vec<_> = store
            .trainees()
            .unwrap()
            .into_iter()
            .map(|t| t.name)
            .collect();
        assert_eq!(names, ["ann lee", "Ben Okoro", "Siân Rees"]);
        store.touch(sian.id, "2026-11-29T10:00:00Z").unwrap();
        assert_eq!(
            store.trainee(sian.id).unwrap().last_seen,
            "2026-11-29T10:00:00.000Z"
        );
    }

    #[test]
    fn a_collar_number_has_one_owner_and_a_name_is_needed() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        store.add_trainee("Siân Rees", "4711", NOW).unwrap();
        let error = store.add_trainee("Somebody Else", "4711", NOW).unwrap_err();
        assert!(error.to_string().contains("Siân Rees"));
        assert!(matches!(
            store.add_trainee(" \n ", "1", NOW).unwrap_err(),
            RecordsError::NameMissing
        ));
    }
}
