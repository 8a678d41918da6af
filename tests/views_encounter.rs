//! The encounter and the briefing as somebody meets them: by label, role and key.

use common_ground::app::theme::{self, Tone};
use common_ground::app::views::briefing::{BriefingDraft, BriefingView, briefing_ui};
use common_ground::app::views::captions::{CaptionKind, CaptionLine};
use common_ground::app::views::encounter::{
    EncounterDraft, EncounterView, Ended, MeterRow, Practice, encounter_ui,
};
use common_ground::app::views::notebook::LegalStatus;
use common_ground::app::views::options::OptionRow;
use common_ground::app::views::plan::{PlanPart, PlanPerson, PlanView};
use common_ground::app::views::reason::Why;
use common_ground::app::views::ring::DecisionWindow;
use common_ground::app::views::{Intent, Page, Settings};
use common_ground::course::Course;
use common_ground::encounter::Move;
use common_ground::scenario::Scenario;
use common_ground::scoring::Element;
use egui::accesskit::Role;
use egui::{Key, Rect, Vec2, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};

use crate::support;

const WINDOW: Vec2 = vec2(1280.0, 720.0);
const LONG: &str = "You said that nobody asked you today how you are. I would like to ask you now, \
                    and I have the time to hear the whole answer, if you want to give it.";

/// A turn of an encounter with everything in it.
struct Turn {
    captions: Vec<CaptionLine>,
    options: Vec<OptionRow>,
    notebook: Vec<String>,
    meters: Vec<MeterRow>,
}

impl Turn {
    fn new() -> Self {
        let line = |kind, speaker: &str, words: &str| CaptionLine {
            at: "21:40".to_owned(),
            kind,
            speaker: speaker.to_owned(),
            words: words.to_owned(),
        };
        Self {
            captions: vec![
                line(CaptionKind::Narration, "", "Rain on the deck."),
                line(
                    CaptionKind::Radio,
                    "Control",
                    "Ambulance is twelve minutes away.",
                ),
                line(CaptionKind::Officer, "", "My name is Amy."),
                line(CaptionKind::Speech, "Dana", "Everybody has a name."),
            ],
            options: (0_u32..6)
                .map(|n| OptionRow {
                    made: Move::Choice(n),
                    text: format!("Option {n}. {LONG}"),
                })
                .collect(),
            notebook: vec!["She is called Dana.".to_owned()],
            meters: vec![
                MeterRow {
                    label: "Distress".to_owned(),
                    value: 14,
                    min: 0,
                    max: 20,
                    tone: Tone::Caution,
                },
                MeterRow {
                    label: "Trust".to_owned(),
                    value: 5,
                    min: 0,
                    max: 20,
                    tone: Tone::Accent,
                },
            ],
        }
    }

    fn view(&self) -> EncounterView<'_> {
        EncounterView {
            captions: &self.captions,
            options: &self.options,
            standing: &[Move::StepCloser, Move::Observe, Move::Hold],
            window: Some(DecisionWindow {
                remaining: 0.5,
                secs_left: 12.0,
            }),
            clock: "21:40",
            distance_half_metres: 11,
            notebook: &self.notebook,
            ..EncounterView::default()
        }
    }

    fn practice(&self) -> Option<Practice<'_>> {
        Some(Practice {
            meters: &self.meters,
            hint: "What did she not say?",
            can_go_back: true,
        })
    }
}

type Asked = (EncounterDraft, Vec<Intent>);

#[allow(
    clippy::large_types_passed_by_value,
    reason = "the page keeps what it draws"
)]
fn shown<'a>(view: EncounterView<'a>, settings: &Settings) -> Harness<'a, Asked> {
    let settings = settings.clone();
    let mut harness = Harness::builder().with_size(WINDOW).build_ui_state(
        move |ui: &mut egui::Ui, (draft, asked): &mut Asked| {
            theme::apply(ui.ctx(), &settings);
            asked.extend(encounter_ui(ui, &view, draft));
        },
        Asked::default(),
    );
    harness.run_steps(4);
    harness
}

