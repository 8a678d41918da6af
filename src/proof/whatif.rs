//! What would likely have followed: each decision of an attempt forked in the state in which it
//! was made, with what the seed had drawn, and rolled forward under three ways of going on.
//!
//! The same attempt always gives the same answer: every roll-out draws from a stream of the
//! attempt's own seed. Luck is measured by the same choices made again before other people whom
//! the scenario could have drawn.

use std::fmt::Write as _;
use std::sync::Arc;
use std::thread;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use serde::Serialize;

use crate::encounter::{Encounter, Event, Move, ReplayError, move_by_text, move_text};
use crate::scenario::{Change, Outcome, Scenario};

use super::bots::{BOTS, Player};
use super::tendencies::{Tendencies, candidates, cautious};

/// Moves after which a roll-out counts as not ended.
const MOST_MOVES: usize = 60;
/// Roll-outs in the trainee's own way, for each move.
const OWN_RUNS: u32 = 12;
/// Roll-outs of each officer with a fixed rule, where the scenario has chances of its own.
const RULE_RUNS: u32 = 4;
/// Roll-outs for luck.
const LUCK_RUNS: u32 = 200;

/// How a roll-out goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Wise {
    /// As this trainee tends to decide, by what they took when it was open.
    Own,
    /// An officer who tells from signs how the person reacts, and takes what suits.
    Careful,
    /// An officer who looks, listens, says little, and never goes closer.
    Cautious,
}

impl Wise {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::Own, Self::Careful, Self::Cautious];

    /// In words, at the beginning of a sentence.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Own => "Going on in your own way",
            Self::Careful => "With a careful officer from there",
            Self::Cautious => "With a cautious one",
        }
    }
}

/// An ending, and how many roll-outs came to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EndingShare {
    /// Id; empty for roll-outs that did not end.
    pub ending: String,
    /// Title.
    pub title: String,
    /// How safe everybody is; none for roll-outs that did not end.
    pub outcome: Option<Outcome>,
    /// Roll-outs.
    pub runs: u32,
}

/// What came of one way of going on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Spread {
    /// Which way.
    pub way: Wise,
    /// Roll-outs.
    pub runs: u32,
    /// Their endings, the most frequent first.
    pub endings: Vec<EndingShare>,
    /// Lowest trust at the end.
    pub trust_least: u8,
    /// Mean trust at the end, rounded.
    pub trust_mean: u8,
    /// Highest trust at the end.
    pub trust_most: u8,
}

impl Spread {
    /// Roll-outs with this outcome.
    #[must_use]
    pub fn with(&self, outcome: Outcome) -> u32 {
        let same = self.endings.iter().filter(|e| e.outcome == Some(outcome));
        same.map(|share| share.runs).sum()
    }

    /// In one sentence.
    #[must_use]
    pub fn words(&self) -> String {
        let mut words = self.way.words().to_owned();
        let share = |count: u32| {
            if count == self.runs {
                String::new()
            } else {
                format!(" in {count} of {}", self.runs)
            }
        };
        let mut told = Vec::new();
        for (outcome, name) in [
            (Outcome::Safe, "safe"),
            (Outcome::Unresolved, "unresolved"),
            (Outcome::Unsafe, "unsafe"),
        ] {
            let count = self.with(outcome);
            if count > 0 {
                told.push(format!("{name}{}", share(count)));
            }
        }
        let open: u32 = self
            .endings
            .iter()
            .filter(|e| e.outcome.is_none())
            .map(|e| e.runs)
            .sum();
        if open > 0 {
            told.push(format!("no ending{}", share(open)));
        }
        let _ = write!(words, ": {}", told.join(", "));
        if let Some(most) = self.endings.first().filter(|most| !most.title.is_empty()) {
            let often = if most.runs == self.runs {
                ""
            } else {
                "mostly "
            };
            let _ = write!(words, " ({often}“{}”)", most.title);
        }
        if self.trust_least == self.trust_most {
            let _ = write!(words, "; trust {} at the end.", self.trust_mean);
        } else {
            let _ = write!(
                words,
                "; trust {} to {} at the end, {} on average.",
                self.trust_least, self.trust_most, self.trust_mean
            );
        }
        words
    }
}

/// What would likely have followed one move.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Likely {
    /// The move's word.
    pub made: String,
    /// Whether it is the one that was made.
    pub is_taken: bool,
    /// One for each way of going on.
    pub spreads: Vec<Spread>,
}

impl Likely {
    /// In one sentence for each way of going on.
    #[must_use]
    pub fn words(&self) -> String {
        let all: Vec<String> = self.spreads.iter().map(Spread::words).collect();
        all.join(" ")
    }

