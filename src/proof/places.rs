//! Where in an author's file the parts of a scenario stand, so that a finding can point there.

use std::collections::VecDeque;

use crate::scenario::diagnostic::Step;
use crate::scenario::{Act, Beat, Change, Run, Scenario, Target};

/// What a condition decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decides {
    /// What happens.
    Deeds,
    /// Only what is said.
    Words,
    /// What is said of how it felt.
    Felt,
}

/// A part of the file with its place.
#[derive(Debug, Clone)]
pub(super) struct Part<T> {
    pub(super) what: T,
    pub(super) steps: Vec<Step>,
}

/// Conditions, routes and changes of a scenario, each with its place.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) conditions: Vec<Part<(Run, Decides)>>,
    /// Position of the route, and the condition it has.
    pub(super) routes: Vec<Part<u32>>,
    pub(super) changes: Vec<Part<u32>>,
}

fn under(steps: &[Step], more: &[Step]) -> Vec<Step> {
    let mut all = steps.to_vec();
    all.extend_from_slice(more);
    all
}

/// Whether a place is that of a way on, or of its condition.
pub(super) fn is_route(steps: &[Step]) -> bool {
    steps.contains(&Step::Field("routes"))
}

/// The beats at which play is when a place is looked at: that in which it stands, or those that
/// lead to its ending. None if it may be any.
pub(super) fn beats_of(scenario: &Scenario, steps: &[Step]) -> Vec<u32> {
    let [Step::Field(list), Step::Key(id, _), ..] = steps else {
        return Vec::new();
    };
    if *list == "beats" {
        let named = (0_u32..)
            .zip(&scenario.beats)
            .find(|(_, beat)| *beat.id == **id);
        return named.map(|(at, _)| at).into_iter().collect();
    }
    let ends = |routes: Run| {
        routes.of(&scenario.routes).iter().any(|route| {
            matches!(route.to, Target::Ending(to)
                if scenario.endings.get(to as usize).is_some_and(|own| *own.id == **id))
        })
    };
    let by_event = scenario.incidents.iter().any(|incident| {
        matches!(incident.to, Target::Ending(to)
            if scenario.endings.get(to as usize).is_some_and(|own| *own.id == **id))
    });
    if *list != "endings" || by_event {
        return Vec::new();
    }
    (0_u32..)
        .zip(&scenario.beats)
        .filter(|(_, beat)| {
            ends(beat.routes) || acts_of(scenario, beat).any(|act| ends(act.routes))
        })
        .map(|(at, _)| at)
        .collect()
}

/// Everything that can be done at a beat's decision.
pub(super) fn acts_of<'s>(scenario: &'s Scenario, beat: &'s Beat) -> impl Iterator<Item = &'s Act> {
    let own = beat.moves.of(&scenario.standing_rules).iter();
    let general = scenario.general_moves.of(&scenario.standing_rules);
    let choices = beat.decision.iter().flat_map(|decision| {
        let choices = decision.choices.of(&scenario.choices).iter();
        let acts = choices.map(|choice| &choice.act);
        acts.chain(decision.silence.as_deref())
    });
    own.chain(general).map(|rule| &rule.act).chain(choices)
}

/// Farther than any beat is: no way leads there.
pub(super) const FAR: u32 = u32::MAX / 2;

/// How many beats each beat is away from the nearest of some places, as the ways are written; endings
/// stand after all beats.
pub(super) fn distances(scenario: &Scenario, places: impl IntoIterator<Item = u32>) -> Vec<u32> {
    let beats = scenario.beats.len();
    let mut back: Vec<Vec<u32>> = vec![Vec::new(); beats + scenario.endings.len()];
    let leads = |from: u32, routes: Run, back: &mut Vec<Vec<u32>>| {
        for route in routes.of(&scenario.routes) {
            lead(from, route.to, beats, back);
        }
    };
    for (from, beat) in (0_u32..).zip(&scenario.beats) {
        leads(from, beat.routes, &mut back);
        for act in acts_of(scenario, beat) {
            leads(from, act.routes, &mut back);
        }
        for incident in &scenario.incidents {
            lead(from, incident.to, beats, &mut back);
        }
    }
    let mut far = vec![FAR; back.len()];
    let mut open = VecDeque::new();
    for place in places {
        if let Some(own) = far.get_mut(place as usize) {
            *own = 0;
            open.push_back(place);
        }
    }
    while let Some(at) = open.pop_front() {
        let next = far[at as usize] + 1;
        for from in &back[at as usize] {
            if far[*from as usize] == FAR {
                far[*from as usize] = next;
                open.push_back(*from);
            }
        }
    }
    far
}

