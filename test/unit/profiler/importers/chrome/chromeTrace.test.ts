import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { chromeTraceImporter } from '../../../../../src/profiler/importers/chrome/chromeTrace.ts';
import { attributesOf } from '../../../../../src/profiler/model/attributes.ts';
import {
  type Run,
  sourceOf,
  spanCount,
  spanName,
  stringOf,
} from '../../../../../src/profiler/model/run.ts';
import { checkRun } from '../../../../../src/profiler/model/runCheck.ts';
import { SPAN_STATUS } from '../../../../../src/profiler/model/spanStatus.ts';
import { headOf, importBytes } from '../../../../helpers/importBytes.ts';
import { levels } from '../../../../helpers/runFacts.ts';

const FIXTURES = new URL('../../../../fixtures/profiles/chrome/', import.meta.url);

interface Expected {
  readonly spans: number;
  readonly maxDepth: number;
  readonly durationNs: number;
  readonly instants: number;
  readonly named: Readonly<Record<string, number>>;
}

async function read(events: object[] | string): Promise<Run> {
  const text = typeof events === 'string' ? events : JSON.stringify(events);
  const { run } = await importBytes(chromeTraceImporter, text, { chunkBytes: 50 });
  checkRun(run);
  return run;
}

/** Each span as `name start+duration parent`, in microseconds. */
function spansOf(run: Run): string[] {
  const { startNs, durationNs, parent } = run.spans;
  return Array.from(startNs, (start, span) => {
    const owner = parent[span] ?? -1;
    const above = owner < 0 ? '' : ` in ${spanName(run, owner)}`;
    return `${spanName(run, span)} ${start / 1e3}+${(durationNs[span] ?? 0) / 1e3}${above}`;
  });
}

const reasons = (run: Run): string[] => run.provenance.rejected.map(({ reason }) => reason);
const trackNames = (run: Run): string[] => run.tracks.map(({ name }) => name);
const X = { ph: 'X', pid: 1, tid: 1 };

describe.each(['viztracer', 'py-spy', 'node', 'tsc', 'tracing-chrome', 'tracing-chrome-async'])(
  'the trace of %s',
  (tool) => {
    it('has the spans, depth, duration and names that an independent reader finds', async () => {
      const bytes = readFileSync(new URL(`${tool}.json`, FIXTURES));
      const expected = JSON.parse(
        readFileSync(new URL(`${tool}.json.expected.json`, FIXTURES), 'utf8'),
      ) as Expected;
      expect(chromeTraceImporter.detect(headOf(bytes))).toBeGreaterThan(0.9);
      const { run } = await importBytes(chromeTraceImporter, bytes);
      checkRun(run);
      const { startNs, durationNs } = run.spans;
      const ends = Array.from(startNs, (start, span) => start + (durationNs[span] ?? 0));
      const times = [...startNs, ...ends, ...run.instants.timeNs];
      expect(spanCount(run)).toBe(expected.spans);
      expect(levels(run)).toBe(expected.maxDepth);
      expect(Math.max(...times) - Math.min(...times)).toBeCloseTo(expected.durationNs, 0);
      expect(run.instants.timeNs).toHaveLength(expected.instants);
      const named: Record<string, number> = {};
      for (let span = 0; span < spanCount(run); span += 1) {
        named[spanName(run, span)] = (named[spanName(run, span)] ?? 0) + 1;
      }
      expect(named).toMatchObject(expected.named);
      expect(run.provenance.rejectedCount).toBe(0);
    });
  },
);

describe('sources', () => {
  const sourcesOf = async (tool: string): Promise<string[]> => {
    const { run } = await importBytes(
      chromeTraceImporter,
      readFileSync(new URL(`${tool}.json`, FIXTURES)),
    );
    return run.sourceRefs.map(
      ({ file, line, functionName = '' }) => `${functionName} ${file}:${line}`,
    );
  };

  it('are found where viztracer, py-spy, tracing-chrome and tsc write them', async () => {
    expect(await sourcesOf('viztracer')).toContain('fibonacci program.py:5');
    expect(await sourcesOf('py-spy')).toContain('fibonacci ../python_program.py:8');
    expect(await sourcesOf('tracing-chrome')).toContain('fibonacci src/main.rs:5');
    expect(await sourcesOf('tsc')).toContain(' program.ts:1');
    expect(await sourcesOf('node')).toEqual([]);
  });

  it('are those of OpenTelemetry where they are there', async () => {
    const args = { 'code.file.path': 'a.go', 'code.line.number': 7, 'code.function.name': 'run' };
    const run = await read([{ ...X, name: 'x', ts: 0, dur: 1, args }]);
    expect(sourceOf(run, run.spans.sourceId[0] ?? 0)).toEqual({
      file: 'a.go',
      line: 7,
      functionName: 'run',
      rung: 'code-attribute',
    });
  });
});

