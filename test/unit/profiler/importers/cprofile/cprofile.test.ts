import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cprofileImporter } from '../../../../../src/profiler/importers/cprofile/cprofile.ts';
import { spansWithAttribute } from '../../../../../src/profiler/model/attributes.ts';
import { type Run, sourceOf, spanCount, spanName } from '../../../../../src/profiler/model/run.ts';
import { headOf, importBytes } from '../../../../helpers/importBytes.ts';
import { ownByName, totalWeight } from '../../../../helpers/runFacts.ts';
import { marshalStats } from './marshalStats.ts';

const FOLDER = new URL('../../../../fixtures/profiles/cprofile/', import.meta.url);

interface Expected {
  functions: number;
  totalSeconds: number;
  totalCalls: number;
  byName: Record<string, { calls: number; ownUs: number }>;
}

function callsByName(run: Run): Record<string, number> {
  const calls: Record<string, number> = {};
  for (const [span, count] of spansWithAttribute(run, 'earshot.calls')) {
    const name = spanName(run, span);
    calls[name] = (calls[name] ?? 0) + Number(count);
  }
  return calls;
}

/** `parent > name: own seconds` of each node. */
function tree(run: Run): string[] {
  return Array.from(run.spans.parent, (parent, span) => {
    const above = parent < 0 ? '' : `${spanName(run, parent)} > `;
    const own = Math.round((run.weights?.self[span] ?? 0) / 1e7) / 100;
    return `${above}${spanName(run, span)}: ${own}`;
  });
}

const read = async (bytes: Uint8Array): Promise<Run> =>
  (await importBytes(cprofileImporter, bytes)).run;

describe('statistics of cProfile', () => {
  const bytes = readFileSync(new URL('program.prof', FOLDER));
  const expected = JSON.parse(
    readFileSync(new URL('program.prof.expected.json', FOLDER), 'utf8'),
  ) as Expected;

  it('have the times and calls that pstats says, function by function', async () => {
    expect(cprofileImporter.detect(headOf(bytes))).toBeGreaterThan(0.9);
    const { run, head } = await importBytes(cprofileImporter, bytes);
    expect(head.weightUnit).toBe('nanoseconds');
    expect(run.provenance.rejected).toEqual([]);
    expect(totalWeight(run) / 1e9).toBeCloseTo(expected.totalSeconds, 9);
    const calls = callsByName(run);
    const own = ownByName(run);
    expect(Object.values(calls).reduce((sum, count) => sum + count, 0)).toBe(expected.totalCalls);
    for (const [name, of] of Object.entries(expected.byName)) {
      expect([name, calls[name]]).toEqual([name, of.calls]);
      expect([name, Math.round((own[name] ?? 0) / 1000)]).toEqual([name, of.ownUs]);
    }
    const span = Array.from(run.spans.nameId).findIndex((_, i) => spanName(run, i) === 'fibonacci');
    const source = sourceOf(run, run.spans.sourceId[span] ?? 0);
    expect(source).toMatchObject({ file: '/opt/demo/program.py', line: 7, rung: 'frame' });
  });
});

describe('the call forest of cProfile', () => {
  it('hangs a function that several call below each of them, and what it calls below a root', async () => {
    const run = await read(
      marshalStats({
        main: { own: 1, callers: {} },
        a: { own: 2, callers: { main: 2 } },
        b: { own: 3, callers: { main: 3 } },
        shared: { own: 5, callers: { a: 1, b: 4 } },
        leaf: { own: 7, callers: { shared: 7 } },
      }),
    );
    expect(tree(run).sort()).toEqual([
      'a > shared: 1',
      'b > shared: 4',
      'main > a: 2',
      'main > b: 3',
      'main: 1',
      'shared > leaf: 7',
      'shared: 0',
    ]);
  });

  it('makes no root for what calls nothing', async () => {
    const run = await read(
      marshalStats({
        a: { own: 1, callers: {} },
        b: { own: 1, callers: {} },
        len: { own: 0.3, callers: { a: 0.1, b: 0.2 } },
      }),
    );
    expect(tree(run).sort()).toEqual(['a > len: 0.1', 'a: 1', 'b > len: 0.2', 'b: 1']);
  });

  it('cuts recursion and circles', async () => {
    const run = await read(
      marshalStats({
        odd: { own: 2, callers: { even: 2 } },
        even: { own: 3, callers: { odd: 1, even: 2 } },
      }),
    );
    expect(totalWeight(run)).toBe(5e9);
    expect(spanCount(run)).toBe(3);
  });
});

describe('hostile marshal', () => {
  it.each([
    ['a tuple of four billion', Buffer.from('{(\xff\xff\xff\xff', 'latin1')],
    ['a text of four billion bytes', Buffer.from('{)\x03u\xff\xff\xff\xffabc', 'latin1')],
    ['a reference to nothing', Buffer.from('{)\x03r\x09\0\0\0', 'latin1')],
    ['a code object', Buffer.from('{)\x03c\0\0\0\0', 'latin1')],
    ['nesting without end', Buffer.from(`{${')\x01'.repeat(100_000)}`, 'latin1')],
    ['no dictionary', Buffer.from('N')],
  ])('%s is refused', async (_what, bytes) => {
    await expect(read(bytes)).rejects.toMatchObject({ code: 'import.unreadable' });
  });

  it('keeps the functions before the one that is cut off', async () => {
    const bytes = marshalStats({ a: { own: 1, callers: {} }, b: { own: 2, callers: {} } });
    const run = await read(bytes.subarray(0, bytes.length - 10));
    expect(tree(run)).toEqual(['a: 1']);
    expect(run.provenance.rejected[0]?.reason).toBe('the file ends before the value does');
  });

  it('rejects times that are none', async () => {
    const run = await read(
      marshalStats({ a: { own: Number.NaN, callers: {} }, b: { own: 2, callers: {} } }),
    );
    expect(tree(run)).toEqual(['b: 2']);
    expect(run.provenance.rejectedCount).toBe(1);
  });
});
