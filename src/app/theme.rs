//! One look for every screen: colours, type scale, spacing.
//!
//! Deep slate or warm paper, one teal accent, amber for caution. Nothing is told by colour
//! alone, text keeps 4.5:1 and bars 3:1 against what is behind them, which the tests work out.
//! This file knows no screen.

use egui::text::LayoutJob;
use egui::{
    Color32, CornerRadius, FontFamily, FontId, Margin, Stroke, TextFormat, TextStyle, vec2,
};

use super::views::Settings;

/// Everything stands on a grid of this many points.
pub const GRID: f32 = 8.0;
/// Lowest height of anything that can be clicked, in points.
pub const TOUCH: f32 = 36.0;
/// Widest column of running text, about 76 characters, in points.
pub const READING: f32 = 640.0;
/// Roundness of cards and buttons, in points.
pub const ROUND: u8 = 6;

/// What a colour means; always said in words as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Tone {
    /// Nothing special.
    #[default]
    Plain,
    /// Goes well, or is chosen.
    Accent,
    /// Needs care.
    Caution,
    /// Went wrong.
    Alarm,
    /// Distance, and the third line of a plot.
    Cool,
}

/// The colours and sizes in force.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Theme {
    /// Behind everything.
    pub ground: Color32,
    /// Cards and bars.
    pub surface: Color32,
    /// What stands out of a card: buttons, tracks of bars.
    pub raised: Color32,
    /// The same under the pointer.
    pub hover: Color32,
    /// Quiet border of a card.
    pub line: Color32,
    /// Border of something that can be used; 3:1.
    pub edge: Color32,
    /// Text.
    pub ink: Color32,
    /// Text of less weight; still 4.5:1.
    pub muted: Color32,
    /// The one accent.
    pub accent: Color32,
    /// Text on the accent.
    pub on_accent: Color32,
    /// Caution.
    pub caution: Color32,
    /// Something went wrong.
    pub alarm: Color32,
    /// A cool counterpart for distance.
    pub cool: Color32,
    /// Behind text that lies over the picture; nearly opaque.
    pub veil: Color32,
    /// Light colours.
    pub is_light: bool,
    /// No movement that is not needed.
    pub reduce_motion: bool,
    /// Size of everything.
    pub scale: f32,
}

const fn grey(level: u8) -> Color32 {
    Color32::from_gray(level)
}

const fn rgb(hex: u32) -> Color32 {
    let [_, red, green, blue] = hex.to_be_bytes();
    Color32::from_rgb(red, green, blue)
}

impl Theme {
    /// Deep slate.
    #[must_use]
    pub const fn slate() -> Self {
        Self {
            ground: rgb(0x12_18_1F),
            surface: rgb(0x1A_22_2B),
            raised: rgb(0x27_32_3E),
            hover: rgb(0x32_40_4E),
            line: rgb(0x38_46_54),
            edge: rgb(0x73_86_98),
            ink: rgb(0xF2_EF_E8),
            muted: rgb(0xB2_BD_C8),
            accent: rgb(0x56_C9_BB),
            on_accent: rgb(0x05_1F_1C),
            caution: rgb(0xF2_BC_55),
            alarm: rgb(0xFF_9A_7D),
            cool: rgb(0x9F_BC_F2),
            veil: rgb(0x12_18_1F),
            is_light: false,
            reduce_motion: false,
            scale: 1.0,
        }
    }

    /// Warm paper.
    #[must_use]
    pub const fn paper() -> Self {
        Self {
            ground: rgb(0xF3_EE_E3),
            surface: rgb(0xFC_FA_F5),
            raised: rgb(0xE9_E2_D3),
            hover: rgb(0xDD_D4_C1),
            line: rgb(0xD0_C7_B5),
            edge: rgb(0x7D_73_60),
            ink: rgb(0x1B_25_2E),
            muted: rgb(0x4A_57_63),
            accent: rgb(0x0A_61_5B),
            on_accent: rgb(0xFF_FF_FF),
            caution: rgb(0x7A_4C_00),
            alarm: rgb(0x9C_32_18),
            cool: rgb(0x2B_50_93),
            veil: rgb(0xFC_FA_F5),
            is_light: true,
            reduce_motion: false,
            scale: 1.0,
        }
    }

