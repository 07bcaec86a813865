import { readdirSync, readFileSync } from 'node:fs';
import { until } from './until.ts';

/** Whether this system tells of its processes in /proc. */
export const HAS_PROC = process.platform === 'linux';

export interface ProcessFacts {
  readonly pid: number;
  readonly parent: number;
  readonly state: string;
  readonly command: string;
}

/**
 * The processes of a group. One that has ended counts only while its parent is of the group too: then it is the parent
 * who does not fetch it; elsewhere it is the system's.
 */
export function processesOf(group: number): ProcessFacts[] {
  const members = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => factsOf(Number(name), group) ?? []);
  const pids = new Set(members.map(({ pid }) => pid));
  return members.filter(({ state, parent }) => state !== 'Z' || pids.has(parent));
}

/** The inference processes of a group that are alive. */
export function inferenceOf(group: number): ProcessFacts[] {
  return processesOf(group).filter(
    ({ state, command }) => state !== 'Z' && command.includes('inference.cjs'),
  );
}

/** Waits until no process of the group is left. */
export async function untilGone(group: number, seconds = 15): Promise<void> {
  try {
    await until('the processes are gone', () => processesOf(group).length === 0, seconds);
  } catch {
    throw new Error(`Left behind: ${JSON.stringify(processesOf(group))}`);
  }
}

function factsOf(pid: number, group: number): ProcessFacts | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (Number(fields[2]) !== group) return null;
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return { pid, parent: Number(fields[1]), state: fields[0] ?? '', command };
  } catch {
    // It has ended meanwhile.
    return null;
  }
}
