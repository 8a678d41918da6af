//! Draws only what has changed, on machines that draw in software.
//!
//! The interface is kept in the window camera's own texture, which is not cleared. What is drawn
//! over it in a frame is cut to a few small rectangles that hold every change, while the rest stays. Everything is drawn again after anything
//! that may have lost the texture, and now and then in any case.

use std::time::Duration;

use bevy::camera::ClearColorConfig;
use bevy::prelude::*;
use bevy::render::camera::CameraRenderGraph;
use bevy::render::renderer::RenderAdapterInfo;
use bevy::window::{PrimaryWindow, WindowFocused, WindowOccluded, WindowResized};
use bevy_egui::egui::epaint::{ClippedPrimitive, Mesh, Primitive, Vertex};
use bevy_egui::{EguiPostUpdateSet, EguiRenderOutput, PrimaryEguiContext, egui};

use super::glass::{self, Glass, WindowPasses};
use super::stage::{
    StageClock, StageNews, StageQuality, StageSystems, StageTarget, quality_for_adapter,
};

/// Frames drawn whole after a start or after the window changed: pipelines and pictures of letters
/// are made ready meanwhile.
const WHOLE_AT_FIRST: u32 = 40;
const WHOLE_AFTER_CHANGE: u32 = 5;
/// A frame that comes so soon after another, with nothing new in it, is an echo of it: the window
/// system is asked for a frame and answers with a second. It is not drawn again; should the window have
/// been uncovered just then, the next picture of the stage mends it.
const ECHO: Duration = Duration::from_millis(90);
/// So many frames at most are drawn in part before one is drawn whole.
const PARTS_IN_A_ROW: u32 = 60;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Kept>();
    app.add_plugins(glass::plugin);
    app.add_systems(PostStartup, keep_what_is_drawn);
    app.add_systems(First, wake_window.run_if(|kept: Res<Kept>| kept.is_on));
    app.add_systems(
        PostUpdate,
        spare_what_stays
            .after(EguiPostUpdateSet::ProcessOutput)
            .after(StageSystems::Show)
            .run_if(|kept: Res<Kept>| kept.is_on),
    );
}

/// What the window shows already.
#[derive(Resource, Debug, Default)]
struct Kept {
    is_on: bool,
    shown: Vec<ClippedPrimitive>,
    whole_owed: u32,
    parts: u32,
    /// Whether the last frame was not drawn: a texture that is left alone for long is thrown away.
    was_echo: bool,
    size: UVec2,
    pictures: u64,
    points: f32,
    colour: egui::Color32,
}

fn keep_what_is_drawn(
    adapter: Option<Res<RenderAdapterInfo>>,
    mut kept: ResMut<Kept>,
    mut cameras: Query<(&mut Camera, &mut CameraRenderGraph), With<PrimaryEguiContext>>,
) {
    let in_software = adapter
        .as_deref()
        .is_some_and(|adapter| quality_for_adapter(adapter) == StageQuality::Low);
    if !in_software {
        return;
    }
    for (mut camera, mut passes) in &mut cameras {
        camera.clear_color = ClearColorConfig::None;
        passes.set(WindowPasses);
        kept.is_on = true;
        kept.whole_owed = WHOLE_AT_FIRST;
    }
}

/// Every frame is drawn until it is known to be an echo.
fn wake_window(mut cameras: Query<&mut Camera, With<PrimaryEguiContext>>) {
    for mut camera in &mut cameras {
        if !camera.is_active {
            camera.is_active = true;
        }
    }
}

