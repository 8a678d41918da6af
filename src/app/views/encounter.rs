//! The encounter: captions, options, moves, and what the officer knows, around the picture.
//!
//! The picture lies behind and the middle is left clear for it. In assessment nothing is shown
//! that the officer could not see, hear or have written down.

use egui::{Align, CornerRadius, Frame, Key, Layout, Margin, Rect, RichText, ScrollArea, TextureId, Ui, Vec2, pos2};

use super::super::theme::{self, GRID, Tone};
use super::captions::{self, CaptionLine};
use super::notebook::{LegalStatus, NotebookPage, Notes, notebook_ui};
use super::options::{self, NUMBERS, OptionRow};
use super::paused::paused_ui;
use super::ring::{DecisionWindow, ring_with_words_ui};
use super::widgets::{self, Bar, bar, chip, pressed, primary_button, secondary_button};
use super::{Intent, Page};
use crate::encounter::Move;

/// Below this width or height the page is laid out for large text or a small window.
const ROOMY: Vec2 = Vec2::new(900.0, 520.0);

/// Below the list of options, in points.
const LIST_PAD: f32 = 4.0;

/// A value that practice shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeterRow {
    /// Its name.
    pub label: String,
    /// The value.
    pub value: u8,
    /// Lowest value.
    pub min: u8,
    /// Highest value.
    pub max: u8,
    /// Its colour.
    pub tone: Tone,
}

impl MeterRow {
    /// The part of the scale that is filled, 0 to 1.
    #[must_use]
    pub fn part(&self) -> f32 {
        let span = self.max.saturating_sub(self.min);
        if span == 0 { 0.0 } else { f32::from(self.value.saturating_sub(self.min)) / f32::from(span) }
    }

    /// The value in words.
    #[must_use]
    pub fn words(&self) -> String {
        let degree = match self.part() {
            part if part < 0.2 => "very low",
            part if part < 0.4 => "low",
            part if part <= 0.6 => "middling",
            part if part <= 0.8 => "high",
            _ => "very high",
        };
        format!("{} of {}, {degree}", self.value, self.max)
    }
}

/// What practice shows and assessment does not.
#[derive(Debug, Clone, Copy, Default)]
pub struct Practice<'a> {
    /// Distress, trust and the author's own meters.
    pub meters: &'a [MeterRow],
    /// What the author hints at; empty for nothing.
    pub hint: &'a str,
    /// There is a decision to go back to.
    pub can_go_back: bool,
}

/// How the encounter ended.
#[derive(Debug, Clone, Copy)]
pub struct Ended<'a> {
    /// Title of the ending.
    pub title: &'a str,
    /// What happens.
    pub text: &'a str,
    /// Id of the attempt, for the debrief.
    pub attempt: &'a str,
}

/// What the encounter shows.
#[derive(Debug, Clone, Copy, Default)]
pub struct EncounterView<'a> {
    /// Picture to draw over the whole window first, with its size in pixels; none where the
    /// picture is behind already.
    pub scene: Option<(TextureId, Vec2)>,
    /// Everything said and seen so far, oldest first.
    pub captions: &'a [CaptionLine],
    /// Lines are still being said: options can be read but not chosen, Space shows the next line.
    pub is_speaking: bool,
    /// The options, in the order of their numbers; nine have keys.
    pub options: &'a [OptionRow],
    /// The standing moves that are open.
    pub standing: &'a [Move],
    /// Time left to answer; none while lines are being said or where there is no limit.
    pub window: Option<DecisionWindow>,
    /// The scenario's clock, `HH:MM`.
    pub clock: &'a str,
    /// From the officer to the person, in half-metres.
    pub distance_half_metres: u8,
    /// Facts learned, oldest first.
    pub notebook: &'a [String],
    /// Whether the person is free to leave.
    pub legal: LegalStatus<'a>,
    /// What practice shows; none in assessment.
    pub practice: Option<Practice<'a>>,
    /// Everything is covered and stands still.
    pub is_paused: bool,
    /// The stage shows the plan.
    pub is_plan: bool,
    /// Message to show.
    pub notice: Option<&'a str>,
    /// How it ended, once it has.
    pub ended: Option<Ended<'a>>,
}

/// What is open on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct EncounterDraft {
    /// Page of the notebook that is open at the side.
    pub side: Option<NotebookPage>,
}

