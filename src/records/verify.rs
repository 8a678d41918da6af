//! The check of the chain: which record, if any, is not as it was written.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use rusqlite::{Connection, Transaction, TransactionBehavior};
use serde::Serialize;

use super::attempts::read_attempt;
use super::beside::changed_saying;
use super::chain::{
    AttemptPayload, ChainRow, ErasurePayload, entry_hash, read_head, row_of, seal, unsigned,
};
use super::journal::read_journal;
use super::judgements::changed_judgement;
use super::reflections::{changed_note, reflections_sha256};
use super::sources::{hex, sha256_hex};
use super::{AttemptId, AttemptState, RecordsError, Store};

/// What a check of the chain found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verification {
    /// Closed attempts that were checked whole.
    pub attempts: u64,
    /// Closed attempts whose content was erased.
    pub erased: u64,
    /// Attempts that are still running, which the chain does not hold yet.
    pub running: u64,
    /// Chain hash of the newest entry, 64 hexadecimal digits.
    pub head: String,
    /// The first thing that does not fit; none: all is as it was written.
    pub fault: Option<Fault>,
}

impl Verification {
    /// Whether everything is as it was written.
    #[must_use]
    pub const fn sound(&self) -> bool {
        self.fault.is_none()
    }
}

/// The first record that does not fit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Number in the chain, where it has one.
    pub seq: Option<u64>,
    /// Id of the attempt, or SHA-256 of the kept file.
    pub record: String,
    /// What is wrong with it.
    pub kind: FaultKind,
}

/// How a record does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub enum FaultKind {
    /// An entry is missing before this one.
    EntryMissing,
    /// The entry does not follow from the one before.
    ChainBroken,
    /// The sealed content was changed.
    PayloadChanged,
    /// The attempt was changed after it was closed.
    AttemptChanged,
    /// Its journal was changed after it was closed.
    JournalChanged,
    /// A reason that the trainee gave, or what it goes on from, was changed after it was closed.
    RationaleChanged,
    /// An entry in the trainee's notebook was changed.
    NoteChanged,
    /// The attempt was removed.
    AttemptRemoved,
    /// Its content is gone and no erasure says so.
    ErasedWithoutEntry,
    /// A closed attempt is not in the chain.
    NotInChain,
    /// The newest entries were removed.
    TailRemoved,
    /// A kept file was changed.
    SourceChanged,
    /// What an instructor said of it was changed.
    JudgementChanged,
    /// What a second rater gave it was changed.
    RatingChanged,
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::EntryMissing => "an entry of the chain is missing before it",
            Self::ChainBroken => "it does not follow from the entry before it",
            Self::PayloadChanged => "its sealed content was changed",
            Self::AttemptChanged => "the attempt was changed after it was closed",
            Self::JournalChanged => "its move journal was changed after it was closed",
            Self::RationaleChanged => {
                "a reason given for a decision was changed after it was closed"
            }
            Self::NoteChanged => "an entry of its notebook was changed",
            Self::AttemptRemoved => "the attempt was removed without an erasure",
            Self::ErasedWithoutEntry => "its content is gone and no erasure says so",
            Self::NotInChain => "it was closed but is not in the chain",
            Self::TailRemoved => "entries after it were removed",
            Self::JudgementChanged => "what an instructor said of it was changed",
            Self::RatingChanged => "a second rating of it was changed",
            Self::SourceChanged => "the kept file was changed",
        })
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.seq {
            Some(seq) => write!(f, "record {seq} ({}): {}", self.record, self.kind),
            None => write!(f, "{}: {}", self.record, self.kind),
        }
    }
}

impl Store {
    /// Checks the chain, every closed attempt with its journal, and every kept file, and names
    /// the first that does not fit.
    ///
    /// # Errors
    ///
    /// Where the database itself is damaged or cannot be read.
    pub fn verify(&self) -> Result<Verification, RecordsError> {
        self.check_integrity()?;
        // One read transaction: another process may close an attempt in the middle.
        let reading = Transaction::new_unchecked(self.connection(), TransactionBehavior::Deferred)
            .map_err(|error| self.sql(error))?;
        let verification = check_chain(&reading).map_err(|error| self.sql(error))?;
        drop(reading);
        Ok(verification)
    }