fn spare_what_stays(
    mut kept: ResMut<Kept>,
    mut glass: ResMut<Glass>,
    mut outputs: Query<
        (&mut EguiRenderOutput, &bevy_egui::EguiOutput, &mut Camera),
        With<PrimaryEguiContext>,
    >,
    time: Res<Time<Real>>,
    window: Option<Single<&Window, With<PrimaryWindow>>>,
    clear: Res<ClearColor>,
    clock: Res<StageClock>,
    target: Option<Res<StageTarget>>,
    news: Option<Res<StageNews>>,
    mut resized: MessageReader<WindowResized>,
    mut focused: MessageReader<WindowFocused>,
    mut occluded: MessageReader<WindowOccluded>,
) {
    let Ok((mut output, told, mut camera)) = outputs.single_mut() else {
        return;
    };
    let size = window.map_or(UVec2::ZERO, |window| window.physical_size());
    let points = told.pixels_per_point;
    let events = resized.read().count() + focused.read().count() + occluded.read().count();
    let moved = size != kept.size || (points - kept.points).abs() > f32::EPSILON;
    let clear = clear.0.to_srgba().to_u8_array_no_alpha();
    let colour = egui::Color32::from_rgb(clear[0], clear[1], clear[2]);
    // New letters come to the renderer a frame or two after they are first asked for.
    let has_new_letters = !output.textures_delta.is_empty();
    if events > 0 || moved || has_new_letters || colour != kept.colour {
        kept.whole_owed = kept.whole_owed.max(WHOLE_AFTER_CHANGE);
    }
    let has_new_picture = clock.pictures != kept.pictures;
    (kept.size, kept.points, kept.pictures) = (size, points, clock.pictures);
    kept.colour = colour;

    let new_part = news.and_then(|news| news.part);
    let image = target.as_ref().map(|target| target.image.id());
    let heals_soon = target.as_ref().is_some_and(|target| target.is_showing);
    let has_new_glass;
    let stage = target.and_then(|target| target.texture);
    if points > 0.0 {
        let stage = (stage, image.unwrap_or_default());
        has_new_glass = glass.set_if_neq(glass::split(&mut output.paint_jobs, stage, points, size));
    } else {
        has_new_glass = true;
    }
    let dirty =
        if kept.whole_owed > 0 || kept.parts >= PARTS_IN_A_ROW || !output.textures_delta.is_empty()
        {
            None
        } else {
            changed(&kept.shown, &output.paint_jobs, |texture| {
                match (texture, stage) {
                    (egui::TextureId::User(_), Some(stage)) if texture == stage => match new_part {
                        _ if !has_new_picture => News::Nothing,
                        Some(part) => News::Part(part),
                        None => News::All,
                    },
                    (egui::TextureId::User(_), _) => News::All,
                    (egui::TextureId::Managed(_), _) => News::Nothing,
                }
            })
        };
    kept.shown.clone_from(&output.paint_jobs);
    let Some(dirty) = dirty else {
        kept.was_echo = false;
        kept.whole_owed = kept.whole_owed.saturating_sub(1);
        kept.parts = 0;
        if points > 0.0 {
            let window = egui::Rect::from_min_size(
                egui::Pos2::ZERO,
                egui::vec2(size.x as f32, size.y as f32) / points,
            );
            let covered = picture_in(&output.paint_jobs, stage, points);
            output.paint_jobs.insert(0, ground(window, covered, colour));
        }
        return;
    };
    kept.parts += 1;
    let is_echo = time.delta() < ECHO && !kept.was_echo;
    kept.was_echo = heals_soon && is_echo && !has_new_picture && !has_new_glass && dirty.is_empty();
    if kept.was_echo {
        camera.is_active = false;
    }
    let whole = std::mem::take(&mut output.paint_jobs);
    for dirty in dirty {
        let dirty = whole_points(dirty, points);
        if !dirty.is_positive() {
            continue;
        }
        let part: Vec<ClippedPrimitive> =
            whole.iter().filter_map(|job| within(job, dirty)).collect();
        let covered = picture_in(&part, stage, points);
        output.paint_jobs.push(ground(dirty, covered, colour));
        output.paint_jobs.extend(part);
    }
}

