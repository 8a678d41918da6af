//! Takes the pictures of contact sheets: for each, place and people are made ready, stage time
//! runs undrawn up to the moment, and a single picture is drawn.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bevy::app::PluginsState;
use bevy::prelude::*;
use bevy::render::RenderPlugin;
use bevy::render::view::screenshot::{Screenshot, ScreenshotCaptured};
use bevy::time::TimeUpdateStrategy;
use bevy::window::{ExitCondition, PrimaryWindow, WindowResolution};
use bevy::winit::WinitPlugin;

use super::canvas::Canvas;
use super::lettering::{self, LINE};
use super::sheets::Sheet;
use crate::app::stage::{
    StageCue, StageFault, StageQuality, StageSetting, StageSystems, StageTarget, Studio, is_settled,
};
use crate::app::window::one_after_the_other;

/// Stage time of a frame.
const STEP: Duration = Duration::from_millis(50);
/// Frames that are drawn before the one that is kept: what is new reaches the renderer in them.
const WARM_UP: u32 = 2;
/// Frames after which a place that does not come is given up.
const MOST_FRAMES: u32 = 20_000;
/// Paper.
const WHITE: [u8; 3] = [236, 236, 232];

/// What the darkroom is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Doing {
    /// Asking for place and people.
    Setting,
    /// Waiting for them.
    Waiting,
    /// Letting time run.
    Running,
    /// Drawing.
    Drawing(u32),
    /// Waiting for the pictures of a sheet.
    Developing,
}

/// The work at hand.
#[derive(Resource, Debug)]
struct Darkroom {
    sheets: Arc<[Sheet]>,
    folder: PathBuf,
    sheet: usize,
    tile: usize,
    doing: Doing,
    now: f32,
    next_cue: usize,
    waited: u32,
    /// Pictures of the sheet that have come.
    come: usize,
    canvas: Option<Canvas>,
    saved: usize,
    fault: Option<String>,
    /// What it all came to, for whoever started the app.
    result: Arc<Mutex<Option<Result<usize, String>>>>,
}

/// Takes all pictures of `sheets` and says how many sheets lie in `folder`.
///
/// # Errors
/// In words, if a sheet cannot be written.
pub(super) fn develop(
    sheets: Vec<Sheet>,
    folder: &Path,
    quality: StageQuality,
) -> Result<usize, String> {
    if sheets.is_empty() {
        return Ok(0);
    }
    let mut app = App::new();
    app.set_error_handler(bevy::ecs::error::error);
    app.add_plugins(
        DefaultPlugins
            .set(crate::app::assets())
            .set(crate::app::log())
            .set(RenderPlugin {
                synchronous_pipeline_compilation: true,
                ..default()
            })
            // Nothing opens this window; the stage takes the shape of its pictures from it.
            .set(WindowPlugin {
                primary_window: Some(Window::default()),
                exit_condition: ExitCondition::DontExit,
                ..default()
            })
            .disable::<WinitPlugin>(),
    );
    app.set_runner(run);
    app.insert_resource(TimeUpdateStrategy::ManualDuration(STEP));
    app.insert_resource(quality);
    app.init_resource::<Studio>();
    app.add_plugins(crate::app::stage::plugin);
    let result = Arc::new(Mutex::new(None));
    app.insert_resource(Darkroom {
        result: result.clone(),
        sheets: sheets.into(),
        folder: folder.to_owned(),
        sheet: 0,
        tile: 0,
        doing: Doing::Setting,
        now: 0.0,
        next_cue: 0,
        waited: 0,
        come: 0,
        canvas: None,
        saved: 0,
        fault: None,
    });
    app.add_systems(Update, (work, hear_faults).before(StageSystems::Clock));
    app.add_systems(Last, leave);
    one_after_the_other(&mut app);
    app.run();
    result
        .lock()
        .ok()
        .and_then(|mut result| result.take())
        .unwrap_or_else(|| Err("the pictures were not finished".to_owned()))
}

/// Runs frame after frame. Moments that pass undrawn are not told to the renderer, unless something is
/// on its way to it: they were three quarters of the time.
fn run(mut app: App) -> AppExit {
    while app.plugins_state() == PluginsState::Adding {
        bevy::tasks::tick_global_task_pools_on_main_thread();
    }
    app.finish();
    app.cleanup();
    loop {
        let passes = app
            .world()
            .get_resource::<Darkroom>()
            .is_some_and(|room| room.doing == Doing::Running);
        if passes && is_settled(app.world()) {
            let stage = app.main_mut();
            stage.run_default_schedule();
            stage.world_mut().clear_trackers();
        } else {
            app.update();
        }
        if let Some(exit) = app.should_exit() {
            return exit;
        }
    }
}

