import * as vscode from 'vscode';
import { AcceptMark, SilenceMark } from '../../protocol/markMessages.ts';
import type { Panels } from '../panels/panels.ts';
import type { WorkerClient } from '../workerClient/workerClient.ts';
import type { MarkAction } from './markCommandIds.ts';
import type { MarkPages } from './markPages.ts';
import type { KnownMark, MarksStore } from './marksStore.ts';

/** What commands on a mark need. */
export interface MarkActionParts {
  readonly client: WorkerClient;
  readonly panels: Panels;
  readonly store: MarksStore;
  readonly pages: MarkPages;
}

/** What each command on a mark does. @throws RpcError */
export const MARK_ACTIONS: Readonly<
  Record<MarkAction, (parts: MarkActionParts, known: KnownMark) => Promise<void>>
> = {
  /** The last run that was judged, at the span of the line. */
  chart: async ({ panels }, { mark }) => {
    const id = mark.runs.b.at(-1);
    if (id === undefined) return;
    const source = { kind: 'run', id } as const;
    await panels.show({ panel: 'flame', source, span: mark.span, view: null });
  },
  /** The last runs of both sides over one another. */
  compare: async ({ panels }, { mark }) => {
    const [a, b] = [mark.runs.a.at(-1), mark.runs.b.at(-1)];
    if (a === undefined || b === undefined) return;
    await panels.show({
      ...{ panel: 'diff', a: { kind: 'run', id: a }, b: { kind: 'run', id: b } },
    });
  },
  explain: async ({ pages }, known) => {
    await vscode.window.showTextDocument(pages.of(known), { preview: true });
  },
  accept: async ({ client, store }, { folder, mark }) => {
    const note = await vscode.window.showInputBox({
      title: 'Accept as the New Baseline',
      prompt: `Why these ${mark.runs.b.length} runs are as they should be (may stay empty)`,
    });
    if (note === undefined) return;
    const workspace = folder.uri.fsPath;
    const { accepted } = await client.request(AcceptMark, {
      ...{ workspace, key: mark.key, note: note.trim() || null },
    });
    vscode.window.setStatusBarMessage(
      `$(verified-filled) Earshot: ${accepted.length} runs are the baseline now`,
      8000,
    );
    await store.refresh();
  },
  silence: async ({ client, store }, { folder, mark }) => {
    const reason = await vscode.window.showInputBox({
      title: 'Silence with a Reason',
      prompt: 'Why this need not be shown; “Earshot: Show Silenced…” brings it back',
      validateInput: (text) => (text.trim() === '' ? 'Say in a few words why.' : null),
    });
    if (reason === undefined) return;
    const workspace = folder.uri.fsPath;
    await client.request(SilenceMark, { workspace, key: mark.key, reason: reason.trim() });
    await store.refresh();
  },
};
