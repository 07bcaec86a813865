/** What gates, comparisons and runs said of lines of a workspace; the newest of each name. And what is not to be shown. */
export const JUDGEMENTS = `
CREATE TABLE judgements (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  workspace TEXT NOT NULL,
  origin TEXT NOT NULL,
  name TEXT NOT NULL,
  made_at TEXT NOT NULL,
  word TEXT,
  text TEXT,
  runs_b TEXT NOT NULL,
  marks TEXT NOT NULL,
  UNIQUE (workspace, origin, name)
) STRICT;
-- What was said of runs goes with the last of them.
CREATE TRIGGER judgements_removed AFTER DELETE ON runs BEGIN
  DELETE FROM judgements
  WHERE EXISTS (SELECT 1 FROM json_each(runs_b) WHERE value = old.id)
    AND NOT EXISTS (SELECT 1 FROM runs, json_each(runs_b) WHERE runs.id = value);
END;

CREATE TABLE silences (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  workspace TEXT NOT NULL,
  key TEXT NOT NULL,
  reason TEXT NOT NULL,
  UNIQUE (workspace, key)
) STRICT;
`;
