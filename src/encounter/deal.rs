//! Chance that is dealt: one outcome after another, so that all of them can be tried, and a
//! note of what was asked on the way.

use crate::scenario::{Change, Run, Scenario};

use super::event::{Event, Gauge};

/// Outcomes to come, and what came up.
///
/// Where a step asks for chance, the outcomes decide in turn; past their end the answer is
/// yes. [`Deal::advance`] goes to the next combination, so a loop over a step visits every branch
/// once.
#[derive(Debug, Clone)]
pub struct Deal {
    outcomes: Vec<bool>,
    asked: usize,
    share: f64,
    /// Whether lines are said too; without it nothing that is only words is looked at.
    pub with_words: bool,
    /// What was met since it was last cleared.
    pub trace: Trace,
    /// Parts whose value is not kept, since nothing reads it any more: of their changes nothing
    /// can be said.
    pub unread: Unread,
}

/// Parts of a state that nothing reads.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unread {
    /// The distance.
    pub distance: bool,
    /// Meters, one bit each.
    pub meters: u64,
    /// Counters, one bit each.
    pub counters: u64,
}

impl Unread {
    fn has(self, change: Change) -> bool {
        let bit = |bits: u64, at: u8| bits.checked_shr(u32::from(at)).unwrap_or(0) & 1 == 1;
        match change {
            Change::Distance(_) => self.distance,
            Change::Meter(meter, _) => bit(self.meters, meter),
            Change::Counter(counter, _) => bit(self.counters, counter),
            _ => false,
        }
    }
}

/// Which conditions, routes and changes were met, by position in the scenario's lists.
#[derive(Debug, Clone, Default)]
pub struct Trace {
    /// By the position of a condition's first test: [`Trace::HELD`], [`Trace::FAILED`].
    pub conditions: Vec<u8>,
    /// Whether the route was taken.
    pub routes: Vec<bool>,
    /// By change: [`Trace::WHOLE`], [`Trace::CUT`].
    pub changes: Vec<u8>,
}

impl Trace {
    /// The condition held when it was asked for.
    pub const HELD: u8 = 1;
    /// The condition did not hold.
    pub const FAILED: u8 = 2;
    /// The change had its whole effect.
    pub const WHOLE: u8 = 1;
    /// The end of the scale took some or all of it.
    pub const CUT: u8 = 2;

    /// Room for what a scenario has.
    #[must_use]
    pub fn new(scenario: &Scenario) -> Self {
        Self {
            conditions: vec![0; scenario.tests.len()],
            routes: vec![false; scenario.routes.len()],
            changes: vec![0; scenario.changes.len()],
        }
    }

    /// Notes that a condition was asked for.
    #[inline]
    pub fn condition(&mut self, when: Run, holds: bool) {
        if let Some(met) = self.conditions.get_mut(when.start as usize)
            && when.len > 0
        {
            *met |= if holds { Self::HELD } else { Self::FAILED };
        }
    }

    /// Takes over what another has met.
    pub fn add(&mut self, other: &Self) {
        for (own, met) in self.conditions.iter_mut().zip(&other.conditions) {
            *own |= met;
        }
        for (own, met) in self.routes.iter_mut().zip(&other.routes) {
            *own |= met;
        }
        for (own, met) in self.changes.iter_mut().zip(&other.changes) {
            *own |= met;
        }
    }
}

impl Deal {
    pub(super) fn new(scenario: &Scenario) -> Self {
        Self {
            outcomes: Vec::new(),
            asked: 0,
            share: 1.0,
            with_words: false,
            trace: Trace::new(scenario),
            unread: Unread::default(),
        }
    }

    /// Begins with the first combination: yes to everything.
    pub fn first(&mut self) {
        self.outcomes.clear();
        self.again();
    }

    /// Begins again with these outcomes.
    pub fn give(&mut self, outcomes: &[bool]) {
        self.outcomes.clear();
        self.outcomes.extend_from_slice(outcomes);
        self.again();
    }

    fn again(&mut self) {
        self.asked = 0;
        self.share = 1.0;
    }

    /// Goes on to the next combination; false when all were tried.
    pub fn advance(&mut self) -> bool {
        self.outcomes.truncate(self.asked);
        while let Some(last) = self.outcomes.pop() {
            if last {
                self.outcomes.push(false);
                self.again();
                return true;
            }
        }
        self.again();
        false
    }

    /// Probability of the outcomes that were asked for.
    #[must_use]
    pub const fn share(&self) -> f64 {
        self.share
    }

    /// The outcomes that were asked for.
    #[must_use]
    pub fn outcomes(&self) -> &[bool] {
        &self.outcomes[..self.asked.min(self.outcomes.len())]
    }

    pub(super) fn comes_up(&mut self, percent: u8) -> bool {
        if percent == 0 {
            return false;
        }
        if self.asked == self.outcomes.len() {
            self.outcomes.push(true);
        }
        let yes = self.outcomes[self.asked];
        self.asked += 1;
        let share = f64::from(percent) / 100.0;
        self.share *= if yes { share } else { 1.0 - share };
        yes
    }

    pub(super) fn note_condition(&mut self, when: Run, holds: bool) {
        self.trace.condition(when, holds);
    }

    pub(super) fn note_route(&mut self, position: u32) {
        if let Some(taken) = self.trace.routes.get_mut(position as usize) {
            *taken = true;
        }
    }

    /// `told` is the event that the change gave, if it changed anything.
    pub(super) fn note_change(&mut self, position: u32, change: Change, told: Option<&Event>) {
        let wanted = match change {
            Change::Distress(by)
            | Change::Trust(by)
            | Change::Distance(by)
            | Change::Meter(_, by)
            | Change::Counter(_, by) => i16::from(by),
            _ => return,
        };
        let got = match told {
            Some(Event::GaugeChanged { gauge, from, to }) => {
                debug_assert!(matches!(
                    (change, gauge),
                    (Change::Distress(_), Gauge::Distress)
                        | (Change::Trust(_), Gauge::Trust)
                        | (Change::Meter(..), Gauge::Meter(_))
                        | (Change::Counter(..), Gauge::Counter(_))
                ));
                i16::from(*to) - i16::from(*from)
            }
            Some(Event::Moved { from, to }) => i16::from(*to) - i16::from(*from),
            _ => 0,
        };
        if let Some(met) = self.trace.changes.get_mut(position as usize) {
            *met |= if got == wanted || self.unread.has(change) {
                Trace::WHOLE
            } else {
                Trace::CUT
            };
        }
    }
}
