//! Figures for each decision and each objective of one scenario.

use std::collections::HashMap;
use std::sync::Arc;

use serde::Serialize;

use crate::encounter::{Move, move_text};
use crate::scenario::Scenario;

use super::drawing::{Step, move_of};
use super::reliability::{FEW, LEAST, NoFigure, Reliability, Scores, reliability};

/// One attempt as drawn.
#[derive(Debug, Clone)]
pub struct Drawn {
    /// Who played, as a number: the same number is the same person.
    pub person: usize,
    /// The moves.
    pub steps: Vec<Step>,
}

/// Attempts that were played with one text of the scenario.
#[derive(Debug, Clone)]
pub struct Version {
    /// The scenario as it was kept.
    pub scenario: Arc<Scenario>,
    /// The attempts.
    pub attempts: Vec<Drawn>,
}

/// How often one option was taken.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OptionShare {
    /// The move's word.
    pub made: String,
    /// Its text; empty for a standing move and silence.
    pub text: String,
    /// Moves at which it was open. Standing moves and silence: all moves at this decision.
    pub open: usize,
    /// Moves at which it was taken.
    pub taken: usize,
    /// Taken over open, 0 to 1; none under 10 attempts.
    pub share: Option<f64>,
}

/// Figures of one decision. An attempt may come to it several times; its score there is all that
/// it earned over all that was available, 0 to 1.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Decision {
    /// Beat.
    pub beat: String,
    /// Attempts that met it.
    pub attempts: usize,
    /// Moves made at it.
    pub moves: usize,
    /// Each option, the standing moves and silence after them.
    pub options: Vec<OptionShare>,
    /// Difficulty, as the mean score, 0 (nobody earned anything) to 1 (everybody earned all): the
    /// higher, the easier. The item mean over its range: Crocker and Algina (1986, *Introduction
    /// to Classical and Modern Test Theory*, chapter 14). None under 10 attempts with a mark here.
    pub mean_score: Option<f64>,
    /// Corrected discrimination, −1 to 1: Pearson's correlation of the score here with the score
    /// at all other decisions of the same attempts, so that the item is not correlated with itself
    /// (Henrysson 1963, *Psychometrika* 28, 211–218). None under 10 attempts, or where either does
    /// not vary. Where it is at 0 or below, the decision does not tell those who do well from
    /// those who do not.
    pub discrimination: Option<f64>,
    /// Seconds taken: lower quartile, median, upper quartile (Hyndman and Fan 1996, *The American
    /// Statistician* 50, 361–365, definition 7). None under 10 attempts.
    pub seconds: Option<[f64; 3]>,
    /// Share of moves at which the window ran out, 0 to 1. None under 10 attempts.
    pub ran_out: Option<f64>,
    /// Share of moves at which silence was held on purpose, 0 to 1. None under 10 attempts.
    pub held: Option<f64>,
    /// Whether it rests on fewer than 30 attempts.
    pub is_few: bool,
}

/// Figures of one objective.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ObjectiveMeasures {
    /// Objective id.
    pub id: String,
    /// Attempts in which it was in play.
    pub attempts: usize,
    /// Opportunities in an attempt: fewest, mean, most.
    pub opportunities: (usize, f64, usize),
    /// Mean score of the attempts, 0 to 1; none under 10 attempts.
    pub mean_score: Option<f64>,
    /// Reliability, if there is a figure.
    pub reliability: Option<Reliability>,
    /// Beats of the decisions on which reliability rests.
    pub rests_on: Vec<String>,
    /// Beats left out of it.
    pub left_out: Vec<String>,
    /// Why there is none.
    pub no_figure: Option<NoFigure>,
    /// Whether it rests on fewer than 30 attempts.
    pub is_few: bool,
}

/// Figures of one scenario.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScenarioMeasures {
    /// Scenario id.
    pub scenario: String,
    /// Title as it was in the newest attempt.
    pub title: String,
    /// Finished attempts.
    pub attempts: usize,
    /// How many people played them: attempts of one person are not independent.
    pub people: usize,
    /// Texts of the scenario that they were played with.
    pub versions: usize,
    /// Decisions, in the scenario's order.
    pub decisions: Vec<Decision>,
    /// Objectives, in the scenario's order.
    pub objectives: Vec<ObjectiveMeasures>,
    /// What must be said with the figures, in plain words.
    pub warnings: Vec<String>,
}

