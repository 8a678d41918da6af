//! Lists of trainees, cohorts and assignments from the command line.

use common_ground::records::{AssignedTo, Mode, Store};

use super::cli::{ends, program, text};

#[test]
fn a_list_is_shown_before_anybody_is_entered_and_then_entered_into_a_cohort() {
    let data = tempfile::tempdir().unwrap();
    let list = data.path().join("list.csv");
    std::fs::write(&list, "Name;Collar number\nAmy Lloyd;77\n;78\n=Tom;79\n").unwrap();
    let file = list.display().to_string();
    let empty = program(data.path(), &["cohorts"]);
    ends(&empty, 0);
    assert!(text(&empty.stdout).contains("There is no cohort yet."));

    let shown = program(data.path(), &["trainees", "import", &file]);
    ends(&shown, 1);
    let told = text(&shown.stdout);
    assert!(
        told.contains("2 new, 0 here already, 1 that cannot"),
        "{told}"
    );
    assert!(told.contains("line 3:"), "{told}");
    assert!(told.contains("line 4: looks like a formula"), "{told}");
    assert!(told.contains("Nobody was entered"), "{told}");
    let store = Store::open(data.path()).unwrap();
    assert_eq!(store.trainees().unwrap(), []);

    let arguments = [
        "trainees", "import", &file, "--cohort", "Intake 4", "--enter",
    ];
    let entered = program(data.path(), &arguments);
    ends(&entered, 1);
    assert!(text(&entered.stdout).contains("2 entered."));
    let again = program(data.path(), &arguments);
    assert!(text(&again.stdout).contains("0 entered."), "nobody twice");
    assert_eq!(store.trainees().unwrap().len(), 2);

    let cohorts = program(data.path(), &["cohorts", "--json"]);
    ends(&cohorts, 0);
    let value: serde_json::Value = serde_json::from_slice(&cohorts.stdout).unwrap();
    assert_eq!(value[0]["name"], "Intake 4");
    assert_eq!(value[0]["members"], 2);

    let missing = program(data.path(), &["trainees", "import", "nowhere.csv"]);
    ends(&missing, 1);
    assert!(text(&missing.stderr).contains("could not be read"));
}

#[test]
fn a_scenario_is_assigned_to_a_cohort_or_to_one_trainee() {
    let data = tempfile::tempdir().unwrap();
    let store = Store::open(data.path()).unwrap();
    let at = "2026-11-28T10:00:00Z";
    let amy = store.add_trainee("Amy Lloyd", "77", at).unwrap();
    store.add_trainee("Tom Vale", "", at).unwrap();
    store.add_trainee("Tom Vale", "79", at).unwrap();
    let cohort = store.add_cohort("Intake 4", at).unwrap();

    let done = program(
        data.path(),
        &[
            "assign",
            "footbridge",
            "--cohort",
            "intake 4",
            "--mode",
            "assessment",
            "--by",
            "2026-12-24",
            "--seed",
            "11",
        ],
    );
    ends(&done, 0);
    assert!(text(&done.stdout).contains("assigned to Intake 4 (0 members)"));
    let done = program(data.path(), &["assign", "footbridge", "--trainee", "77"]);
    ends(&done, 0);
    assert!(text(&done.stdout).contains("assigned to Amy Lloyd"));
    let given: Vec<_> = store
        .assignments()
        .unwrap()
        .into_iter()
        .map(|one| (one.what.to, one.what.mode, one.what.seed, one.what.due))
        .collect();
    assert_eq!(
        given,
        [
            (
                AssignedTo::Cohort(cohort.id),
                Mode::Assessment,
                Some(11),
                Some("2026-12-24".to_owned())
            ),
            (AssignedTo::Trainee(amy.id), Mode::Practice, None, None),
        ]
    );

    for (code, arguments, told) in [
        (2, vec!["assign", "footbridge"], "--cohort"),
        (
            1,
            vec!["assign", "footbridge", "--cohort", "Nobody"],
            "there is no cohort",
        ),
        (
            1,
            vec!["assign", "footbridge", "--trainee", "Zed"],
            "there is no trainee",
        ),
        (
            1,
            vec!["assign", "footbridge", "--trainee", "tom vale"],
            "several trainees",
        ),
        (
            1,
            vec![
                "assign",
                "footbridge",
                "--trainee",
                "77",
                "--by",
                "Christmas",
            ],
            "Christmas",
        ),
    ] {
        let refused = program(data.path(), &arguments);
        ends(&refused, code);
        let stderr = text(&refused.stderr);
        assert!(stderr.contains(told), "{stderr}");
    }
    assert_eq!(store.assignments().unwrap().len(), 2, "nothing was kept");
}
