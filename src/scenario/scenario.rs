//! A checked scenario, resolved to indices: one that exists is playable.
//!
//! Every name has become a position in a list, every condition and effect a short run in one
//! flat list, so that a step of an encounter looks nothing up by text and asks for no memory.
//! Values are made only by [`super::compile`].

use crate::course::{Delivery, Level, Profile, Shift, Stage, Technique, Track};

use super::draft::{
    Briefing, CastMember, Difficulty, Gaze, Gesture, Jurisdiction, Mood, Outcome, Reference,
    Review, Setting, Standing,
};

/// A run of neighbours in one of the scenario's flat lists.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Run {
    /// Position of the first.
    pub start: u32,
    /// How many.
    pub len: u32,
}

impl Run {
    /// The neighbours themselves.
    #[must_use]
    #[inline]
    pub fn of<T>(self, all: &[T]) -> &[T] {
        let start = self.start as usize;
        all.get(start..start + self.len as usize).unwrap_or(&[])
    }

    /// Their positions.
    #[must_use]
    pub fn positions(self) -> std::ops::Range<u32> {
        self.start..self.start + self.len
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.len == 0
    }
}

/// Where something leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// Stay at this decision.
    Stay,
    /// To a beat, by position.
    Beat(u32),
    /// To an ending, by position.
    Ending(u32),
}

/// One node of a condition, in prefix order: `All`, `Any` and `Not` say how many of the nodes
/// after them belong to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "the same conditions as in the draft, by position"
)]
pub enum Test {
    DistressAtLeast(u8),
    DistressAtMost(u8),
    TrustAtLeast(u8),
    TrustAtMost(u8),
    DistanceAtLeast(u8),
    DistanceAtMost(u8),
    MeterAtLeast(u8, u8),
    MeterAtMost(u8, u8),
    CounterAtLeast(u8, u8),
    CounterAtMost(u8, u8),
    Fact(u16),
    Profile(u8),
    Drawn(u8, u8),
    Detained,
    Seen(u16),
    All(u32),
    Any(u32),
    Not(u32),
}

/// One node of an effect, in prefix order: `Chance` and `If` say how many of the nodes after
/// them belong to each of their lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the same effects as in the draft, by position")]
pub enum Change {
    Distress(i8),
    Trust(i8),
    Distance(i8),
    Meter(u8, i8),
    Counter(u8, i8),
    Learn(u16),
    Forget(u16),
    Detain(u16),
    Release,
    Chance {
        percent: u8,
        then: u16,
        otherwise: u16,
    },
    If {
        tests: Run,
        then: u16,
        otherwise: u16,
    },
}

/// Who a line belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// Speech of a cast member, by position.
    Say(u16),
    /// What a cast member is seen doing.
    Do(u16),
    /// What happens around.
    Narrate,
}

/// Something said or seen.
#[derive(Debug, Clone)]
pub struct Line {
    /// Who, and whether said or done.
    pub kind: LineKind,
    /// The words, with `{variation}` places still open.
    pub text: Box<str>,
    /// Face.
    pub mood: Option<Mood>,
    /// Body.
    pub gesture: Option<Gesture>,
    /// Eyes.
    pub gaze: Option<Gaze>,
    /// Sound that goes with it; empty for none.
    pub sound: Box<str>,
    /// Only while these hold.
    pub when: Run,
}

/// One way on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Route {
    /// All must hold.
    pub when: Run,
    /// Probability in per cent.
    pub chance: u8,
    /// Where it leads.
    pub to: Target,
}

/// A gate that something fails.
#[derive(Debug, Clone)]
pub struct Failure {
    /// Position of the gate in the course.
    pub gate: u16,
    /// Why.
    pub why: Box<str>,
    /// Only while these hold.
    pub when: Run,
}

/// Evidence for one objective.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Evidence {
    /// Position of the objective in the course.
    pub objective: u16,
    /// Level that is shown.
    pub level: Level,
}

/// Evidence that depends on the state.
#[derive(Debug, Clone, Copy)]
pub struct EvidenceBand {
    /// All must hold.
    pub when: Run,
    /// What is shown then.
    pub evidence: Run,
}

