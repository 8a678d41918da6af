//! What is spoken in a scenario, and which of it has been recorded.
//!
//! A recording belongs to a speaker, a voice and the exact words: the three make its key. Change
//! a word, and the old recording no longer fits, which `check` tells. The recordings of a
//! scenario lie in one folder as `KEY.ogg`, with a list of them beside; this room reads the list
//! and never a sound.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::diagnostic::{Diagnostic, Severity};
use super::draft::{CastMember, Mood};
use super::load::{ScenarioFile, sha256};
use super::scenario::{LineKind, Scenario};

/// Name of the list in a folder of recordings.
pub const LIST: &str = "lines.json";
/// Digits of loudness a second.
pub const LEVELS_PER_SEC: f32 = 20.0;
/// Most wordings of one line that are listed: enough for two variations of ten values.
const MOST_WORDINGS: usize = 100;
/// Notices of one kind that are told one by one.
const TOLD_SINGLY: usize = 8;
/// Length of a key, in characters.
const KEY_LENGTH: usize = 20;

/// One thing that somebody says, in words as they are spoken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SpokenLine {
    /// Name of the recording, without ending.
    pub key: String,
    /// Speaker, by cast id.
    pub by: String,
    /// Speaker's name.
    pub name: String,
    /// Voice as the cast names it; may be empty.
    pub voice: String,
    /// Whether it comes over the radio or telephone.
    pub is_radio: bool,
    /// Face that goes with it.
    pub mood: Option<Mood>,
    /// The words.
    pub text: String,
}

/// One recording.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Recording {
    /// Speaker, by cast id.
    pub by: String,
    /// The words.
    pub text: String,
    /// How long it lasts, in seconds.
    pub secs: f32,
    /// How loud it is from moment to moment, a digit for each: see [`LEVELS_PER_SEC`].
    #[serde(default)]
    pub loudness: String,
    /// Whether its sound file is there; found out when the list is read.
    #[serde(skip)]
    pub is_there: bool,
}

impl Recording {
    /// How loud it is, 0 to 1, at [`LEVELS_PER_SEC`].
    #[must_use]
    pub fn levels(&self) -> Vec<f32> {
        self.loudness
            .chars()
            .filter_map(|digit| digit.to_digit(10))
            .map(|digit| digit as f32 / 9.0)
            .collect()
    }
}

/// The recordings of a scenario.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Recordings {
    /// Scenario, by id.
    pub scenario: String,
    /// Recordings by key.
    pub lines: BTreeMap<String, Recording>,
}

impl Recordings {
    /// The recording of this key, if its sound is there.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Recording> {
        self.lines.get(key).filter(|line| line.is_there)
    }
}

/// A folder of recordings as it was found. Without one it is empty.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct VoiceFolder {
    /// Where it lies.
    pub folder: PathBuf,
    /// What is in it.
    pub recordings: Recordings,
    /// Why its list cannot be read, if it cannot.
    pub fault: Option<String>,
}

impl VoiceFolder {
    /// The recording of this key with the file that holds its sound.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<(&Recording, PathBuf)> {
        let recording = self.recordings.get(key)?;
        Some((recording, self.folder.join(sound_file(key))))
    }

    /// What does not fit between a scenario and this folder. A scenario that nobody has recorded
    /// is as it should be.
    #[must_use]
    pub fn compare(&self, file: &ScenarioFile) -> Vec<Diagnostic> {
        if let Some(fault) = &self.fault {
            return vec![Diagnostic {
                severity: Severity::Warning,
                code: "broken-recordings",
                message: format!("the list of recordings cannot be read: {fault}"),
                file: self.folder.join(LIST).display().to_string(),
                path: String::new(),
                span: None,
                help: "mend or remove it; until then nothing of it is heard".to_owned(),
            }];
        }
        if self.recordings.lines.is_empty() {
            return Vec::new();
        }
        compare(file, &self.recordings)
    }
}

/// Name of the sound file of a key.
#[must_use]
pub fn sound_file(key: &str) -> String {
    format!("{key}.ogg")
}

/// The key of what `by` says in `voice`: the same words give the same key on every computer.
#[must_use]
pub fn voice_key(by: &str, voice: &str, text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut key = sha256(&format!("{by}\n{voice}\n{}", words.join(" ")));
    key.truncate(KEY_LENGTH);
    key
}

impl CastMember {
    /// Voice, by the author's name for it.
    #[must_use]
    pub fn voice(&self) -> &str {
        match self {
            Self::Subject { voice, .. }
            | Self::Colleague { voice, .. }
            | Self::Bystander { voice, .. }
            | Self::Radio { voice, .. } => voice,
        }
    }
}

