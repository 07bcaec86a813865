import type { AttributeValue, Attributes } from './attributes.ts';
import { CounterStore } from './counterStore.ts';
import { type RunEnvironment, UNKNOWN_ENVIRONMENT } from './environment.ts';
import { finishSpans } from './finishSpans.ts';
import { type InstantInput, InstantStore } from './instantStore.ts';
import type { Ledger } from './ledger.ts';
import { type LogSummary, shiftLog } from './logSummary.ts';
import type { RejectedRow, RunProvenance } from './provenance.ts';
import type { Run, RunKind, RunStatus, SourceRef, Track, TrackKind } from './run.ts';
import { finishLinks, finishWeights } from './linksAndWeights.ts';
import type { SpanStatus } from './spanStatus.ts';
import { type SpanHandle, type SpanInput, SpanStore, checkDuration } from './spanStore.ts';
import { StringTable } from './stringTable.ts';
import type { SourceId, TrackId } from './units.ts';
import { WorkBook, type WorkEntry } from './workBook.ts';

/** What is known of a run before its first span. */
export interface RunHead {
  readonly id: string;
  readonly name: string;
  readonly kind: RunKind;
  /** Unix time in nanoseconds that the builder's times are relative to. */
  readonly epochNs: bigint;
  readonly traceId?: string | null;
  /** Unit of the weights; makes it a run without time order. */
  readonly weightUnit?: string;
  readonly environment?: Partial<RunEnvironment>;
  readonly provenance: Pick<RunProvenance, 'client' | 'version' | 'format'> &
    Partial<RunProvenance>;
}

/** How a run ended. */
export interface RunEnd {
  readonly status: RunStatus;
  readonly error?: string | null;
  /** When spans that are still open end, relative to the builder's epoch; without it they have no length. */
  readonly openEndNs?: number;
  /** As in the head, where it became known later. */
  readonly weightUnit?: string;
  /** Whether nothing is done with the builder afterwards: the run takes its memory instead of a copy. */
  readonly last?: boolean;
}

/** Most rejected rows that a run keeps one by one; the rest is only counted. */
const MAX_REJECTED_ROWS = 1000;

/**
 * Collects spans, instants, counters and accounts in any order and makes a Run of them. `finish` may be called again
 * while things are added: it copies.
 */
export class RunBuilder {
  readonly strings = new StringTable();
  readonly #head: RunHead;
  readonly #spans = new SpanStore(this.strings);
  readonly #instants = new InstantStore(this.strings);
  readonly #counters = new CounterStore();
  readonly #work = new WorkBook();
  readonly #ledgers: Ledger[] = [];
  readonly #tracks: Omit<Track, 'lanes'>[] = [];
  readonly #trackIds = new Map<string, TrackId>();
  readonly #sourceRefs: SourceRef[] = [];
  readonly #sourceIds = new Map<string, SourceId>();
  readonly #rejected: RejectedRow[] = [];
  readonly #dropped = { droppedSpans: 0, droppedInstants: 0, droppedSamples: 0 };
  #environment: RunEnvironment;
  #log: (shiftNs: number) => LogSummary | null = () => null;
  readonly #releases: (() => void)[] = [];
  readonly #links: [SpanHandle, SpanHandle][] = [];
  readonly #selfWeights = new Map<SpanHandle, number>();
  #rejectedBeyondCap = 0;

  constructor(head: RunHead) {
    this.#head = head;
    this.#environment = { ...UNKNOWN_ENVIRONMENT, ...head.environment };
  }

  /** Unix time in nanoseconds that all times are relative to. */
  get epochNs(): bigint {
    return this.#head.epochNs;
  }

  get spanCount(): number {
    return this.#spans.count;
  }

  get instantCount(): number {
    return this.#instants.count;
  }

  get sampleCount(): number {
    return this.#counters.count;
  }

  /** The track of a name and kind, a new one where there was none. */
  track(name: string, kind: TrackKind): TrackId {
    const key = `${kind} ${name}`;
    const known = this.#trackIds.get(key);
    if (known !== undefined) return known;
    const id = this.#tracks.length;
    this.#tracks.push({ id, name: name.toWellFormed(), kind });
    this.#trackIds.set(key, id);
    return id;
  }

  /** Gives a track another name: those of threads may come after their spans. */
  renameTrack(id: TrackId, rename: (name: string) => string): void {
    const track = this.#tracks[id];
    if (track !== undefined)
      this.#tracks[id] = { ...track, name: rename(track.name).toWellFormed() };
  }

