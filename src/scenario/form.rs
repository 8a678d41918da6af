//! The form of the files: JSON Schemas, and a list of all fields made from them.
//!
//! The schemas stand in `forms/`, made from the types that read the files; a test holds every type
//! against them, field by field.
//!
//! Files are RON. A schema describes the same values as JSON would write them: records and maps as
//! objects, a variant with fields as an object with one key, fixed words as texts. Editors can
//! complete field names by it, and other programs can write files that will be read.

use std::fmt::Write as _;

use serde_json::{Map, Value};

/// A schema from its text; a test reads every one of them.
fn schema(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or(Value::Null)
}

/// The schema of a scenario file.
#[must_use]
pub fn scenario_schema() -> Value {
    schema(include_str!("forms/scenario.schema.json"))
}

/// The schema of a course file.
#[must_use]
pub fn course_schema() -> Value {
    schema(include_str!("forms/course.schema.json"))
}

/// The schema of a techniques file.
#[must_use]
pub fn techniques_schema() -> Value {
    schema(include_str!("forms/techniques.schema.json"))
}

/// The schema of a profiles file.
#[must_use]
pub fn profiles_schema() -> Value {
    schema(include_str!("forms/profiles.schema.json"))
}

/// The schema of a wording file.
#[must_use]
pub fn wording_schema() -> Value {
    schema(include_str!("forms/wording.schema.json"))
}

/// Every record, choice and fixed word of all files, as Markdown.
#[must_use]
pub fn fields() -> String {
    let mut text = "# Fields\n\nEvery field of every file, with its type. Made from the program \
                    by `common-ground fields`; the guide in `README.md` explains them.\n"
        .to_owned();
    let mut told: Vec<String> = Vec::new();
    for (file, schema) in [
        ("Scenario: `ID.scenario.ron`", scenario_schema()),
        ("Course: `ID.course.ron`", course_schema()),
        ("Techniques: `ID.techniques.ron`", techniques_schema()),
        ("Profiles: `ID.profiles.ron`", profiles_schema()),
        ("Words to avoid: `ID.wording.ron`", wording_schema()),
    ] {
        let _ = write!(text, "\n## {file}\n");
        section(&mut text, "", &schema);
        let parts = schema.get("$defs").and_then(Value::as_object);
        for (name, part) in parts.into_iter().flatten() {
            if !told.contains(name) {
                told.push(name.clone());
                section(&mut text, name, part);
            }
        }
    }
    text
}

fn section(text: &mut String, name: &str, schema: &Value) {
    let words = title(name);
    if !name.is_empty() {
        let _ = write!(text, "\n### {words}\n");
    }
    if let Some(about) = about(schema) {
        let _ = write!(text, "\n{about}\n");
    }
    if let Some(fields) = schema.get("properties").and_then(Value::as_object) {
        table(text, schema, fields);
    }
    let variants = schema
        .get("oneOf")
        .or_else(|| schema.get("anyOf"))
        .and_then(Value::as_array);
    let words = schema.get("enum").and_then(Value::as_array);
    if let Some(words) = words {
        let _ = write!(text, "\nOne of: ");
        list(text, words.iter().filter_map(Value::as_str));
    }
    let Some(variants) = variants else { return };
    text.push('\n');
    for variant in variants {
        let about = about(variant).unwrap_or_default();
        if let Some(word) = variant.get("const").and_then(Value::as_str) {
            let _ = writeln!(text, "- `{word}`: {about}");
        } else if let Some(words) = variant.get("enum").and_then(Value::as_array) {
            for word in words.iter().filter_map(Value::as_str) {
                let _ = writeln!(text, "- `{word}`");
            }
        } else if let Some(inner) = variant.get("properties").and_then(Value::as_object) {
            for (word, value) in inner {
                let _ = writeln!(text, "- `{word}({})`: {about}", inside(value));
                if let Some(fields) = value.get("properties").and_then(Value::as_object) {
                    table(text, value, fields);
                    text.push('\n');
                }
            }
        }
    }
}

/// The name of a type as an author knows it.
fn title(name: &str) -> &str {
    match name {
        "StandingDraft" => "StandingMove",
        other => other.trim_end_matches("Draft"),
    }
}

fn list<'w>(text: &mut String, words: impl Iterator<Item = &'w str>) {
    let words: Vec<String> = words.map(|word| format!("`{word}`")).collect();
    let _ = writeln!(text, "{}.", words.join(", "));
}

fn table(text: &mut String, schema: &Value, fields: &Map<String, Value>) {
    let required: Vec<&str> = schema
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    text.push_str("\n| field | type | what it is |\n| --- | --- | --- |\n");
    for (name, field) in fields {
        let optional = if required.contains(&name.as_str()) {
            ""
        } else {
            " (optional)"
        };
        let _ = writeln!(
            text,
            "| `{name}` | {}{optional} | {} |",
            kind(field),
            about(field).unwrap_or_default()
        );
    }
}

fn about(schema: &Value) -> Option<String> {
    let words = schema.get("description")?.as_str()?;
    Some(
        words
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .replace('|', "\\|"),
    )
}

/// What stands in the brackets of a variant.
fn inside(schema: &Value) -> String {
    if schema.get("properties").is_some() {
        return "...".to_owned();
    }
    if let Some(parts) = schema.get("prefixItems").and_then(Value::as_array) {
        return parts.iter().map(kind).collect::<Vec<_>>().join(", ");
    }
    kind(schema)
}

fn kind(schema: &Value) -> String {
    if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
        let name = name.rsplit('/').next().unwrap_or(name);
        return title(name).to_owned();
    }
    for key in ["anyOf", "oneOf", "allOf"] {
        if let Some(parts) = schema.get(key).and_then(Value::as_array) {
            let kinds: Vec<String> = parts
                .iter()
                .filter(|part| part.get("type").and_then(Value::as_str) != Some("null"))
                .map(kind)
                .collect();
            return kinds.join(" or ");
        }
    }
    let named = match schema.get("type") {
        Some(Value::String(one)) => one.as_str(),
        Some(Value::Array(several)) => several
            .iter()
            .filter_map(Value::as_str)
            .find(|word| *word != "null")
            .unwrap_or(""),
        _ => "",
    };
    match named {
        "string" => "text".to_owned(),
        "integer" => "whole number".to_owned(),
        "boolean" => "`true` or `false`".to_owned(),
        "array" => schema.get("items").map_or_else(
            || "list".to_owned(),
            |items| format!("list of {}", kind(items)),
        ),
        "object" => schema
            .get("additionalProperties")
            .filter(|value| value.is_object())
            .map_or_else(
                || "record".to_owned(),
                |value| format!("map to {}", kind(value)),
            ),
        other => other.to_owned(),
    }
}
