import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as charts from '../../../../src/protocol/chartMessages.ts';
import type { ChartHeader, ChartSource } from '../../../../src/protocol/chart.ts';
import { RpcConnection } from '../../../../src/protocol/rpc.ts';
import { portTransport } from '../../../../src/protocol/rpcTransport.ts';
import {
  SPAN_FLAG,
  decodeCounter,
  decodeInstants,
  decodeLinks,
  decodeOverview,
  decodePiece,
  decodeSpans,
} from '../../../../src/profiler/chart/chartColumns.ts';
import { RunBuilder } from '../../../../src/profiler/model/runBuilder.ts';
import { decodeRun } from '../../../../src/profiler/model/runCodec.ts';
import { SPAN_STATUS } from '../../../../src/profiler/model/spanStatus.ts';
import type { Run } from '../../../../src/profiler/model/run.ts';
import { consolidateLiveRun, liveClaim } from '../../../../src/runs/liveRun.ts';
import { type Library, openLibraryAt } from '../../../../src/store/library.ts';
import { createChartsService } from '../../../../src/worker/charts/chartsService.ts';
import { errorReport } from '../../../../src/worker/errorReport.ts';
import type { WorkerService } from '../../../../src/worker/workerContext.ts';
import { temporaryHome } from '../../../helpers/temporaryHome.ts';
import { newBuilder } from '../../profiler/runFixture.ts';

const FIXTURES = resolve(import.meta.dirname, '../../../fixtures/profiles');
const MS = 1e6;

let home: ReturnType<typeof temporaryHome>;
let library: Library;
let service: WorkerService;
let asker: RpcConnection;
let progress: string[];
let changes: number[];
let workspace: string | undefined;

beforeEach(() => {
  home = temporaryHome();
  library = openLibraryAt(join(home.path, 'library.sqlite'));
  workspace = undefined;
  progress = [];
  changes = [];
  const { port1, port2 } = new MessageChannel();
  service = createChartsService({
    connection: new RpcConnection(portTransport(port2), () => undefined, errorReport),
    library: () => library,
    options: () => ({ workspace }),
    log: () => undefined,
  });
  asker = new RpcConnection(portTransport(port1), () => undefined);
  asker.listen(charts.ChartProgress, ({ operation }) => progress.push(operation));
  asker.listen(charts.ChartChanged, ({ revision }) => changes.push(revision));
});
afterEach(async () => {
  await service.stop?.();
  asker.dispose();
  library.close();
  home[Symbol.dispose]();
});

const open = (source: ChartSource): Promise<ChartHeader> =>
  asker.request(charts.OpenChart, { operation: 'open', source });

/** A job with a failing step, a log line, a counter, a link, and a place in a source. */
function jobRun(): Run {
  const builder = new RunBuilder({
    ...{ id: 'job-1', name: 'job', kind: 'trace', epochNs: 1_790_000_000_000_000_000n },
    provenance: { client: 'test', version: '1', format: 'otlp-json' },
  });
  const main = builder.track('job', 'process');
  const worker = builder.track('job / worker', 'thread');
  const source = builder.source({ file: 'src/job.py', line: 2, rung: 'frame' });
  const root = builder.addSpan({
    ...{ name: 'run_job', startNs: 0, durationNs: 100 * MS, track: main, parent: null },
    ...{ source, attributes: { items: 3 } },
  });
  const load = builder.addSpan({
    ...{ name: 'load', startNs: 10 * MS, durationNs: 20 * MS, track: main, parent: root },
  });
  const step = builder.addSpan({
    ...{ name: 'step', startNs: 40 * MS, durationNs: 50 * MS, track: worker, parent: root },
    status: SPAN_STATUS.error,
  });
  builder.addLink(load, step);
  builder.addSample('memory', 'By', main, 5 * MS, 7);
  builder.addInstant({
    ...{ kind: 'log', level: 'error', text: 'it broke', timeNs: 80 * MS },
    ...{ span: step, track: worker },
  });
  return builder.finish({ status: 'done' });
}

const STORED: ChartSource = { kind: 'run', id: 'job-1' };

