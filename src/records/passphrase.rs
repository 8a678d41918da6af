//! The instructor's passphrase: a screen lock, no more. What really keeps trainees out of the
//! records is the account and the folder rights of the computer.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use rusqlite::{OptionalExtension, params};

use super::time::Moment;
use super::{RecordsError, Store};

const LEAST_CHARACTERS: usize = 6;
const TRIES: i64 = 5;
/// Seconds of the first, second and every later lock-out.
const LOCK_OUT_SECS: [i64; 3] = [30, 120, 600];

/// What became of a try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PassphraseCheck {
    /// It is the right one.
    Right,
    /// It is wrong.
    Wrong {
        /// Tries before the lock-out.
        tries_left: u32,
    },
    /// Too many wrong tries; this one was not looked at.
    LockedOut {
        /// When the next try counts, RFC 3339 in UTC.
        until: String,
    },
    /// None has been set yet.
    NotSet,
}

struct Kept {
    hash: String,
    lockouts: i64,
    wrong: i64,
}

impl Store {
    /// Whether an instructor passphrase has been set.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn has_passphrase(&self) -> Result<bool, RecordsError> {
        self.connection()
            .query_row("SELECT EXISTS(SELECT 1 FROM passphrase)", [], |row| {
                row.get(0)
            })
            .map_err(|error| self.sql(error))
    }

    /// Sets the instructor passphrase; the caller has checked the one before.
    ///
    /// Only an Argon2id hash (19 MiB, two passes) is kept.
    ///
    /// # Errors
    ///
    /// Refuses fewer than six characters.
    pub fn set_passphrase(&self, passphrase: &str) -> Result<(), RecordsError> {
        let found = passphrase.chars().count();
        if found < LEAST_CHARACTERS {
            return Err(RecordsError::PassphraseShort {
                found,
                expected: LEAST_CHARACTERS,
            });
        }
        let hash: String = Argon2::default()
            .hash_password(passphrase.as_bytes())
            .map_err(|error| RecordsError::Passphrase {
                detail: error.to_string(),
            })?
            .to_string();
        self.write(|transaction| {
            transaction
                .execute(
                    "INSERT INTO passphrase(id, hash, wrong, lockouts, locked_until)
                     VALUES (1, ?1, 0, 0, NULL)
                     ON CONFLICT(id) DO UPDATE
                     SET hash = excluded.hash, wrong = 0, lockouts = 0, locked_until = NULL",
                    [&hash],
                )
                .map_err(|error| self.sql(error))?;
            Ok(())
        })
    }

    /// Tries a passphrase. `now` is the time, RFC 3339 in UTC.
    ///
    /// After five wrong tries none is looked at for 30 seconds, then 2 minutes, then 10 each.
    ///
    /// # Errors
    ///
    /// Where the database cannot be written or the kept hash cannot be read.
    pub fn check_passphrase(
        &self,
        passphrase: &str,
        now: &str,
    ) -> Result<PassphraseCheck, RecordsError> {
        let now = Moment::read(now)?;
        // The try is counted before it is looked at, so that two windows do not double the tries.
        let kept = match self.count_try(now)? {
            Ok(kept) => kept,
            Err(refusal) => return Ok(refusal),
        };
        let unreadable = |error: argon2::password_hash::phc::Error| RecordsError::Passphrase {
            detail: error.to_string(),
        };
        let hash = PasswordHash::new(&kept.hash).map_err(unreadable)?;
        let right = Argon2::default()
            .verify_password(passphrase.as_bytes(), &hash)
            .is_ok();
        if right {
            self.note_tries(0, 0, None)?;
            return Ok(PassphraseCheck::Right);
        }
        if kept.wrong < TRIES {
            return Ok(PassphraseCheck::Wrong {
                tries_left: u32::try_from(TRIES - kept.wrong).unwrap_or(0),
            });
        }
        let rung = usize::try_from(kept.lockouts).unwrap_or(0);
        let until = now.plus_secs(lock_out_secs(rung)).text();
        self.note_tries(0, kept.lockouts + 1, Some(&until))?;
        Ok(PassphraseCheck::LockedOut { until })
    }

    fn count_try(&self, now: Moment) -> Result<Result<Kept, PassphraseCheck>, RecordsError> {
        self.write(|transaction| {
            let row: Option<(String, i64, i64, Option<String>)> = transaction
                .query_row(
                    "SELECT hash, wrong, lockouts, locked_until FROM passphrase",
                    [],
                    |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
                )
                .optional()
                .map_err(|error| self.sql(error))?;
            let Some((hash, wrong, lockouts, locked_until)) = row else {
                return Ok(Err(PassphraseCheck::NotSet));
            };
            if let Some(until) = locked_until {
                // A clock that was set back must not lock the room for a year.
                let latest = now.plus_secs(lock_out_secs(LOCK_OUT_SECS.len()));
                let until = Moment::read(&until)?.min(latest);
                if now < until {
                    transaction
                        .execute("UPDATE passphrase SET locked_until = ?1", [until.text()])
                        .map_err(|error| self.sql(error))?;
                    return Ok(Err(PassphraseCheck::LockedOut {
                        until: until.text(),
                    }));
                }
            }
            transaction
                .execute("UPDATE passphrase SET wrong = wrong + 1", [])
                .map_err(|error| self.sql(error))?;
            Ok(Ok(Kept {
                hash,
                lockouts,
                wrong: wrong + 1,
            }))
        })
    }

    fn note_tries(
        &self,
        wrong: i64,
        lockouts: i64,
        until: Option<&str>,
    ) -> Result<(), RecordsError> {
        self.write(|transaction| {
            transaction
                .execute(
                    "UPDATE passphrase SET wrong = ?1, lockouts = ?2, locked_until = ?3",
                    params![wrong, lockouts, until],
                )
                .map_err(|error| self.sql(error))?;
            Ok(())
        })
    }
}

