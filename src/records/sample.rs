//! A large store for measurements.

use std::fmt::Write as _;

use rusqlite::params;

use super::{
    AssignedTo, AttemptFilter, CohortId, Finish, Mode, NewAssignment, NewAttempt, SourceFile,
    Store, TraineeId,
};

const NOW: &str = "2026-01-01T10:00:00Z";

/// Fills a store with ten thousand attempts of twenty-five decisions, by two hundred trainees of
/// one cohort that has an assignment.
pub(crate) fn ten_thousand(store: &Store) -> (CohortId, Vec<TraineeId>) {
    let cohort = store.add_cohort("Intake 4", NOW).unwrap().id;
    let trainees: Vec<TraineeId> = (0..200)
        .map(|n| {
            let name = format!("Trainee {n:03}");
            let one = store.add_trainee(&name, &n.to_string(), NOW).unwrap();
            store.set_member(cohort, one.id, true).unwrap();
            one.id
        })
        .collect();
    let assigned = NewAssignment {
        scenario: "footbridge".to_owned(),
        title: "Footbridge".to_owned(),
        mode: Mode::Practice,
        due: None,
        seed: None,
        to: AssignedTo::Cohort(cohort),
    };
    store.assign(&assigned, NOW).unwrap();
    let file = |name: &str| SourceFile {
        name: name.to_owned(),
        text: format!("({name})"),
    };
    let first = store
        .begin_attempt(&NewAttempt {
            trainee: trainees[0],
            scenario: "footbridge".to_owned(),
            title: "Footbridge".to_owned(),
            scenario_file: file("footbridge"),
            course_file: file("course"),
            technique_file: file("techniques"),
            profile_file: file("profiles"),
            engine: "test".to_owned(),
            seed: 7,
            mode: Mode::Practice,
            started: NOW.to_owned(),
        })
        .unwrap();
    let decisions: Vec<_> = (1..=25)
        .map(|number| {
            let points: Vec<_> = (1..=3)
                .map(|n| {
                    serde_json::json!({"objective": format!("CI-{n}"), "earned": "Competent",
                        "available": "Proficient", "reason": "A sentence that says why. ".repeat(3)})
                })
                .collect();
            serde_json::json!({"number": number, "beat": format!("beat-{number}"),
                "made": "ask", "points": points, "is_premature": false})
        })
        .collect();
    let objectives: Vec<_> = ["CI-1", "CI-2", "CI-3", "CI-4", "RC-1", "RC-2", "LE-1"]
        .iter()
        .zip(60..)
        .map(|(id, percent)| {
            serde_json::json!({"id": id, "is_core": true, "percent": percent,
                "result": "Developing", "failed_by": null})
        })
        .collect();
    let summary = serde_json::json!({"verdict": "NotPassed", "outcome": "Safe", "gates": [],
        "decisions": decisions, "objectives": objectives})
    .to_string();
    let finish = Finish {
        ending: "safe".to_owned(),
        summary: summary.clone(),
        ended: NOW.to_owned(),
    };
    store.finish(first, &finish).unwrap();
    let connection = store.connection();
    connection.execute_batch("BEGIN").unwrap();
    for n in 1..10_000_u32 {
        let at = format!(
            "2026-{:02}-{:02}T10:{:02}:{:02}.000Z",
            1 + n % 11,
            1 + n % 28,
            n / 60 % 60,
            n % 60
        );
        connection
            .prepare_cached(
                "INSERT INTO attempt(id, trainee, scenario, title, scenario_sha256, course_sha256,
                   techniques_sha256, profiles_sha256, engine, seed, mode, started, ended, state,
                   ending, summary)
                 SELECT ?1, ?2, scenario, title, scenario_sha256, course_sha256,
                   techniques_sha256, profiles_sha256, engine, seed, mode, ?3, ?3, state, ending,
                   ?4 FROM attempt WHERE id = ?5",
            )
            .unwrap()
            .execute(params![
                format!("01890a5d-ac96-774b-bcce-{n:012}"),
                trainees[n as usize % trainees.len()],
                at,
                summary,
                first
            ])
            .unwrap();
    }
    connection.execute_batch("COMMIT").unwrap();
    (cohort, trainees)
}

/// Run by hand: `cargo test --no-default-features --release -- --ignored --nocapture ten_thousand`.
#[test]
#[ignore = "fills a store with ten thousand attempts; run by hand to measure"]
fn ten_thousand_attempts_are_looked_over_quickly() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let (cohort, trainees) = ten_thousand(&store);
    let mut told = String::new();
    let mut timed = |what: &str, work: &dyn Fn() -> usize| {
        let start = std::time::Instant::now();
        let rows = work();
        let millis = start.elapsed().as_millis();
        let _ = writeln!(told, "{what}: {rows} rows in {millis} ms");
    };
    let whose = Some(AssignedTo::Cohort(cohort));
    timed("counts of everybody", &|| store.counts().unwrap().len());
    timed("levels of a cohort of 200", &|| {
        store.levels_of(whose).unwrap().len()
    });
    timed("standings of a cohort of 200", &|| {
        store.standings(whose).unwrap().len()
    });
    timed("results of a cohort of 200", &|| {
        store.results_of(whose).unwrap().len()
    });
    timed("attempts of one trainee, summaries too", &|| {
        store
            .attempts(&AttemptFilter {
                trainee: Some(trainees[5]),
                ..AttemptFilter::default()
            })
            .unwrap()
            .len()
    });
    let size = std::fs::metadata(store.path()).unwrap().len();
    let _ = writeln!(told, "{} bytes an attempt", size / 10_000);
    std::io::Write::write_all(&mut std::io::stderr(), told.as_bytes()).unwrap();
}
