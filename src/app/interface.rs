//! How the interface is drawn: by egui, with a cheaper shader where there is no graphics card, and
//! only when there is something new.

use bevy::prelude::*;
use bevy::render::renderer::RenderAdapterInfo;
use bevy::shader::Shader;
use bevy_egui::render::EGUI_SHADER_HANDLE;
use bevy_egui::{EguiInput, EguiPlugin, EguiPreUpdateSet, egui};

use super::stage::{StageQuality, quality_for_adapter};

/// egui, with one picture a surface: the shader below and old drivers know no arrays of pictures.
pub(super) fn egui() -> EguiPlugin {
    EguiPlugin {
        bindless_mode_array_size: None,
        ..EguiPlugin::default()
    }
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Startup, spare_the_processor);
    app.add_systems(
        PreUpdate,
        forget_old_news
            .after(EguiPreUpdateSet::ProcessInput)
            .before(EguiPreUpdateSet::BeginPass),
    );
}

/// egui is told in every frame which modifier keys are down, takes that for news, and asks for
/// another frame at once: without end. Only a change is news.
fn forget_old_news(mut inputs: Query<&mut EguiInput>, mut known: Local<Option<egui::Modifiers>>) {
    for mut input in &mut inputs {
        let before = *known;
        input.events.retain(|event| match event {
            egui::Event::ModifiersChanged(now) => {
                *known = Some(*now);
                before != Some(*now)
            }
            _ => true,
        });
    }
}

/// On a machine that draws in software the interface was two fifths of what a picture cost.
fn spare_the_processor(
    adapter: Option<Res<RenderAdapterInfo>>,
    mut shaders: ResMut<Assets<Shader>>,
) {
    let in_software = adapter
        .as_deref()
        .is_some_and(|adapter| quality_for_adapter(adapter) == StageQuality::Low);
    if in_software {
        let shader = Shader::from_wgsl(include_str!("interface.wgsl"), "interface.wgsl");
        if let Err(error) = shaders.insert(&EGUI_SHADER_HANDLE, shader) {
            warn!("the interface keeps its own shader: {error}");
        }
    }
}
