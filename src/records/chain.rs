//! The chain that shows later changes: each closed attempt is hashed with a salt of its own,
//! and each entry takes in the one before.
//!
//! `payload_hash = SHA-256(salt ‖ payload)` and
//! `entry = SHA-256(previous entry ‖ number ‖ record ‖ payload_hash)`. The payload holds every
//! stored field of the attempt and the hash of its journal. Erasing removes payload and salt;
//! the hash stays, so the chain still checks while nothing can be guessed back from it.

use rusqlite::{Connection, Row, Transaction, params};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::attempts::{Attempt, ChainLink, read_attempt};
use super::ids::random_bytes;
use super::journal::{JournalEntry, read_journal};
use super::reflections::reflections_sha256;
use super::sources::{hex, sha256_hex};
use super::time::Moment;
use super::{AttemptId, RecordsError, Store};

/// What is sealed of an attempt: every stored field, and its journal by hash.
#[derive(Debug, Serialize, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub(super) struct AttemptPayload {
    pub(super) id: String,
    pub(super) trainee: String,
    pub(super) scenario: String,
    pub(super) title: String,
    pub(super) scenario_sha256: String,
    pub(super) course_sha256: String,
    pub(super) techniques_sha256: String,
    pub(super) profiles_sha256: String,
    pub(super) engine: String,
    pub(super) seed: u64,
    pub(super) mode: String,
    pub(super) started: String,
    pub(super) ended: Option<String>,
    pub(super) state: String,
    pub(super) ending: Option<String>,
    pub(super) summary: Option<String>,
    pub(super) journal_entries: usize,
    pub(super) journal_sha256: String,
    /// Reasons and branch; left out where there are none, as in records of before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) reflections_sha256: Option<String>,
}

impl AttemptPayload {
    pub(super) fn of(
        attempt: &Attempt,
        journal: &[JournalEntry],
    ) -> Result<Self, serde_json::Error> {
        Ok(Self {
            id: attempt.id.to_string(),
            trainee: attempt.trainee.to_string(),
            scenario: attempt.scenario.clone(),
            title: attempt.title.clone(),
            scenario_sha256: attempt.scenario_sha256.clone(),
            course_sha256: attempt.course_sha256.clone(),
            techniques_sha256: attempt.techniques_sha256.clone(),
            profiles_sha256: attempt.profiles_sha256.clone(),
            engine: attempt.engine.clone(),
            seed: attempt.seed,
            mode: attempt.mode.word().to_owned(),
            started: attempt.started.clone(),
            ended: attempt.ended.clone(),
            state: attempt.state.word().to_owned(),
            ending: attempt.ending.clone(),
            summary: attempt.summary.clone(),
            journal_entries: journal.len(),
            journal_sha256: sha256_hex(&serde_json::to_vec(journal)?),
            reflections_sha256: None,
        })
    }

    /// With what the trainee said of their decisions while the attempt ran.
    pub(super) fn with_reflections(mut self, sha256: Option<String>) -> Self {
        self.reflections_sha256 = sha256;
        self
    }
}

/// What is sealed of an erasure.
#[derive(Serialize, Deserialize)]
pub(super) struct ErasurePayload {
    pub(super) erased: Vec<String>,
    pub(super) at: String,
}

pub(super) struct ChainRow {
    pub(super) seq: i64,
    pub(super) kind: String,
    pub(super) record: String,
    pub(super) prev: Vec<u8>,
    pub(super) salt: Option<Vec<u8>>,
    pub(super) payload: Option<String>,
    pub(super) payload_hash: Vec<u8>,
    pub(super) entry: Vec<u8>,
}

pub(super) fn row_of(row: &Row<'_>) -> rusqlite::Result<ChainRow> {
    Ok(ChainRow {
        seq: row.get(0)?,
        kind: row.get(1)?,
        record: words(row, 2)?.unwrap_or_default(),
        prev: row.get(3)?,
        salt: row.get(4)?,
        payload: words(row, 5)?,
        payload_hash: row.get(6)?,
        entry: row.get(7)?,
    })
}

/// Text as far as it reads: what a changed byte made unreadable fails the check, not the reading.
fn words(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<String>> {
    let bytes = row.get_ref(column)?.as_bytes_or_null()?;
    Ok(bytes.map(|bytes| String::from_utf8_lossy(bytes).into_owned()))
}

pub(super) fn seal(salt: &[u8], payload: &str) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(salt);
    hash.update(payload.as_bytes());
    hash.finalize().to_vec()
}

pub(super) fn entry_hash(prev: &[u8], seq: i64, record: &str, payload_hash: &[u8]) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(prev);
    hash.update(seq.to_be_bytes());
    hash.update(record.as_bytes());
    hash.update(payload_hash);
    hash.finalize().to_vec()
}

