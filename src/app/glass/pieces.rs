//! Which part of the window shows the stage, and which the interface.

use bevy::asset::AssetId;
use bevy::image::Image;
use bevy::prelude::*;
use bevy::render::extract_resource::ExtractResource;
use bevy_egui::egui;
use bevy_egui::egui::epaint::{ClippedPrimitive, Mesh, Primitive};

/// Side of the squares in which it is found out what lies over the stage, points of the screen.
const SQUARE: u32 = 16;

/// What the window is made of in this frame.
#[derive(Resource, ExtractResource, Debug, Clone, Default, PartialEq)]
pub(in crate::app) struct Glass {
    /// The stage's image; none while the interface covers the whole window.
    pub(super) stage: Option<AssetId<Image>>,
    /// The window's size in points of the screen.
    pub(super) size: UVec2,
    /// Where the stage is seen.
    pub(super) seen: Vec<Seen>,
    /// Where the interface is seen.
    pub(super) interface: Vec<URect>,
}

/// A part of the window where the stage's picture is seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Seen {
    /// Where, in points of the screen.
    pub(super) place: URect,
    /// What of the picture, from 0 to 1 across and down.
    pub(super) part: Rect,
}

/// Takes the stage's picture out of what the interface draws, but where something lies over it, and
/// says what the window is made of then.
pub(in crate::app) fn split(
    jobs: &mut [ClippedPrimitive],
    stage: (Option<egui::TextureId>, AssetId<Image>),
    points: f32,
    size: UVec2,
) -> Glass {
    let whole = Glass {
        size,
        interface: vec![URect::from_corners(UVec2::ZERO, size)],
        ..Glass::default()
    };
    let (Some(texture), image) = stage else {
        return whole;
    };
    let found = jobs.iter().position(|job| match &job.primitive {
        Primitive::Mesh(mesh) => mesh.texture_id == texture,
        Primitive::Callback(_) => false,
    });
    let Some((picture, over)) = found.and_then(|at| jobs[at..].split_first_mut()) else {
        return whole;
    };
    let Primitive::Mesh(mesh) = &mut picture.primitive else {
        return whole;
    };
    let exact = mesh.calc_bounds().intersect(picture.clip_rect);
    let place = inner(exact * points).intersect(URect::from_corners(UVec2::ZERO, size));
    if place.width() < SQUARE || place.height() < SQUARE {
        return whole;
    }
    let shown = Shown::of(mesh);
    let mut squares = Squares::new(place);
    for job in over.iter() {
        squares.cover(job, points);
    }
    // Half a point at the edge is the interface's.
    let rim = around(exact * points, outer(place));
    let kept: Vec<egui::Rect> = squares
        .rects(|square| square == Square::Seen)
        .into_iter()
        .map(outer)
        .chain(rim)
        .map(|rect| rect / points)
        .collect();
    *mesh = shown.cut(mesh, &kept);
    let seen = squares
        .rects(|square| square == Square::Free)
        .into_iter()
        .map(|place| Seen {
            place,
            part: shown.part(outer(place) / points),
        })
        .collect();
    let mut interface = squares.rects(|square| square != Square::Free);
    interface.extend(
        around(
            egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(size.x as f32, size.y as f32)),
            outer(place),
        )
        .into_iter()
        .map(inner),
    );
    Glass {
        stage: Some(image),
        size,
        seen,
        interface,
    }
}

/// The whole points of the screen within a rectangle.
fn inner(rect: egui::Rect) -> URect {
    let whole = |at: egui::Pos2, up: bool| {
        // A hundredth of a point is a slip of the arithmetic.
        let snap = |at: f32| {
            if (at - at.round()).abs() < 0.01 {
                at.round()
            } else if up {
                at.ceil()
            } else {
                at.floor()
            }
        };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "windows are small and positive"
        )]
        let point = UVec2::new(snap(at.x).max(0.0) as u32, snap(at.y).max(0.0) as u32);
        point
    };
    let (min, max) = (whole(rect.min, true), whole(rect.max, false));
    URect {
        min,
        max: max.max(min),
    }
}

fn outer(place: URect) -> egui::Rect {
    egui::Rect::from_min_max(
        egui::pos2(place.min.x as f32, place.min.y as f32),
        egui::pos2(place.max.x as f32, place.max.y as f32),
    )
}

