//! Records of other computers, taken in from a folder that [`Store::export_to`] filled.

use std::fs;
use std::path::Path;

use rusqlite::{OptionalExtension, Transaction, params};
use serde::Serialize;

use super::beside::TakenIn;
use super::exchange_files::{
    CHANGED, KeptAttempt, NameFile, checked, read_attempt_file, read_saying_file, read_source,
    unhex,
};
use super::reflections::insert_reflections;
use super::time::Moment;
use super::{Entry, RecordsError, Refused, Store, TraineeId};

/// So many files are taken in with one commit.
const TOGETHER: usize = 100;

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Imported {
    /// Attempts taken in.
    pub taken_in: u64,
    /// Attempts that were here already.
    pub already: u64,
    /// Attempts that were erased here and stay so.
    pub erased: u64,
    /// Notebook entries, judgements and second ratings taken in.
    pub beside: u64,
    /// Names that were learned.
    pub names: u64,
    /// Files that were not taken in, each with the reason.
    pub refused: Vec<Refused>,
}

impl Store {
    /// Takes in every attempt file of `folder`. What is here already, what was erased here and
    /// what was changed is left out and told; nothing is ever overwritten. `now` is the time,
    /// RFC 3339 in UTC.
    ///
    /// # Errors
    ///
    /// Where the folder cannot be read or the database not be written. What was taken in before
    /// stays, and the next try goes on from there.
    pub fn import_from(&self, folder: &Path, now: &str) -> Result<Imported, RecordsError> {
        let now = Moment::read(now)?.text();
        let attempts = folder.join("attempts");
        let mut names: Vec<String> = Vec::new();
        let entries =
            fs::read_dir(&attempts).map_err(|error| RecordsError::from_io(error, &attempts))?;
        for entry in entries {
            let entry = entry.map_err(|error| RecordsError::from_io(error, &attempts))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.ends_with(".json") {
                names.push(name);
            }
        }
        // Ids sort by time, so that the order does not depend on the file system.
        names.sort();
        let mut done = Imported::default();
        for some in names.chunks(TOGETHER) {
            self.write(|transaction| {
                for name in some {
                    match read_attempt_file(&attempts.join(name), name) {
                        Ok(file) => {
                            self.take_in(transaction, folder, name, file.kept, &now, &mut done)?;
                        }
                        Err(why) => done.refused.push(Refused {
                            file: name.clone(),
                            why,
                        }),
                    }
                }
                Ok(())
            })?;
        }
        self.take_in_sayings(&folder.join("beside"), &mut done)?;
        self.learn_names(&folder.join("names"), &mut done)?;
        Ok(done)
    }

    fn take_in(
        &self,
        transaction: &Transaction<'_>,
        folder: &Path,
        name: &str,
        kept: KeptAttempt,
        now: &str,
        done: &mut Imported,
    ) -> Result<(), RecordsError> {
        let sql = |error| self.sql(error);
        let mut refuse = |why: &str| {
            done.refused.push(Refused {
                file: name.to_owned(),
                why: why.to_owned(),
            });
            Ok(())
        };
        let Some((payload, salt, hash)) = checked(&kept) else {
            return refuse(CHANGED);
        };
        let here: Option<(Vec<u8>, bool)> = transaction
            .query_row(
                "SELECT payload_hash, payload IS NOT NULL FROM chain WHERE record = ?1",
                [kept.id],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()
            .map_err(sql)?;
        match here {
            Some((_, false)) => {
                done.erased += 1;
                return Ok(());
            }
            Some((there, true)) if there == hash => {
                done.already += 1;
                return Ok(());
            }
            Some(_) => {
                return refuse(
                    "another attempt is kept here under this id; ask whoever keeps the records which of them is right",
                );
            }
            None => {}
        }
        for sha256 in [
            &payload.scenario_sha256,
            &payload.course_sha256,
            &payload.techniques_sha256,
            &payload.profiles_sha256,
        ] {
            let is_kept: bool = transaction
                .query_row(
                    "SELECT EXISTS(SELECT 1 FROM source WHERE sha256 = ?1)",
                    [sha256],
                    |row| row.get(0),
                )
                .map_err(sql)?;
            if is_kept {
                continue;
            }
            let path = folder.join("sources").join(format!("{sha256}.json"));
            match read_source(&path) {
                Some(source) if source.sha256() == *sha256 => {
                    self.keep_source(transaction, &source)?;
                }
                _ => {
                    return refuse(&format!(
                        "the file sources/{sha256}.json that it depends on is missing or was changed; export again on the computer where it was played"
                    ));
                }
            }
        }
        let trainee: TraineeId = payload.trainee.parse()?;
        transaction
            .execute(
                "INSERT INTO trainee(id, name, collar_number, created, last_seen, is_room)
                 VALUES (?1, ?2, '', ?3, ?3, ?4) ON CONFLICT(id) DO NOTHING",
                params![trainee, unnamed(trainee), now, kept.is_room],
            )
            .map_err(sql)?;
        transaction
            .execute(
                "INSERT INTO attempt(id, trainee, scenario, title, scenario_sha256, course_sha256,
                   techniques_sha256, profiles_sha256, engine, seed, mode, started, ended, state,
                   ending, summary)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
                params![
                    kept.id,
                    trainee,
                    payload.scenario,
                    payload.title,
                    payload.scenario_sha256,
                    payload.course_sha256,
                    payload.techniques_sha256,
                    payload.profiles_sha256,
                    payload.engine,
                    payload.seed.cast_signed(),
                    payload.mode,
                    payload.started,
                    payload.ended,
                    payload.state,
                    payload.ending,
                    payload.summary,
                ],
            )
            .map_err(sql)?;
        for entry in &kept.journal {
            let (kind, text, millis, keep) = match &entry.what {
                Entry::Move { text, millis } => ("move", text.as_str(), *millis, 0),
                Entry::Rewind { keep } => ("rewind", "", 0, *keep),
            };
            transaction
                .prepare_cached(
                    "INSERT INTO journal(attempt, n, kind, text, millis, keep, at)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                )
                .and_then(|mut insert| {
                    insert.execute(params![
                        kept.id,
                        entry.n,
                        kind,
                        text,
                        i64::try_from(millis).unwrap_or(i64::MAX),
                        keep,
                        entry.at
                    ])
                })
                .map_err(sql)?;
        }
        insert_reflections(transaction, kept.id, &kept.rationales, kept.branch.as_ref())
            .map_err(sql)?;
        for vote in &kept.votes {
            self.insert_vote(transaction, kept.id, vote)?;
        }
        for (kind, value) in &kept.notes {
            transaction
                .execute(
                    "INSERT INTO setting(key, value) VALUES (?1, ?2) ON CONFLICT(key) DO NOTHING",
                    [format!("{kind}.{}", kept.id), value.clone()],
                )
                .map_err(sql)?;
        }
        self.append_sealed(
            transaction,
            "attempt",
            &kept.id.to_string(),
            &kept.sealed,
            &salt,
        )?;
        transaction
            .execute(
                "INSERT INTO origin(attempt, store, seq, prev, entry, taken_in)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![
                    kept.id,
                    kept.store,
                    kept.seq,
                    unhex(&kept.prev),
                    unhex(&kept.entry),
                    now
                ],
            )
            .map_err(sql)?;
        done.taken_in += 1;
        Ok(())
    }

