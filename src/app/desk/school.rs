//! What an instructor asks of the school: carried out on the records, and read again.

use std::collections::BTreeMap;

use anyhow::Context as _;

use crate::attempt::said::said_of;
use crate::attempt::{counted_of, review_kept};
use crate::course::Course;
use crate::places::{now, today};
use crate::records::{
    AssignedTo, Assignment, AttemptFilter, AttemptId, ChainLink, CohortId, Deed, Finding, Mode,
    Store, Trainee, TraineeId, read_roster,
};
use crate::reports::{Certificate, CertifiedPass, certificate_html, signed_off};
use crate::scoring::{missing, passes};

use super::super::views::past::PastAttempt;
use super::super::views::school::{CohortScreen, Marking, Said, School, SchoolWish};
use super::{Desk, paper};

/// A list longer than this many bytes is no list of trainees.
const MOST_BYTES: u64 = 8 * 1024 * 1024;

impl Desk {
    /// Reads everything that the instructor area shows of the school.
    pub(super) fn refresh_school(&mut self) {
        if !self.is_unlocked {
            self.school = School::default();
            return;
        }
        let open = self.school.open.as_ref().map(|screen| screen.cohort.id);
        let read = self.with_store(|store| {
            let mut cohorts = store.cohorts()?;
            cohorts.retain(|cohort| cohort.archived.is_none());
            Ok((store.counts()?, cohorts, store.running()?))
        });
        if let Some((counts, cohorts, running)) = read {
            self.school.counts = counts;
            self.school.cohorts = cohorts;
            self.school.running = running;
            self.school.read = now();
        }
        self.open_cohort(open);
        self.refresh_picked();
    }

    fn open_cohort(&mut self, id: Option<CohortId>) {
        let Some(id) = id else {
            self.school.open = None;
            return;
        };
        let order: Vec<String> = self.course().map_or_else(Vec::new, |course| {
            course.objectives.iter().map(|one| one.id.clone()).collect()
        });
        let order: Vec<&str> = order.iter().map(String::as_str).collect();
        let screen = self.with_store(|store| cohort_screen(store, id, &order));
        self.school.open = screen;
    }

    /// What the picked trainee is asked to play and still lacks.
    pub(super) fn refresh_picked(&mut self) {
        self.school.assigned.clear();
        self.school.said.clear();
        if let Some(trainee) = self.picked.filter(|_| self.is_unlocked) {
            let assigned = self.with_store(|store| assigned_to(store, trainee));
            self.school.assigned = assigned.unwrap_or_default();
            let ids: Vec<AttemptId> = self.all_attempts.iter().map(|one| one.attempt.id).collect();
            let said = self.with_store(|store| {
                let mut said = BTreeMap::new();
                for id in ids {
                    let own = store.judgements(id)?;
                    if !own.is_empty() {
                        said.insert(id, own);
                    }
                }
                Ok(said)
            });
            self.school.said = said.unwrap_or_default();
        }
        self.refresh_missing();
    }

    /// What the picked trainee still lacks, by track.
    pub(super) fn refresh_missing(&mut self) {
        self.school.missing.clear();
        let Some(course) = self.course().cloned() else {
            return;
        };
        let Some(trainee) = self.picked.filter(|_| self.is_unlocked) else {
            return;
        };
        let counted = self.with_store(|store| Ok(counted_of(store, trainee)?));
        if let Some(counted) = counted {
            self.school.missing = course
                .tracks
                .iter()
                .map(|track| (track.title.clone(), missing(&course, track, &counted)))
                .collect();
        }
    }

