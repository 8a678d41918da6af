//! The files in which records travel: their forms, and the reading that trusts nothing.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::beside::Saying;
use super::chain::{AttemptPayload, entry_hash, seal};
use super::journal::JournalEntry;
use super::reflections::hash_of;
use super::sources::{SourceFile, hex, sha256_hex};
use super::{AttemptId, Branch, GroupVote, Rationale, RecordsError, TraineeId};

const FORM: &str = "common-ground/kept-attempt";
const SAYING_FORM: &str = "common-ground/kept-beside";
const VERSION: u32 = 1;
const LARGEST: u64 = 16 * 1024 * 1024;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AttemptFile {
    pub(super) form: String,
    pub(super) version: u32,
    /// SHA-256 of `kept` as this program writes it.
    pub(super) sha256: String,
    pub(super) kept: KeptAttempt,
}

/// The attempt as it travels.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeptAttempt {
    pub(super) id: AttemptId,
    /// Which store closed it, and its link in that store's chain.
    pub(super) store: String,
    pub(super) seq: i64,
    pub(super) prev: String,
    pub(super) entry: String,
    pub(super) salt: String,
    /// The text that was sealed: every stored field, and the journal by hash.
    pub(super) sealed: String,
    pub(super) journal: Vec<JournalEntry>,
    /// Reasons that the trainee gave while it ran.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) rationales: Vec<Rationale>,
    /// From where it goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) branch: Option<Branch>,
    /// Whether a room played it, not a person, and how the room voted.
    #[serde(default)]
    pub(super) is_room: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) votes: Vec<GroupVote>,
    /// Notes on the attempt, such as how its decision windows ran.
    pub(super) notes: BTreeMap<String, String>,
}

/// Something written beside an attempt, as it travels.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SayingFile {
    pub(super) form: String,
    pub(super) version: u32,
    pub(super) attempt: AttemptId,
    pub(super) saying: Saying,
}

impl SayingFile {
    pub(super) fn of(attempt: AttemptId, saying: Saying) -> Self {
        Self {
            form: SAYING_FORM.to_owned(),
            version: VERSION,
            attempt,
            saying,
        }
    }
}

/// The name says what is in it, so that a changed file no longer fits its name.
pub(super) fn saying_name(attempt: AttemptId, saying: &Saying) -> Result<String, RecordsError> {
    let sha256 = sha256_hex(saying.json()?.as_bytes());
    Ok(format!("{attempt}-{sha256}.json"))
}

pub(super) fn read_saying_file(path: &Path, name: &str) -> Result<SayingFile, String> {
    let text = read_bounded(path)?;
    let file: SayingFile = serde_json::from_str(&text).map_err(|_| CHANGED.to_owned())?;
    if file.form != SAYING_FORM || file.version > VERSION {
        return Err(format!(
            "its form is \"{}\" of version {}, expected \"{SAYING_FORM}\" of version {VERSION} at most",
            file.form, file.version
        ));
    }
    match saying_name(file.attempt, &file.saying) {
        Ok(right) if right == name => Ok(file),
        _ => Err(CHANGED.to_owned()),
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NameFile {
    pub(super) trainee: TraineeId,
    pub(super) name: String,
    pub(super) collar_number: String,
}

impl AttemptFile {
    pub(super) fn of(kept: KeptAttempt) -> Result<Self, serde_json::Error> {
        Ok(Self {
            form: FORM.to_owned(),
            version: VERSION,
            sha256: sha256_hex(&serde_json::to_vec(&kept)?),
            kept,
        })
    }
}

pub(super) const CHANGED: &str =
    "it was changed after it was written; export it again on the computer where it was played";

/// The sealed fields, where everything fits: seal, link, journal and id.
pub(super) fn checked(kept: &KeptAttempt) -> Option<(AttemptPayload, Vec<u8>, Vec<u8>)> {
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
        && payload.reflections_sha256 == hash_of(&kept.rationales, kept.branch.as_ref())
        && matches!(payload.state.as_str(), "finished" | "abandoned")
        && matches!(payload.mode.as_str(), "practice" | "assessment")
        && payload.trainee.parse::<TraineeId>().is_ok()
        && kept
            .notes
            .keys()
            .all(|kind| matches!(kind.as_str(), "timing" | "readiness"));
    fits.then_some((payload, salt, hash))
}

fn read_bounded(path: &Path) -> Result<String, String> {
    let size = fs::metadata(path).map_err(|error| error.to_string())?.len();
    if size > LARGEST {
        return Err(format!(
            "it has {size} bytes, and {LARGEST} at most are expected"
        ));
    }
    fs::read_to_string(path).map_err(|error| error.to_string())
}

/// What every version of the file has.
#[derive(Deserialize)]
struct Head {
    form: String,
    version: u32,
}

pub(super) fn read_attempt_file(path: &Path, name: &str) -> Result<AttemptFile, String> {
    let text = read_bounded(path)?;
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

pub(super) fn read_source(path: &Path) -> Option<SourceFile> {
    serde_json::from_str(&fs::read_to_string(path).ok()?).ok()
}

pub(super) fn as_json<T: Serialize>(value: &T) -> Result<String, RecordsError> {
    serde_json::to_string_pretty(value)
        .map(|text| text + "\n")
        .map_err(|error| not_json(&error))
}

pub(super) fn not_json(error: &serde_json::Error) -> RecordsError {
    RecordsError::BadSummary {
        detail: error.to_string(),
    }
}

pub(super) fn make_folder(path: &Path) -> Result<(), RecordsError> {
    fs::create_dir_all(path).map_err(|error| RecordsError::from_io(error, path))
}

/// Writes a file so that it is there whole or not at all, also on a share.
pub(super) fn write_whole(path: &Path, text: &str) -> Result<(), RecordsError> {
    let unfinished = path.with_extension(format!("{}.tmp", std::process::id()));
    let write = || {
        let mut file = fs::File::create(&unfinished)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&unfinished, path)
    };
    write().map_err(|error| RecordsError::from_io(error, path))
}

pub(super) fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) {
        return None;
    }
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok())
        .collect()
}
