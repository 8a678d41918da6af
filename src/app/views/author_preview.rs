//! Beside a preview: the state as it is, and why each option is open or hidden.

use egui::{Frame, Margin, RichText, ScrollArea, Ui};

use crate::encounter::{Encounter, Move, settable};

use super::super::theme::{self, GRID};
use super::widgets::{body, fold, heading, note, secondary_button};
use super::{AuthorIntent, Intent};

/// What the panel shows.
#[derive(Debug, Clone, Copy)]
pub struct PreviewView<'a> {
    /// The preview as it stands.
    pub encounter: &'a Encounter,
    /// Where and how it opened, in words.
    pub opened: &'a str,
}

/// What is open in the panel.
#[derive(Debug, Clone, Default)]
pub struct PreviewDraft {
    /// Facts and draws too, not only levels.
    pub is_whole: bool,
}

/// Values that are always shown: distress, trust, distance, profile.
const ALWAYS: usize = 4;

/// Draws the panel at the right of the preview.
pub fn preview_ui(ui: &mut Ui, view: &PreviewView<'_>, draft: &mut PreviewDraft) -> Option<Intent> {
    let look = theme::of(ui);
    let frame = Frame::new()
        .fill(look.surface)
        .stroke(look.border())
        .inner_margin(Margin::same(10));
    let mut asked = None;
    let width = (ui.available_width() * 0.26).clamp(200.0, 330.0);
    egui::Panel::right("author-preview")
        .resizable(false)
        .exact_size(width)
        .frame(frame)
        .show(ui, |ui| {
            ScrollArea::vertical()
                .id_salt("author-preview")
                .auto_shrink([false, false])
                .show(ui, |ui| asked = panel_ui(ui, view, draft));
        });
    asked
}

fn panel_ui(ui: &mut Ui, view: &PreviewView<'_>, draft: &mut PreviewDraft) -> Option<Intent> {
    let mut asked = None;
    let encounter = view.encounter;
    let scenario = encounter.scenario();
    heading(ui, "Preview, not kept");
    note(ui, view.opened);
    ui.horizontal_wrapped(|ui| {
        if secondary_button(ui, "Back to the map").clicked() {
            asked = Some(Intent::Author(AuthorIntent::LeavePreview));
        }
        if secondary_button(ui, "From there again").clicked() {
            asked = Some(Intent::Author(AuthorIntent::PreviewAgain));
        }
    });
    ui.add_space(GRID);
    heading(ui, "State");
    let state = encounter.state();
    let here = scenario.beats.get(state.beat as usize);
    body(ui, &format!("at {}", here.map_or("?", |beat| &beat.id)));
    let values = settable(scenario, state);
    for (name, value) in values.iter().take(ALWAYS) {
        body(ui, &format!("{name} = {value}"));
    }
    fold(ui, &mut draft.is_whole, "Everything else", |ui| {
        for (name, value) in values.iter().skip(ALWAYS) {
            note(ui, &format!("{name} = {value}"));
        }
    });
    let Some(decision) = encounter.decision() else {
        return asked;
    };
    heading(ui, "Why is an option open or hidden?");
    let look = theme::of(ui);
    for choice in decision.choices.positions() {
        let Some(written) = scenario.choices.get(choice as usize) else {
            continue;
        };
        let is_open = encounter.is_open(Move::Choice(choice));
        let (sign, colour) = if is_open {
            ("open", look.accent)
        } else {
            ("hidden", look.alarm)
        };
        let words = format!("{}: {sign}", written.id);
        ui.label(RichText::new(words).font(look.body()).color(colour));
        note(ui, &encounter.fill(&written.text));
        let clauses = encounter.why(choice);
        if clauses.is_empty() {
            note(ui, "It has no condition.");
        }
        for clause in clauses {
            let (holds, colour) = if clause.holds == Some(true) {
                ("true", look.muted)
            } else {
                ("FALSE", look.caution)
            };
            let now = if clause.now.is_empty() {
                String::new()
            } else {
                format!(" ({})", clause.now)
            };
            let words = format!(
                "{}{holds}: {}{now}",
                "    ".repeat(clause.depth),
                clause.words
            );
            ui.label(RichText::new(words).font(look.small()).color(colour));
        }
        ui.add_space(6.0);
    }
    asked
}
