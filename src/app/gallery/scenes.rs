//! What is on the contact sheets of places: each as the officer sees it from near and far, through
//! the subject's eyes, and at its times and in its weathers.

use super::sheets::{Sheet, Tile, alone, levels};
use crate::app::stage::{Framing, StageCue, StagePerson, StageRole, StageSetting, StageView};
use crate::scenario::{TimeOfDay, Weather};

/// Who stands in the pictures.
const SUBJECT: &str = "man-40s-shirt";

/// Columns of a sheet.
const TIMES: [TimeOfDay; 4] = [
    TimeOfDay::Dawn,
    TimeOfDay::Day,
    TimeOfDay::Dusk,
    TimeOfDay::Night,
];

/// A sheet for each place, which is named with whether it lies under the sky.
pub(super) fn places(places: &[(String, bool)]) -> Vec<Sheet> {
    places
        .iter()
        .map(|(name, is_outdoors)| {
            let dry = if *is_outdoors {
                Weather::Clear
            } else {
                Weather::Indoors
            };
            let others = if *is_outdoors {
                &[Weather::Overcast, Weather::Rain, Weather::Fog][..]
            } else {
                &[]
            };
            let mut tiles = Vec::new();
            for time in [TimeOfDay::Day, TimeOfDay::Night] {
                for (caption, half_metres, view) in [
                    ("2 metres", 4, StageView::OfficerEye),
                    ("5 metres", 10, StageView::OfficerEye),
                    ("10 metres", 20, StageView::OfficerEye),
                    ("subject's eye", 8, StageView::SubjectEye),
                ] {
                    let caption = format!("{time:?}, {caption}");
                    tiles.push(tile(caption, scene(name, time, dry), half_metres, view));
                }
            }
            for weather in std::iter::once(dry).chain(others.iter().copied()) {
                for time in TIMES {
                    let caption = format!("{time:?} {weather:?}");
                    let scene = scene(name, time, weather);
                    tiles.push(tile(caption, scene, 8, StageView::OfficerEye));
                }
            }
            Sheet {
                name: format!("place-{name}"),
                columns: TIMES.len(),
                size: (400, 226),
                has_captions: true,
                tiles,
            }
        })
        .collect()
}

fn tile(caption: String, setting: StageSetting, half_metres: u8, view: StageView) -> Tile {
    Tile {
        caption,
        setting,
        framing: Framing::AsSeen,
        cues: vec![levels(8, 8, half_metres), (0.0, StageCue::View(view))],
        at: 1.6,
    }
}

/// A place with somebody in each role.
fn scene(place: &str, time: TimeOfDay, weather: Weather) -> StageSetting {
    let mut setting = StageSetting {
        place: place.to_owned(),
        time,
        weather,
        ..alone(SUBJECT)
    };
    for (id, look, role) in [
        ("colleague", "officer-woman", StageRole::Colleague),
        ("bystander", "woman-40s-jumper", StageRole::Bystander),
    ] {
        setting.people.push(StagePerson {
            id: id.to_owned(),
            look: look.to_owned(),
            role,
        });
    }
    setting
}
