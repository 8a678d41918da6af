//! Opening the database and writing to it.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, Transaction, TransactionBehavior};
use rusqlite_migration::Migrations;

use super::RecordsError;
use super::copies::{copies_of, copy_to, finish_putting_in_place, newest_copy};
use super::schema::{MIGRATIONS, STEPS};

/// Name of the database in the data folder.
pub const DATABASE_FILE: &str = "records.sqlite3";

const BUSY_TIMEOUT: Duration = Duration::from_secs(3);

/// The records in one folder.
///
/// Two processes may hold the same folder open at once. A value is for one thread at a time.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
}

impl Store {
    /// Opens the records in `dir`, making folder and file where they do not exist yet and
    /// bringing an older file up to date (after copying it to `copies`).
    ///
    /// # Errors
    ///
    /// Refuses a network share, a folder that cannot be written, a file of a newer version and
    /// a damaged file. Nothing is changed in any of these.
    pub fn open(dir: &Path) -> Result<Self, RecordsError> {
        Self::open_as(dir, &MIGRATIONS, STEPS.len(), BUSY_TIMEOUT)
    }

    fn open_as(
        dir: &Path,
        migrations: &Migrations<'_>,
        newest: usize,
        timeout: Duration,
    ) -> Result<Self, RecordsError> {
        if is_network_share(&dir.to_string_lossy()) {
            return Err(RecordsError::NetworkShare {
                path: dir.to_path_buf(),
            });
        }
        fs::create_dir_all(dir).map_err(|error| RecordsError::from_io(error, dir))?;
        let path = dir.join(DATABASE_FILE);
        finish_putting_in_place(&path)?;
        let sql = |error| RecordsError::from_sql(error, &path);

        let mut connection = Connection::open(&path).map_err(sql)?;
        connection.busy_timeout(timeout).map_err(sql)?;
        let newest = i64::try_from(newest).unwrap_or(i64::MAX);
        let found = version_of(&connection).map_err(sql)?;
        if found > newest {
            return Err(RecordsError::NewerVersion {
                found,
                expected: newest,
                path,
            });
        }
        // Where copies are kept there were records: they are not begun anew without a word. Another
        // process may have begun them in the same moment.
        if found == 0
            && let Some(copy) = newest_copy(&path)?
            && version_of(&connection).map_err(sql)? == 0
        {
            return Err(RecordsError::Lost { path, copy });
        }
        if connection.is_readonly("main").map_err(sql)? {
            return Err(RecordsError::ReadOnly { path });
        }
        prepare(&connection).map_err(sql)?;
        connection.set_transaction_behavior(TransactionBehavior::Immediate);
        if found > 0 && found < newest {
            let name = format!("records-before-version-{newest}.sqlite3");
            copy_to(&connection, &copies_of(&path), &name, &path)?;
        }
        if let Err(error) = migrations.to_latest(&mut connection) {
            // Another process may have brought the file up to date in the same moment.
            if version_of(&connection).map_err(sql)? != newest {
                return Err(from_migration(error, &path));
            }
        }
        Ok(Self { connection, path })
    }

    /// Where the database is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Names the database in an error of `SQLite`.
    pub(super) fn sql(&self, error: rusqlite::Error) -> RecordsError {
        RecordsError::from_sql(error, &self.path)
    }

    /// Runs `work` as one write that is on disk when this returns, or not at all.
    pub(super) fn write<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, RecordsError>,
    ) -> Result<T, RecordsError> {
        let transaction =
            Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)
                .map_err(|error| self.sql(error))?;
        let value = work(&transaction)?;
        transaction.commit().map_err(|error| self.sql(error))?;
        Ok(value)
    }
}

/// Settings of the connection. WAL with full synchronisation: readers and one writer at once,
/// and a commit is on disk.
fn prepare(connection: &Connection) -> rusqlite::Result<()> {
    // Turning WAL on needs the file alone for a moment and does not always wait for it.
    let mut tries = 0;
    loop {
        match connection.query_row("PRAGMA journal_mode=WAL", [], |_| Ok(())) {
            Err(error)
                if tries < 50
                    && matches!(
                        error.sqlite_error_code(),
                        Some(rusqlite::ErrorCode::DatabaseBusy)
                    ) =>
            {
                tries += 1;
                std::thread::sleep(Duration::from_millis(20));
            }
            other => break other?,
        }
    }
    connection.execute_batch(
        "PRAGMA synchronous=FULL;
         PRAGMA foreign_keys=ON;
         PRAGMA secure_delete=ON;
         PRAGMA trusted_schema=OFF;",
    )
}

fn version_of(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("PRAGMA user_version", [], |row| row.get(0))
}

fn from_migration(error: rusqlite_migration::Error, path: &Path) -> RecordsError {
    match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => RecordsError::from_sql(err, path),
        other => RecordsError::Damaged {
            detail: other.to_string(),
            path: path.to_path_buf(),
        },
    }
}

