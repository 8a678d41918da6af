//! Acting: cues reach people, and people's bodies reach the renderer.

use bevy::camera::primitives::Aabb;
use bevy::prelude::*;

use super::camera::Standing;
use super::cast::{Figure, Presence};
use super::habits::{Watched, watched};
use super::posing::{bent, both};
use super::quality::{StageClock, StageQuality, picture_is_due};
use super::set::Room;
use super::studio::Studio;
use super::{StageCue, StageRole, StageSystems};
use crate::scenario::Gesture;

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

/// How near a seat must be for somebody to go and sit on it, metres.
const NEAR_SEAT: f32 = 3.0;
/// Distress from which bystanders keep farther off.
const KEEP_OFF_FROM: u8 = 15;

fn take_cues(
    mut cues: MessageReader<StageCue>,
    mut people: Query<&mut Figure>,
    room: Option<Res<Room>>,
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
                    feel(&mut person, *levels);
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
                let mut is_loud = false;
                for mut person in people.iter_mut().filter(|person| person.id == *by) {
                    let (ahead, behind) = (person.room_ahead, person.room_behind);
                    person
                        .bearing
                        .line(words, *mood, *gesture, *gaze, *speaking_secs);
                    if let (Some(gesture), Some(room)) = (gesture, &room) {
                        find_room(&mut person, *gesture, room);
                    }
                    person.bearing.keep_within(ahead, behind);
                    is_loud |= person.bearing.shouts && person.role == StageRole::Subject;
                }
                for mut person in people.iter_mut().filter(|person| person.id != *by) {
                    if is_loud && person.role != StageRole::Subject {
                        let strength = if person.role == StageRole::Colleague {
                            0.2
                        } else {
                            0.5
                        };
                        person.bearing.startle(strength);
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
                    let strength = match person.role {
                        StageRole::Colleague => 0.6,
                        StageRole::Subject | StageRole::Bystander => 1.0,
                    };
                    person.bearing.startle(strength);
                }
            }
            StageCue::Ended => {
                for mut person in &mut people {
                    person.bearing.end();
                }
            }
            StageCue::Radio { speaking_secs } => {
                for mut person in &mut people {
                    person.bearing.hear_radio(*speaking_secs);
                }
            }
            StageCue::View(_) | StageCue::Sight { .. } => {}
        }
    }
}

/// What a new state does to somebody.
fn feel(person: &mut Figure, levels: Levels) {
    match person.role {
        StageRole::Subject => {
            let is_crowded = levels.distance_half_metres <= CROWDED_WITHIN && levels.trust < 8;
            let way = if is_crowded {
                0.3f32.min(person.room_behind)
            } else {
                0.0
            };
            person.bearing.feel(levels.distress, levels.trust, false);
            person.bearing.notice();
            person.bearing.crowd(way);
        }
        StageRole::Bystander => {
            let way = if levels.distress >= KEEP_OFF_FROM {
                0.45f32.min(person.room_behind)
            } else {
                0.0
            };
            person.bearing.keep_off(way);
        }
        StageRole::Colleague => {}
    }
}

/// Finds the seat or the ground to walk that a gesture needs.
fn find_room(person: &mut Figure, gesture: Gesture, room: &Room) {
    let facing = Quat::from_rotation_y(person.yaw);
    match gesture {
        Gesture::Sits => {
            let seat = room
                .marks
                .iter()
                .filter(|(name, _)| name.starts_with("seat"))
                .map(|(_, at)| (*at, at.with_y(0.0).distance(person.home.with_y(0.0))))
                .filter(|(_, far)| *far < NEAR_SEAT)
                .min_by(|(_, a), (_, b)| a.total_cmp(b))
                .map(|(at, _)| {
                    let local = facing.inverse() * (at - person.home);
                    (Vec2::new(local.x, local.z), at.y)
                });
            person.bearing.sit_on(seat);
        }
        Gesture::Paces => {
            let beside = |way: Vec3| {
                room.clear(person.home, facing * way, 0.75)
                    .clamp(0.12, 0.75)
            };
            person.bearing.room_beside = Vec2::new(beside(Vec3::X), beside(Vec3::NEG_X));
        }
        _ => {}
    }
}

