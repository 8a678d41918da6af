//! Proof: every path of a scenario tried, and what that says about it.
//!
//! [`explore`] visits every reachable state over every draw, with chance as branches; [`sweep`]
//! does so with whole sets of states, where there are too many to visit one by one. [`prove`]
//! turns what was met into findings with runs that show them, exact chances of the endings and
//! exact ranges of the scores, and lets bots guess. Where there are more states than the budget,
//! it says so and rests on sampled seeds. [`what_if`] rolls an attempt forward from each of its
//! decisions. This room knows no screen and no file.

mod between;
pub mod bots;
mod bounds;
mod chances;
mod drift;
mod expand;
mod explore;
mod findings;
mod key;
mod levels;
mod live;
mod places;
mod prove;
mod roam;
mod sample;
mod scores;
mod sets;
mod sweep;
mod table;
mod tendencies;
mod way_out;
mod whatif;
mod witness;

pub use bounds::{Range, ranges};
pub use chances::{Chances, DrawChances, Policy, chances};
pub use drift::Sampled;
pub use expand::{Met, Way};
pub use explore::{Drawn, Edge, Extent, Limits, Space, explore};
pub use prove::{Asked, EndingProof, Finding, Proof, grouped, prove};
pub use sample::{Record, Run, Tally, bot_table, by_draw, draw_table, draw_text, play, tally};
pub use scores::ScoreProof;
pub use sweep::{Bound, Reach, Swept, sweep};
pub use whatif::{EndingShare, Fork, Lean, Likely, Luck, Spread, WhatIf, Wise, luck_of, what_if};
pub use witness::{Witness, moves_to, witness};
