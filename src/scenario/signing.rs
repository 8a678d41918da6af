//! Who has put their name to a scenario, and whether it is fit to assess anybody.
//!
//! Signatures stand in a file beside the scenario, each with the fingerprint of what was signed.
//! An edit needs no undoing of signatures: the fingerprint no longer fits, and they lapse. A
//! signature here is a statement that people make in front of their colleagues. It is no
//! cryptographic signature: whoever may write in the folder may write one.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::course::{Course, UnreadyAssessment};

use super::proof_mark::Proven;
use super::scenario::Scenario;

/// What a report and a page say of an assessment with a scenario that is not ready.
pub const TRIAL: &str = "Trial, not approved for assessment";

/// In which capacity somebody signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
pub enum SignedAs {
    /// Knows the work: practice, law and policy are right.
    Expert,
    /// Has lived through something like it: it is true, and does no harm.
    LivedExperience,
    /// Answers for the force: it may be used to assess.
    Force,
    /// Takes it out of use.
    Retired,
}

impl SignedAs {
    /// The capacity in words.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Expert => "subject-matter expert",
            Self::LivedExperience => "somebody with lived experience",
            Self::Force => "the force",
            Self::Retired => "retired",
        }
    }
}

/// One name under one scenario.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    /// In which capacity.
    pub capacity: SignedAs,
    /// Who.
    pub name: String,
    /// What they are, such as `custody nurse`.
    pub role: String,
    /// On which day, `YYYY-MM-DD`.
    pub on: String,
    /// The author's version at the time, for the reader.
    pub version: String,
    /// Fingerprint of what was signed.
    pub content: String,
}

impl Signature {
    /// Whether this is the name of who signed, however it is spaced and whatever its capitals.
    #[must_use]
    pub fn is_by(&self, name: &str) -> bool {
        folded(&self.name) == folded(name)
    }
}

/// A name as it is compared: small letters, one blank between words.
fn folded(name: &str) -> String {
    let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ")
}

/// The file beside a scenario that holds its signatures, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename = "Signatures", deny_unknown_fields)]
pub struct Signatures {
    /// Version of the file format; 1 is the only one so far.
    pub format: u32,
    /// Id of the scenario.
    pub scenario: String,
    /// The signatures, those of earlier versions too.
    pub signed: Vec<Signature>,
}

impl Signatures {
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
            "// Written by `common-ground sign`. A signature lapses when what it signed is changed.\n{body}\n"
        ))
    }
}

/// How far the present content has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum SignOff {
    /// Nobody has signed it.
    Draft,
    /// A subject-matter expert has.
    Checked,
    /// So has somebody with lived experience.
    Lived,
    /// The force has approved it.
    Approved,
    /// It has been taken out of use.
    Retired,
}

impl SignOff {
    /// In a few words.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Draft => "Draft: nobody has signed it",
            Self::Checked => "Checked by a subject-matter expert",
            Self::Lived => "Checked by an expert and by somebody with lived experience",
            Self::Approved => "Approved by the force",
            Self::Retired => "Retired: no longer in use",
        }
    }
}

/// Whether a scenario is fit to assess anybody: proven, signed and in date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Readiness {
    /// How far the sign-off has come for the present content.
    pub sign_off: SignOff,
    /// The signatures that fit the present content.
    pub signatures: Vec<Signature>,
    /// Signatures of content that has been changed since.
    pub lapsed: usize,
    /// Whether review and law are in date.
    pub is_in_date: bool,
    /// What a proof of the present content came to; none where nobody has looked.
    pub proven: Option<Proven>,
}

impl Default for Readiness {
    fn default() -> Self {
        Self {
            sign_off: SignOff::Draft,
            signatures: Vec::new(),
            lapsed: 0,
            is_in_date: true,
            proven: None,
        }
    }
}

impl Readiness {
    /// Judges the signatures of a scenario by the fingerprint of its present content.
    #[must_use]
    pub fn of(signatures: &Signatures, content: &str, is_in_date: bool) -> Self {
        let (fit, gone): (Vec<&Signature>, Vec<&Signature>) = signatures
            .signed
            .iter()
            .partition(|signature| signature.content == content);
        // What is signed after a retirement counts again; what went before it does not.
        let from = fit
            .iter()
            .rposition(|signature| signature.capacity == SignedAs::Retired);
        let is_retired = from.is_some_and(|at| at + 1 == fit.len());
        let fit = &fit[from.map_or(0, |at| at + 1)..];
        let has = |capacity| fit.iter().any(|signature| signature.capacity == capacity);
        let (expert, lived) = (has(SignedAs::Expert), has(SignedAs::LivedExperience));
        let sign_off = match (is_retired, expert, lived, has(SignedAs::Force)) {
            (true, ..) => SignOff::Retired,
            (false, true, true, true) => SignOff::Approved,
            (false, true, true, false) => SignOff::Lived,
            (false, true, ..) => SignOff::Checked,
            (false, false, ..) => SignOff::Draft,
        };
        Self {
            sign_off,
            signatures: fit.iter().map(|signature| (*signature).clone()).collect(),
            lapsed: gone.len(),
            is_in_date,
            proven: None,
        }
    }

