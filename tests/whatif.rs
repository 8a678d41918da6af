//! What would have followed: the same every time, told for every move that was open, and honest
//! about luck.

use std::collections::BTreeSet;
use std::sync::Arc;

use common_ground::encounter::{Encounter, Move, move_text};
use common_ground::proof::bots::BOTS;
use common_ground::proof::{Lean, Wise, luck_of, play, what_if};
use common_ground::scenario::Outcome;

use crate::support::{SHIPPED, compiled, shipped};

/// Moves of a bot in a shipped scenario.
fn run_of(id: &str, bot: usize, seed: u64) -> Vec<String> {
    play(&shipped(id), BOTS[bot], seed, &mut |_, _| {}).words
}

#[test]
fn every_move_that_was_open_is_told_and_the_one_that_was_made_among_them() {
    for id in SHIPPED {
        let scenario = shipped(id);
        let words = run_of(id, 0, 3);
        let told = what_if(&scenario, 3, &words).unwrap();
        let mut encounter = Encounter::begin(Arc::clone(&scenario), 3, &mut Vec::new());
        for (fork, word) in told.forks.iter().zip(&words) {
            let mut open: BTreeSet<String> = encounter
                .open_moves()
                .map(|made| move_text(&scenario, made))
                .collect();
            if !encounter.is_open(Move::Hold) {
                open.insert("silence".to_owned());
            }
            let moves = fork.moves.iter().map(|likely| likely.made.clone());
            assert_eq!(
                moves.collect::<BTreeSet<_>>(),
                open,
                "{id}, {}",
                fork.number
            );
            let taken: Vec<&str> = fork
                .moves
                .iter()
                .filter(|likely| likely.is_taken)
                .map(|likely| likely.made.as_str())
                .collect();
            assert!(taken == [word.as_str()] || word == "silence", "{taken:?}");
            for likely in &fork.moves {
                assert_eq!(likely.spreads.len(), Wise::ALL.len());
                for spread in &likely.spreads {
                    let runs: u32 = spread.endings.iter().map(|share| share.runs).sum();
                    assert_eq!(runs, spread.runs);
                    assert!(spread.runs > 0);
                    assert!(spread.trust_least <= spread.trust_mean);
                    assert!(spread.trust_mean <= spread.trust_most);
                    assert!(spread.words().starts_with(spread.way.words()));
                }
            }
            let made = common_ground::encounter::move_by_text(&scenario, word).unwrap();
            encounter.step(made, &mut Vec::new()).unwrap();
        }
        assert_eq!(told.forks.len(), words.len());
        assert!(told.luck.is_some());
    }
}

#[test]
fn the_same_attempt_gives_the_same_answer_to_the_byte() {
    for seed in [3, 8] {
        let words = run_of("number-14", 0, seed);
        let scenario = shipped("number-14");
        let bytes = || serde_json::to_vec(&what_if(&scenario, seed, &words).unwrap()).unwrap();
        assert_eq!(bytes(), bytes());
    }
}

#[test]
fn a_running_attempt_is_told_up_to_the_decision_that_is_open_and_has_no_luck_yet() {
    let mut words = run_of("footbridge", BOTS.len() - 1, 5);
    words.truncate(2);
    let told = what_if(&shipped("footbridge"), 5, &words).unwrap();
    assert_eq!(told.forks.len(), 3);
    assert!(told.forks[2].taken().is_none());
    assert!(told.luck.is_none());
}

#[test]
fn a_move_that_ends_it_at_once_has_one_ending_however_it_goes_on() {
    for id in SHIPPED {
        for bot in [0, BOTS.len() - 1] {
            let words = run_of(id, bot, 11);
            let told = what_if(&shipped(id), 11, &words).unwrap();
            let Some(last) = told.forks.last().and_then(|fork| fork.taken()) else {
                continue;
            };
            let endings: BTreeSet<&str> = last
                .spreads
                .iter()
                .flat_map(|spread| &spread.endings)
                .map(|share| share.ending.as_str())
                .collect();
            assert_eq!(endings.len(), 1, "{id}: {endings:?}");
        }
    }
}

#[test]
fn careful_work_is_likelier_to_end_safely_than_harm() {
    // At the first decision of each scenario, the best that a careful officer finds is safe.
    for id in SHIPPED {
        let told = what_if(&shipped(id), 4, &[]).unwrap();
        let safe = told.forks[0].moves.iter().any(|likely| {
            likely
                .spreads
                .iter()
                .any(|s| s.way == Wise::Careful && s.with(Outcome::Safe) == s.runs)
        });
        assert!(safe, "{id}");
    }
}