  /** Calls for each span so far, with NaN for the duration of one that is open. */
  forEachSpan(
    visit: (handle: SpanHandle, track: TrackId, startNs: number, durationNs: number) => void,
  ): void {
    const { count, trackId, startNs, durationNs } = this.#spans;
    for (let handle = 0; handle < count; handle += 1) {
      visit(handle, trackId.get(handle), startNs.get(handle), durationNs.get(handle));
    }
  }

  /** The source id of a place, a new one where the place was not known. */
  source(ref: SourceRef): SourceId {
    const key = JSON.stringify([ref.file, ref.line, ref.column, ref.functionName, ref.rung]);
    const known = this.#sourceIds.get(key);
    if (known !== undefined) return known;
    this.#sourceRefs.push({ ...ref });
    const id = this.#sourceRefs.length;
    this.#sourceIds.set(key, id);
    return id;
  }

  /** Adds a finished span. Throws `span.invalid-time` for times that cannot be. */
  addSpan(
    input: SpanInput & {
      readonly durationNs: number;
      readonly status?: SpanStatus;
      readonly attributes?: Attributes;
    },
  ): SpanHandle {
    checkDuration(input.durationNs);
    const handle = this.#spans.open(input);
    this.#spans.close(handle, input.durationNs, input.status ?? 0);
    if (input.attributes !== undefined) this.setAttributes(handle, input.attributes);
    return handle;
  }

  /** Adds a span whose end is not known yet. */
  openSpan(input: SpanInput): SpanHandle {
    return this.#spans.open(input);
  }

  /** Ends an open span. Throws `span.invalid-time`, `span.unknown-handle`. */
  closeSpan(handle: SpanHandle, durationNs: number, status: SpanStatus): void {
    this.#spans.close(handle, durationNs, status);
  }

  /** Sets attributes of a span; of a key that is set twice the later value counts. */
  setAttributes(handle: SpanHandle, attributes: Attributes): void {
    for (const [key, value] of Object.entries(attributes)) {
      if (value !== undefined) this.#spans.setAttribute(handle, key, value);
    }
  }

  /** Sets an attribute of a span: `setAttributes` for readers that have no object of them. */
  setAttribute(handle: SpanHandle, key: string, value: AttributeValue): void {
    this.#spans.setAttribute(handle, key, value);
  }

  /** Gives a span the parent that was added after it. */
  setParent(handle: SpanHandle, parent: SpanHandle): void {
    this.#spans.check(handle);
    this.#spans.check(parent);
    this.#spans.parent.set(handle, parent);
  }

  /** Puts the instant that was added as number `instant` into a span that was added after it. */
  setInstantSpan(instant: number, span: SpanHandle): void {
    this.#spans.check(span);
    this.#instants.setSpan(instant, span);
  }

  /** Adds to the own weight of a span of a run without time order. */
  addWeight(handle: SpanHandle, self: number): void {
    this.#spans.check(handle);
    this.#selfWeights.set(handle, (this.#selfWeights.get(handle) ?? 0) + self);
  }

  /** Links two spans that are no parent and child. */
  addLink(from: SpanHandle, to: SpanHandle): void {
    this.#spans.check(from);
    this.#spans.check(to);
    this.#links.push([from, to]);
  }

  addInstant(input: InstantInput): void {
    this.#instants.add(input);
  }

  /** Adds a sample to the counter of a name, unit and track. */
  addSample(name: string, unit: string, track: TrackId, timeNs: number, value: number): void {
    this.#counters.add(name, unit, track, timeNs, value);
  }

  addWork(stage: string, entry: WorkEntry): void {
    this.#work.add(stage, entry);
  }

  /** Adds a ledger; one of the same name is replaced. */
  addLedger(ledger: Ledger): void {
    const known = this.#ledgers.findIndex(({ name }) => name === ledger.name);
    this.#ledgers.splice(known < 0 ? this.#ledgers.length : known, known < 0 ? 0 : 1, ledger);
  }

  /**
   * Says who knows what the log lines say. It is asked whenever the run is finished.
   *
   * @param log gives the summary with its times as they were given to the builder.
   */
  setLog(log: () => LogSummary | null): void {
    this.#log = (shiftNs) => shiftLog(log(), shiftNs);
  }

  /** Has something let go, before the run is finished for the last time, of what it keeps of all spans. */
  beforeLast(release: () => void): void {
    this.#releases.push(release);
  }