fn lead(from: u32, to: Target, beats: usize, back: &mut [Vec<u32>]) {
    let to = match to {
        Target::Beat(to) => to as usize,
        Target::Ending(ending) => beats + ending as usize,
        Target::Stay => return,
    };
    if let Some(own) = back.get_mut(to) {
        own.push(from);
    }
}

/// Place of a beat.
pub(super) fn beat(scenario: &Scenario, beat: u32) -> Vec<Step> {
    let id = scenario
        .beats
        .get(beat as usize)
        .map_or(String::new(), |beat| beat.id.to_string());
    vec![Step::Field("beats"), Step::Key(id, 0)]
}

/// Place of an ending.
pub(super) fn ending(scenario: &Scenario, ending: u32) -> Vec<Step> {
    let id = scenario
        .endings
        .get(ending as usize)
        .map_or(String::new(), |ending| ending.id.to_string());
    vec![Step::Field("endings"), Step::Key(id, 0)]
}

/// Place of an event.
pub(super) fn event(event: usize) -> Vec<Step> {
    vec![Step::Field("events"), Step::Index(event)]
}

/// Place of a choice.
pub(super) fn choice(scenario: &Scenario, choice: u32) -> Vec<Step> {
    for (position, here) in (0_u32..).zip(&scenario.beats) {
        if let Some(decision) = &here.decision
            && decision.choices.positions().contains(&choice)
        {
            let index = (choice - decision.choices.start) as usize;
            return under(
                &beat(scenario, position),
                &[
                    Step::Field("decision"),
                    Step::Field("choices"),
                    Step::Index(index),
                ],
            );
        }
    }
    Vec::new()
}

/// Everything that has a place.
pub(super) fn parts(scenario: &Scenario) -> Parts {
    let mut found = Parts::default();
    for (position, here) in (0_u32..).zip(&scenario.beats) {
        let at = beat(scenario, position);
        found.lines(scenario, here.lines, &under(&at, &[Step::Field("lines")]));
        found.changes(
            scenario,
            here.changes,
            &under(&at, &[Step::Field("effects")]),
        );
        found.routes(scenario, here.routes, &at);
        found.standing(scenario, here.moves, &under(&at, &[Step::Field("moves")]));
        let Some(decision) = &here.decision else {
            continue;
        };
        for option in decision.choices.positions() {
            let at = choice(scenario, option);
            if let Some(own) = scenario.choices.get(option as usize) {
                found.condition(
                    own.when,
                    Decides::Deeds,
                    &under(&at, &[Step::Field("when")]),
                );
                found.act(scenario, &own.act, &at, "replies");
            }
        }
        if let Some(silence) = &decision.silence {
            let at = under(&at, &[Step::Field("decision"), Step::Field("silence")]);
            found.act(scenario, silence, &at, "lines");
        }
    }
    found.standing(scenario, scenario.general_moves, &[Step::Field("moves")]);
    for (index, incident) in scenario.incidents.iter().enumerate() {
        let at = event(index);
        found.condition(
            incident.when,
            Decides::Deeds,
            &under(&at, &[Step::Field("when")]),
        );
        found.lines(
            scenario,
            incident.lines,
            &under(&at, &[Step::Field("lines")]),
        );
        found.changes(
            scenario,
            incident.changes,
            &under(&at, &[Step::Field("effects")]),
        );
    }
    for (position, end) in (0_u32..).zip(&scenario.endings) {
        let at = ending(scenario, position);
        for (index, felt) in end.felt.iter().enumerate() {
            let steps = [Step::Field("felt"), Step::Index(index), Step::Field("when")];
            found.condition(felt.when, Decides::Felt, &under(&at, &steps));
        }
        found.failures(scenario, end.failures, &at);
    }
    found
}

