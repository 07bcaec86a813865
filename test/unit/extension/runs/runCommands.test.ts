import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { RunSummary } from '../../../../src/protocol/runMessages.ts';
import { acceptRun } from '../../../../src/extension/commands/acceptRun.ts';
import type { Command } from '../../../../src/extension/commands/command.ts';
import { compareRuns } from '../../../../src/extension/commands/compareRuns.ts';
import { removeRun } from '../../../../src/extension/commands/removeRun.ts';
import { showDashboard } from '../../../../src/extension/commands/showDashboard.ts';
import { showFlameChart } from '../../../../src/extension/commands/showFlameChart.ts';
import { answers, resetVscode, shown } from '../panels/fakeVscode.ts';

vi.mock('vscode', () => import('../panels/fakeVscode.ts'));

const run = (
  id: string,
  series: string,
  day: number,
  more: Partial<RunSummary> = {},
): RunSummary => ({
  id,
  name: series,
  kind: 'import',
  series,
  status: 'done',
  startedAt: `2026-01-0${day}T00:00:00.000Z`,
  bytes: 1,
  accepted: false,
  videoId: null,
  ...more,
});
/** The newest first, as the worker lists them. */
const RUNS = [
  run('c', 'nightly', 3),
  run('x', 'other', 2),
  run('b', 'nightly', 2, { status: 'failed' }),
  run('a', 'nightly', 1, { videoId: 'v' }),
];
const [c, x, b, a] = RUNS as [RunSummary, RunSummary, RunSummary, RunSummary];
let panels: unknown[];
let asked: [string, unknown][];

beforeEach(() => {
  resetVscode();
  panels = [];
  asked = [];
});

async function perform(command: Command, ...args: unknown[]): Promise<void> {
  const client = {
    request: ({ method }: { method: string }, params: unknown) => {
      asked.push([method, params]);
      return Promise.resolve({ runs: RUNS, runId: 'last' });
    },
  };
  await command(
    {
      client,
      panels: { show: (content: unknown) => Promise.resolve(panels.push(content)) },
    } as never,
    ...args,
  );
}

const diff = (from: RunSummary, to: RunSummary) => ({
  panel: 'diff',
  a: { kind: 'run', id: from.id },
  b: { kind: 'run', id: to.id },
});

describe('Compare Runs', () => {
  it('holds a run against the one before it of its series', async () => {
    await perform(compareRuns, c, undefined);
    await perform(compareRuns, b, [b]);
    expect(panels).toEqual([diff(b, c), diff(a, b)]);
    expect(shown).toEqual([]);
  });

  it('asks what to hold the first of a series against', async () => {
    answers['pick'] = (items: readonly { run?: RunSummary }[]) =>
      items.find((item) => item.run?.id === 'c');
    await perform(compareRuns, a);
    expect(panels).toEqual([diff(c, a)]);
  });

  it('holds the later of two selected against the earlier, and refuses more', async () => {
    await perform(compareRuns, c, [c, x]);
    expect(panels).toEqual([diff(x, c)]);
    await perform(compareRuns, c, [c, x, a]);
    expect(panels).toHaveLength(1);
    expect(shown).toEqual([{ what: 'information', value: 'Select two runs to compare.' }]);
  });

  it('asks for both from the palette, and does not offer the first again', async () => {
    const offered: (string | undefined)[][] = [];
    answers['pick'] = (items: readonly { run?: RunSummary }[]) => {
      offered.push(items.map((item) => item.run?.id));
      return items[0];
    };
    await perform(compareRuns);
    expect(offered).toEqual([
      ['c', 'x', 'b', 'a', undefined],
      ['x', 'b', 'a', undefined],
    ]);
    expect(panels).toEqual([diff(c, x)]);
  });
});

describe('the other commands of runs', () => {
  it('show the chart of a run, at a span, or of a video’s last run', async () => {
    const flame = (id: string, span: number | null) => ({
      panel: 'flame',
      source: { kind: 'run', id },
      span,
      view: null,
    });
    const video = {
      id: 'v',
      title: 't',
      source: 's',
      state: 'ready',
      stage: null,
      durationSeconds: 1,
      speakers: 1,
      coverage: 1,
      language: null,
      errorMessage: null,
      createdAt: '',
      updatedAt: '',
      lastRunId: 'r9',
    };
    await perform(showFlameChart, c);
    await perform(showFlameChart, { id: 'a', span: 5 });
    await perform(showFlameChart, video);
    await perform(showFlameChart, { ...video, lastRunId: null });
    await perform(showFlameChart, { id: 7 });
    expect(panels).toEqual([
      flame('c', null),
      flame('a', 5),
      flame('r9', null),
      flame('last', null),
    ]);
    expect(shown).toMatchObject([{ what: 'pick' }]);
  });

  it('show the dashboard of a series', async () => {
    await perform(showDashboard, { name: 'nightly', runs: [c] });
    await perform(showDashboard, x);
    await perform(showDashboard);
    expect(panels).toMatchObject([{ series: 'nightly' }, { series: 'other' }, { series: null }]);
  });

  it('offer to accept what is done, and to remove what is no video’s', async () => {
    const offered: string[][] = [];
    answers['pick'] = (items: readonly { run: RunSummary }[]) => {
      offered.push(items.map((item) => item.run.id));
      return undefined;
    };
    await perform(acceptRun);
    await perform(removeRun);
    expect(offered).toEqual([
      ['c', 'x', 'a'],
      ['c', 'x', 'b'],
    ]);
    expect(asked.map(([method]) => method)).toEqual(['listRuns', 'listRuns']);
  });

  it('remove only after a yes', async () => {
    await perform(removeRun, c);
    expect(asked).toEqual([]);
    answers['warning'] = 'Remove';
    await perform(removeRun, c);
    expect(asked).toEqual([['removeRun', { id: 'c' }]]);
  });
});
