//! The author's map with three hundred beats: what a frame of its page costs, and what is drawn.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use common_ground::app::theme;
use common_ground::app::views::Settings;
use common_ground::app::views::author_graph::{
    AuthorGraphDraft, AuthorGraphView, Followed, Traffic, author_graph_ui,
};
use common_ground::app::views::graph_view::Reach;
use common_ground::scenario::Scenario;
use common_ground::scenario::graph::StoryGraph;
use egui::{Context, Event, Modifiers, MouseWheelUnit, Pos2, RawInput, Rect, pos2, vec2};

use super::support;

const SIZE: egui::Vec2 = vec2(1280.0, 720.0);
/// Where the pointer rests: on the map, between the two panels.
const ON_THE_MAP: Pos2 = pos2(600.0, 400.0);

/// 300 beats in 20 columns of 15: from each three ways on, two to neighbours in the next column and
/// one across or ahead, and some that lead back.
fn in_columns(beats: usize) -> String {
    const TALL: usize = 15;
    let mut text = support::generate::scenario(beats);
    let from = text.find("    beats: {").expect("beats");
    let to = text.find("    endings: {").expect("endings");
    let mut written = String::from("    beats: {\n");
    for beat in 0..beats {
        let (column, row) = (beat / TALL, beat % TALL);
        let name = |column: usize, row: usize| match column * TALL + row % TALL {
            at if at < beats => format!("b{at}"),
            _ => "done".to_owned(),
        };
        let third = match beat % 13 {
            0 if column > 1 => name(column - 1, row),
            1 => name(column + 2, row),
            _ => name(column + 1, row * 7 + column),
        };
        let ways = [name(column + 1, row), name(column + 1, row + 1), third];
        let _ = write!(
            written,
            r#""b{beat}": (
                lines: [Say(by: "alex", text: "Line {beat}: I do not know where to begin with this.")],
                decision: (choices: [
                    Say(id: "c{beat}a", text: "Take your time, I am listening to you.", techniques: ["reflect"], evidence: {{ "CI-1": Competent }}, effects: [Meter("noise", 1)], why: "It gave time.", to: "{a}"),
                    Say(id: "c{beat}b", text: "What happened before I came here today?", techniques: ["open-question"], evidence: {{ "CI-2": Proficient }}, effects: [Meter("cold", -1)], why: "It asked.", when: [MeterAtLeast("noise", 3)], to: "{b}"),
                    Do(id: "c{beat}c", text: "Ask the colleague to stand further back.", techniques: ["give-space"], effects: [Meter("noise", -1), Meter("cold", 1)], why: "It gave room.", to: "{c}"),
                ]),
            ),
"#,
            a = ways[0],
            b = ways[1],
            c = ways[2],
        );
    }
    written.push_str("    },\n");
    text.replace_range(from..to, &written);
    text
}

/// The page of a scenario that has been proven, played and counted: everything is shown.
struct Shown {
    scenario: std::sync::Arc<Scenario>,
    graph: StoryGraph,
    reach: Vec<Reach>,
    played: Vec<bool>,
    heat: Vec<f32>,
    runs: Vec<Followed>,
}

impl Shown {
    fn of(text: &str) -> Self {
        let scenario = support::compiled(text);
        let graph = StoryGraph::of(&scenario);
        let count = graph.places.len();
        let path: Vec<usize> = (0..count.min(60)).collect();
        Self {
            reach: (0..count)
                .map(|at| [Reach::Met, Reach::Unmet, Reach::Met, Reach::Never][at % 4])
                .collect(),
            played: (0..count).map(|at| at % 3 == 0).collect(),
            heat: (0..count).map(|at| (at % 10) as f32 / 10.0).collect(),
            runs: vec![Followed {
                title: "To the ending done (Safe)".to_owned(),
                by: path.iter().map(|at| format!("c{at}a")).collect(),
                places: path,
                command: "common-ground play generated".to_owned(),
            }],
            graph,
            scenario,
        }
    }

    fn view(&self) -> AuthorGraphView<'_> {
        AuthorGraphView {
            scenario: &self.scenario,
            graph: &self.graph,
            reach: &self.reach,
            played: &self.played,
            bots: Some((&self.heat, 3_600)),
            trainees: None,
            faults: &[],
            working: None,
            proven: None,
            is_proof_old: false,
            runs: &self.runs,
            notice: None,
        }
    }
}

/// What frames cost: laying out the page, and turning its shapes into triangles.
#[derive(Default)]
struct Frames {
    page: Vec<Duration>,
    triangles: Vec<Duration>,
    most_places: usize,
    vertices: usize,
}

impl Frames {
    fn line(&self, name: &str) -> (String, f64) {
        let sorted = |times: &mut dyn Iterator<Item = Duration>| {
            let mut times: Vec<f64> = times.map(|time| time.as_secs_f64() * 1e3).collect();
            times.sort_by(f64::total_cmp);
            times
        };
        let page = sorted(&mut self.page.iter().copied());
        let triangles = sorted(&mut self.triangles.iter().copied());
        let both = sorted(&mut self.page.iter().zip(&self.triangles).map(|(a, b)| *a + *b));
        let at = |times: &[f64], part: f64| times[(times.len() as f64 * part) as usize];
        let worst = at(&both, 0.99);
        let line = format!(
            "{name:<34} {:>5} frames: median {:.2} ms (page {:.2}, triangles {:.2}), 99 of 100 within {worst:.2} ms, worst {:.2} ms; at most {} places and {} vertices (a frame at 60 a second: 16.7 ms)",
            both.len(),
            at(&both, 0.5),
            at(&page, 0.5),
            at(&triangles, 0.5),
            both.last().expect("frames"),
            self.most_places,
            self.vertices,
        );
        (line, worst)
    }
}

