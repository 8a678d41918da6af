//! The briefing: what the officer knows on the way, and what the trainee needs to know before
//! saying yes.

use egui::{CornerRadius, Frame, Layout, Margin, RichText, Ui};

use super::super::theme::{self, GRID, Tone};
use super::Intent;
use super::widgets::{
    self, TitleBar, body, bullet, card, chip, choice_button, first_focus, fold, heading, note,
    page, primary_button, secondary_button, title_bar, toned_card,
};
use crate::course::Course;
use crate::records::{Cohort, CohortId};
use crate::scenario::{Difficulty, Jurisdiction, Readiness, Reference, Scenario, SignOff};

/// From this width on, the page stands in two columns.
const TWO_COLUMNS: f32 = 900.0;

/// What the briefing shows.
#[derive(Debug, Clone, Copy)]
pub struct BriefingView<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// Who has signed it, and whether it is fit to assess.
    pub readiness: &'a Readiness,
    /// The course by which it is marked, for the statements of the objectives.
    pub course: Option<&'a Course>,
    /// Who is signed in; empty for nobody.
    pub who: &'a str,
    /// Cohorts that can play it as a room.
    pub cohorts: &'a [Cohort],
    /// Message to show.
    pub notice: Option<&'a str>,
}

/// What has been chosen and opened on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BriefingDraft {
    /// Assessment rather than practice.
    pub is_assessment: bool,
    /// A room plays as one, rather than either.
    pub is_room: bool,
    /// Its cohort; none: the only one there is.
    pub cohort: Option<CohortId>,
    /// The law is open.
    pub is_law_open: bool,
    /// The objectives are open.
    pub are_objectives_open: bool,
}

/// Draws the briefing over the whole of `ui`.
pub fn briefing_ui(
    ui: &mut Ui,
    view: &BriefingView<'_>,
    draft: &mut BriefingDraft,
) -> Option<Intent> {
    let bar = TitleBar {
        title: &view.scenario.title,
        back: Some("Scenarios"),
        who: view.who,
        ..TitleBar::default()
    };
    let mut asked = title_bar(ui, &bar);
    asked = begin_ui(ui, view, draft).or(asked);
    page(ui, 1120.0, |ui| {
        if let Some(text) = view.notice
            && widgets::notice(ui, text)
        {
            asked = Some(Intent::DismissNotice);
        }
        signs_ui(ui, view.scenario, view.readiness);
        body(ui, &view.scenario.summary);
        ui.add_space(GRID);
        let width = ui.available_width();
        if width < TWO_COLUMNS {
            asked = content_ui(ui, view.scenario).or(asked.take());
            incident_ui(ui, view.scenario);
            marking_ui(ui, view, draft);
            return;
        }
        let left = ((width - 2.0 * GRID) * 0.56).floor();
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 2.0 * GRID;
            column(ui, left, |ui| incident_ui(ui, view.scenario));
            column(ui, width - 2.0 * GRID - left, |ui| {
                asked = content_ui(ui, view.scenario).or(asked.take());
                marking_ui(ui, view, draft);
            });
        });
    });
    asked
}

fn column(ui: &mut Ui, width: f32, contents: impl FnOnce(&mut Ui)) {
    ui.vertical(|ui| {
        ui.set_min_width(width);
        ui.set_max_width(width);
        contents(ui);
    });
}

/// Level, length, whose law, and whether it is signed off.
fn signs_ui(ui: &mut Ui, scenario: &Scenario, readiness: &Readiness) {
    ui.horizontal_wrapped(|ui| {
        chip(ui, level_words(scenario.level), Tone::Plain);
        chip(
            ui,
            &format!("About {} minutes", scenario.minutes),
            Tone::Plain,
        );
        chip(ui, jurisdiction_words(scenario.jurisdiction), Tone::Plain);
        for track in &scenario.tracks {
            chip(ui, track.label(), Tone::Plain);
        }
        let tone = match readiness.sign_off {
            SignOff::Approved => Tone::Accent,
            _ => Tone::Caution,
        };
        chip(ui, readiness.sign_off.label(), tone);
    });
}

