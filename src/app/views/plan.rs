//! The plan: who stands where, seen from above, as a drawing and in words.
//!
//! The officer looks up the page. Everybody has a shape as well as a colour and a name. The rings
//! around the person are the zones that Hall found people to keep (E. T. Hall, *The Hidden
//! Dimension*, 1966): personal space to 1.2 m, social distance to 3.6 m. The band is the room that
//! the people of this course need before they feel crowded, from the calmest to the most afraid.

use std::fmt::Write as _;

use egui::{
    Align2, Color32, FontId, Painter, Pos2, Rect, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo,
    WidgetType, pos2, vec2,
};

use super::super::theme::{self, GRID, Theme};
use super::widgets;

/// Where personal space ends and where social distance ends, metres (Hall 1966).
pub const ZONES: [(f32, &str); 2] = [(1.2, "personal space"), (3.6, "social distance")];
/// Size of a metre on the plan at least and at most, points.
const METRE: (f32, f32) = (16.0, 84.0);
/// From this width on the words stand beside the drawing.
const ROOM_FOR_WORDS: f32 = 640.0;
/// Width of the words, points.
const WORDS: f32 = 272.0;
/// How near to the straight way out the officer must stand to be in the way, metres.
const IN_THE_WAY: f32 = 0.9;

/// Somebody's part, which is their shape on the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanPart {
    /// The person in crisis: a ring.
    Subject,
    /// A fellow officer: a square.
    Colleague,
    /// Somebody else: a diamond.
    Bystander,
}

/// Somebody on the plan.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanPerson {
    /// Name as the officer knows it.
    pub name: String,
    /// Their part.
    pub part: PlanPart,
    /// Where, metres.
    pub at: Pos2,
    /// Where they face.
    pub facing: Vec2,
}

/// Who stands where. Metres; what lies ahead of the officer has the smaller `y`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PlanView {
    /// The officer.
    pub officer: Pos2,
    /// Everybody else who can be seen.
    pub people: Vec<PlanPerson>,
    /// Walls, as lines.
    pub walls: Vec<[Pos2; 2]>,
    /// Rails, counters and furniture, as lines.
    pub low: Vec<[Pos2; 2]>,
    /// Ways out.
    pub exits: Vec<Pos2>,
    /// Seats.
    pub seats: Vec<Pos2>,
    /// Room that the people of this course need, smallest and largest, metres.
    pub needs: Option<(f32, f32)>,
    /// From the officer to the person, half-metres, as the encounter has it.
    pub distance_half_metres: u8,
}

/// Metres in words, to the half-metre.
fn metres(far: f32) -> String {
    let halves = (far * 2.0).round();
    let text = if (halves % 2.0).abs() < 0.1 {
        format!("{:.0}", halves / 2.0)
    } else {
        format!("{:.1}", halves / 2.0)
    };
    match text.as_str() {
        "0" => "less than half a metre".to_owned(),
        "1" => "1 metre".to_owned(),
        _ => format!("{text} metres"),
    }
}

/// Where something is for somebody who looks along `ahead`.
fn bearing(ahead: Vec2, to: Vec2) -> &'static str {
    let side = (ahead.x * to.y - ahead.y * to.x)
        .atan2(ahead.dot(to))
        .to_degrees();
    match side {
        side if side.abs() < 20.0 => "straight ahead",
        side if side.abs() > 160.0 => "behind you",
        side if side < -110.0 => "behind you to the left",
        side if side < -65.0 => "on your left",
        side if side < 0.0 => "ahead to the left",
        side if side > 110.0 => "behind you to the right",
        side if side > 65.0 => "on your right",
        _ => "ahead to the right",
    }
}

/// How somebody stands towards the officer.
fn turned(facing: Vec2, to: Vec2) -> &'static str {
    let angle = (facing.x * to.y - facing.y * to.x)
        .atan2(facing.dot(to))
        .to_degrees();
    match angle.abs() {
        angle if angle < 30.0 => "facing you",
        angle if angle < 70.0 => "half turned from you",
        angle if angle < 120.0 => "side on to you",
        _ => "turned away from you",
    }
}

impl PlanView {
    fn subject(&self) -> Option<&PlanPerson> {
        self.people
            .iter()
            .find(|person| person.part == PlanPart::Subject)
    }

    fn ahead(&self) -> Vec2 {
        self.subject()
            .map_or(vec2(0.0, -1.0), |subject| subject.at - self.officer)
    }

