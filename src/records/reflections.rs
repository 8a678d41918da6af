//! What trainees say of their own decisions: a reason where the scenario asks for one, a notebook
//! entry after the run, and which attempt goes on from a decision of another.
//!
//! Reasons and branches are sealed with the attempt. A notebook entry is written after that and
//! hashed onto the attempt's entry in the chain. Nothing is ever changed; more can be added.

use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::beside::Saying;
use super::sources::sha256_hex;
use super::time::Moment;
use super::{AttemptId, AttemptState, RecordsError, Store};

/// Most characters that are kept of a reason or a note.
const MOST: usize = 4_000;

/// A reason for a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rationale {
    /// Number of the move in the journal.
    pub n: u32,
    /// Word of the element that was picked; opaque to this room.
    pub element: String,
    /// The line that was written.
    pub text: String,
    /// When, RFC 3339 in UTC.
    pub at: String,
}

/// A notebook entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    /// Number, from 0.
    pub n: u32,
    /// What was written.
    pub text: String,
    /// When, RFC 3339 in UTC.
    pub at: String,
}

/// From where an attempt goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Branch {
    /// The attempt whose first moves it shares.
    pub origin: AttemptId,
    /// How many moves they share.
    pub kept: u32,
}

fn written(text: &str) -> Result<String, RecordsError> {
    let kept: String = text.trim().replace('\0', "").chars().take(MOST).collect();
    if kept.is_empty() {
        return Err(RecordsError::NothingWritten);
    }
    Ok(kept)
}

