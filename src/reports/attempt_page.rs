//! The report of one attempt as a page.

use maud::{Markup, html};

use super::attempt::{AttemptReport, EndOfEncounter, GateLine, ObjectiveLine};
use super::decisions_page::decisions;
use super::page::{bar, list, page};
use super::said::{disputed, said};
use super::timeline::timeline;
use crate::scoring::Counts;

use super::words::{counted, outcome_meaning, outcome_word, spoken_day, spoken_time, who};

/// The whole report as one HTML file.
#[must_use]
pub fn attempt_html(report: &AttemptReport) -> String {
    let head = &report.head;
    let title = format!("Attempt report: {}, {}", head.title, who(head));
    let main = html! {
        h1 { "Attempt report: " (head.title) }
        (summary(report))
        nav aria-label="Parts of this report" {
            ul {
                li { a href="#result" { "Result" } }
                li { a href="#objectives" { "Objectives" } }
                li { a href="#gates" { "Gates" } }
                li { a href="#ending" { "How it ended" } }
                li { a href="#timeline" { "Timeline" } }
                li { a href="#decisions" { "Decisions" } }
                li { a href="#instructors" { "What instructors said" } }
                li { a href="#law" { "Law in play" } }
                li { a href="#support" { "Support" } }
                li { a href="#record" { "About this record" } }
            }
        }
        h2 #result { "Result" }
        (verdict(report))
        h2 #objectives { "Objectives: how it was handled" }
        (objectives(&report.objectives))
        h2 #gates { "Gates: what is never averaged away" }
        (gates(report))
        h2 #ending { "How it ended" }
        @match &report.end {
            Some(end) => (ending(end)),
            None => p { "The encounter was left before an ending." },
        }
        h2 #timeline { "Timeline" }
        (timeline(report))
        h2 #counts { "Counts" }
        (counts(&report.counts))
        h2 #decisions { "Decisions" }
        (decisions(&report.decisions))
        @if !report.notes.is_empty() {
            h2 #notebook { "Notebook" }
            p.quiet { "Written by the trainee after the run." }
            @for note in &report.notes {
                blockquote { p { (note.text) } p.quiet { (spoken_time(&note.at)) } }
            }
        }
        h2 #instructors { "What instructors said" }
        (said(&report.judgements))
        h2 #law { "Law in play" }
        (law(report))
        h2 #support { "Support" }
        (support(report))
        h2 #record { "About this record" }
        (record(report))
    };
    page(&title, &main, &report.standing_note, head.trial.as_deref())
}

fn summary(report: &AttemptReport) -> Markup {
    let head = &report.head;
    html! {
        dl.facts {
            dt { "Trainee" } dd { (who(head)) }
            dt { "Course" } dd { (head.course) }
            dt { "Scenario" } dd { (head.title) ", version " (head.version) }
            dt { "Mode" } dd { (head.mode) }
            @if let Some(trial) = &head.trial { dt { "Standing" } dd { strong { (trial) } } }
            dt { "Begun" } dd { (spoken_time(&head.started)) }
            dt { "Ended" }
            dd {
                @match &head.ended {
                    Some(ended) => (spoken_time(ended)),
                    None => "still running",
                }
                @if head.state == "abandoned" { " (abandoned)" }
            }
            dt { "Decision time" } dd { (head.timing) }
            @if head.rewinds > 0 { dt { "Went back" } dd { (times(head.rewinds)) } }
            @if let Some(profile) = &head.profile { dt { "The person" } dd { (profile) } }
            dt { "Printed" } dd { (spoken_time(&head.printed)) }
        }
    }
}

fn times(count: u32) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        more => format!("{more} times"),
    }
}

fn verdict(report: &AttemptReport) -> Markup {
    let verdict = &report.verdict;
    let (class, word) = match verdict.passed {
        Some(true) => ("panel held", "Passed"),
        Some(false) => ("panel failed", "Not passed"),
        None => ("panel", "No pass or fail"),
    };
    html! {
        div class=(class) {
            p.verdict { (word) ". " (verdict.sentence) }
            (list(&verdict.reasons))
        }
        p { strong { "What this does and does not say: " } (report.standing_note) }
    }
}

fn objectives(objectives: &[ObjectiveLine]) -> Markup {
    html! {
        div.wide {
            table {
                caption {
                    "Result per objective: points earned of those that the decisions offered"
                }
                thead { tr {
                    th scope="col" { "Objective" }
                    th scope="col" { "Result" }
                    th.number scope="col" { "Earned of available" }
                    th.number scope="col" { "Per cent" }
                    th scope="col" { "Bar" }
                } }
                tbody { @for one in objectives { (objective(one)) } }
            }
        }
    }
}

fn objective(one: &ObjectiveLine) -> Markup {
    html! {
        tr {
            th scope="row" {
                (one.id) " " (one.statement)
                @if one.core { " (needed for a pass)" }
            }
            td {
                strong { (one.reached.label()) }
                @if !one.looks_like.is_empty() { ": " (one.looks_like) }
                @for gate in &one.failed_by { " Failed by the gate “" (gate) "”." }
            }
            td.number {
                (one.earned) " of " (one.available) " in "
                (counted(usize::try_from(one.opportunities).unwrap_or(0), "decision"))
            }
            @match one.percent {
                Some(percent) => {
                    td.number { (percent) " %" }
                    td { (bar(percent)) }
                },
                None => {
                    td.number { "none" }
                    td { "no number without enough evidence" }
                },
            }
        }
    }
}

