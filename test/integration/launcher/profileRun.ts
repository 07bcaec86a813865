import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLibraryAt } from '../../../src/store/library.ts';
import { homeLayout } from '../../../src/pipeline/home.ts';
import type { Run } from '../../../src/profiler/model/run.ts';
import { builtCli } from '../helpers/places.ts';

/** What a call of `earshot profile run` gave. */
export interface Profiled {
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** A folder with a library of its own, for calls of `profile run`. */
export class ProfileHome {
  readonly folder = mkdtempSync(join(tmpdir(), 'earshot-run-'));
  readonly home = join(this.folder, 'home');

  /** Calls `earshot profile run OPTIONS -- COMMAND`, in the folder. */
  start(
    command: readonly string[],
    options: readonly string[] = [],
    how: { readonly env?: Record<string, string>; readonly detached?: boolean } = {},
  ) {
    const args = [builtCli(), '--home', this.home, 'profile', 'run', ...options, '--', ...command];
    const child = spawn(process.execPath, args, {
      cwd: this.folder,
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: how.detached ?? false,
      env: { ...process.env, ...how.env },
    });
    const stdout: Buffer[] = [];
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const ended = new Promise<Profiled>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve({ code, stdout: Buffer.concat(stdout), stderr }));
    });
    return {
      child,
      ended,
      /** Waits until the program has printed a text on stdout. */
      said: async (text: string): Promise<void> => {
        while (!Buffer.concat(stdout).includes(text)) {
          await new Promise((resolve) => child.stdout.once('data', resolve));
        }
      },
    };
  }

  /** Calls it and waits for its end; its stdin is empty. */
  run(command: readonly string[], options: readonly string[] = []): Promise<Profiled> {
    const { child, ended } = this.start(command, options);
    child.stdin.end();
    return ended;
  }

  /** The newest run of the library. */
  lastRun(): Run {
    const library = openLibraryAt(homeLayout(this.home).library);
    try {
      return library.profiles.load('last');
    } finally {
      library.close();
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Resident memory of a process in KiB; 0 where it is gone. */
export function residentKilobytes(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'latin1');
    return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** Children of a process. */
export function childrenOf(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`)
    .flatMap((task) => readFileSync(`/proc/${pid}/task/${task}/children`, 'latin1').split(' '))
    .filter((child) => child !== '')
    .map(Number);
}
