//! The report of one trainee as a page.

use maud::{Markup, html};

use super::page::{bar, page};
use super::said::{disputed, said, signed_off};
use super::trainee::{AttemptLine, Development, TraineeReport};
use super::words::{counted, person, spoken_day, spoken_time};

/// The whole report as one HTML file.
#[must_use]
pub fn trainee_html(report: &TraineeReport) -> String {
    let who = person(
        report.name.as_deref(),
        report.collar_number.as_deref(),
        &report.trainee,
    );
    let title = format!("Training record: {who}");
    let main = html! {
        h1 { "Training record: " (who) }
        dl.facts {
            dt { "Course" } dd { (report.course) }
            dt { "Attempts" } dd { (counted(report.attempts.len(), "attempt")) }
            dt { "Printed" } dd { (spoken_time(&report.printed)) }
        }
        p { strong { "What this does and does not say: " } (report.standing_note) }
        h2 #attempts { "Attempts" }
        (attempts(&report.attempts))
        h2 #instructors { "What instructors said" }
        (instructors(&report.attempts))
        (seals(&report.attempts))
        h2 #development { "Development by objective" }
        p.quiet {
            "Finished attempts only, oldest first. Scenarios differ in how hard they are, so a \
             lower number in a harder one need not be a step back."
        }
        @if report.objectives.is_empty() { p { "No attempt has been finished yet." } }
        @for one in &report.objectives { (development(one)) }
        @if !report.support.is_empty() {
            h2 #support { "Support" }
            ul {
                @for one in &report.support {
                    li { strong { (one.name) } ": " (one.reach) " " span.quiet { (one.note) } }
                }
            }
        }
    };
    let has_trial = report.attempts.iter().any(|line| line.trial.is_some());
    let trial = has_trial.then_some(
        "Some of these attempts are trials, not approved for assessment: the list says which",
    );
    page(&title, &main, &report.standing_note, trial)
}

fn attempts(lines: &[AttemptLine]) -> Markup {
    html! {
        div.wide {
            table {
                caption { "Every attempt, oldest first" }
                thead { tr {
                    th.number scope="col" { "No." }
                    th scope="col" { "Begun" }
                    th scope="col" { "Scenario" }
                    th scope="col" { "Mode" }
                    th scope="col" { "Result" }
                    th scope="col" { "Ending" }
                    th scope="col" { "Gates failed" }
                } }
                tbody {
                    @for (index, line) in lines.iter().enumerate() {
                        tr {
                            th.number scope="row" { (index + 1) }
                            td { (spoken_time(&line.started)) }
                            td { (line.title) }
                            td { (line.mode) @if line.trial.is_some() { " (trial)" } }
                            td {
                                (result(line))
                                @if signed_off(&line.judgements).is_some() { ", signed off" }
                                @if !disputed(&line.judgements).is_empty() { ", gate disputed" }
                            }
                            td { (line.ending.as_deref().unwrap_or("none")) }
                            td {
                                @if line.gates_failed.is_empty() { "none" }
                                @else { (line.gates_failed.join(", ")) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Long, and of use to few: in a table of their own.
fn seals(lines: &[AttemptLine]) -> Markup {
    html! {
        div.wide {
            table {
                caption { "Seals: records verify --seal tells whether the records still hold them" }
                thead { tr {
                    th.number scope="col" { "No." }
                    th scope="col" { "Seal" }
                } }
                tbody {
                    @for (index, line) in lines.iter().enumerate() {
                        tr {
                            th.number scope="row" { (index + 1) }
                            td.hash {
                                @match (&line.chain_hash, line.chain_number) {
                                    (Some(hash), Some(number)) => { (number) ":" (hash) },
                                    (Some(hash), None) => (hash),
                                    (None, _) => "not closed",
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What was said, by attempt; attempts of which nothing was said are left out.
fn instructors(lines: &[AttemptLine]) -> Markup {
    let spoken = || {
        lines
            .iter()
            .enumerate()
            .filter(|(_, line)| !line.judgements.is_empty())
    };
    html! {
        @if spoken().next().is_none() { (said(&[])) }
        @for (index, line) in spoken() {
            h3 { "Attempt " (index + 1) ": " (line.title) }
            (said(&line.judgements))
        }
    }
}

fn result(line: &AttemptLine) -> &str {
    match line.passed {
        Some(true) => "✓ Passed",
        Some(false) => "✕ Not passed",
        None => &line.state,
    }
}

fn development(one: &Development) -> Markup {
    html! {
        h3 { (one.id) " " (one.statement) }
        @match one.change() {
            Some(change) if change > 0 => p { "Up by " (change) " points since the first attempt." },
            Some(change) if change < 0 => p { "Down by " (-change) " points since the first attempt." },
            Some(_) => p { "The same as in the first attempt." },
            None => p { "Not yet enough attempts to compare." },
        }
        div.wide {
            table {
                caption { "Objective " (one.id) " over the attempts" }
                thead { tr {
                    th.number scope="col" { "Attempt" }
                    th scope="col" { "Day" }
                    th scope="col" { "Scenario" }
                    th scope="col" { "Result" }
                    th.number scope="col" { "Per cent" }
                    th scope="col" { "Bar" }
                } }
                tbody {
                    @for point in &one.points {
                        tr {
                            th.number scope="row" { (point.attempt_number) }
                            td { (spoken_day(&point.started)) }
                            td { (point.title) }
                            td { (point.reached.label()) }
                            @match point.percent {
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
            }
        }
    }
}
