//! Records between computers, to a learning record store, and the care for them.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};

use common_ground::attempt::sending::{Credentials, Sent, send};
use common_ground::attempt::{Sit, Sitting, rescore, statements_kept};
use common_ground::records::{
    AttemptFilter, AttemptId, Branch, FaultKind, Finding, Finish, GroupVote, Mode, NewAttempt,
    RatedMark, SecondRating, SourceFile, Store, TraineeId,
};
use common_ground::scenario::load::load_folder;

use crate::support;

const NOW: &str = "2026-11-28T10:00:00Z";
const LATER: &str = "2026-12-28T10:00:00Z";

fn file(name: &str) -> SourceFile {
    SourceFile {
        name: name.to_owned(),
        text: format!("text of {name}"),
    }
}

/// A closed attempt that no kernel played.
pub(crate) fn closed(store: &Store, trainee: TraineeId, n: u32) -> AttemptId {
    let id = begun(store, trainee, n);
    for at in 0..25 {
        let move_text = format!("choice_{at}");
        store.append_move(id, &move_text, 4200, NOW).unwrap();
    }
    finish(store, id);
    id
}

fn begun(store: &Store, trainee: TraineeId, n: u32) -> AttemptId {
    store
        .begin_attempt(&NewAttempt {
            trainee,
            scenario: "footbridge".to_owned(),
            title: "The footbridge".to_owned(),
            scenario_file: file("footbridge.scenario.ron"),
            course_file: file("course.json"),
            technique_file: file("techniques.json"),
            profile_file: file("profiles.json"),
            engine: "0.1.0".to_owned(),
            seed: u64::MAX - u64::from(n),
            mode: Mode::Practice,
            started: NOW.to_owned(),
        })
        .unwrap()
}

fn finish(store: &Store, id: AttemptId) {
    store
        .finish(
            id,
            &Finish {
                ending: "walks_back".to_owned(),
                summary: r#"{"verdict":"Passed"}"#.to_owned(),
                ended: NOW.to_owned(),
            },
        )
        .unwrap();
}

/// One attempt of every shipped scenario, played to its end.
pub(crate) fn played(store: &Store, trainee: TraineeId) -> Vec<AttemptId> {
    let shelf = load_folder(&support::folder(), None).unwrap();
    let mut ids = Vec::new();
    for (seed, scenario) in support::SHIPPED.into_iter().enumerate() {
        let mut sitting = Sitting::begin(
            Sit {
                file: shelf.scenario(scenario).unwrap(),
                courses: &shelf.courses,
                seed: seed as u64,
                mode: Mode::Practice,
            },
            Some((store, trainee, NOW)),
        )
        .unwrap();
        for turn in 0.. {
            assert!(turn < 500, "{scenario} does not end");
            let open: Vec<_> = sitting.encounter().open_moves().collect();
            let made = open[(turn * 7) % open.len()];
            sitting.make(made, Some((store, 1234, NOW))).unwrap();
            if sitting.encounter().ending().is_some() {
                break;
            }
        }
        ids.push(sitting.id.unwrap());
    }
    ids
}

fn all(store: &Store) -> Vec<AttemptId> {
    let mut ids: Vec<_> = store
        .attempts(&AttemptFilter::default())
        .unwrap()
        .iter()
        .map(|attempt| attempt.id)
        .collect();
    ids.sort();
    ids
}

