//! Whose record may be seen, and the line that the log gets when somebody sees another's.

use crate::places::now;
use crate::records::{AttemptId, Deed, Noted, Store, TraineeId};

use super::Desk;

impl Desk {
    /// Whether who sits here may see this person's record: an instructor, or the person, by any
    /// of their entries.
    pub(super) fn may_see(&mut self, whose: TraineeId) -> bool {
        let Some(me) = self.trainee.as_ref().map(|trainee| trainee.id) else {
            return self.is_unlocked;
        };
        self.is_unlocked
            || me == whose
            || self
                .with_store(|store| Ok(is_same_person(store, me, whose)?))
                .unwrap_or(false)
    }

    /// The same of an attempt; none where it is not here or not to be seen. What an instructor does
    /// with somebody else's gets a line of the log.
    pub(super) fn visible(&mut self, attempt: AttemptId, deed: Deed) -> Option<AttemptId> {
        let whose = self.with_store(|store| Ok(store.attempt(attempt)?.trainee))?;
        if self.may_see(whose) {
            if self.trainee.as_ref().is_none_or(|me| me.id != whose) {
                self.note(deed, &attempt.to_string(), 1);
            }
            return Some(attempt);
        }
        self.notice = Some("That is somebody else's record.".to_owned());
        None
    }

    /// Writes a line of the log where it is an instructor who did it.
    pub(super) fn note(&mut self, deed: Deed, about: &str, attempts: u64) {
        if !self.is_unlocked {
            return;
        }
        let line = Noted {
            at: now(),
            by: "instructor".to_owned(),
            deed,
            about: about.to_owned(),
            attempts,
            sealed: None,
        };
        self.with_store(|store| Ok(store.note(&line)?));
    }
}

fn is_same_person(
    store: &Store,
    one: TraineeId,
    other: TraineeId,
) -> Result<bool, crate::records::RecordsError> {
    let kept = |id| -> Result<TraineeId, crate::records::RecordsError> {
        Ok(store.trainee(id)?.merged_into.unwrap_or(id))
    };
    Ok(kept(one)? == kept(other)?)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::super::views::Intent;
    use super::*;
    use crate::attempt::{Sit, Sitting};
    use crate::places::Places;
    use crate::records::Mode;

    fn sign_in(desk: &mut Desk, name: &str, collar_number: &str) -> TraineeId {
        desk.carry_out(Intent::SignIn {
            name: name.to_owned(),
            collar_number: collar_number.to_owned(),
        });
        desk.trainee.as_ref().unwrap().id
    }

    fn played(desk: &mut Desk, who: TraineeId) -> AttemptId {
        let shelf = desk.shelf.as_ref().unwrap();
        let file = shelf.scenario("footbridge").unwrap().clone();
        let courses = shelf.courses.clone();
        desk.with_store(|store| {
            let sit = Sit {
                file: &file,
                courses: &courses,
                seed: 1,
                mode: Mode::Practice,
            };
            let time = now();
            let mut sitting = Sitting::begin(sit, Some((store, who, &time)))?;
            let id = sitting.id.unwrap();
            let open = sitting.encounter().open_moves().next().unwrap();
            sitting.make(open, Some((store, 900, &time)))?;
            store.abandon(id, &time)?;
            Ok(id)
        })
        .unwrap()
    }

    fn deeds(desk: &mut Desk) -> Vec<&'static str> {
        let log = desk.with_store(|store| Ok(store.log()?)).unwrap();
        log.into_iter()
            .map(|line| line.noted.unwrap().deed.word())
            .collect()
    }

    #[test]
    fn nobody_sees_anothers_record_and_an_instructors_look_is_noted() {
        let data = tempfile::tempdir().unwrap();
        let scenarios = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
        let mut desk = Desk::new(Places::new(Some(scenarios), Some(data.path().to_owned())));
        let ben = sign_in(&mut desk, "Ben Okoro", "78");
        let his = played(&mut desk, ben);
        desk.carry_out(Intent::SignOut);
        let amy = sign_in(&mut desk, "Amy Lloyd", "77");
        let hers = played(&mut desk, amy);
        desk.carry_out(Intent::SaveReport(his.to_string()));
        assert!(desk.saved.is_none());
        assert!(desk.notice.as_ref().unwrap().contains("somebody else"));
        desk.show_debrief(&his.to_string());
        assert!(desk.told.is_none());
        desk.show_debrief(&hers.to_string());
        assert!(desk.told.is_some(), "{:?}", desk.notice);
        desk.carry_out(Intent::SaveReport(hers.to_string()));
        assert!(desk.saved.is_some());
        assert!(deeds(&mut desk).is_empty(), "her own record is hers to see");

        desk.carry_out(Intent::SetPassphrase("quiet water".to_owned()));
        desk.carry_out(Intent::PickTrainee(Some(amy.to_string())));
        desk.show_debrief(&his.to_string());
        desk.carry_out(Intent::SaveReport(his.to_string()));
        desk.carry_out(Intent::SaveTraineeReport(amy.to_string()));
        assert_eq!(
            deeds(&mut desk),
            ["viewed", "viewed", "exported", "exported"]
        );
        let about: Vec<String> = desk
            .with_store(|store| Ok(store.log()?))
            .unwrap()
            .into_iter()
            .map(|line| line.noted.unwrap().about)
            .collect();
        let (amy, his) = (amy.to_string(), his.to_string());
        assert_eq!(about, [amy.clone(), his.clone(), his, amy]);
    }
}
