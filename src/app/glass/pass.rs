//! Draws the window from its pieces.

use bevy::asset::{embedded_asset, load_embedded_asset};
use bevy::core_pipeline::upscaling::upscaling;
use bevy::ecs::schedule::{Schedule, ScheduleBuildSettings, ScheduleLabel, SingleThreadedExecutor};
use bevy::mesh::VertexBufferLayout;
use bevy::prelude::*;
use bevy::render::extract_resource::ExtractResourcePlugin;
use bevy::render::render_asset::RenderAssets;
use bevy::render::render_resource::binding_types::{sampler, texture_2d};
use bevy::render::render_resource::{
    BindGroup, BindGroupEntries, BindGroupLayoutDescriptor, BindGroupLayoutEntries, Buffer,
    BufferInitDescriptor, BufferUsages, CachedRenderPipelineId, ColorTargetState, ColorWrites,
    FilterMode, FragmentState, PipelineCache, RenderPassDescriptor, RenderPipelineDescriptor,
    Sampler, SamplerBindingType, SamplerDescriptor, ShaderStages, TextureFormat, TextureSampleType,
    TextureView, TextureViewDescriptor, TextureViewId, VertexFormat, VertexState, VertexStepMode,
};
use bevy::render::renderer::{RenderContext, RenderDevice, ViewQuery};
use bevy::render::texture::GpuImage;
use bevy::render::view::ViewTarget;
use bevy::render::{Render, RenderApp, RenderStartup, RenderSystems};
use bevy_egui::render::{EguiCameraView, egui_pass, prepare_egui_pass};

use super::pieces::Glass;

/// What is done to draw the window where the processor draws: the interface's changes, and the
/// pieces. Bevy's own passes for flat pictures are left out, which have nothing to draw.
#[derive(ScheduleLabel, Debug, Clone, PartialEq, Eq, Hash)]
pub(in crate::app) struct WindowPasses;

pub(in crate::app) fn plugin(app: &mut App) {
    embedded_asset!(app, "glass.wgsl");
    app.init_resource::<Glass>();
    app.add_plugins(ExtractResourcePlugin::<Glass>::default());
    let Some(render) = app.get_sub_app_mut(RenderApp) else {
        return;
    };
    let mut passes = Schedule::new(WindowPasses);
    passes.set_executor(SingleThreadedExecutor::new());
    passes.set_build_settings(ScheduleBuildSettings {
        auto_insert_apply_deferred: false,
        ..default()
    });
    passes.add_systems((
        (prepare_egui_pass, egui_pass).chain(),
        lay.after(egui_pass).run_if(resource_exists::<Prepared>),
        upscaling
            .after(egui_pass)
            .run_if(not(resource_exists::<Prepared>)),
    ));
    render.add_schedule(passes);
    render.add_systems(RenderStartup, begin);
    render.add_systems(Render, prepare.in_set(RenderSystems::PrepareBindGroups));
}

/// What is made once.
#[derive(Resource)]
struct Tools {
    layout: BindGroupLayoutDescriptor,
    shader: Handle<Shader>,
    /// Takes every point as it is.
    exact: Sampler,
    /// Smooths between points.
    smooth: Sampler,
}

/// What may be used again in the next frame.
#[derive(Default)]
struct Made {
    format: Option<TextureFormat>,
    stage: Option<CachedRenderPipelineId>,
    interface: Option<CachedRenderPipelineId>,
    views: Option<(TextureViewId, TextureViewId)>,
    groups: Option<(BindGroup, BindGroup)>,
    laid: Option<Glass>,
    corners: Option<Buffer>,
}

/// Everything that the window is drawn with in this frame. Without it Bevy's own way serves, which
/// shows the interface alone.
#[derive(Resource)]
struct Prepared {
    stage: (CachedRenderPipelineId, BindGroup, u32),
    interface: (CachedRenderPipelineId, BindGroup, u32),
    corners: Buffer,
}

fn begin(mut commands: Commands, device: Res<RenderDevice>, server: Res<AssetServer>) {
    let layout = BindGroupLayoutDescriptor::new(
        "glass",
        &BindGroupLayoutEntries::sequential(
            ShaderStages::FRAGMENT,
            (
                texture_2d(TextureSampleType::Float { filterable: true }),
                sampler(SamplerBindingType::Filtering),
            ),
        ),
    );
    commands.remove_resource::<Prepared>();
    commands.insert_resource(Tools {
        layout,
        shader: load_embedded_asset!(server.as_ref(), "glass.wgsl"),
        exact: device.create_sampler(&SamplerDescriptor::default()),
        smooth: device.create_sampler(&SamplerDescriptor {
            mag_filter: FilterMode::Linear,
            min_filter: FilterMode::Linear,
            ..SamplerDescriptor::default()
        }),
    });
}

impl Tools {
    fn pipeline(&self, format: TextureFormat, is_stage: bool) -> RenderPipelineDescriptor {
        let shader_defs = if is_stage {
            vec!["STAGE".into()]
        } else {
            Vec::new()
        };
        RenderPipelineDescriptor {
            label: Some("glass".into()),
            layout: vec![self.layout.clone()],
            vertex: VertexState {
                shader: self.shader.clone(),
                shader_defs: shader_defs.clone(),
                entry_point: Some("vertex".into()),
                buffers: vec![VertexBufferLayout::from_vertex_formats(
                    VertexStepMode::Vertex,
                    [VertexFormat::Float32x2, VertexFormat::Float32x2],
                )],
            },
            fragment: Some(FragmentState {
                shader: self.shader.clone(),
                shader_defs,
                entry_point: Some("fragment".into()),
                targets: vec![Some(ColorTargetState {
                    format,
                    blend: None,
                    write_mask: ColorWrites::ALL,
                })],
            }),
            ..default()
        }
    }
}

