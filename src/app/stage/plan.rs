//! Who stands where, seen from above: what the interface needs to draw the plan.
//!
//! Places are metres on the ground. The person in crisis begins at the origin; the officer stands
//! on the side of positive `y`, so that what lies ahead of the officer is up on a plan.

use bevy::platform::collections::HashSet;
use bevy::prelude::*;

use super::camera::Standing;
use super::cast::Presence;
use super::quality::picture_is_due;
use super::set::Room;
use super::{StageRole, StageSetting, StageSystems};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<StagePlan>();
    app.add_systems(
        Update,
        (
            outline.run_if(resource_exists_and_changed::<Room>),
            place_people
                .run_if(picture_is_due)
                .run_if(resource_exists::<Room>),
            wipe.run_if(resource_removed::<StageSetting>),
        )
            .chain()
            .in_set(StageSystems::Show),
    );
}

/// The height at which walls are cut, metres: above furniture, below lintels.
const WALL_CUT: f32 = 1.35;
/// The height at which rails, counters and furniture are cut, metres.
const LOW_CUT: f32 = 0.55;
/// How far from the middle the plan goes, metres.
const REACH: f32 = 13.0;
/// Shortest line that is worth drawing, metres.
const SHORTEST: f32 = 0.06;
/// Most lines of a cut: what goes beyond this is clutter.
const MOST_LINES: usize = 2_500;

/// Who stands where, for the interface to draw.
#[derive(Resource, Debug, Clone, Default, PartialEq)]
pub struct StagePlan {
    /// Everybody but the officer.
    pub people: Vec<PlanFigure>,
    /// The officer's feet.
    pub officer: Vec2,
    /// Walls, as lines.
    pub walls: Vec<[Vec2; 2]>,
    /// Rails, counters and furniture, as lines.
    pub low: Vec<[Vec2; 2]>,
    /// Ways out that the place marks.
    pub exits: Vec<Vec2>,
    /// Seats that the place marks.
    pub seats: Vec<Vec2>,
}

/// Somebody on the plan.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanFigure {
    /// Id in the scenario's cast.
    pub id: String,
    /// What they are to the encounter.
    pub role: StageRole,
    /// Their feet.
    pub at: Vec2,
    /// Where they face: a direction of length 1.
    pub facing: Vec2,
}

fn ground(at: Vec3) -> Vec2 {
    Vec2::new(at.x, at.z)
}

/// Cuts the place once it stands.
fn outline(room: Res<Room>, mut plan: ResMut<StagePlan>) {
    let marked = |kind: &str| {
        room.marks
            .iter()
            .filter(|(name, _)| name.starts_with(kind))
            .map(|(_, at)| ground(*at))
            .collect()
    };
    plan.walls = cut(room.walls(), WALL_CUT);
    plan.low = cut(room.walls(), LOW_CUT);
    plan.exits = marked("exit");
    plan.seats = marked("seat");
}

fn place_people(
    standing: Res<Standing>,
    people: Query<(&Presence, &Transform)>,
    mut plan: ResMut<StagePlan>,
) {
    let mut found: Vec<PlanFigure> = people
        .iter()
        .filter(|(person, _)| !person.is_officer && !person.is_unseen)
        .map(|(person, place)| PlanFigure {
            id: person.id.clone(),
            role: person.role,
            at: ground(place.translation),
            facing: ground(place.rotation * Vec3::Z).normalize_or(Vec2::Y),
        })
        .collect();
    found.sort_by(|a, b| a.id.cmp(&b.id));
    let officer = ground(standing.officer);
    if plan.people != found || plan.officer != officer {
        plan.people = found;
        plan.officer = officer;
    }
}

fn wipe(mut plan: ResMut<StagePlan>) {
    *plan = StagePlan::default();
}

/// The lines in which triangles meet the level `height`.
fn cut(triangles: &[[Vec3; 3]], height: f32) -> Vec<[Vec2; 2]> {
    let mut known = HashSet::new();
    let mut lines = Vec::new();
    for corners in triangles {
        let mut ends = corners
            .iter()
            .zip([corners[1], corners[2], corners[0]])
            .filter_map(|(from, to)| {
                let (below, above) = (from.y - height, to.y - height);
                (below * above < 0.0).then(|| ground(from.lerp(to, below / (below - above))))
            });
        let (Some(a), Some(b)) = (ends.next(), ends.next()) else {
            continue;
        };
        let is_near = |at: Vec2| at.abs().max_element() <= REACH;
        if a.distance(b) < SHORTEST || !(is_near(a) && is_near(b)) {
            continue;
        }
        // Both sides of a board, and the two halves of a pane, need one line.
        let key = |at: Vec2| (at * 25.0).round().as_ivec2();
        let (one, other) = (key(a), key(b));
        let name = if (one.x, one.y) <= (other.x, other.y) {
            (one, other)
        } else {
            (other, one)
        };
        if known.insert(name) {
            lines.push([a, b]);
        }
        if lines.len() >= MOST_LINES {
            break;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wall_becomes_one_line_and_a_kerb_and_a_sky_none() {
        let wall = [
            Vec3::new(-2.0, 0.0, -1.0),
            Vec3::new(2.0, 0.0, -1.0),
            Vec3::new(2.0, 3.0, -1.0),
        ];
        let kerb = wall.map(|at| Vec3::new(at.x, at.y * 0.05, at.z + 3.0));
        let sky = wall.map(|at| at * 30.0);
        let lines = cut(&[wall, wall, kerb, sky], WALL_CUT);
        assert_eq!(lines.len(), 1, "{lines:?}");
        assert!(lines[0].iter().all(|at| (at.y + 1.0).abs() < 1e-5));
    }
}
