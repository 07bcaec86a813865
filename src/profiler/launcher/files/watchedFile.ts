import type { LargeFile } from './largeFiles.ts';

/** A stretch of time in which a file was open somewhere in the process tree. */
export interface OpenStretch {
  readonly startNs: number;
  /** Null while it is open. */
  endNs: number | null;
  /** Bytes that the process read meanwhile, from wherever; null where it is not known. */
  readBytes: number | null;
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
/** A program that reads less than this of a file does not load it: it looks something up. */
const LOADED_SHARE = 0.5;

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
  /** Events were lost, or openings may have been told as one. */
  blurred = false;
  #version = 0;
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

  opened(nowNs: number): OpenStretch {
    const stretch: OpenStretch = {
      startNs: nowNs,
      endNs: null,
      readBytes: null,
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

  /** Ends the longest open stretch; one whose beginning was missed began when the file was first watched. */
  closed(nowNs: number, wrote: boolean): OpenStretch {
    const stretch = this.#open.shift() ?? this.#missed();
    stretch.endNs = nowNs;
    stretch.wrote ||= wrote;
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
    if (stretch.wrote) return false;
    return (
      stretch.mapped || stretch.readBytes === null || stretch.readBytes >= LOADED_SHARE * this.bytes
    );
  }

  get quality(): CountQuality {
    if (this.loadsUnseen > 0) return 'estimated';
    return this.followed && !this.blurred ? 'exact' : 'at-least';
  }

  #missed(): OpenStretch {
    const stretch = this.opened(this.#watchedNs);
    this.#open.pop();
    return stretch;
  }
}
