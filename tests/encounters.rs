//! Play scripts in `tests/plays`: seed, moves and the ending that they lead to.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use common_ground::encounter::{Event, replay};

use crate::support;

struct Script {
    name: String,
    seed: u64,
    moves: Vec<String>,
    ending: String,
}

fn scripts(id: &str) -> Vec<Script> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/plays")
        .join(id);
    let mut scripts = Vec::new();
    for entry in
        fs::read_dir(&folder).unwrap_or_else(|_| panic!("no play scripts in {}", folder.display()))
    {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "play") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let mut script = Script {
            name: path.display().to_string(),
            seed: 0,
            moves: Vec::new(),
            ending: String::new(),
        };
        for line in text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
        {
            match line.split_once(' ') {
                Some(("seed", seed)) => script.seed = seed.trim().parse().unwrap(),
                Some(("move", word)) => script.moves.push(word.trim().to_owned()),
                Some(("ending", ending)) => ending.trim().clone_into(&mut script.ending),
                _ => panic!("{}: `{line}` is no line of a play script", script.name),
            }
        }
        scripts.push(script);
    }
    scripts.sort_by(|a, b| a.name.cmp(&b.name));
    scripts
}

#[test]
fn every_ending_of_every_shipped_scenario_is_reached_by_its_script() {
    for id in support::SHIPPED {
        let scenario = support::shipped(id);
        let mut reached = BTreeSet::new();
        for script in scripts(id) {
            let mut log = Vec::new();
            let played = replay(
                &scenario,
                script.seed,
                script.moves.iter().map(String::as_str),
                &mut log,
            )
            .unwrap_or_else(|error| panic!("{}: {error}", script.name));
            let ending = played
                .ending()
                .unwrap_or_else(|| panic!("{} does not reach an ending", script.name));
            let ending = scenario.endings[ending as usize].id.to_string();
            assert_eq!(ending, script.ending, "{}", script.name);
            reached.insert(ending);
        }
        let all: BTreeSet<String> = scenario
            .endings
            .iter()
            .map(|ending| ending.id.to_string())
            .collect();
        assert_eq!(reached, all, "{id}: every ending has a script");
    }
}

#[test]
fn the_same_seed_and_moves_give_the_same_events() {
    for id in support::SHIPPED {
        let scenario = support::shipped(id);
        for script in scripts(id) {
            let play = || {
                let mut log: Vec<Event> = Vec::new();
                let words = script.moves.iter().map(String::as_str);
                let end = replay(&scenario, script.seed, words, &mut log).unwrap();
                (log, end.state().clone(), end.clock())
            };
            assert_eq!(play(), play(), "{}", script.name);
        }
    }
}

#[test]
fn scoring_again_gives_the_same_bytes() {
    let course = support::course();
    for id in support::SHIPPED {
        let scenario = support::shipped(id);
        for script in scripts(id) {
            let tell = || {
                let told =
                    common_ground::scoring::review(&scenario, &course, script.seed, &script.moves)
                        .unwrap();
                serde_json::to_string(&told).unwrap()
            };
            assert_eq!(tell(), tell(), "{}", script.name);
            let again = common_ground::scoring::review(
                &Arc::new((*scenario).clone()),
                &course,
                script.seed,
                &script.moves,
            );
            assert_eq!(serde_json::to_string(&again.unwrap()).unwrap(), tell());
        }
    }
}
