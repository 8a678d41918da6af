//! What happens in an encounter, as the screen, the store, the score and the review read it.

use crate::course::Shift;

/// A move of the trainee.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Move {
    /// An option of the decision, by its position in the scenario's choices.
    Choice(u32),
    /// One metre closer.
    StepCloser,
    /// One metre back.
    StepBack,
    /// Take a moment to look.
    Observe,
    /// Speak to control.
    Radio,
    /// Say nothing, on purpose.
    Hold,
    /// The decision window ran out.
    Silence,
}

impl Move {
    /// Every move but the options, in the order in which they are offered.
    pub const STANDING: [Self; 5] = [
        Self::StepCloser,
        Self::StepBack,
        Self::Observe,
        Self::Radio,
        Self::Hold,
    ];

    /// The word that the command line and the records use; nothing for an option.
    #[must_use]
    pub const fn word(self) -> Option<&'static str> {
        match self {
            Self::Choice(_) => None,
            Self::StepCloser => Some("StepCloser"),
            Self::StepBack => Some("StepBack"),
            Self::Observe => Some("Observe"),
            Self::Radio => Some("Radio"),
            Self::Hold => Some("Hold"),
            Self::Silence => Some("silence"),
        }
    }
}

/// Something with a value that can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gauge {
    /// Distress, 0 to 20.
    Distress,
    /// Trust, 0 to 20.
    Trust,
    /// A meter of the author's own, by position.
    Meter(u8),
    /// A counter, by position.
    Counter(u8),
}

/// One thing that happened. Positions refer to the lists of the scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// The encounter began.
    Began,
    /// A beat was reached.
    BeatReached(u32),
    /// A line was said or seen.
    LineSpoken(u32),
    /// The officer noticed a sign, by position in the profile's list.
    SignSeen(u8),
    /// The officer made a move.
    MoveMade(Move),
    /// Nothing was said; whether on purpose.
    SilenceHeld {
        /// Chosen, rather than time having run out.
        is_chosen: bool,
    },
    /// A technique had its effect.
    TechniqueUsed {
        /// Position in the scenario's techniques.
        technique: u16,
        /// Used before its stage was reached.
        is_premature: bool,
        /// Halved by distance.
        is_faint: bool,
        /// What it changed before limits.
        shift: Shift,
    },
    /// A long speech had its cost.
    SpeechTooLong,
    /// A value changed.
    GaugeChanged {
        /// Which.
        gauge: Gauge,
        /// Before.
        from: u8,
        /// After.
        to: u8,
    },
    /// The officer's distance changed, in half-metres.
    Moved {
        /// Before.
        from: u8,
        /// After.
        to: u8,
    },
    /// A fact became known.
    FactLearned(u16),
    /// A fact no longer holds.
    FactForgotten(u16),
    /// The person is detained under this reference, or free again.
    StatusChanged(Option<u16>),
    /// A gate was failed, by position in the scenario's failures.
    GateFailed(u32),
    /// Something happened by itself, by position in the scenario's incidents.
    Happened(u32),
    /// The officer may decide now.
    DecisionOffered(u32),
    /// The encounter ended.
    Ended(u32),
}
