//! The school's side of the store: cohorts, assignments, merged entries, judgements, votes, and
//! the results that follow from summaries.

use std::collections::BTreeMap;

use common_ground::attempt::{counted_of, readiness_key};
use common_ground::course::Level;
use common_ground::records::{
    AssignedTo, AttemptFilter, AttemptId, FaultKind, Finding, Finish, GroupVote, Mode,
    NewAssignment, NewAttempt, RecordsError, SourceFile, Stance, Store, TraineeId,
};

const NOW: &str = "2026-11-28T10:00:00Z";

fn file(name: &str) -> SourceFile {
    SourceFile {
        name: name.to_owned(),
        text: format!("({name})"),
    }
}

/// A finished attempt with this result on CI-1.
pub(crate) fn play(
    store: &Store,
    trainee: TraineeId,
    started: &str,
    mode: Mode,
    percent: u32,
) -> AttemptId {
    let id = store
        .begin_attempt(&NewAttempt {
            trainee,
            scenario: "footbridge".to_owned(),
            title: "Footbridge".to_owned(),
            scenario_file: file("footbridge"),
            course_file: file("course"),
            technique_file: file("techniques"),
            profile_file: file("profiles"),
            engine: "test".to_owned(),
            seed: 7,
            mode,
            started: started.to_owned(),
        })
        .unwrap();
    let (verdict, result) = if percent >= 65 {
        ("Passed", "Competent")
    } else {
        ("NotPassed", "NotYet")
    };
    let summary = serde_json::json!({
        "verdict": verdict, "outcome": "Safe", "gates": [],
        "decisions": [{"number": 1, "beat": "rail", "made": "ask"}],
        "objectives": [{"id": "CI-1", "is_core": true, "percent": percent, "result": result,
            "failed_by": null}],
    });
    store
        .finish(
            id,
            &Finish {
                ending: "safe".to_owned(),
                summary: summary.to_string(),
                ended: started.to_owned(),
            },
        )
        .unwrap();
    id
}

#[test]
fn a_cohort_has_members_assignments_and_results() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let amy = store.add_trainee("Amy Lloyd", "77", NOW).unwrap().id;
    let tom = store.add_trainee("Tom Vale", "78", NOW).unwrap().id;
    let cohort = store.add_cohort("Intake 4", NOW).unwrap().id;
    assert!(matches!(
        store.add_cohort(" intake 4", NOW).unwrap_err(),
        RecordsError::CohortName { .. }
    ));
    store.set_member(cohort, amy, true).unwrap();
    store.set_member(cohort, amy, true).unwrap();
    assert_eq!(store.cohort(cohort).unwrap().members, 1);

    let mut wanted = NewAssignment {
        scenario: "footbridge".to_owned(),
        title: "Footbridge".to_owned(),
        mode: Mode::Assessment,
        due: Some("2026-12-24".to_owned()),
        seed: Some(7),
        to: AssignedTo::Cohort(cohort),
    };
    let id = store.assign(&wanted, NOW).unwrap();
    wanted.due = Some("Christmas".to_owned());
    assert!(matches!(
        store.assign(&wanted, NOW).unwrap_err(),
        RecordsError::BadDay { .. }
    ));
    assert_eq!(store.assignments_of(tom).unwrap(), []);
    let given = store.assignments_of(amy).unwrap();
    assert_eq!(given.len(), 1);
    assert!(!given[0].is_overdue("2026-12-24"));
    assert!(given[0].is_overdue("2026-12-25"));

    // Too early, and practice, do not count; an assessment with the seed does.
    play(&store, amy, "2026-11-27T10:00:00Z", Mode::Assessment, 70);
    play(&store, amy, "2026-11-29T10:00:00Z", Mode::Practice, 70);
    let is_done = || {
        let lines = store.results_of(Some(AssignedTo::Trainee(amy))).unwrap();
        lines.iter().any(|line| given[0].is_done_by(line))
    };
    assert!(!is_done());
    assert!(store.done_by(&given[0]).unwrap().is_empty());
    play(&store, amy, "2026-11-30T10:00:00Z", Mode::Assessment, 20);
    assert!(is_done());
    assert_eq!(store.done_by(&given[0]).unwrap(), [amy].into());
    play(&store, tom, "2026-11-30T11:00:00Z", Mode::Practice, 20);
    let of_cohort = store.levels_of(Some(AssignedTo::Cohort(cohort))).unwrap();
    let percents: Vec<_> = of_cohort.iter().map(|line| line.percent).collect();
    assert_eq!(percents, [Some(70), Some(70), Some(20)]);
    assert_eq!(store.results_of(None).unwrap().len(), 4);
    let counts = store.counts().unwrap()[&amy];
    assert_eq!((counts.all, counts.assessed, counts.passed), (3, 2, 1));

    store.withdraw(id, NOW).unwrap();
    assert_eq!(store.assignments_of(amy).unwrap(), []);
    assert!(store.withdraw(id, NOW).is_err());
    store.give_again(id).unwrap();
    assert_eq!(store.assignments_of(amy).unwrap(), given);
    assert!(store.give_again(id).is_err());

    // Where each stands is what the results say, one after the other.
    let standings = store.standings(Some(AssignedTo::Cohort(cohort))).unwrap();
    assert_eq!(standings.len(), 1);
    let one = &standings[0];
    assert_eq!((one.trainee, one.times, one.below), (amy, 3, 1));
    assert_eq!((one.result.as_str(), one.percent), ("NotYet", Some(20)));
    assert_eq!(store.standings(None).unwrap().len(), 2, "Tom's too");
    let since = store.results_since(None, "2026-11-30T10:30:00.000Z");
    assert_eq!(since.unwrap().len(), 1);

    store.archive_cohort(cohort, NOW).unwrap();
    store.restore_cohort(cohort).unwrap();
    assert_eq!(store.cohort(cohort).unwrap().archived, None);
    store.archive_cohort(cohort, NOW).unwrap();
    store.add_cohort("Intake 4", NOW).unwrap();
    assert!(matches!(
        store.restore_cohort(cohort).unwrap_err(),
        RecordsError::CohortName { .. }
    ));
}

