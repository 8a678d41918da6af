//! The tables, version by version. A version that has shipped is never edited; the next one is
//! added after it.

use rusqlite_migration::{M, Migrations};

const VERSION_1: &str = "
CREATE TABLE trainee(
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  collar_number TEXT NOT NULL,
  created TEXT NOT NULL,
  last_seen TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX trainee_collar_number ON trainee(collar_number) WHERE collar_number <> '';

CREATE TABLE source(
  sha256 TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;

CREATE TABLE attempt(
  id TEXT PRIMARY KEY,
  trainee TEXT NOT NULL REFERENCES trainee(id),
  scenario TEXT NOT NULL,
  title TEXT NOT NULL,
  scenario_sha256 TEXT NOT NULL REFERENCES source(sha256),
  course_sha256 TEXT NOT NULL REFERENCES source(sha256),
  techniques_sha256 TEXT NOT NULL REFERENCES source(sha256),
  profiles_sha256 TEXT NOT NULL REFERENCES source(sha256),
  engine TEXT NOT NULL,
  seed INTEGER NOT NULL,
  mode TEXT NOT NULL CHECK(mode IN ('practice','assessment')),
  started TEXT NOT NULL,
  ended TEXT,
  state TEXT NOT NULL CHECK(state IN ('running','finished','abandoned')),
  ending TEXT,
  summary TEXT
) STRICT;
CREATE INDEX attempt_trainee ON attempt(trainee, started);

CREATE TABLE journal(
  attempt TEXT NOT NULL REFERENCES attempt(id) ON DELETE CASCADE,
  n INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK(kind IN ('move','rewind')),
  text TEXT NOT NULL,
  millis INTEGER NOT NULL,
  keep INTEGER NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY(attempt, n)
) STRICT;

CREATE TABLE chain(
  seq INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK(kind IN ('attempt','erasure')),
  record TEXT NOT NULL UNIQUE,
  prev BLOB NOT NULL,
  salt BLOB,
  payload TEXT,
  payload_hash BLOB NOT NULL,
  entry BLOB NOT NULL
) STRICT;
CREATE TABLE chain_head(
  id INTEGER PRIMARY KEY CHECK(id = 1),
  seq INTEGER NOT NULL,
  entry BLOB NOT NULL
) STRICT;
INSERT INTO chain_head VALUES (1, 0, zeroblob(32));

CREATE TABLE setting(
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE passphrase(
  id INTEGER PRIMARY KEY CHECK(id = 1),
  hash TEXT NOT NULL,
  wrong INTEGER NOT NULL,
  lockouts INTEGER NOT NULL,
  locked_until TEXT
) STRICT;
";

/// What a training school adds: cohorts, assignments, judgements, votes, and results in narrow
/// tables. The latter two follow from the sealed summaries by trigger, however an attempt came in.
const SCHOOL: &str = "
ALTER TABLE trainee ADD COLUMN archived TEXT;
ALTER TABLE trainee ADD COLUMN merged_into TEXT REFERENCES trainee(id);
ALTER TABLE trainee ADD COLUMN is_room INTEGER NOT NULL DEFAULT 0;
CREATE INDEX trainee_merged ON trainee(merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE cohort(
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  created TEXT NOT NULL,
  archived TEXT,
  room TEXT REFERENCES trainee(id) ON DELETE SET NULL
) STRICT;
CREATE UNIQUE INDEX cohort_name ON cohort(name COLLATE NOCASE) WHERE archived IS NULL;

CREATE TABLE cohort_member(
  cohort TEXT NOT NULL REFERENCES cohort(id) ON DELETE CASCADE,
  trainee TEXT NOT NULL REFERENCES trainee(id) ON DELETE CASCADE,
  PRIMARY KEY(cohort, trainee)
) STRICT, WITHOUT ROWID;
CREATE INDEX cohort_member_trainee ON cohort_member(trainee);

CREATE TABLE assignment(
  id TEXT PRIMARY KEY,
  scenario TEXT NOT NULL,
  title TEXT NOT NULL,
  mode TEXT NOT NULL CHECK(mode IN ('practice','assessment')),
  due TEXT,
  seed INTEGER,
  cohort TEXT REFERENCES cohort(id) ON DELETE CASCADE,
  trainee TEXT REFERENCES trainee(id) ON DELETE CASCADE,
  given TEXT NOT NULL,
  withdrawn TEXT,
  CHECK((cohort IS NULL) <> (trainee IS NULL))
) STRICT;

CREATE TABLE judgement(
  attempt TEXT NOT NULL REFERENCES attempt(id) ON DELETE CASCADE,
  n INTEGER NOT NULL,
  at TEXT NOT NULL,
  author TEXT NOT NULL,
  finding TEXT NOT NULL,
  entry BLOB NOT NULL,
  PRIMARY KEY(attempt, n)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER judgement_stays BEFORE UPDATE ON judgement
BEGIN SELECT RAISE(ABORT, 'a judgement is never changed; a later one stands beside it'); END;

CREATE TABLE group_vote(
  n INTEGER PRIMARY KEY,
  attempt TEXT NOT NULL REFERENCES attempt(id) ON DELETE CASCADE,
  decision INTEGER NOT NULL,
  beat TEXT NOT NULL,
  votes TEXT NOT NULL,
  taken TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX group_vote_attempt ON group_vote(attempt, decision);

CREATE TABLE attempt_result(
  attempt TEXT PRIMARY KEY REFERENCES attempt(id) ON DELETE CASCADE,
  trainee TEXT NOT NULL,
  scenario TEXT NOT NULL,
  title TEXT NOT NULL,
  seed INTEGER NOT NULL,
  mode TEXT NOT NULL,
  started TEXT NOT NULL,
  verdict TEXT,
  outcome TEXT,
  gates INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX attempt_result_trainee ON attempt_result(trainee, started);
CREATE TABLE attempt_level(
  trainee TEXT NOT NULL,
  objective TEXT NOT NULL,
  started TEXT NOT NULL,
  attempt TEXT NOT NULL REFERENCES attempt(id) ON DELETE CASCADE,
  scenario TEXT NOT NULL,
  mode TEXT NOT NULL,
  result TEXT NOT NULL,
  percent INTEGER,
  is_core INTEGER NOT NULL,
  by_gate INTEGER NOT NULL,
  PRIMARY KEY(trainee, objective, started, attempt)
) STRICT, WITHOUT ROWID;
CREATE INDEX attempt_level_attempt ON attempt_level(attempt);
CREATE INDEX attempt_running ON attempt(started) WHERE state = 'running';

INSERT INTO attempt_result
  SELECT id, trainee, scenario, title, seed, mode, started,
    json_extract(summary, '$.verdict'), json_extract(summary, '$.outcome'),
    COALESCE(json_array_length(summary, '$.gates'), 0)
  FROM attempt WHERE state = 'finished' AND json_valid(summary);
INSERT OR IGNORE INTO attempt_level
  SELECT a.trainee, json_extract(o.value, '$.id'), a.started, a.id, a.scenario, a.mode,
    json_extract(o.value, '$.result'), json_extract(o.value, '$.percent'),
    COALESCE(json_extract(o.value, '$.is_core'), 0),
    json_extract(o.value, '$.failed_by') IS NOT NULL
  FROM attempt a, json_each(a.summary, '$.objectives') o
  WHERE a.state = 'finished' AND json_valid(a.summary)
    AND json_type(o.value, '$.id') = 'text' AND json_type(o.value, '$.result') = 'text';

CREATE TRIGGER attempt_result_when_closed AFTER UPDATE OF summary ON attempt
WHEN NEW.state = 'finished' AND json_valid(NEW.summary)
BEGIN
  INSERT OR REPLACE INTO attempt_result VALUES (NEW.id, NEW.trainee, NEW.scenario, NEW.title,
    NEW.seed, NEW.mode, NEW.started, json_extract(NEW.summary, '$.verdict'),
    json_extract(NEW.summary, '$.outcome'),
    COALESCE(json_array_length(NEW.summary, '$.gates'), 0));
  DELETE FROM attempt_level WHERE attempt = NEW.id;
  INSERT OR IGNORE INTO attempt_level
    SELECT NEW.trainee, json_extract(o.value, '$.id'), NEW.started, NEW.id, NEW.scenario,
      NEW.mode, json_extract(o.value, '$.result'), json_extract(o.value, '$.percent'),
      COALESCE(json_extract(o.value, '$.is_core'), 0),
      json_extract(o.value, '$.failed_by') IS NOT NULL
    FROM json_each(NEW.summary, '$.objectives') o
    WHERE json_type(o.value, '$.id') = 'text' AND json_type(o.value, '$.result') = 'text';
END;
CREATE TRIGGER attempt_result_when_entered AFTER INSERT ON attempt
WHEN NEW.state = 'finished' AND json_valid(NEW.summary)
BEGIN
  INSERT OR REPLACE INTO attempt_result VALUES (NEW.id, NEW.trainee, NEW.scenario, NEW.title,
    NEW.seed, NEW.mode, NEW.started, json_extract(NEW.summary, '$.verdict'),
    json_extract(NEW.summary, '$.outcome'),
    COALESCE(json_array_length(NEW.summary, '$.gates'), 0));
  INSERT OR IGNORE INTO attempt_level
    SELECT NEW.trainee, json_extract(o.value, '$.id'), NEW.started, NEW.id, NEW.scenario,
      NEW.mode, json_extract(o.value, '$.result'), json_extract(o.value, '$.percent'),
      COALESCE(json_extract(o.value, '$.is_core'), 0),
      json_extract(o.value, '$.failed_by') IS NOT NULL
    FROM json_each(NEW.summary, '$.objectives') o
    WHERE json_type(o.value, '$.id') = 'text' AND json_type(o.value, '$.result') = 'text';
END;
";

/// Second ratings of finished attempts, and what was drawn from attempts for measurement.
const MEASUREMENT: &str = "
CREATE TABLE second_rating(
  attempt TEXT NOT NULL REFERENCES attempt(id) ON DELETE CASCADE,
  rater TEXT NOT NULL,
  at TEXT NOT NULL,
  marks TEXT NOT NULL,
  PRIMARY KEY(attempt, rater)
) STRICT;
CREATE TABLE drawing(
  attempt TEXT PRIMARY KEY REFERENCES attempt(id) ON DELETE CASCADE,
  drawn_by TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;
";

/// Exchange: the chain also holds a log, records know where they came from, and what was sent to
/// a learning record store is kept. The id of the store tells two computers apart.
const EXCHANGE: &str = "
CREATE TABLE chain_with_notes(
  seq INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK(kind IN ('attempt','erasure','note')),
  record TEXT NOT NULL UNIQUE,
  prev BLOB NOT NULL,
  salt BLOB,
  payload TEXT,
  payload_hash BLOB NOT NULL,
  entry BLOB NOT NULL
) STRICT;
INSERT INTO chain_with_notes
  SELECT seq, kind, record, prev, salt, payload, payload_hash, entry FROM chain;
DROP TABLE chain;
ALTER TABLE chain_with_notes RENAME TO chain;

CREATE TABLE origin(
  attempt TEXT PRIMARY KEY REFERENCES attempt(id) ON DELETE CASCADE,
  store TEXT NOT NULL,
  seq INTEGER NOT NULL,
  prev BLOB NOT NULL,
  entry BLOB NOT NULL,
  taken_in TEXT NOT NULL
) STRICT;

CREATE TABLE outbox(
  attempt TEXT NOT NULL REFERENCES attempt(id) ON DELETE CASCADE,
  lrs TEXT NOT NULL,
  state TEXT NOT NULL CHECK(state IN ('waiting','sent','conflict','refused')),
  statements INTEGER NOT NULL,
  tries INTEGER NOT NULL,
  tried TEXT NOT NULL,
  detail TEXT NOT NULL,
  PRIMARY KEY(attempt, lrs)
) STRICT;

INSERT INTO setting(key, value) VALUES ('store.id', lower(hex(randomblob(16))));
";

/// What a trainee says of their own decisions: reasons, the notebook afterwards, and which attempt
/// goes on from a decision of another. None of it is ever changed.
const REFLECTION: &str = "
CREATE TABLE rationale(
  attempt TEXT NOT NULL REFERENCES attempt(id) ON DELETE CASCADE,
  n INTEGER NOT NULL,
  element TEXT NOT NULL,
  text TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY(attempt, n)
) STRICT, WITHOUT ROWID;
CREATE TABLE note(
  attempt TEXT NOT NULL REFERENCES attempt(id) ON DELETE CASCADE,
  n INTEGER NOT NULL,
  text TEXT NOT NULL,
  at TEXT NOT NULL,
  entry BLOB NOT NULL,
  PRIMARY KEY(attempt, n)
) STRICT, WITHOUT ROWID;
CREATE TABLE branch(
  attempt TEXT PRIMARY KEY REFERENCES attempt(id) ON DELETE CASCADE,
  origin TEXT NOT NULL REFERENCES attempt(id) ON DELETE CASCADE,
  kept INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX branch_origin ON branch(origin);
";

/// An attempt that goes on from a decision of another keeps saying so after the other was erased,
/// or where it was never taken in: what was sealed with it stays as it is.
const BRANCH_ALONE: &str = "
CREATE TABLE branch_alone(
  attempt TEXT PRIMARY KEY REFERENCES attempt(id) ON DELETE CASCADE,
  origin TEXT NOT NULL,
  kept INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO branch_alone SELECT attempt, origin, kept FROM branch;
DROP TABLE branch;
ALTER TABLE branch_alone RENAME TO branch;
CREATE INDEX branch_origin ON branch(origin);
";

/// Every version so far.
pub(super) const STEPS: &[M<'static>] = &[
    M::up(VERSION_1),
    M::up(SCHOOL),
    M::up(MEASUREMENT),
    M::up(EXCHANGE),
    M::up(REFLECTION),
    M::up(BRANCH_ALONE),
];

/// The way from any version to the newest.
pub(super) const MIGRATIONS: Migrations<'static> = Migrations::from_slice(STEPS);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_version_can_be_reached() {
        MIGRATIONS.validate().unwrap();
    }
}
