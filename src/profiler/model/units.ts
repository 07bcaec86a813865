export type Seconds = number;

/** Position of a span in the columns of a run; -1 stands for no span. */
export type SpanIndex = number;

/** Position in `Run.strings`; 0 is the empty string. */
export type StringId = number;

/** Position in `Run.tracks`. */
export type TrackId = number;

/** 1 + the position in `Run.sourceRefs`; 0 stands for no source. */
export type SourceId = number;

export const NO_SPAN: SpanIndex = -1;
export const NO_SOURCE: SourceId = 0;

export const NS_PER_SECOND = 1e9;
export const NS_PER_MICROSECOND = 1e3;
