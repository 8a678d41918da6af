//! What a proof came to: as text with its verdict first and last, and as JSON.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::proof::{
    Asked, Extent, Passes, Policy, Proof, Record, Tally, bot_table, draw_table, grouped,
};
use crate::scenario::Scenario;

use super::super::check::colours;

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

/// What a proof came to, as it is told.
pub(super) struct Told<'p> {
    pub(super) proof: &'p Proof,
    pub(super) asked: &'p Asked,
    /// Ctrl-C came before it was done.
    pub(super) is_stopped: bool,
}

impl Told<'_> {
    /// The guessers that played.
    fn players(&self) -> Vec<Record> {
        let played = self.proof.bots.iter().filter(|one| one.all.runs > 0);
        played.cloned().collect()
    }

    pub(super) fn as_text(&self, scenario: &Scenario, source: &str) -> String {
        let proof = self.proof;
        let mut text = String::new();
        let _ = writeln!(text, "{}: {}", scenario.id, self.verdict());
        let _ = writeln!(
            text,
            "  {}, {}; {}.",
            proof.states_words(),
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
        text.push_str(&endings_text(proof));
        text.push_str(&sampled_text(proof));
        if !proof.scores.is_empty() {
            let _ = writeln!(text, "  scores that play can reach:");
            for score in &proof.scores {
                let _ = writeln!(
                    text,
                    "    {:<6} {:<24} {}",
                    score.objective,
                    score.draw,
                    score.words()
                );
            }
        }
        let players = self.players();
        if !players.is_empty() {
            let _ = write!(text, "\n{}\n", bot_table(&scenario.id, &players));
            let _ = writeln!(text, "{}", draw_table(&scenario.id, &players));
        }
        let _ = writeln!(text, "{}: {}\n", scenario.id, self.verdict());
        text
    }

    /// Whether it is proven, in one line: what stands first and last of all that is told.
    pub(super) fn verdict(&self) -> String {
        let (proof, asked) = (self.proof, self.asked);
        let found = match proof.findings.len() {
            0 => "no findings".to_owned(),
            1 => "1 finding".to_owned(),
            many => format!("{many} findings"),
        };
        if self.is_stopped {
            return format!("STOPPED, not proven: partial results, {found} so far");
        }
        let have_guessed = asked.bot_seeds > 0;
        let is_clean = proof.findings.is_empty();
        if is_clean && proof.is_whole() && have_guessed {
            return format!(
                "proven: every path was tried, guessers played {} seeds each, and there are no findings",
                grouped(asked.bot_seeds as usize)
            );
        }
        let mut text = match (is_clean, proof.is_whole()) {
            (true, true) => found,
            (true, false) => {
                "UNDECIDED, not proven: not everything could be decided; no findings in what was"
                    .to_owned()
            }
            (false, true) => format!("not proven: {found}"),
            (false, false) => format!("not proven: {found}, and not everything decided"),
        };
        if !have_guessed {
            text.push_str(", guessers not played: add --bots");
        }
        text
    }
}

/// The endings with their chances and a run to each, and by what is drawn.
fn endings_text(proof: &Proof) -> String {
    let mut text = String::new();
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
    if proof.never.values().any(|chance| is_told(*chance)) {
        let _ = write!(text, "    {:<24} {:<11}", "(never ends)", "");
        for (policy, chance) in &proof.never {
            let _ = write!(text, "  {policy} {:.2} %", chance * 100.0);
        }
        text.push('\n');
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
    text
}

/// Whether a chance is nought to the two places that are told.
fn is_told(chance: f64) -> bool {
    chance >= 0.000_05
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
    let (mut rest, mut is_drawn) = (1.0, false);
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
        rest -= chance.share;
        is_drawn = true;
    }
    if is_drawn && is_told(rest) {
        let _ = writeln!(text, "    {:<24} {:>6.2} %", "(did not end)", rest * 100.0);
    }
    text
}

/// Chances of the endings in words, by profile and policy, and of no ending at all; those that
/// never come are left out.
fn chances_by_draw(proof: &Proof) -> BTreeMap<&str, BTreeMap<&'static str, Vec<String>>> {
    let mut all: BTreeMap<&str, BTreeMap<&'static str, Vec<String>>> = BTreeMap::new();
    let mut rest: BTreeMap<(&str, &'static str), f64> = BTreeMap::new();
    for ending in &proof.endings {
        for (draw, policies) in &ending.by_draw {
            for (policy, chance) in policies {
                *rest.entry((draw, policy)).or_insert(1.0) -= chance;
                if *chance > 0.0 {
                    let own = all.entry(draw).or_default().entry(policy).or_default();
                    own.push(format!("{} {:.2} %", ending.id, chance * 100.0));
                }
            }
        }
    }
    for ((draw, policy), rest) in rest.into_iter().filter(|(_, rest)| is_told(*rest)) {
        let own = all.entry(draw).or_default().entry(policy).or_default();
        own.push(format!("never ends {:.2} %", rest * 100.0));
    }
    all
}

impl Told<'_> {
    pub(super) fn as_json(&self, scenario: &Scenario, source: &str) -> Value {
        let proof = self.proof;
        let findings: Vec<Value> = proof
            .findings
            .iter()
            .map(|finding| {
                let mut value = finding.diagnostic.json(source);
                value["witness"] = json!(finding.witness);
                value
            })
            .collect();
        let bots: Vec<Value> = self.players().iter().map(bot_json).collect();
        json!({
            "scenario": scenario.id,
            "stopped": self.is_stopped,
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
}

fn bot_json(record: &Record) -> Value {
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
}
