//! From bytes to a draft: everything that can be wrong before a name is looked up.
//!
//! The file is read as a whole; only when that fails is it taken apart, so that one run can
//! tell every piece that cannot be read and the rest can still be checked.

use std::ops::Range;

use ron::extensions::Extensions;
use serde::de::DeserializeOwned;

use super::diagnostic::nearest;
use super::draft::{
    BeatDraft, Briefing, CastMember, ChoiceDraft, Condition, DecisionDraft, Effect, EndingDraft,
    Entries, EventDraft, LineDraft, MeterDraft, Objectives, Reference, Review, RouteDraft,
    ScenarioDraft, Setting, SilenceDraft, Standing, StandingDraft, Start, Variant,
};
use super::locate::{self, Part};

/// Largest file that is read, in bytes.
pub(super) const LARGEST_FILE: u64 = 16 * 1024 * 1024;

/// A fault with its place in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TextFault {
    pub code: &'static str,
    pub message: String,
    pub help: String,
    pub span: Range<usize>,
}

impl TextFault {
    /// Whether it is about brackets, commas and quotation marks, and not about what stands between.
    fn is_of_form(&self) -> bool {
        matches!(
            self.code,
            "syntax" | "unclosed" | "missing-comma" | "word-quotes"
        )
    }
}

/// What could be read of a scenario file.
#[derive(Debug)]
pub(super) struct Reading {
    /// The draft, without the entries named in `unread`.
    pub draft: Option<ScenarioDraft>,
    /// Beats and endings that stand in the file but could not be read.
    pub unread: Vec<String>,
    /// Fields that have lost an entry in this way.
    pub lost: Vec<&'static str>,
    /// Whether everything in the file is in the draft.
    pub is_whole: bool,
    pub faults: Vec<TextFault>,
}

/// Text from the bytes of a file.
///
/// # Errors
/// A fault if the bytes are not UTF-8 text; the text that could be saved comes with it.
pub(super) fn text_from(bytes: &[u8]) -> Result<String, (String, TextFault)> {
    let fault = |message: &str, help: &str, span: Range<usize>| TextFault {
        code: "not-utf-8",
        message: message.to_owned(),
        help: help.to_owned(),
        span,
    };
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let nulls = bytes.iter().take(64).filter(|b| **b == 0).count();
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") || nulls > 4 {
        return Err((
            String::new(),
            fault(
                "the file is saved as UTF-16",
                "in the editor choose Save As and the encoding UTF-8 (Notepad offers it beside the Save button)",
                0..0,
            ),
        ));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => {
            let at = error.valid_up_to();
            let text = String::from_utf8_lossy(bytes).into_owned();
            Err((
                text,
                fault(
                    "a character here is not UTF-8",
                    "the file was probably saved as Windows-1252: save it again with the encoding UTF-8",
                    at..at + 1,
                ),
            ))
        }
    }
}

fn options() -> ron::Options {
    ron::Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME | Extensions::UNWRAP_VARIANT_NEWTYPES)
}

/// Reads one value of `text`.
///
/// # Errors
/// What cannot be read, with its place.
pub(super) fn value<T: DeserializeOwned>(text: &str) -> Result<T, TextFault> {
    options()
        .from_str::<T>(text)
        .map_err(|error| explain(text, &error))
}

fn piece<T: DeserializeOwned>(source: &str, span: &Range<usize>) -> Option<TextFault> {
    let text = source.get(span.clone())?;
    value::<T>(text).err().map(|mut fault| {
        fault.span = fault.span.start + span.start..fault.span.end + span.start;
        fault
    })
}

