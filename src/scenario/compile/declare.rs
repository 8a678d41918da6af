//! Declarations: what has a name, and which names stand twice.

use super::super::diagnostic::At;
use super::super::draft::Condition;
use super::super::scenario::{Meter, Target, Variety};
use super::{Compiler, MOST_BEATS, MOST_DECLARED, SCALE_TOP, Usage, byte, count, short};

impl Compiler<'_, '_> {
    pub(super) fn declare(&mut self) {
        let draft = self.draft;
        let root = At::root();
        self.too_many(
            &root.field("facts"),
            draft.facts.len(),
            MOST_DECLARED,
            "facts",
        );
        self.too_many(
            &root.field("meters"),
            draft.meters.len(),
            MOST_DECLARED,
            "meters",
        );
        self.too_many(
            &root.field("counters"),
            draft.counters.len(),
            MOST_DECLARED,
            "counters",
        );
        self.too_many(
            &root.field("cast"),
            draft.cast.len(),
            MOST_DECLARED,
            "cast members",
        );
        self.too_many(&root.field("beats"), draft.beats.len(), MOST_BEATS, "beats");

        for (position, key) in draft.facts.keys().enumerate() {
            let doubled = self.facts.insert(key, short(position)).is_some();
            self.declared(&root.field("facts"), key, "fact", doubled);
        }
        for (position, (key, meter)) in draft.meters.iter().enumerate() {
            let doubled = self.meters.insert(key, byte(position)).is_some();
            let list = root.field("meters");
            self.declared(&list, key, "meter", doubled);
            let at = list.key(key);
            if meter.max > SCALE_TOP || meter.min >= meter.max {
                self.fault(
                    &at.field("max"),
                    "out-of-range",
                    format!("meter `{key}` runs from {} to {}", meter.min, meter.max),
                    format!("let min be less than max and max {SCALE_TOP} at most"),
                );
            } else if meter.start < meter.min || meter.start > meter.max {
                self.fault(
                    &at.field("start"),
                    "out-of-range",
                    format!("meter `{key}` starts at {}, outside its range", meter.start),
                    format!("use a number from {} to {}", meter.min, meter.max),
                );
            }
            self.out.meters.push(Meter {
                id: key.to_owned(),
                label: meter.label.clone(),
                min: meter.min,
                max: meter.max,
                start: meter.start,
            });
        }
        for (position, key) in draft.counters.keys().enumerate() {
            let doubled = self.counters.insert(key, byte(position)).is_some();
            self.declared(&root.field("counters"), key, "counter", doubled);
        }
        for (position, key) in draft.references.keys().enumerate() {
            let doubled = self.references.insert(key, short(position)).is_some();
            self.declared(&root.field("references"), key, "reference", doubled);
        }
        for (position, (key, variants)) in draft.variations.iter().enumerate() {
            let doubled = self.variations.insert(key, byte(position)).is_some();
            let list = root.field("variations");
            self.declared(&list, key, "variation", doubled);
            if variants.is_empty() || variants.len() > 100 {
                self.fault(
                    &list.key(key),
                    "empty-variation",
                    format!("variation `{key}` has {} values", variants.len()),
                    "give it 1 to 100 values, such as [(is: \"sister\", text: \"her sister\")]",
                );
            }
            let mut varieties: Vec<Variety> = Vec::with_capacity(variants.len());
            for (index, variant) in variants.iter().enumerate() {
                let here = list.key(key);
                let at = here.index(index);
                if varieties.iter().any(|earlier| earlier.id == variant.is) {
                    self.fault(
                        &at.field("is"),
                        "duplicate-id",
                        format!("variation `{key}` has `{}` twice", variant.is),
                        "give every value an id of its own",
                    );
                }
                self.weight(&at.field("weight"), variant.weight);
                varieties.push(Variety {
                    id: variant.is.clone(),
                    text: variant.text.clone(),
                    weight: variant.weight.max(1),
                });
            }
            self.out.variations.push((key.to_owned(), varieties));
        }
        self.usage = Usage {
            facts_set: vec![0; draft.facts.len()],
            facts_read: vec![0; draft.facts.len()],
            meters_set: vec![0; draft.meters.len()],
            meters_read: vec![0; draft.meters.len()],
            counters_set: vec![0; draft.counters.len()],
            counters_read: vec![0; draft.counters.len()],
            variations_read: vec![0; draft.variations.len()],
            references_read: vec![0; draft.references.len()],
            cast_used: vec![0; draft.cast.len()],
            marks_read: Vec::new(),
        };
        for (position, key) in draft.beats.keys().enumerate() {
            let doubled = self
                .targets
                .insert(key, Target::Beat(count(position)))
                .is_some();
            self.declared(&root.field("beats"), key, "beat", doubled);
        }
        for (position, key) in draft.endings.keys().enumerate() {
            let earlier = self.targets.insert(key, Target::Ending(count(position)));
            if let Some(Target::Beat(_)) = earlier {
                self.fault(
                    &root.field("endings").key(key),
                    "duplicate-id",
                    format!("`{key}` is the name of a beat and of an ending"),
                    "targets share one list of names: rename one of the two",
                );
            } else {
                self.declared(&root.field("endings"), key, "ending", earlier.is_some());
            }
        }
    }

