//! The desk as its pages ask it, without a window.

use super::*;
use crate::scoring::Element;

fn scenarios() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios")
}

fn desk(data: &Path) -> Desk {
    Desk::new(Places::new(Some(scenarios()), Some(data.to_owned())))
}

fn hear_out(desk: &mut Desk) {
    while desk.live.as_ref().is_some_and(Live::is_speaking) {
        if desk
            .live
            .as_ref()
            .is_some_and(|live| live.decided().is_some())
        {
            let text = "It had to be asked.".to_owned();
            desk.carry_out(Intent::GiveReason(Element::Information, text));
        }
        desk.carry_out(Intent::SkipCaption);
    }
}

fn sit_down(desk: &mut Desk, is_assessment: bool) {
    desk.carry_out(Intent::SignIn {
        name: "Amy Lloyd".to_owned(),
        collar_number: "77".to_owned(),
    });
    assert_eq!(desk.page, Page::Library);
    desk.carry_out(Intent::ChooseScenario("footbridge".to_owned()));
    assert_eq!(desk.page, Page::Briefing);
    desk.seed = Some(3);
    desk.carry_out(Intent::Begin { is_assessment });
    assert_eq!(desk.page, Page::Encounter);
}

fn first_option(desk: &Desk) -> crate::encounter::Move {
    desk.live.as_ref().unwrap().options[0].made
}

#[test]
fn an_encounter_is_played_from_sign_in_to_report() {
    let data = tempfile::tempdir().unwrap();
    let mut desk = desk(data.path());
    sit_down(&mut desk, true);
    assert!(matches!(desk.cues.first(), Some(Cue::Set { .. })));
    for _ in 0..60 {
        hear_out(&mut desk);
        if desk.live.as_ref().unwrap().ended.is_some() {
            break;
        }
        let made = first_option(&desk);
        desk.carry_out(Intent::Make(made));
        assert_eq!(desk.notice, None);
    }
    let live = desk.live.as_ref().unwrap();
    assert!(live.ended.is_some());
    let id = live.sitting().id.unwrap().to_string();
    desk.carry_out(Intent::ShowDebrief(id.clone()));
    assert_eq!(desk.page, Page::Debrief);
    assert!(desk.live.is_none());
    desk.carry_out(Intent::SaveReport(id));
    assert!(
        desk.saved.as_ref().is_some_and(|path| path.is_file()),
        "{:?}",
        desk.notice
    );
    desk.carry_out(Intent::Back);
    assert_eq!(desk.page, Page::Library);
    assert_eq!(desk.attempts.len(), 1);
}

#[test]
fn a_move_is_on_disk_before_it_is_shown() {
    let data = tempfile::tempdir().unwrap();
    let mut desk = desk(data.path());
    sit_down(&mut desk, true);
    hear_out(&mut desk);
    let made = first_option(&desk);
    desk.carry_out(Intent::Make(made));
    let id = desk.live.as_ref().unwrap().sitting().id.unwrap();
    let other = Store::open(data.path()).unwrap();
    assert_eq!(other.moves(id).unwrap().len(), 1);
}

#[test]
fn an_encounter_that_was_cut_off_is_taken_up_where_it_stopped() {
    let data = tempfile::tempdir().unwrap();
    let mut first = desk(data.path());
    sit_down(&mut first, true);
    hear_out(&mut first);
    let made = first_option(&first);
    first.carry_out(Intent::Make(made));
    let before = first
        .live
        .as_ref()
        .unwrap()
        .sitting()
        .encounter()
        .state()
        .clone();
    drop(first);

    let mut second = desk(data.path());
    let id = second.trainees[0].id.to_string();
    second.carry_out(Intent::SignInAs(id));
    let open = second.attempts[0].attempt.id.to_string();
    second.carry_out(Intent::Resume(open));
    assert_eq!(second.page, Page::Encounter);
    let live = second.live.as_ref().unwrap();
    assert_eq!(live.sitting().encounter().state(), &before);
    assert!(!live.is_speaking());
}

#[test]
fn going_back_is_for_practice_only() {
    let data = tempfile::tempdir().unwrap();
    for is_assessment in [false, true] {
        let mut desk = desk(data.path());
        sit_down(&mut desk, is_assessment);
        hear_out(&mut desk);
        let made = first_option(&desk);
        desk.carry_out(Intent::Make(made));
        hear_out(&mut desk);
        desk.carry_out(Intent::GoBack);
        let left = desk.live.as_ref().unwrap().sitting().words().len();
        assert_eq!(left, usize::from(is_assessment));
    }
}

