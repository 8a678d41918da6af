//! How liveness flows against the course of play, from what is read back to where it is written.
//!
//! Everything between two decisions is written down once as transfers: what is read on the way is
//! live before it, and so is what is live after it, less what is written on the way. Then only sets
//! of bits are joined until nothing grows.

use crate::scenario::{Act, Change, Decision, Route, Run, Scenario, Standing, Target, Test};

use super::{Parts, Places, rules_for};

/// What is live before a stretch of play, from what is live after it: that, less what is written on
/// the way whatever happens, and what is read there.
#[derive(Debug, Clone)]
struct Transfer {
    read: Parts,
    written: Parts,
}

/// A transfer from one point of play, and the points to which it leads.
#[derive(Debug)]
struct Stretch {
    /// The event that happens on the way, if one does.
    incident: Option<usize>,
    transfer: Transfer,
    to: Vec<usize>,
}

/// Everything that is read and written between points of play. The points are the beats'
/// decisions, and after those the moments in which the beats are entered.
pub(super) struct Flow<'s> {
    scenario: &'s Scenario,
    places: Places,
    with_words: bool,
    /// Whether being out of hearing changes nothing.
    is_heard_everywhere: bool,
    /// The profile, if it is known.
    profile: Option<u8>,
    /// By point.
    stretches: Vec<Vec<Stretch>>,
}

impl<'s> Flow<'s> {
    pub(super) fn of(
        scenario: &'s Scenario,
        places: Places,
        with_words: bool,
        profile: Option<u8>,
    ) -> Self {
        let mut flow = Self {
            scenario,
            places,
            with_words,
            is_heard_everywhere: (0_u8..)
                .zip(&scenario.profiles)
                .filter(|(position, _)| profile.is_none_or(|own| own == *position))
                .all(|(_, own)| own.profile.hearing >= 20),
            profile,
            stretches: Vec::new(),
        };
        let beats = 0..scenario.beats.len();
        let decisions = beats.clone().map(|beat| flow.out_of_decision(beat));
        let entries = beats.map(|beat| vec![flow.out_of_entry(beat)]);
        flow.stretches = decisions.chain(entries).collect();
        flow
    }

    /// What is live at each decision, if these events, by their marks, are spent.
    pub(super) fn run(&self, is_spent: &dyn Fn(u16) -> bool) -> Vec<Parts> {
        let spent: Vec<bool> = self
            .scenario
            .incidents
            .iter()
            .map(|incident| !incident.repeats && is_spent(incident.mark))
            .collect();
        let mut live = self.fixed(0, |incident| spent[incident]);
        live.truncate(self.scenario.beats.len());
        live
    }

    /// What is read between each decision and the next, and what is read on entering a beat
    /// before its decision.
    pub(super) fn run_to_the_next(&self) -> (Vec<Parts>, Vec<Parts>) {
        let beats = self.scenario.beats.len();
        let mut live = self.fixed(beats, |_| false);
        for decision in 0..beats {
            self.pull(&mut live, decision, beats, &|_| false);
        }
        let entries = live.split_off(beats);
        (live, entries)
    }

    /// Pulls from this point on until nothing grows; the points before it stay without anything.
    fn fixed(&self, first: usize, is_spent: impl Fn(usize) -> bool) -> Vec<Parts> {
        let mut live = vec![self.none(); self.stretches.len()];
        loop {
            let mut grew = false;
            for point in (first..self.stretches.len()).rev() {
                grew |= self.pull(&mut live, point, first, &is_spent);
            }
            if !grew {
                return live;
            }
        }
    }

    /// Joins to a point what is live where it leads, as far as that is looked at; whether any was
    /// new.
    fn pull(
        &self,
        live: &mut [Parts],
        point: usize,
        first: usize,
        is_spent: &dyn Fn(usize) -> bool,
    ) -> bool {
        let mut own = std::mem::take(&mut live[point]);
        let mut grew = false;
        for stretch in &self.stretches[point] {
            if let Some(incident) = stretch.incident
                && is_spent(incident)
            {
                // It cannot happen again, and that has to be remembered.
                let mark = self.places.mark(self.scenario.incidents[incident].mark);
                grew |= !own.has(mark);
                own.add(mark);
                continue;
            }
            grew |= own.join(&stretch.transfer.read);
            for to in &stretch.to {
                if *to == point {
                    // It is there already.
                    continue;
                }
                if *to >= first {
                    grew |= own.join_without(&live[*to], &stretch.transfer.written);
                }
            }
        }
        live[point] = own;
        grew
    }

