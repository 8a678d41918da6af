//! Profiles that a trainee has no way of telling apart.

use std::collections::BTreeSet;

use super::super::compile::Fault;
use super::super::diagnostic::{At, Severity};
use super::super::draft::{CastMember, Condition, ScenarioDraft, Standing};
use super::super::scenario::Scenario;
use super::{fault, for_each_line_when};

/// Words without meaning of their own, left aside when two signs are compared.
const SMALL: [&str; 22] = [
    "the", "a", "an", "and", "or", "of", "to", "in", "on", "at", "is", "are", "as", "it", "them",
    "they", "their", "you", "your", "with", "for", "but",
];
/// Two signs that share more than this many in a hundred of their words show the same thing.
const ALIKE: usize = 70;

pub(super) fn run(draft: &ScenarioDraft, scenario: &Scenario, faults: &mut Vec<Fault>) {
    if scenario.profiles.len() < 2 {
        return;
    }
    let root = At::root();
    let cast = root.field("cast");
    let subject = draft
        .cast
        .iter()
        .find(|(_, member)| matches!(member, CastMember::Subject { .. }));
    let Some((key, CastMember::Subject { profiles, .. })) = subject else {
        return;
    };
    let at = cast.key(key);
    let list = at.field("profiles");
    // Lines that only one profile shows tell as much as a sign does.
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for_each_line_when(draft, &mut |when| named(when, &mut told));
    let is_observed = draft.standing.contains(&Standing::Observe);
    for (position, profile) in scenario.profiles.iter().enumerate() {
        let index = profiles
            .iter()
            .position(|draw| draw.is == profile.id)
            .unwrap_or(position);
        if told.contains(profile.id.as_str()) {
            continue;
        }
        if !is_observed {
            faults.push(fault(
                Severity::Warning,
                &list.index(index),
                "indistinct-profiles",
                format!(
                    "nothing ever shows the signs of `{}`: Observe is not open and no line asks for it",
                    profile.id
                ),
                "add Observe to `standing: [...]`, or a line with when: [Profile(\"...\")]",
            ));
            continue;
        }
        let twin = scenario.profiles.iter().find(|other| {
            other.id != profile.id
                && profile
                    .profile
                    .signs
                    .iter()
                    .all(|sign| other.profile.signs.iter().any(|seen| is_alike(sign, seen)))
        });
        if let Some(twin) = twin {
            faults.push(fault(
                Severity::Warning,
                &list.index(index),
                "indistinct-profiles",
                format!(
                    "no sign of `{}` differs from those of `{}`, so nobody can tell which it is",
                    profile.id, twin.id
                ),
                "give it a sign of its own in the profile catalogue, or a line with when: [Profile(\"...\")]",
            ));
        }
    }
}

fn named<'d>(when: &'d [Condition], told: &mut BTreeSet<&'d str>) {
    for condition in when {
        match condition {
            Condition::Profile(id) => {
                told.insert(id);
            }
            Condition::All(inner) | Condition::Any(inner) => named(inner, told),
            _ => {}
        }
    }
}

fn words(sign: &str) -> BTreeSet<String> {
    sign.to_lowercase()
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|word| !word.is_empty() && !SMALL.contains(word))
        .map(str::to_owned)
        .collect()
}

fn is_alike(one: &str, other: &str) -> bool {
    let (one, other) = (words(one), words(other));
    let both = one.intersection(&other).count();
    let all = one.union(&other).count();
    all == 0 || both * 100 > all * ALIKE
}

#[cfg(test)]
mod tests {
    use super::is_alike;

    #[test]
    fn signs_are_compared_by_what_they_say() {
        assert!(is_alike(
            "The eyes go to your radio and your pockets.",
            "Their eyes go to the radio, to your pockets."
        ));
        assert!(!is_alike(
            "The eyes go to your radio and your pockets.",
            "The hands work at the hem of the coat."
        ));
    }
}