describe('a chart of a run of the library', () => {
  it('tells everything that a panel needs first, with the analysis', async () => {
    library.profiles.put(jobRun(), 'jobs');
    const header = await open(STORED);
    expect(header).toMatchObject({
      revision: 0,
      run: { id: 'job-1', series: 'jobs', stored: true, spans: 3, weightsUnit: null },
      extent: 100 * MS,
      views: ['time', 'left-heavy', 'sandwich'],
      tracks: [
        { name: 'job', kind: 'process', rows: 2, spans: 2, pieces: 1 },
        { name: 'job / worker', kind: 'thread', rows: 1, spans: 1, pieces: 1 },
      ],
      leftHeavy: { id: 0, rows: 2, spans: 3, pieces: 1 },
      counters: [{ index: 0, name: 'memory', unit: 'By', trackId: 0, points: 1, min: 7, max: 7 }],
      ...{ names: 3, instants: 1, links: 1, analysed: true },
    });
    expect(header.run.startedAt).toBe(new Date(1_790_000_000_000).toISOString());
    expect(header.strip[0]).toMatchObject({ name: 'total', title: 'Total', value: 0.1, unit: 's' });
    expect(header.tracks[1]?.flags).toBe(SPAN_FLAG.error | SPAN_FLAG.critical);
    expect(await asker.request(charts.GetChartHeader, { chart: header.chart })).toEqual(header);
  });

  it('answers in columns', async () => {
    library.profiles.put(jobRun());
    const { chart } = await open(STORED);
    const { names, next } = await asker.request(charts.ChartNames, { chart, from: 0 });
    expect([names, next]).toEqual([['run_job', 'load', 'step'], null]);
    const view = 'time' as const;
    const piece = decodePiece(
      (await asker.request(charts.ChartPiece, { chart, view, track: 0, piece: 0 })).bytes,
    );
    expect([...piece.start]).toEqual([0, 10 * MS]);
    expect([...piece.row]).toEqual([0, 1]);
    const bands = await asker.request(charts.ChartOverview, { chart, view, buckets: 10 });
    expect(decodeOverview(bands.bytes).busy).toHaveLength(20);
    const instants = await asker.request(charts.ChartInstants, { chart, limit: 5 });
    expect(decodeInstants(instants.bytes)).toMatchObject({ span: Uint32Array.of(3) });
    const texts = await asker.request(charts.ChartInstantTexts, { chart, instants: [0, 99] });
    expect(texts).toEqual({ texts: ['it broke', ''] });
    const points = await asker.request(charts.ChartCounterPoints, { chart, counter: 0, points: 2 });
    expect([...decodeCounter(points.bytes).value]).toEqual([7]);
    const links = await asker.request(charts.ChartLinks, { chart, limit: 5 });
    expect(decodeLinks(links.bytes)).toMatchObject({
      fromTime: Float64Array.of(30 * MS),
      toTrack: Uint32Array.of(1),
    });
    const hits = await asker.request(charts.ChartSearch, { chart, text: 'STEP', limit: 5 });
    expect([...decodeSpans(hits.spans)]).toEqual([2]);
  });

  it('tells of a span, of totals, of the critical path and of a stretch of time', async () => {
    library.profiles.put(jobRun());
    const { chart } = await open(STORED);
    const span = await asker.request(charts.ChartSpan, { chart, view: 'time', span: 2 });
    expect(span).toMatchObject({
      ...{ name: 'step', trackId: 1, row: 0, status: 'error', self: 50 * MS },
      ancestors: [{ span: 0, name: 'run_job' }],
      events: [{ timeNs: 80 * MS, text: 'it broke', level: 'error' }],
      links: [{ span: 1, name: 'load', direction: 'from' }],
      sameName: { count: 1, total: 50 * MS, median: 50 * MS, max: 50 * MS },
    });
    const root = await asker.request(charts.ChartSpan, { chart, view: 'time', span: 0 });
    expect(root.source).toEqual({ file: 'src/job.py', line: 2, column: null, rung: 'frame' });
    expect(root.attributes).toEqual([{ key: 'items', value: '3' }]);
    const node = await asker.request(charts.ChartSpan, { chart, view: 'left-heavy', span: 0 });
    expect(node).toMatchObject({ name: 'run_job', row: 0 });
    const { functions } = await asker.request(charts.ChartFunctions, { chart, limit: 2 });
    expect(functions.map(({ name }) => name)).toEqual(['step', 'run_job']);
    const sandwich = await asker.request(charts.ChartSandwich, { chart, nameId: 2 });
    expect(decodePiece(sandwich.callers).name).toHaveLength(2);
    const { steps, totalNs } = await asker.request(charts.ChartCriticalPath, { chart });
    expect(steps.map(({ name }) => name)).toEqual(['run_job', 'load', 'step', 'run_job']);
    expect(totalNs).toBe(90 * MS);
    const stretch = { chart, from: 20 * MS, to: 50 * MS, tracks: [0], limit: 9 };
    const within = await asker.request(charts.ChartAggregate, stretch);
    expect(within).toMatchObject({ spans: 2, busy: 30 * MS });
  });

  it('sends very many and very long names in pages, and cuts them', async () => {
    const builder = newBuilder({ id: 'job-1' });
    const track = builder.track('t'.repeat(20_000), 'thread');
    for (let i = 0; i < 500; i += 1) {
      const name = `${i} ${'<script>'.repeat(3000)}`;
      builder.addSpan({ name, startNs: i, durationNs: 1, track, parent: null });
    }
    library.profiles.put(builder.finish({ status: 'done' }));
    const { chart, tracks, names: all } = await open(STORED);
    expect(tracks[0]?.name).toHaveLength(10_001);
    const names: string[] = [];
    let pages = 0;
    for (let from: number | null = 0; from !== null; pages += 1) {
      const page: { names: string[]; next: number | null } = await asker.request(
        charts.ChartNames,
        { chart, from },
      );
      names.push(...page.names);
      from = page.next;
    }
    expect(pages).toBeGreaterThan(3);
    expect(names).toHaveLength(all);
    expect(names.map((name) => Number.parseInt(name, 10))).toEqual([...Array(500).keys()]);
    const { functions } = await asker.request(charts.ChartFunctions, { chart, limit: 1000 });
    for (const { name } of functions) expect(name).toHaveLength(10_001);
  });

  it('refuses what there is not, by code', async () => {
    library.profiles.put(jobRun());
    const { chart } = await open(STORED);
    const bad = [
      asker.request(charts.ChartPiece, { chart, view: 'time', track: 9, piece: 0 }),
      asker.request(charts.ChartSpan, { chart, view: 'time', span: 9 }),
      asker.request(charts.ChartSandwich, { chart, nameId: 9 }),
      asker.request(charts.ChartCounterPoints, { chart, counter: 9, points: 2 }),
      asker.request(charts.LocateInChart, { chart, span: 9, finding: null }),
    ];
    for (const each of await Promise.allSettled(bad)) {
      expect(each).toMatchObject({ status: 'rejected', reason: { code: 'chart.not-there' } });
    }
    await asker.request(charts.CloseChart, { chart });
    await expect(asker.request(charts.GetChartHeader, { chart })).rejects.toMatchObject({
      code: 'chart.unknown',
      action: expect.stringContaining('again') as string,
    });
    await expect(open({ kind: 'run', id: 'none' })).rejects.toMatchObject({
      code: 'run.not-found',
    });
  });
});