    /// The way out that is nearest to the person.
    fn way_out(&self, from: Pos2) -> Option<Pos2> {
        self.exits
            .iter()
            .copied()
            .min_by(|a, b| from.distance(*a).total_cmp(&from.distance(*b)))
    }

    /// Who stands where, in sentences: what a screen reader tells of the plan.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        let mut told = Vec::new();
        let ahead = self.ahead();
        let to = |at: Pos2| at - self.officer;
        if let Some(subject) = self.subject() {
            let far = f32::from(self.distance_half_metres) * 0.5;
            let zone = match far {
                far if far <= ZONES[0].0 => "inside personal space",
                far if far <= ZONES[1].0 => "at social distance",
                _ => "beyond social distance",
            };
            told.push(format!(
                "{} is {} from you, {}: {zone}.",
                subject.name,
                metres(far),
                turned(subject.facing, self.officer - subject.at),
            ));
            if let Some((least, most)) = self.needs {
                told.push(format!(
                    "People in this course feel crowded from {} to {}, by who they are and what they have lived through.",
                    metres(least).trim_end_matches(" metres"),
                    metres(most),
                ));
            }
        } else {
            told.push("The person you came for cannot be seen from here.".to_owned());
        }
        for person in &self.people {
            let part = match person.part {
                PlanPart::Subject => continue,
                PlanPart::Colleague => ", your colleague",
                PlanPart::Bystander => "",
            };
            let mut line = format!(
                "{}{part}: {} away, {}",
                person.name,
                metres(to(person.at).length()),
                bearing(ahead, to(person.at)),
            );
            if let Some(subject) = self.subject() {
                let _ = write!(
                    line,
                    "; {} from {}",
                    metres(subject.at.distance(person.at)),
                    subject.name
                );
            }
            line.push('.');
            told.push(line);
        }
        for exit in &self.exits {
            told.push(format!(
                "Way out: {} from you, {}.",
                metres(to(*exit).length()),
                bearing(ahead, to(*exit)),
            ));
        }
        if let Some(subject) = self.subject()
            && let Some(exit) = self.way_out(subject.at)
        {
            let way = exit - subject.at;
            let along =
                ((self.officer - subject.at).dot(way) / way.length_sq().max(1e-3)).clamp(0.0, 1.0);
            let is_between =
                along > 0.05 && (subject.at + way * along).distance(self.officer) < IN_THE_WAY;
            told.push(if is_between {
                format!(
                    "You stand between {} and the nearest way out.",
                    subject.name
                )
            } else {
                format!("{}'s nearest way out is clear of you.", subject.name)
            });
        }
        told
    }
}

/// Draws the plan, and the same in words, over all of `ui`.
pub fn plan_ui(ui: &mut Ui, plan: &PlanView) {
    let look = theme::of(ui);
    let room = ui.available_rect_before_wrap();
    let words = plan.words();
    let is_wide = room.width() >= ROOM_FOR_WORDS;
    let side = if is_wide { WORDS + 2.0 * GRID } else { 0.0 };
    let drawing = room.with_max_x(room.max.x - side);
    let response = ui.allocate_rect(drawing, Sense::hover());
    response.widget_info(|| {
        let told = format!("Plan, seen from above. {}", words.join(" "));
        WidgetInfo::labeled(WidgetType::Image, true, told)
    });
    let painter = ui.painter_at(drawing);
    painter.rect_filled(drawing, 0.0, look.ground);
    if drawing.width() > 40.0 && drawing.height() > 40.0 {
        Drawing::new(drawing, plan, &look).draw(&painter, plan);
    }
    if is_wide {
        let beside = Rect::from_min_max(pos2(drawing.max.x, room.min.y), room.max);
        ui.painter().rect_filled(beside, 0.0, look.surface);
        ui.painter()
            .vline(beside.min.x, beside.y_range(), look.border());
        let inner = beside.shrink2(vec2(GRID, GRID));
        ui.scope_builder(egui::UiBuilder::new().max_rect(inner), |ui| {
            egui::ScrollArea::vertical()
                .id_salt("plan-words")
                .auto_shrink([false, false])
                .show(ui, |ui| {
                    ui.spacing_mut().item_spacing.y = GRID / 2.0;
                    for line in &words {
                        widgets::note(ui, line);
                    }
                    widgets::note(ui, "Rings: Hall, 1966. Metres.");
                });
        });
    }
}

/// The plan at its size on the screen.
struct Drawing<'a> {
    rect: Rect,
    middle: Pos2,
    metre: f32,
    look: &'a Theme,
    font: FontId,
}

