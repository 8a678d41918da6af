//! An encounter that is kept: every move is in the store before its answer is shown.
//!
//! This room joins the kernel to the records, for the window and the command line alike. It
//! has no clock: times are handed in as RFC 3339 text in UTC.

mod cohort;
pub mod measured;
mod rescore;
pub mod said;
pub mod second;
pub mod sending;
mod statements;

pub use cohort::report_on_cohort;
pub use rescore::{Rescored, rescore};
pub use statements::statements_kept;

use std::collections::BTreeMap;
use std::sync::Arc;

use thiserror::Error;

use crate::course::Course;
use crate::encounter::{
    Encounter, Event, Move, MoveRefused, Preset, ReplayError, move_by_text, move_text, replay_at,
};
use crate::proof::{Luck, WhatIf, what_if};
use crate::records::{
    Attempt, AttemptFilter, AttemptId, AttemptState, Branch, Entry, Finish, Mode, NewAttempt,
    RecordsError, SourceFile, Store, TraineeId, entries_in_force, moves_in_force,
};
use crate::reports::{AttemptRecord, AttemptReport, NoteLine, compose};
use crate::scenario::load::{FolderError, Materials, from_stored};
use crate::scenario::signing::TRIAL;
use crate::scenario::{Courses, Scenario, ScenarioFile};
use crate::scoring::{Claim, Counted, Element, Review, claim, review};

/// Version that is kept with every attempt.
pub const ENGINE: &str = crate::scenario::ENGINE;

