//! Evidence, gates and techniques of a move.

use super::super::diagnostic::{At, suggest};
use super::super::draft::{Entries, EvidenceWhen, GateFailure};
use super::super::scenario::{Evidence, EvidenceBand, Failure, Run};
use super::{Compiler, run_since, short};

impl<'d> Compiler<'d, '_> {
    pub(super) fn evidence(
        &mut self,
        at: &At<'_>,
        evidence: &Entries<crate::course::Level>,
    ) -> Run {
        let start = self.out.evidence.len();
        let mut seen: Vec<&str> = Vec::new();
        for (key, level) in evidence.iter() {
            if seen.contains(&key) {
                self.fault(
                    &at.nth_key(key, 1),
                    "duplicate-id",
                    format!("evidence for {key} is written twice"),
                    "leave one of the two",
                );
                continue;
            }
            seen.push(key);
            if let Some(objective) = self.objective(&at.key(key), key) {
                self.out.evidence.push(Evidence {
                    objective,
                    level: *level,
                });
            }
        }
        run_since(&self.out.evidence, start)
    }

    pub(super) fn evidence_bands(&mut self, at: &At<'_>, bands: &[EvidenceWhen]) -> Run {
        let mut out = Vec::with_capacity(bands.len());
        for (index, band) in bands.iter().enumerate() {
            let at = at.index(index);
            let when = self.tests(&at.field("when"), &band.when);
            let evidence = self.evidence(&at.field("evidence"), &band.evidence);
            out.push(EvidenceBand { when, evidence });
        }
        let start = self.out.evidence_bands.len();
        self.out.evidence_bands.append(&mut out);
        run_since(&self.out.evidence_bands, start)
    }

    pub(super) fn failures(&mut self, at: &At<'_>, failures: &[GateFailure]) -> Run {
        let mut out = Vec::with_capacity(failures.len());
        for (index, failure) in failures.iter().enumerate() {
            let at = at.index(index);
            let when = self.tests(&at.field("when"), &failure.when);
            self.places(&at.field("why"), &failure.why);
            if failure.why.trim().is_empty() {
                self.fault(
                    &at.field("why"),
                    "no-why",
                    "a failed gate without a reason",
                    "say in a sentence what made it fail: the trainee reads it in the debrief",
                );
            }
            let Some(course) = self.course else { continue };
            if let Some(gate) = course.gate_index(&failure.gate) {
                out.push(Failure {
                    gate: short(gate),
                    why: failure.why.as_str().into(),
                    when,
                });
            } else {
                let known: Vec<&str> = course.gates.iter().map(|g| g.id.as_str()).collect();
                let help = suggest(&failure.gate, "gate", known);
                self.fault(
                    &at.field("gate"),
                    "unknown-gate",
                    format!("the course has no gate `{}`", failure.gate),
                    help,
                );
            }
        }
        let start = self.out.failures.len();
        self.out.failures.append(&mut out);
        run_since(&self.out.failures, start)
    }

    pub(super) fn techniques(&mut self, at: &At<'_>, ids: &'d [String]) -> Run {
        let mut out = Vec::with_capacity(ids.len());
        for (index, id) in ids.iter().enumerate() {
            if let Some(technique) = self.technique(&at.index(index), id) {
                if out.contains(&technique) {
                    self.fault(
                        &at.index(index),
                        "duplicate-id",
                        format!("technique `{id}` is listed twice"),
                        "list it once",
                    );
                } else {
                    out.push(technique);
                }
            }
        }
        let start = self.out.technique_refs.len();
        self.out.technique_refs.append(&mut out);
        run_since(&self.out.technique_refs, start)
    }
}
