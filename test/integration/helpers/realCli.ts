import { type ChildProcess, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { z } from 'zod';
import { ErrorReport, IngestEvent, type IngestResult } from '../../../src/protocol/ingest.ts';
import { builtCli } from './places.ts';

/** How a command line ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly home: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Another package than the one under test. */
  readonly packageFolder?: string | undefined;
}

/** The real command line as a process, leader of a process group of its own. */
export class RunningCli {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Complete lines of stdout with the milliseconds since the start at which they came. */
  readonly lines: { readonly text: string; readonly at: number }[] = [];
  #stdout = '';
  #stderr = '';
  #rest = '';
  #wake: () => void = () => undefined;

  constructor(args: readonly string[], { home, cwd, env, packageFolder }: Surroundings) {
    const startedAt = performance.now();
    this.child = spawn(process.execPath, [builtCli(packageFolder), ...args], {
      cwd: cwd ?? tmpdir(),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      env: { ...cleanEnvironment(), EARSHOT_HOME: home, ...env },
    });
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#stdout += text;
      const lines = (this.#rest + text).split('\n');
      this.#rest = lines.pop() ?? '';
      for (const line of lines) {
        this.lines.push({ text: line, at: performance.now() - startedAt });
      }
      this.#wake();
    });
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.#stderr += text));
    this.ended = new Promise((resolve, reject) => {
      this.child.once('error', reject);
      this.child.once('close', (code, signal) => {
        this.#wake();
        resolve({ code, signal, stdout: this.#stdout, stderr: this.#stderr });
      });
    });
  }

  /** Process and group id. */
  get pid(): number {
    if (this.child.pid === undefined) throw new Error('The command line could not be started.');
    return this.child.pid;
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Waits for the line of that index; false when the process ends without it. */
  async line(index: number): Promise<boolean> {
    const over = this.ended.then(() => true);
    for (let ended = false; this.lines.length <= index;) {
      if (ended) return false;
      const more = new Promise<boolean>((resolve) => (this.#wake = () => resolve(false)));
      ended = await Promise.race([over, more]);
    }
    return true;
  }

  /** Waits for a line that holds the text. @throws when the process ends without it */
  async said(text: string): Promise<void> {
    for (let index = 0; await this.line(index); index++) {
      if (this.lines[index]?.text.includes(text) === true) return;
    }
    const { stdout, stderr } = await this.ended;
    throw new Error(`It never said ${text}.\n${stdout}\n${stderr}`);
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** As a terminal does: to every process of the group. */
  killGroup(signal: NodeJS.Signals): void {
    process.kill(-this.pid, signal);
  }
}

/** Runs a command to its end. */
export function runCli(args: readonly string[], surroundings: Surroundings): Promise<Ended> {
  return new RunningCli(args, surroundings).ended;
}

/** What `ingest --json` or `rerun --json` gave. */
export interface IngestOutcome extends Ended {
  readonly events: readonly IngestEvent[];
  readonly last: IngestEvent | undefined;
}

/** Runs `ingest --json` or `rerun --json`; every line has to be an event of the protocol. */
export async function ingest(
  args: readonly string[],
  surroundings: Surroundings,
): Promise<IngestOutcome> {
  return outcomeOf(await runCli(['ingest', '--json', ...args], surroundings));
}

export async function rerun(
  args: readonly string[],
  surroundings: Surroundings,
): Promise<IngestOutcome> {
  return outcomeOf(await runCli(['rerun', '--json', ...args], surroundings));
}

/** Reads the lines of an ingest as events. @throws where a line is none */
export function outcomeOf(ended: Ended): IngestOutcome {
  const events = jsonLines(ended.stdout).map((line) => IngestEvent.parse(line));
  return { ...ended, events, last: events.at(-1) };
}

/** The result that an ingest ended with. @throws when it ended otherwise */
export function resultOf({ last, code, stderr }: IngestOutcome): IngestResult {
  if (last?.type === 'result' && code === 0) return last;
  throw new Error(`It ended with ${code}: ${JSON.stringify(last)}\n${stderr}`);
}

/** The error that an ingest ended with. @throws when it ended otherwise */
export function failureOf({ last, code, stderr }: IngestOutcome): ErrorReport & { exit: number } {
  if (last?.type === 'failed' && code !== 0) return { ...last.error, exit: code ?? -1 };
  throw new Error(`It ended with ${code}: ${JSON.stringify(last)}\n${stderr}`);
}

const Failure = z.object({ type: z.literal('failed'), error: ErrorReport });

/** The error of a command other than an ingest, called with `--json`. */
export function errorOf({ stdout }: Ended): ErrorReport {
  return Failure.parse(jsonLines(stdout).at(-1)).error;
}

/** stdout as one JSON object a line. */
export function jsonLines(stdout: string): unknown[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));
}

/** Our own environment without what would change how Earshot behaves. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(EARSHOT_|VITEST|NODE_OPTIONS$|NO_COLOR$|FORCE_COLOR$)/.test(name),
    ),
  );
}
