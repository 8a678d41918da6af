//! What happens when someone plays: a pure function of scenario, seed and moves.
//!
//! [`Encounter::begin`] and [`Encounter::step`] say what happens as [`Event`]s; nothing else
//! changes an encounter. All numbers are small and whole, all chance comes from one generator
//! (`ChaCha8`) seeded by the attempt, so the same seed and moves give the same events on every
//! machine. A [`Deal`] in the place of the generator lets every outcome be tried. This room knows no screen, no file, no clock and no thread.

mod deal;
mod event;
mod kernel;
mod preset;
mod replay;
mod state;
mod why;

pub use deal::{Deal, Trace, Unread};
pub use event::{Event, Gauge, Move};
pub use kernel::{Encounter, MoveRefused};
pub use preset::{Preset, PresetFault, settable};
pub use replay::{ReplayError, move_by_text, move_text, replay, replay_at};
pub use state::State;
pub use why::{Clause, conditions, weighed};
