//! A person's body as the stage uses it: bones, clips and the parts of the mesh, taken once from
//! the model and shared by everybody who looks the same.
//!
//! Bodies are bent here, on the processor, and not by the graphics card: on a machine without one
//! that is many times cheaper, and on every other it is too little work to matter.

use bevy::animation::{AnimationTargetId, animated_field};
use bevy::ecs::system::SystemParam;
use bevy::gltf::{Gltf, GltfMaterial, GltfMesh, GltfNode, GltfSkin};
use bevy::math::Affine3A;
use bevy::mesh::skinning::SkinnedMeshInverseBindposes;
use bevy::mesh::{Indices, VertexAttributeValues};
use bevy::platform::collections::HashMap;
use bevy::prelude::*;

use super::face::Feature;
use super::finer::finer;
use super::repertoire::{Clip, Repertoire};
use super::skeleton::{BonePose, Pose, Skeleton};
use super::tears;

/// A body that can be shown.
#[derive(Debug)]
pub(super) struct Physique {
    /// Its bones.
    pub(super) skeleton: Skeleton,
    /// What it can do.
    pub(super) repertoire: Repertoire,
    /// Its surfaces.
    pub(super) parts: Vec<Part>,
    /// Eye height when standing as modelled, metres.
    pub(super) eye_height: f32,
}

/// One surface of a body, with one material.
#[derive(Debug)]
pub(super) struct Part {
    /// Name of the material, such as `skin_head`.
    pub(super) name: String,
    /// The material as the model has it.
    pub(super) material: GltfMaterial,
    /// Corners of the triangles.
    pub(super) indices: Indices,
    /// Positions in the modelled pose.
    pub(super) positions: Vec<Vec3>,
    /// Normals in the modelled pose.
    pub(super) normals: Vec<Vec3>,
    /// Tangents, where the model has a relief for this part.
    pub(super) tangents: Vec<Vec4>,
    /// Where on the texture.
    pub(super) uvs: Vec<[f32; 2]>,
    /// Bones that carry each vertex.
    pub(super) joints: Vec<[u16; 4]>,
    /// How much each of them carries; they add up to 1.
    pub(super) weights: Vec<[f32; 4]>,
    /// What each feature of the face does to this part.
    pub(super) features: Vec<(Feature, Vec<Nudge>)>,
}

/// What a feature of the face does to one vertex.
#[derive(Debug, Clone, Copy)]
pub(super) struct Nudge {
    /// Number of the vertex.
    pub(super) vertex: u32,
    /// How far it moves at full strength.
    pub(super) position: Vec3,
    /// How its normal changes at full strength.
    pub(super) normal: Vec3,
}

impl Part {
    /// Whether this part shows tears.
    pub(super) fn is_tears(&self) -> bool {
        self.name == tears::TEARS
    }

    /// Whether this part lies inside the mouth and is unseen while it is shut.
    pub(super) fn is_inside_mouth(&self) -> bool {
        ["teeth", "tongue"]
            .iter()
            .any(|name| self.name.contains(name))
    }
}

/// Everything a model is made of.
#[derive(SystemParam)]
pub(super) struct ModelShelf<'w> {
    nodes: Res<'w, Assets<GltfNode>>,
    meshes: Res<'w, Assets<GltfMesh>>,
    skins: Res<'w, Assets<GltfSkin>>,
    materials: Res<'w, Assets<GltfMaterial>>,
    geometry: Res<'w, Assets<Mesh>>,
    binds: Res<'w, Assets<SkinnedMeshInverseBindposes>>,
    clips: Res<'w, Assets<AnimationClip>>,
}

/// A node's name, its place above the bones, and its parent.
#[derive(Debug, Clone)]
struct Place {
    path: Vec<Name>,
    parent: Option<Handle<GltfNode>>,
}

