import type { LibraryDatabase } from './open.ts';

/** Reads a text that differs after runs came, ended, went, were accepted or were taken back. No run is read for it. */
export function runsStamp(database: LibraryDatabase): () => string {
  const statement = database
    .prepare<[], string>(
      `SELECT (SELECT COUNT(*) || ' ' || COALESCE(MAX(rowid), 0) || ' ' || COALESCE(SUM(status = 'running'), 0) FROM runs)
         || ' ' ||
         (SELECT COUNT(*) || ' ' || COALESCE(MAX(accepted_at), '') FROM baselines)`,
    )
    .pluck();
  return () => statement.get() ?? '';
}
