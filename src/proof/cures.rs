//! What cures a scenario that one of the guessers passes: each rule fails for a reason of its own.

/// What to change so that the guesser of this name fails.
#[must_use]
pub fn cure(guesser: &str) -> Option<&'static str> {
    let cure = CURES.iter().find(|(name, _)| *name == guesser);
    cure.map(|(_, cure)| *cure)
}

/// Every guesser that must not pass, with its cure.
pub const CURES: &[(&str, &str)] = &[
    (
        "random",
        "fewer ways may lead to a pass: let each decision have one option for each profile, and one or two that fall short for everybody",
    ),
    (
        "first",
        "where the order is fixed, let the best option stand elsewhere; else write fewer options that are good before every profile",
    ),
    (
        "middle",
        "where the order is fixed, let the best option stand elsewhere; else write fewer options that are good before every profile",
    ),
    (
        "last",
        "where the order is fixed, let the best option stand elsewhere; else write fewer options that are good before every profile",
    ),
    (
        "longest",
        "cut the options that are right, or fill those that are wrong: at most decisions the longest should not be the best",
    ),
    (
        "shortest",
        "fill the options that are right, or cut those that are wrong: at most decisions the shortest should not be the best",
    ),
    (
        "most questions",
        "let an option that falls short ask too, and let the right one now and then be a statement or an act",
    ),
    (
        "most polite",
        "let an option that falls short be as polite (please, thank you, sorry, a name) as the right one",
    ),
    (
        "always silent",
        "let silence cost something where somebody needs an answer: Developing in `evidence`, or a rise of distress, in the `silence` of those decisions",
    ),
    (
        "always listen",
        "give an option that falls short a listening technique too, and let the right one now and then be advice, a limit, an act or a call",
    ),
    (
        "greedy calm",
        "write an option that soothes more at once than any true one and costs later: instead_of_techniques: true, effects: [Distress(-3), Trust(3)], evidence Unsafe, and a gate in `fails`; section 20 of scenarios/README.md has the recipe",
    ),
    (
        "no police words",
        "let the right option now and then say plainly what is lawful or who is called, and let one that falls short avoid it",
    ),
];

#[cfg(test)]
mod tests {
    use super::super::bots::BOTS;
    use super::*;

    #[test]
    fn every_guesser_has_a_cure_and_every_cure_a_guesser() {
        let guessers: Vec<&str> = BOTS
            .iter()
            .filter(|bot| bot.limit.is_some())
            .map(|bot| bot.name)
            .collect();
        let cured: Vec<&str> = CURES.iter().map(|(name, _)| *name).collect();
        assert_eq!(guessers, cured);
        assert!(cure("greedy calm").is_some_and(|cure| cure.contains("instead_of_techniques")));
        assert!(cure("careful reader").is_none());
    }
}
