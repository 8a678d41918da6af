//! What was met on the way: of conditions, ways on, changes, beats, options, events and endings.

use crate::encounter::{Encounter, Event, Move, Trace};
use crate::scenario::Scenario;

/// What was met on the way, by position in the scenario's lists.
#[derive(Debug, Clone)]
pub struct Met {
    /// Conditions, routes and changes.
    pub trace: Trace,
    /// Beats, those without a decision too.
    pub beats: Vec<bool>,
    /// Options that were open.
    pub choices: Vec<bool>,
    /// Incidents that happened.
    pub incidents: Vec<bool>,
    /// Endings.
    pub endings: Vec<bool>,
    /// Options, by whether there was a state in which no other open move showed more of every
    /// objective and changed distress and trust at least as well.
    pub undominated: Vec<bool>,
    /// Beats at which no option was open in some state.
    pub dry: Vec<bool>,
}

impl Met {
    /// Nothing met yet.
    #[must_use]
    pub fn new(scenario: &Scenario) -> Self {
        Self {
            trace: Trace::new(scenario),
            beats: vec![false; scenario.beats.len()],
            choices: vec![false; scenario.choices.len()],
            incidents: vec![false; scenario.incidents.len()],
            endings: vec![false; scenario.endings.len()],
            undominated: vec![false; scenario.choices.len()],
            dry: vec![false; scenario.beats.len()],
        }
    }

    /// Everything met: what may be so where nothing is known.
    pub(super) fn everything(scenario: &Scenario) -> Self {
        let mut all = Self::new(scenario);
        all.trace.conditions.fill(Trace::HELD | Trace::FAILED);
        all.trace.changes.fill(Trace::WHOLE | Trace::CUT);
        for list in [
            &mut all.trace.routes,
            &mut all.beats,
            &mut all.choices,
            &mut all.incidents,
            &mut all.endings,
            &mut all.undominated,
            &mut all.dry,
        ] {
            list.fill(true);
        }
        all
    }

    /// The same, with no decision run dry.
    pub(super) fn without_faults(mut self) -> Self {
        self.dry.fill(false);
        self
    }

    /// Takes over what another has met.
    pub fn add(&mut self, other: &Self) {
        self.trace.add(&other.trace);
        let lists = [
            (&mut self.beats, &other.beats),
            (&mut self.choices, &other.choices),
            (&mut self.incidents, &other.incidents),
            (&mut self.endings, &other.endings),
            (&mut self.undominated, &other.undominated),
            (&mut self.dry, &other.dry),
        ];
        for (own, met) in lists {
            for (own, met) in own.iter_mut().zip(met) {
                *own |= met;
            }
        }
    }

    /// Keeps what another may meet too.
    pub(super) fn keep(&mut self, other: &Self) {
        let bits = [
            (&mut self.trace.conditions, &other.trace.conditions),
            (&mut self.trace.changes, &other.trace.changes),
        ];
        for (own, met) in bits {
            for (own, met) in own.iter_mut().zip(met) {
                *own &= met;
            }
        }
        let lists = [
            (&mut self.trace.routes, &other.trace.routes),
            (&mut self.beats, &other.beats),
            (&mut self.choices, &other.choices),
            (&mut self.incidents, &other.incidents),
            (&mut self.endings, &other.endings),
            (&mut self.dry, &other.dry),
        ];
        for (own, met) in lists {
            for (own, met) in own.iter_mut().zip(met) {
                *own &= met;
            }
        }
    }

    /// Takes in what a played encounter showed.
    pub(super) fn saw(&mut self, encounter: &Encounter, log: &[Event]) {
        self.log(log);
        for made in encounter.open_moves() {
            if let Move::Choice(choice) = made
                && let Some(open) = self.choices.get_mut(choice as usize)
            {
                *open = true;
            }
        }
    }

    pub(super) fn log(&mut self, log: &[Event]) {
        for event in log {
            let (list, position) = match *event {
                Event::BeatReached(beat) => (&mut self.beats, beat),
                Event::Happened(incident) => (&mut self.incidents, incident),
                Event::Ended(ending) => (&mut self.endings, ending),
                _ => continue,
            };
            if let Some(met) = list.get_mut(position as usize) {
                *met = true;
            }
        }
    }
}
