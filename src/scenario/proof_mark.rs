//! What a proof said of a scenario, kept beside it with the fingerprint of what was proven.
//!
//! As with signatures, an edit needs no undoing: the fingerprint no longer fits, and the mark says
//! nothing any more; nor does it after the program's version has changed, which may play otherwise.

use serde::{Deserialize, Serialize};

/// Name and version of this program, as it stands in marks and attempts.
pub const ENGINE: &str = concat!("common-ground ", env!("CARGO_PKG_VERSION"));

/// What a proof came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Proven {
    /// Every path was tried, the guessers played, and nothing was found.
    Whole,
    /// Nothing was found, and not every path could be tried.
    Partly,
    /// Something was found.
    Faults,
}

/// The file beside a scenario that says what a proof came to.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ProofMark {
    /// Version of the file format; 1 is the only one so far.
    pub format: u32,
    /// Id of the scenario.
    pub scenario: String,
    /// On which day, `YYYY-MM-DD`.
    pub on: String,
    /// Name and version of the program that proved it.
    pub engine: String,
    /// Fingerprint of what was proven, as signatures have it.
    pub content: String,
    /// States that are known to be reached: there are at least so many.
    pub states: u64,
    /// Whether everything that is asked was decided for every state that play can reach.
    pub is_exhausted: bool,
    /// How much was found, guessers that pass too often included.
    pub findings: u32,
    /// Runs of each guesser.
    pub guesser_runs: u32,
}

impl ProofMark {
    /// What it says, if it speaks of this content and this program.
    #[must_use]
    pub fn says_of(&self, content: &str) -> Option<Proven> {
        if self.content != content || self.engine != ENGINE {
            return None;
        }
        Some(if self.findings > 0 {
            Proven::Faults
        } else if self.is_exhausted && self.guesser_runs > 0 {
            Proven::Whole
        } else {
            Proven::Partly
        })
    }

    /// The file's text.
    ///
    /// # Errors
    /// None that is known: the values are plain. An error of the writer is passed on.
    pub fn text(&self) -> Result<String, ron::Error> {
        let pretty = ron::ser::PrettyConfig::new()
            .struct_names(true)
            .new_line("\n");
        let body = ron::ser::to_string_pretty(self, pretty)?;
        Ok(format!(
            "// Written by `common-ground prove --keep`. It says nothing once what it proved is changed.\n{body}\n"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_speaks_of_what_was_proven_and_of_nothing_else() {
        let whole = ProofMark {
            format: 1,
            scenario: "x".to_owned(),
            on: "2026-11-29".to_owned(),
            engine: ENGINE.to_owned(),
            content: "now".to_owned(),
            states: 10_000,
            is_exhausted: true,
            findings: 0,
            guesser_runs: 1_000,
        };
        assert_eq!(whole.says_of("now"), Some(Proven::Whole));
        assert_eq!(whole.says_of("then"), None);
        let older = ProofMark {
            engine: "common-ground 0.0.1".to_owned(),
            ..whole.clone()
        };
        assert_eq!(older.says_of("now"), None);
        for partly in [
            ProofMark {
                is_exhausted: false,
                ..whole.clone()
            },
            ProofMark {
                guesser_runs: 0,
                ..whole.clone()
            },
        ] {
            assert_eq!(partly.says_of("now"), Some(Proven::Partly));
        }
        let found = ProofMark {
            findings: 1,
            ..whole.clone()
        };
        assert_eq!(found.says_of("now"), Some(Proven::Faults));
        let text = whole.text().unwrap();
        assert_eq!(ron::from_str::<ProofMark>(&text).unwrap(), whole);
    }
}
