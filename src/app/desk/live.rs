//! The encounter as it is shown: lines one after another, then the decision and its window.

use std::collections::VecDeque;
use std::path::PathBuf;

use crate::attempt::{AttemptError, Sitting};
use crate::encounter::{Encounter, Event, Gauge, Move};
use crate::places::now;
use crate::records::{Mode, Store};
use crate::scenario::recordings::{VoiceFolder, voice_key};
use crate::scenario::{CastMember, Gaze, Gesture, LineKind, Mood, TimeOfDay, Weather};
use crate::scoring::Element;

use super::super::theme::Tone;
use super::super::views::Settings;
use super::super::views::captions::{CaptionKind, CaptionLine};
use super::super::views::encounter::MeterRow;
use super::super::views::moment::Eye;
use super::super::views::options::OptionRow;

/// Words a second at which a line is read out.
const WORDS_A_SECOND: f32 = 2.7;
/// Shortest time that a line stays alone, in seconds.
const SHORTEST_LINE: f32 = 1.2;
/// Silence after a recorded line, in seconds.
const AFTER_RECORDING: f32 = 0.4;

/// Something that the stage or the loudspeaker should do.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) enum Cue {
    /// Show this place and these people: cast id, look, role; small variation by the seed.
    Set {
        place: String,
        ambience: String,
        time: TimeOfDay,
        weather: Weather,
        people: Vec<(String, String, Part)>,
        seed: u64,
    },
    /// The state is this.
    Levels {
        distress: u8,
        trust: u8,
        distance_half_metres: u8,
    },
    /// Somebody says or does something.
    Line {
        by: String,
        words: String,
        mood: Option<Mood>,
        gesture: Option<Gesture>,
        gaze: Option<Gaze>,
        secs: f32,
        /// Loudness of the recording, for the lips; empty without one.
        loudness: Vec<f32>,
    },
    /// A sound by name.
    Sound(String),
    /// Somebody's words from a recording.
    Speech(PathBuf),
    /// Words that nobody has recorded.
    Unrecorded(String),
    /// Whoever speaks breaks off.
    Hush,
    /// The officer walks this far, in half-metres.
    Steps(u8),
    /// Somebody speaks over the radio.
    RadioClick,
    /// Somebody, by cast id, comes into sight or goes out of it.
    Sight(String, bool),
    /// From where to look.
    Look(Eye),
    /// Everything stands still, or goes on.
    Pause(bool),
    /// The encounter is over.
    Ended,
    /// Nothing is on the stage any more.
    Clear,
}

/// What somebody is to the encounter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Part {
    /// The person in crisis.
    Subject,
    /// A fellow officer.
    Colleague,
    /// Somebody else.
    Bystander,
}

/// Something that is shown in its turn.
#[derive(Debug)]
struct Turn {
    caption: Option<CaptionLine>,
    cues: Vec<Cue>,
    learned: Option<String>,
    secs: f32,
}

