//! `prove`: every path of a scenario tried, within a budget; the rest sampled and said to be so.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{IsTerminal as _, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use crate::course::Course;
use crate::proof::{
    Asked, Extent, Limits, Passes, Policy, Proof, ScoreProof, Tally, bot_table, draw_table,
    grouped, prove,
};
use crate::scenario::load::{proof_path, write_beside};
use crate::scenario::signing::content_sha256;
use crate::scenario::{Scenario, ScenarioFile, Severity};

use super::args::Prove;
use super::check::{colours, files, note_missing_assets};
use super::{FINE, WRONG};
use crate::places::{Places, today};

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
    for (file, courses) in files {
        if cancel.load(Ordering::Relaxed) {
            break;
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
        }
        if asked.keep && proof.extent != Extent::Cancelled {
            keep(&file, scenario, &course, &proof, asked.seeds)?;
            eprintln!("Kept; {}: {}.", file.id, verdict(&proof, &wanted));
        }
        if asked.json {
            all.push(as_json(scenario, &proof, &file.text));
        } else {
            print!("{}", as_text(scenario, &proof, &file.text, &wanted));
        }
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

fn states_text(proof: &Proof) -> String {
    let least = grouped(proof.states);
    match proof.at_most {
        Some(most) if most == proof.states as u64 => format!("{least} states"),
        Some(most) => format!("at least {least} states and at most {:.1e}", most as f64),
        None if proof.extent == Extent::Bounded => format!("at least {least} states"),
        None => format!("{least} states"),
    }
}

const fn extent_text(extent: Extent) -> &'static str {
    match extent {
        Extent::Exhausted => "all of them: every path was tried",
        Extent::Bounded => {
            "all of them covered: sets that hold every state and sets that hold only such as are reached agree on all that is asked"
        }
        Extent::OverBudget => {
            "NOT EXHAUSTED: the budget was spent first, so what follows rests on these states and on sampled seeds"
        }
        Extent::Cancelled => "STOPPED: partial results",
        Extent::TooWide => {
            "NOT EXPLORED: it has more facts and marks to tell apart than can be held; sampled only"
        }
        Extent::TooManyDraws => "NOT EXPLORED: it draws from too many combinations; sampled only",
    }
}

fn passes_text(passes: &Passes) -> String {
    let count = |draws: u64| grouped(usize::try_from(draws).unwrap_or(usize::MAX));
    let (all, seen, passed) = (
        count(passes.draws),
        count(passes.seen),
        count(passes.passed),
    );
    if passes.seen == passes.draws {
        format!("a pass was found from {passed} of the {all} draws")
    } else {
        format!(
            "a pass was found from {passed} of the {seen} draws that were played, of {all} in all"
        )
    }
}

fn as_text(scenario: &Scenario, proof: &Proof, source: &str, asked: &Asked) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "{}: {}", scenario.id, verdict(proof, asked));
    let _ = writeln!(
        text,
        "  {}, {}; {}.",
        states_text(proof),
        if proof.by_sets {
            "swept by whole sets".to_owned()
        } else {
            format!("{} moves tried", grouped(proof.steps as usize))
        },
        extent_text(proof.extent)
    );
    for finding in &proof.findings {
        let _ = writeln!(text, "\n{}", finding.diagnostic.frame(source, colours()));
        if let Some(shown) = &finding.witness {
            let _ = writeln!(text, "  shown by: {}", shown.command(&scenario.id));
        }
    }
    if !proof.findings.is_empty() {
        text.push('\n');
    }
    if !proof.passes.is_stopped {
        let _ = writeln!(
            text,
            "  {} (a draw: one profile, and one value of each variation)",
            passes_text(&proof.passes)
        );
    }
    if !proof.unmet.is_empty() {
        let _ = writeln!(
            text,
            "  undecided, which shows nothing: {} places, such as {}",
            proof.unmet.len(),
            proof
                .unmet
                .iter()
                .take(3)
                .cloned()
                .collect::<Vec<_>>()
                .join(", ")
        );
    }
    let _ = writeln!(text, "  endings{}:", policies_text(proof));
    for ending in &proof.endings {
        let _ = write!(
            text,
            "    {:<24} {:<11}",
            ending.id,
            format!("{:?}", ending.outcome)
        );
        for (policy, chance) in &ending.chances {
            let _ = write!(text, "  {policy} {:.2} %", chance * 100.0);
        }
        match &ending.witness {
            Some(shown) => {
                let _ = writeln!(
                    text,
                    "  --seed {} --moves {}",
                    shown.seed,
                    shown.moves.join(",")
                );
            }
            None => text.push_str("  no run found\n"),
        }
    }
    for (draw, policies) in chances_by_draw(proof) {
        for (policy, endings) in policies {
            let _ = writeln!(text, "    before {draw}, {policy}: {}", endings.join(", "));
        }
    }
    for policy in Policy::ALL.map(Policy::name) {
        let is_drawn = proof.by_sets && policy == Policy::Uniform.name();
        if !is_drawn && !proof.never.contains_key(policy) && proof.extent != Extent::Cancelled {
            let _ = writeln!(
                text,
                "  no chances are told for {policy}: too many states, or too long a way to an ending"
            );
        }
    }
    text.push_str(&sampled_text(proof));
    if !proof.scores.is_empty() {
        let _ = writeln!(text, "  scores that play can reach:");
        for score in &proof.scores {
            let _ = writeln!(
                text,
                "    {:<6} {:<24} {}",
                score.objective,
                score.draw,
                score_text(score)
            );
        }
    }
    if asked.bot_seeds > 0 {
        let _ = write!(text, "\n{}\n", bot_table(&scenario.id, &proof.bots));
        let _ = writeln!(text, "{}", draw_table(&scenario.id, &proof.bots));
    }
    let _ = writeln!(text, "{}: {}\n", scenario.id, verdict(proof, asked));
    text
}

