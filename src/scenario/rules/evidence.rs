//! Evidence and objectives: what is shown and not counted, and what is asked and not shown.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::course::{Course, Level};

use super::super::compile::{Compiled, Fault};
use super::super::diagnostic::{At, Severity, Step};
use super::super::draft::{Entries, Outcome, ScenarioDraft};
use super::super::scenario::{Scenario, Target};
use super::fault;
use super::structure::Graph;

/// Evidence for what is not assessed, and assessed objectives without evidence.
pub(super) fn run(
    draft: &ScenarioDraft,
    compiled: &Compiled,
    course: Option<&Course>,
    faults: &mut Vec<Fault>,
) {
    let root = At::root();
    let assessed: Vec<&str> = draft
        .objectives
        .core
        .iter()
        .chain(&draft.objectives.also)
        .map(String::as_str)
        .collect();
    let known = &compiled.scenario.names.objectives;
    let least = course.map_or(2, |course| course.min_opportunities.max(1)) as usize;
    let mut decisions = vec![0_usize; assessed.len()];
    // By beat: the assessed objectives that are in play at its decision.
    let mut in_play: Vec<Vec<usize>> = Vec::with_capacity(draft.beats.len());
    // Of each objective that is not assessed: the first place of its evidence, and how many.
    let unread: RefCell<BTreeMap<String, (Vec<Step>, usize)>> = RefCell::default();
    let look = |at: &At<'_>, evidence: &Entries<Level>, here: &mut Vec<usize>| {
        for (key, _) in evidence.iter() {
            if let Some(position) = assessed.iter().position(|id| *id == key) {
                here.push(position);
            } else if known.iter().any(|id| id == key) {
                let mut unread = unread.borrow_mut();
                let first = unread
                    .entry(key.to_owned())
                    .or_insert_with(|| (at.key(key).steps(), 0));
                first.1 += 1;
            }
        }
    };
    let moves = root.field("moves");
    for (index, rule) in draft.moves.iter().enumerate() {
        let at = moves.index(index);
        look(&at.field("evidence"), &rule.evidence, &mut Vec::new());
        for (band, when) in rule.evidence_when.iter().enumerate() {
            look(
                &at.field("evidence_when").index(band).field("evidence"),
                &when.evidence,
                &mut Vec::new(),
            );
        }
    }
    let beats = root.field("beats");
    for (key, beat) in draft.beats.iter() {
        let mut here = Vec::new();
        let Some(decision) = &beat.decision else {
            in_play.push(here);
            continue;
        };
        let beat_at = beats.key(key);
        let own = beat_at.field("moves");
        for (index, rule) in beat.moves.iter().enumerate() {
            let at = own.index(index);
            look(&at.field("evidence"), &rule.evidence, &mut here);
            for (band, when) in rule.evidence_when.iter().enumerate() {
                look(
                    &at.field("evidence_when").index(band).field("evidence"),
                    &when.evidence,
                    &mut here,
                );
            }
        }
        let at = beat_at.field("decision");
        let choices = at.field("choices");
        for (index, choice) in decision.choices.iter().enumerate() {
            let at = choices.index(index);
            look(&at.field("evidence"), &choice.option().evidence, &mut here);
            for (band, when) in choice.option().evidence_when.iter().enumerate() {
                let bands = at.field("evidence_when");
                look(
                    &bands.index(band).field("evidence"),
                    &when.evidence,
                    &mut here,
                );
            }
        }
        if let Some(silence) = &decision.silence {
            look(
                &at.field("silence").field("evidence"),
                &silence.evidence,
                &mut here,
            );
            for (band, when) in silence.evidence_when.iter().enumerate() {
                let at = at.field("silence");
                look(
                    &at.field("evidence_when").index(band).field("evidence"),
                    &when.evidence,
                    &mut here,
                );
            }
        }
        here.sort_unstable();
        here.dedup();
        for position in &here {
            decisions[*position] += 1;
        }
        in_play.push(here);
    }
    for (id, (steps, places)) in unread.into_inner() {
        let places = if places == 1 {
            String::new()
        } else {
            format!(" at {places} places, of which this is the first,")
        };
        faults.push(Fault {
            severity: Severity::Warning,
            code: "unread-evidence",
            message: format!(
                "evidence for {id}{places} is never counted: the scenario does not assess it"
            ),
            help: "list it in `objectives`, or remove the evidence".to_owned(),
            steps,
        });
    }
    for (position, id) in assessed.iter().enumerate() {
        if decisions[position] < least && known.iter().any(|known| known == id) {
            faults.push(fault(
                Severity::Warning,
                &root.field("objectives"),
                "too-little-evidence",
                format!(
                    "objective {id} has evidence at {} decisions, and the course asks for {least}",
                    decisions[position]
                ),
                format!("give it evidence at {least} decisions or more, or do not assess it"),
            ));
        }
    }
    untouched(
        draft,
        &compiled.scenario,
        &in_play,
        &decisions,
        least,
        faults,
    );
}

/// Required objectives that some way to a safe ending never puts in play.
///
/// Conditions are left aside, so a way counts if its steps lead on; it is told only where even
/// such a way is no accident: the ending is called Safe, and the officer did nothing to show.
fn untouched(
    draft: &ScenarioDraft,
    scenario: &Scenario,
    in_play: &[Vec<usize>],
    decisions: &[usize],
    least: usize,
    faults: &mut Vec<Fault>,
) {
    if scenario.beats.is_empty() || in_play.len() != scenario.beats.len() {
        return;
    }
    let graph = Graph::of(scenario);
    let root = At::root();
    let objectives = root.field("objectives");
    let core = objectives.field("core");
    for (position, id) in draft.objectives.core.iter().enumerate() {
        if decisions.get(position).is_none_or(|count| *count < least) {
            continue;
        }
        let mut seen = vec![false; scenario.beats.len()];
        let mut open = vec![scenario.start];
        let mut missed = None;
        while let Some(beat) = open.pop() {
            let beat = beat as usize;
            if seen[beat] || in_play[beat].contains(&position) {
                continue;
            }
            seen[beat] = true;
            for to in &graph.onward[beat] {
                match to {
                    Target::Beat(next) => open.push(*next),
                    Target::Ending(ending) => {
                        let is_safe = scenario
                            .endings
                            .get(*ending as usize)
                            .is_some_and(|ending| ending.outcome == Outcome::Safe);
                        if is_safe {
                            missed = Some(*ending as usize);
                        }
                    }
                    Target::Stay => {}
                }
            }
        }
        if let Some(ending) = missed.and_then(|ending| scenario.endings.get(ending)) {
            faults.push(fault(
                Severity::Warning,
                &core.index(position),
                "one-path-objective",
                format!(
                    "a way to the safe ending `{}` never puts {id} in play, so whoever takes it cannot pass",
                    ending.id
                ),
                format!("give a decision on that way evidence for {id}, or list it in `also`"),
            ));
        }
    }
}
