import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { SampledFile, Sampler } from './sampler.ts';

/** How long a sampler may take to write its file. */
const WRITING_MS = 30_000;

/** What is to be run beside the program. */
export interface AttachedCommand {
  readonly name: string;
  readonly command: (pid: number) => readonly [string, ...string[]];
  /** Turns what it wrote into a file that can be imported. */
  readonly written: () => Promise<SampledFile | null>;
  readonly file: string;
}

/** A sampler that runs beside the program as a process of its own, and ends when the program does. */
export class AttachedSampler implements Sampler {
  readonly name: string;
  readonly #attached: AttachedCommand;
  #child: ChildProcess | null = null;
  #ended: Promise<void> = Promise.resolve();
  #said = '';
  problem: string | null = null;

  constructor(attached: AttachedCommand) {
    this.name = attached.name;
    this.#attached = attached;
  }

  env(): Readonly<Record<string, string>> {
    return {};
  }

  attach(pid: number): void {
    const [program, ...args] = this.#attached.command(pid);
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#said = (this.#said + text).slice(-2000);
    });
    this.#ended = new Promise((resolve) => {
      child.once('error', () => resolve());
      child.once('close', () => resolve());
    });
    this.#child = child;
  }

  async finish(): Promise<readonly SampledFile[]> {
    // It notices the end of the program by itself; one that does not is asked.
    const ask = setTimeout(() => this.#child?.kill('SIGINT'), 1000);
    const force = setTimeout(() => this.#child?.kill('SIGKILL'), WRITING_MS);
    await this.#ended;
    clearTimeout(ask);
    clearTimeout(force);
    const file = existsSync(this.#attached.file) ? await this.#attached.written() : null;
    if (file !== null) return [file];
    const said = this.#said.trim().split('\n').at(-1) ?? '';
    this.problem = `${this.name} wrote nothing${said === '' ? '' : `: ${said}`}.`;
    return [];
  }
}