impl Parts {
    fn condition(&mut self, when: Run, decides: Decides, at: &[Step]) {
        if !when.is_empty() {
            self.conditions.push(Part {
                what: (when, decides),
                steps: at.to_vec(),
            });
        }
    }

    fn lines(&mut self, scenario: &Scenario, lines: Run, at: &[Step]) {
        for (index, line) in lines.of(&scenario.lines).iter().enumerate() {
            let steps = under(at, &[Step::Index(index), Step::Field("when")]);
            self.condition(line.when, Decides::Words, &steps);
        }
    }

    fn failures(&mut self, scenario: &Scenario, failures: Run, at: &[Step]) {
        for (index, failure) in failures.of(&scenario.failures).iter().enumerate() {
            let steps = [
                Step::Field("fails"),
                Step::Index(index),
                Step::Field("when"),
            ];
            self.condition(failure.when, Decides::Deeds, &under(at, &steps));
        }
    }

    fn routes(&mut self, scenario: &Scenario, routes: Run, at: &[Step]) {
        for (index, (position, route)) in routes
            .positions()
            .zip(routes.of(&scenario.routes))
            .enumerate()
        {
            let steps = if routes.len == 1 && route.when.is_empty() {
                at.to_vec()
            } else {
                under(at, &[Step::Field("routes"), Step::Index(index)])
            };
            self.condition(
                route.when,
                Decides::Deeds,
                &under(&steps, &[Step::Field("when")]),
            );
            self.routes.push(Part {
                what: position,
                steps,
            });
        }
    }

    fn standing(&mut self, scenario: &Scenario, rules: Run, at: &[Step]) {
        for (index, rule) in rules.of(&scenario.standing_rules).iter().enumerate() {
            let at = under(at, &[Step::Index(index)]);
            self.condition(
                rule.when,
                Decides::Deeds,
                &under(&at, &[Step::Field("when")]),
            );
            self.act(scenario, &rule.act, &at, "lines");
        }
    }

    fn act(&mut self, scenario: &Scenario, act: &Act, at: &[Step], lines: &'static str) {
        self.lines(scenario, act.replies, &under(at, &[Step::Field(lines)]));
        self.changes(scenario, act.changes, &under(at, &[Step::Field("effects")]));
        self.failures(scenario, act.failures, at);
        for (index, band) in act
            .evidence_bands
            .of(&scenario.evidence_bands)
            .iter()
            .enumerate()
        {
            let steps = [
                Step::Field("evidence_when"),
                Step::Index(index),
                Step::Field("when"),
            ];
            self.condition(band.when, Decides::Deeds, &under(at, &steps));
        }
        self.routes(scenario, act.routes, at);
    }

    fn changes(&mut self, scenario: &Scenario, changes: Run, at: &[Step]) {
        let end = changes.start + changes.len;
        let (mut position, mut index) = (changes.start, 0);
        while position < end {
            let Some(change) = scenario.changes.get(position as usize) else {
                return;
            };
            let here = under(at, &[Step::Index(index)]);
            self.changes.push(Part {
                what: position,
                steps: here.clone(),
            });
            position += 1;
            index += 1;
            if let Change::Chance {
                then, otherwise, ..
            }
            | Change::If {
                then, otherwise, ..
            } = *change
            {
                if let Change::If { tests, .. } = change {
                    let steps = under(&here, &[Step::Index(0)]);
                    self.condition(*tests, Decides::Deeds, &steps);
                }
                let first = Run {
                    start: position,
                    len: u32::from(then),
                };
                let second = Run {
                    start: first.start + first.len,
                    len: u32::from(otherwise),
                };
                self.changes(scenario, first, &under(&here, &[Step::Index(1)]));
                self.changes(scenario, second, &under(&here, &[Step::Index(2)]));
                position = second.start + second.len;
            }
        }
    }
}
