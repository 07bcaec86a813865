import { cpus, loadavg, platform, release, totalmem } from 'node:os';

/** Above this load average before a measurement begins, its times say little. */
const QUIET_LOAD = 0.5;

/** What a measurement was made on. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly system: string;
  readonly node: string;
  /** Load average of the last minute, before anything was measured. */
  readonly loadBefore: number;
  readonly quiet: boolean;
}

/** Looks at the machine; to be called before the work begins. */
export function lookAtMachine(): Machine {
  const cores = cpus();
  const [loadBefore = 0] = loadavg();
  return {
    cpu: cores[0]?.model.trim() ?? 'unknown',
    cores: cores.length,
    memoryBytes: totalmem(),
    system: `${platform()} ${release()}`,
    node: process.versions.node,
    loadBefore,
    quiet: loadBefore <= QUIET_LOAD,
  };
}

/** The machine in a line, with a warning on stderr where it is not quiet. */
export function describeMachine(machine: Machine): string {
  if (!machine.quiet) {
    console.error(
      `Warning: the load average is ${machine.loadBefore.toFixed(2)} (more than ${QUIET_LOAD}). Other work takes part ` +
        'of the processor: these times are too long. Measure again on an idle machine.',
    );
  }
  const memory = `${(machine.memoryBytes / 2 ** 30).toFixed(1)} GiB`;
  return `${machine.cpu}, ${machine.cores} cores, ${memory}, ${machine.system}, Node ${machine.node}, load before ${machine.loadBefore.toFixed(2)}`;
}
