//! Reports as CSV that a spreadsheet opens safely: UTF-8 with a byte order mark, CRLF, every
//! field quoted, and text that a spreadsheet would run as a formula made harmless.

use std::borrow::Cow;

use csv::{QuoteStyle, Terminator, WriterBuilder};

use crate::scoring::Point;

use super::ReportsError;
use super::attempt::{AttemptReport, Decision};
use super::cohort::CohortReport;
use super::said::{JudgementLine, disputed, signed_off};
use super::words::outcome_word;

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// One field.
enum Cell<'a> {
    /// Words: guarded.
    Text(&'a str),
    /// A number that the program counted: written as it is, sign and all.
    Number(i64),
    /// Nothing.
    Empty,
}

impl<'a> Cell<'a> {
    fn maybe(text: Option<&'a str>) -> Self {
        text.map_or(Self::Empty, Self::Text)
    }

    fn count(number: impl Into<i64>) -> Self {
        Self::Number(number.into())
    }

    fn field(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => harmless(text),
            Self::Number(number) => number.to_string().into(),
            Self::Empty => "".into(),
        }
    }
}

/// Text that no spreadsheet takes for a formula: an apostrophe goes before what would be one,
/// also where spaces or quotes stand before it. NUL is dropped.
fn harmless(text: &str) -> Cow<'_, str> {
    let kept: Cow<'_, str> = if text.contains('\0') {
        text.replace('\0', "").into()
    } else {
        text.into()
    };
    let starts_formula = kept
        .trim_start_matches([' ', '"', '\'', '\u{a0}'])
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if starts_formula {
        format!("'{kept}").into()
    } else {
        kept
    }
}

struct Table {
    writer: csv::Writer<Vec<u8>>,
}

impl Table {
    fn with_heads(heads: &[&str]) -> Result<Self, ReportsError> {
        let mut writer = WriterBuilder::new()
            .quote_style(QuoteStyle::Always)
            .terminator(Terminator::CRLF)
            .from_writer(BYTE_ORDER_MARK.as_bytes().to_vec());
        writer.write_record(heads)?;
        Ok(Self { writer })
    }

    fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), ReportsError> {
        let fields = cells.iter().map(Cell::field);
        for field in fields {
            self.writer.write_field(field.as_bytes())?;
        }
        self.writer.write_record(None::<&[u8]>)?;
        Ok(())
    }

    fn into_text(self) -> Result<String, ReportsError> {
        let bytes = self
            .writer
            .into_inner()
            .map_err(|error| csv::Error::from(error.into_error()))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

const WHO_HEADS: [&str; 10] = [
    "attempt",
    "trainee",
    "name",
    "collar_number",
    "scenario",
    "mode",
    "trial",
    "state",
    "started",
    "chain_hash",
];

fn who_cells(report: &AttemptReport) -> [Cell<'_>; 10] {
    let head = &report.head;
    [
        Cell::Text(&head.attempt),
        Cell::Text(&head.trainee),
        Cell::maybe(head.name.as_deref()),
        Cell::maybe(head.collar_number.as_deref()),
        Cell::Text(&head.scenario),
        Cell::Text(&head.mode),
        Cell::maybe(head.trial.as_deref()),
        Cell::Text(&head.state),
        Cell::Text(&head.started),
        Cell::maybe(report.provenance.chain_hash.as_deref()),
    ]
}

fn heads(more: &[&'static str]) -> Vec<&'static str> {
    WHO_HEADS.iter().chain(more).copied().collect()
}

/// One row per attempt and objective.
///
/// # Errors
///
/// An error of the writer is passed on.
pub fn objectives_csv(reports: &[AttemptReport]) -> Result<String, ReportsError> {
    let mut table = Table::with_heads(&heads(&[
        "passed",
        "outcome",
        "ending",
        "gates_failed",
        "objective",
        "core",
        "result",
        "percent",
        "earned",
        "available",
        "opportunities",
        "signed_off_by",
        "gates_disputed",
    ]))?;
    for report in reports {
        let passed = report.verdict.passed.map(yes_or_no);
        let failed = report.gates.iter().filter(|gate| !gate.failures.is_empty());
        let failed: Vec<&str> = failed.map(|gate| gate.id.as_str()).collect();
        let failed = failed.join("; ");
        let signed = signed_off(&report.judgements).map(signature);
        let in_dispute: Vec<&str> = disputed(&report.judgements)
            .into_iter()
            .map(|(gate, _)| gate)
            .collect();
        let in_dispute = in_dispute.join("; ");
        for one in &report.objectives {
            let mut cells = Vec::from(who_cells(report));
            cells.extend([
                Cell::maybe(passed),
                Cell::maybe(report.end.as_ref().map(|end| outcome_word(end.outcome))),
                Cell::maybe(report.end.as_ref().map(|end| end.id.as_str())),
                Cell::Text(&failed),
                Cell::Text(&one.id),
                Cell::Text(yes_or_no(one.core)),
                Cell::Text(one.reached.label()),
                one.percent.map_or(Cell::Empty, Cell::count),
                Cell::count(one.earned),
                Cell::count(one.available),
                Cell::count(one.opportunities),
                Cell::maybe(signed.as_deref()),
                Cell::Text(&in_dispute),
            ]);
            table.row(&cells)?;
        }
    }
    table.into_text()
}

/// One row per member, attempt and objective of a cohort, from the results that the records keep.
///
/// # Errors
///
/// An error of the writer is passed on.
pub fn cohort_csv(report: &CohortReport) -> Result<String, ReportsError> {
    let mut table = Table::with_heads(&[
        "cohort",
        "trainee",
        "name",
        "collar_number",
        "attempt",
        "scenario",
        "mode",
        "started",
        "objective",
        "result",
        "percent",
        "failed_by_gate",
    ])?;
    for one in &report.results {
        let member = report
            .members
            .iter()
            .find(|member| member.trainee == one.trainee);
        table.row(&[
            Cell::Text(&report.cohort),
            Cell::Text(&one.trainee),
            Cell::maybe(member.and_then(|member| member.name.as_deref())),
            Cell::maybe(member.and_then(|member| member.collar_number.as_deref())),
            Cell::Text(&one.attempt),
            Cell::Text(&one.scenario),
            Cell::Text(&one.mode),
            Cell::Text(&one.started),
            Cell::Text(&one.objective),
            Cell::Text(one.reached.label()),
            one.percent.map_or(Cell::Empty, Cell::count),
            Cell::Text(yes_or_no(one.by_gate)),
        ])?;
    }
    table.into_text()
}

/// One row per decision and objective in play; a decision without one has a row of its own.
///
/// # Errors
///
/// An error of the writer is passed on.
pub fn decisions_csv(reports: &[AttemptReport]) -> Result<String, ReportsError> {
    let mut table = Table::with_heads(&heads(&[
        "decision",
        "clock",
        "done",
        "seconds",
        "techniques",
        "premature",
        "distress_before",
        "distress_change",
        "trust_before",
        "trust_change",
        "distance_half_metres_before",
        "distance_half_metres_change",
        "objective",
        "earned",
        "available",
        "gates_failed",
        "law",
        "why",
        "reason_element",
        "reason_given",
        "log_beside_reason",
        "notebook",
        "instructor_level",
        "instructor_words",
    ]))?;
    for report in reports {
        for decision in &report.decisions {
            if decision.evidence.is_empty() {
                decision_row(&mut table, report, decision, None)?;
            }
            for evidence in &decision.evidence {
                decision_row(&mut table, report, decision, Some(evidence))?;
            }
        }
    }
    table.into_text()
}

fn decision_row(
    table: &mut Table,
    report: &AttemptReport,
    decision: &Decision,
    evidence: Option<&Point>,
) -> Result<(), ReportsError> {
    let techniques = decision.techniques.join("; ");
    let premature = decision.premature.join("; ");
    let gates = decision.gate_failures.join("; ");
    let law = decision.law.join("; ");
    let claim = decision.claim.as_ref();
    let notes: Vec<&str> = report.notes.iter().map(|note| note.text.as_str()).collect();
    let notebook = notes.join("; ");
    let about = |one: &&JudgementLine| one.decision == Some(decision.n);
    let level = evidence.and_then(|point| {
        report
            .judgements
            .iter()
            .rev()
            .filter(about)
            .find(|one| one.objective.as_deref() == Some(&point.objective))
            .and_then(|one| one.level)
    });
    let words: Vec<String> = report
        .judgements
        .iter()
        .filter(about)
        .map(JudgementLine::words)
        .collect();
    let words = words.join("; ");
    let (from, to) = (decision.from, decision.to);
    let change = |from: u8, to: u8| Cell::Number(i64::from(to) - i64::from(from));
    let mut cells = Vec::from(who_cells(report));
    cells.extend([
        Cell::count(decision.n),
        Cell::Text(&decision.clock),
        Cell::Text(&decision.done),
        decision.taken_secs.map_or(Cell::Empty, Cell::count),
        Cell::Text(&techniques),
        Cell::Text(&premature),
        Cell::count(from.distress),
        change(from.distress, to.distress),
        Cell::count(from.trust),
        change(from.trust, to.trust),
        Cell::count(from.distance_half_metres),
        change(from.distance_half_metres, to.distance_half_metres),
        Cell::maybe(evidence.map(|one| one.objective.as_str())),
        evidence.map_or(Cell::Empty, |one| Cell::count(one.earned.points())),
        evidence.map_or(Cell::Empty, |one| Cell::count(one.available.points())),
        Cell::Text(&gates),
        Cell::Text(&law),
        Cell::Text(&decision.why),
        Cell::maybe(claim.map(|claim| claim.element.label())),
        Cell::maybe(claim.map(|claim| claim.text.as_str())),
        Cell::maybe(claim.map(|claim| claim.log.as_str())),
        Cell::Text(&notebook),
        level.map_or(Cell::Empty, |level| Cell::count(level.points())),
        Cell::Text(&words),
    ]);
    table.row(&cells)
}

/// Who signed and when; the day alone where the report names nobody.
fn signature(line: &JudgementLine) -> String {
    let day = line.at.split('T').next().unwrap_or_default();
    if line.author.is_empty() {
        day.to_owned()
    } else {
        format!("{}, {day}", line.author)
    }
}

const fn yes_or_no(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_made_harmless() {
        for bad in [
            "=1+1", "+1", "-1", "@x", "\tx", "\rx", "  =1", "\"=1", "\0=1", "＝1",
        ] {
            assert!(harmless(bad).starts_with('\''), "{bad:?}");
        }
        assert_eq!(harmless("O'Neill-Smith"), "O'Neill-Smith");
        assert_eq!(harmless("a=b"), "a=b");
    }

    #[test]
    fn a_negative_number_stays_a_number() {
        assert_eq!(Cell::Number(-3).field(), "-3");
        assert_eq!(Cell::Text("-3").field(), "'-3");
    }
}

/// One field of a table of figures.
#[derive(Debug, Clone, PartialEq)]
pub enum Field {
    /// Words: made harmless.
    Words(String),
    /// What was counted.
    Count(usize),
    /// A figure, to four places; empty where there is none.
    Figure(Option<f64>),
}

/// A table of figures as CSV, in the same form as the reports.
///
/// # Errors
/// If it cannot be written, as where a row is not as long as the heads.
pub fn figures_csv(heads: &[&str], rows: &[Vec<Field>]) -> Result<String, ReportsError> {
    let mut table = Table::with_heads(heads)?;
    for row in rows {
        let fields = row.iter().map(|field| match field {
            Field::Words(text) => harmless(text).into_owned(),
            Field::Count(number) => number.to_string(),
            Field::Figure(Some(figure)) => format!("{figure:.4}"),
            Field::Figure(None) => String::new(),
        });
        table.writer.write_record(fields)?;
    }
    table.into_text()
}