/// Names of things, each with a place of its own.
#[derive(Default)]
struct Places {
    names: Vec<String>,
    by_name: HashMap<String, usize>,
}

impl Places {
    fn of(&mut self, name: &str) -> usize {
        if let Some(place) = self.by_name.get(name) {
            return *place;
        }
        self.names.push(name.to_owned());
        self.by_name.insert(name.to_owned(), self.names.len() - 1);
        self.names.len() - 1
    }
}

#[derive(Default)]
struct Tally {
    attempts: usize,
    moves: usize,
    ran_out: usize,
    held: usize,
    millis: Vec<u64>,
    options: Places,
    texts: Vec<String>,
    open: Vec<usize>,
    taken: Vec<usize>,
    /// Score here and elsewhere, of each attempt in which both can be told.
    scores: Vec<f64>,
    pairs: Vec<(f64, f64)>,
}

impl Tally {
    fn option(&mut self, word: &str, text: &str) -> usize {
        let place = self.options.of(word);
        if place == self.texts.len() {
            self.texts.push(text.to_owned());
            self.open.push(0);
            self.taken.push(0);
        }
        place
    }
}

/// All figures of one scenario; none without attempts. The newest text comes first.
#[must_use]
pub fn measure(versions: &[Version]) -> Option<ScenarioMeasures> {
    let newest = &versions.first()?.scenario;
    let mut beats = Places::default();
    let mut objectives = Places::default();
    for version in versions {
        let scenario = &version.scenario;
        for beat in scenario.beats.iter().filter(|beat| beat.decision.is_some()) {
            beats.of(&beat.id);
        }
        for objective in scenario.assessed() {
            if let Some(id) = scenario.names.objectives.get(usize::from(objective)) {
                objectives.of(id);
            }
        }
    }
    let mut tallies: Vec<Tally> = beats.names.iter().map(|_| Tally::default()).collect();
    let mut scores: Vec<Scores> = objectives.names.iter().map(|_| Vec::new()).collect();
    let mut chances: Vec<Vec<(usize, f64)>> = vec![Vec::new(); objectives.names.len()];
    let mut people: Vec<usize> = Vec::new();
    for version in versions {
        let beat_places: Vec<usize> = version
            .scenario
            .beats
            .iter()
            .map(|beat| beats.by_name.get(&*beat.id).copied().unwrap_or(0))
            .collect();
        let objective_places: Vec<Option<usize>> = version
            .scenario
            .names
            .objectives
            .iter()
            .map(|id| objectives.by_name.get(id).copied())
            .collect();
        for drawn in &version.attempts {
            people.push(drawn.person);
            add(&version.scenario, drawn, &beat_places, &mut tallies);
            let mut cells =
                vec![vec![(0_u32, 0_u32, 0_usize); beats.names.len()]; objectives.names.len()];
            for step in &drawn.steps {
                let Some(beat) = beat_places.get(step.beat as usize) else {
                    continue;
                };
                for (objective, earned, available) in &step.points {
                    if let Some(Some(place)) = objective_places.get(usize::from(*objective)) {
                        let cell = &mut cells[*place][*beat];
                        cell.0 += u32::from(*earned);
                        cell.1 += u32::from(*available);
                        cell.2 += 1;
                    }
                }
            }
            for (place, row) in cells.iter().enumerate() {
                let times: usize = row.iter().map(|cell| cell.2).sum();
                if times > 0 {
                    let earned: u32 = row.iter().map(|cell| cell.0).sum();
                    let available: u32 = row.iter().map(|cell| cell.1).sum();
                    chances[place].push((times, ratio(earned, available).unwrap_or(0.0)));
                    scores[place].push(row.iter().map(|cell| ratio(cell.0, cell.1)).collect());
                }
            }
        }
    }
    let attempts = people.len();
    people.sort_unstable();
    people.dedup();
    let objectives = objectives
        .names
        .iter()
        .enumerate()
        .filter(|(place, _)| !chances[*place].is_empty())
        .map(|(place, id)| objective(id, &chances[place], &scores[place], &beats.names))
        .collect();
    let decisions = beats
        .names
        .iter()
        .zip(tallies)
        .filter(|(_, tally)| tally.attempts > 0)
        .map(|(beat, tally)| decision(beat, tally))
        .collect();
    Some(ScenarioMeasures {
        scenario: newest.id.clone(),
        title: newest.title.clone(),
        attempts,
        people: people.len(),
        versions: versions.len(),
        decisions,
        objectives,
        warnings: warnings(attempts, people.len(), versions.len()),
    })
}

