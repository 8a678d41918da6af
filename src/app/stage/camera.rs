//! From where the stage is seen: the officer's eyes, the subject's eyes, or from above.

use bevy::camera::RenderTarget;
use bevy::core_pipeline::tonemapping::{DebandDither, Tonemapping};
use bevy::pbr::{DistanceFog, FogFalloff};
use bevy::prelude::*;

use super::acting::Levels;
use super::light::colour;
use super::quality::{StageClock, StageQuality, picture_is_due};
use super::set::{OnStage, Overhead, Room};
use super::target::StageTarget;
use super::{ReduceMotion, StageCue, StageSystems};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Standing>();
    app.init_resource::<StageView>();
    app.add_systems(
        Update,
        (
            take_view.in_set(StageSystems::Cues),
            (set_up, look)
                .chain()
                .in_set(StageSystems::Show)
                .run_if(resource_exists::<Room>.and_then(resource_exists::<StageTarget>)),
            uncover.in_set(StageSystems::Show).run_if(picture_is_due),
        ),
    );
}

/// From where to look.
#[derive(Resource, Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum StageView {
    /// Through the officer's eyes.
    #[default]
    OfficerEye,
    /// Through the subject's eyes, for review.
    SubjectEye,
    /// From above: who stands where.
    Plan,
}

/// Height of the officer's eyes, metres.
pub(super) const OFFICER_EYES: f32 = 1.62;

/// Where the two who matter stand.
#[derive(Resource, Debug, Clone, Copy)]
pub(super) struct Standing {
    /// The officer's feet.
    pub(super) officer: Vec3,
    /// The subject's feet.
    pub(super) subject: Vec3,
    /// Between the subject's eyes.
    pub(super) subject_eyes: Vec3,
    /// Distance shown now, metres, which glides to the true one.
    distance: f32,
    /// Where the officer's eyes rest, which follows the subject's.
    aim: Vec3,
    /// Whether people do more than breathe.
    pub(super) is_lively: bool,
    is_fresh: bool,
}

impl Default for Standing {
    fn default() -> Self {
        Self {
            officer: Vec3::Z * 3.0,
            subject: Vec3::ZERO,
            subject_eyes: Vec3::Y * 1.55,
            distance: 3.0,
            aim: Vec3::Y * 1.4,
            is_lively: true,
            is_fresh: true,
        }
    }
}

impl Standing {
    /// Where the officer's eyes are.
    pub(super) fn officer_eyes(&self) -> Vec3 {
        self.officer + Vec3::Y * OFFICER_EYES
    }

    /// Forgets the last scene, so that the next begins where it should without a glide.
    pub(super) fn refresh(&mut self) {
        *self = Self::default();
    }
}

/// The camera that draws the stage.
#[derive(Component, Debug)]
pub(super) struct StageCamera;

fn take_view(mut cues: MessageReader<StageCue>, mut view: ResMut<StageView>) {
    for cue in cues.read() {
        if let StageCue::View(wanted) = cue {
            view.set_if_neq(*wanted);
        }
    }
}

/// Brings up the camera, or points it at a new image.
fn set_up(
    mut commands: Commands,
    room: Res<Room>,
    quality: Res<StageQuality>,
    target: Res<StageTarget>,
    mut cameras: Query<&mut RenderTarget, With<StageCamera>>,
) {
    if let Ok(mut shown) = cameras.single_mut() {
        if shown.as_image() != Some(&target.image) {
            *shown = RenderTarget::Image(target.image.clone().into());
        }
        return;
    }
    let light = &room.light;
    let mut camera = commands.spawn((
        Name::new("Stage camera"),
        OnStage,
        StageCamera,
        Camera3d::default(),
        Camera {
            order: -1,
            clear_color: ClearColorConfig::Custom(colour(light.backdrop)),
            ..default()
        },
        RenderTarget::Image(target.image.clone().into()),
        Transform::default(),
    ));
    match *quality {
        StageQuality::Low => {
            camera.insert((Msaa::Off, Tonemapping::None, DebandDither::Disabled));
        }
        StageQuality::Medium => {
            camera.insert((Msaa::Off, Tonemapping::None, DebandDither::Disabled));
        }
        StageQuality::High => {
            camera.insert((Msaa::Sample4, Tonemapping::SomewhatBoringDisplayTransform));
        }
    }
    if *quality != StageQuality::Low && light.fog_density > 0.0 {
        camera.insert(DistanceFog {
            color: colour(light.fog),
            falloff: FogFalloff::Exponential {
                density: light.fog_density,
            },
            ..default()
        });
    }
}

