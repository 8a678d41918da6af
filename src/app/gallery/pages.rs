//! Every screen as a PNG file, as it is in the window.

use std::path::{Path, PathBuf};
use std::time::Duration;

use bevy::app::ScheduleRunnerPlugin;
use bevy::camera::RenderTarget;
use bevy::prelude::*;
use bevy::render::render_resource::{Extent3d, TextureDimension, TextureFormat, TextureUsages};
use bevy::render::view::screenshot::{Screenshot, save_to_disk};
use bevy::window::ExitCondition;
use bevy::winit::WinitPlugin;
use bevy_egui::{EguiGlobalSettings, EguiPrimaryContextPass, PrimaryEguiContext};

use super::Commission;
use crate::app::desk::{Desk, Live};
use crate::app::stage::{StageClock, StageQuality, StageSystems};
use crate::app::views::{Intent, Page, Settings};
use crate::app::window::one_after_the_other;
use crate::app::{assets, log, pages, plugin};
use crate::encounter::Move;
use crate::places::Places;

/// Size of every picture in points.
const SIZE: UVec2 = UVec2::new(1280, 720);
/// Frames before a page is settled.
const PAGE_FRAMES: u32 = 12;
/// Pictures of the stage before people stand as they should.
const STAGE_PICTURES: u64 = 8;
/// Frames after which a stage that shows nothing is photographed all the same.
const MOST_FRAMES: u32 = 4_000;

/// One picture.
struct Shot {
    name: String,
    prepare: Box<dyn Fn(&mut Desk) + Send + Sync>,
    with_stage: bool,
}

/// The pictures that are still to be taken.
#[derive(Resource)]
struct Album {
    shots: Vec<Shot>,
    at: usize,
    frames: u32,
    pictures_at_start: u64,
    is_prepared: bool,
    is_taken: bool,
    folder: PathBuf,
    image: Handle<Image>,
}

/// Renders the screens that are wanted into `folder` and says how many.
pub(super) fn run(places: &Places, folder: &Path, commission: &Commission) -> usize {
    // Records of its own, so that nobody's attempts are in the pictures or touched by them.
    let data = std::env::temp_dir().join(format!("common-ground-gallery-{}", std::process::id()));
    let desk = Desk::new(Places::new(Some(places.scenarios()), Some(data.clone())));
    let scenarios: Vec<String> = desk
        .shelf
        .iter()
        .flat_map(|shelf| &shelf.scenarios)
        .filter(|file| file.is_playable())
        .map(|file| file.id.clone())
        .collect();
    let mut shots = shots(&scenarios);
    shots.retain(|shot| commission.wants(&shot.name));
    let count = shots.len();
    if count > 0 {
        let quality = commission.quality(StageQuality::Medium);
        photograph(desk, shots, folder.to_owned(), quality);
    }
    let _ = std::fs::remove_dir_all(&data);
    count
}

fn photograph(desk: Desk, shots: Vec<Shot>, folder: PathBuf, quality: StageQuality) {
    let mut app = App::new();
    app.set_error_handler(bevy::ecs::error::error);
    app.add_plugins(
        DefaultPlugins
            .set(assets())
            .set(log())
            .set(WindowPlugin {
                primary_window: None,
                exit_condition: ExitCondition::DontExit,
                ..default()
            })
            .disable::<WinitPlugin>(),
    );
    app.add_plugins(ScheduleRunnerPlugin::run_loop(Duration::from_millis(1)));
    app.add_plugins((
        super::super::interface::egui(),
        super::super::interface::plugin,
    ));
    app.insert_resource(EguiGlobalSettings {
        auto_create_primary_context: false,
        ..default()
    });
    app.insert_resource(quality);
    app.insert_resource(desk);
    app.add_plugins(plugin);
    one_after_the_other(&mut app);
    let mut image = Image::new_fill(
        Extent3d {
            width: SIZE.x,
            height: SIZE.y,
            depth_or_array_layers: 1,
        },
        TextureDimension::D2,
        &[0, 0, 0, 255],
        TextureFormat::Rgba8UnormSrgb,
        bevy::asset::RenderAssetUsages::default(),
    );
    image.texture_descriptor.usage =
        TextureUsages::TEXTURE_BINDING | TextureUsages::COPY_SRC | TextureUsages::RENDER_ATTACHMENT;
    let image = app.world_mut().resource_mut::<Assets<Image>>().add(image);
    app.world_mut().spawn((
        Name::new("Interface"),
        Camera2d,
        Msaa::Off,
        RenderTarget::Image(image.clone().into()),
        PrimaryEguiContext,
    ));
    app.insert_resource(Album {
        shots,
        at: 0,
        frames: 0,
        pictures_at_start: 0,
        is_prepared: false,
        is_taken: false,
        folder,
        image,
    });
    app.add_systems(Update, turn_pages.before(StageSystems::Clock));
    app.add_systems(EguiPrimaryContextPass, keep_drawing.after(pages::draw));
    app.run();
}

