//! Beats out of whose states there is always a way: shown from how the scenario is written, where
//! there are too many states to look at each.
//!
//! A beat has a way out if some move that is always open there leads, whatever holds, to an ending
//! or to a beat that has a way out. An event that happens once may come between as often as there
//! are such events, and leads to a beat that has a way out as well; one that repeats must lead to
//! a beat already known to have one. So every state comes to an ending in finitely many moves.

use crate::scenario::{Beat, Run, Scenario, Target};

/// Beats with a decision, among those that were met, for which it is not shown.
pub(super) fn not_shown(scenario: &Scenario, met: &[bool]) -> Vec<u32> {
    let mut out = vec![false; scenario.beats.len()];
    loop {
        let mut grew = false;
        for (at, beat) in scenario.beats.iter().enumerate() {
            if !out[at] && leads_out(scenario, beat, &out) {
                out[at] = true;
                grew = true;
            }
        }
        if !grew {
            break;
        }
    }
    // What an event that happens once leads to has to have a way out too, or nothing is shown.
    let is_cut_off = scenario
        .incidents
        .iter()
        .any(|incident| !incident.repeats && !is_out(incident.to, &out));
    (0_u32..)
        .zip(&scenario.beats)
        .filter(|(at, beat)| {
            let at = *at as usize;
            met.get(at) == Some(&true) && beat.decision.is_some() && (is_cut_off || !out[at])
        })
        .map(|(at, _)| at)
        .collect()
}

fn is_out(to: Target, out: &[bool]) -> bool {
    match to {
        // An event that stays lets the move lead on.
        Target::Stay | Target::Ending(_) => true,
        Target::Beat(beat) => out.get(beat as usize) == Some(&true),
    }
}

fn leads_out(scenario: &Scenario, beat: &Beat, out: &[bool]) -> bool {
    let all_lead_out = |routes: Run| {
        let routes = routes.of(&scenario.routes);
        !routes.is_empty()
            && routes
                .iter()
                .all(|route| route.to != Target::Stay && is_out(route.to, out))
    };
    let Some(decision) = &beat.decision else {
        return all_lead_out(beat.routes);
    };
    let is_undisturbed = scenario
        .incidents
        .iter()
        .all(|incident| !incident.repeats || is_out(incident.to, out));
    let always_open = decision
        .choices
        .of(&scenario.choices)
        .iter()
        .filter(|choice| choice.when.is_empty() && !choice.once)
        .map(|choice| &choice.act)
        .chain(decision.silence.as_deref());
    let mut always_open = always_open;
    is_undisturbed && always_open.any(|act| all_lead_out(act.routes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_that_stays_is_no_obstacle_and_a_beat_without_a_way_out_is() {
        assert!(is_out(Target::Stay, &[]));
        assert!(is_out(Target::Ending(0), &[]));
        assert!(!is_out(Target::Beat(0), &[false]));
        assert!(is_out(Target::Beat(0), &[true]));
    }
}