#[test]
fn two_computers_merge_without_loss_or_doubling() {
    let dir = tempfile::tempdir().unwrap();
    let share = dir.path().join("share");
    let first = Store::open(&dir.path().join("first")).unwrap();
    let second = Store::open(&dir.path().join("second")).unwrap();
    assert_ne!(first.store_id().unwrap(), second.store_id().unwrap());
    let sian = first.add_trainee("Siân Rees", "TK4711", NOW).unwrap().id;
    let ben = second.add_trainee("Ben Okoro", "TK4711", NOW).unwrap().id;
    for n in 0..3 {
        closed(&first, sian, n);
        closed(&second, ben, n);
    }
    assert_eq!(first.export_to(&share, false).unwrap().written, 3);
    assert_eq!(second.export_to(&share, false).unwrap().written, 3);
    assert_eq!(first.export_to(&share, false).unwrap().already, 3);
    let text = fs::read_dir(share.join("attempts"))
        .unwrap()
        .map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap())
        .collect::<String>();
    assert!(!text.contains("Rees") && !text.contains("TK4711"));

    for store in [&first, &second] {
        let done = store.import_from(&share, LATER).unwrap();
        assert_eq!((done.taken_in, done.already), (3, 3), "{done:?}");
        let again = store.import_from(&share, LATER).unwrap();
        assert_eq!((again.taken_in, again.already), (0, 6), "{again:?}");
        assert!(store.verify().unwrap().sound());
    }
    assert_eq!(all(&first), all(&second));
    assert_eq!(all(&first).len(), 6);
    for id in all(&first) {
        assert_eq!(first.moves(id).unwrap(), second.moves(id).unwrap());
        // Each keeps the link of the chain in which it was closed first.
        assert_eq!(
            first.first_link(id).unwrap(),
            second.first_link(id).unwrap()
        );
    }
    // Names come only when asked for, and a number in use stays with who has it.
    assert!(first.trainee(ben).unwrap().name.starts_with("Trainee "));
    second.export_to(&share, true).unwrap();
    assert_eq!(first.import_from(&share, LATER).unwrap().names, 1);
    let learned = first.trainee(ben).unwrap();
    assert_eq!(
        (learned.name.as_str(), learned.collar_number.as_str()),
        ("Ben Okoro", "")
    );
    // A third computer that takes in what the second hands on has the first one's links.
    let third = Store::open(&dir.path().join("third")).unwrap();
    let onward = dir.path().join("onward");
    second.export_to(&onward, false).unwrap();
    assert_eq!(third.import_from(&onward, LATER).unwrap().taken_in, 6);
    for id in all(&first) {
        assert_eq!(first.first_link(id).unwrap(), third.first_link(id).unwrap());
    }
    // What was erased stays erased.
    third.erase_trainee(sian, LATER).unwrap();
    let done = third.import_from(&onward, LATER).unwrap();
    assert_eq!((done.erased, done.already, done.taken_in), (3, 3, 0));
    assert!(third.verify().unwrap().sound());
}

