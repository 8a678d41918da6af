//! The place: loaded from a model, lit for its time and weather, and measured so that people
//! stand within its walls.

use std::time::Instant;

use bevy::asset::LoadState;
use bevy::gltf::{Gltf, GltfLoaderSettings, GltfMaterial};
use bevy::light::NotShadowCaster;
use bevy::prelude::*;

use super::camera::Standing;
use super::cast::{Called, Presence};
use super::light::{Fitting, Light, colour};
use super::physique::{ModelShelf, Surface};
use super::plain::PlainMaterial;
use super::quality::{StageClock, StageQuality};
use super::sky;
use super::still::{Still, layer_of_moving, layers_of_light};
use super::stock::Stock;
use super::{StageFault, StageRole, StageSetting, StageSystems};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        (
            strike.run_if(resource_removed::<StageSetting>),
            begin.run_if(
                resource_exists::<StageQuality>.and_then(
                    resource_exists_and_changed::<StageSetting>
                        .or_else(resource_exists_and_changed::<StageQuality>),
                ),
            ),
            build.run_if(resource_exists::<PlaceLoading>),
        )
            .chain()
            .in_set(StageSystems::Build),
    );
    app.add_systems(
        Update,
        (
            tell_when_up.run_if(resource_exists::<Scene>),
            swing.run_if(resource_exists::<Room>),
        )
            .in_set(StageSystems::Show),
    );
}

/// Everything that goes when the scene changes.
#[derive(Component, Debug, Clone, Copy)]
pub(super) struct OnStage;

/// A leaf of the door behind which the person may be. A place has one that turns on its hinge, or
/// one that is shut and one ajar.
#[derive(Component, Debug, Clone, Copy, PartialEq)]
enum Leaf {
    /// Turns: shut without rotation while the person is out of sight, else as the model has it.
    Hinged(Quat),
    /// Seen while the person is out of sight.
    Shut,
    /// Seen while they are in sight.
    Ajar,
}

impl Leaf {
    /// By the name of a surface.
    fn of(surface: &Surface) -> Option<Self> {
        match surface.name.as_str() {
            "door" => Some(Self::Hinged(surface.transform.rotation)),
            name if name.starts_with("shut") => Some(Self::Shut),
            name if name.starts_with("ajar") => Some(Self::Ajar),
            _ => None,
        }
    }
}

/// Whether a surface is the leaf of a door at which the subject stands.
fn is_door_at(surface: &Surface, subject: Vec3) -> bool {
    /// How far a hinge is from who stands at its door, metres.
    const AT_DOOR: f32 = 1.3;
    match Leaf::of(surface) {
        Some(Leaf::Hinged(_)) => {
            let hinge = surface.transform.translation.with_y(0.0);
            hinge.distance(subject) < AT_DOOR
        }
        leaf => leaf.is_some(),
    }
}

/// Shuts the door on whoever is out of sight.
fn swing(
    people: Query<&Presence>,
    mut leaves: Query<(&Leaf, &mut Transform, &mut Visibility)>,
    mut clock: ResMut<StageClock>,
) {
    let is_unseen = people
        .iter()
        .any(|person| person.role == StageRole::Subject && person.is_unseen);
    for (leaf, mut place, mut visibility) in &mut leaves {
        if let Leaf::Hinged(ajar) = leaf {
            let rotation = if is_unseen { Quat::IDENTITY } else { *ajar };
            if place.rotation != rotation {
                place.rotation = rotation;
                clock.owed = clock.owed.max(2);
            }
            continue;
        }
        visibility.set_if_neq(if (*leaf == Leaf::Shut) == is_unseen {
            Visibility::Inherited
        } else {
            Visibility::Hidden
        });
    }
}

/// The place's model on its way.
#[derive(Resource, Debug)]
struct PlaceLoading {
    model: Handle<Gltf>,
    path: String,
}

/// When the scene was asked for, until it is up.
#[derive(Resource, Debug)]
pub(super) struct Scene {
    since: Instant,
    is_up: bool,
}

