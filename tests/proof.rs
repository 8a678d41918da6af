//! The prover against an explorer that shares nothing with it but the kernel: plain recursion
//! over `step`, whole states, no liveness, no packing, draws at the beginning.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::sync::Arc;

use common_ground::encounter::{Encounter, Event, Move, State, replay};
use common_ground::proof::{
    Asked, Bound, Extent, Limits, Met, Policy, Reach, Space, Swept, chances, explore, moves_to,
    prove, ranges, sweep, witness,
};
use common_ground::scenario::Scenario;
use common_ground::scoring::score;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::support;

/// Whole states that the slow explorer goes to.
const MOST: usize = 4_000;

struct Dice(ChaCha8Rng);

impl Dice {
    fn below(&mut self, count: usize) -> usize {
        self.0.next_u32() as usize % count
    }
    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }
}

/// A small scenario with everything that can branch: conditions, chance, events, once, draws,
/// counters, meters, standing moves, detention.
fn small(seed: u64) -> String {
    let mut dice = Dice(ChaCha8Rng::seed_from_u64(seed));
    let beats = 2 + dice.below(3);
    let mut text = String::from(
        r#"Scenario(format: 1, id: "small", title: "Small", version: "1.0.0", course: "cpmha",
    tracks: [CrisisIntervention], level: Core, minutes: 10, summary: "For a test.",
    review: (status: Draft, due: "2099-01-01"), jurisdiction: EnglandAndWales,
    references: { "136-1": (cite: "An act", as_of: "2025-01-01", note: "A note.") },
    objectives: (core: ["CI-1"], also: ["CI-2"]),
    setting: (place: "footbridge", time: Day, weather: Clear, clock: "10:00"),
    briefing: (log: [(at: "09:58", text: "A call.")], task: "Make contact."),
    cast: { "alex": Subject(name: "Alex", look: "woman-30s-jacket", profiles: [(is: "despair"), (is: "numb-calm", weight: 2)]) },
    variations: { "who": [(is: "a", text: "one", weight: 2), (is: "b", text: "another")], "why": [(is: "x", text: "this"), (is: "y", text: "that")] },
    facts: { "f0": "One.", "f1": "Two.", "f2": "" },
    meters: { "noise": (label: "Noise", min: 0, max: 2, start: 1) },
    counters: { "count": 2 },
"#,
    );
    let _ = writeln!(
        text,
        "    start: (beat: \"b0\", distress: {}, trust: {}, distance: 6{}),",
        16 + dice.below(4),
        dice.below(3),
        if dice.one_in(3) { ", jitter: 1" } else { "" }
    );
    let standing = ["", "StepBack", "Observe, Hold", "StepCloser, Radio", "Hold"][dice.below(5)];
    let _ = writeln!(text, "    standing: [{standing}],");
    if standing.contains("Radio") {
        let _ = writeln!(
            text,
            "    moves: [(is: Radio, when: [{}], effects: [{}], evidence: {{ \"CI-2\": Competent }}, why: \"W.\", once: true)],",
            condition(&mut dice),
            effect(&mut dice)
        );
    }
    if dice.one_in(2) {
        let to = target(&mut dice, beats);
        let _ = writeln!(
            text,
            "    events: [(id: \"event\", when: [{}], chance: {}, effects: [{}], to: \"{to}\")],",
            condition(&mut dice),
            [30, 100][dice.below(2)],
            effect(&mut dice)
        );
    }
    text.push_str("    beats: {\n");
    for beat in 0..beats {
        let _ = writeln!(
            text,
            "        \"b{beat}\": (effects: [{}], lines: [Say(by: \"alex\", text: \"Line {beat}.\")], decision: (choices: [",
            if dice.one_in(2) {
                effect(&mut dice)
            } else {
                String::new()
            }
        );
        for choice in 0..2 + dice.below(2) {
            let when = if choice > 0 && dice.one_in(2) {
                format!(", when: [{}]", condition(&mut dice))
            } else {
                String::new()
            };
            let once = if choice > 0 && dice.one_in(3) {
                ", once: true"
            } else {
                ""
            };
            let ways = if dice.one_in(4) {
                format!(
                    "routes: [(when: [{}], chance: {}, to: \"{}\"), (to: \"{}\")]",
                    condition(&mut dice),
                    [50, 100][dice.below(2)],
                    target(&mut dice, beats),
                    target(&mut dice, beats)
                )
            } else {
                format!("to: \"{}\"", target(&mut dice, beats))
            };
            let technique = ["reflect", "summarise", "give-space", "command"][dice.below(4)];
            let fails = if dice.one_in(6) {
                ", fails: [(gate: \"dignity\", why: \"So.\")]"
            } else {
                ""
            };
            let _ = writeln!(
                text,
                "            Say(id: \"c{beat}_{choice}\", text: \"Words.\", techniques: [\"{technique}\"], evidence: {{ \"CI-{}\": {} }}, effects: [{}], why: \"W.\"{when}{once}{fails}, {ways}),",
                1 + dice.below(2),
                ["Developing", "Competent", "Proficient"][dice.below(3)],
                effect(&mut dice)
            );
        }
        let to = target(&mut dice, beats);
        let _ = writeln!(
            text,
            "        ], silence: (effects: [{}], why: \"W.\", to: \"{to}\"))),",
            effect(&mut dice)
        );
    }
    text.push_str(
        r#"    },
    endings: {
        "good": (outcome: Safe, title: "G", text: "T.", aftermath: "A.", felt: [(by: "alex", text: "Heard.")]),
        "bad": (outcome: Unsafe, title: "B", text: "T.", aftermath: "A.", fails: [(gate: "life-safety", why: "So.")], felt: [(by: "alex", text: "Not.")]),
    },
)
"#,
    );
    text
}

