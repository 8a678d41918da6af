//! Reports from outside: structure of the pages, safety of the tables, words of the JSON.

use std::collections::BTreeSet;
use std::sync::Arc;

use common_ground::course::Level;
use common_ground::encounter::{Encounter, move_text};
use common_ground::reports::{
    Alternative, AttemptHead, AttemptRecord, AttemptReport, Decision, EndOfEncounter, GateFailure,
    GateLine, JudgementLine, ObjectiveLine, Provenance, SupportLine, TraineeReport, Verdict,
    attempt_html, attempt_json, compose, decisions_csv, objectives_csv, trainee_html, trainee_json,
};
use common_ground::scenario::{Outcome, load_folder};
use common_ground::scoring::{FeltWords, LawInPlay, Levels, Point, Result as Reached, review};

fn reading(distress: u8, trust: u8, distance_half_metres: u8) -> Levels {
    Levels {
        distress,
        trust,
        distance_half_metres,
    }
}

fn shows(objective: &str, earned: Level, available: Level) -> Point {
    Point {
        objective: objective.to_owned(),
        earned,
        available,
        reason: "It told her who you are.".to_owned(),
    }
}

fn decision(n: u32, done: &str, from: Levels, to: Levels) -> Decision {
    Decision {
        n,
        clock: format!("22:{:02}", 40 + n),
        before: vec!["Dana: “Don't come any closer.”".to_owned()],
        done: done.to_owned(),
        is_speech: true,
        is_silence: false,
        taken_secs: Some(6),
        techniques: vec!["Introduce yourself".to_owned()],
        premature: Vec::new(),
        after: vec!["Dana looks round.".to_owned()],
        learned: vec!["She is called Dana.".to_owned()],
        from,
        to,
        why: "You met her request.".to_owned(),
        likely: None,
        claim: None,
        evidence: vec![shows("CI-1", Level::Competent, Level::Proficient)],
        gate_failures: Vec::new(),
        law: vec!["136-1".to_owned()],
        alternatives: vec![Alternative {
            label: "Step back".to_owned(),
            shows: "Proficient".to_owned(),
            is_premature: false,
            why: "She had asked for room.".to_owned(),
            likely: Some("She would likely have given her name.".to_owned()),
        }],
    }
}

fn objective(id: &str, reached: Reached, percent: Option<u32>) -> ObjectiveLine {
    ObjectiveLine {
        id: id.to_owned(),
        statement: format!("Statement of {id}"),
        core: id == "CI-1",
        reached,
        looks_like: "Safe, lawful and effective.".to_owned(),
        earned: 7,
        available: 10,
        percent,
        opportunities: 4,
        failed_by: Vec::new(),
    }
}

fn gate(id: &str, failures: Vec<GateFailure>) -> GateLine {
    GateLine {
        id: id.to_owned(),
        title: format!("Gate {id}"),
        description: "What fails it.".to_owned(),
        failures,
    }
}

