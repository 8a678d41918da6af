//! One attempt as a report prints it: plain values, already decided elsewhere.

use serde::Serialize;

use crate::scenario::Outcome;
use crate::scoring::{Claim, Counts, FeltWords, LawInPlay, Levels, Point, Result};

use super::said::JudgementLine;

/// Everything that the report of one attempt prints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AttemptReport {
    /// Who, what and when.
    pub head: AttemptHead,
    /// Whether it was passed, and why.
    pub verdict: Verdict,
    /// Every objective of the scenario, in the course's order.
    pub objectives: Vec<ObjectiveLine>,
    /// Every gate of the course, in its order.
    pub gates: Vec<GateLine>,
    /// How the encounter ended; none for an attempt that was abandoned.
    pub end: Option<EndOfEncounter>,
    /// Distress, trust and distance at the start and after each decision.
    pub readings: Vec<Levels>,
    /// Every decision, in order.
    pub decisions: Vec<Decision>,
    /// Questions, reflections, commands, the longest speech, pauses.
    pub counts: Counts,
    /// What the trainee wrote in the notebook afterwards.
    pub notes: Vec<NoteLine>,
    /// What instructors said of it, oldest first; never part of the marks.
    pub judgements: Vec<JudgementLine>,
    /// The law and policy that the scenario cites.
    pub law: Vec<LawInPlay>,
    /// Where a trainee finds support.
    pub support: Vec<SupportLine>,
    /// What may and may not be said of a pass: the course's own words.
    pub standing_note: String,
    /// What the report rests on.
    pub provenance: Provenance,
}

/// Who, what and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AttemptHead {
    /// Attempt id.
    pub attempt: String,
    /// Trainee's pseudonym.
    pub trainee: String,
    /// Name; none in a pseudonymous report.
    pub name: Option<String>,
    /// Collar number; none in a pseudonymous report.
    pub collar_number: Option<String>,
    /// Course title.
    pub course: String,
    /// Scenario id.
    pub scenario: String,
    /// Scenario title.
    pub title: String,
    /// Scenario version.
    pub version: String,
    /// `practice` or `assessment`.
    pub mode: String,
    /// For an assessment with a scenario that was not ready: what every page says of it.
    pub trial: Option<String>,
    /// `running`, `finished` or `abandoned`.
    pub state: String,
    /// When begun, RFC 3339 in UTC.
    pub started: String,
    /// When closed, RFC 3339 in UTC.
    pub ended: Option<String>,
    /// When this report was made, RFC 3339 in UTC.
    pub printed: String,
    /// How the decision windows ran, such as `as written` or `twice as long`.
    pub timing: String,
    /// How often the trainee went back, in practice.
    pub rewinds: u32,
    /// How the person reacts and what helps, told after the fact.
    pub profile: Option<String>,
}

/// Whether the attempt was passed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// Whether it was passed; none where that is not said (practice, abandoned).
    pub passed: Option<bool>,
    /// One sentence.
    pub sentence: String,
    /// What stands against a pass.
    pub reasons: Vec<String>,
}

/// One objective.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ObjectiveLine {
    /// Id, such as `CI-1`.
    pub id: String,
    /// What the officer can do.
    pub statement: String,
    /// Whether a pass needs it.
    pub core: bool,
    /// What was reached.
    pub reached: Result,
    /// What that level looks like for this objective.
    pub looks_like: String,
    /// Points earned.
    pub earned: u32,
    /// Points that were to be had.
    pub available: u32,
    /// Whole per cent, rounded down; none without enough evidence.
    pub percent: Option<u32>,
    /// Decisions in which it was in play.
    pub opportunities: u32,
    /// Titles of gates whose failure fails it.
    pub failed_by: Vec<String>,
}

/// One gate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GateLine {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// What fails it.
    pub description: String,
    /// Where it failed; empty: it held.
    pub failures: Vec<GateFailure>,
}

/// A gate that failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GateFailure {
    /// Number of the decision, from 1; none for the ending.
    pub decision: Option<u32>,
    /// Why.
    pub why: String,
}

/// How the encounter ended, apart from how it was handled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EndOfEncounter {
    /// Ending id.
    pub id: String,
    /// How safe everybody is.
    pub outcome: Outcome,
    /// Title.
    pub title: String,
    /// What happened.
    pub text: String,
    /// What came of it later.
    pub aftermath: String,
    /// Whether it was luckier or unluckier than the same decisions deserve, in a sentence.
    pub luck: Option<String>,
    /// How it felt to those who were there.
    pub felt: Vec<FeltWords>,
}

/// One decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// Number, from 1.
    pub n: u32,
    /// Clock time in the story, `HH:MM`.
    pub clock: String,
    /// What was said and seen just before, one line each.
    pub before: Vec<String>,
    /// Words said, or what was done.
    pub done: String,
    /// Whether it was said rather than done.
    pub is_speech: bool,
    /// Whether nothing was said or done.
    pub is_silence: bool,
    /// Seconds taken; none where that was not recorded.
    pub taken_secs: Option<u32>,
    /// Names of the techniques used.
    pub techniques: Vec<String>,
    /// Names of those that came before their stage was reached.
    pub premature: Vec<String>,
    /// What answered it, one line each.
    pub after: Vec<String>,
    /// What it brought to light, one line each.
    pub learned: Vec<String>,
    /// The state before.
    pub from: Levels,
    /// The state after.
    pub to: Levels,
    /// Why it helped or did not.
    pub why: String,
    /// What would likely have followed it, for comparing with the alternatives, where that was
    /// worked out.
    pub likely: Option<String>,
    /// The reason that the trainee gave, set beside the log.
    pub claim: Option<Claim>,
    /// What it showed of the objectives in play.
    pub evidence: Vec<Point>,
    /// Gates it failed, with the reason, one line each.
    pub gate_failures: Vec<String>,
    /// Ids of the law in play.
    pub law: Vec<String>,
    /// What else was open in that state.
    pub alternatives: Vec<Alternative>,
}

/// A move that was open and not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Alternative {
    /// The words or the action.
    pub label: String,
    /// Best level that it would have shown, in words; empty for none.
    pub shows: String,
    /// Whether it would have come too early.
    pub is_premature: bool,
    /// Why it would have helped or not.
    pub why: String,
    /// What would likely have followed, where that was worked out.
    pub likely: Option<String>,
}

/// Somebody to turn to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SupportLine {
    /// Who.
    pub name: String,
    /// How to reach them.
    pub reach: String,
    /// For whom and when.
    pub note: String,
}

/// An entry in the notebook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NoteLine {
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// What was written.
    pub text: String,
}

/// What the report rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Provenance {
    /// Version of the engine.
    pub engine: String,
    /// Seed of the run.
    pub seed: u64,
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
    /// Day by which the scenario must be read again, `YYYY-MM-DD`.
    pub review_due: String,
    /// Where its sign-off stands, such as `draft`.
    pub review_status: String,
}

impl AttemptReport {
    /// The same report without name and collar number, for leaving the room. What the trainee and
    /// the instructors wrote in their own words is left out too, as it may name somebody, and so is
    /// who the instructors are.
    #[must_use]
    pub fn without_name(mut self) -> Self {
        self.head.name = None;
        self.head.collar_number = None;
        self.notes.clear();
        for line in &mut self.judgements {
            line.author.clear();
            line.text.clear();
        }
        for decision in &mut self.decisions {
            if let Some(claim) = &mut decision.claim {
                claim.text.clear();
            }
        }
        self
    }
}
