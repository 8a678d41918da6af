//! Times as this room keeps them: RFC 3339 text in UTC with milliseconds, so that text order
//! is time order. Nothing here reads a clock.

use jiff::{SignedDuration, Timestamp};

use super::RecordsError;

/// A time that was handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Moment(Timestamp);

impl Moment {
    /// Reads RFC 3339 in UTC.
    pub(super) fn read(text: &str) -> Result<Self, RecordsError> {
        let bad = || RecordsError::BadTime {
            found: text.to_owned(),
        };
        if !text.ends_with(['Z', 'z']) {
            return Err(bad());
        }
        text.parse().map(Self).map_err(|_| bad())
    }

    /// The text that is stored.
    pub(super) fn text(self) -> String {
        format!("{:.3}", self.0)
    }

    /// The day, `YYYY-MM-DD`.
    pub(super) fn day(self) -> String {
        self.text().chars().take_while(|c| *c != 'T').collect()
    }

    /// Milliseconds since 1970.
    pub(super) fn unix_millis(self) -> i64 {
        self.0.as_millisecond()
    }

    /// So many seconds later; the last moment there is, where that does not exist.
    pub(super) fn plus_secs(self, secs: i64) -> Self {
        Self(
            self.0
                .checked_add(SignedDuration::from_secs(secs))
                .unwrap_or(Timestamp::MAX),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_kept_in_one_form_that_sorts() {
        let moment = Moment::read("2026-11-28T21:00:05Z").unwrap();
        assert_eq!(moment.text(), "2026-11-28T21:00:05.000Z");
        assert_eq!(moment.day(), "2026-11-28");
        assert_eq!(moment.plus_secs(60).text(), "2026-11-28T21:01:05.000Z");
        assert!(moment.text() < Moment::read("2026-11-28T21:00:05.5Z").unwrap().text());
    }

    #[test]
    fn local_time_is_refused() {
        assert!(Moment::read("2026-11-28T21:00:05+01:00").is_err());
        assert!(Moment::read("yesterday").is_err());
    }
}
