//! Keeps the picture of everything that stands still, for machines that draw in software.
//!
//! While the officer stands and looks, a place does not change from one picture to the next. It is
//! drawn by a camera of its own, colour and depth are kept, and later pictures begin with a copy of
//! them and draw only people, rain and what can be seen through over it. The place is drawn anew
//! when the camera, the place or the image changes.

use bevy::camera::visibility::RenderLayers;
use bevy::camera::{
    Camera3dDepthLoadOp, CameraMainTextureUsages, CameraOutputMode, CameraUpdateSystems,
    NormalizedRenderTarget, RenderTarget,
};
use bevy::core_pipeline::core_3d::main_opaque_pass_3d;
use bevy::core_pipeline::schedule::{Core3d, Core3dSystems};
use bevy::core_pipeline::tonemapping::{DebandDither, Tonemapping};
use bevy::prelude::*;
use bevy::render::RenderApp;
use bevy::render::camera::ExtractedCamera;
use bevy::render::extract_component::{ExtractComponent, ExtractComponentPlugin};
use bevy::render::render_asset::RenderAssets;
use bevy::render::render_resource::{Texture, TextureDescriptor, TextureDimension, TextureUsages};
use bevy::render::renderer::{RenderContext, ViewQuery};
use bevy::render::texture::GpuImage;
use bevy::render::view::{NoIndirectDrawing, ViewDepthTexture, ViewTarget};

use super::StageSystems;
use super::camera::StageCamera;
use super::cast::Figure;
use super::posing::Extent;
use super::quality::StageQuality;
use super::set::{OnStage, Room};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Owed>();
    app.init_resource::<StageNews>();
    app.add_plugins((
        ExtractComponentPlugin::<StillCamera>::default(),
        ExtractComponentPlugin::<MovingCamera>::default(),
    ));
    app.add_systems(
        PostUpdate,
        follow
            .in_set(StageSystems::Show)
            .before(TransformSystems::Propagate)
            .before(CameraUpdateSystems),
    );
    let Some(render) = app.get_sub_app_mut(RenderApp) else {
        return;
    };
    render.init_resource::<Kept>();
    render.add_systems(
        Core3d,
        (
            bring_back
                .in_set(Core3dSystems::MainPass)
                .before(main_opaque_pass_3d),
            (keep, hand_over)
                .after(Core3dSystems::MainPass)
                .before(Core3dSystems::EarlyPostProcess),
        ),
    );
}

/// Pictures of a new place that are drawn whole: surfaces and pipelines come up meanwhile.
const AT_FIRST: u32 = 24;
/// Pictures drawn whole after a change.
const AFTER_CHANGE: u32 = 2;
/// After so many pictures the place is drawn anew in any case, so that no fault stays for long.
const AT_LATEST: u32 = 90;
/// The layer of what moves.
const MOVING: usize = 1;

/// Something that stands still, where that is made use of.
#[derive(Component, Debug, Clone, Copy)]
pub(super) struct Still;

/// The camera that draws what stands still.
#[derive(Component, ExtractComponent, Debug, Clone, Copy)]
struct StillCamera;

/// The camera that draws what moves over it.
#[derive(Component, ExtractComponent, Debug, Clone, Copy)]
struct MovingCamera;

/// The layer of what moves or can be seen through.
pub(super) fn layer_of_moving(quality: StageQuality) -> RenderLayers {
    if is_kept_at(quality) {
        RenderLayers::layer(MOVING)
    } else {
        RenderLayers::default()
    }
}

/// The layers that a light shines on.
pub(super) fn layers_of_light(quality: StageQuality) -> RenderLayers {
    layer_of_moving(quality).with(0)
}

/// Whether what stands still is kept at this quality.
pub(super) const fn is_kept_at(quality: StageQuality) -> bool {
    !matches!(quality, StageQuality::High)
}

/// What both cameras need so that their picture can be copied.
fn copied() -> (Camera3d, CameraMainTextureUsages, NoIndirectDrawing) {
    (
        Camera3d {
            depth_load_op: Camera3dDepthLoadOp::default(),
            depth_texture_usages: (TextureUsages::RENDER_ATTACHMENT
                | TextureUsages::COPY_SRC
                | TextureUsages::COPY_DST)
                .into(),
        },
        CameraMainTextureUsages::default().with(TextureUsages::COPY_DST),
        // A processor gains nothing from lists of what to draw that it has to make first.
        NoIndirectDrawing,
    )
}

