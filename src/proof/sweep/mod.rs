//! Every reachable state, found by whole sets: each move is made from all the states of a beat
//! at once.
//!
//! Follows the kernel step by step, with sets in the place of a state: a condition parts a set
//! in two, chance goes both ways, and how a person reacts is asked of the kernel itself, once for
//! each pair of distress and trust. Tests hold the outcome against the exploration state by
//! state and against whole states without any reduction.

mod bounded;
mod changes;
mod conditions;
mod moves;
mod survey;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use crate::encounter::{Encounter, State};
use crate::scenario::{Act, Run, Scenario, Standing, Target};

use super::explore::Extent;
use super::levels::{Levels, level_of, order_of};
use super::live::Liveness;
use super::met::Met;
use super::sets::{Boxes, Deed, EMPTY, Family, Set, Sets};
use bounded::Bounded;

pub use bounded::Bound;
pub(super) use survey::Survey;

/// Highest distress, trust and distance.
const TOP: u8 = 20;
/// Half-metres in one step.
const STRIDE: u8 = 2;

/// States of one beat and profile that are handed out, where they are asked for.
const SAMPLES: usize = 32;

/// Nodes at which those that no set needs any more are thrown away for the first time.
const TIDY: usize = 1 << 20;
/// The same in a bounded sweep, whose sets are small: what a processor's near memory holds.
const ROOM: usize = 1 << 14;
/// Nodes for which an exact sweep has room to begin with.
const ROOMY: usize = 1 << 16;

/// How far to go.
#[derive(Debug, Clone)]
pub struct Reach {
    /// States after which it stops.
    pub most_states: u64,
    /// Nodes of the diagrams after which it stops, for each profile: what bounds its memory.
    pub most_nodes: usize,
    /// Whether what only words depend on is told apart too.
    pub with_words: bool,
    /// Whether every state is found and no other, or more of them or fewer.
    pub bound: Bound,
    /// Threads; 0 for as many as the machine has. Where `most_states` is a limit, there is one.
    pub threads: usize,
    /// Set from outside to stop early.
    pub cancel: Arc<AtomicBool>,
}

/// What was found.
#[derive(Debug)]
pub struct Swept {
    /// How it ended.
    pub extent: Extent,
    /// Whether the states are all of them and no others: nothing was added or left out for want
    /// of room.
    pub is_exact: bool,
    /// States at decisions, and endings.
    pub states: u64,
    /// States by beat.
    pub by_beat: Vec<u64>,
    /// Pairs of distress and trust that are reached at each beat's decision.
    pub feelings: Vec<BTreeSet<(u8, u8)>>,
    /// What was met; options that are outdone are not looked for.
    pub met: Met,
    /// Endings that a step reaches without failing a gate.
    pub ungated: Vec<bool>,
    /// Bytes in use at the end.
    pub bytes: usize,
    /// Nodes of the diagrams.
    pub nodes: usize,
    /// Some of the states, if they were asked for.
    pub(super) samples: Vec<State>,
}

/// Sweeps a scenario; none if it has parts with too many values. `progress` hears how
/// many states were found.
pub fn sweep(
    scenario: &Arc<Scenario>,
    reach: &Reach,
    progress: &mut dyn FnMut(u64),
) -> Option<Swept> {
    let grounds = Grounds::of(scenario, reach.with_words)?;
    grounds
        .sweep(&[reach.bound], reach, &Wish::default(), progress)
        .pop()
}

/// What a sweep is asked to look for and to leave.
#[derive(Debug, Default)]
pub(super) struct Wish {
    /// Beats of which some states are handed out.
    pub(super) sampled: Vec<bool>,
    /// What is known to be met, and not looked for.
    pub(super) known: Option<Met>,
    /// Conditions that should hold or fail in states that are kept, where some are left out.
    pub(super) goals: Vec<(Run, bool)>,
    /// The beats in which something is looked for, where it is in no others.
    pub(super) beats: Option<Vec<u32>>,
}

/// What every sweep of a scenario needs: its profiles, with what is live and at which level.
#[derive(Debug)]
pub(super) struct Grounds<'s> {
    scenario: &'s Arc<Scenario>,
    with_words: bool,
    profiles: Vec<(u8, Liveness, Levels)>,
}

