//! What a move would show of the objectives, and whether it comes too early.

use crate::course::Level;
use crate::scenario::{Evidence, Run};

use super::super::event::Move;
use super::Encounter;

impl Encounter {
    /// Whether a move uses a technique before its stage is reached.
    #[must_use]
    pub fn is_premature(&self, made: Move) -> bool {
        self.act(made).is_some_and(|act| {
            act.techniques
                .of(&self.scenario.technique_refs)
                .iter()
                .any(|technique| self.is_early(*technique))
        })
    }

    fn is_early(&self, technique: u16) -> bool {
        self.scenario
            .techniques
            .get(usize::from(technique))
            .is_some_and(|used| self.play.state.trust < used.trust_needed)
    }

    /// What a move would show of the objectives in this state; a premature one shows
    /// Developing at most.
    pub fn evidence(&self, made: Move) -> impl Iterator<Item = Evidence> + '_ {
        let act = self.act(made);
        let cap = if self.is_premature(made) {
            Level::Developing
        } else {
            Level::Proficient
        };
        let run = act.map_or_else(Run::default, |act| {
            act.evidence_bands
                .of(&self.scenario.evidence_bands)
                .iter()
                .find(|band| self.play.state.holds(band.when, &self.scenario.tests))
                .map_or(act.evidence, |band| band.evidence)
        });
        run.of(&self.scenario.evidence)
            .iter()
            .map(move |evidence| Evidence {
                level: evidence.level.min(cap),
                ..*evidence
            })
    }
}
