//! Where the chances of an encounter come from: what the seed draws at the start, and what comes up
//! on the way.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::scenario::Scenario;

use super::super::deal::Deal;
use super::{Play, TOP};

/// Where the chances of an encounter come from.
#[derive(Debug, Clone)]
pub(super) enum Chance {
    /// From the attempt's seed.
    Drawn(ChaCha8Rng),
    /// One outcome after another, so that every one of them can be tried.
    Dealt(Deal),
}

impl Play {
    /// Draws profile, variations and starting values, in this order.
    pub(super) fn draw(&mut self, scenario: &Scenario, seed: u64) {
        let mut chance = ChaCha8Rng::seed_from_u64(seed);
        let weights = scenario.profiles.iter().map(|profile| profile.weight);
        self.state.profile = pick(&mut chance, weights);
        for (position, (_, varieties)) in scenario.variations.iter().enumerate() {
            let weights = varieties.iter().map(|variety| variety.weight);
            self.state.draws[position] = pick(&mut chance, weights);
        }
        if scenario.jitter > 0 {
            let spread = u32::from(scenario.jitter) * 2 + 1;
            for value in [&mut self.state.distress, &mut self.state.trust] {
                let up = u8::try_from(chance.next_u32() % spread).unwrap_or(0);
                *value = (*value + up).saturating_sub(scenario.jitter).min(TOP);
            }
        }
        self.chance = Chance::Drawn(chance);
    }

    /// True in `percent` of a hundred cases. The remainder of 2^32 by 100 favours low numbers
    /// by less than one in forty million.
    pub(super) fn comes_up(&mut self, percent: u8) -> bool {
        percent >= 100
            || match &mut self.chance {
                Chance::Drawn(chance) => chance.next_u32() % 100 < u32::from(percent),
                Chance::Dealt(deal) => deal.comes_up(percent),
            }
    }
}

/// Position drawn by weight.
fn pick(chance: &mut ChaCha8Rng, weights: impl Iterator<Item = u8> + Clone) -> u8 {
    let total: u32 = weights.clone().map(u32::from).sum();
    if total == 0 {
        return 0;
    }
    let mut left = chance.next_u32() % total;
    for (position, weight) in (0_u8..).zip(weights) {
        if left < u32::from(weight) {
            return position;
        }
        left -= u32::from(weight);
    }
    0
}