    /// Takes in what was written beside attempts.
    fn take_in_sayings(&self, folder: &Path, done: &mut Imported) -> Result<(), RecordsError> {
        let Ok(entries) = fs::read_dir(folder) else {
            return Ok(());
        };
        let mut names: Vec<String> = entries
            .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
            .filter(|name| name.ends_with(".json"))
            .collect();
        names.sort();
        for some in names.chunks(TOGETHER) {
            self.write(|transaction| {
                for name in some {
                    let refused = match read_saying_file(&folder.join(name), name) {
                        Err(why) => Some(why),
                        Ok(file) => {
                            let kept: Option<bool> = transaction
                                .query_row(
                                    "SELECT payload IS NOT NULL FROM chain
                                     WHERE record = ?1 AND kind = 'attempt'",
                                    [file.attempt],
                                    |row| row.get(0),
                                )
                                .optional()
                                .map_err(|error| self.sql(error))?;
                            match kept {
                                Some(true) => {
                                    let taken = self.take_in_saying(
                                        transaction,
                                        file.attempt,
                                        &file.saying,
                                    )?;
                                    done.beside += u64::from(taken == TakenIn::New);
                                    (taken == TakenIn::RatedOtherwise).then(|| {
                                        "the same rater has marked this attempt otherwise here; a rating is given once".to_owned()
                                    })
                                }
                                // What was erased stays so, with all that was said of it.
                                Some(false) => None,
                                None => Some(format!(
                                    "the attempt {} that it belongs to is not here; take that in first",
                                    file.attempt
                                )),
                            }
                        }
                    };
                    done.refused.extend(refused.map(|why| Refused {
                        file: name.clone(),
                        why,
                    }));
                }
                Ok(())
            })?;
        }
        Ok(())
    }

    /// Gives names to trainees who are known here only by their pseudonym.
    fn learn_names(&self, folder: &Path, done: &mut Imported) -> Result<(), RecordsError> {
        let Ok(entries) = fs::read_dir(folder) else {
            return Ok(());
        };
        let mut paths: Vec<_> = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
            .collect();
        paths.sort();
        self.write(|transaction| {
            for path in paths {
                let names: Option<NameFile> = fs::read_to_string(&path)
                    .ok()
                    .and_then(|text| serde_json::from_str(&text).ok());
                let Some(names) = names else {
                    done.refused.push(Refused {
                        file: path
                            .file_name()
                            .unwrap_or_default()
                            .to_string_lossy()
                            .into_owned(),
                        why: "this is no file of a name; export again with --names".to_owned(),
                    });
                    continue;
                };
                // A number in use stays with who has it: the two entries can be merged by hand.
                let changed = transaction
                    .execute(
                        "UPDATE trainee SET name = ?2, collar_number = CASE WHEN EXISTS(
                             SELECT 1 FROM trainee WHERE collar_number = ?3 AND ?3 <> '' AND id <> ?1)
                           THEN '' ELSE ?3 END
                         WHERE id = ?1 AND name = ?4",
                        params![
                            names.trainee,
                            names.name,
                            names.collar_number,
                            unnamed(names.trainee)
                        ],
                    )
                    .map_err(|error| self.sql(error))?;
                done.names += changed as u64;
            }
            Ok(())
        })
    }
}

/// What stands for a name that is not known here.
fn unnamed(trainee: TraineeId) -> String {
    let id = trainee.to_string();
    format!("Trainee {}", &id[id.len() - 8..])
}