/// What any move does, whatever kind it is.
#[derive(Debug, Clone)]
pub struct Act {
    /// Techniques, by position in the scenario's list.
    pub techniques: Run,
    /// Changes.
    pub changes: Run,
    /// Whether the changes stand in for the reaction to the techniques.
    pub instead_of_techniques: bool,
    /// Words said, for long speeches.
    pub words: u16,
    /// Whether it is said rather than done.
    pub is_speech: bool,
    /// What answers it.
    pub replies: Run,
    /// What it shows of the objectives.
    pub evidence: Run,
    /// What it shows instead while conditions hold.
    pub evidence_bands: Run,
    /// Gates it fails.
    pub failures: Run,
    /// Why it helped or did not.
    pub why: Box<str>,
    /// Ways on; the last one always holds.
    pub routes: Run,
    /// Mark that it sets, if it may happen once only or a condition asks for it.
    pub mark: Option<u16>,
}

/// One option of a decision.
#[derive(Debug, Clone)]
pub struct Choice {
    /// The author's id.
    pub id: Box<str>,
    /// The words said, or the action.
    pub text: Box<str>,
    /// Open only while these hold.
    pub when: Run,
    /// Open only once.
    pub once: bool,
    /// Law and policy in play, by position in `references`.
    pub law: Box<[u16]>,
    /// What it does.
    pub act: Act,
}

/// What a standing move does in some state.
#[derive(Debug, Clone)]
pub struct StandingRule {
    /// Which move.
    pub is: Standing,
    /// Only while these hold.
    pub when: Run,
    /// Only once in an encounter.
    pub once: bool,
    /// What it does.
    pub act: Act,
}

/// A decision.
#[derive(Debug, Clone)]
pub struct Decision {
    /// Seconds before silence counts as the answer.
    pub window_secs: Option<u16>,
    /// What practice mode hints at.
    pub hint: Box<str>,
    /// Options, by position in `choices`.
    pub choices: Run,
    /// What saying nothing does, if the author says.
    pub silence: Option<Box<Act>>,
    /// Keep the author's order.
    pub fixed_order: bool,
    /// The officer is asked why.
    pub asks_why: bool,
}

/// One beat.
#[derive(Debug, Clone)]
pub struct Beat {
    /// The author's id.
    pub id: Box<str>,
    /// What is said and seen on arrival.
    pub lines: Run,
    /// What arriving changes.
    pub changes: Run,
    /// What the officer may do.
    pub decision: Option<Box<Decision>>,
    /// Where it goes on without a decision.
    pub routes: Run,
    /// What standing moves do here.
    pub moves: Run,
}

/// Something that happens when the state calls for it.
#[derive(Debug, Clone)]
pub struct Incident {
    /// The author's id.
    pub id: Box<str>,
    /// All must hold.
    pub when: Run,
    /// Probability in per cent.
    pub chance: u8,
    /// What is said and seen.
    pub lines: Run,
    /// What it changes.
    pub changes: Run,
    /// Where it leads.
    pub to: Target,
    /// Whether it can happen again.
    pub repeats: bool,
    /// Mark that it sets.
    pub mark: u16,
}

/// How it felt.
#[derive(Debug, Clone)]
pub struct Felt {
    /// Only while these hold.
    pub when: Run,
    /// Cast member, by position.
    pub by: u16,
    /// Their words.
    pub text: Box<str>,
}

/// One way in which the encounter can end.
#[derive(Debug, Clone)]
pub struct Ending {
    /// The author's id.
    pub id: Box<str>,
    /// How safe everybody is.
    pub outcome: Outcome,
    /// Title.
    pub title: Box<str>,
    /// What happens.
    pub text: Box<str>,
    /// What came of it later.
    pub aftermath: Box<str>,
    /// How it felt.
    pub felt: Vec<Felt>,
    /// Gates it fails.
    pub failures: Run,
}

/// Somebody in the encounter.
#[derive(Debug, Clone)]
pub struct Person {
    /// The author's id.
    pub id: String,
    /// Who and what they are.
    pub member: CastMember,
    /// Fact that makes the name known, if it is not known from the start.
    pub known_by: Option<u16>,
    /// Conditions under which they can be seen; none for always.
    pub seen_when: Run,
}

/// A meter of the author's own.
#[derive(Debug, Clone)]
pub struct Meter {
    /// The author's id.
    pub id: String,
    /// Words for practice mode.
    pub label: String,
    /// Lowest value.
    pub min: u8,
    /// Highest value.
    pub max: u8,
    /// Value at the start.
    pub start: u8,
}

/// A technique as this scenario uses it.
#[derive(Debug, Clone)]
pub struct UsedTechnique {
    /// Id in the catalogue.
    pub id: String,
    /// The catalogue's entry.
    pub technique: Technique,
    /// Trust below which it is premature.
    pub trust_needed: u8,
}

