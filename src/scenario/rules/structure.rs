//! The shape of the whole: what cannot be reached, what cannot be left, what goes round.

use super::super::compile::Fault;
use super::super::diagnostic::{At, Severity};
use super::super::draft::ScenarioDraft;
use super::super::scenario::{Act, Run, Scenario, Target};
use super::fault;

/// Which beats and endings each beat can lead to, conditions left aside.
pub(super) struct Graph {
    pub(super) onward: Vec<Vec<Target>>,
    always: Vec<Target>,
}

impl Graph {
    pub(super) fn of(scenario: &Scenario) -> Self {
        let always = scenario
            .incidents
            .iter()
            .map(|incident| incident.to)
            .chain(
                scenario
                    .general_moves
                    .of(&scenario.standing_rules)
                    .iter()
                    .flat_map(|rule| {
                        rule.act
                            .routes
                            .of(&scenario.routes)
                            .iter()
                            .map(|route| route.to)
                    }),
            )
            .filter(|to| *to != Target::Stay)
            .collect();
        let onward = scenario
            .beats
            .iter()
            .map(|beat| {
                let mut to = targets(scenario, beat.routes);
                for rule in beat.moves.of(&scenario.standing_rules) {
                    to.extend(targets(scenario, rule.act.routes));
                }
                if let Some(decision) = &beat.decision {
                    let acts = decision
                        .choices
                        .of(&scenario.choices)
                        .iter()
                        .map(|c| &c.act);
                    let silence = decision.silence.iter().map(AsRef::as_ref);
                    for act in acts.chain(silence) {
                        to.extend(act_targets(scenario, act));
                    }
                }
                to
            })
            .collect();
        Self { onward, always }
    }
}

fn targets(scenario: &Scenario, routes: Run) -> Vec<Target> {
    routes
        .of(&scenario.routes)
        .iter()
        .map(|route| route.to)
        .filter(|to| *to != Target::Stay)
        .collect()
}

fn act_targets(scenario: &Scenario, act: &Act) -> Vec<Target> {
    targets(scenario, act.routes)
}

pub(super) fn run(draft: &ScenarioDraft, scenario: &Scenario, faults: &mut Vec<Fault>) {
    if scenario.beats.is_empty() {
        return;
    }
    let graph = Graph::of(scenario);
    reach(draft, scenario, &graph, faults);
    ways_out(draft, scenario, &graph, faults);
    endless_routes(draft, scenario, faults);
    menus(draft, faults);
}

fn reach(draft: &ScenarioDraft, scenario: &Scenario, graph: &Graph, faults: &mut Vec<Fault>) {
    let mut beats = vec![false; scenario.beats.len()];
    let mut endings = vec![false; scenario.endings.len()];
    let mut open = vec![Target::Beat(scenario.start)];
    let mut events_open = false;
    while let Some(target) = open.pop() {
        match target {
            Target::Stay => {}
            Target::Ending(ending) => endings[ending as usize] = true,
            Target::Beat(beat) => {
                let seen = &mut beats[beat as usize];
                if !*seen {
                    *seen = true;
                    open.extend(&graph.onward[beat as usize]);
                    if !events_open && scenario.beats[beat as usize].decision.is_some() {
                        events_open = true;
                        open.extend(&graph.always);
                    }
                }
            }
        }
    }
    let root = At::root();
    for (position, key) in draft.beats.keys().enumerate() {
        if !beats[position] {
            faults.push(fault(
                Severity::Warning,
                &root.field("beats").key(key),
                "unreachable-beat",
                format!("nothing leads to beat `{key}`"),
                "name it in a `to:`, or remove it",
            ));
        }
    }
    for (position, key) in draft.endings.keys().enumerate() {
        if !endings[position] {
            faults.push(fault(
                Severity::Warning,
                &root.field("endings").key(key),
                "unreachable-ending",
                format!("nothing leads to ending `{key}`"),
                "name it in a `to:`, or remove it",
            ));
        }
    }
}

