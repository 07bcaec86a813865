/** A node of V8's call tree. */
export interface V8Node {
  readonly id: number;
  readonly name: string;
  readonly url: string;
  /** From 0, as V8 counts; -1 where there is none. */
  readonly line: number;
  readonly column: number;
  /** Ids of the children, where the writer lists those. */
  readonly children: readonly number[];
  /** Id of the parent, where the writer states that instead. */
  readonly parent: number | null;
}

/** A CPU profile of V8, as `.cpuprofile` files and DevTools' traces hold it. */
export interface V8Profile {
  readonly nodes: readonly V8Node[];
  /** Node ids. */
  readonly samples: ArrayLike<number>;
  /** Microseconds from each sample's predecessor (of the first: from the start) to it; as many as samples. */
  readonly timeDeltas: ArrayLike<number>;
  /** Microseconds on a clock without a date. */
  readonly startTime: number;
  /** Microseconds; NaN where it is not known. */
  readonly endTime: number;
}
