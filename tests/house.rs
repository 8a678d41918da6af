//! Who may use whom: the table of `src/README.md`, held against every `use crate::`.

use std::fs;
use std::path::{Path, PathBuf};

/// A room and the rooms that it may use.
const ROOMS: &[(&str, &[&str])] = &[
    ("course", &[]),
    ("scenario", &["course"]),
    ("encounter", &["course", "scenario"]),
    ("scoring", &["course", "scenario", "encounter"]),
    ("proof", &["course", "scenario", "encounter", "scoring"]),
    (
        "measurement",
        &["course", "scenario", "encounter", "scoring"],
    ),
    ("records", &["course", "scenario", "encounter", "scoring"]),
    ("reports", &["course", "scenario", "encounter", "scoring"]),
    (
        "attempt",
        &[
            "measurement",
            "course",
            "scenario",
            "encounter",
            "scoring",
            "proof",
            "records",
            "reports",
        ],
    ),
    ("places", &["course", "scenario", "records"]),
    (
        "cli",
        &[
            "measurement",
            "attempt",
            "course",
            "scenario",
            "encounter",
            "scoring",
            "places",
            "proof",
            "records",
            "reports",
        ],
    ),
    (
        "app",
        &[
            "measurement",
            "attempt",
            "course",
            "scenario",
            "encounter",
            "scoring",
            "places",
            "proof",
            "records",
            "reports",
        ],
    ),
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else {
        return found;
    };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

#[test]
fn rooms_use_only_the_rooms_that_they_may() {
    let mut wrong = Vec::new();
    let mut looked_at = 0;
    for (room, may) in ROOMS {
        for file in sources(&src().join(room)) {
            looked_at += 1;
            let text = fs::read_to_string(&file).unwrap();
            for (number, line) in text.lines().enumerate() {
                let code = line.split("//").next().unwrap_or("");
                for (at, _) in code.match_indices("crate::") {
                    let after = &code[at + "crate::".len()..];
                    let used: String = after
                        .chars()
                        .take_while(|c| c.is_alphanumeric() || *c == '_')
                        .collect();
                    let known = ROOMS.iter().any(|(name, _)| *name == used);
                    if known && used != *room && !may.contains(&used.as_str()) {
                        wrong.push(format!(
                            "{}:{}: {room} uses {used}",
                            file.display(),
                            number + 1
                        ));
                    }
                }
            }
        }
    }
    assert!(looked_at > 20, "only {looked_at} files were looked at");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn views_know_neither_bevy_nor_the_stage_and_the_stage_knows_neither_views_nor_records() {
    let bans: [(&str, &[&str]); 2] = [
        ("app/views", &["bevy", "app::stage", "rusqlite"]),
        ("app/stage", &["app::views", "crate::records"]),
    ];
    for (folder, words) in bans {
        for file in sources(&src().join(folder)) {
            let text = fs::read_to_string(&file).unwrap();
            for line in text
                .lines()
                .map(str::trim)
                .filter(|line| line.starts_with("use "))
            {
                for word in words {
                    assert!(!line.contains(word), "{}: {line}", file.display());
                }
            }
        }
    }
}

#[test]
fn only_the_records_speak_sql_and_only_the_command_line_prints() {
    for file in sources(&src()) {
        let text = fs::read_to_string(&file).unwrap();
        let inside = file
            .strip_prefix(src())
            .unwrap()
            .to_string_lossy()
            .replace('\\', "/");
        if !inside.starts_with("records/") {
            assert!(!text.contains("rusqlite::"), "{inside} speaks SQL");
        }
        if !inside.starts_with("cli/") && inside != "main.rs" {
            for word in ["println!(", "print!(", "eprintln!("] {
                assert!(!text.contains(word), "{inside} prints");
            }
        }
    }
}