    /// In a few words for each way of going on, for a table: outcomes out of the roll-outs, and trust.
    #[must_use]
    pub fn brief_words(&self) -> String {
        let brief = |spread: &Spread| {
            let who = match spread.way {
                Wise::Own => "Your way",
                Wise::Careful => "careful",
                Wise::Cautious => "cautious",
            };
            let told: Vec<String> = [
                (Outcome::Safe, "safe"),
                (Outcome::Unresolved, "unresolved"),
                (Outcome::Unsafe, "unsafe"),
            ]
            .into_iter()
            .filter_map(|(outcome, name)| match spread.with(outcome) {
                0 => None,
                all if all == spread.runs => Some(name.to_owned()),
                some => Some(format!("{name} {some}/{}", spread.runs)),
            })
            .collect();
            let ends = if told.is_empty() {
                "no ending".to_owned()
            } else {
                told.join(", ")
            };
            format!("{who}: {ends}, trust {}", spread.trust_mean)
        };
        let all: Vec<String> = self.spreads.iter().map(brief).collect();
        format!("{}.", all.join("; "))
    }

    /// The first sentence: in the trainee's own way.
    #[must_use]
    pub fn own(&self) -> Option<&Spread> {
        self.spreads.iter().find(|spread| spread.way == Wise::Own)
    }
}

/// One decision, forked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fork {
    /// Number of the decision, from 1.
    pub number: u32,
    /// Every move that was open, in the author's order, the one that was made among them.
    pub moves: Vec<Likely>,
}

impl Fork {
    /// What would have followed this move.
    #[must_use]
    pub fn of(&self, made: &str) -> Option<&Likely> {
        self.moves.iter().find(|likely| likely.made == made)
    }

    /// What would have followed the move that was made.
    #[must_use]
    pub fn taken(&self) -> Option<&Likely> {
        self.moves.iter().find(|likely| likely.is_taken)
    }
}

/// Whether an outcome was luckier than its decisions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Lean {
    /// It ended better than the same choices mostly do.
    Lucky,
    /// It ended about as the same choices mostly do.
    Fair,
    /// It ended worse than the same choices mostly do.
    Unlucky,
}

/// How the same choices ended before other people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Luck {
    /// Roll-outs.
    pub runs: u32,
    /// Those that ended better.
    pub better: u32,
    /// Those that ended as this attempt did.
    pub same: u32,
    /// Those that ended worse.
    pub worse: u32,
    /// Which way the outcome leans: by half a step of outcome or more, on average.
    pub lean: Lean,
}

impl Luck {
    /// In words.
    #[must_use]
    pub fn words(&self) -> String {
        let start = match self.lean {
            Lean::Lucky => "It ended better than these decisions mostly do.",
            Lean::Fair => "It ended about as these decisions mostly do.",
            Lean::Unlucky => "It ended worse than these decisions mostly do.",
        };
        format!(
            "{start} Your own choices, made {} times before people whom this scenario could have drawn in this one's place, ended better {}, equally well {} and worse {}.",
            self.runs,
            times(self.better),
            times(self.same),
            times(self.worse)
        )
    }
}

fn times(count: u32) -> String {
    match count {
        0 => "never".to_owned(),
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        more => format!("{more} times"),
    }
}

/// A whole attempt, forked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WhatIf {
    /// Every decision; one that is still open comes last.
    pub forks: Vec<Fork>,
    /// Luck of the outcome; none before the ending.
    pub luck: Option<Luck>,
    /// Roll-outs played.
    pub roll_outs: u32,
}

impl WhatIf {
    /// What would have followed a move at a decision.
    #[must_use]
    pub fn of(&self, number: u32, made: &str) -> Option<&Likely> {
        self.fork(number)?.of(made)
    }

    /// One decision.
    #[must_use]
    pub fn fork(&self, number: u32) -> Option<&Fork> {
        self.forks.get(number.checked_sub(1)? as usize)
    }
}

/// The attempt at one decision, before the move.
struct Point {
    encounter: Encounter,
    reader: Player,
    has_looked: bool,
    made: Option<Move>,
}

/// An attempt played again, with what is needed to go on from each of its decisions.
struct Told {
    points: Vec<Point>,
    tendencies: Tendencies,
    end: Encounter,
}

fn tell(scenario: &Arc<Scenario>, seed: u64, words: &[String]) -> Result<Told, ReplayError> {
    let mut log = Vec::new();
    let mut encounter = Encounter::begin(Arc::clone(scenario), seed, &mut log);
    let reader = BOTS[BOTS.len() - 1];
    let mut reader = Player::new(reader, &encounter, seed);
    let mut tendencies = Tendencies::default();
    let mut points = Vec::with_capacity(words.len());
    let mut has_looked = false;
    for (number, word) in (1..).zip(words) {
        reader.hear(&encounter, &log);
        let unknown = || ReplayError::Unknown {
            number,
            word: word.clone(),
        };
        let made = move_by_text(scenario, word).ok_or_else(unknown)?;
        points.push(Point {
            encounter: encounter.clone(),
            reader: reader.clone(),
            has_looked,
            made: Some(made),
        });
        tendencies.see(&encounter, made);
        has_looked |= made == Move::Observe;
        log.clear();
        encounter
            .step(made, &mut log)
            .map_err(|_| ReplayError::NotOpen {
                number,
                word: word.clone(),
            })?;
    }
    if encounter.ending().is_none() {
        reader.hear(&encounter, &log);
        points.push(Point {
            encounter: encounter.clone(),
            reader,
            has_looked,
            made: None,
        });
    }
    Ok(Told {
        points,
        tendencies,
        end: encounter,
    })
}

