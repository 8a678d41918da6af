//! What authors have beside the checker: signing, the graph, the form of the files.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

use common_ground::scenario::form;
use common_ground::scenario::graph::{PlaceKind, StoryGraph, svg};
use common_ground::scenario::load::check_text;
use serde_json::Value;

use crate::support;
use crate::support::types::{Written, source_of, types_in};

fn program(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_common-ground"))
        .arg("--scenarios")
        .arg(folder)
        .arg("--data")
        .arg(folder.join("data"))
        .args(arguments)
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// A folder with the shipped course and one fresh scenario called `first`.
fn fresh() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(support::folder()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.ends_with(".ron") && !name.contains(".scenario.") {
            std::fs::copy(&path, folder.path().join(name)).unwrap();
        }
    }
    assert!(program(&["new", "first"], folder.path()).status.success());
    folder
}

fn sign(folder: &Path, capacity: &str, name: &str) -> Output {
    program(
        &[
            "sign", "first", "--as", capacity, "--name", name, "--role", "reader",
        ],
        folder,
    )
}

#[test]
fn both_templates_check_and_prove_clean() {
    let folder = fresh();
    let full = program(&["new", "second", "--template", "full"], folder.path());
    assert!(full.status.success());
    let told = program(&["check", "--deny", "warnings"], folder.path());
    assert!(told.status.success(), "{}", said(&told));
    for id in ["first", "second"] {
        let text = std::fs::read_to_string(folder.path().join(format!("{id}.scenario.ron")));
        let (scenario, _) = check_text(&text.unwrap(), id, None, &support::courses(), None);
        let told = support::findings(&Arc::new(scenario.unwrap()), 1_000_000);
        assert!(told.is_empty(), "{id}: {told:#?}");
    }
}

#[test]
fn a_new_scenario_in_an_empty_folder_brings_its_course_and_overwrites_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("own");
    let told = program(&["new", "first"], &own);
    assert!(told.status.success(), "{}", said(&told));
    assert!(
        said(&told).contains("There was no course") && said(&told).contains("cpmha.wording.ron"),
        "{}",
        said(&told)
    );
    let checked = program(&["check", "--deny", "warnings"], &own);
    assert!(checked.status.success(), "{}", said(&checked));
    assert!(
        said(&checked).contains("first still has 1 note that says TODO"),
        "{}",
        said(&checked)
    );
    // A list of words that is there already stays, and the second scenario copies nothing.
    let other = folder.path().join("other");
    std::fs::create_dir(&other).unwrap();
    let words = "Wording(format: 1, terms: [])";
    std::fs::write(other.join("our.wording.ron"), words).unwrap();
    let told = program(&["new", "first"], &other);
    assert!(told.status.success(), "{}", said(&told));
    assert!(!other.join("cpmha.wording.ron").exists());
    let kept = std::fs::read_to_string(other.join("our.wording.ron")).unwrap();
    assert_eq!(kept, words);
    let again = program(&["new", "second"], &other);
    assert!(
        !said(&again).contains("There was no course"),
        "{}",
        said(&again)
    );
}

#[test]
fn the_table_of_options_shows_what_soothes_most_and_what_ties() {
    let folder = fresh();
    let told = program(&["check", "first", "--options"], folder.path());
    assert!(told.status.success(), "{}", said(&told));
    let text = said(&told);
    let line = text
        .lines()
        .find(|line| line.trim_start().starts_with("just_us"))
        .expect("every option has its line");
    // It says so in the file: whoever draws is drawn, it soothes most by three and three.
    assert_eq!(line.matches("distress -3 trust +3 *").count(), 3, "{text}");
    let late = program(
        &[
            "check",
            "first",
            "--options",
            "--distress",
            "1",
            "--trust",
            "19",
        ],
        folder.path(),
    );
    let line = said(&late);
    let line = line
        .lines()
        .find(|line| line.trim_start().starts_with("just_us"))
        .unwrap();
    assert_eq!(line.matches("distress -1 trust +1").count(), 3, "{line}");
}

