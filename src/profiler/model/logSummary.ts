/** What a measurement measures. */
export const MEASUREMENT_KINDS = [
  /** Seconds. */
  'duration',
  /** Items; `unit` says of what. */
  'count',
  /**
   * By `unit`: items a second (`texts/s`, `B/s`), a factor (`x`: a real-time factor, or a speed where the label says
   * so), hours of media an hour (`h/h`, the inverse of a real-time factor), or empty where the line gives none.
   */
  'rate',
  /** Share from 0 to 1. */
  'percentage',
  /** `value` of `of` items. */
  'ratio',
  /** Bytes. */
  'size',
  /** `text` is a device: `cpu`, `cuda:0`, … */
  'device',
  /** `text` is a file, URL or model name: the key of a resource. */
  'resource',
] as const;

export type MeasurementKind = (typeof MEASUREMENT_KINDS)[number];

/** Whether the line tells what was, what was wanted, or what was asked for. */
export const MEASUREMENT_ROLES = ['actual', 'target', 'requested'] as const;

export type MeasurementRole = (typeof MEASUREMENT_ROLES)[number];

/** A typed figure in a log line. */
export interface Measurement {
  readonly kind: MeasurementKind;
  readonly role: MeasurementRole;
  /** The words of the line that say what is measured, in lower case, without numbers: `voice embedding coverage`. */
  readonly label: string;
  /** In the unit of the kind; null for `device` and `resource`. The lower end of a range. */
  readonly value: number | null;
  /** Upper end of a range such as `5-6 min`, else null. */
  readonly upper: number | null;
  /** For a target: whether the figure is to be at most or at least this; null where the line does not say. */
  readonly direction: 'at-most' | 'at-least' | null;
  /** The whole of which a ratio is a part, else null. */
  readonly of: number | null;
  /** What is counted, in lower case (`texts`, `segments`, `texts/s`), else empty. */
  readonly unit: string;
  /** Of a ratio or percentage: whether it tells how far the work has come (`batch 3/12`), no result of it. */
  readonly progress: boolean;
  /** Device in lower case, or resource key as it stood without quotes; else null. */
  readonly text: string | null;
  /** Index of the template of the line in `LogSummary.templates`. */
  readonly template: number;
  /** Index in `LogSummary.files`. */
  readonly file: number;
  /** From 1. */
  readonly line: number;
  /** Nanoseconds after the run's epoch; null where the log has no times. */
  readonly timeNs: number | null;
  /** The line, without control characters and not longer than 300 characters. */
  readonly quote: string;
}

/** Lines that are the same but for their variable parts. */
export interface LogTemplate {
  /** The constant words with `<*>` for what varies. */
  readonly text: string;
  readonly count: number;
  readonly file: number;
  /** First and last line of it, from 1. */
  readonly firstLine: number;
  readonly lastLine: number;
  /** Seconds between its first and last line; null where the log has no times. */
  readonly spreadSeconds: number | null;
  /** One of LOG_LEVEL. */
  readonly level: number;
  /** Distinct values of each variable part, counted up to 100. */
  readonly variants: readonly number[];
  /** The first line as it stood, shortened like a quote. */
  readonly example: string;
}

/** What the log lines of a run say. */
export interface LogSummary {
  /** Files, or `stdout`, `stderr`, `otlp`. */
  readonly files: readonly string[];
  readonly lines: number;
  /** Lines of which nothing but the template is known: no time, no level, no measurement. */
  readonly unmatchedLines: number;
  /** Some of the unmatched lines. */
  readonly unmatched: readonly {
    readonly file: number;
    readonly line: number;
    readonly quote: string;
  }[];
  /** Whether lines carry times of their own. */
  readonly timed: boolean;
  readonly templates: readonly LogTemplate[];
  /** In the order of the lines; at most MAX_MEASUREMENTS, those beyond are counted. */
  readonly measurements: readonly Measurement[];
  readonly droppedMeasurements: number;
}

/** Most measurements that a run keeps one by one. */
export const MAX_MEASUREMENTS = 50_000;

/** The summary with `shiftNs` subtracted from its times. */
export function shiftLog(log: LogSummary | null, shiftNs: number): LogSummary | null {
  if (log === null || shiftNs === 0) return log;
  const measurements = log.measurements.map((measurement) =>
    measurement.timeNs === null
      ? measurement
      : { ...measurement, timeNs: measurement.timeNs - shiftNs },
  );
  return { ...log, measurements };
}
