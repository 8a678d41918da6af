//! Cuts large triangles of a place into smaller ones, so that light worked out at the corners lies
//! on walls and floors as it should: many more corners cost a processor less than a few more sums
//! at every point of the picture.

use bevy::asset::RenderAssetUsages;
use bevy::mesh::{Indices, PrimitiveTopology, VertexAttributeValues};
use bevy::platform::collections::HashMap;
use bevy::prelude::*;

/// Longest edges to try, metres: the first that keeps to [`MOST_CORNERS`] is taken.
const EDGES: [f32; 4] = [0.8, 1.2, 1.8, 2.7];
/// Most corners of one surface.
const MOST_CORNERS: usize = 6_000;
/// Beyond this distance from where people stand nobody sees how light falls, metres.
const NEAR: f32 = 14.0;

/// One corner of a triangle.
#[derive(Debug, Clone, Copy)]
struct Corner {
    at: Vec3,
    normal: Vec3,
    uv: Vec2,
}

impl Corner {
    fn between(self, other: Self) -> Self {
        Self {
            at: self.at.midpoint(other.at),
            normal: (self.normal + other.normal).normalize_or(self.normal),
            uv: self.uv.midpoint(other.uv),
        }
    }
}

/// The same surface with no long edges near the origin; none if the mesh is not of plain triangles.
pub(super) fn finer(mesh: &Mesh, place: &Transform) -> Option<Mesh> {
    let vectors = |attribute| match mesh.attribute(attribute) {
        Some(VertexAttributeValues::Float32x3(values)) => Some(values),
        _ => None,
    };
    let positions = vectors(Mesh::ATTRIBUTE_POSITION)?;
    let normals = vectors(Mesh::ATTRIBUTE_NORMAL)?;
    let uvs = match mesh.attribute(Mesh::ATTRIBUTE_UV_0) {
        Some(VertexAttributeValues::Float32x2(values)) => Some(values),
        _ => None,
    };
    if mesh.primitive_topology() != PrimitiveTopology::TriangleList {
        return None;
    }
    let corners: Vec<Corner> = positions
        .iter()
        .zip(normals)
        .enumerate()
        .map(|(index, (at, normal))| Corner {
            at: Vec3::from(*at),
            normal: Vec3::from(*normal),
            uv: uvs
                .and_then(|uvs| uvs.get(index))
                .copied()
                .map_or(Vec2::ZERO, Vec2::from),
        })
        .collect();
    let indices: Vec<u32> = match mesh.indices()? {
        Indices::U16(indices) => indices.iter().copied().map(u32::from).collect(),
        Indices::U32(indices) => indices.clone(),
    };
    let cut = EDGES
        .iter()
        .find_map(|longest| Cut::new(corners.clone(), place, *longest).triangles(&indices))?;
    let mut finer = Mesh::new(
        PrimitiveTopology::TriangleList,
        RenderAssetUsages::RENDER_WORLD,
    )
    .with_inserted_attribute(
        Mesh::ATTRIBUTE_POSITION,
        cut.corners
            .iter()
            .map(|c| c.at.to_array())
            .collect::<Vec<_>>(),
    )
    .with_inserted_attribute(
        Mesh::ATTRIBUTE_NORMAL,
        cut.corners
            .iter()
            .map(|c| c.normal.to_array())
            .collect::<Vec<_>>(),
    )
    .with_inserted_indices(Indices::U32(cut.indices));
    if uvs.is_some() {
        finer.insert_attribute(
            Mesh::ATTRIBUTE_UV_0,
            cut.corners
                .iter()
                .map(|c| c.uv.to_array())
                .collect::<Vec<_>>(),
        );
    }
    Some(finer)
}

/// A surface while it is being cut.
struct Cut<'a> {
    corners: Vec<Corner>,
    middles: HashMap<(u32, u32), u32>,
    indices: Vec<u32>,
    place: &'a Transform,
    longest: f32,
}

impl<'a> Cut<'a> {
    fn new(corners: Vec<Corner>, place: &'a Transform, longest: f32) -> Self {
        Self {
            corners,
            middles: HashMap::default(),
            indices: Vec::new(),
            place,
            longest,
        }
    }

