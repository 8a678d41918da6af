//! The wording list: words that hurt or that are unsafe to print, each with a better one.

use serde::{Deserialize, Serialize};

/// A wording list as its file writes it.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename = "Wording", deny_unknown_fields)]
pub struct WordingList {
    /// Version of the file format; 1 is the only one so far.
    pub format: u32,
    /// What to avoid, and what to write in its place.
    pub terms: Vec<Term>,
}

/// One thing to avoid.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The words, in every form in which they occur; letter case does not matter.
    pub avoid: Vec<String>,
    /// What to write in their place.
    pub instead: String,
    /// Why, in one sentence.
    pub because: String,
    /// Where the words are not wanted.
    #[serde(default)]
    pub unwanted: Unwanted,
}

/// Where words are not wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
pub enum Unwanted {
    /// In everything that we say ourselves; people in the encounter may say it, as people do.
    #[default]
    InOurWords,
    /// Anywhere, whoever says it: it is unsafe to read.
    Anywhere,
}
