import { createHash } from 'node:crypto';
import { arch, cpus, hostname, platform, release } from 'node:os';
import type { RunEnvironment } from '../../profiler/model/environment.ts';

/** Everything that must be equal before the times of two ingests may be compared. */
export function runEnvironment(processes: number): Partial<RunEnvironment> {
  const cores = cpus();
  return {
    machine: createHash('sha256').update(`earshot ${hostname()}`).digest('hex').slice(0, 16),
    cpu: cores[0]?.model ?? null,
    cores: cores.length,
    os: `${platform()} ${release()} ${arch()}`,
    runtime: `node ${process.versions.node}`,
    precision: 'int8',
    threads: processes,
  };
}
