import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { CliProgram } from '../platform/cliProgram.ts';
import { GateRecord, GateProgress } from './gateRecord.ts';

/** A gate that is to be run. */
export interface GateRequest {
  readonly cli: CliProgram;
  /** Name of the command in `earshot.config.json`. */
  readonly name: string;
  /** Folder of the configuration. */
  readonly folder: string;
  readonly onProgress: (progress: GateProgress) => void;
  /** What the command line says beside its records, by lines. */
  readonly onText: (line: string) => void;
  readonly signal: AbortSignal;
}

/** How a gate ended: its record, or null with what was said last where it came to no verdict. */
export interface GateEnd {
  readonly record: GateRecord | null;
  readonly exitCode: number | null;
  readonly lastWords: string;
}

/** An interrupted gate shows what it measured and removes its worktrees in this time, or is killed. */
const STOP_GRACE_MS = 10_000;
const KEPT_LINES = 20;

/** Runs `earshot profile gate NAME` and reads its JSON lines. An abort interrupts it as Ctrl+C would. */
export function runGateProcess(request: GateRequest): Promise<GateEnd> {
  const { cli, name, folder, signal } = request;
  return new Promise((resolve, reject) => {
    const child = spawn(cli.program, [...cli.before, 'profile', 'gate', '--json', '--', name], {
      cwd: folder,
      env: { ...process.env, ...cli.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let record: GateRecord | null = null;
    const lastWords: string[] = [];
    let killer: NodeJS.Timeout | undefined;
    const stop = (): void => {
      child.kill('SIGINT');
      killer = setTimeout(() => child.kill('SIGKILL'), STOP_GRACE_MS);
    };
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    createInterface({ input: child.stdout }).on('line', (line) => {
      const parsed = parseRecord(line);
      if (parsed === null) request.onText(line);
      else if (parsed.type === 'progress') request.onProgress(parsed);
      else record = parsed;
    });
    createInterface({ input: child.stderr }).on('line', (line) => {
      lastWords.push(line);
      if (lastWords.length > KEPT_LINES) lastWords.shift();
      request.onText(line);
    });
    child.on('error', reject);
    child.on('close', (exitCode) => {
      clearTimeout(killer);
      signal.removeEventListener('abort', stop);
      resolve({ record, exitCode, lastWords: lastWords.join('\n') });
    });
  });
}

function parseRecord(line: string): GateRecord | GateProgress | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  const progress = GateProgress.safeParse(value);
  if (progress.success) return progress.data;
  const record = GateRecord.safeParse(value);
  return record.success ? record.data : null;
}
