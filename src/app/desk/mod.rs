//! What the program is doing, without Bevy: who is signed in, which page is open, what is
//! being played.
//!
//! The window hands in intents and time; the desk carries them out and says what the stage
//! should show. So everything but pictures and sound can be tested without a window.

mod author;
mod authoring;
mod depth;
mod figures;
mod live;
mod moment;
mod noted;
mod paper;
mod playing;
mod room;
mod school;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::places::{Places, now};
use crate::records::{
    Attempt, AttemptFilter, AttemptId, Deed, Mode, PassphraseCheck, Store, Trainee, TraineeId,
    Verification,
};
use crate::scenario::{ScenarioFile, Shelf};
use crate::scoring::Review;

use super::views::debrief_depth::Depth;
use super::views::moment::Eye;
use super::views::past::PastAttempt;
use super::views::{Intent, Page, Settings};

pub(super) use author::{Author, Preview};
pub(super) use live::{Cue, Live, Part, names};
pub(super) use moment::Moment;

/// Setting under which the store keeps the program's settings.
const SETTINGS_KEY: &str = "window.settings";

/// Under this and the id of a scenario the store keeps where its author has been in previews.
const PLAYED_KEY: &str = "author.played.";

/// A debrief that is open.
#[derive(Debug)]
pub(super) struct Told {
    /// The record, if there is one.
    pub attempt: Option<Attempt>,
    /// Practice or assessment.
    pub mode: Mode,
    /// What happened and why.
    pub review: Review,
    /// The course by which it was marked.
    pub course: std::sync::Arc<crate::course::Course>,
    /// Luck, what would have followed, reasons, notebook, the other way.
    pub depth: Depth,
    /// The thread that works some of it out.
    forking: depth::Forking,
    /// A moment of it that is being looked at.
    pub moment: Option<Moment>,
}

/// The whole state of the program.
#[derive(Debug)]
#[cfg_attr(feature = "window", derive(bevy::prelude::Resource))]
pub(super) struct Desk {
    pub places: Places,
    pub folder: PathBuf,
    pub data: PathBuf,
    store: Mutex<Option<Store>>,
    /// Why there is no store, and what to do.
    no_records: String,
    pub settings: Settings,
    pub page: Page,
    history: Vec<Page>,
    pub notice: Option<String>,
    pub shelf: Result<Shelf, String>,
    pub trainees: Vec<Trainee>,
    pub trainee: Option<Trainee>,
    pub attempts: Vec<PastAttempt>,
    pub chosen: Option<ScenarioFile>,
    pub live: Option<Live>,
    pub told: Option<Told>,
    pub saved: Option<PathBuf>,
    pub is_unlocked: bool,
    pub has_passphrase: bool,
    pub last_try: Option<PassphraseCheck>,
    pub picked: Option<TraineeId>,
    /// Attempts of the picked trainee, newest first: for the instructor area.
    pub all_attempts: Vec<PastAttempt>,
    /// What the instructor area shows of the school.
    pub school: super::views::school::School,
    /// What the trainee is asked to play, and whether it is done.
    pub assignments: Vec<(crate::records::Assignment, bool)>,
    /// Mode in which the open briefing begins, where it was assigned.
    pub assigned: Option<Mode>,
    pub verification: Option<Result<Verification, String>>,
    pub wants_to_quit: bool,
    /// Whether this computer plays sound.
    pub has_sound: bool,
    /// Seed for the next run, if the command line named one.
    pub seed: Option<u64>,
    /// What the stage should do, in order.
    pub cues: Vec<Cue>,
    /// The author's desk.
    pub author: Author,
    /// What is being measured behind the instructor's pages.
    measuring: figures::Measuring,
    /// Cohorts that can play as a room, for the briefing.
    pub cohorts: Vec<crate::records::Cohort>,
    /// The room that plays, if one does.
    pub room: Option<room::RoomPlay>,
}

/// A problem in words, with what to do about it where that is known.
fn with_advice(problem: &anyhow::Error) -> String {
    let advice = problem
        .chain()
        .find_map(|cause| cause.downcast_ref::<crate::records::RecordsError>())
        .map(crate::records::RecordsError::advice);
    match advice {
        Some(advice) => format!("{problem}. {advice}"),
        None => format!("{problem}."),
    }
}

