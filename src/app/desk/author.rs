//! The author's desk: files that are watched, the last good version of one of them, its proof, who
//! came where, and previews.
//!
//! Reading, proving and counting go on in threads of their own; [`Author::hear`] takes up what they
//! have finished, once a frame. Nothing here waits.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::course::Course;
use crate::encounter::{Event, Preset, replay};
use crate::places::{Places, Steady, look_at, today};
use crate::proof::bots::BOTS;
use crate::proof::{Asked, Extent, Limits, Proof, Witness, grouped, play, prove};
use crate::records::{AttemptFilter, Store, moves_in_force};
use crate::scenario::graph::StoryGraph;
use crate::scenario::load::{proof_path, write_beside};
use crate::scenario::signing::content_sha256;
use crate::scenario::{Diagnostic, Scenario, ScenarioFile, Severity, Shelf};

use super::super::views::author::Verdict;
use super::super::views::author_graph::{AuthorGraphView, Followed, Proven, Working};
use super::super::views::graph_view::Reach;

/// Between two looks at the folder.
const PAUSE: Duration = Duration::from_millis(250);
/// Seeds for each guesser where traffic is counted.
const SEEDS: u32 = 300;
/// Seeds for each guesser of a proof: as many as the terminal takes, so that both say the same.
const PROOF_SEEDS: u32 = 1_000;

/// The last good version of the file that is open.
#[derive(Debug)]
pub(in crate::app) struct Good {
    pub file: ScenarioFile,
    pub scenario: Arc<Scenario>,
    pub course: Option<Arc<Course>>,
    pub graph: StoryGraph,
}

/// Where runs came: by place, the share of runs.
#[derive(Debug, Clone, Default)]
pub(super) struct Heat {
    shares: Vec<f32>,
    runs: usize,
}

/// What a thread hands back.
enum Done {
    Proof(Box<Proof>),
    Bots(Heat),
    Trainees(Result<Heat, String>),
}

/// Work behind the page.
#[derive(Debug)]
struct Job {
    what: &'static str,
    of: &'static str,
    count: Arc<AtomicUsize>,
    /// What is counted at most, if there is an end to it.
    most: Option<usize>,
    began: Instant,
    cancel: Arc<AtomicBool>,
    result: Mutex<Receiver<Done>>,
    /// Text that it is about.
    text: Arc<str>,
}

impl Job {
    /// How far it is, for the page.
    fn working(&self) -> Working {
        let done = self.count.load(Ordering::Relaxed);
        let seconds = self.began.elapsed().as_secs_f64();
        Working {
            what: self.what,
            done,
            of: self.of,
            most: self.most,
            a_second: (seconds >= 1.0).then(|| (done as f64 / seconds) as usize),
            is_stopping: self.cancel.load(Ordering::Relaxed),
        }
    }
}

impl std::fmt::Debug for Done {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Proof(_) => "Proof",
            Self::Bots(_) => "Bots",
            Self::Trainees(_) => "Trainees",
        })
    }
}

