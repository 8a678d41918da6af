//! A list of trainees from a spreadsheet: read whatever its encoding and separator, looked at
//! before anything is entered, and every bad row named.

use std::collections::BTreeMap;

use rusqlite::params;
use serde::Serialize;

use super::time::Moment;
use super::trainees::plain;
use super::{CohortId, RecordsError, Store, Trainee, TraineeId};

/// Rows that are read at most: a whole force, and a bound on a wrong file.
const MOST_ROWS: usize = 20_000;

/// One row that can be entered, or that is here already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RosterRow {
    /// Line of the file, from 1.
    pub line: u64,
    /// Name.
    pub name: String,
    /// Collar number; may be empty.
    pub collar_number: String,
}

/// One row that cannot be entered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RosterFault {
    /// Line of the file, from 1.
    pub line: u64,
    /// What stands there, shortened.
    pub found: String,
    /// Why, and what to do.
    pub reason: String,
}

/// A list as it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Roster {
    /// How the text was written, such as `UTF-8` or `Windows-1252`.
    pub encoding: &'static str,
    /// What stands between the columns.
    pub separator: char,
    /// Rows that can be entered.
    pub rows: Vec<RosterRow>,
    /// Rows of people who are here already: nothing is done for them but joining a cohort.
    pub known: Vec<(RosterRow, TraineeId)>,
    /// Rows that cannot be entered.
    pub faults: Vec<RosterFault>,
    /// Rows whose text looks like a formula and is kept as the text that it is.
    pub formulas: Vec<u64>,
}

/// The signs of Windows-1252 from 0x80 to 0x9f; a dot where there is none.
const WINDOWS: &str = "€.‚ƒ„…†‡ˆ‰Š‹Œ.Ž..‘’“”•–—˜™š›œ.žŸ";

fn decoded(bytes: &[u8]) -> Result<(String, &'static str), String> {
    let wide = |bytes: &[u8], read: fn([u8; 2]) -> u16, name| {
        let units: Vec<u16> = bytes
            .chunks_exact(2)
            .map(|pair| read([pair[0], pair[1]]))
            .collect();
        let text = String::from_utf16(&units).map_err(|_| {
            format!("the file begins as {name} but is not: save it again as CSV UTF-8")
        })?;
        if bytes.len() % 2 == 1 {
            return Err(format!(
                "the file is {name} and cut off in the middle of a sign"
            ));
        }
        Ok((text, name))
    };
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8(rest.to_vec())
            .map(|text| (text, "UTF-8"))
            .map_err(|_| {
                "the file begins as UTF-8 but is not: save it again as CSV UTF-8".to_owned()
            }),
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes, "UTF-16"),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes, "UTF-16"),
        // Without a mark, every second byte of Latin text in UTF-16 is zero.
        [first, 0, ..] if *first != 0 => wide(bytes, u16::from_le_bytes, "UTF-16"),
        [0, second, ..] if *second != 0 => wide(bytes, u16::from_be_bytes, "UTF-16"),
        _ => Ok(if let Ok(text) = String::from_utf8(bytes.to_vec()) {
            (text, "UTF-8")
        } else {
            let text = bytes
                .iter()
                .map(|&byte| match byte {
                    0x80..=0x9f => WINDOWS.chars().nth(usize::from(byte - 0x80)).unwrap_or('.'),
                    other => char::from(other),
                })
                .collect();
            (text, "Windows-1252")
        }),
    }
}

/// The separator that the first line has most of, outside quotes.
fn separator_of(text: &str) -> char {
    let first = text
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or("");
    let count = |wanted: char| {
        let mut is_quoted = false;
        first
            .chars()
            .filter(|&c| {
                is_quoted ^= c == '"';
                c == wanted && !is_quoted
            })
            .count()
    };
    // Of equal counts the earlier one here.
    [',', ';', '\t']
        .into_iter()
        .rev()
        .max_by_key(|&c| count(c))
        .unwrap_or(',')
}

#[derive(Clone, Copy, PartialEq)]
enum Column {
    Name,
    First,
    Last,
    Number,
}

fn column_of(head: &str) -> Option<Column> {
    let head: String = head
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    Some(match head.as_str() {
        "name" | "fullname" | "trainee" | "officer" => Column::Name,
        "firstname" | "forename" | "givenname" | "first" => Column::First,
        "lastname" | "surname" | "familyname" | "last" => Column::Last,
        "collarnumber" | "collar" | "collarno" | "number" | "no" | "shouldernumber"
        | "warrantnumber" | "warrant" | "id" => Column::Number,
        _ => return None,
    })
}