/// What of a job is drawn in a part of the window.
fn within(job: &ClippedPrimitive, part: egui::Rect) -> Option<ClippedPrimitive> {
    const NEW: u32 = u32::MAX;
    let clip_rect = job.clip_rect.intersect(part);
    if !clip_rect.is_positive() {
        return None;
    }
    let Primitive::Mesh(mesh) = &job.primitive else {
        return Some(ClippedPrimitive {
            clip_rect,
            primitive: job.primitive.clone(),
        });
    };
    let mut numbers = vec![NEW; mesh.vertices.len()];
    let mut cut = Mesh::with_texture(mesh.texture_id);
    for corners in mesh.indices.chunks_exact(3) {
        let mut bounds = egui::Rect::NOTHING;
        for &index in corners {
            if let Some(vertex) = mesh.vertices.get(index as usize) {
                bounds.extend_with(vertex.pos);
            }
        }
        if !bounds.intersects(clip_rect) {
            continue;
        }
        for &index in corners {
            let (Some(vertex), Some(number)) = (
                mesh.vertices.get(index as usize),
                numbers.get_mut(index as usize),
            ) else {
                continue;
            };
            if *number == NEW {
                *number = u32::try_from(cut.vertices.len()).unwrap_or_default();
                cut.vertices.push(*vertex);
            }
            cut.indices.push(*number);
        }
    }
    (!cut.indices.is_empty()).then_some(ClippedPrimitive {
        clip_rect,
        primitive: Primitive::Mesh(cut),
    })
}

/// A few rectangles that hold everything that was added.
#[derive(Debug, Default)]
struct Holding(Vec<egui::Rect>);

impl Holding {
    /// Most rectangles: each has the interface's surfaces drawn again.
    const MOST: usize = 4;

    fn add(&mut self, part: egui::Rect) {
        if !part.is_positive() {
            return;
        }
        let mut part = part;
        // What it touches, or what it makes little larger, it takes in, and so on.
        while let Some(at) = self.0.iter().position(|held| {
            held.intersects(part) || held.union(part).area() < 1.2 * (held.area() + part.area())
        }) {
            part = part.union(self.0.swap_remove(at));
        }
        self.0.push(part);
        if self.0.len() > Self::MOST {
            self.join();
        }
    }

    /// Joins the two that waste least together.
    fn join(&mut self) {
        let mut least = (f32::INFINITY, 0, 0);
        for (one, first) in self.0.iter().enumerate() {
            for (other, second) in self.0.iter().enumerate().skip(one + 1) {
                let waste = first.union(*second).area() - first.area() - second.area();
                if waste < least.0 {
                    least = (waste, one, other);
                }
            }
        }
        if least.1 < least.2 {
            let second = self.0.swap_remove(least.2);
            let first = self.0.swap_remove(least.1);
            self.add(first.union(second));
        }
    }
}

/// What the picture of the stage covers for certain.
fn picture_in(
    jobs: &[ClippedPrimitive],
    stage: Option<egui::TextureId>,
    points: f32,
) -> egui::Rect {
    jobs.iter()
        .find_map(|job| match &job.primitive {
            // The glass may have cut it into several.
            Primitive::Mesh(mesh) if Some(mesh.texture_id) == stage && mesh.vertices.len() == 4 => {
                Some(
                    mesh.calc_bounds()
                        .intersect(job.clip_rect)
                        .shrink(1.0 / points),
                )
            }
            _ => None,
        })
        .unwrap_or(egui::Rect::NOTHING)
}

/// The ground under everything, where it may be seen: what the camera would have cleared.
fn ground(dirty: egui::Rect, covered: egui::Rect, colour: egui::Color32) -> ClippedPrimitive {
    let mut mesh = Mesh::default();
    let mut add = |place: egui::Rect| {
        if place.is_positive() {
            mesh.add_colored_rect(place, colour);
        }
    };
    let hole = dirty.intersect(covered);
    if hole.is_positive() {
        add(egui::Rect::from_min_max(
            dirty.min,
            egui::pos2(dirty.max.x, hole.min.y),
        ));
        add(egui::Rect::from_min_max(
            egui::pos2(dirty.min.x, hole.max.y),
            dirty.max,
        ));
        add(egui::Rect::from_min_max(
            egui::pos2(dirty.min.x, hole.min.y),
            egui::pos2(hole.min.x, hole.max.y),
        ));
        add(egui::Rect::from_min_max(
            egui::pos2(hole.max.x, hole.min.y),
            egui::pos2(dirty.max.x, hole.max.y),
        ));
    } else {
        add(dirty);
    }
    ClippedPrimitive {
        clip_rect: dirty,
        primitive: Primitive::Mesh(mesh),
    }
}