#[test]
fn whether_it_is_proven_is_said_in_plain_words() {
    let folder = fresh();
    let folder = folder.path();
    let few = program(&["prove", "first", "--seeds", "20"], folder);
    assert!(
        said(&few).contains("no findings, guessers not played: add --bots"),
        "{}",
        said(&few)
    );
    let signed = || said(&program(&["sign", "first"], folder));
    assert!(signed().contains("Not proven: no proof"), "{}", signed());
    let kept = program(&["prove", "first", "--seeds", "1000", "--keep"], folder);
    let words = said(&kept);
    assert!(
        words.contains("first: proven: every path was tried"),
        "{words}"
    );
    assert!(signed().contains("Proven as it stands."), "{}", signed());
    // One option that is best for everybody, and a rule passes.
    let file = folder.join("first.scenario.ron");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replace("Developing }", "Proficient }")).unwrap();
    let kept = program(&["prove", "first", "--seeds", "1000", "--keep"], folder);
    let words = said(&kept);
    assert!(words.contains("Kept; first: not proven:"), "{words}");
    assert!(words.contains("which may be as high as"), "{words}");
    assert!(signed().contains("Not proven: the kept proof has findings"));
}

#[test]
fn a_run_that_is_left_says_how_to_come_back_and_a_verdict_is_in_words() {
    let folder = fresh();
    let part = ["play", "first", "--seed", "7", "--moves", "Observe"];
    let told = said(&program(&part, folder.path()));
    assert!(
        told.contains("common-ground play first --seed 7 --moves Observe"),
        "{told}"
    );
    let whole = "up_you_get,at_least,just_us,for_mum,agency";
    let played = program(
        &["play", "first", "--seed", "7", "--moves", whole],
        folder.path(),
    );
    assert!(
        said(&played).contains("Verdict: Not passed"),
        "{}",
        said(&played)
    );
}

#[test]
fn a_scenario_is_signed_step_by_step_and_any_edit_unsigns_it() {
    let folder = fresh();
    let folder = folder.path();
    let file = folder.join("first.scenario.ron");
    let early = sign(folder, "force", "C. Wynn");
    assert!(!early.status.success() && said(&early).contains("the force signs last"));
    assert!(sign(folder, "expert", "A. Khan").status.success());
    let again = sign(folder, "lived-experience", "a. khan");
    assert!(said(&again).contains("four eyes"), "{}", said(&again));
    assert!(sign(folder, "lived-experience", "B. Osei").status.success());
    let last = sign(folder, "force", "C. Wynn");
    assert!(
        said(&last).contains("Approved by the force"),
        "{}",
        said(&last)
    );
    assert!(
        said(&last).contains("no proof has been made"),
        "{}",
        said(&last)
    );

    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(
        &file,
        format!("// a note\r\n{}", text.replace('\n', "\r\n")),
    )
    .unwrap();
    let shown = program(&["sign", "first"], folder);
    assert!(
        said(&shown).contains("Approved"),
        "a comment changed it: {}",
        said(&shown)
    );

    std::fs::write(&file, text.replacen("Alex? I'm Amy", "Alex? It's Amy", 1)).unwrap();
    let shown = program(&["sign", "first", "--json"], folder);
    let json: Value = serde_json::from_slice(&shown.stdout).unwrap();
    assert_eq!(json["readiness"]["sign_off"], "Draft");
    assert_eq!(json["readiness"]["lapsed"], 3);
    assert_eq!(json["ready"], false);

    std::fs::write(&file, &text).unwrap();
    let retire = [
        "sign", "first", "--retire", "--name", "D. Ellis", "--role", "lead",
    ];
    assert!(said(&program(&retire, folder)).contains("Retired"));
    let play = |mode: &str| {
        let moves = "sit_below,wrong_name,your_news,silence,sum_up";
        let all = [
            "play", "first", "--mode", mode, "--seed", "7", "--moves", moves,
        ];
        program(&all, folder)
    };
    let refused = play("assessment");
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        said(&refused).contains("has been retired and assesses nobody"),
        "{}",
        said(&refused)
    );
    let practice = play("practice");
    assert!(practice.status.success());
    assert!(said(&practice).contains("Retired: trainees are not shown it"));
    let expert = |more: &[&str]| {
        let all = [
            "sign", "first", "--as", "expert", "--name", "A. Khan", "--role", "nurse",
        ];
        program(&[&all[..], more].concat(), folder)
    };
    let refused = expert(&[]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        said(&refused).contains("add --reinstate"),
        "{}",
        said(&refused)
    );
    assert!(said(&program(&["sign", "first"], folder)).contains("Retired"));
    let again = expert(&["--reinstate"]);
    assert!(said(&again).contains("in use again"), "{}", said(&again));
    assert!(said(&again).contains("Checked by a subject-matter expert"));
    let twice = program(
        &[
            "sign",
            "first",
            "--as",
            "lived-experience",
            "--name",
            "a.  khan",
            "--role",
            "peer",
        ],
        folder,
    );
    assert!(
        said(&twice).contains("has signed `first` already"),
        "{}",
        said(&twice)
    );
}

