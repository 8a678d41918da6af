//! A sitting: one attempt at the table, begun or taken up again, played, and put away.

mod reasons;

use std::sync::Arc;

use crate::course::Course;
use crate::encounter::{Encounter, Event, Move, MoveRefused, Preset, move_text, replay_at};
use crate::proof::{WhatIf, what_if};
use crate::records::{
    AttemptId, AttemptState, Branch, Entry, Finish, Mode, NewAttempt, RecordsError, SourceFile,
    Store, TraineeId, entries_in_force, moves_in_force,
};
use crate::scenario::{Courses, Scenario, ScenarioFile};
use crate::scoring::{Review, review};

use super::kept::{READY, bundle, kept_files, readiness_key};
use super::{AttemptError, ENGINE};

use reasons::Reason;

/// An attempt with everything needed to play, replay and mark it.
#[derive(Debug, Clone)]
pub struct Sitting {
    /// Its record; none if it is not kept.
    pub id: Option<AttemptId>,
    /// Practice or assessment.
    pub mode: Mode,
    /// The course by which it is marked.
    pub course: Arc<Course>,
    encounter: Encounter,
    preset: Preset,
    words: Vec<String>,
    opening: Vec<Event>,
    /// Numbers in the journal of the moves in force.
    entries: Vec<u32>,
    reasons: Vec<Reason>,
    /// Position of a move whose reason is waited for.
    why: Option<usize>,
    /// Whether reasons are waited for at all.
    asks: bool,
}

/// Who plays what, and how.
#[derive(Debug, Clone, Copy)]
pub struct Sit<'a> {
    /// The scenario.
    pub file: &'a ScenarioFile,
    /// The courses beside it.
    pub courses: &'a Courses,
    /// The seed.
    pub seed: u64,
    /// Practice or assessment.
    pub mode: Mode,
}

impl Sitting {
    /// Begins an encounter; with a store and a trainee it is kept.
    ///
    /// # Errors
    /// If the scenario has faults or the store cannot be written.
    pub fn begin(
        sit: Sit<'_>,
        kept: Option<(&Store, TraineeId, &str)>,
    ) -> Result<Self, AttemptError> {
        let Sit {
            file,
            courses,
            seed,
            mode,
        } = sit;
        let broken = || AttemptError::Broken(file.id.clone());
        let scenario = file.scenario.as_ref().ok_or_else(broken)?;
        let course = courses
            .course(&scenario.course)
            .cloned()
            .ok_or_else(broken)?;
        if mode == Mode::Assessment && file.readiness.is_retired() {
            return Err(AttemptError::Retired(file.id.clone()));
        }
        if mode == Mode::Assessment && !file.readiness.may_assess(&course) {
            return Err(AttemptError::NotReady {
                id: file.id.clone(),
                wants: file.readiness.wants(),
            });
        }
        let id = match kept {
            None => None,
            Some((store, trainee, now)) => Some(store.begin_attempt(&NewAttempt {
                trainee,
                scenario: scenario.id.clone(),
                title: scenario.title.clone(),
                scenario_file: SourceFile {
                    name: format!("{}.scenario.ron", scenario.id),
                    text: file.text.to_string(),
                },
                course_file: bundle("course", ".course.ron", &courses.materials)?,
                technique_file: bundle("techniques", ".techniques.ron", &courses.materials)?,
                profile_file: bundle("profiles", ".profiles.ron", &courses.materials)?,
                engine: ENGINE.to_owned(),
                seed,
                mode,
                started: now.to_owned(),
            })?),
        };
        // An assessment without this note counts as a trial, so that losing it gives nobody more.
        if let (Some(id), Some((store, ..))) = (id, kept)
            && mode == Mode::Assessment
        {
            let note = if file.readiness.is_ready() {
                READY.to_owned()
            } else {
                file.readiness.wants().join("; ")
            };
            store.set_setting(&readiness_key(id), &note)?;
        }
        let mut opening = Vec::new();
        let encounter = Encounter::begin(Arc::clone(scenario), seed, &mut opening);
        Ok(Self {
            id,
            mode,
            course,
            encounter,
            preset: Preset::default(),
            words: Vec::new(),
            opening,
            entries: Vec::new(),
            reasons: Vec::new(),
            why: None,
            asks: false,
        })
    }

