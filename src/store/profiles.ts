import { dirname, join } from 'node:path';
import { EarshotError } from '../pipeline/earshotError.ts';
import type { Run } from '../profiler/model/run.ts';
import { decodeRun, encodeRun } from '../profiler/model/runCodec.ts';
import type { LibraryDatabase } from './open.ts';
import { RunFiles } from './runFiles.ts';

/** What the list of runs shows of one. */
export interface ProfileSummary {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  /** What runs of the same work share: their history and their baseline. */
  readonly series: string;
  readonly status: string;
  readonly startedAt: string;
  readonly bytes: number;
  /** The video of an ingest. */
  readonly videoId: string | null;
}

/** Runs that belong together. */
export interface SeriesSummary {
  readonly name: string;
  /** Of its newest run. */
  readonly kind: string;
  readonly runs: number;
}

/** Which runs are listed; all where nothing is given. */
export interface ProfileFilter {
  readonly series?: string;
  /** Those only that are not stored as done, failed or cancelled yet, or those only that are. */
  readonly running?: boolean;
  readonly limit?: number;
}

/** A run that is encoded, and written where it is large, so that storing it takes a transaction no time. */
export interface PreparedRun {
  /** Stores it; in a transaction that writes. */
  readonly store: () => void;
  /** To be called after the transaction, however it ended: removes files that are no longer of use. */
  readonly tidy: () => void;
}

/** Runs above this lie in a file of their own: a row of a database is read and written as a whole. */
const FILE_FROM_BYTES = 32 * 2 ** 20;

/** As they were stored: an import may tell of a time long ago, or of none. */
const NEWEST = 'ORDER BY rowid DESC';
const COLUMNS =
  'id, kind, name, COALESCE(series, name) AS series, status, started_at AS startedAt, COALESCE(file_bytes, length(run)) AS bytes, video_id AS videoId';

/** Runs of any program, encoded, in the library or in files beside it. */
export class Profiles {
  readonly #database: LibraryDatabase;
  readonly #files: RunFiles;

  constructor(database: LibraryDatabase, libraryPath: string) {
    this.#database = database;
    this.#files = new RunFiles(join(dirname(libraryPath), 'runs'));
  }

  /** Stores a run; one of the same id is replaced. */
  put(run: Run, series: string = run.name): void {
    const prepared = this.prepare(run, series);
    try {
      this.#database.transaction(prepared.store).immediate();
    } finally {
      prepared.tidy();
    }
  }

