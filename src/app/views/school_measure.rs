//! How well scenarios measure: figures of each decision and objective, each with a sentence of what
//! it says, and how far raters agree.

use std::collections::BTreeSet;

use egui::Ui;

use crate::attempt::measured::{Agreement, PROGRAM};
use crate::course::Course;
use crate::measurement::{
    Decision, LEAST, ObjectiveMeasures, ScenarioMeasures, few_words, icc_words, kappa_words,
};
use crate::records::{AttemptId, Mode};

use super::super::theme::{GRID, Tone};
use super::Intent;
use super::instructor::InstructorRoom;
use super::layout::{fold_in, labelled, named, row_card, shortened, table};
use super::past::{counted, local_time, mode_words};
use super::school::SchoolWish;
use super::widgets::{
    Bar, bar, body, bullet, card, chip, choice_button, empty, heading, note, secondary_button,
    toned_card,
};

/// Runs that are offered to be rated.
const OFFERED: usize = 8;

/// Which attempts are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counting {
    /// Only in this mode.
    pub mode: Option<Mode>,
    /// Only each person's first of a scenario, so that attempts are independent.
    pub only_first: bool,
}

/// A finished run that may be rated, without whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunToRate {
    /// The attempt.
    pub attempt: AttemptId,
    /// Scenario id.
    pub scenario: String,
    /// Practice or assessment.
    pub mode: Mode,
    /// When begun, RFC 3339 in UTC.
    pub started: String,
    /// Names of those who have rated it.
    pub raters: Vec<String>,
}

/// What was worked out.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Measured {
    /// Every scenario that was played to an ending, by id.
    pub scenarios: Vec<ScenarioMeasures>,
    /// How far raters agree, by scenario id.
    pub raters: Vec<(String, Vec<Agreement>)>,
    /// Runs that may be rated: those with the fewest ratings first, then the newest.
    pub runs: Vec<RunToRate>,
}

/// The measurement pages' state.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    /// Which attempts are counted.
    pub counting: Counting,
    /// It is being worked out.
    pub is_working: bool,
    /// What was worked out, or why it could not be; none: not asked yet.
    pub found: Option<Result<Measured, String>>,
}

/// What is chosen among the figures.
#[derive(Debug, Clone, Default)]
pub struct MeasureDraft {
    /// Scenario, by id; none: the first.
    pub scenario: Option<String>,
    /// Decisions that are open, by beat.
    pub open: BTreeSet<String>,
}

fn wish(wish: SchoolWish) -> Option<Intent> {
    Some(Intent::School(wish))
}

/// Draws the figures.
pub(super) fn measure_ui(
    ui: &mut Ui,
    room: &InstructorRoom<'_>,
    draft: &mut MeasureDraft,
) -> Option<Intent> {
    let figures = &room.school.figures;
    let mut asked = counting_ui(ui, figures);
    ui.add_space(GRID);
    if figures.is_working {
        ui.ctx()
            .request_repaint_after(std::time::Duration::from_millis(200));
        empty(
            ui,
            "The figures are being worked out",
            "Each attempt is played again once; from then on it goes quickly. You can do something else meanwhile.",
        );
        return asked;
    }
    let measured = match &figures.found {
        None => {
            empty(
                ui,
                "Nothing has been worked out yet",
                "Press “Work the figures out”.",
            );
            return asked;
        }
        Some(Err(reason)) => {
            toned_card(ui, Some(Tone::Alarm), |ui| {
                heading(ui, "The figures could not be worked out");
                body(ui, reason);
            });
            return asked;
        }
        Some(Ok(measured)) => measured,
    };
    if measured.scenarios.is_empty() {
        empty(
            ui,
            "No such attempt has been finished yet",
            "Figures appear once scenarios have been played to an ending.",
        );
        return asked;
    }
    let chosen = measured
        .scenarios
        .iter()
        .find(|one| Some(&one.scenario) == draft.scenario.as_ref())
        .or_else(|| measured.scenarios.first());
    ui.horizontal_wrapped(|ui| {
        for one in &measured.scenarios {
            let is_chosen = chosen.is_some_and(|chosen| chosen.scenario == one.scenario);
            if choice_button(ui, is_chosen, &one.title).clicked() {
                draft.scenario = Some(one.scenario.clone());
                draft.open.clear();
            }
        }
    });
    let Some(one) = chosen else { return asked };
    whole_ui(ui, one);
    ui.add_space(GRID);
    heading(ui, &format!("Decisions ({})", one.decisions.len()));
    for decision in &one.decisions {
        let label = decision_label(decision);
        fold_in(ui, &mut draft.open, decision.beat.clone(), &label, |ui| {
            decision_ui(ui, decision, one.attempts);
        });
    }
    ui.add_space(GRID);
    heading(ui, &format!("Objectives ({})", one.objectives.len()));
    for objective in &one.objectives {
        objective_ui(ui, objective, room.course);
        ui.add_space(GRID / 2.0);
    }
    let raters = measured
        .raters
        .iter()
        .find(|(id, _)| *id == one.scenario)
        .map_or(&[][..], |(_, raters)| raters);
    asked = raters_ui(ui, one, raters, &measured.runs).or(asked);
    asked
}