/// What is left of a rectangle around a hole in it.
fn around(rect: egui::Rect, hole: egui::Rect) -> Vec<egui::Rect> {
    let hole = hole.intersect(rect);
    let part = |left: f32, top: f32, right: f32, bottom: f32| {
        egui::Rect::from_min_max(egui::pos2(left, top), egui::pos2(right, bottom))
    };
    [
        part(rect.min.x, rect.min.y, rect.max.x, hole.min.y),
        part(rect.min.x, hole.max.y, rect.max.x, rect.max.y),
        part(rect.min.x, hole.min.y, hole.min.x, hole.max.y),
        part(hole.max.x, hole.min.y, rect.max.x, hole.max.y),
    ]
    .into_iter()
    .filter(|part| part.width() > 0.01 && part.height() > 0.01)
    .collect()
}

/// How a picture lies on an upright surface.
struct Shown {
    place: egui::Rect,
    part: egui::Rect,
}

impl Shown {
    fn of(mesh: &Mesh) -> Self {
        let mut part = egui::Rect::NOTHING;
        for vertex in &mesh.vertices {
            part.extend_with(vertex.uv);
        }
        Self {
            place: mesh.calc_bounds(),
            part,
        }
    }

    fn point(&self, at: egui::Pos2) -> egui::Pos2 {
        egui::pos2(
            egui::remap(at.x, self.place.x_range(), self.part.x_range()),
            egui::remap(at.y, self.place.y_range(), self.part.y_range()),
        )
    }

    fn part(&self, place: egui::Rect) -> Rect {
        let (min, max) = (self.point(place.min), self.point(place.max));
        Rect::new(min.x, min.y, max.x, max.y)
    }

    /// The surface again, but only these parts of it.
    fn cut(&self, mesh: &Mesh, kept: &[egui::Rect]) -> Mesh {
        let colour = mesh
            .vertices
            .first()
            .map_or(egui::Color32::WHITE, |vertex| vertex.color);
        let mut cut = Mesh::with_texture(mesh.texture_id);
        for place in kept {
            let part = egui::Rect::from_min_max(self.point(place.min), self.point(place.max));
            cut.add_rect_with_uv(*place, part, colour);
        }
        cut
    }
}

/// What is seen in a small square of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Square {
    /// The stage, and nothing over it.
    Free,
    /// The stage, and something over it.
    Seen,
    /// Not the stage.
    Hidden,
}

/// The stage's place in small squares.
struct Squares {
    place: URect,
    columns: u32,
    rows: u32,
    squares: Vec<Square>,
}

impl Squares {
    fn new(place: URect) -> Self {
        let columns = place.width().div_ceil(SQUARE);
        let rows = place.height().div_ceil(SQUARE);
        Self {
            place,
            columns,
            rows,
            squares: vec![Square::Free; (columns * rows) as usize],
        }
    }

    /// Marks what something drawn later covers.
    fn cover(&mut self, job: &ClippedPrimitive, points: f32) {
        let clip = job.clip_rect * points;
        let seen = clip.intersect(outer(self.place));
        if !seen.is_positive() {
            return;
        }
        let Primitive::Mesh(mesh) = &job.primitive else {
            self.mark(seen, Square::Seen);
            return;
        };
        let mut before: Option<[u32; 3]> = None;
        for corners in mesh.indices.chunks_exact(3) {
            let [a, b, c] = [corners[0], corners[1], corners[2]];
            let at = |index: u32| {
                mesh.vertices
                    .get(index as usize)
                    .copied()
                    .unwrap_or_default()
            };
            let triangle = [at(a), at(b), at(c)];
            let mut bounds = egui::Rect::NOTHING;
            for vertex in &triangle {
                bounds.extend_with(vertex.pos);
            }
            let bounds = bounds * points;
            let last = before.replace([a, b, c]);
            if triangle.iter().all(|vertex| vertex.color.a() == 0) || !bounds.intersects(seen) {
                continue;
            }
            self.mark(bounds.expand(1.0).intersect(seen), Square::Seen);
            if let Some(last) = last
                && let Some(solid) = solid(mesh, last, [a, b, c])
            {
                self.mark((solid * points).intersect(seen), Square::Hidden);
            }
        }
    }