/// Beats from which no ending can be reached, whatever is chosen.
fn ways_out(draft: &ScenarioDraft, scenario: &Scenario, graph: &Graph, faults: &mut Vec<Fault>) {
    let mut back: Vec<Vec<u32>> = vec![Vec::new(); scenario.beats.len()];
    let mut out = vec![false; scenario.beats.len()];
    let mut open = Vec::new();
    let event_ends = graph
        .always
        .iter()
        .any(|to| matches!(to, Target::Ending(_)));
    for (beat, onward) in (0_u32..).zip(&graph.onward) {
        let decides = scenario.beats[beat as usize].decision.is_some();
        let mut ends = decides && event_ends;
        let events: &[Target] = if decides { &graph.always } else { &[] };
        for to in onward.iter().chain(events) {
            match to {
                Target::Ending(_) => ends = true,
                Target::Beat(next) => back[*next as usize].push(beat),
                Target::Stay => {}
            }
        }
        if ends {
            out[beat as usize] = true;
            open.push(beat);
        }
    }
    while let Some(beat) = open.pop() {
        for before in std::mem::take(&mut back[beat as usize]) {
            if !out[before as usize] {
                out[before as usize] = true;
                open.push(before);
            }
        }
    }
    let root = At::root();
    for (position, (key, beat)) in draft.beats.iter().enumerate() {
        let leads_on = beat.decision.is_some() || !beat.routes.is_empty();
        if !out[position] && leads_on {
            faults.push(fault(
                Severity::Error,
                &root.field("beats").key(key),
                "no-way-out",
                format!("from beat `{key}` no ending can be reached"),
                "let some choice, route or silence lead towards an ending",
            ));
        }
    }
}

/// Beats without a decision that lead to each other in a circle.
fn endless_routes(draft: &ScenarioDraft, scenario: &Scenario, faults: &mut Vec<Fault>) {
    // 0 not looked at, 1 on the way, 2 done.
    let mut state = vec![0_u8; scenario.beats.len()];
    let root = At::root();
    for first in 0..scenario.beats.len() {
        let mut way = vec![(first, 0_usize)];
        while let Some((beat, next)) = way.pop() {
            if next == 0 {
                if state[beat] != 0 {
                    continue;
                }
                state[beat] = 1;
            }
            let routes = if scenario.beats[beat].decision.is_some() {
                &[][..]
            } else {
                scenario.beats[beat].routes.of(&scenario.routes)
            };
            let Some(route) = routes.get(next) else {
                state[beat] = 2;
                continue;
            };
            way.push((beat, next + 1));
            if let Target::Beat(to) = route.to {
                match state[to as usize] {
                    0 => way.push((to as usize, 0)),
                    1 => {
                        let key = draft.beats.0.get(to as usize).map_or("", |(key, _)| key);
                        faults.push(fault(
                            Severity::Error,
                            &root.field("beats").key(key).field("routes"),
                            "endless-routes",
                            format!("beats without a decision lead round to `{key}` again"),
                            "put a decision on the way, or lead one of the routes elsewhere",
                        ));
                    }
                    _ => {}
                }
            }
        }
    }
}

/// Decisions in which every option may be closed.
fn menus(draft: &ScenarioDraft, faults: &mut Vec<Fault>) {
    let root = At::root();
    let beats = root.field("beats");
    for (key, beat) in draft.beats.iter() {
        let Some(decision) = &beat.decision else {
            continue;
        };
        let closes = |choice: &super::super::draft::ChoiceDraft| {
            let option = choice.option();
            let leaves = option.to != "." && option.routes.iter().all(|route| route.to != ".");
            !option.when.is_empty() || (option.once && !leaves)
        };
        if !decision.choices.is_empty() && decision.choices.iter().all(closes) {
            let at = beats.key(key);
            faults.push(fault(
                Severity::Warning,
                &at.field("decision").field("choices"),
                "dry-menu",
                format!("every option of `{key}` may be closed at the same time"),
                "leave at least one option without `when` (and without `once`, if it stays here)",
            ));
        }
    }
}