/// A thread that reads the folder whenever something in it was saved.
#[derive(Debug)]
struct Watch {
    news: Mutex<Receiver<Result<Shelf, String>>>,
    stop: Arc<AtomicBool>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

/// How a preview opened.
#[derive(Debug, Clone)]
pub(in crate::app) struct Preview {
    pub scenario: String,
    pub at: Option<String>,
    pub set: Vec<String>,
    pub seed: u64,
}

impl Preview {
    /// In words.
    pub(in crate::app) fn words(&self) -> String {
        let at = self.at.as_deref().unwrap_or("the beginning");
        let set = self.set.join(" ");
        format!("Opened at {at}, seed {}. {set}", self.seed)
    }
}

/// Everything of the author's desk.
#[derive(Debug, Default)]
pub(in crate::app) struct Author {
    watch: Option<Watch>,
    /// The folder as it was last saved.
    pub shelf: Option<Result<Shelf, String>>,
    /// Id of the file that is open.
    pub open: Option<String>,
    pub good: Option<Good>,
    pub faults: Vec<String>,
    job: Option<Job>,
    proof: Option<(Arc<str>, Proven)>,
    runs: Vec<Followed>,
    reach: Vec<Reach>,
    proofs: BTreeMap<String, (Arc<str>, Verdict)>,
    /// The same for the texts that are on disk now.
    pub verdicts: BTreeMap<String, Verdict>,
    bots: Option<Heat>,
    trainees: Option<Heat>,
    /// Ids of places where previews have been, by scenario.
    pub played_ids: BTreeSet<String>,
    played: Vec<bool>,
    /// The preview that goes on, or was the last.
    pub preview: Option<Preview>,
    /// The page was asked for and waits for the passphrase.
    pub is_wanted: bool,
}

impl Author {
    /// Begins to watch the folder, if that has not been done.
    pub(super) fn watch(&mut self, places: &Places) {
        if self.watch.is_some() {
            return;
        }
        let (tell, news) = channel();
        let stop = Arc::new(AtomicBool::new(false));
        let (places, flag) = (places.clone(), Arc::clone(&stop));
        thread::spawn(move || {
            let folder = places.scenarios();
            let mut steady = Steady::new(look_at(&folder));
            loop {
                let shelf = places.shelf().map_err(|problem| problem.to_string());
                if tell.send(shelf).is_err() {
                    return;
                }
                while !steady.has_changed(look_at(&folder)) {
                    if flag.load(Ordering::Relaxed) {
                        return;
                    }
                    thread::sleep(PAUSE);
                }
            }
        });
        self.watch = Some(Watch {
            news: Mutex::new(news),
            stop,
        });
    }

    /// Ends watching and all work.
    pub(super) fn leave(&mut self) {
        self.watch = None;
        self.stop();
    }

    /// Tells the work behind the page to stop; what it has is still taken up.
    pub(super) fn stop(&self) {
        if let Some(job) = &self.job {
            job.cancel.store(true, Ordering::Relaxed);
        }
    }

    /// Takes up what the threads have finished; a message for the page, if there is one.
    pub(super) fn hear(&mut self) -> Option<String> {
        let news = self.watch.as_mut().and_then(|watch| {
            let news = watch.news.get_mut().unwrap_or_else(PoisonError::into_inner);
            news.try_iter().last()
        });
        if let Some(last) = news {
            self.take(last);
        }
        let job = self.job.as_mut()?;
        let result = job.result.get_mut().unwrap_or_else(PoisonError::into_inner);
        match result.try_recv() {
            Ok(done) => {
                let text = Arc::clone(&job.text);
                self.job = None;
                self.finish(done, &text)
            }
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => {
                self.job = None;
                Some("The work behind the page broke off; begin it again.".to_owned())
            }
        }
    }

    /// A folder that was read: the open file is replaced only by a version that can be played.
    pub(super) fn take(&mut self, shelf: Result<Shelf, String>) {
        if let Ok(shelf) = &shelf {
            self.verdicts = self
                .proofs
                .iter()
                .filter(|(id, (text, _))| shelf.scenario(id).is_some_and(|file| file.text == *text))
                .map(|(id, (_, verdict))| (id.clone(), *verdict))
                .collect();
        }
        self.shelf = Some(shelf);
        self.refresh();
    }

