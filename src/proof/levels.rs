//! Which part of a state stands at which level of the diagrams, and in which order beats are left.

use crate::encounter::State;
use crate::scenario::{Change, Run, Scenario, Standing, Target};

use super::live::{Liveness, Places};
use super::sets::MOST_VALUES;

/// Highest distance.
const TOP: u8 = 20;

/// Which part stands at which level.
#[derive(Debug)]
pub(super) struct Levels {
    pub(super) sizes: Vec<u8>,
    /// The part of each level, as liveness counts them; none for standing moves used.
    pub(super) parts: Vec<Option<usize>>,
    pub(super) draws: Vec<Option<u16>>,
    pub(super) facts: Vec<Option<u16>>,
    pub(super) marks: Vec<Option<u16>>,
    pub(super) meters: Vec<Option<u16>>,
    pub(super) counters: Vec<Option<u16>>,
    pub(super) detained: Option<u16>,
    pub(super) used: [Option<u16>; 5],
    pub(super) distance: Option<u16>,
}

impl Levels {
    pub(super) fn of(scenario: &Scenario, live: &Liveness) -> Option<Self> {
        let places = live.places;
        let (mut sizes, mut parts) = (Vec::new(), Vec::new());
        let mut fits = true;
        let mut level = |part: Option<usize>, values: usize| {
            if part.is_some_and(|part| !live.ever().has(part)) || values < 2 {
                return None;
            }
            fits &= values <= MOST_VALUES;
            sizes.push(values.min(MOST_VALUES) as u8);
            parts.push(part);
            Some(sizes.len() as u16 - 1)
        };
        let draws = (0..)
            .zip(&scenario.variations)
            .map(|(at, variation)| level(Some(places.draw(at)), variation.1.len()))
            .collect();
        let mut facts = vec![None; scenario.facts.len()];
        let mut marks = vec![None; usize::from(scenario.marks)];
        for bit in order_of_bits(scenario) {
            match bit {
                Bit::Fact(fact) => {
                    if let Some(own) = facts.get_mut(usize::from(fact)) {
                        *own = level(Some(Places::fact(fact)), 2);
                    }
                }
                Bit::Mark(mark) => {
                    if let Some(own) = marks.get_mut(usize::from(mark)) {
                        *own = level(Some(places.mark(mark)), 2);
                    }
                }
            }
        }
        let detained = level(Some(places.detained()), 2);
        let meters = (0..)
            .zip(&scenario.meters)
            .map(|(at, meter)| level(Some(places.meter(at)), usize::from(meter.max) + 1))
            .collect();
        let counters = (0..)
            .zip(&scenario.counters)
            .map(|(at, counter)| level(Some(places.counter(at)), usize::from(counter.1) + 1))
            .collect();
        let mut used = [None; 5];
        for standing in &scenario.standing {
            if *standing != Standing::Hold {
                used[*standing as usize] = level(None, 2);
            }
        }
        let distance = level(Some(places.distance()), usize::from(TOP) + 1);
        fits.then_some(Self {
            sizes,
            parts,
            draws,
            facts,
            marks,
            meters,
            counters,
            detained,
            used,
            distance,
        })
    }
}

impl Levels {
    /// Gives a state the values that its levels have; what has no level stays.
    pub(super) fn put_in(&self, values: &[u8], state: &mut State) {
        let value =
            |level: Option<u16>| level.and_then(|level| values.get(usize::from(level)).copied());
        let lists = [
            (&self.draws, &mut state.draws),
            (&self.meters, &mut state.meters),
            (&self.counters, &mut state.counters),
        ];
        for (levels, own) in lists {
            for (level, own) in levels.iter().zip(own.iter_mut()) {
                *own = value(*level).unwrap_or(*own);
            }
        }
        for (bits, words) in [(&self.facts, true), (&self.marks, false)] {
            for (at, level) in bits.iter().enumerate() {
                let words = if words {
                    state.facts_mut()
                } else {
                    state.marks_mut()
                };
                if value(*level) == Some(1)
                    && let Some(word) = words.get_mut(at / 64)
                {
                    *word |= 1 << (at % 64);
                }
            }
        }
        state.detained = (value(self.detained) == Some(1)).then_some(0);
        if let Some(distance) = value(self.distance).filter(|distance| *distance > 0) {
            state.distance = distance;
        }
        state.used = (0..5_u8)
            .filter(|at| value(self.used[usize::from(*at)]) == Some(1))
            .fold(0, |used, at| used | 1 << at);
    }
}

