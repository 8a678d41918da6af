//! Acting: cues reach people, and people's bodies reach the renderer.

use bevy::prelude::*;

use super::camera::Standing;
use super::cast::Figure;
use super::posing::bent;
use super::quality::{StageClock, StageQuality, picture_is_due};
use super::{StageCue, StageRole, StageSystems};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Levels>();
    app.add_systems(
        Update,
        (
            take_cues.in_set(StageSystems::Cues),
            act.in_set(StageSystems::Move).run_if(picture_is_due),
        ),
    );
}

/// The state that was last told, for people who come on later.
#[derive(Resource, Debug, Clone, Copy)]
pub(super) struct Levels {
    /// Distress, 0 to 20.
    pub(super) distress: u8,
    /// Trust, 0 to 20.
    pub(super) trust: u8,
    /// Officer to subject.
    pub(super) distance_half_metres: u8,
}

impl Default for Levels {
    fn default() -> Self {
        Self {
            distress: 10,
            trust: 5,
            distance_half_metres: 6,
        }
    }
}

/// Distance below which a mistrustful subject gives way, half-metres.
const CROWDED_WITHIN: u8 = 3;

fn take_cues(
    mut cues: MessageReader<StageCue>,
    mut people: Query<&mut Figure>,
    mut levels: ResMut<Levels>,
) {
    for cue in cues.read() {
        match cue {
            StageCue::Levels {
                distress,
                trust,
                distance_half_metres,
            } => {
                *levels = Levels {
                    distress: *distress,
                    trust: *trust,
                    distance_half_metres: *distance_half_metres,
                };
                for mut person in &mut people {
                    if person.role == StageRole::Subject {
                        let is_crowded = *distance_half_metres <= CROWDED_WITHIN && *trust < 8;
                        let way = if is_crowded {
                            0.3f32.min(person.room_behind)
                        } else {
                            0.0
                        };
                        person.bearing.feel(*distress, *trust, false);
                        person.bearing.crowd(way);
                    }
                }
            }
            StageCue::Line {
                by,
                words,
                mood,
                gesture,
                gaze,
                speaking_secs,
            } => {
                for mut person in &mut people {
                    if person.id == *by {
                        let (ahead, behind) = (person.room_ahead, person.room_behind);
                        person
                            .bearing
                            .line(words, *mood, *gesture, *gaze, *speaking_secs);
                        person.bearing.keep_within(ahead, behind);
                    }
                }
            }
            StageCue::Voice {
                by,
                loudness,
                per_sec,
            } => {
                for mut person in people.iter_mut().filter(|person| person.id == *by) {
                    person.bearing.follow_voice(loudness, *per_sec);
                }
            }
            StageCue::Startle => {
                for mut person in &mut people {
                    person.bearing.startle();
                }
            }
            StageCue::Ended => {
                for mut person in &mut people {
                    person.bearing.end();
                }
            }
            StageCue::View(_) | StageCue::Radio { .. } | StageCue::Sight { .. } => {}
        }
    }
}

fn act(
    clock: Res<StageClock>,
    quality: Res<StageQuality>,
    mut standing: ResMut<Standing>,
    mut people: Query<(&mut Figure, &mut Transform)>,
    mut shown: Query<&mut Visibility>,
    mut meshes: ResMut<Assets<Mesh>>,
) {
    let subject = people
        .iter()
        .find(|(figure, _)| figure.role == StageRole::Subject)
        .map(|(figure, place)| place.translation + Vec3::Y * figure.body.eye_height);
    let mut is_lively = false;
    for (mut figure, mut place) in &mut people {
        let is_subject = figure.role == StageRole::Subject;
        figure.waited += clock.delta_secs;
        // Those at the edge of sight move at a third of the rate where pictures are dear.
        let patience = if *quality == StageQuality::Low && !is_subject {
            0.36
        } else {
            0.0
        };
        if figure.waited < patience && !figure.bearing.is_lively() && figure.is_shown {
            continue;
        }
        let secs = std::mem::take(&mut figure.waited);
        let eyes = place.translation + Vec3::Y * figure.body.eye_height;
        let attended = if is_subject {
            standing.officer_eyes()
        } else {
            subject.unwrap_or(standing.officer_eyes())
        };
        let towards = place.rotation.inverse() * (attended - eyes);
        figure.bearing.advance(secs, towards);
        is_lively |= figure.bearing.is_lively();

        let footing = figure.bearing.footing();
        let facing = Quat::from_rotation_y(figure.yaw);
        place.translation = figure.home + facing * footing.offset;
        place.rotation =
            facing * Quat::from_rotation_y(footing.yaw) * Quat::from_rotation_z(footing.sway);
        if is_subject {
            standing.subject = place.translation;
            standing.subject_eyes = place.translation + Vec3::Y * figure.body.eye_height;
        }

        let body = figure.body.clone();
        let pose = figure.bearing.pose(&body);
        let face = figure.bearing.face();
        let globals = body.skeleton.globals(&pose);
        if let (true, Some(head)) = (is_subject, body.skeleton.bones.head) {
            let head = place.transform_point(globals[head].translation.into());
            standing.subject_eyes = head + Vec3::Y * 0.06;
        }
        let skin = body.skeleton.skin(&globals);
        let mouth_is_open = face.shows_teeth();
        for part in &figure.parts {
            let surface = &body.parts[part.index];
            if surface.is_inside_mouth() {
                if let Ok(mut visibility) = shown.get_mut(part.entity) {
                    visibility.set_if_neq(if mouth_is_open {
                        Visibility::Inherited
                    } else {
                        Visibility::Hidden
                    });
                }
                if !mouth_is_open && figure.is_shown {
                    continue;
                }
            }
            let mesh = bent(surface, &skin, &face, *quality != StageQuality::Low);
            if meshes.insert(part.mesh.id(), mesh).is_err() {
                debug!("a surface of {} went away while it moved", figure.id);
            }
        }
        figure.is_shown = true;
    }
    standing.is_lively = is_lively;
}
