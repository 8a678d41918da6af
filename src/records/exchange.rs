//! Records between computers: one file per closed attempt, written once and never changed.
//!
//! A folder holds `attempts/ID.json`, what was written beside an attempt afterwards as
//! `beside/ID-SHA256.json`, the files that the attempts depend on as `sources/SHA256.json`, and
//! with names asked for `names/TRAINEE.json`. Every file is written
//! beside its place, brought to disk and renamed, so a share never shows half of one. The name
//! is the key: writing or taking in twice changes nothing. An attempt keeps the salt, the sealed
//! text and the link of the chain in which it was closed, so a change shows wherever it lies.

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::OptionalExtension;
use serde::Serialize;

use super::beside::sayings;
use super::chain::unsigned;
use super::exchange_files::{
    AttemptFile, KeptAttempt, NameFile, SayingFile, as_json, make_folder, not_json,
    read_attempt_file, read_saying_file, read_source, saying_name, write_whole,
};
use super::sources::hex;
use super::votes::read_votes;
use super::{AttemptFilter, AttemptId, AttemptState, ChainLink, RecordsError, Store};

/// What an export did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Exported {
    /// Attempts written.
    pub written: u64,
    /// Attempts that lay there already.
    pub already: u64,
    /// Notebook entries, judgements and second ratings written.
    pub beside: u64,
    /// Names written.
    pub names: u64,
    /// Files that stand in the way, each with the reason.
    pub refused: Vec<Refused>,
}

/// A file that was not accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// Its name in the folder.
    pub file: String,
    /// Why, and what to do.
    pub why: String,
}

/// The link of a chain in which an attempt was closed.
struct Link {
    store: String,
    seq: i64,
    prev: Vec<u8>,
    entry: Vec<u8>,
    salt: Vec<u8>,
    sealed: String,
}

impl Store {
    /// The id that tells this store from those of other computers.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn store_id(&self) -> Result<String, RecordsError> {
        Ok(self.setting("store.id")?.unwrap_or_default())
    }

    /// Writes every closed attempt as a file of its own into `folder`; those that lie there
    /// already stay as they are. Names go along only where `with_names` says so.
    ///
    /// # Errors
    ///
    /// Where the folder cannot be written or the database not be read.
    pub fn export_to(&self, folder: &Path, with_names: bool) -> Result<Exported, RecordsError> {
        let mut done = Exported::default();
        for part in ["attempts", "sources"] {
            make_folder(&folder.join(part))?;
        }
        let own = self.store_id()?;
        let mut sources = std::collections::BTreeSet::new();
        for attempt in self.attempts(&AttemptFilter::default())? {
            if attempt.state == AttemptState::Running {
                continue;
            }
            let Some(kept) = self.kept(attempt.id, &own)? else {
                continue;
            };
            for sha256 in [
                attempt.scenario_sha256,
                attempt.course_sha256,
                attempt.techniques_sha256,
                attempt.profiles_sha256,
            ] {
                if sources.insert(sha256.clone()) {
                    let path = folder.join("sources").join(format!("{sha256}.json"));
                    if read_source(&path).is_none_or(|source| source.sha256() != sha256) {
                        write_whole(&path, &as_json(&self.source(&sha256)?)?)?;
                    }
                }
            }
            let name = format!("{}.json", attempt.id);
            let path = folder.join("attempts").join(&name);
            if path.exists() {
                match read_attempt_file(&path, &name) {
                    Ok(there) if there.kept.entry == kept.entry => done.already += 1,
                    Ok(_) => done.refused.push(Refused {
                        file: name,
                        why: "another attempt stands there under this id; move it away and export again".to_owned(),
                    }),
                    Err(why) => done.refused.push(Refused { file: name, why }),
                }
                continue;
            }
            let file = AttemptFile::of(kept).map_err(|error| not_json(&error))?;
            write_whole(&path, &as_json(&file)?)?;
            done.written += 1;
        }
        self.export_sayings(&folder.join("beside"), &mut done)?;
        if with_names {
            make_folder(&folder.join("names"))?;
            for trainee in self.trainees()? {
                let path = folder.join("names").join(format!("{}.json", trainee.id));
                let names = NameFile {
                    trainee: trainee.id,
                    name: trainee.name,
                    collar_number: trainee.collar_number,
                };
                write_whole(&path, &as_json(&names)?)?;
                done.names += 1;
            }
        }
        Ok(done)
    }

    fn export_sayings(&self, folder: &Path, done: &mut Exported) -> Result<(), RecordsError> {
        for (attempt, saying) in
            sayings(self.connection(), None).map_err(|error| self.sql(error))?
        {
            make_folder(folder)?;
            let name = saying_name(attempt, &saying)?;
            let path = folder.join(&name);
            if path.exists() {
                if let Err(why) = read_saying_file(&path, &name) {
                    done.refused.push(Refused { file: name, why });
                }
                continue;
            }
            write_whole(&path, &as_json(&SayingFile::of(attempt, saying))?)?;
            done.beside += 1;
        }
        Ok(())
    }

    fn kept(&self, id: AttemptId, own: &str) -> Result<Option<KeptAttempt>, RecordsError> {
        let link = self
            .connection()
            .prepare_cached(
                "SELECT o.store, COALESCE(o.seq, c.seq), COALESCE(o.prev, c.prev),
                   COALESCE(o.entry, c.entry), c.salt, c.payload
                 FROM chain c LEFT JOIN origin o ON o.attempt = c.record
                 WHERE c.record = ?1 AND c.kind = 'attempt' AND c.payload IS NOT NULL",
            )
            .and_then(|mut query| {
                query
                    .query_row([id], |row| {
                        Ok(Link {
                            store: row
                                .get::<_, Option<String>>(0)?
                                .unwrap_or_else(|| own.to_owned()),
                            seq: row.get(1)?,
                            prev: row.get(2)?,
                            entry: row.get(3)?,
                            salt: row.get(4)?,
                            sealed: row.get(5)?,
                        })
                    })
                    .optional()
            })
            .map_err(|error| self.sql(error))?;
        let Some(link) = link else { return Ok(None) };
        Ok(Some(KeptAttempt {
            id,
            store: link.store,
            seq: link.seq,
            prev: hex(&link.prev),
            entry: hex(&link.entry),
            salt: hex(&link.salt),
            sealed: link.sealed,
            journal: self.moves(id)?,
            rationales: self.rationales(id)?,
            branch: self.branch_of(id)?,
            is_room: self.trainee(self.attempt(id)?.trainee)?.is_room,
            votes: read_votes(self.connection(), id).map_err(|error| self.sql(error))?,
            notes: self.notes_on(id)?,
        }))
    }

    /// The link in which an attempt was closed, on whichever computer that was.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn first_link(&self, id: AttemptId) -> Result<Option<ChainLink>, RecordsError> {
        let origin = self
            .connection()
            .query_row(
                "SELECT seq, entry FROM origin WHERE attempt = ?1",
                [id],
                |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?)),
            )
            .optional()
            .map_err(|error| self.sql(error))?;
        Ok(match origin {
            Some((seq, entry)) => Some(ChainLink {
                seq: unsigned(seq),
                hash: hex(&entry),
            }),
            None => self.attempt(id)?.chain,
        })
    }

    fn notes_on(&self, id: AttemptId) -> Result<BTreeMap<String, String>, RecordsError> {
        let mut notes = BTreeMap::new();
        for kind in ["timing", "readiness"] {
            if let Some(value) = self.setting(&format!("{kind}.{id}"))? {
                notes.insert(kind.to_owned(), value);
            }
        }
        Ok(notes)
    }
}
