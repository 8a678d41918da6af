//! `rate`: a second rater marks a stored run without having seen the program's marks.

use anyhow::{Context as _, Result};

use crate::attempt::second::{BlindSheet, blind_sheet, hand_in, program_marks};
use crate::places::{Places, attempt_id, now};
use crate::records::RatedMark;
use crate::scoring::ReviewLine;

use super::FINE;
use super::args::Rate;

pub(super) fn run(places: &Places, rate: &Rate) -> Result<u8> {
    let store = places.store()?;
    let id = attempt_id(&rate.attempt)?;
    let (Some(rater), Some(words)) = (&rate.rater, &rate.marks) else {
        let sheet = blind_sheet(&store, id)?;
        if rate.json {
            println!("{}", serde_json::to_string_pretty(&sheet)?);
        } else {
            print_sheet(&sheet);
        }
        return Ok(FINE);
    };
    let marks: Vec<RatedMark> = words
        .iter()
        .map(|word| {
            mark_of(word).with_context(|| {
                format!(
                    "`{word}` is no mark\n  write DECISION:OBJECTIVE=LEVEL, such as 3:CI-1=2, with a level from 0 to 3; nothing was kept"
                )
            })
        })
        .collect::<Result<_>>()?;
    hand_in(&store, id, rater, marks.clone(), &now())?;
    let program = program_marks(&store, id)?;
    let theirs = |mark: &RatedMark| {
        program
            .iter()
            .find(|other| other.number == mark.number && other.objective == mark.objective)
            .map(|other| other.points)
    };
    if rate.json {
        let kept = serde_json::json!({ "rater": rater, "marks": marks, "program": program });
        println!("{}", serde_json::to_string_pretty(&kept)?);
        return Ok(FINE);
    }
    let same = marks
        .iter()
        .filter(|mark| theirs(mark) == Some(mark.points))
        .count();
    println!(
        "Kept. {same} of {} marks are the program's; the others:",
        marks.len()
    );
    for mark in marks
        .iter()
        .filter(|mark| theirs(mark) != Some(mark.points))
    {
        println!(
            "  decision {:>2}  {:<6} you {}, the program {}",
            mark.number,
            mark.objective,
            mark.points,
            theirs(mark).map_or_else(|| "–".to_owned(), |points| points.to_string())
        );
    }
    Ok(FINE)
}

/// `3:CI-1=2`.
fn mark_of(word: &str) -> Option<RatedMark> {
    let (number, rest) = word.trim().split_once(':')?;
    let (objective, points) = rest.split_once('=')?;
    Some(RatedMark {
        number: number.trim().parse().ok()?,
        objective: objective.trim().to_owned(),
        points: points.trim().parse().ok().filter(|points| *points <= 3)?,
    })
}

fn print_lines(lines: &[ReviewLine]) {
    for line in lines {
        match &line.speaker {
            Some(who) if line.is_speech => println!("      {who}: {}", line.text),
            _ => println!("      {}", line.text),
        }
    }
}

fn print_sheet(sheet: &BlindSheet) {
    println!("{}, to be marked blind\n", sheet.title);
    print_lines(&sheet.opening);
    for step in &sheet.steps {
        println!("\n{:>3}  {}  {}", step.number, step.clock, step.text);
        print_lines(&step.lines);
        if !step.objectives.is_empty() {
            println!("     to mark: {}", step.objectives.join(", "));
        }
    }
    println!();
    for (id, statement) in &sheet.objectives {
        println!("{id:<6} {statement}");
    }
}
