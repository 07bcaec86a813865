import * as vscode from 'vscode';
import type { RunSummary } from '../../protocol/runMessages.ts';
import { plural } from '../platform/formatTime.ts';
import { titleText } from '../platform/titleText.ts';
import { runContext, runIcon, runTooltip, shortRunDate } from './runLabels.ts';
import type { RunList, RunSeries } from './runList.ts';

/** A line of the view: a series of several runs, or a run. */
type Node = RunSeries | RunSummary;

/** The runs in the activity bar, by what they are runs of; a series of one run is that run. */
export class RunsView implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #list: RunList;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #subscription: vscode.Disposable;
  #parents = new Map<string, RunSeries>();

  constructor(list: RunList) {
    this.#list = list;
    this.#subscription = list.onDidChange(() => this.#changed.fire(undefined));
  }

  async getChildren(parent?: Node): Promise<Node[]> {
    if (parent !== undefined) return isSeries(parent) ? [...parent.runs] : [];
    const series = await this.#list.series();
    this.#parents = new Map(
      series
        .filter(({ runs }) => runs.length > 1)
        .flatMap((each) => each.runs.map(({ id }) => [id, each] as const)),
    );
    return series.map((each) => {
      const [only, second] = each.runs;
      return only !== undefined && second === undefined ? only : each;
    });
  }

  getParent(node: Node): Node | undefined {
    return isSeries(node) ? undefined : this.#parents.get(node.id);
  }

  getTreeItem(node: Node): vscode.TreeItem {
    return isSeries(node) ? seriesItem(node) : runItem(node, this.#parents.has(node.id));
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}

function isSeries(node: Node): node is RunSeries {
  return 'runs' in node;
}

function seriesItem({ name, runs }: RunSeries): vscode.TreeItem {
  const label = titleText(name) || 'Unnamed';
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `series:${name}`;
  item.description = plural(runs.length, 'run');
  item.contextValue = 'series';
  item.iconPath = new vscode.ThemeIcon('history');
  item.tooltip = `${label}: ${plural(runs.length, 'run')}`;
  item.accessibilityInformation = { label: `${label}, ${plural(runs.length, 'run')}` };
  return item;
}

/** @param isInSeries a run below its series is told by its date: the name stands above it. */
function runItem(run: RunSummary, isInSeries: boolean): vscode.TreeItem {
  const name = titleText(run.name) || run.id.slice(0, 8);
  const date = shortRunDate(run);
  const facts = [
    ...(run.status === 'done' ? [] : [run.status]),
    ...(run.accepted ? ['accepted'] : []),
  ];
  const item = new vscode.TreeItem(isInSeries ? date : name);
  item.id = run.id;
  item.description = (isInSeries ? facts : [...facts, date]).join(' · ');
  item.contextValue = runContext(run);
  const [icon, colour] = runIcon(run);
  item.iconPath = new vscode.ThemeIcon(
    icon,
    colour === undefined ? undefined : new vscode.ThemeColor(colour),
  );
  item.tooltip = new vscode.MarkdownString(runTooltip(run));
  item.accessibilityInformation = {
    label: [name, run.status, ...facts.slice(-1), date].join(', '),
  };
  item.command = { command: 'earshot.showFlameChart', title: 'Show Flame Chart', arguments: [run] };
  return item;
}
