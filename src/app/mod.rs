//! What is seen and heard.
//!
//! [`desk`] says what the program is doing and [`views`] draw it and say what the user asked for;
//! neither knows Bevy, and the feature `screens` builds and tests them without it. `stage` shows
//! place and people, `sound` is what is heard, and `window` joins all of them.

// Without the window nobody sits at it but its tests.
#[cfg_attr(not(feature = "window"), allow(dead_code, unused_imports))]
mod desk;
#[cfg(feature = "window")]
mod gallery;
#[cfg(feature = "window")]
mod glass;
#[cfg(feature = "window")]
mod interface;
#[cfg(feature = "window")]
mod measure;
#[cfg(feature = "window")]
mod pages;
#[cfg(feature = "window")]
mod redraw;
#[cfg(feature = "window")]
mod sound;
#[cfg(feature = "window")]
pub mod stage;
pub mod theme;
pub mod views;
#[cfg(feature = "window")]
mod window;

#[cfg(feature = "window")]
pub use gallery::{Commission, Subject, run as gallery};
#[cfg(feature = "window")]
pub use measure::{Measured, What};
#[cfg(feature = "window")]
use window::{Asked, assets, log, plugin};
#[cfg(feature = "window")]
pub use window::{Opening, PICTURE_LOST, open};
