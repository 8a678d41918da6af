//! `report`: files and figures on an attempt or a trainee.

use anyhow::Result;

use super::args::Report;
use super::places::{Places, attempt_id, find_trainee};
use super::play::{need, print_result};
use super::{FINE};
use crate::attempt::review_kept;
use crate::records::AttemptFilter;

pub(super) fn run(places: &Places, report: &Report) -> Result<u8> {
    let store = places.store()?;
    let attempts = if let Some(text) = &report.attempt {
        vec![store.attempt(attempt_id(text)?)?]
    } else {
        let name = report.trainee.as_deref().unwrap_or_default();
        let trainee = need(
            find_trainee(&store, name)?,
            &format!("there is no trainee `{name}`\n  `common-ground records list` shows them"),
        )?;
        store.attempts(&AttemptFilter { trainee: Some(trainee.id), ..AttemptFilter::default() })?
    };
    for attempt in attempts {
        let (_, told, _) = review_kept(&store, attempt.id)?;
        if report.json {
            println!("{}", serde_json::to_string_pretty(&told)?);
        } else {
            print_result(&told);
        }
    }
    Ok(FINE)
}
