//! What can go wrong between the program and its records.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Why the records could not be read or written.
///
/// The message states what was found and what was expected; [`RecordsError::advice`] says what
/// to do about it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RecordsError {
    /// A later version of the program wrote the file.
    #[error("found records of version {found}, expected {expected} or older: {}", path.display())]
    NewerVersion {
        /// Version of the file.
        found: i64,
        /// Newest version that this program knows.
        expected: i64,
        /// The database.
        path: PathBuf,
    },
    /// The folder or the file cannot be written.
    #[error("found records that cannot be written, expected a writable folder: {}", path.display())]
    ReadOnly {
        /// The database.
        path: PathBuf,
    },
    /// No room left.
    #[error("found a full disk, expected room for the records: {}", path.display())]
    DiskFull {
        /// The database.
        path: PathBuf,
    },
    /// Another process kept the file for longer than this one waits.
    #[error("found records locked by another process, expected them free: {}", path.display())]
    Locked {
        /// The database.
        path: PathBuf,
    },
    /// The file is not a database, or not a sound one.
    #[error("found damaged records ({detail}), expected a sound database: {}", path.display())]
    Damaged {
        /// What `SQLite` says.
        detail: String,
        /// The database.
        path: PathBuf,
    },
    /// The file is missing or empty, though copies of it are kept.
    #[error("found no records, though copies of them are kept: {}, newest copy {}", path.display(), copy.display())]
    Lost {
        /// The database.
        path: PathBuf,
        /// The newest daily copy.
        copy: PathBuf,
    },
    /// The folder is on another computer.
    #[error("found a network share, expected a folder on this computer: {}", path.display())]
    NetworkShare {
        /// The folder.
        path: PathBuf,
    },
    /// The folder cannot be made or read.
    #[error("found a folder that cannot be used ({source}): {}", path.display())]
    Folder {
        /// What the system says.
        source: io::Error,
        /// The folder or file.
        path: PathBuf,
    },
    /// A file stands where a new one was to be written.
    #[error("found a file already, expected a new name: {}", path.display())]
    FileThere {
        /// The file.
        path: PathBuf,
    },
    /// There is no copy to restore.
    #[error("found no copy to restore, expected one in {}", path.display())]
    NoCopy {
        /// The folder of copies.
        path: PathBuf,
    },
    /// Anything else that `SQLite` refuses.
    #[error("the database refused: {source}: {}", path.display())]
    Database {
        /// What `SQLite` says.
        source: rusqlite::Error,
        /// The database.
        path: PathBuf,
    },
    /// No such attempt.
    #[error("found no attempt {id}")]
    NoAttempt {
        /// Its id as asked for.
        id: String,
    },
    /// No such trainee.
    #[error("found no trainee {id}")]
    NoTrainee {
        /// Its id as asked for.
        id: String,
    },
    /// No kept file of this hash.
    #[error("found no kept file with sha-256 {sha256}")]
    NoSource {
        /// The hash as asked for.
        sha256: String,
    },
    /// The attempt has ended.
    #[error("found attempt {id} {state}, expected it running")]
    AttemptClosed {
        /// The attempt.
        id: String,
        /// `finished` or `abandoned`.
        state: &'static str,
    },
    /// The attempt has not been closed yet.
    #[error("found attempt {id} still running, expected it closed")]
    AttemptRuns {
        /// The attempt.
        id: String,
    },
    /// Only practice can go back.
    #[error("found a rewind in assessment, expected practice mode: attempt {id}")]
    RewindInAssessment {
        /// The attempt.
        id: String,
    },
    /// A rewind keeps more moves than there are.
    #[error("found a rewind that keeps {found} moves, expected {expected} at most")]
    RewindTooFar {
        /// Moves to keep as asked for.
        found: u32,
        /// Moves in force.
        expected: u32,
    },
    /// A time that is not RFC 3339 in UTC.
    #[error("found time \"{found}\", expected RFC 3339 in UTC such as 2026-11-28T21:00:00Z")]
    BadTime {
        /// The text.
        found: String,
    },
    /// An id that is none.
    #[error("found id \"{found}\", expected a UUID")]
    BadId {
        /// The text.
        found: String,
    },
    /// A result summary that is not JSON.
    #[error("found a result summary that is not JSON ({detail})")]
    BadSummary {
        /// What the parser says.
        detail: String,
    },
    /// A second rating without marks.
    #[error("found a rating without marks, expected one at least")]
    RatingEmpty,
    /// A mark that is no level of the course.
    #[error("found {found} for {objective} at decision {number}, expected 0 to 3")]
    RatingOffScale {
        /// The points.
        found: u8,
        /// Number of the move.
        number: u32,
        /// The objective.
        objective: String,
    },
    /// An attempt that has no end yet, or none at all.
    #[error("found attempt {id} {state}, expected it finished")]
    RatingTooEarly {
        /// The attempt.
        id: String,
        /// `running` or `abandoned`.
        state: &'static str,
    },
    /// The same rater has rated this attempt.
    #[error("found a rating of this attempt by {rater} from {at}, expected none yet")]
    RatedBefore {
        /// The rater.
        rater: String,
        /// When.
        at: String,
    },
    /// A reason or a note without words.
    #[error("found nothing written, expected a line of words")]
    NothingWritten,
    /// A reason for a move that was not made.
    #[error("found a reason for entry {n} of the journal, expected the number of a move")]
    NoSuchMove {
        /// Number of the entry.
        n: u32,
    },
    /// A reason that has been given.
    #[error("found a reason on record for this decision, expected none yet")]
    AlreadyGiven,
    /// A notebook entry for an attempt that has not ended.
    #[error("found attempt {id} running, expected it closed")]
    StillRunning {
        /// The attempt.
        id: String,
    },
    /// A trainee without a name.
    #[error("found an empty name, expected the trainee's name")]
    NameMissing,
    /// Two trainees with one collar number.
    #[error("found collar number {collar_number} in use by {name}, expected one that is free")]
    CollarNumberTaken {
        /// The number.
        collar_number: String,
        /// Who has it.
        name: String,
    },
    /// Two entries that cannot stand for one person.
    #[error(
        "found {duplicate} and {kept}, expected two entries of one person, the second not merged itself"
    )]
    NoMerge {
        /// The entry to merge.
        duplicate: String,
        /// The entry to keep.
        kept: String,
    },
    /// No such cohort or assignment, or one that cannot be used so.
    #[error("found no {what} {name}")]
    NotInSchool {
        /// `cohort` or `assignment`.
        what: &'static str,
        /// What was asked for.
        name: String,
    },
    /// A cohort without a name, or with one that is taken.
    #[error("found cohort name \"{found}\", expected one that is not empty and not in use")]
    CohortName {
        /// The name.
        found: String,
    },
    /// A day by which something is due that is none.
    #[error("found day \"{found}\", expected one such as 2026-12-24")]
    BadDay {
        /// The text.
        found: String,
    },
    /// A judgement without what it needs.
    #[error("found a judgement without {missing}, expected one that says who judged and why")]
    JudgementIncomplete {
        /// What is missing.
        missing: &'static str,
    },
    /// A passphrase that is too short.
    #[error("found a passphrase of {found} characters, expected {expected} or more")]
    PassphraseShort {
        /// Its length.
        found: usize,
        /// The least length.
        expected: usize,
    },
    /// The passphrase could not be hashed or its hash not be read.
    #[error("the passphrase could not be checked ({detail})")]
    Passphrase {
        /// What the hashing library says.
        detail: String,
    },
    /// The operating system gave no random numbers.
    #[error("the system gave no random numbers ({detail})")]
    Randomness {
        /// What the system says.
        detail: String,
    },
}

