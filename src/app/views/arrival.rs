//! A page that has just come takes no key that was meant for the one before.
//!
//! Whoever presses Space to read on presses it once too often sooner or later. A key that is still
//! held when another page comes, or pressed before anybody can have read it, does nothing there.

use egui::{Event, InputState, Key};

use super::Page;
use super::options::NUMBERS;

/// Seconds for which a page that has just come takes no keys that choose or go on.
pub const QUIET_SECS: f64 = 0.5;

/// Keys that choose something or go on. Those that move the focus or close something are not
/// among them.
fn is_choosing(key: Key) -> bool {
    matches!(key, Key::Space | Key::Enter | Key::Num0) || NUMBERS.contains(&key)
}

/// When the page that is shown came, and which keys are not for it.
#[derive(Debug, Clone, Default)]
pub struct Arrival {
    page: Option<Page>,
    since: f64,
    /// Keys that went down before the page could be read, until they come up.
    refused: Vec<Key>,
}

impl Arrival {
    /// Takes from the input of this frame what is not meant for `page`.
    pub fn hold_back(&mut self, page: Page, input: &mut InputState) {
        if self.page != Some(page) {
            let is_first = self.page.is_none();
            self.page = Some(page);
            // Nothing came before the first page.
            self.since = if is_first {
                f64::NEG_INFINITY
            } else {
                input.time
            };
            self.refused = input
                .keys_down
                .iter()
                .copied()
                .filter(|key| !is_first && is_choosing(*key))
                .collect();
        }
        let is_early = input.time - self.since < QUIET_SECS;
        let mut is_space_refused = self.refused.contains(&Key::Space);
        let refused = &mut self.refused;
        input.events.retain(|event| match event {
            Event::Key {
                key,
                pressed: true,
                repeat,
                ..
            } if is_choosing(*key) => {
                if is_early && !repeat && !refused.contains(key) {
                    refused.push(*key);
                } else if !is_early && !repeat {
                    refused.retain(|known| known != key);
                }
                is_space_refused = refused.contains(&Key::Space);
                !refused.contains(key)
            }
            Event::Text(text) if text.trim().is_empty() => !is_space_refused,
            _ => true,
        });
        self.refused.retain(|key| input.keys_down.contains(key));
    }
}
