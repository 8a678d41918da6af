//! The graph as a picture (SVG) and in the language of Graphviz.

use std::fmt::Write as _;

use super::super::draft::Outcome;
use super::{PLACE_HEIGHT, PLACE_WIDTH, PlaceKind, StoryGraph, Way};

/// Fill and line of a place; the kind is in words too, so that nothing hangs on colour alone.
const fn colours(kind: PlaceKind) -> (&'static str, &'static str) {
    match kind {
        PlaceKind::Decision(_) => ("#ffffff", "#1f3a5f"),
        PlaceKind::Passage => ("#eef1f4", "#6b7785"),
        PlaceKind::Event => ("#f3ecfa", "#6a3d9a"),
        PlaceKind::Ending(Outcome::Safe) => ("#dff2e6", "#00694a"),
        PlaceKind::Ending(Outcome::Unresolved) => ("#fdf0d0", "#8a5a00"),
        PlaceKind::Ending(Outcome::Unsafe) => ("#fbe1d6", "#a83200"),
    }
}

fn words(kind: PlaceKind) -> String {
    match kind {
        PlaceKind::Decision(1) => "1 option".to_owned(),
        PlaceKind::Decision(count) => format!("{count} options"),
        PlaceKind::Passage => "leads on".to_owned(),
        PlaceKind::Event => "from any decision".to_owned(),
        PlaceKind::Ending(outcome) => format!("ending: {outcome:?}"),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

fn short(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut kept: String = text.chars().take(most - 1).collect();
    kept.push('…');
    kept
}

/// One SVG picture that needs no other file.
#[must_use]
pub fn svg(graph: &StoryGraph, title: &str) -> String {
    let mut text = String::new();
    let (width, height) = (graph.width.ceil(), graph.height.ceil());
    let _ = writeln!(
        text,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         width=\"{width}\" height=\"{height}\" \
         font-family=\"Segoe UI, Roboto, Helvetica, Arial, sans-serif\">"
    );
    let _ = writeln!(text, "<title>{}</title>", escaped(title));
    text.push_str(
        "<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" \
         markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0 L8 4 L0 8 z\" fill=\"#4a5563\"/>\
         </marker></defs>\n",
    );
    let _ = writeln!(
        text,
        "<rect width=\"{width}\" height=\"{height}\" fill=\"#fafbfc\"/>"
    );
    for way in &graph.ways {
        line(&mut text, way);
    }
    for place in &graph.places {
        let (fill, stroke) = colours(place.kind);
        let (x, y) = (place.x - PLACE_WIDTH / 2.0, place.y - PLACE_HEIGHT / 2.0);
        let weight = if place.is_start { 3.5 } else { 1.5 };
        let dash = if place.is_reached {
            ""
        } else {
            " stroke-dasharray=\"5 4\""
        };
        let radius = if matches!(place.kind, PlaceKind::Ending(_)) {
            PLACE_HEIGHT / 2.0
        } else {
            5.0
        };
        let note = match (place.is_start, place.is_reached) {
            (true, _) => format!("start, {}", words(place.kind)),
            (false, true) => words(place.kind),
            (false, false) => format!("never reached, {}", words(place.kind)),
        };
        let _ = writeln!(
            text,
            "<g><title>{}: {}</title><rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{PLACE_WIDTH}\" \
             height=\"{PLACE_HEIGHT}\" rx=\"{radius}\" fill=\"{fill}\" stroke=\"{stroke}\" \
             stroke-width=\"{weight}\"{dash}/><text x=\"{:.1}\" y=\"{:.1}\" font-size=\"13\" \
             text-anchor=\"middle\" fill=\"#14181d\">{}</text><text x=\"{:.1}\" y=\"{:.1}\" \
             font-size=\"11\" text-anchor=\"middle\" fill=\"#4a5563\">{}</text></g>",
            escaped(&place.id),
            escaped(&place.words),
            place.x,
            place.y - 3.0,
            escaped(&short(&place.id, 24)),
            place.x,
            place.y + 12.5,
            note,
        );
    }
    text.push_str("</svg>\n");
    text
}

fn line(text: &mut String, way: &Way) {
    let Some(((x, y), rest)) = way.points.split_first().map(|(first, rest)| (*first, rest)) else {
        return;
    };
    let _ = write!(text, "<path d=\"M{x:.1} {y:.1}");
    let (mut last_x, mut last_y) = (x, y);
    for (x, y) in rest {
        let middle = (last_x + x) / 2.0;
        let _ = write!(
            text,
            " C{middle:.1} {last_y:.1} {middle:.1} {y:.1} {x:.1} {y:.1}"
        );
        (last_x, last_y) = (*x, *y);
    }
    let dash = if way.is_back {
        " stroke-dasharray=\"6 4\""
    } else {
        ""
    };
    let _ = writeln!(
        text,
        "\" fill=\"none\" stroke=\"#4a5563\" stroke-opacity=\"0.55\" stroke-width=\"1.3\"{dash} \
         marker-end=\"url(#tip)\"><title>{}</title></path>",
        escaped(&way.by.join(", "))
    );
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The graph in the language of Graphviz.
#[must_use]
pub fn dot(graph: &StoryGraph, title: &str) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "digraph {} {{", quoted(title));
    text.push_str(
        "  rankdir=LR;\n  node [shape=box, style=\"filled,rounded\", fontname=\"Helvetica\"];\n",
    );
    for (index, place) in graph.places.iter().enumerate() {
        let (fill, stroke) = colours(place.kind);
        let weight = if place.is_start { 3 } else { 1 };
        let _ = writeln!(
            text,
            "  n{index} [label={}, fillcolor=\"{fill}\", color=\"{stroke}\", penwidth={weight}, tooltip={}];",
            quoted(&format!("{}\n{}", place.id, words(place.kind))).replace('\n', "\\n"),
            quoted(&place.words)
        );
    }
    for way in &graph.ways {
        let by = short(&way.by.join(", "), 60);
        let dash = if way.is_back { ", style=dashed" } else { "" };
        let _ = writeln!(
            text,
            "  n{} -> n{} [label={}, fontsize=9{dash}];",
            way.from,
            way.to,
            quoted(&by)
        );
    }
    text.push_str("}\n");
    text
}