/// One person is met by what helps, the other, as likely, by what harms.
pub(crate) const TOSS: &str = r#"Scenario(format: 1, id: "toss", title: "Toss", version: "1.0.0", course: "cpmha",
    tracks: [CrisisIntervention], level: Core, minutes: 10, summary: "For a test.",
    review: (status: Draft, due: "2099-01-01"), jurisdiction: EnglandAndWales,
    objectives: (core: ["CI-1"], also: []),
    setting: (place: "footbridge", time: Day, weather: Clear, clock: "10:00"),
    briefing: (log: [(at: "09:58", text: "A call.")], task: "Make contact."),
    cast: { "alex": Subject(name: "Alex", look: "woman-30s-jacket",
        profiles: [(is: "despair", weight: 1), (is: "numb-calm", weight: 9)]) },
    start: (beat: "b0", distress: 10, trust: 5, distance: 6),
    standing: [],
    beats: { "b0": (lines: [], decision: (choices: [
        Say(id: "yes", text: "I am here.", evidence: {"CI-1": Competent}, why: "It fits.",
            routes: [(when: [Profile("despair")], to: "good"), (to: "bad")]),
        Say(id: "no", text: "I will go.", evidence: {"CI-1": Developing}, why: "It does not.", to: "bad"),
    ])) },
    endings: {
        "good": (outcome: Safe, title: "Good", text: "Well.", aftermath: "So."),
        "bad": (outcome: Unsafe, title: "Bad", text: "Not well.", aftermath: "So."),
    },
)"#;

#[test]
fn luck_is_named_where_the_same_choice_mostly_ends_otherwise() {
    let scenario = compiled(TOSS);
    let mut seen = [false; 2];
    for seed in 0..40 {
        let words = ["yes".to_owned()];
        let luck = luck_of(&scenario, seed, &words).unwrap().unwrap();
        let end = what_if(&scenario, seed, &words).unwrap();
        let own = end.forks[0].taken().unwrap().own().unwrap();
        let is_safe = own.with(Outcome::Safe) > 0;
        seen[usize::from(is_safe)] = true;
        assert_eq!(luck.better + luck.same + luck.worse, luck.runs);
        if is_safe {
            assert_eq!(luck.lean, Lean::Lucky);
            assert!(luck.worse > 150, "{luck:?}");
            assert!(luck.words().starts_with("It ended better"));
        } else {
            assert_eq!(luck.lean, Lean::Fair);
            assert!(luck.same > 150 && luck.better > 0, "{luck:?}");
        }
    }
    assert_eq!(seen, [true, true]);
}

/// Prints what forking a whole attempt of 25 decisions costs, and luck alone:
/// `cargo test --release --no-default-features --test main -- --ignored what_if_speed --nocapture`.
#[test]
#[ignore = "measures only; needs a quiet machine and a release build"]
fn what_if_speed() {
    const DECISIONS: usize = 25;
    let mut slowest = 0.0_f64;
    for id in SHIPPED {
        let scenario = shipped(id);
        // The run of the random bot that has an ending and is nearest to 25 decisions.
        let (seed, words) = (0..4_000)
            .filter_map(|seed| {
                let run = play(&scenario, BOTS[0], seed, &mut |_, _| {});
                run.ending.is_some().then_some((seed, run.words))
            })
            .min_by_key(|(seed, words)| (words.len().abs_diff(DECISIONS), *seed))
            .expect("a run that ends");
        let mut times = [Vec::new(), Vec::new()];
        let mut told = None;
        for _ in 0..7 {
            let began = std::time::Instant::now();
            told = Some(what_if(&scenario, seed, &words).unwrap());
            times[0].push(began.elapsed().as_secs_f64() * 1e3);
            let began = std::time::Instant::now();
            luck_of(&scenario, seed, &words).unwrap().unwrap();
            times[1].push(began.elapsed().as_secs_f64() * 1e3);
        }
        for times in &mut times {
            times.sort_by(f64::total_cmp);
        }
        let told = told.expect("seven rounds");
        println!(
            "{id}: {} decisions, {} roll-outs: what-if with luck {:.0} ms (median of 7), luck alone {:.1} ms",
            words.len(),
            told.roll_outs,
            times[0][3],
            times[1][3],
        );
        slowest = slowest.max(times[0][3]);
    }
    assert!(slowest < 300.0, "{slowest:.0} ms; asked: under 300");
}
