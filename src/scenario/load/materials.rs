//! Course and catalogues as text, and the fingerprints by which texts are known again.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Course and catalogues as text, the form in which they are kept with an attempt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Materials {
    /// File names and texts, in the order of the names.
    pub files: Vec<(String, String)>,
}

impl Materials {
    /// Fingerprint of all files together.
    #[must_use]
    pub fn sha256(&self) -> String {
        let mut hasher = Sha256::new();
        for (name, text) in &self.files {
            hasher.update((name.len() as u64).to_le_bytes());
            hasher.update(name.as_bytes());
            hasher.update((text.len() as u64).to_le_bytes());
            hasher.update(text.as_bytes());
        }
        hex(&hasher.finalize())
    }
}

/// Fingerprint of a text: SHA-256 in lower-case hexadecimal.
#[must_use]
pub fn sha256(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

pub(in crate::scenario) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}
