import { tmpdir } from 'node:os';
import type { ProcessMember } from '../linux/processMember.ts';
import type { ProcessTree } from '../linux/processTree.ts';
import { type FileEvent, FileEvents } from './fileEvents.ts';
import { findLargeFiles, largeFile, type LargeFile, scopesOf } from './largeFiles.ts';
import { OpenFileSearch, type Sighting } from './openFileSearch.ts';
import { mostRead, type ReadBytes, readBytesNow } from './readBytes.ts';
import { type OpenStretch, WatchedFile } from './watchedFile.ts';

export interface FileWatchOptions {
  readonly command: readonly string[];
  readonly cwd: string;
  /** Files from this size on are watched. */
  readonly minBytes: number;
  /** The folder for temporary files of the program, where it has one of its own. */
  readonly temporaryFolder: string | undefined;
  /** A time of the monotonic clock as nanoseconds of the run. */
  readonly toRunNs: (clockNs: bigint) => number;
}

/** Looking at what is mapped may take this share of the time at most. */
const MAPS_SHARE = 0.005;
const MAX_PROCESSES_FOR_MAPS = 8;
/** Most stretches that wait for such a look. */
const MAX_UNDECIDED = 1000;

/**
 * Watches the large files that a process tree opens, without touching the program.
 *
 * Two sources: of files that are known beforehand the system tells each opening and closing, which is exact and costs
 * nothing while nobody opens them. The others are found by looking at what the processes have open while they read;
 * from then on they are told, too.
 */
export class FileWatch {
  readonly #options: FileWatchOptions;
  readonly #events = FileEvents.create();
  readonly #search: OpenFileSearch;
  readonly #files = new Map<string, WatchedFile>();
  /** What had been read when news of the opening came, and when it was looked the last time before. */
  readonly #readBefore = new WeakMap<
    OpenStretch,
    {
      readonly late: ReadBytes | null;
      readonly early: ReadBytes | null;
      readonly endedChildren: number;
    }
  >();
  /** Stretches that have ended since the last look. */
  #recent: { readonly file: WatchedFile; readonly stretch: OpenStretch }[] = [];
  readonly #positions = new WeakMap<OpenStretch, number>();
  /** Stretches that ended with little read of the file: perhaps it was mapped. */
  #undecided: { readonly file: WatchedFile; readonly stretch: OpenStretch }[] = [];
  #members: ReadonlyMap<number, ProcessMember> = new Map();
  #lastRead: ReadBytes | null = null;
  /** The one before: news of an opening may lie about while a look takes place. */
  #earlierRead: ReadBytes | null = null;
  #lastLookNs = 0;
  #nextMapsMs = 0;
  #endedChildren = 0;

  constructor(options: FileWatchOptions) {
    this.#options = options;
    this.#search = new OpenFileSearch(options.minBytes, (id) => this.#files.has(id));
  }

  get files(): Iterable<WatchedFile> {
    return this.#files.values();
  }

  /** What could not be watched and why. */
  get notes(): string[] {
    if (this.#events === null) {
      return [
        'Files were only looked for from time to time: how often they were opened is at least.',
      ];
    }
    return this.#events.exhausted
      ? ['Not all files could be watched: raise fs.inotify.max_user_watches.']
      : [];
  }

