//! Copies of the database: one a day, one before a change of version, and the way back.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use super::time::Moment;
use super::{DATABASE_FILE, RecordsError, Store};

const COPIES_FOLDER: &str = "copies";
const COPIES_KEPT: usize = 7;
/// A whole copy beside the database, about to take its place.
const READY: &str = ".restoring";

impl Store {
    /// Keeps one copy of the records per day, the newest seven of them.
    ///
    /// Returns the copy where this call made it. `now` is the time, RFC 3339 in UTC. Call it
    /// once after opening.
    ///
    /// # Errors
    ///
    /// As every call: a full disk, a folder that cannot be written. The records themselves are
    /// not touched.
    pub fn daily_copy(&self, now: &str) -> Result<Option<PathBuf>, RecordsError> {
        let folder = copies_of(self.path());
        let name = format!("records-{}.sqlite3", Moment::read(now)?.day());
        if folder.join(&name).exists() {
            return Ok(None);
        }
        let copy = copy_to(self.connection(), &folder, &name, self.path())?;
        let mut copies = daily_copies(&folder)?;
        while copies.len() > COPIES_KEPT {
            let oldest = copies.remove(0);
            // Somebody else may have removed it in the same moment; that is as good.
            if let Err(error) = fs::remove_file(&oldest)
                && oldest.exists()
            {
                return Err(RecordsError::from_io(error, &oldest));
            }
        }
        Ok(Some(copy))
    }

    /// Puts the newest daily copy in the place of a damaged database and returns the copy.
    ///
    /// The damaged file is kept beside it under a new name. Nobody may have the records open.
    ///
    /// # Errors
    ///
    /// [`RecordsError::NoCopy`] where there is none; the damaged file then stays as it is.
    pub fn restore_newest_copy(dir: &Path) -> Result<PathBuf, RecordsError> {
        let path = dir.join(DATABASE_FILE);
        let Some(copy) = newest_copy(&path)? else {
            return Err(RecordsError::NoCopy {
                path: copies_of(&path),
            });
        };
        put_in_place(&copy, &path, "records-damaged")?;
        Ok(copy)
    }
}

/// Puts a copy where the database stands; what stood there is kept beside it and named.
pub(super) fn put_in_place(
    copy: &Path,
    path: &Path,
    aside_name: &str,
) -> Result<Option<PathBuf>, RecordsError> {
    // Whole or not at all: the copy is brought beside its place before anything is moved.
    let ready = with_suffix(path, READY);
    let bring = || {
        let half = with_suffix(path, ".restoring-half");
        fs::copy(copy, &half)?;
        fs::OpenOptions::new().write(true).open(&half)?.sync_all()?;
        fs::rename(&half, &ready)
    };
    bring().map_err(|error| RecordsError::from_io(error, &ready))?;
    let mut n = 1;
    let mut aside = path.with_file_name(format!("{aside_name}-1.sqlite3"));
    while aside.exists() {
        n += 1;
        aside = path.with_file_name(format!("{aside_name}-{n}.sqlite3"));
    }
    let was_there = path.exists();
    for suffix in ["", "-wal", "-shm"] {
        let from = with_suffix(path, suffix);
        if from.exists() {
            let to = with_suffix(&aside, suffix);
            fs::rename(&from, &to).map_err(|error| RecordsError::from_io(error, &from))?;
        }
    }
    fs::rename(&ready, path).map_err(|error| RecordsError::from_io(error, path))?;
    Ok(was_there.then_some(aside))
}

/// Goes on where [`put_in_place`] was cut off between moving the old file away and the new one in.
pub(super) fn finish_putting_in_place(path: &Path) -> Result<(), RecordsError> {
    let ready = with_suffix(path, READY);
    if !path.exists() && ready.exists() {
        fs::rename(&ready, path).map_err(|error| RecordsError::from_io(error, path))?;
    }
    Ok(())
}

