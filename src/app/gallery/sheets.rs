//! What is on the contact sheets: every person's moods, every gesture, every gaze, every place,
//! and the pictures of the reading test.

use std::fmt::Write as _;
use std::path::Path;

use crate::app::stage::{Framing, StageCue, StagePerson, StageRole, StageSetting};
use crate::scenario::{Gaze, Gesture, Mood, TimeOfDay, Weather};

/// Several pictures on one sheet of paper.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    /// Name of the file, without ending.
    pub(super) name: String,
    /// Pictures in a row.
    pub(super) columns: usize,
    /// Width and height of a picture.
    pub(super) size: (u32, u32),
    /// Whether captions stand under the pictures.
    pub(super) has_captions: bool,
    /// The pictures, by rows.
    pub(super) tiles: Vec<Tile>,
}

/// One picture.
#[derive(Debug, Clone)]
pub(super) struct Tile {
    /// What stands under it.
    pub(super) caption: String,
    /// Where, and who is there.
    pub(super) setting: StageSetting,
    /// What part of it is seen.
    pub(super) framing: Framing,
    /// What happens, each with its second.
    pub(super) cues: Vec<(f32, StageCue)>,
    /// When the picture is taken, seconds.
    pub(super) at: f32,
}

/// Cast id of whoever is portrayed.
const SITTER: &str = "sitter";
/// Where people are portrayed.
const BACKGROUND: &str = "high-street";

/// The eight moods of a person's sheet: those that change what an officer should do.
const PORTRAIT_MOODS: [Mood; 8] = [
    Mood::Calm,
    Mood::Suspicious,
    Mood::Frightened,
    Mood::Angry,
    Mood::Despairing,
    Mood::Ashamed,
    Mood::Elated,
    Mood::Exhausted,
];

/// The five states of the reading test: what they are called, and what the kernel would say.
const STATES: [(&str, u8, u8, Mood); 5] = [
    ("calm", 4, 14, Mood::Calm),
    ("wary", 8, 2, Mood::Suspicious),
    ("frightened", 16, 5, Mood::Frightened),
    ("angry", 15, 3, Mood::Angry),
    ("despairing", 14, 6, Mood::Despairing),
];

/// Distress and trust that go with a mood when nothing else is known.
pub(super) const fn levels_of(mood: Mood) -> (u8, u8) {
    match mood {
        Mood::Neutral => (7, 8),
        Mood::Calm => (4, 14),
        Mood::Frightened => (16, 5),
        Mood::Angry => (15, 3),
        Mood::Despairing => (14, 6),
        Mood::Sad => (10, 8),
        Mood::Confused => (10, 6),
        Mood::Elated => (13, 9),
        Mood::Irritable => (11, 4),
        Mood::Numb => (9, 6),
        Mood::Suspicious => (8, 2),
        Mood::Relieved => (5, 14),
        Mood::Ashamed => (10, 7),
        Mood::Exhausted => (8, 8),
    }
}

pub(super) fn alone(look: &str) -> StageSetting {
    StageSetting {
        place: BACKGROUND.to_owned(),
        time: TimeOfDay::Day,
        weather: Weather::Overcast,
        people: vec![StagePerson {
            id: SITTER.to_owned(),
            look: look.to_owned(),
            role: StageRole::Subject,
        }],
        seed: 7,
    }
}

pub(super) fn levels(distress: u8, trust: u8, distance_half_metres: u8) -> (f32, StageCue) {
    let cue = StageCue::Levels {
        distress,
        trust,
        distance_half_metres,
    };
    (0.0, cue)
}

fn line(
    at: f32,
    mood: Option<Mood>,
    gesture: Option<Gesture>,
    gaze: Option<Gaze>,
) -> (f32, StageCue) {
    let cue = StageCue::Line {
        by: SITTER.to_owned(),
        words: String::new(),
        mood,
        gesture,
        gaze,
        speaking_secs: 0.0,
    };
    (at, cue)
}

