//! Work behind the page, in a thread of its own: proving, letting guessers play, counting attempts.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Instant;

use crate::proof::bots::BOTS;
use crate::proof::{Asked, Limits, Proof, play, prove};

use super::super::super::views::author_graph::Working;
use super::Author;
use super::traffic::{Heat, Tally, traffic};

/// Seeds for each guesser where traffic is counted.
const SEEDS: u32 = 300;

/// Seeds for each guesser of a proof: as many as the terminal takes, so that both say the same.
pub(super) const PROOF_SEEDS: u32 = 1_000;

/// What a thread hands back.
pub(super) enum Done {
    Proof(Box<Proof>),
    Bots(Heat),
    Trainees(Result<Heat, String>),
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

/// Work behind the page.
#[derive(Debug)]
pub(super) struct Job {
    what: &'static str,
    of: &'static str,
    count: Arc<AtomicUsize>,
    /// What is counted at most, if there is an end to it.
    most: Option<usize>,
    began: Instant,
    pub(super) cancel: Arc<AtomicBool>,
    pub(super) result: Mutex<Receiver<Done>>,
    /// Text that it is about.
    pub(super) text: Arc<str>,
}

impl Job {
    /// How far it is, for the page.
    pub(super) fn working(&self) -> Working {
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

impl Author {
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
    pub(in crate::app::desk) fn prove(&mut self, budget: usize) {
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
    pub(in crate::app::desk) fn walk(&mut self) {
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
    pub(in crate::app::desk) fn count_trainees(&mut self, data: PathBuf) {
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
}
