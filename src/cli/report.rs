//! `report`: files and figures on an attempt or a trainee.

use std::path::Path;

use anyhow::{Context as _, Result};

use crate::attempt::{report_in_full, report_kept, report_on_cohort, review_kept};
use crate::places::{Places, attempt_id, find_trainee, now};
use crate::records::{AttemptFilter, Store};
use crate::reports::{
    AttemptReport, TraineeReport, attempt_html, attempt_json, cohort_csv, cohort_html, cohort_json,
    decisions_csv, objectives_csv, trainee_html, trainee_json,
};

use super::FINE;
use super::args::Report;
use super::play::{need, print_result};
use super::school::cohort_named;

pub(super) fn run(places: &Places, report: &Report) -> Result<u8> {
    let store = places.store()?;
    let printed = now();
    if let Some(text) = &report.attempt {
        let id = attempt_id(text)?;
        let (mut one, _) = report_in_full(&store, id, &printed)?;
        if report.pseudonyms {
            nameless(&mut one);
        }
        if let Some(file) = &report.html {
            write(file, &attempt_html(&one))?;
        }
        if let Some(file) = &report.csv {
            write(file, &decisions_csv(std::slice::from_ref(&one))?)?;
        }
        if report.json {
            println!("{}", attempt_json(&one)?);
        } else if report.html.is_none() && report.csv.is_none() {
            print_result(&review_kept(&store, id)?.1);
        }
        return Ok(FINE);
    }
    if let Some(name) = &report.cohort {
        return on_cohort(places, &store, name, report);
    }
    let name = report.trainee.as_deref().unwrap_or_default();
    let trainee = need(
        find_trainee(&store, name)?,
        &format!("there is no trainee `{name}`\n  `common-ground records list` shows them"),
    )?;
    let filter = AttemptFilter {
        trainee: Some(trainee.id),
        ..AttemptFilter::default()
    };
    let mut reports = Vec::new();
    let mut order = Vec::new();
    for attempt in store.attempts(&filter)? {
        let (mut one, course) = report_kept(&store, attempt.id, &printed)?;
        if report.pseudonyms {
            nameless(&mut one);
        }
        if order.is_empty() {
            order = course
                .objectives
                .iter()
                .map(|objective| objective.id.clone())
                .collect();
        }
        reports.push(one);
    }
    let order: Vec<&str> = order.iter().map(String::as_str).collect();
    let whole = need(
        TraineeReport::of(&reports, &order, &printed),
        &format!(
            "{} has no attempts yet, so there is nothing to report",
            trainee.name
        ),
    )?;
    if let Some(file) = &report.html {
        write(file, &trainee_html(&whole))?;
    }
    if let Some(file) = &report.csv {
        write(file, &objectives_csv(&reports)?)?;
    }
    if report.json {
        println!("{}", trainee_json(&whole)?);
    } else if report.html.is_none() && report.csv.is_none() {
        for line in &whole.attempts {
            println!(
                "{}  {}  {:<10} {:<10} {}",
                line.attempt,
                line.started,
                line.mode,
                line.state,
                line.ending.as_deref().unwrap_or("")
            );
        }
        for objective in &whole.objectives {
            let results: Vec<String> = objective
                .points
                .iter()
                .map(|point| match point.percent {
                    Some(percent) => format!("{} ({percent} %)", point.reached.label()),
                    None => point.reached.label().to_owned(),
                })
                .collect();
            println!("{:<5} {}", objective.id, results.join(", "));
        }
    }
    Ok(FINE)
}

fn nameless(report: &mut AttemptReport) {
    *report = report.clone().without_name();
}

fn on_cohort(places: &Places, store: &Store, name: &str, report: &Report) -> Result<u8> {
    let cohort = need(
        cohort_named(store, name)?,
        &format!("there is no cohort `{name}`\n  `common-ground cohorts` lists them"),
    )?;
    let courses = places.courses()?;
    let course = need(
        courses.courses.first(),
        "there is no course in the scenario folder, so there are no objectives to report against",
    )?;
    let whole = report_on_cohort(store, cohort.id, course, &now(), !report.pseudonyms)?;
    if let Some(file) = &report.html {
        write(file, &cohort_html(&whole))?;
    }
    if let Some(file) = &report.csv {
        write(file, &cohort_csv(&whole)?)?;
    }
    if report.json {
        println!("{}", cohort_json(&whole)?);
    } else if report.html.is_none() && report.csv.is_none() {
        for member in &whole.members {
            println!(
                "{}: {} finished, {} assessments, {} passed",
                member.name.as_deref().unwrap_or(&member.trainee),
                member.finished,
                member.assessed,
                member.passed
            );
        }
        for one in &whole.assignments {
            println!("{}, {}: {} to go", one.title, one.mode, one.waiting);
        }
    }
    Ok(FINE)
}

fn write(file: &Path, text: &str) -> Result<()> {
    std::fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))?;
    eprintln!("Wrote {}.", file.display());
    Ok(())
}