#[test]
fn a_change_to_a_profile_unsigns_and_a_telephone_number_does_not() {
    let folder = fresh();
    let folder = folder.path();
    assert!(sign(folder, "expert", "A. Khan").status.success());
    let state = || said(&program(&["sign", "first"], folder));
    let course = folder.join("cpmha.course.ron");
    let text = std::fs::read_to_string(&course).unwrap();
    assert!(text.contains("reach: \""));
    std::fs::write(&course, text.replacen("reach: \"", "reach: \"0", 1)).unwrap();
    assert!(state().contains("Checked by"), "{}", state());
    let profiles = folder.join("cpmha.profiles.ron");
    let text = std::fs::read_to_string(&profiles).unwrap();
    let at = text.find("\"despair\"").unwrap();
    let changed = text[..at].to_owned() + &text[at..].replacen("hearing: ", "hearing: 1", 1);
    std::fs::write(&profiles, changed).unwrap();
    assert!(state().contains("nobody has signed it"), "{}", state());
}

#[test]
fn bad_signatures_and_bad_use_get_words() {
    let folder = fresh();
    let folder = folder.path();
    let nameless = program(&["sign", "first", "--as", "expert"], folder);
    assert_eq!(nameless.status.code(), Some(2), "{}", said(&nameless));
    std::fs::write(folder.join("first.signed.ron"), "Signatures(format: 1,").unwrap();
    let told = program(&["check", "first"], folder);
    let told = if told.status.success() {
        told
    } else {
        program(&["check"], folder)
    };
    assert!(
        said(&told).contains("unreadable-signatures"),
        "{}",
        said(&told)
    );
    let refused = sign(folder, "expert", "A. Khan");
    assert!(!refused.status.success());
    let kept = std::fs::read_to_string(folder.join("first.signed.ron")).unwrap();
    assert_eq!(kept, "Signatures(format: 1,", "it was left as it is");
}

#[test]
fn a_kept_proof_counts_until_what_it_proved_is_changed() {
    let folder = fresh();
    let folder = folder.path();
    let mark = folder.join("first.proof.ron");
    let wants = || {
        let shown = program(&["sign", "first", "--json"], folder);
        let json: Value = serde_json::from_slice(&shown.stdout).unwrap();
        json["wants"].to_string()
    };
    assert!(wants().contains("no proof has been made"));
    program(&["prove", "first", "--seeds", "50"], folder);
    assert!(!mark.exists(), "it was not asked for");
    // Stopped by its budget, it is no whole proof.
    let file = folder.join("first.scenario.ron");
    let path = file.display().to_string();
    program(
        &["prove", &path, "--seeds", "50", "--budget", "20", "--keep"],
        folder,
    );
    let partly = wants();
    assert!(
        partly.contains("not every path") || partly.contains("found faults"),
        "{partly}"
    );
    program(&["prove", &path, "--seeds", "300", "--keep"], folder);
    let kept = std::fs::read_to_string(&mark).unwrap();
    assert!(kept.contains("is_exhausted: true"), "{kept}");
    let is_clean = kept.contains("findings: 0,");
    assert_eq!(!wants().contains("proof"), is_clean, "{} {kept}", wants());
    // An edit, another program, and a damaged mark.
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replacen("Alex? I'm Amy", "Alex? It's Amy", 1)).unwrap();
    assert!(wants().contains("no proof has been made"));
    std::fs::write(&file, text).unwrap();
    assert!(!wants().contains("no proof has been made"));
    std::fs::write(&mark, kept.replace("common-ground 0", "common-ground 99")).unwrap();
    assert!(wants().contains("no proof has been made"));
    std::fs::write(&mark, "ProofMark(format: 1,").unwrap();
    let told = program(&["check", &path], folder);
    assert!(said(&told).contains("unreadable-proof"), "{}", said(&told));
}