    /// Carries out what an instructor asked for; nothing while the area is locked.
    pub(super) fn ask_school(&mut self, wish: SchoolWish) {
        if !self.is_unlocked {
            return;
        }
        let time = now();
        self.school.done = None;
        let mut undo = None;
        let done: Option<String> = match wish {
            SchoolWish::Add {
                name,
                collar_number,
            } => self
                .with_store(|store| Ok(store.add_trainee(&name, &collar_number, &time)?))
                .map(|one| format!("{} is entered.", one.name)),
            SchoolWish::ReadRoster(path) => {
                self.school.roster = Some(self.read_list(&path));
                None
            }
            SchoolWish::EnterRoster(cohort) => {
                let Some(Ok(roster)) = self.school.roster.take() else {
                    return;
                };
                let entered =
                    self.with_store(|store| Ok(store.enter_roster(&roster, cohort, &time)?));
                if entered.is_none() {
                    self.school.roster = Some(Ok(roster));
                }
                entered.map(|count| format!("{count} trainees are entered."))
            }
            SchoolWish::DropRoster => {
                self.school.roster = None;
                None
            }
            SchoolWish::Archive(id, is_away) => self
                .with_store(|store| Ok(store.archive_trainee(id, is_away.then_some(&time))?))
                .map(|()| {
                    undo = Some(SchoolWish::Archive(id, !is_away));
                    if is_away {
                        "Put away: no longer offered at sign-in. Every result is kept.".to_owned()
                    } else {
                        "Back in use.".to_owned()
                    }
                }),
            SchoolWish::Merge(duplicate, kept) => {
                let done = self
                    .with_store(|store| Ok(store.merge_trainees(duplicate, kept)?))
                    .map(|()| "Both entries count as one person now.".to_owned());
                if done.is_some() {
                    undo = Some(SchoolWish::Unmerge(duplicate));
                    self.pick(Some(kept));
                }
                done
            }
            SchoolWish::Unmerge(id) => self
                .with_store(|store| Ok(store.unmerge_trainee(id)?))
                .map(|()| "They are two entries again.".to_owned()),
            SchoolWish::AddCohort(name) => {
                let made = self.with_store(|store| Ok(store.add_cohort(&name, &time)?));
                if let Some(made) = made {
                    self.open_cohort(Some(made.id));
                }
                None
            }
            SchoolWish::ArchiveCohort(id) => {
                self.school.open = None;
                let done = self.with_store(|store| Ok(store.archive_cohort(id, &time)?));
                done.map(|()| {
                    undo = Some(SchoolWish::RestoreCohort(id));
                    "The cohort is put away. Every result is kept.".to_owned()
                })
            }
            SchoolWish::RestoreCohort(id) => self
                .with_store(|store| Ok(store.restore_cohort(id)?))
                .map(|()| "The cohort is back in use.".to_owned()),
            SchoolWish::OpenCohort(id) => {
                self.open_cohort(id);
                return;
            }
            SchoolWish::Member(cohort, trainee, belongs) => {
                self.with_store(|store| Ok(store.set_member(cohort, trainee, belongs)?));
                None
            }
            SchoolWish::Assign(new) => {
                if let Some(why) = self.assignment_bar(&new) {
                    self.notice = Some(why);
                    return;
                }
                let given = self.with_store(|store| Ok(store.assign(&new, &time)?));
                given.map(|id| {
                    undo = Some(SchoolWish::Withdraw(id));
                    format!("“{}” is assigned.", new.title)
                })
            }
            SchoolWish::Withdraw(id) => {
                let done = self.with_store(|store| Ok(store.withdraw(id, &time)?));
                done.map(|()| {
                    undo = Some(SchoolWish::GiveAgain(id));
                    "The assignment is taken back.".to_owned()
                })
            }
            SchoolWish::GiveAgain(id) => self
                .with_store(|store| Ok(store.give_again(id)?))
                .map(|()| "The assignment stands again.".to_owned()),
            SchoolWish::LookAgain => {
                self.look_again();
                return;
            }
            SchoolWish::CloseRunning(id) => self
                .with_store(|store| Ok(store.abandon(id, &time)?))
                .map(|_| "Closed without an ending. Its moves are kept.".to_owned()),
            SchoolWish::Compare(id) => {
                self.compare(id);
                return;
            }
            SchoolWish::Mark(id) => {
                self.mark(id.and_then(|id| id.parse().ok()));
                return;
            }
            SchoolWish::Judge { author, what } => {
                self.judge(&author, what, &time);
                return;
            }
            SchoolWish::Certify(track) => {
                self.certify(track, &time);
                return;
            }
            SchoolWish::Measure(counting) => {
                self.measure(counting);
                return;
            }
            SchoolWish::RateOne(id) => {
                self.rate_one(id);
                return;
            }
            SchoolWish::HandIn { rater, marks } => {
                self.hand_in(&rater, marks, &time);
                return;
            }
            SchoolWish::Refresh => None,
        };
        self.school.done = done;
        self.school.undo = undo;
        self.refresh_trainees();
        self.refresh_school();
    }

