//! The schemas of reports in JSON: they are the types, field by field, and real reports fit them.
//!
//! `COMMON_GROUND_WRITE=1 cargo test --no-default-features report_forms` writes
//! `src/reports/forms` again after a type has changed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use common_ground::attempt::{report_in_full, report_on_cohort};
use common_ground::records::{Finding, Store};
use common_ground::reports::{TraineeReport, attempt_json, cohort_json, form, trainee_json};
use serde_json::{Map, Value, json};

use crate::exchange::played;
use crate::support;
use crate::support::types::{Written, source_of, types_in};

const NOW: &str = "2026-11-28T10:00:00Z";
/// Where the types of reports stand.
const SOURCES: [&str; 10] = [
    "reports/attempt.rs",
    "reports/trainee.rs",
    "reports/cohort.rs",
    "reports/said.rs",
    "scoring/sheet.rs",
    "scoring/claims.rs",
    "scoring/counts.rs",
    "scoring/review.rs",
    "course/file.rs",
    "scenario/draft",
];
const FORMS: [(&str, &str); 3] = [
    ("attempt", "AttemptReport"),
    ("trainee", "TraineeReport"),
    ("cohort", "CohortReport"),
];

fn inner<'a>(kind: &'a str, outer: &str) -> Option<&'a str> {
    kind.strip_prefix(outer)?
        .strip_prefix('<')?
        .strip_suffix('>')
}

fn schema_of(kind: &str, used: &mut BTreeSet<String>) -> Value {
    if let Some(kind) = inner(kind, "Option") {
        return json!({ "anyOf": [schema_of(kind, used), { "type": "null" }] });
    }
    if let Some(kind) = inner(kind, "Vec") {
        return json!({ "type": "array", "items": schema_of(kind, used) });
    }
    if let Some(kind) = inner(kind, "Arc") {
        return schema_of(kind, used);
    }
    match kind {
        "String" | "str" => json!({ "type": "string" }),
        "bool" => json!({ "type": "boolean" }),
        "u8" | "u16" | "u32" | "u64" | "usize" => json!({ "type": "integer", "minimum": 0 }),
        "i8" | "i16" | "i32" | "i64" => json!({ "type": "integer" }),
        name => {
            assert!(
                !name.is_empty() && name.chars().all(char::is_alphanumeric),
                "no schema is known for {name}"
            );
            used.insert(name.to_owned());
            json!({ "$ref": format!("#/$defs/{name}") })
        }
    }
}

fn cased(word: &str, rename_all: Option<&str>) -> String {
    match rename_all {
        None => word.to_owned(),
        Some("lowercase") => word.to_lowercase(),
        Some("kebab-case" | "snake_case") => {
            let sign = if rename_all == Some("kebab-case") {
                '-'
            } else {
                '_'
            };
            let mut text = String::new();
            for (at, c) in word.chars().enumerate() {
                if c.is_uppercase() && at > 0 {
                    text.push(sign);
                }
                text.extend(c.to_lowercase());
            }
            text
        }
        Some(other) => panic!("{other} is not known"),
    }
}

fn type_schema(written: &Written, used: &mut BTreeSet<String>) -> Value {
    if written.is_enum {
        let words: Vec<Value> = written
            .parts
            .iter()
            .map(|part| {
                let word = cased(&part.name, written.rename_all.as_deref());
                json!({ "const": word, "description": part.about })
            })
            .collect();
        return json!({ "description": written.about, "oneOf": words });
    }
    let mut properties = Map::new();
    let mut required = Vec::new();
    for part in &written.parts {
        assert!(!part.kind.is_empty(), "{} has no type", part.name);
        assert!(
            !part.attributes.contains("flatten"),
            "{} is flattened",
            part.name
        );
        let mut schema = schema_of(&part.kind, used);
        schema["description"] = json!(part.about);
        if !part.attributes.contains("skip_serializing_if") {
            required.push(part.name.clone());
        }
        properties.insert(part.name.clone(), schema);
    }
    json!({
        "type": "object",
        "description": written.about,
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn whole_schema(form: &str, root: &str, types: &BTreeMap<String, Written>) -> Value {
    let mut defs = Map::new();
    let mut waiting = BTreeSet::from([root.to_owned()]);
    while let Some(name) = waiting.pop_first() {
        if defs.contains_key(&name) {
            continue;
        }
        let written = types
            .get(&name)
            .unwrap_or_else(|| panic!("{name} stands in none of the sources"));
        let mut used = BTreeSet::new();
        defs.insert(name, type_schema(written, &mut used));
        waiting.extend(used);
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": format!("common-ground/{form}"),
        "type": "object",
        "properties": {
            "form": { "const": format!("common-ground/{form}") },
            "version": { "const": 1 },
            "report": { "$ref": format!("#/$defs/{root}") },
        },
        "required": ["form", "version", "report"],
        "additionalProperties": false,
        "$defs": defs,
    })
}

fn forms() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/reports/forms")
}

#[test]
fn the_published_schemas_are_the_types() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut types = BTreeMap::new();
    for file in SOURCES {
        let source = source_of(&src.join(file));
        for written in types_in(&source, "Serialize") {
            // Reports stand first: a type of theirs hides one of the same name further in.
            types.entry(written.name.clone()).or_insert(written);
        }
    }
    for (name, root) in FORMS {
        let made = whole_schema(name, root, &types);
        let path = forms().join(format!("{name}.schema.json"));
        if std::env::var_os("COMMON_GROUND_WRITE").is_some() {
            let text = serde_json::to_string_pretty(&made).unwrap() + "\n";
            fs::write(&path, text).unwrap();
        }
        let kept: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        assert!(
            kept == made,
            "{} is out of date: COMMON_GROUND_WRITE=1 cargo test --no-default-features report_forms",
            path.display()
        );
    }
}

