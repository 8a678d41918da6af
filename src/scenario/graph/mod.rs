//! A scenario as places and ways between them, laid out for reading.
//!
//! The same places serve the terminal (`graph --svg`, `--dot`) and any window: positions and ways
//! are plain values, and drawing is somebody else's. Conditions are left aside; what can really be
//! reached is for a proof to say.

mod draw;
mod layout;

use std::collections::BTreeMap;

use serde::Serialize;

use super::draft::Outcome;
use super::scenario::{Act, Route, Run, Scenario, Target};

pub use draw::{dot, svg};

/// Width of a place.
pub const PLACE_WIDTH: f32 = 176.0;
/// Height of a place.
pub const PLACE_HEIGHT: f32 = 40.0;

/// What a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum PlaceKind {
    /// A beat in which the officer decides among so many options.
    Decision(u32),
    /// A beat that leads on by itself.
    Passage,
    /// An event, or a standing move of the whole scenario, that leads somewhere from anywhere.
    Event,
    /// An ending.
    Ending(Outcome),
}

/// One place of the graph.
#[derive(Debug, Clone, Serialize)]
pub struct Place {
    /// The author's id.
    pub id: String,
    /// What it is.
    pub kind: PlaceKind,
    /// Whether the encounter opens here.
    pub is_start: bool,
    /// Whether some way leads here from the start, conditions left aside.
    pub is_reached: bool,
    /// First words that are said or seen, or the title of an ending.
    pub words: String,
    /// Column, from 0 at the left.
    pub layer: u32,
    /// Middle, from the left.
    pub x: f32,
    /// Middle, from the top.
    pub y: f32,
}

/// All ways from one place to another.
#[derive(Debug, Clone, Serialize)]
pub struct Way {
    /// Position of the place where it begins.
    pub from: usize,
    /// Position of the place where it leads.
    pub to: usize,
    /// What leads there: ids of choices, standing moves, `silence`, `route` or `event`.
    pub by: Vec<String>,
    /// Whether it leads back towards the start.
    pub is_back: bool,
    /// Where its line runs, from the edge of one place to the edge of the other.
    pub points: Vec<(f32, f32)>,
}

/// A scenario as places and ways, laid out from left to right.
#[derive(Debug, Clone, Serialize)]
pub struct StoryGraph {
    /// Beats in the file's order, then endings, then events.
    pub places: Vec<Place>,
    /// Ways, by the place where they begin.
    pub ways: Vec<Way>,
    /// Width of the whole.
    pub width: f32,
    /// Height of the whole.
    pub height: f32,
}

impl StoryGraph {
    /// The graph of a scenario.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        let places = places(scenario);
        let ways = ways(scenario);
        let mut graph = Self {
            places,
            ways,
            width: 0.0,
            height: 0.0,
        };
        graph.reach();
        layout::lay_out(&mut graph);
        graph
    }

    /// Position of the place of this id.
    #[must_use]
    pub fn place(&self, id: &str) -> Option<usize> {
        self.places.iter().position(|place| place.id == id)
    }

    fn reach(&mut self) {
        let mut onward = vec![Vec::new(); self.places.len()];
        for way in &self.ways {
            onward[way.from].push(way.to);
        }
        // Events happen at decisions, and every scenario begins on the way to one.
        let mut open: Vec<usize> = (0..self.places.len())
            .filter(|at| {
                let place = &self.places[*at];
                place.is_start || place.kind == PlaceKind::Event
            })
            .collect();
        while let Some(at) = open.pop() {
            if !std::mem::replace(&mut self.places[at].is_reached, true) {
                open.extend(&onward[at]);
            }
        }
    }
}

fn first_words(text: &str) -> String {
    let mut words: String = text.chars().take(120).collect();
    if words.len() < text.len() {
        words.push('…');
    }
    words
}

