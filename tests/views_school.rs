//! The school on the pages: a cohort's results, a list before it is entered, marking, and what a
//! trainee is asked to play.

use common_ground::app::theme;
use common_ground::app::views::instructor::{
    InstructorDraft, InstructorPart, InstructorRoom, InstructorView, instructor_ui,
};
use common_ground::app::views::past::PastAttempt;
use common_ground::app::views::school::{CohortScreen, Marking, Said, SchoolWish};
use common_ground::app::views::{Intent, Settings};
use common_ground::attempt::review_kept;
use common_ground::records::{AssignedTo, AttemptState, Finding, read_roster};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::views_room::Room;

const NOW: &str = "2026-11-28T18:00:00Z";

fn harness(
    room: &Room,
    part: InstructorPart,
    is_picked: bool,
) -> Harness<'_, (InstructorDraft, Vec<Intent>)> {
    let draft = InstructorDraft {
        part,
        ..InstructorDraft::default()
    };
    let mut harness = Harness::builder()
        .with_size(egui::vec2(1280.0, 720.0))
        .build_ui_state(
            move |ui, (draft, asked): &mut (InstructorDraft, Vec<Intent>)| {
                theme::apply(ui.ctx(), &Settings::default());
                let view = InstructorView::Open(InstructorRoom {
                    trainees: &room.trainees,
                    picked: is_picked.then(|| room.amy().id),
                    attempts: &room.attempts,
                    course: Some(&room.course),
                    shelf: Ok(&room.shelf),
                    folder: &room.folder,
                    verification: None,
                    school: &room.school,
                    saved: None,
                    notice: None,
                });
                asked.extend(instructor_ui(ui, &view, draft));
            },
            (draft, Vec::new()),
        );
    harness.run();
    harness
}

fn has_text(harness: &Harness<'_, (InstructorDraft, Vec<Intent>)>, part: &str) -> bool {
    let holds = |text: Option<String>| text.is_some_and(|text| text.contains(part));
    harness
        .query_all_by(|node| holds(node.label()) || holds(node.value()))
        .next()
        .is_some()
}

#[test]
fn a_cohorts_results_are_numbers_and_words_and_not_colour_alone() {
    let mut room = Room::new();
    let cohort = room.store.add_cohort("Intake 4", NOW).unwrap();
    room.store
        .set_member(cohort.id, room.amy().id, true)
        .unwrap();
    let whose = Some(AssignedTo::Cohort(cohort.id));
    let standings = room.store.standings(whose).unwrap();
    assert!(!standings.is_empty());
    let members = vec![room.amy().clone()];
    room.school.open = Some(CohortScreen::of(
        cohort,
        members,
        &["CI-1"],
        &standings,
        Vec::new(),
    ));
    let harness = harness(&room, InstructorPart::Cohorts, false);
    assert!(has_text(&harness, "Amy Rees (4711): CI-1 "));
    let latest = standings
        .iter()
        .find(|one| one.objective == "CI-1")
        .unwrap();
    if let Some(percent) = latest.percent {
        assert!(has_text(&harness, &format!(" {percent} %, ")));
    }
}

#[test]
fn a_list_shows_what_would_be_entered_and_names_each_bad_row() {
    let mut room = Room::new();
    let read = read_roster(b"Name,Number\nNew Person,12\n,13\nSomebody,4711\n").unwrap();
    room.school.roster = Some(Ok(room.store.check_roster(read).unwrap()));
    let mut harness = harness(&room, InstructorPart::Trainees, false);
    assert!(has_text(&harness, "1 trainee would be entered"));
    assert!(has_text(&harness, "Line 3 ( | 13): there is no name"));
    assert!(has_text(&harness, "belongs to Amy Rees here"));
    harness.get_by_label("Enter them").click();
    harness.run();
    let wanted = Intent::School(SchoolWish::EnterRoster(None));
    assert_eq!(harness.state().1, [wanted]);
}

#[test]
fn marking_needs_a_name_and_says_what_was_meant() {
    let mut room = Room::new();
    let id = room
        .attempts
        .iter()
        .find(|past| past.attempt.state == AttemptState::Finished)
        .unwrap()
        .attempt
        .id;
    let (attempt, review, _) = review_kept(&room.store, id).unwrap();
    room.school.marking = Some(Marking {
        past: PastAttempt::read(attempt),
        review,
        judgements: Vec::new(),
    });
    let mut harness = harness(&room, InstructorPart::Trainees, true);
    assert!(has_text(&harness, "never changes it"));
    harness.get_by_label("Sign off").click();
    harness.run();
    assert_eq!(harness.state().1, [], "nobody has said who signs");
    harness.state_mut().0.mark.author = "Sgt Iqbal".to_owned();
    harness.run();
    harness.get_by_label("Sign off").click();
    harness.run();
    let wanted = Intent::School(SchoolWish::Judge {
        author: "Sgt Iqbal".to_owned(),
        what: Said::SignOff(String::new()),
    });
    assert_eq!(harness.state().1, [wanted]);
}

#[test]
fn what_was_said_stands_with_the_attempt_on_the_trainees_page() {
    let mut room = Room::new();
    let id = room.told().0.id;
    let finding = Finding::Comment {
        decision: None,
        text: "Calm throughout.".to_owned(),
    };
    room.store.judge(id, "Sgt Iqbal", &finding, NOW).unwrap();
    let signature = Finding::SignOff {
        text: String::new(),
    };
    room.store.judge(id, "Sgt Iqbal", &signature, NOW).unwrap();
    let said = room.store.judgements(id).unwrap();
    room.school.said.insert(id, said);
    let harness = harness(&room, InstructorPart::Trainees, true);
    assert!(has_text(
        &harness,
        "On the whole: Calm throughout. (Sgt Iqbal,"
    ));
    assert!(harness.query_by_label("Signed off").is_some());
    assert!(!has_text(&harness, "Gate disputed"));
}
