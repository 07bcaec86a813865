import { dirname } from 'node:path';
import { z } from 'zod';
import { type LastVerdict, Mark } from '../protocol/markMessages.ts';
import { keepSignsOf, leaveSign } from './judgedSigns.ts';
import type { LibraryDatabase } from './open.ts';

/** A mark as it is kept: what is silenced is kept beside it. */
export type KeptMark = Omit<Mark, 'silenced'>;

/** What a gate, a comparison or a run came to, for the lines of a workspace. */
export interface Judgement {
  /** Absolute path of the folder that the files of the marks are relative to. */
  readonly workspace: string;
  readonly origin: Mark['origin'];
  readonly name: string;
  /** ISO time. */
  readonly madeAt: string;
  /** Verdict on the whole with its sentence; null for a run, which nothing was held against. */
  readonly verdict: Pick<LastVerdict, 'word' | 'text'> | null;
  /** Stored runs that were judged. */
  readonly judgedRuns: readonly string[];
  readonly marks: readonly KeptMark[];
}

/** A judgement as it is read: without verdicts where its runs were accepted since, and with what is silenced. */
export interface ReadJudgement extends Omit<Judgement, 'marks'> {
  readonly accepted: boolean;
  readonly marks: readonly Mark[];
}

interface Row {
  readonly workspace: string;
  readonly origin: Mark['origin'];
  readonly name: string;
  readonly madeAt: string;
  readonly word: LastVerdict['word'] | null;
  readonly text: string | null;
  readonly runsB: string;
  readonly marks: string;
  readonly accepted: number;
}

const KeptMarks = z.array(Mark.omit({ silenced: true }));
const RunIds = z.array(z.string());

/** Accepted where any of the judged runs is a baseline now; taking that back brings the verdicts back. */
const COLUMNS = `workspace, origin, name, made_at AS madeAt, word, text, runs_b AS runsB, marks,
  EXISTS (SELECT 1 FROM baselines, json_each(judgements.runs_b) WHERE run_id = value) AS accepted`;

/** The judgements of workspaces, and what was silenced in them. */
export class Judgements {
  readonly #database: LibraryDatabase;
  readonly #home: string;

  /** @param path of the library */
  constructor(database: LibraryDatabase, path: string) {
    this.#database = database;
    this.#home = dirname(path);
  }

  /** Tells editors that a workspace is about to be judged: who shows it makes ready for what will be told. */
  announce(workspace: string): void {
    try {
      leaveSign(this.#home, workspace);
    } catch {
      // Without a sign the marks are found when somebody asks for them.
    }
  }

  /** Keeps a judgement in place of the older one of its workspace, origin and name. */
  put({ workspace, origin, name, madeAt, verdict, judgedRuns, marks }: Judgement): void {
    this.#database
      .prepare(
        `INSERT OR REPLACE INTO judgements (workspace, origin, name, made_at, word, text, runs_b, marks)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        ...[workspace, origin, name, madeAt, verdict?.word ?? null, verdict?.text ?? null],
        JSON.stringify(judgedRuns),
        JSON.stringify(marks),
      );
    this.announce(workspace);
    this.#dropSigns();
  }

  /** The judgements of folders that a test of their path lets through, the newest last. */
  of(concerns: (workspace: string) => boolean): ReadJudgement[] {
    const workspaces = this.#workspaces().filter((each) => concerns(each));
    const statement = this.#database.prepare<[string], Row & { id: number }>(
      `SELECT id, ${COLUMNS} FROM judgements WHERE workspace = ?`,
    );
    return workspaces
      .flatMap((workspace) => statement.all(workspace))
      .sort((a, b) => a.id - b.id)
      .map((row) => this.#read(row));
  }

  /** Keeps a mark of a workspace, and later ones of its key, from being shown; a null reason takes that back. */
  silence(workspace: string, key: string, reason: string | null): void {
    if (reason === null) {
      this.#database
        .prepare('DELETE FROM silences WHERE workspace = ? AND key = ?')
        .run(workspace, key);
    } else {
      this.#database
        .prepare('INSERT OR REPLACE INTO silences (workspace, key, reason) VALUES (?, ?, ?)')
        .run(workspace, key, reason);
    }
  }

  /** Changes with everything that changes what is read here, whoever changed it. */
  stamp(): string {
    const row = this.#database
      .prepare<[], (number | string | null)[]>(
        `SELECT (SELECT max(id) FROM judgements), (SELECT count(*) FROM judgements),
           (SELECT max(id) FROM silences), (SELECT count(*) FROM silences),
           (SELECT count(*) FROM baselines), (SELECT max(accepted_at) FROM baselines)`,
      )
      .raw()
      .get();
    return JSON.stringify(row);
  }

  #workspaces(): string[] {
    return this.#database
      .prepare<[], string>('SELECT DISTINCT workspace FROM judgements')
      .pluck()
      .all();
  }

  /** Judgements go with their runs, by whatever removes those, so what is left of them is seen to here. */
  #dropSigns(): void {
    try {
      // Nobody keeps a judgement meanwhile, whose sign would be taken for an old one.
      this.#database.transaction(() => keepSignsOf(this.#home, this.#workspaces())).immediate();
    } catch {
      // A sign too many costs the start of a worker.
    }
  }

  #read(row: Row): ReadJudgement {
    const { workspace, origin, name, madeAt, word, text } = row;
    const silences = new Map(
      this.#database
        .prepare<[string], [string, string]>('SELECT key, reason FROM silences WHERE workspace = ?')
        .raw()
        .all(workspace),
    );
    const accepted = row.accepted === 1;
    const marks = KeptMarks.parse(JSON.parse(row.marks))
      .filter(({ verdict }) => !accepted || verdict === null)
      .map((mark) => ({ ...mark, silenced: silences.get(mark.key) ?? null }));
    return {
      ...{ workspace, origin, name, madeAt, accepted, marks },
      verdict: word === null || text === null ? null : { word, text },
      judgedRuns: RunIds.parse(JSON.parse(row.runsB)),
    };
  }
}
