//! A room that plays as one: whose attempt it is, the hands that were counted, and the vote that is
//! kept.

use std::collections::BTreeMap;

use crate::attempt::{Sit, Sitting, timing_key};
use crate::encounter::{Move, move_text};
use crate::places::now;
use crate::records::{CohortId, GroupVote, Mode};

use super::super::views::room_vote::{RoomIntent, VoteShare, VoteTold, leading};
use super::{Desk, Page};

/// A room that plays.
#[derive(Debug, Clone, Default)]
pub(in crate::app) struct RoomPlay {
    /// Its name.
    pub name: String,
    /// Hands in the order in which they were counted.
    hands: Vec<Move>,
    /// Hands by move.
    pub votes: Vec<(Move, u32)>,
    /// The move of the vote that was taken, and what is told of it.
    pub taken: Option<(Move, VoteTold)>,
}

impl RoomPlay {
    pub(super) fn of(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            ..Self::default()
        }
    }

    /// Counts again from nothing.
    pub(super) fn clear(&mut self) {
        self.hands.clear();
        self.votes.clear();
        self.taken = None;
    }

    fn count(&mut self) {
        self.votes.clear();
        for hand in &self.hands {
            match self.votes.iter_mut().find(|(made, _)| made == hand) {
                Some((_, hands)) => *hands += 1,
                None => self.votes.push((*hand, 1)),
            }
        }
    }
}

impl Desk {
    /// Begins the scenario of the briefing for a room: practice, without time limits, and counted
    /// for nobody.
    pub(super) fn begin_room(&mut self, cohort: &str) {
        let Ok(id) = cohort.parse::<CohortId>() else {
            return;
        };
        let Some(file) = self.chosen.clone() else {
            return;
        };
        let courses = match (
            self.places.scenario(&file.path.display().to_string()),
            &self.shelf,
        ) {
            (Ok((_, courses)), _) => courses,
            (Err(_), Ok(shelf)) => shelf.courses.clone(),
            (Err(_), Err(_)) => return,
        };
        let Some(seed) = self.take_seed() else { return };
        self.assigned = None;
        let time = now();
        let sat = self.with_store(|store| {
            let room = store.room_of(id, &time)?;
            let sit = Sit {
                file: &file,
                courses: &courses,
                seed,
                mode: Mode::Practice,
            };
            let sitting = Sitting::begin(sit, Some((store, room, &time)))?;
            if let Some(id) = sitting.id {
                store.set_setting(&timing_key(id), "no time limit")?;
            }
            Ok((sitting, store.cohort(id)?.name))
        });
        if let Some((sitting, name)) = sat {
            self.room = Some(RoomPlay::of(&name));
            self.take_up(sitting, false);
        }
    }

    /// Whether the attempt that is taken up belongs to a room; then the room votes again.
    pub(super) fn seat_room(&mut self, sitting: &Sitting) {
        let Some(id) = sitting.id else { return };
        let who = self.with_store(|store| Ok(store.trainee(store.attempt(id)?.trainee)?));
        self.room = who
            .filter(|who| who.is_room)
            .map(|who| RoomPlay::of(who.name.trim_start_matches("The room: ")));
    }

    /// What a room asks for.
    pub(super) fn ask_room(&mut self, wanted: RoomIntent) {
        let can_vote = self
            .live
            .as_ref()
            .is_some_and(|live| !live.is_paused && !live.is_speaking() && live.decided().is_none());
        let Some(room) = self.room.as_mut().filter(|_| can_vote) else {
            return;
        };
        match wanted {
            RoomIntent::Vote(made) if room.taken.is_none() => {
                room.hands.push(made);
                room.count();
            }
            RoomIntent::TakeBack if room.taken.is_none() => {
                room.hands.pop();
                room.count();
            }
            RoomIntent::Take(asked) if room.taken.is_none() => {
                let ahead = leading(&room.votes);
                let taken = match (asked, ahead.as_slice()) {
                    (Some(made), _) if ahead.contains(&made) => Some(made),
                    (None, [only]) => Some(*only),
                    _ => None,
                };
                if let Some(taken) = taken {
                    self.tell_vote(taken);
                }
            }
            RoomIntent::VoteAgain => room.taken = None,
            RoomIntent::GoOn => self.go_on_with_vote(),
            _ => {}
        }
    }

