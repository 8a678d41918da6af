//! The debrief in depth, on the page: luck, counts, reasons beside the log, the notebook, the other
//! way, and going again from a decision.

use common_ground::app::theme;
use common_ground::app::views::debrief::{DebriefDraft, DebriefView, debrief_ui};
use common_ground::app::views::debrief_depth::{Beside, Depth};
use common_ground::app::views::{Intent, Settings};
use common_ground::attempt::what_if_kept;
use common_ground::records::Attempt;
use common_ground::scoring::{Claim, Element, Review, counts};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::views_room::Room;

type State = (DebriefDraft, Vec<Intent>);
type Told = (
    Attempt,
    Review,
    std::sync::Arc<common_ground::course::Course>,
);

fn debrief<'a>(told: &'a Told, depth: &'a Depth, draft: DebriefDraft) -> Harness<'a, State> {
    let mut harness = Harness::builder()
        .with_size(egui::vec2(1280.0, 720.0))
        .with_max_steps(64)
        .build_ui_state(
            move |ui, (draft, asked): &mut State| {
                theme::apply(ui.ctx(), &Settings::default());
                let view = DebriefView {
                    attempt: Some(&told.0),
                    mode: told.0.mode,
                    review: &told.1,
                    course: &told.2,
                    saved: None,
                    can_play_again: true,
                    depth: Some(depth),
                    who: "Amy Rees (4711)",
                    notice: None,
                };
                asked.extend(debrief_ui(ui, &view, draft));
            },
            (draft, Vec::new()),
        );
    harness.run();
    harness
}

fn has_text(harness: &Harness<'_, State>, part: &str) -> bool {
    let holds = |text: Option<String>| text.is_some_and(|text| text.contains(part));
    harness
        .query_all_by(|node| holds(node.label()) || holds(node.value()))
        .next()
        .is_some()
}

#[test]
fn luck_and_what_would_likely_have_followed_are_told_in_words() {
    let room = Room::new();
    let told = room.told();
    let what_if = what_if_kept(&room.store, told.0.id).unwrap();
    let luck = what_if.luck.as_ref().unwrap().words();
    let first = what_if.fork(1).unwrap();
    let follows = first.taken().unwrap().words();
    let depth = Depth {
        what_if: Some(what_if.clone()),
        ..Depth::default()
    };
    let mut draft = DebriefDraft::default();
    draft.decisions.open.insert(1);
    draft.decisions.alternatives.insert(1);
    let page = debrief(&told, &depth, draft.clone());
    assert!(has_text(&page, &luck));
    assert!(has_text(&page, &follows));
    drop(page);
    let none = Depth::default();
    let page = debrief(&told, &none, draft);
    assert!(
        !has_text(&page, &luck),
        "nothing is claimed that was not worked out"
    );
    assert!(!has_text(&page, "What likely follows what you did"));
}

#[test]
fn the_counts_that_matter_are_those_of_the_attempt() {
    let room = Room::new();
    let told = room.told();
    let all = counts(&told.1);
    assert!(all.spoken > 0, "something was said");
    let depth = Depth::default();
    let page = debrief(&told, &depth, DebriefDraft::default());
    for words in [
        format!("Questions: {} of {} times", all.questions, all.spoken),
        format!("Reflections: {} of {} times", all.reflections, all.spoken),
        format!("Commands: {} of {} times", all.commands, all.spoken),
        format!("Longest you talked: {} words", all.longest_words),
        format!("Pauses held on purpose: {}", all.pauses),
    ] {
        assert!(has_text(&page, &words), "{words}");
    }
}

#[test]
fn a_reason_stands_beside_what_the_log_holds() {
    let room = Room::new();
    let told = room.told();
    let mut depth = Depth::default();
    let page = debrief(&told, &depth, DebriefDraft::default());
    assert!(!has_text(&page, "Why you said you did it"));
    drop(page);
    depth.claims.push(Claim {
        number: 2,
        element: Element::Information,
        text: "I wanted to know how he was.".to_owned(),
        log: "The log holds one question up to here.".to_owned(),
        is_borne_out: true,
    });
    let page = debrief(&told, &depth, DebriefDraft::default());
    assert!(has_text(&page, "Why you said you did it"));
    let element = Element::Information.label();
    assert!(has_text(&page, &format!("Decision 2: {element}")));
    assert!(has_text(&page, "I wanted to know how he was."));
    assert!(has_text(&page, "The log holds one question up to here."));
}

#[test]
fn the_notebook_keeps_what_is_written_and_only_for_those_who_played() {
    let room = Room::new();
    let told = room.told();
    let mut depth = Depth {
        notes: vec!["Ask before advising.".to_owned()],
        ..Depth::default()
    };
    let page = debrief(&told, &depth, DebriefDraft::default());
    assert!(!has_text(&page, "Your notebook"));
    drop(page);
    depth.can_go_again = true;
    let mut page = debrief(&told, &depth, DebriefDraft::default());
    assert!(has_text(&page, "Ask before advising."));
    let keep = page.get_by_label("Keep in the notebook");
    keep.click_accesskit();
    page.run();
    assert_eq!(page.state().1, [], "nothing to keep yet");
    page.get_by_label("What will you take from this?").focus();
    page.run();
    page.get_by_label("What will you take from this?")
        .type_text("Leave more silence.");
    page.run();
    page.get_by_label("Keep in the notebook").click_accesskit();
    page.run();
    let wanted = Intent::WriteNote("Leave more silence.".to_owned());
    assert_eq!(page.state().1, [wanted]);
}

#[test]
fn practice_goes_again_from_a_decision_and_both_ways_stand_side_by_side() {
    let room = Room::new();
    let told = room.told();
    let depth = Depth {
        can_go_again: true,
        ..Depth::default()
    };
    let mut draft = DebriefDraft::default();
    draft.decisions.open.insert(2);
    let mut page = debrief(&told, &depth, draft);
    page.get_by_label("Go again from here, in practice")
        .click_accesskit();
    page.run();
    assert_eq!(page.state().1, [Intent::GoAgainFrom(2)]);
    drop(page);

    let mut other = told.1.clone();
    other.ending_title = "Another way home".to_owned();
    let depth = Depth {
        beside: Some(Beside {
            kept: 1,
            review: other,
            is_origin: true,
        }),
        ..Depth::default()
    };
    let page = debrief(&told, &depth, DebriefDraft::default());
    assert!(has_text(&page, "Two ways from decision 2"));
    assert!(has_text(&page, "The first time"));
    assert!(has_text(&page, "Gone again"));
    assert!(has_text(&page, "Another way home"));
    let way = |at: usize| {
        let step = &told.1.steps[at];
        let (before, after) = (step.before.distress, step.after.distress);
        let start: String = step.text.chars().take(20).collect();
        let starts = format!("{}. {start}", step.number);
        let holds = format!("(distress {before} to {after}, trust");
        let told = |text: Option<String>| {
            text.is_some_and(|text| text.starts_with(&starts) && text.contains(&holds))
        };
        page.query_all_by(|node| told(node.label()) || told(node.value()))
            .count()
    };
    assert_eq!(way(0), 0, "what both share is not told again");
    assert_eq!(way(1), 2, "what follows is told for both");
}
