import type { RunBuilder } from '../model/runBuilder.ts';
import { NS_PER_SECOND, type TrackId } from '../model/units.ts';
import { cleanLine, decodeLine, quote } from './cleanText.ts';
import { type LineContent, NO_SECTION, extract } from './extract.ts';
import { isoTimeAt } from './isoTime.ts';
import { LineShape } from './lineShape.ts';
import { LineSplitter } from './lineSplitter.ts';
import { LogBook } from './logBook.ts';
import { LinePatterns, type PatternMatch } from './linePattern.ts';
import { LogCounters } from './logCounters.ts';
import { LogEvents } from './logEvents.ts';
import { LogTimeline } from './logTimeline.ts';
import { maskedText } from './maskedText.ts';
import { type MessageLine, readMessage } from './messageLine.ts';
import { PatternSpans } from './patternSpans.ts';
import { Sections } from './sections.ts';
import { ShapeCache } from './shapeCache.ts';
import { type ShapeEntry, shapeEntry } from './shapeEntry.ts';
import { note, raiseLevel } from './templates.ts';
import { Thinning } from './thinning.ts';
import { type TimeStamp, nextTimeStampAt } from './timeStamp.ts';
import { TraceLines } from './traceLines.ts';

/** Most instants that the lines of a run become. */
const MAX_INSTANTS = 150_000;
/** Longest text of an instant, in characters. */
const MAX_TEXT = 2000;
/** Longest time stamp, in bytes. */
const MAX_TIME = 48;
const TAB_OR_SPACE = /^[ \t]*/u;
/** What java.util.logging writes above the message: the time, a class and a method. */
const JUL_HEAD = /^[A-Z][a-z]{2} \d\d?, \d{4},? [\d:.]+\s[AP]M [\w$.]+ [\w$<>]+$/u;

export interface LogCollectorOptions {
  /** What the lines come from: a file's name as the person gave it, or `stdout`, `stderr`, `otlp`. */
  readonly file: string;
  readonly track: TrackId;
  /** Whether the time of a line stands in it, or is when it arrived. */
  readonly clock: 'text' | 'arrival';
  /** Unix time of the collector's time 0, for times with a date; the builder's by default. */
  readonly epochNs?: bigint | undefined;
  /** To be added to all times. */
  readonly offsetNs?: number | undefined;
  /** Where the caller keeps the lines itself: only what they say is kept, no instants, spans or counters are made. */
  readonly summaryOnly?: boolean | undefined;
  /** Unix time in seconds; a date without a year is the last one before it. */
  readonly nowSeconds?: number | undefined;
  /** A person's patterns (LogPattern), which go before everything that is found by itself. */
  readonly patterns?: readonly unknown[] | undefined;
  /** Track of a thread that a pattern names; `track` by default. */
  readonly threadTrack?: ((thread: string) => TrackId) | undefined;
}

/**
 * Reads the log lines of one origin into a run: templates, measurements, instants, spans and counters. Several may feed
 * one builder. Lines of a known shape are counted without being read; so a log of any length takes bounded memory.
 */
export class LogCollector {
  readonly #builder: RunBuilder;
  readonly #book: LogBook;
  readonly #options: LogCollectorOptions;
  readonly #file: number;
  readonly #shape = new LineShape();
  readonly #messageShape = new LineShape();
  readonly #shapes = new ShapeCache<ShapeEntry>();
  readonly #splitter: LineSplitter;
  readonly #timeline: LogTimeline;
  readonly #patterns: LinePatterns | null;
  readonly #patternSpans: PatternSpans;
  readonly #events: LogEvents;
  readonly #counters: LogCounters;
  readonly #sections = new Sections();
  readonly #traces = new TraceLines();
  readonly #thinning = new Thinning();
  #line = 0;

