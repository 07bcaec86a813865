import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProgressBoard } from '../../../../src/pipeline/ingestion/progressBoard.ts';
import type { IngestEvent } from '../../../../src/protocol/ingest.ts';
import { STAGE_IDS, type StageId } from '../../../../src/protocol/stage.ts';

function board() {
  const events: IngestEvent[] = [];
  const clock = { now: 1_000_000 };
  const progress = new ProgressBoard(
    'id',
    (event) => events.push(event),
    () => clock.now,
  );
  const told = () => events.filter((event) => event.type === 'progress');
  return { progress, events, clock, told };
}

describe('ProgressBoard', () => {
  const steps = fc.array(
    fc.record({
      stage: fc.constantFrom<StageId>(...STAGE_IDS),
      by: fc.integer({ min: 0, max: 40 }),
      milliseconds: fc.integer({ min: 0, max: 900 }),
    }),
    { maxLength: 60, size: 'max' },
  );

  it('never goes back while stages go on, and stays within 0 and 1', () => {
    fc.assert(
      fc.property(steps, (advances) => {
        const { progress, clock, told } = board();
        const done = new Map<StageId, number>();
        for (const { stage, by, milliseconds } of advances) {
          clock.now += milliseconds;
          if (!done.has(stage)) progress.state(stage, 'running');
          done.set(stage, Math.min(100, (done.get(stage) ?? 0) + by));
          progress.advance(stage, done.get(stage)! / 100, null);
        }
        let overall = 0;
        const fractions = new Map<StageId, number>();
        for (const event of told()) {
          expect(event.overallFraction).toBeGreaterThanOrEqual(overall);
          expect(event.overallFraction).toBeLessThanOrEqual(1);
          overall = event.overallFraction!;
          expect(event.fraction).toBeGreaterThanOrEqual(fractions.get(event.stage) ?? 0);
          fractions.set(event.stage, event.fraction!);
          for (const eta of [event.etaSeconds, event.overallEtaSeconds]) {
            if (eta !== null) expect(eta).toBeGreaterThanOrEqual(0);
          }
        }
      }),
    );
  });

  it('is at 1 when every stage is done, in whatever order', () => {
    const order = fc.shuffledSubarray([...STAGE_IDS], { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(order, fc.constantFrom<StageId>(...STAGE_IDS), (stages, last) => {
        const { progress, clock, told } = board();
        for (const stage of stages) progress.state(stage, stage === 'decode' ? 'cached' : 'done');
        clock.now += 1000;
        progress.advance(last, 1, null);
        expect(told().at(-1)).toMatchObject({ overallFraction: expect.closeTo(1, 9) });
      }),
    );
  });

  it('reckons what is left from the rate so far', () => {
    const { progress, clock, told } = board();
    progress.state('segment', 'running');
    progress.advance('segment', 0, null);
    clock.now += 10_000;
    progress.advance('segment', 0.25, '9× real time');
    expect(told().at(-1)).toMatchObject({ fraction: 0.25, etaSeconds: 30, speed: '9× real time' });
    const { overallFraction: done, overallEtaSeconds: eta } = told().at(-1)!;
    expect(eta).toBeCloseTo((10 * (1 - done!)) / done!, 6);
  });

  it('gives no ETA before a fiftieth is done, nor for a stage of unknown size', () => {
    const { progress, clock, told } = board();
    progress.state('segment', 'running');
    clock.now += 5000;
    progress.advance('segment', 0.01, null);
    clock.now += 5000;
    progress.advance('segment', null, null);
    expect(told().map(({ etaSeconds }) => etaSeconds)).toEqual([null, null]);
    expect(told().at(-1)).toMatchObject({ fraction: null });
  });

  it('does not take what was found for what was made', () => {
    const { progress, clock, told } = board();
    for (const stage of ['decode', 'segment', 'voice'] as const) progress.state(stage, 'cached');
    progress.found();
    const head = (0.002 + 0.0045 + 0.01) / 0.033;
    clock.now += 10_000;
    progress.state('recognise', 'running');
    progress.advance('recognise', 0.5, null);
    const { overallFraction: done, overallEtaSeconds: eta } = told().at(-1)!;
    expect(done).toBeCloseTo(head + 0.0075 / 0.033, 3);
    expect(eta).toBeCloseTo((10 * (1 - done!)) / (done! - head), 1);
  });

  it('tells a state once, and progress not more often than every 200 ms but for the end', () => {
    const { progress, clock, events, told } = board();
    progress.state('embed', 'running');
    progress.state('embed', 'running');
    expect(events).toEqual([{ type: 'stage', id: 'id', stage: 'embed', state: 'running' }]);
    for (let i = 0; i < 100; i++) {
      clock.now += 10;
      progress.advance('embed', i / 100, null);
    }
    expect(told().length).toBeLessThanOrEqual(6);
    progress.advance('embed', 1, null);
    expect(told().at(-1)!.fraction).toBe(1);
  });
});