/// Two triangles over a part of the window, which show a part of a picture.
fn corners(place: URect, part: Rect, size: UVec2) -> [[f32; 4]; 6] {
    let size = size.as_vec2();
    let (min, max) = (place.min.as_vec2() / size, place.max.as_vec2() / size);
    let corner = |at: Vec2, shown: Vec2| [at.x * 2.0 - 1.0, 1.0 - at.y * 2.0, shown.x, shown.y];
    let one = corner(min, part.min);
    let two = corner(Vec2::new(max.x, min.y), Vec2::new(part.max.x, part.min.y));
    let three = corner(Vec2::new(min.x, max.y), Vec2::new(part.min.x, part.max.y));
    let four = corner(max, part.max);
    [one, three, two, two, three, four]
}

fn prepare(
    mut commands: Commands,
    glass: Res<Glass>,
    tools: Option<Res<Tools>>,
    cache: Res<PipelineCache>,
    device: Res<RenderDevice>,
    images: Res<RenderAssets<GpuImage>>,
    views: Query<&ViewTarget, With<EguiCameraView>>,
    mut made: Local<Made>,
) {
    let prepared = tools.and_then(|tools| {
        let target = views.single().ok()?;
        made.ready(&tools, &cache, &device, target, &glass, &images)
    });
    match prepared {
        Some(prepared) => commands.insert_resource(prepared),
        None => commands.remove_resource::<Prepared>(),
    }
}

impl Made {
    fn ready(
        &mut self,
        tools: &Tools,
        cache: &PipelineCache,
        device: &RenderDevice,
        target: &ViewTarget,
        glass: &Glass,
        images: &RenderAssets<GpuImage>,
    ) -> Option<Prepared> {
        let format = target.out_texture_view_format()?;
        if self.format != Some(format) {
            self.stage = Some(cache.queue_render_pipeline(tools.pipeline(format, true)));
            self.interface = Some(cache.queue_render_pipeline(tools.pipeline(format, false)));
            self.format = Some(format);
        }
        let (stage, interface) = (self.stage?, self.interface?);
        cache.get_render_pipeline(stage)?;
        cache.get_render_pipeline(interface)?;
        let image = images.get(glass.stage?)?;
        let drawn = target.main_texture();
        if glass.seen.is_empty() || (drawn.width(), drawn.height()) != (glass.size.x, glass.size.y)
        {
            return None;
        }
        let views = (image.texture_view.id(), target.main_texture_view().id());
        if self.views != Some(views) || self.groups.is_none() {
            let as_stored: TextureView = image.texture.create_view(&TextureViewDescriptor {
                format: Some(image.texture.format().remove_srgb_suffix()),
                ..default()
            });
            let layout = cache.get_bind_group_layout(&tools.layout);
            let group = |view: &TextureView, sampler: &Sampler| {
                let entries = BindGroupEntries::sequential((view, sampler));
                device.create_bind_group("glass", &layout, &entries)
            };
            self.groups = Some((
                group(&as_stored, &tools.smooth),
                group(target.main_texture_view(), &tools.exact),
            ));
            self.views = Some(views);
        }
        if self.laid.as_ref() != Some(glass) || self.corners.is_none() {
            let whole = glass.size.as_vec2();
            let stage = glass.seen.iter().map(|seen| (seen.place, seen.part));
            let interface = glass.interface.iter().map(|place| {
                let (min, max) = (place.min.as_vec2() / whole, place.max.as_vec2() / whole);
                (*place, Rect { min, max })
            });
            let contents: Vec<u8> = stage
                .chain(interface)
                .flat_map(|(place, part)| corners(place, part, glass.size))
                .flatten()
                .flat_map(f32::to_le_bytes)
                .collect();
            self.corners = Some(device.create_buffer_with_data(&BufferInitDescriptor {
                label: Some("glass"),
                contents: &contents,
                usage: BufferUsages::VERTEX,
            }));
            self.laid = Some(glass.clone());
        }
        let count = |pieces: usize| u32::try_from(pieces * 6).ok();
        let (of_stage, of_interface) = self.groups.clone()?;
        Some(Prepared {
            stage: (stage, of_stage, count(glass.seen.len())?),
            interface: (interface, of_interface, count(glass.interface.len())?),
            corners: self.corners.clone()?,
        })
    }
}

fn lay(
    view: ViewQuery<&ViewTarget>,
    prepared: Res<Prepared>,
    cache: Res<PipelineCache>,
    mut context: RenderContext,
) {
    let target = view.into_inner();
    let (Some(stage), Some(interface)) = (
        cache.get_render_pipeline(prepared.stage.0),
        cache.get_render_pipeline(prepared.interface.0),
    ) else {
        return;
    };
    let Some(window) = target.out_texture_color_attachment(Some(LinearRgba::BLACK)) else {
        return;
    };
    let mut pass = context
        .command_encoder()
        .begin_render_pass(&RenderPassDescriptor {
            label: Some("glass"),
            color_attachments: &[Some(window)],
            depth_stencil_attachment: None,
            timestamp_writes: None,
            occlusion_query_set: None,
            multiview_mask: None,
        });
    let (of_stage, of_interface) = (prepared.stage.2, prepared.interface.2);
    pass.set_vertex_buffer(0, *prepared.corners.slice(..));
    pass.set_pipeline(stage);
    pass.set_bind_group(0, &prepared.stage.1, &[]);
    pass.draw(0..of_stage, 0..1);
    pass.set_pipeline(interface);
    pass.set_bind_group(0, &prepared.interface.1, &[]);
    pass.draw(of_stage..of_stage + of_interface, 0..1);
}
