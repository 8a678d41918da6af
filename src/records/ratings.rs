//! Second ratings, each written once; and what was drawn from an attempt for measurement, which
//! is kept only to be quick and can be thrown away at any time.

use rusqlite::{OptionalExtension, Transaction, params};
use serde::{Deserialize, Serialize};

use super::attempts::{AttemptState, Mode};
use super::beside::Saying;
use super::time::Moment;
use super::{AttemptId, RecordsError, Store, TraineeId};

/// What a second rater gave for one objective at one decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RatedMark {
    /// Number of the move, from 1.
    pub number: u32,
    /// Objective id.
    pub objective: String,
    /// Points of the level on the course's scale, 0 to 3.
    pub points: u8,
}

/// A stored run as an instructor marked it, without having seen the program's marks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SecondRating {
    /// Which attempt.
    pub attempt: AttemptId,
    /// Name of the rater as typed.
    pub rater: String,
    /// When it was handed in, RFC 3339 in UTC.
    pub at: String,
    /// The marks; what the rater could not tell is not among them.
    pub marks: Vec<RatedMark>,
}

/// What was drawn from one attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptDrawing {
    /// Which attempt.
    pub attempt: AttemptId,
    /// Form and version of the program that drew it; another one draws anew.
    pub drawn_by: String,
    /// What was drawn; opaque to this room.
    pub text: String,
}

/// What is needed of a finished attempt to draw from it, without its summary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToDraw {
    /// Which attempt.
    pub attempt: AttemptId,
    /// Who played.
    pub trainee: TraineeId,
    /// Scenario id.
    pub scenario: String,
    /// Hashes of the kept scenario, course, techniques and profiles, one after the other.
    pub files: String,
    /// Seed of the run.
    pub seed: u64,
}

