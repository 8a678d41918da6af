//! The lowest and highest score that play can reach in each objective, before each profile.
//!
//! Where every state was visited, a search over them gives both exactly. Where there are too many,
//! they are closed in on from both sides: runs that aim low and high show what is reached, and
//! the ways that boxes leave open show what no run goes past. Where the two meet, that is exact.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use serde::Serialize;

use crate::course::Course;
use crate::encounter::{Encounter, Move, move_text};
use crate::scenario::Scenario;
use crate::scoring::marks_of;

use super::bots::{Player, SEARCHER};
use super::bounds::{Range, ranges};
use super::expand::MOST_OBJECTIVES;
use super::explore::{Extent, Limits, Space};
use super::prove::Asked;
use super::sweep::{Bound, Grounds, Reach};
use super::witness::Witness;

/// Most edges for which scores are searched.
const MOST_EDGES: usize = 4_000_000;
/// Moves after which a run that has not ended gives no score.
const MOST_MOVES: usize = 120;
/// Moves after which a run no longer takes aim, so that it comes to an end.
const MOST_AIMED: usize = 60;
/// One move in so many is any that is open, by run.
const STRAYS: [u32; 4] = [u32::MAX, 16, 8, 4];

/// Scores that play can reach.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScoreProof {
    /// Objective.
    pub objective: String,
    /// Drawn profile.
    pub draw: String,
    /// Lowest whole per cent that is known to be reached; none if no run is known to have enough
    /// opportunities.
    pub lowest: Option<u32>,
    /// Highest whole per cent that is known to be reached.
    pub highest: Option<u32>,
    /// No run scores less than this.
    pub least: u32,
    /// No run scores more than this.
    pub most: u32,
    /// Runs with the lowest and the highest, where runs were played.
    pub shown: Option<(Witness, Witness)>,
}

impl ScoreProof {
    /// Whether nothing is left between what is reached and what is not.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.lowest == Some(self.least) && self.highest == Some(self.most)
    }
}

/// Scores by objective and profile. With `by_sets` there were too many states to visit.
pub(super) fn scores(
    scenario: &Arc<Scenario>,
    course: &Course,
    space: &Space,
    asked: &Asked,
    by_sets: bool,
) -> Vec<ScoreProof> {
    if asked.limits.cancel.load(Ordering::Relaxed) {
        Vec::new()
    } else if by_sets {
        from_both_sides(scenario, course, asked)
    } else if space.extent == Extent::Exhausted && space.edges.len() <= MOST_EDGES {
        exactly(scenario, course, space, &asked.limits)
    } else {
        Vec::new()
    }
}

fn exactly(
    scenario: &Scenario,
    course: &Course,
    space: &Space,
    limits: &Limits,
) -> Vec<ScoreProof> {
    let mut groups: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for drawn in &space.draws {
        let name = profile_name(scenario, drawn.state.profile);
        let roots = drawn.roots.iter().map(|(root, _)| *root);
        groups.entry(name).or_default().extend(roots);
    }
    let roots: Vec<Vec<u32>> = groups.values().cloned().collect();
    let mut all = Vec::new();
    for (place, objective) in names(scenario, course) {
        let least = course.min_opportunities;
        let found = ranges(scenario, space, place, least, &roots, &limits.cancel);
        for (draw, range) in groups.keys().zip(found) {
            if let Some(range) = range {
                all.push(ScoreProof {
                    objective: objective.to_owned(),
                    draw: (*draw).to_owned(),
                    lowest: Some(range.lowest),
                    highest: Some(range.highest),
                    least: range.lowest,
                    most: range.highest,
                    shown: None,
                });
            }
        }
    }
    all
}

fn from_both_sides(scenario: &Arc<Scenario>, course: &Course, asked: &Asked) -> Vec<ScoreProof> {
    let limits = &asked.limits;
    let (bounds, played) = thread::scope(|scope| {
        let bounds = scope.spawn(|| bounds(scenario, course, limits));
        let played = played(
            scenario,
            course,
            limits,
            asked.search_seeds.saturating_mul(2),
        );
        (bounds.join().unwrap_or_default(), played)
    });
    let mut all = Vec::new();
    for (place, objective) in names(scenario, course) {
        for (profile, ranges) in &bounds {
            let Some(Some(range)) = ranges.get(place) else {
                continue;
            };
            let found = played.get(&(*profile, place));
            all.push(ScoreProof {
                objective: objective.to_owned(),
                draw: profile_name(scenario, *profile).to_owned(),
                lowest: found.map(|found| found.low.0),
                highest: found.map(|found| found.high.0),
                least: range.lowest,
                most: range.highest,
                shown: found.map(|found| {
                    (
                        found.low.1.witness(scenario),
                        found.high.1.witness(scenario),
                    )
                }),
            });
        }
    }
    all.sort_by(|one, other| (&one.objective, &one.draw).cmp(&(&other.objective, &other.draw)));
    all
}

