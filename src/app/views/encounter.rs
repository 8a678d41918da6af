//! The encounter: captions, options, moves, and what the officer knows, around the picture.
//!
//! The picture has a side of the window to itself, so that the person is seen from head to waist and
//! not through a slot; captions and options stand beside it. In assessment nothing is shown that
//! the officer could not see, hear or have written down.

use egui::{CornerRadius, Frame, Key, Margin, Rect, TextureId, Ui, Vec2, pos2};

use super::super::theme;
use super::captions::CaptionLine;
use super::encounter_top::top_ui;
use super::encounter_turn::{beside_ui, foot_alone_ui};
use super::notebook::{LegalStatus, NotebookPage, Notes, notebook_ui};
use super::options::{self, NUMBERS, OptionRow};
use super::paused::paused_ui;
use super::plan::{PlanView, plan_ui};
use super::practice::{self, practice_row_ui, practice_ui};
pub use super::practice::{MeterRow, Practice};
use super::reason::{Why, reason_ui};
use super::ring::{DecisionWindow, ring_with_words_ui};
use super::room_vote::{RoomIntent, RoomVote, room_keys, told_ui, voting_ui};
use super::widgets::{self, pressed};
use super::{Intent, Page};
use crate::encounter::Move;

/// Below this width or height the page is laid out for large text or a small window.
const ROOMY: Vec2 = Vec2::new(900.0, 520.0);

/// Share that captions and options take of the width of a window that is not roomy, and the least
/// Share of the width that captions and options take, and the least of both, in points.
const BESIDE: (f32, f32) = (0.40, 430.0);
/// The same in a window that is not roomy.
const BESIDE_SMALL: (f32, f32) = (0.62, 300.0);
/// The most that captions and options take, in points: longer lines are harder to read.
const BESIDE_MOST: f32 = 680.0;
/// The most of the picture's height that what practice shows may take.
const PRACTICE: f32 = 0.4;

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
    /// The plan is shown in place of the picture.
    pub is_plan: bool,
    /// Who stands where; none where nothing is known of it.
    pub plan: Option<&'a PlanView>,
    /// The officer is asked why; nothing else goes on.
    pub why: Option<Why<'a>>,
    /// A room plays as one and votes on each move.
    pub room: Option<RoomVote<'a>>,
    /// Message to show.
    pub notice: Option<&'a str>,
    /// How it ended, once it has.
    pub ended: Option<Ended<'a>>,
}

/// What is open on the page.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct EncounterDraft {
    /// Page of the notebook that is open at the side.
    pub side: Option<NotebookPage>,
    /// What the page leaves to the picture, once it has been drawn.
    pub picture: Option<Rect>,
}

/// Whether a window of this size has room for everything at its usual size.
fn is_roomy(room: Vec2) -> bool {
    room.x >= ROOMY.x && room.y >= ROOMY.y
}

/// The width that captions and options take beside the picture.
pub(super) fn beside(room: Vec2) -> f32 {
    let (share, least) = if is_roomy(room) { BESIDE } else { BESIDE_SMALL };
    (room.x * share)
        .max(least.min(room.x * 0.72))
        .min(BESIDE_MOST.max(room.x * 0.34))
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
    if let Some(why) = &view.why {
        return reason_ui(ui, why);
    }
    if let Some(vote) = &view.room {
        if let Some(told) = vote.told {
            return told_ui(ui, vote, told);
        }
        if !view.is_speaking && view.ended.is_none() && !view.options.is_empty() {
            return room_ui(ui, view, vote, draft);
        }
    }
    turn_ui(ui, view, draft)
}