describe('a file', () => {
  const event = { ...X, name: 'a', ts: 1, dur: 2 };

  it('may be an array, an object, unterminated, an event a line, or compressed', async () => {
    const one = JSON.stringify(event);
    const texts = [
      `[${one}]`,
      `{"displayTimeUnit":"ms","traceEvents":[${one}]}`,
      `[\n${one},\n`,
      `[${one}`,
    ];
    for (const text of [...texts, `${one}\n${one}\n`, `[\n${one},\n${one}`]) {
      const { run } = await importBytes(chromeTraceImporter, gzipSync(text), { chunkBytes: 9 });
      expect(spanName(run, 0)).toBe('a');
      expect(spanCount(run)).toBe(text.split('"a"').length - 1);
    }
  });

  it('that is cut off is read up to there, and says so', async () => {
    const run = await read(`[${JSON.stringify(event)},{"ph":"X","name":"b`);
    expect(spansOf(run)).toEqual(['a 0+2']);
    expect(reasons(run)).toEqual(['the file ends before the value does']);
  });

  it('that holds no event at all is unreadable, one with none is empty', async () => {
    await expect(read('{"a":1}')).rejects.toMatchObject({ code: 'import.unreadable' });
    await expect(read('[1,2]')).rejects.toMatchObject({ code: 'import.unreadable' });
    expect(spanCount(await read('{"traceEvents":[]}'))).toBe(0);
  });

  it('is told by its content', () => {
    expect(chromeTraceImporter.detect(headOf('{"traceEvents": []}', 'x.txt'))).toBe(1);
    expect(chromeTraceImporter.detect(headOf('[{"name":"a","ph":"X"}'))).toBe(0.95);
    expect(chromeTraceImporter.detect(headOf('{"resourceSpans":[]}', 'trace.json'))).toBe(0);
    expect(chromeTraceImporter.detect(headOf('main;work 4'))).toBe(0);
  });

  it('has a date where its clock is Unix time', async () => {
    const dated = await importBytes(
      chromeTraceImporter,
      JSON.stringify([{ ...event, ts: 1732329619123456.5 }]),
    );
    expect(dated.head.epochNs).toBe(1732329619123456500n);
    expect(
      (await importBytes(chromeTraceImporter, JSON.stringify([event]))).head.epochNs,
    ).toBeNull();
  });
});

describe('complete events', () => {
  it('nest by their times, in any order, of equal ones the later written outside', async () => {
    const run = await read([
      { ...X, name: 'inner', ts: 1, dur: 1 },
      { ...X, name: 'same inner', ts: 1, dur: 5 },
      { ...X, name: 'same outer', ts: 1, dur: 5 },
      { ...X, name: 'outer', ts: 0, dur: 9.5 },
    ]);
    expect(spansOf(run)).toEqual([
      'outer 0+9.5',
      'same outer 1+5 in outer',
      'same inner 1+5 in same outer',
      'inner 1+1 in same inner',
    ]);
  });

  it('that overlap on one thread stay whole, in lanes', async () => {
    const run = await read([
      { ...X, name: 'a', ts: 0, dur: 10 },
      { ...X, name: 'b', ts: 5, dur: 10 },
    ]);
    expect(spansOf(run)).toEqual(['a 0+10', 'b 5+10']);
    expect([...run.spans.lane]).toEqual([0, 1]);
  });

  it('keep fractions of microseconds exactly, far from zero', async () => {
    const run = await read(
      '[{"ph":"X","ts":13910455129.043,"dur":0.57},{"ph":"X","ts":13910455129.044,"dur":0.001}]',
    );
    expect([...run.spans.startNs]).toEqual([0, 1]);
    expect([...run.spans.durationNs]).toEqual([570, 1]);
  });

  it('take the thread duration where there is no other', async () => {
    expect(spansOf(await read([{ ...X, name: 'a', ts: 0, tdur: 3 }]))).toEqual(['a 0+3']);
  });

  it('keep their arguments', async () => {
    const args = { n: 5, f: 0.5, s: 't', b: true, none: null, list: [1, 'a'], o: { p: { q: 1 } } };
    const text = JSON.stringify([{ ...X, name: 'a', cat: 'io', ts: 0, dur: 1, args }]);
    const run = await read(text.replace('"n":5', '"n":5,"big":12345678901234567890'));
    expect(Object.fromEntries(attributesOf(run, 0))).toEqual({
      category: 'io',
      n: 5,
      big: 12345678901234567890n,
      f: 0.5,
      s: 't',
      b: true,
      list: [1, 'a'],
      'o.p.q': 1,
    });
  });
});

