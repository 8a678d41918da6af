//! From a review to a report: every word that the page prints, put together once.

use std::collections::BTreeMap;

use crate::course::{Course, Gate};
use crate::scenario::{ReviewStatus, Scenario};
use crate::scoring::{
    Claim, GateFailed, LawInPlay, Levels, ObjectiveScore, Result, Review, ReviewLine, ReviewStep,
    ScoreSheet, counts,
};

use super::attempt::{
    Alternative, AttemptHead, AttemptReport, Decision, EndOfEncounter, GateFailure, GateLine,
    NoteLine, ObjectiveLine, Provenance, SupportLine, Verdict,
};
use super::said::JudgementLine;

/// What only the records know of an attempt.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AttemptRecord {
    /// For an assessment with a scenario that was not ready: what every page says of it.
    pub trial: Option<String>,
    /// Attempt id.
    pub attempt: String,
    /// Trainee's pseudonym.
    pub trainee: String,
    /// Name; none in a pseudonymous report.
    pub name: Option<String>,
    /// Collar number; none in a pseudonymous report.
    pub collar_number: Option<String>,
    /// `practice` or `assessment`.
    pub mode: String,
    /// `running`, `finished` or `abandoned`.
    pub state: String,
    /// When begun, RFC 3339 in UTC.
    pub started: String,
    /// When closed, RFC 3339 in UTC.
    pub ended: Option<String>,
    /// When this report is made, RFC 3339 in UTC.
    pub printed: String,
    /// How the decision windows ran, such as `as written` or `twice as long`.
    pub timing: String,
    /// Milliseconds taken for each move in force, in order.
    pub taken_millis: Vec<u64>,
    /// How often the trainee went back.
    pub rewinds: u32,
    /// Version of the engine.
    pub engine: String,
    /// SHA-256 of the scenario file.
    pub scenario_sha256: String,
    /// SHA-256 of the course file.
    pub course_sha256: String,
    /// SHA-256 of the catalogue of techniques.
    pub techniques_sha256: String,
    /// SHA-256 of the catalogue of profiles.
    pub profiles_sha256: String,
    /// Number in the chain of records, once closed.
    pub chain_number: Option<u64>,
    /// Chain hash, once closed.
    pub chain_hash: Option<String>,
    /// Whether the outcome was luckier or unluckier than the decisions deserve, in a sentence,
    /// where that was worked out.
    pub luck: Option<String>,
    /// What would likely have followed a move, by number of the decision and the move's word, where
    /// that was worked out.
    pub likely: BTreeMap<(u32, String), String>,
    /// Reasons that the trainee gave, each set beside the log.
    pub claims: Vec<Claim>,
    /// The trainee's notebook of this attempt.
    pub notes: Vec<NoteLine>,
    /// What instructors said of it.
    pub judgements: Vec<JudgementLine>,
}

/// Puts the report of one attempt together. Scenario and course are those that were kept with
/// the attempt, `told` is its review.
#[must_use]
pub fn compose(
    scenario: &Scenario,
    course: &Course,
    told: &Review,
    record: &AttemptRecord,
) -> AttemptReport {
    let sheet = &told.sheet;
    AttemptReport {
        head: head(scenario, course, told, record),
        verdict: verdict(sheet, record),
        objectives: sheet
            .objectives
            .iter()
            .map(|score| objective(course, score))
            .collect(),
        gates: course
            .gates
            .iter()
            .map(|one| gate(one, &sheet.gates))
            .collect(),
        end: end(told, record),
        readings: readings(told),
        decisions: decisions(scenario, told, record),
        counts: counts(told),
        notes: record.notes.clone(),
        judgements: record.judgements.clone(),
        law: law(scenario),
        support: course
            .support
            .iter()
            .map(|contact| SupportLine {
                name: contact.name.clone(),
                reach: contact.reach.clone(),
                note: contact.note.clone(),
            })
            .collect(),
        standing_note: course.standing_note.clone(),
        provenance: provenance(scenario, sheet, record),
    }
}

