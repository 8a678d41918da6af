//! Item writing: what gives the answer away, and what nobody has the time to read.
//!
//! A decision tests judgement only as long as the good option cannot be told by its looks. The
//! best option of a decision is the one whose evidence, over all assessed objectives, adds up to
//! most; where two share the top, or none has evidence, the decision says nothing here. Where what is
//! best depends on the profile that was drawn, each profile is looked at by itself: the trainee meets
//! one of them.

use crate::course::Level;

use super::super::compile::Fault;
use super::super::diagnostic::{At, Severity};
use super::super::draft::{Condition, DecisionDraft, Entries, OptionDraft, ScenarioDraft};
use super::super::scenario::Scenario;
use super::fault;

/// Words a minute that an adult reads silently, on average over 190 studies (Brysbaert 2019,
/// "How many words do we read per minute?", Journal of Memory and Language 109: 238 for
/// non-fiction, 260 for fiction).
const WORDS_A_MINUTE: usize = 238;
/// Fewest decisions with one best option from which a habit can be told from chance.
const FEWEST: usize = 6;
/// Longest and shortest option further apart than this many characters, and ...
const APART: usize = 25;
/// ... than three to two, catch the eye.
const UNEQUAL: (usize, usize) = (3, 2);
/// Words that test-wise readers take for the mark of a wrong answer.
const ABSOLUTE: [&str; 5] = ["always", "never", "completely", "impossible", "guaranteed"];
/// Phrases that belong in a quiz and not in an encounter.
const QUIZ: [&str; 3] = ["all of the above", "none of the above", "both of the above"];

/// One decision, seen as a test item.
struct Item<'d> {
    key: &'d str,
    decision: &'d DecisionDraft,
    /// Characters of each option, with variations at their middle length.
    lengths: Vec<usize>,
    /// Position of the one best option, for each [`Eye`].
    bests: Vec<Option<usize>>,
}

/// How the evidence of a decision is looked at: as it stands, or as it counts before one profile.
#[derive(Clone, Copy)]
struct Eye<'d> {
    profile: Option<&'d str>,
    place: usize,
}

impl Eye<'_> {
    /// Whom it is about, for a message.
    fn words(self) -> String {
        self.profile
            .map_or_else(String::new, |profile| format!(" before `{profile}`"))
    }
}

pub(super) fn run(draft: &ScenarioDraft, scenario: &Scenario, faults: &mut Vec<Fault>) {
    let items: Vec<Item<'_>> = draft
        .beats
        .iter()
        .filter_map(|(key, beat)| {
            let decision = beat.decision.as_ref()?;
            let lengths = decision
                .choices
                .iter()
                .map(|choice| filled(draft, &choice.option().text, false).chars().count())
                .collect();
            let profiles = scenario.profiles.iter();
            let eyes = std::iter::once(None).chain(profiles.map(|used| Some(used.id.as_str())));
            let bests = eyes.map(|eye| best(scenario, decision, eye)).collect();
            Some(Item {
                key,
                decision,
                lengths,
                bests,
            })
        })
        .collect();
    for eye in eyes(scenario, &items) {
        by_length(&items, eye, faults);
        by_place(&items, eye, faults);
        by_word(draft, &items, eye, faults);
    }
    quiz(draft, &items, faults);
    unequal(&items, faults);
    reading_load(draft, &items, faults);
}

/// Text with its variations at their longest, or at one of middle length.
fn filled(draft: &ScenarioDraft, text: &str, is_longest: bool) -> String {
    let mut filled = text.to_owned();
    for (key, variants) in draft.variations.iter() {
        let mark = format!("{{{key}}}");
        if filled.contains(&mark) {
            let mut words: Vec<&str> = variants.iter().map(|v| v.text.as_str()).collect();
            words.sort_by_key(|words| words.len());
            let at = if is_longest {
                words.len().saturating_sub(1)
            } else {
                words.len() / 2
            };
            filled = filled.replace(&mark, words.get(at).copied().unwrap_or(""));
        }
    }
    filled
}