/// Draws the encounter over the whole of `ui`.
pub fn encounter_ui(ui: &mut Ui, view: &EncounterView<'_>, draft: &mut EncounterDraft) -> Option<Intent> {
    if view.is_paused {
        return paused_ui(ui, view.practice.is_some());
    }
    let mut asked = keys(ui, view, draft);
    if let Some((texture, size)) = view.scene {
        scene_ui(ui, texture, size);
    }
    let room = ui.max_rect().size();
    let is_roomy = room.x >= ROOMY.x && room.y >= ROOMY.y;
    asked = top_ui(ui, view, draft, is_roomy).or(asked);
    asked = bottom_ui(ui, view, is_roomy).or(asked);
    if let Some(page) = draft.side {
        side_ui(ui, view, page, draft);
    }
    if let Some(practice) = &view.practice {
        asked = practice_ui(ui, practice).or(asked);
    }
    asked
}

/// What the keys ask for.
fn keys(ui: &Ui, view: &EncounterView<'_>, draft: &mut EncounterDraft) -> Option<Intent> {
    if pressed(ui, Key::P) || pressed(ui, Key::Escape) {
        return Some(Intent::SetPaused(true));
    }
    if pressed(ui, Key::F1) {
        return Some(Intent::Open(Page::Support));
    }
    if pressed(ui, Key::F2) {
        return Some(Intent::Open(Page::Settings));
    }
    if pressed(ui, Key::M) {
        return Some(Intent::ShowPlan(!view.is_plan));
    }
    for page in NotebookPage::ALL {
        if pressed(ui, page.key()) {
            draft.side = if draft.side == Some(page) { None } else { Some(page) };
        }
    }
    if view.is_speaking {
        return pressed(ui, Key::Space).then_some(Intent::SkipCaption);
    }
    if view.ended.is_some() {
        return None;
    }
    if view.practice.is_some_and(|practice| practice.can_go_back) && pressed(ui, Key::Backspace) {
        return Some(Intent::GoBack);
    }
    for (key, option) in NUMBERS.into_iter().zip(view.options) {
        if pressed(ui, key) {
            return Some(Intent::Make(option.made));
        }
    }
    for made in view.standing {
        if let Some((key, ..)) = options::standing(*made)
            && pressed(ui, key)
        {
            return Some(Intent::Make(*made));
        }
    }
    None
}

/// The picture over the whole window, cropped to fill it.
fn scene_ui(ui: &Ui, texture: TextureId, size: Vec2) {
    let rect = ui.max_rect();
    if size.x <= 0.0 || size.y <= 0.0 || rect.height() <= 0.0 {
        return;
    }
    let (picture, window) = (size.x / size.y, rect.width() / rect.height());
    let shown = if picture > window {
        Vec2::new(window / picture, 1.0)
    } else {
        Vec2::new(1.0, picture / window)
    };
    let part = Rect::from_center_size(pos2(0.5, 0.5), shown);
    ui.painter().image(texture, rect, part, egui::Color32::WHITE);
}

fn strip(ui: &Ui) -> Frame {
    let look = theme::of(ui);
    Frame::new().fill(look.veil).stroke(look.border()).inner_margin(Margin::symmetric(12, 8))
}

/// Metres from half-metres, such as `6.5 m`.
#[must_use]
pub fn metres(half_metres: u8) -> String {
    let half = if half_metres.is_multiple_of(2) { "" } else { ".5" };
    format!("{}{half} m", half_metres / 2)
}

fn top_ui(
    ui: &mut Ui,
    view: &EncounterView<'_>,
    draft: &mut EncounterDraft,
    is_roomy: bool,
) -> Option<Intent> {
    let look = theme::of(ui);
    let mut asked = None;
    egui::Panel::top("encounter-top").resizable(false).show_separator_line(false).frame(strip(ui)).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().button_padding.x = if is_roomy { 12.0 } else { 8.0 };
            let clock = ui.label(RichText::new(view.clock).font(look.mono()).color(look.ink));
            clock.on_hover_text("The time in the scenario");
            let away = format!("{} away", metres(view.distance_half_metres));
            ui.label(RichText::new(away).font(look.body()).color(look.ink));
            chip(ui, &view.legal.words(), view.legal.tone());
            let mode = if view.practice.is_some() { "Practice" } else { "Assessment" };
            chip(ui, mode, Tone::Plain);
            for page in NotebookPage::ALL {
                let is_open = draft.side == Some(page);
                let label = page.label();
                let count = if page == NotebookPage::Facts { view.notebook.len() } else { 0 };
                if top_button(ui, is_roomy, is_open, label, page.key().name(), count) {
                    draft.side = if is_open { None } else { Some(page) };
                }
            }
            if top_button(ui, is_roomy, view.is_plan, "Plan", "M", 0) {
                asked = Some(Intent::ShowPlan(!view.is_plan));
            }
            if top_button(ui, is_roomy, false, "Pause", "P", 0) {
                asked = Some(Intent::SetPaused(true));
            }
            if top_button(ui, is_roomy, false, "Support", "F1", 0) {
                asked = Some(Intent::Open(Page::Support));
            }
        });
        if let Some(text) = view.notice
            && widgets::notice(ui, text)
        {
            asked = Some(Intent::DismissNotice);
        }
    });
    asked
}