    /// The colours that the settings ask for.
    #[must_use]
    pub fn for_settings(settings: &Settings) -> Self {
        let mut theme = if settings.is_light {
            Self::paper()
        } else {
            Self::slate()
        };
        if settings.high_contrast {
            theme = theme.sharper();
        }
        theme.reduce_motion = settings.reduce_motion;
        theme.scale = settings.text_scale.clamp(0.8, 2.0);
        theme
    }

    const fn sharper(self) -> Self {
        if self.is_light {
            Self {
                ground: grey(255),
                surface: grey(255),
                raised: grey(236),
                hover: grey(218),
                line: grey(60),
                edge: grey(0),
                ink: grey(0),
                muted: grey(34),
                accent: rgb(0x00_46_41),
                on_accent: grey(255),
                caution: rgb(0x5C_38_00),
                alarm: rgb(0x7A_1F_08),
                cool: rgb(0x12_33_70),
                veil: grey(255),
                ..self
            }
        } else {
            Self {
                ground: grey(0),
                surface: grey(0),
                raised: grey(26),
                hover: grey(52),
                line: grey(190),
                edge: grey(255),
                ink: grey(255),
                muted: grey(230),
                accent: rgb(0x72_F0_E0),
                on_accent: grey(0),
                caution: rgb(0xFF_D5_6B),
                alarm: rgb(0xFF_B8_A3),
                cool: rgb(0xC3_D6_FF),
                veil: grey(0),
                ..self
            }
        }
    }

    /// The colour of a tone.
    #[must_use]
    pub const fn tone(&self, tone: Tone) -> Color32 {
        match tone {
            Tone::Plain => self.muted,
            Tone::Accent => self.accent,
            Tone::Caution => self.caution,
            Tone::Alarm => self.alarm,
            Tone::Cool => self.cool,
        }
    }

    /// Border of a card.
    #[must_use]
    pub fn border(&self) -> Stroke {
        Stroke::new(1.0, self.line)
    }

    /// Border of something that can be used.
    #[must_use]
    pub fn control(&self) -> Stroke {
        Stroke::new(1.0, self.edge)
    }

    /// The ring around what has the keyboard.
    #[must_use]
    pub fn focus(&self) -> Stroke {
        Stroke::new(2.0, self.accent)
    }

    /// The name of the program and the titles of endings.
    #[must_use]
    pub fn display(&self) -> FontId {
        FontId::new(28.0, FontFamily::Proportional)
    }

    /// Title of a page.
    #[must_use]
    pub fn title(&self) -> FontId {
        FontId::new(22.0, FontFamily::Proportional)
    }

    /// Title of a card.
    #[must_use]
    pub fn heading(&self) -> FontId {
        FontId::new(18.0, FontFamily::Proportional)
    }

    /// Words that are spoken in the encounter.
    #[must_use]
    pub fn speech(&self) -> FontId {
        FontId::new(18.0, FontFamily::Proportional)
    }

    /// Running text and buttons.
    #[must_use]
    pub fn body(&self) -> FontId {
        FontId::new(16.0, FontFamily::Proportional)
    }

    /// Notes, chips and key hints.
    #[must_use]
    pub fn small(&self) -> FontId {
        FontId::new(14.0, FontFamily::Proportional)
    }

    /// From line to line of text in a font of this theme.
    #[must_use]
    pub fn line_height(&self, font: &FontId) -> f32 {
        (font.size * 1.36).round()
    }

    /// A piece of text with the theme's line height.
    #[must_use]
    pub fn format(&self, font: FontId, ink: Color32) -> TextFormat {
        let line_height = Some(self.line_height(&font));
        TextFormat {
            line_height,
            ..TextFormat::simple(font, ink)
        }
    }

    /// Text laid out in a column of this width.
    #[must_use]
    pub fn column(&self, text: &str, font: FontId, ink: Color32, width: f32) -> LayoutJob {
        let mut job = LayoutJob::default();
        job.append(text, 0.0, self.format(font, ink));
        job.wrap.max_width = width;
        job
    }

