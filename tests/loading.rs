//! Broken files: each slip gets its name, nothing panics, nothing hangs.

use common_ground::scenario::load::{check_text, load_folder, load_scenario};
use common_ground::scenario::{Diagnostic, Severity};
use proptest::prelude::*;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::support;

/// A small scenario without faults, to be broken.
const SOUND: &str = include_str!("support/sound.scenario.ron");

fn sound() -> String {
    SOUND
        .replace("TEMPLATE_ID", "sound")
        .replace("TEMPLATE_TITLE", "Sound")
        .replace("TEMPLATE_COURSE", "cpmha")
}

fn faults(text: &str) -> Vec<Diagnostic> {
    check_text(
        text,
        "broken.scenario.ron",
        None,
        &support::courses(),
        Some("2026-11-01"),
    )
    .1
}

/// Breaks the sound scenario at one place.
fn broken(from: &str, to: &str) -> String {
    let text = sound();
    assert!(
        text.contains(from),
        "`{from}` is not in the sound scenario any more"
    );
    text.replacen(from, to, 1)
}

#[track_caller]
fn finds(text: &str, code: &str, needle: &str) {
    let found = faults(text);
    let fits = found
        .iter()
        .any(|d| d.code == code && (d.message.contains(needle) || d.help.contains(needle)));
    let told: Vec<String> = found.iter().map(|d| d.plain(text)).collect();
    assert!(fits, "expected {code} with `{needle}`, found {told:#?}");
    for diagnostic in &found {
        assert!(!diagnostic.frame(text, false).is_empty());
        assert!(
            common_ground::scenario::rules::page(diagnostic.code).is_some(),
            "{} has no page",
            diagnostic.code
        );
    }
}