    pub(super) fn too_many(&mut self, at: &At<'_>, found: usize, most: usize, what: &str) {
        if found > most {
            self.fault(
                at,
                "over-limit",
                format!("{found} {what}, where {most} is the most"),
                "split the scenario in two, or cut what is not used",
            );
        }
    }

    pub(super) fn weight(&mut self, at: &At<'_>, weight: u8) {
        if !(1..=100).contains(&weight) {
            self.fault(
                at,
                "out-of-range",
                format!("a weight of {weight}"),
                "use a whole number from 1 to 100: the share of the draw",
            );
        }
    }

    pub(super) fn declared(&mut self, list: &At<'_>, key: &str, what: &str, doubled: bool) {
        if doubled {
            self.fault(
                &list.nth_key(key, 1),
                "duplicate-id",
                format!("{what} `{key}` is written twice"),
                "rename or remove one of the two: only one of them could ever be reached",
            );
        }
        let plain = !key.is_empty()
            && key.len() <= 64
            && key
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "_-".contains(c));
        if !plain {
            self.fault(
                &list.key(key),
                "bad-id",
                format!("`{key}` cannot be the id of a {what}"),
                "use 1 to 64 letters without accents, digits, `_` and `-`",
            );
        }
    }

    /// Gives every choice and event its name, and a mark to those that need one.
    pub(super) fn marks(&mut self) {
        let draft = self.draft;
        let mut asked = std::collections::HashSet::new();
        super::super::rules::for_each_condition(draft, &mut |condition| {
            if let Condition::Seen(id) = condition {
                asked.insert(id.as_str());
            }
        });
        let root = At::root();
        let mut next = 0_u16;
        for (index, event) in draft.events.iter().enumerate() {
            if self.marks.insert(&event.id, Some(next)).is_some() {
                self.fault(
                    &root.field("events").index(index).field("id"),
                    "duplicate-id",
                    format!("event `{}` is written twice", event.id),
                    "give every event an id of its own",
                );
            }
            next = next.saturating_add(1);
        }
        for (key, beat) in draft.beats.iter() {
            let Some(decision) = &beat.decision else {
                continue;
            };
            for (index, choice) in decision.choices.iter().enumerate() {
                let option = choice.option();
                let mark = (option.once || asked.contains(option.id.as_str())).then(|| {
                    let mark = next;
                    next = next.saturating_add(1);
                    mark
                });
                if self.marks.insert(&option.id, mark).is_some() {
                    let beats = root.field("beats");
                    let beat = beats.key(key);
                    let decision = beat.field("decision");
                    let choices = decision.field("choices");
                    self.fault(
                        &choices.index(index).field("id"),
                        "duplicate-id",
                        format!("choice `{}` is written twice", option.id),
                        "records name choices by id: give every choice of the file its own",
                    );
                }
            }
        }
        self.out.marks = next;
        self.usage.marks_read = vec![false; usize::from(next)];
    }
}
