//! The encounter: captions, options, moves, and what the officer knows, around the picture.
//!
//! The picture lies behind and the middle is left clear for it. In assessment nothing is shown
//! that the officer could not see, hear or have written down.

use egui::{
    Align, CornerRadius, Frame, Key, Layout, Margin, Rect, RichText, ScrollArea, TextureId, Ui,
    Vec2, pos2,
};

use super::super::theme::{self, GRID};
use super::captions::{self, CaptionLine};
use super::encounter_top::top_ui;
use super::notebook::{LegalStatus, NotebookPage, Notes, notebook_ui};
use super::options::{self, NUMBERS, OptionRow};
use super::paused::paused_ui;
use super::practice::practice_ui;
pub use super::practice::{MeterRow, Practice};
use super::ring::{DecisionWindow, ring_with_words_ui};
use super::widgets::{self, pressed, primary_button, secondary_button};
use super::{Intent, Page};
use crate::encounter::Move;

/// Below this width or height the page is laid out for large text or a small window.
const ROOMY: Vec2 = Vec2::new(900.0, 520.0);

/// Below the list of options, in points.
const LIST_PAD: f32 = 4.0;

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
pub fn encounter_ui(
    ui: &mut Ui,
    view: &EncounterView<'_>,
    draft: &mut EncounterDraft,
) -> Option<Intent> {
    if view.is_paused {
        return paused_ui(ui, view.practice.is_some());
    }
    let room = ui.max_rect().size();
    let is_roomy = room.x >= ROOMY.x && room.y >= ROOMY.y;
    if is_roomy && draft.side == Some(NotebookPage::Meters) {
        draft.side = None;
    }
    let mut asked = keys(ui, view, draft, is_roomy);
    if let Some((texture, size)) = view.scene {
        scene_ui(ui, texture, size);
    }
    asked = top_ui(ui, view, draft, is_roomy).or(asked);
    match draft.side {
        Some(page) if !is_roomy => return small_side_ui(ui, view, page, draft).or(asked),
        _ => asked = bottom_ui(ui, view, is_roomy).or(asked),
    }
    if let Some(page) = draft.side {
        side_ui(ui, view, page, draft);
    }
    if let Some(practice) = &view.practice
        && is_roomy
    {
        asked = practice_panel_ui(ui, practice).or(asked);
    }
    asked
}

