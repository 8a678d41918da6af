//! The school: what the instructor area shows beside single results, and what can be asked of it.

use std::collections::BTreeMap;

use crate::records::{
    Assignment, AssignmentId, Cohort, CohortId, Counts, Judgement, LevelLine, NewAssignment,
    Roster, Stance, Trainee, TraineeId,
};
use crate::scoring::ScoreSheet;

use super::past::PastAttempt;

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
    pub running: Vec<PastAttempt>,
    /// The attempt that is being marked.
    pub marking: Option<Marking>,
    /// Whether the picked trainee has completed a track, by track: what is missing.
    pub missing: Vec<(String, Vec<String>)>,
    /// What was done last, in words.
    pub done: Option<String>,
}

/// An attempt that is being marked.
#[derive(Debug, Clone)]
pub struct Marking {
    /// Its record.
    pub past: PastAttempt,
    /// Its marks.
    pub sheet: ScoreSheet,
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
    /// Who is stuck, in a sentence each.
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
pub const STUCK_AFTER: usize = 3;

impl CohortScreen {
    /// Puts rows of results together: latest result by member and objective, and who is stuck.
    /// `lines` are by trainee and objective and then oldest first.
    #[must_use]
    pub fn of(
        cohort: Cohort,
        members: Vec<Trainee>,
        order: &[&str],
        lines: &[LevelLine],
        assignments: Vec<(Assignment, Vec<String>)>,
    ) -> Self {
        let mut found: BTreeMap<(TraineeId, &str), HeatCell> = BTreeMap::new();
        let mut stuck = Vec::new();
        for group in lines
            .chunk_by(|one, other| one.trainee == other.trainee && one.objective == other.objective)
        {
            let Some(latest) = group.last() else { continue };
            found.insert(
                (latest.trainee, &latest.objective),
                HeatCell {
                    result: latest.result.clone(),
                    percent: latest.percent,
                    times: group.len(),
                },
            );
            let failed = group
                .iter()
                .rev()
                .take_while(|line| matches!(line.result.as_str(), "NotYet" | "Developing"))
                .count();
            let who = members.iter().find(|one| one.id == latest.trainee);
            if failed >= STUCK_AFTER
                && let Some(who) = who
            {
                stuck.push(format!(
                    "{}: {} below Competent in the latest {failed} attempts that assessed it.",
                    who.name, latest.objective
                ));
            }
        }
        stuck.sort();
        let mut objectives: Vec<String> = found
            .keys()
            .map(|(_, objective)| (*objective).to_owned())
            .collect();
        let place = |id: &str| {
            order
                .iter()
                .position(|known| *known == id)
                .unwrap_or(usize::MAX)
        };
        objectives.sort_by(|one, other| (place(one), one).cmp(&(place(other), other)));
        objectives.dedup();
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
    /// Open a cohort; none: back to all of them.
    OpenCohort(Option<CohortId>),
    /// Put somebody into a cohort, or take somebody out.
    Member(CohortId, TraineeId, bool),
    /// Give an assignment.
    Assign(NewAssignment),
    /// Take one back.
    Withdraw(AssignmentId),
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
    use crate::records::{Mode, Store};

    const NOW: &str = "2026-11-28T10:00:00Z";

    #[test]
    fn the_latest_result_counts_and_three_below_competent_in_a_row_are_stuck() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        let amy = store.add_trainee("Amy Lloyd", "77", NOW).unwrap();
        let cohort = store.add_cohort("Intake 4", NOW).unwrap();
        let attempt = "01890a5d-ac96-774b-bcce-b302099a8057".parse().unwrap();
        let line = |objective: &str, day: u32, result: &str, percent| LevelLine {
            trainee: amy.id,
            objective: objective.to_owned(),
            started: format!("2026-11-{day:02}T10:00:00.000Z"),
            attempt,
            scenario: "footbridge".to_owned(),
            mode: Mode::Practice,
            result: result.to_owned(),
            percent,
            by_gate: false,
        };
        let lines = [
            line("CI-1", 1, "NotYet", Some(10)),
            line("CI-1", 2, "Developing", Some(50)),
            line("CI-1", 3, "NotYet", Some(20)),
            line("LE-1", 1, "NotYet", Some(10)),
            line("LE-1", 2, "NotYet", Some(10)),
            line("LE-1", 3, "Competent", Some(70)),
        ];
        let made = |lines: &[LevelLine]| {
            let (cohort, members) = (cohort.clone(), vec![amy.clone()]);
            CohortScreen::of(cohort, members, &["LE-1", "CI-1"], lines, Vec::new())
        };
        let screen = made(&lines);
        assert_eq!(screen.objectives, ["LE-1", "CI-1"]);
        let shown: Vec<_> = screen.cells[0]
            .iter()
            .flatten()
            .map(|cell| (cell.result.as_str(), cell.percent, cell.times))
            .collect();
        assert_eq!(shown, [("Competent", Some(70), 3), ("NotYet", Some(20), 3)]);
        assert_eq!(screen.stuck.len(), 1, "{:?}", screen.stuck);
        assert!(screen.stuck[0].starts_with("Amy Lloyd: CI-1"));
        assert_eq!(made(&lines[1..]).stuck, Vec::<String>::new());
    }
}
