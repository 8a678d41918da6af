//! From a text to a scenario and everything that is wrong with it, without a file.

use super::super::compile::{self, Fault};
use super::super::diagnostic::{Diagnostic, Severity, Step};
use super::super::locate;
use super::super::read::{self, TextFault};
use super::super::rules;
use super::super::scenario::Scenario;
use super::{Courses, SCENARIO_ENDING};

/// Checks the text of a scenario. The scenario comes back if it has no errors.
///
/// `file` is the name shown in messages, `id` the id that the file's name asks for, `today` the
/// day (`YYYY-MM-DD`) by which dates are judged.
#[must_use]
pub fn check_text(
    text: &str,
    file: &str,
    id: Option<&str>,
    courses: &Courses,
    today: Option<&str>,
) -> (Option<Scenario>, Vec<Diagnostic>) {
    let reading = read::read(text);
    let mut diagnostics: Vec<Diagnostic> = reading
        .faults
        .into_iter()
        .map(|fault| from_text_fault(file, text, fault))
        .collect();
    // What cannot be read comes first: much of the rest may follow from it.
    let read_faults = diagnostics.len();
    let Some(draft) = reading.draft else {
        return (None, diagnostics);
    };
    let compiled = compile::compile(&draft, courses.library(), &reading.unread);
    let found: Vec<Fault> = if reading.is_whole {
        rules::run(
            &draft,
            &compiled,
            courses.library(),
            today,
            courses.assets.as_deref(),
        )
    } else {
        // What is missing from the draft would look unused or unreachable.
        Vec::new()
    };
    for fault in compiled.faults.into_iter().chain(found) {
        if !follows(fault.code, &reading.lost) && !courses.explains(fault.code) {
            diagnostics.push(from_fault(file, text, fault));
        }
    }
    if let Some(id) = id
        && id != draft.id
    {
        let mut diagnostic = Diagnostic {
            severity: Severity::Error,
            code: "name-mismatch",
            message: format!("the file is called `{id}` and its id is `{}`", draft.id),
            file: file.to_owned(),
            path: String::new(),
            span: None,
            help: format!(
                "rename the file to {}{SCENARIO_ENDING}, or write id: \"{id}\"",
                draft.id
            ),
        };
        diagnostic.locate(text, &[Step::Field("id")]);
        diagnostics.push(diagnostic);
    }
    let place = |d: &Diagnostic| (d.severity, d.span.as_ref().map_or(0, |span| span.start));
    diagnostics[..read_faults].sort_by_key(place);
    diagnostics[read_faults..].sort_by_key(place);
    let fine =
        diagnostics.iter().all(|d| d.severity != Severity::Error) && courses.diagnostics.is_empty();
    (fine.then_some(compiled.scenario), diagnostics)
}

/// Whether a fault may be no more than what is left of a file where an entry of these fields could
/// not be read.
fn follows(code: &str, lost: &[&str]) -> bool {
    let from: &[&str] = match code {
        "one-subject" | "no-profile" | "unknown-cast" | "unknown-profile" => &["cast"],
        "unknown-reference" => &["references"],
        "unknown-meter" => &["meters"],
        "unknown-variation" | "unfilled-place" => &["variations"],
        "unknown-mark" => &["beats"],
        "no-ending" => &["endings"],
        _ => &[],
    };
    from.iter().any(|field| lost.contains(field))
}

pub(super) fn from_text_fault(file: &str, text: &str, fault: TextFault) -> Diagnostic {
    Diagnostic {
        severity: Severity::Error,
        code: fault.code,
        message: fault.message,
        file: file.to_owned(),
        path: locate::path_at(text, fault.span.start),
        span: (!text.is_empty()).then_some(fault.span),
        help: fault.help,
    }
}

fn from_fault(file: &str, text: &str, fault: Fault) -> Diagnostic {
    let mut diagnostic = Diagnostic {
        severity: fault.severity,
        code: fault.code,
        message: fault.message,
        file: file.to_owned(),
        path: String::new(),
        span: None,
        help: fault.help,
    };
    diagnostic.locate(text, &fault.steps);
    diagnostic
}

/// Whether a piece of RON, such as an example in a document, can be read as a `T`.
///
/// # Errors
/// What cannot be read.
pub fn parses<T: serde::de::DeserializeOwned>(text: &str) -> Result<(), String> {
    read::value::<T>(text)
        .map(drop)
        .map_err(|fault| format!("{}: {}", fault.message, fault.help))
}
