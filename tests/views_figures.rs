//! Figures in the instructor area: how well scenarios measure, second ratings, one person over
//! time, two attempts side by side.

use common_ground::app::theme;
use common_ground::app::views::instructor::{
    InstructorDraft, InstructorPart, InstructorRoom, InstructorView, instructor_ui,
};
use common_ground::app::views::past::PastAttempt;
use common_ground::app::views::school::SchoolWish;
use common_ground::app::views::school_compare::Side;
use common_ground::app::views::school_measure::{Counting, Measured, RunToRate};
use common_ground::app::views::school_rate::Rating;
use common_ground::app::views::{Intent, Settings};
use common_ground::attempt::measured::{Asked, measured};
use common_ground::attempt::review_kept;
use common_ground::attempt::second::blind_sheet;
use common_ground::records::{AssignedTo, AttemptState, Mode, NewAssignment, RatedMark};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::views_room::Room;

type State = (InstructorDraft, Vec<Intent>);

fn harness(room: &Room, draft: InstructorDraft, is_picked: bool) -> Harness<'_, State> {
    let mut harness = Harness::builder()
        .with_size(egui::vec2(1280.0, 720.0))
        .build_ui_state(
            move |ui, (draft, asked): &mut State| {
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
    // A page that waits goes on drawing.
    harness.run_ok();
    harness
}

fn part(part: InstructorPart) -> InstructorDraft {
    InstructorDraft {
        part,
        ..InstructorDraft::default()
    }
}

fn has_text(harness: &Harness<'_, State>, part: &str) -> bool {
    let holds = |text: Option<String>| text.is_some_and(|text| text.contains(part));
    harness
        .query_all_by(|node| holds(node.label()) || holds(node.value()))
        .next()
        .is_some()
}

#[test]
fn the_figures_are_asked_for_when_their_page_is_opened_and_say_when_they_are_too_few() {
    let mut room = Room::new();
    let mut first = harness(&room, InstructorDraft::default(), false);
    first.get_by_label("Measurement").click_accesskit();
    first.run_ok();
    let wanted = Intent::School(SchoolWish::Measure(Counting::default()));
    assert_eq!(first.state().1, [wanted]);
    drop(first);

    room.school.figures.is_working = true;
    let waiting = harness(&room, part(InstructorPart::Measurement), false);
    assert!(has_text(&waiting, "are being worked out"));
    drop(waiting);

    room.school.figures.is_working = false;
    let scenarios = measured(&room.store, &Asked::default()).unwrap();
    let beat = scenarios[0].decisions[0].beat.clone();
    room.school.figures.found = Some(Ok(Measured {
        scenarios,
        ..Measured::default()
    }));
    let mut draft = part(InstructorPart::Measurement);
    draft.measure.open.insert(beat);
    let mut found = harness(&room, draft, false);
    assert!(has_text(&found, "too few for any figure"));
    assert!(has_text(&found, "No figure under 10 attempts."));
    assert!(has_text(&found, "Nobody has rated a run"));
    found.get_by_label("Assessment only").click_accesskit();
    found.run_ok();
    let wanted = Intent::School(SchoolWish::Measure(Counting {
        mode: Some(Mode::Assessment),
        only_first: false,
    }));
    assert_eq!(found.state().1, [wanted]);
}

#[test]
fn figures_of_many_attempts_stand_each_with_what_they_say() {
    let mut room = Room::new();
    let mut scenarios = measured(&room.store, &Asked::default()).unwrap();
    let one = &mut scenarios[0];
    one.attempts = 40;
    one.warnings.clear();
    let decision = &mut one.decisions[0];
    decision.attempts = 12;
    decision.mean_score = Some(0.3);
    decision.discrimination = Some(-0.2);
    decision.seconds = Some([3.0, 5.5, 9.0]);
    decision.ran_out = Some(0.25);
    decision.held = Some(0.05);
    let beat = decision.beat.clone();
    room.school.figures.found = Some(Ok(Measured {
        scenarios,
        ..Measured::default()
    }));
    let mut draft = part(InstructorPart::Measurement);
    draft.measure.open.insert(beat);
    let harness = harness(&room, draft, false);
    for words in [
        "30 % of what could be earned was earned. Hard",
        "did worse here",
        "within 5.5 seconds",
        "the window may be too short",
        "12 attempts, fewer than 30",
    ] {
        assert!(has_text(&harness, words), "{words}");
    }
}

#[test]
fn a_run_is_rated_blind_and_handed_in_only_after_being_asked_again() {
    let mut room = Room::new();
    let (attempt, review, _) = room.told();
    let sheet = blind_sheet(&room.store, attempt.id).unwrap();
    let scenarios = measured(&room.store, &Asked::default()).unwrap();
    room.school.figures.found = Some(Ok(Measured {
        scenarios,
        raters: Vec::new(),
        runs: vec![RunToRate {
            attempt: attempt.id,
            scenario: "footbridge".to_owned(),
            mode: attempt.mode,
            started: attempt.started.clone(),
            raters: Vec::new(),
        }],
    }));
    let mut draft = part(InstructorPart::Measurement);
    draft.measure.scenario = Some("footbridge".to_owned());
    let mut list = harness(&room, draft, false);
    assert!(has_text(&list, "Whose they are is not shown"));
    assert!(!has_text(&list, "Amy"), "blind to who played");
    list.get_by_label_contains("Rate blind").click_accesskit();
    list.run_ok();
    let wanted = Intent::School(SchoolWish::RateOne(Some(attempt.id)));
    assert_eq!(list.state().1, [wanted]);
    drop(list);

    let step = sheet
        .steps
        .iter()
        .find(|step| !step.objectives.is_empty())
        .unwrap();
    let (number, objective) = (step.number, step.objectives[0].clone());
    room.school.rating = Some(Rating {
        sheet: sheet.clone(),
        handed_in: None,
    });
    let mut rating = harness(&room, part(InstructorPart::Measurement), false);
    let reasons = review.sheet.decisions.iter().flat_map(|one| &one.points);
    for point in reasons.filter(|point| !point.reason.is_empty()) {
        assert!(!has_text(&rating, &point.reason), "blind to the marks");
    }
    let label = format!("Decision {number}, {objective}: Competent");
    rating.get_by_label(&label).click_accesskit();
    rating.run_ok();
    rating.get_by_label("Hand the rating in").click_accesskit();
    rating.run_ok();
    assert_eq!(rating.state().1, [], "nobody has said who rates");
    rating.state_mut().0.rate.rater = "B. Osei".to_owned();
    rating.run_ok();
    rating.get_by_label("Hand the rating in").click_accesskit();
    rating.run_ok();
    assert_eq!(rating.state().1, [], "asked again first");
    rating.get_by_label("Hand it in now").click_accesskit();
    rating.run_ok();
    let mark = RatedMark {
        number,
        objective,
        points: 2,
    };
    let wanted = Intent::School(SchoolWish::HandIn {
        rater: "B. Osei".to_owned(),
        marks: vec![mark.clone()],
    });
    assert_eq!(rating.state().1, [wanted]);
    drop(rating);

    room.school.rating = Some(Rating {
        sheet,
        handed_in: Some(vec![(mark, Some(0))]),
    });
    let done = harness(&room, part(InstructorPart::Measurement), false);
    assert!(has_text(&done, "0 of your 1 marks"));
    assert!(has_text(&done, "far apart"));
}

#[test]
fn one_objective_over_time_is_a_plot_with_words_and_a_table() {
    let room = Room::new();
    let mut harness = harness(&room, InstructorDraft::default(), true);
    assert!(has_text(&harness, "One objective over time"));
    assert!(has_text(&harness, "CI-1 over time. From "));
    assert!(has_text(&harness, "Begun"), "the table");
    let (newest, ..) = room.told();
    let past = PastAttempt::read(newest);
    let marks = past.marks.as_ref().unwrap();
    let other = marks
        .objectives
        .iter()
        .find(|one| one.id != "CI-1")
        .unwrap();
    let buttons = harness.query_all_by_label(&other.id);
    let button = buttons.into_iter().next().unwrap();
    button.click_accesskit();
    // A page that waits goes on drawing.
    harness.run_ok();
    assert!(has_text(&harness, &format!("{} over time.", other.id)));
    if let Some(percent) = other.percent {
        assert!(has_text(&harness, &format!("{percent} %")));
    }
}

#[test]
fn two_attempts_are_chosen_one_after_the_other_and_stand_side_by_side() {
    let mut room = Room::new();
    let finished: Vec<_> = room
        .attempts
        .iter()
        .filter(|past| past.attempt.state == AttemptState::Finished)
        .cloned()
        .collect();
    let mut first = harness(&room, InstructorDraft::default(), true);
    let label = format!(
        "Compare “{}”, {}",
        finished[0].attempt.title, finished[0].began
    );
    first.get_by_label(&label).click_accesskit();
    first.run_ok();
    let wanted = Intent::School(SchoolWish::Compare(Some(finished[0].attempt.id)));
    assert_eq!(first.state().1, [wanted]);
    drop(first);

    room.school.comparing.first = Some((finished[0].attempt.id, "the first one".to_owned()));
    let mut waiting = harness(&room, InstructorDraft::default(), true);
    assert!(has_text(&waiting, "To compare with the first one"));
    waiting.get_by_label("Do not compare").click_accesskit();
    waiting.run_ok();
    assert_eq!(
        waiting.state().1,
        [Intent::School(SchoolWish::Compare(None))]
    );
    drop(waiting);

    let side = |past: &PastAttempt| Side {
        who: "Amy Rees".to_owned(),
        past: past.clone(),
        review: review_kept(&room.store, past.attempt.id).unwrap().1,
    };
    let same: Vec<_> = finished
        .iter()
        .filter(|past| past.attempt.scenario == "footbridge")
        .map(side)
        .collect();
    let [a, b]: [Side; 2] = same.try_into().unwrap();
    let ends = [&a, &b].map(|side| side.review.steps.last().unwrap().after.trust);
    room.school.comparing.pair = Some(Box::new([a, b]));
    let mut both = harness(&room, InstructorDraft::default(), true);
    assert!(has_text(
        &both,
        "The same scenario with another seed. They part"
    ));
    assert!(has_text(&both, "Distress: A goes from "));
    both.get_by_label("Trust").click_accesskit();
    both.run_ok();
    assert!(has_text(&both, &format!("to {} of 20; B goes", ends[0])));
    assert!(has_text(&both, &format!("to {} of 20.", ends[1])));
}

#[test]
fn running_attempts_say_who_what_since_when_and_the_last_move() {
    let mut room = Room::new();
    room.school.running = room.store.running().unwrap();
    room.school.read = "2026-11-28T13:45:00Z".to_owned();
    let line = room.school.running[0].clone();
    assert_eq!(room.school.running.len(), 1);
    assert_eq!((line.moves, line.name.as_str()), (3, "Amy Rees"));
    let mut list = harness(&room, part(InstructorPart::Running), false);
    let look = Intent::School(SchoolWish::LookAgain);
    assert!(
        list.state().1.contains(&look),
        "it is read when it is opened"
    );
    assert!(has_text(&list, "Amy Rees: “Chain on the door”"));
    assert!(has_text(&list, "(45 minutes ago)."));
    assert!(has_text(&list, "Last move, number 3: "));
    assert!(has_text(&list, "Put down"));
    list.get_by_label_contains("Close Amy Rees")
        .click_accesskit();
    list.run_ok();
    list.state_mut().1.clear();
    list.get_by_label("Close it without an ending")
        .click_accesskit();
    list.run_ok();
    let wanted = Intent::School(SchoolWish::CloseRunning(line.attempt));
    assert!(list.state().1.contains(&wanted));
    drop(list);
    room.school.running.clear();
    let empty = harness(&room, part(InstructorPart::Running), false);
    assert!(has_text(&empty, "Nobody is in an encounter"));
}

#[test]
fn a_trainee_is_given_an_assignment_and_what_was_done_can_be_undone() {
    let mut room = Room::new();
    let amy = room.amy().id;
    let mut draft = InstructorDraft::default();
    draft.people.assign.is_open = true;
    let mut page = harness(&room, draft, true);
    let first = page.query_all_by_label("The footbridge").next();
    first.unwrap().click_accesskit();
    page.run_ok();
    page.get_by_label("Give it to this trainee")
        .click_accesskit();
    page.run_ok();
    let new = NewAssignment {
        scenario: "footbridge".to_owned(),
        title: "The footbridge".to_owned(),
        mode: Mode::Practice,
        due: None,
        seed: None,
        to: AssignedTo::Trainee(amy),
    };
    assert_eq!(
        page.state().1,
        [Intent::School(SchoolWish::Assign(new.clone()))]
    );
    drop(page);

    let id = room.store.assign(&new, "2026-11-28T18:00:00Z").unwrap();
    let given = room.store.assignments_of(amy).unwrap();
    room.school.assigned = given.into_iter().map(|one| (one, false)).collect();
    room.school.done = Some("“Footbridge” is assigned.".to_owned());
    room.school.undo = Some(SchoolWish::Withdraw(id));
    let mut page = harness(&room, InstructorDraft::default(), true);
    assert!(has_text(&page, "Not done yet."));
    page.get_by_label("Undo").click_accesskit();
    page.run_ok();
    let wanted = Intent::School(SchoolWish::Withdraw(id));
    assert_eq!(page.state().1, [wanted]);
}
