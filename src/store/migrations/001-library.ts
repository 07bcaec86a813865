/** The first shape of the library: videos, stages with their units, the published transcripts, runs. */
export const LIBRARY = `
CREATE TABLE videos (
  id TEXT PRIMARY KEY,
  source TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  state TEXT NOT NULL,
  stage TEXT,
  duration_seconds REAL,
  language TEXT,
  error_code TEXT,
  error_message TEXT,
  metadata TEXT NOT NULL DEFAULT '{}',
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  last_run_id TEXT
) STRICT;

CREATE TABLE claims (
  video_id TEXT PRIMARY KEY,
  process_id INTEGER NOT NULL,
  process_start TEXT NOT NULL,
  host TEXT NOT NULL,
  renewed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE stages (
  video_id TEXT NOT NULL REFERENCES videos(id) ON DELETE CASCADE,
  stage TEXT NOT NULL,
  key TEXT NOT NULL,
  done INTEGER NOT NULL,
  artefact TEXT,
  PRIMARY KEY (video_id, stage)
) STRICT, WITHOUT ROWID;

CREATE TABLE units (
  video_id TEXT NOT NULL,
  stage TEXT NOT NULL,
  unit TEXT NOT NULL,
  payload BLOB NOT NULL,
  PRIMARY KEY (video_id, stage, unit),
  FOREIGN KEY (video_id, stage) REFERENCES stages(video_id, stage) ON DELETE CASCADE
) STRICT;

CREATE TABLE publications (
  video_id TEXT PRIMARY KEY REFERENCES videos(id) ON DELETE CASCADE,
  run_id TEXT NOT NULL,
  result TEXT NOT NULL
) STRICT;

CREATE TABLE segments (
  id INTEGER PRIMARY KEY,
  video_id TEXT NOT NULL REFERENCES videos(id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  start_seconds REAL NOT NULL,
  end_seconds REAL NOT NULL,
  speaker TEXT NOT NULL,
  text TEXT NOT NULL,
  voice BLOB,
  UNIQUE (video_id, ordinal)
) STRICT;

CREATE TABLE speakers (
  video_id TEXT NOT NULL REFERENCES videos(id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  name TEXT NOT NULL,
  centroid BLOB NOT NULL,
  PRIMARY KEY (video_id, ordinal)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE segment_words USING fts5(
  text, content = 'segments', content_rowid = 'id', tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER segments_inserted AFTER INSERT ON segments BEGIN
  INSERT INTO segment_words (rowid, text) VALUES (new.id, new.text);
END;

CREATE VIRTUAL TABLE segment_meanings USING vec0(
  segment_id INTEGER PRIMARY KEY, embedding FLOAT[384] distance_metric = cosine
);
CREATE TRIGGER segments_deleted AFTER DELETE ON segments BEGIN
  INSERT INTO segment_words (segment_words, rowid, text) VALUES ('delete', old.id, old.text);
  DELETE FROM segment_meanings WHERE segment_id = old.id;
END;

CREATE TABLE runs (
  id TEXT PRIMARY KEY,
  video_id TEXT REFERENCES videos(id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  status TEXT NOT NULL,
  started_at TEXT NOT NULL,
  run BLOB NOT NULL
) STRICT;
CREATE INDEX runs_by_video ON runs (video_id, started_at);
`;
