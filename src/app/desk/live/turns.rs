//! What happened, put in its turns: lines one after another, each with its caption, what it asks of
//! the stage, and how long it stays alone.

use crate::encounter::{Event, Gauge};
use crate::scenario::recordings::voice_key;
use crate::scenario::{CastMember, LineKind};

use super::super::super::views::Settings;
use super::super::super::views::captions::{CaptionKind, CaptionLine};
use super::Live;
use super::cue::{Cue, sights};

/// Words a second at which a line is read out.
const WORDS_A_SECOND: f32 = 2.7;
/// Shortest time that a line stays alone, in seconds.
const SHORTEST_LINE: f32 = 1.2;
/// Silence after a recorded line, in seconds.
const AFTER_RECORDING: f32 = 0.4;

/// Something that is shown in its turn.
#[derive(Debug)]
pub(super) struct Turn {
    caption: Option<CaptionLine>,
    cues: Vec<Cue>,
    learned: Option<String>,
    secs: f32,
}

impl Live {
    /// Puts what happened in its turns.
    pub(super) fn queue(&mut self, log: &[Event], settings: &Settings) {
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

    /// Shows the turns that take no time and the next one that does.
    pub(super) fn next(&mut self) -> Vec<Cue> {
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

    pub(super) fn show_all(&mut self) -> Vec<Cue> {
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
}
