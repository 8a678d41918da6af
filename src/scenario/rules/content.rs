//! What is said, declared and cited: reasons left out, things never used, dates gone by.

use crate::course::Level;

use super::super::compile::{Compiled, Fault};
use super::super::diagnostic::{At, Severity};
use super::super::draft::{CastMember, Condition, Effect, Entries, Outcome, ScenarioDraft};
use super::{fault, for_each_condition};

pub(super) fn run(
    draft: &ScenarioDraft,
    compiled: &Compiled,
    today: Option<&str>,
    faults: &mut Vec<Fault>,
) {
    reasons(draft, faults);
    endings(draft, faults);
    evidence(draft, compiled, faults);
    unused(draft, compiled, faults);
    dates(draft, today, faults);
    window_without_silence(draft, faults);
}

fn reasons(draft: &ScenarioDraft, faults: &mut Vec<Fault>) {
    let root = At::root();
    let beats = root.field("beats");
    let mut missing = |at: &At<'_>, what: &str| {
        faults.push(fault(
            Severity::Warning,
            at,
            "no-why",
            format!("{what} does not say why it helps or does not"),
            "add `why: \"...\"`: the debrief tells it to the trainee",
        ));
    };
    for (key, beat) in draft.beats.iter() {
        let Some(decision) = &beat.decision else {
            continue;
        };
        let at = beats.key(key);
        let at = at.field("decision");
        let choices = at.field("choices");
        for (index, choice) in decision.choices.iter().enumerate() {
            if choice.option().why.trim().is_empty() {
                missing(
                    &choices.index(index),
                    &format!("choice `{}`", choice.option().id),
                );
            }
        }
        if decision
            .silence
            .as_ref()
            .is_some_and(|silence| silence.why.trim().is_empty())
        {
            missing(&at.field("silence"), "silence");
        }
    }
}

fn endings(draft: &ScenarioDraft, faults: &mut Vec<Fault>) {
    let root = At::root();
    let list = root.field("endings");
    for (key, ending) in draft.endings.iter() {
        let at = list.key(key);
        if ending.felt.is_empty() {
            faults.push(fault(
                Severity::Warning,
                &at,
                "no-felt",
                format!("ending `{key}` does not say how it felt"),
                "add felt: [(by: \"...\", text: \"...\")]: the person's own words teach most",
            ));
        }
        if ending.outcome == Outcome::Unsafe && ending.fails.is_empty() {
            faults.push(fault(
                Severity::Warning,
                &at,
                "unsafe-without-gate",
                format!("ending `{key}` is Unsafe and fails no gate"),
                "add fails: [(gate: \"life-safety\", why: \"...\")], or the attempt could pass",
            ));
        }
    }
}

/// Evidence for what is not assessed, and assessed objectives without evidence.
fn evidence(draft: &ScenarioDraft, compiled: &Compiled, faults: &mut Vec<Fault>) {
    let root = At::root();
    let assessed: Vec<&str> = draft
        .objectives
        .core
        .iter()
        .chain(&draft.objectives.also)
        .map(String::as_str)
        .collect();
    let known = &compiled.scenario.names.objectives;
    let mut decisions = vec![0_usize; assessed.len()];
    let look = |at: &At<'_>,
                evidence: &Entries<Level>,
                here: &mut Vec<usize>,
                faults: &mut Vec<Fault>| {
        for (key, _) in evidence.iter() {
            if let Some(position) = assessed.iter().position(|id| *id == key) {
                here.push(position);
            } else if known.iter().any(|id| id == key) {
                faults.push(fault(
                    Severity::Warning,
                    &at.key(key),
                    "unread-evidence",
                    format!("evidence for {key} is never counted: the scenario does not assess it"),
                    "list it in `objectives`, or remove the evidence",
                ));
            }
        }
    };
    let moves = root.field("moves");
    for (index, rule) in draft.moves.iter().enumerate() {
        let at = moves.index(index);
        look(
            &at.field("evidence"),
            &rule.evidence,
            &mut Vec::new(),
            faults,
        );
        for (band, when) in rule.evidence_when.iter().enumerate() {
            look(
                &at.field("evidence_when").index(band).field("evidence"),
                &when.evidence,
                &mut Vec::new(),
                faults,
            );
        }
    }
    let beats = root.field("beats");
    for (key, beat) in draft.beats.iter() {
        let Some(decision) = &beat.decision else {
            continue;
        };
        let mut here = Vec::new();
        let beat_at = beats.key(key);
        let own = beat_at.field("moves");
        for (index, rule) in beat.moves.iter().enumerate() {
            let at = own.index(index);
            look(&at.field("evidence"), &rule.evidence, &mut here, faults);
            for (band, when) in rule.evidence_when.iter().enumerate() {
                look(
                    &at.field("evidence_when").index(band).field("evidence"),
                    &when.evidence,
                    &mut here,
                    faults,
                );
            }
        }
        let at = beat_at.field("decision");
        let choices = at.field("choices");
        for (index, choice) in decision.choices.iter().enumerate() {
            let at = choices.index(index);
            look(
                &at.field("evidence"),
                &choice.option().evidence,
                &mut here,
                faults,
            );
            for (band, when) in choice.option().evidence_when.iter().enumerate() {
                let bands = at.field("evidence_when");
                look(
                    &bands.index(band).field("evidence"),
                    &when.evidence,
                    &mut here,
                    faults,
                );
            }
        }
        if let Some(silence) = &decision.silence {
            look(
                &at.field("silence").field("evidence"),
                &silence.evidence,
                &mut here,
                faults,
            );
            for (band, when) in silence.evidence_when.iter().enumerate() {
                let at = at.field("silence");
                look(
                    &at.field("evidence_when").index(band).field("evidence"),
                    &when.evidence,
                    &mut here,
                    faults,
                );
            }
        }
        here.sort_unstable();
        here.dedup();
        for position in here {
            decisions[position] += 1;
        }
    }
    for (position, id) in assessed.iter().enumerate() {
        if decisions[position] < 2 && known.iter().any(|known| known == id) {
            faults.push(fault(
                Severity::Warning,
                &root.field("objectives"),
                "too-little-evidence",
                format!(
                    "objective {id} has evidence at {} decisions",
                    decisions[position]
                ),
                "give it evidence at two decisions or more, or do not assess it",
            ));
        }
    }
}

