//! The promises of the kernel, held against random walks.

use std::sync::Arc;

use common_ground::encounter::{Encounter, Event, Move, move_text, replay};
use common_ground::scenario::Scenario;
use proptest::prelude::*;

use crate::support;

fn scenarios() -> Vec<Arc<Scenario>> {
    let mut all: Vec<Arc<Scenario>> = support::SHIPPED
        .iter()
        .map(|id| support::shipped(id))
        .collect();
    all.push(support::compiled(&support::generate::scenario(40)));
    all
}

/// Walks by the numbers in `picks` and says which moves were made.
fn walk(
    scenario: &Arc<Scenario>,
    seed: u64,
    picks: &[u16],
) -> (Encounter, Vec<Event>, Vec<String>) {
    let mut log = Vec::new();
    let mut encounter = Encounter::begin(Arc::clone(scenario), seed, &mut log);
    let mut words = Vec::new();
    for pick in picks {
        if encounter.ending().is_some() {
            break;
        }
        let open: Vec<Move> = encounter.open_moves().chain([Move::Silence]).collect();
        let made = open[usize::from(*pick) % open.len()];
        words.push(move_text(scenario, made));
        encounter.step(made, &mut log).unwrap();
        let state = encounter.state();
        assert!(state.distress <= 20 && state.trust <= 20, "{state:?}");
        assert!((1..=20).contains(&state.distance), "{state:?}");
        for (value, meter) in state.meters.iter().zip(&scenario.meters) {
            assert!(
                (meter.min..=meter.max).contains(value),
                "{}: {value}",
                meter.id
            );
        }
    }
    (encounter, log, words)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn meters_stay_in_range_and_replay_is_the_same_to_the_byte(seed: u64, picks in prop::collection::vec(0_u16..200, 0..40)) {
        for scenario in scenarios() {
            let (encounter, log, words) = walk(&scenario, seed, &picks);
            let mut again = Vec::new();
            let played = replay(&scenario, seed, words.iter().map(String::as_str), &mut again).unwrap();
            prop_assert_eq!(&log, &again);
            prop_assert_eq!(encounter.state(), played.state());
        }
    }

    #[test]
    fn saving_and_restoring_at_any_decision_changes_nothing(seed: u64, picks in prop::collection::vec(0_u16..200, 2..30), cut in 0_usize..30) {
        for scenario in scenarios() {
            let (_, whole, words) = walk(&scenario, seed, &picks);
            let cut = cut.min(words.len());
            let mut log = Vec::new();
            let mut restored = replay(&scenario, seed, words[..cut].iter().map(String::as_str), &mut log).unwrap();
            for word in &words[cut..] {
                let made = common_ground::encounter::move_by_text(&scenario, word).unwrap();
                restored.step(made, &mut log).unwrap();
            }
            prop_assert_eq!(&whole, &log);
        }
    }

    #[test]
    fn an_encounter_changes_only_through_step(seed: u64, picks in prop::collection::vec(0_u16..200, 0..12)) {
        for scenario in scenarios() {
            let (encounter, ..) = walk(&scenario, seed, &picks);
            let before = encounter.state().clone();
            let _ = (encounter.offered(), encounter.clock(), encounter.open_moves().count());
            for made in encounter.open_moves() {
                let _ = (encounter.is_premature(made), encounter.evidence(made).count());
            }
            prop_assert_eq!(&before, encounter.state());
            let mut closed = encounter.clone();
            let mut log = Vec::new();
            prop_assert!(closed.step(Move::Choice(u32::MAX), &mut log).is_err());
            prop_assert_eq!(&before, closed.state());
            prop_assert!(log.is_empty());
        }
    }

    #[test]
    fn the_order_of_options_is_the_attempts_own_and_loses_none(seed: u64) {
        for scenario in scenarios() {
            let mut log = Vec::new();
            let encounter = Encounter::begin(Arc::clone(&scenario), seed, &mut log);
            let mut offered = encounter.offered();
            prop_assert_eq!(&offered, &encounter.offered());
            offered.sort_unstable();
            let open: Vec<u32> = encounter.open_moves().filter_map(|made| match made {
                Move::Choice(choice) => Some(choice),
                _ => None,
            }).collect();
            prop_assert_eq!(offered, open);
        }
    }
}

#[test]
fn a_step_asks_for_no_memory_beyond_its_log() {
    // The log's room is there before; a step must not make it grow.
    let scenario = support::shipped("footbridge");
    let mut log = Vec::with_capacity(512);
    let mut encounter = Encounter::begin(scenario, 3, &mut log);
    for _ in 0..200 {
        log.clear();
        let made = encounter.open_moves().next().unwrap_or(Move::Silence);
        if encounter.step(made, &mut log).is_err() {
            break;
        }
        assert_eq!(log.capacity(), 512);
    }
}
