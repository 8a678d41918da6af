//! The encounter as it is shown: lines one after another, then the decision and its window.

mod cue;
mod turns;

use std::collections::VecDeque;

use crate::attempt::{AttemptError, Sitting};
use crate::encounter::{Encounter, Move};
use crate::places::now;
use crate::records::{Mode, Store};
use crate::scenario::Reference;
use crate::scenario::recordings::VoiceFolder;
use crate::scoring::Element;

use super::super::theme::Tone;
use super::super::views::Settings;
use super::super::views::captions::{CaptionKind, CaptionLine};
use super::super::views::encounter::MeterRow;
use super::super::views::moment::Eye;
use super::super::views::options::OptionRow;

pub(in crate::app) use cue::{Cue, Part};
pub(super) use cue::{levels, set, sights};
use turns::Turn;

/// An encounter on the screen.
#[derive(Debug)]
pub(in crate::app) struct Live {
    sitting: Sitting,
    pub captions: Vec<CaptionLine>,
    waiting: VecDeque<Turn>,
    speaking_left: f32,
    voices: VoiceFolder,
    /// Whether recordings can be heard: a line then lasts as long as its recording.
    pub is_heard: bool,
    pub options: Vec<OptionRow>,
    pub standing: Vec<Move>,
    window_secs: Option<f32>,
    pub window_left: f32,
    thinking_secs: f32,
    pub clock: String,
    pub distance_half_metres: u8,
    pub notebook: Vec<String>,
    pub meters: Vec<MeterRow>,
    pub hint: String,
    pub is_paused: bool,
    pub is_plan: bool,
    /// Who has been shown so far, in the order of the cast.
    sights: Vec<bool>,
    /// Title and text of the ending, once its lines have been shown.
    pub ended: Option<(String, String)>,
}

/// Names of the cast as the officer knows them now, by id.
pub(in crate::app) fn names(encounter: &Encounter) -> Vec<(String, String)> {
    (0_u16..)
        .zip(&encounter.scenario().cast)
        .map(|(position, person)| (person.id.clone(), encounter.name_of(position).to_owned()))
        .collect()
}

impl Live {
    /// Shows an encounter from its beginning, or from where it was left.
    pub(in crate::app) fn begin(
        mut sitting: Sitting,
        settings: &Settings,
        (voices, is_heard): (VoiceFolder, bool),
        is_resumed: bool,
    ) -> (Self, Vec<Cue>) {
        sitting.wait_for_reasons();
        let mut live = Self {
            captions: Vec::new(),
            waiting: VecDeque::new(),
            speaking_left: 0.0,
            voices,
            is_heard,
            options: Vec::new(),
            standing: Vec::new(),
            window_secs: None,
            window_left: 0.0,
            thinking_secs: 0.0,
            clock: sitting.encounter().clock(),
            distance_half_metres: sitting.encounter().state().distance,
            notebook: Vec::new(),
            meters: Vec::new(),
            hint: String::new(),
            is_paused: false,
            is_plan: false,
            sights: Vec::new(),
            ended: None,
            sitting,
        };
        let mut cues = vec![set(live.encounter()), Cue::Look(Eye::Yours)];
        live.sights = sights(live.encounter());
        cues.extend(live.sight_cues());
        let log = live.sitting.opening().to_vec();
        live.queue(&log, settings);
        if is_resumed {
            cues.extend(live.show_all());
        } else {
            cues.push(live.levels());
        }
        live.offer(settings);
        cues.extend(live.next());
        (live, cues)
    }

    /// The attempt.
    pub(in crate::app) const fn sitting(&self) -> &Sitting {
        &self.sitting
    }

    /// Practice or assessment.
    pub(in crate::app) const fn mode(&self) -> Mode {
        self.sitting.mode
    }

    fn encounter(&self) -> &Encounter {
        self.sitting.encounter()
    }

    /// The subject's cast id.
    pub(in crate::app) fn subject(&self) -> Option<&str> {
        let subject = self.sitting.encounter().scenario().subject();
        subject.map(|person| &*person.id)
    }

    /// Whether the person is free, and if not, the reference and since when.
    pub(in crate::app) fn legal(&self) -> Option<(&Reference, String)> {
        let encounter = self.encounter();
        let reference = encounter.state().detained?;
        let (_, reference) = encounter
            .scenario()
            .references
            .get(usize::from(reference))?;
        Some((reference, encounter.detained_since()?))
    }

    /// What was decided, if the officer is asked why.
    pub(in crate::app) fn decided(&self) -> Option<&str> {
        if !self.sitting.asks_why() {
            return None;
        }
        let officer = |line: &&CaptionLine| line.kind == CaptionKind::Officer;
        Some(
            self.captions
                .iter()
                .rev()
                .find(officer)
                .map_or("your last move", |line| line.words.as_str()),
        )
    }

    /// Takes the reason, or goes on without one in practice; then the answer is shown.
    pub(in crate::app) fn say_why(
        &mut self,
        reason: Option<(Element, &str)>,
        store: &Store,
    ) -> Result<Vec<Cue>, AttemptError> {
        if !self.sitting.asks_why() {
            return Ok(Vec::new());
        }
        let time = now();
        let kept = Some((store, time.as_str()));
        match reason {
            Some((element, text)) => self.sitting.give_reason(element, text, kept)?,
            None if self.mode() == Mode::Practice => self.sitting.skip_reason(kept)?,
            None => return Ok(Vec::new()),
        }
        Ok(self.next())
    }

    /// Whether lines are still being shown.
    pub(in crate::app) fn is_speaking(&self) -> bool {
        self.speaking_left > 0.0 || !self.waiting.is_empty()
    }

