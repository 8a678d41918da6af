//! An encounter that opens elsewhere than at its beginning: for authors who try what they write.
//!
//! A [`Preset`] is a beat and values that are put in the place of those that the seed drew. It is
//! read from words such as `trust=6`, so that a command line and a window say the same.

use std::sync::Arc;

use thiserror::Error;

use crate::scenario::Scenario;
use crate::scenario::diagnostic::suggest;

use super::event::Event;
use super::kernel::Encounter;
use super::state::State;

/// Highest distress, trust and distance.
const TOP: u8 = 20;

/// Something that is set to a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Put {
    Distress(u8),
    Trust(u8),
    Distance(u8),
    Meter(u8, u8),
    Counter(u8, u8),
    Fact(u16, bool),
    Profile(u8),
    Draw(u8, u8),
    Detained(Option<u16>),
}

/// Why a preset cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PresetFault {
    /// The scenario has no such beat.
    #[error("there is no beat `{name}`\n  {help}")]
    NoBeat {
        /// What was asked for.
        name: String,
        /// What there is.
        help: String,
    },
    /// It is not of the form `NAME=VALUE`.
    #[error("`{0}` is not of the form NAME=VALUE, such as trust=6")]
    NoEquals(String),
    /// Nothing of this name can be set.
    #[error("nothing called `{name}` can be set\n  {help}")]
    NoName {
        /// What was asked for.
        name: String,
        /// What there is.
        help: String,
    },
    /// The value does not fit.
    #[error("`{name}` cannot be `{value}`: {wanted}")]
    NoValue {
        /// What is set.
        name: String,
        /// To what.
        value: String,
        /// What would fit.
        wanted: String,
    },
}

/// Where and how an encounter opens.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Preset {
    beat: Option<u32>,
    puts: Vec<Put>,
    words: Vec<String>,
}

impl Preset {
    /// Reads a beat and settings such as `trust=6`, `fact.name_known=yes`, `profile=despair`.
    /// Meters, counters, facts and variations are named by their ids; `meter.`, `counter.`,
    /// `fact.` or `draw.` before it tells two of the same name apart.
    ///
    /// # Errors
    /// What cannot be read, and what would fit instead.
    pub fn read<'w>(
        scenario: &Scenario,
        at: Option<&str>,
        set: impl IntoIterator<Item = &'w str>,
    ) -> Result<Self, PresetFault> {
        let beat = match at {
            None => None,
            Some(name) => Some(scenario.beat_by_id(name).ok_or_else(|| {
                let beats = scenario.beats.iter().map(|beat| &*beat.id);
                PresetFault::NoBeat {
                    name: name.to_owned(),
                    help: suggest(name, "beat", beats),
                }
            })?),
        };
        let mut preset = Self {
            beat,
            ..Self::default()
        };
        for word in set.into_iter().map(str::trim).filter(|w| !w.is_empty()) {
            let (name, value) = word
                .split_once('=')
                .ok_or_else(|| PresetFault::NoEquals(word.to_owned()))?;
            let (name, value) = (name.trim(), value.trim());
            preset.puts.push(put(scenario, name, value)?);
            preset.words.push(format!("{name}={value}"));
        }
        Ok(preset)
    }

    /// Whether the encounter opens as always.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.beat.is_none() && self.puts.is_empty()
    }

    /// The beat at which it opens, by position.
    #[must_use]
    pub const fn beat(&self) -> Option<u32> {
        self.beat
    }

    /// The settings, as they were written.
    #[must_use]
    pub fn words(&self) -> &[String] {
        &self.words
    }

    fn apply(&self, state: &mut State) {
        let put_at = |list: &mut [u8], at: u8, value: u8| {
            if let Some(slot) = list.get_mut(usize::from(at)) {
                *slot = value;
            }
        };
        for put in &self.puts {
            match *put {
                Put::Distress(value) => state.distress = value,
                Put::Trust(value) => state.trust = value,
                Put::Distance(value) => state.distance = value,
                Put::Meter(at, value) => put_at(&mut state.meters, at, value),
                Put::Counter(at, value) => put_at(&mut state.counters, at, value),
                Put::Fact(fact, holds) => state.set_fact(fact, holds),
                Put::Profile(profile) => state.profile = profile,
                Put::Draw(at, value) => put_at(&mut state.draws, at, value),
                Put::Detained(reference) => state.detained = reference,
            }
        }
    }
}

