/**
 * The spans of a run as parallel columns, all of the same length, ordered by start, then by falling duration.
 *
 * A parent may stand behind its child where the child started first. `depth` counts ancestors on any track and
 * stays at 65535 for deeper ones; `parent` is always exact.
 */
export interface SpanColumns {
  /** Nanoseconds after the run's epoch; never negative. 0 in a run without time. */
  readonly startNs: Float64Array;
  readonly durationNs: Float64Array;
  /** Duration minus the union of the children's intervals, clipped to the span. */
  readonly selfNs: Float64Array;
  /** Index into `Run.strings`. */
  readonly nameId: Uint32Array;
  /** Index into `Run.tracks`. */
  readonly trackId: Uint32Array;
  /** 1 + index into `Run.sourceRefs`, or 0. */
  readonly sourceId: Uint32Array;
  /** Index of the parent span, or -1. */
  readonly parent: Int32Array;
  readonly depth: Uint16Array;
  /** Lane of the track; the row inside the lane comes from `rowsInLanes`. */
  readonly lane: Uint16Array;
  /** One of SPAN_STATUS. */
  readonly status: Uint8Array;
}

/** Types of the attribute column: what `value` holds. */
export const ATTRIBUTE_TYPE = {
  /** `value` is a string id. */
  string: 0,
  /** `value` is the number itself. */
  double: 1,
  /** `value` is the safe integer itself. */
  int: 2,
  /** `value` is 0 or 1. */
  boolean: 3,
  /** `value` is the string id of the decimal digits of an integer that a double cannot hold. */
  bigint: 4,
  /** `value` is the string id of a JSON text (arrays). */
  json: 5,
} as const;

/** Attributes of all spans, ordered by span; only spans that have any take room. */
export interface AttributeColumns {
  readonly span: Uint32Array;
  readonly keyId: Uint32Array;
  /** One of ATTRIBUTE_TYPE. */
  readonly type: Uint8Array;
  readonly value: Float64Array;
}

/** Values of the instants' `kind` column. */
export const INSTANT_KIND = { log: 0, event: 1 } as const;

/** Values of the instants' `level` column, rising with severity; `none` for events. */
export const LOG_LEVEL = {
  none: 0,
  trace: 1,
  debug: 2,
  info: 3,
  warn: 4,
  error: 5,
  fatal: 6,
} as const;

export type LogLevel = Exclude<keyof typeof LOG_LEVEL, 'none'>;

/** Log lines and events: points in time, ordered by time. */
export interface InstantColumns {
  readonly timeNs: Float64Array;
  /** String id of the log line or the event's name. */
  readonly textId: Uint32Array;
  /** One of INSTANT_KIND. */
  readonly kind: Uint8Array;
  /** One of LOG_LEVEL. */
  readonly level: Uint8Array;
  /** The span it happened in, or -1. */
  readonly span: Int32Array;
  readonly trackId: Uint32Array;
  /** String id of the attributes as a JSON object, or 0. */
  readonly attributesId: Uint32Array;
}

/** Causal links between spans that are no parent and child (OTLP links, flows). */
export interface LinkColumns {
  readonly from: Uint32Array;
  readonly to: Uint32Array;
}

/**
 * What a run without time order (collapsed stacks, pprof without time stamps) measures: one value a span, where a span
 * is a node of the call tree. Such a run has zero times, and no view that needs a time axis.
 */
export interface RunWeights {
  /** What is counted: `samples`, `bytes`, `nanoseconds`, … */
  readonly unit: string;
  readonly total: Float64Array;
  readonly self: Float64Array;
}
