//! Exploring: every reachable state, breadth first, over every draw.
//!
//! A round takes a slice of the states that were found last, lets threads step from each, puts
//! the results in the table, and numbers the new ones in the order in which they came up. The
//! numbering, and with it every witness, is the same on every machine and with any number of
//! threads.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use crate::encounter::{Encounter, Move, State};
use crate::scenario::Scenario;

use super::chances::Policy;
use super::expand::MOST_OUTCOMES;
use super::expand::{Expander, Way};
use super::key::{Key, Layout, by_width, hash};
use super::met::Met;
use super::sets::Quick;
use super::table::{SHARDS, Shard, UNNUMBERED, shard_of};

/// How far to go.
#[derive(Debug, Clone)]
pub struct Limits {
    /// States after which it stops, not exhausted.
    pub budget: usize,
    /// States up to which a proof visits them one by one; beyond, it sweeps whole sets.
    pub one_by_one: usize,
    /// Threads; 0 for as many as the machine has.
    pub threads: usize,
    /// Whether the ways between states are kept, as all but counting needs.
    pub with_ways: bool,
    /// Whether what only words depend on is told apart too.
    pub with_words: bool,
    /// Only the states that this policy comes to; all if there is none.
    pub only: Option<Policy>,
    /// Set from outside to stop early.
    pub cancel: Arc<AtomicBool>,
}

/// States after which a proof stops where nothing else is said: in the terminal and at the author's
/// desk alike, so that both keep the same mark.
pub const USUAL_BUDGET: usize = 100_000_000;

impl Limits {
    /// Threads, as many as the machine has where none are said.
    pub(super) fn threads(&self) -> usize {
        threads(self.threads)
    }
}

/// So many threads; as many as the machine has for 0.
pub(super) fn threads(asked: usize) -> usize {
    match asked {
        0 => thread::available_parallelism().map_or(1, std::num::NonZero::get),
        asked => asked,
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            budget: 20_000_000,
            one_by_one: 5_000_000,
            threads: 0,
            with_ways: true,
            with_words: false,
            only: None,
            cancel: Arc::new(AtomicBool::new(false)),
        }
    }
}

/// How an exploration ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// Every reachable state was visited.
    Exhausted,
    /// There are too many to visit. Sets that hold all of them, and sets that hold only such as
    /// are reached, agree on everything that is asked.
    Bounded,
    /// The budget was spent first.
    OverBudget,
    /// It was stopped from outside.
    Cancelled,
    /// There are more draws than can be begun with.
    TooManyDraws,
    /// There are more facts and marks to tell apart than a key holds.
    TooWide,
}

/// One draw of the seed.
#[derive(Debug, Clone)]
pub struct Drawn {
    /// What was drawn: profile, distress and trust, and the variations that are read before the
    /// first decision. The others are drawn where they are first read.
    pub state: State,
    /// Share of all seeds.
    pub share: f64,
    /// First states, with their shares of the draw.
    pub roots: Vec<(u32, f64)>,
}

/// The ways out of one state are neighbours.
#[derive(Debug, Clone, Copy)]
pub struct Edge {
    /// State it leads to.
    pub to: u32,
    /// Position in [`Space::ways`].
    pub way: u32,
}

/// What was found.
#[derive(Debug)]
pub struct Space {
    /// How it ended.
    pub extent: Extent,
    /// The draws.
    pub draws: Vec<Drawn>,
    /// Beat of each state, or beats + ending.
    pub places: Vec<u32>,
    /// Distress and trust of each state, if ways are kept; nought for an ending.
    pub feelings: Vec<(u8, u8)>,
    /// Fingerprint of each state's key, if ways are kept.
    pub(super) prints: Vec<u64>,
    /// Whether what only words depend on is told apart too.
    pub(super) with_words: bool,
    /// State and way by which each was found first; `u32::MAX` for a first state.
    pub parents: Vec<(u32, u32)>,
    /// Where each state's edges begin, and the end of all of them.
    pub first_edge: Vec<u64>,
    /// The edges, by state.
    pub edges: Vec<Edge>,
    /// The different ways.
    pub ways: Vec<Way>,
    /// Number of ways between states, whether kept or not.
    pub steps: u64,
    /// What was met.
    pub met: Met,
    /// Bytes in use at the end.
    pub bytes: usize,
    /// Bits of a key.
    pub key_bits: u32,
}

impl Space {
    /// Number of states.
    #[must_use]
    pub fn states(&self) -> usize {
        self.places.len()
    }

    /// Edges out of a state.
    #[must_use]
    #[inline]
    pub fn edges_of(&self, state: u32) -> &[Edge] {
        let at = state as usize;
        match (self.first_edge.get(at), self.first_edge.get(at + 1)) {
            (Some(from), Some(to)) => &self.edges[*from as usize..*to as usize],
            _ => &[],
        }
    }

