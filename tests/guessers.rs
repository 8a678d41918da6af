//! Nobody passes the shipped scenarios by guessing.
//!
//! Each bot follows one fixed rule through many seeds; the share of passes is printed with
//! `-- --nocapture` and held against its limit: 5 % for random play, 15 % for any fixed rule.

use std::sync::Arc;

use common_ground::course::Course;
use common_ground::encounter::{Encounter, Move, move_text};
use common_ground::scenario::Scenario;
use common_ground::scoring::{Verdict, score};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::support;

/// A fixed way to choose.
type Bot = fn(&Encounter, &mut ChaCha8Rng) -> Move;

const BOTS: &[(&str, Bot)] = &[
    ("random", random),
    ("first", |e, _| at(e, 0)),
    ("middle", |e, _| at(e, e.offered().len() / 2)),
    ("last", |e, _| at(e, e.offered().len().saturating_sub(1))),
    ("longest", |e, _| by_text(e, str::len)),
    ("shortest", |e, _| {
        by_text(e, |text| usize::MAX - text.len())
    }),
    ("most questions", |e, _| {
        by_text(e, |text| text.matches('?').count())
    }),
    ("most polite", |e, _| by_text(e, polite)),
    ("silent", |_, _| Move::Silence),
    ("greedy calm", greedy_calm),
];

fn at(encounter: &Encounter, position: usize) -> Move {
    encounter
        .offered()
        .get(position)
        .map_or(Move::Silence, |choice| Move::Choice(*choice))
}

fn random(encounter: &Encounter, draws: &mut ChaCha8Rng) -> Move {
    let open: Vec<Move> = encounter.open_moves().collect();
    if open.is_empty() {
        return Move::Silence;
    }
    open[draws.next_u32() as usize % open.len()]
}

fn by_text(encounter: &Encounter, key: impl Fn(&str) -> usize) -> Move {
    let scenario = encounter.scenario();
    encounter
        .offered()
        .into_iter()
        .rev()
        .max_by_key(|choice| key(&scenario.choices[*choice as usize].text))
        .map_or(Move::Silence, Move::Choice)
}

fn polite(text: &str) -> usize {
    let text = text.to_lowercase();
    [
        "please",
        "thank",
        "sorry",
        "would you",
        "could you",
        "i understand",
        "take your time",
    ]
    .iter()
    .map(|word| text.matches(word).count())
    .sum()
}

/// Takes what calms most at once, reading the true numbers.
fn greedy_calm(encounter: &Encounter, _: &mut ChaCha8Rng) -> Move {
    encounter
        .offered()
        .into_iter()
        .map(Move::Choice)
        .chain([Move::Silence])
        .max_by_key(|made| {
            let mut after = encounter.clone();
            let mut log = Vec::new();
            let _ = after.step(*made, &mut log);
            i16::from(after.state().trust) - i16::from(after.state().distress)
        })
        .unwrap_or(Move::Silence)
}

fn passes(scenario: &Arc<Scenario>, course: &Course, bot: Bot, seeds: u64) -> f64 {
    let mut passed = 0_u32;
    for seed in 0..seeds {
        let mut draws = ChaCha8Rng::seed_from_u64(seed ^ 0x5eed);
        let mut log = Vec::new();
        let mut encounter = Encounter::begin(Arc::clone(scenario), seed, &mut log);
        let mut words = Vec::new();
        while encounter.ending().is_none() && words.len() < 120 {
            let mut made = bot(&encounter, &mut draws);
            if !encounter.is_open(made) {
                made = Move::Silence;
            }
            words.push(move_text(scenario, made));
            log.clear();
            encounter.step(made, &mut log).expect("an open move");
        }
        let sheet =
            score(scenario, course, seed, words.iter().map(String::as_str)).expect("it was played");
        passed += u32::from(sheet.verdict == Verdict::Passed);
    }
    f64::from(passed) / f64::from(u32::try_from(seeds).expect("few seeds"))
}

#[test]
fn no_fixed_rule_passes_a_shipped_scenario() {
    let course = support::course();
    let mut over = Vec::new();
    for id in support::SHIPPED {
        let scenario = support::shipped(id);
        for (name, bot) in BOTS {
            let share = passes(&scenario, &course, *bot, 400);
            let limit = if *name == "random" { 0.05 } else { 0.15 };
            println!("{id:<18} {name:<15} {:5.1} %", share * 100.0);
            if share > limit {
                over.push(format!("{id}: {name} passes {:.1} %", share * 100.0));
            }
        }
    }
    assert!(over.is_empty(), "{over:#?}");
}
