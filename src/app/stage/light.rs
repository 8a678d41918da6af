//! Light by time of day and weather: one description, used by the cheap material and by Bevy's
//! own lights alike.

use bevy::prelude::*;

use crate::scenario::{TimeOfDay, Weather};

/// The light of a scene, in linear colour where 1 is a fully lit white wall.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Light {
    /// What is seen where nothing is.
    pub(super) backdrop: Vec3,
    /// Light from above.
    pub(super) sky: Vec3,
    /// Light from below.
    pub(super) ground: Vec3,
    /// Where the far light (sun, moon, window) comes from.
    pub(super) key_from: Vec3,
    /// The far light.
    pub(super) key: Vec3,
    /// Lamps that are on.
    pub(super) lamps: Vec<Lamp>,
    /// Colour of the fog.
    pub(super) fog: Vec3,
    /// How fast things vanish in it, per metre.
    pub(super) fog_density: f32,
    /// How strongly lit windows and lamp glasses glow.
    pub(super) glow: f32,
    /// Whether rain falls.
    pub(super) is_raining: bool,
}

/// A lamp that is on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Lamp {
    /// Where.
    pub(super) at: Vec3,
    /// Its light at no distance.
    pub(super) strength: Vec3,
    /// Distance at which half of it is left, metres.
    pub(super) reach: f32,
}

/// Warm lamp light.
const TUNGSTEN: Vec3 = Vec3::new(1.0, 0.68, 0.38);
/// Light of a modern street lamp.
const STREET: Vec3 = Vec3::new(1.0, 0.82, 0.58);
/// A fluorescent tube.
const TUBE: Vec3 = Vec3::new(0.94, 1.0, 0.95);

impl Light {
    /// The light at this time and in this weather; `lamps` is where the place has lamps.
    pub(super) fn new(time: TimeOfDay, weather: Weather, lamps: &[Vec3]) -> Self {
        let mut light = if weather == Weather::Indoors {
            Self::indoors(time)
        } else {
            Self::outdoors(time)
        };
        match weather {
            Weather::Clear | Weather::Indoors => {}
            Weather::Overcast => {
                light.key *= 0.3;
                light.sky = grey(light.sky * 1.05, 0.5);
                light.backdrop = grey(light.backdrop, 0.7);
                light.fog_density = 0.008;
            }
            Weather::Rain => {
                light.key *= 0.25;
                light.sky = grey(light.sky * 0.9, 0.5);
                light.backdrop = grey(light.backdrop * 0.85, 0.7);
                light.fog_density = 0.022;
                light.is_raining = true;
            }
            Weather::Fog => {
                light.key *= 0.15;
                light.backdrop = grey(light.backdrop, 0.8);
                light.fog_density = 0.075;
            }
        }
        light.fog = light.backdrop;
        light.lamps = light.lamps_at(time, weather, lamps);
        light
    }

    fn outdoors(time: TimeOfDay) -> Self {
        let base = Self {
            backdrop: Vec3::new(0.42, 0.58, 0.78),
            sky: Vec3::new(0.50, 0.56, 0.66),
            ground: Vec3::new(0.26, 0.25, 0.23),
            key_from: Vec3::new(0.55, 0.8, 0.65),
            key: Vec3::new(0.85, 0.80, 0.70),
            lamps: Vec::new(),
            fog: Vec3::ZERO,
            fog_density: 0.004,
            glow: 0.1,
            is_raining: false,
        };
        match time {
            TimeOfDay::Day => base,
            TimeOfDay::Dawn => Self {
                backdrop: Vec3::new(0.46, 0.42, 0.48),
                sky: Vec3::new(0.34, 0.35, 0.44),
                ground: Vec3::new(0.17, 0.15, 0.16),
                key_from: Vec3::new(0.8, 0.35, 0.5),
                key: Vec3::new(0.55, 0.36, 0.26),
                glow: 0.5,
                ..base
            },
            TimeOfDay::Dusk => Self {
                backdrop: Vec3::new(0.22, 0.17, 0.22),
                sky: Vec3::new(0.21, 0.20, 0.28),
                ground: Vec3::new(0.11, 0.09, 0.09),
                key_from: Vec3::new(-0.85, 0.3, 0.45),
                key: Vec3::new(0.46, 0.26, 0.15),
                glow: 0.8,
                ..base
            },
            TimeOfDay::Night => Self {
                backdrop: Vec3::new(0.010, 0.014, 0.026),
                sky: Vec3::new(0.075, 0.088, 0.120),
                ground: Vec3::new(0.042, 0.040, 0.044),
                key_from: Vec3::new(-0.3, 0.7, 0.6),
                key: Vec3::new(0.050, 0.060, 0.085),
                glow: 1.0,
                ..base
            },
        }
    }

