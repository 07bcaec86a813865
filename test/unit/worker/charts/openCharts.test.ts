import { describe, expect, it, vi } from 'vitest';
import type { ChartSource } from '../../../../src/protocol/chart.ts';
import type { Run, RunStatus } from '../../../../src/profiler/model/run.ts';
import { analyseForChart } from '../../../../src/worker/charts/chartAnalysis.ts';
import { chartHeader } from '../../../../src/worker/charts/chartHeader.ts';
import type { ChartLoader } from '../../../../src/worker/charts/chartLoader.ts';
import { OpenCharts } from '../../../../src/worker/charts/openCharts.ts';
import { newBuilder } from '../../profiler/runFixture.ts';

const SOURCE: ChartSource = { kind: 'run', id: 'run-1' };

function runOf(spans: number, status: RunStatus = 'done'): Run {
  const builder = newBuilder({ kind: 'trace' });
  const track = builder.track('main', 'thread');
  for (let i = 0; i < spans; i += 1) {
    builder.addSpan({ name: `span ${i}`, startNs: i * 10, durationNs: 10, track, parent: null });
  }
  return builder.finish({ status });
}

/** A source that tests change. */
class Source implements ChartLoader {
  run = runOf(2);
  stampText = 'first';
  loads = 0;
  signals: AbortSignal[] = [];
  /** What a load waits for. */
  gate: Promise<unknown> = Promise.resolve();

  keyOf({ kind }: ChartSource): string {
    return kind;
  }

  stamp(): Promise<string> {
    return Promise.resolve(this.stampText);
  }

  async load(_source: ChartSource, signal: AbortSignal) {
    this.loads += 1;
    this.signals.push(signal);
    await this.gate;
    signal.throwIfAborted();
    return { run: this.run, series: 'series', stamp: this.stampText };
  }
}

function opened() {
  const source = new Source();
  const changes: [string, number][] = [];
  const problems: unknown[] = [];
  const clock = { ms: 1000 };
  const charts = new OpenCharts({
    loader: source,
    examine: (run) => analyseForChart(run, null, {}),
    onChanged: (handle, revision) => changes.push([handle, revision]),
    onProblem: (problem) => problems.push(problem),
    now: () => clock.ms,
  });
  const open = (signal = new AbortController().signal) => charts.open(SOURCE, signal);
  return { source, changes, problems, clock, charts, open };
}

