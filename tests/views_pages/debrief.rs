//! The debrief: verdict and outcome, timeline, decisions, the scene of a moment, advice and report.

use std::path::Path;

use common_ground::app::views::debrief::DebriefDraft;
use common_ground::app::views::debrief_advice::{Try, points, to_keep, to_try};
use common_ground::app::views::moment::{Eye, MomentView, moment_ui};
use common_ground::app::views::{Intent, Settings};
use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::{Shown, WINDOW, debrief, has_text, show};
use crate::views_room::Room;

#[test]
fn the_debrief_tells_verdict_and_outcome_apart_and_every_result_in_words() {
    let (room, settings) = (Room::new(), Settings::default());
    let told = room.told();
    let harness = debrief(&told, &settings, None);
    assert!(harness.query_by_label("What you did").is_some());
    assert!(harness.query_by_label("How it ended").is_some());
    for one in &told.1.sheet.objectives {
        harness.get_by(|node| {
            node.role() == Role::ProgressIndicator
                && node.label().is_some_and(|label| {
                    label.starts_with(&format!("{}: {}", one.id, one.result.label()))
                })
        });
    }
    for gate in &told.2.gates {
        assert!(has_text(&harness, &gate.title), "{}", gate.title);
    }
    assert!(has_text(&harness, &told.1.profile_helps));
    for contact in &told.2.support {
        assert!(has_text(&harness, &contact.reach), "{}", contact.name);
    }
}

#[test]
fn the_timeline_is_named_and_stands_as_a_table_too() {
    let (room, settings) = (Room::new(), Settings::default());
    let told = room.told();
    let mut harness = debrief(&told, &settings, None);
    assert!(has_text(&harness, "Timeline. Distress went from"));
    harness
        .get_by(|node| {
            node.label()
                .is_some_and(|l| l.starts_with("The same as a table"))
        })
        .click_accesskit();
    harness.run();
    assert!(harness.state().draft.shows_table);
    assert!(has_text(&harness, "After decision"));
}

#[test]
fn every_decision_opens_to_what_it_did_why_and_what_else_was_open() {
    let (room, settings) = (Room::new(), Settings::default());
    let told = room.told();
    let mut harness = debrief(&told, &settings, None);
    let step = &told.1.steps[0];
    assert!(!has_text(&harness, "Distress rose from") && !has_text(&harness, "Distress stayed at"));
    harness.get_by_label("Open all").click_accesskit();
    harness.run();
    assert_eq!(
        harness.state().draft.decisions.open.len(),
        told.1.steps.len()
    );
    assert!(has_text(&harness, &step.why));
    let label = format!("What else was open at decision {} ", step.number);
    harness
        .get_by(|node| node.label().is_some_and(|l| l.starts_with(&label)))
        .click_accesskit();
    harness.run();
    assert!(has_text(&harness, &step.alternatives[0].text));
}

#[test]
fn every_decision_leads_to_its_scene_from_three_pairs_of_eyes() {
    let (room, settings) = (Room::new(), Settings::default());
    let told = room.told();
    let mut harness = debrief(&told, &settings, None);
    harness
        .get_by_label("See the moment before decision 2 as they did")
        .click_accesskit();
    harness.run();
    assert_eq!(harness.state().asked, [Intent::SeeMoment(Some(1))]);

    let count = u32::try_from(told.1.steps.len()).unwrap();
    let seen = |made: u32, eye: Eye| {
        let review = &told.1;
        show(WINDOW, &settings, move |ui, (): &mut ()| {
            let view = MomentView {
                review,
                made,
                eye,
                subject: "Dana",
                plan: None,
                notice: None,
            };
            moment_ui(ui, &view)
        })
    };
    let mut harness = seen(1, Eye::Theirs);
    assert!(has_text(&harness, "before decision 2"));
    assert!(has_text(&harness, "Seen by Dana, who looks at you."));
    assert!(has_text(&harness, &told.1.steps[1].text));
    for (key, wanted) in [
        (Key::Num2, Intent::LookFrom(Eye::Yours)),
        (Key::Num3, Intent::LookFrom(Eye::Above)),
        (Key::ArrowLeft, Intent::SeeMoment(Some(0))),
        (Key::ArrowRight, Intent::SeeMoment(Some(2))),
        (Key::Escape, Intent::SeeMoment(None)),
    ] {
        harness.state_mut().asked.clear();
        harness.key_press(key);
        harness.run();
        assert_eq!(harness.state().asked, [wanted], "{key:?}");
    }
    let mut last = seen(count, Eye::Yours);
    assert!(has_text(&last, "The last moment"));
    last.key_press(Key::ArrowRight);
    last.run();
    assert!(last.state().asked.is_empty());
}

#[test]
fn advice_comes_from_the_points_and_is_always_the_same() {
    let room = Room::new();
    let (_, review, _) = room.told();
    let (keep, next) = (to_keep(&review), to_try(&review));
    assert!(keep.len() <= 3 && next.len() <= 3);
    assert!(!next.is_empty());
    let most_lost = review.steps.iter().map(|step| {
        let (earned, available) = points(step);
        available - earned
    });
    let lost = |one: &Try<'_>| one.available - one.earned;
    assert_eq!(next.iter().map(lost).max(), most_lost.max());
    assert!(
        keep.iter()
            .all(|one| 3 * one.earned >= 2 * one.available && one.earned > 0)
    );
    assert_eq!(keep, to_keep(&review));
    assert_eq!(next, to_try(&review));
}

#[test]
fn a_report_is_saved_and_its_place_is_said() {
    let (room, settings) = (Room::new(), Settings::default());
    let told = room.told();
    let mut harness = debrief(&told, &settings, Some(Path::new("/home/amy/report.html")));
    assert!(has_text(&harness, "/home/amy/report.html"));
    harness.get_by_label("Save the report").click();
    harness.run();
    assert_eq!(
        harness.state().asked,
        [Intent::SaveReport(told.0.id.to_string())]
    );
    harness.state_mut().asked.clear();
    harness.get_by_label("Play again").click();
    harness.run();
    harness.key_press(Key::Escape);
    harness.run();
    assert_eq!(harness.state().asked, [Intent::PlayAgain, Intent::Back]);
}

#[test]
fn space_reads_on_in_the_debrief_and_leaves_it_for_nothing() {
    let (room, settings) = (Room::new(), Settings::default());
    let told = room.told();
    let mut harness = debrief(&told, &settings, None);
    let top = |harness: &Harness<'_, Shown<DebriefDraft>>| {
        harness
            .get_by_label("Distress, trust and distance")
            .rect()
            .top()
    };
    let before = top(&harness);
    for _ in 0..6 {
        harness.key_press(Key::Space);
        harness.run_steps(10);
    }
    assert_eq!(harness.state().asked, []);
    assert!(top(&harness) < before, "it read on");
}