/// Where a roll-out ended.
#[derive(Clone, Copy)]
struct End {
    ending: Option<u32>,
    trust: u8,
}

/// Goes on from here to an ending.
fn roll(
    encounter: &mut Encounter,
    way: Wise,
    (reader, tendencies): (Option<&mut Player>, &Tendencies),
    has_looked: &mut bool,
    draws: &mut ChaCha8Rng,
    log: &mut Vec<Event>,
) -> End {
    let mut reader = reader;
    let mut open = Vec::new();
    for _ in 0..MOST_MOVES {
        if encounter.ending().is_some() {
            break;
        }
        let made = match (way, reader.as_deref_mut()) {
            (Wise::Careful, Some(reader)) => {
                reader.hear(encounter, log);
                reader.choose(encounter)
            }
            (Wise::Cautious, _) => cautious(encounter, has_looked),
            _ => {
                candidates(encounter, &mut open);
                tendencies.choose(encounter, &open, draws.next_u32())
            }
        };
        log.clear();
        if encounter.step(made, log).is_err() && encounter.step(Move::Silence, log).is_err() {
            break;
        }
    }
    End {
        ending: encounter.ending(),
        trust: encounter.state().trust,
    }
}

fn spread(scenario: &Scenario, at: &Encounter, way: Wise, ends: &[End]) -> Spread {
    let mut endings: Vec<EndingShare> = Vec::new();
    for end in ends {
        let ending = end
            .ending
            .and_then(|ending| scenario.endings.get(ending as usize));
        let id = ending.map_or("", |ending| &*ending.id);
        if let Some(known) = endings.iter_mut().find(|known| known.ending == id) {
            known.runs += 1;
            continue;
        }
        endings.push(EndingShare {
            ending: id.to_owned(),
            title: ending.map_or_else(String::new, |e| at.fill(&e.title).into_owned()),
            outcome: ending.map(|ending| ending.outcome),
            runs: 1,
        });
    }
    endings.sort_by(|a, b| b.runs.cmp(&a.runs).then_with(|| a.ending.cmp(&b.ending)));
    let trusts = ends.iter().map(|end| end.trust);
    let runs = u32::try_from(ends.len()).unwrap_or(u32::MAX);
    let sum: u32 = trusts.clone().map(u32::from).sum();
    Spread {
        way,
        runs,
        endings,
        trust_least: trusts.clone().min().unwrap_or(0),
        trust_mean: u8::try_from((sum + runs / 2).checked_div(runs).unwrap_or(0)).unwrap_or(20),
        trust_most: trusts.max().unwrap_or(0),
    }
}

/// Forks one decision; says how many roll-outs that took.
fn fork(told: &Told, index: usize, has_chance: bool) -> (Fork, u32) {
    let point = &told.points[index];
    let scenario = Arc::clone(point.encounter.scenario());
    let mut open = Vec::new();
    candidates(&point.encounter, &mut open);
    // Time that ran out and silence on purpose are the same to the person.
    let is_taken = |made: Move| {
        point.made == Some(made)
            || (point.made == Some(Move::Silence) && made == Move::Hold)
            || (point.made == Some(Move::Hold) && made == Move::Silence)
    };
    let mut count = 0;
    let mut log = Vec::new();
    let mut moves = Vec::with_capacity(open.len());
    for (position, made) in open.iter().enumerate() {
        let mut spreads = Vec::with_capacity(Wise::ALL.len());
        for way in Wise::ALL {
            let runs = match way {
                Wise::Own => OWN_RUNS,
                _ if has_chance => RULE_RUNS,
                _ => 1,
            };
            let mut ends = Vec::with_capacity(runs as usize);
            for run in 0..runs {
                let stream = stream_of(index, position, way, run);
                let mut other = point.encounter.forked(stream);
                let mut draws = ChaCha8Rng::seed_from_u64(point.encounter.seed() ^ 0x3b_ad5e);
                draws.set_stream(u64::from(stream));
                let mut reader = (way == Wise::Careful).then(|| point.reader.clone());
                let mut has_looked = point.has_looked || *made == Move::Observe;
                log.clear();
                if other.step(*made, &mut log).is_err() {
                    continue;
                }
                let who = (reader.as_mut(), &told.tendencies);
                ends.push(roll(
                    &mut other,
                    way,
                    who,
                    &mut has_looked,
                    &mut draws,
                    &mut log,
                ));
            }
            count += runs;
            spreads.push(spread(&scenario, &point.encounter, way, &ends));
        }
        moves.push(Likely {
            made: move_text(&scenario, *made),
            is_taken: is_taken(*made),
            spreads,
        });
    }
    let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
    (Fork { number, moves }, count)
}

