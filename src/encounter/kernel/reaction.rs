//! How the person reacts: to the techniques of a move, to silence, and to how close the officer is.

use crate::course::Shift;
use crate::scenario::{Act, Scenario, Standing};

use super::super::event::Event;
use super::{Play, STRIDE};

/// Most that the techniques of one move change distress or trust by: nobody turns round in a
/// single sentence.
const MOST_SHIFT: i8 = 3;

impl Play {
    /// Reaction of the person to the techniques of a move.
    pub(super) fn react(&mut self, scenario: &Scenario, act: &Act, log: &mut Vec<Event>) {
        let Some(profile) = scenario.profiles.get(usize::from(self.state.profile)) else {
            return;
        };
        let (distress, trust) = (self.state.distress, self.state.trust);
        let is_far = self.state.distance > profile.profile.hearing;
        let mut sum = Shift::default();
        let mut has_paid = false;
        for technique in act.techniques.of(&scenario.technique_refs) {
            let Some(used) = scenario.techniques.get(usize::from(*technique)) else {
                continue;
            };
            let is_premature = trust < used.trust_needed;
            let mut shift = if is_premature {
                if has_paid {
                    Shift::default()
                } else {
                    scenario.premature
                }
            } else {
                let bands = profile
                    .by_technique
                    .get(usize::from(*technique))
                    .map_or(&[][..], |run| run.of(&scenario.reactions));
                bands
                    .iter()
                    .find(|band| {
                        (band.distress_from..=band.distress_to).contains(&distress)
                            && (band.trust_from..=band.trust_to).contains(&trust)
                    })
                    .map_or_else(Shift::default, |band| band.shift)
            };
            has_paid |= is_premature;
            let is_faint = is_far && used.is_speech();
            if is_faint {
                shift = Shift {
                    distress: shift.distress / 2,
                    trust: shift.trust / 2,
                };
            }
            if act.instead_of_techniques && !is_premature {
                shift = Shift::default();
            }
            log.push(Event::TechniqueUsed {
                technique: *technique,
                is_premature,
                is_faint,
                shift,
            });
            sum.distress = sum.distress.saturating_add(shift.distress);
            sum.trust = sum.trust.saturating_add(shift.trust);
        }
        if act.is_speech && act.words >= profile.profile.long_speech_words {
            log.push(Event::SpeechTooLong);
            sum.distress = sum
                .distress
                .saturating_add(profile.profile.long_speech.distress);
            sum.trust = sum.trust.saturating_add(profile.profile.long_speech.trust);
        }
        self.shift(
            Shift {
                distress: sum.distress.clamp(-MOST_SHIFT, MOST_SHIFT),
                trust: sum.trust.clamp(-MOST_SHIFT, MOST_SHIFT),
            },
            log,
        );
    }

    pub(super) fn react_to_silence(&mut self, scenario: &Scenario, log: &mut Vec<Event>) {
        let Some(profile) = scenario.profiles.get(usize::from(self.state.profile)) else {
            return;
        };
        let (distress, trust) = (self.state.distress, self.state.trust);
        let band = profile.silence.of(&scenario.reactions).iter().find(|band| {
            (band.distress_from..=band.distress_to).contains(&distress)
                && (band.trust_from..=band.trust_to).contains(&trust)
        });
        if let Some(band) = band {
            self.shift(band.shift, log);
        }
    }

    /// What a standing move does by itself: distance, and how that feels.
    pub(super) fn stand(&mut self, scenario: &Scenario, standing: Standing, log: &mut Vec<Event>) {
        let Some(profile) = scenario.profiles.get(usize::from(self.state.profile)) else {
            return;
        };
        let space = profile.profile.personal_space;
        let is_wary = self.state.trust < profile.profile.close_trust;
        match standing {
            Standing::StepCloser => {
                self.walk(-i16::from(STRIDE), log);
                if self.state.distance < space && is_wary {
                    self.shift(profile.profile.closing_in, log);
                }
            }
            Standing::StepBack => {
                let was_close = self.state.distance < space;
                self.walk(i16::from(STRIDE), log);
                if was_close && is_wary {
                    self.shift(profile.profile.backing_off, log);
                }
            }
            Standing::Observe | Standing::Radio | Standing::Hold => {}
        }
    }
}
