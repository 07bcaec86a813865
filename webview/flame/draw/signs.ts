import { SPAN_FLAG } from '../../../src/profiler/chart/chartColumns.ts';
import type { DrawSurface } from './surface.ts';
import type { Theme } from './theme.ts';

/** Width of a sign with the room beside it, in CSS pixels. */
export const SIGN_WIDTH = 10;
const RADIUS = 3.5;

/** A shape with a meaning. */
export interface Sign {
  readonly bit: number;
  readonly colour: (theme: Theme) => string;
  /** Whether it needs the background's colour behind it where it stands on a fill. */
  readonly onPad: boolean;
  /** Adds its outline around a middle. */
  readonly outline: (surface: DrawSurface, x: number, y: number) => void;
}

/** One shape a meaning, so that none is told by its colour alone. */
export const SIGNS: readonly Sign[] = [
  { bit: 1, colour: ({ css }) => css.error, onPad: true, outline: cross },
  { bit: 2, colour: ({ css }) => css.overTarget, onPad: true, outline: hourglass },
  { bit: 4, colour: ({ css }) => css.finding, onPad: true, outline: diamond },
  { bit: 8, colour: ({ css }) => css.fillLabel, onPad: false, outline: triangleUp },
  { bit: 16, colour: ({ css }) => css.fillLabel, onPad: false, outline: triangleDown },
];

/** Bits of the signs of a span: error, over target, finding, and longer or shorter than in the other run. */
export function signsOf(flags: number, tint: number): number {
  return (
    ((flags & SPAN_FLAG.error) === 0 ? 0 : 1) |
    ((flags & SPAN_FLAG.overTarget) === 0 ? 0 : 2) |
    ((flags & SPAN_FLAG.finding) === 0 ? 0 : 4) |
    (tint > 0 ? 8 : 0) |
    (tint < 0 ? 16 : 0)
  );
}

/** How many signs a span has. */
export function signCount(signs: number): number {
  let count = 0;
  for (let rest = signs; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

/** Adds the square behind a sign. */
export function addPad(surface: DrawSurface, x: number, y: number): void {
  const half = SIGN_WIDTH / 2;
  surface.rect(x - half, y - half, SIGN_WIDTH, SIGN_WIDTH);
}

function cross(surface: DrawSurface, x: number, y: number): void {
  const [arm, half] = [RADIUS, 1.2];
  surface.moveTo(x, y - half);
  surface.lineTo(x + arm - half, y - arm);
  surface.lineTo(x + arm, y - arm + half);
  surface.lineTo(x + half, y);
  surface.lineTo(x + arm, y + arm - half);
  surface.lineTo(x + arm - half, y + arm);
  surface.lineTo(x, y + half);
  surface.lineTo(x - arm + half, y + arm);
  surface.lineTo(x - arm, y + arm - half);
  surface.lineTo(x - half, y);
  surface.lineTo(x - arm, y - arm + half);
  surface.lineTo(x - arm + half, y - arm);
  surface.closePath();
}

function hourglass(surface: DrawSurface, x: number, y: number): void {
  surface.moveTo(x - RADIUS, y - RADIUS);
  surface.lineTo(x + RADIUS, y - RADIUS);
  surface.lineTo(x - RADIUS, y + RADIUS);
  surface.lineTo(x + RADIUS, y + RADIUS);
  surface.closePath();
}

function diamond(surface: DrawSurface, x: number, y: number): void {
  surface.moveTo(x, y - RADIUS);
  surface.lineTo(x + RADIUS, y);
  surface.lineTo(x, y + RADIUS);
  surface.lineTo(x - RADIUS, y);
  surface.closePath();
}

function triangleUp(surface: DrawSurface, x: number, y: number): void {
  surface.moveTo(x, y - RADIUS);
  surface.lineTo(x + RADIUS, y + RADIUS);
  surface.lineTo(x - RADIUS, y + RADIUS);
  surface.closePath();
}

function triangleDown(surface: DrawSurface, x: number, y: number): void {
  surface.moveTo(x, y + RADIUS);
  surface.lineTo(x + RADIUS, y - RADIUS);
  surface.lineTo(x - RADIUS, y - RADIUS);
  surface.closePath();
}
