import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { ProcFile } from './procFile.ts';
import { parseProcessIo, type ProcessIo } from './processIo.ts';
import { parseProcessStat, type ProcessStat } from './processStat.ts';

/** One process of the tree of a program. */
export class ProcessMember {
  readonly pid: number;
  /** Nanoseconds of the monotonic clock. */
  readonly startNs: number;
  stat: ProcessStat;
  io: ProcessIo | null = null;
  /** When it was last seen alive. */
  seenNs: number;
  peakRssPages = 0;
  readonly #statFile: ProcFile;
  readonly #ioFile: ProcFile;
  #command: readonly string[] = [];
  #namedFor = '';

  constructor(pid: number, stat: ProcessStat, startNs: number, nowNs: number) {
    this.pid = pid;
    this.stat = stat;
    this.startNs = startNs;
    this.seenNs = nowNs;
    this.#statFile = new ProcFile(`/proc/${pid}/stat`);
    this.#ioFile = new ProcFile(`/proc/${pid}/io`);
  }

  /** Looks at it; false where it is gone, or ended and only waited for. */
  update(nowNs: number): boolean {
    const stat = parseProcessStat(this.#statFile.read() ?? '');
    if (stat === null || stat.startTicks !== this.stat.startTicks) return false;
    this.stat = stat;
    this.readBytesNow();
    if (stat.state === 'Z' || stat.state === 'X') return false;
    this.seenNs = nowNs;
    this.peakRssPages = Math.max(this.peakRssPages, stat.rssPages);
    // A process that was only just forked still bears the name of its parent.
    if (stat.name !== this.#namedFor) this.#rename(stat.name);
    return true;
  }

  /** What it has read so far; null where it is gone or does not tell. */
  readBytesNow(): number | null {
    const io = parseProcessIo(this.#ioFile.read() ?? '');
    if (io !== null) this.io = io;
    return io?.readBytes ?? null;
  }

  /** Its arguments; empty where it does not tell. */
  get command(): readonly string[] {
    return this.#command;
  }

  /** The program's name without its folder. */
  get name(): string {
    const [program] = this.#command;
    const named = program === undefined ? '' : basename(program);
    // The system cuts names after 15 characters; a program may also have given itself another one.
    return named.startsWith(this.stat.name) ? named : this.stat.name;
  }

  close(): void {
    this.#statFile.close();
    this.#ioFile.close();
  }

  #rename(name: string): void {
    this.#namedFor = name;
    try {
      const text = readFileSync(`/proc/${this.pid}/cmdline`, 'utf8');
      this.#command = text.split('\0').slice(0, -1);
    } catch {
      this.#command = [];
    }
  }
}
