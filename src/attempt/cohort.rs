//! The report of a cohort, put together from the rows that the records keep of every result.

use std::collections::BTreeMap;

use super::AttemptError;
use crate::course::Course;
use crate::records::{AssignedTo, CohortId, LevelLine, Mode, Store, Trainee, TraineeId};
use crate::reports::{
    CohortAssignment, CohortMember, CohortObjective, CohortReport, CohortResult, LatestResult,
};
use crate::scoring::Result as Reached;

/// The report of a cohort against a course. `printed` is the time, RFC 3339 in UTC; names and
/// collar numbers are left out unless `with_names` asks for them.
///
/// # Errors
/// If the records cannot be read.
pub fn report_on_cohort(
    store: &Store,
    id: CohortId,
    course: &Course,
    printed: &str,
    with_names: bool,
) -> Result<CohortReport, AttemptError> {
    let whose = Some(AssignedTo::Cohort(id));
    let cohort = store.cohort(id)?;
    let ids = store.members(id)?;
    let mut trainees = store.trainees()?;
    trainees.retain(|one| ids.contains(&one.id));
    if !with_names {
        trainees.sort_by_key(|one| one.id);
    }
    let lines = store.levels_of(whose)?;
    let done = store.results_of(whose)?;
    let objectives = columns(&lines, course);
    let mut latest: BTreeMap<(TraineeId, &str), LatestResult> = BTreeMap::new();
    let standings = store.standings(whose)?;
    for standing in &standings {
        let one = LatestResult {
            reached: reached(&standing.result),
            percent: standing.percent,
            attempts: standing.times,
        };
        latest.insert((standing.trainee, &standing.objective), one);
    }
    let member = |one: &Trainee| {
        let own = || done.iter().filter(|line| line.trainee == one.id);
        let assessed = || own().filter(|line| line.mode == Mode::Assessment);
        CohortMember {
            trainee: one.id.to_string(),
            name: with_names.then(|| one.name.clone()),
            collar_number: with_names
                .then(|| one.collar_number.clone())
                .filter(|number| !number.is_empty()),
            finished: count(own().count()),
            assessed: count(assessed().count()),
            passed: count(assessed().filter(|line| line.is_passed).count()),
            latest: objectives
                .iter()
                .map(|column| latest.get(&(one.id, column.id.as_str())).cloned())
                .collect(),
        }
    };
    let assignments = store
        .assignments()?
        .into_iter()
        .filter(|one| one.what.to == AssignedTo::Cohort(id))
        .map(|one| CohortAssignment {
            waiting: trainees
                .iter()
                .filter(|member| {
                    !done
                        .iter()
                        .any(|line| line.trainee == member.id && one.is_done_by(line))
                })
                .count(),
            title: one.what.title,
            mode: one.what.mode.word().to_owned(),
            due: one.what.due,
        })
        .filter(|one| one.waiting > 0)
        .collect();
    Ok(CohortReport {
        cohort: cohort.name,
        course: course.title.clone(),
        standing_note: course.standing_note.clone(),
        printed: printed.to_owned(),
        seal: store.seal()?,
        members: trainees.iter().map(member).collect(),
        assignments,
        results: lines.iter().map(result_of).collect(),
        objectives,
    })
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The word of a summary as a result; a word of another version counts as not told.
fn reached(word: &str) -> Reached {
    match word {
        "NotYet" => Reached::NotYet,
        "Developing" => Reached::Developing,
        "Competent" => Reached::Competent,
        "Proficient" => Reached::Proficient,
        _ => Reached::NotEnoughEvidence,
    }
}

fn columns(lines: &[LevelLine], course: &Course) -> Vec<CohortObjective> {
    let mut ids: Vec<&str> = lines.iter().map(|line| line.objective.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    let known = |id: &str| course.objectives.iter().position(|one| one.id == id);
    ids.sort_by_key(|id| (known(id).unwrap_or(usize::MAX), *id));
    ids.into_iter()
        .map(|id| CohortObjective {
            id: id.to_owned(),
            statement: known(id)
                .map_or_else(String::new, |at| course.objectives[at].statement.clone()),
        })
        .collect()
}

fn result_of(line: &LevelLine) -> CohortResult {
    CohortResult {
        trainee: line.trainee.to_string(),
        attempt: line.attempt.to_string(),
        scenario: line.scenario.clone(),
        mode: line.mode.word().to_owned(),
        started: line.started.clone(),
        objective: line.objective.clone(),
        reached: reached(&line.result),
        percent: line.percent,
        by_gate: line.by_gate,
    }
}