    /// The states that can be come to without failing a gate.
    pub(super) fn without_gates(&self) -> Vec<bool> {
        let mut clean = vec![false; self.states()];
        let mut open: Vec<u32> = Vec::new();
        let roots = self.draws.iter().flat_map(|drawn| &drawn.roots);
        for (root, _) in roots {
            if !std::mem::replace(&mut clean[*root as usize], true) {
                open.push(*root);
            }
        }
        while let Some(state) = open.pop() {
            for edge in self.edges_of(state) {
                let is_clean = self.ways[edge.way as usize].gates == 0;
                if is_clean && !std::mem::replace(&mut clean[edge.to as usize], true) {
                    open.push(edge.to);
                }
            }
        }
        clean
    }

    /// The ending that a state is, if it is one.
    #[must_use]
    #[inline]
    pub fn ending(&self, scenario: &Scenario, state: u32) -> Option<u32> {
        let place = self.places.get(state as usize)?;
        place.checked_sub(scenario.beats.len() as u32)
    }
}

/// Most draws that are begun with.
const MOST_DRAWS: usize = 200_000;
/// States in a round, and in one thread's share of it.
const ROUND: usize = 1 << 16;
const SHARE: usize = 1 << 10;

/// Explores a scenario. `progress` is called with the number of states now and then.
pub fn explore(
    scenario: &Arc<Scenario>,
    limits: &Limits,
    progress: &mut dyn FnMut(usize),
) -> Space {
    let blank = Encounter::dealt(Arc::clone(scenario)).state().clone();
    let layout = Layout::of(scenario, blank, limits.with_words);
    by_width!(layout, run(scenario, &layout, limits, progress), {
        // Not explored at all, and said to be so.
        let nothing = Limits {
            budget: 0,
            ..limits.clone()
        };
        let mut none = run::<16>(scenario, &layout, &nothing, progress);
        none.extent = Extent::TooWide;
        none
    })
}

/// Notes options that no other one outdoes in one of these states.
pub(super) fn note_undominated(
    scenario: &Arc<Scenario>,
    states: &[State],
    threads: usize,
    met: &mut Met,
) {
    let blank = Encounter::dealt(Arc::clone(scenario)).state().clone();
    let layout = Layout::of(scenario, blank, false);
    by_width!(layout, look_at(scenario, &layout, states, threads, met), ());
}

fn look_at<const W: usize>(
    scenario: &Arc<Scenario>,
    layout: &Layout,
    states: &[State],
    threads: usize,
    met: &mut Met,
) {
    let share = states.len().div_ceil(threads).max(1);
    let found: Vec<Vec<bool>> = thread::scope(|scope| {
        let workers: Vec<_> = states
            .chunks(share)
            .map(|states| {
                scope.spawn(move || {
                    let mut expander = Expander::<W>::new(scenario, layout, false);
                    for state in states {
                        expander.look(state);
                    }
                    expander.met.undominated
                })
            })
            .collect();
        let joined = workers.into_iter().map(thread::ScopedJoinHandle::join);
        joined.filter_map(Result::ok).collect()
    });
    for list in found {
        for (own, more) in met.undominated.iter_mut().zip(list) {
            *own |= more;
        }
    }
}

/// What one thread made of its share.
struct Yield<const W: usize> {
    /// Steps out of each state of the share.
    counts: Vec<u32>,
    items: Vec<(Key<W>, u64, u32)>,
    ways: Vec<Way>,
}

/// Numbers of the different ways.
#[derive(Default)]
struct WayNumbers {
    known: HashMap<(Move, u64, u128, u32), u32, BuildHasherDefault<Quick>>,
}

impl WayNumbers {
    fn number(&mut self, way: Way, all: &mut Vec<Way>) -> u32 {
        *self.known.entry(way.bits()).or_insert_with(|| {
            all.push(way);
            all.len() as u32 - 1
        })
    }
}