    /// Cuts every triangle until no edge is too long; none if that takes too many corners.
    fn triangles(mut self, indices: &[u32]) -> Option<Self> {
        let mut todo: Vec<[u32; 3]> = indices
            .chunks_exact(3)
            .map(|corner| [corner[0], corner[1], corner[2]])
            .collect();
        let most = MOST_CORNERS.max(self.corners.len());
        while let Some([a, b, c]) = todo.pop() {
            // Whether an edge is cut depends on the edge alone, so that neighbours agree and no
            // crack opens between them.
            match [(a, b), (b, c), (c, a)].map(|edge| self.middle(edge)) {
                [None, None, None] => self.indices.extend([a, b, c]),
                [Some(ab), None, None] => todo.extend([[a, ab, c], [ab, b, c]]),
                [None, Some(bc), None] => todo.extend([[b, bc, a], [bc, c, a]]),
                [None, None, Some(ca)] => todo.extend([[c, ca, b], [ca, a, b]]),
                [Some(ab), Some(bc), None] => todo.extend([[ab, b, bc], [a, ab, bc], [a, bc, c]]),
                [None, Some(bc), Some(ca)] => todo.extend([[bc, c, ca], [b, bc, ca], [b, ca, a]]),
                [Some(ab), None, Some(ca)] => todo.extend([[ca, a, ab], [c, ca, ab], [c, ab, b]]),
                [Some(ab), Some(bc), Some(ca)] => {
                    todo.extend([[a, ab, ca], [ab, b, bc], [ca, bc, c], [ab, bc, ca]]);
                }
            }
            if self.corners.len() > most {
                return None;
            }
        }
        Some(self)
    }

    /// The corner in the middle of an edge that is too long.
    fn middle(&mut self, (from, to): (u32, u32)) -> Option<u32> {
        let key = (from.min(to), from.max(to));
        if let Some(found) = self.middles.get(&key) {
            return Some(*found);
        }
        let (one, two) = (
            *self.corners.get(key.0 as usize)?,
            *self.corners.get(key.1 as usize)?,
        );
        let [a, b] = [one.at, two.at].map(|at| self.place.transform_point(at));
        let length = a.distance(b);
        // The nearest point of the edge to the origin, on the ground.
        let along = (b - a).normalize_or_zero();
        let nearest = a + along * (-a).dot(along).clamp(0.0, length);
        if length <= self.longest || nearest.xz().length() > NEAR {
            return None;
        }
        let index = u32::try_from(self.corners.len()).ok()?;
        self.corners.push(one.between(two));
        self.middles.insert(key, index);
        Some(index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wall(size: f32) -> Mesh {
        Plane3d::new(Vec3::Y, Vec2::splat(size / 2.0))
            .mesh()
            .build()
    }

    fn area(mesh: &Mesh) -> f32 {
        let Some(VertexAttributeValues::Float32x3(at)) = mesh.attribute(Mesh::ATTRIBUTE_POSITION)
        else {
            return 0.0;
        };
        let indices: Vec<usize> = mesh.indices().unwrap().iter().collect();
        indices
            .chunks_exact(3)
            .map(|t| {
                let [a, b, c] = [t[0], t[1], t[2]].map(|i| Vec3::from(at[i]));
                (b - a).cross(c - a).length() / 2.0
            })
            .sum()
    }

    #[test]
    fn a_wall_keeps_its_area_and_loses_its_long_edges() {
        let mesh = wall(9.0);
        let cut = finer(&mesh, &Transform::default()).unwrap();
        assert!((area(&cut) - 81.0).abs() < 0.01, "{}", area(&cut));
        assert!(cut.count_vertices() > 100);
        assert!(cut.count_vertices() <= MOST_CORNERS);
    }

    #[test]
    fn what_is_far_away_stays_as_it_is() {
        let mesh = wall(9.0);
        let far = Transform::from_xyz(60.0, 0.0, 0.0);
        let cut = finer(&mesh, &far).unwrap();
        assert_eq!(cut.count_vertices(), mesh.count_vertices());
    }
}