#[test]
fn merged_entries_count_as_one_person_and_can_be_taken_apart() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let amy = store.add_trainee("Amy Lloyd", "77", NOW).unwrap().id;
    let twin = store.add_trainee("A Lloyd", "", NOW).unwrap().id;
    play(&store, amy, "2026-11-29T10:00:00Z", Mode::Practice, 30);
    play(&store, twin, "2026-11-28T10:00:00Z", Mode::Practice, 70);
    let of = |id| {
        store
            .attempts(&AttemptFilter {
                trainee: Some(id),
                ..AttemptFilter::default()
            })
            .unwrap()
            .len()
    };
    let cohort = store.add_cohort("Intake 4", NOW).unwrap().id;
    store.set_member(cohort, twin, true).unwrap();
    store.merge_trainees(twin, amy).unwrap();
    assert_eq!(of(amy), 2);
    assert_eq!(store.members(cohort).unwrap(), [amy]);
    assert_eq!(store.counts().unwrap()[&amy].all, 2);
    let lines = store.levels_of(Some(AssignedTo::Cohort(cohort))).unwrap();
    let percents: Vec<_> = lines.iter().map(|line| line.percent).collect();
    assert_eq!(
        percents,
        [Some(70), Some(30)],
        "oldest first over both entries"
    );
    let standings = store.standings(Some(AssignedTo::Cohort(cohort))).unwrap();
    assert_eq!(standings.len(), 1, "one person, one objective");
    let one = &standings[0];
    assert_eq!((one.trainee, one.times, one.below), (amy, 2, 1));
    assert_eq!((one.result.as_str(), one.percent), ("NotYet", Some(30)));
    assert!(store.merge_trainees(amy, twin).is_err());
    assert!(store.merge_trainees(amy, amy).is_err());
    assert!(store.verify().unwrap().sound(), "no record was changed");
    store.unmerge_trainee(twin).unwrap();
    assert_eq!(of(amy), 1);

    store.merge_trainees(twin, amy).unwrap();
    store.erase_trainee(amy, NOW).unwrap();
    assert_eq!(store.trainees().unwrap(), []);
    assert_eq!(store.results_of(None).unwrap(), []);
    assert!(store.verify().unwrap().sound());
}

#[test]
fn a_judgement_lies_beside_the_attempt_and_a_changed_one_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let amy = store.add_trainee("Amy Lloyd", "77", NOW).unwrap().id;
    let id = play(&store, amy, NOW, Mode::Assessment, 30);
    let before = store.attempt(id).unwrap();
    let findings = [
        Finding::Comment {
            decision: Some(1),
            text: "Ask first.".to_owned(),
        },
        Finding::Mark {
            decision: 1,
            objective: "CI-1".to_owned(),
            level: Level::Competent,
            text: String::new(),
        },
        Finding::Gate {
            gate: "force".to_owned(),
            decision: 1,
            stance: Stance::Disputed,
            text: "The door was open.".to_owned(),
        },
        Finding::SignOff {
            text: String::new(),
        },
    ];
    for finding in &findings {
        store.judge(id, "Sgt Iqbal", finding, NOW).unwrap();
    }
    let kept: Vec<_> = store
        .judgements(id)
        .unwrap()
        .into_iter()
        .map(|one| one.finding)
        .collect();
    assert_eq!(kept, findings);
    assert_eq!(
        store.attempt(id).unwrap(),
        before,
        "the record is as it was"
    );
    assert_eq!(store.signed_off().unwrap(), [id]);
    let no_reason = Finding::Gate {
        gate: "force".to_owned(),
        decision: 1,
        stance: Stance::Confirmed,
        text: " ".to_owned(),
    };
    assert!(store.judge(id, "Sgt Iqbal", &no_reason, NOW).is_err());
    assert!(store.judge(id, " ", &findings[0], NOW).is_err());
    assert!(store.verify().unwrap().sound());

    let path = store.path().to_owned();
    let by_hand = rusqlite::Connection::open(path).unwrap();
    assert!(
        by_hand
            .execute("UPDATE judgement SET author = 'Nobody' WHERE n = 1", [])
            .is_err()
    );
    by_hand
        .execute("DELETE FROM judgement WHERE n = 2", [])
        .unwrap();
    let fault = store.verify().unwrap().fault.unwrap();
    assert_eq!(fault.kind, FaultKind::JudgementChanged);
    assert_eq!(fault.record, id.to_string());
}

