//! Nothing is cut off, overlaps or is too small to press, at any size of text.

use std::path::Path;

use common_ground::app::views::Settings;
use common_ground::app::views::instructor::{InstructorRoom, InstructorView};
use common_ground::app::views::settings::{SettingsDraft, SettingsView, settings_ui};
use egui::accesskit::Role;
use egui::{Rect, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};

use super::{Shown, WINDOW, debrief, instructor, library, open_room, show, sign_in};
use crate::views_room::Room;

/// Everything that can be pressed stands inside the width of the window, is at least 36 points
/// high and overlaps nothing else that can be pressed; no words run out of the window.
fn stands_clear<D>(harness: &Harness<'_, Shown<D>>, size: Vec2, page: &str) {
    let pressable = |role| {
        matches!(
            role,
            Role::Button | Role::RadioButton | Role::TextInput | Role::PasswordInput
        )
    };
    let found: Vec<(String, Rect)> = harness
        .query_all(by().predicate(move |node| pressable(node.role())))
        .filter(|node| node.accesskit_node().label().is_some())
        .map(|node| {
            (
                node.accesskit_node().label().unwrap_or_default(),
                node.rect(),
            )
        })
        .collect();
    assert!(found.len() > 1, "{page}: nothing to press");
    // The bars at the top and the bottom lie over what scrolls beneath them.
    let is_on_a_bar = |rect: &Rect| rect.max.y <= 52.0 || rect.min.y >= size.y - 64.0;
    for (index, (label, rect)) in found.iter().enumerate() {
        assert!(
            rect.min.x >= 0.0 && rect.max.x <= size.x + 0.5,
            "{page}: {label} is cut off: {rect:?}"
        );
        // The number beside a slider may be lower: the slider does the same.
        assert!(
            rect.height() >= 35.5 || label.starts_with("Loudness"),
            "{page}: {label} is only {} high",
            rect.height()
        );
        for (other, other_rect) in &found[index + 1..] {
            let common = rect.intersect(*other_rect);
            let is_clear = common.width() <= 0.5 || common.height() <= 0.5;
            assert!(
                is_clear || is_on_a_bar(rect) || is_on_a_bar(other_rect),
                "{page}: {label} {rect:?} lies over {other} {other_rect:?}"
            );
        }
    }
    for node in harness.query_all(by().predicate(|node| node.role() == Role::Label)) {
        let rect = node.rect();
        assert!(
            rect.min.x >= 0.0 && rect.max.x <= size.x + 0.5,
            "{page}: words are cut off: {rect:?}, {:?}",
            node.accesskit_node().value()
        );
    }
}

#[test]
fn nothing_is_cut_or_overlaps_at_any_size_of_text() {
    let room = Room::new();
    let told = room.told();
    for text_scale in [1.0, 1.5, 2.0] {
        let settings = Settings {
            text_scale,
            ..Settings::default()
        };
        let size = WINDOW / text_scale;
        let at = |page: &str| format!("{page} at {text_scale}");
        stands_clear(&sign_in(&room, &settings), size, &at("sign-in"));
        stands_clear(&library(&room, &settings), size, &at("library"));
        stands_clear(&debrief(&told, &settings, None), size, &at("debrief"));
        let picked = Some(room.amy().id);
        let view = || {
            InstructorView::Open(InstructorRoom {
                picked,
                ..open_room(&room)
            })
        };
        stands_clear(&instructor(&settings, view), size, &at("instructor"));
        let harness = show(WINDOW, &settings, |ui, draft: &mut SettingsDraft| {
            let view = SettingsView {
                settings: &settings,
                folder: Path::new("/data"),
                has_sound: false,
                notice: Some("A message."),
            };
            settings_ui(ui, &view, draft)
        });
        stands_clear(&harness, size, &at("settings"));
    }
}
