//! Where runs come on the map: counted by place, for guessers and for kept attempts.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::attempt::kept_files;
use crate::encounter::{Event, replay};
use crate::records::{AttemptFilter, Store, moves_in_force};
use crate::scenario::Scenario;

/// Where runs came: by place, the share of runs.
#[derive(Debug, Clone, Default)]
pub(super) struct Heat {
    pub(super) shares: Vec<f32>,
    pub(super) runs: usize,
}

/// Id of a place, as the map counts them.
pub(super) fn place_id(scenario: &Scenario, at: usize) -> String {
    let endings = scenario.beats.len();
    let incidents = endings + scenario.endings.len();
    let beat = scenario.beats.get(at).map(|beat| &beat.id);
    let ending = || {
        scenario
            .endings
            .get(at.checked_sub(endings)?)
            .map(|end| &end.id)
    };
    let incident = || {
        let at = at.checked_sub(incidents)?;
        scenario.incidents.get(at).map(|incident| &incident.id)
    };
    beat.or_else(ending)
        .or_else(incident)
        .map_or_else(String::new, ToString::to_string)
}

/// Places that were reached, as the map counts them.
pub(super) fn places_of(scenario: &Scenario, log: &[Event]) -> impl Iterator<Item = usize> {
    let endings = scenario.beats.len();
    let incidents = endings + scenario.endings.len();
    log.iter().filter_map(move |event| match event {
        Event::BeatReached(beat) => Some(*beat as usize),
        Event::Ended(ending) => Some(endings + *ending as usize),
        Event::Happened(incident) => Some(incidents + *incident as usize),
        _ => None,
    })
}

/// How many runs came to each place.
pub(super) struct Tally {
    counts: Vec<u32>,
    run: BTreeSet<usize>,
    runs: usize,
}

impl Tally {
    pub(super) fn new(places: usize) -> Self {
        Self {
            counts: vec![0; places],
            run: BTreeSet::new(),
            runs: 0,
        }
    }

    pub(super) fn see(&mut self, scenario: &Scenario, log: &[Event]) {
        self.run.extend(places_of(scenario, log));
    }

    pub(super) fn end(&mut self) {
        self.runs += 1;
        for at in std::mem::take(&mut self.run) {
            if let Some(count) = self.counts.get_mut(at) {
                *count += 1;
            }
        }
    }

    pub(super) fn heat(&self) -> Heat {
        let all = self.runs.max(1) as f32;
        Heat {
            shares: self
                .counts
                .iter()
                .map(|count| *count as f32 / all)
                .collect(),
            runs: self.runs,
        }
    }
}

/// Where kept attempts came: each is played again with the files that were kept with it, and its
/// places are found in the present map by their ids.
pub(super) fn traffic(
    data: &Path,
    scenario: &str,
    ids: &BTreeMap<String, usize>,
    places: usize,
    count: &AtomicUsize,
    cancel: &AtomicBool,
) -> Result<Heat, String> {
    let told = |problem: &dyn std::fmt::Display| format!("The attempts cannot be read: {problem}.");
    let store = Store::open(data).map_err(|problem| told(&problem))?;
    let filter = AttemptFilter {
        scenario: Some(scenario.to_owned()),
        ..AttemptFilter::default()
    };
    let mut tally = Tally::new(places);
    for kept in store.attempts(&filter).map_err(|problem| told(&problem))? {
        if cancel.load(Ordering::Relaxed) {
            break;
        }
        count.fetch_add(1, Ordering::Relaxed);
        // An attempt that this version cannot play any more counts for nothing.
        let Ok((old, _)) = kept_files(&store, &kept) else {
            continue;
        };
        let Ok(journal) = store.moves(kept.id) else {
            continue;
        };
        let mut log = Vec::new();
        if replay(&old, kept.seed, moves_in_force(&journal), &mut log).is_err() {
            continue;
        }
        let here = places_of(&old, &log).filter_map(|at| ids.get(&place_id(&old, at)));
        tally.run.extend(here);
        tally.end();
    }
    Ok(tally.heat())
}
