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
use common_ground::proof::{Met, Record, Tally, bot_table, tally};

use crate::support;

/// Seeds that each bot plays; the table in the guide is made with as many.
const SEEDS: u32 = 300;

fn records(id: &str) -> Vec<Record> {
    let scenario = support::shipped(id);
    let mut met = Met::new(&scenario);
    tally(
        &scenario,
        &support::course(),
        BOTS,
        SEEDS,
        &AtomicBool::new(false),
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
                None if upper < f64::from(READER_LEAST) => over.push(format!(
                    "{id}: {} passes at most {upper:.1} %",
                    record.bot.name
                )),
                _ => {}
            }
        }
        let table = bot_table(id, &records);
        println!("{table}");
        if !guide.contains(&table) {
            stale.push(format!(
                "the table of {id} in scenarios/README.md is out of date; it should be:\n\n{table}"
            ));
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
