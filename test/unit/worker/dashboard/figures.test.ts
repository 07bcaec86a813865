import { describe, expect, it } from 'vitest';
import { importRun } from '../../../../src/profiler/importers/importRun.ts';
import { DEFAULT_TARGETS } from '../../../../src/profiler/report/targets.ts';
import { figuresOf } from '../../../../src/worker/dashboard/figures.ts';
import { digestOf } from '../../../../src/worker/dashboard/runDigest.ts';
import { ingestRun } from '../../../helpers/dashboardRuns.ts';
import { madeRun } from '../../profiler/verdict/madeRuns.ts';

const STORY = 'test/fixtures/logs-story/lecture.python.log';

describe('figuresOf', () => {
  it('holds an ingest to the targets in force', () => {
    const run = ingestRun({
      id: 'r',
      stages: { decode: 3, voice: 1, embed: 2 },
      voices: { own: 300, widened: 40, borrowed: 600, none: 60 },
      loads: 41,
      texts: 20,
    });
    const targets = DEFAULT_TARGETS.map((target) =>
      target.name === 'voice-coverage' ? { ...target, limit: 0.9 } : target,
    );
    const figures = new Map(figuresOf(digestOf(run), targets).map((each) => [each.name, each]));
    expect(figures.get('voice-coverage')).toMatchObject({ value: 0.34, target: 0.9, met: false });
    expect(figures.get('text-embeddings-per-second')).toMatchObject({ value: 10, met: false });
    expect(figures.get('audio-loads')).toMatchObject({ value: 41, target: 1, met: false });
    expect(figures.get('real-time-factor')).toMatchObject({ value: 0.01, met: true });
    expect(figures.get('peak-memory')).toMatchObject({ value: null, met: null });
  });

  it('takes the targets of another program from its own log, each once', async () => {
    const figures = figuresOf(
      digestOf(await importRun([STORY], { signal: new AbortController().signal })),
      DEFAULT_TARGETS,
    );
    expect(figures.filter(({ met }) => met === false).length).toBeGreaterThanOrEqual(3);
    const names = figures.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const coverage = figures.filter(({ unit }) => unit === 'share');
    expect(coverage).toHaveLength(1);
    expect(coverage[0]?.value).toBeCloseTo(0.3628, 4);
    expect(figures.some(({ title }) => title.startsWith('Repeated loads of /srv'))).toBe(true);
  });

  it('tells coverage and throughput of a program without targets, and judges neither', () => {
    const run = madeRun({
      stages: { parse: 2 },
      work: { parse: { unit: 'rows', itemsIn: 10, itemsOut: 9 } },
    });
    const figures = figuresOf(digestOf(run), DEFAULT_TARGETS);
    expect(figures.map(({ title, value, met }) => [title, value, met])).toEqual([
      ['parse: coverage', 0.9, null],
      ['parse: throughput', 4.5, null],
    ]);
  });
});