#[test]
fn what_was_said_of_an_attempt_travels_with_it() {
    let dir = tempfile::tempdir().unwrap();
    let share = dir.path().join("share");
    let first = Store::open(&dir.path().join("first")).unwrap();
    let second = Store::open(&dir.path().join("second")).unwrap();
    let sian = first.add_trainee("Siân Rees", "TK4711", NOW).unwrap().id;
    let origin = closed(&first, sian, 1);
    let id = begun(&first, sian, 2);
    first.set_branch(id, &Branch { origin, kept: 0 }).unwrap();
    first.append_move(id, "ask", 900, NOW).unwrap();
    first
        .give_rationale(id, 0, ("information", "I did not know yet."), NOW)
        .unwrap();
    finish(&first, id);
    first.write_note(id, "Ask sooner.", NOW).unwrap();
    let comment = |text: &str| Finding::Comment {
        decision: Some(1),
        text: text.to_owned(),
    };
    first
        .judge(id, "Insp. Carr", &comment("A good pause."), NOW)
        .unwrap();
    let rating = |rater: &str, points| SecondRating {
        attempt: id,
        rater: rater.to_owned(),
        at: NOW.to_owned(),
        marks: vec![RatedMark {
            number: 1,
            objective: "listening".to_owned(),
            points,
        }],
    };
    first.add_second_rating(&rating("Sgt Hale", 2)).unwrap();
    let cohort = first.add_cohort("Spring", NOW).unwrap().id;
    let room = first.room_of(cohort, NOW).unwrap();
    let voted = closed(&first, room, 3);
    let vote = GroupVote {
        decision: 1,
        beat: "arrival".to_owned(),
        votes: [("ask".to_owned(), 7), ("wait".to_owned(), 5)].into(),
        taken: "ask".to_owned(),
        at: NOW.to_owned(),
    };
    first.keep_vote(voted, &vote).unwrap();

    let written = first.export_to(&share, false).unwrap();
    assert_eq!((written.written, written.beside), (3, 3), "{written:?}");
    let taken = second.import_from(&share, LATER).unwrap();
    assert_eq!((taken.taken_in, taken.beside), (3, 3), "{taken:?}");
    let again = second.import_from(&share, LATER).unwrap();
    assert_eq!((again.already, again.beside), (3, 0), "{again:?}");
    assert!(again.refused.is_empty(), "{again:?}");
    assert_eq!(
        first.rationales(id).unwrap(),
        second.rationales(id).unwrap()
    );
    assert_eq!(first.branch_of(id).unwrap(), second.branch_of(id).unwrap());
    assert_eq!(first.notes(id).unwrap(), second.notes(id).unwrap());
    assert_eq!(
        first.judgements(id).unwrap(),
        second.judgements(id).unwrap()
    );
    assert_eq!(
        first.second_ratings(Some(id)).unwrap(),
        second.second_ratings(Some(id)).unwrap()
    );
    assert!(second.trainee(room).unwrap().is_room);
    assert_eq!(
        second.votes_on("footbridge").unwrap()[0].vote.votes,
        vote.votes
    );

    // Each goes on saying things; both end with all of them, none twice.
    first
        .judge(id, "Insp. Carr", &comment("Read."), LATER)
        .unwrap();
    second
        .judge(id, "Sgt Hale", &comment("Agreed."), LATER)
        .unwrap();
    second.add_second_rating(&rating("Insp. Carr", 3)).unwrap();
    for _ in 0..2 {
        for store in [&first, &second] {
            store.export_to(&share, false).unwrap();
            store.import_from(&share, LATER).unwrap();
        }
    }
    for store in [&first, &second] {
        let mut words: Vec<String> = store
            .judgements(id)
            .unwrap()
            .into_iter()
            .map(|judgement| judgement.author)
            .collect();
        words.sort();
        assert_eq!(words, ["Insp. Carr", "Insp. Carr", "Sgt Hale"]);
        assert_eq!(store.second_ratings(Some(id)).unwrap().len(), 2);
        assert!(store.verify().unwrap().sound(), "{:?}", store.verify());
    }

    // The same rater with other marks is told, not written over.
    let third = Store::open(&dir.path().join("third")).unwrap();
    third.import_from(&share, LATER).unwrap();
    let other = Store::open(&dir.path().join("other")).unwrap();
    let bare = dir.path().join("bare");
    copy_folder(&share, &bare);
    fs::remove_dir_all(bare.join("beside")).unwrap();
    other.import_from(&bare, LATER).unwrap();
    other.add_second_rating(&rating("SGT HALE", 0)).unwrap();
    let found = other.import_from(&share, LATER).unwrap();
    assert_eq!(found.refused.len(), 1, "{found:?}");
    assert!(found.refused[0].why.contains("given once"), "{found:?}");

    // A file beside an attempt that was edited, or whose attempt is not here.
    let edited = fs::read_dir(bare.join("attempts")).unwrap().count();
    assert_eq!(edited, 3);
    let lone = dir.path().join("lone");
    copy_folder(&share, &lone);
    for file in fs::read_dir(lone.join("attempts")).unwrap() {
        fs::remove_file(file.unwrap().path()).unwrap();
    }
    let nobody = Store::open(&dir.path().join("nobody")).unwrap();
    let found = nobody.import_from(&lone, LATER).unwrap();
    assert_eq!(found.beside, 0);
    assert!(
        found
            .refused
            .iter()
            .all(|one| one.why.contains("is not here"))
    );
    for file in fs::read_dir(lone.join("beside")).unwrap() {
        let path = file.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text.replacen("2026", "2027", 1)).unwrap();
    }
    let found = third.import_from(&lone, LATER).unwrap();
    assert_eq!(found.beside, 0);
    assert_eq!(found.refused.len(), 6, "{found:?}");
    assert!(found.refused.iter().all(|one| one.why.contains("changed")));
}

