//! Resolves a draft into a [`Scenario`]: names become positions, and every name that leads
//! nowhere becomes a diagnostic.
//!
//! Resolving never stops at the first fault. It knows no file and no clock.

mod body;
mod conditions;
mod declare;
mod effects;
mod head;
mod marking;
mod names;
mod ways;
mod words;

use std::collections::HashMap;

use crate::course::{Course, ProfileCatalogue, TechniqueCatalogue, Term};

use super::diagnostic::{At, Severity, Step};
use super::draft::{ChoiceDraft, ScenarioDraft};
use super::scenario::{CourseNames, Run, Scenario, Target};

/// Highest value of distress, trust, distance and any meter.
pub(super) const SCALE_TOP: u8 = 20;
/// Most beats in a file.
pub(super) const MOST_BEATS: usize = 12_000;
/// Most options at one decision.
pub(super) const MOST_CHOICES: usize = 12;
/// Longest text of a line or an option, in characters.
pub(super) const LONGEST_TEXT: usize = 4_000;
/// Deepest nesting of conditions and effects.
pub(super) const DEEPEST: usize = 16;
/// Most facts, meters, counters, variations or cast members.
pub(super) const MOST_DECLARED: usize = 200;

/// A fault, before it is known where in the text it stands.
#[derive(Debug)]
pub(super) struct Fault {
    pub severity: Severity,
    pub code: &'static str,
    pub message: String,
    pub help: String,
    pub steps: Vec<Step>,
}

/// Everything the scenario is resolved against.
#[derive(Debug, Clone, Copy)]
pub struct Library<'c> {
    /// The courses that exist.
    pub courses: &'c [Course],
    /// The technique catalogue.
    pub techniques: &'c TechniqueCatalogue,
    /// The profile catalogue.
    pub profiles: &'c ProfileCatalogue,
    /// Words to avoid.
    pub wording: &'c [Term],
}

/// How often each declaration was set and read, for the rules about unused ones.
#[derive(Debug, Default)]
pub(super) struct Usage {
    pub facts_set: Vec<u32>,
    pub facts_read: Vec<u32>,
    pub meters_set: Vec<u32>,
    pub meters_read: Vec<u32>,
    pub counters_set: Vec<u32>,
    pub counters_read: Vec<u32>,
    pub variations_read: Vec<u32>,
    pub references_read: Vec<u32>,
    pub cast_used: Vec<u32>,
    pub marks_read: Vec<bool>,
}

pub(super) struct Compiled {
    pub scenario: Scenario,
    pub usage: Usage,
    pub faults: Vec<Fault>,
}

struct Compiler<'d, 'c> {
    draft: &'d ScenarioDraft,
    out: Scenario,
    usage: Usage,
    faults: Vec<Fault>,
    course: Option<&'c Course>,
    library: Library<'c>,
    targets: HashMap<&'d str, Target>,
    /// Names of beats and endings that could not be read: targets to them are no second fault.
    unread: &'d [String],
    facts: HashMap<&'d str, u16>,
    meters: HashMap<&'d str, u8>,
    counters: HashMap<&'d str, u8>,
    variations: HashMap<&'d str, u8>,
    cast: HashMap<&'d str, u16>,
    references: HashMap<&'d str, u16>,
    profiles: HashMap<&'d str, u8>,
    /// Ids of choices and events, with the mark of those that have one.
    marks: HashMap<&'d str, Option<u16>>,
    technique_refs: HashMap<&'d str, u16>,
    objectives: HashMap<&'c str, u16>,
}

/// Resolves `draft`. `unread` names beats and endings that stand in the file but could not be
/// read.
pub(super) fn compile(draft: &ScenarioDraft, library: Library<'_>, unread: &[String]) -> Compiled {
    let course = library
        .courses
        .iter()
        .find(|course| course.id == draft.course);
    let mut compiler = Compiler {
        out: blank(draft, course, library),
        draft,
        usage: Usage::default(),
        faults: Vec::new(),
        course,
        library,
        targets: HashMap::new(),
        unread,
        facts: HashMap::new(),
        meters: HashMap::new(),
        counters: HashMap::new(),
        variations: HashMap::new(),
        cast: HashMap::new(),
        references: HashMap::new(),
        profiles: HashMap::new(),
        marks: HashMap::new(),
        technique_refs: HashMap::new(),
        objectives: course.map_or_else(HashMap::new, |course| {
            (0_u16..)
                .zip(&course.objectives)
                .map(|(position, objective)| (objective.id.as_str(), position))
                .collect()
        }),
    };
    compiler.declare();
    compiler.marks();
    compiler.head();
    compiler.body();
    Compiled {
        scenario: compiler.out,
        usage: compiler.usage,
        faults: compiler.faults,
    }
}

