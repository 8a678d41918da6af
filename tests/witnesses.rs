//! What a proof shows by a run: the run is played, and does what is said of it. And chances where a
//! move may do nothing, with scenarios that draw from more than there is room for.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use common_ground::encounter::{Encounter, Move, replay};
use common_ground::proof::{
    Asked, Extent, Limits, Policy, Proof, Witness, chances, explore, prove,
};
use common_ground::scenario::Scenario;

use crate::support;

/// A scenario of a few beats: what stands before the beats, the beats, and the endings.
fn text(before: &str, beats: &str, endings: &str) -> String {
    format!(
        r#"Scenario(
    format: 1, id: "t", title: "T", version: "1.0.0", course: "cpmha", tracks: [CrisisIntervention], level: Intro, minutes: 8,
    summary: "S.", review: (status: Draft, due: "2027-11-01"), jurisdiction: EnglandAndWales, objectives: (core: ["CI-2"]),
    setting: (place: "landing", time: Day, weather: Indoors, clock: "11:20"),
    briefing: (log: [(at: "11:04", text: "Sister reports no contact.")], task: "Find out how Ines is."),
    cast: {{"ines": Subject(name: "Ines", look: "woman-50s-cardigan", profiles: [(is: "despair")])}},
    start: (beat: "a", distress: 9, trust: 4, distance: 8),
    {before}
    beats: {{ {beats} }},
    endings: {{ {endings} }},
)"#
    )
}

/// A beat with two options, each with effects and conditions, that lead to one place.
fn beat(id: &str, when: &str, effects: &str, to: &str) -> String {
    let option = |number: u8, effects: &str, level: &str| {
        format!(
            r#"Say(id: "{id}{number}", text: "Ines, I am here and I am listening.", {when} {effects} evidence: {{"CI-2": {level}}}, why: "Because.", to: "{to}"),"#
        )
    };
    format!(
        r#""{id}": (lines: [Narrate(text: "A lift hums.")], decision: (choices: [{} {}], silence: (why: "Quiet.", to: "{to}"))),"#,
        option(1, effects, "Competent"),
        option(2, "", "Developing"),
    )
}

const GOOD: &str = r#""good": (outcome: Safe, title: "Tea", text: "Ines lets you in.", aftermath: "She sleeps.", felt: [(by: "ines", text: "You came.")]),"#;

fn bad(fails: &str) -> String {
    format!(
        r#""bad": (outcome: Unsafe, title: "Shut", text: "The door stays shut.", aftermath: "Others come.", felt: [(by: "ines", text: "You left.")], {fails}),"#
    )
}

fn proof(scenario: &Arc<Scenario>, text: &str, seeds: u32) -> Proof {
    let asked = Asked {
        limits: Limits::default(),
        bot_seeds: 0,
        search_seeds: seeds,
    };
    let course = support::course();
    prove(scenario, &course, ("t", text), &asked, &mut |_| {})
}

fn shown<'p>(proof: &'p Proof, code: &str) -> &'p Witness {
    let found = proof
        .findings
        .iter()
        .find(|found| found.diagnostic.code == code);
    let found = found.unwrap_or_else(|| panic!("no {code} in {:?}", proof.findings));
    found.witness.as_ref().expect("a run shows it")
}

fn played(scenario: &Arc<Scenario>, run: &Witness) -> Encounter {
    let moves = run.moves.iter().map(String::as_str);
    replay(scenario, run.seed, moves, &mut Vec::new()).expect("its moves are open")
}

