//! What is wrong with an author's file: one value, three renderings.
//!
//! A [`Diagnostic`] says what is wrong, where, and what to do. It is shown as a source frame,
//! as plain lines for a screen reader, or as JSON; all three come from the same value.

use std::fmt::Write as _;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde::Serialize;

use super::locate;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The scenario cannot be played.
    Error,
    /// It can be played, but something is probably not as meant.
    Warning,
    /// Worth knowing, and no fault.
    Notice,
}

/// One step of the way to a place in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A named field.
    Field(&'static str),
    /// The entry of a map with this key; the number counts earlier entries of the same key.
    Key(String, usize),
    /// An item of a list.
    Index(usize),
}

/// The way to a place in a file, built on the stack so that a file without faults costs nothing.
#[derive(Debug, Clone, Copy)]
pub struct At<'a> {
    parent: Option<&'a At<'a>>,
    step: AtStep<'a>,
}

#[derive(Debug, Clone, Copy)]
enum AtStep<'a> {
    Root,
    Field(&'static str),
    Key(&'a str, usize),
    Index(usize),
}

impl<'a> At<'a> {
    /// The file as a whole.
    #[must_use]
    pub const fn root() -> Self {
        Self {
            parent: None,
            step: AtStep::Root,
        }
    }

    /// A field of this place.
    #[must_use]
    pub const fn field(&'a self, name: &'static str) -> Self {
        Self {
            parent: Some(self),
            step: AtStep::Field(name),
        }
    }

    /// An entry of this map.
    #[must_use]
    pub const fn key(&'a self, key: &'a str) -> Self {
        self.nth_key(key, 0)
    }

    /// An entry of this map, where `earlier` entries before it have the same key.
    #[must_use]
    pub const fn nth_key(&'a self, key: &'a str, earlier: usize) -> Self {
        Self {
            parent: Some(self),
            step: AtStep::Key(key, earlier),
        }
    }

    /// An item of this list.
    #[must_use]
    pub const fn index(&'a self, index: usize) -> Self {
        Self {
            parent: Some(self),
            step: AtStep::Index(index),
        }
    }

    /// The steps from the file to this place.
    #[must_use]
    pub fn steps(&self) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut at = Some(self);
        while let Some(here) = at {
            match here.step {
                AtStep::Root => {}
                AtStep::Field(name) => steps.push(Step::Field(name)),
                AtStep::Key(key, earlier) => steps.push(Step::Key(key.to_owned(), earlier)),
                AtStep::Index(index) => steps.push(Step::Index(index)),
            }
            at = here.parent;
        }
        steps.reverse();
        steps
    }
}

/// The way as an author reads it, such as `beats.arrive.decision.choices[2].to`.
#[must_use]
pub fn path_text(steps: &[Step]) -> String {
    let mut text = String::new();
    for step in steps {
        match step {
            Step::Field(name) => {
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(name);
            }
            Step::Key(key, _) => {
                text.push('.');
                text.push_str(key);
            }
            Step::Index(index) => {
                let _ = write!(text, "[{index}]");
            }
        }
    }
    text
}

/// One thing wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad.
    pub severity: Severity,
    /// Name of the rule, such as `unknown-target`; `explain` has its page.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// File, as the user named it.
    pub file: String,
    /// Where in the file's structure.
    pub path: String,
    /// Where in the file's text, in bytes.
    pub span: Option<Range<usize>>,
    /// What to do.
    pub help: String,
}

