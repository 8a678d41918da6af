//! The keyboard reaches everything, and a key meant for one page does nothing on the next.

use std::collections::BTreeSet;

use common_ground::app::views::arrival::{Arrival, QUIET_SECS};
use common_ground::app::views::{Page, Settings};
use egui::Key;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::library;
use crate::views_room::Room;

#[test]
fn the_keyboard_alone_reaches_everything() {
    let (room, settings) = (Room::new(), Settings::default());
    let mut harness = library(&room, &settings);
    let mut reached = BTreeSet::new();
    for _ in 0..40 {
        harness.key_press(Key::Tab);
        harness.run();
        #[allow(
            clippy::redundant_closure_for_method_calls,
            reason = "the method is not general enough by itself"
        )]
        let focused = harness
            .query_all_by(|node| node.is_focused())
            .find_map(|node| node.accesskit_node().label());
        reached.extend(focused);
    }
    for wanted in [
        "My record",
        "Sign out",
        "Support",
        "Settings",
        "All tracks (3)",
        "Read the briefing of “Number 14”",
        "Read the folder again",
    ] {
        assert!(
            reached.contains(wanted),
            "{wanted} is not among {reached:?}"
        );
    }
}

/// Two pages with one button each, which Space presses; the second comes when the first is pressed.
struct TwoPages {
    page: Page,
    arrival: Arrival,
    pressed: [u32; 2],
}

fn two_pages() -> Harness<'static, TwoPages> {
    Harness::builder().with_step_dt(0.05).build_ui_state(
        |ui, state: &mut TwoPages| {
            let page = state.page;
            ui.input_mut(|input| state.arrival.hold_back(page, input));
            let button = ui.button("On");
            button.request_focus();
            if button.clicked() {
                state.pressed[usize::from(page == Page::Library)] += 1;
                state.page = Page::Library;
            }
        },
        TwoPages {
            page: Page::Debrief,
            arrival: Arrival::default(),
            pressed: [0; 2],
        },
    )
}

#[test]
fn a_key_pressed_on_past_the_arrival_of_a_page_does_nothing_there() {
    let mut harness = two_pages();
    harness.step();
    // In quick succession, as somebody does who reads on.
    for _ in 0..4 {
        harness.key_press(Key::Space);
        harness.step();
    }
    assert_eq!(harness.state().pressed, [1, 0]);
    let quiet = (QUIET_SECS / 0.05) as usize;
    for _ in 0..=quiet {
        harness.step();
    }
    harness.key_press(Key::Space);
    harness.step();
    assert_eq!(harness.state().pressed, [1, 1], "read by now");
}

#[test]
fn a_key_that_is_held_does_nothing_on_the_next_page_until_it_comes_up() {
    let mut harness = two_pages();
    harness.step();
    let space = |pressed| egui::Event::Key {
        key: Key::Space,
        physical_key: None,
        pressed,
        repeat: false,
        modifiers: egui::Modifiers::NONE,
    };
    for _ in 0..40 {
        harness.input_mut().events.push(space(true));
        harness.step();
    }
    assert_eq!(harness.state().pressed, [1, 0]);
    harness.input_mut().events.push(space(false));
    harness.step();
    harness.input_mut().events.push(space(true));
    harness.step();
    assert_eq!(harness.state().pressed, [1, 1]);
}
