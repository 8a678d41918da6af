//! Exploring a generated scenario. `cargo bench --no-default-features --bench prover` prints
//! states a second and memory for a million states and for ten; with `-- 50` also for fifty.

#![allow(clippy::expect_used, reason = "a bench may stop at the first surprise")]

#[path = "../support/mod.rs"]
mod support;

use std::time::Instant;

use common_ground::proof::{Extent, Limits, explore};

fn main() {
    let most: usize = std::env::args()
        .filter_map(|text| text.parse().ok())
        .next_back()
        .unwrap_or(10);
    let scenario = support::compiled(&support::generate::scenario(4_000));
    for millions in [1, 10, 50] {
        if millions > most {
            break;
        }
        let limits = Limits {
            budget: millions * 1_000_000,
            with_ways: false,
            ..Limits::default()
        };
        let began = Instant::now();
        let space = explore(&scenario, &limits, &mut |_| {});
        let seconds = began.elapsed().as_secs_f64();
        let extent = if space.extent == Extent::Exhausted {
            "all"
        } else {
            "budget"
        };
        println!(
            "{:>11} states ({extent}), {:>11} steps: {seconds:.2} s, {:.2} million states a second, {:.0} MB a million states",
            space.states(),
            space.steps,
            space.states() as f64 / seconds / 1e6,
            space.bytes as f64 / space.states() as f64
        );
    }
}
