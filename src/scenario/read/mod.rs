//! From bytes to a draft: everything that can be wrong before a name is looked up.
//!
//! The file is read as a whole; only when that fails is it taken apart, so that one run can
//! tell every piece that cannot be read and the rest can still be checked.

mod explain;
mod pieces;

use std::ops::Range;

use ron::extensions::Extensions;
use serde::de::DeserializeOwned;

use super::draft::ScenarioDraft;

use explain::explain;
use pieces::Pieces;

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
    let mut pieces = Pieces::of(source);
    if pieces.faults.is_empty() {
        pieces.faults.push(whole);
    }
    let draft = pieces.rest();
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
