import type { Importer } from '../../importers/importer.ts';

/** What a sampler has written. */
export interface SampledFile {
  readonly path: string;
  readonly importer: Importer;
  /** Time of the file's first sample on the monotonic clock, in nanoseconds; null where it starts with the program. */
  readonly zeroNs: bigint | null;
}

/** A sampler of call stacks that comes with a language or with the system. */
export interface Sampler {
  readonly name: string;
  /** What the program's environment gets. */
  env(given: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>>;
  /** Attaches to the program, where it is no matter of the environment. */
  attach(pid: number): void;
  /** After the end of the program: what was written. */
  finish(): Promise<readonly SampledFile[]>;
  /** Why it saw nothing, in one sentence; null where it did. */
  readonly problem: string | null;
}