impl Store {
    /// The finished attempts of one scenario or all, in one mode or both, oldest first. Each is
    /// by the person's entry that is kept; what a room played as one is left out.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn to_draw(
        &self,
        scenario: Option<&str>,
        mode: Option<Mode>,
    ) -> Result<Vec<ToDraw>, RecordsError> {
        let read = || -> rusqlite::Result<Vec<ToDraw>> {
            self.connection()
                .prepare_cached(
                    "SELECT a.id, COALESCE(t.merged_into, t.id), a.scenario,
                       a.scenario_sha256 || a.course_sha256 || a.techniques_sha256
                         || a.profiles_sha256,
                       a.seed
                     FROM attempt a JOIN trainee t ON t.id = a.trainee
                     WHERE a.state = 'finished' AND t.is_room = 0
                       AND (?1 IS NULL OR a.scenario = ?1) AND (?2 IS NULL OR a.mode = ?2)
                     ORDER BY a.started, a.id",
                )?
                .query_map(params![scenario, mode], |row| {
                    let seed: i64 = row.get(4)?;
                    Ok(ToDraw {
                        attempt: row.get(0)?,
                        trainee: row.get(1)?,
                        scenario: row.get(2)?,
                        files: row.get(3)?,
                        seed: seed.cast_unsigned(),
                    })
                })?
                .collect()
        };
        read().map_err(|error| self.sql(error))
    }

    /// Keeps a rating. It is written once and never changed.
    ///
    /// # Errors
    ///
    /// Refuses a rater without a name, a rating without marks, a level off the scale, an attempt
    /// that is not finished, and a second rating of the same attempt by the same rater.
    pub fn add_second_rating(&self, rating: &SecondRating) -> Result<(), RecordsError> {
        let at = Moment::read(&rating.at)?.text();
        let rater = rating
            .rater
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        if rater.is_empty() {
            return Err(RecordsError::NameMissing);
        }
        if rating.marks.is_empty() {
            return Err(RecordsError::RatingEmpty);
        }
        if let Some(mark) = rating.marks.iter().find(|mark| mark.points > 3) {
            return Err(RecordsError::RatingOffScale {
                found: mark.points,
                number: mark.number,
                objective: mark.objective.clone(),
            });
        }
        let attempt = self.attempt(rating.attempt)?;
        if attempt.state != AttemptState::Finished {
            return Err(RecordsError::RatingTooEarly {
                id: rating.attempt.to_string(),
                state: attempt.state.word(),
            });
        }
        self.write(|transaction| {
            let before: Option<String> = transaction
                .query_row(
                    "SELECT at FROM second_rating
                     WHERE attempt = ?1 AND rater = ?2 COLLATE NOCASE",
                    params![rating.attempt, rater],
                    |row| row.get(0),
                )
                .optional()
                .map_err(|error| self.sql(error))?;
            if let Some(at) = before {
                return Err(RecordsError::RatedBefore {
                    rater: rater.clone(),
                    at,
                });
            }
            self.insert_rating(transaction, rating.attempt, (&rater, &rating.marks), &at)
        })
    }

    pub(super) fn insert_rating(
        &self,
        transaction: &Transaction<'_>,
        attempt: AttemptId,
        (rater, marks): (&str, &[RatedMark]),
        at: &str,
    ) -> Result<(), RecordsError> {
        let text = serde_json::to_string(marks).map_err(|error| RecordsError::BadSummary {
            detail: error.to_string(),
        })?;
        transaction
            .execute(
                "INSERT INTO second_rating(attempt, rater, at, marks) VALUES (?1, ?2, ?3, ?4)",
                params![attempt, rater, at, text],
            )
            .map_err(|error| self.sql(error))?;
        let saying = Saying::Rating {
            at: at.to_owned(),
            rater: rater.to_owned(),
            marks: marks.to_vec(),
        };
        self.chain_saying(transaction, attempt, &saying)
    }

    /// The ratings of one attempt, or of all attempts, in the order in which they were handed in.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read or a rating in it cannot.
    pub fn second_ratings(
        &self,
        attempt: Option<AttemptId>,
    ) -> Result<Vec<SecondRating>, RecordsError> {
        let read = || -> rusqlite::Result<Vec<(AttemptId, String, String, String)>> {
            self.connection()
                .prepare_cached(
                    "SELECT attempt, rater, at, marks FROM second_rating
                     WHERE ?1 IS NULL OR attempt = ?1 ORDER BY at, attempt, rater",
                )?
                .query_map([attempt], |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
                })?
                .collect()
        };
        read()
            .map_err(|error| self.sql(error))?
            .into_iter()
            .map(|(attempt, rater, at, marks)| {
                let marks =
                    serde_json::from_str(&marks).map_err(|error| RecordsError::Damaged {
                        detail: format!("the second rating of {attempt} by {rater}: {error}"),
                        path: self.path().to_path_buf(),
                    })?;
                Ok(SecondRating {
                    attempt,
                    rater,
                    at,
                    marks,
                })
            })
            .collect()
    }

    /// Everything that this version drew before, of one scenario or of all.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn kept_drawings(
        &self,
        scenario: Option<&str>,
        drawn_by: &str,
    ) -> Result<Vec<KeptDrawing>, RecordsError> {
        let read = || -> rusqlite::Result<Vec<KeptDrawing>> {
            self.connection()
                .prepare_cached(
                    "SELECT d.attempt, d.drawn_by, d.text FROM drawing d
                     JOIN attempt a ON a.id = d.attempt
                     WHERE d.drawn_by = ?2 AND (?1 IS NULL OR a.scenario = ?1)",
                )?
                .query_map(params![scenario, drawn_by], |row| {
                    Ok(KeptDrawing {
                        attempt: row.get(0)?,
                        drawn_by: row.get(1)?,
                        text: row.get(2)?,
                    })
                })?
                .collect()
        };
        read().map_err(|error| self.sql(error))
    }

    /// Keeps what was drawn, in place of what was drawn before of the same attempts.
    ///
    /// # Errors
    ///
    /// Where the database cannot be written; nothing is kept then.
    pub fn keep_drawings(&self, drawings: &[KeptDrawing]) -> Result<(), RecordsError> {
        self.write(|transaction| {
            for drawing in drawings {
                transaction
                    .prepare_cached(
                        "INSERT INTO drawing(attempt, drawn_by, text) VALUES (?1, ?2, ?3)
                         ON CONFLICT(attempt) DO UPDATE
                         SET drawn_by = excluded.drawn_by, text = excluded.text",
                    )
                    .and_then(|mut statement| {
                        statement.execute(params![drawing.attempt, drawing.drawn_by, drawing.text])
                    })
                    .map_err(|error| self.sql(error))?;
            }
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::{Finish, Mode, NewAttempt, SourceFile};

    const AT: &str = "2026-11-28T21:00:00Z";

    fn finished(store: &Store) -> (AttemptId, crate::records::TraineeId) {
        let trainee = store.add_trainee("Amy Rees", "4711", AT).unwrap().id;
        let file = |name: &str| SourceFile {
            name: name.to_owned(),
            text: name.to_owned(),
        };
        let id = store
            .begin_attempt(&NewAttempt {
                trainee,
                scenario: "footbridge".to_owned(),
                title: "Footbridge".to_owned(),
                scenario_file: file("s"),
                course_file: file("c"),
                technique_file: file("t"),
                profile_file: file("p"),
                engine: "test".to_owned(),
                seed: 1,
                mode: Mode::Assessment,
                started: AT.to_owned(),
            })
            .unwrap();
        (id, trainee)
    }

    fn rating(attempt: AttemptId, rater: &str, points: u8) -> SecondRating {
        SecondRating {
            attempt,
            rater: rater.to_owned(),
            at: AT.to_owned(),
            marks: vec![RatedMark {
                number: 1,
                objective: "CI-1".to_owned(),
                points,
            }],
        }
    }

    #[test]
    fn a_rating_is_written_once_of_a_finished_attempt_and_goes_with_an_erasure() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        let (id, trainee) = finished(&store);
        let early = store.add_second_rating(&rating(id, "B. Osei", 2));
        assert!(matches!(early, Err(RecordsError::RatingTooEarly { .. })));
        let finish = Finish {
            ending: "safe".to_owned(),
            summary: "{}".to_owned(),
            ended: AT.to_owned(),
        };
        store.finish(id, &finish).unwrap();
        let off = store.add_second_rating(&rating(id, "B. Osei", 4));
        assert!(matches!(
            off,
            Err(RecordsError::RatingOffScale { found: 4, .. })
        ));
        let nobody = store.add_second_rating(&rating(id, "  ", 2));
        assert!(matches!(nobody, Err(RecordsError::NameMissing)));
        store
            .add_second_rating(&rating(id, " B.  Osei", 2))
            .unwrap();
        let again = store.add_second_rating(&rating(id, "b. osei", 3));
        assert!(matches!(again, Err(RecordsError::RatedBefore { .. })));
        store.add_second_rating(&rating(id, "C. Nowak", 3)).unwrap();
        let kept = store.second_ratings(Some(id)).unwrap();
        assert_eq!(kept.len(), 2);
        assert_eq!(kept[0].rater, "B. Osei");
        assert_eq!(kept[0].marks[0].points, 2);
        assert!(store.verify().unwrap().sound());
        store.erase_trainee(trainee, AT).unwrap();
        assert!(store.second_ratings(None).unwrap().is_empty());
    }

    #[test]
    fn a_drawing_is_found_again_by_those_who_drew_it_alone() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        let (attempt, _) = finished(&store);
        let drawing = KeptDrawing {
            attempt,
            drawn_by: "form 1".to_owned(),
            text: "[]".to_owned(),
        };
        store.keep_drawings(std::slice::from_ref(&drawing)).unwrap();
        let again = KeptDrawing {
            text: "[1]".to_owned(),
            ..drawing
        };
        store.keep_drawings(std::slice::from_ref(&again)).unwrap();
        let found = store.kept_drawings(Some("footbridge"), "form 1").unwrap();
        assert_eq!(found, [again]);
        assert!(store.kept_drawings(None, "form 2").unwrap().is_empty());
    }
}
