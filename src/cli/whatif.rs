//! `whatif`: what would likely have followed at each decision of an attempt.

use std::time::Instant;

use anyhow::{Result, bail};

use crate::attempt::{review_kept, what_if_kept};
use crate::places::{Places, attempt_id};
use crate::records::{AttemptState, Mode};

use super::FINE;
use super::explain::wrapped;

pub(super) fn run(places: &Places, attempt: &str, only: Option<u32>, json: bool) -> Result<u8> {
    let store = places.store()?;
    let id = attempt_id(attempt)?;
    let kept = store.attempt(id)?;
    if kept.mode == Mode::Assessment && kept.state == AttemptState::Running {
        bail!(
            "attempt {id} is an assessment that is still running, and what follows from its options is told after its end\n  finish it first"
        );
    }
    let began = Instant::now();
    let forks = what_if_kept(&store, id)?;
    let secs = began.elapsed().as_secs_f64();
    if let Some(number) = only
        && forks.fork(number).is_none()
    {
        bail!(
            "attempt {id} has {} decisions, and {number} is none of them",
            forks.forks.len()
        );
    }
    if json {
        println!("{}", serde_json::to_string_pretty(&forks)?);
    } else {
        let told = review_kept(&store, id)?.1;
        for fork in &forks.forks {
            if only.is_some_and(|only| only != fork.number) {
                continue;
            }
            let step = told.steps.get(fork.number.saturating_sub(1) as usize);
            let clock = step.map_or("now", |step| step.clock.as_str());
            println!("\nDecision {} ({clock})", fork.number);
            for likely in &fork.moves {
                let mark = if likely.is_taken { "*" } else { " " };
                println!("{mark} {}", likely.made);
                for spread in &likely.spreads {
                    println!("{}", wrapped(&format!("    {}", spread.words())));
                }
            }
        }
        if let Some(luck) = &forks.luck {
            println!("\n{}", wrapped(&format!("Luck: {}", luck.words())));
        }
    }
    eprintln!(
        "{} decisions, {} roll-outs in {secs:.3} s, reading included.",
        forks.forks.len(),
        forks.roll_outs
    );
    Ok(FINE)
}