pub(super) fn unsigned(seq: i64) -> u64 {
    u64::try_from(seq).unwrap_or(0)
}

pub(super) fn read_head(connection: &Connection) -> rusqlite::Result<(i64, Vec<u8>)> {
    connection.query_row("SELECT seq, entry FROM chain_head", [], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

impl Store {
    /// Chain hash of the newest entry, 64 hexadecimal digits; zeros where nothing was closed.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn chain_head(&self) -> Result<String, RecordsError> {
        read_head(self.connection())
            .map(|(_, entry)| hex(&entry))
            .map_err(|error| self.sql(error))
    }

    /// The seal that a report prints, as `records verify --seal` takes it: number and hash of the
    /// newest entry; none where nothing was closed.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn seal(&self) -> Result<Option<String>, RecordsError> {
        let (seq, entry) = read_head(self.connection()).map_err(|error| self.sql(error))?;
        let newest = ChainLink {
            seq: unsigned(seq),
            hash: hex(&entry),
        };
        Ok((seq > 0).then(|| newest.seal()))
    }

    /// Seals a closed attempt.
    pub(super) fn chain_attempt(
        &self,
        transaction: &Transaction<'_>,
        id: AttemptId,
    ) -> Result<ChainLink, RecordsError> {
        let sql = |error| self.sql(error);
        let attempt = read_attempt(transaction, id)
            .map_err(sql)?
            .ok_or_else(|| RecordsError::NoAttempt { id: id.to_string() })?;
        let journal = read_journal(transaction, id).map_err(sql)?;
        let said = reflections_sha256(transaction, id).map_err(sql)?;
        let payload = AttemptPayload::of(&attempt, &journal)
            .map(|payload| payload.with_reflections(said))
            .and_then(|payload| serde_json::to_string(&payload))
            .map_err(|error| as_summary_fault(&error))?;
        self.append_link(transaction, "attempt", &id.to_string(), &payload)
    }

    /// Seals an erasure and takes away what was sealed of the attempts.
    pub(super) fn chain_erasure(
        &self,
        transaction: &Transaction<'_>,
        attempts: &[String],
        at: Moment,
    ) -> Result<(), RecordsError> {
        let mut erased = Vec::new();
        for id in attempts {
            let changed = transaction
                .execute(
                    "UPDATE chain SET salt = NULL, payload = NULL
                     WHERE record = ?1 AND kind = 'attempt'",
                    [id],
                )
                .map_err(|error| self.sql(error))?;
            if changed > 0 {
                erased.push(id.clone());
            }
        }
        if erased.is_empty() {
            return Ok(());
        }
        let payload = serde_json::to_string(&ErasurePayload {
            erased,
            at: at.text(),
        })
        .map_err(|error| as_summary_fault(&error))?;
        let record = AttemptId::fresh(at.unix_millis())?.to_string();
        self.append_link(transaction, "erasure", &record, &payload)
            .map(drop)
    }

    /// Seals a line of the log.
    pub(super) fn chain_note(
        &self,
        transaction: &Transaction<'_>,
        payload: &str,
        at: Moment,
    ) -> Result<ChainLink, RecordsError> {
        let record = AttemptId::fresh(at.unix_millis())?.to_string();
        self.append_link(transaction, "note", &record, payload)
    }

    fn append_link(
        &self,
        transaction: &Transaction<'_>,
        kind: &str,
        record: &str,
        payload: &str,
    ) -> Result<ChainLink, RecordsError> {
        let salt: [u8; 16] = random_bytes()?;
        self.append_sealed(transaction, kind, record, payload, &salt)
    }

    /// Binds in what has been sealed with this salt before: the record of another computer.
    pub(super) fn append_sealed(
        &self,
        transaction: &Transaction<'_>,
        kind: &str,
        record: &str,
        payload: &str,
        salt: &[u8],
    ) -> Result<ChainLink, RecordsError> {
        let sql = |error| self.sql(error);
        let (last, prev) = read_head(transaction).map_err(sql)?;
        let seq = last + 1;
        let payload_hash = seal(salt, payload);
        let entry = entry_hash(&prev, seq, record, &payload_hash);
        transaction
            .execute(
                "INSERT INTO chain(seq, kind, record, prev, salt, payload, payload_hash, entry)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                params![seq, kind, record, prev, salt, payload, payload_hash, entry],
            )
            .map_err(sql)?;
        transaction
            .execute(
                "UPDATE chain_head SET seq = ?1, entry = ?2",
                params![seq, entry],
            )
            .map_err(sql)?;
        Ok(ChainLink {
            seq: unsigned(seq),
            hash: hex(&entry),
        })
    }
}

fn as_summary_fault(error: &serde_json::Error) -> RecordsError {
    RecordsError::BadSummary {
        detail: error.to_string(),
    }
}
