//! Opens the window and joins its parts: intents in, cues out, a page a frame.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use bevy::asset::UnapprovedPathMode;
use bevy::core_pipeline::{Core2d, Core3d};
use bevy::ecs::error;
use bevy::ecs::schedule::SingleThreadedExecutor;
use bevy::log::LogPlugin;
use bevy::prelude::*;
use bevy::render::error_handler::{RenderError, RenderErrorHandler, RenderErrorPolicy};
use bevy::render::renderer::RenderGraph;
use bevy::render::{ExtractSchedule, Render, RenderApp};
use bevy::time::{TimeSystems, TimeUpdateStrategy};
use bevy::window::{RequestRedraw, WindowResolution};
use bevy::winit::{UpdateMode, WinitSettings};
use bevy_egui::{
    EguiGlobalSettings, EguiPostUpdateSet, EguiPrimaryContextPass, EguiRenderOutput,
    PrimaryEguiContext,
};

use crate::places::{Places, beside_program};
use crate::scenario::Weather;
use crate::scenario::recordings::LEVELS_PER_SEC;

use super::desk::{Cue, Desk};
use super::stage::{
    ReduceMotion, StageCue, StageFault, StagePerson, StageQuality, StageRole, StageSetting,
    StageView,
};
use super::views::moment::Eye;
use super::views::{Intent, Page, Picture};
use super::{Measured, desk, interface, measure, pages, redraw, sound, stage, views};

/// Longest step of time that the encounter takes in one frame, in seconds: a computer that was
/// asleep must not let the decision window run out.
const LONGEST_STEP: f32 = 1.0;

/// What the window opens with.
#[derive(Debug, Clone, Default)]
pub struct Opening {
    /// Scenario to open straight away, by id or path.
    pub scenario: Option<String>,
    /// Seed of its run.
    pub seed: Option<u64>,
    /// Beat at which a preview opens.
    pub at: Option<String>,
    /// Values that a preview sets.
    pub set: Vec<String>,
    /// Close as soon as the first screen can be used: for measuring.
    pub is_measured: bool,
    /// Begin the scenario at once, measure this and close.
    pub measured: Option<Measured>,
}

/// Opens the window and stays in it until it is closed.
#[must_use]
pub fn open(places: Places, opening: Opening) -> AppExit {
    let mut desk = Desk::new(places);
    if let Some(name) = &opening.scenario {
        if opening.at.is_some() || !opening.set.is_empty() {
            desk.open_preview(desk::Preview {
                scenario: name.clone(),
                at: opening.at.clone(),
                set: opening.set.clone(),
                seed: opening.seed.unwrap_or(1),
            });
        } else {
            desk.open_scenario(name, opening.seed);
        }
    }
    if let Some(picture) = opening.measured.and_then(|measured| measured.picture) {
        desk.settings.picture = picture;
    }
    let mut app = App::new();
    // A fault in one system must not take the encounter with it.
    app.set_error_handler(error::error);
    app.add_plugins(DefaultPlugins.set(assets()).set(log()).set(WindowPlugin {
        primary_window: Some(Window {
            title: "Common Ground".into(),
            name: Some("common-ground".into()),
            resolution: WindowResolution::new(1280, 720),
            resize_constraints: bevy::window::WindowResizeConstraints {
                min_width: 800.0,
                min_height: 560.0,
                ..default()
            },
            ..default()
        }),
        ..default()
    }));
    app.insert_resource(WinitSettings {
        focused_mode: UpdateMode::reactive(Duration::from_millis(250)),
        unfocused_mode: UpdateMode::reactive_low_power(Duration::from_millis(500)),
    });
    app.add_plugins((interface::egui(), interface::plugin, redraw::plugin));
    app.insert_resource(EguiGlobalSettings {
        auto_create_primary_context: false,
        ..default()
    });
    app.insert_resource(desk);
    app.insert_resource(RenderErrorHandler(picture_lost));
    app.add_plugins((plugin, sound::plugin));
    app.add_systems(Startup, window_camera);
    app.add_systems(First, tell_the_time.before(TimeSystems));
    one_after_the_other(&mut app);
    if opening.is_measured {
        app.add_systems(Last, close_after_first_screen);
    }
    if let Some(measured) = opening.measured {
        app.insert_resource(measured).add_plugins(measure::plugin);
    }
    app.run()
}