/// Whether it is proven, in one line: what stands first and last of all that is told.
fn verdict(proof: &Proof, asked: &Asked) -> String {
    let have_guessed = asked.bot_seeds > 0;
    let found = match proof.findings.len() {
        0 if proof.is_whole() && have_guessed => {
            return format!(
                "proven: every path was tried, guessers played {} seeds each, and there are no findings",
                grouped(asked.bot_seeds as usize)
            );
        }
        0 => "no findings".to_owned(),
        1 => "not proven: 1 finding".to_owned(),
        many => format!("not proven: {many} findings"),
    };
    let mut text = found;
    if !proof.is_whole() {
        text.push_str(", not everything decided");
    }
    if !have_guessed {
        text.push_str(", guessers not played: add --bots");
    }
    text
}

/// What the names of the players beside the endings mean, where chances are told.
fn policies_text(proof: &Proof) -> String {
    let names: BTreeSet<&str> = proof
        .endings
        .iter()
        .flat_map(|ending| ending.chances.keys().copied())
        .collect();
    let told: Vec<&str> = names
        .into_iter()
        .filter_map(|name| match name {
            "any open move" => Some("any open move: each as likely as the others"),
            "most points" => Some("most points: the option that earns most by the marks"),
            "first option" => Some("first option: as it stands in the file"),
            _ => None,
        })
        .collect();
    if told.is_empty() {
        String::new()
    } else {
        format!(
            ", with their chances for players by one rule ({})",
            told.join("; ")
        )
    }
}

/// What runs came to where any open move is as likely, if that had to be drawn.
fn sampled_text(proof: &Proof) -> String {
    let mut text = String::new();
    let sampled = proof
        .endings
        .iter()
        .filter_map(|ending| Some((&ending.id, ending.sampled?)));
    for (number, (id, chance)) in sampled.enumerate() {
        if number == 0 {
            let _ = writeln!(
                text,
                "  if any open move is as likely, from {} runs with bounds at 95 %, as there are too many states for exact chances:",
                grouped(chance.runs as usize)
            );
        }
        let _ = writeln!(
            text,
            "    {id:<24} {:>6.2} % ({:.2} to {:.2})",
            chance.share * 100.0,
            chance.lower * 100.0,
            chance.upper * 100.0
        );
    }
    text
}

/// A range that is known, or what is left open of it.
fn score_text(score: &ScoreProof) -> String {
    let (least, most) = (score.least, score.most);
    match (score.lowest, score.highest) {
        (Some(lowest), Some(highest)) if lowest == least && highest == most => {
            format!("{lowest:>3} to {highest:>3} %")
        }
        (Some(lowest), Some(highest)) => {
            let side = |one: u32, other: u32| {
                if one == other {
                    format!("{one} %")
                } else {
                    format!("between {one} and {other} %")
                }
            };
            format!(
                "{lowest:>3} to {highest:>3} % are reached; the lowest is {}, the highest {}",
                side(least, lowest),
                side(highest, most)
            )
        }
        _ => format!(
            "no run was found with enough opportunities; none scores below {least} or above {most} %"
        ),
    }
}

/// Chances of the endings in words, by profile and policy; those that never come are left out.
fn chances_by_draw(proof: &Proof) -> BTreeMap<&str, BTreeMap<&'static str, Vec<String>>> {
    let mut all: BTreeMap<&str, BTreeMap<&'static str, Vec<String>>> = BTreeMap::new();
    for ending in &proof.endings {
        for (draw, policies) in &ending.by_draw {
            for (policy, chance) in policies.iter().filter(|(_, chance)| **chance > 0.0) {
                let own = all.entry(draw).or_default().entry(policy).or_default();
                own.push(format!("{} {:.2} %", ending.id, chance * 100.0));
            }
        }
    }
    all
}

fn as_json(scenario: &Scenario, proof: &Proof, source: &str) -> Value {
    let findings: Vec<Value> = proof
        .findings
        .iter()
        .map(|finding| {
            let mut value = finding.diagnostic.json(source);
            value["witness"] = json!(finding.witness);
            value
        })
        .collect();
    let bots: Vec<Value> = proof
        .bots
        .iter()
        .filter(|record| record.all.runs > 0)
        .map(|record| {
            let (lower, upper) = record.all.bounds();
            let with_bounds = |tally: &Tally| {
                let (lower, upper) = tally.bounds();
                json!({ "passed": tally.passed, "runs": tally.runs, "lower": lower, "upper": upper })
            };
            let by_draw: BTreeMap<&String, Value> = record
                .by_draw
                .iter()
                .map(|(draw, tally)| (draw, with_bounds(tally)))
                .collect();
            json!({
                "bot": record.bot.name,
                "rule": record.bot.rule,
                "limit_percent": record.bot.limit,
                "all": record.all,
                "lower": lower,
                "upper": upper,
                "by_draw": by_draw,
                "endings": record.endings,
            })
        })
        .collect();
    json!({
        "scenario": scenario.id,
        "exhausted": proof.extent == Extent::Exhausted,
        "whole": proof.is_whole(),
        "extent": extent_text(proof.extent),
        "states": proof.states,
        "states_at_most": proof.at_most,
        "by_sets": proof.by_sets,
        "steps": proof.steps,
        "seconds": proof.seconds,
        "bytes": proof.bytes,
        "key_bits": proof.key_bits,
        "findings": findings,
        "unmet": proof.unmet,
        "endings": proof.endings,
        "never_ends": proof.never,
        "scores": proof.scores,
        "draws": proof.passes.draws,
        "draws_seen": proof.passes.seen,
        "draws_with_a_pass": proof.passes.passed,
        "bots": bots,
    })
}
