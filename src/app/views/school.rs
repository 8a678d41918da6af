//! The school: what the instructor area shows beside single results, and what can be asked of it.

use std::collections::{BTreeMap, BTreeSet};

use crate::records::{
    Assignment, AssignmentId, AttemptId, Cohort, CohortId, Counts, Judgement, NewAssignment,
    RatedMark, Roster, RunningLine, Stance, Standing, Trainee, TraineeId,
};
use crate::scoring::Review;

use super::past::PastAttempt;
use super::school_compare::Comparing;
use super::school_measure::{Counting, Figures};
use super::school_rate::Rating;

/// Everything that the instructor area shows of the school.
#[derive(Debug, Clone, Default)]
pub struct School {
    /// How often each person has played.
    pub counts: BTreeMap<TraineeId, Counts>,
    /// Cohorts in use, by name.
    pub cohorts: Vec<Cohort>,
    /// The cohort that is open.
    pub open: Option<CohortScreen>,
    /// A list that was read and not entered yet, or why it could not be read.
    pub roster: Option<Result<Roster, String>>,
    /// Attempts that are running on this computer.
    pub running: Vec<RunningLine>,
    /// When they were read, RFC 3339 in UTC.
    pub read: String,
    /// What the picked trainee is asked to play, and whether it is done.
    pub assigned: Vec<(Assignment, bool)>,
    /// The attempt that is being marked.
    pub marking: Option<Marking>,
    /// Whether the picked trainee has completed a track, by track: what is missing.
    pub missing: Vec<(String, Vec<String>)>,
    /// What was said of the picked trainee's attempts, where anything was.
    pub said: BTreeMap<AttemptId, Vec<Judgement>>,
    /// What was done last, in words.
    pub done: Option<String>,
    /// What takes that back, where it can be.
    pub undo: Option<SchoolWish>,
    /// Two attempts that are compared.
    pub comparing: Comparing,
    /// How well the scenarios measure.
    pub figures: Figures,
    /// The run that a second rater marks.
    pub rating: Option<Rating>,
}

/// An attempt that is being marked.
#[derive(Debug, Clone)]
pub struct Marking {
    /// Its record.
    pub past: PastAttempt,
    /// The attempt, told.
    pub review: Review,
    /// What was said so far.
    pub judgements: Vec<Judgement>,
}

/// One cohort at a glance.
#[derive(Debug, Clone)]
pub struct CohortScreen {
    /// The cohort.
    pub cohort: Cohort,
    /// Who belongs to it, by name.
    pub members: Vec<Trainee>,
    /// Objectives that anybody was assessed in, in the order of the course.
    pub objectives: Vec<String>,
    /// Latest result by member and objective.
    pub cells: Vec<Vec<Option<HeatCell>>>,
    /// What is asked of it, with who has not done it yet.
    pub assignments: Vec<(Assignment, Vec<String>)>,
    /// Who is stuck and with what, in a sentence each.
    pub stuck: Vec<String>,
}

/// The latest result of one trainee for one objective.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeatCell {
    /// The result's word as it is written in the summary.
    pub result: String,
    /// Whole per cent.
    pub percent: Option<u32>,
    /// Attempts that assessed it.
    pub times: usize,
}

/// Attempts in a row without a pass from which somebody counts as stuck.
pub const STUCK_AFTER: u32 = 3;

impl CohortScreen {
    /// Puts together where each stands: latest result by member and objective, and who is stuck.
    #[must_use]
    pub fn of(
        cohort: Cohort,
        members: Vec<Trainee>,
        order: &[&str],
        standings: &[Standing],
        assignments: Vec<(Assignment, Vec<String>)>,
    ) -> Self {
        let mut found: BTreeMap<(TraineeId, &str), HeatCell> = BTreeMap::new();
        let mut behind: BTreeMap<TraineeId, Vec<String>> = BTreeMap::new();
        for one in standings {
            found.insert(
                (one.trainee, &one.objective),
                HeatCell {
                    result: one.result.clone(),
                    percent: one.percent,
                    times: one.times as usize,
                },
            );
            if one.below >= STUCK_AFTER {
                let own: &mut Vec<String> = behind.entry(one.trainee).or_default();
                own.push(format!("{} ({} times)", one.objective, one.below));
            }
        }
        let mut stuck: Vec<String> = members
            .iter()
            .filter_map(|who| {
                let own = behind.get(&who.id)?;
                Some(format!(
                    "{}: below Competent in a row for {}.",
                    who.name,
                    own.join(", ")
                ))
            })
            .collect();
        stuck.sort();
        let assessed: BTreeSet<&str> = found.keys().map(|(_, objective)| *objective).collect();
        let mut objectives: Vec<String> = assessed.into_iter().map(str::to_owned).collect();
        let place = |id: &str| {
            order
                .iter()
                .position(|known| *known == id)
                .unwrap_or(usize::MAX)
        };
        objectives.sort_by(|one, other| (place(one), one).cmp(&(place(other), other)));
        let cells = members
            .iter()
            .map(|member| {
                objectives
                    .iter()
                    .map(|objective| found.get(&(member.id, objective.as_str())).cloned())
                    .collect()
            })
            .collect();
        Self {
            cohort,
            members,
            objectives,
            cells,
            assignments,
            stuck,
        }
    }
}