/// Every person in eight moods, and everything that a line can ask for on one person each.
pub(super) fn people(looks: &[String]) -> Vec<Sheet> {
    let mut sheets: Vec<Sheet> = looks
        .iter()
        .map(|look| Sheet {
            name: format!("moods-{look}"),
            columns: 8,
            size: (270, 320),
            has_captions: true,
            tiles: PORTRAIT_MOODS
                .map(|mood| in_mood(look, mood, Framing::Face(12.0)))
                .into_iter()
                .chain(PORTRAIT_MOODS.map(|mood| in_mood(look, mood, Framing::Body(20.0))))
                .collect(),
        })
        .collect();
    // What lines can ask for is shown on somebody in plain clothes: first, and on a second body.
    let plain: Vec<&String> = looks
        .iter()
        .filter(|look| !look.starts_with("officer"))
        .collect();
    for look in plain
        .iter()
        .copied()
        .step_by((plain.len() / 2).max(1))
        .take(2)
    {
        sheets.push(Sheet {
            name: format!("all-moods-{look}"),
            columns: 7,
            size: (300, 320),
            has_captions: true,
            tiles: Mood::ALL
                .map(|mood| in_mood(look, mood, Framing::Face(0.0)))
                .to_vec(),
        });
        sheets.push(gestures(look));
        sheets.push(gazes(look));
    }
    if let (Some(first), Some(second)) = (plain.first(), plain.get(1)) {
        sheets.push(company(first, second));
    }
    sheets
}

fn in_mood(look: &str, mood: Mood, framing: Framing) -> Tile {
    let (distress, trust) = levels_of(mood);
    Tile {
        caption: format!("{mood:?}"),
        setting: alone(look),
        framing,
        cues: vec![
            levels(distress, trust, 4),
            line(0.1, Some(mood), None, Some(Gaze::Officer)),
        ],
        at: 3.0,
    }
}

/// The moments of a gesture at which it is worth seeing, seconds after it is asked for.
const fn moments(gesture: Gesture) -> [f32; 2] {
    match gesture {
        Gesture::Startles => [0.15, 0.6],
        Gesture::Nods | Gesture::ShakesHead => [0.55, 0.85],
        Gesture::StepsBack | Gesture::StepsForward => [0.4, 1.4],
        Gesture::Paces => [1.5, 4.5],
        Gesture::Sits | Gesture::Crouches => [0.9, 5.0],
        _ => [1.6, 2.4],
    }
}

fn gestures(look: &str) -> Sheet {
    let mut tiles = Vec::new();
    for gesture in Gesture::ALL {
        let (mood, distress, trust) = match gesture {
            Gesture::HandsUp | Gesture::Startles | Gesture::StepsBack => (Mood::Frightened, 14, 5),
            Gesture::HandsToHead | Gesture::WipesTears | Gesture::Crouches => {
                (Mood::Despairing, 14, 6)
            }
            Gesture::Pointing | Gesture::StepsForward => (Mood::Angry, 14, 4),
            Gesture::Wringing | Gesture::Paces => (Mood::Frightened, 12, 6),
            _ => (Mood::Neutral, 7, 9),
        };
        for (turn, secs) in moments(gesture).into_iter().enumerate() {
            tiles.push(Tile {
                caption: format!("{gesture:?} {secs}s"),
                setting: alone(look),
                framing: Framing::Body(if turn == 0 { 0.0 } else { 50.0 }),
                cues: vec![
                    levels(distress, trust, 5),
                    line(0.1, Some(mood), None, None),
                    line(1.0, None, Some(gesture), None),
                ],
                at: 1.0 + secs,
            });
        }
    }
    Sheet {
        name: format!("gestures-{look}"),
        columns: 12,
        size: (200, 330),
        has_captions: true,
        tiles,
    }
}

fn gazes(look: &str) -> Sheet {
    let mut tiles = Vec::new();
    for gaze in Gaze::ALL {
        for secs in [0.12, 0.7, 2.6] {
            tiles.push(Tile {
                caption: format!("{gaze:?} {secs}s"),
                setting: alone(look),
                framing: Framing::Face(0.0),
                cues: vec![
                    levels(8, 8, 4),
                    line(0.1, Some(Mood::Neutral), None, Some(Gaze::Officer)),
                    line(2.0, None, None, Some(gaze)),
                ],
                at: 2.0 + secs,
            });
        }
    }
    Sheet {
        name: format!("gazes-{look}"),
        columns: 6,
        size: (300, 320),
        has_captions: true,
        tiles,
    }
}