    /// Whether the chain holds the seal that a report prints: the number of an entry and its hash.
    /// The seal of an attempt that was taken in is the one of the computer where it was closed, or
    /// of this one.
    ///
    /// A chain alone cannot tell that its newest entries were cut off and its head set back; a
    /// seal on paper can.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn holds_seal(&self, seq: u64, hash: &str) -> Result<bool, RecordsError> {
        let seq = i64::try_from(seq).unwrap_or(i64::MAX);
        let read = || -> rusqlite::Result<Vec<Vec<u8>>> {
            self.connection()
                .prepare_cached(
                    "SELECT entry FROM chain WHERE seq = ?1
                     UNION ALL SELECT entry FROM origin WHERE seq = ?1",
                )?
                .query_map([seq], |row| row.get(0))?
                .collect()
        };
        let found = read().map_err(|error| self.sql(error))?;
        Ok(found
            .iter()
            .any(|entry| hex(entry).eq_ignore_ascii_case(hash)))
    }

    fn check_integrity(&self) -> Result<(), RecordsError> {
        let found: String = self
            .connection()
            .query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))
            .map_err(|error| self.sql(error))?;
        if found == "ok" {
            return Ok(());
        }
        Err(RecordsError::Damaged {
            detail: found,
            path: self.path().to_path_buf(),
        })
    }
}

fn check_chain(connection: &Connection) -> rusqlite::Result<Verification> {
    let rows: Vec<ChainRow> = connection
        .prepare(
            "SELECT seq, kind, record, prev, salt, payload, payload_hash, entry
             FROM chain ORDER BY seq",
        )?
        .query_map([], row_of)?
        .collect::<rusqlite::Result<_>>()?;
    let (head_seq, head) = read_head(connection)?;
    let mut found = Verification {
        attempts: 0,
        erased: 0,
        running: connection.query_row(
            "SELECT COUNT(*) FROM attempt WHERE state = 'running'",
            [],
            |row| row.get::<_, i64>(0).map(unsigned),
        )?,
        head: hex(&head),
        fault: None,
    };
    let erasures = erased_records(&rows);
    let mut prev = vec![0; 32];
    let mut seq = 0;
    for row in &rows {
        seq += 1;
        let kind = match fault_of_link(row, seq, &prev) {
            Some(kind) => Some(kind),
            None if row.kind != "attempt" => None,
            None if row.payload.is_none() => {
                found.erased += 1;
                (!erasures.contains(row.record.as_str())).then_some(FaultKind::ErasedWithoutEntry)
            }
            None => {
                found.attempts += 1;
                fault_of_attempt(connection, row)?
            }
        };
        if let Some(kind) = kind {
            found.fault = Some(fault(row, kind));
            return Ok(found);
        }
        prev.clone_from(&row.entry);
    }
    if head_seq != seq || head != prev {
        found.fault = Some(Fault {
            seq: Some(unsigned(seq)),
            record: rows
                .last()
                .map_or_else(String::new, |row| row.record.clone()),
            kind: FaultKind::TailRemoved,
        });
        return Ok(found);
    }
    found.fault = match fault_outside_chain(connection, &rows)? {
        Some(fault) => Some(fault),
        None => match fault_of_sources(connection)? {
            Some(fault) => Some(fault),
            None => match changed_judgement(connection)? {
                Some(record) => Some((record, FaultKind::JudgementChanged)),
                None => changed_saying(connection, &rows)?,
            }
            .map(|(record, kind)| Fault {
                seq: None,
                record,
                kind,
            }),
        },
    };
    Ok(found)
}

fn fault(row: &ChainRow, kind: FaultKind) -> Fault {
    Fault {
        seq: Some(unsigned(row.seq)),
        record: row.record.clone(),
        kind,
    }
}

/// Records that an erasure names.
fn erased_records(rows: &[ChainRow]) -> BTreeSet<String> {
    rows.iter()
        .filter(|row| row.kind == "erasure")
        .filter_map(|row| serde_json::from_str::<ErasurePayload>(row.payload.as_deref()?).ok())
        .flat_map(|payload| payload.erased)
        .collect()
}

fn fault_of_link(row: &ChainRow, seq: i64, prev: &[u8]) -> Option<FaultKind> {
    if row.seq != seq {
        return Some(FaultKind::EntryMissing);
    }
    if row.prev != prev || row.entry != entry_hash(prev, seq, &row.record, &row.payload_hash) {
        return Some(FaultKind::ChainBroken);
    }
    match (&row.salt, &row.payload) {
        (Some(salt), Some(payload)) if seal(salt, payload) == row.payload_hash => None,
        (None, None) if row.kind == "attempt" => None,
        _ => Some(FaultKind::PayloadChanged),
    }
}

