import * as vscode from 'vscode';
import { isProblem } from './markDiagnostics.ts';
import { offerCommand, offersOf } from './markOffers.ts';
import type { PlacedMark, PlacedMarks } from './placedMarks.ts';
import { shortened } from './markText.ts';

/** What can be done about the problem under the cursor. */
export class MarkFixes implements vscode.CodeActionProvider {
  static readonly metadata: vscode.CodeActionProviderMetadata = {
    providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
  };
  readonly #placed: PlacedMarks;

  constructor(placed: PlacedMarks) {
    this.#placed = placed;
  }

  provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    const { start, end } = range;
    const problems = this.#placed
      .in(document)
      .filter((each) => each.place.line >= start.line && each.place.line <= end.line)
      .filter(isProblem);
    return problems.flatMap((placed) => fixesOf(placed, diagnostics, problems.length > 1));
  }
}

function fixesOf(
  placed: PlacedMark,
  diagnostics: readonly vscode.Diagnostic[],
  several: boolean,
): vscode.CodeAction[] {
  const { verdict, finding } = placed.mark;
  const about = several ? ` (${shortened(verdict?.stage ?? finding?.kind ?? '')})` : '';
  const solved = diagnostics.filter(
    ({ code, range }) =>
      range.start.line === placed.place.line &&
      typeof code === 'object' &&
      code.value === (finding?.kind ?? 'slower'),
  );
  return offersOf(placed).map(({ action, title }) => {
    const fix = new vscode.CodeAction(`Earshot: ${title}${about}`, vscode.CodeActionKind.QuickFix);
    fix.diagnostics = solved;
    fix.command = offerCommand(placed, action, title);
    return fix;
  });
}
