//! The attempt told step by step: what was done, what it did, why, and what else was open.

use std::sync::Arc;

use serde::Serialize;

use crate::course::Course;
use crate::encounter::{Encounter, Event, Move, ReplayError, move_by_text, move_text};
use crate::scenario::{LineKind, Outcome, Scenario};

use super::sheet::{Point, ScoreSheet, points_of, score};

/// Distress, trust and distance at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Levels {
    /// Distress, 0 to 20.
    pub distress: u8,
    /// Trust, 0 to 20.
    pub trust: u8,
    /// Distance in half-metres, 1 to 20.
    pub distance_half_metres: u8,
}

/// A line as it was said or seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReviewLine {
    /// Who; nobody for what happened around.
    pub speaker: Option<String>,
    /// Whether it was said rather than seen.
    pub is_speech: bool,
    /// The words.
    pub text: String,
}

/// A technique as it was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TechniqueUse {
    /// Id in the catalogue.
    pub id: String,
    /// Name.
    pub label: String,
    /// Step of the stairway.
    pub stage: String,
    /// Used before its stage was reached.
    pub is_premature: bool,
    /// Halved by distance.
    pub is_faint: bool,
    /// What it changed distress by, before limits.
    pub distress: i8,
    /// What it changed trust by, before limits.
    pub trust: i8,
}

/// Another move that was open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Alternative {
    /// The move's word.
    pub made: String,
    /// What would have been said or done.
    pub text: String,
    /// Why it would have helped or not.
    pub why: String,
    /// Best level that it shows, in words; empty for none.
    pub shows: String,
    /// Whether it would have been too early.
    pub is_premature: bool,
}

/// A law or policy item in play.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LawInPlay {
    /// Id.
    pub id: String,
    /// How to cite it.
    pub cite: String,
    /// Day of the text.
    pub as_of: String,
    /// What it means here.
    pub note: String,
    /// What must be checked against local policy.
    pub local: String,
}

/// Words of somebody who was there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FeltWords {
    /// Who.
    pub by: String,
    /// Their words.
    pub text: String,
}

/// One move in the review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReviewStep {
    /// Number of the move, from 1.
    pub number: u32,
    /// The scenario's clock before the move.
    pub clock: String,
    /// Beat in which it was made.
    pub beat: String,
    /// The move's word.
    pub made: String,
    /// What was said or done.
    pub text: String,
    /// Whether nothing was said.
    pub is_silence: bool,
    /// Whether it was said rather than done.
    pub is_speech: bool,
    /// Whether it was one of the standing moves.
    pub is_standing: bool,
    /// Before.
    pub before: Levels,
    /// After.
    pub after: Levels,
    /// Techniques, in the author's order.
    pub techniques: Vec<TechniqueUse>,
    /// Why it helped or did not.
    pub why: String,
    /// What was said and seen in answer.
    pub lines: Vec<ReviewLine>,
    /// Facts that it brought to light.
    pub learned: Vec<String>,
    /// Points.
    pub points: Vec<Point>,
    /// Law and policy in play.
    pub law: Vec<LawInPlay>,
    /// Gates that it failed, with the reason.
    pub gates: Vec<String>,
    /// The other moves that were open.
    pub alternatives: Vec<Alternative>,
}

/// A whole attempt, told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Review {
    /// The marks.
    pub sheet: ScoreSheet,
    /// Title of the scenario.
    pub title: String,
    /// The profile that the seed drew, and what tends to help.
    pub profile: String,
    /// What tends to help somebody who reacts so.
    pub profile_helps: String,
    /// What could be seen.
    pub profile_signs: Vec<String>,
    /// State at the beginning.
    pub opening: Levels,
    /// What was said and seen before the first decision.
    pub opening_lines: Vec<ReviewLine>,
    /// The moves.
    pub steps: Vec<ReviewStep>,
    /// Title of the ending.
    pub ending_title: String,
    /// What happened.
    pub ending_text: String,
    /// What came of it.
    pub aftermath: String,
    /// How safe everybody is.
    pub outcome: Option<Outcome>,
    /// How it felt to those who were there.
    pub felt: Vec<FeltWords>,
}

