//! What a trainee's finished assessments count for towards the course.

use crate::records::{AttemptFilter, AttemptState, Mode, Store, TraineeId};
use crate::scoring::Counted;

use super::kept::{READY, readiness_key};
use super::{AttemptError, said};

/// What a trainee's finished assessments count for towards the course, out of the sealed
/// summaries. Trials and summaries that cannot be read count for nothing.
///
/// # Errors
/// If the records cannot be read.
pub fn counted_of(store: &Store, trainee: TraineeId) -> Result<Vec<Counted>, AttemptError> {
    #[derive(serde::Deserialize)]
    struct Sheet {
        verdict: String,
        objectives: Vec<Line>,
        #[serde(default)]
        gates: Vec<Gate>,
    }
    #[derive(serde::Deserialize)]
    struct Gate {
        gate: String,
        number: u32,
    }
    #[derive(serde::Deserialize)]
    struct Line {
        id: String,
        result: String,
    }
    let filter = AttemptFilter {
        trainee: Some(trainee),
        state: Some(AttemptState::Finished),
        mode: Some(Mode::Assessment),
        ..AttemptFilter::default()
    };
    let mut counted = Vec::new();
    for kept in store.attempts(&filter)? {
        let is_ready = store.setting(&readiness_key(kept.id))?.as_deref() == Some(READY);
        let sheet = kept
            .summary
            .as_deref()
            .and_then(|text| serde_json::from_str::<Sheet>(text).ok());
        if let Some(sheet) = sheet.filter(|_| is_ready) {
            let failed: Vec<(String, u32)> = sheet
                .gates
                .into_iter()
                .map(|one| (one.gate, one.number))
                .collect();
            let said = said::said_of(store, kept.id)?;
            let (is_signed_off, is_disputed) = said::stands(&said, &failed);
            counted.push(Counted {
                is_signed_off,
                is_disputed,
                scenario: kept.scenario,
                started: kept.started,
                is_passed: sheet.verdict == "Passed",
                competent: sheet
                    .objectives
                    .into_iter()
                    .filter(|one| matches!(one.result.as_str(), "Competent" | "Proficient"))
                    .map(|one| one.id)
                    .collect(),
            });
        }
    }
    Ok(counted)
}
