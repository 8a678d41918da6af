//! Sign-in, library, debrief, record, settings, support and instructor area, as somebody meets
//! them: by label, role and key. Here stands how each page is drawn for its tests.

mod debrief;
mod instructor;
mod keys;
mod layout;
mod library;
mod my_record;
mod settings;
mod sign_in;
mod support;

use std::path::Path;
use std::sync::Arc;

use common_ground::app::theme;
use common_ground::app::views::debrief::{DebriefDraft, DebriefView, debrief_ui};
use common_ground::app::views::instructor::{
    InstructorDraft, InstructorRoom, InstructorView, instructor_ui,
};
use common_ground::app::views::library::{LibraryDraft, LibraryView, library_ui};
use common_ground::app::views::sign_in::{SignInDraft, SignInView, sign_in_ui};
use common_ground::app::views::{Intent, Settings};
use common_ground::course::Course;
use common_ground::records::Attempt;
use common_ground::scoring::Review;
use egui::{Ui, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::views_room::Room;

const WINDOW: Vec2 = vec2(1280.0, 720.0);

/// A page under test: what it asked for, and its draft.
struct Shown<D> {
    asked: Vec<Intent>,
    draft: D,
}

fn show<'a, D: Default + 'a>(
    size: Vec2,
    settings: &'a Settings,
    mut draw: impl FnMut(&mut Ui, &mut D) -> Option<Intent> + 'a,
) -> Harness<'a, Shown<D>> {
    let points = size / settings.text_scale;
    let mut harness = Harness::builder()
        .with_size(points)
        .with_max_steps(64)
        .build_ui_state(
            move |ui, shown: &mut Shown<D>| {
                theme::apply(
                    ui.ctx(),
                    &Settings {
                        text_scale: 1.0,
                        ..settings.clone()
                    },
                );
                shown.asked.extend(draw(ui, &mut shown.draft));
            },
            Shown {
                asked: Vec::new(),
                draft: D::default(),
            },
        );
    // The frame of the harness has a margin of its own: the page fills what is inside it.
    harness.run();
    harness
}

fn sign_in<'a>(room: &'a Room, settings: &'a Settings) -> Harness<'a, Shown<SignInDraft>> {
    show(WINDOW, settings, |ui, draft| {
        let view = SignInView {
            trainees: &room.trainees,
            course: &room.course.title,
            notice: None,
        };
        sign_in_ui(ui, &view, draft)
    })
}

fn library<'a>(room: &'a Room, settings: &'a Settings) -> Harness<'a, Shown<LibraryDraft>> {
    show(WINDOW, settings, |ui, draft| {
        let view = LibraryView {
            trainee: room.amy(),
            shelf: Ok(&room.shelf),
            folder: &room.folder,
            assignments: &room.assignments,
            attempts: &room.attempts,
            notice: None,
        };
        library_ui(ui, &view, draft)
    })
}

fn debrief<'a>(
    told: &'a (Attempt, Review, Arc<Course>),
    settings: &'a Settings,
    saved: Option<&'a Path>,
) -> Harness<'a, Shown<DebriefDraft>> {
    show(WINDOW, settings, move |ui, draft| {
        let view = DebriefView {
            attempt: Some(&told.0),
            mode: told.0.mode,
            review: &told.1,
            course: &told.2,
            saved,
            can_play_again: true,
            depth: None,
            who: "Amy Rees (4711)",
            notice: None,
        };
        debrief_ui(ui, &view, draft)
    })
}

fn instructor<'a>(
    settings: &'a Settings,
    view: impl Fn() -> InstructorView<'a> + 'a,
) -> Harness<'a, Shown<InstructorDraft>> {
    show(WINDOW, settings, move |ui, draft| {
        instructor_ui(ui, &view(), draft)
    })
}

fn open_room(room: &Room) -> InstructorRoom<'_> {
    InstructorRoom {
        trainees: &room.trainees,
        picked: None,
        attempts: &room.attempts,
        course: Some(&room.course),
        shelf: Ok(&room.shelf),
        folder: &room.folder,
        verification: Some(Ok(&room.verification)),
        school: &room.school,
        saved: None,
        notice: None,
    }
}

fn has_text<D>(harness: &Harness<'_, Shown<D>>, part: &str) -> bool {
    let holds = |text: Option<String>| text.is_some_and(|text| text.contains(part));
    harness
        .query_all_by(|node| holds(node.label()) || holds(node.value()))
        .next()
        .is_some()
}
