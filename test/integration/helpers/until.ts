import { setTimeout as pause } from 'node:timers/promises';

const POLL_MILLISECONDS = 10;

/** Waits until the probe gives something, and gives that; fails with what was waited for when it takes too long. */
export async function until<T>(
  what: string,
  probe: () => T | Promise<T>,
  seconds = 60,
): Promise<Exclude<T, null | undefined | false>> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const value = await probe();
    if (value !== null && value !== undefined && value !== false) {
      return value as Exclude<T, null | undefined | false>;
    }
    if (Date.now() > deadline) throw new Error(`Waited ${seconds} s in vain until ${what}.`);
    await pause(POLL_MILLISECONDS);
  }
}
