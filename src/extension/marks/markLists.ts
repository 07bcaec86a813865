import * as vscode from 'vscode';
import { SilenceMark } from '../../protocol/markMessages.ts';
import type { WorkerClient } from '../workerClient/workerClient.ts';
import { withoutIcons } from '../platform/withoutIcons.ts';
import { isRegression, lookOf, oneLine, summaryText, type Look } from './markText.ts';
import type { KnownMark, MarksStore } from './marksStore.ts';
import type { PlacedMarks } from './placedMarks.ts';

interface MarkItem extends vscode.QuickPickItem {
  readonly known: KnownMark;
}

const ICONS: Readonly<Record<Look, string>> = {
  slower: '$(triangle-up)',
  faster: '$(triangle-down)',
  same: '$(dash)',
  inconclusive: '$(question)',
  finding: '$(warning)',
  stale: '$(history)',
};

/** Lists what is known of lines, the worst first, and goes to the one that is chosen. */
export async function showRegressions(store: MarksStore, placed: PlacedMarks): Promise<void> {
  await store.lookAtAll();
  const marks = store.shown
    .filter(({ mark }) => mark.verdict?.word !== 'same')
    .toSorted((x, y) => importance(x) - importance(y));
  if (marks.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.workspace.isTrusted
        ? 'No regressions are known in this workspace. “earshot profile gate -- COMMAND” measures whether a command got slower.'
        : 'Trust this workspace to see its regressions.',
    );
    return;
  }
  const chosen = await vscode.window.showQuickPick(marks.map(itemOf), {
    title: 'Regressions and Findings',
    placeHolder: 'Go to the line',
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (chosen !== undefined) await goTo(chosen.known, placed);
}

/** Lists what was silenced with the reasons, and lets the chosen ones speak again. */
export async function showSilenced(store: MarksStore, client: WorkerClient): Promise<void> {
  await store.lookAtAll();
  const silenced = store.silenced;
  if (silenced.length === 0) {
    void vscode.window.showInformationMessage('Nothing is silenced in this workspace.');
    return;
  }
  const chosen = await vscode.window.showQuickPick(
    silenced.map((known) => ({
      ...itemOf(known),
      detail: withoutIcons(`Silenced: ${oneLine(known.mark.silenced ?? '')}`),
    })),
    {
      title: 'Silenced Regressions and Findings',
      placeHolder: 'Choose those that are to be shown again',
      canPickMany: true,
    },
  );
  for (const { known } of chosen ?? []) {
    const workspace = known.folder.uri.fsPath;
    await client.request(SilenceMark, { workspace, key: known.mark.key, reason: null });
  }
  if (chosen !== undefined && chosen.length > 0) await store.refresh();
}

function itemOf(known: KnownMark): MarkItem {
  const { mark } = known;
  const { verdict, finding, file, source } = mark;
  return {
    known,
    label: `${ICONS[lookOf(mark, false)]} ${withoutIcons(summaryText(mark))}`,
    description: withoutIcons(`${oneLine(file)}:${source.line}`),
    detail: withoutIcons(oneLine(verdict?.reason ?? finding?.fix ?? '')),
  };
}

/** Certain ones first. */
function importance({ mark: { verdict, finding } }: KnownMark): number {
  if (isRegression(verdict)) return 0;
  if (finding !== null) return { error: 1, warning: 2, info: 5 }[finding.severity];
  return verdict?.word === 'faster' ? 4 : 3;
}

async function goTo(known: KnownMark, placed: PlacedMarks): Promise<void> {
  const document = await vscode.workspace.openTextDocument(known.uri);
  const { line } = placed.placeOf(document, known);
  const { range, firstNonWhitespaceCharacterIndex } = document.lineAt(line);
  const at = new vscode.Position(
    line,
    Math.min(firstNonWhitespaceCharacterIndex, range.end.character),
  );
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(at, at) });
}
