import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collapsedImporter } from '../../../../../src/profiler/importers/collapsed/collapsed.ts';
import { attributeOf } from '../../../../../src/profiler/model/attributes.ts';
import { type Run, spanCount, spanName } from '../../../../../src/profiler/model/run.ts';
import { headOf, importBytes } from '../../../../helpers/importBytes.ts';
import { levels, ownByName, totalWeight } from '../../../../helpers/runFacts.ts';

const FIXTURES = new URL('../../../../fixtures/profiles/', import.meta.url);

const read = async (text: string, chunkBytes = 7): Promise<Run> =>
  (await importBytes(collapsedImporter, text, { chunkBytes })).run;

describe.each(['py-spy/program.collapsed.txt', 'perf/program.collapsed.txt'])(
  'the collapsed stacks %s',
  (path) => {
    it('have the nodes, depth and counts that an independent reader finds', async () => {
      const bytes = readFileSync(new URL(path, FIXTURES));
      const expected = JSON.parse(
        readFileSync(new URL(`${path}.expected.json`, FIXTURES), 'utf8'),
      ) as { nodes: number; maxDepth: number; total: number; own: Record<string, number> };
      expect(collapsedImporter.detect(headOf(bytes))).toBeGreaterThan(0.7);
      const { run, head } = await importBytes(collapsedImporter, bytes);
      expect(head.weightUnit).toBe('samples');
      expect(run.provenance.rejectedCount).toBe(0);
      expect(spanCount(run)).toBe(expected.nodes);
      expect(levels(run)).toBe(expected.maxDepth);
      expect(totalWeight(run)).toBe(expected.total);
      expect(ownByName(run)).toEqual(expected.own);
    });
  },
);

describe('collapsed stacks', () => {
  it('sum equal stacks, and keep spaces', async () => {
    const run = await read('# a comment\n\nmain;do it 2\nmain 1\r\nmain;do it 3\n');
    expect(ownByName(run)).toEqual({ main: 1, 'do it': 5 });
    expect(Array.from(run.weights?.total ?? [])).toEqual([6, 5]);
  });

  it('know what a suffix says of a frame', async () => {
    const run = await read('main_[0];run_[j] 4\n');
    expect(spanName(run, 1)).toBe('run_[j]');
    expect(attributeOf(run, 0, 'earshot.frame.type')).toBe('interpreted');
    expect(attributeOf(run, 1, 'earshot.frame.type')).toBe('JIT-compiled');
  });

  it('with two counts a line compare two runs: the second one is shown, the first an attribute', async () => {
    const run = await read('main;a 10 4\nmain;b 0 6\n');
    expect(ownByName(run)).toEqual({ a: 4, b: 6 });
    expect(run.tracks[0]?.name).toContain('second count');
    expect(attributeOf(run, 1, 'earshot.weight.before')).toBe(10);
  });

  it('reject lines without a count by their byte', async () => {
    const run = await read('ä;b 1\nno count here\na;b -4\n;;; x\na;b 2\n');
    expect(run.provenance.rejected).toEqual([
      { file: 'unknown', offset: 7, reason: 'no stack with a count at its end' },
      { file: 'unknown', offset: 21, reason: 'no stack with a count at its end' },
      { file: 'unknown', offset: 28, reason: 'no stack with a count at its end' },
    ]);
    expect(totalWeight(run)).toBe(3);
  });

  it('may be 100,000 frames deep', async () => {
    const stack = Array.from({ length: 100_000 }, (_, i) => `f${i}`).join(';');
    const text = `${stack} 3\n${stack};leaf 2\n`;
    expect(collapsedImporter.detect(headOf(text))).toBeGreaterThan(0.3);
    const run = await read(text, 65_536);
    expect(spanCount(run)).toBe(100_001);
    expect(run.weights?.total[0]).toBe(5);
    expect(totalWeight(run)).toBe(5);
  });

  it('are not seen in logs, JSON and nothing', () => {
    expect(collapsedImporter.detect(headOf('{"a": 1}'))).toBe(0);
    expect(collapsedImporter.detect(headOf(''))).toBe(0);
    expect(collapsedImporter.detect(headOf('2026-01-01 10:00:00 loaded\n2026-01-01 done\n'))).toBe(
      0,
    );
  });

  it('keep the sum of all counts, whatever the stacks', async () => {
    const stack = fc.array(fc.constantFrom('a', 'b', 'c d', 'e_[j]'), {
      minLength: 1,
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(stack, fc.nat(1000)), { minLength: 1, maxLength: 50 }),
        async (rows) => {
          const run = await read(rows.map(([frames, n]) => `${frames.join(';')} ${n}`).join('\n'));
          const sum = rows.reduce((total, [, n]) => total + n, 0);
          expect(totalWeight(run)).toBe(sum);
          const roots = Array.from(run.weights?.total ?? []).filter(
            (_, i) => run.spans.parent[i] === -1,
          );
          expect(roots.reduce((total, n) => total + n, 0)).toBe(sum);
        },
      ),
    );
  });
});