fn counting_ui(ui: &mut Ui, figures: &Figures) -> Option<Intent> {
    let mut asked = None;
    let now = figures.counting;
    card(ui, |ui| {
        heading(ui, "How well the scenarios measure");
        note(
            ui,
            "All figures describe those who played here. They say nothing of anybody else, and nothing of what happens on duty.",
        );
        ui.horizontal_wrapped(|ui| {
            for (mode, words) in [
                (None, "Practice and assessment"),
                (Some(Mode::Assessment), "Assessment only"),
                (Some(Mode::Practice), "Practice only"),
            ] {
                if choice_button(ui, now.mode == mode, words).clicked() {
                    asked = wish(SchoolWish::Measure(Counting { mode, ..now }));
                }
            }
        });
        ui.horizontal_wrapped(|ui| {
            for (only_first, words) in [(false, "Every attempt"), (true, "Each person's first")] {
                if choice_button(ui, now.only_first == only_first, words).clicked() {
                    asked = wish(SchoolWish::Measure(Counting { only_first, ..now }));
                }
            }
            let words = if figures.found.is_some() {
                "Work the figures out again"
            } else {
                "Work the figures out"
            };
            let button = ui.add_enabled_ui(!figures.is_working, |ui| secondary_button(ui, words));
            if button.inner.clicked() {
                asked = wish(SchoolWish::Measure(now));
            }
        });
    });
    asked
}

fn whole_ui(ui: &mut Ui, one: &ScenarioMeasures) {
    let tone = (!one.warnings.is_empty()).then_some(Tone::Caution);
    toned_card(ui, tone, |ui| {
        heading(ui, &one.title);
        let people = if one.people == 1 {
            "1 person".to_owned()
        } else {
            format!("{} people", one.people)
        };
        body(
            ui,
            &format!("{} of {people}.", counted(one.attempts, "finished attempt")),
        );
        for warning in &one.warnings {
            bullet(ui, warning);
        }
    });
}

/// The figures of a decision in a line.
fn decision_label(decision: &Decision) -> String {
    let score = decision
        .mean_score
        .map_or_else(|| "–".to_owned(), |score| format!("{:.0} %", score * 100.0));
    let found = decision
        .discrimination
        .map_or_else(|| "–".to_owned(), |found| format!("{found:.2}"));
    format!(
        "{}: met {} times, score {score}, discrimination {found}",
        decision.beat, decision.moves
    )
}

fn decision_ui(ui: &mut Ui, decision: &Decision, attempts: usize) {
    let turns = decision
        .discrimination
        .is_some_and(|found| found < 0.0)
        .then_some(Tone::Caution);
    toned_card(ui, turns, |ui| {
        if let Some(few) = few_words(decision.attempts) {
            chip(ui, "Few attempts", Tone::Caution);
            note(ui, &few);
        }
        labelled(ui, "Shown", &decision.met_words(attempts));
        labelled(ui, "Difficulty", &decision.difficulty_words());
        labelled(
            ui,
            "Discrimination, corrected",
            &decision.discrimination_words(),
        );
        labelled(ui, "Time taken", &decision.time_words());
        labelled(ui, "Silence", &decision.silence_words());
        ui.add_space(GRID);
        if decision.attempts < LEAST {
            note(
                ui,
                &format!("How often each option was taken is told from {LEAST} attempts on."),
            );
            return;
        }
        for option in &decision.options {
            let Some(share) = option.share else { continue };
            let label = if option.text.is_empty() {
                option.made.clone()
            } else {
                shortened(&option.text, 110)
            };
            let words = format!(
                "{:.0} %, taken {} of {} times",
                share * 100.0,
                option.taken,
                option.open
            );
            bar(
                ui,
                &Bar {
                    label: &label,
                    words: &words,
                    part: share as f32,
                    tone: Tone::Accent,
                },
            );
        }
        let unused = decision.unused();
        if !unused.is_empty() {
            note(
                ui,
                "Nobody takes these, so they make the choice no harder; rewrite them or leave them out:",
            );
            for one in unused {
                bullet(ui, &shortened(one, 160));
            }
        }
    });
}