/// Something that an instructor asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum SchoolWish {
    /// Enter one trainee.
    Add {
        /// Name as typed.
        name: String,
        /// Collar number as typed; may be empty.
        collar_number: String,
    },
    /// Read a list and show what would be entered.
    ReadRoster(String),
    /// Enter it, into a cohort if one is named.
    EnterRoster(Option<CohortId>),
    /// Put the list away.
    DropRoster,
    /// Put a trainee away, or take one back.
    Archive(TraineeId, bool),
    /// The first is a duplicate of the second.
    Merge(TraineeId, TraineeId),
    /// Take that back.
    Unmerge(TraineeId),
    /// Make a cohort.
    AddCohort(String),
    /// Put a cohort away.
    ArchiveCohort(CohortId),
    /// Take it back into use.
    RestoreCohort(CohortId),
    /// Open a cohort; none: back to all of them.
    OpenCohort(Option<CohortId>),
    /// Put somebody into a cohort, or take somebody out.
    Member(CohortId, TraineeId, bool),
    /// Give an assignment.
    Assign(NewAssignment),
    /// Take one back.
    Withdraw(AssignmentId),
    /// Let one stand again that was taken back.
    GiveAgain(AssignmentId),
    /// Read again which attempts are running.
    LookAgain,
    /// Close a running attempt without an ending.
    CloseRunning(AttemptId),
    /// Take an attempt for a comparison; none: stop comparing.
    Compare(Option<AttemptId>),
    /// Open an attempt to mark it, by id; none: close it.
    Mark(Option<String>),
    /// Say something of the open attempt.
    Judge {
        /// Who says it.
        author: String,
        /// What is said.
        what: Said,
    },
    /// Write the certificate of the picked trainee for a track, by position in the course.
    Certify(usize),
    /// Read again what is shown.
    Refresh,
    /// Work out how well the scenarios measure.
    Measure(Counting),
    /// Open a run for a second rater; none: close it.
    RateOne(Option<AttemptId>),
    /// Hand in the marks of the open run.
    HandIn {
        /// Who rates.
        rater: String,
        /// The marks.
        marks: Vec<RatedMark>,
    },
}

/// What an instructor says of the open attempt.
#[derive(Debug, Clone, PartialEq)]
pub enum Said {
    /// A comment on a decision, or on the whole.
    Comment(Option<u32>, String),
    /// A level for an objective at a decision.
    Level(u32, String, crate::course::Level, String),
    /// A gate at a decision, confirmed or disputed.
    Gate(String, u32, Stance, String),
    /// It has been read.
    SignOff(String),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::Store;

    const NOW: &str = "2026-11-28T10:00:00Z";

    #[test]
    fn the_latest_result_counts_and_three_below_competent_in_a_row_are_stuck() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        let amy = store.add_trainee("Amy Lloyd", "77", NOW).unwrap();
        let cohort = store.add_cohort("Intake 4", NOW).unwrap();
        let standing = |objective: &str, result: &str, percent, below| Standing {
            trainee: amy.id,
            objective: objective.to_owned(),
            result: result.to_owned(),
            percent,
            times: 3,
            below,
        };
        let made = |below| {
            let (cohort, members) = (cohort.clone(), vec![amy.clone()]);
            let standings = [
                standing("CI-1", "NotYet", Some(20), below),
                standing("LE-1", "Competent", Some(70), 0),
            ];
            CohortScreen::of(cohort, members, &["LE-1", "CI-1"], &standings, Vec::new())
        };
        let screen = made(3);
        assert_eq!(screen.objectives, ["LE-1", "CI-1"]);
        let shown: Vec<_> = screen.cells[0]
            .iter()
            .flatten()
            .map(|cell| (cell.result.as_str(), cell.percent, cell.times))
            .collect();
        assert_eq!(shown, [("Competent", Some(70), 3), ("NotYet", Some(20), 3)]);
        assert_eq!(screen.stuck.len(), 1, "{:?}", screen.stuck);
        assert!(screen.stuck[0].ends_with("for CI-1 (3 times)."));
        assert_eq!(made(2).stuck, Vec::<String>::new());
    }
}