/// The ways of looking that differ in what they find best.
fn eyes<'s>(scenario: &'s Scenario, items: &[Item<'_>]) -> Vec<Eye<'s>> {
    let profiles = scenario.profiles.iter();
    let all = std::iter::once(None).chain(profiles.map(|used| Some(used.id.as_str())));
    let all: Vec<Eye<'s>> = all
        .enumerate()
        .map(|(place, profile)| Eye { profile, place })
        .collect();
    let bests = |eye: &Eye<'_>| items.iter().map(|item| item.bests[eye.place]).collect();
    let seen: Vec<Vec<Option<usize>>> = all.iter().map(bests).collect();
    all.into_iter()
        .filter(|eye| !seen[..eye.place].contains(&seen[eye.place]))
        .collect()
}

/// Whether conditions hold before a profile, as far as they ask for profiles; none if they do not.
fn holds(when: &[Condition], profile: &str) -> Option<bool> {
    let mut all = None;
    for condition in when {
        let one = match condition {
            Condition::Profile(id) => Some(id == profile),
            Condition::Not(inner) => {
                holds(std::slice::from_ref(inner.as_ref()), profile).map(|is| !is)
            }
            Condition::All(inner) => holds(inner, profile),
            Condition::Any(inner) => inner
                .iter()
                .filter_map(|one| holds(std::slice::from_ref(one), profile))
                .reduce(|one, other| one || other),
            _ => None,
        };
        all = match (all, one) {
            (Some(all), Some(one)) => Some(all && one),
            (all, one) => all.or(one),
        };
    }
    all
}

/// The evidence that counts before a profile; conditions that ask for other things are left aside.
fn evidence_for<'d>(option: &'d OptionDraft, profile: Option<&str>) -> &'d Entries<Level> {
    let band = profile.and_then(|profile| {
        let mut bands = option.evidence_when.iter();
        bands.find(|band| holds(&band.when, profile) == Some(true))
    });
    band.map_or(&option.evidence, |band| &band.evidence)
}

fn best(scenario: &Scenario, decision: &DecisionDraft, profile: Option<&str>) -> Option<usize> {
    let assessed: Vec<&str> = scenario
        .assessed()
        .filter_map(|objective| scenario.names.objectives.get(usize::from(objective)))
        .map(String::as_str)
        .collect();
    let worth: Vec<u32> = decision
        .choices
        .iter()
        .map(|choice| {
            evidence_for(choice.option(), profile)
                .iter()
                .filter(|(id, _)| assessed.contains(id))
                .map(|(_, level)| level.points())
                .sum()
        })
        .collect();
    let most = worth.iter().max().copied().filter(|most| *most > 0)?;
    let mut top = worth
        .iter()
        .enumerate()
        .filter(|(_, worth)| **worth == most);
    let (position, _) = top.next()?;
    (decision.choices.len() > 1 && top.next().is_none()).then_some(position)
}

/// Whether `hits` in `items` tries, each hit by chance with its own probability, is more than a
/// habit of one in a hundred authors who pay no attention to it.
fn is_habit(chances: &[f64], hits: usize) -> bool {
    if chances.len() < FEWEST || hits * 2 < chances.len() {
        return false;
    }
    // Distribution of the number of hits, built up one decision at a time.
    let mut share = vec![1.0];
    for chance in chances {
        let mut next = vec![0.0; share.len() + 1];
        for (count, weight) in share.iter().enumerate() {
            next[count] += weight * (1.0 - chance);
            next[count + 1] += weight * chance;
        }
        share = next;
    }
    share.iter().skip(hits).sum::<f64>() < 0.01
}

