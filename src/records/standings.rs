//! Where each person stands with each objective, out of many attempts at once: read through in
//! the order in which the results lie, without keeping them.

use std::collections::BTreeSet;

use serde::Serialize;

use super::results::people;
use super::{AssignedTo, RecordsError, Store, TraineeId};

/// Where one person stands with one objective.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// Who, by the entry that is kept.
    pub trainee: TraineeId,
    /// Objective id.
    pub objective: String,
    /// The latest result's word as it is written in the summary, such as `Competent`.
    pub result: String,
    /// Its whole per cent; none without enough evidence.
    pub percent: Option<u32>,
    /// Attempts that assessed it.
    pub times: u32,
    /// How many of the latest came out below Competent, one after the other.
    pub below: u32,
}

/// A word of a result that is below Competent; one without enough evidence is not.
fn is_below(result: &str) -> bool {
    matches!(result, "NotYet" | "Developing")
}

impl Standing {
    fn add(&mut self, result: &str, percent: Option<u32>) {
        if self.result != result {
            result.clone_into(&mut self.result);
        }
        self.percent = percent;
        self.times += 1;
        self.below = if is_below(result) { self.below + 1 } else { 0 };
    }
}

impl Store {
    /// Where each person stands with each objective, by person and objective: of one cohort, of
    /// one trainee, or of all people.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn standings(&self, whose: Option<AssignedTo>) -> Result<Vec<Standing>, RecordsError> {
        let merged = self.merged_people().map_err(|error| self.sql(error))?;
        let mut found = self
            .read_through(whose, &merged)
            .map_err(|error| self.sql(error))?;
        // Entries that stand for one person lie apart: their results are put in order first.
        for person in merged {
            let lines = self.levels_of(Some(AssignedTo::Trainee(person)))?;
            for group in lines.chunk_by(|one, other| one.objective == other.objective) {
                let Some(first) = group.first() else { continue };
                let mut standing = Standing::none(person, &first.objective);
                for line in group {
                    standing.add(&line.result, line.percent);
                }
                found.push(standing);
            }
        }
        if let Some(whose) = whose {
            let members: BTreeSet<TraineeId> = match whose {
                AssignedTo::Trainee(id) => BTreeSet::from([id]),
                AssignedTo::Cohort(id) => self.members(id)?.into_iter().collect(),
            };
            found.retain(|one| members.contains(&one.trainee));
        }
        found.sort_by(|one, other| {
            (one.trainee, &one.objective).cmp(&(other.trainee, &other.objective))
        });
        Ok(found)
    }

    /// People who have more than one entry.
    fn merged_people(&self) -> rusqlite::Result<BTreeSet<TraineeId>> {
        self.connection()
            .prepare_cached(
                "SELECT DISTINCT merged_into FROM trainee WHERE merged_into IS NOT NULL",
            )?
            .query_map([], |row| row.get(0))?
            .collect()
    }

    /// Those who have one entry.
    fn read_through(
        &self,
        whose: Option<AssignedTo>,
        merged: &BTreeSet<TraineeId>,
    ) -> rusqlite::Result<Vec<Standing>> {
        let (whose, id) = people(whose);
        let query = format!(
            "SELECT l.trainee, l.objective, l.result, l.percent
             FROM trainee t CROSS JOIN attempt_level l ON l.trainee = t.id
             WHERE t.is_room = 0 AND t.merged_into IS NULL AND {whose}
             ORDER BY t.id, l.objective, l.started, l.attempt"
        );
        let mut statement = self.connection().prepare_cached(&query)?;
        let mut rows = statement.query([id])?;
        let mut found: Vec<Standing> = Vec::new();
        // The entry that the rows are about, as it is written: it changes seldom.
        let mut written = String::new();
        let mut is_passed_over = false;
        while let Some(row) = rows.next()? {
            let who = row.get_ref(0)?.as_str()?;
            let objective = row.get_ref(1)?.as_str()?;
            let is_next = who != written;
            if is_next {
                who.clone_into(&mut written);
                is_passed_over = merged.contains(&row.get(0)?);
            }
            if is_passed_over {
                continue;
            }
            if is_next || found.last().is_none_or(|one| one.objective != objective) {
                found.push(Standing::none(row.get(0)?, objective));
            }
            if let Some(last) = found.last_mut() {
                last.add(row.get_ref(2)?.as_str()?, row.get(3)?);
            }
        }
        Ok(found)
    }
}

impl Standing {
    fn none(trainee: TraineeId, objective: &str) -> Self {
        Self {
            trainee,
            objective: objective.to_owned(),
            result: String::new(),
            percent: None,
            times: 0,
            below: 0,
        }
    }
}