#[test]
fn the_template_is_sound() {
    let found = faults(&sound());
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn the_twelve_planted_defects_are_all_found_with_their_place() {
    let to = "to: \"listen\"";
    let cases = [
        (
            broken(to, "to: \"lisen\""),
            "unknown-target",
            "did you mean `listen`?",
        ),
        (
            broken(
                "endings: {",
                "endings: {\n        \"lost\": (outcome: Safe, title: \"t\", text: \"t\", aftermath: \"a\", felt: [(by: \"alex\", text: \"x\")]),",
            ),
            "unreachable-ending",
            "nothing leads",
        ),
        (
            broken("                        to: \"listen\",\n", ""),
            "unknown-target",
            "leads nowhere",
        ),
        (
            broken(
                "id: \"introduce\",",
                "id: \"introduce\", when: [TrustAtLeast(8), TrustAtMost(3)],",
            ),
            "never-true",
            "trust would have to be 8 or more and 3 or less",
        ),
        (
            broken(
                "id: \"introduce\",",
                "id: \"introduce\", when: [DistressAtLeast(21)],",
            ),
            "out-of-range",
            "never 21",
        ),
        (
            broken(
                "id: \"introduce\",",
                "id: \"introduce\", when: [MeterAtLeast(\"cold\", 3)],",
            ),
            "unknown-meter",
            "cold",
        ),
        (
            broken(
                "    beats: {",
                "    facts: { \"unread\": \"\" },\n    beats: {",
            ),
            "fact-never-read",
            "unread",
        ),
        (
            broken(
                "        \"listen\": (",
                "        \"arrive\": (routes: [(to: \"talks_on\")]),\n        \"listen\": (",
            ),
            "duplicate-id",
            "written twice",
        ),
        (
            broken("to: \"talks_on\"", "to: \"listen\"")
                .replace("to: \"turns_away\"", "to: \"arrive\""),
            "no-way-out",
            "no ending can be reached",
        ),
        (
            broken(
                "id: \"introduce\",",
                "id: \"introduce\", when: [TrustAtLeast(2)],",
            )
            .replace("id: \"hurry\",", "id: \"hurry\", when: [TrustAtLeast(2)],"),
            "dry-menu",
            "closed at the same time",
        ),
        (
            broken(
                "id: \"introduce\",",
                "id: \"introduce\", when: [TrustAtLeast(\"2\")],",
            ),
            "wrong-type",
            "number",
        ),
        (
            broken("id: \"introduce\",", "id: \"introduce\", when: [All([])],"),
            "half-condition",
            "empty list",
        ),
    ];
    for (text, code, needle) in &cases {
        finds(text, code, needle);
        let found = faults(text);
        let told = found
            .iter()
            .find(|d| d.code == *code && (d.message.contains(needle) || d.help.contains(needle)))
            .expect("it was found");
        let span = told.span.as_ref().expect("it has a place");
        let at = common_ground::scenario::diagnostic::position(text, span.start);
        assert_eq!(told.file, "broken.scenario.ron");
        assert!(at.line > 1 && at.column > 0 && !told.help.is_empty());
        println!(
            "{}:{}:{} {code}: {} ({})",
            told.file, at.line, at.column, told.message, told.help
        );
    }
    assert_eq!(cases.len(), 12);
}

#[test]
fn slips_of_authors_get_messages_that_help() {
    let cases = [
        (
            broken("mood: Sad", "moood: Sad"),
            "unknown-field",
            "did you mean `mood`?",
        ),
        (
            broken("mood: Sad", "mood: Sadd"),
            "unknown-word",
            "did you mean `Sad`?",
        ),
        (
            broken("distress: 10", "distress: \"10\""),
            "wrong-type",
            "whole number",
        ),
        (
            broken("distress: 10", "distress: 10.5"),
            "wrong-type",
            "decimal",
        ),
        (broken("minutes: 3,", ""), "missing-field", "`minutes`"),
        (
            broken("level: Intro,\n", "level: Intro\n"),
            "missing-comma",
            "comma",
        ),
        (
            broken("title: \"Sound\"", "title: \u{201C}Sound\u{201D}"),
            "word-quotes",
            "straight",
        ),
        (
            broken(
                "text: \"Going home feels pointless right now.\"",
                "text: \"Going home feels pointless right now.",
            ),
            "unclosed",
            "not closed",
        ),
        (
            broken("course: \"cpmha\"", "course: \"cpmah\""),
            "unknown-course",
            "did you mean `cpmha`?",
        ),
        (
            broken("techniques: [\"reflect\"]", "techniques: [\"relfect\"]"),
            "unknown-technique",
            "did you mean `reflect`?",
        ),
        (
            broken("{ \"CI-2\": Competent }", "{ \"CI-22\": Competent }"),
            "unknown-objective",
            "did you mean `CI-2`?",
        ),
        (
            broken("{ \"CI-2\": Competent }", "{ \"CI-1\": Competent }"),
            "unread-evidence",
            "CI-1",
        ),
        (
            broken(
                "by: \"alex\", text: \"I just",
                "by: \"aelx\", text: \"I just",
            ),
            "unknown-cast",
            "did you mean `alex`?",
        ),
        (
            broken("(is: \"despair\")", "(is: \"dispair\")"),
            "unknown-profile",
            "did you mean `despair`?",
        ),
        (
            broken("due: \"2027-11-01\"", "due: \"1 Nov 2027\""),
            "bad-date",
            "year-month-day",
        ),
        (
            broken("due: \"2027-11-01\"", "due: \"2025-11-01\""),
            "review-past-due",
            "due on",
        ),
        (
            broken("clock: \"14:05\"", "clock: \"25:05\""),
            "bad-date",
            "clock",
        ),
        (
            broken("not answering passers-by.", "not answering {caller}."),
            "unfilled-place",
            "`{caller}` is not filled here",
        ),
        (
            broken("and left the rest open.\"", "and left {rest} open.\""),
            "unknown-variation",
            "`{rest}`",
        ),
        (
            broken(
                "    beats: {",
                "    moves: [(is: Observe, why: \"w\", evidence_when: [(when: [TrustAtLeast(3)], evidence: { \"CI-1\": Competent })])],\n    beats: {",
            ),
            "unread-evidence",
            "CI-1",
        ),
        (
            broken("format: 1", "format: 9"),
            "unknown-format",
            "format 9",
        ),
        (
            broken(
                "                        why: \"You said who you are and why you came, and left the rest open.\",\n",
                "",
            ),
            "no-why",
            "introduce",
        ),
        (
            broken(
                "            felt: [(by: \"alex\", text: \"I nearly told you. Then it was easier not to.\")],\n",
                "",
            ),
            "no-felt",
            "turns_away",
        ),
    ];
    for (text, code, needle) in &cases {
        finds(text, code, needle);
    }
}

/// Slips of a first evening with a text editor: each is told in one message that names its cure.
#[test]
fn a_newcomers_slip_is_told_once_and_by_its_cause() {
    let cases = [
        (
            broken("minutes: 3,", "minutes = 3,"),
            "there is no colon after `minutes`",
            "write `minutes: ...`",
        ),
        (
            broken("\"listen\": (", "\"listen\" ("),
            "there is no colon after `\"listen\"`",
            "write \"listen\": (...)",
        ),
        (
            broken("title: \"Sound\"", "title: \u{201C}Sound bite\u{201D}"),
            "curly quotation mark",
            "straight quotes",
        ),
        (
            broken(
                "text: \"Going home feels pointless",
                "text: \"Going \"home\" feels pointless",
            ),
            "the text ends at the quotation mark",
            "backslash",
        ),
        (
            broken("distress: 10", "distress: \"10\""),
            "whole number",
            "without quotes",
        ),
    ];
    for (text, message, help) in &cases {
        let found: Vec<_> = faults(text)
            .into_iter()
            .filter(|found| found.severity == Severity::Error)
            .collect();
        assert_eq!(found.len(), 1, "{message}: {found:#?}");
        assert!(found[0].message.contains(message), "{found:#?}");
        assert!(found[0].help.contains(help), "{found:#?}");
    }
    // A bracket too many cuts the beats short; what stands outside of them says so.
    let text = broken("        \"listen\": (", "        },\n        \"listen\": (");
    assert!(
        faults(&text)
            .iter()
            .any(|found| found.help.contains("a bracket too many")),
        "{:#?}",
        faults(&text)
    );
}

/// A slip of form is told before what follows from it, and what only seems to be missing is not told.
#[test]
fn what_follows_from_a_slip_of_form_is_held_back() {
    let comma = broken("name: \"Alex\", look", "name: \"Alex\" look");
    let bracket = broken("start: (", "start: ");
    for (text, code) in [(&comma, "missing-comma"), (&bracket, "")] {
        let found = faults(text);
        assert!(code.is_empty() || found[0].code == code, "{found:#?}");
        assert!(
            found
                .iter()
                .all(|d| d.code != "one-subject" && !d.message.contains("has no `")),
            "{found:#?}"
        );
    }
    // Where the form is right, what is missing is told.
    finds(
        &broken("version: \"", "// version: \""),
        "missing-field",
        "version",
    );
}

#[test]
fn a_fixed_word_in_quotation_marks_is_named() {
    let text = broken("\"CI-2\": Competent", "\"CI-2\": \"Competent\"");
    finds(&text, "wrong-type", "no quotation marks: write Competent");
}

#[test]
fn every_unsafe_word_of_a_text_is_told() {
    let why = sound();
    let at = why.find("why: \"").unwrap() + "why: \"".len();
    let text = format!(
        "{}They say he committed suicide, or attempted to commit suicide, as a cry for help. {}",
        &why[..at],
        &why[at..]
    );
    let told: Vec<String> = faults(&text)
        .into_iter()
        .filter(|d| d.code == "unsafe-wording")
        .map(|d| d.message)
        .collect();
    assert_eq!(told.len(), 3, "{told:#?}");
    for words in ["committed suicide", "commit suicide", "cry for help"] {
        let quoted = format!("\u{201c}{words}\u{201d}");
        assert!(
            told.iter().any(|m| m.contains(&quoted)),
            "{words}: {told:#?}"
        );
    }
}

#[test]
fn evidence_that_is_not_read_is_told_once_for_each_objective() {
    let text = sound();
    let places = text.matches("\"CI-2\":").count();
    assert!(places > 1);
    let text = text.replacen("core: [\"CI-2\"]", "core: [\"CI-1\"]", 1);
    let told: Vec<Diagnostic> = faults(&text)
        .into_iter()
        .filter(|d| d.code == "unread-evidence")
        .collect();
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(
        told[0].message.contains(&format!("at {places} places")),
        "{}",
        told[0].message
    );
}

#[test]
fn all_faults_of_a_file_are_told_in_one_run() {
    let text = broken("mood: Sad, gaze: Down", "moood: Sad, gaze: Down")
        .replace("techniques: [\"reflect\"]", "techniqes: [\"reflect\"]")
        .replace("outcome: Unresolved", "outcome: Unresolvd")
        .replace("distress: 10", "distress: 99");
    let found = faults(&text);
    let lines: std::collections::BTreeSet<usize> = found
        .iter()
        .filter_map(|d| d.span.as_ref())
        .map(|span| common_ground::scenario::diagnostic::position(&text, span.start).line)
        .collect();
    assert!(lines.len() >= 4, "{found:#?}");
}

#[test]
fn a_frame_shows_the_line_and_the_help() {
    let text = broken("to: \"listen\"", "to: \"lisen\"");
    let found = faults(&text);
    let frame = found[0].frame(&text, false);
    insta::assert_snapshot!(frame);
}

#[test]
fn files_in_other_encodings_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let courses = support::courses();
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        load_scenario(&path, &courses, None)
    };
    let mut with_mark = b"\xEF\xBB\xBF".to_vec();
    with_mark.extend(sound().bytes());
    assert!(write("sound.scenario.ron", &with_mark).is_playable());
    let with_carriage_returns = sound().replace('\n', "\r\n");
    assert!(write("sound.scenario.ron", with_carriage_returns.as_bytes()).is_playable());

    let mut wide = vec![0xFF, 0xFE];
    wide.extend(sound().encode_utf16().flat_map(u16::to_le_bytes));
    let file = write("wide.scenario.ron", &wide);
    assert_eq!(file.diagnostics[0].code, "not-utf-8");
    assert!(file.diagnostics[0].message.contains("UTF-16"));

    let mut old = sound().into_bytes();
    old.splice(200..200, [0xE9]);
    assert_eq!(
        write("old.scenario.ron", &old).diagnostics[0].code,
        "not-utf-8"
    );

    let misnamed = write("other.scenario.ron", sound().as_bytes());
    assert!(
        misnamed
            .diagnostics
            .iter()
            .any(|d| d.code == "name-mismatch")
    );
    assert_eq!(write("empty.scenario.ron", b"").diagnostics.len(), 1);
}

