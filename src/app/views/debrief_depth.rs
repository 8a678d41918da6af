//! The debrief in depth: luck, counts, what was claimed beside the log, the notebook, and another
//! way that was tried from one of the decisions.

use egui::{Id, Ui};

use crate::proof::WhatIf;
use crate::scoring::{Claim, Review, counts};

use super::super::theme::GRID;
use super::Intent;
use super::layout::{column, columns, labelled, sentence, shortened};
use super::past::outcome_word;
use super::widgets::{body, bullet, card, heading, note, secondary_button};

/// What is known of an attempt beyond its review.
#[derive(Debug, Clone, Default)]
pub struct Depth {
    /// What would likely have followed; none where it was not worked out.
    pub what_if: Option<WhatIf>,
    /// It is being worked out, and comes while the page is read.
    pub is_working: bool,
    /// Reasons given, each beside the log.
    pub claims: Vec<Claim>,
    /// The notebook of this attempt.
    pub notes: Vec<String>,
    /// Another attempt that shares the first moves.
    pub beside: Option<Beside>,
    /// Whether the encounter can be gone on with from its decisions, in practice.
    pub can_go_again: bool,
}

/// Another way from a decision.
#[derive(Debug, Clone)]
pub struct Beside {
    /// Moves that both share.
    pub kept: u32,
    /// The other attempt, told.
    pub review: Review,
    /// Whether the other came first.
    pub is_origin: bool,
}

pub(super) fn luck_ui(ui: &mut Ui, depth: &Depth) {
    if let Some(luck) = depth.what_if.as_ref().and_then(|told| told.luck.as_ref()) {
        labelled(ui, "Luck", &luck.words());
    } else if depth.is_working {
        note(ui, "How much of it was luck is being worked out.");
        let soon = std::time::Duration::from_millis(100);
        ui.ctx().request_repaint_after(soon);
    }
}

pub(super) fn counts_ui(ui: &mut Ui, review: &Review) {
    let all = counts(review);
    card(ui, |ui| {
        heading(ui, "Counts that matter");
        if all.spoken == 0 {
            note(ui, "Nothing was said to the person.");
        } else {
            for (name, count) in [
                ("Questions", all.questions),
                ("Reflections", all.reflections),
                ("Commands", all.commands),
            ] {
                let share = all.share(count);
                bullet(
                    ui,
                    &format!(
                        "{name}: {count} of {} times you spoke ({share} %)",
                        all.spoken
                    ),
                );
            }
            bullet(
                ui,
                &format!(
                    "Longest you talked: {} words, about {} seconds, at decision {}",
                    all.longest_words,
                    all.longest_secs(),
                    all.longest_at
                ),
            );
        }
        bullet(ui, &format!("Pauses held on purpose: {}", all.pauses));
    });
    ui.add_space(GRID);
}

pub(super) fn claims_ui(ui: &mut Ui, depth: &Depth) {
    if depth.claims.is_empty() {
        return;
    }
    card(ui, |ui| {
        heading(ui, "Why you said you did it");
        for claim in &depth.claims {
            labelled(
                ui,
                &format!("Decision {}: {}", claim.number, claim.element.label()),
                &claim.text,
            );
            note(ui, &claim.log);
        }
    });
    ui.add_space(GRID);
}

pub(super) fn notebook_ui(ui: &mut Ui, depth: &Depth) -> Option<Intent> {
    let id = Id::new("debrief-note");
    let mut text: String = ui.data(|kept| kept.get_temp(id)).unwrap_or_default();
    let mut asked = None;
    card(ui, |ui| {
        heading(ui, "Your notebook");
        for kept in &depth.notes {
            body(ui, kept);
        }
        sentence(ui, "What will you take from this?", &mut text);
        ui.add_enabled_ui(!text.trim().is_empty(), |ui| {
            if secondary_button(ui, "Keep in the notebook").clicked() {
                asked = Some(Intent::WriteNote(text.clone()));
            }
        });
        note(ui, "What is kept stays as it is written; you can add more.");
    });
    ui.add_space(GRID);
    if asked.is_some() {
        text.clear();
    }
    ui.data_mut(|kept| kept.insert_temp(id, text));
    asked
}

/// Both ways from the decision at which they part, side by side.
pub(super) fn beside_ui(ui: &mut Ui, review: &Review, depth: &Depth) {
    let Some(other) = &depth.beside else { return };
    let (first, second) = if other.is_origin {
        (&other.review, review)
    } else {
        (review, &other.review)
    };
    card(ui, |ui| {
        heading(
            ui,
            &format!("Two ways from decision {}", other.kept.saturating_add(1)),
        );
        if let Some((left, right)) = columns(ui, 0.5) {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = 2.0 * GRID;
                column(ui, left, |ui| {
                    way_ui(ui, "The first time", first, other.kept);
                });
                column(ui, right, |ui| way_ui(ui, "Gone again", second, other.kept));
            });
        } else {
            way_ui(ui, "The first time", first, other.kept);
            ui.add_space(GRID);
            way_ui(ui, "Gone again", second, other.kept);
        }
    });
    ui.add_space(GRID);
}

fn way_ui(ui: &mut Ui, name: &str, review: &Review, kept: u32) {
    let end = match review.outcome {
        Some(outcome) => format!("{}: {}", outcome_word(outcome), review.ending_title),
        None => "Not ended".to_owned(),
    };
    labelled(ui, name, &end);
    for step in review.steps.iter().skip(kept as usize) {
        bullet(
            ui,
            &format!(
                "{}. {} (distress {} to {}, trust {} to {})",
                step.number,
                shortened(&step.text, 120),
                step.before.distress,
                step.after.distress,
                step.before.trust,
                step.after.trust
            ),
        );
    }
}