/// A colleague and a bystander around somebody in crisis.
fn company(subject: &str, bystander: &str) -> Sheet {
    let mut setting = alone(subject);
    setting.people.push(StagePerson {
        id: "colleague".to_owned(),
        look: "officer-man".to_owned(),
        role: StageRole::Colleague,
    });
    setting.people.push(StagePerson {
        id: "neighbour".to_owned(),
        look: bystander.to_owned(),
        role: StageRole::Bystander,
    });
    let radio = StageCue::Radio { speaking_secs: 3.0 };
    let shout = StageCue::Line {
        by: SITTER.to_owned(),
        words: "Stay where you are!".to_owned(),
        mood: Some(Mood::Angry),
        gesture: None,
        gaze: Some(Gaze::Officer),
        speaking_secs: 2.0,
    };
    let tiles = [
        ("quiet", levels(6, 10, 6), None, 6.0),
        ("later", levels(6, 10, 6), None, 13.0),
        ("radio", levels(8, 8, 6), Some((3.0, radio)), 4.5),
        ("shouting", levels(17, 3, 6), Some((3.0, shout)), 4.2),
    ]
    .map(|(caption, levels, cue, at)| Tile {
        caption: caption.to_owned(),
        setting: setting.clone(),
        framing: Framing::AsSeen,
        cues: [Some(levels), cue].into_iter().flatten().collect(),
        at,
    });
    Sheet {
        name: "company".to_owned(),
        columns: 2,
        size: (640, 360),
        has_captions: true,
        tiles: tiles.to_vec(),
    }
}

/// Every person in the five states of the reading test, from two sides, in an order that gives
/// nothing away.
pub(super) fn reading(looks: &[String]) -> Vec<Sheet> {
    let mut tiles = Vec::new();
    for look in looks {
        for (state, distress, trust, mood) in STATES {
            for (place, weather, late) in [
                ("semi-front", Weather::Overcast, 0.0),
                ("landing", Weather::Indoors, 2.3),
            ] {
                let mut setting = alone(look);
                place.clone_into(&mut setting.place);
                setting.weather = weather;
                tiles.push(Tile {
                    caption: format!("{state},{look}"),
                    setting,
                    framing: Framing::AsSeen,
                    cues: vec![
                        levels(distress, trust, 4),
                        line(0.1, Some(mood), None, None),
                    ],
                    at: 3.5 + late,
                });
            }
        }
    }
    // A fixed shuffle: the order is the same for everybody who repeats the test.
    let mut order = 2_463_534_242_u32;
    for last in (1..tiles.len()).rev() {
        order ^= order << 13;
        order ^= order >> 17;
        order ^= order << 5;
        tiles.swap(last, order as usize % (last + 1));
    }
    tiles
        .into_iter()
        .enumerate()
        .map(|(number, tile)| Sheet {
            name: format!("reading-{:03}", number + 1),
            columns: 1,
            size: (640, 360),
            has_captions: false,
            tiles: vec![tile],
        })
        .collect()
}

/// Writes which picture of the reading test shows what, apart from the pictures.
pub(super) fn keep_key(sheets: &[Sheet], folder: &Path) -> Result<(), String> {
    let mut key = String::from("picture,state,person\n");
    for sheet in sheets {
        for tile in &sheet.tiles {
            let _ = writeln!(key, "{},{}", sheet.name, tile.caption);
        }
    }
    let path = folder.with_extension("key.csv");
    std::fs::write(&path, key)
        .map_err(|error| format!("{} cannot be written ({error})", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looks() -> Vec<String> {
        ["man-20s-tshirt", "officer-man", "woman-30s-jacket"]
            .map(str::to_owned)
            .to_vec()
    }

    fn shows(sheets: &[Sheet], word: &str) -> bool {
        sheets
            .iter()
            .flat_map(|sheet| &sheet.tiles)
            .any(|tile| tile.caption.split(' ').next() == Some(word))
    }

    #[test]
    fn everything_that_a_line_can_ask_for_is_on_a_sheet() {
        let sheets = people(&looks());
        for mood in Mood::ALL {
            assert!(shows(&sheets, &format!("{mood:?}")), "{mood:?}");
        }
        for gesture in Gesture::ALL {
            assert!(shows(&sheets, &format!("{gesture:?}")), "{gesture:?}");
        }
        for gaze in Gaze::ALL {
            assert!(shows(&sheets, &format!("{gaze:?}")), "{gaze:?}");
        }
    }

    #[test]
    fn every_person_has_a_sheet_of_eight_moods() {
        let sheets = people(&looks());
        for look in looks() {
            let sheet = sheets
                .iter()
                .find(|sheet| sheet.name == format!("moods-{look}"))
                .unwrap();
            assert_eq!(sheet.tiles.len(), 16);
        }
    }

    #[test]
    fn names_of_the_reading_test_give_nothing_away() {
        let sheets = reading(&looks());
        assert_eq!(sheets.len(), 3 * 5 * 2);
        for (state, ..) in STATES {
            assert!(sheets.iter().all(|sheet| !sheet.name.contains(state)));
            let of_it = sheets
                .iter()
                .filter(|sheet| sheet.tiles[0].caption.starts_with(state));
            assert_eq!(of_it.count(), 6);
        }
    }
}
