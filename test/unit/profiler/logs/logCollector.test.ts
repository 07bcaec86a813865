import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LogCollector } from '../../../../src/profiler/logs/logCollector.ts';
import type { LogSummary } from '../../../../src/profiler/model/logSummary.ts';
import { type Run, spanName } from '../../../../src/profiler/model/run.ts';
import { newBuilder } from '../runFixture.ts';

const EPOCH = BigInt(Date.UTC(2026, 10, 20, 9)) * 1_000_000n;

interface Given {
  readonly clock?: 'text' | 'arrival';
  readonly patterns?: readonly unknown[];
  /** Sizes of the pieces in which the text comes, again and again. */
  readonly pieces?: readonly number[];
}

function runOf(text: string | Uint8Array, { clock = 'text', patterns, pieces }: Given = {}): Run {
  const builder = newBuilder({ kind: 'log', epochNs: EPOCH });
  const collector = new LogCollector(builder, {
    file: 'a.log',
    track: builder.track('log', 'process'),
    clock,
    nowSeconds: Date.UTC(2026, 11, 1) / 1000,
    patterns,
    threadTrack: (thread) => builder.track(thread, 'thread'),
  });
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  for (let at = 0, i = 0; at < bytes.length; i += 1) {
    const size = pieces === undefined ? bytes.length : (pieces[i % pieces.length] ?? 1);
    collector.chunk(bytes.subarray(at, at + size), i * 1e9);
    at += size;
  }
  collector.end();
  return builder.finish({ status: 'done' });
}

function logOf(text: string | Uint8Array, given?: Given): LogSummary {
  const { log } = runOf(text, given);
  if (log === null) throw new Error('There is no log.');
  return log;
}

const spansOf = (run: Run): [string, number, number][] =>
  Array.from(run.spans.startNs, (start, i) => [
    spanName(run, i),
    start / 1e9,
    (run.spans.durationNs[i] ?? 0) / 1e9,
  ]);

describe('LogCollector: templates', () => {
  it('counts lines that differ in numbers, paths, ids and quoted text as one', () => {
    const log = logOf(
      [
        'load "one" from /a/b.wav as a3f09c12 in 3.5s',
        'load "two" from /x/y/z.mp3 as 00ff in 12s',
        'load "three four" from c.wav as 7e57ab in 1,234.5s',
      ].join('\n'),
    );
    expect(log.templates).toMatchObject([
      {
        text: 'load "<*>" from <*> as <*> in <*>s',
        count: 3,
        firstLine: 1,
        lastLine: 3,
        variants: [3, 3, 3, 3],
      },
    ]);
  });

  it('tells a file that is met 43 times from 43 files', () => {
    const same = logOf('Long audio detected: a.wav\n'.repeat(43));
    expect(same.templates).toMatchObject([
      { text: 'Long audio detected: <*>', count: 43, variants: [1] },
    ]);
    const other = logOf(
      Array.from({ length: 43 }, (_, i) => `Long audio detected: a${i}.wav`).join('\n'),
    );
    expect(other.templates).toMatchObject([
      { text: 'Long audio detected: <*>', count: 43, variants: [43] },
    ]);
  });

  it('keeps stages apart that differ in one word, but not users', () => {
    const stages = ['decode', 'split', 'embed', 'publish'].map(
      (stage) => `Finished stage ${stage} in 3 s`,
    );
    expect(logOf(stages.join('\n')).templates).toHaveLength(4);
    const names = Array.from({ length: 40 }, (_, i) =>
      String.fromCharCode(97 + (i % 26), 97 + Math.floor(i / 26)),
    );
    const log = logOf(names.map((name) => `user ${name} logged in`).join('\n'));
    expect(log.templates).toMatchObject([
      { text: 'user <*> logged in', count: 40, variants: [40] },
    ]);
  });

  it('takes time, level and thread for no part of the template, and spreads over time', () => {
    const log = logOf(
      '2026-11-20 09:00:01 INFO [w-1] x.y.Z - tick 1\n2026-11-20 09:00:31 WARN [w-2] x.y.Z - tick 2\n',
    );
    expect(log.templates).toMatchObject([
      { text: 'tick <*>', count: 2, spreadSeconds: 30, level: 4 },
    ]);
    expect(log.timed).toBe(true);
  });

  it('gives the same template to the same line with other numbers', () => {
    const words = fc.array(
      fc.constantFrom(
        'load',
        'texts',
        'in',
        'took',
        '%d',
        '%d s',
        '(%d)',
        'x=%d',
        'v%d',
        '%d/%d',
        'a:%d',
        '"%d"',
        '[%d]',
        'batch-%d',
      ),
      { minLength: 1, maxLength: 12 },
    );
    const filled = (all: readonly string[], number: number): string =>
      all.join(' ').replaceAll('%d', String(number));
    fc.assert(
      fc.property(words, fc.nat(), fc.nat(), (all, one, two) => {
        expect(logOf(`${filled(all, one)}\n${filled(all, two)}`).templates).toHaveLength(1);
      }),
    );
  });

  it('stays bounded with endless different lines', () => {
    const letters = (i: number): string =>
      i.toString(26).replace(/./gu, (c) => String.fromCharCode(97 + Number.parseInt(c, 26)));
    const lines = Array.from(
      { length: 30_000 },
      (_, i) => `${letters(i * 7919)} ${letters(i * 104_729)} ${letters(i)} end`,
    );
    const log = logOf(lines.join('\n'));
    expect(log.templates.length).toBeLessThanOrEqual(10_000);
    expect(log.templates.reduce((sum, { count }) => sum + count, 0)).toBe(30_000);
  });
});

