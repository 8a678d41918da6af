//! The command line: one file per command. Data goes to standard output, talk to standard
//! error; only this room and `main` print.

mod args;
mod check;
mod explain;
mod fields;
mod graph;
mod lines;
mod measure;
mod new;
mod options;
mod play;
mod prove;
mod rate;
mod records;
mod report;
mod school;
mod sign;
mod watch;
mod whatif;

use std::process::ExitCode;

use crate::encounter::Preset;
use crate::places::Places;

pub use args::{Arguments, Assign, Command, Gallery, RecordsCommand, TraineesCommand};

/// Everything was as it should be.
pub const FINE: u8 = 0;
/// The thing checked is wrong.
pub const WRONG: u8 = 1;
/// The command was used wrongly.
pub const WRONG_USE: u8 = 2;
/// Nothing wrong was found, but not everything that was asked could be decided.
pub const UNDECIDED: u8 = 3;
/// It was stopped with Ctrl-C before it was done.
pub const STOPPED: u8 = 130;
/// A fault of this program.
pub const OUR_BUG: u8 = 70;

/// Runs a command that needs no window.
#[must_use]
pub fn run(arguments: Arguments) -> ExitCode {
    let places = Places::new(arguments.scenarios, arguments.data);
    let done = match arguments.command {
        Some(Command::Check(asked)) if asked.watch => {
            watch::run(&places, &asked.paths, asked.plain)
        }
        Some(Command::Check(asked)) if asked.options => options::run(&places, &asked),
        Some(Command::Check(asked)) => check::run(
            &places,
            &asked.paths,
            asked.json,
            asked.plain,
            asked.deny.is_some(),
        ),
        Some(Command::Sign(sign)) => sign::run(&places, &sign),
        Some(Command::Graph(graph)) => graph::run(&places, &graph),
        Some(Command::Fields { schema }) => fields::run(schema),
        Some(Command::Prove(asked)) => prove::run(&places, &asked),
        Some(Command::Play(play)) => play::run(&places, &play),
        Some(Command::New { id, template }) => new::run(&places, &id, template),
        Some(Command::Lines { scenario, json }) => lines::run(&places, &scenario, json),
        Some(Command::Explain { code }) => Ok(explain::run(code.as_deref())),
        Some(Command::Report(report)) => report::run(&places, &report),
        Some(Command::WhatIf {
            attempt,
            decision,
            json,
        }) => whatif::run(&places, &attempt, decision, json),
        Some(Command::Trainees { command }) => school::trainees(&places, &command),
        Some(Command::Cohorts { json }) => school::cohorts(&places, json),
        Some(Command::Assign(asked)) => school::assign(&places, &asked),
        Some(Command::Measure(asked)) => measure::run(&places, &asked),
        Some(Command::Rate(rate)) => rate::run(&places, &rate),
        Some(Command::Records { command }) => records::run(&places, &command),
        Some(Command::Open {
            scenario, at, set, ..
        }) => may_open(&places, &scenario, at.as_deref(), &set).map(|()| no_window()),
        Some(Command::Gallery(_)) | None => Ok(no_window()),
    };
    match done {
        Ok(code) => ExitCode::from(code),
        Err(problem) => {
            complain(&problem);
            ExitCode::from(WRONG)
        }
    }
}

/// Whether a scenario can be opened as it is asked for: with its values, at its beat.
///
/// # Errors
/// What is wrong, with what comes near it.
pub fn may_open(
    places: &Places,
    name: &str,
    at: Option<&str>,
    set: &[String],
) -> anyhow::Result<()> {
    let (file, _) = places.scenario(name)?;
    let Some(scenario) = &file.scenario else {
        let (errors, _) = file.counts();
        anyhow::bail!(
            "`{}` cannot be played, with {errors} errors of its own\n  run `common-ground check` to see what is wrong",
            file.id
        );
    };
    Preset::read(scenario, at, set.iter().map(String::as_str))?;
    Ok(())
}

fn no_window() -> u8 {
    eprintln!(
        "common-ground: this build has no window.\n  Use `common-ground play SCENARIO` in the terminal, or build it with the feature `window`."
    );
    WRONG_USE
}

/// One plain message that says what is wrong and what to do.
pub fn complain(problem: &anyhow::Error) {
    eprintln!("common-ground: {problem}");
    for cause in problem.chain().skip(1) {
        eprintln!("  because {cause}");
    }
    let advice = problem
        .chain()
        .find_map(|cause| {
            let kept = cause.downcast_ref::<crate::attempt::AttemptError>();
            match kept {
                Some(crate::attempt::AttemptError::Records(records)) => Some(records),
                _ => cause.downcast_ref::<crate::records::RecordsError>(),
            }
        })
        .map(crate::records::RecordsError::advice);
    if let Some(advice) = advice {
        eprintln!("  {advice}");
    }
}
