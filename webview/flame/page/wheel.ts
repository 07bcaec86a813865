/** A turn of the wheel or a gesture of a touch pad, in CSS pixels. */
export interface WheelTurn {
  readonly dx: number;
  readonly dy: number;
  /** Also set by browsers for a pinch. */
  readonly ctrl: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
}

export type WheelEffect =
  | { readonly kind: 'zoom'; readonly factor: number }
  | { readonly kind: 'pan'; readonly dx: number; readonly dy: number };

const PIXELS_TO_DOUBLE = 100;
const LEAST_FACTOR = 0.1;
const GREATEST_FACTOR = 10;

/** How much longer the visible time becomes: 1 + dy/100, and the inverse of that the other way, within 0.1 and 10. */
export function zoomFactor(dy: number): number {
  const factor = dy >= 0 ? 1 + dy / PIXELS_TO_DOUBLE : 1 / (1 - dy / PIXELS_TO_DOUBLE);
  return Math.min(GREATEST_FACTOR, Math.max(LEAST_FACTOR, factor));
}

/** What the wheel does. `zoom`: it zooms, Shift pans, Alt scrolls. `scroll`: it scrolls, Ctrl and a pinch zoom. */
export function wheelEffect(turn: WheelTurn, mode: 'zoom' | 'scroll'): WheelEffect {
  const { dx, dy, ctrl, shift, alt } = turn;
  if (ctrl) return { kind: 'zoom', factor: zoomFactor(dy) };
  // Some browsers turn Shift and the wheel into a sideways turn themselves.
  if (shift) return { kind: 'pan', dx: dx === 0 ? dy : dx, dy: 0 };
  if (alt) return { kind: 'pan', dx: 0, dy: dy === 0 ? dx : dy };
  if (mode === 'zoom' && Math.abs(dy) >= Math.abs(dx)) {
    return { kind: 'zoom', factor: zoomFactor(dy) };
  }
  return { kind: 'pan', dx, dy };
}

/** Two frames of a screen at 60 Hz, with a little room. */
const SETTLED_MS = 40;

/**
 * Keeps a gesture what it began as: once the wheel pans it does not zoom, and the other way round, until two frames came
 * without a turn. Otherwise the inertia of a touch pad would zoom when Ctrl goes down while it still runs.
 */
export class GestureGuard {
  #kind: WheelEffect['kind'] | null = null;
  #lastMs = -Infinity;

  /** Whether an effect may happen now. */
  allows(effect: WheelEffect, nowMs: number): boolean {
    if (nowMs - this.#lastMs > SETTLED_MS) this.#kind = effect.kind;
    this.#lastMs = nowMs;
    return effect.kind === this.#kind;
  }
}