#[allow(
    clippy::large_types_passed_by_value,
    reason = "the page keeps what it draws"
)]
fn usual(view: EncounterView<'_>) -> Harness<'_, Asked> {
    shown(view, &Settings::default())
}

fn press(harness: &mut Harness<'_, Asked>, key: Key) -> Vec<Intent> {
    harness.key_press(key);
    harness.run_steps(3);
    std::mem::take(&mut harness.state_mut().1)
}

fn says(harness: &Harness<'_, Asked>, words: &str) -> bool {
    harness
        .query_all(by().label_contains(words))
        .next()
        .is_some()
        || harness
            .query_all(
                by().predicate(|node| node.value().is_some_and(|value| value.contains(words))),
            )
            .next()
            .is_some()
}

/// Where everything is that can be pressed.
fn buttons(harness: &Harness<'_, Asked>) -> Vec<(String, Rect)> {
    harness
        .query_all_by_role(Role::Button)
        .map(|node| {
            (
                node.accesskit_node().label().unwrap_or_default(),
                node.rect(),
            )
        })
        .collect()
}

#[test]
fn an_option_is_chosen_by_its_number() {
    let turn = Turn::new();
    let mut harness = usual(turn.view());
    assert_eq!(
        press(&mut harness, Key::Num2),
        [Intent::Make(Move::Choice(1))]
    );
    assert_eq!(press(&mut harness, Key::Num9), []);
}

#[test]
fn an_option_is_chosen_by_mouse_and_by_a_screen_reader() {
    let turn = Turn::new();
    let mut harness = usual(turn.view());
    harness
        .get(by().role(Role::Button).label_contains("3. Option 2"))
        .click();
    harness.run_steps(3);
    assert_eq!(harness.state().1, [Intent::Make(Move::Choice(2))]);
    harness.state_mut().1.clear();
    harness
        .get(by().role(Role::Button).label_contains("4. Option 3"))
        .click_accesskit();
    harness.run_steps(3);
    assert_eq!(harness.state().1, [Intent::Make(Move::Choice(3))]);
}

#[test]
fn an_option_is_reached_with_tab_and_chosen_with_enter() {
    let turn = Turn::new();
    let mut harness = usual(turn.view());
    for _ in 0..40 {
        press(&mut harness, Key::Tab);
        if harness
            .get(by().role(Role::Button).label_contains("1. Option 0"))
            .is_focused()
        {
            assert_eq!(
                press(&mut harness, Key::Enter),
                [Intent::Make(Move::Choice(0))]
            );
            return;
        }
    }
    panic!("Tab never reached the first option");
}

#[test]
fn a_key_that_is_held_down_counts_once() {
    let turn = Turn::new();
    let mut harness = usual(turn.view());
    for _ in 0..5 {
        harness.key_down(Key::Num1);
        harness.step();
    }
    assert_eq!(harness.state().1, [Intent::Make(Move::Choice(0))]);
}

#[test]
fn standing_moves_have_letters_and_only_open_ones_answer() {
    let turn = Turn::new();
    let mut harness = usual(turn.view());
    assert_eq!(
        press(&mut harness, Key::C),
        [Intent::Make(Move::StepCloser)]
    );
    assert_eq!(press(&mut harness, Key::O), [Intent::Make(Move::Observe)]);
    assert_eq!(press(&mut harness, Key::H), [Intent::Make(Move::Hold)]);
    assert_eq!(press(&mut harness, Key::R), []);
    assert_eq!(press(&mut harness, Key::B), []);
    assert!(
        harness
            .get_by_label("Radio (R)")
            .accesskit_node()
            .is_disabled()
    );
    harness.get_by_label("Step closer (C)").click();
    harness.run_steps(3);
    assert_eq!(harness.state().1, [Intent::Make(Move::StepCloser)]);
}

#[test]
fn while_somebody_speaks_options_can_be_read_and_not_chosen() {
    let turn = Turn::new();
    let view = EncounterView {
        is_speaking: true,
        window: None,
        ..turn.view()
    };
    let mut harness = usual(view);
    assert!(says(&harness, "1. Option 0"));
    assert!(!says(&harness, "Time to answer"));
    assert_eq!(press(&mut harness, Key::Num1), []);
    assert_eq!(press(&mut harness, Key::C), []);
    harness
        .get(by().role(Role::Button).label_contains("1. Option 0"))
        .click();
    harness.run_steps(3);
    assert_eq!(harness.state().1, []);
    assert_eq!(press(&mut harness, Key::Space), [Intent::SkipCaption]);
}

#[test]
fn a_pause_leaves_nothing_to_be_seen_or_read() {
    let turn = Turn::new();
    let view = EncounterView {
        is_paused: true,
        practice: turn.practice(),
        ..turn.view()
    };
    let mut harness = usual(view);
    for hidden in [
        "Dana", "Option", "Distress", "Rain", "Control", "Hint", "21:40", "m away", "Free", "Time",
    ] {
        assert!(
            !says(&harness, hidden),
            "{hidden} can be read during a pause"
        );
    }
    for key in [Key::Num1, Key::C, Key::Backspace, Key::N] {
        assert_eq!(press(&mut harness, key), [], "{key:?}");
    }
    assert_eq!(harness.state().0, EncounterDraft::default());
    assert_eq!(press(&mut harness, Key::F1), [Intent::Open(Page::Support)]);
    assert_eq!(press(&mut harness, Key::P), [Intent::SetPaused(false)]);
    harness.get_by_label("Stop without giving a reason").click();
    harness.run_steps(3);
    assert_eq!(harness.state().1, [Intent::LeaveEncounter]);
}

#[test]
fn enter_goes_on_after_a_pause() {
    let turn = Turn::new();
    let mut harness = usual(EncounterView {
        is_paused: true,
        ..turn.view()
    });
    assert!(harness.get_by_label("Go on").is_focused());
    assert_eq!(press(&mut harness, Key::Enter), [Intent::SetPaused(false)]);
}

#[test]
fn pause_plan_and_support_are_one_key_away() {
    let turn = Turn::new();
    let mut harness = usual(turn.view());
    assert_eq!(press(&mut harness, Key::P), [Intent::SetPaused(true)]);
    assert_eq!(press(&mut harness, Key::Escape), [Intent::SetPaused(true)]);
    assert_eq!(press(&mut harness, Key::M), [Intent::ShowPlan(true)]);
    assert_eq!(press(&mut harness, Key::F1), [Intent::Open(Page::Support)]);
}

/// Somebody ahead, a colleague on the left, and a way out behind.
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
            person("PC Nair", PlanPart::Colleague, -2.0, 3.5),
        ],
        walls: vec![[pos2(-3.0, -1.0), pos2(3.0, -1.0)]],
        exits: vec![pos2(0.0, 8.0)],
        needs: Some((2.0, 4.0)),
        distance_half_metres: 8,
        ..PlanView::default()
    }
}

