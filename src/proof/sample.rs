//! Sampling: bots play many seeds, and what they reach is told with bounds.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use serde::Serialize;

use crate::course::Course;
use crate::encounter::{Encounter, Event, Move, move_text};
use crate::scenario::{Outcome, Scenario};
use crate::scoring::{Verdict, score};

use super::bots::{Bot, Player, READER_LEAST};
use super::explore::Limits;
use super::met::Met;

/// Moves after which a bot's encounter counts as not ended.
const MOST_MOVES: usize = 120;

/// Passes out of runs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Runs that passed.
    pub passed: u32,
    /// Runs.
    pub runs: u32,
}

impl Tally {
    fn add(&mut self, passed: bool) {
        self.passed += u32::from(passed);
        self.runs += 1;
    }

    /// Share of passes.
    #[must_use]
    pub fn share(self) -> f64 {
        if self.runs == 0 {
            0.0
        } else {
            f64::from(self.passed) / f64::from(self.runs)
        }
    }

    /// Lower and upper bound of the share at 95 per cent: Wilson's score interval.
    ///
    /// Source: E. B. Wilson, "Probable inference, the law of succession, and statistical
    /// inference", Journal of the American Statistical Association 22 (1927), 209-212.
    #[must_use]
    pub fn bounds(self) -> (f64, f64) {
        if self.runs == 0 {
            return (0.0, 1.0);
        }
        let z = 1.959_964_f64;
        let n = f64::from(self.runs);
        let p = self.share();
        let middle = p + z * z / (2.0 * n);
        let half = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
        let whole = 1.0 + z * z / n;
        (
            ((middle - half) / whole).max(0.0),
            ((middle + half) / whole).min(1.0),
        )
    }
}

/// How one bot fared.
#[derive(Debug, Clone)]
pub struct Record {
    /// Which.
    pub bot: Bot,
    /// Over all seeds.
    pub all: Tally,
    /// By what was drawn: profile and variations, in words.
    pub by_draw: BTreeMap<String, Tally>,
    /// Runs by ending; "" for those that did not end.
    pub endings: BTreeMap<String, u32>,
    /// The first seed that passed, with its moves.
    pub first_pass: Option<(u64, Vec<String>)>,
    /// A passing run for each draw that has one.
    pub passes: BTreeMap<String, (u64, Vec<String>)>,
    /// A shortest run to each ending that was met, by the ending's position.
    pub ends: BTreeMap<u32, (u64, Vec<String>)>,
    /// A run that passed through an unsafe ending.
    pub unsafe_pass: Option<(u64, Vec<String>)>,
}

/// What was drawn, in words.
#[must_use]
pub fn draw_text(encounter: &Encounter) -> String {
    let scenario = encounter.scenario();
    let state = encounter.state();
    let profile = encounter.profile().map_or("", |used| used.id.as_str());
    let mut text = profile.to_owned();
    for ((id, varieties), drawn) in scenario.variations.iter().zip(&state.draws) {
        if let Some(variety) = varieties.get(usize::from(*drawn)) {
            let _ = write!(text, ", {id} {}", variety.id);
        }
    }
    text
}

/// One run of a bot.
#[derive(Debug, Clone)]
pub struct Run {
    /// What was drawn.
    pub draw: String,
    /// Its moves.
    pub words: Vec<String>,
    /// Its ending.
    pub ending: Option<u32>,
}

/// Plays one seed. What happened is handed to `see`, step by step.
pub fn play(
    scenario: &Arc<Scenario>,
    bot: Bot,
    seed: u64,
    see: &mut dyn FnMut(&Encounter, &[Event]),
) -> Run {
    let mut log = Vec::new();
    let mut encounter = Encounter::begin(Arc::clone(scenario), seed, &mut log);
    let mut player = Player::new(bot, &encounter, seed);
    let mut words = Vec::new();
    loop {
        player.hear(&encounter, &log);
        see(&encounter, &log);
        if encounter.ending().is_some() || words.len() >= MOST_MOVES {
            break;
        }
        let mut made = player.choose(&encounter);
        log.clear();
        if encounter.step(made, &mut log).is_err() {
            made = Move::Silence;
            if encounter.step(made, &mut log).is_err() {
                break;
            }
        }
        words.push(move_text(scenario, made));
    }
    Run {
        draw: draw_text(&encounter),
        words,
        ending: encounter.ending(),
    }
}

