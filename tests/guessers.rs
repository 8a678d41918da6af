//! Nobody passes the shipped scenarios by guessing, and the guide says how often each guesser
//! does.
//!
//! Each bot follows one fixed rule through the same seeds, so the figures are the same on every
//! machine. Random play may pass 5 % of runs and a fixed rule 15 %, by the upper bound of the
//! 95 % interval; who reads the person carefully passes 80 %.

use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use common_ground::proof::bots::{BOTS, READER_LEAST};
use common_ground::proof::{
    DrawChances, Extent, Limits, Met, Policy, Record, Tally, bot_table, by_draw, by_profile,
    draw_table, explore, tally,
};

use crate::support;

/// Seeds that each bot plays; the table in the guide is made with as many.
const SEEDS: u32 = 1_000;

fn records(id: &str) -> Vec<Record> {
    let scenario = support::shipped(id);
    let mut met = Met::new(&scenario);
    tally(
        &scenario,
        &support::course(),
        BOTS,
        SEEDS,
        &Limits::default(),
        &mut met,
    )
}

#[test]
fn no_fixed_rule_passes_a_shipped_scenario_and_the_guide_tells_how_often_each_does() {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/README.md");
    let guide = fs::read_to_string(guide).unwrap();
    let mut over = Vec::new();
    let mut stale = Vec::new();
    for id in support::SHIPPED {
        let records = records(id);
        for record in &records {
            // A share as low as the limit would not do: the bound says what it may really be.
            let (_, upper) = record.all.bounds();
            let upper = upper * 100.0;
            match record.bot.limit {
                Some(limit) if upper > f64::from(limit) => over.push(format!(
                    "{id}: {} passes up to {upper:.1} %",
                    record.bot.name
                )),
                None if record.all.share() * 100.0 < f64::from(READER_LEAST) => over.push(format!(
                    "{id}: {} passes {:.1} %",
                    record.bot.name,
                    record.all.share() * 100.0
                )),
                _ => {}
            }
            // Nor before any one profile.
            for (profile, tally) in by_profile(record) {
                let share = tally.share() * 100.0;
                let is_over = match record.bot.limit {
                    Some(limit) => share > f64::from(limit),
                    None => share < f64::from(READER_LEAST),
                };
                if is_over {
                    over.push(format!(
                        "{id}: {} passes {share:.1} % before {profile}",
                        record.bot.name
                    ));
                }
            }
        }
        for table in [bot_table(id, &records), draw_table(id, &records)] {
            println!("{table}");
            if !guide.contains(&table) {
                stale.push(format!(
                    "a table of {id} in scenarios/README.md is out of date; it should be:\n\n{table}"
                ));
            }
        }
    }
    assert!(over.is_empty(), "{over:#?}");
    assert!(stale.is_empty(), "{}", stale.join("\n"));
}

#[test]
fn bounds_of_a_share_are_wilsons() {
    // Worked by hand from the formula: 0 of 10, and 5 of 10.
    let (lower, upper) = Tally {
        passed: 0,
        runs: 10,
    }
    .bounds();
    assert!(
        lower.abs() < 1e-9 && (upper - 0.2775).abs() < 1e-3,
        "{upper}"
    );
    let (lower, upper) = Tally {
        passed: 5,
        runs: 10,
    }
    .bounds();
    assert!((lower - 0.2366).abs() < 1e-3 && (upper - 0.7634).abs() < 1e-3);
    assert_eq!(Tally::default().bounds(), (0.0, 1.0));
}

#[test]
fn passes_are_told_by_what_was_drawn_and_add_up() {
    let scenario = support::compiled(super::whatif::TOSS);
    let course = support::course();
    let mut met = Met::new(&scenario);
    let records = tally(&scenario, &course, BOTS, 200, &Limits::default(), &mut met);
    let table = draw_table("toss", &records);
    for record in &records {
        let draws = by_draw(record);
        assert_eq!(draws.len(), 2, "{draws:?}");
        let runs: u32 = draws.values().map(|tally| tally.runs).sum();
        let passed: u32 = draws.values().map(|tally| tally.passed).sum();
        assert_eq!((passed, runs), (record.all.passed, record.all.runs));
        // One in ten is the first of the two.
        assert!((5..=40).contains(&draws["despair"].runs), "{draws:?}");
    }
    let random = by_draw(&records[0])["despair"];
    let (lower, upper) = random.bounds();
    let cell = format!(
        "| despair | {} | {:.1} % ({:.1} to {:.1}) |",
        random.runs,
        random.share() * 100.0,
        lower * 100.0,
        upper * 100.0
    );
    assert!(table.contains(&cell), "{cell}\n{table}");
    assert_eq!(table.lines().count(), 4, "{table}");
}

#[test]
fn chances_of_endings_are_told_before_each_profile() {
    let scenario = support::compiled(super::whatif::TOSS);
    let space = explore(&scenario, &Limits::default(), &mut |_| {});
    assert_eq!(space.extent, Extent::Exhausted);
    let good = scenario
        .endings
        .iter()
        .position(|ending| &*ending.id == "good")
        .unwrap();
    let near = |one: f64, other: f64| (one - other).abs() < 1e-9;
    let never = AtomicBool::new(false);
    // The first option is to stay: it helps the one of the two that comes once in ten times.
    let first = DrawChances::of(&scenario, &space, Policy::First, &never).unwrap();
    assert!(near(first.by_draw["despair"].endings[good], 1.0));
    assert!(near(first.by_draw["numb-calm"].endings[good], 0.0));
    assert!(near(first.whole.endings[good], 0.1), "{first:?}");
    for policy in Policy::ALL {
        let told = DrawChances::of(&scenario, &space, policy, &never).unwrap();
        for own in told.by_draw.values().chain([&told.whole]) {
            assert!(near(own.endings.iter().sum::<f64>() + own.never, 1.0));
        }
    }
}
