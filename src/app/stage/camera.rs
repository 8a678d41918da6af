//! From where the stage is seen: the officer's eyes or the subject's. Seen from above it is drawn by
//! the interface, from [`super::plan`], and no picture is made.
//!
//! The officer stands as far from the person as the encounter says, to the half-metre: a change of
//! distance is walked, and a wall that is nearer than that is cut away rather than the distance.

use bevy::camera::{CompositingSpace, RenderTarget};
use bevy::core_pipeline::tonemapping::{DebandDither, Tonemapping};
use bevy::pbr::{DistanceFog, FogFalloff};
use bevy::prelude::*;

use super::acting::Levels;
use super::cast::{Figure, Presence};
use super::light::colour;
use super::quality::{StageClock, StageQuality};
use super::set::{OnStage, Room};
use super::target::StageTarget;
use super::{ReduceMotion, StageCue, StageRole, StageSystems, still};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Standing>();
    app.init_resource::<StageView>();
    app.init_resource::<Glance>();
    app.add_systems(
        Update,
        (
            (take_view, hear).in_set(StageSystems::Cues),
            (set_up, look, see)
                .chain()
                .in_set(StageSystems::Show)
                .run_if(resource_exists::<Room>.and_then(resource_exists::<StageTarget>)),
        ),
    );
}

/// From where to look.
#[derive(Resource, Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum StageView {
    /// Through the officer's eyes.
    #[default]
    OfficerEye,
    /// Through the subject's eyes, for review.
    SubjectEye,
    /// From above: the interface draws it, and the stage makes no picture.
    Plan,
}

/// Height of the officer's eyes, metres.
pub(super) const OFFICER_EYES: f32 = 1.62;

/// How fast the officer walks, metres a second: unhurried, on purpose.
const PACE: f32 = 0.95;
/// Shortest and longest time that a change of distance takes, seconds.
const WALK_SECS: (f32, f32) = (0.5, 3.5);
/// Length of one footfall, metres.
const FOOTFALL: f32 = 0.5;
/// How far the eyes rise and fall with a footfall, metres.
const BOB: f32 = 0.016;
/// How much of half the picture's width a glance may push the subject aside: they stay in sight whole.
const GLANCE: f32 = 0.62;
/// How far a glance goes while there is only a shut door to keep in sight, radians.
const FREE_GLANCE: f32 = 1.2;
/// How much of the way to whoever spoke last the eyes rest at then.
const RESTS_AT: f32 = 0.6;
/// How much wider attention is during a glance.
const GLANCE_WIDENS: f32 = 0.3;
/// How far whoever is looked at may stray before the eyes follow, as a share of the picture's height:
/// nobody's eyes follow every sway.
const STRAY: f32 = 0.07;
/// How near the eyes are when they are there, as such a share.
const THERE: f32 = 0.002;
/// Steps of the feet smaller than this are over, metres.
const SMALLEST_STEP: f32 = 0.003;
/// How far somebody may shift on their feet before the officer shifts with them, metres: the half of
/// what the kernel's distances are told apart by, and less.
const SHIFT: f32 = 0.12;
/// Longest time that a glance lasts, seconds.
const GLANCE_SECS: f32 = 3.2;

/// Where the two who matter stand.
#[derive(Resource, Debug, Clone, Copy)]
pub(super) struct Standing {
    /// The officer's feet.
    pub(super) officer: Vec3,
    /// The subject's feet.
    pub(super) subject: Vec3,
    /// Between the subject's eyes.
    pub(super) subject_eyes: Vec3,
    /// Where the officer takes the subject to stand: it follows their feet, not their every sway.
    taken: Vec3,
    /// Where they were when the officer last took note of it.
    noted: Vec3,
    /// The way from one distance to another.
    walk: Walk,
    /// Where the officer's eyes rest, which follows the subject's.
    aim: Vec3,
    /// Where they are going.
    goal: Vec3,
    /// Seconds until the subject's lids shut or have opened.
    pub(super) blinks_in: f32,
    /// Whether people do more than breathe.
    pub(super) is_lively: bool,
    is_fresh: bool,
}