/// Nothing else asks for frames here.
const fn keep_drawing() {}

fn turn_pages(
    mut album: ResMut<Album>,
    mut desk: ResMut<Desk>,
    mut drafts: ResMut<pages::Drafts>,
    clock: Res<StageClock>,
    mut commands: Commands,
    mut exit: MessageWriter<AppExit>,
) {
    let album = &mut *album;
    let Some(shot) = album.shots.get(album.at) else {
        // A few frames more, so that the last picture reaches the disk.
        album.frames += 1;
        if album.frames > 60 {
            exit.write(AppExit::Success);
        }
        return;
    };
    if !album.is_prepared {
        (shot.prepare)(&mut desk);
        let page = desk.page;
        drafts.turn_to(page);
        album.is_prepared = true;
        album.is_taken = false;
        album.frames = 0;
        album.pictures_at_start = clock.pictures;
        return;
    }
    album.frames += 1;
    let stage_is_ready = !shot.with_stage
        || clock.pictures >= album.pictures_at_start + STAGE_PICTURES
        || album.frames > MOST_FRAMES;
    if !album.is_taken && album.frames >= PAGE_FRAMES && stage_is_ready {
        let path = album.folder.join(format!("{}.png", shot.name));
        commands
            .spawn(Screenshot::image(album.image.clone()))
            .observe(save_to_disk(path));
        album.is_taken = true;
        album.frames = 0;
    } else if album.is_taken && album.frames > 6 {
        album.at += 1;
        album.frames = 0;
        album.is_prepared = false;
    }
}

