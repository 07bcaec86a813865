import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { z } from 'zod';
import * as chart from '../../../../src/protocol/chartMessages.ts';
import type { ChartHeader } from '../../../../src/protocol/chart.ts';
import type { IngestEvent } from '../../../../src/protocol/ingest.ts';
import { MESSAGES } from '../../../../src/protocol/messages.ts';
import * as panel from '../../../../src/protocol/panelMessages.ts';
import {
  type NotificationType,
  type RequestType,
  RpcConnection,
} from '../../../../src/protocol/rpc.ts';
import type { CancelSignal } from '../../../../src/protocol/rpcCancellation.ts';
import { ListRuns, RunsChanged } from '../../../../src/protocol/runMessages.ts';
import { PanelHost } from '../../../../src/extension/panels/panelHost.ts';
import {
  configuration,
  EventEmitter,
  type FakePanel,
  FakePanel as Panel,
  listening,
  panels,
  resetVscode,
  settings,
  shown,
  Uri,
} from './fakeVscode.ts';

vi.mock('vscode', () => import('./fakeVscode.ts'));

interface Asked {
  readonly method: string;
  readonly params: unknown;
  readonly signal: CancelSignal | undefined;
}

/** A worker that answers as a test says, and remembers what it was asked. */
class FakeWorker {
  isLive = true;
  readonly asked: Asked[] = [];
  readonly answers = new Map<string, (params: never) => unknown>();

  request<P extends z.ZodType, R extends z.ZodType>(
    { method }: RequestType<P, R>,
    params: z.input<P>,
    signal?: CancelSignal,
  ): Promise<z.output<R>> {
    this.asked.push({ method, params, signal });
    const answer = this.answers.get(method) as ((params: unknown) => unknown) | undefined;
    return Promise.resolve(answer?.(params) ?? {}) as Promise<z.output<R>>;
  }

  of(method: string): unknown[] {
    return this.asked.filter((each) => each.method === method).map(({ params }) => params);
  }
}

const events = {
  progress: new EventEmitter<{ operation: string; fraction: number | null; text: string }>(),
  changed: new EventEmitter<{ chart: string; revision: number }>(),
  runs: new EventEmitter<void>(),
  restart: new EventEmitter<void>(),
  ingest: new EventEmitter<IngestEvent>(),
};
let worker: FakeWorker;
let host: PanelHost;
let transcripts: [string, number][];
let logged: string[];

const RUN = { panel: 'flame', source: { kind: 'run', id: 'r1' }, span: null, view: null } as const;
const FILE = { ...RUN, source: { kind: 'file', path: '/w/a.cpuprofile' } } as const;

beforeEach(() => {
  resetVscode();
  worker = new FakeWorker();
  let charts = 0;
  worker.answers.set('openChart', () => ({ ...HEADER, chart: `chart${(charts += 1)}` }));
  transcripts = [];
  logged = [];
  host = new PanelHost({
    extensionUri: Uri.file('/earshot') as never,
    worker,
    events: {
      onChartProgress: events.progress.event,
      onChartChanged: events.changed.event,
      onRunsChanged: events.runs.event,
      onRestart: events.restart.event,
    },
    onIngestEvent: events.ingest.event as never,
    openTranscript: (id, segment) => {
      transcripts.push([id, segment]);
      return Promise.resolve();
    },
    log: (line) => logged.push(line),
  });
  return () => host.dispose();
});

/** A page in a panel, from its first question on. */
class Page {
  readonly connection: RpcConnection;
  readonly heard: unknown[] = [];

  constructor({ webview }: FakePanel) {
    let deliver: (message: unknown) => void = () => undefined;
    const from = webview.sent.length;
    const post = webview.postMessage.bind(webview);
    webview.sent.splice(from);
    webview.postMessage = (message: unknown) => {
      deliver(message);
      return post(message);
    };
    this.connection = new RpcConnection(
      {
        send: (message) => webview.received.fire(message),
        onMessage: (listener) => (deliver = listener),
        onClose: () => undefined,
        close: () => undefined,
      },
      (problem) => this.heard.push(problem),
    );
  }