#[test]
fn a_pause_stops_time_and_moves() {
    let data = tempfile::tempdir().unwrap();
    let mut desk = desk(data.path());
    sit_down(&mut desk, false);
    hear_out(&mut desk);
    desk.carry_out(Intent::SetPaused(true));
    let made = first_option(&desk);
    desk.carry_out(Intent::Make(made));
    for _ in 0..400 {
        desk.tick(1.0);
    }
    assert!(desk.live.as_ref().unwrap().sitting().words().is_empty());
}

#[test]
fn a_window_that_runs_out_counts_as_silence() {
    let data = tempfile::tempdir().unwrap();
    let mut desk = desk(data.path());
    sit_down(&mut desk, false);
    for _ in 0..40 {
        hear_out(&mut desk);
        if desk.live.as_ref().unwrap().window().is_some() {
            break;
        }
        let made = first_option(&desk);
        desk.carry_out(Intent::Make(made));
    }
    let before = desk.live.as_ref().unwrap().sitting().words().len();
    assert!(desk.live.as_ref().unwrap().window().is_some());
    for _ in 0..130 {
        desk.tick(1.0);
        if desk.live.as_ref().unwrap().sitting().words().len() > before {
            break;
        }
    }
    let live = desk.live.as_ref().unwrap();
    assert_eq!(
        live.sitting().words().last().map(String::as_str),
        Some("silence")
    );
}

#[test]
fn a_missing_scenario_folder_and_a_store_that_cannot_open_are_told_and_survived() {
    let data = tempfile::tempdir().unwrap();
    let blocked = data.path().join("a-file");
    std::fs::write(&blocked, "x").unwrap();
    let mut desk = Desk::new(Places::new(Some(data.path().join("none")), Some(blocked)));
    assert!(desk.shelf.is_err());
    assert!(desk.notice.is_some());
    desk.carry_out(Intent::SignIn {
        name: "Amy".to_owned(),
        collar_number: String::new(),
    });
    assert!(desk.notice.is_some());
    assert_eq!(desk.page, Page::SignIn);
}

#[test]
fn a_line_lasts_as_long_as_its_recording_while_it_can_be_heard() {
    use crate::scenario::recordings::{LIST, sound_file, spoken_lines};
    let (data, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for entry in std::fs::read_dir(scenarios()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            std::fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
        }
    }
    let places = Places::new(
        Some(folder.path().to_owned()),
        Some(data.path().join("kept")),
    );
    let (file, _) = places.scenario("footbridge").unwrap();
    let own = folder.path().join("voices/footbridge");
    std::fs::create_dir_all(&own).unwrap();
    let mut lines = serde_json::Map::new();
    for line in spoken_lines(file.scenario.as_ref().unwrap()) {
        std::fs::write(own.join(sound_file(&line.key)), "OggS").unwrap();
        let recording = serde_json::json!({
            "by": line.by, "text": line.text, "secs": 11.0, "loudness": "0909",
        });
        lines.insert(line.key, recording);
    }
    let list = serde_json::json!({ "scenario": "footbridge", "lines": lines });
    std::fs::write(own.join(LIST), list.to_string()).unwrap();

    for is_muted in [false, true] {
        let mut desk = Desk::new(places.clone());
        desk.settings.is_muted = is_muted;
        sit_down(&mut desk, false);
        let mut cues = std::mem::take(&mut desk.cues);
        for _ in 0..30 {
            if cues.iter().any(|cue| matches!(cue, Cue::Speech(_))) {
                break;
            }
            if desk.live.as_ref().is_some_and(Live::is_speaking) {
                desk.carry_out(Intent::SkipCaption);
            } else {
                let made = first_option(&desk);
                desk.carry_out(Intent::Make(made));
            }
            cues = std::mem::take(&mut desk.cues);
        }
        assert!(cues.iter().any(|cue| matches!(cue, Cue::Speech(_))));
        let said = cues.iter().find_map(|cue| match cue {
            Cue::Line { secs, loudness, .. } if *secs > 0.0 => Some((*secs, loudness.len())),
            _ => None,
        });
        let (secs, digits) = said.unwrap();
        assert_eq!((secs - 11.0).abs() < 0.01, !is_muted, "{secs}");
        assert_eq!(digits, if is_muted { 0 } else { 4 });
        // Going on breaks it off, and so does a pause.
        desk.carry_out(Intent::SkipCaption);
        assert_eq!(desk.cues.first(), Some(&Cue::Hush));
        desk.cues.clear();
        desk.carry_out(Intent::Open(Page::Settings));
        assert_eq!(desk.cues, [Cue::Pause(true)]);
    }
}

