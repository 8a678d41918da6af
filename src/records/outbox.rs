//! What was sent to which learning record store, so that each attempt is sent once.

use rusqlite::params;
use serde::Serialize;

use super::time::Moment;
use super::{AttemptId, RecordsError, Store};

/// How the sending of one attempt stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Delivery {
    /// To be tried again.
    Waiting,
    /// There.
    Sent,
    /// The store has other statements under the same ids: somebody must look.
    Conflict,
    /// The store refuses the statements: trying again does not help.
    Refused,
}

impl Delivery {
    const fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Conflict => "conflict",
            Self::Refused => "refused",
        }
    }
}

impl Store {
    /// The closed attempts that this learning record store has not settled yet, oldest first.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn to_send(&self, lrs: &str) -> Result<Vec<AttemptId>, RecordsError> {
        self.connection()
            .prepare_cached(
                "SELECT a.id FROM attempt a
                 LEFT JOIN outbox o ON o.attempt = a.id AND o.lrs = ?1
                 WHERE a.state <> 'running' AND (o.state IS NULL OR o.state = 'waiting')
                 ORDER BY a.started, a.id",
            )
            .and_then(|mut query| query.query_map([lrs], |row| row.get(0))?.collect())
            .map_err(|error| self.sql(error))
    }

    /// Keeps how the sending of an attempt went. It is on disk when this returns.
    ///
    /// # Errors
    ///
    /// Where the database cannot be written.
    pub fn note_delivery(
        &self,
        attempt: AttemptId,
        lrs: &str,
        delivery: Delivery,
        statements: usize,
        detail: &str,
        now: &str,
    ) -> Result<(), RecordsError> {
        let now = Moment::read(now)?.text();
        self.write(|transaction| {
            transaction
                .execute(
                    "INSERT INTO outbox(attempt, lrs, state, statements, tries, tried, detail)
                     VALUES (?1, ?2, ?3, ?4, 1, ?5, ?6)
                     ON CONFLICT(attempt, lrs) DO UPDATE SET state = excluded.state,
                       statements = excluded.statements, tries = tries + 1,
                       tried = excluded.tried, detail = excluded.detail",
                    params![
                        attempt,
                        lrs,
                        delivery.word(),
                        i64::try_from(statements).unwrap_or(i64::MAX),
                        now,
                        detail
                    ],
                )
                .map(drop)
                .map_err(|error| self.sql(error))
        })
    }
}