fn run<const W: usize>(
    scenario: &Arc<Scenario>,
    layout: &Layout,
    limits: &Limits,
    progress: &mut dyn FnMut(usize),
) -> Space {
    let threads = limits.threads();
    let mut shards: Vec<Shard<W>> = (0..SHARDS).map(|_| Shard::new()).collect();
    let mut space = Space {
        extent: Extent::Exhausted,
        draws: Vec::new(),
        places: Vec::new(),
        feelings: Vec::new(),
        prints: Vec::new(),
        with_words: limits.with_words,
        parents: Vec::new(),
        first_edge: Vec::new(),
        edges: Vec::new(),
        ways: Vec::new(),
        steps: 0,
        met: Met::new(scenario),
        bytes: 0,
        key_bits: layout.bits(),
    };
    let mut expanders: Vec<Expander<'_, W>> = (0..threads)
        .map(|_| {
            Expander::new(scenario, layout, limits.with_words)
                .only(limits.only)
                .within(MOST_OUTCOMES, &limits.cancel)
        })
        .collect();
    if layout.bits() > W as u32 * 64 {
        return space;
    }
    let mut frontier = open_all(scenario, layout, &mut expanders[0], &mut shards, &mut space);
    let mut numbers = WayNumbers::default();
    let mut source = 0_u32;
    let mut most = ROUND;
    while !frontier.is_empty() && space.extent == Extent::Exhausted {
        let mut next = Vec::new();
        let mut at = 0;
        while at < frontier.len() {
            if limits.cancel.load(Ordering::Relaxed) {
                space.extent = Extent::Cancelled;
                break;
            }
            if space.states() >= limits.budget {
                space.extent = Extent::OverBudget;
                break;
            }
            let round = &frontier[at..frontier.len().min(at + most)];
            let yields = step_all(round, &mut expanders);
            if expanders.iter().any(|expander| expander.is_over) {
                // Chance goes more ways than there is room for: fewer states at once, if that helps.
                if limits.cancel.load(Ordering::Relaxed) {
                    space.extent = Extent::Cancelled;
                    break;
                }
                if round.len() == 1 {
                    space.extent = Extent::TooManyDraws;
                    break;
                }
                most = (round.len() / 8).max(1);
                for expander in &mut expanders {
                    expander.is_over = false;
                }
                continue;
            }
            at += round.len();
            let placed = place_all(&yields, &mut shards, threads);
            number_all(
                yields,
                &placed,
                &mut shards,
                &mut space,
                &mut numbers,
                &mut source,
                limits,
                layout,
                &mut next,
            );
            progress(space.states());
        }
        frontier = next;
    }
    if limits.with_ways {
        // States that were not stepped from have no edges.
        space
            .first_edge
            .resize(space.states() + 1, space.edges.len() as u64);
    }
    for expander in &expanders {
        space.met.add(&expander.met);
    }
    for expander in &mut expanders {
        expander.hand_over_trace(&mut space.met);
    }
    space.bytes = shards.iter().map(Shard::bytes).sum::<usize>()
        + space.places.capacity() * 4
        + space.feelings.capacity() * 2
        + space.prints.capacity() * 8
        + space.parents.capacity() * 8
        + space.first_edge.capacity() * 8
        + space.edges.capacity() * 8;
    space
}

/// The first states of all draws.
fn open_all<const W: usize>(
    scenario: &Arc<Scenario>,
    layout: &Layout,
    expander: &mut Expander<'_, W>,
    shards: &mut [Shard<W>],
    space: &mut Space,
) -> Vec<Key<W>> {
    let matters = |at: usize| layout.live.is_read_at_once(at);
    let mut count = scenario.profiles.len().max(1);
    for (at, variation) in scenario.variations.iter().enumerate() {
        if matters(at) {
            count = count.saturating_mul(variation.1.len().max(1));
        }
    }
    count = count.saturating_mul((usize::from(scenario.jitter) * 2 + 1).pow(2));
    if count > MOST_DRAWS {
        space.extent = Extent::TooManyDraws;
        return Vec::new();
    }
    let mut frontier = Vec::new();
    for (state, share) in State::draws_of(scenario, &matters) {
        let mut roots: Vec<(u32, f64)> = Vec::new();
        if expander.is_over {
            break;
        }
        expander.open(&state, |key, part| {
            let spread = hash(&key);
            let shard = &mut shards[shard_of(spread)];
            let position = shard.place(&key, spread) as usize;
            if shard.numbers[position] == UNNUMBERED {
                shard.numbers[position] = space.places.len() as u32;
                space.places.push(layout.place(&key));
                space.parents.push((u32::MAX, u32::MAX));
                space.feelings.push(feeling(&key));
                space.prints.push(spread);
                frontier.push(key);
            }
            roots.push((shard.numbers[position], part));
        });
        space.draws.push(Drawn {
            state,
            share,
            roots,
        });
    }
    if expander.is_over {
        space.extent = if expander.is_cancelled() {
            Extent::Cancelled
        } else {
            Extent::TooManyDraws
        };
    }
    frontier
}

fn feeling<const W: usize>(key: &Key<W>) -> (u8, u8) {
    let (distress, trust) = Layout::feeling(key);
    (distress as u8, trust as u8)
}

