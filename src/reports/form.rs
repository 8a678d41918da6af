//! The published schemas of reports in JSON. They stand in `forms/`, made from the types; a test
//! holds them against the types and real reports against them.

use serde_json::Value;

/// The JSON Schema of a report: `attempt`, `trainee` or `cohort`; none for another word.
#[must_use]
pub fn schema(report: &str) -> Option<Value> {
    let text = match report {
        "attempt" => include_str!("forms/attempt.schema.json"),
        "trainee" => include_str!("forms/trainee.schema.json"),
        "cohort" => include_str!("forms/cohort.schema.json"),
        _ => return None,
    };
    serde_json::from_str(text).ok()
}
