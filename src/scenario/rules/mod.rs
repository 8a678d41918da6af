//! What a scenario must fulfil beyond being readable, one function per flaw.
//!
//! Rules are named for the flaw they find. Each has a page behind `explain`, in [`pages`].

mod assets;
mod conditions;
mod content;
mod evidence;
mod items;
mod pages;
mod signs;
mod structure;
mod wording;

pub use pages::{Page, page, pages};

use super::compile::{Compiled, Fault, Library};
use super::diagnostic::{At, Severity};
use super::draft::{Condition, Effect, ScenarioDraft};
use super::load::AssetNames;

/// Runs every rule. `today` (`YYYY-MM-DD`) judges dates, `assets` places, people and sounds; what
/// is not given is not judged.
pub(super) fn run(
    draft: &ScenarioDraft,
    compiled: &Compiled,
    library: Library<'_>,
    today: Option<&str>,
    assets: Option<&AssetNames>,
) -> Vec<Fault> {
    let course = library
        .courses
        .iter()
        .find(|course| course.id == draft.course);
    let mut faults = Vec::new();
    structure::run(draft, &compiled.scenario, &mut faults);
    conditions::run(draft, &compiled.scenario, &mut faults);
    content::run(draft, compiled, today, &mut faults);
    if let Some(assets) = assets {
        self::assets::run(draft, assets, &mut faults);
    }
    evidence::run(draft, compiled, course, &mut faults);
    items::run(draft, &compiled.scenario, &mut faults);
    signs::run(draft, &compiled.scenario, &mut faults);
    wording::run(draft, library.wording, &mut faults);
    faults
}

fn fault(
    severity: Severity,
    at: &At<'_>,
    code: &'static str,
    message: impl Into<String>,
    help: impl Into<String>,
) -> Fault {
    Fault {
        severity,
        code,
        message: message.into(),
        help: help.into(),
        steps: at.steps(),
    }
}

/// Calls `visit` with every condition of the draft, the ones inside others included.
pub(super) fn for_each_condition<'d>(
    draft: &'d ScenarioDraft,
    visit: &mut impl FnMut(&'d Condition),
) {
    for_each_list(draft, &mut |_, list| {
        for condition in list {
            each(condition, visit);
        }
    });
}

fn each<'d>(condition: &'d Condition, visit: &mut impl FnMut(&'d Condition)) {
    visit(condition);
    match condition {
        Condition::All(list) | Condition::Any(list) => {
            for inner in list {
                each(inner, visit);
            }
        }
        Condition::Not(inner) => each(inner, visit),
        _ => {}
    }
}

/// Calls `visit` with every list of conditions that must all hold, and where it stands.
pub(super) fn for_each_list<'d>(
    draft: &'d ScenarioDraft,
    visit: &mut impl FnMut(&At<'_>, &'d [Condition]),
) {
    let root = At::root();
    let cast = root.field("cast");
    for (key, member) in draft.cast.iter() {
        visit(&cast.key(key).field("seen_when"), member.seen_when());
    }
    let moves = root.field("moves");
    for (index, rule) in draft.moves.iter().enumerate() {
        standing(&moves.index(index), rule, visit);
    }
    let events = root.field("events");
    for (index, event) in draft.events.iter().enumerate() {
        let at = events.index(index);
        visit(&at.field("when"), &event.when);
        lines(&at.field("lines"), &event.lines, visit);
        effects(&at.field("effects"), &event.effects, visit);
    }
    let beats = root.field("beats");
    for (key, beat) in draft.beats.iter() {
        let at = beats.key(key);
        lines(&at.field("lines"), &beat.lines, visit);
        effects(&at.field("effects"), &beat.effects, visit);
        routes(&at.field("routes"), &beat.routes, visit);
        let own = at.field("moves");
        for (index, rule) in beat.moves.iter().enumerate() {
            standing(&own.index(index), rule, visit);
        }
        let Some(decision) = &beat.decision else {
            continue;
        };
        let at = at.field("decision");
        let choices = at.field("choices");
        for (index, choice) in decision.choices.iter().enumerate() {
            let option = choice.option();
            let at = choices.index(index);
            visit(&at.field("when"), &option.when);
            lines(&at.field("replies"), &option.replies, visit);
            effects(&at.field("effects"), &option.effects, visit);
            routes(&at.field("routes"), &option.routes, visit);
            bands(&at.field("evidence_when"), &option.evidence_when, visit);
            fails(&at.field("fails"), &option.fails, visit);
        }
        if let Some(silence) = &decision.silence {
            let at = at.field("silence");
            lines(&at.field("lines"), &silence.lines, visit);
            effects(&at.field("effects"), &silence.effects, visit);
            routes(&at.field("routes"), &silence.routes, visit);
            bands(&at.field("evidence_when"), &silence.evidence_when, visit);
            fails(&at.field("fails"), &silence.fails, visit);
        }
    }
    let endings = root.field("endings");
    for (key, ending) in draft.endings.iter() {
        let at = endings.key(key);
        let felt = at.field("felt");
        for (index, words) in ending.felt.iter().enumerate() {
            visit(&felt.index(index).field("when"), &words.when);
        }
        fails(&at.field("fails"), &ending.fails, visit);
    }
}

