//! The move journal of an attempt: every move, and every rewind of practice mode as an entry of
//! its own. Nothing in it is ever deleted or changed.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use serde::{Deserialize, Serialize};

use super::attempts::{AttemptState, Mode};
use super::time::Moment;
use super::{AttemptId, RecordsError, Store};

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalEntry {
    /// Number in the journal, from 0.
    pub n: u32,
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// What.
    pub what: Entry,
}

/// What an entry says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Entry {
    /// The trainee made a move.
    Move {
        /// The move as text: a choice id, a standing move or silence.
        text: String,
        /// Milliseconds that the trainee took.
        millis: u64,
    },
    /// The trainee went back.
    Rewind {
        /// How many of the moves in force then stay in force.
        keep: u32,
    },
}

/// The moves that count: those of the journal less those that a rewind took back.
#[must_use]
pub fn moves_in_force(journal: &[JournalEntry]) -> Vec<&str> {
    entries_in_force(journal)
        .into_iter()
        .filter_map(|entry| match &entry.what {
            Entry::Move { text, .. } => Some(text.as_str()),
            Entry::Rewind { .. } => None,
        })
        .collect()
}

/// The entries of the moves that count, for when they were made and how long they took.
#[must_use]
pub fn entries_in_force(journal: &[JournalEntry]) -> Vec<&JournalEntry> {
    let mut moves = Vec::new();
    for entry in journal {
        match &entry.what {
            Entry::Move { .. } => moves.push(entry),
            Entry::Rewind { keep } => {
                moves.truncate(usize::try_from(*keep).unwrap_or(usize::MAX));
            }
        }
    }
    moves
}

impl Store {
    /// Writes a move and returns its number in the journal. It is on disk when this returns.
    ///
    /// `text` is the move, `at` the time (RFC 3339 in UTC), `millis` how long the trainee took.
    ///
    /// # Errors
    ///
    /// Refuses an attempt that does not exist or has ended.
    pub fn append_move(
        &self,
        attempt: AttemptId,
        text: &str,
        millis: u64,
        at: &str,
    ) -> Result<u32, RecordsError> {
        let what = Entry::Move {
            text: text.to_owned(),
            millis: millis.min(i64::MAX.unsigned_abs()),
        };
        self.append(attempt, &what, at)
    }

    /// Writes that the trainee went back to where `keep` moves are in force, and returns the
    /// entry's number in the journal.
    ///
    /// # Errors
    ///
    /// Refuses assessment, an attempt that has ended and more moves than are in force.
    pub fn append_rewind(
        &self,
        attempt: AttemptId,
        keep: u32,
        at: &str,
    ) -> Result<u32, RecordsError> {
        self.append(attempt, &Entry::Rewind { keep }, at)
    }

    /// The whole journal of an attempt, in order.
    ///
    /// # Errors
    ///
    /// [`RecordsError::NoAttempt`] where there is none of this id.
    pub fn moves(&self, attempt: AttemptId) -> Result<Vec<JournalEntry>, RecordsError> {
        let journal = read_journal(self.connection(), attempt).map_err(|error| self.sql(error))?;
        if journal.is_empty() {
            self.attempt(attempt)?;
        }
        Ok(journal)
    }

    fn append(&self, attempt: AttemptId, what: &Entry, at: &str) -> Result<u32, RecordsError> {
        let at = Moment::read(at)?.text();
        self.write(|transaction| {
            let mode = self.running_mode(transaction, attempt)?;
            if let Entry::Rewind { keep } = what {
                if mode == Mode::Assessment {
                    return Err(RecordsError::RewindInAssessment {
                        id: attempt.to_string(),
                    });
                }
                let journal =
                    read_journal(transaction, attempt).map_err(|error| self.sql(error))?;
                let in_force = u32::try_from(moves_in_force(&journal).len()).unwrap_or(u32::MAX);
                if *keep > in_force {
                    return Err(RecordsError::RewindTooFar {
                        found: *keep,
                        expected: in_force,
                    });
                }
            }
            insert(transaction, attempt, what, &at).map_err(|error| self.sql(error))
        })
    }

    /// The mode of an attempt that is still running.
    pub(super) fn running_mode(
        &self,
        transaction: &Transaction<'_>,
        attempt: AttemptId,
    ) -> Result<Mode, RecordsError> {
        let found: Option<(AttemptState, Mode)> = transaction
            .query_row(
                "SELECT state, mode FROM attempt WHERE id = ?1",
                [attempt],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()
            .map_err(|error| self.sql(error))?;
        match found {
            None => Err(RecordsError::NoAttempt {
                id: attempt.to_string(),
            }),
            Some((AttemptState::Running, mode)) => Ok(mode),
            Some((state, _)) => Err(RecordsError::AttemptClosed {
                id: attempt.to_string(),
                state: state.word(),
            }),
        }
    }
}

fn insert(
    transaction: &Transaction<'_>,
    attempt: AttemptId,
    what: &Entry,
    at: &str,
) -> rusqlite::Result<u32> {
    let n: u32 = transaction.query_row(
        "SELECT COALESCE(MAX(n) + 1, 0) FROM journal WHERE attempt = ?1",
        [attempt],
        |row| row.get(0),
    )?;
    let (kind, text, millis, keep) = match what {
        Entry::Move { text, millis } => {
            let millis = i64::try_from(*millis).unwrap_or(i64::MAX);
            ("move", text.as_str(), millis, 0)
        }
        Entry::Rewind { keep } => ("rewind", "", 0, *keep),
    };
    transaction.execute(
        "INSERT INTO journal(attempt, n, kind, text, millis, keep, at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![attempt, n, kind, text, millis, keep, at],
    )?;
    Ok(n)
}

/// The journal as it stands in the database.
pub(super) fn read_journal(
    connection: &Connection,
    attempt: AttemptId,
) -> rusqlite::Result<Vec<JournalEntry>> {
    connection
        .prepare_cached(
            "SELECT n, at, kind, text, millis, keep FROM journal WHERE attempt = ?1 ORDER BY n",
        )?
        .query_map([attempt], entry_of)?
        .collect()
}

fn entry_of(row: &Row<'_>) -> rusqlite::Result<JournalEntry> {
    let kind: String = row.get(2)?;
    let what = if kind == "rewind" {
        Entry::Rewind { keep: row.get(5)? }
    } else {
        let millis: i64 = row.get(4)?;
        Entry::Move {
            text: row.get(3)?,
            millis: u64::try_from(millis).unwrap_or(0),
        }
    };
    Ok(JournalEntry {
        n: row.get(0)?,
        at: row.get(1)?,
        what,
    })
}
