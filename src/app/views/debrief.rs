//! What happened and why: verdict and outcome apart, results, timeline, decisions, support.
//!
//! The first screenful answers "how did it go"; everything after it is in order of use, and the
//! decisions stay folded until they are asked for.

use std::path::Path;

use egui::{Frame, Margin, RichText, Ui};

use crate::course::Course;
use crate::records::{Attempt, Mode};
use crate::scoring::{Review, ScoreSheet, Verdict};

use super::super::theme::{self, GRID, Tone};
use super::debrief_advice::{Keep, Try, to_keep, to_try};
use super::debrief_decisions::{DecisionsDraft, decisions_ui};
use super::debrief_depth::{Depth, beside_ui, claims_ui, counts_ui, luck_ui, notebook_ui};
use super::debrief_results::{gates_ui, objectives_ui};
use super::layout::{PAGE, column, columns, labelled, quoted, saved_bar, shortened};
use super::moment::any_moment_ui;
use super::past::{mode_words, outcome_meaning, outcome_word};
use super::support::contacts_ui;
use super::timeline::timeline_ui;
use super::widgets::{
    TitleBar, body, bullet, card, chip, heading, note, notice, page, primary_button,
    secondary_button, title_bar, toned_card,
};
use super::{Intent, Page};

/// What the debrief shows.
#[derive(Debug, Clone, Copy)]
pub struct DebriefView<'a> {
    /// The record; none if the attempt is not kept.
    pub attempt: Option<&'a Attempt>,
    /// Practice or assessment.
    pub mode: Mode,
    /// The attempt, told and marked.
    pub review: &'a Review,
    /// The course by which it was marked.
    pub course: &'a Course,
    /// Where the report was saved, if it was.
    pub saved: Option<&'a Path>,
    /// Whether the scenario is there to be played again.
    pub can_play_again: bool,
    /// Luck, what would have followed, reasons, notebook, the other way; none where unknown.
    pub depth: Option<&'a Depth>,
    /// Who is signed in; empty for nobody.
    pub who: &'a str,
    /// Message to show at the top.
    pub notice: Option<&'a str>,
}

/// What is opened and folded. Make a fresh one for each debrief.
#[derive(Debug, Clone, Default)]
pub struct DebriefDraft {
    /// Decisions that are folded out.
    pub decisions: DecisionsDraft,
    /// The timeline is shown as a table.
    pub shows_table: bool,
    /// The levels of this objective are shown, by id.
    pub objective: Option<String>,
}

/// Draws the page.
pub fn debrief_ui(ui: &mut Ui, data: &DebriefView<'_>, draft: &mut DebriefDraft) -> Option<Intent> {
    let title = format!("Debrief: {}", data.review.title);
    let bar = TitleBar {
        title: &title,
        back: Some("Back"),
        who: data.who,
        ..TitleBar::default()
    };
    let mut asked = title_bar(ui, &bar);
    let can_see = data.attempt.is_some();
    asked = actions_ui(ui, data).or(asked);
    saved_bar(ui, data.saved);
    page(ui, PAGE, |ui| {
        if let Some(text) = data.notice
            && notice(ui, text)
        {
            asked = Some(Intent::DismissNotice);
        }
        card(ui, |ui| {
            heading(ui, "Distress, trust and distance");
            timeline_ui(ui, data.review, &mut draft.shows_table);
            if can_see && !data.review.steps.is_empty() {
                asked = any_moment_ui(ui, data.review).or(asked.take());
            }
        });
        ui.add_space(GRID);
        pair_ui(ui, |ui| verdict_ui(ui, data), |ui| outcome_ui(ui, data));
        pair_ui(
            ui,
            |ui| keep_ui(ui, data.review),
            |ui| try_ui(ui, data.review),
        );
        if let Some(depth) = data.depth {
            beside_ui(ui, data.review, depth);
        }
        felt_ui(ui, data.review);
        counts_ui(ui, data.review);
        if let Some(depth) = data.depth {
            claims_ui(ui, depth);
        }
        objectives_ui(ui, &data.review.sheet, data.course, &mut draft.objective);
        gates_ui(ui, &data.review.sheet, data.course);
        profile_ui(ui, data.review);
        let decisions = &mut draft.decisions;
        asked = decisions_ui(ui, data, decisions, can_see).or(asked.take());
        ui.add_space(2.0 * GRID);
        if let Some(depth) = data.depth.filter(|depth| depth.can_go_again) {
            asked = notebook_ui(ui, depth).or(asked.take());
        }
        heading(ui, "If this stays with you");
        note(
            ui,
            "It is ordinary for an encounter to stay with you, a practised one too. Talk it through with your facilitator or with a colleague, or with one of these:",
        );
        contacts_ui(ui, &data.course.support);
        ui.add_space(GRID);
        note(ui, &data.course.standing_note);
    });
    asked
}

