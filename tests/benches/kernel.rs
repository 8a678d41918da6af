//! Steps of the kernel. `cargo bench --no-default-features --bench kernel` prints how many
//! steps a second; the target is 5 million.

#![allow(clippy::expect_used, reason = "a bench may stop at the first surprise")]

#[path = "../support/mod.rs"]
mod support;

use std::sync::Arc;

use common_ground::encounter::{Encounter, Move};
use common_ground::scenario::Scenario;
use divan::counter::ItemsCount;

const STEPS: usize = 10_000;

fn main() {
    divan::main();
}

/// Steps through a scenario, always taking the next open move, and begins again at the end.
fn walk(encounter: &Encounter, log: &mut Vec<common_ground::encounter::Event>) -> u32 {
    let start = encounter.clone();
    let mut encounter = encounter.clone();
    let mut turn = 0_u32;
    for _ in 0..STEPS {
        turn = turn.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let run = encounter.decision().map(|decision| decision.choices);
        let made = run.map_or(Move::Silence, |run| {
            let first = turn >> 16;
            (0..run.len)
                .map(|by| Move::Choice(run.start + (first + by) % run.len))
                .find(|made| encounter.is_open(*made))
                .unwrap_or(Move::Silence)
        });
        log.clear();
        if encounter.step(made, log).is_err() || encounter.ending().is_some() {
            encounter = start.clone();
        }
    }
    encounter.steps()
}

fn bench(bencher: divan::Bencher<'_, '_>, scenario: Arc<Scenario>) {
    let mut log = Vec::with_capacity(256);
    let encounter = Encounter::begin(scenario, 7, &mut log);
    bencher
        .counter(ItemsCount::new(STEPS))
        .bench_local(|| walk(divan::black_box(&encounter), &mut log));
}

#[divan::bench(args = [1_000, 10_000])]
fn generated(bencher: divan::Bencher<'_, '_>, beats: usize) {
    bench(
        bencher,
        support::compiled(&support::generate::scenario(beats)),
    );
}

#[divan::bench]
fn footbridge(bencher: divan::Bencher<'_, '_>) {
    bench(bencher, support::shipped("footbridge"));
}
