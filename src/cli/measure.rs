//! `measure`: how well scenarios measure.

use anyhow::{Result, bail};

use crate::attempt::measured::{Agreement, Asked, agreements, measured};
use crate::measurement::{Estimate, LEAST, ScenarioMeasures};
use crate::places::Places;
use crate::records::Mode;
use crate::reports::{Field, figures_csv};

use super::FINE;
use super::args::{Measure, PlayMode};

pub(super) fn run(places: &Places, asked: &Measure) -> Result<u8> {
    let store = places.store()?;
    let which = Asked {
        scenario: asked.scenario.clone(),
        mode: asked.mode.map(|mode| match mode {
            PlayMode::Practice => Mode::Practice,
            PlayMode::Assessment => Mode::Assessment,
        }),
        only_first: asked.first,
    };
    let scenarios = measured(&store, &which)?;
    if scenarios.is_empty() {
        match &asked.scenario {
            Some(name) => bail!(
                "no finished attempt of `{name}` is kept here, or none in that mode\n  `common-ground records list` shows what is"
            ),
            None => bail!(
                "no finished attempts are kept here, so there is nothing to measure\n  `common-ground records list` shows what is"
            ),
        }
    }
    let raters = agreements(&store, asked.scenario.as_deref())?;
    if asked.json {
        let all = serde_json::json!({ "scenarios": scenarios, "agreement": raters });
        println!("{}", serde_json::to_string_pretty(&all)?);
    } else if asked.csv {
        print!("{}", csv(&scenarios, &raters)?);
    } else {
        for one in &scenarios {
            print_scenario(one);
        }
        print_agreement(&raters);
    }
    Ok(FINE)
}

fn figure(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{value:.2}"))
}

fn percent(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{:.0} %", value * 100.0))
}

fn few(is_few: bool) -> &'static str {
    if is_few { "  (few)" } else { "" }
}

fn print_scenario(one: &ScenarioMeasures) {
    println!(
        "{} ({}): {} attempts of {} people",
        one.title, one.scenario, one.attempts, one.people
    );
    for warning in &one.warnings {
        println!("  ! {warning}");
    }
    println!("\n  Decisions: mean score 0 to 1 (higher is easier), discrimination -1 to 1");
    for decision in &one.decisions {
        println!(
            "  {:<24} met by {:>5}  score {}  discrimination {}  median {} s  ran out {}  held {}{}",
            decision.beat,
            decision.attempts,
            figure(decision.mean_score),
            figure(decision.discrimination),
            figure(decision.seconds.map(|seconds| seconds[1])),
            percent(decision.ran_out),
            percent(decision.held),
            few(decision.is_few),
        );
        for option in &decision.options {
            println!(
                "      {:<28} {:>5} of {:<5} {:>6}",
                option.made,
                option.taken,
                option.open,
                percent(option.share)
            );
        }
    }
    println!("\n  Objectives: reliability 0 to 1, error of measurement in percentage points");
    for objective in &one.objectives {
        let (least, mean, most) = objective.opportunities;
        print!(
            "  {:<6} {:>5} attempts, {least} to {most} opportunities (mean {mean:.1}), mean score {}",
            objective.id,
            objective.attempts,
            figure(objective.mean_score)
        );
        match (&objective.reliability, objective.no_figure) {
            (Some(found), _) => println!(
                ", alpha {:.2}, omega {}{}, error {}, on {} decisions{}",
                found.alpha,
                figure(found.omega),
                if found.strained { " (strained)" } else { "" },
                figure(found.error_points),
                found.items.len(),
                few(objective.is_few || found.attempts < crate::measurement::FEW),
            ),
            (None, Some(why)) => println!(", no reliability: {}", why.words()),
            (None, None) => println!(),
        }
    }
    println!();
}

fn interval(found: Option<Estimate>) -> String {
    found.map_or_else(
        || "–".to_owned(),
        |found| format!("{:.2} ({:.2} to {:.2})", found.value, found.low, found.high),
    )
}

fn print_agreement(raters: &[Agreement]) {
    if raters.is_empty() {
        return;
    }
    println!("Agreement, with intervals of 95 %; none under {LEAST} marks or runs");
    for line in raters {
        println!(
            "  {} and {}: {} marks in {} runs, kappa linear {}, quadratic {}, ICC(2,1) of the runs {}",
            line.first,
            line.second,
            line.marks,
            line.runs,
            interval(line.linear),
            interval(line.quadratic),
            interval(line.runs_icc),
        );
    }
}

/// One line for each figure, so that a spreadsheet can filter and pivot.
fn csv(scenarios: &[ScenarioMeasures], raters: &[Agreement]) -> Result<String> {
    let mut rows: Vec<Vec<Field>> = Vec::new();
    let mut line = |of: &str, thing: &str, part: &str, figure: &str, value, rests_on: usize| {
        rows.push(vec![
            Field::Words(of.to_owned()),
            Field::Words(thing.to_owned()),
            Field::Words(part.to_owned()),
            Field::Words(figure.to_owned()),
            Field::Figure(value),
            Field::Count(rests_on),
        ]);
    };
    for one in scenarios {
        let id = &one.scenario;
        for decision in &one.decisions {
            let (beat, met) = (&decision.beat, decision.attempts);
            for (figure, value) in [
                ("moves", Some(decision.moves as f64)),
                ("mean score", decision.mean_score),
                ("discrimination", decision.discrimination),
                ("seconds, lower quartile", decision.seconds.map(|s| s[0])),
                ("seconds, median", decision.seconds.map(|s| s[1])),
                ("seconds, upper quartile", decision.seconds.map(|s| s[2])),
                ("share ran out", decision.ran_out),
                ("share held", decision.held),
            ] {
                line(id, beat, "", figure, value, met);
            }
            for option in &decision.options {
                line(id, beat, &option.made, "share", option.share, option.open);
            }
        }
        for objective in &one.objectives {
            let (name, met) = (&objective.id, objective.attempts);
            let found = objective.reliability.as_ref();
            for (figure, value) in [
                ("opportunities, mean", Some(objective.opportunities.1)),
                ("mean score", objective.mean_score),
                ("alpha", found.map(|found| found.alpha)),
                ("omega total", found.and_then(|found| found.omega)),
                (
                    "error, percentage points",
                    found.and_then(|found| found.error_points),
                ),
            ] {
                line(id, name, "", figure, value, met);
            }
        }
    }
    for pair in raters {
        for (figure, found, units) in [
            ("kappa, linear", pair.linear, pair.marks),
            ("kappa, quadratic", pair.quadratic, pair.marks),
            ("ICC(2,1)", pair.runs_icc, pair.runs),
        ] {
            let value = found.map(|found| found.value);
            line("agreement", &pair.first, &pair.second, figure, value, units);
        }
    }
    let heads = [
        "scenario",
        "decision_or_objective",
        "option_or_rater",
        "figure",
        "value",
        "rests_on",
    ];
    Ok(figures_csv(&heads, &rows)?)
}
