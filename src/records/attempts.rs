//! Attempts: begun, kept move by move, and closed once.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row, ToSql, Transaction, params};
use serde::Serialize;

use super::sources::{SourceFile, hex};
use super::time::Moment;
use super::trainees::PERSON;
use super::{AttemptId, RecordsError, Store, TraineeId};

macro_rules! word_type {
    ($(#[$doc:meta])* $name:ident { $($(#[$case_doc:meta])* $case:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
        #[serde(rename_all = "lowercase")]
        pub enum $name {
            $($(#[$case_doc])* $case,)+
        }

        impl $name {
            /// The word that is stored and shown.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$case => $word,)+ }
            }
        }

        impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(ToSqlOutput::from(self.word()))
            }
        }

        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                match value.as_str()? {
                    $($word => Ok(Self::$case),)+
                    other => Err(FromSqlError::Other(
                        format!("found \"{other}\", expected one of {:?}", [$($word),+]).into(),
                    )),
                }
            }
        }
    };
}

word_type! {
    /// What an attempt is for.
    Mode {
        /// Hints, numbers and going back are allowed.
        Practice = "practice",
        /// None of these.
        Assessment = "assessment",
    }
}

word_type! {
    /// Where an attempt stands.
    AttemptState {
        /// Begun and not closed: it can be taken up again.
        Running = "running",
        /// An ending was reached.
        Finished = "finished",
        /// Closed without an ending.
        Abandoned = "abandoned",
    }
}

/// What is known when an attempt begins.
#[derive(Debug, Clone)]
pub struct NewAttempt {
    /// Who plays.
    pub trainee: TraineeId,
    /// Scenario id.
    pub scenario: String,
    /// Scenario title.
    pub title: String,
    /// The scenario file.
    pub scenario_file: SourceFile,
    /// The course file.
    pub course_file: SourceFile,
    /// The catalogue of techniques.
    pub technique_file: SourceFile,
    /// The catalogue of profiles.
    pub profile_file: SourceFile,
    /// Version of the engine.
    pub engine: String,
    /// Seed of the run.
    pub seed: u64,
    /// Practice or assessment.
    pub mode: Mode,
    /// When, RFC 3339 in UTC.
    pub started: String,
}

/// How an attempt was finished.
#[derive(Debug, Clone)]
pub struct Finish {
    /// Id of the ending.
    pub ending: String,
    /// Summary of the result as JSON; opaque to this room.
    pub summary: String,
    /// When, RFC 3339 in UTC.
    pub ended: String,
}

/// Place of a closed attempt in the chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChainLink {
    /// Number, from 1.
    pub seq: u64,
    /// Chain hash, 64 hexadecimal digits: to be printed on the report.
    pub hash: String,
}

impl ChainLink {
    /// As a report prints it and `records verify --seal` takes it.
    #[must_use]
    pub fn seal(&self) -> String {
        format!("{}:{}", self.seq, self.hash)
    }
}

/// A stored attempt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Attempt {
    /// Id.
    pub id: AttemptId,
    /// Who played.
    pub trainee: TraineeId,
    /// Scenario id.
    pub scenario: String,
    /// Scenario title as it was then.
    pub title: String,
    /// SHA-256 of the scenario file: [`Store::source`] has its text.
    pub scenario_sha256: String,
    /// SHA-256 of the course file.
    pub course_sha256: String,
    /// SHA-256 of the catalogue of techniques.
    pub techniques_sha256: String,
    /// SHA-256 of the catalogue of profiles.
    pub profiles_sha256: String,
    /// Version of the engine.
    pub engine: String,
    /// Seed of the run.
    pub seed: u64,
    /// Practice or assessment.
    pub mode: Mode,
    /// When begun, RFC 3339 in UTC.
    pub started: String,
    /// When closed.
    pub ended: Option<String>,
    /// Where it stands.
    pub state: AttemptState,
    /// Id of the ending reached.
    pub ending: Option<String>,
    /// Summary of the result as JSON.
    pub summary: Option<String>,
    /// Place in the chain, once closed.
    pub chain: Option<ChainLink>,
}

