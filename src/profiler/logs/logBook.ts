import { LOG_LEVEL } from '../model/columns.ts';
import {
  type LogSummary,
  type LogTemplate,
  MAX_MEASUREMENTS,
  type Measurement,
} from '../model/logSummary.ts';
import type { RunBuilder } from '../model/runBuilder.ts';
import { NS_PER_SECOND } from '../model/units.ts';
import { quote } from './cleanText.ts';
import type { Extracted } from './extract.ts';
import { type OpenTemplate, Templates, resolve } from './templates.ts';

/** Unmatched lines that are kept. */
const MAX_UNMATCHED = 200;

/** Where a line stands. */
export interface LinePlace {
  readonly file: number;
  readonly line: number;
  /** Relative to the builder's epoch. */
  readonly timeNs: number | null;
}

interface Kept extends Extracted, LinePlace {
  readonly template: OpenTemplate;
  readonly quote: string;
}

/** What all log lines of one run say: the collectors of a run write into one book. */
export class LogBook {
  static readonly #books = new WeakMap<RunBuilder, LogBook>();
  readonly templates = new Templates();
  lines = 0;
  unmatchedLines = 0;
  timed = false;
  droppedMeasurements = 0;
  /** Instants and spans that the collectors of this book added. */
  instants = 0;
  spans = 0;
  readonly #files: string[] = [];
  readonly #measurements: Kept[] = [];
  readonly #unmatched: { file: number; line: number; quote: string }[] = [];

  /** The book of a run; the builder is told to ask it. */
  static of(builder: RunBuilder): LogBook {
    let book = LogBook.#books.get(builder);
    if (book === undefined) {
      const made = new LogBook();
      LogBook.#books.set(builder, made);
      builder.setLog(() => made.summary());
      book = made;
    }
    return book;
  }

  /** The index of a file. */
  file(name: string): number {
    const known = this.#files.indexOf(name);
    return known >= 0 ? known : this.#files.push(quote(name)) - 1;
  }

  get measurementCount(): number {
    return this.#measurements.length;
  }

  measure(
    found: readonly Extracted[],
    template: OpenTemplate,
    place: LinePlace,
    text: string,
  ): void {
    for (const each of found) {
      if (this.#measurements.length < MAX_MEASUREMENTS) {
        this.#measurements.push({ ...each, ...place, template, quote: text });
      } else {
        this.droppedMeasurements += 1;
      }
    }
  }

  unmatched(file: number, line: number, text: string): void {
    this.unmatchedLines += 1;
    if (this.#unmatched.length < MAX_UNMATCHED)
      this.#unmatched.push({ file, line, quote: quote(text) });
  }

  /** The summary so far; null where no line came. */
  summary(): LogSummary | null {
    if (this.lines === 0) return null;
    const order = this.templates
      .toArray()
      .sort((a, b) => a.file - b.file || a.firstLine - b.firstLine);
    const index = new Map(order.map((template, i) => [template, i]));
    return {
      files: this.#files.slice(),
      lines: this.lines,
      unmatchedLines: this.unmatchedLines,
      unmatched: this.#unmatched.slice(),
      timed: this.timed,
      templates: order.map((template) => this.#finished(template)),
      measurements: this.#measurements.map(({ template, ...measurement }): Measurement => ({
        ...measurement,
        template: index.get(resolve(template)) ?? 0,
      })),
      droppedMeasurements: this.droppedMeasurements,
    };
  }

  #finished(template: OpenTemplate): LogTemplate {
    const spread = (template.lastTimeNs - template.firstTimeNs) / NS_PER_SECOND;
    return {
      text: template.text,
      count: template.count,
      file: template.file,
      firstLine: template.firstLine,
      lastLine: template.lastLine,
      spreadSeconds: this.timed && Number.isFinite(spread) ? spread : null,
      level: template.level === 0 ? LOG_LEVEL.none : template.level,
      variants: template.variants.map(({ size }) => size),
      example: template.example,
    };
  }
}
