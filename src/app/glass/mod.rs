//! The glass of the window: the stage's picture straight from its image, and the interface around
//! it, laid side by side in one go where the processor draws.
//!
//! Without it the picture was drawn into the interface and the interface then onto the window: every
//! point of the stage was read and written twice. Here the interface's own picture holds only what
//! the interface covers, and a new picture of the stage alone costs the interface nothing.

mod pass;
mod pieces;

pub(super) use pass::{WindowPasses, plugin};
pub(super) use pieces::{Glass, split};
