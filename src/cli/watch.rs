//! `check --watch`: checks again whenever a file is saved.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Result;

use crate::places::{self, Look, Places, Steady, look_at};

use super::check;

const PAUSE: Duration = Duration::from_millis(300);

/// Checks until it is stopped from outside.
pub(super) fn run(places: &Places, paths: &[PathBuf], plain: bool) -> Result<u8> {
    let mut steady = Steady::new(look(places, paths));
    loop {
        // A folder that vanishes for a moment is no reason to stop: it is said and watched on.
        if let Err(problem) = check::run(places, paths, false, plain, false) {
            super::complain(&problem);
        }
        println!("Watching. Save a file to check again; Ctrl-C stops.\n");
        while !steady.has_changed(look(places, paths)) {
            std::thread::sleep(PAUSE);
        }
    }
}

/// The scenario folder, whose courses and catalogues count in any case, and those that were named.
fn look(places: &Places, paths: &[PathBuf]) -> Look {
    let mut folders = vec![places.scenarios()];
    for path in paths {
        let folder = if path.is_dir() {
            path.clone()
        } else if places::is_id(path) {
            continue;
        } else {
            path.parent()
                .filter(|folder| !folder.as_os_str().is_empty())
                .map_or_else(|| PathBuf::from("."), Path::to_owned)
        };
        if !folders.contains(&folder) {
            folders.push(folder);
        }
    }
    folders.iter().flat_map(|folder| look_at(folder)).collect()
}
