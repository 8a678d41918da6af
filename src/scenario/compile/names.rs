//! Names to positions; a name that leads nowhere gets its nearest neighbour.

use crate::course::Band;

use super::super::diagnostic::{At, suggest};
use super::super::scenario::{Target, UsedTechnique};
use super::{Compiler, short};

impl<'d> Compiler<'d, '_> {
    pub(super) fn fact(&mut self, at: &At<'_>, id: &str) -> Option<u16> {
        let found = self.facts.get(id).copied();
        if found.is_none() {
            let help = suggest(id, "fact", self.facts.keys().copied().collect::<Vec<_>>());
            self.fault(
                at,
                "unknown-fact",
                format!("fact `{id}` is not declared"),
                help,
            );
        }
        found
    }

    pub(super) fn meter(&mut self, at: &At<'_>, id: &str) -> Option<u8> {
        let found = self.meters.get(id).copied();
        if found.is_none() {
            let help = match id {
                "distress" | "trust" | "distance" => {
                    format!(
                        "`{id}` has conditions and effects of its own, such as TrustAtLeast(6) and Trust(1)"
                    )
                }
                _ => suggest(id, "meter", self.meters.keys().copied().collect::<Vec<_>>()),
            };
            self.fault(
                at,
                "unknown-meter",
                format!("meter `{id}` is not declared"),
                help,
            );
        }
        found
    }

    pub(super) fn counter(&mut self, at: &At<'_>, id: &str) -> Option<u8> {
        let found = self.counters.get(id).copied();
        if found.is_none() {
            let help = suggest(
                id,
                "counter",
                self.counters.keys().copied().collect::<Vec<_>>(),
            );
            self.fault(
                at,
                "unknown-counter",
                format!("counter `{id}` is not declared"),
                help,
            );
        }
        found
    }

    pub(super) fn person(&mut self, at: &At<'_>, id: &str) -> Option<u16> {
        let found = self.cast.get(id).copied();
        if let Some(person) = found {
            self.usage.cast_used[usize::from(person)] += 1;
        } else {
            let help = suggest(
                id,
                "cast member",
                self.cast.keys().copied().collect::<Vec<_>>(),
            );
            self.fault(
                at,
                "unknown-cast",
                format!("`{id}` is not in the cast"),
                help,
            );
        }
        found
    }

    pub(super) fn reference(&mut self, at: &At<'_>, id: &str) -> Option<u16> {
        let found = self.references.get(id).copied();
        if let Some(reference) = found {
            self.usage.references_read[usize::from(reference)] += 1;
        } else {
            let help = suggest(
                id,
                "reference",
                self.references.keys().copied().collect::<Vec<_>>(),
            );
            self.fault(
                at,
                "unknown-reference",
                format!("`{id}` is not in `references`"),
                help,
            );
        }
        found
    }

    pub(super) fn objective(&mut self, at: &At<'_>, id: &str) -> Option<u16> {
        // Without the course there is nothing to compare with; that fault has been told.
        self.course?;
        let found = self.objectives.get(id).copied();
        if found.is_none() {
            let help = suggest(
                id,
                "objective",
                self.objectives.keys().copied().collect::<Vec<_>>(),
            );
            self.fault(
                at,
                "unknown-objective",
                format!("the course has no objective `{id}`"),
                help,
            );
        }
        found
    }

    pub(super) fn technique(&mut self, at: &At<'_>, id: &'d str) -> Option<u16> {
        if let Some(position) = self.technique_refs.get(id) {
            return Some(*position);
        }
        let catalogue = self.library.techniques;
        let Some(technique) = catalogue.techniques.get(id) else {
            let known: Vec<&str> = catalogue.techniques.keys().map(String::as_str).collect();
            let help = format!(
                "{}; section 10 of scenarios/README.md lists all by family",
                suggest(id, "technique", known)
            );
            self.fault(
                at,
                "unknown-technique",
                format!("there is no technique `{id}`"),
                help,
            );
            return None;
        };
        let position = short(self.out.techniques.len());
        self.technique_refs.insert(id, position);
        self.out.techniques.push(UsedTechnique {
            id: id.to_owned(),
            technique: technique.clone(),
            trust_needed: catalogue.stage_trust.of(technique.stage),
        });
        for profile in 0..self.out.profiles.len() {
            let bands = self.out.profiles[profile]
                .profile
                .reactions
                .get(id)
                .cloned();
            let run = match bands {
                Some(bands) => self.reactions(&bands),
                None => self.reactions(&[Band {
                    distress: technique.usual.distress,
                    trust: technique.usual.trust,
                    ..Band::default()
                }]),
            };
            self.out.profiles[profile].by_technique.push(run);
        }
        Some(position)
    }

    pub(super) fn target(&mut self, at: &At<'_>, id: &str, from_decision: bool) -> Target {
        if id == "." {
            if !from_decision {
                self.fault(
                    at,
                    "unknown-target",
                    "`.` means stay at this decision, and there is no decision here",
                    "name a beat or an ending",
                );
            }
            return Target::Stay;
        }
        if let Some(target) = self.targets.get(id) {
            return *target;
        }
        if !self.unread.iter().any(|name| name == id) {
            let help = if id.is_empty() {
                "add `to:` with a beat or an ending, or `.` to stay at this decision".to_owned()
            } else {
                suggest(
                    id,
                    "target",
                    self.targets.keys().copied().collect::<Vec<_>>(),
                )
            };
            let message = if id.is_empty() {
                "this leads nowhere".to_owned()
            } else {
                format!("unknown beat or ending `{id}`")
            };
            self.fault(at, "unknown-target", message, help);
        }
        Target::Stay
    }
}