/// Says once how long the scene took, for whoever measures it.
fn tell_when_up(
    mut scene: ResMut<Scene>,
    room: Option<Res<Room>>,
    coming: Query<(), With<Called>>,
    clock: Res<StageClock>,
    setting: Option<Res<StageSetting>>,
) {
    // The first picture with everybody in it is drawn in the frame after they have come.
    if !scene.is_up && room.is_some() && coming.is_empty() && clock.pictures > 2 {
        scene.is_up = true;
        if let Some(setting) = setting {
            let secs = scene.since.elapsed().as_secs_f32();
            info!("scene {} is up after {secs:.2} s", setting.place);
        }
    }
}

/// The place once it stands.
#[derive(Resource, Debug)]
pub(super) struct Room {
    /// Its light.
    pub(super) light: Light,
    /// How far the officer can be from where the subject begins, metres.
    pub(super) ahead: f32,
    /// Where the place marks spots for people, by name.
    pub(super) marks: Vec<(String, Vec3)>,
    /// Where the subject stands: in the middle, unless the place marks a spot.
    pub(super) subject: Vec3,
    /// Whether that is at a door.
    pub(super) is_at_door: bool,
    walls: Vec<[Vec3; 3]>,
}

impl Room {
    /// Nothing but light.
    #[cfg(test)]
    pub(super) fn bare(light: Light) -> Self {
        Self {
            light,
            ahead: 12.0,
            marks: Vec::new(),
            subject: Vec3::ZERO,
            is_at_door: false,
            walls: Vec::new(),
        }
    }

    /// Every triangle that people could stand behind.
    pub(super) fn walls(&self) -> &[[Vec3; 3]] {
        &self.walls
    }

    /// How far one can go from `from` along `way` (a direction on the ground) before a wall, up
    /// to `most` metres.
    pub(super) fn clear(&self, from: Vec3, way: Vec3, most: f32) -> f32 {
        let Some(way) = Vec3::new(way.x, 0.0, way.z).try_normalize() else {
            return 0.0;
        };
        [0.25, 0.6, 1.03, 1.31, 1.6]
            .into_iter()
            .flat_map(|height| {
                let from = from + Vec3::Y * height;
                self.walls
                    .iter()
                    .filter_map(move |wall| hit(from, way, wall))
            })
            .fold(most + 0.35, f32::min)
            - 0.35
    }
}

/// Distance at which a ray meets a triangle.
fn hit(from: Vec3, way: Vec3, [a, b, c]: &[Vec3; 3]) -> Option<f32> {
    let (ab, ac) = (*b - *a, *c - *a);
    let across = way.cross(ac);
    let det = ab.dot(across);
    if det.abs() < 1e-7 {
        return None;
    }
    let to = from - *a;
    let u = to.dot(across) / det;
    let around = to.cross(ab);
    let v = way.dot(around) / det;
    let far = ac.dot(around) / det;
    (u >= 0.0 && v >= 0.0 && u + v <= 1.0 && far > 0.02).then_some(far)
}

/// Removes everything.
fn strike(
    mut commands: Commands,
    things: Query<Entity, With<OnStage>>,
    mut standing: ResMut<Standing>,
) {
    clear(&mut commands, &things);
    standing.refresh();
}

fn clear(commands: &mut Commands, things: &Query<Entity, With<OnStage>>) {
    for thing in things {
        commands.entity(thing).despawn();
    }
    commands.remove_resource::<PlaceLoading>();
    commands.remove_resource::<Room>();
}

fn begin(
    mut commands: Commands,
    setting: Option<Res<StageSetting>>,
    server: Res<AssetServer>,
    things: Query<Entity, With<OnStage>>,
    mut standing: ResMut<Standing>,
    mut clock: ResMut<StageClock>,
) {
    clear(&mut commands, &things);
    let Some(setting) = setting else { return };
    if setting.is_changed() {
        standing.refresh();
        clock.pictures = 0;
        commands.insert_resource(Scene {
            since: Instant::now(),
            is_up: false,
        });
    }
    let path = format!("places/{}.glb", setting.place);
    let model = server
        .load_builder()
        .with_settings(|settings: &mut GltfLoaderSettings| {
            settings.load_cameras = false;
            settings.load_lights = false;
            settings.load_animations = false;
        })
        .load(path.clone());
    commands.insert_resource(PlaceLoading { model, path });
}

