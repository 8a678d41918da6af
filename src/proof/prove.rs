//! The proof of one scenario: exploration, findings, chances, scores and bots, together.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Instant;

use serde::Serialize;

use crate::course::{Course, Family};
use crate::encounter::{Move, Trace};
use crate::scenario::diagnostic::Step;
use crate::scenario::{Diagnostic, ENGINE, Outcome, ProofMark, Scenario, Severity};

use super::bots::{BOTS, READER_LEAST, SEARCHER};
use super::bounds::ranges;
use super::chances::{Policy, chances};
use super::expand::MOST_OBJECTIVES;
use super::explore::{Extent, Limits, Space, explore};
use super::places::{self, Decides};
use super::sample::{Record, tally};
use super::sweep::{Reach, sweep};
use super::way_out;
use super::witness::{Witness, witness};

/// What to prove.
#[derive(Debug, Clone)]
pub struct Asked {
    /// How far to explore.
    pub limits: Limits,
    /// Seeds for each bot; 0 for none.
    pub bot_seeds: u32,
    /// Seeds for the search for runs that pass.
    pub search_seeds: u32,
}

/// A finding: what is wrong, where, and a run that shows it where one can.
#[derive(Debug, Clone)]
pub struct Finding {
    /// What and where.
    pub diagnostic: Diagnostic,
    /// A run that shows it.
    pub witness: Option<Witness>,
}

/// One ending.
#[derive(Debug, Clone, Serialize)]
pub struct EndingProof {
    /// Id.
    pub id: String,
    /// Outcome.
    pub outcome: Outcome,
    /// A shortest run there.
    pub witness: Option<Witness>,
    /// Exact probability by policy; empty if not every state was visited.
    pub chances: BTreeMap<&'static str, f64>,
}

/// Scores that play can reach.
#[derive(Debug, Clone, Serialize)]
pub struct ScoreProof {
    /// Objective.
    pub objective: String,
    /// Drawn profile, and what else is drawn at the beginning.
    pub draw: String,
    /// Lowest whole per cent.
    pub lowest: u32,
    /// Highest whole per cent.
    pub highest: u32,
}

/// What is known of a scenario after a proof.
#[derive(Debug)]
pub struct Proof {
    /// How the exploration ended.
    pub extent: Extent,
    /// Whether whole sets of states were swept, since there were too many to visit one by one.
    /// Then there are no chances of endings and no ranges of scores.
    pub by_sets: bool,
    /// States visited.
    pub states: usize,
    /// Ways between them; nought if whole sets were swept.
    pub steps: u64,
    /// Seconds that the exploration took.
    pub seconds: f64,
    /// Bytes in use for it.
    pub bytes: usize,
    /// Bits of a state's key.
    pub key_bits: u32,
    /// Findings.
    pub findings: Vec<Finding>,
    /// Places that neither the exploration nor a sampled run has met, if not every state was
    /// visited: not a fault, but not shown to be none.
    pub unmet: Vec<String>,
    /// The endings.
    pub endings: Vec<EndingProof>,
    /// Probability of never ending, by policy.
    pub never: BTreeMap<&'static str, f64>,
    /// Scores; empty if not every state was visited, or there are too many.
    pub scores: Vec<ScoreProof>,
    /// The bots.
    pub bots: Vec<Record>,
    /// Draws seen in the sampled runs, and those from which a run passed.
    pub passes: (usize, usize),
}

impl Proof {
    /// What is kept of it beside the scenario. `content` is the fingerprint of what was proven,
    /// `on` the day (`YYYY-MM-DD`), `runs` how often each guesser played.
    #[must_use]
    pub fn mark(&self, scenario: &str, content: String, on: String, runs: u32) -> ProofMark {
        ProofMark {
            format: 1,
            scenario: scenario.to_owned(),
            on,
            engine: ENGINE.to_owned(),
            content,
            states: self.states as u64,
            // What a sweep could not decide is not proven.
            is_exhausted: self.extent == Extent::Exhausted && self.unmet.is_empty(),
            findings: u32::try_from(self.findings.len()).unwrap_or(u32::MAX),
            guesser_runs: runs,
        }
    }
}