/// Lets the stage's camera draw only what moves, over a copy of the rest.
pub(super) fn moving() -> impl Bundle {
    let (camera, usages, directly) = copied();
    (
        MovingCamera,
        RenderLayers::layer(MOVING),
        Camera {
            order: -1,
            clear_color: ClearColorConfig::None,
            output_mode: CameraOutputMode::Skip,
            ..default()
        },
        Camera3d {
            depth_load_op: Camera3dDepthLoadOp::Load,
            ..camera
        },
        usages,
        directly,
    )
}

/// The camera that draws what stands still, on a ground of this colour.
pub(super) fn still(ground: Color, target: RenderTarget) -> impl Bundle {
    (
        Name::new("Stage camera for what stands still"),
        OnStage,
        StillCamera,
        copied(),
        Camera {
            order: -2,
            is_active: false,
            // It writes its picture too: a camera that clears and writes nothing is left out.
            clear_color: ClearColorConfig::Custom(ground),
            ..default()
        },
        target,
        Msaa::Off,
        Tonemapping::None,
        DebandDither::Disabled,
        Transform::default(),
    )
}

/// Something that moves all over the picture, such as rain.
#[derive(Component, Debug, Clone, Copy)]
pub(super) struct Everywhere;

/// Where somebody is, and the box that they fill.
type Posture = (Entity, Vec3, Extent);

/// Whether anybody stands so differently that their shadow would tell.
fn is_shifted(before: &[Posture], now: &[Posture]) -> bool {
    /// Metres that nobody looks for in a shadow.
    const UNSEEN: f32 = 0.06;
    before.len() != now.len()
        || before.iter().zip(now).any(|(before, now)| {
            before.0 != now.0
                || before.1.distance(now.1) > UNSEEN
                || before.2.0.distance(now.2.0) > UNSEEN
                || before.2.1.distance(now.2.1) > UNSEEN
        })
}

/// What part of the stage's last picture differs from the one before.
#[derive(Resource, Debug, Clone, Copy, Default)]
pub struct StageNews {
    /// From 0 to 1 across and down; none for all of it.
    pub part: Option<Rect>,
    people: Option<Rect>,
}

impl StageNews {
    /// A picture with people in another part of it than before.
    fn next(&mut self, people: Option<Rect>, is_whole: bool) {
        /// What smooth scaling spreads beyond an edge.
        const EDGE: f32 = 0.008;
        self.part = match (is_whole, self.people, people) {
            (false, Some(before), Some(now)) => Some(before.union(now).inflate(EDGE)),
            _ => None,
        };
        self.people = people;
    }
}

/// Where a box is in the picture: from 0 to 1 across and down.
pub(super) fn seen_at(clip_from_box: Mat4, (least, greatest): Extent) -> Option<Rect> {
    let mut seen: Option<Rect> = None;
    for corner in 0..8_u8 {
        let pick = |bit: u8, less: f32, more: f32| if corner & bit == 0 { less } else { more };
        let at = Vec3::new(
            pick(1, least.x, greatest.x),
            pick(2, least.y, greatest.y),
            pick(4, least.z, greatest.z),
        );
        let clip = clip_from_box * at.extend(1.0);
        if clip.w < 0.02 {
            return None;
        }
        let at = Vec2::new(0.5 + 0.5 * clip.x / clip.w, 0.5 - 0.5 * clip.y / clip.w);
        seen = Some(seen.map_or(Rect::from_corners(at, at), |seen| seen.union_point(at)));
    }
    seen
}

/// Pictures that are still to be drawn whole.
#[derive(Resource, Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Owed {
    whole: u32,
    since: u32,
}

impl Owed {
    /// Whether this picture is drawn whole.
    fn take(&mut self) -> bool {
        let is_whole = self.whole > 0 || self.since >= AT_LATEST;
        self.whole = self.whole.saturating_sub(1);
        self.since = if is_whole { 0 } else { self.since + 1 };
        is_whole
    }

    fn owe(&mut self, pictures: u32) {
        self.whole = self.whole.max(pictures);
    }
}