/// What the scenario contains, and the way round it.
fn content_ui(ui: &mut Ui, scenario: &Scenario) -> Option<Intent> {
    let mut asked = None;
    toned_card(ui, Some(Tone::Caution), |ui| {
        heading(ui, "What it contains");
        if scenario.content_notes.is_empty() {
            body(
                ui,
                "The author names nothing in particular. There is nothing graphic.",
            );
        } else {
            for what in &scenario.content_notes {
                bullet(ui, what);
            }
        }
        note(
            ui,
            "You can choose another now, and nothing is kept of it. Once you have begun you can \
             pause or stop at any time: no reason is asked and it costs no marks.",
        );
        if secondary_button(ui, "Choose another, no reason needed").clicked() {
            asked = Some(Intent::ChooseAnother);
        }
    });
    asked
}

/// The incident log as a sheet, what is known and what is asked.
fn incident_ui(ui: &mut Ui, scenario: &Scenario) {
    let look = theme::of(ui);
    card(ui, |ui| {
        heading(ui, "Incident log");
        Frame::new()
            .fill(look.ground)
            .stroke(look.border())
            .corner_radius(CornerRadius::same(4))
            .inner_margin(Margin::same(12))
            .show(ui, |ui| {
                ui.set_min_width(ui.available_width());
                if scenario.briefing.log.is_empty() {
                    note(ui, "There is no log entry yet.");
                }
                for (index, entry) in scenario.briefing.log.iter().enumerate() {
                    if index > 0 {
                        ui.add_space(2.0);
                        ui.separator();
                        ui.add_space(2.0);
                    }
                    ui.horizontal_top(|ui| {
                        ui.spacing_mut().item_spacing.x = 2.0 * GRID;
                        widgets::time(ui, &entry.at, look.accent);
                        body(ui, &entry.text);
                    });
                }
            });
        if !scenario.briefing.known.is_empty() {
            ui.add_space(GRID);
            heading(ui, "What is known");
            for known in &scenario.briefing.known {
                bullet(ui, known);
            }
        }
        ui.add_space(GRID);
        heading(ui, "Your task");
        body(ui, &scenario.briefing.task);
    });
    ui.add_space(GRID);
}

/// Law and objectives, each to open, and who answers for the scenario.
fn marking_ui(ui: &mut Ui, view: &BriefingView<'_>, draft: &mut BriefingDraft) {
    ui.add_space(GRID);
    let scenario = view.scenario;
    card(ui, |ui| {
        let label = format!("Objectives assessed ({})", scenario.assessed().count());
        fold(ui, &mut draft.are_objectives_open, &label, |ui| {
            objectives_ui(
                ui,
                "Required: each must be Competent for a pass",
                &scenario.core,
                view,
            );
            objectives_ui(ui, "Also marked", &scenario.also, view);
        });
    });
    ui.add_space(GRID);
    card(ui, |ui| {
        let label = format!(
            "Law and policy that may matter ({})",
            scenario.references.len()
        );
        fold(ui, &mut draft.is_law_open, &label, |ui| {
            if scenario.references.is_empty() {
                note(ui, "The author cites none.");
            }
            for (_, reference) in &scenario.references {
                law_ui(ui, reference);
            }
        });
    });
    ui.add_space(GRID);
    note(ui, &standing_words(scenario, view.readiness));
}

/// Version, who checked it and until when it holds.
fn standing_words(scenario: &Scenario, readiness: &Readiness) -> String {
    format!(
        "Version {}. {} To be read again by {}.",
        scenario.version,
        checked_words(&scenario.review.checked, readiness),
        day(&scenario.review.due)
    )
}

/// Who answers for it: those who signed it, and what the author wrote only where nobody did.
fn checked_words(checked: &[String], readiness: &Readiness) -> String {
    if readiness.is_retired() {
        return "It has been taken out of use.".to_owned();
    }
    if !readiness.signatures.is_empty() {
        let names: Vec<String> = readiness
            .signatures
            .iter()
            .map(|one| {
                format!(
                    "{}, {} (as {}, {})",
                    one.name,
                    one.role,
                    one.capacity.label(),
                    day(&one.on)
                )
            })
            .collect();
        return format!("Signed by {}.", names.join("; "));
    }
    if readiness.lapsed > 0 {
        return "It was changed after it was signed, and nobody has signed it since.".to_owned();
    }
    if checked.is_empty() {
        "Not checked by anybody but its author.".to_owned()
    } else {
        format!(
            "Checked, by the author's account, by {}; not signed.",
            checked.join("; ")
        )
    }
}