/// The rectangle grown to whole points of the screen.
fn whole_points(dirty: egui::Rect, points: f32) -> egui::Rect {
    if !dirty.is_positive() || points <= 0.0 {
        return egui::Rect::NOTHING;
    }
    egui::Rect::from_min_max(
        ((dirty.min * points).floor() - egui::vec2(1.0, 1.0)) / points,
        ((dirty.max * points).ceil() + egui::vec2(1.0, 1.0)) / points,
    )
}

/// What is new in a picture that has kept its name.
#[derive(Debug, Clone, Copy, PartialEq)]
enum News {
    Nothing,
    /// This part of it, from 0 to 1 across and down.
    Part(Rect),
    All,
}

/// Where a part of its picture is on a surface that shows it upright, whole or in pieces of four
/// corners each.
fn on_surface(mesh: &Mesh, part: Rect) -> impl Iterator<Item = egui::Rect> {
    mesh.vertices.chunks(4).map(move |corners| {
        let (mut place, mut shown) = (egui::Rect::NOTHING, egui::Rect::NOTHING);
        for vertex in corners {
            place.extend_with(vertex.pos);
            shown.extend_with(vertex.uv);
        }
        let across = |at: f32| egui::remap(at, shown.x_range(), place.x_range());
        let down = |at: f32| egui::remap(at, shown.y_range(), place.y_range());
        egui::Rect::from_min_max(
            egui::pos2(across(part.min.x), down(part.min.y)),
            egui::pos2(across(part.max.x), down(part.max.y)),
        )
        .intersect(place)
    })
}

/// A few rectangles that hold every difference between two lists of what is drawn, or nothing where
/// they are too different to say. Pictures may be new under an old name.
fn changed(
    old: &[ClippedPrimitive],
    new: &[ClippedPrimitive],
    news: impl Fn(egui::TextureId) -> News,
) -> Option<Vec<egui::Rect>> {
    if old.len() != new.len() {
        return None;
    }
    let mut dirty = Holding::default();
    for (old, new) in old.iter().zip(new) {
        let (Primitive::Mesh(before), Primitive::Mesh(now)) = (&old.primitive, &new.primitive)
        else {
            return None;
        };
        if before.texture_id != now.texture_id {
            return None;
        }
        let is_clipped_alike = old.clip_rect == new.clip_rect;
        let is_moved = before.calc_bounds() != now.calc_bounds();
        let clip = old.clip_rect.union(new.clip_rect);
        let news = news(now.texture_id);
        let new_part = match news {
            News::Part(part) => part,
            _ => Rect::new(0.0, 0.0, 1.0, 1.0),
        };
        if news == News::Nothing && is_clipped_alike {
            dirty.add(difference(before, now).intersect(clip));
        } else if is_clipped_alike && !is_moved {
            dirty.add(difference(before, now).intersect(clip));
            for place in on_surface(now, new_part) {
                dirty.add(place.intersect(clip));
            }
        } else {
            let both = before.calc_bounds().union(now.calc_bounds());
            dirty.add(both.intersect(clip));
        }
    }
    Some(dirty.0)
}

