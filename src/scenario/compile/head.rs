//! The head of the file: course, review, setting, briefing and cast.

use crate::course::Band;

use super::super::diagnostic::{At, suggest};
use super::super::draft::CastMember;
use super::super::scenario::{Person, Reaction, Run, Target, UsedProfile};
use super::{Compiler, SCALE_TOP, byte, run_since, short};

impl Compiler<'_, '_> {
    pub(super) fn head(&mut self) {
        let draft = self.draft;
        let root = At::root();
        if draft.format != 1 {
            self.fault(
                &root.field("format"),
                "unknown-format",
                format!("format {} is not known here", draft.format),
                "this version reads format 1; a newer file needs a newer Common Ground",
            );
        }
        let ranges = [
            ("distress", draft.start.distress, 0),
            ("trust", draft.start.trust, 0),
            ("distance", draft.start.distance, 1),
        ];
        let start = root.field("start");
        for (name, value, least) in ranges {
            if value > SCALE_TOP || value < least {
                self.fault(
                    &start.field(name),
                    "out-of-range",
                    format!("{name} starts at {value}"),
                    format!("use a whole number from {least} to {SCALE_TOP}"),
                );
            }
        }
        if draft.start.jitter > 3 {
            self.fault(
                &start.field("jitter"),
                "out-of-range",
                format!("a jitter of {}", draft.start.jitter),
                "use 0 to 3",
            );
        }
        match self.targets.get(draft.start.beat.as_str()) {
            Some(Target::Beat(beat)) => self.out.start = *beat,
            _ if self.unread.contains(&draft.start.beat) => {}
            _ => {
                let help = suggest(
                    &draft.start.beat,
                    "beat",
                    draft.beats.keys().collect::<Vec<_>>(),
                );
                self.fault(
                    &start.field("beat"),
                    "unknown-target",
                    format!(
                        "the scenario starts at `{}`, which is no beat",
                        draft.start.beat
                    ),
                    help,
                );
            }
        }
        if self.course.is_none() {
            let known: Vec<&str> = self.library.courses.iter().map(|c| c.id.as_str()).collect();
            let help = suggest(&draft.course, "course", known);
            self.fault(
                &root.field("course"),
                "unknown-course",
                format!("there is no course `{}`", draft.course),
                help,
            );
        }
        let objectives = root.field("objectives");
        self.out.core = self.objectives_of(&objectives.field("core"), &draft.objectives.core);
        self.out.also = self.objectives_of(&objectives.field("also"), &draft.objectives.also);
        let both: Vec<u16> = self
            .out
            .core
            .iter()
            .filter(|o| self.out.also.contains(o))
            .copied()
            .collect();
        for objective in both {
            let id = self.out.names.objectives[usize::from(objective)].clone();
            self.fault(
                &objectives.field("also"),
                "duplicate-id",
                format!("objective {id} is both in `core` and in `also`"),
                "leave it in one of the two",
            );
        }
        self.cast_members();
        self.head_texts();
        let mut seen = Vec::new();
        for (index, standing) in draft.standing.iter().enumerate() {
            if seen.contains(standing) {
                self.fault(
                    &root.field("standing").index(index),
                    "duplicate-id",
                    format!("{standing:?} is listed twice"),
                    "list each standing move once",
                );
            }
            seen.push(*standing);
        }
    }

    /// Texts that are shown as they stand.
    fn head_texts(&mut self) {
        let draft = self.draft;
        let root = At::root();
        self.unfilled(&root.field("title"), &draft.title);
        self.unfilled(&root.field("summary"), &draft.summary);
        let notes = root.field("content_notes");
        for (index, note) in draft.content_notes.iter().enumerate() {
            self.unfilled(&notes.index(index), note);
        }
        let briefing = root.field("briefing");
        self.unfilled(&briefing.field("task"), &draft.briefing.task);
        let known = briefing.field("known");
        for (index, line) in draft.briefing.known.iter().enumerate() {
            self.unfilled(&known.index(index), line);
        }
        let log = briefing.field("log");
        for (index, entry) in draft.briefing.log.iter().enumerate() {
            self.unfilled(&log.index(index).field("text"), &entry.text);
        }
        let cast = root.field("cast");
        for (key, member) in draft.cast.iter() {
            let at = cast.key(key);
            self.unfilled(&at.field("name"), member.name());
            if let CastMember::Subject { unknown_as, .. } = member {
                self.unfilled(&at.field("unknown_as"), unknown_as);
            }
        }
        let references = root.field("references");
        for (key, reference) in draft.references.iter() {
            let at = references.key(key);
            self.unfilled(&at.field("cite"), &reference.cite);
            self.unfilled(&at.field("note"), &reference.note);
            self.unfilled(&at.field("local"), &reference.local);
        }
        let meters = root.field("meters");
        for (key, meter) in draft.meters.iter() {
            self.unfilled(&meters.key(key).field("label"), &meter.label);
        }
        let facts = root.field("facts");
        for (key, note) in draft.facts.iter() {
            self.places(&facts.key(key), note);
        }
    }