/// The encounter while a room votes: what would make a move is one hand for it.
fn room_ui(
    ui: &mut Ui,
    view: &EncounterView<'_>,
    vote: &RoomVote<'_>,
    draft: &mut EncounterDraft,
) -> Option<Intent> {
    let mut asked = room_keys(ui, vote);
    let frame = bare_strip(ui).inner_margin(Margin::symmetric(16, 6));
    asked = voting_ui(ui, vote, view.options, frame).or(asked);
    let marked = vote.marked(view.options);
    let shown = EncounterView {
        options: &marked,
        ..*view
    };
    let turn = turn_ui(ui, &shown, draft).map(|intent| match intent {
        Intent::Make(made) => Intent::Room(RoomIntent::Vote(made)),
        other => other,
    });
    asked.or(turn)
}

fn turn_ui(ui: &mut Ui, view: &EncounterView<'_>, draft: &mut EncounterDraft) -> Option<Intent> {
    let is_roomy = is_roomy(ui.max_rect().size());
    if is_roomy && draft.side == Some(NotebookPage::Meters) {
        draft.side = None;
    }
    let mut asked = keys(ui, view, draft, is_roomy);
    let behind = ui.painter().add(egui::Shape::Noop);
    draft.picture = None;
    asked = top_ui(ui, view, draft, is_roomy).or(asked);
    if let Some(page) = draft.side.filter(|_| !is_roomy) {
        return small_side_ui(ui, view, page, draft).or(asked);
    }
    asked = foot_alone_ui(ui, view, is_roomy).or(asked);
    asked = beside_ui(ui, view, is_roomy).or(asked);
    if let Some(page) = draft.side {
        side_ui(ui, view, page, draft);
    }
    if let Some(practice) = view.practice.as_ref().filter(|_| is_roomy) {
        asked = practice_below_ui(ui, practice).or(asked);
    }
    let left = ui.available_rect_before_wrap();
    draft.picture = Some(left);
    if let Some((texture, size)) = view.scene
        && let Some(shape) = scene(left, texture, size)
    {
        ui.painter().set(behind, shape);
    }
    if let Some(plan) = view.plan.filter(|_| view.is_plan) {
        egui::CentralPanel::default()
            .frame(Frame::new())
            .show(ui, |ui| plan_ui(ui, plan));
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

/// The picture, cropped to fill its place.
fn scene(place: Rect, texture: TextureId, size: Vec2) -> Option<egui::Shape> {
    if size.min_elem() <= 0.0 || place.width() <= 0.0 || place.height() <= 0.0 {
        return None;
    }
    let (wide, have) = (place.aspect_ratio(), size.x / size.y);
    let seen = if wide > have {
        Vec2::new(1.0, have / wide)
    } else {
        Vec2::new(wide / have, 1.0)
    };
    let uv = Rect::from_center_size(pos2(0.5, 0.5), seen);
    Some(egui::Shape::image(texture, place, uv, egui::Color32::WHITE))
}

/// The frame of everything that lies on the picture.
pub(super) fn strip(ui: &Ui) -> Frame {
    let look = theme::of(ui);
    Frame::new()
        .fill(look.veil)
        .stroke(look.border())
        .inner_margin(Margin::symmetric(12, 8))
}

/// The frame of what stands beside the picture: nothing lies behind it but the window's own ground,
/// which need not be painted a second time.
pub(super) fn bare_strip(ui: &Ui) -> Frame {
    strip(ui).fill(egui::Color32::TRANSPARENT)
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

/// What practice shows, in a row of its own below the picture: nobody in the picture is covered, and
/// it is as high whatever it says, so that the picture keeps its size.
fn practice_below_ui(ui: &mut Ui, practice: &Practice<'_>) -> Option<Intent> {
    let frame = bare_strip(ui);
    let sides = frame.total_margin().sum();
    let most = (ui.available_height() - sides.y) * PRACTICE;
    let height = practice::row_height(ui, practice, ui.available_width() - sides.x).min(most);
    let mut asked = None;
    egui::Panel::bottom("encounter-practice")
        .resizable(false)
        .show_separator_line(false)
        .exact_size(height + sides.y)
        .frame(frame)
        .show(ui, |ui| asked = practice_row_ui(ui, practice));
    asked
}
