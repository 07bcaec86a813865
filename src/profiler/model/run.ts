import type {
  AttributeColumns,
  InstantColumns,
  LinkColumns,
  RunWeights,
  SpanColumns,
} from './columns.ts';
import type { RunEnvironment } from './environment.ts';
import type { Ledger } from './ledger.ts';
import type { LogSummary } from './logSummary.ts';
import type { RunProvenance } from './provenance.ts';
import type { SourceId, SpanIndex, StringId, TrackId } from './units.ts';
import type { WorkAccount } from './workAccount.ts';

/** `ingest` is a run of Earshot's own pipeline; importers and launchers bring words of their own. */
export type RunKind = 'ingest' | 'import' | 'trace' | 'log' | 'command' | (string & {});

export type RunStatus = 'running' | 'done' | 'failed' | 'cancelled';

export type TrackKind = 'process' | 'thread' | 'resource' | 'counter';

/** A band of the time axis. Overlapping spans lie in different lanes of it. */
export interface Track {
  readonly id: TrackId;
  readonly name: string;
  readonly kind: TrackKind;
  /** Number of lanes that its spans use; 0 for a track without spans. */
  readonly lanes: number;
}

/** A time series: parallel columns ordered by time. */
export interface Counter {
  readonly name: string;
  /** UCUM unit as OpenTelemetry writes it: `By`, `1`, `s`, `{text}/s`. */
  readonly unit: string;
  readonly trackId: TrackId;
  readonly timesNs: Float64Array;
  readonly values: Float64Array;
}

/** Which rung of the ladder from a span to its line produced a source reference. */
export type SourceRung = 'code-attribute' | 'frame' | 'symbol' | 'string-literal' | 'user-map';

/** A place in a source file. */
export interface SourceRef {
  /** As the client gave it: relative to its project where it could be. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column?: number;
  readonly functionName?: string;
  readonly rung: SourceRung;
}

/**
 * One run of one program: an ingestion, an import, a live trace, a log, a profiled command. Everything the profiler
 * knows has this shape.
 */
export interface Run {
  readonly id: string;
  readonly name: string;
  readonly kind: RunKind;
  readonly status: RunStatus;
  /** Why it failed, or null. */
  readonly error: string | null;
  /** Unix time in nanoseconds at which the run's own time is 0. */
  readonly epochNs: bigint;
  /** Trace id of 32 hex digits where the run came from or went to OpenTelemetry, or null. */
  readonly traceId: string | null;
  readonly strings: readonly string[];
  readonly tracks: readonly Track[];
  readonly spans: SpanColumns;
  /** The client's own 64-bit span ids (0: none), or null where no span has one. */
  readonly spanIds: BigUint64Array | null;
  /** Set only for a run without time order. */
  readonly weights: RunWeights | null;
  readonly attributes: AttributeColumns;
  readonly instants: InstantColumns;
  readonly links: LinkColumns;
  readonly counters: readonly Counter[];
  readonly sourceRefs: readonly SourceRef[];
  readonly work: readonly WorkAccount[];
  readonly ledgers: readonly Ledger[];
  /** What its log lines say, or null for a run without any. */
  readonly log: LogSummary | null;
  readonly environment: RunEnvironment;
  readonly provenance: RunProvenance;
}

/** Number of spans of a run. */
export function spanCount(run: Run): number {
  return run.spans.startNs.length;
}

/** The string of an id; empty for an id that is out of range. */
export function stringOf(run: Run, id: StringId): string {
  return run.strings[id] ?? '';
}

/** Name of a span. */
export function spanName(run: Run, span: SpanIndex): string {
  return stringOf(run, run.spans.nameId[span] ?? 0);
}

/** Source reference of a source id, or null. */
export function sourceOf(run: Run, sourceId: SourceId): SourceRef | null {
  return run.sourceRefs[sourceId - 1] ?? null;
}