/// The time of a frame is that of its beginning. Bevy would take the end of the last one, which is a
/// second ago where frames are few, and a picture that was due now would come a frame late.
fn tell_the_time(mut time: ResMut<TimeUpdateStrategy>) {
    *time = TimeUpdateStrategy::ManualInstant(Instant::now());
}

/// Lets systems run one after the other, the window's and the renderer's beside each other. There are
/// hundreds, and nearly all are over sooner than another thread is woken for them.
pub(super) fn one_after_the_other(app: &mut App) {
    fn alone(schedule: &mut Schedule) {
        schedule.set_executor(SingleThreadedExecutor::new());
    }
    app.edit_schedule(First, alone)
        .edit_schedule(PreUpdate, alone)
        .edit_schedule(RunFixedMainLoop, alone)
        .edit_schedule(Update, alone)
        .edit_schedule(SpawnScene, alone)
        .edit_schedule(PostUpdate, alone)
        .edit_schedule(Last, alone)
        .edit_schedule(EguiPrimaryContextPass, alone);
    if let Some(render) = app.get_sub_app_mut(RenderApp) {
        render
            .edit_schedule(ExtractSchedule, alone)
            .edit_schedule(Render, alone)
            .edit_schedule(RenderGraph, alone)
            .edit_schedule(Core2d, alone)
            .edit_schedule(Core3d, alone);
    }
}

/// Where pictures, people and sounds lie: beside the program, else in the current folder.
pub(super) fn assets() -> AssetPlugin {
    let here = || std::env::current_dir().unwrap_or_default().join("assets");
    let folder: PathBuf = beside_program("assets").unwrap_or_else(here);
    AssetPlugin {
        file_path: folder.display().to_string(),
        unapproved_path_mode: UnapprovedPathMode::Forbid,
        ..default()
    }
}

/// Warnings and worse, without what a computer without a sound card says at every start.
pub(super) fn log() -> LogPlugin {
    LogPlugin {
        filter: "warn,wgpu=error,naga=error,bevy_mesh=error,bevy_gltf=error,bevy_audio=off,bevy_winit=error".into(),
        ..default()
    }
}

/// What the window and the gallery share.
pub(super) fn plugin(app: &mut App) {
    app.add_message::<Asked>();
    app.add_message::<sound::Heard>();
    app.init_resource::<pages::Drafts>();
    app.add_plugins(stage::plugin);
    app.add_systems(Startup, first_picture.before(stage::StageSystems::Clock));
    app.add_systems(
        Update,
        (carry_out, pass_time, show, follow_settings, hear_faults)
            .chain()
            .before(stage::StageSystems::Clock),
    );
    app.add_systems(EguiPrimaryContextPass, pages::draw);
    app.add_systems(
        PostUpdate,
        show_new_letters
            .after(EguiPostUpdateSet::ProcessOutput)
            .before(EguiPostUpdateSet::PostProcessOutput),
    );
}

/// Letters that were never shown before reach the graphics card a frame after the words that use
/// them; that frame must not wait for the next key.
fn show_new_letters(
    outputs: Query<&EguiRenderOutput>,
    mut redraw: Option<MessageWriter<RequestRedraw>>,
) {
    if let Some(redraw) = &mut redraw
        && outputs
            .iter()
            .any(|output| !output.textures_delta.is_empty())
    {
        redraw.write(RequestRedraw);
    }
}

/// The exit code where the graphics card was lost.
pub const PICTURE_LOST: u8 = 71;

/// A graphics device that is lost, or refuses its work, ends the program in order: what was decided
/// is on disk, and going on without a picture, or with one that flickers, would help nobody.
fn picture_lost(error: &RenderError, main_world: &mut World, _: &mut World) -> RenderErrorPolicy {
    error!(
        "The picture was lost ({:?}: {}). Every decision up to now is kept: start Common Ground again \
         and take the encounter up from the list of scenarios.",
        error.ty, error.description
    );
    main_world.write_message(AppExit::from_code(PICTURE_LOST));
    RenderErrorPolicy::StopRendering
}

