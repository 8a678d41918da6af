//! From moves to a score sheet, with the reason for every point.
//!
//! Scoring plays the moves again and marks each decision against the course. It is a pure
//! function of scenario, course, seed and moves, so a stored attempt gives the same sheet at
//! any time. It changes no rule of the encounter and knows no screen.

mod claims;
mod completion;
mod counts;
mod review;
mod sheet;

pub use claims::{Claim, Element, claim};
pub use completion::{Counted, missing, passes};
pub use counts::{Counts, counts};
pub use review::{
    Alternative, FeltWords, LawInPlay, Levels, Review, ReviewLine, ReviewStep, TechniqueUse, review,
};
pub use sheet::{
    DecisionScore, GateFailed, ObjectiveScore, Point, Result, ScoreSheet, Verdict, marks_of, score,
};
