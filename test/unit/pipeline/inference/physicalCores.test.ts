import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { physicalCores } from '../../../../src/pipeline/inference/physicalCores.ts';
import { temporaryHome } from '../../../helpers/temporaryHome.ts';

/** A folder like the system's, with the siblings of each processor; null for one that is switched off. */
function processors(folder: string, siblings: readonly (string | null)[]): string {
  mkdirSync(join(folder, 'cpufreq'));
  siblings.forEach((list, i) => {
    const topology = join(folder, `cpu${i}`, 'topology');
    mkdirSync(topology, { recursive: true });
    if (list !== null) writeFileSync(join(topology, 'thread_siblings_list'), `${list}\n`);
  });
  return folder;
}

describe('physicalCores', () => {
  it.each([
    ['two threads a core', ['0,2', '1,3', '0,2', '1,3'], 4, 2],
    ['one thread a core', ['0', '1'], 2, 2],
    ['a core that is switched off', ['0', null], 1, 1],
    ['fewer processors allowed than there are', ['0', '1', '2', '3'], 3, 3],
    ['no topology', [], 6, 6],
  ] as const)('with %s', (_, siblings, available, cores) => {
    using home = temporaryHome();
    expect(physicalCores(processors(home.path, siblings), available)).toBe(cores);
  });

  it('is what Node counts where the system lists nothing', () => {
    expect(physicalCores('/no/such/folder', 5)).toBe(5);
  });
});