/// Something the user asked for.
#[derive(Message, Debug, Clone)]
pub(super) struct Asked(pub Intent);

/// Frames after which the first screen is drawn and answers.
const FIRST_SCREEN_FRAMES: u32 = 3;

fn close_after_first_screen(
    mut frames: Local<u32>,
    mut redraw: MessageWriter<RequestRedraw>,
    mut exit: MessageWriter<AppExit>,
) {
    *frames += 1;
    redraw.write(RequestRedraw);
    if *frames > FIRST_SCREEN_FRAMES {
        exit.write(AppExit::Success);
    }
}

fn window_camera(mut commands: Commands) {
    // The interface has smooth edges of its own; smoothing the whole window costs a processor dearly.
    commands.spawn((
        Name::new("Interface"),
        Camera2d,
        Msaa::Off,
        PrimaryEguiContext,
    ));
}

fn first_picture(desk: Res<Desk>, mut commands: Commands) {
    if let Some(quality) = quality_of(desk.settings.picture) {
        commands.insert_resource(quality);
    }
}

const fn quality_of(picture: Picture) -> Option<StageQuality> {
    match picture {
        Picture::Auto => None,
        Picture::Low => Some(StageQuality::Low),
        Picture::Medium => Some(StageQuality::Medium),
        Picture::High => Some(StageQuality::High),
    }
}

fn carry_out(
    mut asked: MessageReader<Asked>,
    mut desk: ResMut<Desk>,
    mut drafts: ResMut<pages::Drafts>,
    mut redraw: Option<MessageWriter<RequestRedraw>>,
    mut exit: MessageWriter<AppExit>,
) {
    for Asked(intent) in asked.read() {
        let before = desk.page;
        desk.carry_out(intent.clone());
        if desk.page != before {
            info!("page {:?}", desk.page);
            drafts.turn_to(desk.page);
        }
        if let Some(redraw) = &mut redraw {
            redraw.write(RequestRedraw);
        }
    }
    if desk.wants_to_quit {
        exit.write(AppExit::Success);
    }
}

fn pass_time(time: Res<Time<Real>>, mut desk: ResMut<Desk>) {
    if matches!(desk.page, Page::Author | Page::AuthorGraph)
        || desk.is_measuring()
        || desk.is_forking()
    {
        desk.hear_author();
    }
    if desk.page == Page::Encounter {
        desk.tick(time.delta_secs().min(LONGEST_STEP));
    }
}

