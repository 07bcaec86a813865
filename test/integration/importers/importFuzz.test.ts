import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importRun } from '../../../src/profiler/importers/importRun.ts';
import { IMPORTERS } from '../../../src/profiler/importers/registry.ts';
import { ProfilerError } from '../../../src/profiler/model/profilerError.ts';
import { checkRun } from '../../../src/profiler/model/runCheck.ts';
import { decodeRun, encodeRun } from '../../../src/profiler/model/runCodec.ts';
import { type Folder, temporaryFolder } from '../helpers/places.ts';
import { seededRandom } from '../helpers/random.ts';
import { mutated } from './mutations.ts';

const FIXTURES = fileURLToPath(new URL('../../fixtures/profiles/', import.meta.url));

/** Programs that made the fixtures, and what independent readers say of them. */
const NO_PROFILE = /\.(?:sh|py|[cm]?js|ts|rs|toml|lock|c|go|mod|sum|java|md)$|\.expected\.json$/u;

/** Damaged copies of each file; `EARSHOT_FUZZ_CASES` for a longer run. */
const CASES = Number(process.env['EARSHOT_FUZZ_CASES'] ?? 25);

/** Of the many files of one shape that the faults of the diagnosis are seeded into, a few each are enough. */
const SEEDED_CASES = Math.ceil(CASES / 10);
const SEED = Number(process.env['EARSHOT_FUZZ_SEED'] ?? 4);

/** Far above what any of these small files needs, far below what a machine has. */
const MAX_RSS_BYTES = 3 * 2 ** 30;

/** What became of the copies, by file or format. */
const outcomes = new Map<string, Map<string, number>>();

function count(about: string, what: string): void {
  const counts = outcomes.get(about) ?? new Map<string, number>();
  outcomes.set(about, counts.set(what, (counts.get(what) ?? 0) + 1));
}

/** What may become of any input. */
const EXPECTED = /^(?:whole|partly|import\.[a-z-]+)$/u;

interface Profile {
  readonly name: string;
  readonly bytes: Buffer;
}

function profiles(): Profile[] {
  return readdirSync(FIXTURES, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !NO_PROFILE.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort()
    .map((path) => ({ name: path.slice(FIXTURES.length), bytes: readFileSync(path) }));
}

let folder: Folder;
beforeAll(() => {
  folder = temporaryFolder();
});
afterAll(() => {
  folder[Symbol.dispose]();
  const lines = Array.from(outcomes, ([about, counts]) => {
    const texts = Array.from(counts, ([what, times]) => `${what} ${times}`);
    return `${about}: ${texts.join(', ')}`;
  });
  console.log(lines.join('\n'));
});

const signal = new AbortController().signal;

/** Imports bytes: the run’s format, or the code of the error. Anything else than these two is thrown. */
async function outcome(bytes: Buffer, as?: (typeof IMPORTERS)[number]): Promise<string> {
  const path = join(folder.path, 'damaged');
  writeFileSync(path, bytes);
  try {
    const run = await importRun([path], { signal, as: as?.format });
    checkRun(run);
    const stored = encodeRun(run);
    expect(Buffer.from(encodeRun(decodeRun(stored))).equals(stored)).toBe(true);
    return run.provenance.rejectedCount > 0 ? 'partly' : 'whole';
  } catch (error) {
    if (error instanceof ProfilerError) return error.code;
    throw error;
  }
}

describe('damaged copies of real files', () => {
  const all = profiles();
  const everything = all.map(({ bytes }) => bytes);

  it.each(all)('of $name become a run or a ProfilerError', async ({ name, bytes }) => {
    const random = seededRandom(SEED + name.length * 7919 + bytes.length);
    const [group = name] = name.split('/');
    const cases = group === 'seeded' ? SEEDED_CASES : CASES;
    for (let i = 0; i < cases; i += 1) {
      const what = await outcome(mutated(bytes, random, everything)).catch((error: unknown) => {
        throw new Error(`case ${i} of seed ${SEED}`, { cause: error });
      });
      count(group, what);
      expect(what).toMatch(EXPECTED);
      expect(process.memoryUsage().rss).toBeLessThan(MAX_RSS_BYTES);
    }
  });

  it.each(IMPORTERS)(
    'of any format, read as $title, become a run or a ProfilerError',
    async (importer) => {
      const random = seededRandom(SEED + importer.format.length);
      for (const { name, bytes } of all) {
        const damaged = random() < 0.5 ? bytes : mutated(bytes, random, everything);
        const what = await outcome(damaged, importer).catch((error: unknown) => {
          throw new Error(`${name} as ${importer.format}`, { cause: error });
        });
        count(`as ${importer.format}`, what);
        expect(what).toMatch(EXPECTED);
      }
    },
  );
});