  async ready(): Promise<z.output<typeof panel.PanelReady.result>> {
    return this.connection.request(panel.PanelReady, {});
  }

  hears<P extends z.ZodType>(type: NotificationType<P>): this {
    this.connection.listen(type, (params) => this.heard.push({ [type.method]: params }));
    return this;
  }

  open(source: z.input<typeof chart.OpenChart.params>['source'] = RUN.source, operation = 'open') {
    return this.connection.request(chart.OpenChart, { operation, source });
  }
}

const last = (): FakePanel => panels.at(-1)!;

describe('a panel', () => {
  it('tells its page what to show, with the settings it follows', async () => {
    settings['earshot.chart.wheel'] = 'scroll';
    settings['workbench.reduceMotion'] = 'on';
    host.show(RUN);
    expect(await new Page(last()).ready()).toEqual({
      content: RUN,
      settings: { wheel: 'scroll', reducedMotion: true },
    });
    const page = new Page(last()).hears(panel.SettingsChanged);
    await page.ready();
    settings['earshot.chart.wheel'] = 'nonsense';
    configuration.fire({ affectsConfiguration: (key) => key === 'earshot.chart.wheel' });
    configuration.fire({ affectsConfiguration: (key) => key === 'editor.fontSize' });
    expect(page.heard).toEqual([{ 'panel/settings': { wheel: 'zoom', reducedMotion: true } }]);
  });

  it('may read nothing but its own folder, and runs only scripts of its nonce', () => {
    host.show(RUN);
    const { html, options } = last().webview;
    expect(options).toMatchObject({
      enableScripts: true,
      enableForms: false,
      localResourceRoots: [{ path: '/earshot/dist/webview' }],
    });
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)![1]!;
    const nonce = /nonce="([\w-]{22})"/.exec(html)![1]!;
    expect(policy).toBe(
      `default-src 'none'; script-src 'nonce-${nonce}'; ` +
        ['style-src', 'font-src', 'img-src']
          .map((rule) => `${rule} https://*.fake-resource.test; `)
          .join('') +
        `base-uri 'none'; form-action 'none'`,
    );
    expect(policy).not.toMatch(/unsafe|data:|\*;/);
    expect(html).toMatch(/<html lang="en">[^]*<title>Flame Chart<\/title>[^]*<main /);
    host.show({ panel: 'dashboard', series: null });
    expect(last().webview.html).not.toContain(nonce);
  });

  it('is the only one of its content: it is shown again, at the place that is asked for', async () => {
    host.show(RUN);
    const page = new Page(last()).hears(panel.ShowInPanel);
    await page.ready();
    host.show({ ...RUN, span: 7 });
    expect(panels).toHaveLength(1);
    expect(last().revealed).toBe(1);
    expect(page.heard).toEqual([{ 'panel/show': { content: { ...RUN, span: 7 } } }]);
    host.show({ ...RUN, source: { kind: 'run', id: 'r2' } });
    host.show({ panel: 'diff', a: RUN.source, b: FILE.source });
    host.show({ panel: 'diff', a: FILE.source, b: RUN.source });
    expect(panels).toHaveLength(4);
    panels[0]!.dispose();
    host.show(RUN);
    expect(panels).toHaveLength(5);
  });

  it('takes its title and content from its page, made fit for a tab', async () => {
    host.show(FILE);
    const page = new Page(last());
    await page.ready();
    const content = { ...FILE, span: 3 };
    const title = `a\u202e\n<b>\u0007 ${'x'.repeat(200)}`;
    page.connection.notify(panel.PanelShows, { title, content });
    expect(last().title).toMatch(/^a <b> x+…$/);
    expect(last().title).toHaveLength(80);
    const foreign = { ...FILE, source: { kind: 'file', path: '/etc/passwd' } } as const;
    page.connection.notify(panel.PanelShows, { title: 'Mine', content: foreign });
    expect(last().title).not.toBe('Mine');
    expect((await new Page(last()).ready()).content).toEqual(content);
  });

  it('of a file’s editor keeps the file’s name as its title', async () => {
    const editor = new Panel('earshot.profile', 'a.cpuprofile');
    host.edit(editor as never, '/w/a.cpuprofile');
    const page = new Page(editor);
    expect((await page.ready()).content).toEqual(FILE);
    page.connection.notify(panel.PanelShows, { title: 'Other', content: FILE });
    expect(editor.title).toBe('a.cpuprofile');
    host.show(FILE);
    expect([panels.length, editor.revealed]).toEqual([0, 1]);
  });
});