#[test]
fn the_plan_says_in_words_who_stands_where_at_any_size_of_text() {
    let (turn, plan) = (Turn::new(), plan());
    for text_scale in [1.0, 2.0] {
        let settings = Settings {
            text_scale,
            ..Settings::default()
        };
        for is_plan in [true, false] {
            let harness = shown(
                EncounterView {
                    plan: Some(&plan),
                    is_plan,
                    ..turn.view()
                },
                &settings,
            );
            for words in [
                "Dana is 4 metres from you, facing you",
                "PC Nair, your colleague",
                "Way out: 4 metres from you, behind you",
            ] {
                assert_eq!(says(&harness, words), is_plan, "{words} at {text_scale}");
            }
        }
    }
}

#[test]
fn the_picture_keeps_a_side_of_the_window_to_itself_at_every_size_of_text() {
    let turn = Turn::new();
    for (text_scale, least) in [(1.0, 0.58), (1.3, 0.5), (2.0, 0.35)] {
        let settings = Settings {
            text_scale,
            ..Settings::default()
        };
        let harness = shown(turn.view(), &settings);
        let window = WINDOW / text_scale;
        let picture = harness.state().0.picture.expect("a place for the picture");
        assert!(
            picture.width() > window.x * least,
            "text {text_scale}: {picture:?}"
        );
        assert!(
            picture.height() > window.y * 0.5,
            "text {text_scale}: {picture:?}"
        );
        let rows: Vec<Rect> = buttons(&harness)
            .into_iter()
            .filter(|(label, _)| label.contains(". Option "))
            .map(|(_, rect)| rect)
            .collect();
        assert_eq!(rows.len(), 6);
        for rect in rows {
            assert!(rect.min.x >= picture.max.x, "{rect:?} lies on {picture:?}");
        }
    }
}

