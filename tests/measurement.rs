//! Figures of the measurement room against an outside package's, and figures drawn from attempts.
//!
//! Expected values: pingouin 0.7.0, statsmodels 0.15.0, scikit-learn 1.9.1, SciPy 1.17.1 and NumPy
//! 2.4.6 on Python 3.11. With `X` the table `SCORES`, `a` and `b` the two columns of `LEVELS`:
//!
//! ```python
//! pg.cronbach_alpha(pd.DataFrame(X))                                         # alpha
//! Z = (X - X.mean(0)) / X.std(0); s = X.std(0)                               # omega
//! f = FactorAnalysis(1, tol=1e-12, max_iter=100000, svd_method="lapack").fit(Z); l = f.components_[0]
//! (l @ s)**2 / ((l @ s)**2 + (f.noise_variance_ * s * s).sum())
//! cohens_kappa(T, wt="linear"), cohens_kappa(T, wt="quadratic")              # T: table of a by b
//! cohen_kappa_score(a, b, weights="linear"), cohen_kappa_score(a, b, weights="quadratic")
//! pg.intraclass_corr(d, "t", "j", "v")                                       # row ICC(A,1)
//! ```
//!
//! With gaps, the expected alpha is that of the covariances which make the normal likelihood of all
//! that was seen greatest, found by `scipy.optimize.minimize(..., method="BFGS")` over the means
//! and a Cholesky factor: another way than the EM steps used here.

use std::sync::Arc;

use common_ground::attempt::measured::{Asked, agreements, measured};
use common_ground::attempt::second::{blind_sheet, hand_in};
use common_ground::attempt::{Sit, Sitting, review_kept};
use common_ground::encounter::Move;
use common_ground::measurement::{
    NoFigure, Scores, Weights, draw, icc_agreement, reliability, weighted_kappa,
};
use common_ground::records::{AttemptId, Mode, RatedMark, Store};
use common_ground::scenario::load::load_folder;
use common_ground::scoring::score;

use super::support;

const SCORES: [[u8; 6]; 40] = [
    [2, 2, 2, 1, 2, 2],
    [2, 2, 2, 3, 2, 3],
    [1, 1, 1, 0, 0, 0],
    [1, 1, 1, 2, 0, 0],
    [1, 2, 1, 1, 2, 1],
    [1, 2, 2, 1, 2, 1],
    [1, 2, 2, 2, 2, 2],
    [3, 3, 2, 2, 2, 2],
    [1, 1, 1, 1, 0, 1],
    [1, 0, 1, 1, 2, 1],
    [1, 1, 2, 2, 2, 2],
    [2, 1, 1, 2, 2, 2],
    [2, 2, 2, 1, 2, 3],
    [2, 2, 3, 2, 2, 3],
    [1, 1, 0, 0, 0, 0],
    [1, 1, 1, 1, 2, 1],
    [2, 1, 2, 1, 2, 1],
    [2, 2, 1, 2, 2, 2],
    [2, 2, 2, 2, 2, 2],
    [0, 1, 1, 1, 0, 1],
    [2, 1, 0, 1, 0, 1],
    [2, 1, 1, 1, 2, 2],
    [2, 2, 2, 2, 2, 2],
    [2, 2, 3, 2, 2, 2],
    [2, 2, 2, 3, 2, 3],
    [1, 1, 1, 1, 0, 0],
    [1, 1, 2, 2, 0, 1],
    [1, 2, 1, 1, 2, 1],
    [1, 2, 2, 1, 2, 1],
    [1, 3, 2, 2, 2, 2],
    [3, 3, 2, 2, 2, 2],
    [1, 2, 1, 1, 0, 1],
    [1, 1, 1, 1, 2, 1],
    [1, 1, 2, 2, 2, 2],
    [2, 1, 2, 2, 2, 2],
    [2, 2, 2, 1, 2, 3],
    [1, 0, 1, 1, 0, 1],
    [1, 1, 1, 0, 0, 0],
    [1, 1, 1, 2, 2, 1],
    [2, 1, 2, 1, 2, 1],
];

