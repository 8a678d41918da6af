-- The tables of the first version, as it wrote them. Never edited.
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
PRAGMA user_version = 1;