fn target(dice: &mut Dice, beats: usize) -> String {
    match dice.below(6) {
        0 => ".".to_owned(),
        1 => "good".to_owned(),
        2 => "bad".to_owned(),
        _ => format!("b{}", dice.below(beats)),
    }
}

fn condition(dice: &mut Dice) -> String {
    match dice.below(12) {
        0 => "Fact(\"f0\")".to_owned(),
        1 => "Not(Fact(\"f1\"))".to_owned(),
        2 => "Any([Fact(\"f2\"), TrustAtLeast(2)])".to_owned(),
        3 => "Drawn(\"who\", \"a\")".to_owned(),
        4 => "Drawn(\"why\", \"y\")".to_owned(),
        5 => "Profile(\"despair\")".to_owned(),
        6 => "CounterAtLeast(\"count\", 2)".to_owned(),
        7 => "MeterAtMost(\"noise\", 1)".to_owned(),
        8 => "DistressAtLeast(18)".to_owned(),
        9 => "DistanceAtMost(5)".to_owned(),
        10 => "Detained".to_owned(),
        _ => "Seen(\"c0_0\")".to_owned(),
    }
}

fn effect(dice: &mut Dice) -> String {
    match dice.below(11) {
        0 => "Learn(\"f0\")".to_owned(),
        1 => "Learn(\"f1\")".to_owned(),
        2 => "Learn(\"f2\"), Forget(\"f0\")".to_owned(),
        3 => "Counter(\"count\", 1)".to_owned(),
        4 => "Meter(\"noise\", -1)".to_owned(),
        5 => "Distress(1)".to_owned(),
        6 => "Trust(1)".to_owned(),
        7 => "Distance(-1)".to_owned(),
        8 => "Chance(25, [Learn(\"f1\")], [Distress(-1)])".to_owned(),
        9 => "If([Drawn(\"who\", \"b\")], [Trust(-1)], [Detain(\"136-1\")])".to_owned(),
        _ => "Release".to_owned(),
    }
}

/// The slow explorer: every state with its ways on, by recursion that keeps its own stack.
struct Slow {
    numbers: HashMap<State, usize>,
    /// By state: for every move, states with their shares.
    onward: Vec<Vec<(Move, Vec<(usize, f64)>)>>,
    states: Vec<State>,
    roots: Vec<(usize, f64)>,
}

impl Slow {
    fn number(&mut self, state: &State, open: &mut Vec<usize>) -> usize {
        if let Some(number) = self.numbers.get(state) {
            return *number;
        }
        let number = self.states.len();
        self.numbers.insert(state.clone(), number);
        self.states.push(state.clone());
        self.onward.push(Vec::new());
        open.push(number);
        number
    }

