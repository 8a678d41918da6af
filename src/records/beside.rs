//! What is written beside an attempt after it was sealed: notebook entries, judgements, second
//! ratings.
//!
//! Each gets a line of the log, hashed with the salt of its attempt, so that one which is changed
//! or taken away is found, also the last one; and once the attempt is erased, nothing can be
//! guessed back from the line.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde::{Deserialize, Serialize};

use super::chain::{ChainRow, seal};
use super::judgements::Finding;
use super::log::{Deed, Noted};
use super::ratings::RatedMark;
use super::sources::hex;
use super::time::Moment;
use super::{AttemptId, FaultKind, RecordsError, Store};

/// One thing that was written beside an attempt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "said", rename_all = "lowercase", deny_unknown_fields)]
pub(super) enum Saying {
    /// In the trainee's notebook.
    Note { text: String, at: String },
    /// By an instructor.
    Judgement {
        at: String,
        author: String,
        finding: Finding,
    },
    /// By a second rater.
    Rating {
        at: String,
        rater: String,
        marks: Vec<RatedMark>,
    },
}

/// What became of something that another computer sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TakenIn {
    /// It was written.
    New,
    /// It was here already.
    WasHere,
    /// The same rater has given this attempt other marks here, and a rating is given once.
    RatedOtherwise,
}

impl Saying {
    const fn deed(&self) -> Deed {
        match self {
            Self::Note { .. } => Deed::Written,
            Self::Judgement { .. } => Deed::Judged,
            Self::Rating { .. } => Deed::Rated,
        }
    }

    const fn by(&self) -> &'static str {
        match self {
            Self::Note { .. } => "trainee",
            Self::Judgement { .. } => "instructor",
            Self::Rating { .. } => "second rater",
        }
    }

    fn at(&self) -> &str {
        match self {
            Self::Note { at, .. } | Self::Judgement { at, .. } | Self::Rating { at, .. } => at,
        }
    }

    /// As it is hashed and as it travels.
    pub(super) fn json(&self) -> Result<String, RecordsError> {
        serde_json::to_string(self).map_err(|error| RecordsError::BadSummary {
            detail: error.to_string(),
        })
    }
}

fn salt_of(connection: &Connection, attempt: AttemptId) -> rusqlite::Result<Option<Vec<u8>>> {
    connection
        .prepare_cached("SELECT salt FROM chain WHERE record = ?1 AND kind = 'attempt'")?
        .query_row([attempt], |row| row.get(0))
        .optional()
        .map(Option::flatten)
}

/// Everything that was written beside one attempt, or beside all. What no longer reads is left
/// out; the check then misses it.
pub(super) fn sayings(
    connection: &Connection,
    attempt: Option<AttemptId>,
) -> rusqlite::Result<Vec<(AttemptId, Saying)>> {
    let mut all = Vec::new();
    let mut notes = connection.prepare_cached(
        "SELECT attempt, text, at FROM note WHERE ?1 IS NULL OR attempt = ?1 ORDER BY attempt, n",
    )?;
    let mut rows = notes.query([attempt])?;
    while let Some(row) = rows.next()? {
        if let (Ok(text), Ok(at)) = (row.get(1), row.get(2)) {
            all.push((row.get(0)?, Saying::Note { text, at }));
        }
    }
    let mut judgements = connection.prepare_cached(
        "SELECT attempt, at, author, finding FROM judgement
         WHERE ?1 IS NULL OR attempt = ?1 ORDER BY attempt, n",
    )?;
    let mut rows = judgements.query([attempt])?;
    while let Some(row) = rows.next()? {
        let finding: Option<Finding> = row
            .get::<_, String>(3)
            .ok()
            .and_then(|text| serde_json::from_str(&text).ok());
        if let (Ok(at), Ok(author), Some(finding)) = (row.get(1), row.get(2), finding) {
            let saying = Saying::Judgement {
                at,
                author,
                finding,
            };
            all.push((row.get(0)?, saying));
        }
    }
    let mut ratings = connection.prepare_cached(
        "SELECT attempt, at, rater, marks FROM second_rating
         WHERE ?1 IS NULL OR attempt = ?1 ORDER BY attempt, at, rater",
    )?;
    let mut rows = ratings.query([attempt])?;
    while let Some(row) = rows.next()? {
        let marks: Option<Vec<RatedMark>> = row
            .get::<_, String>(3)
            .ok()
            .and_then(|text| serde_json::from_str(&text).ok());
        if let (Ok(at), Ok(rater), Some(marks)) = (row.get(1), row.get(2), marks) {
            all.push((row.get(0)?, Saying::Rating { at, rater, marks }));
        }
    }
    Ok(all)
}

