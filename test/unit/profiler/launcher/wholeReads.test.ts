import { describe, expect, it } from 'vitest';
import type { ReadMark } from '../../../../src/profiler/launcher/files/readBytes.ts';
import {
  type ReadStretch,
  wholeReads,
} from '../../../../src/profiler/launcher/files/wholeReads.ts';

const FILE = 1000;
const mark = (ns: number, bytes: number | null): ReadMark => ({
  ns,
  bytes: bytes === null ? null : new Map([[1, bytes]]),
});
/** A stretch between marks at these times, with what the process had read by then. */
const stretch = (
  early: readonly [number, number],
  late: readonly [number, number],
  closed: readonly [number, number],
  after: readonly [number, number] | null,
  more: Partial<ReadStretch> = {},
): ReadStretch => ({
  wrote: false,
  mapped: false,
  evidence: {
    early: mark(...early),
    late: mark(...late),
    closed: mark(...closed),
    after: after === null ? null : mark(...after),
  },
  ...more,
});
const count = (stretches: readonly ReadStretch[]) => wholeReads(stretches, FILE).loads.size;

describe('loads', () => {
  it('are stretches in which about the whole file was read', () => {
    const prompt = stretch([0, 0], [1, 0], [2, 1000], [3, 1000]);
    const look = stretch([4, 1000], [5, 1000], [6, 1010], [7, 1010]);
    expect([...wholeReads([prompt, look], FILE).loads]).toEqual([prompt]);
  });

  it('are as many as the bytes allow where all news came at once', () => {
    const late = Array.from({ length: 40 }, () =>
      stretch([0, 0], [9, 40_000], [9, 40_000], [10, 40_000]),
    );
    expect(wholeReads(late, FILE)).toMatchObject({ guessed: false });
    expect(count(late)).toBe(40);
  });

  it('are told apart by the sum where some only looked: then which ones is a guess', () => {
    const late = Array.from({ length: 10 }, () =>
      stretch([0, 0], [9, 4000], [9, 4000], [10, 4000]),
    );
    expect(wholeReads(late, FILE).guessed).toBe(true);
    expect(count(late)).toBe(4);
  });

  it('are none where next to nothing was read', () => {
    const looks = Array.from({ length: 20 }, (_, i) =>
      stretch([i, i * 10], [i, i * 10], [i, i * 10 + 10], [i + 1, i * 10 + 10]),
    );
    expect(count(looks)).toBe(0);
  });

  it('are mapped ones, and never those for writing', () => {
    const none = stretch([0, 0], [0, 0], [1, 0], [2, 0], { mapped: true });
    const written = stretch([0, 0], [0, 0], [1, 5000], [2, 5000], { wrote: true });
    expect([...wholeReads([none, written], FILE).loads]).toEqual([none]);
  });

  it('are the last ones, too, when the program has ended, if the others are', () => {
    const load = stretch([0, 0], [1, 0], [2, 1000], [3, 1000]);
    const last = stretch([3, 1000], [4, 1000], [5, 1000], null);
    const look = stretch([0, 0], [1, 0], [2, 1], [3, 1]);
    expect(count([load, last])).toBe(2);
    expect(count([look, look, last])).toBe(0);
  });
});
