//! The sky: painted for time and weather on whatever a place calls `sky`.

use std::f32::consts::TAU;

use bevy::asset::RenderAssetUsages;
use bevy::prelude::*;
use bevy::render::render_resource::{Extent3d, TextureDimension, TextureFormat};

use super::light::Light;
use super::random::unit;

/// Points around the horizon, and from the zenith (first row) down to it.
const SIZE: (u32, u32) = (128, 64);

/// The picture of the sky: the left edge is straight behind the subject (-Z), the way goes by +X;
/// the upper edge is overhead, the lower one the horizon.
pub(super) fn paint(light: &Light) -> Image {
    let (wide, high) = SIZE;
    let mut points = Vec::with_capacity((wide * high * 4) as usize);
    let from = light.glow_from.x.atan2(-light.glow_from.y);
    for row in 0..high {
        for column in 0..wide {
            let up = 1.0 - share(row, high - 1);
            let around = share(column, wide);
            let mut seen = light.backdrop.lerp(light.zenith, up.powf(0.6));
            let towards = 0.5 + 0.5 * (around * TAU - from).cos();
            seen += light.horizon_glow * (-(up / 0.24).powi(2)).exp() * towards.powi(2);
            let cloud = ((clouds(around, up) - 0.5) * 3.2).clamp(0.0, 1.0) * light.clouds;
            let white = (light.backdrop * 1.25 + light.horizon_glow * 0.3).min(Vec3::ONE);
            // Clouds stand above the horizon and thin out overhead.
            let share = cloud * (up * 6.0).min(1.0) * (1.0 - up * 0.5);
            seen = seen.lerp(white, share * 0.6);
            // Less than one step of the picture, so that dark skies show no bands.
            let grain = (unit(71, row * wide + column) - 0.5) / 255.0;
            let shown = Srgba::from(LinearRgba::rgb(seen.x, seen.y, seen.z));
            points.extend([shown.red, shown.green, shown.blue].map(|part| byte(part + grain)));
            points.push(255);
        }
    }
    Image::new(
        Extent3d {
            width: wide,
            height: high,
            depth_or_array_layers: 1,
        },
        TextureDimension::D2,
        points,
        TextureFormat::Rgba8UnormSrgb,
        RenderAssetUsages::RENDER_WORLD,
    )
}

fn share(part: u32, whole: u32) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "a picture's size is small")]
    let share = part as f32 / whole as f32;
    share
}

fn byte(part: f32) -> u8 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "held between 0 and 255"
    )]
    let byte = (part * 255.0).round().clamp(0.0, 255.0) as u8;
    byte
}

/// Soft lumps, from 0 to 1, that join at the picture's edges.
fn clouds(around: f32, up: f32) -> f32 {
    [(6u32, 0.5), (13, 0.3), (27, 0.2)]
        .into_iter()
        .map(|(lumps, weight)| {
            #[expect(clippy::cast_precision_loss, reason = "few lumps")]
            let (x, y) = (around * lumps as f32, up * lumps as f32 * 0.8);
            let (left, low) = (x.floor(), y.floor());
            let ease = |part: f32| part * part * 2.0f32.mul_add(-part, 3.0);
            let (a, b) = (ease(x - left), ease(y - low));
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "both are positive and small"
            )]
            let (left, low) = (left as u32, low as u32);
            let at = |dx: u32, dy: u32| unit(lumps * 31 + 7, (left + dx) % lumps + (low + dy) * 64);
            let row = |dy: u32| at(0, dy).lerp(at(1, dy), a);
            row(0).lerp(row(1), b) * weight
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{TimeOfDay, Weather};

    #[test]
    fn the_edges_of_the_picture_join() {
        for up in [0.1, 0.4, 0.9] {
            assert!((clouds(0.0, up) - clouds(0.9999, up)).abs() < 0.02, "{up}");
        }
    }

    #[test]
    fn dusk_is_brightest_where_the_sun_went_down() {
        let light = Light::new(TimeOfDay::Dusk, Weather::Clear, &[]);
        let picture = paint(&light);
        let data = picture.data.unwrap_or_default();
        let row = (SIZE.1 - 2) * SIZE.0;
        let red = |column: u32| {
            data.get(((row + column) * 4) as usize)
                .copied()
                .unwrap_or(0)
        };
        let brightest = (0..SIZE.0).max_by_key(|column| red(*column)).unwrap_or(0);
        // Left of straight behind the subject, which is the right edge of the picture.
        assert!(brightest > SIZE.0 / 2, "{brightest}");
    }
}