#[test]
fn what_was_said_last_cannot_be_taken_away_unnoticed() {
    for (change, kind) in [
        ("DELETE FROM judgement", FaultKind::JudgementChanged),
        ("DELETE FROM second_rating", FaultKind::RatingChanged),
        (
            "UPDATE second_rating SET marks = '[]'",
            FaultKind::RatingChanged,
        ),
        ("DELETE FROM note", FaultKind::NoteChanged),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        let sian = store.add_trainee("Siân Rees", "", NOW).unwrap().id;
        let id = closed(&store, sian, 1);
        store.write_note(id, "Ask sooner.", NOW).unwrap();
        let sign = Finding::SignOff {
            text: String::new(),
        };
        store.judge(id, "Insp. Carr", &sign, NOW).unwrap();
        store
            .add_second_rating(&SecondRating {
                attempt: id,
                rater: "Sgt Hale".to_owned(),
                at: NOW.to_owned(),
                marks: vec![RatedMark {
                    number: 1,
                    objective: "listening".to_owned(),
                    points: 2,
                }],
            })
            .unwrap();
        let path = store.path().to_path_buf();
        assert!(store.verify().unwrap().sound());
        rusqlite::Connection::open(&path)
            .unwrap()
            .execute_batch(change)
            .unwrap();
        let fault = store.verify().unwrap().fault.expect(change);
        assert_eq!(
            (fault.kind, fault.record),
            (kind, id.to_string()),
            "{change}"
        );
        // Erased, it is gone with all that was said of it, and the chain still checks.
        store.erase_attempts(&[id], LATER).unwrap();
        assert!(store.verify().unwrap().sound(), "{change}");
    }
}

#[test]
fn a_branch_outlives_what_it_came_from() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let sian = store.add_trainee("Siân Rees", "", NOW).unwrap().id;
    let origin = closed(&store, sian, 1);
    let id = begun(&store, sian, 2);
    store.set_branch(id, &Branch { origin, kept: 0 }).unwrap();
    finish(&store, id);
    store.erase_attempts(&[origin], LATER).unwrap();
    assert!(store.verify().unwrap().sound());
    assert_eq!(store.branch_of(id).unwrap().unwrap().origin, origin);
}

pub(crate) fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