    fn explore(scenario: &Arc<Scenario>, most: usize) -> Option<Self> {
        let mut this = Self {
            numbers: HashMap::new(),
            onward: Vec::new(),
            states: Vec::new(),
            roots: Vec::new(),
        };
        let mut open = Vec::new();
        let mut encounter = Encounter::dealt(Arc::clone(scenario));
        let mut log = Vec::new();
        for (drawn, share) in State::draws_of(scenario, &|_| true) {
            encounter.deal().unwrap().first();
            loop {
                encounter.open_with(&drawn, &mut log);
                let state = encounter.state().clone();
                let part = encounter.deal().unwrap().share();
                let number = this.number(&state, &mut open);
                this.roots.push((number, share * part));
                if !encounter.deal().unwrap().advance() {
                    break;
                }
            }
        }
        while let Some(number) = open.pop() {
            if this.states.len() > most {
                return None;
            }
            let state = this.states[number].clone();
            encounter.set(&state);
            if encounter.ending().is_some() {
                continue;
            }
            let moves: Vec<Move> = encounter.open_moves().chain([Move::Silence]).collect();
            for made in moves {
                let mut parts = Vec::new();
                encounter.deal().unwrap().first();
                loop {
                    log.clear();
                    encounter.set(&state);
                    encounter.step(made, &mut log).unwrap();
                    let after = encounter.state().clone();
                    let part = encounter.deal().unwrap().share();
                    parts.push((this.number(&after, &mut open), part));
                    if !encounter.deal().unwrap().advance() {
                        break;
                    }
                }
                this.onward[number].push((made, parts));
            }
        }
        Some(this)
    }

    /// Probability of each ending if any move is as likely as another. Holding is silence, and
    /// a standing move that changes nothing but its own being used is left out, as in the
    /// policy of the same name.
    ///
    /// Also what is left on the way when it stops, by which the others may be too small.
    fn chances(&self, scenario: &Scenario) -> (Vec<f64>, f64) {
        let mut mass = vec![0.0; self.states.len()];
        for (root, share) in &self.roots {
            mass[*root] += share;
        }
        let mut endings = vec![0.0; scenario.endings.len()];
        let mut left = 0.0;
        for _ in 0..4_000 {
            let mut next = vec![0.0; mass.len()];
            left = 0.0;
            for (number, here) in mass.iter().enumerate() {
                if *here == 0.0 {
                    continue;
                }
                if let Some(ending) = self.states[number].ending {
                    endings[ending as usize] += here;
                    continue;
                }
                let moves: Vec<_> = self.onward[number]
                    .iter()
                    .filter(|(made, parts)| {
                        *made != Move::Hold && !self.is_nothing(number, *made, parts)
                    })
                    .collect();
                for (_, parts) in &moves {
                    for (to, share) in parts {
                        next[*to] += here * share / moves.len() as f64;
                        left += here * share / moves.len() as f64;
                    }
                }
            }
            mass = next;
            if left < 1e-13 {
                break;
            }
        }
        (endings, left)
    }

    fn is_nothing(&self, number: usize, made: Move, parts: &[(usize, f64)]) -> bool {
        if !matches!(made, Move::Observe | Move::StepBack | Move::StepCloser) {
            return false;
        }
        let [(to, _)] = parts else {
            return false;
        };
        let mut after = self.states[*to].clone();
        after.used = self.states[number].used;
        after == self.states[number]
    }
}

/// A small scenario that the checker takes, with its text.
fn random(seed: u64) -> Option<(Arc<Scenario>, String)> {
    let text = small(seed);
    let (scenario, _) =
        common_ground::scenario::load::check_text(&text, "small", None, &support::courses(), None);
    Some((Arc::new(scenario?), text))
}

fn explored(scenario: &Arc<Scenario>) -> Space {
    explore(scenario, &Limits::default(), &mut |_| {})
}

fn reach(with_words: bool) -> Reach {
    Reach {
        bound: Bound::Exact,
        most_states: u64::MAX,
        most_nodes: 10_000_000,
        with_words,
        threads: 2,
        cancel: Arc::default(),
    }
}

fn swept(scenario: &Arc<Scenario>, with_words: bool) -> Swept {
    sweep(scenario, &reach(with_words), &mut |_| {}).expect("its parts are small")
}

