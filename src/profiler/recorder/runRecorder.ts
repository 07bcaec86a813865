import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import {
  INVALID_SPAN_CONTEXT,
  ROOT_CONTEXT,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { AlwaysOnSampler, BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import type { Attributes } from '../model/attributes.ts';
import { ATTRIBUTE } from '../model/attributeNames.ts';
import type { LogLevel } from '../model/columns.ts';
import type { RunEnvironment } from '../model/environment.ts';
import type { Ledger } from '../model/ledger.ts';
import { ProfilerError } from '../model/profilerError.ts';
import type { Run, RunStatus } from '../model/run.ts';
import { RunBuilder } from '../model/runBuilder.ts';
import type { TrackId } from '../model/units.ts';
import { RUN_STAGE } from '../model/workAccount.ts';
import type { WorkEntry } from '../model/workBook.ts';
import { type UnixClock, createUnixClock } from './clock.ts';
import type { CodeLocation } from './codeLocation.ts';
import { toHrTime, toOtelAttributes } from './otelValues.ts';
import { failureMessage } from './recordFailure.ts';
import { RecordedSpan } from './recordedSpan.ts';
import type { RunRecorderOptions, SpanOptions, TimedSpan } from './recorderOptions.ts';
import { RunIdGenerator } from './runIdGenerator.ts';
import { RunSpanProcessor } from './runSpanProcessor.ts';

/** Spans, instants and samples that a run keeps at most; 2 million spans take about 200 MB with their attributes. */
const DEFAULT_LIMITS = { maxSpans: 2_000_000, maxInstants: 500_000, maxSamples: 2_000_000 };

/** Track of the process that records. */
const MAIN_TRACK = 'main';
const COUNTER_TRACK = 'counters';

/** Stated, so that OTEL_* variables of the person's own programs do not thin out our runs. */
const SPAN_LIMITS = { attributeCountLimit: 128, eventCountLimit: 1000, linkCountLimit: 128 };

const NOWHERE: CodeLocation = { functionName: '', file: '', line: 0 };

/** Starts to record a run; its root span begins now. */
export function createRunRecorder(options: RunRecorderOptions): RunRecorder {
  return new RunRecorder(options);
}

/**
 * Records one run of the pipeline: spans through OpenTelemetry, and counters, log lines, work accounts and ledgers
 * beside them. It registers nothing globally, so several runs can be recorded at a time. Nothing but `finish` and
 * `snapshot` throws: after `finish` the work goes on, unrecorded.
 */
export class RunRecorder {
  readonly id: string;
  readonly clock: UnixClock;
  /** For instrumentation that writes OpenTelemetry spans itself. */
  readonly tracer: Tracer;
  /** The span of the whole run. */
  readonly root: RecordedSpan;
  readonly #builder: RunBuilder;
  readonly #processor: RunSpanProcessor;
  readonly #provider: BasicTracerProvider;
  readonly #epochNs: bigint;
  readonly #counterTrack: TrackId;
  readonly #mainTrack: TrackId;
  readonly #limits: typeof DEFAULT_LIMITS;
  readonly #active = new AsyncLocalStorage<RecordedSpan>();
  #finished = false;
  #run: Run | null = null;

  constructor(options: RunRecorderOptions) {
    this.id = options.id ?? randomUUID();
    this.clock = options.clock ?? createUnixClock();
    this.#epochNs = this.clock.now();
    this.#limits = { ...DEFAULT_LIMITS, ...options.limits };
    const client = options.client ?? 'earshot';
    const idGenerator = new RunIdGenerator(this.id);
    this.#builder = new RunBuilder({
      id: this.id,
      name: options.name,
      kind: options.kind,
      epochNs: this.#epochNs,
      traceId: idGenerator.traceId,
      environment: options.environment,
      provenance: { client, version: options.version ?? '', format: 'recorder' },
    });
    this.#mainTrack = this.#builder.track(MAIN_TRACK, 'process');
    this.#counterTrack = this.#builder.track(COUNTER_TRACK, 'counter');
    this.#processor = new RunSpanProcessor(
      this.#builder,
      this.#epochNs,
      this.#mainTrack,
      this.#limits,
    );
    this.#provider = new BasicTracerProvider({
      sampler: new AlwaysOnSampler(),
      spanLimits: SPAN_LIMITS,
      spanProcessors: [this.#processor, ...(options.extraProcessors ?? [])],
      idGenerator,
      ...(options.resource === undefined ? {} : { resource: options.resource }),
    });
    this.tracer = this.#provider.getTracer(client, options.version);
    this.root = this.#start(
      options.name,
      { code: options.code ?? NOWHERE, attributes: options.attributes },
      null,
      this.#epochNs,
    );
  }

  /**
   * Runs `work` inside a span and gives back what it returns. What it throws marks the span as failed and is thrown
   * again. Spans begun inside of it, however deep, are its children.
   */
  async span<T>(
    name: string,
    options: SpanOptions,
    work: (span: RecordedSpan) => T | Promise<T>,
  ): Promise<T> {
    const span = this.startSpan(name, options);
    try {
      return await this.#active.run(span, work, span);
    } catch (error) {
      span.fail(error);
      throw error;
    } finally {
      span.end();
    }
  }

  /** Begins a span that the caller ends, for stages whose work comes in pieces. */
  startSpan(name: string, options: SpanOptions): RecordedSpan {
    return this.#start(name, options, this.#parentOf(options), this.clock.now());
  }

  /** Records work that was timed in another process, or afterwards. */
  recordSpan(timed: TimedSpan): RecordedSpan {
    const span = this.#start(timed.name, timed, this.#parentOf(timed), timed.startNs);
    if (timed.status === 'error') span.otelSpan.setStatus({ code: SpanStatusCode.ERROR });
    if (timed.status === 'ok') span.otelSpan.setStatus({ code: SpanStatusCode.OK });
    span.end(timed.endNs < timed.startNs ? timed.startNs : timed.endNs);
    return span;
  }

  /** The span in whose callback the call is made, or the root. */
  activeSpan(): RecordedSpan {
    return this.#active.getStore() ?? this.root;
  }

  /** Adds a sample to a counter; `unit` as in UCUM (`By`, `1`, `{text}/s`), `atNs` Unix nanoseconds, by default now. */
  counter(name: string, unit: string, value: number, atNs: bigint = this.clock.now()): void {
    if (this.#finished) return;
    if (this.#builder.sampleCount >= this.#limits.maxSamples || !Number.isFinite(value)) {
      this.#builder.drop('droppedSamples');
      return;
    }
    const timeNs = Number(atNs - this.#epochNs);
    this.#builder.addSample(name, unit, this.#counterTrack, timeNs, value);
  }

  /** Keeps a log line, in the span in whose callback the call is made. */
  log(level: LogLevel, message: string, attributes?: Attributes): void {
    if (this.#finished) return;
    if (this.#builder.instantCount >= this.#limits.maxInstants) {
      this.#builder.drop('droppedInstants');
      return;
    }
    this.#builder.addInstant({
      kind: 'log',
      text: message,
      level,
      timeNs: Number(this.clock.now() - this.#epochNs),
      span: this.#processor.handleOf(this.activeSpan().otelSpan),
      track: this.#mainTrack,
      attributes,
    });
  }

  /** Adds to the work account of a stage: numbers add up, words and the batch size are replaced. */
  work(stage: string, entry: WorkEntry): void {
    if (!this.#finished) this.#builder.addWork(stage, entry);
  }

  /** Counts one load of a resource (`audio:…`, `model:…`) for a stage, by default that of the active span. */
  countLoad(resourceKey: string, stage: string = this.activeSpan().stage || RUN_STAGE): void {
    this.work(stage, { loads: { [resourceKey]: 1 } });
  }

  /** Keeps a closed ledger; one of the same name is replaced. */
  ledger(ledger: Ledger): void {
    if (!this.#finished) this.#builder.addLedger(ledger);
  }

  /** Adds what became known of the environment since the run began. */
  environment(environment: Partial<RunEnvironment>): void {
    if (!this.#finished) this.#builder.addEnvironment(environment);
  }

  /** The run so far; spans that are open end now in it and are marked as open. */
  snapshot(): Run {
    if (this.#run !== null) return this.#run;
    return this.#builder.snapshot({ status: 'running', openEndNs: this.#elapsedNs() }, () => {
      this.#processor.writeOpenSpans();
    });
  }

  /**
   * Ends the run. Spans that are open end now and are marked as open.
   *
   * @param error why it failed; also written to the root span.
   * @throws ProfilerError `recorder.finished` on a second call.
   */
  finish(status: Exclude<RunStatus, 'running'>, error?: unknown): Run {
    if (this.#run !== null) {
      throw new ProfilerError('recorder.finished', `The run ${this.id} has already been finished.`);
    }
    this.#processor.closeOpenSpans(this.root.otelSpan, toHrTime(this.clock.now()));
    if (error !== undefined) this.root.fail(error);
    this.root.end();
    this.#finished = true;
    this.#run = this.#builder.finish({
      status,
      error: error === undefined ? null : failureMessage(error),
      openEndNs: this.#elapsedNs(),
    });
    return this.#run;
  }

  /** Lets the extra processors send what they still hold, and shuts them down. */
  async shutdown(): Promise<void> {
    await this.#provider.forceFlush();
    await this.#provider.shutdown();
  }

  #elapsedNs(): number {
    return Number(this.clock.now() - this.#epochNs);
  }

  #parentOf(options: SpanOptions): RecordedSpan {
    return options.parent ?? this.activeSpan();
  }

  #start(
    name: string,
    options: SpanOptions,
    parent: RecordedSpan | null,
    startNs: bigint,
  ): RecordedSpan {
    const given = options.attributes?.[ATTRIBUTE.stage];
    const stage = typeof given === 'string' ? given : (parent?.stage ?? '');
    if (this.#finished) {
      return new RecordedSpan(trace.wrapSpanContext(INVALID_SPAN_CONTEXT), stage, this.clock);
    }
    const attributes = toOtelAttributes(options.attributes ?? {});
    const { code, track, trackKind } = options;
    if (code.functionName !== '') attributes[ATTRIBUTE.codeFunction] = code.functionName;
    if (code.file !== '') {
      attributes[ATTRIBUTE.codeFile] = code.file;
      attributes[ATTRIBUTE.codeLine] = code.line;
    }
    if (track !== undefined) attributes[ATTRIBUTE.track] = track;
    if (trackKind !== undefined) attributes[ATTRIBUTE.trackKind] = trackKind;
    const context = parent === null ? ROOT_CONTEXT : trace.setSpan(ROOT_CONTEXT, parent.otelSpan);
    const startTime = toHrTime(startNs);
    const otelSpan = this.tracer.startSpan(name, { attributes, startTime }, context);
    return new RecordedSpan(otelSpan, stage, this.clock);
  }
}
