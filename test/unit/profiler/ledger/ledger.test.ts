import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UNEXPLAINED, closeLedger } from '../../../../src/profiler/ledger/closeLedger.ts';
import { intervalLedger } from '../../../../src/profiler/ledger/intervalLedger.ts';
import { percentages } from '../../../../src/profiler/ledger/percentages.ts';

const amounts = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { maxLength: 12 });
const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

describe('closeLedger', () => {
  it('gives what is left a bucket of its own', () => {
    const ledger = closeLedger('segments', 'segments', 1494, [
      { name: 'own', amount: 508 },
      { name: 'none', reason: 'too short', amount: 900 },
      { name: 'none', reason: 'too short', amount: 10 },
    ]);
    expect(ledger.buckets).toEqual([
      { name: 'own', amount: 508 },
      { name: 'none', reason: 'too short', amount: 910 },
      { name: UNEXPLAINED, amount: 76 },
    ]);
  });

  it('refuses more than there is, and amounts that cannot be', () => {
    const close = (amount: number) => () => closeLedger('x', 'texts', 10, [{ name: 'a', amount }]);
    expect(close(11)).toThrow(expect.objectContaining({ code: 'ledger.overfull' }));
    expect(close(-1)).toThrow(expect.objectContaining({ code: 'ledger.invalid-amount' }));
    expect(close(NaN)).toThrow(expect.objectContaining({ code: 'ledger.invalid-amount' }));
  });

  it('always adds up to the total', () => {
    fc.assert(
      fc.property(amounts, fc.double({ min: 0, max: 1e6, noNaN: true }), (parts, rest) => {
        const whole = total(parts) + rest;
        const buckets = parts.map((amount, i) => ({ name: `b${i % 3}`, amount }));
        const ledger = closeLedger('x', 'seconds', whole, buckets);
        expect(total(ledger.buckets.map(({ amount }) => amount))).toBeCloseTo(whole, 3);
        expect(new Set(ledger.buckets.map(({ name }) => name)).size).toBe(ledger.buckets.length);
      }),
    );
  });
});

describe('percentages', () => {
  it('sum to exactly 100.00', () => {
    fc.assert(
      fc.property(amounts, (parts) => {
        const buckets = parts.map((amount, i) => ({ name: `b${i}`, amount }));
        const shares = percentages({ name: 'x', unit: 'seconds', total: total(parts), buckets });
        const hundredths = total(shares.map((share) => Math.round(share * 100)));
        expect(hundredths).toBe(total(parts) > 0 ? 10_000 : 0);
        shares.forEach((share, i) => {
          if (total(parts) > 0) {
            expect(Math.abs(share - ((parts[i] ?? 0) / total(parts)) * 100)).toBeLessThan(0.011);
          }
        });
      }),
    );
  });

  it('gives thirds what they lack', () => {
    const buckets = ['a', 'b', 'c'].map((name) => ({ name, amount: 1 }));
    expect(percentages({ name: 'x', unit: 'texts', total: 3, buckets })).toEqual([
      33.34, 33.33, 33.33,
    ]);
  });
});

describe('intervalLedger', () => {
  it('gives each instant to the first class that covers it', () => {
    const ledger = intervalLedger(
      'audio',
      10,
      [
        {
          name: 'transcribed',
          intervals: [
            [1, 4],
            [3, 5],
          ],
        },
        {
          name: 'dropped',
          reason: 'too short',
          intervals: [
            [4, 7],
            [9, 12],
          ],
        },
      ],
      'non-speech',
    );
    expect(ledger.buckets).toEqual([
      { name: 'transcribed', amount: 4 },
      { name: 'dropped', reason: 'too short', amount: 3 },
      { name: 'non-speech', amount: 3 },
    ]);
  });

  it('agrees with counting every instant', () => {
    const stretch = fc.tuple(fc.integer({ min: -5, max: 60 }), fc.integer({ min: -5, max: 60 }));
    const classes = fc.array(fc.array(stretch, { maxLength: 6 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(classes, (given) => {
        const named = given.map((intervals, i) => ({ name: `c${i}`, intervals }));
        const ledger = intervalLedger('audio', 50, named);
        const counts = new Map<string, number>();
        for (let second = 0; second < 50; second += 1) {
          const owner = named.find(({ intervals }) =>
            intervals.some(([from, to]) => from <= second && second < to),
          );
          const name = owner?.name ?? UNEXPLAINED;
          counts.set(name, (counts.get(name) ?? 0) + 1);
        }
        for (const { name, amount } of ledger.buckets) {
          expect(amount).toBeCloseTo(counts.get(name) ?? 0, 9);
        }
        expect(total(ledger.buckets.map(({ amount }) => amount))).toBeCloseTo(50, 9);
      }),
    );
  });
});
