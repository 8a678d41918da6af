//! An encounter from its beginning to its end, as the page asks the desk for it.

use crate::attempt::{Sit, Sitting, timing_key};
use crate::places::now;
use crate::records::{AttemptId, Mode};
use crate::scenario::load::SCENARIO_ENDING;
use crate::scoring::Element;

use super::super::views::{Page, Settings};
use super::{Desk, Live};

impl Desk {
    pub(super) fn begin(&mut self, is_assessment: bool) {
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
    pub(super) fn take_seed(&mut self) -> Option<u64> {
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

    pub(super) fn resume(&mut self, id: &str) {
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

    pub(super) fn take_up(&mut self, sitting: Sitting, is_resumed: bool) {
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
    pub(super) fn playing_settings(&self) -> Settings {
        let mut settings = self.settings.clone();
        if self.room.is_some() {
            settings.window_factor = 0;
        }
        settings
    }

    pub(super) fn is_heard(&self) -> bool {
        self.has_sound && !self.settings.is_muted
    }

    /// There is no loudspeaker: lines last as long as they take to read.
    pub(in crate::app) fn lose_sound(&mut self) {
        self.has_sound = false;
        if let Some(live) = &mut self.live {
            live.is_heard = false;
        }
    }

    pub(super) fn make(&mut self, made: crate::encounter::Move) {
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

    pub(super) fn say_why(&mut self, reason: Option<(Element, &str)>) {
        let Some(mut live) = self.live.take() else {
            return;
        };
        let cues = self.with_store(|store| Ok(live.say_why(reason, store)?));
        self.cues.extend(cues.unwrap_or_default());
        self.live = Some(live);
    }

    /// Practises again from before a decision of the attempt that is told; both are kept.
    pub(super) fn go_again_from(&mut self, number: u32) {
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

    pub(super) fn write_note(&mut self, text: &str) {
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

    pub(super) fn go_back(&mut self) {
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
}

fn timing_words(factor: u8) -> &'static str {
    match factor {
        0 => "no time limit",
        1 => "as written",
        2 => "twice as long",
        _ => "five times as long",
    }
}