#[test]
fn a_broken_scenario_leaves_the_good_ones_playable() {
    let folder = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(support::folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            std::fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
        }
    }
    std::fs::write(
        folder.path().join("broken.scenario.ron"),
        "Scenario(format: 1, id: \"broken\"",
    )
    .unwrap();
    let shelf = load_folder(folder.path(), None).unwrap();
    let playable = shelf
        .scenarios
        .iter()
        .filter(|file| file.is_playable())
        .count();
    assert_eq!(playable, support::SHIPPED.len());
    let broken = shelf.scenario("broken").unwrap();
    assert!(!broken.is_playable() && !broken.diagnostics.is_empty());
}

#[test]
fn missing_and_empty_folders_say_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let empty = load_folder(folder.path(), None).unwrap_err().to_string();
    assert!(empty.contains("no course file found"), "{empty}");
    let missing = load_folder(&folder.path().join("gone"), None)
        .unwrap_err()
        .to_string();
    assert!(missing.contains("--scenarios"), "{missing}");
}

#[test]
fn deep_nesting_and_forged_sizes_are_refused() {
    let deep = format!("when: [{}Detained{}],", "Not(".repeat(30), ")".repeat(30));
    finds(
        &broken("id: \"introduce\",", &format!("id: \"introduce\", {deep}")),
        "over-limit",
        "deep",
    );
    let abyss = format!(
        "when: [{}Detained{}],",
        "Not(".repeat(100_000),
        ")".repeat(100_000)
    );
    assert!(
        !faults(&broken(
            "id: \"introduce\",",
            &format!("id: \"introduce\", {abyss}")
        ))
        .is_empty()
    );
    let many = "Say(id: \"x\", text: \"x\", why: \"x\", to: \"listen\"),".repeat(13);
    finds(
        &broken(
            "                choices: [\n",
            &format!("                choices: [\n{many}"),
        ),
        "over-limit",
        "12 is the most",
    );
    finds(
        &broken("crying, not answering", &"é".repeat(10))
            .replace("Going home feels pointless right now.", &"é".repeat(4_001)),
        "over-limit",
        "4000",
    );
}

