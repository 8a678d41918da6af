//! Opening a scenario elsewhere than at its beginning, and why an option is shut.

use std::sync::Arc;

use common_ground::attempt::{Sit, Sitting};
use common_ground::encounter::{Encounter, Move, Preset, PresetFault, settable};
use common_ground::records::Mode;
use common_ground::scenario::load::load_folder;

use super::support;

#[test]
fn an_encounter_opens_at_the_beat_and_with_the_values_that_were_asked_for() {
    let scenario = support::shipped("footbridge");
    let set = [
        "trust=6",
        "distance=4",
        "profile=numb-calm",
        "fact.name=yes",
        "promises=2",
        "caller=work",
    ];
    let beat = scenario
        .beats
        .iter()
        .rev()
        .find(|beat| beat.decision.is_some())
        .unwrap();
    let preset = Preset::read(&scenario, Some(&beat.id), set).unwrap();
    let mut log = Vec::new();
    for seed in 0..20 {
        log.clear();
        let encounter = Encounter::begin_at(Arc::clone(&scenario), seed, &preset, &mut log);
        let state = encounter.state();
        assert_eq!(scenario.beats[state.beat as usize].id, beat.id);
        assert!(encounter.ending().is_none());
        assert_eq!(encounter.profile().unwrap().id, "numb-calm");
        assert_eq!(
            encounter.fill("{caller}"),
            scenario
                .variations
                .iter()
                .find(|(id, _)| id == "caller")
                .unwrap()
                .1[2]
                .text
        );
        let values = settable(&scenario, state);
        let of = |name: &str| values.iter().find(|(id, _)| id == name).unwrap().1.clone();
        assert_eq!(
            (of("name"), of("promises")),
            ("yes".to_owned(), "2".to_owned())
        );
        assert!(encounter.open_moves().next().is_some());
    }
}

#[test]
fn everything_that_a_state_shows_can_be_set_to_what_it_shows() {
    for id in support::SHIPPED {
        let scenario = support::shipped(id);
        let mut log = Vec::new();
        let encounter = Encounter::begin(Arc::clone(&scenario), 7, &mut log);
        let words: Vec<String> = settable(&scenario, encounter.state())
            .into_iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let preset = Preset::read(&scenario, None, words.iter().map(String::as_str)).unwrap();
        // Another seed, set to what the first one drew, is in the same state before its first beat.
        let mut again = Vec::new();
        let other = Encounter::begin_at(Arc::clone(&scenario), 8, &preset, &mut again);
        assert_eq!(other.state().profile, encounter.state().profile);
        assert_eq!(other.state().draws, encounter.state().draws);
    }
}

#[test]
fn what_cannot_be_set_is_told_with_what_can() {
    let scenario = support::shipped("footbridge");
    let fault =
        |at: Option<&str>, word: &str| Preset::read(&scenario, at, [word]).unwrap_err().to_string();
    assert!(matches!(
        Preset::read(&scenario, Some("stepz"), []),
        Err(PresetFault::NoBeat { .. })
    ));
    assert!(fault(Some("first_word"), "trust=1").contains("did you mean `first_words`"));
    assert!(fault(None, "trust").contains("NAME=VALUE"));
    assert!(fault(None, "trust=21").contains("0 to 20"));
    assert!(fault(None, "trust=-1").contains("0 to 20"));
    assert!(fault(None, "distance=0").contains("1 to 20"));
    assert!(fault(None, "promises=9").contains("0 to 4"));
    assert!(fault(None, "trsut=3").contains("did you mean `trust`"));
    assert!(fault(None, "profile=despairing").contains("did you mean `despair`"));
    assert!(fault(None, "name=perhaps").contains("`yes` or `no`"));
    assert!(fault(None, "detained=s13666").contains("no"));
}

#[test]
fn an_option_says_why_it_is_shut_and_is_shut_exactly_when_a_clause_fails() {
    let mut shut = 0;
    for id in support::SHIPPED {
        let scenario = support::shipped(id);
        let mut log = Vec::new();
        for seed in 0..10 {
            let mut encounter = Encounter::begin(Arc::clone(&scenario), seed, &mut log);
            for round in 0..30 {
                let Some(decision) = encounter.decision() else {
                    break;
                };
                for choice in decision.choices.positions() {
                    let clauses = encounter.why(choice);
                    let holds = clauses
                        .iter()
                        .filter(|clause| clause.depth == 0)
                        .all(|clause| clause.holds == Some(true));
                    assert_eq!(holds, encounter.is_open(Move::Choice(choice)));
                    shut += usize::from(!holds);
                    assert!(clauses.iter().all(|clause| !clause.words.contains('?')));
                }
                let open: Vec<Move> = encounter.open_moves().collect();
                let made = open[(seed as usize + round) % open.len()];
                log.clear();
                encounter.step(made, &mut log).unwrap();
            }
        }
    }
    assert!(shut > 50, "only {shut} shut options were looked at");
}

#[test]
fn a_preview_is_never_kept_and_goes_back_to_where_it_opened() {
    let shelf = load_folder(&support::folder(), Some("2026-11-28")).unwrap();
    let file = shelf.scenario("footbridge").unwrap();
    let scenario = file.scenario.as_ref().unwrap();
    let beat = scenario
        .beats
        .iter()
        .rev()
        .find(|beat| beat.decision.is_some())
        .unwrap();
    let preset = Preset::read(scenario, Some(&beat.id), ["trust=9"]).unwrap();
    let sit = Sit {
        file,
        courses: &shelf.courses,
        seed: 5,
        mode: Mode::Practice,
    };
    let mut sitting = Sitting::preview(sit, preset).unwrap();
    assert!(sitting.id.is_none());
    let before = sitting.encounter().state().clone();
    let dir = tempfile::tempdir().unwrap();
    let store = common_ground::records::Store::open(dir.path()).unwrap();
    let made = sitting.encounter().open_moves().next().unwrap();
    sitting
        .make(made, Some((&store, 10, "2026-11-28T10:00:00Z")))
        .unwrap();
    sitting
        .go_back(0, Some((&store, "2026-11-28T10:00:01Z")))
        .unwrap();
    assert_eq!(sitting.encounter().state(), &before);
    assert!(
        store
            .attempts(&common_ground::records::AttemptFilter::default())
            .unwrap()
            .is_empty()
    );
}

#[test]
fn a_name_with_two_meanings_is_asked_about() {
    let scenario = support::shipped("number-14");
    let told = Preset::read(&scenario, None, ["past=van"]).unwrap_err();
    assert!(
        told.to_string().contains("`fact.past` or `draw.past`"),
        "{told}"
    );
    assert!(Preset::read(&scenario, None, ["draw.past=van", "fact.past=yes"]).is_ok());
}