impl<'a> Drawing<'a> {
    fn new(rect: Rect, plan: &PlanView, look: &'a Theme) -> Self {
        let mut shown = Rect::from_center_size(plan.officer, vec2(2.0, 1.6));
        for person in &plan.people {
            shown.extend_with(person.at - vec2(1.3, 0.9));
            shown.extend_with(person.at + vec2(1.3, 0.9));
        }
        for exit in &plan.exits {
            if exit.distance(plan.officer) < 7.0 {
                shown.extend_with(*exit);
            }
        }
        let metre = (rect.width() / shown.width())
            .min(rect.height() / shown.height())
            .clamp(METRE.0, METRE.1);
        Self {
            rect,
            middle: shown.center(),
            metre,
            look,
            font: look.small(),
        }
    }

    fn at(&self, at: Pos2) -> Pos2 {
        self.rect.center() + (at - self.middle) * self.metre
    }

    fn draw(&self, painter: &Painter, plan: &PlanView) {
        let look = self.look;
        let subject = plan.subject();
        if let Some(subject) = subject {
            self.zones(painter, subject.at, plan.needs);
        }
        for (lines, stroke) in [
            (&plan.low, Stroke::new(1.0, look.line)),
            (&plan.walls, Stroke::new(2.5, look.edge)),
        ] {
            for [from, to] in lines {
                painter.line_segment([self.at(*from), self.at(*to)], stroke);
            }
        }
        let mut labels = Labels::default();
        for seat in &plan.seats {
            let rect = Rect::from_center_size(self.at(*seat), Vec2::splat(self.metre * 0.45));
            painter.rect_stroke(
                rect,
                2.0,
                Stroke::new(1.0, look.muted),
                egui::StrokeKind::Inside,
            );
        }
        if let Some(subject) = subject {
            let (from, to) = (self.at(plan.officer), self.at(subject.at));
            let stroke = Stroke::new(1.5, look.ink);
            painter.extend(Shape::dashed_line(&[from, to], stroke, 6.0, 5.0));
            labels.marks.push(Rect::from_two_pos(from, to).expand(2.0));
        }
        for at in std::iter::once(plan.officer).chain(plan.people.iter().map(|one| one.at)) {
            labels
                .marks
                .push(Rect::from_center_size(self.at(at), Vec2::splat(26.0)));
        }
        for person in &plan.people {
            let colour = match person.part {
                PlanPart::Subject => look.caution,
                PlanPart::Colleague => look.accent,
                PlanPart::Bystander => look.cool,
            };
            self.mark(painter, person.at, person.facing, Some(person.part), colour);
        }
        self.mark(painter, plan.officer, plan.ahead(), None, look.accent);
        for exit in &plan.exits {
            self.exit(painter, *exit, &mut labels);
        }
        if let Some(subject) = subject {
            let middle = self.at(plan.officer + (subject.at - plan.officer) * 0.5);
            let far = super::encounter::metres(plan.distance_half_metres);
            labels.write(painter, self, middle, &far, look.ink);
        }
        labels.write(painter, self, self.at(plan.officer), "You", look.ink);
        for person in &plan.people {
            labels.write(painter, self, self.at(person.at), &person.name, look.ink);
        }
        if let Some(subject) = subject {
            self.zone_labels(painter, subject.at, plan.needs, &mut labels);
        }
        self.scale_bar(painter);
    }

    fn zones(&self, painter: &Painter, at: Pos2, needs: Option<(f32, f32)>) {
        let look = self.look;
        let middle = self.at(at);
        if let Some((least, most)) = needs {
            painter.circle_stroke(
                middle,
                (least + most) * 0.5 * self.metre,
                Stroke::new(
                    (most - least) * self.metre,
                    look.caution.gamma_multiply(0.13),
                ),
            );
        }
        for (index, (radius, _)) in ZONES.into_iter().enumerate() {
            let stroke = Stroke::new(1.5, look.muted);
            let (dash, gap) = if index == 0 { (7.0, 4.0) } else { (2.0, 5.0) };
            let ring = circle(middle, radius * self.metre);
            painter.extend(Shape::dashed_line(&ring, stroke, dash, gap));
        }
    }