/// A button of the top bar: with its words where there is room, else with its key.
fn top_button(ui: &mut Ui, is_roomy: bool, is_chosen: bool, label: &str, key: &str, count: usize) -> bool {
    let counted = if count == 0 { String::new() } else { format!(" ({count})") };
    let look = theme::of(ui);
    let sign = RichText::new(key).font(look.mono()).color(look.accent);
    let shown = if is_roomy { format!("{label}{counted}") } else { counted.clone() };
    let words = RichText::new(shown).font(look.body()).color(look.ink);
    let mut button = egui::Button::new((sign, words)).min_size(egui::vec2(0.0, theme::TOUCH));
    if is_chosen {
        button = button.fill(look.hover).stroke(egui::Stroke::new(2.0, look.accent));
    }
    let response = ui.add(button);
    response.widget_info(|| {
        let name = format!("{label}{counted} ({key})");
        egui::WidgetInfo::selected(egui::WidgetType::Button, true, is_chosen, name)
    });
    widgets::focus_ring(ui, &response);
    response.on_hover_text(format!("{label}: {key}")).clicked()
}

fn bottom_ui(ui: &mut Ui, view: &EncounterView<'_>, is_roomy: bool) -> Option<Intent> {
    let margin = Margin::symmetric(16, 12);
    let frame = strip(ui).inner_margin(margin);
    let width = ui.available_width() - f32::from(margin.left) * 2.0 - 2.0;
    let said = captions::lay_out(ui, view.captions, if is_roomy { 3 } else { 1 }, width.min(920.0));
    let can_choose = !view.is_speaking;
    let ended = view.ended.filter(|_| can_choose);
    let mut laid = options::lay_out(ui, view.options, width, can_choose);
    let most = (ui.available_height() * if is_roomy { 0.72 } else { 0.92 }).max(160.0);
    let padding = f32::from(margin.top) * 2.0 + 2.0;
    // Long captions scroll too, and leave at least a row of options in sight.
    let said_height = said.height.min(most * 0.4);
    let foot = if ended.is_some() { 0.0 } else { theme::TOUCH + 4.0 };
    let gaps = GRID * 2.0;
    let room = (most - padding - said_height - foot - gaps).max(theme::TOUCH);
    if laid.height + LIST_PAD > room {
        // The bar of a scrolled list takes its own room from the rows.
        laid = options::lay_out(ui, view.options, width - 16.0, can_choose);
    }
    let middle = match ended {
        Some(ended) => ended_height(ui, &ended, width),
        None if view.options.is_empty() => 0.0,
        None => laid.height + LIST_PAD,
    };
    let middle_height = middle.min(room);
    let height = (padding + said_height + gaps + middle_height + foot).ceil();
    let mut asked = None;
    egui::Panel::bottom("encounter-bottom")
        .resizable(false)
        .show_separator_line(false)
        .exact_size(height)
        .frame(frame)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ScrollArea::vertical().id_salt("captions").max_height(said_height).stick_to_bottom(true).show(ui, |ui| {
                captions::captions_ui(ui, said);
            });
            ui.add_space(GRID);
            if let Some(ended) = &ended {
                ScrollArea::vertical().id_salt("ended").max_height(middle_height).show(ui, |ui| {
                    asked = ended_ui(ui, ended);
                });
                return;
            }
            if !view.options.is_empty() {
                ScrollArea::vertical().id_salt("options").max_height(middle_height).show(ui, |ui| {
                    if let Some(made) = options::options_ui(ui, laid, view.options, can_choose) {
                        asked = Some(Intent::Make(made));
                    }
                });
            }
            ui.add_space(GRID);
            asked = foot_ui(ui, view, can_choose, is_roomy).or(asked.take());
        });
    asked
}