/// What a spreadsheet hides behind `="0471"` is the text 0471.
fn cell_text(cell: &str) -> String {
    let cell = plain(cell);
    cell.strip_prefix("=\"")
        .and_then(|rest| rest.strip_suffix('"'))
        .map_or_else(|| cell.clone(), plain)
}

fn looks_like_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '@']) || (text.starts_with('-') && text.len() > 1)
}

/// The line on which a row begins: the reader counts from before the blank lines above it.
fn line_at(text: &str, position: &csv::Position) -> u64 {
    let from = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let blank = text.as_bytes().get(from..).unwrap_or_default();
    let skipped = blank
        .iter()
        .take_while(|byte| matches!(byte, b'\r' | b'\n'))
        .filter(|byte| **byte == b'\n')
        .count();
    position.line() + u64::try_from(skipped).unwrap_or(0)
}

/// Reads a list of trainees: columns `Name` (or first and last name) and `Collar number`, in any
/// order if the first row names them, else in that order.
///
/// # Errors
///
/// Where the file is no text at all, is empty, or is longer than anybody's list. The message says
/// what to do.
pub fn read_roster(bytes: &[u8]) -> Result<Roster, String> {
    let (text, encoding) = decoded(bytes)?;
    if text.contains('\0') {
        return Err(
            "this is not a text file: in the spreadsheet, choose Save As and CSV UTF-8".to_owned(),
        );
    }
    if text.starts_with("PK\u{3}\u{4}") {
        return Err(
            "this is a workbook, not a CSV file: in the spreadsheet, choose Save As and CSV UTF-8"
                .to_owned(),
        );
    }
    let separator = separator_of(&text);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(u8::try_from(separator).unwrap_or(b','))
        .from_reader(text.as_bytes());
    let mut roster = Roster {
        encoding,
        separator,
        ..Roster::default()
    };
    let mut columns: Option<Vec<Option<Column>>> = None;
    let mut seen: BTreeMap<String, u64> = BTreeMap::new();
    let mut count = 0;
    for record in reader.records() {
        let record = record.map_err(|error| format!("the list cannot be read: {error}"))?;
        let line = record
            .position()
            .map_or(0, |position| line_at(&text, position));
        let cells: Vec<String> = record.iter().map(cell_text).collect();
        if cells.iter().all(String::is_empty) {
            continue;
        }
        if columns.is_none() {
            let named: Vec<Option<Column>> = cells.iter().map(|cell| column_of(cell)).collect();
            let has = |wanted| named.contains(&Some(wanted));
            if has(Column::Name) || has(Column::First) || has(Column::Last) || has(Column::Number) {
                if !(has(Column::Name) || has(Column::First) || has(Column::Last)) {
                    return Err(format!(
                        "the first row ({}) names no column for the name: call one \"Name\", or \"First name\" and \"Last name\"",
                        cells.join(", ")
                    ));
                }
                columns = Some(named);
                continue;
            }
            columns = Some(vec![Some(Column::Name), Some(Column::Number)]);
        }
        count += 1;
        if count > MOST_ROWS {
            return Err(format!(
                "there are more than {MOST_ROWS} rows: is this the right file?"
            ));
        }
        let of = |wanted| {
            columns
                .iter()
                .flatten()
                .zip(&cells)
                .find(|(column, _)| **column == Some(wanted))
                .map_or("", |(_, cell)| cell.as_str())
        };
        let name = match of(Column::Name) {
            "" => plain(&format!("{} {}", of(Column::First), of(Column::Last))),
            name => name.to_owned(),
        };
        let row = RosterRow {
            line,
            name,
            collar_number: of(Column::Number).to_owned(),
        };
        take_row(&mut roster, row, &cells, &mut seen);
    }
    if count == 0 {
        return Err("there are no rows in the list".to_owned());
    }
    Ok(roster)
}

