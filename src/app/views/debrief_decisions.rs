//! Every decision of an attempt: what was done, what it did, why, and what else was open.

use std::collections::BTreeSet;

/// What is folded out.
#[derive(Debug, Clone, Default)]
pub struct DecisionsDraft {
    /// Numbers of the decisions that are folded out.
    pub open: BTreeSet<u32>,
    /// Numbers of the decisions whose alternatives are folded out.
    pub alternatives: BTreeSet<u32>,
}
