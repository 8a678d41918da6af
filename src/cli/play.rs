//! `play`: an encounter in the terminal, by hand or by a list of moves.

use std::io::{BufRead as _, Write as _};
use std::time::Instant;

use anyhow::{Context as _, Result, bail};
use rand::TryRng as _;
use serde_json::json;

use crate::attempt::{Sit, Sitting};
use crate::encounter::{Encounter, Event, Move, move_by_text, move_text};
use crate::records::{Mode, Store, Trainee};
use crate::scenario::diagnostic::suggest;
use crate::scenario::{LineKind, Severity};
use crate::scoring::{Element, Review};

use super::args::{Play, PlayMode};
use super::explain::wrapped;
use super::{FINE, WRONG, WRONG_USE};
use crate::places::{Places, find_trainee, now};

pub(super) fn run(places: &Places, play: &Play) -> Result<u8> {
    let (file, courses) = places.scenario(&play.scenario)?;
    if file.scenario.is_none() {
        let errors = file.diagnostics.iter().chain(&courses.diagnostics);
        for diagnostic in errors.filter(|d| d.severity == Severity::Error) {
            eprintln!("{}", diagnostic.plain(&file.text));
        }
        eprintln!(
            "common-ground: `{}` has faults and cannot be played",
            file.id
        );
        return Ok(WRONG);
    }
    let seed = match play.seed {
        Some(seed) => seed,
        None => drawn_seed()?,
    };
    let mode = match play.mode {
        PlayMode::Practice => Mode::Practice,
        PlayMode::Assessment => Mode::Assessment,
    };
    let store = match &play.trainee {
        Some(name) => Some((places.store()?, name)),
        None => None,
    };
    let kept: Option<(Store, Trainee)> = match store {
        Some((store, name)) => {
            let trainee = match find_trainee(&store, name)? {
                Some(trainee) => trainee,
                None => store.add_trainee(name, name, &now())?,
            };
            Some((store, trainee))
        }
        None => None,
    };
    let sit = Sit {
        file: &file,
        courses: &courses,
        seed,
        mode,
    };
    let started = now();
    let keep = kept
        .as_ref()
        .map(|(store, trainee)| (store, trainee.id, started.as_str()));
    let sitting = Sitting::begin(sit, keep)?;
    let table = Table {
        sitting,
        store: kept.map(|(store, _)| store),
        is_quiet: play.json,
        can_see_meters: mode == Mode::Practice,
        sign_off: file.readiness.sentence(),
    };
    table.open();
    match &play.moves {
        Some(words) => table.script(words, play.json),
        None => table.by_hand(play.json),
    }
}

/// A seed that nobody can guess.
///
/// # Errors
/// If the system has no randomness.
fn drawn_seed() -> Result<u64> {
    // 53 bits, so that a seed survives every spreadsheet and JSON reader.
    let drawn = rand::rngs::SysRng
        .try_next_u64()
        .context("the system gave no random seed; name one with --seed")?;
    Ok(drawn >> 11)
}

struct Table {
    sitting: Sitting,
    store: Option<Store>,
    is_quiet: bool,
    can_see_meters: bool,
    /// How far the sign-off of the scenario has come, in a sentence.
    sign_off: String,
}

impl Table {
    fn encounter(&self) -> &Encounter {
        self.sitting.encounter()
    }

    fn say(&self, text: &str) {
        if !self.is_quiet {
            println!("{text}");
        }
    }

    fn open(&self) {
        let scenario = self.encounter().scenario();
        self.say(&format!(
            "{}\n{}\n{}\n",
            scenario.title, scenario.summary, self.sign_off
        ));
        if !scenario.content_notes.is_empty() {
            self.say(&format!(
                "This scenario contains {}.",
                scenario.content_notes.join(", ")
            ));
            self.say("You can stop at any moment without giving a reason: type q.\n");
        }
        for entry in &scenario.briefing.log {
            self.say(&format!("{}  {}", entry.at, entry.text));
        }
        for known in &scenario.briefing.known {
            self.say(&format!("       {known}"));
        }
        self.say(&format!("\n{}\n", scenario.briefing.task));
        self.tell(self.sitting.opening());
    }

