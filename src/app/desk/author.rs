//! The author's desk: files that are watched, the last good version of one of them, its proof, who
//! came where, and previews.
//!
//! Reading, proving and counting go on in threads of their own; [`Author::hear`] takes up what they
//! have finished, once a frame. Nothing here waits.

mod proven;
mod traffic;
mod watch;
mod work;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::Ordering;
use std::sync::mpsc::TryRecvError;
use std::sync::{Arc, PoisonError};

use crate::course::Course;
use crate::encounter::{Event, Preset};
use crate::places::Places;
use crate::proof::Extent;
use crate::scenario::graph::StoryGraph;
use crate::scenario::{Scenario, ScenarioFile, Severity, Shelf};

use super::super::views::author::Verdict;
use super::super::views::author_graph::{AuthorGraphView, Followed, Proven};
use super::super::views::graph_view::Reach;

use proven::{keep_mark, proven, runs};
use traffic::{Heat, place_id, places_of};
use watch::Watch;
use work::{Done, Job};

/// The last good version of the file that is open.
#[derive(Debug)]
pub(in crate::app) struct Good {
    pub file: ScenarioFile,
    pub scenario: Arc<Scenario>,
    pub course: Option<Arc<Course>>,
    pub graph: StoryGraph,
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
        if self.watch.is_none() {
            self.watch = Some(Watch::begin(places.clone()));
        }
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
        let news = self.watch.as_mut().and_then(Watch::latest);
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
                self.proof = Some((Arc::clone(text), proven(&proof, text, &good.graph)));
                if is_same {
                    self.runs = runs(&good.scenario, &proof);
                    self.reset_reach();
                    self.mark_reach(&proof);
                }
            }
        }
        kept
    }

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

#[cfg(test)]
mod tests;
