//! The store from outside: what a trainee does is kept, by one process or by two.

use common_ground::records::{
    Attempt, AttemptFilter, AttemptId, AttemptState, Entry, Finish, Mode, NewAttempt, RecordsError,
    SourceFile, Store, TraineeId, moves_in_force,
};

const NOW: &str = "2026-11-28T10:00:00Z";

fn file(name: &str, text: &str) -> SourceFile {
    SourceFile {
        name: name.to_owned(),
        text: text.to_owned(),
    }
}

fn new_attempt(trainee: TraineeId, mode: Mode) -> NewAttempt {
    NewAttempt {
        trainee,
        scenario: "footbridge".to_owned(),
        title: "The footbridge".to_owned(),
        scenario_file: file("footbridge.scenario.ron", "Scenario(format: 1)"),
        course_file: file("cpmha.course.ron", "Course(format: 1)"),
        technique_file: file("cpmha.techniques.ron", "Techniques(format: 1)"),
        profile_file: file("cpmha.profiles.ron", "Profiles(format: 1)"),
        engine: "0.1.0".to_owned(),
        seed: 0xfeed_face_cafe_f00d,
        mode,
        started: NOW.to_owned(),
    }
}

fn finish() -> Finish {
    Finish {
        ending: "walks_back".to_owned(),
        summary: r#"{"passed":true}"#.to_owned(),
        ended: "2026-11-28T10:12:00Z".to_owned(),
    }
}

fn ids(attempts: &[Attempt]) -> Vec<AttemptId> {
    attempts.iter().map(|attempt| attempt.id).collect()
}

#[test]
fn an_attempt_is_kept_whole_over_closing_and_opening() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let trainee = store.add_trainee("Siân Rees", "4711", NOW).unwrap().id;
    let id = store
        .begin_attempt(&new_attempt(trainee, Mode::Assessment))
        .unwrap();
    assert_eq!(store.append_move(id, "introduce", 4200, NOW).unwrap(), 0);
    drop(store);

    let store = Store::open(dir.path()).unwrap();
    assert_eq!(ids(&store.open_attempts(trainee).unwrap()), [id]);
    assert_eq!(store.append_move(id, "silence", 20_000, NOW).unwrap(), 1);
    store.finish(id, &finish()).unwrap();
    assert!(store.open_attempts(trainee).unwrap().is_empty());

    let kept = store.attempt(id).unwrap();
    assert_eq!(kept.state, AttemptState::Finished);
    assert_eq!(kept.seed, 0xfeed_face_cafe_f00d);
    assert_eq!(kept.ending.as_deref(), Some("walks_back"));
    assert_eq!(
        store.source(&kept.scenario_sha256).unwrap().text,
        "Scenario(format: 1)"
    );
    let journal = store.moves(id).unwrap();
    assert_eq!(moves_in_force(&journal), ["introduce", "silence"]);
    assert_eq!(
        journal[1].what,
        Entry::Move {
            text: "silence".to_owned(),
            millis: 20_000
        }
    );
}

#[test]
fn a_move_is_on_disk_before_the_call_returns() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let trainee = store.add_trainee("Siân Rees", "4711", NOW).unwrap().id;
    let id = store
        .begin_attempt(&new_attempt(trainee, Mode::Practice))
        .unwrap();
    store.append_move(id, "introduce", 4200, NOW).unwrap();

    // What lies on the disk now is what is left when the computer stops now.
    let after = tempfile::tempdir().unwrap();
    for name in ["records.sqlite3", "records.sqlite3-wal"] {
        std::fs::copy(dir.path().join(name), after.path().join(name)).unwrap();
    }
    let journal = Store::open(after.path()).unwrap().moves(id).unwrap();
    assert_eq!(moves_in_force(&journal), ["introduce"]);
    drop(store);
}

#[test]
fn a_rewind_is_an_entry_and_deletes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let trainee = store.add_trainee("Ben Okoro", "", NOW).unwrap().id;
    let id = store
        .begin_attempt(&new_attempt(trainee, Mode::Practice))
        .unwrap();
    for text in ["one", "two", "three"] {
        store.append_move(id, text, 1, NOW).unwrap();
    }
    store.append_rewind(id, 1, NOW).unwrap();
    store.append_move(id, "other", 1, NOW).unwrap();
    let journal = store.moves(id).unwrap();
    assert_eq!(journal.len(), 5);
    assert_eq!(moves_in_force(&journal), ["one", "other"]);
    assert!(matches!(
        store.append_rewind(id, 3, NOW).unwrap_err(),
        RecordsError::RewindTooFar {
            found: 3,
            expected: 2
        }
    ));
}

