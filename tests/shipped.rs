//! The scenario folder checks clean, and is as large as was promised.

use common_ground::scenario::load::{load_folder, proof_path};
use common_ground::scenario::signing::content_sha256;
use common_ground::scenario::{LineKind, Outcome, ProofMark, Proven};

use crate::support;

#[test]
fn every_shipped_scenario_is_without_errors_and_warnings() {
    let shelf = load_folder(&support::folder(), None).unwrap();
    assert!(
        shelf.courses.diagnostics.is_empty(),
        "{:?}",
        shelf.courses.diagnostics
    );
    assert_eq!(shelf.scenarios.len(), support::SHIPPED.len());
    for file in &shelf.scenarios {
        let told: Vec<String> = file
            .diagnostics
            .iter()
            .map(|d| d.plain(&file.text))
            .collect();
        assert!(told.is_empty(), "{told:#?}");
    }
}

#[test]
fn every_shipped_scenario_carries_the_mark_of_its_proof() {
    let shelf = load_folder(&support::folder(), None).unwrap();
    for file in &shelf.scenarios {
        let text = std::fs::read_to_string(proof_path(&file.path)).unwrap();
        let mark: ProofMark = ron::from_str(&text).unwrap();
        let scenario = file.scenario.as_ref().unwrap();
        let content = content_sha256(&file.text, scenario, &support::course()).unwrap();
        assert_eq!(
            mark.says_of(&content),
            Some(Proven::Whole),
            "{}: prove it again with `common-ground prove --keep`",
            file.id
        );
    }
}

#[test]
fn the_course_has_its_objectives_gates_and_tracks() {
    let course = support::course();
    assert_eq!(course.objectives.len(), 26);
    assert_eq!(course.gates.len(), 6);
    assert_eq!(course.tracks.len(), 3);
    for objective in &course.objectives {
        for text in [
            &objective.levels.unsafe_level,
            &objective.levels.developing,
            &objective.levels.competent,
            &objective.levels.proficient,
        ] {
            assert!(
                text.len() > 10,
                "{} lacks a level description",
                objective.id
            );
        }
    }
}

#[test]
fn each_scenario_is_as_rich_as_was_asked() {
    for id in support::SHIPPED {
        let scenario = support::shipped(id);
        assert!(
            scenario.choices.len() >= 120,
            "{id}: {} options",
            scenario.choices.len()
        );
        assert!(
            scenario.endings.len() >= 5,
            "{id}: {} endings",
            scenario.endings.len()
        );
        for outcome in [Outcome::Safe, Outcome::Unresolved, Outcome::Unsafe] {
            assert!(
                scenario.endings.iter().any(|e| e.outcome == outcome),
                "{id}: no {outcome:?} ending"
            );
        }
        let hidden = scenario.profiles.len().max(scenario.variations.len());
        assert!(hidden >= 3, "{id}: {hidden} drawn profiles or variations");
        let decisions: Vec<_> = scenario
            .beats
            .iter()
            .filter_map(|beat| beat.decision.as_ref())
            .collect();
        let silent = decisions
            .iter()
            .filter(|decision| decision.silence.is_some())
            .count();
        assert!(
            silent * 2 > decisions.len(),
            "{id}: silence matters at {silent} of {}",
            decisions.len()
        );
        assert!(!scenario.content_notes.is_empty(), "{id}");
        assert!(!scenario.references.is_empty(), "{id}");
        assert!(
            scenario
                .endings
                .iter()
                .all(|ending| !ending.felt.is_empty()),
            "{id}"
        );
        let colleague = scenario.lines.iter().any(|line| match line.kind {
            LineKind::Say(by) => matches!(
                scenario.cast[usize::from(by)].member,
                common_ground::scenario::CastMember::Colleague { .. }
            ),
            _ => false,
        });
        assert!(colleague, "{id}: a colleague speaks");
    }
}

#[test]
fn every_place_and_person_of_a_shipped_scenario_is_in_the_assets() {
    let assets = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets");
    for id in support::SHIPPED {
        let scenario = support::shipped(id);
        let place = assets
            .join("places")
            .join(format!("{}.glb", scenario.setting.place));
        assert!(place.is_file(), "{id}: {}", place.display());
        for person in &scenario.cast {
            use common_ground::scenario::CastMember;
            let look = match &person.member {
                CastMember::Subject { look, .. }
                | CastMember::Colleague { look, .. }
                | CastMember::Bystander { look, .. } => look,
                CastMember::Radio { .. } => continue,
            };
            let file = assets.join("people").join(format!("{look}.glb"));
            assert!(
                look.is_empty() || file.is_file(),
                "{id}: {}",
                file.display()
            );
        }
    }
}
