//! `prove`: every path of a scenario tried, within a budget; the rest sampled and said to be so.

mod told;

use std::io::{IsTerminal as _, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use anyhow::{Context as _, Result};

use crate::course::Course;
use crate::proof::{Asked, Limits, Proof, grouped, prove};
use crate::scenario::load::{proof_path, write_beside};
use crate::scenario::signing::content_sha256;
use crate::scenario::{Scenario, ScenarioFile, Severity};

use super::args::Prove;
use super::check::{files, note_missing_assets};
use super::{FINE, STOPPED, UNDECIDED, WRONG};
use crate::places::{Places, today};

use told::Told;

pub(super) fn run(places: &Places, asked: &Prove) -> Result<u8> {
    let cancel = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&cancel);
    // A second Ctrl-C ends at once.
    let _ = ctrlc::set_handler(move || {
        if flag.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    });
    let mut all = Vec::new();
    let mut code = FINE;
    let files = files(places, &asked.paths)?;
    note_missing_assets(files.iter().map(|(_, courses)| courses));
    let mut unreached = Vec::new();
    for (file, courses) in files {
        if cancel.load(Ordering::Relaxed) {
            unreached.push(file.id.clone());
            continue;
        }
        let course = file
            .scenario
            .as_ref()
            .and_then(|scenario| courses.course(&scenario.course).cloned());
        let (Some(scenario), Some(course)) = (&file.scenario, course) else {
            for fault in file
                .diagnostics
                .iter()
                .chain(&courses.diagnostics)
                .filter(|fault| fault.severity == Severity::Error)
            {
                eprintln!("{}", fault.plain(&file.text));
            }
            eprintln!(
                "common-ground: `{}` has faults and cannot be proven; `common-ground check` tells them all",
                file.id
            );
            code = WRONG;
            continue;
        };
        let wanted = Asked {
            limits: Limits {
                budget: asked.budget,
                threads: asked.threads,
                cancel: Arc::clone(&cancel),
                ..Limits::default()
            },
            bot_seeds: if asked.bots || asked.keep {
                asked.seeds
            } else {
                0
            },
            search_seeds: asked.seeds,
        };
        let mut progress = Progress::new(&file.id);
        let name = file.path.display().to_string();
        let proof = prove(
            scenario,
            &course,
            (&name, &file.text),
            &wanted,
            &mut |states| progress.tell(states),
        );
        progress.end();
        let told = Told {
            proof: &proof,
            asked: &wanted,
            is_stopped: cancel.load(Ordering::Relaxed),
        };
        if !asked.json {
            // What was measured differs each time, and is no part of what is told.
            eprintln!(
                "{}: {:.2} s, {} MB",
                scenario.id,
                proof.seconds,
                proof.bytes / 1_000_000
            );
        }
        if !proof.findings.is_empty() {
            code = WRONG;
        } else if !proof.is_whole() && code == FINE {
            code = UNDECIDED;
        }
        if asked.keep && !told.is_stopped {
            keep(&file, scenario, &course, &proof, asked.seeds)?;
            eprintln!("Kept; {}: {}.", file.id, told.verdict());
        }
        if asked.json {
            all.push(told.as_json(scenario, &file.text));
        } else {
            print!("{}", told.as_text(scenario, &file.text));
        }
    }
    if cancel.load(Ordering::Relaxed) {
        code = STOPPED;
        if asked.keep {
            eprintln!("No proof was kept of what was stopped.");
        }
    }
    if !unreached.is_empty() {
        eprintln!(
            "common-ground: STOPPED before these were begun: {}",
            unreached.join(", ")
        );
    }
    if asked.json {
        println!("{}", serde_json::to_string_pretty(&all)?);
    }
    Ok(code)
}

/// Writes the mark beside the scenario.
fn keep(
    file: &ScenarioFile,
    scenario: &Scenario,
    course: &Course,
    proof: &Proof,
    seeds: u32,
) -> Result<()> {
    let content = content_sha256(&file.text, scenario, course)?;
    let path = proof_path(&file.path);
    let text = proof.mark(&file.id, content, today(), seeds).text()?;
    write_beside(&path, &text).with_context(|| format!("cannot write {}", path.display()))?;
    eprintln!("Wrote {}.", path.display());
    Ok(())
}

/// States a second, on a terminal and nowhere else.
struct Progress<'s> {
    id: &'s str,
    began: Instant,
    told: Instant,
    is_shown: bool,
}

impl<'s> Progress<'s> {
    fn new(id: &'s str) -> Self {
        Self {
            id,
            began: Instant::now(),
            told: Instant::now(),
            is_shown: false,
        }
    }

    fn tell(&mut self, states: usize) {
        if self.told.elapsed().as_millis() < 200 || !std::io::stderr().is_terminal() {
            return;
        }
        self.told = Instant::now();
        self.is_shown = true;
        let rate = states as f64 / self.began.elapsed().as_secs_f64();
        eprint!(
            "\r{}: {} states, {} a second ",
            self.id,
            grouped(states),
            grouped(rate as usize)
        );
        let _ = std::io::stderr().flush();
    }

    fn end(&self) {
        if self.is_shown {
            eprint!("\r{:60}\r", "");
        }
    }
}