describe('LogCollector: lines', () => {
  const TEXT =
    '2026-11-20 09:00:01,5 INFO a.b - Embedded 3 texts in 2 s\r\n\n\u001b[32mok\u001b[0m took 3 s é\n 10%\r 50%\r100% of 3 files\nlast';

  it('makes no difference between pieces', () => {
    const whole = logOf(TEXT);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }), (pieces) => {
        expect(logOf(TEXT, { pieces })).toEqual(whole);
      }),
    );
    expect(whole.lines).toBe(5);
  });

  it('shows colours and progress bars as a terminal does at last', () => {
    const log = logOf(TEXT);
    expect(log.templates.map(({ text }) => text)).toEqual([
      'Embedded <*> texts in <*> s',
      'ok took <*> s é',
      '<*>% of <*> files',
      'last',
    ]);
    expect(log.measurements.map(({ quote }) => quote)).not.toContainEqual(
      expect.stringContaining('\u001b'),
    );
  });

  it('reads what is no UTF-8 as Windows-1252, and UTF-16 without a mark', () => {
    expect(logOf(Buffer.from('f\u00fcr 3 s', 'latin1')).templates[0]?.text).toBe('für <*> s');
    const log = logOf(Buffer.from('took 3 s\ntook 4 s\n', 'utf16le'));
    expect(log.templates).toMatchObject([{ text: 'took <*> s', count: 2 }]);
  });

  it('reads no more than 64 KiB of a line', () => {
    const log = logOf(`took 3 s ${'x'.repeat(10_000_000)}\ntook 4 s`);
    expect(log.lines).toBe(2);
    expect(log.measurements.map(({ value, line }) => [value, line])).toEqual([
      [3, 1],
      [4, 2],
    ]);
    expect(log.measurements[0]?.quote.length).toBeLessThanOrEqual(300);
  });

  it('leaves stack traces with the line above', () => {
    const log = logOf(
      [
        '2026-11-20 09:00:01 ERROR a.b - failed',
        'Traceback (most recent call last):',
        '  File "/x/y.py", line 3, in f',
        '    return 3 / 0',
        'ZeroDivisionError: division by zero',
        '2026-11-20 09:00:02 INFO a.b - again',
      ].join('\n'),
    );
    expect(log.templates.map(({ text }) => text)).toEqual(['failed', 'again']);
    expect(log.lines).toBe(6);
  });

  it('counts and keeps lines that say nothing', () => {
    const log = logOf('hello there\n2026-11-20 09:00:01 x\ntook 3 s\n');
    expect(log.unmatchedLines).toBe(1);
    expect(log.unmatched).toEqual([{ file: 0, line: 1, quote: 'hello there' }]);
  });

  it('knows of what a report’s lines tell by its headings', () => {
    const log = logOf(
      'Text embeddings:\n  Rate: 1.0 texts/s\n  Expected: 23-30 texts/s\n\nRate: 2 texts/s\n=== Targets ===\nTime: < 1 min\n',
    );
    expect(log.measurements.map(({ role, label, value }) => [role, label, value])).toEqual([
      ['actual', 'text embeddings rate', 1],
      ['target', 'text embeddings', 23],
      ['actual', 'rate', 2],
      ['target', 'time', 60],
    ]);
  });

  it('never throws on any bytes, and counts every line', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const { log } = runOf(bytes);
        const ends = bytes.filter((byte) => byte === 10).length;
        expect(log?.lines ?? 0).toBe(ends + (bytes.length > 0 && bytes.at(-1) !== 10 ? 1 : 0));
      }),
      { numRuns: 500 },
    );
  });
});