    fn refresh(&mut self) {
        let Some(id) = &self.open else { return };
        let file = match &self.shelf {
            Some(Ok(shelf)) => shelf.scenario(id),
            Some(Err(reason)) => {
                self.faults = vec![reason.clone()];
                return;
            }
            None => return,
        };
        let Some(file) = file else {
            self.faults = vec![format!("`{id}` is no longer in the folder.")];
            return;
        };
        let Some(scenario) = &file.scenario else {
            self.faults = file
                .diagnostics
                .iter()
                .filter(|found| found.severity == Severity::Error)
                .map(|found| found.plain(&file.text))
                .collect();
            if self.faults.is_empty() {
                self.faults = vec!["The course or a catalogue has faults.".to_owned()];
            }
            return;
        };
        self.faults.clear();
        let is_same = self
            .good
            .as_ref()
            .is_some_and(|good| good.file.text == file.text && good.file.id == file.id);
        if is_same {
            return;
        }
        let course = self.shelf.as_ref().and_then(|shelf| shelf.as_ref().ok());
        let course = course.and_then(|shelf| shelf.courses.course(&scenario.course).cloned());
        self.good = Some(Good {
            graph: StoryGraph::of(scenario),
            scenario: Arc::clone(scenario),
            course,
            file: file.clone(),
        });
        // What was counted belongs to places that may have moved.
        self.bots = None;
        self.trainees = None;
        self.runs.clear();
        self.reset_reach();
        self.mark_played();
    }

    /// Opens a file of the folder.
    pub(super) fn open_file(&mut self, id: &str) {
        if self.open.as_deref() != Some(id) {
            self.stop();
            self.job = None;
            self.good = None;
            self.proof = None;
            self.faults.clear();
        }
        self.open = Some(id.to_owned());
        self.refresh();
    }

    fn reset_reach(&mut self) {
        if let Some(good) = &self.good {
            let reach = |is_reached| {
                if is_reached { Reach::Led } else { Reach::Never }
            };
            self.reach = good
                .graph
                .places
                .iter()
                .map(|place| reach(place.is_reached))
                .collect();
        }
    }

    /// Notes where a preview has been.
    pub(super) fn play(&mut self, scenario: &Scenario, log: &[Event]) -> bool {
        let before = self.played_ids.len();
        self.played_ids
            .extend(places_of(scenario, log).map(|at| place_id(scenario, at)));
        let is_new = self.played_ids.len() > before;
        if is_new {
            self.mark_played();
        }
        is_new
    }

    pub(super) fn mark_played(&mut self) {
        if let Some(good) = &self.good {
            let is_played = |id: &String| self.played_ids.contains(id);
            self.played = good.graph.places.iter().map(|p| is_played(&p.id)).collect();
        }
    }

    // ---- work behind the page -----------------------------------------------------------

    fn begin(
        &mut self,
        (what, of, most): (&'static str, &'static str, Option<usize>),
        work: impl FnOnce(&AtomicUsize, &Arc<AtomicBool>) -> Done + Send + 'static,
    ) {
        let Some(good) = self.good.as_ref().filter(|_| self.job.is_none()) else {
            return;
        };
        let (tell, result) = channel();
        let (count, cancel) = (Arc::default(), Arc::new(AtomicBool::new(false)));
        let job = Job {
            what,
            of,
            count: Arc::clone(&count),
            most,
            began: Instant::now(),
            cancel: Arc::clone(&cancel),
            result: Mutex::new(result),
            text: Arc::clone(&good.file.text),
        };
        thread::spawn(move || {
            // Whoever asked may have gone on to another file.
            let _ = tell.send(work(&count, &cancel));
        });
        self.job = Some(job);
    }

    /// Tries every path, within the budget.
    pub(super) fn prove(&mut self, budget: usize) {
        let Some(good) = &self.good else { return };
        let (scenario, file) = (Arc::clone(&good.scenario), good.file.clone());
        let Some(course) = good.course.clone() else {
            return;
        };
        let name = ("Trying every path", "states", Some(budget));
        self.begin(name, move |count, cancel| {
            let asked = Asked {
                limits: Limits {
                    budget,
                    // One processor is left to the window.
                    threads: thread::available_parallelism().map_or(1, |all| all.get().max(2) - 1),
                    cancel: Arc::clone(cancel),
                    ..Limits::default()
                },
                bot_seeds: PROOF_SEEDS,
                search_seeds: PROOF_SEEDS,
            };
            let name = file.path.display().to_string();
            let mut tell = |states| count.store(states, Ordering::Relaxed);
            let text = (name.as_str(), &*file.text);
            Done::Proof(Box::new(prove(&scenario, &course, text, &asked, &mut tell)))
        });
    }