#[test]
fn assessment_shows_no_meter_no_hint_and_no_way_back() {
    let turn = Turn::new();
    let mut harness = usual(turn.view());
    for hidden in [
        "Distress",
        "Trust",
        "Hint",
        "What did she",
        "Back one decision",
    ] {
        assert!(
            !says(&harness, hidden),
            "{hidden} can be read in assessment"
        );
    }
    assert_eq!(press(&mut harness, Key::Backspace), []);
}

#[test]
fn practice_shows_meters_in_words_a_hint_and_a_way_back() {
    let turn = Turn::new();
    let mut harness = usual(EncounterView {
        practice: turn.practice(),
        ..turn.view()
    });
    let meter = harness.get(
        by().role(Role::ProgressIndicator)
            .label_contains("Distress"),
    );
    assert_eq!(
        meter.accesskit_node().label().as_deref(),
        Some("Distress: 14 of 20, high")
    );
    assert!(says(&harness, "What did she not say?"));
    assert_eq!(press(&mut harness, Key::Backspace), [Intent::GoBack]);
    harness.get_by_label("Back one decision").click();
    harness.run_steps(3);
    assert_eq!(harness.state().1, [Intent::GoBack]);
}

#[test]
fn with_large_text_the_meters_are_a_page_of_their_own() {
    let turn = Turn::new();
    let large = Settings {
        text_scale: 2.0,
        ..Settings::default()
    };
    let mut harness = shown(
        EncounterView {
            practice: turn.practice(),
            ..turn.view()
        },
        &large,
    );
    assert!(!says(&harness, "Distress"));
    press(&mut harness, Key::K);
    assert!(says(&harness, "Distress: 14 of 20, high"));
    assert!(
        says(&harness, "Time to answer"),
        "time goes on while the options are not in sight"
    );
    assert_eq!(
        press(&mut harness, Key::Num1),
        [],
        "the options are not in sight"
    );
    press(&mut harness, Key::K);
    assert_eq!(
        press(&mut harness, Key::Num1),
        [Intent::Make(Move::Choice(0))]
    );
}

#[test]
fn time_to_answer_is_said_in_words_and_only_where_there_is_a_limit() {
    let turn = Turn::new();
    let harness = usual(turn.view());
    let ring = harness.get(
        by().role(Role::ProgressIndicator)
            .label_contains("Time to answer"),
    );
    assert_eq!(
        ring.accesskit_node().label().as_deref(),
        Some("Time to answer: about 15 seconds")
    );
    let harness = usual(EncounterView {
        window: None,
        ..turn.view()
    });
    assert!(!says(&harness, "Time to answer"));
}

#[test]
fn the_newest_line_is_told_to_a_screen_reader_at_once() {
    let turn = Turn::new();
    let harness = usual(turn.view());
    let live: Vec<String> = harness
        .query_all(by().predicate(|node| node.live() == egui::accesskit::Live::Polite))
        .filter_map(|node| {
            node.accesskit_node()
                .value()
                .or_else(|| node.accesskit_node().label())
        })
        .collect();
    assert_eq!(live, ["Dana: Everybody has a name."]);
}

#[test]
fn the_notebook_opens_and_closes_with_a_letter() {
    let turn = Turn::new();
    let mut harness = usual(turn.view());
    assert!(!says(&harness, "She is called Dana."));
    press(&mut harness, Key::N);
    assert!(says(&harness, "She is called Dana."));
    press(&mut harness, Key::N);
    assert!(!says(&harness, "She is called Dana."));
    press(&mut harness, Key::W);
    assert!(
        says(&harness, "Rain on the deck."),
        "what was said goes back to the beginning"
    );
    press(&mut harness, Key::T);
    assert!(says(&harness, "Control (radio): Ambulance"));
}

