import { z } from 'zod';
import { MEASUREMENT_KINDS, MEASUREMENT_ROLES } from './logSummary.ts';

const count = z.number().int().nonnegative();
const text = z.string();
const nullableText = text.nullable();
const finite = z.number();

/** Records as pairs, so that no key (`__proto__`) is special. */
const amounts = z.array(z.tuple([text, finite]));
const words = z.array(z.tuple([text, text]));

/** Element types of a stored column. */
export const COLUMN_TYPES = ['f64', 'u64', 'u32', 'i32', 'u16', 'u8'] as const;

export type ColumnType = (typeof COLUMN_TYPES)[number];

const column = z.object({
  name: text,
  type: z.enum(COLUMN_TYPES),
  /** Elements. */
  length: count,
  /** Bytes from the start of the column area; a multiple of 8. */
  offset: count.multipleOf(8),
});

const quoted = z.object({ file: count, line: count, quote: text });

const log = z.object({
  files: z.array(text),
  lines: count,
  unmatchedLines: count,
  unmatched: z.array(quoted),
  timed: z.boolean(),
  templates: z.array(
    z.object({
      text,
      count,
      file: count,
      firstLine: count,
      lastLine: count,
      spreadSeconds: finite.nullable(),
      level: count,
      variants: z.array(count),
      example: text,
    }),
  ),
  measurements: z.array(
    quoted.extend({
      kind: z.enum(MEASUREMENT_KINDS),
      role: z.enum(MEASUREMENT_ROLES),
      label: text,
      value: finite.nullable(),
      upper: finite.nullable(),
      direction: z.enum(['at-most', 'at-least']).nullable(),
      of: finite.nullable(),
      unit: text,
      progress: z.boolean(),
      text: nullableText,
      template: count,
      timeNs: finite.nullable(),
    }),
  ),
  droppedMeasurements: count,
});

/** The JSON part of a stored run: everything that is no column. */
export const runMetadataSchema = z.object({
  id: text,
  name: text,
  kind: text,
  status: z.enum(['running', 'done', 'failed', 'cancelled']),
  error: nullableText,
  epochNs: text.regex(/^-?\d{1,30}$/u),
  traceId: nullableText,
  weightUnit: nullableText,
  tracks: z.array(
    z.object({
      name: text,
      kind: z.enum(['process', 'thread', 'resource', 'counter']),
      lanes: count,
    }),
  ),
  counters: z.array(z.object({ name: text, unit: text, trackId: count })),
  sourceRefs: z.array(
    z.object({
      file: text,
      line: count,
      column: count.optional(),
      functionName: text.optional(),
      rung: z.enum(['code-attribute', 'frame', 'symbol', 'string-literal', 'user-map']),
    }),
  ),
  work: z.array(
    z.object({
      stage: text,
      unit: text,
      itemsIn: finite,
      itemsOut: finite,
      dropped: amounts,
      audioSeconds: finite.nullable(),
      deviceAsked: nullableText,
      deviceUsed: nullableText,
      batchSize: finite.nullable(),
      loads: amounts,
    }),
  ),
  ledgers: z.array(
    z.object({
      name: text,
      unit: text,
      total: finite,
      buckets: z.array(z.object({ name: text, reason: text.optional(), amount: finite })),
    }),
  ),
  /** Missing in runs of before there was one. */
  log: log.nullable().default(null),
  environment: z.object({
    machine: nullableText,
    cpu: nullableText,
    cores: finite.nullable(),
    os: nullableText,
    runtime: nullableText,
    models: words,
    precision: nullableText,
    threads: finite.nullable(),
    batchSizes: amounts,
    inputHash: nullableText,
    configHash: nullableText,
  }),
  provenance: z.object({
    client: text,
    version: text,
    format: text,
    files: z.array(text),
    rejected: z.array(z.object({ file: text, offset: finite.nullable(), reason: text })),
    /** Missing in runs of before it was counted. */
    rejectedCount: count.optional(),
    droppedSpans: count,
    droppedInstants: count,
    droppedSamples: count,
  }),
  columns: z.array(column),
});

export type RunMetadata = z.infer<typeof runMetadataSchema>;
export type StoredColumn = z.infer<typeof column>;