fn blank(draft: &ScenarioDraft, course: Option<&Course>, library: Library<'_>) -> Scenario {
    // Exact sizes where they are many: growing lists would need twice the room.
    let decisions = || {
        draft
            .beats
            .iter()
            .filter_map(|(_, beat)| beat.decision.as_ref())
    };
    let options = || {
        decisions()
            .flat_map(|decision| &decision.choices)
            .map(ChoiceDraft::option)
    };
    let silences = || decisions().filter_map(|decision| decision.silence.as_ref());
    let choices = decisions().map(|decision| decision.choices.len()).sum();
    let lines = draft
        .beats
        .iter()
        .map(|(_, beat)| beat.lines.len())
        .sum::<usize>()
        + options().map(|option| option.replies.len()).sum::<usize>()
        + silences().map(|silence| silence.lines.len()).sum::<usize>();
    let routes = draft
        .beats
        .iter()
        .map(|(_, beat)| beat.routes.len())
        .sum::<usize>()
        + options()
            .map(|option| option.routes.len().max(1))
            .sum::<usize>()
        + silences()
            .map(|silence| silence.routes.len().max(1))
            .sum::<usize>();
    let evidence = options().map(|option| option.evidence.len()).sum();
    let changes = options().map(|option| option.effects.len()).sum();
    let technique_refs = options().map(|option| option.techniques.len()).sum();
    let tests = options().map(|option| option.when.len()).sum();
    Scenario {
        id: draft.id.clone(),
        title: draft.title.clone(),
        version: draft.version.clone(),
        course: draft.course.clone(),
        tracks: draft.tracks.clone(),
        level: draft.level,
        minutes: draft.minutes,
        summary: draft.summary.clone(),
        content_notes: draft.content_notes.clone(),
        review: draft.review.clone(),
        jurisdiction: draft.jurisdiction,
        references: draft.references.0.clone(),
        core: Vec::new(),
        also: Vec::new(),
        setting: draft.setting.clone(),
        briefing: draft.briefing.clone(),
        cast: Vec::new(),
        subject: 0,
        names: course.map_or_else(CourseNames::default, |course| CourseNames {
            objectives: course.objectives.iter().map(|o| o.id.clone()).collect(),
            gates: course.gates.iter().map(|g| g.id.clone()).collect(),
        }),
        start: 0,
        start_distress: draft.start.distress,
        start_trust: draft.start.trust,
        start_distance: draft.start.distance,
        jitter: draft.start.jitter,
        facts: draft.facts.0.clone(),
        meters: Vec::new(),
        counters: draft.counters.0.clone(),
        variations: Vec::new(),
        profiles: Vec::new(),
        techniques: Vec::new(),
        premature: library.techniques.premature,
        standing: draft.standing.clone(),
        marks: 0,
        beats: Vec::with_capacity(draft.beats.len()),
        endings: Vec::with_capacity(draft.endings.len()),
        incidents: Vec::with_capacity(draft.events.len()),
        general_moves: Run::default(),
        choices: Vec::with_capacity(choices),
        standing_rules: Vec::new(),
        lines: Vec::with_capacity(lines),
        routes: Vec::with_capacity(routes),
        tests: Vec::with_capacity(tests),
        changes: Vec::with_capacity(changes),
        evidence: Vec::with_capacity(evidence),
        evidence_bands: Vec::new(),
        failures: Vec::new(),
        technique_refs: Vec::with_capacity(technique_refs),
        reactions: Vec::new(),
    }
}

/// Length as the scenario's positions count it; the limits keep every list far below the top.
fn count(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

fn short(position: usize) -> u16 {
    u16::try_from(position).unwrap_or(u16::MAX)
}

fn byte(position: usize) -> u8 {
    u8::try_from(position).unwrap_or(u8::MAX)
}

fn run_since<T>(list: &[T], start: usize) -> Run {
    Run {
        start: count(start),
        len: count(list.len() - start),
    }
}

impl Compiler<'_, '_> {
    fn fault(
        &mut self,
        at: &At<'_>,
        code: &'static str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.faults.push(Fault {
            severity: Severity::Error,
            code,
            message: message.into(),
            help: help.into(),
            steps: at.steps(),
        });
    }
}