#[test]
fn legal_status_says_whether_why_and_since_when() {
    let turn = Turn::new();
    let mut harness = usual(turn.view());
    assert!(says(&harness, "Free to leave"));
    press(&mut harness, Key::L);
    assert!(says(&harness, "No power has been used"));
    let legal = LegalStatus::Detained {
        cite: "Mental Health Act 1983, s.136(1)",
        note: "Immediate need of care or control.",
        local: "CLP-2: whom to consult.",
        since: "21:58",
    };
    let mut harness = usual(EncounterView {
        legal,
        ..turn.view()
    });
    press(&mut harness, Key::L);
    for words in [
        "Detained since 21:58",
        "s.136(1)",
        "Immediate need",
        "CLP-2",
    ] {
        assert!(says(&harness, words), "{words}");
    }
}

#[test]
fn an_ending_leads_to_the_debrief_with_enter() {
    let turn = Turn::new();
    let ended = Ended {
        title: "She walks back",
        text: "They wait together.",
        attempt: "a-1",
    };
    let view = EncounterView {
        ended: Some(ended),
        options: &[],
        ..turn.view()
    };
    let mut harness = usual(view);
    assert!(says(&harness, "She walks back") && says(&harness, "They wait together."));
    assert_eq!(press(&mut harness, Key::C), []);
    assert_eq!(
        press(&mut harness, Key::Enter),
        [Intent::ShowDebrief("a-1".to_owned())]
    );
}

#[test]
fn where_nothing_is_open_one_can_wait() {
    let turn = Turn::new();
    let mut harness = usual(EncounterView {
        options: &[],
        standing: &[],
        ..turn.view()
    });
    harness.get_by_label("Wait").click();
    harness.run_steps(3);
    assert_eq!(harness.state().1, [Intent::Make(Move::Silence)]);
}

#[test]
fn a_reason_is_given_or_passed_over_by_keys_alone() {
    let turn = Turn::new();
    let why = |can_skip| {
        let mut view = turn.view();
        view.why = Some(Why {
            decided: "Ask her plainly",
            can_skip,
        });
        usual(view)
    };
    let mut practice = why(true);
    assert!(press(&mut practice, Key::Space).is_empty());
    assert_eq!(press(&mut practice, Key::G), [Intent::SkipReason]);

    let mut assessment = why(false);
    assert!(press(&mut assessment, Key::G).is_empty());
    assert!(press(&mut assessment, Key::Num1).is_empty());
    assessment
        .get_by_role_and_label(Role::TextInput, "In a line, why")
        .focus();
    assessment.run_steps(2);
    assessment
        .get_by_role_and_label(Role::TextInput, "In a line, why")
        .type_text("Good: nothing is known yet.");
    assessment.run_steps(2);
    assert_eq!(
        press(&mut assessment, Key::Enter),
        [Intent::GiveReason(
            Element::ALL[0],
            "Good: nothing is known yet.".to_owned()
        )]
    );
}

#[test]
fn a_message_can_be_taken_away() {
    let turn = Turn::new();
    let mut harness = usual(EncounterView {
        notice: Some("The disk is full."),
        ..turn.view()
    });
    assert!(says(&harness, "The disk is full."));
    harness.get_by_label("Close this message").click();
    harness.run_steps(3);
    assert_eq!(harness.state().1, [Intent::DismissNotice]);
}

#[test]
fn six_options_of_two_lines_fit_and_leave_room_for_the_picture() {
    let turn = Turn::new();
    let harness = usual(turn.view());
    let rows: Vec<Rect> = buttons(&harness)
        .into_iter()
        .filter(|(label, _)| label.contains(". Option "))
        .map(|(_, rect)| rect)
        .collect();
    assert_eq!(rows.len(), 6);
    for rect in &rows {
        assert!(rect.height() >= 50.0, "two lines need room: {rect:?}");
        assert!(rect.max.y <= WINDOW.y && rect.max.x <= WINDOW.x, "{rect:?}");
    }
    let left = rows.iter().map(|rect| rect.min.x).fold(f32::MAX, f32::min);
    assert!(
        left > WINDOW.x * 0.58,
        "the picture keeps most of the window, not {left}"
    );
}

