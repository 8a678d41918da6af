//! Signing in: remembered people, and a new name.

use common_ground::app::views::{Intent, Settings};
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::sign_in;
use crate::views_room::Room;

#[test]
fn a_remembered_trainee_signs_in_with_alt_and_a_number_or_a_click() {
    let (room, settings) = (Room::new(), Settings::default());
    let latest = room
        .trainees
        .iter()
        .find(|one| one.name == "Tom Vale")
        .unwrap()
        .id
        .to_string();
    let mut harness = sign_in(&room, &settings);
    harness.key_press_modifiers(Modifiers::ALT, Key::Num1);
    harness.run();
    assert_eq!(
        harness.state().asked,
        [Intent::SignInAs(latest)],
        "the latest stands first"
    );

    let mut harness = sign_in(&room, &settings);
    harness.key_press_modifiers(Modifiers::ALT, Key::Num2);
    harness.run();
    let amy = Intent::SignInAs(room.amy().id.to_string());
    assert_eq!(harness.state().asked, std::slice::from_ref(&amy));

    let mut harness = sign_in(&room, &settings);
    harness
        .get_by(|node| {
            node.label()
                .is_some_and(|l| l.starts_with("Amy Rees (4711), last here"))
        })
        .click();
    harness.run();
    assert_eq!(harness.state().asked, [amy]);
}

#[test]
fn a_new_name_is_typed_and_sent_with_enter() {
    let (room, settings) = (Room::new(), Settings::default());
    let mut harness = sign_in(&room, &settings);
    assert!(
        harness
            .get_by_label("Sign in")
            .accesskit_node()
            .is_disabled()
    );
    let name = harness.get_by_role_and_label(Role::TextInput, "Name");
    name.focus();
    harness.run();
    harness
        .get_by_role_and_label(Role::TextInput, "Name")
        .type_text(" Sam Oke ");
    harness.run();
    let number = "Collar number (may be left empty)";
    harness
        .get_by_role_and_label(Role::TextInput, number)
        .focus();
    harness.run();
    harness
        .get_by_role_and_label(Role::TextInput, number)
        .type_text("12");
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    let wanted = Intent::SignIn {
        name: "Sam Oke".to_owned(),
        collar_number: "12".to_owned(),
    };
    assert_eq!(
        harness.state().asked,
        [wanted],
        "digits that are typed pick nobody from the list"
    );
}

#[test]
fn a_collar_number_typed_at_once_goes_into_the_field_and_signs_nobody_in() {
    let (room, settings) = (Room::new(), Settings::default());
    let mut harness = sign_in(&room, &settings);
    for (key, digit) in [(Key::Num1, "1"), (Key::Num2, "2"), (Key::Num3, "3")] {
        harness.key_press(key);
        harness.event(Event::Text(digit.to_owned()));
        harness.run();
    }
    assert_eq!(harness.state().asked, []);
    assert_eq!(harness.state().draft.name, "123");
    // Nor does a digit where the focus is on something else.
    harness.get_by_label("Instructor area").focus();
    harness.run();
    harness.key_press(Key::Num1);
    harness.run();
    assert_eq!(harness.state().asked, []);
}
