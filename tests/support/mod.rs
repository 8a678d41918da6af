//! What several tests and benches need: the shipped scenarios and generated ones.
#![allow(dead_code, reason = "each test and bench uses a part of it")]

pub(crate) mod generate;
pub(crate) mod types;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use common_ground::course::Course;
use common_ground::proof::{Asked, Extent, Limits, prove};
use common_ground::scenario::load::{check_text, load_courses, load_scenario};
use common_ground::scenario::{Courses, Scenario};

/// The three scenarios that are shipped.
pub(crate) const SHIPPED: [&str; 3] = ["footbridge", "number-14", "chain-on-the-door"];

/// The scenario folder of the package.
#[must_use]
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios")
}

/// The shipped courses and catalogues.
#[must_use]
pub(crate) fn courses() -> Courses {
    load_courses(&folder()).expect("the scenario folder is there")
}

/// The shipped course.
#[must_use]
pub(crate) fn course() -> Arc<Course> {
    courses()
        .course("cpmha")
        .cloned()
        .expect("the course is there")
}

/// A shipped scenario.
#[must_use]
pub(crate) fn shipped(id: &str) -> Arc<Scenario> {
    let path = folder().join(format!("{id}.scenario.ron"));
    let file = load_scenario(&path, &courses(), None);
    file.scenario
        .unwrap_or_else(|| panic!("{id} has faults: {:?}", file.diagnostics))
}

/// A scenario from text that must be without errors.
#[must_use]
pub(crate) fn compiled(text: &str) -> Arc<Scenario> {
    let (scenario, faults) = check_text(text, "test", None, &courses(), None);
    Arc::new(scenario.unwrap_or_else(|| panic!("faults: {faults:?}")))
}

/// What `prove --bots` finds within a budget of states. From a million on, every state must have
/// been tried; a smaller budget is for what the guessers show.
#[must_use]
pub(crate) fn findings(scenario: &Arc<Scenario>, budget: usize) -> Vec<String> {
    let asked = Asked {
        limits: Limits {
            budget,
            ..Limits::default()
        },
        bot_seeds: 1_000,
        search_seeds: 100,
    };
    let proof = prove(scenario, &course(), ("it", ""), &asked, &mut |_| {});
    if budget >= 1_000_000 {
        assert_eq!(proof.extent, Extent::Exhausted, "{} states", proof.states);
    }
    proof
        .findings
        .into_iter()
        .map(|finding| finding.diagnostic.message)
        .collect()
}

/// The states in which play may begin, each with its share of all draws.
pub(crate) fn beginnings(space: &common_ground::proof::Space) -> Vec<(u32, f64)> {
    let of_draw = |drawn: &common_ground::proof::Drawn| {
        let share = drawn.share;
        let roots = drawn.roots.clone();
        roots
            .into_iter()
            .map(move |(root, part)| (root, share * part))
    };
    space.draws.iter().flat_map(of_draw).collect()
}