    /// Lets the guessers play.
    pub(super) fn walk(&mut self) {
        let Some(good) = &self.good else { return };
        let (scenario, places) = (Arc::clone(&good.scenario), good.graph.places.len());
        let all = BOTS.len() * SEEDS as usize;
        let name = ("Guessers are playing", "runs", Some(all));
        self.begin(name, move |count, cancel| {
            let mut tally = Tally::new(places);
            for seed in 0..SEEDS {
                for bot in BOTS {
                    if cancel.load(Ordering::Relaxed) {
                        return Done::Bots(tally.heat());
                    }
                    play(&scenario, *bot, u64::from(seed), &mut |_, log| {
                        tally.see(&scenario, log);
                    });
                    tally.end();
                    count.fetch_add(1, Ordering::Relaxed);
                }
            }
            Done::Bots(tally.heat())
        });
    }

    /// Counts where the kept attempts of trainees came.
    pub(super) fn count_trainees(&mut self, data: PathBuf) {
        let Some(good) = &self.good else { return };
        let (scenario, places) = (Arc::clone(&good.scenario), good.graph.places.len());
        let ids: BTreeMap<String, usize> = good
            .graph
            .places
            .iter()
            .enumerate()
            .map(|(at, place)| (place.id.clone(), at))
            .collect();
        let name = ("Counting attempts", "attempts", None);
        self.begin(name, move |count, cancel| {
            Done::Trainees(traffic(&data, &scenario.id, &ids, places, count, cancel))
        });
    }

    fn finish(&mut self, done: Done, text: &Arc<str>) -> Option<String> {
        let good = self.good.as_ref()?;
        let is_same = good.file.text == *text;
        let mut kept = None;
        match done {
            Done::Bots(heat) if is_same => self.bots = Some(heat),
            Done::Trainees(Ok(heat)) if is_same => self.trainees = Some(heat),
            Done::Bots(_) | Done::Trainees(Ok(_)) => {
                return Some("The file was saved meanwhile: count again.".to_owned());
            }
            Done::Trainees(Err(reason)) => return Some(reason),
            Done::Proof(proof) => {
                let verdict = Verdict {
                    findings: proof.findings.len(),
                    is_whole: proof.is_whole(),
                };
                if proof.extent != Extent::Cancelled {
                    let id = good.file.id.clone();
                    self.proofs.insert(id.clone(), (Arc::clone(text), verdict));
                    if is_same {
                        self.verdicts.insert(id, verdict);
                        if let Some(course) = &good.course {
                            kept = keep_mark(&good.file, &good.scenario, course, &proof);
                        }
                    }
                }
                self.proof = Some((Arc::clone(text), proven(&proof, text)));
                if is_same {
                    self.runs = runs(&good.scenario, &proof);
                    self.reset_reach();
                    self.mark_reach(&proof);
                }
            }
        }
        kept
    }

    /// What the proof says of each place.
    fn mark_reach(&mut self, proof: &Proof) {
        let Some(good) = &self.good else { return };
        let never = |id: &str| {
            proof.findings.iter().any(|found| {
                let found = &found.diagnostic;
                matches!(
                    found.code,
                    "unreached-beat" | "unreached-ending" | "event-never-happens"
                ) && found.message.contains(&format!("`{id}`"))
            })
        };
        let unmet: BTreeSet<&str> = proof.unmet.iter().map(String::as_str).collect();
        for (place, reach) in good.graph.places.iter().zip(&mut self.reach) {
            let id = &place.id;
            let is_unmet = unmet.contains(format!("beats.{id}").as_str())
                || unmet.contains(format!("endings.{id}").as_str());
            *reach = if never(id) {
                Reach::Never
            } else if is_unmet {
                Reach::Unmet
            } else if *reach == Reach::Led && proof.states > 0 {
                Reach::Met
            } else {
                *reach
            };
        }
    }

