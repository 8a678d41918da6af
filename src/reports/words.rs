//! Words and dates as people read them.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::course::Level;
use crate::scenario::Outcome;

use super::attempt::AttemptHead;

/// One word for an outcome.
pub(super) const fn outcome_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Safe => "Safe",
        Outcome::Unresolved => "Unresolved",
        Outcome::Unsafe => "Unsafe",
    }
}

/// What an outcome means.
pub(super) const fn outcome_meaning(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Safe => "Everybody is safe and somebody has taken responsibility.",
        Outcome::Unresolved => "Nobody is hurt; the risk has not gone.",
        Outcome::Unsafe => "Somebody is less safe than before.",
    }
}

/// A time, such as `28 November 2026, 21:05 UTC`; the text itself where it is none.
pub(super) fn spoken_time(text: &str) -> String {
    text.parse::<Timestamp>().map_or_else(
        |_| text.to_owned(),
        |time| time.strftime("%-d %B %Y, %H:%M UTC").to_string(),
    )
}

/// The day of a time, such as `28 November 2026`; the text itself where it is none.
pub(super) fn spoken_day(text: &str) -> String {
    let day: String = text.chars().take_while(|c| *c != 'T').collect();
    day.parse::<Date>().map_or_else(
        |_| text.to_owned(),
        |day| day.strftime("%-d %B %Y").to_string(),
    )
}

/// Half-metres as metres, such as `3.5 m`.
pub(super) fn metres(half_metres: u8) -> String {
    let half = if half_metres % 2 == 1 { ".5" } else { "" };
    format!("{}{half} m", half_metres / 2)
}

/// Who the report is about.
pub(super) fn who(head: &AttemptHead) -> String {
    person(
        head.name.as_deref(),
        head.collar_number.as_deref(),
        &head.trainee,
    )
}

/// Name and collar number where they are given, else the pseudonym.
pub(super) fn person(name: Option<&str>, collar_number: Option<&str>, pseudonym: &str) -> String {
    match (name, collar_number.filter(|number| !number.is_empty())) {
        (Some(name), Some(number)) => format!("{name} ({number})"),
        (Some(name), None) => name.to_owned(),
        (None, _) => pseudonym.to_owned(),
    }
}

/// A level with its points, such as `Competent (2)`.
pub(super) fn level_words(level: Level) -> String {
    format!("{} ({})", level.label(), level.points())
}

/// A count with its noun, such as `1 decision` or `3 decisions`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_lengths_are_written_as_people_say_them() {
        assert_eq!(
            spoken_time("2026-11-28T21:05:09.000Z"),
            "28 November 2026, 21:05 UTC"
        );
        assert_eq!(spoken_day("2026-11-01"), "1 November 2026");
        assert_eq!(spoken_day("soon"), "soon");
        assert_eq!(metres(7), "3.5 m");
        assert_eq!(metres(14), "7 m");
        assert_eq!(counted(1, "decision"), "1 decision");
    }
}