    /// Begins a run that shows an author what was written, from wherever the preset opens. It is
    /// never kept.
    ///
    /// # Errors
    /// If the scenario has faults.
    pub fn preview(sit: Sit<'_>, preset: Preset) -> Result<Self, AttemptError> {
        let broken = || AttemptError::Broken(sit.file.id.clone());
        let scenario = sit.file.scenario.as_ref().ok_or_else(broken)?;
        let course = sit.courses.course(&scenario.course).ok_or_else(broken)?;
        Self::replayed(
            None,
            sit.mode,
            Arc::clone(course),
            Arc::clone(scenario),
            (sit.seed, preset),
            Vec::new(),
        )
    }

    /// Takes up a kept attempt where it stopped, from the files that were kept with it.
    ///
    /// # Errors
    /// If the records cannot be read or this version cannot play the kept files any more.
    pub fn resume(store: &Store, id: AttemptId) -> Result<Self, AttemptError> {
        let kept = store.attempt(id)?;
        let (scenario, course) = kept_files(store, &kept)?;
        let journal = store.moves(id)?;
        let words: Vec<String> = moves_in_force(&journal)
            .into_iter()
            .map(str::to_owned)
            .collect();
        let begun = (kept.seed, Preset::default());
        let mut sitting = Self::replayed(Some(id), kept.mode, course, scenario, begun, words)?;
        sitting.entries = entries_in_force(&journal)
            .into_iter()
            .map(|entry| entry.n)
            .collect();
        sitting.recall_reasons(store, id)?;
        Ok(sitting)
    }

    /// Begins a practice attempt that shares the first `keep` moves of a kept one and goes on from
    /// there; the one it comes from stays as it is.
    ///
    /// # Errors
    /// If the records cannot be read or written, or the kept files cannot be played any more.
    pub fn branch(
        store: &Store,
        origin: AttemptId,
        keep: u32,
        now: &str,
    ) -> Result<Self, AttemptError> {
        let from = store.attempt(origin)?;
        if from.state == AttemptState::Running {
            return Err(RecordsError::StillRunning {
                id: origin.to_string(),
            }
            .into());
        }
        // Refuses before anything is written what could not be played.
        let source = Self::resume(store, origin)?;
        let journal = store.moves(origin)?;
        let shared: Vec<(String, u64)> = entries_in_force(&journal)
            .into_iter()
            .take(keep.min(u32::try_from(source.words.len()).unwrap_or(u32::MAX)) as usize)
            .filter_map(|entry| match &entry.what {
                Entry::Move { text, millis } => Some((text.clone(), *millis)),
                Entry::Rewind { .. } => None,
            })
            .collect();
        let id = store.begin_attempt(&NewAttempt {
            trainee: from.trainee,
            scenario: from.scenario.clone(),
            title: from.title.clone(),
            scenario_file: store.source(&from.scenario_sha256)?,
            course_file: store.source(&from.course_sha256)?,
            technique_file: store.source(&from.techniques_sha256)?,
            profile_file: store.source(&from.profiles_sha256)?,
            engine: ENGINE.to_owned(),
            seed: from.seed,
            mode: Mode::Practice,
            started: now.to_owned(),
        })?;
        for (word, millis) in &shared {
            store.append_move(id, word, *millis, now)?;
        }
        let kept = u32::try_from(shared.len()).unwrap_or(u32::MAX);
        store.set_branch(id, &Branch { origin, kept })?;
        Self::resume(store, id)
    }

    fn replayed(
        id: Option<AttemptId>,
        mode: Mode,
        course: Arc<Course>,
        scenario: Arc<Scenario>,
        (seed, preset): (u64, Preset),
        words: Vec<String>,
    ) -> Result<Self, AttemptError> {
        let mut opening = Vec::new();
        let encounter = replay_at(
            &scenario,
            seed,
            &preset,
            words.iter().map(String::as_str),
            &mut opening,
        )?;
        Ok(Self {
            id,
            mode,
            course,
            encounter,
            preset,
            words,
            opening,
            entries: Vec::new(),
            reasons: Vec::new(),
            why: None,
            asks: false,
        })
    }

    /// The encounter.
    #[must_use]
    pub const fn encounter(&self) -> &Encounter {
        &self.encounter
    }

    /// Where a preview opened; empty for everything that began at the beginning.
    #[must_use]
    pub const fn preset(&self) -> &Preset {
        &self.preset
    }