fn warnings(attempts: usize, people: usize, versions: usize) -> Vec<String> {
    let mut all = Vec::new();
    if attempts < LEAST {
        all.push(format!(
            "{attempts} attempts: too few for any figure; there are none under {LEAST}."
        ));
    } else if attempts < FEW {
        all.push(format!(
            "Only {attempts} attempts: figures under {FEW} attempts can change a great deal with the next few."
        ));
    }
    if people < attempts {
        all.push(format!(
            "{attempts} attempts of {people} people: attempts of one person are not independent, and people learn; count each person's first attempt alone to be free of that."
        ));
    }
    if versions > 1 {
        all.push(format!(
            "Played with {versions} texts of the scenario: what has the same name is counted together, though its words may have changed."
        ));
    }
    all
}

fn ratio(earned: u32, available: u32) -> Option<f64> {
    (available > 0).then(|| f64::from(earned) / f64::from(available))
}

fn add(scenario: &Scenario, drawn: &Drawn, beat_places: &[usize], tallies: &mut [Tally]) {
    let mut here: HashMap<usize, (u32, u32)> = HashMap::new();
    let mut met: Vec<usize> = Vec::new();
    let mut whole = (0_u32, 0_u32);
    for step in &drawn.steps {
        let Some(place) = beat_places.get(step.beat as usize).copied() else {
            continue;
        };
        let Some(tally) = tallies.get_mut(place) else {
            continue;
        };
        if !met.contains(&place) {
            met.push(place);
            tally.attempts += 1;
        }
        tally.moves += 1;
        tally.millis.push(step.millis);
        for open in &step.open {
            if let Some(choice) = scenario.choices.get(*open as usize) {
                let at = tally.option(&choice.id, &choice.text);
                tally.open[at] += 1;
            }
        }
        let made = move_of(step.made);
        match made {
            Move::Silence => tally.ran_out += 1,
            Move::Hold => tally.held += 1,
            _ => {}
        }
        let at = tally.option(&move_text(scenario, made), "");
        tally.taken[at] += 1;
        let sums = here.entry(place).or_default();
        for (_, earned, available) in &step.points {
            for sum in [&mut *sums, &mut whole] {
                sum.0 += u32::from(*earned);
                sum.1 += u32::from(*available);
            }
        }
    }
    for place in met {
        let Some((earned, available)) = here.get(&place).copied() else {
            continue;
        };
        if let Some(score) = ratio(earned, available) {
            tallies[place].scores.push(score);
            if let Some(rest) = ratio(whole.0 - earned, whole.1 - available) {
                tallies[place].pairs.push((score, rest));
            }
        }
    }
}