    /// What the rings and the band mean, where nothing else is written.
    fn zone_labels(
        &self,
        painter: &Painter,
        at: Pos2,
        needs: Option<(f32, f32)>,
        labels: &mut Labels,
    ) {
        let middle = self.at(at);
        for (radius, name) in ZONES {
            let words = format!("{radius} m {name}");
            labels.around(
                painter,
                self,
                (middle, radius * self.metre),
                &words,
                self.look.muted,
            );
        }
        if let Some((least, most)) = needs {
            let words = format!("{least}\u{2013}{most} m: room people may need");
            let on = (middle, most * self.metre);
            labels.around(painter, self, on, &words, self.look.caution);
        }
    }

    fn mark(
        &self,
        painter: &Painter,
        at: Pos2,
        facing: Vec2,
        part: Option<PlanPart>,
        colour: Color32,
    ) {
        let (look, middle) = (self.look, self.at(at));
        let r = (self.metre * 0.24).clamp(8.0, 13.0);
        let ahead = facing.normalized();
        let side = ahead.rot90();
        // A nose says where they face.
        let from = if matches!(part, None | Some(PlanPart::Subject)) {
            r - 1.0
        } else {
            r + 2.0
        };
        let nose = vec![
            middle + ahead * (from + 9.0),
            middle + ahead * from + side * 7.0,
            middle + ahead * from - side * 7.0,
        ];
        painter.add(Shape::convex_polygon(nose, colour, Stroke::NONE));
        let edge = Stroke::new(1.5, look.ground);
        match part {
            None => {
                painter.circle(middle, r, colour, edge);
            }
            Some(PlanPart::Subject) => {
                painter.circle(middle, r, look.ground, Stroke::new(4.0, colour));
                painter.circle_filled(middle, 3.0, colour);
            }
            Some(PlanPart::Colleague) => {
                let rect = Rect::from_center_size(middle, Vec2::splat(r * 1.8));
                painter.rect(rect, 2.0, colour, edge, egui::StrokeKind::Outside);
            }
            Some(PlanPart::Bystander) => {
                let points = [
                    vec2(0.0, -r * 1.2),
                    vec2(r * 1.2, 0.0),
                    vec2(0.0, r * 1.2),
                    vec2(-r * 1.2, 0.0),
                ];
                let points = points.into_iter().map(|by| middle + by).collect();
                painter.add(Shape::convex_polygon(points, colour, edge));
            }
        }
    }

    fn exit(&self, painter: &Painter, at: Pos2, labels: &mut Labels) {
        let look = self.look;
        let inner = self.rect.shrink(14.0);
        // A way out beyond the edge is shown at the edge, with where it goes.
        let middle = inner.clamp(self.at(at));
        let rect = Rect::from_center_size(middle, vec2(14.0, 20.0));
        painter.rect(
            rect,
            1.0,
            look.ground,
            Stroke::new(2.0, look.ink),
            egui::StrokeKind::Inside,
        );
        painter.circle_filled(middle + vec2(3.0, 1.0), 1.6, look.ink);
        labels.marks.push(rect);
        labels.write(painter, self, middle, "Way out", look.ink);
    }

    fn scale_bar(&self, painter: &Painter) {
        let from = self.rect.left_bottom() + vec2(14.0, -14.0);
        let to = from + vec2(self.metre, 0.0);
        let stroke = Stroke::new(2.0, self.look.ink);
        painter.line_segment([from, to], stroke);
        for end in [from, to] {
            painter.line_segment([end - vec2(0.0, 4.0), end + vec2(0.0, 4.0)], stroke);
        }
        let at = to + vec2(8.0, 0.0);
        self.text(painter, at, Align2::LEFT_CENTER, "1 m", self.look.ink);
    }

    /// Words on a patch of ground, so that lines do not run through them.
    fn text(&self, painter: &Painter, at: Pos2, align: Align2, words: &str, ink: Color32) -> Rect {
        let galley = painter.layout_no_wrap(words.to_owned(), self.font.clone(), ink);
        let rect = align.anchor_size(at, galley.size());
        painter.rect_filled(
            rect.expand2(vec2(3.0, 1.0)),
            2.0,
            self.look.ground.gamma_multiply(0.82),
        );
        painter.galley(rect.min, galley, ink);
        rect
    }
}

fn circle(middle: Pos2, radius: f32) -> Vec<Pos2> {
    (0_u8..=96)
        .map(|step| middle + Vec2::angled(f32::from(step) * std::f32::consts::TAU / 96.0) * radius)
        .collect()
}

/// Labels that keep clear of marks and of each other.
#[derive(Default)]
struct Labels {
    marks: Vec<Rect>,
}

