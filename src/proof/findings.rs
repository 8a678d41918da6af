//! What a proof finds fault with: each with its place in the author's file, and a run that shows it
//! where one can.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::course::{Family, Level};
use crate::encounter::{Move, Trace};
use crate::scenario::diagnostic::Step;
use crate::scenario::{Choice, Diagnostic, Outcome, Scenario, Severity};

use super::between::Known;
use super::bots::READER_LEAST;
use super::cures::cure;
use super::explore::{Limits, Space};
use super::hunt::{Sought, hunt};
use super::passing::Passes;
use super::places::{self, Decides};
use super::prove::Finding;
use super::sample::{Record, Tally, by_profile};
use super::stuck::stuck;
use super::way_out;
use super::witness::{Witness, witness};

/// How many times the limit over all runs a guesser may pass before one profile: it does not know which
/// profile it meets, so what it passes before one it fails before another.
const BEFORE_ONE: u32 = 2;

/// What was found so far.
pub(super) struct Findings<'s> {
    pub(super) scenario: &'s Arc<Scenario>,
    pub(super) file: &'s str,
    pub(super) text: &'s str,
    pub(super) known: &'s Known,
    pub(super) list: Vec<Finding>,
    /// Places of which something could not be decided.
    pub(super) unmet: Vec<String>,
    /// Whether every state was visited.
    pub(super) is_visited: bool,
    pub(super) limits: &'s Limits,
}