describe('what a page asks of the worker', () => {
  it('is passed on where it is in the list, and refused where it is not', async () => {
    worker.answers.set('listRuns', () => ({ runs: [] }));
    host.show(RUN);
    const { connection } = new Page(last());
    await connection.request(panel.PanelReady, {});
    await connection.request(ListRuns, { series: null, limit: 10 });
    expect(worker.of('listRuns')).toEqual([{ series: null, limit: 10 }]);
    const allowed = new Set<string>(panel.PANEL_REQUESTS.map(({ method }) => method));
    const others = MESSAGES.filter((each) => each.kind === 'request' && !allowed.has(each.method));
    expect(others.length).toBeGreaterThan(15);
    const before = worker.asked.length;
    for (const type of others) {
      const asked = connection.request(type as RequestType<z.ZodType, z.ZodType>, {});
      await expect(asked).rejects.toMatchObject({ code: 'rpc.unknown-method' });
    }
    await expect(
      connection.request(ListRuns, { series: 1, limit: 'x' } as never),
    ).rejects.toMatchObject({ code: 'rpc.bad-params' });
    expect(worker.asked).toHaveLength(before);
  });

  it('is cancelled when the page cancels it, and when it is hidden', async () => {
    worker.answers.set('chartSearch', () => new Promise(() => undefined));
    host.show(RUN);
    const { connection } = new Page(last());
    await connection.request(panel.PanelReady, {});
    const leave = new AbortController();
    const search = (): void => {
      const params = { chart: 'c', view: 'time', text: 'a', limit: 1 } as never;
      connection.request(chart.ChartSearch, params, leave.signal).catch(() => undefined);
    };
    search();
    await vi.waitFor(() => expect(worker.of('chartSearch')).toHaveLength(1));
    expect(worker.asked.at(-1)!.signal!.aborted).toBe(false);
    leave.abort();
    expect(worker.asked.at(-1)!.signal!.aborted).toBe(true);
    connection
      .request(chart.ChartSearch, { chart: 'c', view: 'time', text: 'b', limit: 1 } as never)
      .catch(() => undefined);
    await vi.waitFor(() => expect(worker.of('chartSearch')).toHaveLength(2));
    last().show(false);
    expect(worker.asked.at(-1)!.signal!.aborted).toBe(true);
  });

  it('tells its progress to it alone, under its own name', async () => {
    host.show(RUN);
    const first = new Page(last()).hears(chart.ChartProgress);
    await first.ready();
    host.show(FILE);
    const second = new Page(last()).hears(chart.ChartProgress);
    await second.ready();
    await first.open();
    await second.open(FILE.source);
    const [a, b] = worker.of('openChart') as { operation: string }[];
    expect(a!.operation).not.toBe(b!.operation);
    events.progress.fire({ operation: b!.operation, fraction: 0.5, text: 'Reading' });
    events.progress.fire({ operation: 'open', fraction: 0.7, text: 'Of nobody here' });
    expect(first.heard).toEqual([]);
    expect(second.heard).toEqual([
      { chartProgress: { operation: 'open', fraction: 0.5, text: 'Reading' } },
    ]);
  });

  it('opens no file that the person did not choose', async () => {
    host.show(RUN);
    const page = new Page(last());
    await page.ready();
    const path = '/etc/passwd';
    for (const asked of [
      page.open({ kind: 'file', path }),
      page.connection.request(panel.OpenPanel, {
        content: { ...RUN, source: { kind: 'file', path } },
      }),
    ]) {
      await expect(asked).rejects.toMatchObject({ code: 'panel.not-chosen' });
    }
    expect([worker.of('openChart'), panels.length]).toEqual([[], 1]);
    host.show(FILE);
    await expect(page.open(FILE.source)).resolves.toMatchObject({ chart: 'chart1' });
    await page.connection.request(panel.OpenPanel, {
      content: { panel: 'dashboard', series: null },
    });
    expect(last().viewType).toBe('earshot.dashboard');
  });
});