/// What of `value` does not fit `schema`, by its place; knows what the schemas above use.
fn misfits(value: &Value, schema: &Value, root: &Value, place: &str, found: &mut Vec<String>) {
    if let Some(to) = schema["$ref"].as_str() {
        let name = to.strip_prefix("#/$defs/").unwrap();
        return misfits(value, &root["$defs"][name], root, place, found);
    }
    for key in ["anyOf", "oneOf"] {
        if let Some(ways) = schema[key].as_array() {
            let fits = ways.iter().any(|way| {
                let mut none = Vec::new();
                misfits(value, way, root, place, &mut none);
                none.is_empty()
            });
            if !fits {
                let said: String = value.to_string().chars().take(80).collect();
                found.push(format!("{place}: {said} is none of {ways:?}"));
            }
            return;
        }
    }
    if !schema["const"].is_null() {
        if schema["const"] != *value {
            found.push(format!("{place}: {value} is not {}", schema["const"]));
        }
        return;
    }
    match (schema["type"].as_str(), value) {
        (Some("string"), Value::String(_))
        | (Some("boolean"), Value::Bool(_))
        | (Some("null"), Value::Null) => {}
        (Some("integer"), Value::Number(number)) => {
            let fits = number.is_i64() || number.is_u64();
            if !fits || (schema["minimum"] == 0 && number.as_i64().is_some_and(|n| n < 0)) {
                found.push(format!("{place}: {number}"));
            }
        }
        (Some("array"), Value::Array(items)) => {
            for (at, item) in items.iter().enumerate() {
                misfits(
                    item,
                    &schema["items"],
                    root,
                    &format!("{place}[{at}]"),
                    found,
                );
            }
        }
        (Some("object"), Value::Object(fields)) => {
            let known = schema["properties"].as_object().unwrap();
            for (name, field) in fields {
                match known.get(name) {
                    Some(schema) => {
                        misfits(field, schema, root, &format!("{place}.{name}"), found);
                    }
                    None => found.push(format!("{place}.{name} is not in the schema")),
                }
            }
            for name in schema["required"].as_array().into_iter().flatten() {
                if !fields.contains_key(name.as_str().unwrap()) {
                    found.push(format!("{place}: {name} is missing"));
                }
            }
        }
        _ => found.push(format!("{place}: {value} is no {}", schema["type"])),
    }
}

fn fits(text: &str, form: &str) {
    let value: Value = serde_json::from_str(text).unwrap();
    let schema = form::schema(form).expect("the form is known");
    let mut found = Vec::new();
    misfits(&value, &schema, &schema, "", &mut found);
    assert!(found.is_empty(), "{form}: {found:#?}");
    // The check itself sees what does not fit.
    let mut wrong = value.clone();
    wrong["report"]["printed"] = json!(1);
    wrong["report"]["extra"] = json!("x");
    misfits(&wrong, &schema, &schema, "", &mut found);
    assert!(!found.is_empty());
}

#[test]
fn reports_of_shipped_scenarios_fit_their_schemas() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let sian = store.add_trainee("Siân Rees", "4711", NOW).unwrap().id;
    let cohort = store.add_cohort("Spring", NOW).unwrap().id;
    store.set_member(cohort, sian, true).unwrap();
    let ids = played(&store, sian);
    store.write_note(ids[0], "Ask sooner.", NOW).unwrap();
    let sign = Finding::SignOff {
        text: String::new(),
    };
    store.judge(ids[0], "Insp. Carr", &sign, NOW).unwrap();
    let mut reports = Vec::new();
    for id in ids {
        let (report, _) = report_in_full(&store, id, NOW).unwrap();
        fits(&attempt_json(&report).unwrap(), "attempt");
        reports.push(report);
    }
    let trainee = TraineeReport::of(&reports, &[], NOW).unwrap();
    fits(&trainee_json(&trainee).unwrap(), "trainee");
    let course = support::course();
    for with_names in [true, false] {
        let report = report_on_cohort(&store, cohort, &course, NOW, with_names).unwrap();
        assert_eq!(report.members[0].finished, 3);
        assert!(!report.results.is_empty());
        let text = cohort_json(&report).unwrap();
        assert_eq!(text.contains("Rees"), with_names);
        fits(&text, "cohort");
    }
}