/// Everything that is said in a scenario, each wording once, in the order of the file. A line
/// with the words of a variation in it stands once for each of them.
#[must_use]
pub fn spoken_lines(scenario: &Scenario) -> Vec<SpokenLine> {
    let mut lines: Vec<SpokenLine> = Vec::new();
    let mut known = BTreeSet::new();
    for line in &scenario.lines {
        let LineKind::Say(by) = line.kind else {
            continue;
        };
        let Some(person) = scenario.cast.get(usize::from(by)) else {
            continue;
        };
        for text in wordings(scenario, &line.text) {
            let key = voice_key(&person.id, person.member.voice(), &text);
            if known.insert(key.clone()) {
                lines.push(SpokenLine {
                    key,
                    by: person.id.clone(),
                    name: person.member.name().to_owned(),
                    voice: person.member.voice().to_owned(),
                    is_radio: matches!(person.member, CastMember::Radio { .. }),
                    mood: line.mood,
                    text,
                });
            }
        }
    }
    lines
}

/// Every wording that the seed can draw for a text.
fn wordings(scenario: &Scenario, text: &str) -> Vec<String> {
    let mut all = vec![text.to_owned()];
    for (name, varieties) in &scenario.variations {
        let place = format!("{{{name}}}");
        if !text.contains(&place) {
            continue;
        }
        all = all
            .iter()
            .flat_map(|text| {
                varieties
                    .iter()
                    .map(|variety| text.replace(&place, &variety.text))
            })
            .take(MOST_WORDINGS)
            .collect();
    }
    all
}

/// Lines that nobody has recorded, and recordings of words that are no longer said. Nothing of it
/// keeps a scenario from being played.
fn compare(file: &ScenarioFile, recordings: &Recordings) -> Vec<Diagnostic> {
    let Some(scenario) = &file.scenario else {
        return Vec::new();
    };
    let name = file.path.display().to_string();
    let notice = |code, message, span, help: String| Diagnostic {
        severity: Severity::Notice,
        code,
        message,
        file: name.clone(),
        path: String::new(),
        span,
        help,
    };
    let spoken = spoken_lines(scenario);
    let mut found = Vec::new();
    let missing: Vec<&SpokenLine> = spoken
        .iter()
        .filter(|line| recordings.get(&line.key).is_none())
        .collect();
    for line in missing.iter().take(TOLD_SINGLY) {
        let quoted = serde_json::to_string(&line.text).unwrap_or_default();
        let start = file.text.find(&quoted);
        found.push(notice(
            "missing-recording",
            format!("nobody has recorded what {} says: {quoted}", line.name),
            start.map(|at| at..at + quoted.len()),
            format!("record it as {}.ogg; until then it is only read", line.key),
        ));
    }
    let id = &file.id;
    if let Some(more) = missing.len().checked_sub(TOLD_SINGLY).filter(|n| *n > 0) {
        found.push(notice(
            "missing-recording",
            format!("{more} more lines have no recording"),
            None,
            format!("`common-ground lines {id}` lists every line with its key"),
        ));
    }
    let said: BTreeSet<&str> = spoken.iter().map(|line| line.key.as_str()).collect();
    let stale: Vec<(&String, &Recording)> = recordings
        .lines
        .iter()
        .filter(|(key, _)| !said.contains(key.as_str()))
        .collect();
    for (key, line) in stale.iter().take(TOLD_SINGLY) {
        found.push(notice(
            "stale-recording",
            format!("`{}` no longer says these words: “{}”", line.by, line.text),
            None,
            format!("remove {key}.ogg and its entry in {LIST}, or put the words back"),
        ));
    }
    if let Some(more) = stale.len().checked_sub(TOLD_SINGLY).filter(|n| *n > 0) {
        found.push(notice(
            "stale-recording",
            format!("{more} more recordings fit no line"),
            None,
            format!("`common-ground lines {id}` lists the keys that are wanted"),
        ));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_stands_for_speaker_voice_and_words() {
        // Recordings are found by these keys: if this test fails, all of them are lost.
        let key = voice_key("dana", "en-gb-f1", "You're still here, then.");
        assert_eq!(key, "4a0ed1ddc6b41113c6c9");
        assert_eq!(
            key,
            voice_key("dana", "en-gb-f1", " You're still  here,\nthen. ")
        );
        for (by, voice, words) in [
            ("priya", "en-gb-f1", "You're still here, then."),
            ("dana", "en-gb-f2", "You're still here, then."),
            ("dana", "en-gb-f1", "You're still here then."),
        ] {
            assert_ne!(key, voice_key(by, voice, words));
        }
    }
}