fn unused(draft: &ScenarioDraft, compiled: &Compiled, faults: &mut Vec<Fault>) {
    let root = At::root();
    let usage = &compiled.usage;
    let warn = |at: &At<'_>, code: &'static str, message: String, help: &str| {
        fault(Severity::Warning, at, code, message, help)
    };
    let list = root.field("facts");
    for (position, (key, note)) in draft.facts.iter().enumerate() {
        let at = list.key(key);
        let count = |of: &[u32]| of.get(position).copied().unwrap_or(0);
        if count(&usage.facts_set) == 0 {
            faults.push(warn(
                &at,
                "fact-never-set",
                format!("fact `{key}` is never learned"),
                "add Learn(\"...\") to an effect, or remove the fact",
            ));
        }
        if count(&usage.facts_read) == 0 && note.trim().is_empty() {
            faults.push(warn(
                &at,
                "fact-never-read",
                format!("fact `{key}` is never asked for and has no notebook line"),
                "use Fact(\"...\") in a condition, give it a line for the notebook, or remove it",
            ));
        }
    }
    let pairs: [(&'static str, Vec<&str>, &[u32], &[u32]); 2] = [
        (
            "meters",
            draft.meters.keys().collect(),
            &usage.meters_set,
            &usage.meters_read,
        ),
        (
            "counters",
            draft.counters.keys().collect(),
            &usage.counters_set,
            &usage.counters_read,
        ),
    ];
    for (field, keys, set, read) in pairs {
        let list = root.field(field);
        let word = &field[..field.len() - 1];
        for (position, key) in keys.into_iter().enumerate() {
            let count = |of: &[u32]| of.get(position).copied().unwrap_or(0);
            if count(set) == 0 || count(read) == 0 {
                let never = if count(read) == 0 { "read" } else { "changed" };
                faults.push(warn(
                    &list.key(key),
                    "unused-declaration",
                    format!("{word} `{key}` is never {never}"),
                    "use it in an effect and in a condition, or remove it",
                ));
            }
        }
    }
    let others: [(&'static str, &str, Vec<&str>, &[u32]); 2] = [
        (
            "variations",
            "variation",
            draft.variations.keys().collect(),
            &usage.variations_read,
        ),
        (
            "references",
            "reference",
            draft.references.keys().collect(),
            &usage.references_read,
        ),
    ];
    for (field, word, keys, used) in others {
        let list = root.field(field);
        for (position, key) in keys.into_iter().enumerate() {
            if used.get(position).copied().unwrap_or(0) == 0 {
                faults.push(warn(
                    &list.key(key),
                    "unused-declaration",
                    format!("{word} `{key}` is never used"),
                    "use it, or remove it",
                ));
            }
        }
    }
    let list = root.field("cast");
    for (position, (key, member)) in draft.cast.iter().enumerate() {
        let silent = usage.cast_used.get(position).copied().unwrap_or(0) == 0;
        if silent && !matches!(member, CastMember::Subject { .. }) {
            faults.push(warn(
                &list.key(key),
                "unused-declaration",
                format!("`{key}` says and does nothing"),
                "give them a line, or remove them from the cast",
            ));
        }
    }
    never_drawn_facts(draft, faults);
}

/// Facts that are only ever forgotten, or learned where they already hold.
fn never_drawn_facts(draft: &ScenarioDraft, faults: &mut Vec<Fault>) {
    // A status that is asked for but never set can never hold.
    let mut asked = false;
    for_each_condition(draft, &mut |condition| {
        asked |= matches!(condition, Condition::Detained);
    });
    let mut set = false;
    let mut look = |effects: &[Effect]| set |= detains(effects);
    for (_, beat) in draft.beats.iter() {
        look(&beat.effects);
        for rule in &beat.moves {
            look(&rule.effects);
        }
        if let Some(decision) = &beat.decision {
            for choice in &decision.choices {
                look(&choice.option().effects);
            }
            if let Some(silence) = &decision.silence {
                look(&silence.effects);
            }
        }
    }
    for rule in &draft.moves {
        look(&rule.effects);
    }
    for event in &draft.events {
        look(&event.effects);
    }
    if asked && !set {
        faults.push(fault(
            Severity::Warning,
            &At::root(),
            "never-true",
            "a condition asks whether the person is detained, and nothing ever detains them",
            "add the effect Detain(\"...\") where the power is used, or remove the condition",
        ));
    }
}

fn detains(effects: &[Effect]) -> bool {
    effects.iter().any(|effect| match effect {
        Effect::Detain(_) => true,
        Effect::Chance(_, then, otherwise) | Effect::If(_, then, otherwise) => {
            detains(then) || detains(otherwise)
        }
        _ => false,
    })
}

fn is_day(text: &str) -> bool {
    text.parse::<jiff::civil::Date>().is_ok() && text.len() == 10
}

fn dates(draft: &ScenarioDraft, today: Option<&str>, faults: &mut Vec<Fault>) {
    let root = At::root();
    let bad = |at: &At<'_>, text: &str| {
        fault(
            Severity::Error,
            at,
            "bad-date",
            format!("`{text}` is not a date"),
            "write year-month-day, such as 2026-11-01",
        )
    };
    let review = root.field("review");
    let due = review.field("due");
    if is_day(&draft.review.due) {
        if today.is_some_and(|today| draft.review.due.as_str() < today) {
            faults.push(fault(
                Severity::Warning,
                &due,
                "review-past-due",
                format!("the review was due on {}", draft.review.due),
                "read law, policy and wording again, then set a new date",
            ));
        }
    } else {
        faults.push(bad(&due, &draft.review.due));
    }
    let list = root.field("references");
    for (key, reference) in draft.references.iter() {
        if !is_day(&reference.as_of) {
            faults.push(bad(&list.key(key).field("as_of"), &reference.as_of));
        }
    }
    let setting = root.field("setting");
    if !is_clock(&draft.setting.clock) {
        faults.push(bad_clock(&setting.field("clock"), &draft.setting.clock));
    }
    let briefing = root.field("briefing");
    let log = briefing.field("log");
    for (index, entry) in draft.briefing.log.iter().enumerate() {
        if !is_clock(&entry.at) {
            faults.push(bad_clock(&log.index(index).field("at"), &entry.at));
        }
    }
}

fn is_clock(text: &str) -> bool {
    text.len() == 5 && text.parse::<jiff::civil::Time>().is_ok()
}

fn bad_clock(at: &At<'_>, text: &str) -> Fault {
    fault(
        Severity::Error,
        at,
        "bad-date",
        format!("`{text}` is not a clock time"),
        "write hours and minutes, such as 22:41",
    )
}

fn window_without_silence(draft: &ScenarioDraft, faults: &mut Vec<Fault>) {
    let root = At::root();
    let beats = root.field("beats");
    for (key, beat) in draft.beats.iter() {
        let Some(decision) = &beat.decision else {
            continue;
        };
        if decision.window.is_some() && decision.silence.is_none() {
            let at = beats.key(key);
            faults.push(fault(
                Severity::Warning,
                &at.field("decision").field("window"),
                "window-without-silence",
                "time can run out here, and the file does not say what silence does",
                "add silence: (why: \"...\", effects: [...], to: \".\")",
            ));
        }
    }
}
