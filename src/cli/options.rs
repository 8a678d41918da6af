//! `check --options`: what each option does at once to distress and trust, before each profile.
//!
//! The figures are those that a move comes to when it is made: techniques added up, effects, and what
//! arriving at the next beat changes. So ties, and options that soothe more than any other, can be seen.

use std::fmt::Write as _;
use std::sync::Arc;

use anyhow::Result;

use crate::encounter::{Encounter, Move, State, move_text};
use crate::scenario::Scenario;

use super::args::Check;
use super::check::files;
use super::{FINE, WRONG};
use crate::places::Places;

pub(super) fn run(places: &Places, asked: &Check) -> Result<u8> {
    let mut code = FINE;
    for (file, _) in files(places, &asked.paths)? {
        if let Some(scenario) = &file.scenario {
            print!("{}", table(scenario, asked.distress, asked.trust));
        } else {
            eprintln!(
                "common-ground: `{}` has faults; `common-ground check {}` tells them all",
                file.id,
                file.path.display()
            );
            code = WRONG;
        }
    }
    Ok(code)
}

/// Distress and trust before a move, and what it changes in them.
type Change = (i16, i16);

/// The change that a move makes; none where it is not open.
fn change(encounter: &Encounter, state: &State, made: Move) -> Option<Change> {
    let mut after = encounter.clone();
    after.set(state);
    after.step(made, &mut Vec::new()).ok()?;
    let (before, after) = (state, after.state());
    Some((
        i16::from(after.distress) - i16::from(before.distress),
        i16::from(after.trust) - i16::from(before.trust),
    ))
}

/// The state that a table speaks of.
fn state(encounter: &Encounter, beat: usize, profile: usize, from: (u8, u8)) -> State {
    let mut state = encounter.state().clone();
    state.beat = u32::try_from(beat).unwrap_or(u32::MAX);
    state.profile = u8::try_from(profile).unwrap_or(u8::MAX);
    (state.distress, state.trust) = from;
    state
}

/// One line for each option of each decision, with a column for each profile.
fn table(scenario: &Arc<Scenario>, distress: Option<u8>, trust: Option<u8>) -> String {
    let from = (
        distress.unwrap_or(scenario.start_distress),
        trust.unwrap_or(scenario.start_trust),
    );
    let encounter = Encounter::dealt(Arc::clone(scenario));
    let mut text = format!(
        "{}: change of distress and trust by each option, from distress {} and trust {}, at the distance of the start, with no fact learned.\n* soothes most before that profile (trust gained and distress lost together); = does so with others; - is not open.\n",
        scenario.id, from.0, from.1
    );
    for (number, beat) in scenario.beats.iter().enumerate() {
        let Some(decision) = &beat.decision else {
            continue;
        };
        let moves: Vec<Move> = decision
            .choices
            .positions()
            .map(Move::Choice)
            .chain([Move::Silence])
            .collect();
        let columns: Vec<Vec<Option<Change>>> = (0..scenario.profiles.len())
            .map(|profile| {
                let before = state(&encounter, number, profile, from);
                moves
                    .iter()
                    .map(|made| change(&encounter, &before, *made))
                    .collect()
            })
            .collect();
        let _ = write!(text, "\n{:<28}", beat.id);
        for used in &scenario.profiles {
            let _ = write!(text, " {:>22}", used.id);
        }
        text.push('\n');
        for (row, made) in moves.iter().enumerate() {
            let _ = write!(text, "  {:<26}", move_text(scenario, *made));
            for column in &columns {
                let _ = write!(text, " {:>22}", cell(column, row));
            }
            text.push('\n');
        }
    }
    text.push('\n');
    text
}

/// What an option comes to before one profile.
fn cell(column: &[Option<Change>], row: usize) -> String {
    let calm = |(distress, trust): Change| trust - distress;
    let Some(own) = column.get(row).copied().flatten() else {
        return "-".to_owned();
    };
    let most = column.iter().flatten().map(|other| calm(*other)).max();
    let mark = if Some(calm(own)) != most {
        " "
    } else if column
        .iter()
        .flatten()
        .filter(|other| Some(calm(**other)) == most)
        .count()
        > 1
    {
        "="
    } else {
        "*"
    };
    format!("distress {:+} trust {:+} {mark}", own.0, own.1)
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn what_soothes_most_is_marked_and_so_are_ties() {
        let alone = [Some((-3, 3)), Some((0, 1)), None];
        assert_eq!(cell(&alone, 0), "distress -3 trust +3 *");
        assert_eq!(cell(&alone, 1), "distress +0 trust +1  ");
        assert_eq!(cell(&alone, 2), "-");
        let tied = [Some((-1, 1)), Some((0, 2))];
        assert_eq!(cell(&tied, 0), "distress -1 trust +1 =");
        assert_eq!(cell(&tied, 1), "distress +0 trust +2 =");
    }
}