    /// Part of the decision window that is left, with the seconds; none without one.
    pub(in crate::app) fn window(&self) -> Option<(f32, f32)> {
        let total = self.window_secs?;
        (!self.is_speaking() && self.ended.is_none())
            .then(|| (self.window_left / total, self.window_left))
    }

    fn levels(&self) -> Cue {
        levels(self.encounter())
    }

    /// Who is to be seen, as was last told.
    fn sight_cues(&self) -> Vec<Cue> {
        let cast = &self.encounter().scenario().cast;
        cast.iter()
            .zip(&self.sights)
            .filter(|(person, _)| person.member.look().is_some())
            .map(|(person, is_seen)| Cue::Sight(person.id.clone(), *is_seen))
            .collect()
    }

    /// Shows the next line at once.
    pub(in crate::app) fn skip(&mut self) -> Vec<Cue> {
        if self.is_paused || self.sitting.asks_why() || !self.is_speaking() {
            return Vec::new();
        }
        let mut cues = vec![Cue::Hush];
        cues.extend(self.next());
        cues
    }

    /// Lets time pass; says whether the decision window has run out.
    pub(in crate::app) fn tick(&mut self, secs: f32) -> (Vec<Cue>, bool) {
        if self.is_paused || self.ended.is_some() || self.sitting.asks_why() {
            return (Vec::new(), false);
        }
        if self.is_speaking() {
            self.speaking_left -= secs;
            if self.speaking_left <= 0.0 {
                return (self.next(), false);
            }
            return (Vec::new(), false);
        }
        self.thinking_secs += secs;
        if self.window_secs.is_some() {
            self.window_left = (self.window_left - secs).max(0.0);
            return (Vec::new(), self.window_left <= 0.0);
        }
        (Vec::new(), false)
    }

    /// Reads what is open now.
    fn offer(&mut self, settings: &Settings) {
        let encounter = self.sitting.encounter();
        let scenario = encounter.scenario();
        let state = encounter.state();
        self.options = encounter
            .offered()
            .into_iter()
            .filter_map(|choice| {
                let text = &scenario.choices.get(choice as usize)?.text;
                Some(OptionRow {
                    made: Move::Choice(choice),
                    text: encounter.fill(text).into_owned(),
                })
            })
            .collect();
        self.standing = Move::STANDING
            .into_iter()
            .filter(|made| encounter.is_open(*made))
            .collect();
        self.clock = encounter.clock();
        self.distance_half_metres = state.distance;
        let decision = encounter.decision();
        self.hint = decision.map_or_else(String::new, |decision| {
            encounter.fill(&decision.hint).into_owned()
        });
        let factor = f32::from(settings.window_factor);
        self.window_secs = decision
            .and_then(|decision| decision.window_secs)
            .map(|secs| f32::from(secs) * factor)
            .filter(|secs| *secs > 0.0);
        self.window_left = self.window_secs.unwrap_or(0.0);
        self.thinking_secs = 0.0;
        let mut meters = vec![
            MeterRow {
                label: "Distress".to_owned(),
                value: state.distress,
                min: 0,
                max: 20,
                tone: Tone::Caution,
            },
            MeterRow {
                label: "Trust".to_owned(),
                value: state.trust,
                min: 0,
                max: 20,
                tone: Tone::Accent,
            },
        ];
        for (value, meter) in state.meters.iter().zip(&scenario.meters) {
            meters.push(MeterRow {
                label: meter.label.clone(),
                value: *value,
                min: meter.min,
                max: meter.max,
                tone: Tone::Cool,
            });
        }
        self.meters = meters;
    }

    /// Makes a move: on disk first, then on the screen.
    pub(in crate::app) fn make(
        &mut self,
        made: Move,
        store: &Store,
        settings: &Settings,
    ) -> Result<Vec<Cue>, AttemptError> {
        let at = self.clock.clone();
        let words = self.words_of(made);
        let millis = (self.thinking_secs.max(0.0) * 1_000.0) as u64;
        let log = self.sitting.make(made, Some((store, millis, &now())))?;
        self.captions.push(CaptionLine {
            at,
            kind: CaptionKind::Officer,
            speaker: String::new(),
            words,
        });
        self.queue(&log, settings);
        self.offer(settings);
        let mut cues = vec![Cue::Hush];
        if !self.sitting.asks_why() {
            cues.extend(self.next());
        }
        Ok(cues)
    }

    /// What a move says or does, in words.
    pub(super) fn words_of(&self, made: Move) -> String {
        let encounter = self.encounter();
        match made {
            Move::Choice(choice) => encounter
                .scenario()
                .choices
                .get(choice as usize)
                .map_or_else(String::new, |choice| {
                    encounter.fill(&choice.text).into_owned()
                }),
            Move::StepCloser => "A step closer.".to_owned(),
            Move::StepBack => "A step back.".to_owned(),
            Move::Observe => "A moment to look.".to_owned(),
            Move::Radio => "To the radio.".to_owned(),
            Move::Hold => "Nothing, on purpose.".to_owned(),
            Move::Silence => "Nothing; the moment passed.".to_owned(),
        }
    }

    /// Back to before the last decision.
    pub(in crate::app) fn go_back(
        &mut self,
        store: &Store,
        settings: &Settings,
    ) -> Result<Vec<Cue>, AttemptError> {
        let keep = self.sitting.words().len().saturating_sub(1);
        self.sitting.go_back(keep, Some((store, &now())))?;
        self.captions.clear();
        self.waiting.clear();
        self.notebook.clear();
        self.speaking_left = 0.0;
        self.ended = None;
        let log = self.sitting.opening().to_vec();
        self.queue(&log, settings);
        let mut cues = vec![Cue::Hush];
        cues.extend(self.show_all());
        self.offer(settings);
        Ok(cues)
    }
}