    fn read_list(&mut self, path: &str) -> Result<crate::records::Roster, String> {
        let path = path.trim().trim_matches('"');
        let size = std::fs::metadata(path)
            .map_err(|error| format!("{path} cannot be opened: {error}"))?
            .len();
        if size > MOST_BYTES {
            return Err(format!(
                "{path} is larger than any list of trainees: is this the right file?"
            ));
        }
        let bytes =
            std::fs::read(path).map_err(|error| format!("{path} cannot be read: {error}"))?;
        let roster = read_roster(&bytes)?;
        self.with_store(|store| Ok(store.check_roster(roster)?))
            .ok_or_else(|| "the records could not be read".to_owned())
    }

    fn mark(&mut self, id: Option<AttemptId>) {
        self.school.marking = id.and_then(|id| {
            self.with_store(|store| {
                let (attempt, review, _) = review_kept(store, id)?;
                Ok(Marking {
                    past: PastAttempt::read(attempt),
                    review,
                    judgements: store.judgements(id)?,
                })
            })
        });
    }

    fn judge(&mut self, author: &str, what: Said, time: &str) {
        let Some(id) = self
            .school
            .marking
            .as_ref()
            .map(|marking| marking.past.attempt.id)
        else {
            return;
        };
        let finding = match what {
            Said::Comment(decision, text) => Finding::Comment { decision, text },
            Said::Level(decision, objective, level, text) => Finding::Mark {
                decision,
                objective,
                level,
                text,
            },
            Said::Gate(gate, decision, stance, text) => Finding::Gate {
                gate,
                decision,
                stance,
                text,
            },
            Said::SignOff(text) => Finding::SignOff { text },
        };
        let said = self.with_store(|store| {
            store.judge(id, author, &finding, time)?;
            Ok(store.judgements(id)?)
        });
        if let (Some(said), Some(marking)) = (said, &mut self.school.marking) {
            marking.judgements.clone_from(&said);
            self.school.said.insert(id, said);
            self.refresh_missing();
        }
    }

    fn certify(&mut self, track: usize, time: &str) {
        let (Some(trainee), Some(course)) = (self.picked, self.course().cloned()) else {
            return;
        };
        let folder = self.data.clone();
        self.saved = self.with_store(|store| {
            let certificate = certificate(store, trainee, &course, track, time)?;
            let name = format!("certificate-{trainee}.html");
            paper::write(&folder, &name, &certificate_html(&certificate))
        });
        if self.saved.is_some() {
            self.note(Deed::Exported, &trainee.to_string(), 0);
        }
    }

    /// Shows one trainee in the instructor area, or all.
    pub(super) fn pick(&mut self, trainee: Option<TraineeId>) {
        self.saved = None;
        self.school.marking = None;
        self.picked = trainee;
        self.all_attempts = match trainee.filter(|_| self.is_unlocked) {
            Some(trainee) => self.attempts_of(trainee),
            None => Vec::new(),
        };
        self.refresh_picked();
    }

    /// What the trainee who is signed in is asked to play, and whether it is done.
    pub(super) fn refresh_assignments(&mut self) {
        let Some(trainee) = self.trainee.as_ref().map(|trainee| trainee.id) else {
            self.assignments.clear();
            return;
        };
        self.assignments = self
            .with_store(|store| assigned_to(store, trainee))
            .unwrap_or_default();
    }

    /// Why a scenario cannot be assigned as it is asked for.
    fn assignment_bar(&self, new: &crate::records::NewAssignment) -> Option<String> {
        if new.mode != Mode::Assessment {
            return None;
        }
        let shelf = self.shelf.as_ref().ok()?;
        let file = shelf.scenario(&new.scenario)?;
        let course = shelf.courses.course(&file.scenario.as_ref()?.course)?;
        file.readiness.bar(course).map(|why| {
            format!(
                "“{}” cannot be assigned as an assessment: {why}. Assign it as practice, or have it proven, signed and in date.",
                new.title
            )
        })
    }