fn report() -> AttemptReport {
    let mut second = decision(
        2,
        "You can trust me.",
        reading(12, 4, 12),
        reading(14, 3, 12),
    );
    second.premature = vec!["Reasons to live".to_owned()];
    second.gate_failures = vec!["Honesty: that was not yours to promise.".to_owned()];
    AttemptReport {
        head: AttemptHead {
            attempt: "01950000-0000-7000-8000-000000000001".to_owned(),
            trainee: "01950000-0000-7000-8000-00000000000a".to_owned(),
            name: Some("Siân Rees".to_owned()),
            collar_number: Some("4711".to_owned()),
            course: "Police mental health advocacy".to_owned(),
            scenario: "footbridge".to_owned(),
            title: "The footbridge".to_owned(),
            version: "1.0.0".to_owned(),
            mode: "assessment".to_owned(),
            trial: None,
            state: "finished".to_owned(),
            started: "2026-11-28T21:05:00.000Z".to_owned(),
            ended: Some("2026-11-28T21:17:00.000Z".to_owned()),
            printed: "2026-11-28T21:20:00Z".to_owned(),
            timing: "as written".to_owned(),
            rewinds: 0,
            profile: Some("Despair".to_owned()),
        },
        verdict: Verdict {
            passed: Some(false),
            sentence: "A gate failed.".to_owned(),
            reasons: vec!["Honesty of record failed at decision 2.".to_owned()],
        },
        objectives: vec![
            objective("CI-1", Reached::Competent, Some(70)),
            objective("MF-1", Reached::NotEnoughEvidence, None),
        ],
        gates: vec![
            gate("life-safety", Vec::new()),
            gate(
                "honesty",
                vec![GateFailure {
                    decision: Some(2),
                    why: "That was not yours to promise.".to_owned(),
                }],
            ),
        ],
        end: Some(EndOfEncounter {
            id: "walks_back".to_owned(),
            outcome: Outcome::Safe,
            title: "She walks back".to_owned(),
            text: "She walks back with you.".to_owned(),
            aftermath: "She was seen that night.".to_owned(),
            luck: Some("Luckier than these decisions deserve.".to_owned()),
            felt: vec![FeltWords {
                by: "Dana".to_owned(),
                text: "You waited.".to_owned(),
            }],
        }),
        readings: vec![reading(13, 3, 14), reading(12, 4, 12), reading(14, 3, 12)],
        decisions: vec![
            decision(
                1,
                "I'm staying right here.",
                reading(13, 3, 14),
                reading(12, 4, 12),
            ),
            second,
        ],
        counts: common_ground::scoring::Counts::default(),
        judgements: Vec::new(),
        notes: Vec::new(),
        law: vec![LawInPlay {
            id: "136-1".to_owned(),
            cite: "Mental Health Act 1983, s.136".to_owned(),
            as_of: "2026-11-01".to_owned(),
            note: "A power to remove somebody to a place of safety.".to_owned(),
            local: "Check the force's own policy.".to_owned(),
        }],
        support: vec![SupportLine {
            name: "Occupational health".to_owned(),
            reach: "through your line manager".to_owned(),
            note: "For anybody, at any time.".to_owned(),
        }],
        standing_note: "A training record, not a licence to practise.".to_owned(),
        provenance: Provenance {
            engine: "0.1.0".to_owned(),
            seed: 7,
            scenario_sha256: "a".repeat(64),
            course_sha256: "b".repeat(64),
            techniques_sha256: "c".repeat(64),
            profiles_sha256: "d".repeat(64),
            chain_number: Some(3),
            chain_hash: Some("e".repeat(64)),
            review_due: "2027-11-01".to_owned(),
            review_status: "draft".to_owned(),
        },
    }
}

fn trainee() -> TraineeReport {
    let first = report();
    let mut second = report();
    "2026-12-05T10:00:00.000Z".clone_into(&mut second.head.started);
    "01950000-0000-7000-8000-000000000002".clone_into(&mut second.head.attempt);
    second.objectives[0] = objective("CI-1", Reached::Proficient, Some(88));
    let mut third = report();
    "2026-12-06T10:00:00.000Z".clone_into(&mut third.head.started);
    "abandoned".clone_into(&mut third.head.state);
    third.verdict.passed = None;
    third.end = None;
    // Handed over in no order at all.
    TraineeReport::of(
        &[third, second, first],
        &["MF-1", "CI-1"],
        "2026-12-07T09:00:00Z",
    )
    .unwrap()
}

/// Every tag of a page in order: name, whether it closes, its attributes as text.
fn tags(page: &str) -> Vec<(String, bool, String)> {
    page.split('<')
        .skip(1)
        .filter(|rest| !rest.starts_with('!'))
        .map(|rest| {
            let tag = rest.split('>').next().unwrap();
            let closes = tag.starts_with('/');
            let tag = tag.trim_start_matches('/');
            let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
            (name.to_owned(), closes, attributes.to_owned())
        })
        .collect()
}

/// Values of an attribute over the whole page.
fn values<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    page.split(start.as_str())
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .collect()
}