/// Lets these bots play the seeds from 0 on; what they met is added to `met`. Of the limits only the
/// threads and the stop count.
pub fn tally(
    scenario: &Arc<Scenario>,
    course: &Course,
    bots: &[Bot],
    seeds: u32,
    limits: &Limits,
    met: &mut Met,
) -> Vec<Record> {
    let (threads, cancel) = (limits.threads(), &*limits.cancel);
    let parts: Vec<(Vec<Record>, Met)> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|thread| {
                scope.spawn(move || {
                    let mut own = Met::new(scenario);
                    let records = bots
                        .iter()
                        .map(|bot| {
                            let seeds = (0..seeds).skip(thread).step_by(threads);
                            one(scenario, course, *bot, seeds, cancel, &mut own)
                        })
                        .collect();
                    (records, own)
                })
            })
            .collect();
        workers
            .into_iter()
            .filter_map(|worker| worker.join().ok())
            .collect()
    });
    let mut all: Vec<Record> = Vec::new();
    for (records, own) in parts {
        met.add(&own);
        if all.is_empty() {
            all = records;
            continue;
        }
        for (whole, part) in all.iter_mut().zip(records) {
            join(whole, part);
        }
    }
    all
}

/// Keeps the run with fewer moves; of equals, that of the lower seed.
fn keep_shorter(
    ends: &mut BTreeMap<u32, (u64, Vec<String>)>,
    ending: u32,
    run: (u64, Vec<String>),
) {
    let own = ends.entry(ending).or_insert_with(|| run.clone());
    if (run.1.len(), run.0) < (own.1.len(), own.0) {
        *own = run;
    }
}

fn join(whole: &mut Record, part: Record) {
    whole.all.passed += part.all.passed;
    whole.all.runs += part.all.runs;
    for (draw, tally) in part.by_draw {
        let own = whole.by_draw.entry(draw).or_default();
        own.passed += tally.passed;
        own.runs += tally.runs;
    }
    for (ending, count) in part.endings {
        *whole.endings.entry(ending).or_default() += count;
    }
    for (draw, run) in part.passes {
        let own = whole.passes.entry(draw).or_insert_with(|| run.clone());
        if run.0 < own.0 {
            *own = run;
        }
    }
    for (ending, run) in part.ends {
        keep_shorter(&mut whole.ends, ending, run);
    }
    let first = |own: Option<(u64, Vec<String>)>, other: Option<(u64, Vec<String>)>| {
        own.into_iter().chain(other).min_by_key(|(seed, _)| *seed)
    };
    whole.unsafe_pass = first(whole.unsafe_pass.take(), part.unsafe_pass);
    whole.first_pass = first(whole.first_pass.take(), part.first_pass);
}

fn one(
    scenario: &Arc<Scenario>,
    course: &Course,
    bot: Bot,
    seeds: impl Iterator<Item = u32>,
    cancel: &AtomicBool,
    met: &mut Met,
) -> Record {
    let mut record = Record {
        bot,
        all: Tally::default(),
        by_draw: BTreeMap::new(),
        endings: BTreeMap::new(),
        first_pass: None,
        passes: BTreeMap::new(),
        ends: BTreeMap::new(),
        unsafe_pass: None,
    };
    for seed in seeds {
        if cancel.load(Ordering::Relaxed) {
            break;
        }
        let seed = u64::from(seed);
        let run = play(scenario, bot, seed, &mut |encounter, log| {
            met.saw(encounter, log);
        });
        let passed = score(scenario, course, seed, run.words.iter().map(String::as_str))
            .is_ok_and(|sheet| sheet.verdict == Verdict::Passed);
        record.all.add(passed);
        record
            .by_draw
            .entry(run.draw.clone())
            .or_default()
            .add(passed);
        let ending = run
            .ending
            .and_then(|ending| scenario.endings.get(ending as usize))
            .map_or(String::new(), |ending| ending.id.to_string());
        *record.endings.entry(ending).or_default() += 1;
        let is_unsafe = run
            .ending
            .and_then(|ending| scenario.endings.get(ending as usize))
            .is_some_and(|ending| ending.outcome == Outcome::Unsafe);
        if let Some(ending) = run.ending {
            keep_shorter(&mut record.ends, ending, (seed, run.words.clone()));
        }
        if passed && is_unsafe {
            record
                .unsafe_pass
                .get_or_insert_with(|| (seed, run.words.clone()));
        }
        if passed {
            record
                .first_pass
                .get_or_insert_with(|| (seed, run.words.clone()));
            record.passes.entry(run.draw).or_insert((seed, run.words));
        }
    }
    record
}