impl Default for Standing {
    fn default() -> Self {
        Self {
            officer: Vec3::Z * 3.0,
            subject: Vec3::ZERO,
            subject_eyes: Vec3::Y * 1.55,
            taken: Vec3::ZERO,
            noted: Vec3::ZERO,
            walk: Walk::standing(3.0),
            aim: Vec3::Y * 1.4,
            goal: Vec3::Y * 1.4,
            blinks_in: f32::MAX,
            is_lively: true,
            is_fresh: true,
        }
    }
}

impl Standing {
    /// Where the officer's eyes are.
    pub(super) fn officer_eyes(&self) -> Vec3 {
        self.officer + Vec3::Y * OFFICER_EYES
    }

    /// Lets the eyes follow to `aim` by a share of the way, once it has strayed far enough in a picture
    /// that is so many metres high there.
    fn follow(&mut self, aim: Vec3, share: f32, height: f32) {
        if share >= 1.0 || aim.distance(self.goal) > STRAY * height {
            self.goal = aim;
        }
        let gap = self.goal - self.aim;
        self.aim = if share >= 1.0 || gap.length() < THERE * height {
            self.goal
        } else {
            self.aim + gap * share
        };
    }

    /// Forgets the last scene, so that the next begins where it should without a glide.
    pub(super) fn refresh(&mut self) {
        *self = Self::default();
    }
}

/// Some steps closer or back.
#[derive(Debug, Clone, Copy)]
struct Walk {
    from: f32,
    to: f32,
    age: f32,
    secs: f32,
}

impl Walk {
    const fn standing(at: f32) -> Self {
        Self {
            from: at,
            to: at,
            age: 0.0,
            secs: 0.0,
        }
    }

    /// Sets out for another distance from where the officer is now.
    fn towards(self, to: f32) -> Self {
        let from = self.now();
        Self {
            from,
            to,
            age: 0.0,
            secs: ((to - from).abs() / PACE).clamp(WALK_SECS.0, WALK_SECS.1),
        }
    }

    fn share(self) -> f32 {
        if self.secs <= 0.0 {
            1.0
        } else {
            (self.age / self.secs).min(1.0)
        }
    }

    const fn is_over(self) -> bool {
        self.age >= self.secs
    }

    /// The distance now: away slowly, on evenly, and coming to rest.
    fn now(self) -> f32 {
        let share = self.share();
        self.from + (self.to - self.from) * share * share * (3.0 - 2.0 * share)
    }

    /// How much higher the eyes are than at rest.
    fn bob(self) -> f32 {
        let footfalls = ((self.to - self.from).abs() / FOOTFALL).ceil();
        let share = self.share();
        BOB * (share * footfalls * std::f32::consts::PI).sin().abs()
            * (share * std::f32::consts::PI).sin()
    }
}

/// The officer's feet, `metres` from the subject's and in front of where the subject belongs.
fn in_front(subject: Vec3, metres: f32) -> Vec3 {
    let ahead = metres.mul_add(metres, -(subject.x * subject.x));
    if ahead > 0.2 {
        Vec3::new(0.0, 0.0, subject.z + ahead.sqrt())
    } else {
        subject + Vec3::Z * metres
    }
}

/// A short look to whoever speaks, and back.
#[derive(Resource, Debug, Clone, Default)]
pub(super) struct Glance {
    at: Option<GlanceAt>,
    left_secs: f32,
    /// Whether the subject is out of sight, so that nothing holds the eyes back.
    is_free: bool,
    /// Turned from the subject, radians: x to the left, y up.
    turn: Vec2,
}

/// Who draws a glance.
#[derive(Debug, Clone, PartialEq, Eq)]
enum GlanceAt {
    /// Somebody at the scene, by cast id.
    Person(String),
    /// The radio at the left shoulder.
    Radio,
}

/// How far to turn to something at `angle` to the left of the subject, radians, so that the subject
/// stays in sight.
fn glance(angle: f32, half_across: f32) -> f32 {
    let most = (half_across.tan() * GLANCE).atan();
    angle.clamp(-most, most)
}

/// The camera that draws the stage.
#[derive(Component, Debug)]
pub(super) struct StageCamera;

