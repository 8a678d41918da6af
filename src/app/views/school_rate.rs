//! A second rater marks a stored run on the course's levels without having seen the program's marks.

use std::collections::BTreeMap;

use egui::Ui;

use crate::attempt::second::{BlindSheet, BlindStep};
use crate::course::{Course, Level};
use crate::records::RatedMark;
use crate::scoring::ReviewLine;

use super::super::theme::{GRID, Tone};
use super::Intent;
use super::layout::{field, named_choice, quoted, table};
use super::school::SchoolWish;
use super::widgets::{
    body, card, choice_button, heading, note, primary_button, secondary_button, toned_card,
};

const LEVELS: [Level; 4] = [
    Level::Unsafe,
    Level::Developing,
    Level::Competent,
    Level::Proficient,
];

/// A run that is being rated, or has just been.
#[derive(Debug, Clone)]
pub struct Rating {
    /// The run, without anything that was computed of it.
    pub sheet: BlindSheet,
    /// After it was handed in: the rater's marks beside the program's.
    pub handed_in: Option<Vec<(RatedMark, Option<u8>)>>,
}

/// What is chosen while rating.
#[derive(Debug, Clone, Default)]
pub struct RateDraft {
    /// Who rates.
    pub rater: String,
    /// Points by decision and objective; what is not here, the rater could not tell.
    pub marks: BTreeMap<(u32, String), u8>,
    /// Handing in was asked for and waits to be confirmed.
    pub is_sure: bool,
}

fn wish(wish: SchoolWish) -> Option<Intent> {
    Some(Intent::School(wish))
}

fn lines_ui(ui: &mut Ui, lines: &[ReviewLine]) {
    for line in lines {
        match &line.speaker {
            Some(who) if line.is_speech => quoted(ui, who, &line.text),
            _ => note(ui, &line.text),
        }
    }
}

/// Draws the run and takes its marks.
pub(super) fn rate_ui(
    ui: &mut Ui,
    rating: &Rating,
    course: Option<&Course>,
    draft: &mut RateDraft,
) -> Option<Intent> {
    let mut asked = None;
    let sheet = &rating.sheet;
    heading(ui, &format!("Rating a run of “{}”", sheet.title));
    if secondary_button(ui, "Back to the figures").clicked() {
        *draft = RateDraft {
            rater: std::mem::take(&mut draft.rater),
            ..RateDraft::default()
        };
        return wish(SchoolWish::RateOne(None));
    }
    if let Some(pairs) = &rating.handed_in {
        handed_in_ui(ui, pairs);
        return None;
    }
    note(
        ui,
        "You see what was said and done, not who played and not what the program gave. Leave out what you cannot tell. Once handed in, a rating stands and is never changed.",
    );
    card(ui, |ui| {
        heading(ui, "How it began");
        lines_ui(ui, &sheet.opening);
    });
    let mut wanted = 0;
    for step in &sheet.steps {
        ui.add_space(GRID / 2.0);
        wanted += step.objectives.len();
        step_ui(ui, step, sheet, course, draft);
    }
    ui.add_space(GRID);
    card(ui, |ui| {
        field(ui, "Your name", "", &mut draft.rater, false);
        let given = draft.marks.len();
        body(ui, &format!("{given} of {wanted} marks are given."));
        let can_hand_in = given > 0 && !draft.rater.trim().is_empty();
        if !can_hand_in {
            note(ui, "Give at least one mark and your name.");
        }
        if draft.is_sure && can_hand_in {
            body(
                ui,
                "Hand it in? It cannot be changed afterwards; until then every mark can.",
            );
            ui.horizontal_wrapped(|ui| {
                if primary_button(ui, "Hand it in now").clicked() {
                    let marks = draft
                        .marks
                        .iter()
                        .map(|((number, objective), points)| RatedMark {
                            number: *number,
                            objective: objective.clone(),
                            points: *points,
                        })
                        .collect();
                    draft.is_sure = false;
                    asked = wish(SchoolWish::HandIn {
                        rater: draft.rater.clone(),
                        marks,
                    });
                }
                if secondary_button(ui, "Go on marking").clicked() {
                    draft.is_sure = false;
                }
            });
        } else if ui
            .add_enabled_ui(can_hand_in, |ui| primary_button(ui, "Hand the rating in"))
            .inner
            .clicked()
        {
            draft.is_sure = true;
        }
    });
    asked
}

fn step_ui(
    ui: &mut Ui,
    step: &BlindStep,
    sheet: &BlindSheet,
    course: Option<&Course>,
    draft: &mut RateDraft,
) {
    let is_open = |(number, objective): (u32, &String)| {
        !draft.marks.contains_key(&(number, objective.clone()))
    };
    let left = step
        .objectives
        .iter()
        .filter(|one| is_open((step.number, one)))
        .count();
    let tone = (left == 0 && !step.objectives.is_empty()).then_some(Tone::Accent);
    toned_card(ui, tone, |ui| {
        heading(ui, &format!("{}. {}", step.number, step.text));
        note(ui, &step.clock);
        lines_ui(ui, &step.lines);
        for objective in &step.objectives {
            let statement = sheet
                .objectives
                .iter()
                .find(|(id, _)| id == objective)
                .map_or("", |(_, statement)| statement.as_str());
            body(ui, &format!("{objective}: {statement}"));
            let key = (step.number, objective.clone());
            ui.horizontal_wrapped(|ui| {
                for level in LEVELS {
                    let points = level.points() as u8;
                    let is_chosen = draft.marks.get(&key) == Some(&points);
                    let button = choice_button(ui, is_chosen, level.label());
                    let name = format!("Decision {}, {objective}: {}", step.number, level.label());
                    named_choice(&button, is_chosen, &name);
                    if button.clicked() {
                        if is_chosen {
                            draft.marks.remove(&key);
                        } else {
                            draft.marks.insert(key.clone(), points);
                        }
                        draft.is_sure = false;
                    }
                    if let Some(text) = level_text(course, objective, level) {
                        button.on_hover_text(text);
                    }
                }
            });
        }
    });
}

/// What a level looks like for an objective, by the course.
fn level_text<'a>(course: Option<&'a Course>, objective: &str, level: Level) -> Option<&'a str> {
    let found = course?.objectives.iter().find(|one| one.id == objective)?;
    Some(found.levels.of(level))
}

fn word_of(points: u8) -> &'static str {
    LEVELS
        .iter()
        .find(|level| level.points() == u32::from(points))
        .map_or("–", |level| level.label())
}

fn handed_in_ui(ui: &mut Ui, pairs: &[(RatedMark, Option<u8>)]) {
    let same = pairs
        .iter()
        .filter(|(mark, other)| *other == Some(mark.points))
        .count();
    card(ui, |ui| {
        heading(ui, "Handed in");
        body(
            ui,
            &format!(
                "{same} of your {} marks are the program's. A difference is a question to both: to the marking of the scenario as much as to you.",
                pairs.len()
            ),
        );
        let rows: Vec<Vec<String>> = pairs
            .iter()
            .map(|(mark, other)| {
                let theirs = other.map_or("–", word_of);
                let note = match other {
                    Some(points) if *points == mark.points => "the same",
                    Some(points) if points.abs_diff(mark.points) > 1 => "far apart",
                    _ => "one level apart",
                };
                vec![
                    mark.number.to_string(),
                    mark.objective.clone(),
                    word_of(mark.points).to_owned(),
                    theirs.to_owned(),
                    note.to_owned(),
                ]
            })
            .collect();
        table(
            ui,
            "rated",
            &["Decision", "Objective", "You", "The program", ""],
            &rows,
        );
    });
}