/// The level of a part, if it has one.
pub(super) fn level_of(list: &[Option<u16>], at: usize) -> Option<u16> {
    list.get(at).copied().flatten()
}

/// A part that is yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bit {
    Fact(u16),
    Mark(u16),
}

/// Facts and marks, those that one act sets beside each other: what changes together is best
/// kept together.
fn order_of_bits(scenario: &Scenario) -> Vec<Bit> {
    let mut order: Vec<Bit> = Vec::new();
    let mut add = |bit: Bit| {
        if !order.contains(&bit) {
            order.push(bit);
        }
    };
    let changed = |changes: Run, add: &mut dyn FnMut(Bit)| {
        for change in changes.of(&scenario.changes) {
            if let Change::Learn(fact) | Change::Forget(fact) = change {
                add(Bit::Fact(*fact));
            }
        }
    };
    for beat in order_of(scenario) {
        let Some(here) = scenario.beats.get(beat as usize) else {
            continue;
        };
        changed(here.changes, &mut add);
        let choices = here.decision.iter().flat_map(|decision| {
            let choices = decision.choices.of(&scenario.choices);
            choices
                .iter()
                .map(|choice| &choice.act)
                .chain(decision.silence.as_deref())
        });
        let rules = here.moves.of(&scenario.standing_rules);
        for act in choices.chain(rules.iter().map(|rule| &rule.act)) {
            if let Some(mark) = act.mark {
                add(Bit::Mark(mark));
            }
            changed(act.changes, &mut add);
        }
    }
    for rule in scenario.general_moves.of(&scenario.standing_rules) {
        if let Some(mark) = rule.act.mark {
            add(Bit::Mark(mark));
        }
        changed(rule.act.changes, &mut add);
    }
    for incident in &scenario.incidents {
        add(Bit::Mark(incident.mark));
        changed(incident.changes, &mut add);
    }
    (0..scenario.facts.len() as u16).for_each(|fact| add(Bit::Fact(fact)));
    (0..scenario.marks).for_each(|mark| add(Bit::Mark(mark)));
    order
}

/// The beats in an order in which most ways lead onward, so that few are left more than once.
pub(super) fn order_of(scenario: &Scenario) -> Vec<u32> {
    let mut seen = vec![false; scenario.beats.len()];
    let mut done = Vec::with_capacity(scenario.beats.len());
    let mut open = vec![(scenario.start, 0)];
    let onward = |beat: u32| -> Vec<u32> {
        let Some(here) = scenario.beats.get(beat as usize) else {
            return Vec::new();
        };
        let choices = here.decision.iter().flat_map(|decision| {
            let choices = decision.choices.of(&scenario.choices);
            let acts = choices.iter().map(|choice| choice.act.routes);
            acts.chain(decision.silence.iter().map(|act| act.routes))
        });
        let rules = here.moves.of(&scenario.standing_rules);
        choices
            .chain(rules.iter().map(|rule| rule.act.routes))
            .chain([here.routes])
            .flat_map(|routes| routes.of(&scenario.routes))
            .filter_map(|route| match route.to {
                Target::Beat(beat) => Some(beat),
                _ => None,
            })
            .chain(
                // What an incident leads to comes after what it interrupts.
                scenario
                    .incidents
                    .iter()
                    .filter_map(|incident| match incident.to {
                        Target::Beat(beat) if beat != scenario.start => Some(beat),
                        _ => None,
                    }),
            )
            .collect()
    };
    if let Some(first) = seen.get_mut(scenario.start as usize) {
        *first = true;
    }
    while let Some((beat, at)) = open.last_mut() {
        let next = onward(*beat).get(*at).copied();
        *at += 1;
        match next {
            None => {
                done.push(*beat);
                open.pop();
            }
            Some(next) => {
                if let Some(seen) = seen.get_mut(next as usize)
                    && !*seen
                {
                    *seen = true;
                    open.push((next, 0));
                }
            }
        }
    }
    done.reverse();
    let rest: Vec<u32> = (0_u32..)
        .zip(&seen)
        .filter(|(_, seen)| !**seen)
        .map(|(beat, _)| beat)
        .collect();
    done.extend(rest);
    done
}