describe('a chart of a run that is being received', () => {
  const spanBody = (name: string, startMs: number): Buffer => {
    const at = 1_790_000_000_000n + BigInt(startMs);
    const span = {
      ...{ traceId: '5b8efff798038103d269b633813fc60c', name, kind: 1 },
      spanId: startMs.toString(16).padStart(16, '0'),
      startTimeUnixNano: `${at}000000`,
      endTimeUnixNano: `${at + 10n}000000`,
    };
    return Buffer.from(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }));
  };
  const receive = (ordinal: number, name: string): void => {
    const piece = { signal: 'traces', contentType: 'application/json', receivedAt: 0 };
    const body = spanBody(name, 100 * (ordinal + 1));
    library.livePieces.append('live-1', ordinal, [{ ...piece, body }]);
  };

  it('grows, is told of, and ends', async () => {
    const startedAt = new Date(1_790_000_000_000).toISOString();
    library.livePieces.begin({ id: 'live-1', name: 'live', series: 'live', startedAt });
    library.claims.take(liveClaim('live-1'));
    receive(0, 'first');
    const source: ChartSource = { kind: 'run', id: 'live-1' };
    const header = await open(source);
    expect(header.run).toMatchObject({ status: 'running', spans: 1 });
    receive(1, 'second');
    await vi.waitFor(() => {
      service.check?.();
      expect(changes).toEqual([1]);
    });
    const { chart } = header;
    const grown = await asker.request(charts.GetChartHeader, { chart });
    expect(grown).toMatchObject({ revision: 1, run: { status: 'running', spans: 2 } });
    const summary = library.profiles.find('live-1');
    await consolidateLiveRun(library, summary, { status: 'done' });
    library.claims.release(liveClaim('live-1'));
    await vi.waitFor(() => {
      service.check?.();
      expect(changes).toEqual([1, 2]);
    });
    const ended = await asker.request(charts.GetChartHeader, { chart });
    expect(ended).toMatchObject({ revision: 2, run: { status: 'done', spans: 2 } });
  });
});

