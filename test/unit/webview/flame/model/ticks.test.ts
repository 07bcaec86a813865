import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ticksBetween } from '../../../../../webview/flame/model/ticks.ts';

const labels = (from: number, to: number, most = 5, unit: string | null = null): string[] =>
  ticksBetween(from, to, most, unit).ticks.map(({ label }) => label);

describe('ticksBetween', () => {
  it('tells times in units that people read', () => {
    expect(labels(0, 4)).toEqual(['0 ns', '1 ns', '2 ns', '3 ns', '4 ns']);
    expect(labels(0, 2500)).toEqual(['0.0 µs', '0.5 µs', '1.0 µs', '1.5 µs', '2.0 µs', '2.5 µs']);
    expect(labels(0, 10e6)).toEqual(['0 ms', '2 ms', '4 ms', '6 ms', '8 ms', '10 ms']);
    expect(labels(0, 20e9)).toEqual(['0 s', '5 s', '10 s', '15 s', '20 s']);
    expect(labels(0, 240e9)).toEqual(['0:00', '1:00', '2:00', '3:00', '4:00']);
    expect(labels(0, 3600e9, 4)).toEqual(['0:00:00', '0:15:00', '0:30:00', '0:45:00', '1:00:00']);
    expect(labels(0, 20 * 24 * 3600e9, 4)).toEqual([
      '0:00:00',
      '120:00:00',
      '240:00:00',
      '360:00:00',
      '480:00:00',
    ]);
  });

  it('counts from an anchor where a step is tiny beside the time', () => {
    const { ticks, anchor } = ticksBetween(3.6e12, 3.6e12 + 4, 4, null);
    expect(anchor).toBe('1:00:00.000000');
    expect(ticks.map(({ label }) => label)).toEqual(['+0 ns', '+1 ns', '+2 ns', '+3 ns', '+4 ns']);
  });

  it('tells weights in their unit', () => {
    expect(labels(0, 100, 5, 'samples')).toEqual([
      '0 samples',
      '20 samples',
      '40 samples',
      '60 samples',
      '80 samples',
      '100 samples',
    ]);
  });

  it('tells times that are weights as times, and bytes in decimal units', () => {
    expect(labels(0, 1e8, 5, 'nanoseconds')).toEqual(labels(0, 1e8, 5, null));
    expect(labels(0, 3e6, 4, 'bytes')).toEqual(['0 MB', '1 MB', '2 MB', '3 MB']);
    expect(labels(0, 900, 3, 'By')).toEqual(['0 B', '500 B']);
    expect(labels(0, 2, 2, '{messages}')).toEqual(['0 messages', '1 messages', '2 messages']);
  });

  it('never gives many more than asked for, nor two alike, nor one outside', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 3.6e13, noNaN: true }),
        fc.double({ min: 0, max: 13, noNaN: true }),
        fc.integer({ min: 1, max: 30 }),
        (from, magnitude, most) => {
          const to = from + 10 ** magnitude;
          const { ticks } = ticksBetween(from, to, most, null);
          expect(ticks.length).toBeLessThanOrEqual(most + 1);
          expect(new Set(ticks.map(({ label }) => label)).size).toBe(ticks.length);
          const slack = (to - from) * 1e-6 + 0.01;
          for (const { timeNs } of ticks) {
            expect(timeNs).toBeGreaterThanOrEqual(from - slack);
            expect(timeNs).toBeLessThanOrEqual(to + slack);
          }
        },
      ),
    );
  });
});