/// Most states that are visited one by one before whole sets are swept.
const ONE_BY_ONE: usize = 1_000_000;
/// Most states that are visited one by one once it is known how many there are.
const MOST_ONE_BY_ONE: usize = 5_000_000;
/// Most nodes of the diagrams of one profile: about a gigabyte.
const MOST_NODES: usize = 12_000_000;
/// Most nodes of a sweep that is done again with what only words depend on.
const MOST_NODES_FOR_WORDS: usize = 3_000_000;

/// Most edges for which scores are searched.
const MOST_EDGES_FOR_SCORES: usize = 4_000_000;

/// Proves a scenario. `file` and `text` are for the places of the findings; `progress` hears
/// how many states were visited.
pub fn prove(
    scenario: &Arc<Scenario>,
    course: &Course,
    (file, text): (&str, &str),
    asked: &Asked,
    progress: &mut dyn FnMut(usize),
) -> Proof {
    let began = Instant::now();
    let limits = &asked.limits;
    let first = Limits {
        budget: limits.budget.min(ONE_BY_ONE),
        ..limits.clone()
    };
    let mut space = explore(scenario, &first, progress);
    let mut swept = None;
    if space.extent == Extent::OverBudget && limits.budget > ONE_BY_ONE {
        let reach = Reach {
            most_states: limits.budget as u64,
            most_nodes: MOST_NODES,
            with_words: false,
            threads: limits.threads,
            cancel: Arc::clone(&limits.cancel),
        };
        swept = sweep(scenario, &reach, &mut |states| {
            progress(usize::try_from(states).unwrap_or(usize::MAX));
        });
        let most = match &swept {
            None => limits.budget,
            Some(swept) if swept.extent == Extent::Exhausted => MOST_ONE_BY_ONE,
            Some(_) => 0,
        };
        // Chances and scores need the states one by one.
        if swept
            .as_ref()
            .is_none_or(|swept| swept.states <= most as u64)
        {
            let again = Limits {
                budget: most,
                ..limits.clone()
            };
            space = explore(scenario, &again, progress);
            if space.extent == Extent::Exhausted {
                swept = None;
            }
        }
    }
    let mut words = None;
    if let Some(swept) = &swept
        && swept.extent == Extent::Exhausted
        && swept.nodes < MOST_NODES_FOR_WORDS
    {
        let reach = Reach {
            most_states: u64::MAX,
            most_nodes: MOST_NODES,
            with_words: true,
            threads: limits.threads,
            cancel: Arc::clone(&limits.cancel),
        };
        words = sweep(scenario, &reach, &mut |_| {})
            .filter(|swept| swept.extent == Extent::Exhausted)
            .map(|swept| swept.met.trace);
    }
    let seconds = began.elapsed().as_secs_f64();
    let extent = swept.as_ref().map_or(space.extent, |swept| swept.extent);
    let mut found = Findings {
        scenario,
        file,
        text,
        list: Vec::new(),
        unmet: Vec::new(),
        is_whole: extent == Extent::Exhausted,
        is_swept: swept.is_some(),
    };
    let mut deeds = space.met.clone();
    if let Some(swept) = &swept {
        deeds.add(&swept.met);
    }
    let mut met = deeds.clone();
    let cancel = &asked.limits.cancel;
    let bots = tally(scenario, course, BOTS, asked.bot_seeds, cancel, &mut met);
    let search = tally(
        scenario,
        course,
        &[SEARCHER],
        asked.search_seeds,
        cancel,
        &mut met,
    );
    // What only words depend on needs states that are told apart further.
    if found.is_whole && swept.is_none() {
        let limits = Limits {
            with_words: true,
            with_ways: false,
            budget: asked.limits.budget.max(space.states() * 4),
            ..asked.limits.clone()
        };
        let told = explore(scenario, &limits, &mut |_| {});
        words = (told.extent == Extent::Exhausted).then_some(told.met.trace);
    }
    if found.is_whole && words.is_none() {
        found
            .unmet
            .push("conditions of lines and of `felt`".to_owned());
    }
    found.unreached(&met);
    found.conditions(&deeds.trace, words.as_ref());
    found.dry(&deeds.dry, &space);
    found.escape(&deeds, &space);
    found.outdone(&deeds);
    let ungated = swept.as_ref().map_or(&[][..], |swept| &swept.ungated);
    found.unsafe_passes(&space, ungated, &bots, &search);
    let passes = found.passes(&bots, &search);
    found.guessed(&bots);
    let mut never = BTreeMap::new();
    let mut endings = endings(scenario, &space, &mut never);
    for (position, ending) in (0_u32..).zip(&mut endings) {
        let run = bots.iter().chain(&search);
        let run = run.filter_map(|record| record.ends.get(&position));
        if ending.witness.is_none()
            && let Some((seed, moves)) = run.min_by_key(|(seed, moves)| (moves.len(), *seed))
        {
            ending.witness = Some(Witness {
                seed: *seed,
                moves: moves.clone(),
            });
        }
    }
    let scores = scores(scenario, course, &space);
    Proof {
        extent,
        by_sets: swept.is_some(),
        states: swept.as_ref().map_or(space.states(), |swept| {
            usize::try_from(swept.states).unwrap_or(usize::MAX)
        }),
        steps: if swept.is_some() { 0 } else { space.steps },
        seconds,
        bytes: space.bytes + swept.as_ref().map_or(0, |swept| swept.bytes),
        key_bits: space.key_bits,
        findings: found.list,
        unmet: found.unmet,
        endings,
        never,
        scores,
        bots,
        passes,
    }
}

