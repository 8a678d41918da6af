//! A moment of the debrief, seen again: through the person's eyes, the officer's, or from above.

use egui::{Frame, Key, Margin, RichText, ScrollArea, Ui};

use crate::scoring::{Levels, Review, ReviewLine};

use super::super::theme::{self, GRID};
use super::Intent;
use super::encounter::strip;
use super::past::metres;
use super::plan::{PlanView, plan_ui};
use super::widgets::{self, note, pressed, secondary_button};

/// From where a scene is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Eye {
    /// From the person's eyes: the officer as they stood.
    #[default]
    Theirs,
    /// From the officer's own.
    Yours,
    /// From above, as a plan.
    Above,
}

impl Eye {
    const ALL: [Self; 3] = [Self::Theirs, Self::Yours, Self::Above];

    const fn words(self) -> (&'static str, Key) {
        match self {
            Self::Theirs => ("Their eyes", Key::Num1),
            Self::Yours => ("Your eyes", Key::Num2),
            Self::Above => ("From above", Key::Num3),
        }
    }
}

/// What is shown of a moment.
#[derive(Debug, Clone, Copy)]
pub struct MomentView<'a> {
    /// The attempt, told.
    pub review: &'a Review,
    /// Moves that had been made by then.
    pub made: u32,
    /// From where it is seen.
    pub eye: Eye,
    /// Name of the person, as the officer knew it then.
    pub subject: &'a str,
    /// Who stood where.
    pub plan: Option<&'a PlanView>,
    /// Message to show.
    pub notice: Option<&'a str>,
}

impl MomentView<'_> {
    fn levels(&self) -> Levels {
        match self
            .made
            .checked_sub(1)
            .and_then(|at| self.review.steps.get(at as usize))
        {
            Some(step) => step.after,
            None => self.review.opening,
        }
    }

    fn last_lines(&self) -> &[ReviewLine] {
        match self
            .made
            .checked_sub(1)
            .and_then(|at| self.review.steps.get(at as usize))
        {
            Some(step) => &step.lines,
            None => &self.review.opening_lines,
        }
    }

    /// Which moment it is, in words.
    #[must_use]
    pub fn title(&self) -> String {
        let count = self.review.steps.len();
        match self.review.steps.get(self.made as usize) {
            Some(step) => format!("{}, before decision {} of {count}", step.clock, step.number),
            None => "The last moment".to_owned(),
        }
    }

    /// What is to be seen, in words: for those who do not see the picture too.
    #[must_use]
    pub fn words(&self) -> String {
        let at = self.levels();
        let from = match self.eye {
            Eye::Theirs => format!("Seen by {}, who looks at you.", self.subject),
            Eye::Yours => format!("As you saw {}.", self.subject),
            Eye::Above => "Seen from above.".to_owned(),
        };
        format!(
            "{from} {} apart. Distress {} of 20, trust {} of 20.",
            metres(at.distance_half_metres),
            at.distress,
            at.trust
        )
    }
}

/// Draws the moment over the whole of `ui`; the picture lies behind.
pub fn moment_ui(ui: &mut Ui, view: &MomentView<'_>) -> Option<Intent> {
    let look = theme::of(ui);
    let mut asked = keys(ui, view);
    egui::Panel::top("moment-top")
        .resizable(false)
        .show_separator_line(false)
        .frame(strip(ui))
        .show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = GRID;
                if widgets::key_button(ui, "Back to the debrief", "Esc").clicked() {
                    asked = Some(Intent::SeeMoment(None));
                }
                ui.label(
                    RichText::new(view.title())
                        .font(look.heading())
                        .color(look.ink),
                );
                for eye in Eye::ALL {
                    let (name, key) = eye.words();
                    if choice_ui(ui, name, key.name(), eye == view.eye) {
                        asked = Some(Intent::LookFrom(eye));
                    }
                }
            });
            if let Some(text) = view.notice
                && widgets::notice(ui, text)
            {
                asked = Some(Intent::DismissNotice);
            }
        });
    asked = below_ui(ui, view).or(asked);
    if let Some(plan) = view.plan.filter(|_| view.eye == Eye::Above) {
        egui::CentralPanel::default()
            .frame(Frame::new())
            .show(ui, |ui| plan_ui(ui, plan));
    }
    asked
}

fn keys(ui: &Ui, view: &MomentView<'_>) -> Option<Intent> {
    if pressed(ui, Key::Escape) {
        return Some(Intent::SeeMoment(None));
    }
    if pressed(ui, Key::ArrowLeft) {
        return before(view);
    }
    if pressed(ui, Key::ArrowRight) {
        return after(view);
    }
    Eye::ALL
        .into_iter()
        .find(|eye| pressed(ui, eye.words().1))
        .map(Intent::LookFrom)
}

