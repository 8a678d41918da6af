//! Probability of each ending under policies without memory: what they do depends on the state
//! alone. Chance flows from the first states along the edges until none is left on the way.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::encounter::Move;
use crate::scenario::Scenario;

use super::expand::{Way, is_aside};
use super::explore::Space;

/// A policy without memory. Holding and running out of time are one move, "say nothing", and a
/// standing move that would change nothing is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// Every open move is as likely as the others.
    Uniform,
    /// The first open option in the author's order.
    First,
    /// Always says nothing.
    Silent,
    /// The move that earns most of what is available; of equals, the first. A standing move that
    /// shows nothing is none of them.
    Best,
}

impl Policy {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Uniform, Self::First, Self::Silent, Self::Best];

    /// Its name, as reports show it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Uniform => "any open move",
            Self::First => "first option",
            Self::Silent => "says nothing",
            Self::Best => "most points",
        }
    }
}

/// Chance that may be left on the way when the flow is stopped.
const LEFT: f64 = 1e-12;
/// Most rounds; what is left then is told.
const MOST_ROUNDS: usize = 10_000;
/// States that are passed through at most, and how often each may be in the mean.
const MOST_PASSED: usize = 20_000_000;
const MOST_EACH: usize = 40;

/// Probability of each ending from some first states, and of never ending.
#[derive(Debug, Clone, PartialEq)]
pub struct Chances {
    /// By ending.
    pub endings: Vec<f64>,
    /// Still on the way when the flow was stopped: goes round for ever, or nearly.
    pub never: f64,
}

/// Probabilities over everything that can be drawn, and by the profile that is.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawChances {
    /// Over all draws.
    pub whole: Chances,
    /// By profile, each as if it alone could be drawn.
    pub by_draw: BTreeMap<String, Chances>,
}

impl DrawChances {
    /// Lets chance flow from what each profile begins with. None if it was stopped, or is so slow to
    /// come to an ending that what is left would be much.
    #[must_use]
    pub fn of(
        scenario: &Scenario,
        space: &Space,
        policy: Policy,
        cancel: &AtomicBool,
    ) -> Option<Self> {
        let mut groups: BTreeMap<String, Vec<(u32, f64)>> = BTreeMap::new();
        for drawn in &space.draws {
            let profile = scenario.profiles.get(usize::from(drawn.state.profile));
            let own = groups
                .entry(profile.map_or_else(String::new, |used| used.id.clone()))
                .or_default();
            own.extend(
                drawn
                    .roots
                    .iter()
                    .map(|(root, part)| (*root, drawn.share * part)),
            );
        }
        let mut whole = Chances {
            endings: vec![0.0; scenario.endings.len()],
            never: 0.0,
        };
        let mut by_draw = BTreeMap::new();
        let ends = ends(scenario, space, policy);
        for (draw, mut from) in groups {
            let share: f64 = from.iter().map(|(_, share)| share).sum();
            if share <= 0.0 {
                continue;
            }
            for (_, part) in &mut from {
                *part /= share;
            }
            let stop = Stop {
                most: MOST_PASSED + space.states() * MOST_EACH,
                cancel: Some(cancel),
            };
            let own = flow(scenario, space, &from, (policy, &ends), stop)?;
            for (all, part) in whole.endings.iter_mut().zip(&own.endings) {
                *all += part * share;
            }
            whole.never += own.never * share;
            by_draw.insert(draw, own);
        }
        Some(Self { whole, by_draw })
    }
}

/// Lets chance flow from the first states with their shares.
#[must_use]
pub fn chances(scenario: &Scenario, space: &Space, from: &[(u32, f64)], policy: Policy) -> Chances {
    let ends = ends(scenario, space, policy);
    let stop = Stop {
        most: usize::MAX,
        cancel: None,
    };
    flow(scenario, space, from, (policy, &ends), stop).unwrap_or(Chances {
        endings: vec![0.0; scenario.endings.len()],
        never: 1.0,
    })
}

/// When it is given up.
#[derive(Debug, Clone, Copy)]
struct Stop<'c> {
    /// After passing through so many states.
    most: usize,
    cancel: Option<&'c AtomicBool>,
}

