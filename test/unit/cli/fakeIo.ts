import { Writable } from 'node:stream';
import { PassThrough } from 'node:stream';
import type { CliIo, StopSignal } from '../../../src/cli/io.ts';

/** A stream that keeps what it is given. */
export class Sink extends Writable {
  isTTY = false;
  columns = 100;
  rows = 40;
  text = '';

  override _write(chunk: Buffer | string, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }

  get lines(): string[] {
    return this.text.split('\n').slice(0, -1);
  }

  /** The lines of `--json`. */
  get records(): Record<string, unknown>[] {
    return this.lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  }
}

/** Surroundings for the command line that a test can look into. */
export class FakeIo implements CliIo {
  readonly stdin = Object.assign(new PassThrough(), { isTTY: false });
  readonly stdout = new Sink();
  readonly stderr = new Sink();
  readonly env: Record<string, string> = {};
  readonly cwd = '/project';
  readonly version = '1.2.3';
  readonly exits: number[] = [];
  readonly questions: string[] = [];
  answer = true;
  /** Milliseconds; every look at the clock takes a quarter of a second. */
  clock = 0;
  readonly #listeners = new Map<StopSignal, Set<() => void>>();

  readonly now = (): number => (this.clock += 250);
  readonly defaultHome = (): Promise<string> => Promise.resolve('/home/me/earshot');
  readonly ask = (question: string): Promise<boolean> => {
    this.questions.push(question);
    return Promise.resolve(this.answer);
  };
  readonly onSignal = (signal: StopSignal, listener: () => void): (() => void) => {
    const listeners = this.#listeners.get(signal) ?? new Set();
    this.#listeners.set(signal, listeners.add(listener));
    return () => listeners.delete(listener);
  };
  readonly exit = (code: number): void => {
    this.exits.push(code);
  };

  onTerminal(): this {
    this.stdin.isTTY = this.stdout.isTTY = this.stderr.isTTY = true;
    return this;
  }

  send(signal: StopSignal): void {
    for (const listener of this.#listeners.get(signal) ?? []) listener();
  }

  get listening(): number {
    return [...this.#listeners.values()].reduce((sum, { size }) => sum + size, 0);
  }
}
