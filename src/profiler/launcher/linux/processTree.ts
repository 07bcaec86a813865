import { readdirSync, readFileSync } from 'node:fs';
import { ProcFile } from './procFile.ts';
import { ProcessMember } from './processMember.ts';
import { parseProcessStat, type ProcessStat, TICKS_PER_SECOND } from './processStat.ts';

/** Processes that are looked at one by one; each costs two open files and some microseconds a pass. */
const MAX_MEMBERS = 400;

/** A program and all that descends from it, kept up by passes over /proc. */
export class ProcessTree {
  readonly #root: number;
  /** Its session, where it leads one: descendants are known by it after their parent is gone. */
  readonly #session: number | null;
  readonly #members = new Map<number, ProcessMember>();
  /** Processes that are no members, so that each is looked at once. */
  #strangers = new Set<number>();
  readonly #loadAverage = new ProcFile('/proc/loadavg');
  #lastPid = '';
  #rootStart: { readonly ns: number; readonly ticks: number } | null = null;
  #passNs: number;
  /** Processes beyond those that are looked at one by one. */
  overlooked = 0;

  /**
   * @param ownSession whether the program leads a session of its own.
   * @param startNs when it was started, on the monotonic clock.
   */
  constructor(root: number, ownSession: boolean, startNs: number) {
    this.#root = root;
    this.#session = ownSession ? root : null;
    this.#passNs = startNs;
  }

  /** Those alive at the last pass, the program first. */
  get members(): ReadonlyMap<number, ProcessMember> {
    return this.#members;
  }

  /** Looks at every member and for new ones. Gives those that have ended since the last pass. */
  pass(nowNs: number): readonly ProcessMember[] {
    const ended: ProcessMember[] = [];
    for (const member of this.#members.values()) {
      if (member.update(nowNs)) continue;
      this.#members.delete(member.pid);
      member.close();
      ended.push(member);
    }
    this.#findNew(nowNs);
    this.#passNs = nowNs;
    return ended;
  }

  /** Another number than before where a process of the tree has ended that somebody in it waited for. */
  get endedChildren(): number {
    let faults = 0;
    for (const { stat } of this.#members.values()) faults += stat.childFaults;
    return faults;
  }

  close(): void {
    for (const member of this.#members.values()) member.close();
    this.#loadAverage.close();
  }

  #findNew(nowNs: number): void {
    // Its last word is the newest process id there is: while it stays, nobody was born.
    const lastPid = this.#loadAverage.read()?.trimEnd().split(' ').at(-1) ?? '';
    if (lastPid === this.#lastPid && lastPid !== '') return;
    this.#lastPid = lastPid;
    const strangers = new Set<number>();
    const unknown = new Map<number, ProcessStat>();
    for (const name of readdirSync('/proc')) {
      const pid = Number(name);
      if (Number.isNaN(pid) || this.#members.has(pid)) continue;
      if (this.#strangers.has(pid)) {
        strangers.add(pid);
        continue;
      }
      const stat = parseProcessStat(readProc(`/proc/${pid}/stat`));
      if (stat !== null) unknown.set(pid, stat);
    }
    // A parent may have a higher number than its child, after the numbers began anew.
    for (let found = true; found;) {
      found = false;
      for (const [pid, stat] of unknown) {
        if (!this.#belongs(pid, stat)) continue;
        unknown.delete(pid);
        this.#add(pid, stat, nowNs);
        found = true;
      }
    }
    for (const pid of unknown.keys()) strangers.add(pid);
    this.#strangers = strangers;
  }

  #belongs(pid: number, stat: ProcessStat): boolean {
    if (pid === this.#root || this.#members.has(stat.parent)) return true;
    return stat.session === this.#session;
  }

  #add(pid: number, stat: ProcessStat, nowNs: number): void {
    if (stat.state === 'Z' || stat.state === 'X') return;
    if (this.#members.size >= MAX_MEMBERS) {
      this.overlooked += 1;
      return;
    }
    const member = new ProcessMember(pid, stat, this.#startOf(pid, stat, nowNs), nowNs);
    this.#members.set(pid, member);
    if (!member.update(nowNs)) this.#members.delete(pid);
  }

  /** The system's own time of a start has steps of 10 ms; it lies after the last pass. */
  #startOf(pid: number, stat: ProcessStat, nowNs: number): number {
    if (pid === this.#root) {
      this.#rootStart = { ns: this.#passNs, ticks: stat.startTicks };
      return this.#passNs;
    }
    const root = this.#rootStart;
    if (root === null) return this.#passNs;
    const told = root.ns + ((stat.startTicks - root.ticks) / TICKS_PER_SECOND) * 1e9;
    return Math.min(Math.max(told, this.#passNs), nowNs);
  }
}

function readProc(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