  /** Finds what may be opened; to be called before the program is started. */
  start(nowNs: number): void {
    this.#lastLookNs = nowNs;
    const events = this.#events;
    if (events === null) return;
    const { command, cwd, minBytes, temporaryFolder, toRunNs } = this.#options;
    const scopes = scopesOf(command, cwd, temporaryFolder ?? tmpdir());
    for (const file of findLargeFiles(scopes, minBytes, (path) => events.watchFolder(path))) {
      this.#file(file, nowNs);
    }
    events.listen((happened, arrivedNs) => this.#take(happened, toRunNs(arrivedNs)));
  }

  /** Looks at what the processes have open; to be called now and then. */
  look(nowNs: number, tree: ProcessTree): void {
    this.#members = tree.members;
    const mapped = this.#decide();
    for (const member of tree.members.values()) {
      const sightings = this.#search.look(member, nowNs, this.#hasUnfollowed(member.pid));
      if (sightings === null) continue;
      for (const sighting of [...sightings, ...mapped]) this.#saw(sighting, nowNs);
      this.#closeUnseen(member.pid, sightings, nowNs);
    }
    this.#keep(readBytesNow(tree.members));
    this.#lookBack(tree);
    this.#lastLookNs = nowNs;
  }

  /** Ends the watch; what was opened until now is told. */
  async stop(endNs: number): Promise<void> {
    await this.#events?.stop();
    this.#decide();
    const read = readBytesNow(this.#members);
    for (const file of this.#files.values()) {
      while (file.openNow.length > 0) this.#ended(file, file.closed(endNs, false), read, 1);
    }
    for (const { file, stretch } of this.#undecided) file.countBeyond(stretch);
    for (const file of this.#files.values()) file.settle();
  }

  /** The file, a new one where it was not known. */
  #file(found: LargeFile, nowNs: number): WatchedFile {
    const known = this.#files.get(found.identity);
    if (known !== undefined) return known;
    const file = new WatchedFile(found, nowNs);
    file.followed = this.#events?.follow(file) ?? false;
    this.#files.set(found.identity, file);
    return file;
  }

  #take(events: readonly FileEvent[], nowNs: number): void {
    const read = readBytesNow(this.#members);
    const opened = new Set<OpenStretch>();
    const closed: { readonly file: WatchedFile; readonly stretch: OpenStretch }[] = [];
    for (const event of events) {
      if (event.kind === 'opened') {
        const stretch = event.file.opened(nowNs);
        this.#remember(stretch, read);
        opened.add(stretch);
      } else if (event.kind === 'closed') {
        const stretch = event.file.closed(nowNs, event.wrote);
        closed.push({ file: event.file, stretch });
        if (event.wrote) this.#rewritten(event.file);
      } else if (event.kind === 'appeared') {
        const file = largeFile(event.path, this.#options.minBytes);
        if (file !== null) this.#appeared(file, nowNs);
      } else {
        for (const file of this.#files.values()) file.blurred = true;
      }
    }
    // What began and ended between two reads of the queue shares what was read meanwhile.
    const brief = closed.filter(({ stretch }) => opened.has(stretch));
    for (const { stretch } of brief) {
      this.#remember(stretch, this.#lastRead);
    }
    for (const { file, stretch } of closed) {
      this.#ended(file, stretch, read, opened.has(stretch) ? brief.length : 1);
    }
    this.#keep(read);
  }

  #ended(file: WatchedFile, stretch: OpenStretch, read: ReadBytes | null, sharedBy: number): void {
    const before = this.#readBefore.get(stretch);
    const least = mostRead(before?.late ?? null, read);
    const most = mostRead(before?.early ?? null, read);
    if (least !== null && most !== null && !stretch.mapped) {
      stretch.readBytes = { least: least.bytes / sharedBy, most: most.bytes / sharedBy };
      stretch.pid ??= most.pid;
    }
    this.#recent.push({ file, stretch });
    if (!file.followed && stretch.readBytes !== null) {
      // Between two looks it may have been closed and opened again.
      file.loadsUnseen += Math.max(0, Math.round(stretch.readBytes.least / file.bytes) - 1);
    }
    if (file.isLoad(stretch) || stretch.wrote) file.countBeyond(stretch);
    else this.#undecided.push({ file, stretch });
  }

  #keep(read: ReadBytes | null): void {
    this.#earlierRead = this.#lastRead;
    this.#lastRead = read;
  }

  #remember(stretch: OpenStretch, late: ReadBytes | null): void {
    this.#readBefore.set(stretch, {
      late,
      early: this.#earlierRead,
      endedChildren: this.#endedChildren,
    });
  }

  /** What a process read that is gone by now is known since its parent has waited for it. */
  #lookBack(tree: ProcessTree): void {
    const { endedChildren } = tree;
    for (const { file, stretch } of this.#recent) {
      const before = this.#readBefore.get(stretch);
      if (before === undefined || before.endedChildren === endedChildren) continue;
      const most = mostRead(before.early, this.#lastRead)?.bytes;
      if (most === undefined || stretch.readBytes === null) continue;
      file.briefReaders = true;
      const { least } = stretch.readBytes;
      stretch.readBytes = { least, most: Math.max(most, stretch.readBytes.most) };
    }
    this.#recent = [];
    this.#endedChildren = endedChildren;
  }