/// Which attempts to list; an empty filter lists all.
#[derive(Debug, Clone, Default)]
pub struct AttemptFilter {
    /// Only this trainee's, with those of duplicates that were merged into it.
    pub trainee: Option<TraineeId>,
    /// Only of this scenario.
    pub scenario: Option<String>,
    /// Only in this state.
    pub state: Option<AttemptState>,
    /// Only in this mode.
    pub mode: Option<Mode>,
    /// Only begun at this time or later, RFC 3339 in UTC.
    pub since: Option<String>,
    /// This many at most.
    pub limit: Option<u32>,
}

const COLUMNS: &str = "SELECT a.id, a.trainee, a.scenario, a.title, a.scenario_sha256,
    a.course_sha256, a.techniques_sha256, a.profiles_sha256, a.engine, a.seed, a.mode, a.started,
    a.ended, a.state, a.ending, a.summary, c.seq, c.entry
    FROM attempt a LEFT JOIN chain c ON c.record = a.id AND c.kind = 'attempt'";

fn attempt_of(row: &Row<'_>) -> rusqlite::Result<Attempt> {
    let seed: i64 = row.get(9)?;
    let seq: Option<i64> = row.get(16)?;
    let entry: Option<Vec<u8>> = row.get(17)?;
    let chain = seq.zip(entry).map(|(seq, entry)| ChainLink {
        seq: u64::try_from(seq).unwrap_or(0),
        hash: hex(&entry),
    });
    Ok(Attempt {
        id: row.get(0)?,
        trainee: row.get(1)?,
        scenario: row.get(2)?,
        title: row.get(3)?,
        scenario_sha256: row.get(4)?,
        course_sha256: row.get(5)?,
        techniques_sha256: row.get(6)?,
        profiles_sha256: row.get(7)?,
        engine: row.get(8)?,
        seed: seed.cast_unsigned(),
        mode: row.get(10)?,
        started: row.get(11)?,
        ended: row.get(12)?,
        state: row.get(13)?,
        ending: row.get(14)?,
        summary: row.get(15)?,
        chain,
    })
}

/// The attempt as it stands in the database.
pub(super) fn read_attempt(
    connection: &Connection,
    id: AttemptId,
) -> rusqlite::Result<Option<Attempt>> {
    connection
        .prepare_cached(&format!("{COLUMNS} WHERE a.id = ?1"))?
        .query_row([id], attempt_of)
        .optional()
}

