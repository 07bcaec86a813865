import { CLASS_MASKS, CLASSES } from './windows.ts';

/** Local speakers active in a frame of a window, as a bit mask, by the most probable class. */
export function activeMask(bytes: Uint8Array, frame: number): number {
  const base = frame * CLASSES;
  let best = 0;
  for (let c = 1; c < CLASSES; c++) {
    if ((bytes[base + c] as number) > (bytes[base + best] as number)) best = c;
  }
  return CLASS_MASKS[best] as number;
}
