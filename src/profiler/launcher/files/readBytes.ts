import { ProcFile } from '../linux/procFile.ts';
import { parseProcessIo } from '../linux/processIo.ts';
import type { ProcessMember } from '../linux/processMember.ts';

/** Above this many processes a look at each would cost more than it tells. */
const MAX_PROCESSES = 12;
/** Marks that are kept: more than lie between an opening and its news. */
const MAX_MARKS = 64;

/** What the processes of a tree had read at one time. */
export interface ReadMark {
  readonly ns: number;
  /** Bytes by process id; null where there were too many processes. */
  readonly bytes: ReadonlyMap<number, number> | null;
}

/**
 * The most that one process read between two marks; null where it is not known. A process that was not there at the first
 * mark read all it read since then.
 */
export function mostRead(
  from: ReadMark,
  to: ReadMark | null,
): { readonly bytes: number; readonly pid: number } | null {
  if (from.bytes === null || to === null || to.bytes === null || to.bytes.size === 0) return null;
  let most = { bytes: -1, pid: 0 };
  for (const [pid, bytes] of to.bytes) {
    const read = bytes - (from.bytes.get(pid) ?? 0);
    if (read > most.bytes) most = { bytes: read, pid };
  }
  return most.bytes < 0 ? null : most;
}

/** The last marks that were made. */
export class ReadMarks {
  #marks: ReadMark[];
  readonly #self = new ProcFile('/proc/self/io');
  #ownBytes = 0;

  /** @param startNs when nothing had been read yet. */
  constructor(startNs: number) {
    this.#marks = [{ ns: startNs, bytes: new Map() }];
  }

  /** Makes a mark. Processes that are gone are not in it. */
  mark(nowNs: number, members: ReadonlyMap<number, ProcessMember>): ReadMark {
    const mark = { ns: nowNs, bytes: members.size > MAX_PROCESSES ? null : readBytes(members) };
    if (this.#marks.length >= MAX_MARKS) this.#marks = this.#marks.slice(-MAX_MARKS / 2);
    this.#marks.push(mark);
    this.#ownBytes = this.#ownBytesNow();
    return mark;
  }

  /**
   * Makes the last mark, when the program has ended: all that it and its children read now counts as read by us, who
   * waited for it.
   */
  markEnd(nowNs: number, pid: number): ReadMark {
    const bytes = this.#ownBytesNow() - this.#ownBytes;
    return { ns: nowNs, bytes: new Map([[pid, bytes]]) };
  }

  close(): void {
    this.#self.close();
  }

  #ownBytesNow(): number {
    return parseProcessIo(this.#self.read() ?? '')?.readBytes ?? 0;
  }

  /** The last mark not after a time, or the oldest that is left. */
  before(ns: number): ReadMark {
    const found = this.#marks.findLast((mark) => mark.ns <= ns) ?? this.#marks[0];
    return found ?? { ns, bytes: null };
  }
}

function readBytes(members: ReadonlyMap<number, ProcessMember>): ReadonlyMap<number, number> {
  const read = new Map<number, number>();
  for (const member of members.values()) {
    const bytes = member.readBytesNow();
    if (bytes !== null) read.set(member.pid, bytes);
  }
  return read;
}
