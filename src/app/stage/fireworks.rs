//! Fireworks, far off: where a place marks `fireworks` in its sky, small soft bursts come and go
//! after dark. Each swells and fades over two seconds, seconds apart from the next, so that
//! nothing flashes; with less movement there are none.

use bevy::asset::RenderAssetUsages;
use bevy::camera::visibility::NoFrustumCulling;
use bevy::light::NotShadowCaster;
use bevy::mesh::PrimitiveTopology;
use bevy::prelude::*;
use bevy::render::render_resource::{Extent3d, TextureDimension, TextureFormat};

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
            hang.run_if(resource_exists_and_changed::<Room>),
            burst.run_if(picture_is_due),
        )
            .in_set(StageSystems::Show),
    );
}

/// Seconds from one burst at a mark to the next there.
const APART: f32 = 6.3;
/// How long a burst is seen, seconds.
const LASTS: f32 = 2.2;
/// How long it swells, seconds.
const SWELLS: f32 = 0.5;
/// How far its sparks fly, metres.
const REACH: f32 = 7.0;
/// Sparks of a burst.
const SPARKS: u32 = 42;
/// Colours, muted: they are a hundred metres off, in smoke.
const COLOURS: [Vec3; 3] = [
    Vec3::new(0.95, 0.72, 0.38),
    Vec3::new(0.62, 0.78, 0.95),
    Vec3::new(0.85, 0.42, 0.40),
];

/// One part of a burst.
#[derive(Component, Debug, Clone, Copy)]
struct Burst {
    at: Vec3,
    /// Seconds by which it comes later than the first.
    later: f32,
    /// Strength at its brightest.
    most: f32,
    /// Whether it is the glow around the sparks.
    is_halo: bool,
}

impl Burst {
    /// How strong it is and how far it has spread, 0 to 1 each.
    fn now(self, seconds: f32) -> (f32, f32) {
        let since = (seconds - self.later).rem_euclid(APART);
        if since > LASTS {
            return (0.0, 0.0);
        }
        let swell = (since / SWELLS).min(1.0);
        let fade = 1.0 - ((since - SWELLS) / (LASTS - SWELLS)).clamp(0.0, 1.0);
        let spread = 1.0 - (-since * 2.4).exp();
        (swell * fade * fade * self.most, spread)
    }
}

fn hang(
    mut commands: Commands,
    room: Res<Room>,
    quality: Res<StageQuality>,
    mut meshes: ResMut<Assets<Mesh>>,
    mut plain: ResMut<Assets<PlainMaterial>>,
    mut images: ResMut<Assets<Image>>,
) {
    if !room.light.is_night_outside {
        return;
    }
    let marks = room
        .marks
        .iter()
        .filter(|(name, _)| name.starts_with("fireworks"));
    let (mut halo, mut later) = (None, 0.0);
    for ((_, at), colour) in marks.zip(COLOURS.iter().cycle()) {
        let clear = Color::linear_rgba(colour.x, colour.y, colour.z, 0.0);
        let halo = halo.get_or_insert_with(|| {
            (
                meshes.add(Rectangle::new(REACH * 5.0, REACH * 4.0)),
                images.add(soft_disc()),
            )
        });
        let sparks = Burst {
            at: *at,
            later,
            most: 0.75,
            is_halo: false,
        };
        commands.spawn((
            Name::new("Sparks"),
            OnStage,
            sparks,
            (Everywhere, layer_of_moving(*quality)),
            Mesh3d(meshes.add(spray(later.to_bits()))),
            MeshMaterial3d(plain.add(PlainMaterial::veil(clear, None, &room.light))),
            NoFrustumCulling,
            NotShadowCaster,
            Transform::from_translation(*at),
            Visibility::Hidden,
        ));
        let picture = Some(halo.1.clone());
        commands.spawn((
            Name::new("Glow"),
            OnStage,
            Burst {
                most: 0.10,
                is_halo: true,
                ..sparks
            },
            (Everywhere, layer_of_moving(*quality)),
            Mesh3d(halo.0.clone()),
            MeshMaterial3d(plain.add(PlainMaterial::veil(clear, picture, &room.light))),
            NotShadowCaster,
            Transform::from_translation(*at),
            Visibility::Hidden,
        ));
        later += APART / 3.0 + 0.4;
    }
}

