//! The models in `assets/places` keep what `assets/README.md` promises of them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// A model's description and its numbers.
struct Model {
    name: String,
    bytes: usize,
    json: Value,
    numbers: Vec<u8>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/places")
}

fn models() -> Vec<Model> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "glb"))
        .collect();
    paths.sort();
    assert!(paths.len() >= 14, "{} places", paths.len());
    paths.iter().map(|path| read(path)).collect()
}

fn read(path: &Path) -> Model {
    let file = std::fs::read(path).unwrap();
    let length = |at: usize| u32::from_le_bytes(file[at..at + 4].try_into().unwrap()) as usize;
    assert_eq!(&file[..4], b"glTF", "{}", path.display());
    let json_end = 20 + length(12);
    Model {
        name: path.file_stem().unwrap().to_string_lossy().into_owned(),
        bytes: file.len(),
        json: serde_json::from_slice(&file[20..json_end]).unwrap(),
        numbers: file[json_end + 8..].to_vec(),
    }
}

impl Model {
    fn list(&self, name: &str) -> &[Value] {
        self.json[name].as_array().map_or(&[], Vec::as_slice)
    }

    fn number(value: &Value) -> usize {
        usize::try_from(value.as_u64().unwrap_or(0)).unwrap()
    }

    /// Where an accessor's numbers begin, and how many elements it has.
    fn span(&self, accessor: &Value) -> (usize, usize) {
        let accessor = &self.list("accessors")[Self::number(accessor)];
        let view = &self.list("bufferViews")[Self::number(&accessor["bufferView"])];
        let at = Self::number(&view["byteOffset"]) + Self::number(&accessor["byteOffset"]);
        (at, Self::number(&accessor["count"]))
    }

    /// Names of the empty nodes, each with where it is.
    fn marks(&self) -> Vec<(String, [f64; 3])> {
        self.list("nodes")
            .iter()
            .filter(|node| node["mesh"].is_null() && node["children"].is_null())
            .map(|node| {
                let at = |axis: usize| node["translation"][axis].as_f64().unwrap_or(0.0);
                let name = node["name"].as_str().unwrap_or_default().to_owned();
                (name, [at(0), at(1), at(2)])
            })
            .collect()
    }

    /// Triangles of everything that does not move.
    fn triangles(&self) -> Vec<[[f32; 3]; 3]> {
        let mut triangles = Vec::new();
        for node in self.list("nodes") {
            if node["mesh"].is_null() || !node["translation"].is_null() {
                continue;
            }
            let mesh = &self.list("meshes")[Self::number(&node["mesh"])];
            for primitive in mesh["primitives"].as_array().unwrap() {
                let (points, _) = self.span(&primitive["attributes"]["POSITION"]);
                let (corners, count) = self.span(&primitive["indices"]);
                let accessor = &self.list("accessors")[Self::number(&primitive["indices"])];
                let is_wide = accessor["componentType"] == 5125;
                let corner = |index: usize| -> [f32; 3] {
                    let vertex = if is_wide {
                        let at = corners + index * 4;
                        u32::from_le_bytes(self.numbers[at..at + 4].try_into().unwrap()) as usize
                    } else {
                        let at = corners + index * 2;
                        u16::from_le_bytes(self.numbers[at..at + 2].try_into().unwrap()).into()
                    };
                    [0, 1, 2].map(|axis| {
                        let at = points + vertex * 12 + axis * 4;
                        f32::from_le_bytes(self.numbers[at..at + 4].try_into().unwrap())
                    })
                };
                triangles.extend(
                    (0..count / 3).map(|t| [corner(t * 3), corner(t * 3 + 1), corner(t * 3 + 2)]),
                );
            }
        }
        triangles
    }
}

/// How far along +Z from the origin the first triangle lies at this height, metres.
fn clear_ahead(triangles: &[[[f32; 3]; 3]], height: f32) -> f32 {
    let mut nearest = f32::MAX;
    for [a, b, c] in triangles {
        // The way is along Z, so that the question is flat: is (0, height) within the triangle?
        let (px, py) = (0.003, height);
        let area = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
        if area.abs() < 1e-9 {
            continue;
        }
        let u = ((b[0] - px) * (c[1] - py) - (b[1] - py) * (c[0] - px)) / area;
        let v = ((c[0] - px) * (a[1] - py) - (c[1] - py) * (a[0] - px)) / area;
        let w = 1.0 - u - v;
        if u < 0.0 || v < 0.0 || w < 0.0 {
            continue;
        }
        let z = u * a[2] + v * b[2] + w * c[2];
        if z > 0.0 {
            nearest = nearest.min(z);
        }
    }
    nearest
}

#[test]
fn places_are_light_enough_for_machines_that_draw_in_software() {
    for model in models() {
        let triangles: usize = model
            .list("meshes")
            .iter()
            .flat_map(|mesh| mesh["primitives"].as_array().unwrap())
            .map(|primitive| model.span(&primitive["indices"]).1 / 3)
            .sum();
        let name = &model.name;
        assert!(triangles < 8_000, "{name}: {triangles} triangles");
        assert!(model.bytes < 1_500_000, "{name}: {} bytes", model.bytes);
        for image in model.list("images") {
            assert_eq!(image["mimeType"], "image/png", "{name}");
        }
        let extensions = model.list("extensionsUsed");
        assert!(
            extensions
                .iter()
                .all(|used| used == "KHR_materials_emissive_strength"),
            "{name}: {extensions:?}"
        );
        assert!(
            name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'),
            "{name} is no kebab-case"
        );
    }
}

#[test]
fn every_place_says_where_the_ways_out_and_the_bystander_are() {
    for model in models() {
        let name = &model.name;
        let marks = model.marks();
        let kinds: BTreeSet<&str> = marks
            .iter()
            .map(|(mark, _)| mark.split('.').next().unwrap_or(mark))
            .collect();
        for wanted in ["exit", "bystander"] {
            assert!(kinds.contains(wanted), "{name} has no `{wanted}`");
        }
        for kind in &kinds {
            assert!(
                [
                    "subject",
                    "bystander",
                    "colleague",
                    "exit",
                    "seat",
                    "fireworks"
                ]
                .contains(kind),
                "{name}: nobody reads the node `{kind}`"
            );
        }
        for (mark, [_, height, _]) in &marks {
            if mark.starts_with("seat") {
                assert!(
                    (0.35..0.65).contains(height),
                    "{name}: {mark} at {height} m"
                );
            }
        }
    }
}

#[test]
fn nothing_stands_between_the_officer_and_the_subject() {
    for model in models() {
        let triangles = model.triangles();
        for height in [0.3, 1.0, 1.5] {
            let ahead = clear_ahead(&triangles, height);
            assert!(ahead > 4.8, "{}: {ahead} m at height {height}", model.name);
        }
    }
}

#[test]
fn the_readme_of_the_assets_lists_every_place() {
    let readme = std::fs::read_to_string(folder().parent().unwrap().join("README.md")).unwrap();
    for model in models() {
        let row = format!("| `{}` |", model.name);
        assert!(readme.contains(&row), "no row begins with {row}");
    }
}
