//! Words that hurt or that are unsafe to print: the list is the course's, beside its file.
//!
//! Most of them are unwanted in our own words only. The people in an encounter speak as people
//! do, of themselves too, and a wrong option may say what an officer should not; both are the
//! scenario's matter, and neither is the scenario speaking.

use crate::course::{Term, Unwanted};

use super::super::compile::Fault;
use super::super::diagnostic::{At, Severity};
use super::super::draft::{
    CastMember, ChoiceDraft, GateFailure, LineDraft, ScenarioDraft, StandingDraft,
};
use super::fault;

/// Who speaks a text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Voice {
    /// The scenario itself: narration, notes, reasons.
    Ours,
    /// Somebody in the encounter.
    Theirs,
}

struct Reader<'t, 'f> {
    terms: &'t [Term],
    faults: &'f mut Vec<Fault>,
}

pub(super) fn run(draft: &ScenarioDraft, terms: &[Term], faults: &mut Vec<Fault>) {
    if terms.is_empty() {
        return;
    }
    let mut reader = Reader { terms, faults };
    reader.head(draft);
    let root = At::root();
    let beats = root.field("beats");
    for (key, beat) in draft.beats.iter() {
        let at = beats.key(key);
        reader.lines(&at.field("lines"), &beat.lines);
        reader.standing(&at.field("moves"), &beat.moves);
        let Some(decision) = &beat.decision else {
            continue;
        };
        let at = at.field("decision");
        reader.read(&at.field("hint"), &decision.hint, Voice::Ours);
        let choices = at.field("choices");
        for (index, choice) in decision.choices.iter().enumerate() {
            reader.choice(&choices.index(index), choice);
        }
        if let Some(silence) = &decision.silence {
            let at = at.field("silence");
            reader.lines(&at.field("lines"), &silence.lines);
            reader.read(&at.field("why"), &silence.why, Voice::Ours);
            reader.fails(&at.field("fails"), &silence.fails);
        }
    }
    let endings = root.field("endings");
    for (key, ending) in draft.endings.iter() {
        let at = endings.key(key);
        reader.read(&at.field("title"), &ending.title, Voice::Ours);
        reader.read(&at.field("text"), &ending.text, Voice::Ours);
        reader.read(&at.field("aftermath"), &ending.aftermath, Voice::Ours);
        let felt = at.field("felt");
        for (index, words) in ending.felt.iter().enumerate() {
            reader.read(&felt.index(index).field("text"), &words.text, Voice::Theirs);
        }
        reader.fails(&at.field("fails"), &ending.fails);
    }
}

impl Reader<'_, '_> {
    fn head(&mut self, draft: &ScenarioDraft) {
        let root = At::root();
        self.read(&root.field("title"), &draft.title, Voice::Ours);
        self.read(&root.field("summary"), &draft.summary, Voice::Ours);
        let notes = root.field("content_notes");
        for (index, note) in draft.content_notes.iter().enumerate() {
            self.read(&notes.index(index), note, Voice::Ours);
        }
        let briefing = root.field("briefing");
        self.read(&briefing.field("task"), &draft.briefing.task, Voice::Ours);
        let known = briefing.field("known");
        for (index, line) in draft.briefing.known.iter().enumerate() {
            self.read(&known.index(index), line, Voice::Ours);
        }
        let log = briefing.field("log");
        for (index, entry) in draft.briefing.log.iter().enumerate() {
            self.read(&log.index(index).field("text"), &entry.text, Voice::Ours);
        }
        let references = root.field("references");
        for (key, reference) in draft.references.iter() {
            let at = references.key(key);
            self.read(&at.field("note"), &reference.note, Voice::Ours);
            self.read(&at.field("local"), &reference.local, Voice::Ours);
        }
        let facts = root.field("facts");
        for (key, note) in draft.facts.iter() {
            self.read(&facts.key(key), note, Voice::Ours);
        }
        let variations = root.field("variations");
        for (key, variants) in draft.variations.iter() {
            let at = variations.key(key);
            for (index, variant) in variants.iter().enumerate() {
                self.read(&at.index(index).field("text"), &variant.text, Voice::Theirs);
            }
        }
        let meters = root.field("meters");
        for (key, meter) in draft.meters.iter() {
            let at = meters.key(key);
            self.read(&at.field("label"), &meter.label, Voice::Ours);
        }
        self.cast(draft);
        self.standing(&root.field("moves"), &draft.moves);
        let events = root.field("events");
        for (index, event) in draft.events.iter().enumerate() {
            self.lines(&events.index(index).field("lines"), &event.lines);
        }
    }

