//! What scenarios measure, and how well: figures over many attempts.
//!
//! Pure functions from what was drawn from attempts to figures; no store, no clock, no screen.
//! Every formula is named with its source where it is worked out: decisions and options in
//! [`Decision`], reliability in [`Reliability`], agreement in [`weighted_kappa`] and
//! [`icc_agreement`]. Under [`LEAST`] attempts there is no figure, under [`FEW`] it comes with a
//! warning. All of them describe those who played; they say nothing of anybody else, and nothing
//! of whether training changes what happens on duty.

mod agreement;
mod distribution;
mod drawing;
mod items;
mod reliability;
mod sayings;

pub use agreement::{Estimate, Weights, icc_agreement, weighted_kappa};
pub use drawing::{FORM, Step, draw, move_of};
pub use items::{
    Decision, Drawn, ObjectiveMeasures, OptionShare, ScenarioMeasures, Version, measure,
};
pub use reliability::{FEW, LEAST, NoFigure, Reliability, Scores, reliability};
pub use sayings::{AGREED, few_words, icc_words, kappa_words};