fn work(
    mut room: ResMut<Darkroom>,
    mut studio: ResMut<Studio>,
    setting: Option<Res<StageSetting>>,
    target: Option<Res<StageTarget>>,
    mut window: Single<&mut Window, With<PrimaryWindow>>,
    mut cues: MessageWriter<StageCue>,
    mut commands: Commands,
) {
    let room = &mut *room;
    studio.is_drawing = false;
    let sheets = Arc::clone(&room.sheets);
    let Some(sheet) = sheets.get(room.sheet) else {
        return;
    };
    let Some(tile) = sheet.tiles.get(room.tile) else {
        return;
    };
    match room.doing {
        Doing::Setting => {
            let size = sheet.size;
            if (
                window.resolution.physical_width(),
                window.resolution.physical_height(),
            ) != size
            {
                window.resolution = WindowResolution::new(size.0, size.1);
            }
            if setting.as_deref() != Some(&tile.setting) {
                commands.insert_resource(tile.setting.clone());
                studio.is_ready = false;
            }
            studio.framing = tile.framing;
            room.waited = 0;
            room.doing = Doing::Waiting;
        }
        Doing::Waiting => {
            room.waited += 1;
            let is_sized = target.is_some_and(|target| {
                target
                    .size
                    .as_vec2()
                    .distance(UVec2::from(sheet.size).as_vec2())
                    < 3.0
            });
            if studio.is_ready && is_sized {
                for (_, cue) in tile.cues.iter().filter(|(at, _)| *at <= 0.0) {
                    cues.write(cue.clone());
                }
                studio.begins = true;
                room.next_cue = tile.cues.iter().filter(|(at, _)| *at <= 0.0).count();
                room.now = 0.0;
                room.doing = Doing::Running;
            } else if room.waited > MOST_FRAMES {
                room.fault = Some(format!("{} did not come up", tile.caption));
            } else if room.waited > 10 {
                // Models are read by other threads.
                std::thread::sleep(Duration::from_millis(2));
            }
        }
        Doing::Running => {
            room.now += STEP.as_secs_f32();
            let due: Vec<StageCue> = tile.cues[room.next_cue..]
                .iter()
                .take_while(|(at, _)| *at <= room.now)
                .map(|(_, cue)| cue.clone())
                .collect();
            let is_time = room.now >= tile.at - STEP.as_secs_f32() * (WARM_UP as f32);
            room.next_cue += due.len();
            cues.write_batch(due);
            if is_time {
                room.doing = Doing::Drawing(WARM_UP);
            }
        }
        Doing::Drawing(left) => {
            studio.is_drawing = true;
            room.doing = if left > 0 {
                Doing::Drawing(left - 1)
            } else {
                if let Some(target) = target {
                    take(&mut commands, &target, room.sheet, room.tile, sheet);
                }
                let is_last = room.tile + 1 >= sheet.tiles.len();
                if is_last {
                    Doing::Developing
                } else {
                    room.tile += 1;
                    Doing::Setting
                }
            };
        }
        Doing::Developing => {
            if room.come < sheet.tiles.len() {
                std::thread::sleep(Duration::from_millis(1));
                return;
            }
            let path = room.folder.join(format!("{}.png", sheet.name));
            if let Some(canvas) = room.canvas.take() {
                match canvas.save(&path) {
                    Ok(()) => room.saved += 1,
                    Err(fault) => room.fault = Some(fault),
                }
            }
            room.come = 0;
            room.tile = 0;
            room.sheet += 1;
            room.doing = Doing::Setting;
        }
    }
}

/// Asks for the picture of this frame and puts it on the sheet when it comes.
fn take(commands: &mut Commands, target: &StageTarget, number: usize, tile: usize, sheet: &Sheet) {
    let (wide, high) = (sheet.size.0 as usize, sheet.size.1 as usize);
    let step = high + if sheet.has_captions { LINE } else { 0 };
    let (x, y) = (tile % sheet.columns * wide, tile / sheet.columns * step);
    let rows = sheet.tiles.len().div_ceil(sheet.columns);
    let whole = (wide * sheet.columns.min(sheet.tiles.len()), step * rows);
    let caption = if sheet.has_captions {
        sheet.tiles[tile].caption.clone()
    } else {
        String::new()
    };
    commands
        .spawn(Screenshot::image(target.image.clone()))
        .observe(
            move |picture: On<ScreenshotCaptured>, mut room: ResMut<Darkroom>| {
                if room.sheet != number {
                    return;
                }
                let canvas = room
                    .canvas
                    .get_or_insert_with(|| Canvas::new(whole.0, whole.1, WHITE));
                canvas.put(x, y, &picture.image);
                lettering::write(canvas, x + 4, y + high + 2, &caption);
                room.come += 1;
            },
        );
}

fn hear_faults(mut faults: MessageReader<StageFault>, mut room: ResMut<Darkroom>) {
    for StageFault(words) in faults.read() {
        warn!("{words}");
        room.fault.get_or_insert_with(|| words.clone());
    }
}

fn leave(room: Res<Darkroom>, mut exit: MessageWriter<AppExit>) {
    let result = if let Some(fault) = &room.fault {
        Err(fault.clone())
    } else if room.sheet >= room.sheets.len() {
        Ok(room.saved)
    } else {
        return;
    };
    if let Ok(mut kept) = room.result.lock() {
        *kept = Some(result);
    }
    exit.write(AppExit::Success);
}
