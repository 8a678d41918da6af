//! Text, colours, time, sound and picture; every change takes effect at once.

use std::path::Path;

use egui::{Response, RichText, Slider, Ui, WidgetInfo, WidgetType};

use super::super::theme::{self, GRID, Tone};
use super::layout::{column, columns, focus_once};
use super::widgets::{
    TitleBar, body, card, choice_button, first_focus, focus_ring, heading, note, notice, page,
    secondary_button, title_bar, toned_card,
};
use super::{Intent, Picture, Settings};

/// What the page shows.
#[derive(Debug, Clone, Copy)]
pub struct SettingsView<'a> {
    /// The settings in force.
    pub settings: &'a Settings,
    /// Where records and reports are kept.
    pub folder: &'a Path,
    /// Whether the computer plays sound.
    pub has_sound: bool,
    /// Message to show at the top.
    pub notice: Option<&'a str>,
}

/// What is chosen on the page. Make a fresh one when the page is opened.
#[derive(Debug, Clone, Default)]
pub struct SettingsDraft {
    /// The first focus has been given.
    pub has_focused: bool,
    /// Frames left in which the layout may still follow a new size of text.
    pub settling: u8,
}

/// Draws the page. Every change comes back as [`Intent::Change`] with all settings.
pub fn settings_ui(
    ui: &mut Ui,
    data: &SettingsView<'_>,
    draft: &mut SettingsDraft,
) -> Option<Intent> {
    let bar = TitleBar {
        title: "Settings",
        back: Some("Back"),
        without_settings: true,
        ..TitleBar::default()
    };
    let mut asked = title_bar(ui, &bar);
    let mut new = data.settings.clone();
    page(ui, 1040.0, |ui| {
        if let Some(text) = data.notice
            && notice(ui, text)
        {
            asked = Some(Intent::DismissNotice);
        }
        note(
            ui,
            "Every change takes effect at once and is kept on this computer.",
        );
        ui.add_space(GRID);
        if let Some((left, right)) = columns(ui, 0.5) {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = 2.0 * GRID;
                column(ui, left, |ui| {
                    reading_ui(ui, &mut new, draft);
                    time_ui(ui, &mut new);
                });
                column(ui, right, |ui| {
                    sound_ui(ui, &mut new, data.has_sound);
                    picture_ui(ui, &mut new);
                    reset_ui(ui, &mut new, data.folder);
                });
            });
        } else {
            reading_ui(ui, &mut new, draft);
            time_ui(ui, &mut new);
            sound_ui(ui, &mut new, data.has_sound);
            picture_ui(ui, &mut new);
            reset_ui(ui, &mut new, data.folder);
        }
    });
    if new == *data.settings {
        asked
    } else {
        asked.or_else(|| Some(Intent::Change(Box::new(new))))
    }
}

/// Frames until a new size of text has reached every part of a page.
const SETTLING: u8 = 8;

/// One choice of several; the answer of the button that is chosen, for the focus.
fn choices<T: Copy + PartialEq>(
    ui: &mut Ui,
    label: &str,
    value: &mut T,
    all: &[(T, &str)],
) -> Option<Response> {
    let look = theme::of(ui);
    let mut chosen = None;
    ui.label(RichText::new(label).font(look.body()).color(look.ink));
    ui.horizontal_wrapped(|ui| {
        for (one, words) in all {
            let is_chosen = *value == *one;
            let button = choice_button(ui, is_chosen, words);
            button.widget_info(|| {
                WidgetInfo::selected(
                    WidgetType::RadioButton,
                    true,
                    is_chosen,
                    format!("{label}: {words}"),
                )
            });
            if button.clicked() {
                *value = *one;
            }
            if is_chosen {
                chosen = Some(button);
            }
        }
    });
    ui.add_space(GRID);
    chosen
}

/// The sizes on offer. A slider would move away under the pointer, as it changes size too.
const SIZES: [(u8, &str); 6] = [
    (80, "80 %"),
    (100, "100 %"),
    (125, "125 %"),
    (150, "150 %"),
    (175, "175 %"),
    (200, "200 %"),
];

/// How long captions stay, in parts of ten of the usual time.
const LASTING: [(u8, &str); 4] = [
    (10, "As long as usual"),
    (15, "Half as long again"),
    (20, "Twice as long"),
    (40, "Four times as long"),
];

/// The nearest of the values on offer.
fn nearest(value: f32, unit: f32, all: &[u8]) -> u8 {
    let distance = |one: u8| (f32::from(one) - value * unit).abs();
    all.iter()
        .copied()
        .min_by(|a, b| distance(*a).total_cmp(&distance(*b)))
        .unwrap_or_default()
}

