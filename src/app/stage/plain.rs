//! The cheap material: one texture, a handful of lights and fog, for machines that draw in
//! software.
//!
//! Pictures are read as they are stored, in the curve of sRGB, and where the camera's own picture is
//! kept in that curve too, bodies are lit in it: to a processor the way into linear light and back is
//! dearer than all the light.

use bevy::asset::{Asset, AssetEventSystems, embedded_asset};
use bevy::ecs::system::SystemParamItem;
use bevy::ecs::system::lifetimeless::SRes;
use bevy::gltf::GltfMaterial;
use bevy::mesh::MeshVertexBufferLayoutRef;
use bevy::pbr::{Material, MaterialPipeline, MaterialPipelineKey, MaterialPlugin};
use bevy::prelude::*;
use bevy::reflect::TypePath;
use bevy::render::render_asset::RenderAssets;
use bevy::render::render_resource::binding_types::{sampler, texture_2d, uniform_buffer};
use bevy::render::render_resource::encase::UniformBuffer;
use bevy::render::render_resource::{
    AsBindGroup, AsBindGroupError, BindGroupLayout, BindGroupLayoutEntries, BindGroupLayoutEntry,
    BindingResources, BufferInitDescriptor, BufferUsages, OwnedBindingResource,
    RenderPipelineDescriptor, SamplerBindingType, ShaderStages, ShaderType,
    SpecializedMeshPipelineError, TextureFormat, TextureSampleType, TextureView,
    TextureViewDescriptor, TextureViewDimension, UnpreparedBindGroup,
};
use bevy::render::renderer::RenderDevice;
use bevy::render::texture::{FallbackImage, GpuImage};
use bevy::shader::ShaderRef;

use super::light::Light;

pub(super) fn plugin(app: &mut App) {
    embedded_asset!(app, "plain.wgsl");
    app.add_plugins(MaterialPlugin::<PlainMaterial>::default());
    app.add_systems(PostUpdate, let_be_read_as_stored.after(AssetEventSystems));
}

/// Lets new pictures be read as they are stored, beside the way they are made for.
fn let_be_read_as_stored(
    mut news: MessageReader<AssetEvent<Image>>,
    mut images: ResMut<Assets<Image>>,
) {
    for event in news.read() {
        let AssetEvent::Added { id } = event else {
            continue;
        };
        if let Some(image) = images.get_mut_untracked(*id)
            && image.texture_descriptor.format == TextureFormat::Rgba8UnormSrgb
            && image.texture_descriptor.view_formats.is_empty()
        {
            image.texture_descriptor.view_formats = &[TextureFormat::Rgba8Unorm];
        }
    }
}

/// A surface that is cheap to draw.
#[derive(Asset, TypePath, Debug, Clone)]
pub(super) struct PlainMaterial {
    /// Everything the shader needs but the picture on the surface.
    pub(super) surface: PlainSurface,
    /// The picture on the surface.
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
    base_seen: Vec4,
    emissive: Vec4,
    sky: Vec4,
    ground: Vec4,
    key_way: Vec4,
    key: Vec4,
    lamp_at: [Vec4; 2],
    lamp: [Vec4; 2],
    fog: Vec4,
    fog_seen: Vec4,
}

/// A linear colour as it is stored and seen, in the curve of sRGB.
fn seen(linear: Vec3) -> Vec3 {
    let [red, green, blue] = linear.to_array();
    let seen = Color::linear_rgb(red, green, blue).to_srgba();
    Vec3::new(seen.red, seen.green, seen.blue)
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
        surface.paint(LinearRgba::from(material.base_color).to_vec4());
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
        surface.paint(LinearRgba::from(color).to_vec4());
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
        self.surface.base_seen.w = alpha;
    }
}

impl PlainSurface {
    fn paint(&mut self, linear: Vec4) {
        self.base = linear;
        self.base_seen = seen(linear.truncate()).extend(linear.w);
    }

    fn lit(light: &Light) -> Self {
        let mut surface = Self {
            sky: light.sky.extend(0.0),
            ground: light.ground.extend(0.0),
            key_way: light.key_from.normalize_or(Vec3::Y).extend(0.0),
            key: light.key.extend(0.0),
            fog: light.fog.extend(light.fog_density),
            fog_seen: seen(light.fog).extend(0.0),
            ..Self::default()
        };
        for (index, lamp) in light.lamps.iter().take(2).enumerate() {
            surface.lamp_at[index] = lamp.at.extend(1.0 / (lamp.reach * lamp.reach));
            surface.lamp[index] = lamp.strength.extend(0.0);
        }
        surface
    }
}

impl AsBindGroup for PlainMaterial {
    type Data = PlainKey;
    type Param = (SRes<RenderAssets<GpuImage>>, SRes<FallbackImage>);

    fn label() -> &'static str {
        "plain material"
    }

    fn bind_group_data(&self) -> PlainKey {
        self.into()
    }

    fn unprepared_bind_group(
        &self,
        _layout: &BindGroupLayout,
        device: &RenderDevice,
        (images, none): &mut SystemParamItem<'_, '_, Self::Param>,
        _force_no_bindless: bool,
    ) -> Result<UnpreparedBindGroup, AsBindGroupError> {
        let picture = match &self.texture {
            Some(texture) => images
                .get(texture)
                .ok_or(AsBindGroupError::RetryNextUpdate)?,
            None => &none.d2,
        };
        let mut surface = UniformBuffer::new(Vec::new());
        if surface.write(&self.surface).is_err() {
            return Err(AsBindGroupError::RetryNextUpdate);
        }
        let surface = device.create_buffer_with_data(&BufferInitDescriptor {
            label: Some("plain surface"),
            contents: surface.as_ref(),
            usage: BufferUsages::UNIFORM | BufferUsages::COPY_DST,
        });
        Ok(UnpreparedBindGroup {
            bindings: BindingResources(vec![
                (0, OwnedBindingResource::Buffer(surface)),
                (
                    1,
                    OwnedBindingResource::TextureView(TextureViewDimension::D2, as_stored(picture)),
                ),
                (
                    2,
                    OwnedBindingResource::Sampler(
                        SamplerBindingType::Filtering,
                        picture.sampler.clone(),
                    ),
                ),
            ]),
        })
    }

    fn bind_group_layout_entries(
        _device: &RenderDevice,
        _force_no_bindless: bool,
    ) -> Vec<BindGroupLayoutEntry> {
        BindGroupLayoutEntries::sequential(
            ShaderStages::VERTEX_FRAGMENT,
            (
                uniform_buffer::<PlainSurface>(false),
                texture_2d(TextureSampleType::Float { filterable: true })
                    .visibility(ShaderStages::FRAGMENT),
                sampler(SamplerBindingType::Filtering).visibility(ShaderStages::FRAGMENT),
            ),
        )
        .to_vec()
    }
}

/// A picture as it is stored, where it may be read so.
fn as_stored(picture: &GpuImage) -> TextureView {
    let stored = picture.texture.format().remove_srgb_suffix();
    if picture.texture_descriptor.view_formats.contains(&stored) {
        picture.texture.create_view(&TextureViewDescriptor {
            format: Some(stored),
            ..default()
        })
    } else {
        picture.texture_view.clone()
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
        let is_kept_as_seen = descriptor.fragment.as_ref().is_some_and(|fragment| {
            let target = fragment.targets.first().and_then(Option::as_ref);
            target.is_some_and(|target| target.format == TextureFormat::Rgba8Unorm)
        });
        let defs = [
            ("AS_SEEN", is_kept_as_seen),
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
