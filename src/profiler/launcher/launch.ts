import type { Run } from '../model/run.ts';
import { Launch } from './launchedRun.ts';

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
  /** A person's patterns of its lines (LogPattern), tried before everything that is found by itself. */
  readonly logPatterns?: readonly unknown[];
  /** Bytes from which a file counts as large; 1 MiB where it is left out. */
  readonly minFileBytes?: number;
  /** The program writes to the terminal itself; nothing of it is kept. `stdout` and `stderr` are not used. */
  readonly ownTerminal?: boolean;
  /**
   * Listens to the signals that the caller gets, so that the program gets them too; gives back how to stop that. Without
   * it only `signal` ends the program.
   */
  readonly onSignal?: (forward: (signal: NodeJS.Signals) => void) => () => void;
  /** Of Earshot, for the run's provenance. */
  readonly version?: string;
}

export interface LaunchResult {
  readonly run: Run;
  /** As a shell gives it: 128 + n for signal n. */
  readonly exitCode: number;
  /** What could not be measured here and why, each one sentence. */
  readonly notes: readonly string[];
}

/**
 * Runs a program to its end and gives its run: wall and CPU time, memory, threads, I/O, child processes, the large files
 * it had open, its log lines, and the spans it sent.
 *
 * The run ends when the program does. Children that outlive it are left alone and told in the notes.
 *
 * @throws ProfilerError `launch.not-found`, `launch.not-startable`, `log.invalid-pattern`
 */
export function launch(request: LaunchRequest): Promise<LaunchResult> {
  return new Launch(request).run();
}
