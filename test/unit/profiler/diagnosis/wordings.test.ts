import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importRun } from '../../../../src/profiler/importers/importRun.ts';
import { type RunAnalysis } from '../../../../src/profiler/report/runAnalysis.ts';
import { analyseRun } from '../../../../src/profiler/report/analyseRun.ts';
import { limitText } from '../../../../src/profiler/report/targetText.ts';

const folder = join(import.meta.dirname, '../../../fixtures/logs-story/wordings');
const EXPECTED = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Readonly<
  Record<string, readonly string[]>
>;

async function analysisOf(name: string): Promise<RunAnalysis> {
  const run = await importRun([join(folder, name)], { signal: new AbortController().signal });
  return analyseRun(run, { targets: [], stageLimits: new Map(), baseline: null });
}

describe('logs with the faults of the story in other words, shapes and trades', () => {
  it('are all listed', () => {
    const logs = readdirSync(folder).filter((name) => name.endsWith('.log'));
    expect(logs.sort()).toEqual(Object.keys(EXPECTED).sort());
  });

  // A target that was missed because of a fault is as true as the fault.
  it.each(Object.entries(EXPECTED))('%s', async (name, kinds) => {
    const { findings } = await analysisOf(name);
    const found = findings.map(({ kind }) => kind).filter((kind) => kind !== 'target-missed');
    expect(found.sort()).toEqual(kinds);
    if (kinds.length === 0) expect(findings).toEqual([]);
  });
});

/** Lengths of runs as the logs' own clocks or totals have them, where something else in the log is longer. */
const SECONDS: Readonly<Record<string, number>> = {
  'harbour.python.log': 631,
  'transcript.python.log': 519.4,
  'council.go.log': 557,
  'townhall.plain.log': 651,
  'meeting.plain.log': 781,
};

describe('what is said beside the findings', () => {
  it.each(Object.entries(SECONDS))(
    'takes no length of the input for work in %s',
    async (name, seconds) => {
      expect((await analysisOf(name)).seconds).toBeCloseTo(seconds, 0);
    },
  );

  it('holds a real-time factor against the clock where its instrument is broken', async () => {
    const { targets } = await analysisOf('harbour.python.log');
    const factor = targets.find(({ name }) => name === 'real time factor');
    expect(factor).toMatchObject({ target: 0.15, met: true });
    expect(factor?.actual).toBeCloseTo(631 / (98.2 * 60), 3);
    expect(limitText(factor!)).toBe('0.100 to 0.150 x');
  });

  it('knows nothing of a target whose only instrument is broken', async () => {
    const { targets } = await analysisOf('geocoder.java.log');
    const rate = targets.find(({ unit }) => unit === 'rows/s');
    expect(rate).toMatchObject({ actual: null, met: null });
  });

  it('says in units what cannot be right', async () => {
    const { findings } = await analysisOf('harbour.python.log');
    expect(findings.find(({ kind }) => kind === 'broken-instrument')?.title).toBe(
      'Throughput of 0 hours an hour and real time factor of 0 cannot be right for a run of 10 min 31 s',
    );
  });

  it('counts the seconds of a line that opens and decodes once', async () => {
    const { findings } = await analysisOf('lecture.rust.log');
    const loads = findings.filter(({ kind }) => /^repeated-/u.test(kind));
    expect(loads).toHaveLength(1);
    expect(loads[0]).toMatchObject({ count: 44 });
    expect(loads[0]?.wastedSeconds).toBeCloseTo(43 * 6.1, 0);
  });

  it.each([
    ['transcript.python.log', 214.61 - 221 / 26.5],
    ['council.go.log', 240.3 - 251 / 25],
    ['museum.json.log', 410 - 402 / 24],
    ['townhall.plain.log', 255.9 - 262 / 26.5],
  ])('knows the seconds of the batch that goes through one by one in %s', async (name, seconds) => {
    const { findings } = await analysisOf(name);
    const batch = findings.find(({ kind }) => kind === 'serialised-batch');
    expect(batch?.wastedSeconds).toBeCloseTo(seconds, 0);
  });
});
