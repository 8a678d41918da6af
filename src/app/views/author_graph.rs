//! The map of one scenario with its list, the text of the chosen place, and what proofs and runs
//! say of it.

use std::fmt::Write as _;

use egui::{Frame, Key, Margin, RichText, ScrollArea, TextEdit, Ui};

use crate::proof::{USUAL_BUDGET, grouped};
use crate::scenario::Scenario;
use crate::scenario::graph::StoryGraph;

use super::super::theme::{self, GRID, TOUCH, Tone};
use super::author_map::map_bar_ui;
use super::author_place::place_ui;
use super::graph_view::{GraphDraft, GraphView, PlaceMark, Reach, graph_ui, kind_words};
use super::layout::{field, named};
use super::past::counted;
use super::widgets::{
    TitleBar, body, bullet, choice_button, focus_ring, heading, key_button, note, notice, pressed,
    secondary_button, title_bar, toned_card,
};
use super::{AuthorIntent, Intent};

/// A run that can be followed over the map.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Followed {
    /// What it shows.
    pub title: String,
    /// Places in the order in which they were reached.
    pub places: Vec<usize>,
    /// What led to each of them.
    pub by: Vec<String>,
    /// The command that plays it in a terminal.
    pub command: String,
}

/// Work that goes on behind the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Working {
    /// What is being done, in words.
    pub what: &'static str,
    /// How far it has come.
    pub done: usize,
    /// What is counted.
    pub of: &'static str,
    /// Where it ends at the latest, if that is known.
    pub most: Option<usize>,
    /// How many a second; none in the first second.
    pub a_second: Option<usize>,
    /// It was told to stop and finishes what it has begun.
    pub is_stopping: bool,
}

impl Working {
    /// In one line.
    #[must_use]
    pub fn words(&self) -> String {
        let mut words = format!("{}: {} {}", self.what, grouped(self.done), self.of);
        if let Some(most) = self.most {
            let _ = write!(words, " of {} at most", grouped(most));
        }
        if let Some(rate) = self.a_second {
            let _ = write!(words, ", {} a second", grouped(rate));
        }
        if self.is_stopping {
            words.push_str("; stopping");
        }
        words
    }
}

/// States after which a proof stops, in the words of the page: as many as in the terminal if nothing
/// is said, and up to what may take an hour.
pub const BUDGETS: [(usize, &str); 3] = [
    (USUAL_BUDGET, "100 million"),
    (1_000_000_000, "1,000 million"),
    (4_000_000_000, "4,000 million"),
];

/// What a proof said.
#[derive(Debug, Clone, Default)]
pub struct Proven {
    /// How far it went, in a sentence.
    pub extent: String,
    /// What was found, in plain words, each with its place on the map where it has one.
    pub findings: Vec<(String, Option<usize>)>,
    /// The chances of the endings, a line each.
    pub endings: Vec<String>,
    /// How far scores go, a line for each objective and profile.
    pub scores: Vec<String>,
    /// The guessers, a line each.
    pub bots: Vec<String>,
}

/// Whose traffic the map shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Traffic {
    /// Nobody's.
    #[default]
    None,
    /// That of the guessers.
    Bots,
    /// That of the trainees on this computer.
    Trainees,
}

/// Part of the side panel that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SidePart {
    /// The chosen place.
    #[default]
    Place,
    /// Proof and bots.
    Proof,
    /// Runs to follow.
    Runs,
}