/// Short lines outwards from the middle, one metre at most.
fn spray(name: u32) -> Mesh {
    let mut lines: Vec<[f32; 3]> = Vec::new();
    for spark in 0..SPARKS {
        let way = Vec3::new(
            signed(name ^ 81, spark),
            signed(name ^ 82, spark),
            signed(name ^ 83, spark) * 0.6,
        )
        .normalize_or(Vec3::Y);
        let far = 0.72 + 0.28 * unit(name ^ 84, spark);
        lines.push((way * far).to_array());
        lines.push((way * far * 0.72).to_array());
    }
    let up = vec![[0.0, 1.0, 0.0]; lines.len()];
    Mesh::new(PrimitiveTopology::LineList, RenderAssetUsages::RENDER_WORLD)
        .with_inserted_attribute(Mesh::ATTRIBUTE_POSITION, lines)
        .with_inserted_attribute(Mesh::ATTRIBUTE_NORMAL, up)
}

/// White that thins out from the middle.
fn soft_disc() -> Image {
    const SIDE: u16 = 32;
    let mut points = Vec::new();
    for row in 0..SIDE {
        for column in 0..SIDE {
            let from_middle = |part: u16| (f32::from(part) + 0.5) / f32::from(SIDE) * 2.0 - 1.0;
            let apart = from_middle(row).hypot(from_middle(column));
            let left = (1.0 - apart).clamp(0.0, 1.0).powi(2) * 255.0;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "between 0 and 255"
            )]
            points.extend([255, 255, 255, left as u8]);
        }
    }
    Image::new(
        Extent3d {
            width: SIDE.into(),
            height: SIDE.into(),
            depth_or_array_layers: 1,
        },
        TextureDimension::D2,
        points,
        TextureFormat::Rgba8UnormSrgb,
        RenderAssetUsages::RENDER_WORLD,
    )
}

fn burst(
    clock: Res<StageClock>,
    calm: Res<ReduceMotion>,
    mut plain: ResMut<Assets<PlainMaterial>>,
    mut bursts: Query<(
        &Burst,
        &MeshMaterial3d<PlainMaterial>,
        &mut Transform,
        &mut Visibility,
    )>,
) {
    for (burst, material, mut place, mut visibility) in &mut bursts {
        let (strength, spread) = burst.now(clock.now_secs);
        if calm.0 || strength < 0.004 {
            visibility.set_if_neq(Visibility::Hidden);
            continue;
        }
        visibility.set_if_neq(Visibility::Inherited);
        if let Some(mut material) = plain.get_mut(&material.0) {
            material.fade(strength);
        }
        if !burst.is_halo {
            place.scale = Vec3::splat((spread * REACH).max(0.01));
            // Sparks sink as they fade.
            place.translation = burst.at - Vec3::Y * spread * spread * 1.6;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bursts_swell_and_fade_slowly_and_seldom() {
        let burst = Burst {
            at: Vec3::ZERO,
            later: 0.0,
            most: 1.0,
            is_halo: false,
        };
        let strengths: Vec<f32> = (0u16..63)
            .map(|t| burst.now(f32::from(t) * 0.1).0)
            .collect();
        let steepest = strengths
            .windows(2)
            .map(|pair| (pair[1] - pair[0]).abs())
            .fold(0.0, f32::max);
        assert!(steepest < 0.25, "{steepest} in a tenth of a second");
        let seen = strengths.iter().filter(|strength| **strength > 0.0).count();
        assert!(seen < strengths.len() / 2, "{seen} tenths of a second");
        // Three marks at once stay far below three flashes a second.
        let flashes_a_second = 3.0 / APART;
        assert!(flashes_a_second < 1.0);
    }
}
