//! One place of a scenario in words: what is said, what can be chosen, under which conditions, and
//! where it leads.

use egui::{RichText, Ui};

use crate::encounter::conditions;
use crate::scenario::graph::StoryGraph;
use crate::scenario::{LineKind, Run, Scenario, Target};

use super::super::theme;
use super::layout::named;
use super::widgets::{body, bullet, heading, note, secondary_button};

/// Draws it; a place that was asked for by its name.
pub(super) fn place_ui(
    ui: &mut Ui,
    scenario: &Scenario,
    graph: &StoryGraph,
    at: usize,
) -> Option<usize> {
    let endings = scenario.beats.len();
    if let Some(beat) = scenario.beats.get(at) {
        lines_ui(ui, scenario, beat.lines);
        routes_ui(ui, scenario, beat.routes);
        if let Some(decision) = &beat.decision {
            heading(ui, "Options");
            for choice in decision.choices.of(&scenario.choices) {
                body(ui, &choice.text);
                let once = if choice.once { ", once only" } else { "" };
                note(ui, &format!("{}{once}", choice.id));
                when_ui(ui, scenario, choice.when);
                routes_ui(ui, scenario, choice.act.routes);
                ui.add_space(6.0);
            }
            if let Some(silence) = &decision.silence {
                body(ui, "Saying nothing");
                routes_ui(ui, scenario, silence.routes);
            }
        }
    } else if let Some(ending) = scenario.endings.get(at - endings) {
        body(ui, &ending.title);
        body(ui, &ending.text);
        note(ui, &ending.aftermath);
    } else if let Some(incident) = scenario
        .incidents
        .get(at - endings - scenario.endings.len())
    {
        when_ui(ui, scenario, incident.when);
        lines_ui(ui, scenario, incident.lines);
    } else {
        body(ui, &graph.places[at].words);
    }
    ways_ui(ui, graph, at)
}

fn lines_ui(ui: &mut Ui, scenario: &Scenario, lines: Run) {
    for line in lines.of(&scenario.lines) {
        let who = match line.kind {
            LineKind::Say(by) => scenario.cast.get(usize::from(by)),
            LineKind::Do(_) | LineKind::Narrate => None,
        };
        match who {
            Some(person) => body(ui, &format!("{}: “{}”", person.member.name(), line.text)),
            None => body(ui, &line.text),
        }
        when_ui(ui, scenario, line.when);
    }
}

fn when_ui(ui: &mut Ui, scenario: &Scenario, when: Run) {
    let look = theme::of(ui);
    for clause in conditions(scenario, when) {
        let text = format!("{}only if {}", "   ".repeat(clause.depth), clause.words);
        ui.label(RichText::new(text).font(look.small()).color(look.caution));
    }
}

fn target(scenario: &Scenario, to: Target) -> &str {
    match to {
        Target::Stay => "the same decision",
        Target::Beat(beat) => scenario.beats.get(beat as usize).map_or("?", |b| &b.id),
        Target::Ending(end) => scenario.endings.get(end as usize).map_or("?", |e| &e.id),
    }
}

fn routes_ui(ui: &mut Ui, scenario: &Scenario, routes: Run) {
    for route in routes.of(&scenario.routes) {
        let chance = if route.chance < 100 {
            format!(" ({} in 100)", route.chance)
        } else {
            String::new()
        };
        bullet(ui, &format!("to {}{chance}", target(scenario, route.to)));
        when_ui(ui, scenario, route.when);
    }
}

/// Buttons to the places before and after.
fn ways_ui(ui: &mut Ui, graph: &StoryGraph, at: usize) -> Option<usize> {
    let mut wanted = None;
    for (title, is_out) in [("Leads to", true), ("Comes from", false)] {
        let ways: Vec<_> = graph
            .ways
            .iter()
            .filter(|way| if is_out { way.from == at } else { way.to == at })
            .collect();
        if ways.is_empty() {
            continue;
        }
        heading(ui, title);
        ui.horizontal_wrapped(|ui| {
            for way in ways {
                let other = if is_out { way.to } else { way.from };
                let id = &graph.places[other].id;
                let button = secondary_button(ui, id);
                named(&button, &format!("Show {id}, by {}", way.by.join(", ")));
                if button.clicked() {
                    wanted = Some(other);
                }
            }
        });
    }
    wanted
}
