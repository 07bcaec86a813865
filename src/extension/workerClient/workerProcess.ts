import { fork, spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { ipcTransport, type Transport } from '../../protocol/rpcTransport.ts';

/** A started worker, whatever it runs in. */
export interface WorkerHandle {
  readonly transport: Transport;
  readonly pid: number | undefined;
  /** Called once, with how it ended. */
  onExit(listener: (how: string) => void): void;
  /** Ends the worker and every process it started, at once. */
  kill(): void;
}

/** Starts the worker as a process of its own: a native crash in it never takes the editor along. */
export function forkWorker(path: string, output: (line: string) => void): WorkerHandle {
  const child = fork(path, [], {
    // In desktop VS Code `process.execPath` is Electron; this makes it act as Node.
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // Columns of charts go as bytes; JSON would make text of them.
    serialization: 'advanced',
    // Leader of a process group of its own, so that its children can be ended with it.
    detached: process.platform !== 'win32',
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      for (const line of text.split('\n')) if (line.trim() !== '') output(line);
    });
  }
  return {
    transport: ipcTransport(child),
    pid: child.pid,
    onExit: (listener) => {
      let told = false;
      const tell = (how: string): void => {
        if (told) return;
        told = true;
        // Children of a worker that crashed would otherwise outlive it.
        killTree(child);
        listener(how);
      };
      child.on('error', (error) => tell(error.message));
      child.on('exit', (code, signal) => tell(signal ?? `exit code ${code}`));
    },
    kill: () => killTree(child),
  };
}

function killTree(child: ChildProcess): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    spawn(taskkill(), ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' }).on(
      'error',
      () => child.kill(),
    );
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The whole group has ended already.
  }
}

/** By its path: Windows would take a program of that name in the working folder first. */
function taskkill(): string {
  return join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'taskkill.exe');
}