    fn indoors(time: TimeOfDay) -> Self {
        let is_dark = matches!(time, TimeOfDay::Night | TimeOfDay::Dusk);
        Self {
            backdrop: if is_dark {
                Vec3::new(0.012, 0.014, 0.02)
            } else {
                Vec3::new(0.55, 0.60, 0.66)
            },
            sky: if is_dark {
                Vec3::new(0.24, 0.22, 0.20)
            } else {
                Vec3::new(0.42, 0.42, 0.42)
            },
            ground: if is_dark {
                Vec3::new(0.15, 0.12, 0.10)
            } else {
                Vec3::new(0.24, 0.22, 0.20)
            },
            key_from: Vec3::new(0.35, 0.75, 0.75),
            key: if is_dark {
                Vec3::new(0.12, 0.10, 0.09)
            } else {
                Vec3::new(0.34, 0.34, 0.33)
            },
            lamps: Vec::new(),
            fog: Vec3::ZERO,
            fog_density: 0.0,
            glow: 0.6,
            is_raining: false,
        }
    }

    /// Lamps where the place marks them; where it marks none, one that lets the subject be read.
    fn lamps_at(&self, time: TimeOfDay, weather: Weather, marks: &[Vec3]) -> Vec<Lamp> {
        let is_dark = matches!(time, TimeOfDay::Night | TimeOfDay::Dusk);
        let indoors = weather == Weather::Indoors;
        if !is_dark && !indoors {
            return Vec::new();
        }
        let (colour, reach) = match (indoors, is_dark) {
            (true, true) => (TUNGSTEN * 0.75, 2.6),
            (true, false) => (TUBE * 0.30, 2.6),
            (false, _) => (STREET * 1.45, 3.4),
        };
        let fallback = if indoors {
            Vec3::new(0.5, 2.3, 0.9)
        } else {
            Vec3::new(1.7, 3.9, 1.5)
        };
        let mut at: Vec<Vec3> = marks.to_vec();
        at.sort_by(|a, b| a.length_squared().total_cmp(&b.length_squared()));
        // A face must be readable: the nearest light is never behind the subject.
        if !at.iter().any(|lamp| lamp.z > 0.3 && lamp.length() < 6.0) {
            at.insert(0, fallback);
        }
        let strength = if time == TimeOfDay::Dusk { 0.6 } else { 1.0 };
        at.into_iter()
            .take(4)
            .map(|at| Lamp {
                at,
                strength: colour * strength,
                reach,
            })
            .collect()
    }
}

fn grey(colour: Vec3, share: f32) -> Vec3 {
    let level = colour.dot(Vec3::new(0.2126, 0.7152, 0.0722));
    colour.lerp(Vec3::splat(level), share)
}

/// A linear colour for Bevy.
pub(super) fn colour(linear: Vec3) -> Color {
    Color::linear_rgb(linear.x, linear.y, linear.z)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_face_can_be_read_at_any_time_and_in_any_weather() {
        for time in [
            TimeOfDay::Dawn,
            TimeOfDay::Day,
            TimeOfDay::Dusk,
            TimeOfDay::Night,
        ] {
            for weather in [
                Weather::Clear,
                Weather::Overcast,
                Weather::Rain,
                Weather::Fog,
                Weather::Indoors,
            ] {
                let light = Light::new(time, weather, &[Vec3::new(-3.0, 4.0, -2.0)]);
                let face = Vec3::new(0.0, 1.6, 0.0);
                let mut seen = (light.sky + light.ground) * 0.5;
                seen += light.key * light.key_from.normalize().z.max(0.0);
                for lamp in &light.lamps {
                    let way = lamp.at - face;
                    let facing = way.normalize().z.max(0.0).mul_add(0.8, 0.2);
                    let spread = 1.0 + way.length_squared() / (lamp.reach * lamp.reach);
                    seen += lamp.strength * facing / spread;
                }
                assert!(seen.y > 0.2, "{time:?} {weather:?}: {seen}");
                assert!(seen.y < 1.6, "{time:?} {weather:?}: {seen}");
            }
        }
    }
}
