//! What screens are built of: bars, buttons, cards and small signs, all in the one theme.
//!
//! Everything painted by hand names itself to a screen reader. Nothing here knows an encounter
//! or a course.

use egui::{
    Align, Button, Color32, CornerRadius, Event, FontId, Frame, Key, Label, Layout, Margin,
    Response, RichText, ScrollArea, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, pos2,
    vec2,
};

use super::super::theme::{self, GRID, ROUND, TOUCH, Tone};
pub use super::words::{body, bullet, heading, note, time};
use super::{Intent, Page};

/// What the bar at the top of a page shows.
#[derive(Debug, Clone, Copy, Default)]
pub struct TitleBar<'a> {
    /// Title of the page.
    pub title: &'a str,
    /// Words of the way back, such as `Library`; none where there is no way back.
    pub back: Option<&'a str>,
    /// Who is signed in; empty for nobody.
    pub who: &'a str,
    /// Leave out settings, on the page of the settings itself.
    pub without_settings: bool,
    /// Leave out support, on the page of the contacts itself.
    pub without_support: bool,
}

/// The bar at the top of a page: back (Esc), title, who, support (F1), settings (F2).
///
/// Shown first in the page's `Ui`, as a panel of its own.
pub fn title_bar(ui: &mut Ui, bar: &TitleBar<'_>) -> Option<Intent> {
    let look = theme::of(ui);
    let frame = Frame::new()
        .fill(look.surface)
        .inner_margin(Margin::symmetric(16, 8));
    let mut asked = None;
    egui::Panel::top("title-bar")
        .resizable(false)
        .frame(frame)
        .show(ui, |ui| {
            ui.horizontal(|ui| {
                if let Some(back) = bar.back {
                    let button = secondary_button(ui, &format!("‹ {back}"));
                    if button.on_hover_text("Esc").clicked() || pressed(ui, Key::Escape) {
                        asked = Some(Intent::Back);
                    }
                }
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    if !bar.without_settings
                        && (secondary_button(ui, "Settings")
                            .on_hover_text("F2")
                            .clicked()
                            || pressed(ui, Key::F2))
                    {
                        asked = Some(Intent::Open(Page::Settings));
                    }
                    if !bar.without_support
                        && (secondary_button(ui, "Support")
                            .on_hover_text("F1: somebody to talk to")
                            .clicked()
                            || pressed(ui, Key::F1))
                    {
                        asked = Some(Intent::Open(Page::Support));
                    }
                    if !bar.who.is_empty() && ui.available_width() > 360.0 {
                        ui.label(RichText::new(bar.who).font(look.small()).color(look.muted));
                    }
                    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                        let title = RichText::new(bar.title).font(look.title()).color(look.ink);
                        ui.add(Label::new(title).truncate());
                    });
                });
            });
        });
    asked
}

/// Whether a key was pressed alone; it is taken, so that nothing else answers it. A key that is
/// held down counts once, and none counts while text is being typed, except Esc, F1 and F2.
#[must_use]
pub fn pressed(ui: &Ui, key: Key) -> bool {
    let is_typed = !matches!(key, Key::Escape | Key::F1 | Key::F2);
    if is_typed && ui.ctx().text_edit_focused() {
        return false;
    }
    ui.input_mut(|input| {
        let mut is_pressed = false;
        input.events.retain(|event| match event {
            Event::Key {
                key: found,
                pressed: true,
                repeat,
                modifiers,
                ..
            } if *found == key && modifiers.is_none() => {
                is_pressed |= !repeat;
                false
            }
            _ => true,
        });
        is_pressed
    })
}

/// The part of a page below the title bar, scrolling, with margins; `width` is the widest the
/// contents become, and they are centred.
pub fn page<R>(ui: &mut Ui, width: f32, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let look = theme::of(ui);
    let frame = Frame::new().fill(look.ground);
    egui::CentralPanel::default()
        .frame(frame)
        .show(ui, |ui| {
            ScrollArea::vertical()
                .auto_shrink([false, false])
                .show(ui, |ui| {
                    let side = ((ui.available_width() - width) / 2.0)
                        .max(2.0 * GRID)
                        .floor();
                    let inner = (ui.available_width() - 2.0 * side).max(0.0);
                    scroll_by_keys(ui);
                    ui.add_space(2.0 * GRID);
                    let shown = ui.horizontal_top(|ui| {
                        ui.add_space(side - GRID);
                        ui.vertical(|ui| {
                            ui.set_max_width(inner);
                            ui.set_min_width(inner);
                            contents(ui)
                        })
                        .inner
                    });
                    ui.add_space(3.0 * GRID);
                    shown.inner
                })
                .inner
        })
        .inner
}

