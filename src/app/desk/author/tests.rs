//! The author's desk as its page asks it, with files that are saved well and badly.

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use super::super::{Desk, Live};
use super::proven::followed;
use super::*;
use crate::app::views::{AuthorIntent, Intent, Page};
use crate::proof::Witness;
use crate::records::{AttemptFilter, Store};

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            std::fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
        }
    }
    folder
}

fn desk(folder: &Path) -> Desk {
    let places = Places::new(Some(folder.to_owned()), Some(folder.join("kept")));
    let mut desk = Desk::new(places);
    desk.carry_out(Intent::SignIn {
        name: "Amy Lloyd".to_owned(),
        collar_number: "77".to_owned(),
    });
    desk
}

fn until(desk: &mut Desk, what: &str, is_so: impl Fn(&Desk) -> bool) {
    let began = Instant::now();
    while !is_so(desk) {
        assert!(began.elapsed() < Duration::from_mins(2), "never: {what}");
        desk.hear_author();
        thread::sleep(Duration::from_millis(10));
    }
}

fn at_the_map(folder: &Path) -> Desk {
    let mut desk = desk(folder);
    desk.carry_out(Intent::Open(Page::Author));
    assert_eq!(
        desk.page,
        Page::Instructor,
        "the answers stand behind the passphrase"
    );
    desk.carry_out(Intent::SetPassphrase("quiet water".to_owned()));
    if desk.page != Page::Author {
        desk.carry_out(Intent::Unlock("quiet water".to_owned()));
    }
    assert_eq!(desk.page, Page::Author);
    until(&mut desk, "the folder is read", |desk| {
        desk.author.shelf.is_some()
    });
    desk.carry_out(Intent::Author(AuthorIntent::Open("footbridge".to_owned())));
    assert_eq!(desk.page, Page::AuthorGraph);
    desk
}

fn attempts(desk: &Desk) -> usize {
    let store = Store::open(&desk.data).unwrap();
    store.attempts(&AttemptFilter::default()).unwrap().len()
}

#[test]
fn a_file_saved_badly_keeps_the_last_good_version_and_a_good_one_replaces_it() {
    let folder = folder();
    let mut desk = at_the_map(folder.path());
    let file = folder.path().join("footbridge.scenario.ron");
    let good = std::fs::read_to_string(&file).unwrap();
    let places = desk.author.view(None).unwrap().graph.places.len();

    // Half saved: everything after the middle is missing.
    let half = good.floor_char_boundary(good.len() / 2);
    std::fs::write(&file, &good[..half]).unwrap();
    until(&mut desk, "the faults are told", |desk| {
        !desk.author.faults.is_empty()
    });
    let view = desk.author.view(None).unwrap();
    assert_eq!(view.graph.places.len(), places, "the map is still there");

    // The last good version can be played and proven meanwhile.
    desk.carry_out(Intent::Author(AuthorIntent::Preview {
        at: Some("ask".to_owned()),
        set: Vec::new(),
    }));
    assert_eq!(desk.page, Page::Encounter, "{:?}", desk.notice);
    desk.carry_out(Intent::LeaveEncounter);
    assert_eq!(desk.page, Page::AuthorGraph);
    assert!(!desk.author.view(None).unwrap().faults.is_empty());
    desk.carry_out(Intent::Author(AuthorIntent::Prove { budget: 1_000 }));
    until(&mut desk, "the last good version is proven", |desk| {
        desk.author.proof.is_some()
    });
    let view = desk.author.view(None).unwrap();
    assert!(!view.is_proof_old);
    let extent = &view.proven.unwrap().extent;
    assert!(extent.starts_with("Not exhausted"), "{extent}");

    let changed = good.replacen(
        "title: \"The footbridge\"",
        "title: \"The long footbridge\"",
        1,
    );
    assert_ne!(changed, good);
    std::fs::write(&file, changed).unwrap();
    until(&mut desk, "the new title is there", |desk| {
        desk.author.view(None).unwrap().scenario.title == "The long footbridge"
    });
    assert!(desk.author.faults.is_empty());

    std::fs::remove_file(&file).unwrap();
    until(&mut desk, "it is said that it is gone", |desk| {
        !desk.author.faults.is_empty()
    });
    assert!(desk.author.view(None).is_some());
}

#[test]
fn a_preview_plays_from_a_beat_is_never_kept_and_is_remembered_on_the_map() {
    let folder = folder();
    let mut desk = at_the_map(folder.path());
    let preview = |at: &str, set: &str| {
        Intent::Author(AuthorIntent::Preview {
            at: Some(at.to_owned()),
            set: vec![set.to_owned()],
        })
    };
    desk.carry_out(preview("ask", "trsut=6"));
    assert_eq!(desk.page, Page::AuthorGraph);
    assert!(desk.notice.take().unwrap().contains("did you mean `trust`"));

    desk.carry_out(preview("ask", "name=yes"));
    assert_eq!(desk.page, Page::Encounter, "{:?}", desk.notice);
    assert!(desk.is_preview());
    let at = |desk: &Desk| {
        let encounter = desk.live.as_ref().unwrap().sitting().encounter();
        encounter.scenario().beats[encounter.state().beat as usize]
            .id
            .to_string()
    };
    assert_eq!(at(&desk), "ask");
    while desk.live.as_ref().is_some_and(Live::is_speaking) {
        desk.carry_out(Intent::SkipCaption);
    }
    let made = desk.live.as_ref().unwrap().options[0].made;
    desk.carry_out(Intent::Make(made));
    assert_eq!(desk.notice, None);
    assert_eq!(desk.live.as_ref().unwrap().sitting().words().len(), 1);
    desk.carry_out(Intent::Author(AuthorIntent::PreviewAgain));
    assert_eq!(at(&desk), "ask");
    desk.carry_out(Intent::LeaveEncounter);
    assert_eq!(desk.page, Page::AuthorGraph);
    assert_eq!(attempts(&desk), 0, "previews are no attempts");
    let view = desk.author.view(None).unwrap();
    let place = view.graph.place("ask").unwrap();
    assert!(view.played[place]);
    let count = view.played.iter().filter(|played| **played).count();
    assert!(count >= 2, "the beat after it too");
    drop(desk);

    let desk = at_the_map(folder.path());
    assert!(
        desk.author.view(None).unwrap().played[place],
        "it is remembered"
    );
}