const LEVELS: [(u8, u8); 60] = [
    (1, 1),
    (3, 3),
    (2, 3),
    (0, 0),
    (3, 2),
    (1, 1),
    (0, 0),
    (2, 2),
    (1, 1),
    (0, 1),
    (2, 2),
    (1, 0),
    (3, 3),
    (2, 2),
    (0, 0),
    (3, 3),
    (1, 2),
    (0, 0),
    (2, 1),
    (1, 1),
    (0, 0),
    (2, 2),
    (1, 1),
    (3, 3),
    (2, 2),
    (0, 0),
    (3, 3),
    (1, 1),
    (0, 0),
    (2, 2),
    (1, 2),
    (0, 0),
    (2, 1),
    (1, 1),
    (3, 3),
    (2, 2),
    (0, 0),
    (3, 3),
    (1, 1),
    (0, 0),
    (2, 2),
    (1, 1),
    (0, 0),
    (2, 2),
    (1, 2),
    (3, 3),
    (2, 1),
    (0, 0),
    (3, 3),
    (1, 1),
    (0, 0),
    (2, 3),
    (1, 1),
    (0, 0),
    (2, 2),
    (1, 1),
    (3, 3),
    (2, 2),
    (0, 1),
    (3, 3),
];

fn near(found: f64, expected: f64, within: f64) {
    assert!(
        (found - expected).abs() < within,
        "found {found}, expected {expected}"
    );
}

fn full() -> Scores {
    SCORES
        .iter()
        .map(|row| {
            row.iter()
                .map(|value| Some(f64::from(*value) / 3.0))
                .collect()
        })
        .collect()
}

#[test]
fn alpha_and_omega_are_those_of_the_outside_packages() {
    let found = reliability(&full()).unwrap();
    assert!(found.complete);
    assert_eq!(found.items, [0, 1, 2, 3, 4, 5]);
    near(found.alpha, 0.861_775_098_732_072_3, 1e-9);
    near(found.omega.unwrap(), 0.872_420_428_444_793_7, 1e-5);
    assert!(found.error_points.unwrap() > 0.0);
}

#[test]
fn alpha_with_gaps_is_that_of_the_greatest_likelihood() {
    let mut scores = full();
    for (row, values) in scores.iter_mut().zip(&SCORES) {
        if values[0] + values[1] >= 3 {
            row[4] = None;
        } else if values[2] > 1 {
            row[5] = None;
        }
    }
    let found = reliability(&scores).unwrap();
    assert!(!found.complete);
    assert_eq!(found.least_pair, 12);
    near(found.alpha, 0.837_033_175_335_440_7, 1e-4);
}

#[test]
fn items_that_were_not_met_together_are_left_out_and_few_attempts_give_no_figure() {
    let mut scores = full();
    for (at, row) in scores.iter_mut().enumerate() {
        row[if at < 20 { 0 } else { 5 }] = None;
    }
    let found = reliability(&scores).unwrap();
    assert_eq!(found.items.len(), 5, "{:?}", found.items);
    assert!(!(found.items.contains(&0) && found.items.contains(&5)));
    scores.truncate(9);
    assert_eq!(reliability(&scores), Err(NoFigure::TooFewAttempts));
    let same: Scores = vec![vec![Some(1.0); 4]; 40];
    assert_eq!(reliability(&same), Err(NoFigure::TooFewItems));
}

#[test]
fn weighted_kappa_and_its_interval_are_those_of_the_outside_packages() {
    let linear = weighted_kappa(&LEVELS, 4, Weights::Linear).unwrap();
    near(linear.value, 0.834_862_385_321_100_9, 1e-12);
    near(linear.low, 0.745_827_226_923_720_5, 1e-9);
    near(linear.high, 0.923_897_543_718_481_3, 1e-9);
    let quadratic = weighted_kappa(&LEVELS, 4, Weights::Quadratic).unwrap();
    near(quadratic.value, 0.915_014_164_305_949_1, 1e-12);
    near(quadratic.low, 0.865_222_803_632_799_4, 1e-9);
    near(quadratic.high, 0.964_805_524_979_098_8, 1e-9);
    assert!(weighted_kappa(&[(1, 1); 20], 4, Weights::Linear).is_none());
    assert!(weighted_kappa(&[(4, 1)], 4, Weights::Linear).is_none());
    assert!(weighted_kappa(&[], 4, Weights::Linear).is_none());
}

