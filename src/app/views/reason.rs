//! Why: what the officer says of a decision that is on record, before its answer is shown. No time
//! runs meanwhile.

use egui::{Id, Key, RichText, Ui};

use crate::scoring::Element;

use super::super::theme::{self, GRID};
use super::layout::{entered, sentence};
use super::widgets::{body, card, choice_button, key_button, note, page, pressed, primary_button};
use super::{Intent, Page};

/// The keys of the elements, in their order.
const KEYS: [Key; 6] = [
    Key::Num1,
    Key::Num2,
    Key::Num3,
    Key::Num4,
    Key::Num5,
    Key::Num6,
];

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Why<'a> {
    /// What was decided, in words.
    pub decided: &'a str,
    /// Practice may go on without an answer.
    pub can_skip: bool,
}

/// What has been picked and typed.
#[derive(Debug, Clone, Default)]
struct Draft {
    element: usize,
    text: String,
}

/// The question, over the whole page.
pub(super) fn reason_ui(ui: &mut Ui, why: &Why<'_>) -> Option<Intent> {
    let look = theme::of(ui);
    let id = Id::new("reason-draft");
    let mut draft: Draft = ui.data(|kept| kept.get_temp(id)).unwrap_or_default();
    let mut asked = None;
    if pressed(ui, Key::F1) {
        asked = Some(Intent::Open(Page::Support));
    }
    page(ui, 620.0, |ui| {
        card(ui, |ui| {
            ui.label(RichText::new("Why?").font(look.title()).color(look.ink));
            body(ui, &format!("You decided: {}", why.decided));
            note(
                ui,
                "It is on record and stays. Its answer waits for you, and no time runs. Which element of the National Decision Model was it mainly?",
            );
            ui.horizontal_wrapped(|ui| {
                for ((number, element), key) in (1..).zip(Element::ALL).zip(KEYS) {
                    let words = format!("{number}  {}", element.label());
                    let is_pressed = pressed(ui, key);
                    if choice_button(ui, draft.element == number, &words).clicked() || is_pressed {
                        draft.element = number;
                    }
                }
            });
            ui.add_space(GRID);
            let line = sentence(ui, "In a line, why", &mut draft.text);
            let is_entered = entered(ui, &line);
            ui.add_space(GRID);
            let element = draft
                .element
                .checked_sub(1)
                .and_then(|at| Element::ALL.get(at).copied())
                .filter(|_| !draft.text.trim().is_empty());
            ui.horizontal_wrapped(|ui| {
                ui.add_enabled_ui(element.is_some(), |ui| {
                    let on = primary_button(ui, "Keep it and go on");
                    if let Some(element) = element.filter(|_| on.clicked() || is_entered) {
                        asked = Some(Intent::GiveReason(element, draft.text.clone()));
                    }
                });
                if why.can_skip {
                    let is_pressed = pressed(ui, Key::G);
                    if key_button(ui, "Go on without", "G").clicked() || is_pressed {
                        asked = Some(Intent::SkipReason);
                    }
                }
                if key_button(ui, "Support", "F1").clicked() {
                    asked = Some(Intent::Open(Page::Support));
                }
            });
            if element.is_none() {
                note(
                    ui,
                    "Pick an element by its number, go to the line with Tab, write, and press Enter.",
                );
            }
        });
    });
    let is_done = matches!(asked, Some(Intent::GiveReason(..) | Intent::SkipReason));
    ui.data_mut(|kept| {
        kept.insert_temp(id, if is_done { Draft::default() } else { draft });
    });
    asked
}