impl Findings<'_> {
    fn add(
        &mut self,
        code: &'static str,
        steps: &[Step],
        message: String,
        help: &str,
        witness: Option<Witness>,
    ) {
        let diagnostic = Diagnostic::at(
            Severity::Warning,
            code,
            (message, help.to_owned()),
            self.file,
            self.text,
            steps,
        );
        self.list.push(Finding {
            diagnostic,
            witness,
        });
    }

    /// Something that no state is known to meet: a finding if none can.
    fn never(
        &mut self,
        can: bool,
        code: &'static str,
        steps: &[Step],
        message: String,
        help: &str,
    ) {
        if can {
            self.undecided(steps, "");
        } else {
            self.add(code, steps, message, help, None);
        }
    }

    fn undecided(&mut self, steps: &[Step], what: &str) {
        let place = crate::scenario::diagnostic::path_text(steps);
        self.unmet.push(if what.is_empty() {
            place
        } else {
            format!("{place} ({what})")
        });
    }

    pub(super) fn unreached(&mut self) {
        let scenario = Arc::clone(self.scenario);
        let known = self.known;
        let (met, can) = (&known.low, &known.high);
        for (at, beat) in (0_u32..).zip(&scenario.beats) {
            if !met.beats[at as usize] {
                self.never(
                    can.beats[at as usize],
                    "unreached-beat",
                    &places::beat(&scenario, at),
                    format!("beat `{}` is never reached", beat.id),
                    "loosen the conditions on the way there, or remove it",
                );
            }
        }
        for (at, choice) in (0_u32..).zip(&scenario.choices) {
            if !met.choices[at as usize] {
                self.never(
                    can.choices[at as usize],
                    "unreached-choice",
                    &places::choice(&scenario, at),
                    format!("option `{}` is never open", choice.id),
                    "loosen its `when`, or remove it",
                );
            }
        }
        for (at, incident) in scenario.incidents.iter().enumerate() {
            if !met.incidents[at] {
                self.never(
                    can.incidents[at],
                    "event-never-happens",
                    &places::event(at),
                    format!("event `{}` never happens", incident.id),
                    "loosen its `when`, or remove it",
                );
            }
        }
        for (at, ending) in (0_u32..).zip(&scenario.endings) {
            if !met.endings[at as usize] {
                self.never(
                    can.endings[at as usize],
                    "unreached-ending",
                    &places::ending(&scenario, at),
                    format!("ending `{}` is never reached", ending.id),
                    "loosen the conditions on the way there, or remove it",
                );
            }
        }
    }

    pub(super) fn conditions(&mut self) {
        let scenario = Arc::clone(self.scenario);
        let known = self.known;
        let (met, can) = (&known.low.trace, &known.high.trace);
        let parts = places::parts(&scenario);
        for part in &parts.routes {
            if !met.routes[part.what as usize] {
                self.never(
                    can.routes[part.what as usize],
                    "untaken-route",
                    &part.steps,
                    "this way on is never taken".to_owned(),
                    "loosen its conditions or those of what it belongs to, or remove it",
                );
            }
        }
        for part in &parts.conditions {
            let (when, decides) = part.what;
            if decides != Decides::Deeds && !known.has_words {
                continue;
            }
            let at = when.start as usize;
            let (met, can) = (met.conditions[at], can.conditions[at]);
            if met & Trace::HELD == 0 {
                let code = if decides == Decides::Felt {
                    "never-felt"
                } else {
                    "never-holds"
                };
                self.never(
                    can & Trace::HELD != 0,
                    code,
                    &part.steps,
                    "this never holds in any state that is reached".to_owned(),
                    "change what it asks for, or remove what depends on it",
                );
            } else if met & Trace::FAILED == 0 && !places::is_route(&part.steps) {
                if can & Trace::FAILED == 0 {
                    self.add(
                        "always-holds",
                        &part.steps,
                        "this holds whenever it is asked for".to_owned(),
                        "remove it, or change what it asks for",
                        None,
                    );
                } else {
                    self.undecided(&part.steps, "that it can fail to hold");
                }
            }
        }
        if !known.has_words {
            self.unmet
                .push("conditions of lines and of `felt`".to_owned());
        }
        for part in &parts.changes {
            let at = part.what as usize;
            if met.changes[at] != Trace::CUT {
                continue;
            }
            if can.changes[at] & Trace::WHOLE == 0 {
                self.add(
                    "always-clipped",
                    &part.steps,
                    "this change always runs into the end of its scale".to_owned(),
                    "make it smaller, or start the scale elsewhere",
                    None,
                );
            } else {
                self.undecided(&part.steps, "that it can have its whole effect");
            }
        }
    }

    /// Decisions at which no option is open.
    pub(super) fn dry(&mut self, space: &Space) {
        let scenario = Arc::clone(self.scenario);
        let known = self.known;
        for (at, beat) in (0_u32..).zip(&scenario.beats) {
            if !known.low.dry[at as usize] {
                if known.high.dry[at as usize] && beat.decision.is_some() {
                    let steps = places::beat(&scenario, at);
                    self.undecided(&steps, "that an option is always open");
                }
                continue;
            }
            let state = (0..space.states() as u32).find(|state| {
                let edges = space.edges_of(*state);
                space.places[*state as usize] == at
                    && !edges.is_empty()
                    && !edges
                        .iter()
                        .any(|edge| matches!(space.ways[edge.way as usize].made, Move::Choice(_)))
            });
            let shown = state.and_then(|state| witness(&scenario, space, state, None));
            let shown = shown.or_else(|| self.hunt(Sought::Dry(at)));
            self.add(
                "dry-decision",
                &places::beat(&scenario, at),
                format!("at `{}` every option can be closed at once", beat.id),
                "leave one option without `when` and `once`, or let the last one lead on",
                shown,
            );
        }
    }

    /// States from which no ending can be reached.
    pub(super) fn escape(&mut self, space: &Space) {
        let scenario = Arc::clone(self.scenario);
        if !self.is_visited {
            // One trap catches whoever comes near it, so one is enough to be told.
            let mut is_told = false;
            for beat in way_out::not_shown(&scenario, &self.known.low.beats) {
                let steps = places::beat(&scenario, beat);
                let run = (!is_told).then(|| stuck(&scenario, beat, self.limits));
                match run.flatten() {
                    Some(run) => {
                        is_told = true;
                        self.no_escape(beat, Some(run));
                    }
                    None => self.undecided(&steps, "that there is a way out of every state"),
                }
            }
            return;
        }
        let states = space.states();
        let mut out = vec![false; states];
        for (state, out) in (0_u32..).zip(out.iter_mut()) {
            *out = space.ending(&scenario, state).is_some();
        }
        loop {
            let mut grew = false;
            for state in (0..states).rev() {
                if !out[state]
                    && space
                        .edges_of(state as u32)
                        .iter()
                        .any(|edge| out[edge.to as usize])
                {
                    out[state] = true;
                    grew = true;
                }
            }
            if !grew {
                break;
            }
        }
        let mut told = BTreeSet::new();
        for state in 0..states as u32 {
            let beat = space.places[state as usize];
            if !out[state as usize] && told.insert(beat) {
                let shown = witness(&scenario, space, state, None);
                self.no_escape(beat, shown);
            }
        }
    }

    fn no_escape(&mut self, beat: u32, shown: Option<Witness>) {
        self.add(
            "no-escape",
            &places::beat(self.scenario, beat),
            "from here play can go round for ever and reach no ending".to_owned(),
            "let an option, silence or an event lead towards an ending in every state",
            shown,
        );
    }

    /// Options that another one always outdoes.
    pub(super) fn outdone(&mut self) {
        let scenario = Arc::clone(self.scenario);
        let known = self.known;
        for (at, choice) in (0_u32..).zip(&scenario.choices) {
            let is_open = known.low.choices[at as usize];
            if !is_open || is_meant(&scenario, choice) || known.low.undominated[at as usize] {
                continue;
            }
            if known.high.undominated[at as usize] {
                let steps = places::choice(&scenario, at);
                self.undecided(&steps, "a state in which no other option does better");
            } else {
                self.add(
                    "outdone-option",
                    &places::choice(&scenario, at),
                    format!(
                        "in every state another option leads to the same and does better than `{}`",
                        choice.id
                    ),
                    "give it a state in which it is right, or make it the pitfall that it is",
                    None,
                );
            }
        }
    }

    /// A run to what is sought, found by playing.
    fn hunt(&self, sought: Sought) -> Option<Witness> {
        hunt(self.scenario, sought, self.limits)
    }

    pub(super) fn unsafe_passes(&mut self, space: &Space, bots: &[Record], search: &[Record]) {
        let scenario = Arc::clone(self.scenario);
        let known = self.known;
        let mut clean = None;
        for (at, ending) in (0_u32..).zip(&scenario.endings) {
            if ending.outcome != Outcome::Unsafe {
                continue;
            }
            let place = scenario.beats.len() as u32 + at;
            let clean = clean.get_or_insert_with(|| space.without_gates());
            let ungated = (0..space.states() as u32)
                .filter(|state| clean[*state as usize])
                .find_map(|state| {
                    let edges = space.edges_of(state).iter();
                    let mut last = edges.map(|edge| (edge.to, &space.ways[edge.way as usize]));
                    let (to, way) = last
                        .find(|(to, way)| space.places[*to as usize] == place && way.gates == 0)?;
                    Some((state, (way.made, to)))
                });
            let mut shown =
                ungated.and_then(|(state, last)| witness(&scenario, space, state, Some(last)));
            let is_open = ungated.is_some() || !self.is_visited && known.ungated.0[at as usize];
            if is_open && shown.is_none() {
                shown = self.hunt(Sought::Ungated(place));
            }
            if ungated.is_some() || shown.is_some() {
                self.add(
                    "unsafe-pass",
                    &places::ending(&scenario, at),
                    format!(
                        "unsafe ending `{}` can be reached without failing a gate, so a run that ends there can pass",
                        ending.id
                    ),
                    "name the gate that it fails, in `fails`",
                    shown,
                );
            } else if is_open {
                // The last step fails no gate; whether one has failed before is not known.
                let steps = places::ending(&scenario, at);
                self.undecided(&steps, "that a gate fails on every way there");
            } else if !self.is_visited && known.ungated.1[at as usize] {
                let steps = places::ending(&scenario, at);
                self.undecided(&steps, "that a gate fails on every way there");
            }
        }
        let run = bots
            .iter()
            .chain(search)
            .find_map(|record| record.unsafe_pass.clone());
        if let Some((seed, moves)) = run {
            self.add(
                "unsafe-pass",
                &[Step::Field("endings")],
                "a run passed through an unsafe ending".to_owned(),
                "name the gate that the ending fails, in `fails`",
                Some(Witness { seed, moves }),
            );
        }
    }

    /// Whether a run passes from every draw.
    pub(super) fn passes(&mut self, passes: &Passes) {
        if let Some(first) = passes.without.first() {
            self.add(
                "no-pass-found",
                &[Step::Field("objectives")],
                format!(
                    "no run that passes was found from {} of {} draws, such as: {first}",
                    passes.without.len(),
                    passes.seen
                ),
                "give those draws enough opportunities, or tell the search to try more seeds",
                None,
            );
        }
        if (1..passes.draws).contains(&passes.seen) && !passes.is_stopped {
            self.undecided(
                &[Step::Field("objectives")],
                &format!(
                    "a run that passes from {} of {} draws, which no seed that was tried holds",
                    passes.draws - passes.seen,
                    passes.draws
                ),
            );
        }
    }

    /// Guessers that pass too often, and a reader that does not pass often enough: in all, and before
    /// each profile.
    pub(super) fn guessed(&mut self, bots: &[Record]) {
        for record in bots.iter().filter(|record| record.all.runs > 0) {
            match record.bot.limit {
                Some(limit) => self.guesser(record, limit),
                None => self.reader(record),
            }
        }
    }

    fn guesser(&mut self, record: &Record, limit: u32) {
        let (_, upper) = record.all.bounds();
        let share = record.all.share() * 100.0;
        let worst = by_profile(record)
            .into_iter()
            .max_by(|one, other| one.1.share().total_cmp(&other.1.share()));
        let cure = cure(record.bot.name)
            .unwrap_or("let the best option differ by timing and person, so that the rule fails");
        let (how, help) = if upper * 100.0 > f64::from(limit) {
            let how = format!(
                "{share:.1} % of runs, which may be as high as {:.1} %",
                (upper * 1_000.0).ceil() / 10.0
            );
            let how = format!("{how}, allowed {limit} %");
            let help = if share > f64::from(limit) {
                cure.to_owned()
            } else {
                format!(
                    "its share is allowed and its bounds are too wide: more --seeds make them narrower. If it is told still: {cure}"
                )
            };
            (how, help)
        } else if let Some((profile, tally)) = worst
            && tally.share() * 100.0 > f64::from(limit * BEFORE_ONE)
        {
            let how = format!(
                "{:.1} % of {} runs before `{profile}`",
                tally.share() * 100.0,
                tally.runs
            );
            (
                format!("{how}, allowed {} % there", limit * BEFORE_ONE),
                cure.to_owned(),
            )
        } else {
            return;
        };
        self.add(
            "guessable",
            &[Step::Field("objectives")],
            format!(
                "the guesser `{}` passes {how}; its rule: {}",
                record.bot.name, record.bot.rule
            ),
            &help,
            first_pass(record),
        );
    }

    fn reader(&mut self, record: &Record) {
        let wanted = f64::from(READER_LEAST);
        let worst = by_profile(record)
            .into_iter()
            .min_by(|one, other| one.1.share().total_cmp(&other.1.share()));
        let share = |tally: Tally| tally.share() * 100.0;
        let how = match worst {
            _ if share(record.all) < wanted => format!("{:.1} % of runs", share(record.all)),
            Some((profile, tally)) if share(tally) < wanted => {
                format!(
                    "{:.1} % of {} runs before `{profile}`",
                    share(tally),
                    tally.runs
                )
            }
            _ => return,
        };
        self.add(
            "reader-fails",
            &[Step::Field("objectives")],
            format!(
                "a careful reader of signs and techniques passes only {how}, and {READER_LEAST} % are wanted"
            ),
            "let techniques that suit profile and state carry the evidence",
            first_pass(record),
        );
    }
}

fn first_pass(record: &Record) -> Option<Witness> {
    let (seed, moves) = record.first_pass.clone()?;
    Some(Witness { seed, moves })
}

/// Whether an option is written as one that a trained officer leaves alone: a pitfall, one that
/// fails a gate, or one that shows no objective above Developing whatever holds.
pub(super) fn is_meant(scenario: &Scenario, choice: &Choice) -> bool {
    let act = &choice.act;
    let techniques = act.techniques.of(&scenario.technique_refs);
    let is_pitfall = techniques
        .iter()
        .filter_map(|technique| scenario.techniques.get(usize::from(*technique)))
        .any(|used| used.technique.family == Family::Pitfall);
    let bands = act.evidence_bands.of(&scenario.evidence_bands);
    let is_good = bands
        .iter()
        .map(|band| band.evidence)
        .chain([act.evidence])
        .flat_map(|evidence| evidence.of(&scenario.evidence))
        .any(|evidence| evidence.level > Level::Developing);
    is_pitfall || !act.failures.is_empty() || !is_good
}