/// Why an attempt cannot go on.
#[derive(Debug, Error)]
pub enum AttemptError {
    /// The records cannot be read or written.
    #[error(transparent)]
    Records(#[from] RecordsError),
    /// The move is not open.
    #[error(transparent)]
    Move(#[from] MoveRefused),
    /// The kept moves do not fit the kept scenario.
    #[error("the kept moves do not fit the kept scenario: {0}")]
    Replay(#[from] ReplayError),
    /// The kept scenario cannot be read.
    #[error(transparent)]
    Scenario(#[from] FolderError),
    /// The scenario has faults.
    #[error("scenario `{0}` has faults and cannot be played: run `common-ground check`")]
    Broken(String),
    /// The course refuses assessments with a scenario that is not ready.
    #[error("scenario `{id}` may not assess anybody yet: {}\n  The course refuses it (unready_assessment: Refuse). Play it in practice mode, or have it proven, signed and in date.", wants.join("; "))]
    NotReady {
        /// Which scenario.
        id: String,
        /// What is wanting.
        wants: Vec<&'static str>,
    },
    /// A second rating does not fit the run.
    #[error(
        "{objective} at decision {number} {why}\n  `common-ground rate ATTEMPT` shows what can be marked; nothing was kept"
    )]
    NotAsked {
        /// Number of the move.
        number: u32,
        /// The objective.
        objective: String,
        /// What is wrong.
        why: &'static str,
    },
    /// A summary could not be written.
    #[error("the result could not be written as JSON: {0}")]
    Summary(#[from] serde_json::Error),
}

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

/// A reason that was given for a move.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Reason {
    position: usize,
    element: Element,
    text: String,
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
        for given in store.rationales(id)? {
            let position = sitting.entries.iter().position(|n| *n == given.n);
            if let (Some(position), Some(element)) = (position, Element::read(&given.element)) {
                sitting.reasons.push(Reason {
                    position,
                    element,
                    text: given.text,
                });
            }
        }
        Ok(sitting)
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

    /// From now on a reason is waited for where the scenario asks for one, and an ending closes the
    /// record after it. A program that was cut off between a decision of an assessment and its
    /// reason asks again.
    pub fn wait_for_reasons(&mut self) {
        self.asks = true;
        if self.mode == Mode::Assessment && self.encounter.ending().is_none() {
            let last = self.words.len().checked_sub(1);
            self.why = last.filter(|last| self.wants_reason(*last));
        }
    }

    /// Whether the officer should say why before the answer to the last move is shown.
    #[must_use]
    pub const fn asks_why(&self) -> bool {
        self.why.is_some()
    }

    /// The beat in which a move was made, if a reason is asked for there.
    fn asking_beat(&self, position: usize) -> Option<u32> {
        let made = move_by_text(self.encounter.scenario(), self.words.get(position)?)?;
        if !matches!(made, Move::Choice(_) | Move::Hold | Move::Silence) {
            return None;
        }
        let before = replay_at(
            self.encounter.scenario(),
            self.encounter.seed(),
            &self.preset,
            self.words[..position].iter().map(String::as_str),
            &mut Vec::new(),
        )
        .ok()?;
        let asks = before.decision().is_some_and(|decision| decision.asks_why);
        asks.then(|| before.state().beat)
    }

    /// Whether a move wants a reason, and none was given at the same decision before.
    fn wants_reason(&self, position: usize) -> bool {
        let Some(beat) = self.asking_beat(position) else {
            return false;
        };
        !self
            .reasons
            .iter()
            .any(|given| self.asking_beat(given.position) == Some(beat))
    }

    /// Takes the reason for the last move; it is on disk when this returns. If the encounter has
    /// ended, this closes its record.
    ///
    /// # Errors
    /// If nothing was written or the store cannot be written; the reason is waited for still.
    pub fn give_reason(
        &mut self,
        element: Element,
        text: &str,
        kept: Option<(&Store, &str)>,
    ) -> Result<(), AttemptError> {
        let Some(position) = self.why else {
            return Ok(());
        };
        if text.trim().is_empty() {
            return Err(RecordsError::NothingWritten.into());
        }
        if let (Some(id), Some((store, now)), Some(entry)) =
            (self.id, kept, self.entries.get(position))
        {
            store.give_rationale(id, *entry, (element.word(), text), now)?;
        }
        self.reasons.push(Reason {
            position,
            element,
            text: text.trim().to_owned(),
        });
        self.why = None;
        self.close_when_told(kept)
    }

    /// Goes on without a reason.
    ///
    /// # Errors
    /// If the encounter has ended and the store cannot be written.
    pub fn skip_reason(&mut self, kept: Option<(&Store, &str)>) -> Result<(), AttemptError> {
        self.why = None;
        self.close_when_told(kept)
    }

    fn close_when_told(&self, kept: Option<(&Store, &str)>) -> Result<(), AttemptError> {
        if let Some((store, now)) = kept {
            self.close_if_ended(store, now)?;
        }
        Ok(())
    }

    /// The reasons that were given, each set beside what the log holds.
    #[must_use]
    pub fn claims(&self, told: &Review) -> Vec<Claim> {
        let scenario = self.encounter.scenario();
        let mut claims: Vec<Claim> = self
            .reasons
            .iter()
            .map(|given| {
                let number = u32::try_from(given.position + 1).unwrap_or(u32::MAX);
                claim(scenario, told, number, given.element, &given.text)
            })
            .collect();
        claims.sort_by_key(|claim| claim.number);
        claims
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

/// All files of one kind as one source, in a form that [`kept_files`] takes apart again.
fn bundle(
    name: &str,
    ending: &str,
    materials: &Materials,
) -> Result<SourceFile, serde_json::Error> {
    let files: Vec<&(String, String)> = materials
        .files
        .iter()
        .filter(|(file, _)| file.ends_with(ending))
        .collect();
    Ok(SourceFile {
        name: format!("{name}.json"),
        text: serde_json::to_string(&files)?,
    })
}

/// Scenario and course as they were when the attempt began.
///
/// # Errors
/// If they were not kept or cannot be read any more.
pub fn kept_files(
    store: &Store,
    kept: &Attempt,
) -> Result<(Arc<Scenario>, Arc<Course>), AttemptError> {
    let mut files: Vec<(String, String)> = Vec::new();
    for sha in [
        &kept.course_sha256,
        &kept.techniques_sha256,
        &kept.profiles_sha256,
    ] {
        let source = store.source(sha)?;
        let mut part: Vec<(String, String)> = serde_json::from_str(&source.text)?;
        files.append(&mut part);
    }
    let text = store.source(&kept.scenario_sha256)?.text;
    let (scenario, course) = from_stored(&text, Materials { files })?;
    Ok((Arc::new(scenario), course))
}

/// A kept attempt told step by step, marked again from its moves.
///
/// # Errors
/// If the records cannot be read or this version cannot play the kept files any more.
pub fn review_kept(
    store: &Store,
    id: AttemptId,
) -> Result<(Attempt, Review, Arc<Course>), AttemptError> {
    let kept = store.attempt(id)?;
    let sitting = Sitting::resume(store, id)?;
    let told = sitting.review()?;
    Ok((kept, told, sitting.course))
}

/// The report of a kept attempt, with the scenario that was kept with it. `printed` is the time
/// at which it is made.
///
/// # Errors
/// If the records cannot be read or this version cannot play the kept files any more.
pub fn report_kept(
    store: &Store,
    id: AttemptId,
    printed: &str,
) -> Result<(AttemptReport, Arc<Course>), AttemptError> {
    report(store, id, printed, false)
}

/// The report of a kept attempt as [`report_kept`] gives it, with what would likely have followed
/// at each decision and the luck of the outcome.
///
/// # Errors
/// If the records cannot be read or this version cannot play the kept files any more.
pub fn report_in_full(
    store: &Store,
    id: AttemptId,
    printed: &str,
) -> Result<(AttemptReport, Arc<Course>), AttemptError> {
    report(store, id, printed, true)
}

/// What would likely have followed each move of a kept attempt.
///
/// # Errors
/// If the records cannot be read or this version cannot play the kept files any more.
pub fn what_if_kept(store: &Store, id: AttemptId) -> Result<WhatIf, AttemptError> {
    Sitting::resume(store, id)?.what_if()
}

fn likely_words(forks: &WhatIf) -> BTreeMap<(u32, String), String> {
    let mut words = BTreeMap::new();
    for fork in &forks.forks {
        for likely in &fork.moves {
            // In full for what was done; for the rest in brief, or a report is nothing else.
            let told = if likely.is_taken {
                likely.words()
            } else {
                likely.brief_words()
            };
            words.insert((fork.number, likely.made.clone()), told);
        }
    }
    words
}

fn report(
    store: &Store,
    id: AttemptId,
    printed: &str,
    is_full: bool,
) -> Result<(AttemptReport, Arc<Course>), AttemptError> {
    let kept = store.attempt(id)?;
    let trainee = store.trainee(kept.trainee)?;
    let sitting = Sitting::resume(store, id)?;
    let told = sitting.review()?;
    let forks = is_full.then(|| sitting.what_if()).transpose()?;
    let journal = store.moves(id)?;
    let mut taken_millis = Vec::new();
    let mut rewinds = 0;
    for entry in &journal {
        match &entry.what {
            Entry::Move { millis, .. } => taken_millis.push(*millis),
            Entry::Rewind { keep } => {
                rewinds += 1;
                taken_millis.truncate(*keep as usize);
            }
        }
    }
    let timing = store
        .setting(&timing_key(id))?
        .unwrap_or_else(|| "as written".to_owned());
    let trial = if kept.mode == Mode::Assessment {
        match store.setting(&readiness_key(id))? {
            Some(note) if note == READY => None,
            Some(wants) => Some(format!("{TRIAL}: {wants}")),
            None => Some(format!("{TRIAL}: nothing is on record of its sign-off")),
        }
    } else {
        None
    };
    let record = AttemptRecord {
        trial,
        attempt: id.to_string(),
        trainee: trainee.id.to_string(),
        name: Some(trainee.name),
        collar_number: (!trainee.collar_number.is_empty()).then_some(trainee.collar_number),
        mode: kept.mode.word().to_owned(),
        state: kept.state.word().to_owned(),
        started: kept.started.clone(),
        ended: kept.ended.clone(),
        printed: printed.to_owned(),
        timing,
        taken_millis,
        rewinds,
        engine: kept.engine.clone(),
        scenario_sha256: kept.scenario_sha256.clone(),
        course_sha256: kept.course_sha256.clone(),
        techniques_sha256: kept.techniques_sha256.clone(),
        profiles_sha256: kept.profiles_sha256.clone(),
        chain_number: kept.chain.as_ref().map(|link| link.seq),
        chain_hash: kept.chain.map(|link| link.hash),
        luck: forks
            .as_ref()
            .and_then(|forks| forks.luck.as_ref())
            .map(Luck::words),
        claims: sitting.claims(&told),
        notes: store
            .notes(id)?
            .into_iter()
            .map(|note| NoteLine {
                at: note.at,
                text: note.text,
            })
            .collect(),
        judgements: said::said_of(store, id)?,
        likely: forks.as_ref().map(likely_words).unwrap_or_default(),
    };
    let scenario = sitting.encounter().scenario();
    Ok((
        compose(scenario, &sitting.course, &told, &record),
        sitting.course,
    ))
}

/// What a trainee's finished assessments count for towards the course, out of the sealed
/// summaries. Trials and summaries that cannot be read count for nothing.
///
/// # Errors
/// If the records cannot be read.
pub fn counted_of(store: &Store, trainee: TraineeId) -> Result<Vec<Counted>, AttemptError> {
    #[derive(serde::Deserialize)]
    struct Sheet {
        verdict: String,
        objectives: Vec<Line>,
        #[serde(default)]
        gates: Vec<Gate>,
    }
    #[derive(serde::Deserialize)]
    struct Gate {
        gate: String,
        number: u32,
    }
    #[derive(serde::Deserialize)]
    struct Line {
        id: String,
        result: String,
    }
    let filter = AttemptFilter {
        trainee: Some(trainee),
        state: Some(AttemptState::Finished),
        mode: Some(Mode::Assessment),
        ..AttemptFilter::default()
    };
    let mut counted = Vec::new();
    for kept in store.attempts(&filter)? {
        let is_ready = store.setting(&readiness_key(kept.id))?.as_deref() == Some(READY);
        let sheet = kept
            .summary
            .as_deref()
            .and_then(|text| serde_json::from_str::<Sheet>(text).ok());
        if let Some(sheet) = sheet.filter(|_| is_ready) {
            let failed: Vec<(String, u32)> = sheet
                .gates
                .into_iter()
                .map(|one| (one.gate, one.number))
                .collect();
            let said = said::said_of(store, kept.id)?;
            let (is_signed_off, is_disputed) = said::stands(&said, &failed);
            counted.push(Counted {
                is_signed_off,
                is_disputed,
                scenario: kept.scenario,
                started: kept.started,
                is_passed: sheet.verdict == "Passed",
                competent: sheet
                    .objectives
                    .into_iter()
                    .filter(|one| matches!(one.result.as_str(), "Competent" | "Proficient"))
                    .map(|one| one.id)
                    .collect(),
            });
        }
    }
    Ok(counted)
}

/// Name under which the store keeps how the decision windows of an attempt ran.
#[must_use]
pub fn timing_key(id: AttemptId) -> String {
    format!("timing.{id}")
}

/// What is kept of an assessment whose scenario was proven, signed and in date.
const READY: &str = "ready";

/// Name under which the store keeps whether the scenario of an assessment was ready.
#[must_use]
pub fn readiness_key(id: AttemptId) -> String {
    format!("readiness.{id}")
}