    /// Sets the vote beside what others chose at this decision.
    fn tell_vote(&mut self, taken: Move) {
        let (Some(room), Some(live)) = (&self.room, &self.live) else {
            return;
        };
        let encounter = live.sitting().encounter();
        let scenario = encounter.scenario();
        let beat = beat_of(encounter);
        let votes = room.votes.clone();
        let mut shares: Vec<(String, VoteShare)> = live
            .options
            .iter()
            .map(|option| (option.made, option.text.clone()))
            .chain(votes.iter().map(|(made, _)| (*made, live.words_of(*made))))
            .map(|(made, words)| {
                let hands = votes.iter().find(|(other, _)| *other == made);
                let share = VoteShare {
                    words,
                    room: hands.map_or(0, |(_, hands)| *hands),
                    others: 0,
                    is_taken: made == taken,
                };
                (move_text(scenario, made), share)
            })
            .collect();
        let mut seen = std::collections::BTreeSet::new();
        shares.retain(|(word, _)| seen.insert(word.clone()));
        let id = scenario.id.clone();
        let chosen = self.with_store(|store| Ok(store.choices_on(&id)?));
        let mut others = 0;
        for (_, made, times) in chosen
            .unwrap_or_default()
            .into_iter()
            .filter(|(at, ..)| *at == beat)
        {
            others += times;
            if let Some((_, share)) = shares.iter_mut().find(|(word, _)| *word == made) {
                share.others = times;
            }
        }
        let shares = shares.into_iter().map(|(_, share)| share).collect();
        if let Some(room) = &mut self.room {
            room.taken = Some((taken, VoteTold { shares, others }));
        }
    }

    /// Makes the move that was voted for and keeps the vote.
    fn go_on_with_vote(&mut self) {
        let (Some(room), Some(live)) = (&self.room, &self.live) else {
            return;
        };
        let Some((taken, _)) = &room.taken else {
            return;
        };
        let (taken, sitting) = (*taken, live.sitting());
        let encounter = sitting.encounter();
        let scenario = encounter.scenario();
        let votes: BTreeMap<String, u32> = room
            .votes
            .iter()
            .map(|(made, hands)| (move_text(scenario, *made), *hands))
            .collect();
        let before = sitting.words().len();
        let vote = GroupVote {
            decision: u32::try_from(before + 1).unwrap_or(u32::MAX),
            beat: beat_of(encounter),
            votes,
            taken: move_text(scenario, taken),
            at: now(),
        };
        let id = sitting.id;
        self.make(taken);
        let is_made = self
            .live
            .as_ref()
            .is_some_and(|live| live.sitting().words().len() > before);
        if let (true, Some(id)) = (is_made, id) {
            self.with_store(|store| Ok(store.keep_vote(id, &vote)?));
            if let Some(room) = &mut self.room {
                room.clear();
            }
        }
    }

    /// Where to go when an encounter is left: trainees to the library, a room that was taken up
    /// by an instructor back to the instructor area.
    pub(super) fn home(&self) -> Page {
        if self.trainee.is_some() {
            Page::Library
        } else if self.is_unlocked {
            Page::Instructor
        } else {
            Page::SignIn
        }
    }
}

