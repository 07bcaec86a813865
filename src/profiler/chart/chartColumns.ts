import { type Columns, decodeColumns, encodeColumns } from './columnCodec.ts';

/** Bits of the `flags` column of spans, and or-ed of everything that stands for several of them. */
export const SPAN_FLAG = {
  error: 1,
  /** Longer than the time that its stage or name was allowed. */
  overTarget: 2,
  /** A finding rests on it. */
  finding: 4,
  /** Lies on the critical path. */
  critical: 8,
  /** Had no end in the trace, or was cut. */
  open: 16,
  /** Stands for several spans that were merged. */
  merged: 32,
} as const;

/**
 * Spans of one piece of a track, ordered by row, then by start. `start` and `duration` are nanoseconds after the run's
 * epoch, or weights in a merged view of a run without time; `span` is the place in the run, or the node's number in a
 * merged view; `name` a place in the chart's names; `row` counts from the top of the track over all lanes.
 */
export const PIECE = {
  start: 'f64',
  duration: 'f64',
  span: 'u32',
  name: 'u32',
  row: 'u32',
  flags: 'u8',
} as const;
export type PieceColumns = Columns<typeof PIECE>;

/**
 * Bands of all tracks: `buckets` rows for each track, in the order of the header's tracks. `busy` is the share of the
 * bucket in which a span ran, 0 to 255; `name` the name that took the most time in it; `depth` the rows in use, at most
 * 255; `flags` everything that lies in it, or-ed: the worst never vanishes.
 */
export const OVERVIEW = { name: 'u32', busy: 'u8', depth: 'u8', flags: 'u8' } as const;
export type OverviewColumns = Columns<typeof OVERVIEW>;

/** Log lines and events in the order of time. `instant` is the place in the run; `span` 1 + that of its span, or 0. */
export const INSTANTS = {
  time: 'f64',
  instant: 'u32',
  track: 'u32',
  span: 'u32',
  level: 'u8',
  kind: 'u8',
} as const;
export type InstantPoints = Columns<typeof INSTANTS>;

/** Points of a counter in the order of time. */
export const COUNTER = { time: 'f64', value: 'f64' } as const;
export type CounterPoints = Columns<typeof COUNTER>;

/** Links between spans; both ends with their places in the chart. `to` begins at `toTime`, `from` ends at `fromTime`. */
export const LINKS = {
  fromTime: 'f64',
  toTime: 'f64',
  from: 'u32',
  to: 'u32',
  fromTrack: 'u32',
  toTrack: 'u32',
  fromRow: 'u32',
  toRow: 'u32',
} as const;
export type LinkEnds = Columns<typeof LINKS>;

/**
 * What a diff says of the spans of a piece. `partner`: 1 + the place of the span in the other run, 0 where it is in this run
 * alone. `selfDelta`, `totalDelta`: B minus A of the pair, in the unit of the durations; of a lone span its own, positive in
 * B and negative in A.
 */
export const MARKS = { selfDelta: 'f64', totalDelta: 'f64', partner: 'u32' } as const;
export type MarkColumns = Columns<typeof MARKS>;

/** Spans alone: the hits of a search. */
export const SPANS = { span: 'u32' } as const;

export const encodePiece = (columns: PieceColumns): Uint8Array<ArrayBuffer> =>
  encodeColumns(PIECE, columns);
export const decodePiece = (bytes: Uint8Array): PieceColumns => decodeColumns(PIECE, bytes);
export const encodeOverview = (columns: OverviewColumns): Uint8Array<ArrayBuffer> =>
  encodeColumns(OVERVIEW, columns);
export const decodeOverview = (bytes: Uint8Array): OverviewColumns =>
  decodeColumns(OVERVIEW, bytes);
export const encodeInstants = (columns: InstantPoints): Uint8Array<ArrayBuffer> =>
  encodeColumns(INSTANTS, columns);
export const decodeInstants = (bytes: Uint8Array): InstantPoints => decodeColumns(INSTANTS, bytes);
export const encodeCounter = (columns: CounterPoints): Uint8Array<ArrayBuffer> =>
  encodeColumns(COUNTER, columns);
export const decodeCounter = (bytes: Uint8Array): CounterPoints => decodeColumns(COUNTER, bytes);
export const encodeLinks = (columns: LinkEnds): Uint8Array<ArrayBuffer> =>
  encodeColumns(LINKS, columns);
export const decodeLinks = (bytes: Uint8Array): LinkEnds => decodeColumns(LINKS, bytes);
export const encodeMarks = (columns: MarkColumns): Uint8Array<ArrayBuffer> =>
  encodeColumns(MARKS, columns);
export const decodeMarks = (bytes: Uint8Array): MarkColumns => decodeColumns(MARKS, bytes);
export const encodeSpans = (span: Uint32Array): Uint8Array<ArrayBuffer> =>
  encodeColumns(SPANS, { span });
export const decodeSpans = (bytes: Uint8Array): Uint32Array => decodeColumns(SPANS, bytes).span;