impl UsedTechnique {
    /// Whether it belongs to the stairway and could be premature.
    #[must_use]
    pub fn has_stage(&self) -> bool {
        self.technique.stage != Stage::Any
    }

    /// Whether distance takes from its effect.
    #[must_use]
    pub fn is_speech(&self) -> bool {
        self.technique.delivery == Delivery::Speech
    }
}

/// One step of a reaction table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reaction {
    /// Lowest distress.
    pub distress_from: u8,
    /// Highest distress.
    pub distress_to: u8,
    /// Lowest trust.
    pub trust_from: u8,
    /// Highest trust.
    pub trust_to: u8,
    /// What it changes.
    pub shift: Shift,
}

/// A profile as this scenario uses it.
#[derive(Debug, Clone)]
pub struct UsedProfile {
    /// Id in the catalogue.
    pub id: String,
    /// The catalogue's entry.
    pub profile: Profile,
    /// Share of the draw.
    pub weight: u8,
    /// Reactions by the scenario's techniques: runs in `reactions`.
    pub by_technique: Vec<Run>,
    /// Reactions to silence: a run in `reactions`.
    pub silence: Run,
}

/// One value of a variation.
#[derive(Debug, Clone)]
pub struct Variety {
    /// The author's id.
    pub id: String,
    /// Words that stand for the variation in text.
    pub text: String,
    /// Share of the draw.
    pub weight: u8,
}

/// What the course asks for that an encounter needs: names of objectives and gates.
#[derive(Debug, Clone, Default)]
pub struct CourseNames {
    /// Objective ids, in the course's order.
    pub objectives: Vec<String>,
    /// Gate ids, in the course's order.
    pub gates: Vec<String>,
}

/// A scenario that can be played.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the lists behind the positions above")]
pub struct Scenario {
    pub id: String,
    pub title: String,
    pub version: String,
    pub course: String,
    pub tracks: Vec<Track>,
    pub level: Difficulty,
    pub minutes: u16,
    pub summary: String,
    pub content_notes: Vec<String>,
    pub review: Review,
    pub jurisdiction: Jurisdiction,
    pub references: Vec<(String, Reference)>,
    pub core: Vec<u16>,
    pub also: Vec<u16>,
    pub setting: Setting,
    pub briefing: Briefing,
    pub cast: Vec<Person>,
    pub subject: u16,
    pub names: CourseNames,

    pub start: u32,
    pub start_distress: u8,
    pub start_trust: u8,
    pub start_distance: u8,
    pub jitter: u8,
    pub facts: Vec<(String, String)>,
    pub meters: Vec<Meter>,
    pub counters: Vec<(String, u8)>,
    pub variations: Vec<(String, Vec<Variety>)>,
    pub profiles: Vec<UsedProfile>,
    pub techniques: Vec<UsedTechnique>,
    pub premature: Shift,
    pub standing: Vec<Standing>,
    pub marks: u16,

    pub beats: Vec<Beat>,
    pub endings: Vec<Ending>,
    pub incidents: Vec<Incident>,
    pub general_moves: Run,

    pub choices: Vec<Choice>,
    pub standing_rules: Vec<StandingRule>,
    pub lines: Vec<Line>,
    pub routes: Vec<Route>,
    pub tests: Vec<Test>,
    pub changes: Vec<Change>,
    pub evidence: Vec<Evidence>,
    pub evidence_bands: Vec<EvidenceBand>,
    pub failures: Vec<Failure>,
    pub technique_refs: Vec<u16>,
    pub reactions: Vec<Reaction>,
}

impl Scenario {
    /// The choice of this id, by position.
    #[must_use]
    pub fn choice_by_id(&self, id: &str) -> Option<u32> {
        let found = self.choices.iter().position(|choice| *choice.id == *id);
        found.and_then(|position| u32::try_from(position).ok())
    }

    /// The beat of this id, by position.
    #[must_use]
    pub fn beat_by_id(&self, id: &str) -> Option<u32> {
        let found = self.beats.iter().position(|beat| *beat.id == *id);
        found.and_then(|position| u32::try_from(position).ok())
    }

    /// Every objective that is assessed: the required ones first.
    pub fn assessed(&self) -> impl Iterator<Item = u16> + '_ {
        self.core.iter().chain(&self.also).copied()
    }

    /// The subject.
    #[must_use]
    pub fn subject(&self) -> Option<&Person> {
        self.cast.get(usize::from(self.subject))
    }
}
