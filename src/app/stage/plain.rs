//! The cheap material: one texture, a handful of lights and fog, for machines that draw in
//! software.

use bevy::asset::{Asset, embedded_asset};
use bevy::gltf::GltfMaterial;
use bevy::mesh::MeshVertexBufferLayoutRef;
use bevy::pbr::{Material, MaterialPipeline, MaterialPipelineKey, MaterialPlugin};
use bevy::prelude::*;
use bevy::reflect::TypePath;
use bevy::render::render_resource::{
    AsBindGroup, RenderPipelineDescriptor, ShaderType, SpecializedMeshPipelineError,
};
use bevy::shader::ShaderRef;

use super::light::Light;

pub(super) fn plugin(app: &mut App) {
    embedded_asset!(app, "plain.wgsl");
    app.add_plugins(MaterialPlugin::<PlainMaterial>::default());
}

/// A surface that is cheap to draw.
#[derive(Asset, TypePath, AsBindGroup, Debug, Clone)]
#[bind_group_data(PlainKey)]
pub(super) struct PlainMaterial {
    /// Everything the shader needs but the picture on the surface.
    #[uniform(0)]
    pub(super) surface: PlainSurface,
    /// The picture on the surface.
    #[texture(1)]
    #[sampler(2)]
    pub(super) texture: Option<Handle<Image>>,
    /// How its alpha counts.
    pub(super) alpha_mode: AlphaMode,
    /// Whether both sides are seen.
    pub(super) two_sided: bool,
    /// Whether light is worked out at the corners: cheaper, and right for bodies.
    is_smooth: bool,
    /// Whether it takes no light.
    is_unlit: bool,
    /// Whether it gives some.
    glows: Glows,
    /// How many lamps reach it.
    lamps: u8,
}

/// What makes two plain surfaces need different pipelines: everything that the shader leaves out
/// when it is built.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct PlainKey {
    two_sided: bool,
    cut_out: bool,
    is_smooth: bool,
    is_unlit: bool,
    glows: Glows,
    lamps: u8,
    is_foggy: bool,
}

/// Whether a surface gives light of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(super) enum Glows {
    /// Not at all.
    #[default]
    No,
    /// All of it the same.
    Evenly,
    /// As its picture is bright.
    AsPictured,
}

impl From<&PlainMaterial> for PlainKey {
    fn from(material: &PlainMaterial) -> Self {
        Self {
            two_sided: material.two_sided,
            cut_out: matches!(material.alpha_mode, AlphaMode::Mask(_)),
            is_smooth: material.is_smooth,
            is_unlit: material.is_unlit,
            glows: material.glows,
            lamps: material.lamps,
            is_foggy: material.surface.fog.w > 0.0,
        }
    }
}

/// The shader's uniform; see `plain.wgsl` for the meaning of each number.
#[derive(ShaderType, Debug, Clone, Copy, Default)]
pub(super) struct PlainSurface {
    base: Vec4,
    emissive: Vec4,
    sky: Vec4,
    ground: Vec4,
    key_way: Vec4,
    key: Vec4,
    lamp_at: [Vec4; 2],
    lamp: [Vec4; 2],
    fog: Vec4,
}

impl PlainMaterial {
    /// A surface as a model describes it, in this light, its own glow made weaker by `glow`.
    pub(super) fn new(material: &GltfMaterial, light: &Light, glow: f32) -> Self {
        // Brows and lashes are few points: blending them costs little, a cut edge makes them heavy.
        let alpha_mode = match material.alpha_mode {
            AlphaMode::Blend => AlphaMode::Blend,
            AlphaMode::Mask(cutoff) => AlphaMode::Mask(cutoff),
            _ => AlphaMode::Opaque,
        };
        let glows = material.emissive.to_vec3().max_element() > 0.0;
        let has_glow_picture = material.emissive_texture.is_some();
        let is_dark = LinearRgba::from(material.base_color)
            .to_vec3()
            .max_element()
            < 0.05;
        let texture = if glows && has_glow_picture && is_dark {
            material.emissive_texture.clone()
        } else {
            material.base_color_texture.clone()
        };
        let mut surface = PlainSurface::lit(light);
        surface.base = LinearRgba::from(material.base_color).to_vec4();
        surface.emissive = (material.emissive.to_vec3() * glow)
            .min(Vec3::splat(2.5))
            .extend(0.0);
        Self {
            surface,
            texture,
            alpha_mode,
            two_sided: material.double_sided,
            is_smooth: false,
            is_unlit: material.unlit,
            glows: match (glows, has_glow_picture) {
                (false, _) => Glows::No,
                (true, false) => Glows::Evenly,
                (true, true) => Glows::AsPictured,
            },
            lamps: light.lamps.len().min(2) as u8,
        }
    }

