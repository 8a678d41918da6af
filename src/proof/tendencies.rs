//! How somebody tends to decide, read off what they did when they could have done otherwise; and
//! how a cautious officer decides.

use crate::course::Family;
use crate::encounter::{Encounter, Move};

/// Kinds of moves: seven families of techniques, too early, without a technique, silence, the look,
/// the radio, back, closer.
const KINDS: usize = 14;
const TOO_EARLY: usize = 7;
const PLAIN: usize = 8;

/// Words from which a speech counts as long for a cautious officer.
const LONG_SPEECH: u16 = 25;

/// How often each kind of move was open, and how often it was taken.
#[derive(Debug, Clone, Default)]
pub(super) struct Tendencies {
    open: [u32; KINDS],
    taken: [u32; KINDS],
}

const fn family(of: Family) -> usize {
    match of {
        Family::ActiveListening => 0,
        Family::Tactical => 1,
        Family::Safety => 2,
        Family::Legal => 3,
        Family::Referral => 4,
        Family::SelfCare => 5,
        Family::Pitfall => 6,
    }
}

/// The kinds of a move, one bit each.
fn kinds(encounter: &Encounter, made: Move) -> u16 {
    match made {
        Move::Hold | Move::Silence => return 1 << 9,
        Move::Observe => return 1 << 10,
        Move::Radio => return 1 << 11,
        Move::StepBack => return 1 << 12,
        Move::StepCloser => return 1 << 13,
        Move::Choice(_) => {}
    }
    let scenario = encounter.scenario();
    let used = encounter
        .act(made)
        .map_or(&[][..], |act| act.techniques.of(&scenario.technique_refs));
    let mut bits = 0;
    for technique in used {
        if let Some(known) = scenario.techniques.get(usize::from(*technique)) {
            bits |= 1 << family(known.technique.family);
            if encounter.state().trust < known.trust_needed {
                bits |= 1 << TOO_EARLY;
            }
        }
    }
    if bits == 0 { 1 << PLAIN } else { bits }
}

fn positions(bits: u16) -> impl Iterator<Item = usize> {
    (0..KINDS).filter(move |kind| bits >> kind & 1 == 1)
}

/// Everything that can be done now, silence once.
pub(super) fn candidates(encounter: &Encounter, into: &mut Vec<Move>) {
    into.clear();
    into.extend(encounter.open_moves());
    if !into.contains(&Move::Hold) {
        into.push(Move::Silence);
    }
}

impl Tendencies {
    /// Takes in one decision.
    pub(super) fn see(&mut self, encounter: &Encounter, made: Move) {
        let mut all = Vec::new();
        candidates(encounter, &mut all);
        let open = all
            .iter()
            .fold(0, |bits, one| bits | kinds(encounter, *one));
        for kind in positions(open) {
            self.open[kind] += 1;
        }
        for kind in positions(kinds(encounter, made)) {
            self.taken[kind] += 1;
        }
    }

    /// Per mille of the times that a kind was open in which it was taken, begun at one half so
    /// that nothing is certain after a few decisions.
    fn rate(&self, kind: usize) -> u32 {
        (self.taken[kind] * 2 + 1) * 1000 / (self.open[kind] * 2 + 2)
    }

    /// How much somebody inclines to a move: the mean of its kinds, squared.
    fn weight(&self, encounter: &Encounter, made: Move) -> u32 {
        let bits = kinds(encounter, made);
        let sum: u32 = positions(bits).map(|kind| self.rate(kind)).sum();
        let mean = sum / bits.count_ones().max(1);
        (mean * mean / 1000).max(1)
    }

    /// One of the moves, as often as somebody inclines to it; `draw` is any number.
    pub(super) fn choose(&self, encounter: &Encounter, of: &[Move], draw: u32) -> Move {
        let total: u32 = of.iter().map(|made| self.weight(encounter, *made)).sum();
        let mut left = draw.checked_rem(total).unwrap_or(0);
        for made in of {
            let weight = self.weight(encounter, *made);
            if left < weight {
                return *made;
            }
            left -= weight;
        }
        of.first().copied().unwrap_or(Move::Silence)
    }
}

/// What a cautious officer does: looks once, then says what listens and keeps everybody safe, in
/// few words; never steps closer, and leaves powers alone while anything else is open.
pub(super) fn cautious(encounter: &Encounter, has_looked: &mut bool) -> Move {
    if !*has_looked && encounter.is_open(Move::Observe) {
        *has_looked = true;
        return Move::Observe;
    }
    let scenario = encounter.scenario();
    let mut best = (1, Move::Silence);
    for choice in encounter.offered() {
        let made = Move::Choice(choice);
        let Some(act) = encounter.act(made) else {
            continue;
        };
        let mut worth = 0;
        for technique in act.techniques.of(&scenario.technique_refs) {
            let Some(known) = scenario.techniques.get(usize::from(*technique)) else {
                continue;
            };
            worth += match known.technique.family {
                Family::ActiveListening | Family::Safety => 4,
                Family::Referral | Family::SelfCare => 2,
                Family::Tactical => 1,
                Family::Legal => -4,
                Family::Pitfall => -8,
            };
        }
        if act.words > LONG_SPEECH {
            worth -= 2;
        }
        if worth > best.0 {
            best = (worth, made);
        }
    }
    best.1
}
