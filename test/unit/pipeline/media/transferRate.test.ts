import { describe, expect, test } from 'vitest';
import {
  TransferRate,
  type TransferProgress,
} from '../../../../src/pipeline/media/transferRate.ts';

function watched(startBytes = 0) {
  const seen: TransferProgress[] = [];
  const clock = { seconds: 0 };
  const rate = new TransferRate(
    startBytes,
    (progress) => seen.push(progress),
    () => clock.seconds,
  );
  return { seen, clock, rate };
}

describe('the progress of a transfer', () => {
  test('starts at once and comes at most ten times a second', () => {
    const { seen, clock, rate } = watched();
    for (let step = 0; step < 1000; step += 1) {
      clock.seconds = step / 1000;
      rate.update(step, null);
    }
    expect(seen[0]).toMatchObject({ doneBytes: 0, etaSeconds: null });
    expect(seen.length).toBeGreaterThan(5);
    expect(seen.length).toBeLessThanOrEqual(11);
  });

  test('a steady rate is told as it is, without the bytes of an earlier try', () => {
    const { seen, clock, rate } = watched(5000);
    for (let second = 0; second <= 10; second += 1) {
      clock.seconds = second;
      rate.update(5000 + 100 * second, 7000);
    }
    expect(seen.at(-1)?.bytesPerSecond).toBeCloseTo(100, 6);
    expect(seen.at(-1)?.etaSeconds).toBeCloseTo(10, 6);
  });

  test('the last report comes within the interval too', () => {
    const { seen, rate } = watched();
    rate.update(1, 10);
    rate.update(10, 10, true);
    expect(seen.at(-1)).toMatchObject({ doneBytes: 10, totalBytes: 10 });
  });
});
