import { closeSync, read } from 'node:fs';
import { type SystemCalls, systemCalls } from './systemCalls.ts';

/** What can be watched for; the bits of <sys/inotify.h>. */
export const INOTIFY = {
  closeWrite: 0x8,
  closeNoWrite: 0x10,
  open: 0x20,
  movedTo: 0x80,
  create: 0x100,
  overflow: 0x4000,
  ignored: 0x8000,
  onlyFolder: 0x0100_0000,
  isFolder: 0x4000_0000,
} as const;

const CLOSE_ON_EXEC = 0o2000000;
/** struct inotify_event: watch, mask, cookie, length of the name that follows. */
const HEAD_BYTES = 16;
const BUFFER_BYTES = 64 * 1024;
/** Above this many reads a second events are fetched in batches: they queue in order, and each read costs two switches. */
const EAGER_READS_PER_SECOND = 200;
const BATCH_MS = 10;

/** One event. `name` is that of an entry of a watched folder, else empty. */
export interface InotifyEvent {
  readonly watch: number;
  readonly mask: number;
  readonly name: string;
}

/** An inotify instance that is read as events come. */
export class Inotify {
  readonly #calls: SystemCalls;
  readonly #fd: number;
  readonly #buffer = Buffer.alloc(BUFFER_BYTES);
  readonly #stopWatch: number;
  #reads = 0;
  #secondStartedMs = 0;

  private constructor(calls: SystemCalls, fd: number, stopWatch: number) {
    this.#calls = calls;
    this.#fd = fd;
    this.#stopWatch = stopWatch;
  }

  /** Null where there is none to be had. */
  static create(): Inotify | null {
    const calls = systemCalls();
    if (calls === null) return null;
    const fd = calls.inotifyInit(CLOSE_ON_EXEC);
    if (fd < 0) return null;
    // Nothing is ever moved to there: this watch is for `stop`.
    const stopWatch = calls.inotifyAddWatch(fd, '/proc/self', INOTIFY.movedTo);
    if (stopWatch >= 0) return new Inotify(calls, fd, stopWatch);
    closeSync(fd);
    return null;
  }

  /** Watches a file or folder; gives the watch, or the name of the error: `ENOSPC` where the user has no watches left. */
  add(path: string, mask: number): number | string {
    const watch = this.#calls.inotifyAddWatch(this.#fd, path, mask);
    return watch < 0 ? this.#calls.errorName() : watch;
  }

  remove(watch: number): void {
    this.#calls.inotifyRemoveWatch(this.#fd, watch);
  }

  /**
   * Hands over events as they come, in the order in which they happened, until `stop`.
   *
   * @param take gets what came at once, with the time of the arrival, and a time after which all of it happened; both in
   *   nanoseconds of the monotonic clock.
   * @returns when all events before `stop` have been handed over.
   */
  listen(
    take: (events: readonly InotifyEvent[], arrivedNs: bigint, sinceNs: bigint) => void,
  ): Promise<void> {
    return new Promise((resolve) => {
      // What a read gives has happened since the one before it gave something: after that was asked for.
      let askedNs = process.hrtime.bigint();
      let sinceNs = askedNs;
      const next = (): void => {
        sinceNs = askedNs;
        askedNs = process.hrtime.bigint();
        // The read waits in a thread; it ends with an event, the one of `stop` at the latest.
        read(this.#fd, this.#buffer, 0, BUFFER_BYTES, null, (error, length) => {
          const arrivedNs = process.hrtime.bigint();
          const events: InotifyEvent[] = [];
          const more = error === null && this.#parse(length, events);
          if (events.length > 0) take(events, arrivedNs, sinceNs);
          if (more) {
            if (this.#tooEager()) setTimeout(next, BATCH_MS);
            else next();
          } else {
            closeSync(this.#fd);
            resolve();
          }
        });
      };
      next();
    });
  }

  /** Ends `listen`, after what happened until now: taking a watch away is an event itself, the last in the queue. */
  stop(): void {
    this.remove(this.#stopWatch);
  }

  /** False where the event of `stop` is among them. */
  #parse(length: number, events: InotifyEvent[]): boolean {
    const bytes = this.#buffer;
    for (let at = 0; at + HEAD_BYTES <= length;) {
      const watch = bytes.readInt32LE(at);
      const mask = bytes.readUInt32LE(at + 4);
      const nameBytes = bytes.readUInt32LE(at + 12);
      const nameFrom = at + HEAD_BYTES;
      at = nameFrom + nameBytes;
      if ((mask & INOTIFY.ignored) !== 0) {
        if (watch === this.#stopWatch) return false;
        continue;
      }
      const name = nameBytes === 0 ? '' : bytes.toString('utf8', nameFrom, at).replace(/\0+$/u, '');
      events.push({ watch, mask, name });
    }
    return true;
  }

  #tooEager(): boolean {
    const now = performance.now();
    if (now - this.#secondStartedMs > 1000) {
      this.#secondStartedMs = now;
      this.#reads = 0;
    }
    this.#reads += 1;
    return this.#reads > EAGER_READS_PER_SECOND;
  }
}
