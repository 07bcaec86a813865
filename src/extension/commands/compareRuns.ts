import * as vscode from 'vscode';
import type { ChartSource } from '../../protocol/chart.ts';
import { RunSummary } from '../../protocol/runMessages.ts';
import { chooseSource, newestRuns } from '../runs/chooseRun.ts';
import type { Command, CommandServices } from './command.ts';

/** Two runs over one another: of the person's choice, the two that are selected, or one against the one before it. */
export const compareRuns: Command = async (services, clicked, selected) => {
  const given = (Array.isArray(selected) ? (selected as unknown[]) : [clicked]).flatMap((each) => {
    const run = RunSummary.safeParse(each);
    return run.success ? [run.data] : [];
  });
  const [first, second, ...more] = given;
  if (more.length > 0) {
    void vscode.window.showInformationMessage('Select two runs to compare.');
    return;
  }
  if (first !== undefined && second !== undefined) {
    // The older one is what the other is held against.
    const [a, b] = [first, second].toSorted((x, y) => x.startedAt.localeCompare(y.startedAt));
    if (a !== undefined && b !== undefined) await show(services, sourceOf(a), sourceOf(b));
    return;
  }
  if (first !== undefined) {
    const before = await previousRun(services, first);
    const a =
      before === undefined
        ? await chooseSource(services.client, 'Compare with', ({ id }) => id !== first.id)
        : sourceOf(before);
    if (a !== undefined) await show(services, a, sourceOf(first));
    return;
  }
  const a = await chooseSource(services.client, 'Compare Runs (1/2): the earlier one, A');
  if (a === undefined) return;
  const b = await chooseSource(
    services.client,
    'Compare Runs (2/2): the later one, B',
    ({ id }) => a.kind !== 'run' || id !== a.id,
  );
  if (b !== undefined) await show(services, a, b);
};

/** The run of the same series that came before, as it was stored. */
async function previousRun(
  { client }: CommandServices,
  { id, series }: RunSummary,
): Promise<RunSummary | undefined> {
  const runs = (await newestRuns(client)).filter((run) => run.series === series);
  return runs[runs.findIndex((run) => run.id === id) + 1];
}

function sourceOf({ id }: RunSummary): ChartSource {
  return { kind: 'run', id };
}

async function show({ panels }: CommandServices, a: ChartSource, b: ChartSource): Promise<void> {
  await panels.show({ panel: 'diff', a, b });
}