    /// Begins what was assigned, with its mode and seed.
    pub(super) fn begin_assigned(&mut self, id: &str) {
        let found = self
            .assignments
            .iter()
            .find(|(one, _)| one.id.to_string() == id)
            .map(|(one, _)| one.what.clone());
        if let Some(what) = found {
            self.carry_out(super::Intent::ChooseScenario(what.scenario));
            if self.page != super::Page::Briefing {
                self.notice = Some(format!(
                    "“{}” cannot be played on this computer. Tell your instructor.",
                    what.title
                ));
                return;
            }
            self.seed = what.seed;
            self.assigned = Some(what.mode);
            self.notice = Some(format!(
                "This was assigned as {}: either button begins it so.",
                match what.mode {
                    Mode::Practice => "practice",
                    Mode::Assessment => "an assessment",
                }
            ));
        }
    }
}

/// What a trainee is asked to play, and whether it is done.
fn assigned_to(store: &Store, trainee: TraineeId) -> anyhow::Result<Vec<(Assignment, bool)>> {
    let results = store.results_of(Some(AssignedTo::Trainee(trainee)))?;
    Ok(store
        .assignments_of(trainee)?
        .into_iter()
        .map(|one| {
            let is_done = results.iter().any(|line| one.is_done_by(line));
            (one, is_done)
        })
        .collect())
}

fn cohort_screen(store: &Store, id: CohortId, order: &[&str]) -> anyhow::Result<CohortScreen> {
    let whose = Some(AssignedTo::Cohort(id));
    let ids = store.members(id)?;
    let mut members: Vec<Trainee> = store
        .trainees()?
        .into_iter()
        .filter(|one| ids.contains(&one.id))
        .collect();
    members.sort_by_key(|one| (one.name.to_lowercase(), one.id));
    let is_late = |one: &Assignment| {
        if one.is_overdue(&today()) {
            " (overdue)"
        } else {
            ""
        }
    };
    let mut assignments = Vec::new();
    for one in store.assignments()? {
        if one.what.to == AssignedTo::Cohort(id) {
            let done = store.done_by(&one)?;
            let late = is_late(&one);
            let waiting = members
                .iter()
                .filter(|member| !done.contains(&member.id))
                .map(|member| format!("{}{late}", member.name))
                .collect();
            assignments.push((one, waiting));
        }
    }
    let standings = store.standings(whose)?;
    let cohort = store.cohort(id)?;
    Ok(CohortScreen::of(
        cohort,
        members,
        order,
        &standings,
        assignments,
    ))
}

