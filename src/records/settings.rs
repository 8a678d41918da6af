//! Settings that belong to this computer's records: one text per key.

use rusqlite::OptionalExtension;

use super::{RecordsError, Store};

impl Store {
    /// The value under `key`, if one was set.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn setting(&self, key: &str) -> Result<Option<String>, RecordsError> {
        self.connection()
            .query_row("SELECT value FROM setting WHERE key = ?1", [key], |row| {
                row.get(0)
            })
            .optional()
            .map_err(|error| self.sql(error))
    }

    /// Sets the value under `key`.
    ///
    /// # Errors
    ///
    /// Where the database cannot be written.
    pub fn set_setting(&self, key: &str, value: &str) -> Result<(), RecordsError> {
        self.write(|transaction| {
            transaction
                .execute(
                    "INSERT INTO setting(key, value) VALUES (?1, ?2)
                     ON CONFLICT(key) DO UPDATE SET value = excluded.value",
                    [key, value],
                )
                .map_err(|error| self.sql(error))?;
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_is_kept_and_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        assert_eq!(store.setting("text-size").unwrap(), None);
        store.set_setting("text-size", "1.5").unwrap();
        store.set_setting("text-size", "2").unwrap();
        drop(store);
        let store = Store::open(dir.path()).unwrap();
        assert_eq!(store.setting("text-size").unwrap().as_deref(), Some("2"));
    }
}
