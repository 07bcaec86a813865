import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ChromeEvent,
  chromeTraceChunks,
} from '../../../../src/profiler/export/chromeTrace.ts';
import { type Run, spanCount } from '../../../../src/profiler/model/run.ts';
import { newBuilder, runArbitrary } from '../runFixture.ts';

interface ChromeFile {
  readonly traceEvents: readonly ChromeEvent[];
  readonly otherData: Readonly<Record<string, unknown>>;
}

const parse = (run: Run) => JSON.parse([...chromeTraceChunks(run)].join('')) as ChromeFile;

describe('Chrome trace', () => {
  it('names tracks and lanes, and writes spans, counters and instants in microseconds', () => {
    const builder = newBuilder();
    const pool = builder.track('pool', 'process');
    const counters = builder.track('counters', 'counter');
    const source = builder.source({ file: 'src/a.ts', line: 3, rung: 'code-attribute' });
    const unit = { name: 'unit', track: pool, parent: null, durationNs: 2500 };
    builder.addSpan({ ...unit, startNs: 1000, source, attributes: { n: 1 } });
    builder.addSpan({ ...unit, startNs: 2000, status: 2 });
    builder.addSample('memory', 'By', counters, 1500, 7);
    builder.addInstant({
      kind: 'log',
      level: 'info',
      text: 'hello',
      timeNs: 1600,
      span: 0,
      track: pool,
    });
    const { traceEvents, otherData } = parse(builder.finish({ status: 'done' }));
    expect(otherData).toMatchObject({ epochUnixNano: '1790000000000000000', kind: 'ingest' });
    const names = traceEvents
      .filter(({ ph }) => ph === 'M')
      .map(({ name, pid, tid, args }) => [name, pid, tid, args]);
    expect(names).toContainEqual(['process_name', 1, 0, { name: 'pool' }]);
    expect(names).toContainEqual(['thread_name', 1, 2, { name: 'pool (lane 2)' }]);
    expect(traceEvents.filter(({ ph }) => ph === 'X')).toEqual([
      {
        ph: 'X',
        name: 'unit',
        cat: 'span',
        pid: 1,
        tid: 1,
        ts: 1,
        dur: 2.5,
        args: { file: 'src/a.ts', line: 3, n: 1 },
      },
      { ph: 'X', name: 'unit', cat: 'error', pid: 1, tid: 2, ts: 2, dur: 2.5, args: {} },
    ]);
    expect(traceEvents.filter(({ ph }) => ph === 'C')).toEqual([
      { ph: 'C', name: 'memory', pid: 2, tid: 0, ts: 1.5, args: { By: 7 } },
    ]);
    expect(traceEvents.filter(({ ph }) => ph === 'i')).toEqual([
      { ph: 'i', name: 'hello', pid: 1, tid: 1, ts: 1.6, s: 't', args: {} },
    ]);
  });

  it('writes every span once, and X events that nest on each thread', () => {
    fc.assert(
      fc.property(runArbitrary, (run) => {
        fc.pre(run.weights === null);
        const { traceEvents } = parse(run);
        const whole = traceEvents.filter(({ ph }) => ph === 'X');
        const pairs = traceEvents.filter(({ ph }) => ph === 'b' || ph === 'e');
        expect(whole.length + pairs.length / 2).toBe(spanCount(run));
        const stacks = new Map<string, number[]>();
        for (const { pid, tid, ts = 0, dur = 0 } of whole) {
          const stack = stacks.get(`${pid}:${tid}`) ?? [];
          stacks.set(`${pid}:${tid}`, stack);
          while (stack.length > 0 && (stack.at(-1) ?? 0) <= ts + 1e-9) stack.pop();
          expect(ts + dur).toBeLessThanOrEqual((stack.at(-1) ?? Infinity) + 1e-9);
          stack.push(ts + dur);
        }
      }),
    );
  });

  it('writes a child that ends behind its parent whole, as an asynchronous pair', () => {
    const builder = newBuilder();
    const track = builder.track('main', 'thread');
    const root = builder.addSpan({ name: 'r', startNs: 0, durationNs: 1000, track, parent: null });
    builder.addSpan({ name: 'c', startNs: 500, durationNs: 700, track, parent: root });
    const { traceEvents } = parse(builder.finish({ status: 'done' }));
    const pair = traceEvents.filter(({ name }) => name === 'c').map(({ ph, ts }) => [ph, ts]);
    expect(pair).toEqual([
      ['b', 0.5],
      ['e', 1.2],
    ]);
  });
});
