import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

/** Golden values of `test/fixtures/golden/build/stats.py`; infinite numbers are the words `inf` and `-inf` there. */
export function golden<T>(name: string): T[] {
  const file = new URL(`../../../fixtures/golden/stats/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8'), (_key, value: unknown) =>
    value === 'inf' ? Infinity : value === '-inf' ? -Infinity : value,
  ) as T[];
}

/** Equal up to a relative error. */
export function expectNear(
  actual: number,
  expected: number,
  relative: number,
  about: string,
): void {
  if (actual === expected) return;
  const scale = Math.max(Math.abs(expected), 1e-300);
  expect(Math.abs(actual - expected) / scale, `${about}: ${actual} for ${expected}`).toBeLessThan(
    relative,
  );
}