    /// Prints what happened.
    fn tell(&self, log: &[Event]) {
        let encounter = self.encounter();
        let scenario = encounter.scenario();
        for event in log {
            let text = match event {
                Event::LineSpoken(line) => scenario.lines.get(*line as usize).map(|line| {
                    let words = encounter.fill(&line.text);
                    match (line.kind, encounter.speaker(line.kind)) {
                        (LineKind::Say(_), Some(name)) => format!("{name}: {words}"),
                        _ => format!("  [{words}]"),
                    }
                }),
                Event::SignSeen(sign) => encounter
                    .profile()
                    .and_then(|used| used.profile.signs.get(usize::from(*sign)))
                    .map(|sign| format!("  [You notice: {sign}]")),
                Event::FactLearned(fact) => scenario
                    .facts
                    .get(usize::from(*fact))
                    .filter(|(_, note)| !note.is_empty())
                    .map(|(_, note)| format!("  (Notebook: {})", encounter.fill(note))),
                Event::StatusChanged(status) => Some(match status {
                    Some(reference) => format!(
                        "  (Legal status: detained, {})",
                        scenario
                            .references
                            .get(usize::from(*reference))
                            .map_or("", |(_, reference)| reference.cite.as_str())
                    ),
                    None => "  (Legal status: free to go)".to_owned(),
                }),
                Event::Moved { to, .. } => Some(format!("  (You are {} m away.)", metres(*to))),
                _ => None,
            };
            if let Some(text) = text {
                self.say(&wrapped(&text));
            }
        }
    }

    fn make(&mut self, made: Move, millis: u64) -> Result<()> {
        let time = now();
        let kept = self
            .store
            .as_ref()
            .map(|store| (store, millis, time.as_str()));
        let log = self.sitting.make(made, kept)?;
        self.tell(&log);
        Ok(())
    }

    fn script(mut self, words: &[String], json: bool) -> Result<u8> {
        for (index, word) in words.iter().enumerate() {
            if self.encounter().ending().is_some() {
                let left = words[index..].join(", ");
                eprintln!(
                    "common-ground: the encounter has ended; these moves are left over and ignored: {left}"
                );
                break;
            }
            let scenario = self.encounter().scenario();
            let Some(made) = move_by_text(scenario, word) else {
                let known: Vec<&str> = scenario
                    .choices
                    .iter()
                    .map(|choice| &*choice.id)
                    .chain([
                        "StepCloser",
                        "StepBack",
                        "Observe",
                        "Radio",
                        "Hold",
                        "silence",
                    ])
                    .collect();
                eprintln!(
                    "common-ground: move {} is `{word}`, which this scenario does not have; {}",
                    index + 1,
                    suggest(word, "move", known)
                );
                return Ok(WRONG_USE);
            };
            if !self.encounter().is_open(made) {
                let open: Vec<String> = self
                    .encounter()
                    .open_moves()
                    .map(|made| move_text(scenario, made))
                    .collect();
                eprintln!(
                    "common-ground: move {}, `{word}`, is not open there\n  open are: {}, silence",
                    index + 1,
                    open.join(", ")
                );
                return Ok(WRONG_USE);
            }
            self.say(&format!("\n> {}", self.line_of(made)));
            self.make(made, 0)?;
        }
        self.close(json)
    }

