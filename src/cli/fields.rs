//! `fields`: every field that a file or a report can have, as a list or as a JSON Schema.

use anyhow::Result;

use crate::reports::form as reports;
use crate::scenario::form;

use super::FINE;
use super::args::Form;

fn report(name: &str) -> serde_json::Value {
    reports::schema(name).unwrap_or_default()
}

pub(super) fn run(schema: Option<Form>) -> Result<u8> {
    let Some(what) = schema else {
        print!("{}", form::fields());
        return Ok(FINE);
    };
    let schema = match what {
        Form::Scenario => form::scenario_schema(),
        Form::Course => form::course_schema(),
        Form::Techniques => form::techniques_schema(),
        Form::Profiles => form::profiles_schema(),
        Form::Wording => form::wording_schema(),
        Form::AttemptReport => report("attempt"),
        Form::TraineeReport => report("trainee"),
        Form::CohortReport => report("cohort"),
    };
    println!("{}", serde_json::to_string_pretty(&schema)?);
    Ok(FINE)
}
