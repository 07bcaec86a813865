import * as vscode from 'vscode';
import { isShown } from './inlineSettings.ts';
import { markChartAddress } from './markChart.ts';
import { MARK_COMMANDS } from './markCommandIds.ts';
import { findingLines, verdictLines } from './markMarkdown.ts';
import { markArguments, offersOf } from './markOffers.ts';
import { STALE_NOTE } from './markText.ts';
import type { PlacedMark, PlacedMarks } from './placedMarks.ts';

/** Tells the numbers, the cause and the fix of what is marked on a line, with a small chart of the values. */
export class MarkHovers implements vscode.HoverProvider {
  readonly #placed: PlacedMarks;

  constructor(placed: PlacedMarks) {
    this.#placed = placed;
  }

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    if (!isShown('hovers')) return undefined;
    const placed = this.#placed.in(document).filter(({ place }) => place.line === position.line);
    if (placed.length === 0) return undefined;
    return new vscode.Hover(placed.map(markHover), document.lineAt(position.line).range);
  }
}

function markHover(placed: PlacedMark): vscode.MarkdownString {
  const { mark, place } = placed;
  const { verdict, finding, share } = mark;
  const chart = verdict === null ? null : markChartAddress(verdict);
  const lines = [
    ...(place.stale ? [`*${STALE_NOTE[0]?.toUpperCase() ?? ''}${STALE_NOTE.slice(1)}.*`] : []),
    ...(verdict === null ? [] : verdictLines(verdict, share)),
    ...(finding === null ? [] : findingLines(finding)),
    linksOf(placed),
    // Last, as it is loaded: nothing below it jumps.
    ...(chart === null ? [] : [`![The values of A and B](${chart})`]),
  ];
  const markdown = new vscode.MarkdownString(lines.join('\n\n'));
  // Only what stands above is a link: everything from outside is shown as it is.
  markdown.isTrusted = { enabledCommands: Object.values(MARK_COMMANDS) };
  return markdown;
}

function linksOf(placed: PlacedMark): string {
  const links = offersOf(placed).map(({ action, short, title }) => {
    const address = encodeURIComponent(JSON.stringify(markArguments(placed)));
    // Brackets and quotes would end the address.
    const safe = address.replace(/[()'*!]/gu, (c) => `%${c.charCodeAt(0).toString(16)}`);
    return `[${short}](command:${MARK_COMMANDS[action]}?${safe} "${title}")`;
  });
  return links.join(' · ');
}