/// Lets Page Up, Page Down, Home and End move the scrolled list that `ui` is the inside of, and
/// Space too where nothing has the keyboard.
pub fn scroll_by_keys(ui: &Ui) {
    let step = (ui.clip_rect().height() - 4.0 * GRID).max(TOUCH);
    let far = 1.0e6;
    let is_free = ui.memory(|memory| memory.focused().is_none());
    for (key, down) in [
        (Key::PageDown, step),
        (Key::PageUp, -step),
        (Key::End, far),
        (Key::Home, -far),
        (Key::Space, step),
    ] {
        if (key != Key::Space || is_free) && pressed(ui, key) {
            ui.scroll_with_delta(vec2(0.0, -down));
        }
    }
}

/// The button that goes on; one to a page.
pub fn primary_button(ui: &mut Ui, text: &str) -> Response {
    let look = theme::of(ui);
    let words = RichText::new(text).font(look.body()).color(look.on_accent);
    let button = Button::new(words)
        .wrap()
        .fill(look.accent)
        .stroke(Stroke::new(1.0, look.accent))
        .min_size(vec2(0.0, TOUCH));
    let response = ui.add(button);
    focus_ring(ui, &response);
    response
}

/// Any other button.
pub fn secondary_button(ui: &mut Ui, text: &str) -> Response {
    let look = theme::of(ui);
    let words = RichText::new(text).font(look.body()).color(look.ink);
    let response = ui.add(Button::new(words).wrap().min_size(vec2(0.0, TOUCH)));
    focus_ring(ui, &response);
    response
}

/// A button of which one in a row is chosen.
pub fn choice_button(ui: &mut Ui, is_chosen: bool, text: &str) -> Response {
    let look = theme::of(ui);
    let words = RichText::new(text).font(look.body()).color(look.ink);
    let mut button = Button::new(words).wrap().min_size(vec2(0.0, TOUCH));
    if is_chosen {
        button = button
            .fill(look.hover)
            .stroke(Stroke::new(2.0, look.accent));
    }
    let response = ui.add(button);
    response.widget_info(|| {
        WidgetInfo::selected(
            WidgetType::SelectableLabel,
            ui.is_enabled(),
            is_chosen,
            text,
        )
    });
    focus_ring(ui, &response);
    response
}

/// A button with the key that does the same, such as `Go on` and `Enter`.
pub fn key_button(ui: &mut Ui, text: &str, key: &str) -> Response {
    let look = theme::of(ui);
    let words = RichText::new(text).font(look.body()).color(look.ink);
    let hint = RichText::new(key).font(look.mono()).color(look.muted);
    let button = Button::new(words)
        .right_text(hint)
        .min_size(vec2(0.0, TOUCH));
    let response = ui.add(button);
    response.widget_info(|| {
        WidgetInfo::labeled(
            WidgetType::Button,
            ui.is_enabled(),
            format!("{text} ({key})"),
        )
    });
    focus_ring(ui, &response);
    response
}

/// The ring around what has the keyboard: 2 points, a little outside, so that it shows on the
/// accent too. What gains the keyboard is scrolled into sight.
pub fn focus_ring(ui: &Ui, response: &Response) {
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    if response.has_focus() {
        let look = theme::of(ui);
        ui.painter().rect_stroke(
            response.rect.expand(4.0),
            CornerRadius::same(ROUND + 3),
            look.focus(),
            StrokeKind::Inside,
        );
    }
}

/// A small count as a length.
pub(super) fn number(count: usize) -> f32 {
    f32::from(u16::try_from(count).unwrap_or(u16::MAX))
}

/// Puts the keyboard here if it is nowhere, so that Enter and Tab begin in a sensible place.
pub fn first_focus(ui: &Ui, response: &Response) {
    if ui.memory(|memory| memory.focused().is_none()) {
        response.request_focus();
    }
}

/// A quietly bordered box as wide as there is room.
pub fn card<R>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> R {
    toned_card(ui, None, contents)
}

/// A card with a coloured edge on the left; say in words what the colour means.
pub fn toned_card<R>(ui: &mut Ui, tone: Option<Tone>, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let look = theme::of(ui);
    let shown = Frame::new()
        .fill(look.surface)
        .stroke(look.border())
        .corner_radius(CornerRadius::same(ROUND))
        .inner_margin(Margin::same(16))
        .show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            contents(ui)
        });
    if let Some(tone) = tone {
        let rect = shown.response.rect.shrink(1.0);
        let edge = egui::Rect::from_min_max(rect.min, pos2(rect.min.x + 4.0, rect.max.y));
        ui.painter()
            .rect_filled(edge, CornerRadius::same(2), look.tone(tone));
    }
    shown.inner
}

/// A small sign: one or two words in a box.
pub fn chip(ui: &mut Ui, text: &str, tone: Tone) -> Response {
    let look = theme::of(ui);
    let (ink, edge) = match tone {
        Tone::Plain => (look.ink, look.line),
        other => (look.tone(other), look.tone(other)),
    };
    boxed(ui, text, look.small(), ink, edge)
}