fn profile_name(scenario: &Scenario, profile: u8) -> &str {
    let used = scenario.profiles.get(usize::from(profile));
    used.map_or("", |used| used.id.as_str())
}

/// The assessed objectives that the course has, each with its place.
fn names<'c>(
    scenario: &Scenario,
    course: &'c Course,
) -> impl Iterator<Item = (usize, &'c str)> + use<'c> {
    let all: Vec<u16> = scenario.assessed().take(MOST_OBJECTIVES).collect();
    all.into_iter()
        .enumerate()
        .filter_map(|(place, objective)| {
            let named = course.objectives.get(usize::from(objective))?;
            Some((place, named.id.as_str()))
        })
}

/// What no run scores outside of, by profile and place of the objective; none of an objective in
/// which no run has enough opportunities.
fn bounds(
    scenario: &Arc<Scenario>,
    course: &Course,
    limits: &Limits,
) -> Vec<(u8, Vec<Option<Range>>)> {
    let Some(grounds) = Grounds::of(scenario, false) else {
        return Vec::new();
    };
    let reach = Reach {
        most_states: u64::MAX,
        most_nodes: usize::MAX,
        with_words: false,
        bound: Bound::Boxed,
        threads: limits.threads,
        cancel: Arc::clone(&limits.cancel),
    };
    let surveys = grounds.survey(&reach);
    let of_one = |survey: &super::sweep::Survey| {
        let places = 0..scenario.assessed().take(MOST_OBJECTIVES).count();
        let ranges = places.map(|place| {
            let (space, roots) = survey.space(scenario, place);
            let least = course.min_opportunities;
            let roots = std::slice::from_ref(&roots);
            ranges(scenario, &space, place, least, roots, &limits.cancel)
                .pop()
                .flatten()
        });
        (survey.profile, ranges.collect())
    };
    surveys.iter().map(of_one).collect()
}

/// A run by its seed and moves.
#[derive(Debug, Clone)]
struct Played {
    seed: u64,
    moves: Vec<Move>,
}

impl Played {
    fn witness(&self, scenario: &Scenario) -> Witness {
        let moves = self.moves.iter().map(|made| move_text(scenario, *made));
        Witness {
            seed: self.seed,
            moves: moves.collect(),
        }
    }
}

/// The lowest and the highest score of the runs of one profile in one objective.
#[derive(Debug, Clone)]
struct Extremes {
    low: (u32, Played),
    high: (u32, Played),
}

impl Extremes {
    /// Takes in another score: of equal ones the run of the lower seed stays.
    fn add(&mut self, other: Self) {
        if (other.low.0, other.low.1.seed) < (self.low.0, self.low.1.seed) {
            self.low = other.low;
        }
        let rank = |high: &(u32, Played)| (std::cmp::Reverse(high.0), high.1.seed);
        if rank(&other.high) < rank(&self.high) {
            self.high = other.high;
        }
    }
}

type Found = BTreeMap<(u8, usize), Extremes>;

/// Plays so many seeds, each aiming low or high in one objective.
fn played(scenario: &Arc<Scenario>, course: &Course, limits: &Limits, seeds: u32) -> Found {
    let threads = limits.threads();
    let parts: Vec<Found> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|thread| {
                scope.spawn(move || {
                    let mut found = Found::new();
                    for seed in (0..u64::from(seeds)).skip(thread).step_by(threads) {
                        if limits.cancel.load(Ordering::Relaxed) {
                            break;
                        }
                        play(scenario, course, seed, &mut found);
                    }
                    found
                })
            })
            .collect();
        let joined = workers.into_iter().map(thread::ScopedJoinHandle::join);
        joined.filter_map(Result::ok).collect()
    });
    let mut all = Found::new();
    for part in parts {
        for (key, found) in part {
            take_in(&mut all, key, found);
        }
    }
    all
}

