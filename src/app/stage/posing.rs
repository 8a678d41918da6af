//! Bends a body's surfaces to a pose and a face, and hands them to the renderer.

use bevy::asset::RenderAssetUsages;
use bevy::math::{Affine3A, Vec3A};
use bevy::mesh::PrimitiveTopology;
use bevy::prelude::*;

use super::face::Features;
use super::physique::Part;

/// The box that something fills: its least and its greatest corner.
pub(super) type Extent = (Vec3, Vec3);

/// The box that holds two.
pub(super) fn both(one: Option<Extent>, other: Extent) -> Extent {
    one.map_or(other, |one| (one.0.min(other.0), one.1.max(other.1)))
}

/// One surface bent to a moment, and the box that it fills.
pub(super) fn bent(
    part: &Part,
    skin: &[Affine3A],
    face: &Features,
    relief: bool,
) -> (Mesh, Option<Extent>) {
    let mut positions = part.positions.clone();
    let mut normals = part.normals.clone();
    for (feature, nudges) in &part.features {
        let strength = face.get(*feature);
        if strength.abs() < 0.003 {
            continue;
        }
        for nudge in nudges {
            let vertex = nudge.vertex as usize;
            if let (Some(position), Some(normal)) =
                (positions.get_mut(vertex), normals.get_mut(vertex))
            {
                *position += nudge.position * strength;
                *normal += nudge.normal * strength;
            }
        }
    }
    let mut extent: Option<Extent> = None;
    let mut tangents: Vec<[f32; 4]> = Vec::new();
    let with_tangents = relief && part.tangents.len() == positions.len();
    for vertex in 0..positions.len() {
        let bend = mixed(skin, part.joints[vertex], part.weights[vertex]);
        positions[vertex] = bend.transform_point3(positions[vertex]);
        normals[vertex] = bend.transform_vector3(normals[vertex]);
        extent = Some(both(extent, (positions[vertex], positions[vertex])));
        if with_tangents {
            let tangent = part.tangents[vertex];
            let turned = bend.transform_vector3(tangent.truncate());
            tangents.push(turned.extend(tangent.w).to_array());
        }
    }
    let plain = |vectors: Vec<Vec3>| -> Vec<[f32; 3]> {
        vectors
            .into_iter()
            .map(|vector| vector.to_array())
            .collect()
    };
    let mut mesh = Mesh::new(
        PrimitiveTopology::TriangleList,
        RenderAssetUsages::RENDER_WORLD,
    )
    .with_inserted_attribute(Mesh::ATTRIBUTE_POSITION, plain(positions))
    .with_inserted_attribute(Mesh::ATTRIBUTE_NORMAL, plain(normals))
    .with_inserted_attribute(Mesh::ATTRIBUTE_UV_0, part.uvs.clone())
    .with_inserted_indices(part.indices.clone());
    if with_tangents {
        mesh.insert_attribute(Mesh::ATTRIBUTE_TANGENT, tangents);
    }
    (mesh, extent)
}

/// What the bones that carry a vertex do to it together.
fn mixed(skin: &[Affine3A], joints: [u16; 4], weights: [f32; 4]) -> Affine3A {
    let bone = |index: usize| {
        skin.get(usize::from(joints[index]))
            .copied()
            .unwrap_or(Affine3A::IDENTITY)
    };
    if weights[0] > 0.999 {
        return bone(0);
    }
    let mut columns = [Vec3A::ZERO; 4];
    for index in 0..4 {
        let weight = weights[index];
        if weight <= 0.0 {
            continue;
        }
        let bone = bone(index);
        columns[0] += bone.matrix3.x_axis * weight;
        columns[1] += bone.matrix3.y_axis * weight;
        columns[2] += bone.matrix3.z_axis * weight;
        columns[3] += bone.translation * weight;
    }
    Affine3A {
        matrix3: bevy::math::Mat3A::from_cols(columns[0], columns[1], columns[2]),
        translation: columns[3],
    }
}