/// The row below the options: standing moves, and what the officer is waiting for.
fn foot_ui(ui: &mut Ui, view: &EncounterView<'_>, can_choose: bool, is_roomy: bool) -> Option<Intent> {
    let look = theme::of(ui);
    let mut asked = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = if is_roomy { GRID } else { 4.0 };
        ui.spacing_mut().button_padding.x = if is_roomy { 12.0 } else { 6.0 };
        if let Some(made) = options::standing_ui(ui, view.standing, can_choose) {
            asked = Some(Intent::Make(made));
        }
        let has_nothing = view.options.is_empty() && view.standing.is_empty();
        if can_choose && has_nothing && primary_button(ui, "Wait").clicked() {
            asked = Some(Intent::Make(Move::Silence));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if view.is_speaking {
                let words = if is_roomy { "Next line (Space)" } else { "Next (Space)" };
                if secondary_button(ui, words).clicked() {
                    asked = Some(Intent::SkipCaption);
                }
            } else if let Some(window) = &view.window {
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| ring_with_words_ui(ui, window));
            } else if is_roomy && !view.options.is_empty() {
                let words = RichText::new("No time limit").font(look.small()).color(look.muted);
                ui.label(words);
            }
        });
    });
    asked
}

fn ended_height(ui: &Ui, ended: &Ended<'_>, width: f32) -> f32 {
    let look = theme::of(ui);
    let room = width.min(theme::READING);
    let title = ui.painter().layout(ended.title.to_owned(), look.title(), look.ink, width);
    let text = ui.painter().layout_job(look.column(ended.text, look.body(), look.ink, room));
    title.size().y + text.size().y + theme::TOUCH + 4.0 * GRID
}

fn ended_ui(ui: &mut Ui, ended: &Ended<'_>) -> Option<Intent> {
    let look = theme::of(ui);
    ui.spacing_mut().item_spacing.y = GRID;
    ui.label(RichText::new(ended.title).font(look.title()).color(look.ink));
    widgets::body(ui, ended.text);
    let button = primary_button(ui, "Go to the debrief");
    widgets::first_focus(ui, &button);
    button.clicked().then(|| Intent::ShowDebrief(ended.attempt.to_owned()))
}

fn side_ui(ui: &mut Ui, view: &EncounterView<'_>, page: NotebookPage, draft: &mut EncounterDraft) {
    let width = (ui.max_rect().width() * 0.5).min(340.0);
    egui::Panel::right("encounter-side")
        .resizable(false)
        .show_separator_line(false)
        .exact_size(width)
        .frame(strip(ui).corner_radius(CornerRadius::ZERO))
        .show(ui, |ui| {
            if widgets::key_button(ui, "Close", page.key().name()).clicked() {
                draft.side = None;
            }
            let notes = Notes { facts: view.notebook, legal: view.legal, lines: view.captions };
            notebook_ui(ui, page, &notes);
        });
}

fn practice_ui(ui: &mut Ui, practice: &Practice<'_>) -> Option<Intent> {
    let look = theme::of(ui);
    let width = (ui.max_rect().width() * 0.3).clamp(170.0, 240.0);
    let mut asked = None;
    egui::Panel::left("encounter-practice")
        .resizable(false)
        .show_separator_line(false)
        .exact_size(width)
        .frame(strip(ui))
        .show(ui, |ui| {
            ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
                for meter in practice.meters {
                    let words = meter.words();
                    bar(
                        ui,
                        &Bar { label: &meter.label, words: &words, part: meter.part(), tone: meter.tone },
                    );
                    ui.add_space(GRID / 2.0);
                }
                if !practice.hint.is_empty() {
                    ui.label(RichText::new("Hint").font(look.small()).color(look.accent));
                    widgets::note(ui, practice.hint);
                }
                ui.add_space(GRID / 2.0);
                let back = ui.add_enabled_ui(practice.can_go_back, |ui| {
                    secondary_button(ui, "Back one decision").on_hover_text("Backspace")
                });
                if back.inner.clicked() {
                    asked = Some(Intent::GoBack);
                }
            });
        });
    asked
}