/// What the page shows.
#[derive(Debug, Clone, Copy)]
pub struct AuthorGraphView<'a> {
    /// The last good version.
    pub scenario: &'a Scenario,
    /// Its map.
    pub graph: &'a StoryGraph,
    /// Whether each place is reached.
    pub reach: &'a [Reach],
    /// Places where the author has been in previews.
    pub played: &'a [bool],
    /// Share of the guessers' runs that came to each place, and number of runs.
    pub bots: Option<(&'a [f32], usize)>,
    /// The same of the trainees.
    pub trainees: Option<(&'a [f32], usize)>,
    /// Faults of what is on disk now, in plain words; the map then shows the last good version.
    pub faults: &'a [String],
    /// What is going on.
    pub working: Option<Working>,
    /// What the last proof said.
    pub proven: Option<&'a Proven>,
    /// Whether the file was changed since.
    pub is_proof_old: bool,
    /// Runs to follow.
    pub runs: &'a [Followed],
    /// Message to show at the top.
    pub notice: Option<&'a str>,
}

/// What is chosen and typed on the page.
#[derive(Debug, Clone, Default)]
pub struct AuthorGraphDraft {
    /// The map.
    pub map: GraphDraft,
    /// The place that is chosen.
    pub chosen: Option<usize>,
    /// What is searched for.
    pub search: String,
    /// Values for a preview, as typed.
    pub set: String,
    /// Whose traffic is shown.
    pub traffic: Traffic,
    /// Part of the side panel.
    pub side: SidePart,
    /// Run that is followed, and the step it has come to.
    pub run: Option<(usize, usize)>,
    /// Which of [`BUDGETS`] a proof may spend.
    pub budget: usize,
}

impl AuthorGraphDraft {
    pub(super) fn choose(&mut self, at: usize) {
        self.chosen = Some(at);
        self.map.bring = Some(at);
    }
}

/// Draws the page.
pub fn author_graph_ui(
    ui: &mut Ui,
    view: &AuthorGraphView<'_>,
    draft: &mut AuthorGraphDraft,
) -> Option<Intent> {
    keep_in_range(view, draft);
    let bar = TitleBar {
        title: &view.scenario.title,
        back: Some("Author's desk"),
        ..TitleBar::default()
    };
    let mut asked = title_bar(ui, &bar);
    let look = theme::of(ui);
    let frame = Frame::new()
        .fill(look.surface)
        .inner_margin(Margin::same(10));
    let room = ui.available_width();
    let mut found = found_places(view, draft);
    asked = head_ui(ui, view).or(asked);
    egui::Panel::left("author-list")
        .resizable(false)
        .exact_size((room * 0.24).clamp(180.0, 300.0))
        .frame(frame)
        .show(ui, |ui| {
            list_ui(ui, view, draft, &mut found);
        });
    egui::Panel::right("author-side")
        .resizable(false)
        .exact_size((room * 0.31).clamp(220.0, 420.0))
        .frame(frame)
        .show(ui, |ui| {
            asked = side_ui(ui, view, draft).or(asked.take());
        });
    asked = keys(ui, view, draft).or(asked);
    let marks = marks(view, draft, &found);
    let path = draft
        .run
        .and_then(|(run, step)| Some((view.runs.get(run)?.places.as_slice(), step)));
    let map = GraphView {
        graph: view.graph,
        marks: &marks,
        chosen: draft.chosen,
        path,
    };
    egui::CentralPanel::default()
        .frame(Frame::new().fill(look.ground))
        .show(ui, |ui| {
            map_bar_ui(ui, &mut draft.map);
            if let Some(at) = graph_ui(ui, &map, &mut draft.map) {
                draft.chosen = Some(at);
                draft.side = SidePart::Place;
            }
        });
    asked
}

/// After the file was saved there may be fewer places and runs than before.
fn keep_in_range(view: &AuthorGraphView<'_>, draft: &mut AuthorGraphDraft) {
    draft.chosen = draft.chosen.filter(|at| *at < view.graph.places.len());
    draft.run = draft.run.filter(|(run, step)| {
        view.runs
            .get(*run)
            .is_some_and(|run| *step < run.places.len())
    });
    if draft.chosen.is_none() {
        draft.chosen = view.graph.places.iter().position(|place| place.is_start);
    }
}

/// Places that the search finds: in ids and words, and in the options of a beat.
fn found_places(view: &AuthorGraphView<'_>, draft: &AuthorGraphDraft) -> Vec<usize> {
    let wanted = draft.search.trim().to_lowercase();
    if wanted.is_empty() {
        return (0..view.graph.places.len()).collect();
    }
    let scenario = view.scenario;
    let has = |text: &str| text.to_lowercase().contains(&wanted);
    (0..view.graph.places.len())
        .filter(|at| {
            let place = &view.graph.places[*at];
            if has(&place.id) || has(&place.words) {
                return true;
            }
            let Some(beat) = scenario.beats.get(*at) else {
                return false;
            };
            beat.lines
                .of(&scenario.lines)
                .iter()
                .any(|line| has(&line.text))
                || beat.decision.as_ref().is_some_and(|decision| {
                    decision
                        .choices
                        .of(&scenario.choices)
                        .iter()
                        .any(|choice| has(&choice.id) || has(&choice.text))
                })
        })
        .collect()
}

fn marks(view: &AuthorGraphView<'_>, draft: &AuthorGraphDraft, found: &[usize]) -> Vec<PlaceMark> {
    let heat = match draft.traffic {
        Traffic::None => None,
        Traffic::Bots => view.bots,
        Traffic::Trainees => view.trainees,
    };
    let mut marks: Vec<PlaceMark> = (0..view.graph.places.len())
        .map(|at| PlaceMark {
            reach: view.reach.get(at).copied().unwrap_or_default(),
            heat: heat.and_then(|(shares, _)| shares.get(at).copied()),
            is_played: view.played.get(at).copied().unwrap_or(false),
            is_found: false,
        })
        .collect();
    if !draft.search.trim().is_empty() {
        for at in found {
            marks[*at].is_found = true;
        }
    }
    marks
}

fn head_ui(ui: &mut Ui, view: &AuthorGraphView<'_>) -> Option<Intent> {
    if view.notice.is_none() && view.faults.is_empty() && view.working.is_none() {
        return None;
    }
    let mut asked = None;
    let frame = Frame::new().inner_margin(Margin::symmetric(10, 6));
    egui::Panel::top("author-head")
        .resizable(false)
        .frame(frame)
        .show(ui, |ui| {
            if let Some(text) = view.notice
                && notice(ui, text)
            {
                asked = Some(Intent::DismissNotice);
            }
            if let Some(working) = view.working {
                ui.horizontal_wrapped(|ui| {
                    // First, so that it stays where it is while the figures grow.
                    let stop = ui
                        .add_enabled_ui(!working.is_stopping, |ui| secondary_button(ui, "Stop"))
                        .inner;
                    if stop.clicked() {
                        asked = Some(Intent::Author(AuthorIntent::Stop));
                    }
                    body(ui, &working.words());
                });
            }
            if !view.faults.is_empty() {
                toned_card(ui, Some(Tone::Alarm), |ui| {
                    heading(
                        ui,
                        &format!(
                            "The saved file has {}; this is the last good version",
                            counted(view.faults.len(), "fault")
                        ),
                    );
                    ScrollArea::vertical()
                        .id_salt("author-faults")
                        .max_height(110.0)
                        .show(ui, |ui| {
                            for fault in view.faults {
                                bullet(ui, fault);
                            }
                        });
                });
            }
        });
    asked
}

/// Everything that the map shows, as a list of words.
fn list_ui(
    ui: &mut Ui,
    view: &AuthorGraphView<'_>,
    draft: &mut AuthorGraphDraft,
    found: &mut Vec<usize>,
) {
    let look = theme::of(ui);
    let name = ui.label(RichText::new("Search").font(look.small()).color(look.muted));
    let edit = TextEdit::singleline(&mut draft.search)
        .desired_width(ui.available_width())
        .margin(Margin::symmetric(8, 6));
    let response = ui.add(edit).labelled_by(name.id);
    focus_ring(ui, &response);
    if pressed(ui, Key::Slash) {
        response.request_focus();
    }
    if response.changed() {
        *found = found_places(view, draft);
    }
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if entered && let Some(at) = found.first() {
        draft.choose(*at);
    }
    note(ui, &counted(found.len(), "place"));
    let heat = match draft.traffic {
        Traffic::None => None,
        Traffic::Bots => view.bots,
        Traffic::Trainees => view.trainees,
    };
    ScrollArea::vertical()
        .id_salt("author-places")
        .auto_shrink([false, false])
        .show_rows(ui, TOUCH, found.len(), |ui, rows| {
            for row in rows {
                let at = found[row];
                let place = &view.graph.places[at];
                let mut words = format!("{}, {}", place.id, kind_words(place.kind));
                if place.is_start {
                    words.push_str(", start");
                }
                let reach = view.reach.get(at).copied().unwrap_or_default();
                if reach != Reach::Led {
                    words = format!("{words}, {}", reach.words());
                }
                if let Some(share) = heat.and_then(|(shares, _)| shares.get(at)) {
                    words = format!("{words}, {:.0} % of runs", share * 100.0);
                }
                if view.played.get(at).copied().unwrap_or(false) {
                    words.push_str(", played");
                }
                let button = row_button(ui, draft.chosen == Some(at), &words);
                let focused = button.has_focus();
                if button.clicked() {
                    draft.choose(at);
                    draft.side = SidePart::Place;
                }
                if focused {
                    let step = i32::from(pressed(ui, Key::ArrowDown))
                        - i32::from(pressed(ui, Key::ArrowUp));
                    let next = row.saturating_add_signed(step as isize);
                    if step != 0
                        && let Some(next) = found.get(next)
                    {
                        draft.choose(*next);
                    }
                }
            }
        });
}

/// A row of one line and one height, so that rows out of sight cost nothing.
fn row_button(ui: &mut Ui, is_chosen: bool, words: &str) -> egui::Response {
    let look = theme::of(ui);
    let text = RichText::new(words).font(look.small()).color(look.ink);
    let mut button = egui::Button::new(text)
        .truncate()
        .min_size(egui::vec2(ui.available_width(), TOUCH));
    if is_chosen {
        button = button
            .fill(look.hover)
            .stroke(egui::Stroke::new(2.0, look.accent));
    }
    let response = ui.add(button);
    response.widget_info(|| {
        egui::WidgetInfo::selected(egui::WidgetType::SelectableLabel, true, is_chosen, words)
    });
    if response.has_focus() {
        ui.painter().rect_stroke(
            response.rect,
            egui::CornerRadius::same(6),
            look.focus(),
            egui::StrokeKind::Inside,
        );
    }
    response
}

fn side_ui(
    ui: &mut Ui,
    view: &AuthorGraphView<'_>,
    draft: &mut AuthorGraphDraft,
) -> Option<Intent> {
    ui.horizontal_wrapped(|ui| {
        for (part, words) in [
            (SidePart::Place, "Place"),
            (SidePart::Proof, "Proof and traffic"),
            (SidePart::Runs, "Runs"),
        ] {
            if choice_button(ui, draft.side == part, words).clicked() {
                draft.side = part;
            }
        }
    });
    ui.add_space(GRID);
    ScrollArea::vertical()
        .id_salt("author-side")
        .auto_shrink([false, false])
        .show(ui, |ui| match draft.side {
            SidePart::Place => chosen_ui(ui, view, draft),
            SidePart::Proof => proof_ui(ui, view, draft),
            SidePart::Runs => {
                runs_ui(ui, view, draft);
                None
            }
        })
        .inner
}

fn chosen_ui(
    ui: &mut Ui,
    view: &AuthorGraphView<'_>,
    draft: &mut AuthorGraphDraft,
) -> Option<Intent> {
    let at = draft.chosen?;
    let mut asked = None;
    heading(ui, &view.graph.places[at].id);
    let reach = view.reach.get(at).copied().unwrap_or_default();
    note(
        ui,
        &format!(
            "{}, {}",
            kind_words(view.graph.places[at].kind),
            reach.words()
        ),
    );
    if at < view.scenario.beats.len() {
        field(
            ui,
            "Set before it begins (may be left empty)",
            "trust=6 name=yes",
            &mut draft.set,
            false,
        );
        if key_button(ui, "Play from here", "P").clicked() {
            asked = preview_of(view, draft);
        }
    }
    if let Some(to) = place_ui(ui, view.scenario, view.graph, at) {
        draft.choose(to);
    }
    asked
}

fn preview_of(view: &AuthorGraphView<'_>, draft: &AuthorGraphDraft) -> Option<Intent> {
    let beat = view.scenario.beats.get(draft.chosen?)?;
    Some(Intent::Author(AuthorIntent::Preview {
        at: Some(beat.id.to_string()),
        set: draft.set.split([' ', ',']).map(str::to_owned).collect(),
    }))
}

fn proof_ui(
    ui: &mut Ui,
    view: &AuthorGraphView<'_>,
    draft: &mut AuthorGraphDraft,
) -> Option<Intent> {
    let mut asked = None;
    let ask = |wanted| Some(Intent::Author(wanted));
    if view.working.is_none() {
        if secondary_button(ui, "Try every path (prove)").clicked() {
            let at = draft.budget.min(BUDGETS.len() - 1);
            let budget = BUDGETS[at].0;
            asked = ask(AuthorIntent::Prove { budget });
        }
        note(ui, "States after which it stops:");
        ui.horizontal_wrapped(|ui| {
            for (at, (_, words)) in BUDGETS.iter().enumerate() {
                let button = choice_button(ui, draft.budget == at, words);
                named(&button, &format!("Stop after {words} states"));
                if button.clicked() {
                    draft.budget = at;
                }
            }
        });
        if secondary_button(ui, "Let the guessers play").clicked() {
            asked = ask(AuthorIntent::Walk);
        }
        if secondary_button(ui, "Count the trainees' runs").clicked() {
            asked = ask(AuthorIntent::CountTrainees);
        }
    }
    let played = view.played.iter().filter(|played| **played).count();
    note(
        ui,
        &format!(
            "You have been at {played} of {} in previews.",
            counted(view.graph.places.len(), "place")
        ),
    );
    heading(ui, "Traffic on the map");
    ui.horizontal_wrapped(|ui| {
        for (traffic, words) in [
            (Traffic::None, "None"),
            (Traffic::Bots, "Guessers"),
            (Traffic::Trainees, "Trainees"),
        ] {
            if choice_button(ui, draft.traffic == traffic, words).clicked() {
                draft.traffic = traffic;
            }
        }
    });
    let counted_runs = match draft.traffic {
        Traffic::None => None,
        Traffic::Bots => Some(view.bots),
        Traffic::Trainees => Some(view.trainees),
    };
    match counted_runs {
        None => {}
        Some(None) => note(ui, "They have not been counted yet."),
        Some(Some((_, runs))) => note(
            ui,
            &format!("Share of {} that came to a place.", counted(runs, "run")),
        ),
    }
    let Some(proven) = view.proven else {
        return asked;
    };
    heading(ui, "What the proof said");
    if view.is_proof_old {
        note(ui, "The file has been changed since.");
    }
    body(ui, &proven.extent);
    if proven.findings.is_empty() {
        body(ui, "Nothing was found.");
    }
    for (finding, at) in &proven.findings {
        bullet(ui, finding);
        if let Some(place) = at.and_then(|at| view.graph.places.get(at)) {
            let button = secondary_button(ui, &format!("Show {} on the map", place.id));
            if button.clicked() {
                draft.choose(at.unwrap_or_default());
            }
        }
    }
    for (title, lines) in [
        ("Endings, and how likely they are", &proven.endings),
        ("Scores that play can reach", &proven.scores),
        ("Guessers and the careful reader", &proven.bots),
    ] {
        if !lines.is_empty() {
            heading(ui, title);
        }
        for line in lines {
            bullet(ui, line);
        }
    }
    asked
}

fn runs_ui(ui: &mut Ui, view: &AuthorGraphView<'_>, draft: &mut AuthorGraphDraft) {
    if view.runs.is_empty() {
        note(
            ui,
            "Prove the scenario first: it gives a run to each ending.",
        );
        return;
    }
    if let Some((run, step)) = draft.run
        && let Some(shown) = view.runs.get(run)
    {
        heading(ui, &shown.title);
        let last = shown.places.len().saturating_sub(1);
        body(
            ui,
            &format!(
                "Step {step} of {last}: {} leads to {}.",
                shown.by.get(step).map_or("", String::as_str),
                view.graph.places[shown.places[step]].id
            ),
        );
        let mut to = None;
        ui.horizontal_wrapped(|ui| {
            if key_button(ui, "Step back", "[").clicked() {
                to = Some(step.saturating_sub(1));
            }
            if key_button(ui, "Next step", "]").clicked() {
                to = Some((step + 1).min(last));
            }
            if secondary_button(ui, "Leave the run").clicked() {
                draft.run = None;
            }
        });
        if let Some(step) = to {
            step_to(view, draft, run, step);
        }
        note(ui, &shown.command);
    }
    for (index, run) in view.runs.iter().enumerate() {
        let is_followed = draft.run.is_some_and(|(own, _)| own == index);
        let button = choice_button(ui, is_followed, &run.title);
        named(&button, &format!("Follow: {}", run.title));
        if button.clicked() {
            step_to(view, draft, index, 0);
        }
    }
}

fn step_to(view: &AuthorGraphView<'_>, draft: &mut AuthorGraphDraft, run: usize, step: usize) {
    draft.run = Some((run, step));
    if let Some(at) = view.runs.get(run).and_then(|run| run.places.get(step)) {
        draft.choose(*at);
    }
}

fn keys(ui: &Ui, view: &AuthorGraphView<'_>, draft: &mut AuthorGraphDraft) -> Option<Intent> {
    if let Some((run, step)) = draft.run
        && let Some(shown) = view.runs.get(run)
    {
        let last = shown.places.len().saturating_sub(1);
        if pressed(ui, Key::OpenBracket) {
            step_to(view, draft, run, step.saturating_sub(1));
        }
        if pressed(ui, Key::CloseBracket) {
            step_to(view, draft, run, (step + 1).min(last));
        }
    }
    if pressed(ui, Key::P) {
        return preview_of(view, draft);
    }
    None
}
