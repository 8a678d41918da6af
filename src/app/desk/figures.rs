//! Measuring and rating: the figures are worked out in a thread of their own, which reads the
//! records by itself, so that nothing waits for it.

use std::path::Path;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::attempt::measured::{Asked, agreements, measured};
use crate::attempt::review_kept;
use crate::attempt::second::{blind_sheet, hand_in, program_marks};
use crate::places::now;
use crate::records::{AttemptId, RatedMark, Store};

use super::super::views::past::PastAttempt;
use super::super::views::school_compare::Side;
use super::super::views::school_measure::{Counting, Measured, RunToRate};
use super::super::views::school_rate::Rating;
use super::super::views::sign_in::name_and_number;
use super::Desk;

/// The thread that works the figures out, while it does.
#[derive(Debug, Default)]
pub(super) struct Measuring(Option<Mutex<Receiver<Result<Measured, String>>>>);

impl Desk {
    /// Begins to work out how well the scenarios measure.
    pub(super) fn measure(&mut self, counting: Counting) {
        let (tell, result) = channel();
        let folder = self.data.clone();
        thread::spawn(move || {
            let done = work_out(&folder, counting).map_err(|problem| format!("{problem:#}."));
            // Nobody waits any more where the area was locked meanwhile.
            let _ = tell.send(done);
        });
        self.measuring = Measuring(Some(Mutex::new(result)));
        self.school.figures.counting = counting;
        self.school.figures.is_working = true;
    }

    /// Whether figures are being worked out.
    #[cfg_attr(
        not(feature = "window"),
        allow(dead_code, reason = "the window alone asks between frames")
    )]
    pub(in crate::app) const fn is_measuring(&self) -> bool {
        self.measuring.0.is_some()
    }

    /// Takes up the figures once they have been worked out.
    pub(super) fn hear_figures(&mut self) {
        let Some(result) = &mut self.measuring.0 else {
            return;
        };
        let result = result.get_mut().unwrap_or_else(PoisonError::into_inner);
        let found = match result.try_recv() {
            Ok(found) => found,
            Err(TryRecvError::Empty) => return,
            Err(TryRecvError::Disconnected) => {
                Err("The work broke off; begin it again.".to_owned())
            }
        };
        self.measuring = Measuring::default();
        self.school.figures.is_working = false;
        if self.is_unlocked {
            self.school.figures.found = Some(found);
        }
    }

    /// Reads again which attempts are running.
    pub(super) fn look_again(&mut self) {
        if let Some(running) = self.with_store(|store| Ok(store.running()?)) {
            self.school.running = running;
            self.school.read = now();
        }
    }

    /// Takes an attempt for a comparison: the first waits, the second opens both; none: stops.
    pub(super) fn compare(&mut self, id: Option<AttemptId>) {
        let first = self.school.comparing.first.take();
        self.school.comparing.pair = None;
        let Some(id) = id else { return };
        let side = |store: &Store, id: AttemptId| -> anyhow::Result<Side> {
            let (attempt, review, _) = review_kept(store, id)?;
            let who = store.trainee(attempt.trainee)?;
            let who = match who.merged_into {
                Some(kept) => store.trainee(kept)?,
                None => who,
            };
            Ok(Side {
                who: name_and_number(&who),
                past: PastAttempt::read(attempt),
                review,
            })
        };
        match first {
            Some((first, _)) if first != id => {
                let pair = self.with_store(|store| Ok([side(store, first)?, side(store, id)?]));
                self.school.comparing.pair = pair.map(Box::new);
            }
            _ => {
                let words = self.with_store(|store| {
                    let side = side(store, id)?;
                    let past = &side.past;
                    Ok(format!(
                        "“{}” of {}, {}",
                        past.attempt.title, side.who, past.began
                    ))
                });
                self.school.comparing.first = words.map(|words| (id, words));
            }
        }
    }

    /// Opens a run for a second rater, or closes it.
    pub(super) fn rate_one(&mut self, id: Option<AttemptId>) {
        let was_handed_in = self
            .school
            .rating
            .take()
            .is_some_and(|rating| rating.handed_in.is_some());
        if let Some(id) = id {
            self.school.rating = self.with_store(|store| {
                Ok(Rating {
                    sheet: blind_sheet(store, id)?,
                    handed_in: None,
                })
            });
        } else if was_handed_in {
            self.measure(self.school.figures.counting);
        }
    }

    /// Keeps the marks of a second rater and shows the program's beside them.
    pub(super) fn hand_in(&mut self, rater: &str, marks: Vec<RatedMark>, time: &str) {
        let Some(id) = self.school.rating.as_ref().map(|one| one.sheet.attempt) else {
            return;
        };
        let pairs = self.with_store(|store| {
            hand_in(store, id, rater, marks.clone(), time)?;
            let program = program_marks(store, id)?;
            let theirs = |mark: &RatedMark| {
                program
                    .iter()
                    .find(|other| other.number == mark.number && other.objective == mark.objective)
                    .map(|other| other.points)
            };
            Ok(marks
                .into_iter()
                .map(|mark| {
                    let other = theirs(&mark);
                    (mark, other)
                })
                .collect::<Vec<_>>())
        });
        if let (Some(pairs), Some(rating)) = (pairs, &mut self.school.rating) {
            rating.handed_in = Some(pairs);
        }
    }
}

