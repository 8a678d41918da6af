//! From what the reader of RON says to what an author can act on.

use super::super::diagnostic::nearest;
use super::TextFault;

/// Turns what the reader of RON says into what an author can act on.
pub(super) fn explain(source: &str, error: &ron::error::SpannedError) -> TextFault {
    use ron::error::Error;

    let start = offset(source, error.span.start.line, error.span.start.col);
    let mut end = offset(source, error.span.end.line, error.span.end.col);
    if end <= start {
        end = source.ceil_char_boundary((start + 1).min(source.len()));
    }
    let fault = |code: &'static str, message: String, help: String| TextFault {
        code,
        message,
        help,
        span: start..end,
    };
    if source.trim().is_empty() {
        return fault(
            "syntax",
            "the file is empty".to_owned(),
            "put its text back, from a copy if there is one; `common-ground new ID` writes a scenario to begin from"
                .to_owned(),
        );
    }
    // Cut off in the middle of a word, the reader asks for what the word would have begun.
    let rest = &source[start..];
    let is_cut = rest.chars().all(|c| c.is_alphanumeric() || c == '_') && start > 0;
    if is_cut && !matches!(error.code, Error::TrailingCharacters) {
        return fault(
            "unclosed",
            "the text ends before its brackets are closed".to_owned(),
            "the end of the file is missing; put it back, or look for a bracket that was opened and not closed"
                .to_owned(),
        );
    }
    if let Some((at, _)) = word_quote(source, start, end) {
        return TextFault {
            span: at..source.ceil_char_boundary(at + 1),
            ..fault(
                "word-quotes",
                "a curly quotation mark, as word processors make them".to_owned(),
                "write straight quotes \"...\" in a plain text editor".to_owned(),
            )
        };
    }
    let (code, message, help) = match &error.code {
        Error::NoSuchStructField {
            expected,
            found,
            outer,
        } => {
            let place = outer
                .as_deref()
                .map_or("this", |outer| outer.trim_end_matches("Draft"));
            let help = nearest(found, expected.iter().copied()).map_or_else(
                || format!("the fields here are {}", list(expected)),
                |near| format!("did you mean `{near}`?"),
            );
            (
                "unknown-field",
                format!("`{place}` has no field `{found}`"),
                help,
            )
        }
        Error::NoSuchEnumVariant {
            expected, found, ..
        } => {
            let help = nearest(found, expected.iter().copied()).map_or_else(
                || format!("the words here are {}", list(expected)),
                |near| format!("did you mean `{near}`?"),
            );
            ("unknown-word", format!("`{found}` is not known here"), help)
        }
        Error::MissingStructField { field, outer } => {
            let place = outer
                .as_deref()
                .map_or("this", |outer| outer.trim_end_matches("Draft"));
            (
                "missing-field",
                format!("`{place}` has no `{field}`"),
                format!("add `{field}: ...`"),
            )
        }
        Error::DuplicateStructField { field, .. } => (
            "duplicate-field",
            format!("`{field}` is written twice"),
            "leave one of the two".to_owned(),
        ),
        Error::Eof => (
            "unclosed",
            "the text ends before its brackets are closed".to_owned(),
            "look for a bracket that was opened and not closed".to_owned(),
        ),
        Error::ExceededRecursionLimit => (
            "over-limit",
            "brackets are nested too deep".to_owned(),
            "conditions may be 16 deep".to_owned(),
        ),
        Error::UnclosedBlockComment => (
            "unclosed",
            "a comment that is not closed".to_owned(),
            "end it with */".to_owned(),
        ),
        Error::TrailingCharacters => (
            "syntax",
            "there is more text after the end of the scenario".to_owned(),
            "a bracket may be closed too early".to_owned(),
        ),
        other => guess(source, start, other),
    };
    fault(code, message, help)
}