impl Desk {
    /// Opens store and scenario folder. What is missing is said on the first page.
    pub(in crate::app) fn new(places: Places) -> Self {
        let folder = places.scenarios();
        let data = places.data().unwrap_or_default();
        let mut no_records = String::new();
        let (store, notice) = match places.store() {
            Ok(store) => {
                // A copy a day; that it failed must not keep anybody from training.
                let copied = store.daily_copy(&now());
                let notice = copied
                    .err()
                    .map(|error| format!("No safety copy of the records could be made: {error}."));
                (Some(store), notice)
            }
            Err(problem) => {
                no_records = format!(
                    "Records cannot be kept: {} You can look around; to play, mend this first.",
                    with_advice(&problem)
                );
                (None, Some(no_records.clone()))
            }
        };
        let settings = store
            .as_ref()
            .and_then(|store| store.setting(SETTINGS_KEY).ok().flatten())
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default();
        let shelf = places.shelf().map_err(|problem| problem.to_string());
        let mut desk = Self {
            places,
            folder,
            data,
            store: Mutex::new(store),
            no_records,
            settings,
            page: Page::SignIn,
            history: Vec::new(),
            notice,
            shelf,
            trainees: Vec::new(),
            trainee: None,
            attempts: Vec::new(),
            chosen: None,
            live: None,
            told: None,
            saved: None,
            is_unlocked: false,
            has_passphrase: false,
            last_try: None,
            picked: None,
            all_attempts: Vec::new(),
            school: super::views::school::School::default(),
            assignments: Vec::new(),
            assigned: None,
            verification: None,
            wants_to_quit: false,
            has_sound: true,
            seed: None,
            cues: Vec::new(),
            author: Author::default(),
            measuring: figures::Measuring::default(),
            cohorts: Vec::new(),
            room: None,
        };
        desk.refresh_trainees();
        desk
    }

    /// The course of the scenario folder.
    pub(in crate::app) fn course(&self) -> Option<&crate::course::Course> {
        let shelf = self.shelf.as_ref().ok()?;
        shelf.courses.courses.first().map(AsRef::as_ref)
    }

    /// Name and collar number of who is signed in.
    pub(in crate::app) fn who(&self) -> String {
        self.trainee.as_ref().map_or_else(String::new, |trainee| {
            if trainee.collar_number.is_empty() {
                trainee.name.clone()
            } else {
                format!("{} ({})", trainee.name, trainee.collar_number)
            }
        })
    }

    /// Works with the store; a failure becomes the notice.
    fn with_store<T>(&mut self, work: impl FnOnce(&Store) -> anyhow::Result<T>) -> Option<T> {
        let done = {
            let slot = self.store.get_mut().unwrap_or_else(PoisonError::into_inner);
            let Some(store) = slot.as_ref() else {
                self.notice = Some(self.no_records.clone());
                return None;
            };
            work(store)
        };
        match done {
            Ok(done) => Some(done),
            Err(problem) => {
                self.complain(&problem);
                None
            }
        }
    }

    fn complain(&mut self, problem: &anyhow::Error) {
        self.notice = Some(with_advice(problem));
    }

    fn refresh_trainees(&mut self) {
        if let Some((trainees, has_passphrase)) =
            self.with_store(|store| Ok((store.trainees()?, store.has_passphrase()?)))
        {
            self.trainees = trainees;
            self.trainees.sort_by(|a, b| b.last_seen.cmp(&a.last_seen));
            self.has_passphrase = has_passphrase;
        }
    }

    fn attempts_of(&mut self, trainee: TraineeId) -> Vec<PastAttempt> {
        let filter = AttemptFilter {
            trainee: Some(trainee),
            ..AttemptFilter::default()
        };
        self.with_store(|store| Ok(store.attempts(&filter)?))
            .unwrap_or_default()
            .into_iter()
            .map(PastAttempt::read)
            .collect()
    }

    /// Reads the picked trainee's attempts and the school, where the instructor area is open.
    fn refresh_everybody(&mut self) {
        self.pick(self.picked);
        self.refresh_school();
    }

    fn refresh_attempts(&mut self) {
        if let Some(trainee) = self.trainee.as_ref().map(|trainee| trainee.id) {
            self.attempts = self.attempts_of(trainee);
        }
        self.refresh_assignments();
    }

