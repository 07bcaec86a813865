import type * as vscode from 'vscode';
import { MARK_COMMANDS, type MarkAction } from './markCommandIds.ts';
import type { KnownMark } from './marksStore.ts';

/** What can be done about a mark, in the order in which it is offered. */
export interface Offer {
  readonly action: MarkAction;
  /** Of a lens or a link. */
  readonly short: string;
  /** Of a quick fix. */
  readonly title: string;
}

/** What can be done about a mark: only what has something to show. */
export function offersOf({ mark }: KnownMark): Offer[] {
  const { a, b } = mark.runs;
  const isVerdict = mark.verdict !== null;
  const offers: (Offer | false)[] = [
    b.length > 0 && {
      action: 'chart',
      short: 'Flame Chart',
      title: 'Show the cause in the flame chart',
    },
    a.length > 0 &&
      b.length > 0 && {
        action: 'compare',
        short: 'Compare',
        title: 'Compare with the baseline, span by span',
      },
    isVerdict &&
      b.length > 0 && {
        action: 'accept',
        short: 'Accept Baseline',
        title: 'Accept as the new baseline…',
      },
    { action: 'explain', short: 'Explain', title: 'Explain' },
    { action: 'silence', short: 'Silence', title: 'Silence with a reason…' },
  ];
  return offers.filter((offer) => offer !== false);
}

/** The command of an offer for a mark. */
export function offerCommand(known: KnownMark, action: MarkAction, title: string): vscode.Command {
  return { title, command: MARK_COMMANDS[action], arguments: markArguments(known) };
}

/** What commands on a mark take. */
export function markArguments({ folder, mark }: KnownMark): [string, string] {
  return [folder.uri.toString(), mark.key];
}
