//! Cohorts: who belongs to one, what is asked of it, how far each is with each objective, who is
//! due and who is stuck.

use egui::{Align2, Color32, FontId, Rect, ScrollArea, Sense, Ui, WidgetInfo, WidgetType, vec2};

use crate::records::AssignedTo;

use super::super::theme::{self, GRID, Tone};
use super::Intent;
use super::instructor::InstructorRoom;
use super::layout::{entered, field, named, row_card};
use super::past::counted;
use super::school::{CohortScreen, HeatCell, SchoolWish};
pub use super::school_assign::AssignDraft;
use super::school_assign::{assignment_ui, give_ui};
use super::sign_in::name_and_number;
use super::widgets::{
    body, bullet, card, choice_button, empty, fold, heading, note, secondary_button, toned_card,
};

/// What is typed and chosen among the cohorts.
#[derive(Debug, Clone, Default)]
pub struct CohortDraft {
    /// Name of a new cohort.
    pub name: String,
    /// Membership is open.
    pub shows_members: bool,
    /// All who are stuck are shown.
    pub shows_stuck: bool,
    /// What is to be assigned.
    pub assign: AssignDraft,
}

/// Those who are stuck that are shown before the rest is asked for.
const SHOWN_STUCK: usize = 8;

fn wish(wish: SchoolWish) -> Option<Intent> {
    Some(Intent::School(wish))
}

/// All cohorts, or the one that is open.
pub(super) fn cohorts_ui(
    ui: &mut Ui,
    room: &InstructorRoom<'_>,
    draft: &mut CohortDraft,
) -> Option<Intent> {
    if let Some(screen) = &room.school.open {
        return cohort_ui(ui, room, screen, draft);
    }
    let mut asked = None;
    card(ui, |ui| {
        let typed = field(ui, "A new cohort", "", &mut draft.name, false);
        let can_add = !draft.name.trim().is_empty();
        let button = ui
            .add_enabled_ui(can_add, |ui| secondary_button(ui, "Make this cohort"))
            .inner;
        if can_add && (button.clicked() || entered(ui, &typed)) {
            asked = wish(SchoolWish::AddCohort(std::mem::take(&mut draft.name)));
        }
    });
    ui.add_space(GRID);
    if room.school.cohorts.is_empty() {
        empty(
            ui,
            "There is no cohort yet",
            "Make one, then put trainees into it or read a list into it.",
        );
    }
    for cohort in &room.school.cohorts {
        row_card(
            ui,
            |ui| {
                heading(ui, &cohort.name);
                body(ui, &counted(cohort.members as usize, "member"));
            },
            |ui| {
                let button = secondary_button(ui, "Open");
                named(&button, &format!("Open {}", cohort.name));
                if button.clicked() {
                    asked = wish(SchoolWish::OpenCohort(Some(cohort.id)));
                }
            },
        );
    }
    asked
}

fn cohort_ui(
    ui: &mut Ui,
    room: &InstructorRoom<'_>,
    screen: &CohortScreen,
    draft: &mut CohortDraft,
) -> Option<Intent> {
    let mut asked = None;
    let id = screen.cohort.id;
    heading(ui, &screen.cohort.name);
    ui.horizontal_wrapped(|ui| {
        if secondary_button(ui, "All cohorts").clicked() {
            asked = wish(SchoolWish::OpenCohort(None));
        }
        if secondary_button(ui, "Put this cohort away").clicked() {
            asked = wish(SchoolWish::ArchiveCohort(id));
        }
    });
    ui.add_space(GRID);
    heat_card_ui(ui, screen);
    ui.add_space(GRID);
    if !screen.stuck.is_empty() {
        toned_card(ui, Some(Tone::Caution), |ui| {
            heading(ui, &format!("Stuck ({})", screen.stuck.len()));
            note(
                ui,
                "Three attempts or more in a row below Competent. It is a sign to talk, not a mark.",
            );
            for one in screen.stuck.iter().take(SHOWN_STUCK) {
                bullet(ui, one);
            }
            if screen.stuck.len() > SHOWN_STUCK {
                let words = format!("The other {}", screen.stuck.len() - SHOWN_STUCK);
                fold(ui, &mut draft.shows_stuck, &words, |ui| {
                    for one in screen.stuck.iter().skip(SHOWN_STUCK) {
                        bullet(ui, one);
                    }
                });
            }
        });
        ui.add_space(GRID);
    }
    for (assignment, waiting) in &screen.assignments {
        let words = if waiting.is_empty() {
            "Everybody has done it.".to_owned()
        } else {
            format!("Not done yet ({}): {}.", waiting.len(), waiting.join(", "))
        };
        asked = assignment_ui(ui, assignment, &words, true).or(asked);
    }
    let give = (AssignedTo::Cohort(id), "Give it to the cohort");
    asked = give_ui(ui, room, give, &mut draft.assign).or(asked);
    let mut is_open = draft.shows_members;
    let label = format!("Members ({})", screen.members.len());
    fold(ui, &mut is_open, &label, |ui| {
        asked = members_ui(ui, room, screen).or(asked.take());
    });
    draft.shows_members = is_open;
    asked
}

