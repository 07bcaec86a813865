import type { CommitRunner } from '../../src/profiler/bisect/searchCommit.ts';
import { seededRandom } from '../../src/profiler/stats/seededRandom.ts';

/** Noise of a played machine. */
export interface PlayedNoise {
  /** Standard deviation of the logarithm. */
  readonly cv: number;
  /** Share of runs that take half as long again. */
  readonly outliers: number;
  /** Factor by which the machine gets slower at some moment. */
  readonly jump: number;
}

/** A history of commits of which one made a program slower, on a machine with noise; all from one seed. */
export function playedHistory(
  commits: number,
  factor: number,
  noise: PlayedNoise,
  seed: number,
  broken: readonly number[] = [],
): { readonly guilty: number; readonly runner: CommitRunner } {
  const random = seededRandom(seed);
  const guilty = Math.floor(random() * commits);
  const jumpAt = 5 + Math.floor(random() * 30);
  let runs = 0;
  const run = (index: number): number => {
    runs += 1;
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const machine = (runs > jumpAt ? noise.jump : 1) * Math.exp(0.02 * Math.sin(runs / 9));
    const outlier = random() < noise.outliers ? 1.5 : 1;
    return 0.15 * (index >= guilty ? factor : 1) * Math.exp(noise.cv * normal) * outlier * machine;
  };
  return {
    guilty,
    runner: {
      end: (which) => Promise.resolve(run(which === 'good' ? -1 : commits - 1)),
      candidate: (index) => Promise.resolve(broken.includes(index) ? null : run(index)),
    },
  };
}