#[test]
fn the_instructor_area_opens_with_its_passphrase_only() {
    let data = tempfile::tempdir().unwrap();
    let mut desk = desk(data.path());
    desk.carry_out(Intent::Open(Page::Instructor));
    desk.carry_out(Intent::SetPassphrase("quiet water".to_owned()));
    assert!(desk.is_unlocked);
    desk.carry_out(Intent::Lock);
    assert!(!desk.is_unlocked);
    desk.carry_out(Intent::SetPassphrase("another one".to_owned()));
    desk.carry_out(Intent::Unlock("another one".to_owned()));
    assert!(!desk.is_unlocked);
    desk.carry_out(Intent::Unlock("quiet water".to_owned()));
    assert!(desk.is_unlocked);
    assert!(desk.verification.as_ref().is_some_and(Result::is_ok));
}

/// Whether somebody was last told to be in sight.
fn last_sight(cues: &[Cue], who: &str) -> Option<bool> {
    cues.iter().rev().find_map(|cue| match cue {
        Cue::Sight(id, is_seen) if id == who => Some(*is_seen),
        _ => None,
    })
}

#[test]
fn nobody_is_seen_before_the_door_is_opened() {
    let data = tempfile::tempdir().unwrap();
    let mut desk = desk(data.path());
    desk.carry_out(Intent::SignIn {
        name: "Amy Lloyd".to_owned(),
        collar_number: "77".to_owned(),
    });
    desk.carry_out(Intent::ChooseScenario("number-14".to_owned()));
    desk.seed = Some(3);
    desk.carry_out(Intent::Begin {
        is_assessment: false,
    });
    assert_eq!(last_sight(&desk.cues, "nikhil"), Some(false));
    assert_eq!(last_sight(&desk.cues, "sunita"), Some(true));
    for _ in 0..40 {
        hear_out(&mut desk);
        let live = desk.live.as_ref().unwrap();
        let encounter = live.sitting().encounter();
        let is_open = encounter.is_seen(encounter.scenario().subject);
        assert_eq!(last_sight(&desk.cues, "nikhil"), Some(is_open));
        if is_open {
            // He is there before his first line at the open door.
            let shown = desk
                .cues
                .iter()
                .position(|cue| matches!(cue, Cue::Sight(id, true) if id == "nikhil"))
                .unwrap();
            assert!(
                desk.cues[shown..]
                    .iter()
                    .any(|cue| matches!(cue, Cue::Line { by, .. } if by == "nikhil"))
            );
            return;
        }
        let made = first_option(&desk);
        desk.carry_out(Intent::Make(made));
    }
    panic!("the door never opened");
}

#[test]
fn a_moment_of_the_debrief_is_the_scene_as_it_stood() {
    let data = tempfile::tempdir().unwrap();
    let mut desk = desk(data.path());
    sit_down(&mut desk, true);
    let mut stood = Vec::new();
    for _ in 0..60 {
        hear_out(&mut desk);
        let state = desk.live.as_ref().unwrap().sitting().encounter().state();
        stood.push((state.distress, state.trust, state.distance));
        if desk.live.as_ref().unwrap().ended.is_some() {
            break;
        }
        let made = first_option(&desk);
        desk.carry_out(Intent::Make(made));
    }
    let id = desk.live.as_ref().unwrap().sitting().id.unwrap();
    desk.carry_out(Intent::ShowDebrief(id.to_string()));
    let kept = Store::open(data.path()).unwrap().moves(id).unwrap();
    for (made, (distress, trust, distance)) in (0_u32..).zip(&stood) {
        desk.cues.clear();
        desk.carry_out(Intent::SeeMoment(Some(made)));
        let wanted = Cue::Levels {
            distress: *distress,
            trust: *trust,
            distance_half_metres: *distance,
        };
        assert!(desk.cues.contains(&wanted), "{made}: {:?}", desk.cues);
        assert!(desk.cues.contains(&Cue::Look(Eye::Theirs)), "{made}");
        let places = desk.cues.iter().filter(|c| matches!(c, Cue::Set { .. }));
        assert_eq!(places.count(), usize::from(made == 0));
    }
    desk.carry_out(Intent::LookFrom(Eye::Above));
    assert_eq!(desk.cues.last(), Some(&Cue::Look(Eye::Above)));
    desk.carry_out(Intent::SeeMoment(None));
    assert_eq!(desk.cues.last(), Some(&Cue::Clear));
    assert_eq!(desk.page, Page::Debrief);
    assert!(desk.told.as_ref().unwrap().moment.is_none());
    let after = Store::open(data.path()).unwrap().moves(id).unwrap();
    assert_eq!(kept, after, "looking changes nothing that is kept");
}