/// Two cards side by side where there is room, else one above the other.
fn pair_ui(ui: &mut Ui, left: impl FnOnce(&mut Ui), right: impl FnOnce(&mut Ui)) {
    if let Some((wide, narrow)) = columns(ui, 0.5) {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 2.0 * GRID;
            column(ui, wide, left);
            column(ui, narrow, right);
        });
    } else {
        left(ui);
        ui.add_space(GRID);
        right(ui);
    }
    ui.add_space(GRID);
}

/// What can be done next, always in sight.
fn actions_ui(ui: &mut Ui, data: &DebriefView<'_>) -> Option<Intent> {
    let look = theme::of(ui);
    let frame = Frame::new()
        .fill(look.surface)
        .stroke(look.border())
        .inner_margin(Margin::symmetric(16, 8));
    let mut asked = None;
    egui::Panel::bottom("debrief-actions")
        .resizable(false)
        .show_separator_line(false)
        .frame(frame)
        .show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                // Nothing has the keyboard at first: who reads on with Space reads on here too.
                if primary_button(ui, "To the scenarios").clicked() {
                    asked = Some(Intent::Open(Page::Library));
                }
                if data.can_play_again && secondary_button(ui, "Play again").clicked() {
                    asked = Some(Intent::PlayAgain);
                }
                if let Some(attempt) = data.attempt
                    && secondary_button(ui, "Save the report").clicked()
                {
                    asked = Some(Intent::SaveReport(attempt.id.to_string()));
                }
            });
        });
    asked
}

/// The verdict in words; practice counts towards nothing and says so.
#[must_use]
pub fn verdict_words(verdict: Verdict, mode: Mode) -> &'static str {
    match (verdict, mode) {
        (Verdict::Passed, Mode::Assessment) => "Passed",
        (Verdict::NotPassed, Mode::Assessment) => "Not passed yet",
        (Verdict::Passed, Mode::Practice) => "Would pass",
        (Verdict::NotPassed, Mode::Practice) => "Would not pass yet",
        (Verdict::Unfinished, _) => "No result: the encounter has not ended",
    }
}

fn display(ui: &mut Ui, text: &str) {
    let look = theme::of(ui);
    ui.add(egui::Label::new(RichText::new(text).font(look.display()).color(look.ink)).wrap());
}

fn verdict_ui(ui: &mut Ui, data: &DebriefView<'_>) {
    let sheet = &data.review.sheet;
    let tone = match sheet.verdict {
        Verdict::Passed => Tone::Accent,
        Verdict::NotPassed => Tone::Caution,
        Verdict::Unfinished => Tone::Plain,
    };
    toned_card(ui, Some(tone), |ui| {
        note(ui, "What you did");
        display(ui, verdict_words(sheet.verdict, data.mode));
        for reason in because(sheet, data.course) {
            bullet(ui, &reason);
        }
        let counts = match data.mode {
            Mode::Practice => "It counts towards nothing.",
            Mode::Assessment => "The result is on your record.",
        };
        ui.horizontal_wrapped(|ui| {
            chip(ui, mode_words(data.mode), Tone::Plain);
            ui.label(
                RichText::new(counts)
                    .font(theme::of(ui).small())
                    .color(theme::of(ui).muted),
            );
        });
    });
}

/// What the verdict rests on, with the words of the objectives beside their ids.
fn because(sheet: &ScoreSheet, course: &Course) -> Vec<String> {
    if sheet.verdict != Verdict::NotPassed {
        return sheet.because.clone();
    }
    let gates = sheet
        .gates
        .iter()
        .map(|failed| format!("Gate failed: {}. {}", failed.title, failed.why));
    let short = sheet
        .objectives
        .iter()
        .filter(|one| one.is_core && !one.result.is_pass())
        .map(|one| {
            let statement = course
                .objective(&one.id)
                .map_or("", |named| named.statement.as_str());
            format!("{}, required: {}. {statement}", one.id, one.result.label())
        });
    gates.chain(short).collect()
}