fn before(view: &MomentView<'_>) -> Option<Intent> {
    Some(Intent::SeeMoment(Some(view.made.checked_sub(1)?)))
}

fn after(view: &MomentView<'_>) -> Option<Intent> {
    ((view.made as usize) < view.review.steps.len())
        .then_some(Intent::SeeMoment(Some(view.made + 1)))
}

/// A button that shows whether it is the one that is chosen.
fn choice_ui(ui: &mut Ui, name: &str, key: &str, is_chosen: bool) -> bool {
    let look = theme::of(ui);
    let sign = RichText::new(key).font(look.mono()).color(look.accent);
    let words = RichText::new(name).font(look.body()).color(look.ink);
    let mut button = egui::Button::new((sign, words)).min_size(egui::vec2(0.0, theme::TOUCH));
    if is_chosen {
        button = button
            .fill(look.hover)
            .stroke(egui::Stroke::new(2.0, look.accent));
    }
    let response = ui.add(button);
    response.widget_info(|| {
        let label = format!("{name} ({key})");
        egui::WidgetInfo::selected(egui::WidgetType::Button, true, is_chosen, label)
    });
    widgets::focus_ring(ui, &response);
    response.clicked()
}

fn below_ui(ui: &mut Ui, view: &MomentView<'_>) -> Option<Intent> {
    let look = theme::of(ui);
    let mut asked = None;
    let most = (ui.available_height() * 0.45).max(110.0);
    egui::Panel::bottom("moment-bottom")
        .resizable(false)
        .show_separator_line(false)
        .frame(strip(ui).inner_margin(Margin::symmetric(16, 10)))
        .show(ui, |ui| {
            let foot = theme::TOUCH + GRID;
            ScrollArea::vertical()
                .id_salt("moment-words")
                .max_height((most - foot).max(40.0))
                .auto_shrink([false, true])
                .show(ui, |ui| {
                    widgets::scroll_by_keys(ui);
                    ui.spacing_mut().item_spacing.y = GRID / 2.0;
                    let seen = note_label(ui, &view.words());
                    ui.ctx().accesskit_node_builder(seen, |node| {
                        node.set_live(egui::accesskit::Live::Polite);
                    });
                    for line in view.last_lines() {
                        let who = match &line.speaker {
                            Some(name) if line.is_speech => format!("{name}: {}", line.text),
                            _ => line.text.clone(),
                        };
                        widgets::body(ui, &who);
                    }
                    if let Some(step) = view.review.steps.get(view.made as usize) {
                        let then = if step.is_silence { "Then" } else { "Then you" };
                        ui.label(
                            RichText::new(format!("{then}: {}", step.text))
                                .font(look.body())
                                .color(look.accent),
                        );
                    }
                });
            ui.add_space(GRID);
            ui.horizontal(|ui| {
                for (words, key, to) in [
                    ("Earlier", "Left", before(view)),
                    ("Later", "Right", after(view)),
                ] {
                    ui.add_enabled_ui(to.is_some(), |ui| {
                        if widgets::key_button(ui, words, key).clicked() {
                            asked = to;
                        }
                    });
                }
            });
        });
    asked
}

/// A note whose id is needed.
fn note_label(ui: &mut Ui, text: &str) -> egui::Id {
    let look = theme::of(ui);
    let words = RichText::new(text).font(look.small()).color(look.muted);
    ui.add(egui::Label::new(words).wrap()).id
}

/// The button that opens a moment, with what it does.
pub(super) fn see_button(ui: &mut Ui, made: u32) -> Option<Intent> {
    let response = secondary_button(ui, "See it as they did").on_hover_text(
        "The scene as it stood before this decision, from their eyes, yours, or above",
    );
    response.clicked().then_some(Intent::SeeMoment(Some(made)))
}

/// The way to any moment, below the timeline.
pub(super) fn any_moment_ui(ui: &mut Ui, review: &Review) -> Option<Intent> {
    let mut asked = None;
    ui.horizontal_wrapped(|ui| {
        note(ui, "See a moment as it stood, before decision");
        for step in &review.steps {
            let number = step.number.to_string();
            let response = secondary_button(ui, &number);
            response.widget_info(|| {
                egui::WidgetInfo::labeled(
                    egui::WidgetType::Button,
                    true,
                    format!("See the moment before decision {number} as they did"),
                )
            });
            if response.clicked() {
                asked = Some(Intent::SeeMoment(Some(step.number.saturating_sub(1))));
            }
        }
    });
    asked
}
