//! Recordings: what is listed, what `check` tells of them, and that the shipped ones fit.

use std::fs;
use std::path::Path;

use common_ground::places::Places;
use common_ground::scenario::load::{load_courses, load_recordings, load_scenario};
use common_ground::scenario::recordings::{
    LIST, Recordings, VoiceFolder, sound_file, spoken_lines, voice_key,
};
use common_ground::scenario::{Diagnostic, LineKind, ScenarioFile, Severity};

use crate::support;

fn file(id: &str) -> ScenarioFile {
    let courses = load_courses(&support::folder()).unwrap();
    let path = support::folder().join(format!("{id}.scenario.ron"));
    load_scenario(&path, &courses, None)
}

/// A folder with a recording of every line but those that `leave_out` names by position.
fn recorded(folder: &Path, file: &ScenarioFile, leave_out: &[usize]) -> VoiceFolder {
    let mut lines = serde_json::Map::new();
    for (position, line) in spoken_lines(file.scenario.as_ref().unwrap())
        .into_iter()
        .enumerate()
    {
        if !leave_out.contains(&position) {
            fs::write(folder.join(sound_file(&line.key)), "OggS").unwrap();
            let recording = serde_json::json!({ "by": line.by, "text": line.text, "secs": 1.5 });
            lines.insert(line.key, recording);
        }
    }
    let list = serde_json::json!({ "scenario": file.id, "lines": lines });
    fs::write(folder.join(LIST), list.to_string()).unwrap();
    load_recordings(folder)
}

fn codes(found: &[Diagnostic]) -> Vec<&str> {
    found.iter().map(|d| d.code).collect()
}

#[test]
fn every_line_that_is_said_is_listed_with_the_words_that_the_seed_can_draw() {
    for id in support::SHIPPED {
        let scenario = support::shipped(id);
        let lines = spoken_lines(&scenario);
        let said = scenario
            .lines
            .iter()
            .filter(|line| matches!(line.kind, LineKind::Say(_)))
            .count();
        assert!(lines.len() > 100 && lines.len() * 10 > said * 9, "{id}");
        let mut keys: Vec<&str> = lines.iter().map(|line| line.key.as_str()).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), lines.len(), "{id}");
        for line in &lines {
            assert!(!line.text.contains('{'), "{id}: {}", line.text);
            assert_eq!(line.key, voice_key(&line.by, &line.voice, &line.text));
        }
    }
    let lines = spoken_lines(&support::shipped("number-14"));
    let fetched = lines
        .iter()
        .filter(|line| line.text.starts_with("She's said yes: "))
        .count();
    assert!(
        fetched >= 2,
        "a line with a variation stands {fetched} times"
    );
}

#[test]
fn without_recordings_nothing_is_told() {
    let empty = tempfile::tempdir().unwrap();
    let voices = load_recordings(empty.path());
    assert_eq!(voices.compare(&file("footbridge")), []);
}

#[test]
fn missing_and_stale_recordings_are_notices_with_the_place_and_the_key() {
    let folder = tempfile::tempdir().unwrap();
    let file = file("footbridge");
    assert_eq!(recorded(folder.path(), &file, &[]).compare(&file), []);

    let voices = recorded(folder.path(), &file, &[3]);
    let found = voices.compare(&file);
    assert_eq!(codes(&found), ["missing-recording"]);
    assert_eq!(found[0].severity, Severity::Notice);
    let key = &spoken_lines(file.scenario.as_ref().unwrap())[3].key;
    assert!(found[0].help.contains(key.as_str()));
    assert!(found[0].plain(&file.text).contains(", line "));

    let mut voices = recorded(folder.path(), &file, &[]);
    let mut old = voices.recordings.lines.values().next().unwrap().clone();
    old.text = "Words that were cut.".to_owned();
    voices.recordings.lines.insert("0123abcd".to_owned(), old);
    let found = voices.compare(&file);
    assert_eq!(codes(&found), ["stale-recording"]);
    assert!(found[0].message.contains("Words that were cut."));

    // Many of a kind are counted and not listed.
    let most: Vec<usize> = (0..100).collect();
    let found = recorded(folder.path(), &file, &most).compare(&file);
    assert_eq!(found.len(), 9);
    assert!(
        found[8].message.starts_with("92 more"),
        "{}",
        found[8].message
    );
}

