//! Shapes that need no model: the plain figure and the patch of shade under people.

use bevy::asset::RenderAssetUsages;
use bevy::prelude::*;
use bevy::render::render_resource::{Extent3d, TextureDimension, TextureFormat};

use super::tears;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Startup, lay_in_stock);
}

/// Shapes that need no model.
#[derive(Resource, Debug)]
pub(super) struct Stock {
    /// Body of a plain figure.
    pub(super) trunk: Handle<Mesh>,
    /// Its head.
    pub(super) head: Handle<Mesh>,
    /// The ground under somebody's feet.
    pub(super) patch: Handle<Mesh>,
    /// A floor, for a place that is missing.
    pub(super) floor: Handle<Mesh>,
    /// A soft round shade.
    pub(super) blob: Handle<Image>,
    /// The trail of a tear.
    pub(super) tear: Handle<Image>,
}

fn lay_in_stock(
    mut commands: Commands,
    mut meshes: ResMut<Assets<Mesh>>,
    mut images: ResMut<Assets<Image>>,
) {
    commands.insert_resource(Stock {
        trunk: meshes.add(Capsule3d::new(0.22, 0.95)),
        head: meshes.add(Sphere::new(0.12)),
        patch: meshes.add(Plane3d::default().mesh().size(0.95, 0.80)),
        floor: meshes.add(Plane3d::default().mesh().size(24.0, 24.0)),
        blob: images.add(blob()),
        tear: images.add(tears::picture()),
    });
}

/// A round patch, dark in the middle and nothing at its edge.
fn blob() -> Image {
    const SIDE: u8 = 32;
    let middle = f32::from(SIDE - 1) * 0.5;
    let mut data = Vec::new();
    for y in 0..SIDE {
        for x in 0..SIDE {
            let away = (f32::from(x) - middle).hypot(f32::from(y) - middle) / middle;
            let left = (1.0 - away).clamp(0.0, 1.0);
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "between 0 and 255"
            )]
            let alpha = (left * left * (3.0 - 2.0 * left) * 255.0) as u8;
            data.extend([255, 255, 255, alpha]);
        }
    }
    Image::new(
        Extent3d {
            width: u32::from(SIDE),
            height: u32::from(SIDE),
            depth_or_array_layers: 1,
        },
        TextureDimension::D2,
        data,
        TextureFormat::Rgba8UnormSrgb,
        RenderAssetUsages::RENDER_WORLD,
    )
}