impl Store {
    /// Keeps the reason for the move with number `n` in the journal. It is on disk when this
    /// returns.
    ///
    /// # Errors
    ///
    /// Refuses an attempt that is closed, an entry that is no move, no words, and a second reason.
    pub fn give_rationale(
        &self,
        attempt: AttemptId,
        n: u32,
        (element, text): (&str, &str),
        at: &str,
    ) -> Result<(), RecordsError> {
        let at = Moment::read(at)?.text();
        let text = written(text)?;
        self.write(|transaction| {
            self.running_mode(transaction, attempt)?;
            let sql = |error| self.sql(error);
            let is_move: bool = transaction
                .query_row(
                    "SELECT EXISTS(SELECT 1 FROM journal
                     WHERE attempt = ?1 AND n = ?2 AND kind = 'move')",
                    params![attempt, n],
                    |row| row.get(0),
                )
                .map_err(sql)?;
            if !is_move {
                return Err(RecordsError::NoSuchMove { n });
            }
            let new = transaction
                .execute(
                    "INSERT OR IGNORE INTO rationale(attempt, n, element, text, at)
                     VALUES (?1, ?2, ?3, ?4, ?5)",
                    params![attempt, n, element, text, at],
                )
                .map_err(sql)?;
            if new == 0 {
                return Err(RecordsError::AlreadyGiven);
            }
            Ok(())
        })
    }

    /// The reasons given in an attempt, in the order of the journal.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn rationales(&self, attempt: AttemptId) -> Result<Vec<Rationale>, RecordsError> {
        read_rationales(self.connection(), attempt).map_err(|error| self.sql(error))
    }

    /// Writes in the notebook of a closed attempt. It is on disk when this returns.
    ///
    /// # Errors
    ///
    /// Refuses an attempt that is running, and no words.
    pub fn write_note(&self, attempt: AttemptId, text: &str, at: &str) -> Result<(), RecordsError> {
        let at = Moment::read(at)?.text();
        let text = written(text)?;
        self.write(|transaction| {
            let sql = |error| self.sql(error);
            let found: Option<AttemptState> = transaction
                .query_row(
                    "SELECT state FROM attempt WHERE id = ?1",
                    [attempt],
                    |row| row.get(0),
                )
                .optional()
                .map_err(sql)?;
            let id = attempt.to_string();
            match found {
                None => return Err(RecordsError::NoAttempt { id }),
                Some(AttemptState::Running) => return Err(RecordsError::StillRunning { id }),
                Some(_) => {}
            }
            self.insert_note(transaction, attempt, &text, &at)
        })
    }

    pub(super) fn insert_note(
        &self,
        transaction: &Transaction<'_>,
        attempt: AttemptId,
        text: &str,
        at: &str,
    ) -> Result<(), RecordsError> {
        let sql = |error| self.sql(error);
        let sealed: Vec<u8> = transaction
            .query_row(
                "SELECT entry FROM chain WHERE record = ?1 AND kind = 'attempt'",
                [attempt],
                |row| row.get(0),
            )
            .map_err(sql)?;
        let notes = read_notes(transaction, attempt).map_err(sql)?;
        let prev = notes.last().map_or(sealed, |(_, entry)| entry.clone());
        let note = Note {
            n: u32::try_from(notes.len()).unwrap_or(u32::MAX),
            text: text.to_owned(),
            at: at.to_owned(),
        };
        transaction
            .execute(
                "INSERT INTO note(attempt, n, text, at, entry) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![attempt, note.n, note.text, note.at, seal_of(&prev, &note)],
            )
            .map_err(sql)?;
        let saying = Saying::Note {
            text: note.text,
            at: note.at,
        };
        self.chain_saying(transaction, attempt, &saying)
    }

    /// The notebook of an attempt, in the order in which it was written.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn notes(&self, attempt: AttemptId) -> Result<Vec<Note>, RecordsError> {
        let notes = read_notes(self.connection(), attempt).map_err(|error| self.sql(error))?;
        Ok(notes.into_iter().map(|(note, _)| note).collect())
    }

    /// Keeps that a running attempt goes on from a decision of another.
    ///
    /// # Errors
    ///
    /// Refuses an attempt that is closed.
    pub fn set_branch(&self, attempt: AttemptId, from: &Branch) -> Result<(), RecordsError> {
        self.write(|transaction| {
            self.running_mode(transaction, attempt)?;
            transaction
                .execute(
                    "INSERT INTO branch(attempt, origin, kept) VALUES (?1, ?2, ?3)",
                    params![attempt, from.origin, from.kept],
                )
                .map_err(|error| self.sql(error))?;
            Ok(())
        })
    }

    /// From where an attempt goes on; none for one that began at the beginning.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn branch_of(&self, attempt: AttemptId) -> Result<Option<Branch>, RecordsError> {
        read_branch(self.connection(), attempt).map_err(|error| self.sql(error))
    }

    /// The attempts that go on from a decision of this one, oldest first.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn branches_from(&self, origin: AttemptId) -> Result<Vec<(AttemptId, u32)>, RecordsError> {
        let read = || -> rusqlite::Result<Vec<(AttemptId, u32)>> {
            self.connection()
                .prepare_cached(
                    "SELECT attempt, kept FROM branch WHERE origin = ?1 ORDER BY attempt",
                )?
                .query_map([origin], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        };
        read().map_err(|error| self.sql(error))
    }
}

fn read_rationales(
    connection: &Connection,
    attempt: AttemptId,
) -> rusqlite::Result<Vec<Rationale>> {
    connection
        .prepare_cached("SELECT n, element, text, at FROM rationale WHERE attempt = ?1 ORDER BY n")?
        .query_map([attempt], |row| {
            Ok(Rationale {
                n: row.get(0)?,
                element: row.get(1)?,
                text: row.get(2)?,
                at: row.get(3)?,
            })
        })?
        .collect()
}

fn read_notes(
    connection: &Connection,
    attempt: AttemptId,
) -> rusqlite::Result<Vec<(Note, Vec<u8>)>> {
    connection
        .prepare_cached("SELECT n, text, at, entry FROM note WHERE attempt = ?1 ORDER BY n")?
        .query_map([attempt], |row| {
            let note = Note {
                n: row.get(0)?,
                text: row.get(1)?,
                at: row.get(2)?,
            };
            Ok((note, row.get(3)?))
        })?
        .collect()
}

