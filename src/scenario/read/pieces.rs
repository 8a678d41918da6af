//! A file that cannot be read as a whole, taken apart: each piece is read by itself, so that every
//! fault is found and the rest can still be checked.

use std::ops::Range;

use serde::de::DeserializeOwned;

use crate::course::{Level, Track};

use super::super::diagnostic::nearest;
use super::super::draft::{
    BeatDraft, Briefing, CastMember, ChoiceDraft, Condition, DecisionDraft, Difficulty, Effect,
    EndingDraft, Entries, EventDraft, Jurisdiction, LineDraft, MeterDraft, Objectives, Reference,
    Review, RouteDraft, ScenarioDraft, Setting, SilenceDraft, Standing, StandingDraft, Start,
    Variant,
};
use super::super::locate::{self, Part};
use super::{TextFault, value};

/// A file taken apart.
pub(super) struct Pieces<'s> {
    source: &'s str,
    pub(super) faults: Vec<TextFault>,
    /// What the rest can be read without.
    blank: Vec<Range<usize>>,
    pub(super) unread: Vec<String>,
    pub(super) lost: Vec<&'static str>,
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
    /// Takes a file apart and reads every piece of it.
    pub(super) fn of(source: &'s str) -> Self {
        let mut pieces = Self {
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
        pieces
    }

    /// The draft without the pieces that cannot be read, if it can be read without them.
    pub(super) fn rest(&self) -> Option<ScenarioDraft> {
        if self.blank.is_empty() {
            return None;
        }
        let mut patched = self.source.as_bytes().to_vec();
        for span in &self.blank {
            for byte in &mut patched[span.clone()] {
                if *byte != b'\n' {
                    *byte = b' ';
                }
            }
        }
        let text = String::from_utf8(patched).ok()?;
        value::<ScenarioDraft>(&text).ok()
    }

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
            "tracks" => self.check::<Vec<Track>>(value),
            "level" => self.check::<Difficulty>(value),
            "content_notes" => self.check::<Vec<String>>(value),
            "review" => self.check::<Review>(value),
            "jurisdiction" => self.check::<Jurisdiction>(value),
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

    /// Reads a list item by item, whatever becomes of each.
    fn items(&mut self, list: &Range<usize>, read: impl Fn(&mut Self, &Range<usize>) -> bool) {
        self.all(list, read);
    }

    /// Reads a list item by item; whether all could be read.
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
            "evidence" => self.one::<Entries<Level>>(&part.value),
            _ => true,
        }
    }
}

fn covered(faults: &[TextFault], own: &TextFault) -> bool {
    faults
        .iter()
        .any(|fault| fault.span.start == own.span.start || fault.message == own.message)
}

fn piece<T: DeserializeOwned>(source: &str, span: &Range<usize>) -> Option<TextFault> {
    let text = source.get(span.clone())?;
    value::<T>(text).err().map(|mut fault| {
        fault.span = fault.span.start + span.start..fault.span.end + span.start;
        fault
    })
}
