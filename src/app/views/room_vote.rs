//! A room that plays as one: hands are counted for each move, the vote is taken, and before the
//! answer comes it stands beside what others chose here.

use egui::{Key, RichText, Ui};

use super::super::theme::{self, GRID, Tone};
use super::Intent;
use super::options::OptionRow;
use super::past::counted;
use super::widgets::{
    Bar, bar, body, card, heading, key_button, note, page, pressed, primary_button,
    secondary_button,
};
use crate::encounter::Move;

/// Under so many others at a decision nothing is shown of them, so that nobody is picked out.
pub const LEAST_OTHERS: u32 = 5;

/// What a room asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoomIntent {
    /// One hand for a move.
    Vote(Move),
    /// The last hand is taken back.
    TakeBack,
    /// The vote is taken: for the move with most hands, or for this one of several with as many.
    Take(Option<Move>),
    /// The vote that was taken is opened again.
    VoteAgain,
    /// The move is made.
    GoOn,
}

/// The vote as it stands.
#[derive(Debug, Clone, Copy)]
pub struct RoomVote<'a> {
    /// Name of the room.
    pub room: &'a str,
    /// Hands by move; moves without any are not among them.
    pub votes: &'a [(Move, u32)],
    /// The vote that was taken, beside what others chose.
    pub told: Option<&'a VoteTold>,
}

/// A vote that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoteTold {
    /// Each move that anybody took.
    pub shares: Vec<VoteShare>,
    /// Others who came to this decision.
    pub others: u32,
}

/// One move of a vote that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoteShare {
    /// The words or the action.
    pub words: String,
    /// Hands in the room.
    pub room: u32,
    /// How often others took it.
    pub others: u32,
    /// Whether it is what the room does.
    pub is_taken: bool,
}

impl RoomVote<'_> {
    /// Hands for a move.
    #[must_use]
    pub fn for_move(&self, made: Move) -> u32 {
        self.votes
            .iter()
            .find(|(other, _)| *other == made)
            .map_or(0, |(_, hands)| *hands)
    }

    /// All hands.
    #[must_use]
    pub fn all(&self) -> u32 {
        self.votes.iter().map(|(_, hands)| hands).sum()
    }

    /// Moves with most hands: one, several with as many, or none.
    #[must_use]
    pub fn leading(&self) -> Vec<Move> {
        leading(self.votes)
    }

    /// The options with their hands in words.
    pub(super) fn marked(&self, options: &[OptionRow]) -> Vec<OptionRow> {
        options
            .iter()
            .map(|option| OptionRow {
                made: option.made,
                text: match self.for_move(option.made) {
                    0 => option.text.clone(),
                    hands => format!("{}  [{}]", option.text, counted(hands as usize, "vote")),
                },
            })
            .collect()
    }
}

/// Moves with most hands: one, several with as many, or none.
#[must_use]
pub fn leading(votes: &[(Move, u32)]) -> Vec<Move> {
    let most = votes.iter().map(|(_, hands)| *hands).max().unwrap_or(0);
    votes
        .iter()
        .filter(|(_, hands)| *hands == most && most > 0)
        .map(|(made, _)| *made)
        .collect()
}

/// A move in short, for the button that takes it.
fn short(options: &[OptionRow], made: Move) -> String {
    options
        .iter()
        .position(|option| option.made == made)
        .map_or_else(
            || {
                match made {
                    Move::StepCloser => "Step closer",
                    Move::StepBack => "Step back",
                    Move::Observe => "Observe",
                    Move::Radio => "Radio",
                    Move::Hold => "Hold",
                    Move::Choice(_) | Move::Silence => "Silence",
                }
                .to_owned()
            },
            |at| (at + 1).to_string(),
        )
}

/// What the keys ask for while the room votes.
pub(super) fn room_keys(ui: &Ui, vote: &RoomVote<'_>) -> Option<Intent> {
    if vote.all() > 0 && pressed(ui, Key::Backspace) {
        return Some(Intent::Room(RoomIntent::TakeBack));
    }
    if vote.leading().len() == 1 && pressed(ui, Key::V) {
        return Some(Intent::Room(RoomIntent::Take(None)));
    }
    None
}

