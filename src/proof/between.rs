//! Where there are too many states to find them all: what holds all of them and others too, and what
//! holds only some of them. What the first has not met is never met; what the other has met is met.
//! Where the two agree, that is as exact as if every state had been seen, and they are made
//! finer until they agree on all that is asked: first boxes and roaming, then sweeps of diagrams with
//! so many nodes a beat.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::encounter::Trace;
use crate::scenario::{Beat, Choice, Outcome, Run, Scenario};

use super::explore::{Extent, Limits, note_undominated};
use super::findings::is_meant;
use super::met::Met;
use super::places::{self, Decides};
use super::roam::{Goal, Roamed, roam};
use super::sweep::{Bound, Grounds, Reach, Swept, Wish};

/// Nodes for the states of one beat, from stage to stage.
const STAGES: [usize; 3] = [30, 100, 300];
/// Rounds of one stage at most, and those that are made at once.
const ROUNDS: u64 = 8;
const AT_ONCE: u64 = 2;

/// What is known of a scenario.
#[derive(Debug, Clone)]
pub(super) struct Known {
    /// What is met, and what is not known not to be.
    pub(super) low: Met,
    pub(super) high: Met,
    /// Endings that are reached without failing a gate, and those that may be.
    pub(super) ungated: (Vec<bool>, Vec<bool>),
    /// Whether conditions of words are known too.
    pub(super) has_words: bool,
}

impl Known {
    /// What is known once every state has been seen.
    pub(super) fn exactly(met: &Met, ungated: Vec<bool>) -> Self {
        Self {
            low: met.clone(),
            high: met.clone(),
            ungated: (ungated.clone(), ungated),
            has_words: false,
        }
    }

    /// What is known if these are only some of the states.
    pub(super) fn at_least(scenario: &Scenario, met: &Met) -> Self {
        Self {
            low: met.clone(),
            high: Met::everything(scenario),
            ungated: (
                vec![false; scenario.endings.len()],
                vec![true; scenario.endings.len()],
            ),
            has_words: true,
        }
    }

    /// Adds what is known of words, all states having been told apart by them.
    pub(super) fn adds_words(&mut self, met: &Met) {
        self.low.add(met);
        self.high.add(met);
        self.has_words = true;
    }

    /// Takes in states that were reached on the way.
    fn roamed(&mut self, roamed: &Roamed) {
        self.low.add(&roamed.met);
        for (own, more) in self.ungated.0.iter_mut().zip(&roamed.ungated) {
            *own |= more;
        }
    }

    /// Takes in an exact sweep with words: if it came to its end, nothing else is met.
    pub(super) fn swept(&mut self, swept: &Swept) {
        self.takes(swept);
        if swept.is_exact {
            let undominated = std::mem::take(&mut self.high.undominated);
            self.high.clone_from(&self.low);
            self.high.undominated = undominated;
            self.ungated.1.clone_from(&self.ungated.0);
        }
    }

    fn takes(&mut self, swept: &Swept) {
        self.low.add(&swept.met);
        for (own, more) in self.ungated.0.iter_mut().zip(&swept.ungated) {
            *own |= more;
        }
    }

    /// Takes in a sweep that holds at least every state. Faults alone were looked for if
    /// `only_faults`.
    fn is_at_most(&mut self, swept: &Swept, asked: &Asked, has_words: bool, only_faults: bool) {
        for (own, may) in self.ungated.1.iter_mut().zip(&swept.ungated) {
            *own &= may;
        }
        let mut high = self.high.clone();
        high.keep(&swept.met);
        if only_faults {
            self.high.dry = high.dry;
            return;
        }
        if !has_words {
            for condition in &asked.words {
                let at = condition.at;
                high.trace.conditions[at] = self.high.trace.conditions[at];
            }
        }
        self.high = high;
    }
}

/// A condition by the position of its first test, and whether it matters that it can fail.
struct Condition {
    at: usize,
    when: Run,
    can_fail: bool,
    /// Where play is when it is asked.
    beats: Vec<u32>,
}

/// What findings ask for, by position in a [`Trace`].
struct Asked {
    deeds: Vec<Condition>,
    words: Vec<Condition>,
    /// Ways on, each with the beat in which it stands.
    routes: Vec<(usize, Vec<u32>)>,
    changes: Vec<usize>,
    unsafe_endings: Vec<usize>,
}

impl Asked {
    fn of(scenario: &Scenario) -> Self {
        let parts = places::parts(scenario);
        let conditions = |words: bool| {
            let own = parts.conditions.iter();
            own.filter(|part| (part.what.1 != Decides::Deeds) == words)
                .map(|part| Condition {
                    at: part.what.0.start as usize,
                    when: part.what.0,
                    can_fail: !places::is_route(&part.steps),
                    beats: places::beats_of(scenario, &part.steps),
                })
                .collect()
        };
        Self {
            deeds: conditions(false),
            words: conditions(true),
            routes: parts
                .routes
                .iter()
                .map(|part| (part.what as usize, places::beats_of(scenario, &part.steps)))
                .collect(),
            changes: parts
                .changes
                .iter()
                .map(|part| part.what as usize)
                .collect(),
            unsafe_endings: scenario
                .endings
                .iter()
                .enumerate()
                .filter(|(_, ending)| ending.outcome == Outcome::Unsafe)
                .map(|(at, _)| at)
                .collect(),
        }
    }

