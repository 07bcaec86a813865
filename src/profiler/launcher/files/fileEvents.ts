import { join } from 'node:path';
import { Inotify, INOTIFY, type InotifyEvent } from '../linux/inotify.ts';
import type { WatchedFile } from './watchedFile.ts';

/** Beyond these, files are found only while they are open. */
const MAX_FOLDERS = 1000;
const MAX_FILES = 20_000;

const FILE_EVENTS = INOTIFY.open | INOTIFY.closeWrite | INOTIFY.closeNoWrite;
const FOLDER_EVENTS = INOTIFY.closeWrite | INOTIFY.movedTo | INOTIFY.create | INOTIFY.onlyFolder;

/** Something that happened to a file. */
export type FileEvent =
  | { readonly kind: 'opened'; readonly file: WatchedFile }
  | { readonly kind: 'closed'; readonly file: WatchedFile; readonly wrote: boolean }
  /** A file of a watched folder was written, or came there. */
  | { readonly kind: 'appeared'; readonly path: string }
  /** Events were lost. */
  | { readonly kind: 'lost' };

/**
 * Tells of each opening and closing of the files that it follows. Folders are watched for new files only, so that a
 * program pays nothing for its small files.
 */
export class FileEvents {
  readonly #inotify: Inotify;
  readonly #files = new Map<number, WatchedFile>();
  readonly #folders = new Map<number, string>();
  #listening: Promise<void> = Promise.resolve();
  /** Whether the system had no more watches to give. */
  exhausted = false;

  private constructor(inotify: Inotify) {
    this.#inotify = inotify;
  }

  /** Null where the system has no such thing. */
  static create(): FileEvents | null {
    const inotify = Inotify.create();
    return inotify === null ? null : new FileEvents(inotify);
  }

  /**
   * Begins to hand events over.
   *
   * @param take gets what happened at about one time: after `sinceNs`, and before `arrivedNs` of the monotonic clock.
   */
  listen(take: (events: readonly FileEvent[], arrivedNs: bigint, sinceNs: bigint) => void): void {
    this.#listening = this.#inotify.listen((events, arrivedNs, sinceNs) => {
      take(
        events.flatMap((event) => this.#read(event)),
        arrivedNs,
        sinceNs,
      );
    });
  }

  /** Follows a file; false where that cannot be. */
  follow(file: WatchedFile): boolean {
    if (this.#files.size >= MAX_FILES) return false;
    const watch = this.#add(file.path, FILE_EVENTS);
    if (watch === null) return false;
    this.#files.set(watch, file);
    return true;
  }

  watchFolder(path: string): void {
    if (this.#folders.size >= MAX_FOLDERS) return;
    const watch = this.#add(path, FOLDER_EVENTS);
    if (watch !== null) this.#folders.set(watch, path);
  }

  /** Hands over what happened until now, and ends. */
  async stop(): Promise<void> {
    this.#inotify.stop();
    await this.#listening;
  }

  #add(path: string, events: number): number | null {
    const watch = this.#inotify.add(path, events);
    if (watch === 'ENOSPC') this.exhausted = true;
    return typeof watch === 'number' ? watch : null;
  }

  #read({ watch, mask, name }: InotifyEvent): FileEvent[] {
    if ((mask & INOTIFY.overflow) !== 0) return [{ kind: 'lost' }];
    const file = this.#files.get(watch);
    if (file !== undefined) {
      if ((mask & INOTIFY.open) !== 0) return [{ kind: 'opened', file }];
      return [{ kind: 'closed', file, wrote: (mask & INOTIFY.closeWrite) !== 0 }];
    }
    const folder = this.#folders.get(watch);
    if (folder === undefined) return [];
    const path = join(folder, name);
    if ((mask & INOTIFY.isFolder) !== 0) {
      this.watchFolder(path);
      return [];
    }
    // That a file was created says nothing yet: it is empty.
    return (mask & INOTIFY.create) !== 0 ? [] : [{ kind: 'appeared', path }];
  }
}
