//! `check --watch`: checks again whenever a file is saved.
//!
//! Asks for sizes and times every 300 ms, which works on network shares too. Editors save in
//! several steps, so a file is read only once it has stood still for one more look.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use anyhow::Result;

use crate::places::Places;

use super::check;

const PAUSE: Duration = Duration::from_millis(300);

/// What is known of each file without opening it.
type Look = BTreeMap<PathBuf, (u64, Option<SystemTime>)>;

/// Checks until it is stopped from outside.
pub(super) fn run(places: &Places, paths: &[PathBuf], plain: bool) -> Result<u8> {
    let mut last = look(places, paths);
    loop {
        // A folder that vanishes for a moment is no reason to stop: it is said and watched on.
        if let Err(problem) = check::run(places, paths, false, plain, false) {
            super::complain(&problem);
        }
        println!("Watching. Save a file to check again; Ctrl-C stops.\n");
        last = wait_for_change(last, || look(places, paths), || std::thread::sleep(PAUSE));
    }
}

/// Waits until something differs from `last` and then stands still for one look.
fn wait_for_change(last: Look, mut look: impl FnMut() -> Look, mut pause: impl FnMut()) -> Look {
    let mut before = last.clone();
    loop {
        pause();
        let now = look();
        if now != last && now == before {
            return now;
        }
        before = now;
    }
}

fn look(places: &Places, paths: &[PathBuf]) -> Look {
    let mut folders: Vec<PathBuf> = Vec::new();
    if paths.is_empty() {
        folders.push(places.scenarios());
    }
    for path in paths {
        let folder = if path.is_dir() {
            path.clone()
        } else {
            path.parent()
                .filter(|folder| !folder.as_os_str().is_empty())
                .map_or_else(|| PathBuf::from("."), Path::to_owned)
        };
        if !folders.contains(&folder) {
            folders.push(folder);
        }
    }
    let mut found = Look::new();
    for folder in folders {
        let Ok(entries) = std::fs::read_dir(&folder) else {
            continue;
        };
        for path in entries.filter_map(|entry| entry.ok().map(|e| e.path())) {
            if path.extension().is_some_and(|ending| ending == "ron")
                && let Ok(metadata) = std::fs::metadata(&path)
            {
                found.insert(path, (metadata.len(), metadata.modified().ok()));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(size: u64) -> Look {
        Look::from([(PathBuf::from("a.scenario.ron"), (size, None))])
    }

    #[test]
    fn a_half_saved_file_is_waited_for() {
        let mut looks = [of(10), of(10), of(3), of(7), of(12), of(12)].into_iter();
        let mut pauses = 0;
        let found = wait_for_change(of(10), || looks.next().unwrap(), || pauses += 1);
        assert_eq!(found, of(12));
        assert_eq!(pauses, 6, "it was not read while it grew");
    }

    #[test]
    fn a_file_that_comes_or_goes_is_a_change() {
        let mut looks = [Look::new(), Look::new()].into_iter();
        assert!(wait_for_change(of(1), || looks.next().unwrap(), || ()).is_empty());
    }
}
