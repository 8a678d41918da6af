//! Support: one key away, and never empty.

use common_ground::app::views::support::{SupportDraft, SupportView, support_ui};
use common_ground::app::views::{Intent, Page, Settings};
use egui::Key;
use egui_kittest::kittest::Queryable as _;

use super::{WINDOW, has_text, library, show, sign_in};
use crate::views_room::Room;

#[test]
fn support_is_one_key_away_from_every_page() {
    let (room, settings) = (Room::new(), Settings::default());
    let mut harness = library(&room, &settings);
    harness.key_press(Key::F1);
    harness.run();
    assert_eq!(harness.state().asked, [Intent::Open(Page::Support)]);
    let mut harness = sign_in(&room, &settings);
    harness.key_press(Key::F1);
    harness.run();
    assert_eq!(harness.state().asked, [Intent::Open(Page::Support)]);
}

#[test]
fn contacts_are_those_of_the_course_and_never_nothing() {
    let (room, settings) = (Room::new(), Settings::default());
    let harness = show(WINDOW, &settings, |ui, draft: &mut SupportDraft| {
        support_ui(
            ui,
            &SupportView {
                contacts: &room.course.support,
            },
            draft,
        )
    });
    for contact in &room.course.support {
        assert!(
            harness.query_by_label(&contact.reach).is_some(),
            "{}",
            contact.name
        );
    }
    let harness = show(WINDOW, &settings, |ui, draft: &mut SupportDraft| {
        support_ui(ui, &SupportView { contacts: &[] }, draft)
    });
    assert!(has_text(&harness, "999"));
}