    fn go(&mut self, page: Page) {
        let page = self.gate(page);
        if page == self.page {
            return;
        }
        self.saved = None;
        if let Some(live) = &mut self.live
            && !live.is_paused
        {
            // Nothing goes on behind another page.
            live.is_paused = true;
            self.cues.push(Cue::Pause(true));
        }
        self.close_moment();
        self.history.push(self.page);
        self.page = page;
        match page {
            Page::SignIn => {
                self.history.clear();
                self.refresh_trainees();
            }
            Page::Library => {
                self.history.clear();
                self.refresh_attempts();
                self.take_shelf();
            }
            Page::Author | Page::AuthorGraph => self.author.watch(&self.places),
            Page::MyRecord => self.refresh_attempts(),
            Page::Briefing => {
                let cohorts = self.with_store(|store| Ok(store.cohorts()?));
                self.cohorts = cohorts.unwrap_or_default();
                self.cohorts.retain(|one| one.archived.is_none());
            }
            Page::Instructor => {
                self.refresh_trainees();
                self.refresh_everybody();
            }
            _ => {}
        }
    }

    fn back(&mut self) {
        let home = if self.trainee.is_some() {
            Page::Library
        } else {
            Page::SignIn
        };
        self.close_moment();
        let to = self.history.pop().unwrap_or(home);
        self.saved = None;
        self.page = to;
        match to {
            Page::Library | Page::MyRecord => self.refresh_attempts(),
            Page::SignIn => self.refresh_trainees(),
            Page::Author | Page::AuthorGraph => return,
            _ => {}
        }
        self.take_shelf();
    }

    /// Opens a scenario straight away, as `open SCENARIO` asks.
    pub(in crate::app) fn open_scenario(&mut self, name: &str, seed: Option<u64>) {
        self.seed = seed;
        match self.places.scenario(name) {
            Ok((file, _)) if file.is_playable() => {
                if self.trainee.is_none() {
                    let time = now();
                    let guest = self
                        .trainees
                        .iter()
                        .find(|t| t.name == "Guest" && t.collar_number.is_empty())
                        .cloned();
                    self.trainee = guest.or_else(|| {
                        self.with_store(|store| Ok(store.add_trainee("Guest", "", &time)?))
                    });
                }
                self.chosen = Some(file);
                self.go(Page::Briefing);
            }
            Ok((file, _)) => {
                let (errors, _) = file.counts();
                self.notice = Some(format!(
                    "`{}` has {errors} errors and cannot be played: run common-ground check {name}.",
                    file.id
                ));
            }
            Err(problem) => self.complain(&problem),
        }
    }