fn step_all<const W: usize>(round: &[Key<W>], expanders: &mut [Expander<'_, W>]) -> Vec<Yield<W>> {
    let shares: Vec<&[Key<W>]> = round.chunks(SHARE).collect();
    let outcomes = AtomicUsize::new(0);
    if shares.len() == 1 || expanders.len() == 1 {
        return shares
            .into_iter()
            .map(|share| step(share, &mut expanders[0], &outcomes))
            .collect();
    }
    let (taken, outcomes) = (AtomicUsize::new(0), &outcomes);
    let (send, receive) = mpsc::channel();
    thread::scope(|scope| {
        for expander in expanders {
            let (send, taken, shares) = (send.clone(), &taken, &shares);
            scope.spawn(move || {
                loop {
                    let at = taken.fetch_add(1, Ordering::Relaxed);
                    let Some(share) = shares.get(at) else {
                        return;
                    };
                    if send.send((at, step(share, expander, outcomes))).is_err() {
                        return;
                    }
                }
            });
        }
    });
    drop(send);
    let mut yields: Vec<(usize, Yield<W>)> = receive.into_iter().collect();
    yields.sort_by_key(|(at, _)| *at);
    yields.into_iter().map(|(_, done)| done).collect()
}

/// Steps from every state of a share; `outcomes` counts those of all shares together.
fn step<const W: usize>(
    share: &[Key<W>],
    expander: &mut Expander<'_, W>,
    outcomes: &AtomicUsize,
) -> Yield<W> {
    let mut done = Yield {
        counts: Vec::with_capacity(share.len()),
        items: Vec::with_capacity(share.len() * 8),
        ways: Vec::new(),
    };
    let mut numbers = WayNumbers::default();
    let Yield {
        counts,
        items,
        ways,
    } = &mut done;
    for key in share {
        let before = items.len();
        expander.expand(key, |after, way| {
            items.push((after, hash(&after), numbers.number(way, ways)));
        });
        let new = items.len() - before;
        counts.push(new as u32);
        let all = outcomes.fetch_add(new, Ordering::Relaxed) + new;
        expander.is_over |= all > MOST_OUTCOMES || expander.is_cancelled();
        if expander.is_over {
            break;
        }
    }
    done
}

/// Places every item's key in its shard: positions by shard, in the order of the items.
fn place_all<const W: usize>(
    yields: &[Yield<W>],
    shards: &mut [Shard<W>],
    threads: usize,
) -> Vec<Vec<u32>> {
    let mut placed: Vec<Vec<u32>> = vec![Vec::new(); SHARDS];
    let work = |first: usize, shards: &mut [Shard<W>], placed: &mut [Vec<u32>]| {
        let last = first + shards.len();
        for done in yields {
            for (key, spread, _) in &done.items {
                let shard = shard_of(*spread);
                if (first..last).contains(&shard) {
                    let position = shards[shard - first].place(key, *spread);
                    placed[shard - first].push(position);
                }
            }
        }
    };
    if threads == 1 || yields.len() == 1 {
        work(0, shards, &mut placed);
        return placed;
    }
    let each = SHARDS.div_ceil(threads.min(SHARDS));
    thread::scope(|scope| {
        for (number, (shards, placed)) in shards
            .chunks_mut(each)
            .zip(placed.chunks_mut(each))
            .enumerate()
        {
            let work = &work;
            scope.spawn(move || work(number * each, shards, placed));
        }
    });
    placed
}

/// Numbers the new states in the order of the items, and keeps the edges.
#[expect(
    clippy::too_many_arguments,
    reason = "the last of three parts of one round, which share its working set"
)]
fn number_all<const W: usize>(
    yields: Vec<Yield<W>>,
    placed: &[Vec<u32>],
    shards: &mut [Shard<W>],
    space: &mut Space,
    numbers: &mut WayNumbers,
    source: &mut u32,
    limits: &Limits,
    layout: &Layout,
    next: &mut Vec<Key<W>>,
) {
    let mut cursors = [0_usize; SHARDS];
    for done in yields {
        let renumbered: Vec<u32> = done
            .ways
            .iter()
            .map(|way| numbers.number(*way, &mut space.ways))
            .collect();
        let mut items = done.items.iter();
        for count in done.counts {
            if limits.with_ways {
                space.first_edge.push(space.edges.len() as u64);
            }
            for (key, spread, way) in items.by_ref().take(count as usize) {
                let shard = shard_of(*spread);
                let position = placed[shard][cursors[shard]] as usize;
                cursors[shard] += 1;
                let number = &mut shards[shard].numbers[position];
                let way = renumbered[*way as usize];
                if *number == UNNUMBERED {
                    *number = space.places.len() as u32;
                    space.places.push(layout.place(key));
                    space.parents.push((*source, way));
                    if limits.with_ways {
                        space.feelings.push(feeling(key));
                        space.prints.push(*spread);
                    }
                    next.push(*key);
                }
                space.steps += 1;
                if limits.with_ways {
                    space.edges.push(Edge { to: *number, way });
                }
            }
            *source += 1;
        }
    }
}
