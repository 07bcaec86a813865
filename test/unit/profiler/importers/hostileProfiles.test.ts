import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { collapsedImporter } from '../../../../src/profiler/importers/collapsed/collapsed.ts';
import { cprofileImporter } from '../../../../src/profiler/importers/cprofile/cprofile.ts';
import { cpuprofileImporter } from '../../../../src/profiler/importers/cpuprofile/cpuprofile.ts';
import { firefoxImporter } from '../../../../src/profiler/importers/firefox/firefox.ts';
import { goBenchImporter } from '../../../../src/profiler/importers/goBench/goBench.ts';
import { hyperfineImporter } from '../../../../src/profiler/importers/hyperfine/hyperfine.ts';
import type { Importer } from '../../../../src/profiler/importers/importer.ts';
import { perfScriptImporter } from '../../../../src/profiler/importers/perfScript/perfScript.ts';
import { pprofImporter } from '../../../../src/profiler/importers/pprof/pprof.ts';
import { pytestBenchmarkImporter } from '../../../../src/profiler/importers/pytestBenchmark/pytestBenchmark.ts';
import { speedscopeImporter } from '../../../../src/profiler/importers/speedscope/speedscope.ts';
import { ProfilerError } from '../../../../src/profiler/model/profilerError.ts';
import { type Run, spanCount, spanName } from '../../../../src/profiler/model/run.ts';
import { checkRun } from '../../../../src/profiler/model/runCheck.ts';
import { headOf, importBytes } from '../../../helpers/importBytes.ts';
import { misfits, totalWeight } from '../../../helpers/runFacts.ts';

const FIXTURES = new URL('../../../fixtures/profiles/', import.meta.url);

const CASES: readonly (readonly [Importer, string])[] = [
  [cpuprofileImporter, 'node/program.cpuprofile'],
  [speedscopeImporter, 'py-spy/program.speedscope.json'],
  [speedscopeImporter, 'pyinstrument/program.speedscope.json'],
  [firefoxImporter, 'samply/program.json'],
  [collapsedImporter, 'py-spy/program.collapsed.txt'],
  [pprofImporter, 'go/heap-raw.pb'],
  [pprofImporter, 'pprof-rs/cpu.pb'],
  [perfScriptImporter, 'perf/program.perf.txt'],
  [cprofileImporter, 'cprofile/program.prof'],
  [hyperfineImporter, 'hyperfine/results.json'],
  [goBenchImporter, 'go-bench/results.txt'],
  [pytestBenchmarkImporter, 'pytest-benchmark/results.json'],
];

/** The run, if there is any to be had; fails on what is no error of the profiler, and on a run that cannot be. */
async function survive(importer: Importer, bytes: Uint8Array): Promise<Run | null> {
  importer.detect(headOf(bytes));
  try {
    const { run } = await importBytes(importer, bytes, { chunkBytes: 4096 });
    checkRun(run);
    if (run.weights === null) expect(misfits(run)).toBe(0);
    const roots = Array.from(run.weights?.total ?? []).filter((_, i) => run.spans.parent[i] === -1);
    const total = totalWeight(run);
    const tolerance = Math.max(1, Math.abs(total)) * 1e-9;
    expect(Math.abs(roots.reduce((sum, weight) => sum + weight, 0) - total)).toBeLessThan(
      tolerance,
    );
    return run;
  } catch (error) {
    if (error instanceof ProfilerError) return null;
    throw error;
  }
}

