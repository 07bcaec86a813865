import { ATTRIBUTE } from '../../model/attributeNames.ts';
import type { AttributeValue } from '../../model/attributes.ts';
import type { RunBuilder } from '../../model/runBuilder.ts';
import type { TrackKind } from '../../model/run.ts';
import type { TrackId } from '../../model/units.ts';
import type { AttributeList } from './otlpRecords.ts';

/** What tells one process of a service from another (semantic conventions). */
const IDENTITY = [
  'service.namespace',
  'service.name',
  'service.instance.id',
  'host.name',
  'process.pid',
] as const;

const UNNAMED = 'unknown service';

/** Most tracks for threads of one run: beyond it, spans lie on the track of their process. */
const MAX_THREADS = 10_000;

const TRACK_KINDS: ReadonlySet<string> = new Set(['process', 'thread', 'resource']);

/** Whether attributes name a track of their own. */
export function namesTrack({ keys, length }: AttributeList): boolean {
  for (let i = 0; i < length; i += 1) {
    const key = keys[i];
    if (key === 'thread.id' || key === 'thread.name' || key === ATTRIBUTE.track) return true;
  }
  return false;
}

/** A process that records come from. */
export interface Process {
  readonly name: string;
  readonly track: TrackId;
}

/** The tracks of a run that OTLP makes: one for each process, and one for each thread that is named. */
export class Processes {
  readonly #builder: RunBuilder;
  readonly #known = new Map<string, Process>();
  readonly #names = new Map<string, number>();
  readonly #threads = new Map<string, TrackId>();
  readonly #threadNames = new Map<string, string>();

  constructor(builder: RunBuilder) {
    this.#builder = builder;
  }

  /**
   * The process of a resource. The first of a service has the service's name, so that the tracks of two runs have equal
   * names; others of the same service add their process id or a number.
   */
  of(resource: AttributeList): Process {
    const key = JSON.stringify(IDENTITY.map((name) => textOf(resource.get(name))));
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const name = this.#nameOf(resource);
    const process = { name, track: this.#builder.track(name, 'process') };
    this.#known.set(key, process);
    return process;
  }

  /** The track that a record's own attributes name: the one of our own export, or its thread's. */
  trackOf(process: () => Process, attributes: AttributeList): TrackId {
    const own = attributes.get(ATTRIBUTE.track);
    if (typeof own !== 'string') {
      return this.#thread(process(), attributes.get('thread.name'), attributes.get('thread.id'));
    }
    const kind = attributes.get(ATTRIBUTE.trackKind);
    const known = typeof kind === 'string' && TRACK_KINDS.has(kind);
    return this.#builder.track(own, known ? (kind as TrackKind) : 'thread');
  }

  /** The track of a thread of a process, by its name and id as far as they are known. */
  #thread(
    process: Process,
    name: AttributeValue | undefined,
    id: AttributeValue | undefined,
  ): TrackId {
    if (name === undefined && id === undefined) return process.track;
    const key = JSON.stringify([process.track, textOf(name), textOf(id)]);
    const known = this.#threads.get(key);
    if (known !== undefined) return known;
    if (this.#threads.size >= MAX_THREADS) return process.track;
    const words = name === undefined ? `thread ${textOf(id)}` : textOf(name);
    const plain = `${process.name} / ${words}`;
    const holder = this.#threadNames.get(plain);
    const full = holder === undefined || id === undefined ? plain : `${plain} (${textOf(id)})`;
    if (holder === undefined) this.#threadNames.set(plain, key);
    const track = this.#builder.track(full, 'thread');
    this.#threads.set(key, track);
    return track;
  }

  #nameOf(resource: AttributeList): string {
    const service = textOf(resource.get('service.name')) || UNNAMED;
    const count = (this.#names.get(service) ?? 0) + 1;
    this.#names.set(service, count);
    if (count === 1) return service;
    const pid = resource.get('process.pid');
    return pid === undefined ? `${service} #${count}` : `${service} (pid ${textOf(pid)})`;
  }
}

function textOf(value: AttributeValue | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