#[test]
fn a_file_that_was_edited_is_refused_by_name() {
    let dir = tempfile::tempdir().unwrap();
    let share = dir.path().join("share");
    let from = Store::open(&dir.path().join("from")).unwrap();
    let sian = from.add_trainee("Siân Rees", "", NOW).unwrap().id;
    let id = closed(&from, sian, 1);
    from.export_to(&share, false).unwrap();
    let name = format!("{id}.json");
    let path = share.join("attempts").join(&name);
    let whole = fs::read_to_string(&path).unwrap();
    let half = &whole[..whole.len() / 2];
    let to = Store::open(&dir.path().join("to")).unwrap();
    for bad in [
        whole.replace("choice_3", "choice_4"),
        whole.replace("Passed", "Bassed"),
        whole.replace("\"n\": 2,", "\"n\": 3,"),
        whole.replace("\"version\": 1", "\"version\": 9"),
        whole.replace("\"form\"", "\"from\""),
        half.to_owned(),
        String::new(),
        "\u{0}\u{1}".to_owned(),
    ] {
        assert_ne!(bad, whole);
        fs::write(&path, bad).unwrap();
        let done = to.import_from(&share, LATER).unwrap();
        assert_eq!(done.taken_in, 0);
        assert_eq!(done.refused[0].file, name);
        // The export does not write over it either.
        assert_eq!(from.export_to(&share, false).unwrap().refused[0].file, name);
    }
    fs::write(&path, &whole).unwrap();
    for source in fs::read_dir(share.join("sources")).unwrap() {
        fs::write(source.unwrap().path(), r#"{"name":"x","text":"y"}"#).unwrap();
    }
    let done = to.import_from(&share, LATER).unwrap();
    assert!(done.refused[0].why.contains("sources/"), "{done:?}");
    from.export_to(&share, false).unwrap();
    assert_eq!(to.import_from(&share, LATER).unwrap().taken_in, 1);
}

/// A sample by default; `COMMON_GROUND_FILES=1000` takes in that many and tells how long it took.
#[test]
fn many_files_are_taken_in_quickly() {
    let count: u32 = std::env::var("COMMON_GROUND_FILES")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(20);
    let dir = tempfile::tempdir().unwrap();
    let from = Store::open(&dir.path().join("from")).unwrap();
    let sian = from.add_trainee("Siân Rees", "", NOW).unwrap().id;
    for n in 0..count {
        closed(&from, sian, n);
    }
    let share = dir.path().join("share");
    from.export_to(&share, false).unwrap();
    let to = Store::open(&dir.path().join("to")).unwrap();
    let begun = std::time::Instant::now();
    let done = to.import_from(&share, LATER).unwrap();
    let took = begun.elapsed();
    assert_eq!(done.taken_in, u64::from(count));
    println!("{count} files taken in within {took:?}");
}

/// A sample by default; `COMMON_GROUND_BYTES=1000` changes that many bytes, one at a time.
#[test]
fn every_changed_byte_of_a_sealed_text_is_named() {
    let count: usize = std::env::var("COMMON_GROUND_BYTES")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(40);
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let sian = store.add_trainee("Siân Rees", "", NOW).unwrap().id;
    let ids: Vec<AttemptId> = (0..3).map(|n| closed(&store, sian, n)).collect();
    let copy = dir.path().join("copy");
    fs::create_dir(&copy).unwrap();
    let plain = dir.path().join("plain.sqlite3");
    store.backup_to(&plain).unwrap();
    let whole = fs::read(&plain).unwrap();
    let places: Vec<(usize, AttemptId)> = ids
        .iter()
        .flat_map(|id| {
            // The sealed text begins so; it is short enough to lie in one piece.
            let start = format!("{{\"id\":\"{id}\"");
            let at = whole
                .windows(start.len())
                .position(|bytes| bytes == start.as_bytes())
                .unwrap();
            let length = whole[at..].iter().position(|byte| *byte == b'}').unwrap();
            (0..length).map(move |n| (at + n, *id))
        })
        .collect();
    for n in 0..count {
        let (at, id) = places[n * 7919 % places.len()];
        let mut changed = whole.clone();
        changed[at] ^= 1 << (n % 8);
        fs::write(copy.join("records.sqlite3"), &changed).unwrap();
        for ending in ["-wal", "-shm"] {
            let _ = fs::remove_file(copy.join(format!("records.sqlite3{ending}")));
        }
        let found = Store::open(&copy).unwrap().verify().unwrap();
        let fault = found
            .fault
            .unwrap_or_else(|| panic!("byte {at} is not seen"));
        assert_eq!(fault.record, id.to_string(), "byte {at}: {fault}");
    }
    println!("{count} changed bytes, each named");
}

#[test]
fn scored_again_every_attempt_comes_out_to_the_byte() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let sian = store.add_trainee("Siân Rees", "", NOW).unwrap().id;
    let ids = played(&store, sian);
    let found = rescore(&store).unwrap();
    assert_eq!((found.same, found.differing.len()), (ids.len() as u64, 0));
    let odd = closed(&store, sian, 1);
    assert_eq!(rescore(&store).unwrap().differing[0].0, odd);
}

#[test]
fn statements_tell_the_attempt_and_nobodys_name() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let sian = store.add_trainee("Siân Rees", "TK4711", NOW).unwrap().id;
    for id in played(&store, sian) {
        let statements = statements_kept(&store, id).unwrap();
        assert_eq!(statements, statements_kept(&store, id).unwrap());
        let verb = |n: usize| {
            statements[n]["verb"]["id"]
                .as_str()
                .unwrap()
                .rsplit('/')
                .next()
        };
        let moves = store.moves(id).unwrap().len();
        assert_eq!(statements.len(), moves + 3);
        assert_eq!(verb(0), Some("initialized"));
        assert!((1..=moves).all(|n| verb(n) == Some("answered")));
        assert_eq!(verb(moves + 1), Some("completed"));
        assert_eq!(verb(moves + 2), Some("terminated"));
        let text = serde_json::to_string(&statements).unwrap();
        assert!(!text.contains("Rees") && !text.contains("TK4711"));
        let mut ids: Vec<_> = statements.iter().map(|s| s["id"].to_string()).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), statements.len());
        for score in statements.iter().map(|s| &s["result"]["score"]) {
            if let Some(scaled) = score["scaled"].as_f64() {
                assert!((0.0..=1.0).contains(&scaled));
                assert!(score["raw"].as_u64() <= score["max"].as_u64());
            }
        }
    }
}

