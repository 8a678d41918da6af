//! Processes killed while records are exported, taken in, sent, erased, retired, copied, put back
//! and brought up to date: what was there or acknowledged is there, nothing is there twice, and
//! the chain checks.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use common_ground::attempt::sending::{Credentials, send};
use common_ground::attempt::statements_kept;
use common_ground::records::{AttemptFilter, AttemptId, Store, TraineeId};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::exchange::{closed, copy_folder, played, small_lrs};

const NOW: &str = "2026-11-28T10:00:00Z";
const EACH: u32 = 12;

/// Two people's attempts, a folder of both, and the same records as the first version wrote them.
struct Template {
    dir: tempfile::TempDir,
    sian: TraineeId,
    ben: TraineeId,
    hers: BTreeSet<AttemptId>,
    his: BTreeSet<AttemptId>,
    /// Those of his that the kernel can play, so that there are statements on them.
    played: Vec<AttemptId>,
}

impl Template {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(&dir.path().join("data")).unwrap();
        let sian = store.add_trainee("Siân Rees", "4711", NOW).unwrap().id;
        let ben = store.add_trainee("Ben Okoro", "1234", NOW).unwrap().id;
        let hers: BTreeSet<_> = (0..EACH).map(|n| closed(&store, sian, n)).collect();
        let mut his: BTreeSet<_> = (0..EACH).map(|n| closed(&store, ben, EACH + n)).collect();
        let played = played(&store, ben);
        his.extend(&played);
        as_first_version(store.path(), &dir.path().join("old"));
        for id in &hers {
            store.write_note(*id, "Ask sooner.", NOW).unwrap();
        }
        store.export_to(&dir.path().join("share"), true).unwrap();
        store.backup_to(&dir.path().join("copy.sqlite3")).unwrap();
        drop(store);
        Self {
            dir,
            sian,
            ben,
            hers,
            his,
            played,
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn all(&self) -> BTreeSet<AttemptId> {
        self.hers.union(&self.his).copied().collect()
    }
}

/// The same rows in the tables of the first version.
fn as_first_version(database: &Path, folder: &Path) {
    fs::create_dir(folder).unwrap();
    let path = folder.join("records.sqlite3");
    let old = rusqlite::Connection::open(&path).unwrap();
    old.execute_batch(include_str!("support/version-1.sql"))
        .unwrap();
    old.execute("ATTACH ?1 AS new", [database.to_str().unwrap()])
        .unwrap();
    old.execute_batch(
        "DELETE FROM chain_head;
         INSERT INTO trainee SELECT id, name, collar_number, created, last_seen FROM new.trainee;
         INSERT INTO source SELECT * FROM new.source;
         INSERT INTO attempt SELECT id, trainee, scenario, title, scenario_sha256, course_sha256,
           techniques_sha256, profiles_sha256, engine, seed, mode, started, ended, state, ending,
           summary FROM new.attempt;
         INSERT INTO journal SELECT attempt, n, kind, text, millis, keep, at FROM new.journal;
         INSERT INTO chain SELECT seq, kind, record, prev, salt, payload, payload_hash, entry
           FROM new.chain;
         INSERT INTO chain_head SELECT id, seq, entry FROM new.chain_head;",
    )
    .unwrap();
}

fn ids(store: &Store) -> BTreeSet<AttemptId> {
    store
        .attempts(&AttemptFilter::default())
        .unwrap()
        .iter()
        .map(|attempt| attempt.id)
        .collect()
}

/// What a killed process is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Work {
    Export,
    Import,
    Send,
    Erase,
    Retain,
    Backup,
    Restore,
    Migrate,
}

const WORKS: [Work; 8] = [
    Work::Export,
    Work::Import,
    Work::Send,
    Work::Erase,
    Work::Retain,
    Work::Backup,
    Work::Restore,
    Work::Migrate,
];

fn command(work: Work, folder: &Path, template: &Template, lrs: &str) -> Command {
    let text = |path: PathBuf| path.display().to_string();
    let mut command = Command::new(env!("CARGO_BIN_EXE_common-ground"));
    command
        .args(["--data", &text(folder.join("data")), "records"])
        .env("COMMON_GROUND_LRS_USER", "u")
        .env("COMMON_GROUND_LRS_PASSWORD", "p")
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    match work {
        Work::Export => command.args(["export", "--to", &text(folder.join("share"))]),
        Work::Import => command.args(["import", &text(template.path("share"))]),
        Work::Send => command.args(["send", "--lrs", lrs]),
        Work::Erase => command.args(["erase", "4711", "--yes"]),
        Work::Retain => command.args(["retain", "--older-than", "0", "--apply"]),
        Work::Backup => command.args(["backup", "--to", &text(folder.join("copy.sqlite3"))]),
        Work::Restore => command.args(["restore", &text(template.path("copy.sqlite3"))]),
        Work::Migrate => command.args(["list"]),
    };
    command
}