fn by_length(items: &[Item<'_>], eye: Eye<'_>, faults: &mut Vec<Fault>) {
    let told: Vec<&Item<'_>> = items
        .iter()
        .filter(|item| item.bests[eye.place].is_some())
        .collect();
    let chances: Vec<f64> = told
        .iter()
        .map(|item| 1.0 / item.lengths.len() as f64)
        .collect();
    for (word, is_at_end) in [("longest", true), ("shortest", false)] {
        let hits = told
            .iter()
            .filter(|item| {
                let end = if is_at_end {
                    item.lengths.iter().max()
                } else {
                    item.lengths.iter().min()
                };
                let length = item.bests[eye.place].and_then(|best| item.lengths.get(best));
                length == end && item.lengths.iter().filter(|l| Some(*l) == end).count() == 1
            })
            .count();
        if is_habit(&chances, hits) {
            faults.push(fault(
                Severity::Warning,
                &At::root().field("beats"),
                "best-by-length",
                format!(
                    "at {hits} of {} decisions the best option{} is the {word}, so length gives it away",
                    told.len(),
                    eye.words()
                ),
                "cut or fill some options until the best one is now long, now short",
            ));
        }
    }
}

fn by_place(items: &[Item<'_>], eye: Eye<'_>, faults: &mut Vec<Fault>) {
    // Where the order is drawn for each attempt, a place says nothing.
    let fixed: Vec<(&Item<'_>, usize)> = items
        .iter()
        .filter(|item| item.decision.fixed_order)
        .filter_map(|item| Some((item, item.bests[eye.place]?)))
        .collect();
    let chances: Vec<f64> = fixed
        .iter()
        .map(|(item, _)| 1.0 / item.lengths.len() as f64)
        .collect();
    let most = fixed.iter().map(|(_, best)| *best).max().unwrap_or(0);
    for place in 0..=most {
        let hits = fixed.iter().filter(|(_, best)| *best == place).count();
        if is_habit(&chances, hits) {
            let root = At::root();
            let beats = root.field("beats");
            let at = beats.key(fixed[0].0.key);
            faults.push(fault(
                Severity::Warning,
                &at.field("decision").field("fixed_order"),
                "best-in-one-place",
                format!(
                    "at {hits} of {} decisions in a fixed order the best option{} is number {}",
                    fixed.len(),
                    eye.words(),
                    place + 1
                ),
                "take `fixed_order` away, so that the order is drawn, or change the order of some",
            ));
        }
    }
}

fn quiz(draft: &ScenarioDraft, items: &[Item<'_>], faults: &mut Vec<Fault>) {
    let root = At::root();
    let beats = root.field("beats");
    for item in items {
        let at = beats.key(item.key);
        let at = at.field("decision");
        let choices = at.field("choices");
        for (index, choice) in item.decision.choices.iter().enumerate() {
            let text = filled(draft, &choice.option().text, false).to_lowercase();
            for phrase in QUIZ.iter().filter(|phrase| text.contains(**phrase)) {
                faults.push(fault(
                    Severity::Warning,
                    &choices.index(index).field("text"),
                    "giveaway-word",
                    format!("\u{201c}{phrase}\u{201d} is a quiz speaking, not an officer"),
                    "write what the officer says or does",
                ));
            }
        }
    }
}

fn by_word(draft: &ScenarioDraft, items: &[Item<'_>], eye: Eye<'_>, faults: &mut Vec<Fault>) {
    let root = At::root();
    let beats = root.field("beats");
    let mut uses: Vec<(&str, Vec<(&Item<'_>, usize)>)> =
        ABSOLUTE.iter().map(|word| (*word, Vec::new())).collect();
    for item in items.iter().filter(|item| item.bests[eye.place].is_some()) {
        for (index, choice) in item.decision.choices.iter().enumerate() {
            let text = filled(draft, &choice.option().text, false).to_lowercase();
            for (word, list) in &mut uses {
                let says = text
                    .split(|c: char| !c.is_alphabetic())
                    .any(|part| part == *word);
                if says {
                    list.push((item, index));
                }
            }
        }
    }
    for (word, list) in &uses {
        // A word gives away what it goes with: four uses, every one on the same side.
        let best = list
            .iter()
            .filter(|(item, index)| item.bests[eye.place] == Some(*index))
            .count();
        let side = match best {
            0 => "is not the best",
            all if all == list.len() => "is the best",
            _ => continue,
        };
        if let (true, Some((item, index))) = (list.len() >= 4, list.first()) {
            let at = beats.key(item.key);
            let at = at.field("decision");
            faults.push(fault(
                Severity::Warning,
                &at.field("choices").index(*index).field("text"),
                "giveaway-word",
                format!(
                    "each of the {} options with \u{201c}{word}\u{201d} {side}{}, so the word gives it away",
                    list.len(),
                    eye.words()
                ),
                "say it without the word here and there, or let another option say it",
            ));
        }
    }
}

fn unequal(items: &[Item<'_>], faults: &mut Vec<Fault>) {
    let root = At::root();
    let beats = root.field("beats");
    for item in items {
        let (Some(most), Some(least)) = (item.lengths.iter().max(), item.lengths.iter().min())
        else {
            continue;
        };
        if most - least > APART && most * UNEQUAL.1 > least * UNEQUAL.0 {
            let longest = item.lengths.iter().position(|length| length == most);
            let at = beats.key(item.key);
            let at = at.field("decision");
            faults.push(fault(
                Severity::Warning,
                &at.field("choices")
                    .index(longest.unwrap_or(0))
                    .field("text"),
                "unequal-options",
                format!(
                    "this option has {most} characters and the shortest beside it {least}: it stands out"
                ),
                "let the longest option of a decision have at most one and a half times the characters of the shortest; up to 25 more are always fine",
            ));
        }
    }
}

fn reading_load(draft: &ScenarioDraft, items: &[Item<'_>], faults: &mut Vec<Fault>) {
    let root = At::root();
    let beats = root.field("beats");
    for item in items {
        let Some(window) = item.decision.window else {
            continue;
        };
        let words: usize = item
            .decision
            .choices
            .iter()
            .map(|choice| {
                filled(draft, &choice.option().text, true)
                    .split_whitespace()
                    .count()
            })
            .sum();
        let needed = (words * 60).div_ceil(WORDS_A_MINUTE);
        if needed > usize::from(window) {
            let at = beats.key(item.key);
            faults.push(fault(
                Severity::Warning,
                &at.field("decision").field("window"),
                "reading-load",
                format!(
                    "the options have {words} words, which take {needed} seconds to read, and the window is {window}"
                ),
                if needed <= 120 {
                    format!("give {needed} seconds or more, or shorten the options")
                } else {
                    "shorten the options, or leave the window out".to_owned()
                },
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_habit;

    #[test]
    fn a_habit_is_what_chance_would_hardly_do() {
        let chances = vec![0.25; 12];
        assert!(is_habit(&chances, 9));
        assert!(!is_habit(&chances, 5), "less than half");
        assert!(!is_habit(&[0.5; 8], 5), "chance does that often");
        assert!(!is_habit(&[0.25; 4], 4), "too few to say");
    }
}
