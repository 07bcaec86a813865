import { setTimeout as sleep } from 'node:timers/promises';

export const BOOT_MS = 60_000; // server, workbench
export const STEP_MS = 20_000; // everything else

/** Thrown by a probe where waiting longer is of no use. */
export class Stop extends Error {}

/** Polls until `probe` gives something truthy; its last error or value is in the time-out's message. */
export async function until(probe, what, timeoutMs = STEP_MS) {
  const end = Date.now() + timeoutMs;
  for (let last; ; await sleep(50)) {
    try {
      if ((last = await probe())) return last;
    } catch (error) {
      if (error instanceof Stop) throw error;
      last = error;
    }
    if (Date.now() > end) {
      const seen = last?.message ?? JSON.stringify(last);
      throw new Error(`not within ${timeoutMs} ms: ${what}; last: ${seen}`);
    }
  }
}

/** Rejects when `promise` takes too long. */
export function bounded(promise, what, timeoutMs = STEP_MS) {
  let timer;
  const late = new Promise((_, no) => {
    timer = setTimeout(() => no(new Error(`not within ${timeoutMs} ms: ${what}`)), timeoutMs);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