/// Hands the desk's cues to stage and sound.
fn show(
    mut desk: ResMut<Desk>,
    mut commands: Commands,
    mut stage: MessageWriter<StageCue>,
    mut sounds: MessageWriter<sound::Heard>,
    mut time: ResMut<Time<Virtual>>,
    mut redraw: Option<MessageWriter<RequestRedraw>>,
    mut outside: Local<Option<Weather>>,
) {
    if desk.cues.is_empty() {
        return;
    }
    let mut is_radio = false;
    for cue in std::mem::take(&mut desk.cues) {
        match cue {
            Cue::Set {
                place,
                ambience,
                time: hour,
                weather,
                people,
                seed,
            } => {
                time.unpause();
                *outside = Some(weather);
                sounds.write(sound::Heard::Surroundings {
                    named: ambience,
                    place: place.clone(),
                    time: hour,
                    weather,
                });
                let people = people
                    .into_iter()
                    .map(|(id, look, part)| StagePerson {
                        id,
                        look,
                        role: match part {
                            desk::Part::Subject => StageRole::Subject,
                            desk::Part::Colleague => StageRole::Colleague,
                            desk::Part::Bystander => StageRole::Bystander,
                        },
                    })
                    .collect();
                commands.insert_resource(StageSetting {
                    place,
                    time: hour,
                    weather,
                    people,
                    seed,
                });
            }
            Cue::Levels {
                distress,
                trust,
                distance_half_metres,
            } => {
                stage.write(StageCue::Levels {
                    distress,
                    trust,
                    distance_half_metres,
                });
                sounds.write(sound::Heard::Breath(sound::breath(
                    distress,
                    distance_half_metres,
                )));
            }
            Cue::Line {
                by,
                words,
                mood,
                gesture,
                gaze,
                secs,
                loudness,
            } => {
                let speaker = by.clone();
                stage.write(StageCue::Line {
                    by,
                    words,
                    mood,
                    gesture,
                    gaze,
                    speaking_secs: secs,
                });
                if std::mem::take(&mut is_radio) {
                    stage.write(StageCue::Radio {
                        speaking_secs: secs,
                    });
                }
                if !loudness.is_empty() {
                    stage.write(StageCue::Voice {
                        by: speaker,
                        loudness,
                        per_sec: LEVELS_PER_SEC,
                    });
                }
            }
            Cue::Sound(name) => {
                sounds.write(sound::Heard::Once(name));
            }
            Cue::Speech(file) => {
                sounds.write(sound::Heard::Speech(file));
            }
            Cue::Unrecorded(words) => {
                sounds.write(sound::Heard::Unrecorded(words));
            }
            Cue::Hush => {
                sounds.write(sound::Heard::Hush);
            }
            Cue::Steps(half_metres) => {
                let name = sound::steps(half_metres, *outside);
                sounds.write(sound::Heard::Once(name.to_owned()));
            }
            Cue::RadioClick => {
                is_radio = true;
                sounds.write(sound::Heard::Once("radio-squelch".to_owned()));
            }
            Cue::Sight(id, is_seen) => {
                stage.write(StageCue::Sight { id, is_seen });
            }
            Cue::Look(eye) => {
                stage.write(StageCue::View(match eye {
                    Eye::Yours => StageView::OfficerEye,
                    Eye::Theirs => StageView::SubjectEye,
                    Eye::Above => StageView::Plan,
                }));
            }
            Cue::Pause(is_paused) => {
                if is_paused {
                    time.pause();
                } else {
                    time.unpause();
                }
                sounds.write(sound::Heard::Pause(is_paused));
            }
            Cue::Ended => {
                stage.write(StageCue::Ended);
                sounds.write(sound::Heard::Breath(""));
            }
            Cue::Clear => {
                time.unpause();
                commands.remove_resource::<StageSetting>();
                sounds.write(sound::Heard::Nothing);
            }
        }
    }
    if let Some(redraw) = &mut redraw {
        redraw.write(RequestRedraw);
    }
}

fn follow_settings(
    desk: Res<Desk>,
    mut known: Local<Option<views::Settings>>,
    mut calm: ResMut<ReduceMotion>,
    mut commands: Commands,
) {
    if known.as_ref() == Some(&desk.settings) {
        return;
    }
    let is_first = known.is_none();
    let picture_changed = known
        .as_ref()
        .is_some_and(|known| known.picture != desk.settings.picture);
    calm.0 = desk.settings.reduce_motion;
    if picture_changed && !is_first {
        // Automatic is found out at the next start; until then the low quality is safe.
        commands.insert_resource(quality_of(desk.settings.picture).unwrap_or(StageQuality::Low));
    }
    *known = Some(desk.settings.clone());
}

/// What could not be shown is said once, by name, for as long as the program runs.
fn hear_faults(
    mut faults: MessageReader<StageFault>,
    mut told: Local<BTreeSet<String>>,
    mut desk: ResMut<Desk>,
) {
    for StageFault(words) in faults.read() {
        if !told.insert(words.clone()) {
            continue;
        }
        warn!("{words}");
        let notice = match desk.notice.take() {
            Some(before) => format!("{before}\n{words}"),
            None => words.clone(),
        };
        desk.notice = Some(notice);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bevy::render::error_handler::ErrorType;

    #[test]
    fn a_lost_device_ends_the_program_with_a_code_of_its_own_and_draws_no_more() {
        let mut world = World::new();
        world.init_resource::<Messages<AppExit>>();
        let lost = RenderError {
            ty: ErrorType::DeviceLost,
            description: "gone".to_owned(),
            source: None,
        };
        let policy = picture_lost(&lost, &mut world, &mut World::new());
        assert!(matches!(policy, RenderErrorPolicy::StopRendering));
        let mut exits = world.resource_mut::<Messages<AppExit>>();
        let codes: Vec<AppExit> = exits.drain().collect();
        assert_eq!(codes, [AppExit::from_code(PICTURE_LOST)]);
    }
}