    /// The same, with what a proof said of the present content.
    #[must_use]
    pub const fn with_proof(mut self, proven: Option<Proven>) -> Self {
        self.proven = proven;
        self
    }

    /// Whether it may assess somebody.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.sign_off == SignOff::Approved && self.is_in_date && self.proven == Some(Proven::Whole)
    }

    /// What is wanting before it may assess somebody, one clause each; empty when ready.
    #[must_use]
    pub fn wants(&self) -> Vec<&'static str> {
        let mut wants = Vec::new();
        match self.proven {
            Some(Proven::Whole) => {}
            Some(Proven::Partly) => wants.push("not every path of it could be tried"),
            Some(Proven::Faults) => wants.push("the proof found faults"),
            None => wants.push("no proof has been made of its present content"),
        }
        match self.sign_off {
            SignOff::Approved => {}
            SignOff::Retired => wants.push("it has been retired"),
            SignOff::Lived => wants.push("the force has not approved it"),
            SignOff::Checked => {
                wants.push("nobody with lived experience has signed its present content");
            }
            SignOff::Draft if self.lapsed > 0 => {
                wants.push("it was changed after it was signed");
            }
            SignOff::Draft => wants.push("no expert has signed it"),
        }
        if !self.is_in_date {
            wants.push("its review or its law is past due");
        }
        wants
    }

    /// The state in one sentence, for a page of the program.
    #[must_use]
    pub fn sentence(&self) -> String {
        if self.is_ready() {
            return "Proven, signed and in date: approved for assessment.".to_owned();
        }
        if self.is_retired() {
            return "Retired: trainees are not shown it, and it assesses nobody.".to_owned();
        }
        format!("{TRIAL}: {}.", self.wants().join("; "))
    }

    /// Whether it has been taken out of use: no trainee is shown it and it assesses nobody.
    #[must_use]
    pub const fn is_retired(&self) -> bool {
        matches!(self.sign_off, SignOff::Retired)
    }

    /// Why an assessment with it is barred; none where it may go ahead, if only as a trial.
    #[must_use]
    pub fn bar(&self, course: &Course) -> Option<String> {
        if self.may_assess(course) {
            None
        } else if self.is_retired() {
            Some("it has been retired".to_owned())
        } else {
            Some(format!(
                "the course refuses what is not ready (unready_assessment: Refuse), and {}",
                self.wants().join("; ")
            ))
        }
    }

    /// Whether the course lets an assessment go ahead. No course lets a retired scenario assess.
    #[must_use]
    pub fn may_assess(&self, course: &Course) -> bool {
        self.is_ready()
            || (course.unready_assessment == UnreadyAssessment::Trial && !self.is_retired())
    }
}

/// Fingerprint of what a signature signs: the scenario, and what it takes from course and
/// catalogues. Comments, blanks and line ends are no part of it; every other sign is.
///
/// # Errors
/// None that is known: the values are plain. An error of the writer is passed on.
pub fn content_sha256(
    text: &str,
    scenario: &Scenario,
    course: &Course,
) -> Result<String, serde_json::Error> {
    let objectives: Vec<_> = scenario
        .assessed()
        .filter_map(|objective| course.objectives.get(usize::from(objective)))
        .collect();
    let techniques: Vec<_> = scenario
        .techniques
        .iter()
        .map(|used| (&used.id, &used.technique, used.trust_needed))
        .collect();
    let profiles: Vec<_> = scenario
        .profiles
        .iter()
        .map(|used| (&used.id, &used.profile))
        .collect();
    let beside = serde_json::to_string(&(
        objectives,
        &course.gates,
        course.thresholds,
        course.min_opportunities,
        techniques,
        scenario.premature,
        profiles,
    ))?;
    let mut hasher = Sha256::new();
    hasher.update(bare(text).as_bytes());
    hasher.update([0]);
    hasher.update(beside.as_bytes());
    Ok(super::load::hex(&hasher.finalize()))
}

/// RON without what its reader skips: comments and blanks outside of texts.
fn bare(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.trim_start_matches('\u{feff}');
    let mut gap = false;
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '+' | '.');
    while let Some(c) = rest.chars().next() {
        let len = if c.is_whitespace() {
            gap = true;
            rest = &rest[c.len_utf8()..];
            continue;
        } else if rest.starts_with("//") {
            gap = true;
            rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
            continue;
        } else if rest.starts_with("/*") {
            gap = true;
            rest = &rest[block_comment(rest)..];
            continue;
        } else if c == '"' {
            string(rest)
        } else if c == 'r' && (rest.starts_with("r\"") || rest.starts_with("r#")) {
            raw_string(rest)
        } else {
            c.len_utf8()
        };
        // A blank between two words keeps them apart; elsewhere it says nothing.
        if gap && is_word(c) && out.chars().next_back().is_some_and(is_word) {
            out.push(' ');
        }
        gap = false;
        out.extend(rest[..len].chars().filter(|c| *c != '\r'));
        rest = &rest[len..];
    }
    out
}