describe('beginnings and ends', () => {
  const at = (ph: string, ts: number, name?: string, more: object = {}): object => ({
    ph,
    ts,
    pid: 1,
    tid: 1,
    ...(name === undefined ? {} : { name }),
    ...more,
  });

  it('pair in the order of the file where their times are equal', async () => {
    const run = await read([
      at('B', 0, 'a'),
      at('B', 0, 'b'),
      at('E', 0),
      at('B', 0, 'c'),
      at('E', 0, 'c'),
      at('E', 0),
    ]);
    expect(spansOf(run)).toEqual(['a 0+0', 'b 0+0 in a', 'c 0+0 in a']);
  });

  it('pair by time where the file has another order', async () => {
    const run = await read([at('E', 9, 'a'), at('E', 5, 'b'), at('B', 2, 'b'), at('B', 0, 'a')]);
    expect(spansOf(run)).toEqual(['a 0+9', 'b 2+3 in a']);
  });

  it('without the other are rejected or stay open to the end', async () => {
    const run = await read([
      at('E', 1, 'x'),
      at('B', 2, 'a'),
      at('B', 3, 'b'),
      at('E', 9, 'a'),
      at('B', 10, 'c'),
      at('X', 20, 'd', { dur: 5 }),
    ]);
    expect(spansOf(run)).toEqual(['a 1+7', 'b 2+6 in a', 'c 9+15', 'd 19+5 in c']);
    expect(reasons(run)).toEqual(['an end without a beginning']);
    expect(Array.from(run.spans.status)).toEqual([0, SPAN_STATUS.open, SPAN_STATUS.open, 0]);
  });

  it('keep arguments of both', async () => {
    const run = await read([
      at('B', 0, 'a', { args: { x: 1 } }),
      at('E', 1, 'a', { args: { y: 2 } }),
    ]);
    expect(Object.fromEntries(attributesOf(run, 0))).toEqual({ x: 1, y: 2 });
  });
});

describe('asynchronous events', () => {
  it('nest by category and id, on a track of their own', async () => {
    const event = { cat: 'net', pid: 1, tid: 1 };
    const run = await read([
      { ...event, ph: 'b', id: 1, name: 'load', ts: 0 },
      { ...event, ph: 'b', id: '0x2', name: 'other', ts: 1, tid: 2 },
      { ...event, ph: 'b', id: 1, name: 'dns', ts: 2, tid: 2 },
      { ...event, ph: 'n', id: 1, name: 'seen', ts: 3 },
      { ...event, ph: 'e', id: 1, name: 'dns', ts: 4 },
      { ...event, ph: 'e', id: '0x2', name: 'other', ts: 6 },
      { ...event, ph: 'e', id: 1, name: 'load', ts: 8 },
    ]);
    expect(spansOf(run)).toEqual(['load 0+8', 'other 1+5', 'dns 2+2 in load']);
    expect(trackNames(run)).toEqual(['net (async)']);
    expect(stringOf(run, run.instants.textId[0] ?? 0)).toBe('seen');
  });

  it('of local ids are those of their process only, of the old kind those of their name', async () => {
    const run = await read([
      { ph: 'b', cat: 'c', id2: { local: '1' }, name: 'a', ts: 0, pid: 1, tid: 1 },
      { ph: 'b', cat: 'c', id2: { local: '1' }, name: 'b', ts: 1, pid: 2, tid: 1 },
      { ph: 'e', cat: 'c', id2: { local: '1' }, name: 'a', ts: 5, pid: 1, tid: 1 },
      { ph: 'e', cat: 'c', id2: { local: '1' }, name: 'b', ts: 9, pid: 2, tid: 1 },
      { ph: 'S', cat: 'd', id: 1, name: 'old', ts: 2, pid: 1, tid: 1 },
      { ph: 'F', cat: 'd', id: 1, name: 'old', ts: 3, pid: 1, tid: 1 },
    ]);
    expect(spansOf(run)).toEqual(['a 0+5', 'b 1+8', 'old 2+1']);
  });
});