/// Reads a scenario file.
pub(super) fn read(source: &str) -> Reading {
    let whole = match value::<ScenarioDraft>(source) {
        Ok(draft) => {
            return Reading {
                draft: Some(draft),
                unread: Vec::new(),
                lost: Vec::new(),
                is_whole: true,
                faults: Vec::new(),
            };
        }
        Err(fault) => fault,
    };
    let mut pieces = Pieces {
        source,
        faults: Vec::new(),
        blank: Vec::new(),
        unread: Vec::new(),
        lost: Vec::new(),
        missing: Vec::new(),
    };
    pieces.scenario();
    // A slip of form hides what stands after it: what then seems to be missing is told when the
    // form is right.
    if !pieces.faults.iter().any(TextFault::is_of_form) {
        let missing = std::mem::take(&mut pieces.missing);
        pieces.faults.extend(missing);
    }
    if pieces.faults.is_empty() {
        pieces.faults.push(whole);
    }
    let mut patched = source.as_bytes().to_vec();
    for span in &pieces.blank {
        for byte in &mut patched[span.clone()] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
    }
    let draft = (!pieces.blank.is_empty())
        .then(|| String::from_utf8(patched).ok())
        .flatten()
        .and_then(|text| value::<ScenarioDraft>(&text).ok());
    let mut faults = pieces.faults;
    faults.sort_by_key(|fault| fault.span.start);
    faults.dedup();
    Reading {
        draft,
        unread: pieces.unread,
        lost: pieces.lost,
        is_whole: false,
        faults,
    }
}

struct Pieces<'s> {
    source: &'s str,
    faults: Vec<TextFault>,
    blank: Vec<Range<usize>>,
    unread: Vec<String>,
    lost: Vec<&'static str>,
    /// Fields of the scenario that seem not to be there.
    missing: Vec<TextFault>,
}

const FIELDS: [(&str, bool); 25] = [
    ("format", true),
    ("id", true),
    ("title", true),
    ("version", true),
    ("course", true),
    ("tracks", true),
    ("level", true),
    ("minutes", true),
    ("summary", true),
    ("content_notes", false),
    ("review", true),
    ("jurisdiction", true),
    ("references", false),
    ("objectives", true),
    ("setting", true),
    ("briefing", true),
    ("cast", true),
    ("start", true),
    ("facts", false),
    ("meters", false),
    ("counters", false),
    ("variations", false),
    ("standing", false),
    ("moves", false),
    ("events", false),
];

/// Every field of a scenario.
fn fields() -> impl Iterator<Item = &'static str> {
    let head = FIELDS.iter().map(|(name, _)| *name);
    head.chain(["beats", "endings"])
}

fn is_field(word: &str) -> bool {
    fields().any(|name| name == word)
}

impl<'s> Pieces<'s> {
    fn scenario(&mut self) {
        let root = locate::root(self.source);
        let parts = locate::parts(self.source, &root);
        if !parts.iter().any(|part| !part.name.is_empty()) {
            return;
        }
        // What stands between two named fields is told once, and not at all after a fault.
        let mut is_told = false;
        for part in &parts {
            let before = self.faults.len();
            if !(part.name.is_empty() && is_told) {
                self.field(part);
            }
            is_told = self.faults.len() > before || part.name.is_empty();
        }
        // A field that is missing is told at the end of the head, once each.
        let known = |name: &str| {
            parts.iter().any(|part| {
                part.name == name || part.name.is_empty() && self.word_of(&part.value) == name
            })
        };
        let required = FIELDS
            .iter()
            .filter(|(_, required)| *required)
            .map(|(name, _)| *name)
            .chain(["beats", "endings"]);
        // Of a text that breaks off, or whose last bracket comes too early, nobody knows what would
        // have followed.
        let is_whole = parts.last().is_some_and(|last| self.is_end(last.value.end));
        let missing: Vec<&str> = required.filter(|name| is_whole && !known(name)).collect();
        for name in missing {
            self.missing.push(TextFault {
                code: "missing-field",
                message: format!("the scenario has no `{name}`"),
                help: format!(
                    "add `{name}: ...` beside `id:`; scenarios/README.md shows what belongs there"
                ),
                span: root.start..(root.start + "Scenario".len()).min(root.end),
            });
        }
    }

    /// Whether nothing but the scenario's closing bracket, and perhaps comments, follows.
    fn is_end(&self, from: usize) -> bool {
        let rest = self.source.get(from..).unwrap_or("");
        let left: String = rest
            .lines()
            .filter_map(|line| line.split("//").next())
            .flat_map(str::chars)
            .filter(|c| !c.is_whitespace())
            .collect();
        let left = left.strip_prefix(',').unwrap_or(&left);
        left == ")" || left.starts_with(")/*") || left.starts_with("/*")
    }