fn beat_of(encounter: &crate::encounter::Encounter) -> String {
    let at = encounter.state().beat as usize;
    let beat = encounter.scenario().beats.get(at);
    beat.map_or_else(String::new, |beat| beat.id.to_string())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::super::views::Intent;
    use super::super::super::views::school::SchoolWish;
    use super::*;
    use crate::places::Places;
    use crate::records::Store;

    fn desk(data: &Path) -> Desk {
        let scenarios = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
        Desk::new(Places::new(Some(scenarios), Some(data.to_owned())))
    }

    fn wait(desk: &mut Desk) {
        for _ in 0..200 {
            desk.carry_out(Intent::SkipReason);
            desk.carry_out(Intent::SkipCaption);
        }
    }

    fn room(desk: &mut Desk, wanted: RoomIntent) {
        desk.carry_out(Intent::Room(wanted));
    }

    #[test]
    fn a_room_votes_the_vote_is_kept_and_nothing_counts_for_a_person() {
        let data = tempfile::tempdir().unwrap();
        let mut desk = desk(data.path());
        desk.carry_out(Intent::SetPassphrase("quiet water".to_owned()));
        let made = SchoolWish::AddCohort("Intake 4".to_owned());
        desk.carry_out(Intent::School(made));
        desk.carry_out(Intent::Lock);
        desk.carry_out(Intent::SignIn {
            name: "Amy Lloyd".to_owned(),
            collar_number: "77".to_owned(),
        });
        desk.carry_out(Intent::ChooseScenario("footbridge".to_owned()));
        let cohort = desk.cohorts[0].id.to_string();
        desk.carry_out(Intent::BeginRoom(cohort));
        assert_eq!(desk.page, Page::Encounter);
        wait(&mut desk);
        let live = desk.live.as_ref().unwrap();
        assert!(live.window().is_none(), "no time runs");
        let (first, second) = (live.options[0].made, live.options[1].made);
        let scenario = std::sync::Arc::clone(live.sitting().encounter().scenario());

        for hand in [first, second, second, first, second, Move::Hold] {
            room(&mut desk, RoomIntent::Vote(hand));
        }
        room(&mut desk, RoomIntent::TakeBack);
        room(&mut desk, RoomIntent::TakeBack);
        room(&mut desk, RoomIntent::Take(None));
        assert!(desk.room.as_ref().unwrap().taken.is_none(), "it is a tie");
        room(&mut desk, RoomIntent::Take(Some(Move::Observe)));
        assert!(desk.room.as_ref().unwrap().taken.is_none(), "nobody's hand");
        room(&mut desk, RoomIntent::Take(Some(first)));
        let told = desk.room.as_ref().unwrap().taken.clone().unwrap();
        assert_eq!((told.0, told.1.others), (first, 0));
        room(&mut desk, RoomIntent::VoteAgain);
        room(&mut desk, RoomIntent::Vote(second));
        room(&mut desk, RoomIntent::Take(None));
        assert_eq!(desk.live.as_ref().unwrap().sitting().words().len(), 0);
        room(&mut desk, RoomIntent::GoOn);
        let live = desk.live.as_ref().unwrap();
        assert_eq!(live.sitting().words(), [move_text(&scenario, second)]);
        assert_eq!(desk.room.as_ref().unwrap().votes, [], "counted anew");

        let store = Store::open(data.path()).unwrap();
        let kept = store.votes_on("footbridge").unwrap();
        assert_eq!(kept.len(), 1);
        assert_eq!(kept[0].vote.taken, move_text(&scenario, second));
        assert_eq!(kept[0].vote.votes[&move_text(&scenario, second)], 3);
        assert_eq!(kept[0].vote.votes[&move_text(&scenario, first)], 2);
        let running = store.running().unwrap();
        assert!(running[0].is_room);
        let amy = desk.trainee.as_ref().unwrap().id;
        assert_eq!(store.open_attempts(amy).unwrap(), [], "it is not Amy's");

        // An instructor takes it up again, and comes back to the instructor area.
        desk.carry_out(Intent::LeaveEncounter);
        assert!(desk.room.is_none());
        assert_eq!(desk.page, Page::Library);
        desk.carry_out(Intent::SignOut);
        desk.carry_out(Intent::Open(Page::Instructor));
        desk.carry_out(Intent::Unlock("quiet water".to_owned()));
        desk.carry_out(Intent::Resume(running[0].attempt.to_string()));
        assert_eq!(desk.room.as_ref().unwrap().name, "Intake 4");
        desk.carry_out(Intent::LeaveEncounter);
        assert_eq!(desk.page, Page::Instructor);
    }
}
