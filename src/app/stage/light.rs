//! Light by time of day and weather: one description, used by the cheap material and by Bevy's
//! own lights alike.

use bevy::prelude::*;

use crate::scenario::{TimeOfDay, Weather};

/// The light of a scene, in linear colour where 1 is a fully lit white wall.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Light {
    /// What is seen where nothing is: the sky at the horizon.
    pub(super) backdrop: Vec3,
    /// The sky overhead.
    pub(super) zenith: Vec3,
    /// What the low sun or the town adds to the sky near the horizon.
    pub(super) horizon_glow: Vec3,
    /// Which way that is, on the ground.
    pub(super) glow_from: Vec2,
    /// How much clouds show, 0 to 1.
    pub(super) clouds: f32,
    /// Colour and strength of what is seen through a window.
    pub(super) daylight: Vec3,
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
    /// Whether the scene is under a night sky.
    pub(super) is_night_outside: bool,
}

/// A lamp that a place has.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Fitting {
    /// Where.
    pub(super) at: Vec3,
    /// Whether its light is white, as a tube's, and not warm.
    pub(super) is_white: bool,
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
    pub(super) fn new(time: TimeOfDay, weather: Weather, lamps: &[Fitting]) -> Self {
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
                light.fog_density = 0.006;
                light.cover(0.45, 0.85);
            }
            Weather::Rain => {
                light.key *= 0.25;
                light.sky = grey(light.sky * 0.9, 0.5);
                light.backdrop = grey(light.backdrop * 0.85, 0.7);
                light.fog_density = 0.015;
                light.cover(0.25, 0.72);
                light.is_raining = true;
            }
            Weather::Fog => {
                light.key *= 0.15;
                // Fog holds the light of lamps: at night it is paler than the sky that it hides.
                light.backdrop = grey(light.backdrop, 0.8).max(Vec3::new(0.034, 0.032, 0.030));
                light.fog_density = 0.075;
                light.cover(0.0, 0.8);
                light.zenith = light.backdrop;
            }
        }
        light.fog = light.backdrop;
        light.lamps = light.lamps_at(time, weather, lamps);
        light
    }

    /// Draws cloud over the sky: `clouds` of it show as such, `day` is left of the light outside.
    fn cover(&mut self, clouds: f32, day: f32) {
        self.zenith = grey(self.zenith.lerp(self.backdrop, 0.75), 0.7);
        self.horizon_glow *= 0.3;
        self.clouds = clouds;
        self.daylight = grey(self.daylight, 0.6) * day;
    }

    fn outdoors(time: TimeOfDay) -> Self {
        let base = Self {
            backdrop: Vec3::new(0.46, 0.61, 0.80),
            zenith: Vec3::new(0.12, 0.30, 0.66),
            horizon_glow: Vec3::ZERO,
            glow_from: Vec2::new(0.55, 0.65),
            clouds: 0.7,
            daylight: Vec3::ONE,
            sky: Vec3::new(0.50, 0.56, 0.66),
            ground: Vec3::new(0.26, 0.25, 0.23),
            key_from: Vec3::new(0.55, 0.8, 0.65),
            key: Vec3::new(0.85, 0.80, 0.70),
            lamps: Vec::new(),
            fog: Vec3::ZERO,
            fog_density: 0.003,
            glow: 0.1,
            is_raining: false,
            is_night_outside: matches!(time, TimeOfDay::Night),
        };
        match time {
            TimeOfDay::Day => base,
            TimeOfDay::Dawn => Self {
                backdrop: Vec3::new(0.46, 0.42, 0.48),
                zenith: Vec3::new(0.13, 0.17, 0.33),
                horizon_glow: Vec3::new(0.42, 0.20, 0.06),
                glow_from: Vec2::new(0.8, -0.5),
                daylight: Vec3::new(0.66, 0.54, 0.52),
                sky: Vec3::new(0.34, 0.35, 0.44),
                ground: Vec3::new(0.17, 0.15, 0.16),
                key_from: Vec3::new(0.8, 0.35, 0.5),
                key: Vec3::new(0.55, 0.36, 0.26),
                glow: 0.5,
                ..base
            },
            TimeOfDay::Dusk => Self {
                backdrop: Vec3::new(0.22, 0.17, 0.22),
                zenith: Vec3::new(0.030, 0.045, 0.115),
                horizon_glow: Vec3::new(0.34, 0.13, 0.03),
                glow_from: Vec2::new(-0.85, -0.45),
                daylight: Vec3::new(0.22, 0.18, 0.24),
                sky: Vec3::new(0.21, 0.20, 0.28),
                ground: Vec3::new(0.11, 0.09, 0.09),
                key_from: Vec3::new(-0.85, 0.3, 0.45),
                key: Vec3::new(0.46, 0.26, 0.15),
                glow: 0.8,
                ..base
            },
            TimeOfDay::Night => Self {
                backdrop: Vec3::new(0.010, 0.014, 0.026),
                zenith: Vec3::new(0.0025, 0.0035, 0.009),
                horizon_glow: Vec3::new(0.030, 0.018, 0.010),
                glow_from: Vec2::NEG_Y,
                clouds: 0.35,
                daylight: Vec3::new(0.020, 0.022, 0.034),
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
        let outside = Self::outdoors(time);
        Self {
            zenith: outside.zenith,
            horizon_glow: outside.horizon_glow,
            glow_from: outside.glow_from,
            clouds: outside.clouds,
            daylight: outside.daylight,
            backdrop: if is_dark {
                Vec3::new(0.012, 0.014, 0.02)
            } else {
                Vec3::new(0.55, 0.60, 0.66)
            },
            sky: if is_dark {
                Vec3::new(0.24, 0.22, 0.20)
            } else {
                Vec3::new(0.50, 0.50, 0.49)
            },
            ground: if is_dark {
                Vec3::new(0.15, 0.12, 0.10)
            } else {
                Vec3::new(0.31, 0.29, 0.27)
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
            is_night_outside: false,
        }
    }

    /// Lamps where the place has them; where it has none, one that lets the subject be read.
    fn lamps_at(&self, time: TimeOfDay, weather: Weather, fittings: &[Fitting]) -> Vec<Lamp> {
        let is_dark = matches!(time, TimeOfDay::Night | TimeOfDay::Dusk);
        let indoors = weather == Weather::Indoors;
        if !is_dark && !indoors {
            return Vec::new();
        }
        let of = |fitting: &Fitting| match (indoors, is_dark, fitting.is_white) {
            (true, true, true) => (TUBE * 0.62, 2.8),
            (true, true, false) => (TUNGSTEN * 0.75, 2.6),
            (true, false, true) => (TUBE * 0.36, 3.0),
            (true, false, false) => (TUNGSTEN * 0.34, 2.6),
            (false, ..) => (STREET * 1.45, 3.4),
        };
        let fallback = Fitting {
            at: if indoors {
                Vec3::new(0.5, 2.3, 0.9)
            } else {
                Vec3::new(1.7, 3.9, 1.5)
            },
            is_white: indoors && !is_dark,
        };
        let mut have: Vec<Fitting> = fittings.to_vec();
        have.sort_by(|a, b| a.at.length_squared().total_cmp(&b.at.length_squared()));
        // A face must be readable: the nearest light is never behind the subject.
        if !have
            .iter()
            .any(|fitting| fitting.at.z > 0.3 && fitting.at.length() < 6.0)
        {
            have.insert(0, fallback);
        }
        let strength = if time == TimeOfDay::Dusk { 0.6 } else { 1.0 };
        have.iter()
            .take(4)
            .map(|fitting| {
                let (colour, reach) = of(fitting);
                Lamp {
                    at: fitting.at,
                    strength: colour * strength,
                    reach,
                }
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
                let behind = Fitting {
                    at: Vec3::new(-3.0, 4.0, -2.0),
                    is_white: false,
                };
                let light = Light::new(time, weather, &[behind]);
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

    #[test]
    fn the_sky_and_the_windows_follow_the_hour_and_the_weather() {
        let sky = |time, weather| {
            let light = Light::new(time, weather, &[]);
            (light.zenith + light.backdrop).element_sum()
        };
        let window = |time| {
            Light::new(time, Weather::Indoors, &[])
                .daylight
                .element_sum()
        };
        for (earlier, later) in [
            (TimeOfDay::Day, TimeOfDay::Dawn),
            (TimeOfDay::Dawn, TimeOfDay::Dusk),
            (TimeOfDay::Dusk, TimeOfDay::Night),
        ] {
            for weather in [Weather::Clear, Weather::Overcast, Weather::Rain] {
                assert!(
                    sky(earlier, weather) > sky(later, weather) * 1.2,
                    "{later:?}"
                );
            }
            assert!(window(earlier) > window(later) * 1.5, "{later:?}");
        }
        let grey = Light::new(TimeOfDay::Day, Weather::Overcast, &[]).zenith;
        assert!(grey.z - grey.x < 0.2, "{grey}");
    }
}
