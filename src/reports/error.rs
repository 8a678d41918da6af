//! What can go wrong while a report is written.

/// Why a report could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReportsError {
    /// A table could not be written.
    #[error("the table could not be written ({0})")]
    Table(#[from] csv::Error),
    /// The JSON could not be written.
    #[error("the JSON could not be written ({0})")]
    Json(#[from] serde_json::Error),
}