    /// The word that a piece begins with.
    fn word_of(&self, value: &Range<usize>) -> &'s str {
        let text = self.source.get(value.clone()).unwrap_or("");
        let end = text.find(|c: char| c != '_' && !c.is_ascii_lowercase());
        &text[..end.unwrap_or(text.len())]
    }

    fn field(&mut self, part: &Part<'s>) {
        let value = &part.value;
        match part.name {
            "" if is_field(self.word_of(value)) => {
                let name = self.word_of(value);
                self.faults.push(TextFault {
                    code: "syntax",
                    message: format!("there is no colon after `{name}`"),
                    help: format!("write `{name}: ...`"),
                    span: value.start..value.start + name.len(),
                });
            }
            "beats" => self.entries(value, "beats", Self::beat),
            "endings" => self.entries(value, "endings", Pieces::one::<EndingDraft>),
            "cast" => self.entries(value, "cast", Pieces::one::<CastMember>),
            "references" => self.entries(value, "references", Pieces::one::<Reference>),
            "meters" => self.entries(value, "meters", Pieces::one::<MeterDraft>),
            "variations" => self.entries(value, "variations", Pieces::one::<Vec<Variant>>),
            "facts" => self.check::<Entries<String>>(value),
            "counters" => self.check::<Entries<u8>>(value),
            "events" => self.items(value, Self::event),
            "moves" => self.items(value, Self::standing),
            "standing" => self.check::<Vec<Standing>>(value),
            "format" => self.check::<u32>(value),
            "minutes" => self.check::<u16>(value),
            "id" | "title" | "version" | "course" | "summary" => self.check::<String>(value),
            "tracks" => self.check::<Vec<crate::course::Track>>(value),
            "level" => self.check::<super::draft::Difficulty>(value),
            "content_notes" => self.check::<Vec<String>>(value),
            "review" => self.check::<Review>(value),
            "jurisdiction" => self.check::<super::draft::Jurisdiction>(value),
            "objectives" => self.check::<Objectives>(value),
            "setting" => self.check::<Setting>(value),
            "briefing" => self.check::<Briefing>(value),
            "start" => self.check::<Start>(value),
            name => {
                let is_entry = self.source[part.name_span.clone()].starts_with('"');
                let help = match nearest(name, fields()) {
                    _ if is_entry => {
                        "a name in quotation marks belongs into `beats`, `endings` or the like: look for a bracket too many before it"
                            .to_owned()
                    }
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "remove it, or see scenarios/README.md for the fields of a scenario"
                        .to_owned(),
                };
                let message = if name.is_empty() {
                    "a value without a field name".to_owned()
                } else {
                    format!("a scenario has no field `{name}`")
                };
                self.faults.push(TextFault {
                    code: "unknown-field",
                    message,
                    help,
                    span: if part.name_span.is_empty() {
                        part.value.clone()
                    } else {
                        part.name_span.clone()
                    },
                });
            }
        }
    }

    fn check<T: DeserializeOwned>(&mut self, span: &Range<usize>) {
        self.one::<T>(span);
    }

    /// Whether the value could be read.
    fn one<T: DeserializeOwned>(&mut self, span: &Range<usize>) -> bool {
        match piece::<T>(self.source, span) {
            None => true,
            Some(fault) => {
                self.faults.push(fault);
                false
            }
        }
    }

    fn entries(
        &mut self,
        map: &Range<usize>,
        field: &'static str,
        read: impl Fn(&mut Self, &Range<usize>) -> bool,
    ) {
        let mut is_told = false;
        for part in locate::parts(self.source, map) {
            if part.name.is_empty() {
                let text = self.source.get(part.value.clone()).unwrap_or("");
                let (message, help) = if text.starts_with('"') {
                    (
                        format!("there is no colon after `{text}`"),
                        format!("write {text}: (...)"),
                    )
                } else {
                    (
                        "an entry without a name".to_owned(),
                        "write \"name\": (...)".to_owned(),
                    )
                };
                // What follows the first of them is most likely a part of it.
                if !std::mem::replace(&mut is_told, true) {
                    self.faults.push(TextFault {
                        code: "syntax",
                        message,
                        help,
                        span: part.value,
                    });
                }
                continue;
            }
            is_told = false;
            if !read(self, &part.value) {
                let start = part.name_span.start;
                let mut end = part.value.end;
                let after = self.source.get(end..).unwrap_or("");
                let gap = after.len() - after.trim_start().len();
                if after.trim_start().starts_with(',') {
                    end += gap + 1;
                }
                self.blank.push(start..end);
                self.lost.push(field);
                if matches!(field, "beats" | "endings") {
                    self.unread.push(part.name.to_owned());
                }
            }
        }
    }

    /// Reads a list item by item; whether all could be read.
    fn items(&mut self, list: &Range<usize>, read: impl Fn(&mut Self, &Range<usize>) -> bool) {
        self.all(list, read);
    }

    fn all(
        &mut self,
        list: &Range<usize>,
        read: impl Fn(&mut Self, &Range<usize>) -> bool,
    ) -> bool {
        let mut fine = true;
        for part in locate::parts(self.source, list) {
            fine &= read(self, &part.value);
        }
        fine
    }

    /// Reads a value; if it cannot be read, looks into its parts for every reason there is.
    fn dig<T: DeserializeOwned>(
        &mut self,
        span: &Range<usize>,
        into: impl Fn(&mut Self, &Part<'s>) -> bool,
    ) -> bool {
        let Some(own) = piece::<T>(self.source, span) else {
            return true;
        };
        let before = self.faults.len();
        for part in locate::parts(self.source, span) {
            into(self, &part);
        }
        if self.faults.len() == before || !covered(&self.faults[before..], &own) {
            self.faults.push(own);
        }
        false
    }

    fn beat(&mut self, span: &Range<usize>) -> bool {
        self.dig::<BeatDraft>(span, |this, part| match part.name {
            "lines" => this.all(&part.value, Pieces::line),
            "effects" => this.all(&part.value, Pieces::one::<Effect>),
            "routes" => this.all(&part.value, Pieces::one::<RouteDraft>),
            "moves" => this.all(&part.value, Self::standing),
            "decision" => this.dig::<DecisionDraft>(&part.value, |this, part| match part.name {
                "choices" => this.all(&part.value, Self::choice),
                "silence" => this.dig::<SilenceDraft>(&part.value, Self::common),
                "window" => this.one::<u16>(&part.value),
                _ => true,
            }),
            _ => true,
        })
    }

    fn choice(&mut self, span: &Range<usize>) -> bool {
        self.dig::<ChoiceDraft>(span, Self::common)
    }

    fn event(&mut self, span: &Range<usize>) -> bool {
        self.dig::<EventDraft>(span, Self::common)
    }

    fn standing(&mut self, span: &Range<usize>) -> bool {
        self.dig::<StandingDraft>(span, Self::common)
    }

    fn line(&mut self, span: &Range<usize>) -> bool {
        self.dig::<LineDraft>(span, Self::common)
    }

    /// Fields that moves, events and lines share.
    fn common(&mut self, part: &Part<'s>) -> bool {
        match part.name {
            "when" => self.all(&part.value, Pieces::one::<Condition>),
            "effects" => self.all(&part.value, Pieces::one::<Effect>),
            "replies" | "lines" => self.all(&part.value, Pieces::line),
            "routes" => self.all(&part.value, Pieces::one::<RouteDraft>),
            "evidence" => self.one::<Entries<crate::course::Level>>(&part.value),
            _ => true,
        }
    }
}

fn covered(faults: &[TextFault], own: &TextFault) -> bool {
    faults
        .iter()
        .any(|fault| fault.span.start == own.span.start || fault.message == own.message)
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

/// Turns what the reader of RON says into what an author can act on.
fn explain(source: &str, error: &ron::error::SpannedError) -> TextFault {
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

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_lowercase().collect::<String>() + chars.as_str()
    })
}