/// Names of what a preset can set, as [`Preset::read`] takes them, each with its present value
/// and its highest where it has one.
#[must_use]
pub fn settable(scenario: &Scenario, state: &State) -> Vec<(String, String)> {
    let mut all = vec![
        ("distress".to_owned(), state.distress.to_string()),
        ("trust".to_owned(), state.trust.to_string()),
        ("distance".to_owned(), state.distance.to_string()),
    ];
    let profile = scenario.profiles.get(usize::from(state.profile));
    all.push((
        "profile".to_owned(),
        profile.map_or_else(String::new, |used| used.id.clone()),
    ));
    let named = |kind: &str, id: &str| {
        if kinds(scenario, id).len() > 1 || BUILT_IN.contains(&id) {
            format!("{kind}.{id}")
        } else {
            id.to_owned()
        }
    };
    for (meter, value) in scenario.meters.iter().zip(&state.meters) {
        all.push((named("meter", &meter.id), value.to_string()));
    }
    for ((id, _), value) in scenario.counters.iter().zip(&state.counters) {
        all.push((named("counter", id), value.to_string()));
    }
    for ((id, varieties), value) in scenario.variations.iter().zip(&state.draws) {
        let value = varieties.get(usize::from(*value));
        all.push((
            named("draw", id),
            value.map_or_else(String::new, |value| value.id.clone()),
        ));
    }
    for (fact, (id, _)) in (0_u16..).zip(&scenario.facts) {
        let holds = if state.knows(fact) { "yes" } else { "no" };
        all.push((named("fact", id), holds.to_owned()));
    }
    let detained = state
        .detained
        .and_then(|at| scenario.references.get(usize::from(at)));
    all.push((
        "detained".to_owned(),
        detained.map_or_else(|| "no".to_owned(), |(id, _)| id.clone()),
    ));
    all
}

/// Names that every scenario has.
const BUILT_IN: [&str; 5] = ["distress", "trust", "distance", "profile", "detained"];

/// What a name can mean.
fn kinds(scenario: &Scenario, id: &str) -> Vec<&'static str> {
    let found = [
        ("meter", scenario.meters.iter().any(|meter| meter.id == id)),
        (
            "counter",
            scenario.counters.iter().any(|(own, _)| own == id),
        ),
        ("fact", scenario.facts.iter().any(|(own, _)| own == id)),
        ("draw", scenario.variations.iter().any(|(own, _)| own == id)),
    ];
    found
        .into_iter()
        .filter_map(|(kind, is_one)| is_one.then_some(kind))
        .collect()
}

fn position<T>(list: &[T], is_it: impl Fn(&T) -> bool) -> Option<usize> {
    list.iter().position(is_it)
}