    /// What is met neither surely nor surely not. Faults that have yet to be ruled out are no
    /// part of it.
    fn open(&self, scenario: &Scenario, known: &Known) -> Open {
        let (low, high) = (&known.low, &known.high);
        let mut open = Open {
            beats: Some(Vec::new()),
            ..Open::default()
        };
        for (at, choice) in (0_u32..).zip(&scenario.choices) {
            if low.choices[at as usize] != high.choices[at as usize] {
                let steps = places::choice(scenario, at);
                open.add(choice.when, true, &places::beats_of(scenario, &steps));
            }
        }
        for (at, incident) in scenario.incidents.iter().enumerate() {
            if low.incidents[at] != high.incidents[at] {
                open.add(incident.when, true, &[]);
            }
        }
        for (at, (low, high)) in (0_u32..).zip(low.endings.iter().zip(&high.endings)) {
            if low != high {
                let steps = places::ending(scenario, at);
                open.add(Run::default(), true, &places::beats_of(scenario, &steps));
            }
        }
        for (beat, (low, high)) in (0_u32..).zip(low.beats.iter().zip(&high.beats)) {
            if low != high {
                open.add(Run::default(), true, &[beat]);
            }
        }
        let (low, high) = (&low.trace, &high.trace);
        for (at, beats) in &self.routes {
            if let Some(route) = scenario.routes.get(*at)
                && low.routes[*at] != high.routes[*at]
            {
                open.add(route.when, true, beats);
            }
        }
        for at in &self.changes {
            if low.changes[*at] == Trace::CUT && high.changes[*at] & Trace::WHOLE != 0 {
                open.add(Run::default(), true, &[]);
            }
        }
        for (conditions, are_words) in [(&self.deeds, false), (&self.words, true)] {
            for condition in conditions {
                let differ = low.conditions[condition.at] ^ high.conditions[condition.at];
                let before = open.count;
                if differ & Trace::HELD != 0 {
                    open.add(condition.when, true, &condition.beats);
                }
                if condition.can_fail && differ & Trace::FAILED != 0 {
                    open.add(condition.when, false, &condition.beats);
                }
                open.has_words |= are_words && open.count > before;
            }
        }
        open
    }

    /// Whether a fault is neither found nor ruled out.
    fn doubts(&self, known: &Known) -> bool {
        known.low.dry != known.high.dry
            || self
                .unsafe_endings
                .iter()
                .any(|at| known.ungated.0[*at] != known.ungated.1[*at])
    }
}

/// What is still open.
#[derive(Default)]
struct Open {
    count: usize,
    /// Whether conditions of words are part of it.
    has_words: bool,
    /// The conditions behind it, each with whether it should hold.
    goals: Vec<Goal>,
    /// Where play is when it is met, if that can be said of all of it.
    beats: Option<Vec<u32>>,
}

impl Open {
    fn add(&mut self, when: Run, holds: bool, at: &[u32]) {
        self.count += 1;
        if !when.is_empty() {
            self.goals.push((when, holds));
        }
        if at.is_empty() {
            self.beats = None;
        } else if let Some(beats) = &mut self.beats {
            beats.extend_from_slice(at);
        }
    }
}

/// Beats with an option that may be outdone in every state, as far as is known.
fn outdone_at(scenario: &Scenario, low: &Met) -> Vec<bool> {
    let is_open = |at: u32, choice: &Choice| {
        low.undominated.get(at as usize) == Some(&false) && !is_meant(scenario, choice)
    };
    let has_open = |beat: &Beat| {
        beat.decision.as_ref().is_some_and(|decision| {
            let choices = decision.choices.of(&scenario.choices);
            let mut numbered = decision.choices.positions().zip(choices);
            numbered.any(|(at, choice)| is_open(at, choice))
        })
    };
    scenario.beats.iter().map(has_open).collect()
}

/// What came of it.
#[derive(Debug)]
pub(super) struct Between {
    pub(super) extent: Extent,
    pub(super) known: Known,
    /// States that there are at least, and at most if that is known.
    pub(super) states: (u64, Option<u64>),
    /// Bytes of the largest sweep.
    pub(super) bytes: usize,
}

/// Rounds of roaming at most, and those in a row after which it stops if nothing was decided.
const MOST_ROUNDS: usize = 20;
const PATIENCE: usize = 4;

