//! `trainees import`, `cohorts` and `assign`: a school's lists from the command line.

use anyhow::{Context as _, Result, anyhow, bail};

use crate::places::{Places, now};
use crate::records::{AssignedTo, Cohort, Mode, NewAssignment, Store, Trainee, read_roster};

use super::args::{Assign, PlayMode, TraineesCommand};
use super::{FINE, WRONG};

/// The cohort in use of this name.
pub(super) fn cohort_named(store: &Store, name: &str) -> Result<Option<Cohort>> {
    let same = |one: &Cohort| {
        one.archived.is_none() && one.name.to_lowercase() == name.trim().to_lowercase()
    };
    Ok(store.cohorts()?.into_iter().find(same))
}

/// The trainee in use of this id, collar number or name.
fn trainee_named(store: &Store, who: &str) -> Result<Trainee> {
    let who = who.trim();
    let all: Vec<Trainee> = store
        .trainees()?
        .into_iter()
        .filter(Trainee::is_current)
        .collect();
    let exact =
        |one: &&Trainee| one.id.to_string() == who || (!who.is_empty() && one.collar_number == who);
    if let Some(one) = all.iter().find(exact) {
        return Ok(one.clone());
    }
    let same = |one: &&Trainee| one.name.to_lowercase() == who.to_lowercase();
    let mut named = all.iter().filter(same);
    match (named.next(), named.next()) {
        (Some(one), None) => Ok(one.clone()),
        (Some(_), Some(_)) => {
            bail!("there are several trainees called `{who}`: use the collar number or the id")
        }
        _ => bail!(
            "there is no trainee `{who}` in use here\n  use the collar number, the whole name or the id"
        ),
    }
}

/// Reads a list; enters it only if told to.
pub(super) fn trainees(places: &Places, command: &TraineesCommand) -> Result<u8> {
    let TraineesCommand::Import {
        file,
        cohort,
        enter,
    } = command;
    let store = places.store()?;
    let bytes = std::fs::read(file)
        .with_context(|| format!("the list could not be read: {}", file.display()))?;
    let roster = read_roster(&bytes).map_err(|told| anyhow!("{}: {told}", file.display()))?;
    let roster = store.check_roster(roster)?;
    for fault in &roster.faults {
        println!("line {}: {}: {}", fault.line, fault.found, fault.reason);
    }
    for line in &roster.formulas {
        println!("line {line}: looks like a formula and is kept as plain text");
    }
    println!(
        "{}: {} new, {} here already, {} that cannot be entered",
        roster.encoding,
        roster.rows.len(),
        roster.known.len(),
        roster.faults.len()
    );
    if *enter {
        let time = now();
        let into = match cohort {
            Some(name) => Some(match cohort_named(&store, name)? {
                Some(known) => known.id,
                None => store.add_cohort(name, &time)?.id,
            }),
            None => None,
        };
        let entered = store.enter_roster(&roster, into, &time)?;
        println!("{entered} entered.");
    } else {
        for row in &roster.rows {
            println!("  {} {}", row.collar_number, row.name);
        }
        println!("Nobody was entered. Add --enter to enter those who are new.");
    }
    Ok(if roster.faults.is_empty() {
        FINE
    } else {
        WRONG
    })
}

/// Lists cohorts.
pub(super) fn cohorts(places: &Places, json: bool) -> Result<u8> {
    let store = places.store()?;
    let cohorts = store.cohorts()?;
    if json {
        println!("{}", serde_json::to_string_pretty(&cohorts)?);
        return Ok(FINE);
    }
    if cohorts.is_empty() {
        println!("There is no cohort yet.");
    }
    for one in cohorts {
        let away = if one.archived.is_some() {
            "  (put away)"
        } else {
            ""
        };
        println!("{:>4}  {}{away}", one.members, one.name);
    }
    Ok(FINE)
}

/// Gives an assignment to a cohort or a trainee.
pub(super) fn assign(places: &Places, asked: &Assign) -> Result<u8> {
    let store = places.store()?;
    let (file, courses) = places.scenario(&asked.scenario)?;
    let scenario = file.scenario.as_ref().with_context(|| {
        format!(
            "scenario `{}` has faults: run `common-ground check`",
            file.id
        )
    })?;
    let (to, who) = match (&asked.cohort, &asked.trainee) {
        (Some(name), _) => {
            let cohort = cohort_named(&store, name)?.with_context(|| {
                format!("there is no cohort `{name}`\n  `common-ground cohorts` lists them")
            })?;
            let who = format!("{} ({} members)", cohort.name, cohort.members);
            (AssignedTo::Cohort(cohort.id), who)
        }
        (None, Some(who)) => {
            let one = trainee_named(&store, who)?;
            (AssignedTo::Trainee(one.id), one.name)
        }
        (None, None) => bail!("name a cohort or a trainee"),
    };
    let new = NewAssignment {
        scenario: scenario.id.clone(),
        title: scenario.title.clone(),
        mode: match asked.mode {
            PlayMode::Practice => Mode::Practice,
            PlayMode::Assessment => Mode::Assessment,
        },
        due: asked.by.clone(),
        seed: asked.seed,
        to,
    };
    if new.mode == Mode::Assessment {
        let course = courses.course(&scenario.course);
        if let Some(why) = course.and_then(|course| file.readiness.bar(course)) {
            eprintln!(
                "common-ground: `{}` cannot be assigned as an assessment: {why}\n  Assign it as practice, or see `common-ground sign {}`; nothing was assigned.",
                file.id, file.id
            );
            return Ok(WRONG);
        }
        if !file.readiness.is_ready() {
            eprintln!("{}", file.readiness.sentence());
        }
    } else if file.readiness.is_retired() {
        eprintln!("{}", file.readiness.sentence());
    }
    store.assign(&new, &now())?;
    println!("“{}” is assigned to {who}.", new.title);
    Ok(FINE)
}
