import { ATTRIBUTE } from '../model/attributeNames.ts';
import type { Attributes } from '../model/attributes.ts';
import type { RunBuilder } from '../model/runBuilder.ts';
import { SPAN_STATUS, type SpanStatus } from '../model/spanStatus.ts';
import { NS_PER_SECOND, type TrackId } from '../model/units.ts';
import { readDecimal } from './decimal.ts';
import type { PatternMatch } from './linePattern.ts';

interface Start {
  readonly name: string;
  readonly timeNs: number;
  readonly line: number;
  readonly attributes: Attributes;
}

const MAX_OPEN = 100_000;

/** Makes spans of the lines that a person's patterns fit: starts and ends pair by thread, id and name, the last first. */
export class PatternSpans {
  readonly #builder: RunBuilder;
  readonly #track: (thread: string) => TrackId;
  readonly #file: string;
  readonly #open = new Map<string, Start[]>();
  #openCount = 0;
  #lastNs = 0;

  constructor(builder: RunBuilder, track: (thread: string) => TrackId, file: string) {
    this.#builder = builder;
    this.#track = track;
    this.#file = file;
  }

  /**
   * Takes what a pattern found.
   *
   * @returns whether it told of anything: false for an end whose start was not seen.
   */
  add(match: PatternMatch, timeNs: number, line: number): boolean {
    this.#lastNs = Math.max(this.#lastNs, timeNs);
    const { seconds, event, name, thread } = match;
    const key = JSON.stringify([thread, match.id, name]);
    const attributes = this.#attributes(match, line);
    if (event === 'start') {
      this.#start(key, { name, timeNs, line, attributes });
      return true;
    }
    const begun = event === 'end' ? this.#take(key) : undefined;
    if (seconds !== null && seconds >= 0) {
      const durationNs = seconds * NS_PER_SECOND;
      this.#span(name, timeNs - durationNs, durationNs, thread, attributes, SPAN_STATUS.ok);
      return true;
    }
    if (begun !== undefined) {
      const durationNs = Math.max(0, timeNs - begun.timeNs);
      this.#span(
        name,
        begun.timeNs,
        durationNs,
        thread,
        { ...begun.attributes, ...attributes },
        SPAN_STATUS.ok,
      );
      return true;
    }
    return event !== 'end';
  }

  /** Adds what began and did not end, up to the last line. @returns those starts. */
  end(): readonly { readonly line: number; readonly name: string }[] {
    const left: { line: number; name: string }[] = [];
    for (const [key, starts] of this.#open) {
      const [thread = ''] = JSON.parse(key) as string[];
      for (const { name, timeNs, line, attributes } of starts) {
        this.#span(
          name,
          timeNs,
          Math.max(0, this.#lastNs - timeNs),
          thread,
          attributes,
          SPAN_STATUS.open,
        );
        left.push({ line, name });
      }
    }
    this.#open.clear();
    return left.sort((a, b) => a.line - b.line);
  }

  #start(key: string, start: Start): void {
    if (this.#openCount >= MAX_OPEN) return;
    const starts = this.#open.get(key) ?? [];
    this.#open.set(key, starts);
    starts.push(start);
    this.#openCount += 1;
  }

  #take(key: string): Start | undefined {
    const starts = this.#open.get(key);
    const start = starts?.pop();
    if (start !== undefined) this.#openCount -= 1;
    if (starts?.length === 0) this.#open.delete(key);
    return start;
  }

  #attributes({ attributes, id }: PatternMatch, line: number): Attributes {
    const given = Object.entries(attributes).map(([key, value]) => [
      key,
      readDecimal(value) ?? value,
    ]);
    return {
      ...(Object.fromEntries(given) as Attributes),
      ...(id === '' ? {} : { id }),
      [ATTRIBUTE.logFile]: this.#file,
      [ATTRIBUTE.logLine]: line,
    };
  }

  #span(
    name: string,
    startNs: number,
    durationNs: number,
    thread: string,
    attributes: Attributes,
    status: SpanStatus,
  ): void {
    this.#builder.addSpan({
      name: name === '' ? 'line' : name,
      startNs,
      durationNs,
      track: this.#track(thread),
      status,
      attributes,
    });
  }
}