impl Store {
    /// Writes the line of the log for something written beside a closed attempt.
    pub(super) fn chain_saying(
        &self,
        transaction: &Transaction<'_>,
        attempt: AttemptId,
        saying: &Saying,
    ) -> Result<(), RecordsError> {
        let salt = salt_of(transaction, attempt).map_err(|error| self.sql(error))?;
        let Some(salt) = salt else {
            return Err(RecordsError::StillRunning {
                id: attempt.to_string(),
            });
        };
        let noted = Noted {
            at: saying.at().to_owned(),
            by: saying.by().to_owned(),
            deed: saying.deed(),
            about: attempt.to_string(),
            attempts: 1,
            sealed: Some(hex(&seal(&salt, &saying.json()?))),
        };
        let payload = serde_json::to_string(&noted).map_err(|error| RecordsError::BadSummary {
            detail: error.to_string(),
        })?;
        self.chain_note(transaction, &payload, Moment::read(saying.at())?)
            .map(drop)
    }

    /// Writes what another computer sent beside an attempt that is kept here.
    pub(super) fn take_in_saying(
        &self,
        transaction: &Transaction<'_>,
        attempt: AttemptId,
        saying: &Saying,
    ) -> Result<TakenIn, RecordsError> {
        let there = sayings(transaction, Some(attempt)).map_err(|error| self.sql(error))?;
        if there.iter().any(|(_, one)| one == saying) {
            return Ok(TakenIn::WasHere);
        }
        match saying {
            Saying::Note { text, at } => self.insert_note(transaction, attempt, text, at)?,
            Saying::Judgement {
                at,
                author,
                finding,
            } => {
                self.insert_judgement(transaction, attempt, (author, finding), at)?;
            }
            Saying::Rating { at, rater, marks } => {
                let has_rated = |(_, one): &(AttemptId, Saying)| {
                    matches!(one, Saying::Rating { rater: other, .. }
                        if other.to_lowercase() == rater.to_lowercase())
                };
                if there.iter().any(has_rated) {
                    return Ok(TakenIn::RatedOtherwise);
                }
                self.insert_rating(transaction, attempt, (rater, marks), at)?;
            }
        }
        Ok(TakenIn::New)
    }
}

/// The first attempt beside which something that the log names is not as it was written.
pub(super) fn changed_saying(
    connection: &Connection,
    rows: &[ChainRow],
) -> rusqlite::Result<Option<(String, FaultKind)>> {
    let mut there = BTreeSet::new();
    for (attempt, saying) in sayings(connection, None)? {
        if let (Some(salt), Ok(json)) = (salt_of(connection, attempt)?, saying.json()) {
            there.insert((attempt.to_string(), hex(&seal(&salt, &json))));
        }
    }
    let mut is_kept = connection.prepare("SELECT EXISTS(SELECT 1 FROM attempt WHERE id = ?1)")?;
    for row in rows.iter().filter(|row| row.kind == "note") {
        let noted = row
            .payload
            .as_deref()
            .and_then(|payload| serde_json::from_str::<Noted>(payload).ok());
        let Some(Noted {
            deed,
            about,
            sealed: Some(sealed),
            ..
        }) = noted
        else {
            continue;
        };
        let key = (about, sealed);
        if !there.contains(&key) && is_kept.query_row(params![key.0], |row| row.get(0))? {
            let kind = match deed {
                Deed::Judged => FaultKind::JudgementChanged,
                Deed::Rated => FaultKind::RatingChanged,
                _ => FaultKind::NoteChanged,
            };
            return Ok(Some((key.0, kind)));
        }
    }
    Ok(None)
}
