import * as vscode from 'vscode';
import type { LastVerdict } from '../../protocol/markMessages.ts';
import { withoutIcons } from '../platform/withoutIcons.ts';
import { isShown } from './inlineSettings.ts';
import { oneLine, shortened } from './markText.ts';
import type { MarksStore } from './marksStore.ts';

const ICONS: Readonly<Record<LastVerdict['word'], string>> = {
  slower: '$(triangle-up)',
  faster: '$(triangle-down)',
  same: '$(check)',
  inconclusive: '$(question)',
  withheld: '$(circle-large-outline)',
};

/** The last verdict in the status bar; a click lists what it is made of. */
export class VerdictStatus implements vscode.Disposable {
  readonly #store: MarksStore;
  readonly #item = vscode.window.createStatusBarItem(
    'earshot.verdict',
    vscode.StatusBarAlignment.Left,
  );
  readonly #subscription: vscode.Disposable;

  constructor(store: MarksStore) {
    this.#store = store;
    this.#item.name = 'Earshot: Last Verdict';
    this.#item.command = 'earshot.showRegressions';
    this.#subscription = store.onDidChange(() => this.refresh());
    this.refresh();
  }

  /** Draws it, by the settings of now. */
  refresh(): void {
    const { last } = this.#store;
    if (last === null || !isShown('statusBar')) {
      this.#item.hide();
      return;
    }
    const { word, name, text, madeAt } = last;
    this.#item.text = `${ICONS[word]} ${withoutIcons(shortened(name, 30))}: ${word}`;
    this.#item.tooltip = `${oneLine(text)}\n${new Date(madeAt).toLocaleString()}\nClick for the lines it is about.`;
    this.#item.accessibilityInformation = { label: `Earshot, last verdict: ${oneLine(text)}` };
    this.#item.backgroundColor =
      word === 'slower' ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    this.#item.show();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#item.dispose();
  }
}
