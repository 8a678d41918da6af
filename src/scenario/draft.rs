//! A scenario exactly as its author wrote it.
//!
//! These types mirror the RON file field by field and know nothing of what the words mean: a
//! target may be missing, a technique unknown. The room resolves a draft into a
//! [`super::Scenario`]. Unknown fields are refused and a key written twice is kept, so that
//! the rules can name it instead of losing one of the two.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize as DeriveDeserialize;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

use crate::course::{Level, Track};

/// Entries of a RON map in the order of the file, doubles included.
#[derive(Debug, Clone)]
pub struct Entries<T>(pub Vec<(String, T)>);

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Entries<T> {
    /// The entries with their keys, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value))
    }

    /// The keys, in the order of the file.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(key, _)| key.as_str())
    }

    /// The first value under `key`.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&T> {
        self.iter().find(|(k, _)| *k == key).map(|(_, v)| v)
    }

    /// How many entries the file has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether the file has no entry here.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EntriesVisitor<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for EntriesVisitor<T> {
            type Value = Entries<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map such as { \"key\": value }")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                entries.shrink_to_fit();
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(EntriesVisitor(PhantomData))
    }
}

/// One scenario file: everything an instructor writes about one encounter.
#[derive(Debug, Clone, DeriveDeserialize)]
#[serde(rename = "Scenario", deny_unknown_fields)]
pub struct ScenarioDraft {
    /// Version of the file format; 1 is the only one so far.
    pub format: u32,
    /// Short id, the same as the file's name before `.scenario.ron`.
    pub id: String,
    /// Title as the library shows it.
    pub title: String,
    /// The author's own version, such as `1.0.0`.
    pub version: String,
    /// Id of the course whose objectives are scored.
    pub course: String,
    /// Role tracks that this scenario serves.
    pub tracks: Vec<Track>,
    /// How demanding it is.
    pub level: Difficulty,
    /// Expected playing time in minutes.
    pub minutes: u16,
    /// One or two sentences for the library.
    pub summary: String,
    /// Themes that a trainee may want to know of before starting.
    #[serde(default)]
    pub content_notes: Vec<String>,
    /// Sign-off and the day it must be read again.
    pub review: Review,
    /// Whose law applies.
    pub jurisdiction: Jurisdiction,
    /// Law and policy this scenario cites, by id.
    #[serde(default)]
    pub references: Entries<Reference>,
    /// Objectives this scenario assesses.
    pub objectives: Objectives,
    /// Where and when.
    pub setting: Setting,
    /// What the officer knows on the way.
    pub briefing: Briefing,
    /// Everybody who speaks or is spoken of.
    pub cast: Entries<CastMember>,
    /// The state in which the encounter opens.
    pub start: Start,
    /// Yes/no facts; the text is the line that the notebook shows once learned (empty: hidden).
    #[serde(default)]
    pub facts: Entries<String>,
    /// The author's own meters.
    #[serde(default)]
    pub meters: Entries<MeterDraft>,
    /// The author's own counters, each from 0 to the given top.
    #[serde(default)]
    pub counters: Entries<u8>,
    /// Things that the seed draws at the start; each may be named in text as `{key}`.
    #[serde(default)]
    pub variations: Entries<Vec<Variant>>,
    /// Moves open at every decision.
    #[serde(default)]
    pub standing: Vec<Standing>,
    /// What standing moves do here, first match wins; a beat's own `moves` go first.
    #[serde(default)]
    pub moves: Vec<StandingDraft>,
    /// Checked after every step, first match wins.
    #[serde(default)]
    pub events: Vec<EventDraft>,
    /// The encounter itself.
    pub beats: Entries<BeatDraft>,
    /// How it can end.
    pub endings: Entries<EndingDraft>,
}

/// How demanding a scenario is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, DeriveDeserialize, serde::Serialize,
)]
pub enum Difficulty {
    /// For a first encounter.
    Intro,
    /// The course's standard.
    Core,
    /// For those who passed the core.
    Advanced,
}

/// Whose law applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, DeriveDeserialize, serde::Serialize)]
pub enum Jurisdiction {
    /// England and Wales.
    EnglandAndWales,
    /// Scotland.
    Scotland,
    /// Northern Ireland.
    NorthernIreland,
}