fn shipped_texts() -> Vec<(String, String)> {
    let mut texts = Vec::new();
    for entry in std::fs::read_dir(support::folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "ron") {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            texts.push((name, std::fs::read_to_string(&path).unwrap()));
        }
    }
    texts.sort();
    texts
}

/// Checks a text as a scenario and as course material; all that is asked is an answer.
fn survives(name: &str, text: &str, courses: &common_ground::scenario::Courses) {
    if name.ends_with(".scenario.ron") {
        let (_, found) = check_text(text, name, None, courses, Some("2026-11-01"));
        for diagnostic in found.iter().take(3) {
            let _ = diagnostic.frame(text, false);
        }
    } else {
        let files = vec![(name.to_owned(), text.to_owned())];
        let _ =
            common_ground::scenario::Courses::from_materials(common_ground::scenario::Materials {
                files,
            });
    }
}

/// A sample by default; `COMMON_GROUND_PREFIXES=all` takes every one.
#[test]
fn prefixes_of_shipped_files_never_panic() {
    let courses = support::courses();
    let all = std::env::var("COMMON_GROUND_PREFIXES").is_ok_and(|value| value == "all");
    for (name, text) in shipped_texts() {
        let step = if all { 1 } else { text.len() / 25 + 1 };
        let mut end = 0;
        while end < text.len() {
            survives(&name, &text[..text.floor_char_boundary(end)], &courses);
            end += step;
        }
    }
}