fn build(
    mut commands: Commands,
    loading: Res<PlaceLoading>,
    setting: Res<StageSetting>,
    quality: Res<StageQuality>,
    server: Res<AssetServer>,
    models: Res<Assets<Gltf>>,
    shelf: ModelShelf,
    stock: Res<Stock>,
    mut plain: ResMut<Assets<PlainMaterial>>,
    mut standard: ResMut<Assets<StandardMaterial>>,
    mut images: ResMut<Assets<Image>>,
    mut faults: MessageWriter<StageFault>,
    mut clock: ResMut<StageClock>,
) {
    let surfaces = match (
        server.load_state(&loading.model),
        models.get(&loading.model),
    ) {
        (LoadState::Failed(reason), _) => {
            warn!("{}: {reason}", loading.path);
            faults.write(StageFault(format!(
                "The place `{}` could not be shown; a bare floor stands in for it. \
                 Check assets/{}.",
                setting.place, loading.path
            )));
            Vec::new()
        }
        (_, Some(model)) => shelf.surfaces(model),
        _ => return,
    };
    let marks = models
        .get(&loading.model)
        .map(|model| shelf.marks(model))
        .unwrap_or_default();
    let mut lamps: Vec<Fitting> = marks
        .iter()
        .filter(|(name, _)| name.starts_with("lamp") || name.starts_with("light"))
        .map(|(_, at)| Fitting {
            at: *at,
            is_white: false,
        })
        .collect();
    let has_marks = !lamps.is_empty();
    let mut walls = Vec::new();
    for surface in &surfaces {
        let triangles = shelf.triangles(surface);
        if !has_marks && is_lamp(&surface.name) {
            let is_white = surface.name.contains("tube");
            lamps.extend(
                clusters(&triangles)
                    .into_iter()
                    .map(|at| Fitting { at, is_white }),
            );
        }
        // A door that is shut only at times is no wall.
        if Leaf::of(surface) != Some(Leaf::Shut) {
            walls.extend(triangles);
        }
    }
    let light = Light::new(setting.time, setting.weather, &lamps);
    let subject = marks
        .iter()
        .find(|(name, _)| name == "subject")
        .map_or(Vec3::ZERO, |(_, at)| at.with_y(0.0));
    let mut room = Room {
        light,
        ahead: 12.0,
        marks,
        subject,
        is_at_door: surfaces.iter().any(|surface| is_door_at(surface, subject)),
        walls,
    };
    room.ahead = room.clear(Vec3::Z * 0.3, Vec3::Z, 12.0) + 0.3;
    let light = &room.light;
    let mut place = commands.spawn((
        Name::new(format!("Place {}", setting.place)),
        OnStage,
        Transform::default(),
        Visibility::default(),
    ));
    place.with_children(|place| {
        for surface in &surfaces {
            let mut thing = place.spawn((
                Name::new(surface.name.clone()),
                Mesh3d(surface.mesh.clone()),
                surface.transform,
            ));
            let is_cheap = quality.is_cheap();
            if surface.material.alpha_mode == AlphaMode::Blend {
                thing.insert(layer_of_moving(*quality));
            } else {
                thing.insert(Still);
            }
            if surface.name == "sky" {
                let picture = images.add(sky::paint(light));
                if is_cheap {
                    let material = PlainMaterial::backcloth(picture, light);
                    thing.insert(MeshMaterial3d(plain.add(material)));
                } else {
                    thing.insert(MeshMaterial3d(standard.add(backcloth(picture))));
                }
                thing.insert(NotShadowCaster);
                continue;
            }
            let material = by_the_hour(&surface.name, &surface.material, light);
            let glow = glow(&surface.name, light);
            if is_cheap {
                let mut material = PlainMaterial::new(&material, light, glow);
                if !surface.material.unlit
                    && let Some(finer) = shelf.finer(surface)
                {
                    let mesh = shelf.blank_mesh();
                    let id = mesh.id();
                    thing.insert(Mesh3d(mesh));
                    thing.commands_mut().queue(move |world: &mut World| {
                        if world
                            .resource_mut::<Assets<Mesh>>()
                            .insert(id, finer)
                            .is_err()
                        {
                            debug!("a surface went away while it was brought up");
                        }
                    });
                    material = material.smooth();
                }
                thing.insert(MeshMaterial3d(plain.add(material)));
            } else {
                thing.insert(MeshMaterial3d(standard.add(real(&material, glow))));
            }
            if let Some(leaf) = Leaf::of(surface) {
                thing.insert(leaf);
            }
            if is_overhead(surface) {
                thing.insert(NotShadowCaster);
            }
        }
        if surfaces.is_empty() {
            let floor = GltfMaterial {
                base_color: Color::linear_rgb(0.25, 0.25, 0.26),
                ..default()
            };
            let mut thing = place.spawn((
                Name::new("Bare floor"),
                Mesh3d(stock.floor.clone()),
                Transform::default(),
            ));
            if quality.is_cheap() {
                thing.insert(MeshMaterial3d(
                    plain.add(PlainMaterial::new(&floor, light, 0.0)),
                ));
            } else {
                thing.insert(MeshMaterial3d(standard.add(real(&floor, 0.0))));
            }
        }
    });
    if !quality.is_cheap() {
        hang_lights(&mut commands, light, *quality);
    }
    commands.insert_resource(room);
    commands.remove_resource::<PlaceLoading>();
    // What is seen begins now, and not with the scene before.
    clock.pictures = 0;
    clock.owed = 6;
}