#[test]
fn icc_is_that_of_shrout_and_fleiss_and_of_the_outside_package() {
    // Shrout and Fleiss (1979), table 2: six targets, four judges.
    let table = [
        [9, 2, 5, 8],
        [6, 1, 3, 2],
        [8, 4, 6, 8],
        [7, 1, 2, 6],
        [10, 5, 6, 9],
        [6, 2, 4, 7],
    ];
    let rows: Vec<Vec<f64>> = table
        .iter()
        .map(|row| row.iter().map(|value| f64::from(*value)).collect())
        .collect();
    let found = icc_agreement(&rows).unwrap();
    near(found.value, 0.289_763_779_5, 1e-9);
    // The package rounds its interval to two places.
    near(found.low, 0.02, 0.005_1);
    near(found.high, 0.76, 0.005_1);
    assert!(icc_agreement(&rows[..1]).is_none());
    let same = [vec![1.0, 1.0], vec![2.0, 2.0], vec![3.0, 3.0]];
    near(icc_agreement(&same).unwrap().value, 1.0, 1e-12);
}

/// Plays `count` attempts of Footbridge by people of unlike skill, each with its own seed.
fn played(store: &Store, count: usize) -> Vec<AttemptId> {
    let shelf = load_folder(&support::folder(), Some("2026-11-28")).unwrap();
    let file = shelf.scenario("footbridge").unwrap();
    let mut ids = Vec::new();
    for number in 0..count {
        let now = format!("2026-11-28T{:02}:{:02}:00Z", number / 60 % 24, number % 60);
        let who = store
            .add_trainee(&format!("Trainee {number}"), "", &now)
            .unwrap();
        let sit = Sit {
            file,
            courses: &shelf.courses,
            seed: number as u64,
            mode: Mode::Practice,
        };
        let mut sitting = Sitting::begin(sit, Some((store, who.id, &now))).unwrap();
        let mut turn = number * 7;
        while sitting.encounter().ending().is_none() {
            let mut open: Vec<Move> = sitting.encounter().open_moves().collect();
            open.push(Move::Silence);
            turn = turn * 31 % 1009 + 11;
            let careful = turn % 10 < number % 10;
            let points = |made: &Move| -> u32 {
                sitting
                    .encounter()
                    .evidence(*made)
                    .map(|evidence| evidence.level.points())
                    .sum()
            };
            let made = if careful {
                open.iter().copied().max_by_key(points).unwrap()
            } else {
                open[turn % open.len()]
            };
            let millis = 1_000 + (turn as u64 * 37) % 9_000;
            sitting.make(made, Some((store, millis, &now))).unwrap();
        }
        ids.push(sitting.id.unwrap());
    }
    ids
}

#[test]
fn what_is_drawn_has_the_points_of_the_score_sheet() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let course = support::course();
    let scenario = support::shipped("footbridge");
    for id in played(&store, 6) {
        let sitting = Sitting::resume(&store, id).unwrap();
        let words: Vec<&str> = sitting.words().iter().map(String::as_str).collect();
        let moves: Vec<(&str, u64)> = words.iter().map(|word| (*word, 5)).collect();
        let seed = store.attempt(id).unwrap().seed;
        let sheet = score(&scenario, &course, seed, words).unwrap();
        let steps = draw(&Arc::clone(&scenario), seed, &moves).unwrap();
        assert_eq!(steps.len(), sheet.decisions.len());
        for (step, marks) in steps.iter().zip(&sheet.decisions) {
            let ours: Vec<(String, u32, u32)> = step
                .points
                .iter()
                .map(|(objective, earned, available)| {
                    let id = course.objectives[usize::from(*objective)].id.clone();
                    (id, u32::from(*earned), u32::from(*available))
                })
                .collect();
            let theirs: Vec<(String, u32, u32)> = marks
                .points
                .iter()
                .map(|p| (p.objective.clone(), p.earned.points(), p.available.points()))
                .collect();
            assert_eq!(ours, theirs);
        }
    }
}

