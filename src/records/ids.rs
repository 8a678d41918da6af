//! Ids of trainees and attempts: version 7 UUIDs, unique over every process and computer.

use std::fmt;
use std::str::FromStr;

use rand::TryRng;
use rand::rngs::SysRng;
use rusqlite::ToSql;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef};
use serde::{Deserialize, Serialize};
use uuid::{Builder, Uuid};

use super::RecordsError;

/// Random bytes from the operating system.
pub(super) fn random_bytes<const N: usize>() -> Result<[u8; N], RecordsError> {
    let mut bytes = [0; N];
    SysRng
        .try_fill_bytes(&mut bytes)
        .map_err(|error| RecordsError::Randomness {
            detail: error.to_string(),
        })?;
    Ok(bytes)
}

fn fresh(unix_millis: i64) -> Result<Uuid, RecordsError> {
    let millis = u64::try_from(unix_millis).unwrap_or(0);
    Ok(Builder::from_unix_timestamp_millis(millis, &random_bytes()?).into_uuid())
}

macro_rules! id_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// A new id that sorts by its time.
            pub(super) fn fresh(unix_millis: i64) -> Result<Self, RecordsError> {
                fresh(unix_millis).map(Self)
            }

            /// The id as it stands in other standards.
            #[must_use]
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = RecordsError;
            fn from_str(text: &str) -> Result<Self, RecordsError> {
                Uuid::parse_str(text.trim())
                    .map(Self)
                    .map_err(|_| RecordsError::BadId { found: text.to_owned() })
            }
        }

        impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(ToSqlOutput::from(self.to_string()))
            }
        }

        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                Uuid::parse_str(value.as_str()?)
                    .map(Self)
                    .map_err(|error| FromSqlError::Other(Box::new(error)))
            }
        }
    };
}

id_type! {
    /// One attempt, for ever and everywhere.
    AttemptId
}

id_type! {
    /// One trainee: a pseudonym, so that an export need not carry the name.
    TraineeId
}

id_type! {
    /// One cohort.
    CohortId
}

id_type! {
    /// One assignment.
    AssignmentId
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_by_time_and_read_back() {
        let early = AttemptId::fresh(1_000).unwrap();
        let late = AttemptId::fresh(2_000).unwrap();
        assert!(early < late);
        assert_eq!(early.to_string().parse::<AttemptId>().unwrap(), early);
        assert!("not an id".parse::<AttemptId>().is_err());
    }
}
