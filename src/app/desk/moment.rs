//! A moment of an attempt, seen again as it stood: the scene before a decision, from the eyes of the
//! person, of the officer, or from above.

use crate::attempt::{AttemptError, Sitting};
use crate::encounter::{Encounter, Event};
use crate::records::{AttemptId, Store};
use crate::scenario::LineKind;

use super::super::views::moment::Eye;
use super::live::{Cue, levels, set, sights};

/// A moment that is being looked at.
#[derive(Debug)]
pub(in super::super) struct Moment {
    sitting: Sitting,
    /// Moves that had been made by then.
    pub made: u32,
    /// From where it is seen.
    pub eye: Eye,
}

impl Moment {
    /// The moment after `made` moves, from what was kept; nothing kept is changed.
    pub(super) fn of(
        store: &Store,
        id: AttemptId,
        made: u32,
        eye: Eye,
    ) -> Result<Self, AttemptError> {
        let mut sitting = Sitting::resume(store, id)?;
        let made = made.min(u32::try_from(sitting.words().len()).unwrap_or(u32::MAX));
        sitting.go_back(made as usize, None)?;
        Ok(Self { sitting, made, eye })
    }

    /// The encounter as it stood.
    pub(in crate::app) const fn encounter(&self) -> &Encounter {
        self.sitting.encounter()
    }

    /// What the stage should show; `is_new` if another scene, or none, was shown before.
    pub(super) fn cues(&self, is_new: bool) -> Vec<Cue> {
        let encounter = self.encounter();
        let mut cues = Vec::new();
        if is_new {
            cues.push(set(encounter));
        }
        cues.push(Cue::Look(self.eye));
        let cast = &encounter.scenario().cast;
        for (person, is_seen) in cast.iter().zip(sights(encounter)) {
            if person.member.look().is_some() {
                cues.push(Cue::Sight(person.id.clone(), is_seen));
            }
        }
        cues.push(levels(encounter));
        cues.extend(self.last_lines());
        cues
    }

    /// How everybody looked when they last spoke or did something: face, body and eyes.
    fn last_lines(&self) -> Vec<Cue> {
        let scenario = self.encounter().scenario();
        let mut told = vec![false; scenario.cast.len()];
        let mut cues = Vec::new();
        for event in self.sitting.opening().iter().rev() {
            let Event::LineSpoken(line) = event else {
                continue;
            };
            let Some(line) = scenario.lines.get(*line as usize) else {
                continue;
            };
            let (LineKind::Say(by) | LineKind::Do(by)) = line.kind else {
                continue;
            };
            let (Some(person), Some(told)) = (
                scenario.cast.get(usize::from(by)),
                told.get_mut(usize::from(by)),
            ) else {
                continue;
            };
            if std::mem::replace(told, true) {
                continue;
            }
            cues.push(Cue::Line {
                by: person.id.clone(),
                words: String::new(),
                mood: line.mood,
                gesture: line.gesture,
                gaze: line.gaze,
                secs: 0.0,
                loudness: Vec::new(),
            });
        }
        cues
    }
}