/// State of the sign-off chain.
#[derive(Debug, Clone, DeriveDeserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// Draft until somebody has checked it.
    pub status: ReviewStatus,
    /// Day, `YYYY-MM-DD`, by which it must be read again.
    pub due: String,
    /// Who checked it and as what.
    #[serde(default)]
    pub checked: Vec<String>,
}

/// Whether a scenario has been signed off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, DeriveDeserialize, serde::Serialize)]
pub enum ReviewStatus {
    /// Not yet checked by anyone but its author.
    Draft,
    /// Read by a subject-matter expert.
    Reviewed,
    /// Signed off for assessment.
    Signed,
}

/// One law or policy item.
#[derive(Debug, Clone, DeriveDeserialize)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// How to cite it.
    pub cite: String,
    /// Day of the text that the author read, `YYYY-MM-DD`.
    pub as_of: String,
    /// Last day, `YYYY-MM-DD`, on which that text is known to hold; empty: not known to end.
    #[serde(default)]
    pub until: String,
    /// What it means here, in one sentence.
    #[serde(default)]
    pub note: String,
    /// What must be checked against the force's own policy.
    #[serde(default)]
    pub local: String,
}

/// Objectives that a scenario assesses.
#[derive(Debug, Clone, Default, DeriveDeserialize)]
#[serde(deny_unknown_fields)]
pub struct Objectives {
    /// Required: each must be Competent for a pass.
    pub core: Vec<String>,
    /// Reported, not required.
    #[serde(default)]
    pub also: Vec<String>,
}

/// Where and when the encounter happens.
#[derive(Debug, Clone, DeriveDeserialize)]
#[serde(deny_unknown_fields)]
pub struct Setting {
    /// Name of a place in `assets/places`.
    pub place: String,
    /// Time of day.
    pub time: TimeOfDay,
    /// Weather.
    pub weather: Weather,
    /// Name of an ambience in `assets/sound`.
    #[serde(default)]
    pub ambience: String,
    /// Clock time, `HH:MM`, at the first decision; every step is a minute.
    pub clock: String,
}

/// Time of day, for light.
#[derive(Debug, Clone, Copy, PartialEq, Eq, DeriveDeserialize, serde::Serialize)]
pub enum TimeOfDay {
    /// First light.
    Dawn,
    /// Full daylight.
    Day,
    /// Low sun.
    Dusk,
    /// Lamps on.
    Night,
}

/// Weather, for light and sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, DeriveDeserialize, serde::Serialize)]
pub enum Weather {
    /// Dry and clear.
    Clear,
    /// Dry under cloud.
    Overcast,
    /// Drizzle or rain.
    Rain,
    /// Fog.
    Fog,
    /// Indoors: no weather.
    Indoors,
}

/// What the officer knows on the way.
#[derive(Debug, Clone, DeriveDeserialize)]
#[serde(deny_unknown_fields)]
pub struct Briefing {
    /// The incident log so far.
    pub log: Vec<LogEntry>,
    /// What is known, one line each.
    #[serde(default)]
    pub known: Vec<String>,
    /// What is asked of the officer.
    pub task: String,
}

/// One line of an incident log.
#[derive(Debug, Clone, DeriveDeserialize)]
#[serde(deny_unknown_fields)]
pub struct LogEntry {
    /// Clock time, `HH:MM`.
    pub at: String,
    /// The operator's words.
    pub text: String,
}

/// Somebody in the encounter.
#[derive(Debug, Clone, DeriveDeserialize)]
#[serde(deny_unknown_fields)]
pub enum CastMember {
    /// The person in crisis.
    Subject {
        /// Name as captions show it once known.
        name: String,
        /// Name that captions show before the officer knows it.
        #[serde(default)]
        unknown_as: String,
        /// Fact that makes the name known; empty: known from the start.
        #[serde(default)]
        known_by: String,
        /// Person in `assets/people`.
        look: String,
        /// When they can be seen; empty: always.
        #[serde(default)]
        seen_when: Vec<Condition>,
        /// Voice.
        #[serde(default)]
        voice: String,
        /// Reaction profiles, one drawn by the seed.
        profiles: Vec<ProfileDraw>,
    },
    /// A fellow officer at the scene.
    Colleague {
        /// Name as captions show it.
        name: String,
        /// Person in `assets/people`.
        look: String,
        /// When they can be seen; empty: always.
        #[serde(default)]
        seen_when: Vec<Condition>,
        /// Voice.
        #[serde(default)]
        voice: String,
    },
    /// Somebody else at the scene.
    Bystander {
        /// Name as captions show it.
        name: String,
        /// Person in `assets/people`; empty: heard, not seen.
        #[serde(default)]
        look: String,
        /// When they can be seen; empty: always.
        #[serde(default)]
        seen_when: Vec<Condition>,
        /// Voice.
        #[serde(default)]
        voice: String,
    },
    /// A voice on the radio or telephone.
    Radio {
        /// Name as captions show it.
        name: String,
        /// Voice.
        #[serde(default)]
        voice: String,
    },
}