  /** Does what takes long before a run is stored: it need not be done in the transaction. */
  prepare(run: Run, series: string): PreparedRun {
    const bytes = encodeRun(run);
    const name = this.#files.nameOf(run.id);
    const isLarge = bytes.length > FILE_FROM_BYTES;
    if (isLarge) this.#sweep();
    const partial = isLarge ? this.#files.write(bytes) : null;
    return {
      store: () => {
        if (partial === null) this.#insert(run, series, bytes, null, null);
        else {
          this.#files.place(partial, name);
          this.#insert(run, series, Buffer.alloc(0), name, bytes.length);
        }
      },
      tidy: () => {
        if (partial !== null) this.#files.remove(partial);
        if (!this.#namesFile(run.id)) this.#files.remove(name);
      },
    };
  }

  /**
   * The run of an id, of the beginning of one that only one has, or `last` for the newest.
   *
   * @throws EarshotError `run.not-found`, `run.ambiguous`; ProfilerError `codec.*` for a damaged one
   */
  load(id: string): Run {
    const { id: whole, name } = this.find(id);
    const row = this.#database
      .prepare<[string], { run: Buffer; file: string | null }>(
        'SELECT run, file FROM runs WHERE id = ?',
      )
      .get(whole);
    const bytes = row?.file == null ? row?.run : this.#files.read(row.file, whole);
    return { ...decodeRun(bytes ?? Buffer.alloc(0)), name };
  }

  /** The summary of a run, named as for `load`. @throws EarshotError `run.not-found`, `run.ambiguous` */
  find(id: string): ProfileSummary {
    if (id === 'last') {
      const [newest] = this.list({ limit: 1 });
      if (newest === undefined) throw notFound(id);
      return newest;
    }
    const matching = this.#database
      .prepare<[string, string], ProfileSummary>(
        `SELECT ${COLUMNS} FROM runs WHERE substr(id, 1, length(?)) = ? ${NEWEST} LIMIT 2`,
      )
      .all(id, id);
    const exact = matching.find((each) => each.id === id) ?? this.exact(id);
    if (exact !== undefined) return exact;
    const [only, second] = matching;
    if (only === undefined || id === '') throw notFound(id);
    if (second !== undefined) {
      throw new EarshotError(
        'run.ambiguous',
        `Several runs have ids that begin with “${id}”.`,
        'Give more of the id: earshot profile list.',
      );
    }
    return only;
  }

  /** The summary of a run by its whole id. */
  exact(id: string): ProfileSummary | undefined {
    return this.#database
      .prepare<[string], ProfileSummary>(`SELECT ${COLUMNS} FROM runs WHERE id = ?`)
      .get(id);
  }

  /** Runs, the newest first. */
  list(filter: ProfileFilter = {}): ProfileSummary[] {
    const { series = null, running, limit = -1 } = filter;
    const isRunning = running === undefined ? null : Number(running);
    return this.#database
      .prepare<
        [string | null, string | null, number | null, number | null, number],
        ProfileSummary
      >(
        `SELECT ${COLUMNS} FROM runs
         WHERE (? IS NULL OR COALESCE(series, name) = ?) AND (? IS NULL OR (status = 'running') = ?)
         ${NEWEST} LIMIT ?`,
      )
      .all(series, series, isRunning, isRunning, limit);
  }

  /** The series of what has ended and did something, that of the newest run first. */
  series(): SeriesSummary[] {
    return this.#database
      .prepare<[], SeriesSummary>(
        `SELECT COALESCE(series, name) AS name, kind, COUNT(*) AS runs, MAX(rowid) AS newest FROM runs
         WHERE status <> 'running' AND kind <> 'nothing-to-do'
         GROUP BY COALESCE(series, name) ORDER BY newest DESC`,
      )
      .all()
      .map(({ name, kind, runs }) => ({ name, kind, runs }));
  }

  /** @throws EarshotError `run.not-found`, `run.ambiguous` */
  remove(id: string): ProfileSummary {
    const found = this.find(id);
    const remove = this.#database.transaction(() => {
      this.#database.prepare('DELETE FROM runs WHERE id = ?').run(found.id);
      this.#database.prepare('DELETE FROM live_pieces WHERE run_id = ?').run(found.id);
    });
    remove.immediate();
    this.#files.remove(this.#files.nameOf(found.id));
    return found;
  }

  #insert(
    run: Run,
    series: string,
    bytes: Uint8Array,
    file: string | null,
    fileBytes: number | null,
  ): void {
    this.#database
      .prepare(
        `INSERT INTO runs (id, video_id, kind, name, status, started_at, run, file, file_bytes, series)
         VALUES (?, NULL, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, name = excluded.name, status = excluded.status,
           started_at = excluded.started_at, run = excluded.run, file = excluded.file,
           file_bytes = excluded.file_bytes, series = excluded.series`,
      )
      .run(run.id, run.kind, run.name, run.status, startOf(run), bytes, file, fileBytes, series);
  }

  #namesFile(id: string): boolean {
    const row = this.#database
      .prepare<[string]>('SELECT 1 FROM runs WHERE id = ? AND file IS NOT NULL')
      .get(id);
    return row !== undefined;
  }

  #sweep(): void {
    try {
      this.#database.transaction(() => this.#files.sweep((id) => this.#namesFile(id))).immediate();
    } catch {
      // A busy library: the next large run sweeps again.
    }
  }
}

/** The beginning of the run as ISO text; of one whose clock has no date that a calendar knows, now. */
function startOf({ epochNs }: Run): string {
  const date = new Date(Number(epochNs / 1_000_000n));
  return (epochNs <= 0n || Number.isNaN(date.getTime()) ? new Date() : date).toISOString();
}

function notFound(id: string): EarshotError {
  return new EarshotError(
    'run.not-found',
    id === 'last' ? 'There are no runs yet.' : `There is no run “${id}”.`,
    'earshot profile list shows the runs there are.',
  );
}