  /** Tells of a row that could not be read; beyond a thousand they are only counted. */
  reject(row: RejectedRow): void {
    if (this.#rejected.length < MAX_REJECTED_ROWS) this.#rejected.push(row);
    else this.#rejectedBeyondCap += 1;
  }

  /** Counts spans, instants or counter samples that were measured but not kept. */
  drop(what: 'droppedSpans' | 'droppedInstants' | 'droppedSamples', count = 1): void {
    this.#dropped[what] += count;
  }

  /** Adds to what is known of the environment. */
  addEnvironment(environment: Partial<RunEnvironment>): void {
    this.#environment = { ...this.#environment, ...environment };
  }

  /**
   * The run so far with what `addMore` adds to spans and instants, which is forgotten again afterwards: for what open
   * spans hold at the moment.
   */
  snapshot(end: RunEnd, addMore: () => void): Run {
    const attributes = this.#spans.attributeSpan.length;
    const instants = this.#instants.count;
    const dropped = { ...this.#dropped };
    addMore();
    const run = this.finish(end);
    this.#spans.truncateAttributes(attributes);
    this.#instants.truncate(instants);
    Object.assign(this.#dropped, dropped);
    return run;
  }

  /** The run so far. */
  finish(end: RunEnd): Run {
    if (end.last === true) for (const release of this.#releases.splice(0)) release();
    const shiftNs = this.#beginNs();
    const tracks = this.#tracks.slice();
    const overflow = new Map<string, TrackId>();
    const finished = finishSpans(
      this.#spans,
      shiftNs,
      end.openEndNs ?? 0,
      end.last === true,
      (track, number) => {
        const key = `${track}:${number}`;
        const known = overflow.get(key);
        if (known !== undefined) return known;
        const { name, kind } = this.#tracks[track] ?? { name: '', kind: 'thread' };
        const id = tracks.push({ id: tracks.length, name: `${name} (${number + 1})`, kind }) - 1;
        overflow.set(key, id);
        return id;
      },
    );
    return {
      id: this.#head.id,
      name: this.#head.name,
      kind: this.#head.kind,
      status: end.status,
      error: end.error ?? null,
      epochNs: this.#head.epochNs + BigInt(shiftNs),
      traceId: this.#head.traceId ?? null,
      tracks: tracks.map((track) => ({ ...track, lanes: finished.lanes.get(track.id) ?? 0 })),
      spans: finished.spans,
      spanIds: finished.spanIds,
      weights: finishWeights(
        end.weightUnit ?? this.#head.weightUnit ?? null,
        this.#selfWeights,
        finished.spans.parent,
        finished.indexOf,
      ),
      attributes: finished.attributes,
      instants: this.#instants.finish(shiftNs, finished.indexOf),
      links: finishLinks(this.#links, finished.indexOf),
      counters: this.#counters.finish(shiftNs),
      sourceRefs: this.#sourceRefs.slice(),
      work: this.#work.toArray(),
      ledgers: this.#ledgers.slice(),
      log: this.#log(shiftNs),
      environment: this.#environment,
      provenance: this.#provenance(finished.brokenParents),
      strings: this.strings.toArray(),
    };
  }

  #provenance(brokenParents: number): RunProvenance {
    const rejected = [...(this.#head.provenance.rejected ?? []), ...this.#rejected];
    const file = this.#head.provenance.files?.[0] ?? '';
    if (brokenParents > 0) {
      const reason = `${brokenParents} spans in cycles or with an id that another span has`;
      rejected.push({ file, offset: null, reason });
    }
    const given = this.#head.provenance;
    return {
      client: given.client,
      version: given.version,
      format: given.format,
      files: given.files ?? [],
      rejected,
      rejectedCount: rejected.length + this.#rejectedBeyondCap,
      droppedSpans: bounded((given.droppedSpans ?? 0) + this.#dropped.droppedSpans),
      droppedInstants: bounded((given.droppedInstants ?? 0) + this.#dropped.droppedInstants),
      droppedSamples: bounded((given.droppedSamples ?? 0) + this.#dropped.droppedSamples),
    };
  }

  /** The whole nanosecond at which the earliest thing of the run lies, if before the builder's epoch, else 0. */
  #beginNs(): number {
    let earliest = Math.min(0, this.#counters.earliestNs);
    for (const ns of this.#spans.startNs.view()) earliest = Math.min(earliest, ns);
    for (const ns of this.#instants.timeNs.view()) earliest = Math.min(earliest, ns);
    return Math.floor(earliest);
  }
}

/** A count that a client may have made up, as one that can be stored. */
function bounded(count: number): number {
  return Math.min(count, Number.MAX_SAFE_INTEGER);
}
