//! Proof: every path of a scenario tried, and what that says about it.
//!
//! How [`prove`] goes about it:
//!
//! 1. Up to 10,000 states are visited one by one, breadth first over every draw, with chance as
//!    branches ([`explore`]). Where that is all of them it is over. What nothing reads any more is
//!    left out of a state, so that states which behave alike for ever are one.
//! 2. Otherwise [`sweep`] counts them by whole sets, kept as shared diagrams, up to five million. If
//!    there are no more, they are all visited one by one after all: findings, exact chances and
//!    exact ranges of scores rest on them.
//! 3. If there are more, they are closed in on from both sides. Boxes, which keep of each beat only
//!    which values every part has, hold at least every state: what they do not meet is never met.
//!    Some thousand states of all beats, each reached by moves, show what is met. What is left open
//!    between the two is decided by bounded sweeps, finer from stage to stage, of sets that hold
//!    only states that are reached and of sets that hold all of them. Where both agree on
//!    everything that is asked, that is as exact as if every state had been seen.
//! 4. If the budget is spent before, that is said, and nothing is claimed of what is open.
//!
//! Scores of large scenarios are closed in on likewise, with runs on one side and boxes on the other;
//! chances are exact for policies that come to few states, and drawn, with bounds, for any open move.
//! Guessers play seeds. What is found is shown by a run: looked up, and so a shortest one, where every
//! state was visited, and otherwise played towards. What is told is the same each time and with any number of threads.
//! Tests hold states one by one against an explorer that has none of these reductions, and sets,
//! boxes and roaming against states one by one.
//!
//! [`what_if`] rolls an attempt forward from each of its decisions. This room knows no screen and no
//! file.

mod between;
pub mod bots;
mod bounds;
mod chances;
mod cures;
mod drift;
mod expand;
mod explore;
mod findings;
mod hunt;
mod key;
mod levels;
mod live;
mod met;
mod passing;
mod places;
mod prove;
mod roam;
mod sample;
mod scores;
mod sets;
mod stuck;
mod sweep;
mod table;
mod tendencies;
mod way_out;
mod whatif;
mod witness;
mod words;

pub use bots::READER_LEAST;
pub use bounds::{Range, ranges};
pub use chances::{Chances, DrawChances, Policy, chances};
pub use cures::{CURES, cure};
pub use drift::Sampled;
pub use expand::Way;
pub use explore::{Drawn, Edge, Extent, Limits, Space, USUAL_BUDGET, explore};
pub use met::Met;
pub use passing::Passes;
pub use prove::{Asked, EndingProof, Finding, Proof, grouped, prove};
pub use sample::{
    Record, Run, Tally, bot_table, by_draw, by_profile, draw_table, draw_text, play, tally,
};
pub use scores::ScoreProof;
pub use sweep::{Bound, Reach, Swept, sweep};
pub use whatif::{EndingShare, Fork, Lean, Likely, Luck, Spread, WhatIf, Wise, luck_of, what_if};
pub use witness::{Witness, moves_to, witness};