#[test]
fn the_course_says_whether_an_unready_scenario_may_assess() {
    let folder = fresh();
    let folder = folder.path();
    let moves = [
        "--moves",
        "sit_below,wrong_name,your_news,silence,sum_up",
        "--seed",
        "7",
        "--trainee",
        "4127",
    ];
    let play = |mode: &str| {
        let mut all = vec!["play", "first", "--mode", mode];
        all.extend(moves);
        program(&all, folder)
    };
    let played = play("assessment");
    assert!(played.status.success());
    let told = said(&played);
    let verdict = told.split("Verdict: ").nth(1).unwrap_or_default();
    assert!(
        verdict.contains("Trial, not approved for assessment"),
        "{told}"
    );
    let html = folder.join("report.html");
    let csv = folder.join("report.csv");
    let report = program(
        &[
            "report",
            "--trainee",
            "4127",
            "--html",
            &html.display().to_string(),
            "--csv",
            &csv.display().to_string(),
        ],
        folder,
    );
    assert!(report.status.success(), "{}", said(&report));
    let page = std::fs::read_to_string(&html).unwrap();
    assert!(page.contains("not approved for assessment"), "{page}");
    let table = std::fs::read_to_string(&csv).unwrap();
    assert!(
        table.contains("\"trial\"") && table.contains("Trial, not approved"),
        "{table}"
    );

    let listed = program(&["records", "list", "--json"], folder);
    let listed: Value = serde_json::from_slice(&listed.stdout).unwrap();
    let id = find_id(&listed).expect("the attempt is listed");
    let one = program(
        &[
            "report",
            "--attempt",
            &id,
            "--html",
            &html.display().to_string(),
        ],
        folder,
    );
    assert!(one.status.success(), "{}", said(&one));
    let page = std::fs::read_to_string(&html).unwrap();
    assert!(page.contains("<header class=\"trial\">"));
    assert!(
        page.contains("table-header-group"),
        "it stands on every printed page"
    );
    let json = program(&["report", "--attempt", &id, "--json"], folder);
    assert!(
        said(&json).contains("\"trial\": \"Trial, not approved"),
        "{}",
        said(&json)
    );

    let course = folder.join("cpmha.course.ron");
    let text = std::fs::read_to_string(&course).unwrap();
    let strict = text.replacen("unready_assessment: Trial", "unready_assessment: Refuse", 1);
    assert_ne!(text, strict);
    std::fs::write(&course, strict).unwrap();
    let given = program(
        &[
            "assign",
            "first",
            "--trainee",
            "4127",
            "--mode",
            "assessment",
        ],
        folder,
    );
    assert_eq!(given.status.code(), Some(1));
    assert!(
        said(&given).contains("cannot be assigned as an assessment: the course refuses"),
        "{}",
        said(&given)
    );
    let refused = play("assessment");
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        said(&refused).contains("may not assess anybody yet"),
        "{}",
        said(&refused)
    );
    assert!(
        play("practice").status.success(),
        "practice is open to everything"
    );
}

fn find_id(value: &Value) -> Option<String> {
    match value {
        Value::Array(list) => list.iter().find_map(find_id),
        Value::Object(map) => map
            .get("attempt")
            .or_else(|| map.get("id"))
            .and_then(Value::as_str)
            .filter(|id| id.len() == 36)
            .map(str::to_owned)
            .or_else(|| map.values().find_map(find_id)),
        _ => None,
    }
}