#[test]
fn every_decision_of_the_shipped_scenarios_can_be_read_without_scrolling() {
    let turn = Turn::new();
    for id in support::SHIPPED {
        let scenario = support::shipped(id);
        for beat in &scenario.beats {
            let Some(decision) = &beat.decision else {
                continue;
            };
            let options: Vec<OptionRow> = decision
                .choices
                .positions()
                .map(|n| OptionRow {
                    made: Move::Choice(n),
                    text: scenario.choices[n as usize].text.to_string(),
                })
                .collect();
            let harness = usual(EncounterView {
                options: &options,
                ..turn.view()
            });
            let numbered: Vec<Rect> = buttons(&harness)
                .into_iter()
                .filter(|(label, _)| label.starts_with(|first: char| first.is_ascii_digit()))
                .map(|(_, rect)| rect)
                .collect();
            assert_eq!(numbered.len(), options.len());
            for rect in numbered {
                assert!(rect.max.y <= WINDOW.y - 56.0, "{id}, {}: {rect:?}", beat.id);
            }
        }
    }
}

#[test]
fn nothing_overlaps_and_nothing_is_small_or_outside_at_any_size_of_text() {
    let turn = Turn::new();
    let practice = EncounterView {
        practice: turn.practice(),
        ..turn.view()
    };
    for view in [
        turn.view(),
        practice,
        EncounterView {
            is_paused: true,
            ..turn.view()
        },
    ] {
        for text_scale in [0.8, 1.0, 1.25, 1.5, 2.0] {
            let settings = Settings {
                text_scale,
                ..Settings::default()
            };
            let harness = shown(view, &settings);
            let window = Rect::from_min_size(egui::Pos2::ZERO, WINDOW / text_scale);
            let all = buttons(&harness);
            assert!(all.len() >= 4, "{text_scale}: {all:?}");
            for (index, (label, rect)) in all.iter().enumerate() {
                let is_row = label.contains(". Option ");
                // Rows may lie further down in their list.
                if !is_row {
                    assert!(
                        window.expand(0.5).contains_rect(*rect),
                        "{text_scale}: {label} at {rect:?}"
                    );
                }
                assert!(
                    rect.height() >= 35.0 || is_row,
                    "{text_scale}: {label} is {rect:?}"
                );
                for (other, place) in all.iter().skip(index + 1) {
                    if is_row == other.contains(". Option ") {
                        let common = rect.shrink(0.5).intersect(place.shrink(0.5));
                        assert!(
                            !common.is_positive(),
                            "{text_scale}: {label} lies on {other}"
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn an_option_out_of_sight_is_scrolled_to_when_it_gains_the_keyboard() {
    let turn = Turn::new();
    let large = Settings {
        text_scale: 2.0,
        ..Settings::default()
    };
    let mut harness = shown(turn.view(), &large);
    for _ in 0..40 {
        press(&mut harness, Key::Tab);
        harness.run_steps(30);
        let last = harness.get(by().role(Role::Button).label_contains("6. Option 5"));
        if last.is_focused() {
            let rect = last.rect();
            assert!(rect.max.y < 320.0 && rect.min.y > 60.0, "{rect:?}");
            return;
        }
    }
    panic!("Tab never reached the last option");
}

#[test]
fn drawing_twice_changes_nothing() {
    let turn = Turn::new();
    let mut harness = usual(EncounterView {
        practice: turn.practice(),
        ..turn.view()
    });
    let before = buttons(&harness);
    harness.run_steps(5);
    assert_eq!(before, buttons(&harness));
    let (draft, asked) = harness.state();
    assert_eq!(draft.side, None);
    assert_eq!(asked, &[]);
}

// ---- the briefing -----------------------------------------------------------------------

type Read = (BriefingDraft, Vec<Intent>);

fn briefed<'a>(scenario: &'a Scenario, course: &'a Course, scale: f32) -> Harness<'a, Read> {
    let settings = Settings {
        text_scale: scale,
        ..Settings::default()
    };
    let mut harness = Harness::builder().with_size(WINDOW).build_ui_state(
        move |ui: &mut egui::Ui, (draft, asked): &mut Read| {
            theme::apply(ui.ctx(), &settings);
            let readiness = common_ground::scenario::Readiness::default();
            let view = BriefingView {
                scenario,
                readiness: &readiness,
                course: Some(course),
                who: "PC Hale",
                cohorts: &[],
                notice: None,
            };
            asked.extend(briefing_ui(ui, &view, draft));
        },
        Read::default(),
    );
    harness.run_steps(4);
    harness
}

#[test]
fn a_briefing_begins_with_enter_in_practice_unless_assessment_is_chosen() {
    let (scenario, course) = (support::shipped("footbridge"), support::course());
    let mut harness = briefed(&scenario, &course, 1.0);
    assert!(harness.get_by_label("Begin practice").is_focused());
    harness.key_press(Key::Enter);
    harness.run_steps(3);
    assert_eq!(
        harness.state().1,
        [Intent::Begin {
            is_assessment: false
        }]
    );
    harness.get_by_label("Assessment").click();
    harness.run_steps(3);
    harness.get_by_label("Begin the assessment").click();
    harness.run_steps(3);
    assert_eq!(
        harness.state().1.last(),
        Some(&Intent::Begin {
            is_assessment: true
        })
    );
}

#[test]
fn a_briefing_can_be_swapped_without_a_reason_and_left() {
    let (scenario, course) = (support::shipped("footbridge"), support::course());
    let mut harness = briefed(&scenario, &course, 1.0);
    harness
        .get_by_label("Choose another, no reason needed")
        .click();
    harness.run_steps(3);
    harness.key_press(Key::Escape);
    harness.run_steps(3);
    harness.key_press(Key::F1);
    harness.run_steps(3);
    let expected = [
        Intent::ChooseAnother,
        Intent::Back,
        Intent::Open(Page::Support),
    ];
    assert_eq!(harness.state().1, expected);
}

#[test]
fn a_briefing_tells_log_content_law_and_objectives_at_any_size_of_text() {
    let (scenario, course) = (support::shipped("footbridge"), support::course());
    for scale in [1.0, 2.0] {
        let mut harness = briefed(&scenario, &course, scale);
        harness.state_mut().0.is_law_open = true;
        harness.state_mut().0.are_objectives_open = true;
        harness.run_steps(4);
        let says = |words: &str| {
            harness
                .query_all(by().predicate(|node| {
                    let has = |text: Option<String>| text.is_some_and(|text| text.contains(words));
                    has(node.label()) || has(node.value())
                }))
                .next()
                .is_some()
        };
        for entry in &scenario.briefing.log {
            assert!(
                says(&entry.text) && says(&entry.at),
                "{scale}: {}",
                entry.text
            );
        }
        for what in scenario
            .content_notes
            .iter()
            .chain(&scenario.briefing.known)
        {
            assert!(says(what), "{scale}: {what}");
        }
        assert!(says(&scenario.briefing.task));
        for (_, reference) in &scenario.references {
            assert!(says(&reference.cite), "{scale}: {}", reference.cite);
        }
        for position in scenario.assessed() {
            let id = &scenario.names.objectives[usize::from(position)];
            assert!(
                says(&course.objective(id).unwrap().statement),
                "{scale}: {id}"
            );
        }
        assert!(says("Not checked by anybody but its author."));
        assert!(says("nobody has signed it") && says("As the text stood on 25/03/2025"));
        let begin = harness
            .get(by().role(Role::Button).label_contains("Begin"))
            .rect();
        assert!(
            begin.max.y <= WINDOW.y / scale && begin.max.x <= WINDOW.x / scale,
            "{begin:?}"
        );
    }
}
