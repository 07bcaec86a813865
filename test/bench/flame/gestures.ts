/** Turns of a wheel over the middle of a page, one a frame. */
export interface Gesture {
  readonly name: string;
  readonly frames: number;
  readonly deltaX: number;
  readonly deltaY: number;
  /** With Ctrl: zooms. */
  readonly zoom: boolean;
}

/** Milliseconds of every frame. */
export interface GestureFrames {
  readonly name: string;
  /** From the beginning of the frame until it was painted: script, layout and drawing in the page's own thread. */
  readonly work: readonly number[];
  /** From frame to frame, as `requestAnimationFrame` tells. */
  readonly interval: readonly number[];
}

/** Goes in, to the right and back, down and up, and out again. */
export const GESTURES: readonly Gesture[] = [
  { name: 'zoom in', frames: 45, deltaX: 0, deltaY: -4, zoom: true },
  { name: 'pan', frames: 60, deltaX: 24, deltaY: 0, zoom: false },
  { name: 'pan back', frames: 60, deltaX: -24, deltaY: 0, zoom: false },
  { name: 'zoom out', frames: 45, deltaX: 0, deltaY: 4.5, zoom: true },
  { name: 'scroll', frames: 40, deltaX: 0, deltaY: 24, zoom: false },
  { name: 'scroll back', frames: 40, deltaX: 0, deltaY: -24, zoom: false },
];