#[test]
fn whole_sets_and_single_states_meet_the_same() {
    let mut compared = 0;
    for seed in 0..120 {
        let Some((scenario, text)) = random(seed) else {
            continue;
        };
        for with_words in [false, true] {
            let limits = Limits {
                with_words,
                ..Limits::default()
            };
            let (one, all) = (
                explore(&scenario, &limits, &mut |_| {}),
                swept(&scenario, with_words),
            );
            assert_eq!(one.extent, Extent::Exhausted);
            assert_eq!(all.extent, Extent::Exhausted);
            assert_eq!(one.met.beats, all.met.beats, "seed {seed}\n{text}");
            assert_eq!(one.met.choices, all.met.choices, "seed {seed}\n{text}");
            assert_eq!(one.met.incidents, all.met.incidents, "seed {seed}\n{text}");
            assert_eq!(one.met.endings, all.met.endings, "seed {seed}\n{text}");
            assert_eq!(one.met.dry, all.met.dry, "seed {seed}\n{text}");
            let (traced, by_sets) = (&one.met.trace, &all.met.trace);
            assert_eq!(traced.routes, by_sets.routes, "seed {seed}\n{text}");
            assert_eq!(traced.conditions, by_sets.conditions, "seed {seed}\n{text}");
            // An ending without a failed gate.
            let mut ungated = vec![false; scenario.endings.len()];
            for edge in &one.edges {
                let way = &one.ways[edge.way as usize];
                if let (Some(ending), 0) = (one.ending(&scenario, edge.to), way.gates) {
                    ungated[ending as usize] = true;
                }
            }
            assert_eq!(ungated, all.ungated, "seed {seed}\n{text}");
            compared += 1;
        }
    }
    assert!(compared > 100, "only {compared} were compared");
}

#[test]
fn an_event_that_leads_elsewhere_takes_the_place_of_where_the_move_led() {
    let event = "    events: [(id: \"rings\", when: [MeterAtLeast(\"noise\", 6)], to: \"b5\")],\n";
    let text =
        support::generate::scenario(8).replace("    beats: {", &format!("{event}    beats: {{"));
    let scenario = support::compiled(&text);
    let mut log = Vec::new();
    let mut encounter = Encounter::begin(Arc::clone(&scenario), 1, &mut log);
    log.clear();
    // The first option leads to `b1` and makes it so loud that the event happens.
    encounter.step(Move::Choice(0), &mut log).unwrap();
    assert_eq!(&*scenario.beats[encounter.state().beat as usize].id, "b5");
    let reached: Vec<u32> = log
        .iter()
        .filter_map(|event| match event {
            Event::BeatReached(beat) => Some(*beat),
            _ => None,
        })
        .collect();
    assert_eq!(reached, [5], "where the move led is not come to");
    // The proof takes the same ways, one by one and by whole sets.
    let space = explored(&scenario);
    let first = space
        .edges_of(0)
        .iter()
        .find(|edge| space.ways[edge.way as usize].made == Move::Choice(0));
    assert_eq!(space.places[first.unwrap().to as usize], 5);
    let sets = swept(&scenario, false);
    assert_eq!(space.met.beats, sets.met.beats);
}

/// Whether everything in one list is in the other too.
fn within(few: &[bool], many: &[bool]) -> bool {
    few.iter().zip(many).all(|(few, many)| !few || *many)
}

fn is_within(few: &Met, many: &Met) -> bool {
    within(&few.beats, &many.beats)
        && within(&few.choices, &many.choices)
        && within(&few.incidents, &many.incidents)
        && within(&few.endings, &many.endings)
        && within(&few.dry, &many.dry)
        && within(&few.trace.routes, &many.trace.routes)
        && few
            .trace
            .conditions
            .iter()
            .zip(&many.trace.conditions)
            .all(|(few, many)| few & !many == 0)
        && few
            .trace
            .changes
            .iter()
            .zip(&many.trace.changes)
            .all(|(few, many)| few & !many == 0)
}

#[test]
fn bounded_sweeps_lie_on_either_side_of_what_is_reached() {
    let (mut above, mut below) = (0, 0);
    for seed in 0..80 {
        let Some((scenario, text)) = random(seed) else {
            continue;
        };
        let all = swept(&scenario, true);
        let bounded = |bound| {
            let reach = Reach {
                bound,
                ..reach(true)
            };
            sweep(&scenario, &reach, &mut |_| {}).expect("its parts are small")
        };
        let boxed = bounded(Bound::Boxed);
        assert!(is_within(&all.met, &boxed.met), "seed {seed}\n{text}");
        assert!(within(&all.ungated, &boxed.ungated), "seed {seed}\n{text}");
        assert!(all.states <= boxed.states, "seed {seed}");
        for (own, more) in all.feelings.iter().zip(&boxed.feelings) {
            assert!(own.is_subset(more), "seed {seed}\n{text}");
        }
        for nodes in [1, 4, 12] {
            let more = bounded(Bound::Above { nodes });
            assert!(is_within(&all.met, &more.met), "seed {seed}\n{text}");
            assert!(within(&all.ungated, &more.ungated), "seed {seed}\n{text}");
            assert!(all.states <= more.states, "seed {seed}");
            for (own, more) in all.feelings.iter().zip(&more.feelings) {
                assert!(own.is_subset(more), "seed {seed}\n{text}");
            }
            above += u32::from(!more.is_exact);
            for round in 0..3 {
                let fewer = bounded(Bound::Below { nodes, round });
                assert!(is_within(&fewer.met, &all.met), "seed {seed}\n{text}");
                assert!(within(&fewer.ungated, &all.ungated), "seed {seed}\n{text}");
                assert!(fewer.states <= all.states, "seed {seed}");
                below += u32::from(!fewer.is_exact);
                if fewer.is_exact {
                    assert_eq!(fewer.states, all.states, "seed {seed}");
                }
            }
        }
    }
    assert!(above > 100 && below > 100, "{above} and {below} had bounds");
}

