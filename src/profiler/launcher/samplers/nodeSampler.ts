import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cpuprofileImporter } from '../../importers/cpuprofile/cpuprofile.ts';
import type { SampledFile, Sampler } from './sampler.ts';

/** V8's own profiler, in each Node process of the program that ends in an orderly way. */
export class NodeSampler implements Sampler {
  readonly name = 'node --cpu-prof';
  readonly #folder: string;
  problem: string | null = null;

  /** @param folder where the profiles go. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  env(given: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
    const options = `--cpu-prof --cpu-prof-dir=${JSON.stringify(this.#folder)}`;
    const theirs = given['NODE_OPTIONS'] ?? '';
    return { NODE_OPTIONS: theirs === '' ? options : `${theirs} ${options}` };
  }

  attach(): void {
    // Node reads its environment.
  }

  finish(): Promise<readonly SampledFile[]> {
    const names = readdirSync(this.#folder).filter((name) => name.endsWith('.cpuprofile'));
    if (names.length === 0) {
      this.problem = 'Node wrote no profile: it must end by itself, not by a signal.';
    }
    const files = names.map((name) => {
      const path = join(this.#folder, name);
      return { path, importer: cpuprofileImporter, zeroNs: startOf(path) };
    });
    return Promise.resolve(files);
  }
}

/** V8 counts microseconds of the monotonic clock. */
function startOf(path: string): bigint | null {
  const text = readFileSync(path, 'utf8');
  const [, microseconds] = /"startTime":\s*(\d+)/u.exec(text) ?? [];
  return microseconds === undefined ? null : BigInt(microseconds) * 1000n;
}
