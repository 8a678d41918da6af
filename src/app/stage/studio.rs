//! The stage as a photographer's studio: the gallery stands people where they are to be seen,
//! lets stage time run without drawing, and draws one picture when everything is as it should be.
//!
//! Nothing here runs in the window: the systems wait for a [`Studio`], which only the gallery
//! inserts.

use bevy::camera::CameraOutputMode;
use bevy::prelude::*;
use bevy::render::render_resource::BlendState;

use super::acting::Levels;
use super::bearing::Bearing;
use super::camera::{StageCamera, Standing};
use super::cast::{Called, Figure};
use super::plain::PlainMaterial;
use super::quality::{StageClock, StageQuality, picture_is_due};
use super::set::Room;
use super::{StageRole, StageSetting, StageSystems};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        (
            keep_time.before(StageSystems::Clock),
            begin_anew
                .after(StageSystems::Enter)
                .before(StageSystems::Cues),
            frame
                .after(StageSystems::Show)
                .run_if(picture_is_due.and_then(resource_exists::<StageQuality>)),
        )
            .run_if(resource_exists::<Studio>),
    );
}

/// What part of the person a picture shows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Framing {
    /// What the officer sees.
    AsSeen,
    /// Head and shoulders, from this many degrees to the person's left.
    Face(f32),
    /// From head to feet, from this many degrees to the person's left.
    Body(f32),
}

/// Asks for pictures of the stage. While it exists every frame is a moment of stage time, drawn
/// or not.
#[derive(Resource, Debug, Clone, Copy)]
pub struct Studio {
    /// What is to be seen.
    pub framing: Framing,
    /// Whether this frame is drawn.
    pub is_drawing: bool,
    /// Everybody begins anew, as if they had just come on.
    pub begins: bool,
    /// Whether place and people stand.
    pub is_ready: bool,
}

impl Default for Studio {
    fn default() -> Self {
        Self {
            framing: Framing::AsSeen,
            is_drawing: false,
            begins: false,
            is_ready: false,
        }
    }
}

/// Whether nothing new is on its way to the renderer.
#[must_use]
pub fn is_settled(world: &World) -> bool {
    fn has_news<A: Asset>(world: &World) -> bool {
        world
            .get_resource::<Messages<AssetEvent<A>>>()
            .is_some_and(|news| !news.is_empty())
    }
    !(has_news::<Image>(world)
        || has_news::<Mesh>(world)
        || has_news::<PlainMaterial>(world)
        || has_news::<StandardMaterial>(world))
}

fn keep_time(mut clock: ResMut<StageClock>) {
    clock.owed = clock.owed.max(1);
}

fn begin_anew(
    mut studio: ResMut<Studio>,
    setting: Option<Res<StageSetting>>,
    levels: Res<Levels>,
    room: Option<Res<Room>>,
    coming: Query<(), With<Called>>,
    mut people: Query<&mut Figure>,
    mut standing: ResMut<Standing>,
) {
    studio.is_ready = setting.is_some() && room.is_some() && coming.is_empty();
    if !studio.begins || !studio.is_ready {
        return;
    }
    studio.begins = false;
    standing.refresh();
    for mut figure in &mut people {
        let before = &figure.bearing;
        let mut bearing = Bearing::new(before.seed, figure.role);
        bearing.stand_beside(before.rail);
        bearing.room_beside = before.room_beside;
        if figure.role == StageRole::Subject {
            bearing.feel(levels.distress, levels.trust, true);
        }
        figure.bearing = bearing;
    }
}

/// Puts the camera where the picture asks, and draws only what is wanted.
fn frame(
    studio: Res<Studio>,
    standing: Res<Standing>,
    people: Query<&Figure>,
    mut camera: Query<(&mut Camera, &mut Transform, &mut Projection), With<StageCamera>>,
) {
    let Ok((mut camera, mut place, mut lens)) = camera.single_mut() else {
        return;
    };
    camera.is_active = studio.is_drawing;
    if matches!(camera.output_mode, CameraOutputMode::Skip) {
        // A photograph is taken of what a camera writes, not of what is copied.
        camera.output_mode = CameraOutputMode::Write {
            blend_state: Some(BlendState::REPLACE),
            clear_color: ClearColorConfig::None,
        };
    }
    let subject = people.iter().find(|f| f.role == StageRole::Subject);
    let (from, at, fov) = match studio.framing {
        Framing::AsSeen => return,
        Framing::Face(degrees) => {
            let eyes = standing.subject_eyes;
            let way = Quat::from_rotation_y(degrees.to_radians()) * Vec3::Z;
            (
                eyes + way * 1.25 + Vec3::Y * 0.04,
                eyes - Vec3::Y * 0.105,
                0.46,
            )
        }
        Framing::Body(degrees) => {
            let middle = standing.subject.with_y(0.0);
            let tall = subject.map_or(1.6, |figure| figure.body.eye_height);
            let way = Quat::from_rotation_y(degrees.to_radians()) * Vec3::Z;
            (
                middle + way * 3.5 + Vec3::Y * tall * 0.86,
                middle + Vec3::Y * tall * 0.56,
                0.55,
            )
        }
    };
    *place = Transform::from_translation(from).looking_at(at, Vec3::Y);
    if let Projection::Perspective(lens) = &mut *lens {
        lens.fov = fov;
    }
}