    fn by_hand(mut self, json: bool) -> Result<u8> {
        self.sitting.wait_for_reasons();
        let input = std::io::stdin();
        let mut answers = input.lock().lines();
        while self.encounter().ending().is_none() {
            let moves = self.menu();
            let began = Instant::now();
            let made = loop {
                print_prompt();
                let Some(answer) = answers.next().transpose()? else {
                    return self.close(json);
                };
                let answer = answer.trim();
                if answer.eq_ignore_ascii_case("q") {
                    self.say("You stopped. That is always all right; no reason is asked.");
                    return self.close(json);
                }
                if answer.eq_ignore_ascii_case("b") && self.can_see_meters {
                    let keep = self.sitting.words().len().saturating_sub(1);
                    let time = now();
                    let kept = self.store.as_ref().map(|store| (store, time.as_str()));
                    self.sitting.go_back(keep, kept)?;
                    self.say("Back one decision.");
                    break None;
                }
                match answer
                    .parse::<usize>()
                    .ok()
                    .and_then(|n| moves.get(n.wrapping_sub(1)))
                {
                    Some(made) => break Some(*made),
                    None => println!("Type a number from 1 to {}, or q to stop.", moves.len()),
                }
            };
            if let Some(made) = made {
                let millis = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
                self.say("");
                if self.asks_why(made, millis, &mut answers)? {
                    self.say("You stopped. That is always all right; no reason is asked.");
                    return self.close(json);
                }
            }
        }
        self.close(json)
    }

    /// Makes a move; where the scenario wants a reason, asks for it before the answer is told. Says
    /// whether the officer stopped instead.
    fn asks_why(
        &mut self,
        made: Move,
        millis: u64,
        answers: &mut dyn Iterator<Item = std::io::Result<String>>,
    ) -> Result<bool> {
        let time = now();
        let kept = self
            .store
            .as_ref()
            .map(|store| (store, millis, time.as_str()));
        let log = self.sitting.make(made, kept)?;
        if self.sitting.asks_why() {
            println!("Why? Which element of the National Decision Model, and a line of why:");
            for (number, element) in (1..).zip(Element::ALL) {
                println!("{number:>3}. {}", element.label());
            }
            let skip = if self.can_see_meters {
                "; Enter alone skips it"
            } else {
                ""
            };
            println!("Type the number and your line, such as: 2 I did not know yet{skip}.");
        }
        while self.sitting.asks_why() {
            print_prompt();
            let Some(answer) = answers.next().transpose()? else {
                return Ok(true);
            };
            let answer = answer.trim();
            if answer.eq_ignore_ascii_case("q") {
                return Ok(true);
            }
            let time = now();
            let kept = self.store.as_ref().map(|store| (store, time.as_str()));
            if answer.is_empty() && self.can_see_meters {
                self.sitting.skip_reason(kept)?;
                continue;
            }
            let (number, line) = answer.split_once(' ').unwrap_or((answer, ""));
            let element = number
                .parse::<usize>()
                .ok()
                .and_then(|n| Element::ALL.get(n.wrapping_sub(1)));
            match element {
                Some(element) if !line.trim().is_empty() => {
                    self.sitting.give_reason(*element, line, kept)?;
                }
                _ => println!("Type a number from 1 to 6, a space, and a line of why."),
            }
        }
        self.tell(&log);
        Ok(false)
    }

    fn line_of(&self, made: Move) -> String {
        match made {
            Move::Choice(choice) => self
                .encounter()
                .scenario()
                .choices
                .get(choice as usize)
                .map_or_else(String::new, |choice| {
                    self.encounter().fill(&choice.text).into_owned()
                }),
            Move::StepCloser => "Step a metre closer".to_owned(),
            Move::StepBack => "Step a metre back".to_owned(),
            Move::Observe => "Take a moment to look".to_owned(),
            Move::Radio => "Speak to control".to_owned(),
            Move::Hold | Move::Silence => "Say nothing".to_owned(),
        }
    }

    fn menu(&self) -> Vec<Move> {
        let encounter = self.encounter();
        let mut moves: Vec<Move> = encounter.offered().into_iter().map(Move::Choice).collect();
        moves.extend(
            Move::STANDING
                .into_iter()
                .filter(|made| encounter.is_open(*made)),
        );
        if moves.is_empty() {
            moves.push(Move::Silence);
        }
        self.say(&format!(
            "\n{}  {} m",
            encounter.clock(),
            metres(encounter.state().distance)
        ));
        if self.can_see_meters {
            let state = encounter.state();
            self.say(&format!(
                "Distress {} of 20, trust {} of 20",
                state.distress, state.trust
            ));
            if let Some(decision) = encounter.decision()
                && !decision.hint.is_empty()
            {
                self.say(&format!("Hint: {}", self.encounter().fill(&decision.hint)));
            }
        }
        for (number, made) in (1..).zip(&moves) {
            self.say(&format!("{number:>3}. {}", self.line_of(*made)));
        }
        moves
    }