describe('LogCollector: times and spans', () => {
  it('ends a stated duration at the time of its line', () => {
    const run = runOf(
      '2026-11-20 09:00:10 Embedded 3 texts in 4 s\n2026-11-20 09:00:20 took 2 s\n',
    );
    expect(spansOf(run)).toEqual([
      ['Embedded texts', 6, 4],
      ['work', 18, 2],
    ]);
  });

  it('lays durations one after another where there are no times; a total covers them', () => {
    const run = runOf('Decode: 3 s\nEmbed: 4 s\nTotal time: 7.2 s\n');
    expect(run.log?.timed).toBe(false);
    expect(spansOf(run)).toEqual([
      ['total time', 0, 7.2],
      ['Decode', 0, 3],
      ['Embed', 3, 4],
    ]);
    expect(Array.from(run.spans.depth)).toEqual([0, 1, 1]);
  });

  it('pairs a start with its end', () => {
    const run = runOf(
      '09:00:00 Starting import of a.csv\n09:00:01 Starting index\n09:00:04 Finished index\n09:00:09 Finished import of a.csv\n',
    );
    expect(spansOf(run)).toEqual([
      ['import of a.csv', 0, 9],
      ['index', 1, 3],
    ]);
  });

  it('passes midnight', () => {
    const log = logOf('23:59:58.500 tick 1\n00:00:01.500 tick 2\n');
    expect(log.templates[0]?.spreadSeconds).toBe(3);
  });

  it('finds the year of a date without one', () => {
    const run = runOf('Nov 19 09:00:00 host a[1]: tick 1\nNov 20 09:00:00 host a[1]: tick 2\n');
    expect(run.log?.templates[0]?.spreadSeconds).toBe(86_400);
    expect(run.epochNs).toBe(EPOCH - 86_400_000_000_000n);
  });

  it('takes the time of arrival where it is told to', () => {
    const run = runOf('tick 1\ntick 2\n', { clock: 'arrival', pieces: [7] });
    expect(Array.from(run.instants.timeNs)).toEqual([0, 1e9]);
    expect(run.log?.timed).toBe(true);
  });

  it('makes series of figures that repeat', () => {
    const lines = [1, 2, 3, 4].map(
      (i) => `2026-11-20 09:00:0${i} queue_depth=${i * 10} rate=${i}.5/s`,
    );
    const { counters } = runOf(lines.join('\n'));
    expect(counters.map(({ name, values }) => [name, Array.from(values)])).toEqual([
      ['queue depth', [10, 20, 30, 40]],
      ['rate', [1.5, 2.5, 3.5, 4.5]],
    ]);
  });

  it('keeps a share of the lines of a template that does not end, and all counts', () => {
    const lines = Array.from(
      { length: 20_000 },
      (_, i) =>
        `09:${String(Math.floor(i / 600) % 60).padStart(2, '0')}:${String(Math.floor(i / 10) % 60).padStart(2, '0')} request ${i} took ${(i % 90) + 1} ms`,
    );
    const run = runOf(lines.join('\n'));
    expect(run.log?.templates).toMatchObject([{ count: 20_000 }]);
    expect(run.log!.measurements.length + run.log!.droppedMeasurements).toBe(20_000);
    expect(run.instants.timeNs.length + run.provenance.droppedInstants).toBe(20_000);
    expect(run.log!.measurements.length).toBeLessThan(8000);
    expect(run.log!.measurements.at(-1)!.line).toBeGreaterThan(15_000);
  });
});

describe('LogCollector: patterns', () => {
  it('pairs starts and ends by thread, id and name, the last first', () => {
    const lines = [
      '1.0 T1 > outer',
      '2.0 T1 > inner',
      '2.5 T2 > inner',
      '3.0 T1 < inner',
      '4.0 T2 < inner',
      '9.0 T1 < outer',
      '9.5 T1 < never',
      '9.5 T1 > open',
    ].map((line) => `179540882${line}`);
    const run = runOf(lines.join('\n'), {
      patterns: [
        { pattern: String.raw`^(?<ts>\d+\.\d+) (?<thread>\w+) (?<event>[<>]) (?<name>\w+)` },
      ],
    });
    expect(spansOf(run).map(([name, , seconds]) => [name, seconds])).toEqual([
      ['outer', 8],
      ['inner', 1],
      ['inner', 1.5],
      ['open', 0],
    ]);
    expect(run.tracks.map(({ name }) => name)).toEqual(expect.arrayContaining(['T1', 'T2']));
    expect(run.log?.unmatched.map(({ line }) => line)).toEqual([8]);
  });

  it('takes durations and attributes', () => {
    const run = runOf('2026-11-20 09:00:10|embed|1500|gpu0', {
      patterns: [
        {
          pattern: String.raw`^(?<ts>[^|]+)\|(?<name>\w+)\|(?<dur>\d+)\|(?<key_where>\w+)$`,
          durationUnit: 'ms',
        },
      ],
    });
    expect(spansOf(run)).toEqual([['embed', 8.5, 1.5]]);
    expect(run.strings).toContain('gpu0');
  });

  it('lays durations of a log without times one after another', () => {
    const patterns = [{ pattern: String.raw`(?<name>\w+) took (?<dur>\d+)` }];
    expect(spansOf(runOf('a took 3\nb took 4\n', { patterns }))).toEqual([
      ['a', 0, 3],
      ['b', 3, 4],
    ]);
  });

  it.each([
    ['(?=x)', 'lookaround'],
    [String.raw`(a)\1`, 'back-references'],
    ['(?<nme>x)', 'no group called'],
    ['abc', 'none of the groups'],
    ['(?<name>[', 'missing'],
    ['(?<name>a{3000})', 'repetitions'],
  ])('refuses %s', (pattern, reason) => {
    expect(() => runOf('x', { patterns: [{ pattern }] })).toThrow(reason);
  });
});
