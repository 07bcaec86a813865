import type { LargeFile } from './largeFiles.ts';
import type { ReadMark } from './readBytes.ts';
import { isLoadByItself, type ReadEvidence, readIn, wholeReads } from './wholeReads.ts';

/** A stretch of time in which a file was open somewhere in the process tree. */
export interface OpenStretch {
  readonly startNs: number;
  /** Null while it is open. */
  endNs: number | null;
  readonly evidence: ReadEvidence;
  mapped: boolean;
  /** Open for writing. */
  wrote: boolean;
  pid: number | null;
  /** Which content of the file it was: counts how often the file was written. */
  readonly version: number;
  /** False for one that is only counted. */
  readonly kept: boolean;
}

/** How well the number of times that a file was opened is known. */
export type CountQuality = 'exact' | 'at-least' | 'estimated';

/** Stretches that are kept one by one for a file; what comes later is only counted. */
const MAX_STRETCHES = 5000;

/** Reads that come close to the size of the file are of the file: small ones of other files come with them. */
const NEARLY = 1.2;

/** A large file, and when the process tree had it open. */
export class WatchedFile {
  readonly path: string;
  readonly identity: string;
  bytes: number;
  readonly stretches: OpenStretch[] = [];
  /** Loads beyond the stretches that are kept. */
  readonly furtherLoads = new Map<number, number>();
  /** Loads that nobody saw, told by the bytes that were read. */
  loadsUnseen = 0;
  /** Whether openings are told one by one. */
  followed = false;
  /** Whether other programs may well open it, too: then it counts only once a process of the tree was seen with it. */
  shared = false;
  seenOpen = false;
  /** Events were lost, or openings may have been told as one. */
  blurred = false;
  /** Whether only the sum of what was read tells how many of the openings were loads. */
  guessed = false;
  #version = 0;
  #loads: ReadonlySet<OpenStretch> | null = null;
  #watchedNs: number;
  readonly #open: OpenStretch[] = [];

  constructor(file: LargeFile, nowNs: number) {
    this.path = file.path;
    this.identity = file.identity;
    this.bytes = file.bytes;
    this.#watchedNs = nowNs;
  }

  get openNow(): readonly OpenStretch[] {
    return this.#open;
  }

  opened(nowNs: number, early: ReadMark, late: ReadMark): OpenStretch {
    const stretch: OpenStretch = {
      startNs: nowNs,
      endNs: null,
      evidence: { early, late, closed: null, after: null },
      mapped: false,
      wrote: false,
      pid: null,
      version: this.#version,
      kept: this.stretches.length < MAX_STRETCHES,
    };
    this.#open.push(stretch);
    // The system tells two equal events in a row as one.
    if (this.#open.length > 1) this.blurred = true;
    if (stretch.kept) this.stretches.push(stretch);
    return stretch;
  }

  /**
   * Ends the longest open stretch; one whose beginning was missed began when the file was first watched.
   *
   * @param early a mark before the closing.
   */
  closed(nowNs: number, wrote: boolean, early: ReadMark, closed: ReadMark): OpenStretch {
    const stretch = this.#open.shift() ?? this.#missed(early);
    stretch.endNs = nowNs;
    stretch.wrote ||= wrote;
    stretch.evidence.closed = closed;
    return stretch;
  }

  /** Numbers its content where earlier files had the same name. */
  startVersion(version: number): void {
    this.#version = version;
  }

  /** Tells that its content is another one from now on. */
  rewritten(bytes: number): void {
    this.bytes = bytes;
    this.#version += 1;
  }

  /** Counts a stretch that is not kept, once all is known of it. */
  countBeyond(stretch: OpenStretch): void {
    if (stretch.kept || !this.isLoad(stretch)) return;
    this.furtherLoads.set(stretch.version, (this.furtherLoads.get(stretch.version) ?? 0) + 1);
  }

  /** Whether the file was read or mapped as a whole, more or less; where nothing is known of it, it counts. */
  isLoad(stretch: OpenStretch): boolean {
    return this.#loads?.has(stretch) ?? isLoadByItself(stretch, this.bytes) ?? true;
  }

  /** Bytes of the file itself that were read in a stretch, as near as is known. */
  readOf(stretch: OpenStretch): number | null {
    const read = stretch.mapped ? null : readIn(stretch);
    if (read === null) return null;
    if (!this.isLoad(stretch)) return Math.min(read.least, this.bytes);
    return read.least > this.bytes * NEARLY ? read.least : Math.min(read.most, this.bytes);
  }

  /** Decides which stretches were loads, once all is known of them. */
  settle(): void {
    const { loads, guessed } = wholeReads(this.stretches, this.bytes);
    this.#loads = loads;
    this.guessed = guessed;
  }

  get quality(): CountQuality {
    if (this.loadsUnseen > 0 || this.guessed) return 'estimated';
    return this.followed && !this.blurred ? 'exact' : 'at-least';
  }

  #missed(mark: ReadMark): OpenStretch {
    const stretch = this.opened(this.#watchedNs, mark, mark);
    this.#open.pop();
    return stretch;
  }
}
