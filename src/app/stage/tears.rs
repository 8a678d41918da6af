//! Tears: a thin wet skin over the cheeks, shown while somebody cries. It is cut from the face
//! itself, so that it moves with every muscle.

use bevy::asset::RenderAssetUsages;
use bevy::gltf::GltfMaterial;
use bevy::math::{Vec2, Vec3};
use bevy::mesh::Indices;
use bevy::prelude::*;
use bevy::render::render_resource::{Extent3d, TextureDimension, TextureFormat};

use super::physique::{Nudge, Part};

/// Name of the part that shows tears.
pub(super) const TEARS: &str = "tears";
/// Half the width of a trail's patch, and its upper and lower edge below the eye, metres.
const HALF_WIDTH: f32 = 0.022;
const TOP: f32 = 0.006;
const LENGTH: f32 = 0.078;
/// How far the skin of tears lies over the cheek, metres.
const OVER: f32 = 0.0007;

/// The patches under both eyes, cut from the face; `None` where a model has no such face.
pub(super) fn cut_from(face: &Part, eyes: [Vec3; 2]) -> Option<Part> {
    let corners: Vec<usize> = face.indices.iter().collect();
    let place = |vertex: usize| -> Option<Vec2> {
        let (at, normal) = (face.positions[vertex], face.normals[vertex]);
        eyes.into_iter().find_map(|eye| {
            let outward = eye.x.signum();
            // A trail runs a little outward of the pupil, following the cheek.
            let from_middle = (at.x - eye.x) * outward - 0.004;
            let down = eye.y - TOP - at.y;
            let is_on = from_middle.abs() < HALF_WIDTH * 1.5
                && (-0.012..LENGTH * 1.25).contains(&down)
                && at.x * outward > 0.0
                && normal.z > 0.0
                && at.z > eye.z - 0.02;
            is_on.then(|| Vec2::new(from_middle / HALF_WIDTH * 0.5 + 0.5, down / LENGTH))
        })
    };
    let mut known: Vec<Option<u32>> = vec![None; face.positions.len()];
    let mut kept: Vec<usize> = Vec::new();
    let mut uvs: Vec<[f32; 2]> = Vec::new();
    let mut indices: Vec<u32> = Vec::new();
    for corner in corners.chunks_exact(3) {
        let places: Vec<Vec2> = corner.iter().filter_map(|vertex| place(*vertex)).collect();
        let is_one_side = corner
            .iter()
            .all(|vertex| face.positions[*vertex].x * face.positions[corner[0]].x > 0.0);
        if places.len() < 3 || !is_one_side {
            continue;
        }
        for (vertex, at) in corner.iter().zip(places) {
            let number = *known[*vertex].get_or_insert_with(|| {
                kept.push(*vertex);
                uvs.push(at.to_array());
                kept.len() as u32 - 1
            });
            indices.push(number);
        }
    }
    if indices.is_empty() {
        return None;
    }
    let features = face
        .features
        .iter()
        .map(|(feature, nudges)| {
            let nudges: Vec<Nudge> = nudges
                .iter()
                .filter_map(|nudge| {
                    let vertex = known.get(nudge.vertex as usize).copied().flatten()?;
                    Some(Nudge { vertex, ..*nudge })
                })
                .collect();
            (*feature, nudges)
        })
        .filter(|(_, nudges)| !nudges.is_empty())
        .collect();
    Some(Part {
        name: TEARS.to_owned(),
        material: GltfMaterial {
            alpha_mode: AlphaMode::Blend,
            perceptual_roughness: 0.12,
            reflectance: 0.6,
            ..default()
        },
        indices: Indices::U32(indices),
        positions: kept
            .iter()
            .map(|&vertex| face.positions[vertex] + face.normals[vertex].normalize_or_zero() * OVER)
            .collect(),
        normals: kept.iter().map(|&vertex| face.normals[vertex]).collect(),
        tangents: Vec::new(),
        uvs,
        joints: kept.iter().map(|&vertex| face.joints[vertex]).collect(),
        weights: kept.iter().map(|&vertex| face.weights[vertex]).collect(),
        features,
    })
}

/// The picture of a trail: a wet line with a light and a dark edge, the lower lid full, and the
/// skin around the eye flushed.
pub(super) fn picture() -> Image {
    const WIDE: u8 = 48;
    const HIGH: u8 = 96;
    let mut data = Vec::new();
    for y in 0..HIGH {
        for x in 0..WIDE {
            let u = (f32::from(x) + 0.5) / f32::from(WIDE);
            let v = (f32::from(y) + 0.5) / f32::from(HIGH);
            data.extend(point(u, v));
        }
    }
    Image::new(
        Extent3d {
            width: u32::from(WIDE),
            height: u32::from(HIGH),
            depth_or_array_layers: 1,
        },
        TextureDimension::D2,
        data,
        TextureFormat::Rgba8UnormSrgb,
        RenderAssetUsages::RENDER_WORLD,
    )
}

/// Colour and cover of the trail's picture at a place from 0 to 1, the eye above.
fn point(u: f32, v: f32) -> [u8; 4] {
    let smooth = |from: f32, to: f32, x: f32| {
        let t = ((x - from) / (to - from)).clamp(0.0, 1.0);
        t * t * (3.0 - 2.0 * t)
    };
    let edge =
        smooth(0.0, 0.10, u) * smooth(1.0, 0.90, u) * smooth(1.0, 0.93, v) * smooth(0.0, 0.03, v);
    let flush = 0.30 * (-((u - 0.5) / 0.30).powi(2)).exp() * smooth(0.55, 0.05, v);
    let middle = 0.5 + 0.035 * (v * 9.0).sin() + 0.05 * v;
    let across = (u - middle) / 0.042;
    let drop = 1.0 + 0.9 * (-((v - 0.80) / 0.05).powi(2)).exp();
    let trail = (1.0 - (across / drop).abs()).clamp(0.0, 1.0) * smooth(0.90, 0.82, v);
    let trail = smooth(0.0, 0.55, trail) * 0.80;
    let lid = 0.75
        * (-((v - 0.045) / 0.030).powi(2)).exp()
        * smooth(0.24, 0.40, u)
        * smooth(0.80, 0.62, u);
    let wet = trail.max(lid);
    // Light falls on the outer edge of the water, the inner one is dark.
    let shine = if across > 0.0 { 0.96 } else { 0.62 };
    let cover = (wet + flush * (1.0 - wet)) * edge;
    let share = wet / (wet + flush).max(1e-4);
    let mix = |water: f32, skin: f32| (water - skin).mul_add(share, skin);
    [
        mix(shine, 0.80),
        mix(shine, 0.30),
        mix(shine + 0.03, 0.28),
        cover,
    ]
    .map(|part| (part.clamp(0.0, 1.0) * 255.0) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trail_has_no_edge_and_is_wet_in_its_middle() {
        for step in 0..=20u8 {
            let along = f32::from(step) / 20.0;
            assert!(point(0.0, along)[3] < 3 && point(1.0, along)[3] < 3);
            assert!(point(along, 1.0)[3] < 3);
        }
        assert!(point(0.49, 0.5)[3] > 120);
        assert!(point(0.15, 0.6)[3] < 40);
    }
}
