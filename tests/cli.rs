//! The built program: what it prints, how it ends, what it says to bad input.

use std::path::Path;
use std::process::{Command, Output};

use crate::support;

pub(crate) fn program(data: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_common-ground"))
        .arg("--scenarios")
        .arg(support::folder())
        .arg("--data")
        .arg(data)
        .args(arguments)
        .env("NO_COLOR", "1")
        .output()
        .unwrap()
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[track_caller]
pub(crate) fn ends(output: &Output, code: i32) {
    assert_eq!(
        output.status.code(),
        Some(code),
        "{}\n{}",
        text(&output.stdout),
        text(&output.stderr)
    );
    assert!(
        !text(&output.stderr).contains("panicked"),
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn check_of_the_shipped_scenarios_is_clean_and_fine() {
    let data = tempfile::tempdir().unwrap();
    let done = program(data.path(), &["check", "--deny", "warnings"]);
    ends(&done, 0);
    assert!(text(&done.stdout).contains("3 scenarios checked: no errors, no warnings"));
    let done = program(data.path(), &["check", "--json"]);
    ends(&done, 0);
    let value: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    // That a line has no recording is worth knowing, and no fault.
    let faults = value.as_array().unwrap().iter();
    let faults = faults.filter(|found| found["severity"] != "notice").count();
    assert_eq!(faults, 0, "{value:#}");
}

#[test]
fn lines_lists_what_is_spoken_with_its_key() {
    let data = tempfile::tempdir().unwrap();
    let done = program(data.path(), &["lines", "footbridge", "--json"]);
    ends(&done, 0);
    let value: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    let lines = value.as_array().unwrap();
    assert!(lines.len() > 100);
    for line in lines {
        assert_eq!(line["key"].as_str().unwrap().len(), 20);
        assert!(line["recorded"].is_boolean() && !line["text"].as_str().unwrap().is_empty());
    }
    let done = program(data.path(), &["lines", "footbridge"]);
    ends(&done, 0);
    let told = format!("{} lines, ", lines.len());
    assert!(text(&done.stdout).contains(&told));
    let done = program(data.path(), &["lines", "no-such-place"]);
    ends(&done, 1);
    assert!(text(&done.stderr).contains("no-such-place"));
}

#[test]
fn a_scripted_run_prints_the_same_bytes_every_time() {
    let data = tempfile::tempdir().unwrap();
    for arguments in [
        vec![
            "play",
            "footbridge",
            "--seed",
            "7",
            "--moves",
            "Observe,Hold,silence,Observe",
        ],
        vec![
            "play",
            "number-14",
            "--seed",
            "7",
            "--moves",
            "Observe,Hold",
            "--json",
        ],
    ] {
        let first = program(data.path(), &arguments);
        let second = program(data.path(), &arguments);
        ends(&first, 0);
        assert_eq!(first.stdout, second.stdout);
        assert!(!first.stdout.is_empty());
    }
}

#[test]
fn a_proof_says_the_same_each_time_and_with_any_number_of_threads() {
    let data = tempfile::tempdir().unwrap();
    let proven = |threads: &str| {
        let output = program(
            data.path(),
            &[
                "prove",
                "footbridge",
                "--bots",
                "--seeds",
                "20",
                "--threads",
                threads,
            ],
        );
        // What was measured stands apart.
        assert!(text(&output.stderr).contains(" MB"), "{output:?}");
        text(&output.stdout)
    };
    let one = proven("1");
    assert!(one.contains("careful reader"), "{one}");
    for threads in ["1", "2", "4"] {
        assert_eq!(one, proven(threads), "with {threads} threads");
    }
}

#[test]
fn a_proof_that_left_something_open_says_so_first_and_by_its_exit_code() {
    let data = tempfile::tempdir().unwrap();
    let few = ["prove", "footbridge", "--budget", "200", "--seeds", "300"];
    let open = program(data.path(), &few);
    ends(&open, 3);
    let first = text(&open.stdout);
    let first = first.lines().next().unwrap_or_default();
    assert!(first.contains("UNDECIDED, not proven"), "{first}");
    let none = program(data.path(), &["prove", "footbridge", "--seeds", "0"]);
    ends(&none, 2);
    assert!(text(&none.stderr).contains("at least one seed must be played"));
}

#[test]
fn what_cannot_be_opened_is_told_in_the_terminal_before_a_window_starts() {
    let data = tempfile::tempdir().unwrap();
    for (asked, word) in [
        (
            vec!["open", "footbridge", "--at", "boil"],
            "there is no beat `boil`",
        ),
        (
            vec!["open", "footbridge", "--set", "trst=6"],
            "did you mean `trust`?",
        ),
        (
            vec!["open", "footbridge", "--set", "trust"],
            "not of the form NAME=VALUE",
        ),
        (vec!["open", "footbrige"], "footbridge"),
    ] {
        let done = program(data.path(), &asked);
        ends(&done, 1);
        assert!(
            text(&done.stderr).contains(word),
            "{asked:?}: {}",
            text(&done.stderr)
        );
    }
}

#[test]
fn told_shares_of_the_endings_add_up() {
    let data = tempfile::tempdir().unwrap();
    let done = program(data.path(), &["prove", "number-14", "--seeds", "100"]);
    let all = text(&done.stdout);
    let rows = all
        .lines()
        .skip_while(|line| !line.starts_with("  endings"));
    let rows = rows
        .skip(1)
        .take_while(|line| line.starts_with("    ") && !line.contains("before "));
    let shares = rows.filter_map(|row| row.split("first option ").nth(1)?.split(' ').next());
    let sum: f64 = shares.map(|share| share.parse::<f64>().unwrap()).sum();
    assert!((sum - 100.0).abs() < 0.1, "{sum} in\n{all}");
}

#[cfg(unix)]
#[test]
fn a_proof_that_is_stopped_says_so_and_names_what_it_did_not_reach() {
    use std::process::Stdio;
    use std::time::Duration;

    let data = tempfile::tempdir().unwrap();
    let child = Command::new(env!("CARGO_BIN_EXE_common-ground"))
        .arg("--scenarios")
        .arg(support::folder())
        .arg("--data")
        .arg(data.path())
        .args(["prove", "--seeds", "10000000", "--bots"])
        .env("NO_COLOR", "1")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_secs(2));
    let sent = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(sent.unwrap().success());
    let output = child.wait_with_output().unwrap();
    ends(&output, 130);
    let told = text(&output.stdout);
    assert!(
        told.lines()
            .next()
            .unwrap_or_default()
            .contains("STOPPED, not proven"),
        "{told}"
    );
    assert!(!told.contains("0 of the 0"), "{told}");
    let talk = text(&output.stderr);
    assert!(
        talk.contains("STOPPED before these were begun: ") && talk.contains("number-14"),
        "{talk}"
    );
}

#[test]
fn moves_that_do_not_exist_or_are_left_over_are_named() {
    let data = tempfile::tempdir().unwrap();
    let done = program(
        data.path(),
        &["play", "footbridge", "--seed", "1", "--moves", "Obsreve"],
    );
    ends(&done, 2);
    assert!(
        text(&done.stderr).contains("did you mean `Observe`?"),
        "{}",
        text(&done.stderr)
    );
    let new = program(&data.path().join("x"), &["new", "Not An Id"]);
    ends(&new, 2);
}

#[test]
fn unknown_things_get_one_plain_message() {
    let data = tempfile::tempdir().unwrap();
    let cases: [(&[&str], i32, &str); 8] = [
        (&["play", "footbrigde"], 1, "did you mean `footbridge`?"),
        (&["play", "nowhere/nothing.ron"], 1, "no such file"),
        (&["check", "nothing-here.ron"], 1, "no such file or folder"),
        (&["explain", "no-way-uot"], 2, "did you mean `no-way-out`?"),
        (&["report", "--attempt", "77"], 1, "no attempt id"),
        (&["report", "--trainee", "nobody"], 1, "there is no trainee"),
        (
            &["records", "list", "--trainee", "nobody"],
            1,
            "there is no trainee",
        ),
        (&["paly", "footbridge"], 2, "play"),
    ];
    for (arguments, code, words) in cases {
        let done = program(data.path(), arguments);
        ends(&done, code);
        assert!(
            text(&done.stderr).contains(words),
            "{arguments:?}: {}",
            text(&done.stderr)
        );
    }
}

#[test]
fn every_rule_explains_itself() {
    let data = tempfile::tempdir().unwrap();
    let all = program(data.path(), &["explain"]);
    ends(&all, 0);
    for page in common_ground::scenario::rules::pages() {
        assert!(text(&all.stdout).contains(page.code));
        let one = program(data.path(), &["explain", page.code]);
        ends(&one, 0);
        assert!(text(&one.stdout).contains(page.finds));
    }
}

#[test]
fn templates_pass_the_check_and_are_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(support::folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "ron")
            && !path.to_string_lossy().ends_with(".scenario.ron")
        {
            std::fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
        }
    }
    let run = |arguments: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_common-ground"))
            .arg("--scenarios")
            .arg(folder.path())
            .args(arguments)
            .output()
            .unwrap()
    };
    for (id, template) in [("small-one", "minimal"), ("large-one", "full")] {
        ends(&run(&["new", id, "--template", template]), 0);
        ends(&run(&["new", id]), 1);
        ends(&run(&["check", "--deny", "warnings"]), 0);
        ends(&run(&["play", id, "--seed", "1", "--moves", "Observe"]), 0);
    }
}

