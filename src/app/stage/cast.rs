//! The cast: who is on the stage, where each stands, and who stands in for a model that is
//! missing.

use std::sync::Arc;

use bevy::asset::{LoadState, RenderAssetUsages};
use bevy::camera::primitives::Aabb;
use bevy::camera::visibility::NoAutoAabb;
use bevy::ecs::system::SystemParam;
use bevy::gltf::{Gltf, GltfLoaderSettings, GltfMaterial};
use bevy::light::NotShadowCaster;
use bevy::platform::collections::{HashMap, HashSet};
use bevy::prelude::*;

use super::acting::Levels;
use super::bearing::Bearing;
use super::camera::{StageView, Standing};
use super::light::Light;
use super::physique::{ModelShelf, Physique};
use super::plain::PlainMaterial;
use super::posing::Extent;
use super::quality::{StageClock, StageQuality};
use super::random::person_seed;
use super::set::{OnStage, Room, real};
use super::still::layer_of_moving;
use super::stock::Stock;
use super::{StageCue, StageFault, StagePerson, StageRole, StageSetting, StageSystems};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Wardrobe>();
    app.init_resource::<Unseen>();
    app.add_systems(
        Update,
        (
            call.run_if(resource_exists_and_changed::<Room>),
            call_officer.run_if(resource_exists::<Room>),
            enter.run_if(resource_exists::<Room>.and_then(resource_exists::<StageSetting>)),
        )
            .chain()
            .in_set(StageSystems::Enter),
    );
    app.add_systems(
        Update,
        (
            forget_sights
                .run_if(resource_exists_and_changed::<StageSetting>)
                .in_set(StageSystems::Build),
            (take_sights, place_officer, show)
                .chain()
                .in_set(StageSystems::Cues),
        ),
    );
}

/// Somebody on the stage.
#[derive(Component, Debug)]
pub(super) struct Figure {
    /// Id in the scenario's cast.
    pub(super) id: String,
    /// What they are to the encounter.
    pub(super) role: StageRole,
    /// Their body.
    pub(super) body: Arc<Physique>,
    /// How they hold themselves.
    pub(super) bearing: Bearing,
    /// Their place on the stage.
    pub(super) home: Vec3,
    /// Where they face when nothing turns them, radians.
    pub(super) yaw: f32,
    /// Room towards the officer, metres.
    pub(super) room_ahead: f32,
    /// Room away from the officer, metres.
    pub(super) room_behind: f32,
    /// Their surfaces.
    pub(super) parts: Vec<FigurePart>,
    /// Stage time since they last moved, seconds.
    pub(super) waited: f32,
    /// Whether they have been shown at least once.
    pub(super) is_shown: bool,
    /// The box that their body fills, in their own space.
    pub(super) extent: Option<Extent>,
    /// Whether they are in the picture or near its edge.
    pub(super) is_in_view: bool,
}

/// One surface of a figure.
#[derive(Debug)]
pub(super) struct FigurePart {
    /// Which of the body's parts.
    pub(super) index: usize,
    /// The entity that shows it.
    pub(super) entity: Entity,
    /// The mesh that changes with every picture.
    pub(super) mesh: Handle<Mesh>,
}

/// Somebody who is there, as a figure or with a plain shape that stands in for one.
#[derive(Component, Debug)]
pub(super) struct Presence {
    /// Id in the scenario's cast.
    pub(super) id: String,
    /// What they are to the encounter.
    pub(super) role: StageRole,
    /// Whether this is the officer whose encounter it is.
    pub(super) is_officer: bool,
    /// Behind a door, not there yet, or gone.
    pub(super) is_unseen: bool,
}

/// Marks the officer's own figure, which only other views than theirs show.
#[derive(Component, Debug)]
struct OfficerFigure;

/// Who is out of sight, by cast id: also of people who have yet to come on.
#[derive(Resource, Debug, Default)]
struct Unseen(HashSet<String>);

/// A person whose model is on its way.
#[derive(Component, Debug)]
pub(super) struct Called {
    person: StagePerson,
    model: Option<Handle<Gltf>>,
    path: String,
    is_officer: bool,
}

/// Bodies that have been taken from their models, by look.
#[derive(Resource, Debug, Default)]
struct Wardrobe {
    bodies: HashMap<String, Arc<Physique>>,
}

/// Cast id of the officer's own figure.
const OFFICER: &str = "\u{0}officer";

