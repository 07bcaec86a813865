import { ProfilerError } from '../../model/profilerError.ts';
import type { Importer, InputHead } from '../importer.ts';
import { JsonStream } from '../json/jsonStream.ts';
import { KeySet } from '../json/keySet.ts';
import { TraceEvent, isEventKey } from './traceEvent.ts';
import { TraceSink } from './traceSink.ts';

const FILE_KEYS = new KeySet(['traceEvents', 'samples', 'stackFrames', 'systemTraceEvents']);

const NOT_SHOWN: readonly string[] = [
  '',
  'list of samples',
  'table of stack frames',
  'systrace text',
];

const FIRST_KEY = /^\{\s*"([^"\\]*)"/u;

/** Enough for the white space and first key of an object. */
const FIRST_KEY_BYTES = 128;

/**
 * Chrome's trace events, as the many tools that write them do: an array that may lack its end, an object around it, or
 * an event a line.
 */
export const chromeTraceImporter: Importer = {
  format: 'chrome-trace',
  title: 'Chrome trace events',
  detect,
  async read(source, target) {
    const sink = new TraceSink(target);
    const json = new JsonStream(source.chunks(), { signal: target.signal });
    const { reader } = json;
    const event = new TraceEvent();
    const readEvent = (): void => {
      const { offset } = reader;
      if (event.read(reader)) sink.add(event, offset);
      else {
        reader.skip();
        sink.reject(offset, 'an element that is no event');
      }
    };
    const reject = (offset: number, reason: string): void => sink.reject(offset, reason);
    let containers = 0;
    await json.eachDocument(async () => {
      if ((await json.read(() => reader.peek())) !== 'object') {
        if (await json.eachElement(readEvent, reject)) containers += 1;
        else sink.reject(reader.offset, 'a value that is no event');
        return;
      }
      const isEvent = await json.read(() => {
        const bytes = reader.peekBytes(reader.offset, FIRST_KEY_BYTES);
        if (bytes.length < FIRST_KEY_BYTES && !reader.isClosed) reader.underflow();
        return startsLikeEvent(bytes);
      });
      if (isEvent) {
        await json.read(readEvent);
        return;
      }
      await json.eachKey(FILE_KEYS, async (key) => {
        if (key !== 0) sink.notShown.part(NOT_SHOWN[key] ?? '');
        else if (await json.eachElement(readEvent, reject)) containers += 1;
      });
    }, reject);
    const reason = sink.firstRejection;
    if (sink.accepted === 0 && (containers === 0 || reason !== undefined)) {
      const why = reason ?? 'there are no trace events in it';
      throw new ProfilerError('import.unreadable', `${source.name} cannot be read: ${why}.`);
    }
    sink.finish();
  },
};

function startsLikeEvent(bytes: Buffer): boolean {
  const match = FIRST_KEY.exec(bytes.toString('latin1'));
  return match !== null && isEventKey(match[1] ?? '');
}

function detect({ text }: InputHead): number {
  const begin = text.trimStart();
  if (!begin.startsWith('{') && !begin.startsWith('[')) return 0;
  if (/"traceEvents"\s*:/u.test(begin)) return 1;
  if (/"ph"\s*:\s*"[A-Za-z()=]"/u.test(begin)) return 0.95;
  return /^\[\s*\]?\s*$/u.test(begin) ? 0.3 : 0;
}
