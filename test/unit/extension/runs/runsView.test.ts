import { describe, expect, it, vi } from 'vitest';
import type { RunSummary } from '../../../../src/protocol/runMessages.ts';
import { chooseSource } from '../../../../src/extension/runs/chooseRun.ts';
import { RunList } from '../../../../src/extension/runs/runList.ts';
import {
  runContext,
  runIcon,
  runItem,
  runTooltip,
} from '../../../../src/extension/runs/runLabels.ts';
import { RunsView } from '../../../../src/extension/runs/runsView.ts';
import { answers, EventEmitter, listening, shown, Uri } from '../panels/fakeVscode.ts';

vi.mock('vscode', () => import('../panels/fakeVscode.ts'));

const RUN: RunSummary = {
  id: 'r1',
  name: 'nightly',
  kind: 'import',
  series: 'nightly',
  status: 'done',
  startedAt: '2026-01-02T03:04:05.000Z',
  bytes: 2048,
  accepted: false,
  videoId: null,
};
const HOSTILE = '$(trash) [x](command:y)\n<img src=x onerror=alert(1)>\u202e\u0007**b**';

function listOf(runs: readonly RunSummary[]) {
  const changed = new EventEmitter<void>();
  let asks = 0;
  const worker = {
    isLive: true,
    request: () => {
      asks += 1;
      return Promise.resolve({ runs } as never);
    },
  };
  return { changed, worker, list: new RunList(worker, changed.event), asks: () => asks };
}

describe('the Runs view', () => {
  it('groups runs by series, that of the newest first; one alone stands by itself', async () => {
    const runs = [
      { ...RUN, id: 'c', series: 'b' },
      { ...RUN, id: 'b' },
      { ...RUN, id: 'a', accepted: true },
    ];
    const { list } = listOf(runs);
    const view = new RunsView(list);
    const top = await view.getChildren();
    expect(top.map((node) => ('runs' in node ? node.name : node.id))).toEqual(['c', 'nightly']);
    const [, series] = top;
    const below = await view.getChildren(series);
    expect(below.map((node) => 'id' in node && node.id)).toEqual(['b', 'a']);
    expect(view.getParent(below[0]!)).toBe(series);
    expect(view.getParent(top[0]!)).toBeUndefined();
    expect(await view.getChildren(below[0])).toEqual([]);
    expect(view.getTreeItem(top[0]!)).toMatchObject({
      label: 'nightly',
      contextValue: 'run.done.open.own',
      command: { command: 'earshot.showFlameChart' },
    });
    expect(view.getTreeItem(below[1]!)).toMatchObject({
      description: 'accepted',
      accessibilityInformation: { label: expect.stringMatching(/^nightly, done, accepted, /) },
    });
    expect(view.getTreeItem(series!)).toMatchObject({ description: '2 runs', collapsibleState: 1 });
  });

  it('asks once until the runs change, and not at all where nobody looks', async () => {
    const before = listening.size;
    const { list, changed, asks } = listOf([RUN]);
    const view = new RunsView(list);
    let told = 0;
    view.onDidChangeTreeData(() => (told += 1));
    changed.fire();
    expect([asks(), told]).toEqual([0, 0]);
    await view.getChildren();
    await view.getChildren();
    expect(asks()).toBe(1);
    changed.fire();
    await view.getChildren();
    expect([asks(), told]).toEqual([2, 1]);
    view.dispose();
    list.dispose();
    expect(listening.size).toBe(before);
  });

  it('shows names from outside as text', () => {
    const run = { ...RUN, name: HOSTILE, series: HOSTILE, status: '<b>', kind: '[k](command:z)' };
    const { label, description, detail } = runItem(run);
    // VS Code draws `$(name)` as an icon: only the one that stands for the state is one.
    expect([...`${label}${detail}`.matchAll(/\$\(/g)]).toHaveLength(1);
    expect(`${label}${description}${detail}`).not.toMatch(/[\n\u0007\u202e]/u);
    const tooltip = runTooltip(run);
    expect(tooltip.replace(/\\./g, '')).not.toMatch(/[<>[\]`]|\]\(/);
    expect(tooltip).not.toMatch(/(?<!\\)\$\(/);
    const { list } = listOf([]);
    const item = new RunsView(list).getTreeItem(run);
    expect(item.label).not.toMatch(/\n/);
  });

  it('tells states apart by icon and context', () => {
    const states = ['done', 'failed', 'cancelled', 'interrupted', 'running', 'unheard-of'];
    const icons = states.map((status) => runIcon({ ...RUN, status })[0]);
    expect(new Set(icons).size).toBe(states.length);
    expect(runIcon({ ...RUN, accepted: true })[0]).toBe('verified-filled');
    expect(runContext({ ...RUN, accepted: true, videoId: 'v' })).toBe('run.done.accepted.video');
  });
});

describe('choosing a source', () => {
  it('offers the runs and a file', async () => {
    const { worker } = listOf([RUN]);
    answers['pick'] = (items: readonly unknown[]) => items[0];
    expect(await chooseSource(worker, 'Title')).toEqual({ kind: 'run', id: 'r1' });
    answers['pick'] = (items: readonly unknown[]) => items.at(-1);
    answers['open'] = [Uri.file('/x/a.prof')];
    expect(await chooseSource(worker, 'Title')).toEqual({ kind: 'file', path: '/x/a.prof' });
    answers['open'] = [new Uri('http', '/x')];
    expect(await chooseSource(worker, 'Title')).toBeUndefined();
    answers['pick'] = undefined;
    expect(await chooseSource(worker, 'Title')).toBeUndefined();
    expect(shown.filter(({ what }) => what === 'pick')).toHaveLength(4);
  });
});
