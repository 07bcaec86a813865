import type { ChildProgram } from './childProgram.ts';

/** How long a program may take to end after it was asked to. */
const PATIENCE_MS = 5000;

/** Sends a signal to a process or (negative) a group; one that is gone is no matter. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone, or not ours any more.
  }
}

/**
 * Ends a program with its children: SIGTERM, and SIGKILL for what is still there after five seconds.
 *
 * @param descendants its children now, by process id.
 */
export async function stopProgram(
  program: ChildProgram,
  descendants: () => readonly number[],
): Promise<void> {
  const signalAll = (signal: NodeJS.Signals): void => {
    const children = descendants();
    if (program.ownGroup) sendSignal(-program.pid, signal);
    else program.process.kill(signal);
    for (const pid of children) sendSignal(pid, signal);
  };
  signalAll('SIGTERM');
  const patience = setTimeout(() => signalAll('SIGKILL'), PATIENCE_MS);
  await program.ended;
  clearTimeout(patience);
  for (const pid of descendants()) sendSignal(pid, 'SIGKILL');
}
