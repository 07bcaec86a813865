import { readdirSync, readFileSync } from 'node:fs';
import { parseProcessStat } from './processStat.ts';

/** A process that still runs although the program that started it has ended. */
export interface OutlivingProcess {
  readonly pid: number;
  readonly name: string;
}

/**
 * Processes that a program has left behind.
 *
 * @param known start of each process of its tree that was last seen alive, by process id.
 * @param session the session that the program led, or null.
 * @param mark a text that its environment held, and that its children have therefore in theirs; null where there is none.
 */
export function outlivingProcesses(
  known: ReadonlyMap<number, number>,
  session: number | null,
  mark: string | null,
): OutlivingProcess[] {
  const found: OutlivingProcess[] = [];
  for (const entry of entries()) {
    const pid = Number(entry);
    if (Number.isNaN(pid) || pid === process.pid) continue;
    const stat = parseProcessStat(readProc(`/proc/${pid}/stat`));
    if (stat === null || stat.state === 'Z' || stat.state === 'X') continue;
    const isKnown = known.get(pid) === stat.startTicks;
    const isOurs =
      isKnown ||
      stat.session === session ||
      (mark !== null && readProc(`/proc/${pid}/environ`).includes(mark));
    if (isOurs) found.push({ pid, name: stat.name });
  }
  return found;
}

function entries(): string[] {
  try {
    return readdirSync('/proc');
  } catch {
    return [];
  }
}

function readProc(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
