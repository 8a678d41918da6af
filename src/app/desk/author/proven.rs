//! What a proof says, as the author's page shows it and as the mark beside the file keeps it.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::course::Course;
use crate::encounter::replay;
use crate::places::today;
use crate::proof::{Extent, Proof, READER_LEAST, Witness, grouped};
use crate::scenario::graph::StoryGraph;
use crate::scenario::load::{proof_path, write_beside};
use crate::scenario::signing::content_sha256;
use crate::scenario::{Diagnostic, Scenario, ScenarioFile};

use super::super::super::views::author_graph::{Followed, Proven};
use super::super::super::views::graph_view::Reach;
use super::super::super::views::past::counted;
use super::Author;
use super::traffic::places_of;
use super::work::PROOF_SEEDS;

pub(super) fn proven(proof: &Proof, text: &str, graph: &StoryGraph) -> Proven {
    let extent = match proof.extent {
        Extent::Exhausted => "Every path was tried",
        Extent::Bounded => "Every path is covered",
        Extent::OverBudget => "Not exhausted: this rests on the states visited and on sampled runs",
        Extent::Cancelled => "Stopped: partial results",
        _ => "Too large to explore: sampled only",
    };
    let open = if proof.unmet.is_empty() {
        String::new()
    } else {
        format!(
            " Undecided, which shows nothing: {}.",
            counted(proof.unmet.len(), "place")
        )
    };
    let states = proof.states_words();
    let mut letters = states.chars();
    let first = letters.next().map(char::to_uppercase);
    let states: String = first.into_iter().flatten().chain(letters).collect();
    Proven {
        extent: format!("{extent}. {states} in {:.1} s.{open}", proof.seconds),
        findings: proof
            .findings
            .iter()
            .map(|found| {
                let found = &found.diagnostic;
                (found.plain(text), place_of(found, graph))
            })
            .collect(),
        endings: endings(proof),
        scores: proof
            .scores
            .iter()
            .map(|score| {
                let draw = if score.draw.is_empty() {
                    String::new()
                } else {
                    format!(" ({})", score.draw)
                };
                format!("{}{draw}: {}", score.objective, score.words().trim_start())
            })
            .collect(),
        bots: proof
            .bots
            .iter()
            .filter(|record| record.all.runs > 0)
            .map(|record| {
                let (lower, upper) = record.all.bounds();
                let asked = record.bot.limit.map_or_else(
                    || format!("{READER_LEAST} % at least"),
                    |limit| format!("{limit} % at most"),
                );
                format!(
                    "{}: passes {:.1} % ({:.1} to {:.1}), {asked}",
                    record.bot.name,
                    record.all.share() * 100.0,
                    lower * 100.0,
                    upper * 100.0
                )
            })
            .collect(),
    }
}

/// The place that a finding speaks of, by the id that it names.
fn place_of(found: &Diagnostic, graph: &StoryGraph) -> Option<usize> {
    let mut names = found.message.split('`').skip(1).step_by(2);
    names.find_map(|name| graph.places.iter().position(|place| place.id == name))
}

/// The chances of each ending, for players by one rule, and of none at all.
fn endings(proof: &Proof) -> Vec<String> {
    let share = |name: &str, chance: f64| format!("{name} {:.2} %", chance * 100.0);
    let mut lines: Vec<String> = proof
        .endings
        .iter()
        .map(|ending| {
            let mut told: Vec<String> = ending
                .chances
                .iter()
                .map(|(policy, chance)| share(policy, *chance))
                .collect();
            if let Some(drawn) = ending.sampled {
                told.push(format!(
                    "any open move {:.2} % ({:.2} to {:.2}, from {} runs)",
                    drawn.share * 100.0,
                    drawn.lower * 100.0,
                    drawn.upper * 100.0,
                    grouped(drawn.runs as usize)
                ));
            }
            format!("{} ({:?}): {}", ending.id, ending.outcome, told.join(", "))
        })
        .collect();
    let never: Vec<String> = proof
        .never
        .iter()
        .filter(|(_, chance)| **chance >= 0.000_05)
        .map(|(policy, chance)| share(policy, *chance))
        .collect();
    if !never.is_empty() {
        lines.push(format!("Never ends: {}", never.join(", ")));
    }
    lines
}

pub(super) fn runs(scenario: &Arc<Scenario>, proof: &Proof) -> Vec<Followed> {
    let endings = proof.endings.iter().filter_map(|ending| {
        let title = format!("To the ending {} ({:?})", ending.id, ending.outcome);
        followed(scenario, title, ending.witness.as_ref()?)
    });
    let findings = proof.findings.iter().filter_map(|found| {
        let title = found.diagnostic.message.clone();
        followed(scenario, title, found.witness.as_ref()?)
    });
    endings.chain(findings).collect()
}

/// A witness as places on the map.
pub(super) fn followed(
    scenario: &Arc<Scenario>,
    title: String,
    witness: &Witness,
) -> Option<Followed> {
    let mut shown = Followed {
        title,
        command: witness.command(&scenario.id),
        ..Followed::default()
    };
    for made in 0..=witness.moves.len() {
        let mut log = Vec::new();
        let words = witness.moves[..made].iter().map(String::as_str);
        replay(scenario, witness.seed, words, &mut log).ok()?;
        let by = made
            .checked_sub(1)
            .map_or("the beginning", |last| witness.moves[last].as_str());
        let all: Vec<usize> = places_of(scenario, &log).collect();
        for at in all.into_iter().skip(shown.places.len()) {
            shown.places.push(at);
            shown.by.push(by.to_owned());
        }
    }
    (!shown.places.is_empty()).then_some(shown)
}

/// Keeps what the proof came to beside the file; says so where that fails.
pub(super) fn keep_mark(
    file: &ScenarioFile,
    scenario: &Scenario,
    course: &Course,
    proof: &Proof,
) -> Option<String> {
    let path = proof_path(&file.path);
    let write = || -> anyhow::Result<()> {
        let content = content_sha256(&file.text, scenario, course)?;
        let mark = proof.mark(&file.id, content, today(), PROOF_SEEDS);
        Ok(write_beside(&path, &mark.text()?)?)
    };
    write().err().map(|reason| {
        format!(
            "What the proof came to cannot be kept as {} ({reason}): the scenario counts as not proven.",
            path.display()
        )
    })
}

impl Author {
    /// What the proof says of each place.
    pub(super) fn mark_reach(&mut self, proof: &Proof) {
        let Some(good) = &self.good else { return };
        let never = |id: &str| {
            proof.findings.iter().any(|found| {
                let found = &found.diagnostic;
                matches!(
                    found.code,
                    "unreached-beat" | "unreached-ending" | "event-never-happens"
                ) && found.message.contains(&format!("`{id}`"))
            })
        };
        let unmet: BTreeSet<&str> = proof.unmet.iter().map(String::as_str).collect();
        for (place, reach) in good.graph.places.iter().zip(&mut self.reach) {
            let id = &place.id;
            let is_unmet = unmet.contains(format!("beats.{id}").as_str())
                || unmet.contains(format!("endings.{id}").as_str());
            *reach = if never(id) {
                Reach::Never
            } else if is_unmet {
                Reach::Unmet
            } else if *reach == Reach::Led && proof.states > 0 {
                Reach::Met
            } else {
                *reach
            };
        }
    }
}