    fn none(&self) -> Parts {
        Parts::with_room(self.places.count)
    }

    fn nothing(&self) -> Transfer {
        Transfer {
            read: self.none(),
            written: self.none(),
        }
    }

    const fn entry(&self, beat: u32) -> usize {
        self.scenario.beats.len() + beat as usize
    }

    /// Whether conditions hold or fail for this profile whatever else is so.
    fn known(&self, when: Run) -> Option<bool> {
        self.known_all(when.of(&self.scenario.tests))
    }

    fn known_all(&self, mut tests: &[Test]) -> Option<bool> {
        let mut all = Some(true);
        while let Some((first, rest)) = tests.split_first() {
            let (own, after) = rest.split_at(inner(*first).min(rest.len()));
            match self.known_one(*first, own) {
                Some(false) => return Some(false),
                None => all = None,
                Some(true) => {}
            }
            tests = after;
        }
        all
    }

    fn known_one(&self, test: Test, mut own: &[Test]) -> Option<bool> {
        match test {
            Test::Profile(profile) => self.profile.map(|own| own == profile),
            Test::All(_) => self.known_all(own),
            Test::Not(_) => self.known_all(own).map(|holds| !holds),
            Test::Any(_) => {
                let mut any = Some(false);
                while let Some((first, rest)) = own.split_first() {
                    let (inner, after) = rest.split_at(inner(*first).min(rest.len()));
                    match self.known_one(*first, inner) {
                        Some(true) => return Some(true),
                        None => any = None,
                        Some(false) => {}
                    }
                    own = after;
                }
                any
            }
            _ => None,
        }
    }

    pub(super) fn reads(&self, when: Run, live: &mut Parts) {
        if self.known(when).is_some() {
            return;
        }
        for test in when.of(&self.scenario.tests) {
            match *test {
                Test::DistanceAtLeast(_) | Test::DistanceAtMost(_) => {
                    live.add(self.places.distance);
                }
                Test::MeterAtLeast(meter, _) | Test::MeterAtMost(meter, _) => {
                    live.add(self.places.meter(usize::from(meter)));
                }
                Test::CounterAtLeast(counter, _) | Test::CounterAtMost(counter, _) => {
                    live.add(self.places.counter(usize::from(counter)));
                }
                Test::Fact(fact) => live.add(Places::fact(fact)),
                Test::Drawn(draw, _) => live.add(self.places.draw(usize::from(draw))),
                Test::Detained => live.add(self.places.detained()),
                Test::Seen(mark) => live.add(self.places.mark(mark)),
                Test::DistressAtLeast(_)
                | Test::DistressAtMost(_)
                | Test::TrustAtLeast(_)
                | Test::TrustAtMost(_)
                | Test::Profile(_)
                | Test::All(_)
                | Test::Any(_)
                | Test::Not(_) => {}
            }
        }
    }

    fn words(&self, lines: Run, live: &mut Parts) {
        if self.with_words {
            for line in lines.of(&self.scenario.lines) {
                self.reads(line.when, live);
            }
        }
    }