impl CastMember {
    /// Name as captions show it.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Subject { name, .. }
            | Self::Colleague { name, .. }
            | Self::Bystander { name, .. }
            | Self::Radio { name, .. } => name,
        }
    }

    /// Their person in `assets/people`; none for a voice.
    #[must_use]
    pub fn look(&self) -> Option<&str> {
        match self {
            Self::Subject { look, .. }
            | Self::Colleague { look, .. }
            | Self::Bystander { look, .. } => (!look.is_empty()).then_some(look),
            Self::Radio { .. } => None,
        }
    }

    /// The conditions under which they can be seen; empty for always.
    #[must_use]
    pub fn seen_when(&self) -> &[Condition] {
        match self {
            Self::Subject { seen_when, .. }
            | Self::Colleague { seen_when, .. }
            | Self::Bystander { seen_when, .. } => seen_when,
            Self::Radio { .. } => &[],
        }
    }
}

/// A profile with its share of the draw.
#[derive(Debug, Clone, DeriveDeserialize)]
#[serde(deny_unknown_fields)]
pub struct ProfileDraw {
    /// Profile id from the catalogue.
    pub is: String,
    /// Share of the draw, 1 to 100.
    #[serde(default = "one")]
    pub weight: u8,
}

/// One value of a variation.
#[derive(Debug, Clone, DeriveDeserialize)]
#[serde(deny_unknown_fields)]
pub struct Variant {
    /// Id, for conditions.
    pub is: String,
    /// Words that stand for `{key}` in text.
    #[serde(default)]
    pub text: String,
    /// Share of the draw, 1 to 100.
    #[serde(default = "one")]
    pub weight: u8,
}

fn one() -> u8 {
    1
}

/// The state in which the encounter opens.
#[derive(Debug, Clone, DeriveDeserialize)]
#[serde(deny_unknown_fields)]
pub struct Start {
    /// First beat.
    pub beat: String,
    /// Distress, 0 to 20.
    pub distress: u8,
    /// Trust, 0 to 20.
    pub trust: u8,
    /// Distance in half-metres, 1 to 20.
    pub distance: u8,
    /// The seed shifts distress and trust by up to this much each way, 0 to 3.
    #[serde(default)]
    pub jitter: u8,
}

/// A meter of the author's own.
#[derive(Debug, Clone, DeriveDeserialize)]
#[serde(deny_unknown_fields)]
pub struct MeterDraft {
    /// Words for practice mode.
    pub label: String,
    /// Lowest value, 0 or more.
    #[serde(default)]
    pub min: u8,
    /// Highest value, 20 at most.
    pub max: u8,
    /// Value at the start.
    pub start: u8,
}

/// Moves that may stand open at every decision.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, DeriveDeserialize, serde::Serialize,
)]
pub enum Standing {
    /// One metre closer.
    StepCloser,
    /// One metre back.
    StepBack,
    /// Take a moment to look.
    Observe,
    /// Speak to control.
    Radio,
    /// Say nothing, on purpose.
    Hold,
}

/// What a standing move does.
#[derive(Debug, Clone, DeriveDeserialize)]
#[serde(deny_unknown_fields)]
pub struct StandingDraft {
    /// Which move.
    pub is: Standing,
    /// Only while these hold.
    #[serde(default)]
    pub when: Vec<Condition>,
    /// What is said and seen.
    #[serde(default)]
    pub lines: Vec<LineDraft>,
    /// What it changes, on top of the move's own effect.
    #[serde(default)]
    pub effects: Vec<Effect>,
    /// What it shows of the objectives.
    #[serde(default)]
    pub evidence: Entries<Level>,
    /// What it shows instead while conditions hold, first match wins.
    #[serde(default)]
    pub evidence_when: Vec<EvidenceWhen>,
    /// Why it was or was not a good idea.
    pub why: String,
    /// Techniques it uses.
    #[serde(default)]
    pub techniques: Vec<String>,
    /// Only once in an encounter.
    #[serde(default)]
    pub once: bool,
    /// Where it leads; `.` stays at the decision.
    #[serde(default = "here")]
    pub to: String,
}

