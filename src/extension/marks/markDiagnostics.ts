import * as vscode from 'vscode';
import type { EvidenceLine } from '../../protocol/chart.ts';
import type { MarkFinding } from '../../protocol/markMessages.ts';
import { isShown } from './inlineSettings.ts';
import type { MarkPages } from './markPages.ts';
import {
  findingText,
  isRegression,
  oneLine,
  shortened,
  valueText,
  verdictText,
} from './markText.ts';
import type { PlacedMark, PlacedMarks } from './placedMarks.ts';
import { workspaceFile } from './workspaceFile.ts';

/** Stands behind each problem, and is what to filter the Problems panel by. */
const SOURCE = 'Earshot';

const SEVERITIES: Readonly<Record<MarkFinding['severity'], vscode.DiagnosticSeverity | null>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: null,
};

/** Lists confirmed regressions and findings of files that have been seen in the Problems panel; nothing that is a guess. */
export class MarkDiagnostics implements vscode.Disposable {
  readonly #placed: PlacedMarks;
  readonly #pages: MarkPages;
  readonly #problems = vscode.languages.createDiagnosticCollection('earshot-marks');
  readonly #subscription: vscode.Disposable;

  constructor(placed: PlacedMarks, pages: MarkPages) {
    this.#placed = placed;
    this.#pages = pages;
    this.#subscription = placed.onDidChange((document) => this.#list(document));
    this.refresh();
  }

  /** Lists all that is known, by the settings of now. */
  refresh(): void {
    this.#problems.clear();
    for (const document of this.#placed.documents) this.#list(document);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#problems.dispose();
  }

  #list(document: vscode.TextDocument): void {
    const placed = isShown('diagnostics') ? this.#placed.in(document) : [];
    const problems = placed.filter(isProblem).map((each) => this.#diagnostic(document, each));
    this.#problems.set(document.uri, problems);
  }

  #diagnostic(document: vscode.TextDocument, placed: PlacedMark): vscode.Diagnostic {
    const { verdict, finding } = placed.mark;
    const page = this.#pages.of(placed);
    const message =
      verdict !== null
        ? `${shortened(verdict.stage)}: ${verdictText(verdict)}`
        : finding === null
          ? ''
          : findingText(finding);
    const severity =
      (finding !== null ? SEVERITIES[finding.severity] : null) ?? vscode.DiagnosticSeverity.Warning;
    const diagnostic = new vscode.Diagnostic(rangeOf(document, placed), message, severity);
    diagnostic.source = SOURCE;
    diagnostic.code = { value: finding?.kind ?? 'slower', target: page };
    diagnostic.relatedInformation = [
      ...baselineOf(placed, page),
      ...(finding?.evidence ?? []).flatMap((evidence) => evidenceOf(placed, evidence)),
    ];
    return diagnostic;
  }
}

/** Whether a mark is certain and bad enough to be a problem. */
export function isProblem({ mark: { verdict, finding }, place }: PlacedMark): boolean {
  if (place.stale) return false;
  return isRegression(verdict) || (finding !== null && SEVERITIES[finding.severity] !== null);
}

/** From the first letter of the line to its last. */
function rangeOf(document: vscode.TextDocument, { place }: PlacedMark): vscode.Range {
  const line = document.lineAt(Math.min(place.line, document.lineCount - 1));
  return new vscode.Range(
    new vscode.Position(line.lineNumber, line.firstNonWhitespaceCharacterIndex),
    line.range.end,
  );
}

function baselineOf(
  { mark: { verdict } }: PlacedMark,
  page: vscode.Uri,
): vscode.DiagnosticRelatedInformation[] {
  if (verdict === null) return [];
  const { medians, unit, n } = verdict;
  const text = `Baseline: ${valueText(medians[0], unit)} of ${n[0]} runs, now ${valueText(medians[1], unit)} of ${n[1]}`;
  const place = new vscode.Location(page, new vscode.Position(0, 0));
  return [new vscode.DiagnosticRelatedInformation(place, text)];
}

/** Evidence is told only where its file is one of the workspace: any path could stand in a trace. */
function evidenceOf(
  { folder }: PlacedMark,
  { text, file, line }: EvidenceLine,
): vscode.DiagnosticRelatedInformation[] {
  const uri = file === null || line === null ? undefined : workspaceFile(folder, file);
  if (uri === undefined || line === null) return [];
  const place = new vscode.Location(uri, new vscode.Position(line - 1, 0));
  return [new vscode.DiagnosticRelatedInformation(place, oneLine(text))];
}