fn take_view(mut cues: MessageReader<StageCue>, mut view: ResMut<StageView>) {
    for cue in cues.read() {
        if let StageCue::View(wanted) = cue {
            view.set_if_neq(*wanted);
        }
    }
}

/// Turns to a colleague, a bystander or the radio when they speak; back to the subject for theirs.
fn hear(mut cues: MessageReader<StageCue>, people: Query<&Presence>, mut glance: ResMut<Glance>) {
    glance.is_free = people
        .iter()
        .all(|person| person.role != StageRole::Subject || person.is_unseen);
    for cue in cues.read() {
        let (at, secs) = match cue {
            StageCue::Line {
                by, speaking_secs, ..
            } if *speaking_secs > 0.0 => match people.iter().find(|person| person.id == *by) {
                Some(person) if person.role != StageRole::Subject && !person.is_unseen => {
                    (Some(GlanceAt::Person(by.clone())), *speaking_secs)
                }
                _ => (None, 0.0),
            },
            StageCue::Radio { speaking_secs } => (Some(GlanceAt::Radio), *speaking_secs),
            StageCue::Ended => (None, 0.0),
            _ => continue,
        };
        glance.at = at;
        glance.left_secs = secs.min(GLANCE_SECS);
    }
}

/// Brings up the camera, or points it at a new image.
fn set_up(
    mut commands: Commands,
    room: Res<Room>,
    quality: Res<StageQuality>,
    target: Res<StageTarget>,
    mut cameras: Query<&mut RenderTarget, With<StageCamera>>,
) {
    if let Ok(mut shown) = cameras.single_mut() {
        if shown.as_image() != Some(&target.image) {
            *shown = RenderTarget::Image(target.image.clone().into());
        }
        return;
    }
    let light = &room.light;
    let onto = RenderTarget::Image(target.image.clone().into());
    let fog = (!quality.is_cheap() && light.fog_density > 0.0).then(|| DistanceFog {
        color: colour(light.fog),
        falloff: FogFalloff::Exponential {
            density: light.fog_density,
        },
        ..default()
    });
    if still::is_kept_at(*quality) {
        let mut kept = commands.spawn(still::still(colour(light.backdrop), onto.clone()));
        if let Some(fog) = &fog {
            kept.insert(fog.clone());
        }
        if quality.is_cheap() {
            kept.insert(CompositingSpace::Srgb);
        }
    }
    let mut camera = commands.spawn((
        Name::new("Stage camera"),
        OnStage,
        StageCamera,
        Camera3d::default(),
        Camera {
            order: -1,
            clear_color: ClearColorConfig::Custom(colour(light.backdrop)),
            ..default()
        },
        onto,
        Transform::default(),
    ));
    if still::is_kept_at(*quality) {
        camera.insert(still::moving());
    }
    match *quality {
        StageQuality::Low | StageQuality::Sharp => {
            camera.insert((
                Msaa::Off,
                Tonemapping::None,
                DebandDither::Disabled,
                CompositingSpace::Srgb,
            ));
        }
        StageQuality::Medium => {
            camera.insert((Msaa::Off, Tonemapping::None, DebandDither::Disabled));
        }
        StageQuality::High => {
            camera.insert((Msaa::Sample4, Tonemapping::SomewhatBoringDisplayTransform));
        }
    }
    if let Some(fog) = fog {
        camera.insert(fog);
    }
}

