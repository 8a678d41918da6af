//! A room that plays as one, on the pages: the third mode of the briefing, hands by keys and
//! clicks, a tie, and the vote beside what others chose.

use common_ground::app::theme;
use common_ground::app::views::briefing::{BriefingDraft, BriefingView, briefing_ui};
use common_ground::app::views::encounter::{EncounterDraft, EncounterView, encounter_ui};
use common_ground::app::views::options::OptionRow;
use common_ground::app::views::room_vote::{RoomIntent, RoomVote, VoteShare, VoteTold};
use common_ground::app::views::{Intent, Settings};
use common_ground::encounter::Move;
use common_ground::records::{Cohort, Store};
use common_ground::scenario::{Readiness, load_folder};
use egui::{Key, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::support;

type Shown = (EncounterDraft, Vec<Intent>);

fn options() -> Vec<OptionRow> {
    [(0, "Say who you are."), (1, "Ask what happened.")]
        .map(|(choice, text)| OptionRow {
            made: Move::Choice(choice),
            text: text.to_owned(),
        })
        .to_vec()
}

fn playing<'a>(
    options: &'a [OptionRow],
    votes: &'a [(Move, u32)],
    told: Option<&'a VoteTold>,
) -> Harness<'a, Shown> {
    let mut harness = Harness::builder()
        .with_size(vec2(1280.0, 720.0))
        .build_ui_state(
            move |ui, (draft, asked): &mut Shown| {
                theme::apply(ui.ctx(), &Settings::default());
                let view = EncounterView {
                    options,
                    standing: &[Move::Observe, Move::Hold],
                    clock: "21:40",
                    room: Some(RoomVote {
                        room: "Intake 4",
                        votes,
                        told,
                    }),
                    ..EncounterView::default()
                };
                asked.extend(encounter_ui(ui, &view, draft));
            },
            Shown::default(),
        );
    harness.run();
    harness
}

fn has_text<S>(harness: &Harness<'_, S>, part: &str) -> bool {
    let holds = |text: Option<String>| text.is_some_and(|text| text.contains(part));
    harness
        .query_all_by(|node| holds(node.label()) || holds(node.value()))
        .next()
        .is_some()
}

#[test]
fn a_key_or_a_click_is_one_hand_and_moves_nothing() {
    let options = options();
    let mut page = playing(&options, &[], None);
    assert!(has_text(&page, "Intake 4 votes: press a number"));
    page.key_press(Key::Num2);
    page.run();
    page.get_by_label("1. Say who you are.").click_accesskit();
    page.run();
    page.key_press(Key::H);
    page.run();
    page.key_press(Key::V);
    page.run();
    let hands = [Move::Choice(1), Move::Choice(0), Move::Hold];
    let wanted = hands.map(|made| Intent::Room(RoomIntent::Vote(made)));
    assert_eq!(
        page.state().1,
        wanted,
        "and no vote can be taken without hands"
    );
}

#[test]
fn the_votes_stand_in_words_and_are_taken_or_taken_back_by_keys() {
    let options = options();
    let votes = [(Move::Choice(0), 5), (Move::Hold, 2)];
    let mut page = playing(&options, &votes, None);
    assert!(has_text(&page, "1. Say who you are.  [5 votes]"));
    assert!(has_text(&page, "7 votes."));
    assert!(has_text(&page, "Hold: 2"));
    page.key_press(Key::Backspace);
    page.run();
    page.key_press(Key::V);
    page.run();
    let wanted = [RoomIntent::TakeBack, RoomIntent::Take(None)].map(Intent::Room);
    assert_eq!(page.state().1, wanted);
    drop(page);

    let tie = [(Move::Choice(0), 3), (Move::Hold, 3)];
    let mut page = playing(&options, &tie, None);
    assert!(has_text(&page, "as many for several"));
    page.key_press(Key::V);
    page.run();
    assert_eq!(page.state().1, [], "a tie is not taken by itself");
    page.get_by_label("Take Hold").click_accesskit();
    page.run();
    let wanted = Intent::Room(RoomIntent::Take(Some(Move::Hold)));
    assert_eq!(page.state().1, [wanted]);
}

#[test]
fn the_vote_stands_beside_what_others_chose_unless_they_are_too_few() {
    let options = options();
    let share = |words: &str, room, others, is_taken| VoteShare {
        words: words.to_owned(),
        room,
        others,
        is_taken,
    };
    let mut told = VoteTold {
        shares: vec![
            share("Say who you are.", 9, 6, true),
            share("Ask what happened.", 4, 14, false),
        ],
        others: 20,
    };
    let votes = [(Move::Choice(0), 9), (Move::Choice(1), 4)];
    let mut page = playing(&options, &votes, Some(&told));
    assert!(has_text(&page, "You go on with: Say who you are."));
    assert!(has_text(&page, "The room: 9 of 13 (69 %)"));
    assert!(has_text(&page, "Others here: 14 of 20 (70 %)"));
    page.key_press(Key::Backspace);
    page.run();
    page.key_press(Key::Enter);
    page.run();
    let wanted = [RoomIntent::VoteAgain, RoomIntent::GoOn].map(Intent::Room);
    assert_eq!(page.state().1, wanted);
    drop(page);
    told.others = 4;
    let page = playing(&options, &votes, Some(&told));
    assert!(!has_text(&page, "Others here"));
    assert!(has_text(&page, "so that nobody is picked out"));
}

#[test]
fn a_room_is_the_third_mode_of_the_briefing() {
    let shelf = load_folder(&support::folder(), Some("2026-11-28")).unwrap();
    let scenario = shelf.scenario("footbridge").unwrap();
    let scenario = scenario.scenario.as_ref().unwrap();
    let readiness = &Readiness::default();
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let at = "2026-11-28T10:00:00Z";
    let brief = |cohorts: Vec<Cohort>| {
        let mut page = Harness::builder()
            .with_size(vec2(1280.0, 720.0))
            .build_ui_state(
                move |ui, (draft, asked): &mut (BriefingDraft, Vec<Intent>)| {
                    theme::apply(ui.ctx(), &Settings::default());
                    let view = BriefingView {
                        scenario,
                        readiness,
                        course: None,
                        who: "Amy Lloyd",
                        cohorts: &cohorts,
                        notice: None,
                    };
                    asked.extend(briefing_ui(ui, &view, draft));
                },
                Default::default(),
            );
        page.run_steps(4);
        page.get_by_label("As a room").click_accesskit();
        page.run_steps(4);
        page
    };
    let mut page = brief(Vec::new());
    assert!(has_text(&page, "There is no cohort on this computer yet"));
    page.get_by_label("Begin as a room").click_accesskit();
    page.run_steps(4);
    assert_eq!(page.state().1, []);
    let first = store.add_cohort("Intake 4", at).unwrap();
    let second = store.add_cohort("Intake 5", at).unwrap();
    let mut page = brief(vec![first, second.clone()]);
    assert!(has_text(&page, "nothing of it counts for anybody"));
    page.get_by_label("Intake 5").click_accesskit();
    page.run_steps(4);
    page.get_by_label("Begin as a room").click_accesskit();
    page.run_steps(4);
    assert_eq!(page.state().1, [Intent::BeginRoom(second.id.to_string())]);
}