fn put(scenario: &Scenario, name: &str, value: &str) -> Result<Put, PresetFault> {
    let wrong = |wanted: String| PresetFault::NoValue {
        name: name.to_owned(),
        value: value.to_owned(),
        wanted,
    };
    let number = |least: u8, most: u8| {
        value
            .parse::<u8>()
            .ok()
            .filter(|value| (least..=most).contains(value))
            .ok_or_else(|| wrong(format!("a whole number from {least} to {most} is wanted")))
    };
    let (kind, bare) = match name.split_once('.') {
        Some((kind @ ("meter" | "counter" | "fact" | "draw"), bare)) => (kind, bare),
        _ => ("", name),
    };
    let is = |wanted: &str| kind.is_empty() || kind == wanted;
    match name {
        "distress" => return Ok(Put::Distress(number(0, TOP)?)),
        "trust" => return Ok(Put::Trust(number(0, TOP)?)),
        "distance" => return Ok(Put::Distance(number(1, TOP)?)),
        "profile" => {
            let ids = || scenario.profiles.iter().map(|used| used.id.as_str());
            let at = position(&scenario.profiles, |used| used.id == value);
            return at
                .and_then(|at| u8::try_from(at).ok())
                .map(Put::Profile)
                .ok_or_else(|| wrong(suggest(value, "profile", ids().collect::<Vec<_>>())));
        }
        "detained" => {
            if matches!(value, "no" | "false") {
                return Ok(Put::Detained(None));
            }
            let at = position(&scenario.references, |(id, _)| id == value);
            let ids: Vec<&str> = scenario
                .references
                .iter()
                .map(|(id, _)| id.as_str())
                .collect();
            return at
                .and_then(|at| u16::try_from(at).ok())
                .map(|at| Put::Detained(Some(at)))
                .ok_or_else(|| wrong(format!("`no`, or {}", suggest(value, "reference", ids))));
        }
        _ => {}
    }
    let can_be = kinds(scenario, bare);
    if kind.is_empty() && can_be.len() > 1 {
        let ways: Vec<String> = can_be
            .iter()
            .map(|kind| format!("`{kind}.{bare}`"))
            .collect();
        return Err(PresetFault::NoName {
            name: name.to_owned(),
            help: format!("it has several meanings: write {}", ways.join(" or ")),
        });
    }
    if is("meter")
        && let Some(at) = position(&scenario.meters, |meter| meter.id == bare)
    {
        let meter = &scenario.meters[at];
        let value = number(meter.min, meter.max)?;
        return Ok(Put::Meter(u8::try_from(at).unwrap_or(u8::MAX), value));
    }
    if is("counter")
        && let Some(at) = position(&scenario.counters, |(id, _)| id == bare)
    {
        let value = number(0, scenario.counters[at].1)?;
        return Ok(Put::Counter(u8::try_from(at).unwrap_or(u8::MAX), value));
    }
    if is("fact")
        && let Some(at) = position(&scenario.facts, |(id, _)| id == bare)
    {
        let holds = match value {
            "yes" | "true" | "1" => true,
            "no" | "false" | "0" => false,
            _ => return Err(wrong("`yes` or `no` is wanted".to_owned())),
        };
        return Ok(Put::Fact(u16::try_from(at).unwrap_or(u16::MAX), holds));
    }
    if is("draw")
        && let Some(at) = position(&scenario.variations, |(id, _)| id == bare)
    {
        let varieties = &scenario.variations[at].1;
        let ids: Vec<&str> = varieties.iter().map(|one| one.id.as_str()).collect();
        let found = position(varieties, |one| one.id == value)
            .and_then(|found| u8::try_from(found).ok())
            .ok_or_else(|| wrong(suggest(value, "value", ids)))?;
        return Ok(Put::Draw(u8::try_from(at).unwrap_or(u8::MAX), found));
    }
    let mut known = BUILT_IN.to_vec();
    known.extend(scenario.meters.iter().map(|meter| meter.id.as_str()));
    known.extend(scenario.counters.iter().map(|(id, _)| id.as_str()));
    known.extend(scenario.facts.iter().map(|(id, _)| id.as_str()));
    known.extend(scenario.variations.iter().map(|(id, _)| id.as_str()));
    Err(PresetFault::NoName {
        name: name.to_owned(),
        help: suggest(bare, "name", known),
    })
}

impl Encounter {
    /// Begins as [`Encounter::begin`] does, with the values of a preset in the place of those that
    /// were drawn, and at its beat.
    #[must_use]
    pub fn begin_at(
        scenario: Arc<Scenario>,
        seed: u64,
        preset: &Preset,
        log: &mut Vec<Event>,
    ) -> Self {
        if preset.is_empty() {
            return Self::begin(scenario, seed, log);
        }
        let start = preset.beat.unwrap_or(scenario.start);
        Self::begin_with(scenario, seed, start, &|state| preset.apply(state), log)
    }
}
