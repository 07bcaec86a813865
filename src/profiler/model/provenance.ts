/** A row of an input that could not be read. */
export interface RejectedRow {
  readonly file: string;
  /** Byte offset in the file, or null where the row has none. */
  readonly offset: number | null;
  readonly reason: string;
}

/** Where a run comes from, and what of it is missing. */
export interface RunProvenance {
  /** Program that recorded it: `earshot`, or the tool that wrote the file. */
  readonly client: string;
  readonly version: string;
  /** `recorder`, or the name of the imported format. */
  readonly format: string;
  readonly files: readonly string[];
  /** At most a thousand of them. */
  readonly rejected: readonly RejectedRow[];
  /** All of them. */
  readonly rejectedCount: number;
  /** Spans that were measured but not kept: the cap was reached, or the client dropped them. */
  readonly droppedSpans: number;
  /** Log lines and events not kept. */
  readonly droppedInstants: number;
  /** Counter samples not kept. */
  readonly droppedSamples: number;
}
