//! Who is there: remembered trainees, a new name, the instructor's door, and what is kept.

use egui::{Align, Key, Layout, Modifiers, Ui};

use crate::records::Trainee;

use super::super::theme::GRID;
use super::layout::{PAGE, column, columns, entered, field, focus_once, named};
use super::options::NUMBERS;
use super::past::local_time;
use super::widgets::{
    TitleBar, body, bullet, card, heading, key_button, note, notice, page, primary_button,
    secondary_button, title_bar,
};
use super::{Intent, Page};

/// Remembered trainees that are shown before the rest is asked for.
const SHORT_LIST: usize = 6;

/// What the sign-in page shows.
#[derive(Debug, Clone, Copy)]
pub struct SignInView<'a> {
    /// Everybody remembered on this computer, in any order.
    pub trainees: &'a [Trainee],
    /// Title of the course; empty if there is none.
    pub course: &'a str,
    /// Message to show at the top, such as what was wrong with the last try.
    pub notice: Option<&'a str>,
}

/// What is typed. Make a fresh one when the page is opened: it gives the first focus.
#[derive(Debug, Clone, Default)]
pub struct SignInDraft {
    /// Name as typed.
    pub name: String,
    /// Collar number as typed.
    pub collar_number: String,
    /// Everybody is listed rather than the latest few.
    pub shows_all: bool,
    /// The first focus has been given.
    pub has_focused: bool,
}

/// Draws the page.
pub fn sign_in_ui(ui: &mut Ui, data: &SignInView<'_>, draft: &mut SignInDraft) -> Option<Intent> {
    let bar = TitleBar {
        title: "Common Ground",
        ..TitleBar::default()
    };
    let mut asked = title_bar(ui, &bar);
    page(ui, PAGE, |ui| {
        if let Some(text) = data.notice
            && notice(ui, text)
        {
            asked = Some(Intent::DismissNotice);
        }
        body(ui, &welcome(data.course));
        ui.add_space(GRID);
        if let Some((left, right)) = columns(ui, 0.5) {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = 2.0 * GRID;
                column(ui, left, |ui| {
                    asked = who_ui(ui, data, draft).or(asked.take());
                });
                column(ui, right, |ui| asked = doors_ui(ui).or(asked.take()));
            });
        } else {
            asked = who_ui(ui, data, draft).or(asked.take());
            ui.add_space(GRID);
            asked = doors_ui(ui).or(asked.take());
        }
    });
    asked
}

fn welcome(course: &str) -> String {
    let what = "Encounters with people in distress, to practise in before you meet them.";
    if course.is_empty() {
        what.to_owned()
    } else {
        format!("{course}. {what}")
    }
}

fn who_ui(ui: &mut Ui, data: &SignInView<'_>, draft: &mut SignInDraft) -> Option<Intent> {
    let mut asked = None;
    if !data.trainees.is_empty() {
        card(ui, |ui| asked = remembered_ui(ui, data.trainees, draft));
        ui.add_space(GRID);
    }
    card(ui, |ui| {
        asked = new_name_ui(ui, data, draft).or(asked.take());
    });
    asked
}

/// The remembered ones, whoever was there last first.
fn newest_first(trainees: &[Trainee]) -> Vec<&Trainee> {
    let mut sorted: Vec<&Trainee> = trainees.iter().filter(|one| one.is_current()).collect();
    sorted.sort_by(|a, b| {
        b.last_seen
            .cmp(&a.last_seen)
            .then_with(|| a.name.cmp(&b.name))
    });
    sorted
}

/// Name and collar number as they are shown together.
pub(in crate::app) fn name_and_number(trainee: &Trainee) -> String {
    if trainee.collar_number.is_empty() {
        trainee.name.clone()
    } else {
        format!("{} ({})", trainee.name, trainee.collar_number)
    }
}