/// Draws the page once with these inputs, as the window would, up to the triangles.
fn frame(
    context: &Context,
    shown: &Shown,
    draft: &mut AuthorGraphDraft,
    (number, events): (usize, Vec<Event>),
    frames: &mut Frames,
) {
    let input = RawInput {
        screen_rect: Some(Rect::from_min_size(Pos2::ZERO, SIZE)),
        time: Some(number as f64 / 60.0),
        predicted_dt: 1.0 / 60.0,
        events,
        ..RawInput::default()
    };
    let began = Instant::now();
    let mut output = context.run_ui(input, |ui| {
        author_graph_ui(ui, &shown.view(), draft);
    });
    let page = began.elapsed();
    // There is no graphics card to hand glyphs to.
    output.textures_delta.clear();
    let began = Instant::now();
    let meshes = context.tessellate(output.shapes, output.pixels_per_point);
    frames.triangles.push(began.elapsed());
    frames.page.push(page);
    frames.most_places = frames.most_places.max(draft.map.drawn);
    let vertices = meshes.iter().map(|mesh| match &mesh.primitive {
        egui::epaint::Primitive::Mesh(mesh) => mesh.vertices.len(),
        egui::epaint::Primitive::Callback(_) => 0,
    });
    frames.vertices = frames.vertices.max(vertices.sum());
}

fn wheel(by: f32) -> Event {
    Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, by),
        phase: egui::TouchPhase::Move,
        modifiers: Modifiers::NONE,
    }
}

fn context() -> Context {
    let context = Context::default();
    theme::apply(&context, &Settings::default());
    context
}

fn quickest(mut best: [Frames; 3], other: [Frames; 3]) -> [Frames; 3] {
    for (best, other) in best.iter_mut().zip(&other) {
        for (own, its) in best.page.iter_mut().zip(&other.page) {
            *own = (*own).min(*its);
        }
        for (own, its) in best.triangles.iter_mut().zip(&other.triangles) {
            *own = (*own).min(*its);
        }
    }
    best
}

/// Opens the page, scales the map through all its scales, and drags it at three of them.
fn pass(shown: &Shown, draft: &mut AuthorGraphDraft) -> [Frames; 3] {
    let context = context();
    let mut all = [Frames::default(), Frames::default(), Frames::default()];
    let mut number = 0;
    let mut draw = |draft: &mut AuthorGraphDraft, frames: &mut Frames, events| {
        frame(&context, shown, draft, (number, events), frames);
        number += 1;
    };
    let [opening, scaling, moving] = &mut all;
    for _ in 0..10 {
        draw(draft, opening, vec![Event::PointerMoved(ON_THE_MAP)]);
    }
    // Out to the smallest scale, in to the largest, and out again, many steps each.
    for by in [-12.0, 12.0, -12.0, 12.0, -12.0] {
        for _ in 0..120 {
            draw(draft, scaling, vec![wheel(by)]);
        }
    }
    // Along the map by dragging, at three scales.
    for scale in [0.1, 0.4, 1.0] {
        draft.map.scale = scale;
        draft.map.middle = Some((shown.graph.width / 2.0, shown.graph.height / 2.0));
        let button = |pressed| Event::PointerButton {
            pos: ON_THE_MAP,
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        draw(draft, moving, vec![button(true)]);
        for step in 0..200 {
            let along = (step as f32 / 200.0 * std::f32::consts::TAU).sin();
            let to = ON_THE_MAP + vec2(along * 200.0, along * 90.0);
            draw(draft, moving, vec![Event::PointerMoved(to)]);
        }
        draw(draft, moving, vec![button(false)]);
    }
    all
}

/// Prints what a frame of the map's page costs at 300 beats while it is scaled and moved:
/// `cargo test --release --no-default-features --features screens --test main -- --ignored graph_frames --nocapture`.
#[test]
#[ignore = "measures only; needs a quiet machine and a release build"]
fn graph_frames() {
    let mut worst = 0.0_f64;
    for (name, text) in [
        ("in columns", in_columns(300)),
        ("in one long row", support::generate::scenario(300)),
    ] {
        let began = Instant::now();
        let shown = Shown::of(&text);
        println!(
            "{name}: {} places, {} ways, read and laid out in {:.0} ms",
            shown.graph.places.len(),
            shown.graph.ways.len(),
            began.elapsed().as_secs_f64() * 1e3
        );
        for (case, search, is_followed) in [
            ("plain", "", false),
            ("traffic, search and a run", "line", true),
        ] {
            // Every pass draws the same frames in a window of its own, so that what only the
            // machine was busy with falls away: of each frame the quickest pass counts.
            let mut best: Option<[Frames; 3]> = None;
            for _ in 0..5 {
                let mut draft = AuthorGraphDraft::default();
                draft.search.push_str(search);
                if is_followed {
                    draft.traffic = Traffic::Bots;
                    draft.run = Some((0, 20));
                }
                let pass = pass(&shown, &mut draft);
                best = Some(match best {
                    Some(best) => quickest(best, pass),
                    None => pass,
                });
            }
            let best = best.expect("five passes");
            for (what, frames) in ["opening", "scaling", "moving"].iter().zip(&best) {
                let (line, slow) = frames.line(&format!("{case}, {what}"));
                println!("  {line}");
                if *what != "opening" {
                    worst = worst.max(slow);
                }
            }
        }
    }
    assert!(worst < 1_000.0 / 60.0, "{worst:.1} ms");
}
