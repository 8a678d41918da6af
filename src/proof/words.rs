//! How many states there are, and how far scores go, in the words of terminal and window.

use super::explore::Extent;
use super::prove::{Proof, grouped};
use super::scores::ScoreProof;

impl Proof {
    /// How many states there are, as far as that is known.
    #[must_use]
    pub fn states_words(&self) -> String {
        let least = grouped(self.states);
        match self.at_most {
            Some(most) if most == self.states as u64 => format!("{least} states"),
            Some(most) => format!("at least {least} states and at most {:.1e}", most as f64),
            None if self.extent == Extent::Exhausted => format!("{least} states"),
            None => format!("at least {least} states"),
        }
    }
}

impl ScoreProof {
    /// A range that is known, or what is left open of it.
    #[must_use]
    pub fn words(&self) -> String {
        let (least, most) = (self.least, self.most);
        match (self.lowest, self.highest) {
            (Some(lowest), Some(highest)) if lowest == least && highest == most => {
                format!("{lowest:>3} to {highest:>3} %")
            }
            (Some(lowest), Some(highest)) => {
                let side = |one: u32, other: u32| {
                    if one == other {
                        format!("{one} %")
                    } else {
                        format!("between {one} and {other} %")
                    }
                };
                format!(
                    "{lowest:>3} to {highest:>3} % are reached; the lowest is {}, the highest {}",
                    side(least, lowest),
                    side(highest, most)
                )
            }
            _ => format!(
                "no run was found with enough opportunities; none scores below {least} or above {most} %"
            ),
        }
    }
}