/// Draws a picture only when one is due, from where the view asks.
fn look(
    clock: Res<StageClock>,
    levels: Res<Levels>,
    view: Res<StageView>,
    calm: Res<ReduceMotion>,
    room: Res<Room>,
    mut standing: ResMut<Standing>,
    camera: Single<(&mut Camera, &mut Transform, &mut Projection), With<StageCamera>>,
) {
    let (mut camera, mut place, mut lens) = camera.into_inner();
    if camera.is_active != clock.is_due {
        camera.is_active = clock.is_due;
    }
    if !clock.is_due {
        return;
    }
    let at_once = calm.0 || standing.is_fresh;
    standing.is_fresh = false;
    let share = if at_once {
        1.0
    } else {
        1.0 - (-clock.delta_secs * 2.6).exp()
    };
    let wanted = (f32::from(levels.distance_half_metres) * 0.5).clamp(0.5, 10.0);
    let gap = wanted - standing.distance;
    standing.distance += gap * share;
    if gap.abs() > 0.02 {
        standing.is_lively = true;
    }
    // A step rocks the eyes a little.
    let bob = if calm.0 {
        0.0
    } else {
        (standing.distance * 8.0).sin() * 0.018 * gap.abs().min(1.0)
    };
    let subject = standing.subject;
    let depth = standing
        .distance
        .min(room.ahead - subject.z - 0.15)
        .max(0.45);
    standing.officer = subject + Vec3::Z * depth;

    let aim_share = if at_once {
        1.0
    } else {
        1.0 - (-clock.delta_secs * 3.0).exp()
    };
    let fov = attention(depth);
    // The head stands in the upper third: the interface takes the lower one.
    let drop = 0.34 * depth * (fov * 0.5).tan();
    let mut aim = standing.subject_eyes - Vec3::Y * drop;
    aim.y = aim.y.max(0.75);
    let from = standing.aim;
    standing.aim = from + (aim - from) * aim_share;

    let (from, at, up, fov) = match *view {
        StageView::OfficerEye => (
            standing.officer_eyes() + Vec3::Y * bob,
            standing.aim,
            Vec3::Y,
            fov,
        ),
        StageView::SubjectEye => (
            standing.subject_eyes + Vec3::Z * 0.12,
            standing.officer_eyes() - Vec3::Y * drop * 0.7,
            Vec3::Y,
            0.80,
        ),
        StageView::Plan => {
            let middle = (standing.officer + standing.subject) * 0.5;
            let height = (standing.officer.distance(standing.subject) * 1.1 + 4.5).max(6.0);
            (middle + Vec3::Y * height, middle, Vec3::NEG_Z, 0.75)
        }
    };
    let wanted = Transform::from_translation(from).looking_at(at, up);
    place.set_if_neq(wanted);
    let is_off = matches!(&*lens, Projection::Perspective(lens) if (lens.fov - fov).abs() > 1e-4);
    if is_off && let Projection::Perspective(lens) = &mut *lens {
        lens.fov = fov;
    }
}

/// How wide the officer's attention is at a distance, radians from top to bottom: the farther
/// somebody is, the more the eye picks them out, so that hands and face stay readable.
fn attention(metres: f32) -> f32 {
    let near = (2.0 / metres.max(0.5)).min(1.9);
    0.22 + 0.24 * near
}

/// Takes the ceiling off for the plan.
fn uncover(view: Res<StageView>, mut overhead: Query<&mut Visibility, With<Overhead>>) {
    for mut visibility in &mut overhead {
        visibility.set_if_neq(if *view == StageView::Plan {
            Visibility::Hidden
        } else {
            Visibility::Inherited
        });
    }
}