    /// How the people are called, by us and until their name is known.
    fn cast(&mut self, draft: &ScenarioDraft) {
        let root = At::root();
        let cast = root.field("cast");
        for (key, member) in draft.cast.iter() {
            let at = cast.key(key);
            self.read(&at.field("name"), member.name(), Voice::Ours);
            if let CastMember::Subject { unknown_as, .. } = member {
                self.read(&at.field("unknown_as"), unknown_as, Voice::Ours);
            }
        }
    }

    fn choice(&mut self, at: &At<'_>, choice: &ChoiceDraft) {
        let option = choice.option();
        let voice = match choice {
            ChoiceDraft::Say(_) => Voice::Theirs,
            ChoiceDraft::Do(_) => Voice::Ours,
        };
        self.read(&at.field("text"), &option.text, voice);
        self.read(&at.field("why"), &option.why, Voice::Ours);
        self.lines(&at.field("replies"), &option.replies);
        self.fails(&at.field("fails"), &option.fails);
    }

    fn standing(&mut self, at: &At<'_>, rules: &[StandingDraft]) {
        for (index, rule) in rules.iter().enumerate() {
            let at = at.index(index);
            self.lines(&at.field("lines"), &rule.lines);
            self.read(&at.field("why"), &rule.why, Voice::Ours);
        }
    }

    fn fails(&mut self, at: &At<'_>, fails: &[GateFailure]) {
        for (index, failure) in fails.iter().enumerate() {
            self.read(&at.index(index).field("why"), &failure.why, Voice::Ours);
        }
    }

    fn lines(&mut self, at: &At<'_>, lines: &[LineDraft]) {
        for (index, line) in lines.iter().enumerate() {
            let (text, voice) = match line {
                LineDraft::Say { text, .. } => (text, Voice::Theirs),
                LineDraft::Do { text, .. } | LineDraft::Narrate { text, .. } => (text, Voice::Ours),
            };
            self.read(&at.index(index).field("text"), text, voice);
        }
    }

    fn read(&mut self, at: &At<'_>, text: &str, voice: Voice) {
        if text.is_empty() {
            return;
        }
        let text = text.to_lowercase().replace('\u{2019}', "'");
        for term in self.terms {
            if voice == Voice::Theirs && term.unwanted == Unwanted::InOurWords {
                continue;
            }
            let found: Vec<&String> = (term.avoid.iter())
                .filter(|words| says(&text, words))
                .collect();
            // Each by itself, and none that is a part of another.
            let is_part = |words: &str| {
                let longer = |other: &&String| other.len() > words.len();
                found
                    .iter()
                    .filter(|other| longer(other))
                    .any(|other| says(&other.to_lowercase(), words))
            };
            for words in found.iter().filter(|words| !is_part(words)) {
                self.faults.push(fault(
                    Severity::Warning,
                    at,
                    "unsafe-wording",
                    format!("\u{201c}{words}\u{201d}: {}", term.because),
                    format!("write {}", term.instead),
                ));
            }
        }
    }
}

/// Whether a text in small letters holds these words as whole words.
fn says(text: &str, words: &str) -> bool {
    let words = words.to_lowercase();
    let is_word = |c: char| c.is_alphanumeric() || c == '\'';
    text.match_indices(words.as_str()).any(|(at, found)| {
        !text[..at].chars().next_back().is_some_and(is_word)
            && !text[at + found.len()..].chars().next().is_some_and(is_word)
    })
}

#[cfg(test)]
mod tests {
    use super::says;

    #[test]
    fn only_whole_words_count() {
        assert!(says("she committed suicide in 2019", "committed suicide"));
        assert!(says("a psycho.", "Psycho"));
        assert!(!says("a psychologist came", "psycho"));
        assert!(!says("fundamental", "mental"));
    }
}
