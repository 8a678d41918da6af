//! The page that goes on top of everything held on one person.

use maud::html;

use super::AttemptReport;
use super::page::{list, page};
use super::words::spoken_time;

/// What is held on one person: every kept row in words, and where the reports lie.
#[must_use]
pub fn access_html(
    name: &str,
    printed: &str,
    held: &[(String, Vec<String>)],
    told: &[AttemptReport],
) -> String {
    let main = html! {
        h1 { "Everything held on " (name) }
        p { "Made on " (spoken_time(printed)) ". The same is in everything.json for other programs." }
        h2 { "Reports" }
        @if told.is_empty() { p { "There are no attempts." } }
        ul {
            @for one in told {
                li {
                    a href=(format!("{}.html", one.head.attempt)) {
                        (one.head.title) ", " (one.head.mode) ", " (spoken_time(&one.head.started))
                    }
                }
            }
        }
        h2 { "What is kept" }
        @for (table, rows) in held {
            h3 { (table) " (" (rows.len()) ")" }
            (list(rows))
        }
    };
    page(
        &format!("Everything held on {name}"),
        &main,
        "Daily copies, exports and what was sent elsewhere are not listed here.",
        None,
    )
}