fn reading_ui(ui: &mut Ui, new: &mut Settings, draft: &mut SettingsDraft) {
    card(ui, |ui| {
        heading(ui, "Text and colours");
        let before = nearest(new.text_scale, 100.0, &SIZES.map(|(size, _)| size));
        let mut size = before;
        if let Some(chosen) = choices(ui, "Size of text and buttons", &mut size, &SIZES) {
            focus_once(&mut draft.has_focused, &chosen);
            // Another size is another layout, in which the old button is gone.
            if draft.settling > 0 {
                draft.settling -= 1;
                first_focus(ui, &chosen);
            }
        }
        if size != before {
            new.text_scale = f32::from(size) / 100.0;
            draft.settling = SETTLING;
        }
        choices(
            ui,
            "Colours",
            &mut new.is_light,
            &[(false, "Dark"), (true, "Light")],
        );
        choices(
            ui,
            "Contrast",
            &mut new.high_contrast,
            &[(false, "Usual"), (true, "High")],
        );
        choices(
            ui,
            "Movement",
            &mut new.reduce_motion,
            &[(false, "Usual"), (true, "Only what is needed")],
        );
    });
    ui.add_space(GRID);
}

fn time_ui(ui: &mut Ui, new: &mut Settings) {
    card(ui, |ui| {
        heading(ui, "Time");
        choices(
            ui,
            "Time to decide",
            &mut new.window_factor,
            &[
                (1, "As written"),
                (2, "Twice"),
                (5, "Five times"),
                (0, "No limit"),
            ],
        );
        note(
            ui,
            "Where a decision has a time limit, letting it pass counts as silence. The report says which setting was used.",
        );
        ui.add_space(GRID);
        let before = nearest(new.caption_factor, 10.0, &LASTING.map(|(part, _)| part));
        let mut factor = before;
        choices(ui, "Captions stay", &mut factor, &LASTING);
        if factor != before {
            new.caption_factor = f32::from(factor) / 10.0;
        }
    });
    ui.add_space(GRID);
}

fn volume(ui: &mut Ui, label: &str, value: &mut f32, can_hear: bool) {
    let look = theme::of(ui);
    let name = ui.label(RichText::new(label).font(look.body()).color(look.ink));
    let before = (value.clamp(0.0, 1.0) * 100.0).round();
    let mut shown = before;
    let width = (ui.available_width() - 96.0).clamp(96.0, 280.0);
    ui.spacing_mut().slider_width = width;
    let slider = Slider::new(&mut shown, 0.0..=100.0)
        .step_by(5.0)
        .suffix(" %")
        .integer();
    let response = ui.add_enabled(can_hear, slider).labelled_by(name.id);
    focus_ring(ui, &response);
    if (shown - before).abs() > 0.5 {
        *value = shown / 100.0;
    }
    ui.add_space(GRID);
}

fn sound_ui(ui: &mut Ui, new: &mut Settings, has_sound: bool) {
    card(ui, |ui| {
        heading(ui, "Sound");
        if !has_sound {
            toned_card(ui, Some(Tone::Caution), |ui| {
                body(
                    ui,
                    "This computer plays no sound. Everything that is said is also written.",
                );
            });
        }
        choices(
            ui,
            "All sound",
            &mut new.is_muted,
            &[(false, "On"), (true, "Off")],
        );
        let can_hear = !new.is_muted;
        volume(ui, "Loudness", &mut new.volume, can_hear);
        for (label, value) in [
            ("Loudness of what people say", &mut new.speech_volume),
            ("Loudness of the surroundings", &mut new.ambience_volume),
            ("Loudness of steps, doors, radio", &mut new.effects_volume),
        ] {
            volume(ui, label, value, can_hear);
        }
        choices(
            ui,
            "Sudden sounds",
            &mut new.soft_sounds,
            &[(false, "Usual"), (true, "Softened")],
        );
        choices(
            ui,
            "Lines without a recording",
            &mut new.system_voice,
            &[(false, "Written only"), (true, "This computer's voice")],
        );
        note(
            ui,
            "The computer's voice stays silent while a screen reader runs. Everything is always written.",
        );
    });
    ui.add_space(GRID);
}

fn picture_ui(ui: &mut Ui, new: &mut Settings) {
    card(ui, |ui| {
        heading(ui, "Picture");
        choices(
            ui,
            "Quality",
            &mut new.picture,
            &[
                (Picture::Auto, "By what this computer can do"),
                (Picture::Low, "Low"),
                (Picture::Medium, "Medium"),
                (Picture::High, "High"),
            ],
        );
        note(ui, "Low is for computers without a graphics card.");
    });
    ui.add_space(GRID);
}

fn reset_ui(ui: &mut Ui, new: &mut Settings, folder: &Path) {
    card(ui, |ui| {
        heading(ui, "This computer");
        note(
            ui,
            &format!("Records and reports are kept in {}", folder.display()),
        );
        let is_usual = *new == Settings::default();
        let reset = ui
            .add_enabled_ui(!is_usual, |ui| secondary_button(ui, "Set everything back"))
            .inner;
        if reset
            .on_disabled_hover_text("Everything is as it was at first")
            .clicked()
        {
            *new = Settings::default();
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_that_is_not_on_offer_shows_as_the_nearest() {
        let sizes = SIZES.map(|(size, _)| size);
        assert_eq!(nearest(1.0, 100.0, &sizes), 100);
        assert_eq!(nearest(1.3, 100.0, &sizes), 125);
        assert_eq!(nearest(9.0, 100.0, &sizes), 200);
    }
}
