import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, hostname, loadavg, release, type } from 'node:os';
import type { Attributes } from '../model/attributes.ts';
import type { RunEnvironment } from '../model/environment.ts';

/** What the times of a program depend on that is the machine's: for the environment of a run. */
export function machineEnvironment(): Pick<RunEnvironment, 'machine' | 'cpu' | 'cores' | 'os'> {
  return {
    machine: machineId(),
    cpu: cpus()[0]?.model.trim() ?? arch(),
    cores: availableParallelism(),
    os: `${type()} ${release()} ${arch()}`,
  };
}

/** The state of the machine at this moment, as attributes of a run's root span. */
export function machineState(): Attributes {
  const [load] = loadavg();
  return {
    // Windows has no load average: Node gives 0 there.
    'earshot.machine.load': process.platform === 'win32' ? undefined : load,
    'earshot.machine.governor': lineOf('/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor'),
  };
}

/** A hash: stable for the machine, and it tells neither its name nor its id. */
function machineId(): string {
  const own = lineOf('/etc/machine-id') ?? hostname();
  return createHash('sha256').update(`earshot ${own}`).digest('hex').slice(0, 16);
}

function lineOf(path: string): string | undefined {
  try {
    const line = readFileSync(path, 'utf8').trim();
    return line === '' ? undefined : line;
  } catch {
    return undefined;
  }
}