  /** @throws ProfilerError `log.invalid-pattern` */
  constructor(builder: RunBuilder, options: LogCollectorOptions) {
    this.#builder = builder;
    this.#options = options;
    this.#book = LogBook.of(builder);
    this.#file = this.#book.file(options.file);
    const { offsetNs = 0, patterns = [], track, threadTrack } = options;
    this.#timeline = new LogTimeline({
      clock: options.clock,
      epochNs: options.epochNs ?? builder.epochNs,
      offsetNs,
      nowSeconds: options.nowSeconds ?? Date.now() / 1000,
    });
    this.#patterns = patterns.length === 0 ? null : new LinePatterns(patterns);
    const trackOf = (thread: string): TrackId =>
      thread === '' || threadTrack === undefined ? track : threadTrack(thread);
    this.#patternSpans = new PatternSpans(builder, trackOf, options.file);
    this.#events = new LogEvents(builder, this.#book, track, offsetNs);
    this.#counters = new LogCounters(builder, options.track);
    this.#splitter = new LineSplitter((buffer, from, to) => this.#bytes(buffer, from, to));
  }

  /** Lines so far. */
  get lines(): number {
    return this.#line;
  }

  /** Bytes of lines that were too long to be read in full. */
  get skippedBytes(): number {
    return this.#splitter.skippedBytes;
  }

  /** Takes a piece of a byte stream, wherever it ends; its lines arrived at `arrivalNs`. */
  chunk(bytes: Uint8Array, arrivalNs = 0): void {
    if (this.#options.clock === 'arrival') this.#book.timed = true;
    this.#timeline.arrive(arrivalNs);
    this.#splitter.push(bytes);
  }

  /** Takes one line, or several, as text. */
  line(text: string, arrivalNs = 0): void {
    this.chunk(Buffer.from(text.endsWith('\n') ? text : `${text}\n`), arrivalNs);
  }

  /** Takes the last line of `chunk` where no line end followed it, and ends what is still going on. */
  end(): void {
    this.#splitter.end();
    for (const { line, name } of this.#patternSpans.end()) {
      this.#book.unmatched(this.#file, line, `${name} begins here and does not end`);
    }
  }

  #bytes(buffer: Buffer, from: number, to: number): void {
    this.#line += 1;
    this.#book.lines += 1;
    let end = to;
    while (end > from && (buffer[end - 1] ?? 0) <= 32 && buffer[end - 1] !== 27) end -= 1;
    if (end === from) {
      this.#sections.clear();
      return;
    }
    this.#shape.scan(buffer, from, end);
    if (this.#shape.dirty) {
      const text = cleanLine(decodeLine(buffer, from, end));
      const clean = Buffer.from(text);
      if (clean.length === 0) return;
      this.#shape.scan(clean, 0, clean.length);
      this.#scanned(clean, 0, clean.length);
    } else {
      this.#scanned(buffer, from, end);
    }
  }

  #scanned(buffer: Buffer, from: number, to: number): void {
    const { hash1, hash2 } = this.#shape;
    const entry = this.#shapes.get(hash1, hash2);
    if (entry !== undefined && entry.template.into === null) {
      if (this.#patterns === null && !this.#thinning.examines(entry.template)) {
        this.#count(entry, buffer, from);
        return;
      }
    }
    const text = decodeLine(buffer, from, to);
    const match = this.#patterns?.match(text) ?? null;
    const read = readMessage(text);
    const line = match?.time == null ? read : { ...read, time: match.time };
    if (match === null && this.#belongsAbove(line, text)) return;
    const known =
      entry?.template.into === null ? entry : this.#learn(text, line, buffer.subarray(from, to));
    if (known !== entry) this.#shapes.add(hash1, hash2, known);
    if (line.time !== null) this.#setTime(line.time);
    this.#note(known, this.#shape);
    this.#examine(known, line, text, match);
  }

  /** A line of a known shape that is only counted. */
  #count(entry: ShapeEntry, buffer: Buffer, from: number): void {
    if (entry.time === 'offset') {
      const slot = entry.timeSlot < 0 ? 0 : (this.#shape.slotStart[entry.timeSlot] ?? 0);
      const at = from + slot + entry.timeOffset;
      const stamp =
        isoTimeAt(buffer, at) ?? nextTimeStampAt(buffer.toString('latin1', at, at + MAX_TIME), 0);
      if (stamp !== null) this.#setTime(stamp);
    }
    this.#note(entry, this.#shape);
    this.#book.droppedMeasurements += entry.measurements;
    if (this.#options.summaryOnly !== true) this.#builder.drop('droppedInstants');
  }

  #note(entry: ShapeEntry, shape: LineShape): void {
    const { template, slotMap } = entry;
    template.count += 1;
    template.lastLine = this.#line;
    const timeNs = this.#timeline.nowNs;
    if (timeNs !== null) {
      if (Number.isNaN(template.firstTimeNs)) template.firstTimeNs = timeNs;
      template.lastTimeNs = timeNs;
    }
    raiseLevel(template, entry.level);
    if (entry.firstSlot < 0) return;
    for (let i = 0; i < entry.slotCount; i += 1) {
      const slot = slotMap === null ? i : (slotMap[i] ?? -1);
      note(template, slot, shape.slotHash[entry.firstSlot + i] ?? 0);
    }
  }

  #learn(text: string, line: MessageLine, bytes: Buffer): ShapeEntry {
    const message = Buffer.from(line.message);
    this.#messageShape.scan(message, 0, message.length);
    const masked = maskedText(message, 0, message.length, this.#messageShape);
    const place = this.#book.templates.place(masked.text, masked.slots, {
      file: this.#file,
      firstLine: this.#line,
      example: quote(text),
    });
    const entry = shapeEntry(text, line, this.#shape, place);
    // Where a text is no UTF-8 its characters are no bytes.
    return bytes.length === Buffer.byteLength(text) ? entry : { ...entry, firstSlot: -1 };
  }

  #belongsAbove(line: MessageLine, text: string): boolean {
    if (line.time !== null) {
      this.#traces.reset();
      if (!JUL_HEAD.test(text)) return false;
      this.#setTime(line.time);
      return true;
    }
    return this.#traces.next(text);
  }

  #examine(entry: ShapeEntry, line: MessageLine, text: string, match: PatternMatch | null): void {
    const { template } = entry;
    const timeNs = this.#timeline.nowNs;
    const indent =
      TAB_OR_SPACE.exec(text.slice(Math.max(0, line.messageAt - 40), line.messageAt))?.[0].length ??
      0;
    const section = line.message === '' ? NO_SECTION : this.#sections.next(line.message, indent);
    const content = extract(line.body, section);
    const { measurements } = content;
    entry.measurements = measurements.length;
    const quoted = quote(text);
    const place = { file: this.#file, line: this.#line, timeNs };
    this.#book.measure(measurements, template, place, quoted);
    const told =
      match !== null && this.#patternSpans.add(match, timeNs ?? this.#untimed(match), this.#line);
    if (!told && line.time === null && line.level === null && measurements.length === 0) {
      this.#book.unmatched(this.#file, this.#line, quoted);
    }
    if (this.#options.summaryOnly === true) return;
    this.#instant(line, text, entry, timeNs ?? this.#events.cursorNs);
    if (match === null) this.#event(line, content, timeNs);
    if (timeNs !== null && measurements.length > 0)
      this.#counters.add(template, measurements, timeNs);
  }

  #event(line: MessageLine, content: LineContent, timeNs: number | null): void {
    this.#events.add({
      body: line.message,
      content,
      timeNs: timeNs ?? 0,
      timed: timeNs !== null,
      failed: line.level === 'error' || line.level === 'fatal',
      thread: line.thread,
      file: this.#options.file,
      line: this.#line,
    });
  }

  #untimed({ seconds }: PatternMatch): number {
    return this.#events.advance(Math.max(0, seconds ?? 0) * NS_PER_SECOND);
  }

  #instant(line: MessageLine, text: string, { template }: ShapeEntry, timeNs: number): void {
    if (this.#book.instants >= MAX_INSTANTS || !this.#thinning.keeps(template)) {
      this.#builder.drop('droppedInstants');
      return;
    }
    this.#book.instants += 1;
    this.#builder.addInstant({
      kind: 'log',
      text: text.slice(0, MAX_TEXT),
      timeNs,
      level: line.level ?? 'none',
      track: this.#options.track,
      attributes: { line: this.#line },
    });
  }

  #setTime(stamp: TimeStamp): void {
    this.#book.timed = true;
    this.#timeline.stamp(stamp);
  }
}