/// A stream of its own for each roll-out.
fn stream_of(index: usize, position: usize, way: Wise, run: u32) -> u32 {
    let place = u32::try_from(index * 64 + position).unwrap_or(u32::MAX / 64);
    (place * 3 + way as u32) * 16 + run
}

/// Rolls an attempt forward from each of its decisions, and from the one that is still open.
///
/// # Errors
/// If the moves do not fit the scenario: the first that does not.
pub fn what_if(
    scenario: &Arc<Scenario>,
    seed: u64,
    words: &[String],
) -> Result<WhatIf, ReplayError> {
    let told = tell(scenario, seed, words)?;
    let has_chance = scenario
        .changes
        .iter()
        .any(|change| matches!(change, Change::Chance { .. }))
        || scenario.routes.iter().any(|route| route.chance < 100);
    let threads = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let told = &told;
    let mut done: Vec<(Fork, u32)> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|own| {
                scope.spawn(move || {
                    (own..told.points.len())
                        .step_by(threads)
                        .map(|index| fork(told, index, has_chance))
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        workers
            .into_iter()
            .filter_map(|worker| worker.join().ok())
            .flatten()
            .collect()
    });
    done.sort_by_key(|(fork, _)| fork.number);
    let luck = luck(told, words);
    let roll_outs = done.iter().map(|(_, count)| count).sum::<u32>()
        + luck.as_ref().map_or(0, |luck| luck.runs);
    Ok(WhatIf {
        forks: done.into_iter().map(|(fork, _)| fork).collect(),
        luck,
        roll_outs,
    })
}

/// Luck of the outcome alone; none for an attempt without an ending.
///
/// # Errors
/// If the moves do not fit the scenario: the first that does not.
pub fn luck_of(
    scenario: &Arc<Scenario>,
    seed: u64,
    words: &[String],
) -> Result<Option<Luck>, ReplayError> {
    Ok(luck(&tell(scenario, seed, words)?, words))
}

const fn rank(outcome: Option<Outcome>) -> i32 {
    match outcome {
        Some(Outcome::Safe) => 2,
        Some(Outcome::Unresolved) | None => 1,
        Some(Outcome::Unsafe) => 0,
    }
}

/// The same choices before others; where one is not open, on in the trainee's own way.
fn luck(told: &Told, words: &[String]) -> Option<Luck> {
    let scenario = told.end.scenario();
    let outcome_of = |ending: Option<u32>| {
        ending
            .and_then(|ending| scenario.endings.get(ending as usize))
            .map(|ending| ending.outcome)
    };
    let own = rank(outcome_of(Some(told.end.ending()?)));
    let moves: Vec<Move> = words
        .iter()
        .filter_map(|word| move_by_text(scenario, word))
        .collect();
    let mut seeds = ChaCha8Rng::seed_from_u64(told.end.seed() ^ 0x001c_0c1e);
    let mut log = Vec::new();
    let (mut better, mut same, mut worse, mut sum) = (0, 0, 0, 0);
    for _ in 0..LUCK_RUNS {
        let seed = seeds.next_u64();
        let mut draws = ChaCha8Rng::seed_from_u64(seed ^ 0x3b_ad5e);
        log.clear();
        let mut other = Encounter::begin(Arc::clone(scenario), seed, &mut log);
        for made in &moves {
            if other.ending().is_some() {
                break;
            }
            log.clear();
            // A choice that does not arise before this person is left out.
            let _ = other.step(*made, &mut log);
        }
        let who = (None, &told.tendencies);
        let end = roll(&mut other, Wise::Own, who, &mut true, &mut draws, &mut log);
        let theirs = rank(outcome_of(end.ending));
        sum += theirs - own;
        match theirs.cmp(&own) {
            std::cmp::Ordering::Greater => better += 1,
            std::cmp::Ordering::Equal => same += 1,
            std::cmp::Ordering::Less => worse += 1,
        }
    }
    let runs = i32::try_from(LUCK_RUNS).unwrap_or(i32::MAX);
    let lean = if 2 * sum >= runs {
        Lean::Unlucky
    } else if 2 * sum <= -runs {
        Lean::Lucky
    } else {
        Lean::Fair
    };
    Some(Luck {
        runs: LUCK_RUNS,
        better,
        same,
        worse,
        lean,
    })
}