/// Whether the stored attempt and journal are those that were sealed.
fn fault_of_attempt(
    connection: &Connection,
    row: &ChainRow,
) -> rusqlite::Result<Option<FaultKind>> {
    let sealed = row
        .payload
        .as_deref()
        .and_then(|payload| serde_json::from_str::<AttemptPayload>(payload).ok());
    let (Some(sealed), Ok(id)) = (sealed, row.record.parse::<AttemptId>()) else {
        return Ok(Some(FaultKind::PayloadChanged));
    };
    let attempt = match read_attempt(connection, id) {
        Ok(Some(attempt)) => attempt,
        Ok(None) => return Ok(Some(FaultKind::AttemptRemoved)),
        // A column that no longer reads is a change too, not a fault of the database.
        Err(error) if is_unreadable(&error) => return Ok(Some(FaultKind::AttemptChanged)),
        Err(error) => return Err(error),
    };
    let journal = match read_journal(connection, id) {
        Ok(journal) => journal,
        Err(error) if is_unreadable(&error) => return Ok(Some(FaultKind::JournalChanged)),
        Err(error) => return Err(error),
    };
    let Ok(stored) = AttemptPayload::of(&attempt, &journal) else {
        return Ok(Some(FaultKind::AttemptChanged));
    };
    let stored = stored.with_reflections(reflections_sha256(connection, id)?);
    Ok(if stored == sealed {
        changed_note(connection, id, &row.entry)?.then_some(FaultKind::NoteChanged)
    } else if stored.reflections_sha256 != sealed.reflections_sha256 {
        Some(FaultKind::RationaleChanged)
    } else if stored.journal_sha256 != sealed.journal_sha256 {
        Some(FaultKind::JournalChanged)
    } else {
        Some(FaultKind::AttemptChanged)
    })
}

/// Whether a value no longer reads as what stood there.
const fn is_unreadable(error: &rusqlite::Error) -> bool {
    matches!(
        error,
        rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::Utf8Error(..)
    )
}