/// A store on this computer that keeps statements by id and answers as it is told; `None`
/// answers properly.
pub(crate) fn small_lrs(
    answers: Vec<Option<(u16, &'static str)>>,
) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/xAPI", listener.local_addr().unwrap());
    let kept = Arc::new(Mutex::new(Vec::new()));
    let inside = Arc::clone(&kept);
    std::thread::spawn(move || {
        let mut answers = answers.into_iter();
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let (mut length, mut authorized) = (0, false);
            loop {
                let mut line = String::new();
                if reader.read_line(&mut line).unwrap_or(0) == 0 || line == "\r\n" {
                    break;
                }
                let line = line.to_ascii_lowercase();
                if let Some(number) = line.strip_prefix("content-length:") {
                    length = number.trim().parse().unwrap();
                }
                authorized |= line.starts_with("authorization: basic dtpw");
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).unwrap();
            let (status, text) = match answers.next().flatten() {
                // Cut off after taking the statements: the answer is lost.
                Some((0, _)) => {
                    take(&inside, &body);
                    continue;
                }
                Some((status, text)) => (status, text.to_owned()),
                None if !authorized => (401, String::new()),
                None => (200, take(&inside, &body)),
            };
            let _ = write!(
                stream,
                "HTTP/1.1 {status} X\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{text}",
                text.len()
            );
        }
    });
    (address, kept)
}

fn take(kept: &Mutex<Vec<String>>, body: &[u8]) -> String {
    let statements: Vec<serde_json::Value> = serde_json::from_slice(body).unwrap();
    let ids: Vec<String> = statements
        .iter()
        .map(|statement| statement["id"].as_str().unwrap().to_owned())
        .collect();
    let mut kept = kept.lock().unwrap();
    for id in &ids {
        if !kept.contains(id) {
            kept.push(id.clone());
        }
    }
    serde_json::to_string(&ids).unwrap()
}

#[test]
fn each_attempt_is_sent_once_whatever_the_store_answers() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let sian = store.add_trainee("Siân Rees", "", NOW).unwrap().id;
    let ids = played(&store, sian);
    let total: usize = ids
        .iter()
        .map(|id| statements_kept(&store, *id).unwrap().len())
        .sum();
    let who = Credentials {
        user: "u".to_owned(),
        password: "p".to_owned(),
    };
    let go = |lrs: &str| -> Sent { send(&store, lrs, &who, &|| NOW.to_owned()).unwrap() };

    // Garbage, an answer lost after it was taken, failures, too much at once: in the end all is
    // there once.
    let (lrs, kept) = small_lrs(vec![
        Some((200, "<html>welcome")),
        Some((0, "")),
        Some((500, "")),
        Some((503, "")),
        Some((500, "")),
        Some((413, "")),
    ]);
    let first = go(&lrs);
    assert!(
        first
            .stopped
            .unwrap()
            .contains("none of a learning record store")
    );
    assert!(go(&lrs).stopped.unwrap().contains("no answer"));
    assert!(go(&lrs).stopped.unwrap().contains("failed"));
    let last = go(&lrs);
    assert_eq!((last.sent, last.waiting), (3, 0), "{last:?}");
    assert_eq!(kept.lock().unwrap().len(), total);
    assert_eq!(go(&lrs), Sent::default());

    let (lrs, kept) = small_lrs(vec![Some((401, ""))]);
    assert!(go(&lrs).stopped.unwrap().contains("PASSWORD"));
    assert_eq!(go(&lrs).sent, 3);
    assert_eq!(kept.lock().unwrap().len(), total);

    let (lrs, _) = small_lrs(vec![Some((409, "that id")), Some((400, "no")), None]);
    let done = go(&lrs);
    assert_eq!((done.sent, done.waiting, done.troubles.len()), (1, 0, 2));
    assert_eq!(go(&lrs), Sent::default());

    let nobody = go("http://127.0.0.1:9");
    assert_eq!((nobody.sent, nobody.waiting), (0, 3));
    assert!(
        go("http://lrs.force.example")
            .stopped
            .unwrap()
            .contains("https")
    );
    assert!(store.verify().unwrap().sound());
}