fn shots(scenarios: &[String]) -> Vec<Shot> {
    let mut shots: Vec<Shot> = Vec::new();
    let mut add = |name: &str, with_stage: bool, prepare: Box<dyn Fn(&mut Desk) + Send + Sync>| {
        shots.push(Shot {
            name: name.to_owned(),
            prepare,
            with_stage,
        });
    };
    add("sign-in", false, Box::new(|_| {}));
    add(
        "library",
        false,
        Box::new(|desk| {
            desk.carry_out(Intent::SignIn {
                name: "Sam Okafor".into(),
                collar_number: "4127".into(),
            });
        }),
    );
    for id in scenarios {
        let (first, second, third, last) = (id.clone(), id.clone(), id.clone(), id.clone());
        add(
            &format!("briefing-{id}"),
            false,
            Box::new(move |desk| sit_down(desk, &first)),
        );
        add(
            &format!("encounter-{id}"),
            true,
            Box::new(move |desk| play(desk, &second, 1)),
        );
        add(
            &format!("encounter-later-{id}"),
            true,
            Box::new(move |desk| play(desk, &third, 6)),
        );
        add(
            &format!("debrief-{id}"),
            false,
            Box::new(move |desk| {
                play(desk, &last, 200);
                let done = desk.live.as_ref().and_then(|live| live.sitting().id);
                if let Some(id) = done {
                    desk.carry_out(Intent::ShowDebrief(id.to_string()));
                    desk.finish_forks();
                }
            }),
        );
    }
    if let Some(id) = scenarios.first() {
        let (first, second, third) = (id.clone(), id.clone(), id.clone());
        add(
            "encounter-plan",
            true,
            Box::new(move |desk| {
                play(desk, &first, 3);
                desk.carry_out(Intent::ShowPlan(true));
            }),
        );
        add(
            "encounter-paused",
            false,
            Box::new(move |desk| {
                play(desk, &second, 3);
                desk.carry_out(Intent::SetPaused(true));
            }),
        );
        add(
            "encounter-large-text",
            true,
            Box::new(move |desk| {
                change(desk, |settings| settings.text_scale = 2.0);
                play(desk, &third, 2);
            }),
        );
    }
    add(
        "my-record",
        false,
        Box::new(|desk| {
            change(desk, |settings| settings.text_scale = 1.0);
            desk.carry_out(Intent::LeaveEncounter);
            desk.carry_out(Intent::Open(Page::MyRecord));
        }),
    );
    add(
        "settings",
        false,
        Box::new(|desk| desk.carry_out(Intent::Open(Page::Settings))),
    );
    add(
        "support",
        false,
        Box::new(|desk| desk.carry_out(Intent::Open(Page::Support))),
    );
    add(
        "instructor-locked",
        false,
        Box::new(|desk| {
            if !desk.has_passphrase {
                desk.carry_out(Intent::SetPassphrase("quiet water".into()));
                desk.carry_out(Intent::Lock);
            }
            desk.carry_out(Intent::Open(Page::Instructor));
        }),
    );
    add(
        "instructor",
        false,
        Box::new(|desk| {
            desk.carry_out(Intent::Unlock("quiet water".into()));
            let first = desk.trainees.first().map(|trainee| trainee.id.to_string());
            desk.carry_out(Intent::PickTrainee(first));
        }),
    );
    add(
        "library-light",
        false,
        Box::new(|desk| {
            change(desk, |settings| settings.is_light = true);
            desk.carry_out(Intent::Open(Page::Library));
        }),
    );
    shots
}

fn change(desk: &mut Desk, with: impl Fn(&mut Settings)) {
    let mut settings = desk.settings.clone();
    with(&mut settings);
    desk.carry_out(Intent::Change(Box::new(settings)));
}

fn sit_down(desk: &mut Desk, id: &str) {
    if desk.trainee.is_none() {
        desk.carry_out(Intent::SignIn {
            name: "Sam Okafor".into(),
            collar_number: "4127".into(),
        });
    }
    desk.carry_out(Intent::LeaveEncounter);
    desk.carry_out(Intent::ChooseScenario(id.to_owned()));
}

/// Plays the moves with the most evidence, up to `moves` of them or to the ending.
fn play(desk: &mut Desk, id: &str, moves: usize) {
    sit_down(desk, id);
    desk.seed = Some(7);
    desk.carry_out(Intent::Begin {
        is_assessment: false,
    });
    for _ in 0..moves {
        hear_out(desk);
        let Some(made) = desk.live.as_ref().and_then(best_move) else {
            break;
        };
        desk.carry_out(Intent::Make(made));
    }
    hear_out(desk);
}

fn hear_out(desk: &mut Desk) {
    while desk.live.as_ref().is_some_and(Live::is_speaking) {
        desk.carry_out(Intent::SkipCaption);
    }
}

fn best_move(live: &Live) -> Option<Move> {
    let encounter = live.sitting().encounter();
    encounter.ending().is_none().then(|| {
        encounter
            .offered()
            .into_iter()
            .rev()
            .map(Move::Choice)
            .max_by_key(|made| {
                encounter
                    .evidence(*made)
                    .map(|e| e.level.points())
                    .sum::<u32>()
            })
            .unwrap_or(Move::Silence)
    })
}