    /// Carries out what the user asked for.
    pub(in crate::app) fn carry_out(&mut self, intent: Intent) {
        match intent {
            Intent::Open(page) => self.go(page),
            Intent::Back => self.back(),
            Intent::Quit => self.wants_to_quit = true,
            Intent::SignInAs(id) => {
                let found = self
                    .trainees
                    .iter()
                    .find(|trainee| trainee.id.to_string() == id)
                    .cloned();
                if let Some(trainee) = found {
                    self.sign_in(trainee);
                }
            }
            Intent::SignIn {
                name,
                collar_number,
            } => self.sign_in_new(&name, &collar_number),
            Intent::SignOut => {
                self.trainee = None;
                self.room = None;
                self.attempts.clear();
                self.live = None;
                self.told = None;
                self.cues.push(Cue::Clear);
                self.go(Page::SignIn);
            }
            Intent::ChooseScenario(id) => {
                let found = self
                    .shelf
                    .as_ref()
                    .ok()
                    .and_then(|shelf| shelf.scenario(&id))
                    .cloned();
                if self.assigned.take().is_some() {
                    self.seed = None;
                }
                if let Some(file) = found.filter(ScenarioFile::is_playable) {
                    self.chosen = Some(file);
                    self.go(Page::Briefing);
                }
            }
            Intent::ChooseAnother => {
                self.chosen = None;
                self.assigned = None;
                self.seed = None;
                self.page = Page::Library;
                self.history.clear();
            }
            Intent::Begin { is_assessment } => self.begin(is_assessment),
            Intent::BeginRoom(cohort) => self.begin_room(&cohort),
            Intent::Room(wanted) => self.ask_room(wanted),
            Intent::Resume(id) => self.resume(&id),
            Intent::Abandon(id) => {
                if let Ok(id) = id.parse::<AttemptId>() {
                    self.with_store(|store| Ok(store.abandon(id, &now())?));
                    self.refresh_attempts();
                }
            }
            Intent::Make(made) => self.make(made),
            Intent::GiveReason(element, text) => self.say_why(Some((element, &text))),
            Intent::SkipReason => self.say_why(None),
            Intent::GoAgainFrom(number) => self.go_again_from(number),
            Intent::WriteNote(text) => self.write_note(&text),
            Intent::SkipCaption => {
                let cues = self.live.as_mut().map(Live::skip).unwrap_or_default();
                self.cues.extend(cues);
            }
            Intent::GoBack => self.go_back(),
            Intent::SetPaused(is_paused) => {
                if let Some(live) = &mut self.live {
                    live.is_paused = is_paused;
                    self.cues.push(Cue::Pause(is_paused));
                }
            }
            Intent::LeaveEncounter if self.is_preview() => {
                self.leave_preview();
            }
            Intent::ShowDebrief(_) if self.is_preview() && self.page == Page::Encounter => {
                self.leave_preview();
            }
            Intent::Author(wanted) => self.author_asks(wanted),
            Intent::LeaveEncounter => {
                self.live = None;
                self.room = None;
                self.cues.push(Cue::Clear);
                self.page = self.home();
                self.history.clear();
                self.refresh_attempts();
                if self.page == Page::Instructor {
                    self.refresh_everybody();
                }
            }
            Intent::ShowDebrief(id) => self.show_debrief(&id),
            Intent::PlayAgain => {
                let id = self
                    .told
                    .as_ref()
                    .map(|told| told.review.sheet.scenario.clone());
                if let Some(id) = id {
                    self.carry_out(Intent::ChooseScenario(id));
                }
            }
            Intent::SaveReport(id) => self.save_report(&id),
            Intent::SaveTraineeReport(id) => self.save_trainee_report(&id),
            Intent::ShowPlan(is_plan) => {
                if let Some(live) = &mut self.live {
                    live.is_plan = is_plan;
                    let eye = if is_plan { Eye::Above } else { Eye::Yours };
                    self.cues.push(Cue::Look(eye));
                }
            }
            Intent::SeeMoment(made) => self.see_moment(made),
            Intent::LookFrom(eye) => {
                if let Some(moment) = self.told.as_mut().and_then(|told| told.moment.as_mut()) {
                    moment.eye = eye;
                    self.cues.push(Cue::Look(eye));
                }
            }
            Intent::Change(settings) => {
                self.settings = *settings;
                let is_heard = self.is_heard();
                if let Some(live) = &mut self.live {
                    live.is_heard = is_heard;
                }
                if let Ok(text) = serde_json::to_string(&self.settings) {
                    self.with_store(|store| Ok(store.set_setting(SETTINGS_KEY, &text)?));
                }
            }
            Intent::SetPassphrase(words) => {
                if !self.has_passphrase
                    && self
                        .with_store(|store| Ok(store.set_passphrase(&words)?))
                        .is_some()
                {
                    self.has_passphrase = true;
                    self.unlock();
                }
            }
            Intent::Unlock(words) => {
                let tried = self.with_store(|store| Ok(store.check_passphrase(&words, &now())?));
                if matches!(tried, Some(PassphraseCheck::Right)) {
                    self.unlock();
                } else {
                    self.last_try = tried;
                }
            }
            Intent::VerifyRecords => {
                self.verification =
                    self.with_store(|store| Ok(store.verify().map_err(|error| error.to_string())));
            }
            Intent::Lock => {
                self.is_unlocked = false;
                self.author.leave();
                self.picked = None;
                self.all_attempts.clear();
                self.school = super::views::school::School::default();
                self.verification = None;
                self.last_try = None;
                self.back();
            }
            Intent::PickTrainee(id) => {
                let id = id.and_then(|id| id.parse::<TraineeId>().ok());
                self.pick(id);
                if let Some(id) = id {
                    let count = self.all_attempts.len() as u64;
                    self.note(Deed::Viewed, &id.to_string(), count);
                }
            }
            Intent::School(wish) => self.ask_school(wish),
            Intent::BeginAssigned(id) => self.begin_assigned(&id),
            Intent::ReloadScenarios => {
                self.shelf = self.places.shelf().map_err(|problem| problem.to_string());
            }
            Intent::DismissNotice => self.notice = None,
        }
    }

    fn unlock(&mut self) {
        self.is_unlocked = true;
        self.last_try = None;
        if std::mem::take(&mut self.author.is_wanted) {
            self.history.pop_if(|page| *page == Page::Instructor);
            self.page = Page::Author;
            self.author.watch(&self.places);
        }
        self.refresh_trainees();
        self.refresh_everybody();
        self.verification =
            self.with_store(|store| Ok(store.verify().map_err(|error| error.to_string())));
    }

    fn sign_in(&mut self, trainee: Trainee) {
        let time = now();
        self.with_store(|store| Ok(store.touch(trainee.id, &time)?));
        self.trainee = Some(trainee);
        self.go(Page::Library);
    }

