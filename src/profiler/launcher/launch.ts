import type { Run } from '../model/run.ts';

/** A program to be run and profiled unchanged. */
export interface LaunchRequest {
  /** Program and arguments; no shell sees them. */
  readonly command: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly name: string;
  /** Aborting ends the program and its children: SIGTERM, after five seconds SIGKILL. */
  readonly signal: AbortSignal;
  /** Where its output is passed on, unchanged and at once; null keeps it to the run. */
  readonly stdout: NodeJS.WritableStream | null;
  readonly stderr: NodeJS.WritableStream | null;
  readonly stdin: 'inherit' | 'ignore';
  /** Offer an OTLP receiver through OTEL_* variables. */
  readonly receive: boolean;
  /** Watch the large files that the process tree has open (Linux). */
  readonly watchFiles: boolean;
  /** Attach the sampler of the program's language, where there is one. */
  readonly sample: boolean;
  readonly logPatterns?: readonly unknown[];
}

export interface LaunchResult {
  readonly run: Run;
  /** As a shell gives it: 128 + n for signal n. */
  readonly exitCode: number;
  /** What could not be measured here and why, each one sentence. */
  readonly notes: readonly string[];
}
