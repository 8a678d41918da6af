//! Sign-in, library, debrief, record, settings, support and instructor area, as somebody meets
//! them: by label, role and key.

use std::path::Path;

use common_ground::app::theme;
use common_ground::app::views::arrival::{Arrival, QUIET_SECS};
use common_ground::app::views::debrief::{DebriefDraft, DebriefView, debrief_ui};
use common_ground::app::views::debrief_advice::{points, to_keep, to_try};
use common_ground::app::views::instructor::{
    InstructorDraft, InstructorPart, InstructorRoom, InstructorView, instructor_ui,
};
use common_ground::app::views::library::{LibraryDraft, LibraryView, library_ui};
use common_ground::app::views::moment::{Eye, MomentView, moment_ui};
use common_ground::app::views::my_record::{MyRecordDraft, MyRecordView, my_record_ui};
use common_ground::app::views::settings::{SettingsDraft, SettingsView, settings_ui};
use common_ground::app::views::sign_in::{SignInDraft, SignInView, sign_in_ui};
use common_ground::app::views::support::{SupportDraft, SupportView, support_ui};
use common_ground::app::views::{Intent, Page, Picture, Settings};
use common_ground::records::PassphraseCheck;
use egui::accesskit::Role;
use egui::{Key, Rect, Ui, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};

use super::views_room::Room;

const WINDOW: Vec2 = vec2(1280.0, 720.0);

/// A page under test: what it asked for, and its draft.
struct Shown<D> {
    asked: Vec<Intent>,
    draft: D,
}

fn show<'a, D: Default + 'a>(
    size: Vec2,
    settings: &'a Settings,
    mut draw: impl FnMut(&mut Ui, &mut D) -> Option<Intent> + 'a,
) -> Harness<'a, Shown<D>> {
    let points = size / settings.text_scale;
    let mut harness = Harness::builder()
        .with_size(points)
        .with_max_steps(64)
        .build_ui_state(
            move |ui, shown: &mut Shown<D>| {
                theme::apply(
                    ui.ctx(),
                    &Settings {
                        text_scale: 1.0,
                        ..settings.clone()
                    },
                );
                shown.asked.extend(draw(ui, &mut shown.draft));
            },
            Shown {
                asked: Vec::new(),
                draft: D::default(),
            },
        );
    // The frame of the harness has a margin of its own: the page fills what is inside it.
    harness.run();
    harness
}

fn sign_in<'a>(room: &'a Room, settings: &'a Settings) -> Harness<'a, Shown<SignInDraft>> {
    show(WINDOW, settings, |ui, draft| {
        let view = SignInView {
            trainees: &room.trainees,
            course: &room.course.title,
            notice: None,
        };
        sign_in_ui(ui, &view, draft)
    })
}

fn library<'a>(room: &'a Room, settings: &'a Settings) -> Harness<'a, Shown<LibraryDraft>> {
    show(WINDOW, settings, |ui, draft| {
        let view = LibraryView {
            trainee: room.amy(),
            shelf: Ok(&room.shelf),
            folder: &room.folder,
            assignments: &room.assignments,
            attempts: &room.attempts,
            notice: None,
        };
        library_ui(ui, &view, draft)
    })
}

fn instructor<'a>(
    settings: &'a Settings,
    view: impl Fn() -> InstructorView<'a> + 'a,
) -> Harness<'a, Shown<InstructorDraft>> {
    show(WINDOW, settings, move |ui, draft| {
        instructor_ui(ui, &view(), draft)
    })
}

fn open_room(room: &Room) -> InstructorRoom<'_> {
    InstructorRoom {
        trainees: &room.trainees,
        picked: None,
        attempts: &room.attempts,
        course: Some(&room.course),
        shelf: Ok(&room.shelf),
        folder: &room.folder,
        verification: Some(Ok(&room.verification)),
        school: &room.school,
        saved: None,
        notice: None,
    }
}

fn has_text<D>(harness: &Harness<'_, Shown<D>>, part: &str) -> bool {
    let holds = |text: Option<String>| text.is_some_and(|text| text.contains(part));
    harness
        .query_all_by(|node| holds(node.label()) || holds(node.value()))
        .next()
        .is_some()
}

