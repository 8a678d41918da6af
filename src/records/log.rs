//! The log: who looked at, exported, imported, sent or erased what, and when. Its lines are
//! entries of the chain, so that none can be taken out unnoticed. It holds ids and counts, never
//! names or what anybody did.

use serde::{Deserialize, Serialize};

use super::chain::{ErasurePayload, row_of, unsigned};
use super::time::Moment;
use super::{RecordsError, Store};

/// What was done with records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Deed {
    /// Somebody looked at another's record.
    Viewed,
    /// Records left as files.
    Exported,
    /// Records of another computer were taken in.
    Imported,
    /// Records were sent to a learning record store.
    Sent,
    /// Everything held on one person was handed out.
    Accessed,
    /// Records were erased at somebody's request.
    Erased,
    /// Records were erased because the time to keep them was over.
    Retired,
    /// The whole store was copied to a file.
    Copied,
    /// The whole store was put back from a file.
    Restored,
    /// A trainee wrote in the notebook of an attempt.
    Written,
    /// An instructor said something of an attempt.
    Judged,
    /// A second rater marked an attempt.
    Rated,
}

impl Deed {
    /// The word that is shown.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Viewed => "viewed",
            Self::Exported => "exported",
            Self::Imported => "imported",
            Self::Sent => "sent",
            Self::Accessed => "accessed",
            Self::Erased => "erased",
            Self::Retired => "retired",
            Self::Copied => "copied",
            Self::Restored => "restored",
            Self::Written => "written",
            Self::Judged => "judged",
            Self::Rated => "rated",
        }
    }
}

/// What a line of the log says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noted {
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// In which role, such as `instructor` or `command line`; not a name.
    pub by: String,
    /// What was done.
    pub deed: Deed,
    /// Id of the attempt or trainee that it was about; empty for several.
    pub about: String,
    /// How many attempts it was about.
    pub attempts: u64,
    /// What was written, hashed with the salt of the attempt; none where nothing was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sealed: Option<String>,
}

/// A line of the log with its place in the chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LogLine {
    /// Number in the chain.
    pub seq: u64,
    /// What it says; none where the line no longer reads.
    pub noted: Option<Noted>,
}

impl Store {
    /// Writes a line of the log. It is on disk when this returns.
    ///
    /// # Errors
    ///
    /// Where the database cannot be written.
    pub fn note(&self, noted: &Noted) -> Result<(), RecordsError> {
        let at = Moment::read(&noted.at)?;
        let noted = Noted {
            at: at.text(),
            ..noted.clone()
        };
        let payload = serde_json::to_string(&noted).map_err(|error| RecordsError::BadSummary {
            detail: error.to_string(),
        })?;
        self.write(|transaction| self.chain_note(transaction, &payload, at))
            .map(drop)
    }

    /// The log, oldest first, erasures among it.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn log(&self) -> Result<Vec<LogLine>, RecordsError> {
        let rows = self
            .connection()
            .prepare_cached(
                "SELECT seq, kind, record, prev, salt, payload, payload_hash, entry
                 FROM chain WHERE kind <> 'attempt' ORDER BY seq",
            )
            .and_then(|mut query| {
                query
                    .query_map([], row_of)?
                    .collect::<rusqlite::Result<Vec<_>>>()
            })
            .map_err(|error| self.sql(error))?;
        Ok(rows
            .into_iter()
            .map(|row| {
                let payload = row.payload.as_deref().unwrap_or_default();
                let noted = if row.kind == "erasure" {
                    serde_json::from_str::<ErasurePayload>(payload)
                        .ok()
                        .map(|erasure| Noted {
                            at: erasure.at,
                            by: String::new(),
                            deed: Deed::Erased,
                            about: String::new(),
                            attempts: erasure.erased.len() as u64,
                            sealed: None,
                        })
                } else {
                    serde_json::from_str(payload).ok()
                };
                LogLine {
                    seq: unsigned(row.seq),
                    noted,
                }
            })
            .collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noted(deed: Deed, at: &str) -> Noted {
        Noted {
            at: at.to_owned(),
            by: "instructor".to_owned(),
            deed,
            about: String::new(),
            attempts: 3,
            sealed: None,
        }
    }

    #[test]
    fn the_log_is_part_of_the_chain() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        for (hour, deed) in [(1, Deed::Viewed), (2, Deed::Exported), (3, Deed::Sent)] {
            // The clock may be set back: order in the chain is what counts.
            let at = format!("2026-11-28T0{}:00:00Z", 9 - hour);
            store.note(&noted(deed, &at)).unwrap();
        }
        let log = store.log().unwrap();
        let words: Vec<_> = log
            .iter()
            .map(|line| line.noted.as_ref().unwrap().deed.word())
            .collect();
        assert_eq!(words, ["viewed", "exported", "sent"]);
        assert!(store.verify().unwrap().sound());

        store
            .connection()
            .execute_batch("UPDATE chain SET payload = replace(payload, '3', '4') WHERE seq = 2")
            .unwrap();
        let fault = store.verify().unwrap().fault.unwrap();
        assert_eq!(fault.seq, Some(2));
        store
            .connection()
            .execute_batch("DELETE FROM chain WHERE seq = 2")
            .unwrap();
        assert_eq!(store.verify().unwrap().fault.unwrap().seq, Some(3));
    }
}