/// Draws a picture only when one is due, from where the view asks.
fn look(
    clock: Res<StageClock>,
    levels: Res<Levels>,
    view: Res<StageView>,
    calm: Res<ReduceMotion>,
    room: Res<Room>,
    target: Res<StageTarget>,
    people: Query<(&Presence, &Transform), Without<StageCamera>>,
    mut glancing: ResMut<Glance>,
    mut standing: ResMut<Standing>,
    camera: Single<(&mut Camera, &mut Transform, &mut Projection), With<StageCamera>>,
) {
    let (mut camera, mut place, mut lens) = camera.into_inner();
    let shows = clock.is_due && *view != StageView::Plan;
    if camera.is_active != shows {
        camera.is_active = shows;
    }
    if !clock.is_due {
        return;
    }
    let at_once = calm.0 || standing.is_fresh;
    let eased = |rate: f32| {
        if at_once {
            1.0
        } else {
            1.0 - (-clock.delta_secs * rate).exp()
        }
    };
    standing.is_fresh = false;
    let wanted = (f32::from(levels.distance_half_metres) * 0.5).clamp(0.5, 10.0);
    if at_once {
        standing.walk = Walk::standing(wanted);
    } else {
        standing.walk.age += clock.delta_secs;
        if (standing.walk.to - wanted).abs() > 1e-3 {
            standing.walk = standing.walk.towards(wanted);
        }
    }
    standing.is_lively |= !standing.walk.is_over();
    if at_once || standing.noted.distance(standing.subject) > SHIFT {
        standing.noted = standing.subject;
    }
    let (from, to) = (standing.taken, standing.noted);
    standing.taken = if from.distance(to) < SMALLEST_STEP {
        to
    } else {
        from + (to - from) * eased(0.8)
    };
    let distance = standing.walk.now();
    standing.officer = in_front(standing.taken, distance);

    let fov = attention(distance);
    // The head stands above the middle, so that hands and breath are seen with it.
    let drop = 0.22 * distance * (fov * 0.5).tan();
    let mut aim = standing.subject_eyes - Vec3::Y * drop;
    aim.y = aim.y.max(0.75);
    let height = 2.0 * distance * (fov * 0.5).tan();
    standing.follow(aim, eased(3.0), height);

    let half_across =
        ((fov * 0.5).tan() * target.size.as_vec2().x / target.size.as_vec2().y.max(1.0)).atan();
    let turn = glancing.advance(clock.delta_secs, half_across, &standing, &people, calm.0);
    standing.is_lively |= turn.is_moving;
    let (from, at, fov, turn) = match *view {
        StageView::OfficerEye => (
            standing.officer_eyes() + Vec3::Y * standing.walk.bob(),
            standing.aim,
            fov * GLANCE_WIDENS.mul_add(turn.share, 1.0),
            turn.by,
        ),
        StageView::SubjectEye => {
            let to = standing.officer_eyes() - Vec3::Y * drop * 0.7;
            let way = (standing.officer - standing.subject).normalize_or(Vec3::Z);
            (standing.subject_eyes + way * 0.12, to, 0.80, Vec2::ZERO)
        }
        StageView::Plan => return,
    };
    let mut wanted = Transform::from_translation(from).looking_at(at, Vec3::Y);
    wanted.rotate_y(turn.x);
    wanted.rotate_local_x(turn.y);
    place.set_if_neq(wanted);
    // What stands between the officer and the room they look into is left out.
    let near = match *view {
        StageView::OfficerEye => (standing.officer.z + 0.3 - room.ahead).max(0.1),
        _ => 0.1,
    };
    let is_off = matches!(&*lens, Projection::Perspective(lens)
        if (lens.fov - fov).abs() > 1e-4 || (lens.near - near).abs() > 1e-3);
    if is_off && let Projection::Perspective(lens) = &mut *lens {
        lens.fov = fov;
        lens.near = near;
    }
}

/// Notes who is in the picture, or so near its edge that they may come into it with the next.
fn see(
    camera: Option<Single<(&Transform, &Projection), With<StageCamera>>>,
    mut people: Query<(&mut Figure, &Transform), Without<StageCamera>>,
) {
    /// How far beyond the edge, as a share of the picture.
    const NEAR: f32 = 0.15;
    let Some(camera) = camera else { return };
    let (at, lens) = camera.into_inner();
    let clip_from_world = lens.get_clip_from_view() * at.to_matrix().inverse();
    for (mut figure, place) in &mut people {
        let is_in_view = figure.extent.is_none_or(|extent| {
            still::seen_at(clip_from_world * place.to_matrix(), extent).is_none_or(|seen| {
                !seen
                    .intersect(Rect::new(-NEAR, -NEAR, 1.0 + NEAR, 1.0 + NEAR))
                    .is_empty()
            })
        });
        if figure.is_in_view != is_in_view {
            figure.is_in_view = is_in_view;
        }
    }
}

/// How a glance stands in one picture.
#[derive(Debug, Clone, Copy)]
struct Turned {
    by: Vec2,
    /// How much of the farthest turn it is.
    share: f32,
    is_moving: bool,
}

