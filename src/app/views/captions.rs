//! What is said and seen, in words: the last lines large, all of them to scroll back to.

use std::sync::Arc;

use egui::text::LayoutJob;
use egui::{Align, Galley, Label, ScrollArea, Ui};

use super::super::theme::{self, GRID, Theme};

/// What sort of line it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaptionKind {
    /// Somebody speaks.
    Speech,
    /// Somebody speaks over the radio: control, or the officer, whose `speaker` is `You` then.
    Radio,
    /// The officer speaks or acts: the move that was made.
    Officer,
    /// Somebody is seen doing something, or something happens around.
    Narration,
    /// The officer notices something about the person.
    Noticed,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaptionLine {
    /// The scenario's clock, `HH:MM`.
    pub at: String,
    /// What sort of line it is.
    pub kind: CaptionKind,
    /// Name of the speaker as the officer knows it; empty where nobody speaks.
    pub speaker: String,
    /// The words.
    pub words: String,
}

impl CaptionLine {
    /// Who, in front of the words.
    #[must_use]
    pub fn lead(&self) -> String {
        match self.kind {
            CaptionKind::Radio if self.speaker.is_empty() => "Radio: ".to_owned(),
            CaptionKind::Radio => format!("{} (radio): ", self.speaker),
            CaptionKind::Officer => "You: ".to_owned(),
            CaptionKind::Noticed => "You notice: ".to_owned(),
            CaptionKind::Narration => String::new(),
            CaptionKind::Speech if self.speaker.is_empty() => String::new(),
            CaptionKind::Speech => format!("{}: ", self.speaker),
        }
    }

    /// The line as one text, for screen readers and tests.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}{}", self.lead(), self.words)
    }

    fn job(&self, look: &Theme, is_newest: bool) -> LayoutJob {
        let ink = if is_newest { look.ink } else { look.muted };
        let mut job = LayoutJob::default();
        let lead = self.lead();
        if !lead.is_empty() {
            let name = if is_newest { look.accent } else { look.muted };
            job.append(&lead, 0.0, look.format(look.speech(), name));
        }
        let mut words = look.format(look.speech(), ink);
        words.italics = matches!(self.kind, CaptionKind::Narration | CaptionKind::Noticed);
        job.append(&self.words, 0.0, words);
        job
    }
}

/// The last lines, laid out for a width.
#[derive(Debug)]
pub(super) struct Laid {
    galleys: Vec<Arc<Galley>>,
    /// Height of all lines together.
    pub(super) height: f32,
}

/// Lays out the last `most` lines.
pub(super) fn lay_out(ui: &Ui, lines: &[CaptionLine], most: usize, width: f32) -> Laid {
    let look = theme::of(ui);
    let from = lines.len().saturating_sub(most);
    let shown = lines.get(from..).unwrap_or(&[]);
    let galleys: Vec<Arc<Galley>> = shown
        .iter()
        .enumerate()
        .map(|(index, line)| {
            let mut job = line.job(&look, index + 1 == shown.len());
            job.wrap.max_width = width;
            ui.painter().layout_job(job)
        })
        .collect();
    let gaps = GRID / 2.0 * super::widgets::number(galleys.len().saturating_sub(1));
    let height = galleys.iter().map(|galley| galley.size().y).sum::<f32>() + gaps;
    Laid { galleys, height }
}

/// Shows lines that were laid out; the newest is told to a screen reader at once.
pub(super) fn captions_ui(ui: &mut Ui, laid: Laid) {
    ui.spacing_mut().item_spacing.y = GRID / 2.0;
    let last = laid.galleys.len().saturating_sub(1);
    for (index, galley) in laid.galleys.into_iter().enumerate() {
        let response = ui.add(Label::new(galley));
        if index == last {
            ui.ctx().accesskit_node_builder(response.id, |node| {
                node.set_live(egui::accesskit::Live::Polite);
            });
        }
    }
}

/// Everything that was said and seen so far, newest at the foot; with `only`, lines of that kind.
pub(super) fn said_ui(ui: &mut Ui, lines: &[CaptionLine], only: Option<CaptionKind>, empty: &str) {
    let look = theme::of(ui);
    let shown = || {
        lines
            .iter()
            .filter(|line| only.is_none_or(|kind| line.kind == kind))
    };
    if shown().next().is_none() {
        super::widgets::note(ui, empty);
        return;
    }
    ScrollArea::vertical()
        .auto_shrink([false, false])
        .stick_to_bottom(true)
        .show(ui, |ui| {
            super::widgets::scroll_by_keys(ui);
            for line in shown() {
                ui.horizontal_top(|ui| {
                    super::widgets::time(ui, &line.at, look.muted);
                    let mut job = LayoutJob::default();
                    let lead = line.lead();
                    job.append(&lead, 0.0, look.format(look.body(), look.accent));
                    let mut words = look.format(look.body(), look.ink);
                    words.italics =
                        matches!(line.kind, CaptionKind::Narration | CaptionKind::Noticed);
                    job.append(&line.words, 0.0, words);
                    job.halign = Align::LEFT;
                    ui.add(Label::new(job).wrap());
                });
            }
        });
}
