import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunBuilder } from '../../model/runBuilder.ts';
import { addSamples } from './addSamples.ts';
import { chooseSampler, type SamplerChoice } from './chooseSampler.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** The sampling of one launch. */
export class Sampling {
  readonly #folder = mkdtempSync(join(tmpdir(), 'earshot-samples-'));
  readonly #choice: SamplerChoice;

  constructor(program: string, env: Env) {
    this.#choice = chooseSampler(program, env, this.#folder);
  }

  /** What the program's environment gets. */
  env(given: Env): Env {
    return 'sampler' in this.#choice ? this.#choice.sampler.env(given) : {};
  }

  attach(pid: number): void {
    if ('sampler' in this.#choice) this.#choice.sampler.attach(pid);
  }

  /**
   * After the end of the program: puts the samples into the run. Gives sentences for the person.
   *
   * @param toRunNs a time of the monotonic clock as nanoseconds of the run.
   * @param startNs when the program began.
   */
  async finish(
    builder: RunBuilder,
    toRunNs: (clockNs: bigint) => number,
    startNs: number,
  ): Promise<readonly string[]> {
    if ('missing' in this.#choice) return [this.#choice.missing];
    const { sampler } = this.#choice;
    const notes: (string | null)[] = [];
    for (const file of await sampler.finish()) {
      notes.push(await addSamples(builder, file, toRunNs, startNs));
    }
    return [...notes, sampler.problem].filter((note) => note !== null);
  }

  /** Removes what the sampler wrote. */
  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
