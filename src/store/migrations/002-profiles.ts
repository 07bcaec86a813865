/**
 * Runs of any program: large ones lie in files beside the library, live ones arrive in pieces, and accepted ones are
 * baselines.
 */
export const PROFILES = `
ALTER TABLE runs ADD COLUMN file TEXT;
ALTER TABLE runs ADD COLUMN file_bytes INTEGER;
ALTER TABLE runs ADD COLUMN series TEXT;
CREATE INDEX runs_by_series ON runs (series, started_at);
CREATE INDEX runs_by_start ON runs (started_at);

CREATE TABLE live_pieces (
  run_id TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  signal TEXT NOT NULL,
  content_type TEXT NOT NULL,
  received_at REAL NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (run_id, ordinal)
) STRICT;

CREATE TABLE baselines (
  series TEXT NOT NULL,
  run_id TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
  accepted_at TEXT NOT NULL,
  note TEXT,
  PRIMARY KEY (series, run_id)
) STRICT, WITHOUT ROWID;
`;