fn levels(encounter: &Encounter) -> Levels {
    let state = encounter.state();
    Levels {
        distress: state.distress,
        trust: state.trust,
        distance_half_metres: state.distance,
    }
}

/// What a move says or does, in words.
fn words_of(encounter: &Encounter, made: Move) -> String {
    match made {
        Move::Choice(choice) => encounter
            .scenario()
            .choices
            .get(choice as usize)
            .map_or_else(String::new, |choice| {
                encounter.fill(&choice.text).into_owned()
            }),
        Move::StepCloser => "Step a metre closer".to_owned(),
        Move::StepBack => "Step a metre back".to_owned(),
        Move::Observe => "Take a moment to look".to_owned(),
        Move::Radio => "Speak to control".to_owned(),
        Move::Hold => "Say nothing, on purpose".to_owned(),
        Move::Silence => "The moment passed in silence".to_owned(),
    }
}

fn lines_of(encounter: &Encounter, log: &[Event]) -> Vec<ReviewLine> {
    let scenario = encounter.scenario();
    log.iter()
        .filter_map(|event| match event {
            Event::LineSpoken(line) => {
                let line = scenario.lines.get(*line as usize)?;
                Some(ReviewLine {
                    speaker: encounter.speaker(line.kind).map(str::to_owned),
                    is_speech: matches!(line.kind, LineKind::Say(_)),
                    text: encounter.fill(&line.text).into_owned(),
                })
            }
            Event::SignSeen(sign) => {
                let profile = encounter.profile()?;
                let text = profile.profile.signs.get(usize::from(*sign))?.clone();
                Some(ReviewLine {
                    speaker: None,
                    is_speech: false,
                    text,
                })
            }
            _ => None,
        })
        .collect()
}

fn alternatives(encounter: &Encounter, made: Move) -> Vec<Alternative> {
    let same = |other: Move| other == made || (made == Move::Silence && other == Move::Hold);
    encounter
        .open_moves()
        .filter(|other| !same(*other))
        .map(|other| {
            let shows = points_of(encounter, other)
                .into_iter()
                .filter_map(|(_, earned, _)| earned)
                .max()
                .map_or("", |level| level.label());
            Alternative {
                made: move_text(encounter.scenario(), other),
                text: words_of(encounter, other),
                why: encounter
                    .act(other)
                    .map_or_else(String::new, |act| encounter.fill(&act.why).into_owned()),
                shows: shows.to_owned(),
                is_premature: encounter.is_premature(other),
            }
        })
        .collect()
}

fn says(scenario: &Scenario, made: Move) -> bool {
    let Move::Choice(choice) = made else {
        return false;
    };
    let choice = scenario.choices.get(choice as usize);
    choice.is_some_and(|choice| choice.act.is_speech)
}

fn law(scenario: &Scenario, made: Move) -> Vec<LawInPlay> {
    let Move::Choice(choice) = made else {
        return Vec::new();
    };
    let Some(choice) = scenario.choices.get(choice as usize) else {
        return Vec::new();
    };
    choice
        .law
        .iter()
        .filter_map(|reference| scenario.references.get(usize::from(*reference)))
        .map(|(id, reference)| LawInPlay {
            id: id.clone(),
            cite: reference.cite.clone(),
            as_of: reference.as_of.clone(),
            note: reference.note.clone(),
            local: reference.local.clone(),
        })
        .collect()
}