/// The rectangle that holds every triangle that is not the same in both.
fn difference(before: &Mesh, now: &Mesh) -> egui::Rect {
    let mut dirty = egui::Rect::NOTHING;
    if before.vertices.len() == now.vertices.len() && before.indices == now.indices {
        if before.vertices == now.vertices {
            return dirty;
        }
        for corners in now.indices.chunks_exact(3) {
            let at = |mesh: &Mesh, corner: usize| {
                corners
                    .get(corner)
                    .and_then(|&index| mesh.vertices.get(index as usize).copied())
            };
            let differs = (0..3).any(|corner| at(before, corner) != at(now, corner));
            if differs {
                for vertex in (0..3).flat_map(|corner| [at(before, corner), at(now, corner)]) {
                    dirty.extend_with(vertex.map_or(egui::Pos2::ZERO, |vertex| vertex.pos));
                }
            }
        }
        return dirty;
    }
    let same = |pair: &(&Vertex, &Vertex)| pair.0 == pair.1;
    let head = before
        .vertices
        .iter()
        .zip(&now.vertices)
        .take_while(same)
        .count();
    let shorter = before.vertices.len().min(now.vertices.len());
    let tail = before
        .vertices
        .iter()
        .rev()
        .zip(now.vertices.iter().rev())
        .take_while(same)
        .count()
        .min(shorter - head);
    for mesh in [before, now] {
        let middle = head..mesh.vertices.len() - tail;
        for corners in mesh.indices.chunks_exact(3) {
            if corners
                .iter()
                .any(|&index| middle.contains(&(index as usize)))
            {
                for &index in corners {
                    if let Some(vertex) = mesh.vertices.get(index as usize) {
                        dirty.extend_with(vertex.pos);
                    }
                }
            }
        }
    }
    dirty
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(shapes: Vec<egui::Shape>) -> Vec<ClippedPrimitive> {
        let context = egui::Context::default();
        let screen = egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(400.0, 300.0));
        let shapes = shapes
            .into_iter()
            .map(|shape| egui::epaint::ClippedShape {
                clip_rect: screen,
                shape,
            })
            .collect();
        let _ = context.run_ui(egui::RawInput::default(), |_| {});
        context.tessellate(shapes, 1.0)
    }

    fn block(x: f32, colour: egui::Color32) -> egui::Shape {
        let place = egui::Rect::from_min_size(egui::pos2(x, 20.0), egui::vec2(10.0, 10.0));
        egui::Shape::rect_filled(place, 0.0, colour)
    }

    fn never(_: egui::TextureId) -> News {
        News::Nothing
    }

    fn all(parts: &[egui::Rect]) -> egui::Rect {
        parts
            .iter()
            .fold(egui::Rect::NOTHING, |all, part| all.union(*part))
    }

    #[test]
    fn changes_far_apart_are_held_apart_and_near_ones_together() {
        let corner =
            |x: f32, y: f32| egui::Rect::from_min_size(egui::pos2(x, y), egui::vec2(20.0, 20.0));
        let mut holding = Holding::default();
        for part in [corner(0.0, 0.0), corner(900.0, 600.0), corner(15.0, 5.0)] {
            holding.add(part);
        }
        assert_eq!(holding.0.len(), 2, "{:?}", holding.0);
        for step in 0..30_u8 {
            holding.add(corner(f32::from(step) * 40.0, f32::from(step % 7) * 90.0));
        }
        assert!(holding.0.len() <= Holding::MOST);
        for (at, one) in holding.0.iter().enumerate() {
            let mut others = holding.0.iter().skip(at + 1);
            assert!(others.all(|other| !one.intersects(*other)));
        }
        assert!(all(&holding.0).contains_rect(corner(29.0 * 40.0, 90.0)));
    }

    #[test]
    fn of_a_surface_only_what_lies_in_the_part_is_drawn() {
        let jobs = drawn(vec![
            block(0.0, egui::Color32::RED),
            block(200.0, egui::Color32::RED),
        ]);
        let near = egui::Rect::from_min_max(egui::pos2(0.0, 0.0), egui::pos2(50.0, 50.0));
        let cut = within(&jobs[0], near).unwrap();
        let Primitive::Mesh(mesh) = &cut.primitive else {
            panic!("no mesh");
        };
        assert!(mesh.is_valid() && mesh.calc_bounds().max.x < 20.0);
        let far = egui::Rect::from_min_max(egui::pos2(90.0, 90.0), egui::pos2(99.0, 99.0));
        assert!(within(&jobs[0], far).is_none());
    }

    #[test]
    fn the_same_picture_has_no_change() {
        let shapes = || {
            drawn(vec![
                block(0.0, egui::Color32::RED),
                block(90.0, egui::Color32::RED),
            ])
        };
        let dirty = changed(&shapes(), &shapes(), never).unwrap();
        assert!(dirty.is_empty());
    }

    #[test]
    fn a_change_is_held_by_its_rectangle_and_little_else() {
        let before = drawn(vec![
            block(0.0, egui::Color32::RED),
            block(90.0, egui::Color32::RED),
        ]);
        let after = drawn(vec![
            block(0.0, egui::Color32::RED),
            block(90.0, egui::Color32::BLUE),
        ]);
        let dirty = all(&changed(&before, &after, never).unwrap());
        assert!(dirty.contains_rect(egui::Rect::from_min_size(
            egui::pos2(90.0, 20.0),
            egui::vec2(10.0, 10.0)
        )));
        assert!(dirty.min.x > 80.0, "{dirty:?}");
    }

    #[test]
    fn what_is_added_and_what_goes_is_held_too() {
        let one = drawn(vec![
            block(0.0, egui::Color32::RED),
            block(200.0, egui::Color32::RED),
        ]);
        let two = drawn(vec![
            block(0.0, egui::Color32::RED),
            block(90.0, egui::Color32::BLUE),
            block(200.0, egui::Color32::RED),
        ]);
        for (before, after) in [(&one, &two), (&two, &one)] {
            let dirty = all(&changed(before, after, never).unwrap());
            assert!(dirty.min.x <= 90.0 && dirty.max.x >= 100.0, "{dirty:?}");
            assert!(dirty.min.x > 20.0 && dirty.max.x < 190.0, "{dirty:?}");
        }
    }

    #[test]
    fn the_ground_is_laid_around_the_picture_and_nowhere_twice() {
        let dirty = egui::Rect::from_min_max(egui::pos2(0.0, 0.0), egui::pos2(100.0, 50.0));
        let area = |covered| {
            let Primitive::Mesh(mesh) = ground(dirty, covered, egui::Color32::GRAY).primitive
            else {
                panic!("no mesh");
            };
            mesh.vertices
                .chunks(4)
                .map(|corners| {
                    egui::Rect::from_points(
                        &corners.iter().map(|corner| corner.pos).collect::<Vec<_>>(),
                    )
                    .area()
                })
                .sum::<f32>()
        };
        assert!((area(egui::Rect::NOTHING) - 5000.0).abs() < 0.1);
        let hole = egui::Rect::from_min_max(egui::pos2(10.0, 10.0), egui::pos2(60.0, 90.0));
        assert!((area(hole) - 3000.0).abs() < 0.1);
        assert!(area(dirty).abs() < 0.1);
    }

    #[test]
    fn a_new_picture_under_an_old_name_is_a_change() {
        let place = egui::Rect::from_min_size(egui::pos2(50.0, 60.0), egui::vec2(70.0, 80.0));
        let uv = egui::Rect::from_min_max(egui::pos2(0.0, 0.0), egui::pos2(1.0, 1.0));
        let picture = || {
            drawn(vec![egui::Shape::image(
                egui::TextureId::User(7),
                place,
                uv,
                egui::Color32::WHITE,
            )])
        };
        let dirty = changed(&picture(), &picture(), |texture| {
            if texture == egui::TextureId::User(7) {
                News::All
            } else {
                News::Nothing
            }
        })
        .unwrap();
        assert!(all(&dirty).contains_rect(place));
        assert!(changed(&picture(), &picture(), never).unwrap().is_empty());
        let part = Rect::new(0.5, 0.25, 0.75, 0.5);
        let dirty = all(&changed(&picture(), &picture(), |_| News::Part(part)).unwrap());
        let there = egui::Rect::from_min_max(egui::pos2(85.0, 80.0), egui::pos2(102.5, 100.0));
        assert!(dirty.expand(0.01).contains_rect(there), "{dirty:?}");
        assert!(there.expand(0.01).contains_rect(dirty), "{dirty:?}");
    }
}
