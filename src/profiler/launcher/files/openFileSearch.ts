import type { ProcessMember } from '../linux/processMember.ts';
import { type LargeFile, largeFile } from './largeFiles.ts';
import { mappedFiles, openFiles } from './openFiles.ts';

/** A large file that a process was seen to have open or mapped. */
export interface Sighting {
  readonly file: LargeFile;
  readonly pid: number;
  readonly position: number;
  readonly forWriting: boolean;
  readonly mapped: boolean;
  /** What the process had read of other things, in the two looks before this one. */
  readonly readBefore: number;
}

interface Known {
  searchedAtBytes: number;
  /** What it had read at the last look and at the one before. */
  readBytes: readonly [number, number];
  mapsAtFaults: number;
  mapsAtNs: number;
}

/** Page faults between two looks at what is mapped: a mapped file of a MiB makes 16 of them at least. */
const FAULTS = 64;
const MAPS_PERIOD_NS = 500e6;
/** What is known of paths is forgotten after as many: files grow. */
const MAX_PATHS = 2000;

/** Finds the large files that processes have open, by looking at those processes that have read something. */
export class OpenFileSearch {
  readonly #minBytes: number;
  readonly #isKnown: (identity: string) => boolean;
  readonly #processes = new Map<number, Known>();
  readonly #large = new Map<string, LargeFile | null>();

  /** @param isKnown whether a file is watched already. */
  constructor(minBytes: number, isKnown: (identity: string) => boolean) {
    this.#minBytes = minBytes;
    this.#isKnown = isKnown;
  }

  /**
   * Large files of a process; null where it was not looked at, as it had read next to nothing since the last time.
   *
   * @param always look even then.
   */
  look(member: ProcessMember, nowNs: number, always: boolean): readonly Sighting[] | null {
    const known = this.#knownOf(member.pid);
    const readBytes = member.io?.readBytes ?? 0;
    const readBefore = readBytes - known.readBytes[1];
    known.readBytes = [readBytes, known.readBytes[0]];
    const readMuch = always || readBytes - known.searchedAtBytes >= this.#minBytes / 2;
    const sightings: Sighting[] = [];
    if (readMuch || member.io === null) {
      known.searchedAtBytes = readBytes;
      for (const open of openFiles(member.pid, (path) => this.#largeFile(path) !== null)) {
        const file = this.#largeFile(open.path);
        if (file === null) continue;
        const { position, forWriting } = open;
        const before = Math.max(0, readBefore - position);
        sightings.push({
          file,
          pid: member.pid,
          position,
          forWriting,
          mapped: false,
          readBefore: before,
        });
      }
    }
    const faults = member.stat.minorFaults;
    if (faults - known.mapsAtFaults >= FAULTS && nowNs - known.mapsAtNs >= MAPS_PERIOD_NS) {
      known.mapsAtFaults = faults;
      known.mapsAtNs = nowNs;
      sightings.push(...this.mapped(member.pid));
    }
    return readMuch || sightings.length > 0 ? sightings : null;
  }

  /** Large files that a process has mapped. */
  mapped(pid: number): Sighting[] {
    return [...mappedFiles(pid)].flatMap((path) => {
      const file = this.#largeFile(path);
      return file === null
        ? []
        : [{ file, pid, position: 0, forWriting: false, mapped: true, readBefore: 0 }];
    });
  }

  #knownOf(pid: number): Known {
    const known = this.#processes.get(pid) ?? {
      searchedAtBytes: 0,
      readBytes: [0, 0],
      mapsAtFaults: 0,
      mapsAtNs: -Infinity,
    };
    this.#processes.set(pid, known);
    return known;
  }

  #largeFile(path: string): LargeFile | null {
    let file = this.#large.get(path);
    if (file === undefined) {
      if (this.#large.size >= MAX_PATHS) this.#large.clear();
      file = largeFile(path, this.#minBytes, this.#isKnown);
      this.#large.set(path, file);
    }
    return file;
  }
}
