//! Rain: a box of fine lines that falls around the camera.

use bevy::asset::RenderAssetUsages;
use bevy::camera::visibility::NoFrustumCulling;
use bevy::light::NotShadowCaster;
use bevy::mesh::PrimitiveTopology;
use bevy::prelude::*;

use super::camera::StageCamera;
use super::plain::PlainMaterial;
use super::quality::{StageClock, StageQuality, picture_is_due};
use super::random::{signed, unit};
use super::set::{OnStage, Room};
use super::still::{Everywhere, layer_of_moving};
use super::{ReduceMotion, StageSystems};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        (
            begin.run_if(resource_exists_and_changed::<Room>),
            fall.run_if(picture_is_due),
        )
            .in_set(StageSystems::Show),
    );
}

/// Height of the box after which the pattern repeats, metres.
const DEPTH: f32 = 4.0;
/// How fast drizzle falls, metres a second.
const FALL: f32 = 6.5;
/// Drops per repeat.
const DROPS: u32 = 260;

/// The falling lines.
#[derive(Component, Debug)]
struct Rain;

fn begin(
    mut commands: Commands,
    room: Res<Room>,
    calm: Res<ReduceMotion>,
    quality: Res<StageQuality>,
    mut meshes: ResMut<Assets<Mesh>>,
    mut plain: ResMut<Assets<PlainMaterial>>,
) {
    if !room.light.is_raining || calm.0 {
        return;
    }
    let brightness = room.light.sky + Vec3::splat(0.12);
    let veil = Color::linear_rgba(brightness.x, brightness.y, brightness.z, 0.30);
    commands.spawn((
        Name::new("Rain"),
        OnStage,
        Rain,
        Everywhere,
        layer_of_moving(*quality),
        Mesh3d(meshes.add(drops())),
        MeshMaterial3d(plain.add(PlainMaterial::veil(veil, None, &room.light))),
        NoFrustumCulling,
        NotShadowCaster,
        Transform::default(),
    ));
}

/// Two repeats of the pattern, one above the other, so that the seam is never seen.
fn drops() -> Mesh {
    let mut lines: Vec<[f32; 3]> = Vec::new();
    for drop in 0..DROPS {
        let at = Vec3::new(
            signed(101, drop) * 4.5,
            unit(102, drop) * DEPTH,
            signed(103, drop) * 4.5,
        );
        if at.xz().length() < 0.7 {
            continue;
        }
        let long = 0.10 + 0.12 * unit(104, drop);
        for repeat in [0.0, DEPTH] {
            let top = at + Vec3::Y * repeat;
            lines.push(top.to_array());
            lines.push((top - Vec3::new(0.012, long, 0.0)).to_array());
        }
    }
    let up = vec![[0.0, 1.0, 0.0]; lines.len()];
    Mesh::new(PrimitiveTopology::LineList, RenderAssetUsages::RENDER_WORLD)
        .with_inserted_attribute(Mesh::ATTRIBUTE_POSITION, lines)
        .with_inserted_attribute(Mesh::ATTRIBUTE_NORMAL, up)
}

fn fall(
    clock: Res<StageClock>,
    camera: Option<Single<&Transform, (With<StageCamera>, Without<Rain>)>>,
    mut rain: Query<&mut Transform, With<Rain>>,
) {
    let Some(camera) = camera else { return };
    for mut place in &mut rain {
        let fallen = (clock.now_secs * FALL).rem_euclid(DEPTH);
        let eye = camera.translation;
        place.translation = Vec3::new(eye.x, eye.y - DEPTH * 0.5 - fallen, eye.z);
    }
}