/// The same, where it is known from which states the policy can come to an ending; none if it was
/// given up.
fn flow(
    scenario: &Scenario,
    space: &Space,
    from: &[(u32, f64)],
    (policy, ends): (Policy, &[bool]),
    stop: Stop<'_>,
) -> Option<Chances> {
    let mut passed = 0;
    let mut endings = vec![0.0; scenario.endings.len()];
    let mut mass = vec![0.0_f64; space.states()];
    for (state, share) in from {
        mass[*state as usize] += share;
    }
    let mut parts: Vec<(u32, f64)> = Vec::new();
    let mut lowest = 0;
    for _ in 0..MOST_ROUNDS {
        let mut left = 0.0;
        let mut again = usize::MAX;
        let is_stopped = stop.cancel.is_some_and(|stop| stop.load(Ordering::Relaxed));
        if passed > stop.most || is_stopped {
            return None;
        }
        for at in lowest..mass.len() {
            let here = mass[at];
            if here == 0.0 {
                continue;
            }
            mass[at] = 0.0;
            passed += 1;
            if let Some(ending) = space.ending(scenario, at as u32) {
                endings[ending as usize] += here;
                continue;
            }
            if !ends[at] {
                // It goes round for ever.
                continue;
            }
            spread(space, at as u32, policy, &mut parts);
            for (to, share) in &parts {
                let to = *to as usize;
                mass[to] += here * share;
                if to <= at {
                    again = again.min(to);
                    left += here * share;
                }
            }
        }
        if left < LEFT {
            break;
        }
        lowest = if again == usize::MAX {
            mass.len()
        } else {
            again
        };
    }
    let never = (1.0 - endings.iter().sum::<f64>()).max(0.0);
    Some(Chances {
        endings,
        never: if never < 1e-9 { 0.0 } else { never },
    })
}

/// The states from which this policy can come to an ending.
fn ends(scenario: &Scenario, space: &Space, policy: Policy) -> Vec<bool> {
    let states = space.states() as u32;
    let mut ends: Vec<bool> = (0..states)
        .map(|state| space.ending(scenario, state).is_some())
        .collect();
    let mut parts: Vec<(u32, f64)> = Vec::new();
    loop {
        let mut grew = false;
        for state in (0..states).rev() {
            if ends[state as usize] {
                continue;
            }
            spread(space, state, policy, &mut parts);
            if parts.iter().any(|(to, _)| ends[*to as usize]) {
                ends[state as usize] = true;
                grew = true;
            }
        }
        if !grew {
            return ends;
        }
    }
}

/// Where a policy leads from a state, with probabilities.
fn spread(space: &Space, state: u32, policy: Policy, parts: &mut Vec<(u32, f64)>) {
    parts.clear();
    let edges = space.edges_of(state);
    let made = |edge: &super::Edge| space.ways[edge.way as usize].made;
    match policy {
        Policy::Uniform => {
            let mut count = 0.0;
            let mut last = None;
            for edge in edges {
                if last != Some(made(edge)) {
                    last = Some(made(edge));
                    count += 1.0;
                }
            }
            for edge in edges {
                parts.push((edge.to, space.ways[edge.way as usize].share / count));
            }
        }
        Policy::First | Policy::Silent | Policy::Best => {
            let ways = edges.iter().map(|edge| &space.ways[edge.way as usize]);
            let chosen = chosen(policy, ways);
            for edge in edges {
                if Some(made(edge)) == chosen {
                    parts.push((edge.to, space.ways[edge.way as usize].share));
                }
            }
        }
    }
}

/// The move that a policy makes, out of the ways from a state in their order; none for one that
/// may make any.
pub(super) fn chosen<'w>(policy: Policy, mut ways: impl Iterator<Item = &'w Way>) -> Option<Move> {
    let chosen = match policy {
        Policy::Uniform => return None,
        Policy::Silent => None,
        Policy::First => ways
            .next()
            .map(|way| way.made)
            .filter(|made| matches!(made, Move::Choice(_))),
        Policy::Best => best(ways),
    };
    Some(chosen.unwrap_or(Move::Silence))
}

fn best<'w>(ways: impl Iterator<Item = &'w Way>) -> Option<Move> {
    let mut best: Option<(i32, Move)> = None;
    for way in ways.filter(|way| !is_aside(way.made, way.points)) {
        let lost = way.lost() + if way.gates == 0 { 0 } else { 100 };
        if best.is_none_or(|(least, _)| lost < least) {
            best = Some((lost, way.made));
        }
    }
    best.map(|(_, made)| made)
}
