//! Marking: an instructor reads a closed attempt decision by decision and says something of it.

use egui::Ui;

use crate::course::Level;
use crate::records::{Finding, Judgement, Stance};

use super::super::theme::GRID;
use super::Intent;
use super::layout::{field, named, sentence, shortened};
use super::past::local_time;
use super::school::{Marking, Said, SchoolWish};
use super::widgets::{
    body, bullet, card, choice_button, heading, note, primary_button, secondary_button,
};

/// What is typed while marking.
#[derive(Debug, Clone, Default)]
pub struct MarkDraft {
    /// Who marks.
    pub author: String,
    /// Words for what is said next.
    pub text: String,
    /// Decision that is being marked, from 1; none: the whole attempt.
    pub decision: Option<u32>,
}

/// A judgement in a sentence.
#[must_use]
pub fn judgement_words(judgement: &Judgement) -> String {
    let reason = |text: &str| {
        if text.is_empty() {
            String::new()
        } else {
            format!(": {text}")
        }
    };
    let what = match &judgement.finding {
        Finding::Comment {
            decision: Some(number),
            text,
        } => format!("On decision {number}: {text}"),
        Finding::Comment { text, .. } => format!("On the whole: {text}"),
        Finding::Mark {
            decision,
            objective,
            level,
            text,
        } => format!(
            "Decision {decision}, {objective}: {}{}",
            level.label(),
            reason(text)
        ),
        Finding::Gate {
            gate,
            decision,
            stance,
            text,
        } => format!(
            "Gate {gate} at decision {decision} {}{}",
            match stance {
                Stance::Confirmed => "confirmed",
                Stance::Disputed => "disputed",
            },
            reason(text)
        ),
        Finding::SignOff { text } => format!("Signed off{}", reason(text)),
    };
    format!(
        "{what} ({}, {})",
        judgement.author,
        local_time(&judgement.at)
    )
}

/// The attempt that is being marked.
pub(super) fn marking_ui(ui: &mut Ui, marking: &Marking, draft: &mut MarkDraft) -> Option<Intent> {
    let mut asked = None;
    heading(ui, &format!("Marking “{}”", marking.past.attempt.title));
    body(
        ui,
        &format!("{}. {}", marking.past.began, marking.past.standing()),
    );
    note(
        ui,
        "What you say lies beside the record and never changes it; the score stays as it was computed. It is kept here, for those who may enter this area.",
    );
    ui.horizontal_wrapped(|ui| {
        if secondary_button(ui, "Close the marking").clicked() {
            asked = Some(Intent::School(SchoolWish::Mark(None)));
        }
        if secondary_button(ui, "Open the debrief").clicked() {
            asked = Some(Intent::ShowDebrief(marking.past.attempt.id.to_string()));
        }
    });
    ui.add_space(GRID);
    card(ui, |ui| {
        field(ui, "Your name", "", &mut draft.author, false);
        sentence(ui, "Comment or reason", &mut draft.text);
        note(ui, "Your name is kept with everything you say here.");
        let can_say = !draft.author.trim().is_empty();
        let has_text = !draft.text.trim().is_empty();
        ui.horizontal_wrapped(|ui| {
            if ui
                .add_enabled_ui(can_say && has_text, |ui| {
                    secondary_button(ui, "Comment on the whole")
                })
                .inner
                .clicked()
            {
                asked = said(draft, Said::Comment(None, draft.text.clone()));
            }
            if ui
                .add_enabled_ui(can_say, |ui| primary_button(ui, "Sign off"))
                .inner
                .clicked()
            {
                asked = said(draft, Said::SignOff(draft.text.clone()));
            }
        });
    });
    for judgement in &marking.judgements {
        bullet(ui, &judgement_words(judgement));
    }
    ui.add_space(GRID);
    let sheet = &marking.review.sheet;
    for gate in &sheet.gates {
        card(ui, |ui| {
            heading(ui, &format!("Gate failed: {}", gate.title));
            body(ui, &format!("At decision {}. {}", gate.number, gate.why));
            let can_say = !draft.author.trim().is_empty() && !draft.text.trim().is_empty();
            ui.horizontal_wrapped(|ui| {
                for (stance, words) in [
                    (Stance::Confirmed, "Confirm"),
                    (Stance::Disputed, "Dispute"),
                ] {
                    let button = ui
                        .add_enabled_ui(can_say, |ui| secondary_button(ui, words))
                        .inner;
                    named(&button, &format!("{words} the gate {}", gate.title));
                    if button.clicked() {
                        let text = draft.text.clone();
                        let what = Said::Gate(gate.gate.clone(), gate.number, stance, text);
                        asked = said(draft, what);
                    }
                }
            });
            if !can_say {
                note(ui, "Type your name and the reason above first.");
            }
        });
    }
    heading(ui, &format!("Decisions ({})", sheet.decisions.len()));
    for decision in &sheet.decisions {
        let is_open = draft.decision == Some(decision.number);
        let step = marking
            .review
            .steps
            .iter()
            .find(|step| step.number == decision.number);
        let words = step.map_or(decision.made.as_str(), |step| step.text.as_str());
        let label = format!("{}. {}", decision.number, shortened(words, 110));
        if choice_button(ui, is_open, &label).clicked() {
            draft.decision = (!is_open).then_some(decision.number);
        }
        if is_open {
            asked = decision_ui(ui, decision, draft).or(asked);
        }
    }
    asked
}

fn decision_ui(
    ui: &mut Ui,
    decision: &crate::scoring::DecisionScore,
    draft: &mut MarkDraft,
) -> Option<Intent> {
    let mut asked = None;
    let can_say = !draft.author.trim().is_empty();
    card(ui, |ui| {
        for point in &decision.points {
            body(
                ui,
                &format!(
                    "{}: {} of {}. {}",
                    point.objective,
                    point.earned.label(),
                    point.available.label(),
                    point.reason
                ),
            );
            ui.horizontal_wrapped(|ui| {
                for level in [
                    Level::Unsafe,
                    Level::Developing,
                    Level::Competent,
                    Level::Proficient,
                ] {
                    let button = ui
                        .add_enabled_ui(can_say, |ui| secondary_button(ui, level.label()))
                        .inner;
                    named(
                        &button,
                        &format!("My mark for {}: {}", point.objective, level.label()),
                    );
                    if button.clicked() {
                        let (objective, text) = (point.objective.clone(), draft.text.clone());
                        let what = Said::Level(decision.number, objective, level, text);
                        asked = said(draft, what);
                    }
                }
            });
        }
        let has_text = can_say && !draft.text.trim().is_empty();
        if ui
            .add_enabled_ui(has_text, |ui| {
                secondary_button(ui, "Comment on this decision")
            })
            .inner
            .clicked()
        {
            asked = said(
                draft,
                Said::Comment(Some(decision.number), draft.text.clone()),
            );
        }
    });
    asked
}

fn said(draft: &mut MarkDraft, what: Said) -> Option<Intent> {
    draft.text.clear();
    Some(Intent::School(SchoolWish::Judge {
        author: draft.author.clone(),
        what,
    }))
}