fn called(
    server: &AssetServer,
    wardrobe: &Wardrobe,
    person: StagePerson,
    is_officer: bool,
) -> impl Bundle {
    let path = format!("people/{}.glb", person.look);
    let model = (!wardrobe.bodies.contains_key(&person.look)).then(|| {
        server
            .load_builder()
            .with_settings(|settings: &mut GltfLoaderSettings| {
                settings.load_cameras = false;
                settings.load_lights = false;
                settings.load_meshes = RenderAssetUsages::MAIN_WORLD;
                settings.load_materials = RenderAssetUsages::RENDER_WORLD;
            })
            .load(path.clone())
    });
    (
        Name::new(format!("Called {}", person.id)),
        OnStage,
        Called {
            person,
            model,
            path,
            is_officer,
        },
    )
}

/// Calls for everybody's model.
fn call(
    mut commands: Commands,
    setting: Res<StageSetting>,
    server: Res<AssetServer>,
    wardrobe: Res<Wardrobe>,
) {
    for person in &setting.people {
        commands.spawn(called(&server, &wardrobe, person.clone(), false));
    }
}

/// Calls for the officer's model once a view could show it.
fn call_officer(
    mut commands: Commands,
    view: Res<StageView>,
    setting: Option<Res<StageSetting>>,
    server: Res<AssetServer>,
    wardrobe: Res<Wardrobe>,
    there: Query<(), With<OfficerFigure>>,
    coming: Query<&Called>,
) {
    let Some(setting) = setting else { return };
    let is_coming = coming.iter().any(|called| called.is_officer);
    if *view != StageView::SubjectEye || !there.is_empty() || is_coming {
        return;
    }
    let is_taken = setting
        .people
        .iter()
        .any(|person| person.look == "officer-woman");
    let look = if is_taken {
        "officer-man"
    } else {
        "officer-woman"
    };
    let person = StagePerson {
        id: OFFICER.to_owned(),
        look: look.to_owned(),
        role: StageRole::Colleague,
    };
    commands.spawn(called(&server, &wardrobe, person, true));
}

/// Brings on everybody whose model has come.
fn enter(
    mut commands: Commands,
    called: Query<(Entity, &Called)>,
    others: Query<&Figure>,
    setting: Res<StageSetting>,
    room: Res<Room>,
    levels: Res<Levels>,
    quality: Res<StageQuality>,
    server: Res<AssetServer>,
    models: Res<Assets<Gltf>>,
    unseen: Res<Unseen>,
    mut wardrobe: ResMut<Wardrobe>,
    mut taking: Taking,
    mut faults: MessageWriter<StageFault>,
    mut clock: ResMut<StageClock>,
) {
    let mut spots: Vec<Vec3> = others.iter().map(|figure| figure.home).collect();
    for (entity, called) in &called {
        let person = &called.person;
        let body = match wardrobe.bodies.get(&person.look) {
            Some(body) => Ok(body.clone()),
            None => match taken(called, &server, &models, &taking) {
                None => continue,
                Some(taken) => taken.map(|body| {
                    let body = Arc::new(body);
                    wardrobe.bodies.insert(person.look.clone(), body.clone());
                    body
                }),
            },
        };
        commands.entity(entity).despawn();
        let home = if called.is_officer {
            Vec3::Z * 3.0
        } else {
            spot(person, &room, &levels, &spots)
        };
        spots.push(home);
        let yaw = if person.role == StageRole::Subject {
            0.0
        } else {
            // To the middle of the place: not quite to whoever stands in a doorway, with their back
            // to the officer.
            (-home.x).atan2(-home.z)
        };
        let mut root = commands.spawn((
            Name::new(format!("{:?} {}", person.role, person.id)),
            OnStage,
            Presence {
                id: person.id.clone(),
                role: person.role,
                is_officer: called.is_officer,
                is_unseen: unseen.0.contains(&person.id),
            },
            Transform::from_translation(home).with_rotation(Quat::from_rotation_y(yaw)),
            Visibility::Hidden,
        ));
        if called.is_officer {
            root.insert(OfficerFigure);
        }
        let root = root.id();
        match body {
            Ok(body) => {
                let is_subject = person.role == StageRole::Subject;
                let mut bearing = Bearing::new(person_seed(&person.id, setting.seed), person.role);
                if is_subject {
                    bearing.feel(levels.distress, levels.trust, true);
                    bearing.stand_beside(rail(&room));
                }
                let parts = taking.dress(&mut commands, root, &body, &room.light, *quality);
                commands.entity(root).insert(Figure {
                    id: person.id.clone(),
                    role: person.role,
                    body,
                    bearing,
                    home,
                    yaw,
                    room_ahead: 0.6,
                    room_behind: room.clear(home, Vec3::NEG_Z, 1.2).max(0.0),
                    parts,
                    waited: 0.0,
                    is_shown: false,
                    extent: None,
                    is_in_view: true,
                });
            }
            Err(reason) => {
                warn!("{}: {reason}", called.path);
                faults.write(StageFault(format!(
                    "The person `{}` could not be shown ({reason}); a plain figure stands in. \
                     Check assets/{}.",
                    person.look, called.path
                )));
                taking.stand_in(&mut commands, root, &room.light, *quality);
            }
        }
        if quality.is_cheap() {
            taking.shade(&mut commands, root, &room.light, *quality);
        }
        clock.owed = 4;
    }
}

