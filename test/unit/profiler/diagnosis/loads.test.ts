import { describe, expect, it } from 'vitest';
import { traceOf } from './traceRun.ts';

/** `count` loads of 50 ms, each followed by 50 ms of work. */
const loop = (
  name: (i: number) => string,
  attributes: (i: number) => Record<string, string | number>,
  count = 10,
) =>
  traceOf(count * 100, (run, root) => {
    for (let i = 0; i < count; i += 1) {
      run.span(name(i), i * 100, 50, { parent: root, attributes: attributes(i) });
      run.span('use', i * 100 + 50, 50, { parent: root, attributes: { index: i } });
    }
  });

describe('repeated-load', () => {
  it('names the resource and what all loads but one cost', () => {
    const [finding] = loop(
      () => 'openAudioFile',
      () => ({ 'file.path': 'a.wav' }),
    ).findings();
    expect(finding).toMatchObject({ kind: 'repeated-load', count: 10, severity: 'error' });
    expect(finding?.wastedSeconds).toBeCloseTo(0.45, 6);
    expect(finding?.title).toContain('a.wav');
    expect(finding?.subject.spans).toHaveLength(10);
  });

  it('is found in the sources by the file’s own name, wherever it lay', () => {
    const [finding] = loop(
      () => 'read file',
      () => ({ 'file.path': '/data/voices/a.wav' }),
    ).findings();
    expect(finding?.subject.texts).toEqual(['read file', 'a.wav']);
  });

  it('believes a name alone where all loads are alike', () => {
    const [finding] = loop(
      () => 'load_model',
      () => ({}),
    ).findings();
    expect(finding).toMatchObject({ kind: 'repeated-load', count: 10 });
    expect(finding?.confidence).toBeLessThan(0.8);
  });

  it.each([
    ['different resources', (i: number) => ({ 'file.path': `${i}.wav` })],
    ['parts of one file', (i: number) => ({ 'file.path': 'a.wav', offset: i * 1000 })],
    [
      'reads of a little of a large file',
      () => ({ 'file.path': 'a.wav', bytes: 10, 'file.size_bytes': 100 }),
    ],
    ['each process its own', (i: number) => ({ 'file.path': 'a.wav', 'process.pid': i })],
    ['queries', () => ({ 'db.statement': 'SELECT 1', 'file.path': 'a.db' })],
  ])('keeps silent on %s', (_what, attributes) => {
    expect(loop(() => 'load data', attributes).kinds()).not.toContain('repeated-load');
  });

  it('keeps silent on names that vary, on hits of a cache and on one load', () => {
    expect(
      loop(
        (i) => `load shard ${i}`,
        () => ({}),
      ).kinds(),
    ).toEqual([]);
    expect(
      loop(
        () => 'load data (cached)',
        () => ({ file: 'a' }),
      ).kinds(),
    ).toEqual([]);
    expect(
      loop(
        () => 'load data',
        () => ({ file: 'a' }),
        1,
      ).kinds(),
    ).toEqual([]);
  });

  it('counts a load within a load once', () => {
    const run = traceOf(1000, (trace, root) => {
      for (let i = 0; i < 4; i += 1) {
        const attributes = { path: 'm.bin' };
        const outer = trace.span('load model', i * 200, 100, { parent: root, attributes });
        trace.span('open file', i * 200, 60, { parent: outer, attributes });
      }
    });
    const findings = run.findings().filter(({ kind }) => kind === 'repeated-load');
    expect(findings).toHaveLength(1);
    expect(findings[0]?.count).toBe(4);
  });

  it('counts loads that only an account tells of', () => {
    const run = traceOf(1000, (trace) => {
      trace.builder.addWork('voice', { loads: { 'audio:talk': 12, 'model:small': 1 } });
    });
    expect(run.findings()).toMatchObject([
      { kind: 'repeated-load', count: 12, wastedSeconds: null },
    ]);
  });
});

describe('repeated-decode', () => {
  it('is told by the seconds where parts have no name', () => {
    const run = traceOf(2000, (trace) => {
      const root = trace.span('run', 0, 2000, { attributes: { 'earshot.audio_seconds': 600 } });
      for (let i = 0; i < 5; i += 1) {
        trace.span('decode part', i * 300, 200, {
          parent: root,
          attributes: { 'audio.seconds': 600, part: i },
        });
      }
    });
    const [finding] = run.findings();
    expect(finding).toMatchObject({ kind: 'repeated-decode', count: 5 });
    expect(finding?.wastedSeconds).toBeCloseTo(0.8, 6);
  });

  it('keeps silent where the parts add up to the input', () => {
    const run = traceOf(2000, (trace) => {
      const root = trace.span('run', 0, 2000, { attributes: { 'earshot.audio_seconds': 600 } });
      for (let i = 0; i < 5; i += 1) {
        trace.span('decode part', i * 300, 200, {
          parent: root,
          attributes: { 'audio.seconds': 120, part: i },
        });
      }
    });
    expect(run.kinds()).toEqual([]);
  });
});

describe('diagnose', () => {
  it('is linear in the spans: many loads, batches and failures in one run', () => {
    const run = traceOf(200_000, (trace, root) => {
      for (let i = 0; i < 150_000; i += 1) {
        const attributes = { 'file.path': 'a.wav', 'batch.size': 1 + (i % 3) };
        trace.span('load data', i, 0.9, { parent: root, attributes });
      }
    });
    expect(run.findings()[0]).toMatchObject({ kind: 'repeated-load', count: 150_000 });
  });

  it('gives the same findings for the same run', () => {
    const run = loop(
      () => 'load data',
      () => ({ file: 'a' }),
    );
    expect(run.findings()).toEqual(run.findings());
  });
});
