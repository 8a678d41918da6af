//! What the program is doing, without Bevy: who is signed in, which page is open, what is
//! being played.
//!
//! The window hands in intents and time; the desk carries them out and says what the stage
//! should show. So everything but pictures and sound can be tested without a window.

mod author;
mod depth;
mod figures;
mod live;
mod moment;
mod noted;
mod paper;
mod room;
mod school;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::attempt::{Sit, Sitting, timing_key};
use crate::places::{Places, now};
use crate::records::{
    Attempt, AttemptFilter, AttemptId, Deed, Mode, PassphraseCheck, Store, Trainee, TraineeId,
    Verification,
};
use crate::scenario::load::SCENARIO_ENDING;
use crate::scenario::{ScenarioFile, Shelf};
use crate::scoring::{Element, Review};

use super::views::debrief_depth::Depth;
use super::views::moment::Eye;
use super::views::past::PastAttempt;
use super::views::{AuthorIntent, Intent, Page, Settings};

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

impl Desk {
    /// Opens store and scenario folder. What is missing is said on the first page.
    pub(in crate::app) fn new(places: Places) -> Self {
        let folder = places.scenarios();
        let data = places.data().unwrap_or_default();
        let (store, notice) = match places.store() {
            Ok(store) => {
                // A copy a day; that it failed must not keep anybody from training.
                let copied = store.daily_copy(&now());
                let notice = copied
                    .err()
                    .map(|error| format!("No safety copy of the records could be made: {error}."));
                (Some(store), notice)
            }
            Err(problem) => (
                None,
                Some(format!(
                    "Records cannot be kept: {problem}. You can look around; to play, mend this first."
                )),
            ),
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
            match slot.as_ref() {
                Some(store) => work(store),
                None => Err(anyhow::anyhow!(
                    "the records could not be opened, so nothing can be kept"
                )),
            }
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
        let advice = problem
            .chain()
            .find_map(|cause| cause.downcast_ref::<crate::records::RecordsError>())
            .map(crate::records::RecordsError::advice);
        self.notice = Some(match advice {
            Some(advice) => format!("{problem}. {advice}"),
            None => format!("{problem}."),
        });
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

    // ---- playing ------------------------------------------------------------------------

    fn begin(&mut self, is_assessment: bool) {
        let (Some(file), Some(trainee)) = (self.chosen.clone(), self.trainee.clone()) else {
            return;
        };
        let Ok(shelf) = &self.shelf else { return };
        let courses = match self.places.scenario(&file.path.display().to_string()) {
            Ok((_, courses)) => courses,
            Err(_) => shelf.courses.clone(),
        };
        let Some(seed) = self.take_seed() else { return };
        self.room = None;
        let mode = match self.assigned.take() {
            Some(assigned) => assigned,
            None if is_assessment => Mode::Assessment,
            None => Mode::Practice,
        };
        let time = now();
        let timing = timing_words(self.settings.window_factor);
        let sat = self.with_store(|store| {
            let sit = Sit {
                file: &file,
                courses: &courses,
                seed,
                mode,
            };
            let sitting = Sitting::begin(sit, Some((store, trainee.id, &time)))?;
            if let Some(id) = sitting.id {
                store.set_setting(&timing_key(id), timing)?;
            }
            Ok(sitting)
        });
        if let Some(sitting) = sat {
            self.take_up(sitting, false);
        }
    }

    /// The seed that was asked for, or one that the system draws.
    fn take_seed(&mut self) -> Option<u64> {
        use rand::TryRng as _;
        if let Some(seed) = self.seed.take() {
            return Some(seed);
        }
        match rand::rngs::SysRng.try_next_u64() {
            Ok(drawn) => Some(drawn >> 11),
            Err(error) => {
                self.notice = Some(format!("The system gave no random seed: {error}."));
                None
            }
        }
    }

    fn resume(&mut self, id: &str) {
        let Ok(id) = id.parse::<AttemptId>() else {
            return;
        };
        let time = now();
        let sat = self.with_store(|store| {
            let sitting = Sitting::resume(store, id)?;
            sitting.close_if_ended(store, &time)?;
            Ok(sitting)
        });
        if let Some(sitting) = sat {
            if sitting.encounter().ending().is_some() {
                self.show_debrief(&id.to_string());
            } else {
                self.seat_room(&sitting);
                self.take_up(sitting, true);
            }
        }
    }

    fn take_up(&mut self, sitting: Sitting, is_resumed: bool) {
        let id = sitting.encounter().scenario().id.clone();
        let file = self.folder.join(format!("{id}{SCENARIO_ENDING}"));
        let file = match &self.chosen {
            Some(chosen) if chosen.id == id => chosen.path.clone(),
            _ => file,
        };
        let heard = (self.places.recordings(&file, &id), self.is_heard());
        let settings = self.playing_settings();
        let (live, cues) = Live::begin(sitting, &settings, heard, is_resumed);
        self.cues.extend(cues);
        self.live = Some(live);
        self.history = vec![self.home()];
        self.page = Page::Encounter;
        self.note_preview();
    }

    /// The settings as they hold for what is played: a room has all the time that it needs.
    fn playing_settings(&self) -> Settings {
        let mut settings = self.settings.clone();
        if self.room.is_some() {
            settings.window_factor = 0;
        }
        settings
    }

    fn is_heard(&self) -> bool {
        self.has_sound && !self.settings.is_muted
    }

    /// There is no loudspeaker: lines last as long as they take to read.
    pub(in crate::app) fn lose_sound(&mut self) {
        self.has_sound = false;
        if let Some(live) = &mut self.live {
            live.is_heard = false;
        }
    }

    fn make(&mut self, made: crate::encounter::Move) {
        let Some(mut live) = self.live.take() else {
            return;
        };
        if live.is_paused || live.is_speaking() || live.decided().is_some() {
            self.live = Some(live);
            return;
        }
        let settings = self.playing_settings();
        let cues = self.with_store(|store| Ok(live.make(made, store, &settings)?));
        self.cues.extend(cues.unwrap_or_default());
        self.live = Some(live);
        self.note_preview();
    }

    fn say_why(&mut self, reason: Option<(Element, &str)>) {
        let Some(mut live) = self.live.take() else {
            return;
        };
        let cues = self.with_store(|store| Ok(live.say_why(reason, store)?));
        self.cues.extend(cues.unwrap_or_default());
        self.live = Some(live);
    }

    /// Practises again from before a decision of the attempt that is told; both are kept.
    fn go_again_from(&mut self, number: u32) {
        let told = self.told.as_ref().and_then(|told| told.attempt.as_ref());
        let Some(id) = told.map(|attempt| attempt.id) else {
            return;
        };
        let time = now();
        let timing = timing_words(self.settings.window_factor);
        let sat = self.with_store(|store| {
            let sitting = Sitting::branch(store, id, number.saturating_sub(1), &time)?;
            if let Some(id) = sitting.id {
                store.set_setting(&timing_key(id), timing)?;
            }
            Ok(sitting)
        });
        if let Some(sitting) = sat {
            self.close_moment();
            self.take_up(sitting, true);
        }
    }

    fn write_note(&mut self, text: &str) {
        let told = self.told.as_ref().and_then(|told| told.attempt.as_ref());
        let Some(id) = told.map(|attempt| attempt.id) else {
            return;
        };
        let time = now();
        let notes = self.with_store(|store| {
            store.write_note(id, text, &time)?;
            Ok(store.notes(id)?)
        });
        if let (Some(notes), Some(told)) = (notes, &mut self.told) {
            told.depth.notes = notes.into_iter().map(|note| note.text).collect();
        }
    }

    fn go_back(&mut self) {
        let Some(mut live) = self.live.take() else {
            return;
        };
        if live.mode() == Mode::Practice && !live.is_paused {
            let settings = self.playing_settings();
            let cues = self.with_store(|store| Ok(live.go_back(store, &settings)?));
            self.cues.extend(cues.unwrap_or_default());
            if let Some(room) = &mut self.room {
                room.clear();
            }
        }
        self.live = Some(live);
    }

    /// Lets time pass on the encounter page.
    pub(in crate::app) fn tick(&mut self, secs: f32) {
        if self.page != Page::Encounter {
            return;
        }
        let Some(live) = &mut self.live else { return };
        let (cues, ran_out) = live.tick(secs);
        self.cues.extend(cues);
        if ran_out {
            self.make(crate::encounter::Move::Silence);
        }
    }

    // ---- authors --------------------------------------------------------------------------

    /// Authors' pages show every answer: they open with the instructor's passphrase.
    fn gate(&mut self, page: Page) -> Page {
        let is_authors = matches!(page, Page::Author | Page::AuthorGraph);
        self.author.is_wanted = is_authors && !self.is_unlocked;
        if self.author.is_wanted {
            Page::Instructor
        } else {
            page
        }
    }

    /// What authors have saved is what trainees see next.
    fn take_shelf(&mut self) {
        if let Some(shelf) = &self.author.shelf {
            self.shelf.clone_from(shelf);
        }
    }

    /// Takes up what goes on behind the authors' and instructors' pages, and the debrief.
    pub(in crate::app) fn hear_author(&mut self) {
        self.hear_figures();
        self.hear_forks();
        if matches!(self.page, Page::Author | Page::AuthorGraph)
            && let Some(words) = self.author.hear()
        {
            self.notice = Some(words);
        }
    }

    fn author_asks(&mut self, wanted: AuthorIntent) {
        match wanted {
            AuthorIntent::Open(id) => {
                self.author.played_ids = self.played(&id);
                self.author.open_file(&id);
                self.author.mark_played();
                if self.author.good.is_some() {
                    self.go(Page::AuthorGraph);
                } else {
                    self.notice = Some(format!(
                        "“{id}” has faults, so there is no map of it yet. Mend what stands under its name and save it."
                    ));
                }
            }
            AuthorIntent::Prove { budget } => self.author.prove(budget),
            AuthorIntent::Walk => self.author.walk(),
            AuthorIntent::CountTrainees => self.author.count_trainees(self.data.clone()),
            AuthorIntent::Stop => self.author.stop(),
            AuthorIntent::Preview { at, set } => {
                if let Some(id) = self.author.open.clone() {
                    let seed = self.seed.take().unwrap_or(1);
                    self.open_preview(Preview {
                        scenario: id,
                        at,
                        set,
                        seed,
                    });
                }
            }
            AuthorIntent::PreviewAgain => {
                if let Some(preview) = self.author.preview.clone() {
                    self.open_preview(preview);
                }
            }
            AuthorIntent::LeavePreview => self.leave_preview(),
        }
    }

    /// Whether what is played is an author's preview.
    pub(in crate::app) fn is_preview(&self) -> bool {
        let live = self.live.as_ref();
        live.is_some_and(|live| live.sitting().id.is_none())
    }

    /// Plays from where an author wants to look; nothing of it is kept.
    pub(in crate::app) fn open_preview(&mut self, preview: Preview) {
        let good = self.author.good.as_ref();
        let open = good.filter(|good| good.file.id == preview.scenario);
        let shelf = self
            .author
            .shelf
            .as_ref()
            .and_then(|shelf| shelf.as_ref().ok());
        let found = match (open, shelf) {
            (Some(good), Some(shelf)) => Ok((good.file.clone(), shelf.courses.clone())),
            _ => self.places.scenario(&preview.scenario),
        };
        let begun = found.and_then(|(file, courses)| {
            let Some(scenario) = &file.scenario else {
                anyhow::bail!(
                    "`{}` has faults and cannot be played: run common-ground check",
                    file.id
                );
            };
            let preset = Author::preset(scenario, &preview).map_err(anyhow::Error::msg)?;
            let sit = Sit {
                file: &file,
                courses: &courses,
                seed: preview.seed,
                mode: Mode::Practice,
            };
            Ok((Sitting::preview(sit, preset)?, file))
        });
        match begun {
            Ok((sitting, file)) => {
                self.author.played_ids = self.played(&file.id);
                self.author.preview = Some(preview);
                self.chosen = Some(file);
                self.take_up(sitting, false);
            }
            Err(problem) => self.complain(&problem),
        }
    }

    fn leave_preview(&mut self) {
        let Some(live) = self.live.take() else { return };
        let id = live.sitting().encounter().scenario().id.clone();
        self.cues.push(Cue::Clear);
        self.chosen = None;
        self.history.clear();
        self.page = Page::Library;
        if self.trainee.is_none() {
            self.page = Page::SignIn;
        }
        let is_open = self.author.open.as_deref() == Some(&id) && self.author.good.is_some();
        self.go(if is_open {
            Page::AuthorGraph
        } else {
            Page::Author
        });
        if self.page == Page::AuthorGraph {
            self.history.push(Page::Author);
        }
    }

    /// Ids of places where previews of a scenario have been.
    fn played(&mut self, id: &str) -> std::collections::BTreeSet<String> {
        let key = format!("{PLAYED_KEY}{id}");
        self.with_store(|store| Ok(store.setting(&key)?))
            .flatten()
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default()
    }

    /// Remembers where a preview has been.
    fn note_preview(&mut self) {
        if !self.is_preview() {
            return;
        }
        let Some(sitting) = self.live.as_ref().map(Live::sitting) else {
            return;
        };
        let encounter = sitting.encounter();
        let scenario = std::sync::Arc::clone(encounter.scenario());
        let words = sitting.words().iter().map(String::as_str);
        let mut log = Vec::new();
        let again = crate::encounter::replay_at(
            &scenario,
            encounter.seed(),
            sitting.preset(),
            words,
            &mut log,
        );
        if again.is_err() || !self.author.play(&scenario, &log) {
            return;
        }
        if let Ok(text) = serde_json::to_string(&self.author.played_ids) {
            let key = format!("{PLAYED_KEY}{}", scenario.id);
            self.with_store(|store| Ok(store.set_setting(&key, &text)?));
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

fn timing_words(factor: u8) -> &'static str {
    match factor {
        0 => "no time limit",
        1 => "as written",
        2 => "twice as long",
        _ => "five times as long",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scenarios() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios")
    }

    fn desk(data: &Path) -> Desk {
        Desk::new(Places::new(Some(scenarios()), Some(data.to_owned())))
    }

    fn hear_out(desk: &mut Desk) {
        while desk.live.as_ref().is_some_and(Live::is_speaking) {
            if desk
                .live
                .as_ref()
                .is_some_and(|live| live.decided().is_some())
            {
                let text = "It had to be asked.".to_owned();
                desk.carry_out(Intent::GiveReason(Element::Information, text));
            }
            desk.carry_out(Intent::SkipCaption);
        }
    }

    fn sit_down(desk: &mut Desk, is_assessment: bool) {
        desk.carry_out(Intent::SignIn {
            name: "Amy Lloyd".to_owned(),
            collar_number: "77".to_owned(),
        });
        assert_eq!(desk.page, Page::Library);
        desk.carry_out(Intent::ChooseScenario("footbridge".to_owned()));
        assert_eq!(desk.page, Page::Briefing);
        desk.seed = Some(3);
        desk.carry_out(Intent::Begin { is_assessment });
        assert_eq!(desk.page, Page::Encounter);
    }

    fn first_option(desk: &Desk) -> crate::encounter::Move {
        desk.live.as_ref().unwrap().options[0].made
    }

    #[test]
    fn an_encounter_is_played_from_sign_in_to_report() {
        let data = tempfile::tempdir().unwrap();
        let mut desk = desk(data.path());
        sit_down(&mut desk, true);
        assert!(matches!(desk.cues.first(), Some(Cue::Set { .. })));
        for _ in 0..60 {
            hear_out(&mut desk);
            if desk.live.as_ref().unwrap().ended.is_some() {
                break;
            }
            let made = first_option(&desk);
            desk.carry_out(Intent::Make(made));
            assert_eq!(desk.notice, None);
        }
        let live = desk.live.as_ref().unwrap();
        assert!(live.ended.is_some());
        let id = live.sitting().id.unwrap().to_string();
        desk.carry_out(Intent::ShowDebrief(id.clone()));
        assert_eq!(desk.page, Page::Debrief);
        assert!(desk.live.is_none());
        desk.carry_out(Intent::SaveReport(id));
        assert!(
            desk.saved.as_ref().is_some_and(|path| path.is_file()),
            "{:?}",
            desk.notice
        );
        desk.carry_out(Intent::Back);
        assert_eq!(desk.page, Page::Library);
        assert_eq!(desk.attempts.len(), 1);
    }

    #[test]
    fn a_move_is_on_disk_before_it_is_shown() {
        let data = tempfile::tempdir().unwrap();
        let mut desk = desk(data.path());
        sit_down(&mut desk, true);
        hear_out(&mut desk);
        let made = first_option(&desk);
        desk.carry_out(Intent::Make(made));
        let id = desk.live.as_ref().unwrap().sitting().id.unwrap();
        let other = Store::open(data.path()).unwrap();
        assert_eq!(other.moves(id).unwrap().len(), 1);
    }

    #[test]
    fn an_encounter_that_was_cut_off_is_taken_up_where_it_stopped() {
        let data = tempfile::tempdir().unwrap();
        let mut first = desk(data.path());
        sit_down(&mut first, true);
        hear_out(&mut first);
        let made = first_option(&first);
        first.carry_out(Intent::Make(made));
        let before = first
            .live
            .as_ref()
            .unwrap()
            .sitting()
            .encounter()
            .state()
            .clone();
        drop(first);

        let mut second = desk(data.path());
        let id = second.trainees[0].id.to_string();
        second.carry_out(Intent::SignInAs(id));
        let open = second.attempts[0].attempt.id.to_string();
        second.carry_out(Intent::Resume(open));
        assert_eq!(second.page, Page::Encounter);
        let live = second.live.as_ref().unwrap();
        assert_eq!(live.sitting().encounter().state(), &before);
        assert!(!live.is_speaking());
    }

    #[test]
    fn going_back_is_for_practice_only() {
        let data = tempfile::tempdir().unwrap();
        for is_assessment in [false, true] {
            let mut desk = desk(data.path());
            sit_down(&mut desk, is_assessment);
            hear_out(&mut desk);
            let made = first_option(&desk);
            desk.carry_out(Intent::Make(made));
            hear_out(&mut desk);
            desk.carry_out(Intent::GoBack);
            let left = desk.live.as_ref().unwrap().sitting().words().len();
            assert_eq!(left, usize::from(is_assessment));
        }
    }

    #[test]
    fn a_pause_stops_time_and_moves() {
        let data = tempfile::tempdir().unwrap();
        let mut desk = desk(data.path());
        sit_down(&mut desk, false);
        hear_out(&mut desk);
        desk.carry_out(Intent::SetPaused(true));
        let made = first_option(&desk);
        desk.carry_out(Intent::Make(made));
        for _ in 0..400 {
            desk.tick(1.0);
        }
        assert!(desk.live.as_ref().unwrap().sitting().words().is_empty());
    }

    #[test]
    fn a_window_that_runs_out_counts_as_silence() {
        let data = tempfile::tempdir().unwrap();
        let mut desk = desk(data.path());
        sit_down(&mut desk, false);
        for _ in 0..40 {
            hear_out(&mut desk);
            if desk.live.as_ref().unwrap().window().is_some() {
                break;
            }
            let made = first_option(&desk);
            desk.carry_out(Intent::Make(made));
        }
        let before = desk.live.as_ref().unwrap().sitting().words().len();
        assert!(desk.live.as_ref().unwrap().window().is_some());
        for _ in 0..130 {
            desk.tick(1.0);
            if desk.live.as_ref().unwrap().sitting().words().len() > before {
                break;
            }
        }
        let live = desk.live.as_ref().unwrap();
        assert_eq!(
            live.sitting().words().last().map(String::as_str),
            Some("silence")
        );
    }

    #[test]
    fn a_missing_scenario_folder_and_a_store_that_cannot_open_are_told_and_survived() {
        let data = tempfile::tempdir().unwrap();
        let blocked = data.path().join("a-file");
        std::fs::write(&blocked, "x").unwrap();
        let mut desk = Desk::new(Places::new(Some(data.path().join("none")), Some(blocked)));
        assert!(desk.shelf.is_err());
        assert!(desk.notice.is_some());
        desk.carry_out(Intent::SignIn {
            name: "Amy".to_owned(),
            collar_number: String::new(),
        });
        assert!(desk.notice.is_some());
        assert_eq!(desk.page, Page::SignIn);
    }

    #[test]
    fn a_line_lasts_as_long_as_its_recording_while_it_can_be_heard() {
        use crate::scenario::recordings::{LIST, sound_file, spoken_lines};
        let (data, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        for entry in std::fs::read_dir(scenarios()).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                std::fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
            }
        }
        let places = Places::new(
            Some(folder.path().to_owned()),
            Some(data.path().join("kept")),
        );
        let (file, _) = places.scenario("footbridge").unwrap();
        let own = folder.path().join("voices/footbridge");
        std::fs::create_dir_all(&own).unwrap();
        let mut lines = serde_json::Map::new();
        for line in spoken_lines(file.scenario.as_ref().unwrap()) {
            std::fs::write(own.join(sound_file(&line.key)), "OggS").unwrap();
            let recording = serde_json::json!({
                "by": line.by, "text": line.text, "secs": 11.0, "loudness": "0909",
            });
            lines.insert(line.key, recording);
        }
        let list = serde_json::json!({ "scenario": "footbridge", "lines": lines });
        std::fs::write(own.join(LIST), list.to_string()).unwrap();

        for is_muted in [false, true] {
            let mut desk = Desk::new(places.clone());
            desk.settings.is_muted = is_muted;
            sit_down(&mut desk, false);
            let mut cues = std::mem::take(&mut desk.cues);
            for _ in 0..30 {
                if cues.iter().any(|cue| matches!(cue, Cue::Speech(_))) {
                    break;
                }
                if desk.live.as_ref().is_some_and(Live::is_speaking) {
                    desk.carry_out(Intent::SkipCaption);
                } else {
                    let made = first_option(&desk);
                    desk.carry_out(Intent::Make(made));
                }
                cues = std::mem::take(&mut desk.cues);
            }
            assert!(cues.iter().any(|cue| matches!(cue, Cue::Speech(_))));
            let said = cues.iter().find_map(|cue| match cue {
                Cue::Line { secs, loudness, .. } if *secs > 0.0 => Some((*secs, loudness.len())),
                _ => None,
            });
            let (secs, digits) = said.unwrap();
            assert_eq!((secs - 11.0).abs() < 0.01, !is_muted, "{secs}");
            assert_eq!(digits, if is_muted { 0 } else { 4 });
            // Going on breaks it off, and so does a pause.
            desk.carry_out(Intent::SkipCaption);
            assert_eq!(desk.cues.first(), Some(&Cue::Hush));
            desk.cues.clear();
            desk.carry_out(Intent::Open(Page::Settings));
            assert_eq!(desk.cues, [Cue::Pause(true)]);
        }
    }

    #[test]
    fn the_instructor_area_opens_with_its_passphrase_only() {
        let data = tempfile::tempdir().unwrap();
        let mut desk = desk(data.path());
        desk.carry_out(Intent::Open(Page::Instructor));
        desk.carry_out(Intent::SetPassphrase("quiet water".to_owned()));
        assert!(desk.is_unlocked);
        desk.carry_out(Intent::Lock);
        assert!(!desk.is_unlocked);
        desk.carry_out(Intent::SetPassphrase("another one".to_owned()));
        desk.carry_out(Intent::Unlock("another one".to_owned()));
        assert!(!desk.is_unlocked);
        desk.carry_out(Intent::Unlock("quiet water".to_owned()));
        assert!(desk.is_unlocked);
        assert!(desk.verification.as_ref().is_some_and(Result::is_ok));
    }

    /// Whether somebody was last told to be in sight.
    fn last_sight(cues: &[Cue], who: &str) -> Option<bool> {
        cues.iter().rev().find_map(|cue| match cue {
            Cue::Sight(id, is_seen) if id == who => Some(*is_seen),
            _ => None,
        })
    }

    #[test]
    fn nobody_is_seen_before_the_door_is_opened() {
        let data = tempfile::tempdir().unwrap();
        let mut desk = desk(data.path());
        desk.carry_out(Intent::SignIn {
            name: "Amy Lloyd".to_owned(),
            collar_number: "77".to_owned(),
        });
        desk.carry_out(Intent::ChooseScenario("number-14".to_owned()));
        desk.seed = Some(3);
        desk.carry_out(Intent::Begin {
            is_assessment: false,
        });
        assert_eq!(last_sight(&desk.cues, "nikhil"), Some(false));
        assert_eq!(last_sight(&desk.cues, "sunita"), Some(true));
        for _ in 0..40 {
            hear_out(&mut desk);
            let live = desk.live.as_ref().unwrap();
            let encounter = live.sitting().encounter();
            let is_open = encounter.is_seen(encounter.scenario().subject);
            assert_eq!(last_sight(&desk.cues, "nikhil"), Some(is_open));
            if is_open {
                // He is there before his first line at the open door.
                let shown = desk
                    .cues
                    .iter()
                    .position(|cue| matches!(cue, Cue::Sight(id, true) if id == "nikhil"))
                    .unwrap();
                assert!(
                    desk.cues[shown..]
                        .iter()
                        .any(|cue| matches!(cue, Cue::Line { by, .. } if by == "nikhil"))
                );
                return;
            }
            let made = first_option(&desk);
            desk.carry_out(Intent::Make(made));
        }
        panic!("the door never opened");
    }

    #[test]
    fn a_moment_of_the_debrief_is_the_scene_as_it_stood() {
        let data = tempfile::tempdir().unwrap();
        let mut desk = desk(data.path());
        sit_down(&mut desk, true);
        let mut stood = Vec::new();
        for _ in 0..60 {
            hear_out(&mut desk);
            let state = desk.live.as_ref().unwrap().sitting().encounter().state();
            stood.push((state.distress, state.trust, state.distance));
            if desk.live.as_ref().unwrap().ended.is_some() {
                break;
            }
            let made = first_option(&desk);
            desk.carry_out(Intent::Make(made));
        }
        let id = desk.live.as_ref().unwrap().sitting().id.unwrap();
        desk.carry_out(Intent::ShowDebrief(id.to_string()));
        let kept = Store::open(data.path()).unwrap().moves(id).unwrap();
        for (made, (distress, trust, distance)) in (0_u32..).zip(&stood) {
            desk.cues.clear();
            desk.carry_out(Intent::SeeMoment(Some(made)));
            let wanted = Cue::Levels {
                distress: *distress,
                trust: *trust,
                distance_half_metres: *distance,
            };
            assert!(desk.cues.contains(&wanted), "{made}: {:?}", desk.cues);
            assert!(desk.cues.contains(&Cue::Look(Eye::Theirs)), "{made}");
            let places = desk.cues.iter().filter(|c| matches!(c, Cue::Set { .. }));
            assert_eq!(places.count(), usize::from(made == 0));
        }
        desk.carry_out(Intent::LookFrom(Eye::Above));
        assert_eq!(desk.cues.last(), Some(&Cue::Look(Eye::Above)));
        desk.carry_out(Intent::SeeMoment(None));
        assert_eq!(desk.cues.last(), Some(&Cue::Clear));
        assert_eq!(desk.page, Page::Debrief);
        assert!(desk.told.as_ref().unwrap().moment.is_none());
        let after = Store::open(data.path()).unwrap().moves(id).unwrap();
        assert_eq!(kept, after, "looking changes nothing that is kept");
    }

    #[test]
    fn a_reason_is_waited_for_kept_and_set_beside_the_log_and_both_ways_are_kept() {
        let data = tempfile::tempdir().unwrap();
        let mut desk = desk(data.path());
        sit_down(&mut desk, true);
        let mut was_asked = false;
        for _ in 0..60 {
            if desk
                .live
                .as_ref()
                .is_some_and(|live| live.decided().is_some())
            {
                was_asked = true;
                let before = desk.live.as_ref().unwrap().captions.len();
                // No time runs, nothing is told, and an assessment is not gone on with.
                desk.tick(500.0);
                desk.carry_out(Intent::SkipCaption);
                desk.carry_out(Intent::SkipReason);
                let live = desk.live.as_ref().unwrap();
                assert_eq!(live.captions.len(), before);
                assert!(live.decided().is_some());
            }
            hear_out(&mut desk);
            if desk.live.as_ref().unwrap().ended.is_some() {
                break;
            }
            let made = first_option(&desk);
            desk.carry_out(Intent::Make(made));
        }
        let id = desk.live.as_ref().unwrap().sitting().id.unwrap();
        desk.carry_out(Intent::ShowDebrief(id.to_string()));
        desk.finish_forks();
        let depth = &desk.told.as_ref().unwrap().depth;
        assert_eq!(depth.claims.is_empty(), !was_asked);
        assert!(depth.what_if.as_ref().unwrap().luck.is_some());
        desk.carry_out(Intent::WriteNote("Ask sooner.".to_owned()));
        assert_eq!(desk.told.as_ref().unwrap().depth.notes, ["Ask sooner."]);

        desk.carry_out(Intent::GoAgainFrom(2));
        let live = desk.live.as_ref().unwrap();
        assert_eq!(live.mode(), Mode::Practice);
        assert_eq!(live.sitting().words().len(), 1);
        let again = live.sitting().id.unwrap();
        assert_ne!(again, id);
        desk.carry_out(Intent::ShowDebrief(again.to_string()));
        let beside = desk.told.as_ref().unwrap().depth.beside.as_ref().unwrap();
        assert!(beside.is_origin);
        assert_eq!(beside.kept, 1);
        assert!(Store::open(data.path()).unwrap().verify().unwrap().sound());
    }

    #[test]
    fn leaving_the_debrief_leaves_the_moment_too() {
        let data = tempfile::tempdir().unwrap();
        let mut desk = desk(data.path());
        sit_down(&mut desk, false);
        for _ in 0..60 {
            hear_out(&mut desk);
            if desk.live.as_ref().unwrap().ended.is_some() {
                break;
            }
            let made = first_option(&desk);
            desk.carry_out(Intent::Make(made));
        }
        let id = desk.live.as_ref().unwrap().sitting().id.unwrap();
        desk.carry_out(Intent::ShowDebrief(id.to_string()));
        desk.carry_out(Intent::SeeMoment(Some(1)));
        desk.carry_out(Intent::Back);
        assert_eq!(desk.cues.last(), Some(&Cue::Clear));
        assert!(desk.told.as_ref().unwrap().moment.is_none());
    }

    #[test]
    fn settings_are_remembered() {
        let data = tempfile::tempdir().unwrap();
        let mut first = desk(data.path());
        let changed = Settings {
            text_scale: 1.5,
            ..Settings::default()
        };
        first.carry_out(Intent::Change(Box::new(changed.clone())));
        drop(first);
        assert_eq!(desk(data.path()).settings, changed);
    }
}