/// Text of every element of this name.
fn texts(page: &str, name: &str) -> Vec<String> {
    let (start, end) = (format!("<{name}"), format!("</{name}>"));
    page.split(start.as_str())
        .skip(1)
        .filter(|rest| rest.starts_with(['>', ' ']))
        .map(|rest| {
            let inner = rest.split(end.as_str()).next().unwrap();
            inner.split_once('>').unwrap().1.to_owned()
        })
        .collect()
}

fn is_well_built(page: &str) {
    let mut open = Vec::new();
    let mut tables = 0;
    for (name, closes, attributes) in tags(page) {
        if ["meta", "br", "link", "input"].contains(&name.as_str()) {
            continue;
        }
        if closes {
            assert_eq!(open.pop().as_ref(), Some(&name), "closing {name}");
            continue;
        }
        if name == "th" {
            assert!(attributes.contains("scope=\""), "a th without scope");
        }
        tables += usize::from(name == "table");
        open.push(name);
    }
    assert!(open.is_empty(), "still open: {open:?}");
    assert_eq!(
        texts(page, "caption").len(),
        tables,
        "a table has no caption"
    );
    assert_eq!(texts(page, "h1").len(), 1);
    assert_eq!(values(page, "lang"), ["en-GB"]);

    let ids = values(page, "id");
    let known: BTreeSet<_> = ids.iter().copied().collect();
    assert_eq!(known.len(), ids.len(), "an id stands twice: {ids:?}");
    for link in values(page, "href") {
        let target = link.strip_prefix('#').expect("only links within the page");
        assert!(known.contains(target), "no target for {link}");
    }
    for list in values(page, "aria-labelledby") {
        for target in list.split(' ') {
            assert!(known.contains(target), "no target for {target}");
        }
    }
    for foreign in [
        "<script", "http:", "https:", " src=", "url(", "@import", " on",
    ] {
        let found = tags(page)
            .iter()
            .any(|(name, _, attributes)| format!("<{name} {attributes}").contains(foreign));
        assert!(!found, "{foreign} in a tag");
    }
    assert!(
        page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\"")
    );
    assert!(page.contains("size: A4"));
}

#[test]
fn the_attempt_page_is_well_built_and_whole() {
    let page = attempt_html(&report());
    is_well_built(&page);
    assert_eq!(
        texts(&page, "h2"),
        [
            "Result",
            "Objectives: how it was handled",
            "Gates: what is never averaged away",
            "How it ended",
            "Timeline",
            "Counts",
            "Decisions",
            "What instructors said",
            "Law in play",
            "Support",
            "About this record",
        ]
    );
    assert_eq!(
        texts(&page, "caption"),
        [
            "Result per objective: points earned of those that the decisions offered",
            "Gates and the reason where one failed",
            "The timeline in numbers: distress and trust from 0 to 20",
            "Evidence from decision 1",
            "What else was open at decision 1",
            "Evidence from decision 2",
            "What else was open at decision 2",
            "Law and policy with the day of the text that was read",
        ]
    );
    let hash = "e".repeat(64);
    for words in [
        "Siân Rees (4711)",
        "28 November 2026, 21:05 UTC",
        "Not passed",
        "Competent",
        "70 %",
        "Not enough evidence",
        "no number without enough evidence",
        "✕ Failed",
        "✓ Held",
        "That was not yours to promise.",
        "Safe",
        "She was seen that night.",
        "Luckier than these decisions deserve.",
        "You waited.",
        "You met her request.",
        "It told her who you are.",
        "She is called Dana.",
        "She had asked for room.",
        "She would likely have given her name.",
        "Competent (2)",
        "Mental Health Act 1983, s.136",
        "1 November 2026",
        "Too early",
        "A training record, not a licence to practise.",
        hash.as_str(),
    ] {
        assert!(page.contains(words), "the page does not say {words}");
    }
}

