import { JsonStream } from '../json/jsonStream.ts';
import { KeySet } from '../json/keySet.ts';
import { readJsonMetric } from './jsonMetric.ts';
import { readJsonLog, readJsonResource, readJsonScope, readJsonSpan } from './jsonRecords.ts';
import {
  LogRecord,
  OTLP_SIGNALS,
  type OtlpSignal,
  ResourceRecord,
  ScopeRecord,
  SpanRecord,
} from './otlpRecords.ts';
import type { OtlpSink } from './otlpSink.ts';

/** Keys of a request by the position of their signal, then those of a resource that stands by itself. */
const TOP = new KeySet([
  'resourceSpans',
  'resourceLogs',
  'resourceMetrics',
  'resource',
  'scopeSpans',
  'scopeLogs',
  'scopeMetrics',
]);
const IN_RESOURCE = new KeySet(['resource', 'scopeSpans', 'scopeLogs', 'scopeMetrics']);
const IN_SCOPE = new KeySet(['scope', 'spans', 'logRecords', 'metrics']);
const SNAKE_CASE = /^(?:resource|scope)_(?:spans|logs|metrics)$/u;

/**
 * Reads requests of OTLP as JSON from pieces of bytes: one, an array of them, or one a line. A resource with its scopes
 * that stands without a request around it, as Java's logging exporter writes it, is read as well.
 *
 * Gives whether all of it was JSON.
 *
 * @param signal what the records have to be; null where they may be of any kind.
 */
export async function readOtlpJson(
  sink: OtlpSink,
  pieces: AsyncIterable<Uint8Array>,
  signal: OtlpSignal | null,
  abort?: AbortSignal,
): Promise<boolean> {
  return await new OtlpJsonReader(sink, pieces, signal, abort).read();
}

class OtlpJsonReader {
  readonly #sink: OtlpSink;
  readonly #json: JsonStream;
  readonly #signal: OtlpSignal | null;
  readonly #span = new SpanRecord();
  readonly #log = new LogRecord();
  readonly #resource = new ResourceRecord();
  readonly #scope = new ScopeRecord();

  constructor(
    sink: OtlpSink,
    pieces: AsyncIterable<Uint8Array>,
    signal: OtlpSignal | null,
    abort: AbortSignal | undefined,
  ) {
    this.#sink = sink;
    this.#signal = signal;
    this.#json = new JsonStream(pieces, abort === undefined ? {} : { signal: abort });
  }

  async read(): Promise<boolean> {
    const json = this.#json;
    let wellFormed = true;
    await json.eachDocument(
      async () => {
        const kind = await json.read(() => json.reader.peek());
        if (kind === 'array') await json.eachItem(() => this.#request());
        else await this.#request();
      },
      (offset, reason) => {
        wellFormed = false;
        this.#reject(offset, reason);
      },
    );
    return wellFormed;
  }

  readonly #reject = (offset: number, reason: string): void => {
    this.#sink.reject(offset, reason);
  };

  async #request(): Promise<void> {
    const json = this.#json;
    const { offset } = json;
    this.#beginResource();
    let known = 0;
    let others = 0;
    const isObject = await json.eachKey(
      TOP,
      async (key) => {
        known += 1;
        const signal = OTLP_SIGNALS[key];
        if (signal === undefined) await this.#resourceField(key - OTLP_SIGNALS.length);
        else if (this.#allowed(signal)) await json.eachItem(() => this.#resourceItem());
      },
      (name) => {
        others += 1;
        if (SNAKE_CASE.test(name)) this.#snakeCase(name);
      },
    );
    if (!isObject) this.#reject(offset, 'a value that is no request');
    else if (known === 0 && others > 0)
      this.#reject(offset, 'an object that is no request of OTLP');
  }

  async #resourceItem(): Promise<void> {
    this.#beginResource();
    const { offset } = this.#json;
    const isObject = await this.#json.eachKey(
      IN_RESOURCE,
      (key) => this.#resourceField(key),
      (name) => {
        if (SNAKE_CASE.test(name)) this.#snakeCase(name);
      },
    );
    if (!isObject) this.#reject(offset, 'a resource that is no object');
  }

  /** @param key position in IN_RESOURCE. */
  async #resourceField(key: number): Promise<void> {
    const json = this.#json;
    if (key === 0) {
      await json.read(() => readJsonResource(json.reader, this.#resource));
      this.#sink.resource(this.#resource);
      return;
    }
    const signal = OTLP_SIGNALS[key - 1];
    if (signal !== undefined && this.#allowed(signal)) await json.eachItem(() => this.#scopeItem());
  }

  async #scopeItem(): Promise<void> {
    const json = this.#json;
    this.#scope.clear();
    this.#sink.scope(this.#scope);
    const { offset } = json;
    const isObject = await json.eachKey(IN_SCOPE, async (key) => {
      if (key === 0) {
        await json.read(() => readJsonScope(json.reader, this.#scope));
        this.#sink.scope(this.#scope);
        return;
      }
      const signal = OTLP_SIGNALS[key - 1];
      if (signal === undefined || !this.#allowed(signal)) return;
      await json.eachElement(() => this.#record(signal), this.#reject);
    });
    if (!isObject) this.#reject(offset, 'a scope that is no object');
  }

  #record(signal: OtlpSignal): void {
    const { reader, offset } = this.#json;
    const { clock } = this.#sink;
    if (signal === 'traces') {
      this.#span.clear(offset);
      if (readJsonSpan(reader, clock, this.#span)) this.#sink.span(this.#span);
      else this.#reject(offset, 'a span that is no object');
    } else if (signal === 'logs') {
      this.#log.clear(offset);
      if (readJsonLog(reader, clock, this.#log)) this.#sink.log(this.#log);
      else this.#reject(offset, 'a log record that is no object');
    } else {
      const metric = readJsonMetric(reader, clock, offset);
      if (metric === null) this.#reject(offset, 'a metric of an unknown kind');
      else this.#sink.metric(metric);
    }
  }

  #beginResource(): void {
    this.#resource.clear();
    this.#sink.resource(this.#resource);
    this.#scope.clear();
    this.#sink.scope(this.#scope);
  }

  #allowed(signal: OtlpSignal): boolean {
    if (this.#signal === null || this.#signal === signal) return true;
    this.#reject(this.#json.offset, `${signal} in a request for ${this.#signal}`);
    return false;
  }

  #snakeCase(name: string): void {
    const camel = name.replace(/_(\w)/u, (_all, letter: string) => letter.toUpperCase());
    this.#reject(this.#json.offset, `the key ${name} is not valid in OTLP; it is ${camel} there`);
  }
}