    /// Times, numbers and keys.
    #[must_use]
    pub fn mono(&self) -> FontId {
        FontId::new(14.0, FontFamily::Monospace)
    }

    fn style(&self) -> egui::Style {
        let mut style = egui::Style {
            visuals: self.visuals(),
            text_styles: [
                (TextStyle::Heading, self.heading()),
                (TextStyle::Body, self.body()),
                (TextStyle::Button, self.body()),
                (TextStyle::Small, self.small()),
                (TextStyle::Monospace, self.mono()),
                (TextStyle::Name("display".into()), self.display()),
                (TextStyle::Name("title".into()), self.title()),
            ]
            .into(),
            animation_time: if self.reduce_motion { 0.0 } else { 0.12 },
            ..egui::Style::default()
        };
        if self.reduce_motion {
            style.scroll_animation = egui::style::ScrollAnimation::none();
        }
        style.interaction.selectable_labels = false;
        style.interaction.tooltip_delay = 0.3;
        let spacing = &mut style.spacing;
        spacing.item_spacing = vec2(GRID, GRID);
        spacing.button_padding = vec2(2.0 * GRID, GRID);
        spacing.interact_size = vec2(TOUCH, TOUCH);
        spacing.window_margin = Margin::same(16);
        spacing.menu_margin = Margin::same(8);
        spacing.icon_width = 20.0;
        spacing.icon_width_inner = 12.0;
        spacing.icon_spacing = GRID;
        spacing.slider_width = 240.0;
        spacing.text_edit_width = 320.0;
        spacing.tooltip_width = 400.0;
        spacing.scroll = egui::style::ScrollStyle::solid();
        style
    }

    fn visuals(&self) -> egui::Visuals {
        let mut visuals = if self.is_light {
            egui::Visuals::light()
        } else {
            egui::Visuals::dark()
        };
        let round = CornerRadius::same(ROUND);
        visuals.override_text_color = Some(self.ink);
        visuals.weak_text_color = Some(self.muted);
        visuals.hyperlink_color = self.accent;
        visuals.faint_bg_color = self.surface;
        visuals.extreme_bg_color = self.ground;
        visuals.text_edit_bg_color = Some(self.ground);
        visuals.code_bg_color = self.raised;
        visuals.warn_fg_color = self.caution;
        visuals.error_fg_color = self.alarm;
        visuals.panel_fill = self.ground;
        visuals.window_fill = self.surface;
        visuals.window_stroke = self.control();
        visuals.window_corner_radius = CornerRadius::same(ROUND + 2);
        visuals.menu_corner_radius = round;
        visuals.window_shadow = egui::Shadow::NONE;
        visuals.popup_shadow = egui::Shadow::NONE;
        visuals.selection.bg_fill = self.accent.gamma_multiply(0.35);
        visuals.selection.stroke = self.focus();
        visuals.slider_trailing_fill = true;
        visuals.disabled_alpha = 0.75;
        visuals.interact_cursor = Some(egui::CursorIcon::PointingHand);
        let widget = |fill: Color32, stroke: Stroke| egui::style::WidgetVisuals {
            bg_fill: fill,
            weak_bg_fill: fill,
            bg_stroke: stroke,
            corner_radius: round,
            fg_stroke: Stroke::new(1.5, self.ink),
            expansion: 0.0,
        };
        visuals.widgets.noninteractive = widget(self.surface, self.border());
        visuals.widgets.inactive = widget(self.raised, self.control());
        visuals.widgets.hovered = widget(self.hover, Stroke::new(1.0, self.ink));
        visuals.widgets.active = widget(self.hover, self.focus());
        visuals.widgets.open = widget(self.hover, self.control());
        visuals
    }
}

impl Default for Theme {
    fn default() -> Self {
        Self::slate()
    }
}

fn key() -> egui::Id {
    egui::Id::new("common-ground-theme")
}

