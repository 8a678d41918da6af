//! `check --watch` beside an editor: what is saved badly is told, and what is put right again too.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use crate::support;

/// A checker that looks on.
struct Watching {
    process: Child,
    said: BufReader<ChildStdout>,
}

impl Watching {
    /// Begins to watch one scenario, named by its id.
    fn begin(folder: &Path, id: &str) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_common-ground"))
            .arg("--scenarios")
            .arg(folder)
            .args(["check", id, "--watch"])
            // An id has nothing to do with the folder that somebody happens to be in.
            .current_dir(std::env::temp_dir())
            .env("NO_COLOR", "1")
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let said = BufReader::new(process.stdout.take().unwrap());
        Self { process, said }
    }

    /// All that is said up to the next wait.
    fn next(&mut self) -> String {
        let mut all = String::new();
        loop {
            let mut line = String::new();
            let length = self.said.read_line(&mut line).unwrap();
            assert!(length > 0, "it ended:\n{all}");
            if line.starts_with("Watching.") {
                return all;
            }
            all.push_str(&line);
        }
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn folder() -> (tempfile::TempDir, PathBuf, String) {
    let folder = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(support::folder()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.ends_with(".ron") && !name.ends_with(".scenario.ron") {
            std::fs::copy(&path, folder.path().join(name)).unwrap();
        }
    }
    let file = folder.path().join("kitchen-light.scenario.ron");
    let written = Command::new(env!("CARGO_BIN_EXE_common-ground"))
        .arg("--scenarios")
        .arg(folder.path())
        .args(["new", "kitchen-light"])
        .status()
        .unwrap();
    assert!(written.success());
    let text = std::fs::read_to_string(&file).unwrap();
    (folder, file, text)
}

#[test]
fn whatever_is_saved_is_told_and_mended_again() {
    let (folder, file, good) = folder();
    let mut watching = Watching::begin(folder.path(), "kitchen-light");
    assert!(watching.next().contains("no errors, no warnings"));
    let half = good.floor_char_boundary(good.len() / 2);
    let first = good.find("\"key\": (").unwrap();
    for (what, text, expected) in [
        (
            "a name that no beat has",
            good.replace("to: \"key\"", "to: \"phone\""),
            "`phone`",
        ),
        ("half of it", good[..half].to_owned(), "1 error"),
        (
            "a field that is spelt wrongly",
            good.replacen("summary:", "sumary:", 1),
            "summary",
        ),
        (
            "curly quotation marks",
            good.replacen("id: \"kitchen-light\"", "id: “kitchen-light”", 1),
            "straight",
        ),
        (
            "a beat to which nothing leads",
            format!(
                "{}\"attic\": (lines: [], routes: [(to: \"key\")]), {}",
                &good[..first],
                &good[first..]
            ),
            "`attic`",
        ),
        ("nothing at all", String::new(), "kitchen-light"),
    ] {
        std::fs::write(&file, text).unwrap();
        let said = watching.next();
        assert!(said.contains(expected), "{what}:\n{said}");
        assert!(!said.contains("no errors, no warnings"), "{what}:\n{said}");
        std::fs::write(&file, &good).unwrap();
        let said = watching.next();
        assert!(said.contains("no errors, no warnings"), "{what}:\n{said}");
    }
    // What Windows and its editors add is no fault.
    for (what, text) in [
        (
            "a byte order mark, and lines that end as on Windows",
            format!("\u{feff}{}", good.replace('\n', "\r\n")),
        ),
        ("tabs", good.replace("    ", "\t")),
    ] {
        std::fs::write(&file, text).unwrap();
        let said = watching.next();
        assert!(said.contains("no errors, no warnings"), "{what}:\n{said}");
    }
    // A catalogue counts as much as the scenario does.
    let wording = folder.path().join("cpmha.wording.ron");
    let words = std::fs::read_to_string(&wording).unwrap();
    std::fs::write(&wording, &words[..words.len() / 2]).unwrap();
    let said = watching.next();
    assert!(said.contains("cpmha.wording.ron"), "{said}");
}
