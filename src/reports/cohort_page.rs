//! The report of a cohort as a page.

use maud::{Markup, html};

use super::cohort::{CohortMember, CohortReport, LatestResult};
use super::page::page;
use super::words::{counted, person, spoken_day, spoken_time};

/// Columns of one table: more do not fit across a printed page.
const ACROSS: usize = 6;

/// The whole report as one HTML file.
#[must_use]
pub fn cohort_html(report: &CohortReport) -> String {
    let title = format!("Cohort: {}", report.cohort);
    let main = html! {
        h1 { "Cohort: " (report.cohort) }
        dl.facts {
            dt { "Course" } dd { (report.course) }
            dt { "Members" } dd { (counted(report.members.len(), "member")) }
            dt { "Printed" } dd { (spoken_time(&report.printed)) }
            dt { "Seal of the records" }
            dd.hash { (report.seal.as_deref().unwrap_or("none yet: nothing is closed")) }
        }
        p { strong { "What this does and does not say: " } (report.standing_note) }
        h2 #attempts { "Attempts" }
        (attempts(&report.members))
        h2 #waiting { "Still to do" }
        (waiting(report))
        h2 #latest { "Latest result of each, by objective" }
        @if report.objectives.is_empty() {
            p { "Nobody in this cohort has finished an attempt yet." }
        } @else {
            p.quiet {
                "Finished attempts only. The last number counts the attempts in which the objective \
                 was assessed. Scenarios differ in how hard they are, so results of different \
                 scenarios do not rank people."
            }
            @for part in 0..report.objectives.len().div_ceil(ACROSS) { (latest(report, part)) }
            h3 { "The objectives" }
            dl.facts {
                @for one in &report.objectives { dt { (one.id) } dd { (one.statement) } }
            }
        }
    };
    page(&title, &main, &report.standing_note, None)
}

fn who(member: &CohortMember) -> String {
    person(
        member.name.as_deref(),
        member.collar_number.as_deref(),
        &member.trainee,
    )
}

fn attempts(members: &[CohortMember]) -> Markup {
    html! {
        div.wide {
            table {
                caption { "What each member has played" }
                thead { tr {
                    th scope="col" { "Member" }
                    th.number scope="col" { "Finished" }
                    th.number scope="col" { "Assessments" }
                    th.number scope="col" { "Passed" }
                } }
                tbody {
                    @for member in members {
                        tr {
                            th scope="row" { (who(member)) }
                            td.number { (member.finished) }
                            td.number { (member.assessed) }
                            td.number { (member.passed) }
                        }
                    }
                }
            }
        }
    }
}

fn waiting(report: &CohortReport) -> Markup {
    html! {
        @if report.assignments.is_empty() {
            p { "Nothing that was assigned is waiting." }
        } @else {
            ul {
                @for one in &report.assignments {
                    li {
                        (one.title) ", " (one.mode)
                        @if let Some(due) = &one.due { ", due " (spoken_day(due)) }
                        ": " (counted(one.waiting, "member")) " to go"
                    }
                }
            }
        }
    }
}

fn latest(report: &CohortReport, part: usize) -> Markup {
    let columns = part * ACROSS..report.objectives.len().min((part + 1) * ACROSS);
    let heads = &report.objectives[columns.clone()];
    let caption = match heads {
        [only] => format!("Objective {}", only.id),
        [first, .., last] => format!("Objectives {} to {}", first.id, last.id),
        [] => String::new(),
    };
    html! {
        div.wide {
            table {
                caption { (caption) }
                thead { tr {
                    th scope="col" { "Member" }
                    @for one in heads { th scope="col" { (one.id) } }
                } }
                tbody {
                    @for member in &report.members {
                        tr {
                            th scope="row" { (who(member)) }
                            @for cell in member.latest.get(columns.clone()).unwrap_or_default() {
                                td { (words(cell.as_ref())) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn words(cell: Option<&LatestResult>) -> String {
    match cell {
        None => "not assessed".to_owned(),
        Some(one) => match one.percent {
            Some(percent) => format!("{}, {percent} % ({})", one.reached.label(), one.attempts),
            None => format!("{} ({})", one.reached.label(), one.attempts),
        },
    }
}
