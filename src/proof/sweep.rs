//! Every reachable state, found by whole sets: each move is made from all the states of a beat
//! at once.
//!
//! Follows the kernel step by step, with sets in the place of a state: a condition parts a set
//! in two, chance goes both ways, and how a person reacts is asked of the kernel itself, once for
//! each pair of distress and trust. Tests hold the outcome against the exploration state by
//! state and against whole states without any reduction.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use crate::encounter::{Encounter, State, Trace};
use crate::scenario::{Act, Change, Run, Scenario, Standing, Target, Test};

use super::expand::Met;
use super::explore::Extent;
use super::levels::{Levels, level_of, order_of};
use super::live::{Liveness, rules_for};
use super::sets::{Deed, EMPTY, MOST_VALUES, Set, Sets};

/// Highest distress, trust and distance.
const TOP: u8 = 20;
/// Half-metres in one step.
const STRIDE: u8 = 2;

/// Nodes at which those that no set needs any more are thrown away for the first time.
const TIDY: usize = 1 << 20;

/// How far to go.
#[derive(Debug, Clone)]
pub struct Reach {
    /// States after which it stops.
    pub most_states: u64,
    /// Nodes of the diagrams after which it stops, for each profile: what bounds its memory.
    pub most_nodes: usize,
    /// Whether what only words depend on is told apart too.
    pub with_words: bool,
    /// Threads; 0 for as many as the machine has.
    pub threads: usize,
    /// Set from outside to stop early.
    pub cancel: Arc<AtomicBool>,
}

/// What was found.
#[derive(Debug)]
pub struct Swept {
    /// How it ended.
    pub extent: Extent,
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
}

/// Sweeps a scenario; none if it has parts with too many values. `progress` hears how
/// many states were found.
pub fn sweep(
    scenario: &Arc<Scenario>,
    reach: &Reach,
    progress: &mut dyn FnMut(u64),
) -> Option<Swept> {
    let profiles: Vec<u8> = (0_u8..)
        .zip(&scenario.profiles)
        .filter(|(_, profile)| profile.weight > 0)
        .map(|(position, _)| position)
        .collect();
    let mut grounds = Vec::new();
    for profile in &profiles {
        let live = Liveness::of_profile(scenario, reach.with_words, *profile);
        let levels = Levels::of(scenario, &live)?;
        grounds.push((*profile, live, levels));
    }
    let threads = if reach.threads > 0 {
        reach.threads
    } else {
        thread::available_parallelism().map_or(1, std::num::NonZero::get)
    };
    let mut all = Swept {
        extent: Extent::Exhausted,
        states: 0,
        by_beat: vec![0; scenario.beats.len()],
        feelings: vec![BTreeSet::new(); scenario.beats.len()],
        met: Met::new(scenario),
        ungated: vec![false; scenario.endings.len()],
        bytes: 0,
        nodes: 0,
    };
    let taken = AtomicUsize::new(0);
    let found = AtomicU64::new(0);
    let (send, receive) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..threads.min(profiles.len()) {
            let (send, taken, found, grounds) = (send.clone(), &taken, &found, &grounds);
            scope.spawn(move || {
                while let Some((profile, live, levels)) =
                    grounds.get(taken.fetch_add(1, Ordering::Relaxed))
                {
                    let mut own = Sweep::new(scenario, *profile, live, levels);
                    own.with_words = reach.with_words;
                    let extent = own.run(reach, &mut |new| {
                        let all = found.fetch_add(new, Ordering::Relaxed) + new;
                        let _ = send.send(Told::States(all));
                        all
                    });
                    let _ = send.send(Told::Done(Box::new(own.done(extent))));
                }
            });
        }
        drop(send);
        for told in receive {
            match told {
                Told::States(states) => progress(states),
                Told::Done(own) => all.add(*own),
            }
        }
    });
    all.states += all.met.endings.iter().filter(|met| **met).count() as u64;
    Some(all)
}

enum Told {
    States(u64),
    Done(Box<Swept>),
}

