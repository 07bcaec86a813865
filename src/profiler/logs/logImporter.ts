import type { ByteSource, ImportTarget, Importer, InputHead } from '../importers/importer.ts';
import { ProfilerError } from '../model/profilerError.ts';
import { BinaryFilter } from './binaryFilter.ts';
import { LogClock } from './logClock.ts';
import { LogCollector } from './logCollector.ts';
import { cleanLine } from './cleanText.ts';
import { readMessage } from './messageLine.ts';

/** How sure it is of anything that is text: every other format comes first. */
const TEXT = 0.05;
/** Of text most lines of which have a time stamp or a level. */
const LOG = 0.3;
const HEAD_LINES = 200;
/** How the lines of JSON begin that was written to be read, but for the first: no line is a record by itself. */
const JSON_LINE = /^(?:[[{]$|[\]}]|"[^"]*"(?:,?$| *:)|(?:-?\d[\d.eE+-]*|true|false|null),?$)/u;
/** Share of an input that must be text; in bytes of chance some look like it. */
const LEAST_TEXT = 0.01;

/** Plain logs of any program. */
export const logImporter: Importer = { format: 'log', title: 'plain logs', detect, read };

function headLines(head: InputHead): string[] {
  const lines = head.text.split('\n');
  if (!head.complete) lines.pop();
  return lines
    .slice(0, HEAD_LINES)
    .map(cleanLine)
    .filter((line) => line.trim() !== '');
}

/** Text has hardly any control characters and hardly anything that is no character at all. */
function detect(head: InputHead): number {
  const { text } = head;
  if (text.trim() === '') return 0;
  const odd = text.match(/[\u0000-\u0007\u000e-\u001a\ufffd]/gu)?.length ?? 0;
  const wide = text.length > 1 && /^(?:[^\u0000]\u0000)+/u.test(text);
  if (odd > text.length * 0.1 && !wide) return 0;
  const lines = headLines(head);
  const known = lines.filter((line) => {
    const { time, level } = readMessage(line.slice(0, 4000));
    return time !== null || level !== null;
  });
  if (known.length >= lines.length / 2 && known.length > 0) return LOG;
  return isJsonDocument(head) ? 0 : TEXT;
}

/** Whether it is one JSON value over several lines: some other tool's, and no log. */
function isJsonDocument({ text, complete }: InputHead): boolean {
  const lines = text.trim().split('\n');
  if (lines.length < 2 || !/^\s*[[{]/u.test(text)) return false;
  if (!complete) return lines.slice(0, HEAD_LINES).every((line) => JSON_LINE.test(line.trim()));
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

async function read(source: ByteSource, target: ImportTarget): Promise<void> {
  const epochNs = epochOf(source.head);
  const run = target.begin({ epochNs });
  const collector = new LogCollector(run.builder, {
    file: source.name,
    track: run.track('log', 'process'),
    clock: 'text',
    epochNs: epochNs ?? 0n,
    offsetNs: run.offsetNs,
    patterns: target.options.logPatterns,
    threadTrack: (thread) => run.track(thread, 'thread'),
  });
  const filter = new BinaryFilter(
    source.head.bytes,
    (bytes) => collector.chunk(bytes),
    (offset, bytes) => run.reject(offset, `${bytes} bytes that are no text`),
  );
  for await (const piece of source.chunks()) {
    target.signal.throwIfAborted();
    filter.chunk(piece);
  }
  filter.end();
  collector.end();
  if (filter.textBytes < filter.bytes * LEAST_TEXT) {
    throw new ProfilerError('import.unreadable', `${source.name} holds no text.`);
  }
  if (collector.skippedBytes > 0) {
    run.reject(null, `${collector.skippedBytes} bytes at the end of lines of more than 64 KiB`);
  }
}

/** Unix time of the first time stamp with a date; null where the log has none. */
function epochOf(head: InputHead): bigint | null {
  for (const line of headLines(head)) {
    const { time } = readMessage(line.slice(0, 4000));
    if (time === null) continue;
    if (time.kind !== 'dated' && time.kind !== 'yearless') return null;
    const { seconds, nanos } = new LogClock(Date.now() / 1000).read(time);
    return BigInt(seconds) * 1_000_000_000n + BigInt(nanos);
  }
  return null;
}
