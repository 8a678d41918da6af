//! Processes of `play` killed at random moments: what was answered is in the store.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use common_ground::attempt::Sitting;
use common_ground::records::{AttemptFilter, AttemptState, Store, moves_in_force};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::support;

/// A sample by default; `COMMON_GROUND_KILLS=200` takes that many.
#[test]
fn a_killed_process_loses_no_answered_decision() {
    let rounds: u64 = std::env::var("COMMON_GROUND_KILLS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(8);
    let folder = tempfile::tempdir().unwrap();
    let mut answered = Vec::new();
    for round in 0..rounds {
        let mut draws = ChaCha8Rng::seed_from_u64(round);
        let collar = format!("K{round}");
        let mut child = Command::new(env!("CARGO_BIN_EXE_common-ground"))
            .args(["--scenarios", &support::folder().display().to_string()])
            .args(["--data", &folder.path().display().to_string()])
            .args([
                "play",
                support::SHIPPED[round as usize % 3],
                "--mode",
                "assessment",
                "--trainee",
                &collar,
            ])
            .args(["--seed", &round.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let stop_after = draws.next_u32() % 6;
        // A menu shows that the move before it was answered; then the process dies at a
        // moment that the next answer may or may not have reached.
        let mut menus = 0_u32;
        let mut in_menu = false;
        for line in output.lines() {
            let Ok(line) = line else { break };
            if line.starts_with("Why?") {
                // The list that follows is no menu of moves: what is wanted is a reason.
                let _ = writeln!(input, "2 I did not know yet.");
                let _ = input.flush();
                in_menu = true;
                continue;
            }
            let is_option = line.trim_start().starts_with("1. ");
            if is_option && !in_menu {
                menus += 1;
                in_menu = true;
                let _ = writeln!(input, "{}", 1 + draws.next_u32() % 3);
                let _ = input.flush();
                if menus > stop_after {
                    for _ in 0..draws.next_u32() % 200_000 {
                        std::hint::spin_loop();
                    }
                    let _ = child.kill();
                    break;
                }
            } else if !is_option {
                in_menu = false;
            }
        }
        let _ = child.kill();
        let _ = child.wait();
        answered.push((collar, menus.saturating_sub(1)));
    }
    let store = Store::open(folder.path()).unwrap();
    let trainees = store.trainees().unwrap();
    let mut checked = 0;
    for (collar, moves) in answered {
        let Some(trainee) = trainees.iter().find(|t| t.collar_number == collar) else {
            assert_eq!(moves, 0, "{collar}: answered moves without a trainee");
            continue;
        };
        let filter = AttemptFilter {
            trainee: Some(trainee.id),
            ..AttemptFilter::default()
        };
        for attempt in store.attempts(&filter).unwrap() {
            let journal = store.moves(attempt.id).unwrap();
            let kept = moves_in_force(&journal).len();
            assert!(
                kept >= moves as usize,
                "{collar}: {moves} answered, {kept} kept"
            );
            if attempt.state == AttemptState::Running {
                let sitting = Sitting::resume(&store, attempt.id).unwrap();
                assert_eq!(sitting.words().len(), kept);
                let now = "2026-11-01T10:00:00Z";
                if sitting.encounter().ending().is_some() {
                    sitting.close_if_ended(&store, now).unwrap();
                } else {
                    store.abandon(attempt.id, now).unwrap();
                }
            }
            checked += 1;
        }
    }
    assert!(checked > 0);
    assert!(store.verify().unwrap().sound());
}