fn here() -> String {
    ".".to_owned()
}

/// Something that happens when the state calls for it.
#[derive(Debug, Clone, DeriveDeserialize)]
#[serde(deny_unknown_fields)]
pub struct EventDraft {
    /// Id, for the log.
    pub id: String,
    /// All must hold.
    pub when: Vec<Condition>,
    /// Probability in per cent each time it could happen, 1 to 100.
    #[serde(default = "certain")]
    pub chance: u8,
    /// What is said and seen.
    #[serde(default)]
    pub lines: Vec<LineDraft>,
    /// What it changes.
    #[serde(default)]
    pub effects: Vec<Effect>,
    /// Where it leads; `.` goes on as if it had not happened.
    #[serde(default = "here")]
    pub to: String,
    /// Whether it can happen again.
    #[serde(default)]
    pub repeats: bool,
}

fn certain() -> u8 {
    100
}

/// One beat: lines, then a decision or a way on.
#[derive(Debug, Clone, DeriveDeserialize)]
#[serde(deny_unknown_fields)]
pub struct BeatDraft {
    /// What is said and seen on arrival.
    #[serde(default)]
    pub lines: Vec<LineDraft>,
    /// What arriving changes.
    #[serde(default)]
    pub effects: Vec<Effect>,
    /// What the officer may do.
    #[serde(default)]
    pub decision: Option<DecisionDraft>,
    /// Where it goes on without a decision, first match wins.
    #[serde(default)]
    pub routes: Vec<RouteDraft>,
    /// What standing moves do in this beat.
    #[serde(default)]
    pub moves: Vec<StandingDraft>,
}

/// One way on.
#[derive(Debug, Clone, DeriveDeserialize)]
#[serde(deny_unknown_fields)]
pub struct RouteDraft {
    /// All must hold.
    #[serde(default)]
    pub when: Vec<Condition>,
    /// Probability in per cent that the route is taken when its conditions hold, 1 to 100.
    #[serde(default = "certain")]
    pub chance: u8,
    /// Beat or ending.
    pub to: String,
}

/// Something said or seen.
#[derive(Debug, Clone, DeriveDeserialize)]
#[serde(deny_unknown_fields)]
pub enum LineDraft {
    /// Speech.
    Say {
        /// Cast id.
        by: String,
        /// The words, caption and voice alike.
        text: String,
        /// Face.
        #[serde(default)]
        mood: Option<Mood>,
        /// Body.
        #[serde(default)]
        gesture: Option<Gesture>,
        /// Eyes.
        #[serde(default)]
        gaze: Option<Gaze>,
        /// Only while these hold.
        #[serde(default)]
        when: Vec<Condition>,
    },
    /// Something that can be seen a person doing.
    Do {
        /// Cast id.
        by: String,
        /// What is seen, in the present tense.
        text: String,
        /// Face.
        #[serde(default)]
        mood: Option<Mood>,
        /// Body.
        #[serde(default)]
        gesture: Option<Gesture>,
        /// Eyes.
        #[serde(default)]
        gaze: Option<Gaze>,
        /// Only while these hold.
        #[serde(default)]
        when: Vec<Condition>,
    },
    /// Something that happens around.
    Narrate {
        /// What is seen or heard.
        text: String,
        /// Name of a sound in `assets/sound`.
        #[serde(default)]
        sound: String,
        /// Only while these hold.
        #[serde(default)]
        when: Vec<Condition>,
    },
}

/// A face.
#[derive(Debug, Clone, Copy, PartialEq, Eq, DeriveDeserialize, serde::Serialize)]
pub enum Mood {
    /// At rest.
    Neutral,
    /// At ease.
    Calm,
    /// Afraid.
    Frightened,
    /// Angry.
    Angry,
    /// Without hope.
    Despairing,
    /// Sad.
    Sad,
    /// Not following.
    Confused,
    /// Speeding and high.
    Elated,
    /// Short of patience.
    Irritable,
    /// Shut down.
    Numb,
    /// On guard.
    Suspicious,
    /// Let go of something.
    Relieved,
    /// Ashamed.
    Ashamed,
    /// Worn out.
    Exhausted,
}