fn gates(report: &AttemptReport) -> Markup {
    let told = u32::try_from(report.decisions.len()).unwrap_or(u32::MAX);
    html! {
        div.wide {
            table {
                caption { "Gates and the reason where one failed" }
                thead { tr {
                    th scope="col" { "Gate" }
                    th scope="col" { "Held or failed" }
                    th scope="col" { "Why it failed, or what would fail it" }
                } }
                tbody {
                    @for gate in &report.gates {
                        tr {
                            th scope="row" { (gate.title) }
                            td {
                                @if gate.failures.is_empty() { "✓ Held" } @else { "✕ Failed" }
                                @if disputed(&report.judgements).iter().any(|(id, _)| *id == gate.id) {
                                    ", disputed by an instructor"
                                }
                            }
                            td { (reasons(gate, told)) }
                        }
                    }
                }
            }
        }
    }
}

fn reasons(gate: &GateLine, told: u32) -> Markup {
    html! {
        @if gate.failures.is_empty() {
            span.quiet { "What would fail it: " (gate.description) }
        } @else {
            ul {
                @for failure in &gate.failures {
                    li {
                        @match failure.decision {
                            Some(n) if n <= told => {
                                a href=(format!("#decision-{n}")) { "Decision " (n) }
                            },
                            Some(n) => { "Decision " (n) },
                            None => "The ending",
                        }
                        ": " (failure.why)
                    }
                }
            }
        }
    }
}

fn ending(end: &EndOfEncounter) -> Markup {
    let class = match outcome_word(end.outcome) {
        "Safe" => "panel held",
        "Unsafe" => "panel failed",
        _ => "panel",
    };
    html! {
        p.quiet { "The outcome is told apart from how it was handled: a good way of working can meet bad luck, and the other way round." }
        div class=(class) {
            p {
                strong { (outcome_word(end.outcome)) ": " (end.title) }
                " (" (outcome_meaning(end.outcome)) ")"
            }
            p { (end.text) }
        }
        @if let Some(luck) = &end.luck { p { strong { "Luck: " } (luck) } }
        h3 { "What came of it" }
        p { (end.aftermath) }
        @if !end.felt.is_empty() {
            h3 { "How it felt" }
            @for voice in &end.felt {
                blockquote { p { "“" (voice.text) "”" } p.quiet { (voice.by) } }
            }
        }
    }
}

fn counts(all: &Counts) -> Markup {
    let share = |count: u32| format!("{count} of {} ({} %)", all.spoken, all.share(count));
    html! {
        @if all.spoken == 0 {
            p { "Nothing was said to the person." }
        } @else {
            dl.facts {
                dt { "Questions" } dd { (share(all.questions)) }
                dt { "Reflections" } dd { (share(all.reflections)) }
                dt { "Commands" } dd { (share(all.commands)) }
                dt { "Longest speech" }
                dd {
                    (all.longest_words) " words, about " (all.longest_secs()) " s, at decision "
                    (all.longest_at)
                }
                dt { "Pauses held" } dd { (all.pauses) }
            }
        }
    }
}

fn law(report: &AttemptReport) -> Markup {
    html! {
        @if report.law.is_empty() {
            p { "The scenario cites no law or policy." }
        } @else {
            div.wide {
                table {
                    caption { "Law and policy with the day of the text that was read" }
                    thead { tr {
                        th scope="col" { "Id" }
                        th scope="col" { "Source" }
                        th scope="col" { "As of" }
                        th scope="col" { "What it means here" }
                        th scope="col" { "Check locally" }
                        th scope="col" { "In play at decision" }
                    } }
                    tbody {
                        @for one in &report.law {
                            tr {
                                th scope="row" { (one.id) }
                                td { (one.cite) }
                                td { (spoken_day(&one.as_of)) }
                                td { (one.note) }
                                td { (one.local) }
                                td { (in_play(report, &one.id)) }
                            }
                        }
                    }
                }
            }
            p.quiet { "A training aid, not legal advice." }
        }
    }
}

/// Numbers of the decisions that cite an item.
fn in_play(report: &AttemptReport, id: &str) -> String {
    let numbers: Vec<String> = report
        .decisions
        .iter()
        .filter(|decision| decision.law.iter().any(|own| own == id))
        .map(|decision| decision.n.to_string())
        .collect();
    if numbers.is_empty() {
        "none of these".to_owned()
    } else {
        numbers.join(", ")
    }
}

fn support(report: &AttemptReport) -> Markup {
    html! {
        @if report.support.is_empty() {
            p { "Ask your instructor whom to turn to." }
        } @else {
            p { "Playing this can touch something of your own. You can talk to somebody." }
            ul {
                @for one in &report.support {
                    li { strong { (one.name) } ": " (one.reach) " " span.quiet { (one.note) } }
                }
            }
        }
    }
}

fn record(report: &AttemptReport) -> Markup {
    let from = &report.provenance;
    html! {
        p {
            "The attempt can be replayed and scored again from these. The seal shows later changes \
             to the stored records, also that the newest were cut off (records verify --seal): keep \
             this page."
        }
        dl.facts {
            dt { "Attempt" } dd.hash { (report.head.attempt) }
            dt { "Seal" }
            dd.hash {
                @match (&from.chain_hash, from.chain_number) {
                    (Some(hash), Some(number)) => { (number) ":" (hash) },
                    (Some(hash), None) => (hash),
                    (None, _) => "none yet: the attempt is not closed",
                }
            }
            dt { "Engine" } dd { (from.engine) }
            dt { "Seed" } dd.hash { (from.seed) }
            dt { "Scenario file" } dd.hash { (from.scenario_sha256) }
            dt { "Course file" } dd.hash { (from.course_sha256) }
            dt { "Techniques" } dd.hash { (from.techniques_sha256) }
            dt { "Profiles" } dd.hash { (from.profiles_sha256) }
            dt { "Sign-off" }
            dd { (from.review_status) ", to be read again by " (spoken_day(&from.review_due)) }
        }
    }
}