impl ModelShelf<'_> {
    /// A handle for a mesh that is still to be made.
    pub(super) fn blank_mesh(&self) -> Handle<Mesh> {
        self.geometry.reserve_handle()
    }

    /// The mesh and material of every primitive of a place or prop, with its transform.
    pub(super) fn surfaces(&self, gltf: &Gltf) -> Vec<Surface> {
        let places = self.places(gltf);
        let mut surfaces = Vec::new();
        for handle in &gltf.nodes {
            let Some(node) = self.nodes.get(handle) else {
                continue;
            };
            let Some(mesh) = node.mesh.as_ref().and_then(|mesh| self.meshes.get(mesh)) else {
                continue;
            };
            let transform = self.global(handle, &places);
            for primitive in &mesh.primitives {
                surfaces.push(Surface {
                    name: node.name.clone(),
                    mesh: primitive.mesh.clone(),
                    material: primitive
                        .material
                        .as_ref()
                        .and_then(|material| self.materials.get(material))
                        .cloned()
                        .unwrap_or_default(),
                    transform: Transform::from_matrix(transform.into()),
                });
            }
        }
        surfaces
    }

    /// A surface with corners enough for light at its corners.
    pub(super) fn finer(&self, surface: &Surface) -> Option<Mesh> {
        finer(self.geometry.get(&surface.mesh)?, &surface.transform)
    }

    /// Where the model's empty nodes are, by name: marks for people and lamps.
    pub(super) fn marks(&self, gltf: &Gltf) -> Vec<(String, Vec3)> {
        let places = self.places(gltf);
        gltf.nodes
            .iter()
            .filter_map(|handle| {
                let node = self.nodes.get(handle)?;
                (node.mesh.is_none() && node.skin.is_none()).then(|| {
                    let at = self.global(handle, &places).translation;
                    (node.name.clone(), Vec3::from(at))
                })
            })
            .collect()
    }

    /// The triangles of a surface in the place's own space.
    pub(super) fn triangles(&self, surface: &Surface) -> Vec<[Vec3; 3]> {
        let Some(mesh) = self.geometry.get(&surface.mesh) else {
            return Vec::new();
        };
        let Some(VertexAttributeValues::Float32x3(at)) = mesh.attribute(Mesh::ATTRIBUTE_POSITION)
        else {
            return Vec::new();
        };
        let point = |index: usize| {
            let at = at.get(index).copied().unwrap_or_default();
            surface.transform.transform_point(Vec3::from(at))
        };
        let indices: Vec<usize> = mesh.indices().map_or_else(
            || (0..at.len()).collect(),
            |indices| indices.iter().collect(),
        );
        indices
            .chunks_exact(3)
            .map(|corner| [point(corner[0]), point(corner[1]), point(corner[2])])
            .collect()
    }

    /// Takes a body from a model, or says in words what it lacks.
    pub(super) fn physique(&self, gltf: &Gltf) -> Result<Physique, String> {
        let places = self.places(gltf);
        let skin = gltf
            .skins
            .first()
            .and_then(|skin| self.skins.get(skin))
            .ok_or("it has no skeleton")?;
        let skeleton = self.skeleton(skin, &places)?;
        let repertoire = self.repertoire(gltf, skin, &places, &skeleton);
        let mut parts = Vec::new();
        for node in gltf.nodes.iter().filter_map(|node| self.nodes.get(node)) {
            if node.skin.is_none() {
                continue;
            }
            let Some(mesh) = node.mesh.as_ref().and_then(|mesh| self.meshes.get(mesh)) else {
                continue;
            };
            for primitive in &mesh.primitives {
                let material = primitive.material.as_ref();
                let name = material
                    .and_then(|material| {
                        gltf.named_materials
                            .iter()
                            .find(|(_, handle)| *handle == material)
                    })
                    .map_or_else(|| node.name.clone(), |(name, _)| name.to_string());
                let material = material
                    .and_then(|material| self.materials.get(material))
                    .cloned()
                    .unwrap_or_default();
                let mesh = self
                    .geometry
                    .get(&primitive.mesh)
                    .ok_or("its mesh is missing")?;
                parts.push(part(name, material, mesh)?);
            }
        }
        if parts.is_empty() {
            return Err("it has no skinned mesh".to_owned());
        }
        let standing = skeleton.globals(&skeleton.rest);
        if let [Some(left), Some(right)] = skeleton.bones.eyes {
            let eyes = [left, right].map(|eye| Vec3::from(standing[eye].translation));
            let face = parts.iter().find(|part| part.name == "skin_head");
            if let Some(tears) = face.and_then(|face| tears::cut_from(face, eyes)) {
                parts.push(tears);
            }
        }
        let eye_height = skeleton
            .bones
            .eyes
            .iter()
            .chain([&skeleton.bones.head])
            .flatten()
            .next()
            .map_or(1.6, |bone| {
                skeleton.globals(&skeleton.rest)[*bone].translation.y
            });
        Ok(Physique {
            skeleton,
            repertoire,
            parts,
            eye_height,
        })
    }

    fn places(&self, gltf: &Gltf) -> HashMap<AssetId<GltfNode>, Place> {
        let mut parents = HashMap::new();
        for handle in &gltf.nodes {
            for child in self
                .nodes
                .get(handle)
                .iter()
                .flat_map(|node| &node.children)
            {
                parents.insert(child.id(), handle.clone());
            }
        }
        gltf.nodes
            .iter()
            .map(|handle| {
                let mut path = Vec::new();
                let mut at = Some(handle.clone());
                while let Some(node) = at.as_ref().and_then(|at| self.nodes.get(at)) {
                    path.push(Name::new(node.name.clone()));
                    at = at.and_then(|at| parents.get(&at.id()).cloned());
                    if path.len() > gltf.nodes.len() {
                        break;
                    }
                }
                path.reverse();
                let parent = parents.get(&handle.id()).cloned();
                (handle.id(), Place { path, parent })
            })
            .collect()
    }

    fn global(
        &self,
        handle: &Handle<GltfNode>,
        places: &HashMap<AssetId<GltfNode>, Place>,
    ) -> Affine3A {
        let mut transform = Affine3A::IDENTITY;
        let mut at = Some(handle.clone());
        for _ in 0..=places.len() {
            let Some(node) = at.as_ref().and_then(|at| self.nodes.get(at)) else {
                break;
            };
            transform = node.transform.compute_affine() * transform;
            at = at.and_then(|at| places.get(&at.id()).and_then(|place| place.parent.clone()));
        }
        transform
    }

    fn skeleton(
        &self,
        skin: &GltfSkin,
        places: &HashMap<AssetId<GltfNode>, Place>,
    ) -> Result<Skeleton, String> {
        let binds = self
            .binds
            .get(&skin.inverse_bind_matrices)
            .ok_or("its skeleton has no bind pose")?;
        let (mut names, mut parents, mut rest) = (Vec::new(), Vec::new(), Vec::new());
        let mut above = Affine3A::IDENTITY;
        for joint in &skin.joints {
            let node = self.nodes.get(joint).ok_or("a bone is missing")?;
            let parent = places
                .get(&joint.id())
                .and_then(|place| place.parent.clone());
            let parent_bone = parent
                .as_ref()
                .and_then(|parent| skin.joints.iter().position(|joint| joint == parent));
            if let (None, Some(parent)) = (parent_bone, &parent) {
                above = self.global(parent, places);
            }
            names.push(node.name.clone());
            parents.push(parent_bone);
            rest.push(BonePose {
                translation: node.transform.translation,
                rotation: node.transform.rotation,
            });
        }
        let mut binds: Vec<Affine3A> = binds
            .iter()
            .map(|bind| Affine3A::from_mat4(*bind))
            .collect();
        binds.resize(names.len(), Affine3A::IDENTITY);
        Ok(Skeleton::new(names, parents, rest, binds, above))
    }

    fn repertoire(
        &self,
        gltf: &Gltf,
        skin: &GltfSkin,
        places: &HashMap<AssetId<GltfNode>, Place>,
        skeleton: &Skeleton,
    ) -> Repertoire {
        let targets: Vec<AnimationTargetId> = skin
            .joints
            .iter()
            .map(|joint| {
                let path = places.get(&joint.id()).map(|place| place.path.as_slice());
                AnimationTargetId::from_names(path.unwrap_or_default().iter())
            })
            .collect();
        let mut repertoire = Repertoire::new(skeleton.rest.clone());
        for clip in Clip::ALL {
            let Some(source) = gltf
                .named_animations
                .get(clip.name())
                .and_then(|handle| self.clips.get(handle))
            else {
                continue;
            };
            repertoire.learn(clip, source.duration(), |t| -> Pose {
                skeleton
                    .rest
                    .iter()
                    .zip(&targets)
                    .map(|(rest, target)| BonePose {
                        translation: source
                            .sample_clamped(animated_field!(Transform::translation), *target, t)
                            .unwrap_or(rest.translation),
                        rotation: source
                            .sample_clamped(animated_field!(Transform::rotation), *target, t)
                            .unwrap_or(rest.rotation),
                    })
                    .collect()
            });
        }
        repertoire
    }
}

