//! The proof of one scenario: exploration, findings, chances, scores and bots, together.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Instant;

use serde::Serialize;

use crate::course::Course;
use crate::scenario::{Diagnostic, ENGINE, Outcome, ProofMark, Scenario};

use super::between::{Known, approach, between};
use super::bots::{BOTS, SEARCHER};
use super::chances::{DrawChances, Policy};
use super::drift::{Sampled, drift};
use super::explore::{Extent, Limits, Space, explore};
use super::findings::Findings;
use super::hunt::{Sought, hunt};
use super::met::Met;
use super::passing::{Passes, passes};
use super::sample::{Record, tally};
use super::scores::{ScoreProof, scores};
use super::sweep::{Bound, Reach, sweep};
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
    /// A run there: a shortest one, where every state was visited.
    pub witness: Option<Witness>,
    /// Exact probability by policy; one whose states are too many is missing.
    pub chances: BTreeMap<&'static str, f64>,
    /// The same by the profile that is drawn.
    pub by_draw: BTreeMap<String, BTreeMap<&'static str, f64>>,
    /// Where there are too many states for the exact chance if any open move is as likely: what runs
    /// came to.
    pub sampled: Option<Sampled>,
    /// The same by the profile that is drawn.
    pub sampled_by_draw: BTreeMap<String, Sampled>,
}

/// What is known of a scenario after a proof.
#[derive(Debug)]
pub struct Proof {
    /// How the exploration ended.
    pub extent: Extent,
    /// Whether whole sets of states were swept, since there were too many to visit one by one.
    pub by_sets: bool,
    /// States visited, or known to be reached.
    pub states: usize,
    /// States that there are at most, if that is known.
    pub at_most: Option<u64>,
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
    /// Places of which something is undecided: not a fault, but not shown to be none.
    pub unmet: Vec<String>,
    /// The endings.
    pub endings: Vec<EndingProof>,
    /// Probability of never ending, by policy.
    pub never: BTreeMap<&'static str, f64>,
    /// Scores that play can reach; empty if it was stopped, or there are too many ways between states.
    pub scores: Vec<ScoreProof>,
    /// The bots.
    pub bots: Vec<Record>,
    /// Draws, and those from which a run passes.
    pub passes: Passes,
}

impl Proof {
    /// Whether everything that is asked is decided, for every state that play can reach.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        matches!(self.extent, Extent::Exhausted | Extent::Bounded) && self.unmet.is_empty()
    }

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
            is_exhausted: self.is_whole(),
            findings: u32::try_from(self.findings.len()).unwrap_or(u32::MAX),
            guesser_runs: runs,
        }
    }
}

/// States that are visited one by one in any case.
const FEW: usize = 10_000;
/// Most nodes of the diagrams of one profile while states are counted.
const MOST_NODES_TO_COUNT: usize = 1 << 20;
/// Most nodes of the diagrams of one profile: about a gigabyte.
const MOST_NODES: usize = 12_000_000;

/// Most states of one policy, for the exact chances of its endings.
const MOST_OF_A_POLICY: usize = 500_000;
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
    let seen = see(scenario, &asked.limits, progress);
    let seconds = began.elapsed().as_secs_f64();
    let Seen {
        space,
        extent,
        mut known,
        states,
        by_sets,
        bytes,
    } = seen;
    let limits = &asked.limits;
    let mut met = Met::new(scenario);
    let bots = tally(scenario, course, BOTS, asked.bot_seeds, limits, &mut met);
    let search = tally(
        scenario,
        course,
        &[SEARCHER],
        asked.search_seeds,
        limits,
        &mut met,
    );
    known.low.add(&met);
    let passes = passes(scenario, course, limits, bots.iter().chain(&search));
    let mut found = Findings {
        scenario,
        file,
        text,
        known: &known,
        list: Vec::new(),
        unmet: Vec::new(),
        is_visited: extent == Extent::Exhausted && !by_sets,
        limits,
    };
    found.unreached();
    found.conditions();
    found.dry(&space);
    found.escape(&space);
    found.outdone();
    found.unsafe_passes(&space, &bots, &search);
    found.passes(&passes);
    found.guessed(&bots);
    let (list, unmet) = (found.list, found.unmet);
    let mut never = BTreeMap::new();
    let mut endings = endings(scenario, &space, &asked.limits, &mut never);
    for (position, ending) in (0_u32..).zip(&mut endings) {
        let run = bots.iter().chain(&search);
        let run = run.filter_map(|record| record.ends.get(&position));
        let run = run.min_by_key(|(seed, moves)| (moves.len(), *seed));
        if ending.witness.is_none() {
            let known = run.map(|(seed, moves)| Witness {
                seed: *seed,
                moves: moves.clone(),
            });
            let place = scenario.beats.len() as u32 + position;
            ending.witness = known.or_else(|| hunt(scenario, Sought::Ending(place), limits));
        }
    }
    if by_sets {
        let runs = asked.search_seeds.saturating_mul(2);
        for (ending, (all, by_draw)) in endings.iter_mut().zip(drift(scenario, limits, runs)) {
            ending.sampled = Some(all);
            ending.sampled_by_draw = by_draw;
        }
    }
    let scores = scores(scenario, course, &space, asked, by_sets);
    Proof {
        extent,
        by_sets,
        states: usize::try_from(states.0).unwrap_or(usize::MAX),
        at_most: states.1,
        steps: if by_sets { 0 } else { space.steps },
        seconds,
        bytes,
        key_bits: space.key_bits,
        findings: list,
        unmet,
        endings,
        never,
        scores,
        bots,
        passes,
    }
}

