//! `graph`: a scenario drawn as its beats and endings.

use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result};

use crate::places::Places;
use crate::scenario::graph::{StoryGraph, dot, svg};

use super::args::Graph;
use super::{FINE, WRONG};

pub(super) fn run(places: &Places, graph: &Graph) -> Result<u8> {
    let (file, _) = places.scenario(&graph.scenario)?;
    let Some(scenario) = &file.scenario else {
        eprintln!(
            "common-ground: `{}` has faults and cannot be drawn\n  run `common-ground check {}` and mend them first",
            file.id,
            file.path.display()
        );
        return Ok(WRONG);
    };
    let drawn = StoryGraph::of(scenario);
    if graph.json {
        println!("{}", serde_json::to_string_pretty(&drawn)?);
        return Ok(FINE);
    }
    if let Some(path) = &graph.dot {
        write(path, &dot(&drawn, &scenario.title))?;
    }
    if let Some(path) = &graph.svg {
        write(path, &svg(&drawn, &scenario.title))?;
    }
    if graph.dot.is_none() && graph.svg.is_none() {
        print!("{}", dot(&drawn, &scenario.title));
    }
    Ok(FINE)
}

fn write(path: &Path, text: &str) -> Result<()> {
    if path == Path::new("-") {
        std::io::stdout().write_all(text.as_bytes())?;
        return Ok(());
    }
    std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))?;
    eprintln!("Wrote {}.", path.display());
    Ok(())
}