/// The body of a called person: `None` while the model is on its way.
fn taken(
    called: &Called,
    server: &AssetServer,
    models: &Assets<Gltf>,
    taking: &Taking,
) -> Option<Result<Physique, String>> {
    let model = called.model.as_ref()?;
    if let LoadState::Failed(reason) = server.load_state(model) {
        debug!("{reason}");
        return Some(Err("its model could not be loaded".to_owned()));
    }
    Some(taking.shelf.physique(models.get(model)?))
}

/// What it takes to bring somebody on.
#[derive(SystemParam)]
struct Taking<'w> {
    shelf: ModelShelf<'w>,
    stock: Res<'w, Stock>,
    plain: ResMut<'w, Assets<PlainMaterial>>,
    standard: ResMut<'w, Assets<StandardMaterial>>,
}

impl Taking<'_> {
    /// Gives a body its surfaces; the first picture fills them.
    fn dress(
        &mut self,
        commands: &mut Commands,
        root: Entity,
        body: &Physique,
        light: &Light,
        quality: StageQuality,
    ) -> Vec<FigurePart> {
        let mut parts = Vec::new();
        for (index, part) in body.parts.iter().enumerate() {
            let mesh = self.shelf.blank_mesh();
            let mut look = part.material.clone();
            if part.is_tears() {
                look.base_color_texture = Some(self.stock.tear.clone());
            }
            let mut surface = commands.spawn((
                Name::new(part.name.clone()),
                ChildOf(root),
                Mesh3d(mesh.clone()),
                // What of a body is out of the picture is not drawn; acting tells where it is.
                (
                    NoAutoAabb,
                    Aabb::from_min_max(Vec3::splat(-2.0), Vec3::splat(2.0)),
                ),
                layer_of_moving(quality),
                Transform::default(),
                Visibility::default(),
            ));
            if quality.is_cheap() {
                let material = PlainMaterial::of_body(&look, light);
                surface.insert(MeshMaterial3d(self.plain.add(material)));
            } else {
                let mut material = real(&look, 0.0);
                if material.alpha_mode == AlphaMode::Mask(0.35) && quality == StageQuality::High {
                    material.alpha_mode = AlphaMode::AlphaToCoverage;
                }
                surface.insert(MeshMaterial3d(self.standard.add(material)));
            }
            parts.push(FigurePart {
                index,
                entity: surface.id(),
                mesh,
            });
        }
        parts
    }

    /// A plain figure, for a model that is missing.
    fn stand_in(
        &mut self,
        commands: &mut Commands,
        root: Entity,
        light: &Light,
        quality: StageQuality,
    ) {
        let cloth = GltfMaterial {
            base_color: Color::linear_rgb(0.18, 0.22, 0.30),
            perceptual_roughness: 0.9,
            ..default()
        };
        let shapes = [
            ("Stand-in body", self.stock.trunk.clone(), 0.78),
            ("Stand-in head", self.stock.head.clone(), 1.60),
        ];
        for (name, mesh, height) in shapes {
            let mut shape = commands.spawn((
                Name::new(name),
                ChildOf(root),
                Mesh3d(mesh),
                layer_of_moving(quality),
                Transform::from_xyz(0.0, height, 0.0),
            ));
            if quality.is_cheap() {
                let material = PlainMaterial::of_body(&cloth, light);
                shape.insert(MeshMaterial3d(self.plain.add(material)));
            } else {
                shape.insert(MeshMaterial3d(self.standard.add(real(&cloth, 0.0))));
            }
        }
    }

    /// A soft patch of shade under somebody, where real shadows cost too much.
    fn shade(
        &mut self,
        commands: &mut Commands,
        root: Entity,
        light: &Light,
        quality: StageQuality,
    ) {
        let veil = PlainMaterial::veil(
            // As seen; it takes more than half of the light.
            Color::linear_rgba(0.0, 0.0, 0.0, 0.32),
            Some(self.stock.blob.clone()),
            light,
        );
        commands.spawn((
            Name::new("Shade"),
            ChildOf(root),
            Mesh3d(self.stock.patch.clone()),
            layer_of_moving(quality),
            MeshMaterial3d(self.plain.add(veil)),
            NotShadowCaster,
            Transform::from_xyz(0.0, 0.012, 0.0),
        ));
    }
}

