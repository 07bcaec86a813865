import { ATTRIBUTE } from '../model/attributeNames.ts';
import type { Attributes } from '../model/attributes.ts';
import type { RunBuilder } from '../model/runBuilder.ts';
import { SPAN_STATUS } from '../model/spanStatus.ts';
import { NS_PER_SECOND, type TrackId } from '../model/units.ts';
import type { Extracted, LineContent } from './extract.ts';
import type { LogBook } from './logBook.ts';

/** Most spans that the lines of a run become. */
const MAX_SPANS = 200_000;
/** Most begun things whose end has not come. */
const MAX_OPEN = 1000;

// A run of dots is tried from its first one only: a line may hold many.
const START =
  /^(?:start(?:ing|ed)?|begin(?:ning)?|began|entering|launching|initiali[sz]ing)\b[:\s]*|(?<![\s:.])[\s:.]*\b(?:start(?:ed|ing|s)?|begins?|began)[.…!]*$/iu;
const END =
  /^(?:finish(?:ed|ing)?|complet(?:ed|e|ing)|done(?: with)?|ended|end of|exiting|leaving)\b[:\s]*|(?<![\s:.])[\s:.]*\b(?:finished|completed?|done|ended)\b(?:\s+(?:successfully|in|after|\().*)?[.…!]*$/iu;

/** How a line begins that tells of what is to be done. */
const BEGINS =
  /^\W*(?:start(?:ed)?|begin|began|input|source|file|job|\p{L}{3,}ing|length|duration|accepted)\b/iu;
/** A time of all, though the times of parts within parts may add up to more. */
const TOTAL =
  /^\W*(?:(?:in )?total|overall|altogether|gesamt\p{L}*|insgesamt|finished|complete[d]?|done|fertig)\b/iu;
/** What rounding explains, and what a program may have done before its first line. */
const SLACK_NS = 0.05 * NS_PER_SECOND;
const MAX_BEFORE_NS = 60 * NS_PER_SECOND;

interface Line {
  readonly body: string;
  readonly content: LineContent;
  readonly timeNs: number;
  readonly timed: boolean;
  readonly failed: boolean;
  readonly thread: string | null;
  readonly file: string;
  readonly line: number;
}

/** Makes spans of the lines of one log: of stated durations, and of pairs of lines that tell of a start and an end. */
export class LogEvents {
  readonly #builder: RunBuilder;
  readonly #book: LogBook;
  readonly #track: TrackId;
  readonly #open = new Map<string, Line[]>();
  #openCount = 0;
  /** Where the next span of a log without times begins. */
  #cursorNs: number;
  readonly #originNs: number;
  #firstNs: number | null = null;
  #longestNs = 0;

  constructor(builder: RunBuilder, book: LogBook, track: TrackId, originNs: number) {
    this.#builder = builder;
    this.#book = book;
    this.#track = track;
    this.#originNs = originNs;
    this.#cursorNs = originNs;
  }

  /** The time of a line that has none, in a log without times: after all the durations before it. */
  get cursorNs(): number {
    return this.#cursorNs;
  }

  /** Makes room for a duration in a log without times. @returns when it ends. */
  advance(durationNs: number): number {
    this.#cursorNs += durationNs;
    return this.#cursorNs;
  }

  add(line: Line): void {
    const { content, timed, timeNs } = line;
    const key = timed ? this.#pairKey(line) : null;
    const begun = key === null ? undefined : this.#take(key);
    if (timed) this.#firstNs ??= timeNs;
    if (content.work !== null && content.work.seconds > 0 && !this.#isStatement(line)) {
      const durationNs = content.work.seconds * NS_PER_SECOND;
      this.#span(
        line,
        content.work.name,
        timed ? timeNs - durationNs : this.#place(line, durationNs),
        durationNs,
      );
    } else if (begun !== undefined && timeNs >= begun.timeNs) {
      this.#span(line, nameOf(begun.body), begun.timeNs, timeNs - begun.timeNs);
    }
    if (timed) this.#begin(line);
  }

  /**
   * A duration that reaches back before the log's first line is the length of a thing, unless a word says that it was
   * spent: a program may write its first line when its first work is done.
   */
  #isStatement({ body, content, timed, timeNs }: Line): boolean {
    const { seconds = 0, spent = true } = content.work ?? {};
    if (!timed || spent || this.#firstNs === null) return false;
    const before = this.#firstNs - (timeNs - seconds * NS_PER_SECOND);
    return before > SLACK_NS && (BEGINS.test(body) || before > MAX_BEFORE_NS);
  }

  /** A total covers what came before it; anything else follows. */
  #place({ body }: Line, durationNs: number): number {
    const soFar = this.#cursorNs - this.#originNs;
    if (
      soFar > 0 &&
      (durationNs >= 0.9 * soFar || (durationNs > this.#longestNs && TOTAL.test(body))) &&
      /\b(?:total|overall|altogether|whole|entire|pipeline|all|elapsed|end.to.end|finished|complete[d]?|processed|done in|fertig|gesamt)\b/iu.test(
        body,
      )
    ) {
      this.#cursorNs = Math.max(this.#cursorNs, this.#originNs + durationNs);
      return this.#originNs;
    }
    const start = this.#cursorNs;
    this.#cursorNs += durationNs;
    this.#longestNs = Math.max(this.#longestNs, durationNs);
    return start;
  }

  #pairKey({ body, thread }: Line): string | null {
    const match = END.exec(body);
    return match === null ? null : pairName(body, match, thread);
  }

  #begin(line: Line): void {
    const match = START.exec(line.body);
    const key =
      match === null || line.content.work !== null ? null : pairName(line.body, match, line.thread);
    if (key === null) return;
    const lines = this.#open.get(key) ?? [];
    this.#open.set(key, lines);
    if (this.#openCount >= MAX_OPEN) return;
    lines.push(line);
    this.#openCount += 1;
  }

  #take(key: string): Line | undefined {
    const line = this.#open.get(key)?.pop();
    if (line !== undefined) this.#openCount -= 1;
    if (this.#open.get(key)?.length === 0) this.#open.delete(key);
    return line;
  }

  #span(line: Line, name: string, startNs: number, durationNs: number): void {
    if (this.#book.spans >= MAX_SPANS) {
      this.#builder.drop('droppedSpans');
      return;
    }
    if (!Number.isFinite(startNs) || !Number.isFinite(durationNs)) return;
    this.#book.spans += 1;
    this.#builder.addSpan({
      name: name === '' ? 'work' : name,
      startNs,
      durationNs,
      track: this.#track,
      status: line.failed ? SPAN_STATUS.error : SPAN_STATUS.ok,
      attributes: attributesOf(line),
    });
  }
}

