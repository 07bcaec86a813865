import { expect, it } from 'vitest';
import { samplingDelayMs } from '../../../../src/profiler/launcher/linux/samplingPace.ts';

it('looks often at first and ever more seldom', () => {
  const delays = [0, 1, 10, 60, 1000, 10_000].map((seconds) => samplingDelayMs(seconds, 0));
  expect(delays).toEqual([10, 25, 50, 100, 250, 1000]);
});

it('costs at most 0.4 % of a core after the first seconds', () => {
  for (const cost of [0.1, 0.5, 2, 10]) {
    expect(cost / samplingDelayMs(60, cost)).toBeLessThanOrEqual(0.004);
  }
});

it('never stays away for longer than five seconds', () => {
  expect(samplingDelayMs(60, 1000)).toBe(5000);
});