/// A count with commas between its thousands.
#[must_use]
pub fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// What was seen of the states.
struct Seen {
    space: Space,
    extent: Extent,
    known: Known,
    /// States that there are at least, and at most if that is known.
    states: (u64, Option<u64>),
    by_sets: bool,
    bytes: usize,
}

/// Visits the states one by one while there are few enough, and closes in on them with sets
/// where there are not.
fn see(scenario: &Arc<Scenario>, limits: &Limits, progress: &mut dyn FnMut(usize)) -> Seen {
    let mut tell = |states: u64| progress(usize::try_from(states).unwrap_or(usize::MAX));
    let few = Limits {
        budget: limits.budget.min(limits.one_by_one).min(FEW),
        ..limits.clone()
    };
    let space = explore(scenario, &few, &mut |states| tell(states as u64));
    let is_open = matches!(space.extent, Extent::OverBudget | Extent::TooManyDraws);
    if !is_open || limits.budget <= limits.one_by_one.min(FEW) {
        return visited(scenario, limits, space);
    }
    let mut reach = Reach {
        most_states: limits.budget.min(limits.one_by_one) as u64,
        most_nodes: MOST_NODES_TO_COUNT,
        with_words: false,
        bound: Bound::Exact,
        threads: limits.threads,
        cancel: Arc::clone(&limits.cancel),
    };
    let mut known = Known::at_least(scenario, &space.met);
    // While states are counted on one thread, the others take the first steps from both sides.
    let is_needless = AtomicBool::new(false);
    let (counted, mut both) = thread::scope(|scope| {
        let known = known.clone();
        let first = scope.spawn(|| approach(scenario, limits, known, &is_needless));
        let counted = sweep(scenario, &reach, &mut tell);
        let is_open = matches!(&counted, Some(counted) if counted.extent != Extent::Exhausted);
        is_needless.store(!is_open, Ordering::Relaxed);
        (counted, first.join().ok().flatten())
    });
    let most = match &counted {
        None => limits.budget,
        Some(counted) if counted.extent == Extent::Exhausted => limits.one_by_one,
        Some(_) => 0,
    };
    let Some(counted) = counted.filter(|_| most == 0) else {
        let all = Limits {
            budget: most,
            ..limits.clone()
        };
        let space = explore(scenario, &all, &mut |states| tell(states as u64));
        return visited(scenario, limits, space);
    };
    let states = counted.states.max(space.states() as u64);
    if let Some(both) = &mut both {
        both.known.low.add(&counted.met);
        both.states.0 = states;
        known = both.known.clone();
    }
    let mut seen = Seen {
        extent: counted.extent,
        states: (states, None),
        by_sets: true,
        bytes: space.bytes.max(counted.bytes),
        known,
        space,
    };
    if counted.extent == Extent::Cancelled {
        return seen;
    }
    if let Some(first) = both
        && let Some(both) = between(scenario, limits, first, &mut tell)
    {
        seen.extent = both.extent;
        seen.states.0 = seen.states.0.max(both.states.0);
        seen.states.1 = both.states.1;
        seen.bytes = seen.bytes.max(both.bytes);
        seen.known = both.known;
    }
    if seen.extent == Extent::OverBudget {
        reach.most_states = limits.budget as u64;
        reach.most_nodes = MOST_NODES;
        reach.with_words = true;
        if let Some(all) = sweep(scenario, &reach, &mut tell) {
            seen.states.0 = seen.states.0.max(all.states);
            seen.bytes = seen.bytes.max(all.bytes);
            seen.known.swept(&all);
            if all.extent != Extent::OverBudget {
                seen.extent = all.extent;
            }
        }
    }
    seen
}

