//! Attempts that were begun and are not closed, with how far each has come.

use serde::Serialize;

use super::{AttemptId, Mode, RecordsError, Store, TraineeId};

/// An attempt that is not closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RunningLine {
    /// The attempt.
    pub attempt: AttemptId,
    /// Who plays, by the entry that is kept.
    pub trainee: TraineeId,
    /// Name of that entry.
    pub name: String,
    /// Whether a room plays as one.
    pub is_room: bool,
    /// Scenario id.
    pub scenario: String,
    /// Scenario title.
    pub title: String,
    /// Practice or assessment.
    pub mode: Mode,
    /// When begun, RFC 3339 in UTC.
    pub started: String,
    /// Entries in its journal, those that were taken back too.
    pub moves: u32,
    /// The last move, and when it was made.
    pub last: Option<(String, String)>,
}

impl Store {
    /// Every attempt that is not closed, the newest first.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn running(&self) -> Result<Vec<RunningLine>, RecordsError> {
        let read = || -> rusqlite::Result<Vec<RunningLine>> {
            self.connection()
                .prepare_cached(
                    "SELECT a.id, COALESCE(k.id, t.id), COALESCE(k.name, t.name), t.is_room,
                       a.scenario, a.title, a.mode, a.started,
                       (SELECT COUNT(*) FROM journal j WHERE j.attempt = a.id),
                       l.text, l.at
                     FROM attempt a JOIN trainee t ON t.id = a.trainee
                     LEFT JOIN trainee k ON k.id = t.merged_into
                     LEFT JOIN journal l ON l.attempt = a.id AND l.n =
                       (SELECT MAX(n) FROM journal m
                        WHERE m.attempt = a.id AND m.kind = 'move')
                     WHERE a.state = 'running' ORDER BY a.started DESC, a.id DESC",
                )?
                .query_map([], |row| {
                    let text: Option<String> = row.get(9)?;
                    let at: Option<String> = row.get(10)?;
                    Ok(RunningLine {
                        attempt: row.get(0)?,
                        trainee: row.get(1)?,
                        name: row.get(2)?,
                        is_room: row.get(3)?,
                        scenario: row.get(4)?,
                        title: row.get(5)?,
                        mode: row.get(6)?,
                        started: row.get(7)?,
                        moves: row.get(8)?,
                        last: text.zip(at),
                    })
                })?
                .collect()
        };
        read().map_err(|error| self.sql(error))
    }
}
