//! The decisions of an attempt on the page: what was done, what it showed and what else was open.

use maud::{Markup, html};

use crate::scoring::{Levels, Point};

use super::attempt::{Alternative, Decision};
use super::page::list;
use super::words::{level_words, metres};

/// Every decision, in order.
pub(super) fn decisions(decisions: &[Decision]) -> Markup {
    html! {
        @for one in decisions { (decision(one)) }
        @if decisions.is_empty() { p { "No decision was made." } }
    }
}

fn decision(one: &Decision) -> Markup {
    let id = format!("decision-{}", one.n);
    let heading = format!("decision-{}-heading", one.n);
    html! {
        section.decision id=(id) aria-labelledby=(heading) {
            h3 id=(heading) { "Decision " (one.n) " at " (one.clock) }
            @for line in &one.before { p.quiet { (line) } }
            p.done {
                @if one.is_silence { (one.done) }
                @else if one.is_speech { "You said: “" (one.done) "”" }
                @else { "You did: " (one.done) }
                @if let Some(secs) = one.taken_secs { " (" (secs) " s)" }
            }
            @for line in &one.after { p.quiet { (line) } }
            dl.facts {
                @if !one.techniques.is_empty() {
                    dt { "Techniques" } dd { (one.techniques.join(", ")) }
                }
                @if !one.premature.is_empty() {
                    dt { "Too early" }
                    dd { (one.premature.join(", ")) ": trust was not high enough yet." }
                }
                dt { "What it did" } dd { (movement(one.from, one.to)) }
                @if !one.learned.is_empty() {
                    dt { "What it brought to light" } dd { (one.learned.join(" ")) }
                }
                @if !one.why.is_empty() { dt { "Why" } dd { (one.why) } }
                @if let Some(likely) = &one.likely { dt { "What likely follows it" } dd { (likely) } }
                @if !one.law.is_empty() { dt { "Law in play" } dd { (one.law.join(", ")) } }
            }
            @if !one.gate_failures.is_empty() {
                div.panel.failed {
                    p { strong { "This failed a gate." } }
                    (list(&one.gate_failures))
                }
            }
            @if let Some(claim) = &one.claim {
                div.panel {
                    p {
                        strong { "The reason given: " (claim.element.label()) ". " }
                        @if !claim.text.is_empty() { "“" (claim.text) "”" }
                    }
                    p.quiet { (claim.log) }
                }
            }
            (evidence(one))
            (alternatives(one))
        }
    }
}

fn movement(from: Levels, to: Levels) -> String {
    format!(
        "Distress {} to {}, trust {} to {}, distance {} to {}.",
        from.distress,
        to.distress,
        from.trust,
        to.trust,
        metres(from.distance_half_metres),
        metres(to.distance_half_metres)
    )
}

fn evidence(one: &Decision) -> Markup {
    // A reason that only repeats why the move helped is told once.
    let says_more = |point: &Point| point.reason.trim() != one.why.trim();
    let has_reasons = one.evidence.iter().any(says_more);
    html! {
        @if one.evidence.is_empty() {
            p.quiet { "No objective was in play." }
        } @else {
            table {
                caption { "Evidence from decision " (one.n) }
                thead { tr {
                    th scope="col" { "Objective" }
                    th scope="col" { "Earned" }
                    th scope="col" { "Best that was open" }
                    @if has_reasons { th scope="col" { "Reason" } }
                } }
                tbody {
                    @for point in &one.evidence {
                        tr {
                            th scope="row" { (point.objective) }
                            td { (level_words(point.earned)) }
                            td { (level_words(point.available)) }
                            @if has_reasons {
                                td { @if says_more(point) { (point.reason) } @else { "as above" } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn alternatives(one: &Decision) -> Markup {
    let says_nothing = |other: &&Alternative| other.shows.is_empty() && other.why.is_empty();
    let silent: Vec<&str> = one
        .alternatives
        .iter()
        .filter(says_nothing)
        .map(|other| other.label.as_str())
        .collect();
    html! {
        @if silent.len() < one.alternatives.len() {
            div.wide {
                table {
                    caption { "What else was open at decision " (one.n) }
                    thead { tr {
                        th scope="col" { "Move" }
                        th scope="col" { "Would have shown" }
                        th scope="col" { "Why, and what would likely have followed" }
                    } }
                    tbody {
                        @for other in one.alternatives.iter().filter(|other| !says_nothing(other)) {
                            (alternative(other))
                        }
                    }
                }
            }
        }
        @if !silent.is_empty() {
            p.quiet { "Also open, with nothing on the objectives: " (silent.join("; ")) "." }
        }
    }
}

fn alternative(other: &Alternative) -> Markup {
    html! {
        tr {
            th scope="row" { (other.label) }
            td {
                @if other.shows.is_empty() { "Nothing on the objectives" } @else { (other.shows) }
                @if other.is_premature { " (too early)" }
            }
            td {
                (other.why)
                @if let Some(likely) = &other.likely { " " em { (likely) } }
            }
        }
    }
}