/// Where somebody stands: where the place marks a spot for them, else the subject in the middle and
/// others beside or behind, within the walls and apart from each other.
fn spot(person: &StagePerson, room: &Room, levels: &Levels, taken: &[Vec3]) -> Vec3 {
    let kind = match person.role {
        StageRole::Subject => return room.subject,
        StageRole::Colleague => "colleague",
        StageRole::Bystander => "bystander",
    };
    let is_free = |at: Vec3| taken.iter().all(|other| other.distance(at) > 0.8);
    let marked = room
        .marks
        .iter()
        .find(|(name, at)| (name.starts_with(kind) || *name == person.id) && is_free(*at));
    if let Some((_, at)) = marked {
        return Vec3::new(at.x, 0.0, at.z);
    }
    // From the middle of the place, from which all of them are reckoned.
    let officer = f32::from(levels.distance_half_metres) * 0.5 + room.subject.z;
    // Degrees to the left of the way to the officer, and metres.
    let wishes: &[(f32, f32)] = match person.role {
        StageRole::Colleague => &[(-24.0, 0.0), (-38.0, 0.0), (30.0, 0.0), (-60.0, 0.0)],
        _ => &[
            (118.0, 3.0),
            (-122.0, 3.2),
            (148.0, 3.6),
            (-150.0, 3.6),
            (80.0, 2.6),
            (-80.0, 2.6),
        ],
    };
    let mut best = (0.0, Vec3::new(1.4, 0.0, 1.0));
    for &(degrees, metres) in wishes {
        let metres = if metres > 0.0 {
            metres
        } else {
            (officer - 0.7).clamp(1.4, 3.2)
        };
        let way = Quat::from_rotation_y(degrees.to_radians()) * Vec3::Z;
        let clear = room.clear(Vec3::ZERO, way, metres);
        let at = way * clear;
        if clear > best.0 && is_free(at) {
            best = (clear, at);
        }
        if clear >= metres - 0.01 && is_free(at) {
            break;
        }
    }
    best.1
}

/// Where the nearest rail or wall beside the subject is, metres to their left; 0 if none is near, or
/// if they stand in a doorway, which nobody leaves to lean beside it.
fn rail(room: &Room) -> f32 {
    const NEAR: f32 = 1.6;
    if room.is_at_door {
        return 0.0;
    }
    let left = room.clear(room.subject, Vec3::X, NEAR);
    let right = room.clear(room.subject, Vec3::NEG_X, NEAR);
    let nearest = left.min(right);
    if nearest >= NEAR - 0.01 {
        0.0
    } else if left <= right {
        nearest.max(0.05)
    } else {
        -nearest.max(0.05)
    }
}

/// A new scene: everybody is in sight until it is said otherwise.
fn forget_sights(mut unseen: ResMut<Unseen>) {
    unseen.0.clear();
}

fn take_sights(
    mut cues: MessageReader<StageCue>,
    mut unseen: ResMut<Unseen>,
    mut people: Query<&mut Presence>,
) {
    for cue in cues.read() {
        let StageCue::Sight { id, is_seen } = cue else {
            continue;
        };
        if *is_seen {
            unseen.0.remove(id);
        } else {
            unseen.0.insert(id.clone());
        }
        for mut person in &mut people {
            if person.id == *id {
                person.is_unseen = !is_seen;
            }
        }
    }
}

/// Keeps the officer's figure where the officer's eyes are, turned to the subject.
fn place_officer(
    standing: Res<Standing>,
    mut officer: Query<(Option<&mut Figure>, &mut Transform), With<OfficerFigure>>,
) {
    let to = standing.subject - standing.officer;
    let yaw = to.x.atan2(to.z);
    for (figure, mut place) in &mut officer {
        match figure {
            Some(mut figure) => {
                if figure.home.distance_squared(standing.officer) > 1e-6 {
                    figure.home = standing.officer;
                }
                if (figure.yaw - yaw).abs() > 1e-3 {
                    figure.yaw = yaw;
                }
            }
            None => {
                place.translation = standing.officer;
                place.rotation = Quat::from_rotation_y(yaw);
            }
        }
    }
}

/// Nobody sees themselves, and nobody sees who is out of sight.
fn show(view: Res<StageView>, mut people: Query<(&Presence, &mut Visibility)>) {
    for (person, mut visibility) in &mut people {
        let is_own = match *view {
            StageView::OfficerEye => person.is_officer,
            StageView::SubjectEye => !person.is_officer && person.role == StageRole::Subject,
            StageView::Plan => false,
        };
        visibility.set_if_neq(if is_own || person.is_unseen {
            Visibility::Hidden
        } else {
            Visibility::Inherited
        });
    }
}