#[test]
fn a_disputed_gate_sets_an_assessment_aside_and_a_signature_is_counted() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let amy = store.add_trainee("Amy Lloyd", "77", NOW).unwrap().id;
    let id = play(&store, amy, NOW, Mode::Assessment, 30);
    let failed = store
        .begin_attempt(&NewAttempt {
            trainee: amy,
            scenario: "number-14".to_owned(),
            title: "Number 14".to_owned(),
            scenario_file: file("number-14"),
            course_file: file("course"),
            technique_file: file("techniques"),
            profile_file: file("profiles"),
            engine: "test".to_owned(),
            seed: 7,
            mode: Mode::Assessment,
            started: NOW.to_owned(),
        })
        .unwrap();
    let summary = serde_json::json!({
        "verdict": "NotPassed", "objectives": [],
        "gates": [{"gate": "force", "number": 2}, {"gate": "dignity", "number": 3}],
    });
    let finish = Finish {
        ending: "unsafe".to_owned(),
        summary: summary.to_string(),
        ended: NOW.to_owned(),
    };
    store.finish(failed, &finish).unwrap();
    for one in [id, failed] {
        store.set_setting(&readiness_key(one), "ready").unwrap();
    }
    let judge = |gate: &str, decision, stance| {
        let finding = Finding::Gate {
            gate: gate.to_owned(),
            decision,
            stance,
            text: "The door was open.".to_owned(),
        };
        store.judge(failed, "Sgt Iqbal", &finding, NOW).unwrap();
    };
    let aside = || {
        let counted = counted_of(&store, amy).unwrap();
        assert_eq!(counted.len(), 2);
        counted.iter().filter(|one| one.is_disputed).count()
    };
    assert_eq!(aside(), 0);
    judge("force", 2, Stance::Disputed);
    assert_eq!(aside(), 0, "another gate failed too");
    judge("dignity", 3, Stance::Disputed);
    assert_eq!(aside(), 1);
    judge("dignity", 3, Stance::Confirmed);
    assert_eq!(aside(), 0, "the latest word counts");
    let signature = Finding::SignOff {
        text: String::new(),
    };
    store.judge(id, "Sgt Iqbal", &signature, NOW).unwrap();
    let signed: Vec<bool> = counted_of(&store, amy)
        .unwrap()
        .iter()
        .filter(|one| one.scenario == "footbridge")
        .map(|one| one.is_signed_off)
        .collect();
    assert_eq!(signed, [true]);
}

#[test]
fn a_vote_of_the_room_is_kept_beside_what_others_did() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let amy = store.add_trainee("Amy Lloyd", "77", NOW).unwrap().id;
    play(&store, amy, NOW, Mode::Practice, 30);
    let cohort = store.add_cohort("Intake 4", NOW).unwrap().id;
    let room = store.room_of(cohort, NOW).unwrap();
    assert_eq!(store.room_of(cohort, NOW).unwrap(), room);
    assert!(!store.trainee(room).unwrap().is_current());
    let id = play(&store, room, NOW, Mode::Practice, 70);
    let vote = GroupVote {
        decision: 1,
        beat: "rail".to_owned(),
        votes: BTreeMap::from([("ask".to_owned(), 9), ("wait".to_owned(), 4)]),
        taken: "ask".to_owned(),
        at: "2026-11-28T10:00:00.000Z".to_owned(),
    };
    store.keep_vote(id, &vote).unwrap();
    let kept = store.votes_on("footbridge").unwrap();
    assert_eq!(kept.len(), 1);
    assert_eq!((&kept[0].vote, kept[0].attempt), (&vote, id));
    // The room's own attempt does not stand among the others.
    let others = store.choices_on("footbridge").unwrap();
    assert_eq!(others, [("rail".to_owned(), "ask".to_owned(), 1)]);
    let drawn = store.to_draw(None, None).unwrap();
    assert_eq!(drawn.len(), 1, "nor in the figures");
    assert_eq!(drawn[0].trainee, amy);
    assert_eq!(store.results_of(None).unwrap().len(), 1);
}