describe('what the worker holds for a panel', () => {
  it('is closed when the panel goes, also what comes late', async () => {
    host.show(RUN);
    const page = new Page(last());
    await page.ready();
    await page.open();
    let answer: (header: unknown) => void = () => undefined;
    worker.answers.set('openChart', () => new Promise((resolve) => (answer = resolve)));
    const late = page.open();
    late.catch(() => undefined);
    await vi.waitFor(() => expect(worker.of('openChart')).toHaveLength(2));
    last().dispose();
    expect(worker.of('closeChart')).toEqual([{ chart: 'chart1' }]);
    answer({ ...HEADER, chart: 'late' });
    await vi.waitFor(() =>
      expect(worker.of('closeChart')).toEqual([{ chart: 'chart1' }, { chart: 'late' }]),
    );
  });

  it('is closed once where the page closes it itself', async () => {
    host.show(RUN);
    const page = new Page(last());
    await page.ready();
    await page.open();
    await page.connection.request(chart.CloseChart, { chart: 'chart1' });
    last().dispose();
    expect(worker.of('closeChart')).toEqual([{ chart: 'chart1' }]);
  });

  it('is kept while the page is hidden, until the next page holds the same', async () => {
    host.show(RUN);
    const page = new Page(last());
    await page.ready();
    await page.open();
    last().show(false);
    expect(worker.of('closeChart')).toEqual([]);
    last().show(true);
    const next = new Page(last());
    await next.ready();
    await next.open();
    expect(worker.of('closeChart')).toEqual([{ chart: 'chart1' }]);
  });

  it('is forgotten with the worker, of which the page is told', async () => {
    host.show(RUN);
    const page = new Page(last()).hears(panel.WorkerRestarted).hears(chart.ChartChanged);
    await page.ready();
    await page.open();
    events.changed.fire({ chart: 'chart1', revision: 2 });
    events.changed.fire({ chart: 'other', revision: 3 });
    events.restart.fire();
    expect(page.heard).toEqual([
      { chartChanged: { chart: 'chart1', revision: 2 } },
      { 'panel/workerRestarted': {} },
    ]);
    last().dispose();
    expect(worker.of('closeChart')).toEqual([]);
  });

  it('is not asked of a worker that does not run', async () => {
    host.show(RUN);
    const page = new Page(last());
    await page.ready();
    await page.open();
    worker.isLive = false;
    last().dispose();
    expect(worker.of('closeChart')).toEqual([]);
  });
});