/// A place as people count it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// Line and column of a byte offset.
#[must_use]
pub fn position(source: &str, offset: usize) -> Position {
    let offset = source.floor_char_boundary(offset.min(source.len()));
    let before = &source[..offset];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    Position {
        line: before.matches('\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
    }
}

/// Moves a span to whole characters and at least one of them.
#[must_use]
pub fn whole_characters(source: &str, span: &Range<usize>) -> Range<usize> {
    let start = source.floor_char_boundary(span.start.min(source.len()));
    let end = source.ceil_char_boundary(span.end.clamp(start, source.len()));
    start..end
}

impl Diagnostic {
    /// A fault of a scenario that is known by the way through its structure.
    #[must_use]
    pub fn at(
        severity: Severity,
        code: &'static str,
        (message, help): (String, String),
        file: &str,
        source: &str,
        steps: &[Step],
    ) -> Self {
        let mut this = Self {
            severity,
            code,
            message,
            file: file.to_owned(),
            path: String::new(),
            span: None,
            help,
        };
        this.locate(source, steps);
        this
    }

    /// Finds the place in the text for a way through the structure.
    pub(super) fn locate(&mut self, source: &str, steps: &[Step]) {
        self.path = path_text(steps);
        self.span = locate::span_of(source, steps);
    }

    /// The source frame that a terminal shows.
    #[must_use]
    pub fn frame(&self, source: &str, coloured: bool) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Notice => Level::NOTE,
        };
        let title = level.primary_title(self.message.as_str()).id(self.code);
        let mut group = match &self.span {
            Some(span) => {
                let span = whole_characters(source, span);
                // Only the lines around the fault are handed over: a frame must not cost more
                // for a large file.
                let from = source[..span.start].rfind('\n').map_or(0, |at| at + 1);
                let to = source[span.end..]
                    .find('\n')
                    .map_or(source.len(), |at| span.end + at);
                let shown_end = span.end.min(first_line_end(source, span.start));
                let line = position(source, from).line;
                Group::with_title(title).element(
                    Snippet::source(&source[from..to.max(from)])
                        .line_start(line)
                        .path(self.file.as_str())
                        .annotation(
                            AnnotationKind::Primary
                                .span(span.start - from..shown_end.max(span.start) - from)
                                .label(self.path.as_str()),
                        ),
                )
            }
            None => Group::with_title(title)
                .element(annotate_snippets::Origin::path(self.file.as_str())),
        };
        if !self.help.is_empty() {
            group = group.element(Level::HELP.message(self.help.as_str()));
        }
        let renderer = if coloured {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        renderer.render(&[group])
    }

    /// One plain sentence after another, for a screen reader.
    #[must_use]
    pub fn plain(&self, source: &str) -> String {
        let severity = match self.severity {
            Severity::Error => "Error",
            Severity::Warning => "Warning",
            Severity::Notice => "Notice",
        };
        let place = self.span.as_ref().map_or_else(String::new, |span| {
            let at = position(source, span.start);
            format!(", line {}, column {}", at.line, at.column)
        });
        let path = if self.path.is_empty() {
            String::new()
        } else {
            format!(" In {}.", self.path)
        };
        let help = if self.help.is_empty() {
            String::new()
        } else {
            format!(" {}", self.help)
        };
        format!(
            "{severity} {} in {}{place}: {}.{path}{help}",
            self.code, self.file, self.message
        )
    }

    /// The value that `--json` prints.
    #[must_use]
    pub fn json(&self, source: &str) -> serde_json::Value {
        let place = self.span.as_ref().map(|span| position(source, span.start));
        let end = self.span.as_ref().map(|span| position(source, span.end));
        let excerpt = self.span.as_ref().map(|span| {
            let start = source.floor_char_boundary(span.start.min(source.len()));
            let from = source[..start].rfind('\n').map_or(0, |at| at + 1);
            source[from..first_line_end(source, start)].trim_end()
        });
        serde_json::json!({
            "severity": self.severity,
            "code": self.code,
            "file": self.file,
            "line": place.map(|p| p.line),
            "column": place.map(|p| p.column),
            "end_line": end.map(|p| p.line),
            "end_column": end.map(|p| p.column),
            "path": self.path,
            "message": self.message,
            "help": self.help,
            "excerpt": excerpt,
        })
    }
}

fn first_line_end(source: &str, from: usize) -> usize {
    source[from..]
        .find('\n')
        .map_or(source.len(), |at| from + at)
}

/// The name in `known` nearest to `name`, if one is near enough to be meant.
pub fn nearest<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let most = (name.chars().count() / 3).max(2);
    known
        .into_iter()
        .map(|candidate| (strsim::osa_distance(name, candidate), candidate))
        .filter(|(distance, _)| *distance <= most)
        .min()
        .map(|(_, candidate)| candidate)
}

/// "did you mean" or a list of what there is.
pub fn suggest<'n>(
    name: &str,
    what: &str,
    known: impl IntoIterator<Item = &'n str> + Clone,
) -> String {
    if let Some(near) = nearest(name, known.clone()) {
        return format!("did you mean `{near}`?");
    }
    let mut all: Vec<&str> = known.into_iter().collect();
    all.sort_unstable();
    let more = all.len().saturating_sub(8);
    all.truncate(8);
    match (all.is_empty(), more) {
        (true, _) => format!("there is no {what} yet; declare it first"),
        (false, 0) => format!("the {what}s are: {}", all.join(", ")),
        (false, _) => format!("some of the {what}s: {} (and {more} more)", all.join(", ")),
    }
}