/// A certificate, or what is missing for it.
fn certificate(
    store: &Store,
    trainee: TraineeId,
    course: &Course,
    track: usize,
    printed: &str,
) -> anyhow::Result<Certificate> {
    let track = course.tracks.get(track).context("there is no such track")?;
    let checked = store.verify()?;
    if let Some(fault) = &checked.fault {
        anyhow::bail!(
            "the records are not as they were written ({fault}), so nothing is certified"
        );
    }
    let counted = counted_of(store, trainee)?;
    let wants = missing(course, track, &counted);
    if let Some(first) = wants.first() {
        anyhow::bail!("{first} {} more things are missing", wants.len() - 1);
    }
    let who = store.trainee(trainee)?;
    let filter = AttemptFilter {
        trainee: Some(trainee),
        mode: Some(Mode::Assessment),
        ..AttemptFilter::default()
    };
    let kept = store.attempts(&filter)?;
    let passed = passes(course, &counted)
        .into_iter()
        .filter_map(|(scenario, started)| {
            let one = kept
                .iter()
                .find(|one| one.scenario == scenario && one.started == started)?;
            let said = said_of(store, one.id).ok()?;
            Some(CertifiedPass {
                title: one.title.clone(),
                started,
                seal: one.chain.as_ref().map_or_else(String::new, ChainLink::seal),
                signed_off_by: signed_off(&said).map(|line| line.author.clone()),
            })
        })
        .collect();
    Ok(Certificate {
        trainee: trainee.to_string(),
        name: who.name,
        collar_number: who.collar_number,
        course: course.title.clone(),
        version: course.version.clone(),
        track: track.title.clone(),
        standing_note: course.standing_note.clone(),
        passed,
        set_aside: counted.iter().filter(|one| one.is_disputed).count(),
        seal: store.seal()?.unwrap_or_default(),
        printed: printed.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::super::views::{Intent, Page};
    use super::*;
    use crate::places::Places;
    use crate::records::NewAssignment;

    fn desk(data: &Path) -> Desk {
        let scenarios = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
        Desk::new(Places::new(Some(scenarios), Some(data.to_owned())))
    }

    #[test]
    fn a_list_is_previewed_entered_assigned_and_the_trainee_begins_it_as_asked() {
        let data = tempfile::tempdir().unwrap();
        let list = data.path().join("list.csv");
        std::fs::write(&list, "Name;Collar number\nAmy Lloyd;77\n;78\n").unwrap();
        let mut desk = desk(data.path());
        let wish = |desk: &mut Desk, wish| desk.carry_out(Intent::School(wish));
        let read = SchoolWish::ReadRoster(list.display().to_string());
        wish(&mut desk, read.clone());
        assert!(desk.school.roster.is_none(), "nothing while it is locked");
        desk.carry_out(Intent::SetPassphrase("quiet water".to_owned()));
        wish(&mut desk, SchoolWish::AddCohort("Intake 4".to_owned()));
        let cohort = desk.school.open.as_ref().unwrap().cohort.id;
        wish(&mut desk, read);
        let roster = desk.school.roster.as_ref().unwrap().as_ref().unwrap();
        assert_eq!((roster.rows.len(), roster.faults.len()), (1, 1));
        assert!(desk.trainees.is_empty(), "a preview enters nobody");
        wish(&mut desk, SchoolWish::EnterRoster(Some(cohort)));
        assert_eq!(desk.school.open.as_ref().unwrap().members.len(), 1);
        let new = NewAssignment {
            scenario: "footbridge".to_owned(),
            title: "Footbridge".to_owned(),
            mode: Mode::Assessment,
            due: None,
            seed: Some(11),
            to: AssignedTo::Cohort(cohort),
        };
        wish(&mut desk, SchoolWish::Assign(new));
        let waiting = &desk.school.open.as_ref().unwrap().assignments[0].1;
        assert_eq!(waiting, &["Amy Lloyd"]);
        desk.carry_out(Intent::Lock);
        assert!(desk.school.cohorts.is_empty(), "locked is locked");

        desk.carry_out(Intent::SignIn {
            name: "Amy Lloyd".to_owned(),
            collar_number: "77".to_owned(),
        });
        assert_eq!(desk.assignments.len(), 1);
        assert!(!desk.assignments[0].1);
        let id = desk.assignments[0].0.id.to_string();
        desk.carry_out(Intent::BeginAssigned(id));
        assert_eq!(desk.page, Page::Briefing);
        desk.carry_out(Intent::Begin {
            is_assessment: false,
        });
        let live = desk.live.as_ref().unwrap();
        assert_eq!(live.mode(), Mode::Assessment);
        assert_eq!(live.sitting().encounter().seed(), 11);
    }

    #[test]
    fn an_entry_that_was_put_away_or_merged_does_not_sign_in_as_itself() {
        let data = tempfile::tempdir().unwrap();
        let mut desk = desk(data.path());
        desk.carry_out(Intent::SetPassphrase("quiet water".to_owned()));
        for (name, number) in [("Amy Lloyd", "77"), ("A Lloyd", "78")] {
            desk.carry_out(Intent::School(SchoolWish::Add {
                name: name.to_owned(),
                collar_number: number.to_owned(),
            }));
        }
        let id = |desk: &Desk, number: &str| {
            let found = desk.trainees.iter().find(|one| one.collar_number == number);
            found.unwrap().id
        };
        let (amy, twin) = (id(&desk, "77"), id(&desk, "78"));
        desk.carry_out(Intent::School(SchoolWish::Merge(twin, amy)));
        let sign_in = |desk: &mut Desk| {
            desk.carry_out(Intent::SignIn {
                name: "A Lloyd".to_owned(),
                collar_number: "78".to_owned(),
            });
        };
        sign_in(&mut desk);
        assert_eq!(desk.trainee.as_ref().map(|one| one.id), Some(amy));
        desk.carry_out(Intent::SignOut);
        desk.carry_out(Intent::School(SchoolWish::Archive(amy, true)));
        sign_in(&mut desk);
        assert!(desk.trainee.is_none());
        assert!(desk.notice.as_ref().unwrap().contains("put away"));
    }

    #[test]
    fn a_certificate_is_refused_with_what_is_missing() {
        let data = tempfile::tempdir().unwrap();
        let mut desk = desk(data.path());
        desk.carry_out(Intent::SetPassphrase("quiet water".to_owned()));
        desk.carry_out(Intent::School(SchoolWish::Add {
            name: "Amy Lloyd".to_owned(),
            collar_number: "77".to_owned(),
        }));
        let id = desk.trainees[0].id.to_string();
        desk.carry_out(Intent::PickTrainee(Some(id)));
        assert_eq!(desk.school.missing.len(), 3);
        desk.carry_out(Intent::School(SchoolWish::Certify(2)));
        assert!(desk.saved.is_none());
        let told = desk.notice.as_ref().unwrap();
        assert!(told.contains("`footbridge`"), "{told}");
    }

    /// Run by hand: `cargo test --no-default-features --features screens --lib -- --ignored
    /// --nocapture from_click_to_frame`.
    #[test]
    #[ignore = "fills a store with ten thousand attempts; run by hand to measure"]
    fn from_click_to_frame_with_ten_thousand_attempts() {
        use std::fmt::Write as _;
        use std::time::Instant;

        use super::super::super::theme;
        use super::super::super::views::instructor::{
            InstructorDraft, InstructorPart, InstructorRoom, InstructorView, instructor_ui,
        };
        use crate::records::sample::ten_thousand;

        let data = tempfile::tempdir().unwrap();
        let store = Store::open(data.path()).unwrap();
        let (cohort, trainees) = ten_thousand(&store);
        let begun = Instant::now();
        let rows = store
            .standings(Some(AssignedTo::Cohort(cohort)))
            .unwrap()
            .len();
        let mut told = format!("{rows} standings in {} ms\n", begun.elapsed().as_millis());
        let mut desk = desk(data.path());
        desk.carry_out(Intent::Open(Page::Instructor));
        desk.carry_out(Intent::SetPassphrase("quiet water".to_owned()));
        let mut page = egui_kittest::Harness::builder()
            .with_size(egui::vec2(1280.0, 720.0))
            .build_ui_state(
                |ui, (desk, draft): &mut (Desk, InstructorDraft)| {
                    theme::apply(ui.ctx(), &desk.settings);
                    let view = InstructorView::Open(InstructorRoom {
                        trainees: &desk.trainees,
                        picked: desk.picked,
                        attempts: &desk.all_attempts,
                        course: desk.course(),
                        shelf: desk.shelf.as_ref().map_err(String::as_str),
                        folder: &desk.folder,
                        verification: None,
                        school: &desk.school,
                        saved: None,
                        notice: None,
                    });
                    instructor_ui(ui, &view, draft);
                },
                (desk, InstructorDraft::default()),
            );
        page.step();
        let clicks = [
            (
                "cohort",
                InstructorPart::Cohorts,
                Intent::School(SchoolWish::OpenCohort(Some(cohort))),
            ),
            (
                "one trainee",
                InstructorPart::Trainees,
                Intent::PickTrainee(Some(trainees[5].to_string())),
            ),
        ];
        // What this thread has used of the processor, in milliseconds, where the system tells it:
        // on a busy machine the clock tells little.
        let used = || -> u64 {
            let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
            let nanos = told.split(' ').next().and_then(|word| word.parse().ok());
            nanos.unwrap_or(0_u64) / 1_000_000
        };
        for (what, part, click) in clicks {
            page.state_mut().1.part = part;
            page.step();
            let (begun, before) = (Instant::now(), used());
            page.state_mut().0.carry_out(click);
            let (read, read_used) = (begun.elapsed().as_millis(), used() - before);
            page.step();
            let (first, first_used) = (begun.elapsed().as_millis(), used() - before);
            let _ = writeln!(
                told,
                "{what}: {read} ms to read ({read_used} of them used), {first} ms to the first frame ({first_used} used)"
            );
        }
        let screen = page.state().0.school.open.as_ref().unwrap();
        assert_eq!((screen.members.len(), screen.objectives.len()), (200, 7));
        assert_eq!(page.state().0.all_attempts.len(), 50);
        std::io::Write::write_all(&mut std::io::stderr(), told.as_bytes()).unwrap();
    }
}
