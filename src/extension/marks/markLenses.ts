import * as vscode from 'vscode';
import { withoutIcons } from '../platform/withoutIcons.ts';
import { isShown } from './inlineSettings.ts';
import { offerCommand, offersOf } from './markOffers.ts';
import { findingText, shortened, STALE_NOTE, verdictText } from './markText.ts';
import type { PlacedMark, PlacedMarks } from './placedMarks.ts';

/** Says above a line what was judged of it, and offers what to do about it. */
export class MarkLenses implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #placed: PlacedMarks;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changed.event;
  readonly #subscription: vscode.Disposable;

  constructor(placed: PlacedMarks) {
    this.#placed = placed;
    this.#subscription = placed.onDidChange(() => this.#changed.fire());
  }

  /** Another setting counts. */
  refresh(): void {
    this.#changed.fire();
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    if (!isShown('codeLens')) return [];
    const told = this.#placed.in(document).filter(({ mark }) => mark.verdict?.word !== 'same');
    const lines = Map.groupBy(told, ({ place }) => place.line);
    return Array.from(lines.values()).flatMap((marks) => {
      const several = new Set(marks.map(({ mark }) => mark.verdict?.stage)).size > 1;
      return [...marks.map((placed) => verdictLens(placed, several)), ...offerLenses(marks)];
    });
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}

function verdictLens(placed: PlacedMark, several: boolean): vscode.CodeLens {
  const { mark, place } = placed;
  const { verdict, finding } = mark;
  const said =
    verdict !== null ? verdictText(verdict) : finding === null ? '' : findingText(finding);
  const stage = several && verdict !== null ? `${shortened(verdict.stage)} ` : '';
  const title = withoutIcons(`${stage}${said}${place.stale ? ` · ${STALE_NOTE}` : ''}`);
  return lens(placed, { ...offerCommand(placed, 'chart', title), tooltip: 'Show the flame chart' });
}

/** Once a line, for the first of its marks that has the offer. */
function offerLenses(marks: readonly PlacedMark[]): vscode.CodeLens[] {
  return (['compare', 'accept', 'explain'] as const).flatMap((action) => {
    for (const placed of marks) {
      const offer = offersOf(placed).find((each) => each.action === action);
      if (offer === undefined) continue;
      const command = offerCommand(placed, action, offer.short);
      return [lens(placed, { ...command, tooltip: offer.title })];
    }
    return [];
  });
}

function lens({ place }: PlacedMark, command: vscode.Command): vscode.CodeLens {
  return new vscode.CodeLens(new vscode.Range(place.line, 0, place.line, 0), command);
}