impl Mood {
    /// Every one of them, in the order of the author's guide.
    pub const ALL: [Self; 14] = [
        Self::Neutral,
        Self::Calm,
        Self::Frightened,
        Self::Angry,
        Self::Despairing,
        Self::Sad,
        Self::Confused,
        Self::Elated,
        Self::Irritable,
        Self::Numb,
        Self::Suspicious,
        Self::Relieved,
        Self::Ashamed,
        Self::Exhausted,
    ];
}

/// A body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, DeriveDeserialize, serde::Serialize)]
pub enum Gesture {
    /// Nothing in particular.
    Still,
    /// Palms up, warding off.
    HandsUp,
    /// Hands to the head.
    HandsToHead,
    /// Hands working at each other.
    Wringing,
    /// Pointing.
    Pointing,
    /// Wiping tears.
    WipesTears,
    /// Arms folded.
    ArmsCrossed,
    /// Open palms.
    OpenPalms,
    /// Turning away.
    TurnsAway,
    /// Sitting down.
    Sits,
    /// Crouching.
    Crouches,
    /// A step back.
    StepsBack,
    /// A step forward.
    StepsForward,
    /// A start.
    Startles,
    /// Walking up and down.
    Paces,
    /// A nod.
    Nods,
    /// A shake of the head.
    ShakesHead,
    /// Leaning on a rail or wall.
    Leans,
    /// Hands over the ears.
    CoversEars,
    /// A hand flat on the chest, to get breath.
    HandOnChest,
    /// A hand to the brow, worn out.
    HandToBrow,
}

impl Gesture {
    /// Every one of them, in the order of the author's guide.
    pub const ALL: [Self; 21] = [
        Self::Still,
        Self::HandsUp,
        Self::HandsToHead,
        Self::Wringing,
        Self::Pointing,
        Self::WipesTears,
        Self::ArmsCrossed,
        Self::OpenPalms,
        Self::TurnsAway,
        Self::Sits,
        Self::Crouches,
        Self::StepsBack,
        Self::StepsForward,
        Self::Startles,
        Self::Paces,
        Self::Nods,
        Self::ShakesHead,
        Self::Leans,
        Self::CoversEars,
        Self::HandOnChest,
        Self::HandToBrow,
    ];
}

/// Where the eyes go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, DeriveDeserialize, serde::Serialize)]
pub enum Gaze {
    /// At the officer.
    Officer,
    /// Anywhere but the officer.
    Away,
    /// Down.
    Down,
    /// From place to place.
    Scanning,
    /// Past the officer's shoulder.
    Past,
}

impl Gaze {
    /// Every one of them, in the order of the author's guide.
    pub const ALL: [Self; 5] = [
        Self::Officer,
        Self::Away,
        Self::Down,
        Self::Scanning,
        Self::Past,
    ];
}

/// What the officer may do in a beat.
#[derive(Debug, Clone, DeriveDeserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionDraft {
    /// Seconds before silence counts as the answer, 5 to 120; omit for no limit.
    #[serde(default)]
    pub window: Option<u16>,
    /// What practice mode hints at.
    #[serde(default)]
    pub hint: String,
    /// Options, in the author's order.
    pub choices: Vec<ChoiceDraft>,
    /// What saying nothing does.
    #[serde(default)]
    pub silence: Option<SilenceDraft>,
    /// Keep the author's order instead of drawing one.
    #[serde(default)]
    pub fixed_order: bool,
    /// Ask the officer why, once what they decided is on record and before it is answered.
    #[serde(default)]
    pub rationale: bool,
}

/// One option.
#[derive(Debug, Clone, DeriveDeserialize)]
pub enum ChoiceDraft {
    /// The officer says this.
    Say(OptionDraft),
    /// The officer does this.
    Do(OptionDraft),
}

impl ChoiceDraft {
    /// The option, said or done.
    #[must_use]
    pub fn option(&self) -> &OptionDraft {
        match self {
            Self::Say(option) | Self::Do(option) => option,
        }
    }
}