/// What is known after states were visited one by one.
fn visited(scenario: &Arc<Scenario>, limits: &Limits, space: Space) -> Seen {
    let mut known = Known::at_least(scenario, &space.met);
    if space.extent == Extent::Exhausted {
        known = Known::exactly(&space.met, ungated(scenario, &space));
        if let Some(told) = with_words(scenario, limits, space.states()) {
            known.adds_words(&told);
        }
    }
    Seen {
        extent: space.extent,
        known,
        states: (
            space.states() as u64,
            (space.extent == Extent::Exhausted).then_some(space.states() as u64),
        ),
        by_sets: false,
        bytes: space.bytes,
        space,
    }
}

/// What is met where what only words depend on is told apart too. That makes many more states, so
/// they are swept by whole sets if they can be.
fn with_words(scenario: &Arc<Scenario>, limits: &Limits, states: usize) -> Option<Met> {
    let reach = Reach {
        most_states: u64::MAX,
        most_nodes: MOST_NODES,
        with_words: true,
        bound: Bound::Exact,
        threads: limits.threads,
        cancel: Arc::clone(&limits.cancel),
    };
    if let Some(told) = sweep(scenario, &reach, &mut |_| {})
        && told.is_exact
    {
        return Some(told.met);
    }
    let limits = Limits {
        with_words: true,
        with_ways: false,
        budget: limits.budget.max(states * 4),
        ..limits.clone()
    };
    let told = explore(scenario, &limits, &mut |_| {});
    (told.extent == Extent::Exhausted).then_some(told.met)
}

/// Endings that are reached without failing a gate on the last step.
fn ungated(scenario: &Scenario, space: &Space) -> Vec<bool> {
    let mut found = vec![false; scenario.endings.len()];
    for edge in &space.edges {
        if let Some(ending) = space.ending(scenario, edge.to)
            && space.ways[edge.way as usize].gates == 0
        {
            found[ending as usize] = true;
        }
    }
    found
}

/// Exact chances by policy: from all states where all were visited, and from those that a policy
/// comes to where there are too many. One whose own states are too many is left out.
fn by_policy(
    scenario: &Arc<Scenario>,
    space: &Space,
    limits: &Limits,
) -> Vec<(Policy, DrawChances)> {
    Policy::ALL
        .into_iter()
        .filter_map(|policy| {
            if space.extent == Extent::Exhausted {
                let own = DrawChances::of(scenario, space, policy, &limits.cancel)?;
                return Some((policy, own));
            }
            if policy == Policy::Uniform || limits.cancel.load(Ordering::Relaxed) {
                return None;
            }
            let own = Limits {
                budget: limits.budget.min(MOST_OF_A_POLICY),
                only: Some(policy),
                ..limits.clone()
            };
            let own = explore(scenario, &own, &mut |_| {});
            if own.extent != Extent::Exhausted {
                return None;
            }
            let own = DrawChances::of(scenario, &own, policy, &limits.cancel)?;
            Some((policy, own))
        })
        .collect()
}

fn by_draw(
    by_policy: &[(Policy, DrawChances)],
    ending: usize,
) -> BTreeMap<String, BTreeMap<&'static str, f64>> {
    let mut all: BTreeMap<String, BTreeMap<&'static str, f64>> = BTreeMap::new();
    for (policy, found) in by_policy {
        for (draw, own) in &found.by_draw {
            let chances = all.entry(draw.clone()).or_default();
            chances.insert(policy.name(), own.endings[ending]);
        }
    }
    all
}

fn endings(
    scenario: &Arc<Scenario>,
    space: &Space,
    limits: &Limits,
    never: &mut BTreeMap<&'static str, f64>,
) -> Vec<EndingProof> {
    let by_policy = by_policy(scenario, space, limits);
    for (policy, found) in &by_policy {
        never.insert(policy.name(), found.whole.never);
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
                    .map(|(policy, all)| (policy.name(), all.whole.endings[position as usize]))
                    .collect(),
                by_draw: by_draw(&by_policy, position as usize),
                sampled: None,
                sampled_by_draw: BTreeMap::new(),
            }
        })
        .collect()
}