/// Takes the first steps from both sides, which cost next to nothing: boxes rule out most of what
/// is never met, and roaming meets most of what is met. None if the scenario has parts with too
/// many values.
pub(super) fn approach(
    scenario: &Arc<Scenario>,
    limits: &Limits,
    known: Known,
    is_needless: &AtomicBool,
) -> Option<Between> {
    let asked = Asked::of(scenario);
    let grounds = Grounds::of(scenario, true)?;
    let mut both = Between {
        extent: Extent::OverBudget,
        known,
        states: (0, None),
        bytes: 0,
    };
    let reach = reach_of(limits);
    for swept in grounds.sweep(&[Bound::Boxed], &reach, &Wish::default(), &mut |_| {}) {
        if swept.extent == Extent::Exhausted {
            both.known.is_at_most(&swept, &asked, true, false);
            both.states.1 = Some(swept.states);
        }
        both.bytes = swept.bytes;
    }
    let known = &mut both.known;
    let (mut rounds, mut in_vain) = (0, 0);
    let mut last = asked.open(scenario, known).count;
    roam(scenario, limits.threads(), Vec::new(), &mut |roamed| {
        known.roamed(roamed);
        let open = asked.open(scenario, known);
        rounds += 1;
        in_vain = if open.count < last { 0 } else { in_vain + 1 };
        last = open.count;
        let is_enough = last == 0 && !outdone_at(scenario, &known.low).contains(&true);
        let is_stopped =
            limits.cancel.load(Ordering::Relaxed) || is_needless.load(Ordering::Relaxed);
        let goes_on = !is_enough && !is_stopped && rounds < MOST_ROUNDS && in_vain < PATIENCE;
        goes_on.then_some(open.goals)
    });
    Some(both)
}

fn reach_of(limits: &Limits) -> Reach {
    Reach {
        most_states: u64::MAX,
        most_nodes: usize::MAX,
        with_words: true,
        bound: Bound::Exact,
        threads: limits.threads,
        cancel: Arc::clone(&limits.cancel),
    }
}

/// Closes in on a scenario from both sides, after the first steps. None if it has parts with too
/// many values.
pub(super) fn between(
    scenario: &Arc<Scenario>,
    limits: &Limits,
    from: Between,
    progress: &mut dyn FnMut(u64),
) -> Option<Between> {
    let Between {
        mut known,
        mut states,
        mut bytes,
        ..
    } = from;
    let asked = Asked::of(scenario);
    let with_words = Grounds::of(scenario, true)?;
    let without_words = Grounds::of(scenario, false)?;
    let reach = reach_of(limits);
    let mut spent = 0_u64;
    let mut round = 0;
    for nodes in STAGES {
        if asked.open(scenario, &known).count == 0 && !asked.doubts(&known) {
            break;
        }
        for _ in 0..ROUNDS / AT_ONCE {
            let open = asked.open(scenario, &known);
            if open.count == 0 || spent >= limits.budget as u64 {
                break;
            }
            let bounds: Vec<Bound> = (round..round + AT_ONCE)
                .map(|round| Bound::Below { nodes, round })
                .collect();
            round += AT_ONCE;
            let sampled = outdone_at(scenario, &known.low);
            let beats = open.beats.map(|beats| {
                let sampled = (0_u32..).zip(&sampled).filter(|(_, own)| **own);
                beats.into_iter().chain(sampled.map(|(at, _)| at)).collect()
            });
            let wish = Wish {
                sampled,
                known: Some(known.low.clone()),
                goals: open.goals,
                beats,
            };
            for swept in with_words.sweep(&bounds, &reach, &wish, &mut |states| {
                progress(spent.saturating_add(states));
            }) {
                // One that left nothing out has seen every state.
                known.swept(&swept);
                note_undominated(scenario, &swept.samples, limits.threads(), &mut known.low);
                states.0 = states.0.max(swept.states);
                spent = spent.saturating_add(swept.states);
                bytes = bytes.max(swept.bytes);
            }
        }
        let open = asked.open(scenario, &known);
        let grounds = if open.has_words {
            &with_words
        } else {
            &without_words
        };
        if open.count > 0 || asked.doubts(&known) {
            // Where only faults have to be ruled out, nothing else is looked for.
            let wish = Wish {
                known: (open.count == 0).then(|| Met::everything(scenario).without_faults()),
                ..Wish::default()
            };
            let above = grounds.sweep(&[Bound::Above { nodes }], &reach, &wish, &mut |_| {});
            for swept in above {
                if swept.extent == Extent::Exhausted {
                    known.is_at_most(&swept, &asked, open.has_words, open.count == 0);
                    let most = states.1.unwrap_or(u64::MAX);
                    states.1 = Some(most.min(swept.states));
                }
                bytes = bytes.max(swept.bytes);
            }
        }
        let is_decided = asked.open(scenario, &known).count == 0 && !asked.doubts(&known);
        if is_decided || spent >= limits.budget as u64 || limits.cancel.load(Ordering::Relaxed) {
            break;
        }
    }
    let extent = if limits.cancel.load(Ordering::Relaxed) {
        Extent::Cancelled
    } else if asked.open(scenario, &known).count == 0 && !asked.doubts(&known) {
        Extent::Bounded
    } else {
        Extent::OverBudget
    };
    Some(Between {
        extent,
        known,
        states,
        bytes,
    })
}