impl<'s> Grounds<'s> {
    /// None if the scenario has parts with too many values.
    pub(super) fn of(scenario: &'s Arc<Scenario>, with_words: bool) -> Option<Self> {
        let mut profiles = Vec::new();
        for (profile, used) in (0_u8..).zip(&scenario.profiles) {
            if used.weight > 0 {
                let live = Liveness::of_profile(scenario, with_words, profile);
                let levels = Levels::of(scenario, &live)?;
                profiles.push((profile, live, levels));
            }
        }
        Some(Self {
            scenario,
            with_words,
            profiles,
        })
    }

    /// Sweeps once for each of these bounds, whatever that of `reach` is.
    pub(super) fn sweep(
        &self,
        bounds: &[Bound],
        reach: &Reach,
        wish: &Wish,
        progress: &mut dyn FnMut(u64),
    ) -> Vec<Swept> {
        // Where states are counted up to a limit, profiles are swept one after the other, so that
        // it stops at the same state each time.
        let is_limited = reach.most_states < u64::MAX && bounds.contains(&Bound::Exact);
        let threads = match reach.threads {
            _ if is_limited => 1,
            asked => super::explore::threads(asked),
        };
        let scenario = self.scenario;
        let mut all: Vec<Swept> = bounds.iter().map(|_| Swept::nothing(scenario)).collect();
        let tasks = bounds.len() * self.profiles.len();
        let taken = AtomicUsize::new(0);
        let found = AtomicU64::new(0);
        let (send, receive) = mpsc::channel();
        thread::scope(|scope| {
            for _ in 0..threads.min(tasks) {
                let (send, taken, found) = (send.clone(), &taken, &found);
                scope.spawn(move || {
                    loop {
                        let task = taken.fetch_add(1, Ordering::Relaxed);
                        if task >= tasks {
                            return;
                        }
                        let at = task / self.profiles.len();
                        let (profile, live, levels) = &self.profiles[task % self.profiles.len()];
                        let bounded = Bounded::new(bounds[at], *profile);
                        let mut told = |new| {
                            let all = found.fetch_add(new, Ordering::Relaxed).saturating_add(new);
                            let _ = send.send(Told::States(all));
                            all
                        };
                        let grounds = (scenario, live, levels, self.with_words);
                        let own = if bounds[at] == Bound::Boxed {
                            swept::<Boxes>(grounds, bounded, wish, reach, &mut told)
                        } else {
                            swept::<Sets>(grounds, bounded, wish, reach, &mut told)
                        };
                        let _ = send.send(Told::Done(at, Box::new(own)));
                    }
                });
            }
            drop(send);
            for told in receive {
                match told {
                    Told::States(states) => progress(states),
                    Told::Done(at, own) => all[at].add(*own),
                }
            }
        });
        for swept in &mut all {
            let endings = swept.met.endings.iter().filter(|met| **met).count() as u64;
            swept.states = swept.states.saturating_add(endings);
        }
        all
    }
}

/// One sweep of one profile.
fn swept<F: Family>(
    (scenario, live, levels, with_words): (&Arc<Scenario>, &Liveness, &Levels, bool),
    bounded: Bounded,
    wish: &Wish,
    reach: &Reach,
    progress: &mut dyn FnMut(u64) -> u64,
) -> Swept {
    let mut sweep = Sweep::<F>::new(scenario, live, levels, bounded);
    sweep.with_words = with_words;
    sweep.wish(wish);
    let extent = sweep.run(reach, progress);
    sweep.done(extent, &wish.sampled)
}

enum Told {
    States(u64),
    Done(usize, Box<Swept>),
}

impl Swept {
    fn nothing(scenario: &Scenario) -> Self {
        Self {
            extent: Extent::Exhausted,
            is_exact: true,
            states: 0,
            by_beat: vec![0; scenario.beats.len()],
            feelings: vec![BTreeSet::new(); scenario.beats.len()],
            met: Met::new(scenario),
            ungated: vec![false; scenario.endings.len()],
            bytes: 0,
            nodes: 0,
            samples: Vec::new(),
        }
    }

    fn add(&mut self, other: Self) {
        if other.extent != Extent::Exhausted {
            self.extent = other.extent;
        }
        self.is_exact &= other.is_exact;
        self.states = self.states.saturating_add(other.states);
        for (own, more) in self.by_beat.iter_mut().zip(other.by_beat) {
            *own = own.saturating_add(more);
        }
        for (own, more) in self.feelings.iter_mut().zip(other.feelings) {
            own.extend(more);
        }
        for (own, more) in self.ungated.iter_mut().zip(other.ungated) {
            *own |= more;
        }
        self.met.add(&other.met);
        self.bytes += other.bytes;
        self.nodes += other.nodes;
        self.samples.extend(other.samples);
    }
}