fn read_branch(connection: &Connection, attempt: AttemptId) -> rusqlite::Result<Option<Branch>> {
    connection
        .prepare_cached("SELECT origin, kept FROM branch WHERE attempt = ?1")?
        .query_row([attempt], |row| {
            Ok(Branch {
                origin: row.get(0)?,
                kept: row.get(1)?,
            })
        })
        .optional()
}

fn seal_of(prev: &[u8], note: &Note) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(prev);
    hash.update(note.n.to_be_bytes());
    hash.update((note.text.len() as u64).to_be_bytes());
    hash.update(note.text.as_bytes());
    hash.update(note.at.as_bytes());
    hash.finalize().to_vec()
}

/// What is sealed with an attempt: its reasons and its branch; none where it has neither.
pub(super) fn reflections_sha256(
    connection: &Connection,
    attempt: AttemptId,
) -> rusqlite::Result<Option<String>> {
    let reasons = read_rationales(connection, attempt)?;
    let branch = read_branch(connection, attempt)?;
    Ok(hash_of(&reasons, branch.as_ref()))
}

/// The hash that an attempt is sealed with.
pub(super) fn hash_of(reasons: &[Rationale], branch: Option<&Branch>) -> Option<String> {
    if reasons.is_empty() && branch.is_none() {
        return None;
    }
    // Plain texts and numbers always turn into JSON.
    let bytes = serde_json::to_vec(&(reasons, branch)).unwrap_or_default();
    Some(sha256_hex(&bytes))
}

/// Writes the reasons and the branch of an attempt that was sealed on another computer.
pub(super) fn insert_reflections(
    transaction: &Transaction<'_>,
    attempt: AttemptId,
    reasons: &[Rationale],
    branch: Option<&Branch>,
) -> rusqlite::Result<()> {
    for reason in reasons {
        transaction.execute(
            "INSERT INTO rationale(attempt, n, element, text, at) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![attempt, reason.n, reason.element, reason.text, reason.at],
        )?;
    }
    if let Some(from) = branch {
        transaction.execute(
            "INSERT INTO branch(attempt, origin, kept) VALUES (?1, ?2, ?3)",
            params![attempt, from.origin, from.kept],
        )?;
    }
    Ok(())
}