#[test]
fn an_attempt_is_kept_reported_and_verified() {
    let data = tempfile::tempdir().unwrap();
    let path = data.path();
    let script =
        std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plays/footbridge"))
            .unwrap()
            .map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap())
            .next()
            .unwrap();
    let word = |key: &str| -> Vec<String> {
        script
            .lines()
            .filter_map(|line| line.trim().strip_prefix(key))
            .map(|w| w.trim().to_owned())
            .collect()
    };
    let seed = word("seed ").remove(0);
    let moves = format!("{},Observe", word("move ").join(","));
    let done = program(
        path,
        &[
            "play",
            "footbridge",
            "--seed",
            &seed,
            "--mode",
            "assessment",
            "--trainee",
            "4127",
            "--moves",
            &moves,
        ],
    );
    ends(&done, 0);
    assert!(
        text(&done.stderr).contains("left over and ignored: Observe"),
        "{}",
        text(&done.stderr)
    );

    let list = program(path, &["records", "list", "--json"]);
    ends(&list, 0);
    let value: serde_json::Value = serde_json::from_slice(&list.stdout).unwrap();
    let id = value[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(value[0]["state"], "finished");

    let html = path.join("report.html");
    let csv = path.join("report.csv");
    let done = program(
        path,
        &[
            "report",
            "--attempt",
            &id,
            "--html",
            &html.display().to_string(),
            "--csv",
            &csv.display().to_string(),
        ],
    );
    ends(&done, 0);
    let page = std::fs::read_to_string(&html).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && !page.contains("<script"));
    assert!(
        std::fs::read_to_string(&csv)
            .unwrap()
            .starts_with('\u{FEFF}')
    );
    let done = program(path, &["report", "--trainee", "4127", "--json"]);
    ends(&done, 0);
    let _: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    ends(&program(path, &["records", "show", &id]), 0);
    ends(&program(path, &["records", "verify"]), 0);
}

