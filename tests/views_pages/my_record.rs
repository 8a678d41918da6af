//! Somebody's own record.

use common_ground::app::views::my_record::{MyRecordDraft, MyRecordView, my_record_ui};
use common_ground::app::views::{Intent, Settings};
use egui_kittest::kittest::Queryable as _;

use super::{WINDOW, has_text, show};
use crate::views_room::Room;

#[test]
fn my_record_opens_debriefs_and_shows_the_best_of_each_objective() {
    let (room, settings) = (Room::new(), Settings::default());
    let mut harness = show(WINDOW, &settings, |ui, draft: &mut MyRecordDraft| {
        let view = MyRecordView {
            trainee: room.amy(),
            attempts: &room.attempts,
            course: Some(&room.course),
            saved: None,
            notice: None,
        };
        my_record_ui(ui, &view, draft)
    });
    assert!(has_text(&harness, "with evidence in"));
    harness
        .get_by(|node| {
            node.label()
                .is_some_and(|l| l.starts_with("Open the debrief: “Number 14”"))
        })
        .click_accesskit();
    harness.run();
    let number_14 = room
        .attempts
        .iter()
        .find(|past| past.attempt.scenario == "number-14")
        .unwrap();
    assert_eq!(
        harness.state().asked,
        [Intent::ShowDebrief(number_14.attempt.id.to_string())]
    );
}

#[test]
fn an_empty_record_says_what_to_do() {
    let (room, settings) = (Room::new(), Settings::default());
    let harness = show(WINDOW, &settings, |ui, draft: &mut MyRecordDraft| {
        let view = MyRecordView {
            trainee: room.amy(),
            attempts: &[],
            course: None,
            saved: None,
            notice: None,
        };
        my_record_ui(ui, &view, draft)
    });
    assert!(has_text(&harness, "choose a scenario and begin it"));
}