#[test]
fn a_list_without_its_sound_a_broken_list_and_a_strange_name_are_borne() {
    let folder = tempfile::tempdir().unwrap();
    let file = file("footbridge");
    let voices = recorded(folder.path(), &file, &[]);
    let key = voices.recordings.lines.keys().next().unwrap().clone();
    fs::remove_file(folder.path().join(sound_file(&key))).unwrap();
    let voices = load_recordings(folder.path());
    assert_eq!(codes(&voices.compare(&file)), ["missing-recording"]);
    assert_eq!(voices.find(&key), None);

    fs::write(folder.path().join("x.ogg"), "OggS").unwrap();
    let strange = r#"{ "scenario": "footbridge", "lines": {
        "../x": { "by": "dana", "text": "Out of the folder.", "secs": 1 },
        "x": { "by": "dana", "text": "For ever.", "secs": 1e30 } } }"#;
    fs::write(folder.path().join(LIST), strange).unwrap();
    let voices = load_recordings(folder.path());
    assert_eq!(voices.find("../x"), None);
    assert_eq!(voices.find("x"), None);

    fs::write(folder.path().join(LIST), "{ not a list").unwrap();
    let voices = load_recordings(folder.path());
    assert_eq!(codes(&voices.compare(&file)), ["broken-recordings"]);
    assert_eq!(voices.recordings, Recordings::default());
}

#[test]
fn recordings_beside_the_scenario_come_before_those_of_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let places = Places::new(None, None);
    let path = folder.path().join("footbridge.scenario.ron");
    assert_ne!(
        places.recordings(&path, "footbridge").folder,
        folder.path().join("voices/footbridge")
    );
    let own = folder.path().join("voices/footbridge");
    fs::create_dir_all(&own).unwrap();
    recorded(&own, &file("footbridge"), &[]);
    let found = places.recordings(&path, "footbridge");
    assert_eq!(found.folder, own);
    assert!(found.recordings.lines.len() > 100);
}

/// Words may change after the recordings were made; then a few lines are only read. But what is
/// there must be whole, and most of a scenario that has voices must have them.
#[test]
fn the_shipped_recordings_are_whole_and_fit_their_scenarios() {
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/voices");
    for id in support::SHIPPED {
        let folder = assets.join(id);
        if !folder.is_dir() {
            continue;
        }
        let voices = load_recordings(&folder);
        assert_eq!(voices.fault, None, "{id}");
        assert_eq!(voices.recordings.scenario, *id);
        let scenario = support::shipped(id);
        for (key, line) in &voices.recordings.lines {
            assert!(line.is_there, "{id}: {key}.ogg is missing");
            let person = scenario.cast.iter().find(|person| person.id == line.by);
            let voice = person.map_or("", |person| person.member.voice());
            assert_eq!(*key, voice_key(&line.by, voice, &line.text), "{id}");
            let digits = line.levels();
            let lasts = digits.len() as f32 / common_ground::scenario::recordings::LEVELS_PER_SEC;
            assert!((lasts - line.secs).abs() < 0.11, "{id}: {key}");
            assert!(digits.iter().any(|level| *level > 0.9), "{id}: {key}");
            let bytes = fs::read(folder.join(sound_file(key))).unwrap();
            assert!(bytes.starts_with(b"OggS"), "{id}: {key}");
        }
        let lines = spoken_lines(&scenario);
        let has = |line: &&common_ground::scenario::recordings::SpokenLine| {
            voices.recordings.get(&line.key).is_some()
        };
        let there = lines.iter().filter(has).count();
        assert!(
            there * 10 >= lines.len() * 8,
            "{id}: {there} of {}",
            lines.len()
        );
        let files = fs::read_dir(&folder).unwrap().count();
        assert_eq!(
            files,
            voices.recordings.lines.len() + 1,
            "{id}: stray files"
        );
    }
}