describe('the open charts', () => {
  it('share the run of one source, and tell it apart by handle', async () => {
    const { source, charts, open } = opened();
    const [a, b] = await Promise.all([open(), open()]);
    expect(source.loads).toBe(1);
    expect(a.handle).not.toBe(b.handle);
    expect(a.model).toBe(b.model);
    charts.release(a.handle);
    await expect(charts.use(a.handle)).rejects.toMatchObject({
      code: 'chart.unknown',
      action: expect.any(String) as string,
    });
    expect((await charts.use(b.handle)).model).toBe(b.model);
    charts.release(b.handle);
    await open();
    expect(source.loads).toBe(2);
  });

  it('end a reading only when all who wait for it have given up', async () => {
    const { source, open } = opened();
    const gate = Promise.withResolvers<undefined>();
    source.gate = gate.promise;
    const [one, two] = [new AbortController(), new AbortController()];
    const first = open(one.signal);
    const second = open(two.signal);
    one.abort();
    await expect(first).rejects.toThrow('aborted');
    expect(source.signals[0]?.aborted).toBe(false);
    two.abort();
    await expect(second).rejects.toThrow('aborted');
    expect(source.signals[0]?.aborted).toBe(true);
    source.gate = Promise.resolve();
    gate.resolve(undefined);
    await expect(open()).resolves.toMatchObject({ model: expect.anything() as unknown });
    expect(source.loads).toBe(2);
  });

  it('forget a source that could not be read, and read it again', async () => {
    const { source, open } = opened();
    source.gate = Promise.reject(new Error('busy'));
    await expect(open()).rejects.toThrow('busy');
    source.gate = Promise.resolve();
    await open();
    expect(source.loads).toBe(2);
  });

  it('drop a run that nobody used for ten minutes, and read it anew by need', async () => {
    const { source, clock, charts, open, changes } = opened();
    const { handle, model } = await open();
    clock.ms += 599_000;
    charts.check();
    expect((await charts.use(handle)).model).toBe(model);
    clock.ms += 601_000;
    charts.check();
    const again = await charts.use(handle);
    expect(source.loads).toBe(2);
    expect(again.model).not.toBe(model);
    expect(again.model.run).toEqual(model.run);
    expect(again.model.marks).not.toBeNull();
    expect(changes).toEqual([]);
  });

  it('tell everybody of a file that was another one when it was read anew', async () => {
    const { source, clock, charts, open, changes } = opened();
    const { handle, model } = await open();
    clock.ms += 601_000;
    charts.check();
    source.run = { ...runOf(3), id: 'another import' };
    source.stampText = 'second';
    const again = await charts.use(handle);
    expect(changes).toEqual([[handle, 1]]);
    expect(again.model.run.spans.startNs).toHaveLength(3);
    expect(again.model.run.id).toBe(model.run.id);
  });

  it('follow a live run while it grows, not too often, until it has ended', async () => {
    const { source, clock, charts, open, changes } = opened();
    source.run = runOf(1, 'running');
    const { handle, chart } = await open();
    charts.check();
    await vi.waitFor(() => expect(source.loads).toBe(1));
    const look = async (): Promise<void> => {
      charts.check();
      await new Promise(setImmediate);
      await new Promise(setImmediate);
    };
    await look();
    expect(changes).toEqual([]);
    [source.run, source.stampText] = [runOf(5, 'running'), 'grown'];
    clock.ms += 100;
    await look();
    expect(changes).toEqual([]);
    clock.ms += 250;
    await look();
    await vi.waitFor(() => expect(changes).toEqual([[handle, 1]]));
    [source.run, source.stampText] = [runOf(6), 'ended'];
    clock.ms += 2000;
    await look();
    await vi.waitFor(() =>
      expect(changes).toEqual([
        [handle, 1],
        [handle, 2],
      ]),
    );
    expect(chart.revision).toBe(2);
    expect((await charts.use(handle)).model.run.status).toBe('done');
    clock.ms += 2000;
    source.stampText = 'whatever';
    await look();
    expect(source.loads).toBe(3);
  });

  it('keep what they have of a live run that is gone, and say so', async () => {
    const { source, clock, charts, open, problems } = opened();
    source.run = runOf(4, 'running');
    const { handle } = await open();
    source.stamp = () => Promise.reject(new Error('removed'));
    clock.ms += 1000;
    charts.check();
    await vi.waitFor(() => expect(problems).toHaveLength(1));
    expect((await charts.use(handle)).model.run.spans.startNs).toHaveLength(4);
  });

  it('show a run that cannot be looked through, say why, and try again for the next', async () => {
    const { source } = opened();
    let fails = true;
    const problems: unknown[] = [];
    const charts = new OpenCharts({
      loader: source,
      examine: (run) =>
        fails ? Promise.reject(new Error('a broken setting')) : analyseForChart(run, null, {}),
      onChanged: () => undefined,
      onProblem: (problem) => problems.push(problem),
      now: () => 0,
    });
    const signal = new AbortController().signal;
    const first = await charts.open(SOURCE, signal);
    const header = chartHeader(first);
    expect(header).toMatchObject({ analysed: true, findings: [] });
    expect(header.run.notes.join()).toContain('a broken setting');
    expect(problems).toHaveLength(1);
    fails = false;
    const second = await charts.open(SOURCE, signal);
    expect(second.chart).toBe(first.chart);
    expect(chartHeader(second).run.notes).toEqual([]);
    expect(second.chart.analysed).not.toBeNull();
  });

  it('look a large run through in a thread, and tell when that is done', async () => {
    const { source, charts, changes } = opened();
    const { Analyst } = await import('../../../../src/worker/charts/analyst.ts');
    const analyst = new Analyst();
    const large = new OpenCharts({
      loader: source,
      examine: (run, _series, signal) => analyst.analyse(run, null, {}, signal),
      onChanged: (handle, revision) => changes.push([handle, revision]),
      onProblem: (problem) => {
        throw problem;
      },
      now: () => 0,
    });
    source.run = runOf(8001);
    const { handle, chart } = await large.open(SOURCE, new AbortController().signal);
    expect(chart.analysed).toBeNull();
    await vi.waitFor(() => expect(changes).toEqual([[handle, 1]]), 15_000);
    expect(chart.analysed?.strip[0]).toMatchObject({ name: 'total' });
    expect(chart.analysed?.critical.span).toHaveLength(8001);
    await large.stop();
    await charts.stop();
  });
});