/// Gives every screen this look; cheap when nothing has changed, so it may run in every frame.
pub fn apply(ctx: &egui::Context, settings: &Settings) {
    let theme = Theme::for_settings(settings);
    if ctx.data(|kept| kept.get_temp::<Theme>(key())) == Some(theme) {
        return;
    }
    ctx.data_mut(|kept| kept.insert_temp(key(), theme));
    let style = std::sync::Arc::new(theme.style());
    ctx.set_style_of(egui::Theme::Dark, style.clone());
    ctx.set_style_of(egui::Theme::Light, style);
    ctx.set_theme(if theme.is_light {
        egui::Theme::Light
    } else {
        egui::Theme::Dark
    });
    // Size is a setting, kept with the others; keys would change it behind its back.
    ctx.options_mut(|options| options.zoom_with_keyboard = false);
    ctx.set_zoom_factor(theme.scale);
}

/// The look in force.
#[must_use]
pub fn of(ui: &egui::Ui) -> Theme {
    ui.ctx()
        .data(|kept| kept.get_temp(key()))
        .unwrap_or_default()
}

/// Contrast of two opaque colours by WCAG 2.2, 1 to 21.
#[must_use]
pub fn contrast(one: Color32, other: Color32) -> f32 {
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance(colour: Color32) -> f32 {
    let part = |value: u8| {
        let value = f32::from(value) / 255.0;
        if value <= 0.040_45 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * part(colour.r()) + 0.7152 * part(colour.g()) + 0.0722 * part(colour.b())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looks() -> Vec<(String, Theme)> {
        let mut looks = Vec::new();
        for is_light in [false, true] {
            for high_contrast in [false, true] {
                let settings = Settings {
                    is_light,
                    high_contrast,
                    ..Settings::default()
                };
                looks.push((
                    format!("light {is_light}, sharp {high_contrast}"),
                    Theme::for_settings(&settings),
                ));
            }
        }
        looks
    }

    #[test]
    fn black_on_white_is_twenty_one_to_one() {
        assert!((contrast(Color32::BLACK, Color32::WHITE) - 21.0).abs() < 0.01);
    }

    #[test]
    fn text_keeps_four_and_a_half_to_one_on_everything_behind_it() {
        for (name, t) in looks() {
            for behind in [t.ground, t.surface, t.raised, t.hover, t.veil] {
                for text in [t.ink, t.muted] {
                    let found = contrast(text, behind);
                    assert!(found >= 4.5, "{name}: {text:?} on {behind:?} is {found:.2}");
                }
            }
            for behind in [t.ground, t.surface, t.raised, t.veil] {
                for tone in [t.accent, t.caution, t.alarm, t.cool] {
                    let found = contrast(tone, behind);
                    assert!(found >= 4.5, "{name}: {tone:?} on {behind:?} is {found:.2}");
                }
            }
            assert!(
                contrast(t.on_accent, t.accent) >= 4.5,
                "{name}: text on the accent"
            );
        }
    }

    #[test]
    fn controls_and_focus_keep_three_to_one() {
        for (name, t) in looks() {
            for behind in [t.ground, t.surface, t.raised] {
                let found = contrast(t.edge, behind);
                assert!(found >= 3.0, "{name}: edge on {behind:?} is {found:.2}");
                assert!(
                    contrast(t.accent, behind) >= 3.0,
                    "{name}: focus on {behind:?}"
                );
            }
        }
    }

    #[test]
    fn more_contrast_is_more() {
        let plain = Theme::for_settings(&Settings::default());
        let sharp = Theme::for_settings(&Settings {
            high_contrast: true,
            ..Settings::default()
        });
        assert!(contrast(sharp.muted, sharp.ground) > contrast(plain.muted, plain.ground));
    }

    #[test]
    fn the_look_reaches_every_view() {
        let ctx = egui::Context::default();
        let settings = Settings {
            is_light: true,
            text_scale: 1.5,
            ..Settings::default()
        };
        apply(&ctx, &settings);
        let mut seen = None;
        let output = ctx.run_ui(egui::RawInput::default(), |ui| seen = Some(of(ui)));
        output.drop_without_applying_deltas();
        assert_eq!(seen, Some(Theme::for_settings(&settings)));
    }
}