fn lock_out_secs(rung: usize) -> i64 {
    LOCK_OUT_SECS[rung.min(LOCK_OUT_SECS.len() - 1)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_wrong_tries_lock_the_screen_and_time_opens_it() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        let at = |second: u32| format!("2026-11-28T10:00:{second:02}Z");
        assert_eq!(
            store.check_passphrase("anything", &at(0)).unwrap(),
            PassphraseCheck::NotSet
        );
        assert!(matches!(
            store.set_passphrase("short").unwrap_err(),
            RecordsError::PassphraseShort {
                found: 5,
                expected: 6
            }
        ));
        store.set_passphrase("three quiet words").unwrap();
        assert!(store.has_passphrase().unwrap());
        for left in (1..TRIES).rev() {
            assert_eq!(
                store.check_passphrase("wrong one", &at(1)).unwrap(),
                PassphraseCheck::Wrong {
                    tries_left: u32::try_from(left).unwrap()
                }
            );
        }
        let locked = PassphraseCheck::LockedOut {
            until: "2026-11-28T10:00:31.000Z".to_owned(),
        };
        assert_eq!(store.check_passphrase("wrong one", &at(1)).unwrap(), locked);
        assert_eq!(
            store
                .check_passphrase("three quiet words", &at(20))
                .unwrap(),
            locked
        );
        assert_eq!(
            store
                .check_passphrase("three quiet words", &at(31))
                .unwrap(),
            PassphraseCheck::Right
        );
    }

    #[test]
    fn a_clock_set_back_locks_for_ten_minutes_at_most() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        store.set_passphrase("three quiet words").unwrap();
        for _ in 0..TRIES {
            store
                .check_passphrase("wrong one", "2027-11-28T10:00:00Z")
                .unwrap();
        }
        assert_eq!(
            store
                .check_passphrase("three quiet words", "2026-11-28T10:00:00Z")
                .unwrap(),
            PassphraseCheck::LockedOut {
                until: "2026-11-28T10:10:00.000Z".to_owned()
            }
        );
        assert_eq!(
            store
                .check_passphrase("three quiet words", "2026-11-28T10:10:00Z")
                .unwrap(),
            PassphraseCheck::Right
        );
    }

    #[test]
    fn no_passphrase_stands_in_the_file() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        store.set_passphrase("three quiet words").unwrap();
        let hash: String = store
            .connection()
            .query_row("SELECT hash FROM passphrase", [], |row| row.get(0))
            .unwrap();
        assert!(hash.starts_with("$argon2id$"));
        assert!(!hash.contains("quiet"));
    }
}
