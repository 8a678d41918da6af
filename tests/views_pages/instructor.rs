//! The instructor's area: its passphrase, and what is behind it.

use common_ground::app::views::instructor::{InstructorPart, InstructorRoom, InstructorView};
use common_ground::app::views::{Intent, Settings};
use common_ground::records::PassphraseCheck;
use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;

use super::{has_text, instructor, open_room};
use crate::views_room::Room;

#[test]
fn the_instructor_passphrase_is_set_once_and_typed_twice() {
    let settings = Settings::default();
    let mut harness = instructor(&settings, || InstructorView::NotSet { notice: None });
    harness
        .get_by_role_and_label(Role::PasswordInput, "Passphrase")
        .type_text("quiet words");
    harness.run();
    harness
        .get_by_role_and_label(Role::PasswordInput, "The same again")
        .focus();
    harness.run();
    harness
        .get_by_role_and_label(Role::PasswordInput, "The same again")
        .type_text("quiet word");
    harness.run();
    assert!(has_text(&harness, "not the same yet"));
    harness.state_mut().draft.again.push('s');
    harness.run();
    harness.get_by_label("Set it and open").click();
    harness.run();
    assert_eq!(
        harness.state().asked,
        [Intent::SetPassphrase("quiet words".to_owned())]
    );
    assert!(harness.state().draft.passphrase.is_empty() && harness.state().draft.again.is_empty());
}

#[test]
fn a_wrong_passphrase_says_how_many_tries_are_left() {
    let settings = Settings::default();
    let last_try = PassphraseCheck::Wrong { tries_left: 2 };
    let mut harness = instructor(&settings, || InstructorView::Locked {
        last_try: Some(&last_try),
        notice: None,
    });
    assert!(has_text(&harness, "2 tries are left"));
    harness
        .get_by_role_and_label(Role::PasswordInput, "Passphrase")
        .type_text("three quiet words");
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(
        harness.state().asked,
        [Intent::Unlock("three quiet words".to_owned())]
    );
}

#[test]
fn instructors_see_trainees_results_scenarios_and_records() {
    let (room, settings) = (Room::new(), Settings::default());
    let mut harness = instructor(&settings, || InstructorView::Open(open_room(&room)));
    assert!(has_text(
        &harness,
        "4 attempts: 3 finished, 1 open. 0 of 2 assessments passed."
    ));
    harness
        .get_by_label("Show results of Amy Rees (4711)")
        .click();
    harness.run();
    let amy = room.amy().id;
    assert_eq!(
        harness.state().asked,
        [Intent::PickTrainee(Some(amy.to_string()))]
    );
    harness.get_by_label("Scenarios").click();
    harness.run();
    assert!(has_text(&harness, "Cannot be played"));
    harness.get_by_label("Records").click();
    harness.run();
    assert!(has_text(
        &harness,
        "All records are as they were written: 3 closed attempts checked"
    ));
    assert_eq!(harness.state().draft.part, InstructorPart::Records);
    harness.state_mut().asked.clear();
    harness.get_by_label("Check the records now").click();
    harness.run();
    assert_eq!(harness.state().asked, [Intent::VerifyRecords]);

    let mut harness = instructor(&settings, || {
        InstructorView::Open(InstructorRoom {
            picked: Some(amy),
            ..open_room(&room)
        })
    });
    assert!(has_text(&harness, "Each objective over the attempts"));
    assert!(harness.query_all_by_label("CI-1").next().is_some());
    harness
        .get_by_label("Save the report of this trainee")
        .click();
    harness.run();
    assert_eq!(
        harness.state().asked,
        [Intent::SaveTraineeReport(amy.to_string())]
    );
}
