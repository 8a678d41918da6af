//! A training room for the tests of the pages: a store with trainees and attempts, the shipped
//! scenarios, and one broken scenario among them.

use std::path::PathBuf;
use std::sync::Arc;

use common_ground::app::views::past::PastAttempt;
use common_ground::app::views::school::School;
use common_ground::attempt::{Sit, Sitting, review_kept};
use common_ground::course::Course;
use common_ground::records::{
    Assignment, Attempt, AttemptFilter, AttemptState, Mode, Store, Trainee, Verification,
};
use common_ground::scenario::load::load_folder;
use common_ground::scenario::{ScenarioFile, Shelf};
use common_ground::scoring::Review;

use super::support;

/// Everything that the pages are shown with.
pub(crate) struct Room {
    pub store: Store,
    pub shelf: Shelf,
    pub folder: PathBuf,
    pub trainees: Vec<Trainee>,
    /// Attempts of everybody, newest first.
    pub attempts: Vec<PastAttempt>,
    pub course: Arc<Course>,
    pub verification: Verification,
    pub school: School,
    pub assignments: Vec<(Assignment, bool)>,
    _dir: tempfile::TempDir,
}

impl Room {
    /// Two trainees; the first has three finished attempts and an open one.
    pub(crate) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        let folder = support::folder();
        let mut shelf = load_folder(&folder, Some("2026-11-28")).unwrap();
        let amy = store
            .add_trainee("Amy Rees", "4711", "2026-11-27T09:00:00Z")
            .unwrap();
        store
            .add_trainee("Tom Vale", "", "2026-11-28T09:00:00Z")
            .unwrap();
        let plays = [
            ("footbridge", 3, Mode::Practice, None),
            ("number-14", 5, Mode::Assessment, None),
            ("footbridge", 9, Mode::Assessment, None),
            ("chain-on-the-door", 2, Mode::Practice, Some(3)),
        ];
        for (number, (scenario, seed, mode, most)) in plays.into_iter().enumerate() {
            let file = shelf.scenario(scenario).unwrap();
            let now = format!("2026-11-28T1{number}:00:00Z");
            let sit = Sit {
                file,
                courses: &shelf.courses,
                seed,
                mode,
            };
            let mut sitting = Sitting::begin(sit, Some((&store, amy.id, &now))).unwrap();
            play(&mut sitting, &store, seed, most, &now);
        }
        let broken = shelf.scenario("number-14").unwrap();
        let text = broken
            .text
            .replacen("start: (", "start: (nowhere: 1, ", 1)
            .replacen("to: \"", "to: \"lost_", 6);
        let path = dir.path().join("number-15.scenario.ron");
        std::fs::write(&path, text).unwrap();
        let broken: ScenarioFile =
            common_ground::scenario::load::load_scenario(&path, &shelf.courses, Some("2026-11-28"));
        assert!(!broken.is_playable());
        shelf.scenarios.push(broken);
        let attempts = store
            .attempts(&AttemptFilter::default())
            .unwrap()
            .into_iter()
            .map(PastAttempt::read)
            .collect();
        Self {
            trainees: store.trainees().unwrap(),
            attempts,
            course: support::course(),
            verification: store.verify().unwrap(),
            school: School {
                counts: store.counts().unwrap(),
                ..School::default()
            },
            assignments: Vec::new(),
            shelf,
            folder,
            store,
            _dir: dir,
        }
    }

    /// The trainee of the attempts.
    pub(crate) fn amy(&self) -> &Trainee {
        self.trainees
            .iter()
            .find(|one| one.name == "Amy Rees")
            .unwrap()
    }

    /// The newest finished attempt, told.
    pub(crate) fn told(&self) -> (Attempt, Review, Arc<Course>) {
        let newest = self
            .attempts
            .iter()
            .filter(|past| past.attempt.state == AttemptState::Finished)
            .max_by_key(|past| past.attempt.started.clone())
            .unwrap();
        review_kept(&self.store, newest.attempt.id).unwrap()
    }
}

/// Plays moves picked by a fixed rule, to the ending or for `most` moves.
fn play(sitting: &mut Sitting, store: &Store, seed: u64, most: Option<usize>, now: &str) {
    for turn in 0..most.unwrap_or(120) {
        if sitting.encounter().ending().is_some() {
            return;
        }
        let open: Vec<_> = sitting.encounter().open_moves().collect();
        let pick = (seed as usize * 7 + turn * 5) % open.len().max(1);
        sitting.make(open[pick], Some((store, 4_000, now))).unwrap();
    }
    assert!(most.is_some(), "no ending within 120 moves");
}
