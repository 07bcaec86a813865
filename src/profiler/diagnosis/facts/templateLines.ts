import { INSTANT_KIND } from '../../model/columns.ts';
import type { LogTemplate } from '../../model/logSummary.ts';
import type { Run } from '../../model/run.ts';
import { NS_PER_SECOND, type Seconds } from '../../model/units.ts';

/** Longest line that is compared with a template. */
const LONGEST = 1000;

/** When the lines of a template were written: of all log lines that hold its constant parts in their order. */
export function timesOfTemplate(run: Run, template: LogTemplate): Seconds[] {
  const parts = template.text.split('<*>').map((part) => part.trim());
  const matches = new Map<number, boolean>();
  const times: Seconds[] = [];
  run.instants.timeNs.forEach((timeNs, instant) => {
    if (run.instants.kind[instant] !== INSTANT_KIND.log) return;
    const id = run.instants.textId[instant] ?? 0;
    let match = matches.get(id);
    if (match === undefined) {
      match = holdsInOrder((run.strings[id] ?? '').slice(0, LONGEST), parts);
      matches.set(id, match);
    }
    if (match) times.push(timeNs / NS_PER_SECOND);
  });
  return times;
}

function holdsInOrder(line: string, parts: readonly string[]): boolean {
  let from = 0;
  for (const part of parts) {
    const at = line.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return true;
}