fn mean(values: &[f64]) -> Option<f64> {
    (values.len() >= LEAST).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

fn correlation(pairs: &[(f64, f64)]) -> Option<f64> {
    if pairs.len() < LEAST {
        return None;
    }
    let n = pairs.len() as f64;
    let (a, b) = pairs.iter().fold((0.0, 0.0), |sum, pair| {
        (sum.0 + pair.0 / n, sum.1 + pair.1 / n)
    });
    let (mut aa, mut bb, mut ab) = (0.0, 0.0, 0.0);
    for (x, y) in pairs {
        aa += (x - a) * (x - a);
        bb += (y - b) * (y - b);
        ab += (x - a) * (y - b);
    }
    (aa > 1e-12 && bb > 1e-12).then(|| ab / (aa * bb).sqrt())
}

/// The value below which this part of the sorted values lies.
fn quantile(sorted: &[u64], part: f64) -> f64 {
    let at = part * (sorted.len().saturating_sub(1)) as f64;
    let below = at.floor();
    let value = |index: usize| sorted.get(index).copied().unwrap_or(0) as f64;
    let low = value(below as usize);
    let high = value(at.ceil() as usize);
    low + (at - below) * (high - low)
}

fn decision(beat: &str, mut tally: Tally) -> Decision {
    let enough = tally.attempts >= LEAST;
    let share = |part: usize, of: usize| (enough && of > 0).then(|| part as f64 / of as f64);
    tally.millis.sort_unstable();
    let mut options: Vec<OptionShare> = Vec::new();
    for (at, made) in tally.options.names.iter().enumerate() {
        let is_option = tally.open[at] > 0;
        let open = if is_option {
            tally.open[at]
        } else {
            tally.moves
        };
        options.push(OptionShare {
            made: made.clone(),
            text: tally.texts[at].clone(),
            open,
            taken: tally.taken[at],
            share: share(tally.taken[at], open),
        });
    }
    options.sort_by_key(|option| option.text.is_empty());
    Decision {
        beat: beat.to_owned(),
        attempts: tally.attempts,
        moves: tally.moves,
        options,
        mean_score: mean(&tally.scores),
        discrimination: correlation(&tally.pairs),
        seconds: enough
            .then(|| [0.25, 0.5, 0.75].map(|part| quantile(&tally.millis, part) / 1000.0)),
        ran_out: share(tally.ran_out, tally.moves),
        held: share(tally.held, tally.moves),
        is_few: tally.attempts < FEW,
    }
}

fn objective(
    id: &str,
    chances: &[(usize, f64)],
    scores: &Scores,
    beats: &[String],
) -> ObjectiveMeasures {
    let found = reliability(scores);
    let names = |keep: &dyn Fn(usize) -> bool| -> Vec<String> {
        (0..beats.len())
            .filter(|item| keep(*item) && scores.iter().any(|row| row[*item].is_some()))
            .map(|item| beats[item].clone())
            .collect()
    };
    let (rests_on, left_out) = match &found {
        Ok(found) => (
            names(&|item| found.items.contains(&item)),
            names(&|item| !found.items.contains(&item)),
        ),
        Err(_) => (Vec::new(), names(&|_| true)),
    };
    let times = chances.iter().map(|(times, _)| *times);
    let total: usize = times.clone().sum();
    let means: Vec<f64> = chances.iter().map(|(_, score)| *score).collect();
    ObjectiveMeasures {
        id: id.to_owned(),
        attempts: chances.len(),
        opportunities: (
            times.clone().min().unwrap_or(0),
            total as f64 / chances.len().max(1) as f64,
            times.max().unwrap_or(0),
        ),
        mean_score: mean(&means),
        no_figure: found.as_ref().err().copied(),
        reliability: found.ok(),
        rests_on,
        left_out,
        is_few: chances.len() < FEW,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Expected: `np.corrcoef(x, y)[0, 1]` of NumPy 2.4.6.
    #[test]
    fn discrimination_is_the_correlation_of_an_outside_package() {
        let here = [2, 3, 1, 0, 3, 2, 1, 2, 0, 3, 1, 2];
        let rest = [7, 9, 4, 3, 8, 5, 6, 6, 2, 9, 3, 7];
        let pairs: Vec<(f64, f64)> = here
            .into_iter()
            .zip(rest)
            .map(|(x, y)| (f64::from(x), f64::from(y)))
            .collect();
        let found = correlation(&pairs).unwrap();
        assert!((found - 0.925_917_940_734_491_5).abs() < 1e-12, "{found}");
        assert_eq!(correlation(&pairs[..LEAST - 1]), None);
        let same: Vec<_> = pairs.iter().map(|pair| (1.0, pair.1)).collect();
        assert_eq!(
            correlation(&same),
            None,
            "a mark that never differs tells nobody apart"
        );
    }
}