/// What an option says and does.
#[derive(Debug, Clone, DeriveDeserialize)]
#[serde(deny_unknown_fields)]
pub struct OptionDraft {
    /// Id, unique in the scenario.
    pub id: String,
    /// The words said, or the action in the imperative.
    pub text: String,
    /// Open only while these hold.
    #[serde(default)]
    pub when: Vec<Condition>,
    /// Open only once.
    #[serde(default)]
    pub once: bool,
    /// Techniques it uses, from the catalogue.
    #[serde(default)]
    pub techniques: Vec<String>,
    /// What it shows of the objectives.
    #[serde(default)]
    pub evidence: Entries<Level>,
    /// What it shows instead while conditions hold, first match wins.
    #[serde(default)]
    pub evidence_when: Vec<EvidenceWhen>,
    /// What it changes, on top of the reaction to its techniques.
    #[serde(default)]
    pub effects: Vec<Effect>,
    /// Whether `effects` stand in for the reaction to its techniques.
    #[serde(default)]
    pub instead_of_techniques: bool,
    /// Gates that this fails.
    #[serde(default)]
    pub fails: Vec<GateFailure>,
    /// Law and policy in play, by id from `references`.
    #[serde(default)]
    pub law: Vec<String>,
    /// Why it helped or did not, told in the debrief.
    #[serde(default)]
    pub why: String,
    /// What answers it before the next beat.
    #[serde(default)]
    pub replies: Vec<LineDraft>,
    /// Beat or ending; `.` stays at the decision.
    #[serde(default)]
    pub to: String,
    /// Ways on instead of `to`, first match wins.
    #[serde(default)]
    pub routes: Vec<RouteDraft>,
}

/// Evidence that depends on the state.
#[derive(Debug, Clone, DeriveDeserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceWhen {
    /// All must hold.
    pub when: Vec<Condition>,
    /// What is shown then.
    pub evidence: Entries<Level>,
}

/// A gate that a move or an ending fails.
#[derive(Debug, Clone, DeriveDeserialize)]
#[serde(deny_unknown_fields)]
pub struct GateFailure {
    /// Gate id from the course.
    pub gate: String,
    /// Why.
    pub why: String,
    /// Only while these hold.
    #[serde(default)]
    pub when: Vec<Condition>,
}

/// What saying nothing does.
#[derive(Debug, Clone, DeriveDeserialize)]
#[serde(deny_unknown_fields)]
pub struct SilenceDraft {
    /// What is said and seen.
    #[serde(default)]
    pub lines: Vec<LineDraft>,
    /// What it changes.
    #[serde(default)]
    pub effects: Vec<Effect>,
    /// What it shows of the objectives.
    #[serde(default)]
    pub evidence: Entries<Level>,
    /// What it shows instead while conditions hold, first match wins.
    #[serde(default)]
    pub evidence_when: Vec<EvidenceWhen>,
    /// Gates that this fails.
    #[serde(default)]
    pub fails: Vec<GateFailure>,
    /// Why it helped or did not.
    pub why: String,
    /// Where it leads; `.` stays at the decision.
    #[serde(default = "here")]
    pub to: String,
    /// Ways on instead of `to`, first match wins.
    #[serde(default)]
    pub routes: Vec<RouteDraft>,
}

/// One way in which the encounter can end.
#[derive(Debug, Clone, DeriveDeserialize)]
#[serde(deny_unknown_fields)]
pub struct EndingDraft {
    /// How safe everybody is.
    pub outcome: Outcome,
    /// Title.
    pub title: String,
    /// What happens.
    pub text: String,
    /// What came of it later.
    pub aftermath: String,
    /// How it felt, in the words of those who were there; all that match are shown.
    #[serde(default)]
    pub felt: Vec<FeltDraft>,
    /// Gates that this ending fails.
    #[serde(default)]
    pub fails: Vec<GateFailure>,
}

/// How an encounter ended for those in it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, DeriveDeserialize, serde::Serialize,
)]
pub enum Outcome {
    /// Everybody is safe and somebody has taken responsibility.
    Safe,
    /// Nobody is hurt; the risk has not gone.
    Unresolved,
    /// Somebody is less safe than before.
    Unsafe,
}

/// How it felt.
#[derive(Debug, Clone, DeriveDeserialize)]
#[serde(deny_unknown_fields)]
pub struct FeltDraft {
    /// Only while these hold.
    #[serde(default)]
    pub when: Vec<Condition>,
    /// Cast id.
    pub by: String,
    /// Their words.
    pub text: String,
}

