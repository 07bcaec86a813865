import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { describe, expect, it } from 'vitest';
import { attributeOf, instantAttributes } from '../../../../src/profiler/model/attributes.ts';
import { stageSpanName } from '../../../../src/profiler/model/attributeNames.ts';
import { type Run, sourceOf, spanName, stringOf } from '../../../../src/profiler/model/run.ts';
import { decodeRun, encodeRun } from '../../../../src/profiler/model/runCodec.ts';
import { SPAN_STATUS } from '../../../../src/profiler/model/spanStatus.ts';
import type { RunRecorderOptions } from '../../../../src/profiler/recorder/recorderOptions.ts';
import { createRunRecorder } from '../../../../src/profiler/recorder/runRecorder.ts';

const code = { functionName: 'work', file: 'src/work.ts', line: 7 };

/** A clock that moves on by 10 ns at each look. */
function steppingClock() {
  let now = 1_790_000_000_000_000_123n;
  return { offsetNs: 0n, now: () => (now += 10n) };
}

function recorderFor(options: Partial<RunRecorderOptions> = {}) {
  return createRunRecorder({ name: 'talk', kind: 'ingest', environment: { cores: 2 }, ...options });
}

const indexOf = (run: Run, name: string) =>
  Array.from(run.spans.startNs, (_, i) => spanName(run, i)).indexOf(name);
const parentName = (run: Run, name: string) =>
  spanName(run, run.spans.parent[indexOf(run, name)] ?? -1);

