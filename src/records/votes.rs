//! Votes of a room that plays as one: what was voted at each decision, and what others did there.

use std::collections::BTreeMap;

use rusqlite::{Connection, Row, Transaction, params};
use serde::{Deserialize, Serialize};

use super::time::Moment;
use super::{AttemptId, RecordsError, Store};

/// The vote at one decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupVote {
    /// Number of the decision, from 1.
    pub decision: u32,
    /// Beat at which it was made.
    pub beat: String,
    /// Votes by move.
    pub votes: BTreeMap<String, u32>,
    /// The move that was made.
    pub taken: String,
    /// When, RFC 3339 in UTC.
    pub at: String,
}

/// A vote with the attempt that it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VoteLine {
    /// The attempt of the room.
    pub attempt: AttemptId,
    /// When it began, RFC 3339 in UTC.
    pub started: String,
    /// The room.
    pub room: String,
    /// The vote.
    pub vote: GroupVote,
}

fn vote_of(row: &Row<'_>, first: usize) -> rusqlite::Result<GroupVote> {
    let votes: String = row.get(first + 2)?;
    Ok(GroupVote {
        decision: row.get(first)?,
        beat: row.get(first + 1)?,
        votes: serde_json::from_str(&votes)
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?,
        taken: row.get(first + 3)?,
        at: row.get(first + 4)?,
    })
}

pub(super) fn read_votes(
    connection: &Connection,
    attempt: AttemptId,
) -> rusqlite::Result<Vec<GroupVote>> {
    connection
        .prepare_cached(
            "SELECT decision, beat, votes, taken, at FROM group_vote
             WHERE attempt = ?1 ORDER BY n",
        )?
        .query_map([attempt], |row| vote_of(row, 0))?
        .collect()
}

impl Store {
    /// Keeps a vote.
    ///
    /// # Errors
    ///
    /// Where the attempt does not exist or the database cannot be written.
    pub fn keep_vote(&self, attempt: AttemptId, vote: &GroupVote) -> Result<(), RecordsError> {
        let at = Moment::read(&vote.at)?.text();
        self.attempt(attempt)?;
        let vote = GroupVote { at, ..vote.clone() };
        self.write(|transaction| self.insert_vote(transaction, attempt, &vote))
    }

    pub(super) fn insert_vote(
        &self,
        transaction: &Transaction<'_>,
        attempt: AttemptId,
        vote: &GroupVote,
    ) -> Result<(), RecordsError> {
        let votes =
            serde_json::to_string(&vote.votes).map_err(|error| RecordsError::BadSummary {
                detail: error.to_string(),
            })?;
        transaction
            .execute(
                "INSERT INTO group_vote(attempt, decision, beat, votes, taken, at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![
                    attempt,
                    vote.decision,
                    vote.beat,
                    votes,
                    vote.taken,
                    vote.at
                ],
            )
            .map(drop)
            .map_err(|error| self.sql(error))
    }

    /// Every vote of every room on a scenario, the newest attempt first. Where a room went back
    /// and voted again, both votes stand.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn votes_on(&self, scenario: &str) -> Result<Vec<VoteLine>, RecordsError> {
        let read = || -> rusqlite::Result<Vec<VoteLine>> {
            self.connection()
                .prepare_cached(
                    "SELECT v.decision, v.beat, v.votes, v.taken, v.at, a.id, a.started, t.name
                     FROM group_vote v JOIN attempt a ON a.id = v.attempt
                     JOIN trainee t ON t.id = a.trainee WHERE a.scenario = ?1
                     ORDER BY a.started DESC, a.id, v.n",
                )?
                .query_map([scenario], |row| {
                    Ok(VoteLine {
                        attempt: row.get(5)?,
                        started: row.get(6)?,
                        room: row.get(7)?,
                        vote: vote_of(row, 0)?,
                    })
                })?
                .collect()
        };
        read().map_err(|error| self.sql(error))
    }

    /// How often each move was made at each beat in the finished attempts on a scenario that were
    /// played by people, not by rooms: beat, move, times.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn choices_on(&self, scenario: &str) -> Result<Vec<(String, String, u32)>, RecordsError> {
        let read = || -> rusqlite::Result<Vec<(String, String, u32)>> {
            self.connection()
                .prepare_cached(
                    "SELECT json_extract(d.value, '$.beat'), json_extract(d.value, '$.made'),
                       COUNT(*)
                     FROM attempt a JOIN trainee t ON t.id = a.trainee,
                       json_each(a.summary, '$.decisions') d
                     WHERE a.scenario = ?1 AND a.state = 'finished' AND t.is_room = 0
                       AND json_type(d.value, '$.beat') = 'text'
                       AND json_type(d.value, '$.made') = 'text'
                     GROUP BY 1, 2 ORDER BY 1, 3 DESC, 2",
                )?
                .query_map([scenario], |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
                })?
                .collect()
        };
        read().map_err(|error| self.sql(error))
    }
}