#[test]
fn assessment_has_no_way_back_and_a_closed_attempt_takes_no_move() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let trainee = store.add_trainee("Ben Okoro", "", NOW).unwrap().id;
    let id = store
        .begin_attempt(&new_attempt(trainee, Mode::Assessment))
        .unwrap();
    assert!(matches!(
        store.append_rewind(id, 0, NOW).unwrap_err(),
        RecordsError::RewindInAssessment { .. }
    ));
    store.abandon(id, NOW).unwrap();
    for error in [
        store.append_move(id, "late", 1, NOW).map(drop).unwrap_err(),
        store.finish(id, &finish()).map(drop).unwrap_err(),
        store.abandon(id, NOW).map(drop).unwrap_err(),
    ] {
        assert!(error.to_string().contains("abandoned"), "{error}");
    }
    assert!(store.verify().unwrap().sound());
}

#[test]
fn attempts_are_listed_newest_first_and_filtered() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let sian = store.add_trainee("Siân Rees", "1", NOW).unwrap().id;
    let ben = store.add_trainee("Ben Okoro", "2", NOW).unwrap().id;
    let mut made = Vec::new();
    for (day, who, mode) in [
        (1, sian, Mode::Practice),
        (2, ben, Mode::Practice),
        (3, sian, Mode::Assessment),
    ] {
        let mut new = new_attempt(who, mode);
        new.started = format!("2026-11-0{day}T10:00:00Z");
        made.push(store.begin_attempt(&new).unwrap());
    }
    store.finish(made[0], &finish()).unwrap();
    let list = |filter: AttemptFilter| ids(&store.attempts(&filter).unwrap());
    let all = AttemptFilter::default();
    assert_eq!(list(all.clone()), [made[2], made[1], made[0]]);
    assert_eq!(
        list(AttemptFilter {
            trainee: Some(sian),
            ..all.clone()
        }),
        [made[2], made[0]]
    );
    assert_eq!(
        list(AttemptFilter {
            state: Some(AttemptState::Finished),
            ..all.clone()
        }),
        [made[0]]
    );
    assert_eq!(
        list(AttemptFilter {
            since: Some("2026-11-02T00:00:00Z".to_owned()),
            mode: Some(Mode::Practice),
            ..all.clone()
        }),
        [made[1]]
    );
    assert_eq!(
        list(AttemptFilter {
            limit: Some(1),
            scenario: Some("footbridge".to_owned()),
            ..all
        }),
        [made[2]]
    );
}

#[test]
fn two_connections_write_at_once_and_nothing_is_lost() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let trainee = store.add_trainee("Siân Rees", "4711", NOW).unwrap().id;
    let play = |who: &str| {
        let store = Store::open(dir.path()).unwrap();
        for _ in 0..5 {
            let id = store
                .begin_attempt(&new_attempt(trainee, Mode::Practice))
                .unwrap();
            for n in 0..4 {
                store
                    .append_move(id, &format!("{who}-{n}"), 1, NOW)
                    .unwrap();
            }
            store.finish(id, &finish()).unwrap();
        }
    };
    std::thread::scope(|scope| {
        let first = scope.spawn(|| play("first"));
        let second = scope.spawn(|| play("second"));
        first.join().unwrap();
        second.join().unwrap();
    });
    let attempts = store.attempts(&AttemptFilter::default()).unwrap();
    assert_eq!(attempts.len(), 10);
    for attempt in &attempts {
        let journal = store.moves(attempt.id).unwrap();
        assert_eq!(moves_in_force(&journal).len(), 4);
    }
    let found = store.verify().unwrap();
    assert!(found.sound(), "{:?}", found.fault);
    assert_eq!(found.attempts, 10);
}

#[test]
fn what_does_not_exist_is_said_so() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let nobody = "01950000-0000-7000-8000-000000000000";
    let attempt: AttemptId = nobody.parse().unwrap();
    let trainee: TraineeId = nobody.parse().unwrap();
    assert!(matches!(
        store.attempt(attempt).unwrap_err(),
        RecordsError::NoAttempt { .. }
    ));
    assert!(matches!(
        store.moves(attempt).unwrap_err(),
        RecordsError::NoAttempt { .. }
    ));
    assert!(matches!(
        store.append_move(attempt, "x", 1, NOW).unwrap_err(),
        RecordsError::NoAttempt { .. }
    ));
    assert!(matches!(
        store
            .begin_attempt(&new_attempt(trainee, Mode::Practice))
            .unwrap_err(),
        RecordsError::NoTrainee { .. }
    ));
    assert!(matches!(
        store.source("00").unwrap_err(),
        RecordsError::NoSource { .. }
    ));
}