/// Whether a path names another computer, as Windows writes it.
fn is_network_share(path: &str) -> bool {
    let upper = path.to_ascii_uppercase().replace('/', "\\");
    upper.starts_with(r"\\?\UNC\")
        || (cfg!(windows) || path.contains('\\'))
            && upper.starts_with(r"\\")
            && !upper.starts_with(r"\\?\")
            && !upper.starts_with(r"\\.\")
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite_migration::M;

    fn one_version_more() -> (Migrations<'static>, usize) {
        let mut steps = vec![M::up("")];
        steps.clear();
        let sql: &'static str = "ALTER TABLE trainee ADD COLUMN team TEXT;";
        steps.extend_from_slice(STEPS);
        steps.push(M::up(sql));
        let count = steps.len();
        (Migrations::new(steps), count)
    }

    #[test]
    fn a_newer_version_is_refused_and_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        drop(Store::open(dir.path()).unwrap());
        let path = dir.path().join(DATABASE_FILE);
        Connection::open(&path)
            .unwrap()
            .pragma_update(None, "user_version", 99)
            .unwrap();
        let before = fs::read(&path).unwrap();
        let error = Store::open(dir.path()).unwrap_err();
        assert!(matches!(
            error,
            RecordsError::NewerVersion {
                found: 99,
                expected,
                ..
            } if usize::try_from(expected) == Ok(STEPS.len())
        ));
        assert_eq!(fs::read(&path).unwrap(), before);
    }

    #[test]
    fn an_older_version_is_copied_and_then_brought_up_to_date() {
        let dir = tempfile::tempdir().unwrap();
        drop(Store::open(dir.path()).unwrap());
        let (migrations, newest) = one_version_more();
        let store = Store::open_as(dir.path(), &migrations, newest, BUSY_TIMEOUT).unwrap();
        let newest_there = i64::try_from(newest).unwrap();
        assert_eq!(version_of(store.connection()).unwrap(), newest_there);
        let copy = format!("copies/records-before-version-{newest}.sqlite3");
        let copy = Connection::open(dir.path().join(copy)).unwrap();
        assert_eq!(version_of(&copy).unwrap(), newest_there - 1);
    }

    #[test]
    fn records_of_the_first_version_keep_their_chain() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(DATABASE_FILE);
        {
            let mut old = Connection::open(&path).unwrap();
            Migrations::from_slice(&STEPS[..1])
                .to_latest(&mut old)
                .unwrap();
            let payload = r#"{"erased":[],"at":"2026-11-01T10:00:00.000Z"}"#;
            let hash = super::super::chain::seal(&[7; 16], payload);
            let entry = super::super::chain::entry_hash(&[0; 32], 1, "gone", &hash);
            old.execute(
                "INSERT INTO chain VALUES (1, 'erasure', 'gone', zeroblob(32), ?1, ?2, ?3, ?4)",
                rusqlite::params![[7_u8; 16], payload, hash, entry],
            )
            .unwrap();
            old.execute("UPDATE chain_head SET seq = 1, entry = ?1", [entry])
                .unwrap();
        }
        let store = Store::open(dir.path()).unwrap();
        assert!(store.verify().unwrap().sound());
        assert_eq!(store.log().unwrap().len(), 1);
        let newest = STEPS.len();
        let copy = format!("copies/records-before-version-{newest}.sqlite3");
        assert!(dir.path().join(copy).is_file());
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("file");
        fs::write(&file, "x").unwrap();
        let error = Store::open(&file.join("below")).unwrap_err();
        assert!(error.to_string().contains("file"), "{error}");

        // Root may write anywhere, so the connection itself is made read-only here.
        let store = Store::open(dir.path()).unwrap();
        store
            .connection()
            .execute_batch("PRAGMA query_only=ON")
            .unwrap();
        let error = store.set_setting("a", "b").unwrap_err();
        assert!(matches!(error, RecordsError::ReadOnly { .. }), "{error}");
    }

    #[test]
    fn a_file_without_write_permission_is_read_only() {
        let dir = tempfile::tempdir().unwrap();
        drop(Store::open(dir.path()).unwrap());
        let path = dir.path().join(DATABASE_FILE);
        let mut permissions = fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).unwrap();
        let root = fs::OpenOptions::new().append(true).open(&path).is_ok();
        match Store::open(dir.path()) {
            Err(error) => assert!(matches!(error, RecordsError::ReadOnly { .. }), "{error}"),
            Ok(_) => assert!(root, "only root may write such a file"),
        }
    }

    #[test]
    fn a_full_disk_is_named_and_nothing_lost() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        store.set_setting("kept", "yes").unwrap();
        let pages: i64 = store
            .connection()
            .query_row("PRAGMA page_count", [], |row| row.get(0))
            .unwrap();
        store
            .connection()
            .query_row(&format!("PRAGMA max_page_count={pages}"), [], |_| Ok(()))
            .unwrap();
        let error = store.set_setting("big", &"x".repeat(100_000)).unwrap_err();
        assert!(matches!(error, RecordsError::DiskFull { .. }), "{error}");
        assert_eq!(store.setting("kept").unwrap().as_deref(), Some("yes"));
    }

    #[test]
    fn a_lock_by_another_process_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let first = Store::open(dir.path()).unwrap();
        let second = Store::open_as(
            dir.path(),
            &MIGRATIONS,
            STEPS.len(),
            Duration::from_millis(10),
        )
        .unwrap();
        first.connection().execute_batch("BEGIN EXCLUSIVE").unwrap();
        let error = second.set_setting("a", "b").unwrap_err();
        assert!(matches!(error, RecordsError::Locked { .. }), "{error}");
        first.connection().execute_batch("COMMIT").unwrap();
        second.set_setting("a", "b").unwrap();
    }

    #[test]
    fn network_shares_are_refused() {
        assert!(is_network_share(r"\\server\share\records"));
        assert!(is_network_share(r"\\?\UNC\server\share"));
        assert!(!is_network_share(r"\\?\C:\Users\a"));
        assert!(!is_network_share(r"C:\Users\a"));
        assert!(!is_network_share("/home/a"));
    }

    #[test]
    fn many_may_open_a_new_folder_at_once() {
        let dir = tempfile::tempdir().unwrap();
        std::thread::scope(|scope| {
            let opened: Vec<_> = (0..4)
                .map(|_| scope.spawn(|| Store::open(dir.path()).map(drop)))
                .collect();
            for one in opened {
                one.join().unwrap().unwrap();
            }
        });
    }
}