    /// Puts changes before a transfer.
    fn before(&self, changes: Run, after: &mut Transfer) {
        let end = changes.start + changes.len;
        let mut at = changes.start;
        let mut steps = Vec::new();
        while at < end {
            let Some(change) = self.scenario.changes.get(at as usize) else {
                break;
            };
            steps.push((at, *change));
            at += 1;
            if let Change::Chance {
                then, otherwise, ..
            }
            | Change::If {
                then, otherwise, ..
            } = *change
            {
                at += u32::from(then) + u32::from(otherwise);
            }
        }
        for (at, change) in steps.into_iter().rev() {
            match change {
                Change::Learn(fact) | Change::Forget(fact) => after.write(Places::fact(fact)),
                Change::Detain(_) | Change::Release => after.write(self.places.detained()),
                Change::Chance {
                    then, otherwise, ..
                }
                | Change::If {
                    then, otherwise, ..
                } => {
                    let first = Run {
                        start: at + 1,
                        len: u32::from(then),
                    };
                    let second = Run {
                        start: first.start + first.len,
                        len: u32::from(otherwise),
                    };
                    let known = match change {
                        Change::If { tests, .. } => self.known(tests),
                        _ => None,
                    };
                    match known {
                        Some(true) => self.before(first, after),
                        Some(false) => self.before(second, after),
                        None => {
                            let mut other = after.clone();
                            self.before(first, after);
                            self.before(second, &mut other);
                            after.read.join(&other.read);
                            after.written.keep(&other.written);
                        }
                    }
                    if let Change::If { tests, .. } = change {
                        self.reads(tests, &mut after.read);
                    }
                }
                Change::Distress(_)
                | Change::Trust(_)
                | Change::Distance(_)
                | Change::Meter(..)
                | Change::Counter(..) => {}
            }
        }
    }

    /// Where a target is, if play goes on there; what an ending reads is added.
    fn point(&self, beat: usize, to: Target, read: &mut Parts) -> Option<usize> {
        match to {
            Target::Stay => Some(beat),
            Target::Beat(next) => Some(self.entry(next)),
            Target::Ending(ending) => {
                if let Some(ending) = self.scenario.endings.get(ending as usize) {
                    for failure in ending.failures.of(&self.scenario.failures) {
                        self.reads(failure.when, read);
                    }
                    if self.with_words {
                        for felt in &ending.felt {
                            self.reads(felt.when, read);
                        }
                    }
                }
                None
            }
        }
    }

    /// The points to which ways lead; what they read is added.
    fn routes(&self, beat: usize, routes: &[Route], read: &mut Parts) -> Vec<usize> {
        let mut to = Vec::new();
        for route in routes {
            let known = self.known(route.when);
            if known == Some(false) {
                continue;
            }
            self.reads(route.when, read);
            to.extend(self.point(beat, route.to, read));
            if known == Some(true) && route.chance >= 100 {
                break;
            }
        }
        to
    }

    fn out_of_entry(&self, beat: usize) -> Stretch {
        let here = &self.scenario.beats[beat];
        let mut transfer = self.nothing();
        let to = if here.decision.is_some() {
            vec![beat]
        } else {
            let routes = here.routes.of(&self.scenario.routes);
            self.routes(beat, routes, &mut transfer.read)
        };
        self.words(here.lines, &mut transfer.read);
        self.before(here.changes, &mut transfer);
        Stretch {
            incident: None,
            transfer,
            to,
        }
    }

    /// Everything that can follow a move, by whether an event comes between.
    fn out_of_move(
        &self,
        beat: usize,
        act: Option<&Act>,
        standing: Option<Standing>,
        found: &mut Vec<Stretch>,
    ) {
        let routes = act.map_or(&[][..], |act| act.routes.of(&self.scenario.routes));
        let mut onward = self.nothing();
        let to = if routes.is_empty() {
            vec![beat]
        } else {
            self.routes(beat, routes, &mut onward.read)
        };
        let only_ends = !routes.is_empty()
            && routes
                .iter()
                .all(|route| matches!(route.to, Target::Ending(_)));
        if !only_ends {
            for (at, incident) in self.scenario.incidents.iter().enumerate() {
                if self.known(incident.when) == Some(false) {
                    continue;
                }
                let mut transfer = self.nothing();
                let to = match incident.to {
                    Target::Stay => to.clone(),
                    to => Vec::from_iter(self.point(beat, to, &mut transfer.read)),
                };
                self.words(incident.lines, &mut transfer.read);
                self.before(incident.changes, &mut transfer);
                self.reads(incident.when, &mut transfer.read);
                if !incident.repeats {
                    transfer.read.add(self.places.mark(incident.mark));
                }
                self.begin(act, standing, &mut transfer);
                found.push(Stretch {
                    incident: Some(at),
                    transfer,
                    to,
                });
            }
        }
        self.begin(act, standing, &mut onward);
        found.push(Stretch {
            incident: None,
            transfer: onward,
            to,
        });
    }

