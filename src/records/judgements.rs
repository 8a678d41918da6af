//! What instructors say of a closed attempt: comments, marks, gates confirmed or disputed, and
//! the signature. It lies beside the attempt and never changes it.
//!
//! Each judgement takes in the hash of the one before it on the same attempt, so that one which
//! was changed or taken out of the middle is found. A later judgement of the same thing stands
//! beside the earlier one, and the latest counts.

use rusqlite::{Connection, Transaction, params};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::beside::Saying;
use super::sources::hex;
use super::time::Moment;
use super::trainees::plain;
use super::{AttemptId, AttemptState, RecordsError, Store};
use crate::course::Level;

/// What an instructor makes of a gate that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stance {
    /// It failed rightly.
    Confirmed,
    /// It should not have failed here.
    Disputed,
}

/// One thing that an instructor says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Finding {
    /// Words about a decision, or about the whole attempt.
    Comment {
        /// Number of the decision, from 1.
        decision: Option<u32>,
        /// The words.
        text: String,
    },
    /// The instructor's own level for one objective at one decision.
    Mark {
        /// Number of the decision, from 1.
        decision: u32,
        /// Objective id.
        objective: String,
        /// The level.
        level: Level,
        /// Why; may be empty.
        text: String,
    },
    /// A gate that failed, confirmed or disputed.
    Gate {
        /// Gate id.
        gate: String,
        /// Number of the decision at which it failed.
        decision: u32,
        /// Confirmed or disputed.
        stance: Stance,
        /// Why.
        text: String,
    },
    /// The attempt has been read and is signed off.
    SignOff {
        /// A closing word; may be empty.
        text: String,
    },
}

/// A finding with who said it and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Judgement {
    /// Number on this attempt, from 1.
    pub n: u32,
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// Who, as typed.
    pub author: String,
    /// What.
    pub finding: Finding,
    /// Hash of this judgement and all before it on the attempt.
    pub hash: String,
}

fn entry_of(prev: &[u8], attempt: &str, n: i64, at: &str, author: &str, finding: &str) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(prev);
    for part in [attempt, &n.to_string(), at, author, finding] {
        hash.update(part.len().to_be_bytes());
        hash.update(part.as_bytes());
    }
    hash.finalize().to_vec()
}

type Row = (i64, String, String, String, Vec<u8>);

fn rows_of(connection: &Connection, attempt: &str) -> rusqlite::Result<Vec<Row>> {
    connection
        .prepare_cached(
            "SELECT n, at, author, finding, entry FROM judgement WHERE attempt = ?1 ORDER BY n",
        )?
        .query_map([attempt], |row| {
            Ok((
                row.get(0)?,
                row.get(1)?,
                row.get(2)?,
                row.get(3)?,
                row.get(4)?,
            ))
        })?
        .collect()
}

/// The first attempt whose judgements are not as they were written.
pub(super) fn changed_judgement(connection: &Connection) -> rusqlite::Result<Option<String>> {
    let attempts: Vec<String> = connection
        .prepare("SELECT DISTINCT attempt FROM judgement ORDER BY attempt")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for attempt in attempts {
        let mut prev = Vec::new();
        for ((n, at, author, finding, entry), number) in
            rows_of(connection, &attempt)?.into_iter().zip(1_i64..)
        {
            if n != number || entry != entry_of(&prev, &attempt, n, &at, &author, &finding) {
                return Ok(Some(attempt));
            }
            prev = entry;
        }
    }
    Ok(None)
}

fn checked(finding: &Finding) -> Result<(), RecordsError> {
    let missing = match finding {
        Finding::Comment { text, .. } if text.trim().is_empty() => "its words",
        Finding::Gate { text, .. } if text.trim().is_empty() => "a reason",
        Finding::Mark { objective, .. } if objective.is_empty() => "an objective",
        _ => return Ok(()),
    };
    Err(RecordsError::JudgementIncomplete { missing })
}

impl Store {
    /// Writes a judgement beside a closed attempt. `now` is the time, RFC 3339 in UTC.
    ///
    /// # Errors
    ///
    /// Refuses an attempt that is still running, a judgement without its words or reason, and one
    /// that does not say who judged.
    pub fn judge(
        &self,
        attempt: AttemptId,
        author: &str,
        finding: &Finding,
        now: &str,
    ) -> Result<Judgement, RecordsError> {
        let at = Moment::read(now)?.text();
        let author = plain(author);
        if author.is_empty() {
            return Err(RecordsError::JudgementIncomplete { missing: "a name" });
        }
        checked(finding)?;
        if self.attempt(attempt)?.state == AttemptState::Running {
            return Err(RecordsError::AttemptRuns {
                id: attempt.to_string(),
            });
        }
        let (n, entry) = self.write(|transaction| {
            self.insert_judgement(transaction, attempt, (&author, finding), &at)
        })?;
        Ok(Judgement {
            n: u32::try_from(n).unwrap_or(u32::MAX),
            at,
            author,
            finding: finding.clone(),
            hash: hex(&entry),
        })
    }

    pub(super) fn insert_judgement(
        &self,
        transaction: &Transaction<'_>,
        attempt: AttemptId,
        (author, finding): (&str, &Finding),
        at: &str,
    ) -> Result<(i64, Vec<u8>), RecordsError> {
        let sql = |error| self.sql(error);
        let text = serde_json::to_string(finding).map_err(|error| RecordsError::BadSummary {
            detail: error.to_string(),
        })?;
        let key = attempt.to_string();
        let last = rows_of(transaction, &key).map_err(sql)?.pop();
        let (n, prev) = last.map_or((1, Vec::new()), |row| (row.0 + 1, row.4));
        let entry = entry_of(&prev, &key, n, at, author, &text);
        transaction
            .execute(
                "INSERT INTO judgement(attempt, n, at, author, finding, entry)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![key, n, at, author, text, entry],
            )
            .map_err(sql)?;
        let saying = Saying::Judgement {
            at: at.to_owned(),
            author: author.to_owned(),
            finding: finding.clone(),
        };
        self.chain_saying(transaction, attempt, &saying)?;
        Ok((n, entry))
    }

    /// What was said of an attempt, in the order in which it was said.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn judgements(&self, attempt: AttemptId) -> Result<Vec<Judgement>, RecordsError> {
        let rows =
            rows_of(self.connection(), &attempt.to_string()).map_err(|error| self.sql(error))?;
        rows.into_iter()
            .map(|(n, at, author, finding, entry)| {
                let finding =
                    serde_json::from_str(&finding).map_err(|error| RecordsError::Damaged {
                        detail: format!("judgement {n} of attempt {attempt}: {error}"),
                        path: self.path().to_path_buf(),
                    })?;
                Ok(Judgement {
                    n: u32::try_from(n).unwrap_or(u32::MAX),
                    at,
                    author,
                    finding,
                    hash: hex(&entry),
                })
            })
            .collect()
    }

    /// Attempts that were signed off, of everybody.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn signed_off(&self) -> Result<Vec<AttemptId>, RecordsError> {
        let read = || -> rusqlite::Result<Vec<AttemptId>> {
            self.connection()
                .prepare_cached(
                    "SELECT DISTINCT attempt FROM judgement
                     WHERE json_extract(finding, '$.kind') = 'sign-off' ORDER BY attempt",
                )?
                .query_map([], |row| row.get(0))?
                .collect()
        };
        read().map_err(|error| self.sql(error))
    }
}