impl Swept {
    fn add(&mut self, other: Self) {
        if other.extent != Extent::Exhausted {
            self.extent = other.extent;
        }
        self.states += other.states;
        for (own, more) in self.by_beat.iter_mut().zip(other.by_beat) {
            *own += more;
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

struct Sweep<'s> {
    scenario: &'s Arc<Scenario>,
    profile: u8,
    live: &'s Liveness,
    levels: &'s Levels,
    sets: Sets,
    met: Met,
    ungated: Vec<bool>,
    reached: Vec<Set>,
    fresh: Vec<Set>,
    /// States by beat, and the beats at which there may be more.
    counts: Vec<u64>,
    uncounted: BTreeSet<usize>,
    with_words: bool,
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
}

impl<'s> Sweep<'s> {
    fn new(
        scenario: &'s Arc<Scenario>,
        profile: u8,
        live: &'s Liveness,
        levels: &'s Levels,
    ) -> Self {
        let mut sets = Sets::new(levels.sizes.clone());
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
            with_words: false,
            forgets,
            anew,
            tests: Vec::new(),
            scales: vec![None; scenario.changes.len()],
            reactions: HashMap::new(),
            kernel,
            asked,
            from: scenario.start,
            pending: Vec::new(),
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
        let mut tidy_at = TIDY;
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
                    self.sets.tidy(kept);
                    tidy_at = (self.sets.nodes() * 4).max(TIDY);
                    if self.sets.nodes() > reach.most_nodes {
                        return Extent::OverBudget;
                    }
                }
                let beat = *beat;
                self.leave(beat);
                if progress(self.count()) > reach.most_states {
                    return Extent::OverBudget;
                }
            }
        }
        Extent::Exhausted
    }

    /// How many states are new since they were last counted.
    fn count(&mut self) -> u64 {
        let mut new = 0;
        for at in std::mem::take(&mut self.uncounted) {
            let all = self.sets.count(self.reached[at], &mut HashMap::new());
            new += all - self.counts[at];
            self.counts[at] = all;
        }
        new
    }

    fn done(mut self, extent: Extent) -> Swept {
        self.count();
        let all = self.sets.forget(vec![true; self.levels.sizes.len()]);
        let feelings = self
            .reached
            .iter()
            .map(|set| {
                let pairs = self.sets.after(*set, Deed::Forget(all));
                self.sets.pairs(pairs).collect()
            })
            .collect();
        Swept {
            extent,
            feelings,
            states: self.counts.iter().sum(),
            by_beat: self.counts,
            met: self.met,
            ungated: self.ungated,
            bytes: self.sets.bytes(),
            nodes: self.sets.nodes(),
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
        let cells = spread(distress).flat_map(|distress| {
            spread(trust).map(move |trust| super::sets::cell(distress, trust))
        });
        let mut set = self.sets.of_cells(cells);
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

    // ---- conditions -----------------------------------------------------------------------

    fn simple(&mut self, test: Test) -> Option<(Deed, Deed)> {
        let levels = self.levels;
        let mut pairs = |has: &dyn Fn(u8, u8) -> bool| {
            Some((
                Deed::Only(self.sets.mask(has)),
                Deed::Only(self.sets.mask(&|distress, trust| !has(distress, trust))),
            ))
        };
        let part = |level: Option<u16>, values: u32| {
            level.map(|level| {
                (
                    Deed::Keep { level, values },
                    Deed::Keep {
                        level,
                        values: !values,
                    },
                )
            })
        };
        let from = |value: u8| u32::MAX.checked_shl(u32::from(value)).unwrap_or(0);
        let up_to = |value: u8| !u32::MAX.checked_shl(u32::from(value) + 1).unwrap_or(0);
        let at = |list: &[Option<u16>], position: u16| level_of(list, usize::from(position));
        match test {
            Test::DistressAtLeast(v) => pairs(&|distress, _| distress >= v),
            Test::DistressAtMost(v) => pairs(&|distress, _| distress <= v),
            Test::TrustAtLeast(v) => pairs(&|_, trust| trust >= v),
            Test::TrustAtMost(v) => pairs(&|_, trust| trust <= v),
            Test::DistanceAtLeast(v) => part(levels.distance, from(v)),
            Test::DistanceAtMost(v) => part(levels.distance, up_to(v)),
            Test::MeterAtLeast(meter, v) => part(at(&levels.meters, meter.into()), from(v)),
            Test::MeterAtMost(meter, v) => part(at(&levels.meters, meter.into()), up_to(v)),
            Test::CounterAtLeast(counter, v) => part(at(&levels.counters, counter.into()), from(v)),
            Test::CounterAtMost(counter, v) => part(at(&levels.counters, counter.into()), up_to(v)),
            Test::Fact(fact) => part(at(&levels.facts, fact), 0b10),
            Test::Seen(mark) => part(at(&levels.marks, mark), 0b10),
            Test::Detained => part(levels.detained, 0b10),
            Test::Drawn(draw, value) => part(
                at(&levels.draws, draw.into()),
                1_u32.checked_shl(u32::from(value)).unwrap_or(0),
            ),
            Test::Profile(_) | Test::All(_) | Test::Any(_) | Test::Not(_) => None,
        }
    }

    /// The states for which all conditions hold; noted.
    fn noted(&mut self, set: Set, when: Run) -> Set {
        let held = self.held(set, when);
        if held != EMPTY {
            self.met.trace.condition(when, true);
        }
        if held != set {
            self.met.trace.condition(when, false);
        }
        held
    }

    fn held(&mut self, set: Set, when: Run) -> Set {
        self.all_hold(set, when.start, when.start + when.len)
    }

    fn all_hold(&mut self, set: Set, mut at: u32, end: u32) -> Set {
        let mut held = set;
        while at < end && held != EMPTY {
            held = self.one_holds(held, at);
            at += 1 + self.inner(at);
        }
        held
    }

    fn none_holds(&mut self, set: Set, mut at: u32, end: u32) -> Set {
        let mut failed = set;
        while at < end && failed != EMPTY {
            failed = self.one_fails(failed, at);
            at += 1 + self.inner(at);
        }
        failed
    }

    fn inner(&self, at: u32) -> u32 {
        match self.scenario.tests.get(at as usize) {
            Some(Test::All(len) | Test::Any(len) | Test::Not(len)) => *len,
            _ => 0,
        }
    }

    fn one_holds(&mut self, set: Set, at: u32) -> Set {
        let Some(test) = self.scenario.tests.get(at as usize) else {
            return set;
        };
        let first = at + 1;
        match *test {
            Test::All(len) => self.all_hold(set, first, first + len),
            Test::Any(len) => {
                let failed = self.none_holds(set, first, first + len);
                self.sets.part(set, failed)
            }
            Test::Not(len) => {
                let held = self.all_hold(set, first, first + len);
                self.sets.part(set, held)
            }
            Test::Profile(profile) if profile == self.profile => set,
            Test::Profile(_) => EMPTY,
            simple => match self.tests[at as usize] {
                Some((yes, _)) => self.sets.after(set, yes),
                // A part with one value.
                None if matches!(simple, Test::Drawn(_, 0)) => set,
                None => EMPTY,
            },
        }
    }

    fn one_fails(&mut self, set: Set, at: u32) -> Set {
        let Some(test) = self.scenario.tests.get(at as usize) else {
            return EMPTY;
        };
        let first = at + 1;
        match *test {
            Test::Any(len) => self.none_holds(set, first, first + len),
            Test::Not(len) => self.all_hold(set, first, first + len),
            Test::All(_) | Test::Profile(_) => {
                let held = self.one_holds(set, at);
                self.sets.part(set, held)
            }
            _ => {
                if let Some((_, no)) = self.tests[at as usize] {
                    self.sets.after(set, no)
                } else {
                    let held = self.one_holds(set, at);
                    self.sets.part(set, held)
                }
            }
        }
    }

    // ---- changes --------------------------------------------------------------------------

    fn put(&mut self, set: Set, level: Option<u16>, value: u8) -> Set {
        match level {
            Some(level) => self.sets.after(set, Deed::Put { level, value }),
            None => set,
        }
    }

    fn has(&mut self, set: Set, level: Option<u16>) -> (Set, Set) {
        let Some(level) = level else {
            return (EMPTY, set);
        };
        (
            self.sets.after(
                set,
                Deed::Keep {
                    level,
                    values: 0b10,
                },
            ),
            self.sets.after(set, Deed::Keep { level, values: 1 }),
        )
    }

    fn change(&mut self, mut set: Set, changes: Run) -> Set {
        let scenario = self.scenario;
        let (mut at, end) = (changes.start, changes.start + changes.len);
        while at < end && set != EMPTY {
            let Some(change) = scenario.changes.get(at as usize) else {
                break;
            };
            let here = at as usize;
            at += 1;
            match *change {
                Change::Learn(fact) => {
                    set = self.put(set, level_of(&self.levels.facts, fact.into()), 1);
                }
                Change::Forget(fact) => {
                    set = self.put(set, level_of(&self.levels.facts, fact.into()), 0);
                }
                Change::Detain(_) => set = self.put(set, self.levels.detained, 1),
                Change::Release => set = self.put(set, self.levels.detained, 0),
                Change::Chance {
                    then, otherwise, ..
                }
                | Change::If {
                    then, otherwise, ..
                } => {
                    let (yes, no) = match *change {
                        Change::If { tests, .. } => {
                            let held = self.noted(set, tests);
                            (held, self.sets.part(set, held))
                        }
                        Change::Chance { percent, .. } => chance(set, percent),
                        _ => (set, EMPTY),
                    };
                    let then = Run {
                        start: at,
                        len: then.into(),
                    };
                    let otherwise = Run {
                        start: at + then.len,
                        len: otherwise.into(),
                    };
                    let yes = self.change(yes, then);
                    let no = self.change(no, otherwise);
                    set = self.sets.join(yes, no);
                    at = otherwise.start + otherwise.len;
                }
                Change::Distress(_)
                | Change::Trust(_)
                | Change::Distance(_)
                | Change::Meter(..)
                | Change::Counter(..) => set = self.scale(set, here, *change),
            }
        }
        set
    }

    /// A change of a scale, and whether the scale's ends clip it.
    fn scale(&mut self, set: Set, here: usize, change: Change) -> Set {
        let scale = if let Some(scale) = self.scales[here] {
            scale
        } else {
            let scale = self.scale_of(change);
            self.scales[here] = Some(scale);
            scale
        };
        let part = match change {
            Change::Distance(_) => Some(self.live.places.distance()),
            Change::Meter(meter, _) => Some(self.live.places.meter(meter.into())),
            Change::Counter(counter, _) => Some(self.live.places.counter(counter.into())),
            _ => None,
        };
        let is_known = part.is_none_or(|part| self.live.at_most(self.from as usize).has(part));
        let Some(scale) = scale else {
            self.met.trace.changes[here] |= Trace::WHOLE;
            return set;
        };
        if !is_known {
            // Its value is not kept where nothing reads it, so nothing is said of it.
            self.met.trace.changes[here] |= Trace::WHOLE;
        } else if self.met.trace.changes[here] != Trace::WHOLE | Trace::CUT {
            if self.sets.after(set, scale.cut) != EMPTY {
                self.met.trace.changes[here] |= Trace::CUT;
            }
            if self.sets.after(set, scale.whole) != EMPTY {
                self.met.trace.changes[here] |= Trace::WHOLE;
            }
        }
        self.sets.after(set, scale.deed)
    }

    fn scale_of(&mut self, change: Change) -> Option<Scale> {
        let (level, by, least, most) = match change {
            Change::Distress(by) => {
                let deed = self
                    .sets
                    .send(&mut |distress, trust| (turned(distress, by), trust));
                return Some(self.scale_of_pairs(deed, &|distress, _| is_clipped(distress, by)));
            }
            Change::Trust(by) => {
                let deed = self
                    .sets
                    .send(&mut |distress, trust| (distress, turned(trust, by)));
                return Some(self.scale_of_pairs(deed, &|_, trust| is_clipped(trust, by)));
            }
            Change::Distance(by) => (self.levels.distance?, by, 1, TOP),
            Change::Meter(meter, by) => {
                let own = self.scenario.meters.get(usize::from(meter))?;
                let level = level_of(&self.levels.meters, meter.into())?;
                (level, by, own.min, own.max)
            }
            Change::Counter(counter, by) => {
                let own = self.scenario.counters.get(usize::from(counter))?;
                let level = level_of(&self.levels.counters, counter.into())?;
                (level, by, 0, own.1)
            }
            _ => return None,
        };
        let clipped = (0..i32::try_from(MOST_VALUES).unwrap_or(i32::MAX))
            .filter(|value| {
                !(i32::from(least)..=i32::from(most)).contains(&(value + i32::from(by)))
            })
            .fold(0, |values, value| values | 1_u32 << value);
        Some(Scale {
            deed: Deed::Add {
                level,
                by,
                least,
                most,
            },
            cut: Deed::Keep {
                level,
                values: clipped,
            },
            whole: Deed::Keep {
                level,
                values: !clipped,
            },
        })
    }

    fn scale_of_pairs(&mut self, deed: u16, is_cut: &dyn Fn(u8, u8) -> bool) -> Scale {
        Scale {
            deed: Deed::Send(deed),
            cut: Deed::Only(self.sets.mask(is_cut)),
            whole: Deed::Only(self.sets.mask(&|distress, trust| !is_cut(distress, trust))),
        }
    }

    /// How the person reacts to an act, or to silence where the author says nothing of it.
    fn react(&mut self, set: Set, act: Option<&Act>) -> Set {
        let scenario = self.scenario;
        let hearing = scenario
            .profiles
            .get(usize::from(self.profile))
            .map_or(TOP, |profile| profile.profile.hearing);
        let speaks = act.is_some_and(|act| {
            act.techniques
                .of(&scenario.technique_refs)
                .iter()
                .filter_map(|technique| scenario.techniques.get(usize::from(*technique)))
                .any(crate::scenario::UsedTechnique::is_speech)
        });
        let (near, far) = match self.levels.distance {
            Some(level) if speaks && hearing < TOP => {
                let values = u32::MAX << (hearing + 1);
                (
                    self.sets.after(
                        set,
                        Deed::Keep {
                            level,
                            values: !values,
                        },
                    ),
                    self.sets.after(set, Deed::Keep { level, values }),
                )
            }
            _ => (set, EMPTY),
        };
        let mut all = EMPTY;
        for (part, is_far) in [(near, false), (far, true)] {
            if part != EMPTY {
                let table = self.reaction(act, is_far);
                let after = self.sets.after(part, Deed::Send(table));
                all = self.sets.join(all, after);
            }
        }
        all
    }

    fn reaction(&mut self, act: Option<&Act>, is_far: bool) -> u16 {
        let key = (act.map_or(0, |act| std::ptr::from_ref(act).addr()), is_far);
        if let Some(known) = self.reactions.get(&key) {
            return *known;
        }
        let Self {
            sets,
            kernel,
            asked,
            ..
        } = self;
        asked.distance = if is_far { TOP } else { 1 };
        let mut log = Vec::new();
        let table = sets.send(&mut |distress, trust| {
            asked.distress = distress;
            asked.trust = trust;
            kernel.set(asked);
            log.clear();
            kernel.react(act, &mut log)
        });
        self.reactions.insert(key, table);
        table
    }

    /// What a standing move does by itself: distance, and how that feels.
    fn stand(&mut self, set: Set, standing: Standing) -> Set {
        let set = self.put(set, self.levels.used[standing as usize], 1);
        let (Some(level), Some(profile)) = (
            self.levels.distance,
            self.scenario.profiles.get(usize::from(self.profile)),
        ) else {
            return set;
        };
        let profile = &profile.profile;
        let (by, shift) = match standing {
            Standing::StepCloser => (-STRIDE.cast_signed(), profile.closing_in),
            Standing::StepBack => (STRIDE.cast_signed(), profile.backing_off),
            Standing::Observe | Standing::Radio | Standing::Hold => return set,
        };
        let walk = Deed::Add {
            level,
            by,
            least: 1,
            most: TOP,
        };
        let values = (1_u32 << profile.personal_space.min(TOP + 1)) - 1;
        let (close, wide) = (
            Deed::Keep { level, values },
            Deed::Keep {
                level,
                values: !values,
            },
        );
        let close_trust = profile.close_trust;
        let felt = self.sets.send(&mut |distress, trust| {
            if trust < close_trust {
                (turned(distress, shift.distress), turned(trust, shift.trust))
            } else {
                (distress, trust)
            }
        });
        if standing == Standing::StepCloser {
            let set = self.sets.after(set, walk);
            let (inside, outside) = (self.sets.after(set, close), self.sets.after(set, wide));
            let inside = self.sets.after(inside, Deed::Send(felt));
            self.sets.join(inside, outside)
        } else {
            let (inside, outside) = (self.sets.after(set, close), self.sets.after(set, wide));
            let inside = self.sets.after(inside, Deed::Send(felt));
            let set = self.sets.join(inside, outside);
            self.sets.after(set, walk)
        }
    }

    // ---- moves ----------------------------------------------------------------------------

    /// Makes every move from the new states of a beat.
    fn leave(&mut self, beat: u32) {
        let set = std::mem::replace(&mut self.fresh[beat as usize], EMPTY);
        let scenario = self.scenario;
        let Some(here) = scenario.beats.get(beat as usize) else {
            return;
        };
        let Some(decision) = &here.decision else {
            return;
        };
        self.from = beat;
        // What leaves a person at this decision is done first, so that the rest is done once.
        let mut set = set;
        let mut new = set;
        while new != EMPTY {
            self.wait(new, beat, decision.silence.as_deref());
            self.lead_on();
            new = std::mem::replace(&mut self.fresh[beat as usize], EMPTY);
            set = self.sets.join(set, new);
        }
        let mut closed = set;
        for position in decision.choices.positions() {
            let choice = &scenario.choices[position as usize];
            let mut open = self.noted(set, choice.when);
            if let (true, Some(mark)) = (choice.once, choice.act.mark) {
                open = self.has(open, level_of(&self.levels.marks, mark.into())).1;
            }
            if open == EMPTY {
                continue;
            }
            self.met.choices[position as usize] = true;
            closed = self.sets.part(closed, open);
            self.make(
                open,
                Doing {
                    act: Some(&choice.act),
                    standing: None,
                    is_silence: false,
                },
            );
        }
        self.lead_on();
        if closed != EMPTY {
            self.met.dry[beat as usize] = true;
        }
    }

    /// Says nothing, or makes a standing move.
    fn wait(&mut self, set: Set, beat: u32, silence: Option<&Act>) {
        let scenario = self.scenario;
        self.make(
            set,
            Doing {
                act: silence,
                standing: None,
                is_silence: true,
            },
        );
        for standing in &scenario.standing {
            for rule in rules_for(scenario, beat as usize, *standing) {
                self.noted(set, rule.when);
            }
            if *standing != Standing::Hold {
                self.stand_up(set, beat, *standing);
            }
        }
    }

    fn stand_up(&mut self, set: Set, beat: u32, standing: Standing) {
        let scenario = self.scenario;
        let mut rest = self.has(set, self.levels.used[standing as usize]).1;
        let bounds = match standing {
            Standing::StepCloser => u32::MAX << (STRIDE + 1),
            Standing::StepBack => (1_u32 << TOP) - 1,
            Standing::Observe | Standing::Radio | Standing::Hold => u32::MAX,
        };
        if let Some(level) = self.levels.distance {
            rest = self.sets.after(
                rest,
                Deed::Keep {
                    level,
                    values: bounds,
                },
            );
        }
        for rule in rules_for(scenario, beat as usize, standing) {
            let (spent, open) = match rule.act.mark {
                Some(mark) => self.has(rest, level_of(&self.levels.marks, mark.into())),
                None => (EMPTY, rest),
            };
            let fits = self.held(open, rule.when);
            let other = self.sets.part(open, fits);
            rest = self.sets.join(spent, other);
            self.make(
                fits,
                Doing {
                    act: Some(&rule.act),
                    standing: Some(standing),
                    is_silence: false,
                },
            );
        }
        if standing != Standing::Radio {
            self.make(
                rest,
                Doing {
                    act: None,
                    standing: Some(standing),
                    is_silence: false,
                },
            );
        }
    }

    /// Makes a move from these states, in which it is open.
    fn make(&mut self, set: Set, doing: Doing<'_>) {
        if set == EMPTY {
            return;
        }
        let scenario = self.scenario;
        let (mut clean, mut failed) = (set, EMPTY);
        if let Some(act) = doing.act {
            let mut rest = set;
            for band in act.evidence_bands.of(&scenario.evidence_bands) {
                let held = self.noted(rest, band.when);
                rest = self.sets.part(rest, held);
            }
            for failure in act.failures.of(&scenario.failures) {
                let fails = self.noted(set, failure.when);
                failed = self.sets.join(failed, fails);
            }
            clean = self.sets.part(set, failed);
        }
        for (set, fails) in [(clean, false), (failed, true)] {
            self.carry_out(set, doing, fails);
        }
    }

    fn carry_out(&mut self, mut set: Set, doing: Doing<'_>, fails: bool) {
        if set == EMPTY {
            return;
        }
        if doing.act.is_some() || doing.is_silence {
            set = self.react(set, doing.act);
        }
        if let Some(standing) = doing.standing {
            set = self.stand(set, standing);
        }
        let Some(act) = doing.act else {
            // To have looked and seen nothing change is no state of its own.
            let stays = doing.standing != Some(Standing::Observe);
            self.happen(set, Target::Stay, fails, stays);
            return;
        };
        set = self.change(set, act.changes);
        if let Some(mark) = act.mark {
            set = self.put(set, level_of(&self.levels.marks, mark.into()), 1);
        }
        self.say(set, act.replies);
        let mut ways = Vec::new();
        let rest = self.routes(set, act.routes, &mut ways);
        ways.push((rest, Target::Stay));
        for (set, to) in ways {
            if matches!(to, Target::Ending(_)) {
                self.enter(set, to, fails);
            } else if set != EMPTY {
                // What leads to one place is led there together.
                let known = self
                    .pending
                    .iter_mut()
                    .find(|(_, other, failed)| *other == to && *failed == fails);
                match known {
                    Some((own, ..)) => *own = self.sets.join(*own, set),
                    None => self.pending.push((set, to, fails)),
                }
            }
        }
    }

    fn lead_on(&mut self) {
        for (set, to, fails) in std::mem::take(&mut self.pending) {
            self.happen(set, to, fails, true);
        }
    }

    fn say(&mut self, set: Set, lines: Run) {
        if !self.with_words {
            return;
        }
        for line in lines.of(&self.scenario.lines) {
            if line.when.len > 0 && set != EMPTY {
                self.noted(set, line.when);
            }
        }
    }

    /// The ways on, and the states for which there was none.
    fn routes(&mut self, set: Set, routes: Run, ways: &mut Vec<(Set, Target)>) -> Set {
        let scenario = self.scenario;
        let mut rest = set;
        for (position, route) in routes.positions().zip(routes.of(&scenario.routes)) {
            if rest == EMPTY {
                break;
            }
            let held = self.noted(rest, route.when);
            if held != EMPTY && route.chance > 0 {
                self.met.trace.routes[position as usize] = true;
                ways.push((held, route.to));
            }
            if route.chance >= 100 {
                rest = self.sets.part(rest, held);
            }
        }
        rest
    }

    /// The first incident that each state calls for.
    fn happen(&mut self, set: Set, to: Target, fails: bool, stays: bool) {
        let scenario = self.scenario;
        let mut rest = set;
        for (position, incident) in scenario.incidents.iter().enumerate() {
            if rest == EMPTY {
                return;
            }
            let mark = level_of(&self.levels.marks, incident.mark.into());
            let open = if incident.repeats {
                rest
            } else {
                self.has(rest, mark).1
            };
            if open == EMPTY {
                continue;
            }
            let taken = self.noted(open, incident.when);
            if taken == EMPTY || incident.chance == 0 {
                continue;
            }
            if incident.chance >= 100 {
                rest = self.sets.part(rest, taken);
            }
            self.met.incidents[position] = true;
            let mut then = self.put(taken, mark, 1);
            then = self.change(then, incident.changes);
            self.say(then, incident.lines);
            let onward = if incident.to == Target::Stay {
                to
            } else {
                incident.to
            };
            self.enter(then, onward, fails);
        }
        if stays {
            self.enter(rest, to, fails);
        }
    }

    /// Goes to a target and on to the next decision or ending.
    fn enter(&mut self, set: Set, to: Target, fails: bool) {
        if set == EMPTY {
            return;
        }
        let scenario = self.scenario;
        match to {
            Target::Stay => self.land(set, self.from),
            Target::Ending(position) => {
                let Some(ending) = scenario.endings.get(position as usize) else {
                    return;
                };
                self.met.endings[position as usize] = true;
                let mut clean = set;
                for failure in ending.failures.of(&scenario.failures) {
                    let held = self.noted(set, failure.when);
                    clean = self.sets.part(clean, held);
                }
                if !fails && clean != EMPTY {
                    self.ungated[position as usize] = true;
                }
                if self.with_words {
                    for felt in &ending.felt {
                        self.noted(set, felt.when);
                    }
                }
            }
            Target::Beat(beat) => {
                let Some(here) = scenario.beats.get(beat as usize) else {
                    return;
                };
                self.met.beats[beat as usize] = true;
                let mut set = self.sets.after(set, Deed::Forget(self.anew));
                set = self.change(set, here.changes);
                self.say(set, here.lines);
                if here.decision.is_some() {
                    self.land(set, beat);
                    return;
                }
                let mut ways = Vec::new();
                self.routes(set, here.routes, &mut ways);
                for (set, to) in ways {
                    self.enter(set, to, fails);
                }
            }
        }
    }

    /// Adds states at a decision.
    fn land(&mut self, set: Set, beat: u32) {
        let set = self.without_radio(set, beat);
        let at = beat as usize;
        let set = self.sets.after(set, Deed::Forget(self.forgets[at]));
        let new = self.sets.part(set, self.reached[at]);
        if new != EMPTY {
            self.reached[at] = self.sets.join(self.reached[at], new);
            self.fresh[at] = self.sets.join(self.fresh[at], new);
            self.uncounted.insert(at);
        }
    }

    /// That the radio was used matters only while there is something left to use it for.
    fn without_radio(&mut self, set: Set, beat: u32) -> Set {
        let level = self.levels.used[Standing::Radio as usize];
        let (mut done, mut left) = self.has(set, level);
        if done == EMPTY {
            return set;
        }
        for rule in rules_for(self.scenario, beat as usize, Standing::Radio) {
            let Some(mark) = rule.act.mark else {
                return set;
            };
            let (spent, open) = self.has(done, level_of(&self.levels.marks, mark.into()));
            left = self.sets.join(left, open);
            done = spent;
        }
        let done = self.put(done, level, 0);
        self.sets.join(left, done)
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
