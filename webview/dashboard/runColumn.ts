import type { DashboardRun } from '../../src/protocol/runMessages.ts';
import { dateText, plainText, shortDateText } from './plainText.ts';
import { runLook } from './verdictText.ts';

/** Longest line of a tooltip; a canvas does not wrap. */
const LINE = 64;
const MOST_LINES = 5;

/** Label of a run on the axis. */
export function axisLabel(run: DashboardRun): string {
  return `${run.accepted ? '★ ' : ''}${shortDateText(run.startedAt)}`;
}

/** A run in words, for headings of tooltips. */
export function runHeading(run: DashboardRun, place: number, count: number): string {
  return `Run ${place + 1} of ${count} · ${dateText(run.startedAt)} · ${plainText(run.name, 40)}`;
}

/** The verdict of a run, broken into lines. */
export function runFooting(run: DashboardRun): string[] {
  const look = runLook(run);
  const parts = [
    run.accepted ? '★ accepted as baseline' : '',
    run.reused.length > 0 ? `left out: ${run.reused.join(', ')}` : '',
    look === null ? '' : `${look.sign} ${look.word}`,
    run.verdict?.text ?? '',
  ].filter((text) => text !== '');
  return parts.flatMap((text) => broken(plainText(text, LINE * MOST_LINES))).slice(0, 8);
}

function broken(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length > LINE && line !== '') {
      lines.push(line);
      line = word.slice(0, LINE);
    } else line = longer.slice(0, LINE * 2);
  }
  return [...lines, line];
}