#[test]
fn the_timeline_has_a_name_a_description_and_marks_of_its_own() {
    let page = attempt_html(&report());
    assert!(page.contains("role=\"img\" aria-labelledby=\"timeline-title timeline-words\""));
    assert_eq!(texts(&page, "desc").len(), 1);
    assert!(texts(&page, "desc")[0].contains("distress went from 13 to 14, with a peak of 14"));
    assert_eq!(page.matches("<polyline").count(), 3);
    assert_eq!(page.matches("<circle").count(), 3);
    assert_eq!(page.matches("<polygon").count(), 3);
}

#[test]
fn the_trainee_page_is_well_built_and_shows_development() {
    let report = trainee();
    assert_eq!(report.attempts.len(), 3);
    assert_eq!(report.attempts[2].state, "abandoned");
    let ids: Vec<_> = report
        .objectives
        .iter()
        .map(|one| one.id.as_str())
        .collect();
    assert_eq!(ids, ["MF-1", "CI-1"]);
    assert_eq!(report.objectives[1].points.len(), 2);
    assert_eq!(report.objectives[1].change(), Some(18));
    assert_eq!(report.objectives[0].change(), None);
    let page = trainee_html(&report);
    is_well_built(&page);
    for words in [
        "Up by 18 points",
        "88 %",
        "✕ Not passed",
        "abandoned",
        "5 December 2026",
    ] {
        assert!(page.contains(words), "the page does not say {words}");
    }
}

#[test]
fn markup_in_a_name_stays_text() {
    let mut hostile = report();
    let name = "<script>alert(1)</script>\" onload=\"x & y";
    hostile.head.name = Some(name.to_owned());
    "<b>The & footbridge</b>".clone_into(&mut hostile.head.title);
    hostile.decisions[0].done = "</section><img src=x>".to_owned();
    hostile.law[0].id = "\"><a href=\"http://example.test\">".to_owned();
    let page = attempt_html(&hostile);
    is_well_built(&page);
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(!page.contains("<script"));
    assert!(!page.contains("<img"));
    let all = TraineeReport::of(&[hostile], &[], "2026-12-07T09:00:00Z").unwrap();
    is_well_built(&trainee_html(&all));
}

#[test]
fn a_page_without_an_ending_or_a_decision_still_reads() {
    let mut left = report();
    left.end = None;
    left.decisions.clear();
    left.readings.clear();
    left.law.clear();
    left.support.clear();
    left.verdict.passed = None;
    "abandoned".clone_into(&mut left.head.state);
    left.provenance.chain_hash = None;
    let page = attempt_html(&left);
    is_well_built(&page);
    for words in [
        "The encounter was left before an ending.",
        "No decision was made.",
        "(abandoned)",
        "none yet: the attempt is not closed",
        "No pass or fail",
    ] {
        assert!(page.contains(words), "the page does not say {words}");
    }
}

#[test]
fn a_report_without_a_name_says_who_by_pseudonym_only() {
    let bare = report().without_name();
    for text in [
        attempt_html(&bare),
        attempt_json(&bare).unwrap(),
        objectives_csv(std::slice::from_ref(&bare)).unwrap(),
        decisions_csv(std::slice::from_ref(&bare)).unwrap(),
    ] {
        assert!(text.contains("01950000-0000-7000-8000-00000000000a"));
        assert!(!text.contains("Rees"));
        assert!(!text.contains("4711"));
    }
}

fn read(table: &str) -> Vec<csv::StringRecord> {
    let text = table.strip_prefix('\u{feff}').expect("a byte order mark");
    csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes())
        .records()
        .map(Result::unwrap)
        .collect()
}

fn column(rows: &[csv::StringRecord], head: &str) -> Vec<String> {
    let at = rows[0].iter().position(|name| name == head).unwrap();
    rows[1..].iter().map(|row| row[at].to_owned()).collect()
}