/** A generator of numbers below 1, the same for the same seed (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

describe.each(CASES)('%o', (importer, path) => {
  const bytes = readFileSync(new URL(path, FIXTURES));

  it(`gives what ${path} holds before it is cut off`, async () => {
    const whole = await survive(importer, bytes);
    let last = 0;
    for (let i = 1; i <= 40; i += 1) {
      const run = await survive(importer, bytes.subarray(0, Math.floor((bytes.length * i) / 40)));
      last = run === null ? 0 : spanCount(run);
    }
    expect(last).toBe(whole === null ? -1 : spanCount(whole));
  });

  it(`survives mutations of ${path}`, async () => {
    const next = random(1);
    for (let round = 0; round < 150; round += 1) {
      const mutated = Buffer.from(bytes);
      const changes = 1 + Math.floor(next() * 8);
      for (let i = 0; i < changes; i += 1) {
        mutated[Math.floor(next() * mutated.length)] = Math.floor(next() * 256);
      }
      await survive(importer, mutated);
    }
  });

  it('is not surer of nothing, noise and other JSON than of nothing', () => {
    for (const other of ['', '\0\u0001\u0002', '{}', '[]', '[1,2,3]', 'hello', '{"a":[{"b":1}]}']) {
      expect(importer.detect(headOf(other))).toBeLessThan(0.35);
    }
  });
});

describe('detection', () => {
  it.each(CASES)('%o is surest of its own files, whatever their name', (importer, path) => {
    const head = headOf(readFileSync(new URL(path, FIXTURES)));
    const others = CASES.map(([other]) => other).filter((other) => other !== importer);
    for (const other of others) expect(other.detect(head)).toBeLessThan(importer.detect(head));
  });
});

describe('names', () => {
  it('may be of 10 MB, and hostile', async () => {
    const long = 'x'.repeat(10_000_000);
    const hostile = '../../etc/passwd<b>\u202e\u0000';
    for (const name of [long, hostile]) {
      const run = (await importBytes(collapsedImporter, `${name};leaf 1\n`)).run;
      expect(spanName(run, 0)).toBe(name);
      const frames = JSON.stringify([{ name, file: name, line: 1 }]);
      const json = `{"profiles":[{"type":"sampled","unit":"seconds","samples":[[0]],"weights":[1]}],"shared":{"frames":${frames}}}`;
      expect(spanName((await importBytes(speedscopeImporter, json)).run, 0)).toBe(name);
    }
  });
});

describe('deep stacks', () => {
  const DEPTH = 100_000;

  it('of a V8 profile are 100,000 frames deep', async () => {
    const callFrame = {
      functionName: 'f',
      scriptId: '1',
      url: '',
      lineNumber: -1,
      columnNumber: -1,
    };
    const nodes = Array.from({ length: DEPTH }, (_, i) => ({
      id: i,
      callFrame,
      children: i + 1 < DEPTH ? [i + 1] : [],
    }));
    const text = JSON.stringify({
      nodes,
      samples: [DEPTH - 1, 0],
      timeDeltas: [0, 5],
      startTime: 0,
    });
    const { run } = await importBytes(cpuprofileImporter, text);
    expect(spanCount(run)).toBe(DEPTH);
  });

  it('of perf script are 100,000 frames deep', async () => {
    const text = `p 7 1.0: e:\n${'\t 11 f (/p)\n'.repeat(DEPTH)}\n`;
    expect(spanCount((await importBytes(perfScriptImporter, text)).run)).toBe(DEPTH);
  });

  it('that alternate with shallow ones do not fill the memory', async () => {
    const tables = {
      stackTable: {
        prefix: [null, ...Array.from({ length: DEPTH }, (_, i) => i)],
        frame: [] as number[],
      },
      frameTable: { func: [0] },
      funcTable: { name: [0] },
      stringArray: ['f'],
    };
    tables.stackTable.frame = tables.stackTable.prefix.map(() => 0);
    const stack = Array.from({ length: 400 }, (_, i) => (i % 2 === 0 ? DEPTH : 0));
    const file = {
      meta: { interval: 1 },
      threads: [{ ...tables, samples: { stack, time: stack.map((_, i) => i) } }],
    };
    const { run } = await importBytes(firefoxImporter, JSON.stringify(file));
    expect(spanCount(run)).toBeLessThanOrEqual(1_100_000);
    expect(run.provenance.rejected.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('samples are left out: too many spans'),
    ]);
  });
});
