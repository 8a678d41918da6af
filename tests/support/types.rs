//! Types as they stand in formatted source text, with what is said of them: schemas are held
//! against these.

use std::fs;
use std::path::Path;

/// The text of a source file, or of all files that stand in a folder, in the order of their names.
pub(crate) fn source_of(path: &Path) -> String {
    if path.is_file() {
        return fs::read_to_string(path).expect("the source is there");
    }
    let mut files: Vec<_> = fs::read_dir(path)
        .expect("the folder of the sources is there")
        .map(|entry| entry.expect("the folder can be listed").path())
        .filter(|file| file.is_file())
        .collect();
    files.sort();
    files
        .iter()
        .map(|file| fs::read_to_string(file).expect("the source can be read"))
        .collect()
}

/// A type: fields or variants, each with what stands above it.
pub(crate) struct Written {
    pub(crate) name: String,
    pub(crate) about: String,
    pub(crate) is_enum: bool,
    pub(crate) rename_all: Option<String>,
    pub(crate) parts: Vec<Part>,
}

/// A field or a variant.
pub(crate) struct Part {
    /// As files have it.
    pub(crate) name: String,
    /// Type of a field; empty for a variant.
    pub(crate) kind: String,
    pub(crate) about: String,
    pub(crate) attributes: String,
}

impl Part {
    /// Whether a file may leave it out.
    pub(crate) fn may_miss(&self) -> bool {
        self.attributes.contains("serde(default")
    }
}

fn named(attributes: &str, key: &str) -> Option<String> {
    attributes
        .split_once(&format!("{key} = \""))
        .and_then(|(_, rest)| rest.split('"').next())
        .map(str::to_owned)
}

/// The public types of a source file that derive `derived`, such as `Deserialize`.
pub(crate) fn types_in(source: &str, derived: &str) -> Vec<Written> {
    let mut found: Vec<Written> = Vec::new();
    let (mut about, mut attributes) = (Vec::new(), String::new());
    let mut is_open = false;
    for line in source.lines() {
        let depth = line.len() - line.trim_start().len();
        let text = line.trim();
        if let Some(words) = text.strip_prefix("///") {
            about.push(words.trim().to_owned());
            continue;
        }
        if text.starts_with("#[") || (!attributes.is_empty() && !attributes.ends_with(']')) {
            attributes += text;
            continue;
        }
        let said = about.join(" ");
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        if depth == 0 {
            let head = text
                .strip_prefix("pub struct ")
                .map(|rest| (rest, false))
                .or_else(|| text.strip_prefix("pub enum ").map(|rest| (rest, true)));
            is_open = false;
            if let Some((rest, is_enum)) = head
                && attributes.contains(derived)
            {
                found.push(Written {
                    name: rest.chars().take_while(|c| c.is_alphanumeric()).collect(),
                    about: said,
                    is_enum,
                    rename_all: named(&attributes, "rename_all"),
                    parts: Vec::new(),
                });
                is_open = true;
            }
        } else if depth == 4
            && is_open
            && let Some(last) = found.last_mut()
        {
            let text = text.strip_prefix("pub ").unwrap_or(text);
            let name: String = text
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            if !name.is_empty() {
                let kind = text[name.len()..].strip_prefix(": ").unwrap_or_default();
                last.parts.push(Part {
                    name: named(&attributes, "rename").unwrap_or(name),
                    kind: kind.trim_end_matches(',').to_owned(),
                    about: said,
                    attributes: attributes.clone(),
                });
            }
        }
        about.clear();
        attributes.clear();
    }
    found
}