/// Bevy's own lights for a light; the numbers match the cheap material at Bevy's usual exposure.
fn hang_lights(commands: &mut Commands, light: &Light, quality: StageQuality) {
    /// Brightness at which a white wall is fully lit at the usual exposure.
    const WHITE: f32 = 998.0;
    let around = (light.sky + light.ground) * 0.5;
    commands.insert_resource(GlobalAmbientLight {
        color: colour(around / around.max_element().max(1e-4)),
        brightness: around.max_element() * WHITE,
        ..default()
    });
    let strength = light.key.max_element();
    commands.spawn((
        Name::new("Far light"),
        OnStage,
        DirectionalLight {
            color: colour(light.key / strength.max(1e-4)),
            illuminance: strength * WHITE * std::f32::consts::PI,
            shadow_maps_enabled: quality == StageQuality::High || light.lamps.is_empty(),
            ..default()
        },
        layers_of_light(quality),
        Transform::from_translation(light.key_from).looking_at(Vec3::ZERO, Vec3::Y),
    ));
    for (index, lamp) in light.lamps.iter().enumerate() {
        let strength = lamp.strength.max_element();
        commands.spawn((
            Name::new(format!("Lamp {index}")),
            OnStage,
            PointLight {
                color: colour(lamp.strength / strength.max(1e-4)),
                intensity: strength
                    * WHITE
                    * 4.0
                    * std::f32::consts::PI.powi(2)
                    * lamp.reach.powi(2),
                range: lamp.reach * 5.0,
                shadow_maps_enabled: index == 0,
                ..default()
            },
            layers_of_light(quality),
            Transform::from_translation(lamp.at),
        ));
    }
}

/// A model's material as Bevy's own.
pub(super) fn real(material: &GltfMaterial, glow: f32) -> StandardMaterial {
    StandardMaterial {
        base_color: material.base_color,
        base_color_texture: material.base_color_texture.clone(),
        emissive: material.emissive * glow,
        emissive_texture: material.emissive_texture.clone(),
        perceptual_roughness: material.perceptual_roughness,
        metallic: material.metallic,
        metallic_roughness_texture: material.metallic_roughness_texture.clone(),
        reflectance: material.reflectance,
        normal_map_texture: material.normal_map_texture.clone(),
        occlusion_texture: material.occlusion_texture.clone(),
        double_sided: material.double_sided,
        cull_mode: material.cull_mode,
        unlit: material.unlit,
        alpha_mode: material.alpha_mode,
        uv_transform: material.uv_transform,
        ..default()
    }
}