    /// The moves in force, as words.
    #[must_use]
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// What has happened up to the point at which the sitting began or was taken up.
    #[must_use]
    pub fn opening(&self) -> &[Event] {
        &self.opening
    }

    /// Makes a move. It is on disk before this returns what came of it; an ending closes the
    /// record. `millis` is how long the trainee took.
    ///
    /// # Errors
    /// If the move is not open or the store cannot be written; nothing has changed then, except
    /// that an ending whose record could not be closed stays open.
    pub fn make(
        &mut self,
        made: Move,
        kept: Option<(&Store, u64, &str)>,
    ) -> Result<Vec<Event>, AttemptError> {
        if self.encounter.ending().is_some() {
            return Err(MoveRefused::Ended.into());
        }
        if !self.encounter.is_open(made) {
            return Err(MoveRefused::NotOpen.into());
        }
        let word = move_text(self.encounter.scenario(), made);
        let mut entry = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        if let (Some(id), Some((store, millis, now))) = (self.id, kept) {
            entry = store.append_move(id, &word, millis, now)?;
        }
        let mut log = Vec::new();
        self.encounter.step(made, &mut log)?;
        self.words.push(word);
        self.entries.push(entry);
        let last = self.words.len() - 1;
        self.why = (self.asks && self.wants_reason(last)).then_some(last);
        if let (Some(id), Some((store, _, now))) = (self.id, kept)
            && self.encounter.ending().is_some()
            && self.why.is_none()
        {
            self.close(store, id, now)?;
        }
        Ok(log)
    }

    /// Closes the record of an encounter that has ended, if that has not been done.
    ///
    /// # Errors
    /// If the store cannot be written.
    pub fn close_if_ended(&self, store: &Store, now: &str) -> Result<(), AttemptError> {
        if let Some(id) = self.id
            && self.encounter.ending().is_some()
            && store.attempt(id)?.state == AttemptState::Running
        {
            self.close(store, id, now)?;
        }
        Ok(())
    }

    fn close(&self, store: &Store, id: AttemptId, now: &str) -> Result<(), AttemptError> {
        let sheet = self.review()?.sheet;
        store.finish(
            id,
            &Finish {
                ending: sheet.ending.clone().unwrap_or_default(),
                summary: serde_json::to_string(&sheet)?,
                ended: now.to_owned(),
            },
        )?;
        Ok(())
    }

    /// Goes back to where `keep` moves are in force: practice only.
    ///
    /// # Errors
    /// If the store refuses or cannot be written; nothing has changed then.
    pub fn go_back(
        &mut self,
        keep: usize,
        kept: Option<(&Store, &str)>,
    ) -> Result<(), AttemptError> {
        let keep = keep.min(self.words.len());
        if let (Some(id), Some((store, now))) = (self.id, kept) {
            store.append_rewind(id, u32::try_from(keep).unwrap_or(u32::MAX), now)?;
        }
        self.words.truncate(keep);
        let again = Self::replayed(
            self.id,
            self.mode,
            Arc::clone(&self.course),
            Arc::clone(self.encounter.scenario()),
            (self.encounter.seed(), std::mem::take(&mut self.preset)),
            std::mem::take(&mut self.words),
        )?;
        let entries = std::mem::take(&mut self.entries);
        let reasons = std::mem::take(&mut self.reasons);
        let asks = self.asks;
        *self = again;
        self.asks = asks;
        self.entries = entries.into_iter().take(keep).collect();
        self.reasons = reasons
            .into_iter()
            .filter(|given| given.position < keep)
            .collect();
        Ok(())
    }

    /// The attempt told step by step, with its marks.
    ///
    /// # Errors
    /// Never for moves that were made here; the type keeps the promise visible.
    pub fn review(&self) -> Result<Review, AttemptError> {
        Ok(review(
            self.encounter.scenario(),
            &self.course,
            self.encounter.seed(),
            &self.words,
        )?)
    }

    /// What would likely have followed each of its moves.
    ///
    /// # Errors
    /// Never for moves that were made here; the type keeps the promise visible.
    pub fn what_if(&self) -> Result<WhatIf, AttemptError> {
        Ok(what_if(
            self.encounter.scenario(),
            self.encounter.seed(),
            &self.words,
        )?)
    }
}