/// A sample by default; `COMMON_GROUND_MUTATIONS=100000` takes that many.
#[test]
fn mutations_of_shipped_files_never_panic() {
    let courses = support::courses();
    let count: usize = std::env::var("COMMON_GROUND_MUTATIONS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(150);
    let texts = shipped_texts();
    let mut draws = ChaCha8Rng::seed_from_u64(14);
    for round in 0..count {
        let (name, text) = &texts[round % texts.len()];
        let mut bytes = text.clone().into_bytes();
        for _ in 0..=draws.next_u32() % 3 {
            let at = draws.next_u32() as usize % bytes.len();
            let signs = b"()[]{}\",:0a-_\\/ \n";
            match draws.next_u32() % 4 {
                0 => bytes[at] = signs[draws.next_u32() as usize % signs.len()],
                1 => {
                    bytes.remove(at);
                }
                2 => bytes.insert(at, signs[draws.next_u32() as usize % signs.len()]),
                _ => {
                    let end = (at + 1 + draws.next_u32() as usize % 200).min(bytes.len());
                    bytes.drain(at..end);
                }
            }
        }
        survives(name, &String::from_utf8_lossy(&bytes), &courses);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
    #[test]
    fn any_text_gets_an_answer(text in "\\PC{0,300}") {
        let found = faults(&text);
        prop_assert!(found.iter().any(|d| d.severity == Severity::Error));
        for diagnostic in found {
            let _ = (diagnostic.frame(&text, true), diagnostic.plain(&text), diagnostic.json(&text));
        }
    }
}

// ---- places, people and sounds --------------------------------------------------------------

/// Courses that know an assets folder with one whole and some broken files.
fn furnished(folder: &std::path::Path) -> common_ground::scenario::Courses {
    let whole = {
        let mut bytes = b"glTF".to_vec();
        bytes.extend(2_u32.to_le_bytes());
        bytes.extend(24_u32.to_le_bytes());
        bytes.extend(4_u32.to_le_bytes());
        bytes.extend(b"JSON{}  ");
        bytes
    };
    for inner in ["places", "people", "sound"] {
        std::fs::create_dir_all(folder.join(inner)).unwrap();
    }
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.join(name), bytes).unwrap();
    write("places/landing.glb", &whole);
    write("places/cut.glb", &whole[..21]);
    write("people/man-20s-tshirt.glb", &whole);
    write("people/empty.glb", b"");
    write("people/letter.glb", b"Dear Sir, this is no model at all.");
    write("sound/traffic.ogg", b"OggS and some more of the sound.");
    write("sound/text.ogg", b"this is not any sound at all, is it?");
    let mut courses = support::courses();
    courses.assets = Some(std::sync::Arc::new(
        common_ground::scenario::AssetNames::in_folder(folder),
    ));
    courses
}

#[test]
fn places_people_and_sounds_that_are_missing_or_broken_are_found_beforehand() {
    let folder = tempfile::tempdir().unwrap();
    let courses = furnished(folder.path());
    let look = "look: \"woman-30s-jacket\"";
    let place = "place: \"footbridge\"";
    let with = |pairs: &[(&str, &str)]| {
        let mut text = sound()
            .replacen(place, "place: \"landing\"", 1)
            .replace(look, "look: \"man-20s-tshirt\"");
        for (from, to) in pairs {
            assert!(text.contains(from), "`{from}` is not in the template");
            text = text.replacen(from, to, 1);
        }
        check_text(&text, "x.scenario.ron", None, &courses, None)
    };
    let (_, none) = with(&[]);
    assert!(none.is_empty(), "{none:?}");
    let at_place = "place: \"landing\"";
    let at_look = "look: \"man-20s-tshirt\"";
    let cases = [
        (
            at_place,
            "place: \"landin\"",
            "unknown-place",
            "did you mean `landing`?",
        ),
        (
            at_place,
            "place: \"cut\"",
            "broken-asset",
            "assets/places/cut.glb",
        ),
        (
            at_look,
            "look: \"man-20-tshirt\"",
            "unknown-look",
            "did you mean `man-20s-tshirt`?",
        ),
        (at_look, "look: \"empty\"", "broken-asset", "it is empty"),
        (
            at_look,
            "look: \"letter\"",
            "broken-asset",
            "no binary glTF",
        ),
        (
            at_place,
            "place: \"landing\", ambience: \"trafic\"",
            "unknown-sound",
            "did you mean `traffic`?",
        ),
        (
            at_place,
            "place: \"landing\", ambience: \"text\"",
            "broken-asset",
            "no Ogg sound",
        ),
    ];
    for (from, to, code, needle) in cases {
        let (scenario, found) = with(&[(from, to)]);
        assert!(scenario.is_some(), "{to}: it plays with a stand-in");
        let fits = found.iter().any(|one| {
            one.code == code
                && one.severity == Severity::Warning
                && one.span.is_some()
                && (one.message.contains(needle) || one.help.contains(needle))
        });
        assert!(
            fits,
            "{to}: expected {code} with `{needle}`, found {found:?}"
        );
        assert!(
            found
                .iter()
                .all(|one| { common_ground::scenario::rules::page(one.code).is_some() })
        );
    }
}

#[test]
fn a_mood_a_gesture_and_a_gaze_that_do_not_exist_are_told_with_the_nearest() {
    let line = "Say(by: \"alex\", text: \"x\", ";
    for (word, near) in [
        ("mood: Frigthened", "Frightened"),
        ("gesture: Wringin", "Wringing"),
        ("gaze: Oficer", "Officer"),
    ] {
        let text = broken("lines: [", &format!("lines: [{line}{word}),"));
        finds(&text, "unknown-word", near);
    }
}

#[test]
fn the_shipped_scenarios_show_and_play_only_what_is_in_the_assets() {
    let assets = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets");
    let mut courses = support::courses();
    courses.assets = Some(std::sync::Arc::new(
        common_ground::scenario::AssetNames::in_folder(&assets),
    ));
    for id in support::SHIPPED {
        let path = support::folder().join(format!("{id}.scenario.ron"));
        let found = load_scenario(&path, &courses, None).diagnostics;
        assert!(found.is_empty(), "{id}: {found:?}");
    }
}