/// What the place looks like, where the reader of RON is not specific enough.
fn guess(source: &str, start: usize, error: &ron::error::Error) -> (&'static str, String, String) {
    use ron::error::Error;

    let before = source[..start].trim_end();
    let here = &source[start..];
    let first = here.chars().next().unwrap_or(' ');
    let digit_before = before.ends_with(|c: char| c.is_ascii_digit()) && before.len() == start;
    if first == '.' && digit_before {
        return (
            "wrong-type",
            "a number with a decimal point".to_owned(),
            "every number in a scenario is a whole number".to_owned(),
        );
    }
    // A text that was not closed runs on to the next quote, so the complaint comes too late.
    let line_start = source[..start].rfind('\n').map_or(0, |at| at + 1);
    let earlier = source[..line_start].trim_end();
    let last_line = earlier.rsplit('\n').next().unwrap_or("");
    let this_line = source[line_start..].split('\n').next().unwrap_or("");
    let odd = |line: &str| {
        !line.trim_start().starts_with("//")
            && line.replace("\\\"", "").matches('"').count() % 2 == 1
    };
    if odd(this_line) || (odd(last_line) && !matches!(error, Error::ExpectedInteger)) {
        return (
            "unclosed",
            "a text that is not closed".to_owned(),
            "look for a missing \" on this line or the one before".to_owned(),
        );
    }
    match error {
        Error::ExpectedComma
        | Error::ExpectedMapEnd
        | Error::ExpectedArrayEnd
        | Error::ExpectedStructLikeEnd => {
            if before.ends_with([',', '(', '[', '{']) {
                (
                    "syntax",
                    format!("`{first}` does not belong here"),
                    "an item, or a closing bracket of the same kind as the opening one, goes here"
                        .to_owned(),
                )
            } else if before.len() == start && before.ends_with('"') && first.is_alphanumeric() {
                (
                    "missing-comma",
                    "the text ends at the quotation mark before this".to_owned(),
                    "write a backslash before each quotation mark inside a text: \\\"; or put a comma between two entries"
                        .to_owned(),
                )
            } else {
                (
                    "missing-comma",
                    "a comma is missing before this".to_owned(),
                    "put a comma after the item before it".to_owned(),
                )
            }
        }
        Error::ExpectedMapColon => (
            "syntax",
            "a colon is missing before this".to_owned(),
            "write \"name\": value".to_owned(),
        ),
        Error::ExpectedInteger | Error::IntegerOutOfBounds | Error::InvalidIntegerDigit { .. } => (
            "wrong-type",
            if first == '"' {
                "a text where a whole number belongs".to_owned()
            } else {
                "no whole number that fits here".to_owned()
            },
            "write a plain whole number such as 12, without quotes; only changes may be negative"
                .to_owned(),
        ),
        Error::ExpectedString => (
            "wrong-type",
            "a text in quotes belongs here".to_owned(),
            "write it between straight quotes: \"...\"".to_owned(),
        ),
        Error::ExpectedIdentifier | Error::ExpectedDifferentStructName { .. } if first == '"' => {
            let word = here[1..].split('"').next().unwrap_or("");
            let is_word = !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric());
            (
                "wrong-type",
                "a text where a fixed word belongs".to_owned(),
                if is_word {
                    format!("fixed words have no quotation marks: write {word}")
                } else {
                    "fixed words have no quotation marks, and begin with a capital letter"
                        .to_owned()
                },
            )
        }
        Error::ExpectedBoolean => (
            "wrong-type",
            "`true` or `false` belongs here".to_owned(),
            "write it without quotes".to_owned(),
        ),
        Error::ExpectedArray => (
            "wrong-type",
            "a list belongs here".to_owned(),
            "write it in square brackets: [ ... ], even for a single item".to_owned(),
        ),
        Error::ExpectedMap => (
            "wrong-type",
            "named entries belong here".to_owned(),
            "write them in curly brackets: { \"name\": ... }".to_owned(),
        ),
        Error::ExpectedStructLike
        | Error::ExpectedNamedStructLike(_)
        | Error::ExpectedDifferentStructName { .. } => (
            "wrong-type",
            "a value in round brackets belongs here".to_owned(),
            "write ( field: value, ... )".to_owned(),
        ),
        other => (
            "syntax",
            lower_first(&other.to_string()),
            "compare with the examples in scenarios/README.md".to_owned(),
        ),
    }
}

fn word_quote(source: &str, start: usize, end: usize) -> Option<(usize, char)> {
    let from = source.floor_char_boundary(start.saturating_sub(1));
    let to = source.ceil_char_boundary((end + 3).min(source.len()));
    source[from..to]
        .char_indices()
        .find(|(_, c)| {
            matches!(
                c,
                '\u{201C}' | '\u{201D}' | '\u{201E}' | '\u{2018}' | '\u{2019}'
            )
        })
        // Inside straight quotes a curly one is an ordinary character.
        .filter(|(at, _)| {
            let line = source[..from + at].rfind('\n').map_or(0, |n| n + 1);
            source[line..from + at]
                .matches('"')
                .count()
                .is_multiple_of(2)
        })
        .map(|(at, c)| (from + at, c))
}

/// Byte offset of a line and column as `ron` counts them, both from 1.
fn offset(source: &str, line: usize, column: usize) -> usize {
    let mut start = 0;
    for _ in 1..line {
        match source[start..].find('\n') {
            Some(at) => start += at + 1,
            None => return source.len(),
        }
    }
    source[start..]
        .char_indices()
        .nth(column.saturating_sub(1))
        .map_or(source.len(), |(at, _)| start + at)
}

fn list(words: &[&str]) -> String {
    words
        .iter()
        .map(|word| format!("`{word}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_lowercase().collect::<String>() + chars.as_str()
    })
}
