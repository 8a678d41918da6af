//! What is said, declared and cited: reasons left out, things never used, dates gone by.

use super::super::compile::{Compiled, Fault};
use super::super::diagnostic::{At, Severity};
use super::super::draft::{CastMember, Condition, Effect, Outcome, Reference, ScenarioDraft};
use super::{fault, for_each_condition};

pub(super) fn run(
    draft: &ScenarioDraft,
    compiled: &Compiled,
    today: Option<&str>,
    faults: &mut Vec<Fault>,
) {
    reasons(draft, faults);
    endings(draft, faults);
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
        let at = list.key(key);
        let until = &reference.until;
        if !is_day(&reference.as_of) {
            faults.push(bad(&at.field("as_of"), &reference.as_of));
        } else if !until.is_empty() && !is_day(until) {
            faults.push(bad(&at.field("until"), until));
        } else if let Some(today) = today {
            law_past_date(&at, key, reference, today, faults);
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

/// A citation whose text no longer holds, or from a day that has not come.
fn law_past_date(
    at: &At<'_>,
    key: &str,
    reference: &Reference,
    today: &str,
    faults: &mut Vec<Fault>,
) {
    let as_of = reference.as_of.as_str();
    if as_of > today {
        faults.push(fault(
            Severity::Warning,
            &at.field("as_of"),
            "law-past-date",
            format!("reference `{key}` was read on {as_of}, which is still to come"),
            "write the day of the text that you read",
        ));
        return;
    }
    if !reference.until.is_empty() && reference.until.as_str() < today {
        faults.push(fault(
            Severity::Warning,
            &at.field("until"),
            "law-past-date",
            format!(
                "reference `{key}` held until {}, and that day has passed",
                reference.until
            ),
            "read the law or policy of today, mend what has changed, and set `as_of` to the day of that text",
        ));
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