/// A picture that is seen as it is, without light or fog.
fn backcloth(picture: Handle<Image>) -> StandardMaterial {
    StandardMaterial {
        base_color_texture: Some(picture),
        unlit: true,
        fog_enabled: false,
        double_sided: true,
        cull_mode: None,
        ..default()
    }
}

/// A material as it is at this hour: the view from a window takes the colour of the day, and a
/// far town has walls by day and lit windows by night.
fn by_the_hour(name: &str, material: &GltfMaterial, light: &Light) -> GltfMaterial {
    let mut material = material.clone();
    if is_outlook(name) {
        let seen = material.emissive.to_vec3() * light.daylight;
        material.emissive = LinearRgba::rgb(seen.x, seen.y, seen.z);
    } else if is_far_town(name) && light.glow < 0.6 {
        material.base_color = Color::linear_rgb(0.19, 0.165, 0.15);
        material.base_color_texture = None;
        material.emissive = LinearRgba::BLACK;
        material.emissive_texture = None;
    }
    material
}

/// How strongly a surface's own light shows: what is outside as it is, lamps and windows by the
/// hour.
fn glow(name: &str, light: &Light) -> f32 {
    if is_outlook(name) || is_far_town(name) {
        1.0
    } else {
        light.glow
    }
}

fn is_outlook(name: &str) -> bool {
    ["daylight", "outside"]
        .iter()
        .any(|part| name.contains(part))
}

fn is_far_town(name: &str) -> bool {
    ["town", "city"].iter().any(|part| name.contains(part))
}

fn is_lamp(name: &str) -> bool {
    let name = name.to_lowercase();
    ["lantern", "lamp", "tube", "bulb"]
        .iter()
        .any(|part| name.contains(part))
}

fn is_overhead(surface: &Surface) -> bool {
    let name = surface.name.to_lowercase();
    ["ceiling", "roof", "shade", "overhead", "canopy"]
        .iter()
        .any(|part| name.contains(part))
}

/// The middles of things that one mesh holds apart from each other.
fn clusters(triangles: &[[Vec3; 3]]) -> Vec<Vec3> {
    let mut found: Vec<(Vec3, f32)> = Vec::new();
    for corner in triangles.iter().flatten() {
        match found.iter_mut().find(|(at, _)| at.distance(*corner) < 1.5) {
            Some((at, count)) => {
                *at = (*at * *count + *corner) / (*count + 1.0);
                *count += 1.0;
            }
            None => found.push((*corner, 1.0)),
        }
    }
    found
        .into_iter()
        .map(|(at, _)| at - Vec3::Y * 0.1)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{TimeOfDay, Weather};

    #[test]
    fn people_stop_before_a_wall() {
        let room = Room {
            light: Light::new(TimeOfDay::Day, Weather::Clear, &[]),
            ahead: 9.0,
            marks: Vec::new(),
            subject: Vec3::ZERO,
            is_at_door: false,
            walls: vec![[
                Vec3::new(-5.0, 0.0, -2.0),
                Vec3::new(5.0, 0.0, -2.0),
                Vec3::new(0.0, 9.0, -2.0),
            ]],
        };
        let behind = room.clear(Vec3::ZERO, Vec3::NEG_Z, 5.0);
        assert!((behind - 1.65).abs() < 1e-4, "{behind}");
        assert!((room.clear(Vec3::ZERO, Vec3::Z, 5.0) - 5.0).abs() < 1e-4);
    }

    #[test]
    fn lamps_in_one_mesh_are_told_apart() {
        let lamp = |x: f32| {
            [
                Vec3::new(x, 4.0, 0.0),
                Vec3::new(x + 0.2, 4.0, 0.0),
                Vec3::new(x, 4.2, 0.0),
            ]
        };
        assert_eq!(clusters(&[lamp(-6.0), lamp(0.0), lamp(6.0)]).len(), 3);
    }
}