fn block_comment(text: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    let bytes = text.as_bytes();
    while at < bytes.len() {
        if bytes[at..].starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if bytes[at..].starts_with(b"*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                break;
            }
        } else {
            at += 1;
        }
    }
    text.ceil_char_boundary(at.min(text.len()))
}

fn string(text: &str) -> usize {
    let mut is_escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

fn raw_string(text: &str) -> usize {
    let hashes = text[1..].chars().take_while(|c| *c == '#').count();
    if !text[1 + hashes..].starts_with('"') {
        return 1;
    }
    let end = format!("\"{}", "#".repeat(hashes));
    let from = hashes + 2;
    text[from..]
        .find(&end)
        .map_or(text.len(), |at| from + at + end.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed(capacity: SignedAs, content: &str) -> Signature {
        Signature {
            capacity,
            name: "A. Khan".to_owned(),
            role: "custody nurse".to_owned(),
            on: "2026-11-28".to_owned(),
            version: "1.0.0".to_owned(),
            content: content.to_owned(),
        }
    }

    fn state(list: &[(SignedAs, &str)]) -> Readiness {
        let signatures = Signatures {
            format: 1,
            scenario: "x".to_owned(),
            signed: list.iter().map(|(c, of)| signed(*c, of)).collect(),
        };
        Readiness::of(&signatures, "now", true)
    }

    #[test]
    fn signatures_of_other_content_have_lapsed() {
        use SignedAs::{Expert, Force, LivedExperience, Retired};
        let all = [(Expert, "now"), (LivedExperience, "now"), (Force, "now")];
        assert_eq!(state(&all).sign_off, SignOff::Approved);
        assert_eq!(state(&all[..2]).sign_off, SignOff::Lived);
        assert_eq!(state(&all[..1]).sign_off, SignOff::Checked);
        let old = [(Expert, "then"), (LivedExperience, "now"), (Force, "now")];
        assert_eq!(state(&old).sign_off, SignOff::Draft);
        assert_eq!(state(&old).lapsed, 1);
        let gone = [all[0], all[1], all[2], (Retired, "now")];
        assert_eq!(state(&gone).sign_off, SignOff::Retired);
        let again = [(Retired, "now"), (Expert, "now")];
        assert_eq!(state(&again).sign_off, SignOff::Checked);
    }

    #[test]
    fn a_name_is_the_same_however_it_is_spaced_and_written() {
        let one = signed(SignedAs::Expert, "now");
        for same in ["A. Khan", "a.  khan", " A.\tKHAN "] {
            assert!(one.is_by(same), "{same:?}");
        }
        assert!(!one.is_by("B. Khan") && !one.is_by(""));
        let zoe = Signature {
            name: "ZOË  ÉLISE".to_owned(),
            ..one
        };
        assert!(zoe.is_by("Zoë Élise"));
    }

    #[test]
    fn only_the_proven_the_signed_and_the_dated_are_ready() {
        use SignedAs::{Expert, Force, LivedExperience};
        let signed = state(&[(Expert, "now"), (LivedExperience, "now"), (Force, "now")]);
        assert!(!signed.is_ready(), "nobody has proven it");
        assert!(signed.clone().with_proof(Some(Proven::Whole)).is_ready());
        for other in [None, Some(Proven::Partly), Some(Proven::Faults)] {
            assert!(!signed.clone().with_proof(other).is_ready());
        }
        let late = Readiness {
            is_in_date: false,
            ..signed.with_proof(Some(Proven::Whole))
        };
        assert!(!late.is_ready());
        assert!(late.sentence().contains("past due"));
    }

    #[test]
    fn comments_and_blanks_change_nothing_and_words_do() {
        let one = bare("Scenario(id: \"a  // b\", /* x /* y */ */ level: Core)");
        let two = bare("// note\r\nScenario(\r\n    id:\"a  // b\",\r\n\tlevel: Core)");
        assert_eq!(one, two);
        assert_ne!(bare("(a: \"x y\")"), bare("(a: \"x  y\")"));
        assert_ne!(bare("[One Two]"), bare("[OneTwo]"));
        assert_eq!(
            bare("(a: r#\"// no \"comment\" \"#)"),
            "(a:r#\"// no \"comment\" \"#)"
        );
    }

    #[test]
    fn broken_text_has_a_fingerprint_too() {
        for text in ["\"", "r#", "/*", "//", "\\", "r#\"x", "é\"é\\"] {
            let _ = bare(text);
        }
    }
}