#[test]
fn tables_have_one_row_per_thing_and_quote_everything() {
    let text = objectives_csv(&[report()]).unwrap();
    let rows = read(&text);
    assert_eq!(column(&rows, "objective"), ["CI-1", "MF-1"]);
    assert_eq!(column(&rows, "percent"), ["70", ""]);
    assert_eq!(
        column(&rows, "result"),
        ["Competent", "Not enough evidence"]
    );
    assert_eq!(column(&rows, "gates_failed"), ["honesty", "honesty"]);
    assert!(text.ends_with("\"\r\n"));
    for line in text.trim_start_matches('\u{feff}').split("\r\n") {
        assert!(line.is_empty() || line.starts_with('"') && line.ends_with('"'));
    }

    let rows = read(&decisions_csv(&[report()]).unwrap());
    assert_eq!(column(&rows, "decision"), ["1", "2"]);
    assert_eq!(column(&rows, "distress_change"), ["-1", "2"]);
    assert_eq!(column(&rows, "earned"), ["2", "2"]);
}

#[test]
fn a_formula_in_a_name_is_only_a_name() {
    let mut hostile = report();
    hostile.head.name = Some("=HYPERLINK(\"http://example.test\")".to_owned());
    hostile.head.collar_number = Some("+4711".to_owned());
    hostile.decisions[0].done = "@SUM(A1)".to_owned();
    hostile.decisions[1].why = "  -2+3".to_owned();
    let rows = read(&decisions_csv(std::slice::from_ref(&hostile)).unwrap());
    assert!(
        column(&rows, "name")
            .iter()
            .all(|name| name.starts_with("'="))
    );
    assert_eq!(column(&rows, "collar_number")[0], "'+4711");
    assert_eq!(column(&rows, "done")[0], "'@SUM(A1)");
    assert_eq!(column(&rows, "why")[1], "'  -2+3");
    // A number that the program counted is not text.
    assert_eq!(column(&rows, "distress_change")[0], "-1");
}

#[test]
fn json_says_what_it_is_and_reads_back() {
    let text = attempt_json(&report()).unwrap();
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value["form"], "common-ground/attempt");
    assert_eq!(value["version"], 1);
    let report = &value["report"];
    assert_eq!(report["head"]["name"], "Siân Rees");
    assert_eq!(report["end"]["outcome"], "Safe");
    assert_eq!(report["objectives"][1]["reached"], "NotEnoughEvidence");
    assert_eq!(report["objectives"][1]["percent"], serde_json::Value::Null);
    assert_eq!(report["decisions"][0]["evidence"][0]["earned"], "Competent");
    let value: serde_json::Value =
        serde_json::from_str(&trainee_json(&trainee()).unwrap()).unwrap();
    assert_eq!(value["form"], "common-ground/trainee");
    assert_eq!(value["report"]["objectives"][1]["points"][1]["percent"], 88);
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    assert_eq!(attempt_html(&report()), attempt_html(&report()));
    assert_eq!(
        attempt_json(&report()).unwrap(),
        attempt_json(&report()).unwrap()
    );
}

#[test]
fn every_shipped_scenario_gives_a_whole_report() {
    let folder = std::path::Path::new("scenarios");
    let shelf = load_folder(folder, None).unwrap();
    let mut told_any = false;
    for file in &shelf.scenarios {
        // A scenario with faults has a test of its own.
        let Some(scenario) = &file.scenario else {
            continue;
        };
        let course = shelf.courses.course(&scenario.course).unwrap();
        let mut log = Vec::new();
        let mut encounter = Encounter::begin(Arc::clone(scenario), 7, &mut log);
        let mut words = Vec::new();
        while encounter.ending().is_none() && words.len() < 60 {
            let open: Vec<_> = encounter.open_moves().collect();
            let made = open[words.len() * 7 % open.len()];
            words.push(move_text(scenario, made));
            encounter.step(made, &mut log).unwrap();
        }
        let told = review(scenario, course, 7, &words).unwrap();
        let record = AttemptRecord {
            attempt: "01950000-0000-7000-8000-000000000001".to_owned(),
            name: Some("Siân Rees".to_owned()),
            mode: "practice".to_owned(),
            trial: None,
            state: "finished".to_owned(),
            started: "2026-11-28T21:05:00.000Z".to_owned(),
            printed: "2026-11-28T21:20:00Z".to_owned(),
            timing: "as written".to_owned(),
            taken_millis: vec![4200; words.len()],
            rewinds: 2,
            ..AttemptRecord::default()
        };
        let report = compose(scenario, course, &told, &record);
        assert_eq!(report.decisions.len(), words.len());
        assert_eq!(report.readings.len(), words.len() + 1);
        assert_eq!(report.gates.len(), course.gates.len());
        let page = attempt_html(&report);
        is_well_built(&page);
        assert!(page.contains("twice"));
        attempt_json(&report).unwrap();
        let rows = read(&objectives_csv(std::slice::from_ref(&report)).unwrap());
        assert_eq!(rows.len(), report.objectives.len() + 1);
        told_any = true;
        if let Some(folder) = std::env::var_os("REPORT_SAMPLES") {
            let path = std::path::Path::new(&folder).join(format!("{}.html", file.id));
            std::fs::write(path, page).unwrap();
        }
    }
    assert!(told_any);
}

