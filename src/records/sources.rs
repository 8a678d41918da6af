//! Kept copies of scenario, course and catalogue files, so that an attempt can be replayed and
//! scored again after the file has changed.

use std::fmt::Write;

use rusqlite::{OptionalExtension, Transaction};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{RecordsError, Store};

/// One file as it was when an attempt began.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceFile {
    /// The file's name without folders, such as `footbridge.scenario.ron`.
    pub name: String,
    /// Its whole text.
    pub text: String,
}

impl SourceFile {
    /// SHA-256 of the text, 64 hexadecimal digits.
    #[must_use]
    pub fn sha256(&self) -> String {
        sha256_hex(self.text.as_bytes())
    }
}

/// SHA-256 as 64 hexadecimal digits: the way in which this room names files.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes as hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

impl Store {
    /// The kept file whose text has this SHA-256.
    ///
    /// # Errors
    ///
    /// [`RecordsError::NoSource`] where none is kept.
    pub fn source(&self, sha256: &str) -> Result<SourceFile, RecordsError> {
        self.connection()
            .query_row(
                "SELECT name, text FROM source WHERE sha256 = ?1",
                [sha256],
                |row| {
                    Ok(SourceFile {
                        name: row.get(0)?,
                        text: row.get(1)?,
                    })
                },
            )
            .optional()
            .map_err(|error| self.sql(error))?
            .ok_or_else(|| RecordsError::NoSource {
                sha256: sha256.to_owned(),
            })
    }

    /// Keeps a file, once however often it is used, and returns its SHA-256.
    pub(super) fn keep_source(
        &self,
        transaction: &Transaction<'_>,
        file: &SourceFile,
    ) -> Result<String, RecordsError> {
        let sha256 = file.sha256();
        transaction
            .execute(
                "INSERT INTO source(sha256, name, text) VALUES (?1, ?2, ?3)
                 ON CONFLICT(sha256) DO NOTHING",
                [&sha256, &file.name, &file.text],
            )
            .map_err(|error| self.sql(error))?;
        Ok(sha256)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_the_standard_one() {
        assert_eq!(
            sha256_hex(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
