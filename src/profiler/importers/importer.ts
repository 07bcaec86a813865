import type { RunBuilder, RunHead } from '../model/runBuilder.ts';
import type { TrackKind } from '../model/run.ts';
import type { TrackId } from '../model/units.ts';

/** Formats that can be imported, by the word that `--as` takes and a run's provenance carries. */
export const IMPORT_FORMATS = [
  'otlp-json',
  'otlp-protobuf',
  'chrome-trace',
  'cpuprofile',
  'speedscope',
  'collapsed',
  'pprof',
  'firefox',
  'perf-script',
  'cprofile',
  'hyperfine',
  'go-bench',
  'pytest-benchmark',
  'log',
] as const;

export type ImportFormat = (typeof IMPORT_FORMATS)[number];

/** The beginning of an input, by which its format is told. */
export interface InputHead {
  /** File name without its folder; a hint, never the only reason. */
  readonly name: string;
  /** At most 64 KiB, decompressed. */
  readonly bytes: Uint8Array;
  /** `bytes` as text: UTF-8, or UTF-16 by its byte-order mark. */
  readonly text: string;
  /** Whether this is all of it. */
  readonly complete: boolean;
}

/** An input that is read once, in order, decompressed. */
export interface ByteSource {
  /** As the person gave it: what rejections, log lines and the provenance name. */
  readonly name: string;
  readonly head: InputHead;
  /** Bytes, decompressed; null where not known beforehand. */
  readonly size: number | null;
  /** Pieces in order. Throws ProfilerError `import.too-large` beyond the limit on decompressed bytes. */
  chunks(): AsyncIterable<Uint8Array>;
  /** Everything at once, for formats that are small or need it. Throws ProfilerError `import.too-large` beyond `limit`. */
  bytes(limit?: number): Promise<Uint8Array>;
}

/** What an importer knows of the run before its first span. */
export interface ImportHead extends Pick<RunHead, 'weightUnit' | 'traceId'> {
  /** Unix time of the importer's time 0, or null where its clock has no date. */
  readonly epochNs: bigint | null;
  readonly client?: string;
  readonly clientVersion?: string;
}

/** Where an importer puts what it reads. */
export interface ImportRun {
  readonly builder: RunBuilder;
  /** To be added to every time of the importer: several inputs share one clock. */
  readonly offsetNs: number;
  /** Like the builder's, but apart from the equally named tracks of other inputs. */
  track(name: string, kind: TrackKind): TrackId;
  /** Tells of a row that could not be read. `offset`: byte in the (decompressed) input. */
  reject(offset: number | null, reason: string): void;
}

export interface ImportTarget {
  /**
   * Called once, before anything is added. Throws ProfilerError `import.no-clock` where an input without time order is
   * merged with another.
   */
  begin(head: ImportHead): ImportRun;
  readonly options: ImportOptions;
  readonly signal: AbortSignal;
}

export interface ImportOptions {
  /** Sample type of a pprof, by name. */
  readonly sampleType?: string | undefined;
  /** Patterns of log lines, see src/profiler/logs. */
  readonly logPatterns?: readonly unknown[] | undefined;
}

/** Reads one format. */
export interface Importer {
  readonly format: ImportFormat;
  /** For people: `Chrome trace events`. */
  readonly title: string;
  /** How sure it is that the input has its format: 0 (no) to 1 (certain). Never throws. */
  detect(head: InputHead): number;
  /**
   * Reads an input into the target. What can be read is read; rows that cannot are rejected one by one.
   *
   * @throws ProfilerError `import.unreadable` where nothing could be read at all.
   */
  read(source: ByteSource, target: ImportTarget): Promise<void>;
}
