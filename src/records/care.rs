//! Care for the data: what is held on one person, what has been kept long enough, and copies of
//! the whole store to a file and back.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};
use serde_json::{Map, Value};

use super::copies::{copies_of, copy_to, put_in_place};
use super::schema::STEPS;
use super::sources::hex;
use super::time::Moment;
use super::trainees::PERSON;
use super::{
    Attempt, AttemptFilter, AttemptId, AttemptState, DATABASE_FILE, Erasure, RecordsError, Store,
    TraineeId,
};

const DAY_SECS: i64 = 86_400;

impl Store {
    /// The closed attempts that were begun more than `days` days before `now`, newest first.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn older_than(&self, days: u32, now: &str) -> Result<Vec<Attempt>, RecordsError> {
        let since = Moment::read(now)?
            .plus_secs(-DAY_SECS * i64::from(days))
            .text();
        let mut attempts = self.attempts(&AttemptFilter::default())?;
        attempts
            .retain(|attempt| attempt.state != AttemptState::Running && attempt.started < since);
        Ok(attempts)
    }

    /// Erases these attempts, as [`Store::erase_trainee`] does, and keeps the people.
    ///
    /// # Errors
    ///
    /// Where the database cannot be written; nothing is erased then.
    pub fn erase_attempts(&self, ids: &[AttemptId], now: &str) -> Result<Erasure, RecordsError> {
        let moment = Moment::read(now)?;
        let names: Vec<String> = ids.iter().map(ToString::to_string).collect();
        self.write(|transaction| {
            self.chain_erasure(transaction, &names, moment)?;
            for id in &names {
                for query in [
                    "DELETE FROM setting WHERE key IN ('timing.' || ?1, 'readiness.' || ?1)",
                    "DELETE FROM attempt WHERE id = ?1",
                ] {
                    transaction
                        .execute(query, [id])
                        .map_err(|error| self.sql(error))?;
                }
            }
            Ok(())
        })?;
        self.connection()
            .execute_batch("VACUUM; PRAGMA wal_checkpoint(TRUNCATE);")
            .map_err(|error| self.sql(error))?;
        Ok(Erasure {
            attempts: names.len() as u64,
        })
    }

    /// Every row that is held on one person, by table: the entry itself, what refers to it, the
    /// attempts and what refers to those, in whatever table it stands.
    ///
    /// # Errors
    ///
    /// [`RecordsError::NoTrainee`] where there is none of this id.
    pub fn held_on(
        &self,
        trainee: TraineeId,
    ) -> Result<BTreeMap<String, Vec<Map<String, Value>>>, RecordsError> {
        self.trainee(trainee)?;
        held(self.connection(), trainee).map_err(|error| self.sql(error))
    }

    /// Copies the whole store to a file of its own.
    ///
    /// # Errors
    ///
    /// Refuses a file that is there already, and a folder that cannot be written.
    pub fn backup_to(&self, file: &Path) -> Result<(), RecordsError> {
        if file.exists() {
            return Err(RecordsError::FileThere {
                path: file.to_path_buf(),
            });
        }
        let folder = match file.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        copy_to(self.connection(), folder, &name, self.path()).map(drop)
    }

    /// Puts a copy made by [`Store::backup_to`] in the place of the store in `dir`. What was there
    /// is kept beside it; its path is returned. Nobody may have the records open.
    ///
    /// # Errors
    ///
    /// Refuses a file that is no sound store, or one of a newer version; nothing is changed then.
    pub fn restore_from(file: &Path, dir: &Path) -> Result<Option<PathBuf>, RecordsError> {
        let sql = |error| RecordsError::from_sql(error, file);
        let copy =
            Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(sql)?;
        let found: i64 = copy
            .query_row("PRAGMA user_version", [], |row| row.get(0))
            .map_err(sql)?;
        let sound: String = copy
            .query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))
            .map_err(sql)?;
        if found == 0 || sound != "ok" {
            return Err(RecordsError::Damaged {
                detail: if found == 0 {
                    "no records in it".to_owned()
                } else {
                    sound
                },
                path: file.to_path_buf(),
            });
        }
        let expected = i64::try_from(STEPS.len()).unwrap_or(i64::MAX);
        if found > expected {
            return Err(RecordsError::NewerVersion {
                found,
                expected,
                path: file.to_path_buf(),
            });
        }
        drop(copy);
        fs::create_dir_all(dir).map_err(|error| RecordsError::from_io(error, dir))?;
        put_in_place(file, &dir.join(DATABASE_FILE), "records-replaced")
    }

    /// Where copies are kept.
    #[must_use]
    pub fn copies(&self) -> PathBuf {
        copies_of(self.path())
    }
}

fn held(
    connection: &Connection,
    trainee: TraineeId,
) -> rusqlite::Result<BTreeMap<String, Vec<Map<String, Value>>>> {
    let tables: Vec<String> = connection
        .prepare(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
        )?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let attempts = format!("(SELECT id FROM attempt WHERE trainee IN {PERSON})");
    let mut found = BTreeMap::new();
    for table in tables {
        let mut whose: Vec<String> = match table.as_str() {
            "trainee" => vec![format!("id IN {PERSON}")],
            "setting" => vec![format!("substr(key, instr(key, '.') + 1) IN {attempts}")],
            _ => Vec::new(),
        };
        let references: Vec<(String, String)> = connection
            .prepare("SELECT \"table\", \"from\" FROM pragma_foreign_key_list(?1)")?
            .query_map([&table], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        for (to, column) in references {
            match to.as_str() {
                "trainee" => whose.push(format!("\"{column}\" IN {PERSON}")),
                "attempt" => whose.push(format!("\"{column}\" IN {attempts}")),
                _ => {}
            }
        }
        if whose.is_empty() {
            continue;
        }
        let mut query = connection.prepare(&format!(
            "SELECT * FROM \"{table}\" WHERE {}",
            whose.join(" OR ")
        ))?;
        let heads: Vec<String> = query
            .column_names()
            .into_iter()
            .map(str::to_owned)
            .collect();
        let rows: Vec<Map<String, Value>> = query
            .query_map([trainee], |row| {
                heads
                    .iter()
                    .enumerate()
                    .map(|(n, head)| Ok((head.clone(), as_value(row.get_ref(n)?))))
                    .collect()
            })?
            .collect::<rusqlite::Result<_>>()?;
        if !rows.is_empty() {
            found.insert(table, rows);
        }
    }
    Ok(found)
}

fn as_value(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => number.into(),
        ValueRef::Real(number) => number.into(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned().into(),
        ValueRef::Blob(bytes) => hex(bytes).into(),
    }
}
