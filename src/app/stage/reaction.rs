//! Tests of the whole stage without a window: how soon somebody reacts, and that the same
//! encounter looks the same to everybody.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use bevy::app::ScheduleRunnerPlugin;
use bevy::prelude::*;
use bevy::render::RenderPlugin;
use bevy::render::settings::WgpuSettings;
use bevy::render::sync_world::SyncWorldPlugin;
use bevy::time::TimeUpdateStrategy;
use bevy::window::ExitCondition;
use bevy::winit::WinitPlugin;

use super::bearing::Bearing;
use super::cast::Figure;
use super::face::{Features, Muscle};
use super::physique::Physique;
use super::{StageCue, StagePerson, StageQuality, StageRole, StageSetting};
use crate::scenario::{Gaze, Gesture, Mood, TimeOfDay, Weather};

/// A frame.
const FRAME: Duration = Duration::from_millis(33);

/// A stage without a renderer, with one person on it who has stood there for a while.
fn stage(quality: StageQuality, seed: u64) -> App {
    let mut app = App::new();
    app.add_plugins(
        DefaultPlugins
            .set(AssetPlugin {
                file_path: Path::new(env!("CARGO_MANIFEST_DIR"))
                    .join("assets")
                    .display()
                    .to_string(),
                ..default()
            })
            .set(RenderPlugin {
                render_creation: WgpuSettings {
                    backends: None,
                    ..default()
                }
                .into(),
                ..default()
            })
            .set(WindowPlugin {
                primary_window: None,
                exit_condition: ExitCondition::DontExit,
                ..default()
            })
            .disable::<WinitPlugin>()
            .disable::<bevy::log::LogPlugin>(),
    );
    app.add_plugins((SyncWorldPlugin, ScheduleRunnerPlugin::run_once()));
    app.insert_resource(TimeUpdateStrategy::ManualDuration(FRAME));
    app.insert_resource(quality);
    app.add_plugins(super::plugin);
    app.insert_resource(StageSetting {
        place: "landing".to_owned(),
        time: TimeOfDay::Day,
        weather: Weather::Indoors,
        people: vec![StagePerson {
            id: "dana".to_owned(),
            look: "woman-40s-jumper".to_owned(),
            role: StageRole::Subject,
        }],
        seed,
    });
    app.finish();
    app.cleanup();
    for _ in 0..4_000 {
        app.update();
        if dana(&mut app).is_some_and(|(_, _, is_shown)| is_shown) {
            break;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    for _ in 0..60 {
        app.update();
    }
    app
}

fn dana(app: &mut App) -> Option<(Bearing, Arc<Physique>, bool)> {
    app.world_mut()
        .query::<&Figure>()
        .iter(app.world())
        .next()
        .map(|figure| (figure.bearing.clone(), figure.body.clone(), figure.is_shown))
}

/// How far two moments of a person are apart: the farthest bone in metres, and the largest
/// difference of a muscle.
fn apart(body: &Physique, one: &Bearing, other: &Bearing) -> (f32, f32) {
    let bones = |bearing: &Bearing| body.skeleton.globals(&bearing.pose(body));
    let tips = |bearing: &Bearing| -> Vec<Vec3> {
        bones(bearing)
            .iter()
            // A hand's breadth in front of each bone, so that a turn counts as well.
            .map(|bone| bone.transform_point3(Vec3::Z * 0.10))
            .collect()
    };
    let moved = tips(one)
        .iter()
        .zip(tips(other))
        .map(|(a, b)| a.distance(b))
        .fold(0.0, f32::max);
    let feet = one.footing().offset.distance(other.footing().offset);
    let strength = |face: &Features| {
        [
            Muscle::EyeBlink,
            Muscle::EyeWide,
            Muscle::BrowOuterUp,
            Muscle::BrowInnerUp,
            Muscle::BrowDown,
            Muscle::JawOpen,
            Muscle::MouthFrown,
        ]
        .map(|muscle| face.strength(muscle))
    };
    let face = strength(&one.face())
        .into_iter()
        .zip(strength(&other.face()))
        .map(|(a, b)| (a - b).abs())
        .fold(0.0, f32::max);
    (moved.max(feet), face)
}

fn levels(distress: u8, trust: u8, distance_half_metres: u8) -> StageCue {
    StageCue::Levels {
        distress,
        trust,
        distance_half_metres,
    }
}

fn line(mood: Option<Mood>, gesture: Option<Gesture>, gaze: Option<Gaze>) -> StageCue {
    StageCue::Line {
        by: "dana".to_owned(),
        words: String::new(),
        mood,
        gesture,
        gaze,
        speaking_secs: 0.0,
    }
}

#[test]
fn a_move_is_answered_by_the_second_frame() {
    let cues = [
        ("a state that has not changed", levels(10, 5, 6)),
        ("more distress", levels(15, 5, 6)),
        ("a step closer", levels(12, 5, 2)),
        ("trust", levels(9, 9, 6)),
        ("a mood", line(Some(Mood::Angry), None, None)),
        ("a gesture", line(None, Some(Gesture::HandsUp), None)),
        ("a look", line(None, None, Some(Gaze::Away))),
        ("a bang", StageCue::Startle),
    ];
    for quality in [StageQuality::Low, StageQuality::Medium] {
        let mut app = stage(quality, 3);
        assert!(dana(&mut app).is_some(), "the person came on");
        for (name, cue) in &cues {
            for _ in 0..90 {
                app.update();
            }
            let (mut without, body, _) = dana(&mut app).unwrap();
            let began = without.time;
            app.world_mut().write_message(cue.clone());
            let mut frames = 0;
            loop {
                frames += 1;
                app.update();
                let (with, ..) = dana(&mut app).unwrap();
                // The same person who was told nothing, at the same moment.
                without.advance(with.time - began - (without.time - began), with.attends);
                let (moved, face) = apart(&body, &with, &without);
                if moved > 0.002 || face > 0.12 {
                    break;
                }
                assert!(frames < 2, "{quality:?} {name}: {moved} m, {face}");
            }
        }
    }
}

#[test]
fn the_same_seed_and_cues_give_the_same_pose_and_another_seed_the_same_posture() {
    let mut app = stage(StageQuality::Medium, 1);
    let (_, body, _) = dana(&mut app).unwrap();
    let run = |seed: u32| {
        let mut bearing = Bearing::new(seed, StageRole::Subject);
        bearing.feel(15, 4, true);
        for picture in 0..300u16 {
            match picture {
                40 => bearing.line(
                    "Don't.",
                    Some(Mood::Frightened),
                    None,
                    Some(Gaze::Officer),
                    1.0,
                ),
                120 => bearing.line(
                    "",
                    Some(Mood::Despairing),
                    Some(Gesture::WipesTears),
                    None,
                    0.0,
                ),
                200 => bearing.line("", None, Some(Gesture::Sits), None, 0.0),
                _ => {}
            }
            bearing.advance(0.05, Vec3::new(0.0, 0.0, 3.0));
        }
        bearing
    };
    let (one, same) = (run(9), run(9));
    assert_eq!(one.pose(&body), same.pose(&body));
    assert_eq!(one.face(), same.face());
    assert_eq!(one.footing(), same.footing());
    for seed in 10..20 {
        let another = run(seed);
        let (moved, _) = apart(&body, &one, &another);
        assert!(moved > 1e-4, "small variation comes from the seed");
        let head = body.skeleton.bones.head.unwrap();
        let height = |bearing: &Bearing| {
            body.skeleton.globals(&bearing.pose(&body))[head]
                .translation
                .y
        };
        assert!((height(&one) - height(&another)).abs() < 0.08);
        assert_eq!(
            one.postures.last().map(|p| p.0),
            another.postures.last().map(|p| p.0)
        );
    }
}

#[test]
fn who_sits_without_a_seat_sits_on_the_ground_and_with_one_on_it() {
    let mut app = stage(StageQuality::Medium, 1);
    let (_, body, _) = dana(&mut app).unwrap();
    let lowest = |seat: Option<(Vec2, f32)>, gesture: Gesture| {
        let mut bearing = Bearing::new(4, StageRole::Subject);
        bearing.feel(8, 8, true);
        bearing.line("", None, Some(gesture), None, 0.0);
        if gesture == Gesture::Sits {
            bearing.sit_on(seat);
        }
        for _ in 0..160 {
            bearing.advance(0.05, Vec3::Z * 3.0);
        }
        let globals = body.skeleton.globals(&bearing.pose(&body));
        let of = |bone: Option<usize>| Vec3::from(globals[bone.unwrap()].translation);
        let feet = body.skeleton.bones.foot.map(of);
        (of(body.skeleton.bones.pelvis), feet, bearing.footing())
    };
    let (pelvis, feet, _) = lowest(None, Gesture::Sits);
    assert!(pelvis.y < 0.20, "on the ground: {pelvis}");
    assert!(feet.iter().all(|foot| foot.y < 0.12), "{feet:?}");
    let (pelvis, feet, footing) = lowest(Some((Vec2::new(0.9, -0.2), 0.45)), Gesture::Sits);
    assert!((pelvis.y - 0.57).abs() < 0.05, "on the seat: {pelvis}");
    assert!(feet.iter().all(|foot| foot.y < 0.12), "{feet:?}");
    assert!((footing.offset - Vec3::new(0.9, 0.0, -0.2)).length() < 0.08);
    let (pelvis, feet, _) = lowest(None, Gesture::Crouches);
    assert!(pelvis.y > 0.2 && pelvis.y < 0.45, "{pelvis}");
    assert!(feet.iter().all(|foot| foot.y < 0.20), "{feet:?}");
}

#[test]
fn breath_and_blinks_keep_to_what_people_do() {
    let rates = |distress: u8, mood: Option<Mood>| {
        let mut bearing = Bearing::new(6, StageRole::Subject);
        bearing.feel(distress, 8, true);
        if mood.is_some() {
            bearing.line("", mood, None, None, 0.0);
        }
        let (breaths, blinks) = (bearing.breaths, bearing.blinks);
        for _ in 0..6000 {
            bearing.advance(0.03, Vec3::Z * 3.0);
        }
        (
            f32::from((bearing.breaths - breaths) as u16) / 3.0,
            f32::from((bearing.blinks - blinks) as u16) / 3.0,
        )
    };
    let (breaths, blinks) = rates(1, None);
    assert!(
        (12.0..=20.0).contains(&breaths),
        "{breaths} breaths a minute"
    );
    assert!((13.0..=22.0).contains(&blinks), "{blinks} blinks a minute");
    let (fast, often) = rates(19, None);
    assert!((25.0..=36.0).contains(&fast), "{fast} breaths a minute");
    assert!(often > blinks && often < 48.0, "{often} blinks a minute");
}