  /** Another content under the same name is another thing to load. */
  #rewritten(file: WatchedFile): void {
    const now = largeFile(file.path, 1, () => true);
    if (now !== null) file.rewritten(now.bytes);
  }

  #appeared(found: LargeFile, nowNs: number): void {
    if (this.#files.has(found.identity)) return;
    const before = [...this.#files.values()].filter(({ path }) => path === found.path).length;
    const file = this.#file(found, nowNs);
    file.startVersion(before);
  }

  /** Looks whether files that were opened without being read are mapped; gives what is. */
  #decide(): Sighting[] {
    const open = [...this.#files.values()].filter((file) =>
      file.openNow.some(({ mapped, wrote }) => !mapped && !wrote),
    );
    if (this.#undecided.length === 0 && open.length === 0) return [];
    const begunMs = performance.now();
    if (begunMs < this.#nextMapsMs && this.#undecided.length < MAX_UNDECIDED) return [];
    const pids = [...this.#members.keys()].slice(0, MAX_PROCESSES_FOR_MAPS);
    const mapped = pids.flatMap((pid) => this.#search.mapped(pid));
    const identities = new Set(mapped.map(({ file }) => file.identity));
    for (const { file, stretch } of this.#undecided) {
      stretch.mapped = identities.has(file.identity);
      file.countBeyond(stretch);
    }
    this.#undecided = [];
    for (const file of open) {
      if (!identities.has(file.identity)) continue;
      for (const stretch of file.openNow) stretch.mapped = true;
    }
    const nowMs = performance.now();
    this.#nextMapsMs = nowMs + (nowMs - begunMs) / MAPS_SHARE;
    return mapped;
  }

  #saw(sighting: Sighting, nowNs: number): void {
    const isNew = !this.#files.has(sighting.file.identity);
    const file = this.#file(sighting.file, this.#lastLookNs);
    if (isNew) {
      this.#open(file, sighting, this.#lastLookNs);
      // Whole readings of it just before it was first seen.
      const earlier = Math.round(sighting.readBefore / file.bytes);
      const isWhole = Math.abs(sighting.readBefore / file.bytes - earlier) < 0.2;
      if (!isWhole) file.blurred = true;
      else if (!sighting.forWriting) file.loadsUnseen = earlier;
      return;
    }
    const stretch = file.openNow.find(({ pid }) => pid === null || pid === sighting.pid);
    if (stretch !== undefined) stretch.pid = sighting.pid;
    if (file.followed || sighting.mapped) return;
    if (stretch === undefined) this.#open(file, sighting, this.#lastLookNs);
    else if (sighting.position < (this.#positions.get(stretch) ?? 0)) {
      this.#ended(file, file.closed(nowNs, false), readBytesNow(this.#members), 1);
      this.#open(file, sighting, nowNs);
    } else this.#positions.set(stretch, sighting.position);
  }

  #open(file: WatchedFile, sighting: Sighting, atNs: number): void {
    const stretch = file.opened(atNs);
    stretch.pid = sighting.pid;
    stretch.wrote = sighting.forWriting;
    stretch.mapped = sighting.mapped;
    this.#remember(stretch, this.#lastRead);
    this.#positions.set(stretch, sighting.position);
  }

  /** Where the system does not tell of closings: what is not seen any more was closed. */
  #closeUnseen(pid: number, sightings: readonly Sighting[], nowNs: number): void {
    for (const file of this.#unfollowed(pid)) {
      if (sightings.some((sighting) => sighting.file.identity === file.identity)) continue;
      this.#ended(file, file.closed(nowNs, false), readBytesNow(this.#members), 1);
    }
  }

  #hasUnfollowed(pid: number): boolean {
    return !this.#unfollowed(pid).next().done;
  }

  *#unfollowed(pid: number): Generator<WatchedFile> {
    for (const file of this.#files.values()) {
      if (!file.followed && file.openNow.some((stretch) => stretch.pid === pid)) yield file;
    }
  }
}
