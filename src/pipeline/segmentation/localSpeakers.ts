import type { Seconds } from '../../profiler/model/units.ts';
import {
  CLASS_MASKS,
  CLASSES,
  FRAME_SECONDS,
  FRAMES_PER_WINDOW,
  frameSeconds,
  HOP_SECONDS,
  LOCAL_SPEAKERS,
  WINDOW_SECONDS,
} from './windows.ts';

/** Frames (of 17 ms) in which two local speakers must be active together to be taken for one voice. */
const LINK_FRAMES = 6;

/** Local speakers active in a frame of a window, as a bit mask, by the most probable class. */
export function activeMask(bytes: Uint8Array, frame: number): number {
  const base = frame * CLASSES;
  let best = 0;
  for (let c = 1; c < CLASSES; c++) {
    if ((bytes[base + c] as number) > (bytes[base + best] as number)) best = c;
  }
  return CLASS_MASKS[best] as number;
}

/** First frame of a window at or after a time within it. */
export function firstFrameAt(seconds: Seconds): number {
  return Math.max(0, Math.ceil((seconds - frameSeconds(0)) / FRAME_SECONDS));
}

/**
 * For each local speaker of a window, the local speaker of the window before that is active in the same frames of the
 * 2 s that both cover, or -1. No two are linked to the same one.
 */
export function linkToPrevious(previous: Uint8Array, bytes: Uint8Array): number[] {
  const before = firstFrameAt(HOP_SECONDS);
  const frames = Math.min(FRAMES_PER_WINDOW - before, firstFrameAt(WINDOW_SECONDS - HOP_SECONDS));
  const together = new Float64Array(LOCAL_SPEAKERS * LOCAL_SPEAKERS);
  for (let f = 0; f < frames; f++) {
    const then = activeMask(previous, before + f);
    const now = activeMask(bytes, f);
    for (let pair = 0; pair < together.length; pair++) {
      const a = Math.floor(pair / LOCAL_SPEAKERS);
      const b = pair % LOCAL_SPEAKERS;
      if (then & (1 << a) && now & (1 << b)) together[pair] = (together[pair] as number) + 1;
    }
  }
  const links = new Array<number>(LOCAL_SPEAKERS).fill(-1);
  const pairs = [...together.keys()].sort(
    (p, q) => (together[q] as number) - (together[p] as number) || p - q,
  );
  for (const pair of pairs) {
    const a = Math.floor(pair / LOCAL_SPEAKERS);
    const b = pair % LOCAL_SPEAKERS;
    if ((together[pair] as number) < LINK_FRAMES) break;
    if (links[b] === -1 && !links.includes(a)) links[b] = a;
  }
  return links;
}
