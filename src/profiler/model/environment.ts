/**
 * Everything that must be equal before the times of two runs may be compared. Null where it is not known.
 */
export interface RunEnvironment {
  /** Stable id of the machine, no name of a person. */
  readonly machine: string | null;
  readonly cpu: string | null;
  /** Cores the run could use. */
  readonly cores: number | null;
  readonly os: string | null;
  /** Runtime and version, such as `node 24.21.0`. */
  readonly runtime: string | null;
  /** sha256 by model name. */
  readonly models: Readonly<Record<string, string>>;
  /** `int8`, `fp32`, …; mixed ones joined with a plus sign. */
  readonly precision: string | null;
  /** Worker processes or threads that computed. */
  readonly threads: number | null;
  /** Configured batch size by stage. */
  readonly batchSizes: Readonly<Record<string, number>>;
  /** Hash of the input. */
  readonly inputHash: string | null;
  /** Hash of the settings that change the work. */
  readonly configHash: string | null;
}

export const UNKNOWN_ENVIRONMENT: RunEnvironment = {
  machine: null,
  cpu: null,
  cores: null,
  os: null,
  runtime: null,
  models: {},
  precision: null,
  threads: null,
  batchSizes: {},
  inputHash: null,
  configHash: null,
};

function sortedEntries(record: Readonly<Record<string, string | number>>): [string, unknown][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

/** The environment as one string: equal strings mean that the times of two runs may be compared. */
export function environmentKey(environment: RunEnvironment): string {
  const e = environment;
  return JSON.stringify([
    [e.machine, e.cpu, e.cores, e.os, e.runtime],
    sortedEntries(e.models),
    [e.precision, e.threads],
    sortedEntries(e.batchSizes),
    [e.inputHash, e.configHash],
  ]);
}