fn outcome_ui(ui: &mut Ui, data: &DebriefView<'_>) {
    let review = data.review;
    let tone = match review.outcome {
        Some(crate::scenario::Outcome::Safe) => Tone::Accent,
        Some(crate::scenario::Outcome::Unresolved) => Tone::Caution,
        Some(crate::scenario::Outcome::Unsafe) => Tone::Alarm,
        None => Tone::Plain,
    };
    toned_card(ui, Some(tone), |ui| {
        note(ui, "How it ended");
        let Some(outcome) = review.outcome else {
            display(ui, "Open");
            body(ui, "The encounter was stopped before an ending.");
            return;
        };
        display(ui, outcome_word(outcome));
        note(ui, outcome_meaning(outcome));
        if !review.ending_title.is_empty() {
            heading(ui, &review.ending_title);
        }
        body(ui, &review.ending_text);
        note(
            ui,
            "What you did and how it ended are told apart: good work can end badly, and luck can save poor work.",
        );
        if let Some(depth) = data.depth {
            luck_ui(ui, depth);
        }
    });
}

fn keep_ui(ui: &mut Ui, review: &Review) {
    card(ui, |ui| {
        heading(ui, "Keep");
        let found = to_keep(review);
        if found.is_empty() {
            note(
                ui,
                "No decision earned most of what was to be had this time. The decisions below say what was open.",
            );
        }
        for Keep {
            step,
            earned,
            available,
        } in found
        {
            labelled(
                ui,
                &place(step.number, earned, available),
                &quote(&step.text),
            );
            note(ui, &step.why);
        }
    });
}

fn try_ui(ui: &mut Ui, review: &Review) {
    card(ui, |ui| {
        heading(ui, "Try next time");
        let found = to_try(review);
        if found.is_empty() {
            note(
                ui,
                "Every decision earned all there was. Play it again: the person may react differently.",
            );
        }
        for Try {
            step,
            earned,
            available,
            instead,
        } in found
        {
            labelled(
                ui,
                &place(step.number, earned, available),
                &quote(&step.text),
            );
            note(ui, &step.why);
            if let Some(other) = instead {
                note(
                    ui,
                    &format!("Open then, and worth more: {}", quote(&other.text)),
                );
            }
        }
    });
}

fn quote(text: &str) -> String {
    shortened(text, 160)
}

fn place(number: u32, earned: u32, available: u32) -> String {
    if available == 0 {
        format!("Decision {number}")
    } else {
        format!("Decision {number}: {earned} of {available} points")
    }
}

fn felt_ui(ui: &mut Ui, review: &Review) {
    match (review.felt.is_empty(), review.aftermath.is_empty()) {
        (true, true) => return,
        (false, false) => pair_ui(
            ui,
            |ui| voices_ui(ui, review),
            |ui| aftermath_ui(ui, review),
        ),
        (false, true) => voices_ui(ui, review),
        (true, false) => aftermath_ui(ui, review),
    }
    ui.add_space(GRID);
}

fn voices_ui(ui: &mut Ui, review: &Review) {
    card(ui, |ui| {
        heading(ui, "How it felt");
        for words in &review.felt {
            quoted(ui, &words.by, &words.text);
        }
    });
}

fn aftermath_ui(ui: &mut Ui, review: &Review) {
    card(ui, |ui| {
        heading(ui, "What came of it");
        body(ui, &review.aftermath);
    });
}

fn profile_ui(ui: &mut Ui, review: &Review) {
    if review.profile.is_empty() {
        return;
    }
    card(ui, |ui| {
        heading(ui, "How this person reacted");
        body(
            ui,
            &format!(
                "{}. This was drawn for this attempt; it may be another next time.",
                review.profile.trim_end_matches('.')
            ),
        );
        if !review.profile_signs.is_empty() {
            note(ui, "What could be seen:");
            for sign in &review.profile_signs {
                bullet(ui, sign);
            }
        }
        if !review.profile_helps.is_empty() {
            labelled(ui, "What tends to help", &review.profile_helps);
        }
        note(ui, "A way of reacting in a moment, not a diagnosis.");
    });
    ui.add_space(GRID);
}