/// Calls `visit` with the conditions of every line that somebody says or is seen doing.
fn for_each_line_when<'d>(draft: &'d ScenarioDraft, visit: &mut impl FnMut(&'d [Condition])) {
    use super::draft::LineDraft;
    let mut look = |lines: &'d [LineDraft]| {
        for line in lines {
            let (LineDraft::Say { when, .. }
            | LineDraft::Do { when, .. }
            | LineDraft::Narrate { when, .. }) = line;
            visit(when);
        }
    };
    for rule in &draft.moves {
        look(&rule.lines);
    }
    for event in &draft.events {
        look(&event.lines);
    }
    for (_, beat) in draft.beats.iter() {
        look(&beat.lines);
        for rule in &beat.moves {
            look(&rule.lines);
        }
        if let Some(decision) = &beat.decision {
            for choice in &decision.choices {
                look(&choice.option().replies);
            }
            if let Some(silence) = &decision.silence {
                look(&silence.lines);
            }
        }
    }
}

fn standing<'d>(
    at: &At<'_>,
    rule: &'d super::draft::StandingDraft,
    visit: &mut impl FnMut(&At<'_>, &'d [Condition]),
) {
    visit(&at.field("when"), &rule.when);
    lines(&at.field("lines"), &rule.lines, visit);
    effects(&at.field("effects"), &rule.effects, visit);
    bands(&at.field("evidence_when"), &rule.evidence_when, visit);
}

fn lines<'d>(
    at: &At<'_>,
    lines: &'d [super::draft::LineDraft],
    visit: &mut impl FnMut(&At<'_>, &'d [Condition]),
) {
    use super::draft::LineDraft;
    for (index, line) in lines.iter().enumerate() {
        let (LineDraft::Say { when, .. }
        | LineDraft::Do { when, .. }
        | LineDraft::Narrate { when, .. }) = line;
        visit(&at.index(index).field("when"), when);
    }
}

fn routes<'d>(
    at: &At<'_>,
    routes: &'d [super::draft::RouteDraft],
    visit: &mut impl FnMut(&At<'_>, &'d [Condition]),
) {
    for (index, route) in routes.iter().enumerate() {
        visit(&at.index(index).field("when"), &route.when);
    }
}

fn bands<'d>(
    at: &At<'_>,
    bands: &'d [super::draft::EvidenceWhen],
    visit: &mut impl FnMut(&At<'_>, &'d [Condition]),
) {
    for (index, band) in bands.iter().enumerate() {
        visit(&at.index(index).field("when"), &band.when);
    }
}

fn fails<'d>(
    at: &At<'_>,
    fails: &'d [super::draft::GateFailure],
    visit: &mut impl FnMut(&At<'_>, &'d [Condition]),
) {
    for (index, failure) in fails.iter().enumerate() {
        visit(&at.index(index).field("when"), &failure.when);
    }
}

fn effects<'d>(at: &At<'_>, list: &'d [Effect], visit: &mut impl FnMut(&At<'_>, &'d [Condition])) {
    for (index, effect) in list.iter().enumerate() {
        let at = at.index(index);
        match effect {
            Effect::If(when, then, otherwise) => {
                visit(&at.index(0), when);
                effects(&at.index(1), then, visit);
                effects(&at.index(2), otherwise, visit);
            }
            Effect::Chance(_, then, otherwise) => {
                effects(&at.index(1), then, visit);
                effects(&at.index(2), otherwise, visit);
            }
            _ => {}
        }
    }
}