/// `name`, numbered from the second place that has it: a move may have a rule for each of several
/// conditions.
fn name_of_its_own(places: &[Place], name: &str) -> String {
    let is_free = |name: &str| places.iter().all(|place| place.id != name);
    if is_free(name) {
        return name.to_owned();
    }
    // As many names as there are places, and one more, are never all taken.
    (2..=places.len() + 2)
        .map(|count| format!("{name} {count}"))
        .find(|name| is_free(name))
        .unwrap_or_default()
}

fn places(scenario: &Scenario) -> Vec<Place> {
    let place = |id: &str, kind, words: &str| Place {
        id: id.to_owned(),
        kind,
        is_start: false,
        is_reached: false,
        words: first_words(words),
        layer: 0,
        x: 0.0,
        y: 0.0,
    };
    let mut places: Vec<Place> = scenario
        .beats
        .iter()
        .map(|beat| {
            let words = beat.lines.of(&scenario.lines).first();
            let kind = beat
                .decision
                .as_ref()
                .map_or(PlaceKind::Passage, |decision| {
                    PlaceKind::Decision(decision.choices.len)
                });
            place(&beat.id, kind, words.map_or("", |line| &line.text))
        })
        .collect();
    if let Some(start) = places.get_mut(scenario.start as usize) {
        start.is_start = true;
    }
    places.extend(
        scenario
            .endings
            .iter()
            .map(|ending| place(&ending.id, PlaceKind::Ending(ending.outcome), &ending.title)),
    );
    for incident in &scenario.incidents {
        let words = incident.lines.of(&scenario.lines).first();
        places.push(place(
            &incident.id,
            PlaceKind::Event,
            words.map_or("", |line| &line.text),
        ));
    }
    for rule in scenario.general_moves.of(&scenario.standing_rules) {
        let id = name_of_its_own(&places, &format!("{:?}", rule.is));
        places.push(place(&id, PlaceKind::Event, &rule.act.why));
    }
    places
}

fn ways(scenario: &Scenario) -> Vec<Way> {
    let endings = scenario.beats.len();
    let position = |target: Target| match target {
        Target::Stay => None,
        Target::Beat(beat) => Some(beat as usize),
        Target::Ending(ending) => Some(endings + ending as usize),
    };
    // Sorted by both ends, so that the order is the file's and always the same.
    let mut by: BTreeMap<(usize, usize), Vec<String>> = BTreeMap::new();
    let mut add = |from: usize, to: Target, word: &str| {
        if let Some(to) = position(to) {
            let words = by.entry((from, to)).or_default();
            if !words.iter().any(|known| known == word) {
                words.push(word.to_owned());
            }
        }
    };
    let routes = |run: Run| run.of(&scenario.routes).iter();
    let act_to =
        |act: &Act| -> Vec<Target> { routes(act.routes).map(|route: &Route| route.to).collect() };
    for (from, beat) in scenario.beats.iter().enumerate() {
        for route in routes(beat.routes) {
            add(from, route.to, "route");
        }
        for rule in beat.moves.of(&scenario.standing_rules) {
            for to in act_to(&rule.act) {
                add(from, to, &format!("{:?}", rule.is));
            }
        }
        let Some(decision) = &beat.decision else {
            continue;
        };
        for choice in decision.choices.of(&scenario.choices) {
            for to in act_to(&choice.act) {
                add(from, to, &choice.id);
            }
        }
        if let Some(silence) = &decision.silence {
            for to in act_to(silence) {
                add(from, to, "silence");
            }
        }
    }
    let events = endings + scenario.endings.len();
    for (index, incident) in scenario.incidents.iter().enumerate() {
        add(events + index, incident.to, "event");
    }
    let general = events + scenario.incidents.len();
    let rules = scenario.general_moves.of(&scenario.standing_rules);
    for (index, rule) in rules.iter().enumerate() {
        for to in act_to(&rule.act) {
            add(general + index, to, &format!("{:?}", rule.is));
        }
    }
    by.into_iter()
        .map(|((from, to), by)| Way {
            from,
            to,
            by,
            is_back: false,
            points: Vec::new(),
        })
        .collect()
}