fn endings(
    scenario: &Arc<Scenario>,
    space: &Space,
    never: &mut BTreeMap<&'static str, f64>,
) -> Vec<EndingProof> {
    let mut by_policy = Vec::new();
    if space.extent == Extent::Exhausted {
        let from: Vec<(u32, f64)> = space
            .draws
            .iter()
            .flat_map(|drawn| {
                drawn
                    .roots
                    .iter()
                    .map(|(root, part)| (*root, drawn.share * part))
            })
            .collect();
        for policy in Policy::ALL {
            let found = chances(scenario, space, &from, policy);
            never.insert(policy.name(), found.never);
            by_policy.push((policy.name(), found.endings));
        }
    }
    (0_u32..)
        .zip(&scenario.endings)
        .map(|(position, ending)| {
            let place = scenario.beats.len() as u32 + position;
            let state = space.places.iter().position(|own| *own == place);
            EndingProof {
                id: ending.id.to_string(),
                outcome: ending.outcome,
                witness: state.and_then(|state| witness(scenario, space, state as u32, None)),
                chances: by_policy
                    .iter()
                    .map(|(name, all)| (*name, all[position as usize]))
                    .collect(),
            }
        })
        .collect()
}

fn scores(scenario: &Scenario, course: &Course, space: &Space) -> Vec<ScoreProof> {
    if space.extent != Extent::Exhausted || space.edges.len() > MOST_EDGES_FOR_SCORES {
        return Vec::new();
    }
    let mut groups: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for drawn in &space.draws {
        let name = scenario
            .profiles
            .get(usize::from(drawn.state.profile))
            .map_or("", |profile| profile.id.as_str());
        groups
            .entry(name.to_owned())
            .or_default()
            .extend(drawn.roots.iter().map(|(root, _)| *root));
    }
    let roots: Vec<Vec<u32>> = groups.values().cloned().collect();
    let mut all = Vec::new();
    for (place, objective) in scenario.assessed().take(MOST_OBJECTIVES).enumerate() {
        let Some(named) = course.objectives.get(usize::from(objective)) else {
            continue;
        };
        let found = ranges(scenario, space, place, course.min_opportunities, &roots);
        for (draw, range) in groups.keys().zip(found) {
            if let Some(range) = range {
                all.push(ScoreProof {
                    objective: named.id.clone(),
                    draw: draw.clone(),
                    lowest: range.lowest,
                    highest: range.highest,
                });
            }
        }
    }
    all
}

