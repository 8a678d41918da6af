//! Notices that files were saved, without opening them.
//!
//! Sizes and times are asked for, which works on network shares too. Editors save in several
//! steps, so a change counts only once everything has stood still for one more look.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// What is known of each file without opening it.
pub type Look = BTreeMap<PathBuf, (u64, Option<SystemTime>)>;

/// The files of a folder that a check reads.
#[must_use]
pub fn look_at(folder: &Path) -> Look {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Look::new();
    };
    entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "ron"))
        .filter_map(|path| {
            let metadata = std::fs::metadata(&path).ok()?;
            Some((path, (metadata.len(), metadata.modified().ok())))
        })
        .collect()
}

/// Says of look after look whether something has changed and stands still again.
#[derive(Debug, Clone)]
pub struct Steady {
    last: Look,
    before: Look,
}

impl Steady {
    /// Nothing has changed yet.
    #[must_use]
    pub fn new(now: Look) -> Self {
        Self {
            before: now.clone(),
            last: now,
        }
    }

    /// Whether there is something new to read.
    pub fn has_changed(&mut self, now: Look) -> bool {
        let is_new = now != self.last && now == self.before;
        if is_new {
            self.last.clone_from(&now);
        }
        self.before = now;
        is_new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(size: u64) -> Look {
        Look::from([(PathBuf::from("a.scenario.ron"), (size, None))])
    }

    fn changes(first: u64, sizes: &[u64]) -> Vec<bool> {
        let mut steady = Steady::new(of(first));
        sizes
            .iter()
            .map(|size| steady.has_changed(of(*size)))
            .collect()
    }

    #[test]
    fn a_half_saved_file_is_waited_for_and_told_once() {
        let told = changes(10, &[10, 10, 3, 7, 12, 12, 12]);
        assert_eq!(told, [false, false, false, false, false, true, false]);
    }

    #[test]
    fn what_is_put_back_is_no_change_and_what_goes_is_one() {
        assert_eq!(changes(10, &[3, 10, 10]), [false; 3]);
        let mut steady = Steady::new(of(1));
        assert!(!steady.has_changed(Look::new()));
        assert!(steady.has_changed(Look::new()));
    }
}