/** Words by which a start and its end find each other: all that is neither a number nor the verb. */
function pairName(body: string, match: RegExpExecArray, thread: string | null): string | null {
  const rest = (body.slice(0, match.index) + body.slice(match.index + match[0].length)).trim();
  if (rest.length > 200) return null;
  const words = rest.toLowerCase().match(/[\p{L}\d_./:-]+/gu) ?? [];
  const telling = words.filter(
    (word) => !/^(?:the|a|an|with|for|of|to|is|has|was|-+|\.+)$/u.test(word),
  );
  return telling.length === 0
    ? null
    : `${thread ?? ''}\n${telling.join(' ').replace(/[.:]+$/u, '')}`;
}

function nameOf(body: string): string {
  const name = body
    .replace(START, '')
    .replace(/\d[\d.,:]*/gu, '')
    .replace(/\s+/gu, ' ')
    .replace(/[\s.:…(-]+$/u, '')
    .trim();
  return (name === '' ? body : name).slice(0, 120);
}

function attributesOf({ content, file, line }: Line): Attributes {
  const attributes: Record<string, string | number> = {
    [ATTRIBUTE.logFile]: file,
    [ATTRIBUTE.logLine]: line,
  };
  const actual = content.measurements.filter(({ role }) => role === 'actual');
  const first = (kind: Extracted['kind']): Extracted | undefined =>
    actual.find((each) => each.kind === kind);
  const count = first('count');
  if (count?.value != null && count.unit !== '' && Number.isSafeInteger(count.value))
    attributes[ATTRIBUTE.items] = count.value;
  const batch = actual.find(({ kind, label }) => kind === 'count' && /\bbatch size\b/u.test(label));
  if (batch?.value != null) attributes[ATTRIBUTE.batchSize] = batch.value;
  const device = first('device')?.text;
  if (device != null) attributes['device'] = device;
  const rate = first('rate');
  if (rate?.value != null)
    attributes[rate.unit === '' ? 'rate' : `rate (${rate.unit})`] = rate.value;
  const resource = first('resource')?.text;
  if (resource != null) attributes['file'] = resource;
  return attributes;
}