struct Findings<'s> {
    scenario: &'s Arc<Scenario>,
    file: &'s str,
    text: &'s str,
    list: Vec<Finding>,
    unmet: Vec<String>,
    is_whole: bool,
    is_swept: bool,
}

impl Findings<'_> {
    fn add(
        &mut self,
        code: &'static str,
        steps: &[Step],
        message: String,
        help: &str,
        witness: Option<Witness>,
    ) {
        let diagnostic = Diagnostic::at(
            Severity::Warning,
            code,
            (message, help.to_owned()),
            self.file,
            self.text,
            steps,
        );
        self.list.push(Finding {
            diagnostic,
            witness,
        });
    }

    /// Something that no state met: a finding if all were visited, else only not shown.
    fn never(&mut self, code: &'static str, steps: &[Step], message: String, help: &str) {
        if self.is_whole {
            self.add(code, steps, message, help, None);
        } else {
            self.unmet
                .push(crate::scenario::diagnostic::path_text(steps));
        }
    }

    fn unreached(&mut self, met: &super::expand::Met) {
        let scenario = Arc::clone(self.scenario);
        for (at, beat) in (0_u32..).zip(&scenario.beats) {
            if !met.beats[at as usize] {
                self.never(
                    "unreached-beat",
                    &places::beat(&scenario, at),
                    format!("beat `{}` is never reached", beat.id),
                    "loosen the conditions on the way there, or remove it",
                );
            }
        }
        for (at, choice) in (0_u32..).zip(&scenario.choices) {
            if !met.choices[at as usize] {
                self.never(
                    "unreached-choice",
                    &places::choice(&scenario, at),
                    format!("option `{}` is never open", choice.id),
                    "loosen its `when`, or remove it",
                );
            }
        }
        for (at, incident) in scenario.incidents.iter().enumerate() {
            if !met.incidents[at] {
                self.never(
                    "event-never-happens",
                    &places::event(at),
                    format!("event `{}` never happens", incident.id),
                    "loosen its `when`, or remove it",
                );
            }
        }
        for (at, ending) in (0_u32..).zip(&scenario.endings) {
            if !met.endings[at as usize] {
                self.never(
                    "unreached-ending",
                    &places::ending(&scenario, at),
                    format!("ending `{}` is never reached", ending.id),
                    "loosen the conditions on the way there, or remove it",
                );
            }
        }
    }

    fn conditions(&mut self, deeds: &Trace, words: Option<&Trace>) {
        let scenario = Arc::clone(self.scenario);
        let parts = places::parts(&scenario);
        for part in &parts.routes {
            if !deeds.routes[part.what as usize] {
                self.never(
                    "untaken-route",
                    &part.steps,
                    "this way on is never taken".to_owned(),
                    "loosen its conditions or those of what it belongs to, or remove it",
                );
            }
        }
        for part in &parts.conditions {
            let (when, decides) = part.what;
            let trace = match decides {
                Decides::Deeds => deeds,
                Decides::Words | Decides::Felt => match words {
                    Some(words) => words,
                    None => continue,
                },
            };
            let seen = trace.conditions[when.start as usize];
            let is_route = part.steps.contains(&Step::Field("routes"));
            if seen & Trace::HELD == 0 {
                let code = if decides == Decides::Felt {
                    "never-felt"
                } else {
                    "never-holds"
                };
                self.never(
                    code,
                    &part.steps,
                    "this never holds in any state that is reached".to_owned(),
                    "change what it asks for, or remove what depends on it",
                );
            } else if seen & Trace::FAILED == 0 && self.is_whole && !is_route {
                self.add(
                    "always-holds",
                    &part.steps,
                    "this holds whenever it is asked for".to_owned(),
                    "remove it, or change what it asks for",
                    None,
                );
            }
        }
        let words_changes = words.map(|words| &words.changes);
        for part in &parts.changes {
            let at = part.what as usize;
            let seen = deeds.changes[at] | words_changes.map_or(0, |seen| seen[at]);
            if seen == Trace::CUT && self.is_whole {
                self.add(
                    "always-clipped",
                    &part.steps,
                    "this change always runs into the end of its scale".to_owned(),
                    "make it smaller, or start the scale elsewhere",
                    None,
                );
            }
        }
    }

    /// Decisions at which no option is open.
    fn dry(&mut self, dry: &[bool], space: &Space) {
        let scenario = Arc::clone(self.scenario);
        for (at, beat) in (0_u32..).zip(&scenario.beats) {
            if !dry[at as usize] {
                continue;
            }
            let state = (0..space.states() as u32).find(|state| {
                let edges = space.edges_of(*state);
                space.places[*state as usize] == at
                    && !edges.is_empty()
                    && !edges
                        .iter()
                        .any(|edge| matches!(space.ways[edge.way as usize].made, Move::Choice(_)))
            });
            let shown = state.and_then(|state| witness(&scenario, space, state, None));
            self.add(
                "dry-decision",
                &places::beat(&scenario, at),
                format!("at `{}` every option can be closed at once", beat.id),
                "leave one option without `when` and `once`, or let the last one lead on",
                shown,
            );
        }
    }

    /// States from which no ending can be reached.
    fn escape(&mut self, met: &super::expand::Met, space: &Space) {
        if !self.is_whole {
            return;
        }
        let scenario = Arc::clone(self.scenario);
        if self.is_swept {
            for beat in way_out::not_shown(&scenario, &met.beats) {
                self.unmet.push(format!(
                    "{} (that there is a way out of every state)",
                    crate::scenario::diagnostic::path_text(&places::beat(&scenario, beat))
                ));
            }
            return;
        }
        let states = space.states();
        let mut out = vec![false; states];
        for (state, out) in (0_u32..).zip(out.iter_mut()) {
            *out = space.ending(&scenario, state).is_some();
        }
        loop {
            let mut grew = false;
            for state in (0..states).rev() {
                if !out[state]
                    && space
                        .edges_of(state as u32)
                        .iter()
                        .any(|edge| out[edge.to as usize])
                {
                    out[state] = true;
                    grew = true;
                }
            }
            if !grew {
                break;
            }
        }
        let mut told = BTreeSet::new();
        for state in 0..states as u32 {
            let beat = space.places[state as usize];
            if !out[state as usize] && told.insert(beat) {
                let shown = witness(&scenario, space, state, None);
                self.add(
                    "no-escape",
                    &places::beat(&scenario, beat),
                    "from here play can go round for ever and reach no ending".to_owned(),
                    "let an option, silence or an event lead towards an ending in every state",
                    shown,
                );
            }
        }
    }

    /// Options that another one always outdoes.
    fn outdone(&mut self, met: &super::expand::Met) {
        if !self.is_whole {
            return;
        }
        let scenario = Arc::clone(self.scenario);
        for (at, choice) in (0_u32..).zip(&scenario.choices) {
            let is_open = met.choices[at as usize];
            let is_pitfall = choice
                .act
                .techniques
                .of(&scenario.technique_refs)
                .iter()
                .filter_map(|technique| scenario.techniques.get(usize::from(*technique)))
                .any(|used| used.technique.family == Family::Pitfall);
            let is_meant = is_pitfall || !choice.act.failures.is_empty();
            if !is_open || is_meant || met.undominated[at as usize] {
                continue;
            }
            if self.is_swept {
                self.unmet.push(format!(
                    "{} (a state in which no other option does better)",
                    crate::scenario::diagnostic::path_text(&places::choice(&scenario, at))
                ));
            } else {
                self.add(
                    "outdone-option",
                    &places::choice(&scenario, at),
                    format!(
                        "in every state another option leads to the same and does better than `{}`",
                        choice.id
                    ),
                    "give it a state in which it is right, or make it the pitfall that it is",
                    None,
                );
            }
        }
    }

    fn unsafe_passes(&mut self, space: &Space, swept: &[bool], bots: &[Record], search: &[Record]) {
        let scenario = Arc::clone(self.scenario);
        for (at, ending) in (0_u32..).zip(&scenario.endings) {
            if ending.outcome != Outcome::Unsafe {
                continue;
            }
            let place = scenario.beats.len() as u32 + at;
            let ungated = (0..space.states() as u32).find_map(|state| {
                space
                    .edges_of(state)
                    .iter()
                    .find(|edge| {
                        space.places[edge.to as usize] == place
                            && space.ways[edge.way as usize].gates == 0
                    })
                    .map(|edge| (state, space.ways[edge.way as usize].made))
            });
            if ungated.is_some() || swept.get(at as usize) == Some(&true) {
                let shown =
                    ungated.and_then(|(state, made)| witness(&scenario, space, state, Some(made)));
                self.add(
                    "unsafe-pass",
                    &places::ending(&scenario, at),
                    format!(
                        "unsafe ending `{}` can be reached without failing a gate, so a run that ends there can pass",
                        ending.id
                    ),
                    "name the gate that it fails, in `fails`",
                    shown,
                );
            }
        }
        let run = bots
            .iter()
            .chain(search)
            .find_map(|record| record.unsafe_pass.clone());
        if let Some((seed, moves)) = run {
            self.add(
                "unsafe-pass",
                &[Step::Field("endings")],
                "a run passed through an unsafe ending".to_owned(),
                "name the gate that the ending fails, in `fails`",
                Some(Witness { seed, moves }),
            );
        }
    }

    /// Whether a run passes from every draw that the sampled seeds hold.
    fn passes(&mut self, bots: &[Record], search: &[Record]) -> (usize, usize) {
        let all: BTreeSet<&String> = bots
            .iter()
            .chain(search)
            .flat_map(|record| record.by_draw.keys())
            .collect();
        let passed: BTreeSet<&String> = bots
            .iter()
            .chain(search)
            .flat_map(|record| record.passes.keys())
            .collect();
        let missing: Vec<&&String> = all.difference(&passed).collect();
        if let Some(first) = missing.first() {
            self.add(
                "no-pass-found",
                &[Step::Field("objectives")],
                format!(
                    "no run that passes was found from {} of {} draws, such as: {first}",
                    missing.len(),
                    all.len()
                ),
                "give those draws enough opportunities, or tell the search to try more seeds",
                None,
            );
        }
        (all.len(), passed.len())
    }

    fn guessed(&mut self, bots: &[Record]) {
        for record in bots.iter().filter(|record| record.all.runs > 0) {
            let (lower, upper) = record.all.bounds();
            let shown = record
                .first_pass
                .clone()
                .map(|(seed, moves)| Witness { seed, moves });
            let share = record.all.share() * 100.0;
            match record.bot.limit {
                Some(limit) if upper * 100.0 > f64::from(limit) => self.add(
                    "guessable",
                    &[Step::Field("objectives")],
                    format!(
                        "who takes {} passes {share:.1} % of runs (up to {:.1} %; {limit} % at most)",
                        record.bot.rule,
                        upper * 100.0
                    ),
                    "let the best option differ by timing and person, so that the rule fails",
                    shown,
                ),
                None if upper * 100.0 < f64::from(READER_LEAST) => self.add(
                    "reader-fails",
                    &[Step::Field("objectives")],
                    format!(
                        "a careful reader of signs and techniques passes only {share:.1} % of runs (from {:.1} %; {READER_LEAST} % at least)",
                        lower * 100.0
                    ),
                    "let techniques that suit profile and state carry the evidence",
                    shown,
                ),
                _ => {}
            }
        }
    }
}
