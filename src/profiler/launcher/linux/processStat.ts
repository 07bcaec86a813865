/** Linux gives the times of processes in this unit on every architecture: USER_HZ, seconds⁻¹. */
export const TICKS_PER_SECOND = 100;

/** What a line of /proc/PID/stat says; see proc(5). */
export interface ProcessStat {
  readonly name: string;
  /** `R` running, `S` waiting, `D` waiting for a disk, `Z` ended, … */
  readonly state: string;
  readonly parent: number;
  readonly session: number;
  readonly minorFaults: number;
  /** Page faults of its ended children that it waited for: more of them, and one has ended. */
  readonly childFaults: number;
  /** Ticks of itself and of its ended children that it waited for, user and system. */
  readonly cpuTicks: number;
  readonly threads: number;
  /** Ticks after the start of the system. */
  readonly startTicks: number;
  readonly rssPages: number;
}

/** Null for a text that is no such line. */
export function parseProcessStat(text: string): ProcessStat | null {
  const nameFrom = text.indexOf('(');
  // A name may hold spaces and brackets; nothing behind it does.
  const nameTo = text.lastIndexOf(')');
  if (nameFrom < 0 || nameTo < nameFrom) return null;
  const fields = text.slice(nameTo + 2).split(' ');
  const at = (field: number): number => Number(fields[field - 3]);
  const stat = {
    name: text.slice(nameFrom + 1, nameTo),
    state: fields[0] ?? '',
    parent: at(4),
    session: at(6),
    minorFaults: at(10),
    childFaults: at(11),
    cpuTicks: at(14) + at(15) + at(16) + at(17),
    threads: at(20),
    startTicks: at(22),
    rssPages: at(24),
  };
  return Number.isNaN(stat.rssPages) ? null : stat;
}