#[test]
fn the_graph_of_every_shipped_scenario_has_all_places_and_no_overlap() {
    for id in support::SHIPPED {
        let scenario = support::shipped(id);
        let graph = StoryGraph::of(&scenario);
        check_graph(&graph);
        assert_eq!(
            graph
                .places
                .iter()
                .filter(|p| matches!(p.kind, PlaceKind::Ending(_)))
                .count(),
            scenario.endings.len()
        );
        for beat in &scenario.beats {
            assert!(graph.place(&beat.id).is_some(), "{}", beat.id);
        }
        let picture = svg(&graph, &scenario.title);
        assert!(picture.starts_with("<svg") && picture.ends_with("</svg>\n"));
        assert_eq!(
            picture,
            svg(&StoryGraph::of(&scenario), &scenario.title),
            "{id}"
        );
    }
}

#[test]
fn three_hundred_beats_are_laid_out_at_once() {
    let scenario = support::compiled(&support::generate::scenario(300));
    let began = std::time::Instant::now();
    let graph = StoryGraph::of(&scenario);
    let millis = began.elapsed().as_millis();
    println!("300 beats: {} ways, {millis} ms", graph.ways.len());
    check_graph(&graph);
    assert!(millis < 2_000, "{millis} ms");
}

fn check_graph(graph: &StoryGraph) {
    use common_ground::scenario::graph::{PLACE_HEIGHT, PLACE_WIDTH};
    for (index, a) in graph.places.iter().enumerate() {
        assert!(
            a.x >= PLACE_WIDTH / 2.0 && a.x <= graph.width - PLACE_WIDTH / 2.0,
            "{a:?}"
        );
        assert!(a.y >= PLACE_HEIGHT / 2.0 && a.y <= graph.height, "{a:?}");
        for b in &graph.places[..index] {
            assert_ne!(a.id, b.id, "two places of one name");
            let apart = (a.x - b.x).abs() >= PLACE_WIDTH || (a.y - b.y).abs() >= PLACE_HEIGHT;
            assert!(apart, "{} lies on {}", a.id, b.id);
        }
    }
    for way in &graph.ways {
        assert!(way.points.len() >= 2 && !way.by.is_empty(), "{way:?}");
        let (from, to) = (&graph.places[way.from], &graph.places[way.to]);
        if !way.is_back && from.kind != PlaceKind::Event {
            assert!(from.layer < to.layer, "{} to {}", from.id, to.id);
        }
    }
}

#[test]
fn the_list_of_fields_is_the_programs() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/FIELDS.md");
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == form::fields(),
        "scenarios/FIELDS.md is not what `common-ground fields` prints: write it again"
    );
    for words in [
        "`evidence_when`",
        "`SayNothing",
        "`min_opportunities`",
        "`DistressAtLeast(",
    ] {
        assert_eq!(kept.contains(words), words != "`SayNothing", "{words}");
    }
}

/// Every field name that a schema allows anywhere.
fn names(schema: &Value, found: &mut BTreeSet<String>) {
    match schema {
        Value::Object(map) => {
            if let Some(fields) = map.get("properties").and_then(Value::as_object) {
                found.extend(fields.keys().cloned());
            }
            for word in map
                .get("enum")
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
            {
                found.extend(word.as_str().map(str::to_owned));
            }
            found.extend(map.get("const").and_then(Value::as_str).map(str::to_owned));
            for value in map.values() {
                names(value, found);
            }
        }
        Value::Array(list) => list.iter().for_each(|value| names(value, found)),
        _ => {}
    }
}

/// Names before a colon in RON, texts and comments left out.
fn written(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for line in text.lines() {
        let mut bare = String::new();
        let mut in_text = false;
        let mut last = ' ';
        for c in line.chars() {
            if c == '"' && last != '\\' {
                in_text = !in_text;
                bare.push('"');
            } else if !in_text {
                bare.push(c);
            }
            last = c;
        }
        let code = bare.split("//").next().unwrap_or("");
        for (at, _) in code.match_indices(':') {
            let name: String = code[..at]
                .chars()
                .rev()
                .take_while(|c| c.is_ascii_lowercase() || *c == '_')
                .collect();
            if !name.is_empty() {
                found.insert(name.chars().rev().collect());
            }
        }
    }
    found
}

