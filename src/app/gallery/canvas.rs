//! A picture in memory, on which tiles and captions are put.

use std::path::Path;

use bevy::asset::RenderAssetUsages;
use bevy::prelude::*;
use bevy::render::render_resource::{Extent3d, TextureDimension, TextureFormat};

/// A picture in memory.
#[derive(Debug, Clone)]
pub(super) struct Canvas {
    width: usize,
    height: usize,
    /// Red, green, blue of every point, from the top left.
    pub(super) rgb: Vec<u8>,
}

impl Canvas {
    /// An empty sheet of one colour.
    pub(super) fn new(width: usize, height: usize, colour: [u8; 3]) -> Self {
        Self {
            width,
            height,
            rgb: colour.repeat(width * height),
        }
    }

    /// Colours one point; outside the sheet nothing happens.
    pub(super) fn dot(&mut self, x: usize, y: usize, colour: [u8; 3]) {
        if x < self.width && y < self.height {
            let at = (y * self.width + x) * 3;
            self.rgb[at..at + 3].copy_from_slice(&colour);
        }
    }

    /// Puts a picture from the renderer with its upper left corner at `x`, `y`.
    pub(super) fn put(&mut self, x: usize, y: usize, picture: &Image) {
        let is_turned = matches!(
            picture.texture_descriptor.format,
            TextureFormat::Bgra8UnormSrgb | TextureFormat::Bgra8Unorm
        );
        let wide = picture.width().max(1) as usize;
        let points = picture.data.as_deref().unwrap_or_default();
        for (place, point) in points.chunks_exact(4).enumerate() {
            let colour = if is_turned {
                [point[2], point[1], point[0]]
            } else {
                [point[0], point[1], point[2]]
            };
            self.dot(x + place % wide, y + place / wide, colour);
        }
    }

    /// Writes a PNG file.
    ///
    /// # Errors
    /// In words, if it cannot be written.
    pub(super) fn save(self, path: &Path) -> Result<(), String> {
        let rgba: Vec<u8> = self
            .rgb
            .chunks_exact(3)
            .flat_map(|point| [point[0], point[1], point[2], 255])
            .collect();
        let image = Image::new(
            Extent3d {
                width: self.width as u32,
                height: self.height as u32,
                depth_or_array_layers: 1,
            },
            TextureDimension::D2,
            rgba,
            TextureFormat::Rgba8UnormSrgb,
            RenderAssetUsages::default(),
        );
        let picture = image.try_into_dynamic().map_err(|e| e.to_string())?;
        picture
            .to_rgb8()
            .save(path)
            .map_err(|error| format!("{} cannot be written ({error})", path.display()))
    }
}