/// Most draws that a table tells apart; past that it goes by profile alone.
const MOST_DRAWS: usize = 24;

/// What a bot came to, by draw; by profile alone where there are too many draws for a table.
#[must_use]
pub fn by_draw(record: &Record) -> BTreeMap<&str, Tally> {
    if record.by_draw.len() > MOST_DRAWS {
        return by_profile(record);
    }
    let draws = record.by_draw.iter();
    draws.map(|(draw, tally)| (draw.as_str(), *tally)).collect()
}

/// What a bot came to, by profile.
#[must_use]
pub fn by_profile(record: &Record) -> BTreeMap<&str, Tally> {
    let mut all: BTreeMap<&str, Tally> = BTreeMap::new();
    for (draw, tally) in &record.by_draw {
        let profile = draw.split(", ").next().unwrap_or(draw);
        let own = all.entry(profile).or_default();
        own.passed += tally.passed;
        own.runs += tally.runs;
    }
    all
}

/// Passes by draw as a table in Markdown: at random, by whichever fixed rule passes most there, and
/// by who reads carefully; each with its bounds.
#[must_use]
pub fn draw_table(id: &str, records: &[Record]) -> String {
    let mut text = format!(
        "| {id}, by draw | runs | random | best fixed rule | careful reader |\n| --- | --- | --- | --- | --- |\n"
    );
    let told: Vec<(&Record, BTreeMap<&str, Tally>)> = records
        .iter()
        .map(|record| (record, by_draw(record)))
        .collect();
    let cell = |tally: Tally| {
        let (lower, upper) = tally.bounds();
        format!(
            "{:.1} % ({:.1} to {:.1})",
            tally.share() * 100.0,
            lower * 100.0,
            upper * 100.0
        )
    };
    let Some((_, random)) = told.first() else {
        return text;
    };
    let reader = told.iter().find(|(record, _)| record.bot.limit.is_none());
    for (draw, tally) in random {
        let rules = told[1..]
            .iter()
            .filter(|(record, _)| record.bot.limit.is_some())
            .filter_map(|(record, draws)| Some((record.bot.name, *draws.get(draw)?)));
        let best = rules.max_by(|one, other| one.1.share().total_cmp(&other.1.share()));
        let _ = writeln!(
            text,
            "| {draw} | {} | {} | {} | {} |",
            tally.runs,
            cell(*tally),
            best.map_or_else(String::new, |(name, tally)| format!(
                "{name} {}",
                cell(tally)
            )),
            reader
                .and_then(|(_, draws)| draws.get(draw))
                .map_or_else(String::new, |tally| cell(*tally)),
        );
    }
    text
}

/// The bots of one scenario as a table in Markdown, as the guide for authors has it.
#[must_use]
pub fn bot_table(id: &str, records: &[Record]) -> String {
    let mut text = format!("| {id} | passes | 95 % bounds | asked |\n| --- | --- | --- | --- |\n");
    for record in records {
        let (lower, upper) = record.all.bounds();
        let limit = record.bot.limit.map_or_else(
            || format!("{READER_LEAST} % at least"),
            |limit| format!("{limit} % at most"),
        );
        let _ = writeln!(
            text,
            "| {} | {:.1} % | {:.1} to {:.1} % | {limit} |",
            record.bot.name,
            record.all.share() * 100.0,
            lower * 100.0,
            upper * 100.0
        );
    }
    text
}