/// The first closed attempt that the chain does not know.
fn fault_outside_chain(
    connection: &Connection,
    rows: &[ChainRow],
) -> rusqlite::Result<Option<Fault>> {
    let chained: BTreeSet<&str> = rows.iter().map(|row| row.record.as_str()).collect();
    let closed: Vec<String> = connection
        .prepare("SELECT id FROM attempt WHERE state <> ?1 ORDER BY id")?
        .query_map([AttemptState::Running], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(closed
        .into_iter()
        .find(|id| !chained.contains(id.as_str()))
        .map(|record| Fault {
            seq: None,
            record,
            kind: FaultKind::NotInChain,
        }))
}

/// The first kept file that is not what its hash says.
fn fault_of_sources(connection: &Connection) -> rusqlite::Result<Option<Fault>> {
    let files: BTreeMap<String, String> = connection
        .prepare("SELECT sha256, text FROM source")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(files
        .into_iter()
        .find(|(sha256, text)| sha256_hex(text.as_bytes()) != *sha256)
        .map(|(record, _)| Fault {
            seq: None,
            record,
            kind: FaultKind::SourceChanged,
        }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::{Finish, Mode, NewAttempt, SourceFile};

    const NOW: &str = "2026-11-28T10:00:00Z";

    fn file(name: &str) -> SourceFile {
        SourceFile {
            name: name.to_owned(),
            text: format!("text of {name}"),
        }
    }

    /// A store with two finished attempts and an abandoned one.
    fn three_closed(dir: &std::path::Path) -> (Store, Vec<AttemptId>) {
        let store = Store::open(dir).unwrap();
        let trainee = store.add_trainee("Siân Rees", "4711", NOW).unwrap().id;
        let new = NewAttempt {
            trainee,
            scenario: "footbridge".to_owned(),
            title: "The footbridge".to_owned(),
            scenario_file: file("footbridge.scenario.ron"),
            course_file: file("cpmha.course.ron"),
            technique_file: file("cpmha.techniques.ron"),
            profile_file: file("cpmha.profiles.ron"),
            engine: "0.1.0".to_owned(),
            seed: u64::MAX - 6,
            mode: Mode::Practice,
            started: NOW.to_owned(),
        };
        let finish = Finish {
            ending: "walks_back".to_owned(),
            summary: "{\"passed\":true}".to_owned(),
            ended: "2026-11-28T10:12:00Z".to_owned(),
        };
        let mut ids = Vec::new();
        for n in 0..3 {
            let id = store.begin_attempt(&new).unwrap();
            store.append_move(id, "introduce", 4200, NOW).unwrap();
            store.append_move(id, "StepBack", 900, NOW).unwrap();
            let link = if n == 1 {
                store.abandon(id, "2026-11-28T10:05:00Z").unwrap()
            } else {
                store.finish(id, &finish).unwrap()
            };
            assert_eq!(link.seq, n + 1);
            assert_eq!(link.hash, store.chain_head().unwrap());
            ids.push(id);
        }
        (store, ids)
    }

    fn after(change: &str) -> (Option<Fault>, Vec<AttemptId>) {
        let dir = tempfile::tempdir().unwrap();
        let (store, ids) = three_closed(dir.path());
        let change = change.replace("{second}", &ids[1].to_string());
        store
            .connection()
            .execute_batch(&format!("PRAGMA foreign_keys=OFF; {change}"))
            .unwrap();
        (store.verify().unwrap().fault, ids)
    }

    fn kind_after(change: &str) -> FaultKind {
        let (fault, ids) = after(change);
        let fault = fault.expect(change);
        assert_eq!(fault.record, ids[1].to_string(), "{change}: {fault}");
        fault.kind
    }

    #[test]
    fn the_chain_holds_finished_and_abandoned_attempts() {
        let dir = tempfile::tempdir().unwrap();
        let (store, ids) = three_closed(dir.path());
        let found = store.verify().unwrap();
        assert!(found.sound(), "{found:?}");
        assert_eq!((found.attempts, found.erased, found.running), (3, 0, 0));
        let kept = store.attempt(ids[0]).unwrap();
        assert_eq!(kept.seed, u64::MAX - 6);
        assert_eq!(kept.chain.unwrap().seq, 1);
    }

    #[test]
    fn the_first_record_that_was_changed_is_named() {
        let cases = [
            (
                "UPDATE attempt SET summary = '{\"passed\":false}' WHERE id = '{second}'",
                FaultKind::AttemptChanged,
            ),
            (
                "UPDATE attempt SET seed = 1 WHERE id = '{second}'",
                FaultKind::AttemptChanged,
            ),
            (
                "UPDATE journal SET text = 'listen' WHERE attempt = '{second}' AND n = 1",
                FaultKind::JournalChanged,
            ),
            (
                "DELETE FROM journal WHERE attempt = '{second}' AND n = 1",
                FaultKind::JournalChanged,
            ),
            (
                "UPDATE chain SET payload = replace(payload, '\"ending\":null', '\"ending\":\"x\"')
                 WHERE seq = 2",
                FaultKind::PayloadChanged,
            ),
            (
                "UPDATE chain SET payload_hash = zeroblob(32) WHERE seq = 2",
                FaultKind::ChainBroken,
            ),
            (
                "UPDATE chain SET salt = NULL, payload = NULL WHERE seq = 2;
                 DELETE FROM attempt WHERE id = '{second}'",
                FaultKind::ErasedWithoutEntry,
            ),
            (
                "DELETE FROM attempt WHERE id = '{second}'",
                FaultKind::AttemptRemoved,
            ),
            ("DELETE FROM chain WHERE seq = 3", FaultKind::TailRemoved),
        ];
        for (change, kind) in cases {
            assert_eq!(kind_after(change), kind, "{change}");
        }
    }

    #[test]
    fn a_record_cut_out_of_the_middle_is_noticed_at_the_next() {
        let (fault, ids) = after("DELETE FROM chain WHERE seq = 2");
        let fault = fault.unwrap();
        assert_eq!(fault.kind, FaultKind::EntryMissing);
        assert_eq!(fault.record, ids[2].to_string());
    }

    #[test]
    fn a_kept_file_that_was_changed_is_named() {
        let (fault, _) = after("UPDATE source SET text = 'other' WHERE name LIKE 'footbridge%'");
        let fault = fault.unwrap();
        assert_eq!(fault.kind, FaultKind::SourceChanged);
        assert_eq!(fault.record, file("footbridge.scenario.ron").sha256());
    }

    #[test]
    fn an_erased_trainee_leaves_a_chain_that_checks_and_no_words() {
        let dir = tempfile::tempdir().unwrap();
        let (store, ids) = three_closed(dir.path());
        let trainee = store.trainees().unwrap()[0].id;
        let erasure = store
            .erase_trainee(trainee, "2026-12-01T09:00:00Z")
            .unwrap();
        assert_eq!(erasure.attempts, 3);
        let found = store.verify().unwrap();
        assert!(found.sound(), "{found:?}");
        assert_eq!((found.attempts, found.erased), (0, 3));
        assert!(matches!(
            store.attempt(ids[0]),
            Err(RecordsError::NoAttempt { .. })
        ));
        let path = store.path().to_path_buf();
        drop(store);
        let bytes = std::fs::read(path).unwrap();
        for word in ["Rees", "4711", "walks_back"] {
            let gone = !bytes.windows(word.len()).any(|w| w == word.as_bytes());
            assert!(gone, "{word} is still in the file");
        }
    }
}