    // ---- what the page shows ------------------------------------------------------------

    /// The map's page, once a good version has been read.
    pub(in crate::app) fn view<'a>(
        &'a self,
        notice: Option<&'a str>,
    ) -> Option<AuthorGraphView<'a>> {
        let good = self.good.as_ref()?;
        let heat = |heat: &'a Option<Heat>| {
            heat.as_ref()
                .map(|heat| (heat.shares.as_slice(), heat.runs))
        };
        Some(AuthorGraphView {
            scenario: &good.scenario,
            graph: &good.graph,
            reach: &self.reach,
            played: &self.played,
            bots: heat(&self.bots),
            trainees: heat(&self.trainees),
            faults: &self.faults,
            working: self.job.as_ref().map(Job::working),
            proven: self.proof.as_ref().map(|(_, proven)| proven),
            is_proof_old: self
                .proof
                .as_ref()
                .is_some_and(|(text, _)| *text != good.file.text),
            runs: &self.runs,
            notice,
        })
    }

    /// Reads the values of a preview.
    pub(super) fn preset(scenario: &Scenario, preview: &Preview) -> Result<Preset, String> {
        let set = preview.set.iter().map(String::as_str);
        Preset::read(scenario, preview.at.as_deref(), set).map_err(|fault| fault.to_string())
    }
}

/// Id of a place, as the map counts them.
fn place_id(scenario: &Scenario, at: usize) -> String {
    let endings = scenario.beats.len();
    let incidents = endings + scenario.endings.len();
    let beat = scenario.beats.get(at).map(|beat| &beat.id);
    let ending = || {
        scenario
            .endings
            .get(at.checked_sub(endings)?)
            .map(|end| &end.id)
    };
    let incident = || {
        let at = at.checked_sub(incidents)?;
        scenario.incidents.get(at).map(|incident| &incident.id)
    };
    beat.or_else(ending)
        .or_else(incident)
        .map_or_else(String::new, ToString::to_string)
}

/// Places that were reached, as the map counts them.
fn places_of(scenario: &Scenario, log: &[Event]) -> impl Iterator<Item = usize> {
    let endings = scenario.beats.len();
    let incidents = endings + scenario.endings.len();
    log.iter().filter_map(move |event| match event {
        Event::BeatReached(beat) => Some(*beat as usize),
        Event::Ended(ending) => Some(endings + *ending as usize),
        Event::Happened(incident) => Some(incidents + *incident as usize),
        _ => None,
    })
}

/// How many runs came to each place.
struct Tally {
    counts: Vec<u32>,
    run: BTreeSet<usize>,
    runs: usize,
}

impl Tally {
    fn new(places: usize) -> Self {
        Self {
            counts: vec![0; places],
            run: BTreeSet::new(),
            runs: 0,
        }
    }

    fn see(&mut self, scenario: &Scenario, log: &[Event]) {
        self.run.extend(places_of(scenario, log));
    }

    fn end(&mut self) {
        self.runs += 1;
        for at in std::mem::take(&mut self.run) {
            if let Some(count) = self.counts.get_mut(at) {
                *count += 1;
            }
        }
    }

    fn heat(&self) -> Heat {
        let all = self.runs.max(1) as f32;
        Heat {
            shares: self
                .counts
                .iter()
                .map(|count| *count as f32 / all)
                .collect(),
            runs: self.runs,
        }
    }
}