    /// Puts a move itself before what follows it.
    fn begin(&self, act: Option<&Act>, standing: Option<Standing>, after: &mut Transfer) {
        if let Some(act) = act {
            self.words(act.replies, &mut after.read);
            if let Some(mark) = act.mark {
                after.write(self.places.mark(mark));
            }
            self.before(act.changes, after);
        }
        if let Some(Standing::StepCloser | Standing::StepBack) = standing {
            after.read.add(self.places.distance());
        }
        if let Some(act) = act {
            let speaks = act
                .techniques
                .of(&self.scenario.technique_refs)
                .iter()
                .filter_map(|technique| self.scenario.techniques.get(usize::from(*technique)))
                .any(crate::scenario::UsedTechnique::is_speech);
            if speaks && !self.is_heard_everywhere {
                after.read.add(self.places.distance());
            }
            for failure in act.failures.of(&self.scenario.failures) {
                self.reads(failure.when, &mut after.read);
            }
            for band in act.evidence_bands.of(&self.scenario.evidence_bands) {
                self.reads(band.when, &mut after.read);
            }
        }
    }

    fn out_of_decision(&self, beat: usize) -> Vec<Stretch> {
        let mut found = Vec::new();
        let Some(decision) = &self.scenario.beats[beat].decision else {
            return found;
        };
        self.out_of_options(beat, decision, &mut found);
        for standing in &self.scenario.standing {
            self.out_of_move(beat, None, Some(*standing), &mut found);
            for rule in rules_for(self.scenario, beat, *standing) {
                if self.known(rule.when) == Some(false) {
                    continue;
                }
                self.out_of_move(beat, Some(&rule.act), Some(*standing), &mut found);
                let mut asked = self.nothing();
                self.reads(rule.when, &mut asked.read);
                if let Some(mark) = rule.act.mark {
                    asked.read.add(self.places.mark(mark));
                }
                found.push(Stretch::of(asked));
            }
        }
        together(found)
    }

    fn out_of_options(&self, beat: usize, decision: &Decision, found: &mut Vec<Stretch>) {
        for choice in decision.choices.of(&self.scenario.choices) {
            if self.known(choice.when) == Some(false) {
                continue;
            }
            self.out_of_move(beat, Some(&choice.act), None, found);
            let mut asked = self.nothing();
            self.reads(choice.when, &mut asked.read);
            if let (true, Some(mark)) = (choice.once, choice.act.mark) {
                asked.read.add(self.places.mark(mark));
            }
            found.push(Stretch::of(asked));
        }
        self.out_of_move(beat, decision.silence.as_deref(), None, found);
    }
}

impl Transfer {
    /// Something is written before it.
    fn write(&mut self, part: usize) {
        self.read.remove(part);
        self.written.add(part);
    }
}

impl Stretch {
    /// Leads nowhere.
    const fn of(transfer: Transfer) -> Self {
        Self {
            incident: None,
            transfer,
            to: Vec::new(),
        }
    }
}

/// Puts those together that write the same, by whether the same event comes between.
fn together(all: Vec<Stretch>) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    for stretch in all {
        let same = found.iter_mut().find(|own| {
            own.incident == stretch.incident && own.transfer.written == stretch.transfer.written
        });
        let Some(own) = same else {
            found.push(stretch);
            continue;
        };
        own.transfer.read.join(&stretch.transfer.read);
        for to in stretch.to {
            if !own.to.contains(&to) {
                own.to.push(to);
            }
        }
    }
    found
}

const fn inner(test: Test) -> usize {
    match test {
        Test::All(len) | Test::Any(len) | Test::Not(len) => len as usize,
        _ => 0,
    }
}