/// What a move does, and where the author says so.
#[derive(Debug, Clone, Copy)]
struct Doing<'s> {
    act: Option<&'s Act>,
    standing: Option<Standing>,
    is_silence: bool,
}

/// A change of a scale: what it does, which states it clips, and which not.
#[derive(Debug, Clone, Copy)]
struct Scale {
    deed: Deed,
    cut: Deed,
    whole: Deed,
}

struct Sweep<'s, F> {
    scenario: &'s Arc<Scenario>,
    profile: u8,
    live: &'s Liveness,
    levels: &'s Levels,
    sets: F,
    met: Met,
    ungated: Vec<bool>,
    reached: Vec<Set>,
    fresh: Vec<Set>,
    /// States by beat, and the beats at which there may be more.
    counts: Vec<u64>,
    uncounted: BTreeSet<usize>,
    /// States so far, and after how many it stops.
    found: u64,
    most: u64,
    with_words: bool,
    bounded: Bounded,
    /// What a beat's decision forgets.
    forgets: Vec<u16>,
    /// Forgets which standing moves were used.
    anew: u16,
    /// By position of a simple condition: keeps those for which it holds, and the others.
    tests: Vec<Option<(Deed, Deed)>>,
    #[expect(
        clippy::option_option,
        reason = "not asked yet, and asked: none are two things"
    )]
    scales: Vec<Option<Option<Scale>>>,
    /// Reactions by where the act stands and whether it is out of hearing.
    reactions: HashMap<(usize, bool), u16>,
    /// The kernel, asked how the person reacts.
    kernel: Encounter,
    asked: State,
    /// Beat of the decision that is being left.
    from: u32,
    /// What has been done and has yet to lead somewhere.
    pending: Vec<(Set, Target, bool)>,
    /// Where states were led, while that is asked: decisions, and endings after all beats; and
    /// whether they stayed there.
    landed: Option<Vec<(u32, bool)>>,
}

impl<'s, F: Family> Sweep<'s, F> {
    fn new(
        scenario: &'s Arc<Scenario>,
        live: &'s Liveness,
        levels: &'s Levels,
        bounded: Bounded,
    ) -> Self {
        let room = if bounded.is_exact() { ROOMY } else { ROOM };
        let mut sets = F::with_room(levels.sizes.clone(), room);
        let profile = bounded.profile;
        let forgets = (0..scenario.beats.len())
            .map(|beat| {
                let live = live.at_most(beat);
                let dead = levels
                    .parts
                    .iter()
                    .map(|part| part.is_some_and(|part| !live.has(part)))
                    .collect();
                sets.forget(dead)
            })
            .collect();
        let anew = sets.forget(levels.parts.iter().map(Option::is_none).collect());
        let kernel = Encounter::dealt(Arc::clone(scenario));
        let mut asked = kernel.state().clone();
        asked.profile = profile;
        let mut this = Self {
            scenario,
            profile,
            live,
            levels,
            sets,
            met: Met::new(scenario),
            ungated: vec![false; scenario.endings.len()],
            reached: vec![EMPTY; scenario.beats.len()],
            fresh: vec![EMPTY; scenario.beats.len()],
            counts: vec![0; scenario.beats.len()],
            uncounted: BTreeSet::new(),
            found: 0,
            most: u64::MAX,
            with_words: false,
            bounded,
            forgets,
            anew,
            tests: Vec::new(),
            scales: vec![None; scenario.changes.len()],
            reactions: HashMap::new(),
            kernel,
            asked,
            from: scenario.start,
            pending: Vec::new(),
            landed: None,
        };
        this.tests = scenario
            .tests
            .iter()
            .map(|test| this.simple(*test))
            .collect();
        this
    }

