//! Resolves a draft into a [`Scenario`]: names become positions, and every name that leads
//! nowhere becomes a diagnostic.
//!
//! Resolving never stops at the first fault. It knows no file and no clock.

use std::collections::HashMap;

use crate::course::{Band, Course, ProfileCatalogue, TechniqueCatalogue};

use super::diagnostic::{At, Severity, Step, suggest};
use super::draft::{
    CastMember, ChoiceDraft, Condition, Effect, Entries, EvidenceWhen, GateFailure, LineDraft,
    RouteDraft, ScenarioDraft, SilenceDraft, Standing, StandingDraft,
};
use super::scenario::{
    Act, Beat, Change, Choice, CourseNames, Decision, Ending, Evidence, EvidenceBand, Failure,
    Felt, Incident, Line, LineKind, Meter, Person, Reaction, Route, Run, Scenario, StandingRule,
    Target, Test, UsedProfile, UsedTechnique, Variety,
};

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

impl<'d> Compiler<'d, '_> {
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

    // ---- declarations -------------------------------------------------------------------

    fn declare(&mut self) {
        let draft = self.draft;
        let root = At::root();
        self.too_many(
            &root.field("facts"),
            draft.facts.len(),
            MOST_DECLARED,
            "facts",
        );
        self.too_many(
            &root.field("meters"),
            draft.meters.len(),
            MOST_DECLARED,
            "meters",
        );
        self.too_many(
            &root.field("counters"),
            draft.counters.len(),
            MOST_DECLARED,
            "counters",
        );
        self.too_many(
            &root.field("cast"),
            draft.cast.len(),
            MOST_DECLARED,
            "cast members",
        );
        self.too_many(&root.field("beats"), draft.beats.len(), MOST_BEATS, "beats");

        for (position, key) in draft.facts.keys().enumerate() {
            let doubled = self.facts.insert(key, short(position)).is_some();
            self.declared(&root.field("facts"), key, "fact", doubled);
        }
        for (position, (key, meter)) in draft.meters.iter().enumerate() {
            let doubled = self.meters.insert(key, byte(position)).is_some();
            let list = root.field("meters");
            self.declared(&list, key, "meter", doubled);
            let at = list.key(key);
            if meter.max > SCALE_TOP || meter.min >= meter.max {
                self.fault(
                    &at.field("max"),
                    "out-of-range",
                    format!("meter `{key}` runs from {} to {}", meter.min, meter.max),
                    format!("let min be less than max and max {SCALE_TOP} at most"),
                );
            } else if meter.start < meter.min || meter.start > meter.max {
                self.fault(
                    &at.field("start"),
                    "out-of-range",
                    format!("meter `{key}` starts at {}, outside its range", meter.start),
                    format!("use a number from {} to {}", meter.min, meter.max),
                );
            }
            self.out.meters.push(Meter {
                id: key.to_owned(),
                label: meter.label.clone(),
                min: meter.min,
                max: meter.max,
                start: meter.start,
            });
        }
        for (position, key) in draft.counters.keys().enumerate() {
            let doubled = self.counters.insert(key, byte(position)).is_some();
            self.declared(&root.field("counters"), key, "counter", doubled);
        }
        for (position, key) in draft.references.keys().enumerate() {
            let doubled = self.references.insert(key, short(position)).is_some();
            self.declared(&root.field("references"), key, "reference", doubled);
        }
        for (position, (key, variants)) in draft.variations.iter().enumerate() {
            let doubled = self.variations.insert(key, byte(position)).is_some();
            let list = root.field("variations");
            self.declared(&list, key, "variation", doubled);
            if variants.is_empty() || variants.len() > 100 {
                self.fault(
                    &list.key(key),
                    "empty-variation",
                    format!("variation `{key}` has {} values", variants.len()),
                    "give it 1 to 100 values, such as [(is: \"sister\", text: \"her sister\")]",
                );
            }
            let mut varieties: Vec<Variety> = Vec::with_capacity(variants.len());
            for (index, variant) in variants.iter().enumerate() {
                let here = list.key(key);
                let at = here.index(index);
                if varieties.iter().any(|earlier| earlier.id == variant.is) {
                    self.fault(
                        &at.field("is"),
                        "duplicate-id",
                        format!("variation `{key}` has `{}` twice", variant.is),
                        "give every value an id of its own",
                    );
                }
                self.weight(&at.field("weight"), variant.weight);
                varieties.push(Variety {
                    id: variant.is.clone(),
                    text: variant.text.clone(),
                    weight: variant.weight.max(1),
                });
            }
            self.out.variations.push((key.to_owned(), varieties));
        }
        self.usage = Usage {
            facts_set: vec![0; draft.facts.len()],
            facts_read: vec![0; draft.facts.len()],
            meters_set: vec![0; draft.meters.len()],
            meters_read: vec![0; draft.meters.len()],
            counters_set: vec![0; draft.counters.len()],
            counters_read: vec![0; draft.counters.len()],
            variations_read: vec![0; draft.variations.len()],
            references_read: vec![0; draft.references.len()],
            cast_used: vec![0; draft.cast.len()],
            marks_read: Vec::new(),
        };
        for (position, key) in draft.beats.keys().enumerate() {
            let doubled = self
                .targets
                .insert(key, Target::Beat(count(position)))
                .is_some();
            self.declared(&root.field("beats"), key, "beat", doubled);
        }
        for (position, key) in draft.endings.keys().enumerate() {
            let earlier = self.targets.insert(key, Target::Ending(count(position)));
            if let Some(Target::Beat(_)) = earlier {
                self.fault(
                    &root.field("endings").key(key),
                    "duplicate-id",
                    format!("`{key}` is the name of a beat and of an ending"),
                    "targets share one list of names: rename one of the two",
                );
            } else {
                self.declared(&root.field("endings"), key, "ending", earlier.is_some());
            }
        }
    }

    fn too_many(&mut self, at: &At<'_>, found: usize, most: usize, what: &str) {
        if found > most {
            self.fault(
                at,
                "over-limit",
                format!("{found} {what}, where {most} is the most"),
                "split the scenario in two, or cut what is not used",
            );
        }
    }

    fn weight(&mut self, at: &At<'_>, weight: u8) {
        if !(1..=100).contains(&weight) {
            self.fault(
                at,
                "out-of-range",
                format!("a weight of {weight}"),
                "use a whole number from 1 to 100: the share of the draw",
            );
        }
    }

    fn declared(&mut self, list: &At<'_>, key: &str, what: &str, doubled: bool) {
        if doubled {
            self.fault(
                &list.nth_key(key, 1),
                "duplicate-id",
                format!("{what} `{key}` is written twice"),
                "rename or remove one of the two: only one of them could ever be reached",
            );
        }
        let plain = !key.is_empty()
            && key.len() <= 64
            && key
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "_-".contains(c));
        if !plain {
            self.fault(
                &list.key(key),
                "bad-id",
                format!("`{key}` cannot be the id of a {what}"),
                "use 1 to 64 letters without accents, digits, `_` and `-`",
            );
        }
    }

    /// Gives every choice and event its name, and a mark to those that need one.
    fn marks(&mut self) {
        let draft = self.draft;
        let mut asked = std::collections::HashSet::new();
        super::rules::for_each_condition(draft, &mut |condition| {
            if let Condition::Seen(id) = condition {
                asked.insert(id.as_str());
            }
        });
        let root = At::root();
        let mut next = 0_u16;
        for (index, event) in draft.events.iter().enumerate() {
            if self.marks.insert(&event.id, Some(next)).is_some() {
                self.fault(
                    &root.field("events").index(index).field("id"),
                    "duplicate-id",
                    format!("event `{}` is written twice", event.id),
                    "give every event an id of its own",
                );
            }
            next = next.saturating_add(1);
        }
        for (key, beat) in draft.beats.iter() {
            let Some(decision) = &beat.decision else {
                continue;
            };
            for (index, choice) in decision.choices.iter().enumerate() {
                let option = choice.option();
                let mark = (option.once || asked.contains(option.id.as_str())).then(|| {
                    let mark = next;
                    next = next.saturating_add(1);
                    mark
                });
                if self.marks.insert(&option.id, mark).is_some() {
                    let beats = root.field("beats");
                    let beat = beats.key(key);
                    let decision = beat.field("decision");
                    let choices = decision.field("choices");
                    self.fault(
                        &choices.index(index).field("id"),
                        "duplicate-id",
                        format!("choice `{}` is written twice", option.id),
                        "records name choices by id: give every choice of the file its own",
                    );
                }
            }
        }
        self.out.marks = next;
        self.usage.marks_read = vec![false; usize::from(next)];
    }

    // ---- head ---------------------------------------------------------------------------

    fn head(&mut self) {
        let draft = self.draft;
        let root = At::root();
        if draft.format != 1 {
            self.fault(
                &root.field("format"),
                "unknown-format",
                format!("format {} is not known here", draft.format),
                "this version reads format 1; a newer file needs a newer Common Ground",
            );
        }
        let ranges = [
            ("distress", draft.start.distress, 0),
            ("trust", draft.start.trust, 0),
            ("distance", draft.start.distance, 1),
        ];
        let start = root.field("start");
        for (name, value, least) in ranges {
            if value > SCALE_TOP || value < least {
                self.fault(
                    &start.field(name),
                    "out-of-range",
                    format!("{name} starts at {value}"),
                    format!("use a whole number from {least} to {SCALE_TOP}"),
                );
            }
        }
        if draft.start.jitter > 3 {
            self.fault(
                &start.field("jitter"),
                "out-of-range",
                format!("a jitter of {}", draft.start.jitter),
                "use 0 to 3",
            );
        }
        match self.targets.get(draft.start.beat.as_str()) {
            Some(Target::Beat(beat)) => self.out.start = *beat,
            _ if self.unread.contains(&draft.start.beat) => {}
            _ => {
                let help = suggest(
                    &draft.start.beat,
                    "beat",
                    draft.beats.keys().collect::<Vec<_>>(),
                );
                self.fault(
                    &start.field("beat"),
                    "unknown-target",
                    format!(
                        "the scenario starts at `{}`, which is no beat",
                        draft.start.beat
                    ),
                    help,
                );
            }
        }
        if self.course.is_none() {
            let known: Vec<&str> = self.library.courses.iter().map(|c| c.id.as_str()).collect();
            let help = suggest(&draft.course, "course", known);
            self.fault(
                &root.field("course"),
                "unknown-course",
                format!("there is no course `{}`", draft.course),
                help,
            );
        }
        let objectives = root.field("objectives");
        self.out.core = self.objectives_of(&objectives.field("core"), &draft.objectives.core);
        self.out.also = self.objectives_of(&objectives.field("also"), &draft.objectives.also);
        let both: Vec<u16> = self
            .out
            .core
            .iter()
            .filter(|o| self.out.also.contains(o))
            .copied()
            .collect();
        for objective in both {
            let id = self.out.names.objectives[usize::from(objective)].clone();
            self.fault(
                &objectives.field("also"),
                "duplicate-id",
                format!("objective {id} is both in `core` and in `also`"),
                "leave it in one of the two",
            );
        }
        self.cast_members();
        let mut seen = Vec::new();
        for (index, standing) in draft.standing.iter().enumerate() {
            if seen.contains(standing) {
                self.fault(
                    &root.field("standing").index(index),
                    "duplicate-id",
                    format!("{standing:?} is listed twice"),
                    "list each standing move once",
                );
            }
            seen.push(*standing);
        }
    }

    fn objectives_of(&mut self, at: &At<'_>, ids: &[String]) -> Vec<u16> {
        let mut found = Vec::with_capacity(ids.len());
        for (index, id) in ids.iter().enumerate() {
            if let Some(position) = self.objective(&at.index(index), id) {
                if found.contains(&position) {
                    self.fault(
                        &at.index(index),
                        "duplicate-id",
                        format!("objective {id} is listed twice"),
                        "list each objective once",
                    );
                } else {
                    found.push(position);
                }
            }
        }
        found
    }

    fn cast_members(&mut self) {
        let draft = self.draft;
        let root = At::root();
        let list = root.field("cast");
        let mut subjects = 0;
        for (position, (key, member)) in draft.cast.iter().enumerate() {
            let doubled = self.cast.insert(key, short(position)).is_some();
            self.declared(&list, key, "cast member", doubled);
            let at = list.key(key);
            let mut known_by = None;
            if let CastMember::Subject {
                profiles,
                known_by: fact,
                ..
            } = member
            {
                subjects += 1;
                self.out.subject = short(position);
                if !fact.is_empty() {
                    known_by = self.fact(&at.field("known_by"), fact);
                    if let Some(fact) = known_by {
                        self.usage.facts_read[usize::from(fact)] += 1;
                    }
                }
                if profiles.is_empty() {
                    self.fault(
                        &at.field("profiles"),
                        "no-profile",
                        format!("`{key}` has no reaction profile"),
                        "name at least one, such as [(is: \"despair\")]",
                    );
                }
                for (index, draw) in profiles.iter().enumerate() {
                    let here = at.field("profiles");
                    let at = here.index(index);
                    self.weight(&at.field("weight"), draw.weight);
                    let Some(profile) = self.library.profiles.profiles.get(&draw.is) else {
                        let known: Vec<&str> = self
                            .library
                            .profiles
                            .profiles
                            .keys()
                            .map(String::as_str)
                            .collect();
                        let help = suggest(&draw.is, "profile", known);
                        self.fault(
                            &at.field("is"),
                            "unknown-profile",
                            format!("there is no profile `{}`", draw.is),
                            help,
                        );
                        continue;
                    };
                    if self
                        .profiles
                        .insert(&draw.is, byte(self.out.profiles.len()))
                        .is_some()
                    {
                        self.fault(
                            &at.field("is"),
                            "duplicate-id",
                            format!("profile `{}` is drawn twice", draw.is),
                            "list it once and give it a higher weight",
                        );
                    }
                    let silence = self.reactions(&profile.silence);
                    self.out.profiles.push(UsedProfile {
                        id: draw.is.clone(),
                        profile: profile.clone(),
                        weight: draw.weight.max(1),
                        by_technique: Vec::new(),
                        silence,
                    });
                }
            }
            self.out.cast.push(Person {
                id: key.to_owned(),
                member: member.clone(),
                known_by,
            });
        }
        if subjects != 1 {
            self.fault(
                &list,
                "one-subject",
                format!("the cast has {subjects} subjects"),
                "an encounter has exactly one `Subject(...)`: the person in crisis",
            );
        }
    }

    fn reactions(&mut self, bands: &[Band]) -> Run {
        let start = self.out.reactions.len();
        self.out.reactions.extend(bands.iter().map(|band| Reaction {
            distress_from: band.distress_at_least.unwrap_or(0),
            distress_to: band.distress_at_most.unwrap_or(u8::MAX),
            trust_from: band.trust_at_least.unwrap_or(0),
            trust_to: band.trust_at_most.unwrap_or(u8::MAX),
            shift: band.shift(),
        }));
        run_since(&self.out.reactions, start)
    }

    // ---- names --------------------------------------------------------------------------

    fn fact(&mut self, at: &At<'_>, id: &str) -> Option<u16> {
        let found = self.facts.get(id).copied();
        if found.is_none() {
            let help = suggest(id, "fact", self.facts.keys().copied().collect::<Vec<_>>());
            self.fault(
                at,
                "unknown-fact",
                format!("fact `{id}` is not declared"),
                help,
            );
        }
        found
    }

    fn meter(&mut self, at: &At<'_>, id: &str) -> Option<u8> {
        let found = self.meters.get(id).copied();
        if found.is_none() {
            let help = match id {
                "distress" | "trust" | "distance" => {
                    format!(
                        "`{id}` has conditions and effects of its own, such as TrustAtLeast(6) and Trust(1)"
                    )
                }
                _ => suggest(id, "meter", self.meters.keys().copied().collect::<Vec<_>>()),
            };
            self.fault(
                at,
                "unknown-meter",
                format!("meter `{id}` is not declared"),
                help,
            );
        }
        found
    }

    fn counter(&mut self, at: &At<'_>, id: &str) -> Option<u8> {
        let found = self.counters.get(id).copied();
        if found.is_none() {
            let help = suggest(
                id,
                "counter",
                self.counters.keys().copied().collect::<Vec<_>>(),
            );
            self.fault(
                at,
                "unknown-counter",
                format!("counter `{id}` is not declared"),
                help,
            );
        }
        found
    }

    fn person(&mut self, at: &At<'_>, id: &str) -> Option<u16> {
        let found = self.cast.get(id).copied();
        if let Some(person) = found {
            self.usage.cast_used[usize::from(person)] += 1;
        } else {
            let help = suggest(
                id,
                "cast member",
                self.cast.keys().copied().collect::<Vec<_>>(),
            );
            self.fault(
                at,
                "unknown-cast",
                format!("`{id}` is not in the cast"),
                help,
            );
        }
        found
    }

    fn reference(&mut self, at: &At<'_>, id: &str) -> Option<u16> {
        let found = self.references.get(id).copied();
        if let Some(reference) = found {
            self.usage.references_read[usize::from(reference)] += 1;
        } else {
            let help = suggest(
                id,
                "reference",
                self.references.keys().copied().collect::<Vec<_>>(),
            );
            self.fault(
                at,
                "unknown-reference",
                format!("`{id}` is not in `references`"),
                help,
            );
        }
        found
    }

    fn objective(&mut self, at: &At<'_>, id: &str) -> Option<u16> {
        // Without the course there is nothing to compare with; that fault has been told.
        self.course?;
        let found = self.objectives.get(id).copied();
        if found.is_none() {
            let help = suggest(
                id,
                "objective",
                self.objectives.keys().copied().collect::<Vec<_>>(),
            );
            self.fault(
                at,
                "unknown-objective",
                format!("the course has no objective `{id}`"),
                help,
            );
        }
        found
    }

    fn technique(&mut self, at: &At<'_>, id: &'d str) -> Option<u16> {
        if let Some(position) = self.technique_refs.get(id) {
            return Some(*position);
        }
        let catalogue = self.library.techniques;
        let Some(technique) = catalogue.techniques.get(id) else {
            let known: Vec<&str> = catalogue.techniques.keys().map(String::as_str).collect();
            let help = suggest(id, "technique", known);
            self.fault(
                at,
                "unknown-technique",
                format!("there is no technique `{id}`"),
                help,
            );
            return None;
        };
        let position = short(self.out.techniques.len());
        self.technique_refs.insert(id, position);
        self.out.techniques.push(UsedTechnique {
            id: id.to_owned(),
            technique: technique.clone(),
            trust_needed: catalogue.stage_trust.of(technique.stage),
        });
        for profile in 0..self.out.profiles.len() {
            let bands = self.out.profiles[profile]
                .profile
                .reactions
                .get(id)
                .cloned();
            let run = match bands {
                Some(bands) => self.reactions(&bands),
                None => self.reactions(&[Band {
                    distress: technique.usual.distress,
                    trust: technique.usual.trust,
                    ..Band::default()
                }]),
            };
            self.out.profiles[profile].by_technique.push(run);
        }
        Some(position)
    }

    fn target(&mut self, at: &At<'_>, id: &str, from_decision: bool) -> Target {
        if id == "." {
            if !from_decision {
                self.fault(
                    at,
                    "unknown-target",
                    "`.` means stay at this decision, and there is no decision here",
                    "name a beat or an ending",
                );
            }
            return Target::Stay;
        }
        if let Some(target) = self.targets.get(id) {
            return *target;
        }
        if !self.unread.iter().any(|name| name == id) {
            let help = if id.is_empty() {
                "add `to:` with a beat or an ending, or `.` to stay at this decision".to_owned()
            } else {
                suggest(
                    id,
                    "target",
                    self.targets.keys().copied().collect::<Vec<_>>(),
                )
            };
            let message = if id.is_empty() {
                "this leads nowhere".to_owned()
            } else {
                format!("unknown beat or ending `{id}`")
            };
            self.fault(at, "unknown-target", message, help);
        }
        Target::Stay
    }

    // ---- conditions and effects ---------------------------------------------------------

    fn tests(&mut self, at: &At<'_>, conditions: &[Condition]) -> Run {
        if conditions.is_empty() {
            return Run::default();
        }
        let start = self.out.tests.len();
        for (index, condition) in conditions.iter().enumerate() {
            self.test(&at.index(index), condition, 0);
        }
        run_since(&self.out.tests, start)
    }

    fn deep(&mut self, at: &At<'_>, depth: usize) -> bool {
        if depth <= DEEPEST {
            return false;
        }
        self.fault(
            at,
            "over-limit",
            format!("conditions or effects nested more than {DEEPEST} deep"),
            "say it in fewer steps, or keep part of it in a fact",
        );
        true
    }

    fn scale(&mut self, at: &At<'_>, value: u8, name: &str) -> u8 {
        if value > SCALE_TOP {
            self.fault(
                at,
                "out-of-range",
                format!("{name} is never {value}"),
                format!("{name} runs from 0 to {SCALE_TOP}"),
            );
        }
        value
    }

    fn test(&mut self, at: &At<'_>, condition: &Condition, depth: usize) {
        if self.deep(at, depth) {
            return;
        }
        let test = match condition {
            Condition::DistressAtLeast(v) => Test::DistressAtLeast(self.scale(at, *v, "distress")),
            Condition::DistressAtMost(v) => Test::DistressAtMost(self.scale(at, *v, "distress")),
            Condition::TrustAtLeast(v) => Test::TrustAtLeast(self.scale(at, *v, "trust")),
            Condition::TrustAtMost(v) => Test::TrustAtMost(self.scale(at, *v, "trust")),
            Condition::DistanceAtLeast(v) => Test::DistanceAtLeast(self.scale(at, *v, "distance")),
            Condition::DistanceAtMost(v) => Test::DistanceAtMost(self.scale(at, *v, "distance")),
            Condition::MeterAtLeast(id, v) | Condition::MeterAtMost(id, v) => {
                let Some(meter) = self.meter(at, id) else {
                    return;
                };
                self.usage.meters_read[usize::from(meter)] += 1;
                let range = &self.out.meters[usize::from(meter)];
                if *v < range.min || *v > range.max {
                    let (min, max) = (range.min, range.max);
                    self.fault(
                        at,
                        "out-of-range",
                        format!("meter `{id}` is never {v}"),
                        format!("it runs from {min} to {max}"),
                    );
                }
                if matches!(condition, Condition::MeterAtLeast(..)) {
                    Test::MeterAtLeast(meter, *v)
                } else {
                    Test::MeterAtMost(meter, *v)
                }
            }
            Condition::CounterAtLeast(id, v) | Condition::CounterAtMost(id, v) => {
                let Some(counter) = self.counter(at, id) else {
                    return;
                };
                self.usage.counters_read[usize::from(counter)] += 1;
                let top = self.out.counters[usize::from(counter)].1;
                if *v > top {
                    self.fault(
                        at,
                        "out-of-range",
                        format!("counter `{id}` is never {v}"),
                        format!("it counts from 0 to {top}"),
                    );
                }
                if matches!(condition, Condition::CounterAtLeast(..)) {
                    Test::CounterAtLeast(counter, *v)
                } else {
                    Test::CounterAtMost(counter, *v)
                }
            }
            Condition::Fact(id) => {
                let Some(fact) = self.fact(at, id) else {
                    return;
                };
                self.usage.facts_read[usize::from(fact)] += 1;
                Test::Fact(fact)
            }
            Condition::Profile(id) => {
                if let Some(profile) = self.profiles.get(id.as_str()) {
                    Test::Profile(*profile)
                } else {
                    let help = suggest(
                        id,
                        "drawn profile",
                        self.profiles.keys().copied().collect::<Vec<_>>(),
                    );
                    self.fault(
                        at,
                        "unknown-profile",
                        format!("the subject never has the profile `{id}`"),
                        help,
                    );
                    return;
                }
            }
            Condition::Drawn(id, variant) => {
                let Some(variation) = self.variations.get(id.as_str()).copied() else {
                    let help = suggest(
                        id,
                        "variation",
                        self.variations.keys().copied().collect::<Vec<_>>(),
                    );
                    self.fault(
                        at,
                        "unknown-variation",
                        format!("variation `{id}` is not declared"),
                        help,
                    );
                    return;
                };
                self.usage.variations_read[usize::from(variation)] += 1;
                let varieties = &self.out.variations[usize::from(variation)].1;
                let Some(position) = varieties.iter().position(|v| v.id == *variant) else {
                    let help = suggest(
                        variant,
                        "value",
                        varieties.iter().map(|v| v.id.as_str()).collect::<Vec<_>>(),
                    );
                    self.fault(
                        at,
                        "unknown-variation",
                        format!("variation `{id}` has no value `{variant}`"),
                        help,
                    );
                    return;
                };
                Test::Drawn(variation, byte(position))
            }
            Condition::Detained => Test::Detained,
            Condition::Seen(id) => {
                if let Some(Some(mark)) = self.marks.get(id.as_str()) {
                    self.usage.marks_read[usize::from(*mark)] = true;
                    Test::Seen(*mark)
                } else {
                    let help = suggest(
                        id,
                        "choice or event",
                        self.marks.keys().copied().collect::<Vec<_>>(),
                    );
                    self.fault(
                        at,
                        "unknown-mark",
                        format!("there is no choice or event `{id}`"),
                        help,
                    );
                    return;
                }
            }
            Condition::All(list) | Condition::Any(list) => {
                if list.is_empty() {
                    self.fault(
                        at,
                        "half-condition",
                        "an empty list of conditions",
                        "fill it in, or leave the condition out",
                    );
                    return;
                }
                let place = self.out.tests.len();
                self.out.tests.push(Test::Detained);
                for (index, inner) in list.iter().enumerate() {
                    let here = at.index(0);
                    self.test(&here.index(index), inner, depth + 1);
                }
                let len = count(self.out.tests.len() - place - 1);
                self.out.tests[place] = if matches!(condition, Condition::All(_)) {
                    Test::All(len)
                } else {
                    Test::Any(len)
                };
                return;
            }
            Condition::Not(inner) => {
                let place = self.out.tests.len();
                self.out.tests.push(Test::Detained);
                self.test(&at.index(0), inner, depth + 1);
                let len = count(self.out.tests.len() - place - 1);
                self.out.tests[place] = Test::Not(len);
                return;
            }
        };
        self.out.tests.push(test);
    }

    fn changes(&mut self, at: &At<'_>, effects: &[Effect]) -> Run {
        if effects.is_empty() {
            return Run::default();
        }
        let start = self.out.changes.len();
        for (index, effect) in effects.iter().enumerate() {
            self.change(&at.index(index), effect, 0);
        }
        run_since(&self.out.changes, start)
    }

    fn change(&mut self, at: &At<'_>, effect: &Effect, depth: usize) {
        if self.deep(at, depth) {
            return;
        }
        let change = match effect {
            Effect::Distress(by) => Change::Distress(self.by(at, *by)),
            Effect::Trust(by) => Change::Trust(self.by(at, *by)),
            Effect::Distance(by) => Change::Distance(self.by(at, *by)),
            Effect::Meter(id, by) => {
                let Some(meter) = self.meter(at, id) else {
                    return;
                };
                self.usage.meters_set[usize::from(meter)] += 1;
                Change::Meter(meter, self.by(at, *by))
            }
            Effect::Counter(id, by) => {
                let Some(counter) = self.counter(at, id) else {
                    return;
                };
                self.usage.counters_set[usize::from(counter)] += 1;
                Change::Counter(counter, self.by(at, *by))
            }
            Effect::Learn(id) => {
                let Some(fact) = self.fact(at, id) else {
                    return;
                };
                self.usage.facts_set[usize::from(fact)] += 1;
                Change::Learn(fact)
            }
            Effect::Forget(id) => {
                let Some(fact) = self.fact(at, id) else {
                    return;
                };
                Change::Forget(fact)
            }
            Effect::Detain(id) => {
                let Some(reference) = self.reference(&at.index(0), id) else {
                    return;
                };
                Change::Detain(reference)
            }
            Effect::Release => Change::Release,
            Effect::Chance(percent, then, otherwise) => {
                self.percent(&at.index(0), *percent);
                let place = self.out.changes.len();
                self.out.changes.push(Change::Release);
                let (then, otherwise) = self.branches(at, 1, then, otherwise, depth);
                self.out.changes[place] = Change::Chance {
                    percent: *percent,
                    then,
                    otherwise,
                };
                return;
            }
            Effect::If(conditions, then, otherwise) => {
                let tests = self.tests(&at.index(0), conditions);
                let place = self.out.changes.len();
                self.out.changes.push(Change::Release);
                let (then, otherwise) = self.branches(at, 1, then, otherwise, depth);
                self.out.changes[place] = Change::If {
                    tests,
                    then,
                    otherwise,
                };
                return;
            }
        };
        self.out.changes.push(change);
    }

    fn branches(
        &mut self,
        at: &At<'_>,
        first: usize,
        then: &[Effect],
        otherwise: &[Effect],
        depth: usize,
    ) -> (u16, u16) {
        let mut lengths = [0_u16; 2];
        for (branch, effects) in [then, otherwise].into_iter().enumerate() {
            let start = self.out.changes.len();
            let list = at.index(first + branch);
            for (index, effect) in effects.iter().enumerate() {
                self.change(&list.index(index), effect, depth + 1);
            }
            lengths[branch] = short(self.out.changes.len() - start);
        }
        (lengths[0], lengths[1])
    }

    fn by(&mut self, at: &At<'_>, by: i8) -> i8 {
        if by == 0 || by.unsigned_abs() > SCALE_TOP {
            self.fault(
                at,
                "out-of-range",
                format!("a change by {by}"),
                format!("use a whole number from -{SCALE_TOP} to {SCALE_TOP}, but not 0"),
            );
        }
        by
    }

    fn percent(&mut self, at: &At<'_>, percent: u8) {
        if !(1..=100).contains(&percent) {
            self.fault(
                at,
                "out-of-range",
                format!("a chance of {percent} per cent"),
                "use 1 to 100",
            );
        }
    }

    // ---- the encounter itself -----------------------------------------------------------

    fn lines(&mut self, at: &At<'_>, lines: &'d [LineDraft]) -> Run {
        // Conditions of lines go to another list, so the run of lines stays in one piece.
        let mut out = Vec::with_capacity(lines.len());
        for (index, line) in lines.iter().enumerate() {
            let at = at.index(index);
            let (kind, text, mood, gesture, gaze, sound, when) = match line {
                LineDraft::Say {
                    by,
                    text,
                    mood,
                    gesture,
                    gaze,
                    when,
                } => {
                    let person = self.person(&at.field("by"), by).unwrap_or(0);
                    (
                        LineKind::Say(person),
                        text,
                        *mood,
                        *gesture,
                        *gaze,
                        "",
                        when,
                    )
                }
                LineDraft::Do {
                    by,
                    text,
                    mood,
                    gesture,
                    gaze,
                    when,
                } => {
                    let person = self.person(&at.field("by"), by).unwrap_or(0);
                    (LineKind::Do(person), text, *mood, *gesture, *gaze, "", when)
                }
                LineDraft::Narrate { text, sound, when } => (
                    LineKind::Narrate,
                    text,
                    None,
                    None,
                    None,
                    sound.as_str(),
                    when,
                ),
            };
            self.text(&at.field("text"), text);
            let when = self.tests(&at.field("when"), when);
            out.push(Line {
                kind,
                text: text.as_str().into(),
                mood,
                gesture,
                gaze,
                sound: sound.into(),
                when,
            });
        }
        let start = self.out.lines.len();
        self.out.lines.append(&mut out);
        run_since(&self.out.lines, start)
    }

    /// Checks a text and the `{places}` in it.
    fn text(&mut self, at: &At<'_>, text: &str) {
        if text.trim().is_empty() {
            self.fault(
                at,
                "empty-text",
                "there are no words here",
                "write what is said or seen",
            );
        }
        if text.len() > LONGEST_TEXT && text.chars().count() > LONGEST_TEXT {
            self.fault(
                at,
                "over-limit",
                format!("a text of more than {LONGEST_TEXT} characters"),
                "nobody can read that in an encounter: split it",
            );
        }
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            let after = &rest[open + 1..];
            let Some(close) = after.find('}') else {
                self.fault(
                    at,
                    "unknown-variation",
                    "a `{` without its `}`",
                    "close it, or write round brackets: `{name}` stands for a variation",
                );
                return;
            };
            let name = &after[..close];
            if let Some(variation) = self.variations.get(name) {
                self.usage.variations_read[usize::from(*variation)] += 1;
            } else {
                let help = suggest(
                    name,
                    "variation",
                    self.variations.keys().copied().collect::<Vec<_>>(),
                );
                self.fault(
                    at,
                    "unknown-variation",
                    format!("`{{{name}}}` is no variation"),
                    help,
                );
            }
            rest = &after[close + 1..];
        }
    }

    fn evidence(&mut self, at: &At<'_>, evidence: &Entries<crate::course::Level>) -> Run {
        let start = self.out.evidence.len();
        let mut seen: Vec<&str> = Vec::new();
        for (key, level) in evidence.iter() {
            if seen.contains(&key) {
                self.fault(
                    &at.nth_key(key, 1),
                    "duplicate-id",
                    format!("evidence for {key} is written twice"),
                    "leave one of the two",
                );
                continue;
            }
            seen.push(key);
            if let Some(objective) = self.objective(&at.key(key), key) {
                self.out.evidence.push(Evidence {
                    objective,
                    level: *level,
                });
            }
        }
        run_since(&self.out.evidence, start)
    }

    fn evidence_bands(&mut self, at: &At<'_>, bands: &[EvidenceWhen]) -> Run {
        let mut out = Vec::with_capacity(bands.len());
        for (index, band) in bands.iter().enumerate() {
            let at = at.index(index);
            let when = self.tests(&at.field("when"), &band.when);
            let evidence = self.evidence(&at.field("evidence"), &band.evidence);
            out.push(EvidenceBand { when, evidence });
        }
        let start = self.out.evidence_bands.len();
        self.out.evidence_bands.append(&mut out);
        run_since(&self.out.evidence_bands, start)
    }

    fn failures(&mut self, at: &At<'_>, failures: &[GateFailure]) -> Run {
        let mut out = Vec::with_capacity(failures.len());
        for (index, failure) in failures.iter().enumerate() {
            let at = at.index(index);
            let when = self.tests(&at.field("when"), &failure.when);
            if failure.why.trim().is_empty() {
                self.fault(
                    &at.field("why"),
                    "no-why",
                    "a failed gate without a reason",
                    "say in a sentence what made it fail: the trainee reads it in the debrief",
                );
            }
            let Some(course) = self.course else { continue };
            if let Some(gate) = course.gate_index(&failure.gate) {
                out.push(Failure {
                    gate: short(gate),
                    why: failure.why.as_str().into(),
                    when,
                });
            } else {
                let known: Vec<&str> = course.gates.iter().map(|g| g.id.as_str()).collect();
                let help = suggest(&failure.gate, "gate", known);
                self.fault(
                    &at.field("gate"),
                    "unknown-gate",
                    format!("the course has no gate `{}`", failure.gate),
                    help,
                );
            }
        }
        let start = self.out.failures.len();
        self.out.failures.append(&mut out);
        run_since(&self.out.failures, start)
    }

    fn techniques(&mut self, at: &At<'_>, ids: &'d [String]) -> Run {
        let mut out = Vec::with_capacity(ids.len());
        for (index, id) in ids.iter().enumerate() {
            if let Some(technique) = self.technique(&at.index(index), id) {
                if out.contains(&technique) {
                    self.fault(
                        &at.index(index),
                        "duplicate-id",
                        format!("technique `{id}` is listed twice"),
                        "list it once",
                    );
                } else {
                    out.push(technique);
                }
            }
        }
        let start = self.out.technique_refs.len();
        self.out.technique_refs.append(&mut out);
        run_since(&self.out.technique_refs, start)
    }

    /// `to` or `routes`, as one list whose last entry always holds.
    fn ways(&mut self, at: &At<'_>, to: &str, routes: &[RouteDraft], decision: bool) -> Run {
        if routes.is_empty() {
            let to = self.target(&at.field("to"), to, decision);
            let start = self.out.routes.len();
            self.out.routes.push(Route {
                when: Run::default(),
                chance: 100,
                to,
            });
            return run_since(&self.out.routes, start);
        }
        if !to.is_empty() && to != "." {
            self.fault(
                &at.field("to"),
                "two-ways-on",
                "both `to` and `routes` say where this leads",
                "keep one: `routes` may end with (to: \"...\") for all other cases",
            );
        }
        self.routes(&at.field("routes"), routes, decision)
    }

    fn routes(&mut self, at: &At<'_>, routes: &[RouteDraft], decision: bool) -> Run {
        let mut out = Vec::with_capacity(routes.len());
        for (index, route) in routes.iter().enumerate() {
            let here = at.index(index);
            self.percent(&here.field("chance"), route.chance);
            let when = self.tests(&here.field("when"), &route.when);
            let to = self.target(&here.field("to"), &route.to, decision);
            let open = route.when.is_empty() && route.chance == 100;
            let last = index + 1 == routes.len();
            if last && !open {
                self.fault(
                    &here,
                    "dry-routes",
                    "when no route's conditions hold, this leads nowhere",
                    "let the last route have neither `when` nor `chance`",
                );
            }
            if open && !last {
                self.fault(
                    &at.index(index + 1),
                    "unreachable-route",
                    "the route before this one always holds, so this one is never taken",
                    "move it up, or give the earlier route a condition",
                );
            }
            out.push(Route {
                when,
                chance: route.chance,
                to,
            });
        }
        let start = self.out.routes.len();
        self.out.routes.append(&mut out);
        run_since(&self.out.routes, start)
    }

    fn body(&mut self) {
        let draft = self.draft;
        let root = At::root();
        self.out.general_moves = self.standing_rules(&root.field("moves"), &draft.moves);
        for (index, event) in draft.events.iter().enumerate() {
            let list = root.field("events");
            let at = list.index(index);
            self.percent(&at.field("chance"), event.chance);
            if event.when.is_empty() {
                self.fault(
                    &at,
                    "half-condition",
                    format!("event `{}` has no condition", event.id),
                    "say when it happens, such as when: [DistressAtLeast(18)]",
                );
            }
            let mark = self
                .marks
                .get(event.id.as_str())
                .copied()
                .flatten()
                .unwrap_or(0);
            let incident = Incident {
                id: event.id.as_str().into(),
                when: self.tests(&at.field("when"), &event.when),
                chance: event.chance,
                lines: self.lines(&at.field("lines"), &event.lines),
                changes: self.changes(&at.field("effects"), &event.effects),
                to: self.target(&at.field("to"), &event.to, true),
                repeats: event.repeats,
                mark,
            };
            self.out.incidents.push(incident);
        }
        let beats = root.field("beats");
        for (key, beat) in draft.beats.iter() {
            let at = beats.key(key);
            let lines = self.lines(&at.field("lines"), &beat.lines);
            let changes = self.changes(&at.field("effects"), &beat.effects);
            let decision = beat.decision.as_ref().map(|decision| {
                let at = at.field("decision");
                let choices = self.choices(&at.field("choices"), &decision.choices);
                if let Some(window) = decision.window
                    && !(5..=120).contains(&window)
                {
                    self.fault(
                        &at.field("window"),
                        "out-of-range",
                        format!("a decision window of {window} seconds"),
                        "use 5 to 120, or leave it out for no limit",
                    );
                }
                let silence = decision
                    .silence
                    .as_ref()
                    .map(|silence| Box::new(self.silence(&at.field("silence"), silence)));
                Box::new(Decision {
                    window_secs: decision.window,
                    hint: decision.hint.as_str().into(),
                    choices,
                    silence,
                    fixed_order: decision.fixed_order,
                })
            });
            if decision.is_some() && !beat.routes.is_empty() {
                self.fault(
                    &at.field("routes"),
                    "two-ways-on",
                    format!("beat `{key}` has both a decision and routes"),
                    "keep one: the choices of a decision say where it leads",
                );
            }
            if decision.is_none() && beat.routes.is_empty() {
                self.fault(
                    &at,
                    "dead-end",
                    format!("beat `{key}` leads nowhere"),
                    "give it a decision, or routes: [(to: \"...\")]",
                );
            }
            let routes = if beat.routes.is_empty() {
                Run::default()
            } else {
                self.routes(&at.field("routes"), &beat.routes, false)
            };
            let moves = self.standing_rules(&at.field("moves"), &beat.moves);
            self.out.beats.push(Beat {
                id: key.into(),
                lines,
                changes,
                decision,
                routes,
                moves,
            });
        }
        let endings = root.field("endings");
        if draft.endings.is_empty() {
            self.fault(
                &endings,
                "no-ending",
                "the scenario has no ending",
                "write at least one: endings: { \"walks_back\": (outcome: Safe, ...) }",
            );
        }
        for (key, ending) in draft.endings.iter() {
            let at = endings.key(key);
            for (name, text) in [
                ("title", &ending.title),
                ("text", &ending.text),
                ("aftermath", &ending.aftermath),
            ] {
                self.text(&at.field(name), text);
            }
            let mut felt = Vec::with_capacity(ending.felt.len());
            for (index, words) in ending.felt.iter().enumerate() {
                let here = at.field("felt");
                let at = here.index(index);
                self.text(&at.field("text"), &words.text);
                felt.push(Felt {
                    when: self.tests(&at.field("when"), &words.when),
                    by: self.person(&at.field("by"), &words.by).unwrap_or(0),
                    text: words.text.as_str().into(),
                });
            }
            let failures = self.failures(&at.field("fails"), &ending.fails);
            self.out.endings.push(Ending {
                id: key.into(),
                outcome: ending.outcome,
                title: ending.title.as_str().into(),
                text: ending.text.as_str().into(),
                aftermath: ending.aftermath.as_str().into(),
                felt,
                failures,
            });
        }
    }

    fn choices(&mut self, at: &At<'_>, choices: &'d [ChoiceDraft]) -> Run {
        if choices.len() > MOST_CHOICES {
            self.fault(
                at,
                "over-limit",
                format!(
                    "{} options at one decision, where {MOST_CHOICES} is the most",
                    choices.len()
                ),
                "an officer cannot weigh that many: split the decision",
            );
        }
        if choices.is_empty() {
            self.fault(
                at,
                "dry-menu",
                "a decision without options",
                "write at least two",
            );
        }
        let mut out = Vec::with_capacity(choices.len());
        for (index, choice) in choices.iter().enumerate() {
            let at = at.index(index);
            let option = choice.option();
            let is_speech = matches!(choice, ChoiceDraft::Say(_));
            self.text(&at.field("text"), &option.text);
            if option.id.is_empty() || option.id.chars().any(|c| c == ',' || c.is_whitespace()) {
                self.fault(
                    &at.field("id"),
                    "bad-id",
                    format!("`{}` cannot be the id of a choice", option.id),
                    "use letters, digits, `_` and `-`, without blanks or commas",
                );
            }
            let law = option
                .law
                .iter()
                .enumerate()
                .filter_map(|(index, id)| {
                    let here = at.field("law");
                    self.reference(&here.index(index), id)
                })
                .collect();
            let act = Act {
                techniques: self.techniques(&at.field("techniques"), &option.techniques),
                changes: self.changes(&at.field("effects"), &option.effects),
                instead_of_techniques: option.instead_of_techniques,
                words: if is_speech {
                    short(option.text.split_whitespace().count())
                } else {
                    0
                },
                is_speech,
                replies: self.lines(&at.field("replies"), &option.replies),
                evidence: self.evidence(&at.field("evidence"), &option.evidence),
                evidence_bands: self
                    .evidence_bands(&at.field("evidence_when"), &option.evidence_when),
                failures: self.failures(&at.field("fails"), &option.fails),
                why: option.why.as_str().into(),
                routes: self.ways(&at, &option.to, &option.routes, true),
                mark: self.marks.get(option.id.as_str()).copied().flatten(),
            };
            out.push(Choice {
                id: option.id.as_str().into(),
                text: option.text.as_str().into(),
                when: self.tests(&at.field("when"), &option.when),
                once: option.once,
                law,
                act,
            });
        }
        let start = self.out.choices.len();
        self.out.choices.append(&mut out);
        run_since(&self.out.choices, start)
    }

    fn silence(&mut self, at: &At<'_>, silence: &'d SilenceDraft) -> Act {
        Act {
            techniques: Run::default(),
            changes: self.changes(&at.field("effects"), &silence.effects),
            instead_of_techniques: true,
            words: 0,
            is_speech: false,
            replies: self.lines(&at.field("lines"), &silence.lines),
            evidence: self.evidence(&at.field("evidence"), &silence.evidence),
            evidence_bands: self.evidence_bands(&at.field("evidence_when"), &silence.evidence_when),
            failures: self.failures(&at.field("fails"), &silence.fails),
            why: silence.why.as_str().into(),
            routes: self.ways(at, &silence.to, &silence.routes, true),
            mark: None,
        }
    }

    fn standing_rules(&mut self, at: &At<'_>, moves: &'d [StandingDraft]) -> Run {
        let mut out = Vec::with_capacity(moves.len());
        for (index, rule) in moves.iter().enumerate() {
            let at = at.index(index);
            if rule.is == Standing::Hold {
                self.fault(
                    &at.field("is"),
                    "hold-is-silence",
                    "Hold does what the decision's `silence` says",
                    "write `silence: (...)` in the decision instead",
                );
            }
            if !self.draft.standing.contains(&rule.is) {
                self.fault(
                    &at.field("is"),
                    "unused-declaration",
                    format!("{:?} is not open in this scenario", rule.is),
                    format!("add {:?} to `standing: [...]`", rule.is),
                );
            }
            let mark = rule.once.then(|| {
                let mark = self.out.marks;
                self.out.marks = self.out.marks.saturating_add(1);
                self.usage.marks_read.push(true);
                mark
            });
            let act = Act {
                techniques: self.techniques(&at.field("techniques"), &rule.techniques),
                changes: self.changes(&at.field("effects"), &rule.effects),
                instead_of_techniques: false,
                words: 0,
                is_speech: false,
                replies: self.lines(&at.field("lines"), &rule.lines),
                evidence: self.evidence(&at.field("evidence"), &rule.evidence),
                evidence_bands: Run::default(),
                failures: Run::default(),
                why: rule.why.as_str().into(),
                routes: self.ways(&at, &rule.to, &[], true),
                mark,
            };
            out.push(StandingRule {
                is: rule.is,
                when: self.tests(&at.field("when"), &rule.when),
                once: rule.once,
                act,
            });
        }
        let start = self.out.standing_rules.len();
        self.out.standing_rules.append(&mut out);
        run_since(&self.out.standing_rules, start)
    }
}
