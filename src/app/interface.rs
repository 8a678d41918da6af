//! How the interface is drawn: by egui, with a cheaper shader where there is no graphics card.

use bevy::prelude::*;
use bevy::render::renderer::RenderAdapterInfo;
use bevy::shader::Shader;
use bevy_egui::EguiPlugin;
use bevy_egui::render::EGUI_SHADER_HANDLE;

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