#[test]
fn a_remembered_trainee_signs_in_with_enter_a_number_or_a_click() {
    let (room, settings) = (Room::new(), Settings::default());
    let latest = room
        .trainees
        .iter()
        .find(|one| one.name == "Tom Vale")
        .unwrap()
        .id
        .to_string();
    let mut harness = sign_in(&room, &settings);
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(
        harness.state().asked,
        [Intent::SignInAs(latest)],
        "the latest has the first focus"
    );

    let mut harness = sign_in(&room, &settings);
    harness.key_press(Key::Num2);
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

fn debrief<'a>(
    told: &'a (
        common_ground::records::Attempt,
        common_ground::scoring::Review,
        std::sync::Arc<common_ground::course::Course>,
    ),
    settings: &'a Settings,
    saved: Option<&'a Path>,
) -> Harness<'a, Shown<DebriefDraft>> {
    show(WINDOW, settings, move |ui, draft| {
        let view = DebriefView {
            attempt: Some(&told.0),
            mode: told.0.mode,
            review: &told.1,
            course: &told.2,
            saved,
            can_play_again: true,
            depth: None,
            who: "Amy Rees (4711)",
            notice: None,
        };
        debrief_ui(ui, &view, draft)
    })
}

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
    let lost =
        |one: &common_ground::app::views::debrief_advice::Try<'_>| one.available - one.earned;
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

#[test]
fn each_setting_changes_at_once_and_all_can_be_set_back() {
    let settings = Settings {
        volume: 0.2,
        ..Settings::default()
    };
    let mut harness = show(WINDOW, &settings, |ui, draft: &mut SettingsDraft| {
        let view = SettingsView {
            settings: &settings,
            folder: Path::new("/data"),
            has_sound: true,
            notice: None,
        };
        settings_ui(ui, &view, draft)
    });
    let cases: [(&str, Settings); 8] = [
        (
            "Size of text and buttons: 200 %",
            Settings {
                text_scale: 2.0,
                ..settings.clone()
            },
        ),
        (
            "Colours: Light",
            Settings {
                is_light: true,
                ..settings.clone()
            },
        ),
        (
            "Contrast: High",
            Settings {
                high_contrast: true,
                ..settings.clone()
            },
        ),
        (
            "Time to decide: Five times",
            Settings {
                window_factor: 5,
                ..settings.clone()
            },
        ),
        (
            "All sound: Off",
            Settings {
                is_muted: true,
                ..settings.clone()
            },
        ),
        (
            "Sudden sounds: Softened",
            Settings {
                soft_sounds: true,
                ..settings.clone()
            },
        ),
        (
            "Lines without a recording: This computer's voice",
            Settings {
                system_voice: true,
                ..settings.clone()
            },
        ),
        (
            "Quality: Low",
            Settings {
                picture: Picture::Low,
                ..settings.clone()
            },
        ),
    ];
    for (label, wanted) in cases {
        harness.state_mut().asked.clear();
        harness
            .get_by_role_and_label(Role::RadioButton, label)
            .click_accesskit();
        harness.run();
        assert_eq!(
            harness.state().asked.first(),
            Some(&Intent::Change(Box::new(wanted))),
            "{label}"
        );
    }
    harness.state_mut().asked.clear();
    harness
        .get_by_label("Set everything back")
        .click_accesskit();
    harness.run();
    let wanted = Intent::Change(Box::default());
    assert_eq!(harness.state().asked.first(), Some(&wanted));
}

#[test]
fn the_loudness_answers_the_arrow_keys() {
    let settings = Settings::default();
    let mut harness = show(WINDOW, &settings, |ui, draft: &mut SettingsDraft| {
        let view = SettingsView {
            settings: &settings,
            folder: Path::new("/data"),
            has_sound: true,
            notice: None,
        };
        settings_ui(ui, &view, draft)
    });
    harness
        .get_by_role_and_label(Role::Slider, "Loudness")
        .focus();
    harness.run();
    harness.key_press(Key::ArrowLeft);
    harness.run();
    let Some(Intent::Change(new)) = harness.state().asked.first() else {
        panic!("{:?}", harness.state().asked)
    };
    assert!(new.volume < settings.volume, "{}", new.volume);
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

#[test]
fn the_keyboard_alone_reaches_everything() {
    let (room, settings) = (Room::new(), Settings::default());
    let mut harness = library(&room, &settings);
    let mut reached = std::collections::BTreeSet::new();
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
