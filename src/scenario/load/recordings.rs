//! The list of recordings in a folder of voices.

use std::fs;
use std::path::Path;

use super::super::read::LARGEST_FILE;
use super::super::recordings::{LIST, VoiceFolder, sound_file};

/// Reads the list of recordings in a folder and looks which of their sounds are there. A folder
/// that is not there holds none.
#[must_use]
pub fn load_recordings(folder: &Path) -> VoiceFolder {
    let mut found = VoiceFolder {
        folder: folder.to_owned(),
        ..VoiceFolder::default()
    };
    let list = folder.join(LIST);
    let read = match fs::metadata(&list) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return found,
        Err(error) => Err(error.to_string()),
        Ok(metadata) if metadata.len() > LARGEST_FILE => {
            Err("it is larger than a list can be".to_owned())
        }
        Ok(_) => fs::read(&list)
            .map_err(|error| error.to_string())
            .and_then(|bytes| serde_json::from_slice(&bytes).map_err(|error| error.to_string())),
    };
    match read {
        Ok(recordings) => found.recordings = recordings,
        Err(fault) => found.fault = Some(fault),
    }
    for (key, line) in &mut found.recordings.lines {
        let is_name = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric());
        let lasts = line.secs.is_finite() && (0.0..=120.0).contains(&line.secs);
        line.is_there = is_name && lasts && folder.join(sound_file(key)).is_file();
    }
    found
}