/// Something that can hold or not.
#[derive(Debug, Clone, DeriveDeserialize)]
pub enum Condition {
    /// Distress is this much or more.
    DistressAtLeast(u8),
    /// Distress is this much or less.
    DistressAtMost(u8),
    /// Trust is this much or more.
    TrustAtLeast(u8),
    /// Trust is this much or less.
    TrustAtMost(u8),
    /// Distance is this many half-metres or more.
    DistanceAtLeast(u8),
    /// Distance is this many half-metres or less.
    DistanceAtMost(u8),
    /// A meter of the author's own is this much or more.
    MeterAtLeast(String, u8),
    /// A meter of the author's own is this much or less.
    MeterAtMost(String, u8),
    /// A counter is this much or more.
    CounterAtLeast(String, u8),
    /// A counter is this much or less.
    CounterAtMost(String, u8),
    /// A fact is known.
    Fact(String),
    /// The seed drew this profile.
    Profile(String),
    /// The seed drew this variant: variation, then variant.
    Drawn(String, String),
    /// The person is detained.
    Detained,
    /// This choice, or this event, has happened.
    Seen(String),
    /// All hold.
    All(Vec<Condition>),
    /// At least one holds.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
}

/// Something that changes.
#[derive(Debug, Clone, DeriveDeserialize)]
pub enum Effect {
    /// Distress rises (or falls, if negative).
    Distress(i8),
    /// Trust rises or falls.
    Trust(i8),
    /// The officer moves away (positive) or closer (negative), in half-metres.
    Distance(i8),
    /// A meter of the author's own rises or falls.
    Meter(String, i8),
    /// A counter rises or falls.
    Counter(String, i8),
    /// A fact becomes known.
    Learn(String),
    /// A fact no longer holds.
    Forget(String),
    /// The person is detained under this reference.
    Detain(String),
    /// The person is free to go.
    Release,
    /// With this probability in per cent, the first list, else the second.
    Chance(u8, Vec<Effect>, Vec<Effect>),
    /// While all conditions hold, the first list, else the second.
    If(Vec<Condition>, Vec<Effect>, Vec<Effect>),
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The place of a value among its kind. A new value does not compile until it has one, and
    /// the test below fails until it is in `ALL`.
    const fn place_of_mood(mood: Mood) -> usize {
        match mood {
            Mood::Neutral => 0,
            Mood::Calm => 1,
            Mood::Frightened => 2,
            Mood::Angry => 3,
            Mood::Despairing => 4,
            Mood::Sad => 5,
            Mood::Confused => 6,
            Mood::Elated => 7,
            Mood::Irritable => 8,
            Mood::Numb => 9,
            Mood::Suspicious => 10,
            Mood::Relieved => 11,
            Mood::Ashamed => 12,
            Mood::Exhausted => 13,
        }
    }

    const fn place_of_gesture(gesture: Gesture) -> usize {
        match gesture {
            Gesture::Still => 0,
            Gesture::HandsUp => 1,
            Gesture::HandsToHead => 2,
            Gesture::Wringing => 3,
            Gesture::Pointing => 4,
            Gesture::WipesTears => 5,
            Gesture::ArmsCrossed => 6,
            Gesture::OpenPalms => 7,
            Gesture::TurnsAway => 8,
            Gesture::Sits => 9,
            Gesture::Crouches => 10,
            Gesture::StepsBack => 11,
            Gesture::StepsForward => 12,
            Gesture::Startles => 13,
            Gesture::Paces => 14,
            Gesture::Nods => 15,
            Gesture::ShakesHead => 16,
            Gesture::Leans => 17,
            Gesture::CoversEars => 18,
            Gesture::HandOnChest => 19,
            Gesture::HandToBrow => 20,
        }
    }

    const fn place_of_gaze(gaze: Gaze) -> usize {
        match gaze {
            Gaze::Officer => 0,
            Gaze::Away => 1,
            Gaze::Down => 2,
            Gaze::Scanning => 3,
            Gaze::Past => 4,
        }
    }

    #[test]
    fn the_lists_of_faces_bodies_and_eyes_are_complete() {
        for (place, mood) in Mood::ALL.into_iter().enumerate() {
            assert_eq!(place_of_mood(mood), place);
        }
        for (place, gesture) in Gesture::ALL.into_iter().enumerate() {
            assert_eq!(place_of_gesture(gesture), place);
        }
        for (place, gaze) in Gaze::ALL.into_iter().enumerate() {
            assert_eq!(place_of_gaze(gaze), place);
        }
    }
}