#[test]
fn the_schemas_know_every_field_of_the_shipped_files_and_of_the_full_template() {
    let cases = [
        (".scenario.ron", form::scenario_schema()),
        (".course.ron", form::course_schema()),
        (".techniques.ron", form::techniques_schema()),
        (".profiles.ron", form::profiles_schema()),
        (".wording.ron", form::wording_schema()),
    ];
    for (ending, schema) in cases {
        let mut known = BTreeSet::new();
        names(&schema, &mut known);
        let mut texts = vec![];
        for entry in std::fs::read_dir(support::folder()).unwrap() {
            let path = entry.unwrap().path();
            if path.to_string_lossy().ends_with(ending) {
                texts.push(std::fs::read_to_string(path).unwrap());
            }
        }
        if ending == ".scenario.ron" {
            texts.push(include_str!("../src/cli/full.scenario.ron").to_owned());
        }
        assert!(!texts.is_empty());
        for text in texts {
            for name in written(&text) {
                assert!(
                    known.contains(&name),
                    "{ending}: the schema has no `{name}`"
                );
            }
        }
        assert_eq!(
            schema["additionalProperties"], false,
            "{ending}: unknown fields are refused"
        );
    }
}

fn words_of(schema: &Value) -> String {
    let text = schema["description"].as_str().unwrap_or("");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_schemas_are_the_types_field_by_field() {
    let schemas = [
        ("ScenarioDraft", form::scenario_schema()),
        ("Course", form::course_schema()),
        ("TechniqueCatalogue", form::techniques_schema()),
        ("ProfileCatalogue", form::profiles_schema()),
        ("WordingList", form::wording_schema()),
    ];
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut compared = 0;
    let mut wrong: Vec<String> = Vec::new();
    for file in [
        "scenario/draft",
        "course/file.rs",
        "course/catalogue.rs",
        "course/wording.rs",
    ] {
        let source = source_of(&root.join(file));
        for written in types_in(&source, "Deserialize") {
            let mut is_known = false;
            for (name, schema) in &schemas {
                let at = if *name == written.name {
                    schema
                } else {
                    &schema["$defs"][&written.name]
                };
                if at.is_null() {
                    continue;
                }
                is_known = true;
                compared += 1;
                wrong.extend(differences(&written, at));
            }
            if !is_known && written.name != "Entries" {
                wrong.push(format!("no schema has {}", written.name));
            }
        }
    }
    assert!(compared > 50, "only {compared} types were compared");
    assert!(
        wrong.is_empty(),
        "mend src/scenario/forms, then write scenarios/FIELDS.md again: {wrong:#?}"
    );
}

fn differences(written: &Written, schema: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    let name = &written.name;
    if words_of(schema) != written.about {
        wrong.push(format!("{name}: {} / {}", words_of(schema), written.about));
    }
    let mut known: Vec<(String, String)> = Vec::new();
    if written.is_enum {
        for key in ["oneOf", "anyOf"] {
            for variant in schema[key].as_array().into_iter().flatten() {
                let about = words_of(variant);
                if let Some(word) = variant["const"].as_str() {
                    known.push((word.to_owned(), about));
                } else if let Some(fields) = variant["properties"].as_object() {
                    known.extend(fields.keys().map(|word| (word.clone(), about.clone())));
                }
                for word in variant["enum"].as_array().into_iter().flatten() {
                    known.push((word.as_str().unwrap_or("").to_owned(), String::new()));
                }
            }
        }
    } else if let Some(fields) = schema["properties"].as_object() {
        known = fields
            .iter()
            .map(|(word, field)| (word.clone(), words_of(field)))
            .collect();
    }
    let mut told: Vec<(String, String)> = written
        .parts
        .iter()
        .map(|part| (part.name.clone(), part.about.clone()))
        .collect();
    known.sort();
    told.sort();
    if known != told {
        wrong.push(format!(
            "{name}: the schema has {known:?}, the type {told:?}"
        ));
    }
    if !written.is_enum {
        let required = schema["required"].as_array();
        for part in &written.parts {
            let word = part.name.as_str();
            let must = required.is_some_and(|list| list.iter().any(|one| one == word));
            if must == part.may_miss() {
                wrong.push(format!("{name}.{word}: required in the schema: {must}"));
            }
        }
    }
    wrong
}