impl Glance {
    fn advance(
        &mut self,
        secs: f32,
        half_across: f32,
        standing: &Standing,
        people: &Query<(&Presence, &Transform), Without<StageCamera>>,
        is_calm: bool,
    ) -> Turned {
        self.left_secs -= secs;
        let is_over = self.left_secs <= 0.0;
        // With nobody else to look at, whoever spoke last stays in the picture.
        if is_over && !(self.is_free && matches!(self.at, Some(GlanceAt::Person(_)))) {
            self.at = None;
        }
        let ahead = standing.aim - standing.officer_eyes();
        let wanted = match &self.at {
            _ if is_calm => Vec2::ZERO,
            None => Vec2::ZERO,
            Some(GlanceAt::Radio) => {
                Vec2::new(glance(0.6, half_across) * 0.55, -0.12 * half_across)
            }
            Some(GlanceAt::Person(id)) => people
                .iter()
                .find(|(person, _)| person.id == *id)
                .map_or(Vec2::ZERO, |(_, place)| {
                    let to = place.translation - standing.officer;
                    let angle = Vec2::new(ahead.z, ahead.x).angle_to(Vec2::new(to.z, to.x));
                    let turn = if is_over {
                        glance(angle * RESTS_AT, half_across)
                    } else if self.is_free {
                        angle.clamp(-FREE_GLANCE, FREE_GLANCE)
                    } else {
                        glance(angle, half_across)
                    };
                    Vec2::new(turn, 0.0)
                }),
        };
        let share = if is_calm {
            1.0
        } else {
            1.0 - (-secs * 4.5).exp()
        };
        let gap = wanted - self.turn;
        // The last of a turn is too small to see, and without end.
        self.turn = if gap.length() < 0.002 {
            wanted
        } else {
            self.turn + gap * share
        };
        Turned {
            by: self.turn,
            share: (self.turn.x.abs() / glance(9.0, half_across).max(1e-3)).min(1.0),
            is_moving: gap.length() > 0.004 || self.at.is_some() && !is_over,
        }
    }
}