impl Labels {
    fn write(&mut self, painter: &Painter, on: &Drawing<'_>, at: Pos2, words: &str, ink: Color32) {
        let size = painter
            .layout_no_wrap(words.to_owned(), on.font.clone(), ink)
            .size();
        let wishes = [
            (vec2(18.0, 0.0), Align2::LEFT_CENTER),
            (vec2(-18.0, 0.0), Align2::RIGHT_CENTER),
            (vec2(0.0, 18.0), Align2::CENTER_TOP),
            (vec2(0.0, -18.0), Align2::CENTER_BOTTOM),
            (vec2(20.0, 22.0), Align2::LEFT_CENTER),
            (vec2(-20.0, 22.0), Align2::RIGHT_CENTER),
        ];
        let lies = |(by, align): (Vec2, Align2)| align.anchor_size(at + by, size);
        let is_free = |rect: Rect| {
            on.rect.shrink(4.0).contains_rect(rect)
                && self.marks.iter().all(|mark| !mark.intersects(rect))
        };
        let wish = wishes
            .into_iter()
            .find(|wish| is_free(lies(*wish)))
            .unwrap_or(wishes[0]);
        let rect = on.text(painter, at + wish.0, wish.1, words, ink);
        self.marks.push(rect.expand(2.0));
    }

    /// On a ring, as near to its right-hand side as nothing else is; left out where nothing is free.
    fn around(
        &mut self,
        painter: &Painter,
        on: &Drawing<'_>,
        (middle, radius): (Pos2, f32),
        words: &str,
        ink: Color32,
    ) {
        let size = painter
            .layout_no_wrap(words.to_owned(), on.font.clone(), ink)
            .size();
        for degrees in [
            8_i16, -8, 20, -20, 32, -32, 44, -44, 56, -56, 124, -124, 136, -136, 150, -150, 164,
            -164,
        ] {
            let way = Vec2::angled(f32::from(degrees).to_radians());
            let align = if way.x > 0.0 {
                Align2::LEFT_CENTER
            } else {
                Align2::RIGHT_CENTER
            };
            let at = middle + way * (radius + 6.0);
            let rect = align.anchor_size(at, size);
            let is_free = on.rect.shrink(4.0).contains_rect(rect)
                && self.marks.iter().all(|mark| !mark.intersects(rect));
            if is_free {
                let rect = on.text(painter, at, align, words, ink);
                self.marks.push(rect.expand(3.0));
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan() -> PlanView {
        let person = |name: &str, part, x, y| PlanPerson {
            name: name.to_owned(),
            part,
            at: pos2(x, y),
            facing: vec2(0.0, 1.0),
        };
        PlanView {
            officer: pos2(0.0, 4.0),
            people: vec![
                person("Dana", PlanPart::Subject, 0.0, 0.0),
                person("PC Nair", PlanPart::Colleague, -2.0, 4.0),
                person("Tom", PlanPart::Bystander, 1.5, 9.0),
            ],
            exits: vec![pos2(0.0, 8.0)],
            needs: Some((2.0, 4.0)),
            distance_half_metres: 8,
            ..PlanView::default()
        }
    }

    #[test]
    fn the_plan_says_who_stands_where() {
        let told = plan().words();
        assert_eq!(
            told[0],
            "Dana is 4 metres from you, facing you: beyond social distance."
        );
        assert!(told[1].contains("from 2 to 4 metres"), "{told:?}");
        assert_eq!(
            told[2],
            "PC Nair, your colleague: 2 metres away, on your left; 4.5 metres from Dana."
        );
        assert_eq!(
            told[3],
            "Tom: 5 metres away, behind you; 9 metres from Dana."
        );
        assert_eq!(told[4], "Way out: 4 metres from you, behind you.");
        assert_eq!(told[5], "You stand between Dana and the nearest way out.");
    }

    #[test]
    fn a_way_out_to_the_side_is_clear() {
        let mut plan = plan();
        plan.exits = vec![pos2(5.0, 0.0)];
        let told = plan.words();
        assert!(told[4].ends_with("ahead to the right."), "{told:?}");
        assert!(told[5].contains("clear of you"), "{told:?}");
    }

    #[test]
    fn who_cannot_be_seen_is_not_on_the_plan() {
        let mut plan = plan();
        plan.people.remove(0);
        let told = plan.words();
        assert!(told[0].contains("cannot be seen"), "{told:?}");
        assert!(told.iter().all(|line| !line.contains("Dana")), "{told:?}");
    }
}