fn head(
    scenario: &Scenario,
    course: &Course,
    told: &Review,
    record: &AttemptRecord,
) -> AttemptHead {
    let profile = (!told.profile.is_empty()).then(|| {
        format!(
            "{}. What tends to help: {}",
            told.profile, told.profile_helps
        )
    });
    AttemptHead {
        attempt: record.attempt.clone(),
        trainee: record.trainee.clone(),
        name: record.name.clone(),
        collar_number: record.collar_number.clone(),
        course: course.title.clone(),
        scenario: scenario.id.clone(),
        title: told.title.clone(),
        version: scenario.version.clone(),
        mode: record.mode.clone(),
        state: record.state.clone(),
        started: record.started.clone(),
        ended: record.ended.clone(),
        printed: record.printed.clone(),
        timing: record.timing.clone(),
        trial: record.trial.clone(),
        rewinds: record.rewinds,
        profile,
    }
}

fn verdict(sheet: &ScoreSheet, record: &AttemptRecord) -> Verdict {
    use crate::scoring::Verdict as Mark;
    let passed = match sheet.verdict {
        Mark::Passed => Some(true),
        Mark::NotPassed => Some(false),
        Mark::Unfinished => None,
    };
    let is_practice = record.mode == "practice";
    let sentence = match (passed, is_practice) {
        (Some(true), false) => "All that the course asks of this scenario was shown.",
        (Some(false), false) => "Something that the course asks of this scenario is missing.",
        (Some(true), true) => "This was practice: as an assessment it would have been a pass.",
        (Some(false), true) => "This was practice: as an assessment it would not have been a pass.",
        (None, _) => "The encounter did not reach an ending.",
    };
    Verdict {
        passed,
        sentence: sentence.to_owned(),
        reasons: sheet.because.clone(),
    }
}

fn objective(course: &Course, score: &ObjectiveScore) -> ObjectiveLine {
    let levels = course
        .objective(&score.id)
        .map(|objective| &objective.levels);
    let looks_like = levels.map_or_else(String::new, |levels| match score.result {
        Result::NotEnoughEvidence => String::new(),
        Result::NotYet | Result::Developing => {
            format!("for Competent, {}", uncapped(&levels.competent))
        }
        Result::Competent => levels.competent.clone(),
        Result::Proficient => levels.proficient.clone(),
    });
    let title_of = |id: &String| {
        course
            .gates
            .iter()
            .find(|gate| gate.id == *id)
            .map_or_else(|| id.clone(), |gate| gate.title.clone())
    };
    ObjectiveLine {
        id: score.id.clone(),
        statement: score.statement.clone(),
        core: score.is_core,
        reached: score.result,
        looks_like,
        earned: score.earned,
        available: score.available,
        percent: score.percent,
        opportunities: score.opportunities,
        failed_by: score.failed_by.iter().map(title_of).collect(),
    }
}

/// A sentence that goes on within another.
fn uncapped(text: &str) -> String {
    let mut rest = text.chars();
    let first = rest.next().map(|c| c.to_lowercase().to_string());
    first.unwrap_or_default() + rest.as_str()
}

fn gate(gate: &Gate, failed: &[GateFailed]) -> GateLine {
    GateLine {
        id: gate.id.clone(),
        title: gate.title.clone(),
        description: gate.description.clone(),
        failures: failed
            .iter()
            .filter(|one| one.gate == gate.id)
            .map(|one| GateFailure {
                decision: (!one.by_ending).then_some(one.number),
                why: one.why.clone(),
            })
            .collect(),
    }
}

fn end(told: &Review, record: &AttemptRecord) -> Option<EndOfEncounter> {
    Some(EndOfEncounter {
        id: told.sheet.ending.clone()?,
        outcome: told.outcome?,
        title: told.ending_title.clone(),
        text: told.ending_text.clone(),
        aftermath: told.aftermath.clone(),
        luck: record.luck.clone(),
        felt: told.felt.clone(),
    })
}

