import type { JsonReader } from '../json/jsonReader.ts';
import { END_OF_OBJECT, KeySet } from '../json/keySet.ts';
import { EventArguments } from './eventArguments.ts';

const KEYS = [
  'ph',
  'name',
  'ts',
  'dur',
  'tdur',
  'pid',
  'tid',
  'cat',
  'args',
  'id',
  'id2',
  'scope',
  's',
  'bp',
  'bind_id',
  'flow_in',
  'flow_out',
  '.file',
  '.line',
] as const;

const EVENT_KEYS = new KeySet(KEYS);
const KEY = Object.fromEntries(KEYS.map((name, index) => [name, index])) as Record<
  (typeof KEYS)[number],
  number
>;

const ID2_KEYS = new KeySet(['local', 'global']);

/** Whether an object whose first key is this is an event, and not a file of events. */
export function isEventKey(key: string): boolean {
  return (KEYS as readonly string[]).includes(key);
}

/** One event as it is written; reused for the next one. */
export class TraceEvent {
  phase = '';
  name = '';
  category = '';
  pid = '';
  tid = '';
  /** Whether it has a time that is one: `seconds` and `nanos` beyond them. */
  timed = false;
  seconds = 0;
  nanos = 0;
  /** NaN for a duration that is none; 0 where there is none. */
  durationNs = 0;
  /** Empty without one; one that holds for the process only has the process in it. */
  id = '';
  /** Of an instant: g, p or t. */
  scope = '';
  /** Where a flow ends: `e` for the span around it, else the next one. */
  bind = '';
  bindId = '';
  flowIn = false;
  flowOut = false;
  /** Place in the source as Rust's tracing-chrome writes it. */
  file = '';
  line = 0;
  readonly args = new EventArguments();

  /** Reads the event at hand. False, and nothing consumed, where it is no object. Throws JsonError. */
  read(reader: JsonReader): boolean {
    if (!reader.enterObject()) return false;
    this.#clear();
    let threadDurationNs = 0;
    let hasDuration = false;
    let localId = false;
    let scope = '';
    for (;;) {
      switch (reader.nextKey(EVENT_KEYS)) {
        case END_OF_OBJECT:
          if (!hasDuration) this.durationNs = threadDurationNs;
          if (this.id !== '') this.id = `${scope} ${localId ? this.pid : ''} ${this.id}`;
          return true;
        case KEY.ph:
          this.phase = reader.readString() ?? '';
          break;
        case KEY.name:
          this.name = reader.readStringOrNumber() ?? '';
          break;
        case KEY.ts:
          this.timed = reader.readMicroseconds();
          this.seconds = reader.seconds;
          this.nanos = reader.nanos;
          break;
        case KEY.dur:
          hasDuration = true;
          this.durationNs = readDuration(reader);
          break;
        case KEY.tdur:
          threadDurationNs = readDuration(reader);
          break;
        case KEY.pid:
          this.pid = reader.readStringOrNumber() ?? '';
          break;
        case KEY.tid:
          this.tid = reader.readStringOrNumber() ?? '';
          break;
        case KEY.cat:
          this.category = reader.readString() ?? '';
          break;
        case KEY.args:
          this.args.clear();
          this.args.read(reader);
          break;
        case KEY.id:
          this.id = reader.readStringOrNumber() ?? '';
          break;
        case KEY.id2:
          localId = this.#readId2(reader);
          break;
        case KEY.scope:
          scope = reader.readString() ?? '';
          break;
        case KEY.s:
          this.scope = reader.readString() ?? '';
          break;
        case KEY.bp:
          this.bind = reader.readString() ?? '';
          break;
        case KEY.bind_id:
          this.bindId = reader.readStringOrNumber() ?? '';
          break;
        case KEY.flow_in:
          this.flowIn = reader.readBoolean() === true;
          break;
        case KEY.flow_out:
          this.flowOut = reader.readBoolean() === true;
          break;
        case KEY['.file']:
          this.file = reader.readString() ?? '';
          break;
        case KEY['.line']:
          this.line = reader.readNumber();
          break;
        default:
          reader.skip();
      }
    }
  }

  /** Whether the id holds for the process only. */
  #readId2(reader: JsonReader): boolean {
    let local = false;
    if (!reader.enterObject()) {
      reader.skip();
      return false;
    }
    for (
      let key = reader.nextKey(ID2_KEYS);
      key !== END_OF_OBJECT;
      key = reader.nextKey(ID2_KEYS)
    ) {
      if (key < 0) {
        reader.skip();
        continue;
      }
      local = key === 0;
      this.id = reader.readStringOrNumber() ?? '';
    }
    return local;
  }

  #clear(): void {
    this.phase = '';
    this.name = '';
    this.category = '';
    this.pid = '';
    this.tid = '';
    this.timed = false;
    this.durationNs = 0;
    this.id = '';
    this.scope = '';
    this.bind = '';
    this.bindId = '';
    this.flowIn = false;
    this.flowOut = false;
    this.file = '';
    this.line = 0;
    this.args.clear();
  }
}

function readDuration(reader: JsonReader): number {
  if (!reader.readMicroseconds() || reader.seconds < 0) return Number.NaN;
  return reader.seconds * 1e9 + reader.nanos;
}