describe('RunRecorder', () => {
  it('records spans with place, time, attributes and parents through async calls', async () => {
    const recorder = recorderFor({ clock: steppingClock() });
    const result = await recorder.span(
      stageSpanName('decode'),
      { code, attributes: { 'earshot.stage': 'decode', ratio: 0.5 } },
      async () => {
        await Promise.resolve();
        await Promise.all(
          ['a', 'b'].map((name) => recorder.span(name, { code, track: 'worker 1' }, () => name)),
        );
        return 42;
      },
    );
    const run = recorder.finish('done');
    expect(result).toBe(42);
    expect(run.status).toBe('done');
    expect(run.epochNs).toBe(1_790_000_000_000_000_133n);
    expect(parentName(run, 'a')).toBe('stage:decode');
    expect(parentName(run, 'b')).toBe('stage:decode');
    expect(parentName(run, 'stage:decode')).toBe('talk');
    const stage = indexOf(run, 'stage:decode');
    expect(attributeOf(run, stage, 'ratio')).toBe(0.5);
    expect(attributeOf(run, stage, 'code.line.number')).toBeUndefined();
    expect(sourceOf(run, run.spans.sourceId[stage] ?? 0)).toEqual({
      ...code,
      rung: 'code-attribute',
    });
    expect(run.spans.startNs[stage]).toBe(10);
    expect(run.spans.durationNs[stage]).toBe(50);
    expect(run.tracks.map(({ name, kind, lanes }) => [name, kind, lanes])).toEqual([
      ['main', 'process', 1],
      ['counters', 'counter', 0],
      ['worker 1', 'process', 2],
    ]);
    expect(run.environment.cores).toBe(2);
    expect(decodeRun(encodeRun(run))).toEqual(run);
  });

  it('marks what throws, and throws it again', async () => {
    const recorder = recorderFor();
    const failing = recorder.span('bad', { code }, () => {
      throw new RangeError('no such thing');
    });
    await expect(failing).rejects.toThrow('no such thing');
    const run = recorder.finish('failed', new Error('it failed'));
    expect(run.spans.status[indexOf(run, 'bad')]).toBe(SPAN_STATUS.error);
    expect(run.spans.status[indexOf(run, 'talk')]).toBe(SPAN_STATUS.error);
    expect(run.error).toBe('it failed');
    const event = run.instants.span.indexOf(indexOf(run, 'bad'));
    expect(stringOf(run, run.instants.textId[event] ?? 0)).toBe('exception');
    expect(instantAttributes(run, event)).toMatchObject({
      'exception.type': 'RangeError',
      'exception.message': 'no such thing',
    });
  });

  it('calls a cancellation partial, not failed', async () => {
    const recorder = recorderFor();
    const cancelled = Object.assign(new Error('stop'), { name: 'AbortError' });
    await expect(recorder.span('s', { code }, () => Promise.reject(cancelled))).rejects.toBe(
      cancelled,
    );
    const run = recorder.finish('cancelled');
    expect(run.spans.status[indexOf(run, 's')]).toBe(SPAN_STATUS.unset);
    expect(attributeOf(run, indexOf(run, 's'), 'earshot.state')).toBe('partial');
  });

  it('takes spans that another process timed', () => {
    const recorder = recorderFor();
    const stage = recorder.startSpan('stage:speech', { code });
    const startNs = recorder.clock.now() - 1_000_000_000n;
    recorder.recordSpan({
      name: 'unit',
      code,
      parent: stage,
      track: 'inference 2',
      startNs,
      endNs: startNs + 123_456_789n,
      status: 'ok',
    });
    stage.end();
    const run = recorder.finish('done');
    const unit = indexOf(run, 'unit');
    expect(run.epochNs).toBe(startNs);
    expect(run.spans.startNs[unit]).toBe(0);
    expect(run.spans.durationNs[unit]).toBe(123_456_789);
    expect(run.spans.status[unit]).toBe(SPAN_STATUS.ok);
    expect(parentName(run, 'unit')).toBe('stage:speech');
  });

  it('shows a run while it goes on', () => {
    const recorder = recorderFor();
    const span = recorder.startSpan('long', { code, attributes: { a: 1 } });
    span.addEvent('half', { share: 0.5 });
    const first = recorder.snapshot();
    expect(first.status).toBe('running');
    const open = indexOf(first, 'long');
    expect(first.spans.status[open]).toBe(SPAN_STATUS.open);
    expect(first.spans.durationNs[open]).toBeGreaterThan(0);
    expect(attributeOf(first, open, 'a')).toBe(1);
    expect(first.instants.timeNs).toHaveLength(1);
    recorder.snapshot();
    span.end();
    const run = recorder.finish('done');
    expect(run.instants.timeNs).toHaveLength(1);
    expect(run.attributes.span).toHaveLength(1);
    expect(run.spans.status[indexOf(run, 'long')]).toBe(SPAN_STATUS.unset);
    expect(recorder.snapshot()).toBe(run);
  });

  it('marks spans that nobody ended as open and goes on silently after the end', async () => {
    const recorder = recorderFor();
    const forgotten = recorder.startSpan('forgotten', { code });
    const run = recorder.finish('done');
    expect(run.spans.status[indexOf(run, 'forgotten')]).toBe(SPAN_STATUS.open);
    expect(run.spans.status[indexOf(run, 'talk')]).toBe(SPAN_STATUS.unset);
    forgotten.end();
    expect(await recorder.span('late', { code }, () => 'still works')).toBe('still works');
    recorder.log('info', 'late');
    expect(() => recorder.finish('done')).toThrow(
      expect.objectContaining({ code: 'recorder.finished' }),
    );
  });

  it('keeps counters, log lines, work, loads, ledgers and the environment', async () => {
    const recorder = recorderFor();
    recorder.counter('earshot.memory.tree', 'By', 100);
    recorder.counter('earshot.memory.tree', 'By', 200);
    recorder.counter('earshot.memory.tree', 'By', Number.NaN);
    recorder.work('text-embedding', {
      unit: 'texts',
      itemsIn: 3,
      itemsOut: 2,
      dropped: { empty: 1 },
    });
    recorder.work('text-embedding', { itemsIn: 2, itemsOut: 2, batchSize: 32, deviceUsed: 'cpu' });
    await recorder.span(
      'stage:x',
      { code, attributes: { 'earshot.stage': 'text-embedding' } },
      () => {
        recorder.countLoad('model:minilm');
        recorder.log('warn', 'slow');
      },
    );
    recorder.countLoad('audio:1');
    recorder.ledger({ name: 'audio', unit: 'seconds', total: 0, buckets: [] });
    recorder.environment({ inputHash: 'abc' });
    const run = recorder.finish('done');
    expect(run.counters).toMatchObject([{ name: 'earshot.memory.tree', unit: 'By' }]);
    expect(Array.from(run.counters[0]?.values ?? [])).toEqual([100, 200]);
    expect(run.provenance.droppedSamples).toBe(1);
    expect(run.work).toEqual([
      {
        stage: 'text-embedding',
        unit: 'texts',
        itemsIn: 5,
        itemsOut: 4,
        dropped: { empty: 1 },
        audioSeconds: null,
        deviceAsked: null,
        deviceUsed: 'cpu',
        batchSize: 32,
        loads: { 'model:minilm': 1 },
      },
      expect.objectContaining({ stage: 'run', loads: { 'audio:1': 1 } }),
    ]);
    expect(run.instants.span[0]).toBe(indexOf(run, 'stage:x'));
    expect(run.environment).toMatchObject({ cores: 2, inputHash: 'abc' });
    expect(run.ledgers).toHaveLength(1);
  });

  it('sends the same spans to anybody else, with the same ids', async () => {
    const exporter = new InMemorySpanExporter();
    const recorder = recorderFor({ extraProcessors: [new SimpleSpanProcessor(exporter)] });
    await recorder.span('a', { code }, () => undefined);
    const run = recorder.finish('done');
    const sent = exporter.getFinishedSpans();
    expect(sent.map(({ name }) => name)).toEqual(['a', 'talk']);
    expect(sent[0]?.attributes).toMatchObject({
      'code.file.path': 'src/work.ts',
      'code.function.name': 'work',
      'code.line.number': 7,
    });
    expect(sent[0]?.spanContext().traceId).toBe(run.traceId);
    const id = run.spanIds?.[indexOf(run, 'a')] ?? 0n;
    expect(sent[0]?.spanContext().spanId).toBe(id.toString(16).padStart(16, '0'));
    await recorder.shutdown();
  });

  it('stays within its limits and counts what it leaves out', async () => {
    const recorder = recorderFor({ limits: { maxSpans: 3, maxInstants: 2, maxSamples: 1 } });
    await recorder.span('outer', { code }, async () => {
      await recorder.span('kept', { code }, () => undefined);
      await recorder.span('dropped', { code }, () =>
        recorder.span('below', { code }, () => undefined),
      );
    });
    for (let i = 0; i < 3; i += 1) {
      recorder.log('info', `line ${i}`);
      recorder.counter('c', '1', i);
    }
    const run = recorder.finish('done');
    expect(run.spans.startNs).toHaveLength(3);
    expect(run.provenance).toMatchObject({
      droppedSpans: 2,
      droppedInstants: 1,
      droppedSamples: 2,
    });
  });

  it('costs less than 20 µs of CPU a span', () => {
    const recorder = recorderFor();
    const attributes = { 'earshot.unit': 'clip', items: 3 };
    const record = (count: number) => {
      const began = process.cpuUsage();
      for (let i = 0; i < count; i += 1) {
        recorder.startSpan('unit', { code, attributes }).end();
      }
      const { user, system } = process.cpuUsage(began);
      return (user + system) / count;
    };
    record(5000);
    const best = Math.min(...Array.from({ length: 15 }, () => record(2000)));
    expect(best).toBeLessThan(20);
  });
});
