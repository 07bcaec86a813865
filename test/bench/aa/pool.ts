import { execFileSync } from 'node:child_process';
import { Readable } from 'node:stream';
import { importRun } from '../../../src/profiler/importers/importRun.ts';
import { type RunFacts, runFacts } from '../../../src/profiler/verdict/compareRunSets.ts';

/** One run of the program: which stage had more to do, by which factor, and the spans it wrote. */
export interface PoolRun {
  /** Empty for the program as it is. */
  readonly stage: string;
  readonly share: number;
  readonly otlp: string;
}

/** All runs in the order in which they were made. */
export interface Pool {
  readonly runs: readonly PoolRun[];
  readonly seconds: number;
}

/**
 * What is found depends on the noise: `match` makes strings all the time and is hit hard by what else the machine does,
 * `hash` hardly, and `align` is what most programs are, an interpreter at work on little memory.
 */
const INJECTED_STAGES = ['match', 'hash', 'align'] as const;
const SHARES = [1.2, 1.3] as const;

/** The slowed variants of a pool. */
export function slowedVariants({ runs }: Pool): Pick<PoolRun, 'stage' | 'share'>[] {
  return INJECTED_STAGES.flatMap((stage) => SHARES.map((share) => ({ stage, share }))).filter(
    (variant) => runs.some((run) => run.stage === variant.stage && run.share === variant.share),
  );
}

/** Runs of a cycle: of each variant, and of the program as it is once more, two after one that is as it is. */
const CYCLE_RUNS = 3 * (INJECTED_STAGES.length * SHARES.length + 1);

/**
 * Runs the program again and again: as it is and with one stage made slower in turns, so that all variants see the same
 * machine. Each pair of slowed runs stands between two as it is, which the pairs beside it share: A B B A C C A …
 */
export function collectPool(cycles: number, onRun: (done: number, all: number) => void): Pool {
  const program = new URL('job.py', import.meta.url).pathname;
  const run = (stage: string, share: number): PoolRun => ({
    stage,
    share,
    otlp: execFileSync('python3', [program, ...(stage === '' ? [] : [`${stage}=${share}`])], {
      encoding: 'utf8',
    }),
  });
  const variants: [string, number][] = [
    ['', 1],
    ...INJECTED_STAGES.flatMap((stage) => SHARES.map((share): [string, number] => [stage, share])),
  ];
  const began = performance.now();
  run('', 1);
  const runs: PoolRun[] = [run('', 1)];
  for (let cycle = 0; cycle < cycles; cycle += 1) {
    for (const [stage, share] of variants) {
      runs.push(run(stage, share), run(stage, share), run('', 1));
      onRun(runs.length, cycles * CYCLE_RUNS + 1);
    }
  }
  return { runs, seconds: (performance.now() - began) / 1000 };
}

/** Imports each run as a file would be. */
export async function factsOf({ runs }: Pool): Promise<RunFacts[]> {
  const facts: RunFacts[] = [];
  for (const { otlp } of runs) {
    const stdin = Readable.from([Buffer.from(otlp)]);
    facts.push(runFacts(await importRun(['-'], { stdin, signal: new AbortController().signal })));
  }
  return facts;
}
