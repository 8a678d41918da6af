//! Columns, text fields, tables and fold-outs that several pages share.

use std::collections::BTreeSet;
use std::path::Path;

use egui::{
    Align, Frame, Grid, Layout, Margin, Response, RichText, ScrollArea, TextEdit, Ui, WidgetInfo,
    WidgetType, vec2,
};

use super::super::theme::{self, GRID, TOUCH};
use super::widgets;

/// From this width on, two cards stand side by side.
pub(super) const TWO_COLUMNS: f32 = 900.0;
/// From this width on, what can be done stands beside the words of a row.
const ROW: f32 = 640.0;
/// Room for it.
const ACTION: f32 = 200.0;
/// Widest contents of a page.
pub(super) const PAGE: f32 = 1120.0;

/// Widths of two columns, or none where there is no room for them.
pub(super) fn columns(ui: &Ui, left_part: f32) -> Option<(f32, f32)> {
    let width = ui.available_width();
    if width < TWO_COLUMNS {
        return None;
    }
    let left = ((width - 2.0 * GRID) * left_part).floor();
    Some((left, width - 2.0 * GRID - left))
}

/// A column of this width, to stand in a horizontal layout.
pub(super) fn column<R>(ui: &mut Ui, width: f32, contents: impl FnOnce(&mut Ui) -> R) -> R {
    ui.vertical(|ui| {
        ui.set_min_width(width);
        ui.set_max_width(width);
        ui.spacing_mut().item_spacing.x = GRID;
        contents(ui)
    })
    .inner
}

/// A card with what can be done at its right, where there is room.
pub(super) fn row_card(ui: &mut Ui, words: impl FnOnce(&mut Ui), action: impl FnOnce(&mut Ui)) {
    widgets::card(ui, |ui| {
        let width = ui.available_width();
        if width < ROW {
            words(ui);
            action(ui);
            return;
        }
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 2.0 * GRID;
            column(ui, width - ACTION - 2.0 * GRID, words);
            column(ui, ACTION, |ui| {
                ui.with_layout(Layout::top_down(Align::Max), action);
            });
        });
    });
}

/// Where a report was saved: at the foot of the page, in sight wherever the page is scrolled to.
/// Shown before the page itself.
pub(super) fn saved_bar(ui: &mut Ui, saved: Option<&Path>) {
    let Some(path) = saved else { return };
    let look = theme::of(ui);
    let frame = Frame::new()
        .fill(look.surface)
        .stroke(look.border())
        .inner_margin(Margin::symmetric(16, 8));
    egui::Panel::bottom("saved-report")
        .resizable(false)
        .show_separator_line(false)
        .frame(frame)
        .show(ui, |ui| {
            let words = format!(
                "Saved as {}. It opens in any browser and prints on A4. Keep it where only you and your instructor can read it.",
                path.display()
            );
            let text = RichText::new(words).font(look.small()).color(look.accent);
            ui.add(egui::Label::new(text).wrap());
        });
}

/// Gives the first focus of a page, until it has been held for a frame: the first frames may
/// still change the layout and with it what has the keyboard. One caller on a page.
pub(super) fn focus_once(has_focused: &mut bool, response: &Response) {
    if *has_focused {
        return;
    }
    if response.has_focus() && !response.gained_focus() {
        *has_focused = true;
    } else {
        response.request_focus();
    }
}

/// A labelled line of text to type; dots instead of letters where it is secret.
pub(super) fn field(
    ui: &mut Ui,
    label: &str,
    hint: &str,
    text: &mut String,
    is_secret: bool,
) -> Response {
    let look = theme::of(ui);
    let hint = RichText::new(hint).font(look.body()).color(look.muted);
    let edit = TextEdit::singleline(text)
        .hint_text(hint)
        .password(is_secret)
        .char_limit(80);
    under_label(ui, label, edit, 360.0)
}

/// A whole sentence under its label.
pub(super) fn sentence(ui: &mut Ui, label: &str, text: &mut String) -> Response {
    let edit = TextEdit::singleline(text).char_limit(400);
    under_label(ui, label, edit, f32::INFINITY)
}

fn under_label(ui: &mut Ui, label: &str, edit: TextEdit<'_>, widest: f32) -> Response {
    let look = theme::of(ui);
    let name = ui.label(RichText::new(label).font(look.body()).color(look.ink));
    let width = ui.available_width().min(widest);
    let edit = edit
        .margin(Margin::symmetric(10, 8))
        .desired_width(width)
        .min_size(vec2(width, TOUCH))
        .vertical_align(egui::Align::Center);
    let response = ui.add(edit).labelled_by(name.id);
    widgets::focus_ring(ui, &response);
    response
}

/// Whether Enter was pressed in a line of text.
pub(super) fn entered(ui: &Ui, response: &Response) -> bool {
    response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter))
}

/// Gives a button a name of its own for screen readers, where its words alone would be
/// ambiguous among others.
pub(super) fn named(response: &Response, name: &str) {
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, name));
}

/// The same for one of several that can be chosen.
pub(super) fn named_choice(response: &Response, is_chosen: bool, name: &str) {
    response
        .widget_info(|| WidgetInfo::selected(WidgetType::SelectableLabel, true, is_chosen, name));
}

/// A table of words, scrolling sideways where it is too wide.
pub(super) fn table(ui: &mut Ui, id: &str, heads: &[&str], rows: &[Vec<String>]) {
    let look = theme::of(ui);
    ScrollArea::horizontal().id_salt(id).show(ui, |ui| {
        Grid::new(id)
            .striped(false)
            .num_columns(heads.len())
            .spacing(vec2(3.0 * GRID, GRID))
            .min_row_height(GRID)
            .show(ui, |ui| {
                for head in heads {
                    ui.label(RichText::new(*head).font(look.small()).color(look.muted));
                }
                ui.end_row();
                for row in rows {
                    for cell in row {
                        ui.label(RichText::new(cell).font(look.small()).color(look.ink));
                    }
                    ui.end_row();
                }
            });
    });
}

/// A fold-out whose state is membership in a set.
pub(super) fn fold_in<K: Ord>(
    ui: &mut Ui,
    open: &mut BTreeSet<K>,
    key: K,
    label: &str,
    contents: impl FnOnce(&mut Ui),
) {
    let mut is_open = open.contains(&key);
    let was_open = is_open;
    widgets::fold(ui, &mut is_open, label, contents);
    if is_open && !was_open {
        open.insert(key);
    } else if !is_open && was_open {
        open.remove(&key);
    }
}

/// A short name before running text, such as `Why` and the reason.
pub(super) fn labelled(ui: &mut Ui, label: &str, text: &str) {
    let look = theme::of(ui);
    ui.label(RichText::new(label).font(look.small()).color(look.accent));
    widgets::body(ui, text);
}

/// Words in somebody's own voice: who, then what was said.
pub(super) fn quoted(ui: &mut Ui, who: &str, words: &str) {
    let look = theme::of(ui);
    ui.label(RichText::new(who).font(look.small()).color(look.accent));
    widgets::body(ui, &format!("\u{201c}{words}\u{201d}"));
}

/// Text cut at a whole character, with a sign that something is missing.
pub(super) fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut cut: String = text.chars().take(most.saturating_sub(1)).collect();
    let kept = cut.trim_end().len();
    cut.truncate(kept);
    cut.push('…');
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_are_cut_at_a_whole_character() {
        assert_eq!(shortened("short", 10), "short");
        assert_eq!(shortened("naïve words here", 7), "naïve…");
        assert_eq!(shortened("áéíóú", 5), "áéíóú");
    }
}