    /// Marks every square that a rectangle touches, or, to hide it, holds.
    fn mark(&mut self, rect: egui::Rect, square: Square) {
        if rect.width() <= 0.0 || rect.height() <= 0.0 {
            return;
        }
        let side = SQUARE as f32;
        let origin = outer(self.place).min.to_vec2();
        let local = rect.translate(-origin);
        let end = |at: f32, full: u32| {
            // The last squares may be cut short.
            if square == Square::Hidden && at + 0.01 < full as f32 {
                (at / side).floor()
            } else {
                (at / side).ceil()
            }
        };
        let begin = |at: f32| {
            if square == Square::Hidden {
                (at / side).ceil()
            } else {
                (at / side).floor()
            }
        };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "windows are small, and what is negative is cut off"
        )]
        let range = |from: f32, to: f32, most: u32| {
            (from.max(0.0) as u32).min(most)..(to.max(0.0) as u32).min(most)
        };
        let across = range(
            begin(local.min.x),
            end(local.max.x, self.place.width()),
            self.columns,
        );
        let down = range(
            begin(local.min.y),
            end(local.max.y, self.place.height()),
            self.rows,
        );
        for row in down {
            for column in across.clone() {
                if let Some(known) = self.squares.get_mut((row * self.columns + column) as usize)
                    && *known != Square::Hidden
                {
                    *known = square;
                }
            }
        }
    }

    /// The squares of a kind, put together to few rectangles.
    fn rects(&self, is_wanted: impl Fn(Square) -> bool) -> Vec<URect> {
        let mut done: Vec<URect> = Vec::new();
        let mut open: Vec<(u32, u32, u32)> = Vec::new();
        for row in 0..=self.rows {
            let runs = self.runs(row, &is_wanted);
            let mut still_open = Vec::new();
            for (from, to, since) in open {
                if runs.contains(&(from, to)) {
                    still_open.push((from, to, since));
                } else {
                    done.push(self.rect(from, to, since, row));
                }
            }
            for (from, to) in runs {
                if !still_open.iter().any(|run| (run.0, run.1) == (from, to)) {
                    still_open.push((from, to, row));
                }
            }
            open = still_open;
        }
        done
    }

    fn runs(&self, row: u32, is_wanted: impl Fn(Square) -> bool) -> Vec<(u32, u32)> {
        let mut runs: Vec<(u32, u32)> = Vec::new();
        if row >= self.rows {
            return runs;
        }
        let first = (row * self.columns) as usize;
        let squares = &self.squares[first..first + self.columns as usize];
        for (column, square) in (0..).zip(squares) {
            if !is_wanted(*square) {
                continue;
            }
            match runs.last_mut() {
                Some(run) if run.1 == column => run.1 = column + 1,
                _ => runs.push((column, column + 1)),
            }
        }
        runs
    }

    fn rect(&self, left: u32, right: u32, top: u32, bottom: u32) -> URect {
        let at = |column: u32, row: u32| {
            (self.place.min + UVec2::new(column, row) * SQUARE).min(self.place.max)
        };
        URect {
            min: at(left, top),
            max: at(right, bottom),
        }
    }
}