impl RecordsError {
    /// What the person at the screen can do. One or two sentences, ready to show.
    #[must_use]
    pub const fn advice(&self) -> &'static str {
        match self {
            Self::NewerVersion { .. } => {
                "Nothing was changed. Use the newer version of the program, or choose another data folder."
            }
            Self::ReadOnly { .. } => {
                "Nothing was lost. Ask for the right to write in this folder, or choose another data folder."
            }
            Self::DiskFull { .. } => {
                "Everything recorded so far is kept. Free some space on this disk, then try again."
            }
            Self::Locked { .. } => {
                "Nothing was lost. Close the other window of this program, or wait a moment, then try again."
            }
            Self::Damaged { .. } => {
                "Nothing was deleted. Close the program, then restore the newest daily copy from the folder \"copies\" beside the file."
            }
            Self::Lost { .. } => {
                "Nothing was begun. Restore the copy (common-ground records restore FILE), or move the folder \"copies\" elsewhere to begin with empty records."
            }
            Self::NetworkShare { .. } => {
                "A database on a share can be damaged by two computers at once. Choose a folder on this computer's own disk."
            }
            Self::Folder { .. } => {
                "Check that the folder exists and can be opened, or choose another."
            }
            Self::FileThere { .. } => "Nothing was changed. Choose another name for the copy.",
            Self::NoCopy { .. } => {
                "Start with an empty folder, and keep the damaged file for whoever looks after this computer."
            }
            Self::Database { .. } => {
                "Nothing more was written. Start the program again; if it happens again, tell whoever looks after this computer."
            }
            Self::NoAttempt { .. } | Self::NoTrainee { .. } => {
                "It may have been erased. Look at the list again."
            }
            Self::NoSource { .. } => "Check the records for changes: a kept file is missing.",
            Self::AttemptRuns { .. } => "Judge it when it has ended.",
            Self::AttemptClosed { .. } => "Start a new attempt.",
            Self::RewindInAssessment { .. } => {
                "Finish the assessment, or start again in practice mode."
            }
            Self::RewindTooFar { .. } => "Go back to a decision that has been made.",
            Self::NothingWritten => "Write a line, then try again.",
            Self::AlreadyGiven => "What is on record stays; say more in the notebook afterwards.",
            Self::StillRunning { .. } => "Finish the encounter first.",
            Self::NoSuchMove { .. }
            | Self::BadTime { .. }
            | Self::BadId { .. }
            | Self::BadSummary { .. } => "This is a fault of the program. Please report it.",
            Self::NoMerge { .. } => {
                "Choose the entry to keep first, and undo its own merge if it has one."
            }
            Self::NotInSchool { .. } => "It may have been put away. Look at the list again.",
            Self::CohortName { .. } => "Type another name for the cohort.",
            Self::BadDay { .. } => "Write year, month and day with hyphens.",
            Self::JudgementIncomplete { .. } => "Fill it in, then save it again.",
            Self::RatingEmpty => "Give a level for at least one decision, then hand in again.",
            Self::RatingOffScale { .. } => {
                "Give 0 (Unsafe), 1 (Developing), 2 (Competent) or 3 (Proficient)."
            }
            Self::RatingTooEarly { .. } => "Choose an attempt that reached an ending.",
            Self::RatedBefore { .. } => {
                "A rating is given once, so that it stays blind. Choose another attempt, or let somebody else rate this one."
            }
            Self::NameMissing => "Type the trainee's name.",
            Self::CollarNumberTaken { .. } => {
                "Choose that trainee from the list, or correct the number."
            }
            Self::PassphraseShort { .. } => {
                "Choose a longer passphrase; three words are easy to remember."
            }
            Self::Passphrase { .. } => "Set the instructor passphrase again.",
            Self::Randomness { .. } => "Start the computer again, then try once more.",
        }
    }

    /// Sorts an error of the file system by what it means here.
    pub(super) fn from_io(source: io::Error, path: &Path) -> Self {
        let path = path.to_path_buf();
        match source.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                Self::ReadOnly { path }
            }
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull { path },
            _ => Self::Folder { source, path },
        }
    }

    /// Sorts an error of `SQLite` by what it means here.
    pub(super) fn from_sql(source: rusqlite::Error, path: &Path) -> Self {
        let path = path.to_path_buf();
        match source.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull { path },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked { path },
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                Self::ReadOnly { path }
            }
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged {
                detail: source.to_string(),
                path,
            },
            _ => Self::Database { source, path },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(code: i32) -> RecordsError {
        let source = rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None);
        RecordsError::from_sql(source, Path::new("folder/records.sqlite3"))
    }

    #[test]
    fn what_sqlite_says_becomes_what_it_means_with_the_path_last() {
        use rusqlite::ffi;
        let cases = [
            (ffi::SQLITE_FULL, "full disk"),
            (ffi::SQLITE_BUSY, "locked by another process"),
            (ffi::SQLITE_READONLY, "cannot be written"),
            (ffi::SQLITE_CANTOPEN, "cannot be written"),
            (ffi::SQLITE_NOTADB, "damaged"),
            (ffi::SQLITE_CORRUPT, "damaged"),
        ];
        for (code, words) in cases {
            let error = failure(code);
            let text = error.to_string();
            assert!(text.contains(words), "{text}");
            assert!(text.ends_with("records.sqlite3"), "{text}");
            assert!(text.contains("expected"), "{text}");
            assert!(!error.advice().is_empty());
        }
    }

    #[test]
    fn what_the_system_says_becomes_what_it_means() {
        let read_only = io::Error::from(io::ErrorKind::ReadOnlyFilesystem);
        assert!(matches!(
            RecordsError::from_io(read_only, Path::new("x")),
            RecordsError::ReadOnly { .. }
        ));
        let full = io::Error::from(io::ErrorKind::StorageFull);
        assert!(matches!(
            RecordsError::from_io(full, Path::new("x")),
            RecordsError::DiskFull { .. }
        ));
    }
}
