import { tmpdir } from 'node:os';
import type { ProcessMember } from '../linux/processMember.ts';
import type { ProcessTree } from '../linux/processTree.ts';
import { type FileEvent, FileEvents } from './fileEvents.ts';
import { findLargeFiles, largeFile, type LargeFile, scopesOf } from './largeFiles.ts';
import { OpenFileSearch, type Sighting } from './openFileSearch.ts';
import { mostRead, ReadMarks } from './readBytes.ts';
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
/** A process may have been waited for only some looks after it closed a file. */
const LOOKS_BACK = 4;
const MAPS_PAUSE_MS = 200;
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
  readonly #isKnown = (identity: string): boolean => this.#files.has(identity);
  readonly #files = new Map<string, WatchedFile>();
  /** Stretches that have ended since the last look. */
  #recent: { readonly file: WatchedFile; readonly stretch: OpenStretch; looks: number }[] = [];
  readonly #positions = new WeakMap<OpenStretch, number>();
  /** Stretches that ended with little read of the file: perhaps it was mapped. */
  #undecided: { readonly file: WatchedFile; readonly stretch: OpenStretch }[] = [];
  #members: ReadonlyMap<number, ProcessMember> = new Map();
  #marks = new ReadMarks(0);
  #lastLookNs = 0;
  #ownFolders: readonly string[] = [];
  #nextMapsMs = 0;

  constructor(options: FileWatchOptions) {
    this.#options = options;
    this.#search = new OpenFileSearch(options.minBytes, this.#isKnown);
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
    this.#marks = new ReadMarks(nowNs);
    const events = this.#events;
    if (events === null) return;
    const { command, cwd, minBytes, temporaryFolder, toRunNs } = this.#options;
    const scopes = scopesOf(command, cwd, temporaryFolder ?? tmpdir());
    this.#ownFolders = scopes.slice(0, -1).map(({ folder }) => folder);
    for (const found of findLargeFiles(scopes, minBytes, (path) => events.watchFolder(path))) {
      const file = this.#file(found, nowNs);
      file.shared = this.#isShared(found.path);
    }
    events.listen((happened, arrivedNs, sinceNs) =>
      this.#take(happened, toRunNs(arrivedNs), toRunNs(sinceNs)),
    );
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
    this.#lookBack(nowNs);
    this.#lastLookNs = nowNs;
  }

  /**
   * Ends the watch, at once when the program has ended; what was opened until then is told.
   *
   * @param pid of the program.
   */
  async stop(endNs: number, pid: number): Promise<void> {
    const end = this.#marks.markEnd(endNs, pid);
    await this.#events?.stop();
    this.#decide();
    for (const file of this.#files.values()) {
      while (file.openNow.length > 0) this.#close(file, endNs, false, endNs);
    }
    for (const { stretch } of this.#recent) stretch.evidence.after = end;
    this.#marks.close();
    for (const { file, stretch } of this.#undecided) file.countBeyond(stretch);
    for (const file of this.#files.values()) file.settle();
    for (const [identity, file] of this.#files) {
      if (file.shared && !file.seenOpen) this.#files.delete(identity);
    }
  }

  /** Whether a file lies where any process of the machine puts its files, and not where this program's are. */
  #isShared(path: string): boolean {
    return !this.#ownFolders.some((folder) => path.startsWith(`${folder}/`));
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

  #take(events: readonly FileEvent[], nowNs: number, sinceNs: number): void {
    const early = this.#marks.before(sinceNs);
    const late = this.#marks.mark(nowNs, this.#members);
    for (const event of events) {
      if (event.kind === 'opened') {
        event.file.opened(nowNs, early, late);
      } else if (event.kind === 'closed') {
        this.#ended(event.file, event.file.closed(nowNs, event.wrote, early, late));
        if (event.wrote) this.#rewritten(event.file);
      } else if (event.kind === 'appeared') {
        const file = largeFile(event.path, this.#options.minBytes, this.#isKnown);
        if (file !== null) this.#appeared(file, nowNs);
      } else {
        for (const file of this.#files.values()) file.blurred = true;
      }
    }
  }

  #close(file: WatchedFile, nowNs: number, wrote: boolean, sinceNs: number): void {
    const early = this.#marks.before(sinceNs);
    this.#ended(file, file.closed(nowNs, wrote, early, this.#marks.mark(nowNs, this.#members)));
  }

  #ended(file: WatchedFile, stretch: OpenStretch): void {
    const { early, late, closed } = stretch.evidence;
    stretch.pid ??= mostRead(early, closed)?.pid ?? null;
    if (!file.followed) {
      // Between two looks it may have been closed and opened again.
      const bytes = mostRead(late, closed)?.bytes ?? 0;
      file.loadsUnseen += Math.max(0, Math.round(bytes / file.bytes) - 1);
    }
    this.#recent.push({ file, stretch, looks: 0 });
  }

  /** What a process read that has ended meanwhile is known since its parent has waited for it. */
  #lookBack(nowNs: number): void {
    const mark = this.#marks.mark(nowNs, this.#members);
    for (const each of this.#recent) {
      const { file, stretch } = each;
      each.looks += 1;
      stretch.evidence.after = mark;
      if (each.looks > 1) continue;
      if (file.isLoad(stretch) || stretch.wrote) file.countBeyond(stretch);
      else this.#undecided.push({ file, stretch });
    }
    this.#recent = this.#recent.filter(({ looks }) => looks < LOOKS_BACK);
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
    file.shared = this.#isShared(found.path);
    file.startVersion(before);
  }

  /** Looks whether files that were opened without being read are mapped; gives what is. */
  #decide(): Sighting[] {
    const open = [...this.#files.values()].filter((file) =>
      file.openNow.some(({ mapped, wrote }) => !mapped && !wrote),
    );
    if (this.#undecided.length === 0 && open.length === 0) return [];
    const before = process.cpuUsage();
    if (performance.now() < this.#nextMapsMs && this.#undecided.length < MAX_UNDECIDED) return [];
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
    const { user, system } = process.cpuUsage(before);
    const pauseMs = Math.min((user + system) / 1000 / MAPS_SHARE, MAPS_PAUSE_MS);
    this.#nextMapsMs = performance.now() + pauseMs;
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
    file.seenOpen = true;
    const stretch = file.openNow.find(({ pid }) => pid === null || pid === sighting.pid);
    if (stretch !== undefined) stretch.pid = sighting.pid;
    if (file.followed || sighting.mapped) return;
    if (stretch === undefined) this.#open(file, sighting, this.#lastLookNs);
    else if (sighting.position < (this.#positions.get(stretch) ?? 0)) {
      this.#close(file, nowNs, false, this.#lastLookNs);
      this.#open(file, sighting, nowNs);
    } else this.#positions.set(stretch, sighting.position);
  }

  #open(file: WatchedFile, sighting: Sighting, atNs: number): void {
    const mark = this.#marks.before(atNs);
    const stretch = file.opened(atNs, mark, mark);
    stretch.pid = sighting.pid;
    stretch.wrote = sighting.forWriting;
    stretch.mapped = sighting.mapped;
    this.#positions.set(stretch, sighting.position);
  }

  /** Where the system does not tell of closings: what is not seen any more was closed. */
  #closeUnseen(pid: number, sightings: readonly Sighting[], nowNs: number): void {
    for (const file of this.#unfollowed(pid)) {
      if (sightings.some((sighting) => sighting.file.identity === file.identity)) continue;
      this.#close(file, nowNs, false, this.#lastLookNs);
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