fn objective_ui(ui: &mut Ui, objective: &ObjectiveMeasures, course: Option<&Course>) {
    card(ui, |ui| {
        let statement = course
            .and_then(|course| {
                let own = |one: &&crate::course::Objective| one.id == objective.id;
                course.objectives.iter().find(own)
            })
            .map_or("", |one| one.statement.as_str());
        heading(ui, &format!("{}  {statement}", objective.id));
        if let Some(few) = few_words(objective.attempts) {
            note(ui, &few);
        }
        let score = objective.mean_score.map_or_else(
            || format!("No figure under {LEAST} attempts."),
            |score| {
                format!(
                    "On average {:.0} % of what could be earned was earned.",
                    score * 100.0
                )
            },
        );
        labelled(
            ui,
            &format!("Opportunities, in {} attempts", objective.attempts),
            &format!("{} {score}", objective.opportunity_words()),
        );
        labelled(ui, "Reliability", &objective.reliability_words());
        labelled(
            ui,
            "Standard error of measurement",
            &objective.error_words(),
        );
    });
}

fn raters_ui(
    ui: &mut Ui,
    one: &ScenarioMeasures,
    raters: &[Agreement],
    runs: &[RunToRate],
) -> Option<Intent> {
    let mut asked = None;
    ui.add_space(GRID);
    heading(ui, "Do raters agree?");
    if raters.is_empty() {
        body(
            ui,
            "Nobody has rated a run of this scenario yet. A second rater marks a stored run without having seen the program's marks; then the two are held against each other.",
        );
    }
    for pair in raters {
        card(ui, |ui| {
            let first = if pair.first == PROGRAM {
                "The program"
            } else {
                &pair.first
            };
            heading(ui, &format!("{first} and {}", pair.second));
            body(
                ui,
                &format!(
                    "{} in {}.",
                    counted(pair.marks, "mark"),
                    counted(pair.runs, "run")
                ),
            );
            let rows = vec![
                vec!["Kappa, linear weights".to_owned(), kappa_words(pair.linear)],
                vec![
                    "Kappa, quadratic weights".to_owned(),
                    kappa_words(pair.quadratic),
                ],
                vec![
                    "ICC(2,1) of the runs' means".to_owned(),
                    icc_words(pair.runs_icc, pair.runs),
                ],
            ];
            let id = format!("agreement-{}-{}", pair.first, pair.second);
            table(ui, &id, &["Figure", "What it says"], &rows);
        });
    }
    let own: Vec<&RunToRate> = runs
        .iter()
        .filter(|run| run.scenario == one.scenario)
        .collect();
    if own.is_empty() {
        return asked;
    }
    note(
        ui,
        "Runs that can be rated, those with the fewest ratings first. Whose they are is not shown.",
    );
    for run in own.iter().take(OFFERED) {
        let began = local_time(&run.started);
        row_card(
            ui,
            |ui| {
                body(ui, &format!("{}, {began}", mode_words(run.mode)));
                let words = if run.raters.is_empty() {
                    "Not rated yet.".to_owned()
                } else {
                    format!("Rated by {}.", run.raters.join(", "))
                };
                note(ui, &words);
            },
            |ui| {
                let button = secondary_button(ui, "Rate it blind");
                named(&button, &format!("Rate blind: {began}"));
                if button.clicked() {
                    asked = wish(SchoolWish::RateOne(Some(run.attempt)));
                }
            },
        );
    }
    if own.len() > OFFERED {
        note(ui, &format!("And {} more.", own.len() - OFFERED));
    }
    asked
}