#[test]
fn a_reason_is_waited_for_kept_and_set_beside_the_log_and_both_ways_are_kept() {
    let data = tempfile::tempdir().unwrap();
    let mut desk = desk(data.path());
    sit_down(&mut desk, true);
    let mut was_asked = false;
    for _ in 0..60 {
        if desk
            .live
            .as_ref()
            .is_some_and(|live| live.decided().is_some())
        {
            was_asked = true;
            let before = desk.live.as_ref().unwrap().captions.len();
            // No time runs, nothing is told, and an assessment is not gone on with.
            desk.tick(500.0);
            desk.carry_out(Intent::SkipCaption);
            desk.carry_out(Intent::SkipReason);
            let live = desk.live.as_ref().unwrap();
            assert_eq!(live.captions.len(), before);
            assert!(live.decided().is_some());
        }
        hear_out(&mut desk);
        if desk.live.as_ref().unwrap().ended.is_some() {
            break;
        }
        let made = first_option(&desk);
        desk.carry_out(Intent::Make(made));
    }
    let id = desk.live.as_ref().unwrap().sitting().id.unwrap();
    desk.carry_out(Intent::ShowDebrief(id.to_string()));
    desk.finish_forks();
    let depth = &desk.told.as_ref().unwrap().depth;
    assert_eq!(depth.claims.is_empty(), !was_asked);
    assert!(depth.what_if.as_ref().unwrap().luck.is_some());
    desk.carry_out(Intent::WriteNote("Ask sooner.".to_owned()));
    assert_eq!(desk.told.as_ref().unwrap().depth.notes, ["Ask sooner."]);

    desk.carry_out(Intent::GoAgainFrom(2));
    let live = desk.live.as_ref().unwrap();
    assert_eq!(live.mode(), Mode::Practice);
    assert_eq!(live.sitting().words().len(), 1);
    let again = live.sitting().id.unwrap();
    assert_ne!(again, id);
    desk.carry_out(Intent::ShowDebrief(again.to_string()));
    let beside = desk.told.as_ref().unwrap().depth.beside.as_ref().unwrap();
    assert!(beside.is_origin);
    assert_eq!(beside.kept, 1);
    assert!(Store::open(data.path()).unwrap().verify().unwrap().sound());
}

#[test]
fn leaving_the_debrief_leaves_the_moment_too() {
    let data = tempfile::tempdir().unwrap();
    let mut desk = desk(data.path());
    sit_down(&mut desk, false);
    for _ in 0..60 {
        hear_out(&mut desk);
        if desk.live.as_ref().unwrap().ended.is_some() {
            break;
        }
        let made = first_option(&desk);
        desk.carry_out(Intent::Make(made));
    }
    let id = desk.live.as_ref().unwrap().sitting().id.unwrap();
    desk.carry_out(Intent::ShowDebrief(id.to_string()));
    desk.carry_out(Intent::SeeMoment(Some(1)));
    desk.carry_out(Intent::Back);
    assert_eq!(desk.cues.last(), Some(&Cue::Clear));
    assert!(desk.told.as_ref().unwrap().moment.is_none());
}

#[test]
fn settings_are_remembered() {
    let data = tempfile::tempdir().unwrap();
    let mut first = desk(data.path());
    let changed = Settings {
        text_scale: 1.5,
        ..Settings::default()
    };
    first.carry_out(Intent::Change(Box::new(changed.clone())));
    drop(first);
    assert_eq!(desk(data.path()).settings, changed);
}

#[test]
fn records_that_cannot_be_opened_are_told_with_the_reason_and_what_to_do() {
    let data = tempfile::tempdir().unwrap();
    std::fs::write(
        data.path().join(crate::records::DATABASE_FILE),
        "no database at all, but long enough to be looked at".repeat(99),
    )
    .unwrap();
    let mut desk = desk(data.path());
    for _ in 0..2 {
        let notice = desk.notice.take().unwrap();
        assert!(notice.starts_with("Records cannot be kept: "), "{notice}");
        assert!(notice.contains("damaged records"), "{notice}");
        assert!(notice.contains("restore the newest daily copy"), "{notice}");
        desk.carry_out(Intent::SignIn {
            name: "Amy Lloyd".to_owned(),
            collar_number: "77".to_owned(),
        });
        assert_ne!(desk.page, Page::Encounter);
    }
}

#[test]
fn a_collar_number_in_place_of_a_name_signs_in_its_owner_and_makes_nobody_new() {
    let data = tempfile::tempdir().unwrap();
    let mut desk = desk(data.path());
    let type_in = |desk: &mut Desk, name: &str| {
        desk.carry_out(Intent::SignIn {
            name: name.to_owned(),
            collar_number: String::new(),
        });
    };
    desk.carry_out(Intent::SignIn {
        name: "Amy Lloyd".to_owned(),
        collar_number: "77".to_owned(),
    });
    desk.carry_out(Intent::SignOut);
    type_in(&mut desk, "78");
    assert_eq!(desk.page, Page::SignIn);
    assert!(desk.notice.as_ref().unwrap().contains("collar number 78"));
    type_in(&mut desk, "77");
    assert_eq!(desk.page, Page::Library);
    assert_eq!(desk.trainee.as_ref().unwrap().name, "Amy Lloyd");
    assert_eq!(desk.trainees.len(), 1);
}