/// The strip that counts: above the row of moves.
pub(super) fn voting_ui(
    ui: &mut Ui,
    vote: &RoomVote<'_>,
    options: &[OptionRow],
    frame: egui::Frame,
) -> Option<Intent> {
    let look = theme::of(ui);
    let mut asked = None;
    egui::Panel::bottom("room-vote")
        .resizable(false)
        .show_separator_line(false)
        .frame(frame)
        .show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                let leading = vote.leading();
                let words = match (vote.all(), leading.len()) {
                    (0, _) => format!(
                        "{} votes: press a number or a move once for each hand.",
                        vote.room
                    ),
                    (hands, 2..) => format!(
                        "{}, as many for several: talk, count again, or take one.",
                        counted(hands as usize, "vote")
                    ),
                    (hands, _) => format!("{}.", counted(hands as usize, "vote")),
                };
                ui.label(RichText::new(words).font(look.body()).color(look.ink));
                // Hands for what is no option are seen nowhere else.
                for (made, hands) in vote.votes {
                    if !matches!(made, Move::Choice(_)) {
                        let words = format!("{}: {hands}", short(options, *made));
                        ui.label(RichText::new(words).font(look.body()).color(look.ink));
                    }
                }
                if vote.all() == 0 {
                    return;
                }
                if key_button(ui, "Take one back", "Backspace").clicked() {
                    asked = Some(Intent::Room(RoomIntent::TakeBack));
                }
                if let [_] = leading.as_slice() {
                    if key_button(ui, "Take the vote", "V").clicked() {
                        asked = Some(Intent::Room(RoomIntent::Take(None)));
                    }
                } else {
                    for made in leading {
                        let words = format!("Take {}", short(options, made));
                        if secondary_button(ui, &words).clicked() {
                            asked = Some(Intent::Room(RoomIntent::Take(Some(made))));
                        }
                    }
                }
            });
        });
    asked
}

/// The vote that was taken, over the whole page; the answer waits.
pub(super) fn told_ui(ui: &mut Ui, vote: &RoomVote<'_>, told: &VoteTold) -> Option<Intent> {
    let mut asked = None;
    if pressed(ui, Key::Backspace) {
        asked = Some(Intent::Room(RoomIntent::VoteAgain));
    }
    page(ui, 720.0, |ui| {
        card(ui, |ui| {
            heading(ui, &format!("{} has voted", vote.room));
            let hands: u32 = told.shares.iter().map(|one| one.room).sum();
            for one in told.shares.iter().filter(|one| one.is_taken) {
                body(ui, &format!("You go on with: {}", one.words));
            }
            ui.add_space(GRID);
            let shows_others = told.others >= LEAST_OTHERS;
            for one in &told.shares {
                if one.room == 0 && !shows_others {
                    continue;
                }
                body(ui, &one.words);
                share_ui(ui, "The room", one.room, hands, Tone::Accent);
                if shows_others {
                    share_ui(ui, "Others here", one.others, told.others, Tone::Cool);
                }
                ui.add_space(GRID);
            }
            note(
                ui,
                &if shows_others {
                    format!(
                        "Others: people who came to this decision on their own, {} times. What most chose need not be what helps.",
                        told.others
                    )
                } else {
                    format!(
                        "What others chose is shown once {LEAST_OTHERS} have come to this decision, so that nobody is picked out."
                    )
                },
            );
            ui.horizontal_wrapped(|ui| {
                let on = primary_button(ui, "Go on");
                super::widgets::first_focus(ui, &on);
                if on.clicked() {
                    asked = Some(Intent::Room(RoomIntent::GoOn));
                }
                if key_button(ui, "Vote again", "Backspace").clicked() {
                    asked = Some(Intent::Room(RoomIntent::VoteAgain));
                }
            });
        });
    });
    asked
}

fn share_ui(ui: &mut Ui, label: &str, part: u32, of: u32, tone: Tone) {
    let share = if of == 0 {
        0.0
    } else {
        f64::from(part) / f64::from(of)
    };
    bar(
        ui,
        &Bar {
            label,
            words: &format!("{part} of {of} ({:.0} %)", share * 100.0),
            part: share as f32,
            tone,
        },
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_move_with_most_hands_leads_and_a_tie_has_several() {
        assert_eq!(leading(&[]), []);
        let votes = [(Move::Choice(1), 3), (Move::Hold, 5)];
        assert_eq!(leading(&votes), [Move::Hold]);
        let tie = [(Move::Choice(1), 5), (Move::Hold, 5), (Move::Observe, 1)];
        assert_eq!(leading(&tie), [Move::Choice(1), Move::Hold]);
    }
}
