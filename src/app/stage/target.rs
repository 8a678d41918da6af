//! The image that the stage is drawn into, and how the interface shows it.

use bevy::prelude::*;
use bevy::render::render_resource::TextureFormat;
use bevy::window::PrimaryWindow;
use bevy_egui::{EguiTextureHandle, EguiUserTextures, egui};

use super::quality::{StageClock, StageQuality};
use super::set::Room;
use super::{StageSetting, StageSystems};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        fit.in_set(StageSystems::Clock)
            .run_if(resource_exists::<StageQuality>),
    );
}

/// The picture of the stage. It exists as soon as a quality is chosen.
#[derive(Resource, Debug, Clone)]
pub struct StageTarget {
    /// The image that is drawn into.
    pub image: Handle<Image>,
    /// Its size in points.
    pub size: UVec2,
    /// What egui calls it, in an app that has egui.
    pub texture: Option<egui::TextureId>,
    /// Whether there is anything to see.
    pub is_showing: bool,
    /// The place that it has on the screen, in points of the screen; none before it is known.
    pub shape: Option<UVec2>,
}

/// The shape of the picture where there is no window.
const NO_WINDOW: UVec2 = UVec2::new(1280, 720);

impl StageTarget {
    /// The picture cropped to fill `place`, or nothing while there is none.
    #[must_use]
    pub fn shape_for(&self, place: egui::Rect) -> egui::Shape {
        let (Some(texture), true) = (self.texture, self.is_showing) else {
            return egui::Shape::Noop;
        };
        if place.width() < 1.0 || place.height() < 1.0 || self.size.min_element() == 0 {
            return egui::Shape::Noop;
        }
        let (wide, picture) = (place.aspect_ratio(), self.size.as_vec2());
        let picture = picture.x / picture.y;
        let (across, down) = if wide > picture {
            (1.0, picture / wide)
        } else {
            (wide / picture, 1.0)
        };
        let uv = egui::Rect::from_center_size(egui::pos2(0.5, 0.5), egui::vec2(across, down));
        egui::Shape::image(texture, place, uv, egui::Color32::WHITE)
    }

    /// Says what place the picture has on the screen, so that nothing is drawn that is not seen.
    pub fn fit_to(&mut self, place: egui::Rect, points_per_unit: f32) {
        let side = |length: f32| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "windows are small and positive"
            )]
            let side = (length * points_per_unit).round().clamp(0.0, 16_000.0) as u32;
            side
        };
        let shape = UVec2::new(side(place.width()), side(place.height()));
        if shape.min_element() >= 64 {
            self.shape = Some(shape);
        }
    }
}

fn fit(
    mut commands: Commands,
    quality: Res<StageQuality>,
    setting: Option<Res<StageSetting>>,
    room: Option<Res<Room>>,
    window: Option<Single<&Window, With<PrimaryWindow>>>,
    mut target: Option<ResMut<StageTarget>>,
    mut images: ResMut<Assets<Image>>,
    mut textures: Option<ResMut<EguiUserTextures>>,
    mut clock: ResMut<StageClock>,
) {
    let window = window.map_or(NO_WINDOW, |window| window.physical_size());
    if window.min_element() < 8 {
        return;
    }
    let shape = target.as_ref().and_then(|target| target.shape);
    let size = within(shape.unwrap_or(window), quality.most_points());
    if let Some(target) = &mut target {
        target.is_showing = setting.is_some() && room.is_some() && clock.pictures > 3;
        if target.size == size {
            return;
        }
    }
    let mut image = Image::new_target_texture(
        size.x,
        size.y,
        // What cameras draw into, so that a finished picture can be copied.
        TextureFormat::Rgba8UnormSrgb,
        None,
    );
    // The glass of the window reads it as it is stored.
    image.texture_descriptor.view_formats = &[TextureFormat::Rgba8Unorm];
    let image = images.add(image);
    let texture = textures.as_mut().map(|textures| {
        if let Some(old) = &target {
            textures.remove_image(&old.image);
        }
        textures.add_image(EguiTextureHandle::Strong(image.clone()))
    });
    clock.owed = 3;
    commands.insert_resource(StageTarget {
        image,
        size,
        texture,
        is_showing: target.is_some_and(|target| target.is_showing),
        shape,
    });
}

/// The largest size of this shape with at most so many points; sides are even.
fn within(shape: UVec2, points: u32) -> UVec2 {
    let have = shape.x.saturating_mul(shape.y).max(1);
    #[expect(clippy::cast_precision_loss, reason = "picture sizes are small")]
    let share = (points as f32 / have as f32).sqrt().min(1.0);
    let side = |length: u32| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "picture sizes are small and positive"
        )]
        let side = (length as f32 * share / 2.0).round() as u32 * 2;
        side.max(2)
    };
    UVec2::new(side(shape.x), side(shape.y))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_keeps_the_shape_of_the_window() {
        assert_eq!(
            within(UVec2::new(1280, 720), 480 * 270),
            UVec2::new(480, 270)
        );
        assert_eq!(
            within(UVec2::new(1280, 720), 9_000_000),
            UVec2::new(1280, 720)
        );
        let tall = within(UVec2::new(600, 1200), 480 * 270);
        assert!(tall.y > tall.x && tall.x * tall.y <= 480 * 272);
    }
}