fn members_ui(ui: &mut Ui, room: &InstructorRoom<'_>, screen: &CohortScreen) -> Option<Intent> {
    let mut asked = None;
    note(ui, "Press a name to put it into the cohort or take it out.");
    ui.horizontal_wrapped(|ui| {
        for trainee in room.trainees.iter().filter(|one| one.is_current()) {
            let belongs = screen.members.iter().any(|one| one.id == trainee.id);
            if choice_button(ui, belongs, &name_and_number(trainee)).clicked() {
                asked = wish(SchoolWish::Member(screen.cohort.id, trainee.id, !belongs));
            }
        }
    });
    asked
}

/// Letter and words of a result, and its tone.
const fn signs(result: &str) -> (&'static str, &'static str, Tone) {
    match result.as_bytes() {
        b"Proficient" => ("P", "Proficient", Tone::Accent),
        b"Competent" => ("C", "Competent", Tone::Accent),
        b"Developing" => ("D", "Developing", Tone::Caution),
        b"NotYet" => ("N", "Not yet", Tone::Alarm),
        _ => ("–", "Not enough evidence", Tone::Plain),
    }
}

/// What a cell says, in full.
#[must_use]
pub fn cell_words(cell: Option<&HeatCell>) -> String {
    match cell {
        None => "not assessed".to_owned(),
        Some(cell) => {
            let percent = cell
                .percent
                .map_or_else(String::new, |percent| format!(" {percent} %"));
            format!(
                "{}{percent}, {}",
                signs(&cell.result).1,
                counted(cell.times, "attempt")
            )
        }
    }
}

const NAME: f32 = 180.0;
const CELL: egui::Vec2 = vec2(46.0, 36.0);

fn heat_card_ui(ui: &mut Ui, screen: &CohortScreen) {
    card(ui, |ui| {
        heading(ui, "Latest result of each, by objective");
        if screen.objectives.is_empty() {
            body(ui, "Nobody in this cohort has finished an attempt yet.");
            return;
        }
        note(
            ui,
            "Per cent and a letter: P Proficient, C Competent, D Developing, N not yet, – not enough evidence. Empty: not assessed. The number below the letter counts attempts.",
        );
        let look = theme::of(ui);
        let width = NAME + CELL.x * to_f32(screen.objectives.len());
        ScrollArea::horizontal().id_salt("heat").show(ui, |ui| {
            let (head, _) = ui.allocate_exact_size(vec2(width, CELL.y / 1.5), Sense::hover());
            for (column, objective) in screen.objectives.iter().enumerate() {
                let at = head.left_center() + vec2(NAME + CELL.x * (to_f32(column) + 0.5), 0.0);
                ui.painter().text(
                    at,
                    Align2::CENTER_CENTER,
                    objective,
                    look.small(),
                    look.muted,
                );
            }
            let height = CELL.y * to_f32(screen.members.len());
            let (all, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
            let seen = ui.clip_rect();
            for (index, (member, cells)) in screen.members.iter().zip(&screen.cells).enumerate() {
                let top = all.top() + CELL.y * to_f32(index);
                let row = Rect::from_min_size(egui::pos2(all.left(), top), vec2(width, CELL.y));
                if !seen.intersects(row) {
                    continue;
                }
                row_ui(ui, row, screen, &name_and_number(member), cells);
            }
        });
    });
}

fn row_ui(ui: &mut Ui, row: Rect, screen: &CohortScreen, who: &str, cells: &[Option<HeatCell>]) {
    let look = theme::of(ui);
    let told: Vec<String> = screen
        .objectives
        .iter()
        .zip(cells)
        .map(|(objective, cell)| format!("{objective} {}", cell_words(cell.as_ref())))
        .collect();
    // The whole row is one sentence to a screen reader.
    let response = ui.interact(row, ui.id().with(("heat", who)), Sense::hover());
    response.widget_info(|| {
        WidgetInfo::labeled(
            WidgetType::Label,
            true,
            format!("{who}: {}", told.join("; ")),
        )
    });
    let painter = ui.painter().with_clip_rect(ui.clip_rect());
    let name: String = who.chars().take(22).collect();
    painter.text(
        row.left_center(),
        Align2::LEFT_CENTER,
        name,
        look.small(),
        look.ink,
    );
    for (column, cell) in cells.iter().enumerate() {
        let place = Rect::from_min_size(row.min + vec2(NAME + CELL.x * to_f32(column), 0.0), CELL)
            .shrink(1.0);
        let Some(cell) = cell else {
            painter.rect_stroke(place, 2.0, look.border(), egui::StrokeKind::Inside);
            continue;
        };
        let (letter, _, tone) = signs(&cell.result);
        let colour = look.tone(tone);
        let fill = Color32::from_rgba_unmultiplied(colour.r(), colour.g(), colour.b(), 40);
        painter.rect(
            place,
            2.0,
            fill,
            egui::Stroke::new(1.0, colour),
            egui::StrokeKind::Inside,
        );
        let number = cell.percent.map_or_else(
            || letter.to_owned(),
            |percent| format!("{percent} {letter}"),
        );
        let at = place.center() - vec2(0.0, 6.0);
        painter.text(at, Align2::CENTER_CENTER, number, look.small(), look.ink);
        let at = place.center() + vec2(0.0, 9.0);
        painter.text(
            at,
            Align2::CENTER_CENTER,
            format!("×{}", cell.times),
            FontId::new(look.small().size * 0.8, look.small().family),
            look.muted,
        );
    }
}

fn to_f32(count: usize) -> f32 {
    f32::from(u16::try_from(count).unwrap_or(u16::MAX))
}