/// What the keys ask for.
fn keys(
    ui: &Ui,
    view: &EncounterView<'_>,
    draft: &mut EncounterDraft,
    is_roomy: bool,
) -> Option<Intent> {
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
    let meters = (view.practice.is_some() && !is_roomy).then_some(NotebookPage::Meters);
    for page in NotebookPage::ALL.into_iter().chain(meters) {
        if pressed(ui, page.key()) {
            draft.side = if draft.side == Some(page) {
                None
            } else {
                Some(page)
            };
        }
    }
    if view.is_speaking {
        return pressed(ui, Key::Space).then_some(Intent::SkipCaption);
    }
    // What cannot be seen is not chosen: a page of the notebook may lie over the options.
    if view.ended.is_some() || (draft.side.is_some() && !is_roomy) {
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
        if let Some(sign) = options::standing(*made)
            && pressed(ui, sign.key)
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
    ui.painter()
        .image(texture, rect, part, egui::Color32::WHITE);
}

/// The frame of everything that lies on the picture.
pub(super) fn strip(ui: &Ui) -> Frame {
    let look = theme::of(ui);
    Frame::new()
        .fill(look.veil)
        .stroke(look.border())
        .inner_margin(Margin::symmetric(12, 8))
}

/// Metres from half-metres, such as `6.5 m`.
#[must_use]
pub fn metres(half_metres: u8) -> String {
    let half = if half_metres.is_multiple_of(2) {
        ""
    } else {
        ".5"
    };
    format!("{}{half} m", half_metres / 2)
}

fn bottom_ui(ui: &mut Ui, view: &EncounterView<'_>, is_roomy: bool) -> Option<Intent> {
    let margin = Margin::symmetric(16, 12);
    let frame = strip(ui).inner_margin(margin);
    let width = ui.available_width() - f32::from(margin.left) * 2.0 - 2.0;
    let lines = match ui.max_rect().height() {
        tall if tall >= 440.0 && is_roomy => 3,
        _ => 1,
    };
    let said = captions::lay_out(ui, view.captions, lines, width.min(920.0));
    let can_choose = !view.is_speaking;
    let ended = view.ended.filter(|_| can_choose);
    let mut laid = options::lay_out(ui, view.options, width, can_choose);
    let most = (ui.available_height() * if is_roomy { 0.72 } else { 0.92 }).max(160.0);
    let padding = f32::from(margin.top) * 2.0 + 2.0;
    // Room is kept for the lines to come, so that the picture does not jump as they are said.
    // Long captions scroll, and leave at least a row of options in sight.
    let look = theme::of(ui);
    let kept =
        (look.line_height(&look.speech()) + GRID / 2.0) * widgets::number(lines) - GRID / 2.0;
    let said_height = said.height.max(kept).min(most * 0.4);
    let foot = theme::TOUCH + 4.0;
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
            ScrollArea::vertical()
                .id_salt("captions")
                .max_height(said_height)
                .min_scrolled_height(said_height)
                .stick_to_bottom(true)
                .show(ui, |ui| {
                    ui.set_min_height(said_height);
                    captions::captions_ui(ui, said);
                });
            ui.add_space(GRID);
            if let Some(ended) = &ended {
                ScrollArea::vertical()
                    .id_salt("ended")
                    .max_height(middle_height)
                    .show(ui, |ui| {
                        ended_ui(ui, ended);
                    });
                ui.add_space(GRID);
                let button = primary_button(ui, "Go to the debrief");
                widgets::first_focus(ui, &button);
                if button.clicked() {
                    asked = Some(Intent::ShowDebrief(ended.attempt.to_owned()));
                }
                return;
            }
            if !view.options.is_empty() {
                ScrollArea::vertical()
                    .id_salt("options")
                    .max_height(middle_height)
                    .show(ui, |ui| {
                        if let Some(made) = options::options_ui(ui, laid, view.options, can_choose)
                        {
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
fn foot_ui(
    ui: &mut Ui,
    view: &EncounterView<'_>,
    can_choose: bool,
    is_roomy: bool,
) -> Option<Intent> {
    let look = theme::of(ui);
    let mut asked = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = if is_roomy { GRID } else { 4.0 };
        ui.spacing_mut().button_padding.x = if is_roomy { 12.0 } else { 6.0 };
        if let Some(made) = options::standing_ui(ui, view.standing, can_choose, is_roomy) {
            asked = Some(Intent::Make(made));
        }
        let has_nothing = view.options.is_empty() && view.standing.is_empty();
        if can_choose && has_nothing && primary_button(ui, "Wait").clicked() {
            asked = Some(Intent::Make(Move::Silence));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if view.is_speaking {
                let words = if is_roomy {
                    "Next line (Space)"
                } else {
                    "Next (Space)"
                };
                if secondary_button(ui, words).clicked() {
                    asked = Some(Intent::SkipCaption);
                }
            } else if let Some(window) = &view.window {
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    ring_with_words_ui(ui, window)
                });
            } else if is_roomy && !view.options.is_empty() {
                let words = RichText::new("No time limit")
                    .font(look.small())
                    .color(look.muted);
                ui.label(words);
            }
        });
    });
    asked
}

fn ended_height(ui: &Ui, ended: &Ended<'_>, width: f32) -> f32 {
    let look = theme::of(ui);
    let room = width.min(theme::READING);
    let title = ui
        .painter()
        .layout(ended.title.to_owned(), look.title(), look.ink, width);
    let text = ui
        .painter()
        .layout_job(look.column(ended.text, look.body(), look.ink, room));
    title.size().y + text.size().y + 2.0 * GRID
}

fn ended_ui(ui: &mut Ui, ended: &Ended<'_>) {
    let look = theme::of(ui);
    ui.spacing_mut().item_spacing.y = GRID;
    ui.label(
        RichText::new(ended.title)
            .font(look.title())
            .color(look.ink),
    );
    widgets::body(ui, ended.text);
}

fn side_ui(ui: &mut Ui, view: &EncounterView<'_>, page: NotebookPage, draft: &mut EncounterDraft) {
    let width = (ui.max_rect().width() * 0.5).min(340.0);
    egui::Panel::right("encounter-side")
        .resizable(false)
        .show_separator_line(false)
        .exact_size(width)
        .frame(strip(ui).corner_radius(CornerRadius::ZERO))
        .show(ui, |ui| {
            page_ui(ui, view, page, draft, false);
        });
}

/// A page of the notebook instead of captions and options, where there is no room beside them.
fn small_side_ui(
    ui: &mut Ui,
    view: &EncounterView<'_>,
    page: NotebookPage,
    draft: &mut EncounterDraft,
) -> Option<Intent> {
    let mut asked = None;
    egui::CentralPanel::default()
        .frame(strip(ui))
        .show(ui, |ui| {
            page_ui(ui, view, page, draft, true);
            if let Some(practice) = &view.practice
                && page == NotebookPage::Meters
            {
                asked = practice_ui(ui, practice);
            }
        });
    asked
}

/// A page of the notebook with its way out; time goes on and is shown while it covers the options.
fn page_ui(
    ui: &mut Ui,
    view: &EncounterView<'_>,
    page: NotebookPage,
    draft: &mut EncounterDraft,
    covers_options: bool,
) {
    ui.horizontal(|ui| {
        if widgets::key_button(ui, "Close", page.key().name()).clicked() {
            draft.side = None;
        }
        if let Some(window) = view.window.as_ref().filter(|_| covers_options) {
            ring_with_words_ui(ui, window);
        }
    });
    let notes = Notes {
        facts: view.notebook,
        legal: view.legal,
        lines: view.captions,
    };
    notebook_ui(ui, page, &notes);
}

fn practice_panel_ui(ui: &mut Ui, practice: &Practice<'_>) -> Option<Intent> {
    let mut asked = None;
    egui::Panel::left("encounter-practice")
        .resizable(false)
        .show_separator_line(false)
        .exact_size(240.0)
        .frame(strip(ui))
        .show(ui, |ui| asked = practice_ui(ui, practice));
    asked
}