fn readings(told: &Review) -> Vec<Levels> {
    std::iter::once(told.opening)
        .chain(told.steps.iter().map(|step| step.after))
        .collect()
}

fn decisions(scenario: &Scenario, told: &Review, record: &AttemptRecord) -> Vec<Decision> {
    told.steps
        .iter()
        .enumerate()
        .map(|(index, step)| {
            let taken = record.taken_millis.get(index);
            Decision {
                before: if index == 0 {
                    spoken(&told.opening_lines)
                } else {
                    Vec::new()
                },
                taken_secs: taken
                    .map(|millis| u32::try_from(millis.div_ceil(1000)).unwrap_or(u32::MAX)),
                ..decision(scenario, step, record)
            }
        })
        .collect()
}

fn decision(scenario: &Scenario, step: &ReviewStep, record: &AttemptRecord) -> Decision {
    let likely = |made: &str| record.likely.get(&(step.number, made.to_owned())).cloned();
    let is_speech = scenario
        .choice_by_id(&step.made)
        .and_then(|choice| scenario.choices.get(usize::try_from(choice).ok()?))
        .is_some_and(|choice| choice.act.is_speech);
    let premature = step.techniques.iter().filter(|used| used.is_premature);
    Decision {
        n: step.number,
        clock: step.clock.clone(),
        before: Vec::new(),
        done: step.text.clone(),
        is_speech,
        is_silence: step.is_silence,
        taken_secs: None,
        techniques: step
            .techniques
            .iter()
            .map(|used| used.label.clone())
            .collect(),
        premature: premature.map(|used| used.label.clone()).collect(),
        after: spoken(&step.lines),
        learned: step.learned.clone(),
        from: step.before,
        to: step.after,
        why: step.why.clone(),
        likely: likely(&step.made),
        claim: record
            .claims
            .iter()
            .find(|claim| claim.number == step.number)
            .cloned(),
        evidence: step.points.clone(),
        gate_failures: step.gates.clone(),
        law: step.law.iter().map(|one| one.id.clone()).collect(),
        alternatives: step
            .alternatives
            .iter()
            .map(|other| Alternative {
                label: other.text.clone(),
                shows: other.shows.clone(),
                is_premature: other.is_premature,
                why: other.why.clone(),
                likely: likely(&other.made),
            })
            .collect(),
    }
}

fn spoken(lines: &[ReviewLine]) -> Vec<String> {
    lines
        .iter()
        .map(|line| match (&line.speaker, line.is_speech) {
            (Some(who), true) => format!("{who}: “{}”", line.text),
            _ => line.text.clone(),
        })
        .collect()
}

fn law(scenario: &Scenario) -> Vec<LawInPlay> {
    scenario
        .references
        .iter()
        .map(|(id, reference)| LawInPlay {
            id: id.clone(),
            cite: reference.cite.clone(),
            as_of: reference.as_of.clone(),
            note: reference.note.clone(),
            local: reference.local.clone(),
        })
        .collect()
}

fn provenance(scenario: &Scenario, sheet: &ScoreSheet, record: &AttemptRecord) -> Provenance {
    let review_status = match scenario.review.status {
        ReviewStatus::Draft => "draft, not for assessment",
        ReviewStatus::Reviewed => "reviewed",
        ReviewStatus::Signed => "signed off",
    };
    Provenance {
        engine: record.engine.clone(),
        seed: sheet.seed,
        scenario_sha256: record.scenario_sha256.clone(),
        course_sha256: record.course_sha256.clone(),
        techniques_sha256: record.techniques_sha256.clone(),
        profiles_sha256: record.profiles_sha256.clone(),
        chain_number: record.chain_number,
        chain_hash: record.chain_hash.clone(),
        review_due: scenario.review.due.clone(),
        review_status: review_status.to_owned(),
    }
}