describe('what goes on', () => {
  it('reaches the panels that it concerns', async () => {
    const INGEST = { type: 'cancelled', id: null, source: 'x' } as const;
    host.show(RUN);
    const flame = new Page(last()).hears(RunsChanged);
    await flame.ready();
    host.show({ panel: 'dashboard', series: null });
    const dashboard = new Page(last()).hears(RunsChanged).hears(panel.PanelIngestEvent);
    await dashboard.ready();
    events.ingest.fire(INGEST);
    events.runs.fire();
    expect(flame.heard).toEqual([{ runsChanged: {} }]);
    expect(dashboard.heard).toEqual([
      { 'panel/ingestEvent': { event: INGEST } },
      { runsChanged: {} },
    ]);
  });

  it('opens transcripts, shows sentences without links, copies, and logs what fails in a page', async () => {
    host.show({ panel: 'dashboard', series: null });
    const { connection } = new Page(last());
    await connection.request(panel.PanelReady, {});
    await connection.request(panel.OpenSegment, { videoId: 'v', segment: 4 });
    expect(transcripts).toEqual([['v', 4]]);
    const message = `[here](command:workbench.action.quit)${'y'.repeat(2000)}`;
    connection.notify(panel.TellPerson, { level: 'warning', message });
    expect(shown.at(-1)).toMatchObject({ what: 'warning' });
    const text = shown.at(-1)!.value as string;
    expect([text.length <= 1001, text.includes('](')]).toEqual([true, false]);
    connection.notify(panel.PageProblem, { text: 'It broke.' });
    connection.notify({ ...panel.PageProblem, method: 'panel/unheardOf' }, { text: 'x' });
    expect(logged).toEqual([
      'page: It broke.',
      expect.stringMatching(/unknown notification panel\/unheardOf/),
    ]);
  });

  it('survives messages that are none', async () => {
    host.show(RUN);
    const page = new Page(last());
    await page.ready();
    for (const message of [null, 1, 'x', [], {}, { kind: 'request' }, { kind: 'result', id: 99 }]) {
      last().webview.received.fire(message);
    }
    expect((await page.open()).chart).toBe('chart1');
  });
});

describe('a restart', () => {
  it('brings panels back by what their pages kept, and closes those that say nothing', async () => {
    const kept: [string, unknown, unknown][] = [
      ['earshot.flame', RUN, RUN],
      ['earshot.flame', { content: FILE, zoom: 3 }, FILE],
      ['earshot.flame', { source: FILE.source, view: 'left-heavy' }, FILE],
      [
        'earshot.diff',
        { a: RUN.source, b: FILE.source, x: 1 },
        { panel: 'diff', a: RUN.source, b: FILE.source },
      ],
      ['earshot.dashboard', undefined, { panel: 'dashboard', series: null }],
      ['earshot.flame', undefined, undefined],
      ['earshot.flame', { panel: 'flame', source: { kind: 'url' } }, undefined],
      ['earshot.diff', RUN, undefined],
    ];
    for (const [viewType, state, content] of kept) {
      const restored = new Panel(viewType, '');
      host.restore(restored as never, state);
      expect(restored.webview.isGone).toBe(content === undefined);
      if (content === undefined) continue;
      const page = new Page(restored);
      expect((await page.ready()).content).toEqual(content);
      if (content === FILE) await page.open(FILE.source);
      restored.dispose();
    }
  });
});

it('leaves no listener and no chart behind after a hundred panels', async () => {
  host.show({ panel: 'dashboard', series: null });
  last().dispose();
  const before = listening.size;
  for (let cycle = 0; cycle < 100; cycle += 1) {
    host.show(RUN);
    const page = new Page(last());
    await page.ready();
    await page.open();
    last().show(false);
    last().show(true);
    last().dispose();
  }
  expect(listening.size).toBe(before);
  expect(worker.of('closeChart')).toHaveLength(100);
  host.dispose();
  expect(listening.size).toBe(0);
});

const HEADER: z.input<typeof ChartHeader> = {
  chart: 'c',
  revision: 0,
  run: {
    id: 'r1',
    name: 'r1',
    kind: 'import',
    status: 'done',
    error: null,
    series: null,
    stored: true,
    format: 'log',
    startedAt: null,
    spans: 0,
    weightsUnit: null,
    rejected: 0,
    rejections: [],
    notes: [],
  },
  extent: 0,
  leftHeavyExtent: 0,
  analysed: true,
  views: ['time'],
  tracks: [],
  leftHeavy: { id: 0, name: '', kind: 'thread', rows: 0, spans: 0, pieces: 0, flags: 0 },
  counters: [],
  names: 0,
  instants: 0,
  links: 0,
  stages: [],
  strip: [],
  findings: [],
};
