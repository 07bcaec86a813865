import type { Readable } from 'node:stream';

/** What a pipe may still hold when the program ends: Linux allows a person at most 1 MiB (`fs.pipe-max-size`). */
const LAST_BYTES = 2 * 2 ** 20;
/** How long nothing must come after the program's end where its children hold the pipe open. */
const SILENCE_MS = 250;

/**
 * Passes bytes on, unchanged and at once, no faster than they are taken. Where the reader has gone away the source is
 * closed, so that the program learns it as it would have without us.
 *
 * @param see sees every chunk, with the time of its arrival in nanoseconds of the monotonic clock.
 * @param programEnded after it only what the pipe still held is read: children that live on may keep it open for ever.
 * @returns when all has been passed on.
 */
export async function passThrough(
  source: Readable,
  target: NodeJS.WritableStream | null,
  see: (chunk: Buffer, arrivedNs: bigint) => void,
  programEnded: Promise<unknown>,
): Promise<void> {
  let waitingForReader = false;
  let afterEnd: { bytes: number; timer: NodeJS.Timeout } | null = null;
  const close = (): void => void source.destroy();
  const resume = (): void => {
    waitingForReader = false;
    source.resume();
    afterEnd?.timer.refresh();
  };
  const onSilence = (): void => {
    if (!waitingForReader) close();
  };
  const done = new Promise<void>((resolve) => {
    source.once('error', resolve);
    source.once('close', resolve);
  });
  target?.on('error', close);
  target?.on('close', close);
  target?.on('drain', resume);
  source.on('data', (chunk: Buffer) => {
    const arrivedNs = process.hrtime.bigint();
    if (target !== null && !target.write(chunk)) {
      waitingForReader = true;
      source.pause();
    }
    see(chunk, arrivedNs);
    if (afterEnd === null) return;
    afterEnd.bytes += chunk.length;
    afterEnd.timer.refresh();
    if (afterEnd.bytes > LAST_BYTES) close();
  });
  void programEnded.then(() => {
    afterEnd = { bytes: 0, timer: setTimeout(onSilence, SILENCE_MS) };
    if (source.destroyed) clearTimeout(afterEnd.timer);
  });
  await done;
  await programEnded;
  clearTimeout((afterEnd as { timer: NodeJS.Timeout } | null)?.timer);
  target?.off('error', close).off('close', close).off('drain', resume);
}