/// Words in a small box that keeps to them, whatever the layout around it.
fn boxed(ui: &mut Ui, text: &str, font: FontId, ink: Color32, edge: Color32) -> Response {
    let look = theme::of(ui);
    let room = (ui.max_rect().width() - 2.0 * GRID).max(GRID);
    let galley = ui.painter().layout_job(look.column(text, font, ink, room));
    let size = galley.size() + vec2(2.0 * GRID, GRID);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let painter = ui.painter();
    let round = CornerRadius::same(ROUND - 2);
    painter.rect(
        rect,
        round,
        look.raised,
        Stroke::new(1.0, edge),
        StrokeKind::Inside,
    );
    painter.galley(rect.min + vec2(GRID, GRID / 2.0), galley, ink);
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, text));
    response
}

/// A value on a scale, with its name and its words.
#[derive(Debug, Clone, Copy)]
pub struct Bar<'a> {
    /// What it is.
    pub label: &'a str,
    /// The value in words, such as `13 of 20, high`.
    pub words: &'a str,
    /// The value, 0 to 1.
    pub part: f32,
    /// Colour of the filled part.
    pub tone: Tone,
}

/// A bar with its name before and its words after it, as wide as there is room.
pub fn bar(ui: &mut Ui, bar: &Bar<'_>) -> Response {
    let look = theme::of(ui);
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(bar.label).font(look.small()).color(look.ink));
            ui.label(
                RichText::new(bar.words)
                    .font(look.small())
                    .color(look.muted),
            );
        });
        let (rect, response) =
            ui.allocate_exact_size(vec2(ui.available_width(), GRID), Sense::hover());
        let round = CornerRadius::same(4);
        let part = bar.part.clamp(0.0, 1.0);
        let mut filled = rect;
        filled.set_width(rect.width() * part);
        let painter = ui.painter();
        painter.rect(rect, round, look.ground, look.control(), StrokeKind::Inside);
        painter.rect_filled(filled, round, look.tone(bar.tone));
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(
                WidgetType::ProgressIndicator,
                true,
                format!("{}: {}", bar.label, bar.words),
            );
            info.value = Some(f64::from(part) * 100.0);
            info
        });
        response
    })
    .inner
}

/// A key and what it does.
pub fn key_hint(ui: &mut Ui, key: &str, does: &str) {
    let look = theme::of(ui);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GRID / 2.0;
        boxed(ui, key, look.mono(), look.ink, look.line);
        ui.label(RichText::new(does).font(look.small()).color(look.muted));
    });
}

/// A box in the middle that holds everything else back until it is answered.
pub fn modal<R>(ui: &Ui, id: &str, title: &str, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let look = theme::of(ui);
    let room = ui.ctx().content_rect().size();
    let frame = Frame::new()
        .fill(look.surface)
        .stroke(look.control())
        .corner_radius(CornerRadius::same(ROUND + 2))
        .inner_margin(Margin::same(24));
    egui::Modal::new(egui::Id::new(id))
        .frame(frame)
        .backdrop_color(Color32::from_black_alpha(if look.is_light {
            110
        } else {
            160
        }))
        .show(ui.ctx(), |ui| {
            ui.set_max_width((room.x - 96.0).clamp(200.0, 520.0));
            ScrollArea::vertical()
                .max_height((room.y - 96.0).max(120.0))
                .show(ui, |ui| {
                    ui.label(RichText::new(title).font(look.title()).color(look.ink));
                    ui.add_space(GRID);
                    contents(ui)
                })
                .inner
        })
        .inner
}

/// Nothing to show: says so, and what to do about it.
pub fn empty(ui: &mut Ui, what: &str, to_do: &str) {
    card(ui, |ui| {
        heading(ui, what);
        body(ui, to_do);
    });
}

/// A message at the top of a page; whether it was taken away.
pub fn notice(ui: &mut Ui, text: &str) -> bool {
    toned_card(ui, Some(Tone::Caution), |ui| {
        ui.horizontal_top(|ui| {
            let taken = ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
                let taken = secondary_button(ui, "Close this message").clicked();
                ui.with_layout(Layout::top_down(Align::Min), |ui| body(ui, text));
                taken
            });
            taken.inner
        })
        .inner
    })
}

/// Something that opens and closes; `is_open` is kept by whoever shows it.
pub fn fold(ui: &mut Ui, is_open: &mut bool, label: &str, contents: impl FnOnce(&mut Ui)) {
    let look = theme::of(ui);
    let sign = if *is_open { "⏷" } else { "⏵" };
    let words = RichText::new(format!("{sign}  {label}"))
        .font(look.body())
        .color(look.ink);
    let button = Button::new(words).wrap().fill(Color32::TRANSPARENT);
    let response = ui.add(button.min_size(vec2(0.0, TOUCH)));
    response.widget_info(|| {
        let state = if *is_open { "open" } else { "closed" };
        WidgetInfo::selected(
            WidgetType::CollapsingHeader,
            ui.is_enabled(),
            *is_open,
            format!("{label} ({state})"),
        )
    });
    focus_ring(ui, &response);
    if response.clicked() {
        *is_open = !*is_open;
    }
    if *is_open {
        contents(ui);
    }
}