/// The upright rectangle that two triangles fill so that nothing shows through, if they do.
fn solid(mesh: &Mesh, one: [u32; 3], other: [u32; 3]) -> Option<egui::Rect> {
    let corner = |index: &u32| mesh.vertices.get(*index as usize);
    let first = corner(&one[0])?;
    let mut bounds = egui::Rect::NOTHING;
    let mut corners: Vec<u32> = Vec::with_capacity(4);
    for index in one.iter().chain(&other) {
        let vertex = corner(index)?;
        // One colour without holes: what has a picture of its own may have some.
        if vertex.color.a() != 255 || vertex.uv != first.uv {
            return None;
        }
        bounds.extend_with(vertex.pos);
        if !corners.contains(index) {
            corners.push(*index);
        }
    }
    let is_corner = |index: &u32| {
        corner(index).is_some_and(|vertex| {
            let at = vertex.pos;
            (at.x == bounds.min.x || at.x == bounds.max.x)
                && (at.y == bounds.min.y || at.y == bounds.max.y)
        })
    };
    // Two triangles of one area with four different corners, two of them shared.
    let half = |triangle: [u32; 3]| {
        let at = |index: usize| corner(&triangle[index]).map(|vertex| vertex.pos);
        let (a, b, c) = (at(0)?, at(1)?, at(2)?);
        Some(((b - a).x * (c - a).y - (b - a).y * (c - a).x).abs() * 0.5)
    };
    let covers = (half(one)? + half(other)? - bounds.area()).abs() < 0.01 * bounds.area();
    (corners.len() == 4 && corners.iter().all(is_corner) && covers).then_some(bounds)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: UVec2 = UVec2::new(400, 300);

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

    fn at(left: f32, top: f32, right: f32, bottom: f32) -> egui::Rect {
        egui::Rect::from_min_max(egui::pos2(left, top), egui::pos2(right, bottom))
    }

    fn picture() -> egui::Shape {
        let uv = at(0.0, 0.0, 1.0, 1.0);
        egui::Shape::image(
            egui::TextureId::User(7),
            at(0.0, 50.0, 200.0, 250.0),
            uv,
            egui::Color32::WHITE,
        )
    }

    fn glass(over: Vec<egui::Shape>) -> (Glass, Vec<ClippedPrimitive>) {
        let mut jobs = drawn(std::iter::once(picture()).chain(over).collect());
        let stage = (Some(egui::TextureId::User(7)), AssetId::default());
        let glass = split(&mut jobs, stage, 1.0, SIZE);
        (glass, jobs)
    }

    fn area(rects: impl Iterator<Item = URect>) -> u32 {
        rects.map(|rect| rect.width() * rect.height()).sum()
    }

    fn kept(jobs: &[ClippedPrimitive]) -> f32 {
        let Primitive::Mesh(mesh) = &jobs[0].primitive else {
            panic!("no mesh");
        };
        mesh.vertices
            .chunks(4)
            .map(|corners| {
                egui::Rect::from_points(&corners.iter().map(|at| at.pos).collect::<Vec<_>>()).area()
            })
            .sum()
    }

    #[test]
    fn stage_and_interface_share_the_window_without_gap_or_overlap() {
        let text_over =
            egui::Shape::rect_filled(at(20.0, 60.0, 60.0, 90.0), 5.0, egui::Color32::RED);
        for over in [vec![], vec![text_over]] {
            let (glass, _) = glass(over);
            let mut points = vec![0_u8; (SIZE.x * SIZE.y) as usize];
            let seen = glass.seen.iter().map(|seen| seen.place);
            for rect in seen.chain(glass.interface.iter().copied()) {
                for y in rect.min.y..rect.max.y {
                    for x in rect.min.x..rect.max.x {
                        points[(y * SIZE.x + x) as usize] += 1;
                    }
                }
            }
            assert!(points.iter().all(|count| *count == 1));
        }
    }

    #[test]
    fn a_picture_with_nothing_over_it_is_left_to_the_glass() {
        let (glass, jobs) = glass(vec![]);
        assert_eq!(area(glass.seen.iter().map(|seen| seen.place)), 200 * 200);
        assert!(kept(&jobs) < 0.01);
        let part = glass.seen[0].part;
        assert!(part.min.distance(Vec2::ZERO) < 1e-5 && part.max.distance(Vec2::ONE) < 1e-5);
    }

    #[test]
    fn under_glass_that_can_be_seen_through_the_interface_keeps_the_picture() {
        let thin = egui::Color32::from_black_alpha(90);
        let (glass, jobs) = glass(vec![egui::Shape::rect_filled(
            at(40.0, 90.0, 120.0, 190.0),
            0.0,
            thin,
        )]);
        assert!(kept(&jobs) >= 80.0 * 100.0);
        let covered = at(40.0, 90.0, 120.0, 190.0);
        for seen in &glass.seen {
            let place = outer(seen.place);
            assert!(!place.intersect(covered).is_positive(), "{place:?}");
        }
    }

    #[test]
    fn behind_a_solid_panel_no_picture_is_drawn() {
        let (_, jobs) = glass(vec![egui::Shape::rect_filled(
            at(0.0, 90.0, 120.0, 250.0),
            0.0,
            egui::Color32::BLACK,
        )]);
        // Its edge alone keeps some.
        assert!(kept(&jobs) < 0.45 * 120.0 * 160.0, "{}", kept(&jobs));
    }

    #[test]
    fn a_round_panel_hides_nothing_for_certain() {
        let (_, jobs) = glass(vec![egui::Shape::circle_filled(
            egui::pos2(100.0, 150.0),
            40.0,
            egui::Color32::BLACK,
        )]);
        assert!(kept(&jobs) >= 80.0 * 80.0);
    }

    #[test]
    fn without_a_stage_the_window_is_the_interface() {
        let mut jobs = drawn(vec![picture()]);
        let before = jobs.clone();
        let glass = split(&mut jobs, (None, AssetId::default()), 1.0, SIZE);
        assert_eq!(glass.stage, None);
        assert_eq!(area(glass.interface.iter().copied()), SIZE.x * SIZE.y);
        assert!(
            (kept(&before) - kept(&jobs)).abs() < 0.01,
            "nothing is taken out"
        );
    }
}
