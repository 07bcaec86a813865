import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ledgersOf } from '../../../../src/profiler/ledger/ledgersOf.ts';
import { percentages } from '../../../../src/profiler/ledger/percentages.ts';
import { newBuilder, runArbitrary } from '../runFixture.ts';

describe('ledgersOf', () => {
  it('balances what the attributes of a stage say', () => {
    const builder = newBuilder();
    const track = builder.track('main', 'process');
    builder.addSpan({
      name: 'match',
      startNs: 0,
      durationNs: 1,
      track,
      attributes: { 'rows.in': 300, 'rows.out': 210, 'dropped.invalid': 60 },
    });
    const [ledger] = ledgersOf(builder.finish({ status: 'done' }));
    expect(ledger).toMatchObject({
      name: 'match',
      total: 300,
      buckets: [
        { name: 'out', amount: 210 },
        { name: 'dropped', reason: 'dropped.invalid', amount: 60 },
        { name: 'unexplained', amount: 30 },
      ],
    });
    expect(percentages(ledger!)).toEqual([70, 20, 10]);
  });

  it('adds up the spans of a stage', () => {
    const builder = newBuilder();
    const track = builder.track('main', 'process');
    for (let i = 0; i < 4; i += 1) {
      const attributes = { records_in: 10, records_out: 9 };
      builder.addSpan({ name: 'clean', startNs: i, durationNs: 1, track, attributes });
    }
    const [ledger] = ledgersOf(builder.finish({ status: 'done' }));
    expect(ledger?.total).toBe(40);
    expect(ledger?.buckets.at(-1)).toEqual({ name: 'unexplained', amount: 4 });
  });

  it('keeps the ledgers that the run has, under their names', () => {
    const builder = newBuilder();
    builder.addWork('audio', { unit: 'seconds', itemsIn: 10, itemsOut: 8, dropped: { noise: 2 } });
    const own = { name: 'audio', unit: 'seconds', total: 10, buckets: [{ name: 'a', amount: 10 }] };
    builder.addLedger(own);
    const ledgers = ledgersOf(builder.finish({ status: 'done' }));
    expect(ledgers.map(({ name }) => name)).toEqual(['audio', 'audio (2)']);
    expect(ledgers[0]).toEqual(own);
  });

  it('does not believe reasons that exceed what is missing', () => {
    const builder = newBuilder();
    const dropped = { slow: 5, short: 5 };
    builder.addWork('tag', { unit: 'images', itemsIn: 20, itemsOut: 14, dropped });
    expect(ledgersOf(builder.finish({ status: 'done' }))[0]?.buckets).toEqual([
      { name: 'out', amount: 14 },
      { name: 'unexplained', amount: 6 },
    ]);
  });

  it('sums to exactly 100.00 % for any run', () => {
    fc.assert(
      fc.property(
        runArbitrary,
        fc.array(fc.record({ in: fc.nat(1e6), out: fc.nat(1e6), lost: fc.nat(1e6) }), {
          maxLength: 5,
        }),
        (run, accounts) => {
          const work = accounts.map((each, i) => ({
            stage: `s${i}`,
            unit: 'items',
            itemsIn: each.in,
            itemsOut: each.out,
            dropped: { reason: each.lost },
            audioSeconds: null,
            deviceAsked: null,
            deviceUsed: null,
            batchSize: null,
            loads: {},
          }));
          for (const ledger of ledgersOf({ ...run, ledgers: [], work })) {
            const hundredths = percentages(ledger).map((each) => Math.round(each * 100));
            expect(hundredths.reduce((sum, each) => sum + each, 0)).toBe(10_000);
          }
        },
      ),
    );
  });
});
