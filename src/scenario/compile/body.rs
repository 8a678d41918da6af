//! Events, beats, decisions and endings.

use super::super::diagnostic::At;
use super::super::draft::{ChoiceDraft, SilenceDraft, Standing, StandingDraft};
use super::super::scenario::{
    Act, Beat, Choice, Decision, Ending, Felt, Incident, Run, StandingRule,
};
use super::{Compiler, MOST_CHOICES, run_since, short};

impl<'d> Compiler<'d, '_> {
    pub(super) fn body(&mut self) {
        let draft = self.draft;
        let root = At::root();
        self.out.general_moves = self.standing_rules(&root.field("moves"), &draft.moves);
        for (index, event) in draft.events.iter().enumerate() {
            let list = root.field("events");
            let at = list.index(index);
            self.percent(&at.field("chance"), event.chance);
            if event.when.is_empty() {
                self.fault(
                    &at,
                    "half-condition",
                    format!("event `{}` has no condition", event.id),
                    "say when it happens, such as when: [DistressAtLeast(18)]",
                );
            }
            let mark = self
                .marks
                .get(event.id.as_str())
                .copied()
                .flatten()
                .unwrap_or(0);
            let incident = Incident {
                id: event.id.as_str().into(),
                when: self.tests(&at.field("when"), &event.when),
                chance: event.chance,
                lines: self.lines(&at.field("lines"), &event.lines),
                changes: self.changes(&at.field("effects"), &event.effects),
                to: self.target(&at.field("to"), &event.to, true),
                repeats: event.repeats,
                mark,
            };
            self.out.incidents.push(incident);
        }
        let beats = root.field("beats");
        for (key, beat) in draft.beats.iter() {
            let at = beats.key(key);
            let lines = self.lines(&at.field("lines"), &beat.lines);
            let changes = self.changes(&at.field("effects"), &beat.effects);
            let decision = beat.decision.as_ref().map(|decision| {
                let at = at.field("decision");
                self.places(&at.field("hint"), &decision.hint);
                let choices = self.choices(&at.field("choices"), &decision.choices);
                if let Some(window) = decision.window
                    && !(5..=120).contains(&window)
                {
                    self.fault(
                        &at.field("window"),
                        "out-of-range",
                        format!("a decision window of {window} seconds"),
                        "use 5 to 120, or leave it out for no limit",
                    );
                }
                let silence = decision
                    .silence
                    .as_ref()
                    .map(|silence| Box::new(self.silence(&at.field("silence"), silence)));
                Box::new(Decision {
                    window_secs: decision.window,
                    hint: decision.hint.as_str().into(),
                    choices,
                    silence,
                    fixed_order: decision.fixed_order,
                    asks_why: decision.rationale,
                })
            });
            if decision.is_some() && !beat.routes.is_empty() {
                self.fault(
                    &at.field("routes"),
                    "two-ways-on",
                    format!("beat `{key}` has both a decision and routes"),
                    "keep one: the choices of a decision say where it leads",
                );
            }
            if decision.is_none() && beat.routes.is_empty() {
                self.fault(
                    &at,
                    "dead-end",
                    format!("beat `{key}` leads nowhere"),
                    "give it a decision, or routes: [(to: \"...\")]",
                );
            }
            let routes = if beat.routes.is_empty() {
                Run::default()
            } else {
                self.routes(&at.field("routes"), &beat.routes, false)
            };
            let moves = self.standing_rules(&at.field("moves"), &beat.moves);
            self.out.beats.push(Beat {
                id: key.into(),
                lines,
                changes,
                decision,
                routes,
                moves,
            });
        }
        let endings = root.field("endings");
        if draft.endings.is_empty() {
            self.fault(
                &endings,
                "no-ending",
                "the scenario has no ending",
                "write at least one: endings: { \"walks_back\": (outcome: Safe, ...) }",
            );
        }
        for (key, ending) in draft.endings.iter() {
            let at = endings.key(key);
            for (name, text) in [
                ("title", &ending.title),
                ("text", &ending.text),
                ("aftermath", &ending.aftermath),
            ] {
                self.text(&at.field(name), text);
            }
            let mut felt = Vec::with_capacity(ending.felt.len());
            for (index, words) in ending.felt.iter().enumerate() {
                let here = at.field("felt");
                let at = here.index(index);
                self.text(&at.field("text"), &words.text);
                felt.push(Felt {
                    when: self.tests(&at.field("when"), &words.when),
                    by: self.person(&at.field("by"), &words.by).unwrap_or(0),
                    text: words.text.as_str().into(),
                });
            }
            let failures = self.failures(&at.field("fails"), &ending.fails);
            self.out.endings.push(Ending {
                id: key.into(),
                outcome: ending.outcome,
                title: ending.title.as_str().into(),
                text: ending.text.as_str().into(),
                aftermath: ending.aftermath.as_str().into(),
                felt,
                failures,
            });
        }
    }

    pub(super) fn choices(&mut self, at: &At<'_>, choices: &'d [ChoiceDraft]) -> Run {
        if choices.len() > MOST_CHOICES {
            self.fault(
                at,
                "over-limit",
                format!(
                    "{} options at one decision, where {MOST_CHOICES} is the most",
                    choices.len()
                ),
                "an officer cannot weigh that many: split the decision",
            );
        }
        if choices.is_empty() {
            self.fault(
                at,
                "dry-menu",
                "a decision without options",
                "write at least two",
            );
        }
        let mut out = Vec::with_capacity(choices.len());
        for (index, choice) in choices.iter().enumerate() {
            let at = at.index(index);
            let option = choice.option();
            let is_speech = matches!(choice, ChoiceDraft::Say(_));
            self.text(&at.field("text"), &option.text);
            if option.id.is_empty() || option.id.chars().any(|c| c == ',' || c.is_whitespace()) {
                self.fault(
                    &at.field("id"),
                    "bad-id",
                    format!("`{}` cannot be the id of a choice", option.id),
                    "use letters, digits, `_` and `-`, without blanks or commas",
                );
            }
            let law = option
                .law
                .iter()
                .enumerate()
                .filter_map(|(index, id)| {
                    let here = at.field("law");
                    self.reference(&here.index(index), id)
                })
                .collect();
            self.places(&at.field("why"), &option.why);
            let act = Act {
                techniques: self.techniques(&at.field("techniques"), &option.techniques),
                changes: self.changes(&at.field("effects"), &option.effects),
                instead_of_techniques: option.instead_of_techniques,
                words: if is_speech {
                    short(option.text.split_whitespace().count())
                } else {
                    0
                },
                is_speech,
                replies: self.lines(&at.field("replies"), &option.replies),
                evidence: self.evidence(&at.field("evidence"), &option.evidence),
                evidence_bands: self
                    .evidence_bands(&at.field("evidence_when"), &option.evidence_when),
                failures: self.failures(&at.field("fails"), &option.fails),
                why: option.why.as_str().into(),
                routes: self.ways(&at, &option.to, &option.routes, true),
                mark: self.marks.get(option.id.as_str()).copied().flatten(),
            };
            out.push(Choice {
                id: option.id.as_str().into(),
                text: option.text.as_str().into(),
                when: self.tests(&at.field("when"), &option.when),
                once: option.once,
                law,
                act,
            });
        }
        let start = self.out.choices.len();
        self.out.choices.append(&mut out);
        run_since(&self.out.choices, start)
    }

    pub(super) fn silence(&mut self, at: &At<'_>, silence: &'d SilenceDraft) -> Act {
        self.places(&at.field("why"), &silence.why);
        Act {
            techniques: Run::default(),
            changes: self.changes(&at.field("effects"), &silence.effects),
            instead_of_techniques: true,
            words: 0,
            is_speech: false,
            replies: self.lines(&at.field("lines"), &silence.lines),
            evidence: self.evidence(&at.field("evidence"), &silence.evidence),
            evidence_bands: self.evidence_bands(&at.field("evidence_when"), &silence.evidence_when),
            failures: self.failures(&at.field("fails"), &silence.fails),
            why: silence.why.as_str().into(),
            routes: self.ways(at, &silence.to, &silence.routes, true),
            mark: None,
        }
    }

    pub(super) fn standing_rules(&mut self, at: &At<'_>, moves: &'d [StandingDraft]) -> Run {
        let mut out = Vec::with_capacity(moves.len());
        for (index, rule) in moves.iter().enumerate() {
            let at = at.index(index);
            if rule.is == Standing::Hold {
                self.fault(
                    &at.field("is"),
                    "hold-is-silence",
                    "Hold does what the decision's `silence` says",
                    "write `silence: (...)` in the decision instead",
                );
            }
            if !self.draft.standing.contains(&rule.is) {
                self.fault(
                    &at.field("is"),
                    "unused-declaration",
                    format!("{:?} is not open in this scenario", rule.is),
                    format!("add {:?} to `standing: [...]`", rule.is),
                );
            }
            let mark = rule.once.then(|| {
                let mark = self.out.marks;
                self.out.marks = self.out.marks.saturating_add(1);
                self.usage.marks_read.push(true);
                mark
            });
            self.places(&at.field("why"), &rule.why);
            let act = Act {
                techniques: self.techniques(&at.field("techniques"), &rule.techniques),
                changes: self.changes(&at.field("effects"), &rule.effects),
                instead_of_techniques: false,
                words: 0,
                is_speech: false,
                replies: self.lines(&at.field("lines"), &rule.lines),
                evidence: self.evidence(&at.field("evidence"), &rule.evidence),
                evidence_bands: self
                    .evidence_bands(&at.field("evidence_when"), &rule.evidence_when),
                failures: Run::default(),
                why: rule.why.as_str().into(),
                routes: self.ways(&at, &rule.to, &[], true),
                mark,
            };
            out.push(StandingRule {
                is: rule.is,
                when: self.tests(&at.field("when"), &rule.when),
                once: rule.once,
                act,
            });
        }
        let start = self.out.standing_rules.len();
        self.out.standing_rules.append(&mut out);
        run_since(&self.out.standing_rules, start)
    }
}
