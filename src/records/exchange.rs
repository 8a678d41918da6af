//! Records between computers: one file per closed attempt, written once and never changed.
//!
//! A folder holds `attempts/ID.json`, the files that the attempts depend on as
//! `sources/SHA256.json`, and with names asked for `names/TRAINEE.json`. Every file is written
//! beside its place, brought to disk and renamed, so a share never shows half of one. The name
//! is the key: writing or taking in twice changes nothing. An attempt keeps the salt, the sealed
//! text and the link of the chain in which it was closed, so a change shows wherever it lies.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;

use rusqlite::{OptionalExtension, Transaction, params};
use serde::{Deserialize, Serialize};

use super::chain::{AttemptPayload, entry_hash, seal, unsigned};
use super::journal::JournalEntry;
use super::sources::{SourceFile, hex, sha256_hex};
use super::time::Moment;
use super::{
    AttemptFilter, AttemptId, AttemptState, ChainLink, Entry, RecordsError, Store, TraineeId,
};

const FORM: &str = "common-ground/kept-attempt";
const VERSION: u32 = 1;
const LARGEST: u64 = 16 * 1024 * 1024;
const TOGETHER: usize = 100;

/// What an export did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Exported {
    /// Attempts written.
    pub written: u64,
    /// Attempts that lay there already.
    pub already: u64,
    /// Names written.
    pub names: u64,
    /// Files that stand in the way, each with the reason.
    pub refused: Vec<Refused>,
}

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Imported {
    /// Attempts taken in.
    pub taken_in: u64,
    /// Attempts that were here already.
    pub already: u64,
    /// Attempts that were erased here and stay so.
    pub erased: u64,
    /// Names that were learned.
    pub names: u64,
    /// Files that were not taken in, each with the reason.
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

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct AttemptFile {
    form: String,
    version: u32,
    /// SHA-256 of `kept` as this program writes it.
    sha256: String,
    kept: KeptAttempt,
}

/// The attempt as it travels.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeptAttempt {
    id: AttemptId,
    /// Which store closed it, and its link in that store's chain.
    store: String,
    seq: i64,
    prev: String,
    entry: String,
    salt: String,
    /// The text that was sealed: every stored field, and the journal by hash.
    sealed: String,
    journal: Vec<JournalEntry>,
    /// Notes on the attempt, such as how its decision windows ran.
    notes: BTreeMap<String, String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct NameFile {
    trainee: TraineeId,
    name: String,
    collar_number: String,
}

impl AttemptFile {
    fn of(kept: KeptAttempt) -> Result<Self, serde_json::Error> {
        Ok(Self {
            form: FORM.to_owned(),
            version: VERSION,
            sha256: sha256_hex(&serde_json::to_vec(&kept)?),
            kept,
        })
    }
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
                    if !read_source(&path).is_some_and(|source| source.sha256() == sha256) {
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
                "INSERT INTO trainee(id, name, collar_number, created, last_seen)
                 VALUES (?1, ?2, '', ?3, ?3) ON CONFLICT(id) DO NOTHING",
                params![trainee, unnamed(trainee), now],
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

const CHANGED: &str =
    "it was changed after it was written; export it again on the computer where it was played";

/// What stands for a name that is not known here.
fn unnamed(trainee: TraineeId) -> String {
    let id = trainee.to_string();
    format!("Trainee {}", &id[id.len() - 8..])
}

/// The sealed fields, where everything fits: seal, link, journal and id.
fn checked(kept: &KeptAttempt) -> Option<(AttemptPayload, Vec<u8>, Vec<u8>)> {
    let salt = unhex(&kept.salt)?;
    let hash = seal(&salt, &kept.sealed);
    let id = kept.id.to_string();
    let entry = entry_hash(&unhex(&kept.prev)?, kept.seq, &id, &hash);
    let payload: AttemptPayload = serde_json::from_str(&kept.sealed).ok()?;
    let journal = sha256_hex(&serde_json::to_vec(&kept.journal).ok()?);
    let fits = hex(&entry) == kept.entry
        && payload.id == id
        && payload.journal_sha256 == journal
        && payload.journal_entries == kept.journal.len()
        && matches!(payload.state.as_str(), "finished" | "abandoned")
        && matches!(payload.mode.as_str(), "practice" | "assessment")
        && payload.trainee.parse::<TraineeId>().is_ok()
        && kept
            .notes
            .keys()
            .all(|kind| matches!(kind.as_str(), "timing" | "readiness"));
    fits.then_some((payload, salt, hash))
}

fn read_attempt_file(path: &Path, name: &str) -> Result<AttemptFile, String> {
    let size = fs::metadata(path).map_err(|error| error.to_string())?.len();
    if size > LARGEST {
        return Err(format!(
            "it has {size} bytes, and an attempt has {LARGEST} at most"
        ));
    }
    let text = fs::read_to_string(path).map_err(|error| error.to_string())?;
    #[derive(Deserialize)]
    struct Head {
        form: String,
        version: u32,
    }
    let head: Head = serde_json::from_str(&text)
        .map_err(|_| "this is no whole file of an attempt; export it again".to_owned())?;
    if head.form != FORM {
        return Err(format!(
            "its form is \"{}\", expected \"{FORM}\"",
            head.form
        ));
    }
    if head.version > VERSION {
        return Err(format!(
            "it is of version {}, and this program reads {VERSION}; use the newer program here too",
            head.version
        ));
    }
    let file: AttemptFile = serde_json::from_str(&text).map_err(|_| CHANGED.to_owned())?;
    let written = serde_json::to_vec(&file.kept).map_err(|error| error.to_string())?;
    if sha256_hex(&written) != file.sha256 {
        return Err(CHANGED.to_owned());
    }
    if name != format!("{}.json", file.kept.id) {
        return Err(format!(
            "it was renamed from {}.json; give it back its name",
            file.kept.id
        ));
    }
    Ok(file)
}

fn read_source(path: &Path) -> Option<SourceFile> {
    serde_json::from_str(&fs::read_to_string(path).ok()?).ok()
}

fn as_json<T: Serialize>(value: &T) -> Result<String, RecordsError> {
    serde_json::to_string_pretty(value)
        .map(|text| text + "\n")
        .map_err(|error| not_json(&error))
}

fn not_json(error: &serde_json::Error) -> RecordsError {
    RecordsError::BadSummary {
        detail: error.to_string(),
    }
}

fn make_folder(path: &Path) -> Result<(), RecordsError> {
    fs::create_dir_all(path).map_err(|error| RecordsError::from_io(error, path))
}

/// Writes a file so that it is there whole or not at all, also on a share.
fn write_whole(path: &Path, text: &str) -> Result<(), RecordsError> {
    let unfinished = path.with_extension(format!("{}.tmp", std::process::id()));
    let write = || {
        let mut file = fs::File::create(&unfinished)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&unfinished, path)
    };
    write().map_err(|error| RecordsError::from_io(error, path))
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || text.len() % 2 != 0 {
        return None;
    }
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok())
        .collect()
}