    /// `progress` hears of new states, and says how many all profiles have.
    fn run(&mut self, reach: &Reach, progress: &mut dyn FnMut(u64) -> u64) -> Extent {
        let order = order_of(self.scenario);
        let first = self.first();
        self.enter(first, Target::Beat(self.scenario.start), false);
        let least = if self.bounded.is_exact() { TIDY } else { ROOM };
        let mut tidy_at = least;
        let mut told = 0;
        self.most = reach.most_states.saturating_sub(progress(0));
        while self.fresh.iter().any(|set| *set != EMPTY) {
            for beat in &order {
                if self.fresh[*beat as usize] == EMPTY {
                    continue;
                }
                if reach.cancel.load(Ordering::Relaxed) {
                    return Extent::Cancelled;
                }
                if self.sets.nodes() > tidy_at {
                    let kept = self.reached.iter_mut().chain(&mut self.fresh);
                    let kept = kept.chain(self.bounded.kept());
                    self.sets.tidy(&mut { kept });
                    tidy_at = (self.sets.nodes() * 4).max(least);
                    if self.sets.nodes() > reach.most_nodes {
                        return Extent::OverBudget;
                    }
                }
                let beat = *beat;
                self.leave(beat);
                // A bounded sweep is short, and counted once at its end.
                if self.bounded.is_exact() {
                    let is_over = self.is_over();
                    progress(self.found - told);
                    told = self.found;
                    if is_over {
                        return Extent::OverBudget;
                    }
                }
            }
        }
        Extent::Exhausted
    }

    /// Whether there are more states than it may find.
    fn is_over(&mut self) -> bool {
        self.count();
        self.found > self.most
    }

    /// Counts the states that are new since they were last counted.
    fn count(&mut self) {
        for at in std::mem::take(&mut self.uncounted) {
            let all = self.sets.count(self.reached[at]);
            let new = all.saturating_sub(self.counts[at]);
            self.found = self.found.saturating_add(new);
            self.counts[at] = all;
        }
    }

    fn done(mut self, extent: Extent, sampled: &[bool]) -> Swept {
        self.count();
        let samples = self.samples(sampled, SAMPLES);
        let all = self.sets.forget(vec![true; self.levels.sizes.len()]);
        let feelings = self
            .reached
            .iter()
            .map(|set| {
                let pairs = self.sets.after(*set, Deed::Forget(all));
                self.sets.pairs(pairs).into_iter().collect()
            })
            .collect();
        Swept {
            extent,
            is_exact: extent == Extent::Exhausted && !self.bounded.has_bound,
            feelings,
            states: self
                .counts
                .iter()
                .fold(0, |all, own| all.saturating_add(*own)),
            by_beat: self.counts,
            met: self.met,
            ungated: self.ungated,
            bytes: self.sets.bytes(),
            nodes: self.sets.nodes(),
            samples,
        }
    }

    /// What the seed can draw.
    fn first(&mut self) -> Set {
        let scenario = Arc::clone(self.scenario);
        let jitter = scenario.jitter;
        let spread = |start: u8| {
            (0..=jitter * 2).map(move |up| (start + up).saturating_sub(jitter).min(TOP))
        };
        let (distress, trust) = (scenario.start_distress, scenario.start_trust);
        let mut cells = spread(distress).flat_map(|distress| {
            spread(trust).map(move |trust| super::sets::cell(distress, trust))
        });
        let mut set = self.sets.of_cells(&mut cells);
        let values = (0..)
            .zip(&scenario.meters)
            .map(|(at, meter)| (level_of(&self.levels.meters, at), meter.start))
            .chain([(self.levels.distance, scenario.start_distance)]);
        for (level, value) in values.collect::<Vec<_>>() {
            if let Some(level) = level {
                set = self.sets.after(set, Deed::Put { level, value });
            }
        }
        for (at, (_, varieties)) in scenario.variations.iter().enumerate() {
            let Some(level) = level_of(&self.levels.draws, at) else {
                continue;
            };
            let mut all = EMPTY;
            for (value, variety) in (0_u8..).zip(varieties) {
                if variety.weight > 0 {
                    let own = self.sets.after(set, Deed::Put { level, value });
                    all = self.sets.join(all, own);
                }
            }
            set = all;
        }
        set
    }
}

const fn chance(set: Set, percent: u8) -> (Set, Set) {
    match percent {
        0 => (EMPTY, set),
        1..100 => (set, set),
        _ => (set, EMPTY),
    }
}

fn turned(value: u8, by: i8) -> u8 {
    (i16::from(value) + i16::from(by)).clamp(0, i16::from(TOP)) as u8
}

fn is_clipped(value: u8, by: i8) -> bool {
    !(0..=i16::from(TOP)).contains(&(i16::from(value) + i16::from(by)))
}