/// One surface of a place.
#[derive(Debug, Clone)]
pub(super) struct Surface {
    /// Name of its node.
    pub(super) name: String,
    /// Its mesh.
    pub(super) mesh: Handle<Mesh>,
    /// Its material as the model has it.
    pub(super) material: GltfMaterial,
    /// Where it is.
    pub(super) transform: Transform,
}

fn vectors(mesh: &Mesh, attribute: bevy::mesh::MeshVertexAttribute) -> Vec<Vec3> {
    match mesh.attribute(attribute) {
        Some(VertexAttributeValues::Float32x3(values)) => {
            values.iter().copied().map(Vec3::from).collect()
        }
        _ => Vec::new(),
    }
}

/// Teeth as modelled fill the arch of the jaw, and a mouth drawn wide by fear would let the outermost
/// through its corners; nobody sees them but through parted lips.
fn set_back(tooth: &mut Vec3) {
    /// Share of their width that they keep.
    const WIDTH: f32 = 0.82;
    /// How far back they go, metres.
    const BACK: f32 = 0.003;
    tooth.x *= WIDTH;
    tooth.z -= BACK;
}

fn part(name: String, material: GltfMaterial, mesh: &Mesh) -> Result<Part, String> {
    let mut positions = vectors(mesh, Mesh::ATTRIBUTE_POSITION);
    if name.contains("teeth") {
        positions.iter_mut().for_each(set_back);
    }
    let count = positions.len();
    let mut normals = vectors(mesh, Mesh::ATTRIBUTE_NORMAL);
    normals.resize(count, Vec3::Y);
    let tangents = match mesh.attribute(Mesh::ATTRIBUTE_TANGENT) {
        Some(VertexAttributeValues::Float32x4(values)) if values.len() == count => {
            values.iter().copied().map(Vec4::from).collect()
        }
        _ => Vec::new(),
    };
    let mut uvs = match mesh.attribute(Mesh::ATTRIBUTE_UV_0) {
        Some(VertexAttributeValues::Float32x2(values)) => values.clone(),
        _ => Vec::new(),
    };
    uvs.resize(count, [0.0; 2]);
    let joints = match mesh.attribute(Mesh::ATTRIBUTE_JOINT_INDEX) {
        Some(VertexAttributeValues::Uint16x4(values)) if values.len() == count => values.clone(),
        _ => return Err(format!("its part `{name}` is not tied to the skeleton")),
    };
    let weights = match mesh.attribute(Mesh::ATTRIBUTE_JOINT_WEIGHT) {
        Some(VertexAttributeValues::Float32x4(values)) if values.len() == count => values.clone(),
        _ => return Err(format!("its part `{name}` is not tied to the skeleton")),
    };
    let indices = mesh
        .indices()
        .cloned()
        .ok_or_else(|| format!("its part `{name}` has no triangles"))?;
    Ok(Part {
        features: features(mesh, count),
        name,
        material,
        indices,
        positions,
        normals,
        tangents,
        uvs,
        joints,
        weights,
    })
}

/// The features that this part knows, without the vertices that they leave where they are.
fn features(mesh: &Mesh, count: usize) -> Vec<(Feature, Vec<Nudge>)> {
    let (Some(names), Some(targets)) = (mesh.morph_target_names(), mesh.morph_targets()) else {
        return Vec::new();
    };
    let mut features = Vec::new();
    for (name, target) in names.iter().zip(targets.chunks_exact(count.max(1))) {
        let Some(feature) = Feature::named(name) else {
            continue;
        };
        let nudges: Vec<Nudge> = target
            .iter()
            .zip(0u32..)
            .filter(|(change, _)| change.position.length_squared() > 1e-10)
            .map(|(change, vertex)| Nudge {
                vertex,
                position: change.position,
                normal: change.normal,
            })
            .collect();
        if !nudges.is_empty() {
            features.push((feature, nudges));
        }
    }
    features
}