/// A sample by default; `COMMON_GROUND_RECORD_KILLS=1000` takes that many.
#[test]
fn records_outlive_a_kill_at_any_moment() {
    let rounds: usize = std::env::var("COMMON_GROUND_RECORD_KILLS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(24);
    let template = Template::new();
    let mut cut_off = 0;
    // How long each takes when it is left alone: the moments are drawn from that.
    let mut whole = [Duration::ZERO; WORKS.len()];
    for round in 0..rounds {
        let work = WORKS[round % WORKS.len()];
        let mut draws = ChaCha8Rng::seed_from_u64(round as u64);
        let scratch = tempfile::tempdir().unwrap();
        let folder = scratch.path();
        let data = folder.join("data");
        match work {
            Work::Import => fs::create_dir(&data).unwrap(),
            Work::Migrate => copy_folder(&template.path("old"), &data),
            _ => copy_folder(&template.path("data"), &data),
        }
        if work == Work::Restore {
            // Something else than what is put back.
            let store = Store::open(&data).unwrap();
            store.erase_trainee(template.ben, NOW).unwrap();
        }
        let (lrs, kept) = small_lrs(Vec::new());
        let mut child = command(work, folder, &template, &lrs).spawn().unwrap();
        let begun = Instant::now();
        let acknowledged = if round < WORKS.len() {
            let is_done = child.wait().unwrap().success();
            whole[round] = begun.elapsed();
            is_done
        } else {
            let longest = whole[round % WORKS.len()].as_micros() as u64;
            let until = begun + Duration::from_micros(draws.next_u64() % longest.max(1));
            let mut ended = None;
            while Instant::now() < until && ended.is_none() {
                std::thread::yield_now();
                ended = child.try_wait().unwrap();
            }
            let _ = child.kill();
            child.wait().unwrap().success()
        };
        cut_off += usize::from(!acknowledged);

        let store = Store::open(&data).unwrap();
        let found = store.verify().unwrap();
        assert!(found.sound(), "{work:?} {round}: {found:?}");
        let there = ids(&store);
        let all = template.all();
        match work {
            Work::Import => {
                assert!(there.is_subset(&all));
                assert!(!acknowledged || there == all);
                store.import_from(&template.path("share"), NOW).unwrap();
                assert_eq!(ids(&store), all, "{round}");
                for id in &template.hers {
                    assert_eq!(store.notes(*id).unwrap().len(), 1, "{round}");
                }
                assert_eq!(store.trainee(template.sian).unwrap().name, "Siân Rees");
            }
            Work::Export => {
                assert_eq!(there, all);
                store.export_to(&folder.join("share"), false).unwrap();
                let other = Store::open(&folder.join("other")).unwrap();
                let done = other.import_from(&folder.join("share"), NOW).unwrap();
                assert!(done.refused.is_empty(), "{round}: {done:?}");
                assert_eq!(ids(&other), all, "{round}");
            }
            Work::Send => {
                assert_eq!(there, all);
                let credentials = Credentials {
                    user: "u".to_owned(),
                    password: "p".to_owned(),
                };
                send(&store, &lrs, &credentials, &|| NOW.to_owned()).unwrap();
                let mut expected = Vec::new();
                for id in &template.played {
                    for statement in statements_kept(&store, *id).unwrap() {
                        expected.push(statement["id"].as_str().unwrap().to_owned());
                    }
                }
                expected.sort();
                let mut sent = kept.lock().unwrap().clone();
                sent.sort();
                assert_eq!(sent, expected, "{round}");
            }
            Work::Erase => {
                let rest = &there - &template.his;
                assert!(template.his.is_subset(&there), "{round}");
                assert!(rest.is_empty() || rest == template.hers, "{round}");
                assert!(!acknowledged || rest.is_empty(), "{round}");
            }
            Work::Retain => {
                assert!(there.is_empty() || there == all, "{round}");
                assert!(!acknowledged || there.is_empty(), "{round}");
            }
            Work::Backup => {
                assert_eq!(there, all);
                let copy = folder.join("copy.sqlite3");
                if acknowledged {
                    Store::restore_from(&copy, &folder.join("other")).unwrap();
                    let other = Store::open(&folder.join("other")).unwrap();
                    assert_eq!(ids(&other), all, "{round}");
                }
            }
            Work::Restore => {
                assert!(there == all || there == template.hers, "{round}: {there:?}");
                assert!(!acknowledged || there == all, "{round}");
            }
            Work::Migrate => assert_eq!(there, all, "{round}"),
        }
    }
    println!("{rounds} processes, {cut_off} of them cut off");
    assert!(cut_off > 0, "every process ended before it was killed");
}