/// Tells an attempt step by step, with its marks.
///
/// # Errors
/// If the moves do not fit the scenario: the first that does not.
pub fn review(
    scenario: &Arc<Scenario>,
    course: &Course,
    seed: u64,
    words: &[String],
) -> Result<Review, ReplayError> {
    let sheet = score(scenario, course, seed, words.iter().map(String::as_str))?;
    let mut log = Vec::new();
    let mut encounter = Encounter::begin(Arc::clone(scenario), seed, &mut log);
    let opening = levels(&encounter);
    let opening_lines = lines_of(&encounter, &log);
    let mut steps = Vec::with_capacity(words.len());
    for (number, word) in (1_u32..).zip(words) {
        let Some(made) = move_by_text(scenario, word) else {
            return Err(ReplayError::Unknown {
                number: number as usize,
                word: word.clone(),
            });
        };
        let before = levels(&encounter);
        let clock = encounter.clock();
        let text = words_of(&encounter, made);
        let why = encounter
            .act(made)
            .map_or_else(String::new, |act| encounter.fill(&act.why).into_owned());
        let alternatives = alternatives(&encounter, made);
        let beat = scenario
            .beats
            .get(encounter.state().beat as usize)
            .map_or_else(String::new, |beat| beat.id.to_string());
        log.clear();
        encounter
            .step(made, &mut log)
            .map_err(|_| ReplayError::NotOpen {
                number: number as usize,
                word: word.clone(),
            })?;
        let techniques = log
            .iter()
            .filter_map(|event| match event {
                Event::TechniqueUsed {
                    technique,
                    is_premature,
                    is_faint,
                    shift,
                } => {
                    let used = scenario.techniques.get(usize::from(*technique))?;
                    Some(TechniqueUse {
                        id: used.id.clone(),
                        label: used.technique.label.clone(),
                        stage: used.technique.stage.label().to_owned(),
                        is_premature: *is_premature,
                        is_faint: *is_faint,
                        distress: shift.distress,
                        trust: shift.trust,
                    })
                }
                _ => None,
            })
            .collect();
        let learned = log
            .iter()
            .filter_map(|event| match event {
                Event::FactLearned(fact) => scenario.facts.get(usize::from(*fact)),
                _ => None,
            })
            .filter(|(_, note)| !note.is_empty())
            .map(|(_, note)| encounter.fill(note).into_owned())
            .collect();
        let marks = sheet.decisions.get(steps.len());
        steps.push(ReviewStep {
            number,
            clock,
            beat,
            made: move_text(scenario, made),
            text,
            is_silence: matches!(made, Move::Hold | Move::Silence),
            is_speech: says(scenario, made),
            is_standing: !matches!(made, Move::Choice(_)),
            before,
            after: levels(&encounter),
            techniques,
            why,
            lines: lines_of(&encounter, &log),
            learned,
            points: marks.map_or_else(Vec::new, |marks| marks.points.clone()),
            law: law(scenario, made),
            gates: sheet
                .gates
                .iter()
                .filter(|failed| failed.number == number)
                .map(|failed| format!("{}: {}", failed.title, failed.why))
                .collect(),
            alternatives,
        });
    }
    let ending = encounter
        .ending()
        .and_then(|ending| scenario.endings.get(ending as usize));
    let felt = ending.map_or_else(Vec::new, |ending| {
        ending
            .felt
            .iter()
            .filter(|words| encounter.state().holds(words.when, &scenario.tests))
            .map(|words| FeltWords {
                by: encounter.name_of(words.by).to_owned(),
                text: encounter.fill(&words.text).into_owned(),
            })
            .collect()
    });
    let profile = encounter.profile().map(|used| used.profile.clone());
    let text_of = |of: fn(&crate::scenario::Ending) -> &str| {
        ending.map_or_else(String::new, |ending| {
            encounter.fill(of(ending)).into_owned()
        })
    };
    Ok(Review {
        title: scenario.title.clone(),
        profile: profile
            .as_ref()
            .map_or_else(String::new, |p| p.label.clone()),
        profile_helps: profile
            .as_ref()
            .map_or_else(String::new, |p| p.helps.clone()),
        profile_signs: profile.map_or_else(Vec::new, |p| p.signs),
        opening,
        opening_lines,
        steps,
        ending_title: text_of(|ending| &ending.title),
        ending_text: text_of(|ending| &ending.text),
        aftermath: text_of(|ending| &ending.aftermath),
        outcome: ending.map(|ending| ending.outcome),
        felt,
        sheet,
    })
}