/// One chance in ten, or a variation that is drawn once in twenty-one, closes every option.
#[test]
fn a_run_to_a_closed_decision_comes_to_it_closed() {
    let by_chance = text(
        r#"facts: {"f": "It is so."},"#,
        &[
            beat("a", "", r#"effects: [Chance(10, [Learn("f")], [])],"#, "b"),
            beat("b", r#"when: [Not(Fact("f"))],"#, "", "good"),
        ]
        .concat(),
        GOOD,
    );
    let by_draw = text(
        r#"variations: {"v": [(is: "x", weight: 1), (is: "y", weight: 20)]},"#,
        &[
            beat("a", "", "", "b"),
            beat("b", r#"when: [Not(Drawn("v", "x"))],"#, "", "good"),
        ]
        .concat(),
        GOOD,
    );
    for text in [by_chance, by_draw] {
        let scenario = support::compiled(&text);
        let proof = proof(&scenario, &text, 40);
        let end = played(&scenario, shown(&proof, "dry-decision"));
        assert_eq!(&*scenario.beats[end.state().beat as usize].id, "b");
        let mut open = end.open_moves();
        assert!(!open.any(|made| matches!(made, Move::Choice(_))));
    }
}

#[test]
fn a_run_through_an_unsafe_ending_ends_there_with_no_gate_failed() {
    let ways = "effects: [Chance(10, [Trust(9)], [])],";
    let beats = [
        beat("a", "", ways, "b"),
        beat("b", "", "", "good").replace(
            r#"to: "good"),"#,
            r#"routes: [(when: [TrustAtLeast(9)], to: "bad"), (to: "good")]),"#,
        ),
    ]
    .concat();
    let text = text("", &beats, &[GOOD, &bad("")].concat());
    let scenario = support::compiled(&text);
    let proof = proof(&scenario, &text, 40);
    let run = shown(&proof, "unsafe-pass");
    let end = played(&scenario, run);
    let ending = end.ending().expect("it has ended") as usize;
    assert_eq!(&*scenario.endings[ending].id, "bad");
}

#[test]
fn an_ending_whose_gate_has_always_failed_before_is_no_fault() {
    let fails = r#"fails: [(gate: "life-safety", why: "Left.")]"#;
    let beats = [
        beat("a", "", &format!("{fails},"), "b")
            .replace(
                "evidence: {\"CI-2\": Developing}",
                &format!("evidence: {{\"CI-2\": Developing}}, {fails}"),
            )
            .replace(
                r#"silence: (why: "Quiet.","#,
                &format!(r#"silence: (why: "Quiet.", {fails},"#),
            ),
        beat("b", "", "", "bad"),
    ]
    .concat();
    let text = text("", &beats, &bad(""));
    let scenario = support::compiled(&text);
    let proof = proof(&scenario, &text, 10);
    let codes: Vec<&str> = proof
        .findings
        .iter()
        .map(|found| found.diagnostic.code)
        .collect();
    assert!(!codes.contains(&"unsafe-pass"), "{codes:?}");
}

/// A look round may set off an event, one time in four, or do nothing. By hand: of four moves at
/// each of two beats (two options, silence, a look), with the chance of the event at each.
#[test]
fn chances_are_right_where_a_move_now_and_then_does_nothing() {
    let before = r#"standing: [Observe, Hold],
    events: [(id: "ev", when: [DistressAtLeast(1)], chance: 25, lines: [Narrate(text: "The lift stops.")], to: "bad")],"#;
    let beats = [beat("a", "", "", "b"), beat("b", "", "", "good")].concat();
    let text = text(before, &beats, &[GOOD, &bad("")].concat());
    let scenario = support::compiled(&text);
    let space = explore(&scenario, &Limits::default(), &mut |_| {});
    let from = support::beginnings(&space);
    let found = chances(&scenario, &space, &from, Policy::Uniform);
    // Each of two beats is left unharmed by an option or silence, or by one after a look that did
    // nothing. The event spares a move three times in four, and looks at none that ends the run.
    let spared = 0.75;
    let first = 0.75 * spared + 0.25 * spared * spared;
    let last = 0.75 + 0.25 * spared;
    let at = |id: &str| {
        let mut endings = scenario.endings.iter();
        endings.position(|ending| &*ending.id == id).unwrap()
    };
    let (good, bad) = (found.endings[at("good")], found.endings[at("bad")]);
    assert!(
        (good + bad - 1.0).abs() < 1e-9,
        "{good} and {bad} are not all"
    );
    // Against play: the moves of a seeded dice.
    let share = share_of_runs(&scenario, at("good") as u32);
    assert!(
        (share - good).abs() < 0.03,
        "{share} of the runs, {good} proven"
    );
    assert!(
        (good - first * last).abs() < 1e-9,
        "{good}, {} by hand",
        first * last
    );
}

/// How many of some thousand runs of any open move come to an ending.
fn share_of_runs(scenario: &Arc<Scenario>, ending: u32) -> f64 {
    const RUNS: u64 = 6_000;
    let mut count = 0;
    for seed in 0..RUNS {
        let mut dice = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut encounter = Encounter::begin(Arc::clone(scenario), seed, &mut Vec::new());
        while encounter.ending().is_none() {
            let open = encounter.open_moves().filter(|made| *made != Move::Hold);
            let mut open: Vec<Move> = open.collect();
            if !open.contains(&Move::Silence) {
                open.push(Move::Silence);
            }
            dice ^= dice << 13;
            dice ^= dice >> 7;
            dice ^= dice << 17;
            let made = open[(dice >> 20) as usize % open.len()];
            encounter.step(made, &mut Vec::new()).unwrap();
        }
        count += u32::from(encounter.ending() == Some(ending));
    }
    f64::from(count) / RUNS as f64
}

/// The footbridge with a trap: one option of its first decision leads to where nothing leads out.
#[test]
fn a_trap_in_a_scenario_too_large_to_visit_is_found_and_shown() {
    let path = support::folder().join("footbridge.scenario.ron");
    let text = std::fs::read_to_string(path).unwrap();
    let trap = beat("trap", "", "", "trap");
    let first = text.find("\n    beats: {").expect("it has beats") + "\n    beats: {".len();
    let mut text = format!("{}\n{trap}{}", &text[..first], &text[first..]);
    // An option of the first decision leads into it.
    let at = text[first + trap.len()..].find("to: \"").expect("a way on") + first + trap.len();
    let end = text[at + 5..].find('"').expect("its end") + at + 5;
    text.replace_range(at + 5..end, "trap");
    let scenario = support::compiled(&text);
    let proof = proof(&scenario, &text, 40);
    let end = played(&scenario, shown(&proof, "no-escape"));
    assert_eq!(&*scenario.beats[end.state().beat as usize].id, "trap");
}

/// Ten values of ten variations that are all read at the second beat.
fn many_draws() -> String {
    let list = |one: &dyn Fn(u8) -> String| (0..10).map(one).collect::<Vec<_>>().join(" ");
    let values = list(&|at| format!(r#"(is: "v{at}"),"#));
    let variations = list(&|at| format!(r#""w{at}": [{values}],"#));
    let when = list(&|at| format!(r#"Not(Drawn("w{at}", "v1")),"#));
    let beats = [
        beat("a", "", "", "b"),
        beat("b", "", "", "good").replace(
            r#"Say(id: "b2","#,
            &format!(r#"Say(id: "b2", when: [{when}],"#),
        ),
    ]
    .concat();
    text(&format!("variations: {{{variations}}},"), &beats, GOOD)
}

#[test]
fn what_draws_from_more_than_there_is_room_for_is_told_so_and_stops_when_asked() {
    let scenario = support::compiled(&many_draws());
    let space = explore(&scenario, &Limits::default(), &mut |_| {});
    assert_eq!(space.extent, Extent::TooManyDraws);
    let limits = Limits {
        cancel: Arc::new(AtomicBool::new(true)),
        ..Limits::default()
    };
    let space = explore(&scenario, &limits, &mut |_| {});
    assert_eq!(space.extent, Extent::Cancelled);
}

#[test]
fn a_draw_that_is_seldom_drawn_is_looked_for() {
    let before = r#"variations: {
        "v": [(is: "x", weight: 1), (is: "y", weight: 100)],
        "w": [(is: "x", weight: 1), (is: "y", weight: 100)],
    },"#;
    let beats = beat("a", "", "", "good");
    let text = text(before, &beats, GOOD);
    let scenario = support::compiled(&text);
    let proof = proof(&scenario, &text, 20);
    assert_eq!((proof.passes.draws, proof.passes.seen), (4, 4));
}