#[test]
fn proof_and_traffic_are_worked_out_behind_the_page_and_can_be_stopped() {
    let folder = folder();
    let mut desk = at_the_map(folder.path());
    desk.carry_out(Intent::Author(AuthorIntent::Walk));
    assert!(desk.author.view(None).unwrap().working.is_some());
    until(&mut desk, "runs are counted", |desk| {
        desk.author
            .view(None)
            .unwrap()
            .working
            .is_none_or(|working| working.done > 5)
    });
    desk.carry_out(Intent::Author(AuthorIntent::Stop));
    until(&mut desk, "what was counted is taken up", |desk| {
        desk.author.bots.is_some()
    });
    let view = desk.author.view(None).unwrap();
    let (shares, runs) = view.bots.unwrap();
    assert!(runs > 5);
    let start = view
        .graph
        .places
        .iter()
        .position(|place| place.is_start)
        .unwrap();
    assert!(
        (shares[start] - 1.0).abs() < 0.001,
        "every run begins there"
    );
    assert!(shares.iter().all(|share| (0.0..=1.0).contains(share)));

    desk.carry_out(Intent::Author(AuthorIntent::CountTrainees));
    until(&mut desk, "attempts are counted", |desk| {
        desk.author.trainees.is_some()
    });
    assert_eq!(desk.author.view(None).unwrap().trainees.unwrap().1, 0);

    desk.carry_out(Intent::Author(AuthorIntent::Prove { budget: 2_000_000 }));
    until(&mut desk, "states are visited", |desk| {
        desk.author
            .view(None)
            .unwrap()
            .working
            .is_none_or(|working| working.done > 0)
    });
    desk.carry_out(Intent::Author(AuthorIntent::Stop));
    if let Some(working) = desk.author.view(None).unwrap().working {
        assert!(working.is_stopping, "{working:?}");
        assert_eq!(working.most, Some(2_000_000));
    }
    until(&mut desk, "the partial proof is told", |desk| {
        desk.author.proof.is_some()
    });
    let extent = &desk.author.view(None).unwrap().proven.unwrap().extent;
    assert!(extent.starts_with("Stopped"), "{extent}");
    assert!(desk.author.verdicts.is_empty(), "a part is no verdict");
}

#[test]
fn a_run_leads_over_the_places_that_it_reaches() {
    let folder = folder();
    let mut desk = at_the_map(folder.path());
    let scenario = Arc::clone(&desk.author.good.as_ref().unwrap().scenario);
    let witness = Witness {
        seed: 3,
        moves: vec!["Observe".to_owned(), "silence".to_owned()],
    };
    let run = followed(&scenario, "A run".to_owned(), &witness).unwrap();
    assert_eq!(run.places.len(), run.by.len());
    assert_eq!(run.by[0], "the beginning");
    assert_eq!(run.places[0], scenario.start as usize);
    let bad = Witness {
        seed: 3,
        moves: vec!["nothing_of_the_kind".to_owned()],
    };
    assert!(followed(&scenario, String::new(), &bad).is_none());
    desk.carry_out(Intent::Lock);
    assert!(
        desk.author.watch.is_none(),
        "nothing goes on behind a locked page"
    );
}

#[test]
fn what_proves_clean_in_the_terminal_proves_clean_at_the_desk() {
    let folder = folder();
    let text = include_str!("../../../cli/minimal.scenario.ron")
        .replace("TEMPLATE_ID", "kitchen-light")
        .replace("TEMPLATE_TITLE", "Kitchen light")
        .replace("TEMPLATE_COURSE", "cpmha");
    std::fs::write(folder.path().join("kitchen-light.scenario.ron"), text).unwrap();
    let mut desk = at_the_map(folder.path());
    desk.carry_out(Intent::Author(AuthorIntent::Open(
        "kitchen-light".to_owned(),
    )));
    desk.carry_out(Intent::Author(AuthorIntent::Prove { budget: 2_000_000 }));
    until(&mut desk, "it is proven", |desk| {
        desk.author.proof.is_some()
    });
    let view = desk.author.view(None).unwrap();
    let proven = view.proven.unwrap();
    assert!(proven.extent.starts_with("Every path was tried"));
    assert!(proven.findings.is_empty(), "{:#?}", proven.findings);
    assert!(!proven.endings.is_empty() && !proven.scores.is_empty());
    for (name, asked) in [
        ("careful reader", "80 % at least"),
        ("any open", "5 % at most"),
    ] {
        let line = proven.bots.iter().find(|line| line.contains(asked));
        assert!(line.is_some(), "{name}: {:#?}", proven.bots);
    }
    assert!(desk.author.verdicts["kitchen-light"].is_whole);
}
