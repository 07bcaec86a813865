import type { SpanHandle } from '../../model/spanStore.ts';
import type { TrackId } from '../../model/units.ts';
import type { ImportRun, ImportTarget } from '../importer.ts';
import { EventPairs } from './eventPairs.ts';
import { sourceOfEvent } from './eventSource.ts';
import { Flows } from './flows.ts';
import { NotShown } from './notShown.ts';
import type { TraceEvent } from './traceEvent.ts';
import { TraceThreads } from './traceThreads.ts';

/** Seconds of Unix time that a trace’s clock shows where it is one: 2001 to 2096. */
const UNIX_SECONDS = { from: 1e9, to: 4e9 };

/** Times further from the first one belong to no run: 100 years. */
const MAX_DISTANCE_NS = 100 * 366 * 86_400e9;

/** Phases with a time of their own. */
const TIMED = new Set([
  'B',
  'E',
  'X',
  'b',
  'e',
  'n',
  'S',
  'F',
  'T',
  'p',
  's',
  't',
  'f',
  'C',
  'i',
  'I',
  'R',
]);

const WORDS = { error: 2, open: 3 } as const;

/** Puts events into a run, in the order of the file. */
export class TraceSink {
  readonly #target: ImportTarget;
  readonly #pairs = new EventPairs();
  readonly #flows = new Flows();
  readonly notShown = new NotShown();
  #run: ImportRun | null = null;
  #threads: TraceThreads | null = null;
  #base = { seconds: 0, nanos: 0 };
  #lastNs = 0;
  #accepted = 0;
  /** Names of threads that came before the first time. */
  readonly #namings: ((threads: TraceThreads) => void)[] = [];
  readonly #rejections: [number | null, string][] = [];

  constructor(target: ImportTarget) {
    this.#target = target;
  }

  /** Events that were understood. */
  get accepted(): number {
    return this.#accepted;
  }

  /** The first reason for which something was not. */
  get firstRejection(): string | undefined {
    return this.#rejections[0]?.[1];
  }

  reject(offset: number | null, reason: string): void {
    if (this.#run !== null) this.#run.reject(offset, reason);
    if (this.#run === null || this.#rejections.length === 0)
      this.#rejections.push([offset, reason]);
  }

  add(event: TraceEvent, offset: number): void {
    const problem = this.#place(event, offset);
    if (problem === null) this.#accepted += 1;
    else this.reject(offset, problem);
  }

  /** Pairs, links and names what could not be before everything was read. */
  finish(): void {
    const run = this.#begun(null);
    this.#pairs.pair(run, this.#lastNs);
    this.#flows.link(run);
    this.#threads?.rename();
    this.notShown.tell((reason) => run.reject(null, reason));
  }

  /** Why an event cannot be used, or null where it was. */
  #place(event: TraceEvent, offset: number): string | null {
    const { phase } = event;
    if (phase === 'M') return this.#name(event);
    if (!TIMED.has(phase))
      return this.notShown.count(phase) ? null : `an event of the phase “${phase.slice(0, 20)}”`;
    if (!event.timed) return 'an event without a time';
    const run = this.#begun(event);
    const { seconds, nanos } = this.#base;
    const timeNs = (event.seconds - seconds) * 1e9 + (event.nanos - nanos);
    if (!(Math.abs(timeNs) <= MAX_DISTANCE_NS))
      return 'a time that is more than 100 years from the first';
    const atNs = timeNs + run.offsetNs;
    if (atNs > this.#lastNs) this.#lastNs = atNs;
    switch (phase) {
      case 'X':
        return this.#complete(event, atNs);
      case 'B':
        this.#pairs.begin(
          `${event.pid} ${event.tid}`,
          atNs,
          event.name,
          this.#open(event, atNs, this.#thread(event)),
        );
        return null;
      case 'E':
        this.#end(`${event.pid} ${event.tid}`, event, atNs, offset);
        return null;
      case 'b':
      case 'S':
        this.#pairs.begin(
          asyncGroup(event),
          atNs,
          event.name,
          this.#open(event, atNs, this.#async(event), null),
        );
        return null;
      case 'e':
      case 'F':
        this.#end(asyncGroup(event), event, atNs, offset);
        return null;
      case 's':
      case 't':
      case 'f':
        this.#flow(event, phase, atNs);
        return null;
      case 'C':
        return this.#counter(event, atNs);
      default:
        this.#instant(event, atNs);
        return null;
    }
  }

  #begun(event: TraceEvent | null): ImportRun {
    if (this.#run !== null) return this.#run;
    let epochNs: bigint | null = null;
    if (event !== null) {
      this.#base = { seconds: event.seconds, nanos: event.nanos };
      if (event.seconds > UNIX_SECONDS.from && event.seconds < UNIX_SECONDS.to) {
        epochNs = BigInt(event.seconds) * 1_000_000_000n + BigInt(Math.floor(event.nanos));
      }
    }
    const run = this.#target.begin({ epochNs });
    this.#run = run;
    this.#lastNs = run.offsetNs;
    this.#threads = new TraceThreads(run);
    for (const naming of this.#namings.splice(0)) naming(this.#threads);
    for (const [offset, reason] of this.#rejections) run.reject(offset, reason);
    return run;
  }

  #tracks(): TraceThreads {
    this.#threads ??= new TraceThreads(this.#begun(null));
    return this.#threads;
  }

  #thread({ pid, tid }: TraceEvent): TrackId {
    return this.#tracks().thread(pid, tid);
  }

