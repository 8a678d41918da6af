//! Which place and weather sound how, what a step sounds like, and when breath is heard.

use crate::scenario::{TimeOfDay, Weather};

/// Distance within which breath is heard, in half-metres: under two metres.
const BREATH_WITHIN: u8 = 4;
/// Distress from which breath is heard, and from which it is fast.
const BREATH_FROM: u8 = 12;
const FAST_FROM: u8 = 15;

/// How loud the surroundings are beside speech, and rain and wind over them.
const BED: f32 = 0.35;
const RAIN: f32 = 0.18;
const WIND: f32 = 0.14;

/// What a place sounds like by part of its name, indoors and out: the first that fits.
const PLACES: &[(&str, &str)] = &[
    ("supermarket", "supermarket"),
    ("shop", "supermarket"),
    ("ward", "hospital-ward"),
    ("hospital", "hospital-ward"),
    ("school", "school-corridor"),
    ("control", "control-room"),
    ("cell", "custody"),
    ("custody", "custody"),
    ("bridge", "traffic"),
    ("high-street", "street-day"),
    ("landing", "room-tone"),
    ("locker", "room-tone"),
    ("hall", "room-tone"),
];

/// The surroundings: names of sounds, with how loud each is beside the others.
pub(super) fn beds(
    named: &str,
    place: &str,
    time: TimeOfDay,
    weather: Weather,
) -> Vec<(String, f32)> {
    let is_outside = weather != Weather::Indoors;
    let bed = if named.is_empty() {
        usual(place, time, weather)
    } else {
        named
    };
    let mut beds = vec![(bed.to_owned(), BED)];
    if is_outside && weather == Weather::Rain && bed != "rain" {
        beds.push(("rain".to_owned(), RAIN));
    }
    if is_outside && matches!(weather, Weather::Overcast | Weather::Fog) && bed != "wind" {
        beds.push(("wind".to_owned(), WIND));
    }
    beds
}

fn usual(place: &str, time: TimeOfDay, weather: Weather) -> &'static str {
    let found = PLACES.iter().find(|(part, _)| place.contains(part));
    match (found, weather, time) {
        (Some((_, "traffic")), Weather::Rain, _) => "traffic-wet",
        (Some((_, bed)), ..) => bed,
        (None, Weather::Indoors, _) => "room-tone",
        (None, _, TimeOfDay::Day) => "street-day",
        (None, Weather::Rain, _) => "traffic-wet",
        (None, ..) => "traffic",
    }
}

/// Whether a sound comes suddenly, and is softened for those who wish it.
pub(super) fn is_sudden(name: &str) -> bool {
    ["knock", "door", "firework", "squelch", "bang"]
        .iter()
        .any(|part| name.contains(part))
}

/// The officer's steps over a change of distance in half-metres.
pub(in crate::app) fn steps(half_metres: u8, weather: Option<Weather>) -> &'static str {
    match (weather, half_metres) {
        (Some(Weather::Indoors), 0..=4) => "steps-indoors",
        (Some(Weather::Indoors), _) => "steps-indoors-long",
        (_, 0..=4) => "steps-hard",
        _ => "steps-hard-long",
    }
}

/// The person's breath as the officer hears it; empty where it is not heard.
pub(in crate::app) fn breath(distress: u8, distance_half_metres: u8) -> &'static str {
    match distress {
        _ if distance_half_metres >= BREATH_WITHIN => "",
        FAST_FROM.. => "breath-fast",
        BREATH_FROM.. => "breath-slow",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEATHERS: [Weather; 5] = [
        Weather::Clear,
        Weather::Overcast,
        Weather::Rain,
        Weather::Fog,
        Weather::Indoors,
    ];
    const TIMES: [TimeOfDay; 4] = [
        TimeOfDay::Dawn,
        TimeOfDay::Day,
        TimeOfDay::Dusk,
        TimeOfDay::Night,
    ];

    #[test]
    fn every_place_in_every_weather_has_a_sound_that_is_there() {
        let places = PLACES.iter().map(|(part, _)| *part).chain(["semi-front"]);
        for place in places {
            for time in TIMES {
                for weather in WEATHERS {
                    let beds = beds("", place, time, weather);
                    assert!(!beds.is_empty());
                    for (name, level) in beds {
                        assert!(super::super::file(&name).is_some(), "{name}");
                        assert!(level > 0.0 && level <= 1.0);
                    }
                }
            }
        }
        for weather in WEATHERS {
            for half_metres in [1, 12] {
                let name = steps(half_metres, Some(weather));
                assert!(super::super::file(name).is_some(), "{name}");
            }
        }
        for name in [breath(20, 1), breath(13, 1)] {
            assert!(super::super::file(name).is_some(), "{name}");
        }
    }

    #[test]
    fn an_authors_sound_comes_first_and_rain_falls_over_it() {
        let beds = beds("traffic-wet", "footbridge", TimeOfDay::Night, Weather::Rain);
        assert_eq!(beds[0].0, "traffic-wet");
        assert_eq!(beds[1].0, "rain");
    }

    #[test]
    fn breath_is_heard_close_by_and_in_distress_only() {
        assert_eq!(breath(20, 10), "");
        assert_eq!(breath(3, 1), "");
        assert_eq!(breath(17, 3), "breath-fast");
    }
}
