import type { ProcessMember } from '../linux/processMember.ts';

/** What each process of a tree had read at one time, in bytes, by process id. */
export type ReadBytes = ReadonlyMap<number, number>;

/** Above this many processes a look at each would cost more than it tells. */
const MAX_PROCESSES = 12;

/** Looks now; null where there are too many processes. */
export function readBytesNow(members: ReadonlyMap<number, ProcessMember>): ReadBytes | null {
  if (members.size > MAX_PROCESSES) return null;
  const read = new Map<number, number>();
  for (const member of members.values()) {
    const bytes = member.readBytesNow();
    if (bytes !== null) read.set(member.pid, bytes);
  }
  return read;
}

/**
 * The most that one process read between two looks; null where it is not known. A process that was not there at the first
 * look read all it read since then.
 */
export function mostRead(
  from: ReadBytes | null,
  to: ReadBytes | null,
): { readonly bytes: number; readonly pid: number } | null {
  if (from === null || to === null || to.size === 0) return null;
  let most = { bytes: -1, pid: 0 };
  for (const [pid, bytes] of to) {
    const read = bytes - (from.get(pid) ?? 0);
    if (read > most.bytes) most = { bytes: read, pid };
  }
  return most.bytes < 0 ? null : most;
}