impl Store {
    /// Begins an attempt and keeps a copy of every file that it depends on.
    ///
    /// # Errors
    ///
    /// [`RecordsError::NoTrainee`] where the trainee does not exist.
    pub fn begin_attempt(&self, new: &NewAttempt) -> Result<AttemptId, RecordsError> {
        let started = Moment::read(&new.started)?;
        let id = AttemptId::fresh(started.unix_millis())?;
        self.trainee(new.trainee)?;
        self.write(|transaction| {
            let scenario_sha256 = self.keep_source(transaction, &new.scenario_file)?;
            let course_sha256 = self.keep_source(transaction, &new.course_file)?;
            let techniques_sha256 = self.keep_source(transaction, &new.technique_file)?;
            let profiles_sha256 = self.keep_source(transaction, &new.profile_file)?;
            transaction
                .execute(
                    "INSERT INTO attempt(id, trainee, scenario, title, scenario_sha256,
                       course_sha256, techniques_sha256, profiles_sha256, engine, seed, mode,
                       started, state)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 'running')",
                    params![
                        id,
                        new.trainee,
                        new.scenario,
                        new.title,
                        scenario_sha256,
                        course_sha256,
                        techniques_sha256,
                        profiles_sha256,
                        new.engine,
                        new.seed.cast_signed(),
                        new.mode,
                        started.text(),
                    ],
                )
                .map_err(|error| self.sql(error))?;
            Ok(())
        })?;
        Ok(id)
    }

    /// Closes an attempt that reached an ending and binds it into the chain.
    ///
    /// # Errors
    ///
    /// Refuses an attempt that has been closed and a summary that is not JSON.
    pub fn finish(&self, id: AttemptId, finish: &Finish) -> Result<ChainLink, RecordsError> {
        check_json(&finish.summary)?;
        self.close(
            id,
            AttemptState::Finished,
            &finish.ended,
            Some(&finish.ending),
            Some(&finish.summary),
        )
    }

    /// Closes an attempt without an ending and binds it into the chain. Its moves stay.
    ///
    /// # Errors
    ///
    /// Refuses an attempt that has been closed.
    pub fn abandon(&self, id: AttemptId, ended: &str) -> Result<ChainLink, RecordsError> {
        self.close(id, AttemptState::Abandoned, ended, None, None)
    }

    fn close(
        &self,
        id: AttemptId,
        state: AttemptState,
        ended: &str,
        ending: Option<&str>,
        summary: Option<&str>,
    ) -> Result<ChainLink, RecordsError> {
        let ended = Moment::read(ended)?.text();
        self.write(|transaction: &Transaction<'_>| {
            self.running_mode(transaction, id)?;
            transaction
                .execute(
                    "UPDATE attempt SET state = ?2, ended = ?3, ending = ?4, summary = ?5
                     WHERE id = ?1",
                    params![id, state, ended, ending, summary],
                )
                .map_err(|error| self.sql(error))?;
            self.chain_attempt(transaction, id)
        })
    }

    /// One attempt.
    ///
    /// # Errors
    ///
    /// [`RecordsError::NoAttempt`] where there is none of this id.
    pub fn attempt(&self, id: AttemptId) -> Result<Attempt, RecordsError> {
        read_attempt(self.connection(), id)
            .map_err(|error| self.sql(error))?
            .ok_or_else(|| RecordsError::NoAttempt { id: id.to_string() })
    }

    /// The attempts that pass the filter, newest first.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn attempts(&self, filter: &AttemptFilter) -> Result<Vec<Attempt>, RecordsError> {
        let since = match &filter.since {
            Some(since) => Some(Moment::read(since)?.text()),
            None => None,
        };
        let person = format!("a.trainee IN {PERSON}");
        // Only what is asked for stands in the query, so that an index can serve it. Every
        // parameter stands in it all the same.
        let wanted = [
            (filter.trainee.is_some(), person.as_str(), "?1 IS NULL"),
            (filter.scenario.is_some(), "a.scenario = ?2", "?2 IS NULL"),
            (filter.state.is_some(), "a.state = ?3", "?3 IS NULL"),
            (filter.mode.is_some(), "a.mode = ?4", "?4 IS NULL"),
            (since.is_some(), "a.started >= ?5", "?5 IS NULL"),
        ]
        .map(|(is_asked, condition, always)| if is_asked { condition } else { always })
        .join(" AND ");
        let query = format!("{COLUMNS} WHERE {wanted} ORDER BY a.started DESC, a.id DESC LIMIT ?6");
        let limit = filter.limit.map_or(-1, i64::from);
        let read = || -> rusqlite::Result<Vec<Attempt>> {
            self.connection()
                .prepare_cached(&query)?
                .query_map(
                    params![
                        filter.trainee,
                        filter.scenario,
                        filter.state,
                        filter.mode,
                        since,
                        limit
                    ],
                    attempt_of,
                )?
                .collect()
        };
        read().map_err(|error| self.sql(error))
    }

    /// A trainee's attempts that were begun and not closed, newest first: after a crash they
    /// can be taken up again.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn open_attempts(&self, trainee: TraineeId) -> Result<Vec<Attempt>, RecordsError> {
        self.attempts(&AttemptFilter {
            trainee: Some(trainee),
            state: Some(AttemptState::Running),
            ..AttemptFilter::default()
        })
    }
}

fn check_json(text: &str) -> Result<(), RecordsError> {
    serde_json::from_str::<serde::de::IgnoredAny>(text)
        .map(drop)
        .map_err(|error| RecordsError::BadSummary {
            detail: error.to_string(),
        })
}