describe('a chart of a file', () => {
  const FILES = [
    'chrome/tracing-chrome.json',
    'chrome/viztracer.json',
    'cprofile/program.prof',
    'go/cpu.pb.gz',
    'hyperfine/results.json',
    'logs/python-default.log',
    'node/program.cpuprofile',
    'node-pprof/wall.pb.gz',
    'otlp/java-logging-exporter.log',
    'perf/program.perf.txt',
    'pprof-rs/cpu.pb',
    'py-spy/program.collapsed.txt',
    'py-spy/program.speedscope.json',
    'pytest-benchmark/results.json',
    'samply/program.json',
  ];

  it.each(FILES)('opens %s, every span in exactly one piece', async (name) => {
    const header = await open({ kind: 'file', path: join(FIXTURES, name) });
    const { chart, tracks, leftHeavy, run } = header;
    expect(run.stored).toBe(false);
    const seen = new Set<number>();
    for (const track of tracks) {
      for (let piece = 0; piece < track.pieces; piece += 1) {
        const asked = { chart, view: 'time' as const, track: track.id, piece };
        const { bytes } = await asker.request(charts.ChartPiece, asked);
        for (const span of decodePiece(bytes).span) seen.add(span);
      }
    }
    expect(seen.size).toBe(header.views.includes('time') ? run.spans : 0);
    expect(tracks.reduce((sum, { spans }) => sum + spans, 0)).toBe(seen.size);
    const asked = { chart, view: 'left-heavy' as const, track: 0, piece: 0 };
    const nodes = decodePiece((await asker.request(charts.ChartPiece, asked)).bytes);
    expect(nodes.span).toHaveLength(Math.min(leftHeavy.spans, 131_072));
  });

  it('offers no time axis for a run without times', async () => {
    const header = await open({ kind: 'file', path: join(FIXTURES, 'go/heap.pb.gz') });
    expect(header).toMatchObject({ views: ['left-heavy', 'sandwich'], tracks: [], stages: [] });
    expect(header.run.weightsUnit).not.toBeNull();
    expect(header.extent).toBe(header.leftHeavyExtent);
    expect(header.strip).toEqual([]);
    expect(progress).toContain('open');
    await expect(
      asker.request(charts.ExportChart, {
        ...{ chart: header.chart, format: 'otlp', path: join(home.path, 'x.json') },
      }),
    ).rejects.toMatchObject({ code: 'export.no-time' });
  });

  it('is refused where its path is relative, is none, or is no profile', async () => {
    await expect(open({ kind: 'file', path: 'a.json' })).rejects.toMatchObject({
      code: 'chart.relative-path',
    });
    await expect(
      open({ kind: 'file', path: join(home.path, 'missing.json') }),
    ).rejects.toMatchObject({ code: 'import.not-found' });
  });

  it('stops when it is cancelled', async () => {
    const path = join(home.path, 'big.json');
    const row = JSON.stringify({ ph: 'X', name: 'a', ts: 1, dur: 1, pid: 1, tid: 1 });
    writeFileSync(path, `[${Array(60_000).fill(row).join(',')}]`);
    const stop = new AbortController();
    const opening = asker.request(
      charts.OpenChart,
      { operation: 'big', source: { kind: 'file', path } },
      stop.signal,
    );
    stop.abort();
    await expect(opening).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('is kept in the library once, and says so', async () => {
    const path = join(FIXTURES, 'chrome/tracing-chrome.json');
    const { chart } = await open({ kind: 'file', path });
    const { runId } = await asker.request(charts.KeepChart, { chart });
    expect(await asker.request(charts.KeepChart, { chart })).toEqual({ runId });
    expect(library.profiles.list().map(({ id }) => id)).toEqual([runId]);
    const header = await asker.request(charts.GetChartHeader, { chart });
    expect(header.run).toMatchObject({ id: runId, stored: true });
  });
});

describe('the export of a chart', () => {
  it('writes each format, and a run that is the same again', async () => {
    library.profiles.put(jobRun());
    const { chart } = await open(STORED);
    const write = async (format: 'speedscope' | 'chrome' | 'otlp' | 'md' | 'run') => {
      const path = join(home.path, `out.${format}`);
      const { bytes } = await asker.request(charts.ExportChart, { chart, format, path });
      const content = readFileSync(path);
      expect(content).toHaveLength(bytes);
      return content;
    };
    expect((await write('md')).toString()).toContain('# job');
    expect(decodeRun(await write('run'))).toEqual(jobRun());
    for (const format of ['speedscope', 'chrome', 'otlp'] as const) {
      await write(format);
      const again = await open({ kind: 'file', path: join(home.path, `out.${format}`) });
      expect(again.run.spans).toBe(3);
      expect(again.extent).toBe(100 * MS);
    }
    await expect(
      asker.request(charts.ExportChart, { chart, format: 'run', path: 'relative' }),
    ).rejects.toMatchObject({ code: 'chart.relative-path' });
  });
});

describe('the line of a span', () => {
  const locate = (chart: string, span: number) =>
    asker.request(charts.LocateInChart, { chart, span, finding: null });

  it('is found in the workspace by the ladder, as an absolute path', async () => {
    workspace = join(home.path, 'project');
    mkdirSync(join(workspace, 'src'), { recursive: true });
    writeFileSync(join(workspace, 'src/job.py'), 'import os\ndef run_job():\n    load()\n');
    writeFileSync(join(workspace, 'src/load.py'), 'def load():\n    pass\n');
    const builder = new RunBuilder({
      ...{ id: 'job-1', name: 'job', kind: 'trace', epochNs: 0n },
      provenance: { client: 'test', version: '1', format: 'otlp-json' },
    });
    const track = builder.track('main', 'thread');
    const stated = builder.source({ file: 'src/job.py', line: 2, column: 5, rung: 'frame' });
    const outside = builder.source({ file: '/etc/passwd', line: 1, rung: 'frame' });
    const above = builder.source({ file: '../secret.py', line: 1, rung: 'frame' });
    for (const [name, source] of [
      ['a', stated],
      ['load', 0],
      ['c', outside],
      ['d', above],
      ['nothing like it', 0],
    ] as const) {
      const span = { name, startNs: 0, durationNs: MS, track, parent: null };
      builder.addSpan(source === 0 ? span : { ...span, source });
    }
    library.profiles.put(builder.finish({ status: 'done' }));
    const { chart } = await open(STORED);
    const index = new Map<string, number>();
    for (let span = 0; span < 5; span += 1) {
      const { name } = await asker.request(charts.ChartSpan, { chart, view: 'time', span });
      index.set(name, span);
    }
    const of = (name: string) => locate(chart, index.get(name) ?? -1);
    expect(await of('a')).toEqual({
      ...{ found: true, path: join(workspace, 'src/job.py'), line: 2, column: 5, rung: 'frame' },
    });
    expect(await of('load')).toEqual({
      ...{ found: true, path: join(workspace, 'src/load.py'), line: 1, column: null },
      rung: 'symbol',
    });
    for (const name of ['c', 'd']) {
      expect(await of(name)).toMatchObject({
        found: false,
        reason: expect.stringContaining('not in the workspace') as string,
      });
    }
    expect(await of('nothing like it')).toMatchObject({ found: false });
  });

  it('is not looked for without a folder', async () => {
    library.profiles.put(jobRun());
    const { chart } = await open(STORED);
    expect(await locate(chart, 0)).toMatchObject({
      found: false,
      reason: expect.stringContaining('no trusted folder') as string,
    });
  });
});