    /// A surface of a body.
    pub(super) fn of_body(material: &GltfMaterial, light: &Light) -> Self {
        Self::new(material, light, 0.0).smooth()
    }

    /// The same with light worked out at its corners: for surfaces that have many.
    pub(super) fn smooth(self) -> Self {
        Self {
            is_smooth: true,
            ..self
        }
    }

    /// A picture far behind everything, seen as it is: it takes neither light nor fog.
    pub(super) fn backcloth(picture: Handle<Image>, light: &Light) -> Self {
        Self {
            alpha_mode: AlphaMode::Opaque,
            ..Self::veil(Color::WHITE, Some(picture), light)
        }
    }

    /// A see-through colour that takes no light.
    pub(super) fn veil(color: Color, texture: Option<Handle<Image>>, light: &Light) -> Self {
        let mut surface = PlainSurface::lit(light);
        surface.base = LinearRgba::from(color).to_vec4();
        surface.fog.w = 0.0;
        Self {
            surface,
            texture,
            alpha_mode: AlphaMode::Blend,
            two_sided: true,
            is_smooth: false,
            is_unlit: true,
            glows: Glows::No,
            lamps: 0,
        }
    }
}

impl PlainMaterial {
    /// Makes a veil denser or thinner.
    pub(super) fn fade(&mut self, alpha: f32) {
        self.surface.base.w = alpha;
    }
}

impl PlainSurface {
    fn lit(light: &Light) -> Self {
        let mut surface = Self {
            sky: light.sky.extend(0.0),
            ground: light.ground.extend(0.0),
            key_way: light.key_from.normalize_or(Vec3::Y).extend(0.0),
            key: light.key.extend(0.0),
            fog: light.fog.extend(light.fog_density),
            ..Self::default()
        };
        for (index, lamp) in light.lamps.iter().take(2).enumerate() {
            surface.lamp_at[index] = lamp.at.extend(1.0 / (lamp.reach * lamp.reach));
            surface.lamp[index] = lamp.strength.extend(0.0);
        }
        surface
    }
}

impl Material for PlainMaterial {
    fn fragment_shader() -> ShaderRef {
        "embedded://common_ground/app/stage/plain.wgsl".into()
    }

    fn vertex_shader() -> ShaderRef {
        "embedded://common_ground/app/stage/plain.wgsl".into()
    }

    fn alpha_mode(&self) -> AlphaMode {
        self.alpha_mode
    }

    fn enable_prepass() -> bool {
        false
    }

    fn enable_shadows() -> bool {
        false
    }

    fn specialize(
        _pipeline: &MaterialPipeline,
        descriptor: &mut RenderPipelineDescriptor,
        _layout: &MeshVertexBufferLayoutRef,
        key: MaterialPipelineKey<Self>,
    ) -> Result<(), SpecializedMeshPipelineError> {
        let surface = key.bind_group_data;
        if surface.two_sided {
            descriptor.primitive.cull_mode = None;
        }
        let defs = [
            ("CUTOUT", surface.cut_out),
            ("SMOOTH", surface.is_smooth),
            ("UNLIT", surface.is_unlit),
            ("GLOWS", surface.glows == Glows::Evenly),
            ("GLOW_PICTURE", surface.glows == Glows::AsPictured),
            ("LAMPS_1", surface.lamps == 1),
            ("LAMPS_2", surface.lamps == 2),
            ("FOG", surface.is_foggy),
        ];
        for (name, is_on) in defs {
            if is_on {
                descriptor.vertex.shader_defs.push(name.into());
                if let Some(fragment) = &mut descriptor.fragment {
                    fragment.shader_defs.push(name.into());
                }
            }
        }
        Ok(())
    }
}