    pub(super) fn objectives_of(&mut self, at: &At<'_>, ids: &[String]) -> Vec<u16> {
        let mut found = Vec::with_capacity(ids.len());
        for (index, id) in ids.iter().enumerate() {
            if let Some(position) = self.objective(&at.index(index), id) {
                if found.contains(&position) {
                    self.fault(
                        &at.index(index),
                        "duplicate-id",
                        format!("objective {id} is listed twice"),
                        "list each objective once",
                    );
                } else {
                    found.push(position);
                }
            }
        }
        found
    }

    pub(super) fn cast_members(&mut self) {
        let draft = self.draft;
        let root = At::root();
        let list = root.field("cast");
        let mut subjects = 0;
        for (position, (key, member)) in draft.cast.iter().enumerate() {
            let doubled = self.cast.insert(key, short(position)).is_some();
            self.declared(&list, key, "cast member", doubled);
            let at = list.key(key);
            let mut known_by = None;
            if let CastMember::Subject {
                profiles,
                known_by: fact,
                ..
            } = member
            {
                subjects += 1;
                self.out.subject = short(position);
                if !fact.is_empty() {
                    known_by = self.fact(&at.field("known_by"), fact);
                    if let Some(fact) = known_by {
                        self.usage.facts_read[usize::from(fact)] += 1;
                    }
                }
                if profiles.is_empty() {
                    self.fault(
                        &at.field("profiles"),
                        "no-profile",
                        format!("`{key}` has no reaction profile"),
                        "name at least one, such as [(is: \"despair\")]",
                    );
                }
                for (index, draw) in profiles.iter().enumerate() {
                    let here = at.field("profiles");
                    let at = here.index(index);
                    self.weight(&at.field("weight"), draw.weight);
                    let Some(profile) = self.library.profiles.profiles.get(&draw.is) else {
                        let known: Vec<&str> = self
                            .library
                            .profiles
                            .profiles
                            .keys()
                            .map(String::as_str)
                            .collect();
                        let help = suggest(&draw.is, "profile", known);
                        self.fault(
                            &at.field("is"),
                            "unknown-profile",
                            format!("there is no profile `{}`", draw.is),
                            help,
                        );
                        continue;
                    };
                    if self
                        .profiles
                        .insert(&draw.is, byte(self.out.profiles.len()))
                        .is_some()
                    {
                        self.fault(
                            &at.field("is"),
                            "duplicate-id",
                            format!("profile `{}` is drawn twice", draw.is),
                            "list it once and give it a higher weight",
                        );
                    }
                    let silence = self.reactions(&profile.silence);
                    self.out.profiles.push(UsedProfile {
                        id: draw.is.clone(),
                        profile: profile.clone(),
                        weight: draw.weight.max(1),
                        by_technique: Vec::new(),
                        silence,
                    });
                }
            }
            self.out.cast.push(Person {
                id: key.to_owned(),
                member: member.clone(),
                known_by,
                seen_when: Run::default(),
            });
        }
        // Only now is every profile known that a condition may ask for.
        for (position, (key, member)) in draft.cast.iter().enumerate() {
            let at = list.key(key);
            let run = self.tests(&at.field("seen_when"), member.seen_when());
            self.out.cast[position].seen_when = run;
        }
        if subjects != 1 {
            self.fault(
                &list,
                "one-subject",
                format!("the cast has {subjects} subjects"),
                "an encounter has exactly one `Subject(...)`: the person in crisis",
            );
        }
    }

    pub(super) fn reactions(&mut self, bands: &[Band]) -> Run {
        let start = self.out.reactions.len();
        self.out.reactions.extend(bands.iter().map(|band| Reaction {
            distress_from: band.distress_at_least.unwrap_or(0),
            distress_to: band.distress_at_most.unwrap_or(u8::MAX),
            trust_from: band.trust_at_least.unwrap_or(0),
            trust_to: band.trust_at_most.unwrap_or(u8::MAX),
            shift: band.shift(),
        }));
        run_since(&self.out.reactions, start)
    }
}
