//! The encounter as it is told: words with what was drawn, names as the officer knows them, who can
//! be seen, and the scenario's clock.

use std::borrow::Cow;

use crate::scenario::{CastMember, LineKind};

use super::Encounter;

impl Encounter {
    /// Text with its `{places}` filled.
    #[must_use]
    pub fn fill<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if !text.contains('{') {
            return Cow::Borrowed(text);
        }
        let mut filled = text.to_owned();
        for (position, (key, varieties)) in self.scenario.variations.iter().enumerate() {
            let drawn = self.play.state.draws.get(position).copied().unwrap_or(0);
            if let Some(variety) = varieties.get(usize::from(drawn)) {
                filled = filled.replace(&format!("{{{key}}}"), &variety.text);
            }
        }
        Cow::Owned(filled)
    }

    /// Name of a cast member as the officer knows it now.
    #[must_use]
    pub fn name_of(&self, person: u16) -> &str {
        let Some(person) = self.scenario.cast.get(usize::from(person)) else {
            return "";
        };
        match (&person.member, person.known_by) {
            (CastMember::Subject { unknown_as, .. }, Some(fact))
                if !self.play.state.knows(fact) =>
            {
                if unknown_as.is_empty() {
                    "Unknown person"
                } else {
                    unknown_as
                }
            }
            (member, _) => member.name(),
        }
    }

    /// Whether a cast member can be seen now: not behind a shut door, not yet to come, not gone.
    #[must_use]
    pub fn is_seen(&self, person: u16) -> bool {
        self.scenario
            .cast
            .get(usize::from(person))
            .is_some_and(|one| self.play.state.holds(one.seen_when, &self.scenario.tests))
    }

    /// Who says a line, if anybody does.
    #[must_use]
    pub fn speaker(&self, kind: LineKind) -> Option<&str> {
        match kind {
            LineKind::Say(person) | LineKind::Do(person) => Some(self.name_of(person)),
            LineKind::Narrate => None,
        }
    }

    /// The scenario's clock, `HH:MM`.
    #[must_use]
    pub fn clock(&self) -> String {
        clock_after(&self.scenario.setting.clock, self.play.steps)
    }

    /// Since when the person has been detained, by the scenario's clock.
    #[must_use]
    pub fn detained_since(&self) -> Option<String> {
        self.play
            .state
            .detained
            .map(|_| clock_after(&self.scenario.setting.clock, self.play.since))
    }
}

fn clock_after(clock: &str, minutes: u32) -> String {
    let (hours, rest) = clock.split_once(':').unwrap_or(("0", "0"));
    let start = hours.parse::<u32>().unwrap_or(0) * 60 + rest.parse::<u32>().unwrap_or(0);
    let now = (start + minutes) % (24 * 60);
    format!("{:02}:{:02}", now / 60, now % 60)
}