fn objectives_ui(ui: &mut Ui, title: &str, positions: &[u16], view: &BriefingView<'_>) {
    let look = theme::of(ui);
    if positions.is_empty() {
        return;
    }
    ui.label(RichText::new(title).font(look.small()).color(look.accent));
    for position in positions {
        let Some(id) = view.scenario.names.objectives.get(usize::from(*position)) else {
            continue;
        };
        let statement = view.course.and_then(|course| course.objective(id));
        ui.horizontal_top(|ui| {
            widgets::time(ui, &format!("{id:<5}"), look.muted);
            body(ui, statement.map_or("", |objective| &objective.statement));
        });
    }
}

fn law_ui(ui: &mut Ui, reference: &Reference) {
    let look = theme::of(ui);
    ui.add_space(GRID / 2.0);
    ui.label(
        RichText::new(&reference.cite)
            .font(look.body())
            .color(look.accent),
    );
    if !reference.note.is_empty() {
        body(ui, &reference.note);
    }
    note(
        ui,
        &format!("As the text stood on {}", day(&reference.as_of)),
    );
    if !reference.local.is_empty() {
        note(
            ui,
            &format!("Check your force's own policy. {}", reference.local),
        );
    }
}

/// The choice of mode and the way in, always in sight.
fn begin_ui(ui: &mut Ui, view: &BriefingView<'_>, draft: &mut BriefingDraft) -> Option<Intent> {
    let look = theme::of(ui);
    let frame = Frame::new()
        .fill(look.surface)
        .stroke(look.border())
        .inner_margin(Margin::symmetric(16, 12));
    let mut asked = None;
    egui::Panel::bottom("briefing-begin")
        .resizable(false)
        .show_separator_line(false)
        .frame(frame)
        .show(ui, |ui| {
            ui.horizontal(|ui| {
                let alone = !draft.is_room;
                if choice_button(ui, alone && !draft.is_assessment, "Practice").clicked() {
                    (draft.is_assessment, draft.is_room) = (false, false);
                }
                if choice_button(ui, alone && draft.is_assessment, "Assessment").clicked() {
                    (draft.is_assessment, draft.is_room) = (true, false);
                }
                if choice_button(ui, draft.is_room, "As a room").clicked() {
                    (draft.is_assessment, draft.is_room) = (false, true);
                }
                if draft.is_room {
                    asked = begin_room_ui(ui, view, draft);
                    return;
                }
                ui.with_layout(Layout::right_to_left(egui::Align::Center), |ui| {
                    let words = if draft.is_assessment {
                        "Begin the assessment"
                    } else {
                        "Begin practice"
                    };
                    let may_begin = !draft.is_assessment || !view.readiness.is_retired();
                    let begin = ui
                        .add_enabled_ui(may_begin, |ui| primary_button(ui, words))
                        .inner;
                    first_focus(ui, &begin);
                    if begin.clicked() {
                        asked = Some(Intent::Begin {
                            is_assessment: draft.is_assessment,
                        });
                    }
                });
            });
            if draft.is_room {
                room_note_ui(ui, view, draft);
            } else {
                note(ui, &mode_words(draft.is_assessment, view.readiness));
            }
        });
    asked
}

/// The cohort that plays as a room.
fn room_of(view: &BriefingView<'_>, draft: &BriefingDraft) -> Option<CohortId> {
    match (draft.cohort, view.cohorts) {
        (Some(chosen), cohorts) => cohorts.iter().map(|one| one.id).find(|id| *id == chosen),
        (None, [only]) => Some(only.id),
        (None, _) => None,
    }
}

fn begin_room_ui(
    ui: &mut Ui,
    view: &BriefingView<'_>,
    draft: &mut BriefingDraft,
) -> Option<Intent> {
    let mut asked = None;
    ui.with_layout(Layout::right_to_left(egui::Align::Center), |ui| {
        let room = room_of(view, draft);
        let button = ui
            .add_enabled_ui(room.is_some(), |ui| primary_button(ui, "Begin as a room"))
            .inner;
        if let Some(id) = room.filter(|_| button.clicked()) {
            asked = Some(Intent::BeginRoom(id.to_string()));
        }
    });
    asked
}