describe('flows, counters, instants and names', () => {
  it('of flows link the spans around them, or the next one', async () => {
    const flow = { cat: 'f', name: 'arrow', id: 7, pid: 1 };
    const run = await read([
      { ...X, name: 'from', ts: 0, dur: 10 },
      { ...X, name: 'inner', ts: 2, dur: 2 },
      { ...X, name: 'step', ts: 20, dur: 10, tid: 2 },
      { ...X, name: 'next', ts: 40, dur: 10, tid: 3 },
      { ...flow, ph: 's', ts: 3, tid: 1 },
      { ...flow, ph: 't', ts: 25, tid: 2 },
      { ...flow, ph: 'f', ts: 35, tid: 3 },
      { ...flow, ph: 's', ts: 99, tid: 9 },
    ]);
    const links = Array.from(run.links.from, (from, i) => [
      spanName(run, from),
      spanName(run, run.links.to[i] ?? 0),
    ]);
    expect(links).toEqual([
      ['inner', 'step'],
      ['step', 'next'],
    ]);
    expect(reasons(run)).toEqual(['1 flow events that no span is around']);
  });

  it('of counters are a series for each argument', async () => {
    const run = await read([
      { ph: 'C', name: 'memory', ts: 0, pid: 1, args: { used: 1, free: '2' } },
      { ph: 'C', name: 'memory', ts: 5, pid: 1, args: { used: 3, free: 4 } },
      { ph: 'C', name: 'load', id: 2, ts: 5, pid: 1, args: { value: 7 } },
      { ph: 'C', name: 'load', ts: 6, pid: 1, args: { value: 'high' } },
    ]);
    expect(run.counters.map(({ name, values }) => [name, ...values])).toEqual([
      ['memory used', 1, 3],
      ['memory free', 2, 4],
      ['load 2', 7],
    ]);
    expect(reasons(run)).toEqual(['a counter with a value that is no number']);
  });

  it('of instants lie on their thread or process', async () => {
    const run = await read([
      { ph: 'i', name: 'here', ts: 0, pid: 1, tid: 4, s: 't', args: { a: 1 } },
      { ph: 'R', name: 'there', ts: 1, pid: 1, tid: 4, s: 'g' },
    ]);
    expect(Array.from(run.instants.trackId, (track) => trackNames(run)[track])).toEqual([
      'thread 4',
      'process 1',
    ]);
  });

  it('of threads and processes are taken wherever they come, ids as numbers or strings', async () => {
    const run = await read([
      { ph: 'M', name: 'process_name', pid: 1, args: { name: 'server' } },
      { ph: 'X', name: 'a', ts: 0, dur: 1, pid: 1, tid: 9007199254740993 },
      { ph: 'X', name: 'b', ts: 0, dur: 1, pid: '1', tid: 'io' },
      { ph: 'X', name: 'c', ts: 0, dur: 1, pid: 2, tid: 'io' },
      { ph: 'X', name: 'd', ts: 0, dur: 1, pid: 2, tid: 7 },
      { ph: 'M', name: 'thread_name', pid: 2, tid: 'io', args: { name: 'reader' } },
      { ph: 'M', name: 'thread_name', pid: 2, tid: 7, args: { name: 'reader' } },
    ]);
    expect(trackNames(run)).toEqual([
      'server / thread 9007199254740992',
      'server / thread io',
      'process 2 / reader',
      'process 2 / reader (7)',
    ]);
  });
});

describe('rows that cannot be', () => {
  it('are rejected with their offset, the others read', async () => {
    const good = '{"ph":"X","name":"good","ts":5,"dur":1}';
    const bad = [
      '{"ph":"X","ts":NaN,"dur":1}',
      '{"ph":"X","dur":1}',
      '{"ph":"X","ts":1,"dur":-1}',
      '{"ph":"X","ts":1e308,"dur":1}',
      '{"ph":"X","ts":1,"dur":1e308}',
      '{"ph":"Y","ts":1}',
      '{"name":"none"}',
      '17',
    ];
    for (const row of bad) {
      const run = await read(`[${good},${row},${good}]`);
      expect(spanCount(run), row).toBe(2);
      expect(run.provenance.rejected, row).toMatchObject([{ offset: good.length + 2 }]);
    }
  });

  it('are told of as not shown where they are samples or objects', async () => {
    const run = await read([
      { ...X, name: 'a', ts: 0, dur: 1 },
      { ph: 'P', name: 'ProfileChunk', ts: 1, pid: 1, tid: 1 },
      { ph: 'P', name: 'ProfileChunk', ts: 2, pid: 1, tid: 1 },
    ]);
    expect(reasons(run)).toEqual(['not shown: 2 samples of a profiler']);
  });
});

describe('decimal microseconds', () => {
  it('do not make an orphan of a child that ends a rounding error after its parent', async () => {
    const [a, b] = [0.1, 0.2];
    const run = await read([
      { ...X, name: 'parent', ts: 0, dur: 0.3 },
      { ...X, name: 'child', ts: a, dur: b },
    ]);
    expect(a + b).toBeGreaterThan(0.3);
    expect(spansOf(run)).toEqual(['parent 0+0.3', 'child 0.1+0.2 in parent']);
  });
});
