import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { CancelledError } from '../earshotError.ts';

const POLL_MILLISECONDS = 100;
/** Between creating and writing a lock lie microseconds; after this its owner was killed there. */
const EMPTY_LOCK_MILLISECONDS = 10_000;

/**
 * Runs `work` while no other process on this machine runs its own under the same lock file.
 *
 * The file holds the owner's process id; a lock whose owner is gone is taken over. Two processes may
 * in rare cases both believe they took over: the work must end in an atomic step of its own.
 *
 * @throws CancelledError when the signal fires while waiting
 */
export async function withFileLock<T>(
  lockFile: string,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  while (!(await tryLock(lockFile))) {
    if (signal?.aborted) throw new CancelledError();
    await removeIfOwnerIsGone(lockFile);
    await delay(POLL_MILLISECONDS);
  }
  try {
    return await work();
  } finally {
    await rm(lockFile, { force: true });
  }
}

async function tryLock(lockFile: string): Promise<boolean> {
  try {
    const file = await open(lockFile, 'wx');
    await file.writeFile(String(process.pid));
    await file.close();
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

async function removeIfOwnerIsGone(lockFile: string): Promise<void> {
  const text = await readFile(lockFile, 'utf8').catch(() => '');
  const owner = Number.parseInt(text, 10);
  // Empty: its owner has not written yet, or was killed before it could.
  if (Number.isNaN(owner) ? !(await isAbandoned(lockFile)) : isAlive(owner)) return;
  const aside = `${lockFile}.${process.pid}.stale`;
  await rename(lockFile, aside).catch(() => undefined);
  await rm(aside, { force: true });
}

async function isAbandoned(lockFile: string): Promise<boolean> {
  const facts = await stat(lockFile).catch(() => null);
  return facts !== null && Date.now() - facts.mtimeMs > EMPTY_LOCK_MILLISECONDS;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