/// An encounter on the screen.
#[derive(Debug)]
pub(in super::super) struct Live {
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

/// The place and everybody who has a look.
pub(super) fn set(encounter: &Encounter) -> Cue {
    let scenario = encounter.scenario();
    let people = scenario
        .cast
        .iter()
        .filter_map(|person| {
            let look = person.member.look()?;
            let part = match &person.member {
                CastMember::Subject { .. } => Part::Subject,
                CastMember::Colleague { .. } => Part::Colleague,
                _ => Part::Bystander,
            };
            Some((person.id.clone(), look.to_owned(), part))
        })
        .collect();
    Cue::Set {
        place: scenario.setting.place.clone(),
        ambience: scenario.setting.ambience.clone(),
        time: scenario.setting.time,
        weather: scenario.setting.weather,
        people,
        seed: encounter.seed(),
    }
}

/// How the person is, and how far away.
pub(super) fn levels(encounter: &Encounter) -> Cue {
    let state = encounter.state();
    Cue::Levels {
        distress: state.distress,
        trust: state.trust,
        distance_half_metres: state.distance,
    }
}

/// Who can be seen now, in the order of the cast.
pub(super) fn sights(encounter: &Encounter) -> Vec<bool> {
    (0_u16..)
        .zip(&encounter.scenario().cast)
        .map(|(position, _)| encounter.is_seen(position))
        .collect()
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

    /// Who comes into sight is there before their first line; who goes is there to the end of the
    /// last.
    fn follow_sights(&mut self, turns: &mut Vec<Turn>) {
        let now = sights(self.encounter());
        let cast = &self.encounter().scenario().cast;
        for ((person, before), after) in cast.iter().zip(&self.sights).zip(&now) {
            if before == after || person.member.look().is_none() {
                continue;
            }
            let speaks = |turn: &Turn| {
                turn.cues
                    .iter()
                    .any(|cue| matches!(cue, Cue::Line { by, .. } if *by == person.id))
            };
            let at = if *after {
                turns.iter().position(speaks).unwrap_or(0)
            } else {
                turns.len()
            };
            turns.insert(
                at,
                Turn {
                    caption: None,
                    cues: vec![Cue::Sight(person.id.clone(), *after)],
                    learned: None,
                    secs: 0.0,
                },
            );
        }
        self.sights = now;
    }

    /// Puts what happened in its turns.
    fn queue(&mut self, log: &[Event], settings: &Settings) {
        let mut turns = Vec::new();
        let encounter = self.encounter();
        let scenario = encounter.scenario();
        let at = encounter.clock();
        let read = |words: &str| {
            let count = words.split_whitespace().count();
            let secs = (count as f32 / WORDS_A_SECOND + 0.6).max(SHORTEST_LINE);
            secs * settings.caption_factor.clamp(0.5, 4.0)
        };
        let mut has_levels = false;
        for event in log {
            match event {
                Event::LineSpoken(line) => {
                    let Some(line) = scenario.lines.get(*line as usize) else {
                        continue;
                    };
                    let words = encounter.fill(&line.text).into_owned();
                    let (by, is_speech) = match line.kind {
                        LineKind::Say(by) => (scenario.cast.get(usize::from(by)), true),
                        LineKind::Do(by) => (scenario.cast.get(usize::from(by)), false),
                        LineKind::Narrate => (None, false),
                    };
                    let is_radio =
                        by.is_some_and(|person| matches!(person.member, CastMember::Radio { .. }));
                    let mut secs = read(&words);
                    let mut speaking_secs = if is_speech { secs } else { 0.0 };
                    let mut loudness = Vec::new();
                    let mut cues = Vec::new();
                    if let Some(person) = by.filter(|_| is_speech) {
                        let key = voice_key(&person.id, person.member.voice(), &words);
                        match self.voices.find(&key) {
                            Some((recording, file)) => {
                                if self.is_heard {
                                    let factor = settings.caption_factor.clamp(1.0, 4.0);
                                    speaking_secs = recording.secs;
                                    secs = (recording.secs + AFTER_RECORDING) * factor;
                                    loudness = recording.levels();
                                }
                                cues.push(Cue::Speech(file));
                            }
                            None => cues.push(Cue::Unrecorded(words.clone())),
                        }
                    }
                    if is_radio {
                        cues.push(Cue::RadioClick);
                    }
                    if !line.sound.is_empty() {
                        cues.push(Cue::Sound(line.sound.to_string()));
                    }
                    if let Some(person) = by {
                        cues.push(Cue::Line {
                            by: person.id.clone(),
                            words: if is_speech {
                                words.clone()
                            } else {
                                String::new()
                            },
                            mood: line.mood,
                            gesture: line.gesture,
                            gaze: line.gaze,
                            secs: speaking_secs,
                            loudness,
                        });
                    }
                    let kind = match (is_speech, is_radio) {
                        (_, true) => CaptionKind::Radio,
                        (true, _) => CaptionKind::Speech,
                        _ => CaptionKind::Narration,
                    };
                    let speaker = if is_speech {
                        encounter.speaker(line.kind).unwrap_or_default().to_owned()
                    } else {
                        String::new()
                    };
                    turns.push(Turn {
                        caption: Some(CaptionLine {
                            at: at.clone(),
                            kind,
                            speaker,
                            words,
                        }),
                        cues,
                        learned: None,
                        secs,
                    });
                }
                Event::SignSeen(sign) => {
                    let sign = encounter
                        .profile()
                        .and_then(|used| used.profile.signs.get(usize::from(*sign)).cloned());
                    if let Some(words) = sign {
                        let secs = read(&words);
                        turns.push(Turn {
                            caption: Some(CaptionLine {
                                at: at.clone(),
                                kind: CaptionKind::Noticed,
                                speaker: String::new(),
                                words,
                            }),
                            cues: Vec::new(),
                            learned: None,
                            secs,
                        });
                    }
                }
                Event::FactLearned(fact) => {
                    let note = scenario.facts.get(usize::from(*fact)).map(|(_, note)| note);
                    if let Some(note) = note.filter(|note| !note.is_empty()) {
                        turns.push(Turn {
                            caption: None,
                            cues: Vec::new(),
                            learned: Some(encounter.fill(note).into_owned()),
                            secs: 0.0,
                        });
                    }
                }
                Event::GaugeChanged {
                    gauge: Gauge::Distress | Gauge::Trust,
                    ..
                }
                | Event::Moved { .. } => {
                    let mut cues = Vec::new();
                    if let Event::Moved { from, to } = event {
                        cues.push(Cue::Steps(from.abs_diff(*to)));
                    }
                    // The person changes before they answer.
                    if !has_levels {
                        has_levels = true;
                        cues.push(self.levels());
                    }
                    turns.push(Turn {
                        caption: None,
                        cues,
                        learned: None,
                        secs: 0.0,
                    });
                }
                Event::Ended(_) => turns.push(Turn {
                    caption: None,
                    cues: vec![Cue::Ended],
                    learned: None,
                    secs: 0.8,
                }),
                _ => {}
            }
        }
        self.follow_sights(&mut turns);
        self.waiting.extend(turns);
    }

    /// Shows the turns that take no time and the next one that does.
    fn next(&mut self) -> Vec<Cue> {
        let mut cues = Vec::new();
        self.speaking_left = 0.0;
        while let Some(turn) = self.waiting.pop_front() {
            self.captions.extend(turn.caption);
            if let Some(note) = turn.learned
                && !self.notebook.contains(&note)
            {
                self.notebook.push(note);
            }
            cues.extend(turn.cues);
            if turn.secs > 0.0 {
                self.speaking_left = turn.secs;
                break;
            }
        }
        if !self.is_speaking() {
            self.settle();
        }
        cues
    }

    fn show_all(&mut self) -> Vec<Cue> {
        while self.is_speaking() {
            self.next();
        }
        let mut cues = self.sight_cues();
        cues.push(self.levels());
        cues
    }

    /// All lines have been shown.
    fn settle(&mut self) {
        let encounter = self.sitting.encounter();
        if self.ended.is_none()
            && let Some(ending) = encounter.ending()
            && let Some(ending) = encounter.scenario().endings.get(ending as usize)
        {
            self.ended = Some((
                encounter.fill(&ending.title).into_owned(),
                encounter.fill(&ending.text).into_owned(),
            ));
        }
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

    /// The subject's cast id.
    pub(in crate::app) fn subject(&self) -> Option<&str> {
        let subject = self.sitting.encounter().scenario().subject();
        subject.map(|person| &*person.id)
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

    /// Whether the person is free, and if not, the reference and since when.
    pub(in crate::app) fn legal(&self) -> Option<(&crate::scenario::Reference, String)> {
        let encounter = self.encounter();
        let reference = encounter.state().detained?;
        let (_, reference) = encounter
            .scenario()
            .references
            .get(usize::from(reference))?;
        Some((reference, encounter.detained_since()?))
    }
}