fn act(
    clock: Res<StageClock>,
    quality: Res<StageQuality>,
    studio: Option<Res<Studio>>,
    mut standing: ResMut<Standing>,
    mut people: Query<(&mut Figure, &mut Transform, &Presence)>,
    mut shown: Query<(&mut Visibility, &mut Aabb)>,
    mut meshes: ResMut<Assets<Mesh>>,
) {
    let subject = people
        .iter()
        .find(|(figure, ..)| figure.role == StageRole::Subject)
        .map(|(figure, place, _)| place.translation + Vec3::Y * figure.body.eye_height);
    let around: Vec<(String, Vec3)> = people
        .iter()
        .filter(|(figure, ..)| figure.role != StageRole::Subject)
        .map(|(figure, place, _)| {
            let eyes = place.translation + Vec3::Y * figure.body.eye_height;
            (figure.id.clone(), eyes)
        })
        .collect();
    let mut is_lively = false;
    let was_lively = standing.is_lively;
    for (mut figure, mut place, presence) in &mut people {
        let is_subject = figure.role == StageRole::Subject;
        figure.waited += clock.delta_secs;
        // Those at the edge of sight move at a third of the rate where pictures are dear.
        let patience = if quality.is_cheap() && !is_subject {
            0.36
        } else {
            0.0
        };
        if figure.waited < patience && !figure.bearing.is_lively() && figure.is_shown {
            continue;
        }
        // What is new is seen in the first picture, however soon it comes.
        let is_news = figure.bearing.noticed <= 0.0 || figure.bearing.startled <= 0.0;
        let secs = std::mem::take(&mut figure.waited).max(if is_news { 0.034 } else { 0.0 });
        let eyes = place.translation + Vec3::Y * figure.body.eye_height;
        let attended = if is_subject || figure.bearing.is_with_officer() {
            standing.officer_eyes()
        } else {
            let another = around
                .iter()
                .filter(|(id, _)| *id != figure.id)
                .min_by(|(_, a), (_, b)| a.distance(eyes).total_cmp(&b.distance(eyes)));
            let watched = match watched(figure.bearing.seed, figure.bearing.time) {
                Watched::Subject => subject,
                Watched::Officer => None,
                Watched::Another => another.map(|(_, at)| *at),
            };
            watched.unwrap_or(standing.officer_eyes())
        };
        let towards = place.rotation.inverse() * (attended - eyes);
        figure.bearing.advance(secs, towards);
        // What nobody sees needs no more pictures.
        let is_seen = !presence.is_unseen && (figure.is_in_view || is_subject);
        if figure.bearing.is_lively() && is_seen {
            if !was_lively {
                debug!("{} moves, and pictures come faster", figure.id);
            }
            is_lively = true;
        }

        let footing = figure.bearing.footing();
        let facing = Quat::from_rotation_y(figure.yaw);
        place.translation = figure.home + facing * footing.offset;
        place.rotation =
            facing * Quat::from_rotation_y(footing.yaw) * Quat::from_rotation_z(footing.sway);
        if is_subject {
            // Whoever is behind the door does not draw the officer's eyes along it.
            standing.subject = if presence.is_unseen {
                figure.home
            } else {
                place.translation
            };
            standing.blinks_in = if is_seen {
                figure.bearing.lids_move_in()
            } else {
                f32::MAX
            };
            standing.subject_eyes = standing.subject + Vec3::Y * figure.body.eye_height;
        }

        if !is_seen && figure.is_shown {
            continue;
        }
        let body = figure.body.clone();
        let pose = figure.bearing.pose(&body);
        let face = figure.bearing.face();
        let globals = body.skeleton.globals(&pose);
        if let (true, Some(head)) = (is_subject && is_seen, body.skeleton.bones.head) {
            let head = place.transform_point(globals[head].translation.into());
            standing.subject_eyes = head + Vec3::Y * 0.06;
        }
        // Moments that nobody photographs pass without a picture.
        if studio.as_ref().is_some_and(|studio| !studio.is_drawing) {
            continue;
        }
        let skin = body.skeleton.skin(&globals);
        let mouth_is_open = face.shows_teeth();
        let is_in_tears = figure.bearing.is_in_tears();
        let mut extent = None;
        for part in &figure.parts {
            let surface = &body.parts[part.index];
            let is_hidden =
                surface.is_inside_mouth() && !mouth_is_open || surface.is_tears() && !is_in_tears;
            if surface.is_inside_mouth() || surface.is_tears() {
                if let Ok((mut visibility, _)) = shown.get_mut(part.entity) {
                    visibility.set_if_neq(if is_hidden {
                        Visibility::Hidden
                    } else {
                        Visibility::Inherited
                    });
                }
                if is_hidden && figure.is_shown {
                    continue;
                }
            }
            let (mesh, fills) = bent(surface, &skin, &face, !quality.is_cheap());
            if let Some(fills) = fills {
                extent = Some(both(extent, fills));
                if let Ok((_, mut room)) = shown.get_mut(part.entity) {
                    *room = Aabb::from_min_max(fills.0, fills.1);
                }
            }
            if meshes.insert(part.mesh.id(), mesh).is_err() {
                debug!("a surface of {} went away while it moved", figure.id);
            }
        }
        figure.is_shown = true;
        figure.extent = extent;
    }
    standing.is_lively = is_lively;
}