    fn sign_in_new(&mut self, name: &str, collar_number: &str) {
        let typed = name.trim();
        let is_number = |one: &&Trainee| one.is_current() && one.collar_number == typed;
        let known = self.trainees.iter().find(is_number).cloned();
        match known {
            Some(trainee) if !typed.is_empty() && collar_number.trim().is_empty() => {
                return self.sign_in(trainee);
            }
            _ if !typed.is_empty() && !typed.chars().any(char::is_alphabetic) => {
                self.notice = Some(format!(
                    "Nobody here has the collar number {typed}. Type your name, and the number below it."
                ));
                return;
            }
            _ => {}
        }
        let same = |trainee: &&Trainee| {
            let by_collar =
                !collar_number.trim().is_empty() && trainee.collar_number == collar_number.trim();
            let by_name = trainee.name.eq_ignore_ascii_case(name.trim());
            by_name
                && (by_collar
                    || (collar_number.trim().is_empty() && trainee.collar_number.is_empty()))
        };
        let known = self.trainees.iter().find(same).cloned();
        // A duplicate that was merged stands for the entry that is kept.
        let known = known.map(|one| {
            let kept = one.merged_into;
            let kept = self.trainees.iter().find(|other| Some(other.id) == kept);
            kept.cloned().unwrap_or(one)
        });
        if let Some(away) = known.as_ref().filter(|one| !one.is_current()) {
            self.notice = Some(format!(
                "{} is put away on this computer. Ask your instructor to take the entry back into use.",
                away.name
            ));
            return;
        }
        let time = now();
        let trainee = known.or_else(|| {
            self.with_store(|store| Ok(store.add_trainee(name, collar_number, &time)?))
        });
        if let Some(trainee) = trainee {
            self.sign_in(trainee);
        }
    }

    fn show_debrief(&mut self, id: &str) {
        let Some(id) = id
            .parse()
            .ok()
            .and_then(|id| self.visible(id, Deed::Viewed))
        else {
            return;
        };
        let told = self.with_store(|store| Ok(crate::attempt::review_kept(store, id)?));
        if let Some((attempt, review, course)) = told {
            let (depth, forking) = self
                .with_store(|store| Ok(depth::of(store, &attempt, &review)?))
                .unwrap_or_default();
            let mode = attempt.mode;
            self.told = Some(Told {
                attempt: Some(attempt),
                mode,
                review,
                course,
                depth,
                forking,
                moment: None,
            });
            if self
                .live
                .as_ref()
                .is_some_and(|live| live.sitting().id == Some(id))
            {
                self.live = None;
                self.room = None;
                self.cues.push(Cue::Clear);
                self.history = vec![self.home()];
                self.page = Page::Debrief;
            } else {
                self.go(Page::Debrief);
            }
        }
    }

    /// Shows a moment of the attempt that is told, or closes it.
    fn see_moment(&mut self, made: Option<u32>) {
        let Some(told) = &self.told else { return };
        let was_open = told.moment.as_ref().map(|moment| moment.eye);
        let Some((made, id)) = made.zip(told.attempt.as_ref().map(|attempt| attempt.id)) else {
            self.close_moment();
            return;
        };
        let eye = was_open.unwrap_or(Eye::Theirs);
        let moment = self.with_store(|store| Ok(Moment::of(store, id, made, eye)?));
        if let (Some(moment), Some(told)) = (moment, &mut self.told) {
            self.cues.extend(moment.cues(was_open.is_none()));
            told.moment = Some(moment);
        }
    }

    fn close_moment(&mut self) {
        if let Some(told) = &mut self.told
            && told.moment.take().is_some()
        {
            self.cues.push(Cue::Clear);
        }
    }

    fn save_report(&mut self, id: &str) {
        let Some(id) = id
            .parse()
            .ok()
            .and_then(|id| self.visible(id, Deed::Exported))
        else {
            return;
        };
        let folder = self.data.clone();
        self.saved = self.with_store(|store| paper::attempt(store, id, &folder));
    }

    fn save_trainee_report(&mut self, id: &str) {
        let Ok(id) = id.parse::<TraineeId>() else {
            return;
        };
        if !self.may_see(id) {
            return;
        }
        let folder = self.data.clone();
        self.saved = self.with_store(|store| paper::trainee(store, id, &folder));
        if self.saved.is_some() {
            let count = self.attempts_of(id).len() as u64;
            self.note(Deed::Exported, &id.to_string(), count);
        }
    }

    /// Where the program keeps its records.
    pub(in crate::app) fn data(&self) -> &Path {
        &self.data
    }
}

#[cfg(test)]
mod tests;