fn work_out(folder: &Path, counting: Counting) -> anyhow::Result<Measured> {
    let store = Store::open(folder)?;
    let asked = Asked {
        scenario: None,
        mode: counting.mode,
        only_first: counting.only_first,
    };
    let scenarios = measured(&store, &asked)?;
    let raters = scenarios
        .iter()
        .map(|one| {
            let agreed = agreements(&store, Some(&one.scenario))?;
            Ok((one.scenario.clone(), agreed))
        })
        .collect::<anyhow::Result<Vec<_>>>()?;
    let ratings = store.second_ratings(None)?;
    let mut runs: Vec<RunToRate> = store
        .results_of(None)?
        .into_iter()
        .rev()
        .map(|line| RunToRate {
            raters: ratings
                .iter()
                .filter(|rating| rating.attempt == line.attempt)
                .map(|rating| rating.rater.clone())
                .collect(),
            attempt: line.attempt,
            scenario: line.scenario,
            mode: line.mode,
            started: line.started,
        })
        .filter(|run| counting.mode.is_none_or(|mode| mode == run.mode))
        .collect();
    runs.sort_by_key(|run| run.raters.len());
    Ok(Measured {
        scenarios,
        raters,
        runs,
    })
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::super::super::views::Intent;
    use super::super::super::views::school::SchoolWish;
    use super::*;
    use crate::places::Places;
    use crate::records::Mode;

    #[test]
    fn figures_are_worked_out_behind_the_page_and_a_rating_counts_in_them() {
        let data = tempfile::tempdir().unwrap();
        let scenarios = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
        let mut desk = Desk::new(Places::new(Some(scenarios), Some(data.path().to_owned())));
        desk.carry_out(Intent::School(SchoolWish::Measure(Counting::default())));
        assert!(!desk.school.figures.is_working, "locked is locked");
        desk.carry_out(Intent::SignIn {
            name: "Amy Lloyd".to_owned(),
            collar_number: "77".to_owned(),
        });
        desk.carry_out(Intent::ChooseScenario("footbridge".to_owned()));
        desk.carry_out(Intent::Begin {
            is_assessment: false,
        });
        while desk.live.as_ref().is_some_and(|live| live.ended.is_none()) {
            desk.carry_out(Intent::SkipReason);
            desk.carry_out(Intent::SkipCaption);
            let live = desk.live.as_ref().unwrap();
            if !live.is_speaking() && live.ended.is_none() {
                let made = live
                    .options
                    .first()
                    .map_or(crate::encounter::Move::Silence, |one| one.made);
                desk.carry_out(Intent::Make(made));
            }
        }
        desk.carry_out(Intent::SetPassphrase("quiet water".to_owned()));
        let work_out = |desk: &mut Desk| {
            let begun = Instant::now();
            while desk.is_measuring() {
                desk.hear_author();
                assert!(begun.elapsed() < Duration::from_mins(1), "it never ends");
                thread::sleep(Duration::from_millis(5));
            }
            desk.school.figures.found.clone().unwrap().unwrap()
        };
        let all = Counting {
            mode: Some(Mode::Practice),
            only_first: true,
        };
        desk.carry_out(Intent::School(SchoolWish::Measure(all)));
        let found = work_out(&mut desk);
        assert_eq!(found.scenarios.len(), 1);
        assert_eq!(found.scenarios[0].attempts, 1);
        assert_eq!(found.raters[0].1, []);
        let run = found.runs[0].attempt;
        desk.carry_out(Intent::School(SchoolWish::RateOne(Some(run))));
        let sheet = desk.school.rating.as_ref().unwrap().sheet.clone();
        let step = sheet
            .steps
            .iter()
            .find(|step| !step.objectives.is_empty())
            .unwrap();
        let mark = RatedMark {
            number: step.number,
            objective: step.objectives[0].clone(),
            points: 2,
        };
        desk.carry_out(Intent::School(SchoolWish::HandIn {
            rater: "B. Osei".to_owned(),
            marks: vec![mark.clone()],
        }));
        let pairs = desk.school.rating.as_ref().unwrap().handed_in.clone();
        let pairs = pairs.unwrap();
        assert_eq!(pairs[0].0, mark);
        assert!(pairs[0].1.is_some(), "the program's mark stands beside it");
        desk.carry_out(Intent::School(SchoolWish::RateOne(None)));
        let found = work_out(&mut desk);
        assert_eq!(found.raters[0].1.len(), 1, "the rating counts");
        assert_eq!(found.runs[0].raters, ["B. Osei"]);
    }
}
