import type { TrackKind } from '../../model/run.ts';
import type { TrackId } from '../../model/units.ts';
import type { ImportRun } from '../importer.ts';

interface Band {
  readonly pid: string;
  readonly tid: string;
  readonly track: TrackId;
  /** The name that it was given before its own was known. */
  readonly provisional: string;
  /** What it is called inside of its process; null for the process itself. */
  readonly name: () => string | null;
}

/** The tracks of processes, threads and asynchronous spans. Names may come last in a trace, so tracks are renamed. */
export class TraceThreads {
  readonly #run: ImportRun;
  readonly #bands = new Map<string, Band>();
  readonly #processNames = new Map<string, string>();
  readonly #threadNames = new Map<string, string>();
  #lastPid = '';
  #lastTid = '';
  #lastTrack: TrackId | null = null;

  constructor(run: ImportRun) {
    this.#run = run;
  }

  /** The track of a thread. */
  thread(pid: string, tid: string): TrackId {
    if (this.#lastTrack !== null && pid === this.#lastPid && tid === this.#lastTid) {
      return this.#lastTrack;
    }
    const name = (): string => this.#threadNames.get(`${pid} ${tid}`) ?? `thread ${tid}`;
    this.#lastTrack = this.#band('thread', 'thread', pid, tid, name);
    this.#lastPid = pid;
    this.#lastTid = tid;
    return this.#lastTrack;
  }

  /** The track of asynchronous spans of a process: spans that nest by their ids and not by their threads. */
  asynchronous(pid: string, category: string): TrackId {
    const name = (): string => `${category === '' ? 'asynchronous' : category} (async)`;
    return this.#band('async', 'thread', pid, category, name);
  }

  /** The track of what belongs to a process as a whole. */
  process(pid: string): TrackId {
    return this.#band('process', 'process', pid, '', () => null);
  }

  nameProcess(pid: string, name: string): void {
    this.#processNames.set(pid, name);
  }

  nameThread(pid: string, tid: string, name: string): void {
    this.#threadNames.set(`${pid} ${tid}`, name);
  }

  /** Gives all tracks their names; where there are several processes, with the process’s. */
  rename(): void {
    const several = new Set(Array.from(this.#bands.values(), ({ pid }) => pid)).size > 1;
    const taken = new Set<string>();
    for (const { pid, tid, track, provisional, name } of this.#bands.values()) {
      const process = this.#processNames.get(pid) ?? `process ${pid}`;
      const own = name();
      const wanted = own === null ? process : several ? `${process} / ${own}` : own;
      let unique = taken.has(wanted) ? `${wanted} (${tid === '' ? pid : tid})` : wanted;
      if (taken.has(unique)) unique = `${wanted} (${pid}, ${tid})`;
      taken.add(unique);
      this.#run.builder.renameTrack(track, (old) => old.slice(0, -provisional.length) + unique);
    }
  }

  #band(
    sort: string,
    kind: TrackKind,
    pid: string,
    tid: string,
    name: () => string | null,
  ): TrackId {
    const provisional = `${sort} ${pid} ${tid}`;
    const known = this.#bands.get(provisional);
    if (known !== undefined) return known.track;
    const track = this.#run.track(provisional, kind);
    this.#bands.set(provisional, { pid, tid, track, provisional, name });
    return track;
  }
}