/// Keeps the camera of what stands still where the stage's is, and lets it draw when it must.
fn follow(
    mut owed: ResMut<Owed>,
    mut news: ResMut<StageNews>,
    mut shaded: Local<Vec<Posture>>,
    quality: Option<Res<StageQuality>>,
    people: Query<(Entity, &Figure, &Transform, &Visibility), Without<StillCamera>>,
    everywhere: Query<Ref<Visibility>, With<Everywhere>>,
    room: Option<Res<Room>>,
    changed: Query<
        (),
        (
            With<Still>,
            Without<StillCamera>,
            Or<(Changed<Transform>, Changed<Visibility>)>,
        ),
    >,
    moving: Query<
        (&Camera, &Transform, &Projection, &RenderTarget),
        (With<StageCamera>, Without<StillCamera>),
    >,
    mut still: Query<
        (
            &mut Camera,
            &mut Transform,
            &mut Projection,
            &mut RenderTarget,
        ),
        With<StillCamera>,
    >,
) {
    let (Ok((moving, at, through, onto)), Ok((mut camera, mut place, mut lens, mut target))) =
        (moving.single(), still.single_mut())
    else {
        *news = StageNews::default();
        return;
    };
    if room.is_some_and(|room| room.is_changed()) {
        owed.owe(AT_FIRST);
    }
    if place.set_if_neq(*at) || !changed.is_empty() {
        owed.owe(AFTER_CHANGE);
    }
    if let (Projection::Perspective(wanted), Projection::Perspective(now)) = (through, &*lens)
        && ((wanted.fov - now.fov).abs() > 1e-6 || (wanted.near - now.near).abs() > 1e-6)
    {
        *lens = through.clone();
        owed.owe(AFTER_CHANGE);
    }
    if target.as_image() != onto.as_image() {
        *target = onto.clone();
        owed.owe(AT_FIRST);
    }
    // Real shadows of people lie on the place.
    let now: Vec<Posture> = people
        .iter()
        .filter(|(.., visibility)| **visibility != Visibility::Hidden)
        .filter_map(|(entity, figure, place, _)| Some((entity, place.translation, figure.extent?)))
        .collect();
    if quality.is_some_and(|quality| !quality.is_cheap()) && is_shifted(&shaded, &now) {
        owed.owe(1);
    }
    let draws = moving.is_active && owed.take();
    if draws {
        *shaded = now;
    }
    if moving.is_active {
        let clip_from_world = moving.clip_from_view() * at.to_matrix().inverse();
        let mut seen = Some(Rect::EMPTY);
        for (_, figure, place, visibility) in &people {
            if let Some(extent) = figure.extent
                && visibility != Visibility::Hidden
            {
                let now = seen_at(clip_from_world * place.to_matrix(), extent);
                seen = seen.and_then(|seen| now.map(|now| seen.union(now)));
            }
        }
        let is_everywhere = everywhere
            .iter()
            .any(|shown| *shown != Visibility::Hidden || shown.is_changed());
        news.next(seen, draws || is_everywhere);
    }
    if camera.is_active != draws {
        camera.is_active = draws;
    }
}

/// What stands still, as it was last drawn.
#[derive(Resource, Default)]
struct Kept {
    pictures: Option<(Texture, Texture)>,
    /// Whether the camera's own textures hold it already.
    is_fresh: bool,
}

/// Copies colour and depth of what stands still.
fn keep(
    view: ViewQuery<(&ViewTarget, &ViewDepthTexture), With<StillCamera>>,
    mut kept: ResMut<Kept>,
    mut context: RenderContext,
) {
    let (target, depth) = view.into_inner();
    let drawn = [target.main_texture(), &depth.texture];
    let fits = |kept: &Texture, drawn: &Texture| {
        kept.size() == drawn.size() && kept.format() == drawn.format()
    };
    let is_fit = kept
        .pictures
        .as_ref()
        .is_some_and(|(colour, far)| fits(colour, drawn[0]) && fits(far, drawn[1]));
    if !is_fit {
        let [colour, far] = drawn.map(|drawn| {
            context.render_device().create_texture(&TextureDescriptor {
                label: Some("what stands still"),
                size: drawn.size(),
                mip_level_count: 1,
                sample_count: 1,
                dimension: TextureDimension::D2,
                format: drawn.format(),
                usage: TextureUsages::COPY_SRC | TextureUsages::COPY_DST,
                view_formats: &[],
            })
        });
        kept.pictures = Some((colour, far));
    }
    kept.is_fresh = true;
    if let Some((colour, far)) = &kept.pictures {
        copy(&mut context, drawn[0], colour);
        copy(&mut context, drawn[1], far);
    }
}