/// How wide the officer's attention is at a distance, radians from top to bottom: the farther
/// somebody is, the more the eye picks them out, so that hands and face stay readable.
fn attention(metres: f32) -> f32 {
    let near = (2.0 / metres.max(0.5)).min(1.9);
    0.22 + 0.24 * near
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::stage::light::Light;
    use crate::scenario::{TimeOfDay, Weather};
    use bevy::ecs::system::RunSystemOnce as _;

    fn world(half_metres: u8, calm: bool) -> World {
        let mut world = World::new();
        let mut clock = StageClock::default();
        clock.is_due = true;
        clock.delta_secs = 0.1;
        world.insert_resource(clock);
        world.insert_resource(Levels {
            distance_half_metres: half_metres,
            ..Levels::default()
        });
        world.insert_resource(StageView::OfficerEye);
        world.insert_resource(ReduceMotion(calm));
        world.insert_resource(Room::bare(Light::new(TimeOfDay::Day, Weather::Clear, &[])));
        world.insert_resource(StageTarget {
            image: Handle::default(),
            size: UVec2::new(640, 360),
            texture: None,
            is_showing: true,
            shape: None,
        });
        world.insert_resource(Glance::default());
        world.insert_resource(Standing::default());
        world.spawn((
            StageCamera,
            Camera::default(),
            Transform::default(),
            Projection::default(),
        ));
        world
    }

    /// From the camera to the subject's feet, along the ground.
    fn away(world: &mut World) -> f32 {
        world.run_system_once(look).unwrap();
        let subject = world.resource::<Standing>().subject;
        let mut cameras = world.query_filtered::<&Transform, With<StageCamera>>();
        let gap = cameras.single(world).unwrap().translation - subject;
        gap.x.hypot(gap.z)
    }

    #[test]
    fn the_camera_is_as_far_from_the_subject_as_the_encounter_says() {
        for half_metres in 1..=20 {
            for side in [-0.3, 0.0, 0.25] {
                let mut world = world(half_metres, false);
                world.resource_mut::<Standing>().subject = Vec3::new(side, 0.0, -0.2);
                let metres = f32::from(half_metres) * 0.5;
                let seen = away(&mut world);
                assert!((seen - metres).abs() < 0.001, "{seen} for {metres}");
            }
        }
    }

    #[test]
    fn a_step_is_walked_and_ends_where_it_should() {
        let mut world = world(8, false);
        away(&mut world);
        world.resource_mut::<Levels>().distance_half_metres = 6;
        let way: Vec<f32> = (0..20).map(|_| away(&mut world)).collect();
        assert!(way[0] > 3.9, "{way:?}");
        assert!(way.windows(2).all(|pair| pair[1] <= pair[0] + 1e-4));
        assert!(way.iter().any(|at| (3.2..3.8).contains(at)), "{way:?}");
        assert!((way[19] - 3.0).abs() < 0.001, "{way:?}");
    }

    #[test]
    fn the_eyes_rest_while_the_subject_only_sways_and_follow_when_they_go_down() {
        let mut world = world(4, false);
        away(&mut world);
        let mut look_at = |height: f32| {
            world.resource_mut::<Standing>().subject_eyes = Vec3::Y * height;
            away(&mut world);
            let mut cameras = world.query_filtered::<&Transform, With<StageCamera>>();
            *cameras.single(&world).unwrap()
        };
        let before = look_at(1.55);
        for sway in [1.56, 1.57, 1.56, 1.54, 1.53] {
            assert_eq!(look_at(sway), before);
        }
        let way: Vec<Transform> = (0..60).map(|_| look_at(0.9)).collect();
        assert!(way[0] != before);
        assert!(way[59].forward().y < before.forward().y - 0.1);
        assert_eq!(way[59], way[58], "they come to rest");
    }

    #[test]
    fn with_less_movement_a_step_is_there_at_once() {
        let mut world = world(8, true);
        away(&mut world);
        world.resource_mut::<Levels>().distance_half_metres = 6;
        assert!((away(&mut world) - 3.0).abs() < 0.001);
    }

    #[test]
    fn walking_rocks_the_eyes_a_little_and_standing_does_not() {
        let mut walk = Walk::standing(4.0).towards(3.0);
        let mut highest = 0.0_f32;
        while !walk.is_over() {
            highest = highest.max(walk.bob());
            walk.age += 0.05;
        }
        assert!((0.008..0.03).contains(&highest), "{highest}");
        assert!(walk.bob() < 1e-3);
        assert!(Walk::standing(4.0).bob() < 1e-6);
    }

    #[test]
    fn a_glance_keeps_the_subject_in_the_picture() {
        for half_metres in 1..=20_u8 {
            let fov = attention(f32::from(half_metres) * 0.5);
            let half_across = ((fov * 0.5).tan() * 16.0 / 9.0).atan();
            for angle in [-3.0, -0.4, -0.02, 0.1, 2.5] {
                let turn = glance(angle, half_across);
                let aside = turn.abs().tan() / half_across.tan();
                assert!(aside < 0.63, "{aside}");
                assert!(turn * angle >= 0.0);
            }
        }
    }

    #[test]
    fn a_colleague_who_speaks_is_glanced_at_and_left_again() {
        for calm in [false, true] {
            let mut world = world(8, calm);
            world.spawn((
                Presence {
                    id: "shaw".to_owned(),
                    role: StageRole::Colleague,
                    is_officer: false,
                    is_unseen: false,
                },
                Transform::from_xyz(-2.0, 0.0, 2.5),
            ));
            world.insert_resource(Glance {
                at: Some(GlanceAt::Person("shaw".to_owned())),
                left_secs: 1.5,
                ..Glance::default()
            });
            let turned = |world: &mut World| {
                away(world);
                world.resource::<Glance>().turn.x
            };
            let way: Vec<f32> = (0..40).map(|_| turned(&mut world)).collect();
            let farthest = way.iter().copied().fold(0.0, f32::max);
            if calm {
                assert!(farthest.abs() < 1e-6, "{way:?}");
            } else {
                assert!(farthest > 0.05, "to the left, and to be seen: {way:?}");
            }
            assert!(way[39].abs() < 0.01, "{way:?}");
        }
    }
}