    fn close(self, json: bool) -> Result<u8> {
        let told = self.sitting.review()?;
        if json {
            println!("{}", serde_json::to_string_pretty(&self.as_json(&told))?);
            return Ok(FINE);
        }
        if told.sheet.ending.is_some() {
            print_result(&told);
            if !self.can_see_meters {
                // An assessment is worth no more than the scenario that it was made with.
                println!("{}", self.sign_off);
            }
        } else {
            println!(
                "\nThe run stops here after {} moves. {}",
                self.sitting.words().len(),
                self.how_to_go_on()
            );
        }
        Ok(FINE)
    }

    /// Where an open attempt is, and how it is taken up again.
    fn how_to_go_on(&self) -> String {
        if self.store.is_some() {
            return "The attempt stays open: the window offers to take it up when the same trainee signs in, and `common-ground records list` shows it.".to_owned();
        }
        let encounter = self.encounter();
        let words = self.sitting.words();
        let moves = if words.is_empty() {
            String::new()
        } else {
            format!(" --moves {}", words.join(","))
        };
        format!(
            "Nothing was kept, as no trainee was named (--trainee ID); to come back to this place: common-ground play {} --seed {}{moves}",
            encounter.scenario().id,
            encounter.seed()
        )
    }

    fn as_json(&self, told: &Review) -> serde_json::Value {
        let encounter = self.encounter();
        let state = encounter.state();
        json!({
            "scenario": encounter.scenario().id,
            "seed": encounter.seed(),
            "moves": self.sitting.words(),
            "profile": encounter.profile().map(|used| used.id.clone()),
            "distress": state.distress,
            "trust": state.trust,
            "distance_half_metres": state.distance,
            "open": if encounter.ending().is_some() { Vec::new() } else {
                encounter.open_moves().map(|made| move_text(encounter.scenario(), made)).collect::<Vec<_>>()
            },
            "review": told,
        })
    }
}

fn print_prompt() {
    print!("> ");
    let _ = std::io::stdout().flush();
}

fn metres(half_metres: u8) -> String {
    if half_metres.is_multiple_of(2) {
        format!("{}", half_metres / 2)
    } else {
        format!("{}.5", half_metres / 2)
    }
}

/// Prints ending and marks.
pub(super) fn print_result(told: &Review) {
    let sheet = &told.sheet;
    println!("\n== {}", told.ending_title);
    println!("{}\n", wrapped(&told.ending_text));
    println!("{}\n", wrapped(&told.aftermath));
    for words in &told.felt {
        println!("{}", wrapped(&format!("{}: {}", words.by, words.text)));
    }
    if let (Some(outcome), Some(ending)) = (sheet.outcome, &sheet.ending) {
        println!("\nOutcome: {outcome:?} ({ending})");
    }
    println!("Process:");
    for objective in &sheet.objectives {
        let percent = objective
            .percent
            .map_or_else(String::new, |percent| format!(", {percent} %"));
        println!(
            "  {:<5} {}{}{} ({} of {} points in {} decisions)",
            objective.id,
            objective.result.label(),
            percent,
            if objective.is_core { ", required" } else { "" },
            objective.earned,
            objective.available,
            objective.opportunities
        );
    }
    println!("Verdict: {}", sheet.verdict.label());
    for reason in &sheet.because {
        println!("  {reason}");
    }
}

/// Refuses what cannot be.
pub(super) fn need<T>(found: Option<T>, message: &str) -> Result<T> {
    match found {
        Some(found) => Ok(found),
        None => bail!("{message}"),
    }
}