/// Which cohort plays, and what playing as a room means.
fn room_note_ui(ui: &mut Ui, view: &BriefingView<'_>, draft: &mut BriefingDraft) {
    if view.cohorts.is_empty() {
        note(
            ui,
            "A room is a cohort that plays on one screen. There is no cohort on this computer yet: an instructor makes one in the instructor area.",
        );
        return;
    }
    ui.horizontal_wrapped(|ui| {
        let room = room_of(view, draft);
        for cohort in view.cohorts {
            if choice_button(ui, room == Some(cohort.id), &cohort.name).clicked() {
                draft.cohort = Some(cohort.id);
            }
        }
    });
    note(
        ui,
        "One screen for all: the room votes on each move, and sees what others chose. No time runs. The vote is kept; nothing of it counts for anybody in the room.",
    );
}

/// What the chosen mode means.
fn mode_words(is_assessment: bool, readiness: &Readiness) -> String {
    if !is_assessment {
        return "Practice shows distress, trust and hints, and lets you go back a decision. It \
                counts towards nothing."
            .to_owned();
    }
    if readiness.is_retired() {
        return "It has been retired and assesses nobody; practice is still open to whoever was \
                sent here by an instructor."
            .to_owned();
    }
    let signed = if readiness.is_ready() {
        String::new()
    } else {
        format!(" {}", readiness.sentence())
    };
    format!(
        "Assessment shows only what an officer there could see and hear, with no hints and no way \
         back. The result goes on your record.{signed}"
    )
}

const fn level_words(level: Difficulty) -> &'static str {
    match level {
        Difficulty::Intro => "Introduction",
        Difficulty::Core => "Core",
        Difficulty::Advanced => "Advanced",
    }
}

const fn jurisdiction_words(jurisdiction: Jurisdiction) -> &'static str {
    match jurisdiction {
        Jurisdiction::EnglandAndWales => "Law of England and Wales",
        Jurisdiction::Scotland => "Law of Scotland",
        Jurisdiction::NorthernIreland => "Law of Northern Ireland",
    }
}

/// A day as it is written in Britain; anything else as it stands.
fn day(iso: &str) -> String {
    let mut parts = iso.split('-');
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(year), Some(month), Some(day), None) => format!("{day}/{month}/{year}"),
        _ => iso.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_day_first() {
        assert_eq!(day("2025-03-25"), "25/03/2025");
        assert_eq!(day("spring"), "spring");
    }

    fn signature(capacity: crate::scenario::SignedAs) -> crate::scenario::Signature {
        crate::scenario::Signature {
            capacity,
            name: "A. Khan".to_owned(),
            role: "custody nurse".to_owned(),
            on: "2026-11-28".to_owned(),
            version: "1.0.0".to_owned(),
            content: "now".to_owned(),
        }
    }

    #[test]
    fn who_answers_for_it_is_told_from_the_signatures() {
        let by_hand = ["B. Osei, PC".to_owned()];
        let nobody = Readiness::default();
        assert!(checked_words(&[], &nobody).contains("Not checked"));
        assert!(checked_words(&by_hand, &nobody).contains("not signed"));
        let signed = Readiness {
            sign_off: SignOff::Checked,
            signatures: vec![signature(crate::scenario::SignedAs::Expert)],
            ..Readiness::default()
        };
        let words = checked_words(&by_hand, &signed);
        assert!(
            words.contains(
                "Signed by A. Khan, custody nurse (as subject-matter expert, 28/11/2026)"
            )
        );
        assert!(!words.contains("Osei") && !words.contains("Not checked"));
        let lapsed = Readiness {
            lapsed: 2,
            ..Readiness::default()
        };
        assert!(checked_words(&by_hand, &lapsed).contains("changed after it was signed"));
        let retired = Readiness {
            sign_off: SignOff::Retired,
            ..Readiness::default()
        };
        assert!(checked_words(&by_hand, &retired).contains("taken out of use"));
        assert!(mode_words(true, &retired).contains("assesses nobody"));
    }

    #[test]
    fn an_unsigned_scenario_says_so_before_an_assessment() {
        let draft = Readiness::default();
        let ready = Readiness {
            sign_off: SignOff::Approved,
            proven: Some(crate::scenario::Proven::Whole),
            ..Readiness::default()
        };
        assert!(mode_words(true, &draft).contains("not approved for assessment"));
        assert!(!mode_words(true, &ready).contains("not approved"));
        assert!(!mode_words(false, &draft).contains("record"));
    }
}