/// Prints what a sweep of a generated scenario costs:
/// `cargo test --release --no-default-features --test main -- --ignored proof_speed --nocapture`.
#[test]
#[ignore = "takes a minute and measures only"]
fn proof_speed() {
    for beats in [50, 200, 800, 2_000, 6_000, 12_000] {
        let text = support::generate::scenario_with(beats, 3);
        let scenario = support::compiled(&text);
        let began = std::time::Instant::now();
        let found = swept(&scenario, false);
        let seconds = began.elapsed().as_secs_f64();
        println!(
            "{beats:>5} beats, {:>11} states ({:?}): {seconds:.2} s, {:.1} million states a second, {:.1} MB a million states",
            found.states,
            found.extent,
            found.states as f64 / seconds / 1e6,
            found.bytes as f64 / found.states as f64,
        );
    }
}

#[test]
fn fast_and_slow_agree_on_random_small_scenarios() {
    let count: u64 = std::env::var("COMMON_GROUND_PROOFS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(60);
    let (mut compared, mut fewer) = (0, 0);
    let courses = support::courses();
    for seed in 0..count * 5 {
        if compared == count {
            break;
        }
        let text = small(seed);
        let (scenario, faults) =
            common_ground::scenario::load::check_text(&text, "small", None, &courses, None);
        let Some(scenario) = scenario else {
            // Some have no way out; the checker says so and they cannot be played.
            assert!(
                faults.iter().all(|fault| fault.code == "no-way-out"
                    || fault.severity == common_ground::scenario::Severity::Warning),
                "{faults:?}\n{text}"
            );
            continue;
        };
        let scenario = Arc::new(scenario);
        let Some(slow) = Slow::explore(&scenario, MOST) else {
            continue;
        };
        compared += 1;
        let fast = explored(&scenario);
        assert_eq!(fast.extent, Extent::Exhausted);
        // Liveness makes classes of states; drawing late adds some in which nothing is drawn yet.
        fewer += usize::from(fast.states() < slow.states.len());
        // The same places are reached,
        // and with the same distress and trust there.
        let slow_places: HashSet<(u32, u8, u8)> = slow
            .states
            .iter()
            .map(|state| match state.ending {
                Some(ending) => (scenario.beats.len() as u32 + ending, 0, 0),
                None => (state.beat, state.distress, state.trust),
            })
            .collect();
        let fast_places: HashSet<(u32, u8, u8)> = fast
            .places
            .iter()
            .zip(&fast.feelings)
            .map(|(place, (distress, trust))| (*place, *distress, *trust))
            .collect();
        assert_eq!(slow_places, fast_places, "seed {seed}\n{text}");
        // By whole sets too.
        let by_sets = swept(&scenario, false);
        let swept_places: HashSet<(u32, u8, u8)> = (0_u32..)
            .zip(&by_sets.feelings)
            .flat_map(|(beat, pairs)| pairs.iter().map(move |pair| (beat, pair.0, pair.1)))
            .chain(
                (scenario.beats.len() as u32..)
                    .zip(&by_sets.met.endings)
                    .filter(|(_, met)| **met)
                    .map(|(place, _)| (place, 0, 0)),
            )
            .collect();
        assert_eq!(slow_places, swept_places, "seed {seed}\n{text}");
        // The same options are open.
        let mut slow_open = vec![false; scenario.choices.len()];
        for moves in &slow.onward {
            for (made, _) in moves {
                if let Move::Choice(choice) = made {
                    slow_open[*choice as usize] = true;
                }
            }
        }
        assert_eq!(slow_open, fast.met.choices, "seed {seed}\n{text}");
        // Each move leads somewhere, with all of its chance.
        for state in 0..fast.states() as u32 {
            let mut shares: Vec<(Move, f64)> = Vec::new();
            for edge in fast.edges_of(state) {
                let way = &fast.ways[edge.way as usize];
                match shares.iter_mut().find(|(made, _)| *made == way.made) {
                    Some((_, share)) => *share += way.share,
                    None => shares.push((way.made, way.share)),
                }
            }
            for (made, share) in shares {
                assert!(
                    (share - 1.0).abs() < 1e-9,
                    "seed {seed}: {made:?} {share}\n{text}"
                );
            }
        }
        // The same chances.
        let from = support::beginnings(&fast);
        let quick = chances(&scenario, &fast, &from, Policy::Uniform);
        // Standing moves that do nothing leave a trace in whole states and none in classes, so
        // the two policies are the same only without such moves.
        if scenario.standing.is_empty()
            || scenario.standing == [common_ground::scenario::Standing::Hold]
        {
            let (endings, left) = slow.chances(&scenario);
            // Some never end: both have to say so.
            assert!(quick.never <= left + 1e-9, "seed {seed}: {left}");
            let left = (left - quick.never).max(0.0);
            assert!(left < 1e-3, "seed {seed}: {left} is left");
            for (own, other) in quick.endings.iter().zip(endings) {
                assert!(
                    (own - other).abs() < 1e-9 + left,
                    "seed {seed}: {own} {other}\n{text}"
                );
            }
        }
    }
    assert!(compared == count, "only {compared} were compared");
    assert!(fewer > 0, "liveness never made a state space smaller");
}

#[test]
fn the_number_of_threads_changes_nothing() {
    for seed in 0..6 {
        let (scenario, _) = common_ground::scenario::load::check_text(
            &small(seed),
            "small",
            None,
            &support::courses(),
            None,
        );
        let Some(scenario) = scenario.map(Arc::new) else {
            continue;
        };
        let with = |threads: usize| {
            let limits = Limits {
                threads,
                ..Limits::default()
            };
            explore(&scenario, &limits, &mut |_| {})
        };
        let (one, many) = (with(1), with(5));
        assert_eq!(one.places, many.places);
        assert_eq!(one.parents, many.parents);
    }
}

#[test]
fn witnesses_are_played_and_lead_where_they_say() {
    for seed in 0..12 {
        let (scenario, _) = common_ground::scenario::load::check_text(
            &small(seed),
            "small",
            None,
            &support::courses(),
            None,
        );
        let Some(scenario) = scenario.map(Arc::new) else {
            continue;
        };
        let space = explored(&scenario);
        for state in (0..space.states() as u32).step_by(1 + space.states() / 20) {
            let Some(shown) = witness(&scenario, &space, state, None) else {
                continue;
            };
            assert_eq!(shown.moves.len(), moves_to(&space, state).1.len());
            let mut log = Vec::new();
            let played = replay(
                &scenario,
                shown.seed,
                shown.moves.iter().map(String::as_str),
                &mut log,
            )
            .unwrap();
            let place = played.ending().map_or(played.state().beat, |ending| {
                scenario.beats.len() as u32 + ending
            });
            assert_eq!(place, space.places[state as usize]);
        }
    }
}

#[test]
fn no_score_of_a_played_run_lies_outside_the_proven_range() {
    let course = support::course();
    let mut looked_at = 0;
    for seed in 0..14 {
        let (scenario, _) = common_ground::scenario::load::check_text(
            &small(seed),
            "small",
            None,
            &support::courses(),
            None,
        );
        let Some(scenario) = scenario.map(Arc::new) else {
            continue;
        };
        let space = explored(&scenario);
        if space.edges.len() > 60_000 {
            continue;
        }
        let roots: Vec<u32> = space
            .draws
            .iter()
            .flat_map(|drawn| drawn.roots.iter().map(|(root, _)| *root))
            .collect();
        for (place, objective) in scenario.assessed().enumerate() {
            let range = ranges(
                &scenario,
                &space,
                place,
                course.min_opportunities,
                std::slice::from_ref(&roots),
                &std::sync::atomic::AtomicBool::new(false),
            )[0];
            let mut dice = Dice(ChaCha8Rng::seed_from_u64(seed));
            for run in 0..120_u64 {
                let mut log = Vec::new();
                let mut encounter = Encounter::begin(Arc::clone(&scenario), run, &mut log);
                let mut words = Vec::new();
                while encounter.ending().is_none() && words.len() < 40 {
                    let open: Vec<Move> = encounter.open_moves().chain([Move::Silence]).collect();
                    let made = open[dice.below(open.len())];
                    words.push(common_ground::encounter::move_text(&scenario, made));
                    encounter.step(made, &mut log).unwrap();
                }
                if encounter.ending().is_none() {
                    continue;
                }
                let sheet =
                    score(&scenario, &course, run, words.iter().map(String::as_str)).unwrap();
                let id = &course.objectives[usize::from(objective)].id;
                if let Some(percent) = sheet.objective(id).and_then(|o| o.percent) {
                    looked_at += 1;
                    let range = range.expect("a number was given");
                    assert!(
                        (range.lowest..=range.highest).contains(&percent),
                        "seed {seed} {id}: {percent} outside {range:?}"
                    );
                }
            }
        }
    }
    assert!(looked_at > 100, "only {looked_at} scores were compared");
}

/// What a proof says of a scenario: codes and places of its findings.
fn told(scenario: &Arc<Scenario>, text: &str, one_by_one: usize) -> (bool, Vec<String>) {
    let asked = Asked {
        limits: Limits {
            one_by_one,
            ..Limits::default()
        },
        bot_seeds: 0,
        search_seeds: 0,
    };
    let proof = prove(
        scenario,
        &support::course(),
        ("f", text),
        &asked,
        &mut |_| {},
    );
    assert_eq!(proof.by_sets, one_by_one == 0);
    let mut findings: Vec<_> = proof
        .findings
        .iter()
        // These two need states one by one.
        .filter(|found| !["no-escape", "outdone-option"].contains(&found.diagnostic.code))
        .map(|found| found.diagnostic.plain(text))
        .collect();
    findings.sort();
    (
        matches!(proof.extent, Extent::Exhausted | Extent::Bounded),
        findings,
    )
}

#[test]
fn sets_find_the_same_faults_as_states_one_by_one() {
    let (mut compared, mut found) = (0, 0);
    for seed in 0..120 {
        let Some((scenario, text)) = random(seed) else {
            continue;
        };
        if explored(&scenario).states() > MOST {
            // Scores, which are not compared, would take most of the time.
            continue;
        }
        let (one, sets) = (
            told(&scenario, &text, usize::MAX),
            told(&scenario, &text, 0),
        );
        assert_eq!(one, sets, "seed {seed}\n{text}");
        compared += 1;
        found += one.1.len();
    }
    assert!(compared > 30 && found > 30, "{compared}, {found}");
}

#[test]
fn scores_closed_in_on_from_both_sides_hold_the_exact_ones() {
    let course = support::course();
    let (mut compared, mut met) = (0, 0);
    for seed in 0..60 {
        let Some((scenario, text)) = random(seed) else {
            continue;
        };
        if explored(&scenario).edges.len() > 30_000 {
            continue;
        }
        let scores = |one_by_one| {
            let asked = Asked {
                limits: Limits {
                    one_by_one,
                    ..Limits::default()
                },
                bot_seeds: 0,
                search_seeds: 100,
            };
            prove(&scenario, &course, ("f", &text), &asked, &mut |_| {}).scores
        };
        let (exact, bounded) = (scores(usize::MAX), scores(0));
        for own in &exact {
            assert!(own.is_exact(), "seed {seed}: {own:?}");
            let bounds = bounded
                .iter()
                .find(|other| (&other.objective, &other.draw) == (&own.objective, &own.draw));
            let bounds = bounds.unwrap_or_else(|| panic!("seed {seed}: {own:?}\n{text}"));
            assert!(
                bounds.least <= own.least && own.most <= bounds.most,
                "seed {seed}: {own:?} {bounds:?}\n{text}"
            );
            compared += 1;
            let Some((low, high)) = &bounds.shown else {
                continue;
            };
            for (run, percent) in [(low, bounds.lowest), (high, bounds.highest)] {
                let percent = percent.unwrap();
                assert!((own.least..=own.most).contains(&percent), "seed {seed}");
                let words = run.moves.iter().map(String::as_str);
                let sheet = score(&scenario, &course, run.seed, words).unwrap();
                let told = sheet.objective(&own.objective).unwrap().percent;
                assert_eq!(told, Some(percent), "seed {seed}: {run:?}");
            }
            met += usize::from(bounds.is_exact());
        }
    }
    assert!(compared > 60 && met > 20, "{compared} compared, {met} met");
}

#[test]
fn drawn_chances_lie_about_the_exact_ones() {
    let (mut told, mut outside) = (0, 0);
    for seed in 0..40 {
        let Some((scenario, text)) = random(seed) else {
            continue;
        };
        if explored(&scenario).states() > MOST {
            continue;
        }
        let proof = |one_by_one| {
            let asked = Asked {
                limits: Limits {
                    one_by_one,
                    ..Limits::default()
                },
                bot_seeds: 0,
                search_seeds: 300,
            };
            let course = support::course();
            prove(&scenario, &course, ("f", &text), &asked, &mut |_| {})
        };
        let (exact, drawn) = (proof(usize::MAX), proof(0));
        for (own, other) in exact.endings.iter().zip(&drawn.endings) {
            assert!(own.sampled.is_none() && other.sampled.is_some());
            let name = Policy::Uniform.name();
            let pairs = other
                .sampled_by_draw
                .iter()
                .map(|(draw, sampled)| (own.by_draw[draw][name], *sampled))
                .chain([(own.chances[name], other.sampled.unwrap())]);
            for (chance, sampled) in pairs {
                told += 1;
                let is_within = (sampled.lower - 1e-9..=sampled.upper + 1e-9).contains(&chance);
                outside += usize::from(!is_within);
            }
        }
    }
    // At 95 per cent one in twenty lies outside.
    assert!(told > 60, "only {told} were told");
    assert!(outside * 10 <= told, "{outside} of {told} lie outside");
}

#[test]
fn everything_asked_of_the_shipped_scenarios_is_decided_and_clean() {
    for id in ["footbridge", "number-14", "chain-on-the-door"] {
        let asked = Asked {
            limits: Limits::default(),
            bot_seeds: 0,
            search_seeds: 0,
        };
        let scenario = support::shipped(id);
        let proof = prove(
            &scenario,
            &support::course(),
            ("f", ""),
            &asked,
            &mut |_| {},
        );
        assert!(proof.findings.is_empty(), "{id}: {:?}", proof.findings);
        assert_eq!(proof.unmet, Vec::<String>::new(), "{id}");
        assert_eq!(proof.extent, Extent::Bounded, "{id}");
        assert!(proof.is_whole());
        assert!(proof.states >= 10_000, "{id}: {}", proof.states);
        // What is kept beside it says the same.
        let kept = std::fs::read_to_string(format!("scenarios/{id}.proof.ron")).unwrap();
        let states = format!("states: {},", proof.states);
        assert!(kept.contains(&states), "{id}: {states}\n{kept}");
        assert!(proof.at_most.is_some_and(|most| most > proof.states as u64));
        // Three policies come to few enough states for exact chances.
        assert_eq!(proof.never.len(), 3, "{id}: {:?}", proof.never);
        // No run is played here, so scores have bounds alone.
        assert!(proof.scores.len() > 20, "{id}: {:?}", proof.scores);
        for (policy, never) in &proof.never {
            let ends: f64 = proof.endings.iter().map(|end| end.chances[policy]).sum();
            assert!((ends + never - 1.0).abs() < 1e-9, "{id} {policy}: {ends}");
        }
    }
}

#[test]
fn a_budget_or_a_stop_is_said_and_claims_nothing() {
    let scenario = support::shipped("footbridge");
    let course = support::course();
    let asked = |budget, stop| {
        let limits = Limits {
            budget,
            ..Limits::default()
        };
        limits
            .cancel
            .store(stop, std::sync::atomic::Ordering::Relaxed);
        let asked = Asked {
            limits,
            bot_seeds: 0,
            search_seeds: 0,
        };
        prove(&scenario, &course, ("f", ""), &asked, &mut |_| {})
    };
    let short = asked(2_000, false);
    assert_eq!(short.extent, Extent::OverBudget);
    assert!(short.states >= 2_000);
    assert!(!short.unmet.is_empty());
    let claims = [
        "unreached-beat",
        "unreached-ending",
        "never-holds",
        "untaken-route",
    ];
    for finding in &short.findings {
        assert!(!claims.contains(&finding.diagnostic.code), "{finding:?}");
    }
    assert_eq!(asked(2_000, true).extent, Extent::Cancelled);
}