  #async({ pid, category }: TraceEvent): TrackId {
    return this.#tracks().asynchronous(pid, category);
  }

  /** In whole nanoseconds: sums of decimal microseconds let a child end a rounding error after its parent. */
  #complete(event: TraceEvent, atNs: number): string | null {
    if (!(event.durationNs >= 0 && event.durationNs <= MAX_DISTANCE_NS)) {
      return 'a duration that is none';
    }
    const startNs = Math.round(atNs);
    const durationNs = Math.round(atNs + event.durationNs) - startNs;
    const { builder } = this.#begun(event);
    const track = this.#thread(event);
    const handle = builder.addSpan({
      name: event.name,
      startNs,
      durationNs,
      track,
      source: this.#source(event),
      childrenFirst: true,
      status: event.category in WORDS ? WORDS[event.category as keyof typeof WORDS] : 0,
    });
    this.#attributes(handle, event);
    if (startNs + durationNs > this.#lastNs) this.#lastNs = startNs + durationNs;
    if (event.flowIn) this.#flows.addSpan(event.bindId, 't', startNs, track, handle);
    else if (event.flowOut) this.#flows.addSpan(event.bindId, 's', startNs, track, handle);
    return null;
  }

  /** @param parent null where it is not to be found among the spans of the track. */
  #open(event: TraceEvent, startNs: number, track: TrackId, parent?: null): SpanHandle {
    const { builder } = this.#begun(event);
    const source = this.#source(event);
    const handle = builder.openSpan({ name: event.name, startNs, track, source, parent });
    this.#attributes(handle, event);
    return handle;
  }

  #end(group: string, event: TraceEvent, atNs: number, offset: number): void {
    const args = event.args.count > 0 ? event.args.toObject() : null;
    this.#pairs.end(group, atNs, event.name, offset, args);
  }

  #attributes(handle: SpanHandle, { args, category }: TraceEvent): void {
    const { builder } = this.#begun(null);
    if (category !== '' && !(category in WORDS)) builder.setAttribute(handle, 'category', category);
    for (let i = 0; i < args.count; i += 1) {
      builder.setAttribute(handle, args.keys[i] ?? '', args.values[i] ?? '');
    }
  }

  #source(event: TraceEvent): number | undefined {
    const source = sourceOfEvent(event);
    return source === null ? undefined : this.#begun(event).builder.source(source);
  }

  #flow(event: TraceEvent, phase: 's' | 't' | 'f', atNs: number): void {
    const flow = `${event.category} ${event.name} ${event.id}`;
    const enclosing = phase !== 'f' || event.bind === 'e';
    this.#flows.addTime(flow, phase, atNs, this.#thread(event), enclosing);
  }

  #counter(event: TraceEvent, atNs: number): string | null {
    const keys = event.args.keys.slice(0, event.args.count);
    const { values } = event.args;
    const track = this.#tracks().process(event.pid);
    const id = event.id === '' ? '' : ` ${event.id.trim()}`;
    let problem: string | null = keys.length === 0 ? 'a counter without a value' : null;
    keys.forEach((key, i) => {
      const value = Number(values[i]);
      if (!Number.isFinite(value)) problem = 'a counter with a value that is no number';
      else {
        const series = key === 'value' || key === event.name ? '' : ` ${key}`;
        this.#begun(event).builder.addSample(event.name + id + series, '1', track, atNs, value);
      }
    });
    return problem;
  }

  #instant(event: TraceEvent, atNs: number): void {
    const ofThread = event.scope === 't' || event.scope === '';
    const track = 'nTp'.includes(event.phase)
      ? this.#async(event)
      : ofThread
        ? this.#thread(event)
        : this.#tracks().process(event.pid);
    const attributes = event.args.count > 0 ? event.args.toObject() : undefined;
    this.#begun(event).builder.addInstant({
      kind: 'event',
      text: event.name,
      timeNs: atNs,
      track,
      attributes,
    });
  }

  /** Metadata, which may come before any time. */
  #name({ name, pid, tid, args }: TraceEvent): null {
    const given = args.get('name');
    if (typeof given === 'string' && given !== '') {
      const naming = (threads: TraceThreads): void => {
        if (name === 'process_name') threads.nameProcess(pid, given);
        else if (name === 'thread_name') threads.nameThread(pid, tid, given);
      };
      if (this.#threads === null) this.#namings.push(naming);
      else naming(this.#threads);
    }
    return null;
  }
}

/** Spans with the same one nest in one another. */
function asyncGroup({ phase, category, id, name, pid }: TraceEvent): string {
  // Before there was nesting, the name was part of what tells spans apart.
  const own = phase === 'S' || phase === 'F' ? name : '';
  return `async ${category} ${id === '' ? `${pid} ${name}` : id} ${own}`;
}
