import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { homeLayout } from '../../../src/pipeline/home.ts';
import { IngestEvent } from '../../../src/protocol/ingest.ts';
import { type Library, openLibraryAt } from '../../../src/store/library.ts';
import { type IngestOutcome, runCli, type Surroundings } from './realCli.ts';

/** Looks into a copy of a library, so that looking changes nothing. Null where there is none yet. */
export function lookInto<T>(home: string, look: (library: Library) => T): T | null {
  if (!existsSync(homeLayout(home).library)) return null;
  const folder = mkdtempSync(join(tmpdir(), 'earshot-look-'));
  try {
    const copy = homeLayout(folder).library;
    mkdirSync(folder, { recursive: true });
    for (const end of ['', '-wal']) {
      const file = `${homeLayout(home).library}${end}`;
      if (existsSync(file)) cpSync(file, `${copy}${end}`);
    }
    const library = openLibraryAt(copy);
    try {
      return look(library);
    } finally {
      library.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Everything that a library holds of its videos, but for what differs from run to run: times, durations measured, ids of
 * runs and of rows.
 */
export function libraryContent(home: string) {
  return lookInto(home, (library) => {
    const all = (sql: string) =>
      library.database.prepare<[], Record<string, unknown>>(sql).all().map(readable);
    return {
      videos: all(
        `SELECT id, source, title, state, stage, duration_seconds, language, error_code, error_message, metadata
         FROM videos ORDER BY id`,
      ),
      stages: all('SELECT * FROM stages ORDER BY video_id, stage'),
      units: all('SELECT * FROM units ORDER BY video_id, stage, unit'),
      results: library.database
        .prepare<[], { result: string }>('SELECT result FROM publications ORDER BY video_id')
        .all()
        .map(({ result }) => publishedContent(result)),
      segments: all(
        `SELECT video_id, ordinal, start_seconds, end_seconds, speaker, text, voice, embedding
         FROM segments JOIN segment_meanings ON segment_id = segments.id ORDER BY video_id, ordinal`,
      ),
      counts: all(
        `SELECT (SELECT count(*) FROM segments) AS segments,
           (SELECT count(*) FROM segment_meanings) AS meanings,
           (SELECT count(*) FROM segment_words) AS words,
           (SELECT count(*) FROM claims) AS claims`,
      ),
      speakers: all('SELECT * FROM speakers ORDER BY video_id, ordinal'),
    };
  });
}

/** What the database's own checks say; empty when all is well. */
export function libraryFaults(home: string): unknown[] | null {
  return lookInto(home, ({ database }) => {
    // Throws where the index and the segments differ.
    database.exec(`INSERT INTO segment_words(segment_words, rank) VALUES('integrity-check', 1)`);
    const integrity = database.pragma('integrity_check', { simple: true });
    const keys = database.pragma('foreign_key_check') as unknown[];
    return [...(integrity === 'ok' ? [] : [integrity]), ...keys];
  });
}

/** The units that are stored, as `stage unit`. */
export function storedUnits(home: string): string[] {
  const rows = lookInto(home, ({ database }) =>
    database
      .prepare<[], { name: string }>("SELECT stage || ' ' || unit AS name FROM units")
      .all()
      .map(({ name }) => name),
  );
  return (rows ?? []).sort();
}

/** The part of a result that two ingests of one recording have in common. */
export function publishedContent(result: string) {
  const event = IngestEvent.parse(JSON.parse(result));
  if (event.type !== 'result') throw new Error(`Not a result: ${event.type}`);
  const { id, transcript, ledger } = event;
  return { id, transcript, ledger };
}

const Attribute = z.object({
  key: z.string(),
  value: z.looseObject({ stringValue: z.string().optional() }),
});
const Span = z.object({
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
  attributes: z.array(Attribute).optional(),
});
const Otlp = z.object({
  resourceSpans: z.array(z.object({ scopeSpans: z.array(z.object({ spans: z.array(Span) })) })),
});

/** The units that an ingest worked on, as `stage unit`, out of the exported record of its run. */
export async function workedUnits(
  { events }: IngestOutcome,
  surroundings: Surroundings,
): Promise<string[]> {
  const started = events.find(({ type }) => type === 'started');
  if (started?.type !== 'started') throw new Error('The ingest has not started.');
  const args = ['report', started.runId, '--format', 'otlp'];
  const { stdout, stderr, code } = await runCli(args, surroundings);
  if (code !== 0) throw new Error(`The run could not be exported: ${stderr}`);
  const spans = Otlp.parse(JSON.parse(stdout)).resourceSpans.flatMap(({ scopeSpans }) =>
    scopeSpans.flatMap((scope) => scope.spans),
  );
  const names = new Map(spans.map(({ spanId, name }) => [spanId, name]));
  return spans
    .flatMap(({ attributes = [], parentSpanId = '', name }) => {
      const unit = attributes.find(({ key }) => key === 'earshot.unit')?.value.stringValue;
      const stage = names.get(parentSpanId)?.replace('stage:', '');
      // A unit with a plus is a look at a part of another once more.
      return name === 'unit' && unit?.endsWith('+') === false ? [`${stage} ${unit}`] : [];
    })
    .sort();
}

function readable(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      value instanceof Uint8Array
        ? `${value.length} bytes ${createHash('sha256').update(value).digest('hex').slice(0, 16)}`
        : value,
    ]),
  );
}
