import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

/**
 * How many processes can compute at full speed: physical cores where the system lists them (Linux), else what Node counts.
 * Two threads of a core share its arithmetic units, so a process for each would take memory and gain little.
 */
export function physicalCores(
  folder = '/sys/devices/system/cpu',
  available: number = availableParallelism(),
): number {
  try {
    const cores = new Set(
      readdirSync(folder)
        .filter((name) => /^cpu\d+$/u.test(name))
        .flatMap((name) => siblingsOf(join(folder, name, 'topology', 'thread_siblings_list'))),
    );
    return cores.size === 0 ? available : Math.min(available, cores.size);
  } catch {
    return available;
  }
}

/** The threads that share a core, as the system writes them; none for a core that is switched off. */
function siblingsOf(file: string): string[] {
  try {
    return [readFileSync(file, 'utf8').trim()];
  } catch {
    return [];
  }
}