/// Whether an entry of the notebook does not follow from the one before it.
pub(super) fn changed_note(
    connection: &Connection,
    attempt: AttemptId,
    sealed: &[u8],
) -> rusqlite::Result<bool> {
    let mut prev = sealed.to_vec();
    for (position, (note, entry)) in (0_u32..).zip(read_notes(connection, attempt)?) {
        if note.n != position || seal_of(&prev, &note) != entry {
            return Ok(true);
        }
        prev = entry;
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::{FaultKind, Finish, Mode, NewAttempt, SourceFile};

    const NOW: &str = "2026-11-28T10:00:00Z";

    fn begun(store: &Store, mode: Mode) -> AttemptId {
        let file = |name: &str| SourceFile {
            name: name.to_owned(),
            text: name.to_owned(),
        };
        let trainee = match store.trainees().unwrap().first() {
            Some(known) => known.id,
            None => store.add_trainee("Siân Rees", "4711", NOW).unwrap().id,
        };
        store
            .begin_attempt(&NewAttempt {
                trainee,
                scenario: "footbridge".to_owned(),
                title: "The footbridge".to_owned(),
                scenario_file: file("s"),
                course_file: file("c"),
                technique_file: file("t"),
                profile_file: file("p"),
                engine: "0.1.0".to_owned(),
                seed: 3,
                mode,
                started: NOW.to_owned(),
            })
            .unwrap()
    }

    fn finish(store: &Store, id: AttemptId) {
        store
            .finish(
                id,
                &Finish {
                    ending: "close".to_owned(),
                    summary: "{}".to_owned(),
                    ended: NOW.to_owned(),
                },
            )
            .unwrap();
    }

    fn written_in_full(dir: &std::path::Path) -> (Store, AttemptId) {
        let store = Store::open(dir).unwrap();
        let origin = begun(&store, Mode::Practice);
        finish(&store, origin);
        let id = begun(&store, Mode::Practice);
        store.set_branch(id, &Branch { origin, kept: 0 }).unwrap();
        store.append_move(id, "ask", 900, NOW).unwrap();
        store
            .give_rationale(id, 0, ("information", "I did not know yet."), NOW)
            .unwrap();
        finish(&store, id);
        store.write_note(id, "Ask sooner.", NOW).unwrap();
        store.write_note(id, "And wait longer.", NOW).unwrap();
        (store, id)
    }

    #[test]
    fn reasons_notes_and_branches_are_kept_over_closing_and_opening() {
        let dir = tempfile::tempdir().unwrap();
        let (store, id) = written_in_full(dir.path());
        drop(store);
        let store = Store::open(dir.path()).unwrap();
        assert_eq!(store.rationales(id).unwrap()[0].text, "I did not know yet.");
        let notes: Vec<String> = store
            .notes(id)
            .unwrap()
            .into_iter()
            .map(|n| n.text)
            .collect();
        assert_eq!(notes, ["Ask sooner.", "And wait longer."]);
        let from = store.branch_of(id).unwrap().unwrap();
        assert_eq!(store.branches_from(from.origin).unwrap(), [(id, 0)]);
        assert!(store.verify().unwrap().sound());
    }

    #[test]
    fn what_was_said_afterwards_cannot_be_changed_unnoticed() {
        for (change, kind) in [
            (
                "UPDATE rationale SET text = 'I knew.'",
                FaultKind::RationaleChanged,
            ),
            (
                "UPDATE rationale SET element = 'powers'",
                FaultKind::RationaleChanged,
            ),
            ("DELETE FROM rationale", FaultKind::RationaleChanged),
            ("UPDATE branch SET kept = 1", FaultKind::RationaleChanged),
            (
                "UPDATE note SET text = 'Fine.' WHERE n = 0",
                FaultKind::NoteChanged,
            ),
            ("DELETE FROM note WHERE n = 0", FaultKind::NoteChanged),
            ("DELETE FROM note WHERE n = 1", FaultKind::NoteChanged),
            ("DELETE FROM note", FaultKind::NoteChanged),
        ] {
            let dir = tempfile::tempdir().unwrap();
            let (store, id) = written_in_full(dir.path());
            store.connection().execute_batch(change).unwrap();
            let fault = store.verify().unwrap().fault.expect(change);
            assert_eq!(
                (fault.kind, fault.record),
                (kind, id.to_string()),
                "{change}"
            );
        }
    }

    #[test]
    fn what_has_no_place_is_refused_and_changes_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        let id = begun(&store, Mode::Assessment);
        store.append_move(id, "ask", 900, NOW).unwrap();
        let give = |n, text| store.give_rationale(id, n, ("threat", text), NOW);
        assert!(matches!(give(0, "  "), Err(RecordsError::NothingWritten)));
        assert!(matches!(
            give(4, "So."),
            Err(RecordsError::NoSuchMove { n: 4 })
        ));
        assert!(matches!(
            store.write_note(id, "Early.", NOW),
            Err(RecordsError::StillRunning { .. })
        ));
        give(0, "So.").unwrap();
        assert!(matches!(give(0, "No."), Err(RecordsError::AlreadyGiven)));
        finish(&store, id);
        assert!(matches!(
            give(0, "Late."),
            Err(RecordsError::AttemptClosed { .. })
        ));
        assert_eq!(store.rationales(id).unwrap()[0].text, "So.");
        assert!(store.verify().unwrap().sound());
    }
}