/// Where kept attempts came: each is played again with the files that were kept with it, and its
/// places are found in the present map by their ids.
fn traffic(
    data: &std::path::Path,
    scenario: &str,
    ids: &BTreeMap<String, usize>,
    places: usize,
    count: &AtomicUsize,
    cancel: &AtomicBool,
) -> Result<Heat, String> {
    let told = |problem: &dyn std::fmt::Display| format!("The attempts cannot be read: {problem}.");
    let store = Store::open(data).map_err(|problem| told(&problem))?;
    let filter = AttemptFilter {
        scenario: Some(scenario.to_owned()),
        ..AttemptFilter::default()
    };
    let mut tally = Tally::new(places);
    for kept in store.attempts(&filter).map_err(|problem| told(&problem))? {
        if cancel.load(Ordering::Relaxed) {
            break;
        }
        count.fetch_add(1, Ordering::Relaxed);
        // An attempt that this version cannot play any more counts for nothing.
        let Ok((old, _)) = crate::attempt::kept_files(&store, &kept) else {
            continue;
        };
        let Ok(journal) = store.moves(kept.id) else {
            continue;
        };
        let mut log = Vec::new();
        if replay(&old, kept.seed, moves_in_force(&journal), &mut log).is_err() {
            continue;
        }
        let here = places_of(&old, &log).filter_map(|at| ids.get(&place_id(&old, at)));
        tally.run.extend(here);
        tally.end();
    }
    Ok(tally.heat())
}

/// A witness as places on the map.
fn followed(scenario: &Arc<Scenario>, title: String, witness: &Witness) -> Option<Followed> {
    let mut shown = Followed {
        title,
        command: witness.command(&scenario.id),
        ..Followed::default()
    };
    for made in 0..=witness.moves.len() {
        let mut log = Vec::new();
        let words = witness.moves[..made].iter().map(String::as_str);
        replay(scenario, witness.seed, words, &mut log).ok()?;
        let by = made
            .checked_sub(1)
            .map_or("the beginning", |last| witness.moves[last].as_str());
        let all: Vec<usize> = places_of(scenario, &log).collect();
        for at in all.into_iter().skip(shown.places.len()) {
            shown.places.push(at);
            shown.by.push(by.to_owned());
        }
    }
    (!shown.places.is_empty()).then_some(shown)
}

fn runs(scenario: &Arc<Scenario>, proof: &Proof) -> Vec<Followed> {
    let endings = proof.endings.iter().filter_map(|ending| {
        let title = format!("To the ending {} ({:?})", ending.id, ending.outcome);
        followed(scenario, title, ending.witness.as_ref()?)
    });
    let findings = proof.findings.iter().filter_map(|found| {
        let title = found.diagnostic.message.clone();
        followed(scenario, title, found.witness.as_ref()?)
    });
    endings.chain(findings).collect()
}

/// Keeps what the proof came to beside the file; says so where that fails.
fn keep_mark(
    file: &ScenarioFile,
    scenario: &Scenario,
    course: &Course,
    proof: &Proof,
) -> Option<String> {
    let path = proof_path(&file.path);
    let write = || -> anyhow::Result<()> {
        let content = content_sha256(&file.text, scenario, course)?;
        let mark = proof.mark(&file.id, content, today(), PROOF_SEEDS);
        Ok(write_beside(&path, &mark.text()?)?)
    };
    write().err().map(|reason| {
        format!(
            "What the proof came to cannot be kept as {} ({reason}): the scenario counts as not proven.",
            path.display()
        )
    })
}

fn proven(proof: &Proof, text: &str) -> Proven {
    let extent = match proof.extent {
        Extent::Exhausted => "Every path was tried",
        Extent::Bounded => "Every path is covered",
        Extent::OverBudget => "Not exhausted: this rests on the states visited and on sampled runs",
        Extent::Cancelled => "Stopped: partial results",
        _ => "Too large to explore: sampled only",
    };
    let words = |found: &Diagnostic| found.plain(text);
    Proven {
        extent: format!(
            "{extent}. {} states in {:.1} s.",
            grouped(proof.states),
            proof.seconds
        ),
        findings: proof
            .findings
            .iter()
            .map(|f| words(&f.diagnostic))
            .collect(),
        bots: proof
            .bots
            .iter()
            .map(|record| {
                let (lower, upper) = record.all.bounds();
                format!(
                    "{}: passes {:.1} % ({:.1} to {:.1})",
                    record.bot.name,
                    record.all.share() * 100.0,
                    lower * 100.0,
                    upper * 100.0
                )
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests;