/// Begins a picture with what stands still.
fn bring_back(
    view: ViewQuery<(&ViewTarget, &ViewDepthTexture), With<MovingCamera>>,
    mut kept: ResMut<Kept>,
    mut context: RenderContext,
) {
    let (target, depth) = view.into_inner();
    if std::mem::take(&mut kept.is_fresh) {
        return;
    }
    if let Some((colour, far)) = &kept.pictures
        && colour.size() == target.main_texture().size()
    {
        copy(&mut context, colour, target.main_texture());
        copy(&mut context, far, &depth.texture);
    }
}

/// Hands the finished picture to the image that the interface shows.
fn hand_over(
    view: ViewQuery<(&ExtractedCamera, &ViewTarget), With<MovingCamera>>,
    images: Res<RenderAssets<GpuImage>>,
    mut context: RenderContext,
) {
    let (camera, target) = view.into_inner();
    let Some(NormalizedRenderTarget::Image(onto)) = &camera.target else {
        return;
    };
    if let Some(image) = images.get(&onto.handle)
        && image.texture.size() == target.main_texture().size()
        && image.texture.format().remove_srgb_suffix()
            == target.main_texture().format().remove_srgb_suffix()
    {
        copy(&mut context, target.main_texture(), &image.texture);
    }
}

fn copy(context: &mut RenderContext, from: &Texture, to: &Texture) {
    context.command_encoder().copy_texture_to_texture(
        from.as_image_copy(),
        to.as_image_copy(),
        from.size(),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_new_holds_where_people_were_and_where_they_are() {
        let part = |left: f32, right: f32| Some(Rect::new(left, 0.1, right, 0.9));
        let mut news = StageNews::default();
        news.next(part(0.3, 0.4), false);
        assert_eq!(news.part, None, "nothing is known of the picture before");
        news.next(part(0.5, 0.6), false);
        let new = news.part.unwrap();
        assert!(
            new.min.x < 0.3 && new.max.x > 0.6 && new.max.x < 0.65,
            "{new:?}"
        );
        news.next(part(0.5, 0.6), true);
        assert_eq!(news.part, None);
        news.next(None, false);
        assert_eq!(news.part, None, "somebody is too near to say");
    }

    #[test]
    fn a_raised_arm_and_a_step_shift_a_shadow_and_a_breath_does_not() {
        let stands = |at: f32, high: f32| {
            let place = Vec3::X * at;
            vec![(
                Entity::PLACEHOLDER,
                place,
                (Vec3::ZERO, Vec3::new(0.3, high, 0.2)),
            )]
        };
        assert!(!is_shifted(&stands(0.0, 1.7), &stands(0.0, 1.71)));
        assert!(is_shifted(&stands(0.0, 1.7), &stands(0.0, 1.9)));
        assert!(is_shifted(&stands(0.0, 1.7), &stands(0.2, 1.7)));
        assert!(is_shifted(&[], &stands(0.0, 1.7)));
    }

    #[test]
    fn a_box_is_seen_where_the_camera_sees_it() {
        let clip_from_view = Mat4::perspective_infinite_reverse_rh(0.5, 1.0, 0.1);
        let ahead = Mat4::from_translation(Vec3::NEG_Z * 4.0);
        let cube = |at: f32| {
            (
                Vec3::new(at - 0.1, -0.1, -0.1),
                Vec3::new(at + 0.1, 0.1, 0.1),
            )
        };
        let middle = seen_at(clip_from_view * ahead, cube(0.0)).unwrap();
        assert!(middle.center().distance(Vec2::splat(0.5)) < 1e-4);
        assert!((0.08..0.13).contains(&middle.width()), "{middle:?}");
        let right = seen_at(clip_from_view * ahead, cube(0.5)).unwrap();
        assert!(right.min.x > 0.6);
        assert_eq!(seen_at(clip_from_view, cube(0.0)), None, "around the eye");
    }

    #[test]
    fn a_change_is_drawn_and_then_the_copy_serves() {
        let mut owed = Owed::default();
        assert!(!owed.take());
        owed.owe(AFTER_CHANGE);
        assert!(owed.take() && owed.take());
        let pictures: Vec<bool> = (0..200).map(|_| owed.take()).collect();
        assert!(!pictures[0]);
        assert_eq!(pictures.iter().filter(|is_whole| **is_whole).count(), 2);
    }
}