/// Whether a remembered name is chosen by its digit. A digit alone is the beginning of a collar
/// number, wherever the focus is, and signs nobody in.
fn chosen_by(ui: &Ui, key: Key) -> bool {
    ui.input_mut(|input| input.consume_key(Modifiers::ALT, key))
}

fn remembered_ui(ui: &mut Ui, trainees: &[Trainee], draft: &mut SignInDraft) -> Option<Intent> {
    let mut asked = None;
    heading(ui, "Who is training?");
    let sorted = newest_first(trainees);
    let shown = if draft.shows_all {
        sorted.len()
    } else {
        sorted.len().min(SHORT_LIST)
    };
    for (index, trainee) in sorted.iter().take(shown).enumerate() {
        let key = NUMBERS.get(index).copied();
        let words = name_and_number(trainee);
        let button = ui
            .with_layout(Layout::top_down_justified(Align::Min), |ui| match key {
                Some(key) => key_button(ui, &words, &format!("Alt+{}", key.name())),
                None => secondary_button(ui, &words),
            })
            .inner;
        let name = format!("{words}, last here {}", local_time(&trainee.last_seen));
        named(&button, &name);
        let button = button.on_hover_text(format!("Last here {}", local_time(&trainee.last_seen)));
        if button.clicked() || key.is_some_and(|key| chosen_by(ui, key)) {
            asked = Some(Intent::SignInAs(trainee.id.to_string()));
        }
    }
    if shown < sorted.len() {
        let more = secondary_button(ui, &format!("Show all {} names", sorted.len()));
        if more.clicked() {
            draft.shows_all = true;
            draft.has_focused = false;
        }
    }
    asked
}

fn new_name_ui(ui: &mut Ui, data: &SignInView<'_>, draft: &mut SignInDraft) -> Option<Intent> {
    let is_first = data.trainees.is_empty();
    heading(
        ui,
        if is_first {
            "Who is training?"
        } else {
            "Somebody else"
        },
    );
    let name = field(
        ui,
        "Name",
        "As your instructor knows you",
        &mut draft.name,
        false,
    );
    focus_once(&mut draft.has_focused, &name);
    let number = field(
        ui,
        "Collar number (may be left empty)",
        "",
        &mut draft.collar_number,
        false,
    );
    let can_sign_in = !draft.name.trim().is_empty();
    let button = ui
        .add_enabled_ui(can_sign_in, |ui| primary_button(ui, "Sign in"))
        .inner;
    let button = button.on_disabled_hover_text("Type a name first");
    let is_sent = button.clicked() || entered(ui, &name) || entered(ui, &number);
    (is_sent && can_sign_in).then(|| Intent::SignIn {
        name: draft.name.trim().to_owned(),
        collar_number: draft.collar_number.trim().to_owned(),
    })
}

fn doors_ui(ui: &mut Ui) -> Option<Intent> {
    let mut asked = None;
    card(ui, |ui| {
        heading(ui, "What is kept, and who sees it");
        bullet(
            ui,
            "Your name and collar number, your decisions and how long they took, what you write, and your results: on this computer. The program sends nothing of itself; your school may hand results on, without your name unless it says so.",
        );
        bullet(
            ui,
            "You see all of it. Instructors see your results and can open the report of an attempt. Whoever looks after this computer could read the files.",
        );
        bullet(
            ui,
            "Which scenarios you look at and leave before they begin is not kept. There is no ranking.",
        );
        bullet(
            ui,
            "Stopping costs nothing, at any moment, and no reason is asked. An attempt that was begun stays on your record as open or closed.",
        );
    });
    ui.add_space(GRID);
    card(ui, |ui| {
        heading(ui, "Instructors");
        note(ui, "Results, scenarios and records, behind a passphrase.");
        ui.horizontal_wrapped(|ui| {
            if secondary_button(ui, "Instructor area").clicked() {
                asked = Some(Intent::Open(Page::Instructor));
            }
            if secondary_button(ui, "Close the program").clicked() {
                asked = Some(Intent::Quit);
            }
        });
    });
    asked
}