#[test]
fn stored_attempts_are_measured_the_same_from_the_moves_and_from_what_was_drawn_before() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    played(&store, 45);
    let asked = Asked::default();
    let first = measured(&store, &asked).unwrap();
    assert_eq!(measured(&store, &asked).unwrap(), first);
    let footbridge = &first[0];
    assert_eq!(
        (footbridge.attempts, footbridge.people, footbridge.versions),
        (45, 45, 1)
    );
    assert!(footbridge.warnings.is_empty(), "{:?}", footbridge.warnings);
    let opening = &footbridge.decisions[0];
    assert_eq!(opening.attempts, 45);
    assert!(!opening.is_few);
    let taken: usize = opening.options.iter().map(|option| option.taken).sum();
    assert_eq!(taken, opening.moves);
    for option in &opening.options {
        assert!(option.taken <= option.open, "{option:?}");
    }
    let objectives = &footbridge.objectives;
    assert!(
        objectives.iter().any(|one| one.reliability.is_some()),
        "{objectives:#?}"
    );
    for decision in &footbridge.decisions {
        // Whoever only looked or moved at it and was then led elsewhere has no mark there.
        let unmarked: usize = decision
            .options
            .iter()
            .filter(|option| option.text.is_empty())
            .map(|option| option.taken)
            .sum();
        assert!(
            decision.mean_score.is_some() || decision.attempts < 10 + unmarked,
            "{decision:?}"
        );
        assert!(
            decision
                .discrimination
                .is_none_or(|r| (-1.0..=1.0).contains(&r))
        );
        if decision.attempts < 10 {
            assert!(decision.seconds.is_none() && decision.ran_out.is_none());
            assert!(decision.options.iter().all(|option| option.share.is_none()));
        }
    }
}

#[test]
fn few_attempts_are_warned_of_and_fewer_give_no_figure() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    played(&store, 9);
    let nine = &measured(&store, &Asked::default()).unwrap()[0];
    assert!(nine.warnings[0].contains("too few"), "{:?}", nine.warnings);
    assert!(
        nine.objectives
            .iter()
            .all(|one| one.reliability.is_none() && one.mean_score.is_none())
    );
    assert!(nine.decisions.iter().all(|one| one.mean_score.is_none()));
    played(&store, 2);
    let eleven = &measured(&store, &Asked::default()).unwrap()[0];
    assert!(
        eleven.warnings[0].contains("Only 11 attempts"),
        "{:?}",
        eleven.warnings
    );
    assert!(eleven.decisions[0].mean_score.is_some());
    let none = Asked {
        mode: Some(Mode::Assessment),
        ..Asked::default()
    };
    assert!(measured(&store, &none).unwrap().is_empty());
}

#[test]
fn a_blind_sheet_shows_no_mark_and_a_rater_who_marks_as_the_program_does_agrees_with_it() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let now = "2026-11-29T09:00:00Z";
    for id in played(&store, 12) {
        let sheet = blind_sheet(&store, id).unwrap();
        let shown = serde_json::to_string(&sheet).unwrap();
        for word in ["earned", "available", "reason", "percent", "verdict"] {
            assert!(!shown.contains(&format!("\"{word}\"")), "{word} is shown");
        }
        let (_, told, _) = review_kept(&store, id).unwrap();
        let marks: Vec<RatedMark> = told
            .sheet
            .decisions
            .iter()
            .flat_map(|decision| {
                decision.points.iter().map(|point| RatedMark {
                    number: decision.number,
                    objective: point.objective.clone(),
                    points: point.earned.points() as u8,
                })
            })
            .collect();
        let asked: usize = sheet.steps.iter().map(|step| step.objectives.len()).sum();
        assert_eq!(asked, marks.len());
        let stranger = vec![RatedMark {
            number: 99,
            objective: "CI-1".to_owned(),
            points: 1,
        }];
        let refused = hand_in(&store, id, "B. Osei", stranger, now).unwrap_err();
        assert!(refused.to_string().contains("99"), "{refused}");
        let off: Vec<RatedMark> = marks
            .iter()
            .enumerate()
            .map(|(at, mark)| RatedMark {
                points: (usize::from(mark.points) + usize::from(at % 4 == 0)).min(3) as u8,
                ..mark.clone()
            })
            .collect();
        hand_in(&store, id, "B. Osei", marks, now).unwrap();
        hand_in(&store, id, "C. Nowak", off, now).unwrap();
    }
    let found = agreements(&store, None).unwrap();
    assert_eq!(
        found.len(),
        3,
        "program with each rater, and the raters with each other"
    );
    let same = found
        .iter()
        .find(|line| line.second == "B. Osei" && line.first == "program")
        .unwrap();
    near(same.linear.unwrap().value, 1.0, 1e-12);
    near(same.runs_icc.unwrap().value, 1.0, 1e-9);
    let apart = found
        .iter()
        .find(|line| line.second == "C. Nowak" && line.first == "program")
        .unwrap();
    let kappa = apart.quadratic.unwrap();
    assert!(kappa.value < 0.99 && kappa.value > 0.3, "{kappa:?}");
    assert!(kappa.low < kappa.value && kappa.value < kappa.high);
}
