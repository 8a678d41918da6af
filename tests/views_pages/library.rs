//! The library: open attempts, scenarios whole and broken, tracks and a missing folder.

use std::path::Path;

use common_ground::app::views::library::{LibraryDraft, LibraryView, library_ui};
use common_ground::app::views::{Intent, Settings};
use egui::Key;
use egui_kittest::kittest::Queryable as _;

use super::{WINDOW, has_text, library, show};
use crate::views_room::Room;

#[test]
fn an_open_attempt_is_offered_first_and_closed_only_after_a_question() {
    let (room, settings) = (Room::new(), Settings::default());
    let open = room
        .attempts
        .iter()
        .find(|past| past.standing() == "Open")
        .unwrap();
    let id = open.attempt.id.to_string();
    let mut harness = library(&room, &settings);
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(
        harness.state().asked,
        [Intent::Resume(id.clone())],
        "it has the first focus"
    );

    let mut harness = library(&room, &settings);
    harness.key_press(Key::Tab);
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert!(
        harness.get_by_label("Keep it open").is_focused(),
        "the harmless answer has the focus"
    );
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state().asked, []);
    harness
        .get_by_label("Close “Chain on the door” without an ending…")
        .click();
    harness.run();
    assert_eq!(harness.state().asked, []);
    harness
        .get_by_label("Close “Chain on the door” without an ending")
        .click();
    harness.run();
    assert_eq!(harness.state().asked, [Intent::Abandon(id)]);
}

#[test]
fn a_scenario_is_chosen_by_number_or_name_and_says_what_it_contains() {
    let (room, settings) = (Room::new(), Settings::default());
    let mut harness = library(&room, &settings);
    assert!(has_text(&harness, "Contains suicidal thoughts"));
    assert!(has_text(&harness, "Best of 2 finished attempts"));
    assert!(has_text(&harness, "About 14 minutes"));
    harness
        .get_by_label("Read the briefing of “The footbridge”")
        .click();
    harness.run();
    assert_eq!(
        harness.state().asked,
        [Intent::ChooseScenario("footbridge".to_owned())]
    );
    harness.state_mut().asked.clear();
    harness.key_press(Key::Num1);
    harness.run();
    assert!(matches!(
        harness.state().asked.as_slice(),
        [Intent::ChooseScenario(_)]
    ));
}

#[test]
fn a_broken_scenario_is_listed_with_its_faults_and_how_to_check_them() {
    let (room, settings) = (Room::new(), Settings::default());
    let harness = library(&room, &settings);
    assert!(harness.query_by_label("number-15").is_some());
    assert!(has_text(&harness, "no field `nowhere`"));
    assert!(has_text(&harness, "common-ground check"));
}

#[test]
fn a_retired_scenario_is_not_in_the_library_and_is_counted_below_it() {
    let (mut room, settings) = (Room::new(), Settings::default());
    let before = library(&room, &settings);
    assert!(
        before
            .query_by_label("Read the briefing of “The footbridge”")
            .is_some()
    );
    assert!(!has_text(&before, "been retired"));
    drop(before);
    for file in &mut room.shelf.scenarios {
        if file.id == "footbridge" {
            file.readiness.sign_off = common_ground::scenario::SignOff::Retired;
        }
    }
    let harness = library(&room, &settings);
    assert!(
        harness
            .query_by_label("Read the briefing of “The footbridge”")
            .is_none()
    );
    assert!(has_text(
        &harness,
        "1 scenario has been retired and is not shown here"
    ));
}

#[test]
fn a_track_without_scenarios_says_so() {
    let (room, settings) = (Room::new(), Settings::default());
    let mut harness = library(&room, &settings);
    harness
        .get_by_label("Police mental health advocate (0)")
        .click();
    harness.run();
    assert!(has_text(&harness, "There is no scenario for the track"));
    assert!(
        harness
            .query_by_label("Read the briefing of “The footbridge”")
            .is_none()
    );
}

#[test]
fn a_missing_scenario_folder_says_where_it_was_sought_and_can_be_read_again() {
    let (room, settings) = (Room::new(), Settings::default());
    let mut harness = show(WINDOW, &settings, |ui, draft: &mut LibraryDraft| {
        let view = LibraryView {
            trainee: room.amy(),
            shelf: Err("no scenario folder found"),
            folder: Path::new("/srv/scenarios"),
            assignments: &[],
            attempts: &[],
            notice: None,
        };
        library_ui(ui, &view, draft)
    });
    assert!(has_text(&harness, "/srv/scenarios"));
    harness.get_by_label("Read the folder again").click();
    harness.run();
    assert_eq!(harness.state().asked, [Intent::ReloadScenarios]);
}