fn take_row(
    roster: &mut Roster,
    row: RosterRow,
    cells: &[String],
    seen: &mut BTreeMap<String, u64>,
) {
    let shown: String = cells.join(" | ").chars().take(60).collect();
    let mut refuse = |reason: String| {
        roster.faults.push(RosterFault {
            line: row.line,
            found: shown.clone(),
            reason,
        });
    };
    if row.name.is_empty() {
        return refuse("there is no name: type one, or delete the row".to_owned());
    }
    if row.name.chars().count() > 80 || row.collar_number.chars().count() > 20 {
        return refuse("the name or number is too long: is a column missing?".to_owned());
    }
    if row.name.contains('\u{fffd}') {
        return refuse(
            "the name has signs that were lost: save the list again as CSV UTF-8".to_owned(),
        );
    }
    if !row.collar_number.is_empty() {
        let key = row.collar_number.to_lowercase();
        if let Some(first) = seen.get(&key) {
            return refuse(format!(
                "collar number {} stands in line {first} already: keep one of the two",
                row.collar_number
            ));
        }
        seen.insert(key, row.line);
    }
    if looks_like_formula(&row.name) || looks_like_formula(&row.collar_number) {
        roster.formulas.push(row.line);
    }
    roster.rows.push(row);
}

impl Store {
    /// Sorts a list against those who are here: the known are set apart, and a collar number of
    /// somebody else is a fault. Enters nothing.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn check_roster(&self, mut roster: Roster) -> Result<Roster, RecordsError> {
        let trainees = self.trainees()?;
        let of_number: BTreeMap<String, &Trainee> = trainees
            .iter()
            .filter(|one| !one.collar_number.is_empty())
            .map(|one| (one.collar_number.to_lowercase(), one))
            .collect();
        let mut rows = Vec::new();
        for row in std::mem::take(&mut roster.rows) {
            let same_name = |one: &Trainee| one.name.to_lowercase() == row.name.to_lowercase();
            let holder = if row.collar_number.is_empty() {
                trainees
                    .iter()
                    .find(|one| one.collar_number.is_empty() && !one.is_room && same_name(one))
            } else {
                of_number.get(&row.collar_number.to_lowercase()).copied()
            };
            match holder {
                None => rows.push(row),
                Some(one) if same_name(one) => {
                    roster.known.push((row, one.merged_into.unwrap_or(one.id)));
                }
                Some(one) => roster.faults.push(RosterFault {
                    line: row.line,
                    found: format!("{} | {}", row.name, row.collar_number),
                    reason: format!(
                        "collar number {} belongs to {} here: correct the number or the name",
                        row.collar_number, one.name
                    ),
                }),
            }
        }
        roster.faults.sort_by_key(|fault| fault.line);
        roster.rows = rows;
        Ok(roster)
    }

    /// Enters the good rows of a checked list, all or none, and puts them and the known into a
    /// cohort if one is named. Says how many were entered.
    ///
    /// # Errors
    ///
    /// Where somebody took a collar number in between, or the database cannot be written; nobody
    /// has been entered then.
    pub fn enter_roster(
        &self,
        roster: &Roster,
        cohort: Option<CohortId>,
        now: &str,
    ) -> Result<usize, RecordsError> {
        let moment = Moment::read(now)?;
        if let Some(cohort) = cohort {
            self.cohort(cohort)?;
        }
        let now = moment.text();
        self.write(|transaction| {
            let sql = |error| self.sql(error);
            let mut belonging: Vec<TraineeId> = roster.known.iter().map(|(_, id)| *id).collect();
            let mut taken = transaction
                .prepare("SELECT name FROM trainee WHERE collar_number = ?1 AND ?1 <> ''")
                .map_err(sql)?;
            let mut enter = transaction
                .prepare(
                    "INSERT INTO trainee(id, name, collar_number, created, last_seen)
                     VALUES (?1, ?2, ?3, ?4, ?4)",
                )
                .map_err(sql)?;
            for row in &roster.rows {
                let holder: Vec<String> = taken
                    .query_map([&row.collar_number], |found| found.get(0))
                    .and_then(Iterator::collect)
                    .map_err(sql)?;
                if let Some(name) = holder.into_iter().next() {
                    return Err(RecordsError::CollarNumberTaken {
                        collar_number: row.collar_number.clone(),
                        name,
                    });
                }
                let id = TraineeId::fresh(moment.unix_millis())?;
                enter
                    .execute(params![id, row.name, row.collar_number, now])
                    .map_err(sql)?;
                belonging.push(id);
            }
            if let Some(cohort) = cohort {
                for id in belonging {
                    transaction
                        .execute(
                            "INSERT OR IGNORE INTO cohort_member(cohort, trainee) VALUES (?1, ?2)",
                            params![cohort, id],
                        )
                        .map_err(sql)?;
                }
            }
            Ok(roster.rows.len())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(roster: &Roster) -> Vec<&str> {
        roster.rows.iter().map(|row| row.name.as_str()).collect()
    }

    #[test]
    fn any_spreadsheet_encoding_and_separator_is_read() {
        let text = "Name;Collar number\r\nSiân O’Neil;0471\r\nBjörn Åkesson;12\r\n";
        let mut marked = vec![0xef, 0xbb, 0xbf];
        marked.extend(text.bytes());
        let mut wide = vec![0xff, 0xfe];
        wide.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        let mut big = vec![0xfe, 0xff];
        big.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
        let bare: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let windows: Vec<u8> = text
            .chars()
            .map(|c| {
                if c == '’' {
                    0x92
                } else {
                    u8::try_from(u32::from(c)).unwrap()
                }
            })
            .collect();
        for (bytes, encoding) in [
            (text.as_bytes(), "UTF-8"),
            (&marked, "UTF-8"),
            (&wide, "UTF-16"),
            (&big, "UTF-16"),
            (&bare, "UTF-16"),
            (&windows, "Windows-1252"),
        ] {
            let roster = read_roster(bytes).unwrap();
            assert_eq!(roster.encoding, encoding);
            assert_eq!(roster.separator, ';');
            assert_eq!(names(&roster), ["Siân O’Neil", "Björn Åkesson"]);
            assert_eq!(roster.rows[0].collar_number, "0471");
            assert_eq!(roster.faults, []);
        }
    }

    #[test]
    fn bad_rows_are_named_with_line_and_reason_and_the_good_ones_stay() {
        let text = "Collar number,First name,Surname,Station\n\
                    77,Amy,Lloyd,North\n\
                    78,,,North\n\
                    \n\
                    77,Ben,Okoro,South\n\
                    \"=\"\"0099\"\"\",\"Li, Anna\",Wu,East\n\
                    80,=2+3,,East\n";
        let roster = read_roster(text.as_bytes()).unwrap();
        assert_eq!(names(&roster), ["Amy Lloyd", "Li, Anna Wu", "=2+3"]);
        assert_eq!(roster.rows[1].collar_number, "0099");
        let told: Vec<_> = roster
            .faults
            .iter()
            .map(|fault| (fault.line, fault.reason.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                (3, "there is no name: type one, or delete the row"),
                (
                    5,
                    "collar number 77 stands in line 2 already: keep one of the two"
                ),
            ]
        );
        assert_eq!(roster.formulas, [7]);
    }

    #[test]
    fn what_is_no_list_says_what_to_do() {
        for (bytes, words) in [
            (b"".as_slice(), "no rows"),
            (b"Name,Number\n", "no rows"),
            (b"PK\x03\x04rest of a workbook", "CSV UTF-8"),
            (b"\x89PNG\x0d\x0a\x1a\x0a\0\0\0\x0d", "not a text file"),
            (
                b"Number,Station\n12,North\n",
                "names no column for the name",
            ),
            (b"\xff\xfeA\0B", "cut off"),
        ] {
            let told = read_roster(bytes).unwrap_err();
            assert!(told.contains(words), "{told}");
        }
    }

    #[test]
    fn a_checked_list_enters_only_who_is_new() {
        const NOW: &str = "2026-11-28T10:00:00Z";
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        store.add_trainee("Amy Lloyd", "77", NOW).unwrap();
        store.add_trainee("Tom Vale", "78", NOW).unwrap();
        let cohort = store.add_cohort("Intake 4", NOW).unwrap().id;
        let read = read_roster(b"amy lloyd,77\nSomebody Else,78\nNew Person,79\n").unwrap();
        let checked = store.check_roster(read).unwrap();
        assert_eq!(names(&checked), ["New Person"]);
        assert_eq!(checked.known.len(), 1);
        assert!(checked.faults[0].reason.contains("belongs to Tom Vale"));
        assert_eq!(
            store.trainees().unwrap().len(),
            2,
            "a preview enters nobody"
        );
        assert_eq!(store.enter_roster(&checked, Some(cohort), NOW).unwrap(), 1);
        assert_eq!(store.members(cohort).unwrap().len(), 2);
        // The same list again enters nobody and says so.
        let again = read_roster(b"amy lloyd,77\nNew Person,79\n").unwrap();
        assert_eq!(store.check_roster(again).unwrap().rows, []);
    }
}
