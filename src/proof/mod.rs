//! Proof: every path of a scenario tried, and what that says about it.

mod expand;
mod explore;
mod key;
mod live;
mod table;

pub use expand::{Met, Way};
pub use explore::{Drawn, Edge, Extent, Limits, Space, explore};