fn said(kind: &str, decision: Option<u32>, text: &str) -> JudgementLine {
    JudgementLine {
        at: "2026-11-29T09:00:00.000Z".to_owned(),
        author: "Sgt Iqbal".to_owned(),
        kind: kind.to_owned(),
        decision,
        objective: None,
        level: None,
        gate: None,
        is_disputed: None,
        text: text.to_owned(),
    }
}

#[test]
fn what_instructors_said_stands_in_every_report_beside_the_marks() {
    let before = report();
    let mut one = before.clone();
    let (number, point) = one
        .decisions
        .iter()
        .find_map(|decision| Some((decision.n, decision.evidence.first()?.clone())))
        .unwrap();
    let gate = one.gates[0].id.clone();
    one.judgements = vec![
        said("comment", Some(number), "=HYPERLINK and <b>bold</b>"),
        JudgementLine {
            objective: Some(point.objective.clone()),
            level: Some(Level::Proficient),
            ..said("mark", Some(number), "")
        },
        JudgementLine {
            gate: Some(gate.clone()),
            is_disputed: Some(true),
            ..said("gate", Some(number), "The door was open.")
        },
        said("sign-off", None, ""),
    ];
    let page = attempt_html(&one);
    is_well_built(&page);
    assert!(page.contains("&lt;b&gt;bold"), "markup stays text");
    assert!(page.contains("disputed by an instructor"));
    assert!(page.contains("Proficient by the instructor"));
    assert!(page.contains("Signed off"));
    assert_eq!(one.verdict, before.verdict, "the marks are as they were");

    let whole = TraineeReport::of(std::slice::from_ref(&one), &[], "2026-11-29T10:00:00Z").unwrap();
    let page = trainee_html(&whole);
    is_well_built(&page);
    assert!(page.contains(", signed off"));
    assert!(page.contains(", gate disputed"));
    assert!(page.contains("The door was open."));
    assert!(trainee_json(&whole).unwrap().contains("The door was open."));
    assert!(attempt_json(&one).unwrap().contains("Sgt Iqbal"));

    let rows = read(&decisions_csv(std::slice::from_ref(&one)).unwrap());
    let levels = column(&rows, "instructor_level");
    assert!(levels.contains(&"3".to_owned()), "{levels:?}");
    let words = column(&rows, "instructor_words");
    assert!(
        words
            .iter()
            .any(|words| words.contains("disputed: The door was open."))
    );
    let rows = read(&objectives_csv(std::slice::from_ref(&one)).unwrap());
    assert_eq!(column(&rows, "signed_off_by")[0], "Sgt Iqbal, 2026-11-29");
    assert_eq!(column(&rows, "gates_disputed")[0], gate);

    let nameless = one.without_name();
    for text in [
        attempt_html(&nameless),
        attempt_json(&nameless).unwrap(),
        decisions_csv(std::slice::from_ref(&nameless)).unwrap(),
        objectives_csv(std::slice::from_ref(&nameless)).unwrap(),
    ] {
        assert!(!text.contains("Iqbal") && !text.contains("The door was open"));
        assert!(text.contains("disputed"), "the word itself stays");
    }
}