fn program(data: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_common-ground"))
        .arg("--scenarios")
        .arg(support::folder())
        .arg("--data")
        .arg(data)
        .arg("records")
        .args(arguments)
        .env("NO_COLOR", "1")
        .output()
        .unwrap()
}

#[track_caller]
fn ends(output: &Output, code: i32) -> String {
    let text = String::from_utf8_lossy(&output.stdout).into_owned()
        + &String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{text}");
    text
}

#[test]
fn care_by_command_leaves_a_log_and_a_chain_that_checks() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let in_dir = |name: &str| dir.path().join(name).display().to_string();
    let store = Store::open(&data).unwrap();
    let sian = store.add_trainee("Siân Rees", "TK4711", NOW).unwrap().id;
    let ben = store.add_trainee("Ben Okoro", "12", NOW).unwrap().id;
    let ids = played(&store, sian);
    closed(&store, ben, 0);
    let seal = store.attempt(ids[2]).unwrap().chain.unwrap();
    let seal = format!("{}:{}", seal.seq, seal.hash);
    drop(store);

    ends(
        &program(&data, &["backup", "--to", &in_dir("all.sqlite3")]),
        0,
    );
    ends(
        &program(&data, &["backup", "--to", &in_dir("all.sqlite3")]),
        1,
    );
    ends(&program(&data, &["export", "--to", &in_dir("share")]), 0);
    ends(&program(&data, &["import", &in_dir("share")]), 0);
    ends(&program(&data, &["verify", "--seal", &seal]), 0);
    // The made-up attempt cannot be scored again, and is named.
    ends(&program(&data, &["verify", "--rescore"]), 1);

    ends(
        &program(&data, &["access", "TK4711", "--to", &in_dir("file")]),
        0,
    );
    let held = fs::read_to_string(dir.path().join("file/everything.json")).unwrap();
    for id in &ids {
        assert!(held.contains(&id.to_string()));
        assert!(dir.path().join(format!("file/{id}.html")).is_file());
    }
    assert!(held.contains("TK4711") && !held.contains("Okoro"));
    let index = fs::read_to_string(dir.path().join("file/index.html")).unwrap();
    assert!(index.contains("Siân Rees") && !index.contains("Okoro"));

    let text = ends(&program(&data, &["retain", "--older-than", "0"]), 0);
    assert!(text.contains("Nothing was erased"), "{text}");
    let text = ends(
        &program(&data, &["retain", "--older-than", "36500", "--apply"]),
        0,
    );
    assert!(text.starts_with("0 attempts"), "{text}");
    ends(&program(&data, &["erase", "12"]), 2);
    ends(&program(&data, &["erase", "12", "--yes"]), 0);
    ends(&program(&data, &["verify", "--rescore"]), 0);
    ends(
        &program(&data, &["retain", "--older-than", "0", "--apply"]),
        0,
    );
    let text = ends(&program(&data, &["verify"]), 0);
    assert!(text.contains("0 closed attempts"), "{text}");
    let text = ends(&program(&data, &["log"]), 0);
    for word in [
        "copied", "exported", "imported", "accessed", "erased", "retired",
    ] {
        assert!(text.contains(word), "{word}: {text}");
    }
    assert!(!text.contains("Rees") && !text.contains("TK4711"));

    // A cut tail, chain head and all, is told by the seal on a report.
    ends(&program(&data, &["restore", &in_dir("all.sqlite3")]), 0);
    ends(&program(&data, &["verify", "--seal", &seal]), 0);
    let short = dir.path().join("short");
    let cut = Store::open(&short).unwrap();
    assert!(cut.verify().unwrap().sound());
    drop(cut);
    let text = ends(&program(&short, &["verify", "--seal", &seal]), 1);
    assert!(text.contains("not in the chain"), "{text}");
    fs::write(dir.path().join("junk"), "no records").unwrap();
    ends(&program(&data, &["restore", &in_dir("junk")]), 1);
    ends(&program(&data, &["verify"]), 0);
}