#[test]
fn every_command_has_help_with_examples() {
    let data = tempfile::tempdir().unwrap();
    for command in [
        "check", "play", "new", "explain", "report", "records", "open", "gallery",
    ] {
        let done = program(data.path(), &[command, "--help"]);
        ends(&done, 0);
        assert!(text(&done.stdout).contains("common-ground"), "{command}");
    }
}

#[cfg(unix)]
#[test]
fn a_store_of_a_newer_version_is_left_alone() {
    let data = tempfile::tempdir().unwrap();
    ends(&program(data.path(), &["records", "list"]), 0);
    let file = data.path().join(common_ground::records::DATABASE_FILE);
    let mut bytes = std::fs::read(&file).unwrap();
    // The user version stands at byte 60 of an SQLite file.
    bytes[60..64].copy_from_slice(&999_u32.to_be_bytes());
    std::fs::write(&file, &bytes).unwrap();
    let _ = std::fs::remove_file(file.with_extension("db-wal"));
    let done = program(data.path(), &["records", "list"]);
    ends(&done, 1);
    assert!(
        text(&done.stderr).contains("version"),
        "{}",
        text(&done.stderr)
    );
}

#[test]
fn a_run_is_rated_blind_and_measured() {
    let data = tempfile::tempdir().unwrap();
    let none = program(data.path(), &["measure"]);
    ends(&none, 1);
    assert!(text(&none.stderr).contains("nothing to measure"));
    let moves = ["silence"; 60].join(",");
    let play = [
        "play",
        "footbridge",
        "--seed",
        "7",
        "--trainee",
        "4711",
        "--moves",
        &moves,
    ];
    program(data.path(), &play);
    let list = program(data.path(), &["records", "list", "--json"]);
    let all: serde_json::Value = serde_json::from_slice(&list.stdout).unwrap();
    assert_eq!(
        all[0]["state"], "finished",
        "silence throughout reaches an ending"
    );
    let id = all[0]["id"].as_str().unwrap();
    let sheet = program(data.path(), &["rate", id, "--json"]);
    ends(&sheet, 0);
    let sheet: serde_json::Value = serde_json::from_slice(&sheet.stdout).unwrap();
    let steps = sheet["steps"].as_array().unwrap();
    let step = steps
        .iter()
        .find(|step| !step["objectives"].as_array().unwrap().is_empty())
        .unwrap();
    let mark = format!(
        "{}:{}=2",
        step["number"],
        step["objectives"][0].as_str().unwrap()
    );
    let wrong = program(
        data.path(),
        &["rate", id, "--rater", "B. Osei", "--marks", "1:CI-1=9"],
    );
    ends(&wrong, 1);
    assert!(text(&wrong.stderr).contains("is no mark"));
    let kept = program(
        data.path(),
        &["rate", id, "--rater", "B. Osei", "--marks", &mark],
    );
    ends(&kept, 0);
    let again = program(
        data.path(),
        &["rate", id, "--rater", "b. osei", "--marks", &mark],
    );
    ends(&again, 1);
    assert!(
        text(&again.stderr).contains("given once"),
        "{}",
        text(&again.stderr)
    );
    let told = program(data.path(), &["measure", "footbridge"]);
    ends(&told, 0);
    let told = text(&told.stdout);
    assert!(
        told.contains("too few") && told.contains("B. Osei"),
        "{told}"
    );
    let csv = program(data.path(), &["measure", "--csv"]);
    ends(&csv, 0);
    assert!(text(&csv.stdout).contains("\"discrimination\",\"\",\"1\""));
    let none = program(data.path(), &["measure", "number-14"]);
    ends(&none, 1);
}
