//! Colours of the reports: Okabe and Ito's palette, which people with any colour vision can tell
//! apart. Colour never stands alone; a word or a shape goes with it.

/// Text.
pub(super) const INK: &str = "#1a1a1a";
/// Quieter text.
pub(super) const QUIET: &str = "#4a4a4a";
/// Headings and links.
pub(super) const BLUE: &str = "#0072b2";
/// The page.
pub(super) const PAPER: &str = "#ffffff";
/// Panels and table heads.
pub(super) const BAND: &str = "#f3f5f7";
/// Distress, and what failed: lines and borders, never text.
pub(super) const VERMILION: &str = "#d55e00";
/// Distance, and what held: lines and borders, never text.
pub(super) const GREEN: &str = "#009e73";
/// Rules between rows.
pub(super) const RULE: &str = "#8a9099";

#[cfg(test)]
mod tests {
    use super::*;

    fn channel(hex: &str) -> f64 {
        let value = f64::from(u8::from_str_radix(hex, 16).unwrap()) / 255.0;
        if value <= 0.040_45 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    }

    fn luminance(colour: &str) -> f64 {
        let hex = colour.strip_prefix('#').unwrap();
        0.2126 * channel(&hex[0..2]) + 0.7152 * channel(&hex[2..4]) + 0.0722 * channel(&hex[4..6])
    }

    /// Contrast ratio as WCAG 2.2 defines it.
    fn contrast(one: &str, other: &str) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn text_has_a_contrast_of_four_and_a_half_to_one() {
        for text in [INK, QUIET, BLUE] {
            for ground in [PAPER, BAND] {
                let ratio = contrast(text, ground);
                assert!(ratio >= 4.5, "{text} on {ground}: {ratio:.2}");
            }
        }
    }

    #[test]
    fn lines_and_bars_have_a_contrast_of_three_to_one() {
        for line in [VERMILION, GREEN, BLUE, RULE] {
            let ratio = contrast(line, PAPER);
            assert!(ratio >= 3.0, "{line}: {ratio:.2}");
        }
    }
}
