import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { speedscopeChunks } from '../../../../src/profiler/export/speedscope.ts';
import { speedscopeImporter } from '../../../../src/profiler/importers/speedscope/speedscope.ts';
import { type Run, spanName } from '../../../../src/profiler/model/run.ts';
import { importBytes } from '../../../helpers/importBytes.ts';
import { temporaryHome } from '../../../helpers/temporaryHome.ts';
import { newBuilder, runArbitrary } from '../runFixture.ts';

/** Reads a file with speedscope's own importer, out of its package. */
const PACKAGE_IMPORT = fileURLToPath(
  new URL('../../../bench/children/speedscopeImport.ts', import.meta.url),
);

interface EventedProfile {
  readonly type: 'evented';
  readonly name: string;
  readonly unit: string;
  readonly startValue: number;
  readonly endValue: number;
  readonly events: readonly { type: 'O' | 'C'; at: number; frame: number }[];
}

interface SampledProfile {
  readonly type: 'sampled';
  readonly name: string;
  readonly unit: string;
  readonly samples: readonly (readonly number[])[];
  readonly weights: readonly number[];
}

interface SpeedscopeFile {
  readonly $schema: string;
  readonly shared: { readonly frames: readonly { name: string; file?: string; line?: number }[] };
  readonly profiles: readonly (EventedProfile | SampledProfile)[];
}

const textOf = (run: Run): string => [...speedscopeChunks(run)].join('');
const parse = (run: Run): SpeedscopeFile => JSON.parse(textOf(run)) as SpeedscopeFile;

/** Names and times of spans that have a length, in an order of their own. */
function spansOf(run: Run): string[] {
  const { startNs, durationNs } = run.spans;
  const all = Array.from(startNs, (start, at) => {
    // Our importer names a frame without a name.
    return `${spanName(run, at) || '(anonymous)'} ${start} ${durationNs[at]}`;
  });
  return all.filter((_, at) => durationNs[at] !== 0).sort();
}

/** A nested run, an overlap, a place in a source, and a name that would end a string. */
function sample(): Run {
  const builder = newBuilder();
  const track = builder.track('main', 'thread');
  const source = builder.source({ file: 'src/a.ts', line: 3, rung: 'frame' });
  const root = builder.addSpan({
    ...{ name: 'root", {', startNs: 0, durationNs: 100, track, parent: null },
    source,
  });
  builder.addSpan({ name: 'child', startNs: 10, durationNs: 20, track, parent: root });
  builder.addSpan({ name: 'child', startNs: 30, durationNs: 70, track, parent: root });
  builder.addSpan({ name: 'overlap', startNs: 50, durationNs: 100, track, parent: null });
  return builder.finish({ status: 'done' });
}

function weighted(unit: string): Run {
  const builder = newBuilder({ weightUnit: unit });
  const track = builder.track('stacks', 'thread');
  const add = (name: string, parent: number | null, weight: number): number => {
    const span = builder.addSpan({ name, startNs: 0, durationNs: 0, track, parent });
    if (weight !== 0) builder.addWeight(span, weight);
    return span;
  };
  const main = add('main', null, 2);
  add('leaf', main, 5);
  add('negative', main, -3);
  return builder.finish({ status: 'done' });
}

describe('speedscope', () => {
  it('writes a profile for each lane, on one clock, with balanced events', () => {
    const { $schema, shared, profiles } = parse(sample());
    expect($schema).toBe('https://www.speedscope.app/file-format-schema.json');
    expect(shared.frames).toEqual([
      { name: 'root", {', file: 'src/a.ts', line: 3 },
      { name: 'child' },
      { name: 'overlap' },
    ]);
    const [main, lane] = profiles;
    expect(main).toEqual({
      ...{ type: 'evented', name: 'main', unit: 'nanoseconds', startValue: 0, endValue: 150 },
      events: [
        { type: 'O', at: 0, frame: 0 },
        { type: 'O', at: 10, frame: 1 },
        { type: 'C', at: 30, frame: 1 },
        { type: 'O', at: 30, frame: 1 },
        { type: 'C', at: 100, frame: 1 },
        { type: 'C', at: 100, frame: 0 },
      ],
    });
    expect(lane).toMatchObject({ name: 'main (lane 2)', startValue: 0, endValue: 150 });
  });

  it('writes a child that ends behind its parent to end with it', () => {
    const builder = newBuilder();
    const track = builder.track('main', 'thread');
    const root = builder.addSpan({
      ...{ name: 'root', startNs: 0, durationNs: 1e9, track, parent: null },
    });
    builder.addSpan({ name: 'late', startNs: 5, durationNs: 1e9, track, parent: root });
    const [profile] = parse(builder.finish({ status: 'done' })).profiles;
    expect((profile as EventedProfile).events.map(({ type, at }) => `${type}${at}`)).toEqual([
      'O0',
      'O5',
      'C1000000000',
      'C1000000000',
    ]);
  });

  it('writes weights as samples in their unit, and leaves out what is below zero', () => {
    expect(parse(weighted('bytes')).profiles).toEqual([
      {
        ...{ type: 'sampled', name: 'stacks', unit: 'bytes', startValue: 0, endValue: 7 },
        samples: [[0], [0, 1]],
        weights: [2, 5],
      },
    ]);
    expect(parse(weighted('samples')).profiles[0]).toMatchObject({ unit: 'none' });
  });

  it('is read back with every span at its time, whatever the run', async () => {
    await fc.assert(
      fc.asyncProperty(runArbitrary, async (run) => {
        const { profiles } = parse(run);
        for (const profile of profiles) {
          if (profile.type === 'sampled') {
            expect(profile.samples).toHaveLength(profile.weights.length);
            continue;
          }
          const open: number[] = [];
          let last = 0;
          for (const { type, at, frame } of profile.events) {
            expect(at).toBeGreaterThanOrEqual(last);
            last = at;
            if (type === 'O') open.push(frame);
            else expect(open.pop()).toBe(frame);
          }
          expect(open).toEqual([]);
        }
        if (run.weights !== null || profiles.length === 0) return;
        const { run: again } = await importBytes(speedscopeImporter, textOf(run));
        // Children that outlast their parents are cut; all others keep their times.
        const kept = new Set(spansOf(again));
        const cut = spansOf(run).filter((span) => !kept.has(span)).length;
        expect(cut).toBeLessThanOrEqual(outlasting(run));
      }),
      { numRuns: 50 },
    );
  });

  it('is read by speedscope itself, with the times and weights that were written', () => {
    using home = temporaryHome();
    const read = (name: string, run: Run): unknown => {
      const path = join(home.path, name);
      writeFileSync(path, textOf(run));
      const answer = execFileSync(process.execPath, ['--no-warnings', PACKAGE_IMPORT, path]);
      return (JSON.parse(answer.toString()) as { weights: unknown }).weights;
    };
    expect(read('timed.speedscope.json', sample())).toEqual([100, 100]);
    expect(read('weighted.speedscope.json', weighted('bytes'))).toEqual([7]);
  });
});

function outlasting({ spans: { startNs, durationNs, parent } }: Run): number {
  const end = (span: number): number => (startNs[span] ?? 0) + (durationNs[span] ?? 0);
  return [...parent.keys()].filter((span) => {
    let above = parent[span] ?? -1;
    for (; above >= 0; above = parent[above] ?? -1) if (end(span) > end(above)) return true;
    return false;
  }).length;
}