pub(super) fn copies_of(database: &Path) -> PathBuf {
    database.with_file_name(COPIES_FOLDER)
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// The newest daily copy of a database, if there is one.
pub(super) fn newest_copy(database: &Path) -> Result<Option<PathBuf>, RecordsError> {
    Ok(daily_copies(&copies_of(database))?.pop())
}

/// The daily copies, oldest first.
fn daily_copies(folder: &Path) -> Result<Vec<PathBuf>, RecordsError> {
    let is_daily = |path: &PathBuf| {
        path.file_name()
            .and_then(|name| name.to_str())
            .and_then(|name| name.strip_prefix("records-")?.strip_suffix(".sqlite3"))
            .is_some_and(|day| day.len() == 10 && day.starts_with(|c: char| c.is_ascii_digit()))
    };
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(RecordsError::from_io(error, folder)),
    };
    let mut copies: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(is_daily)
        .collect();
    copies.sort();
    Ok(copies)
}

/// Copies the open database, whole or not at all.
pub(super) fn copy_to(
    connection: &Connection,
    folder: &Path,
    name: &str,
    database: &Path,
) -> Result<PathBuf, RecordsError> {
    let sql = |error| RecordsError::from_sql(error, database);
    fs::create_dir_all(folder).map_err(|error| RecordsError::from_io(error, folder))?;
    let copy = folder.join(name);
    let unfinished = folder.join(format!("{name}.{}.tmp", std::process::id()));
    {
        let mut target = Connection::open(&unfinished).map_err(sql)?;
        let backup = Backup::new(connection, &mut target).map_err(sql)?;
        let step = backup.step(-1).map_err(sql)?;
        if step != StepResult::Done {
            return Err(RecordsError::Locked {
                path: database.to_path_buf(),
            });
        }
    }
    fs::rename(&unfinished, &copy).map_err(|error| RecordsError::from_io(error, &copy))?;
    Ok(copy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seven_daily_copies_are_kept() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        for day in 1..=9 {
            let now = format!("2026-11-0{day}T10:00:00Z");
            assert!(store.daily_copy(&now).unwrap().is_some());
            assert!(store.daily_copy(&now).unwrap().is_none());
        }
        let copies = daily_copies(&dir.path().join("copies")).unwrap();
        assert_eq!(copies.len(), 7);
        assert!(copies[0].ends_with("records-2026-11-03.sqlite3"));
    }

    #[test]
    fn records_that_are_gone_are_not_begun_anew_while_copies_of_them_are_kept() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        let sam = store
            .add_trainee("Sam Price", "", "2026-11-28T10:00:00Z")
            .unwrap();
        store.daily_copy("2026-11-28T10:00:00Z").unwrap();
        drop(store);
        let path = dir.path().join(DATABASE_FILE);
        let gone: [&dyn Fn(); 2] = [&|| fs::remove_file(&path).unwrap(), &|| {
            fs::write(&path, "").unwrap();
        }];
        for lose in gone {
            lose();
            let error = Store::open(dir.path()).unwrap_err();
            assert!(matches!(&error, RecordsError::Lost { .. }), "{error}");
            assert!(error.to_string().contains("records-2026-11-28"), "{error}");
            Store::restore_newest_copy(dir.path()).unwrap();
            let store = Store::open(dir.path()).unwrap();
            assert!(store.trainees().unwrap().iter().any(|one| one.id == sam.id));
        }
        fs::remove_file(&path).unwrap();
        fs::rename(dir.path().join("copies"), dir.path().join("elsewhere")).unwrap();
        assert!(
            Store::open(dir.path())
                .unwrap()
                .trainees()
                .unwrap()
                .is_empty()
        );
    }

    #[test]
    fn a_damaged_file_is_named_and_a_copy_restored() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        store.daily_copy("2026-11-28T10:00:00Z").unwrap();
        drop(store);
        let path = dir.path().join(DATABASE_FILE);
        fs::write(
            &path,
            "not a database, but long enough to be looked at".repeat(99),
        )
        .unwrap();
        let error = Store::open(dir.path()).unwrap_err();
        assert!(matches!(error, RecordsError::Damaged { .. }), "{error}");
        assert!(error.advice().contains("copy"));
        Store::restore_newest_copy(dir.path()).unwrap();
        Store::open(dir.path()).unwrap();
        assert!(dir.path().join("records-damaged-1.sqlite3").exists());
    }
}
