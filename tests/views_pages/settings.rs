//! Settings: each of them changes at once.

use std::path::Path;

use common_ground::app::views::settings::{SettingsDraft, SettingsView, settings_ui};
use common_ground::app::views::{Intent, Picture, Settings};
use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;

use super::{WINDOW, show};

#[test]
fn each_setting_changes_at_once_and_all_can_be_set_back() {
    let settings = Settings {
        volume: 0.2,
        ..Settings::default()
    };
    let mut harness = show(WINDOW, &settings, |ui, draft: &mut SettingsDraft| {
        let view = SettingsView {
            settings: &settings,
            folder: Path::new("/data"),
            has_sound: true,
            notice: None,
        };
        settings_ui(ui, &view, draft)
    });
    let cases: [(&str, Settings); 8] = [
        (
            "Size of text and buttons: 200 %",
            Settings {
                text_scale: 2.0,
                ..settings.clone()
            },
        ),
        (
            "Colours: Light",
            Settings {
                is_light: true,
                ..settings.clone()
            },
        ),
        (
            "Contrast: High",
            Settings {
                high_contrast: true,
                ..settings.clone()
            },
        ),
        (
            "Time to decide: Five times",
            Settings {
                window_factor: 5,
                ..settings.clone()
            },
        ),
        (
            "All sound: Off",
            Settings {
                is_muted: true,
                ..settings.clone()
            },
        ),
        (
            "Sudden sounds: Softened",
            Settings {
                soft_sounds: true,
                ..settings.clone()
            },
        ),
        (
            "Lines without a recording: This computer's voice",
            Settings {
                system_voice: true,
                ..settings.clone()
            },
        ),
        (
            "Quality: Low",
            Settings {
                picture: Picture::Low,
                ..settings.clone()
            },
        ),
    ];
    for (label, wanted) in cases {
        harness.state_mut().asked.clear();
        harness
            .get_by_role_and_label(Role::RadioButton, label)
            .click_accesskit();
        harness.run();
        assert_eq!(
            harness.state().asked.first(),
            Some(&Intent::Change(Box::new(wanted))),
            "{label}"
        );
    }
    harness.state_mut().asked.clear();
    harness
        .get_by_label("Set everything back")
        .click_accesskit();
    harness.run();
    let wanted = Intent::Change(Box::default());
    assert_eq!(harness.state().asked.first(), Some(&wanted));
}

#[test]
fn the_loudness_answers_the_arrow_keys() {
    let settings = Settings::default();
    let mut harness = show(WINDOW, &settings, |ui, draft: &mut SettingsDraft| {
        let view = SettingsView {
            settings: &settings,
            folder: Path::new("/data"),
            has_sound: true,
            notice: None,
        };
        settings_ui(ui, &view, draft)
    });
    harness
        .get_by_role_and_label(Role::Slider, "Loudness")
        .focus();
    harness.run();
    harness.key_press(Key::ArrowLeft);
    harness.run();
    let Some(Intent::Change(new)) = harness.state().asked.first() else {
        panic!("{:?}", harness.state().asked)
    };
    assert!(new.volume < settings.volume, "{}", new.volume);
}