fn take_in(all: &mut Found, key: (u8, usize), found: Extremes) {
    match all.entry(key) {
        std::collections::btree_map::Entry::Vacant(own) => {
            own.insert(found);
        }
        std::collections::btree_map::Entry::Occupied(mut own) => own.get_mut().add(found),
    }
}

fn play(scenario: &Arc<Scenario>, course: &Course, seed: u64, found: &mut Found) {
    let assessed: Vec<u16> = scenario.assessed().take(MOST_OBJECTIVES).collect();
    let count = assessed.len().max(1) as u64;
    let aim = Aim {
        objective: assessed.get((seed % count) as usize).copied().unwrap_or(0),
        is_low: (seed / count).is_multiple_of(2),
        plays_well: seed / count % 4 < 2,
        strays: STRAYS[(seed / count / 4 % 4) as usize],
    };
    let mut dice = ChaCha8Rng::seed_from_u64(seed);
    let mut log = Vec::new();
    let mut encounter = Encounter::begin(Arc::clone(scenario), seed, &mut log);
    let mut player = Player::new(SEARCHER, &encounter, seed);
    let mut sums = vec![(0_u32, 0_u32, 0_u32); assessed.len()];
    let mut moves = Vec::new();
    while encounter.ending().is_none() && moves.len() < MOST_MOVES {
        let is_aimed = moves.len() < MOST_AIMED;
        let made = choose(&encounter, is_aimed.then_some(aim), &mut player, &mut dice);
        for (objective, earned, available) in marks_of(&encounter, made) {
            if let Some(place) = assessed.iter().position(|own| *own == objective) {
                let sum = &mut sums[place];
                *sum = (
                    sum.0 + earned.points(),
                    sum.1 + available.points(),
                    sum.2 + 1,
                );
            }
        }
        log.clear();
        if encounter.step(made, &mut log).is_err() {
            return;
        }
        moves.push(made);
    }
    if encounter.ending().is_none() {
        return;
    }
    let profile = encounter.state().profile;
    for (place, (earned, available, times)) in sums.into_iter().enumerate() {
        if times < course.min_opportunities || available == 0 {
            continue;
        }
        let percent = earned * 100 / available;
        let key = (profile, place);
        let is_new = found
            .get(&key)
            .is_none_or(|own| percent < own.low.0 || percent > own.high.0);
        if is_new {
            let run = Played {
                seed,
                moves: moves.clone(),
            };
            let own = Extremes {
                low: (percent, run.clone()),
                high: (percent, run),
            };
            take_in(found, key, own);
        }
    }
}

/// What a run is after.
#[derive(Debug, Clone, Copy)]
struct Aim {
    objective: u16,
    is_low: bool,
    /// Whether it takes what earns most where nothing can be shown of the objective.
    plays_well: bool,
    strays: u32,
}

/// The move that earns least or most of an objective for what is available; now and then another,
/// and any where no aim is taken.
fn choose(
    encounter: &Encounter,
    aim: Option<Aim>,
    player: &mut Player,
    dice: &mut ChaCha8Rng,
) -> Move {
    let mut open: Vec<Move> = encounter
        .open_moves()
        .filter(|made| *made != Move::Hold)
        .collect();
    open.push(Move::Silence);
    let any = open[dice.next_u32() as usize % open.len()];
    let stray = dice.next_u32();
    let Some(aim) = aim.filter(|aim| !stray.is_multiple_of(aim.strays)) else {
        return any;
    };
    let level = |made: Move| {
        let mut evidence = encounter.evidence(made);
        let own = evidence.find(|evidence| evidence.objective == aim.objective);
        own.map(|evidence| evidence.level)
    };
    if aim.plays_well && !open.iter().any(|made| level(*made).is_some()) {
        return player.choose(encounter);
    }
    let mut worth = |made: Move| {
        let is_side = !matches!(made, Move::Choice(_) | Move::Silence);
        let earned = match level(made) {
            // Saying nothing of it counts as Developing where it could have been shown.
            None if is_side => 2,
            None => 1,
            Some(level) => level.points().min(3),
        };
        let worth = if aim.is_low { earned } else { 3 - earned };
        (worth, dice.next_u32())
    };
    open.into_iter()
        .min_by_key(|made| worth(*made))
        .unwrap_or(any)
}
